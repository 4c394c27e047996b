"""A collection that lives: articles arrive, stories form, and only what has changed is done again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from retold.base.engines.locks import only_writer
from retold.base.engines.sqlite import Database
from retold.base.errors import NotFoundError, ReadOnlyError, SettingsError
from retold.base.models import Models
from retold.base.records import Article, Decision, Failure
from retold.base.tables import Batch
from retold.collect.settings import CollectSettings
from retold.workspace import articles as store
from retold.workspace.articles import Version
from retold.workspace.chunks import Added, Chunk, chunks, cursor_of, note
from retold.workspace.claims import ClaimHit, ClaimSearcher
from retold.workspace.deciding import read_decisions, stamp_of, take_back, write_decision
from retold.workspace.grouping import Assigner, Prepared
from retold.workspace.intake import Intake, Item
from retold.workspace.keeping import Health, backup, check, forget
from retold.workspace.originals import Originals
from retold.workspace.preparing import Preparer
from retold.workspace.revisions import Revision, revisions
from retold.workspace.schema import MIGRATIONS
from retold.workspace.search import Filter, Hit, Kind, Searcher, index
from retold.workspace.settling import Settled, settle_all
from retold.workspace.stories import Sort, StorySummary, current_name, list_stories, members_of, settle, untraced
from retold.workspace.tracing import Tracer
from retold.workspace.watching import Watcher

if TYPE_CHECKING:
    from retold.view.report import Report

FILE, FOLDER, LOCK, BESIDE = "desk.sqlite", "originals", "desk.lock", ".originals"
LISTS_DEEP = 3  # indexes of sitemaps lead to sitemaps
ENDINGS = {".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "terminal"}
FETCH = CollectSettings()


class Workspace:
    """One file in a folder, with the originals beside it.

    Reading works while another process adds. Several threads may read from one object.
    """

    def __init__(self, database: Database, models: Models) -> None:
        self.file = database.path
        self.database = database
        self.models = models
        beside = self.file.with_name(self.file.name + BESIDE)  # a backup's
        self.originals = Originals(beside if beside.is_dir() else self.file.parent / FOLDER, database)
        self.tracer = Tracer(database, models)
        self.assigner = Assigner(database)
        self.searcher = Searcher(database, models)
        self.claim_searcher = ClaimSearcher(database, models)

    @classmethod
    def init(cls, path: str | Path, *, models: Models | None = None) -> Self:
        """Make a new workspace in a folder, which is made too.

        Raises:
            ReadOnlyError: the folder cannot be made or written to.
            StoreError: there is one already.
        """
        folder = Path(path)
        try:
            (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReadOnlyError(expected="a folder that can be made", found=type(error).__name__, where=str(folder),
                                advice="name another, or give yourself the right to write there") from error
        return cls(Database.create(folder / FILE, migrations=MIGRATIONS), models or Models())

    @classmethod
    def open(cls, path: str | Path, write: bool = False, *, models: Models | None = None) -> Self:
        """Open the workspace in a folder, or a backup.

        Raises:
            DamagedError, NewerError, NotFoundError, StoreError: it cannot be used; nothing was changed.
        """
        file = Path(path) if Path(path).is_file() else Path(path) / FILE
        return cls(Database(file, write=write, migrations=MIGRATIONS), models or Models())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    # ---- writing ------------------------------------------------------------------------------------------------------

    def add(
        self, inputs: Sequence[Any] | Any, *, progress: Callable[[str], None] | None = None, fetch: CollectSettings = FETCH,
    ) -> Added:
        """Add articles: paths, URLs or drafts. What is there already is not added again, so a run that broke off is simply run again.

        Raises:
            BusyError: another process is adding.
            FullError: the disk is full; what was acknowledged is kept.
            ReadOnlyError: the workspace was opened for reading, or may not be changed.
        """
        self.writable()
        given = [inputs] if isinstance(inputs, str | Path) or not isinstance(inputs, Iterable) else inputs
        added = Added()
        with only_writer(self.file.with_name(LOCK)):
            intake = Intake(self.models, fetch, progress or ignore, partial(cursor_of, self.database))
            self.take_all(intake.items(given), added, progress or ignore)
        return added

    def look(self, watcher: Watcher, *, progress: Callable[[str], None] | None = None) -> Added:
        """Look once at the feeds and pages that are due, and add what is new or changed.

        Raises:
            BusyError: another process is adding.
        """
        added = Added()
        with only_writer(self.file.with_name(LOCK)):
            for _ in range(LISTS_DEEP):  # a feed that a list leads to is due at once
                self.take_all(watcher.announced(), added, ignore)
            self.take_all(watcher.visited(), added, progress or ignore)
        return added

    def watcher(self, *, every: float, progress: Callable[[str], None] | None = None, fetch: CollectSettings = FETCH) -> Watcher:
        """What `look` goes by. every: seconds between two looks at a feed.

        Raises:
            ReadOnlyError: the workspace was opened for reading, or may not be changed.
        """
        self.writable()
        return Watcher(self.database, self.models, fetch, every=every, progress=progress or ignore)

    def feeds(self) -> list[str]:
        """The addresses of the feeds and sitemaps that are watched."""
        return [str(url) for (url,) in self.database.rows("SELECT url FROM feeds ORDER BY url")]

    def take_all(self, items: Iterable[Item], added: Added, progress: Callable[[str], None]) -> None:
        """Read and write what an intake finds, chunk by chunk. The caller holds the lock."""
        waiting: deque[tuple[Chunk, Future[list[Prepared]]]] = deque()
        held = int(self.database.value("SELECT count(*) FROM articles") or 0)
        with Preparer(self.models, held=held) as preparer:
            for chunk in chunks(self.database, items):
                fresh = chunk.fresh
                grouped = [e.grouped for e in fresh]
                waiting.append((chunk, preparer.submit([article for article, _ in grouped], [time for _, time in grouped])))
                while len(waiting) > preparer.depth:
                    self.take_in(*waiting.popleft(), added)
                    progress(f"{added.articles} new, {added.versions} changed, {added.unchanged} unchanged")
            while waiting:
                self.take_in(*waiting.popleft(), added)

    def writable(self) -> None:
        """See that changes are wanted.

        Raises:
            ReadOnlyError: the workspace was opened for reading.
        """
        if not self.database.write:
            raise ReadOnlyError(expected="a workspace opened for writing", found="one opened for reading", where=str(self.file),
                                advice="open it with write=True")

    def take_in(self, chunk: Chunk, prepared: Future[list[Prepared]], added: Added) -> None:
        """One transaction: the articles of a chunk with their stories, its failures, and how far its files were read."""
        read = dict(zip((e.key for e in chunk.fresh), prepared.result(), strict=True))
        try:
            with self.database.transaction():
                places = (store.place_of(self.database, e.draft, e.captured) for e in chunk.entries)  # others were written since
                said = (read[e.key].said if e.key in read else () for e in chunk.entries)
                entries = [replace(place, told=told) for place, told in zip(places, said, strict=True)]
                store.write(self.database, self.originals, entries, {e.id: read[e.key].language for e in entries if e.key in read})
                new = [replace(read[e.key], article=e.id) for e in entries if e.state == "new"]
                index(self.database, [replace(read[e.key].item, article=e.id) for e in entries if e.key in read])
                touched = settle(self.database, self.assigner.assign(new), [e.id for e in entries if e.state == "changed"])
                store.write_failures(self.database, chunk.failures)
                note(self.database, chunk)
        except BaseException:
            self.assigner.reset()
            raise
        added.count(entries, chunk.failures, touched)

    def settle(self, *, progress: Callable[[str], None] | None = None) -> Settled:
        """Find all stories afresh, as one look at all articles would; stories keep their ids, and what merged or was split is told.

        Raises:
            BusyError: another process is adding.
            ReadOnlyError: the workspace was opened for reading, or may not be changed.
        """
        self.writable()
        with only_writer(self.file.with_name(LOCK)):
            self.assigner.reset()
            return settle_all(self.database, progress or ignore)

    def forget(self, names: Sequence[str]) -> list[str]:
        """Take articles out, with their versions and originals; returns the stories that lost one.

        Raises:
            NotFoundError: one of them is not there; none is taken out.
        """
        self.writable()
        with only_writer(self.file.with_name(LOCK)):
            return forget(self.database, self.originals, list(names))

    def export(self, story: str, path: str | Path, kind: str = "") -> None:
        """Write the report on a story to a file, in the format of its ending unless `kind` says otherwise.

        Raises:
            SettingsError: no format has that ending, or the file cannot be written.
        """
        from retold.view.formats import render, see_writable, write_report

        target = Path(path)
        chosen = kind or ENDINGS.get(target.suffix.lower(), "")
        if not chosen:
            raise SettingsError(expected=f"a file ending in {', '.join(ENDINGS)}", found=str(path), where="export")
        see_writable(target)
        write_report(render(self.report(story), chosen), target)

    def check(self) -> Health:
        """Whether the file and all originals are sound."""
        return check(self.database, self.originals)

    def backup(self, path: str | Path) -> None:
        """A sound copy as a new file, the originals in a folder beside it, also while another process writes; `open` takes it.

        Raises:
            StoreError: there is something already.
        """
        backup(self.database, self.originals.folder, Path(path), Path(f"{path}{BESIDE}"))

    # ---- reading ------------------------------------------------------------------------------------------------------

    def stories(
        self, *, since: str | None = None, until: str | None = None, language: str | None = None, outlet: str | None = None,
        text: str | None = None, sort: Sort = "newest", limit: int = 50, offset: int = 0,
    ) -> list[StorySummary]:
        """The stories that fit: told between two moments (ISO 8601 in UTC), in a language, by an outlet, with words in the title."""
        wanted = {"since": since, "until": until, "language": language, "outlet": outlet, "text": text}
        return list_stories(self.database, wanted, sort=sort, limit=limit, offset=offset)

    def untraced(self, limit: int = 200) -> list[str]:
        """The stories of several articles that are to be traced before they can be sorted by origins; the most retold first."""
        return untraced(self.database, limit)

    def search(
        self, query: str, *, semantic: bool = False, language: str | None = None, outlet: str | None = None, since: str | None = None,
        until: str | None = None, kind: Kind = "all", limit: int = 20,
    ) -> list[Hit]:
        """The articles that fit a query best. kind: all, title or name; since, until: ISO 8601; semantic: by meaning too.

        Raises:
            SettingsError: there is no such kind.
        """
        wanted = Filter(language=language, outlet=outlet, since=since, until=until)
        return self.searcher.search(query, wanted, semantic=semantic, kind=kind, limit=limit)

    def claims(
        self, query: str, *, semantic: bool = False, language: str | None = None, outlet: str | None = None, since: str | None = None,
        until: str | None = None, limit: int = 20,
    ) -> list[ClaimHit]:
        """The claims of traced stories that fit a query best, with who says them, their origins and verdict; filters as for `search`."""
        wanted = Filter(language=language, outlet=outlet, since=since, until=until)
        return self.claim_searcher.search(query, wanted, semantic=semantic, limit=limit)

    def batch(self, story: str) -> Batch:
        """All records of a story, traced; only what has changed is done again.

        Raises:
            NotFoundError: there is no such story.
        """
        return self.tracer.batch(story)

    def report(self, story: str) -> Report:
        """The report on a story.

        Raises:
            NotFoundError: there is no such story.
        """
        from retold.view.report import build_report

        return build_report(self.decided(story))

    def decided(self, story: str) -> Batch:
        """All records of a story, traced again with what people decided.

        Raises:
            NotFoundError: there is no such story.
        """
        from retold.pipeline import retrace

        batch, decisions = self.batch(story), self.decisions()
        return retrace(batch, decisions, self.models) if decisions else batch

    def article(self, name: str) -> Article:
        """The current version of an article, dated by its earliest.

        Raises:
            NotFoundError: there is none.
        """
        return store.read_article(self.database, name)

    def versions(self, name: str) -> list[Version]:
        """All versions of an article, in the order in which they were captured.

        Raises:
            NotFoundError: there is no such article.
        """
        return store.read_versions(self.database, name)

    def story_of(self, name: str) -> str:
        """The story that an article belongs to.

        Raises:
            NotFoundError: there is no such article.
        """
        row = self.database.row("SELECT story FROM articles WHERE id = ?", (name,))
        if row is None:
            raise store.missing(name)
        return str(row[0])

    def revisions(self, name: str) -> list[Revision]:
        """What was changed from each version of an article to the next, and whether the outlet says so.

        Raises:
            NotFoundError: there is no such article.
        """
        found = self.versions(name)
        return revisions(found, str(self.database.value("SELECT language FROM articles WHERE id = ?", (name,)) or ""))

    def original(self, name: str, number: int = 0) -> bytes:
        """The bytes of the current version of an article, or of the version with a number from 1.

        Raises:
            DamagedError: they are lost or were changed.
            NotFoundError: there is no such article or version.
        """
        by = "v.n = a.current" if not number else "v.article = a.n"
        rows = self.database.rows(f"SELECT v.original FROM articles a JOIN versions v ON {by} WHERE a.id = ? ORDER BY v.captured, v.n",
                                  (name,))
        if len(rows) < max(1, number):
            raise NotFoundError(expected="a version of an article", found="none", where=f"{name}, version {number or 'current'}")
        return self.originals.read(int(rows[max(0, number - 1)][0]))

    def stamp(self, story: str) -> str:
        """A mark that changes whenever the story's articles, or what people decided, do.

        Raises:
            NotFoundError: there is no such story.
        """
        members_of(self.database, story)
        return stamp_of(self.database, current_name(self.database, story))

    # ---- deciding -----------------------------------------------------------------------------------------------------

    def decide(self, decision: Decision) -> None:
        """Keep what a person decided; `report` follows it from now on.

        Raises:
            ReadOnlyError: the workspace was opened for reading, or may not be changed.
        """
        self.writable()
        write_decision(self.database, decision)

    def undo(self, name: str) -> None:
        """Take a decision back, by its id.

        Raises:
            NotFoundError: there is none.
        """
        self.writable()
        take_back(self.database, name)

    def decisions(self) -> list[Decision]:
        """What people decided, in the order in which they did."""
        return read_decisions(self.database)

    def failures(self, limit: int = 1000) -> list[Failure]:
        """What could not be used, the latest first."""
        return store.read_failures(self.database, limit)


def ignore(_: str) -> None:
    """Progress that nobody follows."""
