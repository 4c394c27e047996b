"""Disagreements between the accounts of a story: which versions of a claim cannot all be true, in which words, on which sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from retold.base.models import Models
from retold.base.records import ClaimVersion, Conflict, QuoteVersion
from retold.base.tables import Batch
from retold.relate.actors import actor, credit, place
from retold.relate.differences import certainty, denial, number, status, when
from retold.relate.disputes import Dispute, Edge, dispute, merged, rows, support
from retold.relate.figures import Figure, relabelled_figures, rival_figures
from retold.relate.pairs import Difference, Pair, confidence, shared_words
from retold.relate.sides import ClaimSide, Mark, Sides

LEAST = 0.2  # differences below are not worth a row
NEAR = 0.45  # cosine from which unlinked versions are compared
FAINT = 0.2  # cosine below which shared words are chance
OVERLAP = (0.3, 0.45)  # what shared words are worth as a cosine: none, and all of the shorter version
UNLINKED = 0.8  # what it takes from the log odds that two versions are not linked
RIVAL = 0.0  # log odds that two counts of one thing, both in one article, are a disagreement
RELABELLED = -0.2  # … that one count of two things is
MISQUOTED = 0.2  # … that a quote with two speakers is
ROADS = 0.9  # … that one road number with two classes is

Rule = Callable[[Pair], Difference | None]
RULES: tuple[Rule, ...] = (number, when, denial, status, certainty, actor, place, credit)
BRIDGING: tuple[Rule, ...] = (number, when, denial, status, certainty, place, credit)  # who acts is too unsure without a link
Floats = npt.NDArray[np.float32]


def find_conflicts(story: str, batch: Batch, models: Models) -> list[Conflict]:
    """The disagreements in a story: one row a version and side, all rows of one disagreement under one `group`.

    Versions of one linked claim are compared in pairs, article by article; what differs makes the sides. Then come versions that
    were not linked though they are near, figures and roads over the whole story, and quotes with two speakers. A version of a few
    words is compared, and shown, with its sentence. `score` is the confidence that the accounts really disagree (from .5: more
    likely than not).

    Returns:
        rows in a fixed order: by claim, kind, disagreement, side, article and offset.
    """
    sides = Sides(batch)
    told = [v for v in batch.get(ClaimVersion) if v.story == story and v.article in sides.articles]
    versions = [v for v in map(sides.of_version, told) if v.words.strip()]
    meaning = Meaning(models)
    meaning.learn(v.words for v in versions)
    groups = by_group(versions)
    linked = [
        dispute(group, kind, edges, members)
        for group, members in groups.items() for kind, edges in compared(members, meaning).items()
    ]
    found = merged([*linked, *bridged(groups, meaning), *travelled(versions, meaning), *crossed(versions)])
    quoted = merged(misquoted(story, batch, sides))
    out = [c for d in (*found, *quoted) for c in rows(story, d)]
    return sorted(out, key=lambda c: (c.claim, c.kind, c.group, c.side, c.article, c.start, c.end))


def by_group(versions: Iterable[ClaimSide]) -> dict[str, list[ClaimSide]]:
    """Versions by claim, each in the order of articles and offsets."""
    out: dict[str, list[ClaimSide]] = {}
    for v in sorted(versions, key=lambda v: (v.group, v.article, v.start, v.end, v.id)):
        out.setdefault(v.group, []).append(v)
    return out


def differences(pair: Pair, rules: Iterable[Rule] = RULES) -> list[Difference]:
    """All that two versions disagree about."""
    return [found for rule in rules if (found := rule(pair)) is not None]


class Meaning:
    """How near strings are to each other, by the run's encoder; each string is encoded once."""

    def __init__(self, models: Models) -> None:
        self._encoder: Any = models.get("encoder")
        self._vectors: dict[str, Floats] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Encode strings at once that will be compared."""
        new = [t for t in dict.fromkeys(texts) if t.strip() and t not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))

    def near(self, a: str, b: str) -> float:
        """The cosine of two strings, 0 for blank ones; rounded so that sums in another order give the same."""
        self.learn((a, b))
        return round(float(self._vectors[a] @ self._vectors[b]), 4) if a.strip() and b.strip() else 0.0


    def table(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """The cosines of n strings, none blank -> (n, n), rounded like `near`."""
        if not texts:
            return np.zeros((0, 0))
        self.learn(texts)
        vectors = np.stack([self._vectors[t] for t in texts]).astype(np.float64)
        return np.round(vectors @ vectors.T, 4)


def compared(members: Sequence[ClaimSide], meaning: Meaning) -> dict[str, list[Edge]]:
    """All differences between versions of different articles, by kind."""
    out: dict[str, list[Edge]] = {}
    for a, b in combinations(members, 2):
        if a.article == b.article:
            continue
        pair = Pair(a=a, b=b, near=meaning.near(a.words, b.words), compare=meaning.near)
        for d in differences(pair):
            if d.score >= LEAST:
                out.setdefault(d.kind, []).append(Edge(a=a, b=b, difference=d))
    return out


def bridged(groups: Mapping[str, Sequence[ClaimSide]], meaning: Meaning) -> list[Dispute]:
    """Disagreements between versions that were not linked: contradiction drives sentences apart that tell of the same.

    Only versions that are each other's nearest between two articles, leaving out what is linked, are compared, and they must
    clear a higher bar. Edges between the same two claims make one disagreement.
    """
    edges: dict[tuple[str, str, str], list[Edge]] = {}
    for pair in rivals([v for members in groups.values() for v in members], meaning):
        for d in differences(pair, BRIDGING):
            if d.score >= LEAST:
                first, second = sorted((pair.a.group, pair.b.group))
                edges.setdefault((first, second, d.kind), []).append(Edge(a=pair.a, b=pair.b, difference=d))
    return [
        dispute(first, kind, found, [v for e in found for v in (e.a, e.b)], less=UNLINKED)
        for (first, _, kind), found in edges.items()
    ]


def rivals(members: Sequence[ClaimSide], meaning: Meaning) -> list[Pair]:
    """Pairs of versions of different articles and claims that are each other's nearest of that kind, and near enough."""
    best: dict[tuple[str, str], tuple[float, str]] = {}
    pairs: dict[tuple[str, str], Pair] = {}
    cosines = meaning.table([v.words for v in members])
    for i, j in np.argwhere(np.triu(cosines >= FAINT, 1)).tolist():
        a, b = members[i], members[j]
        if a.article == b.article or a.group == b.group:
            continue
        near = max(float(cosines[i, j]), round(OVERLAP[0] + OVERLAP[1] * shared_words(a, b), 4))
        if near >= NEAR:
            pairs[a.id, b.id] = Pair(a=a, b=b, near=near, compare=meaning.near)
            best[a.id, b.article] = max(best.get((a.id, b.article), (0.0, "")), (near, b.id))
            best[b.id, a.article] = max(best.get((b.id, a.article), (0.0, "")), (near, a.id))
    return [p for (a, b), p in pairs.items() if best[a, p.b.article][1] == b and best[b, p.a.article][1] == a]


