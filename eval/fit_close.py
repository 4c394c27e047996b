"""Fit the formula for few articles of `retold.group.features`; writes `src/retold/group/close.toml`, prints figures before and after.

    python eval/fit_close.py ../shared/data [CACHE] [--write]

Small collections are drawn as a user may have them: both events of a topic of ECB+, a handful of stories of MEANTIME and of the US set, our
annotated stories in twos and threes, and each of these with the look-alikes of `lookalikes.py`. All pairs of a collection are compared.
A logistic regression with a ridge, no likeness speaking against one story, fits the weights of the formula with events; those of the one
without, for articles that the encoder of events did not read, stay as they are, and so does the bias, which was set by hand
(docs/methods/group.md). Collections of all kinds weigh the same but for `KINDS`.
The stories of `../shared/gold` and every second short one only judge.

Items are kept in the folder CACHE, encoding them being the slow part.
"""

from __future__ import annotations

import json
import pickle
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit_group import fit
from gate import GIVEN
from lookalikes import LOOKALIKES
from measure_background import ROOT, annotated, items_of
from measure_group import f1, read

from retold.group import features, neighbours
from retold.group.features import CLOSE, READ, Formula, close_formula, expand_read
from retold.group.items import DEEP, Item
from retold.group.neighbours import Index, Neighbourhood
from retold.group.online import Assigner, canonical
from retold.group.shelf import Shelf

# weight of each kind of collection
KINDS = {"topics": 1.0, "translations": 0.5, "stories": 1.0, "annotated": 1.5, "look-alikes": 2.0, "short": 1.0}
MORE = (0.0, -0.6, -0.3, 0.3, 0.6, 0.9)  # added to the bias, to see what it would change
SAME_STORY = 0.4  # share of the weight that pairs of one story have
WEIGHT = 1_000.0  # of a kind
SEED = 1
Row = tuple[dict[str, str], str]


@dataclass(frozen=True)
class Collection:
    """A few articles with the story of each."""

    kind: str
    name: str
    items: tuple[Item, ...]
    stories: tuple[str, ...]

    def around(self) -> Neighbourhood:
        """Its articles on a shelf, in the order of the program."""
        shelf = Shelf(512)
        shelf.put(self.items)
        return Neighbourhood(shelf, Index())

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """The features of all pairs that the encoder of events has read, (n, len(READ)), and whether each is of one story."""
        around, xs, ys = self.around(), [], []
        for number in range(len(self.items) - 1):
            later = list(range(number + 1, len(self.items)))
            context = around.context(number, later)
            features = around.close_features(number, later, context)
            xs.append(expand_read(features, around.events(number, later), context))
            ys += [self.stories[number] == self.stories[other] for other in later]
        x, y = np.concatenate(xs), np.array(ys, dtype=np.float64)
        read = ~np.isnan(x).any(axis=1)
        return x[read], y[read]

    def found(self, formula: Formula) -> tuple[float, float, float]:
        """Precision, recall and F1 of the pairs in one story that the program finds with a formula over `READ`."""
        neighbours.close_formula = lambda *, read=False: formula if read else close_formula()
        assigner = Assigner()
        assigner.assign(self.items, whole=True)
        home = [assigner.home[item.article] for item in self.items]
        both, predicted, true = (pairs_of(keys) for keys in (zip(home, self.stories, strict=True), home, self.stories))
        precision, recall = both / predicted if predicted else 1.0, both / true if true else 1.0
        return precision, recall, f1(precision, recall)


