"""The records of a run, looked up by article, by story and by place: what the builders of the report work from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from retold.base import records as r
from retold.base.tables import Batch, speakers
from retold.view.articles import Excerpt
from retold.view.findings import Reason
from retold.view.reasons import plainer

T = TypeVar("T")
R = TypeVar("R", bound=r.Record)

LAST = "9999"  # sorts after every date


class Spans(Generic[T]):
    """Things with places in articles, found by place in logarithmic time.

    Args:
        places: (article, start, end, thing), in any order.
    """

    def __init__(self, places: Iterable[tuple[str, int, int, T]]) -> None:
        self._rows: dict[str, list[tuple[int, int, T]]] = {}
        for article, start, end, thing in places:
            if 0 <= start < end:
                self._rows.setdefault(article, []).append((start, end, thing))
        for rows in self._rows.values():
            rows.sort(key=lambda row: row[:2])
        self._starts = {article: [row[0] for row in rows] for article, rows in self._rows.items()}
        self._longest = {article: max(e - s for s, e, _ in rows) for article, rows in self._rows.items()}

    def touching(self, article: str, start: int, end: int) -> list[T]:
        """What shares at least one code point with [start, end), in the order of the text."""
        rows = self._rows.get(article, [])
        if not rows:
            return []
        starts = self._starts[article]
        first, last = bisect_left(starts, start - self._longest[article]), bisect_left(starts, end)
        return [thing for _, e, thing in rows[first:last] if e > start]


class Index:
    """A batch with the look-ups that several builders share."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._stories: dict[type[r.Record], dict[str, list[Any]]] = {}
        self.articles = {a.id: a for a in batch.get(r.Article)}
        self.homes = {m.article: m.story for m in batch.get(r.Membership)}
        self.languages = {g.article: g for g in sorted(batch.get(r.Language), key=lambda g: (g.score, g.id))}
        self.evidence = grouped(batch.get(r.Evidence), "subject")
        self.claims = {c.id: c for c in batch.get(r.Claim)}
        self.attributions = {a.id: a for a in batch.get(r.Attribution)}
        self.outlets = {a.outlet: a.source_kind for a in sorted(self.attributions.values(), key=lambda a: a.id) if a.outlet}
        self.cues = Spans((a.article, *cue, a) for a in self.attributions.values() for cue in a.cue)
        self.speakers = speakers(batch)
        self.quotes = Spans((q.article, q.outer_start, q.outer_end, q) for q in sorted(batch.get(r.Quote), key=lambda q: q.id))
        self.sentences = Spans((s.article, s.start, s.end, s) for s in batch.get(r.Sentence))
        self.names = Spans((n.article, n.start, n.end, n) for n in batch.get(r.Name))

    def excerpt(self, article: str, start: int, end: int) -> Excerpt | None:
        """The words at a place; None for `NOWHERE`, an unknown article or an empty span."""
        found = self.articles.get(article)
        if found is None or not 0 <= start < end or start >= len(found.text):
            return None
        end = min(end, len(found.text))
        return Excerpt(document=article, start=start, end=end, text=found.text[start:end])

    def excerpts(self, article: str, spans: Sequence[r.Span]) -> tuple[Excerpt, ...]:
        """The words at several places."""
        return tuple(e for e in (self.excerpt(article, *span) for span in spans) if e)

    def reasons(self, *subjects: str) -> tuple[Reason, ...]:
        """The evidence for any of the subjects, the weightiest first."""
        rows = [row for subject in dict.fromkeys(subjects) for row in self.evidence.get(subject, [])]
        rows.sort(key=lambda row: (-abs(row.weight), row.kind, row.article, row.start, row.id))
        return tuple(
            Reason(kind=e.kind, words=plainer(e.words), weight=e.weight, excerpt=self.excerpt(e.article, e.start, e.end),
                   other=self.excerpt(e.other, e.other_start, e.other_end))
            for e in rows
        )

    def language(self, article: str) -> tuple[str, float]:
        """The language of an article and how sure: what was found, else what the input claimed, else ("", 0)."""
        found = self.languages.get(article)
        if found and found.code:
            return found.code, found.score
        given = self.articles[article].language if article in self.articles else None
        return given or "", 0.0

    def rows(self, kind: type[R], story: str) -> list[R]:
        """The records of a kind that belong to a story, in a stable order."""
        if kind not in self._stories:
            self._stories[kind] = grouped(sorted(self.batch.get(kind), key=place_of), "story")
        return self._stories[kind].get(story, [])


def place_of(record: Any) -> tuple[str, int, int, str]:
    """The key by which records are ordered: article, place, id."""
    return getattr(record, "article", ""), getattr(record, "start", -1), getattr(record, "end", -1), record.id


def grouped(rows: Iterable[R], field: str) -> dict[str, list[R]]:
    """Records by the value of a field, in the order given."""
    out: dict[str, list[R]] = {}
    for row in rows:
        out.setdefault(getattr(row, field), []).append(row)
    return out


def instant(published: str | None) -> str:
    """When something was published, in UTC, so that it can be compared; `LAST` where that cannot be told.

    >>> instant("2026-03-02T07:00:00+02:00"), instant("soon")
    ('2026-03-02T05:00:00+00:00', '9999')
    """
    try:
        when = datetime.fromisoformat(published or "")
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return LAST
