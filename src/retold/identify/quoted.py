"""Names in quotation marks: outlets, ships, programs, firms, told by a noun before them («the paper “North Light”») or by capitals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from retold.identify.books import Book
from retold.identify.words import Word
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import fold, name_phrases, stems_of

MARKED = re.compile(r"[«„“\"‹‚][ \u00a0\u202f]?([^«»„“”\"‹›‚\n]{2,48}?)[ \u00a0\u202f]?[»”“\"›‘]|(?<!\w)‘([^‘’\n]{2,40})’(?!\w)")
MOST_WORDS = 5
SMALL = 3  # letters of a word that may be written small inside a name, and words of a name that only a people shows
LEAST_STEM = 3  # letters of a stem by which a quoted name is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedName:
    """A quoted name, marks excluded."""

    start: int
    end: int
    kind: str


def find_quoted(sentences: list[list[Word]], text: str, book: Book) -> Iterator[QuotedName]:
    """Quoted phrases with a capital that follow a noun of outlets, bodies or things with names, and capitals alone within a sentence."""
    known: dict[str, str] = {}
    later: list[tuple[int, int, str]] = []
    for words in sentences:
        if not words:
            continue
        for match in MARKED.finditer(text, words[0].start - 1 if words[0].start else 0, words[-1].end + 1):
            start, end, inside = content(match)
            if not inside[:1].isupper() or not inside[-1].isalnum() or len(inside.split()) > MOST_WORDS:
                continue
            kind = announced(words, match, text, inside, book)
            if not kind:
                later.append((start, end, inside))
                continue
            known.update(dict.fromkeys(last_stems(inside, book), kind))
            yield QuotedName(start=start, end=end, kind=kind)
    for start, end, inside in later:
        kinds = [known[stem] for stem in last_stems(inside, book) if stem in known]
        if kinds:
            yield QuotedName(start=start, end=end, kind=kinds[0])


def content(match: re.Match[str]) -> tuple[int, int, str]:
    """What stands between the marks, without a comma that belongs to the sentence: its start, end and text."""
    group = 1 if match.group(1) is not None else 2
    inside = match.group(group).rstrip(",")
    return match.start(group), match.start(group) + len(inside), inside


def announced(words: list[Word], match: re.Match[str], text: str, inside: str, book: Book) -> str:
    """The kind of what is quoted, by the words before it, the word behind it, or its capitals; "" where it is no name."""
    at = bisect_left(words, match.start(), key=lambda word: word.end)
    at += at < len(words) and words[at].end <= match.start()
    before = words[max(0, at - 2):at]
    gap = text[before[-1].end:match.start()] if before else "x"
    kind = introduced(before, gap, book)
    if kind or gap.strip():
        return kind
    at = bisect_left(words, match.end(), key=lambda word: word.start)
    after = words[at:at + 1]
    if after and after[0].low in name_phrases(book.language, "named_before") and not text[match.end():after[0].start].strip():
        return "thing"
    return "organisation" if titled(inside, before, book) else ""


def titled(inside: str, before: list[Word], book: Book) -> bool:
    """Whether words in marks within a sentence have capitals that only a name has: not where all nouns do, nor after a verb of saying."""
    last = before[-1]
    if book.nouns_capital or last.capital or last.low in book.cues:
        return False
    words = inside.split()
    if last.low in book.demonyms and len(words) <= SMALL:
        return True
    capital = all(word[0].isupper() or word[0].isdigit() or len(word) <= SMALL for word in words)
    low = words[0].lower()
    return capital and not (low in book.common or low in book.not_names or low in book.determiners)


def last_stems(inside: str, book: Book) -> list[str]:
    """A quoted name with what its last word may be without a case ending."""
    head, _, last = fold(inside).rpartition(" ")
    return [f"{head} {stem}" for stem in stems_of(last, book.language) if len(stem) > LEAST_STEM]


def introduced(before: list[Word], gap: str, book: Book) -> str:
    """The kind that the words before a quotation mark announce; "" for none."""
    if not before or gap.strip():
        return ""
    vessels = name_phrases(book.language, "vessels", "named_things")
    for word in reversed(before):
        last = word.low.rpartition("-")[2]
        if word.low in book.outlet or last in book.outlet:
            return "outlet"
        if word.low in vessels or last in vessels:
            return "organisation" if concept_of(word.folded, "heads") else "thing"
        if word is before[-1] and word.low in book.organisation:
            return "organisation"
    return ""
