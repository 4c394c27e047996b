"""Reuse over a whole collection: what `retold reuse` prints, for ten articles or a hundred thousand.

Nothing is read that reuse does not need: words and seeds (in a pool of processes where one is asked for), alignment here,
boilerplate only where a passage might be some, vectors only where there are several languages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa

from retold.base.engines.local import LocalEngine
from retold.base.models import Models
from retold.base.records import Article, Language, Passage, Sentence, Span, Vector
from retold.base.tables import Batch
from retold.pipeline import Settings, pool_size, run
from retold.plugins import chosen_models
from retold.relate.copies import find_copies
from retold.relate.reuse import READ, TEXTS, Shared, find_translations, joined_batches, make_body, read_batch, shared_passages

WEAK = 120  # equal words of a pair below which all that it shares may be boilerplate
PORTION = 1024  # articles that are read at once by one process
DIVIDED = 200  # articles that are divided to find boilerplate, those with the shortest passages first; 200 take two seconds
EDGE = 500  # code points from the start or the end of a text, where boilerplate of several outlets stands
BOILERPLATE = 0.5  # of a passage that is boilerplate on either side, at which it does not count


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Pairs of articles that share text, as rows that `retold reuse` prints, in the order of the ids.

    `crowded`: how many phrases stand in so many articles that they were joined to the first of them only.
    """

    rows: Iterator[dict[str, Any]]
    crowded: int


def reuse(collected: Batch, *, models: Models | None = None, settings: Settings | None = None) -> Sharing:
    """The passages that any two articles of a collection share, whether or not they tell the same story.

    >>> text = "The old harbour bridge was closed to lorries on Monday after an inspector had found cracks in two of its pillars."
    >>> found = reuse(Batch([Article(id="a", text=text), Article(id="b", text="It is raining in the hills. " + text)]))
    >>> [(row["a"], row["b"], row["passages"][0]["kind"]) for row in found.rows]
    [('a', 'b', 'verbatim')]
    """
    models, settings = chosen_models(models or Models()), settings or Settings()
    articles = sorted(collected.get(Article), key=lambda a: a.id)
    texts = [a.text for a in articles]
    settings.tell("reading …")
    read = joined_batches(read_all(articles, models, settings))
    settings.tell("comparing …")
    copies = find_copies(read.words, [outlet_of(a) for a in articles], seeds=(read.seeds, read.places))
    languages = read.languages
    del read
    found = list(shared_passages(copies, texts))
    crowded = copies.crowded
    del copies
    told = [replace(a, language=a.language or code or None) for a, code in zip(articles, languages, strict=True)]
    found = without_boilerplate(found, told, models, settings)
    found.extend(translations(articles, languages, models, settings))
    return Sharing(rows=rows_of(found, articles), crowded=crowded)


def read_all(articles: Sequence[Article], models: Models, settings: Settings) -> Iterator[pa.Table]:
    """The words and seeds of all articles, some of them a row; one process reads portions, so that only one of them is held."""
    # Processes do not pay unless there are many: to send the words of 10,000 articles to and fro takes as long as to read them.
    engine = LocalEngine(workers=pool_size(settings, models, len(articles)) if settings.workers else 1)
    portion = PORTION if engine.workers == 1 else max(1, len(articles))
    for start in range(0, len(articles), portion):
        part = articles[start:start + portion]
        texts = [a.text.encode() for a in part]  # Arrow would leave a copy of its own in every string
        source = pa.table({"article": [a.id for a in part], "text": texts}, schema=TEXTS)
        yield engine.map_batches(source, partial(read_batch, models), READ)


def outlet_of(article: Article) -> str | None:
    """The outlet of an article, or the host of its address."""
    return article.outlet or (urlsplit(article.url).hostname if article.url else None)


def rows_of(found: Iterable[Shared], articles: Sequence[Article]) -> Iterator[dict[str, Any]]:
    """One row a pair; the shares are of the code points of each."""
    ordered = sorted(found, key=lambda s: (s.a, s.b, s.a_span, s.b_span))
    for (a, b), group in groupby(ordered, key=lambda s: (s.a, s.b)):
        passages = list(group)
        yield {
            "a": articles[a].id, "b": articles[b].id,
            "passages": [{"a": list(s.a_span), "b": list(s.b_span), "kind": s.kind, "score": s.score} for s in passages],
            "share_a": covered([s.a_span for s in passages], len(articles[a].text)),
            "share_b": covered([s.b_span for s in passages], len(articles[b].text)),
        }


def covered(spans: Iterable[Span], length: int) -> float:
    """How much of a text spans cover, overlapping ones once.

    >>> covered([(0, 5), (3, 10)], 20)
    0.5
    """
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return round(total / max(1, length), 4)


