import os
from pathlib import Path

import pytest

from retold.base.errors import InputError, NotFoundError, RetoldError, TooLargeError
from retold.collect.files import files_under, read_file, stem_of
from retold.collect.settings import CollectSettings


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Rain fell.")


def names_under(folder: Path) -> list[str]:
    return [str(p.relative_to(folder)) if isinstance(p, Path) else type(p).__name__ for p in files_under(folder)]


def test_a_folder_is_read_whole_sorted_and_without_hidden_files(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.txt", "a/b/c.html", ".hidden", ".git/x.txt", "c")
    assert names_under(tmp_path) == ["a/b/c.html", "a/z.txt", "b.txt", "c"]


def test_what_a_browser_saved_beside_a_page_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.html", "a_files/x.js", "b.htm", "b-Dateien/y.txt", "c_files/z.txt")
    assert names_under(tmp_path) == ["a.html", "b.htm", "c_files/z.txt"]


def test_links_that_lead_in_circles_are_safe(tmp_path: Path) -> None:
    make(tmp_path, "a/b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    found = names_under(tmp_path)
    assert "a/b.txt" in found
    assert len(found) <= 2


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    assert names_under(tmp_path) == ["EmptyError"]


def test_a_missing_file_and_an_odd_name_are_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path / "a.txt" / "b", Path("a\x00b")):
        with pytest.raises(NotFoundError):
            read_file(path, CollectSettings())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="permission denied"):
        read_file(tmp_path / "a.txt", CollectSettings())


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a"])
def test_each_kind_of_file_has_its_limit(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x" * 11)
    tight = CollectSettings(max_text_bytes=10, max_page_bytes=10, max_table_bytes=10)
    with pytest.raises(TooLargeError, match="expected at most 10 bytes, found 11"):
        read_file(tmp_path / name, tight)
    assert len(read_file(tmp_path / name, CollectSettings(max_text_bytes=11, max_page_bytes=11, max_table_bytes=11)).data) == 11


def test_an_endless_file_is_read_to_its_limit_only() -> None:
    with pytest.raises(TooLargeError):
        read_file(Path("/dev/zero"), CollectSettings(max_table_bytes=1000))


def test_stems() -> None:
    assert [stem_of(n) for n in ("a.b.txt", "x.csv.gz", ".txt", "Ж.html")] == ["a.b", "x", ".txt", "Ж"]


def test_errors_are_ours(tmp_path: Path) -> None:
    assert all(isinstance(found, RetoldError | Path) for found in files_under(tmp_path / "none"))
