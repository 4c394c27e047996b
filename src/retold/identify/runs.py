"""Runs of capitalised words, cut into pieces that may each be one name.

A run is cut at roles, titles, months and countries; particles and connectors hold it together where what stands before them
calls for it ("Ministry of Defence", "van der Meer"). Nothing is decided here: `evidence` tells which pieces are names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from retold.identify.words import JOINING, Word
from retold.lexicons import lexicon
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import Phrases, common_words, demonyms, fold, is_given, name_phrases, name_words, phrases
from retold.lexicons.territories import calendar_words, place_code

DATELINE = re.compile(r"[(—–]| - ")
MAX_WORDS = 10  # longest run kept: beyond it capitals are a heading or a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The word lists of a language that names are found with, ready to be asked."""

    language: str
    nouns_capital: bool
    roles: Phrases
    titles: Phrases
    organisation: Phrases
    place: Phrases
    outlet: Phrases
    common: Phrases
    not_names: Phrases
    demonyms: Phrases
    cues: Phrases
    determiners: Phrases
    particles: Phrases
    connectors: Phrases
    of: Phrases
    place_prepositions: Phrases
    firm: Phrases
    adjectives: Phrases
    negations: Phrases
    calendar: frozenset[str]
    joining: Phrases
    impersonal: Phrases
    homely: Phrases


@cache
def book_of(language: str) -> Book:
    """The word lists of a language."""
    cues = ("say", "report", "announce", "confirm", "deny", "claim", "warn")
    particles = dict.fromkeys((*lexicon(language).words("sources", "particles"), *name_words("common", "particles")))
    return Book(
        language=language, nouns_capital=bool(lexicon(language).table("script").get("nouns_capital", False)),
        roles=phrases(language, "sources", "roles"), titles=phrases(language, "sources", "titles"),
        organisation=phrases(language, "sources", "organisation"), place=phrases(language, "sources", "place"),
        outlet=phrases(language, "sources", "outlet"), common=common_words(language),
        not_names=phrases(language, "words", "not_names", "stop"), demonyms=demonyms(language),
        cues=phrases(language, "attribution", *cues), determiners=name_phrases(language, "determiners"),
        particles=Phrases(particles), connectors=name_phrases(language, "connectors", "of"), of=name_phrases(language, "of"),
        place_prepositions=name_phrases(language, "place_prepositions"), firm=name_phrases("common", "firm_suffixes"),
        adjectives=name_phrases(language, "adjectives"), negations=phrases(language, "negation", "words"),
        calendar=calendar_words(language),
        impersonal=name_phrases(language, "impersonal"), joining=name_phrases("common", "joining"), homely=name_phrases("common", "homely"),
    )


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

    @property
    def start(self) -> int:
        """Where it begins in the article's text."""
        return self.words[self.first].start

    @property
    def end(self) -> int:
        """Where it ends in the article's text."""
        return self.words[self.last].end

    @property
    def own(self) -> list[Word]:
        """Its words."""
        return self.words[self.first:self.last + 1]

    @property
    def capitals(self) -> list[Word]:
        """Its words without particles and connectors."""
        return [w for w in self.own if w.capital or w.shape == "number"]

    @property
    def opens(self) -> bool:
        """Whether its first capital may be due to its place."""
        return self.words[self.first].opens


def find_pieces(words: list[Word], language: str) -> list[Piece]:
    """All pieces of a sentence, in order."""
    book = book_of(language)
    pieces: list[Piece] = []
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        last = run_end(words, at, book)
        pieces += cut_run(words, at, last, book)
        at = last + 1
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
    saint = after.gap == ". " and word.low in name_words("common", "saints") and after.capital
    if not (joined(after) or saint) or word.shape == "domain" or after.shape == "domain":
        return 0
    if word.possessive and not names_a_spot(words, last, book):
        return 0
    if after.capital:
        return 1
    if after.shape == "number":
        return int(takes_number(word, book) and after.text.isdigit() and len(after.text) <= 4)
    return over_connectors(words, first, last, book)


def joined(word: Word) -> bool:
    """Whether nothing but a space stands before a word."""
    return word.gap in ("", " ") or bool(JOINING.fullmatch(word.gap))


