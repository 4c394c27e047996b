"""How many steps reading takes: calls of functions, Python's own and ours, for each kB of text.

The time that a test takes tells nothing on a busy machine; the number of calls is the same on every one, and each costs about as much.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from retold.base.models import Models
from retold.base.records import Article
from retold.base.tables import Batch
from retold.divide import stage as divide
from retold.identify import stage as identify
from retold.lexicons import LANGUAGES
from retold.link.names import link_names
from retold.pipeline import by_article

STORIES = Path(__file__).parents[1] / "eval" / "stories"
MOST = {"call": 7_700, "c_call": 10_250}  # a kB of UTF-8, by rules alone; a hundredth more than it takes now, Japanese read with a dictionary


def articles() -> list[Article]:
    """One article in each language of the development stories of ours."""
    out: dict[str, Article] = {}
    for path in sorted(STORIES.glob("*/story.json")):
        for row in json.loads(path.read_text("utf-8"))["documents"]:
            text = next(path.parent.rglob(row["file"])).read_text("utf-8")
            name = f"{path.parent.name}-{row['id']}"
            out.setdefault(row["language"], Article(id=name, text=text, language=row["language"], outlet=row.get("outlet")))
    return list(out.values())


def read(some: list[Article]) -> Batch:
    """What is read of articles, names joined within each."""
    batch = Batch(some)
    for stage in (divide, identify):
        found = stage.run(batch, Models())
        for kind in found.kinds():
            batch.add(found.get(kind))
    for one in list(by_article(batch)):
        batch.add(link_names("", one))
    return batch


@pytest.fixture(scope="module")
def steps() -> dict[str, float]:
    """Calls a kB, when all words have been met with before."""
    some = articles()
    assert {article.language for article in some} == set(LANGUAGES)
    read(some)
    counts: Counter[str] = Counter()
    sys.setprofile(lambda _frame, event, _arg: counts.update((event,)))
    try:
        read(some)
    finally:
        sys.setprofile(None)
    size = sum(len(article.text.encode()) for article in some) / 1000
    return {event: counts[event] / size for event in MOST}


@pytest.mark.parametrize("event", sorted(MOST))
def test_reading_takes_no_more_steps_than_before(steps: dict[str, float], event: str) -> None:
    assert 100 < steps[event] <= MOST[event], f"{steps[event]:.0f} a kB: see docs/methods/identify-speech.md, Speed"
