"""Words as a pattern that is blind to case finds them, looked up in tables of small letters: İ and I are small as i and as ı."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

V = TypeVar("V")
DOTTED = str.maketrans({"İ": "i", "I": "ı"})  # small letters as Turkish has them


def fold(word: str) -> str:
    """Lower case with one kind of apostrophe.

    >>> fold("O’Clock")
    "o'clock"
    """
    return word.lower().replace("’", "'").replace("ʼ", "'")


def looked_up(table: Mapping[str, V], written: str) -> V | None:
    """What a table by folded words says of words as they are written, white space aside; None where it does not have them.

    >>> looked_up({"nisan": 4, "yaklaşık": 0}, "NİSAN"), looked_up({"nisan": 4, "yaklaşık": 0}, "YAKLAŞIK")
    (4, 0)
    """
    plain = " ".join(written.split())
    for spelled in (plain, plain.translate(DOTTED), plain.replace("İ", "i"), plain.replace("ı", "i"), plain.replace("ſ", "s")):
        found = table.get(fold(spelled))
        if found is not None:
            return found
    return None
