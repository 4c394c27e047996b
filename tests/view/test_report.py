"""The report: what is put together from records, the contract of its JSON, and that it does not depend on order."""

from __future__ import annotations

import json
import random
from dataclasses import FrozenInstanceError, is_dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from salt_mine import ARTICLES, ESCAPES, NASAR, mine

from factories import (
    STORY,
    article,
    attribution,
    batch,
    claim,
    claim_origin,
    claim_version,
    conflict,
    derivation,
    failure,
    language,
    make,
    membership,
    name,
    origin,
    quote,
    quote_version,
    reuse,
    sentences,
)
from retold.base.records import Alteration, Article, ClaimVersion, Conflict, Evidence, Original, OriginalClaim, Record
from retold.base.tables import Batch
from retold.view.checks import find_checks
from retold.view.formats import render
from retold.view.index import Spans
from retold.view.matrix import build_cell
from retold.view.report import Report, build_report
from retold.view.voices import untold
from retold.view.wording import became, behind, verdict_counts, verdict_of


def test_numbers_and_order(report: Report) -> None:
    story = report.stories[0]
    n = story.numbers
    assert [d.id for d in story.documents] == ["post", "daily", "bote", NASAR.id]
    assert [d.number for d in report.documents] == [1, 2, 3, 4, 5]
    assert (n.articles, n.versions, n.own_reporting, n.origins) == (4, 3, 1, 2)
    assert (n.outlets, n.languages, n.claims, n.shared_claims, n.conflicts, n.quotes, n.alterations) == (4, 3, 4, 3, 2, 1, 3)
    assert dict(n.verdicts) == {"established": 0, "possible": 1, "dependent": 1, "lineage unknown": 2}
    assert [s.numbers.articles for s in report.stories] == [4, 1]


def test_matrix(report: Report) -> None:
    leak, out, blame, reader = report.stories[0].claims
    assert [c.stance for c in leak.cells] == ["attributed", "attributed", "altered", "stated"]
    assert [c.attributed_to for c in out.cells] == [("Saltverk AS",), ("Saltverk AS",), (), ()]
    assert [c.stance for c in blame.cells] == ["stated", "stated", "attributed", "absent"]
    assert blame.conflicts == ("conflict-2",)
    assert (reader.verdict, reader.origins) == ("lineage unknown", ())


def test_words_that_are_as_likely_to_tell_something_else_are_shown_as_unsure(report: Report) -> None:
    leak, _, blame, _ = report.stories[0].claims
    stated, altered = blame.mentions[0], next(m for m in leak.mentions if m.stance == "altered")
    for mention, score, stance in ((stated, 0.51, "stated"), (stated, 0.49, "unsure"), (altered, 0.49, "altered")):
        assert build_cell(mention.excerpt.document, [replace(mention, score=score)]).stance == stance
    both = [replace(stated, score=0.2), replace(stated, score=0.9)]
    assert build_cell(stated.excerpt.document, both).stance == "stated"
    assert leak.origins == ("external:Kystavisa",)


def test_graph(report: Report) -> None:
    story = report.stories[0]
    nodes = {n.id: (n.kind, n.missing, n.inferred) for n in story.nodes}
    assert nodes["post"] == ("article", False, False)
    assert nodes["external:Kystavisa"] == ("outlet", True, False)
    assert nodes["external:Dagny Holm"][0] == "person"
    assert [(e.source, e.target) for e in story.edges if not e.counts] == [("daily", NASAR.id)]
    copies = next(e for e in story.edges if e.kind == "copies")
    assert [r.weight for r in copies.evidence] == [3.2, 0.6, -0.4]
    assert copies.evidence[0].other is not None
    assert copies.evidence[0].other.document == "post"


def test_every_excerpt_is_the_very_words(report: Report) -> None:
    texts = {a.id: a.text for a in ARTICLES}

    def walk(value: object) -> int:
        if is_dataclass(value):
            if type(value).__name__ == "Excerpt":
                assert texts[value.document][value.start : value.end] == value.text != ""  # type: ignore[attr-defined]
                return 1
            return sum(walk(getattr(value, name)) for name in value.__slots__)  # type: ignore[attr-defined]
        return sum(map(walk, value)) if isinstance(value, tuple) else 0

    assert walk(report.stories) > 60


