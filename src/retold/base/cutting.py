"""A text cut at the matches of a pattern: which stretches they are and where, without a step of Python's for each of them."""

from __future__ import annotations

import re
from itertools import accumulate


def cut(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[list[str], list[str], list[int]]:
    """The matches of a pattern in text[start:end], what stands before each, and where they are.

    Args:
        pattern: one group round the whole of it.

    Returns:
        gaps: what stands before each match, and behind the last one: one more than there are matches.
        matches: the matches.
        offsets: begin and end of each in turn, counted in the whole text.

    >>> cut(re.compile(r"(\\w+)"), "It broke.", 0, 9)
    (['', ' ', '.'], ['It', 'broke'], [0, 2, 3, 8])
    """
    parts = pattern.split(text[start:end])
    return parts[::2], parts[1::2], list(accumulate(map(len, parts[:-1]), initial=start))[1:]
