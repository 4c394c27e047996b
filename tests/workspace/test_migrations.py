import pytest

from old_files import TEXT, make_version_1
from plain import PLAIN
from retold.base.errors import StoreError
from retold.collect.drafts import Draft
from retold.workspace import Workspace
from retold.workspace import workspace as module
from retold.workspace.schema import MIGRATIONS

BETTER = "CREATE TABLE extra (x INTEGER);\nINSERT INTO extra VALUES (1);\n"
BROKEN = BETTER + "INSERT INTO nothing VALUES (1);\n"


def test_an_old_file_is_brought_up_to_date_and_nothing_in_it_is_lost(tmp_path, monkeypatch):
    make_version_1(tmp_path / "desk")
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, BETTER))
    with Workspace.open(tmp_path / "desk", write=True, models=PLAIN) as desk:
        assert desk.database.value("PRAGMA user_version") == len(MIGRATIONS) + 1
        assert desk.database.value("SELECT x FROM extra") == 1
        assert desk.article("isle").text == TEXT
        assert (desk.check().articles, desk.check().faults) == (1, ())
        assert desk.add([Draft(text=TEXT + " Again.", place="b", stem="b", given="post")]).articles == 1
        assert {s.id for s in desk.stories()} >= {"s-1"}


def test_a_new_file_and_an_old_one_brought_up_to_date_have_the_same_tables(tmp_path):
    make_version_1(tmp_path / "old")
    found = []
    for desk in (Workspace.open(tmp_path / "old", write=True), Workspace.init(tmp_path / "new")):
        with desk:
            found.append(desk.database.rows("SELECT type, name, sql FROM sqlite_schema ORDER BY name"))
    assert found[0] == found[1]


def test_an_old_file_is_not_changed_by_a_reader(tmp_path, monkeypatch):
    make_version_1(tmp_path / "desk")
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, BETTER))
    with pytest.raises(StoreError, match="brings it up to date"):
        Workspace.open(tmp_path / "desk")


def test_a_migration_that_breaks_off_leaves_the_old_file(tmp_path, monkeypatch):
    make_version_1(tmp_path / "desk")
    Workspace.open(tmp_path / "desk", write=True).close()
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, BROKEN))
    with pytest.raises(StoreError):
        Workspace.open(tmp_path / "desk", write=True)
    monkeypatch.undo()
    with Workspace.open(tmp_path / "desk", write=True) as desk:
        assert desk.database.value("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") == 0
        assert desk.article("isle").text == TEXT
