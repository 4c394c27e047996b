"""Fit the weights of `retold.trace.derivations` on annotated stories, pulled towards the present ones; prints them.

    python eval/fit_trace.py ../shared/gold/*

Every ordered pair of articles of a story is one case: is the first a direct source of the second?
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from retold.base.records import Article, Membership
from retold.base.tables import Batch
from retold.pipeline import run
from retold.trace.citations import statements
from retold.trace.derivations import WEIGHTS, how_cited, signals
from retold.trace.register import make_register
from retold.trace.ties import tie, weave

NAMES = tuple(WEIGHTS)
RIDGE = 1.0  # pull towards the present weights: 14 true pairs cannot carry 13 weights alone


def cases(folder: Path) -> tuple[list[list[float]], list[float]]:
    gold = json.loads((folder / "story.json").read_text("utf-8"))
    articles = [Article(id=d["id"], text=(folder / d["file"]).read_text("utf-8"), outlet=d.get("outlet"), published=d.get("published"))
                for d in gold["documents"]]
    batch = run(Batch(articles))
    story, _ = Counter(m.story for m in batch.get(Membership)).most_common(1)[0]
    members = {m.article for m in batch.get(Membership) if m.story == story}
    fabric, register = weave(batch), make_register(batch)
    stated = statements(batch, register)
    true = {(e["source"], e["target"]) for e in gold["derivations"]}
    rows, labels = [], []
    for source in fabric.articles:
        for target in fabric.articles:
            if source.id != target.id and {source.id, target.id} <= members:
                cited = how_cited(stated[target.id]).get(source.id, "")
                back = any(s.node == target.id for s in stated[source.id])
                found = signals(tie(fabric, source, target), cited=cited, reversed_=back)
                rows.append([found.get(n, 0.0) / WEIGHTS[n] for n in NAMES])
                labels.append(float((source.id, target.id) in true))
    return rows, labels


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    start = np.array([WEIGHTS[n] for n in NAMES])
    beta = start.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ beta))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(beta))
        beta += np.linalg.solve(hessian, x.T @ (y - p) - RIDGE * (beta - start))
    return beta


def main() -> int:
    rows, labels = [], []
    for name in sys.argv[1:]:
        if (Path(name) / "story.json").is_file():
            found, truth = cases(Path(name))
            rows += found
            labels += truth
    beta = fit(np.array(rows), np.array(labels))
    print(f"{len(labels)} pairs, {int(sum(labels))} true")
    print({n: round(float(b), 2) for n, b in zip(NAMES, beta, strict=True)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
