"""Settling all stories afresh, as one look at all articles would have found them, whatever the order in which they came.

A large workspace is settled in pieces of `HELD` articles that overlap by half, each with whole stories only, in the order of their first
telling: stories are told within days, and each seam lies in the middle of the next piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from retold.base.engines.sqlite import Database
from retold.group.items import unpacked
from retold.group.online import Assigner
from retold.workspace.grouping import HELD, Assignment, shared
from retold.workspace.stories import current_name, settle

FIRST = ("SELECT a.story, count(*) FROM profiles p JOIN articles a ON a.n = p.article WHERE a.story <> '' GROUP BY a.story"
         " ORDER BY min(p.day), a.story")


@dataclass(slots=True, kw_only=True)
class Settled:
    """What settling changed: how many articles are in another story now, of so many; merged: former id of a story to the one that it is
    in now; split: id to the ids of what left it."""

    articles: int = 0
    moved: int = 0
    merged: dict[str, str] = field(default_factory=dict)
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)


def settle_all(database: Database, progress: Callable[[str], None]) -> Settled:
    """Settle all stories, a piece at a time, each in a transaction of its own."""
    done = Settled(articles=int(database.value("SELECT count(*) FROM profiles") or 0))
    for number, names in enumerate(pieces(database.rows(FIRST)), 1):
        progress(f"settling piece {number}")
        with database.transaction():
            homes, merged, split = settle_piece(database, names)
            settle(database, homes, [])
        done.moved += len(homes)
        done.merged |= merged
        done.split |= split
    done.merged = {old: current_name(database, new) for old, new in sorted(done.merged.items())}
    return done


def pieces(stories: Sequence[tuple[str, int]]) -> Iterator[list[str]]:
    """Stories in pieces of `HELD` articles that overlap by half. stories: id and articles of each, by their first telling.

    >>> list(pieces([("a", 3), ("b", 2)]))
    [['a', 'b']]
    """
    halves: list[list[str]] = [[]]
    size = 0
    for name, articles in stories:
        if size >= HELD // 2:
            halves.append([])
            size = 0
        halves[-1].append(name)
        size += articles
    for i in range(max(1, len(halves) - 1)):
        yield [name for half in halves[i:i + 2] for name in half]


def settle_piece(
    database: Database, names: Sequence[str],
) -> tuple[list[Assignment], Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """What settling the articles of some stories changes. A story of the piece before may be gone by now, into another of them."""
    wanted = {current_name(database, name) for name in names}
    rows = [row for name in sorted(wanted) for row in database.each(
        "SELECT a.id, a.story, p.rows FROM articles a JOIN profiles p ON p.article = a.n WHERE a.story = ? ORDER BY a.id", (name,))]
    before = {name: story for name, story, _ in rows}
    elsewhere = {str(story) for (story,) in database.rows("SELECT id FROM stories")} - wanted
    changes = Assigner((shared(unpacked(name, data)), story) for name, story, data in rows).settle(taken=elsewhere)
    homes = [Assignment(article=a, story=story, score=round(changes.scores[a], 6), former=before[a])
             for a, story in sorted(changes.stories.items())]
    return homes, changes.merged, changes.split
