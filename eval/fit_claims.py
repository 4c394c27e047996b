"""Fit the weights of `retold.link.claims` on annotated stories; prints them, and how every story fares under weights of the others.

    python eval/fit_claims.py            the example story, eval/stories and ../shared/gold

A pair of claim mentions is a case when both touch an annotated mention; where only one does, it counts as a pair of different
claims with weight `HALF` (the annotation is complete, but a mention may be drawn wider than its excerpt). Every story weighs the
same. Left out in turn, each story gives: F1 over pairs of mentions after clustering, as the gate counts it, and a table of how
often pairs of a given probability were one claim.
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
from retold.link.claims import ABSENT, JOIN
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
        judged = [p for p in found if self.marks[p[0]] or self.marks[p[1]]]
        self.pairs = list(found)
        self.every = table(found, self.pairs)
        self.x = table(found, judged)
        self.y = np.array([float(bool(self.marks[i] & self.marks[j])) for i, j in judged])
        self.w = np.array([1.0 if self.marks[i] and self.marks[j] else HALF for i, j in judged])

    def f1(self, beta: np.ndarray, join: float) -> tuple[float, float, float]:
        """Precision, recall and F1 of the claims after clustering, as the gate counts them."""
        ties = dict(zip(self.pairs, probabilities(self.every, beta).tolist(), strict=True))
        homes = [c.article for c in self.claims]
        groups = average_linkage(len(homes), ties, join=join, absent=ABSENT, homes=homes)
        told = [{"mentions": [{"doc": homes[i], "start": self.claims[i].start, "end": self.claims[i].end} for i in g]} for g in groups]
        out = Score()
        score_claims(self.gold, {"claims": [t for t in told if len(t["mentions"]) > 1]}, out)
        return out.figures["claims.precision"], out.figures["claims.recall"], out.figures["claims"]


def table(found: dict, pairs: list) -> np.ndarray:
    return np.array([[1.0, *(found[p][n] for n in FEATURES)] for p in pairs])


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


def fit(cases: list[Case]) -> np.ndarray:
    x, y = np.concatenate([c.x for c in cases]), np.concatenate([c.y for c in cases])
    w = np.concatenate([c.w * 1000 / c.w.sum() for c in cases])
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        p = probabilities(x, beta)
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(beta))
        beta += np.linalg.solve(hessian, x.T @ (w * (y - p)) - RIDGE * beta)
    return beta


def stories() -> Iterator[tuple[str, Path, list]]:
    yield EXAMPLE.name, EXAMPLE / "gold.json", [EXAMPLE / "articles"]
    for annotation in sorted([*OWN.glob("*/story.json"), *SHARED.glob("*/story.json")]):
        folder = annotation.parent
        yield folder.name, annotation, [
            {"id": d["id"], "text": (folder / d["file"]).read_text("utf-8")} | {key: d[key] for key in GIVEN if d.get(key)}
            for d in json.loads(annotation.read_text("utf-8"))["documents"]]


def left_out(cases: list[Case]) -> None:
    """Print what each story gives under weights fitted on the others."""
    chances, truths, weights = [], [], []
    scores = []
    for case in cases:
        beta = fit([c for c in cases if c is not case])
        chances.append(probabilities(case.x, beta))
        truths.append(case.y)
        weights.append(case.w)
        scores.append(case.f1(beta, JOIN))
        others = "  ".join(f"{join:.2f}: {case.f1(beta, join)[2]:.3f}" for join in (0.25, 0.3, 0.4, 0.45, 0.5))
        print(f"{case.name:10} precision {scores[-1][0]:.3f}  recall {scores[-1][1]:.3f}  F1 {scores[-1][2]:.3f}    joined from {others}")
    print(f"{'mean':10} precision {np.mean([s[0] for s in scores]):.3f}  recall {np.mean([s[1] for s in scores]):.3f}  "
          f"F1 {np.mean([s[2] for s in scores]):.3f}")
    p, y, w = (np.concatenate(parts) for parts in (chances, truths, weights))
    for low, high in pairwise(EDGES):
        here = (p >= low) & (p < high)
        said, were = (np.average(values[here], weights=w[here]) for values in (p, y))
        print(f"{low:.1f} to {min(high, 1):.1f}: {here.sum():6} pairs, said {said:.2f}, were {were:.2f}")


def main() -> int:
    cases = [Case(*story) for story in stories()]
    left_out(cases)
    print(dict(zip(("bias", *FEATURES), (round(float(b), 2) for b in fit(cases)), strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
