"""What an article as a whole tells about a word: is it ever written small, does it take an article, is it part of a name.

And what no name can be. `certainty` weighs it; `nouns` where all nouns have capitals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from retold.identify.books import Book
from retold.identify.pieces import Piece
from retold.identify.words import Word
from retold.lexicons.names import fold, is_given, name_words, stems_of
from retold.lexicons.territories import place_code

DETERMINER_REACH = 3  # words between a determiner and its noun
ADJECTIVAL = ("e", "en", "er", "es", "em")  # what adjectives end in where all nouns have capitals
STEM = 4  # letters of a stem by which a declined name is known again


@dataclass(slots=True)
class Evidence:
    """Counts over the sentences of an article that are not shouted."""

    lower: Counter[str] = field(default_factory=Counter)
    middle: Counter[str] = field(default_factory=Counter)
    determined: Counter[str] = field(default_factory=Counter)
    capitals: Counter[str] = field(default_factory=Counter)
    hyphened: Counter[str] = field(default_factory=Counter)
    known: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    language: str = ""
    inner: set[tuple[str, ...]] = field(default_factory=set)

    def note_inner(self, pieces: Iterable[Piece]) -> None:
        """Take note of the names of several words whose first capital is not due to its place."""
        for piece in pieces:
            if len(piece.capitals) > 1 and (not piece.opens or is_given(piece.words[piece.first].text, self.language)):
                words = tuple(w.folded for w in piece.own)
                self.inner.add(words)
                if is_given(words[0], self.language):
                    self.inner.add(words[-1:])

    def know(self, words: Iterable[str]) -> None:
        """Take note of words that are parts of names."""
        for word in words:
            plain = fold(word)
            self.known.add(plain)
            self.stems.update([s for s in stems_of(plain, self.language) if len(s) >= STEM])

    def knows(self, text: str) -> bool:
        """Whether a word is part of a name that is known, declined or not."""
        plain = fold(text)
        if plain in self.known or (plain.endswith("s") and plain[:-1] in self.known):
            return True
        return not self.stems.isdisjoint([s for s in stems_of(plain, self.language) if len(s) >= STEM])


def gather_evidence(sentences: Iterable[list[Word]], book: Book) -> Evidence:
    """Count over all words."""
    lower: list[str] = []
    large: list[Word] = []
    behind: list[str] = []
    for words in sentences:
        lower += [word.low for word in words if word.shape == "lower"]
        large += [word for word in words if word.capital]
        if book.nouns_capital:
            behind += [word.low for at, word in enumerate(words)
                       if word.capital and not begins_run(words, at) and determined(words, at, book)]
    return Evidence(
        language=book.language, lower=Counter(lower), capitals=Counter([word.low for word in large]),
        middle=Counter([word.low for word in large if not word.opens]), determined=Counter(behind),
        hyphened=Counter([word.low.partition("-")[0] for word in large if "-" in word.low]),
    )


def begins_run(words: list[Word], at: int) -> bool:
    """Whether two more capitalised words follow at once, which ordinary nouns hardly ever do."""
    after = words[at + 1:at + 3]
    return len(after) == 2 and all(w.joined and w.shape == "cap" for w in after)


def determined(words: list[Word], at: int, book: Book) -> bool:
    """Whether a determiner stands before a noun, with nothing but adjectives between."""
    for back in range(1, DETERMINER_REACH + 1):
        before = at - back
        if before < 0 or not words[before + 1].joined or (words[before].capital and not words[before].opens):
            return False
        if words[before].low in book.determiners:
            return True
        if not words[before].low.endswith(ADJECTIVAL) or words[before].low in book.cues:
            return False
    return False


def is_people(word: Word, piece: Piece, book: Book) -> bool:
    """Whether a word is an adjective or noun of a people, and not the country spelled alike ("Noruega", "China retiene …")."""
    if word.shape == "caps" or word.low not in book.demonyms:
        return False
    if not place_code(word.text, book.language):
        return True
    before_noun = bool(name_words(book.language, "adjective_endings")) or not name_words(book.language, "body_words")
    return word.opens and (before_noun or not piece.after)


def followed_by_money(piece: Piece) -> bool:
    """Whether a currency sign stands right after the piece ("US$")."""
    words, last = piece.words, piece.last
    return last + 1 < len(words) and words[last + 1].gap[:1] in ("$", "€", "£")


def plausible(word: Word, piece: Piece, book: Book) -> bool:
    """Whether a single word can be a name at all."""
    if len(word.text) < 2 or word.shape == "initial" or is_people(word, piece, book) or word.low in book.calendar:
        return False
    if word.shape == "caps" and ((len(word.text) == 2 and word.low in book.common) or followed_by_money(piece)):
        return False
    if word.low in book.roles or word.low in book.titled or word.low in book.negations:
        return False
    return word.low not in book.not_names or (word.shape == "caps" and not piece.opens and len(word.text) > 1)


