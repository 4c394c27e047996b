"""Documents as sources: whose they are, in an article and from one article to another."""

import pytest

from factories import article, attribution, batch, claim, claim_version, language, membership, name, passage, sentences
from retold.base.records import Article
from retold.trace.documents import all_statements, papers_here
from retold.trace.register import make_register


def tell(*posts):
    """Trace articles: (id, language, text, [(words that are a source, kind of source, what it says)], [names of bodies])."""
    found = batch()
    for key, code, text, sources, bodies in posts:
        a = article(text, id=key, published="2026-03-01T08:00+00:00", outlet=f"{key.title()} Post", language=code)
        parts = [f"{x.strip()}." for x in text.split(".") if x.strip()]
        found.add([a, membership(a), language(a, code), passage(a), *sentences(a, *parts)])
        found.add([name(a, words, kind="organisation") for words in bodies])
        for n, (source, kind, content) in enumerate(sources):
            row = attribution(a, source, content=content, source_kind=kind, id=f"{key}-{n}")
            said = claim(a, content, attribution=row.id)
            found.add([row, said, claim_version(a, content, group=content.casefold(), claim=said.id)])
    return found


def nodes(*posts):
    """Whom every article has as a source, by its id."""
    found = tell(*posts)
    return {a.id: [s.node for s in all_statements(found, make_register(found))[a.id]] for a in found.get(Article)}


AUDIT = ("An audit by Weir Institute says the dam leaks.", [("An audit by Weir Institute", "organisation", "the dam leaks")], ["Weir Institute"])


def test_a_document_is_its_makers_who_was_named_with_it_before():
    text = f"{AUDIT[0]} The report warns of a flood."
    found = nodes(("north", "en", text, [*AUDIT[1], ("The report", "document", "a flood")], AUDIT[2]))
    assert found["north"] == ["external:Weir Institute"] * 2


def test_a_document_of_the_same_claims_is_the_same_in_another_language():
    found = nodes(("north", "en", *AUDIT), ("south", "de", "Laut dem Gutachten THE DAM LEAKS.", [("dem Gutachten", "document", "THE DAM LEAKS")], []))
    assert found["south"] == ["external:Weir Institute"]


def test_a_document_of_another_kind_is_not():
    found = nodes(("north", "en", *AUDIT), ("south", "en", "The letter asks for money.", [("The letter", "document", "asks for money")], []))
    assert found["south"] == []


@pytest.mark.parametrize("words", ["Reports", "The data", "The article", "Another report"])
def test_what_may_be_anybodys_is_no_certain_document(words):
    text = f"{AUDIT[0]} {words} say so too."
    assert nodes(("north", "en", text, [*AUDIT[1], (words, "document", "so too")], AUDIT[2]))["north"] == ["external:Weir Institute"]


def test_a_document_of_its_kind_is_that_of_the_others_only_if_it_is_called_no_more():
    found = nodes(("north", "en", *AUDIT), ("south", "en", "The report asks for money.", [("The report", "document", "asks for money")], []),
                  ("east", "en", "The autopsy report names a drug.", [("The autopsy report", "document", "names a drug")], []),
                  ("west", "en", "The leaked report names a crook.", [("The leaked report", "document", "names a crook")], []))
    assert (found["south"], found["west"]) == (["external:Weir Institute"], [])


def test_a_judgment_is_the_courts_and_not_a_partys():
    found = nodes(
        ("north", "en", "The court in Arn found so. The ruling asks for pumps.",
         [("The court in Arn", "organisation", "found so"), ("The ruling", "document", "asks for pumps")], []),
        ("south", "es", "Según el fallo, es tarde.", [("el fallo", "document", "es tarde")], []))
    assert len({*found["north"], *found["south"]}) == 1 and len(found["north"]) == 2


def test_a_statement_is_of_the_body_that_the_text_spoke_of_last():
    text = "Weir Institute admitted it. The dam is old, the statement said."
    found = nodes(("north", "en", text, [("Weir Institute", "organisation", "admitted it"), ("the statement", "document", "The dam is old")],
                   ["Weir Institute"]))
    assert found["north"] == ["external:Weir Institute"] * 2


def test_a_statement_is_of_the_body_that_opens_its_sentence():
    text = "Weir Institute yaptığı açıklamada doğruladı."
    assert nodes(("north", "tr", text, [("yaptığı açıklamada", "document", "doğruladı")], ["Weir Institute"]))["north"] == ["external:Weir Institute"]


def test_a_statement_of_a_body_without_a_name_is_not_anothers():
    text = "Weir Institute admitted it. The statement of the embassy calls it a lie."
    found = nodes(("north", "en", text, [("Weir Institute", "organisation", "admitted it"), ("The statement of the embassy", "document", "a lie")],
                   ["Weir Institute"]))
    assert found["north"] == ["external:Weir Institute"]


def test_a_document_that_the_outlet_has_seen_is_a_source_of_its_own():
    text = "The dam leaks, according to an internal memo seen by this newspaper."
    found = nodes(("north", "en", text, [("an internal memo seen by this newspaper", "document", "The dam leaks")], []))
    assert found["north"] == ["external:an internal memo"]


def test_a_document_that_nobody_is_known_to_have_made_is_no_source():
    assert nodes(("north", "en", "The dam leaks, a memo says.", [("a memo", "document", "The dam leaks")], []))["north"] == []


def test_a_name_far_behind_a_document_is_not_its_maker():
    text = "The letter sent after the third long stage of the Lund Tour says so."
    found = nodes(("north", "en", text, [("The letter sent after the third long stage of the Lund Tour", "organisation", "says so")], ["Lund Tour"]))
    assert found["north"] == []


def test_a_document_of_the_collection_is_a_source_where_it_is_named_with_its_maker():
    found = tell(("north", "en", "The museum gives them back. That follows the report of Ada Lund.", [], []))
    report = article("Report on sixty vases\n\nI have looked at them. I know them.", id="report", published="2026-02-01T08:00+00:00", author="Ada Lund")
    other = article("Sixty vases are back\n\nThe report on them is out.", id="other", published="2026-02-02T08:00+00:00", author="Bo Ek")
    for a in (report, other):
        found.add([a, membership(a), language(a, "en"), passage(a, a.text.split("\n")[0], kind="headline")])
    found.add(sentences(report, "I have looked at them.", "I know them."))
    found.add([name(a, "Ada Lund", kind="person") for a in found.get(Article) if a.id == "north"])
    register = make_register(found)
    assert papers_here(register) == {"report": "report"}
    assert [s.node for s in all_statements(found, register)["north"]] == ["report"]
