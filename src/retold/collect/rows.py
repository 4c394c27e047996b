"""Articles in rows: JSON, JSON Lines, CSV, or mappings handed over in Python."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import StringIO
from typing import Any

from retold.base.errors import EncodingError, MalformedError, RetoldError
from retold.base.models import Models
from retold.collect.drafts import FIELDS, UNFORESEEN, Draft, Source, Witness, check_text, refuse_surrogates, unforeseen
from retold.collect.encodings import decode, marked
from retold.collect.formats import Format
from retold.collect.pages import page_draft
from retold.collect.settings import CollectSettings
from retold.collect.witnesses import CLEANERS, naming

COLUMNS: dict[str, tuple[str, ...]] = {  # what we look for, the first that holds something counts; case does not matter
    "text": ("text", "content", "body", "article", "full_text", "fulltext", "full text", "maintext", "article_text", "articlebody"),
    "html": ("html",),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site", "publication", "newspaper", "media_name", "source_name", "pubtitle"),
    "published": ("published", "date", "published_at", "publish_date", "date_publish", "publication_date", "publication date", "pubdate",
                  "pub_date", "publishedat", "datepublished", "day"),
    "url": ("url", "link", "story_url"),
    "language": ("language", "lang"),
    "author": ("author", "byline"),
    "id": ("id",),
}
DELIMITERS = ",;\t|"
MOST_SHOWN = 12  # columns named in a message
MOST_RESTARTS = 100  # times that reading goes on after a quote that never closes; each may cost a pass over the rest
CSV_LIMIT = threading.Lock()  # the csv module has one field size limit for the whole process
Row = Mapping[str, object]
Place = tuple[str, int]  # where a row stands, and its number (its line, or its place in a list)


def read_rows(
    source: Source, stem: str, kind: Format, *, models: Models, settings: CollectSettings
) -> Iterator[Draft | RetoldError]:
    """The articles of a JSON or CSV file, and an error for each row that is broken.

    Raises:
        EncodingError: the file is no text.
        MalformedError: the file is not what it says, or no row has a column of text.
    """
    found = csv_rows(source, settings) if kind == "csv" else json_rows(source, kind)
    yield from drafts_of(found, stem, place=source.place, models=models, settings=settings)


def drafts_of(
    rows: Iterable[tuple[Place, Row | RetoldError]], stem: str, *, place: str, models: Models, settings: CollectSettings
) -> Iterator[Draft | RetoldError]:
    """Rows as drafts. When none has a column of text, that is one error, not one a row.

    Raises:
        MalformedError: no row has a column of text.
    """
    columns: dict[str, None] = {}
    held: list[RetoldError] = []
    has_text = False
    for (where, number), row in rows:
        if isinstance(row, RetoldError):
            yield row
            continue
        columns.update(dict.fromkeys(str(name) for name in row))
        has_text = has_text or bool(named(row) & {"text", "html"})
        try:
            yield row_draft(row, place=where, stem=stem, number=number, models=models, settings=settings)
        except RetoldError as error:
            held.append(error)
        except UNFORESEEN as error:
            held.append(unforeseen(error, where))
    if columns and not has_text:
        raise missing_text(list(columns), place)
    yield from held


def named(row: Row) -> set[str]:
    """Which of our columns a row has."""
    lowered = {str(name).strip().lower() for name in row}
    return {column for column, names in COLUMNS.items() if lowered.intersection(names)}


def missing_text(columns: list[str], place: str) -> MalformedError:
    """What to say when there is no column of text."""
    shown = ", ".join(columns[:MOST_SHOWN]) + (", …" if len(columns) > MOST_SHOWN else "")
    return MalformedError(
        expected="a column named text, content, body, article or html",
        found=f"only {shown}"[:500],
        where=place,
        advice="rename the column that holds the text",
    )


def row_draft(row: Row, *, place: str, stem: str, number: int, models: Models, settings: CollectSettings) -> Draft:
    """A row as a draft; what the row says goes before what its page says.

    Raises:
        EmptyError: its text is empty.
        MalformedError: it has no text, or its text is not a string.
        TooLargeError: its text is too long.
    """
    lowered = {str(name).strip().lower(): value for name, value in row.items()}
    values = {column: first_value(lowered, names) for column, names in COLUMNS.items()}
    if not named(row) & {"text", "html"}:
        raise missing_text([str(name) for name in row], place)
    said = {field: written(values[field]) for field in (*FIELDS, "id")}
    refuse_surrogates(said.values(), place)
    witnesses = tuple(given_witness(field, said[field]) for field in FIELDS if said[field])
    best: dict[str, Any] = {w.field: w.value for w in witnesses if w.score}
    if values["text"] is None and isinstance(values["html"], str):
        draft = page_draft(values["html"], place=place, stem=stem, url=best.get("url"), models=models, settings=settings)
        return replace(draft, line=number, given=said["id"], witnesses=(*witnesses, *draft.witnesses), **best)
    text = check_text(as_text(values["text"], place), place, settings)
    return Draft(text=text, place=place, stem=stem, line=number, given=said["id"], witnesses=witnesses, **best)


def first_value(row: Row, names: Iterable[str]) -> object:
    """The first value that is there under any of the names; None when there is none."""
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def as_text(value: object, place: str) -> str:
    """The text of a row, exactly.

    Raises:
        MalformedError: it is no string.
    """
    if value is None or isinstance(value, str):
        return value or ""
    raise MalformedError(
        expected="a string of text",
        found=f"a value of type {type(value).__name__}",
        where=place,
        advice="put the text in as one string",
    )


def written(value: object) -> str:
    """A value of metadata in words: numbers as they are written, objects by their name."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value) if value.bit_length() < 200 else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return naming(value)