def travelled(versions: Sequence[ClaimSide], meaning: Meaning) -> list[Dispute]:
    """Rival counts of one thing, and one count of several things, anywhere in the story."""
    near = meaning.near
    out = []
    for things, base in ((rival_figures(versions, near), RIVAL), (relabelled_figures(versions, near), RELABELLED)):
        for parts in things:
            stands = {f"{i} {fs[0].quantity.value:g}": {f.side.id: (f.side, mark(f)) for f in fs} for i, fs in enumerate(parts)}
            why = f"one account says {figure(parts[0][0])}, another {figure(parts[1][0])}"
            claim = min(f.side.group for fs in parts for f in fs)
            score = confidence(base + support("number", stands))
            out.append(Dispute(claim=claim, kind="number", stands=stands, score=score, why=why))
    return out


def mark(f: Figure) -> Mark:
    """The words of a figure."""
    return Mark(value=f"{f.quantity.value:g}", start=f.quantity.start, end=f.quantity.end)


def figure(f: Figure) -> str:
    """A figure with what it counts, for a sentence."""
    return f"“{f.side.text[f.quantity.start : f.quantity.end]} {f.quantity.what}”".replace(" ”", "”")


def crossed(versions: Sequence[ClaimSide]) -> list[Dispute]:
    """Roads of one number and several classes, anywhere in the story, no article having more than one of them."""
    roads: dict[str, dict[str, dict[str, tuple[ClaimSide, Mark]]]] = {}
    for v in versions:
        for m in v.roads:
            roads.setdefault(m.value.split()[1], {}).setdefault(m.value, {})[v.id] = (v, m)
    out = []
    for stands in roads.values():
        articles = [{v.article for v, _ in stand.values()} for stand in stands.values()]
        if len(stands) < 2 or any(a & b for a, b in combinations(articles, 2)):
            continue
        names = " and ".join(f"“{name}”" for name in sorted(stands))
        claim = min(v.group for stand in stands.values() for v, _ in stand.values())
        score = confidence(ROADS + support("place", stands))
        out.append(Dispute(claim=claim, kind="place", stands=stands, score=score, why=f"accounts name different roads: {names}"))
    return out


def misquoted(story: str, batch: Batch, sides: Sides) -> list[Dispute]:
    """The same quote in the mouths of different speakers. A speaker who is not told by name takes no side."""
    groups: dict[str, list[QuoteVersion]] = {}
    for v in batch.get(QuoteVersion):
        if v.story == story and v.article in sides.articles:
            groups.setdefault(v.group, []).append(v)
    out: list[Dispute] = []
    for group in sorted(groups):
        stands = speakers(groups[group], sides)
        if len(stands) > 1 and len({v.article for st in stands.values() for v, _ in st.values()}) > 1:
            names = " and of ".join(f"“{sides.labels.get(s, s)}”" for s in sorted(stands))
            score = confidence(MISQUOTED + support("attribution", stands))
            why = f"the same words are put into the mouths of {names}"
            out.append(Dispute(claim=group, kind="attribution", stands=stands, score=score, why=why))
    return out


def speakers(versions: Sequence[QuoteVersion], sides: Sides) -> dict[str, dict[str, tuple[ClaimSide, Mark]]]:
    """The versions of a quote by who is named as having said it, each with the sentence that names the speaker."""
    stands: dict[str, dict[str, tuple[ClaimSide, Mark]]] = {}
    for v in sorted(versions, key=lambda v: (v.article, v.start, v.id)):
        speaker = sides.speaker_at(v.article, v.start, v.end)
        if speaker:
            start, end = sides.rounded(v.article, v.start, v.end, always=True)
            side = sides.of_span(v.article, start, end, row=v.id, group=v.group, attribution=None)
            stands.setdefault(speaker, {})[v.id] = (side, Mark(value=speaker, start=v.start, end=v.end))
    return stands
