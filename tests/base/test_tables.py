"""Records survive the way to Arrow and back."""

from hypothesis import given
from hypothesis import strategies as st

from factories import article, attribution, make
from retold.base.records import RECORDS, Attribution, Language
from retold.base.tables import Batch, from_table, schema_of, to_table

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_every_record_has_a_table_and_a_schema():
    names = [kind.table for kind in RECORDS]
    assert len(set(names)) == len(names)
    assert all(schema_of(kind).names[0] == "id" for kind in RECORDS)


def test_nested_spans_come_back_as_tuples():
    text = article("The dam broke, the mayor said.")
    row = attribution(text, source="the mayor", cue="said", content="The dam broke")
    assert from_table(Attribution, to_table(Attribution, [row])) == [row]


@given(st.lists(st.builds(lambda i, c, s: make(Language, id=i, article=i, code=c, score=s), TEXT, TEXT, st.floats(0, 1)), max_size=5))
def test_round_trip(rows):
    assert from_table(Language, to_table(Language, rows)) == rows


def test_a_batch_keeps_the_order_of_what_was_added():
    rows = [make(Language, article=a, code="en") for a in "cab"]
    assert [r.article for r in Batch(rows).get(Language)] == ["c", "a", "b"]
    assert list(Batch(rows).by_article(Language)) == ["c", "a", "b"]
