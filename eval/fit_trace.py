"""Fit the weights of `retold.trace.candidates` on annotated stories, pulled towards values set by hand, and show how they do.

    python eval/fit_trace.py            fit on all stories; print the weights
    python eval/fit_trace.py --loso     each story with weights fitted on the others: F1 of links, and how true the probabilities are

Every ordered pair of articles that share anything is one case: is the first a direct source of the second? Pairs that an annotation
accepts, and sources that are named and stand further up, are no cases: counted as mistakes, they took .02 of F1 from stories left out.
The stories are grouped as annotated, so that the figures are those of this stage alone.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import gate
import numpy as np
from annotations import Annotation, read_annotation
from scores import cites_further_up, score

from retold.base.models import Models
from retold.base.records import Article, Membership, make_id
from retold.base.tables import Batch
from retold.pipeline import Settings, gather, run
from retold.trace import candidates, voices
from retold.trace.decisions import Rulings
from retold.trace.stage import prepare
from retold.trace.stage import run as trace_story
from retold.view.report import build_report

BY_HAND = {
    "bias": -3.5, "copied": 5.0, "translated": 3.4, "claims": 1.1, "exclusive": 2.1, "details": 1.0, "surplus": 0.85, "sequence": 0.5,
    "innovations": 0.85, "splits": -1.3, "wording": 0.3, "cited": 3.4, "told_by": 2.1, "earlier": 1.1, "later": -7.0, "reversed": -1.3,
    "common": -0.7, "credit": 0.85, "unsourced": 0.6, "elsewhere": -0.5, "borne_out": 1.0,
    "agency": 0.3, "rivals": -0.5, "tongue": 0.0, "asked": 0.0, "homeless": 0.0, "sourceless": 0.0,
}
NAMES = tuple(candidates.WEIGHTS)
PRIOR = np.array([BY_HAND[n] for n in NAMES])
RIDGE = 4.0  # pull towards the values set by hand: some sixty articles cannot carry twenty weights alone
STEPS = 30
LIFT = 0.8  # added to the fitted bias: links of ours, each story with weights of the others, .835 instead of .830 with .5; .827 with 1.1
MOST_RIVALRY = -0.95  # at -1 and beyond neither of two sources that are equally good, however good, is more likely than not
RIVALS = NAMES.index("rivals")
BINS = ((0.05, 0.1), *((n / 10, (n + 1) / 10) for n in range(1, 9)), (0.9, 1.01))
Case = tuple[np.ndarray, np.ndarray, np.ndarray]  # values (n, weights), named (n,), true (n,)
Data = dict[str, tuple[Batch, Path, list[Case]]]  # a story: its records up to this stage, its annotation, the cases of its links


def stories(also: Sequence[Path] = ()) -> Iterator[tuple[str, list[Any], Path]]:
    """Every annotated story: its name, its inputs and its annotation; `also`: folders with further ones."""
    yield gate.EXAMPLE.name, [gate.EXAMPLE / "articles"], gate.EXAMPLE / "gold.json"
    for base in (gate.ROOT / "eval" / "stories", gate.SHARED, *also):
        for path in sorted(base.glob("*/story.json")):
            rows = [{"id": d["id"], "text": (path.parent / d["file"]).read_text("utf-8")} | {k: d[k] for k in gate.GIVEN if d.get(k)}
                    for d in json.loads(path.read_text("utf-8"))["documents"]]
            yield path.parent.name, rows, path


def linked(inputs: list[Any], path: Path, cache: Path | None) -> Batch:
    """The records of a story up to `relate`, grouped as annotated."""
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    settings = Settings(workers=1)
    batch = run(gather(inputs, models=Models(), settings=settings), settings=settings, only=("divide", "embed", "identify"))
    apart = set(json.loads(path.read_text("utf-8")).get("unrelated") or [])
    batch.add(Membership(id=make_id("m", a.id), story=f"t-{a.id}" if a.id in apart else "s", article=a.id, method="annotated", score=1.0)
              for a in batch.get(Article))
    done = run(batch, settings=settings, only=("link", "relate"))
    if cache:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(done))
    return done


def of_story(batch: Batch, story: str) -> Batch:
    """The records of one story."""
    homes = {m.article: m.story for m in batch.get(Membership)}
    return Batch(r for kind in batch.kinds() for r in batch.get(kind)
                 if (getattr(r, "story", None) or homes.get(getattr(r, kind.by, ""), "")) == story)


def not_judged(annotation: Annotation, found: Mapping[tuple[str, str], candidates.Candidate]) -> set[tuple[str, str]]:
    """Pairs that are neither true nor false: accepted by the annotation, or named and further up."""
    true = {(e["source"], e["target"]) for e in annotation.data["derivations"]}
    free = {(e["source"], e["target"]) for e in annotation.data.get("also_accepted", [])}
    free |= {p for p, c in found.items() if c.cited and cites_further_up(annotation, {"source": p[0], "target": p[1], "kind": "cites"})}
    return free - true


def cases(batch: Batch, annotation: Annotation) -> list[Case]:
    """One case an article that has any candidate; what is not judged is left out, for a source further up is no mistake."""
    true = {(e["source"], e["target"]) for e in annotation.data["derivations"]}
    known = prepare(of_story(batch, "s"))
    weights = dict(candidates.WEIGHTS)
    candidates.WEIGHTS.update(dict.fromkeys(NAMES, 1.0))
    least, candidates.LEAST = candidates.LEAST, -1.0
    found = candidates.weigh_pairs(known.fabric, known.stated, known.register, Rulings())
    candidates.WEIGHTS.update(weights)
    candidates.LEAST = least
    free = not_judged(annotation, found)
    rows: dict[str, list[tuple[list[float], bool, bool]]] = {}
    for (source, target), c in sorted(found.items()):
        if (source, target) in free:
            continue
        values = [c.weights.get(n, 0.0) if n != "rivals" else 0.0 for n in NAMES]
        rows.setdefault(target, []).append((values, c.sole, (source, target) in true))
    return [(np.array([v for v, _, _ in r]), np.array([n for _, n, _ in r]), np.array([t for _, _, t in r])) for r in rows.values()]


def with_rivals(w: np.ndarray, found: list[Case]) -> tuple[np.ndarray, np.ndarray]:
    """Values and truth of all candidates, with what their rivals weigh under some weights."""
    rows, truth = [], []
    for values, named, true in found:
        x = values.copy()
        z = np.exp(np.clip(x @ w, -30, 30)) * ~named
        x[:, RIVALS] = np.where(named, 0.0, np.log1p(np.maximum(0.0, z.sum() - z)))
        rows.append(x)
        truth.append(true.astype(float))
    return np.vstack(rows), np.concatenate(truth)


def fit(found: list[Case]) -> np.ndarray:
    """The weights: logistic regression by Newton's method, the rivals weighed anew with what it gives."""
    w = PRIOR.copy()
    for _ in range(STEPS):
        x, y = with_rivals(w, found)
        p = 1 / (1 + np.exp(-x @ w))
        h = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        w = w + 0.5 * np.linalg.solve(h, x.T @ (y - p) - RIDGE * (w - PRIOR))
        w[RIVALS] = max(w[RIVALS], MOST_RIVALRY)
    return w + LIFT * (np.arange(len(w)) == NAMES.index("bias"))


