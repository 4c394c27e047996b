"""Golden sentences of all languages: which quantities and dates a careful reader finds in them, and nothing else.

A sentence, then one line a finding: `words = value unit` for a quantity, `words @ earliest` for a date; `-` for nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from factories import make
from retold.base.records import Article, Sentence
from retold.identify.dates import find_dates
from retold.identify.quantities import find_quantities
from retold.identify.reading import Reading
from retold.lexicons import LANGUAGES

GOLDEN = Path(__file__).parents[1] / "golden"
PUBLISHED = "2026-06-03T08:00:00+00:00"  # a Wednesday
LEAST = 40  # sentences a language, over all rules


def blocks(path: Path) -> list[tuple[str, list[str]]]:
    """(sentence, lines that say what is found in it) of a golden file."""
    out: list[tuple[str, list[str]]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("    "):
            out[-1][1].append(line.strip())
        elif line.strip() and not line.startswith("#"):
            out.append((line.strip(), []))
    return out


ALL = [(path.stem, *block) for path in sorted((GOLDEN / "facts").glob("*.txt")) for block in blocks(path)]


def found(language: str, text: str) -> list[str]:
    """The quantities and dates of a sentence, as the golden lines write them."""
    sentence = make(Sentence, article="a", passage="p", start=0, end=len(text), kind="paragraph", language=language, order=0)
    reading = Reading(article=Article(id="a", text=text, published=PUBLISHED), language=language, passages=(), sentences=(sentence,))
    reading = replace(reading, dates=tuple(find_dates(reading)))
    quantities = [f"{text[q.start : q.end]} = {q.value:.12g} {q.unit}".strip() for q in find_quantities(reading)]
    return sorted([*quantities, *(f"{text[d.start : d.end]} @ {d.earliest}" for d in reading.dates)])


@pytest.mark.parametrize(("language", "text", "wanted"), ALL, ids=[f"{language}-{n}" for n, (language, _, _) in enumerate(ALL)])
def test_golden_facts(language: str, text: str, wanted: list[str]) -> None:
    assert found(language, text) == sorted(line for line in wanted if line != "-")


def sentences(language: str) -> set[str]:
    """The distinct golden sentences of a language, over all rules, marks of names left out."""
    out = {text for part in ("speech", "facts") for text, _ in blocks(GOLDEN / part / f"{language}.txt")}
    listed = (text for text, _ in blocks(GOLDEN / "speech.txt"))
    out |= {text.partition(" ")[2] for text in listed if text.startswith(f"{language} ")}
    return {re.sub(r"\[(?:\w:)?([^\]]+)\]", r"\1", text) for text in out}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_forty_golden_sentences(language: str) -> None:
    assert len(sentences(language)) >= LEAST
