"""Engines: where stages run. One module an engine; nothing outside this folder imports a database or a cluster.

An engine offers three verbs over Arrow tables. The functions it is given are pure and importable, the schemas hold strings and
bytes only, and the result does not depend on how rows are spread: so one process, a pool and a cluster give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pyarrow as pa

OneTable = Callable[[pa.Table], pa.Table]
TwoTables = Callable[[pa.Table, pa.Table], pa.Table]


class Engine(Protocol):
    """Three verbs, enough for every stage."""

    def map_batches(self, source: pa.Table, function: OneTable, schema: pa.Schema) -> pa.Table:
        """Apply a function to any division of the rows."""
        ...

    def group_map(self, source: pa.Table, key: str, function: OneTable, schema: pa.Schema) -> pa.Table:
        """Apply a function to all rows of a key at once."""
        ...

    def cogroup_map(self, left: pa.Table, right: pa.Table, key: str, function: TwoTables, schema: pa.Schema) -> pa.Table:
        """Apply a function to all rows of a key of two tables at once; a key may be missing on one side."""
        ...
