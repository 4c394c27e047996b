"""Days, months, years and times of day that two versions tell of one event: the rule, and what it takes for two to disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import product

from retold.base.records import Date
from retold.relate.counts import attributed, unsaid
from retold.relate.differences import opposite
from retold.relate.marks import Mark, ends_in, everywhere
from retold.relate.pairs import SHORT, Difference, Pair, confidence, lean, shown
from retold.relate.quantities import CLOCK, commensurable, compare_dates, minutes, step, transposed
from retold.relate.sides import ClaimSide

BARE_DAY = re.compile(r"\D{0,4}\d{1,2}(\.|er|º)?\s?[日号號일]?")
DAY_OF = re.compile(r"(?:(\d{4})-|--)(\d\d)-(\d\d)")
LEAP = 2000  # a year that has all days
YEAR = re.compile(r"\d{4}")
DAYS = ("day", "part", "weekday", "minute", "hour")
LONG = (("month",), ("year",))  # compared with their like only: a month and a day in it are mostly of two events
SCALES = ((DAYS, False), (DAYS, True), (LONG[0], False), (LONG[1], False))
LATER = 3.0  # what it takes that one account tells of a day after the other had appeared
ZONES = 2.5  # what it takes from the log odds that two times may be one moment by two clocks
AGAIN = 1.5  # … that one account alone tells of one more time or thing
QUOTED = 1.5  # … that one day is told by somebody who is quoted and the other is not: it is that of her saying so
ENDING = 1.5  # … that one account tells until when something is so, the other when something is
TWO_EVENTS = 0.9  # … that two days are neither close to each other nor a slip of the pen apart: mostly they are of two events
CLOSE = 2  # days apart that are close
NIGHT = 12  # code points beside a day in which a word for the night stands
LINKED = 0.4  # … the more where the two versions were linked
LONE = 0.5  # what it adds that either article tells of one such day only
FIGURED = 1.2  # what it adds that both versions have one exact figure
COUNTED = 0.4  # … and any figure
EXACT = 100  # a figure of three digits is exact
TURNED = 1.5  # what it says that two years have the same digits in another order
LONG_AGO = 0.2  # log odds that two months or years of versions that are near without them are a disagreement


def when(pair: Pair) -> Difference | None:
    """Days, or times of day, of which none agrees with any of the other version."""
    for grains, clock in SCALES:
        left, right = ([d for d in side.dates if is_clock(d) == clock and d.grain in grains and known(d)] for side in (pair.a, pair.b))
        if left and right and apart(left, pair.b.dates) and apart(right, pair.a.dates) and not guessed(pair, left, right):
            d, e = left[0], right[0]
            both = told_too(pair.a, e), told_too(pair.b, d)
            if (not attributed(pair.a, pair.b) and all(both)) or (grains in LONG and any(both)):
                continue  # both accounts tell both days, or one both years: those are two events
            long_ago = LONG_AGO + lean(event(pair, d, e), 0.6) + slipped(d, e)
            near = max(pair.near, pair.without((d.start, d.end), (e.start, e.end)))
            logit = long_ago if grains in LONG else 0.1 + lean(near, 0.6) - 0.5 * clock
            doubt = LATER * (later_event(pair, d, e) or later_event(pair, e, d, back=True))
            doubt += QUOTED if (d.start in pair.a.spoken) != (e.start in pair.b.spoken) else 0.0
            doubt += ENDING if ending(pair.a, d) != ending(pair.b, e) else 0.0
            doubt += AGAIN if again(pair.a) != again(pair.b) else 0.0
            doubt += TWO_EVENTS if not clock and grains == DAYS and days_off(d, e) else 0.0
            doubt += ZONES if one_night(pair, d, e) else 0.0
            doubt += 0.7 * (len(left) * len(right) > 1) + (ZONES if (other_clock if clock else other_midnight)(pair, d, e) else 0.0)
            logit -= doubt
            if not (clock or doubt or any(both)) and lone(pair.a, d) and lone(pair.b, e) and grains != LONG[0]:
                logit += LONE + LINKED * (pair.a.group == pair.b.group) + figured(pair)
            one, other = as_mark(d), as_mark(e)
            return Difference(kind="date", left=one, right=other, score=confidence(logit),
                              why=f"one account says {shown(pair.a, one)}, another {shown(pair.b, other)}")
    return None


def lone(side: ClaimSide, d: Date) -> bool:
    """Whether an article tells no other day, month or year of this grain, but for that on which it came out: it is that of its event."""
    others = [e for e in side.days if e.start != d.start and e.grain == d.grain and compare_dates(d, e) != "same"]
    return all(e.earliest[:10] == side.published[:10] != "" for e in others)


def figured(pair: Pair) -> float:
    """What figures that both versions have say of their telling of one event: much where they are exact ("46.8 degrees")."""
    twins = [q for q in pair.a.quantities for r in pair.b.quantities if commensurable(q, r) and q.value == r.value and not unsaid(q)]
    exact = any(step(q.value) * EXACT <= q.value and not YEAR.fullmatch(f"{q.value:.0f}") for q in twins)
    return FIGURED if exact else COUNTED if twins else 0.0


def known(d: Date) -> bool:
    """Whether it is known which day a date is: a number without its month ("12日"), in an account without a day, is none."""
    return bool(d.earliest) or d.grain not in ("day", "part")


def ending(side: ClaimSide, d: Date) -> bool:
    """Whether a date is the one until which something is so ("closed until Friday")."""
    before, after = side.text[max(side.start, d.start - SHORT) : d.start].rstrip(), side.text[d.end : d.end + SHORT].lstrip()
    return ends_in("until", before, side.language) or everywhere("until_after", side.language).match(after) is not None


def as_mark(d: Date) -> Mark:
    """The words of a date."""
    return Mark(value=moment(d), start=d.start, end=d.end)


def apart(some: Sequence[Date], others: Sequence[Date]) -> bool:
    """Whether none of some dates agrees with any of the other version's, of whatever grain."""
    return not any(compare_dates(d, e) in ("same", "compatible") or same_month(d, e)
                   for d in some for e in others if is_clock(d) == is_clock(e))


