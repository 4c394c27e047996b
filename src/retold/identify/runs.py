"""Runs of capitalised words, cut into pieces that may each be one name.

A run is cut at roles, titles, months and countries; particles and connectors hold it together where what stands before them
calls for it ("Ministry of Defence", "van der Meer"). Nothing is decided here: `certainty` tells which pieces are names.
"""

from __future__ import annotations

import re
from functools import cache

from retold.base.remembered import Remembered
from retold.identify.books import Book, book_of, compound_role, compounding, is_body
from retold.identify.pieces import Piece, look_around
from retold.identify.words import Word
from retold.lexicons.bodies import two_word
from retold.lexicons.names import given_names, is_given, name_words
from retold.lexicons.territories import place_code

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
MAX_WORDS = 10  # longest run kept: beyond it capitals are a heading or a list


def find_pieces(words: list[Word], language: str) -> list[Piece]:
    """All pieces of a sentence, in order."""
    book = book_of(language)
    pieces: list[Piece] = []
    last = -1
    for at in [at for at, word in enumerate(words) if word.capital]:
        if at > last:
            last = run_end(words, at, book)
            pieces += cut_run(words, at, last, book)
    for piece in pieces:
        look_around(piece, book)
    return pieces


def run_end(words: list[Word], first: int, book: Book) -> int:
    """The last word of the run that begins at `first`."""
    last = first
    while last + 1 < len(words) and last - first < MAX_WORDS:
        step = next_link(words, first, last, book)
        if not step:
            break
        last += step
    return last


def next_link(words: list[Word], first: int, last: int, book: Book) -> int:
    """How many words the run grows by: 1 for a neighbour, more over connectors, 0 at its end."""
    word, after = words[last], words[last + 1]
    if not after.joined:
        saint = after.gap == ". " and word.low in name_words("common", "saints") and after.capital
        if not (saint or cut_short(words, last, book)):
            return 0
    if word.shape == "domain" or after.shape == "domain":
        return 0
    if word.possessive and not (names_a_spot(words, last, book) or members(words, last, book)):
        return 0
    if not (word.text.isascii() and after.text.isascii()) and bool(CYRILLIC.search(word.text)) != bool(CYRILLIC.search(after.text)):
        return 0  # two names: none changes its script
    if after.capital:
        return 1
    if after.shape == "number":
        return int(takes_number(word, book) and after.text.isdigit() and len(after.text) <= 4)
    return over_connectors(words, first, last, book)


def names_a_spot(words: list[Word], at: int, book: Book) -> bool:
    """Whether a possessive belongs to a name of two words ("Miller's Point"), not to an owner ("Russia's Council")."""
    after = words[at + 1]
    alone = at == 0 or not words[at - 1].capital or not words[at].joined
    ends = at + 2 >= len(words) or not words[at + 2].capital
    return alone and ends and after.capital and after.low in book.place and not place_code(words[at].text, book.language)


def members(words: list[Word], at: int, book: Book) -> bool:
    """Whether a possessive plural says whose body a name is ("Workers' Union", "People's Bank")."""
    word, after = words[at], words[at + 1]
    plural = word.low.endswith("s") or word.low in ("people", "children", "women", "men")
    return plural and after.capital and is_body(after.low, book) and not place_code(word.text, book.language)


def takes_number(word: Word, book: Book) -> bool:
    """Whether a figure after this word belongs to the name ("L 417", "Airbus 320")."""
    return (word.shape == "caps" and len(word.text) <= 3) or (len(word.text) == 1 and word.text.isupper()) or word.low in book.place


def over_connectors(words: list[Word], first: int, last: int, book: Book) -> int:
    """The step over one to three small words to the next capital, if they hold a name together."""
    if cut_short(words, last, book):
        return 2
    if not links(book.language)[words[last + 1].low]:
        return 0
    for small in (1, 2, 3):
        at = last + small + 1
        if at >= len(words) or not words[at].joined or words[at - 1].capital or words[at - 1].shape == "number":
            return 0
        if words[at].capital:
            lows = [w.low for w in words[last + 1:at]]
            return small + 1 if holds(lows, words, first, last, at, book) else 0
    return 0


@cache
def links(language: str) -> Remembered[str, bool]:
    """Of each word of a language whether small words that hold a name together may begin with it."""
    book = book_of(language)
    pairs = frozenset(pair.partition(" ")[0] for pair in name_words("common", "double_particles"))
    foreign = name_words("common", "foreign_particles")
    return Remembered(lambda low: bool(
        low in book.particles or book.connectors.starting(low) or low in pairs or low in foreign or low in book.homely))


