"""The report: everything that was found about a collection, as one tree of typed results. Views turn it into text.

    batch of records -> build_report -> Report -> retold.view.formats.render(report, "html")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise

from retold.base import records as r
from retold.base.tables import Batch
from retold.view.articles import Document
from retold.view.documents import build_documents
from retold.view.findings import Decision, Numbers, Story
from retold.view.index import Index
from retold.view.lineage import build_edges, build_nodes, build_numbers, build_originals, build_origins
from retold.view.matrix import Wordings, build_claims
from retold.view.naming import is_menu
from retold.view.unknowns import build_unknowns
from retold.view.variants import build_alterations, build_conflicts, build_names, build_quotes

LOUD = 3  # letters of a word in capitals that may be shouted


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found: `documents` in the order of the stories, `stories` the largest first, `failures` what could not be used,
    `decisions` what people decided, in the order in which they did.

    `print(report)` gives a summary of a few lines, a notebook shows it as a table, `report.to_json()` is the report contract,
    and `retold.view.formats.render` gives the rest.
    """

    documents: tuple[Document, ...]
    stories: tuple[Story, ...]
    failures: tuple[r.Failure, ...]
    version: str
    decisions: tuple[Decision, ...] = ()

    @property
    def told(self) -> tuple[Story, ...]:
        """The stories that a view tells: those of several articles; all of them where there is none such."""
        return tuple(s for s in self.stories if s.numbers.articles > 1) or self.stories

    @property
    def alone(self) -> tuple[Story, ...]:
        """The other ones: articles that share no story with any other."""
        return tuple(s for s in self.stories if s.numbers.articles <= 1) if self.told is not self.stories else ()

    def __str__(self) -> str:
        from retold.view.wording import report_lines

        return "\n".join(report_lines(self))

    def _repr_html_(self) -> str:
        from retold.view.notebook import report_card

        return report_card(self)

    def to_json(self) -> str:
        """The report as JSON: stable order, one trailing line feed."""
        from retold.view.contract import report_json

        return report_json(self)


def build_report(batch: Batch) -> Report:
    """Put all records of a run together. The same records give the same report, in whatever order they come.

    Rows that point to articles or words that are not in the batch are left out rather than guessed at.
    """
    index = Index(batch)
    documents = build_documents(index)
    homes: dict[str, list[Document]] = {}
    for document in documents:
        if document.story is not None:
            homes.setdefault(document.story, []).append(document)
    return Report(
        documents=documents, stories=tuple(build_story(index, story, members) for story, members in homes.items()),
        failures=tuple(sorted(batch.get(r.Failure), key=lambda f: (f.place, f.stage, f.id))), version=retold_version(),
        decisions=build_decisions(index),
    )


def build_decisions(index: Index) -> tuple[Decision, ...]:
    """What people decided, and whether it found anything to act on."""
    return tuple(
        Decision(id=d.id, kind=d.kind, subject=d.subject, key=d.key, made=d.made, note=d.note, applied=d.id in index.evidence)
        for d in sorted(index.batch.get(r.Decision), key=lambda d: (d.made, d.id))
    )


def build_story(index: Index, story: str, documents: Sequence[Document]) -> Story:
    """Everything about one story."""
    edges = build_edges(index, story, documents)
    nodes = build_nodes(index, story, documents, edges)
    origins = build_origins(index, story, edges)
    wordings = Wordings(index, story, documents, edges)
    claims = build_claims(index, story, documents, wordings)
    conflicts, quotes = build_conflicts(index, story, documents), build_quotes(index, story, documents)
    names, alterations = build_names(index, story), build_alterations(index, story, documents)
    return Story(
        id=story, title=title_of(documents), documents=tuple(documents), nodes=nodes, edges=edges, origins=origins, claims=claims,
        conflicts=conflicts, quotes=quotes, names=names, alterations=alterations,
        originals=build_originals(index, story, claims, wordings),
        unknowns=build_unknowns(documents, edges=edges, origins=origins, claims=claims, names=names,
                                oddities=[(d.id, reason) for d in documents for reason in index.reasons(d.id)]),
        numbers=build_numbers(index, story, documents, nodes=nodes, edges=edges, origins=origins, claims=claims, counts={
            "conflicts": sum(c.counts for c in conflicts), "quotes": len(quotes), "names": len(names),
            "alterations": len(alterations),
        }),
    )


def title_of(documents: Sequence[Document]) -> str:
    """The earliest title that does not shout, else the earliest; without titles the first words of the earliest article, or its id."""
    titled = [d.title.strip() for d in documents if d.title.strip() and not is_menu(d.title)]
    chosen = next((title for title in titled if not shouts(title)), next(iter(titled), ""))
    return chosen or next(filter(None, (d.headline for d in documents)), documents[0].id)


def shouts(title: str) -> bool:
    """Whether a title raises its voice, as those do that harden a story most: by its marks, or by words in capitals side by side.

    >>> shouts("Gate four WILL NOT close"), shouts("Enough!"), shouts("NATO and UNESCO meet in Lund")
    (True, True, False)
    """
    loud = [word.isupper() and sum(c.isalpha() for c in word) >= LOUD for word in title.split()]
    return any(mark in title for mark in "!！") or any(a and b for a, b in pairwise(loud))


def retold_version() -> str:
    """The version that is installed, "0" when none is."""
    try:
        return version("retold")
    except PackageNotFoundError:
        return "0"


__all__ = ["Document", "Numbers", "Report", "Story", "build_report"]
