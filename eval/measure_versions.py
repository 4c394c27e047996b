"""Measure on undated versions of texts: is the source that `retold trace` gives a version an adjacent one, and is the direction right?

    python eval/measure_versions.py ../shared/data/derivation_wikipedia_versions_dev.jsonl.gz [--chains N]
    python eval/measure_versions.py FILE --fit         fit the weights of retold.trace.versions; how they do on chains left out

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
from collections import Counter
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from retold.trace import versions
from retold.trace.versions import GROWS, ORDER, TOKEN, WAY, latest, put_in, successions

SEED = 7


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
    """Fit what tells the direction on true neighbours, then neighbourhood and direction of the links of the chains, and show how they do
    on chains left out: those of two halves, each with the weights of the other."""
    guess = [found for half in (0, 1) for found in judged(rows[half::2], *weights(rows[1 - half::2]))]
    wanted = sum(len(chain["versions"]) - 1 for chain in rows)
    print(f"{len(guess)} links of {len(rows)} chains, {wanted} versions after the first; all: {tell(guess, wanted)}")
    for low in (0.5, 0.6, 0.7, 0.75, 0.8):
        print(f"  from {low}: {tell([g for g in guess if g[0] >= low], wanted)}")
    for title, names, found in zip(("GROWS", "ORDER", "WAY"), (GROWS, ORDER, WAY), weights(rows), strict=True):
        print(title, {name: round(float(w), 2) for name, w in zip(names, found, strict=True)})


def weights(rows: list[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The weights of growth, of neighbours and of the direction."""
    steps = np.array([step(a, b) for chain in rows for a, b in pairwise(bags(chain))])
    grows = logistic(np.vstack([steps, -steps]), np.repeat([1.0, 0.0], len(steps)))
    cases = links_of(rows, grows)
    return (grows, logistic(np.array([c[0] for c in cases]), np.array([float(abs(t - s) == 1) for *_, s, t in cases])),
            logistic(np.array([c[1] for c in cases]), np.array([float(s < t) for *_, s, t in cases])))


def bags(chain: dict[str, Any]) -> list[Counter[str]]:
    """The words of every version."""
    return [Counter(TOKEN.findall(text.casefold())) for text in chain["versions"]]


def step(a: Counter[str], b: Counter[str]) -> list[float]:
    """What `grown` weighs."""
    later, earlier = latest(b - a), latest(a - b)
    return [put_in(b - a, a - b), float((later > earlier) - (later < earlier))]


def links_of(rows: list[dict[str, Any]], grows: np.ndarray) -> list[tuple[list[float], list[float], int, int]]:
    """The links of all chains with what speaks for their being neighbours and for their direction, under some weights of growth."""
    kept, out = dict(GROWS), []
    versions.GROWS.update(zip(GROWS, map(float, grows), strict=True))
    for chain in rows:
        place = {hidden(chain["id"], i): i for i in range(len(chain["versions"]))}
        out += [([1.0, s.certain, s.alike], [1.0, s.whole, s.own], place[s.source], place[s.target])
                for s in successions({key: chain["versions"][i] for key, i in place.items()})]
    versions.GROWS.update(kept)
    return out


def judged(
    rows: list[dict[str, Any]], grows: np.ndarray, order: np.ndarray, way: np.ndarray,
) -> list[tuple[float, int, int]]:
    """The links of chains with their probabilities under some weights, as (probability, source, target)."""
    return [(float(1 / (1 + np.exp(-np.dot(o, order))) / (1 + np.exp(-np.dot(w, way)))), s, t) for o, w, s, t in links_of(rows, grows)]


def tell(found: list[tuple[float, int, int]], wanted: int) -> str:
    """How links do, in words."""
    n = max(1, len(found))
    return (f"found {len(found) / wanted:.3f}, adjacent {sum(abs(t - s) == 1 for _, s, t in found) / n:.3f}, "
            f"direction {sum(s < t for _, s, t in found) / n:.3f}, true {sum(t - s == 1 for _, s, t in found) / n:.3f}, "
            f"said {sum(p for p, *_ in found) / n:.3f}")


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
