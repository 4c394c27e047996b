"""Tables of any size, row by row: JSON Lines, packed or not, and Parquet. What is held is one row, or one batch of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from retold.base.errors import MalformedError, RetoldError, TooLargeError
from retold.base.models import Models
from retold.collect.drafts import UNFORESEEN, Draft, unforeseen
from retold.collect.encodings import BYTE_ORDER_MARKS
from retold.collect.files import unreadable
from retold.collect.rows import COLUMNS, json_line, missing_text, named, row_draft
from retold.collect.settings import MEGABYTE, CollectSettings
from retold.collect.streams import Stream, lines

BYTES_A_CHARACTER = 6  # of JSON at most, as \\u4e2d
LEAST_ROW = MEGABYTE  # bytes that a row may have in any case
BATCH = 64  # rows of a Parquet file held at once
LARGEST_COLUMN = 2_000 * MEGABYTE  # unpacked bytes of one column of one row group; writers aim at a hundredth of that
UNREADABLE_ROWS = 100  # rows without a text after which a table is given up
Found = tuple[int, Draft | RetoldError]  # the number of the row, from 1


def json_lines(stream: Stream, stem: str, *, models: Models, settings: CollectSettings, after: int = 0) -> Iterator[Found]:
    """The articles in JSON Lines, each with the very bytes of its line; an error for each line that is broken.

    Args:
        stream: the file, unpacked.
        stem: the name of the file, for ids.
        models: gives the extractor for rows that hold a page.
        settings: the longest article.
        after: how many lines to pass over, when reading goes on where it broke off.
    """
    most = max(LEAST_ROW, settings.max_article_characters * BYTES_A_CHARACTER)
    rows = Rows(stream.place, stem, models, settings)
    number = 0
    try:
        for number, line in lines(stream, most):
            if number <= after or (line is not None and not line.strip()):
                continue
            place = f"{stream.place}:{number}"
            if line is None:
                yield number, TooLargeError(expected=f"a line of at most {most:,} bytes", found="a longer one", where=place,
                                            advice="split it into its articles")
                continue
            raw = line.removeprefix(BYTE_ORDER_MARKS[2][0]) if number == 1 else line
            yield number, rows.draft(json_line(raw, place), number, line.rstrip(b"\r"))
            rows.go_on()
    except RetoldError as error:
        yield number + 1, error


def parquet_rows(path: Path, stem: str, *, models: Models, settings: CollectSettings, after: int = 0) -> Iterator[Found]:
    """The articles in a Parquet file; an error for each row that cannot be used. Arguments as for `json_lines`."""
    import pyarrow as pa

    place, number = str(path), 0
    rows = Rows(place, stem, models, settings)
    try:
        for number, row in enumerate(table_rows(path), 1):
            if number > after:
                yield number, rows.draft(row, number, json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"))
                rows.go_on()
    except RetoldError as error:
        yield number + 1, error
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            yield number + 1, unreadable(error, place)
            return
        yield number + 1, MalformedError(expected="a Parquet file", found=f"a broken one ({type(error).__name__})", where=place,
                                         advice="get it again; what came before was used")


def table_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file with the columns that we know.

    Raises:
        MalformedError: it has no column of text.
        TooLargeError: it is made to fill the memory.
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, thrift_string_size_limit=10 * MEGABYTE, thrift_container_size_limit=MEGABYTE) as file:
        known = {name for names in COLUMNS.values() for name in names}
        columns = [name for name in file.schema_arrow.names if name.strip().lower() in known]
        if not named(dict.fromkeys(columns)) & {"text", "html"}:
            raise missing_text(list(file.schema_arrow.names), str(path))
        see_sizes(file.metadata, str(path))
        for batch in file.iter_batches(batch_size=BATCH, columns=columns, use_threads=False):
            yield from batch.to_pylist()


def see_sizes(metadata: Any, place: str) -> None:
    """See that no column is too large to be unpacked.

    Raises:
        TooLargeError: one is.
    """
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for column in range(row_group.num_columns):
            if row_group.column(column).total_uncompressed_size > LARGEST_COLUMN:
                raise TooLargeError(expected=f"columns of at most {LARGEST_COLUMN:,} bytes", found="a larger one", where=place,
                                    advice="write it with smaller row groups")


class Rows:
    """Makes drafts of rows, and gives a table up whose rows have no text."""

    def __init__(self, place: str, stem: str, models: Models, settings: CollectSettings) -> None:
        self.place, self.stem, self.models, self.settings = place, stem, models, settings
        self.without_text = 0
        self.usable = False
        self.columns: list[str] = []

    def draft(self, row: Mapping[str, object] | RetoldError, number: int, raw: bytes) -> Draft | RetoldError:
        """A row as a draft, or what is wrong with it."""
        place = f"{self.place}:{number}"
        if isinstance(row, RetoldError):
            return row
        if not named(row) & {"text", "html"}:
            self.without_text += 1
            self.columns = [str(name) for name in row]
        else:
            self.usable = True
        try:
            found = row_draft(row, place=place, stem=self.stem, number=number, models=self.models, settings=self.settings)
            return replace(found, raw=raw)
        except RetoldError as error:
            return error
        except UNFORESEEN as error:
            return unforeseen(error, place)

    def go_on(self) -> None:
        """See that the table is worth reading on.

        Raises:
            MalformedError: its first rows have no text, none of them.
        """
        if not self.usable and self.without_text >= UNREADABLE_ROWS:
            raise missing_text(self.columns, self.place)
