"""Bodies that are called by their noun alone behind a sign for "the same"."""

from __future__ import annotations

import pytest

from retold.lexicons import LANGUAGES
from retold.lexicons.backreferences import find_references, meant, signs_of

TOLD = {
    "ja": [("堀江電機", "organisation"), ("霧山労働基準監督署", "organisation"), ("白波大学", "organisation"), ("浜名市", "place"), ("川端洋一", "person")],
    "zh": [("藍湖乳業公司", "organisation"), ("东岭市监管局", "organisation"), ("东岭大学", "organisation"), ("东岭日报", "outlet"), ("连博文", "person")],
}


@pytest.mark.parametrize(("language", "noun", "name"), [
    ("ja", "社", "堀江電機"), ("ja", "署", "霧山労働基準監督署"), ("ja", "大", "白波大学"), ("ja", "市", "浜名市"), ("ja", "行", ""), ("ja", "日", ""),
    ("zh", "公司", "藍湖乳業公司"), ("zh", "局", "东岭市监管局"), ("zh", "校", "东岭大学"), ("zh", "报", "东岭日报"), ("zh", "医院", ""),
])
def test_the_last_body_whose_name_ends_so(language: str, noun: str, name: str) -> None:
    at = meant(noun, TOLD[language], language)
    assert (TOLD[language][at][0] if at >= 0 else "") == name


def test_only_where_a_language_has_signs() -> None:
    assert [code for code in LANGUAGES if signs_of(code)] == ["zh", "ja"]
    assert list(find_references("The same company said so.", "en")) == []
    assert [(s, e) for s, e, _ in find_references("該公司稱，该校未回应", "zh")] == [(0, 3), (5, 7)]
