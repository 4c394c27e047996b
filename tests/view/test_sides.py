"""The sides of a disagreement: no passage twice, a number that claims are disputed by, and a line for what is hardly one."""

from __future__ import annotations

import json

import pytest
from lxml import html as markup

from factories import article, batch, claim_version, conflict, membership
from retold.view.articles import Excerpt
from retold.view.findings import ConflictVersion
from retold.view.formats import render
from retold.view.report import Report, build_report
from retold.view.sides import MOSTLY_NONE, differing, disputed_by, once, wordings

TEXT = "After a week at sea, 24 people were brought ashore, the police said. Nobody saw 24 people anywhere else."


def passage(words: str, mark: str = "", document: str = "a") -> ConflictVersion:
    """A passage of `TEXT` in an article, with the words that are marked in it."""
    start = TEXT.index(words)
    at = start + words.index(mark) if mark else 0
    marked = Excerpt(document=document, start=at, end=at + len(mark), text=mark) if mark else None
    return ConflictVersion(excerpt=Excerpt(document=document, start=start, end=start + len(words), text=words), mark=marked)


CLAUSE, PIECE = "24 people were brought ashore", "people were brought"
WHOLE = TEXT.split(". ")[0] + "."


@pytest.mark.parametrize(("side", "shown"), [
    ([passage(WHOLE, "24"), passage(CLAUSE, "24")], [CLAUSE]),  # the shorter
    ([passage(CLAUSE, "24"), passage(WHOLE, "24")], [CLAUSE]),
    ([passage(WHOLE), passage(PIECE)], [WHOLE]),  # unless it is torn off
    ([passage(WHOLE, "24"), passage("were brought ashore")], [WHOLE]),  # or has not the marked words
    ([passage(WHOLE, "24"), passage(CLAUSE, CLAUSE)], [WHOLE]),  # for a mark on all of it marks nothing
    ([passage(CLAUSE, "24"), passage("Nobody saw 24 people anywhere else.", "24")], [CLAUSE, "Nobody saw 24 people anywhere else."]),
    ([passage(CLAUSE, "24"), passage(WHOLE, "24", "b")], [CLAUSE, WHOLE]),  # of two articles both
])
def test_no_article_says_one_thing_twice_on_a_side(side: list[ConflictVersion], shown: list[str]) -> None:
    assert [v.excerpt.text for v in once(side)] == shown
    assert [same[0].excerpt.text for same in wordings(side)] == shown


def test_a_mark_on_all_of_a_passage_marks_nothing() -> None:
    assert differing(passage(WHOLE, WHOLE[:-1])) is None
    assert differing(passage(WHOLE, "24")) == passage(WHOLE, "24").mark


@pytest.fixture(scope="module")
def disputed() -> Report:
    """Two articles that say twelve and twenty-one, each by a clause and a sentence, and one faint disagreement."""
    one, two = (article(f"As it is, {n} people died, it was said. The gate may be shut.", id=i, outlet=f"{i.upper()} Post", language="en")
                for i, n in (("a", "12"), ("b", "21")))
    sides = [conflict(of, words, n, side=side, score=0.9, group="sure", claim="elsewhere")
             for side, (of, n) in enumerate(((one, "12"), (two, "21"))) for words in (f"{n} people died", f"As it is, {n} people died, it was said.")]
    faint = [conflict(of, "The gate may be shut.", "may", side=n, score=0.2, group="faint", kind="certainty") for n, of in enumerate((one, two))]
    claims = [claim_version(of, of.text.partition(". ")[0] + ".") for of in (one, two)]
    return build_report(batch(one, two, membership(one), membership(two), claims, sides, faint))


@pytest.mark.parametrize("format", ["terminal", "markdown", "html"])
def test_every_form_shows_a_passage_once(disputed: Report, format: str) -> None:  # noqa: A002
    text = render(disputed, format)
    if format == "html":
        page = markup.document_fromstring(text)
        assert [" ".join(q.text_content().split()) for q in page.xpath("//article[@class='conflict']//blockquote")] == [
            "12 people diedA Post", "21 people diedB Post"]
    else:
        part = text[text.index("Conflicts"):text.index("Less likely than not")]
        assert part.count("people died") == 2 and "As it is" not in part


def test_a_claim_names_the_conflict_that_disputes_it(disputed: Report) -> None:
    story = disputed.stories[0]
    assert [disputed_by(story, c) for c in story.claims] == ["conflict 1"]
    shown = render(disputed)
    assert "1. number, 90% sure" in shown and "conflict 1" in shown[shown.index("Claims"):shown.index("stated as fact")]
    told = render(disputed, "markdown")
    assert "disputed: conflict 1" in told and "**Conflict 1: number** (90% sure)" in told
    page = markup.document_fromstring(render(disputed, "html"))
    [link] = page.xpath("//section[@class='claims']//a[contains(., 'disputed')]")
    assert link.text_content() == "disputed: conflict 1, number"
    assert "Conflict 1" in page.get_element_by_id(link.get("href")[1:]).text_content()


def test_what_is_hardly_a_conflict_is_a_line_and_closed_at_first(disputed: Report) -> None:
    page = markup.document_fromstring(render(disputed, "html"))
    [item] = page.xpath("//details[not(@open)]//ul[@class='faint-conflicts']/li")
    assert " ".join(item.text_content().split()) == "Conflict 2: how sure it is, 20% sure: may (A Post) ↔ may (B Post)"
    assert len(page.xpath("//article[@class='conflict']")) == 1
    assert "    - conflict 2: how sure it is, 20% sure: “may” (A Post) ↔ “may” (B Post)" in render(disputed, "markdown")
    assert "2. how sure it is, 20% sure: “may” (A Post) ↔ “may” (B Post)" in render(disputed)


def test_the_contract_keeps_every_passage_and_tells_which_is_said_twice(disputed: Report) -> None:
    sure, faint = json.loads(disputed.to_json())["stories"][0]["conflicts"]
    assert [[v["repeated"] for v in side] for side in sure["sides"]] == [[True, False], [True, False]]
    assert [sure["number"], faint["number"]] == [1, 2]


def test_a_conflict_less_likely_than_not_is_shown_and_not_counted() -> None:
    a, b = article("Two died.", id="a"), article("Three died.", id="b")
    sides = [conflict(a, "Two died", "Two", score=0.4), conflict(b, "Three died", "Three", side=1, score=0.4)]
    found = build_report(batch(a, b, membership(a), membership(b), claim_version(a, "Two died"), *sides))
    story = found.stories[0]
    assert (len(story.conflicts), story.numbers.conflicts, story.claims[0].conflicts) == (1, 0, ())
    assert json.loads(found.to_json())["stories"][0]["conflicts"][0]["confidence"] == 0.4
    assert "0 conflicts" in render(found)
    assert "1 conflict less likely than not" in render(found, "html")
    for format_ in ("terminal", "markdown", "html"):
        words = " ".join(render(found, format_).split())
        assert MOSTLY_NONE in words and words.count("40% sure") == 1, format_
    assert "number, 40% sure: “Two” (a) ↔ “Three” (b)" in render(found) and "side 1" not in render(found, "markdown")
