"""Reports that articles name or that stand behind their copies and that are not in the collection: how to find them, and what they must
have said.

A claim belongs to a missing report when it goes back to it by the derivations. Its support is the number of articles that have it
from there at first hand: a copy of a retelling is no further witness.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from retold.base.records import ClaimOrigin, ClaimVersion, Date, Derivation, Original, OriginalClaim, Sentence, make_id
from retold.base.tables import Batch
from retold.trace.citations import Statement
from retold.trace.derivations import TAKEN
from retold.trace.ties import Fabric, moment

METHOD = "what its retellings share"


def find_originals(
    story: str, batch: Batch, fabric: Fabric, derivations: Sequence[Derivation], origins: Sequence[ClaimOrigin],
    stated: Mapping[str, Sequence[Statement]],
) -> tuple[list[Original], list[OriginalClaim]]:
    """The missing reports of a story, and the claims of each, the best supported first."""
    edges = [d for d in derivations if d.probability >= TAKEN and d.source.startswith("external:")]
    reports = {s.node for rows in stated.values() for s in rows if s.kind in ("outlet", "agency")} | {d.source for d in edges if d.inferred}
    said: dict[str, list[str]] = defaultdict(list)
    for o in origins:
        said[o.node].append(o.claim)
    tellers: dict[str, list[ClaimVersion]] = defaultdict(list)
    for v in batch.get(ClaimVersion):
        tellers[v.group].append(v)
    out, claims = [], []
    for node in sorted({d.source for d in edges} & reports):
        direct = sorted({d.target for d in edges if d.source == node})
        rows = [of_claim(story, node, group, tellers[group], direct) for group in sorted(set(said[node]))]
        rows.sort(key=lambda r: (-r.support, -len(r.articles), r.claim))
        earliest, latest = window(node, direct, fabric, batch, stated)
        inferred = all(d.inferred for d in edges if d.source == node)
        out.append(Original(
            id=make_id("or", story, node), story=story, node=node, inferred=inferred, title=title(rows, tellers, fabric),
            earliest=earliest, latest=latest, retellings=tuple(direct), method=METHOD,
            score=max(d.probability for d in edges if d.source == node)))
        claims += rows
    return out, claims


def of_claim(story: str, node: str, group: str, versions: Sequence[ClaimVersion], direct: Sequence[str]) -> OriginalClaim:
    """A claim of a missing report, with the articles that make it and how many of them have it from there at first hand."""
    articles = tuple(sorted({v.article for v in versions}))
    support = len(set(articles) & set(direct))
    return OriginalClaim(id=make_id("oc", story, node, group), story=story, node=node, claim=group, support=support, articles=articles,
                         method=METHOD, score=round(support / max(1, len(direct)), 4))


def title(rows: Sequence[OriginalClaim], tellers: Mapping[str, Sequence[ClaimVersion]], fabric: Fabric) -> str:
    """A guess at what the report was about: its best supported claim in the words of the earliest article; "" without claims."""
    if not rows:
        return ""
    texts = {a.id: a.text for a in fabric.articles}
    first = min(tellers[rows[0].claim], key=lambda v: (fabric.published.get(v.article, "9"), v.start, v.id))
    return " ".join(texts[first.article][first.start:first.end].split())


def window(
    node: str, direct: Sequence[str], fabric: Fabric, batch: Batch, stated: Mapping[str, Sequence[Statement]],
) -> tuple[str, str]:
    """When it came out, as two days: not after the first article that has it from there; on the day that most name beside it."""
    days = sorted(fabric.published[a][:10] for a in direct if a in fabric.published and moment(fabric.published[a]))
    latest = days[0] if days else ""
    dates, sentences = batch.by_article(Date), batch.by_article(Sentence)
    named: Counter[str] = Counter()
    for article in direct:
        for s in stated[article]:
            inside = next((x for x in sentences.get(article, ()) if s.node == node and x.start <= s.span[0] < x.end), None)
            if inside:
                named.update({d.earliest[:10] for d in dates.get(article, ()) if inside.start <= d.start < inside.end and d.grain == "day"
                              and moment(d.earliest[:10]) and (not latest or d.earliest[:10] <= latest)})
    earliest = min(named, key=lambda day: (-named[day], day)) if named else ""
    return earliest, latest
