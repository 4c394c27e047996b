"""Which colour an article has in the drawings, by its language or by the family of its outlet. A sign always says it too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from retold.lexicons.outlets import outlets_named
from retold.view.findings import Story

HUES = 8  # colours that a reader tells apart; what is rarer than the eighth shares one grey


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour (0 … HUES - 1, or HUES for grey) with the sign that stands for it and what it means."""

    hue: int
    sign: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Palette:
    """The shades of a story's articles, by document id, and the legends, the commonest first."""

    languages: dict[str, Shade]
    families: dict[str, Shade]

    @property
    def language_legend(self) -> tuple[Shade, ...]:
        """Every language once."""
        return legend(self.languages.values())

    @property
    def family_legend(self) -> tuple[Shade, ...]:
        """Every family once."""
        return legend(self.families.values())


def legend(shades: Iterable[Shade]) -> tuple[Shade, ...]:
    """Every shade once, in the order of hues."""
    return tuple(sorted(set(shades), key=lambda s: (s.hue, s.sign, s.meaning)))


def palette_of(story: Story) -> Palette:
    """The shades of a story."""
    languages = {d.id: d.language or "?" for d in story.documents}
    families = {d.id: family_of(d.outlet) for d in story.documents}
    spoken, owned = Counter(languages.values()), Counter(f for f in families.values() if f)
    tongues = {code: Shade(min(i, HUES), code.upper(), code) for i, (code, _) in enumerate(ranked(spoken))}
    houses = {name: Shade(min(i, HUES), chr(ord("A") + i) if i < HUES else "·", name if i < HUES else "others")
              for i, (name, number) in enumerate(ranked(owned)) if number > 1}
    single = Shade(HUES, "·", "on their own")
    return Palette({d: tongues[code] for d, code in languages.items()}, {d: houses.get(name, single) for d, name in families.items()})


def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """The commonest first; ties by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def family_of(outlet: str | None) -> str:
    """Who owns an outlet, as far as the lexicon knows; else its own name; "" without an outlet.

    >>> family_of("The Isle Courier")
    'The Isle Courier'
    """
    if not outlet:
        return ""
    known = outlets_named(outlet)
    return (known[0].owner or known[0].name) if len(known) == 1 else outlet
