"""Dates as they are written, to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from retold.lexicons import LANGUAGES

ARABIC_COUNTRIES = ("ar_DZ", "ar_IQ", "ar_LB", "ar_MA", "ar_TN")  # names of months differ between them
LONGEST = 80  # characters; a longer "date" is a sentence
EPOCH = re.compile(r"[1-9]\d{8,9}|[1-9]\d{11,12}")  # seconds or milliseconds, 1973 to 2286
TIME = r"(?:,?\s+(\d{1,2}:\d{2}(?::\d{2})?))?"
DOTTED = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}){TIME}")
SLASHED = re.compile(rf"(\d{{1,4}})[/-](\d{{1,2}})[/-](\d{{1,4}}){TIME}")
IDEOGRAPHIC = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号號](?:\s*(\d{1,2}:\d{2}(?::\d{2})?))?")
DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:\.|º|er|st|nd|rd|th)?\s+(?:de\s+|d['’])?([^\W\d_]+)\.?,?\s+(?:de\s+)?(\d{{4}}){TIME}")
MONTH_FIRST = re.compile(rf"([^\W\d_]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){TIME}")


def to_iso(written: str) -> str | None:
    """A date as ISO 8601, with its time and zone where they were given; None when it cannot be told for certain.

    Days and months in figures with strokes are read only where one order alone is possible.

    >>> to_iso("2024-05-11T10:00:00Z"), to_iso("Sat, 11 May 2024 10:00:00 +0200"), to_iso("11. Mai 2024")
    ('2024-05-11T10:00:00+00:00', '2024-05-11T10:00:00+02:00', '2024-05-11')
    >>> to_iso("31/05/2024"), to_iso("04/05/2024"), to_iso("last week")
    ('2024-05-31', None, None)
    """
    text = " ".join(written.split())
    if not text or len(text) > LONGEST:
        return None
    for rule in RULES:
        found = rule(text)
        if found:
            return found
    return None


def iso(text: str) -> str | None:
    """ISO 8601 in any of its forms."""
    try:
        if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text):
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text).isoformat() if re.match(r"\d{4}-?\d{2}-?\d{2}[T ]", text) else None
    except ValueError:
        return None


def mail(text: str) -> str | None:
    """RFC 2822, as in feeds and e-mail."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def epoch(text: str) -> str | None:
    """Seconds or milliseconds since 1970."""
    if not EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC).isoformat()


def dotted(text: str) -> str | None:
    """11.05.2024: day first wherever dots are used."""
    found = DOTTED.fullmatch(text)
    return assemble(found[3], found[2], found[1], found[4]) if found else None


def slashed(text: str) -> str | None:
    """2024/05/11, 31/05/2024 or 05/31/2024; None for 04/05/2024, which is two different days."""
    found = SLASHED.fullmatch(text)
    if not found:
        return None
    if len(found[1]) == 4:
        return assemble(found[1], found[2], found[3], found[4])
    days = {assemble(found[3], found[2], found[1], found[4]), assemble(found[3], found[1], found[2], found[4])} - {None}
    return days.pop() if len(days) == 1 and len(found[3]) == 4 else None


def ideographic(text: str) -> str | None:
    """2024年5月11日."""
    found = IDEOGRAPHIC.fullmatch(text)
    return assemble(*found.groups()) if found else None


def worded(text: str) -> str | None:
    """11 May 2024, May 11, 2024, 11 de mayo de 2024, 11 мая 2024 г."""
    text = text.removesuffix(" г.").removesuffix(" р.").removesuffix(" r.")
    found = DAY_FIRST.fullmatch(text)
    if found:
        return assemble(found[3], months().get(found[2].casefold()), found[1], found[4])
    found = MONTH_FIRST.fullmatch(text)
    return assemble(found[3], months().get(found[1].casefold()), found[2], found[4]) if found else None


RULES = (iso, mail, epoch, dotted, slashed, ideographic, worded)


# ---- dates inside a line ------------------------------------------------------------------------------------------

