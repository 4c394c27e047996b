"""Settling: all stories afresh, ids kept, merges and splits told."""

import pytest

from days import rows
from retold.base.errors import ReadOnlyError
from retold.cli import main
from retold.group import online
from retold.workspace import Workspace, settling
from retold.workspace.settling import pieces


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("settling")
    (home / "all.jsonl").write_text("".join(rows(80)), "utf-8")
    with Workspace.init(home / "desk") as made:
        made.add(home / "all.jsonl")
    return home / "desk"


def homes(desk):
    return dict(desk.database.rows("SELECT id, story FROM articles ORDER BY id"))


def put(desk, article, story):
    desk.database.run("UPDATE articles SET story = ? WHERE id = ?", (story, article))
    from retold.workspace.stories import refresh_stories

    refresh_stories(desk.database, sorted({*homes(desk).values(), *(s.id for s in desk.stories(limit=500))}))


def together(desk):
    now = homes(desk)
    return {(a, b) for a in now for b in now if now[a] == now[b]}


def test_what_was_put_together_or_torn_apart_wrongly_is_mended(folder):
    with Workspace.open(folder, write=True) as desk:
        desk.settle()
        right = homes(desk)
        put(desk, "d013h8", right["d014h8"])
        put(desk, "d010h14", "s-torn")
        done = desk.settle()
        assert homes(desk) == right and right["d013h8"] != right["d014h8"] and right["d010h8"] == right["d010h14"]
        assert (done.articles, done.moved, done.merged) == (160, 2, {"s-torn": right["d010h8"]})
        assert done.split == {right["d014h8"]: (right["d013h8"],)}
        assert desk.check().faults == () and desk.settle().moved == 0


def test_a_large_workspace_is_settled_in_pieces_that_overlap(folder, monkeypatch):
    monkeypatch.setattr(settling, "HELD", 80)
    with Workspace.open(folder, write=True) as desk:
        put(desk, "d013h8", "s-far")
        put(desk, "d013h14", "s-away")
        desk.settle()
        assert ("d013h8", "d013h14") in together(desk) and desk.check().faults == () and len(homes(desk)) == 160
    assert list(pieces([(name, 20) for name in "abcdef"])) == [list("abcd"), list("cdef")]


def test_the_stories_are_those_of_one_look_whatever_the_order_in_which_articles_came(tmp_path, monkeypatch):
    monkeypatch.setattr(online, "WHOLE", 0)
    lines = list(rows(80))
    found = []
    for name, order in (("ahead", lines), ("back", lines[::-1]), ("mixed", lines[::2] + lines[1::2])):
        (tmp_path / f"{name}.jsonl").write_text("".join(order), "utf-8")
        with Workspace.init(tmp_path / name) as desk:
            desk.add(tmp_path / f"{name}.jsonl")
            desk.settle()
            found.append(together(desk))
    assert found[0] == found[1] == found[2] and len(found[0]) >= 2 * len(lines)


def test_a_reader_may_not_settle(folder):
    with Workspace.open(folder) as desk, pytest.raises(ReadOnlyError):
        desk.settle()


def test_the_command_says_what_changed(folder, capsys):
    with Workspace.open(folder, write=True) as desk:
        desk.settle()
        put(desk, "d010h14", "s-loose")
    assert main(["stories", "--desk", str(folder), "--settle", "--limit", "3"]) == 0
    said = capsys.readouterr()
    assert " of 160 articles moved; 1 merged" in said.err and "s-loose is now part of" in said.err and said.out.count("\n") == 6
