"""Fit the three formulas of `retold.link.claims` on annotated stories; prints them, and how every story fares under weights of the others.

    python eval/fit_claims.py            the example story, eval/stories and ../shared/gold

A pair of claim mentions is a case when both touch an annotated mention; where only one does, it counts as a pair of different
claims with weight `HALF` (the annotation is complete, but a mention may be drawn wider than its excerpt). Every story weighs the
same. Left out in turn, each story gives: F1 over pairs of mentions after clustering, as the gate counts it, and a table of how
often pairs of a given probability were one claim. The second formula is fitted on all pairs that are read again, the third on what the
first two say of stories left out; so is the choice of what is read again.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from itertools import pairwise
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
from retold.link.claims import ABSENT, JOIN, same_claim
from retold.link.rereading import NEAREST, reread
from retold.link.thirds import apart, log_odds
from retold.link.units import gather
from retold.pipeline import Settings, run
from retold.pipeline import gather as collect

HALF = 0.3
RIDGE = 10.0  # F1 of stories left out .732 at 1, .744 at 10, .746 at 20
EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


class Case:
    """A story: its claims, which annotated claims each touches, and the features of the candidate pairs."""

    def __init__(self, name: str, annotation: Path, inputs: list) -> None:
        settings = Settings(workers=1)
        collected = collect(inputs, models=Models(), settings=settings)
        texts = {a.id: a.text for a in collected.get(Article)}
        self.name = name
        self.gold = gold = read_annotation(annotation, texts)
        kept = Batch([article for article in collected.get(Article) if article.id in gold.members])
        batch = run(kept, settings=settings, only=("divide", "identify"))
        units = gather(batch, Models())
        self.claims = units.claims
        self.marks = [touched(gold, c.article, c.start, c.end) for c in self.claims]
        found = candidates(units)
        self.pairs = list(found)
        self.homes = [c.article for c in self.claims]
        self.judged = np.array([bool(self.marks[i] or self.marks[j]) for i, j in self.pairs])
        self.y = np.array([float(bool(self.marks[i] & self.marks[j])) for i, j in self.pairs])
        self.w = np.array([1.0 if self.marks[i] and self.marks[j] else HALF for i, j in self.pairs])
        again = reread(units, {pair: same_claim(seen) for pair, seen in found.items()}, Models())
        self.read = np.array([pair in again for pair in self.pairs])
        self.first = np.array([[1.0, *(found[p][n] for n in FEATURES)] for p in self.pairs])
        more = [[again[p][n] for n in NEAREST] if p in again else [0.0] * len(NEAREST) for p in self.pairs]
        self.second = np.column_stack([self.first, more])

    def said(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """The probability of each pair by the first two formulas."""
        return np.where(self.read, probabilities(self.second, second), probabilities(self.first, first))

    def thirds(self, p: np.ndarray) -> np.ndarray:
        """What the third formula sees of each pair."""
        far = apart(dict(zip(self.pairs, p.tolist(), strict=True)), self.homes)
        return np.array([[1.0, log_odds(q), np.log1p(far[pair])] for pair, q in zip(self.pairs, p.tolist(), strict=True)])

    def f1(self, p: np.ndarray, join: float) -> tuple[float, float, float]:
        """Precision, recall and F1 of the claims after clustering, as the gate counts them."""
        ties = dict(zip(self.pairs, p.tolist(), strict=True))
        groups = average_linkage(len(self.homes), ties, join=join, absent=ABSENT, homes=self.homes)
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
    w = np.concatenate([c.w[u] * 1000 / c.w[u].sum() for c, u in zip(cases, use, strict=True)])
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


def stories() -> Iterator[tuple[str, Path, list]]:
    yield EXAMPLE.name, EXAMPLE / "gold.json", [EXAMPLE / "articles"]
    for annotation in sorted([*OWN.glob("*/story.json"), *SHARED.glob("*/story.json")]):
        folder = annotation.parent
        yield folder.name, annotation, [
            {"id": d["id"], "text": (folder / d["file"]).read_text("utf-8")} | {key: d[key] for key in GIVEN if d.get(key)}
            for d in json.loads(annotation.read_text("utf-8"))["documents"]]


def left_out(cases: list[Case], seen: list[np.ndarray]) -> None:
    """Print what each story gives under weights fitted on the others. seen: what the third formula sees of each."""
    chances, scores = [], []
    for n, case in enumerate(cases):
        others = [k for k in range(len(cases)) if k != n]
        beta = fit([cases[k] for k in others], [seen[k] for k in others], [cases[k].judged for k in others])
        p = probabilities(seen[n], beta)
        chances.append(p)
        scores.append(case.f1(p, JOIN))
        more = "  ".join(f"{join:.2f}: {case.f1(p, join)[2]:.3f}" for join in (0.27, 0.3, 0.36, 0.39))
        print(f"{case.name:10} precision {scores[-1][0]:.3f}  recall {scores[-1][1]:.3f}  F1 {scores[-1][2]:.3f}    joined from {more}")
    print("mean       precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(*np.mean(scores, axis=0)))
    p, y, w = (np.concatenate([v[c.judged] for v, c in zip(rows, cases, strict=True)])
               for rows in (chances, [c.y for c in cases], [c.w for c in cases]))
    for low, high in pairwise(EDGES):
        here = (p >= low) & (p < high)
        said, were = (np.average(values[here], weights=w[here]) for values in (p, y))
        print(f"{low:.1f} to {min(high, 1):.1f}: {here.sum():6} pairs, said {said:.2f}, were {were:.2f}")


def main() -> int:
    cases = [Case(*story) for story in stories()]
    seen = [case.thirds(case.said(*two_formulas([c for c in cases if c is not case]))) for case in cases]
    left_out(cases, seen)
    first, second = two_formulas(cases)
    third = fit(cases, seen, [c.judged for c in cases])
    for names, beta in ((FEATURES, first), ((*FEATURES, *NEAREST), second), (("odds", "apart"), third)):
        print(dict(zip(("bias", *names), (round(float(b), 2) for b in beta), strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
