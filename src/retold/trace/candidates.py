"""The possible sources of every article inside the collection, each with what speaks for and against it in log odds.

A source that the article names stands for itself. Those that it does not name compete: what speaks for one speaks against the
others, though not as if only one could be true.

Source: the term for rivals is that of the conditional logit, McFadden 1974, "Conditional Logit Analysis of Qualitative Choice
Behavior", with a weight of its own instead of 1; the signals are our own (see `ties`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from retold.trace.decisions import HUMAN, Rulings
from retold.trace.register import OWN_VOICE, Register
from retold.trace.roles import roles
from retold.trace.statement import Statement
from retold.trace.ties import Fabric, Tie, mutual, partners, tie
from retold.trace.versions import SURE, Succession, successions

# four fifths of what eval/fit_trace.py fits on development stories, pulled towards values set by hand, one fifth of what it was before:
# fitted alone they lose links of the stories that were looked at least (docs/methods/trace.md)
WEIGHTS: dict[str, float] = {
    "bias": -3.52, "copied": 4.67, "translated": 3.17, "claims": 0.45, "exclusive": 1.96, "details": 1.35, "surplus": 0.16,
    "sequence": 0.31, "innovations": 0.9, "splits": -0.7, "wording": 0.19, "cited": 4.54, "told_by": 2.58, "earlier": 1.33,
    "later": -7.05, "reversed": -1.53, "common": -0.97, "credit": 0.88, "unsourced": 0.02, "elsewhere": -1.55, "borne_out": 1.45,
    "agency": 0.72, "rivals": -0.92, "tongue": 0.8, "asked": -0.37, "homeless": 0.67, "sourceless": 0.31,
}
HALF = 0.5  # share of the words of both from which two articles have one text; of the articles whose outlet is known
SEVERAL = 3  # alike texts of unknown outlets from which they are taken for versions of one
GAPS = 0.5  # of the log odds of a source not named: said .73, true 1.00 in whole stories, .80 with 30 % missing, .40 with 50 %
LEAST = 0.05  # probability below which a candidate is not worth a word
CERTAIN = 6.9  # log odds of 999 in 1,000: what a person says
TRACE = 1e-9  # what is left of a sum by rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible source in the collection with what speaks for it: weight in log odds by signal.

    `sole`: it has no rivals, for the article names it, or a person confirmed it, or the order of versions leaves no other.
    `blind`: nothing tells which of the two came first: undated texts that share words, name no report, and are not of two outlets.
    """

    tie: Tie
    weights: Mapping[str, float]
    cited: bool
    probability: float = 0.0
    sole: bool = False
    blind: bool = False

    @property
    def odds(self) -> float:
        """The log odds against no source at all, other candidates left out of account."""
        return sum(w for name, w in self.weights.items() if name not in ("rivals", "gaps"))


def weigh_pairs(
    fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register, rulings: Rulings,
) -> dict[tuple[str, str], Candidate]:
    """The candidates that are worth a word, by (source, target), with what people decided."""
    return judged(fabric, pairs(fabric, stated, register), rulings)


def pairs(fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register) -> dict[tuple[str, str], Candidate]:
    """A candidate for every ordered pair of articles that share anything, by (source, target), not yet weighed against each other."""
    chains = undated_versions(fabric, stated, register)
    family = {article for s in chains for article in (s.source, s.target)}
    before = {(s.source, s.target): s for s in chains if s.probability >= SURE}
    near, articles = partners(fabric, stated), {a.id: a for a in fabric.articles}
    wires = agencies(stated, register)
    out = {}
    for target in fabric.articles:
        named = outlets_of(stated[target.id])
        cited = how_cited(stated[target.id], register)
        credited = outlets_of([s for s in stated[target.id] if s.credited])
        papers = {node for node, how in cited.items() if how == "outlet" and node in articles}
        alone = {
            "asked": float(any(s.own for s in stated[target.id])), "sourceless": float(not stated[target.id]),
            "homeless": float(target.id not in register.publishers and len(register.publishers) >= HALF * len(articles)),
        }
        for source in sorted(near[target.id]):
            pair = (source, target.id)
            if {source, target.id} <= family and pair not in before:
                continue
            found = tie(fabric, articles[source], target)
            theirs = outlets_of(stated[source])
            values = alone | signals(found, cited=cited.get(source, ""), only_two=bool(named & theirs) and len(articles) == len(pair)) | {
                "reversed": float(source not in cited and any(s.node == target.id for s in stated[source])),
                "common": float(bool(named & theirs)), "unsourced": float(not named),
                "elsewhere": float(source not in cited and bool(papers)),
                "borne_out": min(2, borne_out(fabric, source, stated[target.id])) / 2,
                "credit": float(articles[source].outlet is None and bool(credited - theirs)),
                "agency": found.copied * ((source in wires) - (target.id in wires)),
            }
            weights = before[pair].signals if pair in before else {n: WEIGHTS[n] * v for n, v in values.items() if v}
            named_once = source in cited or any(s.node == target.id for s in stated[source])
            out[pair] = Candidate(tie=found, weights=weights, cited=source in cited, sole=source in cited or pair in before,
                                  blind=not (named_once or pair in before) and (
                                      (same_text(found, pair, fabric, register) and len(wires & set(pair)) != 1) or (
                                          not (named or theirs) and nobody_knows(pair, fabric, register))))
    return out


