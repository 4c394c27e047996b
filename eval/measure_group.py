"""Measure the stories that `retold group` finds on data sets that are annotated with stories.

    python eval/measure_group.py ../shared/data [SET…]

Every set goes through the command line, `retold group --format json`, as one JSON Lines file in the order of time (of the file
where it has no times), with what the set has of title, text, outlet, time, address and language; the story is held back. A
headline without a text is handed over as the text.

**BCubed** (Bagga and Baldwin 1998, section 3): for every article, precision is the share of its predicted story that is of its
true story, recall the share of its true story that is in its predicted one, the article itself counted in both. Precision and
recall are the means over articles, each with the same weight; F1 is their harmonic mean. *Per language*: predicted and true
stories are first cut down to the articles of that language, and the mean over languages of at least `LEAST` articles is taken.

**Pairs across languages**: of all pairs of articles in two different languages, those that are put into one story (predicted)
against those that are of one story (true): precision, recall, F1.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

SETS = {  # set: what it must hold
    "stories_en_dev": {"bcubed": 0.88}, "stories_ecbplus_dev": {"bcubed": 0.88}, "stories_wikinews_4lang_dev": {"bcubed": 0.95},
    "stories_titles_9lang_dev": {"languages": 0.72, "across": 0.60},
}
FIELDS = ("id", "title", "text", "outlet", "published", "url", "language")
LEAST = 20  # articles of a language below which its figure says nothing; seven Chinese headlines in the dev set
Homes = Mapping[str, str]


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a set in the order of time."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return sorted(rows, key=lambda row: row.get("published") or "")


def group(rows: Iterable[dict[str, str]]) -> dict[str, str]:
    """The story that `retold group` puts each article in."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for row in rows:
            given = {name: row[name] for name in FIELDS if row.get(name)}
            file.write(json.dumps({**given, "text": row.get("text") or row["title"]}, ensure_ascii=False) + "\n")
        file.flush()
        command = [sys.executable, "-m", "retold", "group", file.name, "--format", "json", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.stderr:
        print(done.stderr[:2000], file=sys.stderr)
    return {article: story["id"] for story in json.loads(done.stdout)["stories"] for article in story["documents"]}


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def bcubed(found: Homes, true: Homes) -> tuple[float, float, float]:
    """Precision, recall and F1 over the articles of `true`; an article that was not assigned stands alone."""
    home = {article: found.get(article, f"alone {article}") for article in true}
    predicted, gold, both = Counter(home.values()), Counter(true.values()), Counter((home[a], true[a]) for a in true)
    shared = [both[home[a], true[a]] for a in true]
    precision = sum(n / predicted[home[a]] for n, a in zip(shared, true, strict=True)) / len(true)
    recall = sum(n / gold[true[a]] for n, a in zip(shared, true, strict=True)) / len(true)
    return precision, recall, f1(precision, recall)


def across(found: Homes, true: Homes, languages: Homes) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs of articles in different languages."""
    home = {article: found.get(article, f"alone {article}") for article in true}
    predicted, gold = (pairs_across({a: homes[a] for a in true}, languages) for homes in (home, true))
    both = pairs_across({a: f"{home[a]}\n{true[a]}" for a in true}, languages)
    precision, recall = both / predicted if predicted else 0.0, both / gold if gold else 0.0
    return precision, recall, f1(precision, recall)


def pairs_across(homes: Homes, languages: Homes) -> int:
    """How many pairs of articles have the same home and different languages."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article, home in homes.items():
        counts[home][languages[article]] += 1
    return sum(n.total() ** 2 - sum(k * k for k in n.values()) for n in counts.values()) // 2


def figures(found: Homes, rows: list[dict[str, str]]) -> dict[str, tuple[float, float, float]]:
    """The figures of a set: over all, per language, their mean, and the pairs across languages."""
    true = {row["id"]: row["story"] for row in rows}
    out = {"bcubed": bcubed(found, true)}
    languages = {row["id"]: row.get("language") or "" for row in rows}
    counts = Counter(languages.values())
    if len(counts) < 2:
        return out
    for code in sorted(c for c, n in counts.items() if n >= LEAST):
        out[code] = bcubed(found, {a: s for a, s in true.items() if languages[a] == code})
    each = [out[code] for code in counts if code in out]
    if each:
        out["languages"] = (*(sum(row[i] for row in each) / len(each) for i in (0, 1)), sum(row[2] for row in each) / len(each))
    out["across"] = across(found, true, languages)
    return out


def main() -> None:
    """Print the figures of every set with what each must hold."""
    folder, chosen = Path(sys.argv[1]), sys.argv[2:] or list(SETS)
    print(f"{'set':28}{'figure':12}{'precision':>10}{'recall':>8}{'F1':>7}  must hold")
    for name in chosen:
        rows = read(folder / f"{name}.jsonl.gz")
        begun = time.monotonic()
        found = group(rows)
        for figure, (precision, recall, harmonic) in figures(found, rows).items():
            floor = SETS.get(name, {}).get(figure)
            mark = f"{floor:.2f} {'held' if harmonic >= floor else 'NOT HELD'}" if floor else ""
            print(f"{name:28}{figure:12}{precision:10.3f}{recall:8.3f}{harmonic:7.3f}  {mark}")
        print(f"{name:28}{len(rows)} articles, {len(set(found.values()))} stories, {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
