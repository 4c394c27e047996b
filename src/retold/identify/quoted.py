"""Names in quotation marks: outlets, ships, firms, introduced by a noun that says what they are («the newspaper “North Light”»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retold.identify.books import Book
from retold.identify.words import Word

MARKED = re.compile(r"[«„“\"‹‚]([^«»„“”\"‹›‚\n]{2,48})[»“”\"›‘]")
MOST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedName:
    """A quoted name, marks excluded."""

    start: int
    end: int
    kind: str


def find_quoted(sentences: list[list[Word]], text: str, book: Book) -> Iterator[QuotedName]:
    """Quoted phrases with a capital that follow a noun of outlets or bodies."""
    for words in sentences:
        if not words:
            continue
        for match in MARKED.finditer(text, words[0].start - 1 if words[0].start else 0, words[-1].end + 1):
            before = [w for w in words if w.end <= match.start()][-2:]
            kind = introduced(before, text[before[-1].end:match.start()] if before else "x", book)
            inside = match.group(1)
            if kind and inside[0].isupper() and inside[-1].isalnum() and len(inside.split()) <= MOST_WORDS:
                yield QuotedName(start=match.start(1), end=match.end(1), kind=kind)


def introduced(before: list[Word], gap: str, book: Book) -> str:
    """The kind that the words before a quotation mark announce; "" for none."""
    if not before or gap.strip():
        return ""
    for word in reversed(before):
        last = word.low.rpartition("-")[2]
        if word.low in book.outlet or last in book.outlet:
            return "outlet"
        if word is before[-1] and word.low in book.organisation:
            return "organisation"
    return ""
