"""Names in quotation marks: outlets, ships, firms, introduced by a noun that says what they are («the newspaper “North Light”»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retold.identify.books import Book
from retold.identify.words import Word
from retold.lexicons.names import fold, name_phrases, stems_of

MARKED = re.compile(r"[«„“\"‹‚]([^«»„“”\"‹›‚\n]{2,48})[»“”\"›‘]")
MOST_WORDS = 5
LEAST_STEM = 3  # letters of a stem by which a quoted name is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedName:
    """A quoted name, marks excluded."""

    start: int
    end: int
    kind: str


def find_quoted(sentences: list[list[Word]], text: str, book: Book) -> Iterator[QuotedName]:
    """Quoted phrases with a capital that follow a noun of outlets or bodies."""
    known: dict[str, str] = {}
    later: list[tuple[int, int, str]] = []
    for words in sentences:
        if not words:
            continue
        for match in MARKED.finditer(text, words[0].start - 1 if words[0].start else 0, words[-1].end + 1):
            before = [w for w in words if w.end <= match.start()][-2:]
            kind = introduced(before, text[before[-1].end:match.start()] if before else "x", book)
            inside = match.group(1)
            if not inside[0].isupper() or not inside[-1].isalnum() or len(inside.split()) > MOST_WORDS:
                continue
            if not kind:
                later.append((match.start(1), match.end(1), inside))
                continue
            known.update(dict.fromkeys(last_stems(inside, book), kind))
            yield QuotedName(start=match.start(1), end=match.end(1), kind=kind)
    for start, end, inside in later:
        kinds = [known[stem] for stem in last_stems(inside, book) if stem in known]
        if kinds:
            yield QuotedName(start=start, end=end, kind=kinds[0])


def last_stems(inside: str, book: Book) -> list[str]:
    """A quoted name with what its last word may be without a case ending."""
    head, _, last = fold(inside).rpartition(" ")
    return [f"{head} {stem}" for stem in stems_of(last, book.language) if len(stem) > LEAST_STEM]


def introduced(before: list[Word], gap: str, book: Book) -> str:
    """The kind that the words before a quotation mark announce; "" for none."""
    if not before or gap.strip():
        return ""
    vessels = name_phrases(book.language, "vessels")
    for word in reversed(before):
        last = word.low.rpartition("-")[2]
        if word.low in book.outlet or last in book.outlet:
            return "outlet"
        if word.low in vessels or last in vessels:
            return "thing"
        if word is before[-1] and word.low in book.organisation:
            return "organisation"
    return ""
