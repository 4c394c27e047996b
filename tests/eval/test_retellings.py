"""Stories whose every change on the way is marked, and reports with retellings: that the marks hold, and how an entry finds a change."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))
from measure_retellings import finds, places_of, same_kind, stories

from retold.lexicons import LANGUAGES

EVAL = Path(__file__).parents[2] / "eval"
FOLDERS = list(stories([EVAL / "retellings"]))
MARKED = {"number", "date", "name", "actor", "place", "negation", "status", "certainty", "attribution", "truncated", "altered",
          "misattributed", "added", "dropped", "other"}
TOLD = {"certainty", "number", "date", "name", "who", "place", "state", "negation", "said", "cut", "quote", "added"}
TEXTS = {"a": "It may fail. Nobody was hurt.", "b": "It will fail."}
CHANGE = {"source": "a", "target": "b", "kind": "certainty", "before": "may fail", "after": "will fail"}


def excerpt(doc, start, end):
    return {"doc": doc, "start": start, "end": end, "text": TEXTS[doc][start:end]}


def entry(before=None, after=None, target="b", kind="certainty"):
    return {"source": "a", "target": target, "kind": kind, "before": before, "after": after}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_every_mark_stands_in_its_article(folder):
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    texts = {row["id"]: f"{row['title']}\n{row['text']}" for row in rows}
    assert all({link["source"], link["target"]} <= texts.keys() for link in gold["links"])
    for change in gold["changes"]:
        assert change["kind"] in MARKED and (change["before"] or change["after"])
        for article, words in ((change["source"], change["before"]), (change["target"], change["after"])):
            assert not words or places_of(texts[article], words), change


def test_stories_that_are_only_counted_lie_apart():
    assert {f.parent.name for f in FOLDERS} == {"seen", "kept"}
    assert sum(f.parent.name == "kept" for f in FOLDERS) >= 8


def test_every_change_of_a_report_is_marked_where_it_stands():
    lines = [json.loads(line) for line in (EVAL / "short" / "retellings.jsonl").read_text("utf-8").splitlines()]
    assert {item["source"]["language"] for item in lines} == set(LANGUAGES)
    for item in lines:
        for retelling in item["retellings"]:
            for told in retelling["sentences"]:
                assert all(0 <= n < len(item["source"]["sentences"]) for n in told["of"])
                assert all(c["kind"] in TOLD and (not c["after"] or c["after"] in told["text"]) for c in told["changed"])


def test_an_entry_finds_a_change_whose_words_it_touches():
    assert finds(entry(after=excerpt("b", 0, 8)), CHANGE, TEXTS)
    assert not finds(entry(after=excerpt("b", 0, 2)), CHANGE, TEXTS)
    assert not finds(entry(after=excerpt("b", 0, 8), target="c"), CHANGE, TEXTS)


def test_what_was_left_out_is_found_by_its_words_in_the_source():
    dropped = CHANGE | {"kind": "dropped", "before": "Nobody was hurt", "after": ""}
    assert finds(entry(before=excerpt("a", 13, 29), kind="negation"), dropped, TEXTS)
    assert not finds(entry(before=excerpt("a", 0, 12), kind="negation"), dropped, TEXTS)


@pytest.mark.parametrize(("told", "marked", "same"), [("attribution", "misattributed", True), ("number", "number", True), ("number", "date", False)])
def test_a_quote_in_another_mouth_is_said_by_somebody_else(told, marked, same):
    assert same_kind(entry(kind=told), CHANGE | {"kind": marked}) is same
