"""Dates and times of day in an article, as intervals of ISO 8601."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from retold.base.records import Date, make_id
from retold.identify.calendars import Calendar, calendar
from retold.identify.glances import glance
from retold.identify.lettercase import fold, looked_up
from retold.identify.numerals import WORD, shared
from retold.identify.reading import Reading

METHOD = "dates-1"
# What stands behind a figure of a date without the name of a month, and of a time of day without a word of the clock.
DATE_SIGN = re.compile(r"\d(?:[./-]\s?\d|\s?[年月])")
CLOCK_SIGN = re.compile(r"\d(?:\s?[:.hH]\s?\d\d|[^\W\d_])")
MARKS = ("before", "to", "sep", "from", "after", "noon2", "noon3")  # groups of which a time of day has one
LAST_YEAR = 2100
PHRASE = 20  # code points before a word that may belong to a phrase with it
AHEAD = 5  # days after publication that a bare day of the month may lie: "on the 12th" is mostly past
LONGEST_MONTHS = 62  # days within which every number of a day comes up
CENTURY = 70  # two digits from here on are of the last century


@dataclass(slots=True, kw_only=True)
class Found:
    """A date before it becomes a record. `note` is added to the method."""

    start: int
    end: int
    earliest: str
    latest: str
    grain: str
    score: float
    note: str = ""


def find_dates(reading: Reading) -> list[Date]:
    """The dates and times of day in an article's sentences, in the order of the text, without overlap.

    A date without a year gets the one that brings it nearest to publication, or is written `--10-07` when that is unknown. A
    weekday becomes the nearest such day up to publication; without one its bounds are "" and the method ends in its number
    ("weekday 2", Monday is 0). A time of day alone is `T18:52`. Durations ("five minutes") are quantities, not dates.

    Returns:
        records whose [start, end) are code points of the article's text.
    """
    words = calendar(reading.language)
    today = day_of(reading.article.published)
    out: list[Date] = []
    for sentence in reading.sentences:
        found = pick(all_dates(reading.text, sentence.start, sentence.end, words, today))
        out += [record(reading, f) for f in found]
    return out


def day_of(published: str | None) -> date | None:
    """The day of an ISO 8601 time stamp, or None."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def all_dates(text: str, start: int, end: int, words: Calendar, today: date | None) -> Iterator[Found]:
    """Every reading of every date in a sentence, best rules first; they may overlap."""
    seen, gates = glance(text, start, end), words.gates
    figures = seen.figures
    if not figures and not gates["any"].passes(seen):
        return
    if figures and (gates["any month"].passes(seen) or DATE_SIGN.search(text, start, end)):
        yield from absolute_dates(text, start, end, words, today)
    if figures and not words.spaced:
        yield from bare_days(text, start, end, words, today)
    if may_tell_time(text, start, end, words):
        yield from clock_times(text, start, end, words)
    if gates["relatives"].passes(seen):
        yield from relative_days(text, start, end, words, today)
    if gates["weekdays"].passes(seen):
        yield from weekdays(text, start, end, words, today)
    if figures:
        yield from years(text, start, end, words)
    if gates["months"].passes(seen):
        yield from bare_months(text, start, end, words, today)


def may_tell_time(text: str, start: int, end: int, words: Calendar) -> bool:
    """Whether a sentence may hold a time of day: a number of hours and a mark of the clock."""
    seen = glance(text, start, end)
    if not seen.figures and not words.gates["hours"].passes(seen):
        return False
    return words.gates["clock"].passes(seen) or (seen.figures and CLOCK_SIGN.search(text, start, end) is not None)


def pick(found: Iterator[Found]) -> list[Found]:
    """The findings that overlap with none before them, in the order of the text."""
    kept: list[Found] = []
    for f in found:
        at = bisect_left(kept, f.end, key=lambda k: k.start)
        if at == 0 or kept[at - 1].end <= f.start:
            kept.insert(at, f)
    return kept


def record(reading: Reading, f: Found) -> Date:
    """A finding as a record."""
    return Date(
        id=make_id("d", reading.article.id, f.start, f.end, f.grain), article=reading.article.id, start=f.start, end=f.end,
        earliest=f.earliest, latest=f.latest, grain=f.grain, method=f"{METHOD} {f.note}".strip(), score=f.score,
    )


# ---- dates with a month -------------------------------------------------------------------------------------------


