"""Logistic weights fitted on the cases of annotated stories, and how they do on stories left out: what the scripts that fit them share."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from annotations import Annotation
from fit_trace import linked, stories

from retold.base.records import Article
from retold.base.tables import Batch

BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)
Case = tuple[list[float], bool]  # the values of the signals, and whether what they speak for is true


def fit(found: Sequence[Case], *, ridge: float, first: float) -> np.ndarray:
    """The weights: logistic regression by Newton's method, each pulled towards 0 by `ridge`, the first (the bias) by `first`."""
    x, y = np.array([v for v, _ in found]), np.array([float(t) for _, t in found])
    pull = ridge * np.eye(x.shape[1])
    pull[0, 0] = first
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        w = w + np.linalg.solve((x.T * (p * (1 - p))) @ x + pull, x.T @ (y - p) - pull @ w)
    return w


def fit_and_tell(
    description: str | None, cases: Callable[[Batch, Annotation], Iterator[Case]], names: Sequence[str], *, ridge: float, first: float,
    what: str, so: str,
) -> int:
    """Read the command line, collect the cases of all stories, print how stories left out do, and the weights fitted on all."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="a folder that keeps what comes before this stage")
    chosen = parser.parse_args()
    data: dict[str, list[Case]] = {}
    for name, inputs, path in stories():
        batch = linked(inputs, path, chosen.cache / f"{name}.pickle" if chosen.cache else None)
        annotation = Annotation(json.loads(path.read_text("utf-8")), {a.id: a.text for a in batch.get(Article)})
        data[name] = list(cases(batch, annotation))
    said, true = [], []
    for name, found in data.items():
        w = fit([c for other, rest in data.items() if other != name for c in rest], ridge=ridge, first=first)
        said += [1 / (1 + np.exp(-np.array(v) @ w)) for v, _ in found]
        true += [t for _, t in found]
    tell(np.array(said), np.array(true), what, so)
    w = fit([c for found in data.values() for c in found], ridge=ridge, first=first)
    print({n: round(float(b), 2) for n, b in zip(names, w, strict=True)})
    return 0


def tell(said: np.ndarray, true: np.ndarray, what: str, so: str) -> None:
    """Print how probabilities given by the weights of other stories do."""
    taken = said >= 0.5
    hits = int((taken & true).sum())
    print(f"{len(true)} {what}, {int(true.sum())} of them {so}; of stories left out: "
          f"precision {hits / taken.sum():.2f}, recall {hits / true.sum():.2f}, F1 {2 * hits / (taken.sum() + true.sum()):.3f}")
    tell_bins(said, true)


def tell_bins(said: np.ndarray, true: np.ndarray) -> None:
    """Print how true probabilities are, by their size."""
    for low, high in pairwise(BINS):
        inside = (said >= low) & (said < high)
        if inside.any():
            figures = f"said {said[inside].mean():.2f}  true {true[inside].mean():.2f}"
            print(f"{low:.1f} to {min(high, 1.0):.1f} {int(inside.sum()):5}  {figures}")
