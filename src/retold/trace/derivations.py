"""Who had it from whom: for every article its direct sources, in the collection or not.

Every ordered pair of articles gets a probability from their ties. The best source of an article is taken first; a further one
only if it brings claims that the ones taken do not explain, or if the article itself names it. What the article states of
sources that are not in the collection comes next: a missing report, or people and bodies it spoke to itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retold.base.records import Claim, ClaimVersion, Derivation, make_id
from retold.base.tables import Batch
from retold.trace.citations import Statement
from retold.trace.decisions import HUMAN, Rulings
from retold.trace.register import OWN_VOICE, Register
from retold.trace.ties import Fabric, Tie, tie

TAKEN = 0.5  # probability from which an edge is taken: more likely than not
NOVEL = 0.15  # share of an article's shared claims that a further source must bring
NOVEL_LEAST = 2  # and how many at least
STATED = 0.9  # of a named outlet that is not in the collection: 9 in 10 such statements on development data were true
SPOKEN = 0.7  # of a person or body that an article spoke to itself
CERTAIN = 6.9  # log odds of 999 in 1,000: what a person says
NO_RULINGS = Rulings()
METHOD = "ties in a logistic formula"

# fitted by eval/fit_trace.py on development stories, pulled towards hand-set values; figures in docs/methods/trace.md
WEIGHTS: dict[str, float] = {
    "bias": -4.6, "copied": 5.6, "translated": 4.0, "claims": 1.3, "exclusive": 2.5, "surplus": 1.0, "innovations": 1.0, "splits": -1.5,
    "wording": 0.3, "cited": 4.0, "told_by": 2.5, "earlier": 1.3, "later": -8.0, "reversed": -1.5,
}

SCALE = 0.85  # of the signals once the lead is known
LEAD_WEIGHT = 0.34  # a unit of lead over the next candidate
LEAD = 3.0  # beyond which a lead says no more
FLOOR = -5.0  # log odds of a rival where there is none
COMMON = -0.8  # both name the same missing report
CREDIT = 1.0  # the target names an outlet that the source, whose outlet is unknown, may be
UNSOURCED = 0.6  # an article that names no report outside the collection has its source inside more often
MOST = 0.2  # share of words copied or sentences translated from which that is what an article is
COPY = 0.9  # share of the words of both at which two articles are one text


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible source in the collection with what speaks for it: weight in log odds by signal."""

    tie: Tie
    weights: Mapping[str, float]
    probability: float
    cited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The derivations of a story with the candidates that were weighed, by (source, target)."""

    derivations: tuple[Derivation, ...]
    candidates: Mapping[tuple[str, str], Candidate]
    first_hand: frozenset[str]


def derive(
    story: str, batch: Batch, fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register, *,
    rulings: Rulings = NO_RULINGS,
) -> Lineage:
    """The derivations of a story, every one with its probability; what people decided is certain."""
    found = weigh_pairs(fabric, stated, rulings)
    chosen = choose(fabric, found)
    direct = frozenset(a.id for a in fabric.articles if not chosen[a.id] and is_first_hand(a.id, stated, register))
    rows = [from_article(story, c, indirect=is_indirect(c, chosen)) for cs in chosen.values() for c in cs]
    spoken = novelty(batch, fabric, chosen)
    for article in fabric.articles:
        rows.extend(from_statements(story, article.id, chosen[article.id], stated, spoken, direct))
    return Lineage(derivations=tuple(ruled(story, unique(rows), rulings)), candidates=found, first_hand=direct)


def ruled(story: str, rows: Sequence[Derivation], rulings: Rulings) -> list[Derivation]:
    """The derivations with those that people confirmed as certain, and those that they rejected kept at nothing."""
    known = {(row.source, row.target): row for row in rows}
    for verdict, pairs in ((1.0, rulings.confirmed), (0.0, rulings.rejected)):
        for source, target in sorted(pairs):
            row = known.get((source, target)) or outside(story, target, source, "cites", verdict)
            known[source, target] = replace(row, probability=verdict, method=HUMAN)
    return [known[key] for key in sorted(known, key=lambda k: (k[1], k[0]))]


def unique(rows: Sequence[Derivation]) -> list[Derivation]:
    """One row an edge, the most probable, ordered by target and source."""
    best: dict[tuple[str, str], Derivation] = {}
    for row in rows:
        key = (row.target, row.source)
        if key not in best or row.probability > best[key].probability:
            best[key] = row
    return [best[key] for key in sorted(best)]


def weigh_pairs(fabric: Fabric, stated: Mapping[str, Sequence[Statement]], rulings: Rulings) -> dict[tuple[str, str], Candidate]:
    """A candidate for every ordered pair of articles that share anything, weighed against the target's other candidates."""
    out = {}
    for target in fabric.articles:
        cited = how_cited(stated[target.id])
        outlets = outlets_of(stated[target.id])
        credited = outlets_of([s for s in stated[target.id] if s.credited])
        alone: dict[str, dict[str, float]] = {}
        ties = {s.id: tie(fabric, s, target) for s in fabric.articles
                if s.id != target.id and (s.id, target.id) not in rulings.rejected}
        for source, found in ties.items():
            back = any(s.node == target.id for s in stated[source])
            alone[source] = signals(found, cited=cited.get(source, ""), reversed_=back)
            alone[source] |= credit(credited, stated[source], fabric, source) | common(outlets, outlets_of(stated[source]))
        sums = {source: sum(weights.values()) for source, weights in alone.items()}
        for source, weights in alone.items():
            rivals = [z for other, z in sums.items() if other != source and (source in cited or other not in cited)
                      and not same_text(fabric, source, other)]
            lead = max(-LEAD, min(LEAD, sums[source] - max(rivals, default=FLOOR)))
            judged = candidate(ties[source], weights, lead, cited=source in cited, unsourced=not outlets)
            if (source, target.id) in rulings.confirmed:
                judged = confirmed(judged)
            if judged.probability > 0.05:
                out[source, target.id] = judged
    return out