def test_json_keeps_the_contract(report: Report) -> None:
    text = report.to_json()
    value = json.loads(text)
    assert text.endswith("}\n")
    assert "تسرب" in text  # not escaped
    assert {"id", "language", "story", "boilerplate"} <= value["documents"][0].keys()
    cut = [ARTICLES[0].text[s:e] for s, e in value["documents"][0]["boilerplate"]]
    assert cut == ["Home | News | Sport", "Subscribe to our newsletter!"]
    story = value["stories"][0]
    assert story["documents"] == ["post", "daily", "bote", NASAR.id]
    assert all({"source", "target", "kind", "probability"} <= x.keys() for x in story["links"])
    assert [(o["id"], o["kind"], o["independent"]) for o in story["origins"]] == [
        ("external:Kystavisa", "outlet", True), ("external:Saltverk AS", "organisation", True),
        ("external:Dagny Holm", "person", False)]
    assert all({"doc", "start", "end"} <= m.keys() for c in story["claims"] for m in c["mentions"])
    assert {"claim", "kind", "confidence", "sides"} <= story["conflicts"][0].keys()
    assert [len(side) for side in story["conflicts"][0]["sides"]] == [2, 1]
    assert [v["change"] for v in story["quotes"][0]["variants"]] == ["verbatim", "truncated", "translated", "translated"]
    assert {n["entity"]: len(n["forms"]) for n in story["names"]} == {"Dagny Holm": 4, "Per Øye": 3, "Saltverk AS": 3}
    assert [s["count"] for s in story["funnel"]] == [4, 3, 1, 2]
    assert value["stories"][1]["documents"] == ["zelle"]
    assert len(value["failures"]) == 1


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_records_does_not_matter(report: Report, seed: int) -> None:
    rows = [row for kind in mine().kinds() for row in mine().get(kind)]
    random.Random(seed).shuffle(rows)
    assert build_report(Batch(rows)).to_json() == report.to_json()


def test_nothing_gives_an_empty_report() -> None:
    empty = build_report(Batch())
    assert json.loads(empty.to_json()) == {"retold": empty.version, "documents": [], "stories": [], "failures": [], "decisions": []}
    assert str(empty) == "Retold: 0 articles, 0 stories"
    assert build_report(batch(failure())).failures[0].place == "broken.txt"


def test_an_article_without_a_story_is_a_document() -> None:
    found = build_report(batch(article(id="lone")))
    assert json.loads(found.to_json())["documents"][0]["story"] is None
    assert found.stories == ()


def test_rows_that_lead_nowhere_are_left_out() -> None:
    a = article("Some words.", id="a")
    lost = [make(kind, story="s", group="g", claim="g") for kind in (ClaimVersion, Conflict)]
    rows: list[Record] = [*lost, make(Alteration, story="s"), make(Evidence, story="s", subject="x", start=5, end=2)]
    story = build_report(batch(a, membership(a), rows)).stories[0]
    assert (story.conflicts, story.claims[0].mentions, story.alterations[0].before) == ((), (), None)


def test_copies_of_one_missing_wire_are_one_version() -> None:
    line = "The harbour was closed for the third time this month."
    a, b = (article(line, id=x, published=f"2026-03-0{i}") for i, x in enumerate("ab", 1))
    wire = [derivation("Nordwire", x, kind="copies") for x in (a, b)]
    rows = [a, b, membership(a), membership(b), *wire, origin("Nordwire", kind="agency")]
    assert build_report(batch(*rows)).stories[0].numbers.versions == 2
    assert build_report(batch(*rows, reuse(a, line, b))).stories[0].numbers.versions == 1


def test_a_copy_that_adds_much_is_a_version() -> None:
    line = "The harbour was closed."
    a, b = article(line, id="a"), article(line + " The mayor told us why it had to be so, at length and in detail.", id="b")
    rows = [a, b, membership(a), membership(b), derivation(a, b, kind="copies"), reuse(a, line, b)]
    assert build_report(batch(*rows)).stories[0].numbers.versions == 2


