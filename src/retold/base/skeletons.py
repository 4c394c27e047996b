"""Words in Latin letters with what romanisations spell in different ways spelled in one; and what is left where vowels are not written."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from retold.base.kana import romanised

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


ARABIC = re.compile(r"[\u0600-\u06ff]")
KANA = re.compile(r"[\u3040-\u30ff]")
ARABIC_SOUNDS = str.maketrans({**dict.fromkeys("اأإآىةعءئؤويهح", ""), **dict.fromkeys("بفپڤ", "p"), **dict.fromkeys("تطدضث", "t"),
                               **dict.fromkeys("سصزذظشجچژ", "s"), **dict.fromkeys("كقغخگ", "k"), "ل": "l", "م": "m", "ن": "n", "ر": "r"})
LATIN_SOUNDS = (("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("kh", "k"), ("gh", "k"), ("ph", "p"), ("th", "t"),
                ("ts", "s"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("g", "k"), ("z", "s"), ("j", "s"),
                ("d", "t"), ("b", "p"), ("f", "p"), ("v", "p"))
SOFT = re.compile(r"c(?=[eiy])")
SILENT = re.compile(r"[aeiouywh]")
SOUNDS = re.compile(r"[^a-z]")
BEFORE_LIP = re.compile(r"n(?=[bpm])")  # kana have one sign for n and m there: スクランブル, Scramble
JOINED = "وفبلك"  # conjunctions and prepositions that Arabic joins to a word
LEAST_JOINED = 5  # letters of a word from which the first may be one of them


@lru_cache(maxsize=100_000)
def outlines(word: str) -> tuple[str, ...]:
    """The consonants of a word in seven classes, as far as Arabic and kana tell them; for Arabic with and without what is joined to it.

    >>> outlines("Karadere"), outlines("كاراديري"), outlines("Takahashi"), outlines("والخطيب")
    (('krtr',), ('krtr', 'rtr'), ('tks',), ('lktp', 'ktp'))
    >>> outlines("スクランブル") == outlines("Scramburu")
    True
    """
    if ARABIC.search(word):
        forms = [word]
        if len(word) >= LEAST_JOINED and word[0] in JOINED:
            forms.append(word[1:])
        if forms[-1].startswith("ال"):
            forms.append(forms[-1][2:])
        found = [once(re.sub(r"[^a-z]", "", form.translate(ARABIC_SOUNDS))) for form in forms]
        return tuple(dict.fromkeys(found))
    plain = SOUNDS.sub("", (BEFORE_LIP.sub("m", romanised(word)) if KANA.search(word) else anyascii(word)).lower())
    plain = SOFT.sub("s", plain)
    for spelling, sound in LATIN_SOUNDS:
        plain = plain.replace(spelling, sound)
    return (once(SILENT.sub("", plain.replace("c", "k"))),)


def once(sounds: str) -> str:
    """A string with doubled letters once."""
    return re.sub(r"(.)\1+", r"\1", sounds)
