"""The ways in which two versions of a claim can disagree: one rule a kind, read top to bottom.

A rule is given two versions and how near they are in meaning, and says what differs, in which words, and with what confidence
that this is a disagreement between accounts. Rounding, conversion, a part and its whole, and one version saying less are no
disagreements. Confidence is a logistic formula; its weights are set by hand on the development stories and written next to them.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from retold.base.records import Date, Name, Quantity
from retold.lexicons import lexicon
from retold.relate.quantities import (
    CLOCK, UNITS, agree, commensurable, compare_dates, is_part, other_thing, stems, transposed,
)
from retold.relate.sides import ClaimSide, Mark

SHARED_PAIRS = {"status": 10, "negation": 2}  # so many opposites stand in the same order in every lexicon
HEDGED = 0.65  # a version whose weakest hedge is at most so strong is hedged: "can" (.6) is, "expected to" (.7) is not
OPEN = 0.3  # up to here a version leaves the matter open ("whether", "unclear")
RECIPIENT_WORDS = 6  # words between a preposition and the name that it governs, at most (a title stands between)
SAME_NOUN = 0.6  # cosine of two counted nouns from which they are taken for one thing
OTHER_NOUN = 0.35  # … and below which for two
SPECIFIC = 1000  # a number from here on is hardly met twice by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What two versions disagree about: `left` and `right` are the words, their values name the sides."""

    kind: str
    left: Mark
    right: Mark
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two versions of different articles, how near they are (cosine), and the cosine of any two strings."""

    a: ClaimSide
    b: ClaimSide
    near: float
    compare: Callable[[str, str], float]

    def without(self, left: tuple[int, int], right: tuple[int, int]) -> float:
        """How near the versions are when a span of each is blanked out."""
        return self.compare(blank(self.a, left), blank(self.b, right))


def blank(side: ClaimSide, span: tuple[int, int]) -> str:
    """A version with a span replaced by a dash."""
    return f"{side.text[side.start : max(side.start, span[0])]} – {side.text[min(span[1], side.end) : side.end]}".strip()


def confidence(logit: float) -> float:
    """A logit as a probability, rounded so that it is the same everywhere."""
    return round(1.0 / (1.0 + math.exp(-logit)), 4)


def lean(near: float, centre: float, slope: float = 6.0) -> float:
    """How much a cosine speaks for two versions telling of the same: 0 at the centre."""
    return slope * (near - centre)


def shown(side: ClaimSide, mark: Mark) -> str:
    """The words of a mark for a sentence, at most 60 code points."""
    words = " ".join(side.text[mark.start : mark.end].split())
    return f"“{words[:60]}”"


# ---- numbers ------------------------------------------------------------------------------------------------------


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
        logit += noun_weight(pair, q.what, r.what)
    elif q.unit == "age":
        logit -= 1.0
    logit += 1.5 if transposed(q.value, r.value) else 0.0
    logit += 1.5 if is_part(q.what) and same_whole(q.what, r.what) else 0.0
    logit -= 0.0 if lonely else 1.0
    logit -= 0.5 if q.approximate and r.approximate else 0.0
    left, right = Mark(value=key(q), start=q.start, end=q.end), Mark(value=key(r), start=r.start, end=r.end)
    return Difference(kind="number", left=left, right=right, score=confidence(logit),
                      why=f"one account says {shown(a, left)}, another {shown(b, right)}")


def unsaid(q: Quantity) -> bool:
    """Whether a quantity is an ordinary part of speech rather than a figure of the account."""
    return q.value in (0.0, 1.0) and q.unit == ""


def noun_weight(pair: Pair, a: str, b: str) -> float:
    """What two counted nouns say about counting the same thing; across languages by meaning, which is less sure."""
    if not a or not b:
        return 0.0
    if pair.a.language == pair.b.language and not other_thing(a, b):
        return 1.2
    near = pair.compare(a, b)
    return 0.6 if near >= SAME_NOUN else (-2.5 if near < OTHER_NOUN else -0.8)


def same_whole(a: str, b: str) -> bool:
    """Whether two parts are of the same whole: the same digits stand in their nouns."""
    return re.findall(r"\d+", a) == re.findall(r"\d+", b)


def key(q: Quantity) -> str:
    """The value of a quantity in the base unit of what it measures: quantities that agree are joined later."""
    dimension, factor = UNITS.get(q.unit, (q.unit, 1.0))
    return f"{dimension} {q.value * factor:.6g}"


# ---- dates --------------------------------------------------------------------------------------------------------


def when(pair: Pair) -> Difference | None:
    """Days, or times of day, of which none agrees with any of the other version."""
    a, b, near = pair.a, pair.b, pair.near
    for clock in (False, True):
        left = [d for d in a.dates if is_clock(d) == clock and d.grain in GRAINS]
        right = [d for d in b.dates if is_clock(d) == clock and d.grain in GRAINS]
        pairs = [(d, e, compare_dates(d, e)) for d in left for e in right]
        if not pairs or any(relation != "different" for _, _, relation in pairs):
            continue
        d, e, _ = pairs[0]
        logit = 0.1 + lean(near, 0.6) - 0.7 * (len(pairs) > 1) - 0.5 * clock
        one, other = Mark(value=moment(d), start=d.start, end=d.end), Mark(value=moment(e), start=e.start, end=e.end)
        return Difference(kind="date", left=one, right=other, score=confidence(logit),
                          why=f"one account says {shown(a, one)}, another {shown(b, other)}")
    return None


GRAINS = ("day", "part", "weekday", "minute", "hour")


def is_clock(d: Date) -> bool:
    """Whether a date is a time of day."""
    return CLOCK.match(d.earliest) is not None


def moment(d: Date) -> str:
    """What a date is called as a side."""
    return d.earliest[:10] or d.method.rpartition(" ")[2]


# ---- polarity -----------------------------------------------------------------------------------------------------


def denial(pair: Pair) -> Difference | None:
    """One version says that it is so, the other that it is not: by opposite words, or by a negation on one side only."""
    a, b, near = pair.a, pair.b, pair.near
    opposed = opposite(a, b, "negation")
    if opposed is not None:
        logit = 0.9 + lean(near, 0.5, 4.0)
        return Difference(kind="negation", left=opposed[0], right=opposed[1], score=confidence(logit),
                          why=f"one account says {shown(a, opposed[0])}, another {shown(b, opposed[1])}")
    if bool(turns(a)) == bool(turns(b)):
        return None
    negative, positive = (a, b) if turns(a) else (b, a)
    word = turns(negative)[0]
    logit = -1.1 + lean(near, 0.6, 7.0) - (0.8 if word in negative.lexical else 0.0) - 0.05 * max(0, len(negative.words.split()) - 12)
    flat = Mark(value="yes", start=positive.start, end=positive.end)
    mark = Mark(value="no", start=word.start, end=word.end)
    left, right = (mark, flat) if negative is a else (flat, mark)
    return Difference(kind="negation", left=left, right=right, score=confidence(logit),
                      why=f"one account denies with {shown(negative, mark)} what another asserts")


def turns(side: ClaimSide) -> list[Mark]:
    """The words that turn a version round; those inside a hedge ("not yet known") are none."""
    return [m for m in (*side.negations, *side.lexical) if not any(h.start <= m.start and m.end <= h.end for h in side.hedges)]


def opposite(a: ClaimSide, b: ClaimSide, kind: str) -> tuple[Mark, Mark] | None:
    """Words of the two versions that stand on the two sides of one pair of opposites."""
    for m in a.opposites:
        of, index, side = m.value.split()
        if of != kind or (a.language != b.language and int(index) >= SHARED_PAIRS[kind]):
            continue
        for n in b.opposites:
            if n.value == f"{of} {index} {1 - int(side)}":
                return m, n
    return None


def status(pair: Pair) -> Difference | None:
    """Two states that exclude each other: resigned and dismissed, a preliminary and a formal inquiry."""
    a, b, near = pair.a, pair.b, pair.near
    opposed = opposite(a, b, "status")
    if opposed is None or one_word(a, b, opposed):
        return None
    return Difference(kind="status", left=opposed[0], right=opposed[1], score=confidence(0.2 + lean(near, 0.55, 5.0)),
                      why=f"one account says {shown(a, opposed[0])}, another {shown(b, opposed[1])}")


def one_word(a: ClaimSide, b: ClaimSide, opposed: tuple[Mark, Mark]) -> bool:
    """Whether both versions use the same word, which one of them negates: then they differ in the negation, not in the state."""
    left, right = (s.text[m.start : m.end].casefold() for s, m in zip((a, b), opposed, strict=True))
    return left in right or right in left


def certainty(pair: Pair) -> Difference | None:
    """One version leaves open or calls possible what the other asserts."""
    a, b, near = pair.a, pair.b, pair.near
    if (a.certainty <= HEDGED) == (b.certainty <= HEDGED):
        return None
    hedged, flat = (a, b) if a.certainty <= HEDGED else (b, a)
    if not flat.flat or (flat.attribution is not None and flat.attribution.strength < HEDGED):
        return None
    word = min((m for m in hedged.hedges if m.value[0] != "~"), key=lambda m: (float(m.value), m.start))
    logit = -0.6 + lean(near, 0.6, 7.0) + (0.5 if float(word.value) <= OPEN else 0.0)
    mark, plain = Mark(value="hedged", start=word.start, end=word.end), Mark(value="flat", start=flat.start, end=flat.end)
    left, right = (mark, plain) if hedged is a else (plain, mark)
    return Difference(kind="certainty", left=left, right=right, score=confidence(logit),
                      why=f"one account says {shown(hedged, mark)} where another asserts it flatly")


# ---- who and where ------------------------------------------------------------------------------------------------


@cache
def recipient_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Words before and particles after a name that say that it is no subject."""
    table = tomllib.loads((files(__package__) / "roles.toml").read_text("utf-8"))["recipient"]
    return frozenset(table["before"]), tuple(table["after"])


