"""Which story each arriving article belongs to: what is read of it for that, and the assigner of `group` with its state in the file.

Only the beginning of an article is read here (its language, its first sentences, the names and numbers in them), and all its lines where
it came without a title, an outlet or a date: the rest is read when its story is traced.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retold.base.engines.sqlite import Database
from retold.base.models import Models
from retold.base.records import Article
from retold.divide.heads import Said, filled, told_alone
from retold.divide.languages import decide
from retold.group.items import LEAD, Item, day_number, make_items, packed, unpacked
from retold.group.neighbours import WINDOW
from retold.group.online import WHOLE
from retold.group.online import Assigner as Stories

HELD = 40_000  # articles in memory from which those too old to be compared with new ones are let go: about 20 kB each
SLACK = 5.0  # days by which articles may come late before older ones are read again from the file
READ = 1_000  # characters of an article that its language is told by in a large workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is read of an article before it is written. said: what its text gives where it came without a title, an outlet or a date;
    told: days since the epoch, of its collection where it has no date."""

    article: str
    language: str
    said: tuple[Said, ...]
    item: Item
    told: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The story of an article, new or moved there, and the strength of its tie. former: the story that it was in."""

    article: str
    story: str
    score: float
    former: str = ""


def prepare(articles: Sequence[Article], times: Sequence[str], models: Models, *, depth: int) -> list[Prepared]:
    """What is read of each article before it is written. times: when each was told, ISO 8601 in UTC; depth: strings that are encoded of
    each.

    An article that does not say when it was published has no time for its story, as in `retold group`: a day that was read off its text
    is left out there.
    """
    identifier = models.get("identifier")
    codes = [decide(a.text if depth > LEAD else a.text[:READ], a.language, identifier)[0] for a in articles]
    said = [told_alone(article, models) for article in articles]
    grouped = [replace(filled(article, found), published=article.published) for article, found in zip(articles, said, strict=True)]
    items = make_items(grouped, codes, models.get("encoder"), depth=depth, models=models)
    return [Prepared(article=a.id, language=code, said=found, item=item, told=day_number(time) or 0.0)
            for a, code, found, item, time in zip(articles, codes, said, items, times, strict=True)]


class Assigner:
    """Assigns articles to stories as they come.

    What it knows lies in the table `profiles`. Of a large workspace only articles told within `WINDOW` days and some of those at hand
    are held in memory, and of these the latest `HELD`; a small one that grows is held whole until it has as many.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.reset()

    def reset(self) -> None:
        """Forget what is held in memory: after a transaction that failed, it is more than the file has."""
        self.stories: Stories | None = None
        self.held = (np.inf, -np.inf)
        self.most = HELD

    def assign(self, found: Sequence[Prepared]) -> list[Assignment]:
        """The stories of new articles, and of articles that were known and move. Part of the caller's transaction."""
        if not found:
            return []
        days = [p.told for p in found]
        stories = self.load(min(days) - WINDOW, max(days) + WINDOW)
        before = dict(stories.home)
        items = [shared(replace(p.item, article=p.article)) for p in found]
        self.database.run_many("INSERT OR REPLACE INTO profiles (article, day, rows) SELECT n, ?, ? FROM articles WHERE id = ?",
                               [(p.told, packed(item), item.article) for p, item in zip(found, items, strict=True)])
        changes = stories.assign(items)
        out = [Assignment(article=a, story=story, score=round(changes.scores[a], 6), former=before.get(a, ""))
               for a, story in sorted(changes.stories.items())]
        return out + self.left_behind(changes.merged, changes.stories)

    def left_behind(self, merged: Mapping[str, str], moved: Mapping[str, str]) -> list[Assignment]:
        """The articles of merged stories that are too old to be held: they go with the others."""
        rows = [(name, old, new, score) for old, new in sorted(merged.items())
                for name, score in self.database.rows("SELECT id, score FROM articles WHERE story = ? ORDER BY id", (old,))]
        return [Assignment(article=name, story=new, score=score, former=old) for name, old, new, score in rows if name not in moved]

    def load(self, first: float, last: float) -> Stories:
        """The assigner with the articles told between two days, all of a small workspace."""
        if self.stories is not None and self.held[0] <= first and last <= self.held[1] and len(self.stories) < self.most:
            return self.stories
        self.stories = None  # what is held now is not needed beside what is read
        count = int(self.database.value("SELECT count(*) FROM profiles") or 0)
        self.held = (-np.inf, np.inf) if count <= WHOLE else (first - SLACK, last + WINDOW)
        low, high = (max(-1e9, self.held[0]), min(1e9, self.held[1]))
        rows = self.database.each("SELECT a.id, a.story, p.rows FROM profiles p JOIN articles a ON a.n = p.article WHERE p.day"
                                  " BETWEEN ? AND ? ORDER BY p.day DESC, a.id LIMIT ?", (low, high, HELD))
        self.stories = Stories((shared(unpacked(name, data)), story) for name, story, data in rows)
        self.most = max(HELD, len(self.stories) + HELD // 2)
        return self.stories


def shared(item: Item) -> Item:
    """An item whose terms are the same strings as those of all others: else they are four tenths of its memory."""
    return replace(item, keys=tuple(map(sys.intern, item.keys)))
