"""What was collected, byte for byte, in a folder beside the file: a file for each page, and packs of rows of tables.

Files are named by their SHA-256, so that nothing is kept twice and everything can be checked. They are on the disk before the
transaction that names them; what a crash leaves without a name does no harm and is told by `check`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from retold.base.engines.sqlite import Database, faults
from retold.base.errors import DamagedError, FullError, StoreError

PACK_BYTES = 256 * 1_048_576  # a pack is full beyond that


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """Where the bytes lie: a file in the folder, and which part of it."""

    sha256: str
    file: str
    start: int
    length: int


class Originals:
    """The folder of originals."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.database = database

    def keep(self, pieces: Iterable[tuple[bytes, bool]], collected: str) -> list[int]:
        """Put bytes on the disk and note them; returns their numbers, in order. Part of the caller's transaction.

        Args:
            pieces: the bytes, and whether they are one of many rows (which go into a pack) rather than a page of its own.
            collected: when, ISO 8601.

        Raises:
            FullError: there is no room.
        """
        numbers, new, pack = [], [], Pack(self.folder)
        try:
            for data, is_row in pieces:
                digest = sha256(data).hexdigest()
                known = self.database.value("SELECT n FROM originals WHERE sha256 = ?", (digest,))
                if known is None:
                    place = pack.add(data, digest) if is_row else self.write(data, digest)
                    new.append(place)
                    self.database.run("INSERT INTO originals (sha256, file, start, length, collected) VALUES (?, ?, ?, ?, ?)",
                                      (digest, place.file, place.start, place.length, collected))
                    known = self.database.value("SELECT n FROM originals WHERE sha256 = ?", (digest,))
                numbers.append(int(known))
            pack.close()
        except OSError as error:
            raise FullError(expected="a folder that takes originals", found=os.strerror(error.errno or 0).lower(), where=str(self.folder),
                            advice="make room and go on: everything acknowledged is there") from error
        return numbers

    def write(self, data: bytes, digest: str) -> Original:
        """One file on the disk, whole or not at all."""
        name = f"{digest[:2]}/{digest}"
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_suffix(".part")
        with waiting.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
        return Original(sha256=digest, file=name, start=0, length=len(data))

    def read(self, number: int) -> bytes:
        """The bytes of an original.

        Raises:
            DamagedError: they are not there, or were changed.
            StoreError: no such number.
        """
        row = self.database.row("SELECT sha256, file, start, length FROM originals WHERE n = ?", (number,))
        if row is None:
            raise StoreError(expected="an original", found="none", where=str(number))
        digest, name, start, length = row
        try:
            with (self.folder / name).open("rb") as file:
                file.seek(start)
                data: bytes = file.read(length)
        except OSError as error:
            raise DamagedError(expected="an original", found="no file", where=name, advice="go back to a backup") from error
        if sha256(data).hexdigest() != digest:
            raise DamagedError(expected="the bytes that were collected", found="others", where=name, advice="go back to a backup")
        return data

    def remove(self, numbers: Iterable[int]) -> None:
        """Take originals away: files are removed, their part of a pack is overwritten. Part of the caller's transaction."""
        for number in numbers:
            row = self.database.row("SELECT file, start, length FROM originals WHERE n = ?", (number,))
            if row is None:
                continue
            with faults(self.folder):
                erase(self.folder / row[0], row[1], row[2])
            self.database.run("DELETE FROM originals WHERE n = ?", (number,))

    def faults(self) -> Iterator[str]:
        """What is missing or changed, in words."""
        for (number,) in self.database.rows("SELECT n FROM originals ORDER BY n"):
            try:
                self.read(number)
            except DamagedError as error:
                yield error.message


class Pack:
    """Rows, one after the other in one file that only grows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: list[bytes] = []
        self.name = ""
        self.end = 0

    def add(self, data: bytes, digest: str) -> Original:
        """Where the bytes will lie; they are written on `close`."""
        if not self.name:
            self.begin()
        start = self.end
        self.waiting += [data, b"\n"]
        self.end += len(data) + 1
        return Original(sha256=digest, file=self.name, start=start, length=len(data))

    def begin(self) -> None:
        """Choose the pack: the last one, unless it is full."""
        folder = self.folder / "rows"
        folder.mkdir(parents=True, exist_ok=True)
        packs = sorted(folder.glob("*.jsonl"))
        number = len(packs) or 1
        if packs and packs[-1].stat().st_size > PACK_BYTES:
            number += 1
        path = folder / f"{number:05}.jsonl"
        self.name = f"rows/{path.name}"
        self.end = path.stat().st_size if path.exists() else 0

    def close(self) -> None:
        """Write what waits, and see it onto the disk."""
        if self.waiting:
            with (self.folder / self.name).open("ab") as file:
                file.write(b"".join(self.waiting))
                file.flush()
                os.fsync(file.fileno())


def erase(path: Path, start: int, length: int) -> None:
    """Remove a file, or overwrite a part of a pack with spaces."""
    if not path.exists():
        return
    if path.parent.name != "rows":
        path.unlink()
        return
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b" " * length)
        file.flush()
        os.fsync(file.fileno())
