"""Fit the formula by which `retold.link.rejoin` joins groups of a small collection, on annotated stories; prints figures.

    python eval/fit_rejoin.py FOLDER...        folders of annotated stories, such as eval/stories and ../shared/gold

Every article of a folder is compared with parts of its story, drawn at random, from two articles to all others: those of the story are
to be told from the unrelated ones. Each story is judged by weights fitted on the others, with outlet and date and as texts alone. Then
the groups that the program finds are joined by those weights, and membership is measured as the gate does.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gate import GIVEN

from retold.base.models import Models
from retold.base.records import Article, Membership
from retold.link import rejoin
from retold.link.rejoin import WEIGHTS, Common, by_article, in_common, joined, ties_of
from retold.pipeline import Settings, gather, run

DRAWN = 12  # parts of a story that each article is compared with
RIDGE = 1.0
SEED = 1
NAMES = tuple(WEIGHTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """An annotated story: what its articles have in common, which of them tell it, and the groups that were found without reading."""

    name: str
    common: Common
    members: tuple[str, ...]
    strangers: tuple[str, ...]
    groups: dict[str, list[str]]

    def rows(self, chance: random.Random) -> tuple[list[list[float]], list[float]]:
        """Features of articles with parts of the story, in the order of `NAMES`, and whether they tell it."""
        xs, ys = [], []
        for article in (*self.members, *self.strangers):
            others = [m for m in self.members if m != article]
            for _ in range(DRAWN):
                found = self.common.features(article, chance.sample(others, chance.randint(2, len(others))))
                xs.append([found[name] for name in NAMES])
                ys.append(float(article in self.members))
        return xs, ys

    def membership(self, *, again: bool) -> float:
        """F1 of the story that holds most of the members, as grouped (`again`: as joined by the present weights)."""
        homes = joined(self.common, self.groups) if again else {a: story for story, articles in self.groups.items() for a in articles}
        held = [homes[m] for m in self.members]
        best = max(sorted(set(held)), key=held.count)
        return 2 * held.count(best) / (len(self.members) + sum(home == best for home in homes.values()))


def read_folder(place: Path, *, bare: bool) -> Folder:
    """Read a story up to what its articles have in common."""
    told = json.loads((place / "story.json").read_text("utf-8"))
    given = [{"id": d["id"], "text": (place / d["file"]).read_text("utf-8")} | {k: d[k] for k in (() if bare else GIVEN) if d.get(k)}
             for d in told["documents"]]
    settings = Settings(workers=1)
    batch = run(gather(given, models=Models(), settings=settings), settings=settings, until="identify")
    groups: dict[str, list[str]] = {}
    for membership in batch.get(Membership):
        groups.setdefault(membership.story, []).append(membership.article)
    everybody = {a.id for a in batch.get(Article)}
    common = in_common(by_article(batch), Models(), everybody, ties_of(batch))
    strangers = tuple(told["unrelated"])
    return Folder(name=place.name, common=common, groups=groups, strangers=strangers,
                  members=tuple(d["id"] for d in told["documents"] if d["id"] not in strangers))


def fit(xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Weights of a logistic formula with a ridge, by Newton's method; those of one story and of none weigh two to one in all."""
    weight = np.where(ys == 1, 1.0, ys.sum() / max(1.0, (1 - ys).sum()) / 2)
    ridge = np.diag([0.0 if name == "bias" else RIDGE for name in NAMES])
    found = np.zeros(len(NAMES))
    for _ in range(50):
        p = 1 / (1 + np.exp(-xs @ found))
        slope = xs.T @ (weight * (p - ys)) + ridge @ found
        found -= np.linalg.solve((xs * (weight * p * (1 - p))[:, None]).T @ xs + ridge, slope)
    return found


def fitted(folders: Sequence[Folder], without: str) -> np.ndarray:
    """The weights fitted on all stories but one."""
    chance = random.Random(SEED)
    parts = [folder.rows(chance) for folder in folders if folder.name != without]
    return fit(np.array([x for xs, _ in parts for x in xs]), np.array([y for _, ys in parts for y in ys]))


def main() -> None:
    """Fit on all but each story in turn, and on all."""
    places = sorted(path.parent for given in sys.argv[1:] for path in Path(given).glob("*/story.json"))
    folders = {bare: [read_folder(place, bare=bare) for place in places] for bare in (False, True)}
    everything = [*folders[False], *folders[True]]
    for bare, some in folders.items():
        before, after = [], []
        for folder in some:
            rejoin.WEIGHTS.update(zip(NAMES, fitted(everything, folder.name), strict=True))
            before.append(folder.membership(again=False))
            after.append(folder.membership(again=True))
            if before[-1] < 1 or after[-1] < 1:
                print(f"  {folder.name}: {before[-1]:.3f} -> {after[-1]:.3f}")
        print(f"{'texts alone' if bare else 'with outlet and date'}: {np.mean(before):.3f} -> {np.mean(after):.3f}", flush=True)
    print({name: round(float(w), 2) for name, w in zip(NAMES, fitted(everything, ""), strict=True)})


if __name__ == "__main__":
    main()
