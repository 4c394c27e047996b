"""Where things stand in a page: the ids that links lead to. Made of numbers only, so that no article can forge one."""

from __future__ import annotations

from retold.view.articles import Document, Excerpt
from retold.view.findings import Story
from retold.view.report import Report


class Anchors:
    """The id of every thing in a report: `d-2-10-25` for words in an article, `s1-e3` for the third edge of the first story."""

    def __init__(self, report: Report) -> None:
        self._documents = {d.id: d.number for d in report.documents}
        self._stories = {s.id: i for i, s in enumerate(report.stories, 1)}
        self._things = {
            (s.id, letter, id_): f"s{i}-{letter}{k}"
            for i, s in enumerate(report.stories, 1)
            for letter, ids in things_of(s).items() for k, id_ in enumerate(ids, 1)
        }

    def story(self, story: Story) -> str:
        """The id of a story's section."""
        return f"s{self._stories[story.id]}"

    def document(self, document: Document | str) -> str:
        """The id of an article's text."""
        return f"d-{self._documents[document if isinstance(document, str) else document.id]}"

    def words(self, excerpt: Excerpt) -> str:
        """The id of the very words in the article's text."""
        return f"{self.document(excerpt.document)}-{excerpt.start}-{excerpt.end}"

    def thing(self, story: Story, letter: str, id: str) -> str | None:  # noqa: A002
        """The id of an edge (e), origin (o), claim (c), conflict (x), quote (q), name (n) or change (a); None where there is none."""
        return self._things.get((story.id, letter, id))

    def node(self, story: Story, node: str) -> str | None:
        """The id to which a node of the graph leads: the article's text, else the origin; None where there is neither."""
        return self.document(node) if node in self._documents else self.thing(story, "o", node)


def things_of(story: Story) -> dict[str, list[str]]:
    """The ids of everything in a story that links lead to, by the letter of its kind."""
    return {
        "e": [x.id for x in story.edges], "o": [x.id for x in story.origins], "c": [x.id for x in story.claims],
        "x": [x.id for x in story.conflicts], "q": [x.id for x in story.quotes], "n": [x.id for x in story.names],
        "a": [x.id for x in story.alterations],
    }