def again(side: ClaimSide) -> bool:
    """Whether a version tells of one more time or thing."""
    return everywhere("again", side.language).search(side.text, side.start, side.end) is not None


def told_too(side: ClaimSide, other: Date) -> bool:
    """Whether the article of a version also has the date of the other one."""
    return any(d.grain == other.grain and is_clock(d) == is_clock(other) and compare_dates(d, other) == "same" for d in side.days)


def guessed(pair: Pair, left: Sequence[Date], right: Sequence[Date]) -> bool:
    """Whether two days have one number and one account does not tell the month ("27日"), or one month and one does not tell the year:
    then the rest was a guess. So it was where they stand there in the same figures.
    """
    for d, e in product(left, right):
        words = [s.text[x.start : x.end].casefold() for s, x in ((pair.a, d), (pair.b, e))]
        days = {d.grain, e.grain} <= {"day", "part"}
        one_number = days and d.earliest[8:10] == e.earliest[8:10] and (bare_day(pair.a, d) or bare_day(pair.b, e))
        one_day = days and d.earliest[5:10] == e.earliest[5:10] and not all(YEAR.search(told) for told in words)
        if one_number or one_day or (words[0] == words[1] and any(c.isdigit() for c in words[0])):
            return True
    return False


def bare_day(side: ClaimSide, d: Date) -> bool:
    """Whether a date is nothing but the number of a day."""
    return BARE_DAY.fullmatch(side.text, d.start, d.end) is not None


def same_month(d: Date, e: Date) -> bool:
    """Whether two dates are the same month of perhaps different years: the year is often a guess."""
    return d.grain == e.grain == "month" and d.earliest[5:7] == e.earliest[5:7]