def role(side: ClaimSide, name: Name) -> str:
    """Whether a name is the subject of its version ("agent"), the one to whom it is done or said ("object"), or neither can be told."""
    before, after = recipient_words()
    if not lexicon(side.language).spaced or side.text[name.end : name.end + 3].startswith(after):
        return "object" if side.text[name.end : name.end + 3].startswith(after) else ""
    lead = side.text[max(side.start, name.start - 60) : name.start].lower()
    words = re.findall(r"[\w'’]+", lead)[-RECIPIENT_WORDS:]
    told = lexicon(side.language).pattern("attribution", "told_to")
    if any(m.start() > 0 and m.end() >= len(lead.rstrip()) for m in told.finditer(lead)) or before & set(words[-2:]):
        return "object"
    if any(word in before for word in words):
        return "object" if governed(words, before) else ""
    return "agent" if len(words) <= 4 and not told.search(lead) else ""


def governed(words: Sequence[str], before: frozenset[str]) -> bool:
    """Whether the first preposition of a phrase still governs what stands at its end: only short words and a title between."""
    return words[0] in before or words[1:2] != [] and words[1] in before


def actor(pair: Pair) -> Difference | None:
    """Another person or body does it: who acts in one version is acted on in the other, or is somebody else altogether."""
    a, b = pair.a, pair.b
    for x in people(a):
        for y in people(b):
            if x.entity == y.entity and {role(a, x), role(b, y)} == {"agent", "object"}:
                return actor_difference(pair, x, y, -0.3 + lean(pair.near, 0.55), turned=True)
    one, other = subject(a), subject(b)
    if one is None or other is None or one.entity == other.entity or one.kind != other.kind:
        return None
    if other.entity in {n.entity for n in a.names} or one.entity in {n.entity for n in b.names}:
        return actor_difference(pair, one, other, -0.4 + lean(pair.near, 0.6), turned=False)
    rest = pair.without((one.start, one.end), (other.start, other.end))
    shared = len(unmatched(a.quantities, b.quantities)[0]) < len(a.quantities)
    return actor_difference(pair, one, other, -0.9 + lean(rest, 0.6) + 0.8 * shared, turned=False)