def cut_short(words: list[Word], last: int, book: Book) -> bool:
    """Whether a compound is cut short before "and" ("Polar- und Meeresforschung")."""
    if last + 2 >= len(words) or words[last + 1].gap != "- " or book.language not in compounding():
        return False
    return words[last + 1].shape == "lower" and words[last + 2].capital and words[last + 2].joined


def holds(lows: list[str], words: list[Word], first: int, last: int, at: int, book: Book) -> bool:
    """Whether small words between capitals are part of a name."""
    left = words[last]
    titled = last == first and first > 0 and words[first].joined and titled_by(words, first, book)
    person = titled or any(is_given(w.text, book.language) or w.shape == "initial" for w in words[max(first, last - 1):last + 1])
    body = any(is_body(w.low, book) for w in words[first:last + 1]) or bool(two_word(" ".join(w.folded for w in words[first:last + 1])))
    if person and all(low in book.particles for low in lows) and not body:
        given = titled or is_given(words[last].text, book.language) or words[last].shape == "initial"
        given = given or (last > first and left.low in name_words(book.language, "nobility"))  # "Karl Freiherr von Aue"
        if lows[0] in book.joining or lows[0] in book.homely:
            return given
        return given or not place_code(words[at].text, book.language)
    if surname_particles(lows, book) and not left.possessive and left.shape == "cap":
        return True
    if book.connectors.longest(lows, 0) != len(lows):
        return False
    if last > first and not is_body(left.low, book) and matter(words[at].low, book):
        return False
    if body:
        return left.low not in book.roles or not (words[last - 1].capital or last == first)  # "Colegio de Abogados de Madrid"
    announced = first > 0 and words[first].joined and words[first - 1].shape == "lower" and is_body(words[first - 1].low, book)
    announced = announced and lows[-1] not in book.determiners  # "la empresa Teleféricos del Aulén": no place where it is
    plain = not announced and book.of.longest(lows, 0) == len(lows) and len(name_words(book.language, "of")) > 3
    foreign = place_code(left.text, book.language) or place_code(words[at].text, book.language)
    return plain and last == first and not foreign and left.low not in book.roles and not left.opens and not person


def matter(low: str, book: Book) -> bool:
    """Whether a word after a name and "der" is no part of it ("widerspricht Ohrgold der Darstellung")."""
    ordinary = low in book.common or low.endswith(name_words(book.language, "noun_suffixes"))
    return book.nouns_capital and ordinary and not is_body(low, book)


def titled_by(words: list[Word], at: int, book: Book) -> bool:
    """Whether a role or title stands right before a word, and small words after it that are no prepositions of the language alone.

    "Burgemeester Jannewietske de Vries" is a person; "minister Jansen van Onderwijs" is Jansen.
    """
    before = words[at - 1].low.removesuffix(".")
    role = before in book.titles or before in book.roles or compound_role(before, book.language)
    last = at + 1
    while last < len(words) and words[last].shape == "lower" and words[last].low in book.particles:
        last += 1
    several = last - at > 2 or words[at + 1].low in name_words("common", "surname_articles")
    return role and several and not is_body(words[at].low, book)


def surname_particles(lows: list[str], book: Book) -> bool:
    """Whether small words can only be part of a surname: particles that are no words of the language ("van der", "bin")."""
    if " ".join(lows) in name_words("common", "double_particles"):
        return True
    if len(lows) == 1 and lows[0] in name_words("common", "foreign_particles") and foreign_here(lows[0], book):
        return True
    return all(low in book.homely and low not in book.of and low not in book.place_prepositions and low not in book.determiners
               and low not in book.not_names for low in lows)


def foreign_here(low: str, book: Book) -> bool:
    """Whether a small word is none of the language's own."""
    own = low in book.of or low in book.connectors or low in book.determiners or low in book.place_prepositions
    return not own and low not in book.not_names and low not in book.common


