"""Ids for drafts: given ones are kept, others are made from file names; the order of the inputs makes no difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retold.base.errors import InputError
from retold.collect.drafts import Draft


class DuplicateInput(InputError):  # noqa: N818  (the name that users see in `failures`)
    """The same article, file or URL twice: it was counted once, or one of the two was renamed."""


class Names:
    """Hands out ids that nobody has yet."""

    def __init__(self, reserved: Iterable[str]) -> None:
        self.taken = set(reserved)
        self.next: dict[tuple[str, str], int] = {}

    def claim(self, stem: str, tail: str = "") -> str:
        """The stem with its tail; where that is taken the first of stem-2, stem-3, … that is free."""
        name = f"{stem}{tail}"
        if name in self.taken:
            name = self.free(f"{stem}-", tail)
        self.taken.add(name)
        return name

    def free(self, stem: str, tail: str = "") -> str:
        """The first of stem2, stem3, … that is free; counting goes on where it stopped, so that 100,000 clashes take no longer."""
        number = self.next.get((stem, tail), 2)
        while f"{stem}{number}{tail}" in self.taken:
            number += 1
        self.next[stem, tail] = number + 1
        name = f"{stem}{number}{tail}"
        self.taken.add(name)
        return name


def identified(drafts: Iterable[Draft]) -> Iterator[tuple[str, Draft] | DuplicateInput]:
    """Each draft with its id, in the order of places; an error for each that was given twice.

    The same given id with the same text is the same article twice: it is kept once. With another text the later is renamed.
    The same text under two ids stays two articles: a verbatim copy is a finding.
    """
    ordered = sorted(drafts, key=standing)
    names = Names(draft.given for draft in ordered if draft.given)
    versions: dict[str, dict[str, str]] = {}
    for draft in (draft for draft in ordered if draft.given):
        known = versions.setdefault(draft.given, {})
        if draft.text in known:
            yield told_twice(draft, known[draft.text])
            continue
        name = names.free(f"{draft.given}#") if known else draft.given
        if known:
            yield renamed(draft, name)
        known[draft.text] = draft.place
        yield name, draft
    for draft in (draft for draft in ordered if not draft.given):
        yield names.claim(draft.stem, f":{draft.line}" if draft.line else ""), draft


def standing(draft: Draft) -> tuple[str, int, str, str]:
    """Where a draft stands: by path, then by line as a number."""
    return draft.place.removesuffix(f":{draft.line}") if draft.line else draft.place, draft.line, draft.given, draft.text


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
