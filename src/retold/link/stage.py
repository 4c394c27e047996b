"""The stage: names, claims and quotes of one story, each joined across its articles."""

from __future__ import annotations

from retold.base.models import Models, Stage
from retold.base.records import (
    Article,
    Attribution,
    Claim,
    ClaimVersion,
    Date,
    Language,
    Membership,
    Mention,
    Name,
    Passage,
    Quantity,
    Quote,
    QuoteVersion,
    Sentence,
)
from retold.base.tables import Batch
from retold.link.claims import link_claims
from retold.link.names import link_names
from retold.link.quotes import link_quotes
from retold.link.units import gather


def run(batch: Batch, models: Models) -> Batch:
    """Names first: the speakers of quotes are entities."""
    story = batch.story
    units = gather(batch, models)
    batch.add(link_names(story, batch, units=units))
    batch.add(link_claims(story, batch, models, units))
    batch.add(link_quotes(story, batch, models))
    return Batch([*batch.get(Name), *batch.get(ClaimVersion), *batch.get(QuoteVersion)])


STAGE = Stage(
    name="link", run=run, by="story", models=("encoder", "second", "reader"),
    reads=(Article, Language, Membership, Passage, Sentence, Mention, Quantity, Date, Quote, Attribution, Claim),
    writes=(Name, ClaimVersion, QuoteVersion),
)