def names_a_spot(words: list[Word], at: int, book: Book) -> bool:
    """Whether a possessive belongs to a name of two words ("Miller's Point"), not to an owner ("Russia's Council")."""
    after = words[at + 1]
    alone = at == 0 or not words[at - 1].capital or not joined(words[at])
    ends = at + 2 >= len(words) or not words[at + 2].capital
    return alone and ends and after.capital and after.low in book.place and not place_code(words[at].text, book.language)


def takes_number(word: Word, book: Book) -> bool:
    """Whether a figure after this word belongs to the name ("L 417", "Airbus 320")."""
    return (word.shape == "caps" and len(word.text) <= 3) or (len(word.text) == 1 and word.text.isupper()) or word.low in book.place


def over_connectors(words: list[Word], first: int, last: int, book: Book) -> int:
    """The step over one to three small words to the next capital, if they hold a name together."""
    for small in (1, 2, 3):
        at = last + small + 1
        if at >= len(words) or not joined(words[at]) or words[at - 1].capital or words[at - 1].shape == "number":
            return 0
        if words[at].capital:
            lows = [w.low for w in words[last + 1:at]]
            return small + 1 if holds(lows, words, first, last, at, book) else 0
    return 0


def holds(lows: list[str], words: list[Word], first: int, last: int, at: int, book: Book) -> bool:
    """Whether small words between capitals are part of a name."""
    left = words[last]
    person = any(is_given(w.text, book.language) or w.shape == "initial" for w in words[max(first, last - 1):last + 1])
    body = any(is_body(w.low, book) for w in words[first:last + 1])
    if person and all(low in book.particles for low in lows) and not body:
        given = is_given(words[last].text, book.language) or words[last].shape == "initial"
        if lows[0] in book.joining or lows[0] in book.homely:
            return given
        return given or not place_code(words[at].text, book.language)
    if book.connectors.longest(lows, 0) != len(lows):
        return False
    if body:
        return left.low not in book.roles
    plain = book.of.longest(lows, 0) == len(lows) and len(name_words(book.language, "of")) > 3
    foreign = place_code(left.text, book.language) or place_code(words[at].text, book.language)
    return plain and last == first and not foreign and left.low not in book.roles and not left.opens and not person


def is_body(low: str, book: Book) -> bool:
    """Whether a word is a noun of bodies, places or outlets, alone or as the end of a compound."""
    return len(low) > 3 and (low in book.organisation or low in book.place or low in book.outlet or compound_body(low, book.language))


@cache
def compound_body(low: str, language: str) -> bool:
    """Whether a word ends in a noun of bodies, in languages that write compounds ("Hafenaufsicht")."""
    return len(low) >= 8 and low.endswith(compound_ends(language)) if compound_ends(language) else False


@cache
def outlet_compound(low: str, language: str) -> bool:
    """Whether a word ends in a noun of outlets, in languages that write compounds ("Heidezeitung")."""
    if language not in compounding() or len(low) < 8 or low in name_words(language, "appositive"):
        return False
    nouns = tuple(w for w in lexicon(language).words("sources", "outlet") if len(w) >= 4 and w.isalpha())
    return low.endswith(nouns) and low not in nouns


@cache
def compound_role(low: str, language: str) -> bool:
    """Whether a word ends in a role, in languages that write compounds ("Hafenmeister", "Klinik-Chef")."""
    return low.rpartition("-")[2] in book_of(language).roles if "-" in low else len(low) >= 9 and low.endswith(role_ends(language))


@cache
def role_ends(language: str) -> tuple[str, ...]:
    """The roles that compounds may end in."""
    words = [w.rstrip("*") for w in lexicon(language).words("sources", "roles")] if language in compounding() else []
    return tuple(sorted({w for w in words if len(w) >= 5 and w.isalpha()}))


@cache
def compound_ends(language: str) -> tuple[str, ...]:
    """The nouns of bodies that compounds may end in."""
    if language not in compounding():
        return ()
    words = lexicon(language).words("sources", "organisation")
    return tuple(sorted({w for w in words if len(w) >= 5 and w.isalpha()}))


