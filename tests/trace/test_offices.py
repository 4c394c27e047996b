"""Bodies that are told by what they are, who speaks for them, and who was there."""

from dataclasses import replace

import pytest

from factories import article, attribution, batch, language, membership, name, passage, sentences
from retold.base.records import Article
from retold.trace.affiliations import affiliations, belongs
from retold.trace.centrality import Part, in_charge, was_there
from retold.trace.citations import fullest, ranks, statements, titled
from retold.trace.merges import Merges, called_alike
from retold.trace.offices import is_bare, office, office_beside
from retold.trace.publishers import nameless, same_outlet
from retold.trace.register import agreed_kinds, make_register, usual_labels
from retold.trace.spellings import begun, one_name_each
from retold.trace.statement import Statement


@pytest.mark.parametrize(("words", "code", "key"), [
    ("the police", "en", "police"), ("die Polizei", "de", "police"), ("la police", "fr", "police"), ("la Guardia Civil", "es", "police"),
    ("la questura", "it", "police"), ("a GNR", "pt", "police"), ("de politie", "nl", "police"), ("policja", "pl", "police"),
    ("policie", "cs", "police"), ("полиция", "ru", "police"), ("поліція", "uk", "police"), ("emniyet", "tr", "police"), ("الشرطة", "ar", "police"),
    ("警方", "zh", "police"), ("警察", "ja", "police"), ("prosecutor", "en", "prosecutor"), ("Staatsanwältin", "de", "prosecutor"),
    ("прокурор", "ru", "prosecutor"), ("prokuratura", "pl", "prosecutor"), ("检察院", "zh", "prosecutor"), ("pompiers", "fr", "fire_service"),
    ("itfaiye", "tr", "fire_service"), ("消防", "ja", "fire_service"), ("der Zoll", "de", "customs"), ("таможня", "ru", "customs"),
    ("税関", "ja", "customs"), ("Marinesprecherin", "de", "navy"), ("the navy", "en", "navy"), ("la Marina Militare", "it", "navy"), ("ВМС", "ru", "navy"),
    ("海軍", "ja", "navy"), ("die Bundeswehr", "de", "army"), ("el Ejército", "es", "army"), ("الجيش", "ar", "army"), ("the factory", "en", ""), ("die Firma", "de", ""),
])
def test_an_office_is_one_in_all_languages(words, code, key):
    assert office(words, code) == key


@pytest.mark.parametrize(("words", "code", "bare"), [
    ("la polizia", "it", True), ("the Danish customs service", "en", True), ("Polizei Querfeld", "de", False), ("الشرطة", "ar", True),
    ("警方", "zh", True), ("山海市公安局交警支队", "zh", False), ("ministero dell'Agricoltura", "it", True), ("straż pożarna w Bronowie", "pl", False),
])
def test_what_says_no_more_than_what_office_it_is(words, code, bare):
    assert is_bare(words, code) is bare


@pytest.mark.parametrize(("text", "code", "key"), [
    ("It was hidden, said customs spokeswoman Ada Lund.", "en", "customs"), ("Das sagte Zollsprecherin Ada Lund.", "de", "customs"),
    ("Ada Lund, a spokeswoman for the fire service, said so.", "en", "fire_service"), ("Tak mówi prokurator Ada Lund.", "pl", "prosecutor"),
    ("Police had asked for it, said the baker Ada Lund.", "en", ""), ("Ada Lund, a farmer, called the police.", "en", ""),
])
def test_who_speaks_for_an_office_by_the_words_beside_the_name(text, code, key):
    a = article(text)
    assert office_beside(name(a, "Ada Lund", kind="person"), text, code) == key


def tell(*posts):
    """Trace articles: (id, language, text, [words that are a source])."""
    found, made = batch(), []
    for key, code, text, sources in posts:
        a = article(text, id=key, published="2026-03-01T08:00+00:00", outlet=f"{key.title()} Post", language=code)
        made.append(a)
        found.add([a, membership(a), language(a, code), passage(a), *sentences(a, *[f"{x.strip()}." for x in text.split(".") if x.strip()])])
        for source, kind, content in sources:
            found.add([attribution(a, source, content=content, source_kind=kind)])
    return found


def test_the_police_of_one_language_are_those_of_another():
    found = tell(
        ("north", "en", "The weir broke at night, the police said.", [("the police", "organisation", "The weir broke at night")]),
        ("south", "de", "Das Wehr brach nachts, sagte die Polizei.", [("die Polizei", "organisation", "Das Wehr brach nachts")]))
    stated = statements(found, make_register(found))
    nodes = {s.node for rows in stated.values() for s in rows}
    assert len(nodes) == 1


