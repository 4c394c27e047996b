"""Fit the weights of who has a part in the matter (`retold.trace.centrality`) on annotated stories, and show how they do, story by story.

    python eval/fit_origins.py [--cache FOLDER] [--also FOLDER ...]

The weights in use and weights fitted on the other stories, against everybody counted and nobody. Stories are grouped as annotated
(`fit_trace.linked`). Every person or body that is a root of a story is one case of the fit: does the annotation count it as an independent
origin? `--also`: folders with further annotated stories; of stories with up to three articles each case counts half as much.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

import numpy as np
from annotations import Annotation
from fit_trace import linked, of_story, stories
from leaving_out import Case, fit

from retold.base.records import Article, Quantity
from retold.base.tables import Batch
from retold.trace.centrality import LIKELY, WEIGHTS, Part, part_of
from retold.trace.derivations import Lineage, derive
from retold.trace.origins import Roots, find_origins, find_roots
from retold.trace.stage import Prepared, prepare

RIDGE = 2.0  # pull towards 0; with 1 and 4 the figures of stories left out hardly differ
BIAS_RIDGE = 0.1
SHORT = 3  # articles up to which a story's cases count once, those of others twice
Traced = tuple[Annotation, Batch, Prepared, Lineage, Roots]
Rule = Callable[[Part], bool]

IN_USE = Part.why

RULES: dict[str, Rule] = {
    "weights in use": lambda part: bool(IN_USE.fget(part)),
    "everybody": lambda part: True,
    "nobody": lambda part: False,
}


def trace(batch: Batch, annotation: Annotation) -> Traced:
    """A story up to its roots."""
    story = of_story(batch, "s")
    known = prepare(story)
    lineage = derive("s", known.heard, known.fabric, known.stated, known.register, weighed=known.weighed)
    return annotation, known.heard, known, lineage, find_roots(known.fabric, lineage)


def figures(traced: Traced, rule: Rule) -> tuple[float, float]:
    """F1 of a story's origins under a rule, and by how many their number is wrong."""
    annotation, story, known, lineage, roots = traced
    with patch.object(Part, "why", property(lambda part: "counted" if rule(part) else "")):
        found = find_origins("s", story, known.fabric, lineage, roots, known.stated, known.register)
    told = [o.node for o in found if o.independent]
    true = [o["id"] for o in annotation.data["origins"] if o["independent"]]
    right = sum(any(annotation.same_source(t, o) for o in true) for t in told)
    hit = sum(any(annotation.same_source(t, o) for t in told) for o in true)
    precision, recall = right / len(told) if told else 0.0, hit / len(true)
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0, abs(len(told) - annotation.data["independent_origins"])


def cases(traced: Traced) -> list[Case]:
    """The people and bodies that are roots of a story: their signals, and whether the annotation counts them."""
    annotation, story, known, _, roots = traced
    quantities = story.by_article(Quantity)
    kinds = {s.node: s.kind for rows in known.stated.values() for s in rows}
    counted = [o["id"] for o in annotation.data["origins"] if o["independent"]]
    nodes = {n for found in roots.behind.values() for n in found if n.startswith("external:") and kinds.get(n) not in ("outlet", "agency")}
    parts = {n: part_of(n, known.fabric, roots, known.stated, known.register, quantities) for n in sorted(nodes)}
    return [([part.signals[name] for name in WEIGHTS], any(annotation.same_source(n, o) for o in counted)) for n, part in parts.items()]


def fitted(weights: np.ndarray) -> Rule:
    """The rule that some weights make."""
    return lambda part: 1 / (1 + np.exp(-np.array([part.signals[name] for name in WEIGHTS]) @ weights)) >= LIKELY


def tell(rows: Mapping[str, list[tuple[float, float]]], names: list[str]) -> None:
    """Print the means, and how often each rule is better and worse than the one in use, story by story."""
    base = np.array(rows["weights in use"])[:, 0]
    print(f"{'':28}{'F1':>7}{'deviation':>11}{'error':>7}{'better':>8}{'worse':>7}{'difference':>12}{'± its error':>13}")
    for title, found in rows.items():
        f1, error = np.array(found).T
        apart = f1 - base
        spread = apart.std(ddof=1) / np.sqrt(len(names))
        print(f"{title:28}{f1.mean():7.3f}{f1.std():11.2f}{error.mean():7.2f}{(apart > 0).sum():8}{(apart < 0).sum():7}"
              f"{apart.mean():12.3f}{spread:13.3f}")


def main() -> int:
    """Trace, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="a folder that keeps what comes before this stage")
    parser.add_argument("--also", type=Path, nargs="*", default=[], help="folders with further annotated stories")
    chosen = parser.parse_args()
    data: dict[str, Traced] = {}
    for name, inputs, path in stories(chosen.also):
        batch = linked(inputs, path, chosen.cache / f"{name}.pickle" if chosen.cache else None)
        annotation = Annotation(json.loads(path.read_text("utf-8")), {a.id: a.text for a in batch.get(Article)})
        data[name] = trace(batch, annotation)
    rows = {title: [figures(traced, rule) for traced in data.values()] for title, rule in RULES.items()}
    found = {name: cases(traced) * (1 if len(traced[1].get(Article)) <= SHORT else 2) for name, traced in data.items()}
    rows["fitted on the others"] = []
    for name, traced in data.items():
        w = fit([c for other, these in found.items() if other != name for c in these], ridge=RIDGE, first=BIAS_RIDGE)
        rows["fitted on the others"].append(figures(traced, fitted(w)))
    tell(rows, list(data))
    w = fit([c for these in found.values() for c in these], ridge=RIDGE, first=BIAS_RIDGE)
    print({name: round(float(b), 2) for name, b in zip(WEIGHTS, w, strict=True)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
