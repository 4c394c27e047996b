"""When articles were published, as they were given or as they print it, and which of two is the earlier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from retold.base.records import Article, Date, Passage
from retold.base.tables import Batch

TOLERANCE = timedelta(minutes=5)  # clocks of two content systems
HOUR = timedelta(hours=1)  # from which it tells no more how far a source is earlier
OPENING = 40  # code points in which a dateline such as "HARBOUR, Sept 14 (Agency) -" names its date


def publication(batch: Batch) -> dict[str, str]:
    """When every article was published, as given, else as its dateline or byline says; articles without either are left out.

    A dateline without a year takes that of the other articles. One that names another day, with its year, is believed rather than what
    came with the article: that is often the day of a page's first version, of its collection, or with day and month the wrong way round.
    """
    known = {a.id: a.published for a in batch.get(Article) if a.published and moment(a.published)}
    heads: dict[str, list[Passage]] = {p.article: [] for p in batch.get(Passage)}
    for p in batch.get(Passage):
        if p.kind in ("byline", "dateline", "credit", "paragraph"):
            heads[p.article].append(p)
    years = sorted(known[a][:4] for a in known)
    dates, texts = batch.by_article(Date), {a.id: a.text for a in batch.get(Article)}
    for article, passages in sorted(heads.items()):
        rows = dates.get(article, [])
        if article not in known:
            found = stated_date(passages, rows, years[len(years) // 2] if years else "")
        else:
            printed = [d for d in rows if d.earliest[:4] in texts[article][d.start : d.end]]
            found = stated_date(head_of(passages), printed, "")
            found = found if found and found != known[article][:10] else None
        if found:
            known[article] = found
    return known


def head_of(passages: Sequence[Passage]) -> list[Passage]:
    """The lines above the first paragraph."""
    first = min((p.start for p in passages if p.kind == "paragraph"), default=0)
    return [p for p in passages if p.end <= first]


def stated_date(passages: Sequence[Passage], dates: Sequence[Date], year: str) -> str | None:
    """The first date to the day in a line that is a byline or dateline, or in the opening words of the first paragraph."""
    first = min((p.start for p in passages if p.kind == "paragraph"), default=-1)
    for d in sorted(dates, key=lambda d: d.start):
        if d.grain not in ("day", "hour", "minute"):
            continue
        heading = any(p.kind in ("byline", "dateline") and p.start <= d.start < p.end for p in passages)
        if heading or (first >= 0 and 0 <= d.start - first <= OPENING and "--" in d.earliest[:2]):
            day = d.earliest[:10] if not d.earliest.startswith("--") else f"{year}{d.earliest[1:7]}" if year else ""
            if moment(day):
                return day
    return None


def order(source: str | None, target: str | None) -> int:
    """1 when the source is surely earlier, -1 when it is surely later, 0 when nobody knows.

    >>> order("2024-05-01", "2024-05-02T06:00:00Z"), order("2024-05-01", "2024-05-01T06:00:00Z")
    (1, 0)
    """
    a, b = moment(source), moment(target)
    if a is None or b is None or not source or not target:
        return 0
    if "T" not in source or "T" not in target:
        return (a.date() < b.date()) - (a.date() > b.date())
    return (a + TOLERANCE < b) - (a > b + TOLERANCE)


def lead(source: str | None, target: str | None) -> float:
    """By which share of an hour a source is earlier: minutes apart, both may as well have it from a third.

    One where it is more, or only days are known; 0 where it is not surely earlier.

    >>> lead("2024-05-01T06:00Z", "2024-05-01T06:15Z"), lead("2024-05-01", "2024-05-02"), lead("2024-05-02", "2024-05-01")
    (0.25, 1.0, 0.0)
    """
    a, b = moment(source), moment(target)
    if order(source, target) <= 0 or a is None or b is None:
        return 0.0
    return 1.0 if "T" not in (source or "") or "T" not in (target or "") else min(1.0, (b - a) / HOUR)


def moment(published: str | None) -> datetime | None:
    """A point in time; one without a zone is taken as UTC."""
    try:
        found = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
