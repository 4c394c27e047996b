"""Places, peoples and days as one term in all languages."""

from __future__ import annotations

import pytest

from retold.group.items import terms
from retold.group.places import inside, places

GERMANY = {"en": "Germany", "de": "Deutschlands", "fr": "Allemagne", "es": "Alemania", "it": "Germania", "pt": "Alemanha", "nl": "Duitsland",
           "pl": "Niemczech", "cs": "Německu", "ru": "Германии", "uk": "Німеччині", "tr": "Almanya", "ar": "ألمانيا"}
PEOPLE = {"en": "Brazilian", "de": "brasilianische", "fr": "brésilienne", "es": "brasileños", "it": "brasiliani", "pt": "brasileira",
          "nl": "Braziliaanse", "pl": "brazylijski", "cs": "brazilský", "ru": "бразильский", "uk": "бразильський", "ar": "البرازيلي"}
FRIDAY = {"en": "Friday", "de": "Freitag", "fr": "vendredi", "es": "viernes", "it": "venerdì", "pt": "sexta feira", "nl": "vrijdag",
          "pl": "piątek", "cs": "pátek", "ru": "пятница", "uk": "пʼятниця", "tr": "Cuma", "ar": "الجمعة"}


def codes(words: str, language: str) -> list[str]:
    return [code for code, _, _ in places(words.split(), language)]


@pytest.mark.parametrize("language", GERMANY)
def test_a_country_is_one_term(language: str) -> None:
    assert codes(GERMANY[language], language) == ["@DE"]


@pytest.mark.parametrize("language", PEOPLE)
def test_a_people_counts_as_its_country(language: str) -> None:
    assert codes(PEOPLE[language], language) == ["@BR"]


@pytest.mark.parametrize("language", FRIDAY)
def test_a_weekday_is_one_term(language: str) -> None:
    assert codes(FRIDAY[language], language) == ["@day 4"]


@pytest.mark.parametrize(("words", "language"), [
    ("it told us so", "en"), ("may the best win", "en"), ("Us too", "en"), ("Deutschland", "sv"), ("", "en"), ("Petrov Weber", "de"),
])
def test_what_names_no_place(words: str, language: str) -> None:
    assert codes(words, language) == []


def test_headlines_of_two_languages_share_the_country_and_the_day() -> None:
    one, other = (dict(terms(text, language)) for text, language in (
        ("Germany beat South Korea on Friday", "en"), ("Viernes: Alemania vence a Corea del Sur", "es")))
    assert {"@DE", "@KR", "@day 4"} <= one.keys() & other.keys()


@pytest.mark.parametrize(("run", "language", "before", "found"), [
    ("德国总理星期五访问莫斯科", "zh", "", ["@DE", "@day 4", "@Europe/Moscow"]), ("德國總理週五訪問莫斯科", "zh", "", ["@DE", "@day 4", "@Europe/Moscow"]),
    ("月にドイツの首相が韓国を訪れた", "ja", "7", ["@month 7", "@DE", "@KR"]), ("月", "zh", "21", []), ("金曜日", "ja", "", ["@day 4"]),
    ("タイの首相", "ja", "", ["@TH"]), ("タイヤとスタイル", "ja", "", []), ("月", "ja", "", []), ("德国", "sv", "", []), ("", "zh", "", []),
])
def test_places_and_days_are_found_inside_a_text_without_spaces(run: str, language: str, before: str, found: list[str]) -> None:
    assert list(inside(run, language, before)) == found


def test_headlines_with_and_without_spaces_share_the_country_the_day_and_the_month() -> None:
    one, other, third = (dict(terms(text, language)) for text, language in (
        ("Germany beat South Korea on Friday 3 July", "en"), ("7月3日金曜日、ドイツが韓国を破った", "ja"), ("７月３日星期五，德国队击败韩国队", "zh")))
    assert {"@DE", "@KR", "@day 4", "@month 7"} <= one.keys() & other.keys() & third.keys()
