"""The command line: what it prints, where, and its exit status."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import retold
from retold.cli import main

TEXT = """Quarry owner says the crack is old

The crack in the wall of the Hesk quarry is ten years old, owner Bram Tolle said on Monday.

"We measure it every spring," Tolle told the Hesk Courier.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "b", "text": TEXT.replace("ten", "twelve"), "outlet": "Vale Post"}) + "\n", "utf-8")
    return tmp_path


def test_help_is_quick_and_loads_nothing_heavy():
    code = "import sys, retold.cli as c; c.make_parser().format_help(); print([m for m in ('numpy', 'pyarrow', 'httpx', 'rich', 'jinja2') if m in sys.modules])"
    env = os.environ | {"PYTHONPATH": str(Path(retold.__file__).parents[1])}
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.strip() == "[]"
    assert time.perf_counter() - started < 3  # 0.05 s on an idle machine; the bound is for a busy one


def test_trace_prints_the_report_contract(folder, capsys):
    assert main(["trace", str(folder), "--format", "json", "-q"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {d["id"] for d in report["documents"]} == {"a", "b"}
    for key in ("documents", "links", "origins", "claims", "conflicts", "quotes", "names"):
        assert key in report["stories"][0]


def test_inputs_that_are_told_to_be_one_story_are_not_grouped(tmp_path, capsys):
    for name, text in (("a", TEXT), ("b", "Choir wins prize\n\nA choir from Lower Marl won first prize in a contest in Vienna on Sunday, its leader said.\n")):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    found = []
    for told in ((), ("--one-story",)):
        assert main(["trace", str(tmp_path), *told, "--format", "json", "-q"]) == 0
        found.append([sorted(story["documents"]) for story in json.loads(capsys.readouterr().out)["stories"]])
    assert found == [[["a"], ["b"]], [["a", "b"]]]
    for told in ((), ("--one-story",)):
        assert main(["trace", str(tmp_path), *told, "-q"]) == 0
        assert ("If you know that these tell one story: --one-story" in capsys.readouterr().out) is not bool(told)


@pytest.mark.parametrize(("ending", "begins"), [("html", "<!doctype html>"), ("md", "#"), ("json", "{")])
def test_the_format_comes_from_the_ending(folder, tmp_path_factory, capsys, ending, begins):
    out = tmp_path_factory.mktemp("out") / f"report.{ending}"
    assert main(["trace", str(folder), "-o", str(out), "-q"]) == 0
    assert out.read_text("utf-8").lower().startswith(begins)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"The report is in {out}" in printed.err


def test_an_unknown_ending_is_wrong_usage(folder, capsys):
    assert main(["trace", str(folder), "-o", "report.docx"]) == 2
    assert "ending in .json" in capsys.readouterr().err


def test_a_broken_file_among_good_ones(folder, capsys):
    (folder / "broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert main(["trace", str(folder), "--format", "json", "-q"]) == 1
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    assert {d["id"] for d in report["documents"]} == {"a", "b"}
    [failure] = report["failures"]
    assert failure["place"].endswith("broken.txt")
    assert "broken.txt: expected" in printed.err


def test_read_prints_one_line_an_article(folder, capsys):
    assert main(["read", str(folder), "-q"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["id"] for r in rows] == ["a", "b"]
    row = rows[0]
    assert set(row) == {"id", "language", "boilerplate", "names", "quotes", "attributions", "claims"}
    assert row["language"] == "en"
    [said] = [q for q in row["quotes"] if q["kind"] == "direct"]
    assert TEXT[said["start"]:said["end"]].startswith("We measure it every spring")
    assert said["speaker"] == "Bram Tolle"
    assert all(TEXT[s:e] for a in row["attributions"] for s, e in a["source"] + a["cue"] + a["content"])


def test_group_prints_the_stories(folder, capsys):
    assert main(["group", str(folder), "-q"]) == 0
    assert [s["documents"] for s in json.loads(capsys.readouterr().out)["stories"]] == [["a", "b"]]


def test_reuse_prints_pairs_with_spans(folder, capsys):
    assert main(["reuse", str(folder), "-q"]) == 0
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["a"], row["b"]) == ("a", "b")
    assert row["share_a"] > 0.8
    (start, end) = row["passages"][0]["a"]
    assert TEXT[start:end]


def test_judge_prints_probabilities(tmp_path, capsys):
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"premise": "Nine boats sank.", "hypothesis": "Seven boats sank."}\nnonsense\n', "utf-8")
    assert main(["judge", str(pairs)]) == 1
    printed = capsys.readouterr()
    [row] = [json.loads(line) for line in printed.out.splitlines()]
    assert abs(row["entailment"] + row["neutral"] + row["contradiction"] - 1) < 1e-4
    assert row["changed"] == ["number"]
    assert "pairs.jsonl:2: expected an object with premise and hypothesis" in printed.err


def test_stages_name_what_they_read_and_write(capsys):
    assert main(["stages"]) == 0
    blocks = [block.split() for block in capsys.readouterr().out.split("\n\n")[1:]]
    assert [words[0] for words in blocks] == ["divide", "embed", "group", "identify", "rejoin", "link", "elsewhere", "relate", "trace"]
    assert {"derivations", "origins"} <= set(blocks[-1][blocks[-1].index("writes"):])


def test_standard_input(monkeypatch, capsys):
    import io
    import types
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert main(["group", "-", "-q"]) == 0
    assert len(json.loads(capsys.readouterr().out)["stories"]) == 1


def test_nothing_to_read_is_a_failure_not_a_crash(tmp_path, capsys):
    assert main(["trace", str(tmp_path / "missing.txt"), "-q"]) == 1
    assert "missing.txt" in capsys.readouterr().err


def test_wrong_usage_is_two(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["trace"])
    assert stopped.value.code == 2
    assert main([]) == 2
    assert "usage: retold" in capsys.readouterr().out


def test_decide_notes_shows_and_takes_back(tmp_path, capsys):
    path = str(tmp_path / "decisions.toml")
    assert main(["decide", path, "reject", "edge", "a -> b", "--note", "spoke to them"]) == 0
    assert main(["decide", path]) == 0
    [line] = capsys.readouterr().out.splitlines()
    row = json.loads(line)
    assert (row["kind"], row["key"], row["note"]) == ("reject", "a -> b", "spoke to them")
    assert main(["decide", path, "--undo", row["id"]]) == 0
    assert main(["decide", path, "--undo", row["id"]]) == 1
    assert main(["decide", path, "reject", "edge"]) == 2
    assert main(["decide", path, "merge", "edge", "a -> b"]) == 2
    assert main(["decide", path]) == 0
    assert capsys.readouterr().out == ""


def test_trace_follows_decisions(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("The weir broke at Tarnow on Monday. Eleven barns were flooded near the mill.", "utf-8")
    rows = tmp_path / "decisions.toml"
    rows.write_text('[[decision]]\nkind = "leave_out"\nsubject = "article"\nkey = "nowhere"\n', "utf-8")
    assert main(["trace", str(tmp_path / "a.txt"), "--decisions", str(rows), "--format", "json", "-q"]) == 0
    assert [d["applied"] for d in json.loads(capsys.readouterr().out)["decisions"]] == [False]
    assert main(["trace", str(tmp_path / "a.txt"), "--decisions", str(tmp_path / "none.toml"), "-q"]) == 1


def test_a_report_that_cannot_be_written_is_told_before_the_work(folder, tmp_path, capsys):
    assert main(["trace", str(folder), "-o", str(tmp_path / "nowhere" / "report.html"), "-q"]) == 2
    assert "expected a file that can be written, found no folder" in capsys.readouterr().err
    (tmp_path / "x.html").mkdir()
    assert main(["trace", str(folder), "-o", str(tmp_path / "x.html"), "-q"]) == 2
    assert "found a folder; give the file a name" in capsys.readouterr().err


def test_pairs_that_cannot_be_read_are_told_in_words(tmp_path, capsys):
    assert main(["judge", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl: expected a file of JSON Lines, found No such file" in capsys.readouterr().err
    (tmp_path / "old.jsonl").write_bytes('{"premise": "Пожар", "hypothesis": "Пожар"}'.encode("cp1251"))
    assert main(["judge", str(tmp_path / "old.jsonl")]) == 1
    assert "found other bytes" in capsys.readouterr().err
    (tmp_path / "half.jsonl").write_text('{"premise": "A fire."}\nnonsense\n', "utf-8")
    assert main(["judge", str(tmp_path / "half.jsonl")]) == 1
    printed = capsys.readouterr().err
    assert "half.jsonl:1: expected an object with premise and hypothesis, found none of that name: 'hypothesis'" in printed
    assert "half.jsonl:2: expected an object with premise and hypothesis, found something else" in printed


def test_a_folder_or_file_that_cannot_be_written_is_told_in_words(folder, tmp_path, capsys):
    (tmp_path / "taken").write_text("x", "utf-8")
    assert main(["group", str(folder), "--tables", str(tmp_path / "taken"), "-q"]) == 2
    assert "taken: expected a folder that can be made, found File exists" in capsys.readouterr().err
    assert main(["decide", str(tmp_path / "none" / "d.toml"), "confirm", "edge", "a -> b"]) == 2
    assert "d.toml: expected a file that can be written, found No such file" in capsys.readouterr().err
