"""Articles side by side: what they share is joined by number, copied words and changed words are marked, across languages too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from retold.base import records as r
from retold.base.errors import SettingsError
from retold.view.articles import Document
from retold.view.differences import compare as word_parts
from retold.view.document import line_spans, shown
from retold.view.findings import Story
from retold.view.visible import visible
from retold.web.desk import Desk, accepts_json, json_answer, tools
from retold.web.story import open_story

MOST = 6  # columns that a screen holds
KINDS = {"verbatim": "the same words", "edited": "edited", "translated": "translated", "quote": "the same quote", "claim": "the same claim"}
RANK = {"verbatim": 0, "edited": 1, "quote": 2, "translated": 3, "claim": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A passage of the first article and what another one made of it: `a` and `b` are spans, `number` is shown at both."""

    number: int
    kind: str
    a: r.Span
    b: r.Span


def compare(desk: Desk, request: Request) -> Response:
    """The page with two or more articles; the first one is what the others are compared with."""
    loaded = open_story(desk, request)
    wanted = list(dict.fromkeys(request.query_params.getlist("id")))[:MOST]
    documents = [d for d in map(loaded.document, wanted) if d is not None]
    if not documents:
        documents = list(loaded.story.documents[:2])
    if len(documents) == 1:
        documents += [d for d in loaded.story.documents if d.id != documents[0].id][:1]
    if len(documents) < 2:
        raise SettingsError(expected="two articles of one story", found="one", where="compare")
    first, others = documents[0], documents[1:]
    joins = {d.id: find_joins(loaded.story, loaded.reuse, first, d) for d in others}
    if accepts_json(request) or request.url.path.endswith(".json"):
        return json_answer(request, {"documents": [d.id for d in documents], "joins": {
            d: [{"number": j.number, "kind": j.kind, "a": list(j.a), "b": list(j.b)} for j in found] for d, found in joins.items()}})
    columns = [{"document": first, "text": column(first, [(j.a, j, "", d) for d, found in enumerate(joins.values(), 1) for j in found]),
                "share": 0.0}]
    for number, other in enumerate(others, 1):
        found = joins[other.id]
        marks = [(j.b, j, first.text[slice(*j.a)], number) for j in found]
        columns.append({"document": other, "text": column(other, marks), "share": share(other, found)})
    return desk.page(request, "compare.html", **tools(loaded), story=loaded.story, n=loaded.story.numbers, columns=columns,
                     joins=joins, kinds=KINDS, tab="articles")


def find_joins(story: Story, reuse: Iterable[r.Reuse], one: Document, other: Document) -> list[Join]:
    """What two articles share, in the order of the first: passages, and claims where no passage covers them."""
    found = [(turned(row, one.id)) for row in reuse if {row.a, row.b} == {one.id, other.id}]
    found += [("claim", m.excerpt, n.excerpt) for c in story.claims for m, n in first_mentions(c.mentions, one.id, other.id)]
    spans = [(kind, (a.start, a.end), (b.start, b.end)) if kind == "claim" else (kind, a, b) for kind, a, b in found]
    kept = without_overlap(sorted(spans, key=lambda row: (RANK.get(row[0], 9), row[1][0] - row[1][1], row[1])))
    return [Join(number=i, kind=kind, a=a, b=b) for i, (kind, a, b) in enumerate(sorted(kept, key=lambda row: row[1]), 1)]


def turned(row: r.Reuse, one: str) -> tuple[str, Any, Any]:
    """A shared passage with the side of `one` first."""
    a, b = (row.a_start, row.a_end), (row.b_start, row.b_end)
    return (row.kind, a, b) if row.a == one else (row.kind, b, a)


def first_mentions(mentions: Sequence[Any], one: str, other: str) -> list[tuple[Any, Any]]:
    """Where both articles make a claim: the first time in each."""
    a = next((m for m in mentions if m.excerpt.document == one), None)
    b = next((m for m in mentions if m.excerpt.document == other), None)
    return [(a, b)] if a and b else []


def without_overlap(rows: Iterable[tuple[str, r.Span, r.Span]]) -> list[tuple[str, r.Span, r.Span]]:
    """The rows, best first, that overlap no better one on either side."""
    kept: list[tuple[str, r.Span, r.Span]] = []
    for row in rows:
        if all(free(row[side], other[side]) for other in kept for side in (1, 2)):  # type: ignore[arg-type]
            kept.append(row)
    return kept


def free(one: r.Span, other: r.Span) -> bool:
    """Whether two spans share nothing."""
    return one[1] <= other[0] or other[1] <= one[0]


def share(document: Document, joins: Sequence[Join]) -> float:
    """How much of an article's own letters stands in passages that it shares word for word or edited."""
    taken = [j.b for j in joins if j.kind in ("verbatim", "edited")]
    cut = sum(len("".join(c.excerpt.text.split())) for c in document.boilerplate)
    body = len("".join(document.text.split())) - cut
    return min(1.0, sum(len("".join(document.text[s:e].split())) for s, e in taken) / body) if body > 0 else 0.0


Mark = tuple[r.Span, Join, str, int]  # where, what, the words that it is compared with ("" for the first column), which other column


def column(document: Document, marks: Sequence[Mark]) -> Markup:
    """The text of one article, its joined passages marked. Of marks that overlap in the first column the longest is drawn."""
    drawn: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m[0][0] - m[0][1], m[0], m[3])):
        if all(free(mark[0], other[0]) for other in drawn):
            drawn.append(mark)
    drawn.sort(key=lambda m: m[0])
    cut = [(c.excerpt.start, c.excerpt.end) for c in document.boilerplate]
    lines = []
    for start, end in line_spans(document.text):
        if document.text[start:end].strip():
            looks = ' class="cut"' if any(s <= start and end <= e for s, e in cut) else ""
            lines.append(Markup(f'<p dir="auto"{looks}>') + line(document.text, start, end, drawn) + Markup("</p>\n"))
    return Markup("").join(lines)


def line(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    """One line with its marks."""
    here = [m for m in marks if m[0][0] < end and m[0][1] > start]
    edges = sorted({start, end, *(max(start, m[0][0]) for m in here), *(min(end, m[0][1]) for m in here)})
    out = []
    for a, b in pairwise(edges):
        mark = next((m for m in here if m[0][0] <= a and b <= m[0][1]), None)
        out.append(joined(mark, text[a:b], first=mark[0][0] == a, whole=mark[0] == (a, b)) if mark else shown(text[a:b]))
    return Markup("").join(out)


def joined(mark: Mark, words: str, *, first: bool, whole: bool) -> Markup:
    """A piece of a joined passage: its number where it begins, and its words as copied or changed."""
    _, join, before, other = mark
    inner = changed_words(before, words) if before and whole and join.kind in ("verbatim", "edited", "quote") else shown(words)
    number = Markup('<a class="join-number" href="#j-{0}-{1}-{2}" id="j-{0}-{1}-{3}" title="{4}">{1}</a>').format(
        other, join.number, "a" if before else "b", "b" if before else "a", KINDS.get(join.kind, join.kind)) if first else ""
    return Markup('<mark class="join {}" data-join="{}-{}">{}{}</mark>').format(join.kind, other, join.number, number, inner)


def changed_words(before: str, after: str) -> Markup:
    """The words of a later version: what it kept as it is, what it put in marked, what it left out struck."""
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return Markup("").join(Markup(tags[p.turn]).format(shown(visible(p.text, lines=False))) for p in word_parts(before, after))