def pairs_of(keys: Iterable[object]) -> int:
    """How many pairs have the same key."""
    return sum(n * (n - 1) // 2 for n in Counter(keys).values())


def collection(kind: str, name: str, rows: Sequence[Row], known: dict[str, Item]) -> Collection:
    """A collection of some rows with their stories."""
    pairs = sorted(((known[row["id"]], story) for row, story in rows), key=lambda pair: canonical(pair[0]))
    return Collection(kind, name, tuple(item for item, _ in pairs), tuple(story for _, story in pairs))


# ---- what is drawn ------------------------------------------------------------------------------------------------


def by_story(folder: Path, name: str) -> dict[str, list[Row]]:
    """The rows of a set by their story, without it."""
    out: dict[str, list[Row]] = defaultdict(list)
    for row in read(folder / f"{name}.jsonl.gz"):
        given = {key: value for key, value in row.items() if key != "story"}
        out[row["story"]].append(({**given, "text": row.get("text") or row["title"]}, row["story"]))
    return dict(sorted(out.items()))


def topic(stories: dict[str, list[Row]], chance: random.Random) -> list[Row]:
    """One to five articles of each of the two events of a topic."""
    topics: dict[str, list[str]] = defaultdict(list)
    for story in stories:
        topics["".join(re.findall(r"\d+", story))].append(story)
    chosen = topics[chance.choice(sorted(key for key, events in topics.items() if len(events) > 1))]
    return [row for story in chosen[:2] for row in chance.sample(stories[story], min(len(stories[story]), chance.randint(1, 5)))]


def translations(stories: dict[str, list[Row]], chance: random.Random) -> list[Row]:
    """One to four languages of each of four stories."""
    return [row for story in chance.sample(sorted(stories), 4) for row in chance.sample(stories[story], chance.randint(1, 4))]


def several(stories: dict[str, list[Row]], chance: random.Random) -> list[Row]:
    """Five stories, whole."""
    return [row for story in chance.sample(sorted(stories), 5) for row in stories[story]]


DRAWN: dict[str, tuple[str, Callable[[dict[str, list[Row]], random.Random], list[Row]], int]] = {  # kind: set, how, how often
    "topics": ("stories_ecbplus_dev", topic, 40), "translations": ("stories_wikinews_4lang_dev", translations, 25),
    "stories": ("stories_en_dev", several, 20),
}


def drawn(folder: Path) -> list[tuple[str, str, list[Row]]]:
    """The collections drawn from the sets: kind, name, rows."""
    out = []
    for kind, (name, draw, times) in DRAWN.items():
        stories, chance = by_story(folder, name), random.Random(SEED)
        out += [(kind, f"{kind} {number}", draw(stories, chance)) for number in range(times)]
    return out


def of_ours(*, gold: bool) -> list[tuple[str, str, list[Row]]]:
    """Annotated stories alone, in twos and threes, and all together; with look-alikes, one at a time. gold: those of `../shared/gold`."""
    folders: dict[str, list[Row]] = defaultdict(list)
    alike: list[Row] = []
    held = {path.parent.name for path in (ROOT / "../shared/gold").glob("*/story.json")}
    for row, story in annotated():
        name = row["id"].partition("/")[0]
        if name == "lookalike":
            alike.append((row, f"alone {row['id']}"))
        elif (name in held) == gold:
            folders[name].append((row, story or f"alone {row['id']}"))
    names, chance = sorted(folders), random.Random(SEED)
    kind, out = "gold" if gold else "annotated", []
    for name in names:
        out.append((f"{kind}, alone", name, folders[name]))
        for size in (1, 2):
            chosen = [name, *chance.sample([n for n in names if n != name], size)]
            out.append((kind, "+".join(chosen), [row for n in chosen for row in folders[n]]))
    out.append((f"{kind}, all", "all", [row for name in names for row in folders[name]]))
    return out if gold else [*out, *with_lookalikes(folders, alike)]


def of_short(half: int) -> list[tuple[str, str, list[Row]]]:
    """Short stories (`eval/short/stories.jsonl`), alone and in twos. half: 0 those that may be looked at, 1 those that only judge."""
    told = [json.loads(line) for line in (ROOT / "eval/short/stories.jsonl").read_text("utf-8").splitlines()[half::2]]
    stories = [[(row_of(story["name"], document), story["name"]) for document in story["documents"]] for story in told]
    kind = ("short", "short, left out")[half]
    pairs = zip(stories, [*stories[1:], stories[0]], strict=True)
    return [*((f"{kind}, alone", rows[0][1], rows) for rows in stories), *((kind, f"{a[0][1]}+{b[0][1]}", [*a, *b]) for a, b in pairs)]


def row_of(name: str, document: dict[str, str]) -> dict[str, str]:
    """An article of a short story as a row."""
    return {key: document[key] for key in GIVEN if document.get(key)} | {"id": f"{name}/{document['id']}", "text": document["text"]}


def with_lookalikes(folders: dict[str, list[Row]], alike: list[Row]) -> list[tuple[str, str, list[Row]]]:
    """Each annotated story with each article that only shares names with it."""
    pairs = [(LOOKALIKES[int(row["id"].partition("/")[2])].story, row, story) for row, story in alike]
    return [("look-alikes", f"{name}+{row['id']}", [*folders[name], (row, story)])
            for name, row, story in pairs]


def collections(folder: Path, cache: Path | None) -> list[Collection]:
    """All collections, with the items of their articles."""
    wanted = [*drawn(folder), *of_ours(gold=False), *of_ours(gold=True), *of_short(0), *of_short(1)]
    rows = {row["id"]: row for _, _, given in wanted for row, _ in given}
    kept = cache / "events.items" if cache else None
    if kept and kept.exists():
        known: dict[str, Item] = pickle.loads(kept.read_bytes())
    else:
        known = {item.article: item for item in items_of([rows[key] for key in sorted(rows)], depth=DEEP)}
        if kept:
            kept.write_bytes(pickle.dumps(known))
    return [collection(kind, name, given, known) for kind, name, given in wanted]


# ---- fitting ------------------------------------------------------------------------------------------------------


def fitted(given: Sequence[Collection]) -> Formula:
    """The formula over `READ` fitted on collections; likenesses speak for one story only, days against."""
    xs, ys, ws = [], [], []
    for kind, share in KINDS.items():
        parts = [c.pairs() for c in given if c.kind == kind]
        x, y = (np.concatenate(column) for column in zip(*parts, strict=True))
        weight = np.where(y == 1, SAME_STORY / max(1.0, y.sum()), (1 - SAME_STORY) / max(1.0, (1 - y).sum()))
        xs.append(x)
        ys.append(y)
        ws.append(weight * share * WEIGHT)
    least = np.array([-np.inf if name in ("days", "across languages") else 0.0 for name in READ])
    most = np.array([0.0 if name == "days" else np.inf for name in READ])
    return fit(np.concatenate(xs), np.concatenate(ys), np.concatenate(ws), least, most)


def without_events(formula: Formula) -> Formula:
    """A formula over `CLOSE` as one over `READ`, which begins with the same."""
    return replace(formula, weights=np.pad(formula.weights, (0, len(READ) - len(CLOSE))))


def figures(given: Sequence[Collection], formula: Formula) -> dict[str, tuple[float, float, float]]:
    """The mean precision, recall and F1 of every kind of collection."""
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for each in given:
        found[each.kind].append(each.found(formula))
    return {kind: tuple(np.mean(rows, axis=0)) for kind, rows in found.items()}


def show(words: str, found: dict[str, tuple[float, float, float]]) -> None:
    """Print the figures of a formula."""
    print(f"{words:12}" + "  ".join(f"{kind} {p:.2f}/{r:.2f} {f:.3f}" for kind, (p, r, f) in found.items()), flush=True)


def write(formulas: dict[str, Formula], path: Path) -> None:
    """Write the weights that are shipped."""
    lines = ["# The weights of the formulas for few articles in features.py; how they were fitted is in docs/methods/group.md."]
    for part, formula in formulas.items():
        names = zip(READ, formula.weights, strict=True)
        lines += ["", f"[{part}]", f"bias = {formula.bias:.3g}",
                  *(f'"{name}" = {weight:.3g}' for name, weight in names if part == "read" or name in CLOSE)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Fit, and print the figures of what is shipped and of what was fitted under every bias."""
    places = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    given = collections(places[0], places[1] if len(places) > 1 else None)
    print(", ".join(f"{n} {kind}" for kind, n in Counter(c.kind for c in given).items()), flush=True)
    shipped = without_events(close_formula())
    show("close", figures(given, shipped))
    show("read", figures(given, close_formula(read=True)))
    formula = fitted(given)
    print({name: round(float(w), 2) for name, w in zip(READ, formula.weights, strict=True)}, round(formula.bias, 2), flush=True)
    for more in MORE:
        tried = replace(formula, bias=formula.bias + more)
        show(f"bias {tried.bias:.2f}", figures(given, tried))
    if "--write" in sys.argv:
        kept = replace(formula, bias=close_formula(read=True).bias)
        write({"close": shipped, "read": kept}, Path(features.__file__).parent / "close.toml")


if __name__ == "__main__":
    main()
