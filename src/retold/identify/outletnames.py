"""Outlets of the list, found by their names in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from retold.base.hanzi import HAN_KANA
from retold.base.skeletons import ARABIC
from retold.identify.books import Book
from retold.identify.words import Word
from retold.lexicons.outlets import Outlet, outlets

TOKEN = re.compile(r"[^\W_]+")
QUOTES = tuple("\"“”„«»‘’'‚‹›")
LEAST_JOINED = 6  # letters of a name of one word that is known without its inner capitals
LONGEST = 6  # words of an outlet's name between quotation marks
Entry = tuple[tuple[str, ...], str, Outlet]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletName:
    """A place where an outlet of the list is named."""

    start: int
    end: int
    score: float


@cache
def spaced_forms() -> dict[tuple[str, ...], list[Entry]]:
    """First two words (or the only one) in small letters to the forms that begin with them, longest first."""
    table: dict[tuple[str, ...], list[Entry]] = {}
    for one in outlets():
        for form in one.forms:
            words = tuple(m.group().lower() for m in TOKEN.finditer(form))
            if words and not HAN_KANA.search(form) and sum(map(len, words)) > 2:
                table.setdefault(words[:2], []).append((words, form.strip("()"), one))
    for entries in table.values():
        entries.sort(key=lambda e: (-len(e[0]), e[1], e[2].name))
    return table


@cache
def first_words() -> frozenset[str]:
    """What the forms of outlets begin with."""
    return frozenset(words[0] for words in spaced_forms())


@cache
def uncased_forms(*, spaced: bool) -> re.Pattern[str]:
    """All forms in Arabic letters (`spaced`), or in Chinese characters and kana."""
    script, least = (ARABIC, 4) if spaced else (HAN_KANA, 2)
    forms = {form for one in outlets() for form in one.forms if script.search(form) and len(form) >= least and not one.doubts(form)}
    either = "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))
    return re.compile(rf"(?<!\w)[وفبلك]?({either})(?!\w)" if spaced else f"({either})")


def find_outlets(sentences: list[list[Word]], text: str, book: Book) -> Iterator[OutletName]:
    """Outlets among words: spelled as in the list, and not an everyday word that happens to be one."""
    table, first = spaced_forms(), first_words()
    for words in sentences:
        parts, lows = parted(words)
        for at in [at for at, low in enumerate(lows) if low in first]:
            for form, spelling, one in (*table.get(tuple(lows[at:at + 2]), ()), *table.get((lows[at],), ())):
                found = match_form(words, parts, lows, at, form)
                if found and spelled(text[found.start:found.end], spelling) and believed(words, parts[at][1], form, spelling, one, book):
                    yield found
                    break


def parted(words: list[Word]) -> tuple[list[tuple[str, int]], list[str]]:
    """The parts of words between hyphens and apostrophes, mostly the words themselves: each with the number of its word, and alone."""
    lows = [word.low for word in words]
    if all(map(str.isalnum, lows)):
        return list(zip(lows, range(len(lows)), strict=True)), lows
    parts = [(part, number) for number, low in enumerate(lows) for part in ((low,) if low.isalnum() else TOKEN.findall(low))]
    return parts, [part for part, _ in parts]


def match_form(words: list[Word], parts: list[tuple[str, int]], lows: list[str], at: int, form: tuple[str, ...]) -> OutletName | None:
    """The place where all parts of a form stand from `at` on, whole words only."""
    end = at + len(form)
    if tuple(lows[at:end]) != form or (at and parts[at - 1][1] == parts[at][1]):
        return None
    if end < len(parts) and parts[end][1] == parts[end - 1][1]:
        return None
    first, last = parts[at][1], parts[end - 1][1]
    if not all(w.joined or w.gap in ("-", ".") for w in words[first + 1:last + 1]):
        return None
    return OutletName(start=words[first].start, end=words[last].end, score=0.9)


def spelled(found: str, form: str) -> bool:
    """Whether a name is written as in the list, all in capitals, or with one capital where the list has two ("Politifact")."""
    plain = " ".join(found.split()).replace("’", "'")
    single = " " not in form and len(form) > LEAST_JOINED and plain == form.capitalize()
    return plain == form or single or (found == form.upper() and len(form) > 3)


def believed(words: list[Word], at: int, form: tuple[str, ...], spelling: str, one: Outlet, book: Book) -> bool:
    """Whether the words mean the outlet: a name of one word needs its language, an everyday word an outlet noun or article."""
    before = words[at - 1].low if at and words[at].joined else ""
    quoted = len(form) == len(quoted_words(words, at)) > 0
    if quoted and (book.language in one.languages or len(form) > 1 or not one.doubts(spelling)):
        return True
    if one.doubts(spelling):
        articled = before in book.determiners and not book.nouns_capital and spelling[0].isupper() and not words[at].opens
        own = spelling.partition(" ")[0].lower() in book.determiners and spelling[0].isupper() and found_capital(words, at)
        return before in book.outlet or articled or own
    return len(form) > 1 or one.kind == "agency" or book.language in one.languages or before in book.outlet or spelling.isupper()


def found_capital(words: list[Word], at: int) -> bool:
    """Whether the article of a name has its capital though no sentence begins there ("…, The Hill reported")."""
    return at > 0 and words[at].text[0].isupper() and (not words[at].opens or "," in words[at].gap)


def quoted_words(words: list[Word], at: int) -> list[Word]:
    """The words from `at` on that stand alone between quotation marks; none where no mark opens right before."""
    if words[at].gap[-1:] not in QUOTES:
        return []
    end = at + 1
    while end < len(words) and end - at < LONGEST and words[end].joined:
        end += 1
    closed = end >= len(words) or words[end].gap[:1] in QUOTES
    return words[at:end] if closed else []


def find_uncased_outlets(text: str, start: int, end: int, *, spaced: bool) -> Iterator[OutletName]:
    """Outlets in scripts without capitals."""
    for match in uncased_forms(spaced=spaced).finditer(text, start, end):
        yield OutletName(start=match.start(1), end=match.end(1), score=0.9)
