"""The builders build every record there is, with defaults that go into a table."""

from __future__ import annotations

import pytest

from factories import article, attribution, batch, claim, claim_version, conflict, make, mention, quote, reuse, span
from retold.base.records import RECORDS, Record
from retold.base.tables import from_table, to_table


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.table)
def test_every_record_has_a_default_that_survives_a_table(kind: type[Record]) -> None:
    record = make(kind)
    assert from_table(kind, to_table(kind, [record])) == [record]
    assert record.id  # type: ignore[attr-defined]


def test_words_become_offsets() -> None:
    a = article("“We knew 🙂,” said Ada Lund. We knew.", id="a")
    assert span(a, "We knew", 1) == (28, 35)
    assert mention(a, "Ada Lund").text == a.text[mention(a, "Ada Lund").start : mention(a, "Ada Lund").end] == "Ada Lund"
    assert (quote(a, "We knew 🙂,").outer_start, quote(a, "We knew 🙂,").outer_end) == (0, 12)
    assert attribution(a, "Ada Lund", "said", "We knew").source == ((18, 26),)
    mark = conflict(a, "We knew", "knew")
    assert a.text[mark.mark_start : mark.mark_end] == "knew"
    with pytest.raises(ValueError, match="not in article a"):
        span(a, "nowhere")


def test_alike_calls_give_equal_records_and_ids_that_match() -> None:
    a, b = article("One two three.", id="a"), article("Then one two three.", id="b")
    assert claim_version(a, "One two").claim == claim(a, "One two").id
    assert reuse(a, "two three", b) == reuse(a, "two three", b)
    assert batch(a, [b]).get(type(a)) == [a, b]
