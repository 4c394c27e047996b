"""What the commands over a workspace list in the terminal: stories, articles and claims, two or three lines each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retold.view.visible import visible
from retold.view.wording import count

if TYPE_CHECKING:
    from retold.workspace import StorySummary
    from retold.workspace.claims import ClaimHit
    from retold.workspace.search import Hit

MOST_OUTLETS = 4


def when(time: str, *, dated: bool, minutes: bool = False) -> str:
    """When something came out; where nobody knows, when it was collected, and that it is that.

    >>> when("2026-03-02T06:40:00Z", dated=True, minutes=True), when("2026-03-02T00:00:00Z", dated=True, minutes=True)
    ('2026-03-02 06:40', '2026-03-02')
    >>> when("2026-11-29T19:33:00Z", dated=False)
    'no date, added 2026-11-29'
    """
    if not dated:
        return f"no date, added {time[:10]}"
    return time[:16].replace("T", " ").removesuffix(" 00:00") if minutes else time[:10]


def story_lines(story: StorySummary) -> str:
    """A story: its id, when it was last told, its title; how many tell it, what was found, who tells it."""
    origins = "not traced yet"
    if story.origins is not None:
        origins = f"{count('independent origin', story.origins)}, {count('conflict', story.conflicts or 0)}"
    more = len(story.outlets) - MOST_OUTLETS
    outlets = ", ".join(story.outlets[:MOST_OUTLETS]) + (f" and {more} more" if more > 0 else "")
    words = " · ".join(filter(None, (count("article", story.articles), origins, " ".join(story.languages), outlets)))
    head = f"{story.id}  {when(story.last, dated=story.dated, minutes=True)}  {story.title}"
    return f"{visible(head, lines=False)}\n    {visible(words, lines=False)}"


def hit_lines(hit: Hit) -> str:
    """An article that was found, with the part of its text that has the words."""
    head = "  ".join(filter(None, (hit.article, when(hit.time, dated=hit.dated), hit.outlet, hit.title)))
    return f"{visible(head, lines=False)}\n    {visible(' '.join(hit.snippet.split()), lines=False)}"


def claim_lines(hit: ClaimHit) -> str:
    """A claim that was found: who says it, what it goes back to, and its story."""
    said = f"according to {', '.join(hit.attributed_to)}" if hit.attributed_to else "attributed to nobody"
    roots = f"{count('origin', len(hit.origins))}: {', '.join(hit.origins)}" if hit.origins else ""
    words = " · ".join(filter(None, (hit.verdict, count("article", hit.articles), said, roots, "disputed" if hit.disputed else "")))
    story = f"{hit.story}  {when(hit.time, dated=hit.dated)}  {hit.story_title}"
    return "\n    ".join(visible(line, lines=False) for line in (" ".join(hit.text.split()), words, story))
