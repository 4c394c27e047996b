"""Cosines of utterances all at once: what comparing every pair by itself says."""

import numpy as np
import pytest

from retold.link.closeness import Closeness
from retold.link.utterances import Utterance, nearness


def unit(rows, seed):
    found = np.random.default_rng(seed).normal(size=(rows, 8)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def utterance(number, parts, *, second=False, known=True):
    return Utterance(article=f"{number}", start=0, end=9, level="quoted", kind="direct", language="en", speaker="", entity="", words=("a",),
                     content=frozenset("a"), vectors=unit(parts, number), told_here=False, second=unit(parts, 100 + number) if second else None,
                     known=known)


@pytest.mark.parametrize("told", [
    [utterance(0, 1), utterance(1, 3), utterance(2, 2), utterance(3, 1)],
    [utterance(0, 1, second=True), utterance(1, 3, second=True, known=False), utterance(2, 2), utterance(3, 2, known=False),
     utterance(4, 4, second=True)],
])
def test_all_at_once_is_one_by_one(told):
    members = [3, 1, 0]
    found = Closeness(told).to(members)
    wanted = [[nearness(told[i], told[j]) for j in members] for i in range(len(told))]
    assert np.allclose(found, wanted, atol=1e-5)
    assert found.max() > 0.9
