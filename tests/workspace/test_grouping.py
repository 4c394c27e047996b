"""What the assigner of a workspace holds in memory."""

from days import rows
from retold.workspace import Workspace, grouping


def test_articles_too_old_to_be_compared_are_let_go_and_stories_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(grouping, "HELD", 150)
    monkeypatch.setattr(grouping, "WHOLE", 50)
    (tmp_path / "all.jsonl").write_text("".join(rows(200)), "utf-8")
    with Workspace.init(tmp_path / "desk") as made:
        made.add(tmp_path / "all.jsonl")
        held = made.assigner.stories
        assert held is not None and len(held) < 2 * 150
        assert min(held.home) > "d060"  # what is older by more than the window
        found = {made.story_of(f"d{day:03}h8") == made.story_of(f"d{day:03}h14") for day in range(200)}
        assert found == {True}


def test_terms_are_the_same_strings_in_all_items(tmp_path):
    (tmp_path / "all.jsonl").write_text("".join(rows(3)), "utf-8")
    with Workspace.init(tmp_path / "desk") as made:
        made.add(tmp_path / "all.jsonl")
        held = made.assigner.stories
        assert held is not None
        first, second = (set(map(id, item.keys)) for item in held.shelf.items[:2])
        assert len(first & second) >= 5
