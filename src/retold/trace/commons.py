"""Copies of one text of which none is the source of the others, so that a source that is not there must be behind them.

Several outlets that bring out the same words at the same time have them from somebody: from the agency that one of them credits, or
from a source that nobody names. The first kind is cited, the second is inferred; the two are kept apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from retold.trace.citations import Statement
from retold.trace.register import Register
from retold.trace.ties import Fabric, order

LIKELY_COMMON = 0.75  # of a common source: copies on one day by different outlets seldom come from one of themselves
SHOWN = 2  # outlets named in the label of a source that nobody names


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Articles with one text, and the source behind them; `credited` by these of them, by none where it is inferred alone."""

    node: str
    members: tuple[str, ...]
    credited: frozenset[str]


def common_sources(fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register) -> list[Common]:
    """The sources behind copies of one text of which none is surely the first."""
    out = []
    for members in copies(fabric):
        outlets = {register.publishers.get(a) or a for a in members}
        first = [a for a in members if all(order(fabric.published.get(a), fabric.published.get(b)) > 0 for b in members if b != a)]
        inside = any(s.node in members for a in members for s in stated[a])
        common = behind(members, stated, register)
        known = all(a in fabric.published for a in members) or (common.credited and all(a in register.publishers for a in members))
        if len(outlets) == len(members) and not first and known and not inside:
            out.append(common)
    return out


def subscribers(stated: Mapping[str, Sequence[Statement]], register: Register) -> set[tuple[str, str]]:
    """Pairs of articles, both ways, of two publishers that credit one report outside the collection and do not name each other.

    What they share they have from that report: who takes an agency's text has it from the agency, not from another customer.
    """
    credited = {a: frozenset(s.node for s in rows if reports(s)) for a, rows in stated.items()}
    named = {a: frozenset(s.node for s in rows) for a, rows in stated.items()}
    return {
        pair for a, b in combinations(sorted(stated), 2) for pair in ((a, b), (b, a))
        if credited[a] & credited[b] and a not in named[b] and b not in named[a]
        and register.publishers.get(a) != register.publishers.get(b)
    }


def reports(s: Statement) -> bool:
    """Whether a statement credits an outlet or agency that is not in the collection."""
    return s.credited and s.kind in ("outlet", "agency") and s.node.startswith("external:")


def copies(fabric: Fabric) -> list[tuple[str, ...]]:
    """Groups of articles that are copies of each other."""
    home = {a.id: a.id for a in fabric.articles}
    for a, b in sorted((a, b) for a, found in fabric.twins.items() for b in found if a < b):
        if home[a] != home[b]:
            home = {key: home[a] if value == home[b] else value for key, value in home.items()}
    groups: dict[str, list[str]] = {}
    for article, found in sorted(home.items()):
        groups.setdefault(found, []).append(article)
    return [tuple(members) for members in groups.values() if len(members) > 1]


def behind(members: Sequence[str], stated: Mapping[str, Sequence[Statement]], register: Register) -> Common:
    """The source behind some copies: the one that most of them credit, else one that is known by its copies alone."""
    votes = Counter(node for a in members for node in sorted({
        s.node for s in stated[a] if reports(s)}))
    if votes:
        node = min(votes, key=lambda n: (-votes[n], n))
        return Common(node=node, members=tuple(members), credited=frozenset(a for a in members if any(s.node == node for s in stated[a])))
    names = sorted(register.publishers.get(a) or a for a in members)
    rest = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    label = " and ".join(names) if not rest else ", ".join(names[:SHOWN]) + rest
    return Common(node=f"external:unnamed source of {label}", members=tuple(members), credited=frozenset())