def confirmed(c: Candidate) -> Candidate:
    """A candidate that a person confirmed: certain, whatever speaks against it."""
    rest = CERTAIN - sum(c.weights.values())
    return replace(c, weights={**c.weights, HUMAN: rest}, probability=1.0)


def how_cited(rows: Sequence[Statement]) -> dict[str, str]:
    """The nodes that an article names: as an outlet, or as the person or body that tells it (which others may have passed on)."""
    out: dict[str, str] = {}
    for s in rows:
        out[s.node] = "outlet" if s.kind in ("outlet", "agency") or out.get(s.node) == "outlet" else "body"
    return out


def outlets_of(rows: Sequence[Statement]) -> frozenset[str]:
    """The outlets outside the collection that an article names."""
    return frozenset(s.node for s in rows if s.node.startswith("external:") and s.kind in ("outlet", "agency"))


def credit(target: frozenset[str], source: Sequence[Statement], fabric: Fabric, article: str) -> dict[str, float]:
    """A weight where the target credits an outlet that the source does not name, and nobody knows which outlet the source is."""
    unknown = next(a for a in fabric.articles if a.id == article).outlet is None
    return {"credit": CREDIT} if unknown and target - outlets_of(source) else {}


def common(target: frozenset[str], source: frozenset[str]) -> dict[str, float]:
    """A weight against the pair where both name the same missing report: what they share may come from there."""
    return {"common": COMMON} if target & source else {}


def same_text(fabric: Fabric, one: str, other: str) -> bool:
    """Whether two articles are copies of each other: as sources they do not compete."""
    return all(fabric.shared_words.get(pair, 0) >= COPY * fabric.words[pair[0]] for pair in ((one, other), (other, one)))


def signals(t: Tie, *, cited: str, reversed_: bool) -> dict[str, float]:
    """What speaks for one article being the source of another, in log odds by signal, the others left out of account."""
    values = {
        "bias": 1.0, "copied": t.copied, "translated": t.translated, "claims": t.claims, "exclusive": t.exclusive,
        "surplus": t.claims - t.kept, "innovations": float(min(t.innovations, 3)), "splits": float(min(t.splits, 3)),
        "wording": float(min(t.wording, 4)), "cited": float(cited == "outlet"), "told_by": float(cited == "body"),
        "earlier": float(t.order > 0), "later": float(t.order < 0),
        "reversed": float(reversed_ and not cited),
    }
    return {name: WEIGHTS[name] * value for name, value in values.items() if value}


def candidate(t: Tie, weights: Mapping[str, float], lead: float, *, cited: bool, unsourced: bool) -> Candidate:
    """A candidate with its probability: its own signals, its lead over the next, and whether the target names another source."""
    weighed = {name: SCALE * weight for name, weight in weights.items()}
    weighed["lead"] = LEAD_WEIGHT * lead
    if unsourced:
        weighed["unsourced"] = UNSOURCED
    probability = 1 / (1 + math.exp(-sum(weighed.values())))
    return Candidate(tie=t, weights=weighed, probability=round(probability, 4), cited=cited)


