"""What stands behind each claim: for every mention the source that it names, else the one that its article has it from, down to the root;
and the verdict.

A claim of a wire that two papers reprint goes back to whom the wire names for it, not to everybody whom the wire names. What is nobody's
words is guessed (`guesses`): which shows where to look, and establishes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from retold.base.records import (
    Attribution,
    Claim,
    ClaimOrigin,
    ClaimVersion,
    Conflict,
    Name,
    Origin,
    QuoteVersion,
    Reuse,
    Sentence,
    make_id,
)
from retold.base.tables import Batch
from retold.trace.guesses import REPORTS, Ground, guess, make_ground
from retold.trace.origins import Roots
from retold.trace.stances import ALIKE
from retold.trace.statement import Statement

METHOD = "mentions followed to their roots"
HELD = 0.5  # score from which a conflict is one
SURE = 0.7  # score of an origin that somebody is named for, or that follows from where an article has the claim
LEAST = 0.2  # probability from which a guess is told
LIKELY = 0.5  # … from which it is more likely than not


@dataclass(frozen=True, slots=True)
class Found:
    """The roots of a mention that are sure, and the mentions that it goes back to and that name nobody."""

    sure: frozenset[str] = frozenset()
    open: frozenset[ClaimVersion] = frozenset()

    def __or__(self, other: Found) -> Found:
        return Found(self.sure | other.sure, self.open | other.open)


NOTHING = Found()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What leads from mentions to roots. `sources`: the node of each attribution."""

    roots: Roots
    first_hand: frozenset[str]
    mentions: Mapping[tuple[str, str], Sequence[ClaimVersion]]
    claims: Mapping[str, Claim]
    attributions: Mapping[str, Attribution]
    sources: Mapping[str, Sequence[str]]
    known: dict[tuple[str, str], Found] = field(default_factory=dict)


def find_claim_origins(
    story: str, batch: Batch, roots: Roots, origins: Sequence[Origin], stated: Mapping[str, Sequence[Statement]],
    first_hand: frozenset[str],
) -> list[ClaimOrigin]:
    """For every claim the origins behind it, and the verdict."""
    groups: dict[str, list[ClaimVersion]] = defaultdict(list)
    mentions: dict[tuple[str, str], list[ClaimVersion]] = defaultdict(list)
    for v in sorted(batch.get(ClaimVersion), key=lambda v: (v.article, v.start, v.id)):
        groups[v.group].append(v)
        mentions[v.article, v.group].append(v)
    sources: dict[str, list[str]] = defaultdict(list)
    for s in (s for rows in stated.values() for s in rows):
        sources[s.attribution].insert(0, s.node)  # the outlet that was told stands behind who told it
    ways = Ways(
        roots=roots, first_hand=first_hand, mentions=mentions, claims={c.id: c for c in batch.get(Claim)},
        attributions={a.id: a for a in batch.get(Attribution)},
        sources=sources)
    conflicts: dict[str, list[Conflict]] = defaultdict(list)
    for c in batch.get(Conflict):
        if c.score >= HELD:
            conflicts[c.claim].append(c)
    borrowed = {(q.article, q.start, q.end) for q in batch.get(QuoteVersion) if q.change == "misattributed"}
    independent, kinds = {o.node for o in origins if o.independent}, {o.node: o.kind for o in origins}
    kin = related(batch, stated)
    ground = make_ground(batch, roots, stated, {key: roots_of(*key, ways).sure for key in mentions}, kinds=kinds)
    out = []
    for group, versions in sorted(groups.items()):
        agreed = agreeing(versions, conflicts.get(group, ()), ways.claims, borrowed)
        found = backed = NOTHING
        surely = {v.article for v in agreed if v.score >= ALIKE}
        for article in sorted({v.article for v in agreed}):
            roots_here = roots_of(article, group, ways)
            found |= roots_here
            if article in surely:
                backed |= roots_here
        sure = found.sure - published(group, ways) if found.sure & first_hand else found.sure
        likely = {} if sure else likeliest(found.open, ways, ground)
        nodes = sure or frozenset(likely)
        counted = apart(sure & backed.sure & independent, kin, kinds)  # an article that may tell something else backs nothing
        chance = 1.0 if sure else max(likely.values(), default=0.0)
        verdict, why = claim_verdict(nodes, chance, counted, {v.article for v in certain(versions)})
        out += [ClaimOrigin(id=make_id("co", group, node), story=story, claim=group, node=node, verdict=verdict, why=why, method=METHOD,
                            score=likely.get(node, SURE)) for node in sorted(nodes) or [""]]
    return out


