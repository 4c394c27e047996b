"""Whether two quantities or two dates say the same.

Numbers are compared as intervals, after conversion to one unit: "a little over a mile" and "about two kilometres" agree, so do
"nearly 40" and 38, 31 and 13 do not. What cannot be compared is said to be so rather than guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from retold.base.records import Date, Quantity

Relation = Literal["same", "compatible", "different", "incomparable"]

# Canonical unit -> (what it measures, factor to the base unit of that).
UNITS: dict[str, tuple[str, float]] = {
    "centimetre": ("length", 0.01), "metre": ("length", 1.0), "kilometre": ("length", 1000.0), "mile": ("length", 1609.344),
    "foot": ("length", 0.3048), "inch": ("length", 0.0254), "yard": ("length", 0.9144), "nautical_mile": ("length", 1852.0),
    "millimetre": ("length", 0.001), "nanogram": ("mass", 1e-12), "microgram": ("mass", 1e-9), "milligram": ("mass", 1e-6),
    "gram": ("mass", 0.001), "kilogram": ("mass", 1.0), "tonne": ("mass", 1000.0),
    "ounce": ("mass", 0.0283495), "square_metre": ("area", 1.0), "hectare": ("area", 1e4), "square_kilometre": ("area", 1e6),
    "acre": ("area", 4046.86), "square_mile": ("area", 2589988.0), "litre": ("volume", 1.0), "cubic_metre": ("volume", 1000.0),
    "barrel": ("volume", 158.987), "gallon": ("volume", 3.78541), "kmh": ("speed", 1.0), "mph": ("speed", 1.609344),
    "knot": ("speed", 1.852), "metre_per_second": ("speed", 3.6), "second": ("time", 1.0), "minute": ("time", 60.0),
    "hour": ("time", 3600.0), "day": ("time", 86400.0), "week": ("time", 604800.0), "month": ("time", 2629800.0),
    "year": ("time", 31557600.0), "decade": ("time", 315576000.0), "century": ("time", 3155760000.0),
    "kilowatt": ("power", 1.0), "megawatt": ("power", 1e3), "gigawatt": ("power", 1e6), "kilowatt_hour": ("energy", 1.0),
    "megawatt_hour": ("energy", 1e3), "gigawatt_hour": ("energy", 1e6),
    "kilobyte": ("data", 1e3), "megabyte": ("data", 1e6), "gigabyte": ("data", 1e9), "terabyte": ("data", 1e12),
}
EXACT_COUNT = 20  # up to here a bare number is taken at its word; beyond, a round one may stand for its neighbours
ROUNDING = 0.1  # the share by which rounding may be off at most: 60 for 58, not 20 for 24
OPEN_END = 0.25  # "more than half an hour" may still be 35 minutes
NEGLIGIBLE = 1e-9
THOUSANDS = 1000.0  # from here on a number has a scale that may be mistaken for another
MANY = 5.0  # times that one number may be another before they are taken to measure different things
STEM = 4  # letters: two nouns that begin alike are taken for forms of one word ("jacket", "jackets")
NEAR_MINUTES = 15  # a time given by the full hour covers so much on either side
HALF_DAY = 12 * 60
WEEK = 7  # days


def compare_quantities(a: Quantity, b: Quantity, *, same_thing: bool | None = None) -> Relation:
    """How two quantities bear on each other.

    Args:
        a: a quantity.
        b: another.
        same_thing: whether both count the same thing; None: judge by the beginnings of the nouns (`what`), which tells nothing
            across languages.

    Returns:
        "same" (equal and exact), "compatible" (rounding, approximation or conversion explains the difference), "different", or
        "incomparable" (other units, other things, a part and its whole). Currencies are never converted.
    """
    if not commensurable(a, b):
        return "incomparable"
    if same_thing is None and a.unit in ("", "percent") and other_thing(a.what, b.what):
        return "incomparable"
    if same_thing is None and is_part(a.what) != is_part(b.what):
        return "incomparable"
    if a.unit == b.unit and a.value == b.value:
        return "same" if not (a.approximate or b.approximate) else "compatible"
    return "compatible" if agree(a, b) else "different"


def commensurable(a: Quantity, b: Quantity) -> bool:
    """Whether one unit can be converted into the other."""
    if a.unit == b.unit or {a.unit, b.unit} == {"degree_c", "degree_f"}:
        return True
    return a.unit in UNITS and b.unit in UNITS and UNITS[a.unit][0] == UNITS[b.unit][0]


def agree(a: Quantity, b: Quantity) -> bool:
    """Whether the intervals of two commensurable quantities meet, given how far each is rounded."""
    if a.unit == b.unit:
        return overlap(reach(a), reach(b)) or rounds(a, b) or rounds(b, a)
    low_a, high_a = base_interval(a)
    low_b, high_b = base_interval(b)
    return low_a <= high_b and low_b <= high_a


def overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two intervals meet, but for the error of floating point."""
    return a[0] <= b[1] * (1 + NEGLIGIBLE) and b[0] <= a[1] * (1 + NEGLIGIBLE)


