"""Where the records of a WARC file begin and end, so that a broken one costs no other (WARC 1.1, sections 4 and 5).

What a record says of its length is not believed where a new member of the packing begins with a record, where the file is shorter,
or where another record stands inside and none behind. After a record that cannot be followed, reading goes on at the next
`WARC/1.` (or 0.) at the beginning of a line, or of a member that can be unpacked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from retold.base.errors import MalformedError
from retold.collect.places import printable
from retold.collect.streams import PIECE, Stream

BEGINS = b"WARC/"
NEXT = re.compile(rb"\n(?=WARC/[01]\.\d)")
OVERLAP = len("\nWARC/1.")  # bytes that may be the beginning of a match
HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)
KIND = re.compile(rb"^warc-type:[ \t]*(\w+)", re.I | re.M)
WANTED = (b"response", b"resource")
LONGEST_HEAD = 1 << 16  # bytes of the header of a record, and of that of an answer in it
MOST_BROKEN = 1_000  # records of a file that may be broken: a file of nothing else is no archive
More = Literal["more", "another", "end"]
ADVICE = "get it again; the other records are used"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A record that may be a page: its bytes, no more than are wanted of them, or what is wrong with it."""

    data: bytes = b""
    error: MalformedError | None = None


class Frames:
    """The records of a WARC file that may be pages, and those that are broken.

    Args:
        stream: the file, unpacked.
        limit: bytes of a record that are wanted; the rest of a longer one is passed over.
    """

    def __init__(self, stream: Stream, limit: int) -> None:
        self.stream = stream
        self.limit = limit + LONGEST_HEAD
        self.held = b""
        self.fresh = False  # whether a record begins at what is held, beyond doubt
        self.wrong = ""  # what is wrong with the packing
        self.count = self.broken = 0

    def __iter__(self) -> Iterator[Frame]:
        """One after the other.

        Raises:
            MalformedError: it is broken beyond use.
            TooLargeError: a decompression bomb.
        """
        while self.begun():
            if self.wrong:
                yield self.fault(self.wrong)
            head = self.head()
            kind, length = KIND.search(head), LENGTH.search(head)
            if kind is None or length is None:
                self.seek(0 if head else 1)
                yield self.fault(self.wrong or "a record whose header is broken")
                continue
            frame = self.body(head, int(length[1]))
            if frame.error is not None:
                yield self.fault(frame.error.found)
            elif kind[1].lower() in WANTED:
                self.count += 1
                yield frame
        if self.wrong:
            yield self.fault(self.wrong)

    def fault(self, found: str) -> Frame:
        """What is said of a broken record.

        Raises:
            MalformedError: there are too many of them.
        """
        self.broken += 1
        self.count += 1
        self.wrong = ""
        where = f"{self.stream.place}:{self.count}"
        if self.broken > MOST_BROKEN:
            raise MalformedError(expected=f"at most {MOST_BROKEN:,} broken records", found="more", where=where, advice="leave it out")
        return lost(printable(found)[:200], where)

    # ---- parts of a record --------------------------------------------------------------------------------------------

    def begun(self) -> bool:
        """See whether anything follows: the beginning of a record, or what stands in its place."""
        self.held = self.held.lstrip(b"\r\n")
        while len(self.held) < len(BEGINS) and self.fill() != "end":
            self.held = self.held.lstrip(b"\r\n")
        return bool(self.held)

    def head(self) -> bytes:
        """The header of a record up to the empty line, taken from what is held; nothing, and nothing taken, where there is none."""
        self.fresh = False
        if not self.held.startswith(BEGINS):
            return b""
        while (end := HEAD_ENDS.search(self.held)) is None:
            if len(self.held) > LONGEST_HEAD or self.fill() != "more":
                return b""
        found, self.held = self.held[:end.end()], self.held[end.end():]
        return found.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    def body(self, head: bytes, length: int) -> Frame:
        """A record with its header."""
        left = self.stream.left()
        if left is not None and length > left + len(self.held):
            self.seek(0)
            return lost(f"one that claims {length:,} bytes, cut short")
        kept, taken = bytearray(), 0
        while taken < length:
            if not self.held and (more := self.fill()) != "more":
                return self.short(bytes(kept), length, more)
            part, self.held = self.held[:length - taken], self.held[length - taken:]
            taken += len(part)
            kept += part[:max(0, self.limit - len(kept))]
        while len(self.held.lstrip(b"\r\n")) < len(BEGINS) and self.fill() == "more":
            pass
        if taken == len(kept) and not (self.held.lstrip(b"\r\n") or BEGINS).startswith(BEGINS):
            whole = bytes(kept) + self.held
            if inside := NEXT.search(whole, 0, length + OVERLAP):  # it ends amid the beginning of another, or behind it
                self.held = whole[inside.end():]
                return lost("one with another inside it")
        return Frame(data=head + kept)

    def short(self, kept: bytes, length: int, more: More) -> Frame:
        """What is said of a record that is shorter than it claims; one that stands inside is read next."""
        why, self.wrong = self.wrong, ""
        if more == "end" and (inside := NEXT.search(kept)):
            self.held = kept[inside.end():]
        return lost(why or f"one that claims {length:,} bytes, cut short")

    def seek(self, at: int) -> None:
        """Pass over everything up to the beginning of a record, from some place of what is held."""
        if self.fresh or (not at and self.held.startswith(BEGINS)):
            return
        while not (found := NEXT.search(self.held, at)):
            self.held, at = self.held[-OVERLAP:], 0
            more = self.fill()
            if more != "more":
                self.held = self.held if more == "another" else b""
                return
        self.held = self.held[found.end():]

    def fill(self) -> More:
        """Hold more of the file. "another": what is held did not go on, since another member begins, with a record; that is held now.

        Where the packing is broken, reading goes on at the next such member, and `wrong` says so.
        """
        before = self.stream.member
        found = self.piece()
        if not found:
            return "end"
        if self.stream.member != before and found.startswith(BEGINS):
            self.held, self.fresh = found, True
            return "another"
        self.held += found
        return "more"

    def piece(self) -> bytes:
        """What comes next, past members that are broken; nothing at the end."""
        while True:
            try:
                return self.stream.next(PIECE)
            except MalformedError as error:
                self.wrong = error.found
                if not self.stream.seek_member(BEGINS):
                    return b""


def lost(found: str, where: str = "") -> Frame:
    """A record that cannot be used."""
    return Frame(error=MalformedError(expected="a record of a web archive", found=found, where=where, advice=ADVICE))
