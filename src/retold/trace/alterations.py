"""What changed along the derivations: the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from retold.base.records import Alteration, Conflict, Derivation, QuoteVersion, make_id
from retold.base.tables import Batch
from retold.trace.derivations import TAKEN

WORDS = {
    "number": "another number", "date": "another date", "actor": "somebody else does it", "place": "another place",
    "negation": "turned into its opposite", "status": "another state of things", "certainty": "more or less certain",
    "attribution": "said by somebody else",
}
QUOTE_WORDS = {"truncated": "quote cut short", "altered": "words within the quote changed", "misattributed": "put into another mouth"}


def find_alterations(story: str, batch: Batch, derivations: Sequence[Derivation]) -> list[Alteration]:
    """The changes along every derivation inside the collection: sides taken differently, quotes changed."""
    out = []
    for row in derivations:
        if row.probability >= TAKEN and not row.source.startswith("external:"):
            out.extend(of_conflicts(story, batch.get(Conflict), row))
            out.extend(of_quotes(story, batch.get(QuoteVersion), row))
    return sorted({a.id: a for a in out}.values(), key=lambda a: (a.target, a.target_start, a.id))


def of_conflicts(story: str, conflicts: Sequence[Conflict], row: Derivation) -> list[Alteration]:
    """Conflicts in which the target takes a side that its source does not take."""
    groups: dict[str, list[Conflict]] = defaultdict(list)
    for c in conflicts:
        groups[c.group].append(c)
    out = []
    for found in groups.values():
        theirs = [c for c in found if c.article == row.source]
        ours = [c for c in found if c.article == row.target]
        if theirs and ours and not {c.side for c in theirs} & {c.side for c in ours}:
            a, b = theirs[0], ours[0]
            out.append(Alteration(
                id=make_id("al", row.id, a.group), story=story, source=row.source, target=row.target, kind=a.kind,
                words=a.why or WORDS.get(a.kind, a.kind), source_start=a.start, source_end=a.end, target_start=b.start, target_end=b.end,
                method=a.method, score=a.score))
    return out


def of_quotes(story: str, versions: Sequence[QuoteVersion], row: Derivation) -> list[Alteration]:
    """Quotes that the target gives cut short, altered or in another mouth, and its source does not."""
    source = {v.group: v for v in versions if v.article == row.source}
    out = []
    for v in versions:
        before = source.get(v.group)
        if v.article == row.target and before and v.change in QUOTE_WORDS and before.change != v.change:
            out.append(Alteration(
                id=make_id("al", row.id, v.id), story=story, source=row.source, target=row.target, kind=v.change,
                words=QUOTE_WORDS[v.change], source_start=before.start, source_end=before.end, target_start=v.start, target_end=v.end,
                method=v.method, score=v.score))
    return out