def agencies(stated: Mapping[str, Sequence[Statement]], register: Register) -> frozenset[str]:
    """The articles of news agencies, by their outlet's name, or as others credit them: papers have their texts from agencies, seldom the
    other way round."""
    named = {a for a, outlet in register.publishers.items() if roles("agencies").search(outlet)}
    return frozenset(named | {s.node for rows in stated.values() for s in rows if s.kind == "agency" and s.node in register.articles})


def same_text(found: Tie, pair: tuple[str, str], fabric: Fabric, register: Register) -> bool:
    """Whether two articles of outlets that are known have most of their words in common, and neither is known to be earlier.

    Either may have it from the other, or both from somebody who is not here.
    """
    return found.order == 0 and all(a in register.publishers for a in pair) and mutual(fabric, *pair) >= HALF


def nobody_knows(pair: tuple[str, str], fabric: Fabric, register: Register) -> bool:
    """Whether nothing tells which of two texts that share words came first: not both dates, and no two outlets.

    A text may be a shortened reprint of the longer one, or the longer one a later version of it.
    """
    undated = not all(a in fabric.published for a in pair)
    return undated and register.publishers.get(pair[0]) == register.publishers.get(pair[1]) and (
        pair in fabric.shared_words or pair[::-1] in fabric.shared_words)


def borne_out(fabric: Fabric, source: str, rows: Sequence[Statement]) -> int:
    """How many claims that an article puts into a source's mouth the source really makes."""
    return len({g for s in rows if s.node == source for g in fabric.said.get(s.attribution, frozenset())} & fabric.claims[source])


def judged(fabric: Fabric, found: Mapping[tuple[str, str], Candidate], rulings: Rulings) -> dict[tuple[str, str], Candidate]:
    """The candidates that are worth a word, with their probabilities; what a person confirmed is certain."""
    rows: dict[str, list[Candidate]] = {}
    for (source, target), c in sorted(found.items()):
        if (source, target) not in rulings.rejected:
            rows.setdefault(target, []).append(c)
    out = {}
    for target, others in rows.items():
        field = Field(fabric, others)
        for c in others:
            done = confirmed(c) if (c.tie.source, target) in rulings.confirmed else field.against(c)
            if done.probability > LEAST:
                out[c.tie.source, target] = done
    return {pair: with_gaps(one_way(c, out.get((c.tie.target, c.tie.source)))) for pair, c in out.items()}


def one_way(c: Candidate, back: Candidate | None) -> Candidate:
    """A candidate where nobody knows which of the two is earlier and both ways are likely: only one of them can be true."""
    if back is None or c.tie.order or c.sole or back.sole or c.blind:
        return c
    share = 1 / (1 + math.exp(max(-30.0, min(30.0, sum(back.weights.values()) - sum(c.weights.values())))))
    rest = c.probability * (share + (1 - share) * (1 - back.probability))
    if not LEAST < rest < c.probability:
        return c
    weights = {**c.weights, "either": math.log(rest / (1 - rest)) - sum(c.weights.values())}
    return replace(c, weights=weights, probability=round(rest, 4))


def with_gaps(c: Candidate) -> Candidate:
    """A candidate with what the gaps of a collection take from a source that is likely and that the article does not name.

    The weights were fitted on stories of which every article was there. Half of the log odds leave what is likelier than not.
    """
    odds = math.fsum(c.weights.values())
    if c.sole or odds <= 0:
        return c
    weights = {**c.weights, "gaps": (GAPS - 1) * odds}
    return replace(c, weights=weights, probability=round(1 / (1 + math.exp(-GAPS * odds)), 4))


