"""Files and folders to sources."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from retold.base.errors import EmptyError, InputError, NotFoundError, RetoldError, TooLargeError
from retold.collect.drafts import Source
from retold.collect.formats import ENDINGS, within
from retold.collect.settings import CollectSettings

# What browsers call the folder of pictures and scripts beside a saved page, in the languages we read.
COMPANIONS = (
    "_files",
    "-Dateien",
    "_Dateien",
    "_fichiers",
    "_archivos",
    "_file",
    "_ficheiros",
    "_arquivos",
    "_bestanden",
    "_pliki",
    "_soubory",
    "_файлы",
    "-файлы",
    "_файли",
    "_dosyalar",
    "_ملفات",
    "_文件",
    "_檔案",
    "_ファイル",
    ".files",
)
DEEPEST = 100  # folders within folders


def files_under(folder: Path) -> Iterator[Path | RetoldError]:
    """All files in a folder and its folders, sorted by path; hidden ones and the companions of saved pages are left out.

    A link that leads back to a folder already seen is not followed. A folder that cannot be opened is an error of its own.
    """
    found: list[Path] = []
    errors: list[RetoldError] = []
    waiting, seen = [(folder, 0)], set[tuple[int, int]]()
    while waiting:
        place, depth = waiting.pop()
        try:
            status = place.stat()
            entries = sorted(place.iterdir())
        except OSError as error:
            errors.append(unreadable(error, str(place)))
            continue
        if (status.st_dev, status.st_ino) in seen or depth > DEEPEST:
            continue
        seen.add((status.st_dev, status.st_ino))
        names = {entry.name for entry in entries}
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if not entry.is_dir():
                found.append(entry)
            elif not is_companion(entry.name, names):
                waiting.append((entry, depth + 1))
    yield from errors
    yield from sorted(found)
    if not found and not errors:
        yield EmptyError(expected="files", found="an empty folder", where=str(folder), advice="leave it out")


def is_companion(name: str, names: set[str]) -> bool:
    """Whether a folder belongs to a saved page beside it."""
    stems = [name.removesuffix(ending) for ending in COMPANIONS if name.endswith(ending)]
    return any(f"{stem}{ending}" in names for stem in stems for ending in (".html", ".htm", ".xhtml"))


def read_file(path: Path, settings: CollectSettings) -> Source:
    """The bytes of a file, packed as they are.

    Raises:
        InputError: it cannot be read.
        NotFoundError: there is none.
        TooLargeError: it is beyond the limit of its kind.
    """
    limit = limit_of(path.name, settings)
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size > limit:
            raise TooLargeError(
                expected=f"at most {limit:,} bytes",
                found=f"{status.st_size:,}",
                where=str(path),
                advice="split it into its articles, or raise the limit in the settings",
            )
        with path.open("rb") as file:
            return Source(place=str(path), name=path.name, data=within(file.read(limit + 1), limit, str(path)))
    except (OSError, ValueError) as error:
        raise unreadable(error, str(path)) from error


def read_stream(stream: BinaryIO, settings: CollectSettings) -> Source:
    """All of standard input.

    Raises:
        TooLargeError: it is beyond the limit.
    """
    data = within(stream.read(settings.max_table_bytes + 1), settings.max_table_bytes, "-")
    return Source(place="-", name="stdin", data=data)


def limit_of(name: str, settings: CollectSettings) -> int:
    """The most bytes that a file of that name may have."""
    limits = {"text": settings.max_text_bytes, "page": settings.max_page_bytes}
    return limits.get(ENDINGS.get(Path(name.lower()).suffix, ""), settings.max_table_bytes)


def unreadable(error: OSError | ValueError, place: str) -> InputError:
    """What to say about a file that cannot be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return NotFoundError(expected="a file or folder", found="none", where=place, advice="check the path")
    reason = os.strerror(error.errno).lower() if error.errno else type(error).__name__
    return InputError(expected="a file that can be read", found=reason, where=place, advice="check the path and its permissions")


def stem_of(name: str) -> str:
    """A file's name without its endings, for an id.

    >>> stem_of("a.txt"), stem_of("rows.jsonl.gz"), stem_of("v1.2 final")
    ('a', 'rows', 'v1.2 final')
    """
    path = Path(name)
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    return (path.stem if path.suffix.lower() in ENDINGS or path.suffix[1:].isalpha() else path.name) or "article"