def test_it_prints_well_and_safely(report: Report) -> None:
    text = str(report)
    assert text.splitlines()[:3] == [
        "Retold: 5 articles, 2 stories, 1 failure", "Flooded salt mine near Tern may have leaked for weeks",
        "  4 articles, 2 independent origins (4 outlets, 3 languages)"]
    assert "\x1b" not in str(report.stories[0].documents[3]) + text
    card = report._repr_html_()
    assert "4 articles, 2 independent origins" in card
    assert "<script" not in card
    assert "\x1b" not in card


def test_results_are_frozen_and_documented(report: Report) -> None:
    with pytest.raises(FrozenInstanceError):
        report.stories[0].title = "x"  # type: ignore[misc]
    assert all(type(x).__doc__ for x in (report, report.stories[0], report.stories[0].numbers, report.stories[0].edges[0]))


def test_half_a_surrogate_pair_can_be_written() -> None:
    a = article("Half \ud83d pair.", id="a", title="Half \ud83d")
    found = build_report(batch(a, membership(a), claim_version(a, "Half \ud83d pair")))
    assert json.loads(found.to_json().encode("utf-8"))["stories"][0]["title"] == "Half \ud83d"
    str(found).encode("utf-8")
    assert ESCAPES not in str(found)


@pytest.mark.parametrize(("titles", "called"), [
    (("GATE FOUR will never shut!", "Gate four may not shut", "Harbour speaks"), "Gate four may not shut"),
    (("THE DAM IS GONE", "Enough!"), "THE DAM IS GONE"),
    (("FIFA answers UEFA", "Talks go on"), "FIFA answers UEFA"),
])
def test_a_story_is_called_by_its_earliest_title_that_does_not_shout(titles: tuple[str, ...], called: str) -> None:
    told = [article(f"{title}\n\nThe gate is shut.", id=f"a{n}", title=title, published=f"2026-03-0{n + 1}") for n, title in enumerate(titles)]
    assert build_report(batch(*told, *(membership(a) for a in told))).stories[0].title == called


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=30), st.integers(0, 40), st.integers(1, 12))
def test_spans_finds_what_touches(places: list[tuple[int, int]], start: int, length: int) -> None:
    rows = [("a", s, s + n, (s, s + n)) for s, n in places]
    expected = sorted((s, s + n) for s, n in places if n and s < start + length and s + n > start)
    assert sorted(Spans(rows).touching("a", start, start + length)) == expected
    assert Spans(rows).touching("b", start, start + length) == []


def test_one_source_is_said_of_articles_that_links_lead_to_only() -> None:
    words = "The dam broke on Monday."
    told = [article(f"{words} Day {n}.", id=name, outlet=name) for n, name in enumerate(("ada", "bea", "cid", "dot"))]
    claims = [claim_version(a, words) for a in told]
    members = [membership(a) for a in told]
    behind = claim_origin("external:Fell Wire", verdict="dependent")

    def words_of(*followers: str) -> list[str]:
        links = [derivation("external:Fell Wire", a, kind="cites", probability=0.9) for a in told if a.id in followers]
        [story] = build_report(batch(*told, claims, members, links, origin("external:Fell Wire"), behind)).stories
        return [check.words for check in find_checks(story) if check.kind == "one source"]

    assert words_of("ada", "bea", "cid", "dot") == [f"4 articles say it, all from Fell Wire: {words}"]
    assert words_of("ada", "bea", "cid") == [f"3 of 4 articles have it, as the links show, from Fell Wire: {words}"]
    assert words_of("ada", "bea") == []


def test_that_all_name_the_one_source_is_nothing_to_check() -> None:
    words = "The report is from Fell Wire."
    told = [article(f"{words} Day {n}.", id=name, outlet=name) for n, name in enumerate(("ada", "bea", "cid"))]
    links = [derivation("external:Fell Wire", a, kind="cites", probability=0.9) for a in told]
    rows = [claim_version(a, words) for a in told] + [claim_origin("external:Fell Wire", verdict="dependent"), origin("external:Fell Wire")]
    [story] = build_report(batch(*told, rows, [membership(a) for a in told], links)).stories
    assert [claim.documents for claim in story.claims] == [3]
    assert [check for check in find_checks(story) if check.kind == "one source"] == []


