"""Dates as they are written, to ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from retold.lexicons import LANGUAGES

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
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}
