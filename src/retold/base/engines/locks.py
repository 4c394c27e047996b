"""One writer at a time: a lock that the operating system frees when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from retold.base.errors import BusyError, ReadOnlyError


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which says who holds it.

    Raises:
        BusyError: another process holds it.
        ReadOnlyError: the file cannot be made.
    """
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise ReadOnlyError(expected="a folder that can be written to", found="one that cannot", where=str(path.parent),
                            advice="give yourself the right to write to it") from error
    with file:
        if not taken(file):
            file.seek(0)
            holder = " ".join(file.read(200).split()) or "another process"
            raise BusyError(expected="one writer at a time", found=f"{holder}, which is adding articles", where=str(path.parent),
                            advice="wait until it is done, or stop it; reading goes on meanwhile")
        file.truncate(0)
        file.write(f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n")
        file.flush()
        yield  # the lock ends with the file


def taken(file: IO[str]) -> bool:
    """Take the lock, if nobody has it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            file.seek(0x7FFF0000)  # beyond the words, which others must be able to read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
