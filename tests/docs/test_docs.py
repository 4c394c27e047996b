"""The docs say what the program does: every command, option and table appears, and README's Python runs."""

import argparse
import re
from pathlib import Path

import pytest

from retold.base.records import RECORDS
from retold.cli import make_parser
from retold.pipeline import STAGE_PATHS

ROOT = Path(__file__).parents[2]


def read(name):
    return (ROOT / name).read_text("utf-8")


def commands():
    parser = make_parser()
    [subparsers] = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return subparsers.choices


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_documented(name):
    docs = read("docs/commands.md")
    assert f"`retold {name}" in docs
    for action in commands()[name]._actions:
        for option in action.option_strings:
            if option not in ("-h", "--help"):
                assert re.search(rf"`{option}[ `]", docs), option


@pytest.mark.parametrize("kind", RECORDS, ids=lambda k: k.table)
def test_every_table_is_documented(kind):
    assert f"| `{kind.table}` |" in read("docs/tables.md")


@pytest.mark.parametrize("stage", ["collect", *dict.fromkeys(p.split(".")[1] for p in STAGE_PATHS.values()), "view"])
def test_every_stage_has_a_method_page(stage):
    pages = [p.name for p in (ROOT / "docs/methods").glob("*.md")]
    assert any(p.startswith(stage) for p in pages), pages


def test_the_readme_is_short_and_names_the_two_commands():
    readme = read("README.md")
    assert len(readme.splitlines()) <= 120
    assert "make demo" in readme and "make test" in readme


def test_links_between_the_docs_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"
        for target in re.findall(r"`(docs/[\w/.-]+\.md)`", page.read_text("utf-8")):
            assert (ROOT / target).exists(), f"{page.relative_to(ROOT)}: {target}"


def test_the_python_in_the_readme_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", read("README.md"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip()
