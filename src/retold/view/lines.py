"""The lines of a report for a terminal: words of others made harmless, headings, insets."""

from __future__ import annotations

import re

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from retold.view.visible import visible

LABEL = 50  # code points of what an article is called: where there is no outlet, titles stand for articles
INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f]")  # marks without width: harmless in a page, but they upset columns


def plain(words: str, style: str = "") -> Text:
    """Words of others on one line, with nothing in them that a terminal would obey."""
    return Text(INVISIBLE.sub("", visible(words, lines=False)), style=style)


def joined(*parts: Text | str) -> Text:
    """Pieces as one text; strings are made safe."""
    return Text().join(part if isinstance(part, Text) else plain(part) for part in parts)


def inset(what: RenderableType, by: int = 2) -> RenderableType:
    """Something moved to the right."""
    return Padding(what, (0, 0, 0, by))


def section(name: str) -> RenderableType:
    """A heading with a blank line above."""
    return Group(Text(), Text(name, style="bold"))
