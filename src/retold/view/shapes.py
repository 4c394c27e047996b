"""The pieces of the derivation graph as SVG: boxes for articles and sources, blocks for bundles, lines for what was had from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from retold.view.charts.bundles import Strand, Unit
from retold.view.findings import Node
from retold.view.palette import HUES, Palette, Shade
from retold.view.visible import visible
from retold.view.wording import brief_whereabouts, count, percent, period

DASHES = {"copies": "", "cites": "7 4", "translates": "12 4 2 4", "quotes": "2 4"}
BOX_WIDTH, BOX_HEIGHT = 166, 50
CHIP_WIDTH, CHIP_HEIGHT, CHIP_GAP = 26, 18, 4  # of an article in a bundle: two letters at 10 px
BUNDLE_HEAD = 44
WIDE = 13.0  # px of an em at the size of the labels
LETTER = 0.62  # of an em that a letter of a label takes in the widest of the usual fonts
CYRILLIC = 1.2  # how much wider a Cyrillic letter is
LONG_KIND, KIND_WIDTH = 9, 46  # letters of a kind that is held to so many px: 62 lie between two columns, and 14 of them are the arrow
PLAIN = Shade(HUES, "", "")


def unit_height(unit: Unit, width: float) -> float:
    """How high a unit is drawn."""
    if not unit.bundled:
        return BOX_HEIGHT
    return BUNDLE_HEAD + -(-len(unit.nodes) // chips_a_row(width)) * (CHIP_HEIGHT + CHIP_GAP) + 8


def chips_a_row(width: float) -> int:
    """How many articles of a bundle stand side by side."""
    return max(1, int((width - 20 + CHIP_GAP) // (CHIP_WIDTH + CHIP_GAP)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Draws the things of one story.

    Args:
        names: the label of every node.
        links: the address of a node's or edge's id; what is not in it is no link.
        palette: the colours and signs of the articles.
        origins: the nodes that count as independent origins.
        prefix: of ids in the picture.
        numbers: of the unit that every node is drawn in.
    """

    names: Mapping[str, str]
    links: Mapping[str, str]
    palette: Palette
    origins: frozenset[str]
    prefix: str
    numbers: Mapping[str, int]

    def strand(self, strand: Strand, path: str, *, labelled: bool) -> str:
        """A line with a broad invisible one over it, so that a finger can hit it."""
        edge = strand.edges[0]
        width = f"{1 + 2.5 * strand.probability:.1f}" if strand.counts else "1"
        dash = DASHES.get(strand.kind, "4 4")
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        looks = "edge" + ("" if strand.counts else " faint") + (" human" if strand.human else "")
        named = self.strand_title(strand)
        line = f'd="{path}" fill="none" stroke="currentColor"'
        words = caption(strand, path) if labelled or len(strand.edges) > 1 else ""
        body = (
            f'<g class="{looks}"><title>{text(named)}</title>'
            f'<path class="line" {line} stroke-width="{width}"{dashes} marker-end="url(#{self.prefix}-tip)"/>'
            f'<path class="reach" {line} stroke-opacity="0" stroke-width="16"/>{words}</g>'
        )
        ends = f' data-from="{self.number(edge.source)}" data-into="{self.number(edge.target)}"'
        return linked(body, self.links.get(edge.id), named, ends)

    def number(self, node: str) -> int:
        """The number of the unit that a node is drawn in: names of nodes are others' words and stay out of attributes."""
        return self.numbers.get(node, 0)

    def strand_title(self, strand: Strand) -> str:
        """A line in words."""
        edge = strand.edges[0]
        source = self.names.get(edge.source, edge.source)
        if len(strand.edges) > 1:
            return f"{count('article', len(strand.edges))} {strand.kind[:-1]} {source}, {percent(strand.probability)} on average"
        human = ", decided by hand" if strand.human else ""
        return f"{self.names.get(edge.target, edge.target)} {strand.kind} {source}, {percent(edge.probability)}{human}"

    def unit(self, unit: Unit, at: tuple[float, float], width: float) -> str:
        """A box, or a block of a bundle."""
        return self.block(unit, at, width) if unit.bundled else self.box(unit.node, at, width)

    def box(self, node: Node, at: tuple[float, float], width: float) -> str:
        """A node: solid for an article, dashed and hollow for a missing source, dotted for an inferred one."""
        x, y = at
        dash = ' stroke-dasharray="2 3"' if node.inferred else ' stroke-dasharray="6 4"' if node.missing else ""
        origin = node.id in self.origins
        looks = f"node{' inferred' if node.inferred else ' missing' if node.missing else ''}{' origin' if origin else ''}"
        fill = 'fill="none"' if node.missing else 'class="box" fill="currentColor" fill-opacity="0.05"'
        letters = (width - 24) / (WIDE * LETTER)
        named = f"{node.label}: {second_line(node)}{', independent origin' if origin else ''}"
        article = node.kind == "article"
        body = (
            f'<g class="{looks}"><title>{text(named)}</title>'
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{BOX_HEIGHT}" rx="5" {fill} '
            f'stroke="currentColor" stroke-width="{2.6 if origin else 1.2}"{dash}/>'
            f"{self.bars(node, x, y) if article else ''}"
            f'<text class="label" x="{x + 13:g}" y="{y + 21:g}" font-size="{WIDE:g}" font-weight="650" fill="currentColor">'
            f"{text(fit(node.label, letters))}</text>"
            f"{self.under(node, x + 13, y + 39, width - 24, origin)}</g>"
        )
        return linked(body, self.links.get(node.id), named, f' data-unit="{self.number(node.id)}"')

    def bars(self, node: Node, x: float, y: float) -> str:
        """The colours of an article at the left edge of its box: one by language, one by family, of which the page shows one."""
        shape = f"M{x + 7:g} {y + .6:g}v{BOX_HEIGHT - 1.2:g}h-2a4.4 4.4 0 0 1 -4.4 -4.4v-{BOX_HEIGHT - 10:g}a4.4 4.4 0 0 1 4.4 -4.4z"
        return "".join(f'<path class="by-{way} fill hue-{shade.hue}" d="{shape}"/>' for way, shade in self.shades(node))

    def shades(self, node: Node) -> tuple[tuple[str, Shade], ...]:
        """The shades of an article, by what they tell."""
        return (("language", self.palette.languages.get(node.id, PLAIN)), ("family", self.palette.families.get(node.id, PLAIN)))

    def under(self, node: Node, x: float, y: float, room: float, origin: bool) -> str:
        """What stands under the name: signs and day of an article, kind and whereabouts of a source; whether it is an origin."""
        letters = room / (11.5 * 0.54) - (8 if origin else 0)
        mark = f'<text class="mark" x="{x + room:g}" y="{y:g}" text-anchor="end" font-size="10.5" font-weight="700" ' \
               'fill="currentColor">ORIGIN</text>' if origin else ""
        if node.kind != "article":
            return f'<text class="under" x="{x:g}" y="{y:g}" font-size="11.5" fill="currentColor">' \
                   f"{text(fit(whereabouts(node) if origin else second_line(node), letters))}</text>{mark}"
        signs = "".join(f'<text class="by-{way} sign ink-{shade.hue}" x="{x:g}" y="{y:g}" font-size="11" font-weight="700">'
                        f"{text(shade.sign)}</text>" for way, shade in self.shades(node))
        day = period(node.day, node.day) or "no date"
        return f'{signs}<text class="under" x="{x + 24:g}" y="{y:g}" font-size="11.5" fill="currentColor">' \
               f"{text(fit(day, letters - 4))}</text>{mark}"

    def block(self, unit: Unit, at: tuple[float, float], width: float) -> str:
        """A bundle: how many articles, and each as a small chip with its sign."""
        x, y = at
        height = unit_height(unit, width)
        days = sorted(n.day for n in unit.nodes if n.day)
        when = period(days[0], days[-1]) if days else "no date"
        chips = "".join(self.chip(n, x + 10, y + BUNDLE_HEAD, i, chips_a_row(width)) for i, n in enumerate(unit.nodes))
        return (
            f'<g class="node bundle" data-unit="{self.number(unit.node.id)}">'
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="5" class="box" '
            f'fill="currentColor" fill-opacity="0.05" stroke="currentColor" stroke-width="1.2"/>'
            f'<text class="label" x="{x + 11:g}" y="{y + 19:g}" font-size="{WIDE:g}" font-weight="650" fill="currentColor">'
            f'{text(count("article", len(unit.nodes)))}</text>'
            f'<text class="under" x="{x + 11:g}" y="{y + 35:g}" font-size="11.5" fill="currentColor">{text(when)}</text>{chips}</g>'
        )

    def chip(self, node: Node, x: float, y: float, number: int, a_row: int) -> str:
        """An article of a bundle."""
        left, top = x + number % a_row * (CHIP_WIDTH + CHIP_GAP), y + number // a_row * (CHIP_HEIGHT + CHIP_GAP)
        place = f'x="{left + CHIP_WIDTH / 2:g}" y="{top + 13:g}" text-anchor="middle" font-size="10.5" font-weight="700"'
        drawn = "".join(
            f'<g class="by-{way}"><rect class="chip fill hue-{shade.hue}" x="{left:g}" y="{top:g}" width="{CHIP_WIDTH}" '
            f'height="{CHIP_HEIGHT}" rx="3"/><text class="on-fill" {place}>{text(shade.sign[:3])}</text></g>'
            for way, shade in self.shades(node)
        )
        named = f"{node.label}: {second_line(node)}"
        return linked(f'<g class="node chip"><title>{text(named)}</title>{drawn}</g>', self.links.get(node.id), named)


