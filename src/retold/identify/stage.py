"""The stage: all finders over an article, in the order in which they build on each other."""

from __future__ import annotations

from typing import Any

from retold.base.models import AUTO, Models, Stage
from retold.base.records import Article, Attribution, Claim, Date, Language, Mention, Passage, Quantity, Quote, Sentence
from retold.base.tables import Batch
from retold.identify.claims import find_claims
from retold.identify.dates import find_dates
from retold.identify.names import find_mentions
from retold.identify.quantities import find_quantities
from retold.identify.reading import Reading
from retold.identify.speech import read_speech
from retold.identify.tagged import tag
from retold.identify.taggednames import settled_names


def run(batch: Batch, models: Models) -> Batch:
    """Everything that single articles say, each read alone."""
    languages = {language.article: language.code for language in batch.get(Language)}
    passages, sentences = batch.by_article(Passage), batch.by_article(Sentence)
    out, tagger = Batch(), tagger_of(models)
    for article in batch.get(Article):
        own = tuple(p for p in passages.get(article.id, []) if p.kind != "boilerplate")
        reading = Reading(article=article, language=languages.get(article.id, ""), passages=own,
                          sentences=tuple(sorted(sentences.get(article.id, []), key=lambda s: s.start)))
        done = read(reading, tagger)
        for found in (done.mentions, done.quantities, done.dates, done.quotes, done.attributions, done.claims):
            out.add(found)
    return out


def tagger_of(models: Models) -> Any:
    """The tagger of speech; None where it was not asked for, or its weights are not installed."""
    return None if models.tagger in ("", AUTO) else models.find("tagger")


def read(reading: Reading, tagger: Any = None) -> Reading:
    """The reading with all findings filled in; without a tagger names and speech are read by rules alone."""
    tagging = tag(reading, tagger) if tagger is not None else None
    mentions = find_mentions(reading)
    if tagging is not None:
        mentions = settled_names(mentions, tagging, reading)
    reading.mentions = tuple(mentions)
    reading.dates = tuple(find_dates(reading))
    reading.quantities = tuple(find_quantities(reading))
    quotes, attributions = read_speech(reading, tagging)
    reading.quotes, reading.attributions = tuple(quotes), tuple(attributions)
    reading.claims = tuple(find_claims(reading))
    return reading


STAGE = Stage(
    name="identify", run=run, reads=(Article, Language, Passage, Sentence),
    writes=(Mention, Quantity, Date, Quote, Attribution, Claim), by="article", models=("tagger",), version=3,
)
