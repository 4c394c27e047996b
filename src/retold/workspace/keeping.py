"""Keeping a workspace: forgetting articles, checking that all is sound, backing up."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retold.base.engines.sqlite import Database, faults
from retold.base.errors import StoreError
from retold.workspace.articles import missing
from retold.workspace.originals import Originals
from retold.workspace.search import unindex
from retold.workspace.stories import refresh_stories
from retold.workspace.watching import NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a check found: `faults` that need a backup, and `leftovers`, files without a name, which a crash leaves and do no harm."""

    articles: int
    versions: int
    stories: int
    faults: tuple[str, ...]
    leftovers: tuple[str, ...]


def forget(database: Database, originals: Originals, names: Sequence[str]) -> list[str]:
    """Take articles out with all their versions, what was found in them, and their originals; returns the stories that lost one.

    Raises:
        NotFoundError: one of them is not there; none is taken out.
    """
    with database.transaction():
        rows = [database.row("SELECT n, id, story FROM articles WHERE id = ?", (name,)) for name in names]
        for name, row in zip(names, rows, strict=True):
            if row is None:
                raise missing(name)
        found = {row[0]: row for row in rows if row}
        pages = [str(database.value("SELECT page FROM articles WHERE n = ?", (number,))) for number in found]
        database.run_many("UPDATE entries SET due = '', visits = ? WHERE page = ?", [(NEVER, p.removeprefix("url:")) for p in pages])
        unindex(database, list(found))
        for number in found:
            database.run("DELETE FROM articles WHERE n = ?", (number,))
        loose = [int(n) for (n,) in database.rows("SELECT n FROM originals WHERE n NOT IN (SELECT original FROM versions WHERE original"
                                                  " IS NOT NULL)")]
        originals.remove(loose)
        stories = sorted({row[2] for row in found.values() if row[2]})
        database.run_many("DELETE FROM traced WHERE story = ?", [(story,) for story in stories])
        refresh_stories(database, stories)
    return stories


def check(database: Database, originals: Originals) -> Health:
    """Look at the whole file and all originals."""
    faults = database.faults_found()
    counts = {}
    if not faults:
        for table in ("articles", "versions", "stories"):
            counts[table] = int(database.value(f"SELECT count(*) FROM {table}"))
        faults += misfits(database)
        faults += originals.faults()
    named = {name for (name,) in database.rows("SELECT DISTINCT file FROM originals")} if counts else set()
    leftovers = [p.relative_to(originals.folder).as_posix() for p in sorted(originals.folder.rglob("*")) if p.is_file()] if counts else []
    return Health(articles=counts.get("articles", 0), versions=counts.get("versions", 0), stories=counts.get("stories", 0),
                  faults=tuple(faults), leftovers=tuple(name for name in leftovers if name not in named))


def misfits(database: Database) -> list[str]:
    """What does not fit together in the tables, in words."""
    questions = {
        "articles without a current version": "SELECT count(*) FROM articles a LEFT JOIN versions v ON v.n = a.current WHERE v.n IS NULL",
        "articles in a story that is not listed": "SELECT count(*) FROM articles WHERE story <> '' AND story NOT IN (SELECT id FROM"
                                                  " stories)",
        "stories that count their articles wrongly": "SELECT count(*) FROM stories s WHERE s.articles <> (SELECT count(*) FROM articles"
                                                     " WHERE story = s.id)",
    }
    return [f"{count} {words}" for words, sql in questions.items() if (count := int(database.value(sql)))]


def backup(database: Database, originals: Path, file: Path, folder: Path) -> None:
    """A sound copy of the workspace, also while another process writes. The file goes first: the originals that it names are on the
    disk before it names them, and those that come meanwhile do no harm.

    Raises:
        StoreError: there is something already.
    """
    if folder.exists():
        raise StoreError(expected="no such folder yet", found="one", where=str(folder), advice="name another file, or remove it")
    database.copy_to(file)
    with faults(folder):
        shutil.copytree(originals, folder, ignore=shutil.ignore_patterns("*.part"))
