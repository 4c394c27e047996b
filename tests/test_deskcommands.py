"""The commands over a workspace: what they print, where, and their exit status."""

import json

import pytest

from retold.cli import main

DAM = "The dam at Orlen cracked on Monday, the river authority said. Engineers found a crack of 14 metres in the wall. Nobody was hurt."


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("RETOLD_DESK", str(tmp_path / "desk"))
    rows = [{"id": name, "text": DAM, "title": "Orlen dam", "outlet": name, "published": f"2026-03-0{n}"} for n, name in enumerate(("isle", "post"), 1)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert main(["init", str(tmp_path / "desk")]) == 0
    assert main(["add", str(tmp_path / "a.jsonl"), "-q", "--trace"]) == 0
    assert "2 new, 0 changed, 0 unchanged, 0 failed" in capsys.readouterr().err
    return tmp_path


def story_of(capsys, *options):
    assert main(["stories", "--format", "json", *options]) == 0
    return json.loads(capsys.readouterr().out)["stories"]


def test_stories_are_listed_and_narrowed(desk, capsys):
    [story] = story_of(capsys)
    assert story["articles"] == 2 and story["origins"] is not None and story["outlets"] == ["isle", "post"]
    assert story_of(capsys, "--until", "2026-02-01") == [] == story_of(capsys, "--language", "de") == story_of(capsys, "--text", "cheese")
    assert story_of(capsys, "--since", "2026-03-01", "--outlet", "ISLE", "--text", "orlen", "--language", "en") == [story]
    assert main(["stories"]) == 0
    assert "Orlen dam" in capsys.readouterr().out


def test_stories_are_traced_before_they_are_sorted_by_origins(desk, capsys):
    (desk / "b.jsonl").write_text(json.dumps({"id": "wire", "text": DAM + " A word more.", "outlet": "wire", "published": "2026-03-03"}), "utf-8")
    assert main(["add", str(desk / "b.jsonl"), "-q"]) == 0
    assert any(story["origins"] is None for story in story_of(capsys))
    assert all(story["origins"] is not None for story in story_of(capsys, "--sort", "origins") if story["articles"] > 1)


def test_a_story_and_an_article_are_shown(desk, capsys):
    [story] = story_of(capsys)
    assert main(["show", story["id"], "--format", "json"]) == 0
    assert {d["id"] for d in json.loads(capsys.readouterr().out)["documents"]} == {"isle", "post"}
    assert main(["show", "isle", "--format", "json"]) == 0
    assert [v["number"] for v in json.loads(capsys.readouterr().out)["versions"]] == [1]
    assert main(["show", "isle"]) == 0
    assert "version 1" in capsys.readouterr().out
    assert main(["show", "nobody"]) == 1


def test_what_was_traced_to_be_shown_is_kept(desk, capsys):
    (desk / "b.jsonl").write_text(json.dumps({"id": "wire", "text": DAM + " A word more.", "outlet": "wire", "published": "2026-03-03"}), "utf-8")
    assert main(["add", str(desk / "b.jsonl"), "-q"]) == 0
    [story] = [s for s in story_of(capsys) if s["articles"] > 1]
    assert story["origins"] is None
    assert main(["show", story["id"], "--format", "json"]) == 0
    capsys.readouterr()
    assert [s["origins"] is not None for s in story_of(capsys) if s["id"] == story["id"]] == [True]


def test_a_story_is_exported_an_article_forgotten_and_all_is_backed_up(desk, capsys):
    [story] = story_of(capsys)
    assert main(["export", story["id"], str(desk / "r.html")]) == 0
    assert (desk / "r.html").read_text("utf-8").startswith("<!doctype html>")
    assert main(["export", story["id"], str(desk / "r.docx")]) == 2
    assert main(["backup", str(desk / "copy.sqlite")]) == 0
    assert main(["forget", "isle"]) == 0
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 1
    assert main(["check", "--desk", str(desk / "copy.sqlite")]) == 0
    assert "2 articles in 2 versions, 1 story: sound" in capsys.readouterr().out


def test_without_a_workspace_the_message_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("RETOLD_DESK", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["stories"]) == 1
    assert "retold init" in capsys.readouterr().err
    assert main(["stories", "--since", "never", "--desk", str(tmp_path)]) == 2


def test_a_second_workspace_in_one_place_is_refused(desk, capsys):
    assert main(["init", str(desk / "desk")]) == 2
    assert "expected no workspace yet" in capsys.readouterr().err


def test_the_day_of_collection_is_never_shown_as_the_day_of_publication(desk, capsys):
    rows = [{"id": "loose", "text": "Otters swim in the Lune again, the wildlife trust said. Volunteers counted four cubs.", "title": "Otters"}]
    (desk / "o.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert main(["add", str(desk / "o.jsonl"), "-q"]) == 0
    assert [story["dated"] for story in story_of(capsys)] == [True, False]
    assert main(["stories"]) == 0
    printed = capsys.readouterr().out
    assert "  no date, added 20" in printed and "  2026-03-02  Orlen dam" in printed
    assert main(["search", "otters"]) == 0
    assert capsys.readouterr().out.startswith("loose  no date, added 20")
    assert main(["search", "dam"]) == 0
    assert "isle  2026-03-01  isle  Orlen dam" in capsys.readouterr().out


def test_a_list_without_anything_says_so(desk, capsys):
    for arguments in (["stories", "--text", "cheese"], ["search", "cheese"], ["search", "cheese", "--in", "claim"]):
        assert main(arguments) == 0
        printed = capsys.readouterr()
        assert not printed.out and ("fits" in printed.err)


def test_an_export_that_cannot_be_written_is_told_in_words(desk, capsys):
    [story] = story_of(capsys)
    assert main(["export", story["id"], str(desk / "nowhere" / "r.html")]) == 2
    assert "expected a file that can be written, found no folder" in capsys.readouterr().err
    assert main(["forget", "isle"]) == 0
    assert "1 article was taken out" in capsys.readouterr().err
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "1 article in 1 version, 1 story: sound\n"
