"""Who else takes a side: the further versions that say what a side of a disagreement says, though no rule compared them.

A disagreement is opened by two versions. Others of the same claim, or nearly the same sentence in another claim, join the side with which
they agree in what is at issue: the number, the day, the state, the denial. A version that agrees with two sides joins neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from retold.base.meaning import Meaning
from retold.base.records import NOWHERE
from retold.relate.certainties import HEDGED, doubted
from retold.relate.counts import unsaid
from retold.relate.days import is_clock
from retold.relate.differences import turns
from retold.relate.disputes import Dispute, Stands, log_odds, places, support
from retold.relate.marks import Mark, everywhere
from retold.relate.nearest import Neighbourhood
from retold.relate.pairs import confidence
from retold.relate.quantities import agree, commensurable, compare_dates, is_part
from retold.relate.sides import ClaimSide

KIN = 0.5  # cosine from which a version of the same claim says the same as another
ALIKE = 0.75  # … and from which a version of another claim does
LED = 0.6  # … and from which one does, taken with the clause before it, that takes the same side of a pair of opposites
COUNTED = 0.4  # … and from which one of another claim does that has the same number or day
ROUNDS = 2  # how often it is asked who joins, where words decide
WORDED = frozenset(("status", "negation"))  # kinds in which a pair of opposites is at issue
TOLD_BY_VALUE = ("number", "date")  # kinds in which agreeing in the value says most
BOTH = 5.0  # what it takes that all who tell one number or day tell the other too
ONE_VOICE = 0.8  # … that one account tells both in one voice
JOINED = 0.5  # what an article that joins adds to the confidence, as a part of what one adds that was compared

Homes = Mapping[str, Sequence[ClaimSide]]  # versions by article
Agreement = Callable[[ClaimSide, ClaimSide, Mark], Mark | None]


def widened(found: Iterable[Dispute], near: Neighbourhood, meaning: Meaning) -> list[Dispute]:
    """Disputes, each with the further versions that take one of its sides."""
    return [with_takers(d, near, meaning) if d.kind in AGREEMENTS else d for d in found]


def with_takers(d: Dispute, near: Neighbourhood, meaning: Meaning) -> Dispute:
    """A dispute with all who take one of its sides; in words of state and denial also those who agree with one that has joined."""
    stands = {value: dict(stand) for value, stand in d.stands.items()}
    taken = {p for stand in d.stands.values() for p in places(stand)}
    for _ in range(ROUNDS if d.kind in WORDED else 1):
        joined = joining(d.kind, [v for v in candidates(d.kind, stands, near) if (v.article, v.start, v.end) not in taken], stands, meaning)
        if not joined:
            break
        for value, v, mark in joined:
            stands[value] |= {v.id: (v, mark)} | (held({v.id: (v, mark)}, near.homes) if d.kind in WORDED else {})
            taken.add((v.article, v.start, v.end))
    more = 0.0 if d.kind == "certainty" else JOINED * (support(d.kind, stands) - support(d.kind, d.stands))
    return replace(d, stands=stands, score=confidence(log_odds(d.score) + more - doubt(d, stands)))


def doubt(d: Dispute, stands: Stands) -> float:
    """What speaks against a dispute that those who stand on its sides tell both; nothing where an article sets them against each other."""
    if d.answered:
        return 0.0
    if d.kind in TOLD_BY_VALUE and (together(stands) or (long_ago(d) and on_both(stands))):
        return BOTH
    return ONE_VOICE if d.kind == "number" and by_one(stands) else 0.0


def together(stands: Stands) -> bool:
    """Whether all articles of a side, two at least, have the other side too: then they are two facts, not two accounts."""
    articles = [{v.article for v, _ in stand.values()} for stand in stands.values()]
    return any(len(a & b) > 1 and len(a & b) == min(len(a), len(b)) for a, b in combinations(articles, 2))


def by_one(stands: Stands) -> bool:
    """Whether an article tells two sides in one voice, its own or that of one source: then it means two things."""
    voices = [{(v.article, v.source) for v, _ in stand.values()} for stand in stands.values()]
    return any(a & b for a, b in combinations(voices, 2))


def on_both(stands: Stands) -> bool:
    """Whether an article stands on two sides."""
    articles = [{v.article for v, _ in stand.values()} for stand in stands.values()]
    return any(a & b for a, b in combinations(articles, 2))


def long_ago(d: Dispute) -> bool:
    """Whether months or years are at issue: whoever tells two of them tells two events."""
    if d.opened is None:
        return False
    mark = d.opened.difference.left
    return any(x.start == mark.start and x.grain in ("month", "year") for x in d.opened.a.dates)


def candidates(kind: str, stands: Stands, near: Neighbourhood) -> Iterator[ClaimSide]:
    """The versions that may join: those that are near one that stands, and clauses that say the same of the clause before them."""
    around = near.around([v for stand in stands.values() for v, _ in stand.values()], COUNTED if kind in TOLD_BY_VALUE else ALIKE)
    yield from around
    found = {v.id for v in around}
    for v in near.versions if kind in WORDED else ():
        if v.led != NOWHERE and v.id not in found and (v.negated or v.opposites):
            yield v


def settled(d: Dispute, homes: Homes) -> Dispute:
    """A dispute over words as it is shown: by the clauses that have the words, not by others of their sentences."""
    return replace(d, stands={value: held(stand, homes) for value, stand in d.stands.items()}) if d.kind in WORDED else d


def gathered(d: Dispute) -> Dispute:
    """A dispute over numbers or days in which sides that agree are one ("6.2 million", "6,200,000"); as it is where but one is left."""
    if d.kind not in TOLD_BY_VALUE:
        return d
    stands: dict[str, dict[str, tuple[ClaimSide, Mark]]] = {}
    for value in sorted(d.stands, key=lambda v: (-len(places(d.stands[v])), v)):
        own = d.stands[value].values()
        home = next((k for k, there in stands.items() if all(one_value(x, y) for x in own for y in there.values())), value)
        stands.setdefault(home, {}).update(d.stands[value])
    return replace(d, stands=stands) if len(stands) > 1 else d


def one_value(a: tuple[ClaimSide, Mark], b: tuple[ClaimSide, Mark]) -> bool:
    """Whether two versions tell the same number or day in the words that are at issue."""
    left, right = (replace(v, quantities=tuple(q for q in v.quantities if q.start == m.start),
                           dates=tuple(d for d in v.dates if d.start == m.start)) for v, m in (a, b))
    return (same_number(left, right, b[1]) or same_day(left, right, b[1])) is not None


def held(stand: Mapping[str, tuple[ClaimSide, Mark]], homes: Homes) -> dict[str, tuple[ClaimSide, Mark]]:
    """A side in which a clause that has the words at issue stands for a version that has them in its sentence only."""
    out = {}
    for v, mark in stand.values():
        within = [u for u in homes.get(v.article, ()) if u.core[0] <= mark.start and mark.end <= u.core[1]]
        u = v if v in within else min(within, key=lambda u: (u.core[1] - u.core[0], u.core), default=v)
        out[u.id] = (u, mark)
    return out


def joining(kind: str, versions: Sequence[ClaimSide], stands: Stands, meaning: Meaning) -> list[tuple[str, ClaimSide, Mark]]:
    """The versions that agree with exactly one side, each with its side and its words."""
    out = []
    if kind in WORDED:
        meaning.encode_known(led_on(kind, versions, stands))
    for v in versions:
        found = [(value, joins(kind, v, value, stand.values(), meaning)) for value, stand in stands.items()]
        agreeing = [(value, mark) for value, mark in found if mark is not None]
        if len(agreeing) == 1:
            out.append((agreeing[0][0], v, agreeing[0][1]))
    return out


def led_on(kind: str, versions: Sequence[ClaimSide], stands: Stands) -> Iterator[tuple[str, str]]:
    """What may have to be compared, with its language: versions with the clause before them, and those whose side they take."""
    for v in versions:
        agreeing = [u for stand in stands.values() for u, mark in stand.values() if AGREEMENTS[kind](v, u, mark) is not None]
        if agreeing and v.led != NOWHERE:
            yield v.text[slice(*v.led)], v.language
            yield from ((u.own_words, u.language) for u in agreeing)


def joins(kind: str, v: ClaimSide, value: str, stand: Iterable[tuple[ClaimSide, Mark]], meaning: Meaning) -> Mark | None:
    """The words by which a version agrees with a side; None where it does not, or tells of something else."""
    for u, mark in stand:
        words = AGREEMENTS[kind](v, u, mark)
        if words is not None and kindred(kind, v, u, meaning):
            return replace(words, value=value)
    return None


def kindred(kind: str, v: ClaimSide, u: ClaimSide, meaning: Meaning) -> bool:
    """Whether two versions tell of the same."""
    least = KIN if v.group == u.group else COUNTED if kind in TOLD_BY_VALUE else ALIKE
    if v.group == u.group and kind in TOLD_BY_VALUE:
        return True
    languages = (v.language, u.language)
    if meaning.near(v.words, u.words, languages) >= least:
        return True
    led = v.text[slice(*v.led)]
    return kind in WORDED and bool(led) and meaning.near(led, u.own_words, languages) >= LED


def same_number(v: ClaimSide, u: ClaimSide, mark: Mark) -> Mark | None:
    """The quantity of a version that agrees with the one at issue."""
    at_issue = [q for q in u.quantities if q.start == mark.start]
    for q in v.quantities:
        if any(not unsaid(q) and commensurable(q, r) and is_part(q.what) == is_part(r.what) and agree(q, r) for r in at_issue):
            return Mark(value="", start=q.start, end=q.end)
    return None


def same_day(v: ClaimSide, u: ClaimSide, mark: Mark) -> Mark | None:
    """The date of a version that agrees with the one at issue."""
    at_issue = [d for d in u.dates if d.start == mark.start]
    for d in v.dates:
        if any(d.grain == e.grain and is_clock(d) == is_clock(e) and compare_dates(d, e) == "same" for e in at_issue):
            return Mark(value="", start=d.start, end=d.end)
    return None


def same_state(v: ClaimSide, _: ClaimSide, mark: Mark) -> Mark | None:
    """The word of a version that takes the side at issue in a pair of opposites."""
    return next((m for m in v.opposites if m.value == mark.value), None)


def same_polarity(v: ClaimSide, u: ClaimSide, mark: Mark) -> Mark | None:
    """The negation of a version where one is at issue, the version itself where it is the asserting side."""
    if mark.value not in ("yes", "no"):
        return same_state(v, u, mark)
    words = turns(v)
    if mark.value == "no":
        return words[0] if words else None
    return None if words or v.denied else Mark(value="", start=v.start, end=v.end)


def same_certainty(v: ClaimSide, _: ClaimSide, mark: Mark) -> Mark | None:
    """The hedge of a version where one is at issue, the version itself where it asserts flatly."""
    if mark.value == "hedged":
        return next((m for m in v.hedges if m.value[0] != "~" and float(m.value) <= HEDGED), None)
    able = everywhere("enabling", v.language).search(v.text, v.start, v.end) is not None
    return Mark(value="", start=v.start, end=v.end) if v.flat and not able and not doubted(v) else None


AGREEMENTS: Mapping[str, Agreement] = {
    "number": same_number, "date": same_day, "status": same_state, "negation": same_polarity, "certainty": same_certainty,
}