def given_witness(field: str, value: str) -> Witness:
    """What a row says of itself: certain, unless it cannot be read."""
    usual = CLEANERS[field](value, None) if field in ("published", "language", "url") else value
    if usual:
        return Witness(field=field, value=usual, method="given", score=1.0)
    return Witness(field=field, value=value, method="unparsed", score=0.0)


# ---- JSON ---------------------------------------------------------------------------------------------------------


def json_rows(source: Source, kind: Format) -> Iterator[tuple[Place, Row | RetoldError]]:
    """The objects of a JSON or JSON Lines file; a .json file may hold lines too.

    Raises:
        MalformedError: a .json file is broken as a whole.
    """
    if kind == "json":
        whole = decode(source.data, place=source.place, declared=source.charset).text
        try:
            yield from listed(json.loads(whole, strict=False), source.place)
            return
        except (ValueError, RecursionError) as error:
            if sum(1 for line in whole.split("\n", 2)[:2] if line.strip().startswith("{") and line.strip().endswith("}")) < 2:
                raise broken_json(error, source.place) from error
    found = marked(source.data)
    data = found.text.encode("utf-8", "surrogatepass") if found else source.data
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            place = f"{source.place}:{number}"
            yield (place, number), json_line(line, place)


def listed(value: object, place: str) -> Iterator[tuple[Place, Row | RetoldError]]:
    """One object, or a list of them (also as the only list in an object that has no text itself).

    Raises:
        MalformedError: it is neither.
    """
    if isinstance(value, dict):
        lists = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(item, dict) for item in v)]
        if named(value) & {"text", "html"} or len(lists) != 1:
            yield (place, 0), value
            return
        value = lists[0]
    if not isinstance(value, list):
        raise MalformedError(
            expected="an object or a list of objects",
            found=f"a value of type {type(value).__name__}",
            where=place,
            advice="put each article into an object with a text",
        )
    for number, item in enumerate(value, 1):
        where = f"{place}:{number}"
        yield (where, number), item if isinstance(item, dict) else not_an_object(item, where)


