"""Numbers that two versions tell of one thing: the rule, and what it takes for two to disagree.

Rounding, conversion, a part and its whole, and a figure that was brought up to date are no disagreements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from retold.base.records import Quantity
from retold.lexicons import lexicon, phrases_pattern
from retold.relate.marks import JOINT, NEGATION_REACH, Mark, ends_in, everywhere, roles
from retold.relate.pairs import SHORT, Difference, Pair, confidence, lean, shown
from retold.relate.quantities import (
    UNITS,
    agree,
    beyond,
    commensurable,
    decimal_slip,
    far,
    in_base,
    is_part,
    other_thing,
    transposed,
)
from retold.relate.sides import ClaimSide

BEYOND = 2.5  # what it takes from the log odds that one number is more than `MANY` times the other
FAR = 1.5  # … more than twice, of what is not known to be one thing
UPDATED = 1.5  # what it takes from the log odds that a figure may have been brought up to date
TIME = re.compile(r"([01]?\d|2[0-3])[.:][0-5]\d")
NAMELESS = 1.0  # … that what is counted is told in one account only
TWO_DIGITS = 10  # a number from here on is hardly told twice by chance
SAME_NOUN = 0.6  # cosine of two counted nouns from which they are taken for one thing
OTHER_NOUN = 0.35  # … and below which for two
SOME = 24  # code points beside a number in which a word stands that makes it some of those told of before
OF_THE = 2  # words at most between a part and its whole
NOUN = 5  # letters from which one of them may be a noun
ALL = 0.7  # cosine from which some of a whole and all of it are told of one thing
CROSSED = 0.3  # sum of two cosines by which numbers have to be nearer to what the other one counts
CROSSING = 0.55  # cosine of two versions from which that is asked
ONE_STATE = 0.6  # what it says at least of two counts that both versions tell of the same state ("died", "dead")


def number(pair: Pair) -> Difference | None:
    """Quantities of one kind that do not agree while the rest does."""
    a, b, near = pair.a, pair.b, pair.near
    left, right, matched = unmatched(a.quantities, b.quantities)
    best: Difference | None = crosswise(pair) or of_a_whole(pair)
    for q in left:
        for r in right:
            found = number_pair(pair, q, r, near + 0.1 * min(matched, 2), lonely=len(left) == 1 == len(right))
            if found is not None and (best is None or found.score > best.score):
                best = found
    return best


def unmatched(a: Sequence[Quantity], b: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity], int]:
    """The quantities of each side that agree with none of the other, and how many did agree."""
    rest = list(b)
    left: list[Quantity] = []
    for q in a:
        twin = next((r for r in rest if commensurable(q, r) and agree(q, r)), None)
        if twin is None:
            left.append(q)
        else:
            rest.remove(twin)
    agreeing = [q for q in a if q not in left]
    rest = [r for r in rest if not any(commensurable(q, r) and agree(q, r) for q in agreeing)]
    return left, rest, len(agreeing)


def number_pair(pair: Pair, q: Quantity, r: Quantity, near: float, *, lonely: bool) -> Difference | None:
    """Two quantities that do not agree, as a difference where they are about the same thing."""
    a, b = pair.a, pair.b
    if not commensurable(q, r) or is_part(q.what) != is_part(r.what) or unsaid(q) or unsaid(r):
        return None
    if some_of(a, q) or some_of(b, r):
        return None  # "the other five", "three of them": some of those that the other account counts
    if not attributed(a, b) and counted_too(a, q, r) and counted_too(b, r, q):
        return None  # both accounts tell both numbers
    if timed(a, q) or timed(b, r):
        return None  # a time of day that was read as a number
    if valued(a, r) or valued(b, q):
        return None  # it is there too, said of what is called otherwise ("51 of them Turkish, 32 Egyptian"; "aged 34 and 47")
    logit = -0.6 + lean(near, 0.5)
    if q.unit == r.unit == "":
        logit += max(noun_weight(pair, q.what, r.what), ONE_STATE if states(a, q) & states(b, r) else -9.0)
        logit -= NAMELESS if bool(q.what) != bool(r.what) else 0.0
    elif q.unit == "age":
        logit -= 1.0
    slip = q.unit == r.unit and (transposed(q.value, r.value) or decimal_slip(q.value, r.value))
    slip = slip or (q.unit != r.unit and q.value == r.value)  # "27 milligrams" for 27 micrograms
    big, small = in_base(q), in_base(r)
    logit += 1.5 if slip else 0.0
    logit += 1.5 if is_part(q.what) and same_whole(q.what, r.what) else 0.0
    logit -= 0.0 if lonely else (1.0 if q.what and r.what else 2.0)
    if not slip:
        logit -= BEYOND if beyond(big, small) else FAR if far(big, small) and not alike(pair, q.what, r.what) else 0.0
    logit -= UPDATED if updated(pair) or risen(pair, q, r) else 0.0
    logit -= 0.5 if q.approximate and r.approximate else 0.0
    left, right = Mark(value=key(q), start=q.start, end=q.end), Mark(value=key(r), start=r.start, end=r.end)
    return Difference(kind="number", left=left, right=right, score=confidence(logit),
                      why=f"one account says {shown(a, left)}, another {shown(b, right)}")


def timed(side: ClaimSide, q: Quantity) -> bool:
    """Whether a bare number is written as a time of day is ("23.50")."""
    return q.unit == "" and TIME.fullmatch(side.text, q.start, q.end) is not None


def valued(side: ClaimSide, other: Quantity) -> bool:
    """Whether a version has the value of a number of the other one, in the same unit, in none, or in figures that were not read."""
    if other.value < TWO_DIGITS or other.value % 1:
        return False
    same = [q for q in side.quantities if q.value == other.value]
    figures = re.compile(rf"(?<!\d)(?<!\d[.,]){other.value:.0f}(?![.,]?\d)")
    return any(q.unit == other.unit or "" in (q.unit, other.unit) for q in same) or (not same and bool(figures.search(side.words)))


def attributed(a: ClaimSide, b: ClaimSide) -> bool:
    """Whether either of two versions is somebody's: an account that tells what both say may tell of their disagreement."""
    return bool(a.source or b.source)


