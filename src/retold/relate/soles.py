"""States that a story tells of one person or thing, over the whole story: accounts of which each has one side of a pair only.

Whoever tells the one leaves out the other, in words that have nothing in common with those of other accounts, so such versions are often
neither linked nor near. Only pairs of states are asked about that come up once in a story, and only accounts that never tell the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from retold.base.meaning import Meaning
from retold.relate.disputes import Dispute, Stands, support
from retold.relate.marks import Mark, roles
from retold.relate.pairs import confidence, lean, shown
from retold.relate.sides import ClaimSide, turning

# resigned, dismissed; held, free; preliminary, formal; of one's own will; signed; valid; working; sent elsewhere; suspended; abstained;
# witness, suspect: in 46 annotated stories accounts that told but one side each, .2 near, disagreed 17 times of 19; by other pairs 3 of 34
ONCE = (0, 1, 3, 9, 15, 16, 17, 19, 20, 21, 25, 27, 28, 30, 34)
DANGER = 8  # whether somebody may die is told in few words, near nothing: in three of four stories accounts that took a side each disagreed
FAINT = 0.2  # cosine that the nearest two versions of two sides need
TURNED = 0.3  # … where a negation turns a word round from farther than beside it
BESIDE = 2  # words of such a negation and its word
OPENED = 0.2  # log odds that two accounts that take one side each disagree
NEARER = 2.0  # what a cosine above `FAINT` adds

Told = Mapping[str, Mapping[str, Sequence[tuple[ClaimSide, Mark]]]]


def one_sided(versions: Sequence[ClaimSide], meaning: Meaning) -> list[Dispute]:
    """The disagreements between accounts that tell one side each of a pair of states."""
    told: dict[str, dict[str, list[tuple[ClaimSide, Mark]]]] = {}
    for v in versions:
        for m in v.opposites:
            told.setdefault(m.value, {}).setdefault(v.article, []).append((v, m))
    found = [sole(f"status {index}", told, meaning) for index in sorted((*ONCE, DANGER))]
    return [d for d in found if d is not None]


def sole(pair: str, told: Told, meaning: Meaning) -> Dispute | None:
    """The disagreement over one pair of states; None where no two accounts take one side each, or they are not near."""
    danger = pair == f"status {DANGER}"
    one, other = (told.get(f"{pair} {side}", {}) for side in (0, 1))
    stands = {f"{pair} 0": held(one, other, danger=danger), f"{pair} 1": held(other, one, danger=danger)}
    near, a, b = nearest(stands, meaning)
    if a is None or b is None or (near < FAINT and not danger):
        return None
    score = confidence(OPENED + (lean(near, FAINT, NEARER) if near > FAINT else 0.0) + support("status", stands))
    why = f"one account says {shown(*a)}, another {shown(*b)}"
    denied = not danger and bool(turning(*a)) != bool(turning(*b))  # "is not a suspect", "is a suspect"
    return Dispute(claim=min(a[0].group, b[0].group), kind="negation" if denied else "status", stands=stands, score=score, why=why)


def held(
    told: Mapping[str, Sequence[tuple[ClaimSide, Mark]]], other: Mapping[str, Sequence[tuple[ClaimSide, Mark]]], *, danger: bool,
) -> dict[str, tuple[ClaimSide, Mark]]:
    """The versions that take a side with their words, of articles that never take the other one."""
    return {v.id: (v, m) for article in told if article not in other for v, m in told[article]
            if v.core[0] <= m.start and m.end <= v.core[1] and (not danger or of_life(v, m))}


def of_life(v: ClaimSide, m: Mark) -> bool:
    """Whether words tell of life or death: "stable" and "critical" are said of other things too."""
    return any(root in v.text[m.start : m.end].casefold() for root in roles("life"))


def nearest(stands: Stands, meaning: Meaning) -> tuple[float, tuple[ClaimSide, Mark] | None, tuple[ClaimSide, Mark] | None]:
    """The two versions of two sides that are nearest, and how near; those turned round from afar count only where they are nearer."""
    best: tuple[float, tuple[ClaimSide, Mark] | None, tuple[ClaimSide, Mark] | None] = (-1.0, None, None)
    for a, b in product(*(stand.values() for stand in stands.values())):
        near = meaning.near(a[0].words, b[0].words, (a[0].language, b[0].language))
        if near > best[0] and (near >= TURNED or not (from_afar(*a) or from_afar(*b))):
            best = (near, a, b)
    return best


def from_afar(v: ClaimSide, m: Mark) -> bool:
    """Whether a negation that stands farther off turns the word of a state round."""
    return bool(turning(v, m)) and len(v.text[m.start : m.end].split()) > BESIDE and m.value.split()[1] != str(DANGER)
