"""Whom an article names as its source, and whether that source is one of the articles.

A name is looked up among the outlets of the collection first ("the Courant reports", "the police say" where the police's own
report is there), then it stands for itself: `external:NAME`. Whoever speaks for a body stands for the body.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from retold.base.records import Article, Attribution, Citation, Language, Name, Passage, Quote, Sentence, Span, make_id
from retold.base.skeletons import skeleton
from retold.base.tables import Batch
from retold.lexicons import LANGUAGES, Lexicon, lexicon
from retold.lexicons.outlets import outlet_by_name

NEAR = 45  # code points between a name and the body it speaks for: the longest "X, who is spokesman for the Y"
SIGNED = 250  # code points at either end of a text in which its author signs
OWN_VOICE = 2  # sentences in the first person outside quotes from which a text speaks for itself
BEHIND = 3  # code points between a description and the name that it belongs to
ROLE = 30  # code points on either side of a name in which a word for a role counts
BACK = 400  # code points back in which a spokeswoman's body was named
EDGE = 60  # code points from the beginning of a passage in which a dateline's agency stands
MARK = re.compile(r"[)\]]?\s*[-–—:]")
REACH = 3  # sentences that "told this newspaper" holds for, its own included
METHOD = "stated in the text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A source as an article states it.

    node: an article id or `external:NAME`; kind: a `SourceKind`; own: told to this very outlet; entity: of the name ("" without);
    credited: it stands in a byline, dateline or credit; content: what it is the source of.
    """

    article: str
    node: str
    label: str
    kind: str
    own: bool
    credited: bool
    entity: str
    span: Span
    content: tuple[Span, ...]
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The names and outlets of a story, by place and by article."""

    articles: Mapping[str, Article]
    languages: Mapping[str, str]
    passages: Mapping[str, Sequence[Passage]]
    names: Mapping[str, tuple[Name, ...]]
    labels: Mapping[str, str]
    bodies: Mapping[str, str]
    voices: Mapping[str, int]
    publishers: Mapping[str, str]
    called: frozenset[str]


def make_register(batch: Batch) -> Register:
    """The register of a story."""
    articles = {a.id: a for a in batch.get(Article)}
    names: dict[str, list[Name]] = defaultdict(list)
    for name in sorted(batch.get(Name), key=lambda n: (n.article, n.start, n.end, n.id)):
        names[name.article].append(name)
    found = {article: tuple(rows) for article, rows in names.items()}
    languages = {x.article: x.code for x in batch.get(Language)}
    return Register(
        articles=articles, languages=languages, passages=batch.by_article(Passage), names=found,
        labels={n.entity: n.label for n in batch.get(Name)}, bodies=affiliations(articles, found),
        voices={a: own_voice(articles[a], languages.get(a, ""), batch) for a in articles},
        publishers={a: p for a, row in articles.items() if (p := row.outlet or heading(row, found.get(a, ()), batch))},
        called=frozenset(
            n.entity for a, rows in found.items() for n in rows
            if n.kind == "outlet" and called_outlet(n, articles[a].text, lexicon(languages.get(a, "")))),
    )


def heading(article: Article, names: Sequence[Name], batch: Batch) -> str | None:
    """The outlet that heads a text whose outlet is not given: in a byline above it, or in the mark of its dateline."""
    tops = [p for p in batch.by_article(Passage).get(article.id, []) if p.start <= SIGNED]
    for name in (n for n in names if n.kind == "outlet"):
        for p in tops:
            if p.start <= name.start < p.end and (
                p.kind in ("byline", "dateline") or (
                    p.kind == "paragraph" and name.start - p.start <= EDGE and MARK.match(article.text, name.end))):
                return name.label
    return None


def own_voice(article: Article, language: str, batch: Batch) -> int:
    """How many sentences of an article speak in the first person outside quotes."""
    pattern = lexicon(language).pattern("sources", "pronouns_first")
    quotes = [q for q in batch.by_article(Quote).get(article.id, []) if q.kind != "indirect"]
    count = 0
    for s in batch.by_article(Sentence).get(article.id, []):
        spoken = [q for q in quotes if q.outer_start < s.end and q.outer_end > s.start]
        count += any(
            not any(q.outer_start <= m.start() < q.outer_end for q in spoken) for m in pattern.finditer(article.text, s.start, s.end))
    return count


@cache
def roles(*keys: str) -> re.Pattern[str]:
    """Words for people who speak for a body (`spokespeople`) or lead it (`officers`); both without a key."""
    data = tomllib.loads((files(__package__) / "roles.toml").read_text("utf-8"))
    stems = sorted({word for key in keys or tuple(data) for word in data[key]}, key=lambda w: (-len(w), w))
    return re.compile("|".join(re.escape(w) if ord(w[0]) > 0x2E80 else rf"(?<!\w){re.escape(w)}" for w in stems), re.IGNORECASE)


def affiliations(articles: Mapping[str, Article], names: Mapping[str, Sequence[Name]]) -> dict[str, str]:
    """The body that a person speaks for, entity by entity: the one that most often stands next to them with a word for a role.

    A spokeswoman whose body does not stand next to her speaks for the body named last before her.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for article, rows in names.items():
        text = articles[article].text
        for one, other in pairwise(rows):
            person, body = (one, other) if one.kind == "person" else (other, one)
            between = text[one.end:other.start]
            near = len(between) <= NEAR and "." not in between and roles().search(between)
            if near and person.kind == "person" and body.kind == "organisation":
                votes[person.entity][body.entity] += 1.0
        publisher = articles[article].outlet
        for row, body in spokespeople(text, [n for n in rows if not publishes(n, publisher)]):
            votes[row.entity][body.entity] += 0.5
    return {person: min(found, key=lambda b: (-found[b], b)) for person, found in votes.items()}


