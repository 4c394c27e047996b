"""Fit the three formulas of `retold.link.claims` on annotated stories; prints them, and how every story fares under weights of the others.

    python eval/fit_claims.py            the example story, eval/stories, ../shared/gold and the stories of eval/short and eval/retellings
    python eval/fit_claims.py --shipped  only how the weights that are shipped do on all of them

A pair of claim mentions is a case when both touch an annotated mention; where only one does, it counts as a pair of different
claims with weight `HALF` (the annotation is complete, but a mention may be drawn wider than its excerpt). Of what no annotation speaks,
readers said in `eval/short/memberships.jsonl` which places that were joined (and some that were nearly) make one claim: 2,390 groups and
pairs; those pairs are cases with weight `READ`, and where both annotation and reader speak, each counts half. Every story weighs the
same. Left out in turn (a fifth at a time), each story gives: F1 over pairs of mentions after clustering, as the gate counts it; how many
of the pairs that are joined are one claim by the readers, and how many of those that are one are joined; and a table of how often pairs of
a given probability were one claim. The second formula is fitted on all pairs that are read again, the third on what the first two say of
stories left out; so is the choice of what is read again.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations, pairwise
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
from annotations import Annotation, read_annotation
from gate import EXAMPLE, GIVEN, OWN, SHARED
from scores import Score, score_claims

from retold.base.linkage import average_linkage
from retold.base.models import Models
from retold.base.records import Article
from retold.base.tables import Batch
from retold.link.candidates import FEATURES, candidates
from retold.link.claims import ABSENT, JOIN, REREAD, THIRDS, WEIGHTS, same_claim
from retold.link.rereading import NEAREST, reread
from retold.link.thirds import apart, log_odds
from retold.link.units import gather
from retold.pipeline import Settings, run
from retold.pipeline import gather as collect

READERS = Path(__file__).parent / "short" / "memberships.jsonl"
HALF = 0.3
READ = 0.6  # of own stories left out, F1 .743 (.746 without readers), pairs that are joined rightly .75 (.70); 1.0: .740, .76
RARELY = 3  # times that: pairs that were not joined are drawn more seldom
FOLDS = 5
LEAST = 50.0  # what all pairs of a story weigh at least before they are made to weigh the same: few pairs do not count as much as many
RIDGE = 10.0  # F1 of stories left out .732 at 1, .744 at 10, .746 at 20
EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


class Case:
    """A story: its claims, which annotated claims each touches, what readers say of pairs, and the features of the candidate pairs.

    `judged`: of which pairs anything is known, `y` what, `w` with what weight.
    """

    def __init__(self, name: str, annotation: Path | None, inputs: list, readings: list[dict]) -> None:
        settings = Settings(workers=1)
        collected = collect(inputs, models=Models(), settings=settings)
        texts = {a.id: a.text for a in collected.get(Article)}
        self.name = name
        self.gold = read_annotation(annotation, texts) if annotation else None
        kept = Batch([article for article in collected.get(Article) if self.gold is None or article.id in self.gold.members])
        batch = run(kept, settings=settings, only=("divide", "identify"))
        units = gather(batch, Models())
        self.claims = units.claims
        self.marks = [touched(self.gold, c.article, c.start, c.end) if self.gold else frozenset() for c in self.claims]
        found = candidates(units)
        self.pairs = list(found)
        self.homes = [c.article for c in self.claims]
        self.read_as = self.readers(readings)
        known = [self.known(pair) for pair in self.pairs]
        self.y, self.w = (np.array(column, float) for column in zip(*known, strict=True)) if known else (np.zeros(0), np.zeros(0))
        self.judged = self.w > 0
        again = reread(units, {pair: same_claim(seen) for pair, seen in found.items()}, Models())
        self.read = np.array([pair in again for pair in self.pairs], bool)
        self.first = np.array([[1.0, *(found[p][n] for n in FEATURES)] for p in self.pairs]).reshape(len(found), 1 + len(FEATURES))
        more = np.array([[again[p][n] for n in NEAREST] if p in again else [0.0] * len(NEAREST) for p in self.pairs])
        self.second = np.column_stack([self.first, more.reshape(len(found), len(NEAREST))])

    def readers(self, readings: list[dict]) -> dict[tuple[int, int], tuple[bool, float]]:
        """By pair of claims of two articles: whether readers hold them for one, and how much that counts."""
        out = {}
        for row in readings:
            at = [self.claim_at(*mention) for mention in row["mentions"]]
            weight = READ * (1 if row["how"] == "group" else RARELY)
            for (i, one), (j, other) in combinations([(i, sign) for i, sign in zip(at, row["same"], strict=True) if i is not None], 2):
                if self.homes[i] != self.homes[j]:
                    out[min(i, j), max(i, j)] = one == other != "-", weight
        return out

    def claim_at(self, article: str, start: int, end: int) -> int | None:
        """The claim that has most of a span in common with it, at least half of either; None where there is none."""
        common = {i: min(end, c.end) - max(start, c.start) for i, c in enumerate(self.claims) if c.article == article}
        best = max(common, key=lambda i: (common[i], -i), default=None)
        if best is None or 2 * common[best] < max(end - start, self.claims[best].end - self.claims[best].start):
            return None
        return best

    def known(self, pair: tuple[int, int]) -> tuple[float, float]:
        """Whether a pair is one claim, 0 to 1, and the weight of that; 0 where nobody says."""
        one, other = (self.marks[i] for i in pair)
        read = self.read_as.get(pair)
        if one and other:
            same = float(bool(one & other))
            return ((same + read[0]) / 2, 1.5) if read else (same, 1.0)
        if read:
            return float(read[0]), read[1]
        return 0.0, HALF if one or other else 0.0

    def said(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """The probability of each pair by the first two formulas."""
        return np.where(self.read, probabilities(self.second, second), probabilities(self.first, first))

    def thirds(self, p: np.ndarray) -> np.ndarray:
        """What the third formula sees of each pair."""
        far = apart(dict(zip(self.pairs, p.tolist(), strict=True)), self.homes)
        return np.array([[1.0, log_odds(q), np.log1p(far[pair])] for pair, q in zip(self.pairs, p.tolist(), strict=True)])

    def groups(self, p: np.ndarray, join: float) -> list:
        """The claims after clustering."""
        return average_linkage(len(self.homes), dict(zip(self.pairs, p.tolist(), strict=True)), join=join, absent=ABSENT, homes=self.homes)

    def readers_counts(self, groups: list) -> np.ndarray:
        """Of the pairs that readers judged: joined and one claim, joined, one claim (by weight)."""
        at = {i: n for n, group in enumerate(groups) for i in group}
        out = np.zeros(3)
        for (i, j), (same, weight) in self.read_as.items():
            out += weight * np.array([at[i] == at[j] and same, at[i] == at[j], same])
        return out

    def f1(self, groups: list) -> tuple[float, float, float]:
        """Precision, recall and F1 of the claims after clustering, as the gate counts them."""
        spans = [{"doc": c.article, "start": c.start, "end": c.end} for c in self.claims]
        out = Score()
        score_claims(self.gold, {"claims": [{"mentions": [spans[i] for i in g]} for g in groups if len(g) > 1]}, out)
        return out.figures["claims.precision"], out.figures["claims.recall"], out.figures["claims"]


def touched(gold: Annotation, doc: str, start: int, end: int) -> frozenset[str]:
    out = set()
    for claim in gold.data["claims"]:
        for mention in claim["mentions"]:
            for at, s, e in gold.places(mention) if mention["doc"] == doc else ():
                if at == doc and 2 * (min(end, e) - max(start, s)) >= min(end - start, e - s):
                    out.add(claim["id"])
    return frozenset(out)


def probabilities(x: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x @ beta))


def fit(cases: list[Case], values: list[np.ndarray], use: list[np.ndarray]) -> np.ndarray:
    """The weights of a formula from what it sees of each story's pairs, of which those are used that `use` says."""
    x, y = (np.concatenate([v[u] for v, u in zip(rows, use, strict=True)]) for rows in (values, [c.y for c in cases]))
    w = np.concatenate([c.w[u] * 1000 / max(LEAST, c.w[u].sum()) for c, u in zip(cases, use, strict=True)])
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        p = probabilities(x, beta)
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(beta))
        beta += np.linalg.solve(hessian, x.T @ (w * (y - p)) - RIDGE * beta)
    return beta


