"""Language tags as they come."""

from __future__ import annotations

import pytest

from retold.base.tags import language_code
from retold.lexicons import LANGUAGES

THREE = {"en": "eng", "de": "deu ger", "fr": "fra fre", "es": "spa", "it": "ita", "pt": "por", "nl": "nld dut", "pl": "pol", "cs": "ces cze",
         "ru": "rus", "uk": "ukr", "tr": "tur", "ar": "ara arb", "zh": "zho chi cmn", "ja": "jpn"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_ours_by_its_longer_codes(language: str) -> None:
    assert {language_code(tag) for tag in THREE[language].split()} == {language}
    assert language_code(language.upper()) == language


@pytest.mark.parametrize(("tag", "code"), [
    ("sr-Latn-RS", "sr"), ("hrv", "hr"), ("iw", "he"), ("prs", "fa"), (" en_GB, de ", "en"),
    ("mul", ""), ("english", ""), ("e1", ""), ("ünd", ""), ("x-klingon", ""), ("\u0660\u0661", ""),
])
def test_other_tags(tag: str, code: str) -> None:
    assert language_code(tag) == code
