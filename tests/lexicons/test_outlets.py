from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.base.errors import SettingsError
from retold.lexicons import LANGUAGES, lexicon
from retold.lexicons.outlets import KINDS, outlet_by_domain, outlet_by_name, outlets, outlets_named


def test_the_list_is_long_and_covers_every_language() -> None:
    assert len(outlets()) >= 500
    spoken = Counter(language for one in outlets() for language in one.languages)
    assert {code: spoken[code] for code in LANGUAGES if spoken[code] < 25} == {}
    assert set(Counter(one.kind for one in outlets())) == set(KINDS)


def test_every_row_is_well_formed() -> None:
    names = Counter(one.name for one in outlets())
    assert [name for name, times in names.items() if times > 1] == []
    host = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
    for one in outlets():
        assert one.languages, one.name
        assert re.fullmatch(r"[A-Z]{2}", one.country), one.name
        assert [d for d in one.domains if not host.fullmatch(d)] == [], one.name
        assert [w for w in one.ambiguous if w not in one.forms] == [], one.name
        assert one.name not in one.aliases


def test_no_domain_belongs_to_two() -> None:
    owners = Counter(domain for one in outlets() for domain in one.domains)
    assert [domain for domain, times in owners.items() if times > 1] == []


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        ("Reuters", "Reuters", "agency"), ("Рейтер", "Reuters", "agency"), ("路透社", "Reuters", "agency"),
        ("رويترز", "Reuters", "agency"), ("NYT", "The New York Times", "newspaper"),
        ("ニューヨーク・タイムズ", "The New York Times", "newspaper"), ("(dpa)", "Deutsche Presse-Agentur", "agency"),
        ("AFP", "Agence France-Presse", "agency"), ("فرانس برس", "Agence France-Presse", "agency"),
        ("APA", "APA – Austria Presse Agentur", "agency"), ("dts", "dts Nachrichtenagentur", "agency"),
        ("PAP", "Polska Agencja Prasowa", "agency"), ("čtk", "ČTK", "agency"), ("УНІАН", "UNIAN", "agency"),
        ("ТАСС", "TASS", "agency"), ("新华社", "Xinhua", "agency"), ("新華社", "Xinhua", "agency"),
        ("共同通信", "Kyodo News", "agency"), ("Anadolu Ajansı", "Anadolu Agency", "agency"),
        ("Українська правда", "Ukrainska Pravda", "online"), ("süddeutsche", "Süddeutsche Zeitung", "newspaper"),
        ("الجزيرة", "Al Jazeera", "broadcaster"), ("ots", "news aktuell", "press_release"),
        ("пресс-служба Кремля", "kremlin.ru", "official"), ("Gazeta  Wyborcza", "Gazeta Wyborcza", "newspaper"),
        ("NHK", "NHK", "broadcaster"), ("読売新聞", "Yomiuri Shimbun", "newspaper"),
    ],
)
def test_forms_lead_to_the_outlet(form: str, name: str, kind: str) -> None:
    found = outlet_by_name(form)
    assert found is not None
    assert (found.name, found.kind) == (name, kind)
    assert outlet_by_name()[" ".join(form.split()).casefold()] is found


def test_language_decides_between_namesakes() -> None:
    assert [outlets_named("NTV", code)[0].country for code in ("de", "ru", "tr")] == ["DE", "RU", "TR"]
    assert [one.country for one in outlets_named("Público", "pt")] == ["PT", "ES"]
    assert [one.country for one in outlets_named("público", "es")] == ["ES", "PT"]
    assert outlets_named("The Evening Ford") == ()


@pytest.mark.parametrize(
    "form", ["Die Zeit", "The Times", "Le Monde", "Focus", "Bild", "20 Minuten", "20 minutos", "Stern", "The Sun", "Time", "Guardian", "Корреспондент"]
)
def test_everyday_words_are_marked(form: str) -> None:
    found = outlet_by_name(form)
    assert found is not None
    assert found.doubts(form.upper())


@pytest.mark.parametrize("form", ["Reuters", "The New York Times", "Bild-Zeitung", "TIME Magazine", "路透社"])
def test_clear_names_are_not_marked(form: str) -> None:
    assert [one.doubts(form) for one in outlets_named(form)] == [False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_clear_form_is_a_function_word(language: str) -> None:
    own = lexicon(language)
    plain = {*own.words("words", "stop"), *own.words("words", "not_names"), *own.words("sources", "titles")}
    assert [form for one in outlets() for form in one.forms if form.casefold() in plain and not one.doubts(form)] == []


@pytest.mark.parametrize("word", ["today", "correspondent", "mirror", "sun", "times", "post", "herald", "journal", "news", "die"])
def test_bare_everyday_words_are_no_outlets(word: str) -> None:
    assert outlets_named(word) == ()


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.reuters.com", "Reuters"), ("REUTERS.COM.", "Reuters"),
        ("uk.reuters.com:443", "Reuters"), ("news.bbc.co.uk", "BBC News"),
        ("cincodias.elpais.com", "Cinco Días"), ("english.elpais.com", "El País"), ("news.sky.com", "Sky News"),
        ("www.cnnturk.com", "CNN Türk"), ("amp.theguardian.com", "The Guardian"),
    ],
)
def test_hosts_lead_to_the_outlet(host: str, name: str) -> None:
    found = outlet_by_domain(host)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("host", ["", ".", "com", "co.uk", "notreuters.com", "reuters.com.evil.example", "sky.com"])
def test_other_hosts_lead_nowhere(host: str) -> None:
    assert outlet_by_domain(host) is None


@given(st.text(max_size=60))
def test_any_text_may_be_looked_up(text: str) -> None:
    assert outlet_by_name(text) is None or outlet_by_name(text) in outlets()
    assert outlet_by_domain(text) is None or outlet_by_domain(text) in outlets()


def test_a_file_of_ones_own_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    head, row = "name,kind,languages,domains,aliases,ambiguous", "The Evening Ford,newspaper,en,ford.example,Reuters|EF,yes"
    path.write_text(f"\ufeff{head}\n{row}\n", "utf-8")
    assert [one.name for one in outlets_named("reuters", extra=path)] == ["The Evening Ford", "Reuters"]
    found = outlet_by_domain("www.ford.example", extra=path)
    assert found is not None
    assert (found.name, found.country, found.doubts("ef")) == ("The Evening Ford", "", True)
    assert [one.name for one in outlets_named("reuters")] == ["Reuters"]


@pytest.mark.parametrize(
    "text", ["", "nom,sorte\nX,newspaper\n", "name,kind\nX,rumour mill\n", "name,kind\n,newspaper\n", "name\nX\n"], ids=range(5)
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"wrong\.csv"):
        outlets(path)


def test_a_missing_or_unreadable_file_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\xff\xfe\x00name")
    for path in (tmp_path / "absent.csv", binary):
        with pytest.raises(SettingsError, match=path.name):
            outlets(path)


def test_outlets_called_by_a_time_are_everyday_words():
    assert all(outlets_named(form)[0].doubts(form) for form in ("24 heures", "20 Minuten", "24 часа", "20 minutos"))
