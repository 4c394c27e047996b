"""Looking at feeds and sitemaps again and again: what is new is added, and what was added is looked at again, for it may be changed.

A page that a feed announces is noted before the feed counts as seen, and a page counts as seen in the transaction that writes its
article: whenever the watcher is stopped, nothing that was announced is lost.

Source: conditional requests, RFC 9110, section 13; robots.txt, RFC 9309.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from retold.base.engines.sqlite import Database
from retold.base.errors import InputError
from retold.base.models import Models
from retold.collect.answers import Known
from retold.collect.drafts import Draft
from retold.collect.feeds import Entry, kind_of, read_list
from retold.collect.formats import unpacked
from retold.collect.pacing import host_of
from retold.collect.places import shown
from retold.collect.settings import CollectSettings
from retold.workspace.intake import LARGEST_LIST, Intake, Item, Progress, Subscription, announced, caught
from retold.workspace.pages import canonical
from retold.workspace.times import after, in_utc, now

AGAIN = (3_600.0, 21_600.0, 86_400.0, 259_200.0)  # seconds from one visit of a page to the next: most corrections come on the first day
RECENT = 7 * 86_400.0  # seconds: what a sitemap says was changed longer ago is not fetched (a feed holds only what is new)
LONGEST_PAUSE = 86_400.0  # seconds until a feed that fails is tried again, at most
MOST_PAGES = 2_000  # pages fetched in one round
ROBOTS_KEPT = 3_600.0  # seconds
NEVER = 99  # visits of a page that is not to be fetched again


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A page that a feed announces; `updated` is what the feed says of its last change."""

    page: str
    url: str
    feed: str
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSeen:
    """A feed that was looked at, and when it is due again."""

    url: str
    known: Known
    due: str
    failed: int
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A page that was visited, and when it is due again ("" for never)."""

    page: str
    known: Known
    visits: int
    due: str


class Watcher:
    """Goes through the feeds that are due.

    Args:
        database: where they are noted.
        models: gives the extractor.
        settings: limits and manners.
        every: seconds between two looks at a feed.
        progress: is told what is being fetched.
    """

    def __init__(self, database: Database, models: Models, settings: CollectSettings, *, every: float, progress: Progress) -> None:
        self.database = database
        self.settings = settings
        self.models = models
        self.every = every
        self.progress = progress
        self.made = 0.0
        self.intake = self.new_intake()

    def new_intake(self) -> Intake:
        """What reads pages; with it each host's robots.txt is read anew."""
        self.made = time.monotonic()
        return Intake(self.models, self.settings, self.progress, lambda place, mark: 0)

    def announced(self) -> Iterator[Item]:
        """What the feeds that are due announce."""
        if time.monotonic() - self.made > ROBOTS_KEPT:
            self.intake.stack.close()
            self.intake = self.new_intake()
        for url, title, etag, modified, failed in self.database.rows(
            "SELECT url, title, etag, modified, failed FROM feeds WHERE due <= ? ORDER BY due, url", (now(),)
        ):
            yield from self.feed(url, title, Known(etag=etag, modified=modified), int(failed))

    def visited(self) -> Iterator[Item]:
        """What is new in the pages that are due."""
        waiting = self.database.rows("SELECT page, url, etag, modified, visits FROM entries WHERE due <> '' AND due <= ? AND visits < ?"
                                     " ORDER BY due, page LIMIT ?", (now(), NEVER, MOST_PAGES))
        for row in by_turns(waiting):
            yield from self.page(*row)

    def feed(self, url: str, title: str, known: Known, failed: int) -> Iterator[Item]:
        """The pages that a feed announces, and the feeds that it leads to."""
        self.progress(f"looking at {shown(url)}")
        try:
            source, now_known = self.intake.downloader.fetch_if_changed(url, known, limit=LARGEST_LIST)
            if source is not None:
                data = unpacked(source.data, LARGEST_LIST, source.place)
                found = read_list(data, source.url or url)
                title = found.title or title
                yield from ((error, None) for error in found.errors)
                yield from ((Subscription(url=further), None) for further in found.further)
                yield from ((item, None) for item in announcements(found.entries, url, recent=kind_of(data) == "sitemap"))
        except InputError as error:
            yield error, None
            pause = min(self.every * 2 ** min(failed + 1, 20), LONGEST_PAUSE)
            yield FeedSeen(url=url, known=known, due=after(max(pause, self.every)), failed=failed + 1, title=title), None
            return
        yield FeedSeen(url=url, known=now_known, due=after(self.every), failed=0, title=title), None

    def page(self, page: str, url: str, etag: str, modified: str, visits: int) -> Iterator[Item]:
        """A page, if it has changed since it was last visited."""
        self.progress(f"fetching {shown(url)}")
        known = Known(etag=etag, modified=modified)
        due = after(AGAIN[visits]) if visits < len(AGAIN) else ""
        try:
            source, known = self.intake.downloader.fetch_if_changed(url, known)
        except InputError as error:
            yield error, None
            source = None
        if source is not None:
            for thing, _ in caught(self.intake.source(source), url):
                yield (announced(thing, Entry(url=url)) if isinstance(thing, Draft) else thing), None
        yield PageSeen(page=page, known=known, visits=visits + 1, due=due), None


def announcements(entries: Iterable[Entry], feed: str, *, recent: bool) -> Iterator[Announced]:
    """The pages that entries announce; of a sitemap only what was changed of late."""
    earliest = after(-RECENT)
    for entry in entries:
        page, updated = canonical(entry.url), entry.updated or entry.published
        if page and (not recent or in_utc(updated) >= earliest):
            yield Announced(page=page, url=entry.url, feed=feed, updated=updated)


def by_turns(rows: Sequence[Any]) -> Iterator[Any]:
    """Pages so that each host has its turn before any has its second: while one rests, others are asked."""
    hosts: dict[str, deque[Any]] = {}
    for row in rows:
        hosts.setdefault(host_of(row[1]), deque()).append(row)
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]


def note_seen(database: Database, things: Sequence[Any]) -> None:
    """Write what was announced and seen. Part of the caller's transaction."""
    for thing in things:
        if isinstance(thing, Announced):
            database.run(
                "INSERT INTO entries (page, url, feed, updated, due) VALUES (?, ?, ?, ?, ?) ON CONFLICT (page) DO UPDATE SET"
                " due = CASE WHEN excluded.updated <> entries.updated AND entries.visits < ? THEN excluded.due ELSE entries.due END,"
                " updated = excluded.updated", (thing.page, thing.url, thing.feed, thing.updated, now(), NEVER))
        elif isinstance(thing, FeedSeen):
            database.run("UPDATE feeds SET title = ?, etag = ?, modified = ?, checked = ?, due = ?, failed = ? WHERE url = ?",
                         (thing.title, thing.known.etag, thing.known.modified, now(), thing.due, thing.failed, thing.url))
        elif isinstance(thing, PageSeen):
            database.run("UPDATE entries SET etag = ?, modified = ?, checked = ?, due = ?, visits = ? WHERE page = ?",
                         (thing.known.etag, thing.known.modified, now(), thing.due, thing.visits, thing.page))