def test_an_office_is_the_one_body_of_its_kind_that_has_a_name():
    found = tell(
        ("north", "en", "The weir broke, Tarnow Police said.", [("Tarnow Police", "organisation", "The weir broke")]),
        ("south", "en", "The weir broke, the police said.", [("the police", "organisation", "The weir broke")]),
        ("east", "en", "Elm Police Department said a barn fell.", []))
    stated = statements(found, make_register(found))
    assert {s.node for rows in stated.values() for s in rows} == {"external:Tarnow Police"}


def statement(node, kind="outlet", at="a"):
    return Statement(article=at, node=f"external:{node}", label=node, kind=kind, own=False, credited=False, entity="", span=(0, 1), content=(),
                     attribution="")


def test_a_court_is_not_whom_its_ruling_is_against():
    done = tell(("one", "en", "The court asked for pumps. It was late.", [("The court", "organisation", "asked for pumps")]),
                ("two", "en", "The ruling of the court in Arn against Weir Cement asked for pumps. It was late.",
                 [("The ruling of the court in Arn against Weir Cement", "organisation", "asked for pumps")]))
    done.add(name(a, "Weir Cement", kind="organisation") for a in done.get(Article) if a.id == "two")
    found = statements(done, make_register(done))
    assert [s.node for s in found["one"]] == ["external:The court"]


def test_the_town_of_a_court_is_not_the_paper_of_the_town():
    done = tell(("arnhaven", "en", "The weir may stay. It was late.", []),
                ("two", "en", "The weir may stay, the court in Arnhaven ruled.", [("the court in Arnhaven", "organisation", "The weir may stay")]))
    done.add(name(a, "Arnhaven", kind="place") for a in done.get(Article) if a.id == "two")
    assert "arnhaven" not in [s.node for s in statements(done, make_register(done))["two"]]


def test_an_agency_is_known_by_its_initials_behind_what_it_is_called():
    text = "The weir broke, the Tarnish agency TRN reports."
    done = tell(("two", "en", text, [("the Tarnish agency", "organisation", "The weir broke")]))
    a = article("The weir broke. It was late.", id="one", published="2026-03-01T07:00+00:00", outlet="Tarn River Newswire")
    done.add([a, membership(a), language(a, "en"), passage(a)])
    two = next(a for a in done.get(Article) if a.id == "two")
    done.add(name(two, words, kind="organisation", entity="trn", label="TRN") for words in ("the Tarnish agency", "TRN"))
    assert [s.node for s in statements(done, make_register(done))["two"]] == ["one"]


def test_an_outlet_is_called_by_the_beginning_of_its_name():
    assert begun("El Faro", {"external:El Faro de Soria", "external:La Hoz"}) == "external:El Faro de Soria"
    assert begun("El Faro", {"external:El Faro de Soria", "external:El Faro de Vera"}) == ""
    assert begun("The Times", {"external:The Harbour Times"}) == ""


def test_an_outlet_is_called_as_most_articles_call_it():
    names = [("a", "صحيفة غازيتا دو تيجو"), ("b", "Gazeta do Tejo"), ("c", "Gazeta do Tejo")]
    found = one_name_each({at: [statement(node, at=at)] for at, node in names})
    assert {s.node for rows in found.values() for s in rows} == {"external:Gazeta do Tejo"}


def test_names_of_outlets_are_heard_from_end_to_end():
    assert same_outlet("لو ريفاي دو جورا", "Le Réveil du Jura")
    assert not same_outlet("لو ريفاي دو جورا", "Le Courrier du Jura")
    assert same_outlet("ノヴィ・グラス", "Novi glas")


def test_what_says_only_of_what_country_a_paper_is_names_none():
    assert nameless("the Danish newspaper")
    assert nameless("الصحيفة الفرنسية")
    assert not nameless("The Irish Times")


