"""Bodies that are told of by what they did, and what they are called: by their whole names, with their places."""

import re
from types import SimpleNamespace

import pytest

from factories import article, attribution, batch, claim, language, membership, name, passage, sentences
from retold.trace.centrality import part_of
from retold.trace.citations import statements
from retold.trace.documents import all_statements
from retold.trace.homes import body_there
from retold.trace.offices import of_one_place, with_offices
from retold.trace.register import make_register, shorter
from retold.trace.statement import Statement
from retold.trace.ties import weave
from retold.trace.told import same_again
from retold.trace.voices import signals, surroundings


def story(text, *rows, code="en", outlet="Ludmore Post"):
    a = article(text, id="a", outlet=outlet)
    places = [passage(a, line, at=text.index(line)) for line in text.split("\n\n")] if "\n\n" in text else [passage(a)]
    return a, batch([a, membership(a), language(a, code), *places, *sentences(a, *re.split(r"(?<=\.) ", text)), *(make(a) for make in rows)])


def nodes(found):
    return [s.node for s in statements(found, make_register(found))["a"]]


@pytest.mark.parametrize(("code", "text", "node"), [
    ("en", "The authority has suspended all sales of the pump.", "authority"),
    ("de", "Die Staatsanwaltschaft hat ein Verfahren eingeleitet.", "Staatsanwaltschaft"),
    ("fr", "Le parquet d'Orme a ouvert une enquête.", "parquet d'Orme"),
    ("es", "La fiscalía de Olmo abrió una investigación.", "fiscalía de Olmo"),
    ("it", "La procura di Olmo ha aperto un fascicolo.", "procura di Olmo"),
    ("pt", "O ministério suspendeu as licenças.", "ministério"),
    ("nl", "De rechtbank heeft de vergunning vernietigd.", "rechtbank"),
    ("pl", "Prokuratura wszczęła śledztwo.", "Prokuratura"),
    ("cs", "Ministerstvo pozastavilo prodej.", "Ministerstvo"),
    ("ru", "Прокуратура возбудила дело.", "Прокуратура"),
    ("uk", "Прокуратура відкрила провадження.", "Прокуратура"),
    ("tr", "Savcılık soruşturma başlattı.", "Savcılık"),
    ("ar", "فتحت النيابة العامة تحقيقا.", "النيابة"),
])
def test_an_office_that_acts_is_a_source(code, text, node):
    _, found = story(text, code=code)
    assert nodes(found) == [f"external:{node}"]


@pytest.mark.parametrize(("code", "text", "body", "acted"), [
    ("ja", "楡町検察庁は会社を起訴した。", "楡町検察庁", True),
    ("ja", "楡町検察庁に会社を起訴した人がいた。", "楡町検察庁", False),
    ("zh", "榆镇法院判处两人入狱。", "榆镇法院", True),
    ("en", "Elm Regional Court sentenced two men.", "Elm Regional Court", True),
    ("en", "Elm Regional Court is a yellow house.", "Elm Regional Court", False),
    ("en", "Elm Regional Court heard that “they opened the gate”.", "Elm Regional Court", False),
    ("en", "Elm Works Company opened a shop.", "Elm Works Company", False),
    ("en", "In Elm Regional Court two men were charged.", "Elm Regional Court", False),
])
def test_an_act_is_that_of_an_office_which_its_sentence_begins_with(code, text, body, acted):
    _, found = story(text, lambda a: name(a, body, kind="organisation"), code=code)
    assert nodes(found) == ([f"external:{body}"] if acted else [])


def test_who_says_something_in_the_sentence_needs_no_act():
    text = "Elm Regional Court sentenced two men, said Ada Lund."
    _, found = story(text, lambda a: name(a, "Elm Regional Court", kind="organisation"), lambda a: name(a, "Ada Lund"),
                     lambda a: attribution(a, "Ada Lund", "said", "Elm Regional Court sentenced two men", source_kind="person"))
    assert nodes(found) == ["external:Ada Lund"]


def test_an_act_is_the_source_of_the_claims_in_its_sentence_and_does_not_count_by_itself():
    text = "Elm Regional Court sentenced two men."
    _, found = story(text, lambda a: name(a, "Elm Regional Court", kind="organisation"), lambda a: claim(a, "sentenced two men"))
    register, fabric = make_register(found), weave(found)
    stated = statements(found, register)
    (act,) = stated["a"]
    assert signals([act], {}, surroundings(found, fabric, stated))["silent"] == 0.0

    roots = SimpleNamespace(edges={"a": [SimpleNamespace(source=act.node, kind="quotes")]}, behind={"a": frozenset({act.node})})
    assert part_of(act.node, fabric, roots, stated, register, {}).why == ""


