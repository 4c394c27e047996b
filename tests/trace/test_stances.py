"""How a retelling states what its source says: as fact, flatly, out of nowhere; and sentences taken over with another day or figure."""

import pytest

from factories import (
    STORY,
    article,
    attribution,
    batch,
    claim,
    claim_version,
    conflict,
    date,
    derivation,
    language,
    name,
    quantity,
    quote_version,
    reuse,
    sentences,
)
from retold.trace.alterations import find_alterations

SAID = "Repairs will take two years"


def ledger(source, target, *rows, sentence_kind="paragraph"):
    """What the ledger says of a derivation; a sentence a line in both articles."""
    lines = [*sentences(source, passage="p"), *sentences(target, kind=sentence_kind, passage="p")]
    found = find_alterations(STORY, batch(source, target, language(source), language(target), lines, *rows), [derivation(source, target)])
    return [(a.kind, a.words, target.text[a.target_start:a.target_end]) for a in found]


def told(of, words, group="claim-1", score=0.9, attribution="", **more):
    """A claim in the sentence where it stands, and its mention."""
    home = next(s for s in sentences(of, passage="p") if words in of.text[s.start:s.end])
    return [claim(of, words, sentence=home.id, attribution=attribution, **more), claim_version(of, words, group=group, score=score)]


def spoken(of, words=SAID, source="Ira Moss", **more):
    return attribution(of, source, "said", words, **more)


def test_a_claim_without_its_source_is_stated_as_fact():
    a, b = article(f"{SAID}, Ira Moss said.", id="a"), article(f"{SAID} in Tarnow.", id="b")
    who = spoken(a)
    assert ledger(a, b, who, told(a, SAID, attribution=who.id), told(b, SAID)) == [
        ("attribution", "stated as fact: “Ira Moss” is gone", SAID)]


@pytest.mark.parametrize(("retelling", "rows"), [
    (f"{SAID}, Moss said.", lambda b: [spoken(b, source="Moss")]),  # attributed all the same
    (f"Ira Moss spoke in Tarnow.\n{SAID}.", lambda b: [name(b, "Ira Moss")]),  # who said it is named beside
    (f"The weir is old, Moss said.\n{SAID}.", lambda b: [spoken(b, "The weir is old", "Moss")]),  # her words run on
    (f"“{SAID}.”", lambda b: [quote_version(b, SAID)]),
])
def test_words_that_are_still_somebodys_are_no_fact(retelling, rows):
    a, b = article(f"{SAID}, Ira Moss said.", id="a"), article(retelling, id="b")
    who = spoken(a)
    assert ledger(a, b, who, name(a, "Ira Moss"), told(a, SAID, attribution=who.id), told(b, SAID), *rows(b)) == []


def test_a_headline_may_leave_out_who_said_it():
    a, b = article(f"{SAID}, Ira Moss said.", id="a"), article(SAID, id="b")
    who = spoken(a)
    assert ledger(a, b, who, told(a, SAID, attribution=who.id), told(b, SAID), sentence_kind="headline") == []


def test_a_pronoun_is_not_shown_for_a_name():
    a, b = article(f"{SAID}, she said.", id="a"), article(f"{SAID}.", id="b")
    who = spoken(a, source="she")
    assert ledger(a, b, who, told(a, SAID, attribution=who.id), told(b, SAID)) == [
        ("attribution", "stated as fact, no longer as somebody's word", SAID)]


def test_two_claims_of_one_sentence_are_one_change():
    text = "The gate rusted and two barns were flooded"
    a, b = article(f"{text}, Ira Moss said.", id="a"), article(f"{text}.", id="b")
    who = spoken(a, text)
    rows = [row for x, by in ((a, who.id), (b, "")) for words, group in (("The gate rusted", "claim-1"), ("two barns were flooded", "claim-2"))
            for row in told(x, words, group=group, attribution=by)]
    assert ledger(a, b, who, rows) == [("attribution", "stated as fact: “Ira Moss” is gone", text)]


def test_a_doubtful_mention_of_a_claim_shows_nothing():
    a, b = article(f"{SAID}, Ira Moss said.", id="a"), article(f"{SAID}.", id="b")
    who = spoken(a)
    assert ledger(a, b, who, told(a, SAID, attribution=who.id), told(b, SAID, score=0.6)) == []


def test_what_was_left_open_is_stated_flatly():
    a, b = article("The gate may have rusted.", id="a"), article("The gate has rusted.", id="b")
    assert ledger(a, b, told(a, "The gate may have rusted", certainty=0.5), told(b, "The gate has rusted")) == [
        ("certainty", "stated more surely than the source does", "The gate has rusted")]


def test_a_hedge_in_a_longer_sentence_is_about_something_else():
    a = article("The suspect gate rusted and two barns were flooded.", id="a")
    b = article("Two barns were flooded.", id="b")
    rows = [*told(a, "The suspect gate rusted", group="claim-2", certainty=0.5), *told(a, "two barns were flooded", certainty=0.5),
            *told(b, "Two barns were flooded")]
    assert ledger(a, b, rows) == []