def cut_run(words: list[Word], first: int, last: int, book: Book) -> list[Piece]:
    """The pieces of a run: cut at roles, titles, months, and at a country before a person."""
    lows = [w.low.removesuffix(".") for w in words[first:last + 1]]
    pieces: list[Piece] = []
    begin, role, title, at = first, False, False, first
    while at <= last:
        length, kind = breaker(words, lows, first, at, last, book)
        if not length:
            at += 1
            continue
        held = kind == "role" and at + length > last  # before a role with its name stands the field of it ("Sağlık Bakanı Roth")
        close(pieces, words, begin, at - 1, role=role, title=title, after_role=held, book=book)
        role, title = (kind in ("role", "title"), kind == "title") if length else (False, False)
        if kind == "cut":
            begin = at
            at += 1
        else:
            at += length
            begin = at
    close(pieces, words, begin, last, role=role, title=title, after_role=False, book=book)
    return pieces


def breaker(words: list[Word], lows: list[str], first: int, at: int, last: int, book: Book) -> tuple[int, str]:
    """What cuts the run at a word: its length in words and role, title, drop or cut; (0, "") for nothing."""
    here = at - first
    inside = at > first and not words[at - 1].capital
    given = at not in (first, last) and is_given(words[at].text, book.language)
    if inside or not (given or breakers(book.language)[words[at].low]):
        return 0, ""
    if is_date(words, at, lows[here], book):
        return 1, "drop"
    title = book.titles.longest(lows, here) or int(words[at].low in book.titles or cut_title(words, at, last, book))
    if title and at + title <= last and lows[here] not in name_words("common", "saints"):
        return title, "title"
    role = book.roles.longest(lows, here) or int(compound_role(lows[here], book.language) or owned_role(lows[here], book))
    if role and not (role == 1 and (lone_name(words, at, last, book) or profession(words, first, at, last, book))):
        return role, "role"
    if not given:
        return 0, ""
    before = words[at - 1]
    owner = bool(name_words(book.language, "genitive")) and before.low.endswith(name_words(book.language, "genitive"))
    owned = owner and not is_given(before.text, book.language)
    behind = place_code(before.text, book.language) or owned or stands_where(words, first, at, book)
    return (1, "cut") if behind or heads_person(words, first, at, book) else (0, "")


def cut_title(words: list[Word], at: int, last: int, book: Book) -> bool:
    """Whether a word is a title cut short, its stop before the next word of a run ("Sen. Ada Berg")."""
    if at == last or words[at].low + "." not in book.titles:
        return False
    return words[at + 1].gap.startswith(".") or words[at].low in name_words(book.language, "short_before")


def stands_where(words: list[Word], first: int, at: int, book: Book) -> bool:
    """Whether the word before a given name says where something is and is no part of it ("у Вроцлаві Івони Пастернак")."""
    before = words[at - 1]
    if at - 1 != first or first == 0 or not before.joined or not declining(book):
        return False
    body = is_body(before.low, book) or is_given(before.text, book.language)
    return words[first - 1].low in book.place_prepositions and before.shape == "cap" and not body


def declining(book: Book) -> bool:
    """Whether names have case endings and no article stands before them."""
    return bool(name_words(book.language, "endings")) and not name_words(book.language, "definite")


def owned_role(low: str, book: Book) -> bool:
    """Whether a word is a role in the genitive, where nouns have capitals ("des Meisters Ercole Bassani")."""
    return book.nouns_capital and low.endswith("s") and low.removesuffix("s").removesuffix("e") in book.roles


@cache
def breakers(language: str) -> Remembered[str, bool]:
    """Of each word of a language whether a role, a title or a date may begin with it."""
    book = book_of(language)

    def breaks(low: str) -> bool:
        plain = low.removesuffix(".")
        begins = bool(book.titles.starting(plain) or book.roles.starting(plain)) or low in book.titled
        return begins or compound_role(plain, language) or owned_role(plain, book) or plain in book.calendar or shortens(plain, book)

    return Remembered(breaks)


def shortens(low: str, book: Book) -> bool:
    """Whether a word may be the name of a month or weekday cut short."""
    return 3 <= len(low) <= 4 and any(name.startswith(low) for name in book.calendar)


def heads_person(words: list[Word], first: int, at: int, book: Book) -> bool:
    """Whether a given name inside a run begins a person's name: after an acronym, or where a role stands before the run.

    "директор ЦВК Римма …", "dyrektor Zarządu Portu Anders …"; but "l'Institut Paul Scherrer" is one name.
    """
    before = words[at - 1]
    if before.shape == "caps" and len(before.text) > 1 and words[at + 1].shape != "caps":
        return True
    if is_given(before.text, book.language) or before.shape == "initial":
        return False
    if declining(book) and words[at].folded in given_names() and words[at].low not in book.particles:
        return True
    start = first - 1 if first > 0 and words[first].joined else first
    return any(words[k].low in book.roles or words[k].low in book.titles for k in range(start, at - 2))


