"""Article texts with their findings marked: nested, overlapping, across lines, hostile."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as markup

from factories import article, batch, membership
from retold.view.articles import Document
from retold.view.document import Place, annotate
from retold.view.report import build_report
from retold.view.visible import BREAKS


def document(text: str) -> Document:
    a = article(text, id="a")
    return build_report(batch(a, membership(a))).documents[0]


def place(start: int, end: int, *kinds: str) -> Place:
    return Place(start, end, set(kinds or ("claim",)))


def test_nested() -> None:
    out = annotate(document("The old mill burned."), [place(4, 12), place(8, 12, "name")], "d-1")
    assert str(out) == (
        '<p dir="auto">The <mark class="claim" id="d-1-4-12" title="claim">old '
        '<mark class="name" id="d-1-8-12" title="name">mill</mark></mark> burned.</p>\n'
    )


def test_overlapping() -> None:
    out = annotate(document("abcdef"), [place(0, 4), place(2, 6, "quote")], "d-1")
    assert str(out) == (
        '<p dir="auto"><mark class="claim" id="d-1-0-4" title="claim">ab'
        '<mark class="quote" id="d-1-2-6" title="quote">cd</mark></mark>'
        '<mark class="quote" data-of="d-1-2-6" title="quote">ef</mark></p>\n'
    )


def test_across_lines() -> None:
    out = markup.fragment_fromstring(str(annotate(document("one\r\n\r\ntwo"), [place(1, 9)], "d-1")), create_parent="div")
    assert [p.text_content() for p in out.xpath("./p")] == ["one", "two"]
    assert [m.text_content() for m in out.xpath(".//mark")] == ["ne", "tw"]
    assert out.xpath(".//mark/@id") == ["d-1-1-9"]


def test_a_place_of_blank_lines_is_an_anchor_at_the_end() -> None:
    assert str(annotate(document("a\n \nb"), [place(2, 3)], "d-1")).endswith('<span id="d-1-2-3"></span>')


def test_text_is_escaped_and_control_characters_are_visible() -> None:
    out = str(annotate(document('<b onclick="x">&\x1b[31m'), [], "d-1"))
    assert "<b" not in out
    assert "&lt;b onclick=&#34;x&#34;&gt;&amp;" in out
    assert ">␛</span>[31m" in out


def test_deep_nesting_stays_shallow() -> None:
    out = str(annotate(document("x" * 400), [place(i, 400) for i in range(200)], "d-1"))
    depth = deepest = 0
    for piece in out.split("<"):
        depth += piece.startswith("mark") - piece.startswith("/mark")
        deepest = max(deepest, depth)
    assert deepest == 24
    assert all(f'id="d-1-{i}-400"' in out for i in range(200))


ALPHABET = st.sampled_from("ab<&\"'🙂é\n\r\u2028\x1b\u202e\u0301 ")


@settings(max_examples=80, deadline=None)
@given(st.text(ALPHABET, max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=12))
def test_nothing_is_lost_and_every_place_has_one_id(text: str, spans: list[tuple[int, int]]) -> None:
    spans = sorted({(s, min(s + n, len(text))) for s, n in spans if s < len(text)})
    out = markup.fragment_fromstring(str(annotate(document(text), [place(s, e) for s, e in spans], "d-1")), create_parent="div")
    assert sorted(out.xpath(".//@id")) == sorted(f"d-1-{s}-{e}" for s, e in spans)
    kept = "".join(out.text_content().replace("‹U+202E›", "\u202e").replace("␛", "\x1b").split())
    assert kept == "".join(BREAKS.sub("\n", text).split())
