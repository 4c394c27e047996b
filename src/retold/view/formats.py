"""The formats in which a report can be had."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, Literal, TextIO

from retold.base.errors import SettingsError
from retold.view.report import Report

Format = Literal["json", "terminal", "html", "markdown"]
FORMATS: tuple[Format, ...] = ("json", "terminal", "html", "markdown")
ENDINGS: dict[str, Format] = {
    ".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "terminal",
}
NARROWEST, WIDEST = 60, 140  # columns: below tables break, beyond lines are too long to read


def render(report: Report, format: str = "terminal", *, colour: bool = False, width: int = 100) -> str:  # noqa: A002
    """The report as text that ends in a line feed.

    Args:
        report: what `build_report` made.
        format: one of `FORMATS`.
        colour: whether the terminal format may use colours; never when its output is not a terminal.
        width: columns of the terminal format.

    Raises:
        SettingsError: there is no such format.
    """
    if format == "json":
        return report.to_json()
    if format == "terminal":
        from retold.view.terminal import render_terminal

        return render_terminal(report, colour=colour, width=width)
    if format == "html":
        from retold.view.html import render_html

        return render_html(report)
    if format == "markdown":
        from retold.view.markdown import render_markdown

        return render_markdown(report)
    raise SettingsError(expected="one of " + ", ".join(FORMATS), found=repr(format), where="format", advice="choose one of these")


def screen(stream: TextIO) -> dict[str, Any]:
    """How `render` should write for a stream: as wide as a terminal is, and in colour unless NO_COLOR is set.

    Nothing for a file or a pipe, which get the same bytes everywhere.
    """
    if not stream.isatty():
        return {}
    return {"width": min(max(shutil.get_terminal_size((100, 24)).columns, NARROWEST), WIDEST), "colour": not os.environ.get("NO_COLOR")}


def format_of(path: str) -> Format | None:
    """The format that a file's ending asks for, None where it asks for none.

    >>> format_of("report.html"), format_of("report")
    ('html', None)
    """
    return next((found for ending, found in ENDINGS.items() if path.casefold().endswith(ending)), None)


def see_writable(path: Path) -> None:
    """See, before the work starts, that a report can be written to a file.

    Raises:
        SettingsError: there is no such folder, or writing is not allowed.
    """
    if path.is_dir():
        raise unwritable(path, "a folder", "give the file a name")
    if not path.parent.is_dir():
        raise unwritable(path, f"no folder {path.parent}", "make the folder, or choose another one")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise unwritable(path, "one that may not be written to", "choose another folder")


def write_report(text: str, path: Path) -> None:
    """Write a report to a file.

    Raises:
        SettingsError: the file cannot be written.
    """
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise unwritable(path, error.strerror or type(error).__name__, "choose another file") from error


def unwritable(path: Path, found: str, advice: str) -> SettingsError:
    """The error about a file that no report can be written to."""
    return SettingsError(expected="a file that can be written", found=found, where=str(path), advice=advice)
