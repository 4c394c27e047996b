"""Two people of one surname, of whom accounts take the one for the other: the brother for the rider, the spokesman for the deputy governor.

Both are known to be two where an article names both. An account that tells of the one, and never names the other, what another account
tells of that other in nearly the same words has mistaken them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from retold.base.meaning import Meaning
from retold.base.records import Name
from retold.base.skeletons import skeleton
from retold.relate.disputes import Dispute, support
from retold.relate.marks import Mark
from retold.relate.nearest import Neighbourhood
from retold.relate.pairs import blank, confidence, lean
from retold.relate.sides import ClaimSide, Sides

INITIALS = 2  # letters up to which the skeleton of a given name may be that of an initial or a short form
ABOUT = 0.15  # cosine below the best at which a further pair of versions is of the same mistake
MISTAKEN = 0.1  # log odds that two versions that are as near as `TELLING` but for their names have mistaken a person for a namesake
TELLING = 0.55  # cosine of two versions without the names
LEAST_NEAR = 0.45  # cosine from which versions with their names are looked at


def mistaken(versions: Sequence[ClaimSide], sides: Sides, near: Neighbourhood, meaning: Meaning) -> Iterator[Dispute]:
    """Namesakes of whom articles that name but one of them tell what others tell of the other."""
    for one, other in namesakes(sides):
        for x, y in ((one, other), (other, one)):
            found = edges(x, y, versions, sides, near, meaning)
            if found:
                yield found


def namesakes(sides: Sides) -> list[tuple[str, str]]:
    """Pairs of persons with one surname and different given names, both of whom some article names."""
    full = {e: parts for e in sorted(sides.persons) if len(parts := sides.labels[e].split()) > 1}
    pairs = [(x, y) for x, y in combinations(full, 2) if y in sides.company.get(x, frozenset())]
    return [(x, y) for x, y in pairs if one_surname(full[x], full[y]) and other_given(full[x], full[y])]


def one_surname(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two names end in one word, however it is spelled."""
    x, y = skeleton(left[-1]), skeleton(right[-1])
    shorter, longer = sorted((x, y), key=len)
    cases = len(shorter) > INITIALS + 1 and len(longer) - len(shorter) < INITIALS and longer.startswith(shorter[:-1])
    return x == y or cases


def other_given(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the given names of two names are surely two: neither begins with the other, as short forms and initials do."""
    here, there = ({skeleton(w) for w in words[:-1]} for words in (left, right))
    return all(min(len(x), len(y)) > INITIALS and not x.startswith(y[:3]) for x in here for y in there)


def edges(x: str, y: str, versions: Sequence[ClaimSide], sides: Sides, near: Neighbourhood, meaning: Meaning) -> Dispute | None:
    """The disagreement in which articles that never name `x` tell of `y` what is told of `x`; None for none."""
    homes = sides.naming(x)
    told = [v for v in versions if v.article not in homes and any(n.entity == y and " " in n.text for n in v.names)]
    true = {v.id: v for v in versions if v.article in homes and name_in(v, x) is not None and name_in(v, y) is None}
    pairs = [(nameless(true[u.id], x, v, y, meaning), true[u.id], v)
             for v in told for u in near.around([v], LEAST_NEAR) if u.id in true and u.article != v.article]
    best = max((rest for rest, _, _ in pairs), default=0.0)
    kept = [(u, v) for rest, u, v in pairs if rest >= max(LEAST_NEAR, best - ABOUT)]
    if not kept:
        return None
    stands = {x: {u.id: (u, mark(u, x)) for u, _ in kept}, y: {v.id: (v, mark(v, y)) for _, v in kept}}
    score = confidence(MISTAKEN + lean(best, TELLING) + support("actor", stands))
    why = f"one account says it of “{sides.labels[x]}”, another of “{sides.labels[y]}”"
    return Dispute(claim=min(u.group for u, _ in kept), kind="actor", stands=stands, score=score, why=why)


def nameless(u: ClaimSide, x: str, v: ClaimSide, y: str, meaning: Meaning) -> float:
    """How near two versions are without the two names."""
    words = [blank(s, (m.start, m.end)) for s, m in ((u, mark(u, x)), (v, mark(v, y)))]
    return meaning.near(words[0], words[1], (u.language, v.language))


def name_in(side: ClaimSide, entity: str) -> Name | None:
    """Where a version names somebody first."""
    return next((n for n in side.names if n.entity == entity), None)


def mark(side: ClaimSide, entity: str) -> Mark:
    """The words of a version that name somebody; nowhere where it does not."""
    found = name_in(side, entity)
    start, end = (found.start, found.end) if found is not None else (side.start, side.start)
    return Mark(value=entity, start=start, end=end)
