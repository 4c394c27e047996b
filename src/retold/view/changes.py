"""What changed on the way, said in a few words beside the claims that it touches."""

from __future__ import annotations

import re

from retold.view.findings import Alteration, Claim, Story
from retold.view.wording import QUOTE_TURNS, turn_of, turned

BECAME = re.compile(r"“(?P<before>.*)” became “(?P<after>.*)”\Z", re.DOTALL)
GONE = re.compile(r"“(?P<words>.*)” is gone\Z", re.DOTALL)
NEW = re.compile(r"“(?P<words>.*)” is new\Z", re.DOTALL)


def how(change: Alteration) -> str:
    """A change in a few words: what it is about, and what stands for what."""
    if change.kind in QUOTE_TURNS:
        return f"{turn_of(change)}, {turned(change)}"
    if found := BECAME.search(change.words):
        return f"{turn_of(change)}, “{found['after']}” for “{found['before']}”"
    if found := GONE.search(change.words):
        return f"{turn_of(change)}, “{found['words']}” gone"
    if found := NEW.search(change.words):
        return f"{turn_of(change)}, “{found['words']}” added"
    return f"{turn_of(change)}, {change.words}" if change.words else turn_of(change)


def changes_of(story: Story, claim: Claim) -> list[tuple[str, Alteration]]:
    """Who altered a claim, and how: (article, change), in the order of the articles, each once."""
    known = {a.id: a for a in story.alterations}
    found = [(cell.document, known[id_]) for cell in claim.cells for m in cell.mentions for id_ in m.changes if id_ in known]
    return list({(document, how(change)): (document, change) for document, change in reversed(found)}.values())[::-1]
