"""The terminal and Markdown views, and that all views agree on the same numbers."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html as markup
from salt_mine import ESCAPES, SCRIPT

from factories import article, at, batch, claim_version, conflict, derivation, failure, make, membership, name
from retold.base.errors import SettingsError
from retold.base.records import NameElsewhere
from retold.view.differences import compare
from retold.view.formats import FORMATS, format_of, render
from retold.view.markdown import safe
from retold.view.report import Report, build_report
from retold.view.visible import shorten, visible
from retold.view.wording import STEPS, count, listed, percent


def plain(report: Report, format: str) -> str:  # noqa: A002
    """The words of a view, without what Markdown and HTML put around them."""
    text = render(report, format)
    if format == "html":
        text = markup.document_fromstring(text).text_content()
    return " ".join(re.sub(r"\\|\*\*", "", text).split())


@pytest.mark.parametrize("format", ["terminal", "html", "markdown"])
def test_all_views_agree_on_the_same_numbers(report: Report, format: str) -> None:  # noqa: A002
    story = json.loads(report.to_json())["stories"][0]
    words, counts = plain(report, format), story["counts"]
    assert f"{counts['articles']} articles, {story['independent_origins']} independent origins" in words
    assert f"{counts['outlets']} outlets, {counts['languages']} languages" in words
    assert f"{counts['claims']} claims, {counts['shared_claims']}" in words
    for verdict, number in story["verdicts"].items():
        assert (f"{number} {verdict}" in words) == bool(number)
    for step in story["funnel"]:
        assert f"{step['count']} {STEPS.get(step['step'], step['step'])}" in words
    assert sum(o["independent"] for o in story["origins"]) == story["independent_origins"]
    assert len(story["documents"]) == counts["articles"]
    assert len(story["claims"]) == counts["claims"]
    assert sum(c["confidence"] >= 0.5 for c in story["conflicts"]) == counts["conflicts"]
    assert str(report).count(f"{counts['articles']} articles, {story['independent_origins']} independent origins") == 1


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_ends_in_one_line_feed(report: Report, format: str) -> None:  # noqa: A002
    text = render(report, format)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert render(report, format) == text
    assert render(build_report(batch()), format).endswith("\n")


def test_unknown_format(report: Report) -> None:
    with pytest.raises(SettingsError, match="expected one of json, terminal, html, markdown, found 'pdf'"):
        render(report, "pdf")
    assert [format_of(p) for p in ("a.HTML", "b.md", "c.json", "d.txt", "e")] == ["html", "markdown", "json", "terminal", None]


def test_terminal_is_plain_and_narrow_enough(report: Report) -> None:
    text = render(report)
    assert "\x1b" not in text
    assert max(len(line) for line in text.splitlines()) <= 100
    assert not any(line != line.rstrip() for line in text.splitlines())
    assert "│ Brine may have leaked from the Tern salt mine ││ Aus dem Salzbergwerk bei Tern lief ›70 Tage‹" in text
    assert "├── copies 95% Coastwire Daily" in text
    assert "◇ Dagny Holm · person · known only from what the articles here quote · not counted" in text
    assert "(Dagny Holm) only quoted" in text and "(Kystavisa) not here" in text


def test_terminal_colours_are_ours_alone(report: Report) -> None:
    text = render(report, colour=True)
    assert "\x1b[" in text
    assert set(re.findall("\x1b(.)", text)) == {"["}
    assert set(re.findall(r"\x1b\[[0-9;]*(.)", text)) == {"m"}
    assert ESCAPES not in text


def test_control_characters_cannot_reach_a_terminal() -> None:
    evil = "\x1b]8;;http://x\x07 \x9b31m \r \x08 \u202e \u2066 \x00 \x7f \x85"
    a, b = article(f"A {evil} text", id=f"a{evil}", title=evil, outlet=evil), article(f"A {evil} text", id="b", outlet=f"B{evil}")
    words = f"A {evil} text"
    rows = [a, b, membership(a), membership(b), derivation(f"X{evil}", b, kind="cites"), derivation(a, b), failure(evil, evil)]
    rows += [claim_version(x, words) for x in (a, b)]
    rows += [conflict(a, words, "text", why=evil), conflict(b, words, "text", side=1, why=evil)]
    report = build_report(batch(*rows))
    for text in (render(report), render(report, "markdown"), str(report), str(report.stories[0]), str(report.documents[0])):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_long_chains_and_circles_end() -> None:
    articles = [article(f"Number {i}.", id=f"a{i:04}") for i in range(1200)]
    edges = [derivation(s, t) for s, t in zip(articles, [*articles[1:], articles[0]], strict=True)]
    text = render(build_report(batch(articles, [membership(a) for a in articles], edges)))
    assert all(f" a{i:04}" in text for i in range(1, 1200))


def test_markdown_escapes_what_acts(report: Report) -> None:
    text = render(report, "markdown")
    assert SCRIPT not in text
    assert "\\<script\\>" in text
    assert safe("# a") == "\\# a"
    assert safe("![x](http://y) https://z www.q.example") == "\\!\\[x\\](http\\://y) https\\://z www\\.q.example"
    assert safe("- a") == "\\- a"
    assert safe("12. a") == "12\\. a"
    assert safe("a\n# b\n\n    c") == "a \\# b c"
    assert safe("<img src=x onerror=y>") == "\\<img src\\=x onerror\\=y\\>"
    assert safe("a|b `c` *d* _e_ ~~f~~ $g$ &amp;") == "a\\|b \\`c\\` \\*d\\* \\_e\\_ \\~\\~f\\~\\~ \\$g\\$ \\&amp;"


def test_markdown_tables_are_whole(report: Report) -> None:
    rows = [line for line in render(report, "markdown").splitlines() if line.startswith("|")]
    assert len(rows) == 5
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}


@pytest.mark.parametrize("format", ["html", "markdown", "json"])
def test_a_name_is_shown_where_it_stands_outside_of_the_story(format: str) -> None:  # noqa: A002
    a, b = (article("Ada Berg resigned.", id=i, outlet=f"Outlet {i}") for i in "ab")
    c = article("Ada Berg opened a fair.", id="c", outlet="The Fair Paper")
    rows = [a, b, c, membership(a), membership(b), membership(c, "fair"), *(name(x, "Ada Berg", entity="e") for x in (a, b))]
    report = build_report(batch(*rows, make(NameElsewhere, story=rows[3].story, entity="e", text="Ada Berg", **at(c, "Ada Berg"))))
    assert [[p.document for p in n.elsewhere] for n in report.told[0].names] == [["c"]]
    if format == "json":
        [told] = json.loads(render(report, format))["stories"][0]["names"]
        assert [(f["doc"], f.get("outside", False)) for f in told["forms"]] == [("a", False), ("b", False), ("c", True)]
    else:
        assert re.search(r"(outside of this story also in|also in) The Fair Paper", plain(report, format))


def test_differences() -> None:
    parts = [(p.turn, p.text) for p in compare("das Werk läuft", "das Werk lief")]
    assert parts == [("same", "das Werk "), ("gone", "läuft"), ("new", "lief")]
    assert compare("死者は3人", "死者は30人")[0].text == "死者は"
    assert compare("Don’t", "don't")[0].turn == "same"
    assert compare("", "x")[0].turn == "new"
    assert len(compare("a " * 5000, "b " * 5000)) == 2


def test_small_words() -> None:
    assert visible("a\r\nb\u2028c\x0bd", lines=False) == "a b c d"
    assert visible("a\x00\ud800\ufeff") == "a␀‹U+D800›‹U+FEFF›"
    assert visible("می‌خواهم 👨‍👩‍👧") == "می‌خواهم 👨‍👩‍👧"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"
    assert count("story", 2) == "2 stories"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert [percent(x) for x in (0.0, 0.002, 0.5, 0.999, 1.0)] == ["0%", "1%", "50%", "99%", "100%"]


def test_the_terminal_explains_its_links_and_says_how_to_go_on(report: Report) -> None:
    lines = " ".join(render(report).split())
    assert "cites: names it as its source" in lines and "The figure says how likely the link is." in lines
    assert lines.endswith("-o report.html, or --format html or markdown.")


def test_a_reader_comes_to_what_to_check_before_the_evidence_for_links(report: Report) -> None:
    page = render(report, "html")
    order = [page.index(f'id="s1-{part}"') for part in ("graph", "checks", "origins", "evidence", "claims")]
    assert order == sorted(order) and "copies <span class=\"meant\">(repeats its words)</span>" in page


def test_long_titles_that_stand_for_outlets_are_shortened_everywhere_in_the_terminal() -> None:
    title = "Ferry runs aground off Kaldvik and the harbour is shut for all ships until further notice"
    told = [article("The ferry carried 12 people.", id="a", title=title), article("The ferry carried 21 people.", id="b", title=title)]
    sides = [conflict(a, a.text, side=n, score=0.9, why="one account says “12”, another “21”") for n, a in enumerate(told)]
    shown = render(build_report(batch(told, [membership(a) for a in told], sides)))
    assert "— Ferry runs aground off Kaldvik and the harbour…" in " ".join(shown.replace("│", " ").split())
