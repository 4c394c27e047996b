"""Where things came from, as it may be told from a path, shown and stored."""

from __future__ import annotations

import re

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
CREDENTIALS = re.compile(r"(?<=://)[^/?#]*@")
JOINERS = "\u200c\u200d"  # Persian words and emoji are written with them; they reach no further than their neighbours


def is_url(text: str) -> bool:
    """Whether an input is an address rather than a path.

    >>> is_url("https://a.example/x"), is_url("C:\\\\news\\\\a.txt")
    (True, False)
    """
    return bool(URL.match(text))


def shown(url: str) -> str:
    """A URL as it may be shown: without credentials.

    >>> shown("https://ana:secret@a.example/x")
    'https://a.example/x'
    """
    return CREDENTIALS.sub("", url, count=1)


def printable(text: str) -> str:
    """One line that can be shown and stored: control characters and halves of surrogate pairs are written out.

    >>> printable("a\\nb\\ud800")
    'a\\\\nb\\\\ud800'
    """
    return "".join(c if c.isprintable() or c in JOINERS else c.encode("unicode_escape").decode("ascii") for c in text)
