"""Sources outside the collection: for whom people speak, who is only described, and by what marks outlets are known."""

import pytest

from factories import article, attribution, batch, language, membership, name, passage, sentences
from retold.trace.affiliations import affiliations, governed
from retold.trace.citations import statements
from retold.trace.namings import at_large
from retold.trace.offices import abroad, countries_of
from retold.trace.ownmarks import abbreviates, own_marks, written_at
from retold.trace.publishers import same_publisher
from retold.trace.register import make_register
from retold.trace.unnamed import describes_somebody, description


def told(text, *rows, code="en", outlet="Ludmore Post", **others):
    a = article(text, id="a", outlet=outlet)
    more = [article(t, id=key, outlet=o) for key, (o, t) in others.items()]
    each = [[membership(x), language(x, code), passage(x), *sentences(x, x.text)] for x in (a, *more)]
    return a, batch([a, *more, *(row for found in each for row in found), *(make(a) for make in rows)])


@pytest.mark.parametrize(("text", "body", "speaks"), [
    ("Weir Harbour owes two million to Elm Bank. “We will pay,” said its spokeswoman, Ada Lund.", "Elm Bank", False),
    ("Elm Bank waits for two million. “They will pay,” said its spokeswoman, Ada Lund.", "Elm Bank", True),
    ("El club debe dos millones a Banco Olmo. «Pagaremos», dijo su portavoz, Ada Lund.", "Banco Olmo", True),
    ("El club tiene deudas con Banco Olmo. «Pagaremos», dijo su portavoz, Ada Lund.", "Banco Olmo", False),
    ("Klub dluží peníze, jednal s Olmo Bankou. „Zaplatíme,“ řekla mluvčí Ada Lund.", "Olmo Bankou", False),
])
def test_nobody_speaks_for_a_body_that_hangs_on_a_preposition(text, body, speaks):
    a = article(text, id="a")
    rows = (name(a, body, kind="organisation"), name(a, "Ada Lund", kind="person"))
    assert affiliations({"a": a}, {"a": rows}, frozenset()) == ({rows[1].entity: rows[0].entity} if speaks else {})


def test_a_japanese_particle_tells_what_is_no_subject():
    a = article("消費者庁に報告した。消費者庁は調べる。", id="a")
    assert governed(name(a, "消費者庁", kind="organisation"), a.text)
    assert not governed(name(a, "消費者庁", kind="organisation", nth=1), a.text)


@pytest.mark.parametrize("text", [
    "Ada Lund has on Monday dismissed her own minister for Elm Works.",
    "Written by: Ada Lund\nThe head of the group Elm Works said so.",
])
def test_a_role_far_behind_a_name_or_on_another_line_is_another_ones(text):
    a = article(text, id="a")
    rows = (name(a, "Ada Lund", kind="person"), name(a, "Elm Works", kind="organisation"))
    assert affiliations({"a": a}, {"a": rows}, frozenset()) == {}


def test_a_minister_does_not_speak_for_what_the_ministry_is_for_nor_anybody_for_an_outlet_in_another_case():
    a = article("Energy Minister Ada Lund said so.", id="a")
    rows = (name(a, "Energy", kind="organisation"), name(a, "Ada Lund", kind="person"))
    assert affiliations({"a": a}, {"a": rows}, frozenset(), languages={"a": "en"}) == {}
    a = article("„Zaplatíme,“ řekl Lesnímu zpravodaji ředitel Jan Hora.", id="a", outlet="Lesní zpravodaj")
    rows = (name(a, "Lesnímu", kind="organisation"), name(a, "Jan Hora", kind="person"))
    assert affiliations({"a": a}, {"a": rows}, frozenset(), languages={"a": "cs"}) == {}


def test_two_bodies_with_as_much_for_them_are_neither():
    texts = {"a": "Elm Bank waits. “We know,” said spokeswoman Ada Lund.", "b": "Weir Bank waits. “We know,” said spokeswoman Ada Lund."}
    articles = {key: article(text, id=key) for key, text in texts.items()}
    rows = {key: (name(a, a.text[:a.text.index(" waits")], kind="organisation", entity=key), name(a, "Ada Lund", kind="person", entity="ada"))
            for key, a in articles.items()}
    assert affiliations(articles, rows, frozenset()) == {}


