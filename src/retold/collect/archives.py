"""Web archives of any size, page by page: WARC files, and WACZ packages of them (WARC 1.1, ISO 28500:2017; WACZ 1.1.1).

Nothing of an archive is ever written to a path that the archive names, and no more of it is held than one page.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from retold.base.errors import InputError, MalformedError, RetoldError, TooLargeError
from retold.collect.answers import Unpacker
from retold.collect.downloads import name_of
from retold.collect.drafts import UNFORESEEN, Source, unforeseen
from retold.collect.frames import Frames
from retold.collect.places import printable, shown
from retold.collect.settings import CollectSettings
from retold.collect.streams import BOMB_FROM, BOMB_RATIO, Stream

PAGES = ("text/html", "application/xhtml+xml", "text/plain")
MOST_MEMBERS = 100_000  # files in a package
ADVICE = "leave it out, or get the archive again"
Record = tuple[int, str, Source | RetoldError]  # its number from 1, when it was captured, the page or what is wrong with it


def warc_pages(stream: Stream, *, settings: CollectSettings, after: int = 0) -> Iterator[Record]:
    """The pages in a WARC file: answers of servers with status 200, and resources, that are pages or plain text.

    Args:
        stream: the file, unpacked.
        settings: the largest page.
        after: how many records to pass over, when reading goes on where it broke off.

    Pictures, redirects, requests and revisits are passed over. A record that is broken is an error of its own, and reading goes on at
    the next; where the file cannot be followed any further, the last error says so.
    """
    number = 0
    try:
        for number, frame in enumerate(Frames(stream, settings.max_page_bytes), 1):
            if number > after and frame.error is not None:
                yield number, "", frame.error
            elif number > after:
                record = parsed(frame.data, f"{stream.place}:{number}")
                found = record if isinstance(record, RetoldError) else attempt(record, f"{stream.place}:{number}", settings)
                if found is not None:
                    yield number, captured(record), found
    except RetoldError as error:
        yield number + 1, "", error
    except UNFORESEEN as error:
        yield number + 1, "", MalformedError(expected="a web archive", found=f"something else ({printable(str(error))[:100]})",
                                             where=f"{stream.place}:{number + 1}", advice="get it again; what came before was used")


def parsed(data: bytes, place: str) -> Any:
    """A record from its bytes, or the error that it is none."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource
    why = "nothing that can be read"
    try:
        found = next(iter(ArchiveIterator(BytesIO(data), record_types=wanted, parse_http=True, auto_decode="none", stream_detect=False,
                                          fsspec_args=False)), None)
        if found is not None:
            return found
    except UNFORESEEN as error:
        why = printable(str(error))[:100]
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what its Rust code raises where it has not foreseen something
            raise
        why = "it cannot be followed"
    return MalformedError(expected="a record of a web archive", found=f"a broken one ({why})", where=place, advice=ADVICE)


def captured(record: Any) -> str:
    """When a record was captured, ISO 8601; "" where it does not say."""
    try:
        return str(record.record_date.isoformat())
    except UNFORESEEN:
        return ""


def attempt(record: Any, place: str, settings: CollectSettings) -> Source | RetoldError | None:
    """The page in a record, None where it is none, or what is wrong with it."""
    try:
        return page_in(record, place, settings)
    except RetoldError as error:
        return error
    except zlib.error as error:
        return MalformedError(expected="a page", found=f"one whose packing is broken ({error})", where=place, advice=ADVICE)
    except UNFORESEEN as error:
        return unforeseen(error, place)


def page_in(record: Any, place: str, settings: CollectSettings) -> Source | None:
    """The page in a record; None where it is none.

    Raises:
        MalformedError: it is cut short, or packed in a way that we do not know.
        TooLargeError: it is beyond the limit.
    """
    http = record.http_headers if record.is_http_parsed else None
    media_type = (record.http_content_type if http is not None else record.headers.get("Content-Type", "")) or ""
    media_type = media_type.partition(";")[0].strip().lower()
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    if media_type not in PAGES or (http is not None and http.status_code != 200) or urlsplit(url).path == "/robots.txt":
        return None
    if urlsplit(url).scheme not in ("http", "https"):
        raise MalformedError(expected="a page with a web address", found=printable(url)[:100] or "none", where=place, advice=ADVICE)
    data = body(record, http, settings.max_page_bytes, place)
    return Source(place=printable(shown(url)), name=name_of(url), data=data, url=shown(url), media_type=media_type,
                  charset=(record.http_charset or "") if http is not None else "")


