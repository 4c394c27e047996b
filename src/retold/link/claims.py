"""The same claim in several articles and languages.

Every claim is compared with those of the other articles by several signals: the meaning of the clause and of its sentence,
shared words, rare details and numbers, whether each is the other's nearest, by how far, and whether both stand in like places
of their articles. A logistic formula makes them one probability; the claims that it leaves in doubt are read once more, sub-word by
sub-word, and judged by a second formula; what third articles tell as two claims is held apart. Average linkage makes clusters; a
claim may be told by several mentions of one article (a headline and a sentence), or by none.

Source: margin between the nearest and the next, Artetxe and Schwenk 2019, "Margin-based Parallel Corpus Mining", section 3.1;
ours is a difference, since cosines of short clauses are too small to divide by.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from retold.base.linkage import average_linkage
from retold.base.models import Models
from retold.base.records import Article, Claim, ClaimVersion, make_id
from retold.base.tables import Batch
from retold.link.candidates import candidates
from retold.link.rereading import reread
from retold.link.thirds import apart, log_odds
from retold.link.units import Units, gather

JOIN = 0.3  # mean probability at which two clusters are one claim; of stories left out, F1 .744 at .3, .738 at .33, .732 at .36, and of
# the pairs that are joined .738, .754, .772 are one by readers
ABSENT = 0.18  # what a pair counts that was no candidate: with JOIN .707 at .35 and .15, .710 at .33 and .18, recall .611 and .623
METHOD = "clauses, average linkage"

# fitted by eval/fit_claims.py; figures in docs/methods/link.md
WEIGHTS: dict[str, float] = {
    "bias": -1.95, "clause": -0.29, "sentence": 3.19, "across": 0.48, "words": 0.77, "details": 0.45, "numbers": 2.09, "mutual": 0.18,
    "distance": -1.3, "margin": 2.78, "nearness": 4.32, "day": 1.13, "language": -0.66,
}
REREAD: dict[str, float] = {
    "bias": -3.59, "clause": -0.92, "sentence": 0.73, "across": -0.03, "words": 0.16, "details": -0.44, "numbers": 1.95, "mutual": 0.17,
    "distance": -1.07, "margin": 2.99, "nearness": 1.56, "day": 1.09, "language": -0.78, "least": 2.84, "most": 5.35,
}
THIRDS: dict[str, float] = {"bias": 0.15, "odds": 0.98, "apart": -0.35}


def link_claims(story: str, batch: Batch, models: Models, units: Units | None = None, *, again: bool = True) -> list[ClaimVersion]:
    """The claims of a story as groups of mentions; a claim that nobody else makes is a group of one.

    again: whether what is in doubt is read again by a slower encoder.
    """
    units = units or gather(batch, models)
    if not units.claims:
        return []
    ties = tied(units, models, again=again)
    homes = [claim.article for claim in units.claims]
    texts = {article.id: article.text for article in batch.get(Article)}
    out: list[ClaimVersion] = []
    for members in average_linkage(len(homes), ties, join=JOIN, absent=ABSENT, homes=homes):
        out.extend(versions(story, members, units, ties, texts))
    return out


def tied(units: Units, models: Models, *, again: bool = True) -> dict[tuple[int, int], float]:
    """The probability of each pair of mentions that may make the same claim."""
    found = candidates(units)
    ties = {pair: same_claim(seen) for pair, seen in found.items()}
    if again:
        ties |= {pair: same_claim(found[pair] | seen, REREAD) for pair, seen in reread(units, ties, models).items()}
    homes = [claim.article for claim in units.claims]
    return {pair: same_claim({"odds": log_odds(ties[pair]), "apart": math.log1p(far)}, THIRDS) for pair, far in apart(ties, homes).items()}


def versions(
    story: str, members: Sequence[int], units: Units, ties: Mapping[tuple[int, int], float], texts: Mapping[str, str],
) -> list[ClaimVersion]:
    """The rows of one group. Its label is the mention with the strongest ties to the others."""
    best = max(members, key=lambda i: (round(sum(ties.get((min(i, j), max(i, j)), 0.0) for j in members), 6), -i))
    label = words(units.claims[best], texts)
    group = make_id("claim", *sorted(units.claims[i].id for i in members))
    out = []
    for i in members:
        claim = units.claims[i]
        strongest = max((ties.get((min(i, j), max(i, j)), 0.0) for j in members if j != i), default=1.0)
        out.append(ClaimVersion(
            id=make_id("cv", group, claim.id), story=story, group=group, label=label, claim=claim.id, article=claim.article,
            start=claim.start, end=claim.end, method=METHOD, score=round(strongest, 4)))
    return out


def words(claim: Claim, texts: Mapping[str, str]) -> str:
    """The words of a claim, white space folded."""
    return " ".join(texts[claim.article][claim.start:claim.end].split())


def same_claim(found: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The probability that two mentions make the same claim, from their features."""
    score = weights["bias"] + sum(weights[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-score))
