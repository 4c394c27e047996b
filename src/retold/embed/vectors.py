"""Sentences to vectors."""

from __future__ import annotations

from retold.base.models import Models, Stage
from retold.base.records import Article, Sentence, Vector, make_id
from retold.base.tables import Batch


def run(batch: Batch, models: Models) -> Batch:
    """A vector for every sentence."""
    texts = {article.id: article.text for article in batch.get(Article)}
    sentences = batch.get(Sentence)
    if not sentences:
        return Batch()
    encoder = models.get("encoder")
    vectors = encoder.encode([texts[s.article][s.start:s.end] for s in sentences])
    return Batch(
        Vector(id=make_id("v", s.id, encoder.name), article=s.article, of=s.id, values=row.astype("<f4").tobytes(), method=encoder.name)
        for s, row in zip(sentences, vectors, strict=True)
    )


STAGE = Stage(name="embed", run=run, reads=(Article, Sentence), writes=(Vector,), by="article", models=("encoder",))
