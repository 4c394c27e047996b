"""Danger to life, over the whole story: one account says that nobody is in it, another that somebody is.

Whoever tells the one leaves out the other, and the words have nothing in common with those of other accounts, so such versions are neither
linked nor near. Whether people who were hurt will live is told once in an account, by one state of the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.relate.disputes import Dispute, support
from retold.relate.marks import Mark, roles
from retold.relate.pairs import confidence
from retold.relate.sides import ClaimSide

STATES = ("status 8 1", "status 8 0")  # in danger, out of danger
OPENED = 0.3  # log odds that two accounts that take one side each disagree: two of three stories in which some do

Stand = dict[str, tuple[ClaimSide, Mark]]


def endangered(versions: Sequence[ClaimSide]) -> list[Dispute]:
    """The disagreement whether anybody's life is in danger: accounts that say so against those that deny it; who says both is left out."""
    told: dict[str, dict[str, Stand]] = {state: {} for state in STATES}
    for v in versions:
        for m in v.opposites:
            if m.value in told and any(root in v.text[m.start : m.end].casefold() for root in roles("life")):
                told[m.value].setdefault(v.article, {})[v.id] = (v, m)
    stands = {state: {k: held for a, stand in told[state].items() if a not in told[other] for k, held in clauses(stand).items()}
              for state, other in zip(STATES, reversed(STATES), strict=True)}
    if not all(stands.values()):
        return []
    (u, n), (v, m) = (next(iter(stands[state].values())) for state in STATES)
    why = f"one account says “{u.text[n.start : n.end]}”, another “{v.text[m.start : m.end]}”"
    return [Dispute(claim=min(u.group, v.group), kind="status", stands=stands, score=confidence(OPENED + support("status", stands)), why=why)]


def clauses(stand: Stand) -> Stand:
    """The versions that have the words themselves, all where none does: others have them in their sentence only."""
    return {k: (v, m) for k, (v, m) in stand.items() if v.core[0] <= m.start and m.end <= v.core[1]} or stand
