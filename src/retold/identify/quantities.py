"""Quantities in an article: a number, its unit, how exact it is meant, and what it counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retold.base.records import Article, Date, Quantity, Sentence, make_id
from retold.identify.dates import find_dates
from retold.identify.glances import glance
from retold.identify.lettercase import fold, looked_up
from retold.identify.measures import Hedge, Measures, measures
from retold.identify.numerals import Number, Numerals, numerals, shared
from retold.identify.reading import Reading

METHOD = "quantities-1"
TOLERANCE = 0.05  # "about": at least this share either way, unless the number is visibly rounded
WIDEST = 0.1  # … and at most this: "about 100" is not 50 to 150
BEYOND = 0.1  # "more than" and "less than" reach this much further
OLDEST = 120  # years
PHONE_DIGITS = 7  # an ungrouped run of so many digits is no count
AGE = "age"


@dataclass(slots=True, kw_only=True)
class Measured:
    """A number with its surroundings, before it becomes a record. `stop` is where its sentence ends."""

    number: Number
    start: int
    end: int
    unit: str
    hedge: Hedge
    stop: int
    what: str = ""
    upper: float | None = None


def find_quantities(reading: Reading) -> list[Quantity]:
    """The quantities in an article's sentences, in the order of the text.

    Ages have the unit "age". Of a range ("13 to 15") one quantity is made with the ends as bounds; of a part of a whole ("31 of
    120 jackets") two, the first of whose `what` tells the relation ("of 120 jackets"). Left out are dates, times of day, years,
    ranks, the numbers of roads, models, telephones and rooms, and "one" where it may be an article.

    Returns:
        records whose [start, end) are code points of the article's text and include unit and currency sign.
    """
    numbers, around = numerals(reading.language), measures(reading.language)
    dates = reading.dates or tuple(find_dates(reading))
    taken = sorted((d.start, d.end) for d in dates)
    out: list[Quantity] = []
    for sentence in reading.sentences:
        out += [record(reading, m) for m in measured(reading.text, sentence.start, sentence.end, numbers, around, taken)]
    return out


def measured(
    text: str, start: int, end: int, numbers: Numerals, around: Measures, taken: Sequence[tuple[int, int]]
) -> list[Measured]:
    """The quantities of one sentence."""
    seen = glance(text, start, end)
    told = numbers.may_be_told(seen)
    perhaps = numbers.find(text, start, end, told=told) if told or seen.figures else []
    found = [n for n in perhaps if not n.rank and not overlaps(n.start, n.end, taken)]
    rows: list[Measured] = []
    taken_to = start
    for n in found:
        if n.start < taken_to:
            continue  # a number within the unit before it ("per cento")
        rows.append(surroundings(text, n, (start, taken_to), end, around))
        taken_to = taken_to if n.bare else rows[-1].end
    rows = [m for m in rows if counts(text, m, start, around)]
    if around.implied_gate.passes(seen) and around.unit_gate.passes(seen):
        rows = sorted([*rows, *implied(text, start, end, around, rows)], key=lambda m: m.start)
    if not rows:
        return []
    rows = join_ranges(text, rows, around)
    return with_nouns(text, rows, around)


def implied(text: str, start: int, end: int, around: Measures, rows: Sequence[Measured]) -> list[Measured]:
    """Measures whose "one" is an article: "a little over a mile", "half an hour"."""
    out = []
    spans = [(m.start, m.end) for m in rows]
    for m in around.implied_one.finditer(text, start, end):
        at = m.start("n")
        if not (m["half"] or m["h"]) or any(s < m.end() and at < e for s, e in spans):
            continue
        number = Number(start=at, end=m.end("n"), value=0.5 if m["half"] else 1.0, step=1.0, word=True)
        kind = looked_up(around.hedges, m["h"]) or "about" if m["h"] else ""
        unit = looked_up(around.units, m["u"]) or ""
        out.append(Measured(number=number, start=at, end=m.end("n"), unit=unit, hedge=Hedge(kind=kind, start=m.start()), stop=end))
    return out


def overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a span touches one of the spans, which are sorted and do not overlap."""
    at = bisect_right(taken, (start, end))
    return any(s < end and start < e for s, e in taken[max(0, at - 1) : at + 1])


def surroundings(text: str, number: Number, floors: tuple[int, int], stop: int, around: Measures) -> Measured:
    """A number with its unit, currency, age mark and approximation.

    Args:
        text: the article's text.
        number: the number.
        floors: where its sentence begins, and where the quantity before it ends.
        stop: where its sentence ends.
        around: the language's measures.
    """
    start, end, unit = number.start, number.end, ""
    floor, after = floors
    sign = around.currency_before.search(text, max(after, start - 5), start)
    age = age_end(text, number, floor, around)
    if age is not None:
        unit, end = AGE, age
    elif sign is not None:
        unit = around.units.get(fold(sign.group().strip(" \u00a0\u202f")), "")
        start = sign.start()
    else:
        unit, end = around.unit(text, number.end)
        lead = around.unit_before.search(text, max(after, start - 6), start)
        if lead is not None and not unit:
            unit, start = shared()["units"]["before"][fold(lead["u"])], lead.start()
    half = around.half_after.match(text, end) if unit and end > number.end else None
    if half is not None and number.value == int(number.value):
        number, end = replace(number, value=number.value + 0.5, step=0.1), half.end()
    hedge = around.hedge(text, start, floor, min(end, stop))
    return Measured(number=number, start=start, end=min(end, stop), unit=unit, hedge=hedge, stop=stop)


def age_end(text: str, number: Number, floor: int, around: Measures) -> int | None:
    """Where an age ends, or None where the number is no age: "44-year-old", "aged 44", "Doe (44)", "Doe, 44,"."""
    if not 0 < number.value < OLDEST:
        return None
    after = around.age_after.match(text, number.end)
    if after:
        return after.end()
    if around.age_before.search(text, max(floor, number.start - 30), number.start):
        years = around.years_of_age.match(text, number.end)
        return years.end() if years else number.end
    years = around.years_of_age.match(text, number.end)
    if years and around.aged_person.search(text, max(floor, number.start - 30), number.start):
        return years.end()
    if number.word or number.value != int(number.value) or text[number.start : number.end].startswith("0"):
        return None
    left, right = text[max(floor, number.start - 2) : number.start], text[number.end : number.end + 1]
    if left[-1:] in ("(", "（") and right in (")", "）", ","):
        return number.end
    if left == ", " and right == "," and around.cased and named(text, number.start - 2, floor):
        return number.end
    return None


def named(text: str, end: int, floor: int) -> bool:
    """Whether the word that ends here begins with a capital."""
    words = text[max(floor, end - 30) : end].split()
    return bool(words) and words[-1][:1].isupper()


def counts(text: str, m: Measured, floor: int, around: Measures) -> bool:
    """Whether a number counts or measures something, as far as can be told."""
    n, before = m.number, text[max(floor, m.start - 14) : m.start]
    if n.bare and not around.article_before.search(before) and fold(text[n.start : n.end]) not in around.base_scales:
        return False
    if m.unit:
        return not (n.value == 1 and n.word and m.unit == AGE)
    if n.word:
        return word_counts(text, n, around)
    if around.labels.search(before) or glued(text, n, around):
        return False
    digits = text[n.start : n.end]
    if digits.isdigit() and before[-1:] in " /-" and before[-2:-1].isdigit():
        return False
    if digits.isdigit() and (len(digits) >= PHONE_DIGITS or (digits[0] == "0" and len(digits) > 1)):
        return False
    return m.hedge.kind != "" or not model_number(text, n, floor, around)


def glued(text: str, n: Number, around: Measures) -> bool:
    """Whether letters or digits touch a number in digits: "A320", "3rd", "4x4", "12:5", "3. Tag"."""
    left, right = text[n.start - 1 : n.start], text[n.end : n.end + 2]
    if around.spaced and ((left.isalpha() and left not in around.prefixes) or right[:1].isalpha()):
        return True
    if left in "第" and left:
        return True
    if right[:1] in ":/." and right[1:2].isdigit():
        return True
    if left in (":", "/", ".", ",") and text[n.start - 2 : n.start - 1].isdigit():
        return True
    following = text[n.end + 2 : n.end + 3]
    return around.spaced and right == ". " and following.isalpha() and text[n.start : n.end].isdigit() and n.value < 100


def word_counts(text: str, n: Number, around: Measures) -> bool:
    """Whether number words count: not "one" (it may be an article), not a fraction, not a sign inside another word."""
    if n.value in (0, 1) or n.value < 1:
        return False
    if around.spaced:
        return True
    sign = text[n.end : n.end + 1]
    if text[n.start - 1 : n.start] == "第":
        return False
    return sign in around.classifiers if sign else False


def model_number(text: str, n: Number, floor: int, around: Measures) -> bool:
    """Whether a capitalised word right before the number makes it part of a name ("Falcon 9")."""
    if not around.cased or n.start - floor < 2 or text[n.start - 1] not in " \u00a0":
        return False
    words = [w.strip("„“”\"'«»‘’()") for w in text[max(floor, n.start - 30) : n.start].split()]
    if not words or not words[-1][:1].isupper() or not words[-1].isalpha():
        return False
    at = text.rfind(words[-1], floor, n.start)
    if at == floor or fold(words[-1]) in around.stop:
        return False
    if not around.nouns_capital:
        return True
    if around.noun(text, n.end, n.end + 40)[:1].isupper():
        return False
    return around.ratio_before_digit.match(text, n.end) is None


def join_ranges(text: str, rows: list[Measured], around: Measures) -> list[Measured]:
    """Neighbours that are the ends of one range, as one."""
    out: list[Measured] = []
    for m in rows:
        if out and is_range(text, out[-1], m, around):
            first = out.pop()
            unit = AGE if first.unit == AGE else m.unit or first.unit
            out.append(replace(first, end=m.end, unit=unit, upper=m.number.value))
        else:
            out.append(m)
    return out


def is_range(text: str, a: Measured, b: Measured, around: Measures) -> bool:
    """Whether two neighbours are the ends of a range: a dash or "to" between them, or "between … and" around."""
    if a.upper is not None or a.number.value >= b.number.value or b.start - a.end > 12:
        return False
    if a.unit not in ("", b.unit) and not (a.unit == AGE and b.unit in ("", "year")):
        return False
    if around.range_to.fullmatch(text, a.end, b.start):
        return True
    before = text[max(0, a.start - 12) : a.start]
    return any(first.search(before) and second.fullmatch(text, a.end, b.start) for first, second in around.range_between)


def with_nouns(text: str, rows: list[Measured], around: Measures) -> list[Measured]:
    """The quantities with what they count; a part of a whole gets the whole as its `what`."""
    out: list[Measured] = []
    for i, m in enumerate(rows):
        following = rows[i + 1] if i + 1 < len(rows) else None
        if not around.spaced and out and is_ratio(text, out[-1], m, around):
            m.what = text[out[-1].start : m.start] + around.noun(text, m.end, m.stop)
        elif around.spaced and following is not None and is_ratio(text, m, following, around):
            whole = around.noun(text, following.end, m.stop)
            m.what = f"{text[m.end : following.end].strip()} {whole}".strip()
        else:
            m.what = around.noun(text, m.end, m.stop)
        out.append(m)
    return out


def is_ratio(text: str, part: Measured, whole: Measured, around: Measures) -> bool:
    """Whether one number is a part of the other: "31 of 120"; without spaces the whole comes first."""
    if part.unit or whole.unit or whole.start - part.end > 40:
        return False
    if (part.number.value > whole.number.value) == around.spaced:
        return False
    return around.ratio_of.fullmatch(text, part.end, whole.start) is not None


def bounds(m: Measured) -> tuple[float, float, float]:
    """Value, lowest and highest value that the words allow."""
    v = m.number.value
    if m.upper is not None:
        return (v + m.upper) / 2, v, m.upper
    if m.hedge.kind == "more":
        return v, v, v * (1 + BEYOND)
    if m.hedge.kind == "less":
        return v, v * (1 - BEYOND), v
    if m.hedge.kind == "about":
        half = m.number.step / 2 if m.number.step > 1 else abs(v) * TOLERANCE
        half = min(half, abs(v) * WIDEST)
        return v, v - half, v + half
    return v, v, v


def record(reading: Reading, m: Measured) -> Quantity:
    """A quantity as a record. Its score: .9 with a unit, .8 with a noun, .5 with neither."""
    value, low, high = bounds(m)
    return Quantity(
        id=make_id("n", reading.article.id, m.start, m.end), article=reading.article.id, start=m.start, end=m.end, value=value,
        low=low, high=high, unit=m.unit, what=m.what, approximate=bool(m.hedge.kind) or m.upper is not None, method=METHOD,
        score=0.9 if m.unit else (0.8 if m.what else 0.5),
    )


def text_finder() -> Callable[[str, str], tuple[list[Quantity], list[Date]]]:
    """A function from a text and its language to its quantities and dates, for those who have no article to read.

    >>> quantities, dates = text_finder()("Two boats sank on 3 May.", "en")
    >>> [q.value for q in quantities], [d.earliest for d in dates]
    ([2.0], ['--05-03'])
    """
    return read_text


def read_text(text: str, language: str) -> tuple[list[Quantity], list[Date]]:
    """The quantities and dates of a text that is one sentence; offsets are code points of the text."""
    sentence = Sentence(id="", article="", passage="", start=0, end=len(text), order=0, language=language, kind="paragraph")
    reading = Reading(article=Article(id="", text=text), language=language, passages=(), sentences=(sentence,))
    dates = find_dates(reading)
    reading.dates = tuple(dates)
    return find_quantities(reading), dates
