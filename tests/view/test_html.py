"""The page: self-contained, safe against its articles, every link with a target, readable in both colour schemes."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest
from lxml import html as markup
from salt_mine import SCRIPT

from factories import article, batch, claim_version, derivation, membership, name, origin
from retold.view.html import render_html, safe_url, template
from retold.view.report import Report, build_report
from retold.view.wording import alike


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return render_html(report)


@pytest.fixture(scope="module")
def page(text: str) -> markup.HtmlElement:
    return markup.document_fromstring(text)


def sha(words: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(words.encode()).digest()).decode() + "'"


def test_only_our_own_style_and_script_and_their_hashes_are_right(page: markup.HtmlElement) -> None:
    (style,), (script,) = page.xpath("//style"), page.xpath("//script")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["style-src"] == sha(style.text)
    assert parts["script-src"] == sha(script.text)
    assert style.text == template("style.css")
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]")


def test_nothing_is_fetched(page: markup.HtmlElement, text: str) -> None:
    assert not page.xpath("//img | //iframe | //object | //embed | //link | //base | //form | //*[@src] | //*[@srcset] | //video")
    assert "url(" not in template("style.css")
    assert "@import" not in template("style.css")
    outward = [a for a in page.xpath("//a/@href") if not a.startswith("#")]
    assert outward == ["https://tern-post.example/mine?a=1&b=2"]
    (link,) = page.xpath("//a[starts-with(@href, 'https:')]")
    assert link.get("rel") == "noopener noreferrer nofollow"
    assert "javascript:alert(1)" in page.text_content()  # shown, not linked
    assert re.findall(r"url\(([^)]*)\)", text) == re.findall(r"url\((#s\d+-[a-z]+-tip)\)", text)


def test_hostile_text_is_text(page: markup.HtmlElement, text: str) -> None:
    assert SCRIPT not in text
    assert "onerror" not in {a for e in page.iter() for a in e.attrib}
    assert page.text_content().count("<script>alert('owned')</script>") > 3
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert page.xpath("//span[@class='control']/text()")[:2] == ["‹U+202E›", "␛"]


def test_every_link_has_its_target_and_ids_are_unique(page: markup.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    missing = {a for a in page.xpath("//a/@href") if a.startswith("#") and a[1:] not in set(ids)}
    assert missing == set()
    assert {a for a in page.xpath("//@aria-labelledby") for a in a.split() if a not in set(ids)} == set()
    assert {to for to in page.xpath("//@data-to | //@data-of") if to not in set(ids)} == set()
    assert len(page.xpath("//a[starts-with(@href, '#d-1-')]")) > 10


def test_links_lead_to_the_very_words(page: markup.HtmlElement, report: Report) -> None:
    numbers = {d.number: d.text for d in report.documents}
    for mark in page.xpath("//mark[@id]"):
        number, start, end = map(int, mark.get("id").split("-")[1:])
        pieces = [mark, *page.xpath(f"//mark[@data-of='{mark.get('id')}']")]
        if not mark.xpath(".//span[@class='control']"):
            shown = "".join(piece.text_content() for piece in pieces)
            assert "".join(shown.split()) == "".join(numbers[number][start:end].split())


def test_it_says_the_answer_first_and_all_of_it(page: markup.HtmlElement) -> None:
    words = " ".join(page.text_content().split())
    assert "4 articles, 2 independent origins" in words
    assert words.index("4 articles, 2 independent origins") < words.index("Colour by")
    for expected in (
        "may have leaked", "17 days against 70 days", "and were told to keep quiet", "“may have” was dropped", "Per Oeye",
        "a menu: short words between bars", "What could not be known", "broken.html", "How to read this", "lineage unknown",
    ):
        assert expected in words, expected
    assert page.xpath("//strong[@class='differs']/text()") == ["17 days", "70 Tage", "Director Per Øye", "Die Aufsicht"]
    assert page.xpath("//del/text()") == [" and were told to keep quiet about it"]


def test_headings_and_landmarks(page: markup.HtmlElement) -> None:
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//html/@lang") == ["en"]
    assert len(page.xpath("//main")) == 1
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert not page.xpath("//svg[@role='group'][not(.//title) or not(.//desc)]")
    assert page.xpath("//mark[@id]/ancestor::div[@class='text']/@lang")


def test_several_stories_begin_with_a_list() -> None:
    rows = []
    for story in ("one", "two"):
        a, b = (article(f"The {story} story, told {i}.", id=f"{story}{i}", outlet=f"Outlet {i}") for i in (1, 2))
        rows += [a, b, membership(a, story), membership(b, story), derivation(a, b, story=story), origin("Wire", story=story)]
        rows += [claim_version(a, f"{story} story", group=f"c{story}", story=story)]
    page = markup.document_fromstring(render_html(build_report(batch(*rows))))
    assert page.xpath("//nav[@class='contents']//a/@href") == ["#s1", "#s2"]
    assert len(page.xpath("//section[@class='story']")) == 2
    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))


def test_a_single_article_and_nothing_at_all_are_pages_too() -> None:
    a = article("One lone article, about Ada Lund.", id="a")
    page = markup.document_fromstring(render_html(build_report(batch(a, membership(a), name(a, "Ada Lund")))))
    assert "1 article, 0 independent origins" in " ".join(page.text_content().split())
    assert "0 articles · 0 stories" in render_html(build_report(batch()))
    assert "not in any story" in render_html(build_report(batch(article("not in any story"))))


NO_LINKS = (
    "javascript:alert(1)", "data:text/html,x", "//x.example", "https://", "http://[", "https://a b", "\x01http://x", "", None,
    "https://x.example/\u202e", 'https://x.example/"onclick=x', "https://x.example/<b>",
)


@pytest.mark.parametrize("url", NO_LINKS)
def test_urls_that_are_no_links(url: str | None) -> None:
    assert safe_url(url) == ""


def test_urls_that_are_links() -> None:
    assert safe_url("https://x.example/ä?q=1#f") == "https://x.example/ä?q=1#f"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_aa(scheme: str) -> None:
    css = template("style.css")
    light, dark, *_ = css.split("prefers-color-scheme: dark")
    block = dark.split("@media")[0] if scheme == "dark" else light
    colours = {k: v + v[1:] if len(v) == 4 else v for k, v in re.findall(r"--([\w-]+): (#\w+);", block)}
    grounds = ("paper", "sheet", "claim", "quote", "change", "conflict", "evidence", "alert-paper")
    pairs = [("ink", g) for g in grounds] + [(c, g) for c in ("quiet", "link", "alert", "good") for g in ("paper", "sheet")]
    pairs += [("alert", "alert-paper"), ("alert", "conflict"), ("lit-ink", "lit")]
    found = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


def test_like_wordings_stand_together(report: Report) -> None:
    first = report.stories[0].conflicts[0].sides[0]
    assert [len(same) for same in alike(first)] == [2]


def test_the_script_uses_nothing_dangerous() -> None:
    script = template("script.js")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|XMLHttp|import\(", script)