def test_what_a_missing_report_may_have_said_begins_with_what_is_not_about_itself() -> None:
    words = "The report is from Fell Wire.", "The dam broke on Monday."
    one = article(" ".join(words), id="a", outlet="Ada")
    claims = [claim_version(one, w, group=f"claim-{n}") for n, w in enumerate(words)]
    source = "external:Fell Wire"
    said = [make(OriginalClaim, id=f"oc-{n}", story=STORY, node=source, claim=f"claim-{n}", support=1, articles=("a",)) for n in (0, 1)]
    missing = make(Original, id="or-1", story=STORY, node=source, retellings=("a",))
    link = derivation(source, one, kind="cites", probability=0.9)
    [story] = build_report(batch(one, sentences(one, *words), claims, said, missing, link, membership(one))).stories
    assert [claim.text for claim in story.originals[0].claims] == list(reversed(words))


def test_what_nobody_leads_to_is_not_called_retold() -> None:
    told = [article(f"The dam broke. Day {n}.", id=name, outlet=name) for n, name in enumerate(("ada", "bea", "cid"))]
    links = [derivation("external:Fell Wire", told[0], kind="cites", probability=0.9),
             derivation("external:Fell Wire", told[1], kind="cites", probability=0.3)]
    [story] = build_report(batch(*told, [membership(a) for a in told], links, origin("external:Fell Wire", independent=True))).stories
    assert story.numbers.untraced == 2
    assert behind(story).endswith("; 1 article only retells what others reported; where 2 articles had it from is not known.")


def test_a_claim_is_not_called_by_what_most_articles_contradict() -> None:
    texts = {"ada": "Some 340 boats sank.", "bea": "Some 43 boats sank.", "cid": "Some 43 boats sank at night."}
    told = {id_: article(text, id=id_, outlet=id_, language="en") for id_, text in texts.items()}
    rows = [r for a in told.values() for r in (a, membership(a), language(a, "en"), claim_version(a, a.text, score=0.99))]
    sides = [conflict(a, a.text, side=side, score=0.9) for a, side in zip(told.values(), (0, 1, 1), strict=True)]
    [story] = build_report(batch(rows)).stories
    assert story.claims[0].text == texts["ada"]
    [story] = build_report(batch(rows, sides)).stories
    assert story.claims[0].text == texts["bea"]
    [check] = [c for c in find_checks(story) if c.kind == "conflict"]
    assert "“Some 340 boats sank.” ↔ “Some 43 boats sank.”" in check.words


def test_the_gravest_change_of_a_quote_is_told_first_and_counted_alone() -> None:
    one, two, three = (article("“We saw it,” she said. “It was late.”", id=i, outlet=i) for i in "abc")
    rows = [quote_version(a, "We saw it", group="q1", change=c) for a, c in ((one, "verbatim"), (two, "truncated"), (three, "truncated"))]
    rows += [quote_version(a, "It was late", group="q2", speaker="Ada Roth", change=c)
             for a, c in ((one, "verbatim"), (two, "misattributed"), (three, "truncated"))]
    [story] = build_report(batch(one, two, three, *map(membership, (one, two, three)), rows)).stories
    assert next(c.words for c in find_checks(story) if c.kind == "quote") == "Did Ada Roth say it? In 1 article it seems to be said by somebody else"


def quotes_of(*told: Article, speakers: dict[str, str] | None = None, **changes: str) -> list[str]:
    """What a story's versions of one quote are against the fullest, by article; each article is nothing but the quote."""
    rows = [r for a in told for r in (a, membership(a), language(a, a.language or ""))]
    rows += [quote_version(a, a.text, group="q", change=changes[a.id]) for a in told]
    rows += [quote(a, a.text, speaker=name) for a in told if (name := (speakers or {}).get(a.id))]
    [story] = build_report(batch(rows)).stories
    return [became(v, story.quotes[0].fullest) for v in story.quotes[0].versions if v is not story.quotes[0].fullest]


