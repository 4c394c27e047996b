"""Which story each arriving article belongs to: what is read of it for that, and the assigner whose state lives in the file.

Only the beginning of an article is read here (its language, its first sentences, the names and numbers in them): the rest is read
when its story is traced.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from retold.base.engines.sqlite import Database
from retold.base.models import Models
from retold.base.records import Article, Language, Sentence, make_id
from retold.base.tables import Batch
from retold.divide.stage import STAGE as DIVIDE
from retold.group.neighbours import Floats, Profile, anchors, day_number, details, features, same_story

READ = 1_500  # characters of an article that are divided for its story: headline and lead name what it is about
SENTENCES = 4  # of these
WINDOW = 14.0  # days: an article further from all others of a story begins a new one
NEAREST = 12  # articles that a new one is compared with
JOIN = 0.5  # mean probability at which it belongs to their story: more likely than not
COUNTED = 3  # members of a story that the mean is taken over, the nearest
COLLECTION = 30  # articles that the formula takes a collection to hold: those near enough to be compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is read of an article for its story."""

    article: str
    language: str
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The story of an article and the strength of its tie."""

    article: str
    story: str
    score: float


def prepare(articles: Sequence[Article], times: Sequence[str], models: Models) -> list[Prepared]:
    """What is read of each article for its story. times: when each was told, ISO 8601 in UTC."""
    heads = [replace(a, text=a.text[:READ]) for a in articles]
    divided = DIVIDE.run(Batch(heads), models)
    languages = {row.article: row.code for row in divided.get(Language)}
    sentences = divided.by_article(Sentence)
    texts = {a.id: a.text for a in heads}
    chosen = [s for a in heads for s in sentences.get(a.id, [])[:SENTENCES]]
    words = [texts[s.article][s.start:s.end] for s in chosen]
    encoder = models.get("encoder")
    rows = encoder.encode(words) if words else np.zeros((0, encoder.dimensions), dtype=np.float32)
    found = []
    for article, time in zip(heads, times, strict=True):
        own = [i for i, s in enumerate(chosen) if s.article == article.id]
        text = "\n".join(texts[article.id][s.start:s.end] for s in sentences.get(article.id, []))
        found.append(Prepared(article=article.id, language=languages.get(article.id, ""),
                              profile=rounded(article.id, rows[own], details(text), day_number(time) or 0.0)))
    return found


class Assigner:
    """Assigns articles to stories as they come; the same articles in the same order give the same stories.

    What it knows lies in the table `profiles`. Only articles told within `WINDOW` days of those at hand are held in memory.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.reset()

    def reset(self) -> None:
        """Forget what is held in memory: after a transaction that failed, it is more than the file has."""
        self.profiles: list[Profile] = []
        self.homes: list[str] = []
        self.names: set[str] = set()
        self.days = np.zeros(0)
        self.centres: Floats = np.zeros((0, 1), dtype=np.float32)
        self.held = (np.inf, -np.inf)

    def assign(self, found: Sequence[Prepared]) -> list[Assignment]:
        """The stories of new articles, in the order in which they were told. Part of the caller's transaction."""
        if not found:
            return []
        days = [p.profile.published or 0.0 for p in found]
        self.load(min(days) - WINDOW, max(days) + WINDOW)
        out = []
        for item in sorted(found, key=lambda p: (p.profile.published or 0.0, p.article)):
            best = self.best_story(item.profile)
            story, score = best or (make_id("s", item.article), 1.0)
            self.hold([item.profile], [story])
            self.database.run("INSERT OR REPLACE INTO profiles (article, day, rows) SELECT n, ?, ? FROM articles WHERE id = ?",
                              (item.profile.published or 0.0, packed(item.profile), item.article))
            out.append(Assignment(article=item.article, story=story, score=score))
        return out

    def load(self, first: float, last: float) -> None:
        """Hold the articles told between two days, and no others."""
        if self.held[0] <= first and last <= self.held[1] and last - first > (self.held[1] - self.held[0]) / 2:
            return
        self.reset()
        rows = self.database.rows("SELECT a.id, a.story, p.day, p.rows FROM profiles p JOIN articles a ON a.n = p.article WHERE p.day"
                                  " BETWEEN ? AND ? ORDER BY p.day, a.id", (first, last))
        self.hold([unpacked(name, day, data) for name, _, day, data in rows], [story for _, story, _, _ in rows])
        self.held = (first, last + WINDOW)

    def hold(self, found: Sequence[Profile], stories: Sequence[str]) -> None:
        """Hold articles and their stories."""
        if not found:
            return
        end = len(self.profiles) + len(found)
        if end > len(self.centres):
            room = max(64, 2 * end)
            self.centres, old = np.zeros((room, len(found[0].centre)), dtype=np.float32), self.centres
            self.days, days = np.zeros(room), self.days
            self.centres[:len(self.profiles), :] = old[:len(self.profiles)]
            self.days[:len(self.profiles)] = days[:len(self.profiles)]
        for i, profile in enumerate(found, len(self.profiles)):
            self.centres[i], self.days[i] = profile.centre, profile.published or 0.0
        self.profiles.extend(found)
        self.homes.extend(stories)

    def best_story(self, new: Profile) -> tuple[str, float] | None:
        """The story that an article most likely belongs to, None where it begins one of its own."""
        votes: dict[str, list[float]] = defaultdict(list)
        for i in self.near(new):
            votes[self.homes[i]].append(same_story(features(new, self.profiles[i], {}), COLLECTION))
        means = {story: sum(sorted(p, reverse=True)[:COUNTED]) / len(p[:COUNTED]) for story, p in votes.items()}
        best = min(means, key=lambda story: (-means[story], story), default="")
        return (best, round(means[best], 6)) if best and means[best] >= JOIN else None

    def near(self, new: Profile) -> list[int]:
        """The articles that a new one is compared with."""
        count = len(self.profiles)
        if not count:
            return []
        cosines = self.centres[:count] @ new.centre
        cosines[np.abs(self.days[:count] - (new.published or 0.0)) > WINDOW] = -1.0
        best = np.argpartition(-cosines, min(NEAREST, count - 1))[:NEAREST]
        return sorted((int(i) for i in best if cosines[i] > 0), key=lambda i: self.profiles[i].article)


def packed(profile: Profile) -> bytes:
    """A profile for the file: vectors in half precision, anchors by weight."""
    head = json.dumps([profile.vectors.shape, sorted(profile.details.items())], ensure_ascii=False).encode("utf-8", "surrogatepass")
    return len(head).to_bytes(4, "little") + head + profile.vectors.astype("<f2").tobytes()


def unpacked(name: str, day: float, data: bytes) -> Profile:
    """A profile from the file."""
    size = int.from_bytes(data[:4], "little")
    shape, details = json.loads(data[4:4 + size].decode("utf-8", "surrogatepass"))
    return rounded(name, np.frombuffer(data[4 + size:], dtype="<f2").reshape(shape), dict(details), day)


def rounded(name: str, vectors: Any, details: Mapping[str, float], day: float) -> Profile:
    """A profile as the file gives it back, so that it makes no difference whether it was just read or loaded."""
    rows: Floats = vectors.astype("<f2").astype(np.float32)
    centre: Floats = rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1], dtype=np.float32)
    length = float(np.linalg.norm(centre))
    return Profile(article=name, vectors=rows, centre=centre / length if length else centre, details=anchors(details), published=day)
