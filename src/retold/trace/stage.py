"""The stage: a story's derivations, origins and changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retold.base.models import Models, Stage
from retold.base.records import (
    Alteration,
    Article,
    Attribution,
    Citation,
    Claim,
    ClaimOrigin,
    ClaimVersion,
    Conflict,
    Date,
    Decision,
    Derivation,
    Evidence,
    Language,
    Membership,
    Name,
    Origin,
    Original,
    OriginalClaim,
    Passage,
    Quantity,
    Quote,
    QuoteVersion,
    Reuse,
    Sentence,
    Vector,
)
from retold.base.tables import Batch
from retold.trace.alterations import find_alterations
from retold.trace.behind import find_claim_origins
from retold.trace.bygone import without_bygone
from retold.trace.candidates import Candidate, pairs
from retold.trace.citations import citations
from retold.trace.decisions import applied, rulings_of
from retold.trace.derivations import derive
from retold.trace.documents import all_statements
from retold.trace.evidence import find_evidence
from retold.trace.meant import meant, own_outlets, spoken_before
from retold.trace.oddities import find_oddities
from retold.trace.originals import find_originals
from retold.trace.origins import find_origins, find_roots
from retold.trace.register import Register, make_register
from retold.trace.speaking import with_speakers
from retold.trace.statement import Statement
from retold.trace.ties import Fabric, weave
from retold.trace.unsigned import unsigned_outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is the same whatever people decide about edges: it need not be worked out again.

    `heard`: the records, quotes with their speakers.
    """

    heard: Batch
    fabric: Fabric
    register: Register
    stated: Mapping[str, Sequence[Statement]]
    weighed: Mapping[tuple[str, str], Candidate]


def prepare(batch: Batch) -> Prepared:
    """What a story is traced from."""
    batch = with_speakers(batch)
    fabric, register = weave(batch), make_register(batch)
    stated = all_statements(batch, register)
    own = own_outlets(batch.by_article(Attribution), stated, register)
    if own:
        register = replace(register, publishers={**register.publishers, **own})
        stated = all_statements(batch, register)
    unsigned = unsigned_outlets(batch, stated, fabric, register)
    if unsigned:
        register = replace(register, publishers={**register.publishers, **unsigned})
        stated = all_statements(batch, register)
    stated = without_bygone(stated, batch, fabric.published, register)
    stated = spoken_before(meant(stated, fabric, register), fabric, register)
    return Prepared(heard=batch, fabric=fabric, register=register, stated=stated, weighed=pairs(fabric, stated, register))


def run(batch: Batch, models: Models) -> Batch:
    """Who had it from whom, and where it began; decisions of people (`Decision`) are followed where the batch holds any."""
    return trace_story(batch, prepare(batch))


def trace_story(batch: Batch, known: Prepared) -> Batch:
    """The same from what was prepared."""
    story, fabric, register, stated = batch.story, known.fabric, known.register, known.stated
    heard = known.heard
    rulings = rulings_of(batch)
    lineage = derive(story, heard, fabric, stated, register, rulings=rulings, weighed=known.weighed)
    roots = find_roots(fabric, lineage)
    origins = find_origins(story, heard, fabric, lineage, roots, stated, register, rulings=rulings)
    behind = find_claim_origins(story, batch, roots, origins, stated, lineage.first_hand)
    originals, said = find_originals(story, heard, fabric, lineage.derivations, behind, stated)
    return Batch([
        *citations(story, stated), *lineage.derivations, *find_evidence(story, heard, fabric, lineage, stated), *origins, *behind,
        *originals, *said, *find_alterations(story, batch, lineage.derivations), *applied(story, batch.get(Decision)),
        *find_oddities(story, fabric, stated),
    ])


STAGE = Stage(
    name="trace", run=run, by="story",
    reads=(Article, Language, Membership, Passage, Sentence, Attribution, Quote, Quantity, Date, Claim, Name, QuoteVersion, ClaimVersion,
           Reuse, Conflict, Vector),
    writes=(Citation, Derivation, Evidence, Origin, ClaimOrigin, Original, OriginalClaim, Alteration),
)