@pytest.mark.parametrize(("code", "text", "word", "source", "called"), [
    ("it", "Lo dice l'Ufficio cantonale della salute.", "Ufficio", "l'Ufficio cantonale della salute", "Ufficio cantonale della salute"),
    ("fr", "Personne ne manque, selon le Comité des riverains de Val-Orme.", "Comité", "le Comité", "Comité des riverains de Val-Orme"),
    ("it", "Lo comunica l'Azienda ospedaliera.", "Azienda", "l'Azienda ospedaliera", "Azienda ospedaliera"),
])
def test_a_body_is_called_by_its_whole_name(code, text, word, source, called):
    _, found = story(text, lambda a: name(a, word, kind="organisation"),
                     lambda a: attribution(a, source, text.split()[1], None, source_kind="organisation"), code=code)
    assert set(make_register(found).labels.values()) == {called}


def test_the_name_of_a_person_is_the_usual_one_and_not_the_longest():
    assert shorter("Ada Lunds Mantel", {"Ada Lunds Mantel": 1, "Ada Lund": 3, "Lund": 9}) == "Ada Lund"
    assert shorter("Ada Maria Lund", {"Ada Maria Lund": 2, "Ada Lund": 2}) == ""


def test_an_office_is_called_with_its_place():
    text = "The prosecutors in Elm said so."
    a = article(text)
    assert body_there(name(a, "Elm", kind="place"), (0, 22), text, "en") == "prosecutors in Elm"
    text = "The mayor of Elm said so."
    assert body_there(name(article(text), "Elm", kind="place"), (0, 16), text, "en") == ""


def test_offices_of_one_place_are_one_in_whatever_language():
    _, found = story("Prosecutors in Elm said so.")
    register = make_register(found)
    assert of_one_place({"external:prosecutors in Elm": 1, "external:Elm Prosecutors": 2, "external:Weir Prosecutors": 1}, register) == {
        "external:prosecutors in Elm": "external:Elm Prosecutors", "external:Elm Prosecutors": "external:Elm Prosecutors"}
    both = [Statement(article="a", node=f"external:{label}", label=label, kind="organisation", own=False, credited=False, entity=label, span=(0, 18),
                      content=(), attribution=str(n)) for n, label in enumerate(("Elm Prosecutors", "prosecutors in Elm"))]
    assert len({s.node for s in with_offices({"a": both}, register)["a"]}) == 1


def test_the_official_alone_is_who_was_told_of_before():
    text = "A port official spoke. Ada Lund answered. The official left."
    _, found = story(text)
    first, ada, last = (Statement(article="a", node=f"external:{words}", label=words, kind=kind, own=False, credited=False, entity=entity,
                                  span=(text.index(words), text.index(words) + len(words)), content=(), attribution="")
                        for words, kind, entity in (("A port official", "anonymous", ""), ("Ada Lund", "person", "ada"),
                                                    ("The official", "anonymous", "")))
    register = make_register(found)
    assert [s.node for s in same_again([first, ada, last], register)] == [first.node, ada.node, first.node]
    assert [s.node for s in same_again([ada, last], register)] == [ada.node, ada.node]


def test_the_same_source_is_whoever_was_named_last_where_nobody_unnamed_was():
    text = "The Elm rescue service counted nine, and the same source no dead."
    _, found = story(text)
    service, again = (Statement(article="a", node=f"external:{words}", label=words, kind=kind, own=False, credited=False, entity="",
                                span=(text.index(words), text.index(words) + len(words)), content=(), attribution="")
                      for words, kind in (("The Elm rescue service", "organisation"), ("the same source", "anonymous")))
    assert [s.node for s in same_again([service, again], make_register(found))] == [service.node, service.node]


def test_a_statement_is_of_the_body_that_says_something_right_behind_it():
    text = "Weir Bank says that it waits. In a press release Elm Works says that the dam holds."
    _, found = story(
        text, lambda a: name(a, "Weir Bank", kind="organisation"), lambda a: name(a, "Elm Works", kind="organisation"),
        lambda a: attribution(a, "Weir Bank", "says", "that it waits", source_kind="organisation"),
        lambda a: attribution(a, "a press release", "In", "Elm Works says that the dam holds", source_kind="document"),
        lambda a: attribution(a, "Elm Works", "says", "that the dam holds", source_kind="organisation"))
    stated = all_statements(found, make_register(found))["a"]
    assert [s.node for s in stated if s.span[0] >= text.index("a press release")] == ["external:Elm Works"] * 2
