"""Quotes that no cue attributes: whoever is told near by says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retold.base.records import NOWHERE, Attribution, Quote, make_id
from retold.identify.cues import CERTAINTY, STRENGTH
from retold.identify.reading import Reading
from retold.identify.sourcekinds import SourceKinds

SCORE = 0.5  # such an attribution is a guess: no word says that anybody says it


def told_alone(
    reading: Reading, quotes: Sequence[Quote], kinds: SourceKinds, *, method: str,
) -> tuple[list[Quote], list[Attribution]]:
    """Quotes that no cue attributes but whose speaker is told near by, each with an attribution of its own, which has no cue."""
    out, more = [], []
    for quote in quotes:
        if quote.kind != "direct" or quote.attribution or quote.speaker_span == NOWHERE:
            out.append(quote)
            continue
        source, content = (quote.speaker_span,), ((quote.outer_start, quote.outer_end),)
        what = kinds.describe(source)
        row = Attribution(
            id=make_id("at", reading.article.id, "alone", "direct", (), source, content),
            article=reading.article.id,
            source=source,
            cue=(),
            content=content,
            kind="direct",
            source_kind=what.kind,
            outlet=what.outlet,
            anonymous=what.anonymous,
            number=what.number,
            certainty=CERTAINTY["say"],
            strength=STRENGTH["say"],
            addressee=(),
            parent="",
            method=method,
            score=SCORE,
        )
        more.append(row)
        out.append(replace(quote, attribution=row.id))
    return out, more
