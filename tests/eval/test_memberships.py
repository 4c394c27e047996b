"""What readers said of claims that were joined: that it stands in the texts, and how the script that learns from it takes it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))
from fit_claims import HALF, RARELY, READ, Case, read_only, readings
from gate import EXAMPLE, OWN

from retold.base.models import Models
from retold.base.records import Article
from retold.pipeline import Settings, gather

READINGS = readings()


def own(story: str) -> dict[str, str]:
    """The articles of an annotated story by id."""
    if story == EXAMPLE.name:
        collected = gather([EXAMPLE / "articles"], models=Models(), settings=Settings(workers=1))
        return {a.id: a.text for a in collected.get(Article)}
    documents = json.loads((OWN / story / "story.json").read_text("utf-8"))["documents"]
    return {d["id"]: (OWN / story / d["file"]).read_text("utf-8") for d in documents}


def test_what_readers_judged_stands_in_the_articles() -> None:
    others = {(kind, name): {row["id"]: row["text"] for row in rows} for kind, name, _, rows in read_only()}
    assert {kind for kind, _ in READINGS} == {"stories", "retellings", "short"}
    for (kind, story), rows in READINGS.items():
        texts = own(story) if kind == "stories" else others[kind, story]
        for row in rows:
            assert all(0 <= start < end <= len(texts[article]) for article, start, end in row["mentions"]), (kind, story)
            assert len(row["same"]) == len(row["mentions"]) >= 2 and (row["how"] == "group" or len(row["same"]) == 2)
            assert all(1 <= n <= len(row["mentions"]) for n in row["otherwise"])


def case(marks: list[set[int]], rows: list[dict]) -> Case:
    """Three claims of ten characters, one an article."""
    made = Case.__new__(Case)
    made.claims = [SimpleNamespace(article=a, start=0, end=10) for a in "abc"]
    made.homes, made.marks = list("abc"), [frozenset(m) for m in marks]
    made.read_as = made.readers(rows)
    return made


def test_readers_and_annotation_are_weighed_against_each_other() -> None:
    group = {"how": "group", "mentions": [["a", 0, 10], ["b", 1, 10], ["c", 0, 10]], "same": "aa-"}
    read = case([set(), set(), set()], [group])
    assert [read.known(pair) for pair in ((0, 1), (0, 2), (1, 2))] == [(1.0, READ), (0.0, READ), (0.0, READ)]
    both = case([{1}, {2}, set()], [group])
    assert [both.known(pair) for pair in ((0, 1), (0, 2))] == [(0.5, 1.5), (0.0, READ)]
    alone = case([{1}, {1}, set()], [])
    assert [alone.known(pair) for pair in ((0, 1), (0, 2))] == [(1.0, 1.0), (0.0, HALF)]
    assert case([set(), set(), set()], []).known((0, 1)) == (0.0, 0.0)


def test_what_was_not_joined_weighs_more_and_words_of_nobody_s_claim_are_left_aside() -> None:
    pair = {"how": "pair", "mentions": [["a", 0, 10], ["b", 0, 10]], "same": "aa"}
    assert case([set()] * 3, [pair]).known((0, 1)) == (1.0, READ * RARELY)
    elsewhere = {"how": "pair", "mentions": [["a", 6, 20], ["b", 0, 10]], "same": "aa"}
    assert case([set()] * 3, [elsewhere]).known((0, 1)) == (0.0, 0.0)
    assert case([set()] * 3, [pair]).readers_counts([[0, 1], [2]]).tolist() == [READ * RARELY] * 3
    assert case([set()] * 3, [pair | {"same": "ab"}]).readers_counts([[0, 1], [2]]).tolist() == [0, READ * RARELY, 0]
