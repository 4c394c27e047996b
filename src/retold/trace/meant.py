"""Which article of an outlet is meant, where the collection has several of it and a text names the outlet only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from retold.trace.citations import Statement
from retold.trace.register import Register
from retold.trace.ties import Fabric, order


def meant(stated: Mapping[str, Sequence[Statement]], fabric: Fabric, register: Register) -> dict[str, list[Statement]]:
    """The statements, those that name an outlet leading to that article of it from which the text has most words.

    Without words from any of them they lead where they did, to the earliest. A later article is never meant.
    """
    of_publisher: dict[str, list[str]] = {}
    for article, publisher in sorted(register.publishers.items()):
        of_publisher.setdefault(publisher, []).append(article)
    own = {article: of_publisher[publisher] for article, publisher in register.publishers.items()}
    return {
        article: [replace(s, node=likeliest(s.node, article, own.get(s.node, []), fabric)) for s in rows]
        for article, rows in stated.items()
    }


def likeliest(node: str, article: str, others: Sequence[str], fabric: Fabric) -> str:
    """The article of one outlet from which another has most words; the one given where it has none from any."""
    def copied(other: str) -> int:
        return fabric.shared_words.get((article, other), 0)

    fitting = [o for o in others if o != article and order(fabric.published.get(o), fabric.published.get(article)) >= 0]
    best = max(fitting, key=lambda o: (copied(o), o == node), default=node)
    return best if copied(best) > copied(node) else node
