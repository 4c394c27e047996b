"""Words for what people and texts are, in all languages at once (`roles.toml`): spokespeople, officers, pictures, releases."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def table() -> dict[str, list[str]]:
    """The words of the file, by key."""
    return tomllib.loads((files(__package__) / "roles.toml").read_text("utf-8"))


@cache
def roles(*keys: str) -> re.Pattern[str]:
    """Words for people who speak for a body (`spokespeople`) or lead it (`officers`), both without a key; or of another key of the file."""
    data = table()
    stems = sorted({word for key in keys or ("spokespeople", "officers") for word in data[key]}, key=lambda w: (-len(w), w))
    return re.compile("|".join(re.escape(w) if ord(w[0]) > 0x2E80 else rf"(?<!\w){re.escape(w)}" for w in stems), re.IGNORECASE)


@cache
def whole(key: str) -> re.Pattern[str]:
    """Whole words of a key of the file; a "*" stands for any ending."""
    words = sorted(table()[key], key=lambda w: (-len(w), w))
    return re.compile("|".join(
        re.escape(w) if ord(w[0]) > 0x2E80 else rf"(?<!\w){re.escape(w.rstrip('*'))}" + ("" if w.endswith("*") else r"(?!\w)")
        for w in words), re.IGNORECASE)
