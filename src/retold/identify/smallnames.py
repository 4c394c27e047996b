"""Names of bodies that go on in small letters ("Autorité portuaire de …", "Портове управління"), and names that an abbreviation explains.

Where a language writes only the first word of a body with a capital, the name is followed to the right over adjectives and
complements that bodies have (`body_words`, the fields of `bodies.toml`), and to a noun of bodies after a capitalised adjective.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retold.base.remembered import Remembered
from retold.identify.books import Book
from retold.identify.words import Word
from retold.lexicons.bodies import concept_of, head_of_two
from retold.lexicons.names import fold, is_given, name_phrases, name_words, stems_of
from retold.lexicons.territories import place_code

LONGEST = 9  # words of a name
ABBREVIATION = re.compile(r"[(（]\s?[„“\"«]?([^\W\d_][\w&.-]{1,9}?)[”“\"»]?\s?(?:,[^()]{1,40})?[)）]")
LEAST_RELATIONAL = 4  # letters of an adjective that is made of a name
LEAST_PLACE = 4  # letters of a noun of regions
LEAST_LISTED = 3  # letters of a noun of bodies that the lexicon lists ("суд")
LEAST_HEAD = 4  # letters of a noun of bodies
HOUSES = frozenset({"university", "museum", "gallery", "hospital", "theatre", "institute", "foundation", "academy", "observatory"})
HOUSE: Remembered[str, bool] = Remembered(lambda folded: concept_of(folded, "heads") in HOUSES)
GUILDS = frozenset({"chamber", "union", "federation", "league", "association", "committee", "council"})  # of people with one profession
GENERIC = frozenset({"company"})  # heads that are names only with something of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallName:
    """A name of a body: 0.75 where it begins inside a sentence, 0.65 at its opening, 0.8 where an abbreviation explains it."""

    start: int
    end: int
    score: float
    kind: str = "organisation"


def find_small_names(sentences: list[list[Word]], book: Book) -> Iterator[SmallName]:
    """Names of bodies whose later words are small, in languages that write them so."""
    if not name_words(book.language, "body_words"):
        return
    for words in sentences:
        last = -1
        for at in [at for at, word in enumerate(words) if word.shape == "cap" or (word.shape == "lower" and HOUSE[word.folded])]:
            if at <= last:
                continue
            end = name_end(words, at, book) if words[at].shape == "cap" else small_house(words, at, book)
            if end > at and any(w.shape == "lower" for w in words[at:end + 1]):
                yield SmallName(start=words[at].start, end=words[end].end, score=0.65 if words[at].opens else 0.75,
                                kind=kind_of(words[at:end + 1], book))
                last = end


def kind_of(words: list[Word], book: Book) -> str:
    """place or outlet where the small nouns of a name say so and none is a body, else organisation."""
    if any(body_noun(w, book) for w in words) or heads_pair(words, 0):
        return "organisation"
    lows = [w.low for w in words if w.shape == "lower"]
    return "outlet" if any(low in book.outlet for low in lows) else "place" if any(low in book.place for low in lows) else "organisation"


def name_end(words: list[Word], at: int, book: Book) -> int:
    """The last word of the name of a body that begins here; -1 for none."""
    pair = heads_pair(words, at)
    head = at + 1 if pair else at if body_noun(words[at], book) else head_after(words, at, book)
    if head < 0:
        return -1
    last = follow(words, head, book)
    if head > at and relational(words[at], book) and not levelled(words[at], book):  # it says where the body is: no town follows
        last = next((k for k in range(head, last + 1) if k == last or words[k + 1].capital), last)
    if words[at].opens and head == at and not anchored(words, head, last, book):
        return -1
    generic = concept_of(words[head].folded, "heads") in GENERIC
    return -1 if generic and not any(w.capital for w in words[at + 1:last + 1]) else last


def heads_pair(words: list[Word], at: int) -> bool:
    """Whether two words together are a noun of bodies ("Береговая охрана")."""
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and after.joined and after.shape == "lower" and bool(head_of_two(words[at].text, after.text))


def small_house(words: list[Word], at: int, book: Book) -> int:
    """The last word where a small noun of a house stands before its name ("galleria Perlini", "université de Nairobi"); -1 for none."""
    word, after = words[at], at + 1
    if len(word.low) <= LEAST_HEAD:
        return -1
    if after < len(words) and words[after].joined and words[after].low in book.of:
        after += 1
    if word.low in book.roles or word.low in book.not_names or after >= len(words) or not names_house(words, after, book):
        return -1
    last = after
    while last + 1 < len(words) and words[last + 1].joined and words[last + 1].shape == "cap" and not words[last].possessive:
        last += 1
    return last


def names_house(words: list[Word], at: int, book: Book) -> bool:
    """Whether a word may be what a house is called after: a name, but no country and no role."""
    word = words[at]
    if at > 1 and is_given(word.text, book.language) and words[at - 2].low in book.roles and words[at - 1].joined:
        return False  # "mluvčí ústavu Petr Novák": the role has its person, the house no name
    named = word.joined and word.shape in ("cap", "caps") and word.low not in book.roles and word.low not in book.titles
    return named and len(place_code(word.text, book.language)) != 2


def anchored(words: list[Word], head: int, last: int, book: Book) -> bool:
    """Whether a noun that opens a sentence is a name for what follows it: at least an adjective of bodies, or a capital.

    "Soud v Jihlavě" is any court in a town.
    """
    after = words[head + 1:last + 1]
    if after and after[0].low in book.place_prepositions and after[0].low not in book.of and name_words(book.language, "endings"):
        return False
    return any(w.capital or modifies(w, book) or members(words, head + 1, head, book) for w in words[head + 1:last + 1])


def body_noun(word: Word, book: Book) -> bool:
    """Whether a word is a noun of bodies."""
    low = word.low
    if len(low) < LEAST_LISTED or low in book.roles or low in book.demonyms:
        return False
    return low in book.organisation or (len(low) >= LEAST_HEAD and bool(concept_of(word.folded, "heads")) and low not in book.common)


def modifies(word: Word, book: Book) -> bool:
    """Whether a small word may be an adjective or complement in the name of a body."""
    if word.shape != "lower" or len(word.low) < 3 or word.low in book.not_names:
        return False
    body = word.low in name_phrases(book.language, "body_words") or word.low in book.demonyms
    return body or (len(word.low) > 3 and bool(concept_of(word.folded, "fields")))


def head_after(words: list[Word], at: int, book: Book) -> int:
    """The small noun of bodies after a capitalised adjective ("Національна поліція"), with at most two adjectives between; -1 for none."""
    first = words[at]
    if first.low in book.not_names or first.low in book.roles or not may_head(first, book):
        return -1
    for noun in range(at + 1, min(at + 4, len(words))):
        if not words[noun].joined or words[noun].shape != "lower":
            return -1
        if body_noun(words[noun], book) or (noun == at + 1 and housed(words[noun], book) and relational(first, book)):
            return noun if agree(first.low, words[noun].low, book) else -1
        if not modifies(words[noun], book) and not (relational(first, book) and relational(words[noun], book)):
            return -1
    return -1


def may_head(first: Word, book: Book) -> bool:
    """Whether a capitalised word can be the adjective that begins a body's name: it says a field or level, or where the body is."""
    described = first.low in name_phrases(book.language, "body_words") or bool(concept_of(fold(first.text), "fields"))
    if first.low in book.demonyms:
        return relational(first, book) and not first.opens
    if described or relational(first, book):
        return True
    return not (first.opens or first.low in book.common or place_code(first.text, book.language))


