"""From what the user names to drafts, one at a time, so that inputs of any size take bounded memory.

An archive or table remembers how far it was read (`Cursor`), so that reading goes on there after a stop. Feeds, lists of feeds
and sitemaps are followed to the pages that they announce, and remembered (`Subscription`) for `retold watch`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from retold.base.errors import InputError, RefusedError, RetoldError
from retold.base.models import Models
from retold.collect.archives import Record, member_stream, members, package, warc_pages
from retold.collect.bulk import Found as Row
from retold.collect.bulk import json_lines, parquet_rows
from retold.collect.downloads import Downloader
from retold.collect.drafts import UNFORESEEN, Draft, Source, Witness, unforeseen
from retold.collect.feeds import Entry, Feed, kind_of, read_list
from retold.collect.files import read_file, read_stream, stem_of
from retold.collect.formats import unpacked
from retold.collect.inputs import paths_of, readable
from retold.collect.pages import page_draft
from retold.collect.places import is_url, printable, shown
from retold.collect.settings import CollectSettings
from retold.collect.streams import Stream, reading

Progress = Callable[[str], None]
HEAD = 4096  # bytes by which a file's kind is told
DEEPEST = 3  # lists within lists
MOST_LISTS = 5_000  # feeds and sitemaps that one input may lead to
LEAST_CONTENT = 400  # characters of an entry's own content that make an article where its page cannot be had
LARGEST_LIST = 50_000_000  # bytes of a sitemap, unpacked (sitemaps.org)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a file was read: up to the row or record with this number, all of it at -1. `mark` tells whether it is the same file."""

    place: str
    mark: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed or sitemap on the web, to be looked at again."""

    url: str
    title: str = ""


Thing = Draft | RetoldError | Subscription | Any  # and what a watcher notes
Item = tuple[Thing | None, Cursor | None]
After = Callable[[str, str], int]


class Intake:
    """Reads inputs.

    Args:
        models: gives the extractor for pages.
        settings: limits and manners.
        progress: is told what is being read.
        after: for a file and its mark, the number that it was read up to before, 0 where it was not.
    """

    def __init__(self, models: Models, settings: CollectSettings, progress: Progress, after: After) -> None:
        self.models = models
        self.settings = settings
        self.progress = progress
        self.after = after
        self.stack = ExitStack()
        self.lists: set[str] = set()
        self._downloader: Downloader | None = None

    @property
    def downloader(self) -> Downloader:
        """What fetches pages, made when it is first wanted."""
        if self._downloader is None:
            self._downloader = self.stack.enter_context(Downloader(self.settings))
        return self._downloader

    def items(self, inputs: Iterable[Any]) -> Iterator[Item]:
        """What the inputs hold, in their order; an error for whatever cannot be used."""
        with self.stack:
            for given in inputs:
                yield from caught(self.input(given), str(getattr(given, "place", given)))

    def input(self, given: Any) -> Iterator[Item]:
        """What one input holds."""
        if isinstance(given, Draft):
            yield given, None
        elif isinstance(given, Source):
            yield from self.source(given)
        elif str(given) == "-":
            yield from self.source(read_stream(sys.stdin.buffer, self.settings))
        elif is_url(str(given)):
            yield from self.address(str(given))
        else:
            yield from self.files(str(Path(given).expanduser().absolute()) if given else "")

    # ---- files --------------------------------------------------------------------------------------------------------

    def files(self, name: str) -> Iterator[Item]:
        """The file of a name, or those in the folder of that name."""
        root = Path(name).resolve() if name else Path()
        for path in paths_of(name):
            if isinstance(path, RetoldError):
                yield path, None
            elif root.is_dir() and not path.resolve().is_relative_to(root):
                yield RefusedError(expected="a file in the folder", found="a link that leads out of it", where=str(path),
                                   advice="name the file itself if you trust it"), None
            else:
                self.progress(f"reading {path}")
                yield from caught(self.file(path), str(path))

    def file(self, path: Path) -> Iterator[Item]:
        """What a file holds, by its first bytes and its name."""
        head = head_of(path)
        kind = bulk_kind(path, head)
        if kind == "warc":
            with reading(path) as stream:
                yield from self.archive(stream, path, "")
        elif kind == "wacz":
            yield from self.package(path)
        elif kind == "parquet":
            after, cursor = self.resume(path, "")
            rows = parquet_rows(path, stem_of(path.name), models=self.models, settings=self.settings, after=after)
            yield from self.numbered(rows, cursor)
        elif kind == "lines":
            with reading(path) as stream:
                after, cursor = self.resume(path, "")
                rows = json_lines(stream, stem_of(path.name), models=self.models, settings=self.settings, after=after)
                yield from self.numbered(rows, cursor)
        elif kind == "list":
            data = unpacked(read_file(path, self.settings).data, LARGEST_LIST, str(path))
            yield from self.follow(read_list(data, str(path)), 0)
        else:
            yield from self.source(read_file(path, self.settings))

    def resume(self, path: Path, member: str) -> tuple[int, Cursor]:
        """How far a file was read before, and its cursor at the beginning."""
        status = path.stat()
        place, mark = f"{path}{f'!{member}' if member else ''}", f"{status.st_size} {status.st_mtime_ns}"
        after = max(0, self.after(place, mark))
        return after, Cursor(place=place, mark=mark, number=after)

    def numbered(self, rows: Iterator[Row], cursor: Cursor) -> Iterator[Item]:
        """Rows with the cursor at each, and the cursor at the end."""
        for number, found in rows:
            yield found, replace(cursor, number=number)
        yield None, replace(cursor, number=-1)

    def archive(self, stream: Stream, path: Path, member: str) -> Iterator[Item]:
        """The pages of a WARC file."""
        after, cursor = self.resume(path, member)
        for number, when, found in warc_pages(stream, settings=self.settings, after=after):
            yield from ((thing, replace(cursor, number=number)) for thing in self.record((number, when, found)))
        yield None, replace(cursor, number=-1)

    def record(self, record: Record) -> Iterator[Thing]:
        """A record of an archive as an article, dated by its capture."""
        _, when, found = record
        if isinstance(found, RetoldError):
            yield found
            return
        for draft in readable(found, self.models, self.settings):
            yield draft if isinstance(draft, RetoldError) else replace(with_raw(draft, found), captured=when)

    def package(self, path: Path) -> Iterator[Item]:
        """The pages of a WACZ package."""
        with package(path) as found:
            for info in members(found, str(path)):
                if isinstance(info, InputError):
                    yield info, None
                    continue
                with member_stream(found, info, str(path)) as stream:
                    yield from self.archive(stream, path, printable(info.filename))

    def source(self, source: Source) -> Iterator[Item]:
        """The articles in a source that is held whole."""
        for found in readable(source, self.models, self.settings):
            yield found if isinstance(found, RetoldError) else with_raw(found, source), None

    # ---- the web ------------------------------------------------------------------------------------------------------

    def address(self, url: str, depth: int = 0) -> Iterator[Item]:
        """What lies at an address: a page, or a list that leads to pages."""
        self.progress(f"fetching {shown(url)}")
        source = self.downloader.fetch(url)
        data = unpacked(source.data, LARGEST_LIST, source.place)
        if not kind_of(data):
            yield from self.source(source)
            return
        found = read_list(data, source.url or url)
        yield Subscription(url=url, title=found.title), None
        yield from self.follow(found, depth)

    def follow(self, found: Feed, depth: int) -> Iterator[Item]:
        """The pages that a list announces, and those of the lists that it names."""
        yield from ((error, None) for error in found.errors)
        for entry in found.entries:
            self.progress(f"fetching {entry.url}")
            yield from caught(self.entry(entry), entry.url)
        for url in found.further:
            if depth < DEEPEST and url not in self.lists and len(self.lists) < MOST_LISTS:
                self.lists.add(url)
                yield from caught(self.address(url, depth + 1), url)

    def entry(self, entry: Entry) -> Iterator[Item]:
        """The page that an entry announces; what the entry itself says where the page cannot be had."""
        try:
            source = self.downloader.fetch(entry.url)
        except InputError as error:
            yield error, None
            if len(entry.content) >= LEAST_CONTENT:
                yield from caught(self.content(entry), entry.url)
            return
        for found, cursor in self.source(source):
            yield (announced(found, entry) if isinstance(found, Draft) else found), cursor

    def content(self, entry: Entry) -> Iterator[Item]:
        """An article from what its entry says."""
        html = f"<html><body><article>{entry.content}</article></body></html>"
        draft = page_draft(html, place=entry.url, stem=stem_of(entry.url.rstrip("/").rpartition("/")[2]), url=entry.url, models=self.models,
                           settings=self.settings)
        yield announced(replace(draft, raw=entry.content.encode("utf-8", "replace"), method="feed"), entry), None


def announced(draft: Draft, entry: Entry) -> Draft:
    """A draft with what its entry says where the page itself says nothing."""
    said = {"title": entry.title, "published": entry.published, "author": entry.author}
    new = {field: value for field, value in said.items() if value and not getattr(draft, field)}
    witnesses = tuple(Witness(field=field, value=value, method="feed", score=0.8) for field, value in said.items() if value)
    values: dict[str, Any] = {**new, "witnesses": (*draft.witnesses, *witnesses)}
    return replace(draft, **values)


def caught(items: Iterator[Item], place: str) -> Iterator[Item]:
    """What a reader gives, then the error that ended it, if any."""
    try:
        yield from items
    except InputError as error:
        yield error, None
    except UNFORESEEN as error:
        yield unforeseen(error, place), None


def head_of(path: Path) -> bytes:
    """The first bytes of a file, unpacked; none where it cannot be read, which its reader will say."""
    try:
        with reading(path) as stream:
            return stream.read(HEAD) if path.name.lower().endswith(".gz") or stream.packed else stream.waiting[:HEAD]
    except InputError:
        return b""


def bulk_kind(path: Path, head: bytes) -> str:
    """Whether a file is one of those that may be of any size: "warc", "wacz", "parquet", "lines"; or a "list"; else ""."""
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".warc") or head.startswith(b"WARC/"):
        return "warc"
    if name.endswith(".wacz") or (head.startswith(b"PK\x03\x04") and name.endswith(".zip")):
        return "wacz"
    if name.endswith(".parquet") or head.startswith(b"PAR1"):
        return "parquet"
    if name.endswith((".jsonl", ".ndjson")):
        return "lines"
    return "list" if name.endswith((".xml", ".rss", ".atom", ".rdf", ".opml")) or kind_of(head) else ""


def with_raw(draft: Draft, source: Source) -> Draft:
    """A draft with the bytes that it was made from: those of the source, or of its row."""
    if draft.raw:
        return draft
    if not draft.line:
        return replace(draft, raw=source.data)
    said = {name: getattr(draft, name) for name in ("given", "title", "outlet", "author", "published", "url", "language", "text")}
    return replace(draft, raw=json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass"))
