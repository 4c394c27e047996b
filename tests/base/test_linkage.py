"""Average linkage: joins what is near on the mean, whatever the order of the ties."""

import random

from hypothesis import given
from hypothesis import strategies as st

from retold.base.linkage import average_linkage


def test_a_weak_third_does_not_ride_on_a_strong_pair():
    assert average_linkage(3, {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.1}, join=0.5, absent=0.0) == [[0, 1], [2]]


def test_pairs_of_one_home_do_not_count():
    ties = {(0, 2): 0.9, (1, 2): 0.8}
    assert average_linkage(3, ties, join=0.5, absent=0.0, homes=["a", "a", "b"]) == [[0, 1, 2]]
    assert average_linkage(3, ties, join=0.5, absent=0.0) == [[0, 2], [1]]


def test_a_missing_tie_counts_as_absent():
    assert average_linkage(3, {(0, 1): 0.9, (1, 2): 0.8}, join=0.5, absent=0.3) == [[0, 1, 2]]


TIES = st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]), st.sampled_from([0.1, 0.4, 0.6, 0.6, 0.9]))


@given(TIES, st.integers(0, 100))
def test_the_order_of_the_ties_does_not_matter(ties, seed):
    shuffled = list(ties.items())
    random.Random(seed).shuffle(shuffled)
    assert average_linkage(8, dict(shuffled), join=0.5, absent=0.05) == average_linkage(8, ties, join=0.5, absent=0.05)


@given(TIES)
def test_every_item_is_in_one_cluster(ties):
    found = average_linkage(8, ties, join=0.5, absent=0.05)
    assert sorted(i for members in found for i in members) == list(range(8))
