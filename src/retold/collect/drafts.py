"""What the readers hand to `inputs`: sources not yet read, drafts of articles that have no id yet, witnesses of metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retold.base.errors import EmptyError, MalformedError, TooLargeError
from retold.collect.settings import CollectSettings

SURROGATE = re.compile(r"[\ud800-\udfff]")
FIELDS = ("title", "outlet", "author", "published", "url", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One thing that speaks for a value of a metadata field: by which method, and how sure (0..1)."""

    field: str
    value: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bytes and where they came from. `name` is a file name, by whose ending a format may be told; `charset` what a server said."""

    place: str
    name: str
    data: bytes
    url: str | None = None
    media_type: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article before it has its id: `given` is the id that came with it, else one is made from `stem` and `line`.

    `raw` are the very bytes that it was made from, where a reader hands them on; `captured` is when an archive collected it.
    """

    text: str
    place: str
    stem: str
    line: int = 0
    given: str = ""
    method: str = "given"
    title: str = ""
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    witnesses: tuple[Witness, ...] = ()
    raw: bytes = b""
    captured: str = ""


UNFORESEEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, MemoryError, OSError)


def unforeseen(error: Exception, place: str) -> MalformedError:
    """What to say of an error that no reader foresaw: it is a failure of its own input only."""
    found = f"something that cannot ({type(error).__name__})"
    return MalformedError(expected="something that can be read", found=found, where=place, advice="save it as plain text")


def check_text(text: str, place: str, settings: CollectSettings) -> str:
    """The text, when it can be an article.

    Raises:
        EmptyError: nothing but white space.
        MalformedError: it holds half a surrogate pair, which no later stage could write down.
        TooLargeError: it is longer than `max_article_characters`.
    """
    if len(text) > settings.max_article_characters:
        raise TooLargeError(
            expected=f"an article of at most {settings.max_article_characters:,} characters",
            found=f"{len(text):,}",
            where=place,
            advice="split it into its articles, or raise max_article_characters",
        )
    if not text.strip():
        raise EmptyError(expected="an article", found="no text", where=place, advice="leave it out")
    refuse_surrogates((text,), place)
    return text


def refuse_surrogates(values: Iterable[str], place: str) -> None:
    """See that no value holds half a surrogate pair.

    Raises:
        MalformedError: one does.
    """
    for value in values:
        found = SURROGATE.search(value)
        if found:
            raise MalformedError(
                expected="characters",
                found=f"half a surrogate pair (U+{ord(found.group()):04X})",
                where=place,
                advice="export the text again; its characters beyond U+FFFF were cut in two",
            )