def links(batch: Batch, path: Path, weights: Mapping[str, float]) -> tuple[dict[str, float], list[tuple[float, bool]]]:
    """The figures of a story traced with some weights, and for every link inside the collection its probability and whether it is true;
    links that an annotation accepts, and sources that are named and stand further up, are not judged."""
    before = dict(candidates.WEIGHTS)
    candidates.WEIGHTS.update(weights)
    done = Batch(r for kind in batch.kinds() for r in batch.get(kind))
    for story in sorted({m.story for m in batch.get(Membership)}):
        found = trace_story(of_story(batch, story), Models())
        done.add(r for kind in found.kinds() for r in found.get(kind))
    known = prepare(of_story(batch, "s"))
    weighed = candidates.weigh_pairs(known.fabric, known.stated, known.register, Rulings())
    candidates.WEIGHTS.update(before)
    annotation = read_annotation(path, {a.id: a.text for a in batch.get(Article)})
    true = {(e["source"], e["target"]) for e in annotation.data["derivations"]}
    free = not_judged(annotation, weighed)
    pairs = [(c.probability, p in true) for p, c in weighed.items() if p not in free]
    return score(annotation, json.loads(build_report(done).to_json())).figures, pairs


def leave_one_out(data: Data) -> None:
    """Each story with weights fitted on the others, those of who was spoken to (`fit_voices`) too."""
    import fit_voices
    from leaving_out import fit as fit_cases

    heard = {name: list(fit_voices.cases(batch, read_annotation(path, {a.id: a.text for a in batch.get(Article)})))
             for name, (batch, path, _) in data.items()}
    before = dict(voices.WEIGHTS)
    said: list[tuple[float, bool]] = []
    today: list[tuple[float, bool]] = []
    print(f"{'story':12}{'links':>8}{'present':>8}{'origins':>9}{'error':>7}")
    sums = np.zeros(4)
    for name, (batch, path, _) in data.items():
        w = fit([c for other, (_, _, found) in data.items() if other != name for c in found])
        others = [c for other, found in heard.items() if other != name for c in found]
        spoken = fit_cases(others, ridge=fit_voices.RIDGE, first=fit_voices.BIAS_RIDGE)
        voices.WEIGHTS.update(zip(fit_voices.NAMES, map(float, spoken), strict=True))
        figures, pairs = links(batch, path, dict(zip(NAMES, map(float, w), strict=True)))
        voices.WEIGHTS.update(before)
        present, now = links(batch, path, candidates.WEIGHTS)
        said += pairs
        today += now
        row = np.array([figures["links"], present["links"], figures["origins"], figures["origins.count_error"]])
        sums += row
        print(f"{name:12}{row[0]:8.3f}{row[1]:8.3f}{row[2]:9.3f}{row[3]:7.0f}")
    print(f"{'mean':12}" + "".join(f"{v:{n}.3f}" for v, n in zip(sums / len(data), (8, 8, 9, 7), strict=True)))
    for title, pairs in (("fitted on the others", said), ("present weights", today)):
        print(f"\n{title}\nprobability   pairs   said   true")
        for low, high in BINS:
            inside = [(p, t) for p, t in pairs if low <= p < high]
            if inside:
                told, is_so = (np.mean([row[i] for row in inside]) for i in (0, 1))
                print(f"{low:.2f} to {min(high, 1.0):.2f} {len(inside):7}{told:7.2f}{is_so:7.2f}")


def gathered(cache: Path | None) -> Data:
    """Every annotated story up to this stage, with where its annotation lies and the cases of its links."""
    data: Data = {}
    for name, inputs, path in stories():
        batch = linked(inputs, path, cache / f"{name}.pickle" if cache else None)
        data[name] = (batch, path, cases(batch, read_annotation(path, {a.id: a.text for a in batch.get(Article)})))
    return data


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loso", action="store_true", help="leave one story out")
    parser.add_argument("--cache", type=Path, help="a folder that keeps what comes before this stage")
    chosen = parser.parse_args()
    data = gathered(chosen.cache)
    if chosen.loso:
        leave_one_out(data)
    w = fit([c for _, _, found in data.values() for c in found])
    print(f"\n{sum(len(f) for _, _, f in data.values())} articles of {len(data)} stories")
    print({n: round(float(b), 2) for n, b in zip(NAMES, w, strict=True)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
