"""Contrast of every colour on every ground that it stands on, light and dark, and nothing told by colour alone."""

import re
from itertools import pairwise

import pytest
from lxml import etree

from factories import article, batch, derivation, language, membership
from retold.view.graphs import CROWD, DASHES, draw_graph, draw_list
from retold.view.html import template
from retold.view.palette import HUES, palette_of
from retold.view.report import build_report

TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
GROUNDS = ("paper", "sheet", "wash", "claim", "quote", "change", "conflict", "evidence", "alert-paper")
MARKED = ("claim", "quote", "change", "conflict", "evidence")


def colours(scheme):
    light, dark = re.findall(r":root \{(.*?)\}", template("style.css"), re.DOTALL)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", light))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", dark)) if scheme == "dark" else {})


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_what_the_guidelines_mean():
    assert round(contrast("#000", "#ffffff"), 1) == 21.0 and round(contrast("#777777", "#ffffff"), 2) == 4.48


PAIRS = [
    *((ink, ground) for ink in ("ink", "link") for ground in GROUNDS), *(("quiet", ground) for ground in ("paper", "sheet", "wash")),
    *((ink, ground) for ink in ("alert", "good", "accent") for ground in ("paper", "sheet", "wash")), ("alert", "alert-paper"),
    *((ink, ground) for ink in ("alert", "good") for ground in MARKED), ("lit-ink", "lit"),
    *(("on-hue", f"h{i}") for i in range(HUES + 1)), *((f"h{i}", ground) for i in range(HUES + 1) for ground in ("paper", "sheet")),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_is_legible(scheme):
    palette = colours(scheme)
    assert {(a, b): round(contrast(palette[a], palette[b]), 2) for a, b in PAIRS if contrast(palette[a], palette[b]) < TEXT} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_boxes_stand_out(scheme):
    """Lines of the graph are the ink at 72 % on the sheet; the focus is drawn in the colour of links."""
    palette = colours(scheme)
    mixed = [round(0.72 * int(palette["ink"][i:i + 2], 16) + 0.28 * int(palette["sheet"][i:i + 2], 16)) for i in (1, 3, 5)] \
        if len(palette["sheet"]) == 7 else []
    line = "#" + "".join(f"{p:02x}" for p in mixed)
    assert contrast(line, palette["sheet"]) >= SHAPE
    assert all(contrast(palette["link"], palette[g]) >= SHAPE for g in ("paper", "sheet", "wash"))


def small():
    """Four languages, four kinds of links, four probabilities."""
    codes = ("de", "fr", "ar", "zh")
    articles = [article(f"Text {code}.", id=code, outlet=f"Outlet {code}", language=code, published=f"2026-03-0{i + 2}") for i, code in enumerate(codes)]
    rows = [r for a in articles for r in (a, membership(a), language(a, a.language))]
    kinds = zip(articles, DASHES, (0.55, 0.7, 0.85, 0.99), strict=True)
    return build_report(batch(*rows, *(derivation("Wire", a, kind=kind, probability=p) for a, kind, p in kinds))).stories[0]


@pytest.mark.parametrize("draw", [draw_graph, draw_list])
def test_the_graph_says_without_colour_what_it_says_with_it(draw):
    story = small()
    svg = etree.fromstring(draw(story))
    space = {"s": "http://www.w3.org/2000/svg"}
    words = " ".join(svg.itertext())
    assert all(shade.sign in words for shade in palette_of(story).languages.values())
    lines = svg.xpath("//s:path[@class='line']", namespaces=space)
    assert {line.get("stroke-dasharray", "") for line in lines} == set(DASHES.values())
    assert all(f"{kind}" in words for kind in DASHES)
    by_probability = {e.kind: e.probability for e in story.edges}
    widths = {kind: float(next(line for line in lines if line.get("stroke-dasharray", "") == dash).get("stroke-width")) for kind, dash in DASHES.items()}
    assert sorted(widths, key=widths.__getitem__) == sorted(by_probability, key=by_probability.__getitem__)
    assert "not here" in words


def test_arcs_of_a_crowd_run_along_one_trunk_a_source():
    """On a phone: a hundred arcs from one source are one line with branches, not a knot."""
    wire = [article(f"Text {i}.", id=f"a{i:03}", outlet=f"Outlet {i}", published="2026-03-02") for i in range(CROWD + 10)]
    rows = [r for a in wire for r in (a, membership(a))]
    edges = [derivation("Wire", a, kind="copies" if i % 2 else "cites") for i, a in enumerate(wire)]
    edges += [derivation(a, b, kind="copies", probability=0.9) for a, b in pairwise(wire)]
    svg = etree.fromstring(draw_list(build_report(batch(*rows, *edges)).stories[0]))
    paths = svg.xpath("//s:path[@class='line']/@d", namespaces={"s": "http://www.w3.org/2000/svg"})
    assert len(paths) > CROWD and all(path.count("Q") == 2 and "C" not in path for path in paths)
    lanes = {float(re.search(r"Q([\d.-]+) ", path)[1]) for path in paths}
    assert 2 <= len(lanes) <= 9 and min(lanes) >= 0
