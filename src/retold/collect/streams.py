"""Files of any size read piece by piece, unpacked on the way, without letting a small file grow without end."""

from __future__ import annotations

import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from retold.base.errors import InputError, MalformedError, TooLargeError
from retold.collect.files import unreadable
from retold.collect.formats import GZIP

PIECE = 1 << 16  # bytes read at once
BOMB_FROM = 64_000_000  # bytes unpacked before the ratio counts
KEPT = 1 << 17  # packed bytes of a member that are kept: how far behind its beginning a broken member is noticed
MEMBER = GZIP + b"\x08"  # how a member begins
PROBE = 1 << 10  # packed bytes by which it is told how a member begins
MOST_PROBED = 10_000  # places of a file where a member might begin
BOMB_RATIO = 200  # bytes from one; web archives reach 5 to 20, rows that repeat themselves about 100, gzip's most is 1,032


class Stream(io.RawIOBase):
    """The content of a file, unpacked where it is gzip (any number of members), and how far reading has come.

    Raises on reading:
        MalformedError: the packing is broken or cut short.
        TooLargeError: a decompression bomb.
    """

    def __init__(self, file: BinaryIO, place: str, size: int | None = None) -> None:
        super().__init__()
        self.file = file
        self.size = size
        self.place = place
        self.waiting = file.read(PIECE)
        self.packed = self.waiting.startswith(GZIP)
        self.engine = zlib.decompressobj(31)
        self.taken = self.given = self.member_taken = self.member_given = self.member = self.probed = 0
        self.passed = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """How many unpacked bytes were read."""
        return self.given

    def left(self) -> int | None:
        """How many bytes have not been read yet; None where that is not known beforehand."""
        return None if self.packed or self.size is None else max(0, self.size - self.given)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """What comes next, as much as there is room for."""
        found = self.next(len(buffer))
        buffer[:len(found)] = found
        return len(found)

    def read(self, size: int | None = -1) -> bytes:
        """What comes next: at most `size` bytes, a piece where no size is given; nothing at the end."""
        return self.next(PIECE if size is None or size < 0 else size)

    def next(self, most: int) -> bytes:
        """At most so many bytes, none only at the end."""
        found = b""
        while not found and most and (self.fill() or self.member_taken):
            found = self.unpack(most) if self.packed else self.plain(most)
            if not found and not self.waiting and not self.fill():
                self.see_end()
                break
        self.given += len(found)
        return found

    def fill(self) -> bool:
        """See that packed bytes wait, where the file has any left."""
        if not self.waiting:
            self.waiting = self.file.read(PIECE)
        return bool(self.waiting)

    def plain(self, most: int) -> bytes:
        """Bytes as they are."""
        found, self.waiting = self.waiting[:most], self.waiting[most:]
        return found

    def unpack(self, most: int) -> bytes:
        """Unpacked bytes of the current member."""
        if self.engine.eof:
            self.waiting = self.waiting.lstrip(b"\0")  # tapes pad with zeros
            if not self.waiting:
                return b""
            self.begin()
        before, piece = len(self.waiting), self.waiting
        try:
            found = self.engine.decompress(self.waiting, most)
        except zlib.error as error:
            raise self.broken(str(error)) from error
        self.waiting = self.engine.unused_data if self.engine.eof else self.engine.unconsumed_tail
        self.passed = (self.passed + piece[:before - len(self.waiting)])[-KEPT:]
        self.count(before - len(self.waiting), len(found))
        return found

    def begin(self) -> None:
        """Begin a member of the packing."""
        self.engine, self.passed = zlib.decompressobj(31), b""
        self.member_taken = self.member_given = 0
        self.member += 1

    def seek_member(self, begins: bytes) -> bool:
        """After a broken member, go to the next one whose content begins in a certain way. No: there is none."""
        data, at = self.passed + self.waiting, 1
        while self.packed and self.probed < MOST_PROBED:
            at = data.find(MEMBER, at)
            if at < 0 or len(data) - at < PROBE:
                more = self.file.read(PIECE)
                if not more and at < 0:
                    break
                data, at = data[at if at >= 0 else 1 - len(MEMBER):] + more, 0
                if not data.startswith(MEMBER):
                    continue
            self.probed += 1
            if begins_with(data[at:at + PROBE], begins):
                self.waiting = data[at:]
                self.begin()
                return True
            at += 1
        self.waiting = b""
        return False

    def count(self, taken: int, given: int) -> None:
        """Keep account of what came out of what.

        Raises:
            TooLargeError: too much.
        """
        self.taken += taken
        self.member_taken += taken
        self.member_given += given
        for packed, unpacked in ((self.member_taken, self.member_given), (self.taken, self.given + given)):
            if unpacked > BOMB_FROM and unpacked > BOMB_RATIO * packed:
                raise TooLargeError(expected=f"at most {BOMB_RATIO} bytes from each packed one", found="a decompression bomb",
                                    where=self.place, advice="leave it out")

    def see_end(self) -> None:
        """See that the last member came to its end.

        Raises:
            MalformedError: it was cut short.
        """
        if self.packed and not self.engine.eof and self.member_taken:
            self.member_taken = 0
            raise self.broken("cut short")

    def broken(self, why: str) -> MalformedError:
        """What to say of packing that cannot be undone."""
        return MalformedError(expected="a gzip file", found=f"a broken one ({why})", where=self.place,
                              advice="get it again; what came before was used")


def begins_with(packed: bytes, begins: bytes) -> bool:
    """Whether a member of the packing unpacks to what begins in a certain way."""
    try:
        return zlib.decompressobj(31).decompress(packed, len(begins)).startswith(begins)
    except zlib.error:
        return False


@contextmanager
def reading(path: Path) -> Iterator[Stream]:
    """A file as a stream.

    Raises:
        InputError: it cannot be read, or is no file.
    """
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError(expected="a file", found="something else", where=str(path), advice="leave it out")
            yield Stream(file, str(path), os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise unreadable(error, str(path)) from error


def lines(stream: Stream, most: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers from 1, without line feeds; None for a line longer than `most` bytes."""
    number, parts, size = 1, list[bytes](), 0
    while piece := stream.read():
        head, *rest = piece.split(b"\n")
        for index, part in enumerate([head, *rest]):
            if index:
                yield number, None if size > most else b"".join(parts)
                number, parts, size = number + 1, [], 0
            size += len(part)
            if size <= most:
                parts.append(part)
    if size:
        yield number, None if size > most else b"".join(parts)
