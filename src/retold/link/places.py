"""Places by the noun and the name in them, whatever the language: "Tunnel du Garmont", "Garmont-Tunnel", "тунель Гармон".

Two names are one place when their nouns say the same (`[places]` of `bodies.toml`) and what is proper to them is one by letters or sound.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from retold.base.hanzi import HAN_KANA, simplified_each
from retold.lexicons.bodies import concept_of, concepts
from retold.lexicons.names import name_phrases, name_words
from retold.link.cores import same_proper
from retold.link.entities import Entities
from retold.link.forms import Form
from retold.link.likeness import Likeness, same_word

KINDS = frozenset({"place", "organisation", "thing"})  # what a place may be taken for
PROPER = 0.7  # likeness of words that are one
LEAST = 3  # letters of what is proper to a place, and of a noun at the end of a compound

Words = tuple[str, ...]


def join_places(entities: Entities, table: Likeness) -> None:
    """Join names of places with one noun and one proper part."""
    groups: dict[tuple[str, int], list[tuple[Form, Words]]] = {}
    for form in entities.forms:
        if not form.described and form.kind in KINDS:
            noun, core = noun_and_name(form.words, form.language)
            groups.setdefault((noun, len(core)), []).append((form, core))
    for (noun, _), found in groups.items():
        for (a, core), (b, rest) in combinations(found, 2) if noun else ():
            if a.words != b.words and all(same_word(x, y, table) >= PROPER or same_proper(x, y) for x, y in zip(core, rest, strict=True)):
                for unit in entities.units(b):
                    entities.join(unit, entities.units(a)[0], score=0.8, reason="alike")


@lru_cache(maxsize=20_000)
def noun_and_name(words: Words, language: str) -> tuple[str, Words]:
    """What kind of place a name says it is, and what is left of it; "" and nothing where it is none.

    >>> noun_and_name(("tunnel", "du", "garmont"), "fr"), noun_and_name(("garmont", "tunnel"), "de"), noun_and_name(("uferstrasse",), "de")
    (('tunnel', ('garmont',)), ('tunnel', ('garmont',)), ('street', ('ufer',)))
    """
    if HAN_KANA.search(words[0]):
        return noun_behind("".join(words))
    small = name_phrases(language, "of", "connectors", "determiners", "definite", "place_prepositions")
    own = [word for word in words if word not in small]
    at = next((i for i in (0, len(own) - 1) if len(own) > 1 and concept_of(own[i], "places")), -1)
    if at >= 0:
        return concept_of(own[at], "places"), (*own[:at], *own[at + 1:])
    if len(own) == 1 and language in name_words("common", "compounding"):
        return noun_behind(own[0])
    return "", ()


def noun_behind(word: str) -> tuple[str, Words]:
    """The noun at the end of a word, and what stands before it."""
    plain = simplified_each(word)
    for stem, concept in concepts("places"):
        noun = simplified_each(stem)
        eastern = bool(HAN_KANA.match(stem))
        if plain.endswith(noun) and len(plain) - len(noun) >= (1 if eastern else LEAST) and (eastern or len(noun) > LEAST):
            rest = plain[:-len(noun)].removesuffix("の").rstrip("-")
            return (concept, (rest,)) if rest else ("", ())
    return "", ()
