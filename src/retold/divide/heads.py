"""What an article says of itself: its title, its outlet and when it was published, for texts that came without them.

Pasted and saved texts keep what a page prints around an article: a masthead, a date line, a byline, an address of the newsroom,
"follow us". Each is weak alone, so what speaks for an outlet is added up, one line counting once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retold.base.models import Models
from retold.base.records import Article, Language, Metadata, Passage, make_id
from retold.base.tables import Batch
from retold.divide.imprints import HEAD, STEM, printed_outlet
from retold.divide.languages import decide
from retold.divide.lines import Line, fold, unspaced
from retold.divide.outletlike import squeeze
from retold.divide.passages import Label
from retold.divide.stage import label_lines
from retold.lexicons.dates import Written, written_dates

METHOD = "heads-1"
LONGEST = 200  # code points of a line in which a date is looked for
OPENING = 90  # code points at the head of a paragraph in which a dateline stands
FIRST = 3  # paragraphs that a dateline may open
MONTH_FIRST = frozenset({"en"})  # languages in whose countries 04/05 is also the fifth of April
AFTER_DATE = re.compile(r"[^\w.!?]{0,4}(?:\([^()]{1,40}\)|/[^/\s]{1,20}/)?[\s.,]{0,3}[-–—:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value that an article's text gives for a field of its metadata, where it stands and how sure it is."""

    field: str
    value: str
    start: int
    end: int
    score: float


def with_heads(batch: Batch) -> Batch:
    """The articles and metadata of a divided batch; articles without an outlet or a date have those that their text gives.

    Args:
        batch: articles with their metadata, languages and passages.

    >>> from retold.base.models import Models
    >>> from retold.divide.stage import run
    >>> text = "The Fell Gazette\\nHome | News | Sport\\n\\nDam breaks\\n\\n3 May 2025, 14:20\\n\\nThe dam broke. Nobody was hurt."
    >>> batch = Batch([Article(id="a", text=text, language="en")])
    >>> done = run(batch, Models())
    >>> batch.add(r for kind in done.kinds() for r in done.get(kind))
    >>> [(a.outlet, a.published) for a in with_heads(batch).get(Article)]
    [('The Fell Gazette', '2025-05-03T14:20:00')]
    """
    languages = {x.article: x.code for x in batch.get(Language)}
    passages = batch.by_article(Passage)
    out = Batch(batch.get(Metadata))
    for article in batch.get(Article):
        said = told_by(article, languages.get(article.id, ""), passages.get(article.id, ()))
        out.add([filled(article, said), *(row_of(article.id, one) for one in said)])
    return out


def told_by(article: Article, language: str, passages: Sequence[Passage]) -> tuple[Said, ...]:
    """What the text gives for those fields of an article that are empty."""
    if not lacks(article):
        return ()
    lines = [(Line(start=p.start, end=p.end, text=article.text[p.start : p.end]), Label(kind=p.kind, reason=p.reason, score=p.score))
             for p in passages]
    return wanted(article, lines, language)


def told_alone(article: Article, models: Models) -> tuple[Said, ...]:
    """The same for an article that was not divided yet."""
    if not lacks(article):
        return ()
    language, _, _ = decide(article.text, article.language, models.get("identifier"))
    return wanted(article, label_lines(article, language), language)


def lacks(article: Article) -> bool:
    """Whether a field that a text may give is empty."""
    return not (article.title and article.outlet and article.published)


def wanted(article: Article, lines: Sequence[tuple[Line, Label]], language: str) -> tuple[Said, ...]:
    """What labelled lines give for the fields of an article that are empty."""
    return tuple(said for said in read_head(lines, language) if not getattr(article, said.field))


def filled(article: Article, told: Sequence[Said]) -> Article:
    """An article with what its text gives."""
    return replace(article, **{said.field: said.value for said in told}) if told else article


def row_of(article: str, said: Said) -> Metadata:
    """What a text gives as a record."""
    return Metadata(id=make_id("m", article, said.field, said.value, METHOD), article=article, field=said.field, value=said.value,
                    method=METHOD, score=said.score, start=said.start, end=said.end)


def read_head(lines: Sequence[tuple[Line, Label]], language: str) -> Iterator[Said]:
    """The title, the outlet and the date of publication that an article's lines, each with what it is, give."""
    outlet = printed_outlet(lines, language)
    headline = printed_title(lines, outlet.name if outlet else "")
    if headline:
        yield Said(field="title", value=headline.text, start=headline.start, end=headline.end, score=0.8)
    if outlet:
        yield Said(field="outlet", value=outlet.name, start=outlet.start, end=outlet.end, score=outlet.score)
    yield from printed_date(lines, language)


def printed_title(lines: Sequence[tuple[Line, Label]], outlet: str) -> Line | None:
    """The line labelled a headline that has the largest part of its words in the paragraphs, the first of these; the outlet is none."""
    telling = " ".join(line.plain for line, label in lines if label.kind == "paragraph")
    heads = [line for line, label in lines[:HEAD] if label.kind == "headline" and squeeze(line.text) != squeeze(outlet)]
    return max(heads, key=lambda line: (line.size > 2, round(told_again(line, telling), 1), -line.start), default=None)


def told_again(line: Line, telling: str) -> float:
    """Which part of the beginnings of a line's words, or of its pairs of signs where words are not spaced, stands in a text."""
    words = [fold(w) for w in line.words if len(w) >= 2]
    parts = [w[i : i + 2] for w in words for i in range(len(w) - 1)] if unspaced(line.text) else [w[:STEM] for w in words]
    return sum(part in telling for part in parts) / len(parts) if parts else 0.0


def printed_date(lines: Sequence[tuple[Line, Label]], language: str) -> Iterator[Said]:
    """The first date among date lines and bylines, else in the dateline that opens a paragraph; none or one."""
    day_first = language not in MONTH_FIRST
    body = next((i for i, (line, label) in enumerate(lines) if label.kind == "paragraph" and line.prose), len(lines))
    for i, (line, label) in enumerate(lines):
        for date in written_dates(line.text[:LONGEST], day_first=day_first):
            mostly = i < body and 2 * (date.end - date.start) > len(line.text)
            if label.kind in ("dateline", "byline") or mostly:
                yield said_date(line, date, 0.8)
                return
    paragraphs = [line for line, label in lines if label.kind == "paragraph"][:FIRST]
    for line in paragraphs:
        head = line.text[:OPENING]
        for date in written_dates(head, day_first=day_first):
            if AFTER_DATE.match(head, date.end) and "." not in head[: date.start].strip(". "):
                yield said_date(line, date, 0.7)
                return


def said_date(line: Line, date: Written, score: float) -> Said:
    """A date in a line as what the text gives for the day of publication."""
    return Said(field="published", value=date.iso, start=line.start + date.start, end=line.start + date.end, score=score)
