"""The gate itself: floors hold, rise, and never fall in silence."""

import json
from pathlib import Path
from typing import Any

import gate
import pytest
from gate import Corpus, Outcome, breaches, changed, corpus_hash, folded, raised, read_floors, table, write_floors

FIGURES = {"links": 0.8, "links.precision": 0.9, "links.recall": 0.7, "origins.count_error": 1.0}


def corpus(folder: Path, *, owned: bool = True) -> Corpus:
    return Corpus(key="example", title="A story", folder=folder, stories={}, owned=owned)


@pytest.mark.parametrize(
    ("name", "floor", "words"),
    [
        ("links", {"floor": 0.8}, []),
        ("links", {"floor": 0.8004}, []),  # both read 0.800
        ("links", {"floor": 0.81, "best": 0.81}, ["links: 0.800 is under its floor of 0.810"]),
        ("origins.count_error", {"floor": 1.0}, []),  # here less is better
        ("origins.count_error", {"floor": 0.5}, ["origins.count_error: 1.000 is under its floor of 0.500"]),
        ("quotes", {"floor": 0.1}, ["quotes: has a floor but no figure"]),
        ("links", {"floor": 0.7, "best": 0.9}, ['links: the floor was lowered from 0.9 to 0.7; say why in its "why"']),
        ("links", {"floor": 0.7, "best": 0.9, "why": " "}, ['links: the floor was lowered from 0.9 to 0.7; say why in its "why"']),
        ("links", {"floor": 0.7, "best": 0.9, "why": "the story grew by an article"}, []),
        ("origins.count_error", {"floor": 2.0, "best": 1.0}, ['origins.count_error: the floor was lowered from 1.0 to 2.0; say why in its "why"']),
    ],
)
def test_what_shuts_the_gate(name: str, floor: dict[str, Any], words: list[str]) -> None:
    assert list(breaches(FIGURES, {name: floor})) == words


def test_floors_rise_and_never_fall() -> None:
    old = {"links": {"floor": 0.79, "best": 0.79}, "quotes": {"floor": 0.5, "best": 0.6, "why": "fewer quotes"}}
    new = raised(FIGURES | {"names": 0.5, "claims": 0.01}, old)
    assert new == old | {"origins.count_error": {"floor": 1.02, "best": 1.02}, "names": {"floor": 0.48, "best": 0.48},
                         "claims": {"floor": 0.0, "best": 0.0}}
    assert raised(FIGURES | {"links": 0.9}, old)["links"] == {"floor": 0.88, "best": 0.88}
    assert raised(FIGURES | {"origins.count_error": 0.0}, new)["origins.count_error"]["floor"] == 0.02


def test_floors_are_written_one_a_line(tmp_path: Path) -> None:
    floors = {"example": {"corpus": "ab12", "floors": {"links": {"floor": 0.5, "why": "Größe"}}}, "shared": {"corpus": "", "floors": {}}}
    path = tmp_path / "floors.json"
    write_floors(floors, path)
    assert read_floors(path) == floors
    assert '   "links": {"floor": 0.5, "why": "Größe"}' in path.read_text("utf-8").splitlines()
    assert read_floors(tmp_path / "none.json") == {}


def test_a_changed_story_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Eight cows.", "utf-8")
    kept = {"corpus": corpus_hash(tmp_path)}
    assert changed(corpus(tmp_path), kept) == ""
    (tmp_path / "notes.md").write_text("no part of the story", "utf-8")
    assert changed(corpus(tmp_path), kept) == ""
    (tmp_path / "a.txt").write_text("Nine cows.", "utf-8")
    assert changed(corpus(tmp_path), kept).endswith("run with --pin")
    assert changed(corpus(tmp_path, owned=False), kept).endswith("since the floors were set")


def test_a_moved_word_changes_the_hash(tmp_path: Path) -> None:
    for name, text in (("a.txt", "xy"), ("b.txt", "")):
        (tmp_path / name).write_text(text, "utf-8")
    before = corpus_hash(tmp_path)
    for name, text in (("a.txt", "x"), ("b.txt", "y")):
        (tmp_path / name).write_text(text, "utf-8")
    assert corpus_hash(tmp_path) != before


