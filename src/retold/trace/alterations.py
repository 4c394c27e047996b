"""What changed along the derivations: the ledger. Each change stands on the edge where it came in, with who carried it on.

Changes come from what `relate` found to differ between versions of one claim, from versions of quotes, and from claims: flatly
stated where the source hedges, without the source's attribution, or in no source at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold.base.records import (
    Alteration,
    Article,
    Attribution,
    Claim,
    ClaimVersion,
    Conflict,
    Date,
    Derivation,
    Name,
    Quantity,
    QuoteVersion,
    Reuse,
    Sentence,
    make_id,
)
from retold.base.tables import Batch
from retold.trace.derivations import TAKEN

WORDS = {
    "number": "another number", "date": "another date", "actor": "somebody else does it", "place": "another place",
    "negation": "turned into its opposite", "status": "another state of things", "certainty": "more or less certain",
    "attribution": "said by somebody else",
}
QUOTE_WORDS = {"truncated": "quote cut short", "altered": "words within the quote changed", "misattributed": "put into another mouth"}
CHANGED = 0.3  # score from which a difference along an edge is a change: between accounts it takes .5, but here one has it from the other
SURER = 0.4  # difference of two certainties from which one is surer: "may" (.5) and a flat statement (1) are .5 apart
MARKED = 60  # code points up to which differing words are shown; a whole sentence singles nothing out
DROPPED, ADDED, HEDGED = 0.5, 0.4, 0.6  # scores: of planted changes found in news of several languages; see docs/methods/trace.md
NOWHERE = (-1, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What the ledger is kept from: articles that each has something from, and the findings by article."""

    story: str
    texts: Mapping[str, str]
    sources: Mapping[str, frozenset[str]]
    below: Mapping[str, tuple[str, ...]]
    outside: frozenset[str]
    claims: Mapping[str, Mapping[str, Sequence[Claim]]]
    tellers: Mapping[str, frozenset[str]]
    attributions: Mapping[str, Attribution]
    spoken: Mapping[str, Sequence[Attribution]]
    conflicts: Mapping[str, Sequence[Conflict]]
    quotes: Mapping[str, Mapping[str, QuoteVersion]]
    details: Mapping[str, Sequence[tuple[int, int]]]
    dates: Mapping[str, Sequence[Date]]
    figures: Mapping[str, Sequence[Quantity]]
    sentences: Mapping[str, Sequence[Sentence]]
    reuse: Mapping[tuple[str, str], Sequence[Reuse]]


def find_alterations(story: str, batch: Batch, derivations: Sequence[Derivation]) -> list[Alteration]:
    """The changes along every derivation inside the collection."""
    counted = [d for d in derivations if d.probability >= TAKEN]
    book = open_book(story, batch, counted)
    out: dict[str, Alteration] = {}
    for row in counted:
        if not row.source.startswith("external:"):
            for found in (of_conflicts(book, row), of_quotes(book, row), of_claims(book, row), of_sentences(book, row)):
                out.update({a.id: a for a in found})
    for target in sorted(book.sources):
        out.update({a.id: a for a in added(book, target)})
    return sorted(once(out.values()), key=lambda a: (a.target, a.target_start, a.source, a.id))


