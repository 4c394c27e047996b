"""Documents that news is told from: the words for them in all languages, and what kind of document each is (`documents.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from retold.lexicons import FALLBACK, LANGUAGES, lexicon, phrases_pattern

USES = ("shows", "told_in", "broad", "other")  # keys of the file that are no kinds of documents
ANY = "papers"  # the kind of what says no more than that it is a document


@cache
def documents_file() -> dict[str, Any]:
    """The whole of `documents.toml`."""
    return tomllib.loads((files(__package__) / "documents.toml").read_text("utf-8"))


def table(language: str) -> dict[str, list[str]]:
    """The words of a language by key; those of the fallback for a language that has none."""
    return dict(documents_file()[language if language in LANGUAGES else FALLBACK])


@cache
def document_nouns(language: str) -> tuple[str, ...]:
    """The nouns for documents, those that end compounds left out.

    >>> "audit report" in document_nouns("en"), "*gutachten" in document_nouns("de")
    (True, False)
    """
    nouns = (noun.removeprefix("*") for kind, found in table(language).items() if kind not in USES for noun in found)
    return tuple(dict.fromkeys(nouns))


@cache
def document_ends(language: str) -> tuple[str, ...]:
    """The nouns for documents that compounds end in; none in languages that write no compounds.

    >>> "gutachten" in document_ends("de"), document_ends("fr")
    (True, ())
    """
    return tuple(dict.fromkeys(
        noun[1:] for kind, found in table(language).items() if kind not in USES for noun in found if noun.startswith("*")))


def uses(language: str, key: str) -> tuple[str, ...]:
    """What documents do (`shows`), what leads to one (`told_in`), or other words beside them."""
    return tuple(table(language)[key])


@cache
def patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What finds the nouns for each kind of document, by kind."""
    out = []
    for kind, found in table(language).items():
        if kind not in USES:
            whole = phrases_pattern(tuple(n for n in found if not n.startswith("*")), spaced=lexicon(language).spaced).pattern
            ends = "|".join(re.escape(n[1:]) for n in sorted(found, key=len, reverse=True) if n.startswith("*"))
            out.append((kind, re.compile(whole + (rf"|(?<!\w)[\w-]*(?:{ends})(?!\w)" if ends else ""), re.IGNORECASE)))
    return tuple(out)


def find_documents(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Where documents are named in a text: begin, end and kind of each noun, in order, the longest of several at one place.

    >>> [kind for _, _, kind in find_documents("The indictment cites a letter and an audit report.", "en")]
    ['indictment', 'letter', 'report']
    >>> [kind for _, _, kind in find_documents("Im Prüfbericht und in den Protokollen steht das.", "de")]
    ['report', 'record']
    """
    found = sorted(((m.start(), -m.end(), kind) for kind, pattern in patterns(language) for m in pattern.finditer(text)))
    at = 0
    for start, end, kind in found:
        if start >= at:
            at = -end
            yield start, -end, kind


@cache
def uncertain(language: str) -> re.Pattern[str]:
    """The nouns that without a maker stand for no certain document, and the words that tell a document from the one spoken of.

    >>> [m[0] for m in uncertain("en").finditer("the data of another report")]
    ['data', 'another']
    """
    return phrases_pattern((*uses(language, "broad"), *uses(language, "other")), spaced=lexicon(language).spaced)


def alike(kind: str, other: str) -> bool:
    """Whether two nouns for documents may mean one: they are of one kind, or one says no more than that it is a document.

    >>> alike("report", "papers"), alike("report", "suit"), alike("notice", "papers")
    (True, False, False)
    """
    return kind == other or (ANY in (kind, other) and "notice" not in (kind, other))
