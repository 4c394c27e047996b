"""Fit the weights of `retold.link.claims` on annotated stories; prints them, and F1 of every story judged by the others.

    python eval/fit_claims.py ../shared/gold/*

A pair of claim mentions is a case when both touch an annotated mention; where only one does, it counts as a pair of different
claims with weight `HALF` (the annotation is complete, but a mention may be drawn wider than its excerpt).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np

from retold.base.models import Models
from retold.base.records import Article
from retold.base.tables import Batch
from retold.link.claims import FEATURES, candidates, gather
from retold.pipeline import run

HALF = 0.3
RIDGE = 1.0


def touched(gold: dict, texts: dict[str, str], doc: str, start: int, end: int) -> set[str]:
    out = set()
    for claim in gold["claims"]:
        for m in claim["mentions"]:
            if m["doc"] == doc:
                for hit in re.finditer(re.escape(m["excerpt"]), texts[doc]):
                    common = min(end, hit.end()) - max(start, hit.start())
                    if 2 * common >= min(end - start, len(m["excerpt"])):
                        out.add(claim["id"])
    return out


def cases(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gold = json.loads((folder / "story.json").read_text("utf-8"))
    texts = {d["id"]: (folder / d["file"]).read_text("utf-8") for d in gold["documents"]}
    batch = run(Batch([Article(id=i, text=t) for i, t in texts.items() if i not in gold["unrelated"]]), only=("divide", "identify"))
    units = gather(batch, Models())
    marks = [touched(gold, texts, c.article, c.start, c.end) for c in units.claims]
    rows, labels, weights = [], [], []
    for (i, j), found in candidates(units).items():
        if marks[i] or marks[j]:
            rows.append([1.0, *(found[n] for n in FEATURES)])
            labels.append(float(bool(marks[i] & marks[j])))
            weights.append(1.0 if marks[i] and marks[j] else HALF)
    return np.array(rows), np.array(labels), np.array(weights)


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ beta))
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(beta))
        beta += np.linalg.solve(hessian, x.T @ (w * (y - p)) - RIDGE * beta)
    return beta


def main() -> int:
    found = {Path(n).name: cases(Path(n)) for n in sys.argv[1:] if (Path(n) / "story.json").is_file()}
    for name, (x, y, w) in found.items():
        others = [v for k, v in found.items() if k != name]
        beta = fit(*(np.concatenate(parts) for parts in zip(*others, strict=True)))
        p = 1 / (1 + np.exp(-x @ beta))
        judged = w == 1.0
        hit = ((p >= 0.5) & (y > 0)).sum()
        print(f"{name}: precision {hit / max(1, ((p >= 0.5) & judged).sum()):.3f} recall {hit / max(1, (y > 0).sum()):.3f}")
    beta = fit(*(np.concatenate(parts) for parts in zip(*found.values(), strict=True)))
    print(dict(zip(("bias", *FEATURES), (round(float(b), 2) for b in beta), strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
