"""How true the probabilities of links are where a collection has gaps: annotated stories of which some articles are taken away.

    python eval/measure_gaps.py [--cache FOLDER]

Of every story with its annotation in `story.json` a share of the articles is drawn and left out, several times. A link counts as true where
its source stands behind the article, directly or through others, whether these are there or not. Links that an annotation accepts are not
judged. Stories are grouped as annotated (`fit_trace.linked`).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from fit_trace import linked, of_story, stories

from retold.base.records import Article, Reuse
from retold.base.tables import Batch
from retold.trace.derivations import TAKEN, derive
from retold.trace.stage import prepare

SHARES = (0.0, 0.3, 0.5)  # of the articles that are missing
DRAWS = 4
BINS = ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
Link = tuple[float, bool, bool]  # probability, true, named


def without(story: Batch, gone: set[str]) -> Batch:
    """A story without some articles."""
    def kept(row: Any) -> bool:
        if isinstance(row, Article):
            return row.id not in gone
        return not gone & ({row.a, row.b} if isinstance(row, Reuse) else {getattr(row, "article", "")})

    return Batch(row for kind in story.kinds() for row in story.get(kind) if kept(row))


def behind(annotation: Any) -> set[tuple[str, str]]:
    """Every source of every article, directly or through others."""
    found = {(e["source"], e["target"]) for e in annotation["derivations"]}
    while True:
        more = {(a, d) for a, b in found for c, d in found if b == c} - found
        if not more:
            return found
        found |= more


def links(story: Batch, annotation: Any, share: float) -> Iterator[Link]:
    """The links inside what is left of a story, draw by draw."""
    true, free = behind(annotation), {(e["source"], e["target"]) for e in annotation.get("also_accepted", [])}
    ids = sorted(a.id for a in story.get(Article))
    for draw in range(DRAWS if share else 1):
        rest = without(story, set(random.Random(f"{draw} {share} {ids}").sample(ids, round(share * len(ids)))))
        known = prepare(rest)
        for d in derive("s", known.heard, known.fabric, known.stated, known.register, weighed=known.weighed).derivations:
            pair = (d.source, d.target)
            if d.probability >= TAKEN and d.source in ids and pair not in free:
                yield d.probability, pair in true, d.stated


def tell(title: str, found: list[Link]) -> None:
    """How true the links are, by probability and whether the source is named."""
    print(f"\n{title}\nprobability   named: links   said   true    not named: links   said   true")
    for low, high in (*BINS, (TAKEN, 1.01)):
        cells = []
        for named in (True, False):
            inside = [(p, t) for p, t, n in found if low <= p < high and n == named]
            said, true = (np.mean([row[i] for row in inside]) if inside else np.nan for i in (0, 1))
            cells.append(f"{len(inside):12}{said:7.2f}{true:7.2f}")
        print(f"{low:.2f} to {min(high, 1.0):.2f}" + "        ".join(cells))


def main() -> int:
    """Take away, trace, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="a folder that keeps what comes before this stage")
    chosen = parser.parse_args()
    data = []
    for name, inputs, path in stories():
        batch = linked(inputs, path, chosen.cache / f"{name}.pickle" if chosen.cache else None)
        data.append((of_story(batch, "s"), json.loads(path.read_text("utf-8"))))
    for share in SHARES:
        tell(f"{share:.0%} of the articles missing", [link for story, annotation in data for link in links(story, annotation, share)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