def reach(q: Quantity) -> tuple[float, float]:
    """The bounds of a quantity; those of "more than" and "less than" are loose on their open side."""
    if not q.approximate or q.low == q.high:
        return q.low, q.high
    if q.low == q.value:
        return q.low, max(q.high, q.value * (1 + OPEN_END))
    if q.high == q.value:
        return min(q.low, q.value * (1 - OPEN_END)), q.high
    return q.low, q.high


def rounds(a: Quantity, b: Quantity) -> bool:
    """Whether `a` is a round number that may stand for `b`."""
    slack = step(a.value) / 2 if a.value > EXACT_COUNT or a.approximate else 0.0
    slack = min(slack, abs(a.value) * ROUNDING)
    return a.low - slack <= b.high and b.low <= a.high + slack and step(a.value) > step(b.value)


def base_interval(q: Quantity) -> tuple[float, float]:
    """The bounds of a quantity in the base unit, widened by half of its last place: a converted number is rounded anew."""
    half = min(step(q.value) / 2, abs(q.value) * 0.25)
    loose = reach(q)
    low, high = min(loose[0], q.value - half), max(loose[1], q.value + half)
    if q.unit == "degree_f":
        return (low - 32) / 1.8, (high - 32) / 1.8
    factor = UNITS[q.unit][1] if q.unit in UNITS else 1.0
    return low * factor, high * factor


def step(value: float) -> float:
    """The last place that is not a trailing zero.

    >>> step(14200), step(1.5), step(31)
    (100.0, 0.1, 1.0)
    """
    if value == 0 or value != value or abs(value) == float("inf"):
        return 1.0
    digits = f"{abs(value):.10g}"
    if "e" in digits:
        mantissa, exponent = digits.split("e")
        return step(float(mantissa)) * 10.0 ** int(exponent)
    if "." in digits:
        return float(f"1e-{len(digits.split('.')[1])}")
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def stems(words: str) -> set[str]:
    """The beginnings of the words of a noun phrase; whole words where they are short."""
    return {w[:STEM] for w in re.findall(r"[^\W\d_]+", words.lower())}


def other_thing(a: str, b: str) -> bool:
    """Whether two noun phrases of one language share no word; unknown counts as no."""
    left, right = stems(a), stems(b)
    return bool(left and right) and not left & right


def in_base(q: Quantity) -> float:
    """The value of a quantity in the base unit of what it measures; as it is where that is not known."""
    return q.value * UNITS[q.unit][1] if q.unit in UNITS else q.value


def is_part(what: str) -> bool:
    """Whether a noun phrase names a whole in numbers ("of 120 jackets"), so that its quantity is a part of it."""
    return any(c.isdigit() for c in what)


def transposed(a: float, b: float) -> bool:
    """Whether two numbers have the same digits in another order, as after a slip of the hand.

    >>> transposed(31, 13), transposed(30, 31)
    (True, False)
    """
    left, right = f"{a:g}", f"{b:g}"
    return left != right and len(left) > 1 and sorted(left) == sorted(right)


def decimal_slip(a: float, b: float) -> bool:
    """Whether two numbers differ by noughts alone ("3 tonnes", "30 tonnes"), or by the word for a thousand or a million.

    >>> decimal_slip(3, 30), decimal_slip(3, 33)
    (True, False)
    """
    low, high = sorted((abs(a), abs(b)))
    factors = (10, 100, 1000, 1e6) if low >= THOUSANDS else (10, 100, 1000)  # a scale that was not read is no slip ("2.3 mln")
    return low > 0 and any(abs(high - low * factor) <= NEGLIGIBLE * high for factor in factors)


def far(a: float, b: float) -> bool:
    """Whether one number is more than twice the other: mostly they then count different things."""
    low, high = sorted((abs(a), abs(b)))
    return high > 2 * low


def beyond(a: float, b: float) -> bool:
    """Whether one number is many times the other: then they measure different things, whatever their nouns."""
    low, high = sorted((abs(a), abs(b)))
    return high > MANY * low


