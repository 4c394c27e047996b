"""The reasons for every derivation, in words and spans."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from retold.base.records import ClaimVersion, Derivation, Evidence, Reuse, make_id
from retold.base.tables import Batch
from retold.trace.candidates import Candidate
from retold.trace.derivations import Lineage
from retold.trace.statement import Statement
from retold.trace.ties import Fabric

SHOWN = 3  # places a reason is shown with
NONE = (-1, -1)

WORDS = {
    "copied": "{share:.0%} of its words outside quotes stand in the source",
    "translated": "{share:.0%} of its sentences follow the source in another language, in the same order",
    "claims": "{share:.0%} of its shared claims are in the source",
    "exclusive": "shares claims with the source that few others have",
    "surplus": "tells less than the source",
    "innovations": "takes the source's side where others tell it otherwise ({count} times)",
    "splits": "contradicts the source ({count} times)",
    "wording": "gives quotes in the very words of the source, as few others do",
    "cited": "names the source",
    "told_by": "names the person or body that published the source",
    "earlier": "the source is earlier",
    "later": "the source is later",
    "reversed": "the source names this article",
    "common": "both name the same report outside the collection",
    "credit": "names an outlet that the source, whose outlet is unknown, may be",
    "bias": "how likely it is before any evidence",
    "either": "either may come from the other: nobody knows which is earlier",
    "rivals": "other articles may be the source as well",
    "details": "has names and figures from the source that few others have",
    "sequence": "tells what they share in the order of the source",
    "certain": "no other order of the versions fits as well",
    "alike": "how alike the two versions are",
    "grows": "how sure the direction is in which the text grows from version to version",
    "unsourced": "names no report outside the collection",
    "tongue": "the two are in one language",
    "asked": "its sources spoke to its own outlet",
    "homeless": "its outlet is not known, as those of most others are",
    "sourceless": "names no source at all",
    "borne_out": "what it says of the source stands there",
    "agency": "one of the two is a news agency's, from which papers take their words",
    "elsewhere": "names another article as its source",
    "gaps": "it is not named, and its real source may be missing from the collection",
    "human": "a person says so",
}


def find_evidence(story: str, batch: Batch, fabric: Fabric, lineage: Lineage, stated: Mapping[str, Sequence[Statement]]) -> list[Evidence]:
    """The reasons for every derivation of a story."""
    out = []
    shared, versions = reuse_by_pair(batch), versions_by_group(batch)
    for row in lineage.derivations:
        found = lineage.candidates.get((row.source, row.target))
        if found and not row.source.startswith("external:"):
            out.extend(of_candidate(story, row.id, found, shared, versions, stated))
        else:
            out.extend(of_statement(story, row, stated[row.target]))
    return out


def reuse_by_pair(batch: Batch) -> dict[tuple[str, str], list[Reuse]]:
    """The shared passages of every two articles."""
    out: dict[tuple[str, str], list[Reuse]] = {}
    for r in batch.get(Reuse):
        out.setdefault((r.a, r.b), []).append(r)
    return out


def versions_by_group(batch: Batch) -> dict[str, dict[str, tuple[int, int]]]:
    """Where each article first makes each claim."""
    out: dict[str, dict[str, tuple[int, int]]] = {}
    for v in batch.get(ClaimVersion):
        out.setdefault(v.group, {}).setdefault(v.article, (v.start, v.end))
    return out


def of_candidate(
    story: str, subject: str, c: Candidate, shared: Mapping[tuple[str, str], Sequence[Reuse]],
    versions: Mapping[str, Mapping[str, tuple[int, int]]], stated: Mapping[str, Sequence[Statement]],
) -> list[Evidence]:
    """The reasons for a source in the collection: every signal with its weight, the strongest with places."""
    named = [(s.span, NONE) for s in stated[c.tie.target] if s.node == c.tie.source]
    places = {
        "copied": reused(c, shared, translated=False), "translated": reused(c, shared, translated=True),
        "exclusive": shared_claims(c, versions), "cited": named, "told_by": named,
    }
    out = []
    for kind, weight in sorted(c.weights.items(), key=lambda w: (-abs(w[1]), w[0])):
        words = describe(kind, c)
        for n, (here, there) in enumerate(places.get(kind, [])[:SHOWN] or [(NONE, NONE)]):
            out.append(Evidence(
                id=make_id("e", subject, kind, n), story=story, subject=subject, kind=kind, words=words,
                weight=round(weight, 3) if n == 0 else 0.0, article=c.tie.target, start=here[0], end=here[1],
                other=c.tie.source, other_start=there[0], other_end=there[1]))
    return out


def describe(kind: str, c: Candidate) -> str:
    """A signal in words."""
    t = c.tie
    share = {"copied": t.copied, "translated": t.translated, "claims": t.claims}.get(kind, 0.0)
    count = {"innovations": t.innovations, "splits": t.splits}.get(kind, 0)
    return WORDS[kind].format(share=share, count=count)


def reused(
    c: Candidate, shared: Mapping[tuple[str, str], Sequence[Reuse]], *, translated: bool,
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The longest passages that target and source share, as spans in each."""
    out = []
    target, source = c.tie.target, c.tie.source
    for r in (*shared.get((target, source), ()), *shared.get((source, target), ())):
        if (r.kind == "translated") == translated:
            if (r.a, r.b) == (c.tie.target, c.tie.source):
                out.append(((r.a_start, r.a_end), (r.b_start, r.b_end)))
            elif (r.b, r.a) == (c.tie.target, c.tie.source):
                out.append(((r.b_start, r.b_end), (r.a_start, r.a_end)))
    return sorted(out, key=lambda p: (p[0][0] - p[0][1], p[0]))


def shared_claims(
    c: Candidate, versions: Mapping[str, Mapping[str, tuple[int, int]]],
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Claims that target and source share, those first that fewest others have."""
    shared = [found for found in versions.values() if c.tie.source in found and c.tie.target in found]
    shared.sort(key=lambda found: (len(found), found[c.tie.target]))
    return [(found[c.tie.target], found[c.tie.source]) for found in shared]


def of_statement(story: str, row: Derivation, rows: Sequence[Statement]) -> list[Evidence]:
    """The places where an article names a source that is not in the collection; what else points to it where it names none."""
    places = [s.span for s in rows if s.node == row.source][:SHOWN]
    label = row.source.removeprefix("external:")
    kind, words = "human", WORDS["human"]
    if places:
        kind, words = "named", f"names {label}"
    elif row.inferred:
        kind, words = "copies", "others bring the same words at the same time, and none of them is the first"
    weight = round(math.log(max(row.probability, 0.001) / max(1 - row.probability, 0.001)), 3)
    return [
        Evidence(id=make_id("e", row.id, kind, n), story=story, subject=row.id, kind=kind, words=words, weight=weight if n == 0 else 0.0,
                 article=row.target, start=s, end=e, other="", other_start=-1, other_end=-1)
        for n, (s, e) in enumerate(places or [NONE])
    ]