def absolute_dates(text: str, start: int, end: int, words: Calendar, today: date | None) -> Iterator[Found]:
    """Dates that name a month: with or without day and year, in words or digits."""
    for m in words.absolute.finditer(text, start, end):
        parts = read_parts(m, words)
        if parts is None:
            continue
        year, month, day, last = parts
        bounds = day_bounds(year, month, day, last, today)
        if bounds is not None:
            grain = "day" if day else ("month" if month else "year")
            yield Found(start=m.start(), end=m.end(), earliest=bounds[0], latest=bounds[1], grain=grain, score=0.95)


def read_parts(m: re.Match[str], words: Calendar) -> tuple[int, int, int, int] | None:
    """Year, month, day and last day of a match (0: not said); None where they make no date."""
    g = m.groupdict()
    if g["iso"]:
        year, month, day = map(int, g["iso"].split("-"))
        return year, month, day, 0
    if g["em"]:
        return number(g["ey"]), number(g["em"]), number(g["ed"]), 0
    if g["fy"]:
        return number(g["fy"]), 0, 0, 0
    if g["n1"]:
        return numeric(g["n1"], g["n2"], number(g["ny"]), slash=g["ns"] == "/", words=words)
    if g["s1"]:
        return (0, number(g["s2"]), number(g["s1"]), 0) if 0 < number(g["s2"]) <= 12 else None
    if g["m"]:
        return number(g["y"]), month_of(g["m"], words), number(g["d"]), number(g["d2"])
    if g.get("m2"):
        return number(g["y2"]), month_of(g["m2"], words), number(g["md"]), number(g["md2"])
    return number(g["y3"]), month_of(g["m3"], words), 0, 0


def month_of(name: str, words: Calendar) -> int:
    """The number of a month as written."""
    return looked_up(words.months, name) or 0


def number(digits: str | None) -> int:
    """Digits of any script as a number; 0 for none."""
    return int(digits) if digits else 0


def numeric(first: str, second: str, year: int, *, slash: bool, words: Calendar) -> tuple[int, int, int, int] | None:
    """A date in digits: the order of the language's CLDR short date where slashes leave it open."""
    a, b = int(first), int(second)
    day, month = (b, a) if slash and words.numeric_month_first else (a, b)
    if month > 12 >= day:
        day, month = month, day
    if year < 100:
        year += 1900 if year >= CENTURY else 2000
    return (year, month, day, 0) if 1 <= month <= 12 and 1 <= day <= 31 else None


def day_bounds(year: int, month: int, day: int, last: int, today: date | None) -> tuple[str, str] | None:
    """First and last day as ISO 8601, truncated where the year is unknown; None where there is no such day."""
    if not month:
        return (f"{year:04}", f"{year:04}")
    if month > 12 or day > 31:
        return None
    if not day:
        year = year or nearest_year(month, 15, today)
        text = f"{year:04}-{month:02}" if year else f"--{month:02}"
        return text, text
    year = year or nearest_year(month, day, today)
    try:
        date(year or 2000, month, day), date(year or 2000, month, last or day)
    except ValueError:
        return None
    head = f"{year:04}-" if year else "--"
    return f"{head}{month:02}-{day:02}", f"{head}{month:02}-{max(last, day):02}"


def nearest_year(month: int, day: int, today: date | None) -> int:
    """The year that brings a day of a month nearest to publication; 0 when that is unknown."""
    if today is None:
        return 0
    there = min(day, 28)
    return min((today.year - 1, today.year, today.year + 1), key=lambda y: (abs((date(y, month, there) - today).days), y))


def bare_days(text: str, start: int, end: int, words: Calendar, today: date | None) -> Iterator[Found]:
    """Days of a month that is not named: of the last month that had it by publication; nothing where publication is unknown."""
    for m in words.bare_day.finditer(text, start, end):
        day = last_such_day(int(m["d"]), today) if today else None
        if 1 <= int(m["d"]) <= 31:
            iso = day.isoformat() if day else ""
            yield Found(start=m.start(), end=m.end(), earliest=iso, latest=iso, grain="day", score=0.8)


def last_such_day(number_of_day: int, today: date) -> date | None:
    """The last date on or before a day, or the next few days after it, that has a number in its month."""
    for back in range(-AHEAD, LONGEST_MONTHS):
        found = today - timedelta(days=back)
        if found.day == number_of_day:
            return found
    return None


