"""What stands around a number: units, currencies, ages, approximations and the thing that is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from babel import Locale

from retold.base.letters import LATIN_CAPITALS
from retold.identify.calendars import alternatives
from retold.identify.glances import Gate, gate
from retold.identify.lettercase import fold, looked_up
from retold.identify.numerals import shared
from retold.lexicons import Lexicon, lexicon

LOOK_BACK = 40  # code points before a number in which an approximation may stand
SPACE = r"[ \u00a0\u2009\u202f]?"
ENDS = re.compile(r"[.,;:!?()\[\]{}«»“”„\"—–…。、，；：！？（）「」『』\n]")
SHORT = 2  # letters: a unit so short that is a function word too ("с", "г") is taken for that
SMALL_SCALE = 1000  # larger scale words do not stand alone: "millions" is no number
HAN_NOUN = re.compile(r"[\u4e00-\u9fff々\u30a0-\u30ffー]{1,6}")
CURRENCY_GENERAL = 4  # letters: shorter last words of currency names are too common to stand alone


@dataclass(slots=True, kw_only=True)
class Hedge:
    """How exact a number is meant to be: kind is about, more, less or "" (exact)."""

    kind: str
    start: int


class Measures:
    """Units, approximations and nouns of one language."""

    def __init__(self, words: Lexicon, language: str) -> None:
        self.lexicon = words
        self.spaced = words.spaced
        self.cased = words.cased
        self.nouns_capital = bool(words.table("script").get("nouns_capital", False))
        self.locale = Locale.parse(language)
        self.stop = {fold(w) for w in words.words("words", "stop")}

    @cached_property
    def units(self) -> dict[str, str]:
        """Unit or currency as written, folded -> canonical unit."""
        known = {fold(k): str(v) for k, v in self.lexicon.table("quantities").get("units", {}).items()}
        for code in shared()["currencies"]["codes"]:
            for name in self._currency_names(code):
                known.setdefault(name, code)
                last = name.split()[-1]
                if " " in name and len(last) > CURRENCY_GENERAL and last not in self.stop:
                    known.setdefault(last, code)
            known.setdefault(code.lower(), code)
        known |= {fold(k): v for k, v in shared()["currencies"]["symbols"].items()}
        known = {**shared()["units"]["names"], **known}
        return {k: v for k, v in known.items() if not self.spaced or k not in self.stop or len(k) > SHORT}

    def _currency_names(self, code: str) -> list[str]:
        data: Any = self.locale._data  # Babel has no public list of a currency's plural forms
        plurals = data.get("currency_names_plural", {}).get(code) or {}
        names = [self.locale.currencies.get(code, ""), *(plurals[k] for k in sorted(plurals))]
        return [fold(n) for n in dict.fromkeys(names) if n]

    @cached_property
    def unit_after(self) -> re.Pattern[str]:
        """A unit directly behind a number."""
        letters = [u for u in self.units if u[-1:].isalnum()]
        signs = [u for u in self.units if not u[-1:].isalnum()]
        border = r"(?!\w)" if self.spaced else ""
        links = alternatives(shared()["units"]["links"])
        return re.compile(rf"{SPACE}-?(?:{links})?(?P<u>(?:{alternatives(letters)}){border}|{alternatives(signs)})", re.IGNORECASE)

    @cached_property
    def half_after(self) -> re.Pattern[str]:
        """A half behind a unit."""
        border = r"(?!\w)" if self.spaced else ""
        return re.compile(rf"{SPACE}(?:{alternatives(shared()['units']['halves'])}){border}", re.IGNORECASE)

    @cached_property
    def currency_before(self) -> re.Pattern[str]:
        """A currency sign or code directly before a number."""
        symbols = shared()["currencies"]["symbols"]
        letters = alternatives([*shared()["currencies"]["codes"], *(s for s in symbols if s[0].isalpha())])
        signs = alternatives(s for s in symbols if not s[0].isalpha())
        return re.compile(rf"(?:(?<!\w)(?:{letters})|{signs}){SPACE}$")

    @cached_property
    def unit_before(self) -> re.Pattern[str]:
        """A unit directly before a number ("yüzde 50")."""
        return re.compile(rf"(?P<u>{alternatives(shared()['units']['before'])}){SPACE}$", re.IGNORECASE)

    @cached_property
    def age_after(self) -> re.Pattern[str]:
        """What makes a number an age, behind it."""
        return re.compile(rf"[ \u00a0-]?(?:{'|'.join(shared()['ages']['after'])})", re.IGNORECASE)

    @cached_property
    def age_before(self) -> re.Pattern[str]:
        """What makes a number an age, before it."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(shared()['ages']['before'])})\s$", re.IGNORECASE)

    @cached_property
    def aged_person(self) -> re.Pattern[str]:
        """Whom a number of years describes, before it."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(shared()['ages']['persons'])})\s$", re.IGNORECASE)

    @cached_property
    def years_of_age(self) -> re.Pattern[str]:
        """The word for years behind an age that was led in by its phrase."""
        return re.compile(rf"\s(?:{alternatives(shared()['ages']['years'])})(?!\w)", re.IGNORECASE)

    @cached_property
    def hedges(self) -> dict[str, str]:
        """Approximations -> about, more or less."""
        out = {fold(w): "about" for w in self.lexicon.words("quantities", "approximate")}
        out |= {fold(w): "less" for w in self.lexicon.words("quantities", "less_than")}
        return out | {fold(w): "more" for w in self.lexicon.words("quantities", "more_than")}

    @cached_property
    def hedge_before(self) -> re.Pattern[str]:
        """An approximation that ends where the text ends."""
        border = r"(?<!\w)" if self.spaced else ""
        articles = "|".join(shared()["numbers"]["articles"])
        tail = rf"\s+(?:(?:{articles}|the)\s+)?$" if self.spaced else r"\s?$"
        return re.compile(rf"{border}(?P<h>{alternatives(self.hedges)}){tail}", re.IGNORECASE)

    @cached_property
    def hedge_after(self) -> re.Pattern[str]:
        """An approximation behind a number or its unit, a classifier between them ("or so", "以上", "人以上")."""
        counted = "" if self.spaced else f"(?:{alternatives(self.classifiers)})?"
        return re.compile(rf"{SPACE}{counted}(?P<h>{alternatives(self.hedges)})" + (r"(?!\w)" if self.spaced else ""), re.IGNORECASE)

    @cached_property
    def implied_one(self) -> re.Pattern[str]:
        """An approximation or "half", an article and a unit: "a little over a mile"."""
        if not self.spaced:
            return re.compile(r"(?!)")
        articles = alternatives(shared()["numbers"]["articles"])
        letters = alternatives(u for u, v in self.units.items() if u[-1:].isalpha() and not v.isupper())
        lead = rf"(?:(?P<h>{alternatives(self.hedges)})\s+)?"
        return re.compile(rf"(?<!\w){lead}(?P<n>(?P<half>half\s+)?(?:{articles})\s+(?P<u>{letters}))(?!\w)", re.IGNORECASE)

    @cached_property
    def implied_gate(self) -> Gate:
        """What stands in every sentence with such a measure: an approximation or "half"."""
        return gate((*self.hedges, "half")) if self.spaced else gate(())

    @cached_property
    def unit_gate(self) -> Gate:
        """What stands there besides: a unit."""
        return gate(u for u, v in self.units.items() if u[-1:].isalpha() and not v.isupper())

    @cached_property
    def article_before(self) -> re.Pattern[str]:
        """The article that makes one of a scale word ("a million")."""
        return re.compile(rf"(?<!\w)(?:{alternatives(shared()['numbers']['articles'])})\s$", re.IGNORECASE)

    @cached_property
    def base_scales(self) -> frozenset[str]:
        """The first form of each scale word up to a thousand: it may stand alone ("hundert", "mil", "тысяча")."""
        table = self.lexicon.table("quantities").get("scales", {})
        first = {v: k for k, v in reversed(table.items()) if v <= SMALL_SCALE}
        return frozenset(fold(k) for k in first.values() if len(k) > 1)

    @cached_property
    def range_to(self) -> re.Pattern[str]:
        """What stands between the ends of a range."""
        pairs = self.lexicon.table("dates").get("words", {}).get("from_to", [])
        joints = set(shared()["numbers"]["connectors"])
        seconds = [fold(p[1]) for p in pairs if len(p) > 1 and fold(p[1]) not in joints]
        dashes = alternatives(shared()["ranges"]["dashes"])
        words = alternatives([*seconds, *shared()["ranges"]["to"]])
        gap = r"\s+" if self.spaced else r"\s?"
        return re.compile(rf"(?:\s?(?:{dashes})\s?|{gap}(?:{words}){gap})", re.IGNORECASE)

    @cached_property
    def range_between(self) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
        """Pairs of words around the ends of a range whose second joins other things too ("between … and")."""
        pairs = self.lexicon.table("dates").get("words", {}).get("from_to", [])
        joints = set(shared()["numbers"]["connectors"])
        return [
            (re.compile(rf"(?<!\w){re.escape(p[0])}\s+$", re.IGNORECASE), re.compile(rf"\s+{re.escape(p[1])}\s+", re.IGNORECASE))
            for p in pairs if len(p) > 1 and fold(p[1]) in joints
        ]

    @cached_property
    def ratio_of(self) -> re.Pattern[str]:
        """What stands between a part and its whole, with at most two words of the thing counted."""
        words = alternatives(shared()["ratios"]["of"])
        if not self.spaced:
            return re.compile(rf"(?:{alternatives(self.classifiers)})?(?:{alternatives(shared()['ratios']['whole_first'])})")
        return re.compile(rf"(?:\s[^\W\d_]+){{0,2}}\s(?:{words})\s(?:[^\W\d_]+\s)?|\s?/\s?", re.IGNORECASE)

    @cached_property
    def ratio_before_digit(self) -> re.Pattern[str]:
        """A link of a ratio with its whole in digits behind it."""
        return re.compile(rf"\s(?:{alternatives(shared()['ratios']['of'])})\s\d", re.IGNORECASE)

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """A word that makes the number behind it a label."""
        words = alternatives(shared()["labels"]["words"])
        return re.compile(rf"(?<!\w)(?i:{words})\s?$|(?<!\w)[{LATIN_CAPITALS}А-Я]{{1,3}}[ \u00a0-]?$|\w-$|[+/#]$")

    @cached_property
    def classifiers(self) -> frozenset[str]:
        """Signs that show that the numeral before them counts."""
        return frozenset(shared()["classifiers"]["words"])

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """Letters that are words of their own and may be glued to a number (Arabic "and", "in", "for")."""
        return frozenset(shared()["numbers"]["prefixes"])

    def hedge(self, text: str, start: int, floor: int, end: int) -> Hedge:
        """The approximation around the number text[start:end]."""
        floor = max(floor, start - LOOK_BACK)
        before = self.hedge_before.search(text[floor:start])
        if before:
            return Hedge(kind=looked_up(self.hedges, before["h"]) or "about", start=floor + before.start())
        after = self.hedge_after.match(text, end)
        return Hedge(kind=looked_up(self.hedges, after["h"]) or "about" if after else "", start=start)

    def unit(self, text: str, end: int) -> tuple[str, int]:
        """The canonical unit behind a number and where it ends; "" for none."""
        m = self.unit_after.match(text, end)
        if m is None:
            return "", end
        written = fold(" ".join(m["u"].split()))
        return self.units.get(written, ""), m.end()

    def noun(self, text: str, end: int, limit: int) -> str:
        """The thing counted, as written: the next content words before a mark, a function word or a number; "" for none."""
        stretch = text[end : min(limit, end + 70)]
        mark = ENDS.search(stretch)
        stretch = stretch[: mark.start()] if mark else stretch
        if not self.spaced:
            return self._han_noun(stretch)
        words = self._content_words(stretch)
        if self.nouns_capital:
            capital = [w for w in words if w[0].isupper()]
            return capital[-1] if capital else " ".join(words[:2])
        return " ".join(words)

    def _content_words(self, stretch: str) -> list[str]:
        """Up to three words, as far as the first that is surely a noun; a linking word may stand before them."""
        words: list[str] = []
        for m in re.finditer(r"[\w'’ʼ-]+", stretch):
            word = m.group()
            if word[0].isdigit() and words and words[-1][0].isupper() and not self.nouns_capital:
                words.pop()  # a name that ends in a number ("Falcon 9 rockets")
            elif not words and fold(word) in self.links:
                continue
            elif word[0].isdigit() or fold(word) in self.stop:
                break
            else:
                words.append(word)
            if len(words) == 3 or (words and self._ends_noun(words)):
                break
        return words

    def _ends_noun(self, words: list[str]) -> bool:
        return words[-1][0].isupper() if self.nouns_capital else len(words) == 2 and words[-1][0].islower()

    @cached_property
    def links(self) -> frozenset[str]:
        """Words that may stand between a number and what it counts ("a pair of shoes")."""
        return frozenset(fold(w) for w in shared()["ratios"]["of"])

    def _han_noun(self, stretch: str) -> str:
        m = HAN_NOUN.search(stretch[:12])
        if m is None:
            return ""
        noun = m.group()
        counted = noun
        while len(noun) > 1 and noun[0] in self.classifiers:
            noun = noun[1:]
        bound = self.hedge_after.match(noun)
        return (noun[bound.end():] or counted[0]) if bound else noun


@cache
def measures(language: str) -> Measures:
    """The measures of a language."""
    words = lexicon(language)
    return Measures(words, words.language)
