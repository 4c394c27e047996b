"""What changed along the derivations: the ledger. Each change stands on the edge where it came in, with who carried it on.

Changes come from what `relate` found to differ between versions of one claim, from versions of quotes, from sentences taken over one
for one, and from how claims are stated (`stances`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from retold.base.records import (
    Alteration,
    Article,
    Attribution,
    Claim,
    ClaimVersion,
    Conflict,
    Date,
    Derivation,
    Language,
    Name,
    Quantity,
    QuoteVersion,
    Reuse,
    Sentence,
    make_id,
)
from retold.base.tables import Batch
from retold.trace.derivations import TAKEN
from retold.trace.stances import ALIKE, Said, added, stance_changes

WORDS = {
    "number": "another number", "date": "another date", "actor": "somebody else does it", "place": "another place",
    "negation": "turned into its opposite", "status": "another state of things", "certainty": "more or less certain",
    "attribution": "said by somebody else",
}
QUOTE_WORDS = {"truncated": "quote cut short", "altered": "words within the quote changed", "misattributed": "put into another mouth"}
CHANGED = 0.5  # score from which a difference along an edge is a change, as between accounts: of those below, most were none
MARKED = 60  # code points up to which differing words are shown; a whole sentence singles nothing out
HEADS = {"byline", "dateline"}  # kinds of sentences that tell of the article's own day
MILLION = 1e6
SMALL = 10  # counts up to this stand in every text
COMPARED = 0.6  # score of a change found in sentences taken over one for one

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What the ledger is kept from: articles that each has something from, and the findings by article; `days`: when each came out."""

    story: str
    texts: Mapping[str, str]
    sources: Mapping[str, frozenset[str]]
    below: Mapping[str, tuple[str, ...]]
    outside: frozenset[str]
    conflicts: Mapping[str, Sequence[Conflict]]
    quotes: Mapping[str, Mapping[str, QuoteVersion]]
    days: Mapping[str, str]
    dates: Mapping[str, Sequence[Date]]
    figures: Mapping[str, Sequence[Quantity]]
    sentences: Mapping[str, Sequence[Sentence]]
    reuse: Mapping[tuple[str, str], Sequence[Reuse]]


def find_alterations(story: str, batch: Batch, derivations: Sequence[Derivation]) -> list[Alteration]:
    """The changes along every derivation inside the collection."""
    counted = [d for d in derivations if d.probability >= TAKEN]
    book = open_book(story, batch, counted)
    said = open_said(batch, book)
    out: dict[str, Alteration] = {}
    for row in counted:
        if not row.source.startswith("external:"):
            for found in (of_conflicts(book, row), of_quotes(book, row), of_sentences(book, row),
                          stance_changes(said, row, book.below.get(row.target, ()))):
                out.update({a.id: a for a in found})
    for target in sorted(book.sources.keys() - book.outside):
        if book.sources[target]:
            found = added(said, story, target, book.sources[target], book.below.get(target, ()))
            out.update({a.id: a for a in found if a.carried})  # what nobody carried on is the outlet's own
    return sorted(once(out.values()), key=lambda a: (a.target, a.target_start, a.source, a.id))


def open_book(story: str, batch: Batch, counted: Sequence[Derivation]) -> Book:
    """The findings of a story, ready to be compared along its edges."""
    sources: dict[str, set[str]] = defaultdict(set)
    for d in counted:
        sources[d.target].add(d.source)
    conflicts: dict[str, list[Conflict]] = defaultdict(list)
    for c in batch.get(Conflict):
        conflicts[c.group].append(c)
    quotes: dict[str, dict[str, QuoteVersion]] = defaultdict(dict)
    for q in sorted(batch.get(QuoteVersion), key=lambda q: (q.start, q.id)):
        quotes[q.article].setdefault(q.group, q)
    shared: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for row in batch.get(Reuse):
        shared[row.a, row.b].append(row)
    inside = {t: frozenset(s for s in found if not s.startswith("external:")) for t, found in sources.items()}
    return Book(
        story=story, texts={a.id: a.text for a in batch.get(Article)}, sources=inside, below=below(inside),
        outside=frozenset(t for t, found in sources.items() if found - inside[t]),
        days={a.id: (a.published or "")[:10] for a in batch.get(Article)}, dates=batch.by_article(Date),
        figures=batch.by_article(Quantity), sentences=batch.by_article(Sentence), reuse=shared, conflicts=conflicts, quotes=quotes,
    )