def bare_months(text: str, start: int, end: int, words: Calendar, today: date | None) -> Iterator[Found]:
    """Full month names alone: after a function word, or with the capital that the language gives them."""
    for m in words.bare_month.finditer(text, start, end):
        before = WORD.findall(text[max(start, m.start() - 24) : m.start()])
        lead = fold(before[-1]) if before else ""
        after_function_word = (lead in words.stop or not words.spaced) and (not m.group()[:1].islower() or not words.month_first)
        if after_function_word or (m.group()[:1].isupper() and lead and not words.month_first):
            month = month_of(m.group(), words)
            if not month:
                continue
            year = nearest_year(month, 15, today)
            text_of = f"{year:04}-{month:02}" if year else f"--{month:02}"
            yield Found(start=m.start(), end=m.end(), earliest=text_of, latest=text_of, grain="month", score=0.7)


def years(text: str, start: int, end: int, words: Calendar) -> Iterator[Found]:
    """Years alone, spans of years and decades. A number before a counted noun or after "more than" is none."""
    for m in words.years.finditer(text, start, end):
        year, last = int(m["y"]), m["z"]
        if m["decade"]:
            yield Found(start=m.start(), end=m.end(), earliest=f"{year}", latest=f"{year + 9}", grain="decade", score=0.85)
            continue
        if last:
            until = int(last) if len(last) == 4 else year - year % 100 + int(last)
            if until > year and until <= LAST_YEAR:
                yield Found(start=m.start(), end=m.end(), earliest=f"{year}", latest=f"{until}", grain="year", score=0.9)
            continue
        if m["x"] or is_year(text, m, start, words):
            yield Found(start=m.start(), end=m.end(), earliest=f"{year}", latest=f"{year}", grain="year", score=0.8)


def is_year(text: str, m: re.Match[str], start: int, words: Calendar) -> bool:
    """Whether four digits read as a year: led in by a function word or bracket and not followed by a thing that they count."""
    year = int(m["y"])
    if not words.spaced or not 1700 <= year <= LAST_YEAR:
        return False
    after = WORD.match(text, m.end() + 1) if text[m.end() : m.end() + 1] == " " else None
    follows = fold(after.group()) if after else ""
    units = words.lexicon.table("quantities").get("units", {})
    if follows in units or text[m.end() : m.end() + 1] in ("%", "°", "€"):
        return False
    before = text[max(start, m.start() - 30) : m.start()].rstrip(" ")
    lead = WORD.findall(before)
    approximate = words.lexicon.pattern("quantities", "approximate", "more_than", "less_than")
    if any(a.end() == len(before) for a in approximate.finditer(before)) and (follows and follows not in words.stop):
        return False
    counted = bool(follows) and follows not in words.stop and (year % 100 == 0 or not lead or fold(lead[-1]) not in words.stop)
    return not counted


# ---- days told by name --------------------------------------------------------------------------------------------


def weekdays(text: str, start: int, end: int, words: Calendar, today: date | None) -> Iterator[Found]:
    """Weekdays, with a part of the day that goes with them."""
    doubtful = set(shared()["weekdays"]["doubtful"])
    ahead = {fold(w) for w in words.lexicon.table("dates").get("words", {}).get("next", ())}
    for m in words.weekday.finditer(text, start, end):
        name = fold(m["w"])
        lead = WORD.findall(text[max(start, m.start() - 24) : m.start()])
        if name in doubtful and (not lead or fold(lead[-1]) not in {"na", "nesta", "desta", "última", "passada"}):
            continue
        number_of_day = looked_up(words.weekdays, m["w"])
        if number_of_day is None:
            continue
        part = fold(m["p"] or (m.groupdict().get("q") or ""))
        coming = bool(lead) and fold(lead[-1]) in ahead
        yield weekday(m, number_of_day, words.day_parts.get(part), today, coming=coming)


def weekday(m: re.Match[str], number_of_day: int, part: tuple[int, int] | None, today: date | None, *, coming: bool) -> Found:
    """A weekday as a finding: the nearest up to publication, or after it where the text says "next"."""
    note = f"weekday {number_of_day}"
    if today is None:
        return Found(start=m.start(), end=m.end(), earliest="", latest="", grain="weekday", score=0.85, note=note)
    back = (today.weekday() - number_of_day) % 7
    day = today + timedelta(days=7 - back if coming else -back)
    first, last, grain = with_part(day, part)
    return Found(start=m.start(), end=m.end(), earliest=first, latest=last, grain=grain, score=0.85, note=note)


