"""Article text made safe to show: control characters become visible and lose their power.

An article may hold escape sequences that repaint a terminal, override marks that turn the reading direction round, or half
a surrogate pair that no output can encode. None of these may act on the reader's screen, and none may vanish unseen.
"""

from __future__ import annotations

import re

# C0 but tab and line feed, DEL, C1, line and paragraph separators, directional embeddings, overrides and isolates,
# the byte order mark, interlinear annotation, lone surrogates and noncharacters. Joiners and plain direction marks stay:
# Persian, Hindi and emoji need them, and they reach no further than their neighbours.
HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
BREAKS = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")


def picture(char: str) -> str:
    """A visible stand-in for one control character.

    >>> picture(chr(27)), picture(chr(0x202E))
    ('␛', '‹U+202E›')
    """
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹U+{code:04X}›"


def visible(text: str, *, lines: bool = True) -> str:
    """The text with every control character made visible; with `lines=False` line breaks and tabs become spaces.

    >>> visible("a" + chr(27) + "[2Jb")
    'a␛[2Jb'
    """
    text = BREAKS.sub("\n", text)
    if not lines:
        text = text.replace("\n", " ").replace("\t", " ")
    return HOSTILE.sub(lambda found: picture(found[0]), text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` code points, cut at a space where there is one in the last third, with an ellipsis.

    >>> shorten("the harbour master resigned", 20)
    'the harbour master…'
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit * 2 // 3 else head).rstrip(" ,;:") + "…"
