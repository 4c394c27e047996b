"""What differs between two wordings, word by word, or character by character where a script puts no spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

TOKEN = re.compile(r"\w+(?:[’'.,]\w+)*|[^\w\s]|\s+")
SPACELESS = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
MAX_TOKENS = 600  # beyond, the comparison takes seconds and nobody reads it: both are shown whole

Turn = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that both have, or only the first (gone), or only the second (new)."""

    turn: Turn
    text: str


def split(text: str) -> list[str]:
    """The tokens of a text; together they are the text. Ideographs and kana stand for themselves.

    >>> split("70 Tage, 3日間")
    ['70', ' ', 'Tage', ',', ' ', '3', '日', '間']
    """
    out: list[str] = []
    for token in TOKEN.findall(text):
        pieces = re.split(f"({SPACELESS.pattern})", token) if SPACELESS.search(token) else [token]
        out.extend(piece for piece in pieces if piece)
    return out


def compare(before: str, after: str) -> tuple[Part, ...]:
    """The two texts as parts: the same and gone parts make up `before`, the same and new ones `after`.

    Case and kinds of apostrophe count as the same; the wording shown for what is the same is that of `after`.

    >>> [(p.turn, p.text) for p in compare("may have leaked", "have leaked")]
    [('gone', 'may '), ('same', 'have leaked')]
    """
    a, b = split(before), split(after)
    if len(a) > MAX_TOKENS or len(b) > MAX_TOKENS:
        return (Part("same", after),) if before == after else (Part("gone", before), Part("new", after))
    parts: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, list(map(plain, a)), list(map(plain, b)), autojunk=False).get_opcodes():
        if tag == "equal":
            add(parts, "same", b[k:m])
        else:
            add(parts, "gone", a[i:j])
            add(parts, "new", b[k:m])
    return tuple(parts)


def akin(before: str, after: str) -> bool:
    """Whether two wordings have so much in common that marking what changed says something: a third of the shorter one's letters.

    >>> akin("may have leaked", "have leaked"), akin("The gate is safe.", "We shall look at it in autumn.")
    (True, False)
    """
    kept = sum(letters(p.text) for p in compare(before, after) if p.turn == "same")
    return 3 * kept >= min(letters(before), letters(after))


def letters(text: str) -> int:
    """How many letters and digits there are in a text."""
    return sum(c.isalnum() for c in text)


def plain(token: str) -> str:
    """A token as it is compared."""
    return token.casefold().replace("’", "'") if not token.isspace() else " "


def add(parts: list[Part], turn: Turn, tokens: Sequence[str]) -> None:
    """Add a part unless it is empty."""
    if tokens:
        parts.append(Part(turn, "".join(tokens)))
