"""What one version of a claim says, in the terms in which versions can disagree: numbers, names, polarity, certainty, source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from retold.base.records import (
    NOWHERE,
    Article,
    Attribution,
    Claim,
    ClaimVersion,
    Date,
    Language,
    Mention,
    Name,
    Quantity,
    Quote,
    Sentence,
    Span,
)
from retold.base.tables import Batch, speakers
from retold.lexicons import lexicon
from retold.lexicons.territories import home_place
from retold.relate.marks import Mark, ends_in, everywhere, opposite_marks, people_marks, word_marks
from retold.relate.quantities import CLOCK

SAYING = 25  # code points between a word of saying and the date of it ("said on Tuesday")
LAST = 6  # code points between a verb and the end of its sentence
DATELINE = 60  # code points in which a dateline ends after its date
DATED = re.compile(r"[^\n.!?]{0,80}?\d[^\n!?]{0,40}?[(（][^()（）\n]{2,40}[)）]\.?\s*[-–—:]|[^\n.!?()]{2,60}\d{4}\.?\s*[–—]\s")
THAN = 30  # code points before a date in which a word of comparison ends
FRAGMENT = 12  # words below which a version is taken with its sentence: F1 .50 with linked claims, .34 without
TURNING = ("negations", "lexical", "hedges")  # marks that are of a quote only where they stand in it
UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2}")
HONORIFIC = 4  # signs behind a name that are an office or a form of address ("市長", "さん")
LONGEST = 400  # code points of a version: the report contract's limit


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSide:
    """One version of a claim with all that can be compared.

    [start, end) is the version's span in its article's text; all other spans are offsets into the same text. `negations` are the
    words that turn it round, `hedges` those that weaken it (the value is the strength), `opposites` the sides that its words take
    in the lexicon's pairs, `denied` the states that it says not to be, `source` the entity to whom it is attributed ("" when the
    article says it itself), `described` whether that is a person of whom only her body is named ("an executive of Norvik"), `quoted`
    whether it lies in quotation marks, `core` the span of the version itself where [start, end) was widened to its sentence, `led` the
    version with the clause before it, of which it may say something ("…, without saying so"), `company` all who are named in any article
    beside its source, `companies` the same for everybody, `elsewhere` the peoples and places that its article names anywhere, `figures`
    and `days` all quantities and dates of its article, `spoken` where its dates begin that stand in quotation marks.
    """

    id: str
    group: str
    article: str
    language: str
    published: str
    start: int
    end: int
    text: str
    sentence: Span
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[Date, ...] = ()
    names: tuple[Name, ...] = ()
    negations: tuple[Mark, ...] = ()
    lexical: tuple[Mark, ...] = ()
    hedges: tuple[Mark, ...] = ()
    opposites: tuple[Mark, ...] = ()
    denied: tuple[Mark, ...] = ()
    roads: tuple[Mark, ...] = ()
    peoples: tuple[Mark, ...] = ()
    attribution: Attribution | None = None
    source: str = ""
    source_span: Span = NOWHERE
    described: bool = False
    quoted: bool = False
    score: float = 1.0
    core: Span = NOWHERE
    led: Span = NOWHERE
    company: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    figures: tuple[Quantity, ...] = ()
    days: tuple[Date, ...] = ()
    spoken: frozenset[int] = frozenset()
    companies: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> str:
        """The version as it stands in its article."""
        return self.text[self.start : self.end]

    @property
    def own_words(self) -> str:
        """The version itself, without the sentence that it was widened to."""
        return self.text[slice(*self.core)] if self.core != NOWHERE else self.words

    @property
    def negated(self) -> bool:
        """Whether anything turns the version round."""
        return bool(self.negations or self.lexical)

    @property
    def certainty(self) -> float:
        """The strength of the weakest hedge that is not merely reportive; 1 where there is none."""
        return min((float(m.value) for m in self.hedges if m.value[0] != "~"), default=1.0)

    @property
    def flat(self) -> bool:
        """Whether the version asserts without any hedge, reportive ones included."""
        return not self.hedges


Found = TypeVar("Found", Quantity, Date, Name)


@dataclass(frozen=True, slots=True)
class Finder(Generic[Found]):
    """Records of one article by offset, for many look-ups."""

    rows: tuple[Found, ...]

    def within(self, start: int, end: int) -> list[Found]:
        """The records that lie in [start, end)."""
        out = []
        for row in self.rows[bisect_left(self.rows, start, key=lambda r: r.start) :]:
            if row.start >= end:
                break
            if row.end <= end:
                out.append(row)
        return out


def finders(by_article: Mapping[str, Sequence[Found]]) -> dict[str, Finder[Found]]:
    """An index over the records of each article."""
    return {k: Finder(tuple(sorted(v, key=lambda r: (r.start, r.end, r.id)))) for k, v in by_article.items()}


NOTHING: Finder[Any] = Finder(())


class Sides:
    """Makes versions of claims comparable; holds the records of a story by article."""

    def __init__(self, batch: Batch) -> None:
        self.articles = {a.id: a for a in batch.get(Article)}
        self.languages = {r.article: r.code for r in batch.get(Language)}
        self.claims = {c.id: c for c in batch.get(Claim)}
        self.attributions = {a.id: a for a in batch.get(Attribution)}
        self.clauses = batch.by_article(Claim)
        self.said = batch.by_article(Attribution)
        self.sentences = {k: sorted(v, key=lambda s: s.start) for k, v in batch.by_article(Sentence).items()}
        self.quotes = {k: sorted(v, key=lambda q: q.start) for k, v in batch.by_article(Quote).items()}
        self.speakers = speakers(batch)
        self.quantities = finders(batch.by_article(Quantity))
        self.dates = finders(batch.by_article(Date))
        named = names_of(batch)
        self.names = finders(named)
        people = [n for rows in named.values() for n in rows if n.kind in ("person", "organisation", "outlet")]
        self.labels = {n.entity: n.label for n in people}
        self.company = company_of(people)
        self._naming = naming(people)
        self.elsewhere: dict[str, frozenset[str]] = {}
        self.persons = frozenset(n.entity for n in people if n.kind == "person")
        self.forms = sorted({(" ".join(n.text.casefold().split()), n.entity) for n in people}, key=lambda f: (-len(f[0]), f))

    def naming(self, entity: str) -> frozenset[str]:
        """The articles that name a person, body or outlet."""
        return self._naming.get(entity, frozenset())

    def speaker_at(self, article: str, start: int, end: int) -> str:
        """The person who is named as the speaker of the quote over most of a span; "" for none, or a body: persons speak for it."""
        spoken = [q for q in self.quotes.get(article, ()) if q.kind in ("direct", "mixed")]
        over = [(min(end, q.end) - max(start, q.start), q) for q in spoken]
        best = max((o for o in over if 2 * o[0] >= end - start), key=lambda o: (o[0], -o[1].start), default=None)
        if best is None:
            return ""
        return self.person_called(best[1].speaker)

    def person_called(self, words: str) -> str:
        """The person whose name some words are, with nothing but an office before it, or one word behind a full name ("Ann Roth proudly");
        "" for "one of Roth’s aides", "a Roth ally".
        """
        folded = " ".join(words.casefold().split())
        for text, entity in self.forms:
            if entity in self.persons and phrase_in(text, folded):
                after = folded[folded.find(text) + len(text):]
                if UNSPACED.match(text):
                    return entity if len(after) <= HONORIFIC else ""
                told = not after or after[0] in ",(" or (" " in text and after.startswith(" ") and len(after.split()) == 1)
                return entity if told else ""
        return ""

    def of_version(self, version: ClaimVersion) -> ClaimSide:
        """A version of a linked claim."""
        claim = self.claims.get(version.claim)
        attribution = self.attributions.get(claim.attribution) if claim else None
        start, end = self.rounded(version.article, version.start, version.end)
        side = self.of_span(version.article, start, end, group=version.group, attribution=attribution, row=version.id, score=version.score)
        widened = (start, end) != (version.start, version.end)
        opposites = narrowed(side, version.start, version.end) if widened else side.opposites
        return replace(side, core=(version.start, version.end), led=self.led(version), opposites=opposites)

    def led(self, version: ClaimVersion) -> Span:
        """A version with the clause before it in its sentence; nowhere where it is the first."""
        first, _ = self.sentence_at(version.article, version.start, version.end)
        before = [s for s in self.clauses.get(version.article, ()) if first <= s.start and s.end <= version.start]
        return (max(before, key=lambda c: (c.end, c.start)).start, version.end) if before else NOWHERE

    def of_span(
        self, article: str, start: int, end: int, *, row: str, group: str, attribution: Attribution | None, score: float = 1.0,
    ) -> ClaimSide:
        """Any span of an article."""
        home = self.articles[article]
        language = self.languages.get(article) or home.language or ""
        text, sentence = home.text, self.sentence_at(article, start, end)
        marks = word_marks(text, start, end, language)
        names = tuple(self.names.get(article, NOTHING).within(start, end))
        if self.in_quote(article, start, end):
            marks |= {key: tuple(m for m in marks[key] if self.in_quote(article, m.start, m.end)) for key in TURNING}
        marks["peoples"] = tuple(m for m in marks["peoples"] if not any(n.kind == "person" and n.start <= m.start < n.end for n in names))
        source, source_span = self.source_of(article, attribution)
        return ClaimSide(
            id=row, group=group, article=article, language=language, published=home.published or "", start=start, end=end,
            text=text, sentence=sentence, quantities=tuple(self.quantities.get(article, NOTHING).within(start, end)),
            dates=tuple(d for d in self.dates.get(article, NOTHING).within(start, end) if not self.aside(article, d)), names=names,
            attribution=attribution, source=source, source_span=source_span,
            described=self.described(attribution, source), company=self.company.get(source, frozenset()),
            companies=self.company, elsewhere=self.whereabouts(article, language), figures=self.quantities.get(article, NOTHING).rows,
            days=self.dates.get(article, NOTHING).rows, spoken=self.spoken_days(article, start, end),
            quoted=self.in_quote(article, start, end), score=score,
            **marks,
        )

    def whereabouts(self, article: str, language: str) -> frozenset[str]:
        """The peoples (codes of countries) and places (entities, codes of known ones) that an article names."""
        if article not in self.elsewhere:
            text = self.articles[article].text
            named = [n for n in self.names.get(article, NOTHING).rows if n.kind == "place"]
            codes = {home_place(words, language) for n in named for words in (n.text, n.label)} - {""}
            peoples = {m.value for m in people_marks(text, 0, len(text), language)}
            self.elsewhere[article] = frozenset(peoples | codes | {n.entity for n in named})
        return self.elsewhere[article]

    def aside(self, article: str, found: Date) -> bool:
        """Whether a date tells when something was written, said or pictured, not when it happened, or is counted from another day."""
        text = self.articles[article].text
        begin = text.rfind("\n", 0, found.start) + 1
        dateline = DATED.match(text[begin : found.start + DATELINE])
        heading = dateline is not None and found.end <= begin + dateline.end()
        start, end = self.sentence_at(article, found.start, found.end)
        pictured = everywhere("archive", self.languages.get(article, "")).search(text, start, end) is not None
        quoted = "relative" in found.method and (self.in_quote(article, found.start, found.end) or self.anaphoric(article, found))
        return heading or pictured or quoted or self.compared_with(article, found) or self.of_saying(article, found)

    def anaphoric(self, article: str, found: Date) -> bool:
        """Whether a date is counted from a day told of before ("the day before"), or is only up to when something was so."""
        language, text = self.languages.get(article, ""), self.articles[article].text
        until = ends_in("until", text[max(0, found.start - THAN) : found.start].rstrip(), language)  # "to this day"
        return until or everywhere("anaphoric", language).search(text, found.start, found.end) is not None

    def compared_with(self, article: str, found: Date) -> bool:
        """Whether a date is that with which something is compared ("six more than the day before")."""
        before = self.articles[article].text[max(0, found.start - THAN) : found.start].rstrip()
        return ends_in("than", before, self.languages.get(article, ""))

    def of_saying(self, article: str, found: Date) -> bool:
        """Whether a date tells when something was said: beside a word of saying and outside of what is said."""
        if CLOCK.match(found.earliest):
            return False  # "was seen at 3:22 a.m., the guards said": nobody tells at what minute somebody spoke
        if self.topic_day(article, found):
            return True
        first, last = self.sentence_at(article, found.start, found.end)
        for a in self.said.get(article, ()):
            cues = [(s, e) for s, e in a.cue if first <= s < last]  # the day of the next sentence is that of what it tells
            beside = any(-SAYING <= found.start - e <= SAYING or -SAYING <= s - found.end <= SAYING for s, e in cues)
            if beside and not any(s <= found.start and found.end <= e for s, e in a.content) and not self.hearsay(article, a):
                return True
        return False

    def hearsay(self, article: str, found: Attribution) -> bool:
        """Whether something is told as hearsay ("reportedly", "という"), which nobody says on any day."""
        told, text = lexicon(self.languages.get(article, "")).pattern("attribution", "reportive"), self.articles[article].text
        return bool(found.cue) and all(told.fullmatch(text[s:e].strip(" .。、,")) is not None for s, e in found.cue)

    def topic_day(self, article: str, found: Date) -> bool:
        """Whether a day stands between a subject and a comma, and its sentence ends in a verb of saying ("市は14日、…と発表した")."""
        language, text = self.languages.get(article, ""), self.articles[article].text
        if lexicon(language).spaced or not text.startswith("、", found.end) or text[found.start - 1 : found.start] not in ("は", "が"):
            return False
        cue = lexicon(language).pattern("attribution", "say", "announce", "report", "claim", "confirm", "deny")
        _, end = self.sentence_at(article, found.start, found.end)
        return any(end - m.end() <= LAST for m in cue.finditer(text, found.end, end))

    def rounded(self, article: str, start: int, end: int, *, always: bool = False) -> Span:
        """A span that says enough to be compared: a fragment of a few words (`always`: any span) is taken with its sentence."""
        if not always and len(self.articles[article].text[start:end].split()) >= FRAGMENT:
            return start, end
        first, last = self.sentence_at(article, start, end)
        return (min(first, start), max(last, end)) if last - first <= LONGEST else (start, end)

    def sentence_at(self, article: str, start: int, end: int) -> Span:
        """The sentence that holds a span; the span itself where there is none."""
        rows = self.sentences.get(article, [])
        at = bisect_left(rows, start + 1, key=lambda s: s.start) - 1
        return (rows[at].start, rows[at].end) if at >= 0 and rows[at].end > start else (start, end)

    def in_quote(self, article: str, start: int, end: int) -> bool:
        """Whether at least half of a span stands in quotation marks that are no scare quotes."""
        return any(
            2 * (min(end, q.end) - max(start, q.start)) >= end - start
            for q in self.quotes.get(article, ()) if q.kind in ("direct", "mixed") and q.start < end and start < q.end
        )

    def spoken_days(self, article: str, start: int, end: int) -> frozenset[int]:
        """Where the dates of a span begin that stand in quotation marks."""
        return frozenset(d.start for d in self.dates.get(article, NOTHING).within(start, end) if self.in_quote(article, d.start, d.end))

    def source_of(self, article: str, attribution: Attribution | None) -> tuple[str, Span]:
        """The entity that an attribution names as its source, and where; its words where it is no known entity."""
        if attribution is None or not attribution.source:
            return "", NOWHERE
        called = self.speakers.get(attribution.id, "")
        spoken = self.person_called(called)
        if spoken:
            return spoken, attribution.source[0]
        for start, end in attribution.source:
            for name in self.names.get(article, NOTHING).within(start, end):
                if name.kind != "person" or not called:
                    return name.entity, (start, end)
        start, end = attribution.source[0]
        return self.articles[article].text[start:end].lower(), (start, end)

    def described(self, attribution: Attribution | None, source: str) -> bool:
        """Whether the source of an attribution is a person of whom only her body is named."""
        return attribution is not None and attribution.source_kind == "person" and source in self.labels and source not in self.persons


def naming(named: Sequence[Name]) -> dict[str, frozenset[str]]:
    """The articles that name each entity."""
    homes: dict[str, set[str]] = {}
    for n in named:
        homes.setdefault(n.entity, set()).add(n.article)
    return {entity: frozenset(found) for entity, found in homes.items()}


def company_of(named: Sequence[Name]) -> dict[str, frozenset[str]]:
    """For every entity all that are named in an article that names it: these are known to be others, however languages spell them.

    Two that stand directly beside each other are mostly the parts of one name.
    """
    articles: dict[str, set[str]] = {}
    homes: dict[str, set[str]] = {}
    begins = {(n.article, n.start): n.entity for n in named}
    parts: dict[str, set[str]] = {}
    for n in named:
        articles.setdefault(n.article, set()).add(n.entity)
        homes.setdefault(n.entity, set()).add(n.article)
        beside = begins.get((n.article, n.end + 1), n.entity)
        parts.setdefault(n.entity, {n.entity}).add(beside)
        parts.setdefault(beside, {beside}).add(n.entity)
    return {entity: frozenset().union(*(articles[a] for a in found)) - parts[entity] for entity, found in homes.items()}


def turning(side: ClaimSide, word: Mark) -> list[Mark]:
    """The negations within the words of a mark, which turn it round."""
    return [n for n in side.negations if word.start <= n.start and n.end <= word.end]


def phrase_in(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text as whole words; where words are not spaced, anywhere."""
    at = text.find(phrase)
    if UNSPACED.match(phrase):
        return at >= 0
    return at >= 0 and not text[at - 1 : at].isalnum() and not text[at + len(phrase) : at + len(phrase) + 1].isalnum()


def names_of(batch: Batch) -> dict[str, list[Name]]:
    """The linked names by article; mentions that were not linked stand for themselves."""
    linked = batch.by_article(Name)
    if linked:
        return linked
    out: dict[str, list[Name]] = {}
    for m in batch.get(Mention):
        out.setdefault(m.article, []).append(Name(
            id=m.id, story="", entity=m.text.casefold(), label=m.text, kind=m.kind, article=m.article, start=m.start, end=m.end,
            text=m.text, method=m.method, score=m.score,
        ))
    return out


def narrowed(side: ClaimSide, start: int, end: int) -> tuple[Mark, ...]:
    """The opposites of a side that was widened around [start, end): where the sentence takes both sides of a pair, the one within."""
    taken = {m.value.rsplit(" ", 1)[0] for m in side.opposites}
    within = opposite_marks(side.text, start, end, side.language, side.negations)
    return (*side.opposites, *(m for m in within if m.value.rsplit(" ", 1)[0] not in taken))