def two_formulas(cases: list[Case]) -> tuple[np.ndarray, np.ndarray]:
    """The weights of the first two formulas."""
    return (fit(cases, [c.first for c in cases], [c.judged for c in cases]),
            fit(cases, [c.second for c in cases], [c.judged & c.read for c in cases]))


def readings() -> dict[tuple[str, str], list[dict]]:
    """What readers said, by set and story."""
    out: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for line in READERS.read_text("utf-8").splitlines():
        row = json.loads(line)
        out[row["set"], row["story"]].append(row)
    return out


def annotated() -> Iterator[tuple[str, str, Path, list]]:
    """The annotated stories: set, name, annotation, articles."""
    yield "stories", EXAMPLE.name, EXAMPLE / "gold.json", [EXAMPLE / "articles"]
    for annotation in sorted([*OWN.glob("*/story.json"), *SHARED.glob("*/story.json")]):
        folder = annotation.parent
        yield "gold" if SHARED in annotation.parents else "stories", folder.name, annotation, [
            {"id": d["id"], "text": (folder / d["file"]).read_text("utf-8")} | {key: d[key] for key in GIVEN if d.get(key)}
            for d in json.loads(annotation.read_text("utf-8"))["documents"]]


def read_only() -> Iterator[tuple[str, str, None, list]]:
    """The stories of which only readers' judgements are used."""
    for folder in sorted((READERS.parents[1] / "retellings" / "seen").iterdir()):
        yield "retellings", folder.name, None, [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    for line in (READERS.parent / "stories.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield "short", row["name"], None, [{k: d[k] for k in ("id", "text", "language", *GIVEN) if d.get(k)} for d in row["documents"]]


def all_cases() -> dict[tuple[str, str], Case]:
    """All stories by set and name, in order."""
    said = readings()
    stories = [*annotated(), *read_only()]
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=get_context("spawn")) as pool:
        of_each = ((name, annotation, inputs, said[kind, name]) for kind, name, annotation, inputs in stories)
        made = pool.map(Case, *zip(*of_each, strict=True))
        return {(kind, name): case for (kind, name, *_), case in zip(stories, made, strict=True)}


def show(cases: dict[tuple[str, str], Case], chances: list[np.ndarray], joins: tuple[float, ...]) -> None:
    """Print what each story gives by the probabilities of its pairs, the means, and how often what was said was so."""
    for join in joins:
        scores, counts = defaultdict(list), defaultdict(lambda: np.zeros(3))
        for (kind, name), case, p in zip(cases, cases.values(), chances, strict=True):
            groups = case.groups(p, join)
            counts[kind] += case.readers_counts(groups)
            if case.gold:
                scores[kind].append(case.f1(groups))
                if join == JOIN:
                    print("{:14} precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(name, *scores[kind][-1]))
        print(f"joined from {join}")
        for kind, found in scores.items():
            means = "precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(*np.mean(found, axis=0))
            print(f"  {kind:11} {len(found)} stories as annotated: {means}")
        for kind, (both, joined, same) in counts.items():
            if same:
                shares = f"of those joined {both / joined:.3f} are one, of those that are one {both / same:.3f} joined"
                print(f"  {kind:11} pairs as read: {shares}")
    p, y, w = (np.concatenate([v[c.judged] for v, c in zip(rows, cases.values(), strict=True)])
               for rows in (chances, [c.y for c in cases.values()], [c.w for c in cases.values()]))
    for low, high in pairwise(EDGES):
        here = (p >= low) & (p < high)
        if here.any():
            said, were = (np.average(values[here], weights=w[here]) for values in (p, y))
            print(f"{low:.1f} to {min(high, 1):.1f}: {here.sum():6} pairs, said {said:.2f}, were {were:.2f}")


def seen_of(cases: list[Case]) -> list[np.ndarray]:
    """What the third formula sees of each story, by the first two as fitted on the stories of other folds."""
    out: list[np.ndarray] = [np.zeros(0)] * len(cases)
    for fold in range(FOLDS):
        formulas = two_formulas([c for n, c in enumerate(cases) if n % FOLDS != fold])
        for n, case in enumerate(cases):
            if n % FOLDS == fold:
                out[n] = case.thirds(case.said(*formulas))
    return out


def left_out(cases: list[Case]) -> list[np.ndarray]:
    """The probabilities of each story's pairs under weights fitted on the stories of other folds."""
    order = np.random.default_rng(1).permutation(len(cases))
    out: list[np.ndarray] = [np.zeros(0)] * len(cases)
    for fold in range(FOLDS):
        others = [cases[n] for k, n in enumerate(order) if k % FOLDS != fold]
        first, second = two_formulas(others)
        third = fit(others, seen_of(others), [c.judged for c in others])
        for k, n in enumerate(order):
            if k % FOLDS == fold:
                out[n] = probabilities(cases[n].thirds(cases[n].said(first, second)), third)
    return out


def shipped(case: Case) -> np.ndarray:
    """The probabilities of a story's pairs by the weights that are shipped."""
    first, second, third = (np.array(list(weights.values())) for weights in (WEIGHTS, REREAD, THIRDS))
    return probabilities(case.thirds(case.said(first, second)), third)


def main() -> int:
    cases = all_cases()
    every = list(cases.values())
    if sys.argv[1:] == ["--shipped"]:
        show(cases, [shipped(case) for case in every], (JOIN,))
        return 0
    show(cases, left_out(every), (0.3, JOIN, 0.36, 0.4))
    first, second = two_formulas(every)
    third = fit(every, seen_of(every), [c.judged for c in every])
    for names, beta in ((FEATURES, first), ((*FEATURES, *NEAREST), second), (("odds", "apart"), third)):
        print(dict(zip(("bias", *names), (round(float(b), 2) for b in beta), strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
