"""Function words: which languages have each, and when those of a text leave no doubt about its language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from retold.lexicons import LANGUAGES, section

# Function words of a language in a text of some hundred words that leave no doubt: so many in all, so many that a rival has not, and
# so many times those that only the rival has. In 1,300 articles no claim of a wrong language passes.
LEAST = 12
LEAST_OWN = 6
TIMES = 4

# A language that is none of ours and that its function words would pass for one of ours (Dutch).
NEIGHBOURS = {
    "af": ("'n", "aan", "al", "as", "by", "daar", "dat", "deur", "die", "dit", "ek", "en", "haar", "het", "hierdie", "hom",
           "hulle", "hy", "in", "is", "maar", "met", "na", "nie", "nog", "of", "om", "ons", "oor", "op", "sal", "se", "sy", "te",
           "tot", "uit", "van", "vir", "voor", "was", "wat", "wie", "word"),
}
TOLD_APART = (*LANGUAGES, *NEIGHBOURS)


@cache
def function_words() -> dict[str, tuple[str, ...]]:
    """Each function word in small letters with the languages that have it.

    >>> function_words()["the"]
    ('en',)
    """
    users: dict[str, list[str]] = {}
    for code in LANGUAGES:
        for word in dict.fromkeys(w.lower() for w in section(code, "words").get("stop", ())):
            users.setdefault(word, []).append(code)
    for code, words in NEIGHBOURS.items():
        for word in words:
            users.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in users.items()}


def told_language(found: Mapping[tuple[str, ...], int]) -> str:
    """The language that function words, counted by the languages that have them, leave no doubt about; "" for none."""
    best = max(LANGUAGES, key=lambda code: sum([count for codes, count in found.items() if code in codes]))
    return best if leave_no_doubt(found, best) else ""


def leave_no_doubt(found: Mapping[tuple[str, ...], int], language: str) -> bool:
    """Whether a text is in a language by its function words, counted by the languages that have them.

    >>> leave_no_doubt({("en",): 9, ("en", "de"): 5}, "en"), leave_no_doubt({("en", "de"): 14}, "en")
    (True, False)
    """
    if sum([count for codes, count in found.items() if language in codes]) < LEAST:
        return False
    for rival in TOLD_APART:
        own = sum([count for codes, count in found.items() if rival not in codes and language in codes])
        other = sum([count for codes, count in found.items() if rival in codes and language not in codes])
        if rival != language and own < max(LEAST_OWN, TIMES * other):
            return False
    return True
