"""Where things lead: within one page for the report, from page to page in the desk. The templates ask one or the other."""

from __future__ import annotations

from typing import Protocol

from retold.view.anchors import Anchors
from retold.view.articles import Excerpt
from retold.view.findings import Story


class Links(Protocol):
    """The addresses of the things in a report. A thing without an address of its own is None and no link is drawn."""

    def story(self, story: Story) -> str:
        """A story."""

    def section(self, story: Story, name: str) -> str:
        """A part of a story: origins, graph, claims, conflicts, quotes, ledger, names, unknown, timeline, articles."""

    def document(self, id: str) -> str:  # noqa: A002
        """An article."""

    def words(self, excerpt: Excerpt) -> str:
        """The very words in an article."""

    def thing(self, story: Story, letter: str, id: str) -> str | None:  # noqa: A002
        """An edge (e), origin (o), claim (c), conflict (x), quote (q) or name (n)."""

    def node(self, story: Story, node: str) -> str | None:
        """A node of the graph."""

    def side_by_side(self, story: Story, one: str, other: str) -> str | None:
        """Two articles beside each other."""


class InPage:
    """Links within the one page of the report."""

    def __init__(self, anchors: Anchors) -> None:
        self.anchors = anchors

    def story(self, story: Story) -> str:
        """Its section."""
        return f"#{self.anchors.story(story)}"

    def section(self, story: Story, name: str) -> str:
        """Its heading."""
        return "#articles" if name == "articles" else f"#{self.anchors.story(story)}-{name}"

    def document(self, id: str) -> str:  # noqa: A002
        """Its text."""
        return f"#{self.anchors.document(id)}"

    def words(self, excerpt: Excerpt) -> str:
        """The mark around them."""
        return f"#{self.anchors.words(excerpt)}"

    def thing(self, story: Story, letter: str, id: str) -> str | None:  # noqa: A002
        """Its entry."""
        found = self.anchors.thing(story, letter, id)
        return f"#{found}" if found else None

    def node(self, story: Story, node: str) -> str | None:
        """The article, else the origin."""
        found = self.anchors.node(story, node)
        return f"#{found}" if found else None

    def side_by_side(self, story: Story, one: str, other: str) -> str | None:
        """The report has no such page."""
        return None
