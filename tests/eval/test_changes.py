"""Pairs of our own in which one thing was changed."""

import changes
import pytest


@pytest.mark.parametrize("part", ["train", "test"])
def test_every_kind_is_there_in_every_language(part):
    rows = changes.make_pairs(part, 1)
    assert len(rows) == 15 * len(changes.KINDS) * 2
    assert {(r["language"], r["kind"]) for r in rows} == {(code, kind) for code in changes.languages() for kind in changes.KINDS}
    assert all("{" not in r[side] and "[" not in r[side] and "<" not in r[side] for r in rows for side in ("premise", "hypothesis"))


def test_a_changed_pair_differs_in_its_thing_and_trained_and_measured_sentences_share_nothing():
    train, test = changes.make_pairs("train", 4), changes.make_pairs("test", 4)
    assert all(r["premise"] != r["hypothesis"] for r in train if r["label"] == "contradiction")
    assert not {r["premise"] for r in train} & {r["premise"] for r in test}
    assert changes.make_pairs("test", 4) == test


def test_the_kinds_that_a_sentence_allows():
    assert changes.kinds_of("{x} accused {y} {d}.") == ["date", "actor", "name"]
    assert changes.kinds_of("The bridge {p} [hedge:will|may] close<, {a} said>.") == ["hedge", "place"]
