"""Answers are found out once, and attributes are worked out once."""

from __future__ import annotations

from retold.base import remembered
from retold.base.lazy import lazy
from retold.base.remembered import Remembered


def test_a_function_is_asked_once_for_each_key():
    asked = []
    sizes = Remembered(lambda word: asked.append(word) or len(word))
    assert [sizes[word] for word in ("dam", "broke", "dam")] == [3, 5, 3]
    assert asked == ["dam", "broke"]


def test_where_too_many_keys_are_remembered_further_ones_are_asked_anew(monkeypatch):
    monkeypatch.setattr(remembered, "MOST", 1)
    asked = []
    sizes = Remembered(lambda word: asked.append(word) or len(word))
    assert [sizes[word] for word in ("dam", "broke", "broke", "dam")] == [3, 5, 5, 3]
    assert asked == ["dam", "broke", "broke"]


def test_a_lazy_attribute_is_worked_out_when_it_is_asked_for_and_only_then():
    class Line:
        worked = 0

        @lazy
        def size(self) -> int:
            """How long it is."""
            self.worked += 1
            return 3

    line = Line()
    assert (line.worked, line.size, line.size, line.worked) == (0, 3, 3, 1)
    assert Line.size.__doc__ == "How long it is."
