"""Fit the weights of the typed judge, and measure it: contradiction and entailment AUC by language.

    python eval/fit_judge.py FIT.jsonl.gz... --measure FILE.jsonl.gz... [--rows N]
    python eval/fit_judge.py RTE3.jsonl.gz --changes [--pairs 3] [--rows 60]

The second fits the weights of words in the place of others on pairs of our own (`changes.py`) and the files, all other weights held, and
measures by kind of change and by language on sentences, names, places and dates that it has not seen.

Files are JSON Lines (gzip) with set, language, premise, hypothesis, label. Sets whose licence forbids it are never fitted on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

import changes
import numpy as np

from retold.relate.entailment import CHANGES, LABELS, TYPED, WEIGHTS, TypedJudge

FREE = {"snli", "rte3"}  # licences that allow weights fitted on them to be shipped
RIDGE = 3e-3
RATE = 0.3
STEPS = 3000


def rows_of(paths: Iterable[str], limit: int) -> Iterator[dict]:
    """At most `limit` rows of each set, language and label, in the order of the files."""
    seen: dict[tuple, int] = defaultdict(int)
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                key = (row["set"], row["language"], row["label"])
                seen[key] += 1
                if seen[key] <= limit:
                    yield row


def matrix(judge: TypedJudge, rows: list[dict]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Features (n, k), labels (n,), names of the features."""
    found = [judge.features(r["premise"], r["hypothesis"]) for r in rows]
    names = list(found[0])
    return np.array([[f[n] for n in names] for f in found]), np.array([LABELS.index(r["label"]) for r in rows]), names


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """Weights (k, 2) of entailment and contradiction against neutral, by gradient descent on the weighted log loss.

    offset: (n, 2), what the weights set by hand contribute.
    """
    w = np.zeros((x.shape[1], 2))
    target = np.stack([y == 0, y == 2], axis=1).astype(float)
    for _ in range(STEPS):
        e = np.exp(np.clip(x @ w + offset, -30, 30))
        p = e / (1 + e.sum(axis=1, keepdims=True))
        w -= RATE * (x.T @ ((p - target) * weight[:, None]) / weight.sum() + RIDGE * w)
    return w


def auc(score: np.ndarray, positive: np.ndarray) -> float:
    """The probability that a positive scores above a negative."""
    order = score.argsort(kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):
        same = score == value
        ranks[same] = ranks[same].mean()
    n, m = positive.sum(), (~positive).sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def main() -> int:
    """Fit, print the weights, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fit", nargs="*")
    parser.add_argument("--measure", nargs="*", default=[])
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--changes", action="store_true", help="fit on pairs of our own, all other weights held")
    parser.add_argument("--pairs", type=int, default=3, help="changed pairs of each language and kind")
    args = parser.parse_args()
    judge = TypedJudge()
    if args.changes:
        fit_changes(judge, args.pairs, [r for r in rows_of(args.fit, args.rows) if r["set"] in FREE])
        return 0
    if args.fit:
        rows = [r for r in rows_of(args.fit, args.rows) if r["set"] in FREE]
        x, y, names = matrix(judge, rows)
        size: dict[tuple, int] = defaultdict(int)
        for r in rows:
            size[r["set"], r["language"], r["label"]] += 1
        weight = np.array([1 / size[r["set"], r["language"], r["label"]] for r in rows])
        held = TYPED | CHANGES
        free = [i for i, name in enumerate(names) if name not in held]
        offset = np.stack([sum(x[:, names.index(n)] * held[n][k] for n in held) for k in (0, 1)], axis=1)
        w = fit(x[:, free], y, weight, offset)
        for name, (a, b) in zip([names[i] for i in free], w, strict=True):
            print(f'    "{name}": ({a:.2f}, {b:.2f}),')
    for name, found in measured(judge, list(rows_of(args.measure, args.rows))).items():
        print(f"{name:16} n {found['n']:5} contradiction AUC {found['contradiction']:.3f} entailment AUC {found['entailment']:.3f}")
    return 0


def fit_changes(judge: TypedJudge, pairs: int, licensed: list[dict]) -> None:
    """Fit the weights of `CHANGES` on pairs of our own and licensed ones, print them, and measure the judge as it stands on others."""
    rows = changes.make_pairs("train", pairs) + licensed
    x, y, names = matrix(judge, rows)
    keys = [(r["set"], "" if r["set"] == "changes" else r["language"], r["label"]) for r in rows]
    weight = np.array([(3.0 if key[0] == "changes" else 1.0) / keys.count(key) for key in keys])
    held = {name: weights for name, weights in WEIGHTS.items() if name not in CHANGES}
    offset = np.stack([sum(x[:, names.index(n)] * held[n][k] for n in held) for k in (0, 1)], axis=1)
    w = fit(x[:, [names.index(n) for n in CHANGES]], y, weight, offset)
    for name, (a, b) in zip(CHANGES, w, strict=True):
        print(f'    "{name}": ({a:.2f}, {b:.2f}),')
    kept = changes.make_pairs("test", pairs)
    p = judge.judge([(r["premise"], r["hypothesis"]) for r in kept])
    for key in ("kind", "language"):
        for value in sorted({r[key] for r in kept}):
            own = np.array([r[key] == value for r in kept])
            contradicts = np.array([r["label"] == "contradiction" for r in kept])
            print(f"{value:10} n {own.sum():4} contradiction AUC {auc(p[own, 2], contradicts[own]):.3f}")


def measured(judge: TypedJudge, rows: list[dict]) -> dict[str, dict]:
    """AUC by set and language."""
    out = {}
    for name in sorted({f"{r['set']} {r['language']}" for r in rows}):
        own = [r for r in rows if f"{r['set']} {r['language']}" == name]
        p = judge.judge([(r["premise"], r["hypothesis"]) for r in own])
        labels = np.array([r["label"] for r in own])
        contradiction, entailment = auc(p[:, 2], labels == "contradiction"), auc(p[:, 0], labels == "entailment")
        out[name] = {"n": len(own), "contradiction": contradiction, "entailment": entailment}
    return out


if __name__ == "__main__":
    sys.exit(main())
