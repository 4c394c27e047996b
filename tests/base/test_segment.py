from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.base.segment import LONGEST, SEGMENTERS, is_word, segments


@pytest.mark.parametrize("segmenter", SEGMENTERS)
@given(text=st.text(max_size=60))
def test_words_cover_the_text_without_gaps(text: str, segmenter: str) -> None:
    words = segments(text, segmenter)
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


def test_long_text_is_read_in_parts_and_offsets_go_on() -> None:
    words = segments("千歳署は" * LONGEST, "sudachi")
    assert words[-1].end == 4 * LONGEST
    assert all(a.end == b.start for a, b in pairwise(words))
    assert {w.tag for w in words if w.word == "千歳"} == {"place"}


def test_sudachi_tells_kinds_of_names_apart() -> None:
    assert [(w.word, w.tag) for w in segments("久保田誠社長は四日市で", "sudachi")] == [
        ("久保田", "family"), ("誠", "given"), ("社長", "noun"), ("は", "particle"), ("四日市", "place"), ("で", "particle")]
    assert is_word("社長", "sudachi") and not is_word("久保田誠", "sudachi")