def open_book(story: str, batch: Batch, counted: Sequence[Derivation]) -> Book:
    """The findings of a story, ready to be compared along its edges."""
    sources: dict[str, set[str]] = defaultdict(set)
    for d in counted:
        sources[d.target].add(d.source)
    held = {c.id: c for c in batch.get(Claim)}
    claims: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for v in sorted(batch.get(ClaimVersion), key=lambda v: (v.article, v.start, v.id)):
        if v.claim in held:
            claims[v.article][v.group].append(held[v.claim])
    tellers: dict[str, set[str]] = defaultdict(set)
    for v in batch.get(ClaimVersion):
        tellers[v.group].add(v.article)
    conflicts: dict[str, list[Conflict]] = defaultdict(list)
    for c in batch.get(Conflict):
        conflicts[c.group].append(c)
    quotes: dict[str, dict[str, QuoteVersion]] = defaultdict(dict)
    for q in sorted(batch.get(QuoteVersion), key=lambda q: (q.start, q.id)):
        quotes[q.article].setdefault(q.group, q)
    details: dict[str, list[tuple[int, int]]] = defaultdict(list)
    details_of: list[Quantity | Date | Name] = [*batch.get(Quantity), *batch.get(Date), *batch.get(Name)]
    for r in details_of:
        details[r.article].append((r.start, r.end))
    shared: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for row in batch.get(Reuse):
        shared[row.a, row.b].append(row)
    inside = {t: frozenset(s for s in found if not s.startswith("external:")) for t, found in sources.items()}
    return Book(
        story=story, texts={a.id: a.text for a in batch.get(Article)}, sources=inside, below=below(inside),
        outside=frozenset(t for t, found in sources.items() if found - inside[t]), claims=claims,
        tellers={g: frozenset(a) for g, a in tellers.items()}, attributions={a.id: a for a in batch.get(Attribution)},
        spoken=batch.by_article(Attribution), dates=batch.by_article(Date), figures=batch.by_article(Quantity),
        sentences=batch.by_article(Sentence), reuse=shared,
        conflicts=conflicts, quotes=quotes, details=details,
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
        carried = tuple(d for d in book.below.get(row.target, ()) if {c.side for c in found if c.article == d} == {b.side})
        yield Alteration(
            id=make_id("al", row.id, group), story=book.story, source=row.source, target=row.target, kind=a.kind,
            words=turned(book, a, b), source_start=a.start, source_end=a.end, target_start=b.start, target_end=b.end, carried=carried,
            method=a.method, score=b.score)


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


def of_claims(book: Book, row: Derivation) -> Iterator[Alteration]:
    """Claims that the target states more or less surely than its source, or without the source's attribution."""
    mine, theirs = book.claims.get(row.target, {}), book.claims.get(row.source, {})
    for group in sorted(mine.keys() & theirs.keys()):
        before, after = theirs[group][0], mine[group][0]
        change = stance_change(book, before, after)
        if change:
            kind, words, score = change
            carried = tuple(d for d in book.below.get(row.target, ()) for c in book.claims.get(d, {}).get(group, ())[:1]
                            if (stance_change(book, before, c) or ("",))[0] == kind)
            yield Alteration(
                id=make_id("al", row.id, group, kind), story=book.story, source=row.source, target=row.target, kind=kind, words=words,
                source_start=before.start, source_end=before.end, target_start=after.start, target_end=after.end, carried=carried,
                method="claims compared", score=score)


def stance_change(book: Book, before: Claim, after: Claim) -> tuple[str, str, float] | None:
    """How the stance to a claim changed, if it did: kind, words, score."""
    source = book.attributions.get(before.attribution)
    if source and told_by_another(source, before) and not is_attributed(book, after):
        start, end = source.source[0]
        return "attribution", f"stated as fact: “{' '.join(book.texts[before.article][start:end].split())}” is gone", DROPPED
    if after.certainty - before.certainty >= SURER:
        return "certainty", "stated more surely than the source does", HEDGED
    if before.certainty - after.certainty >= SURER:
        return "certainty", "stated less surely than the source does", HEDGED
    return None


def of_sentences(book: Book, row: Derivation) -> Iterator[Alteration]:
    """Figures and dates that differ between a sentence and the one it was taken over from, where each has only one of the kind."""
    for before, after in aligned(book, row.source, row.target):
        for kind, single in (("date", one_date), ("number", one_figure)):
            old, new = single(book, before), single(book, after)
            if old and new and old[0] != new[0]:
                places = ((row.source, old[1]), (row.target, new[1]))
                turn = " became ".join(f"“{' '.join(book.texts[a][s:e].split())}”" for a, (s, e) in places)
                yield Alteration(
                    id=make_id("al", row.id, kind, after.id), story=book.story, source=row.source, target=row.target, kind=kind,
                    words=f"{WORDS[kind]}: {turn}", source_start=before.start, source_end=before.end, target_start=after.start,
                    target_end=after.end, carried=(), method="sentences compared", score=HEDGED)


def aligned(book: Book, source: str, target: str) -> Iterator[tuple[Sentence, Sentence]]:
    """The sentences of passages that two articles share, one for one in their order; passages with unequal numbers of them tell nothing."""
    spans = [((r.a_start, r.a_end), (r.b_start, r.b_end)) for r in book.reuse.get((source, target), ())]
    spans += [((r.b_start, r.b_end), (r.a_start, r.a_end)) for r in book.reuse.get((target, source), ())]
    for there, here in spans:
        before, after = ([s for s in book.sentences.get(a, ()) if s.start < end and s.end > start]
                         for a, (start, end) in ((source, there), (target, here)))
        if len(before) == len(after):
            yield from zip(before, after, strict=True)


def one_date(book: Book, s: Sentence) -> tuple[str, tuple[int, int]] | None:
    """The only day in a sentence, with its place; None where there are none or several."""
    found = [d for d in book.dates.get(s.article, ()) if s.start <= d.start < s.end and d.grain == "day"]
    return (found[0].earliest[:10], (found[0].start, found[0].end)) if len(found) == 1 else None


def one_figure(book: Book, s: Sentence) -> tuple[tuple[float, str], tuple[int, int]] | None:
    """The only exact quantity in a sentence, with its place; None where there are none or several."""
    found = [q for q in book.figures.get(s.article, ()) if s.start <= q.start < s.end]
    sole = len(found) == 1 and not found[0].approximate
    return ((found[0].value, found[0].unit), (found[0].start, found[0].end)) if sole else None


def told_by_another(source: Attribution, claim: Claim) -> bool:
    """Whether somebody who is not what the claim is about says it."""
    named = source.source_kind not in ("outlet", "agency", "unknown") and bool(source.source)
    return named and all(end <= claim.start or start >= claim.end for start, end in source.source)


def is_attributed(book: Book, claim: Claim) -> bool:
    """Whether any attribution or quote reaches into a claim."""
    spans = [s for a in book.spoken.get(claim.article, ()) for s in (*a.source, *a.cue, *a.content)]
    spans += [(q.start, q.end) for q in book.quotes.get(claim.article, {}).values()]
    return bool(claim.attribution) or any(s < claim.end and e > claim.start for s, e in spans)


def added(book: Book, target: str) -> Iterator[Alteration]:
    """Claims with a name, date or figure that an article adds and attributes to nobody, though all it has it has from the others."""
    sources = book.sources.get(target, frozenset())
    if not sources or target in book.outside:
        return
    own = {target, *book.below.get(target, ())}
    for group, claims in sorted(book.claims.get(target, {}).items()):
        c = claims[0]
        firm = any(s < c.end and e > c.start for s, e in book.details.get(target, ()))
        if book.tellers[group] <= own and firm and not is_attributed(book, c):
            yield Alteration(
                id=make_id("al", target, group, "added"), story=book.story, source=min(sources), target=target, kind="added",
                words="in no source of the article, and attributed to nobody", source_start=NOWHERE[0], source_end=NOWHERE[1],
                target_start=c.start, target_end=c.end, carried=tuple(sorted(book.tellers[group] - {target})), method="claims compared",
                score=ADDED)
