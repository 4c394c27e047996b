"""The claims of a story as a matrix: what each article does with each claim, and what the claims rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retold.base import records as r
from retold.view.documents import chain_of
from retold.view.findings import COUNTED, Cell, Claim, ClaimMention, Document, Stance
from retold.view.index import Index, Spans, grouped
from retold.view.naming import lead_language, plainest

UNTRACED = "No origin was traced for it."


def build_claims(index: Index, story: str, documents: Sequence[Document]) -> tuple[Claim, ...]:
    """The claims of a story: shared ones first, those in most articles first, then in the order of the text."""
    groups = grouped(index.rows(r.ClaimVersion, story), "group")
    origins = grouped(sorted(index.rows(r.ClaimOrigin, story), key=lambda o: (-o.score, o.node, o.id)), "claim")
    disputes = grouped(index.rows(r.Conflict, story), "claim")
    altered = Spans((a.target, a.target_start, a.target_end, a) for a in index.rows(r.Alteration, story))
    claims = [
        build_claim(index, rows, documents, origins=origins.get(group, []), disputes=disputes.get(group, []), altered=altered)
        for group, rows in groups.items()
    ]
    numbers = {d.id: d.number for d in documents}
    named = call(claims, documents)
    return tuple(claim for claim, _ in sorted(named, key=lambda row: rank(row[0], row[1], numbers)))


def call(claims: Sequence[Claim], documents: Sequence[Document]) -> list[tuple[Claim, bool]]:
    """The claims by their plainest wordings, each with whether that stands for itself."""
    texts, languages = {d.id: d.text for d in documents}, {d.id: d.language for d in documents}
    spoken = (languages.get(m.excerpt.document, "") for c in claims for m in c.mentions)
    lead = lead_language([d.language for d in documents], spoken)
    out = []
    for claim in claims:
        wordings = [(m.excerpt, m.score) for m in claim.mentions if m.excerpt.document in texts]
        words, stands = plainest(wordings, texts=texts, languages=languages, lead=lead, default=claim.text)
        out.append((replace(claim, text=words), stands))
    return out


def rank(claim: Claim, stands: bool, numbers: dict[str, int]) -> tuple[bool, bool, int, int, int, str]:
    """The key that orders claims: shared ones first, pieces of sentences after whole ones, then by how many articles make them."""
    first = min((numbers.get(m.excerpt.document, 0), m.excerpt.start) for m in claim.mentions) if claim.mentions else (0, 0)
    return claim.documents < 2, not stands, -claim.documents, *first, claim.id


def build_claim(
    index: Index, rows: list[r.ClaimVersion], documents: Sequence[Document], *, origins: list[r.ClaimOrigin],
    disputes: list[r.Conflict], altered: Spans[r.Alteration],
) -> Claim:
    """One claim with its mentions, cells, verdict and origins."""
    numbers = {d.id: d.number for d in documents}
    rows = sorted(rows, key=lambda v: (numbers.get(v.article, 0), v.start, v.id))
    mentions = tuple(m for m in (build_mention(index, row, altered) for row in rows) if m)
    best = max(rows, key=lambda v: (v.score, v.id))
    disputed = tuple(sorted({c.group for c in disputes if c.score >= COUNTED}))
    return Claim(
        id=best.group, text=best.label, mentions=mentions, cells=tuple(build_cell(d.id, mentions) for d in documents),
        verdict=origins[0].verdict if origins else "lineage unknown", why=origins[0].why if origins else UNTRACED,
        origins=tuple(dict.fromkeys(o.node for o in origins if o.node)), conflicts=disputed,
        evidence=index.reasons(best.group, *(o.id for o in origins)), method=best.method, score=min(v.score for v in rows),
    )


def build_mention(index: Index, row: r.ClaimVersion, altered: Spans[r.Alteration]) -> ClaimMention | None:
    """A claim where it stands; None where the words are not to be had."""
    excerpt = index.excerpt(row.article, row.start, row.end)
    if excerpt is None:
        return None
    claim = index.claims.get(row.claim)
    held = index.attributions.get(claim.attribution) if claim else None
    changes = tuple(dict.fromkeys(a.id for a in altered.touching(row.article, row.start, row.end)))
    stance: Stance = "altered" if changes else "attributed" if held else "stated"
    return ClaimMention(
        excerpt=excerpt, stance=stance, attributed_to=chain_of(index, held.id) if held else (),
        anonymous=bool(held and held.anonymous), certainty=claim.certainty if claim else 1.0,
        polarity=claim.polarity if claim else 1, changes=changes, method=row.method, score=row.score,
    )


def build_cell(document: str, mentions: Sequence[ClaimMention]) -> Cell:
    """What one article does with one claim."""
    here = tuple(m for m in mentions if m.excerpt.document == document)
    stances = {m.stance for m in here}
    order: tuple[Stance, ...] = ("altered", "attributed", "stated")
    stance: Stance = next((s for s in order if s in stances), "absent")
    names = dict.fromkeys(name for m in here for name in m.attributed_to)
    return Cell(document=document, stance=stance, attributed_to=tuple(names), mentions=here)
