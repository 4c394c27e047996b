"""What an article as a whole tells about a word: is it ever written small, does it take an article, is it part of a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from retold.identify.books import Book, is_body, outlet_compound
from retold.identify.runs import Piece
from retold.identify.words import Word
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import fold, is_given, name_phrases, name_words, stems_of
from retold.lexicons.territories import home_place, language_names, place_code

ACCEPT = 1.4  # points that a single capitalised noun needs where all nouns have capitals
DETERMINER_REACH = 3  # words between a determiner and its noun
STEM = 4  # letters of a stem by which a declined name is known again
ADJECTIVAL = ("e", "en", "er", "es", "em")


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


def certainty(piece: Piece, evidence: Evidence, book: Book) -> float:
    """How sure it is that a piece is a name, in [0, 1]; 0 rejects it. The piece may be trimmed."""
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


def outside_name(piece: Piece, evidence: Evidence, book: Book) -> bool:
    """Whether an unknown word opens a sentence before what is a name elsewhere in the article ("Cosmonaut Kovalyova")."""
    first, rest = piece.words[piece.first], piece.own[1:]
    if is_given(first.text, book.language) or evidence.middle[first.low] or first.shape != "cap" or not rest[0].capital:
        return False
    words = tuple(w.folded for w in rest)
    if tuple(w.folded for w in piece.own) in evidence.inner:
        return False
    return words in evidence.inner or (len(words) == 1 and any((stem,) in evidence.inner for stem in stems_of(words[0], book.language)))


def drop_first(piece: Piece) -> None:
    """Take the first word, and small words after it, off a piece."""
    piece.before = piece.words[piece.first].low
    first = piece.first + 1
    while first < piece.last and not piece.words[first].capital:
        first += 1
    piece.cut(first, piece.last)


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


def bracketed(piece: Piece) -> bool:
    """Whether the piece alone stands in brackets: another name of what stands before."""
    words, last = piece.words, piece.last
    closed = last + 1 >= len(words) or words[last + 1].gap.startswith(")")
    return words[piece.first].gap.endswith("(") and closed and not words[piece.first].text.isdigit()


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


def announced(piece: Piece, book: Book) -> bool:
    """Whether a noun of outlets or bodies stands beside the piece in small letters ("Sabah gazetesi")."""
    after = piece.after in book.outlet_alone or piece.after in book.organisation
    return (after and not piece.apart) or piece.before in book.outlet_alone or piece.before in book.organisation


def plausible(word: Word, piece: Piece, book: Book) -> bool:
    """Whether a single word can be a name at all."""
    if len(word.text) < 2 or word.shape == "initial" or is_people(word, piece, book) or word.low in book.calendar:
        return False
    if word.shape == "caps" and ((len(word.text) == 2 and word.low in book.common) or followed_by_money(piece)):
        return False
    if word.low in book.roles or word.low in book.titles or word.low + "." in book.titles or word.low in book.negations:
        return False
    return word.low not in book.not_names or (word.shape == "caps" and not piece.opens and len(word.text) > 1)


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
    while piece.last > piece.first and not completed(piece, book) and state_of(piece.words[piece.last], evidence, book) == "noun":
        last = piece.last - 1
        while last > piece.first and not piece.words[last].capital:
            last -= 1
        piece.cut(piece.first, last)
        piece.after = piece.words[last + 1].low


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

