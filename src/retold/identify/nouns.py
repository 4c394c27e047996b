"""Which pieces are names where all nouns have capitals: ordinary nouns taken off, points for each sign of a name."""

from __future__ import annotations

from functools import cache

from retold.identify.books import Book, is_body, outlet_compound
from retold.identify.evidence import ADJECTIVAL, Evidence, plausible
from retold.identify.pieces import Piece, bracketed, drop_first
from retold.identify.words import Word
from retold.lexicons.names import is_given, name_phrases, name_words
from retold.lexicons.territories import home_place, language_names, place_code

ACCEPT = 1.4  # points that a single capitalised noun needs where all nouns have capitals


def among_nouns(piece: Piece, evidence: Evidence, book: Book) -> float:
    """The certainty of a piece where all nouns have capitals."""
    if any(w.shape == "number" for w in piece.own):
        return 0.7
    trim_nouns(piece, evidence, book)
    capitals = piece.capitals
    if not capitals:
        return 0.0
    if len(capitals) == 1 and piece.first == piece.last:
        return noun_alone(piece, evidence, book)
    states = [state_of(w, evidence, book) for w in piece.own if w.capital]
    first = piece.words[piece.first]
    if not piece.opens and first.low.endswith(ADJECTIVAL) and (first.low in book.demonyms or first.low in book.adjectives):
        return 0.75
    if "name" in states or piece.role:
        return 0.85
    if "body" in states:
        return 0.75
    if piece.opens and capitals[0].low.endswith(ADJECTIVAL):
        return 0.0
    return 0.65 if "noun" not in states else 0.0


def trim_nouns(piece: Piece, evidence: Evidence, book: Book) -> None:
    """Take ordinary nouns off both ends of a piece: before a given name, and what a genitive or country belongs to."""
    plain = ("noun", "apposed")
    given = next((i for i in range(piece.first + 1, piece.last) if is_given(piece.words[i].text, book.language)), piece.first)
    if all(w.shape == "cap" and w.low not in book.particles for w in piece.words[piece.first:given]):
        while piece.first < given and not is_given(piece.words[piece.first].text, book.language):
            drop_first(piece)
    if piece.last > piece.first and owns(piece.words[piece.first], piece.words[piece.first + 1], evidence, book):
        piece.cut(piece.first, piece.first)
        piece.after = ""
    while piece.first < piece.last and announces(piece.words[piece.first], piece.words[piece.first + 1], book):
        piece.apposed = True
        drop_first(piece)
    while piece.first < piece.last and state_of(piece.words[piece.first], evidence, book, first=True) in plain:
        piece.apposed = piece.apposed or state_of(piece.words[piece.first], evidence, book, first=True) == "apposed"
        drop_first(piece)
    while piece.last > piece.first and not completed(piece, book) and not ends_in_surname(piece, evidence, book):
        if state_of(piece.words[piece.last], evidence, book) != "noun":
            break
        last = piece.last - 1
        while last > piece.first and not piece.words[last].capital:
            last -= 1
        piece.cut(piece.first, last)
        piece.after = piece.words[last + 1].low


def ends_in_surname(piece: Piece, evidence: Evidence, book: Book) -> bool:
    """Whether the last word is a surname, though it may be a noun: behind a particle, or behind the given name of who is announced.

    "Kreisbrandmeister Hajo von der Heyde", "Richterin Dr. Feodora Graf", "der Polier Ronny Lehmann"; not "Bürgermeister Müller Ende Mai".
    """
    first, last = piece.words[piece.first], piece.words[piece.last]
    named = is_given(first.text, book.language)
    if not (named or piece.role or piece.title) or is_body(first.low, book) or any(w.shape == "number" for w in piece.own):
        return False
    between = piece.own[1:-1]
    if between and not between[-1].capital:
        return all(w.low in book.particles for w in between if not w.capital) and not is_body(last.low, book)
    bare = last.low in book.calendar or last.low in name_phrases(book.language, "bare")
    ordinary = (last.low in book.common and last.low not in book.titles) or evidence.determined[last.low] or is_body(last.low, book)
    return not between and last.gap == " " and not bare and not ordinary


def completed(piece: Piece, book: Book) -> bool:
    """Whether a piece is a body and what it is for ("Institut für Polar- und Meeresforschung"): its nouns are part of the name."""
    small = [w.low for w in piece.own[1:] if not w.capital]
    return bool(small) and is_body(piece.words[piece.first].low, book) and small[0] not in book.of


def owns(word: Word, after: Word, evidence: Evidence, book: Book) -> bool:
    """Whether the first word is a genitive, or a country before an ordinary noun ("Bergs Einfluss")."""
    if is_body(after.low, book) or is_given(word.text, book.language):
        return False
    country = home_place(word.text, book.language) and not is_given(after.text, book.language)
    return bool(country or (word.low.endswith("s") and (word.folded[:-1] in evidence.known or evidence.capitals[word.low[:-1]])))