def event(pair: Pair, d: Date, e: Date) -> float:
    """How near two versions are without their dates; not at all where they tell of the beginning and the end of a thing."""
    if opposite(pair.a, pair.b, "status") or opposite(pair.a, pair.b, "negation"):
        return 0.0
    return min(pair.near, pair.without((d.start, d.end), (e.start, e.end)))


def slipped(d: Date, e: Date) -> float:
    """What it says that two years are a slip of the hand apart (1935, 1953): two digits that changed places, or one that is another."""
    if not d.grain == e.grain == "year":
        return 0.0
    years = d.earliest[:4], e.earliest[:4]
    if transposed(float(years[0]), float(years[1])):
        return TURNED
    return 0.8 if sum(x != y for x, y in zip(*years, strict=False)) == 1 else 0.0


def later_event(pair: Pair, d: Date, e: Date, *, back: bool = False) -> bool:
    """Whether the second account tells of something that happened only after the first had appeared: it is news, no correction."""
    early, late = (pair.b, pair.a) if back else (pair.a, pair.b)
    first, last = early.published[:10], late.published[:10]
    return bool(first and last and d.latest[:10] <= first < e.earliest[:10] <= last)


def other_clock(pair: Pair, d: Date, e: Date) -> bool:
    """Whether two times of day may be one moment by two clocks: whole hours apart, told in two languages or with a word for the clock."""
    a, b = CLOCK.match(d.earliest), CLOCK.match(e.earliest)
    if a is None or b is None or abs(minutes(a) - minutes(b)) % 60:
        return False
    told = any(everywhere("clocks", s.language).search(s.text, s.start, s.end) for s in (pair.a, pair.b))
    return told or pair.a.language != pair.b.language


def other_midnight(pair: Pair, d: Date, e: Date) -> bool:
    """Whether two days one apart may be one moment by two clocks: both versions tell the time, or one has a word for the clock."""
    first, other = (calendar_day(x) for x in (d, e))
    if first is None or other is None or abs((first - other).days) > 1:
        return False
    told = any(everywhere("clocks", s.language).search(s.text, *s.sentence) for s in (pair.a, pair.b))
    return told or (pair.a.language != pair.b.language and all(any(is_clock(x) for x in s.dates) for s in (pair.a, pair.b)))


def days_off(d: Date, e: Date) -> bool:
    """Whether two days are neither close to each other nor a slip of the pen apart: who takes a day for another takes one close by, or
    writes the month, the year or a digit wrongly ("3 May", "13 May").
    """
    first, other = (calendar_day(x) for x in (d, e))
    if first is None or other is None or abs((first - other).days) <= CLOSE:
        return False
    if first.day == other.day:
        return False
    few, many = sorted((str(first.day), str(other.day)), key=len)
    return (first.year, first.month) != (other.year, other.month) or not (few in many or sorted(few) == sorted(many))


def one_night(pair: Pair, d: Date, e: Date) -> bool:
    """Whether the later of two days one apart is told by the night that leads up to it ("the night to Wednesday") from the other one."""
    first, other = (calendar_day(x) for x in (d, e))
    if first is None or other is None or abs((first - other).days) != 1:
        return False
    side, late = (pair.b, e) if other > first else (pair.a, d)
    beside = side.text[max(side.start, late.start - NIGHT) : min(side.end, late.end + NIGHT)]
    return everywhere("night", side.language).search(beside) is not None


def calendar_day(d: Date) -> date | None:
    """The day of a date, in a leap year where none is told; None for a month, a year or a time of day."""
    known_day = DAY_OF.match(d.earliest)
    return date(int(known_day[1] or LEAP), int(known_day[2]), int(known_day[3])) if known_day else None


def is_clock(d: Date) -> bool:
    """Whether a date is a time of day."""
    return CLOCK.match(d.earliest) is not None


def moment(d: Date) -> str:
    """What a date is called as a side."""
    return d.earliest[:10] or d.method.rpartition(" ")[2]