@pytest.mark.parametrize(("text", "code", "source", "content", "there"), [
    ("A worker at the mill said the gate was open.", "en", "A worker at the mill", "the gate was open", True),
    ("“I heard two bangs and ran,” said Ada Lund.", "en", "Ada Lund", "I heard two bangs and ran", True),
    ("“Ich habe es krachen gehört”, sagt Anwohnerin Ada Lund.", "de", "Ada Lund", "Ich habe es krachen gehört", True),
    ("«Слышу впервые», — говорит экономист Ада Лунд.", "ru", "Ада Лунд", "Слышу впервые", False),
    ("“We heard the report,” said Ada Lund, director of the mill.", "en", "Ada Lund", "We heard the report", False),
    ("作業員は「水が出なかった」と話した。", "ja", "作業員", "水が出なかった", True),
])
def test_who_was_there(text, code, source, content, there):
    a = article(text, language=code)
    names = [name(a, source, kind="person")] if source[-4:].casefold() in ("lund", "лунд") else []
    found = batch([a, membership(a), language(a, code), passage(a), *sentences(a, text), *names])
    at, of = text.index(source), text.index(content)
    row = Statement(article=a.id, node=f"external:{source}", label=source, kind="person", own=False, credited=False,
                    entity=names[0].entity if names else "", span=(at, at + len(source)), content=((of, of + len(content)),), attribution="")
    assert was_there(row, make_register(found)) is there


def test_who_was_there_counts_though_nobody_else_names_them():
    assert "was there" in Part(articles=9, there=True, often=1, share=0.3).why
    assert not Part(articles=9, often=1, share=0.3).why


@pytest.mark.parametrize(("text", "code", "source", "charge"), [
    ('"Nobody was in the mill", said hospital director Ada Lund.', "en", "Ada Lund", True),
    ("Das teilte die Datenschutzaufsicht mit.", "de", "die Datenschutzaufsicht", True),
    ("Le syndicat réclame des masques.", "fr", "Le syndicat", True),
    ("The Dutch Data Council opened an inquiry.", "en", "The Dutch Data Council", True),
    ("The city council welcomed it.", "en", "The city council", False),
    ('"A fine result", said the choir leader Ada Lund.', "en", "Ada Lund", False),
])
def test_what_is_a_body_that_deals_with_such_matters(text, code, source, charge):
    a = article(text, language=code)
    names = [name(a, source, kind="person")] if source == "Ada Lund" else []
    at = text.index(source)
    row = Statement(article=a.id, node=f"external:{source}", label=source, kind="person" if names else "organisation", own=False, credited=False,
                    entity=names[0].entity if names else "", span=(at, at + len(source)), content=(), attribution="")
    known = make_register(batch([a, membership(a), language(a, code), passage(a), *sentences(a, text), *names]))
    assert in_charge(row, known) is charge


def test_a_place_that_tells_where_a_firm_is_is_no_body_that_somebody_speaks_for():
    text = "They work for Kelm-Bau z Brzozowa, jej rzeczniczka Ada Lund said so."
    a = article(text, id="a")
    rows = (name(a, "Brzozowa", kind="organisation"), name(a, "Ada Lund", kind="person"))
    assert belongs(rows[0], text)
    assert affiliations({"a": a}, {"a": rows}, frozenset()) == {}


@pytest.mark.parametrize("text", [
    "The Harbour Board met. Nothing floats, says Ada Lund.\n\nThe spokesman of the yard was out.",
    "The Harbour Board met. Nothing floats, says Ada Lund. Its spokesman was out.",
    "They brought back the KT-450. Nothing floats, says spokeswoman Ada Lund.",
])
def test_nobody_speaks_for_a_body_by_the_next_sentence_nor_for_a_model(text):
    a = article(text, id="a")
    body = "KT-450" if "KT-450" in text else "Harbour Board"
    rows = (name(a, body, kind="organisation"), name(a, "Ada Lund", kind="person"))
    assert affiliations({"a": a}, {"a": rows}, frozenset()) == {}
    said = article("The Harbour Board met. Nothing floats, says Ada Lund, its spokeswoman.", id="a")
    rows = (name(said, "Harbour Board", kind="organisation"), name(said, "Ada Lund", kind="person"))
    assert affiliations({"a": said}, {"a": rows}, frozenset()) == {rows[1].entity: rows[0].entity}


def test_a_thing_that_is_called_a_paper_is_one():
    for text, kind in (("河口晚报", "outlet"), ("the Lower Evening News", "outlet"), ("Evening Primrose", "thing")):
        a = article(f"{text}.", id="a", language="en")
        assert [n.kind for n in agreed_kinds([name(a, text, kind="thing")], {"a": a}, {"a": "en"})] == [kind]


def test_what_follows_a_name_says_what_body_it_is():
    a = article("河口县应急管理局发布消息。", id="a", language="zh")
    place = name(a, "河口", kind="organisation")
    assert fullest("河口", place, (0, 8), "河口县应急管理局") == "河口县应急管理局"
    assert fullest("河口", place, (0, 4), "河口居民") == "河口"


