"""The stage: articles to their language, passages and sentences, each article on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from retold.base.models import Models, Stage
from retold.base.records import Article, Language, Metadata, Passage, Record, Sentence, make_id
from retold.base.tables import Batch
from retold.divide.boilerplate import find_boilerplate
from retold.divide.languages import decide
from retold.divide.lines import Line, cut
from retold.divide.pages import Page
from retold.divide.passages import Label, label_evidence, label_rest, split_glued
from retold.divide.sentences import split_sentences

METHOD = "divide-1"
FOOT = 4  # lines at the end among which credits may stand inside a sentence


def run(batch: Batch, models: Models) -> Batch:
    """Divide each article of a batch; of each other they know only which lines come again on an outlet's pages.

    >>> from retold.base.records import Article
    >>> text = "Home | News | Sport\\n\\nThe dam broke. Nobody was hurt."
    >>> out = run(Batch([Article(id="a", text=text, language="en")]), Models())
    >>> [p.kind for p in out.get(Passage)], len(out.get(Sentence))
    (['boilerplate', 'paragraph'], 2)
    """
    identifier = models.get("identifier")
    out = Batch()
    again: dict[str, dict[tuple[int, int], int]] = {}
    for row in batch.get(Metadata):
        if row.field == "repeated":
            again.setdefault(row.article, {})[row.start, row.end] = int(row.value)
    for article in batch.get(Article):
        code, method, score = decide(article.text, article.language, identifier)
        out.add([Language(id=make_id("l", article.id, code), article=article.id, code=code, method=method, score=score)])
        out.add(divide(article, code, again=again.get(article.id)))
    return out


def divide(article: Article, language: str, *, again: Mapping[tuple[int, int], int] | None = None) -> Iterator[Record]:
    """The passages of an article, each followed by its sentences unless it is boilerplate.

    Args:
        again: spans of lines that stand on other pages of the same outlet, and on how many.
    """
    order = 0
    for line, label in label_lines(article, language, again=again):
        passage = Passage(
            id=make_id("p", article.id, line.start, line.end), article=article.id, start=line.start, end=line.end,
            kind=label.kind, reason=label.reason, method=METHOD, score=label.score,
        )
        yield passage
        spans = [] if label.kind == "boilerplate" else split_sentences(line.text, language)
        for start, end in spans:
            yield sentence_of(passage, line.start + start, line.start + end, order=order, language=language)
            order += 1


def sentence_of(passage: Passage, start: int, end: int, *, order: int, language: str) -> Sentence:
    """A sentence of a passage as a record."""
    return Sentence(
        id=make_id("s", passage.article, start, end), article=passage.article, passage=passage.id, start=start, end=end,
        order=order, language=language, kind=passage.kind,
    )


def label_lines(article: Article, language: str, *, again: Mapping[tuple[int, int], int] | None = None) -> list[tuple[Line, Label]]:
    """The lines of an article, cut where pieces were glued together, each with its label."""
    lines = split_glued(cut(article.text), language)
    prose = [i for i, line in enumerate(lines) if line.prose]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    evidence = tuple(
        label_evidence(line, language, article.author, edge=i < first or i > last, foot=i >= max(first + 1, len(lines) - FOOT))
        for i, line in enumerate(lines)
    )
    page = Page(lines=lines, labels=evidence, language=language, title=article.title, outlet=article.outlet or "", again=again or {})
    cut_away = find_boilerplate(page)
    labels = [boilerplate or label for boilerplate, label in zip(cut_away, evidence, strict=True)]
    return list(zip(lines, label_rest(lines, labels, article.title), strict=True))


STAGE = Stage(
    name="divide", run=run, reads=(Article, Metadata), writes=(Language, Passage, Sentence), by="article", models=("identifier",),
    doc="articles to their language, passages and sentences; what is not the article is set apart",
)
