"""The addresses of the desk: every story, article, claim, source, link and passage has its own."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from retold.view.anchors import Anchors
from retold.view.articles import Excerpt
from retold.view.findings import Story

TABS = {
    "": "Overview", "claims": "Claims", "conflicts": "Conflicts", "quotes": "Quotes", "changes": "Changes", "timeline": "Timeline",
    "names": "Names", "unknown": "Not known", "articles": "Articles",
}
SECTIONS = {"ledger": "changes", "origins": "", "graph": ""}
LETTERS = {"x": "conflicts", "q": "quotes", "n": "names", "a": "changes"}


def part(text: str) -> str:
    """A part of a path, whatever is in it.

    >>> part("a/b?c")
    'a%2Fb%3Fc'
    """
    return quote(text, safe="", errors="surrogatepass")


def story_path(story: str, tab: str = "") -> str:
    """A story, or one of its tabs."""
    return f"/story/{part(story)}" + (f"/{tab}" if tab else "")


class DeskLinks:
    """Where things lead in the desk.

    Args:
        anchors: the ids of things within a page.
        base: what comes before the path: empty within the desk, its address in what is exported.
    """

    def __init__(self, anchors: Anchors, base: str = "") -> None:
        self.anchors = anchors
        self.base = base

    def story(self, story: Story) -> str:
        """Its overview."""
        return self.base + story_path(story.id)

    def section(self, story: Story, name: str) -> str:
        """The tab that holds it."""
        return self.base + story_path(story.id, SECTIONS.get(name, name))

    def document(self, id: str) -> str:  # noqa: A002
        """The page of an article."""
        return f"{self.base}/article/{part(id)}"

    def words(self, excerpt: Excerpt) -> str:
        """The very words in it."""
        return f"{self.document(excerpt.document)}#w-{excerpt.start}-{excerpt.end}"

    def thing(self, story: Story, letter: str, id: str) -> str | None:  # noqa: A002
        """The page of an edge, a claim or a source; the place of anything else in its tab."""
        if letter == "e":
            return f"{self.base}{story_path(story.id)}/link/{part(id)}"
        if letter == "c":
            return f"{self.base}{story_path(story.id)}/claim/{part(id)}"
        if letter == "o":
            return self.node(story, id)
        anchor = self.anchors.thing(story, letter, id)
        return f"{self.base}{story_path(story.id, LETTERS[letter])}#{anchor}" if anchor else None

    def node(self, story: Story, node: str) -> str | None:
        """An article's page, or what hangs on a source that is none."""
        return self.source(story, node) if node.startswith("external:") else self.document(node)

    def source(self, story: Story, node: str) -> str:
        """What hangs on a source."""
        return f"{self.base}{story_path(story.id)}/source?{urlencode({'node': node}, errors='surrogatepass')}"

    def side_by_side(self, story: Story, one: str, other: str) -> str | None:
        """Two articles beside each other."""
        query = urlencode([("id", one), ("id", other)], errors="surrogatepass")
        return f"{self.base}{story_path(story.id)}/compare?{query}"