def test_the_table_of_several_stories() -> None:
    columns = {"one": FIGURES, "another": FIGURES | {"links": 0.6}}
    outcome = Outcome(columns=columns, mean=gate.mean(columns.values()), notes={})
    lines = list(table(outcome, {"links": {"floor": 0.75}, "origins.count_error": {"floor": 1.0}}))
    assert [line.split() for line in lines] == [
        ["one", "another", "mean", "precision", "recall", "floor"],
        ["links", "0.800", "0.600", "0.700", "0.900", "0.700", "0.750", "UNDER", "ITS", "FLOOR"],
        ["count", "error", "1.000", "1.000", "1.000", "≤", "1.000", "ok"],
    ]
    assert len({len(line.partition(" ok")[0].partition(" UNDER")[0].rstrip()) for line in lines}) == 1  # in columns


def test_notes_alike_are_told_once() -> None:
    assert list(folded(["x", "y", "x"])) == ["x (2 times)", "y"]


@pytest.mark.parametrize(("links", "status", "words"), [(0.8, 0, "The gate is open"), (0.9, 1, "links: 0.800 is under its floor of 0.900")])
def test_the_exit_status(
    links: float, status: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "floors.json"
    own = {"corpus": corpus_hash(gate.OWN), "floors": {}}
    write_floors({"example": {"corpus": corpus_hash(gate.EXAMPLE), "floors": {"links": {"floor": links, "best": links}}}, "own": own}, path)
    outcome = Outcome(columns={"varnholm": FIGURES}, mean=FIGURES, notes={"varnholm": ["link missed: a → b"]})
    monkeypatch.setattr(gate, "measure", lambda *_, **__: outcome)
    monkeypatch.setattr(gate, "SHARED", tmp_path / "nowhere")
    before = path.read_text("utf-8")
    assert gate.main(["--floors", str(path)]) == status
    out = capsys.readouterr().out
    assert words in out
    assert "../shared/gold: none there" in out
    assert gate.main(["--floors", str(path), "--figures"]) == 0
    assert path.read_text("utf-8") == before
    assert gate.main(["--floors", str(path), "--raise"]) == 0
    assert json.loads(path.read_text("utf-8"))["example"]["floors"]["links"]["floor"] == max(links, 0.78)


def test_the_tests_take_a_third_of_our_stories_and_the_whole_gate_all() -> None:
    some, every = gate.own_corpus(), gate.own_corpus(whole=True)
    assert list(every.stories) == sorted(path.parent.name for path in gate.OWN.glob("*/story.json"))
    assert list(some.stories) == list(every.stories)[::gate.OWN_STEP]
    assert some.key != every.key
    bare, whole = next(gate.bare_corpora()), next(gate.bare_corpora(whole=True))
    assert list(bare.stories) == list(whole.stories)[::gate.BARE_STEP]
    assert list(whole.stories) == list(every.stories)


def test_every_story_of_ours_has_its_row() -> None:
    table = (gate.ROOT / "eval" / "README.md").read_text("utf-8")
    rows = {line.split("`")[1]: [cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("| `")}
    for annotation in gate.OWN.glob("*/story.json"):
        documents = json.loads(annotation.read_text("utf-8"))["documents"]
        _, _, number, languages = rows[annotation.parent.name]
        assert int(number) == len(documents), annotation.parent.name
        assert set(languages.split()) <= {d["language"] for d in documents}, annotation.parent.name


def test_trouble_with_a_story_shuts_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Outcome(columns={"varnholm": FIGURES}, mean=FIGURES, notes={}, troubles=["varnholm: a.txt: expected an article, found 0 bytes"])
    path = tmp_path / "floors.json"
    write_floors({"example": {"corpus": corpus_hash(gate.EXAMPLE), "floors": {}}}, path)
    monkeypatch.setattr(gate, "measure", lambda *_, **__: outcome)
    assert gate.main(["--example", "--floors", str(path)]) == 1
    assert "example: varnholm: a.txt: expected an article" in capsys.readouterr().out


def test_the_floors_that_are_kept_are_in_order() -> None:
    kept = read_floors()
    assert set(kept) == {"example", "own", "own_whole", "shared", "own_bare", "own_bare_whole", "shared_bare"}
    for floors in (corpus["floors"] for corpus in kept.values()):
        assert all(set(floor) <= {"floor", "best", "why"} for floor in floors.values())
        assert not [name for name, floor in floors.items() if gate.lowered(name, floor)]
    assert kept["example"]["corpus"] == corpus_hash(gate.EXAMPLE)
