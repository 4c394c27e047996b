"""Descriptions that act as names of bodies: "the coast guard", "die dänische Schifffahrtsaufsicht", "la policía"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from retold.base.remembered import Remembered
from retold.identify.books import Book, book_of, compound_body
from retold.identify.words import Word
from retold.lexicons.bodies import QUALIFIERS, concept_of, first_of_two, head_of_two, people
from retold.lexicons.names import fold, name_phrases, name_words
from retold.lexicons.territories import place_code

ADJECTIVES = 3  # words between determiner and noun
UNTELLING = ("", *QUALIFIERS)  # concepts that say nothing of what a body is for
LEAST_HEAD = 5  # letters of a noun of bodies that the lexicon of the language does not list
LEAST_AUTHORITY = 7  # and of one that is no proper kind of body, or of a noun of places
SPECIFIC = frozenset({"police", "coast_guard", "fire_service", "prosecutor", "navy", "army"})  # bodies of which a story mostly has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A description: 0.5 where it names a country or field, 0.4 for a body of which there is mostly one, else 0.3 or less."""

    start: int
    end: int
    score: float
    kind: str = "organisation"


def find_descriptions(sentences: list[list[Word]], taken: list[tuple[int, int]], book: Book) -> Iterator[Description]:
    """All descriptions that do not touch names which are already found."""
    spans = sorted(taken)
    starts = [s for s, _ in spans]
    perhaps = perhaps_heads(book.language)
    for words in sentences:
        lows = [w.low for w in words]
        free = 0
        for at in [at for at, low in enumerate(lows) if perhaps[low]]:
            if at < free:
                continue
            length = head_length(words, lows, at, book)
            found = describe(words, at, at + length - 1, book) if length else None
            if not length and place_noun(words[at], book):
                found = spot(words, at, book)
            if found and not touches(found, spans, starts):
                yield found
            free = at + length


@cache
def perhaps_heads(language: str) -> Remembered[str, bool]:
    """Of each word of a language whether it may be a head."""
    return Remembered(partial(perhaps_head, language=language))


def perhaps_head(low: str, language: str) -> bool:
    """Whether a word can begin a noun of bodies or be one of places, whatever stands round it."""
    book = book_of(language)
    if book.organisation.starting(low) or compound_body(low, language):
        return True
    if len(low) < LEAST_HEAD:
        return False
    plain = fold(low)
    if plain in people():
        return True
    if plain.endswith(first_of_two()):
        return True
    return len(low) >= LEAST_AUTHORITY and (concept_of(plain, "heads") == "authority" or low in book.place)


def head_length(words: list[Word], lows: list[str], at: int, book: Book) -> int:
    """How many words from `at` on are a noun of bodies; 0 for none."""
    low = lows[at]
    length = book.organisation.longest(lows, at) or int(compound_body(low, book.language))
    if length and not (length == 1 and len(low) <= 3):
        return length
    if words[at].folded in people():
        return 1
    if len(low) < LEAST_HEAD or low in book.roles:
        return 0
    if at + 1 < len(words) and words[at + 1].joined and head_of_two(words[at].text, words[at + 1].text):
        return 2
    return int(len(low) >= LEAST_AUTHORITY and concept_of(words[at].folded, "heads") == "authority")


def place_noun(word: Word, book: Book) -> bool:
    """Whether a word is a noun of roads, waters and the like that is not everywhere (at least seven letters)."""
    return len(word.low) >= LEAST_AUTHORITY and word.low in book.place


def spot(words: list[Word], at: int, book: Book) -> Description | None:
    """A place by its noun, directly after a definite article ("der Landstraße"): it may stand for the place's name."""
    definite = at > 0 and words[at].joined and words[at - 1].low in name_phrases(book.language, "definite")
    return Description(start=words[at].start, end=words[at].end, score=0.25, kind="place") if definite else None


def touches(found: Description, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether a name stands within a description, but for a country at its beginning."""
    at = bisect_left(starts, found.end)
    return at > 0 and spans[at - 1][1] > found.start and spans[at - 1][0] != found.start


def describe(words: list[Word], first: int, last: int, book: Book) -> Description | None:
    """The description round a noun of bodies; None where it is not definite."""
    head_low = words[first].low
    begin, definite = reach_left(words, first, book)
    if definite is None:
        return None
    end = reach_right(words, last, book)
    own = words[begin:end + 1]
    country = any(w.low in book.demonyms for w in own) or owns(words, begin, book)
    compound = book.language in name_words("common", "compounding")
    field = any(concept_of(w.folded, "fields", compound=compound) not in UNTELLING for w in own)
    head = concept_of(" ".join(w.folded for w in words[first:last + 1]), "heads", compound=compound)
    articles = bool(name_words(book.language, "definite"))
    if not (definite or country or (not articles and (field or head in SPECIFIC))):
        return None
    crew = words[first].folded in people()
    if (head == "company" and not country) or (head_low in book.roles and not crew):
        return None
    known = crew or first != last or head_low in book.organisation or compound_body(head_low, book.language)
    if not (known or country or field):
        return None
    score = 0.5 if country or field else 0.4 if head in SPECIFIC else 0.3
    return Description(start=own[0].start, end=own[-1].end, score=score)


def reach_left(words: list[Word], first: int, book: Book) -> tuple[int, bool | None]:
    """The first word of the description, and whether a definite article opens it; None where an indefinite one does."""
    definite = name_phrases(book.language, "definite")
    begin = first
    for back in range(1, ADJECTIVES + 1):
        at = first - back
        if at < 0 or not words[at + 1].joined:
            break
        if words[at].low in definite:
            return at, True
        if at == begin - 1 and owns(words, at, book):
            return at, True
        if words[at].low in book.determiners:
            return begin, None
        modifies = words[at].low in book.demonyms or concept_of(words[at].folded, "fields")
        if not modifies and name_words(book.language, "definite") == ():
            break
        if modifies and begin == at + 1:
            begin = at
    return begin, False


def owns(words: list[Word], at: int, book: Book) -> bool:
    """Whether a word is a country to which the body belongs ("Norway's coast guard", "Norveç polisi")."""
    word = words[at]
    genitive = bool(word.possessive) or bool(name_words(book.language, "endings")) or (book.nouns_capital and word.low.endswith("s"))
    return word.capital and genitive and len(place_code(word.text, book.language)) == 2


def reach_right(words: list[Word], last: int, book: Book) -> int:
    """The last word of the description: adjectives of peoples and fields after the noun, over small words ("de protección de datos")."""
    end, at, before = last, last + 1, "noun"
    while at < len(words) and at - end <= 4 and words[at].joined and not words[at].capital:
        low = words[at].low
        if low in book.demonyms or concept_of(words[at].folded, "fields"):
            end, kind = at, "noun"
        elif low in book.of or low.endswith("'"):
            kind = "of"
        else:
            kind = "word"
        if (before == "word" and kind != "noun" and end == last and at == last + 2) or (before == kind == "word") or low in book.cues:
            break
        before = kind
        at += 1
    return end
