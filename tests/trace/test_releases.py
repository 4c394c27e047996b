"""Articles that a body brought out itself, when an article was published, and what the articles of a story say a name is."""

import pytest

from factories import article, batch, date, language, name, passage
from retold.trace.outside import is_first_hand
from retold.trace.register import agreed_kinds, bylined, make_register, signatures
from retold.trace.releases import is_body, is_release, releases_of
from retold.trace.times import publication

BODY = "The mill stands still.\nNobody was hurt.\nThe gauge fell.\n"


@pytest.mark.parametrize(("text", "is_one"), [
    ("PRESSEMITTEILUNG 12/2026\n" + BODY, True),
    ("Comunicato stampa\n" + BODY, True),
    ("Пресс-релиз\n" + BODY, True),
    ("ニュースリリース\n" + BODY, True),
    ("The mill\n" + BODY + "Persvragen: pers@molen.example", True),
    ("The mill\n" + BODY + "Kontakt pro média: Jan Lund, tiskový mluvčí", True),
    ("The mill\n" + BODY + "媒体联系：陈先生", True),
    ("The mill\n" + BODY + "Contact the newsroom: tips@paper.example", False),
    ("A press release says that the mill stands still.\n" + BODY, False),
    ("The mill\n" + BODY + "The press office did not answer.", False),
])
def test_a_release_is_told_by_its_form(text, is_one):
    assert is_release(text) is is_one


def test_no_paper_or_agency_brings_out_a_release_of_its_own():
    text = "Press release\n" + BODY
    rows = {"a": article(text, id="a", outlet="Lund Mill"), "b": article(text, id="b", outlet="Lund News Agency"),
            "c": article(text, id="c")}
    assert releases_of(rows, dict.fromkeys("abc", "en")) == {"a"}


@pytest.mark.parametrize(("outlet", "language"), [
    ("Fen News Service", "en"), ("Haber Merkezi", "tr"), ("Служба новостей Фена", "ru"), ("フェン・ニュースセンター", "ja"), ("Centro Noticias Fen", "es"),
])
def test_who_is_called_one_for_news_reports_for_others(outlet, language):
    assert releases_of({"a": article(BODY, id="a", outlet=outlet)}, {"a": language}) == frozenset()


@pytest.mark.parametrize(("outlet", "language", "body"), [
    ("Perlin Harbour Authority", "en", True),
    ("Bomberos de Perlina", "es", True),
    ("Landesprüfamt für Spielzeug", "de", True),
    ("Lundwerk Papier AG", "de", True),
    ("柏崎市消防本部", "ja", True),
    ("Perlin Times", "en", False),
    ("Clinic & Theatre", "en", False),
    ("Oberwälder Bote", "de", False),
])
def test_a_body_is_known_by_its_name(outlet, language, body):
    assert is_body(outlet, language) is body


def test_what_a_body_brings_out_is_its_own_and_what_an_agency_does_is_not():
    rows = {"a": article(BODY, id="a", outlet="Perlin Harbour Authority"), "b": article(BODY, id="b", outlet="Perlin News Agency")}
    assert releases_of(rows, dict.fromkeys("ab", "en")) == {"a"}
    assert not releases_of(rows, dict.fromkeys("ab", "en"), frozenset("a"))


def test_who_signs_above_a_text_is_known():
    told = article("By Ada Lund\nThe mill stands still, Bo Ek said.")
    lines = [passage(told, "By Ada Lund", kind="byline"), passage(told, "The mill stands still, Bo Ek said.")]
    assert bylined(batch(told, *lines, name(told, "Ada Lund"))) == {"a"}
    assert not bylined(batch(told, *lines, name(told, "Bo Ek")))


def test_a_release_tells_first_hand_and_its_publisher_is_a_body():
    text = "Press release\n\nLund Mill stands still.\nIts owner Ada Lund is sorry."
    told = article(text, id="a", outlet="Lund Mill")
    found = make_register(batch(told, language(told), passage(told), name(told, "Lund Mill", kind="outlet", entity="m")))
    assert found.releases == {"a"} and [n.kind for n in found.names["a"]] == ["organisation"]
    assert is_first_hand("a", {"a": []}, found)


def test_the_day_that_a_page_prints_is_believed():
    head = "Mill stands still\n\nBy Ada Lund | 12 October 2026\n\n"
    told = article(head + "It fell on 3 May 2026.", published="2026-10-02T09:00:00+01:00")
    lines = [passage(told, "Mill stands still", kind="headline"), passage(told, "By Ada Lund | 12 October 2026", kind="byline"),
             passage(told, "It fell on 3 May 2026.", kind="paragraph")]
    printed, event = date(told, "12 October 2026", "2026-10-12", grain="day"), date(told, "3 May 2026", "2026-05-03", grain="day")
    assert publication(batch(told, *lines, printed, event)) == {"a": "2026-10-12"}
    assert publication(batch(told, *lines, event)) == {"a": "2026-10-02T09:00:00+01:00"}


def test_one_article_does_not_make_a_paper_of_a_witness_or_a_witness_of_a_paper():
    texts = {"a": article("the courier Jan Pyrek saw it", id="a"), "b": article("Jan Pyrek said so", id="b"),
             "c": article("Jan Pyrek left", id="c")}
    names = [name(texts["a"], "Jan Pyrek", kind="outlet", entity="j"), *(name(texts[x], "Jan Pyrek", entity="j") for x in "bc")]
    assert {n.kind for n in agreed_kinds(names, texts, dict.fromkeys(texts, "en"))} == {"person"}
    papers = {"a": article("the newspaper Jornal da Ria said", id="a"), "b": article("Jornal da Ria asked", id="b")}
    rows = [name(papers[x], "Jornal da Ria", entity="r") for x in "ab"]
    assert {n.kind for n in agreed_kinds(rows, papers, dict.fromkeys(papers, "en"))} == {"outlet"}


def test_nobody_signs_in_a_sentence():
    assert signatures("By Ada Lund\nOn Sunday The Post had them in talks.\n" + BODY * 20 + "Jo Ward") == ["By Ada Lund", "Jo Ward"]
