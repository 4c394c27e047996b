"""Articles to stories: pairs that are near, then average-linkage clusters of them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from retold.base.linkage import average_linkage
from retold.base.models import Models, Stage
from retold.base.records import Article, Membership, Passage, Sentence, Vector, make_id
from retold.base.tables import Batch
from retold.group.neighbours import Profile, features, profile, rarity, same_story

JOIN = 0.5  # mean probability between two groups at which they are one story: more likely than not
ALL_PAIRS = 300  # articles up to which every pair is compared
NEAREST = 25  # candidates an article beyond that
FAR = 0.02  # the probability of a pair that was no candidate
METHOD = "average linkage of p(same story)"

Pairs = dict[tuple[int, int], float]


def run(batch: Batch, models: Models) -> Batch:
    """Assign every article to a story; an article that shares none is a story of its own."""
    found = profiles(batch)
    pairs = likely_pairs(found)
    out = Batch()
    for members in average_linkage(len(found), pairs, join=JOIN, absent=FAR):
        story = make_id("s", *sorted(found[i].article for i in members))
        for i in members:
            ties = [pairs.get((min(i, j), max(i, j)), 0.0) for j in members if j != i]
            out.add([Membership(id=make_id("m", story, found[i].article), story=story, article=found[i].article,
                                method=METHOD, score=max(ties, default=1.0))])
    return out


def profiles(batch: Batch) -> list[Profile]:
    """The profile of every article, in the order of their ids. Articles without a sentence have an empty one."""
    vectors = {v.of: np.frombuffer(v.values, dtype="<f4") for v in batch.get(Vector)}
    width = len(next(iter(vectors.values()))) if vectors else 1
    sentences = batch.by_article(Sentence)
    out = []
    for article in sorted(batch.get(Article), key=lambda a: a.id):
        own = sentences.get(article.id, [])
        rows = [vectors[s.id] for s in own if s.id in vectors]
        stacked = np.stack(rows) if rows else np.zeros((0, width), dtype=np.float32)
        text = "\n".join(article.text[s.start:s.end] for s in own)
        out.append(profile(article.id, text, stacked, article.published))
    return out


def likely_pairs(found: list[Profile]) -> Pairs:
    """The probability of the same story for every candidate pair (i < j)."""
    rare = rarity(found)
    return {(i, j): same_story(features(found[i], found[j], rare), len(found)) for i, j in candidates(found, rare)}


def candidates(found: list[Profile], rare: dict[str, float]) -> list[tuple[int, int]]:
    """Pairs worth comparing: all of a small collection, else the nearest by centre and by shared rare details."""
    n = len(found)
    if n <= ALL_PAIRS:
        return [(i, j) for i in range(n) for j in range(i + 1, n)]
    near: set[tuple[int, int]] = set()
    centres = np.stack([p.centre for p in found])
    for start in range(0, n, 1024):
        cosines = centres[start:start + 1024] @ centres.T
        best = np.argpartition(-cosines, NEAREST, axis=1)[:, :NEAREST + 1]
        near.update((min(start + row, int(j)), max(start + row, int(j))) for row in range(len(best)) for j in best[row] if start + row != j)
    near.update(sharing_details(found, rare))
    return sorted(near)


def sharing_details(found: list[Profile], rare: dict[str, float]) -> set[tuple[int, int]]:
    """Pairs that share at least two details which few articles have (an inverted index over the rare ones)."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(found):
        for key, weight in p.details.items():
            if weight >= 0.7:
                holders[key].append(i)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for owners in holders.values():
        if len(owners) <= NEAREST:
            for a, i in enumerate(owners):
                for j in owners[a + 1:]:
                    shared[i, j] += 1
    return {pair for pair, count in shared.items() if count >= 2}


STAGE = Stage(name="group", run=run, reads=(Article, Passage, Sentence, Vector), writes=(Membership,), by="collection")