WRITTEN = re.compile(
    r"(?<!\d)(?P<y1>\d{4})\s?年\s?(?P<m1>\d{1,2})\s?月\s?(?P<d1>\d{1,2})\s?[日號号]"
    r"|(?<![\d/.-])(?P<y2>\d{4})(?P<s2>[-/.])(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2})(?!\d)"
    r"|(?<![\d/.-])(?P<a3>\d{1,2})(?P<s3>\.\s?|[/-])(?P<b3>\d{1,2})(?P=s3)(?P<y3>\d{4})(?!\d)"
    r"|(?<!\d)(?P<d4>\d{1,2})(?:\.|º|er|st|nd|rd|th)?\s+(?:de\s+|d['’]|of\s+)?(?P<n4>[^\W\d_]+(?:\s[^\W\d_]+)?)\.?,?\s+"
    r"(?:del?\s+)?(?P<y4>\d{4})(?!\d)"
    r"|(?P<n5>[^\W\d_]+)\.?\s+(?P<d5>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y5>\d{4})(?!\d)",
)
CLOCK = r"(?<!\d)(?P<h>\d{1,2})(?:[:.]|\s?[hH]\s?|\s?[時时點点]\s?)(?P<min>\d{2})(?![\d.]\d)(?::\d{2})?(?:\s?(?P<half>[aApP])\.?[mM]\b)?"
BETWEEN = r"(?:[\s,;|·•–—@-]|\([^\W\d_]{1,12}\)|[^\W\d_]{1,10}\.?\s){0,6}"  # weekday, "at", "Uhr", a stroke
AFTER = re.compile(BETWEEN + CLOCK)
BEFORE = re.compile(CLOCK + r"\s?" + BETWEEN + r"$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date found in a line, [start, end) with its time of day, if it has one; `iso` is ISO 8601 without a zone."""

    iso: str
    start: int
    end: int


def written_dates(line: str, *, day_first: bool = True) -> Iterator[Written]:
    """The full dates that a line holds, in its order, each with the time of day that stands beside it.

    Args:
        line: a line of a text.
        day_first: whether 04/05/2025 is read as the fourth of May; else it is passed over, for it is two different days.

    >>> [w.iso for w in written_dates("Par Jo Weber – Publié le 16 septembre 2025 à 18 h 05")]
    ['2025-09-16T18:05:00']
    >>> [w.iso for w in written_dates("04/05/2025 7:10 PM")], list(written_dates("04/05/2025", day_first=False))
    (['2025-05-04T19:10:00'], [])
    """
    for found in WRITTEN.finditer(line):
        day = day_of(found, day_first=day_first)
        if not day:
            continue
        after = AFTER.match(line, found.end())
        before = None if after else BEFORE.search(line[: found.start()])
        clock = time_of(after or before)
        start = before.start() if before and clock else found.start()
        end = after.end() if after and clock else found.end()
        yield Written(iso=f"{day}T{clock}" if clock else day, start=start, end=end)


def day_of(found: re.Match[str], *, day_first: bool) -> str | None:
    """The day that a match tells; None when there is none, or it may be two."""
    g = found.groupdict()
    if g["y1"] or g["y2"]:
        return assemble(g["y1"] or g["y2"], g["m1"] or g["m2"], g["d1"] or g["d2"])
    if g["y3"]:
        first, second = assemble(g["y3"], g["b3"], g["a3"]), assemble(g["y3"], g["a3"], g["b3"])
        certain = day_first or "." in g["s3"] or not (first and second) or first == second
        return (first or second) if certain else None
    name = (g["n4"] or g["n5"]).casefold()
    month = months().get(name) or months().get(name.split()[0]) or months().get(name.split()[-1])
    return assemble(g["y4"] or g["y5"], month, g["d4"] or g["d5"])


def time_of(found: re.Match[str] | None) -> str | None:
    """The time of day that a match tells; None when there is no such time."""
    if found is None:
        return None
    hour, minute, half = int(found["h"]), int(found["min"]), (found["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}:00" if hour < 24 and minute < 60 else None


def assemble(year: str | None, month: str | int | None, day: str | None, time: str | None = None) -> str | None:
    """The parts of a date together; None when there is no such day or time."""
    if not (year and month and day):
        return None
    try:
        whole = date(int(year), int(month), int(day)).isoformat()
        return datetime.fromisoformat(f"{whole}T{time.zfill(5) if len(time) < 6 else time.zfill(8)}").isoformat() if time else whole
    except ValueError:
        return None


@cache
def months() -> dict[str, int]:
    """The names of months in all our languages (CLDR), long, short and as they stand alone; a name that means two is left out."""
    from babel.dates import get_month_names

    found: dict[str, set[int]] = {}
    for language in (*LANGUAGES, "en_GB", *ARABIC_COUNTRIES):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}
