"""Reports that articles name or that stand behind their copies and that are not in the collection: how to find them, and what they are
likely to have said.

A claim may be of a missing report when it goes back to it by the derivations. Its support is the number of articles that have it
from there at first hand: a copy of a retelling is no further witness. What one article alone has may as well be its own, so
a claim needs two of them, or one that names the report for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from retold.base.records import ClaimOrigin, ClaimVersion, Date, Derivation, Language, Original, OriginalClaim, Sentence, make_id
from retold.base.tables import Batch
from retold.lexicons.outlets import outlets_named
from retold.trace.derivations import TAKEN
from retold.trace.statement import Statement
from retold.trace.ties import Fabric
from retold.trace.times import moment

METHOD = "what its retellings share"
FEWEST = 2  # articles at first hand that make a claim the report's where none of them names it for the claim
WELL = 0.75  # share of the best support that a claim needs for that
WHOLE = 0.9  # share of a sentence that tells what a report was about


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
        direct = first_hand({d.target for d in edges if d.source == node}, derivations)
        named = {a: [span for s in stated.get(a, ()) if s.node == node for span in (s.span, *s.content)] for a in direct}
        rows = [of_claim(story, node, group, tellers[group], direct) for group in sorted(set(said[node]))]
        rows = [r for r in rows if r.support >= FEWEST or any(touches(v, named) for v in tellers[r.claim])]
        rows.sort(key=lambda r: (-r.support, -len(r.articles), r.claim))
        earliest, latest = window(node, direct, fabric, batch, stated)
        inferred = all(d.inferred for d in edges if d.source == node)
        out.append(Original(
            id=make_id("or", story, node), story=story, node=node, inferred=inferred, title=title(node, rows, tellers, fabric, batch),
            earliest=earliest, latest=latest, retellings=tuple(direct), method=METHOD,
            score=max(d.probability for d in edges if d.source == node)))
        claims += rows
    return out, claims


def first_hand(retellings: set[str], derivations: Sequence[Derivation]) -> list[str]:
    """Those of the articles that tell a report again that have it from none of the others; all where each has it from another."""
    inner = {d.target for d in derivations if d.probability >= TAKEN and d.source in retellings and d.target != d.source}
    return sorted(retellings - inner or retellings)


def touches(version: ClaimVersion, named: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """Whether an article names the report for a claim."""
    return any(start < version.end and version.start < end for start, end in named.get(version.article, ()))


def of_claim(story: str, node: str, group: str, versions: Sequence[ClaimVersion], direct: Sequence[str]) -> OriginalClaim:
    """A claim of a missing report, with the articles that make it and how many of them have it from there at first hand."""
    articles = tuple(sorted({v.article for v in versions}))
    support = len(set(articles) & set(direct))
    return OriginalClaim(id=make_id("oc", story, node, group), story=story, node=node, claim=group, support=support, articles=articles,
                         method=METHOD, score=round(support / max(1, len(direct)), 4))


def title(
    node: str, rows: Sequence[OriginalClaim], tellers: Mapping[str, Sequence[ClaimVersion]], fabric: Fabric, batch: Batch,
) -> str:
    """A guess at what the report was about, "" without claims: a claim that is supported nearly as well as any.

    In words that do not name the report: of a headline, a whole sentence, in the language of most articles,
    told first.
    """
    best = [r for r in rows if r.support >= WELL * rows[0].support]
    texts = {a.id: a.text for a in fabric.articles}
    sentences = batch.by_article(Sentence)
    spread = Counter(language.code for language in batch.get(Language))
    name = node.removeprefix("external:")
    forms = {f.casefold() for f in (name, *(form for outlet in outlets_named(name) for form in outlet.forms))}

    def rank(v: ClaimVersion) -> tuple[object, ...]:
        home = next((s for s in sentences.get(v.article, ()) if s.start <= v.start and v.end <= s.end), None)
        whole = home is not None and v.end - v.start >= WHOLE * (home.end - home.start)
        itself = any(form in texts[v.article][v.start:v.end].casefold() for form in forms)
        headline = home is not None and home.kind == "headline"
        often = spread[home.language] if home else 0
        short = 0 if whole else -(v.end - v.start)
        return (itself, not headline, not whole, -often, short, fabric.published.get(v.article, "9"), v.article, v.start, v.id)

    versions = [v for row in best for v in tellers[row.claim]]
    first = min(versions, key=rank, default=None)
    return " ".join(texts[first.article][first.start:first.end].split()) if first else ""


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
