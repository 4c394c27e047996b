"""The stage: how the articles of one story bear on each other."""

from __future__ import annotations

import numpy as np

from retold.base.models import Models, Stage
from retold.base.records import (
    Article,
    Attribution,
    Claim,
    ClaimVersion,
    Conflict,
    Date,
    Language,
    Membership,
    Mention,
    Name,
    Passage,
    Quantity,
    Quote,
    QuoteVersion,
    Reuse,
    Sentence,
    Vector,
)
from retold.base.tables import Batch
from retold.relate.conflicts import find_conflicts
from retold.relate.reuse import Body, find_reuse, make_body


def run(batch: Batch, models: Models) -> Batch:
    """Shared passages and conflicts."""
    return Batch([*find_reuse(batch.story, bodies(batch)), *find_conflicts(batch.story, batch, models)])


def bodies(batch: Batch) -> list[Body]:
    """Every article as reuse sees it, without its boilerplate."""
    vectors = {v.of: np.frombuffer(v.values, dtype="<f4") for v in batch.get(Vector)}
    languages = {language.article: language.code for language in batch.get(Language)}
    passages, sentences = batch.by_article(Passage), batch.by_article(Sentence)
    return [
        make_body(article.id, article.text, language=languages.get(article.id, ""), sentences=sentences.get(article.id, []),
                  vectors=vectors, spans=[(p.start, p.end) for p in passages.get(article.id, []) if p.kind != "boilerplate"])
        for article in batch.get(Article)
    ]


STAGE = Stage(
    name="relate", run=run, by="story", models=("encoder", "second"), writes=(Reuse, Conflict),
    reads=(Article, Language, Membership, Passage, Sentence, Vector, Mention, Quantity, Date, Quote, Attribution, Claim, Name, QuoteVersion,
           ClaimVersion),
)
