"""Fit the formulas of `retold.group.features` on development sets; writes `src/retold/group/weights.toml`, prints held-out figures.

    python eval/fit_group.py ../shared/data [CACHE] [--write]

The stories of every set are halved by a hash of their names. One half fits, the other judges; with `--write`, all stories then fit
the weights that are shipped. Items are kept in the folder CACHE, encoding them being the slow part.

Pairs: every article with the neighbours that the program itself would compare it with. Groups: those that average linkage makes of
them, then those that a teacher who knows the stories merges step by step, so that the formula sees groups of all sizes. A likeness may
only speak for one story, a distance in time and the likeness within a group only against.
Every set weighs the same. A pair of a story of hundreds weighs less than one of a pair: the weight of the pairs of an article grows
with the square root of their number.
"""

from __future__ import annotations

import pickle
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
from measure_background import ROOT, annotated, items_of
from measure_group import SETS, figures, read

from retold.base.linkage import average_linkage
from retold.group import features, neighbours, settle
from retold.group.features import GROUP, INNER, PAIR, Context, Formula, Meeting, expand_groups, expand_pairs, group_names, pair_names
from retold.group.groups import Group, group_features, make_group, turn_of
from retold.group.items import Item, depth_of
from retold.group.neighbours import Index, Neighbourhood
from retold.group.online import canonical
from retold.group.settle import SURE, candidates, strands_of, tied
from retold.group.shelf import Shelf

RIDGE = 3.0  # on standardised features, against a total weight of `WEIGHT` a set
WEIGHT = 20_000.0
TEACHING = 5  # rounds of the teacher
ONCE = 0.4  # share of the weight of pairs as if the second encoder had read none
SECOND = ("second", "second turned")
MIXED = "annotated stories"
OURS = frozenset(path.parent.name for path in [*(ROOT / "eval/stories").glob("*/story.json"), ROOT / "examples/varnholm/gold.json"])
RARE = 5.0  # weight of two groups of one annotated story, of which there are few hundred: without, .10 fewer pairs of them were found
AMONG = {"stories_wikinews_4lang_dev": 480, "stories_en_dev": 600}  # set: articles of it thrown together with annotated stories


