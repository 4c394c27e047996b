"""Measure the ledger on planted changes: a report and a retelling of it, in every language, in which one thing was changed at a time.

    python eval/measure_ledger.py [--language CODE] [--detail]

The texts are invented here. Found is a change when the ledger has an entry of that kind whose place in the retelling touches the
sentence that was changed; false is an entry in a retelling in which nothing was changed. `tests/eval/test_ledger.py` holds it to that.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLANTED = Path(__file__).with_name("changes.jsonl")  # invented; `report`: six sentences, `changes`: what stands instead of one of them
KINDS = ("number", "date", "certainty", "negation", "attribution", "truncated")


def ledger(language: str, report: list[str], retelling: list[str]) -> list[dict[str, Any]]:
    """The ledger of a report and a later retelling that names it."""
    from retold.pipeline import Settings, trace

    rows = [
        {"id": name, "text": "\n".join(lines), "outlet": outlet, "published": f"2026-03-09T{hour}:00+00:00", "language": language}
        for name, lines, outlet, hour in (("report", report, "Vale Wire", "08"), ("retelling", retelling, "Hill Echo", "18"))
    ]
    found = json.loads(trace(rows, settings=Settings(workers=1)).to_json())
    return [entry for story in found["stories"] for entry in story["ledger"]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one planted change: whether it was found, and all entries of the ledger."""

    hit: bool
    entries: list[dict[str, Any]]


def measured(language: str, report: list[str], changes: dict[str, Any]) -> tuple[dict[str, Outcome], list[dict[str, Any]]]:
    """What became of each planted change of a language, and the entries of a retelling in which nothing was changed."""
    found = {}
    for kind in KINDS:
        number, instead = changes[kind]["sentence"], changes[kind]["instead"]
        retelling = [instead if i == number else line for i, line in enumerate(report)]
        start = sum(len(line) + 1 for line in retelling[:number])
        entries = ledger(language, report, retelling)
        end = start + len(instead)
        hit = any(e["kind"] == kind and e["after"] and e["after"]["start"] < end and e["after"]["end"] > start for e in entries)
        found[kind] = Outcome(hit, entries)
    return found, ledger(language, report, list(report))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", action="append", help="only this one; may be given again")
    parser.add_argument("--detail", action="store_true", help="also print what was missed")
    chosen = parser.parse_args()
    hits: dict[str, list[bool]] = defaultdict(list)
    print("language   " + "".join(f"{kind:>13}" for kind in KINDS) + "   false, nothing changed")
    planted = {row["language"]: row for row in map(json.loads, PLANTED.read_text("utf-8").splitlines())}
    for language in chosen.language or sorted(planted):
        found, idle = measured(language, planted[language]["report"], planted[language]["changes"])
        for kind, outcome in found.items():
            hits[kind].append(outcome.hit)
            if chosen.detail and not outcome.hit:
                print(f"  {language} {kind}: {[(e['kind'], (e['after'] or {}).get('text')) for e in outcome.entries]}", file=sys.stderr)
        cells = "".join(f"{'yes' if outcome.hit else '-':>13}" for outcome in found.values())
        print(f"{language:11}{cells}{len(idle):>10}")
    print(f"{'found':11}" + "".join(f"{sum(hits[kind]) / len(hits[kind]):>13.2f}" for kind in KINDS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
