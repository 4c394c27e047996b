"""The derivation graph as a picture: SVG without script, style sheet or outside reference, to stand in the page or alone.

Two shapes of the same graph: `draw_graph` in columns by time from left to right, for wide screens; `draw_list` with one row a node
and arcs beside it, for narrow ones. Nothing is told by colour alone: an edge's kind is its dashes, its probability its width, a
missing source is hollow with a dashed outline, an inferred one dotted, an origin says so, a language is its two letters, and the
title of each says it in words. From `DENSE` articles on those that did the same thing are drawn as one block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retold.view.charts.bundles import Drawing, Strand, bundle
from retold.view.charts.layers import Layout, lay_out, topological
from retold.view.charts.times import Band, assign_columns, divide_days
from retold.view.findings import Edge, Node, Story
from retold.view.palette import palette_of
from retold.view.shapes import BOX_HEIGHT, BOX_WIDTH, DASHES, Pen, fit, frame, text, unit_height
from retold.view.wording import count, period

COLUMN, ROW = 228, 66  # from box to box: five columns fit a page of 1144, and the gap of 62 holds the word "translates"
MARGIN = 14
HEAD = 34  # room for the headings of the columns
LABELLED = 14  # lines up to which each has its kind written beside it; beyond, the words would cover one another
CROWDED = 3  # lines into one box from which no words fit between them
LIST_WIDTH, LIST_GAP = 366, 10  # fits a phone of 390
GUTTER = 88  # room for arcs in the list
CROWD = 30  # arcs that can be told apart; beyond, those of one source share a trunk
LANES = 9  # trunks beside one another

Href = Mapping[str, str]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the units of a drawing stand: `corners` are upper left ones."""

    drawing: Drawing
    layout: Layout
    bands: tuple[Band, ...]
    corners: Mapping[str, Point]
    ports: Mapping[tuple[str, str, bool], float]

    @property
    def size(self) -> Point:
        """Width and height of the picture."""
        width = max(1, self.layout.layers) * COLUMN - (COLUMN - BOX_WIDTH) + 2 * MARGIN
        return width, round(HEAD + max(self.layout.rows, 1) * ROW - (ROW - BOX_HEIGHT) + 2 * MARGIN)


def draw_graph(story: Story, *, links: Href | None = None, prefix: str = "graph", style: str = "") -> str:
    """The graph in columns by time, sources left.

    Args:
        story: whose graph it is; edges that do not count are drawn thin.
        links: the address of a node's or edge's id; what is not in it is no link.
        prefix: makes the ids in the picture unlike those of another one in the same page.
        style: a style sheet to put into the picture, where it is to stand alone.
    """
    made = plan(story)
    pen = pen_of(story, made.drawing, links, prefix)
    labelled = len(made.drawing.strands) <= LABELLED
    incoming = [s.target for s in made.drawing.strands]
    strands = "".join(
        pen.strand(s, route(made, s), labelled=labelled and incoming.count(s.target) <= CROWDED) for s in made.drawing.strands
    )
    boxes = "".join(pen.unit(unit, made.corners[unit.id], BOX_WIDTH) for unit in made.drawing.units)
    heads = "".join(heading(pen, band) for band in made.bands)
    width, height = made.size
    return frame(heads + strands + boxes, (width, height), prefix, named=title(story), spoken=summary(story, made.drawing), style=style)


def plan(story: Story) -> Plan:
    """Lay the graph of a story out."""
    nodes = drawn_nodes(story)
    days = {n.id: n.day for n in nodes if n.kind == "article"}
    stretches = divide_days([day for day in days.values() if day])
    drawing = bundle(story, nodes, stretches)
    ids = [unit.id for unit in drawing.units]
    firm = [(s.source, s.target) for s in drawing.strands if s.counts]
    faint = [(s.source, s.target) for s in drawing.strands if not s.counts]
    columns = assign_columns(ids, firm, {u.id: u.node.day for u in drawing.units if u.node.kind == "article"})
    sizes = {u.id: (unit_height(u, BOX_WIDTH) + ROW - BOX_HEIGHT) / ROW for u in drawing.units if u.bundled}
    layout = lay_out(ids, firm, faint=faint, layer=columns.of, sizes=sizes)
    corners = {id_: corner(layout, id_, sizes.get(id_, 1.0)) for id_ in ids}
    return Plan(drawing, layout, columns.bands, corners, find_ports(drawing, corners))


def draw_list(story: Story, *, links: Href | None = None, prefix: str = "list") -> str:
    """The graph as a list, sources above what was made of them, with an arc for every edge at the left."""
    nodes = drawn_nodes(story)
    drawing = bundle(story, nodes, divide_days([n.day for n in nodes if n.day]))
    units = {u.id: u for u in drawing.units}
    order = topological(units, [(s.source, s.target) for s in drawing.strands if s.counts])
    width, top, tops = LIST_WIDTH - GUTTER - MARGIN, float(MARGIN), {}
    for id_ in order:
        tops[id_] = top
        top += unit_height(units[id_], width) + LIST_GAP
    pen = pen_of(story, drawing, links, prefix)
    middle = {id_: tops[id_] + min(unit_height(units[id_], width), BOX_HEIGHT) / 2 for id_ in order}
    lanes = trunks(drawing, middle) if len(drawing.strands) > CROWD else {}
    paths = {s: trunk(middle[s.source], middle[s.target], lanes[s.source]) if lanes else arc(middle[s.source], middle[s.target])
             for s in drawing.strands}
    strands = "".join(pen.strand(s, path, labelled=False) for s, path in paths.items())
    boxes = "".join(pen.unit(units[id_], (GUTTER, tops[id_]), width) for id_ in order)
    size = (LIST_WIDTH, round(top - LIST_GAP + MARGIN))
    return frame(strands + boxes, size, prefix, named=title(story), spoken=summary(story, drawing))


