"""Changes are told where a claim is shown as altered, and a quote in another mouth with both speakers."""

from __future__ import annotations

import json

import pytest
from lxml import html as markup

from factories import alteration, article, batch, claim_version, make, membership, quote
from retold.base.records import Alteration
from retold.view.changes import changes_of, how
from retold.view.findings import Alteration as Change
from retold.view.formats import render
from retold.view.report import Report, build_report


@pytest.mark.parametrize(("kind", "words", "told"), [
    ("number", "another number: “23” became “24”", "number, “24” for “23”"),
    ("negation", "turned into its opposite: “not” is new", "whether it is so, “not” added"),
    ("attribution", "stated as fact: “the police” is gone", "source left out, “the police” gone"),
    ("truncated", "quote cut short", "quote, a part is left out"),
    ("added", "found in no known source", "added, found in no known source"),
])
def test_a_change_in_a_few_words(kind: str, words: str, told: str) -> None:
    assert how(Change(id="x", source="a", target="b", kind=kind, words=words, before=None, after=None, method="", score=1.0)) == told


@pytest.fixture(scope="module")
def altered() -> Report:
    one, two = article("23 people died.", id="a", outlet="A Post"), article("24 people died.", id="b", outlet="B | Post")
    change = alteration(one, "23", two, "24", kind="number", words="another number: “23” became “24”")
    return build_report(batch(one, two, membership(one), membership(two), change, [claim_version(x, x.text) for x in (one, two)]))


def test_who_altered_a_claim_and_how_stands_beside_it(altered: Report) -> None:
    story = altered.stories[0]
    assert [(document, how(change)) for document, change in changes_of(story, story.claims[0])] == [("b", "number, “24” for “23”")]
    assert "▲ B | Post: number, “24” for “23”" in render(altered)
    told = render(altered, "markdown")
    assert "| ● | ▲ number, “24” for “23” |" in told and "    - ▲ B \\| Post: number, “24” for “23”" in told
    page = markup.document_fromstring(render(altered, "html"))
    [line] = page.xpath("//p[@class='how']")
    assert " ".join(line.text_content().split()) == "▲ B | Post: number, “24” for “23”"
    target = line.xpath("./a/@href")[-1]
    assert "another number" in page.get_element_by_id(target[1:]).text_content()
    value = json.loads(altered.to_json())["stories"][0]
    assert [m["changes"] for m in value["claims"][0]["mentions"]] == [[], [value["ledger"][0]["id"]]]


@pytest.mark.parametrize(("speakers", "told"), [
    (("Ada Lund", "Bo Roth"), "given to Bo Roth, in the source to Ada Lund"),
    (("Ada Lund", ""), "given to somebody who is not named, in the source to Ada Lund"), (("", ""), "given to another speaker"),
])
@pytest.mark.parametrize("format", ["terminal", "markdown", "html"])
def test_a_quote_in_another_mouth_is_told_with_both_speakers(speakers: tuple[str, str], told: str, format: str) -> None:  # noqa: A002
    a, b = (article("“We saw it.”", id=i, outlet=i.upper()) for i in "ab")
    said = [quote(x, "We saw it.", speaker=speaker) for x, speaker in zip((a, b), speakers, strict=True)]
    change = make(Alteration, story=membership(a).story, source="a", target="b", kind="misattributed", words="put into another mouth",
                  source_start=1, source_end=11, target_start=1, target_end=11)
    report = build_report(batch(a, b, membership(a), membership(b), said, change))
    text = render(report, format)
    text = markup.document_fromstring(text).text_content() if format == "html" else text
    assert told in " ".join(text.split()) and "another mouth" not in text
    assert json.loads(report.to_json())["stories"][0]["ledger"][0]["speakers"] == list(speakers)
