"""Labels of bodies that a story names in the genitive only: "des Deichverbands Elm" is the Deichverband Elm.

Endings and articles are those of the lexicon (`owner_endings`, `owner_articles`); a word is cut only where it stays a word for the same
kind of body, so that no name that ends like a genitive is touched ("Landkreis", "Krankenhaus").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retold.base.records import Name
from retold.lexicons.bodies import body_of
from retold.lexicons.names import VOWELS, fold, name_words

NEAR = 12  # code points before a name in which its article stands


def plain_labels(names: Sequence[Name], texts: Mapping[str, str], languages: Mapping[str, str]) -> list[Name]:
    """The names, labels that stand in the genitive wherever they are written in the nominative."""
    if not any(name_words(code, "owner_endings") for code in set(languages.values())):
        return list(names)
    written: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for n in names:
        if n.text == n.label and n.kind != "person":
            written[n.entity, n.label].append(n)
    plain = {}
    for (entity, label), rows in written.items():
        language = languages.get(rows[0].article, "")
        if all(languages.get(n.article, "") == language and owned(texts[n.article], n.start, language) for n in rows):
            plain[entity] = nominative(label, language) or label
    return [replace(n, label=plain[n.entity]) if n.entity in plain else n for n in names]


def owned(text: str, start: int, language: str) -> bool:
    """Whether an article in the genitive stands right before a place."""
    before = text[max(0, start - NEAR):start].rsplit(maxsplit=1)
    return bool(before) and before[-1].lower() in name_words(language, "owner_articles") and text[start - 1].isspace()


def nominative(label: str, language: str) -> str:
    """The label of a body whose first word is a genitive without its ending; "" where it is none.

    >>> nominative("Deichverbands Elm", "de"), nominative("Gesundheitsamtes Elm", "de"), nominative("Krankenhaus Elm", "de")
    ('Deichverband Elm', 'Gesundheitsamt Elm', '')
    """
    first, *rest = label.split(" ")
    kind = body_of(label, language).head
    for ending in name_words(language, "owner_endings"):
        stem = first.removesuffix(ending)
        if kind and stem != first and (len(ending) == 1 or fold(stem)[-1:] not in VOWELS):  # the e of "Komitees" is the word's own
            plain = " ".join((stem, *rest))
            if body_of(plain, language).head == kind:
                return plain
    return ""
