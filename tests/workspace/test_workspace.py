import json
import sqlite3

import pytest

from retold.base.errors import NotFoundError, ReadOnlyError, StoreError
from retold.base.records import Article, Claim, Derivation, Membership, Metadata
from retold.group.items import unpacked
from retold.workspace import Workspace

DAM = (
    "The dam at Orlen cracked on Monday, the river authority said. Engineers found a crack of 14 metres. "
    "\"We will repair it by May\", said Ida Brekke, who leads the authority. Nobody in Orlen was hurt by the water."
)
COPY = DAM + " The mayor of Orlen asked for calm."
CHEESE = (
    "A cheese fair opens in Lund on Friday. Forty dairies show their goods, the organiser Per Holm said. "
    "The fair has been held since 1931 and ends on Sunday with a prize for the best blue cheese."
)


def lines(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def row(name, text, day=1, **more):
    return {"id": name, "text": text, "outlet": f"The {name.title()}", "published": f"2026-03-{day:02}T08:00:00+00:00",
            "url": f"https://{name}.example/{name}-story", **more}


@pytest.fixture
def full(desk, tmp_path):
    desk.add(lines(tmp_path / "a.jsonl", row("isle", DAM), row("post", COPY, 2), row("dairy", CHEESE, 3)))
    return desk


def test_articles_form_stories(full):
    dam, cheese = sorted(full.stories(), key=lambda s: -s.articles)
    assert (dam.articles, dam.outlets, dam.languages) == (2, ("The Isle", "The Post"), ("en",))
    assert (dam.first, dam.last, dam.origins) == ("2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z", None)
    assert cheese.articles == 1


def test_when_an_undated_article_was_collected_says_nothing_of_when_its_story_was_told(full, tmp_path):
    full.add(lines(tmp_path / "b.jsonl", {k: v for k, v in row("late", COPY + " It rained.").items() if k != "published"}))
    dam = full.stories(sort="retold")[0]
    assert (dam.articles, dam.first, dam.last) == (3, "2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z")
    full.forget(["isle"])
    dam = full.stories(sort="retold")[0]
    assert (dam.articles, dam.first, dam.last) == (2, "2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z")


def test_stories_without_a_date_come_after_the_newest(full, tmp_path):
    texts = ("Otters swim in the Lune again, the wildlife trust said.", "The chess club of Brindle moves into the old smithy.")
    undated = [{k: v for k, v in row(f"u{n}", text, 1).items() if k != "published"} for n, text in enumerate(texts)]
    full.add(lines(tmp_path / "u.jsonl", *undated))
    every = full.stories()
    assert [s.dated for s in every] == [True, True, False, False] and every[0].last > every[1].last
    for size in (1, 2, 3):
        pages = [s for at in range(0, 4, size) for s in full.stories(limit=size, offset=at)]
        assert pages == every
    assert [s.dated for s in full.stories(text="otters")] == [False]


def test_a_row_of_links_is_no_title_of_a_story(desk, tmp_path):
    (tmp_path / "dam.txt").write_text("Home | News | Rivers | Weather\nDam cracks at Orlen\n" + DAM, "utf-8")
    desk.add(tmp_path / "dam.txt")
    assert desk.stories()[0].title == "Dam cracks at Orlen"


def test_what_a_text_says_of_itself_is_kept_but_its_day_groups_it_with_nothing(desk, tmp_path):
    (tmp_path / "dam.txt").write_text("The Fell Gazette\nHome | News | Sport\n\nDam breaks\n\n3 May 2025, 14:20\n\n" + DAM, "utf-8")
    desk.add(tmp_path / "dam.txt")
    story = desk.stories()[0]
    assert (story.title, story.outlets, story.first) == ("Dam breaks", ("The Fell Gazette",), "2025-05-03T14:20:00Z")
    assert unpacked("dam", desk.database.value("SELECT rows FROM profiles")).day is None


def test_a_story_is_traced_once_and_kept(full, monkeypatch):
    story = full.stories(sort="retold")[0].id
    first = full.batch(story)
    assert {a.id for a in first.get(Article)} == {"isle", "post"}
    assert {m.story for m in first.get(Membership)} == {story}
    assert first.get(Claim) and first.get(Derivation)
    monkeypatch.setattr("retold.workspace.tracing.run", None)
    again = full.batch(story)
    assert [again.get(kind) for kind in again.kinds()] == [first.get(kind) for kind in first.kinds()]
    assert full.stories(sort="origins")[0].origins is not None
    assert full.report(story).stories[0].id == story


def test_a_new_article_reads_itself_alone_and_traces_its_story_alone(full, tmp_path, monkeypatch):
    for story in full.stories():
        full.batch(story.id)
    added = full.add(lines(tmp_path / "b.jsonl", row("wire", DAM + " The wire adds a word.", 4)))
    ran = []
    real = __import__("retold.workspace.tracing", fromlist=["run"]).run

    def run(batch, *, models, only):
        ran.append((only[0], sorted(a.id for a in batch.get(Article))))
        return real(batch, models=models, only=only)

    monkeypatch.setattr("retold.workspace.tracing.run", run)
    for story in full.stories():
        full.batch(story.id)
    assert len(added.stories) == 1
    assert ran == [("divide", ["wire"]), ("link", ["isle", "post", "wire"])]


def test_adding_again_changes_nothing(full, tmp_path):
    before = full.stories()
    again = full.add(tmp_path / "a.jsonl")
    assert (again.articles, again.versions, again.unchanged, again.failures) == (0, 0, 3, 0)
    assert full.stories() == before


def test_a_changed_page_is_a_new_version_dated_by_the_first(full, tmp_path):
    changed = row("other-id", DAM.replace("14 metres", "40 metres"), 9, url="http://www.isle.example/isle-story?utm_source=x")
    added = full.add(lines(tmp_path / "b.jsonl", changed))
    assert (added.articles, added.versions, added.ids) == (0, 1, ["isle"])
    first, second = full.versions("isle")
    assert "14 metres" in first.article.text and "40 metres" in second.article.text
    assert full.article("isle").text == second.article.text
    assert full.article("isle").published == "2026-03-01T08:00:00+00:00"
    assert b"14 metres" in full.original("isle", 1) and b"40 metres" in full.original("isle")
    [revision] = full.revisions("isle")
    assert (revision.number, revision.silent, [c.turn for c in revision.changes]) == (2, True, ["changed"])
    [dated] = [m for m in full.batch(full.story_of("isle")).get(Metadata) if m.article == "isle" and m.method == "version 1 of 2"]
    assert (dated.field, dated.value) == ("published", "2026-03-01T08:00:00+00:00")


def test_what_cannot_be_used_is_a_failure_and_the_rest_goes_on(desk, tmp_path):
    broken = lines(tmp_path / "a.jsonl", row("isle", DAM), {"text": 7})
    broken.write_bytes(broken.read_bytes() + b"{no json\n")
    added = desk.add([broken, tmp_path / "missing.txt"])
    assert (added.articles, added.failures) == (1, 3)
    assert len(desk.failures()) == 3
    desk.add([broken])
    assert len(desk.failures()) == 3


def test_reading_needs_no_right_to_write(full, tmp_path):
    with Workspace.open(tmp_path / "desk") as reader:
        assert reader.stories() == full.stories()
        assert reader.batch(full.stories(sort="retold")[0].id).get(Claim)
        with pytest.raises(ReadOnlyError):
            reader.add(tmp_path / "a.jsonl")


def test_a_story_is_written_to_a_file(full, tmp_path):
    full.export(full.stories(sort="retold")[0].id, tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["documents"]


def test_what_is_forgotten_is_gone_everywhere(full, tmp_path):
    story = full.stories(sort="retold")[0].id
    full.batch(story)
    assert full.forget(["post"]) == [story]
    assert full.stories(sort="retold")[0].articles == 1
    with pytest.raises(NotFoundError):
        full.article("post")
    for path in (tmp_path / "desk").rglob("*"):
        assert not path.is_file() or path.suffix == ".sqlite" or b"asked for calm" not in path.read_bytes() or path.name.endswith("-wal")
    assert full.check().faults == ()


def test_a_sound_workspace_is_found_sound_and_a_changed_original_is_told(full, tmp_path):
    assert (full.check().articles, full.check().faults, full.check().leftovers) == (3, (), ())
    [pack] = (tmp_path / "desk/originals/rows").iterdir()
    pack.write_bytes(pack.read_bytes().replace(b"Orlen", b"Arlen"))
    assert len(full.check().faults) == 2


def test_a_backup_is_a_workspace(full, tmp_path):
    full.backup(tmp_path / "copy.sqlite")
    with Workspace.open(tmp_path / "copy.sqlite") as copy:
        assert copy.stories() == full.stories()
        assert copy.check().faults == ()
        assert copy.original("isle") == full.original("isle")
    with pytest.raises(StoreError):
        full.backup(tmp_path / "copy.sqlite")


def test_other_tools_can_open_the_file(full, tmp_path):
    with sqlite3.connect(tmp_path / "desk/desk.sqlite") as plain:
        assert plain.execute("SELECT count(*) FROM articles WHERE story <> ''").fetchone() == (3,)
    plain.close()