def test_a_person_is_called_by_the_whole_name_where_words_are_not_spaced():
    a = article("小野さんは話した。小野真紀さんは店を開けた。", id="a", language="ja")
    rows = [replace(name(a, text, kind="person"), entity="e", label="小野") for text in ("小野", "小野真紀")]
    assert usual_labels({"a": rows}) == {"e": "小野真紀"}


def test_a_body_is_called_by_its_whole_name_where_words_are_not_spaced():
    a = article("白山电缆公司说没有事。白山说。", id="a", language="zh")
    rows = [replace(name(a, text, kind="organisation"), entity="e", label="白山") for text in ("白山电缆公司", "白山")]
    assert usual_labels({"a": rows}) == {"e": "白山电缆公司"}


def test_a_body_is_called_in_the_letters_of_most_articles():
    texts = {"a": "Brzeg Hospital", "b": "Brzeg Hospital", "c": "the Brzeg Hospital", "d": "лікарні Бжега"}
    names = {key: [replace(name(article(text, id=key), text, kind="organisation"), entity="e", label="лікарні Бжега")] for key, text in texts.items()}
    assert usual_labels(names) == {"e": "the Brzeg Hospital"}
    assert usual_labels({key: names[key] for key in ("c", "d")}) == {}


def test_who_speaks_for_an_office_leads_to_the_one_body_that_it_is_but_not_from_another_town():
    said = [("Tarnow Fire Department", "organisation", "The weir broke")]
    found = tell(("north", "en", "The weir broke, Tarnow Fire Department said.", said))
    for key, post, person in (("south", "fire chief", "Ada Lund"), ("east", "fire chief of Elm", "Jo Ek")):
        text = f"The weir broke, {post} {person} said."
        a = article(text, id=key, published="2026-03-01T09:00+00:00", outlet=f"{key.title()} Post")
        found.add([a, membership(a), language(a, "en"), passage(a), *sentences(a, text), name(a, person, kind="person"),
                   attribution(a, person, content="The weir broke", source_kind="person")])
    stated = statements(found, make_register(found))
    assert {s.node for s in stated["south"]} == {"external:Tarnow Fire Department"}
    assert {s.node for s in stated["east"]} == {"external:Jo Ek"}


def test_two_who_lead_and_speak_for_the_same_unnamed_group_in_one_article_count_once():
    text = "The group's spokeswoman Ada Lund said so. The group's director Jo Ek said so."
    a = article(text, id="a")
    found = batch([a, membership(a), language(a, "en"), passage(a), *sentences(a, *[f"{x.strip()}." for x in text.rstrip(".").split(".")]),
                   name(a, "Ada Lund", kind="person"), name(a, "Jo Ek", kind="person")])
    rows = [replace(statement(n, "person"), entity=name(a, n, kind="person").entity) for n in ("Ada Lund", "Jo Ek")]
    known = Merges(batch=found, stated={"a": rows}, roots=None, register=make_register(found), rulings=None)
    assert called_alike("external:Ada Lund", "external:Jo Ek", known)


@pytest.mark.parametrize(("text", "code", "source", "cited"), [
    ("La pioggia è arrivata nel secondo tempo di Bardi-Olmo.", "it", "tempo di Bardi-Olmo", False),
    ("È una festa riuscita, secondo Bardi-Olmo.", "it", "Bardi-Olmo", True),
    ("Ela chegou no segundo dia da Feira Alta.", "pt", "dia da Feira Alta", False),
])
def test_what_comes_second_is_not_cited(text, code, source, cited):
    a = article(text, language=code)
    cue = "secondo" if code == "it" else "segundo"
    row = attribution(a, source, cue=cue, source_kind="organisation")
    found = batch([a, membership(a), language(a, code), passage(a), *sentences(a, text), row])
    assert ranks(row, make_register(found)) is not cited


@pytest.mark.parametrize(("label", "text", "title"), [
    ("weekly", "So the weekly “Tall Tree” says.", "Tall Tree"), ("周刊", "据周刊《高树》报道", "高树"), ("Courier", "The Courier says “all is well”.", ""),
])
def test_a_paper_is_called_by_the_title_behind_the_word_for_it(label, text, title):
    assert titled(label, text) == title


def test_the_european_union_is_no_trade_union():
    assert (office("the miners' union", "en"), office("the European Union", "en")) == ("union", "")