def spokespeople(text: str, rows: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """People who are called somebody's voice, each with the body that was named last before."""
    for i, row in enumerate(rows):
        if row.kind == "person" and roles("spokespeople").search(text[max(0, row.start - ROLE):row.end + ROLE]):
            bodies = [n for n in rows[:i] if n.kind == "organisation" and row.start - n.end <= BACK]
            if bodies:
                yield row, bodies[-1]


def statements(batch: Batch, register: Register) -> dict[str, list[Statement]]:
    """The sources that every article states, in the order of its text."""
    out: dict[str, list[Statement]] = {article: [] for article in register.articles}
    sentences = batch.by_article(Sentence)
    for article, rows in batch.by_article(Attribution).items():
        told = own_places(rows, register, article, sentences.get(article, []))
        for row in sorted(rows, key=lambda r: (r.source or r.cue or ((0, 0),))[0]):
            own = bool(row.source) and any(s <= row.source[0][0] < e for s, e in told)
            out[article].extend(of_attribution(row, register, own=own))
        out[article].extend(beside_cues(article, out[article], sentences.get(article, []), register))
    return out


def called_outlet(name: Name, text: str, words: Lexicon) -> bool:
    """Whether a name is surely that of an outlet: listed as one that reports, or with a word such as "newspaper" next to it."""
    listed = outlet_by_name().get(name.label.casefold())
    if listed:
        return listed.kind not in ("official", "press_release")
    nouns = words.pattern("sources", "outlet")
    before = text[max(0, name.start - ROLE):name.start]
    if " " not in name.label:  # a single word is an outlet's name only right behind the noun ("the daily Vigil")
        return any(m.end() >= len(before.rstrip(" „“”«»\"'‘")) for m in nouns.finditer(before))
    return bool(nouns.search(before) or nouns.search(text, name.end, name.end + ROLE))


def beside_cues(
    article: str, found: Sequence[Statement], sentences: Sequence[Sentence], register: Register,
) -> Iterator[Statement]:
    """Outlets that are named in a sentence where something is said or reported, and that no attribution has for its source."""
    cue = lexicon(register.languages.get(article, "")).pattern("attribution", "report", "say", "announce", "according_to")
    text, known = register.articles[article].text, {s.label for s in found}
    for name in register.names.get(article, ()):
        inside = next((s for s in sentences if s.start <= name.start < s.end), None)
        if name.kind != "outlet" or name.label in known or publishes(name, register.publishers.get(article)) or not inside:
            continue
        if inside.kind == "paragraph" and name.entity in register.called and cue.search(text, inside.start, inside.end):
            known.add(name.label)
            home = published_by(name.label, register, article, "outlet")
            yield Statement(article=article, node=home or f"external:{name.label}", label=name.label, kind="outlet", own=False,
                            credited=False, entity=name.entity, span=(name.start, name.end), content=(), attribution="")


def of_attribution(row: Attribution, register: Register, *, own: bool) -> list[Statement]:
    """The statements in one attribution: its source, and the outlet that the source told it to."""
    out = []
    if row.source and (row.kind != "credit" or at_edge(row, register)):
        out.append(make_statement(row, row.source[0], register, own=own, outlet=row.outlet))
    for span in row.addressee:
        if not is_own(span, register, row.article):
            label = named(span, register, row.article)
            if label and label.kind == "outlet":
                out.append(make_statement(row, span, register, own=False, outlet=label.label))
    return [s for s in out if s]


def at_edge(row: Attribution, register: Register) -> bool:
    """Whether an agency's mark stands where such marks stand: in a line of its own, or at the beginning or end of a passage."""
    start, end = row.source[0]
    text = register.articles[row.article].text
    for passage in register.passages.get(row.article, ()):
        if passage.start <= start < passage.end:
            opening = start - passage.start <= EDGE and MARK.match(text, end)
            return passage.kind != "paragraph" or bool(opening) or not text[end:passage.end].strip(" )].*")
    return False


def make_statement(row: Attribution, span: Span, register: Register, *, own: bool, outlet: str | None) -> Statement | None:
    """The statement for a source at a span, or None where the source is the article's own outlet or nobody in particular."""
    publisher = register.publishers.get(row.article)
    names = names_at(span, register, row.article)
    if names and names[0].kind == "organisation" and outlet and not same_publisher(outlet, names[0].label):
        outlet = None
    if not names and outlet and same_publisher(outlet, publisher):
        return None
    own = own or beside_own(row, register)
    others = [n for n in names if not publishes(n, publisher)]
    if len(others) < len(names):
        own, names, outlet = True, others, None
        if not names:
            return None
    name = names[0] if names else None
    outlet = None if name and name.kind == "person" else outlet
    entity = name.entity if name else ""
    kind = "outlet" if outlet and row.source_kind != "agency" else kind_of(name, row) if name else row.source_kind
    if entity in register.bodies and not outlet:
        entity, kind = register.bodies[entity], "organisation"
    words = " ".join(register.articles[row.article].text[span[0]:span[1]].split())
    label = outlet or register.labels.get(entity, "")
    home = next((h for n in (label, name.text if name else "", words) if (h := published_by(n, register, row.article, kind))), None)
    if not label and says_own(words, register, row.article):
        label = without_own(words, register, row.article)
    if not label and row.anonymous:
        label, kind = words, "anonymous"
    if not home and (not label or not solid(label, kind, entity, in_headline(span, register, row.article), register)):
        return None
    own = own or says_own(words, register, row.article)
    return Statement(article=row.article, node=home or f"external:{label}", label=label or words, kind=kind, own=own,
                     credited=row.kind == "credit", entity=entity, span=span, content=row.content, attribution=row.id)


def beside_own(row: Attribution, register: Register) -> bool:
    """Whether the article's own outlet is named between source and cue ("tells the Courier its director, Ada Lund")."""
    if not row.source or not row.cue:
        return False
    start, end = min(row.source[0][0], row.cue[0][0]), max(row.source[0][1], row.cue[0][1])
    publisher = register.publishers.get(row.article)
    return end - start <= NEAR * 3 and any(publishes(n, publisher) for n in register.names.get(row.article, ()) if start <= n.start < end)


def without_own(words: str, register: Register, article: str) -> str:
    """A description without the words by which the outlet names itself."""
    pattern = lexicon(register.languages.get(article, "")).pattern("sources", "own_outlet")
    return " ".join(pattern.sub(" ", words).split())


def publishes(name: Name, publisher: str | None) -> bool:
    """Whether a name is that of an article's own publisher (a place in the publisher's name is not)."""
    return name.kind not in ("place", "person") and (same_publisher(name.label, publisher) or same_publisher(name.text, publisher))


def in_headline(span: Span, register: Register, article: str) -> bool:
    """Whether a span stands in a headline."""
    return any(p.kind == "headline" and p.start <= span[0] < p.end for p in register.passages.get(article, ()))


def solid(label: str, kind: str, entity: str, headline: bool, register: Register) -> bool:
    """Whether a name is firm enough to be a source that is not there.

    It is when it is listed, has several words, is an acronym, stands as an outlet outside a headline, or is known to several articles.
    """
    if kind == "place":
        return False
    firm = len(re.findall(r"[^\W\d_]{2,}", label)) > 1 or (label.isupper() and len(label) > 1) or label.casefold() in outlet_by_name()
    if firm or kind == "anonymous":
        return True
    if kind in ("outlet", "agency"):
        return not headline
    return len({article for article, rows in register.names.items() if any(n.entity == entity for n in rows)}) > 1


def kind_of(name: Name, row: Attribution) -> str:
    """What a named source is: what the name says, unless the attribution knows a body for an outlet or agency."""
    return row.source_kind if row.source_kind in ("outlet", "agency") and name.kind != "person" else name.kind


def named(span: Span, register: Register, article: str) -> Name | None:
    """The name inside a span: a person before a body, the first of its kind."""
    return next(iter(names_at(span, register, article)), None)


def names_at(span: Span, register: Register, article: str) -> list[Name]:
    """The names inside a span or right behind it (", Ada Lund"), people first, places last."""
    inside = [n for n in register.names.get(article, ()) if n.start < span[1] + BEHIND and n.end > span[0]]
    return sorted(inside, key=lambda n: (n.kind == "place", n.kind != "person", n.start >= span[1], n.start))


def own_places(rows: Sequence[Attribution], register: Register, article: str, sentences: Sequence[Sentence]) -> list[Span]:
    """Where what is said was told to this very outlet: from the sentence that says so, `REACH` sentences on."""
    out = []
    ordered = sorted(sentences, key=lambda s: s.start)
    for row in rows:
        spans = [s for s in row.addressee if is_own(s, register, article)]
        text = register.articles[article].text
        spans += [s for s in row.source if says_own(text[s[0]:s[1]], register, article)]
        if spans:
            at = spans[0][0]
            first = next((i for i, s in enumerate(ordered) if s.start <= at < s.end), None)
            if first is not None:
                out.append((ordered[max(0, first - 1)].start, ordered[min(len(ordered), first + REACH) - 1].end))
    return out


def is_own(span: Span, register: Register, article: str) -> bool:
    """Whether an addressee is the article's own outlet: by name, or by words such as "this newspaper"."""
    row = register.articles[article]
    words = row.text[span[0]:span[1]]
    name = named(span, register, article)
    publisher = register.publishers.get(article)
    if same_publisher(name.label if name else words, publisher) or same_publisher(words, publisher):
        return True
    first = lexicon(register.languages.get(article, "")).pattern("sources", "pronouns_first")
    return says_own(words, register, article) or bool(first.fullmatch(words.strip()))


def says_own(words: str, register: Register, article: str) -> bool:
    """Whether words name the outlet that speaks of itself ("our newsroom")."""
    return bool(lexicon(register.languages.get(article, "")).pattern("sources", "own_outlet").search(words))


def published_by(label: str, register: Register, article: str, kind: str) -> str | None:
    """The article in the collection that the named source published, or wrote in the first person: the earliest, not the article itself."""
    found = [a for a in register.articles.values() if a.id != article and (
        same_publisher(label, register.publishers.get(a.id)) or (kind in ("person", "organisation") and wrote(label, a, register)))]
    return min(found, key=lambda a: (a.published is None, a.published or "", a.id)).id if found else None


def wrote(label: str, article: Article, register: Register) -> bool:
    """Whether a person signs an article that speaks in the first person: by author, or by their full name above or below the text."""
    words = telling(label)
    if len(words) < 2 or register.voices.get(article.id, 0) < OWN_VOICE:
        return False
    signed = (article.author or "", article.text[:SIGNED], article.text[-SIGNED:])
    return any(words <= telling(part) for part in signed)


def same_publisher(label: str, outlet: str | None) -> bool:
    """Whether a name is that of an outlet: the telling words of one are among those of the other.

    >>> same_publisher("the police", "Police Department of Millbrook"), same_publisher("The Daily Note", "The Daily Globe")
    (True, False)
    """
    if not outlet:
        return False
    a, b = telling(label), telling(outlet)
    if not a or not b:
        return False
    few, many = sorted((a, b), key=len)
    return all(any(match(w, v) for v in many) for w in few)


def match(word: str, other: str) -> bool:
    """Whether two words are one, or a long one begins or ends the other (Polizei, Polizeiinspektion; Feuerwehr, Ortsfeuerwehr)."""
    few, many = sorted((word, other), key=len)
    return few == many or (len(few) >= 5 and many.startswith(few)) or (len(few) >= 7 and many.endswith(few))


@cache
def stop_words() -> frozenset[str]:
    """Function words of all languages, as skeletons."""
    return frozenset(skeleton(w) for code in LANGUAGES for w in lexicon(code).words("words", "stop"))


@cache
def telling(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, as skeletons."""
    words = (skeleton(w) for w in re.findall(r"[^\W\d_]+", name))
    return frozenset(w for w in words if len(w) > 1 and w not in stop_words())


def citations(story: str, stated: Mapping[str, Sequence[Statement]]) -> list[Citation]:
    """The statements as rows, one for each place."""
    out = {}
    for rows in stated.values():
        for s in rows:
            row = Citation(
                id=make_id("ci", s.article, s.node, *s.span), story=story, article=s.article, node=s.node, start=s.span[0], end=s.span[1],
                kind=s.kind, method=METHOD, score=0.9 if s.kind in ("outlet", "agency") else 0.7)
            out[row.id] = row
    return sorted(out.values(), key=lambda r: (r.article, r.start, r.id))