class Data:
    """A set: its items on a shelf, the story of each, and the half that its story is in."""

    def __init__(self, name: str, folder: Path, cache: Path | None) -> None:
        self.name = name
        self.rows = mixed(folder) if name == MIXED else read(folder / f"{name}.jsonl.gz")
        kept = cache / f"{name}.items" if cache else None
        if kept and kept.exists():
            items = pickle.loads(kept.read_bytes())
        else:
            items = self.make_items()
            if kept:
                kept.write_bytes(pickle.dumps(items))
        items.sort(key=canonical)
        stories = {row["id"]: row["story"] for row in self.rows}
        self.items: list[Item] = items
        self.story = [stories[item.article] for item in items]
        self.ours = np.array([name == MIXED and s in OURS for s in self.story])
        self.half = np.array([blake2b(s.encode(), digest_size=1).digest()[0] % 2 for s in self.story])
        self.shelf = Shelf(512)
        self.shelf.put(items)
        self.around = Neighbourhood(self.shelf, Index())
        self.ties: dict[tuple[int, int], float] = {}
        self.found()

    def make_items(self) -> list[Item]:
        given = [{**{k: v for k, v in row.items() if k != "story"}, "text": row.get("text") or row["title"]} for row in self.rows]
        return items_of(given, depth_of(len(given)))

    def found(self) -> None:
        """Look for the pairs that the program would compare, and their features."""
        self.pairs: list[tuple[int, int]] = []
        rows = []
        around = self.around
        everyone = list(range(len(self.items)))
        centres = self.shelf.centres(np.array(everyone), around.usual)
        seen: set[tuple[int, int]] = set()
        blinds: list[np.ndarray] = []
        onces: list[np.ndarray] = []

        def note(number: int, others: list[int]) -> np.ndarray:
            alike, context = around.features(number, others) if others else (None, None)
            if others:
                expanded = expand_pairs(alike, context).astype(np.float32)
                blind = expand_pairs(alike, undated(context)).astype(np.float32)
                once = expand_pairs(*read_once(alike, context)).astype(np.float32)
                for k, other in enumerate(others):
                    pair = (min(number, other), max(number, other))
                    if pair not in seen:
                        seen.add(pair)
                        self.pairs.append(pair)
                        rows.append(expanded[k])
                        blinds.append(blind[k])
                        onces.append(once[k])
            return np.zeros(len(others))

        around.probabilities = note
        around.ties(everyone, centres, ahead=True)
        del around.probabilities
        self.x, self.blind, self.once = np.array(rows), np.array(blinds), np.array(onces)
        self.y = np.array([self.story[i] == self.story[j] for i, j in self.pairs])

    def weights(self, half: int | None) -> np.ndarray:
        """The weight of each pair for fitting: 0 outside the half."""
        counts = Counter(k for pair, y in zip(self.pairs, self.y, strict=True) if y for k in pair)
        w = np.array([(1 / max(1.0, min(counts[i], counts[j]) / 3) ** 0.5) if y else 1.0
                      for (i, j), y in zip(self.pairs, self.y, strict=True)])
        if half is not None:
            w *= np.array([self.half[i] == half and self.half[j] == half for i, j in self.pairs])
        return w * WEIGHT / w.sum()

    def score(self, pair: Formula) -> None:
        """The ties that a formula gives."""
        p = pair(self.x)
        self.ties = {key: float(q) for key, q in zip(self.pairs, p, strict=True) if q >= neighbours.FAR}

    def taught(self, half: int | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Features, answers and weights of pairs of groups."""
        seeds = average_linkage(len(self.items), self.ties, join=SURE, absent=neighbours.FAR)
        turn = turn_of(self.around, seeds)
        groups = [make_group(self.around, members, turn) for members in seeds]
        xs, ys, ws = [], [], []
        for _ in range(TEACHING):
            pairs = sorted({*tied(groups, strands_of(self.ties), len(self.shelf)), *candidates(groups, range(len(groups)))})
            alike, inner, meeting = group_features(self.around, groups, pairs)
            y = np.array([self.main(groups[a]) == self.main(groups[b]) for a, b in pairs])
            homes = [self.half[group.members[0]] for group in groups]
            inside = np.array([half is None or homes[a] == half == homes[b] for a, b in pairs])
            weight = np.array([min(len(groups[a].members), len(groups[b].members)) for a, b in pairs])[inside] ** 0.5
            ours = np.array([self.ours[groups[a].members[0]] and self.ours[groups[b].members[0]] for a, b in pairs]) & y
            weight[ours[inside]] *= RARE
            for seen, within, met, share in taught_as(alike, inner, meeting):
                xs.append(expand_groups(seen, within, met)[inside])
                ys.append(y[inside])
                ws.append(weight * share)
            near = alike[:, [GROUP.index(name) for name in ("turned", "words", "second turned")]].sum(axis=1)
            groups = self.teach(groups, pairs, near, y, turn)
        x, y, w = np.concatenate(xs), np.concatenate(ys), np.concatenate(ws)
        return x, y, w * WEIGHT / w.sum()

    def main(self, group: Group) -> str:
        return Counter(self.story[n] for n in group.members).most_common(1)[0][0]

    def teach(self, groups: list[Group], pairs: list[tuple[int, int]], near: np.ndarray, same: np.ndarray, turn: np.ndarray) -> list[Group]:
        """The groups with those merged that are of one story and nearest to each other."""
        best: dict[int, int] = {}
        for k in np.argsort(-near, kind="stable"):
            if same[k]:
                best.setdefault(pairs[k][0], pairs[k][1])
                best.setdefault(pairs[k][1], pairs[k][0])
        joined = {a: b for a, b in best.items() if best[b] == a}
        out = [g for i, g in enumerate(groups) if i not in joined]
        return out + [make_group(self.around, groups[a].members + groups[b].members, turn) for a, b in joined.items() if a < b]

    def homes(self, pair: Formula, group: Formula) -> dict[str, str]:
        """The story of every article that the formulas find."""
        self.score(pair)
        settle.formulas = lambda: (pair, group)
        found = settle.settle(self.around, range(len(self.items)), (), self.ties)
        return {self.items[n].article: str(i) for i, members in enumerate(found) for n in members}


def mixed(folder: Path) -> list[dict[str, str]]:
    """Annotated stories of ours in several languages, articles that only share names with them, and others about other things: nothing
    else has accounts of one event in several languages that are neither translations nor headlines."""
    own = [{**row, "story": story or f"alone {row['id']}"} for row, story in annotated(gold=False)]
    return [*own, *(row for name, count in AMONG.items() for row in read(folder / f"{name}.jsonl.gz")[:count])]


def undated(context: Context) -> Context:
    """The same pairs as if none had a date: half of what is fitted on, so that no formula takes the sets by their having dates."""
    return replace(context, days=np.full_like(context.days, np.nan))


def read_once(alike: np.ndarray, context: Context) -> tuple[np.ndarray, Context]:
    """The same pairs as if the second encoder had read none, so that the formula knows headlines that it did not read."""
    seen = alike.copy()
    seen[:, PAIR.index("second")] = 0.0
    return seen, replace(context, twice=np.zeros_like(context.twice))


def taught_as(alike: np.ndarray, inner: np.ndarray, meeting: Meeting) -> Iterator[tuple[np.ndarray, np.ndarray, Meeting, float]]:
    """Pairs of groups as they are, as if none had a date, and as if the second encoder had read none; with a share of the weight."""
    once, within = alike.copy(), inner.copy()
    once[:, [GROUP.index(name) for name in SECOND]] = 0.0
    within[:, [i for i, name in enumerate(2 * INNER) if name in SECOND]] = 0.0
    yield alike, inner, meeting, 1.0 - ONCE / 2
    yield alike, inner, never(meeting), 1.0 - ONCE / 2
    yield once, within, replace(meeting, twice=np.zeros_like(meeting.twice)), ONCE


def never(meeting: Meeting) -> Meeting:
    """The same pairs of groups as if none had a date."""
    nothing = np.zeros_like(meeting.dated)
    return replace(meeting, dated=nothing, apart=nothing, pace=nothing, steady=nothing)


def bounds() -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest weight of each feature of groups: likeness speaks for one story, time and likeness within against."""
    least, most = np.full(len(group_names()), -np.inf), np.full(len(group_names()), np.inf)
    for i, name in enumerate(group_names()):
        if name in (*GROUP, "pace"):
            least[i] = 0.0
        if name.endswith("apart") or name in {f"{a} within the {b}" for a in INNER for b in ("larger", "smaller")}:
            most[i] = 0.0
    return least, most


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray, least: np.ndarray | float = -np.inf, most: np.ndarray | float = np.inf) -> Formula:
    """Logistic regression with a ridge on standardised features, by Newton's method; weights stay between two bounds."""
    x = x.astype(np.float64)
    mean = np.average(x, axis=0, weights=w)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=w)) + 1e-6
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    ridge = np.full(z.shape[1], RIDGE)
    ridge[-1] = 1e-6
    low, high = (np.append(np.broadcast_to(bound, x.shape[1]), wide) for bound, wide in ((least, -np.inf), (most, np.inf)))
    beta = np.zeros(z.shape[1])

    def loss(beta: np.ndarray) -> float:
        odds = z @ beta
        return float(w @ (np.logaddexp(0, odds) - y * odds) + 0.5 * ridge @ (beta * beta))

    now = loss(beta)
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        gradient = z.T @ (w * (p - y)) + ridge * beta
        hessian = (z * (w * p * (1 - p))[:, None]).T @ z + np.diag(ridge)
        free = ~(((beta <= low) & (gradient > 0)) | ((beta >= high) & (gradient < 0)))
        step = np.zeros_like(beta)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        tries = [np.clip(beta - step * 0.5 ** k, low, high) for k in range(8)]
        losses = [loss(tried) for tried in tries]
        if min(losses) > now - 1e-6:
            break
        now, beta = min(losses), tries[int(np.argmin(losses))]
    weights = beta[:-1] / spread
    return Formula(bias=float(beta[-1] - weights @ mean), weights=weights)


