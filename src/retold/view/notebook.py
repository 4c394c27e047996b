"""The report as a small card for notebooks: the answer, the origins and the claims, escaped and without script or style sheet."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from retold.view.findings import Story
from retold.view.visible import shorten, visible
from retold.view.wording import answer, behind, count, reach, tally, whereabouts

if TYPE_CHECKING:
    from retold.view.report import Report

MAX_ROWS = 12  # claims in a card; the full report has them all
MAX_STORIES = 5


def safe(text: str) -> str:
    """Text that can stand anywhere in the card."""
    return f"<bdi>{escape(visible(text, lines=False))}</bdi>"


def report_card(report: Report) -> str:
    """A fragment of HTML: one block a story, the largest first."""
    told = report.told
    blocks = [story_card(s) for s in told[:MAX_STORIES]]
    if len(told) > MAX_STORIES:
        blocks.append(f"<p>… and {count('story', len(told) - MAX_STORIES)} more</p>")
    if report.failures:
        blocks.append(f"<p>{count('failure', len(report.failures))}: see <code>report.failures</code></p>")
    return "<div>" + "".join(blocks) + "</div>"


def story_card(story: Story) -> str:
    """One story."""
    origins = "".join(f"<li>{safe(o.label)}: {safe(o.kind)}, {whereabouts(o)}</li>" for o in story.independent)
    rows = "".join(
        f"<tr><td style='text-align:left'>{safe(shorten(c.text, 140))}</td><td>{c.documents}</td>"
        f"<td style='text-align:left'>{safe(c.verdict)}</td></tr>"
        for c in story.claims[:MAX_ROWS]
    )
    table = f"<table><tr><th>claim</th><th>articles</th><th>verdict</th></tr>{rows}</table>" if rows else ""
    return (
        f"<h3>{safe(story.title)}</h3><p><strong>{safe(answer(story))}</strong> ({safe(reach(story))}). {safe(behind(story))}</p>"
        f"<ul>{origins}</ul><p>{safe(tally(story))}</p>{table}"
    )
