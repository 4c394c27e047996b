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
from retold.view.articles import Document, Excerpt
from retold.view.changes import changes_of, how
from retold.view.charts.bundles import DENSE
from retold.view.charts.waterfall import Waterfall, add_up
from retold.view.checks import find_checks
from retold.view.differences import akin, compare
from retold.view.document import Places, annotate, find_places, shown
from retold.view.findings import Claim, ConflictVersion, Edge, Story
from retold.view.graphs import DASHES, draw_graph, draw_list
from retold.view.links import InPage, Links
from retold.view.matrix import by_article
from retold.view.naming import source_name
from retold.view.palette import palette_of
from retold.view.reasons import strength, weightiest_first
from retold.view.report import Report
from retold.view.sides import MOSTLY_NONE, differing, number_of, telling, wordings
from retold.view.visible import HOSTILE, shorten, visible
from retold.view.voices import untold

MAX_SQUARES = 800  # beyond, squares are dust
MAX_COLUMNS = 12  # articles up to which claims are shown in a table; beyond, each claim has a strip
MAX_ROWS = 150  # claims in the matrix; the rest is listed: 150 rows by 60 articles are 9,000 cells, about 2 MB
SPACES = re.compile(r"[ \t\r\n]+")
LABEL = 70  # code points of a name in a sentence: where there is no outlet, titles stand for articles
CITED = 280  # code points of an excerpt shown beside a finding; the whole of it is one click away


def render_html(report: Report) -> str:
    """The whole page."""
    css, script = template("style.css"), page_script()
    return environment().get_template("page.html").render(
        **views(report), css=Markup(css), script=Markup(script), policy=policy(css, script),
    )


def page_script() -> str:
    """The script of the page: links that open what is folded, and the graph."""
    return template("script.js") + template("graph.js")


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
    equip(made)
    return made


def equip(made: Environment) -> None:
    """Give an environment what all templates use."""
    made.filters.update(show=show, say=say, seen=seen, count_of=wording.count, shorten=shorten, percent=wording.percent)
    made.globals.update(
        wording=wording, signs=wording.SIGNS, dashes=DASHES, diff=diff,
        akin=akin, waterfall=waterfall, safe_url=safe_url, node_label=node_label,
        wordings=wordings, telling=telling, number_of=number_of, how=how, changes_of=changes_of, by_article=by_article,
        mostly_none=MOSTLY_NONE, strength=strength, weightiest_first=weightiest_first, max_rows=MAX_ROWS, squares=squares, strip=strip,
        stances=stances, palette_of=palette_of, max_columns=MAX_COLUMNS, checks=find_checks, untold=untold, dense=DENSE,
    )


def views(report: Report) -> dict[str, Any]:
    """What the templates ask for: the report, and functions that need all of it."""
    told = report.told
    anchors = Anchors(report)
    places = find_places(report, anchors, {s.id for s in told})
    return {
        "report": report, "told": told, "alone": report.alone, "article_text": partial(article_text, anchors, places),
        **common(report, InPage(anchors), anchors),
    }


def common(report: Report, links: Links, anchors: Anchors) -> dict[str, Any]:
    """What the templates that the report and the desk share ask for.

    Args:
        report: holds the stories and articles that are shown.
        links: where things lead.
        anchors: the ids of things in the page.
    """
    known = {d.id: d for d in report.documents}
    return {
        "anchors": anchors, "links": links, "documents": known, "cite": partial(cite, links, known), "who": partial(who, links, known),
        "who_says": partial(who_says, links, known), "marked": partial(marked, links, known),
        "graph": partial(graph, links, anchors, draw_graph), "graph_list": partial(graph, links, anchors, draw_list),
        "node_link": partial(node_link, links), "decide": nothing, "in_desk": False,
    }


def nothing(*_: object) -> str:
    """What stands in the report where the desk offers to decide."""
    return ""


def show(text: object) -> Markup:
    """Any text of others: escaped, isolated from the direction of what is around it, control characters visible."""
    return Markup("<bdi>{}</bdi>").format(shown(SPACES.sub(" ", str(text))))


