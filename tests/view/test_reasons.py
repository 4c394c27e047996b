"""Reasons in the words of readers: no figures in log odds, no ids of nodes, words that fit persons and bodies."""

from __future__ import annotations

import re

import pytest
from lxml import html as markup

from factories import article, batch, claim_origin, claim_version, derivation, make, membership, origin
from retold.base.records import Alteration
from retold.trace.behind import claim_verdict
from retold.trace.centrality import WORDS as CENTRAL
from retold.trace.evidence import WORDS as EVIDENCE
from retold.view.findings import Reason
from retold.view.formats import render
from retold.view.reasons import BEFOREHAND, PLAINER, in_short, plainer
from retold.view.report import Report, build_report
from retold.view.wording import behind


def test_what_is_put_more_plainly_is_what_the_tracing_says() -> None:
    verdicts = [claim_verdict(frozenset({"x"}), chance=chance, sure=frozenset({"x"}), articles={"a", "b"})[1] for chance in (0.6, 0.3)]
    said = "\n".join([*CENTRAL.values(), *map(str, EVIDENCE.values()), *verdicts])
    assert [phrase for phrase in PLAINER if phrase not in said and phrase != "(1 times)"] == []
    told = [plainer(verdict) for verdict in verdicts]
    assert [line.partition(" from")[0] for line in told] == ["most likely", "perhaps"]
    assert all("which no article names for it" not in line and line.endswith(", told by several articles") for line in told)


def reason(words: str, weight: float) -> Reason:
    """A reason without a place."""
    return Reason(kind="x", words=words, weight=weight, excerpt=None, other=None)


def test_reasons_in_a_sentence_weightiest_first_and_without_what_holds_for_all() -> None:
    found = [reason("it is later", 0.8), reason(BEFOREHAND, -3.5), reason("names it", 4.1), reason("tells less", -0.2), reason("also", 0.0)]
    assert in_short(found) == "for it: names it (strong), it is later (some); against it: tells less (little)"
    assert in_short([reason(BEFOREHAND, -3.5)]) == ""


def test_no_form_for_people_begins_with_log_odds(report: Report) -> None:
    told = render(report, "markdown")
    lines = [line.strip() for line in told.splitlines() if re.match(r" +- (for|against|also)\b", line)]
    at = lines.index(next(line for line in lines if "The same words" in line))
    assert [line.partition(":")[0] for line in lines[at:at + 3]] == ["- for, strong", "- for, little", "- against, little"]
    assert "log odds" not in told and not re.search(r"- [+-]\d\.\d ", told)
    summary = " ".join(render(report).split())
    assert "Coastwire Daily copies The Tern Post: for it: The same words in the same order" in summary and "log odds" not in summary
    page = markup.document_fromstring(render(report, "html"))
    assert page.xpath("//svg[@class='bar']") and not page.xpath("//svg[@class='bar'][not(ancestor::details[@class='figures'])]")
    assert not page.xpath("//details[@class='figures'][@open]") and "for, strong" in page.text_content()


@pytest.mark.parametrize("format", ["terminal", "markdown", "html"])
def test_no_reader_sees_the_id_of_a_source(format: str) -> None:  # noqa: A002
    told = [article("The dam broke.", id=i, outlet=i.upper()) for i in "ab"]
    rows = [claim_version(a, a.text) for a in told] + [claim_origin("external:Ada Lund", verdict="dependent")]
    rows += [make(Alteration, story=rows[0].story, source="external:Bo Roth", target="b", kind="number", words="x", carried=("external:Cy",))]
    rows += [derivation("external:Fell Wire", told[0], kind="cites", probability=0.3)]
    report = build_report(batch(told, [membership(a) for a in told], rows))
    text = render(report, format)
    assert "external:" not in text.replace("\\", "")
    assert all(name in text for name in ("Bo Roth", "Fell Wire")) and ("Ada Lund" in text or format == "terminal")


def test_a_person_and_a_body_are_known_from_what_is_quoted_and_told_of_as_what_they_are() -> None:
    a = article("“We saw it”, said Ada Lund of the police.", id="a")
    kinds = {"Ada Lund": "person", "Police": "organisation", "Fell Wire": "outlet"}
    rows = [origin(f"external:{n}", kind=k, why=CENTRAL["charge"], independent=True) for n, k in kinds.items()]
    report = build_report(batch(a, membership(a), article("It was.", id="b"), membership(article(id="b")), rows))
    assert behind(report.stories[0]).startswith(
        "Behind it stand Ada Lund and Police (known only from what the articles here quote) and Fell Wire (not in this collection)")
    for format_ in ("terminal", "markdown", "html"):
        assert "it is the task of this person or body to deal with such matters" in " ".join(render(report, format_).split())


def test_claims_of_one_article_alone_are_listed_by_article() -> None:
    told = [article(f"The dam broke. Only {i} says this | here.", id=i, outlet=f"{i.upper()} Post") for i in "ab"]
    rows = [claim_version(a, "The dam broke.") for a in told]
    rows += [claim_version(a, f"Only {a.id} says this | here.", group=f"g-{a.id}") for a in told]
    report = build_report(batch(told, [membership(a) for a in told], rows))
    text = render(report, "markdown")
    listed = text[text.index("### Claims of one article alone"):].splitlines()
    assert listed[2:6] == ["- **A Post**", "    - “Only a says this \\| here.” (lineage unknown)",
                           "- **B Post**", "    - “Only b says this \\| here.” (lineage unknown)"]
    page = markup.document_fromstring(render(report, "html"))
    [closed] = page.xpath("//details[@class='single'][not(@open)]")
    assert [p.text_content() for p in closed.xpath("./p")] == ["A Post", "B Post"] and len(closed.xpath("./ul/li")) == 2
    assert "2 claims of one article alone: listed in the full report" in render(report)
