"""What is written in one transaction: some articles, what failed beside them, and how far their files were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from retold.base.engines.sqlite import Database
from retold.base.errors import RetoldError
from retold.base.records import Failure
from retold.collect.drafts import Draft
from retold.collect.inputs import failure_of
from retold.workspace.articles import Entry, place_of
from retold.workspace.intake import Cursor, Item, Subscription, Thing
from retold.workspace.watching import note_seen

AT_ONCE = 64  # articles a transaction
MOST_FAILED = 1000  # failures handed back; all are in the file


@dataclass(slots=True, kw_only=True)
class Added:
    """What came of adding: how many new articles, new versions, unchanged ones and failures; `ids` of the first two.

    `stories` are those that gained or lost an article or version; `failed` the first thousand failures.
    """

    articles: int = 0
    versions: int = 0
    unchanged: int = 0
    failures: int = 0
    ids: list[str] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)
    failed: list[Failure] = field(default_factory=list)

    def count(self, entries: Sequence[Entry], failures: Sequence[Failure], stories: Iterable[str]) -> None:
        """Count what was written."""
        states = Counter(entry.state for entry in entries)
        self.articles += states["new"]
        self.versions += states["changed"]
        self.unchanged += states["same"]
        self.ids += [entry.id for entry in entries if entry.state != "same"]
        self.failures += len(failures)
        self.failed += failures[:max(0, MOST_FAILED - len(self.failed))]
        self.stories.update(stories)


@dataclass(slots=True, kw_only=True)
class Chunk:
    """The content of one transaction; the same page does not come twice in one."""

    entries: list[Entry] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    feeds: list[Subscription] = field(default_factory=list)
    seen: list[Any] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    @property
    def fresh(self) -> list[Entry]:
        """The new articles and versions."""
        return [entry for entry in self.entries if entry.state != "same"]

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        return len(self.entries) + len(self.failures) + len(self.feeds) + len(self.seen) / 8 >= AT_ONCE

    def holds(self, entry: Entry) -> bool:
        """Whether another draft of the same page is in it."""
        return entry.key in self.keys or entry.id in self.keys

    def take(self, thing: Thing | Entry) -> None:
        """Add something."""
        if isinstance(thing, RetoldError):
            self.failures.append(failure_of(thing))
        elif isinstance(thing, Subscription):
            self.feeds.append(thing)
        elif isinstance(thing, Entry):
            self.entries.append(thing)
            self.keys |= {thing.key, thing.id}
        else:
            self.seen.append(thing)


def chunks(database: Database, items: Iterable[Item]) -> Iterator[Chunk]:
    """What was found, in transactions."""
    chunk = Chunk()
    for thing, cursor in items:
        if isinstance(thing, Draft):
            entry = place_of(database, thing)
            if chunk.holds(entry):
                yield chunk
                chunk, entry = Chunk(), place_of(database, thing)
            chunk.take(entry)
        elif thing is not None:
            chunk.take(thing)
        if cursor is not None:
            chunk.cursors[cursor.place] = cursor
        if chunk.full:
            yield chunk
            chunk = Chunk()
    yield chunk


def note(database: Database, chunk: Chunk) -> None:
    """Note how far files were read, and which feeds there are. Part of the caller's transaction."""
    for cursor in chunk.cursors.values():
        if cursor.number < 0:
            database.run("DELETE FROM cursors WHERE place = ?", (cursor.place,))
        else:
            database.run("INSERT OR REPLACE INTO cursors (place, mark, number) VALUES (?, ?, ?)",
                         (cursor.place, cursor.mark, cursor.number))
    note_seen(database, chunk.seen)
    for feed in chunk.feeds:
        database.run("INSERT INTO feeds (url, title) VALUES (?, ?) ON CONFLICT (url) DO UPDATE SET title ="
                     " CASE excluded.title WHEN '' THEN title ELSE excluded.title END",
                     (feed.url, feed.title))


def cursor_of(database: Database, place: str, mark: str) -> int:
    """The number up to which a file was read before; 0 where it was not, or has changed since."""
    found = database.row("SELECT mark, number FROM cursors WHERE place = ?", (place,))
    return int(found[1]) if found and found[0] == mark else 0
