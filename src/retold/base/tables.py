"""Records to Arrow tables and back. The schema of a table is derived from its dataclass."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import pyarrow as pa

from retold.base.errors import PipelineError
from retold.base.records import RECORDS, Membership, Quote, Record

R = TypeVar("R", bound=Record)

SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), bytes: pa.binary(),
}


SCHEMAS: dict[type[Record], pa.Schema] = {}


def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of a field: scalars, optionals, and tuples (spans are lists of two int64)."""
    if hint in SCALARS:
        return SCALARS[hint]
    if get_origin(hint) in (Union, types.UnionType):
        return arrow_type(next(a for a in get_args(hint) if a is not type(None)))
    if get_origin(hint) is tuple:
        return pa.list_(arrow_type(get_args(hint)[0]))
    raise PipelineError(expected="a scalar, an optional or a tuple", found=repr(hint), where="a record's field")


def schema_of(kind: type[Record]) -> pa.Schema:
    """The Arrow schema of a record.

    >>> from retold.base.records import Language
    >>> schema_of(Language).names
    ['id', 'article', 'code', 'method', 'score']
    """
    if kind not in SCHEMAS:
        hints = get_type_hints(kind)
        names = [f.name for f in fields(cast(Any, kind))]
        SCHEMAS[kind] = pa.schema([pa.field(name, arrow_type(hints[name])) for name in names])
    return SCHEMAS[kind]


def tuple_fields(kind: type[Record]) -> tuple[str, ...]:
    """The fields that Arrow hands back as lists and records hold as tuples."""
    return tuple(f.name for f in schema_of(kind) if pa.types.is_list(f.type))


def to_table(kind: type[R], records: Iterable[R]) -> pa.Table:
    """Records as a table, in the order given."""
    rows = list(records)
    columns = {name: [getattr(r, name) for r in rows] for name in schema_of(kind).names}
    return pa.table(columns, schema=schema_of(kind))


def from_table(kind: type[R], table: pa.Table) -> list[R]:
    """A table as records, in the order of its rows."""
    nested = tuple_fields(kind)
    rows = table.to_pylist()
    for row in rows:
        for name in nested:
            row[name] = freeze(row[name])
    return [kind(**row) for row in rows]


def freeze(value: Any) -> Any:
    """Lists, however deep, as tuples."""
    return tuple(map(freeze, value)) if isinstance(value, list) else value


class Batch:
    """Records of several kinds that belong together: the input and the output of a stage.

    >>> from retold.base.records import Language
    >>> batch = Batch([Language(id="l", article="a", code="en", method="given", score=1.0)])
    >>> [r.code for r in batch.get(Language)]
    ['en']
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._rows: dict[type[Record], list[Any]] = {}
        self.add(records)

    def get(self, kind: type[R]) -> list[R]:
        """All records of a kind, in the order they were added (empty when there are none)."""
        return self._rows.get(kind, [])

    def add(self, records: Iterable[Record]) -> None:
        """Add records, each to its kind."""
        last, rows = None, []
        for record in records:
            if type(record) is not last:
                last = type(record)
                rows = self._rows.setdefault(last, [])
            rows.append(record)

    def kinds(self) -> Iterator[type[Record]]:
        """The kinds that have at least one record, in the order of `RECORDS`."""
        return (kind for kind in RECORDS if self._rows.get(kind))

    def by_article(self, kind: type[R]) -> dict[str, list[R]]:
        """The records of a kind by article id."""
        out: dict[str, list[R]] = {}
        for record in self._rows.get(kind, []):
            out.setdefault(record.article, []).append(record)
        return out

    @property
    def story(self) -> str:
        """The story that the batch of a story stage is about ("" where it holds no membership)."""
        return next((m.story for m in self.get(Membership)), "")

    def tables(self) -> Mapping[str, pa.Table]:
        """The records as Arrow tables by table name."""
        return {kind.table: to_table(kind, self.get(kind)) for kind in self.kinds()}


def speakers(batch: Batch) -> dict[str, str]:
    """Who speaks in each attribution of which that is known, by the id of the attribution, as its quotes name them."""
    return {q.attribution: q.speaker for q in batch.get(Quote) if q.attribution and q.speaker}
