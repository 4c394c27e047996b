"""Fit the weights of `retold.link.counterparts` on annotated stories; print them, and what they give on stories left out.

    python eval/fit_counterparts.py [FOLDER…]    eval/stories, ../shared/gold and further folders that hold a story.json

Two entities that meet in nearest sentences are a case when at least one of them is annotated: right where both are the same.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
from annotations import Annotation, read_annotation
from gate import GIVEN, OWN, SHARED

from retold.base.models import Models
from retold.base.records import Article, Language, Sentence
from retold.base.tables import Batch
from retold.link.counterparts import WEIGHTS, Named, compared, name_of, relative
from retold.link.entities import Entities, Unit
from retold.link.names import join_spelled
from retold.link.units import gather as gather_units
from retold.pipeline import Settings, gather, run

RIDGE = 1.0
MODELS = Models()
Cases = tuple[np.ndarray, np.ndarray]


def cases_of(folder: Path) -> Cases:
    """Features and truths of the pairs of a story."""
    documents = json.loads((folder / "story.json").read_text("utf-8"))["documents"]
    inputs = [{"id": d["id"], "text": (folder / d["file"]).read_text("utf-8")} | {k: d[k] for k in GIVEN if d.get(k)} for d in documents]
    collected = gather(inputs, models=MODELS, settings=Settings(workers=1))
    gold = read_annotation(folder / "story.json", {a.id: a.text for a in collected.get(Article)})
    kept = Batch([article for article in collected.get(Article) if article.id in gold.members])
    batch = run(kept, settings=Settings(workers=1), only=("divide", "identify"))
    entities, units = join_spelled(batch, {row.article: row.code for row in batch.get(Language)})
    sets = entities.sets(units)
    named: dict[Unit, Named] = {root: name_of(entities, found) for root, found in sets.items()}
    pairs = compared(named, entities, gather_units(batch, MODELS), {s.id: (s.start, s.end) for s in batch.get(Sentence)})
    truth = {root: meant(gold, entities, found) for root, found in sets.items()}
    judged = [(list(found.values()), float(truth[a] == truth[b])) for (a, b), found in pairs.items()
              if (truth[a] or truth[b]) and not relative(named[a], named[b], (a, b), named)]
    x = np.array([[1.0, *row] for row, _ in judged]).reshape(len(judged), len(WEIGHTS))
    return x, np.array([right for _, right in judged])


def meant(gold: Annotation, entities: Entities, units: list[Unit]) -> str:
    """Which annotated name most mentions of an entity touch; "" for none."""
    spans = [(m.article, m.start, m.end) for number, article in units for m in entities.forms[number].mentions if m.article == article]
    votes = Counter(
        name["entity"] for name in gold.data["names"] for form in name["forms"] for doc, s, e in gold.places(form)
        for article, start, end in spans if article == doc and 2 * (min(end, e) - max(start, s)) >= min(end - start, e - s))
    return votes.most_common(1)[0][0] if votes else ""


def fit(cases: list[Cases]) -> np.ndarray:
    """Weights of a logistic formula with a ridge, by Newton's method."""
    x, y = (np.concatenate(parts) for parts in zip(*cases, strict=True))
    beta, ridge = np.zeros(x.shape[1]), RIDGE * np.eye(x.shape[1])
    ridge[0, 0] = 0.01
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ beta))
        beta += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (y - p) - ridge @ beta)
    return beta


def main() -> None:
    """Fit on all stories, and judge each by the weights of the others."""
    places = [Path(place) for place in sys.argv[1:]] or [OWN, SHARED]
    cases = [cases_of(path.parent) for place in places for path in sorted(place.glob("*/story.json"))]
    print({name: round(float(weight), 2) for name, weight in zip(WEIGHTS, fit(cases), strict=True)})
    chances = [1 / (1 + np.exp(-x @ fit(cases[:n] + cases[n + 1:]))) for n, (x, _) in enumerate(cases)]
    p, y = np.concatenate(chances), np.concatenate([y for _, y in cases])
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        told = p >= least
        print(f"from {least}: {told.sum()} pairs, precision {y[told].mean():.2f}, recall {y[told].sum() / y.sum():.2f}")


if __name__ == "__main__":
    main()
