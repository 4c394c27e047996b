"""Disagreements before they become rows: which versions stand on which side, and the same disagreement found twice as one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retold.base.records import Conflict, make_id
from retold.relate.marks import Mark, roles
from retold.relate.pairs import Difference, confidence
from retold.relate.sides import ClaimSide, turning

METHOD = "typed-comparison-1"
FURTHER = 0.35  # what each article beyond the first two adds to the log odds, three at most
BALANCE = 1.2  # what the balance of hedged against flat articles adds or takes at most
LONE = 1.0  # what it takes that only one article hedges
ABLE = 1.8  # … that "can" and the like stand in another language only: what somebody is able to is told in many ways
TONGUES = 3  # … unless it is said in so many languages
FOREIGN = 1.0  # … that only one article denies, and none of its language asserts: what others say in other words may be the same

BY_NAME = ("place", "actor", "attribution")  # kinds whose sides are called by names
LIKELY = 0.5  # confidence from which a disagreement is shown as one

Stands = Mapping[str, Mapping[str, tuple[ClaimSide, Mark]]]
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Two versions with what they disagree about."""

    a: ClaimSide
    b: ClaimSide
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A disagreement of one kind over one claim: versions by what they say, each with the words that say it.

    `opened` is the difference of two versions that speaks most for it; None where it was not found by comparing two. `answered`: an
    article sets the sides against each other itself, so that it is no wonder that it has both.
    """

    claim: str
    kind: str
    stands: Stands
    score: float
    why: str
    opened: Edge | None = None
    answered: bool = False


def dispute(claim: str, kind: str, edges: Sequence[Edge], members: Sequence[ClaimSide], *, less: float = 0.0) -> Dispute:
    """The differences of one kind between versions of one claim as one disagreement.

    Args:
        claim: the claim group at issue.
        kind: the kind of all the differences.
        edges: the differences, at least one.
        members: all versions, also those that differ from none; a merely reported one joins the hedged side.
        less: what is taken from the log odds.
    """
    stands: dict[str, dict[str, tuple[ClaimSide, Mark]]] = {}
    for e in edges:
        stands.setdefault(e.difference.left.value, {}).setdefault(e.a.id, (e.a, e.difference.left))
        stands.setdefault(e.difference.right.value, {}).setdefault(e.b.id, (e.b, e.difference.right))
    decided = {v for stand in stands.values() for v in stand}
    told = [v for v in members if v.hedges and v.id not in decided] if kind == "certainty" else []
    best = max(edges, key=lambda e: (e.difference.score, e.a.id, e.b.id))
    score = confidence(log_odds(best.difference.score) + support(kind, stands, len({v.article for v in told})) - less)
    if kind == "certainty" and len(languages(stands["hedged"])) < TONGUES and able(best):
        score = confidence(log_odds(score) - ABLE)
    for v in told:
        stands["hedged"][v.id] = (v, v.hedges[0])
    return Dispute(claim=claim, kind=kind, stands=stands, score=score, why=best.difference.why, opened=best)


def able(edge: Edge) -> bool:
    """Whether the hedge of two versions of two languages says what somebody is able to do or may do."""
    marks = ((edge.a, edge.difference.left), (edge.b, edge.difference.right))
    words = [v.text[m.start : m.end].casefold() for v, m in marks if m.value == "hedged"]
    return edge.a.language != edge.b.language and any(w in roles("able") for w in words)


def log_odds(probability: float) -> float:
    """The logit of a probability."""
    return math.log(probability / (1.0 - probability))


def support(kind: str, stands: Stands, told: int = 0) -> float:
    """What the number of articles on the sides adds: a lone word may be a slip of ours, the same stand in several articles hardly.

    A hedge that one article alone has is mostly about something else; a hedge that most have and one lacks was hardened there.
    `told`: articles that merely report it ("is said to").
    """
    articles = {value: len({v.article for v, _ in stand.values()}) for value, stand in stands.items()}
    if kind == "certainty":
        hedged, flat = articles.get("hedged", 0), articles.get("flat", 0)
        return max(-BALANCE, min(BALANCE, 0.6 * (hedged + told / 2 - flat))) - (LONE if hedged == 1 else 0.0)
    foreign = FOREIGN if articles.get("no") == 1 and not languages(stands["no"]) & languages(stands.get("yes", {})) else 0.0
    return FURTHER * min(3, sum(articles.values()) - 2) - foreign


def languages(stand: Mapping[str, tuple[ClaimSide, Mark]]) -> set[str]:
    """The languages of a side."""
    return {v.language for v, _ in stand.values()}


def places(stand: Mapping[str, tuple[ClaimSide, Mark]]) -> set[Place]:
    """Where the versions of a side stand."""
    return {(v.article, v.start, v.end) for v, _ in stand.values()}


def merged(found: Iterable[Dispute]) -> list[Dispute]:
    """Disputes with those of the same kind that have versions of two of their sides joined to them, surest first.

    A sentence may stand in several claims; what it says against another sentence is still one disagreement.
    """
    out: list[Dispute] = []
    for d in sorted(found, key=lambda d: (-d.score, d.claim, d.kind, d.why)):
        home = next((i for i, o in enumerate(out) if o.kind == d.kind and len(twins(o, d)) > 1), None)
        if home is None:
            out.append(d)
        else:
            out[home] = joined(out[home], d)
    return out


def told_once(found: Iterable[Dispute]) -> list[Dispute]:
    """Disputes each told once: those over the same two names or places joined, and of a state and a denial over the same versions one only,
    the denial where a negation turns the state round on one side ("worked", "did not work").
    """
    out: list[Dispute] = []
    for d in found:
        home = next((i for i, o in enumerate(out) if o.kind == d.kind and d.kind in BY_NAME and set(o.stands) == set(d.stands)), None)
        if home is None:
            out.append(d)
        else:
            first = out[home]
            stands = {value: dict(d.stands[value]) | dict(first.stands[value]) for value in first.stands}
            out[home] = replace(first, stands=stands, score=max(first.score, d.score))
    return [d for d in out if not any(o is not d and spare(d, o) for o in out)]


def spare(d: Dispute, other: Dispute) -> bool:
    """Whether a disagreement is told by another one too, of a state and of a denial over the same versions."""
    if {d.kind, other.kind} != {"status", "negation"} or other.score < LIKELY or len(marked(d, other)) < len(d.stands):
        return False
    state = d if d.kind == "status" else other
    denied = [any(turning(v, m) for v, m in stand.values()) for stand in state.stands.values()]
    return (d.kind == "status") == (any(denied) and not all(denied))


def marked(d: Dispute, other: Dispute) -> set[str]:
    """The sides of a disagreement that stand on different sides of another, each in the sentence of one of its versions."""
    homes = {(v.article, v.sentence): y for y, stand in other.stands.items() for v, _ in stand.values()}
    of = {x: {homes[v.article, v.sentence] for v, _ in stand.values() if (v.article, v.sentence) in homes} for x, stand in d.stands.items()}
    return {x for x, there in of.items() if there and not any(there & of[z] for z in of if z != x)}


def twins(a: Dispute, b: Dispute) -> dict[str, str]:
    """Which side of `b` is which of `a`: those that share a version, each side of `a` once."""
    out: dict[str, str] = {}
    for y in sorted(b.stands):
        for x in sorted(a.stands):
            if x not in out.values() and places(a.stands[x]) & places(b.stands[y]):
                out[y] = x
                break
    return out


def joined(a: Dispute, b: Dispute) -> Dispute:
    """`a` with the versions that `b` adds to its sides; a version never stands on two sides."""
    taken = {p for stand in a.stands.values() for p in places(stand)}
    stands = {value: dict(stand) for value, stand in a.stands.items()}
    for y, x in twins(a, b).items():
        for key, (v, found) in b.stands[y].items():
            if (v.article, v.start, v.end) not in taken:
                stands[x][key] = (v, found)
                taken.add((v.article, v.start, v.end))
    return replace(a, stands=stands, answered=a.answered or b.answered)


def rows(story: str, d: Dispute) -> list[Conflict]:
    """A dispute as rows, the side that most versions take first; each place once."""
    values = sorted(d.stands, key=lambda v: (-len(places(d.stands[v])), v))
    conflict = make_id("x", story, d.claim, d.kind, *values, *sorted(p for v in values for p in places(d.stands[v])))
    out: dict[Place, Conflict] = {}
    for side, value in enumerate(values):
        for v, found in d.stands[value].values():
            out.setdefault((v.article, v.start, v.end), Conflict(
                id=make_id("xr", conflict, side, v.article, v.start, v.end), story=story, group=conflict, claim=d.claim,
                kind=d.kind, side=side, article=v.article, start=v.start, end=v.end, mark_start=found.start, mark_end=found.end,
                why=d.why, method=METHOD, score=d.score,
            ))
    return list(out.values()) if len({c.side for c in out.values()}) > 1 else []
