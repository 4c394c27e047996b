"""What holds of the assigner for any articles: whatever the order, the parts and the ties, and what it tells about its changes."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.group import online
from retold.group.items import NAME, Item
from retold.group.online import Assigner

TOPICS = np.linalg.qr(np.random.default_rng(7).normal(size=(16, 16)))[0]


@st.composite
def collections(draw):
    """Up to 14 items about four topics, some alike but for their names, some at the same moment, some without a date."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    out = []
    for n in range(draw(st.integers(1, 14))):
        topic, party = draw(st.integers(0, 3)), draw(st.integers(0, 1))
        rows = TOPICS[topic] + 0.25 * rng.normal(size=(3, 16))
        keys = tuple(sorted({f"t{topic}", f"p{topic}{party}", f"q{topic}{party}", f"r{rng.integers(9)}"}))
        out.append(Item(
            article=f"a{n:02d}", day=draw(st.sampled_from([None, 5.0, 5.0, 5.5, 7.0, 90.0])), language=draw(st.sampled_from(["en", "de"])),
            vectors=(rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16), keys=keys,
            counts=np.ones(len(keys), dtype=np.uint8), kinds=np.full(len(keys), NAME, dtype=np.uint8),
            titled=np.ones(len(keys), dtype=np.uint8),
        ))
    return out


def parts_of(items, data):
    """The items in any order, in parts of any size."""
    items = data.draw(st.permutations(items))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(items)), max_size=4)))
    return [part for a, b in zip([0, *cuts], [*cuts, len(items)], strict=True) if (part := items[a:b])]


def partition(assigner):
    groups = {}
    for name, story in assigner.home.items():
        groups.setdefault(story, set()).add(name)
    return sorted(map(sorted, groups.values()))


def grown(parts):
    assigner = Assigner()
    for part in parts:
        assigner.assign(part)
    return assigner


@settings(max_examples=40, deadline=None)
@given(collections(), st.data())
def test_neither_order_nor_parts_matter_while_all_are_settled(items, data):
    assert partition(grown(parts_of(items, data))) == partition(grown([items]))


@pytest.mark.parametrize("whole", [0, 600])
@settings(max_examples=25, deadline=None)
@given(collections(), st.data())
def test_adding_any_part_again_changes_nothing(whole, items, data):
    with mock.patch.object(online, "WHOLE", whole):
        assigner = grown(parts_of(items, data))
        before = dict(assigner.home)
        for part in parts_of(items, data):
            assert assigner.assign(part) == online.Assignments()
    assert assigner.home == before


@pytest.mark.parametrize("whole", [0, 600])
@settings(max_examples=25, deadline=None)
@given(collections(), st.data())
def test_what_is_told_is_what_changed(whole, items, data):
    with mock.patch.object(online, "WHOLE", whole), mock.patch.object(online, "CHUNK", 2):
        assigner, told = Assigner(), {}
        for part in parts_of(items, data):
            before = dict(told)
            change = assigner.assign(part)
            told.update(change.stories)
            assert told == assigner.home
            alive = set(told.values())
            assert set(before.values()) - alive <= set(change.merged)
            assert set(change.merged.values()) <= alive
            assert not set(change.merged) & alive
            assert {name for parts in change.split.values() for name in parts} <= alive


@pytest.mark.parametrize("whole", [0, 600])
@settings(max_examples=25, deadline=None)
@given(collections(), st.data())
def test_every_article_is_in_one_story_and_settling_gives_what_one_call_gives(whole, items, data):
    with mock.patch.object(online, "WHOLE", whole):
        assigner = grown(parts_of(items, data))
        assert assigner.home.keys() == {item.article for item in items}
        assert sorted(n for members in assigner.stories.values() for n in members) == list(range(len(items)))
        assigner.settle()
    assert partition(assigner) == partition(grown([items]))
