"""Names that are referred back to by their noun alone ("同社", "该公司"): a further form of the entity named last before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from retold.base.records import Article, Name, make_id
from retold.lexicons.backreferences import find_references, meant

METHOD = "link-names-1:refers back"
SCORE = 0.6
PLACE = attrgetter("start", "end")


def refer_back(rows: Sequence[Name], articles: Sequence[Article], languages: Mapping[str, str]) -> Iterator[Name]:
    """One row a reference that stands for a name of its article, none where a name stands on the same words."""
    by_article: dict[str, list[Name]] = {}
    for row in rows:
        by_article.setdefault(row.article, []).append(row)
    for article in articles:
        named = sorted(by_article.get(article.id, ()), key=PLACE)
        language = languages.get(article.id, "")
        for start, end, noun in find_references(article.text, language) if named else ():
            if any(n.start < end and start < n.end for n in named):
                continue
            before = [n for n in named if n.end <= start]
            at = meant(noun, [(n.text, n.kind) for n in before], language)
            if at >= 0:
                yield replace(before[at], id=make_id("n", before[at].story, article.id, start, end), start=start, end=end,
                              text=article.text[start:end], method=METHOD, score=SCORE)