def halved(c: Candidate) -> Candidate:
    """A candidate of two ways that nothing tells apart: half as likely."""
    rest = c.probability / 2
    if rest <= LEAST:
        return c
    weights = {**c.weights, "either": math.log(rest / (1 - rest)) - sum(c.weights.values())}
    return replace(c, weights=weights, probability=round(rest, 4))


class Field:
    """The candidates for one article, weighed against each other: with z what speaks for each, log(1 + sum of the rivals' exp(z))
    speaks against it, times its weight. A source that is named, or has no rivals for another reason, does not compete."""

    def __init__(self, fabric: Fabric, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        self._fabric = fabric
        self._strength = {c.tie.source: math.exp(min(30.0, c.odds)) for c in candidates if not c.sole}
        self._total = math.fsum(self._strength.values())

    def against(self, c: Candidate, taken: Collection[str] = ()) -> Candidate:
        """A candidate with its probability; those that are `taken` already compete no more, nor do copies of the same text."""
        rest = 0.0
        if not c.sole:
            mine = c.tie.source
            out = {mine, *taken, *(o for o in self._fabric.twins.get(mine, ()))}
            rivals = max(0.0, self._total - math.fsum(self._strength.get(o, 0.0) for o in sorted(out)))
            rest = WEIGHTS["rivals"] * math.log1p(rivals if rivals > TRACE else 0.0)
        weights = {n: w for n, w in c.weights.items() if n not in ("rivals", "either", "gaps")} | ({"rivals": rest} if rest else {})
        if not c.blind and "either" in c.weights:
            weights["either"] = c.weights["either"]
        done = replace(c, weights=weights, probability=round(1 / (1 + math.exp(-max(-30.0, sum(weights.values())))), 4))
        return halved(done) if c.blind else done


def confirmed(c: Candidate) -> Candidate:
    """A candidate that a person confirmed: certain, whatever speaks against it."""
    return replace(c, weights={**c.weights, HUMAN: CERTAIN - sum(c.weights.values())}, probability=1.0, sole=True)


def undated_versions(fabric: Fabric, stated: Mapping[str, Sequence[Statement]], register: Register) -> list[Succession]:
    """Which article follows which where nothing but the texts can tell: no dates, no outlets that differ, no other article that is named.

    Two texts of unknown outlets may as well be one text and its shortened reprint.
    """
    texts: dict[str, dict[str, str]] = {}
    for a in fabric.articles:
        named = any(s.kind in ("outlet", "agency") and s.node in register.articles for s in stated[a.id])
        if a.id not in fabric.published and not named and any(a.id in pair for pair in fabric.shared_words):
            texts.setdefault(register.publishers.get(a.id) or "", {})[a.id] = a.text
    return [s for outlet, group in sorted(texts.items()) for s in successions(group, least=2 if outlet else SEVERAL)]


def how_cited(rows: Sequence[Statement], register: Register) -> dict[str, str]:
    """The nodes that an article names: as an outlet, or as the person or body that tells it (which others may have passed on).

    An article that speaks in its own voice is that of a body, whatever it is called.
    """
    out: dict[str, str] = {}
    for s in rows:
        reports = s.kind in ("outlet", "agency") and register.voices.get(s.node, 0) < OWN_VOICE and s.node not in register.releases
        out[s.node] = "outlet" if reports or out.get(s.node) == "outlet" else "body"
    return out


def outlets_of(rows: Sequence[Statement]) -> frozenset[str]:
    """The outlets outside the collection that an article names."""
    return frozenset(s.node for s in rows if s.node.startswith("external:") and s.kind in ("outlet", "agency"))


def signals(t: Tie, *, cited: str, only_two: bool = False) -> dict[str, float]:
    """The values of what speaks for one article being the source of another, before they are weighed.

    `only_two`: both name one report, and there is no third article: that no other has what they share shows nothing then.
    """
    return {
        "bias": 1.0, "copied": t.copied, "translated": t.translated, "claims": t.claims,
        "exclusive": 0.0 if only_two else t.exclusive, "details": 0.0 if only_two else t.details,
        "surplus": t.claims - t.kept, "sequence": t.sequence, "innovations": float(min(t.innovations, 3)),
        "splits": float(min(t.splits, 2) * (cited != "outlet")), "wording": float(min(t.wording, 4)), "cited": float(cited == "outlet"),
        "told_by": float(cited == "body"), "earlier": t.lead * (t.order > 0), "later": float(t.order < 0),
        "tongue": float(not t.abroad),
    }
