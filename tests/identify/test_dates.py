from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.base.records import Article, Date, Sentence
from retold.identify.calendars import calendar
from retold.identify.dates import find_dates
from retold.identify.measures import measures
from retold.identify.quantities import read_text
from retold.identify.reading import Reading
from retold.lexicons import LANGUAGES

PUBLISHED = "2026-03-23T08:00:00+01:00"  # a Monday


def dates(text: str, language: str, published: str | None = PUBLISHED) -> list[Date]:
    sentence = Sentence(id="s", article="a", passage="p", start=0, end=len(text), order=0, language=language, kind="paragraph")
    article = Article(id="a", text=text, published=published)
    return find_dates(Reading(article=article, language=language, passages=(), sentences=(sentence,)))


def shown(text: str, language: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(text[d.start : d.end], d.earliest) for d in dates(text, language, published)]


FOUND = [
    ("en", "On 12 March 2023, and again on March 12, it rained.", [("12 March 2023", "2023-03-12"), ("March 12", "2026-03-12")]),
    ("en", "It fell at 6:52 p.m. on Tuesday.", [("6:52 p.m.", "T18:52"), ("Tuesday", "2026-03-17")]),
    (
        "en",
        "She came at half past eight, seven o'clock or 9:05.",
        [("half past eight", "T08:30"), ("seven o'clock", "T07:00"), ("9:05", "T09:05")],
    ),
    (
        "en",
        "In May 2021 and in 2019; 2008-12; the 1990s.",
        [("May 2021", "2021-05"), ("2019", "2019"), ("2008-12", "2008"), ("1990s", "1990")],
    ),
    (
        "de",
        "Am Samstag, 21.03.2026, gegen 17.40 Uhr.",
        [("Samstag", "2026-03-21"), ("21.03.2026", "2026-03-21"), ("17.40 Uhr", "T17:40")],
    ),
    (
        "de",
        "Seit dem 12. März, also im August 2023, um halb acht.",
        [("12. März", "2026-03-12"), ("August 2023", "2023-08"), ("halb acht", "T07:30")],
    ),
    ("de", "Am Sonnabend und gestern.", [("Sonnabend", "2026-03-21"), ("gestern", "2026-03-22")]),
    ("fr", "Le 12 mars à 16 h 05, puis samedi.", [("12 mars", "2026-03-12"), ("16 h 05", "T16:05"), ("samedi", "2026-03-21")]),
    ("fr", "En septembre 2024, vers 18h30.", [("septembre 2024", "2024-09"), ("18h30", "T18:30")]),
    ("es", "El 3 de octubre de 2023 a las 8 y media.", [("3 de octubre de 2023", "2023-10-03"), ("8 y media", "T08:30")]),
    ("es", "El martes y ayer.", [("martes", "2026-03-17"), ("ayer", "2026-03-22")]),
    ("it", "Il 3 ottobre 2023 alle 18.05, nel 2019.", [("3 ottobre 2023", "2023-10-03"), ("18.05", "T18:05"), ("2019", "2019")]),
    ("it", "È successo ieri.", [("ieri", "2026-03-22")]),
    (
        "pt",
        "Em 3 de outubro de 2023, às 18h30, na terça-feira.",
        [("3 de outubro de 2023", "2023-10-03"), ("18h30", "T18:30"), ("terça-feira", "2026-03-17")],
    ),
    (
        "nl",
        "Op 3 oktober 2023 om 18.05 uur en gisteren.",
        [("3 oktober 2023", "2023-10-03"), ("18.05 uur", "T18:05"), ("gisteren", "2026-03-22")],
    ),
    ("nl", "Rond half acht.", [("half acht", "T07:30")]),
    ("nl", "In de vroege morgen brak brand uit; morgen is de zitting.", [("morgen", "2026-03-24")]),
    ("de", "Am frühen Morgen und am Morgen danach; heute Morgen; das Urteil fällt morgen.",
     [("heute Morgen", "2026-03-23T05:00"), ("morgen", "2026-03-24")]),
    ("es", "Ardió por la mañana y a la mañana siguiente; mañana habrá juicio, mañana por la mañana.",
     [("mañana", "2026-03-24"), ("mañana por la mañana", "2026-03-24T06:00")]),
    (
        "pl",
        "Dnia 12 marca 2023 roku o godz. 18.05, w sobotę.",
        [("12 marca 2023 roku", "2023-03-12"), ("18.05", "T18:05"), ("sobotę", "2026-03-21")],
    ),
    ("pl", "We wrześniu 2024 roku.", [("wrześniu 2024 roku", "2024-09")]),
    (
        "cs",
        "Dne 12. března 2023 v 18:05, v sobotu.",
        [("12. března 2023", "2023-03-12"), ("18:05", "T18:05"), ("sobotu", "2026-03-21")],
    ),
    (
        "ru",
        "Случилось 12 марта 2023 года в 18:05, в субботу.",
        [("12 марта 2023 года", "2023-03-12"), ("18:05", "T18:05"), ("субботу", "2026-03-21")],
    ),
    ("ru", "В сентябре 2024 года и вчера.", [("сентябре 2024 года", "2024-09"), ("вчера", "2026-03-22")]),
    (
        "uk",
        "Сталося 12 березня 2023 року о 18:05, у суботу.",
        [("12 березня 2023 року", "2023-03-12"), ("18:05", "T18:05"), ("суботу", "2026-03-21")],
    ),
    ("tr", "12 Mart 2023, saat 18.05, dün.", [("12 Mart 2023", "2023-03-12"), ("18.05", "T18:05"), ("dün", "2026-03-22")]),
    (
        "ar",
        "في 12 مارس 2023 الساعة 6:30 مساء يوم الثلاثاء",
        [("12 مارس 2023", "2023-03-12"), ("6:30 مساء", "T18:30"), ("الثلاثاء", "2026-03-17")],
    ),
    ("ar", "في آذار 2021", [("آذار 2021", "2021-03")]),
    (
        "zh",
        "2025年10月7日下午3点半，星期三。",
        [("2025年10月7日", "2025-10-07"), ("下午3点半", "T15:30"), ("星期三", "2026-03-18")],
    ),
    (
        "ja",
        "2025年10月7日午後3時半、水曜日。",
        [("2025年10月7日", "2025-10-07"), ("午後3時半", "T15:30"), ("水曜日", "2026-03-18")],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND)
def test_dates_and_times(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text, language) == expected


def test_every_language_has_three_dates() -> None:
    counts = {code: sum(len(e) for language, _, e in FOUND if language == code) for code in LANGUAGES}
    assert min(counts.values()) >= 3


def test_a_part_of_the_day_narrows_it() -> None:
    found = dates("Am Samstagabend, last night.", "de")
    assert [(d.earliest, d.latest, d.grain) for d in found] == [("2026-03-21T17:00", "2026-03-22T00:00", "part")]
    (found_en,) = dates("It sank last night.", "en")
    assert (found_en.earliest, found_en.latest) == ("2026-03-22T20:00", "2026-03-23T06:00")


def test_without_publication_what_is_unknown_stays_open() -> None:
    text = "On 7 October and on Tuesday, in September, last night."
    found = dates(text, "en", None)
    assert [(text[d.start : d.end], d.earliest, d.latest, d.grain) for d in found] == [
        ("7 October", "--10-07", "--10-07", "day"),
        ("Tuesday", "", "", "weekday"),
        ("September", "--09", "--09", "month"),
        ("last night", "", "", "relative"),
    ]
    assert found[1].method.endswith("weekday 1")


def test_the_year_is_the_nearest_to_publication() -> None:
    assert shown("On 28 December it snowed.", "en", "2026-01-03") == [("28 December", "2025-12-28")]
    assert shown("On 3 January it will snow.", "en", "2025-12-28") == [("3 January", "2026-01-03")]


def test_a_range_of_days() -> None:
    (found,) = dates("Vom 13. bis 15. Mai 2024 blieb es trocken.", "de")
    assert (found.earliest, found.latest) == ("2024-05-13", "2024-05-15")


def test_slashes_follow_the_language() -> None:
    assert shown("due 3/4/2024", "en") == [("3/4/2024", "2024-03-04")]
    assert shown("le 3/4/2024", "fr") == [("3/4/2024", "2024-04-03")]
    assert shown("due 13/4/2024", "en") == [("13/4/2024", "2024-04-13")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They may march on."),
        ("en", "2000 people, and more than 2000 geese"),
        ("en", "It took five minutes and 16 hours."),
        ("en", "They lost 3:1."),
        ("de", "Die Version 4.12.1 kostet 17,40 Euro."),
        ("fr", "seize heures de marche"),
        ("en", "version 10.30"),
        ("ja", "3時間かかった"),
        ("zh", "3个月"),
    ],
)
def test_what_is_no_date(language: str, text: str) -> None:
    assert shown(text, language) == []


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from((PUBLISHED, None, "soon")),
    st.text(alphabet="0123456789 .,:-/年月日時点halfpstMy3Tueday\u200f٣\n'", max_size=60),
)
def test_offsets_are_evidence(language: str, published: str | None, text: str) -> None:
    found = dates(text, language, published)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text",
    ["12" * 50_000, "12 " * 50_000, "May " * 25_000, "at " * 30_000, "half past " * 10_000, " " * 100_000, "12:30 " * 10_000],
)
def test_long_lines_take_no_longer_than_they_must(text: str) -> None:
    assert all(d.end <= len(text) for d in dates(text, "en"))


def test_months_in_turkish_capitals_are_found_and_break_nothing() -> None:
    assert shown("FERİBOT 3 NİSAN'DA KAYAYA ÇARPTI", "tr") == [("3 NİSAN", "2026-04-03")]
    assert shown("Yangın NİSAN ayında çıktı.", "tr", None) == [("NİSAN", "--04")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_that_is_like_another_but_for_its_case_breaks_the_reading_of_a_sentence(language: str) -> None:
    words = calendar(language)
    told = " ".join([*words.months, *words.weekdays, *measures(language).hedges, "3", *measures(language).units])
    for odd, plain in (("İ", "i"), ("ı", "i"), ("I", "ı"), ("ſ", "s"), ("\u212a", "k")):
        text = told.replace(plain, odd)
        read_text(text, language)
        assert all(text[d.start : d.end] for d in dates(text, language))
