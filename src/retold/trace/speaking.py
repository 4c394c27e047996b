"""Quotes whose speaker is known though no attribution says who speaks, as attributions.

"« We rent at a high price », sighs the economist Ada Roth" has no word for saying that anybody listed; the quote knows its speaker all the
same, by who stands beside it. So do quotes with a cue that has no source of its own ("…, says", in languages that leave the pronoun out).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from retold.base.records import Attribution, Claim, Name, Passage, Quote, make_id
from retold.base.tables import Batch

SPOKEN = ("direct", "mixed")  # kinds of quotes that somebody speaks
METHOD = "speaker of the quote"


def with_speakers(batch: Batch) -> Batch:
    """The same records, with an attribution for every quote of a known speaker that has none, or one without a source.

    Claims inside such a quote that are attributed to nobody are its speaker's.
    """
    known = {a.id: a for a in batch.get(Attribution)}
    named: dict[str, list[Name]] = defaultdict(list)
    for name in batch.get(Name):
        named[name.article].append(name)
    passages = batch.by_article(Passage)
    quotes, homes = [], dict[str, list[tuple[int, int, str]]]()
    for q in batch.get(Quote):
        row = known.get(q.attribution)
        if not is_spoken(q, passages.get(q.article, ())) or (row and says_who(row, named[q.article])):
            quotes.append(q)
            continue
        made = replace(row, source=(q.speaker_span,), source_kind="person") if row else spoken(q)
        known[made.id] = made
        quotes.append(replace(q, attribution=made.id))
        homes.setdefault(q.article, []).append((q.outer_start, q.outer_end, made.id))
    claims = [replace(c, attribution=key) if not c.attribution and (key := inside(c, homes.get(c.article, ()))) else c
              for c in batch.get(Claim)]
    rest = (row for kind in batch.kinds() if kind not in (Attribution, Quote, Claim) for row in batch.get(kind))
    return Batch([*rest, *known.values(), *quotes, *claims])


def is_spoken(q: Quote, passages: Sequence[Passage]) -> bool:
    """Whether a quote has a speaker whose name stands in the text, outside a headline."""
    start, end = q.speaker_span
    known = q.kind in SPOKEN and bool(q.speaker) and end > start
    return known and not any(p.kind == "headline" and p.start <= q.start < p.end for p in passages)


def says_who(row: Attribution, names: list[Name]) -> bool:
    """Whether an attribution has a source that is somebody: of a known kind, or with a name in it."""
    return bool(row.source) and (row.source_kind != "unknown" or any(
        n.start < end and n.end > start for start, end in row.source for n in names))


def spoken(q: Quote) -> Attribution:
    """The attribution of a quote to its speaker."""
    return Attribution(
        id=make_id("at", METHOD, q.id), article=q.article, source=(q.speaker_span,), cue=(), content=((q.start, q.end),), kind="direct",
        source_kind="person", outlet=None, anonymous=False, number=1, certainty="said", strength=1.0, addressee=(), parent="",
        method=METHOD, score=q.score)


def inside(claim: Claim, places: Sequence[tuple[int, int, str]]) -> str:
    """The attribution of the quote that a claim lies in; "" where it lies in none."""
    return next((key for start, end, key in places if start <= claim.start and claim.end <= end), "")
