"""Reuse over a whole collection."""

import pytest

from factories import article, batch
from retold.base.engines.local import LocalEngine
from retold.base.models import Models
from retold.pipeline import Settings
from retold.sharing import covered, holds_line, reuse, several_languages

REPORT = ("The harbour board voted late on Thursday to close the old fish market for good, after three years of quarrels over who should pay "
          "for a new roof. Traders said they had learned of it from a notice on the gate.")
OTHER = "Snow is expected in the hills at the weekend, and the pass may be shut to lorries from Saturday noon until Monday morning."


def rows(*articles, workers=1):
    return list(reuse(batch(list(articles)), settings=Settings(workers=workers)).rows)


def test_rows_are_sorted_whole_and_the_same_in_any_order_and_number_of_processes():
    found = [article(f"{OTHER} {REPORT}", id="b"), article(REPORT, id="a"), article(f"{REPORT} {OTHER}", id="c")]
    one = rows(*found)
    assert [(r["a"], r["b"]) for r in one] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert one == rows(*found[::-1], workers=2)
    assert one[0]["share_a"] == 1.0 and one[0]["passages"] == [{"a": [0, len(REPORT)], "b": [len(OTHER) + 1, len(OTHER) + 1 + len(REPORT)],
                                                               "kind": "verbatim", "score": 1.0}]
    assert len(one[2]["passages"]) == 2


def test_a_line_of_boilerplate_that_two_articles_share_does_not_count():
    note = "Sign up for our newsletter and never miss a story. By signing up you agree to our terms of use and privacy policy."
    a, b = article(f"{OTHER}\n\n{note}", id="a", outlet="Post"), article(f"{REPORT}\n\n{note}", id="b", outlet="Post")
    assert rows(a, b) == []


def test_translated_sentences_are_found_where_there_are_several_languages():
    en = article("The dam above Varnholm broke on Monday night. Forty families had to leave their houses. Nobody was hurt, the mayor said.", id="a")
    de = article("Der Damm oberhalb von Varnholm brach am Montagabend. Vierzig Familien mussten ihre Häuser verlassen. "
                 "Niemand wurde verletzt, sagte die Bürgermeisterin.", id="b")
    [row] = rows(en, de)
    assert row["passages"][0]["kind"] == "translated"


@pytest.mark.parametrize(("languages", "expected"), [(["en", "en"], False), (["en", "nl"], False)])
def test_a_short_sample_alone_makes_no_second_language(languages, expected):
    assert several_languages([article(REPORT, id="a"), article(OTHER, id="b")], languages, Models()) is expected


@pytest.mark.parametrize(("workers", "expected"), [(0, 1), (1, 1), (2, 2)])
def test_collections_are_read_in_one_process_unless_a_number_is_given(monkeypatch, workers, expected):
    started = []
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    monkeypatch.setattr("retold.pipeline.POOL_FROM", 2)
    monkeypatch.setattr("retold.sharing.LocalEngine", lambda workers: started.append(workers) or LocalEngine(workers=1))
    assert len(rows(article(REPORT, id="a"), article(REPORT, id="b"), workers=workers)) == 1
    assert started == [expected]


def test_passages_lie_where_they_lie_in_whatever_portions_articles_are_read(monkeypatch):
    found = [article(f"{'x' * n} {REPORT if n % 3 == 0 else OTHER}", id=f"a{n}") for n in range(9)]
    whole = rows(*found)
    assert len(whole) == 3 + 15
    monkeypatch.setattr("retold.sharing.PORTION", 2)
    assert rows(*found) == whole


def test_nothing_and_empty_texts():
    assert rows() == []
    assert rows(article("", id="a"), article(REPORT, id="b")) == []


def test_shares_and_lines():
    assert covered([(0, 4), (2, 6), (8, 9)], 10) == 0.7
    assert holds_line("one two\nthree four five\nsix", (8, 23)) and not holds_line("one line only", (0, 13))
