"""Drafts: attributions in spans of the text, before speakers and outlets are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from retold.base.records import Span
from retold.identify.nounphrases import Range, content_end
from retold.identify.sources import Found
from retold.identify.units import Unit


@dataclass(slots=True)
class Draft:
    """An attribution in spans of the text, before speakers and outlets are resolved.

    `unit` is the index of its unit, `source_from` the draft whose source it shares (-1: none), `parent` the draft inside whose
    content it stands (-1: none), `pieces` the quotes in its content; `open` says that the next unit brings them,
    `thought` that its cue is one of thinking, `bare` that its content is an object, not a clause.
    """

    unit: int
    key: str
    kind: str
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: list[Span] = field(default_factory=list)
    addressee: tuple[Span, ...] = ()
    pieces: list[int] = field(default_factory=list)
    source_from: int = -1
    parent: int = -1
    whole: Span = (0, 0)
    score: float = 0.8
    open: bool = False
    thought: bool = False
    bare: bool = False


def make_draft(unit: Unit, index: int, item: Found) -> Draft:
    """A found attribution in spans."""
    pieces = [t.quote for a, b in item.content for t in unit.tokens[a:b] if t.quote >= 0]
    words = any(t.word and t.quote < 0 for a, b in item.content for t in unit.tokens[a:b])
    kind = "indirect" if not pieces else ("mixed" if words else "direct")
    if item.content and all(r in unit.marked for r in item.content):
        kind = "direct"
    spans = [unit.span(a, b) for a, b in item.content]
    return Draft(
        unit=index,
        key=item.key,
        kind=kind,
        source=(unit.span(*item.source),) if item.source else (),
        cue=tuple(unit.span(a, b) for a, b in item.cue),
        content=spans,
        pieces=pieces,
        addressee=(unit.span(*item.addressee),) if item.addressee else (),
        whole=(unit.start, unit.end),
        score=0.6 if item.shares or item.key == "attitude" else 0.8,
        open=item.after,
        thought=bool(item.cue) and unit.has(item.cue[0][0], "thoughts"),
        bare=item.bare,
    )


def whole(unit: Unit) -> Span:
    """The span of a unit without the marks at its ends."""
    a, b = strip_edges(unit, 0, content_end(unit, 0))
    return unit.span(a, b) if b > a else (unit.start, unit.end)


def strip_edges(unit: Unit, a: int, b: int) -> Range:
    """A range without commas and stops at its ends."""
    while b > a and unit.tokens[b - 1].quote < 0 and not unit.tokens[b - 1].word and unit.tokens[b - 1].low in ",;:–—.،，、。":
        b -= 1
    while a < b and unit.tokens[a].quote < 0 and not unit.tokens[a].word and unit.tokens[a].low in ",;:–—،，、":
        a += 1
    return a, b
