"""Places and days that languages call by different words, as one term: Germany, Deutschland and ألمانيا; Friday and viernes.

A headline has ten words; in a second language a country is often the only name that it shares, and rarely by its spelling. The adjectives
and peoples of a country count as the country, since one language writes "Brazilian team" where another writes "seleção do Brasil".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from retold.lexicons import LANGUAGES
from retold.lexicons.names import demonym_code, fold
from retold.lexicons.territories import cities, home_place, locale, territories

LONGEST = 3  # words of the name of a place
LEAST = 3  # letters of a name that is not written in capitals throughout: "us" and "US"
CALENDAR = ("@day ", "@month ")
OPENS = "+"  # before what a word names by itself, where a longer name may begin with it
MARK = "@"  # before the code of a place, which no skeleton has


def places(words: Iterable[str], language: str) -> Iterable[tuple[str, int, int]]:
    """The places that words name, longest first: the term and from which word to which.

    >>> list(places("South Korea beats the Brazilians on Friday".split(), "en"))
    [('@KR', 0, 2), ('@BR', 4, 5), ('@day 4', 6, 7)]
    >>> list(places("Сборная Франции обыграла бразильцев".split(), "ru"))
    [('@FR', 1, 2), ('@BR', 3, 4)]
    """
    given = list(words)
    if language not in LANGUAGES:
        return
    past = 0
    for at, word in enumerate(given):
        if at >= past and (code := called(word, language)):
            past = at + 1
            if code.startswith(OPENS):
                code, past = longest(given, at, language) or (code.removeprefix(OPENS), past)
            if code:
                yield MARK + code, at, past


def longest(words: Sequence[str], at: int, language: str) -> tuple[str, int] | None:
    """The longest name of several words that begins with one, and which word it ends before."""
    for end in range(min(at + LONGEST, len(words)), at + 1, -1):
        if code := several(language).get(fold(" ".join(words[at:end]))):
            return code, end
    return None


@lru_cache(maxsize=100_000)
def called(word: str, language: str) -> str:
    """What a word names by itself in a language, as `alone` has it, after `OPENS` where names of several words begin with it."""
    code = alone(word, language)
    return OPENS + code if fold(word) in openers(language) else code


def alone(name: str, language: str) -> str:
    """The code of the place, people, weekday or month that a word names in a language; "" for none."""
    plain = fold(name)
    if len(name) < LEAST and not name.isupper():
        return ""
    people = demonym_code(language, name.lower())
    if name[0].islower():
        return people or (calendar(language).get(plain, "") if plain not in capitalised(language) else "")
    return calendar(language).get(plain) or people or home_place(name, language)


@cache
def several(language: str) -> dict[str, str]:
    """The names of several words, folded, hyphens as spaces."""
    known = {**cities(language), **territories(language), **calendar(language)}
    spaced = {name.replace("-", " "): code for name, code in known.items()}
    return {name: code for name, code in spaced.items() if " " in name}


@cache
def openers(language: str) -> frozenset[str]:
    """The first words of names of several."""
    return frozenset(name.partition(" ")[0] for name in several(language))


@cache
def capitalised(language: str) -> frozenset[str]:
    """The weekdays and months that a language writes with a capital, folded: "may" is no month."""
    data = locale(language)
    return frozenset(fold(name) for table in (data.days, data.months) for context in table.values()
                     for name in context.get("wide", {}).values() if name[:1].isupper())


@cache
def calendar(language: str) -> dict[str, str]:
    """The weekdays and months of a language, folded, with what they are."""
    data = locale(language)
    return {fold(name): f"{kind}{number}" for kind, table in (("day ", data.days), ("month ", data.months))
            for context in table.values() for number, name in context.get("wide", {}).items() if not name.isdigit()}
