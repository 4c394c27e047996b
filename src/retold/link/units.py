"""The claims of a story with all that they are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold.base.meaning import Floats, Meaning
from retold.base.models import Models
from retold.base.records import Article, Claim, Date, Language, Quantity, Sentence
from retold.base.tables import Batch
from retold.link.details import clause_details, content_words, number_keys

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The claims of a story, row by row, sorted by article and offset.

    `own` and `around` are the words of the clause and of its sentence, `starts` where that begins; `details` the telling words of the
    sentence; `numbers` the quantities and `days` the dates in the clause; `words` the content words of the clause in pieces; `places`
    how far into its article a claim stands, 0..1; `rows` the claims of each article; `languages` those of the articles.
    """

    claims: tuple[Claim, ...]
    own: tuple[str, ...]
    around: tuple[str, ...]
    details: tuple[Mapping[str, float], ...]
    numbers: tuple[frozenset[Key], ...]
    days: tuple[frozenset[Key], ...]
    starts: tuple[int, ...]
    words: tuple[tuple[frozenset[str], ...], ...]
    places: tuple[float, ...]
    rows: Mapping[str, tuple[int, ...]]
    languages: Mapping[str, str]
    meaning: Meaning

    def space(self, a: str, b: str) -> int:
        """Which encoder compares two articles: the second only where it is given all their claims."""
        chosen = self.meaning.space(self.languages.get(a, ""), self.languages.get(b, ""))
        return int(chosen and all(self.meaning.covers(self.own[i]) for x in (a, b) for i in self.rows[x]))

    def vectors(self, article: str, space: int) -> tuple[Floats, Floats]:
        """The claims of an article in a space: of the clauses, of their sentences; each (n, n_dims) float32, unit length."""
        rows, language = self.rows[article], self.languages.get(article, "")
        own = self.meaning.vectors([self.own[i] for i in rows], language, space)
        return own, self.meaning.vectors([self.around[i] for i in rows], language, space)


def gather(batch: Batch, models: Models) -> Units:
    """The claims of a story with what they are compared by."""
    articles = {article.id: article for article in batch.get(Article)}
    sentences = {sentence.id: sentence for sentence in batch.get(Sentence)}
    languages = {a: articles[a].language or "" for a in articles} | {row.article: row.code for row in batch.get(Language)}
    claims = tuple(sorted(batch.get(Claim), key=lambda c: (c.article, c.start, c.id)))
    rows: dict[str, list[int]] = {}
    for i, claim in enumerate(claims):
        rows.setdefault(claim.article, []).append(i)
    spans = [(sentences[c.sentence].start, sentences[c.sentence].end) for c in claims]
    own = tuple(articles[c.article].text[c.start : c.end] for c in claims)
    around = tuple(articles[c.article].text[s:e] for c, (s, e) in zip(claims, spans, strict=True))
    last = {article: max(1, len(found) - 1) for article, found in rows.items()}
    told = [(words, languages[a]) for a in by_turns(articles, languages, rows) for i in rows[a] for words in (own[i], around[i])]
    return Units(
        claims=claims, own=own, around=around, details=tuple(map(clause_details, around)),
        numbers=counted(batch, claims), days=dated(batch, claims), starts=tuple(start for start, _ in spans),
        words=tuple(content_words(own[i], languages[c.article]) for i, c in enumerate(claims)),
        places=tuple(rows[c.article].index(i) / last[c.article] for i, c in enumerate(claims)),
        rows={article: tuple(found) for article, found in rows.items()}, languages=languages, meaning=Meaning(models, told),
    )


def by_turns(articles: Mapping[str, Article], languages: Mapping[str, str], rows: Iterable[str]) -> list[str]:
    """The articles that have claims, earliest first, the languages taking turns: each is told by some of the first."""
    queues: dict[str, list[str]] = {}
    for a in sorted(rows, key=lambda a: (articles[a].published or "9999", a)):
        queues.setdefault(languages[a], []).append(a)
    ranked = [(i, language, a) for language, queue in queues.items() for i, a in enumerate(queue)]
    return [a for _, _, a in sorted(ranked)]


def counted(batch: Batch, claims: Sequence[Claim]) -> tuple[frozenset[Key], ...]:
    """The quantities in each claim."""
    found = batch.by_article(Quantity)
    return tuple(
        frozenset(k for q in found.get(c.article, ()) if c.start <= q.start and q.end <= c.end for k in number_keys(q))
        for c in claims
    )


def dated(batch: Batch, claims: Sequence[Claim]) -> tuple[frozenset[Key], ...]:
    """The days, months and times in each claim; a year alone says too little."""
    found = batch.by_article(Date)
    return tuple(
        frozenset((d.earliest, d.latest) for d in found.get(c.article, ()) if c.start <= d.start and d.end <= c.end and d.grain != "year")
        for c in claims
    )
