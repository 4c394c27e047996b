"""The drawing of the graph: deterministic, escaped, nothing over anything else, legible at 5 and at 60 nodes."""

from __future__ import annotations

import random
import re
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from salt_mine import SCRIPT

from factories import article, batch, derivation, membership
from retold.view.charts.layers import apart, assign_layers, crossings, lay_out, topological
from retold.view.charts.times import assign_columns, divide_days
from retold.view.charts.waterfall import add_up
from retold.view.findings import Story
from retold.view.graphs import draw_graph, draw_list, fit
from retold.view.report import Report, build_report

SVG = "{http://www.w3.org/2000/svg}"


def large(number: int = 60) -> Story:
    chance = random.Random(7)
    articles = [article(f"Text {i}", id=f"a{i:02}", outlet=f"Outlet {i}") for i in range(number)]
    edges = []
    for i, target in enumerate(articles):
        source = articles[chance.randrange(i)] if i and chance.random() < 0.8 else f"Wire {chance.randrange(4)}"
        kind, probability = chance.choice(["cites", "copies"]), chance.choice([0.3, 0.7, 1.0])
        edges.append(derivation(source, target, kind=kind, probability=probability))
    return build_report(batch(articles, [membership(a) for a in articles], edges)).stories[0]


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every box."""
    rects = [r for r in etree.fromstring(svg).iter(f"{SVG}rect") if "chip" not in r.get("class", "")]
    places = [tuple(float(r.get(name)) for name in ("x", "y", "width", "height")) for r in rects]
    return [(x, y, x + w, y + h) for x, y, w, h in places]


def chips(svg: str) -> int:
    return len([g for g in etree.fromstring(svg).iter(f"{SVG}g") if g.get("class") == "node chip"])


def test_boxes_do_not_cover_each_other() -> None:
    for story in (large(5), large(23), large(), large(200), copies(200)):
        svg = draw_graph(story)
        found = boxes(svg)
        assert len(found) + chips(svg) >= story.numbers.articles
        assert all(r <= u or w <= x or b <= v or z <= y for (x, y, r, b), (u, v, w, z) in combinations(found, 2))


def copies(number: int) -> Story:
    """One report that nearly everybody copies, on one of three days."""
    articles = [article(f"Text {i}", id=f"a{i:03}", outlet=f"Outlet {i}", language="de" if i % 3 else "fr",
                        published=f"2026-03-0{1 + i % 3}") for i in range(number)]
    edges = [derivation("Wire" if i % 9 else articles[i - 1], a, kind="copies") for i, a in enumerate(articles) if i]
    return build_report(batch(articles, [membership(a) for a in articles], edges)).stories[0]


def test_many_copies_are_blocks_and_none_is_lost() -> None:
    svg = draw_graph(copies(200), links={f"a{i:03}": f"#{i}" for i in range(200)})
    root = etree.fromstring(svg)
    assert len(boxes(svg)) < 80
    assert {a.get("href") for a in root.iter(f"{SVG}a")} == {f"#{i}" for i in range(200)}
    words = [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "kind"]
    assert any(re.fullmatch(r"\d\d × copies", w) for w in words), words
    assert float(root.get("height")) < 4000
    assert len(boxes(draw_graph(copies(23)))) == 24


def test_later_articles_stand_further_right() -> None:
    root = etree.fromstring(draw_graph(copies(20)))
    heads = [(t.text, float(t.get("x"))) for g in root.iter(f"{SVG}g") if g.get("class") == "band" for t in g.iter(f"{SVG}text")]
    assert [words for words, _ in heads] == ["1 Mar 2026", "2 Mar 2026", "3 Mar 2026"]
    assert [x for _, x in heads] == sorted({x for _, x in heads})
    columns = assign_columns(["x", "a", "b", "c"], [("a", "b"), ("x", "a"), ("b", "c")],
                             {"a": "2026-03-02", "b": "2026-03-02", "c": "2026-03-01"})
    assert columns.of == {"c": 0, "a": 1, "b": 2, "x": 0}


def test_stretches_of_time_are_few_and_hold_every_day() -> None:
    days = [f"2026-{m:02}-{d:02}" for m in (1, 2, 3) for d in range(1, 28)]
    stretches = divide_days(days)
    assert len(stretches) == 6
    assert all(a[1] < b[0] for a, b in pairwise(stretches))
    assert (stretches[0][0], stretches[-1][1]) == (min(days), max(days))


def test_everything_lies_in_the_picture() -> None:
    for svg in (draw_graph(large()), draw_list(large())):
        root = etree.fromstring(svg)
        width, height = float(root.get("width")), float(root.get("height"))
        for path in root.iter(f"{SVG}path"):
            if path.get("class") == "line":
                points = [float(x) for x in re.findall(r"-?[\d.]+", path.get("d"))]
                for i, bound in ((0, width), (1, height)):
                    line = points[i::2]
                    assert all(0 <= x <= bound for x in line[::3])  # the ends of each curve, and its middle
                    curves = zip(line[::3], line[1::3], line[2::3], line[3::3], strict=False)
                    assert all(0 <= (a + 3 * b + 3 * c + d) / 8 <= bound for a, b, c, d in curves)


def test_it_is_the_same_every_time_and_in_any_order() -> None:
    assert draw_graph(large()) == draw_graph(large())
    assert draw_list(large()) == draw_list(large())


def test_looks_say_what_colour_would(report: Report) -> None:
    root = etree.fromstring(draw_graph(report.stories[0]))
    dashed = {t.getparent().find(f"{SVG}title").text.split(":")[0] for t in root.iter(f"{SVG}rect") if t.get("stroke-dasharray")}
    assert dashed == {"Dagny Holm", "Kystavisa", "Saltverk AS"}
    lines = {t.getparent().find(f"{SVG}title").text: t for t in root.iter(f"{SVG}path") if t.get("class") == "line"}
    assert lines["Coastwire Daily copies The Tern Post, 95%"].get("stroke-dasharray") is None
    assert lines["Salzbote translates The Tern Post, 72%"].get("stroke-dasharray") == "12 4 2 4"
    widths = [float(lines[f"{words}"].get("stroke-width")) for words in sorted(lines) if "Kystavisa" in words]
    assert min(widths) > 3
    assert float(lines["The Nasar Gazette cites Coastwire Daily, 20%"].get("stroke-width")) == 1


def test_inferred_sources_are_dotted() -> None:
    a, b = article("x", id="a"), article("y", id="b")
    edges = [derivation("common source", x, inferred=True, stated=False) for x in (a, b)]
    story = build_report(batch(a, b, membership(a), membership(b), *edges)).stories[0]
    assert 'class="node inferred"' in draw_graph(story)
    assert 'stroke-dasharray="2 3"' in draw_list(story)


def test_it_speaks_and_escapes(report: Report) -> None:
    svg = draw_graph(report.stories[0], links={"post": '#"><script>'}, prefix="p")
    assert SCRIPT not in svg
    assert "<script" not in svg
    root = etree.fromstring(svg)
    assert root.get("aria-labelledby") == "p-title p-desc"
    assert "Coastwire Daily copies The Tern Post." in root.find(f"{SVG}desc").text
    assert root.find(f"{SVG}desc").text.startswith("4 articles and 3 sources that are not in the collection")


def test_hostile_labels_fit() -> None:
    label = "<script>" + "\x1b" * 20 + "朝" * 200
    a = article("x", id="a", outlet=label)
    story = build_report(batch(a, membership(a), derivation(label, a))).stories[0]
    etree.fromstring(draw_graph(story))
    assert len(fit(label, 20)) <= 20


def test_circles_and_loops_are_drawn() -> None:
    a, b = article("x", id="a"), article("y", id="b")
    rows = [a, b, membership(a), membership(b), derivation(a, b), derivation(b, a), derivation(a, a)]
    story = build_report(batch(*rows)).stories[0]
    assert len(boxes(draw_graph(story))) == len(boxes(draw_list(story))) == 2


def test_roots_stand_before_their_targets() -> None:
    layers = assign_layers(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("d", "c")])
    assert layers == {"a": 0, "b": 1, "c": 2, "d": 1}


def test_an_avoidable_crossing_is_avoided() -> None:
    layout = lay_out(["a", "b", "x", "y"], [("a", "y"), ("b", "x")])
    order = sorted("xy", key=lambda n: layout.places[n][1])
    assert order == (["y", "x"] if layout.places["a"][1] < layout.places["b"][1] else ["x", "y"])
    assert crossings([["a", "b"], ["x", "y"]], {("a", "y"): ["a", "y"], ("b", "x"): ["b", "x"]}) == 1


NODES = [f"n{i}" for i in range(9)]
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=20)


@settings(max_examples=60, deadline=None)
@given(EDGES, EDGES)
def test_any_graph_is_laid_out(edges: list[tuple[str, str]], faint: list[tuple[str, str]]) -> None:
    layout = lay_out(NODES, edges, faint=faint)
    assert set(layout.places) == set(NODES)
    columns: dict[int, list[float]] = {}
    for layer, position in layout.places.values():
        columns.setdefault(layer, []).append(position)
    assert all(b - a > 0.99 for c in columns.values() for a, b in pairwise(sorted(c)))
    assert sorted(topological(NODES, [e for e in edges if e[0] != e[1]])) == NODES


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-50, 50), min_size=1, max_size=12))
def test_positions_keep_order_and_distance(wanted: list[float]) -> None:
    found = apart(wanted, [1.0] * (len(wanted) - 1))
    assert all(b - a > 0.999 for a, b in pairwise(found))
    assert abs(sum(found) - sum(wanted)) < 1e-6 * len(wanted) + 1e-6


def test_waterfall_ends_at_the_probability() -> None:
    fall = add_up([3.2, 0.6, -0.4], 0.95)
    assert fall.rest is not None
    assert round(fall.rest.weight, 2) == -0.46
    assert fall.bars[1].start == fall.bars[0].end
    assert add_up([], 1.0).bars == ()
    assert all(0 <= x <= 100 for bar in add_up([-9.0, 20.0], 0.0).bars for x in (bar.start, bar.end, bar.zero))


def test_the_longest_kind_fits_between_two_columns() -> None:
    from retold.view.graphs import COLUMN
    from retold.view.shapes import BOX_WIDTH, KIND_WIDTH

    assert KIND_WIDTH + 14 <= COLUMN - BOX_WIDTH  # 14: the arrow, and a gap behind the word