def test_a_version_of_a_quote_is_called_no_more_than_can_be_seen() -> None:
    fullest = article("The pump ran too long and nobody noticed it at all.", id="full", language="en")
    text = {"part": "The pump ran too long.", "other": "Nobody saw the pump.", "same": "the pump ran too long and nobody noticed it at all"}
    others = {id_: article(words, id=id_, language="en") for id_, words in text.items()}
    polish = article("Pompa pracowała za długo i nikt tego nie zauważył.", id="pl", language="pl")

    def told(other: Article, change: str, **names: str) -> str:
        return quotes_of(fullest, other, speakers=names, full="verbatim", **{other.id: change})[0]

    assert told(others["part"], "truncated") == "a part of it"
    assert told(others["same"], "verbatim") == "the same words"
    assert told(others["other"], "altered") == "worded otherwise"
    assert told(others["other"], "verbatim") == "another piece of it"
    longer = article(f"{fullest.text} I am sorry.", id="longer", language="en")
    assert told(longer, "altered") == "a fuller version"
    assert told(polish, "translated") == "in another language"
    assert told(polish, "verbatim") == "in another language"
    assert told(polish, "truncated") == "a part of it, in another language"
    assert told(polish, "misattributed", pl="Ada Lund") == "here, it seems, said by Ada Lund"
    assert told(polish, "misattributed") == "here, it seems, said by somebody else"


@pytest.mark.parametrize(("text", "words"), [
    ("– Nobody was hurt – thundered Ada Lund.", "Nobody was hurt"), ("– Nobody – not one – was hurt.", "Nobody – not one – was hurt."),
    ("— Никто не пострадал, — гремела Ada Lund.", "Никто не пострадал"), ("Nobody was hurt – Ada Lund.", "Nobody was hurt – Ada Lund."),
])
def test_the_tellers_words_are_no_part_of_a_quote(text: str, words: str) -> None:
    told = article(text, id="a")
    rows = [told, membership(told), quote_version(told, text)] + ([name(told, "Ada Lund")] if "Ada" in text else [])
    [story] = build_report(batch(rows)).stories
    assert story.quotes[0].fullest.excerpt.text == words


def test_an_established_claim_that_is_disputed_says_so_everywhere() -> None:
    told = [article("The pumps were off.", id=i, outlet=i, language="en") for i in "ab"]
    other = article("The pumps were running.", id="c", outlet="c", language="en")
    rows = [r for a in (*told, other) for r in (a, membership(a), language(a, "en"), claim_version(a, a.text))]
    rows += [claim_origin(f"external:{n}", verdict="established") for n in ("Ada Lund", "Bo Roth")]
    sides = [conflict(a, a.text, word, side=side, claim="elsewhere", score=0.9) for a, word, side in ((told[0], "were off", 0), (other, "running", 1))]
    [calm] = build_report(batch(rows)).stories
    assert (verdict_of(calm.claims[0]), verdict_counts(calm)) == ("established", "1 established")
    report = build_report(batch(rows, sides))
    [story] = report.stories
    assert (verdict_of(story.claims[0]), verdict_counts(story)) == ("established, disputed", "1 established (all disputed)")
    for format_ in ("terminal", "markdown", "html"):
        assert "established," in (shown := render(report, format_)) and "disputed" in shown


def test_who_acts_and_who_speaks_is_told_by_names_and_not_by_the_words_in_dispute() -> None:
    told = [article("The gate is safe.", id=i, outlet=i) for i in "ab"]
    sides = [conflict(a, a.text, side=n, kind="attribution", score=0.9, why="“Ada Lund” says it here, “Bo Roth” there") for n, a in enumerate(told)]
    [story] = build_report(batch(told, [membership(a) for a in told], sides)).stories
    [check] = [c for c in find_checks(story) if c.kind == "conflict"]
    assert check.words == "The articles disagree on who said it: “Ada Lund” says it here, “Bo Roth” there"


