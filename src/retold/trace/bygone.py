"""Reports of another matter that an article recalls: "last year the Courier wrote of a similar case".

Who tells what happened before mentions who reported it then. That report is no source of the news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from retold.base.records import Date
from retold.base.tables import Batch
from retold.trace.register import Register
from retold.trace.roles import whole
from retold.trace.statement import Statement
from retold.trace.times import moment

LONG_AGO = timedelta(days=20)  # before an article came out: what was reported then is mostly not what it reports
COARSE = ("month", "year")


def without_bygone(
    stated: Mapping[str, Sequence[Statement]], batch: Batch, published: Mapping[str, str], register: Register,
) -> dict[str, list[Statement]]:
    """The statements without outlets outside the collection that an article only recalls: nowhere but below its first paragraph, beside
    a day, month or year that is long past, and that no other article names.
    """
    dates = batch.by_article(Date)
    naming: dict[str, list[Statement]] = defaultdict(list)
    for rows in stated.values():
        for s in rows:
            naming[s.node].append(s)
    recalled = {node for node, rows in naming.items() if len({s.article for s in rows}) == 1 and all(
        is_recalled(s, dates.get(s.article, ()), published.get(s.article, ""), register) for s in rows)}
    return {article: [s for s in rows if s.node not in recalled] for article, rows in stated.items()}


def is_recalled(s: Statement, dates: Sequence[Date], published: str, register: Register) -> bool:
    """Whether an outlet outside the collection stands in a sentence, below the first paragraph, that says how long ago it reported."""
    if s.kind not in ("outlet", "agency") or s.credited or not s.node.startswith("external:"):
        return False
    paragraphs = [p for p in register.passages.get(s.article, ()) if p.kind == "paragraph"]
    row = next((x for x in register.sentences.get(s.article, ()) if x.start <= s.span[0] < x.end), None)
    if row is None or not paragraphs or row.start < min(paragraphs, key=lambda p: p.start).end:
        return False
    text = register.articles[s.article].text
    if whole("bygone").search(text, row.start, row.end):
        return True
    return any(is_past(d, published) for d in dates if row.start <= d.start < row.end)


def is_past(date: Date, published: str) -> bool:
    """Whether a date lies long before an article came out; a month or year is past when it is another."""
    day, now = date.latest[:10], published[:10]
    if date.grain in COARSE:
        return bool(now) and day[:4].isdigit() and day < now[:len(day)]
    then, today = moment(day), moment(now)
    return then is not None and today is not None and today - then >= LONG_AGO
