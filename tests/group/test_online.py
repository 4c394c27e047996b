"""The assigner: the same stories whatever the order, ids that stay, merges and splits that are told."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import article
from retold.base.models import Models
from retold.base.records import make_id
from retold.group import online
from retold.group.items import make_items
from retold.group.online import Assigner, Assignments, joined, moves, names_kept

PLACES = ["Orlava", "Belmira", "Quillon", "Marnish", "Tessaly", "Varnik"]
EVENTS = [
    ("A dam cracked above {p} on Tuesday, engineer {n} said.", "Some {k} families had to leave their houses in {p}."),
    ("A ferry from {p} ran onto a ledge in thick fog, captain {n} said.", "The coast guard brought {k} passengers ashore at {p}."),
    ("The museum of {p} lost {k} coins to thieves, director {n} said.", "Police in {p} look for a van without number plates."),
]
NAMES = ["Mira Tolvanen", "Rui Sequeira", "Ada Brook", "Orrin Tupling", "Ilse Karmann", "Bo Lindqvist"]


def world(stories, copies):
    """Articles: `copies` of each of some stories, differently opened, a few hours apart."""
    out = []
    for s in range(stories):
        event = EVENTS[s % len(EVENTS)]
        words = {"p": PLACES[s % len(PLACES)], "n": NAMES[(s // 2) % len(NAMES)], "k": 131 + 17 * s}
        for c in range(copies):
            order = event if c % 2 == 0 else event[::-1]
            text = " ".join(part.format(**words) for part in order)
            out.append(article(text, id=f"{s}-{c}", published=f"2026-03-{1 + 3 * s % 27:02d}T{8 + c:02d}:00:00"))
    return make_items(out, ["en"] * len(out), Models().get("encoder"))


ITEMS = world(6, 4)


def partition(assigner):
    groups = {}
    for name, story in assigner.home.items():
        groups.setdefault(story, set()).add(name)
    return sorted(map(sorted, groups.values()))


TRUE = [[f"{s}-{c}" for c in range(4)] for s in range(6)]


@pytest.fixture(scope="module")
def whole():
    assigner = Assigner()
    assigner.assign(ITEMS)
    return assigner


def test_copies_are_one_story_and_look_alikes_are_not(whole):
    assert partition(whole) == TRUE


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(6, 24))
def test_any_order_of_arrival_gives_the_same_stories(rng, size):
    items = list(ITEMS)
    rng.shuffle(items)
    assigner = Assigner()
    for i in range(0, len(items), size):
        assigner.assign(items[i:i + size])
    assert partition(assigner) == TRUE


def test_adding_again_changes_nothing(whole):
    before = dict(whole.home)
    assert whole.assign(ITEMS[3:9]).stories == {}
    assert whole.home == before


def test_equal_articles_at_the_same_moment_are_taken_in_the_order_of_their_ids():
    twins = [replace(ITEMS[0], article=name) for name in ("b", "a", "c")]
    first, second = Assigner(), Assigner()
    first.assign(twins)
    second.assign(twins[::-1])
    assert first.home == second.home
    assert len(set(first.home.values())) == 1


def test_a_stream_finds_what_a_batch_finds(monkeypatch):
    monkeypatch.setattr(online, "WHOLE", 0)
    stream = Assigner()
    for i in range(0, len(ITEMS), 5):
        stream.assign(ITEMS[i:i + 5])
    assert partition(stream) == TRUE
    stream.settle()
    assert partition(stream) == TRUE


def test_a_story_keeps_its_id_as_it_grows(monkeypatch):
    for limit in (0, 600):
        monkeypatch.setattr(online, "WHOLE", limit)
        assigner = Assigner()
        assigner.assign(ITEMS[:1])
        name = assigner.home["0-0"]
        assigner.assign(ITEMS[1:])
        assert assigner.home["0-3"] == name


def test_known_articles_come_back_in_their_stories(monkeypatch, whole):
    known = [(item, whole.home[item.article]) for item in ITEMS if item.article != "2-1"]
    random.Random(1).shuffle(known)
    for limit in (0, 600):
        monkeypatch.setattr(online, "WHOLE", limit)
        again = Assigner(known)
        changed = again.assign([item for item in ITEMS if item.article == "2-1"])
        assert changed.stories == {"2-1": whole.home["2-0"]}
        assert partition(again) == TRUE


def test_forgotten_articles_are_gone_and_the_rest_stays(monkeypatch):
    for limit in (0, 600):
        monkeypatch.setattr(online, "WHOLE", limit)
        assigner = Assigner()
        assigner.assign(ITEMS)
        assigner.forget(["1-1", "nobody"])
        assert partition(assigner) == [[n for n in story if n != "1-1"] for story in TRUE]


def test_a_corrected_article_may_move():
    assigner = Assigner()
    assigner.assign(ITEMS)
    moved = replace(next(i for i in ITEMS if i.article == "1-0"), article="0-0", day=ITEMS[0].day)
    assigner.assign([moved])
    assert ["0-1", "0-2", "0-3"] in partition(assigner)


def test_merges_and_splits_are_told():
    before = {"a": "one", "b": "one", "c": "two"}
    assert moves(before, {"a": "one", "b": "one", "c": "one"}) == ({"two": "one"}, {})
    assert moves(before, {"a": "one", "b": "three", "c": "two"}) == ({}, {"one": ("three",)})


def test_changes_one_after_the_other_are_told_as_one():
    first = Assignments(merged={"one": "two"}, split={"two": ("six",)})
    second = Assignments(merged={"two": "three", "six": "three"}, split={"two": ("seven",)})
    third = Assignments(stories={"y": "one"})
    assert joined([first, second]).merged == {"one": "three", "two": "three", "six": "three"}
    assert joined([first, second]).split == {"two": ("seven",)}
    assert "one" not in joined([first, second, third]).merged


def test_the_larger_part_keeps_the_name():
    assert names_kept([["c"], ["a", "b"]], {"a": "one", "b": "one", "c": "one"}, ())[1] == "one"


def test_a_story_gets_an_id_though_all_of_its_articles_have_left_stories_that_keep_theirs():
    taken = {make_id("s", "a"), make_id("s", "b")}
    first, second = names_kept([["a"], ["b"]], {}, taken)
    assert len({first, second} | taken) == 4


def test_updates_over_days_are_one_story():
    texts = ["A dam cracked above Orlava, engineer Mira Tolvanen said. Some 340 families left Sarnik.",
             "Engineer Mira Tolvanen said the cracked dam above Orlava was holding. The 340 families of Sarnik wait in schools.",
             "The families of Sarnik may go home to their houses below the Orlava dam, engineer Mira Tolvanen said. The crack is closed."]
    articles = [article(text, id=f"d{i}", published=f"2026-03-0{i + 1}T10:00:00") for i, text in enumerate(texts)]
    items = make_items(articles, ["en"] * 3, Models().get("encoder"))
    assigner = Assigner()
    for item in items:
        assigner.assign([item, *ITEMS[4:8]])
    assert ["d0", "d1", "d2"] in partition(assigner)