def counted_too(side: ClaimSide, own: Quantity, other: Quantity) -> bool:
    """Whether the article of a version also has the number of the other one, of what its own counts."""
    same = [q for q in side.figures if q.start != own.start and q.unit == own.unit and q.value == other.value and not unsaid(q)]
    return any(q.unit not in ("", "percent") or (q.what and own.what and not other_thing(q.what, own.what)) for q in same)


def some_of(side: ClaimSide, q: Quantity) -> bool:
    """Whether a word before a number says that it counts some of those who were told of before ("the other five", "three of them")."""
    before = side.text[max(side.sentence[0], q.start - SOME) : q.start].rstrip()
    after = side.text[q.end : q.end + SOME].lstrip()
    return ends_in("some_of", before, side.language) or everywhere("some_of_after", side.language).match(after) is not None


def whole_of(side: ClaimSide, q: Quantity) -> Quantity | None:
    """The whole of which a quantity is told to be a part: the number behind it, with nothing but "of the" between the two."""
    if q.unit or not q.what:
        return None
    for p in side.quantities:
        between = side.text[q.end : p.start].split() if q.end <= p.start else []
        if p.unit == "" and 0 < len(between) <= OF_THE and all(len(word) < NOUN for word in between):
            return p
    return None


def of_a_whole(pair: Pair) -> Difference | None:
    """Some of a whole in one version ("two of the five gates"), and another number of them, or all, in the other."""
    for a, b, turned in ((pair.a, pair.b, False), (pair.b, pair.a, True)):
        parts = [(q, p) for q in a.quantities if (p := whole_of(a, q)) is not None and q.value < p.value]
        if len(parts) != 1 or any(whole_of(b, r) for r in b.quantities) or any(agree(parts[0][0], r) for r in b.quantities):
            continue
        q, p = parts[0]
        same = [r for r in b.quantities if r.unit == "" and r.what and not unsaid(r) and r.value <= p.value and not some_of(b, r)]
        found = next((r for r in same if noun_weight(pair, p.what, r.what) > 0), None)
        if found is None or (agree(p, found) and not all_of(b, found)):
            continue
        logit = lean(pair.near, ALL, 8.0) if agree(p, found) else -0.4 + lean(pair.near, 0.5)
        left, right = Mark(value=key(q), start=q.start, end=q.end), Mark(value=key(found), start=found.start, end=found.end)
        why = f"one account says {shown(a, left)} of {p.value:g}, another {shown(b, right)}"
        return Difference(kind="number", left=right if turned else left, right=left if turned else right, score=confidence(logit), why=why)
    return None


def all_of(side: ClaimSide, q: Quantity) -> bool:
    """Whether a number is told to be that of all there are ("the five gates", "all five")."""
    before = side.text[max(side.start, q.start - SOME) : q.start].rstrip()
    return ends_in("all_of", before, side.language)