def likeliest(mentions: Iterable[ClaimVersion], ways: Ways, ground: Ground) -> dict[str, float]:
    """Whom mentions that name nobody most likely go back to, with how likely it is; nothing where it is anybody's guess."""
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    for v in sorted(mentions, key=lambda v: v.id):  # sums are the same whatever the order of a set
        for node, p in guess(v, tuple(named(v, ways)), ground).items():
            votes[v.article][node] = max(p, votes[v.article].get(node, 0.0))
    total: dict[str, float] = defaultdict(float)
    for found in votes.values():
        for node, p in found.items():
            total[node] += p / len(votes)
    best = min(total, key=lambda n: (-round(total[n], 6), n), default="")
    return {best: round(total[best], 4)} if best and total[best] >= LEAST else {}


def certain(versions: Sequence[ClaimVersion]) -> list[ClaimVersion]:
    """The mentions that are surely of the claim, where any is; articles that contradict each other in it among them."""
    return [v for v in versions if v.score >= ALIKE] or list(versions)


def agreeing(
    versions: Sequence[ClaimVersion], conflicts: Sequence[Conflict], claims: Mapping[str, Claim], borrowed: Set[tuple[str, int, int]],
) -> list[ClaimVersion]:
    """The mentions that say what most say: no other side of a conflict, not the opposite, no words put into another mouth (`borrowed`), and
    surely of the claim where any is."""
    surely = certain(versions)
    sides: dict[str, Counter[int]] = defaultdict(Counter)
    for c in conflicts:
        sides[c.group][c.side] += 1
    most = {group: min((-n, side) for side, n in found.items())[1] for group, found in sides.items()}
    lesser = {(c.article, c.start, c.end) for c in conflicts if c.side != most[c.group]} | borrowed
    kept = [v for v in surely if not any(a == v.article and s < v.end and e > v.start for a, s, e in lesser)] or surely
    polarity = Counter(claims[v.claim].polarity for v in kept if v.claim in claims)
    usual = min(polarity, key=lambda p: (-polarity[p], -p), default=1)
    return [v for v in kept if v.claim not in claims or claims[v.claim].polarity == usual]


def roots_of(article: str, group: str, ways: Ways) -> Found:
    """The roots of a claim in an article."""
    key = (article, group)
    if key not in ways.known:
        ways.known[key] = NOTHING  # a circle leads nowhere
        rows = [v for v in ways.mentions[key] if v.score >= ALIKE] or ways.mentions[key]
        found = NOTHING
        for v in rows:
            found |= root_of(v, ways)
        ways.known[key] = found
    return ways.known[key]


def root_of(version: ClaimVersion, ways: Ways) -> Found:
    """The roots of one mention.

    Whom it names and whom its article has only by way of others counts where none of those tells the claim, or the one that does names
    nobody for it: what they have from somebody else is not from two.
    """
    if version.article in ways.first_hand:
        return Found(frozenset((version.article,)))
    edges, passed, unknown = ways.roots.edges[version.article], NOTHING, NOTHING
    for node in named(version, ways):
        if node in ways.roots.behind and (node, version.group) in ways.mentions:
            found = roots_of(node, version.group, ways)
            if found.sure:
                return found
            unknown |= found
        elif node in ways.roots.behind[version.article]:
            if any(e.source == node for e in edges):
                return Found(frozenset((node,)))
            passed = Found(frozenset((node,)))
            break
    carriers = [e for e in edges if (e.source, version.group) in ways.mentions]
    if carriers:
        found = roots_of(min(carriers, key=lambda e: (-e.probability, e.source)).source, version.group, ways)
        return found if found.sure or not passed.sure else passed
    return passed if passed.sure else unknown if unknown.open else Found(open=frozenset((version,)))


