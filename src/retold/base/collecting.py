"""Collecting garbage seldom while much is made that stays: records, and what is remembered of words."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 50)  # by default 700, 10, 10: a fifteenth of the time of reading went into looking at lexicons again and again


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Have garbage collected seldom for a while, and what is there already left alone.

    >>> with seldom_collecting():
    ...     gc.get_threshold() == SELDOM
    True
    """
    usual = gc.get_threshold()
    if usual == SELDOM:  # somebody further out asked for it
        yield
        return
    ours = gc.get_freeze_count() == 0  # a server that froze what it shares with its children keeps it frozen
    if ours:
        gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        if ours:
            gc.unfreeze()
