"""What the example story was built to show, in the report of its one run."""

from collections.abc import Iterator
from typing import Any

import pytest
from annotations import faults
from gate import Traced

POSTEN = "external:Varnholms Posten"


@pytest.fixture
def story(traced: Traced) -> dict[str, Any]:
    return max(traced.report["stories"], key=lambda s: len(s["documents"]))


def conflicts(story: dict[str, Any], kind: str, *words: str) -> list[list[set[str]]]:
    """The likely conflicts of a kind whose versions have all the words between them: for each the documents by side."""
    found = [c for c in story["conflicts"] if c["kind"] == kind and c["confidence"] >= 0.5]
    return [[{v["doc"] for v in side} for side in c["sides"]] for c in found
            if all(any(word in v["text"] for side in c["sides"] for v in side) for word in words)]


def quote(story: dict[str, Any], words: str) -> dict[str, dict[str, Any]]:
    """The versions of the quote that has the words, by document."""
    found = [q for q in story["quotes"] if any(words in v["text"] for v in q["variants"])]
    assert len(found) == 1
    return {v["doc"]: v | {"speaker": found[0]["speaker"]} for v in found[0]["variants"]}


def likely(story: dict[str, Any], target: str) -> dict[str, str]:
    """The sources of an article and by which kind of link."""
    return {e["source"]: e["kind"] for e in story["links"] if e["target"] == target and e["probability"] >= 0.5}


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span in a report."""
    if isinstance(value, dict):
        if {"doc", "start", "end", "text"} <= set(value):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_it_runs_without_failures(traced: Traced) -> None:
    assert traced.report["failures"] == []
    assert faults(traced.annotation) == []


def test_every_span_gives_its_words(traced: Traced) -> None:
    found = list(spans(traced.report))
    assert len(found) > 300
    assert [s for s in found if traced.annotation.texts[s["doc"]][s["start"] : s["end"]] != s["text"]] == []


def test_languages_outlets_and_dates_are_read_from_pages_and_texts(traced: Traced) -> None:
    true = {d["id"]: d for d in traced.annotation.data["documents"]}
    for found in traced.report["documents"]:
        assert found["language"] == true[found["id"]]["language"]
        if found["place"].endswith(".html"):
            assert found["outlet"] == true[found["id"]]["outlet"]
            assert found["url"] == true[found["id"]]["url"]


def test_the_unrelated_article_stays_out(story: dict[str, Any]) -> None:
    assert "harbour-and-hull" not in story["documents"]


def test_the_missing_original_is_a_node_that_is_cited_but_not_there(story: dict[str, Any]) -> None:
    assert [n["missing"] for n in story["nodes"] if n["id"] == POSTEN] == [True]
    for target in ("northern-wire", "wattkurier"):
        assert likely(story, target)[POSTEN] == "cites"


def test_the_statement_is_an_independent_origin(story: dict[str, Any]) -> None:
    assert [o["independent"] for o in story["origins"] if o["id"] == "harbour-authority"] == [True]


def test_the_copied_mistake_is_a_conflict(story: dict[str, Any]) -> None:
    found = conflicts(story, "number", "17", "sieben")
    assert len(found) == 1
    wrong = next(side for side in found[0] if "northern-wire" in side)
    assert wrong >= {"northern-wire", "nordblitz", "kurier-zalewu"}
    assert not wrong & {"wattkurier", "voix-de-l-estran", "harbour-authority"}


def test_the_may_that_became_a_will(story: dict[str, Any]) -> None:
    found = conflicts(story, "certainty", "möglicherweise")
    assert any({"nordblitz"} in sides for sides in found)


def test_what_only_looks_like_a_disagreement(story: dict[str, Any]) -> None:
    for words in ("5 millions", "5 millones", "11 minutes", "quinze minutes", "elf davon", "keine Risse", "62", "31 "):
        assert conflicts(story, "number", words) == []
    for kind in ("number", "negation", "status", "date"):
        assert conflicts(story, kind, "keine Risse") == []


def test_the_truncated_quote(story: dict[str, Any]) -> None:
    found = quote(story, "Wir schauen uns das im Herbst an.")
    assert found["nordblitz"]["change"] == "truncated"
    assert set(found) >= {"northern-wire", "nordblitz", "wattkurier", "voix-de-l-estran", "kurier-zalewu"}
    assert found["nordblitz"]["speaker"] == "Anders Falk (Андерс Фальк)"  # as the story writes him in two scripts


def test_the_statement_is_quoted_in_translation(story: dict[str, Any]) -> None:
    found = quote(story, "There are no cracks, in gate four")
    assert {doc: v["change"] for doc, v in found.items()} == {"harbour-authority": "verbatim", "kurier-zalewu": "translated"}


def test_holmqvist_in_two_scripts(story: dict[str, Any]) -> None:
    assert ["Signe Holmqvist", "Сігне Гольмквіст"] in [n["spellings"] for n in story["names"]]


def test_what_is_no_part_of_the_article_is_cut(traced: Traced) -> None:
    cut = {c["text"] for d in traced.report["documents"] for c in d["cut"]}
    for words in ("Lesen Sie auch: Möwe klaut Fischbrötchen – und landet im Streifenwagen", "Kurier Zalewu | Wiadomości | Morze | Ogłoszenia | Pogoda",
                  "À lire aussi : Les ostréiculteurs de la baie guettent la grande marée",
                  "Читайте також: Паром «Лиман» повертається на лінію після ремонту",
                  "Te puede interesar: El mercado de abastos estrena horario de tarde"):
        assert words in cut