def pen_of(story: Story, drawing: Drawing, links: Href | None, prefix: str) -> Pen:
    """What draws the units and strands of a story."""
    numbers = {n.id: i for i, unit in enumerate(drawing.units, 1) for n in unit.nodes}
    return Pen(numbers=numbers, names={n.id: n.label for n in story.nodes}, links=links or {}, palette=palette_of(story), prefix=prefix,
               origins=frozenset(o.id for o in story.independent))


def heading(pen: Pen, band: Band) -> str:
    """The days of a band over its columns."""
    x, right = MARGIN + band.left * COLUMN, MARGIN + band.right * COLUMN + BOX_WIDTH
    return (f'<g class="band"><text x="{x:g}" y="20" font-size="12" fill="currentColor">{text(period(band.first, band.last))}</text>'
            f'<path d="M{x:g} 28H{right:g}" stroke="currentColor" stroke-width="1"/></g>')


def drawn_nodes(story: Story) -> list[Node]:
    """The articles, and the other nodes that some edge touches or that count as origins; sources first, which breaks ties."""
    touched = {id_ for e in story.edges for id_ in (e.source, e.target)} | {o.id for o in story.independent}
    kept = [n for n in story.nodes if n.kind == "article" or n.id in touched]
    return sorted(kept, key=lambda n: n.kind == "article")


def corner(layout: Layout, id_: str, size: float) -> Point:
    """The upper left corner of a box; its middle in the layout is that of a box of its size."""
    layer, position = layout.places[id_]
    return MARGIN + layer * COLUMN, round(HEAD + MARGIN + (position - (size - 1) / 2) * ROW, 1)


def find_ports(drawing: Drawing, corners: Mapping[str, Point]) -> dict[tuple[str, str, bool], float]:
    """How far below the top of its box a strand leaves (True) or enters (False), so that none covers another."""
    ends: dict[tuple[str, bool], list[tuple[Point, str]]] = {}
    for s in drawing.strands:
        ends.setdefault((s.source, True), []).append((corners[s.target][::-1], s.edges[0].id))
        ends.setdefault((s.target, False), []).append((corners[s.source][::-1], s.edges[0].id))
    ports: dict[tuple[str, str, bool], float] = {}
    for (unit, leaves), others in ends.items():
        step = min(14.0, (BOX_HEIGHT - 12) / len(others))
        for k, (_, edge) in enumerate(sorted(others)):
            ports[edge, unit, leaves] = round(BOX_HEIGHT / 2 + (k - (len(others) - 1) / 2) * step, 1)
    return ports


def route(made: Plan, strand: Strand) -> str:
    """The path of a strand: level at both ends, and straight where it passes between the boxes of a column."""
    (x, y), (tx, ty), edge = made.corners[strand.source], made.corners[strand.target], strand.edges[0].id
    forth = 1 if tx >= x else -1
    start = (x + (BOX_WIDTH if forth > 0 else 0), y + made.ports[edge, strand.source, True])
    end = (tx - 7 if forth > 0 else tx + BOX_WIDTH + 7, ty + made.ports[edge, strand.target, False])
    bends = [(MARGIN + i * COLUMN + BOX_WIDTH / 2, HEAD + MARGIN + p * ROW + BOX_HEIGHT / 2)
             for i, p in made.layout.routes[strand.source, strand.target]]
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


def trunks(drawing: Drawing, middle: Mapping[str, float]) -> dict[str, int]:
    """The lane of every source: those that reach furthest stand outermost, and no two share a stretch as long as there are lanes."""
    reach: dict[str, tuple[float, float]] = {}
    for s in drawing.strands:
        low, high = reach.get(s.source, (middle[s.source], middle[s.source]))
        reach[s.source] = min(low, middle[s.target]), max(high, middle[s.target])
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    found: dict[str, int] = {}
    for source, (low, high) in sorted(reach.items(), key=lambda item: (item[1][1] - item[1][0], item[0])):
        free = (i for i, spans in enumerate(taken) if all(high < a or b < low for a, b in spans))
        found[source] = next(free, LANES - 1)
        taken[found[source]].append((low, high))
    return found


def trunk(y: float, ty: float, lane: int) -> str:
    """A line that leaves a row, runs along a lane at the left and turns into another row."""
    down = ty > y
    shift, x, bend = (6 if down else -6), GUTTER - 16 - lane * (GUTTER - 22) / (LANES - 1), 5 if down else -5
    return (f"M{GUTTER} {y + shift:g}L{x + 5:g} {y + shift:g}Q{x:g} {y + shift:g} {x:g} {y + shift + bend:g}L{x:g} {ty - shift - bend:g}"
            f"Q{x:g} {ty - shift:g} {x + 5:g} {ty - shift:g}L{GUTTER - 7} {ty - shift:g}")


def title(story: Story) -> str:
    """What the picture is called."""
    return f"Who had it from whom: {story.title}"


def summary(story: Story, drawing: Drawing) -> str:
    """The graph in words, for those who do not see it."""
    missing = sum(u.node.missing for u in drawing.units)
    here = count("article", story.numbers.articles)
    head = f"{here} and {count('source', missing)} that are not in the collection, joined by {count('link', len(story.links))}."
    return f"{head} {spoken(story.links, story.nodes)}" if len(story.links) <= LABELLED * 2 else head


def spoken(edges: Iterable[Edge], nodes: Sequence[Node]) -> str:
    """Every edge as a sentence."""
    named = {n.id: n.label for n in nodes}
    return " ".join(f"{named.get(e.target, e.target)} {e.kind} {named.get(e.source, e.source)}." for e in edges)


__all__ = ["DASHES", "draw_graph", "draw_list", "fit"]
