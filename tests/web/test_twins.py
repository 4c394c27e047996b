"""Every page by its own address with the same things as data; filters of claims; what falls with a source; versions; exports that agree."""

import csv
import io
import json
import re

import pytest
from browserless import TestClient
from lxml import html as markup
from stand_in import STORY, StandIn

from factories import (
    alteration,
    article,
    batch,
    claim_origin,
    claim_version,
    conflict,
    derivation,
    language,
    membership,
    name,
    origin,
    reuse,
)
from retold.collect.drafts import Draft
from retold.web.app import make_app


def twins(client, story):
    """Pages with what stands on them in words and must stand in their twins."""
    report = client.get(f"/story/{story}.json").json()
    one, other = (d["id"] for d in report["documents"][:2])
    link, claim = report["stories"][0]["links"][0]["id"], report["stories"][0]["claims"][0]["id"]
    source = re.search(r'href="(/story/[^"]+/source\?[^"]+)"', client.get(f"/story/{story}").text)[1].replace("&amp;", "&")
    return {
        "/": "/stories.json", "/decisions": "/decisions.json", "/failures": "/failures.json", f"/story/{story}": f"/story/{story}.json",
        f"/story/{story}/link/{link}": f"/story/{story}/link/{link}.json", f"/story/{story}/claim/{claim}": f"/story/{story}/claim/{claim}.json",
        source: source.replace("/source?", "/source.json?"), f"/article/{one}": f"/article/{one}.json",
        f"/story/{story}/compare?id={one}&id={other}": f"/story/{story}/compare.json?id={one}&id={other}",
    }


def test_every_page_has_a_twin_at_its_address_and_by_asking(client, story):
    for page, twin in twins(client, story).items():
        assert client.get(page).headers["content-type"].startswith("text/html"), page
        found = client.get(twin)
        assert found.headers["content-type"] == "application/json", twin
        assert client.get(page, headers={"Accept": "application/json"}).json() == found.json(), page


def test_a_page_names_its_own_address(client, story):
    document = client.get(f"/story/{story}.json").json()["documents"][0]["id"]
    for path in (f"/story/{story}", f"/story/{story}/claims", f"/article/{document}"):
        codes = [e.text_content() for e in markup.document_fromstring(client.get(path).text).xpath("//code")]
        assert codes == [path, path + ".json"] and all(client.get(c).status_code == 200 for c in codes)


def disputed():
    """Five claims, one of each sort, over three articles in three languages."""
    a = article("One fact. A second fact. A third fact. A fourth fact. A fifth fact.", id="a", outlet="A", language="en", published="2026-03-02")
    b = article("Ein Satz. Ein zweiter Satz. Ein dritter Satz. Ein vierter Satz.", id="b", outlet="B", language="de", published="2026-03-03")
    c = article("一个事实。 Un fait. Another fact.", id="c", outlet="C", language="zh", published="2026-03-04")
    rows = [r for x, code in ((a, "en"), (b, "de"), (c, "zh")) for r in (x, membership(x), language(x, code))]
    for group, mine, theirs in (("both", "One fact.", "Ein Satz."), ("single", "A second fact.", "Ein zweiter Satz."),
                                ("disputed", "A third fact.", "Ein dritter Satz."), ("changed", "A fourth fact.", "Ein vierter Satz.")):
        rows += [claim_version(a, mine, group=group), claim_version(b, theirs, group=group)]
    rows += [claim_version(a, "A fifth fact.", group="unknown"), claim_version(c, "Another fact.", group="unknown")]
    rows += [claim_origin(node, group, verdict=verdict, why="a test says so") for node, group, verdict in (
        ("Wire", "both", "established"), ("Mayor", "both", "established"), ("Wire", "single", "dependent"), ("Wire", "disputed", "established"),
        ("Mayor", "disputed", "established"), ("Wire", "changed", "established"), ("Mayor", "changed", "established"))]
    rows += [conflict(a, "A third fact.", group="x", side=0, claim="disputed"), conflict(b, "Ein dritter Satz.", group="x", side=1, claim="disputed")]
    rows += [alteration(a, "A fourth fact.", b, "Ein vierter Satz."), origin("Wire"), origin("Mayor")]
    rows += [derivation("Wire", a), derivation("Mayor", a), derivation(a, b, kind="translates"), derivation(a, c, kind="translates")]
    rows += [reuse(a, "One fact.", b, "Ein Satz.", kind="translated"), reuse(a, "One fact.", c, "一个事实。", kind="translated")]
    return batch(*rows, name(a, "One"), name(b, "Ein"))