# ---- dates --------------------------------------------------------------------------------------------------------

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$")
CLOCK = re.compile(r"T(\d\d):(\d\d)$")
WEEKDAY = re.compile(r"weekday (\d)$")


def compare_dates(a: Date, b: Date) -> Relation:
    """How two dates bear on each other: a finer one inside a coarser one is compatible with it; disjoint ones differ.

    Times of day are compared with times of day only; 10:10 and 22:10 are compatible, because the half of the day is often
    left out. Dates without a year are compared by month and day, unresolved weekdays by their number.
    """
    if CLOCK.match(a.earliest) or CLOCK.match(b.earliest):
        return compare_clocks(a, b)
    if not a.earliest or not b.earliest or "weekday" in a.method or "weekday" in b.method:
        return compare_weekdays(a, b)
    if a.earliest.startswith("--") or b.earliest.startswith("--"):
        left, right = yearless(a), yearless(b)
        return "incomparable" if left is None or right is None else meet(left, right)
    return meet(interval(a), interval(b))


def meet(a: tuple[str, str], b: tuple[str, str]) -> Relation:
    """The relation of two intervals of ISO text of which one may be coarser."""
    if a == b:
        return "same"
    low, high = max(a[0], b[0]), min(a[1], b[1])
    return "compatible" if low <= high else "different"


def interval(d: Date) -> tuple[str, str]:
    """First and last minute of a date, as ISO text of one length that sorts by time."""
    return pad(d.earliest, last=False), pad(d.latest, last=True)


def pad(iso: str, *, last: bool) -> str:
    """A truncated ISO date filled up to the minute."""
    filler = "9999-12-31T24:00" if last else "0000-01-01T00:00"
    return iso + filler[len(iso) :]


def yearless(d: Date) -> tuple[str, str] | None:
    """First and last day as month and day; None where only the year is known or the interval is long."""
    days = []
    for iso, last in ((d.earliest, False), (d.latest, True)):
        body = iso[2:] if iso.startswith("--") else iso[5:10]
        if len(body) < 2:
            return None
        days.append(body if len(body) >= 5 else body + ("-31" if last else "-01"))
    return days[0][:5], days[1][:5]


def compare_clocks(a: Date, b: Date) -> Relation:
    """Times of day: the same, near enough for the coarser of them, or different."""
    left, right = CLOCK.match(a.earliest), CLOCK.match(b.earliest)
    if not left or not right:
        return "incomparable"
    gap = abs(minutes(left) - minutes(right)) % HALF_DAY
    gap = min(gap, HALF_DAY - gap)
    if gap == 0:
        return "same" if minutes(left) == minutes(right) else "compatible"
    loose = "hour" in (a.grain, b.grain) or any(minutes(m) % 30 == 0 for m in (left, right))
    return "compatible" if gap <= (NEAR_MINUTES if loose else 2) else "different"


def minutes(m: re.Match[str]) -> int:
    """Minutes since midnight."""
    return int(m[1]) * 60 + int(m[2])


def compare_weekdays(a: Date, b: Date) -> Relation:
    """Dates of which one at least is told by its weekday: by weekday, and by day where the weekdays lie more than a week apart.

    Which Wednesday is meant is often a guess, so the same weekday within a week is never a difference.
    """
    coarse = "day" in (a.grain, b.grain)
    left, right = weekday_of(a, coarse=coarse), weekday_of(b, coarse=coarse)
    if left is None or right is None:
        return "incomparable"
    if not left & right:
        return "different" if not (a.earliest and b.earliest) or meet(interval(a), interval(b)) == "different" else "compatible"
    if a.earliest and b.earliest and abs((day(a) - day(b)).days) > WEEK:
        return "different"
    return "same" if a.earliest == b.earliest and a.earliest else "compatible"


def day(d: Date) -> date:
    """The first day of a resolved date."""
    return date.fromisoformat(d.earliest[:10]) if len(d.earliest) >= 10 else date.min


def weekday_of(d: Date, *, coarse: bool) -> set[int] | None:
    """The weekdays of a date of a day or a part of one; None when it has none. coarse: a night counts for its morning too."""
    named = WEEKDAY.search(d.method)
    if named:
        return {int(named[1])}
    m = DAY.match(d.earliest)
    if m is None or d.grain not in ("day", "part"):
        return None
    first = date(int(m[1]), int(m[2]), int(m[3]))
    over_midnight = d.grain == "part" and d.latest[:10] != d.earliest[:10] and not d.latest.endswith("T00:00")
    return {first.weekday(), (first + timedelta(days=1)).weekday()} if over_midnight and coarse else {first.weekday()}
