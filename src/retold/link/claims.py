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

JOIN = 0.33  # mean probability at which two clusters are one claim: F1 .755 at .3, .761 at .33, .752 at .36 on stories left out
ABSENT = 0.18  # what a pair counts that was no candidate: with JOIN .707 at .35 and .15, .710 at .33 and .18, recall .611 and .623
METHOD = "clauses, average linkage"

# fitted by eval/fit_claims.py; figures in docs/methods/link.md
WEIGHTS: dict[str, float] = {
    "bias": -2.32, "clause": -1.49, "sentence": 3.31, "across": 1.53, "words": 0.62, "details": 1.66, "numbers": 2.35, "mutual": 0.72,
    "distance": -1.28, "margin": 2.73, "nearness": 3.99, "day": 1.66, "language": -0.58,
}
REREAD: dict[str, float] = {
    "bias": -3.91, "clause": -2.31, "sentence": 1.15, "across": 0.86, "words": 0.09, "details": 0.63, "numbers": 2.07, "mutual": 0.53,
    "distance": -0.92, "margin": 2.47, "nearness": 2.63, "day": 1.53, "language": -0.63, "least": 3.63, "most": 4.58,
}
THIRDS: dict[str, float] = {"bias": 0.49, "odds": 1.1, "apart": -0.62}


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
