"""Headlines without the names of outlets and sections that pages and feeds write around them.

"Tokyo Games open in near-empty stadium - France 24": a fifth of the headlines that feeds give end so. Among ten words such a name is a
tenth of the meaning and the rarest of the names, so that articles of one outlet are near each other and copies of one text apart.
"""

from __future__ import annotations

import re

BAR = re.compile(r"\s+\|+\s+")  # what stands between a headline and a name, and hardly ever inside a headline
DASH = re.compile(r"\s+[-–—·•]\s+")
MOST = 5  # words of a name after a headline
BEFORE = 3  # words of a name before one: sections and short names
LEAST = 4  # words that a headline has at least
CHARACTERS = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
AS_LONG = 3  # characters of a script without spaces that are as long as a word
PARTICLE = 3  # letters of a word that stands inside names in small letters: de, of, and


def headline(title: str) -> str:
    """A title without the names of outlets and sections at its ends.

    >>> headline("Tokyo Games open in near-empty stadium - France 24")
    'Tokyo Games open in near-empty stadium'
    >>> headline("Sports News | Japan beats Spain in the last minute | The China Post, Taiwan")
    'Japan beats Spain in the last minute'
    >>> headline("Spiele werden feierlich eröffnet - im nahezu leeren Stadion")
    'Spiele werden feierlich eröffnet - im nahezu leeren Stadion'
    """
    said = " ".join(title.split())
    while shorter := without_end(said):
        said = shorter
    while shorter := without_beginning(said):
        said = shorter
    return said


def without_end(said: str) -> str:
    """A title without the name after its last bar or dash; "" where what stands there is no name, or too little is left."""
    last = max([*BAR.finditer(said), *DASH.finditer(said)], key=lambda match: match.start(), default=None)
    if last is None:
        return ""
    head, tail = said[:last.start()], said[last.end():]
    return head if words(head) >= LEAST and words(tail) <= MOST and names(tail) else ""


def without_beginning(said: str) -> str:
    """A title without the name before its first bar; "" where what stands there is no name, or too little is left."""
    first = BAR.search(said)
    if first is None:
        return ""
    head, tail = said[:first.start()], said[first.end():]
    return tail if words(tail) >= LEAST and words(head) <= BEFORE and names(head) else ""


def words(text: str) -> int:
    """How many words a text has; in a script without spaces, how many it would about have."""
    return max(len(text.split()), len(CHARACTERS.findall(text)) // AS_LONG)


def names(text: str) -> bool:
    """Whether a text may be a name: it has words, and none in small letters but particles inside it and addresses of sites."""
    parts = text.split()
    small = [at for at, part in enumerate(parts) if part[0].islower() and "." not in part[1:-1] and (at == 0 or len(part) > PARTICLE)]
    return bool(parts) and not small