def state_of(word: Word, evidence: Evidence, book: Book, *, first: bool = False) -> str:
    """name, body, noun, apposed or open: what a capitalised word is where all nouns have capitals."""
    plain = word.folded
    if word.shape in ("initial", "domain", "camel") or plain in evidence.known or (word.low.endswith("s") and plain[:-1] in evidence.known):
        return "name"
    if word.shape == "number":
        return "open"
    apposed = name_phrases(book.language, "appositive")
    if first and (word.low in apposed or word.low.removesuffix("s") in apposed):
        return "apposed"
    if is_given(word.text, book.language) or place_code(word.text, book.language) or (word.shape == "caps" and len(word.text) > 1):
        return "name"
    if is_body(word.low, book):
        return "body"
    if word.low in book.common or word.low in book.calendar or word.low in name_phrases(book.language, "bare"):
        return "noun"
    if evidence.determined[word.low] or evidence.lower[word.low]:
        return "noun"
    return "noun" if noun_ending(word.low, book) else "open"


def announces(word: Word, after: Word, book: Book) -> bool:
    """Whether a compound says what the name right after it is ("Arzneimittelbehörde SÚKL", "Zulieferer Helvetra")."""
    ends = appositive_ends(book.language)
    return bool(ends) and word.low.endswith(ends) and after.capital and not is_body(after.low, book)


@cache
def appositive_ends(language: str) -> tuple[str, ...]:
    """What nouns that announce a name end in ("Autohersteller", "Küstenwache")."""
    return name_words(language, "appositive_suffixes")


def noun_ending(low: str, book: Book) -> bool:
    """Whether a word ends as only common nouns do."""
    return low.endswith(name_words(book.language, "noun_suffixes")) and len(low) > 5


def noun_alone(piece: Piece, evidence: Evidence, book: Book) -> float:
    """The certainty of a single capitalised word where all nouns have capitals: points for each sign of a name."""
    word = piece.words[piece.first]
    if word.shape == "domain":
        return 0.8
    if not plausible(word, piece, book) or word.folded in language_names(book.language):
        return 0.0
    if word.shape == "caps":
        return 0.7 if 2 <= len(word.text) <= 7 and not word.text[0].isdigit() else 0.0
    if place_code(word.text, book.language):
        return 0.9
    if evidence.knows(word.text):
        return 0.85
    if named_after(word, book):
        return 0.75
    if word.shape == "camel" or (bracketed(piece) and state_of(word, evidence, book) in ("open", "name")):
        return 0.7
    outlet = (word.low.rpartition("-")[2] in book.outlet and "-" in word.low) or outlet_compound(word.low, book.language)
    return 0.6 if outlet or noun_points(piece, evidence, book) >= ACCEPT else 0.0


def named_after(word: Word, book: Book) -> bool:
    """Whether a noun with hyphens is a house or place that bears a person's name ("Carl-Ulrich-Schule", "Otto-Weigand-Platz")."""
    *name, noun = word.text.split("-")
    if not name or not (is_body(noun.lower(), book) or noun.lower() in book.place) or not all(part[:1].isupper() for part in name):
        return False
    return len(name) > 1 or (is_given(name[0], book.language) and name[0].lower() not in book.common)


def noun_points(piece: Piece, evidence: Evidence, book: Book) -> float:
    """Points for a single noun: bare, next to a cue, after a place preposition, declined with s, repeated."""
    word, words = piece.words[piece.first], piece.words
    ordinary = word.low in book.common or word.low in name_phrases(book.language, "bare") or is_body(word.low, book)
    if ordinary or noun_ending(word.low, book) or evidence.lower[word.low]:
        return 0.0
    after_word = words[piece.last + 1] if piece.last + 1 < len(words) else None
    cued = 1.5 if piece.before in book.cues or (piece.opens and piece.after in book.cues) else 0.7 * (piece.after in book.cues)
    points = cued + 1.0 * piece.title + 2.5 * beside_body(piece, book)
    points += ACCEPT * (piece.before in book.place_prepositions) + 0.5 * (piece.before in name_phrases(book.language, "name_prepositions"))
    points += 0.7 * (evidence.capitals[word.low] >= 2) + 0.4 * (evidence.capitals[word.low] >= 4)
    points += 0.8 * bool(evidence.hyphened[word.low]) + 0.8 * (is_given(word.text, book.language))
    points += 0.6 * (piece.opens and after_word is not None and after_word.shape == "lower" and singular_verb(after_word.low))
    if word.low.endswith("s") and (evidence.capitals[word.low[:-1]] or (after_word is not None and after_word.capital)):
        points += 1.2
    points += 0.8 * bool(word.possessive) + 1.5 * piece.apposed
    return points - 1.5 * min(2, evidence.determined[word.low])


def beside_body(piece: Piece, book: Book) -> bool:
    """Whether a noun stands between commas after a noun of bodies ("die Aufsicht, der Hafenrat, ...")."""
    words, at = piece.words, piece.first
    if at < 2 or words[at - 1].low not in book.determiners or not words[at - 1].gap.startswith(","):
        return False
    closed = piece.last + 1 >= len(words) or words[piece.last + 1].gap.startswith((",", ".", " –"))
    return closed and is_body(words[at - 2].low, book)


def singular_verb(low: str) -> bool:
    """Whether a small word may be a verb in the singular: the name before it is then its subject."""
    return low.endswith("t") or low in ("habe", "sei", "wurde", "würde", "wollte", "sagte", "werde", "machte")
