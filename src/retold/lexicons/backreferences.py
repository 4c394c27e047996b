"""Bodies and places called by their noun alone, behind a sign that says "the same": "同社", "同署", "该公司"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from retold.base.hanzi import simplified_each
from retold.lexicons import lexicon
from retold.lexicons.names import name_words

BODIES = frozenset({"organisation", "outlet", "place"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The pattern of a language's references back, and what the names end in that each noun may stand for; () for any firm."""

    pattern: re.Pattern[str]
    written: tuple[str, ...]
    endings: dict[str, tuple[str, ...]]
    public: tuple[str, ...]


@cache
def signs_of(language: str) -> Signs | None:
    """The references back of a language; None for one that has none."""
    entries = [entry.split() for entry in name_words(language, "back_nouns")]
    if not entries:
        return None
    endings = {noun: tuple(found) for noun, *found in entries}
    nouns = "|".join(sorted(endings, key=lambda w: (-len(w), w)))
    public = tuple(sorted({ending for found in endings.values() for ending in found} - set(name_words(language, "back_firms"))))
    written = name_words(language, "back_signs")
    return Signs(pattern=re.compile(f"(?:{'|'.join(written)})({nouns})"), written=written, endings=endings, public=public)


def find_references(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and noun of each reference back of a text.

    >>> list(find_references("同社は否定し、同署が調べている。", "ja"))
    [(0, 2, '社'), (7, 9, '署')]
    """
    signs = signs_of(language)
    if signs is None or not any(sign in text for sign in signs.written):
        return
    for match in signs.pattern.finditer(simplified_each(text) if language_is_simplified(language) else text):
        yield match.start(), match.end(), match[1]


def language_is_simplified(language: str) -> bool:
    """Whether the words of a language are compared in simplified characters."""
    return str(lexicon(language).table("script").get("segmenter", "")) == "jieba"


def meant(noun: str, names: Sequence[tuple[str, str]], language: str) -> int:
    """Which of the names before a reference it stands for, as (text, kind) in their order: the last that ends so; -1 for none.

    A noun for firms stands for the last body that is no public one.

    >>> named = [("峰電機", "organisation"), ("霧山署", "organisation"), ("霧山市", "place")]
    >>> meant("署", named, "ja"), meant("社", named, "ja"), meant("大", named, "ja")
    (1, 0, -1)
    """
    signs = signs_of(language)
    endings = signs.endings.get(noun) if signs is not None else None
    if signs is None or endings is None:
        return -1
    for n in range(len(names) - 1, -1, -1):
        text, kind = names[n]
        plain = simplified_each(text) if language_is_simplified(language) else text
        fits = plain.endswith(endings) and kind in BODIES if endings else kind == "organisation" and not plain.endswith(signs.public)
        if fits and not signs.pattern.fullmatch(plain):
            return n
    return -1
