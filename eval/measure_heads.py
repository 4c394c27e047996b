"""How often a text alone tells its outlet and its day: against what annotated stories say of their articles.

    python eval/measure_heads.py [FOLDER...]

FOLDER: annotated stories; without any, those in `eval/stories` and, where they lie beside the repository, in `../shared/gold`.

Printed are, for outlets and for days: how many articles have one in the annotation, how many were found in the text, how many of
these are right. Many texts bear neither, so that what is found can be few; what is found must be right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from gate import OWN, SHARED

from retold.base.models import Models
from retold.base.records import Article
from retold.divide.heads import told_alone
from retold.trace.publishers import same_publisher

TOLD = ("outlets", "outlets found", "outlets right", "days", "days found", "days right")


def counts(folder: Path) -> Counter[str]:
    """What one story's articles have, what was found in their texts, and what of it is right."""
    found: Counter[str] = Counter()
    for row in json.loads((folder / "story.json").read_text("utf-8"))["documents"]:
        text = (folder / row["file"]).read_text("utf-8")
        said = {s.field: s.value for s in told_alone(Article(id=row["id"], text=text), Models())}
        outlet, day = row.get("outlet"), (row.get("published") or "")[:10]
        found["outlets"] += bool(outlet)
        found["outlets found"] += "outlet" in said
        found["outlets right"] += bool(outlet) and "outlet" in said and same_publisher(said["outlet"], outlet)
        found["days"] += bool(day)
        found["days found"] += "published" in said and bool(day)
        found["days right"] += bool(day) and said.get("published", "")[:10] == day
    return found


def stories(given: Sequence[str]) -> Iterator[tuple[str, list[Path]]]:
    """The sets of stories with their names."""
    if given:
        yield "given", [Path(name) for name in given]
        return
    for name, place in (("own", OWN), ("further", SHARED)):
        if folders := sorted(path.parent for path in place.glob("*/story.json")):
            yield name, folders


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*")
    for name, folders in stories(parser.parse_args().folders):
        total = sum((counts(folder) for folder in folders), Counter())
        print(name, *(f"{key}: {total[key]}" for key in TOLD), sep="\n  ")


if __name__ == "__main__":
    main()
