"""The languages of many texts at once: the same answer as text by text, and a model only where there is a doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from retold.lexicons import LANGUAGES
from retold.lexicons.functionwords import LEAST, TOLD_APART, function_words, leave_no_doubt
from retold.relate.tongues import known, languages_of, without_doubt
from retold.relate.words import read_words

STORIES = Path(__file__).parents[2] / "eval" / "stories"
ENGLISH = "It was the first of the two that they had seen, and they did not know what it was for or who had left it there."


class Model:
    """Says "xx", and notes what it was asked."""

    name = "model"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def identify(self, text: str) -> tuple[str, float]:
        self.asked.append(text)
        return "xx", 1.0


def told(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    model = Model()
    return languages_of(read_words(texts), texts, model), model.asked


def test_a_model_is_asked_only_where_function_words_leave_a_doubt():
    assert told([ENGLISH, "", "Stop!", ENGLISH]) == (["en", "xx", "xx", "en"], ["", "Stop!"])
    assert told([]) == ([], [])


def test_menus_at_the_ends_do_not_count():
    menu = "und der die das nicht mit von auf ist ein eine zu den " * 10
    assert told([menu + ENGLISH * 5 + menu])[0] == ["en"]


def test_every_function_word_of_one_word_is_known():
    hashes, users = known()
    assert len(hashes) == len(users) and (hashes[1:] > hashes[:-1]).all()
    read = read_words(["The"])
    at = hashes.tolist().index(read.hashes[1])
    assert [code for code, has in zip(TOLD_APART, users[at], strict=True) if has] == list(function_words()["the"])


@pytest.mark.parametrize("language", [c for c in LANGUAGES if c not in ("zh", "ja")])
def test_all_at_once_is_as_one_by_one(language: str):
    words = [w for w, codes in function_words().items() if w.isalpha() and language in codes][:60]
    texts = [" ".join(words[:n]) for n in (5, LEAST, 30, 60)]
    counts = [Counter(codes for w in text.split() if (codes := function_words().get(w))) for text in texts]
    expected = [next((n for n, code in enumerate(TOLD_APART) if leave_no_doubt(c, code)), -1) for c in counts]
    assert without_doubt(read_words(texts), len(texts)).tolist() == expected


def test_stories_are_told_rightly_or_left_to_the_model():
    paths = [p for p in sorted(STORIES.rglob("*.txt")) if p.parent.parent != STORIES or p.stat().st_size > 300]
    texts = [p.read_text("utf-8") for p in paths]
    found, asked = told(texts)
    from retold.divide.languages import LanguageIdentifier

    identifier = LanguageIdentifier()
    wrong = [p.name for p, text, code in zip(paths, texts, found, strict=True) if code not in ("xx", identifier.identify(text)[0])]
    assert not wrong and len(asked) < len(texts)
