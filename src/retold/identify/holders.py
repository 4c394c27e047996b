"""Which attribution holds a quote: the one whose content has it most closely."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Sequence

from retold.identify.drafts import Draft
from retold.identify.quotes import Piece


def holders(
    drafts: Sequence[Draft], pieces: Sequence[Piece], so_called: Callable[[Piece], bool], outlets: Container[int] = (),
) -> dict[int, int]:
    """For each piece the draft whose content holds it most closely; none for words that are only so called.

    outlets: the drafts whose source is an outlet.
    """
    out: dict[int, int] = {}
    spans = sorted((s, e, n) for n, d in enumerate(drafts) if d.kind != "reportive" for s, e in d.content)
    for i, piece in enumerate(pieces):
        if so_called(piece):
            continue
        inside = [
            (e - s, -nearness(drafts[n], piece), n) for s, e, n in near(spans, piece) if s <= piece.outer_start and piece.outer_end <= e
        ]
        if inside:
            out[i] = speaking(drafts, min(inside)[2], outlets)
    for n, draft in enumerate(drafts):
        for p in draft.pieces:
            out.setdefault(p, n)
    return out


def inside_sources(drafts: Sequence[Draft], pieces: Sequence[Piece]) -> set[int]:
    """The pieces that stand in a source or in whom was told: they are names ("the head of “Bread for Ekk” said")."""
    spans = sorted((s, e, n) for n, d in enumerate(drafts) for s, e in (*d.source, *d.addressee))
    return {
        i for i, piece in enumerate(pieces)
        if any(s <= piece.outer_start and piece.outer_end <= e for s, e, _ in near(spans, piece)) and not piece.continues
    }


def nearness(draft: Draft, piece: Piece) -> int:
    """How far into the text the source before a piece stands ("adds that the notary said: “…”": the notary); 0 for one behind it."""
    return draft.source[0][0] if draft.source and draft.source[0][0] < piece.outer_start else 0


def speaking(drafts: Sequence[Draft], n: int, outlets: Container[int]) -> int:
    """The draft that speaks: of a thought that somebody tells of, the one who tells, unless that is an outlet."""
    while drafts[n].thought and drafts[n].parent >= 0 and drafts[n].parent not in outlets:
        n = drafts[n].parent
    return n


def near(spans: Sequence[tuple[int, int, int]], piece: Piece) -> Iterator[tuple[int, int, int]]:
    """The spans that may hold a piece; spans is sorted by start."""

    at = bisect_right(spans, (piece.outer_start, 1 << 60, 0))
    for n in range(at - 1, max(-1, at - 12), -1):
        yield spans[n]