def is_date(words: list[Word], at: int, low: str, book: Book) -> bool:
    """Whether a word is a month or weekday here: spelled out and not after a given name, or shortened beside a figure."""
    if low in book.calendar:
        return not (at > 0 and words[at].joined and is_given(words[at - 1].text, book.language))
    beside = (at > 0 and words[at - 1].shape == "number") or (at + 1 < len(words) and words[at + 1].shape == "number")
    return beside and shortens(low, book)


def profession(words: list[Word], first: int, at: int, last: int, book: Book) -> bool:
    """Whether a role is whom a body is of ("Chamber of Mechanical Engineers"): at the end, after a noun of bodies and a small word."""
    if at != last or not any(not w.capital for w in words[first:at]):
        return False
    return any(is_body(w.low, book) for w in words[first:at])


def lone_name(words: list[Word], at: int, last: int, book: Book) -> bool:
    """Whether a word that may be a role is rather a name here: after a given name, or before a noun of bodies."""
    given = at > 0 and words[at - 1].capital and words[at].joined and is_given(words[at - 1].text, book.language)
    after = words[at + 1].low if at < last else ""
    return given or bool(after and (words[at].low in book.organisation or after in book.organisation or after in book.firm))


def close(
    pieces: list[Piece], words: list[Word], first: int, last: int, *, role: bool, title: bool, after_role: bool, book: Book,
) -> None:
    """Trim a piece and keep it if anything is left."""
    while first <= last and (not words[first].capital or strippable(words, first, last, book)):
        first += 1
    while last >= first and not (words[last].capital or words[last].shape == "number"):
        last -= 1
    if first <= last:
        pieces.append(Piece(words, first, last, role=role or after_role, title=title))


def strippable(words: list[Word], at: int, last: int, book: Book) -> bool:
    """Whether the first word of a piece is none of the name: an ordinary word at an opening, or an adjective of a people."""
    word = words[at]
    if "-" in word.low and word.low.endswith(name_words(book.language, "hyphen_ends")):
        return True  # "Milan-based Ferrovia Nord"
    if word.shape in ("initial", "camel", "domain") or (word.shape == "caps" and not word.opens and len(word.text) > 1):
        return False
    if not perhaps_apart(book.language)[word.low]:
        return False
    if word.low in book.demonyms or word.low in book.adjectives:
        if any(place_code(" ".join(w.text for w in words[at:end]), book.language) for end in range(at + 2, min(last, at + 2) + 2)):
            return False  # "Czech Republic", "Central African Republic"
        if at + 1 == last and is_given(word.text, book.language) and names_after_role(words, at, book):
            return False
        if at == last and not word.opens and place_code(word.text, book.language):
            return False
        if book.nouns_capital and at < last and not word.opens and adjective_of_name(words[at + 1], book):
            return False
        return not any(is_body(w.low, book) for w in words[at + 1:last + 1])
    if word.low in book.not_names or book.determiners.longest([word.low], 0):
        return word.opens or at == last
    ordinary = word.low in book.common and not is_body(word.low, book)
    return ordinary and (word.opens or book.nouns_capital) and not is_given(word.text, book.language)


@cache
def perhaps_apart(language: str) -> Remembered[str, bool]:
    """Of each word of a language whether it may stand before a name without being part of it."""
    book = book_of(language)
    return Remembered(lambda low: bool(low in book.not_names or low in book.common or low in book.demonyms or low in book.adjectives
                                       or book.determiners.starting(low)))


def names_after_role(words: list[Word], at: int, book: Book) -> bool:
    """Whether a word between a role in small letters and one more capital is rather a given name ("topman Frans Muller")."""
    before = words[at - 1] if at and words[at].joined else None
    return before is not None and (before.low in book.roles or before.low in book.titles) and not is_body(words[at + 1].low, book)


def adjective_of_name(after: Word, book: Book) -> bool:
    """Whether an adjective of a people with a capital belongs to the noun after it, where adjectives are else small."""
    if after.low in book.roles or compound_role(after.low, book.language):
        return False
    return after.shape == "cap" and not is_given(after.text, book.language)


