"""Fit the weights of `retold.link.quotepairs` and `retold.link.quoteorigins` on annotated stories; print them, and what they give left out.

    python eval/fit_quotes.py [FOLDER…]    eval/stories, ../shared/gold and further folders that hold a story.json

A pair of quotes in marks of two articles is a case when both touch an annotated version; where only one does, it counts as a pair of
different quotes with weight `HALF`. A quote with two versions or more is a case of an origin: right is any version annotated as verbatim,
and "missing" where none is. Left out in turn, each story gives its pairs of versions joined (F1) and its origins found.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import combinations
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
from annotations import Annotation, read_annotation
from gate import GIVEN, OWN, SHARED

from retold.base.linkage import average_linkage
from retold.base.models import Models
from retold.base.records import Article
from retold.base.tables import Batch
from retold.link.names import link_names
from retold.link.quotechanges import Judge
from retold.link.quoteorigins import WEIGHTS as CHOICE
from retold.link.quotepairs import LEAST, SAME_WORDS, WEIGHTS, Pairs, share
from retold.link.quotes import JOIN, attach_headlines, attach_parts, attach_soft, join_quoted
from retold.link.utterances import Gatherer, Utterance
from retold.pipeline import Settings, run
from retold.pipeline import gather as collect

HALF = 0.5
RIDGE = 1.0  # of pairs, on features with variance 1; of choices as they are
STEPS = 300
MODELS = Models()


class Case:
    """A story: its quotes in marks, which annotated ones each touches, its pairs and its choices."""

    def __init__(self, folder: Path) -> None:
        documents = json.loads((folder / "story.json").read_text("utf-8"))["documents"]
        inputs = [
            {"id": d["id"], "text": (folder / d["file"]).read_text("utf-8")} | {key: d[key] for key in GIVEN if d.get(key)}
            for d in documents
        ]
        collected = collect(inputs, models=MODELS, settings=Settings(workers=1))
        self.name = folder.name
        self.gold = read_annotation(folder / "story.json", {a.id: a.text for a in collected.get(Article)})
        kept = Batch([article for article in collected.get(Article) if article.id in self.gold.members])
        batch = run(kept, settings=Settings(workers=1), only=("divide", "identify"))
        batch.add(link_names("s", batch))
        self.utterances = Gatherer(batch, MODELS).gather()
        self.pairs = pairs = Pairs(self.utterances)
        self.marks = {i: touched(self.gold, u) for i, u in enumerate(self.utterances)}
        self.all = [p for p in combinations(pairs.quoted, 2) if self.utterances[p[0]].article != self.utterances[p[1]].article]
        self.table = np.array([list(pairs.features(i, j).values()) for i, j in self.all]).reshape(len(self.all), len(WEIGHTS))
        self.choices = self.read_choices(batch)

    def read_choices(self, batch: Batch) -> list[tuple[np.ndarray, np.ndarray]]:
        """Of each quote with two versions or more the features of its versions and of none, and which of them are right."""
        groups = join_quoted(self.pairs)
        attach_headlines(self.pairs, groups)
        attach_parts(self.pairs, groups)
        attach_soft(self.utterances, groups)
        origins = Judge(batch, self.utterances, groups).origins
        out = []
        for group in groups:
            members = [self.utterances[i] for i in sorted(group)]
            pool = origins.versions(members)
            changes = [changes_of(self.gold, u) for u in pool]
            if len(pool) < 2 or not any(changes):
                continue
            rows = [*origins.features(pool, members), origins.missing(pool)]
            right = [*("verbatim" in found for found in changes), not any("verbatim" in found for found in changes)]
            out.append((np.array([[row.get(name, 0.0) for name in CHOICE] for row in rows]), np.array(right)))
        return out

    def judged(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Features, truths and weights of the pairs of which at least one touches an annotated version."""
        rows = [n for n, (i, j) in enumerate(self.all) if self.marks[i] or self.marks[j]]
        pairs = [self.all[n] for n in rows]
        truth = np.array([float(bool(self.marks[i] & self.marks[j])) for i, j in pairs])
        return self.table[rows], truth, np.array([1.0 if self.marks[i] and self.marks[j] else HALF for i, j in pairs])

    def f1(self, beta: np.ndarray) -> float:
        """F1 over pairs of quotes in marks after clustering with these weights."""
        place = {i: n for n, i in enumerate(self.pairs.quoted)}
        chances = 1 / (1 + np.exp(-self.table @ beta))
        ties = {(place[i], place[j]): float(p) for (i, j), p in zip(self.all, chances, strict=True) if p >= LEAST}
        same = [p for p in combinations(range(len(place)), 2) if self.article(p[0]) == self.article(p[1])]
        ties |= {p: float(share(*(self.utterances[self.pairs.quoted[n]] for n in p)) >= SAME_WORDS) for p in same}
        groups = average_linkage(len(place), ties, join=JOIN, absent=0.0)
        joined = {(self.pairs.quoted[x], self.pairs.quoted[y]) for g in groups for x, y in combinations(g, 2)}
        told = {(i, j) for i, j in joined & set(self.all) if self.marks[i] and self.marks[j]}
        true = {(i, j) for i, j in self.all if self.marks[i] & self.marks[j]}
        return 2 * len(told & true) / (len(told) + len(true)) if told or true else 1.0

    def article(self, n: int) -> str:
        return self.utterances[self.pairs.quoted[n]].article