@cache
def compounding() -> frozenset[str]:
    """The languages that write compounds in one word."""
    return frozenset(name_words("common", "compounding"))


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
        close(pieces, words, begin, at - 1, role=role, title=title, after_role=kind == "role", book=book)
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
    if inside:
        return 0, ""
    if is_date(words, at, lows[here], book):
        return 1, "drop"
    title = book.titles.longest(lows, here) or int(words[at].low in book.titles)
    if title and at + title <= last and lows[here] not in name_words("common", "saints"):
        return title, "title"
    role = book.roles.longest(lows, here) or int(compound_role(lows[here], book.language))
    if role and not (role == 1 and lone_name(words, at, last, book)):
        return role, "role"
    if at in (first, last) or not is_given(words[at].text, book.language):
        return 0, ""
    before = words[at - 1]
    owner = bool(name_words(book.language, "genitive")) and before.low.endswith(name_words(book.language, "genitive"))
    behind = place_code(before.text, book.language) or (owner and not is_given(before.text, book.language))
    return (1, "cut") if behind else (0, "")


def is_date(words: list[Word], at: int, low: str, book: Book) -> bool:
    """Whether a word is a month or weekday here: spelled out and not after a given name, or shortened beside a figure."""
    if low in book.calendar:
        return not (at > 0 and joined(words[at]) and is_given(words[at - 1].text, book.language))
    beside = (at > 0 and words[at - 1].shape == "number") or (at + 1 < len(words) and words[at + 1].shape == "number")
    return beside and 3 <= len(low) <= 4 and any(name.startswith(low) for name in book.calendar)


def lone_name(words: list[Word], at: int, last: int, book: Book) -> bool:
    """Whether a word that may be a role is rather a name here: after a given name, or before a noun of bodies."""
    given = at > 0 and words[at - 1].capital and joined(words[at]) and is_given(words[at - 1].text, book.language)
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
    if word.shape in ("initial", "camel", "domain") or (word.shape == "caps" and not word.opens and len(word.text) > 1):
        return False
    if word.low in book.demonyms or word.low in book.adjectives:
        if at == last and not word.opens and place_code(word.text, book.language):
            return False
        return not any(is_body(w.low, book) for w in words[at + 1:last + 1])
    if word.low in book.not_names or book.determiners.longest([word.low], 0):
        return word.opens or at == last
    ordinary = word.low in book.common and not is_body(word.low, book)
    return ordinary and (word.opens or book.nouns_capital) and not is_given(word.text, book.language)


def look_around(piece: Piece, book: Book) -> None:
    """Note the neighbours of a piece, and whether a role stands there in small letters."""
    words, first, last = piece.words, piece.first, piece.last
    piece.lows = [w.low for w in piece.own]
    piece.dateline = first == 0 and last + 1 < len(words) and bool(DATELINE.search(words[last + 1].gap))
    piece.complement = complements(words, first, book)
    if first > 0 and (joined(words[first]) or (words[first].gap == ". " and words[first - 1].low + "." in book.titles)):
        piece.before = words[first - 1].low
        piece.title = piece.title or piece.before in book.titles or piece.before + "." in book.titles
        piece.role = piece.role or piece.title or piece.before in book.roles
    if last + 1 < len(words):
        after = words[last + 1]
        piece.after = after.low if joined(after) or after.gap.strip() in (",", ", ") else ""
        piece.apart = after.gap.strip().startswith(",")
        piece.role = piece.role or (piece.apart and role_near(words, last + 1, book))


def complements(words: list[Word], first: int, book: Book) -> bool:
    """Whether a word belongs to an office or body in small letters before it ("le ministre de la Défense")."""
    for noun in range(first - 1, max(-1, first - 4), -1):
        if not joined(words[noun + 1]):
            return False
        lows = [w.low for w in words[noun + 1:first]]
        if words[noun].low in book.roles or words[noun].low in book.organisation:
            return bool(lows) and book.of.longest(lows, 0) == len(lows) and bool(concept_of(fold(words[first].text), "fields"))
    return False


def role_near(words: list[Word], at: int, book: Book) -> bool:
    """Whether a role stands among the next four words (an apposition: "Ada Berg, the mayor")."""
    lows = [w.low for w in words[at:at + 4]]
    return any(book.roles.longest(lows, i) for i in range(len(lows)))
