"""The names of months, weekdays and parts of the day in a language, and the patterns of its dates.

Names come from CLDR (through Babel) in every form it has; languages that inflect them get the other cases by exchanging the
last vowel, which is how the cases of month and weekday names differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from babel import Locale

from retold.identify.glances import Gate, gate
from retold.identify.lettercase import fold
from retold.identify.numerals import shared
from retold.lexicons import Lexicon, lexicon

CASE_VOWELS = ("aąeęiouyíěůá", "аяуюеиіїю")  # endings of the cases, by script
FLEETING = (("ek", "k"), ("ок", "к"), ("ец", "ц"), ("ень", "н"), ("ier", "rp"))  # last syllables that lose their vowel
PAST_YEAR = "(?:1[5-9]|20)\\d\\d"


def cases(name: str) -> Iterator[str]:
    """A name in the forms that its cases may have; forms that do not exist do no harm, they match nothing.

    >>> "субботу" in set(cases("суббота"))
    True
    """
    yield name
    for vowels in CASE_VOWELS:
        if name[-1:] in vowels or name[-1:] in "ьй":
            stem = name[:-1]
        elif name[-1:].isalpha() and any(c in vowels for c in name):
            stem = name
        else:
            continue
        yield from (stem + v for v in vowels)
    for syllable, short in FLEETING:
        if name.endswith(syllable):
            yield from (name[: -len(syllable)] + short + v for vowels in CASE_VOWELS for v in vowels)


def alternatives(words: Iterable[str]) -> str:
    """Words as the alternatives of a pattern, longest first; never empty."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace("\\ ", r"\s+").replace("'", "['’ʼ]") for w in ordered) or "(?!)"


