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
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with seldom_collecting():
            pass
        assert gc.get_freeze_count() >= frozen > 0
    finally:
        gc.unfreeze()


def test_the_outermost_decides():
    usual = gc.get_threshold()
    with seldom_collecting():
        with seldom_collecting():
            pass
        assert gc.get_threshold() == SELDOM
    assert gc.get_threshold() == usual