def actor_difference(pair: Pair, x: Name, y: Name, logit: float, *, turned: bool) -> Difference:
    """A difference in who acts; where one name has two roles the side is told by the role."""
    left = Mark(value=f"{x.entity} {role(pair.a, x)}" if turned else x.entity, start=x.start, end=x.end)
    right = Mark(value=f"{y.entity} {role(pair.b, y)}" if turned else y.entity, start=y.start, end=y.end)
    why = (f"{shown(pair.a, left)} acts in one account and is acted on in another" if turned
           else f"in one account {shown(pair.a, left)} acts, in another {shown(pair.b, right)}")
    return Difference(kind="actor", left=left, right=right, score=confidence(logit), why=why)


def people(side: ClaimSide) -> list[Name]:
    """The persons and bodies that a version names."""
    return [n for n in side.names if n.kind in ("person", "organisation")]


def subject(side: ClaimSide) -> Name | None:
    """The first person or body of a version, where it is its subject."""
    first = next(iter(people(side)), None)
    return first if first is not None and role(side, first) == "agent" else None


def place(pair: Pair) -> Difference | None:
    """Roads of the same number and another class, or of another people."""
    a, b, near = pair.a, pair.b, pair.near
    for m in a.roads:
        for n in b.roads:
            if m.value != n.value and m.value.split()[1] == n.value.split()[1]:
                return Difference(kind="place", left=m, right=n, score=confidence(1.2 + lean(near, 0.5, 3.0)),
                                  why=f"one account says {shown(a, m)}, another {shown(b, n)}")
    here, there = {m.value for m in a.peoples}, {m.value for m in b.peoples}
    if len(here) == 1 == len(there) and here != there:
        m, n = a.peoples[0], b.peoples[0]
        return Difference(kind="place", left=m, right=n, score=confidence(0.0 + lean(near, 0.6)),
                          why=f"one account says {shown(a, m)}, another {shown(b, n)}")
    return None


