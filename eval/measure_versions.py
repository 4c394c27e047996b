"""Measure on undated versions of texts: is the source that `retold trace` gives a version an adjacent one, and is the direction right?

    python eval/measure_versions.py ../shared/data/derivation_wikipedia_versions_dev.jsonl.gz [--chains N]
    python eval/measure_versions.py FILE --fit         fit the weights of retold.trace.versions, five-fold, and print them

Every chain (versions of one text, oldest first) is traced alone, as articles without dates and outlets under ids that tell nothing.
Counted are the links that count (probability 0.5 or more) between two versions, each version's most probable one; `found` is the
share of versions, the oldest of each chain aside, that have such a link.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from retold.trace.versions import WEIGHTS, successions

SEED = 7
FOLDS = 5
NAMES = tuple(WEIGHTS)


def chains(path: Path, most: int) -> list[dict[str, Any]]:
    """The chains in a file, a random sample where there are more than wanted."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(SEED).shuffle(rows)
    return rows[:most] if most else rows


def hidden(chain: str, number: int) -> str:
    """An id that tells nothing about the order."""
    return "v" + blake2b(f"{SEED} {chain} {number}".encode(), digest_size=5).hexdigest()


def links(chain: dict[str, Any]) -> list[tuple[int, int, float]]:
    """For every version its most probable source among the others, as (source, target, probability) by position."""
    from retold.pipeline import Settings, trace

    place = {hidden(chain["id"], i): i for i in range(len(chain["versions"]))}
    rows = [{"id": key, "text": chain["versions"][i]} for key, i in sorted(place.items())]
    report = json.loads(trace(rows, settings=Settings(workers=1)).to_json())
    best: dict[int, tuple[int, int, float]] = {}
    for story in report["stories"]:
        for link in story["links"]:
            if link["source"] in place and link["probability"] >= best.get(place[link["target"]], (0, 0, 0.5))[2]:
                best[place[link["target"]]] = (place[link["source"]], place[link["target"]], link["probability"])
    return list(best.values())


def fit(rows: list[dict[str, Any]]) -> None:
    """Fit the probability that a link of a chain is true (adjacent and in the right direction), and show how it does on chains left out."""
    cases, truth, fold = [], [], []
    for n, chain in enumerate(rows):
        place = {hidden(chain["id"], i): i for i in range(len(chain["versions"]))}
        for s in successions({key: chain["versions"][i] for key, i in place.items()}):
            cases.append([1.0, s.certain, s.alike, s.grows])
            truth.append((place[s.target] - place[s.source] == 1, abs(place[s.target] - place[s.source]) == 1,
                          place[s.source] < place[s.target]))
            fold.append(n % FOLDS)
    x, y, folds = np.array(cases), np.array(truth, float), np.array(fold)
    guess = np.zeros(len(x))
    for f in range(FOLDS):
        guess[folds == f] = 1 / (1 + np.exp(-x[folds == f] @ logistic(x[folds != f], y[folds != f, 0])))
    print(f"{len(x)} links of {len(rows)} chains; all: adjacent {y[:, 1].mean():.3f}, direction {y[:, 2].mean():.3f}")
    for low in (0.5, 0.6, 0.7, 0.8):
        kept = guess >= low
        print(f"  from {low}: {kept.mean():.2f} of them, adjacent {y[kept, 1].mean():.3f}, direction {y[kept, 2].mean():.3f}, "
              f"true {y[kept, 0].mean():.3f}, said {guess[kept].mean():.3f}")
    print({name: round(float(w), 2) for name, w in zip(NAMES, logistic(x, y[:, 0]), strict=True)})


def logistic(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Logistic regression with a pull towards nothing."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        h = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w += np.linalg.solve(h, x.T @ (y - p) - ridge * w)
    return w


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--chains", type=int, default=0, help="how many, 0 for all")
    parser.add_argument("--fit", action="store_true")
    chosen = parser.parse_args()
    rows = chains(chosen.file, chosen.chains)
    if chosen.fit:
        fit(rows)
        return 0
    found = [(s, t, len(chain["versions"])) for chain in rows for s, t, _ in links(chain)]
    wanted = sum(len(chain["versions"]) - 1 for chain in rows)
    adjacent = sum(abs(s - t) == 1 for s, t, _ in found)
    print(f"{len(rows)} chains, {wanted} versions after the first; found {len(found) / wanted:.3f}, "
          f"adjacent {adjacent / max(1, len(found)):.3f}, direction right {sum(s < t for s, t, _ in found) / max(1, len(found)):.3f}, "
          f"direction right where adjacent {sum(t - s == 1 for s, t, _ in found) / max(1, adjacent):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
