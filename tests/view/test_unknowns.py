"""What could not be known: said once, and no more than is unknown."""

from __future__ import annotations

from factories import article, batch, language, membership, metadata, name
from retold.view.report import build_report


def test_same_spelling_for_two_entities_is_an_unknown() -> None:
    a = article("Weber met Weber.", id="a")
    rows = [a, membership(a), language(a, "de"), name(a, "Weber", "Anna Weber"), name(a, "Weber", "Max Weber", nth=1)]
    words = [u.words for u in build_report(batch(*rows)).stories[0].unknowns if u.kind == "name"]
    assert words == ["Whom or what the articles mean where they write “Weber”: it may be Anna Weber or Max Weber."]


def test_what_two_names_share_is_told_once() -> None:
    a = article("Weber met Weber. Dr. Weber left Dr. Weber.", id="a")
    forms = (("Weber", 0, "Anna Weber"), ("Weber", 1, "Max Weber"), ("Dr. Weber", 0, "Anna Weber"), ("Dr. Weber", 1, "Max Weber"))
    rows = [a, membership(a), language(a, "de"), *(name(a, text, whose, nth=n, score=0.9) for text, n, whose in forms)]
    words = [u.words for u in build_report(batch(*rows)).stories[0].unknowns if u.kind == "name"]
    assert words == ["Whom or what the articles mean where they write “Dr. Weber” and “Weber”: it may be Anna Weber or Max Weber."]
    rows = [a, membership(a), language(a, "de"), name(a, "Weber", entity="e1", kind="place"), name(a, "Weber", entity="e2", nth=1)]
    words = [u.words for u in build_report(batch(*rows)).stories[0].unknowns if u.kind == "name"]
    assert words == ["Whom or what the articles mean where they write “Weber”: 2 different ones (place, person) seem to be called so."]


def test_one_entity_with_two_spellings_that_differ_by_a_capital_is_no_unknown() -> None:
    a = article("The Tern Post says so. So the Tern Post says.", id="a")
    rows = [a, membership(a), language(a, "en"), name(a, "The Tern Post", "The Tern Post"), name(a, "the Tern Post", "The Tern Post")]
    assert [u.words for u in build_report(batch(*rows)).stories[0].unknowns if u.kind == "name"] == []


def test_a_day_that_was_given_and_cannot_be_read_is_not_said_to_be_missing() -> None:
    one, other = article(id="one", outlet="Gazette"), article(id="other", outlet="Courier")
    given_day = metadata(one, field="published", value="04/05/2026", method="unparsed", score=0.0)
    [story] = build_report(batch(one, other, given_day, membership(one), membership(other))).stories
    words = [unknown.words for unknown in story.unknowns if unknown.kind == "date"]
    assert words == ["When Gazette came out: “04/05/2026”, the date given, is not surely one day (2026-05-04 is).",
                     "When Courier came out: no date was found, so dates do not tell who was first."]