def crosswise(pair: Pair) -> Difference | None:
    """Two numbers that changed places, in the text and in what they count ("four firms of three countries", "three of four")."""
    a, b = pair.a, pair.b
    for q, s in combinations(a.quantities, 2):
        for t, r in combinations(b.quantities, 2):
            same = q.unit == r.unit == s.unit == t.unit and q.value == r.value != s.value == t.value
            if same and not any(unsaid(x) or is_part(x.what) or whole_of(side, x) for side, x in ((a, q), (a, s), (b, r), (b, t))):
                kept = pair.compare(beside(a, q), beside(b, r)) + pair.compare(beside(a, s), beside(b, t))
                turned = pair.compare(beside(a, q), beside(b, t)) + pair.compare(beside(a, s), beside(b, r))
                if turned - kept > CROSSED and pair.near >= CROSSING:
                    left, right = Mark(value=key(q), start=q.start, end=q.end), Mark(value=key(t), start=t.start, end=t.end)
                    return Difference(kind="number", left=left, right=right, score=confidence(0.2 + lean(pair.near, 0.6)),
                                      why=f"{shown(a, left)} and {shown(a, Mark(value='', start=s.start, end=s.end))} changed places")
    return None


def beside(side: ClaimSide, q: Quantity) -> str:
    """The words beside a number: from its end to the next number or the end of its clause, else those before it."""
    stop = min((p.start for p in side.quantities if p.start >= q.end), default=side.end)
    after = JOINT.split(side.text[q.end : max(q.end, stop)], maxsplit=1)[0].strip()
    if after:
        return after
    start = max((p.end for p in side.quantities if p.end <= q.start), default=side.start)
    return JOINT.split(side.text[start : q.start])[-1].strip()


def updated(pair: Pair) -> bool:
    """Whether the two accounts are of different days and one of them says that it is a figure of the moment ("so far", "rose to")."""
    days = {side.published[:10] for side in (pair.a, pair.b)}
    return len(days) > 1 and "" not in days and any(moving(s.words, s.language) or counted_until(s) for s in (pair.a, pair.b))


def counted_until(side: ClaimSide) -> bool:
    """Whether a version tells up to which day a figure was counted ("by Wednesday")."""
    for d in side.dates:
        before = side.text[max(side.start, d.start - SHORT) : d.start].rstrip()
        after = side.text[d.end : min(side.end, d.end + SHORT)].lstrip()
        if ends_in("until", before, side.language) or everywhere("until_after", side.language).match(after):
            return True
    return False


def risen(pair: Pair, q: Quantity, r: Quantity) -> bool:
    """Whether the account with the higher figure says that it rose, and is not the earlier of the two: the other had the figure before."""
    high, low = (pair.a, pair.b) if q.value > r.value else (pair.b, pair.a)
    later = not (high.published and low.published) or high.published[:10] >= low.published[:10]
    return later and phrases_pattern(tuple(sorted(roles("rising"))), spaced=lexicon(high.language).spaced).search(high.words) is not None


def moving(words: str, language: str) -> bool:
    """Whether a version says that its figure moves."""
    return phrases_pattern(tuple(sorted(roles("moving"))), spaced=lexicon(language).spaced).search(words) is not None


def unsaid(q: Quantity) -> bool:
    """Whether a quantity is an ordinary part of speech rather than a figure of the account."""
    return q.value in (0.0, 1.0) and q.unit == ""


def alike(pair: Pair, a: str, b: str) -> bool:
    """Whether two counted nouns are known to name one thing."""
    return bool(a and b) and noun_weight(pair, a, b) > 0


def noun_weight(pair: Pair, a: str, b: str) -> float:
    """What two counted nouns say about counting the same thing; across languages by meaning, which is less sure."""
    if not a or not b:
        return 0.0
    if pair.a.language == pair.b.language and not other_thing(a, b):
        return 1.2
    near = pair.compare(a, b)
    return 0.6 if near >= SAME_NOUN else (-2.5 if near < OTHER_NOUN else -1.5)


def states(side: ClaimSide, q: Quantity) -> set[str]:
    """The states beside a count, in its clause: "12 people died" and "14 dead" count the same, whatever their nouns."""
    gaps = [(m.value, side.text[min(m.end, q.end) : max(m.start, q.start)]) for m in side.opposites if m.value.startswith("status")]
    return {value for value, gap in gaps if len(gap) <= NEGATION_REACH and not JOINT.search(gap)}


def same_whole(a: str, b: str) -> bool:
    """Whether two parts are of the same whole: the same digits stand in their nouns."""
    return re.findall(r"\d+", a) == re.findall(r"\d+", b)


def key(q: Quantity) -> str:
    """The value of a quantity in the base unit of what it measures: quantities that agree are joined later."""
    dimension, factor = UNITS.get(q.unit, (q.unit, 1.0))
    return f"{dimension} {q.value * factor:.6g}"