# ---- boilerplate ---------------------------------------------------------------------------------------------------


def without_boilerplate(found: list[Shared], articles: Sequence[Article], models: Models, settings: Settings) -> list[Shared]:
    """The passages without those that are boilerplate of either article. Only articles are divided of which that is in doubt."""
    doubtful = doubts(found, articles)
    if not doubtful:
        return found
    numbers: set[int] = set()
    for i in sorted(doubtful, key=lambda i: (found[i].agreed, i)):
        if len(numbers | {found[i].a, found[i].b}) <= DIVIDED:
            numbers |= {found[i].a, found[i].b}
    alone = Settings(workers=settings.workers or 1)  # processes take longer to start than these few articles to divide
    divided = run(Batch(articles[n] for n in sorted(numbers)), models=models, settings=alone, only=("divide",))
    boilerplate = {name: [(p.start, p.end) for p in passages if p.kind == "boilerplate"]
                   for name, passages in divided.by_article(Passage).items()}
    gone = {i for i in doubtful if any(held_by(boilerplate.get(articles[n].id, []), span) >= BOILERPLATE
                                       for n, span in ((found[i].a, found[i].a_span), (found[i].b, found[i].b_span)))}
    return [s for i, s in enumerate(found) if i not in gone]


def doubts(found: Sequence[Shared], articles: Sequence[Article]) -> list[int]:
    """Which passages may be boilerplate: all that a pair shares is little, they hold whole lines, and one outlet prints both or
    they stand at the edge of both texts."""
    totals: dict[tuple[int, int], int] = defaultdict(int)
    for s in found:
        totals[s.a, s.b] += s.agreed
    out = []
    for i, s in enumerate(found):
        if totals[s.a, s.b] < WEAK and s.kind != "quote":
            a, b = articles[s.a], articles[s.b]
            close = outlet_of(a) == outlet_of(b) or (at_edge(a.text, s.a_span) and at_edge(b.text, s.b_span))
            if close and holds_line(a.text, s.a_span) and holds_line(b.text, s.b_span):
                out.append(i)
    return out


def at_edge(text: str, span: Span) -> bool:
    """Whether a span stands near the start or the end of a text."""
    return span[0] < EDGE or span[1] > len(text) - EDGE


def holds_line(text: str, span: Span) -> bool:
    """Whether at least half of a span are lines that lie in it wholly, the first and last word aside."""
    start, end = span
    whole, at = 0, text.rfind("\n", 0, start) + 1
    while at < end:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].strip()
        if at >= start - 12 and stop <= end + 12 and "\n" in text:
            whole += len(line)
        at = stop + 1
    return whole >= 0.5 * (end - start)


def held_by(spans: Iterable[Span], span: Span) -> float:
    """The share of a span that others hold."""
    return sum(max(0, min(span[1], e) - max(span[0], s)) for s, e in spans) / max(1, span[1] - span[0])


# ---- translations --------------------------------------------------------------------------------------------------


def several_languages(articles: Sequence[Article], languages: Sequence[str], models: Models) -> bool:
    """Whether the articles are in several languages. What a short sample says is believed only where it is what most are in."""
    codes = [(a.language or "").lower()[:2] or code for a, code in zip(articles, languages, strict=True)]
    usual = max(sorted(set(codes)), key=codes.count, default="")
    identifier = models.get("identifier")
    return any(identifier.identify(articles[n].text)[0] not in ("", usual) for n, code in enumerate(codes) if code != usual)


def translations(articles: Sequence[Article], languages: Sequence[str], models: Models, settings: Settings) -> Iterator[Shared]:
    """The translated passages, where the articles are in several languages."""
    if not several_languages(articles, languages, models):
        return
    settings.tell("translations …")
    done = run(Batch(articles), models=models, settings=Settings(workers=settings.workers), only=("divide", "embed"))
    vectors = {v.of: np.frombuffer(v.values, dtype="<f4") for v in done.get(Vector)}
    codes = {x.article: x.code for x in done.get(Language)}
    sentences = done.by_article(Sentence)
    if len(set(codes.values()) - {""}) < 2:
        return
    bodies = [make_body(a.id, a.text, language=codes.get(a.id, ""), sentences=sentences.get(a.id, []), vectors=vectors) for a in articles]
    number = {a.id: n for n, a in enumerate(articles)}
    for r in find_translations("", bodies):
        yield Shared(a=number[r.a], b=number[r.b], a_span=(r.a_start, r.a_end), b_span=(r.b_start, r.b_end), kind=r.kind, agreed=0,
                     score=r.score)