def credit(pair: Pair) -> Difference | None:
    """The same content put into the mouths of two different sources, both of them persons or bodies that are named."""
    a, b, near = pair.a, pair.b, pair.near
    if a.attribution is None or b.attribution is None or not a.source or not b.source or a.source == b.source:
        return None
    kinds = {a.attribution.source_kind, b.attribution.source_kind}
    if kinds & {"outlet", "agency", "anonymous", "unknown", "document"}:
        return None
    if related(a, b):
        return None
    left = Mark(value=a.source, start=a.source_span[0], end=a.source_span[1])
    right = Mark(value=b.source, start=b.source_span[0], end=b.source_span[1])
    logit = -1.0 + lean(near, 0.65, 8.0) - 1.2 * (a.attribution.source_kind != b.attribution.source_kind)
    return Difference(kind="attribution", left=left, right=right, score=confidence(logit),
                      why=f"one account has it from {shown(a, left)}, another from {shown(b, right)}")


def related(a: ClaimSide, b: ClaimSide) -> bool:
    """Whether two sources may be one: they share a word, or one of them is a pronoun or office that may stand for the other."""
    one, other = a.text[slice(*a.source_span)], b.text[slice(*b.source_span)]
    if stems(one) & stems(other):
        return True
    return any(vague(words, side.language) for words, side in ((one, a), (other, b)))


def vague(words: str, language: str) -> bool:
    """Whether a source is a pronoun."""
    known = lexicon(language)
    return words.strip().lower() in {*known.words("sources", "pronouns_person"), *known.words("words", "stop")}


Rule = Callable[[Pair], Difference | None]
RULES: tuple[Rule, ...] = (number, when, denial, status, certainty, actor, place, credit)


def differences(pair: Pair, rules: Iterable[Rule] = RULES) -> list[Difference]:
    """All that two versions disagree about."""
    return [found for rule in rules if (found := rule(pair)) is not None]
