"""Outlets under translated names, texts that bear an outlet's name at their edges, and people who spoke before their own text was out."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from factories import article, attribution, name, passage
from retold.base.tables import Batch
from retold.trace.affiliations import belongs
from retold.trace.citations import beside_own, masked
from retold.trace.mastheads import borne
from retold.trace.meant import spoken_before
from retold.trace.publishers import nameless, same_publisher
from retold.trace.register import agreed_kinds, make_register
from retold.trace.releases import releases_of
from retold.trace.statement import Statement
from retold.trace.titles import romanised_kind, same_title


def statement(node, kind="organisation", at="b", label=""):
    return Statement(article=at, node=node, label=label or node.removeprefix("external:"), kind=kind, own=False, credited=False, entity="",
                     span=(0, 1), content=(), attribution="")


@pytest.mark.parametrize(("one", "other", "same"), [
    ("港口信使报", "Harbour Courier", True), ("Вечерний маяк", "Le Phare du soir", True), ("صحيفة صدى الجبل", "Eco della Montagna", True),
    ("Hlas severu", "The Voice of the North", True), ("De Dijkbode", "堤坝信使报", True), ("Havenbode", "Morgenpost", False),
    ("西岸商报", "The West Bank Business News", True), ("东京回声", "Tokyo Echo", True), ("大阪回声", "Tokyo Echo", False),
])
def test_the_name_of_an_outlet_is_known_in_translation(one, other, same):
    assert same_title(one, other) is same_title(other, one) is same


@pytest.mark.parametrize("name", ["Leuchtturm", "Le Phare", "El Faro", "Il Faro", "O Farol", "De Vuurtoren", "Latarnia", "Maják", "Маяк", "Fener", "المنارة",
                                  "灯塔", "灯台"])
def test_a_word_of_outlets_is_there_in_every_language(name):
    assert same_title(name, "The Lighthouse")


def test_a_paper_is_known_by_its_word_for_a_paper_where_its_characters_are_read_in_a_way_nobody_lists():
    assert romanised_kind("Kamisato Nippo", "上里日報") and not romanised_kind("Kamisato Nippo", "上里新聞")


def test_cases_of_short_words_and_of_arabic_change_no_outlet():
    assert same_publisher("Severnímu listu", "Severní list") and not same_publisher("Severní list", "Severní hlas")
    assert nameless("للصحيفة الهولندية") and not nameless("لصحيفة الميناء")


def test_a_body_in_the_marks_of_a_paper_is_one():
    text = article("据《东方在线》报道，工厂关闭。", id="a")
    row = replace(name(text, "东方在线"), kind="organisation")
    assert [n.kind for n in agreed_kinds([row], {"a": text}, {"a": "zh"})] == ["outlet"]


def test_a_text_is_that_of_the_outlet_whose_name_stands_at_its_head_and_that_others_name():
    text = article("Mill shut\nThe Lantern: news from the coast\nBy our newsroom\n\nThe mill is shut. It was old.", id="a")
    named = {"Die Laterne": [statement("external:Die Laterne", "outlet")]}
    register = make_register(Batch([text, passage(text, "Mill shut", kind="headline")]))
    assert borne(named, ["a"], set(), register) == {"a": "The Lantern"}
    assert borne({"Die Laterne": [statement("external:Die Laterne", "outlet", at="a")]}, ["a"], set(), register) == {}
    assert borne({"Die Welle": [statement("external:Die Welle", "outlet")]}, ["a"], set(), register) == {}


def test_who_credits_an_outlet_at_the_foot_is_not_it():
    text = article("Mühle zu\n\nDie Mühle ist zu. Sie war alt.\n\nQuelle: Die Laterne", id="a", language="de")
    register = make_register(Batch([text, passage(text, "Mühle zu", kind="headline")]))
    register = replace(register, languages={"a": "de"})
    assert borne({"The Lantern": [statement("external:The Lantern", "outlet")]}, ["a"], set(), register) == {}


def test_who_brings_something_out_later_spoke_before():
    fabric = SimpleNamespace(published={"a": "2026-05-03T09:00Z", "b": "2026-05-02T09:00Z", "c": "2026-05-04T09:00Z"})
    register = SimpleNamespace(releases={"a"}, voices={}, publishers={"a": "Lower Mill"}, bodies={})
    rows = {x: [statement("a", "person", at=x, label="Ada Roth")] for x in "bc"}
    found = spoken_before(rows, fabric, register)
    assert [found[x][0].node for x in "bc"] == ["external:Lower Mill", "a"]
    outlet = {"b": [statement("a", "outlet")]}
    assert spoken_before(outlet, fabric, register)["b"][0].node == "a"


def test_a_news_service_is_no_body_that_speaks_for_itself():
    texts = {"a": article("The mill is shut.", id="a", outlet="Harbour News Service"),
             "b": article("The mill is shut.", id="b", outlet="Harbour Pilot Service")}
    assert releases_of(texts, dict.fromkeys(texts, "en")) == {"b"}


def test_a_place_behind_an_adjective_only_says_where_a_body_is():
    text = article("il Soccorso alpino della Val Roda conferma", id="a")
    assert belongs(name(text, "Val Roda"), text.text)


@pytest.mark.parametrize(("language", "text", "source", "cue", "own"), [
    ("zh", "东峰公司13日向本报表示，工厂没有关闭。", "东峰公司", "表示", True),
    ("ja", "東峰電材は取材に「調査中だ」と答えた。", "東峰電材", "と答えた", True),
    ("ja", "東峰電材は会見で「調査中だ」と述べた。", "東峰電材", "と述べた", False),
    ("tr", "Gazetemize konuşan bir yönetici, fabrikanın kapandığını söyledi.", "bir yönetici", "söyledi", True),
    ("tr", "Gazetelere konuşan bir yönetici, fabrikanın kapandığını söyledi.", "bir yönetici", "söyledi", False),
])
def test_who_is_asked_by_the_paper_itself_spoke_to_it(language, text, source, cue, own):
    told = article(text, id="a")
    row = attribution(told, source, cue, "", source_kind="person")
    register = replace(make_register(Batch([told])), languages={"a": language})
    assert beside_own(row, register) is own


@pytest.mark.parametrize(("language", "text", "source", "unnamed"), [
    ("tr", "Adının açıklanmasını istemeyen bir yönetici, fabrikanın kapandığını söyledi.", "bir yönetici", True),
    ("tr", "Yeni atanan bir yönetici, fabrikanın kapandığını söyledi.", "bir yönetici", False),
])
def test_who_asks_not_to_be_named_right_before_the_description_is_somebody_unnamed(language, text, source, unnamed):
    told = article(text, id="a")
    row = attribution(told, source, "söyledi", "", source_kind="person")
    register = replace(make_register(Batch([told])), languages={"a": language})
    assert masked(row, register) is unnamed
