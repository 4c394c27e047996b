"""What a report says of one article: its words, what is known about it, what was cut off, and who is said in it to have said what.

Every class is frozen; `retold.view.findings` puts them together to stories.
"""

from __future__ import annotations

from dataclasses import dataclass

from retold.view.naming import called, first_words
from retold.view.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The exact words that something rests on: `text` is [start, end) of the document's text, in code points."""

    document: str
    start: int
    end: int
    text: str

    def __str__(self) -> str:
        return f"{visible(self.document)}[{self.start}:{self.end}] {visible(self.text, lines=False)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One piece of metadata and how it is known; `excerpt` where it stands in the text."""

    field: str
    value: str
    method: str
    score: float
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Words that are no part of the article, with the reason in words."""

    excerpt: Excerpt
    reason: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is said to have said what. `speaker` is the best name there is, "" where nobody is named; `chain` the names from
    the innermost source to the outermost ("the company", "two people", "Reuters")."""

    id: str
    speaker: str
    chain: tuple[str, ...]
    source: tuple[Excerpt, ...]
    cue: tuple[Excerpt, ...]
    content: tuple[Excerpt, ...]
    kind: str
    source_kind: str
    outlet: str | None
    anonymous: bool
    number: int
    certainty: str
    strength: float
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article: what is known about it, its text, and what was cut off. `number` counts from 1 through the report."""

    id: str
    number: int
    title: str
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None
    place: str
    language: str
    language_score: float
    story: str | None
    text: str
    facts: tuple[Fact, ...]
    boilerplate: tuple[Cut, ...]
    attributions: tuple[Attribution, ...]

    @property
    def label(self) -> str:
        """The outlet, else the title, else the id: what a reader knows the article by."""
        return called(self.outlet, self.title, self.id)

    @property
    def headline(self) -> str:
        """The title, else the first words that may be one; "" where there are none."""
        return self.title.strip() or first_words(self.text, ((c.excerpt.start, c.excerpt.end) for c in self.boilerplate))

    @property
    def day(self) -> str:
        """The day of publication as ISO 8601, "" where unknown."""
        return (self.published or "")[:10]

    def __str__(self) -> str:
        return visible(" · ".join(filter(None, (self.label, self.language, self.day))), lines=False)