def test_a_minister_of_one_country_is_not_the_ministry_of_another():
    _a, found = told("Turkish energy minister Ada Lund said so.", lambda a: name(a, "Ada Lund", kind="person", entity="ada"))
    register = make_register(found)
    assert countries_of(register)["ada"] == {"TR"}
    assert abroad({"TR"}, "external:German Ministry of Energy", "energy", register)
    assert abroad({"TR"}, "external:Ministry of Energy", "energy", register)
    assert not abroad({"TR"}, "external:the Turkish Ministry of Energy", "energy", register)
    assert not abroad({"TR"}, "external:Police", "police", register)
    assert not abroad((), "external:Ministry of Energy", "energy", register)


@pytest.mark.parametrize(("code", "source", "inside", "kind", "expected"), [
    ("en", "A worker at Elm Works, reached by phone", "Elm Works", "person", True),
    ("en", "A spokesman for Elm Works", "Elm Works", "person", False),
    ("en", "a farmer, Ada Lund", "Ada Lund", "person", False),
    ("fr", "un ancien gardien du Musée Orme", "Musée Orme", "organisation", True),
    ("fr", "un communiqué du Musée Orme", "Musée Orme", "organisation", False),
    ("it", "un'operaia di Officine Olmo", "Officine Olmo", "person", True),
    ("de", "Eine Kundin aus Elmau", "Elmau", "person", True),
    ("pl", "Pracownica z Elmowa", "Elmowa", "person", True),
    ("ja", "楡町で食堂を営む60代の男性", "楡町", "person", True),
    ("ja", "楡町の小沢真理町長", "小沢真理", "person", False),
    ("zh", "一名住在榆镇的居民", "榆镇", "person", True),
])
def test_who_is_described_is_not_who_is_named_in_the_description(code, source, inside, kind, expected):
    a = article(f"“No,” said {source}.", id="a")
    row = attribution(a, source, "said", "No", source_kind=kind, kind="direct")
    assert describes_somebody(row, row.source[0], a.text, [name(a, inside)], code) is expected


def test_somebody_who_is_described_is_called_by_the_description():
    assert description("楡町で食堂を営む60代の男性") == "60代の男性"
    _a, found = told(
        "“No,” a worker at Elm Works told the Ludmore Post.", lambda a: name(a, "Elm Works", kind="organisation"),
        lambda a: name(a, "Ludmore Post", kind="outlet"),
        lambda a: attribution(a, "a worker at Elm Works", "told", "No", source_kind="person", kind="direct"))
    register = make_register(found)
    (made,) = statements(found, register)["a"]
    assert (made.node, made.kind, made.entity) == ("external:a worker at Elm Works", "person", "")


@pytest.mark.parametrize(("mark", "outlet", "expected"), [
    ("noa", "Nordost-Agentur", True), ("mpd", "Mittelland-Presse-Dienst", True), ("NOA", "Westkurier", False), ("dpa", "Die Presse am Abend", False),
])
def test_marks_that_are_short_for_an_outlet(mark, outlet, expected):
    assert abbreviates(mark, outlet) is expected


def test_an_outlet_signs_with_its_mark_and_is_known_by_it():
    _own, found = told(
        "The agency NOA says that the dam leaks.", lambda a: name(a, "NOA", kind="outlet"),
        lambda a: attribution(a, "The agency NOA", "says", "the dam leaks", source_kind="outlet", outlet="NOA"),
        b=("Nordost-Agentur", "Elmau (NOA) - The dam leaks."))
    register = make_register(found)
    assert register.marks == {"b": "NOA"}
    assert [s.node for s in statements(found, register)["a"]] == ["b"]
    signed, found = told("Elmau (NOA) - The dam leaks.", lambda a: attribution(a, "NOA", "(NOA)", None, source_kind="agency", kind="credit"),
                         outlet="Nordost-Agentur")
    assert own_marks({"a": signed}) == {"a": "NOA"}
    assert statements(found, make_register(found))["a"] == []


def test_an_outlet_is_found_by_its_name_in_another_case():
    outlets = {"a": "Rádio Lhota", "b": "Elmský věstník"}
    assert list(written_at("slyšel v Rádiu Lhota", 9, outlets)) == ["a"]
    assert list(written_at("podle Elmského věstníku z úterý", 6, outlets)) == ["b"]
    assert list(written_at("podle Elmského kraje", 6, outlets)) == []
    assert same_publisher("ČTS", "ČTS") and not same_publisher("Radio Elm", "Radar Elm")


def test_media_at_large_are_no_outlet():
    text = "Dünya basını haberi yazdı. Dünya haberi yazdı."
    a = article(text)
    assert at_large(name(a, "Dünya", kind="outlet"), text)
    assert not at_large(name(a, "Dünya", kind="outlet", nth=1), text)
