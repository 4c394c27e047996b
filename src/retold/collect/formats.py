"""What kind of thing a run of bytes is: by its first bytes, its name, what a server said, its content, in this order."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from io import BytesIO
from pathlib import PurePath
from typing import Literal

from retold.base.errors import MalformedError, TooLargeError

Format = Literal["text", "page", "json", "lines", "csv", "other"]

ENDINGS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".shtml": "page",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".css": "other",
    ".js": "other",
    ".mjs": "other",
    ".map": "other",
    ".py": "other",
    ".toml": "other",
    ".yaml": "other",
    ".yml": "other",
    ".ini": "other",
    ".svg": "other",
    ".rss": "other",
    ".atom": "other",
}
MEDIA_TYPES: dict[str, Format] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
    "text/markdown": "text",
    "application/json": "json",
    "application/x-ndjson": "lines",
    "application/jsonl": "lines",
    "application/jsonlines": "lines",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
}
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, OpenDocument or e-book file)"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"%!PS", "PostScript"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"\x1f\x9d", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
    (b"fLaC", "sound"),
    (b"RIFF", "an image, sound or video"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"WARC/", "a web archive (WARC)"),
)
ADVICE = "save the article as plain text or HTML"
ADD = "add it to a workspace: retold add"  # what reads more kinds of files, and fetches what they lead to
FOR_A_WORKSPACE = ("a Parquet file", "a web archive (WARC)")
GZIP = b"\x1f\x8b"
HEAD = 4096  # bytes looked at
PAGE = re.compile(rb"(?:<\?xml[^>]{0,200}>|<!--.{0,1000}?-->|\s){0,20}<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
SAVED_MAIL = re.compile(rb"(?:From|MIME-Version|Snapshot-Content-Location):[^\n]*\n", re.I)


def refuse_binary(data: bytes, place: str) -> None:
    """See that the bytes are not a format of some other program.

    Raises:
        MalformedError: they are; it says which.
    """
    for magic, name in MAGIC:
        if data.startswith(magic):
            advice = ADD if name in FOR_A_WORKSPACE else ADVICE
            raise MalformedError(expected="text, a web page or a table", found=name, where=place, advice=advice)
    if data[4:8] == b"ftyp":
        raise MalformedError(expected="text, a web page or a table", found="video or an image", where=place, advice=ADVICE)
    if SAVED_MAIL.match(data) and b"multipart/related" in data[:HEAD]:
        raise MalformedError(
            expected="text, a web page or a table",
            found="a web archive (MHTML)",
            where=place,
            advice='save the page again as "Web page, HTML only"',
        )


def format_of(data: bytes, name: str, media_type: str = "") -> Format:
    """The format of unpacked bytes. A name's ending decides, unless text turns out to be a page.

    >>> format_of(b"<!DOCTYPE html><p>x", "a.txt"), format_of(b'{"text": "x"}\\n{"text": "y"}', "-"), format_of(b"Hello", "-")
    ('page', 'lines', 'text')
    """
    said = ENDINGS.get(PurePath(name.lower().removesuffix(".gz")).suffix)
    if media_type in MEDIA_TYPES and (said is None or media_type != "text/plain"):
        said = MEDIA_TYPES[media_type]
    if said in (None, "text") and PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:HEAD]):
        return "page"
    if said is None:
        return "lines" if looks_like_lines(data) else "json" if looks_like_json(data) else "text"
    return said


def looks_like_lines(data: bytes) -> bool:
    """Whether the first line is one JSON object of its own."""
    first = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1_000_000].partition(b"\n")[0].strip()
    if not (first.startswith(b"{") and first.endswith(b"}")):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def looks_like_json(data: bytes) -> bool:
    """Whether the bytes begin like a JSON object or a list of objects."""
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:HEAD]
    return bool(re.match(rb'(?:\[\s*)?\{\s*"(?:[^"\\]|\\.){0,200}"\s*:', head))


def unpacked(data: bytes, limit: int, place: str) -> bytes:
    """The content of a gzip file, at most `limit` bytes; other bytes as they are.

    Raises:
        MalformedError: the file is broken or cut short.
        TooLargeError: there is more in it.
    """
    if not data.startswith(GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as file:
            content = file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise MalformedError(expected="a gzip file", found=f"a broken one ({error})", where=place, advice="get it again") from error
    return within(content, limit, place)


def within(data: bytes, limit: int, place: str) -> bytes:
    """The bytes, when they are not too many.

    Raises:
        TooLargeError: they are.
    """
    if len(data) > limit:
        raise TooLargeError(
            expected=f"at most {limit:,} bytes",
            found="more",
            where=place,
            advice="split it into its articles, or raise the limit in the settings",
        )
    return data
