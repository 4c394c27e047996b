"""Decisions: keys, the file, and what cannot be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.base.decisions import edge_key, edge_of, latest, make_decision, name_key, pair_key, places_of, read_decisions, write_decisions
from retold.base.errors import MalformedError, NotFoundError, SettingsError

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1)


@given(TEXT, TEXT, st.integers(0, 10**6), st.integers(0, 10**6))
def test_places_survive_their_key(one, other, start, end):
    key = pair_key((one, start, end), (other, end, start))
    assert (one, start, end) in places_of(key) or " ~ " in one + other or "[" in one + other


@given(TEXT, TEXT)
def test_an_edge_is_found_by_its_key_among_the_articles(source, target):
    assert edge_of(edge_key(source, target), {source, target}) is not None
    assert edge_of(edge_key("external:" + source, target), {target}) is not None


@pytest.mark.parametrize("name", ["d.toml", "d.jsonl"])
@given(key=TEXT, note=TEXT)
def test_the_file_gives_back_what_was_written(tmp_path_factory, name, key, note):
    path = tmp_path_factory.mktemp("decisions") / name
    made = [make_decision("reject", "edge", f"{key} -> b", made="2026-03-02T10:00:00+00:00", note=note),
            make_decision("merge", "name", name_key("Falk", "Фальк"))]
    write_decisions(path, made)
    assert read_decisions(path) == latest(made)


def test_the_latest_decision_about_a_thing_holds():
    early = make_decision("confirm", "edge", "a -> b", made="2026-03-01")
    late = make_decision("reject", "edge", "a -> b", made="2026-03-02")
    assert latest([late, early]) == (late,)


@pytest.mark.parametrize(("kind", "subject", "key"), [
    ("merge", "edge", "a -> b"), ("confirm", "edge", "a"), ("reject", "conflict", "a ~ b"), ("merge", "name", "Falk"), ("confirm", "weather", "x"),
    ("leave_out", "article", " "), ("merge", "outlet", "The Vale Post"),
])
def test_what_cannot_be_meant_is_refused(kind, subject, key):
    with pytest.raises(SettingsError):
        make_decision(kind, subject, key)


@pytest.mark.parametrize("text", ["[[decision]]\nkind = 1", "not toml", '[[decision]]\nkind = "confirm"\nsubject = "edge"\nkey = "a"', 'decision = "x"'])
def test_a_broken_file_says_where(tmp_path, text):
    path = tmp_path / "d.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(MalformedError, match=r"d\.toml"):
        read_decisions(path)


def test_no_file_is_said_so(tmp_path):
    with pytest.raises(NotFoundError):
        read_decisions(tmp_path / "none.toml")
