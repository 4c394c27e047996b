"""Who had it from whom where one to three articles tell a story."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from factories import article, attribution, batch, date, derivation, language, membership, name, passage, quote, sentences
from retold.trace.bygone import without_bygone
from retold.trace.candidates import signals
from retold.trace.centrality import comments, was_there
from retold.trace.citations import wholly
from retold.trace.origins import Roots, in_passing, passes_on
from retold.trace.outside import is_first_hand
from retold.trace.register import is_masthead, make_register, tells_itself
from retold.trace.spellings import as_written
from retold.trace.statement import Statement
from retold.trace.ties import Tie
from retold.trace.told import same_again, says_own, told_elsewhere, told_there
from retold.trace.voices import WEIGHTS


def says(text, words, kind="person", *, content="", at="a", **more):
    start, of = text.index(words), text.index(content) if content else 0
    base = {"article": at, "node": f"external:{words}", "label": words, "kind": kind, "own": False, "credited": False, "entity": "",
            "span": (start, start + len(words)), "content": ((of, of + len(content)),) if content else (), "attribution": ""}
    return Statement(**(base | more))


def known(text, code="en", *more, outlet="Ludmore Gazette", at="a"):
    a = article(text, id=at, outlet=outlet, published="2026-03-10")
    found = batch([a, membership(a), language(a, code), *[passage(a, line) for line in text.splitlines() if line], *sentences(a), *more])
    return a, found, make_register(found)


@pytest.mark.parametrize(("text", "code", "source", "content", "elsewhere"), [
    ("Mayor Ada Lund told the newspaper that the bridge was safe.", "en", "Mayor Ada Lund", "the bridge was safe", True),
    ("Mayor Ada Lund told this newspaper that the bridge was safe.", "en", "Mayor Ada Lund", "the bridge was safe", False),
    ("Bürgermeisterin Ada Lund sagte der Zeitung, die Brücke sei sicher.", "de", "Bürgermeisterin Ada Lund", "die Brücke sei sicher", True),
    ("Bürgermeisterin Ada Lund sagte unserer Zeitung, die Brücke sei sicher.", "de", "Bürgermeisterin Ada Lund", "die Brücke sei sicher", False),
    ("La maire Ada Lund a dit au journal que le pont était sûr.", "fr", "La maire Ada Lund", "que le pont était sûr", True),
    ("Ada Lund gazeteye köprünün sağlam olduğunu söyledi.", "tr", "Ada Lund", "köprünün sağlam olduğunu", True),
    ("元職員は同紙の取材に「橋は危なかった」と話した。", "ja", "元職員", "橋は危なかった", True),
    ("元職員は本紙の取材に「橋は危なかった」と話した。", "ja", "元職員", "橋は危なかった", False),
    ("Ada Lund said that somebody told the newspaper lies.", "en", "Ada Lund", "that somebody told the newspaper lies", False),
])
def test_who_told_another_outlet(text, code, source, content, elsewhere):
    a, _, register = known(text, code)
    row = attribution(a, source, content=content)
    assert told_elsewhere(row, row.source[0], register) is elsewhere


def test_who_told_the_outlet_that_is_named_as_the_source_told_another():
    text = "The Perlin Beacon reports a leak. Ada Lund denied it to “Perlin Beacon”."
    a, _, register = known(text)
    row = attribution(a, "Ada Lund", addressee="“Perlin Beacon”", content="it")
    found = [says(text, "The Perlin Beacon", "outlet", label="Perlin Beacon"), says(text, "Ada Lund", attribution=row.id)]
    assert [s.elsewhere for s in told_there(found, [row], register)] == [False, True]
    assert WEIGHTS["elsewhere"] < -2


def test_the_paper_is_another_where_the_text_names_one():
    text = "De Bode meldt een lek. Wethouder Lund zegt tegen de krant dat het meevalt."
    a, found, register = known(text, "nl")
    assert says_own("de krant", register, "a")
    register = make_register(batch([*found.get(type(a)), language(a, "nl"), passage(a), *sentences(a), name(a, "De Bode", kind="outlet")]))
    assert not says_own("de krant", register, "a")
    assert says_own("deze krant", register, "a")


@pytest.mark.parametrize(("text", "code", "outlet", "recalled"), [
    ("A dam broke.\nLast year the Perlin Courier wrote of cracks at another dam.", "en", "the Perlin Courier", True),
    ("A dam broke, the Perlin Courier reports.\nLast year all was well.", "en", "the Perlin Courier", False),
    ("A dam broke.\nThe Perlin Courier says it was built badly.", "en", "The Perlin Courier", False),
    ("Pękła tama.\nW ubiegłym roku „Goniec Perliński” pisał o pęknięciach innej tamy.", "pl", "Goniec Perliński", True),
    ("ダムが決壊した。\n昨年、北都新報は別のダムのひび割れを報じていた。", "ja", "北都新報", True),
    ("Un barrage a cédé.\nEn 2019, Le Phare parlait de fissures ailleurs.", "fr", "Le Phare", True),
])
def test_a_report_of_another_matter_is_no_source(text, code, outlet, recalled):
    a, _, register = known(text, code)
    more = [date(a, "2019", "2019", grain="year")] if "2019" in text else []
    row = says(text, outlet, "outlet")
    left = without_bygone({"a": [row]}, batch([a, *more]), {"a": "2026-03-10"}, register)
    assert (left == {"a": []}) is recalled
    again = without_bygone({"a": [row], "b": [says(text, outlet, "outlet", at="b")]}, batch([a, *more]), {}, register)
    assert again["a"] == [row]


def edges(target, *sources):
    return tuple(derivation(source, article(id=target)) for source in sources)


def test_a_report_that_an_article_names_first_is_not_named_in_passing():
    text = "The Perlin Courier reports a leak. Ada Lund of the union is angry. So is the Weir Post."
    courier, post, lund = says(text, "The Perlin Courier", "outlet"), says(text, "the Weir Post", "outlet"), says(text, "Ada Lund")
    alone = Roots(edges={"a": edges("a", courier.node, post.node, lund.node)}, behind={})
    stated = {"a": [courier, lund, post]}
    _, _, register = known(text)
    assert not in_passing(courier.node, alone, stated, register)
    assert in_passing(post.node, alone, stated, register)
    with_another = Roots(edges={"a": edges("a", courier.node, article(id="b"))}, behind={})
    assert in_passing(courier.node, with_another, stated, register)


def test_an_agency_that_cites_a_paper_passes_it_on():
    text = "The Alpine Wire says, citing the Perlin Courier, that the dam leaks."
    wire = says(text, "The Alpine Wire", "agency", content="citing the Perlin Courier, that the dam leaks")
    courier = says(text, "the Perlin Courier", "outlet")
    assert passes_on(wire.node, {"a": [wire, courier]})
    assert not passes_on(courier.node, {"a": [wire, courier]})


def test_two_articles_that_name_one_report_share_nothing_that_others_lack():
    zero = dict.fromkeys(("copied", "translated", "claims", "kept", "sequence"), 0.0)
    both = Tie(**({"source": "a", "target": "b", "exclusive": 1.0, "details": 1.0, "innovations": 0, "splits": 0, "order": 1, "wording": 0} | zero))
    found = signals(both, cited="", only_two=True)
    assert (found["exclusive"], found["details"]) == (0.0, 0.0)
    assert signals(both, cited="")["exclusive"] == 1.0
    assert signals(both, cited="")["tongue"] == 1.0
    assert signals(replace(both, abroad=True), cited="")["tongue"] == 0.0


def test_a_listed_agency_is_called_as_articles_call_it():
    row = says("x", "x", "agency", node="external:Deutsche Presse-Agentur", label="Deutsche Presse-Agentur")
    assert as_written({"a": [row]}, ["Lund (dpa) - Ein Schiff sank."])["a"][0].node == "external:dpa"
    assert as_written({"a": [row]}, ["Lund (dpa)", "Die Deutsche Presse-Agentur meldet"])["a"][0].node == row.node
    assert as_written({"a": [row]}, ["Ein Schiff sank."])["a"][0].node == row.node


@pytest.mark.parametrize(("text", "mark", "whole"), [
    ("LUND (dpa) - Ein Schiff sank.", "dpa", True),
    ("By Jo Ward, with dpa\nA ship sank.", "dpa", False),
    ("dpa\nA ship sank.", "dpa", True),
])
def test_a_credit_beside_a_signature_is_not_that_of_the_whole_text(text, mark, whole):
    a, _, _ = known(text)
    names = [name(a, "Jo Ward", kind="person")] if "Jo Ward" in text else []
    register = make_register(batch([a, language(a), passage(a), *sentences(a), *names]))
    start = text.index(mark)
    assert wholly((start, start + len(mark)), register, "a") is whole


@pytest.mark.parametrize(("text", "source", "expected"), [
    ("Climatologist Ada Lund urged caution.", "Climatologist Ada Lund", True),
    ("Ada Lund, who was not involved in the study, praised it.", "Ada Lund, who was not involved in the study", True),
    ("Miner Ada Lund urged caution.", "Miner Ada Lund", False),
    ("L'économiste Ada Lund appelle à la prudence.", "L'économiste Ada Lund", True),
    ("Экономист Ада Лунд призывает к осторожности.", "Экономист Ада Лунд", True),
])
def test_who_only_comments(text, source, expected):
    _, _, register = known(text)
    assert comments("external:x", "a", [says(text, source)], register) is expected


@pytest.mark.parametrize(("text", "source", "content", "there"), [
    ("“I was still watering my hedge,” says Ada Lund.", "Ada Lund", "I was still watering my hedge", False),
    ("“The numbers are bad,” says Ada Lund.", "Ada Lund", "The numbers are bad", False),
    ("Firefighter Ada Lund pulled him out.", "Firefighter Ada Lund", "pulled him out", True),
])
def test_rescuers_were_there(text, source, content, there):
    _, _, register = known(text)
    assert was_there(says(text, source, content=content), register) is there


@pytest.mark.parametrize(("text", "code", "itself"), [
    ("I watched the tent leave the ground.", "en", True),
    ("“I watched it,” said Ada Lund.", "en", False),
    ("De notre envoyée spéciale à Lund", "fr", True),
    ("عددتُ عشرين قاربا عند الرصيف.", "ar", True),
    ("Stojím na hrázi a voda stoupá.", "cs", True),
    ("The tent left the ground.", "en", False),
])
def test_an_article_whose_reporter_was_there_tells_first_hand(text, code, itself):
    more = [quote(article(text), "I watched it,")] if "“" in text else []
    a, found, register = known(text, code, *more)
    assert tells_itself(a, found) is itself
    assert ("a" in register.reportage) is itself


def test_a_reporter_on_the_spot_tells_first_hand_beside_whom_they_quote():
    stated = {"a": [says("Ada Lund", "Ada Lund")]}
    facts = {"voices": {}, "publishers": {"a": "Ludmore Gazette"}, "reporters": frozenset({"Ludmore Gazette"}), "releases": frozenset()}
    assert is_first_hand("a", stated, SimpleNamespace(**facts, reportage=frozenset({"a"})))
    assert not is_first_hand("a", stated, SimpleNamespace(**facts, reportage=frozenset()))


def test_the_same_source_is_the_one_named_last():
    text = "An official of the port said so. A sailor saw it. Um fiscal falou. A mesma fonte confirma."
    first, other = says(text, "An official of the port", "anonymous"), says(text, "A mesma fonte", "anonymous")
    _, _, register = known(text, "pt")
    assert {s.node for s in same_again([other, first], register)} == {first.node}


def test_a_tribunal_is_no_paper():
    assert is_masthead("Weir Herald")
    assert is_masthead("La Tribuna de Lund")
    assert not is_masthead("Tribunal Supremo")
    assert not is_masthead("Herald")
