"""The engine of one machine: this process, or a pool of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from retold.base.engines import OneTable, TwoTables

ROWS = 64  # rows a task of `map_batches`: about a second of work when a row is one article


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Runs stages in `workers` processes; one means here. `progress` is told how many tasks of how many are done."""

    workers: int = 1
    progress: Callable[[int, int], None] | None = None

    def map_batches(self, source: pa.Table, function: OneTable, schema: pa.Schema) -> pa.Table:
        """Apply a function to slices of the rows."""
        slices = [source.slice(i, ROWS) for i in range(0, source.num_rows, ROWS)]
        if self.workers > 1:  # a slice travels with all that it was cut from: 7 GB for 10,000 articles
            slices = [part.take(list(range(part.num_rows))) for part in slices]
        return self._collect(function, slices, schema)

    def group_map(self, source: pa.Table, key: str, function: OneTable, schema: pa.Schema) -> pa.Table:
        """Apply a function to all rows of a key at once, in the order of the keys."""
        return self._collect(function, list(groups(source, key)), schema)

    def cogroup_map(self, left: pa.Table, right: pa.Table, key: str, function: TwoTables, schema: pa.Schema) -> pa.Table:
        """Apply a function to all rows of a key of two tables at once, in the order of the keys."""
        keys = sorted(set(left[key].to_pylist()) | set(right[key].to_pylist()))
        pairs = [(left.filter(pc.equal(left[key], k)), right.filter(pc.equal(right[key], k))) for k in keys]
        return self._collect(partial(apply_pair, function), pairs, schema)

    def _collect(self, function: Callable[[Any], pa.Table], tasks: list[Any], schema: pa.Schema) -> pa.Table:
        parts = []
        for part in self._run(function, tasks):
            parts.append(part)
            if self.progress:
                self.progress(len(parts), len(tasks))
        return pa.concat_tables(parts) if parts else schema.empty_table()

    def _run(self, function: Callable[[Any], pa.Table], tasks: list[Any]) -> Iterator[pa.Table]:
        if self.workers <= 1 or len(tasks) <= 1:
            yield from map(function, tasks)
            return
        with ProcessPoolExecutor(self.workers, mp_context=get_context("spawn")) as pool:
            yield from pool.map(function, tasks)


def apply_pair(function: TwoTables, pair: tuple[pa.Table, pa.Table]) -> pa.Table:
    """A function of two tables, applied to a pair of them."""
    return function(*pair)


def groups(source: pa.Table, key: str) -> Iterator[pa.Table]:
    """The rows of each key, keys in order, rows in the order of the table."""
    rows: dict[str, list[int]] = {}
    for i, value in enumerate(source[key].to_pylist()):
        rows.setdefault(value, []).append(i)
    for value in sorted(rows):
        yield source.take(rows[value])
