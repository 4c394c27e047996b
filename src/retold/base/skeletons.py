"""Words in Latin letters with what romanisations spell in different ways spelled in one."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

SAME_SOUND = (("shch", "s"), ("sch", "s"), ("tch", "c"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("zh", "z"), ("ts", "c"),
              ("ph", "f"), ("th", "t"), ("ck", "k"), ("z", "s"), ("w", "v"), ("y", "i"), ("j", "i"), ("q", "k"), ("x", "ks"),
              ("e", "i"))
# the vowels e/i/y/j fall together: romanisations differ in them most


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The skeleton of a word, lower case, a to z.

    >>> skeleton("Зеленський")[:7], skeleton("Selenskyj")[:7], skeleton("Zelensky")[:7]
    ('silinsk', 'silinsk', 'silinsk')
    """
    plain = re.sub(r"[^a-z]", "", anyascii(word).lower())
    for spelling, sound in SAME_SOUND:
        plain = plain.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", plain)