def open_said(batch: Batch, book: Book) -> Said:
    """What stances are read from, of the same story."""
    held = {c.id: c for c in batch.get(Claim)}
    claims: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    tellers: dict[str, set[str]] = defaultdict(set)
    for v in sorted(batch.get(ClaimVersion), key=lambda v: (v.article, v.start, v.id)):
        tellers[v.group].add(v.article)
        if v.claim in held and v.score >= ALIKE:
            claims[v.article][v.group].append(held[v.claim])
    return Said(
        texts=book.texts, languages={r.article: r.code for r in batch.get(Language)}, claims=claims,
        tellers={g: frozenset(a) for g, a in tellers.items()}, attributions={a.id: a for a in batch.get(Attribution)},
        spoken=batch.by_article(Attribution), quotes=book.quotes, sentences={s.id: s for s in batch.get(Sentence)},
        orders={a: {s.order: s for s in found} for a, found in book.sentences.items()}, names=batch.by_article(Name),
        figures=book.figures, dates=book.dates,
    )


def below(sources: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """All that have something from an article, however far down, without itself."""
    targets: dict[str, set[str]] = defaultdict(set)
    for target, found in sources.items():
        for source in found:
            targets[source].add(target)
    out = {}
    for article in sorted(targets):
        seen, todo = set[str](), [article]
        while todo:
            for following in targets.get(todo.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    todo.append(following)
        out[article] = tuple(sorted(seen - {article}))
    return out


def once(rows: Iterable[Alteration]) -> list[Alteration]:
    """One row a kind of change and place: the surest, where several ways found it; a quote in another mouth is said by somebody else."""
    kept: dict[tuple[str, str, str], list[Alteration]] = defaultdict(list)
    for a in sorted(rows, key=lambda a: (-a.score, a.id)):
        same = kept[a.source, a.target, "attribution" if a.kind == "misattributed" else a.kind]
        if not any(a.target_start < b.target_end and a.target_end > b.target_start for b in same):
            same.append(a)
    return [a for same in kept.values() for a in same]


def of_conflicts(book: Book, row: Derivation) -> Iterator[Alteration]:
    """Differences in which the target takes a side that its source does not take."""
    for group, found in sorted(book.conflicts.items()):
        theirs, ours = ([c for c in found if c.article == who] for who in (row.source, row.target))
        if not theirs or not ours or {c.side for c in theirs} & {c.side for c in ours} or ours[0].score < CHANGED:
            continue
        a, b = theirs[0], ours[0]
        if told_by_both(book, a, b):
            continue
        carried = tuple(d for d in book.below.get(row.target, ()) if {c.side for c in found if c.article == d} == {b.side})
        yield Alteration(
            id=make_id("al", row.id, group), story=book.story, source=row.source, target=row.target, kind=a.kind,
            words=turned(book, a, b), source_start=a.start, source_end=a.end, target_start=b.start, target_end=b.end, carried=carried,
            method=a.method, score=b.score)


def told_by_both(book: Book, a: Conflict, b: Conflict) -> bool:
    """Whether the source has the figure or the day of the target too, or the target that of the source: somebody else tells it there."""
    if a.kind not in ("number", "date"):
        return False
    for one, other in ((a, b), (b, a)):
        figures = [q for q in book.figures.get(one.article, ()) if q.start < one.mark_end and one.mark_start < q.end]
        if any(equal(q, p) for q in figures for p in book.figures.get(other.article, ())):
            return True
        days = [d for d in book.dates.get(one.article, ()) if d.start < one.mark_end and one.mark_start < d.end and d.earliest]
        if any(d.earliest == e.earliest and d.latest == e.latest for d in days for e in book.dates.get(other.article, ())):
            return True
    return False


def equal(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are as much of one unit; small numbers stand in every text and tell nothing."""
    return a.value == b.value and a.unit == b.unit and (bool(a.unit) or abs(a.value) > SMALL)


def turned(book: Book, a: Conflict, b: Conflict) -> str:
    """What became of what, in the very words where they are known."""
    before, after = (" ".join(book.texts.get(c.article, "")[max(0, c.mark_start):max(0, c.mark_end)].split()) for c in (a, b))
    words = WORDS.get(a.kind, a.kind)
    before, after = (found if len(found) <= MARKED else "" for found in (before, after))
    if before and after and before.casefold() != after.casefold():
        return f"{words}: “{before}” became “{after}”"
    return f"{words}: “{before}” is gone" if before and not after else f"{words}: “{after}” is new" if after and not before else words


def of_quotes(book: Book, row: Derivation) -> Iterator[Alteration]:
    """Quotes that the target gives cut short, altered or in another mouth, and its source does not."""
    for group, v in sorted(book.quotes.get(row.target, {}).items()):
        before = book.quotes.get(row.source, {}).get(group)
        if before and v.change in QUOTE_WORDS and before.change != v.change:
            later = ((d, book.quotes.get(d, {}).get(group)) for d in book.below.get(row.target, ()))
            yield Alteration(
                id=make_id("al", row.id, v.id), story=book.story, source=row.source, target=row.target, kind=v.change,
                words=QUOTE_WORDS[v.change], source_start=before.start, source_end=before.end, target_start=v.start, target_end=v.end,
                carried=tuple(d for d, w in later if w and w.change == v.change), method=v.method, score=v.score)


def of_sentences(book: Book, row: Derivation) -> Iterator[Alteration]:
    """Figures and dates that differ between a sentence and the one it was taken over from, where each has only one of the kind."""
    for before, after in aligned(book, row.source, row.target):
        for kind, found in (("date", other_day(book, before, after)), ("number", other_figure(book, before, after))):
            if found:
                old, new = (wording(book, x) for x in found)
                yield Alteration(
                    id=make_id("al", row.id, kind, after.id), story=book.story, source=row.source, target=row.target, kind=kind,
                    words=f"{WORDS[kind]}: “{old}” became “{new}”", source_start=before.start, source_end=before.end,
                    target_start=after.start, target_end=after.end, carried=(), method="sentences compared", score=COMPARED)


def other_day(book: Book, before: Sentence, after: Sentence) -> tuple[Date, Date] | None:
    """The only day in each of two sentences, if they are different days by the calendar and by the week: one without a year, a
    weekday or "today" is another day in an article of another date.
    """
    old, new = (sole([d for d in book.dates.get(s.article, ()) if d.grain == "day" and d.earliest and s.start <= d.start < s.end])
                for s in (before, after))
    if old is None or new is None or wording(book, old).casefold() == wording(book, new).casefold():
        return None
    headed = any(s.kind in HEADS and d.earliest[:10] == book.days.get(s.article) for s, d in ((before, old), (after, new)))
    apart = all(x != y for x, y in zip(calendar_and_week(old), calendar_and_week(new), strict=True))
    return (old, new) if apart and not headed else None


def calendar_and_week(day: Date) -> tuple[str, str]:
    """Month and day, and the day of the week (the month and day again where the year is not known).

    >>> day = Date(id="d", article="a", start=0, end=9, earliest="2026-03-03", latest="2026-03-03", grain="day", method="m", score=1.0)
    >>> calendar_and_week(day)
    ('03-03', '2')
    """
    if day.earliest.startswith("-"):
        return day.earliest[2:7], day.earliest[2:7]
    return day.earliest[5:10], str(date.fromisoformat(day.earliest[:10]).isoweekday())


def other_figure(book: Book, before: Sentence, after: Sentence) -> tuple[Quantity, Quantity] | None:
    """The only quantity in each of two sentences, if both are exact, of one unit, and differ by more than a word for millions left out."""
    old, new = (sole([q for q in book.figures.get(s.article, ()) if s.start <= q.start < s.end]) for s in (before, after))
    if old is None or new is None or old.approximate or new.approximate or old.unit != new.unit:
        return None
    low, high = sorted((abs(old.value), abs(new.value)))
    return None if low == high or 0.99 < low * MILLION / max(high, 1e-9) < 1.01 else (old, new)


def sole(found: Sequence[Found]) -> Found | None:
    """The only one, if there is only one."""
    return found[0] if len(found) == 1 else None


def wording(book: Book, place: Date | Quantity) -> str:
    """The words of a place, white space apart."""
    return " ".join(book.texts[place.article][place.start:place.end].split())


def aligned(book: Book, source: str, target: str) -> Iterator[tuple[Sentence, Sentence]]:
    """The sentences of passages that two articles share, one for one in their order; passages with unequal numbers of them tell nothing."""
    spans = [((r.a_start, r.a_end), (r.b_start, r.b_end)) for r in book.reuse.get((source, target), ())]
    spans += [((r.b_start, r.b_end), (r.a_start, r.a_end)) for r in book.reuse.get((target, source), ())]
    for there, here in spans:
        before, after = ([s for s in book.sentences.get(a, ()) if s.start < end and s.end > start]
                         for a, (start, end) in ((source, there), (target, here)))
        if len(before) == len(after):
            yield from zip(before, after, strict=True)