def relational(word: Word, book: Book) -> bool:
    """Whether a word ends as adjectives do that are made of names ("Ніжинська", "Krajského")."""
    endings = name_words(book.language, "relational_endings")
    return bool(endings) and len(word.low) > LEAST_RELATIONAL and word.low.endswith(endings)


def levelled(word: Word, book: Book) -> bool:
    """Whether an adjective says of what level or field a body is ("Krajský"), not where."""
    if word.low in book.demonyms:
        return False
    return word.low in name_phrases(book.language, "body_words") or bool(concept_of(fold(word.text), "fields"))


def housed(word: Word, book: Book) -> bool:
    """Whether a small noun says what is named by the adjective before it: a region, an outlet, a works ("Приморский край")."""
    if len(word.low) < LEAST_PLACE or modifies(word, book):
        return False
    return word.low in book.place or word.low in book.outlet or word.low in book.trades


def agree(adjective: str, noun: str, book: Book) -> bool:
    """Whether a capitalised word before a noun can be its adjective, where adjectives end as such ("České dráhy", not "Ада рада")."""
    endings = name_words(book.language, "adjective_endings")
    return bool(endings) and adjective.endswith(endings)


def follow(words: list[Word], head: int, book: Book) -> int:
    """The last word that goes on with a name after its noun: adjectives, complements over "of", "and" between them, capitals."""
    last, at = head, head + 1
    while at < len(words) and words[at].joined and at - head < LONGEST:
        word = words[at]
        if modifies(word, book) or goes_on(words, at, last, head, book) or members(words, at, head, book):
            last, at = at, at + 1
            continue
        step = over_small(words, at, book) or (at == head + 1 and over_unknown(words, at, book))
        if not step:
            break
        last, at = at + step, at + step + 1
    return last