def caption(strand: Strand, path: str) -> str:
    """The kind of a line, written beside its end; how many edges it stands for."""
    x, y = map(float, re.split("[A-Z ]", path)[-2:])
    sign = strand.kind if strand.counts else f"{strand.kind}?"
    sign = f"{len(strand.edges)} × {sign}" if len(strand.edges) > 1 else sign
    place = f'x="{x - 7:g}" y="{y + 3.5:g}" text-anchor="end" font-size="10.5"'
    place += f' textLength="{KIND_WIDTH}" lengthAdjust="spacingAndGlyphs"' if len(sign) >= LONG_KIND and len(strand.edges) == 1 else ""
    return f'<text class="kind" {place} fill="currentColor">{text(sign)}</text>'


def second_line(node: Node) -> str:
    """Language and day of an article; kind and whereabouts of a source."""
    if node.kind == "article":
        return " · ".join(filter(None, (node.language, node.day or "no date")))
    kind = "source" if node.kind in ("unknown", "") else node.kind
    return f"{kind} · {whereabouts(node)}"


def whereabouts(node: Node) -> str:
    """Where a source is, in as few letters as can be."""
    return {"only quoted": "quoted"}.get(brief := brief_whereabouts(node), brief) or "in the collection"


def linked(body: str, href: str | None, label: str, data: str = "") -> str:
    """The body as a link, where it leads anywhere; `data` are attributes, ready to stand in the tag."""
    return f'<a href="{escape(href)}" aria-label="{text(label)}"{data}>{body}</a>' if href else f"<g{data}>{body}</g>" if data else body


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


def letter_width(char: str) -> float:
    """How many letters wide a character is."""
    if "\u0400" <= char <= "\u052f":
        return CYRILLIC
    return 2.0 if east_asian_width(char) in "WF" else 1.0


def frame(body: str, size: tuple[float, float], prefix: str, *, named: str, spoken: str, style: str = "") -> str:
    """The picture around what is drawn in it."""
    width, height = size
    sheet = f"<style>{style}</style>" if style else ""
    return (
        f'<svg class="graph" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="group" aria-labelledby="{prefix}-title {prefix}-desc" font-family="system-ui, sans-serif">'
        f'<title id="{prefix}-title">{text(named)}</title><desc id="{prefix}-desc">{text(spoken)}</desc>{sheet}'
        f'<defs><marker id="{prefix}-tip" viewBox="0 0 8 8" refX="2" refY="4" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>{body}</svg>'
    )
