"""The claims of a story as a matrix: what each article does with each claim, and what the claims rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from retold.base import records as r
from retold.lexicons import lexicon
from retold.view.articles import Document, Excerpt
from retold.view.documents import chain_of
from retold.view.findings import COUNTED, Cell, Claim, ClaimMention, Edge, Stance
from retold.view.index import Index, Spans, grouped
from retold.view.naming import ENDS, FROM_BEST, Cited, Taste, in_headline, lead_language, plainest, speaks_of_itself
from retold.view.reasons import plainer

STOPS = tuple(ENDS)  # a first line that ends so is the first sentence of a text without a headline
UNSURE = 0.5  # probability of a mention below which it is not sure that it makes the claim at all
UNTRACED = "No origin was traced for it."


def build_claims(index: Index, story: str, documents: Sequence[Document], wordings: Wordings) -> tuple[Claim, ...]:
    """The claims of a story: shared ones first, those in most articles first, then in the order of the text."""
    groups = grouped(index.rows(r.ClaimVersion, story), "group")
    origins = grouped(sorted(index.rows(r.ClaimOrigin, story), key=lambda o: (-o.score, o.node, o.id)), "claim")
    disputed = disputed_in(index, story)
    altered = Spans((a.target, a.target_start, a.target_end, a) for a in index.rows(r.Alteration, story))
    claims = [
        build_claim(index, rows, documents, origins=origins.get(group, []), disputed=disputed, altered=altered)
        for group, rows in groups.items()
    ]
    numbers = {d.id: d.number for d in documents}
    named = [(replace(claim, text=words), stands) for claim in claims for words, stands in [wordings.of(claim)]]
    return tuple(claim for claim, _ in sorted(named, key=lambda row: rank(row[0], row[1], numbers)))


class Wordings:
    """What the claims of a story are called: each by its plainest wording, but by none that fewer articles have than contradict it, by none
    that was changed on the way and by none in which an article speaks of itself, where another one has the claim too."""

    def __init__(self, index: Index, story: str, documents: Sequence[Document], edges: Sequence[Edge] = ()) -> None:
        self.texts, self.languages = {d.id: d.text for d in documents}, {d.id: d.language for d in documents}
        self.outlets = {d.id: d.outlet for d in documents}
        self.titles = {d.id: d.title.strip() or ("" if d.headline.endswith(STOPS) else d.headline) for d in documents}
        spoken = (self.languages.get(v.article, "") for v in index.rows(r.ClaimVersion, story))
        self.lead = lead_language([d.language for d in documents], spoken)
        self.lesser = Spans((row.article, row.start, row.end, row) for row in lesser_sides(index.rows(r.Conflict, story)))
        self.sentences, self.cues = index.sentences, index.cues
        self.above = ancestors(edges, self.texts)

    def of(self, claim: Claim, among: Container[str] | None = None) -> tuple[str, bool]:
        """The wording that a claim is called by, and whether it stands for itself; `among`: of these articles, where they make it."""
        here = [m for m in claim.mentions if m.excerpt.document in self.texts]
        here = [m for m in here if among is None or m.excerpt.document in among] or here
        said = [m for m in here if not self.lesser.touching(m.excerpt.document, m.excerpt.start, m.excerpt.end)] or here
        said = unless_far(said, lambda m: not m.changes)
        said = unless_far(said, lambda m: not self.of_itself(m.excerpt))
        return plainest([(m.excerpt, m.score) for m in said], taste=self.taste(here), default=claim.text)

    def taste(self, mentions: Sequence[ClaimMention]) -> Taste:
        """What is known of the articles that make a claim."""
        makers = {m.excerpt.document for m in mentions}
        counts = Counter(self.languages[d] for d in makers)
        most = {code for code, number in counts.items() if number == max(counts.values())}
        lead = self.lead if self.lead in most else min(most, default="")
        return Taste(texts=self.texts, languages=self.languages, lead=lead, home=self.home, empty=self.empty,
                     first=lambda place: not self.above[place.document] & makers)

    def empty(self, place: Cited) -> bool:
        """Whether words are their article's headline, or only say that somebody says what stands elsewhere."""
        words = self.texts[place.document][place.start:place.end]
        tags = [a for a in self.cues.touching(place.document, place.start, place.end) if a.content]
        return in_headline(words, self.titles[place.document]) or (bool(tags) and not any(
            start < place.end and place.start < end for a in tags for start, end in a.content))

    def of_itself(self, excerpt: Excerpt) -> bool:
        """Whether words speak of those who tell them."""
        return speaks_of_itself(excerpt.text, first_person(self.languages[excerpt.document]), self.outlets[excerpt.document])

    def home(self, place: Cited) -> r.Span | None:
        """The sentence that holds all of a wording."""
        return next(((s.start, s.end) for s in self.sentences.touching(place.document, place.start, place.end)
                     if s.start <= place.start and place.end <= s.end), None)


def unless_far(mentions: list[ClaimMention], wanted: Callable[[ClaimMention], bool]) -> list[ClaimMention]:
    """Those that are wanted, unless the best of all agrees far better with the others than they do."""
    kept = [m for m in mentions if wanted(m)]
    return kept if kept and max(m.score for m in kept) >= max(m.score for m in mentions) - FROM_BEST else mentions


