"""Groups of articles: what they have in common does not depend on how many they are, and how accounts of one event differ counts less."""

import numpy as np
import pytest

from retold.base.models import Models
from retold.group.features import ENCODED, GROUP, expand_groups, formulas, group_names
from retold.group.groups import Turn, group_features, make_group, pace, turn_of
from retold.group.items import NAME, Item, packed, unpacked
from retold.group.neighbours import READ_TWICE, Index, Neighbourhood
from retold.group.settle import best_pairs
from retold.group.shelf import Shelf

RNG = np.random.default_rng(5)
EVENTS = np.linalg.qr(RNG.normal(size=(32, 32)))[0]
STRAIGHT = Turn(first=np.eye(32, dtype=np.float32), second=np.zeros((0, 0), dtype=np.float32))


def item(name, event, angle=0.0, day=1.0, *, language="en", noise=0.1, again=False):
    """An article about an event, told from an angle: a direction that all events share."""
    rows = EVENTS[event] + angle * EVENTS[31] + noise * RNG.normal(size=(3, 32))
    keys = tuple(sorted({f"event{event}", f"place{event}", f"word{RNG.integers(30)}"}))
    ones = np.ones(len(keys), dtype=np.uint8)
    return Item(article=name, day=day, language=language, vectors=(rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16),
                keys=keys, counts=ones, kinds=ones * NAME, titled=ones, second=headline(event) if again else np.zeros(0, dtype=np.float16))


def headline(event):
    """What the second encoder makes of a headline: all its vectors lie near each other."""
    row = 3.0 * EVENTS[30, :8] + EVENTS[event % 8, :8] + 0.05 * RNG.normal(size=8)
    return (row / np.linalg.norm(row)).astype(np.float16)


def around(items):
    shelf = Shelf(32)
    shelf.put(items)
    return Neighbourhood(shelf, Index())


def test_how_accounts_of_one_event_differ_counts_less():
    where = around([item(f"{e}{a}", e, a) for e in range(12) for a in (-1.0, 1.0)])
    groups = [[2 * e, 2 * e + 1] for e in range(12)]
    turn = turn_of(where, groups[:-1])
    assert np.allclose(turn.first, turn_of(where, groups[-2::-1]).first)
    plain, turned = (make_group(where, groups[-1], t).inner[GROUP.index("turned")] for t in (STRAIGHT, turn))
    assert turned > plain + 0.2  # of an event that was not among those that told it


def test_without_groups_nothing_is_turned():
    where = around([item("a", 1), item("b", 2)])
    assert np.array_equal(turn_of(where, [[0], [1]]).first, STRAIGHT.first)


def test_a_story_of_many_is_compared_as_one_of_few():
    few = [item(f"{e}{n}", e, 0.3 * n, day=float(n)) for e in (1, 2) for n in range(4)]
    where = around([*few, *(item(f"o{n}", 3 + n % 5) for n in range(40))])
    turn = STRAIGHT
    small = [make_group(where, members, turn) for members in ([0, 1, 2, 3], [4, 5, 6, 7])]
    large = [make_group(where, list(members) * 3, turn) for members in ([0, 1, 2, 3], [4, 5, 6, 7])]
    (alike, inner, meeting), (more, _, met) = (group_features(where, groups, [(0, 1)]) for groups in (small, large))
    assert np.allclose(alike, more, atol=1e-6) and np.allclose(meeting.pace, met.pace) and np.allclose(meeting.apart, met.apart)
    assert expand_groups(alike, inner, meeting).shape == (1, len(group_names())) == (1, len(formulas()[1].weights))
    assert not any("size" in name for name in group_names())


def test_the_likeness_within_a_group_leaves_out_that_of_an_article_with_itself():
    where = around([item("a", 1), item("b", 1, 0.5), item("c", 2)])
    turn = STRAIGHT
    both, one, other = (make_group(where, members, turn) for members in ([0, 1], [0], [1]))
    assert np.allclose(both.inner[:3], np.einsum("kd,kd->k", one.vectors, other.vectors), atol=1e-5)
    assert np.isnan(one.inner).all()


def test_headlines_are_compared_by_the_second_encoder_once_it_has_read_enough():
    where = around([item(f"{n}", n % 8, again=n % 5 > 0) for n in range(130)])
    turn = turn_of(where, [[n, n + 8] for n in range(1, 60, 2)])
    groups = [make_group(where, members, turn) for members in ([1, 9], [17], [2, 18], [5])]
    alike, _, meeting = group_features(where, groups, [(0, 1), (0, 2), (0, 3)])
    seconds = alike[:, [GROUP.index("second"), GROUP.index("second turned")]]
    assert meeting.twice.tolist() == [1.0, 1.0, 0.0] and (seconds[2] == 0).all()
    assert (seconds[0] > seconds[1] + 0.5).all()
    few = around([item(f"{n}", n % 8, again=True) for n in range(READ_TWICE - 1)])
    assert not few.twice.any()


def test_an_item_keeps_its_second_vector_when_packed():
    for again in (True, False):
        one = item("a", 1, again=again)
        back = unpacked("a", packed(one))
        assert np.array_equal(back.second, one.second) and np.array_equal(back.vectors, one.vectors) and back.keys == one.keys


def test_without_dates_time_says_nothing():
    where = around([item("a", 1, day=None), item("b", 1, day=None)])
    groups = [make_group(where, [n], STRAIGHT) for n in (0, 1)]
    _, _, meeting = group_features(where, groups, [(0, 1)])
    assert (meeting.dated, meeting.apart, meeting.pace, meeting.steady) == (0, 0, 0, 0)
    assert pace(np.array([1.0, 2.0]), np.array([])) == 0.0


def test_two_groups_join_where_each_is_the_others_best():
    assert best_pairs([(0, 1), (1, 2), (2, 3)], np.array([0.8, 0.9, 0.7]), 0.5) == [(1, 2)]
    assert best_pairs([(0, 1), (2, 3)], np.array([0.8, 0.4]), 0.5) == [(0, 1)]


def test_the_languages_are_those_of_the_encoder():
    assert getattr(Models().get("encoder"), "languages", None) == ENCODED


@pytest.mark.parametrize("name", ["turned", "words", "centre"])
def test_likeness_never_speaks_against_one_story(name):
    assert formulas()[1].weights[group_names().index(name)] >= 0
