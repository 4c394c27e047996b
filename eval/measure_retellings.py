"""Measure the ledger on stories whose every change on the way is marked: what is found, and how much of what is shown is one.

    python eval/measure_retellings.py FOLDER... [--misses]

A folder holds `articles.jsonl` (as `retold trace` reads it) and `gold.json`: `links` (source and target, both in the folder), `changes`
(`source`, `target`, `kind`, the words `before` and `after`, either of which may be empty, `harm` 1 to 3) and `seem` (the same words where
something only seems to be changed). A folder without them is searched for such folders. The stories are invented by us.

An entry of the ledger finds a change where their words in the target touch; where something was left out, those in the source. So
`found` is the share of changes that some entry finds, `grave` the same of harm 2 and 3, `right` the share of entries that find one,
`seem` that of entries that touch only what seems to be changed, `kind` the share of right entries of which a change has their kind.
`links` are derivations inside the folder, F1.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
from measure_group import f1
from scores import LIKELY

from retold.base.models import Models
from retold.pipeline import Settings, trace

FIGURES = (("found", "found", "changes"), ("grave", "grave found", "grave"), ("found on true links", "linked found", "linked"),
           ("right", "right", "entries"), ("seem", "seem", "entries"), ("kind", "kind", "right"))  # name, part, whole
SAYING = {"attribution", "misattributed"}  # a quote in another mouth is said by somebody else
Item = Mapping[str, Any]
Span = tuple[int, int]


def stories(places: Sequence[Path]) -> Iterator[Path]:
    """The folders of stories in or below some places, in order."""
    for place in places:
        yield from sorted(found.parent for found in place.rglob("gold.json") if (found.parent / "articles.jsonl").exists())


def places_of(text: str, words: str) -> list[Span]:
    """Where words stand in a text."""
    out, at = [], text.find(words) if words.strip() else -1
    while at >= 0:
        out.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return out


def touches(part: Item | None, doc: str, spans: Sequence[Span]) -> bool:
    """Whether an excerpt of a report touches one of some spans of an article."""
    return part is not None and part["doc"] == doc and any(part["start"] < end and start < part["end"] for start, end in spans)


def finds(entry: Item, change: Item, texts: Mapping[str, str]) -> bool:
    """Whether an entry of the ledger is about a change."""
    if entry["target"] != change["target"]:
        return False
    after = places_of(texts[change["target"]], change["after"])
    if after:
        return touches(entry["after"], change["target"], after)
    return touches(entry["before"], change["source"], places_of(texts[change["source"]], change["before"]))


def same_kind(entry: Item, change: Item) -> bool:
    """Whether an entry calls a change what it is."""
    return entry["kind"] == change["kind"] or {entry["kind"], change["kind"]} <= SAYING


def measured(folder: Path, models: Models) -> tuple[Counter[str], list[str]]:
    """The counts of a story, and in words what was missed and what was wrong."""
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines() if line.strip()]
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    report = json.loads(trace(rows, settings=Settings(workers=1), models=models, together=True).to_json())
    texts = {row["id"]: row["text"] for row in rows}
    ledger = [entry for story in report["stories"] for entry in story["ledger"]]
    edges = [x for s in report["stories"] for x in s["links"] if x["source"] in texts and x["probability"] >= LIKELY]
    found_links = {(x["source"], x["target"]) for x in edges}
    links = {(x["source"], x["target"]) for x in gold["links"]}
    out: Counter[str] = Counter(links=len(links), shown_links=len(found_links), right_links=len(links & found_links), entries=len(ledger))
    notes = []
    for c in gold["changes"]:
        hits = [e for e in ledger if finds(e, c, texts)]
        grave = c.get("harm", 2) > 1
        out.update({"changes": 1, "found": bool(hits), "grave": grave, "grave found": grave and bool(hits),
                    f"changes {c['kind']}": 1, f"found {c['kind']}": bool(hits), "linked": (c["source"], c["target"]) in found_links,
                    "linked found": (c["source"], c["target"]) in found_links and bool(hits)})
        if not hits:
            unlinked = "" if (c["source"], c["target"]) in found_links else " (no link)"
            notes.append(f"  missed {c['kind']}{unlinked} {c['source']} → {c['target']}: {c['before']} | {c['after']}")
    for e in ledger:
        hits = [c for c in gold["changes"] if finds(e, c, texts)]
        seem = not hits and any(finds(e, c, texts) for c in gold["seem"])
        out.update({"right": bool(hits), "seem": seem, "kind": any(same_kind(e, c) for c in hits), f"shown {e['kind']}": 1,
                    f"right {e['kind']}": bool(hits)})
        if not hits:
            before, after = (e[key]["text"] if e[key] else "" for key in ("before", "after"))
            notes.append(f"  wrong {e['kind']} {e['source']} → {e['target']} ({e['words']}): {before} | {after}")
    return out, notes


def share(counts: Counter[str], part: str, whole: str) -> str:
    """One count as a share of another, with both."""
    return f"{counts[part] / (counts[whole] or 1):.3f} ({counts[part]} of {counts[whole]})"


def main() -> int:
    """Print the figures of all stories together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    counts: Counter[str] = Counter()
    models = Models()
    for folder in stories(chosen.places):
        own, notes = measured(folder, models)
        counts += own
        if chosen.misses:
            print(folder, *notes, sep="\n", flush=True)
    linked = f1(counts["right_links"] / (counts["shown_links"] or 1), counts["right_links"] / (counts["links"] or 1))
    print(f"links F1 {linked:.3f}")
    for name, part, whole in FIGURES:
        print(f"{name:20}{share(counts, part, whole)}")
    for kind in sorted({key.split()[1] for key in counts if key.startswith(("changes ", "shown "))}):
        found, right = (share(counts, *names) for names in ((f"found {kind}", f"changes {kind}"), (f"right {kind}", f"shown {kind}")))
        print(f"  {kind:15} found {found:24} right {right}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
