"""How sure it is that a piece is a name, by what its article tells about its words."""

from __future__ import annotations

import re

from retold.identify.books import Book, is_body
from retold.identify.evidence import Evidence, plausible
from retold.identify.nouns import among_nouns
from retold.identify.pieces import Piece, bracketed, drop_first
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import is_given, name_words, stems_of
from retold.lexicons.territories import home_place, language_names, place_code

AFFILIATION = re.compile(r"[A-Z]-[A-Z]\w*")  # letters of a party and of a state: an American habit
AFFILIATED = (",", "(")  # what stands before them


def certainty(piece: Piece, evidence: Evidence, book: Book) -> float:
    """How sure it is that a piece is a name, in [0, 1]; 0 rejects it. The piece may be trimmed."""
    if affiliation(piece):
        return 0.0
    while len(piece.capitals) > 1 and piece.opens and outside_name(piece, evidence, book):
        drop_first(piece)
    if book.nouns_capital:
        return among_nouns(piece, evidence, book)
    while len(piece.capitals) > 1 and piece.opens and ordinary_opening(piece, evidence, book):
        drop_first(piece)
    while len(piece.capitals) > 1 and piece.opens and cased_opening(piece, evidence, book):
        drop_first(piece)
    if len(piece.capitals) == 2 and piece.opens and unknown_before_place(piece, evidence, book):
        drop_first(piece)
    if len(piece.capitals) > 1 and piece.opens and announcing(piece, book):
        drop_first(piece)
    return several(piece, evidence, book) if len(piece.capitals) > 1 else single(piece, evidence, book)


def affiliation(piece: Piece) -> bool:
    """Whether it tells, behind a name, of which party and state somebody is ("Ada Berg, D-Va.", "Ada Berg (R-Texas)")."""
    word = piece.words[piece.first]
    behind = piece.first > 0 and piece.words[piece.first - 1].capital
    return behind and bool(AFFILIATION.fullmatch(word.text)) and word.gap.strip() in AFFILIATED


def outside_name(piece: Piece, evidence: Evidence, book: Book) -> bool:
    """Whether an unknown word opens a sentence before what is a name elsewhere in the article ("Cosmonaut Kovalyova")."""
    first, rest = piece.words[piece.first], piece.own[1:]
    if is_given(first.text, book.language) or evidence.middle[first.low] or first.shape != "cap" or not rest[0].capital:
        return False
    words = tuple(w.folded for w in rest)
    if tuple(w.folded for w in piece.own) in evidence.inner:
        return False
    return words in evidence.inner or (len(words) == 1 and any((stem,) in evidence.inner for stem in stems_of(words[0], book.language)))


def ordinary_opening(piece: Piece, evidence: Evidence, book: Book) -> bool:
    """Whether the first word of a piece has its capital from its place only."""
    word = piece.words[piece.first]
    if word.shape != "cap" or is_given(word.text, book.language) or is_body(word.low, book):
        return False
    if evidence.middle[word.low]:
        return False
    return bool(evidence.lower[word.low]) or word.low in book.common


def cased_opening(piece: Piece, evidence: Evidence, book: Book) -> bool:
    """Whether a sentence opens with a word in a case that a name would have behind an apostrophe ("Dosyada Körfez Demirspor …")."""
    word = piece.words[piece.first]
    endings = name_words(book.language, "common_endings")
    if not endings or word.shape != "cap" or word.possessive or not word.low.endswith(endings) or evidence.middle[word.low]:
        return False
    return not (is_given(word.text, book.language) or place_code(word.text, book.language) or is_body(word.low, book))


def announcing(piece: Piece, book: Book) -> bool:
    """Whether a sentence opens with a plain noun for a firm and its name ("Фирма Norlys")."""
    first, second = piece.words[piece.first], piece.words[piece.first + 1]
    plain = first.shape == "cap" and first.low in book.organisation and concept_of(first.folded, "heads") in ("company", "")
    return plain and second.capital and second.gap == " "


def unknown_before_place(piece: Piece, evidence: Evidence, book: Book) -> bool:
    """Whether a sentence opens with an unknown word and a country."""
    first, last = piece.words[piece.first], piece.words[piece.last]
    unknown = not evidence.middle[first.low] and not is_given(first.text, book.language) and first.shape == "cap"
    return unknown and bool(home_place(last.text, book.language)) and not place_code(f"{first.text} {last.text}", book.language)


def several(piece: Piece, evidence: Evidence, book: Book) -> float:
    """The certainty of a piece of two or more capitalised words where nouns are written small."""
    first = piece.words[piece.first]
    given = is_given(first.text, book.language)
    if given or piece.role or not piece.opens or place_code(first.text, book.language):
        return 0.9 if given or piece.role else 0.8
    return 0.8 if evidence.middle[first.low] else 0.65


def single(piece: Piece, evidence: Evidence, book: Book) -> float:
    """The certainty of a single capitalised word where nouns are written small."""
    word = piece.words[piece.first]
    if word.shape == "domain":
        return 0.8
    if not plausible(word, piece, book) or piece.complement:
        return 0.0
    if place_code(word.text, book.language):
        return 0.9
    if word.shape == "caps":
        return 0.7 if 2 <= len(word.text) <= 8 and not evidence.lower[word.low] else 0.0
    if bracketed(piece) and word.low not in book.common:
        return 0.6
    if evidence.knows(word.text) and not (piece.opens and evidence.lower[word.low]):
        return 0.85
    if word.folded in language_names(book.language):
        return 0.0
    return inside(piece, evidence, book) if not piece.opens else opening(piece, evidence, book)


def inside(piece: Piece, evidence: Evidence, book: Book) -> float:
    """The certainty of a single capitalised word in the middle of a sentence."""
    word = piece.words[piece.first]
    small, middle = evidence.lower[word.low], evidence.middle[word.low]
    ordinary = word.low in book.common and word.shape != "camel" and not piece.title and not (word.low in book.outlet and not small)
    return 0.0 if small > middle or ordinary else 0.7


def opening(piece: Piece, evidence: Evidence, book: Book) -> float:
    """The certainty of a single word that has its capital perhaps from its place only."""
    word = piece.words[piece.first]
    small, middle = evidence.lower[word.low], evidence.middle[word.low]
    if small or word.low in book.common or is_body(word.low, book):
        return 0.0
    if middle:
        return 0.7
    signs = (piece.after in book.cues) + announced(piece, book) + bool(word.possessive)
    signs += piece.title + is_given(word.text, book.language) + piece.role
    return min(0.6, 0.45 + 0.1 * signs) if signs else 0.0


def announced(piece: Piece, book: Book) -> bool:
    """Whether a noun of outlets or bodies stands beside the piece in small letters ("Sabah gazetesi")."""
    after = piece.after in book.outlet_alone or piece.after in book.organisation
    return (after and not piece.apart) or piece.before in book.outlet_alone or piece.before in book.organisation
