"""Pairs that the judge is trained on: marks are filled, labels are right, and nothing that is measured on is among them."""

import json
import random
from collections import Counter

import changes
import judge_pairs
import pytest
import train_judge


def test_every_language_has_the_same_sentences_in_two_wordings():
    found = judge_pairs.wordings()
    assert set(found) == set(changes.languages())
    assert {len(entry["sentences"]) for entry in found.values()} == {16}
    assert all(len(forms) == 2 for entry in found.values() for forms in entry["sentences"])


def test_pairs_of_our_own_are_whole_and_not_those_that_are_measured_on():
    rows = judge_pairs.own_pairs(1)
    assert rows == judge_pairs.own_pairs(1)
    assert not any(mark in row[key] for row in rows for key in ("premise", "hypothesis") for mark in "{}[]|~<>")
    measured = {row["premise"] for row in changes.make_pairs("test", 3)}
    assert not measured & {row["premise"] for row in rows}
    assert {row["kind"] for row in rows} == set(changes.KINDS)


@pytest.mark.parametrize(("kind", "language", "text"), [
    ("number", "en", "The ferry carried 40 crates."), ("date", "it", "Il ponte riapre a maggio."), ("actor", "nl", "Volgens Berta Quist sloeg Jon Amsel toe."),
    ("negation", "es", "El puente no es seguro."), ("antonym", "zh", "水位上升了。"),
])
def test_each_change_changes_one_thing(kind, language, text):
    new = judge_pairs.CHANGES[kind](text, language, random.Random(1), ())
    assert new and new != text and abs(len(new) - len(text)) < 12


def test_a_shortened_sentence_is_part_of_it():
    text = "The council closed the eastern bridge on Monday, after engineers found cracks in two of its pillars."
    assert judge_pairs.shortened(text, random.Random(1)).rstrip(".").lower() in text.lower()


def test_statements_are_told_by_their_passage_and_not_by_themselves():
    rows = list(train_judge.statements())
    lines = [json.loads(line) for line in train_judge.STATEMENTS.read_text("utf-8").splitlines()]
    assert len(lines) == 8 * train_judge.WRITTEN and len(rows) == sum(2 * len(line["statements"]) for line in lines)
    assert {row["language"] for row in rows} == set(changes.languages())
    labels: dict[tuple, set] = {}
    for row in rows:
        labels.setdefault((row["set"], row["hypothesis"]), set()).add(row["label"])
    assert sum(len(found) > 1 for found in labels.values()) > 0.6 * len(labels)
    shares = Counter(row["label"] for row in rows)
    assert set(shares) == set(train_judge.LABELS) and min(shares.values()) > 0.25 * len(rows)


def test_statements_that_are_held_back_share_no_passage_with_those_that_are_learned():
    held, learned = ({row["premise"] for row in train_judge.statements() if row["set"] == name} for name in ("statements-held", "statements"))
    assert held and not held & learned
    assert not (held | learned) & {row["premise"] for row in changes.make_pairs("test", 3)}
