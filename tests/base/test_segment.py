from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.base.segment import is_word, segments


@given(st.text(max_size=60))
def test_words_cover_the_text_without_gaps(text: str) -> None:
    words = segments(text, "jieba")
    assert [w.start for w in words] == [0, *(w.end for w in words[:-1])][:len(words)]
    assert (words[-1].end if words else 0) == len(text)


def test_characters_of_both_kinds_give_the_same_words() -> None:
    assert [(w.start, w.end, w.known) for w in segments("禾屿电器回应", "jieba")] == [
        (w.start, w.end, w.known) for w in segments("禾嶼電器回應", "jieba")]


def test_an_unknown_segmenter_is_an_error() -> None:
    with pytest.raises(ValueError, match="Expected one of jieba"):
        segments("禾屿", "scissors")
    with pytest.raises(ValueError, match="found 'scissors'"):
        is_word("禾屿", "scissors")
