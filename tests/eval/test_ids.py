"""What is found in a story does not depend on what its articles are called (in larger ones near ties of links still do)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import retold

STORY = Path(__file__).parents[2] / "eval" / "stories" / "castelmorina"
GIVEN = ("outlet", "published", "url")


def found(call: Callable[[int], str], tmp_path: Path) -> dict[str, object]:
    """Everything that is found, under the first names of the articles."""
    told = json.loads((STORY / "story.json").read_text("utf-8"))["documents"]
    rows = [{"id": call(n), "text": (STORY / d["file"]).read_text("utf-8")} | {k: d[k] for k in GIVEN if d.get(k)} for n, d in enumerate(told)]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    first = {call(n): d["id"] for n, d in enumerate(told)}
    story = next(s for s in retold.trace([str(path)]).stories if len(s.documents) > 1)

    def name(node: str) -> str:
        return first.get(node, node)

    return {
        "articles": sorted(name(d.id) for d in story.documents),
        "edges": sorted((name(e.source), name(e.target), e.kind, round(e.probability, 4)) for e in story.edges),
        "origins": sorted((name(o.id), o.independent) for o in story.origins),
        "claims": sorted((c.text, c.verdict, sorted(map(name, c.origins)), sorted((name(m.excerpt.document), m.excerpt.start) for m in c.mentions))
                         for c in story.claims),
        "conflicts": sorted((c.kind, round(c.confidence, 4)) for c in story.conflicts),
        "quotes": sorted((q.speaker, sorted((name(v.excerpt.document), v.excerpt.start, v.change) for v in q.versions)) for q in story.quotes),
        "changes": sorted((name(a.source), name(a.target), a.kind, a.words) for a in story.alterations),
    }


def test_other_ids_find_the_same(tmp_path: Path) -> None:
    one, other = found(lambda n: f"d{n + 1}", tmp_path), found(lambda n: f"q{n * 7 % 11:02d}", tmp_path)
    assert all(one[part] for part in one)
    for part in one:
        assert other[part] == one[part], part