@pytest.fixture
def made():
    with TestClient(make_app(StandIn(disputed()), apart=False), base_url="http://localhost:8765", follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(("show", "claims"), [("all", {"both", "single", "disputed", "changed", "unknown"}), ("single", {"single"}),
                                              ("disputed", {"disputed"}), ("changed", {"changed"}), ("unknown", {"unknown"})])
def test_claims_are_filtered_by_what_a_reporter_asks(made, show, claims):
    root = markup.document_fromstring(made.get(f"/story/{STORY}/claims?show={show}").text)
    assert {href.rsplit("/", 1)[1] for href in root.xpath("//table//p[@class='claim']/a/@href")} == claims
    assert root.xpath("//nav[@aria-label='Show']/a[@aria-current]/@href") == [f"?show={show}"]
    assert "several articles say it, and no two independent origins stand behind it" in root.text_content()


def test_passages_are_joined_across_languages(made):
    twin = made.get(f"/story/{STORY}/compare.json?id=a&id=b&id=c").json()
    assert [j["kind"] for j in twin["joins"]["b"]][:1] == ["translated"] and twin["joins"]["c"][0]["kind"] == "translated"
    root = markup.document_fromstring(made.get(f"/story/{STORY}/compare?id=a&id=b&id=c").text)
    assert root.xpath("//section[@class='column']/div/@lang") == ["en", "de", "zh"]
    (second,) = root.xpath("//section[@class='column'][2]//mark[contains(@class, 'translated')]")
    assert second.text_content().endswith("Ein Satz.") and not second.xpath(".//ins | .//del")


def test_what_falls_with_a_source_is_told(made):
    wire = made.get(f"/story/{STORY}/source.json?node=external:Wire").json()
    assert (wire["origins"], wire["lost"], wire["articles"]) == (1, ["single"], [])
    assert set(wire["weakened"]) == {"both", "disputed", "changed"}
    text = " ".join(markup.document_fromstring(made.get(f"/story/{STORY}/source?node=external:Wire").text).text_content().split())
    assert "1 of 2 independent origins left" in text and "1 claim would have no known origin" in text
    claim = " ".join(markup.document_fromstring(made.get(f"/story/{STORY}/claim/single").text).text_content().split())
    assert "Without Wire nothing is left that it rests on" in claim


def test_tables_agree_with_the_report(client, story):
    found = client.get(f"/story/{story}.json").json()["stories"][0]
    sizes = {"links": len(found["links"]), "articles": len(found["documents"]), "claims": sum(len(c["mentions"]) for c in found["claims"])}
    for table, size in sizes.items():
        rows = list(csv.DictReader(io.StringIO(client.get(f"/story/{story}/export/{table}.csv").content.decode("utf-8-sig"))))
        assert len(rows) == size, table
    assert json.loads(client.get(f"/story/{story}/export/report.json").content)["stories"][0]["id"] == found["id"]


def test_versions_are_shown_with_their_differences(client, workspace, story):
    document = next(d for d in client.get(f"/story/{story}.json").json()["documents"] if d["outlet"] == "Daily Courier")
    text = client.get(f"/article/{document['id']}.json").json()["text"].replace("221 people", "212 people")
    draft = Draft(text=text, place="again.txt", stem="daily-courier", title="Ferry Ormsund on the rocks", outlet="Daily Courier",
                  published="2026-03-02T10:00:00+00:00", url="https://daily-courier.example/ferry")
    assert workspace.add([draft]).versions == 1
    root = markup.document_fromstring(client.get(f"/article/{document['id']}").text)
    (versions,) = root.xpath("//ol[@class='versions']")
    assert len(versions.xpath("./li")) == 2
    assert [e.text_content() for e in versions.xpath(".//p[@class='diff']/del")] == ["221"]
    assert [e.text_content() for e in versions.xpath(".//p[@class='diff']/ins")] == ["212"]


def test_an_empty_workspace_says_what_to_do(tmp_path):
    from retold.workspace import Workspace

    with Workspace.init(tmp_path / "new") as workspace, TestClient(make_app(workspace, apart=False), base_url="http://localhost") as client:
        assert "There is nothing here yet." in client.get("/").text and 'href="/add"' in client.get("/").text
        assert "Nobody has decided anything yet." in client.get("/decisions").text
        assert "all that was handed over could be read" in client.get("/failures").text
