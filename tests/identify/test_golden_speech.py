"""Golden sentences of all languages: which quotes and attributions a careful reader finds in them, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from identify.reading import read_marked
from retold.base.records import Attribution, Quote
from retold.identify.speech import read_speech
from retold.lexicons import LANGUAGES

GOLDEN = Path(__file__).parents[1] / "golden" / "speech"
MARKS = " \t\n\"“”„‟«»‹›‘’‚',.;:!?…–—-，。、：；！？「」『』،؟"
LEAST = 30  # sentences a language


@dataclass
class Case:
    """One golden text with the lines that say what is found in it."""

    name: str
    language: str
    text: str
    wanted: list[str] = field(default_factory=list)


def cases() -> Iterator[Case]:
    """All golden texts."""
    for path in sorted(GOLDEN.glob("*.txt")):
        case = None
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.startswith("    "):
                assert case is not None, f"{path.name}:{number}: a finding before its text"
                case.wanted.append(line.strip())
            elif line.strip() and not line.startswith("#"):
                if case:
                    yield case
                case = Case(f"{path.stem}:{number}", path.stem, line.strip())
        if case:
            yield case


ALL = list(cases())


def bare(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip(MARKS)


def spans(text: str, found: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(bare(text[s:e]) for s, e in found)


def attribution_shown(text: str, a: Attribution, wanted: list[list[str]]) -> list[str]:
    """An attribution as the golden lines write it, with the extras that some line of the case asks for."""
    if a.kind == "credit":
        return [spans(text, a.source), "*", "", f"credit={a.outlet or ''}"]
    row = [spans(text, a.source), spans(text, a.cue), spans(text, a.content)]
    known = {"outlet": a.outlet or "", "anon": str(a.number) if a.anonymous else "no", "to": spans(text, a.addressee), "cert": a.certainty,
             "kind": a.kind}
    same = next((w for w in wanted if len(w) > 3 and w[:3] == row), None)
    return row + [f"{key}={known[key]}" for key in (part.split("=")[0] for part in (same or [])[3:])]


def parsed(line: str) -> list[str]:
    parts = [part.strip() for part in line.split("|")]
    return [" … ".join(bare(p) for p in part.split(" … ")) if n < 3 and part != "*" else part for n, part in enumerate(parts)]


def quote_shown(text: str, quote: Quote, wanted: list[str]) -> str:
    words = bare(text[quote.start : quote.end])
    unknown = f"{words} | ?" in wanted
    return f"{words} | {'?' if unknown else quote.speaker}"


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_golden_speech(case: Case) -> None:
    reading = read_marked(case.language, *re.split(r"\s*¶\s*", case.text.removeprefix("^ ")), headline=case.text.startswith("^ "))
    quotes, attributions = read_speech(reading)
    said = [line for line in case.wanted if line != "-" and not line.startswith("=")]
    wanted = [parsed(line) for line in said]
    assert sorted(attribution_shown(reading.text, a, wanted) for a in attributions) == sorted(wanted)
    marked = [f"{bare(words)} | {speaker.strip()}" for words, _, speaker in (line[1:].partition("|") for line in case.wanted if line[0] == "=")]
    shown = [quote_shown(reading.text, q, marked) for q in quotes if q.kind in ("direct", "mixed")]
    assert sorted(shown) == sorted(marked)


def test_every_language_has_its_golden_sentences() -> None:
    counts = {language: sum(case.language == language for case in ALL) for language in LANGUAGES}
    assert {language: n for language, n in counts.items() if n < LEAST} == {}
