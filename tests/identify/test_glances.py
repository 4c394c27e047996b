"""Tests of glances: a gate lets pass whatever its pattern matches, and keeps back what it cannot match."""

from __future__ import annotations

from pathlib import Path

import pytest

from retold.identify.calendars import calendar
from retold.identify.claims import hedge_gate, hedge_pattern, negation_gate
from retold.identify.cues import SPEAKING, phrasebook, tokenize
from retold.identify.dates import CLOCK_SIGN, DATE_SIGN, minutes_of
from retold.identify.glances import Glance, gate, glance
from retold.identify.measures import measures
from retold.identify.numerals import numerals
from retold.lexicons import LANGUAGES, lexicon

GOLDEN = Path(__file__).parents[1] / "golden"


def look(text: str) -> Glance:
    return glance(text, 0, len(text))


def golden_lines(language: str) -> list[str]:
    """The lines of the golden files of a language, sentences among them."""
    paths = (GOLDEN / folder / f"{language}.txt" for folder in ("facts", "speech"))
    return [line.strip() for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]


def test_a_gate_asks_for_the_first_word_and_for_what_goes_on() -> None:
    own = gate(("according to", "allege*"))
    assert own.passes(look("It fell, ACCORDING to him."))
    assert own.passes(look("The alleged thief left."))
    assert not own.passes(look("He left in accordance."))


def test_a_gate_of_marks_or_of_phrases_that_begin_inside_words_is_open() -> None:
    assert gate(("%",)).passes(look("Nothing."))
    assert gate(("不",), spaced=False).passes(look("他走了"))
    assert gate(("no*",)).passes(look("He left."))


def test_letters_that_are_equal_to_others_but_for_the_case_pass_every_gate() -> None:
    assert gate(("istanbul",)).passes(look("\u0130stanbul"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_gate_keeps_back_a_match(language: str) -> None:
    words, days, numbers, around = lexicon(language), calendar(language), numerals(language), measures(language)
    patterns = [
        (negation_gate(language), words.pattern("negation", "words")), (hedge_gate(language), hedge_pattern(language)),
        (days.gates["weekdays"], days.weekday), (days.gates["relatives"], days.relatives), (days.gates["months"], days.bare_month),
    ]
    tried = 0
    for text in golden_lines(language):
        seen = look(text)
        for own, pattern in patterns:
            if pattern.search(text):
                tried += 1
                assert own.passes(seen), (text, pattern.search(text))
        if numbers.find(text, 0, len(text)):
            assert seen.figures or numbers.may_be_told(seen), text
        if not numbers.may_be_told(seen):
            assert numbers.find(text, 0, len(text), told=False) == numbers.find(text, 0, len(text)), text
        if any(days.gates[kind].passes(seen) for kind in ("hours", "relatives", "weekdays", "months")):
            assert days.gates["any"].passes(seen), text
        if days.absolute.search(text):
            assert days.gates["any month"].passes(seen) or DATE_SIGN.search(text), text
        if any(minutes_of(m, days) is not None for m in days.clock.finditer(text)):
            assert days.gates["clock"].passes(seen) or CLOCK_SIGN.search(text), text
        if any(m["half"] or m["h"] for m in around.implied_one.finditer(text)):
            assert around.implied_gate.passes(seen) and around.unit_gate.passes(seen), text
    assert tried >= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_with_a_phrase_that_tells_of_speech_is_held_to_tell_nothing(language: str) -> None:
    book, loud = phrasebook(language), 0
    for text in golden_lines(language):
        tags = book.tags(tokenize(text, 0, len(text), (), spaced=book.spaced))
        if any("agency_credit" in found for found in tags):
            assert not book.spaced or not book.crediting.missing(look(text)), text
        if any(not SPEAKING.isdisjoint(found) for found in tags) or any(word in book.separable for word in look(text).words):
            loud += 1
            assert not book.spaced or not book.speaking.missing(look(text)), text
    assert loud >= 10


def test_a_sentence_tells_nothing_where_a_word_of_each_phrase_is_missing() -> None:
    book = phrasebook("en")
    assert book.speaking.missing(look("The dam broke in the night."))
    assert not book.speaking.missing(look("In the words of the mayor the dam broke."))
    assert not book.speaking.missing(look("The dam broke, she said."))
