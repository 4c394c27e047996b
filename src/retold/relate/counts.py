"""Numbers that two versions tell of one thing: the rule, and what it takes for two to disagree.

Rounding, conversion, a part and its whole, and a figure that was brought up to date are no disagreements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.base.records import Quantity
from retold.lexicons import lexicon, phrases_pattern
from retold.relate.marks import JOINT, NEGATION_REACH, Mark, everywhere, roles
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
SAME_NOUN = 0.6  # cosine of two counted nouns from which they are taken for one thing
OTHER_NOUN = 0.35  # … and below which for two
ONE_STATE = 0.6  # what it says at least of two counts that both versions tell of the same state ("died", "dead")


def number(pair: Pair) -> Difference | None:
    """Quantities of one kind that do not agree while the rest does."""
    a, b, near = pair.a, pair.b, pair.near
    left, right, matched = unmatched(a.quantities, b.quantities)
    best: Difference | None = None
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
    logit = -0.6 + lean(near, 0.5)
    if q.unit == r.unit == "":
        logit += max(noun_weight(pair, q.what, r.what), ONE_STATE if states(a, q) & states(b, r) else -9.0)
    elif q.unit == "age":
        logit -= 1.0
    slip = q.unit == r.unit and (transposed(q.value, r.value) or decimal_slip(q.value, r.value))
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


def updated(pair: Pair) -> bool:
    """Whether the two accounts are of different days and one of them says that it is a figure of the moment ("so far", "rose to")."""
    days = {side.published[:10] for side in (pair.a, pair.b)}
    return len(days) > 1 and "" not in days and any(moving(s.words, s.language) or counted_until(s) for s in (pair.a, pair.b))


def counted_until(side: ClaimSide) -> bool:
    """Whether a version tells up to which day a figure was counted ("by Wednesday")."""
    for d in side.dates:
        before = side.text[max(side.start, d.start - SHORT) : d.start].rstrip()
        after = side.text[d.end : min(side.end, d.end + SHORT)].lstrip()
        last = max((m.end() for m in everywhere("until", side.language).finditer(before)), default=-1)
        if last == len(before) or everywhere("until_after", side.language).match(after):
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
