"""The way in: files, folders, URLs, standard input and rows to articles, their metadata, and what failed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from retold.base.errors import EmptyError, InputError, MalformedError, NotFoundError, RetoldError
from retold.base.models import Models
from retold.base.records import Article, Failure, Metadata, make_id
from retold.base.tables import Batch
from retold.collect.drafts import FIELDS, UNFORESEEN, Draft, Source, Witness, check_text, unforeseen
from retold.collect.encodings import decode
from retold.collect.feeds import kind_of
from retold.collect.files import files_under, limit_of, read_file, read_stream, stem_of
from retold.collect.formats import ADD, format_of, refuse_binary, unpacked, within
from retold.collect.identities import DuplicateInput, identified
from retold.collect.pages import read_page
from retold.collect.places import is_url, printable, shown
from retold.collect.repetitions import find_repetitions
from retold.collect.rows import drafts_of, read_rows
from retold.collect.settings import CollectSettings as CollectSettings

if TYPE_CHECKING:
    pass

Progress = Callable[[str], None]
Found = Draft | RetoldError
DEFAULTS = CollectSettings()
MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|\s|\0)*<")
LISTS = {"feed": "a feed", "opml": "a list of feeds (OPML)", "sitemap": "a sitemap", "index": "an index of sitemaps"}


def collect(
    inputs: Sequence[str],
    *,
    models: Models,
    settings: CollectSettings = DEFAULTS,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    rows: Iterable[Mapping[str, object] | str] = (),
) -> Batch:
    """Articles, metadata and failures from any mix of files, folders, URLs and "-" for standard input.

    Whatever cannot be used becomes a failure, and the rest goes on. The order of the inputs makes no difference.

    Args:
        inputs: paths, URLs, "-".
        models: gives the extractor for web pages.
        settings: limits, and what is allowed.
        stdin: what "-" reads; the standard input of the process when left out.
        progress: is told in words what is being read.
        rows: mappings with the same keys as the columns of a file, or strings of text, beside the inputs.

    Raises:
        SettingsError: the extractor cannot be loaded.
    """
    models.get("extractor")
    names = [os.fspath(name) for name in ([inputs] if isinstance(inputs, str | os.PathLike) else inputs)]
    found: list[Found] = []
    for source in sources(names, settings=settings, stdin=stdin, progress=progress or ignore):
        found.extend([source] if isinstance(source, RetoldError) else readable(source, models, settings))
    found.extend(given_rows(rows, models, settings))
    return batch_of(found, settings)


def collect_records(rows: Iterable[Mapping[str, object] | str], *, models: Models, settings: CollectSettings = DEFAULTS) -> Batch:
    """Articles, metadata and failures from mappings with the same keys as the columns of a file, or from strings of text.

    >>> batch = collect_records([{"id": "a", "text": "Rain fell.", "outlet": "The Isle"}, "Snow fell."], models=Models())
    >>> [(article.id, article.text) for article in batch.get(Article)]
    [('a', 'Rain fell.'), ('row:2', 'Snow fell.')]
    """
    return batch_of(given_rows(rows, models, settings), settings)


def given_rows(rows: Iterable[Mapping[str, object] | str], models: Models, settings: CollectSettings) -> Iterator[Found]:
    """The drafts in rows handed over in Python; each is called by its number, from 1."""
    numbered = (((f"row:{n}", n), as_row(row, f"row:{n}")) for n, row in enumerate(rows, 1))
    return caught(drafts_of(numbered, "row", place="rows", models=models, settings=settings), "rows")


def ignore(_: str) -> None:
    """Progress that nobody follows."""


def as_row(row: object, place: str) -> Mapping[str, object] | RetoldError:
    """A string as a row with that text."""
    if isinstance(row, str):
        return {"text": row}
    if isinstance(row, Mapping):
        return row
    return MalformedError(
        expected="a mapping or a string",
        found=f"a value of type {type(row).__name__}",
        where=place,
        advice="hand over mappings with a text",
    )


# ---- inputs to sources --------------------------------------------------------------------------------------------


def sources(
    names: Sequence[str], *, settings: CollectSettings, stdin: BinaryIO | None, progress: Progress
) -> Iterator[Source | RetoldError]:
    """The bytes behind each input, each once."""
    urls = [name for name in names if is_url(name)]
    for name in repeated(name for name in names if name == "-" or is_url(name)):
        yield DuplicateInput(expected="each input once", found="one given again", where=shown(name), advice="it was read once")
    if "-" in names:
        progress("reading standard input")
        yield attempt(partial(read_stream, stdin or sys.stdin.buffer, settings), "-")
    yield from file_sources([name for name in names if name != "-" and not is_url(name)], settings, progress)
    if urls:
        yield from url_sources(sorted(set(urls)), settings, progress)


def repeated(names: Iterable[str]) -> list[str]:
    """Names after their first time, sorted."""
    seen: set[str] = set()
    return sorted(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]


def file_sources(names: Sequence[str], settings: CollectSettings, progress: Progress) -> Iterator[Source | RetoldError]:
    """The files named and those in the folders named, in the order of their paths; a file that is reached twice is read once."""
    paths: list[Path] = []
    for name in names:
        for path in paths_of(name):
            if isinstance(path, RetoldError):
                yield path
            else:
                paths.append(path)
    seen: dict[str, str] = {}
    for path in sorted(paths, key=str):
        real = os.path.realpath(path)
        if real in seen:
            yield DuplicateInput(
                expected="each file once", found=f"the same file as {seen[real]}", where=str(path), advice="it was read once"
            )
            continue
        seen[real] = str(path)
        progress(f"reading {path}")
        yield attempt(partial(read_file, path, settings), str(path))


def paths_of(name: str) -> Iterator[Path | RetoldError]:
    """The files that an input names."""
    missing = NotFoundError(expected="a file, a folder, a URL or -", found="none", where=name or "(empty)", advice="check the path")
    if not name or "\x00" in name:
        yield missing
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield from files_under(path)
        elif path.exists():
            yield path
        else:
            yield missing
    except OSError as error:
        yield InputError(expected="a path", found=type(error).__name__, where=name, advice="check the path and its permissions")


def url_sources(urls: Sequence[str], settings: CollectSettings, progress: Progress) -> Iterator[Source | RetoldError]:
    """The pages at the URLs."""
    from retold.collect.downloads import Downloader

    with Downloader(settings) as downloader:
        for url in urls:
            progress(f"fetching {shown(url)}")
            yield attempt(partial(downloader.fetch, url), shown(url))


def attempt(read: Callable[[], Source], place: str) -> Source | RetoldError:
    """What a reader gives, or the error that it raised."""
    try:
        return read()
    except RetoldError as error:
        return error
    except UNFORESEEN as error:
        return unforeseen(error, place)


# ---- sources to drafts --------------------------------------------------------------------------------------------


def readable(source: Source, models: Models, settings: CollectSettings) -> Iterator[Found]:
    """The drafts in a source and an error for each part that cannot be used."""
    return caught(read_source(source, models, settings), source.place)


def caught(found: Iterator[Found], place: str) -> Iterator[Found]:
    """What a reader finds, then the error that ended it, if any. What no reader foresaw is a failure of this one input too."""
    try:
        yield from found
    except RetoldError as error:
        yield error
    except UNFORESEEN as error:
        yield unforeseen(error, place)


def read_source(source: Source, models: Models, settings: CollectSettings) -> Iterator[Found]:
    """The drafts in a source, by its format.

    Raises:
        EmptyError: it holds nothing.
        EncodingError: its bytes are no text.
        MalformedError: it is of a kind that we do not read.
        TooLargeError: it is beyond a limit.
    """
    data = unpacked(source.data, limit_of(source.name.lower().removesuffix(".gz"), settings), source.place)
    if not data.strip():
        raise EmptyError(
            expected="an article",
            found=f"{len(data)} bytes" if not data else "only white space",
            where=source.place,
            advice="leave it out",
        )
    refuse_binary(data, source.place)
    if (found := kind_of(data)) and MARKUP.match(data):
        raise MalformedError(expected="text, a web page or a table", found=LISTS[found], where=source.place, advice=ADD)
    kind = format_of(data, source.name, source.media_type)
    source = Source(
        place=source.place, name=source.name, data=data, url=source.url, media_type=source.media_type, charset=source.charset
    )
    stem = printable(stem_of(source.name))
    if kind == "other":
        raise MalformedError(
            expected="text, a web page or a table", found="a file for programs", where=source.place, advice="leave it out"
        )
    if kind == "page":
        within(data, settings.max_page_bytes, source.place)
        yield from read_page(source, stem, models=models, settings=settings)
    elif kind == "text":
        within(data, settings.max_text_bytes, source.place)
        yield from read_text(source, stem, settings)
    else:
        yield from read_rows(source, stem, kind, models=models, settings=settings)


def read_text(source: Source, stem: str, settings: CollectSettings) -> Iterator[Found]:
    """A plain text: exactly what the bytes say. Its headline is for `divide` to find.

    Raises:
        EncodingError: the bytes are no text.
    """
    found = decode(source.data, place=source.place, declared=source.charset)
    text = check_text(found.text, source.place, settings)
    fetched = (Witness(field="url", value=source.url, method="fetched", score=0.6),) if source.url else ()
    yield Draft(text=text, place=source.place, stem=stem, method=f"text: {found.encoding}", url=source.url, witnesses=fetched)
    if found.broken:
        yield MalformedError(
            expected=f"text in {found.encoding}",
            found=f"{found.broken} broken bytes, shown as \ufffd",
            where=source.place,
            advice="get the file again; the rest of it was used",
        )


# ---- drafts to records --------------------------------------------------------------------------------------------


def batch_of(found: Iterable[Found], settings: CollectSettings) -> Batch:
    """The records of what was found: articles by id, metadata and failures in the order of their ids."""
    drafts: list[Draft] = []
    errors: list[RetoldError] = []
    for item in found:
        drafts.append(item) if isinstance(item, Draft) else errors.append(item)
    articles: list[Article] = []
    metadata: dict[str, Metadata] = {}
    for named in identified(drafts):
        if isinstance(named, DuplicateInput):
            errors.append(named)
            continue
        articles.append(article_of(*named))
        metadata.update((row.id, row) for row in metadata_of(*named))
    failures = {failure.id: failure for failure in map(failure_of, errors)}
    articles.sort(key=lambda a: a.id)
    rows = sorted(metadata.values(), key=lambda m: (m.article, FIELDS.index(m.field), -m.score, m.id))
    failed = sorted(failures.values(), key=lambda f: (f.place, f.error, f.message))
    repeated_lines = find_repetitions(articles) if settings.repetitions else ()
    return Batch([*articles, *rows, *repeated_lines, *failed])


def article_of(name: str, draft: Draft) -> Article:
    """A draft as an article."""
    return Article(
        id=name,
        text=draft.text,
        title=draft.title,
        outlet=draft.outlet,
        author=draft.author,
        published=draft.published,
        url=draft.url,
        language=draft.language,
        place=printable(draft.place),
        method=draft.method,
    )


def metadata_of(name: str, draft: Draft) -> Iterator[Metadata]:
    """What spoke for a draft's metadata; a title that stands on the first line has its place there."""
    for witness in draft.witnesses:
        start = draft.text.find(witness.value, 0, 1000) if witness.field == "title" else -1
        first_line = start >= 0 and not draft.text[:start].strip()
        yield Metadata(
            id=make_id("m", name, witness.field, witness.value, witness.method),
            article=name,
            field=witness.field,
            value=witness.value,
            method=witness.method,
            score=witness.score,
            start=start if first_line else -1,
            end=start + len(witness.value) if first_line else -1,
        )


def failure_of(error: RetoldError) -> Failure:
    """An error as a failure of this stage."""
    kind, place, message = type(error).__name__, printable(error.where), printable(error.message)
    return Failure(id=make_id("f", place, kind, message), place=place, stage="collect", error=kind, message=message)
