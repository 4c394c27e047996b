"""A source as an article states it."""

from __future__ import annotations

from dataclasses import dataclass

from retold.base.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A source as an article states it.

    node: an article id or `external:NAME`; kind: a `SourceKind`; own: told to this very outlet; entity: of the name ("" without);
    credited: it stands in a byline, dateline or credit; content: what it is the source of; elsewhere: told to another outlet;
    sole: credited as the source of the whole text.
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
    elsewhere: bool = False
    sole: bool = False
