"""Sources that are not in the collection, as articles state them: missing reports, and people and bodies that they spoke to themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.base.records import Derivation, make_id
from retold.trace.candidates import Candidate
from retold.trace.citations import Statement
from retold.trace.register import OWN_VOICE, Register
from retold.trace.ties import LIKELY
from retold.trace.voices import Surroundings, spoke_itself

STATED = 0.9  # of a named outlet that is not in the collection: 9 in 10 such statements on development data were true
SEVERAL = 3  # people and bodies that an article names as sources from which it is a report, whoever publishes it


def is_first_hand(article: str, stated: Mapping[str, Sequence[Statement]], register: Register) -> bool:
    """Whether an article without a source in the collection tells what its own publisher knows first hand.

    It does when it speaks of itself outside quotes ("we have found"), or when others name its publisher as a person or body. Where some
    name it as an outlet it is one, unless it has its news from nobody. Nor does an outlet that says in its name that it reports, where
    it names any source; nor who names several people and bodies.
    """
    others = {(s.node, s.kind) for s in stated[article] if s.node != article}
    spoken = {node for node, kind in others if kind in ("person", "organisation") and node.startswith("external:")}
    if len(spoken) >= SEVERAL or (others and register.publishers.get(article) in register.reporters):
        return False
    kinds = {s.kind for rows in stated.values() for s in rows if s.node == article}
    called = bool(kinds & {"person", "organisation"}) and not (others and kinds & {"outlet", "agency"})
    return called or register.voices.get(article, 0) >= OWN_VOICE


def from_statements(
    story: str, article: str, taken: Sequence[Candidate], known: Surroundings, first_hand: frozenset[str],
) -> list[Derivation]:
    """Sources outside the collection: missing reports that the article cites, people and bodies that it spoke to itself."""
    missing = [s for s in known.stated[article] if s.node.startswith("external:")]
    outlets = {s.node for s in missing if s.kind in ("outlet", "agency")}
    out = [outside(story, article, node, "cites", STATED) for node in sorted(outlets)]
    if article in first_hand:
        kinds = {s.kind for rows in known.stated.values() for s in rows if s.node == article}
        return [] if kinds & {"person", "organisation"} else out
    for node in sorted({s.node for s in missing} - outlets):
        probability = spoke_itself([s for s in missing if s.node == node], [c.tie.source for c in taken], known)
        if probability >= LIKELY:
            out.append(outside(story, article, node, "quotes", probability))
    return out


def outside(story: str, article: str, node: str, kind: str, probability: float) -> Derivation:
    """The row for a source that is not in the collection."""
    return Derivation(id=make_id("de", story, node, article), story=story, source=node, target=article, kind=kind, probability=probability,
                      stated=True, inferred=False, method="stated in the text")
