"""Fit the weights of `retold.trace.centrality` on annotated stories, and show how they do on stories left out.

    python eval/fit_origins.py [--cache FOLDER]

Every person or body that is a root of a story is one case: does the annotation count it as an independent origin? Stories are grouped as
annotated (`fit_trace.linked`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from annotations import Annotation
from fit_trace import linked, of_story, stories
from fit_voices import tell

from retold.base.records import Article
from retold.base.tables import Batch
from retold.trace.centrality import WEIGHTS, signals
from retold.trace.derivations import derive
from retold.trace.origins import find_origins, find_roots
from retold.trace.stage import prepare

NAMES = tuple(WEIGHTS)
RIDGE = 2.0  # pull towards 0; of 2, 4 and 8 the figures of stories left out hardly differ
Case = tuple[list[float], bool]


def cases(batch: Batch, annotation: Annotation) -> Iterator[Case]:
    """The cases of one story: values by `NAMES`, and whether the annotation counts the root."""
    story = of_story(batch, "s")
    known = prepare(story)
    fabric, stated, register = known.fabric, known.stated, known.register
    lineage = derive("s", story, fabric, stated, register, weighed=known.weighed)
    roots = find_roots(fabric, lineage)
    counted = [o["id"] for o in annotation.data["origins"] if o["independent"]]
    for origin in find_origins("s", story, fabric, lineage, roots, stated, register):
        if origin.kind not in ("outlet", "agency") and origin.node.startswith("external:"):
            values = signals(origin.node, fabric, roots, stated, register)
            yield [values[name] for name in NAMES], any(annotation.same_source(origin.node, o) for o in counted)


def fit(found: list[Case]) -> np.ndarray:
    """The weights: logistic regression by Newton's method, pulled towards 0."""
    x, y = np.array([v for v, _ in found]), np.array([float(t) for _, t in found])
    pull = RIDGE * np.eye(len(NAMES))
    pull[0, 0] = 0.05
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
    tell(np.array(said), np.array(true), "roots", "counted")
    w = fit([c for found in data.values() for c in found])
    print({n: round(float(b), 2) for n, b in zip(NAMES, w, strict=True)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
