"""Ids for drafts: given ones are kept, others are made from file names; the order of the inputs makes no difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from retold.base.errors import InputError
from retold.base.records import Article
from retold.collect.drafts import Draft


class DuplicateInput(InputError):  # noqa: N818  (the name that users see in `failures`)
    """The same article, file or URL twice: it was counted once, or one of the two was renamed."""


def identified(drafts: Iterable[Draft]) -> Iterator[tuple[str, Draft] | DuplicateInput]:
    """Each draft with its id, in the order of places; an error for each that was given twice.

    The same given id with the same text is the same article twice: it is kept once. With another text the later is renamed.
    The same text under two ids stays two articles: a verbatim copy is a finding.
    """
    ordered = sorted(drafts, key=lambda d: (d.place if not d.line else d.place.removesuffix(f":{d.line}"), d.line, d.given, d.text))
    taken: dict[str, str] = {}
    versions: dict[str, dict[str, str]] = {}
    given_ids = {draft.given for draft in ordered if draft.given}
    for draft in ordered:
        if not draft.given:
            continue
        known = versions.setdefault(draft.given, {})
        if draft.text in known:
            yield told_twice(draft, known[draft.text])
            continue
        name = draft.given if not known else free(draft.given, "#", taken, given_ids)
        if known:
            yield renamed(draft, name)
        known[draft.text] = taken[name] = draft.place
        yield name, draft
    for draft in ordered:
        if not draft.given:
            name = made(draft, taken)
            taken[name] = draft.place
            yield name, draft


def free(stem: str, mark: str, taken: dict[str, str], reserved: Iterable[str] = (), tail: str = "") -> str:
    """The first of stem-2, stem-3, … that nobody has."""
    number = 2
    while (name := f"{stem}{mark}{number}{tail}") in taken or name in reserved:
        number += 1
    return name


def made(draft: Draft, taken: dict[str, str]) -> str:
    """An id from a draft's file name and line."""
    tail = f":{draft.line}" if draft.line else ""
    name = f"{draft.stem}{tail}"
    return name if name not in taken else free(draft.stem, "-", taken, tail=tail)


def told_twice(draft: Draft, place: str) -> DuplicateInput:
    """What to say about an article that came twice."""
    return DuplicateInput(
        expected="each article once",
        found=f"{draft.given!r} again, with the same text as in {place}",
        where=draft.place,
        advice="it was counted once",
    )


def renamed(draft: Draft, name: str) -> DuplicateInput:
    """What to say about an id that two articles have."""
    return DuplicateInput(
        expected="an id of its own",
        found=f"{draft.given!r} again, with another text",
        where=draft.place,
        advice=f"it is called {name!r} here",
    )


def in_order(articles: Iterable[Article]) -> Sequence[Article]:
    """Articles by id."""
    return sorted(articles, key=lambda article: article.id)