class Calendar:
    """One language's words and patterns for dates."""

    def __init__(self, words: Lexicon, language: str) -> None:
        self.lexicon = words
        self.language = language
        self.spaced = words.spaced
        variants = shared()["locales"]["variants"].get(language, [])
        self.locales = [Locale.parse(code) for code in (language, *variants)]
        self.month_first = self._order().startswith("M")
        self.numeric_month_first = self.locales[0].date_formats["short"].pattern.lstrip().startswith("M")

    def _order(self) -> str:
        pattern = str(self.locales[0].date_formats["long"].pattern)
        return "".join(c for c in pattern if c in "dMy")

    @cached_property
    def inflected(self) -> bool:
        """Whether the language declines its month names: CLDR then has two forms of them."""
        months = self.locales[0].months
        return list(months["format"]["wide"].values()) != list(months["stand-alone"]["wide"].values()) and self.spaced

    @cached_property
    def wide_months(self) -> dict[str, int]:
        """Full names of months, in every case, folded -> 1 … 12."""
        out: dict[str, int] = {}
        for names in self._names("months", "wide"):
            for number, name in names.items():
                for form in cases(fold(name)) if self.inflected else (fold(name),):
                    out.setdefault(form, number)
        return {k: v for k, v in out.items() if not k[:1].isdigit()}

    @cached_property
    def months(self) -> dict[str, int]:
        """Full and short names of months, folded -> 1 … 12."""
        short: dict[str, int] = {}
        for names in self._names("months", "abbreviated"):
            for number, name in names.items():
                short.setdefault(fold(name).rstrip("."), number)
        short = {k: v for k, v in short.items() if len(k) >= 3 and not k[:1].isdigit()}
        return short | ({"sept": 9} if short.get("sep") == 9 else {}) | self.wide_months

    @cached_property
    def weekdays(self) -> dict[str, int]:
        """Names of weekdays, folded -> 0 (Monday) … 6."""
        out: dict[str, int] = {}
        for names in self._names("days", "wide"):
            for number, name in names.items():
                base = fold(name)
                forms = cases(base) if self.inflected else (base, base + "s") if self.lexicon.cased else (base,)
                for form in forms:
                    out.setdefault(form, number)
        for name, number in shared()["weekdays"]["names"].items():
            out.setdefault(name, number)
        return out

    def _names(self, what: str, width: str) -> Iterator[dict[int, str]]:
        for locale in self.locales:
            table: Any = getattr(locale, what)
            for context in ("format", "stand-alone"):
                yield table[context].get(width) or {}

    @cached_property
    def day_parts(self) -> dict[str, tuple[int, int]]:
        """Parts of the day -> hours from and to (beyond 24: after midnight)."""
        table = self.lexicon.table("dates").get("day_part", {})
        return {fold(k): (int(v[0]), int(v[1])) for k, v in table.items()}

    @cached_property
    def relative(self) -> dict[str, int]:
        """Words for days counted from the day of publication."""
        return {fold(k): int(v) for k, v in self.lexicon.table("dates").get("relative", {}).items()}

    @cached_property
    def after_year(self) -> str:
        """What may stand behind a year as part of it, as a pattern."""
        return rf"(?:\s?(?:{alternatives(shared()['years']['after'])})(?!\w))?" if self.spaced else "(?:年)?"

    @cached_property
    def gates(self) -> dict[str, Gate]:
        """What must stand in a sentence for a name to stand there, by what it names. Parts of the day may be glued to weekdays."""
        rtl = self.locales[0].text_direction == "rtl"
        table, own = shared()["clock"], shared()["by_language"].get(self.language, {})
        signs = (*table["after"], *table["before_noon"], *table["after_noon"], *table["to_hour"], *own.get("to_hour", ()),
                 *own.get("from_hour", ()))
        names: dict[str, Iterable[str]] = {
            "hours": [w for w, v in self.hour_words.items() if v], "clock": signs, "relatives": self.relative,
            "weekdays": [f"{w}{part}{s}" for w in self.weekdays for part in ("", *self.day_parts) for s in ("", "s")],
            "months": self.wide_months, "any month": self.months,
        }
        names["any"] = [w for kind in ("hours", "relatives", "weekdays", "months") for w in names[kind]]
        return {kind: gate(found, spaced=self.spaced and not (rtl and kind in ("weekdays", "any"))) for kind, found in names.items()}

    def border(self, body: str) -> str:
        """A pattern between word boundaries, where the language has them."""
        return rf"(?<!\w)(?:{body})(?!\w)" if self.spaced else f"(?:{body})"

    @cached_property
    def month_names(self) -> str:
        """The alternatives of all month names."""
        return alternatives(self.months)

    @cached_property
    def bare_day(self) -> re.Pattern[str]:
        """A day of a month that is not named ("12日"), where the script has a sign for it; "12日間" is a span of days."""
        return re.compile(r"(?<![\d月.,\-–/])(?P<d>\d{1,2})\s?日(?![間间本元圓圆内內报報])" if not self.spaced else r"(?!)")

    @cached_property
    def absolute(self) -> re.Pattern[str]:
        """Dates with a month or a year; groups d, d2, m, y and their twins tell what is what."""
        month = rf"(?:{self.month_names})"
        link = r"(?:\s+(?:de|del|of|di|do|d['’])\s*|\s+)"
        rank = r"(?:\.|st|nd|rd|th|er|º|ª|°|ème|-го|-е|e)?"
        day = rf"(?P<d>\d{{1,2}}){rank}(?:\s?(?:-|–|—|to|bis|au|al|a|e|y|et|and|und|en|do|до|и|і|tot|/)\s?(?P<d2>\d{{1,2}}){rank})?"
        year = rf"(?:\s*,)?{link}(?P<y>{PAST_YEAR}){self.after_year}"
        day_first = rf"(?<![\w.,:/-]){day}{link}(?P<m>{month})(?!\w)(?:\.(?=[\s,]*(?:de\s+)?\d))?(?:{year}(?!\d))?"
        parts = [
            r"(?<!\d)(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)",
            rf"(?<!\d)(?:(?P<ey>{PAST_YEAR})\s?年\s?)?(?P<em>\d{{1,2}})\s?月(?:\s?(?P<ed>\d{{1,2}})\s?[日号號])?",
            rf"(?<![\d年])(?P<fy>{PAST_YEAR})\s?年(?!\s?\d)(?:代)?",
            rf"(?<![\w.,:/-])(?P<n1>\d{{1,2}})(?P<ns>[./-])\s?(?P<n2>\d{{1,2}})(?P=ns)\s?(?P<ny>{PAST_YEAR}|\d\d)(?![\d:])",
            r"(?<![\w.,:/-])(?P<s1>\d{2})\.(?P<s2>\d{2})\.(?!\d)",
            day_first,
            rf"(?<!\w)(?P<m3>{month})(?!\w)\.?(?:\s*,)?{link}(?P<y3>{PAST_YEAR}){self.after_year}(?!\d)",
        ]
        if self.month_first:
            parts.insert(-1, rf"(?<!\w)(?P<m2>{month})(?!\w)\.?\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d)"
                             rf"(?:\s?(?:-|–|—|to|and)\s?(?P<md2>\d{{1,2}})(?!\d))?(?:,?\s+(?P<y2>{PAST_YEAR})(?!\d))?")
        return re.compile("|".join(parts), re.IGNORECASE)

    @cached_property
    def weekday(self) -> re.Pattern[str]:
        """A weekday, with the part of the day that may be glued to it or follow it."""
        part = alternatives(self.day_parts)
        names = alternatives(self.weekdays)
        if not self.spaced:
            return re.compile(rf"(?P<w>{names})(?P<p>{part})?")
        prefix = r"(?<!\w)(?:(?:ال|و|ب|ل)(?=ال))?" if self.locales[0].text_direction == "rtl" else r"(?<!\w)"
        return re.compile(rf"{prefix}(?P<w>{names})(?P<p>{part})?s?(?:[\s-]+(?:\w{{1,3}}\s)?(?P<q>{part})s?)?(?!\w)", re.IGNORECASE)

    @cached_property
    def parts_alone(self) -> re.Pattern[str]:
        """Parts of the day, of no day in particular, in whose words that of a day stands ("am Morgen", "por la mañana")."""
        days = set(self.relative)
        phrases = alternatives(p for p in self.day_parts if p not in days and days & set(p.split()))
        return re.compile(self.border(f"(?:{phrases})"), re.IGNORECASE)

    @cached_property
    def relatives(self) -> re.Pattern[str]:
        """Words for days counted from today, with a part of the day."""
        part = alternatives(self.day_parts)
        body = rf"(?P<r>{alternatives(self.relative)})"
        tail = rf"(?:\s+(?P<q>{part}))?" if self.spaced else rf"(?P<q>{part})?"
        return re.compile(self.border(body + tail), re.IGNORECASE)

    @cached_property
    def bare_month(self) -> re.Pattern[str]:
        """A full month name without day or year."""
        return re.compile(self.border(f"(?P<m>{alternatives(self.wide_months)})"), re.IGNORECASE)

    @cached_property
    def years(self) -> re.Pattern[str]:
        """A year, a span of years or a decade in digits."""
        decade = alternatives(shared()["years"]["decade"])
        suffix = alternatives(shared()["years"]["after"])
        return re.compile(
            rf"(?<![\w.,:/№#§-])(?P<y>{PAST_YEAR})(?:\s?[-–—/]\s?(?P<z>{PAST_YEAR}|\d\d)(?![\d-])"
            rf"|(?P<decade>-?(?:{decade}))(?!\w)|(?P<x>\s?(?:{suffix})(?!\w)))?(?![\d\w%€$£]|[.,:]\d)",
            re.IGNORECASE)

    @cached_property
    def clock(self) -> re.Pattern[str]:
        """Times of day. Groups: before (leads to one), to and from (minutes past or before), h, sep, min, after, noon."""
        table, own = shared()["clock"], shared()["by_language"].get(self.language, {})
        lead, trail = set(table["before"]), set(table["after"])
        noon = alternatives((*table["before_noon"], *table["after_noon"]))
        to = alternatives({**(table["to_hour"] if self.spaced else {}), **own.get("to_hour", {})})
        past = alternatives(own.get("from_hour", {}))
        if not self.spaced:
            sign = rf"[時时点點](?!間|间)(?:(?P<min2>\d{{1,2}})分|(?P<from>{past}))?"
            return re.compile(rf"(?P<noon1>{noon})?(?<![\d.])(?P<h>\d{{1,2}})(?:(?P<sep>[:：])(?P<min>\d\d)(?!\d)|{sign})")
        number = r"(?P<h>\d{1,2})(?:\s?(?P<sep>[:.h])\s?(?P<min>\d\d)(?!\d|[.,:]\d|\s?%))?"
        words = alternatives(w for w, v in self.hour_words.items() if v)
        return re.compile(
            rf"(?<![\w.,:/+-])(?:(?P<before>{alternatives(lead)})\s+)?(?:(?P<to>{to})\s+)?(?<![\w.,:/+-])(?:{number}|(?P<hw>{words})(?!\w))"
            rf"(?:\s(?P<from>{past})(?!\w))?(?:(?:\s?(?P<after>{alternatives(trail)})(?!\w))|\s?(?P<noon2>{noon})(?!\w))?(?:\s(?P<noon3>{noon})(?!\w))?(?![\d])",
            re.IGNORECASE)

    @cached_property
    def stop(self) -> frozenset[str]:
        """Function words, folded."""
        return frozenset(fold(w) for w in self.lexicon.words("words", "stop"))

    @cached_property
    def clock_shift(self) -> dict[str, int]:
        """Minutes that a phrase before or after the hour adds to it ("half past" 30)."""
        own = shared()["by_language"].get(self.language, {})
        return {**shared()["clock"]["to_hour"], **own.get("to_hour", {}), **own.get("from_hour", {})}

    @cached_property
    def before_noon(self) -> frozenset[str]:
        """Marks of the first half of the day, folded."""
        return frozenset(fold(w) for w in shared()["clock"]["before_noon"])

    @cached_property
    def after_noon(self) -> frozenset[str]:
        """Marks of the second half of the day, folded."""
        return frozenset(fold(w) for w in shared()["clock"]["after_noon"])

    @cached_property
    def hour_words(self) -> dict[str, int]:
        """Number words from one to twelve."""
        table = self.lexicon.table("quantities").get("numbers", {})
        return {fold(k): int(v) for k, v in table.items() if v in range(1, 13) and " " not in k}


@cache
def calendar(language: str) -> Calendar:
    """The calendar of a language.

    >>> calendar("en").months["march"], calendar("en").weekdays["sunday"]
    (3, 6)
    """
    words = lexicon(language)
    return Calendar(words, words.language)
