"""Line ends of every kind, white space, and text that was wrapped."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.divide.lines import Line, cut, fold, unspaced


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f"])
def test_line_ends(end: str) -> None:
    text = f"One{end}two{end}{end} three "
    assert [(line.text, line.gap) for line in cut(text)] == [("One", False), ("two", False), ("three", True)]


def test_no_break_spaces_and_marks_of_direction_are_no_text() -> None:
    text = "\u200f\xa0نعم\u202f\ufeff\n\u200b\n\u3000船\u3000"
    assert [(line.start, line.text) for line in cut(text)] == [(2, "نعم"), (11, "船")]


@given(st.text(alphabet=st.sampled_from("a \n\r\u2028\x85\xa0\u200f.é船😀"), max_size=80))
def test_lines_are_slices_in_order_and_leave_no_letter_out(text: str) -> None:
    lines = cut(text)
    assert all(text[line.start:line.end] == line.text for line in lines)
    assert all(a.end <= b.start for a, b in pairwise(lines))
    covered = {i for line in lines for i in range(line.start, line.end)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


WRAPPED = """\
The county has decided to drain the dam at Low Fell because of
cracks that a walker found in its wall on the first Sunday of the
month, and nobody knows how long the work is going to take them.

Engineers say that the wall will hold until the water has been let
out, but they would not put a date to it when the council asked to
be told one."""


def test_wrapped_text_is_joined_to_paragraphs() -> None:
    assert [line.text.split()[-1] for line in cut(WRAPPED)] == ["them.", "one."]


def test_short_lines_are_not_joined() -> None:
    assert len(cut("Mon\nTue\nWed\nThu\nFri\nSat\nSun")) == 7


@pytest.mark.parametrize(("text", "folded"), [
    ("Don’t MISS", "don't miss"), ("関連記事：", "関連記事:"), ("İLGİLİ", "ilgili"), ("ещё", "еще"),
    ("اقرأ  أيضًا", "اقرا ايضا"), ("ＰＲ", "pr"),
])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_what_a_line_is_like() -> None:
    headline, paragraph = cut("Dam drained\nThe county has drained the dam at Low Fell because of cracks in its wall.")
    assert (headline.size, headline.stopped, headline.prose) == (2, False, False)
    assert (paragraph.size, paragraph.stopped, paragraph.prose) == (15, True, True)
    japanese = Line(start=0, end=0, text="町は3日夜、増水で橋脚の一つの基礎がえぐられたとして、橋を通行止めにした。")
    assert japanese.prose
    assert unspaced(japanese.text)
