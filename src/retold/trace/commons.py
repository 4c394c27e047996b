"""Copies of one text of which none is the source of the others, so that a source that is not there must be behind them.

Several outlets that bring out the same words at the same time have them from somebody: from the agency that one of them credits, or
from a source that nobody names. The first kind is cited, the second is inferred; the two are kept apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations

from retold.trace.register import Register
from retold.trace.statement import Statement
from retold.trace.ties import Fabric, mutual
from retold.trace.times import moment, order

LIKELY_COMMON = 0.75  # of a common source: copies on one day by different outlets seldom come from one of themselves
MANY = 3  # outlets with one text from which a source of all of them is likelier than that two have it from the third
ALL = 0.85  # share of what an article has from one copy that another copy must have too
SOME = 0.2  # share of the words of both from which two that name one agency have their text from there
MOST = 0.6  # share of the words of both that two such articles have in common
FAR = timedelta(hours=1)  # by which the first of so many must lead the others to be the source of them
SHOWN = 2  # outlets named in the label of a source that nobody names


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Articles with one text, and the source behind them; `credited` by these of them, by none where it is inferred alone."""

    node: str
    members: tuple[str, ...]
    credited: frozenset[str]


def common_sources(fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register) -> list[Common]:
    """The sources behind copies of one text of which none is surely the first."""
    out, done = [], set[str]()
    for members in (*siblings(fabric, register), *copies(fabric)):
        outlets = {register.publishers.get(a) or a for a in members}
        first = [a for a in members if all(leads(a, b, fabric, far=len(outlets) >= MANY) for b in members if b != a)]
        inside = any(s.node in members for a in members for s in stated[a])
        common = behind(members, stated, register)
        here = all(a in register.publishers for a in members)
        known = all(a in fabric.published for a in members) or (here and (common.credited or len(outlets) >= MANY))
        if len(outlets) == len(members) and not first and known and not inside and not done & set(members):
            out.append(common)
            done |= set(members)
    return out


def leads(a: str, b: str, fabric: Fabric, *, far: bool) -> bool:
    """Whether an article is surely earlier than another; `far`: by more than a statement takes to reach every desk."""
    one, other = fabric.published.get(a), fabric.published.get(b)
    if order(one, other) <= 0 or not far:
        return order(one, other) > 0
    start, end = moment(one), moment(other)
    return start is not None and end is not None and end - start >= FAR


def siblings(fabric: Fabric, register: Register) -> list[tuple[str, ...]]:
    """Groups of articles of `MANY` outlets and more of which every one has most of its text in common with every other.

    One of them is the source of another only if the other has what the first has put in: where all have the same, nothing shows it.
    Who shares more with one of them than with the rest is left out, for that is what a copy of that one does.
    """
    near = {a.id: {b.id for b in fabric.articles if b.id != a.id and mutual(fabric, a.id, b.id) >= MOST} for a in fabric.articles}
    free, out = {a for a in near if a in register.publishers}, []
    for article in sorted(near, key=lambda a: (-len(near[a]), a)):
        if article not in free:
            continue
        members = [article]
        for other in sorted(near[article] & free, key=lambda b: (-mutual(fabric, article, b), b)):
            if all(other in near[m] and register.publishers[other] != register.publishers[m] for m in members):
                members.append(other)
        if len(members) >= MANY:
            out.append(tuple(sorted(members)))
            free -= set(members)
    return out


def subscribers(fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register) -> set[tuple[str, str]]:
    """Pairs of articles, both ways, of two publishers that credit one report outside the collection and do not name each other; or that
    name one agency, wherever, and have words in common.

    What they share they have from that report: who takes an agency's text has it from the agency, not from another customer.
    """
    credited = {a: frozenset(s.node for s in rows if reports(s)) for a, rows in stated.items()}
    agencies = {a: frozenset(s.node for s in rows if s.kind == "agency" and s.node.startswith("external:")) for a, rows in stated.items()}
    named = {a: frozenset(s.node for s in rows) for a, rows in stated.items()}
    return {
        pair for a, b in combinations(sorted(stated), 2) for pair in ((a, b), (b, a))
        if a not in named[b] and b not in named[a] and register.publishers.get(a) != register.publishers.get(b)
        and (credited[a] & credited[b] or (agencies[a] & agencies[b] and mutual(fabric, a, b) >= SOME))
    }


def silent_subscribers(fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register) -> list[Common]:
    """Articles that credit nobody and have most of their words from one of another outlet that credits an agency.

    They have it from the agency as well, unless they name that outlet: an agency's text does not pass from one customer to another.
    """
    out = []
    for a, rows in sorted(stated.items()):
        nodes = sorted({s.node for s in rows if reports(s) and s.kind == "agency"})
        if len(nodes) != 1 or a not in register.publishers:
            continue
        quiet = [b for b, theirs in sorted(stated.items()) if register.publishers.get(b, register.publishers[a]) != register.publishers[a]
                 and taken(fabric, b, a) >= MOST and not any(reports(s) or s.node == a for s in theirs)
                 and not any(s.node == b for s in rows)]
        out += [Common(node=nodes[0], members=tuple(sorted((a, b))), credited=frozenset((a,))) for b in quiet]
    return out


def followers(commons: Sequence[Common], fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register) -> list[Common]:
    """Further articles that have what several copies have, from the source of these and not from one of them.

    The words that they share with one copy another copy, of a third outlet, has as well: they have nothing that one of them put in.
    """
    out = []
    for common in commons:
        for a in (x.id for x in fabric.articles if x.id not in common.members):
            shares = sorted(((taken(fabric, a, m), m) for m in common.members), reverse=True)
            named = {s.node for s in stated[a]}
            outlets = {register.publishers.get(m, "") for m in (a, shares[0][1], shares[1][1])} - {""}
            if shares[1][0] >= max(SOME, ALL * shares[0][0]) and len(outlets) == MANY and not named & set(common.members):
                out.append(Common(node=common.node, members=(a, *common.members), credited=common.credited))
    return out


def joined(commons: Sequence[Common]) -> list[Common]:
    """The same, those that nobody credits and that have an article in common under one name: that of the one with most articles."""
    unnamed = sorted((c for c in commons if not c.credited), key=lambda c: (-len(c.members), c.node))
    home: dict[str, str] = {}
    for c in unnamed:
        known = [home[m] for m in c.members if m in home]
        node = known[0] if known else c.node
        home = {m: node if found in known else found for m, found in home.items()} | dict.fromkeys(c.members, node)
    return [c if c.credited else replace(c, node=home[c.members[0]]) for c in commons]


def taken(fabric: Fabric, a: str, b: str) -> float:
    """The share of an article's words that another has."""
    return min(1.0, fabric.shared_words.get((a, b), 0) / fabric.words[a])


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
