"""Sources that are not in the collection, as articles state them: missing reports, and people and bodies that they spoke to themselves."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from retold.base.records import Derivation, make_id
from retold.trace.candidates import Candidate
from retold.trace.register import OWN_VOICE, Register
from retold.trace.statement import Statement
from retold.trace.ties import LIKELY
from retold.trace.voices import Surroundings, chance, signals

STATED = 0.9  # of a named outlet that is not in the collection: 9 in 10 such statements on development data were true
NOBODY = 0.25  # of a source that several articles name: between .1 and .25 of this the figures are the same
SEVERAL = 3  # people and bodies that an article names as sources from which it is a report, whoever publishes it


def is_first_hand(article: str, stated: Mapping[str, Sequence[Statement]], register: Register) -> bool:
    """Whether an article without a source in the collection tells what its own publisher knows first hand.

    A release does, and an article whose reporter was there. Others do when they speak of themselves outside quotes ("we have found"), or
    when others name their publisher as a person or body. Where some name it as an outlet it is one, unless it has its news from nobody. Nor
    does an outlet that says in its name that it reports, where it names any source; nor who names several people and bodies, or an outlet,
    unless it speaks of itself and others name its publisher so.
    """
    if article in register.releases | register.reportage:
        return True
    others = {(s.node, s.kind) for s in stated[article] if s.node != article}
    spoken = {node for node, kind in others if kind in ("person", "organisation") and node.startswith("external:")}
    if len(spoken) >= SEVERAL or (others and register.publishers.get(article) in register.reporters):
        return False
    kinds = {s.kind for rows in stated.values() for s in rows if s.node == article}
    itself = register.voices.get(article, 0) >= OWN_VOICE
    if any(kind in ("outlet", "agency") for _, kind in others) and not (itself and kinds & {"person", "organisation"}):
        return False
    return itself or (bool(kinds & {"person", "organisation"}) and not (others and kinds & {"outlet", "agency"}))


def from_statements(
    story: str, taken: Mapping[str, Sequence[Candidate]], known: Surroundings, first_hand: frozenset[str],
) -> Iterator[Derivation]:
    """Sources outside the collection: missing reports that articles cite, people and bodies that they spoke to themselves.

    An article of `first_hand` has none of the latter: its publisher tells what it knows itself.
    """
    spoken: dict[str, dict[str, tuple[float, dict[str, float]]]] = defaultdict(dict)
    for article in sorted(taken):
        missing = [s for s in known.stated[article] if s.node.startswith("external:")]
        outlets = {s.node for s in missing if s.kind in ("outlet", "agency")}
        if article not in first_hand or not publishes_itself(article, known):
            yield from (outside(story, article, node, "cites", STATED) for node in sorted(outlets))
        for node in sorted({s.node for s in missing} - outlets) if article not in first_hand else ():
            values = signals([s for s in missing if s.node == node], {c.tie.source: c.probability for c in taken[article]}, known)
            spoken[node][article] = chance(values), values
    here = {s.node for a in first_hand for s in known.stated[a]}
    papers = {s.node for rows in known.stated.values() for s in rows if s.kind == "document"}
    for node, found in sorted(spoken.items()):
        each = {a: p for a, (p, _) in found.items()} if node in here else had_by_one(found)
        for article, probability in each.items():
            if probability >= LIKELY:
                yield outside(story, article, node, "cites" if node in papers else "quotes", probability)


def publishes_itself(article: str, known: Surroundings) -> bool:
    """Whether others name an article's publisher as a person or body: then what it names is no source of it."""
    return any(s.node == article and s.kind in ("person", "organisation") for rows in known.stated.values() for s in rows)


def had_by_one(found: Mapping[str, tuple[float, Mapping[str, float]]]) -> dict[str, float]:
    """The probability that each article had a source's words itself, given that one of those that name it is likely to have.

    Where several articles name somebody, and the likeliest of them to have spoken to them names no report that it could have it from,
    this is the probability given that one of them had it, `NOBODY` being the weight of none having it.

    Args:
        found: by article its own probability, and the signals that it is from.
    """
    out = {article: p for article, (p, _) in found.items()}
    best = min(found, key=lambda a: (-found[a][0], a))
    values = found[best][1]
    if len(found) > 1 and values["named"] and not values["outlets"] and not values["silent"]:
        none = math.prod(1 - p for p in out.values())
        out[best] = max(out[best], out[best] / (1 - none + NOBODY * none))
    return out


def outside(story: str, article: str, node: str, kind: str, probability: float) -> Derivation:
    """The row for a source that is not in the collection."""
    return Derivation(id=make_id("de", story, node, article), story=story, source=node, target=article, kind=kind, probability=probability,
                      stated=True, inferred=False, method="stated in the text")
