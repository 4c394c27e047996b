"""What kind of thing a name names: every place where it stands votes, and the strongest vote counts."""

from __future__ import annotations

from collections import Counter

from retold.identify.books import Book, compound_body, outlet_compound
from retold.identify.runs import Piece
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import fold, is_given
from retold.lexicons.outlets import outlet_by_name
from retold.lexicons.territories import place_code

LEAST_TRADE = 5  # letters of a word that says what a firm deals in
ORDER = ("outlet", "person", "place", "organisation", "thing")  # among equal votes the more telling kind wins


def votes(piece: Piece, book: Book) -> Counter[str]:
    """The votes that one place gives, by kind."""
    out: Counter[str] = Counter()
    own_nouns(piece, book, out)
    neighbours(piece, book, out)
    by_shape(piece, book, out)
    return out


def own_nouns(piece: Piece, book: Book, out: Counter[str]) -> None:
    """Votes of the words of the name itself."""
    lows = piece.lows[piece.first - piece.last - 1:] or piece.lows
    text = " ".join(w.text for w in piece.own)
    if outlet_by_name(text):
        out["outlet"] += 8
    if piece.words[piece.first].shape == "domain":
        out["outlet"] += 6
    out["place"] += 8 * bool(place_code(text, book.language))
    out["outlet"] += 3 * any(outlet_noun(low, book) for low in lows)
    out["organisation"] += 4 * any(
        book.organisation.longest(lows, i) or low in book.firm or compound_body(low, book.language) for i, low in enumerate(lows))
    out["organisation"] += 2 * (len(lows) > 1 and trades(lows[-1]))
    out["place"] += 3 * (lows[-1] in book.place or lows[0] in book.place)


def trades(low: str) -> bool:
    """Whether a word says what a firm deals in ("Bogaz Énergie")."""
    return len(low) > LEAST_TRADE and bool(concept_of(fold(low), "fields"))


def outlet_noun(low: str, book: Book) -> bool:
    """Whether a word is, or ends in, a noun of outlets ("Heidezeitung")."""
    return low in book.outlet or low.rpartition("-")[2] in book.outlet or outlet_compound(low, book.language)


def neighbours(piece: Piece, book: Book, out: Counter[str]) -> None:
    """Votes of the words round the name."""
    out["person"] += 4 * piece.title + 2 * piece.role
    out["place"] += 2 * (piece.before in book.place_prepositions)
    out["outlet"] += 5 * (piece.before in book.outlet_alone and piece.before not in book.place)  # "stacja" is a station of either sort
    out["place"] += 2 * (piece.before in book.place)
    out["organisation"] += 3 * (piece.before in book.organisation)
    if not piece.apart:
        out["outlet"] += 3 * (piece.after in book.outlet_alone)
        out["organisation"] += 2 * (piece.after in book.organisation)
    out["place"] += 4 * piece.dateline
    if piece.before in book.impersonal or (len(piece.own) > 1 and piece.words[piece.first].low in book.impersonal):
        out["person"] -= 4
    cue = piece.after in book.cues or piece.before in book.cues
    out["person" if len(piece.capitals) > 1 else "organisation"] += cue


def by_shape(piece: Piece, book: Book, out: Counter[str]) -> None:
    """Votes of the shape: given names, initials, acronyms, figures."""
    capitals = piece.capitals
    if is_given(capitals[0].text, book.language):
        out["person"] += 5 if len(capitals) > 1 else 2
    shapes = [w.shape for w in capitals]
    if "initial" in shapes or any(w.low in book.particles for w in piece.own[1:-1]):
        out["person"] += 2
    if "number" in shapes:
        out["thing"] += 2
    if len(capitals) == 1 and shapes[0] in ("caps", "camel"):
        out["organisation"] += 2
    if len(capitals) in (2, 3) and shapes.count("cap") == len(shapes):
        out["person"] += 1


def strongest(found: Counter[str], *, single: bool) -> str:
    """The kind with most votes; "thing" where nothing speaks."""
    best = max(ORDER, key=lambda kind: found.get(kind, 0))  # the first of those with as many
    return best if found[best] else ("organisation" if single else "thing")
