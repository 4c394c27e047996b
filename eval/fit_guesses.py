"""Fit the weights of `retold.trace.guesses` on annotated stories; print them, and how they do on stories left out.

    python eval/fit_guesses.py [--cache FOLDER]

Every mention of an annotated claim that names nobody, and whose article has it from no article that makes the claim, is one case: which of
its candidates is an annotated origin of the claim, or none of them? The mentions of one claim count as much as the root of their number.
Stories are grouped as annotated (`fit_trace.linked`).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
from annotations import Annotation, read_annotation
from fit_trace import linked, of_story, stories
from leaving_out import tell_bins
from scores import LONGEST, touched, versions

from retold.base.models import Models
from retold.base.records import Article, ClaimVersion
from retold.base.tables import Batch
from retold.trace import behind, stage
from retold.trace.guesses import WEIGHTS, Ground, signals

NAMES = tuple(WEIGHTS)
RIDGE = 1.0  # pull towards 0; of .3 to 10 the figures of stories left out hardly differ
STEPS = 30
Case = tuple[np.ndarray, np.ndarray, float]  # signals (candidates and none, weights), which of them are true, how much it counts


def cases(batch: Batch, annotation: Annotation) -> Iterator[Case]:
    """The cases of one story."""
    true = versions(annotation, annotation.data["claims"], "id", "mentions")
    origins = {c["id"]: c["origins"] for c in annotation.data["claims"]}
    found = []
    for v, named, ground in guessed(batch):
        claims = {true[n].group for n in touched({"doc": v.article, "start": v.start, "end": v.end}, true, LONGEST)}
        values = signals(v, named, ground)
        if len(claims) == 1 and values:
            right = [any(annotation.same_source(node, o) for o in origins[min(claims)]) for node in values]
            rows = [[row[name] for name in NAMES] for row in values.values()]
            found.append((v.group, np.array([*rows, [0.0] * len(NAMES)]), np.array([*right, not any(right)])))
    often = Counter(group for group, _, _ in found)
    yield from ((x, y, often[group] ** -0.5) for group, x, y in found)


def guessed(batch: Batch) -> list[tuple[ClaimVersion, tuple[str, ...], Ground]]:
    """The mentions that are guessed when a story is traced, each with those named for it and the ground it is guessed on."""
    seen: dict[str, tuple[ClaimVersion, tuple[str, ...], Ground]] = {}
    real = behind.guess

    def note(v: ClaimVersion, named: Sequence[str], ground: Ground) -> dict[str, float]:
        seen[v.id] = v, tuple(named), ground
        return real(v, named, ground)

    with patch.object(behind, "guess", note):
        stage.run(of_story(batch, "s"), Models())
    return [seen[key] for key in sorted(seen)]


def chances(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The probability of each candidate, the last being none of them."""
    p = np.exp(x @ w - (x @ w).max())
    return p / p.sum()


def fit(found: Sequence[Case]) -> np.ndarray:
    """The weights of a conditional logit in which any of several true candidates is right, by Newton's method."""
    w = np.zeros(len(NAMES))
    for _ in range(STEPS):
        slope, curve = -RIDGE * w, RIDGE * np.eye(len(w))
        for x, true, much in found:
            p = chances(x, w)
            mean = p @ x
            slope += much * ((np.where(true, p, 0.0) / p[true].sum() - p) @ x)
            curve += much * ((x.T * p) @ x - np.outer(mean, mean))
        w = w + 0.7 * np.linalg.solve(curve, slope)
    return w


def main() -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="a folder that keeps what comes before this stage")
    chosen = parser.parse_args()
    data: dict[str, list[Case]] = {}
    for name, inputs, path in stories():
        batch = linked(inputs, path, chosen.cache / f"{name}.pickle" if chosen.cache else None)
        data[name] = list(cases(batch, read_annotation(path, {a.id: a.text for a in batch.get(Article)})))
    best: list[tuple[float, bool]] = []
    for name, found in data.items():
        w = fit([c for other, rest in data.items() if other != name for c in rest])
        for x, true, _ in found:
            p = chances(x, w)[:-1]
            best.append((float(p.max()), bool(true[int(p.argmax())])))
    print(f"{len(best)} mentions, {sum(t for _, t in best)} of them guessed rightly by the weights of other stories")
    tell_bins(*(np.array(column) for column in zip(*best, strict=True)))
    print({n: round(float(b), 2) for n, b in zip(NAMES, fit([c for found in data.values() for c in found]), strict=True)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