def with_part(day: date, part: tuple[int, int] | None) -> tuple[str, str, str]:
    """A day, or the hours of a part of it, as first, last and grain."""
    if part is None:
        return day.isoformat(), day.isoformat(), "day"
    first, last = (day + timedelta(days=h // 24) for h in part)
    return f"{first.isoformat()}T{part[0] % 24:02}:00", f"{last.isoformat()}T{part[1] % 24:02}:00", "part"


def relative_days(text: str, start: int, end: int, words: Calendar, today: date | None) -> Iterator[Found]:
    """ "Yesterday", "last night", "this morning": days counted from publication; "" for bounds when that is unknown."""
    for m in words.relatives.finditer(text, start, end):
        if any(p.start() < m.start() and m.end() <= p.end() for p in words.parts_alone.finditer(text, max(start, m.start() - PHRASE), end)):
            continue
        said = fold(" ".join(m["r"].split()))
        shift = words.relative.get(said, 0)
        inside = set(said.split()) - {said}
        part = words.day_parts.get(fold(m["q"] or "")) or next((v for k, v in words.day_parts.items() if k in inside), None)
        note = f"relative {shift}"
        if today is None:
            yield Found(start=m.start(), end=m.end(), earliest="", latest="", grain="relative", score=0.7, note=note)
            continue
        first, last, grain = with_part(today + timedelta(days=shift), part)
        yield Found(start=m.start(), end=m.end(), earliest=first, latest=last, grain=grain, score=0.8, note=note)


# ---- times of day -------------------------------------------------------------------------------------------------


def clock_times(text: str, start: int, end: int, words: Calendar) -> Iterator[Found]:
    """Times of day in digits or words. A number needs a mark of the clock: a colon, "Uhr", "p.m.", "half past"."""
    for m in words.clock.finditer(text, start, end):
        minutes = minutes_of(m, words)
        if minutes is None:
            continue
        begin = m.end("before") + 1 if m.groupdict().get("before") else m.start()
        while text[begin : begin + 1].isspace():
            begin += 1
        told = f"T{minutes // 60:02}:{minutes % 60:02}"
        g = m.groupdict()
        exact = bool(g.get("min") or g.get("min2") or g.get("to") or g.get("from"))
        yield Found(start=begin, end=m.end(), earliest=told, latest=told, grain="minute" if exact else "hour", score=0.9)


def minutes_of(m: re.Match[str], words: Calendar) -> int | None:
    """Minutes since midnight, or None where the match is no time of day."""
    if words.spaced and not any(m.group(*MARKS)):
        return None  # most numbers stand alone
    g: dict[str, str] = m.groupdict()
    if not has_mark(g):
        return None
    hour = int(g["h"]) if g.get("h") else words.hour_words.get(fold(g.get("hw") or ""), 99)
    minute = int(g.get("min") or g.get("min2") or 0)
    if hour > 24 or minute > 59:
        return None
    noons = [fold(g[k]) for k in ("noon1", "noon2", "noon3") if g.get(k)]
    if hour < 12 and any(n in words.after_noon for n in noons):
        hour += 12
    elif hour == 12 and any(n in words.before_noon for n in noons):
        hour = 0
    shift = sum(words.clock_shift.get(fold(" ".join(g[k].split())), 0) for k in ("to", "from") if g.get(k))
    return (hour * 60 + minute + shift) % (24 * 60)


def has_mark(g: dict[str, str]) -> bool:
    """Whether something besides the number says that it is a time of day."""
    if "hw" not in g:
        return True
    noon, shifted = g.get("noon2") or g.get("noon3"), g.get("to") or g.get("from")
    after = fold(g.get("after") or "")
    if noon or shifted:
        return True
    if g.get("hw"):
        return after == "o'clock" or bool(after and g.get("before"))
    if g.get("sep") == ":" or (g.get("sep") == "h" and g.get("min")):
        return True
    if g.get("sep") == ".":
        return bool(after or g.get("before"))
    return bool(after) and (after in shared()["clock"]["sure"] or bool(g.get("before")))