def test_reported_words_are_not_put_between_marks() -> None:
    texts = ("Ada Lund said that the pump had stopped.", "The pump had stopped, said Ada Lund.")
    told = [article(text, id=i, outlet=i.upper()) for i, text in zip("ab", texts, strict=True)]
    words = ("the pump had stopped", "The pump had stopped")
    rows = [quote(a, w, speaker="Ada Lund", kind="indirect") for a, w in zip(told, words, strict=True)]
    rows += [quote_version(a, w, speaker="Ada Lund") for a, w in zip(told, words, strict=True)]
    report = build_report(batch(told, [membership(a) for a in told], rows))
    shown = render(report)
    assert "Ada Lund: the pump had stopped (A)" in shown and "without quotation marks · B: The pump had stopped" in shown
    assert "the others are compared with it, without quotation marks" in render(report, "html")
    assert "the others are compared with it, without quotation marks" in render(report, "markdown")


def test_what_an_article_tells_in_its_own_words_is_not_laid_at_the_door_of_whom_it_quotes() -> None:
    told = [article("The head of the depot has left.", id=i, outlet=f"{i.upper()} Post") for i in "abc"]
    rows = [claim_version(a, a.text) for a in told] + [claim_origin("external:Ada Lund", verdict="dependent")]
    rows += [origin("external:Ada Lund", kind="person"), derivation("external:Ada Lund", told[0], kind="quotes", probability=0.9)]
    rows += [derivation(told[0], a, kind="cites", probability=0.9) for a in told[1:]]
    [story] = build_report(batch(told, [membership(a) for a in told], rows)).stories
    [check] = [c for c in find_checks(story) if c.kind == "one source"]
    assert check.words == "3 articles say it, all from A Post: The head of the depot has left."


def test_our_own_sentences_run_from_left_to_right_whatever_they_begin_with() -> None:
    told = [article("The gate is safe.", id=i, outlet=i) for i in "ab"]
    sides = [conflict(a, a.text, side=n, kind="actor", score=0.9, why="“جمال أورس” acts in one account") for n, a in enumerate(told)]
    page = render(build_report(batch(told, [membership(a) for a in told], sides)), "html")
    assert '<bdi dir="ltr">“جمال أورس” acts in one account</bdi>' in page


def test_an_origin_of_whom_nobody_says_that_it_said_the_claim_is_told_as_such() -> None:
    told = [article("The depot was shut. Ada Lund came.", id=i, outlet=i, language="en") for i in "ab"]
    said = [claim(a, "The depot was shut.", attribution=f"at-{a.id}") for a in told]
    spoken = [attribution(a, "Ada Lund", content="The depot was shut.", id=f"at-{a.id}") for a in told]
    rows = [claim_version(a, "The depot was shut.", claim=c.id) for a, c in zip(told, said, strict=True)]
    rows += [claim_origin("external:Ada Lund", verdict="dependent"), origin("external:Ada Lund", kind="person")]
    rows += [derivation("external:Ada Lund", told[0], kind="quotes", probability=0.9)]
    words = "No article says that Ada Lund said it"
    report = build_report(batch(told, [membership(a) for a in told], rows))
    assert untold(report.stories[0], report.stories[0].claims[0]) == ("Ada Lund",) and words in render(report, "html")
    report = build_report(batch(told, [membership(a) for a in told], rows, said, spoken))
    assert untold(report.stories[0], report.stories[0].claims[0]) == () and words not in render(report, "html")


def test_one_origin_stands_behind_all_of_a_story_only_where_every_article_is_traced() -> None:
    told = [article(f"The dam broke. Day {n}.", id=name, outlet=name) for n, name in enumerate(("ada", "bea"))]
    links = [derivation("external:Fell Wire", a, kind="cites", probability=0.9) for a in told]
    rows = [*told, *map(membership, told), origin("external:Fell Wire", independent=True)]
    assert behind(build_report(batch(rows, links)).stories[0]).startswith("Behind all of it stands Fell Wire")
    assert behind(build_report(batch(rows, links[:1])).stories[0]).startswith("Behind it stands Fell Wire")
