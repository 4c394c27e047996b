"""What cannot be as the articles say it: sources that name each other in a circle, and sources that are later than what cites them.

Both are kept as evidence on the article concerned, for a reader to look at; neither is mended in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from retold.base.records import Evidence, make_id
from retold.trace.statement import Statement
from retold.trace.ties import Fabric
from retold.trace.times import order

CIRCULAR, IMPOSSIBLE = "circular", "impossible date"


def find_oddities(story: str, fabric: Fabric, stated: Mapping[str, Sequence[Statement]]) -> list[Evidence]:
    """The circles and the impossible dates among what articles state."""
    names = {a.id: {s.node: s for s in reversed(stated[a.id]) if s.node in fabric.published or s.node in stated} for a in fabric.articles}
    return [*circles(story, names), *too_early(story, names, fabric)]


def circles(story: str, names: Mapping[str, Mapping[str, Statement]]) -> Iterator[Evidence]:
    """Articles that name a source which, by way of whom it names, names them: nobody is left who knows it."""
    for article, found in sorted(names.items()):
        for node, statement in sorted(found.items()):
            if node != article and reaches(node, article, names) and is_report(statement):
                yield note(story, article, CIRCULAR, "names a source that itself names this article", statement, node)


def is_report(statement: Statement) -> bool:
    """Whether an outlet is named, not a body that may speak about an article without having anything from it."""
    return statement.kind in ("outlet", "agency")


def reaches(start: str, goal: str, names: Mapping[str, Mapping[str, Statement]]) -> bool:
    """Whether a chain of named outlets leads from one article to another."""
    seen, todo = set[str](), [start]
    while todo:
        for node, statement in names.get(todo.pop(), {}).items():
            if node == goal and is_report(statement):
                return True
            if node not in seen and is_report(statement):
                seen.add(node)
                todo.append(node)
    return False


def too_early(story: str, names: Mapping[str, Mapping[str, Statement]], fabric: Fabric) -> Iterator[Evidence]:
    """Articles that name a source which came out after them: a date is wrong, or a page was changed later."""
    for article, found in sorted(names.items()):
        for node, statement in sorted(found.items()):
            if is_report(statement) and order(fabric.published.get(node), fabric.published.get(article)) < 0:
                yield note(story, article, IMPOSSIBLE, "names a source that came out later, so one of the dates is not that of this text",
                           statement, node)


def note(story: str, article: str, kind: str, words: str, statement: Statement, node: str) -> Evidence:
    """One oddity, with the words that name the source."""
    return Evidence(id=make_id("e", story, article, kind, node), story=story, subject=article, kind=kind, words=words, weight=0.0,
                    article=article, start=statement.span[0], end=statement.span[1], other=node, other_start=-1, other_end=-1)
