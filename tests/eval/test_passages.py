"""The passages of `tests/golden/passages`: news text of every language, names found as they are, and all that is said in it."""

from functools import cache

import pytest
from measure_passages import GOLDEN, Outcome, Passage, judge, load, read_passages

from retold.lexicons import LANGUAGES

LEAST = 12  # passages a language
ALL = [passage for path in sorted(GOLDEN.glob("*.txt")) for passage in load(path)]


@cache
def outcomes(language: str) -> dict[str, Outcome]:
    """What was read in the passages of a language, by name."""
    own = [p for p in ALL if p.language == language]
    return {p.name: judge(p, row) for p, row in zip(own, read_passages(own), strict=True)}


@pytest.mark.parametrize("passage", [p for p in ALL if not p.falls_short], ids=lambda p: p.name)
def test_all_that_is_said_is_found_and_nothing_else(passage: Passage) -> None:
    assert outcomes(passage.language)[passage.name].notes == []


def test_passages_that_are_marked_as_not_yet_read_are_not() -> None:
    read = [p.name for p in ALL if p.falls_short and not outcomes(p.language)[p.name].notes]
    assert read == [], "take the ~ off these: they are read now"


def test_every_language_has_its_passages() -> None:
    assert {language: sum(p.language == language for p in ALL) for language in LANGUAGES if sum(p.language == language for p in ALL) < LEAST} == {}
