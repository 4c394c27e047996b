"""What hangs on a source, and what is left if it falls away: the question that an editor asks when a source turns out to be wrong."""

from __future__ import annotations

from dataclasses import dataclass

from retold.view.findings import Claim, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """What goes with a source.

    articles: those that have nothing left to rest on, in the order of the story. lost: claims of which no origin is left;
    weakened: claims that keep one. origins: how many independent ones are left.
    """

    articles: tuple[str, ...]
    lost: tuple[Claim, ...]
    weakened: tuple[Claim, ...]
    origins: int


def without(story: Story, node: str) -> Fall:
    """What goes with a node: everything that is reached from it along counted edges and from no other root.

    An article that is had from two sources stands as long as one of them does.
    """
    fallen = fall_from(story, node)
    touched = [c for c in story.claims if any(o in fallen for o in c.origins)]
    lost = tuple(c for c in touched if all(o in fallen for o in c.origins))
    return Fall(
        articles=tuple(d.id for d in story.documents if d.id in fallen and d.id != node), lost=lost,
        weakened=tuple(c for c in touched if c not in lost), origins=sum(o.id not in fallen for o in story.independent),
    )


def fall_from(story: Story, node: str) -> set[str]:
    """The node and everything that rests on it alone."""
    sources: dict[str, set[str]] = {}
    for edge in story.links:
        sources.setdefault(edge.target, set()).add(edge.source)
    standing = {o.id for o in story.origins if o.independent} - {node}
    fallen, grown = {node}, True
    while grown:
        more = {t for t, had in sources.items() if t not in fallen and t not in standing and had <= fallen}
        fallen |= more
        grown = bool(more)
    return fallen
