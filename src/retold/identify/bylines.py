"""Authors: bylines without capitals, and the name under an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retold.base.records import Sentence
from retold.identify.books import Book, is_body
from retold.identify.words import Word
from retold.lexicons.names import name_phrases, phrases

EDGE = 4  # sentences from either end of an article in which an author may stand
MOST_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The name of an author."""

    start: int
    end: int
    score: float


def find_signed(sentences: list[list[Word]], places: list[Sentence], text: str, book: Book) -> Iterator[Signed]:
    """Names after a byline word in a line without capitals, and names that are a line by themselves at the end."""
    for number, (words, place) in enumerate(zip(sentences, places, strict=True)):
        if number < EDGE or number >= len(sentences) - EDGE:
            yield from small_byline(words, book)
        last = number >= len(sentences) - EDGE and place.kind not in ("headline", "subheading")
        if last and alone_on_line(words, place, text) and not any(ordinary(w, book) for w in words):
            yield Signed(start=words[0].start, end=words[-1].end, score=0.5)


def small_byline(words: list[Word], book: Book) -> Iterator[Signed]:
    """Two or three words after a byline word, up to a stop, in a line that has no capitals at all."""
    if any(w.text != w.low for w in words):
        return
    openers = phrases(book.language, "sources", "byline")
    for at, word in enumerate(words[:-1]):
        if word.low not in openers:
            continue
        last = at + 1
        while last + 1 < len(words) and words[last + 1].joined and last - at <= MOST_WORDS:
            last += 1
        own = words[at + 1:last + 1]
        plain = all(w.text.isalpha() and w.low not in book.not_names and w.low not in book.common for w in own)
        if 2 <= len(own) <= MOST_WORDS and plain:
            yield Signed(start=own[0].start, end=own[-1].end, score=0.6)
            return


def ordinary(word: Word, book: Book) -> bool:
    """Whether a word is no part of a person's name."""
    low = word.low
    return low in book.common or low in book.not_names or low in name_phrases(book.language, "bare") or is_body(low, book)


def alone_on_line(words: list[Word], place: Sentence, text: str) -> bool:
    """Whether a sentence is nothing but one to three capitalised words without a stop."""
    line = text[place.start:place.end].strip(" -–—\n\r\t")
    whole = bool(words) and words[0].text[0].isupper() and len(words) <= MOST_WORDS and all(w.shape in ("cap", "initial") for w in words)
    return whole and line.startswith(words[0].text) and line.endswith(words[-1].text) and all(w.joined for w in words[1:])
