"""Places and days that languages call by different words, as one term: Germany, Deutschland and ألمانيا; Friday and viernes.

A headline has ten words; in a second language a country is often the only name that it shares, and rarely by its spelling. The adjectives
and peoples of a country count as the country, since one language writes "Brazilian team" where another writes "seleção do Brasil".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from retold.base.hanzi import simplified
from retold.lexicons import LANGUAGES
from retold.lexicons.names import demonym_code, demonym_table, fold
from retold.lexicons.territories import cities, home_place, locale, territories

LONGEST = 3  # words of the name of a place
LEAST = 3  # letters of a name that is not written in capitals throughout: "us" and "US"
LEAST_UNSPACED = 2  # characters of a name within a text without spaces: of one, 月 and 日 stand in many other words
WITHIN = re.compile(r"[\u30a1-\u30ff]{2}")  # a run of katakana is one word: タイ is Thailand, タイヤ is a tyre
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
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


def inside(run: str, language: str, before: str = "") -> Iterable[str]:
    """The terms of what a run of characters without spaces names, longest first. before: the digits that stand before it, of months.

    >>> list(inside("月にドイツの首相が", "ja", "7")), list(inside("德国总理星期五访问莫斯科", "zh"))
    (['@month 7', '@DE'], ['@DE', '@day 4', '@Europe/Moscow'])
    >>> list(inside("タイのタイヤ", "ja"))
    ['@TH']
    """
    known = unspaced(language) if language in LANGUAGES else {}
    text, at = "\n" + before + simplified(run), 1
    most = max(map(len, known), default=0)
    while at <= len(text) - LEAST_UNSPACED:
        ends = range(min(len(text), at + most), at + LEAST_UNSPACED - 1, -1)
        end = next((end for end in ends if text[at:end] in known and not (WITHIN.match(text, at - 1) or WITHIN.match(text, end - 1))), 0)
        if end:
            yield MARK + known[text[at:end]]
        at = end or at + max(1, len(before) * (at == 1))


@cache
def unspaced(language: str) -> dict[str, str]:
    """The places, peoples, weekdays and months that a language writes without spaces, in simplified characters, with what they are."""
    people = {word: code for code, words in demonym_table(language).items() for word in words}
    named = {**cities(language), **people, **territories(language), **calendar(language, ("wide", "abbreviated"))}
    return {simplified(name): code for name, code in named.items() if UNSPACED.search(name) and len(name) >= LEAST_UNSPACED}


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
def calendar(language: str, widths: tuple[str, ...] = ("wide",)) -> dict[str, str]:
    """The weekdays and months of a language, folded, with what they are. widths: of CLDR's forms."""
    data = locale(language)
    return {fold(name): f"{kind}{number}" for kind, table in (("day ", data.days), ("month ", data.months))
            for context in table.values() for width in widths for number, name in context.get(width, {}).items() if not name.isdigit()}
