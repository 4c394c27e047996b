"""The derivation graph as a picture: SVG without script, style sheet or outside reference, to stand in the page or alone.

Two shapes of the same graph: `draw_graph` in layers from left to right, for wide screens; `draw_list` with one row a node and arcs
beside it, for narrow ones. Nothing is told by colour alone: an edge's kind is its dashes, its probability its width, a missing
source has a dashed outline and an inferred one a dotted one, and the title of each says it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from unicodedata import east_asian_width

from retold.view.charts.layers import Layout, lay_out, topological
from retold.view.findings import Edge, Node, Story
from retold.view.visible import visible
from retold.view.wording import count, percent

DASHES = {"copies": "", "cites": "7 4", "translates": "12 4 2 4", "quotes": "2 4"}
BOX_WIDTH, BOX_HEIGHT = 178, 46
COLUMN, ROW = 235, 62  # from box to box: five layers fit a page of 1144, and the gap of 57 holds the word "translates"
MARGIN = 12
LABELLED = 14  # edges up to which each has its kind written beside it; beyond, the words would cover one another
LIST_WIDTH, LIST_ROW = 366, 54  # fits a phone of 390
GUTTER = 96  # room for arcs in the list
WIDE = 13.0  # px of an em at the size of the labels; a letter takes about .56 of it

Href = Mapping[str, str]
Point = tuple[float, float]


def draw_graph(story: Story, *, links: Href | None = None, prefix: str = "graph") -> str:
    """The graph in layers, sources left.

    Args:
        story: whose graph it is; edges that do not count are drawn thin.
        links: the address of a node's or edge's id; what is not in it is no link.
        prefix: makes the ids in the picture unlike those of another one in the same page.
    """
    firm = [(e.source, e.target) for e in story.edges if e.counts]
    faint = [(e.source, e.target) for e in story.edges if not e.counts]
    shown = drawn_nodes(story)
    layout = lay_out([n.id for n in shown], firm, faint=faint)
    corners = {n.id: corner(layout, n.id) for n in shown}
    width = max(1, layout.layers) * COLUMN - (COLUMN - BOX_WIDTH) + 2 * MARGIN
    height = round(max(layout.rows, 1) * ROW - (ROW - BOX_HEIGHT) + 2 * MARGIN)
    named = {n.id: n.label for n in story.nodes}
    ports = find_ports(story, corners)
    edges = "".join(
        draw_edge(e, route(layout, corners, ports, e), named, links or {}, prefix=prefix, labelled=len(story.edges) <= LABELLED)
        for e in story.edges if e.source in corners and e.target in corners and e.source != e.target
    )
    boxes = "".join(draw_box(n, corners[n.id], links or {}) for n in shown)
    return frame(story, edges + boxes, width, height, prefix)


def draw_list(story: Story, *, links: Href | None = None, prefix: str = "list") -> str:
    """The graph as a list, sources above what was made of them, with an arc for every edge at the left."""
    nodes = {n.id: n for n in drawn_nodes(story)}
    order = topological(nodes, [(e.source, e.target) for e in story.edges if e.counts and e.source in nodes and e.target in nodes])
    middle = {id_: MARGIN + i * LIST_ROW + LIST_ROW / 2 for i, id_ in enumerate(order)}
    named = {n.id: n.label for n in story.nodes}
    edges = "".join(
        draw_edge(e, arc(middle[e.source], middle[e.target]), named, links or {}, prefix=prefix, labelled=False)
        for e in story.edges if e.source in middle and e.target in middle and e.source != e.target
    )
    room = LIST_WIDTH - GUTTER - MARGIN
    boxes = "".join(draw_box(nodes[i], (GUTTER, middle[i] - BOX_HEIGHT / 2), links or {}, room) for i in order)
    return frame(story, edges + boxes, LIST_WIDTH, round(len(order) * LIST_ROW + 2 * MARGIN), prefix)


def drawn_nodes(story: Story) -> list[Node]:
    """The articles, and the other nodes that some edge touches or that count as origins; sources first, which breaks ties."""
    touched = {id_ for e in story.edges for id_ in (e.source, e.target)} | {o.id for o in story.independent}
    kept = [n for n in story.nodes if n.kind == "article" or n.id in touched]
    return sorted(kept, key=lambda n: n.kind == "article")


def corner(layout: Layout, node: str) -> Point:
    """The upper left corner of a box."""
    layer, position = layout.places[node]
    return MARGIN + layer * COLUMN, round(MARGIN + position * ROW, 1)


def find_ports(story: Story, corners: Mapping[str, Point]) -> dict[tuple[str, str, bool], float]:
    """How far above or below the middle of its box an edge leaves (True) or enters (False), so that none covers another."""
    ends: dict[tuple[str, bool], list[tuple[Point, str]]] = {}
    for e in story.edges:
        if e.source in corners and e.target in corners:
            ends.setdefault((e.source, True), []).append((corners[e.target][::-1], e.id))
            ends.setdefault((e.target, False), []).append((corners[e.source][::-1], e.id))
    ports: dict[tuple[str, str, bool], float] = {}
    for (node, leaves), others in ends.items():
        step = min(12.0, (BOX_HEIGHT - 12) / len(others))
        for k, (_, edge) in enumerate(sorted(others)):
            ports[edge, node, leaves] = round((k - (len(others) - 1) / 2) * step, 1)
    return ports


def route(layout: Layout, corners: Mapping[str, Point], ports: Mapping[tuple[str, str, bool], float], edge: Edge) -> str:
    """The path of an edge: level at both ends, and straight where it passes between the boxes of a layer."""
    (x, y), (tx, ty) = corners[edge.source], corners[edge.target]
    forth = 1 if tx >= x else -1
    start = (x + (BOX_WIDTH if forth > 0 else 0), y + BOX_HEIGHT / 2 + ports[edge.id, edge.source, True])
    end = (tx - 7 if forth > 0 else tx + BOX_WIDTH + 7, ty + BOX_HEIGHT / 2 + ports[edge.id, edge.target, False])
    bends = [(MARGIN + i * COLUMN + BOX_WIDTH / 2, MARGIN + p * ROW + BOX_HEIGHT / 2) for i, p in
             layout.routes[edge.source, edge.target]]
    passes = [(bx + forth * side * BOX_WIDTH / 2, by) for bx, by in bends for side in (-1, 1)]
    return curve([start, *passes, end])


def curve(points: Sequence[Point]) -> str:
    """A smooth path through points, level at each.

    >>> curve([(0, 0), (100, 50)])
    'M0 0C50 0 50 50 100 50'
    """
    steps = []
    for (x, y), (tx, ty) in pairwise(points):
        mid = (x + tx) / 2
        steps.append(f"C{mid:g} {y:g} {mid:g} {ty:g} {tx:g} {ty:g}")
    return f"M{points[0][0]:g} {points[0][1]:g}{''.join(steps)}"


def arc(y: float, ty: float) -> str:
    """An arc from row to row at the left of the list, the wider the further."""
    reach = min(GUTTER - 14, 26 + abs(ty - y) / 5)
    shift = 6 if ty > y else -6  # an edge leaves a box below the middle and enters above it: both ends can be told apart
    x = GUTTER - reach * 4 / 3
    return f"M{GUTTER} {y + shift:g}C{x:g} {y + shift:g} {x:g} {ty - shift:g} {GUTTER - 7} {ty - shift:g}"


def draw_edge(edge: Edge, path: str, named: Mapping[str, str], links: Href, *, prefix: str, labelled: bool) -> str:
    """An edge with a broad invisible line over it, so that a finger can hit it."""
    width = f"{1 + 2.5 * edge.probability:.1f}" if edge.counts else "1"
    dash = DASHES.get(edge.kind, "4 4")
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    looks = "edge" if edge.counts else "edge faint"
    title = f"{named.get(edge.target, edge.target)} {edge.kind} {named.get(edge.source, edge.source)}, {percent(edge.probability)}"
    words = "" if not labelled else caption(edge, path)
    line = f'd="{path}" fill="none" stroke="currentColor"'
    body = (
        f'<g class="{looks}"><title>{text(title)}</title>'
        f'<path class="line" {line} stroke-width="{width}"{dashes} marker-end="url(#{prefix}-tip)"/>'
        f'<path class="reach" {line} stroke-opacity="0" stroke-width="16"/>{words}</g>'
    )
    return linked(body, links.get(edge.id), title)


def caption(edge: Edge, path: str) -> str:
    """The kind of an edge, written beside the last bend."""
    *_, x, y = (float(v) for v in path.replace("M", " ").replace("C", " ").split())
    sign = edge.kind if edge.counts else f"{edge.kind}?"
    place = f'x="{x - 6:g}" y="{y + 3.5:g}" text-anchor="end" font-size="11"'
    return f'<text class="kind" {place} fill="currentColor">{text(sign)}</text>'


def draw_box(node: Node, at: Point, links: Href, width: float = BOX_WIDTH) -> str:
    """A node: solid for an article, dashed for a missing source, dotted for an inferred one."""
    x, y = at
    dash = ' stroke-dasharray="2 3"' if node.inferred else ' stroke-dasharray="6 4"' if node.missing else ""
    looks = "node inferred" if node.inferred else "node missing" if node.missing else "node"
    fill = 'fill="none"' if node.missing else 'fill="currentColor" fill-opacity="0.06"'
    letters = (width - 22) / (WIDE * 0.56)
    body = (
        f'<g class="{looks}"><title>{text(f"{node.label}: {second_line(node)}")}</title>'
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{BOX_HEIGHT}" rx="6" {fill} '
        f'stroke="currentColor" stroke-width="1.4"{dash}/>'
        f'<text class="label" x="{x + 11:g}" y="{y + 19:g}" font-size="{WIDE:g}" font-weight="600" fill="currentColor">'
        f"{text(fit(node.label, letters))}</text>"
        f'<text class="under" x="{x + 11:g}" y="{y + 36:g}" font-size="11.5" fill="currentColor">'
        f"{text(fit(second_line(node), letters * 1.12))}</text></g>"
    )
    return linked(body, links.get(node.id), f"{node.label}: {second_line(node)}")


def second_line(node: Node) -> str:
    """What stands under the name: language and day of an article, kind and whereabouts of a source."""
    if node.kind == "article":
        return " · ".join(filter(None, (node.language, node.day or "no date")))
    kind = "source" if node.kind in ("unknown", "") else node.kind
    return f"{kind} · {'inferred' if node.inferred else 'not here' if node.missing else 'in the collection'}"


def linked(body: str, href: str | None, label: str) -> str:
    """The body as a link, where it leads anywhere."""
    return f'<a href="{escape(href)}" aria-label="{text(label)}">{body}</a>' if href else body


def text(words: str) -> str:
    """Words that can stand in an element or attribute of the picture."""
    return escape(visible(words, lines=False))


def fit(words: str, letters: float) -> str:
    """Words cut to a width in letters, ideographs taking two, with an ellipsis.

    >>> fit("Frankfurter Rundschau", 10), fit("朝日新聞", 6)
    ('Frankfurt…', '朝日…')
    """
    words = visible(words, lines=False)
    if sum(map(letter_width, words)) <= letters:
        return words
    kept: list[str] = []
    room = letters - 1
    for char in words:
        room -= letter_width(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def letter_width(char: str) -> int:
    """How many letters wide a character is."""
    return 2 if east_asian_width(char) in "WF" else 1


def summary(story: Story) -> str:
    """The graph in words, for those who do not see it."""
    missing = sum(n.missing for n in drawn_nodes(story))
    here = count("article", story.numbers.articles)
    return f"{here} and {count('source', missing)} that are not in the collection, joined by {count('edge', len(story.links))}."


def frame(story: Story, body: str, width: float, height: float, prefix: str) -> str:
    """The picture around what is drawn in it."""
    return (
        f'<svg class="graph" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="group" aria-labelledby="{prefix}-title {prefix}-desc" font-family="system-ui, sans-serif">'
        f'<title id="{prefix}-title">{text(f"Who had it from whom: {story.title}")}</title>'
        f'<desc id="{prefix}-desc">{text(summary(story) + " " + spoken(story.links, story.nodes))}</desc>'
        f'<defs><marker id="{prefix}-tip" viewBox="0 0 8 8" refX="2" refY="4" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>{body}</svg>'
    )


def spoken(edges: Iterable[Edge], nodes: Sequence[Node]) -> str:
    """Every edge as a sentence."""
    named = {n.id: n.label for n in nodes}
    return " ".join(f"{named.get(e.target, e.target)} {e.kind} {named.get(e.source, e.source)}." for e in edges)