def say(text: object) -> Markup:
    """A sentence of ours that holds words of others: as `show`, but it runs from left to right whatever it begins with."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(shown(SPACES.sub(" ", str(text))))


def seen(text: object) -> str:
    """The text of others where no element can stand (a title, a label): control characters visible, one line."""
    return visible(str(text), lines=False)


def cite(links: Links, known: dict[str, Document], excerpt: Excerpt, limit: int = CITED) -> Markup:
    """The words themselves, as a link to where they stand in the article."""
    language = known[excerpt.document].language
    lang = Markup(' lang="{}"').format(language) if language else ""
    words = shown(shorten(visible(excerpt.text, lines=False), limit))
    return Markup('<a class="cite" href="{}"><bdi{}>{}</bdi></a>').format(links.words(excerpt), lang, words)


def marked(links: Links, known: dict[str, Document], version: ConflictVersion) -> Markup:
    """One wording of a conflict as a link, with the very words that differ set apart."""
    words, mark = version.excerpt, differing(version)
    if mark is None:
        return cite(links, known, words, 600)
    pieces = (words.text[: mark.start - words.start], mark.text, words.text[mark.end - words.start :])
    before, differs, after = (shown(visible(piece, lines=False)) for piece in pieces)
    language = known[words.document].language
    return Markup('<a class="cite" href="{}"><bdi lang="{}">{}<strong class="differs">{}</strong>{}</bdi></a>').format(
        links.words(words), language, before, differs, after)


def who_says(links: Links, known: dict[str, Document], excerpt: Excerpt) -> Markup:
    """An article by its outlet, as a link to the very words."""
    label = shorten(known[excerpt.document].label, LABEL)
    return Markup('<a class="who" href="{}">{}</a>').format(links.words(excerpt), show(label))


def who(links: Links, known: dict[str, Document], id_: str) -> Markup:
    """An article by its outlet, as a link to its text; a source that is not here by its name."""
    if id_ in known:
        return Markup('<a class="who" href="{}">{}</a>').format(links.document(id_), show(shorten(known[id_].label, LABEL)))
    return Markup('<span class="who">{}</span>').format(show(source_name(id_)))


def node_label(story: Story, id_: str) -> str:
    """The name of a node of a story's graph."""
    return shorten(next((n.label for n in story.nodes if n.id == id_), source_name(id_)), LABEL)


def node_link(links: Links, story: Story, id_: str) -> Markup:
    """A node of a story's graph by name, as a link where it leads anywhere."""
    href, label = links.node(story, id_), show(node_label(story, id_))
    return Markup('<a class="who" href="{}">{}</a>').format(href, label) if href else Markup('<span class="who">{}</span>').format(label)


def graph(links: Links, anchors: Anchors, draw: Callable[..., str], story: Story) -> Markup:
    """The graph of a story with links to the articles, the origins and the evidence."""
    places = {n.id: links.node(story, n.id) for n in story.nodes} | {e.id: links.thing(story, "e", e.id) for e in story.edges}
    prefix = f"{anchors.story(story)}-{draw.__name__.removeprefix('draw_')}"
    return Markup(draw(story, links={k: v for k, v in places.items() if v}, prefix=prefix))


def squares(number: int, hollow: int = 0) -> Markup:
    """A number as that many squares, the last ones hollow: one article, one square.

    >>> str(squares(2)).count("M")
    2
    """
    a_row = 10 if number <= 40 else 20 if number <= 200 else 40
    step = 120 / a_row
    side = step * 0.75
    shown_ = min(number, MAX_SQUARES)
    full = "".join(f"M{i % a_row * step:g} {i // a_row * step:g}h{side:g}v{side:g}h-{side:g}z" for i in range(shown_ - hollow))
    empty = "".join(f"M{i % a_row * step + .7:g} {i // a_row * step + .7:g}h{side - 1.4:g}v{side - 1.4:g}h-{side - 1.4:g}z"
                    for i in range(shown_ - hollow, shown_))
    rows = max(1, -(-shown_ // a_row))
    outline = Markup('<path d="{}" fill="none" stroke="currentColor" stroke-width="1.4"/>').format(empty) if empty else ""
    return Markup('<svg class="squares" viewBox="0 0 120 {0}" width="120" height="{0}" aria-hidden="true">'
                  '<path d="{1}" fill="currentColor"/>{2}</svg>').format(f"{rows * step:g}", full, outline)


def strip(story: Story, claim: Claim) -> Markup:
    """What every article does with a claim, as a row of small signs in the order of publication."""
    shapes = {"stated": "h7v7h-7z", "attributed": "h7v7z",
              "altered": "m3.5 0l3.5 7h-7z", "unsure": "m2 0h3v4h-3zm0 5h3v2h-3z",
              "absent": "m2.5 3h2v1h-2z"}
    a_row = 60
    paths = dict.fromkeys(shapes, "")
    for i, cell in enumerate(claim.cells):
        paths[cell.stance] += f"M{i % a_row * 10} {i // a_row * 10}{shapes[cell.stance]}"
    rows = -(-len(claim.cells) // a_row)
    drawn = Markup("").join(Markup('<path class="{}" d="{}" fill="currentColor"/>').format(k, d) for k, d in paths.items() if d)
    width = min(len(claim.cells), a_row) * 10
    return Markup('<svg class="strip" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true">{2}</svg>').format(
        width, rows * 10, drawn)


def stances(claim: Claim) -> str:
    """How many articles do what with a claim, in words."""
    counts = {stance: sum(c.stance == stance for c in claim.cells) for stance in wording.SIGNS}
    return ", ".join(f"{number} {stance}" for stance, number in counts.items() if number)


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