def choose(fabric: Fabric, found: Mapping[tuple[str, str], Candidate]) -> dict[str, list[Candidate]]:
    """The sources in the collection of every article: the best first, further ones where they explain more; never in a circle."""
    chosen: dict[str, list[Candidate]] = {a.id: [] for a in fabric.articles}
    ordered = sorted(found.values(), key=lambda c: (-c.probability, c.tie.target, c.tie.source))
    for c in ordered:
        if c.probability < TAKEN or is_ancestor(c.tie.target, c.tie.source, chosen):
            continue
        if not chosen[c.tie.target] or c.cited or brings_more(fabric, c, chosen[c.tie.target], chosen):
            chosen[c.tie.target].append(c)
    return {article: prune(cs, chosen) for article, cs in chosen.items()}


def is_ancestor(one: str, other: str, chosen: Mapping[str, Sequence[Candidate]]) -> bool:
    """Whether `one` is among the sources of `other`, however far back."""
    seen, todo = set(), [other]
    while todo:
        for c in chosen[todo.pop()]:
            if c.tie.source == one:
                return True
            if c.tie.source not in seen:
                seen.add(c.tie.source)
                todo.append(c.tie.source)
    return False


def brings_more(fabric: Fabric, c: Candidate, taken: Sequence[Candidate], chosen: Mapping[str, Sequence[Candidate]]) -> bool:
    """Whether a further source explains claims that those taken, and what those come from, do not."""
    target = c.tie.target
    if any(is_ancestor(c.tie.source, t.tie.source, chosen) for t in taken):
        return False
    known = frozenset[str]().union(*(fabric.claims[t.tie.source] for t in taken))
    common = {g for g in fabric.claims[target] if len(fabric.tellers[g]) > 1}
    fresh = (common & fabric.claims[c.tie.source]) - known
    return len(fresh) >= max(NOVEL_LEAST, NOVEL * len(common))


def prune(cs: Sequence[Candidate], chosen: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    """Without sources that are only behind another one and that the article does not name."""
    sources = [c.tie.source for c in cs]
    return [c for c in cs if c.cited or not any(s != c.tie.source and is_ancestor(c.tie.source, s, chosen) for s in sources)]


def is_indirect(c: Candidate, chosen: Mapping[str, Sequence[Candidate]]) -> bool:
    """Whether a source stands behind another one that the article was taken from: named, but not where the words come from."""
    return any(other is not c and is_ancestor(c.tie.source, other.tie.source, chosen) for other in chosen[c.tie.target])


def from_article(story: str, c: Candidate, *, indirect: bool) -> Derivation:
    """The row for a source in the collection. A source that is named but stands behind another one is only cited."""
    kind = "cites"
    if not indirect and c.tie.translated >= MOST:
        kind = "translates"
    elif not indirect and (c.tie.copied >= MOST or not c.cited):
        kind = "translates" if different_languages(c) else "copies"
    return Derivation(id=make_id("de", story, c.tie.source, c.tie.target), story=story, source=c.tie.source, target=c.tie.target, kind=kind,
                      probability=c.probability, stated=c.cited, inferred=False, method=METHOD)


def different_languages(c: Candidate) -> bool:
    """Whether nothing but meaning ties the two: no copied word."""
    return c.tie.copied == 0 and c.tie.translated > 0


def is_first_hand(article: str, stated: Mapping[str, Sequence[Statement]], register: Register) -> bool:
    """Whether an article without a source in the collection tells what its own publisher knows first hand.

    It does when others name its publisher as a person or body, or when it speaks of itself outside quotes ("we have found").
    """
    if any(s.node == article and s.kind not in ("outlet", "agency") for rows in stated.values() for s in rows):
        return True
    return register.voices.get(article, 0) >= OWN_VOICE


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
        return [] if any(s.node == article and s.kind not in ("outlet", "agency") for rows in stated.values() for s in rows) else out
    named = {s.node for s in missing if s.entity or s.own} - outlets
    for node in sorted(named or ({s.node for s in missing} - outlets)):
        mine = [s for s in missing if s.node == node and (s.kind != "anonymous" or s.own)]
        if mine and spoke_itself(mine, taken, fresh, stated, alone=not taken and not outlets, behind=bool(outlets)):
            out.append(outside(story, article, node, "quotes", SPOKEN))
    return out


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
    known = any(s.node == other.node for s in rows for c in taken for other in stated[c.tie.source])
    return not known and any(fresh.get(s.attribution, 1.0) >= 0.5 for s in rows)


def outside(story: str, article: str, node: str, kind: str, probability: float) -> Derivation:
    """The row for a source that is not in the collection."""
    return Derivation(id=make_id("de", story, node, article), story=story, source=node, target=article, kind=kind, probability=probability,
                      stated=True, inferred=False, method="stated in the text")
