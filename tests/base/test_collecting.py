"""Garbage is collected seldom for a while, and as before afterwards."""

from __future__ import annotations

import gc

import pytest

from retold.base.collecting import SELDOM, seldom_collecting


def test_thresholds_and_frozen_objects_are_as_before_afterwards_whatever_happens():
    usual, frozen = gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(KeyError), seldom_collecting():
        assert gc.get_threshold() == SELDOM and gc.get_freeze_count() > frozen
        raise KeyError
    assert (gc.get_threshold(), gc.get_freeze_count()) == (usual, frozen)


def test_what_somebody_else_froze_stays_frozen():
    kept = [[] for _ in range(100)]  # their own, for others' objects may die meanwhile and lower the count
    gc.freeze()
    try:
        assert gc.get_freeze_count() > len(kept)
        with seldom_collecting():
            pass
        assert gc.get_freeze_count() > len(kept)
        thawed = set(map(id, gc.get_objects()))
        assert not any(id(one) in thawed for one in kept)
    finally:
        gc.unfreeze()


def test_the_outermost_decides():
    usual = gc.get_threshold()
    with seldom_collecting():
        with seldom_collecting():
            pass
        assert gc.get_threshold() == SELDOM
    assert gc.get_threshold() == usual
