"""What servers answer: read no further than a limit, unpacked by ourselves, and looked at before it is used."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

import httpx

from retold.base.errors import EmptyError, FetchError, MalformedError, NotFoundError, TooLargeError
from retold.collect.formats import MEDIA_TYPES

SAVE = "open the page in a browser, save it as HTML and hand over the file"
READABLE = re.compile(
    r"text/[\w.+-]+|application/(?:[\w.-]+\+)?(?:json|xml|x-ndjson|jsonl|jsonlines)|application/xhtml\+xml|application/(?:x-)?gzip"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered: `location` where it sends us on, `data` unpacked."""

    status: int
    location: str
    media_type: str
    charset: str
    data: bytes
    etag: str = ""
    modified: str = ""
    wait: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a server said of a page when it was last fetched (ETag, Last-Modified), so that it is sent only if it has changed."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers that ask for it. Source: RFC 9110, 13.1."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in said.items() if value and value.isascii() and value.isprintable()}


def read_body(response: httpx.Response, limit: int, place: str) -> bytes:
    """The body, unpacked by ourselves: at no time is more than the limit held, however small what was sent.

    Raises:
        MalformedError: a packing that we did not ask for, or a broken one.
        TooLargeError: it is longer than `limit`.
    """
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise MalformedError(
            expected="a page packed with gzip or not at all", found=f"one packed with {packing[:40]}", where=place, advice=SAVE
        )
    unpack = Unpacker(packing)
    out = bytearray()
    for piece in response.iter_raw():
        out += unpack(piece, limit + 1 - len(out))
        if len(out) > limit:
            raise TooLargeError(expected=f"at most {limit:,} bytes", found="more", where=place, advice=SAVE)
    return bytes(out)


class Unpacker:
    """Takes packed pieces and gives out what is in them, never more than asked for."""

    def __init__(self, packing: str) -> None:
        self.packing = packing
        self.engine: zlib._Decompress | None = None

    def __call__(self, piece: bytes, most: int) -> bytes:
        """What is in a piece, `most` bytes at most.

        Raises:
            zlib.error: it is broken.
        """
        if not self.packing.endswith(("gzip", "deflate")):
            return piece
        if self.engine is None:
            zlib_head = len(piece) > 1 and piece[0] & 15 == 8 and (piece[0] << 8 | piece[1]) % 31 == 0
            self.engine = zlib.decompressobj(31 if "gzip" in self.packing else 15 if zlib_head else -15)
        return self.engine.decompress(piece, most)


def check_answer(answer: Answer, place: str) -> None:
    """See that a page came, and that it is text.

    Raises:
        EmptyError: nothing came.
        FetchError: the server said no.
        MalformedError: it is not text.
        NotFoundError: there is no such page.
    """
    if answer.status in (404, 410):
        raise NotFoundError(
            expected="a page",
            found=f"none (status {answer.status})",
            where=place,
            advice="check the address, or look in a web archive",
        )
    if answer.status != 200:
        advice = "try again later" if answer.status == 429 or answer.status >= 500 else SAVE
        raise FetchError(expected="a page", found=f"status {answer.status}", where=place, advice=advice)
    if answer.media_type and answer.media_type not in MEDIA_TYPES and not READABLE.fullmatch(answer.media_type):
        raise MalformedError(
            expected="a web page or text",
            found=answer.media_type[:80],
            where=place,
            advice="save the article as plain text or HTML",
        )
    if not answer.data:
        raise EmptyError(expected="a page", found="0 bytes", where=place, advice=SAVE)
