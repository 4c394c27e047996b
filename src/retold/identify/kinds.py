"""What kind of thing a name names: every place where it stands votes, and the strongest vote counts."""

from __future__ import annotations

from functools import cache

from retold.base.remembered import Remembered
from retold.identify.books import Book, book_of, compound_body, outlet_compound
from retold.identify.pieces import Piece
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import fold, is_given
from retold.lexicons.outlets import outlet_by_name
from retold.lexicons.territories import place_code

NOUN = 3  # votes of a noun of bodies or places, or of a trade, in the name itself
LEAST_TRADE = 5  # letters of a word that says what a firm deals in
ORDER = ("outlet", "person", "place", "organisation", "thing")  # among equal votes the more telling kind wins


def no_votes() -> dict[str, int]:
    """What each kind has before any place has voted."""
    return dict.fromkeys(ORDER, 0)


def vote(piece: Piece, book: Book, out: dict[str, int]) -> None:
    """Add the votes that one place gives, by kind."""
    own_nouns(piece, book, out)
    nouns = max(out["organisation"], out["place"]) if len(piece.own) > 1 else 0
    neighbours(piece, book, out)
    by_shape(piece, book, out)
    if nouns >= NOUN and not is_given(piece.capitals[0].text, book.language):
        out["person"] = min(out["person"], nouns - 1)  # "Universidade de Coimbra" is no person, whoever is named beside it


def own_nouns(piece: Piece, book: Book, out: dict[str, int]) -> None:
    """Votes of the words of the name itself."""
    lows = piece.lows[piece.first - piece.last - 1:] or piece.lows
    text = " ".join([w.text for w in piece.own])
    if outlet_by_name(text):
        out["outlet"] += 8
    if piece.words[piece.first].shape == "domain":
        out["outlet"] += 6
    out["place"] += 8 * bool(place_code(text, book.language))
    outlet, body = outlet_nouns(book.language), body_openings(book.language)
    out["outlet"] += 3 * any(map(outlet.__getitem__, lows))
    out["organisation"] += 4 * (any(map(body.__getitem__, lows)) and any(
        book.organisation.longest(lows, i) or low in book.firm or compound_body(low, book.language) or hyphened_body(low, book)
        for i, low in enumerate(lows)))
    out["organisation"] += 3 * (len(lows) > 1 and (lows[-1] in book.trades or lows[0] in book.trades))
    out["organisation"] += 2 * (len(lows) > 1 and trades(lows[-1]))
    surname = len(lows) > 2 and lows[-2] in book.particles  # "Marzia Dal Lago": the lake is part of her name
    out["place"] += 3 * (len(lows) == 1 and "-" in lows[0] and lows[0].rpartition("-")[2] in book.place)
    out["place"] += 3 * ((lows[-1] in book.place and not surname) or lows[0] in book.place)


def hyphened_body(low: str, book: Book) -> bool:
    """Whether the last part of a word with hyphens is a noun of bodies ("Альфа-банк")."""
    last = low.rpartition("-")[2]
    return last != low and len(last) > 3 and (last in book.organisation or last in book.trades)


def trades(low: str) -> bool:
    """Whether a word says what a firm deals in ("Bogaz Énergie")."""
    return len(low) > LEAST_TRADE and bool(concept_of(fold(low), "fields"))


@cache
def outlet_nouns(language: str) -> Remembered[str, bool]:
    """Of each word of a language whether it is, or ends in, a noun of outlets ("Heidezeitung")."""
    known = book_of(language).outlet
    return Remembered(lambda low: low in known or low.rpartition("-")[2] in known or outlet_compound(low, language))


@cache
def body_openings(language: str) -> Remembered[str, bool]:
    """Of each word of a language whether a noun of bodies may begin with it."""
    book = book_of(language)
    return Remembered(lambda low: bool(book.organisation.starting(low)) or low in book.firm or compound_body(low, language)
                      or hyphened_body(low, book))


def neighbours(piece: Piece, book: Book, out: dict[str, int]) -> None:
    """Votes of the words round the name."""
    out["person"] += 4 * piece.title + 2 * piece.role
    out["place"] += 2 * (piece.before in book.place_prepositions)
    out["outlet"] += 5 * (piece.before in book.outlet_alone and piece.before not in book.place)  # "stacja" is a station of either sort
    out["place"] += 2 * (piece.before in book.place)
    out["organisation"] += 3 * (piece.before in book.organisation)
    ending = piece.words[piece.last].possessive
    out["place"] += 3 * (ending in book.locative) + (ending in book.ablative)
    if not piece.apart:
        out["place"] += 2 * (piece.after in book.place)
        out["outlet"] += 3 * (piece.after in book.outlet_alone)
        out["organisation"] += 2 * (piece.after in book.organisation)
    out["place"] += 4 * piece.dateline
    if piece.before in book.impersonal or (len(piece.own) > 1 and piece.words[piece.first].low in book.impersonal):
        out["person"] -= 4
    cue = piece.after in book.cues or piece.before in book.cues
    out["person" if len(piece.capitals) > 1 else "organisation"] += cue


def by_shape(piece: Piece, book: Book, out: dict[str, int]) -> None:
    """Votes of the shape: given names, initials, acronyms, figures."""
    capitals = piece.capitals
    given = is_given(capitals[0].text, book.language)
    if given:
        out["person"] += 5 if len(capitals) > 1 else 2
    shapes = [w.shape for w in capitals]
    if "initial" in shapes or any(w.low in book.particles and (w.low not in book.of or given) for w in piece.own[1:-1]):
        out["person"] += 2
    if "number" in shapes:
        out["thing"] += 2
    if len(capitals) == 1 and shapes[0] in ("caps", "camel"):
        out["organisation"] += 2
    if len(capitals) in (2, 3) and shapes.count("cap") == len(shapes):
        out["person"] += 1


def strongest(found: dict[str, int], *, single: bool) -> str:
    """The kind with most votes; "thing" where nothing speaks."""
    best = max(ORDER, key=found.__getitem__)  # the first of those with as many
    return best if found[best] else ("organisation" if single else "thing")
