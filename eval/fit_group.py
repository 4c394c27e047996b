"""Fit the weights of `retold.group.neighbours` on development stories; prints them and held-out figures.

    python eval/fit_group.py ../shared/data

Pairs: all pairs within a story, and for every article its nearest articles of other stories (the hard ones). Half of the
stories fit, the other half judges.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

from retold.embed.models import SentenceEncoder
from retold.group import neighbours
from retold.group.neighbours import Profile, features, profile, rarity

SETS = {"stories_en_dev": 500, "stories_ecbplus_dev": 400, "stories_wikinews_4lang_dev": 360}
NAMES = ("best", "anchors", "days")


def read(path: Path, limit: int) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows.sort(key=lambda r: r["story"])
    return rows[:limit]


def sentences(text: str) -> list[str]:
    from sentencex import segment

    parts = [s.strip() for line in text.splitlines() for s in segment("en", line)]
    return [s[:400] for s in parts if len(s) > 30][:25] or [text[:300]]


def profiles(rows: list[dict], encoder: SentenceEncoder) -> list[Profile]:
    return [profile(r["story"] + "|" + r["id"], r["text"], encoder.encode(sentences(r["text"])), r.get("published")) for r in rows]


def pairs(found: list[Profile]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    rare = rarity(found)
    centres = np.stack([p.centre for p in found])
    near = np.argsort(-(centres @ centres.T), axis=1)[:, 1:9]
    stories = [p.article.split("|")[0] for p in found]
    chosen = {(min(i, int(j)), max(i, int(j))) for i in range(len(found)) for j in near[i]}
    chosen |= {(i, j) for i in range(len(found)) for j in range(i + 1, min(i + 12, len(found))) if stories[i] == stories[j]}
    rows, labels, groups = [], [], []
    for i, j in sorted(chosen):
        f = features(found[i], found[j], rare)
        rows.append([f[n] for n in NAMES])
        labels.append(stories[i] == stories[j])
        groups.append(stories[i])
    return np.array(rows), np.array(labels, dtype=float), groups


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: float = 1e-2) -> np.ndarray:
    design = np.hstack([np.ones((len(x), 1)), x])
    beta = np.zeros(design.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (weight * (y - p)) - ridge * beta
        hessian = (design * (weight * p * (1 - p))[:, None]).T @ design + ridge * np.eye(len(beta))
        beta += np.linalg.solve(hessian, gradient)
    return beta


def main() -> int:
    root = Path(sys.argv[1])
    encoder = SentenceEncoder()
    parts = []
    for name, limit in SETS.items():
        x, y, groups = pairs(profiles(read(root / f"{name}.jsonl.gz", limit), encoder))
        held = np.array([sum(map(ord, g)) % 2 == 0 for g in groups])
        parts.append((name, x, y, held))
        print(name, len(y), "pairs,", int(y.sum()), "within a story", flush=True)
    x = np.vstack([p[1][~p[3]] for p in parts])
    y = np.concatenate([p[2][~p[3]] for p in parts])
    weight = np.concatenate([np.full((~p[3]).sum(), 1000 / (~p[3]).sum()) for p in parts])
    beta = fit(x, y, weight)
    print({"bias": round(float(beta[0]), 2)} | {n: round(float(b), 2) for n, b in zip(NAMES, beta[1:], strict=True)})
    for name, px, py, held in parts:
        p = 1 / (1 + np.exp(-(np.hstack([np.ones((held.sum(), 1)), px[held]]) @ beta)))
        truth = py[held] > 0
        hit = ((p > 0.5) & truth).sum()
        print(f"{name}: precision {hit / max(1, (p > 0.5).sum()):.3f} recall {hit / max(1, truth.sum()):.3f}")
    print("present weights", neighbours.WEIGHTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
