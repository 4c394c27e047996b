"""Articles to stories: the stage. A handful is read in full; more articles go through the assigner of streams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from retold.base.models import Models, Stage
from retold.base.records import Article, Language, Membership, Sentence, Vector, make_id
from retold.base.tables import Batch
from retold.group.handful import HANDFUL, Profile, profile, stories
from retold.group.items import make_items
from retold.group.online import Assigner

HANDFUL_METHOD = "average linkage of p(same story)"
METHOD = "ties, average linkage, groups joined"


def run(batch: Batch, models: Models) -> Batch:
    """Assign every article to a story; an article that shares none is a story of its own, with a score of 1."""
    articles = sorted(batch.get(Article), key=lambda a: a.id)
    if len(articles) <= HANDFUL:
        out = Batch()
        for members, scores in stories(profiles(articles, batch, models)):
            name = make_id("s", *members)
            out.add(memberships(dict.fromkeys(members, name), scores, HANDFUL_METHOD))
        return out
    codes = {language.article: language.code for language in batch.get(Language)}
    items = make_items(articles, [codes.get(a.id, "") for a in articles], models.get("encoder"))
    found = Assigner().assign(items, whole=True)
    return Batch(memberships(found.stories, found.scores, METHOD))


def memberships(homes: Mapping[str, str], scores: Mapping[str, float], method: str) -> list[Membership]:
    """The records of articles in their stories."""
    return [Membership(id=make_id("m", story, article), story=story, article=article, method=method, score=scores[article])
            for article, story in sorted(homes.items())]


def profiles(articles: Sequence[Article], batch: Batch, models: Models) -> list[Profile]:
    """The profile of every article by all of its sentences, which are encoded where that was not done."""
    vectors = {v.of: np.frombuffer(v.values, dtype="<f4") for v in batch.get(Vector)}
    sentences = batch.by_article(Sentence)
    encoder = models.get("encoder") if articles else None
    out = []
    for article in articles:
        own = sentences.get(article.id, [])
        words = [article.text[s.start:s.end] for s in own]
        if encoder is None or not own:
            rows = np.zeros((0, 1), dtype=np.float32)
        elif all(s.id in vectors for s in own):
            rows = np.stack([vectors[s.id] for s in own])
        else:
            rows = np.asarray(encoder.encode(words), dtype=np.float32)
        out.append(profile(article.id, "\n".join(words), rows, article.published))
    return out


STAGE = Stage(
    name="group", run=run, reads=(Article, Language, Sentence, Vector), writes=(Membership,), by="collection", models=("encoder",),
)
