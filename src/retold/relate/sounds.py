"""Whether two names can be one, spelled in other languages or letters: by what is heard of them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from retold.base.skeletons import outlines, skeleton

FIRST = 2  # consonants with which two spellings of one name begin alike
LETTERS = 3  # … or letters of their skeletons
HEARD = 0.6  # share of the consonants that two spellings of one name have in common in order
HAN = re.compile(r"[\u4e00-\u9fff]+")
PARTS = re.compile(r"[\s·・‧–—-]+")
FULL = 2  # parts of a full name


@lru_cache(maxsize=10_000)
def alike(one: str, other: str) -> bool:
    """Whether two words may be one name.

    >>> alike("Wien", "Vienna"), alike("Gdańsk", "Danzig"), alike("Tilburg", "Trier")
    (True, True, False)
    """
    if HAN.fullmatch(one) and HAN.fullmatch(other) and set(one) & set(other):
        return True
    if skeleton(one)[:LETTERS] == skeleton(other)[:LETTERS]:
        return True
    heard = [(x, y) for x in outlines(one) for y in outlines(other)]
    return any(x[:FIRST] == y[:FIRST] or (min(len(x), len(y)) >= FIRST and SequenceMatcher(None, x, y, autojunk=False).ratio() >= HEARD)
               for x, y in heard)


def apart(one: str, other: str) -> bool:
    """Whether no word of a name can be one of the other name.

    >>> apart("New Haven", "Haven"), apart("Porto", "Pamplona")
    (False, True)
    """
    left, right = (PARTS.split(name.strip()) for name in (one, other))
    return not any(alike(x, y) for x in left for y in right)


def in_signs(name: str) -> bool:
    """Whether a name is written in Chinese signs alone, so that nobody knows how it sounds elsewhere."""
    return HAN.fullmatch(name) is not None


def two_people(one: str, other: str) -> bool:
    """Whether two full names are surely those of two people: neither their given names nor their surnames can be one.

    >>> two_people("Ada Roth", "Jan Weir"), two_people("Ada Roth", "Weir"), two_people("王小明", "李建国")
    (True, False, True)
    >>> two_people("Roth Ada", "Ada Roth"), two_people("Ada Roth", "Ada Weir")
    (False, False)
    """
    left, right = (PARTS.split(name.strip()) for name in (one, other))
    signs = [in_signs(name) for name in (one, other)]
    if any(signs):
        return all(signs) and min(len(one), len(other)) > FULL and not alike(one, other)
    if min(len(left), len(right)) < FULL:
        return False
    crossed = {skeleton(w) for w in left} & {skeleton(w) for w in right}
    return not crossed and not alike(left[0], right[0]) and not alike(left[-1], right[-1])