def fit_both(sets: list[Data], half: int | None) -> tuple[Formula, Formula]:
    chosen = [(x, d.y, d.weights(half) * share) for d in sets
              for x, share in ((d.x, 1.0 - ONCE / 2), (d.blind, 1.0 - ONCE / 2), (d.once, ONCE))]
    pair = fit(*(np.concatenate(parts) for parts in zip(*((x[w > 0], y[w > 0], w[w > 0]) for x, y, w in chosen), strict=True)))
    for d in sets:
        d.score(pair)
    print("pairs fitted", flush=True)
    rows = [d.taught(half) for d in sets]
    return pair, fit(*(np.concatenate(parts) for parts in zip(*rows, strict=True)), *bounds())


def show(data: Data, homes: dict[str, str], half: int | None, words: str) -> None:
    judged = data.ours if data.name == MIXED else np.ones(len(data.items), dtype=bool)
    names = {item.article for item, h, j in zip(data.items, data.half, judged, strict=True) if j and (half is None or h == half)}
    found = figures(homes, [row for row in data.rows if row["id"] in names])
    shown = "  ".join(f"{k} {p:.3f}/{r:.3f} {f:.3f}" for k, (p, r, f) in found.items() if k in ("bcubed", "languages", "across"))
    print(f"{data.name:28}{words:12}{shown}", flush=True)


def write(pair: Formula, group: Formula, path: Path) -> None:
    lines = ["# The weights of the formulas in features.py, fitted by eval/fit_group.py; figures in docs/methods/group.md."]
    for name, formula, names in (("pair", pair, pair_names()), ("group", group, group_names())):
        lines += ["", f"[{name}]", f"bias = {formula.bias:.5g}"]
        lines += [f'"{key}" = {value:.5g}' for key, value in zip(names, formula.weights, strict=True)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    places = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    cache = places[1] if len(places) > 1 else None
    sets = [Data(name, places[0], cache) for name in (*SETS, MIXED)]
    for data in sets:
        print(f"{data.name:28}{len(data.items)} articles, {len(data.pairs)} pairs compared, {int(data.y.sum())} of one story", flush=True)
    if "--write" in sys.argv:
        pair, group = fit_both(sets, None)
        write(pair, group, Path(features.__file__).parent / "weights.toml")
        for data in sets:
            show(data, data.homes(pair, group), None, "fitted")
    for half in (0, 1):
        pair, group = fit_both(sets, half)
        for data in sets:
            show(data, data.homes(pair, group), 1 - half, f"held out {1 - half}")


if __name__ == "__main__":
    main()
