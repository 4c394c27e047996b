"""Measure whether annotated stories in several languages stay whole among hundreds of articles about other things.

    python eval/measure_background.py ../shared/data [CACHE] [--misses]

All annotated stories that are there (`eval/stories`, the example, `../shared/gold`) and the look-alikes of `eval/lookalikes.py` are thrown
together with articles of a set that tell other stories, and go through the assigner of `retold group`: all at once, and 64 at a time.
Pairs of articles of one annotated story, in one language and across languages: precision, recall, F1; a pair of an annotated article with
any other (an unrelated one of its folder, a look-alike, the background) is a wrong one. Items of the background are kept in the folder
CACHE, encoding them being the slow part.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lookalikes import LOOKALIKES
from measure_group import f1, read

from retold.base.models import Models
from retold.base.records import Article
from retold.divide.languages import decide
from retold.group.items import LEAD, Item, make_items
from retold.group.online import Assigner, canonical
from retold.pipeline import Settings, gather

ROOT = Path(__file__).parent.parent
BACKGROUNDS = {"stories_en_dev": 1_000, "stories_titles_9lang_dev": 3_000}  # set: articles taken, the first in time
STREAM = 64  # articles that come at a time


def items_of(rows: Sequence[Mapping[str, str]], depth: int = LEAD) -> list[Item]:
    """What articles are compared by; by default those of a large collection."""
    models = Models()
    articles = sorted(gather([dict(row) for row in rows], models=models, settings=Settings()).get(Article), key=lambda a: a.id)
    codes = [decide(a.text, a.language, models.get("identifier"))[0] for a in articles]
    return make_items(articles, codes, models.get("encoder"), depth=depth, models=models)


def annotated(*, gold: bool = True) -> Iterator[tuple[dict[str, str], str]]:
    """The articles of annotated stories, with the story of each, "" for one that is of none. gold: those of `../shared/gold` too."""
    files = sorted((ROOT / "eval/stories").glob("*/story.json"))
    files += sorted((ROOT / "../shared/gold").glob("*/story.json")) if gold else []
    for file in [*files, ROOT / "examples/varnholm/gold.json"]:
        data, name = json.loads(file.read_text("utf-8")), file.parent.name
        for document in data["documents"]:
            row = {key: document[key] for key in ("outlet", "published", "url", "language") if document.get(key)}
            place = file.parent / document["file"]
            text = gather([str(place)], models=Models(), settings=Settings()).get(Article)[0].text
            yield {**row, "id": f"{name}/{document['id']}", "text": text}, "" if document["id"] in data["unrelated"] else name
    for number, other in enumerate(LOOKALIKES):
        row = {"id": f"lookalike/{number}", "text": other.text, "language": other.language}
        yield ({**row, "published": other.published} if other.published else row), ""


def background(name: str, folder: Path, cache: Path | None) -> list[Item]:
    """The items of the first articles of a set."""
    kept = cache / f"{name}.background" if cache else None
    if kept and kept.exists():
        found: list[Item] = pickle.loads(kept.read_bytes())
        return found
    rows = read(folder / f"{name}.jsonl.gz")[:BACKGROUNDS[name]]
    items = items_of([{**{k: v for k, v in row.items() if k != "story"}, "text": row.get("text") or row["title"]} for row in rows])
    if kept:
        kept.write_bytes(pickle.dumps(items))
    return items


def pairs(home: Mapping[str, str], true: Mapping[str, str], languages: Mapping[str, str]) -> dict[str, tuple[int, int, int]]:
    """Right, found and true pairs of annotated articles, in one language and across languages. true: the story of each."""
    counts = {"one language": [0, 0, 0], "across": [0, 0, 0]}
    names = sorted(home)
    for a in sorted(a for a in true if true[a]):
        for b in names:
            if a == b or (true.get(b) and b < a):
                continue
            row = counts["one language" if languages[a] == languages[b] else "across"]
            same, found = true[a] == true.get(b), home[a] == home[b]
            for place, counted in enumerate((same and found, found, same)):
                row[place] += counted
    return {kind: (row[0], row[1], row[2]) for kind, row in counts.items()}


def show(words: str, items: Sequence[Item], true: Mapping[str, str], *, whole: bool, misses: bool) -> None:
    """Assign, and print the figures."""
    assigner = Assigner()
    ordered = sorted(items, key=canonical)
    for start in range(0, len(ordered), len(ordered) if whole else STREAM):
        assigner.assign(ordered[start:start + (len(ordered) if whole else STREAM)], whole=whole)
    for kind, (right, found, asked) in pairs(assigner.home, true, {item.article: item.language for item in items}).items():
        precision, recall = right / max(1, found), right / asked
        print(f"{words:42}{kind:14}{precision:8.3f}{recall:8.3f}{f1(precision, recall):8.3f}  {right} of {asked}, {found - right} wrong",
              flush=True)
    if misses:
        for story in sorted({s for s in true.values() if s}):
            parts: dict[str, list[str]] = {}
            for article in sorted(a for a in true if true[a] == story):
                parts.setdefault(assigner.home[article], []).append(article.partition("/")[2])
            print(f"    {story}: " + " | ".join(" ".join(part) for part in parts.values()))


def main() -> None:
    """Print the figures for every background."""
    places = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    cache = places[1] if len(places) > 1 else None
    given = list(annotated())
    own = items_of([row for row, _ in given])
    true = {row["id"]: story for row, story in given}
    print(f"{'among':42}{'pairs':14}{'precision':>8}{'recall':>8}{'F1':>8}")
    for name in BACKGROUNDS:
        others = background(name, places[0], cache)
        for whole in (True, False):
            words = f"{len(others)} of {name}, {'at once' if whole else 'a stream'}"
            show(words, [*own, *others], true, whole=whole, misses="--misses" in sys.argv and whole)


if __name__ == "__main__":
    main()