def slipped_in(words, *rows, carried=True):
    """What the ledger says was added of a retelling that has a sentence more than its source; a third article has it from there."""
    a, b, c = article("The gate rusted.", id="a"), article(f"The gate rusted.\n{words}", id="b"), article(words, id="c")
    told_by = [*told(a, "The gate rusted"), *told(b, "The gate rusted"), *told(b, words, group="claim-2")]
    if carried:
        told_by += told(c, words, group="claim-2")
    lines = [s for of in (a, b, c) for s in sentences(of, passage="p")]
    found = find_alterations(STORY, batch(a, b, c, *(language(of) for of in (a, b, c)), lines, told_by, *(build(a, b) for build in rows)),
                             [derivation(a, b), derivation(b, c)])
    return [(x.kind, x.words, b.text[x.target_start:x.target_end], x.carried) for x in found if x.target == "b"]


def fourteen(a, b):
    """The figure in the sentence."""
    return quantity(b, "14", 14.0)


def test_a_sentence_with_a_figure_that_no_source_has_is_added():
    words = "Sirens had failed in all 14 villages."
    assert slipped_in(words, fourteen) == [("added", "found in no known source of the article, and attributed to nobody", words, ("c",))]
    assert slipped_in(words, fourteen, lambda a, b: quantity(article("14 villages have sirens.", id="a"), "14", 14.0)) == []


def test_what_nobody_carries_on_is_the_outlets_own():
    assert slipped_in("Sirens had failed in all 14 villages.", fourteen, carried=False) == []


@pytest.mark.parametrize("words", ["Sirens had failed in the villages.", "Our 14 partners!", "Start | News | Sport | Weather | 14"])
def test_what_says_nothing_new_is_not_added(words):
    assert slipped_in(words, *([fourteen] if "14" in words else [])) == []


def both(first, second, make, *values):
    """Two sentences that were taken over one for one, each with one detail."""
    a, b = article(first[0], id="a"), article(second[0], id="b")
    rows = [make(a, first[1], values[0]), make(b, second[1], values[1])]
    return [kind for kind, *_ in ledger(a, b, rows, reuse(a, first[0], b, second[0]))]


def test_another_day_is_a_change_and_the_same_words_are_none():
    assert both(("It broke on 3 March.", "3 March"), ("It broke on 8 March.", "8 March"), date, "2026-03-03", "2026-03-08") == ["date"]
    assert both(("It broke today.", "today"), ("It broke today.", "today"), date, "2026-03-03", "2026-03-05") == []
    assert both(("It broke on 3 March.", "3 March"), ("Es brach am 3. März.", "3. März"), date, "2026-03-03", "2025-03-03") == []
    assert both(("It broke on Friday.", "Friday"), ("Es brach am Freitag.", "Freitag"), date, "2026-03-06", "2026-03-13") == []


def test_days_without_a_year_are_compared_too():
    assert both(("It broke on 3 March.", "3 March"), ("It broke on 8 March.", "8 March"), date, "--03-03", "--03-08") == ["date"]
    assert both(("It broke on 3 March.", "3 March"), ("Es brach am 3. März.", "3. März"), date, "--03-03", "2026-03-03") == []
    assert both(("It broke then.", "then"), ("It broke on 8 March.", "8 March"), date, "", "2026-03-08") == []


def test_another_figure_is_a_change_and_a_lost_million_is_none():
    assert both(("It cost 4 crowns.", "4"), ("It cost 40 crowns.", "40"), quantity, 4.0, 40.0) == ["number"]
    assert both(("It cost 4 million.", "4 million"), ("It cost 4 millions.", "4"), quantity, 4e6, 4.0) == []


@pytest.mark.parametrize(("score", "expected"), [(0.6, ["number"]), (0.4, [])])
def test_a_difference_that_accounts_would_not_be_held_to_is_no_change(score, expected):
    a, b = article("Eleven barns were flooded.", id="a"), article("Seven barns were flooded.", id="b")
    rows = [conflict(a, a.text, "Eleven", side=0, score=score), conflict(b, b.text, "Seven", side=1, score=score)]
    assert [kind for kind, *_ in ledger(a, b, rows)] == expected


def rival_figures(target, *more):
    """The ledger of two articles that a conflict sets apart, by their figures, and of what else they have."""
    a, b = article("The leak hit 1,300 people. Later 840 were told.", id="a"), article(target, id="b")
    found = [quantity(a, "1,300", 1300.0), quantity(b, "840", 840.0), *(build(a, b) for build in more)]
    sides = [conflict(a, "The leak hit 1,300 people", "1,300", side=1, kind="number", score=0.9),
             conflict(b, "The leak hit 840 people", "840", side=2, kind="number", score=0.9)]
    return ledger(a, b, found, sides)


def test_a_figure_that_both_have_was_not_made_from_the_other():
    told = "The leak hit 840 people."
    assert [kind for kind, *_ in rival_figures(told)] == ["number"]
    assert rival_figures(told, lambda a, b: quantity(a, "840", 840.0)) == []
    assert rival_figures(f"{told} A researcher says 1,300.", lambda a, b: quantity(b, "1,300", 1300.0)) == []
