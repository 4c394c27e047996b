"""Words for what people and texts are, in all languages at once (`roles.toml`): spokespeople, officers, pictures, releases."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def table() -> dict[str, list[str]]:
    """The words of the file, by key."""
    return tomllib.loads((files(__package__) / "roles.toml").read_text("utf-8"))


@cache
def roles(*keys: str) -> re.Pattern[str]:
    """Words for people who speak for a body (`spokespeople`) or lead it (`officers`), both without a key; or of another key of the file."""
    return any_of({f"{word}*" for key in keys or ("spokespeople", "officers") for word in table()[key]})


@cache
def whole(key: str) -> re.Pattern[str]:
    """Whole words of a key of the file; a "*" stands for any ending."""
    return any_of(table()[key])


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, the longest first; a "*" stands for any ending, which words in Chinese characters and kana have anyway."""
    return re.compile("|".join(
        re.escape(w.rstrip("*")) if ord(w[0]) > 0x2E80 else rf"(?<!\w){re.escape(w.rstrip('*'))}" + ("" if w.endswith("*") else r"(?!\w)")
        for w in sorted(words, key=lambda w: (-len(w), w))), re.IGNORECASE)
