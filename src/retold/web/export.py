"""What can be carried away: the report as one file, tables as CSV, the graph as a picture."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from retold.base.errors import NotFoundError
from retold.view.findings import Story
from retold.view.formats import render
from retold.view.graphs import draw_graph
from retold.view.html import template
from retold.web.desk import Desk, packed
from retold.web.library import Loaded
from retold.web.story import open_story

Rows = Iterable[Iterable[object]]
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a command of its own


def links(story: Story) -> Rows:
    """Who had it from whom."""
    named = {n.id: n.label for n in story.nodes}
    yield "source", "source_name", "target", "target_name", "kind", "probability", "counted", "stated", "inferred", "method"
    for e in story.edges:
        yield (e.source, named.get(e.source, ""), e.target, named.get(e.target, ""), e.kind, round(e.probability, 4), e.counts, e.stated,
               e.inferred, e.method)


def claims(story: Story) -> Rows:
    """Claims by article, one row a mention."""
    yield "claim", "text", "verdict", "origins", "article", "start", "end", "words", "stance", "attributed_to"
    for c in story.claims:
        for m in c.mentions:
            yield (c.id, c.text, c.verdict, "; ".join(c.origins), m.excerpt.document, m.excerpt.start, m.excerpt.end, m.excerpt.text,
                   m.stance, " > ".join(m.attributed_to))


def conflicts(story: Story) -> Rows:
    """Conflicts, one row a wording."""
    yield "conflict", "kind", "confidence", "side", "article", "start", "end", "words", "differs", "why"
    for x in story.conflicts:
        for number, side in enumerate(x.sides, 1):
            for v in side:
                yield (x.id, x.kind, round(x.confidence, 4), number, v.excerpt.document, v.excerpt.start, v.excerpt.end, v.excerpt.text,
                       v.mark.text if v.mark else "", x.why)


def quotes(story: Story) -> Rows:
    """Quotes, one row a version."""
    yield "quote", "speaker", "article", "start", "end", "words", "change", "language"
    for q in story.quotes:
        for v in q.versions:
            yield q.id, q.speaker, v.excerpt.document, v.excerpt.start, v.excerpt.end, v.excerpt.text, v.change, v.language


def articles(story: Story) -> Rows:
    """The articles."""
    yield "article", "title", "outlet", "author", "published", "language", "url", "characters"
    for d in story.documents:
        yield d.id, d.title, d.outlet or "", d.author or "", d.published or "", d.language, d.url or "", len(d.text)


def changes(story: Story) -> Rows:
    """The ledger of changes."""
    yield "source", "target", "kind", "words", "before", "after"
    for a in story.alterations:
        yield a.source, a.target, a.kind, a.words, a.before.text if a.before else "", a.after.text if a.after else ""


TABLES: dict[str, Callable[[Story], Rows]] = {
    "links": links, "claims": claims, "conflicts": conflicts, "quotes": quotes, "articles": articles, "changes": changes,
}


def as_csv(rows: Rows) -> bytes:
    """Rows as CSV for spreadsheets: UTF-8 with its mark; a cell that would be taken for a formula is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([tame(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def tame(cell: object) -> object:
    """A cell that no spreadsheet carries out.

    >>> tame("=1+1"), tame(3), tame("-")
    ("'=1+1", 3, "'-")
    """
    text = cell if isinstance(cell, str) else None
    return cell if text is None else f"'{text}" if text.startswith(FORMULA) else text.replace("\x00", "")


@cache
def picture_style() -> str:
    """The part of the style sheet that a picture needs to stand alone, light whatever the reader's screen is."""
    css = template("style.css")
    colours = re.search(r":root \{(.*?)\}", css, re.DOTALL)
    rules = re.findall(r"^(?:\.graph|\.fill|\.hue-|\.ink-|\.on-fill|\.by-family \{)[^\n]*$", css, re.MULTILINE)
    plain = [r_ for r_ in rules if "hover" not in r_ and "muted" not in r_ and "max-width" not in r_]
    return f":root {{{colours[1] if colours else ''}}} svg {{ color: #1c1a17; }}\n" + "\n".join(plain)


def picture(story: Story) -> bytes:
    """The graph as a file of its own: no link, no script, nothing from outside."""
    return draw_graph(story, prefix="picture", style=picture_style()).encode("utf-8", "replace")


def export(desk: Desk, request: Request) -> Response:
    """A story as a file."""
    loaded, name = open_story(desk, request), request.path_params["file"]
    data, kind = made(loaded, name)
    answer = packed(request, data, kind)
    if not (name == "graph.svg" and request.query_params.get("show")):
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(loaded.story, name)}"'
    return answer


def made(loaded: Loaded, name: str) -> tuple[bytes, str]:
    """The content of a file and its type.

    Raises:
        NotFoundError: there is no such file.
    """
    if name == "report.html":
        return render(loaded.report, "html").encode("utf-8", "replace"), "text/html; charset=utf-8"
    if name == "report.json":
        return loaded.report.to_json().encode("utf-8", "backslashreplace"), "application/json"
    if name == "report.md":
        return render(loaded.report, "markdown").encode("utf-8", "replace"), "text/markdown; charset=utf-8"
    if name == "graph.svg":
        return picture(loaded.story), "image/svg+xml"
    table, dot, ending = name.partition(".")
    if dot and ending == "csv" and table in TABLES:
        return as_csv(TABLES[table](loaded.story)), "text/csv; charset=utf-8"
    files = ["report.html", "report.json", "report.md", "graph.svg", *(f"{t}.csv" for t in TABLES)]
    raise NotFoundError(expected="one of " + ", ".join(files), found=name[:100], where="export")


def file_name(story: Story, name: str) -> str:
    """A name for the file on the reader's disk: the title's plain letters and the story's id."""
    words = re.findall(r"[A-Za-z0-9]+", story.title)[:6]
    return "-".join(["retold", *words, re.sub(r"[^A-Za-z0-9-]", "", story.id)[:24], name.replace("report.", "report.")])[-150:]
