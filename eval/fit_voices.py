"""Fit the weights of `retold.trace.voices` on annotated stories, and show how they do on stories left out.

    python eval/fit_voices.py [--cache FOLDER]

Every person or body that an article names as a source, and that is no article of the collection, is one case: did the article speak to
them itself? Cases whose edge an annotation merely accepts are left out, and articles that tell first hand. Stories are grouped as
annotated (`fit_trace.linked`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from annotations import Annotation
from fit_trace import linked, of_story, stories

from retold.base.records import Article
from retold.base.tables import Batch
from retold.trace.citations import statements
from retold.trace.derivations import TAKEN, derive
from retold.trace.register import make_register
from retold.trace.ties import weave
from retold.trace.voices import WEIGHTS, signals, surroundings

NAMES = tuple(WEIGHTS)
RIDGE = 0.5  # pull towards 0; between .5 and 1 the figures of stories left out hardly differ
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)
Case = tuple[list[float], bool]


def cases(batch: Batch, annotation: Annotation) -> Iterator[Case]:
    """The cases of one story: values by `NAMES`, and whether the annotation has the edge."""
    story = of_story(batch, "s")
    fabric, register = weave(story), make_register(story)
    stated = statements(story, register)
    lineage = derive("s", story, fabric, stated, register)
    known = surroundings(story, fabric, stated)
    for article in (a.id for a in fabric.articles if a.id not in lineage.first_hand):
        missing = [s for s in stated[article] if s.node.startswith("external:")]
        reports = {s.node for s in missing if s.kind in ("outlet", "agency")}
        taken = [d.source for d in lineage.derivations if d.target == article and d.probability >= TAKEN and d.source in register.articles]
        for node in sorted({s.node for s in missing} - reports):
            values = signals([s for s in missing if s.node == node], taken, known)
            true, free = (named_by(annotation, part, article, node) for part in ("derivations", "also_accepted"))
            if true or not free:
                yield [values[name] for name in NAMES], true


def named_by(annotation: Annotation, part: str, article: str, node: str) -> bool:
    """Whether a part of an annotation has a source outside the collection for an article."""
    return any(e["target"] == article and annotation.same_source(node, e["source"]) for e in annotation.data.get(part, []))


def fit(found: list[Case]) -> np.ndarray:
    """The weights: logistic regression by Newton's method, pulled towards 0."""
    x, y = np.array([v for v, _ in found]), np.array([float(t) for _, t in found])
    pull = RIDGE * np.eye(len(NAMES))
    pull[0, 0] = 0.01
    w = np.zeros(len(NAMES))
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        w = w + np.linalg.solve((x.T * (p * (1 - p))) @ x + pull, x.T @ (y - p) - pull @ w)
    return w


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="a folder that keeps what comes before this stage")
    chosen = parser.parse_args()
    data: dict[str, list[Case]] = {}
    for name, inputs, path in stories():
        batch = linked(inputs, path, chosen.cache / f"{name}.pickle" if chosen.cache else None)
        annotation = Annotation(json.loads(path.read_text("utf-8")), {a.id: a.text for a in batch.get(Article)})
        data[name] = list(cases(batch, annotation))
    said, true = [], []
    for name, found in data.items():
        w = fit([c for other, rest in data.items() if other != name for c in rest])
        said += [1 / (1 + np.exp(-np.array(v) @ w)) for v, _ in found]
        true += [t for _, t in found]
    tell(np.array(said), np.array(true))
    w = fit([c for found in data.values() for c in found])
    print({n: round(float(b), 2) for n, b in zip(NAMES, w, strict=True)})
    return 0


def tell(said: np.ndarray, true: np.ndarray, what: str = "sources", so: str = "spoken to") -> None:
    """Print how probabilities given by the weights of other stories do."""
    taken = said >= 0.5
    hits = int((taken & true).sum())
    print(f"{len(true)} {what}, {int(true.sum())} of them {so}; of stories left out: "
          f"precision {hits / taken.sum():.2f}, recall {hits / true.sum():.2f}, F1 {2 * hits / (taken.sum() + true.sum()):.3f}")
    for low, high in pairwise(BINS):
        inside = (said >= low) & (said < high)
        if inside.any():
            figures = f"said {said[inside].mean():.2f}  true {true[inside].mean():.2f}"
            print(f"{low:.1f} to {min(high, 1.0):.1f} {int(inside.sum()):5}  {figures}")


if __name__ == "__main__":
    sys.exit(main())
