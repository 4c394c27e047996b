"""Decisions change the numbers at once, are kept, and can be taken back."""

import re

import pytest


def post(client, path, csrf, **data):
    return client.post(path, data={"csrf": csrf, **data}, headers={"Origin": "http://localhost:8765", "Sec-Fetch-Site": "same-origin"})


def first_link(client, story):
    return max(client.get(f"/story/{story}.json").json()["stories"][0]["links"], key=lambda e: e["probability"])


def counted(client, story):
    return sum(e["probability"] >= 0.5 for e in client.get(f"/story/{story}.json").json()["stories"][0]["links"])


def test_rejecting_a_link_changes_the_count_and_undo_brings_it_back(client, csrf, story, workspace):
    before, link = counted(client, story), first_link(client, story)
    answer = post(client, "/decide", csrf, kind="reject", subject="edge", key=link["key"], story=story, back=f"/story/{story}?x=1#graph")
    assert answer.status_code == 303
    assert re.fullmatch(rf"/story/{story}\?x=1&notice=[\w-]+#graph", answer.headers["location"])
    page = client.get(answer.headers["location"]).text
    assert "Edge rejected. Now" in page and f"(before: {before})" in page
    assert counted(client, story) != before
    assert all(e["probability"] < 0.5 for e in client.get(f"/story/{story}.json").json()["stories"][0]["links"] if e["key"] == link["key"])
    (decision,) = workspace.decisions()
    assert (decision.kind, decision.key) == ("reject", link["key"])
    assert decision.id in client.get("/decisions.json").text
    again = post(client, "/undo", csrf, id=decision.id, story=story, back=f"/story/{story}")
    assert again.status_code == 303 and "Taken back." in client.get(again.headers["location"]).text
    assert counted(client, story) == before and workspace.decisions() == []


def test_an_outlet_is_left_out(client, csrf, story):
    post(client, "/decide", csrf, kind="leave_out", subject="outlet", key="Daily Courier", story=story, back="/")
    value = client.get(f"/story/{story}.json").json()
    assert len(value["stories"][0]["documents"]) == 2
    (gone,) = [d["id"] for d in value["documents"] if d["outlet"] == "Daily Courier"]
    assert "This article is left out" in client.get(f"/article/{gone}").text


def test_a_story_of_which_nothing_is_left_says_so(client, csrf, story):
    for document in client.get(f"/story/{story}.json").json()["documents"]:
        post(client, "/decide", csrf, kind="leave_out", subject="article", key=document["id"], story=story)
    answer = client.get(f"/story/{story}")
    assert answer.status_code == 404 and "all articles are left out" in answer.text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y", ""])
def test_nobody_is_led_away(client, csrf, story, back):
    answer = post(client, "/decide", csrf, kind="leave_out", subject="article", key="none", story=story, back=back)
    assert answer.headers["location"].startswith(f"/story/{story}?notice=")


@pytest.mark.parametrize("data", [{"kind": "burn", "subject": "edge", "key": "a -> b"}, {"kind": "reject", "subject": "edge", "key": "nonsense"},
                                  {"kind": "reject", "subject": "edge", "key": "a -> b", "story": "none"}, {}])
def test_what_cannot_be_meant_is_refused(client, csrf, story, workspace, data):
    assert post(client, "/decide", csrf, **({"story": story} | data)).status_code in (400, 404)
    assert workspace.decisions() == []


def test_undoing_nothing_is_said_so(client, csrf):
    assert post(client, "/undo", csrf, id="none").status_code == 404


def test_names_are_joined(client, csrf, story, workspace):
    names = client.get(f"/story/{story}/names.json").json()["names"]
    one, other = names[0]["spellings"][0], names[1]["spellings"][0]
    assert post(client, "/decide", csrf, kind="merge", subject="name", one=one, other=other, story=story).status_code == 303
    assert workspace.decisions()[0].key == " ~ ".join(sorted((one, other)))


def test_one_name_is_parted_and_the_log_tells_it(client, csrf, story, workspace):
    key = " ~ ".join(sorted(("Harbour Wire", "Wire")))
    post(client, "/decide", csrf, kind="split", subject="name", key=key, story=story, note="two agencies")
    post(client, "/decide", csrf, kind="leave_out", subject="article", key="none", story=story)
    log = client.get("/decisions.json").json()["decisions"]
    assert [(d["kind"], d["subject"]) for d in log] == [("leave_out", "article"), ("split", "name")]
    page = client.get("/decisions").text
    assert page.index("left out") < page.index("taken as two") and "two agencies" in page
    post(client, "/undo", csrf, id=log[0]["id"])
    assert [d.kind for d in workspace.decisions()] == ["split"]


def test_what_a_decision_says_of_itself_cannot_do_harm(client, csrf, story):
    post(client, "/decide", csrf, kind="leave_out", subject="outlet", key="<script>alert(1)</script>\u202e", note="x" * 100_000, story=story)
    text = client.get("/decisions").text
    assert "<script>alert" not in text and "\u202e" not in re.sub(r'value="[^"]*"', "", text) and len(text) < 20_000


def test_whoever_decides_beside_the_graph_stays_there(client, story):
    (path, *_) = re.findall(r'href="(/story/[^"]+/link/[^"]+)"', client.get(f"/story/{story}").text)
    assert f'name="back" value="/story/{story}"' in client.get(path + "?part=1").text
    assert f'name="back" value="{path}"' in client.get(path).text
