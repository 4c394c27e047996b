"""An embedded store in one SQLite file: write-ahead log, short transactions, forward migrations, clear errors.

A reader works while a writer writes. What a transaction has acknowledged survives a loss of power (`synchronous=FULL`). Each
thread has its own connection.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from retold.base.errors import BusyError, DamagedError, FullError, NewerError, NotFoundError, ReadOnlyError, StoreError

MARK = 0x5245544F  # "RETO" in the header of the file, so that no other program's database is taken for ours
WAIT = 10.0  # seconds that a writer waits for another's short transaction
CACHE = -65_536  # KiB of pages kept in memory by a connection: 64 MB
MAPPED = 1 << 28  # bytes of the file that are read through memory mapping: they count as memory in use, though they can be had back
READ_ONLY = "give yourself the right to write to the folder, or copy it somewhere else"
Values = Sequence[Any]
Row = tuple[Any, ...]


class Database:
    """A SQLite file that is ours.

    Args:
        path: the file.
        write: whether it may be changed; a reader never creates, locks or changes anything.
        migrations: SQL scripts; the n-th (from 1) leads from version n - 1 to version n.

    Raises:
        DamagedError: it is no database, or a broken one.
        NewerError: a later version of Retold has written it.
        NotFoundError: there is none.
        ReadOnlyError: it is to be written to and cannot be.
        StoreError: it is another program's.
    """

    def __init__(self, path: Path, *, write: bool, migrations: Sequence[str]) -> None:
        self.path = path
        self.write = write
        self.local = threading.local()
        self.open: list[sqlite3.Connection] = []
        self.guard = threading.Lock()
        if not path.is_file():
            raise NotFoundError(expected="a workspace", found="none", where=str(path.parent), advice="make one with: retold init PATH")
        with faults(path):
            self.migrate(migrations)

    @classmethod
    def create(cls, path: Path, *, migrations: Sequence[str]) -> Self:
        """A new, empty file.

        Raises:
            StoreError: there is one already.
        """
        with faults(path):
            try:
                with path.open("xb"):
                    pass
            except FileExistsError as error:
                advice = "open it, or choose another folder"
                raise StoreError(expected="no workspace yet", found="one", where=str(path.parent), advice=advice) from error
            connection = sqlite3.connect(path, isolation_level=None)
            connection.execute(f"PRAGMA application_id={MARK}")
            connection.execute("PRAGMA page_size=8192")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.close()
        return cls(path, write=True, migrations=migrations)

    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self.local, "connection", None)
        if found is None:
            found = connect(self.path, write=self.write)
            self.local.connection = found
            with self.guard:
                self.open.append(found)
        return found

    def migrate(self, migrations: Sequence[str]) -> None:
        """Bring an older file up to date, one version a transaction; look at the version before anything else.

        Raises:
            NewerError: the file is newer than we are.
            StoreError: the file is another program's, or older and not to be written to.
        """
        mark, found = self.value("PRAGMA application_id"), int(self.value("PRAGMA user_version"))
        if mark != MARK:
            raise StoreError(expected="a workspace of Retold", found="another program's database", where=str(self.path))
        if found > len(migrations):
            raise NewerError(expected=f"version {len(migrations)} of the file or an older one", found=f"version {found}",
                             where=str(self.path), advice="install a newer Retold; nothing was changed")
        if found < len(migrations) and not self.write:
            raise StoreError(expected=f"version {len(migrations)} of the file", found=f"version {found}", where=str(self.path),
                             advice="open it once for writing (retold stories --settle), which brings it up to date")
        for number in range(found + 1, len(migrations) + 1):
            with self.transaction():
                if int(self.value("PRAGMA user_version")) < number:  # another process may have been faster
                    for statement in statements(migrations[number - 1]):
                        self.run(statement)
                    self.run(f"PRAGMA user_version={number}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside, or none; nested ones are part of the outer.

        Raises:
            BusyError: another process has been writing all the time.
            FullError: the disk is full.
            ReadOnlyError: the file may not be changed.
        """
        connection = self.connection()
        if within_one(connection):
            yield
            return
        with faults(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                if within_one(connection):  # a full disk may have ended it already
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see the same state, whatever others write meanwhile."""
        connection = self.connection()
        if within_one(connection):
            yield
            return
        with faults(self.path):
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if within_one(connection):
                    connection.execute("ROLLBACK")

    def run(self, sql: str, values: Values = ()) -> int:
        """Carry out a statement; returns how many rows it changed."""
        with faults(self.path):
            return self.connection().execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        """Carry out a statement for each row of values."""
        with faults(self.path):
            self.connection().executemany(sql, rows)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of an answer."""
        with faults(self.path):
            return self.connection().execute(sql, values).fetchall()

    def each(self, sql: str, values: Values = (), *, at_once: int = 512) -> Iterator[Row]:
        """The rows of an answer as they are found, in bounded memory."""
        with faults(self.path):
            cursor = self.connection().execute(sql, values)
            while found := cursor.fetchmany(at_once):
                yield from found

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of an answer, None where there is none."""
        with faults(self.path):
            found: Row | None = self.connection().execute(sql, values).fetchone()
            return found

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first value of the first row of an answer, None where there is none."""
        found = self.row(sql, values)
        return found[0] if found else None

    def faults_found(self) -> list[str]:
        """What is broken in the file; empty when it is sound."""
        try:
            found = [str(row[0]) for row in self.rows("PRAGMA integrity_check")]
            loose = [f"{row[0]}: row {row[1]} refers to nothing in {row[2]}" for row in self.rows("PRAGMA foreign_key_check")]
        except DamagedError as error:
            return [error.found]
        return [line for line in found if line != "ok"] + loose

    def copy_to(self, path: Path) -> None:
        """A sound, compact copy in a new file, also while others write.

        Raises:
            StoreError: there is a file already.
        """
        if path.exists():
            raise StoreError(expected="no such file yet", found="one", where=str(path), advice="name another file, or remove it")
        with faults(path):
            reader = self.connection()
            reader.execute("PRAGMA query_only=OFF")  # it would forbid the copy too; the file itself is open for reading alone
            reader.execute("VACUUM INTO ?", (str(path),))
            if not self.write:
                reader.execute("PRAGMA query_only=ON")
            copy = sqlite3.connect(path)
            copy.execute("PRAGMA journal_mode=WAL")  # so that readers and a writer can share the copy as they do the original
            copy.close()

    def limit(self, megabytes: float) -> None:
        """Let the file grow to so many megabytes at most."""
        self.run(f"PRAGMA max_page_count={max(1, int(megabytes * 1_000_000 / self.value('PRAGMA page_size')))}")

    def close(self) -> None:
        """Close the connections of all threads."""
        with self.guard:
            for connection in self.open:
                connection.close()
            self.open.clear()
        self.local = threading.local()


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection with our settings; a reader's cannot change anything.

    A reader in a folder that nobody may write to reads the file as it stands, unless a log beside it holds more.
    """
    log = path.with_name(path.name + "-wal")
    fixed = not write and not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    mode = "rw" if write else "ro&immutable=1" if fixed else "ro"
    connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, isolation_level=None, timeout=WAIT,
                                 check_same_thread=False)
    settings = ["foreign_keys=ON", f"cache_size={CACHE}", f"mmap_size={MAPPED}", "temp_store=MEMORY"]
    settings += ["synchronous=FULL", "journal_size_limit=67108864"] if write else ["query_only=ON"]
    for setting in settings:
        connection.execute(f"PRAGMA {setting}")
    return connection


def within_one(connection: sqlite3.Connection) -> bool:
    """Whether a transaction is going on."""
    return connection.in_transaction


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit the transaction that it runs in."""
    waiting = ""
    for line in script.splitlines():
        waiting += line + "\n"
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn SQLite's and the file system's errors into ours.

    Raises:
        BusyError, DamagedError, FullError, ReadOnlyError, StoreError: as they say.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except PermissionError as error:
        raise ReadOnlyError(expected="a folder that can be written to", found="one that cannot", where=str(path.parent),
                            advice=READ_ONLY) from error


def translated(error: sqlite3.Error, path: Path) -> StoreError:
    """SQLite's error as ours."""
    name = getattr(error, "sqlite_errorname", "") or ""
    where = str(path)
    if name.startswith("SQLITE_FULL"):
        return FullError(expected="room on the disk", found="none", where=where,
                         advice="make room and go on: everything acknowledged is there, nothing else was begun")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(expected="a moment in which nobody else writes", found="none", where=where, advice="try again later")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return ReadOnlyError(expected="a file and folder that can be written to", found="ones that cannot", where=where, advice=READ_ONLY)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedError(expected="a sound workspace", found=f"a damaged one ({error})", where=where, advice="go back to a backup")
    if name.startswith("SQLITE_IOERR"):
        return FullError(expected="a disk that takes what is written", found=f"an error ({name})", where=where,
                         advice="look at the disk; everything acknowledged is there")
    return StoreError(expected="an answer from the store", found=f"{name or type(error).__name__}: {error}", where=where)
