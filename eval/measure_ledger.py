"""Measure the ledger on planted changes: a report and a retelling of it, in every language, in which one thing was changed at a time.

    python eval/measure_ledger.py [--language CODE] [--detail]

The texts are invented here. Found is a change when the ledger has an entry of that kind whose place in the retelling touches the
sentence that was changed; false is an entry in a retelling in which nothing was changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", action="append", help="only this one; may be given again")
    parser.add_argument("--detail", action="store_true", help="also print what was missed")
    chosen = parser.parse_args()
    hits: dict[str, list[bool]] = defaultdict(list)
    print("language   " + "".join(f"{kind:>13}" for kind in KINDS) + "   false, nothing changed")
    planted = {row["language"]: row for row in map(json.loads, PLANTED.read_text("utf-8").splitlines())}
    for language in chosen.language or sorted(planted):
        report, changes = planted[language]["report"], planted[language]["changes"]
        cells = []
        for kind in KINDS:
            number, instead = changes[kind]["sentence"], changes[kind]["instead"]
            retelling = [instead if i == number else line for i, line in enumerate(report)]
            start = sum(len(line) + 1 for line in retelling[:number])
            entries = ledger(language, report, retelling)
            hit = any(e["kind"] == kind and e["after"] and e["after"]["start"] < start + len(instead) and e["after"]["end"] > start
                      for e in entries)
            hits[kind].append(hit)
            cells.append("yes" if hit else "-")
            if chosen.detail and not hit:
                print(f"  {language} {kind}: {[(e['kind'], (e['after'] or {}).get('text')) for e in entries]}", file=sys.stderr)
        idle = ledger(language, report, list(report))
        hits["false"].append(bool(idle))
        print(f"{language:11}" + "".join(f"{cell:>13}" for cell in cells) + f"{len(idle):>10}")
    print(f"{'found':11}" + "".join(f"{sum(hits[kind]) / len(hits[kind]):>13.2f}" for kind in KINDS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