def touched(gold: Annotation, u: Utterance) -> frozenset[str]:
    return frozenset(q["id"] for q in gold.data["quotes"] for v in q["variants"] if touches(gold, v, u))


def changes_of(gold: Annotation, u: Utterance) -> list[str]:
    """What the first annotated version that an utterance touches became; empty for none."""
    return [v["change"] for q in gold.data["quotes"] for v in q["variants"] if touches(gold, v, u)][:1]


def touches(gold: Annotation, version: dict, u: Utterance) -> bool:
    places = gold.places(version) if version["doc"] == u.article else ()
    return any(2 * (min(u.end, e) - max(u.start, s)) >= min(u.end - u.start, e - s) for _, s, e in places)


def fit_pairs(cases: list[Case]) -> np.ndarray:
    """Weights of a logistic formula; the ridge holds for features of variance 1."""
    x, y, w = (np.concatenate(parts) for parts in zip(*(case.judged() for case in cases), strict=True))
    spread = x.std(axis=0) + 1e-6
    spread[0] = 1.0
    beta = np.zeros(x.shape[1])
    scaled, ridge = x / spread, RIDGE * np.eye(len(beta))
    ridge[0, 0] = 0.0
    for _ in range(60):
        p = 1 / (1 + np.exp(-scaled @ beta))
        hessian = (scaled * (w * p * (1 - p))[:, None]).T @ scaled + ridge + 1e-9 * np.eye(len(beta))
        beta += np.linalg.solve(hessian, scaled.T @ (w * (y - p)) - ridge @ beta)
    return beta / spread


def fit_choices(cases: list[Case]) -> np.ndarray:
    """Weights of a conditional logit, by steps down the gradient (Adam)."""
    weights, speed, size = (np.zeros(len(CHOICE)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = RIDGE * weights
        for x, right in (choice for case in cases for choice in case.choices):
            p = np.exp(x @ weights - (x @ weights).max())
            p /= p.sum()
            slope -= x.T @ (np.where(right, p, 0.0) / p[right].sum() - p)
        speed, size = 0.9 * speed + 0.1 * slope, 0.99 * size + 0.01 * slope**2
        weights -= 0.05 * speed / (1 - 0.9**step) / (np.sqrt(size / (1 - 0.99**step)) + 1e-8)
    return weights


def main() -> int:
    folders = sorted({p.parent for root in (OWN, SHARED) for p in root.glob("*/story.json")}) + [Path(name) for name in sys.argv[1:]]
    cases = [Case(folder) for folder in folders]
    scores, hits = [], 0
    for case in cases:
        others = [c for c in cases if c is not case]
        beta, weights = fit_pairs(others), fit_choices(others)
        found = sum(bool(right[np.argmax(x @ weights)]) for x, right in case.choices)
        scores.append(case.f1(beta))
        hits += found
        print(f"{case.name:12} pairs F1 {scores[-1]:.3f}   origins {found} of {len(case.choices)}")
    print(f"{'mean':12} pairs F1 {np.mean(scores):.3f}   origins {hits} of {sum(len(c.choices) for c in cases)}")
    print(dict(zip(WEIGHTS, fit_pairs(cases).round(2).tolist(), strict=True)))
    print(dict(zip(CHOICE, fit_choices(cases).round(2).tolist(), strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