def ancestors(edges: Sequence[Edge], documents: Iterable[str]) -> dict[str, set[str]]:
    """The articles and sources above each article, by the links that count."""
    sources: dict[str, set[str]] = {}
    for edge in edges:
        if edge.counts:
            sources.setdefault(edge.target, set()).add(edge.source)
    found: dict[str, set[str]] = {}
    for document in documents:
        above, waiting = set[str](), [document]
        while waiting:
            more = sources.get(waiting.pop(), set()) - above
            above |= more
            waiting += more
        found[document] = above - {document}
    return found


@cache
def first_person(language: str) -> frozenset[str]:
    """The words of the first person in a language."""
    return frozenset(lexicon(language).words("sources", "pronouns_first")) if language else frozenset()


def disputed_in(index: Index, story: str) -> tuple[dict[str, set[str]], Spans[r.Conflict]]:
    """The conflicts that count: those about a claim as a whole by its group, and all of them by the very words that differ."""
    rows = [row for row in index.rows(r.Conflict, story) if row.score >= COUNTED]
    whole: dict[str, set[str]] = {}
    for row in rows:
        whole.setdefault(row.claim, set()).add(row.group)
    return whole, Spans((row.article, row.mark_start, row.mark_end, row) for row in rows)


def lesser_sides(rows: Iterable[r.Conflict]) -> Iterator[r.Conflict]:
    """The versions on those sides of counted conflicts that fewer articles take than another."""
    for group in grouped((row for row in rows if row.score >= COUNTED), "group").values():
        takers: dict[int, set[str]] = {}
        for row in group:
            takers.setdefault(row.side, set()).add(row.article)
        most = max(map(len, takers.values()))
        yield from (row for row in group if len(takers[row.side]) < most)


def rank(claim: Claim, stands: bool, numbers: dict[str, int]) -> tuple[bool, bool, int, int, int, str]:
    """The key that orders claims: shared ones first, pieces of sentences and words too few after whole ones, then by how many articles
    make them."""
    first = min((numbers.get(m.excerpt.document, 0), m.excerpt.start) for m in claim.mentions) if claim.mentions else (0, 0)
    return claim.documents < 2, not stands, -claim.documents, *first, claim.id


def build_claim(
    index: Index, rows: list[r.ClaimVersion], documents: Sequence[Document], *, origins: list[r.ClaimOrigin],
    disputed: tuple[dict[str, set[str]], Spans[r.Conflict]], altered: Spans[r.Alteration],
) -> Claim:
    """One claim with its mentions, cells, verdict and origins."""
    numbers = {d.id: d.number for d in documents}
    rows = sorted(rows, key=lambda v: (numbers.get(v.article, 0), v.start, v.id))
    mentions = tuple(m for m in (build_mention(index, row, altered) for row in rows) if m)
    best = max(rows, key=lambda v: (v.score, v.id))
    whole, words = disputed
    inside = {c.group for row in rows for c in words.touching(row.article, row.start, row.end)
              if row.start <= c.mark_start and c.mark_end <= row.end}
    return Claim(
        id=best.group, text=best.label, mentions=mentions, cells=tuple(build_cell(d.id, mentions) for d in documents),
        verdict=origins[0].verdict if origins else "lineage unknown", why=plainer(origins[0].why) if origins else UNTRACED,
        origins=tuple(dict.fromkeys(o.node for o in origins if o.node)), conflicts=tuple(sorted(inside | whole.get(best.group, set()))),
        evidence=index.reasons(best.group, *(o.id for o in origins)), method=best.method, score=min(v.score for v in rows),
    )


def build_mention(index: Index, row: r.ClaimVersion, altered: Spans[r.Alteration]) -> ClaimMention | None:
    """A claim where it stands; None where the words are not to be had."""
    excerpt = index.excerpt(row.article, row.start, row.end)
    if excerpt is None:
        return None
    claim = index.claims.get(row.claim)
    held = index.attributions.get(claim.attribution) if claim else None
    changes = tuple(dict.fromkeys(a.id for a in altered.touching(row.article, row.start, row.end)))
    stance: Stance = "altered" if changes else "attributed" if held else "stated"
    return ClaimMention(
        excerpt=excerpt, stance=stance, attributed_to=chain_of(index, held.id) if held else (),
        anonymous=bool(held and held.anonymous), certainty=claim.certainty if claim else 1.0,
        polarity=claim.polarity if claim else 1, changes=changes, method=row.method, score=row.score,
    )


def build_cell(document: str, mentions: Sequence[ClaimMention]) -> Cell:
    """What one article does with one claim."""
    here = tuple(m for m in mentions if m.excerpt.document == document)
    stances = {m.stance for m in here}
    order: tuple[Stance, ...] = ("altered", "attributed", "stated")
    stance: Stance = next((s for s in order if s in stances), "absent")
    if here and stance != "altered" and max(m.score for m in here) < UNSURE:
        stance = "unsure"
    names = dict.fromkeys(name for m in here for name in m.attributed_to)
    return Cell(document=document, stance=stance, attributed_to=tuple(names), mentions=here)


def by_article(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """The claims that one article alone makes, by article, in the order given."""
    out: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.documents == 1:
            out.setdefault(claim.mentions[0].excerpt.document, []).append(claim)
    return out
