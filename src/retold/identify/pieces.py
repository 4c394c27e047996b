"""One possible name: words of a sentence, and what stands round them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from retold.identify.books import Book, is_body
from retold.identify.words import Word
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import name_words

DATELINE = re.compile(r"[(—–]| - ")
COMPLEMENT = 4  # words before a name among which its role may stand


@dataclass(slots=True)
class Piece:
    """One possible name: words [first, last] of a sentence, and what stands round it.

    `before` and `after` are the nearest words outside, lower case ("" across a stop); `role` whether a role or title stands next to it;
    `apposed` whether a noun that announces a name did ("die Firma Nordwind"); `dateline` whether it may be the place of a dateline;
    `complement` whether it says what an office before it is for ("ministre de la Défense").
    """

    words: list[Word]
    first: int
    last: int
    role: bool = False
    title: bool = False
    apart: bool = False
    apposed: bool = False
    dateline: bool = False
    complement: bool = False
    before: str = ""
    after: str = ""
    lows: list[str] = field(default_factory=list)
    own: list[Word] = field(init=False, repr=False)
    capitals: list[Word] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Note its words."""
        self.cut(self.first, self.last)

    def cut(self, first: int, last: int) -> None:
        """Let it be the words [first, last]: `own` are its words, `capitals` those without particles and connectors."""
        self.first, self.last = first, last
        self.own = self.words[first:last + 1]
        self.capitals = [w for w in self.own if w.capital or w.shape == "number"]

    @property
    def start(self) -> int:
        """Where it begins in the article's text."""
        return self.words[self.first].start

    @property
    def end(self) -> int:
        """Where it ends in the article's text."""
        return self.words[self.last].end

    @property
    def opens(self) -> bool:
        """Whether its first capital may be due to its place."""
        return self.words[self.first].opens


def drop_first(piece: Piece) -> None:
    """Take the first word, and small words after it, off a piece."""
    piece.before = piece.words[piece.first].low
    first = piece.first + 1
    while first < piece.last and not piece.words[first].capital:
        first += 1
    piece.cut(first, piece.last)


def bracketed(piece: Piece) -> bool:
    """Whether the piece alone stands in brackets: another name of what stands before."""
    words, last = piece.words, piece.last
    closed = last + 1 >= len(words) or words[last + 1].gap.startswith(")")
    return words[piece.first].gap.endswith("(") and closed and not words[piece.first].text.isdigit()


def look_around(piece: Piece, book: Book) -> None:
    """Note the neighbours of a piece, and whether a role stands there in small letters."""
    words, first, last = piece.words, piece.first, piece.last
    piece.lows = [w.low for w in piece.own]
    piece.dateline = first == 0 and last + 1 < len(words) and bool(DATELINE.search(words[last + 1].gap))
    piece.complement = complements(words, first, book)
    if first > 0 and (words[first].joined or (words[first].gap == ". " and words[first - 1].low + "." in book.titles)):
        piece.before = words[first - 1].low
        piece.title = piece.title or piece.before in book.titled
        piece.role = piece.role or piece.title or piece.before in book.roles or role_behind(piece, book)
    if last + 1 < len(words):
        after = words[last + 1]
        piece.after = after.low if after.joined or after.gap.strip() in (",", ", ") else ""
        piece.apart = after.gap.strip().startswith(",")
        piece.role = piece.role or (piece.apart and role_near(words, last + 1, book))


def role_behind(piece: Piece, book: Book) -> bool:
    """Whether a role stands before small words that complete it, where no articles part them ("капитан порта Даг …")."""
    if len(piece.capitals) < 2 or name_words(book.language, "definite") or is_body(piece.words[piece.first].low, book):
        return False
    for at in range(piece.first - 1, max(-1, piece.first - 1 - COMPLEMENT), -1):
        if not piece.words[at + 1].joined or (piece.words[at].capital and not is_body(piece.words[at].low, book)):
            return False
        if piece.words[at].low in book.roles:
            return True
    return False


def complements(words: list[Word], first: int, book: Book) -> bool:
    """Whether a word belongs to an office or body in small letters before it ("le ministre de la Défense")."""
    for noun in range(first - 1, max(-1, first - 4), -1):
        if not words[noun + 1].joined:
            return False
        if words[noun].low in book.roles or words[noun].low in book.organisation:
            lows = [w.low for w in words[noun + 1:first]]
            return bool(lows) and book.of.longest(lows, 0) == len(lows) and bool(concept_of(words[first].folded, "fields"))
    return False


def role_near(words: list[Word], at: int, book: Book) -> bool:
    """Whether a role stands among the next four words (an apposition: "Ada Berg, the mayor")."""
    lows = [w.low for w in words[at:at + 4]]
    return any(book.roles.longest(lows, i) for i in range(len(lows)))
