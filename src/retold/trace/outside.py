"""Sources that are not in the collection, as articles state them: missing reports, and people and bodies that they spoke to themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from retold.base.records import Claim, ClaimVersion, Derivation, make_id
from retold.base.tables import Batch
from retold.trace.candidates import Candidate
from retold.trace.citations import Statement
from retold.trace.publishers import telling
from retold.trace.register import OWN_VOICE, Register
from retold.trace.ties import Fabric

STATED = 0.9  # of a named outlet that is not in the collection: 9 in 10 such statements on development data were true
SPOKEN = 0.7  # of a person or body that an article spoke to itself


def is_first_hand(article: str, stated: Mapping[str, Sequence[Statement]], register: Register) -> bool:
    """Whether an article without a source in the collection tells what its own publisher knows first hand.

    It does when it speaks of itself outside quotes ("we have found"), or when others name its publisher as a person or body. Where some
    name it as an outlet it is one, unless it has its news from nobody.
    """
    kinds = {s.kind for rows in stated.values() for s in rows if s.node == article}
    others = any(s.node != article for s in stated[article])
    called = bool(kinds & {"person", "organisation"}) and not (others and kinds & {"outlet", "agency"})
    return called or register.voices.get(article, 0) >= OWN_VOICE


def novelty(batch: Batch, fabric: Fabric, chosen: Mapping[str, Sequence[Candidate]]) -> dict[str, float]:
    """For every attribution the share of its claims that no source of the article in the collection has (1 without claims)."""
    groups = {v.claim: v.group for v in batch.get(ClaimVersion)}
    known = {article: frozenset[str]().union(*(fabric.claims[c.tie.source] for c in cs)) for article, cs in chosen.items()}
    held: dict[str, list[bool]] = defaultdict(list)
    for claim in batch.get(Claim):
        if claim.attribution:
            held[claim.attribution].append(groups.get(claim.id, "") not in known[claim.article])
    return {attribution: sum(fresh) / len(fresh) for attribution, fresh in held.items()}


def from_statements(
    story: str, article: str, taken: Sequence[Candidate], stated: Mapping[str, Sequence[Statement]], fresh: Mapping[str, float],
    first_hand: frozenset[str],
) -> list[Derivation]:
    """Sources outside the collection: missing reports that the article cites, people and bodies that it spoke to itself."""
    missing = [s for s in stated[article] if s.node.startswith("external:")]
    outlets = {s.node for s in missing if s.kind in ("outlet", "agency")}
    out = [outside(story, article, node, "cites", STATED) for node in sorted(outlets)]
    if article in first_hand:
        return [] if any(s.node == article and s.kind in ("person", "organisation") for rows in stated.values() for s in rows) else out
    named = {s.node for s in missing if s.entity or s.own} - outlets
    for node in sorted(named or ({s.node for s in missing} - outlets)):
        mine = [s for s in missing if s.node == node and (s.kind != "anonymous" or s.own)]
        if mine and spoke_itself(mine, taken, fresh, stated, alone=not taken and not outlets, behind=bool(outlets)):
            out.append(outside(story, article, node, "quotes", SPOKEN))
    return out


def one_voice(one: Statement, other: Statement) -> bool:
    """Whether two statements name one source: the same, or a body and somebody who bears its name ("the Perl mill", "Ada Perl")."""
    if one.node == other.node or (one.entity and one.entity == other.entity):
        return True
    if {one.kind, other.kind} != {"person", "organisation"}:
        return False
    person, body = (one, other) if one.kind == "person" else (other, one)
    surname = person.label.split()[-1:]
    return bool(telling(" ".join(surname)) & telling(body.label))


def spoke_itself(
    rows: Sequence[Statement], taken: Sequence[Candidate], fresh: Mapping[str, float], stated: Mapping[str, Sequence[Statement]], *,
    alone: bool, behind: bool,
) -> bool:
    """Whether an article had a person's or body's words itself: told so, or nobody else there to have them from."""
    if alone or any(s.own for s in rows):
        return True
    if not any(s.entity for s in rows):  # "the company": whoever it is, the article may have it from its source
        return False
    if behind and not taken:
        return False
    known = any(one_voice(s, other) for s in rows for c in taken for other in stated[c.tie.source])
    return not known and any(fresh.get(s.attribution, 1.0) >= 0.5 for s in rows)


def outside(story: str, article: str, node: str, kind: str, probability: float) -> Derivation:
    """The row for a source that is not in the collection."""
    return Derivation(id=make_id("de", story, node, article), story=story, source=node, target=article, kind=kind, probability=probability,
                      stated=True, inferred=False, method="stated in the text")