def json_line(line: bytes, place: str) -> Row | RetoldError:
    """One line of JSON Lines."""
    try:
        value = json.loads(line.decode("utf-8"), strict=False)
    except UnicodeDecodeError:
        return EncodingError(expected="JSON in UTF-8", found="other bytes", where=place, advice="save the file in UTF-8")
    except (ValueError, RecursionError) as error:
        return broken_json(error, place)
    return value if isinstance(value, dict) else not_an_object(value, place)


def broken_json(error: Exception, place: str) -> MalformedError:
    """What to say about JSON that cannot be read."""
    reason = "a value too deep or too large"
    if isinstance(error, json.JSONDecodeError):
        reason = f"a fault at column {error.colno}"
    return MalformedError(expected="JSON", found=reason, where=place, advice="mend it")


def not_an_object(value: object, place: str) -> MalformedError:
    """What to say about a line that is JSON and no article."""
    return MalformedError(
        expected="an object with a text", found=f"a value of type {type(value).__name__}", where=place, advice="mend the line"
    )


# ---- CSV ----------------------------------------------------------------------------------------------------------


def csv_rows(source: Source, settings: CollectSettings) -> Iterator[tuple[Place, Row | RetoldError]]:
    """The rows of a CSV file; the first line names the columns, the delimiter is the one that fits them best.

    Raises:
        EncodingError: the file is no text.
        MalformedError: it has no line that names columns.
    """
    lines = StringIO(decode(source.data, place=source.place, declared=source.charset).text, newline="").readlines()
    delimiter = delimiter_of(lines[0] if lines else "")
    header: list[str] = []
    for number, cells in csv_cells(lines, delimiter, settings):
        place = f"{source.place}:{number}"
        if isinstance(cells, str):
            yield (place, number), MalformedError(expected="a row", found=cells, where=place, advice="mend its quotes")
        elif not header:
            header = cells
            if not named(dict.fromkeys(header)) & {"text", "html"}:
                raise missing_text(header, source.place)
        elif len(cells) > len(header):
            yield (
                (place, number),
                MalformedError(
                    expected=f"{len(header)} columns",
                    found=str(len(cells)),
                    where=place,
                    advice="put quotes round values that hold the delimiter",
                ),
            )
        else:
            yield (place, number), dict(zip(header, cells, strict=False))


def delimiter_of(line: str) -> str:
    """The delimiter by which a line of column names has most names that we know, then most names.

    >>> delimiter_of("id;Title;Text"), delimiter_of("text")
    (';', ',')
    """
    return max(DELIMITERS, key=lambda d: (len(named(dict.fromkeys(line.replace('"', "").strip().split(d)))), line.count(d)))


def csv_cells(lines: list[str], delimiter: str, settings: CollectSettings) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the number of its first line, or in words what is wrong with it.

    A quote that never closes would swallow all rows after it: reading goes on at the line after the one where it opens.
    """
    start, restarts = 0, 0
    while start < len(lines):
        reader = csv.reader(lines[start:] if start else lines, delimiter=delimiter, strict=True)
        first = 0
        try:
            while True:
                first = reader.line_num
                cells = next_row(reader, settings.max_article_characters * 2)
                if any(cell.strip() for cell in cells):
                    yield start + first + 1, cells
        except StopIteration:
            return
        except csv.Error as error:
            yield start + first + 1, str(error)
            restarts += 1
            start += first + 1
        if restarts == MOST_RESTARTS:
            yield start + 1, "too many broken rows before it; the rest was left out"
            return


def next_row(reader: Iterator[list[str]], limit: int) -> list[str]:
    """The next row, its cells of at most `limit` characters.

    Raises:
        csv.Error: it is broken.
        StopIteration: there is none.
    """
    with CSV_LIMIT:
        before = csv.field_size_limit(limit)
        try:
            return next(reader)
        finally:
            csv.field_size_limit(before)
