"""Outlets by the marks that they sign with ("Elmau (noa) -", Nordost-Agentur), and by their names in another case ("v Rádiu Elma")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from anyascii import anyascii

from retold.base.records import Article
from retold.lexicons.outlets import outlet_by_name
from retold.trace.publishers import WORD, acronym, telling, translated

MARK = re.compile(r"[(\[]([^\W\d_]{2,6})[)\]](?=\s*[-–—:.,]|\s*$)", re.MULTILINE)  # a mark in a dateline, or at the end of a line
HEAD = 250  # code points of a text among which its dateline stands, and its last mark
LEAST = 3  # letters of a mark that is not made of the first letters of words


def abbreviates(mark: str, outlet: str) -> bool:
    """Whether a mark is short for the name of an outlet: its letters stand there in their order, the first one first.

    What is known as the mark of another outlet is not.

    >>> abbreviates("noa", "Nordost-Agentur"), abbreviates("dpa", "Die Presse am Abend"), abbreviates("NOA", "Ostkurier")
    (True, False, False)
    """
    if acronym(mark, outlet):
        return True
    letters, name = (anyascii(word).casefold() for word in (mark, outlet))
    name = "".join(WORD.findall(name))
    if len(letters) < LEAST or not letters.isalpha() or not name.startswith(letters[0]) or outlet_by_name().get(mark.casefold()):
        return False
    rest = iter(name)
    return all(letter in rest for letter in letters)


def own_marks(articles: Mapping[str, Article]) -> dict[str, str]:
    """The mark with which articles sign for their own outlet in a dateline or at the end, where they have one."""
    out = {}
    for article, row in articles.items():
        edges = row.text[:HEAD], row.text[-HEAD:]
        found = (m[1] for edge in edges for m in MARK.finditer(edge))
        mark = next((m for m in found if row.outlet and abbreviates(m, row.outlet)), "")
        if mark:
            out[article] = mark
    return out


def written_at(text: str, start: int, outlets: Mapping[str, str]) -> Iterator[str]:
    """The articles, of some with their outlets, whose outlet is named from a place on, in whatever case or kindred spelling.

    >>> list(written_at("Heard on Rádiu Jezvice today.", 9, {"a": "Rádio Jezvice", "b": "Rádio Lhota"}))
    ['a']
    """
    for article, outlet in outlets.items():
        count = len(WORD.findall(outlet))
        words = [m for _, m in zip(range(count), WORD.finditer(text, start), strict=False)] if count > 1 else []
        if len(words) == count > 1:
            here = text[start:words[-1].end()]
            a, b = telling(here), telling(outlet)
            if "\n" not in here and a and (a == b or translated(a, b)):
                yield article