def goes_on(words: list[Word], at: int, last: int, head: int, book: Book) -> bool:
    """Whether a capital right after the name belongs to it: where nothing but cases tie words, or after another capital."""
    word = words[at]
    if not word.capital or word.shape == "domain" or words[at - 1].possessive or word.low in book.roles or word.low in book.titles:
        return False
    return words[last].capital or not name_words(book.language, "definite")


def members(words: list[Word], at: int, head: int, book: Book) -> bool:
    """Whether a small word says whose chamber or union a body is ("Палата инженеров", "Chambre des ingénieurs")."""
    word = words[at]
    if word.shape != "lower" or not any(stem in book.roles for stem in stems_of(word.low.partition("-")[0], book.language)):
        return False
    return concept_of(words[head].folded, "heads") in GUILDS and (at > head + 1 or not name_words(book.language, "definite"))


def over_small(words: list[Word], at: int, book: Book) -> int:
    """How many words to go to the next part of the name, over "of the" or "and"; 0 where it ends."""
    for small in (1, 2):
        target = at + small
        if target >= len(words) or not all(w.joined for w in words[at + 1:target + 1]):
            return 0
        lows = [w.low for w in words[at:target]]
        if book.connectors.longest(lows, 0) == small and (linked(words[target], lows, book) or members(words, target, at - 1, book)):
            return small
    return 0


def over_unknown(words: list[Word], at: int, book: Book) -> int:
    """Two or three words, where an unknown small word stands between the noun and "of" with a capital ("Museo diocesano di Valdorna")."""
    word = words[at]
    if word.shape != "lower" or len(word.low) < 5 or word.low in book.not_names or word.low in book.cues or word.low in book.common:
        return 0
    for target in (at + 2, at + 3):
        if target < len(words) and all(w.joined for w in words[at + 1:target + 1]) and words[target].capital:
            lows = [w.low for w in words[at + 1:target]]
            return target - at if book.of.longest(lows, 0) == len(lows) and words[target].low not in book.roles else 0
    return 0


def linked(word: Word, lows: list[str], book: Book) -> bool:
    """Whether a word after small connecting words is a part of the name."""
    pairing = lows[0] in book.joining and len(lows) == 1
    if word.capital:
        if lows[-1] in book.place_prepositions and len(place_code(word.text, book.language)) == 2:
            return False  # "лікарня в Чехії": where it is, not what it is called
        return not pairing and word.shape in ("cap", "caps") and word.low not in book.roles
    return word.shape == "lower" and len(word.low) > 3 and (modifies(word, book) or (not pairing and body_noun(word, book)))


def find_abbreviated(sentences: list[list[Word]], text: str) -> Iterator[SmallName]:
    """Names that stand before their abbreviation in brackets and whose words begin with its letters.

    Source: Schwartz and Hearst 2003, "A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text", section 2;
    here the first word must have a capital, and every letter must begin a word.
    """
    for words in sentences:
        if not words:
            continue
        for match in ABBREVIATION.finditer(text, words[0].start, words[-1].end + 2):
            letters = [c for c in fold(match.group(1)) if c.isalpha()]
            before = [w for w in words if w.end <= match.start()]
            if match.group(1)[:1].isupper() and sum(c.isupper() for c in match.group(1)) >= 2 and before:
                first = expansion_start(before, letters)
                if first >= 0:
                    yield SmallName(start=before[first].start, end=before[-1].end, score=0.8)


def expansion_start(before: list[Word], letters: list[str]) -> int:
    """The word before a bracket at which the expansion of an abbreviation begins; -1 when there is none."""
    left = len(letters) - 1
    for at in range(len(before) - 1, max(-1, len(before) - len(letters) - 6), -1):
        if at + 1 < len(before) and not before[at + 1].joined and before[at + 1].gap != "- ":
            return -1
        if before[at].folded[:1] == letters[left]:
            left -= 1
            if left < 0:
                return at if before[at].capital and len(before) - at > 1 else -1
        elif len(before[at].text) > 3:
            return -1
    return -1
