"""The report as one HTML file that opens offline: nothing is fetched, and nothing in an article can act.

Article text is escaped everywhere. The page's own style sheet and script are the only ones that its content security policy lets
run: it names their hashes. Without script everything is still there.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from retold.view import wording
from retold.view.anchors import Anchors
from retold.view.charts.waterfall import Waterfall, add_up
from retold.view.differences import compare
from retold.view.document import Places, annotate, find_places, shown
from retold.view.findings import ConflictVersion, Document, Edge, Excerpt, Story
from retold.view.graphs import DASHES, draw_graph, draw_list
from retold.view.report import Report
from retold.view.visible import HOSTILE, shorten, visible

MAX_ROWS = 150  # claims in the matrix; the rest is listed: 150 rows by 60 articles are 9,000 cells, about 2 MB
SPACES = re.compile(r"[ \t\r\n]+")
LABEL = 70  # code points of a name in a sentence: where there is no outlet, titles stand for articles
CITED = 280  # code points of an excerpt shown beside a finding; the whole of it is one click away
SIGNS = {"stated": "●", "attributed": "◐", "altered": "▲", "absent": "·"}


def render_html(report: Report) -> str:
    """The whole page."""
    css, script = template("style.css"), template("script.js")
    return environment().get_template("page.html").render(
        **views(report), css=Markup(css), script=Markup(script), policy=policy(css, script),
    )


def policy(css: str, script: str) -> str:
    """The content security policy: our own style and script by hash, and nothing else."""
    return (
        f"default-src 'none'; style-src '{hash_of(css)}'; script-src '{hash_of(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def hash_of(text: str) -> str:
    """A text's hash as content security policies write it."""
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def template(name: str) -> str:
    """The text of a shipped template file."""
    return files("retold.view").joinpath("templates", name).read_text("utf-8")


@cache
def environment() -> Environment:
    """The templates, with escaping always on."""
    made = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(template), trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(show=show, count_of=wording.count, shorten=shorten, percent=wording.percent)
    made.globals.update(
        wording=wording, signs=SIGNS, dashes=DASHES, diff=diff, waterfall=waterfall, safe_url=safe_url, node_label=node_label,
        wordings=wording.alike, max_rows=MAX_ROWS,
    )
    return made


def views(report: Report) -> dict[str, Any]:
    """What the templates ask for: the report, and functions that need all of it."""
    told = report.told
    anchors, known = Anchors(report), {d.id: d for d in report.documents}
    places = find_places(report, anchors, {s.id for s in told})
    return {
        "report": report, "told": told, "alone": report.alone, "anchors": anchors,
        "cite": partial(cite, anchors, known), "who": partial(who, anchors, known), "graph": partial(graph, anchors, draw_graph),
        "graph_list": partial(graph, anchors, draw_list), "article_text": partial(article_text, anchors, places),
        "who_says": partial(who_says, anchors, known), "marked": partial(marked, anchors, known), "documents": known,
    }


def show(text: object) -> Markup:
    """Any text of others: escaped, isolated from the direction of what is around it, control characters visible."""
    return Markup("<bdi>{}</bdi>").format(shown(SPACES.sub(" ", str(text))))


def cite(anchors: Anchors, known: dict[str, Document], excerpt: Excerpt, limit: int = CITED) -> Markup:
    """The words themselves, as a link to where they stand in the article."""
    language = known[excerpt.document].language
    lang = Markup(' lang="{}"').format(language) if language else ""
    words = shown(shorten(visible(excerpt.text, lines=False), limit))
    return Markup('<a class="cite" href="#{}"><bdi{}>{}</bdi></a>').format(anchors.words(excerpt), lang, words)


def marked(anchors: Anchors, known: dict[str, Document], version: ConflictVersion) -> Markup:
    """One wording of a conflict as a link, with the very words that differ set apart."""
    words, mark = version.excerpt, version.mark
    if mark is None or not words.start <= mark.start < mark.end <= words.end:
        return cite(anchors, known, words, 600)
    pieces = (words.text[: mark.start - words.start], mark.text, words.text[mark.end - words.start :])
    before, differs, after = (shown(visible(piece, lines=False)) for piece in pieces)
    language = known[words.document].language
    return Markup('<a class="cite" href="#{}"><bdi lang="{}">{}<strong class="differs">{}</strong>{}</bdi></a>').format(
        anchors.words(words), language, before, differs, after)


def who_says(anchors: Anchors, known: dict[str, Document], excerpt: Excerpt) -> Markup:
    """An article by its outlet, as a link to the very words."""
    label = shorten(known[excerpt.document].label, LABEL)
    return Markup('<a class="who" href="#{}">{}</a>').format(anchors.words(excerpt), show(label))


def who(anchors: Anchors, known: dict[str, Document], id_: str) -> Markup:
    """An article by its outlet, as a link to its text; a source that is not here by its name."""
    if id_ in known:
        return Markup('<a class="who" href="#{}">{}</a>').format(anchors.document(id_), show(shorten(known[id_].label, LABEL)))
    return Markup('<span class="who">{}</span>').format(show(id_.removeprefix("external:")))


def node_label(story: Story, id_: str) -> str:
    """The name of a node of a story's graph."""
    return shorten(next((n.label for n in story.nodes if n.id == id_), id_.removeprefix("external:")), LABEL)


def graph(anchors: Anchors, draw: Callable[..., str], story: Story) -> Markup:
    """The graph of a story with links to the articles, the origins and the evidence."""
    links = {n.id: anchors.node(story, n.id) for n in story.nodes} | {e.id: anchors.thing(story, "e", e.id) for e in story.edges}
    prefix = f"{anchors.story(story)}-{draw.__name__.removeprefix('draw_')}"
    return Markup(draw(story, links={k: f"#{v}" for k, v in links.items() if v}, prefix=prefix))


def article_text(anchors: Anchors, places: Places, document: Document) -> Markup:
    """The full text with every finding marked."""
    return annotate(document, places.get(document.id, {}).values(), anchors.document(document))


def diff(before: str, after: str) -> Markup:
    """The second wording with what it left out of the first struck and what it put in underlined."""
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return Markup("").join(Markup(tags[p.turn]).format(shown(visible(p.text, lines=False))) for p in compare(before, after))


def waterfall(edge: Edge) -> Waterfall:
    """The evidence for an edge as bars."""
    return add_up([reason.weight for reason in edge.evidence], edge.probability)


def safe_url(url: str | None) -> str:
    """The address if a reader may follow it, else "": http and https with a host; no spaces, quotes or control characters in it."""
    if not url or any(c.isspace() or c in "\"<>\\^`{|}" for c in url) or HOSTILE.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""
