"""Whether articles say that a source said a claim, or whether it only stands at the root of the articles that make it."""

from __future__ import annotations

from retold.view.findings import Claim, Node, Story

TEXTS = ("article", "outlet", "agency", "document")  # sources that are texts: whoever has something from there has read it
LEAST = 3  # letters of a name that tells somebody


def is_told(story: Story, claim: Claim, node: Node) -> bool:
    """Whether a claim may be laid at the door of a source: a text, or somebody to whom some article attributes it, in any spelling."""
    if node.kind in TEXTS:
        return True
    named = {folded(name) for mention in claim.mentions for name in mention.attributed_to}
    if not named:
        return False
    label = folded(node.label)
    spellings = ({folded(s.text) for s in name.spellings} | {folded(name.label)} for name in story.names)
    forms = {label}.union(*(found for found in spellings if label in found))
    return any(form in name or name in form for form in forms for name in named if min(len(form), len(name)) >= LEAST)


def untold(story: Story, claim: Claim) -> tuple[str, ...]:
    """The names of a claim's origins of whom no article says that they said it."""
    nodes = {node.id: node for node in story.nodes}
    return tuple(nodes[o].label for o in claim.origins if o in nodes and not is_told(story, claim, nodes[o]))


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.casefold().split())
