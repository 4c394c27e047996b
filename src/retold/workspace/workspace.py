"""A collection that lives: articles arrive, stories form, and only what has changed is done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from retold.base.engines.locks import only_writer
from retold.base.engines.sqlite import Database
from retold.base.errors import NotFoundError, ReadOnlyError, SettingsError
from retold.base.models import Models
from retold.base.records import Article, Failure
from retold.base.tables import Batch
from retold.collect.settings import CollectSettings
from retold.workspace import articles as store
from retold.workspace.articles import Version
from retold.workspace.chunks import Chunk, chunks, cursor_of, note
from retold.workspace.grouping import regroup
from retold.workspace.intake import Intake
from retold.workspace.keeping import Health, backup, check, forget
from retold.workspace.originals import Originals
from retold.workspace.schema import MIGRATIONS
from retold.workspace.stories import Sort, StorySummary, list_stories, refresh_stories
from retold.workspace.tracing import Tracer

if TYPE_CHECKING:
    from retold.view.report import Report

FILE, FOLDER, LOCK, BESIDE = "desk.sqlite", "originals", "desk.lock", ".originals"
AT_ONCE = 64  # articles a transaction
MOST_FAILED = 1000  # failures handed back; all are in the file
ENDINGS = {".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "terminal"}
FETCH = CollectSettings()


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
        given = [inputs] if isinstance(inputs, str | Path) or not isinstance(inputs, Iterable) else list(inputs)
        added = Added()
        with only_writer(self.file.with_name(LOCK)):
            intake = Intake(self.models, fetch, progress or ignore, partial(cursor_of, self.database))
            for chunk in chunks(self.database, intake.items(given)):
                self.take_in(chunk, added)
                if progress:
                    progress(f"{added.articles} new, {added.versions} changed, {added.unchanged} unchanged")
            self.assign(added)
        return added

    def writable(self) -> None:
        """See that changes are wanted.

        Raises:
            ReadOnlyError: the workspace was opened for reading.
        """
        if not self.database.write:
            raise ReadOnlyError(expected="a workspace opened for writing", found="one opened for reading", where=str(self.file),
                                advice="open it with write=True")

    def take_in(self, chunk: Chunk, added: Added) -> None:
        """One transaction: the articles and failures of a chunk, and how far their files were read."""
        with self.database.transaction():
            store.write(self.database, self.originals, chunk.entries, {})
            store.write_failures(self.database, chunk.failures)
            note(self.database, chunk)
        added.articles += sum(e.state == "new" for e in chunk.entries)
        added.versions += sum(e.state == "changed" for e in chunk.entries)
        added.unchanged += sum(e.state == "same" for e in chunk.entries)
        added.ids += [e.id for e in chunk.entries if e.state != "same"]
        added.failures += len(chunk.failures)
        added.failed += chunk.failures[:max(0, MOST_FAILED - len(added.failed))]

    def assign(self, added: Added) -> None:
        """Give every article its story."""
        before: dict[str, str] = dict(self.database.rows("SELECT id, story FROM articles"))
        if not added.ids and all(before.values()):
            return
        homes, languages = regroup(self.database, self.models)
        moved = {name for name, (story, _) in homes.items() if before[name] != story}
        touched = {s for name in moved for s in (before[name], homes[name][0]) if s} | {homes[i][0] for i in added.ids}
        with self.database.transaction():
            self.database.run_many("UPDATE articles SET story = ?, score = ? WHERE id = ?",
                                   [(*homes[name], name) for name in sorted(moved)])
            self.database.run_many("UPDATE articles SET language = ? WHERE id = ?", [(languages.get(i, ""), i) for i in added.ids])
            refresh_stories(self.database, sorted(touched))
        added.stories |= touched

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
            SettingsError: no format has that ending.
        """
        from retold.view.formats import render

        target = Path(path)
        chosen = kind or ENDINGS.get(target.suffix.lower(), "")
        if not chosen:
            raise SettingsError(expected=f"a file ending in {', '.join(ENDINGS)}", found=str(path), where="export")
        target.write_text(render(self.report(story), chosen), "utf-8")

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

        return build_report(self.batch(story))

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

    def failures(self, limit: int = 1000) -> list[Failure]:
        """What could not be used, the latest first."""
        return store.read_failures(self.database, limit)


def ignore(_: str) -> None:
    """Progress that nobody follows."""