def body(record: Any, http: Any, limit: int, place: str) -> bytes:
    """What the server sent, unpacked.

    Raises:
        MalformedError: it is cut short, or packed in a way that we do not know.
        TooLargeError: it is beyond the limit.
    """
    said = record.content_length
    raw: bytes = record.reader.read(limit + 1)
    if len(raw) > limit:
        raise TooLargeError(expected=f"at most {limit:,} bytes", found="more", where=place, advice=ADVICE)
    if len(raw) < said:
        raise MalformedError(expected=f"a page of {said:,} bytes", found=f"{len(raw):,}, cut short", where=place, advice=ADVICE)
    if http is None:
        return raw
    if "chunked" in (http.get("Transfer-Encoding") or "").lower():
        raw = unchunked(raw)
    packing = (http.get("Content-Encoding") or "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate", "br"):
        raise MalformedError(expected="a page packed with gzip, brotli or not at all", found=f"one packed with {packing[:40]}", where=place,
                             advice=ADVICE)
    whole = unbrotlied(raw, limit) if packing == "br" else Unpacker(packing)(raw, limit + 1)
    if len(whole) > limit:
        raise TooLargeError(expected=f"at most {limit:,} bytes", found="more", where=place, advice=ADVICE)
    return whole


def unchunked(raw: bytes) -> bytes:
    """A body that was sent in chunks, put together; as it is where it is not in chunks after all (some archives undo them)."""
    out, position = bytearray(), 0
    while position < len(raw):
        end = raw.find(b"\n", position, position + 64)
        try:
            size = int(raw[position:end].partition(b";")[0].strip() or b"x", 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return bytes(out) if out else raw
        if size == 0:
            break
        out += raw[end + 1:end + 1 + size]
        position = end + 1 + size
        position += 2 if raw[position:position + 2] == b"\r\n" else 1 if raw[position:position + 1] == b"\n" else 0
    return bytes(out)


def unbrotlied(raw: bytes, limit: int) -> bytes:
    """A body packed with brotli, unpacked as far as the limit.

    Raises:
        MalformedError: it is broken.
    """
    import brotli

    engine = brotli.Decompressor()
    try:
        out = bytearray(engine.process(raw, output_buffer_limit=limit + 1))
        while not engine.is_finished() and len(out) <= limit:
            more = engine.process(b"", output_buffer_limit=limit + 1)
            if not more:
                break
            out += more
    except brotli.error as error:
        raise MalformedError(expected="a page", found="one whose packing is broken (brotli)", where="", advice=ADVICE) from error
    return bytes(out)


# ---- packages -----------------------------------------------------------------------------------------------------


@contextmanager
def package(path: Path) -> Iterator[zipfile.ZipFile]:
    """A WACZ package, opened.

    Raises:
        InputError: it cannot be read.
        MalformedError: it is no ZIP archive, or one with tricks.
    """
    try:
        with zipfile.ZipFile(path) as found:
            yield found
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError) as error:
        raise MalformedError(expected="a WACZ package", found=f"a broken ZIP archive ({printable(str(error))[:100]})", where=str(path),
                             advice="get it again; what came before was used") from error


def members(found: zipfile.ZipFile, place: str) -> Iterator[zipfile.ZipInfo | InputError]:
    """The WARC files in a package, and an error for each that will not be read.

    Raises:
        MalformedError: it is no WACZ package.
    """
    infos = found.infolist()
    if len(infos) > MOST_MEMBERS:
        raise TooLargeError(expected=f"at most {MOST_MEMBERS:,} files", found=f"{len(infos):,}", where=place, advice=ADVICE)
    wanted = [info for info in infos if info.filename.lower().endswith((".warc", ".warc.gz"))]
    if not wanted:
        raise MalformedError(expected="a WACZ package", found="a ZIP archive without a WARC file", where=place, advice="leave it out")
    for info in wanted:
        wrong = trick_of(info)
        where = f"{place}!{printable(info.filename)}"
        yield info if not wrong else MalformedError(expected="a file of the package", found=wrong, where=where, advice="leave it out")


def trick_of(info: zipfile.ZipInfo) -> str:
    """What is not in order about a file of a package, in words; "" when it is.

    >>> trick_of(zipfile.ZipInfo("archive/data.warc.gz")), trick_of(zipfile.ZipInfo("../../etc/x.warc"))
    ('', 'a path that leads out of it')
    """
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0]:
        return "a path that leads out of it"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link"
    if info.flag_bits & 1:
        return "a file that is encrypted"
    if info.file_size > BOMB_FROM and info.file_size > BOMB_RATIO * max(1, info.compress_size):
        return "a decompression bomb"
    return ""


def member_stream(found: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> Stream:
    """A file of a package as a stream."""
    file: BinaryIO = found.open(info)  # type: ignore[assignment]
    return Stream(file, f"{place}!{printable(info.filename)}", info.file_size)