def published(group: str, ways: Ways) -> frozenset[str]:
    """The sources whose words on a claim stand in an article that tells first hand: the two are one."""
    rows = (v for article in ways.first_hand for v in ways.mentions.get((article, group), ()))
    return frozenset(node for v in rows for node in named(v, ways))


def named(version: ClaimVersion, ways: Ways) -> Iterator[str]:
    """The sources that a mention names, the outermost first: who cites another has it from there, and is where the article has it from."""
    claim = ways.claims.get(version.claim)
    row = ways.attributions.get(claim.attribution) if claim else None
    chain: list[str] = []
    while row is not None and row.id not in chain:
        chain.append(row.id)
        row = ways.attributions.get(row.parent)
    yield from (node for key in reversed(chain) for node in ways.sources.get(key, ()))


def related(batch: Batch, stated: Mapping[str, Sequence[Statement]]) -> frozenset[tuple[str, str]]:
    """Pairs of sources that may be one: a sentence that has the words of one names both, or two articles have a passage in common."""
    nodes: dict[str, set[str]] = defaultdict(set)
    for rows in stated.values():
        for s in rows:
            nodes[s.entity].add(s.node)
    sentences, names = batch.by_article(Sentence), batch.by_article(Name)
    out = {(r.a, r.b) for r in batch.get(Reuse)}
    for article, rows in stated.items():
        for s in rows:
            home = next((x for x in sentences.get(article, ()) if x.start <= s.span[0] < x.end), None)
            inside = [n.entity for n in names.get(article, ()) if home and home.start <= n.start < home.end]
            out |= {(s.node, other) for entity in inside if entity for other in nodes.get(entity, ()) if other != s.node}
    return frozenset(out | {(b, a) for a, b in out})


def apart(sure: frozenset[str], kin: frozenset[tuple[str, str]], kinds: Mapping[str, str]) -> frozenset[str]:
    """Of some sources those that count as several: no two that may be one, and no report that is not in the collection
    beside people and bodies, from whom it may have it.
    """
    reports = {n for n in sure if n.startswith("external:") and kinds.get(n) in REPORTS}
    kept: list[str] = []
    for node in sorted(sure - reports or sure, key=lambda n: (n.startswith("external:"), n)):
        if not any((node, k) in kin for k in kept):
            kept.append(node)
    return frozenset(kept)


def claim_verdict(nodes: frozenset[str], chance: float, sure: frozenset[str], articles: set[str]) -> tuple[str, str]:
    """The verdict on a claim from its roots, of which some count (`sure`), and why, in words: established takes two.

    Where no two who say it count as two (one only comments, or speaks for the other), it stands on one.
    chance: the probability of the roots, 1 where articles name them.
    """
    if not nodes:
        return "lineage unknown", "nothing shows from whom the articles have it"
    if len(sure) >= 2:
        return "established", f"{len(sure)} independent origins say so"
    if len(nodes) >= 2 and len(articles) >= 2:
        return "dependent", "several articles, and no two origins that are independent of each other"
    if len(nodes) >= 2:
        return "possible", "several origins, and one article"
    how = "" if chance == 1 else "most likely " if chance >= LIKELY else "perhaps "
    one = f"{how}one origin, which no article names for it" if how else "one origin"
    if len(articles) >= 2:
        return "dependent", f"{one}, told by several articles"
    return "possible", f"{one}, told by one article"
