"""The passages of `tests/golden/speakers`: who says what is quoted, in news text of every language with the traps of speakers."""

from functools import cache

import pytest
from measure_passages import GOLDEN, Outcome, Passage, judge_quotes, load, read_passages

from retold.lexicons import LANGUAGES

SPEAKERS = GOLDEN.parent / "speakers"
LEAST = 6  # passages a language
ALL = [passage for path in sorted(SPEAKERS.glob("*.txt")) for passage in load(path)]


@cache
def outcomes(language: str) -> dict[str, Outcome]:
    """What was found in the passages of a language, by name."""
    own = [p for p in ALL if p.language == language]
    out = {p.name: Outcome() for p in own}
    for passage, row in zip(own, read_passages(own), strict=True):
        judge_quotes(passage, row, out[passage.name])
    return out


@pytest.mark.parametrize("passage", [p for p in ALL if not p.falls_short], ids=lambda p: p.name)
def test_every_quote_has_its_speaker(passage: Passage) -> None:
    assert outcomes(passage.language)[passage.name].notes == []


def test_passages_that_are_marked_as_not_yet_read_are_not() -> None:
    read = [p.name for p in ALL if p.falls_short and not outcomes(p.language)[p.name].notes]
    assert read == [], "take the ~ off these: they are read now"


def test_every_language_has_its_passages() -> None:
    assert {language for language in LANGUAGES if sum(p.language == language for p in ALL) < LEAST} == set()
