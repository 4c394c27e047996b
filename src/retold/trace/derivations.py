"""Who had it from whom: for every article its direct sources, in the collection or not.

Every ordered pair of articles gets a probability from their ties. The best source of an article is taken first; a further one
only if it brings claims that the ones taken do not explain, or if the article itself names it. What the article states of
sources that are not in the collection comes next: a missing report, or people and bodies it spoke to itself.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retold.base.records import Derivation, make_id
from retold.base.tables import Batch
from retold.trace.candidates import Candidate, Field, agencies, judged, pairs, with_gaps
from retold.trace.commons import LIKELY_COMMON, Common, common_sources, followers, joined, silent_subscribers, subscribers
from retold.trace.decisions import HUMAN, NO_RULINGS, Rulings
from retold.trace.outside import STATED, from_statements, is_first_hand, outside
from retold.trace.register import Register
from retold.trace.statement import Statement
from retold.trace.ties import Fabric
from retold.trace.voices import surroundings

TAKEN = 0.5  # probability from which an edge is taken: more likely than not
NOVEL = 0.15  # share of an article's shared claims that a further source must bring
NOVEL_LEAST = 2  # and how many at least
WORDS = 0.1  # share of its words that a further source must have beyond those taken, if it brings no claims
SENTENCES = 0.3  # the same, of its sentences in a translation
METHOD = "ties in a logistic formula"

MOST = 0.2  # share of words copied or sentences translated from which that is what an article is


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The derivations of a story with the candidates that were weighed, by (source, target)."""

    derivations: tuple[Derivation, ...]
    candidates: Mapping[tuple[str, str], Candidate]
    first_hand: frozenset[str]


def derive(
    story: str, batch: Batch, fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register, *,
    rulings: Rulings = NO_RULINGS, weighed: Mapping[tuple[str, str], Candidate] | None = None,
) -> Lineage:
    """The derivations of a story, every one with its probability; what people decided is certain. `weighed`: from `pairs`, if known."""
    commons = [*common_sources(fabric, stated, register), *silent_subscribers(fabric, stated, register)]
    commons = joined([*commons, *followers(commons, fabric, stated, register)])
    twins = (of_one_source(commons) | subscribers(fabric, stated, register)) - rulings.confirmed
    alone = pairs(fabric, stated, register) if weighed is None else weighed
    told = {pair for pair, c in alone.items() if pair[1] in register.releases and not takes_words(c)} - rulings.confirmed
    found = {pair: c for pair, c in judged(fabric, alone, rulings).items() if pair not in twins | told}
    chosen = choose(fabric, found)
    direct = frozenset(a.id for a in fabric.articles if not chosen[a.id] and is_first_hand(a.id, stated, register))
    rows = [from_article(story, c, indirect=is_indirect(c, chosen)) for cs in chosen.values() for c in cs]
    known = surroundings(batch, fabric, stated, agencies(stated, register))
    rows.extend(from_statements(story, chosen, known, direct - register.reportage))
    rows.extend(from_common(story, c, article) for c in commons for article in c.members)
    return Lineage(derivations=tuple(ruled(story, unique(rows), rulings)), candidates=found, first_hand=direct)


def of_one_source(commons: Sequence[Common]) -> set[tuple[str, str]]:
    """Pairs of articles, both ways, with one common source, however it was found: none has it from another."""
    members: dict[str, set[str]] = {}
    for common in commons:
        members.setdefault(common.node, set()).update(common.members)
    return {(a, b) for found in members.values() for a in found for b in found}


def from_common(story: str, common: Common, article: str) -> Derivation:
    """The row for a source behind several copies; an article that does not credit it has it by inference."""
    return Derivation(
        id=make_id("de", story, common.node, article), story=story, source=common.node, target=article, kind="copies",
        probability=STATED if article in common.credited else LIKELY_COMMON, stated=article in common.credited,
        inferred=article not in common.credited, method="inferred from copies")


def ruled(story: str, rows: Sequence[Derivation], rulings: Rulings) -> list[Derivation]:
    """The derivations with those that people confirmed as certain, and those that they rejected kept at nothing."""
    known = {(row.source, row.target): row for row in rows}
    for verdict, edges in ((1.0, rulings.confirmed), (0.0, rulings.rejected)):
        for source, target in sorted(edges):
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


def choose(fabric: Fabric, found: Mapping[tuple[str, str], Candidate]) -> dict[str, list[Candidate]]:
    """The sources in the collection of every article: the best first, further ones where they explain more; never in a circle.

    What is taken no longer competes with what is left.
    """
    chosen: dict[str, list[Candidate]] = {a.id: [] for a in fabric.articles}
    rows: dict[str, list[Candidate]] = {}
    for (_, target), c in sorted(found.items()):
        rows.setdefault(target, []).append(c)
    fields = {target: Field(fabric, candidates) for target, candidates in rows.items()}
    heap = [(-c.probability, c.tie.target, c.tie.source) for c in found.values() if c.probability >= TAKEN]
    heapq.heapify(heap)
    done = set()
    while heap:
        negative, target, source = heapq.heappop(heap)
        taken = [c.tie.source for c in chosen[target]]
        if (source, target) in done or is_ancestor(target, source, chosen):
            continue
        done.add((source, target))
        c = replace(found[source, target], probability=-negative)
        if not taken or c.sole or brings_more(fabric, c, chosen[target], chosen):
            chosen[target].append(c)
            left = (with_gaps(fields[target].against(o, [*taken, source])) for o in rows[target] if not o.sole)
            for o in left:
                if o.probability >= TAKEN and (o.tie.source, target) not in done:
                    heapq.heappush(heap, (-o.probability, target, o.tie.source))
    return {article: prune(cs, chosen) for article, cs in chosen.items()}


def takes_words(c: Candidate) -> bool:
    """Whether an article names a source and has words of it: a body that speaks for itself may name others without having it from them."""
    return c.cited and max(c.tie.copied, c.tie.translated) >= MOST


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
    return len(fresh) >= max(NOVEL_LEAST, NOVEL * len(common)) or brings_words(c, taken)


def brings_words(c: Candidate, taken: Sequence[Candidate]) -> bool:
    """Whether a further source has words of the article, or sentences of a translation, that those taken do not have."""
    return (c.tie.copied - max(t.tie.copied for t in taken) >= WORDS
            or c.tie.translated - max(max(t.tie.translated, t.tie.copied) for t in taken) >= SENTENCES)


def prune(cs: Sequence[Candidate], chosen: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    """Without sources that are only behind another one and that the article does not name."""
    sources = [c.tie.source for c in cs]
    return [c for c in cs if c.sole or not any(s != c.tie.source and is_ancestor(c.tie.source, s, chosen) for s in sources)]


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
    """Whether the two are in different languages, or nothing but meaning ties them: no copied word."""
    return c.tie.abroad or (c.tie.copied == 0 and c.tie.translated > 0)
