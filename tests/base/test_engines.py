"""One body of tests for every engine: same rows in, same bytes out."""

import pyarrow as pa
import pytest

from retold.base.engines.local import LocalEngine

SCHEMA = pa.schema([("key", pa.string()), ("n", pa.string())])
ROWS = pa.table({"key": [f"k{i % 7}" for i in range(200)], "n": [str(i) for i in range(200)]}, schema=SCHEMA)
ENGINES = [LocalEngine(), LocalEngine(workers=2)]


def first_and_count(rows: pa.Table) -> pa.Table:
    return pa.table({"key": [rows["key"][0].as_py()], "n": [str(rows.num_rows)]}, schema=SCHEMA)


def both(left: pa.Table, right: pa.Table) -> pa.Table:
    key = (left if left.num_rows else right)["key"][0].as_py()
    return pa.table({"key": [key], "n": [f"{left.num_rows}+{right.num_rows}"]}, schema=SCHEMA)


@pytest.mark.parametrize("engine", ENGINES, ids=["one process", "a pool"])
def test_map_batches_sees_every_row_once(engine):
    done = engine.map_batches(ROWS, first_and_count, SCHEMA)
    assert sum(int(n) for n in done["n"].to_pylist()) == 200


@pytest.mark.parametrize("engine", ENGINES, ids=["one process", "a pool"])
def test_group_map_gathers_the_rows_of_a_key_in_the_order_of_keys(engine):
    done = engine.group_map(ROWS, "key", first_and_count, SCHEMA)
    assert done["key"].to_pylist() == [f"k{i}" for i in range(7)]
    assert done["n"].to_pylist() == ["29", "29", "29", "29", "28", "28", "28"]


@pytest.mark.parametrize("engine", ENGINES, ids=["one process", "a pool"])
def test_cogroup_map_meets_keys_that_one_side_lacks(engine):
    left = pa.table({"key": ["a", "b", "b"], "n": ["", "", ""]}, schema=SCHEMA)
    right = pa.table({"key": ["b", "c"], "n": ["", ""]}, schema=SCHEMA)
    done = engine.cogroup_map(left, right, "key", both, SCHEMA)
    assert dict(zip(done["key"].to_pylist(), done["n"].to_pylist(), strict=True)) == {"a": "1+0", "b": "2+1", "c": "0+1"}


def test_no_rows_give_an_empty_table_of_the_schema():
    assert LocalEngine().group_map(SCHEMA.empty_table(), "key", first_and_count, SCHEMA).schema == SCHEMA


def test_progress_counts_the_tasks():
    seen = []
    LocalEngine(progress=lambda done, of: seen.append((done, of))).group_map(ROWS, "key", first_and_count, SCHEMA)
    assert seen[-1] == (7, 7)
