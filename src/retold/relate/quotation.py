"""Whether words stand inside quotation marks, read off the marks alone: for passages of texts that nobody has read further.

Whether a mark opens or closes is told by what stands beside it, since „…“, “…”, »…« and «…» use the same marks for either.
"""

from __future__ import annotations

import re

DOUBLE, SINGLE, CORNER = "\"“”„‟«»＂〝〞", "‘’'‚‛‹›", "「」『』﹁﹂﹃﹄"
OPENERS, CLOSERS = "“„«〝‘‚‹「『﹁﹃", "”»〞’›」』﹂﹄"
MARK = re.compile(f"[{DOUBLE}{SINGLE}{CORNER}]")
LONGEST = 1500  # code points of a passage that may be one quotation
LINE = 1500  # code points beside it that are looked at
MOSTLY = 0.8


def inside_marks(text: str, start: int, end: int) -> bool:
    """Whether at least `MOSTLY` of a span lies inside quotation marks that open before its end and, in its paragraph, close again.

    >>> text = "He said: „Wir gehen nicht fort“, und ging."
    >>> inside_marks(text, 10, 30), inside_marks(text, 0, 30)
    (True, False)
    """
    if end - start > LONGEST or start >= end:
        return False
    first = max(text.rfind("\n", 0, start) + 1, start - LINE)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + LINE)
    held = sum(max(0, min(end, e) - max(start, s)) for s, e in quotations(text, first, last))
    return held >= MOSTLY * (end - start)


def quotations(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """The spans between marks in a stretch of text, marks included. A quotation that does not close runs to the end of its line."""
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for match in MARK.finditer(text, first, last):
        at, family = match.start(), family_of(match.group())
        side = side_of(text, at)
        if opened is None and side > 0:
            opened = (at, family)
        elif opened and side < 0 and family == opened[1]:
            found.append((opened[0], at + 1))
            opened = None
    if opened and opened[1] != SINGLE:
        stop = text.find("\n", opened[0], last)
        found.append((opened[0], last if stop < 0 else stop))
    return found


def family_of(mark: str) -> str:
    """The marks that a mark goes together with."""
    return DOUBLE if mark in DOUBLE else SINGLE if mark in SINGLE else CORNER


def side_of(text: str, at: int) -> int:
    """1 for a mark that opens, -1 for one that closes, 0 for an apostrophe."""
    mark = text[at]
    before, after = at > 0 and text[at - 1].isalnum(), at + 1 < len(text) and text[at + 1].isalnum()
    blank_before = at == 0 or text[at - 1].isspace()
    blank_after = at + 1 == len(text) or text[at + 1].isspace()
    if mark in CORNER or (before and after and mark not in SINGLE):
        return 1 if mark in OPENERS else -1
    if before and after:
        return 0
    if blank_before != blank_after:
        return 1 if blank_before else -1
    if before != after:
        return 1 if after else -1
    return 1 if mark in OPENERS else -1
