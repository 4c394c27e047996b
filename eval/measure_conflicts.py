"""Why annotated conflicts are missed: for each the best pair of versions of its sides, how near they are, and what every rule says of them.

    python eval/measure_conflicts.py [--folder ../shared/gold] [--only NAME] [--all]

Stories are read and linked as Retold does it, then only the stage that finds conflicts is looked into. Shown are the disputes that touch
the conflict, and the pair for which a rule of the right kind is surest, else the nearest one, with all that is read in either version;
pairs of one article are left out. At the end the cases are counted: near or far (cosine .45), a rule or none.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
from annotations import Annotation, read_annotation
from gate import GIVEN, OWN
from scores import LIKELY, LONGEST, same_sides, touches

from retold.base.meaning import Meaning
from retold.base.models import Models
from retold.base.records import Article, ClaimVersion, Conflict, Membership
from retold.base.tables import Batch
from retold.pipeline import Settings, gather, run
from retold.relate.conflicts import NEAR, differences, find_conflicts, meaning_of, paired, substantial
from retold.relate.sides import ClaimSide, Sides

WORDS = 150  # code points of a version that are shown
Item = dict[str, Any]
Best = tuple[float, float, list[str], ClaimSide, ClaimSide]


def linked(folder: Path, models: Models) -> Batch:
    """The records of a story up to its links."""
    documents = json.loads((folder / "story.json").read_text("utf-8"))["documents"]
    rows = [{"id": d["id"], "text": (folder / d["file"]).read_text("utf-8")} | {k: d[k] for k in GIVEN if d.get(k)} for d in documents]
    settings = Settings(workers=1)
    return run(gather(rows, models=models, settings=settings), models=models, settings=settings, until="link")


def told(rows: Sequence[Conflict]) -> list[Item]:
    """Rows as conflicts with sides."""
    groups: dict[str, list[Conflict]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [{"kind": own[0].kind, "score": own[0].score,
             "sides": [[place(c.article, c.start, c.end) for c in own if c.side == side] for side in sorted({c.side for c in own})]}
            for own in groups.values()]


def place(article: str, start: int, end: int) -> Item:
    """A span as the report has it."""
    return {"doc": article, "start": start, "end": end}


def versions_of(side: Sequence[Any], versions: Sequence[ClaimSide]) -> list[ClaimSide]:
    """The versions that touch one of the mentions of a side."""
    spans = [(v, [place(v.article, v.start, v.end), place(v.article, *v.core)]) for v in versions]
    return [v for v, own in spans if any(touches(span, mention, LONGEST) for span in own for mention in side)]


def read(v: ClaimSide) -> str:
    """A version with what is read in it."""
    marks = {"numbers": [f"{q.value:g} {q.unit}{q.what}" for q in v.quantities], "dates": [d.earliest for d in v.dates],
             "turned by": [v.text[m.start : m.end] for m in (*v.negations, *v.lexical)],
             "hedges": [v.text[m.start : m.end] for m in v.hedges], "states": [m.value for m in (*v.opposites, *v.denied)],
             "names": [n.text for n in v.names], "source": [v.source] if v.source else []}
    told_of = "; ".join(f"{key}: {', '.join(values)}" for key, values in marks.items() if values)
    return f"{v.article} {v.language}: {' '.join(v.words.split())[:WORDS]}  [{told_of}]"


def best_pair(kind: str, sides: Sequence[Sequence[ClaimSide]], meaning: Meaning) -> Best | None:
    """The pair of two sides of which a rule of the kind is surest, else the nearest: confidence, nearness, what the rules say, versions."""
    found = []
    for left, right in combinations(sides, 2):
        for a, b in ((a, b) for a in left for b in right if a.article != b.article):
            pair = paired(a, b, meaning)
            said = differences(pair)
            score = max((d.score for d in said if d.kind == kind), default=0.0)
            found.append((score, pair.near, [f"{d.kind} {d.score:.2f}" for d in said], a, b))
    return max(found, key=lambda f: (f[0], f[1], f[3].id, f[4].id), default=None)


def explain(annotation: Annotation, batch: Batch, models: Models, *, every: bool) -> Iterator[tuple[str, str]]:
    """What is to say of each annotated conflict, and the case that it is."""
    story = max(Counter(m.story for m in batch.get(Membership) if m.article in annotation.members).items(), key=lambda c: (c[1], c[0]))[0]
    sides = Sides(batch)
    versions = [v for v in map(sides.of_version, (v for v in batch.get(ClaimVersion) if v.story == story)) if substantial(v)]
    meaning = meaning_of(versions, models)
    conflicts = told(find_conflicts(story, batch, models))
    for c in annotation.data["conflicts"]:
        mentions = [[annotation.places(m) for m in side] for side in c["sides"]]
        hits = [x for x in conflicts if same_sides(x["sides"], mentions)]
        if c.get("optional") or (not every and any(x["score"] >= LIKELY for x in hits)):
            continue
        low = ", ".join(f"{x['kind']} {x['score']:.2f}" for x in hits) or "none"
        head = f"{c['kind']}: " + " | ".join(side[0]["excerpt"][:60] for side in c["sides"]) + f"  (disputes: {low})"
        best = best_pair(c["kind"], [versions_of(side, versions) for side in mentions], meaning)
        if best is None:
            yield f"{head}\n    no versions of two articles", f"{c['kind']}, no versions"
            continue
        score, near, said, a, b = best
        link = "linked" if a.group == b.group else "not linked"
        case = f"{c['kind']}, {'near' if near >= NEAR else 'far'}, {'a rule' if score else 'no rule'}"
        yield f"{head}\n    {near:.2f}, {link}; {', '.join(said) or 'no rule'}\n    {read(a)}\n    {read(b)}", case


def main() -> int:
    """Go through the stories."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=OWN, help="a folder of annotated stories")
    parser.add_argument("--only", default="", help="one story")
    parser.add_argument("--all", action="store_true", help="also conflicts that are found")
    asked = parser.parse_args()
    models, cases = Models(), Counter[str]()
    for path in sorted(asked.folder.glob("*/story.json")):
        if asked.only and path.parent.name != asked.only:
            continue
        batch = linked(path.parent, models)
        texts = {a.id: a.text for a in batch.get(Article)}
        print(f"\n{path.parent.name}")
        for words, case in explain(read_annotation(path, texts), batch, models, every=asked.all):
            cases[case] += 1
            print(f"  {words}")
    print("", *(f"{count:4} {case}" for case, count in sorted(cases.items())), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
