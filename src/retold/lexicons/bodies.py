"""What a description of a body says in any language: what kind of body, for what, of which country (`bodies.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from retold.base.hanzi import HAN_KANA
from retold.lexicons import lexicon
from retold.lexicons.names import demonym_code, fold, name_words
from retold.lexicons.territories import place_code

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
QUALIFIERS = frozenset({"national", "regional", "city", "district", "international", "world", "european", "research", "central"})
# fields that many bodies share: they tell bodies apart but do not make a description definite
ISSUING = frozenset({"central", "national"})  # the bank of a country is called by either
SHORT = 4  # stems up to this length must be a whole word or begin one that is at most three letters longer


@dataclass(frozen=True, slots=True)
class Body:
    """What a description says: head ("" when unknown), fields and country code ("" when it names none)."""

    head: str
    fields: frozenset[str]
    country: str


@cache
def concepts(section: str) -> tuple[tuple[str, str], ...]:
    """(stem, concept) of heads or fields, longest stem first."""
    table = tomllib.loads((files(__package__) / "bodies.toml").read_text("utf-8"))[section]
    pairs = [(fold(stem), concept) for concept, stems in table.items() for stem in stems]
    return tuple(sorted(pairs, key=lambda p: (-len(p[0]), p)))


@cache
def people() -> dict[str, str]:
    """Folded plurals of the people of a service, with the head that they stand for.

    >>> people()["firefighters"]
    'fire_service'
    """
    table = tomllib.loads((files(__package__) / "bodies.toml").read_text("utf-8"))["people"]
    return {fold(word): head for head, words in table.items() for word in words}


@cache
def lettered(section: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The stems of a section by their first letter, those in Chinese characters and kana under ""; longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for stem, concept in concepts(section):
        found.setdefault("" if HAN_KANA.match(stem) else stem[0], []).append((stem, concept))
    return {letter: tuple(pairs) for letter, pairs in found.items()}


@lru_cache(maxsize=100_000)
def concept_of(word: str, section: str, *, compound: bool = False) -> str:
    """The head or field that a folded word expresses; "" for none.

    >>> concept_of("maritime", "fields"), concept_of("schifffahrtsaufsicht", "heads", compound=True)
    ('sea', 'authority')
    """
    if section == "heads" and word in people():
        return people()[word]
    if HAN_KANA.search(word):
        return next((concept for stem, concept in lettered(section).get("", ()) if stem in word), "")
    for stem, concept in lettered(section).get(word[:1], ()):
        if word.startswith(stem) and (len(stem) > SHORT or len(word) <= len(stem) + 3):
            return concept
    return compound_concept(word, section) if compound and len(word) >= 9 else ""


def compound_concept(word: str, section: str) -> str:
    """The concept inside a compound: heads stand at its end, fields before it."""
    for stem, concept in inner_stems(section):
        if stem not in word:
            continue
        at = word.find(stem)
        if at > 0 and section == "heads" and len(word) - at - len(stem) <= 4:
            return concept
        if section == "fields" and (at == 0 or (at > 0 and len(stem) >= 5)):
            return concept
    return ""


@cache
def inner_stems(section: str) -> tuple[tuple[str, str], ...]:
    """The stems of a section that may be a part of a compound: three letters at least."""
    return tuple(pair for pair in concepts(section) if len(pair[0]) >= 3)


@lru_cache(maxsize=100_000)
def proper_part(word: str, *, compound: bool = False) -> str:
    """What a folded word says besides the kind of a body: itself, the beginning of a compound, or nothing.

    >>> proper_part("valbrune"), proper_part("museum"), proper_part("lucasziekenhuis", compound=True)
    ('valbrune', '', 'lucas')
    """
    if concept_of(word, "heads") or concept_of(word, "fields"):
        return ""
    for stem, _ in concepts("heads") if compound and len(word) >= 9 else ():
        at = word.find(stem) if len(stem) >= 4 else -1
        if at >= 3 and len(word) - at - len(stem) <= 4:
            rest = word[:at].rstrip("-")
            return "" if concept_of(rest, "fields", compound=True) else rest
    return word


@lru_cache(maxsize=100_000)
def body_of(text: str, language: str) -> Body:
    """What the words of a description say.

    >>> body_of("Die dänische Schifffahrtsaufsicht", "de") == body_of("The Danish maritime authority", "en")
    True
    """
    compound = language in name_words("common", "compounding")
    spaced = lexicon(language).spaced
    words = [m.group() for m in WORD.finditer(text)] if spaced else [text]
    folded = [fold(w) for w in words]
    phrase = " ".join(folded)
    heads = [concept_of(w, "heads", compound=compound) for w in folded]
    if language in name_words("common", "head_last"):
        heads.reverse()
    head = two_word(phrase) or next(filter(None, heads), "")
    fields = {concept_of(w, "fields", compound=compound) for w in folded} - {""}
    if head == "bank" and fields & ISSUING:
        fields = fields - ISSUING | {"central"}
    return Body(head, frozenset(fields), country_of(words, language, spaced=spaced))


@lru_cache(maxsize=100_000)
def two_word(phrase: str) -> str:
    """The head that a phrase of several words expresses ("coast guard")."""
    found: list[tuple[int, str]] = []
    at = phrase.find(" ")
    while at > 0:
        found += [(rank, concept) for rank, stem, concept in around_space().get(phrase[at - 1:at + 2], ()) if stem in phrase]
        at = phrase.find(" ", at + 1)
    return min(found)[1] if found else ""


def head_of_two(first: str, second: str) -> str:
    """The head that two words together express; "" for none."""
    first, second = fold(first), fold(second)
    return two_word(f"{first} {second}") if f"{first[-1:]} {second[:1]}" in around_space() else ""


@cache
def first_of_two() -> tuple[str, ...]:
    """What the first of two words ends in that together express a head."""
    return tuple(sorted({phrase.partition(" ")[0] for found in around_space().values() for _, phrase, _ in found}))


@cache
def around_space() -> dict[str, list[tuple[int, str, str]]]:
    """Heads of several words by the characters round their first space: (rank, phrase, concept), the longest ranking first."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for rank, (stem, concept) in enumerate(concepts("heads")):
        phrase = stem.strip()
        at = phrase.find(" ")
        if at > 0:
            found.setdefault(phrase[at - 1:at + 2], []).append((rank, phrase, concept))
    return found


def country_of(words: list[str], language: str, *, spaced: bool) -> str:
    """The country that a description names by an adjective or by its name."""
    for word in words:
        code = demonym_code(language, word.lower()) or (place_code(word, language) if word[:1].isupper() else "")
        if code:
            return code
    if spaced:
        return ""
    table = lexicon(language).table("words").get("demonyms", {})
    return next((code for code, names in table.items() if any(name in words[0] for name in names)), "")
