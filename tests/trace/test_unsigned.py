"""Whose the texts are that come without an outlet, told from what others have from the outlet and the language of its name."""

import numpy as np
import pytest

from factories import article, attribution, batch, language, name, passage, sentences, vector
from retold.trace.meant import may_be
from retold.trace.register import make_register
from retold.trace.stage import prepare
from retold.trace.tongues import in_language
from retold.trace.unsigned import Guess, describes, likeliest

TONGUES = {
    "en": ("The Harbour Times", "Diario del Puerto"), "de": ("Hafener Tageszeitung", "Gazeta Portowa"), "fr": ("L'Écho du Port", "Portový deník"),
    "es": ("El Diario del Puerto", "Hafener Bote"), "it": ("Il Corriere del Porto", "The Harbour Times"), "pt": ("Jornal do Cais", "Liman Gazetesi"),
    "nl": ("Dagblad de Haven", "Jornal do Cais"), "pl": ("Dziennik Nabrzeżny", "Přístavní listy"), "cs": ("Přístavní deník", "Dziennik Nabrzeżny"),
    "ru": ("Портовый вестник", "صحيفة المرفأ"), "uk": ("Портовий вісник", "港口日报"), "tr": ("Liman Gazetesi", "Il Corriere del Porto"),
    "ar": ("صحيفة المرفأ", "Портовый вестник"), "zh": ("港口日报", "صحيفة المرفأ"), "ja": ("港湾新聞", "Портовий вісник"),
}
BROKE = "The crane fell onto the quay"


@pytest.mark.parametrize("code", TONGUES)
def test_the_name_of_an_outlet_is_in_its_language(code):
    own, other = TONGUES[code]
    assert in_language([own], code) > max(0.0, in_language([other], code))
    assert in_language([own], code) >= max(in_language([own], c) for c in TONGUES)


@pytest.mark.parametrize(("spelled", "code"), [("Portovyi Visnyk", "uk"), ("Kowan Shimbun", "ja"), ("Gangkou Ribao", "zh")])
def test_a_name_in_letters_keeps_its_word_for_a_paper(spelled, code):
    assert in_language([spelled], code) > 0 >= in_language(["Harbour"], code)


def test_of_two_texts_that_are_as_near_neither_is_the_outlets():
    near, nearer, far = (Guess(article=a, like=like, itself=False) for a, like in (("a", 0.6), ("b", 0.62), ("c", 0.4)))
    assert likeliest([near, far]) is near and likeliest([near, nearer, far]) is None and likeliest([]) is None
    itself = Guess(article="d", like=0.45, itself=True)
    assert likeliest([near, nearer, itself]) is itself


def post(id, code, *lines, cites=""):  # noqa: A002
    a = article(" ".join(line + "." for line in lines), id=id, language=code)
    rows = sentences(a, *(line + "." for line in lines))
    far = iter(np.eye(9, dtype="<f4")[sum(map(ord, id)) % 3 * 2:])
    same = np.eye(9, dtype="<f4")[8]
    like = [vector(s, (same if BROKE in a.text[s.start:s.end] or "kraan" in a.text[s.start:s.end] else next(far)).tobytes()) for s in rows]
    found = [a, language(a, code), passage(a), *rows, *like]
    if cites:
        found += [name(a, cites, kind="outlet"), attribution(a, cites, "schrijft", source_kind="outlet", outlet=cites)]
    return found


def publishers(*posts):
    return prepare(batch(*(row for found in posts for row in found))).register.publishers


def test_a_text_is_that_of_the_outlet_that_others_name_for_what_it_says():
    retelling = post("a", "nl", "De kraan viel op de kade, schrijft The Harbour Times", "Niemand raakte gewond", cites="The Harbour Times")
    assert publishers(retelling, post("b", "en", BROKE, "Its driver was away")) == {"b": "The Harbour Times"}
    assert publishers(retelling, post("c", "en", "The weather will be fine", "Winds are light")) == {}
    assert publishers(retelling, post("d", "de", BROKE, "Der Fahrer war fort")) == {}


def test_a_text_that_has_it_from_the_outlet_itself_is_not_the_outlets():
    retelling = post("a", "nl", "De kraan viel op de kade, schrijft The Harbour Times", cites="The Harbour Times")
    also = post("b", "en", BROKE, "The Harbour Times reports that its driver was away")
    a = also[0]
    also += [name(a, "The Harbour Times", kind="outlet"),
             attribution(a, "The Harbour Times", "reports", "its driver was away", source_kind="outlet", outlet="The Harbour Times")]
    assert publishers(retelling, also) == {}


def test_an_outlet_whose_name_is_in_another_language_of_the_story_is_not_that_of_a_text():
    rows = post("a", "pl", "Dźwig spadł na nabrzeże"), post("b", "cs", "Jeřáb spadl na nábřeží")
    register = make_register(batch(*(row for found in rows for row in found)))
    assert may_be("Přístavní listy", "b", register) and not may_be("Přístavní listy", "a", register)
    assert may_be("Vigil", "a", register)


def test_a_text_that_says_that_the_outlet_published_it_is_not_the_outlets_but_one_that_says_what_the_outlet_learned_is():
    retelling = post("a", "nl", "De kraan viel op de kade, schrijft The Harbour Times", cites="The Harbour Times")
    assert publishers(retelling, post("b", "en", BROKE, "The Harbour Times published it on Sunday")) == {}
    assert publishers(retelling, post("b", "en", BROKE, "Its driver was away, the Harbour Times has learned")) == {"b": "The Harbour Times"}


def test_an_agencys_text_bears_its_mark():
    retelling = post("a", "nl", "De kraan viel op de kade, schrijft Harbour News Agency", cites="Harbour News Agency")
    assert publishers(retelling, post("b", "en", BROKE)) == {}
    assert publishers(retelling, post("b", "en", BROKE, "Copyright Harbour News Agency")) == {"b": "Harbour News Agency"}


def test_what_a_paper_is_called_beside_its_name_tells_no_language():
    names = ["La Vigie", "die Zeitung"]
    assert [describes(n, ["de", "fr"]) for n in (*names, "La Gazette")] == [False, True, False]
