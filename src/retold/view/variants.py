"""What differs between the articles of a story: conflicts, versions of quotes, spellings of names, and changes on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.base import records as r
from retold.view.articles import Document
from retold.view.findings import Alteration, Conflict, ConflictVersion, Name, Quote, QuoteVersion, Spelling
from retold.view.index import Index, grouped

OPENED = re.compile(r"[–—―-]\s+(?=\w)")  # a dash that opens speech
TOLD = re.compile(r"[,.!?…]?\s+[–—―-]\s+(?=[^\W\d_A-Z])")  # … and one that ends it before the teller's words


def build_conflicts(index: Index, story: str, documents: Sequence[Document]) -> tuple[Conflict, ...]:
    """The disagreements of a story, the surest first. A side whose words are not to be had is left out."""
    numbers = {d.id: d.number for d in documents}
    groups = grouped(index.rows(r.Conflict, story), "group")
    found = [build_conflict(index, rows, numbers) for rows in groups.values()]
    return tuple(sorted((c for c in found if c.sides), key=lambda c: (-c.confidence, c.kind, c.id)))


def build_conflict(index: Index, rows: list[r.Conflict], numbers: dict[str, int]) -> Conflict:
    """One disagreement with its sides, the side of the earliest article first."""
    sides: dict[int, list[tuple[int, ConflictVersion]]] = {}
    for row in rows:
        excerpt = index.excerpt(row.article, row.start, row.end)
        if excerpt:
            mark = index.excerpt(row.article, row.mark_start, row.mark_end)
            sides.setdefault(row.side, []).append((numbers.get(row.article, 0), ConflictVersion(excerpt=excerpt, mark=mark)))
    ordered = [[v for _, v in sorted(sides[side], key=lambda pair: (pair[0], pair[1].excerpt.start))] for side in sorted(sides)]
    best = max(rows, key=lambda row: (row.score, row.id))
    return Conflict(id=best.group, claim=best.claim, kind=best.kind, confidence=best.score, why=best.why,
                    sides=tuple(map(tuple, ordered)), method=best.method)


def build_quotes(index: Index, story: str, documents: Sequence[Document]) -> tuple[Quote, ...]:
    """The quotes of a story, those with most versions first."""
    numbers = {d.id: d.number for d in documents}
    groups = grouped(index.rows(r.QuoteVersion, story), "group")
    quotes = [q for q in (build_quote(index, group, rows, numbers) for group, rows in groups.items()) if q]
    return tuple(sorted(quotes, key=lambda q: (-len(q.versions), numbers.get(q.versions[0].excerpt.document, 0),
                                               q.versions[0].excerpt.start, q.id)))


def build_quote(index: Index, group: str, rows: list[r.QuoteVersion], numbers: dict[str, int]) -> Quote | None:
    """One quote; None where no version has words."""
    versions: list[QuoteVersion] = []
    speakers: list[str] = []
    for row in sorted(rows, key=lambda v: (numbers.get(v.article, 0), v.start, v.id)):
        excerpt = index.excerpt(row.article, *spoken(index, row))
        if excerpt:
            said = said_in(index, row.article, row.start, row.end)
            reported = said.kind == "indirect" if said else row.change == "paraphrased"
            versions.append(QuoteVersion(
                excerpt=excerpt, speaker=said.speaker if said else "", reported=reported, language=index.language(row.article)[0],
                change=row.change, method=row.method, score=row.score,
            ))
            speakers.append(row.speaker)
    if not versions:
        return None
    best = fullest(versions)
    first = next((row.speaker for row in rows if row.speaker), "")
    return Quote(id=group, speaker=speakers[versions.index(best)] or first, versions=tuple(versions), fullest=best)


def said_in(index: Index, article: str, start: int, end: int) -> r.Quote | None:
    """The quote of an article that a version is: that which has most of its words, before others one whose speaker has a name."""

    def rank(q: r.Quote) -> tuple[int, bool, int, str]:
        return min(q.end, end) - max(q.start, start), bool(q.speaker), q.start - q.end, q.id

    return max(index.quotes.touching(article, start, end), key=rank, default=None)


def spoken(index: Index, version: r.QuoteVersion) -> r.Span:
    """The words of a version without the teller's: of a paragraph that a dash opens as speech, what stands before the dash behind which a
    person is named ("– Nobody was hurt – thundered Ada Lund."). A dash within what somebody says is none."""
    text = index.articles[version.article].text if version.article in index.articles else ""
    words = text[version.start:version.end]
    opening = OPENED.match(words)
    if not opening:
        return version.start, version.end
    start = version.start + opening.end()
    for dash in TOLD.finditer(words, opening.end()):
        tail = version.start + dash.end(), version.end
        if any(n.kind == "person" for n in index.names.touching(version.article, *tail)):
            return start, version.start + dash.start()
    return start, version.end


def fullest(versions: Sequence[QuoteVersion]) -> QuoteVersion:
    """The version that the others are compared with: verbatim if there is one, then the longest, then the earliest."""
    return max(versions, key=lambda v: (v.change == "verbatim", len(v.excerpt.text)))


def build_names(index: Index, story: str) -> tuple[Name, ...]:
    """The entities of a story, those named most often first."""
    groups = grouped(index.rows(r.Name, story), "entity")
    elsewhere = grouped(index.rows(r.NameElsewhere, story), "entity")
    names = [build_name(index, entity, rows, elsewhere.get(entity, [])) for entity, rows in groups.items()]
    return tuple(sorted((n for n in names if n.spellings), key=lambda n: (-sum(len(s.places) for s in n.spellings), n.label, n.id)))


def build_name(index: Index, entity: str, rows: list[r.Name], elsewhere: list[r.NameElsewhere]) -> Name:
    """One entity; its spellings as they stand in the texts, the commonest first."""
    spellings: dict[str, list[r.Name]] = {}
    for row in rows:
        excerpt = index.excerpt(row.article, row.start, row.end)
        if excerpt:
            spellings.setdefault(excerpt.text, []).append(row)
    return Name(
        id=entity, label=rows[0].label, kind=rows[0].kind, score=min(row.score for row in rows),
        spellings=tuple(
            Spelling(text=text, places=tuple(e for e in (index.excerpt(f.article, f.start, f.end) for f in forms) if e))
            for text, forms in sorted(spellings.items(), key=lambda item: (-len(item[1]), item[0]))
        ),
        elsewhere=tuple(e for e in (index.excerpt(f.article, f.start, f.end) for f in elsewhere) if e),
    )


def build_alterations(index: Index, story: str, documents: Sequence[Document]) -> tuple[Alteration, ...]:
    """The ledger of changes, by article that made them."""
    numbers = {d.id: d.number for d in documents}
    rows = sorted(index.rows(r.Alteration, story), key=lambda a: (numbers.get(a.target, 0), a.target_start, a.source, a.kind, a.id))
    return tuple(
        Alteration(id=a.id, source=a.source, target=a.target, kind=a.kind, words=a.words,
                   before=index.excerpt(a.source, a.source_start, a.source_end),
                   after=index.excerpt(a.target, a.target_start, a.target_end), method=a.method, score=a.score, carried=a.carried,
                   speakers=speakers_of(index, a))
        for a in rows
    )


def speakers_of(index: Index, change: r.Alteration) -> tuple[str, str]:
    """Whom the source and the target give a quote to, where it is given to another speaker; "" where an article names nobody."""
    if change.kind != "misattributed":
        return "", ""
    said = (said_in(index, change.source, change.source_start, change.source_end),
            said_in(index, change.target, change.target_start, change.target_end))
    before, after = (quote.speaker if quote else "" for quote in said)
    return before, after
