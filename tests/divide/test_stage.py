"""The stage as a whole: offsets, order, ids, and input that means harm."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.base.models import Models
from retold.base.records import Article, Language, Metadata, Passage, Sentence
from retold.base.tables import Batch
from retold.divide.stage import STAGE, run
from retold.lexicons import LANGUAGES


class Fixed:
    """An identifier that costs nothing."""

    name = "fixed"

    def identify(self, text: str) -> tuple[str, float]:
        return "en", 0.5


MODELS = Models(identifier=Fixed())


def divide(text: str, language: str | None = None) -> Batch:
    return run(Batch([Article(id="a", text=text, language=language)]), MODELS)


PIECES = st.sampled_from([
    "The dam broke. Nobody was hurt", "Home | News | Sport", "Also read", "ADVERTISEMENT", "By Ned Ashworth", "4 May 2026", "“Go!”",
    "(dpa/abc)", "船が沈んだ。",
    "قال الوزير.", "Ведомости", "…", "a@b.example", "(photo: AP)", "😀", "e\u0301",
    "\u200f", " ", "\n", "\r\n", "\n\n", "\xa0", ".",
])


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from([None, *LANGUAGES]))
def test_spans_are_evidence(text: str, language: str | None) -> None:
    out = divide(text, language)
    passages, sentences = out.get(Passage), out.get(Sentence)
    assert all(a.end <= b.start for a, b in pairwise(passages))
    within = {p.id: p for p in passages}
    assert [s.order for s in sentences] == list(range(len(sentences)))
    assert all(within[s.passage].start <= s.start < s.end <= within[s.passage].end for s in sentences)
    assert all(within[s.passage].kind == s.kind != "boilerplate" for s in sentences)
    covered = {i for s in sentences for i in range(s.start, s.end)}
    wanted = {i for p in passages if p.kind != "boilerplate" for i in range(p.start, p.end) if not text[i].isspace()}
    assert wanted <= covered
    assert all(i in {j for p in passages for j in range(p.start, p.end)} for i, c in enumerate(text) if c.isalnum())


@settings(deadline=None, max_examples=30)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_the_same_text_gives_the_same_records(text: str) -> None:
    assert divide(text).tables() == divide(text).tables()


def test_articles_know_nothing_of_each_other() -> None:
    one, two = (Article(id=id_, text="Dam drained\n\nThe dam was drained on Monday. Nobody was hurt.") for id_ in "ab")
    both = run(Batch([one, two]), MODELS)
    alone = run(Batch([two]), MODELS)
    assert [p for p in both.get(Passage) if p.article == "b"] == alone.get(Passage)
    assert len({p.id for p in both.get(Passage)}) == len(both.get(Passage))


def test_the_claimed_language_holds() -> None:
    assert [(r.code, r.method, r.score) for r in divide("Dam drained", "de").get(Language)] == [("de", "given", 1.0)]
    assert [(r.code, r.method, r.score) for r in divide("Dam drained").get(Language)] == [("en", "fixed", 0.5)]


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\x00", "\u200f\u200e"])
def test_nothing_to_divide(text: str) -> None:
    out = divide(text)
    assert out.get(Passage) == []
    assert out.get(Sentence) == []
    assert len(out.get(Language)) == 1


@pytest.mark.parametrize("text", [
    "\"“" * 100_000, "a | b | " * 25_000, "(" * 100_000 + ")" * 100_000, "word. " * 30_000, "x@" * 100_000, "- " * 100_000,
    "Read more: " * 20_000,
    "A\n" * 5_000,
])
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    divide(text)
    assert time.process_time() - start < 5


def test_the_stage_says_what_it_does() -> None:
    assert (STAGE.name, STAGE.reads, STAGE.writes, STAGE.by, STAGE.models) == (
        "divide", (Article, Metadata), (Language, Passage, Sentence), "article", ("identifier",))
