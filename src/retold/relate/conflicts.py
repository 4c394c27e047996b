"""Disagreements between the accounts of a story: which versions of a claim cannot all be true, in which words, on which sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from retold.base.meaning import Meaning
from retold.base.models import Models
from retold.base.records import NOWHERE, ClaimVersion, Conflict
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.relate.actors import actor, credit, named_credit, renamed
from retold.relate.answers import answered
from retold.relate.certainties import certainty
from retold.relate.counts import number
from retold.relate.days import when
from retold.relate.deeds import disputed_deeds
from retold.relate.differences import denial, status, turned_words
from retold.relate.disputes import Dispute, Edge, dispute, log_odds, merged, rows, support, told_once
from retold.relate.figures import Figure, other_money, relabelled_figures, rival_figures, slipped_figures
from retold.relate.marks import Mark
from retold.relate.mouths import misquoted, told_twice
from retold.relate.namesakes import mistaken
from retold.relate.nearest import Neighbourhood, nearest_pairs
from retold.relate.pairs import Difference, Pair, confidence, shared_words
from retold.relate.places import place
from retold.relate.sides import ClaimSide, Sides
from retold.relate.soles import one_sided
from retold.relate.takers import gathered, settled, widened

LEAST = 0.2  # differences below are not worth a row
NEAR = 0.45  # cosine from which unlinked versions are compared
UNLINKED = 0.8  # what it takes from the log odds that two versions are not linked
STRANGE = 1.0  # what it takes from the log odds that two versions name nothing that both name
IN_COMMON = 0.4  # … unless they share so many of their other words
OF_NAMES = ("actor", "attribution")  # kinds in which names are at issue
ABOUT = 0.25  # confidence below the best at which a further pair of the same two people is of the same disagreement
STATED = 0.5  # confidence of two opposed states from which it is these that differ and not who acts
RIVAL = 0.0  # log odds that two counts of one thing, both in one article, are a disagreement
SLIPPED = 0.7  # … that two figures that are a slip of the hand apart are
RELABELLED = -0.2  # … that one count of two things is
MONEY = 0.3  # … that one sum in two currencies is
ROADS = 0.9  # … that one road number with two classes is

Rule = Callable[[Pair], Difference | None]
RULES: tuple[Rule, ...] = (number, when, denial, status, certainty, actor, place, named_credit)
# who acts is too unsure without a link
BRIDGING: tuple[Rule, ...] = (number, when, denial, status, certainty, place, named_credit, renamed)


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
    versions = [v for v in map(sides.of_version, told) if substantial(v)]
    meaning = meaning_of(versions, models)
    groups = by_group(versions)
    if len({v.article for v in versions}) > 1:  # the versions of every two articles will be compared
        turned = [row for members in groups.values() for row in turned_words(members)]
        meaning.encode_known([*((v.words, v.language) for v in versions), *turned])
    linked = [
        dispute(group, kind, edges, members)
        for group, members in groups.items() for kind, edges in compared(members, meaning).items()
    ]
    near = Neighbourhood(versions, meaning)
    apart = [*bridged(groups, meaning), *swapped(versions, meaning, sides.labels), *travelled(versions, meaning), *crossed(versions),
             *one_sided(versions, meaning), *disputed_deeds(versions, meaning), *mistaken(versions, sides, near, meaning),
             *answered(near.homes, sides, meaning)]
    found = [gathered(settled(d, near.homes)) for d in merged(widened(merged([*linked, *apart]), near, meaning))]
    quoted = [*merged(misquoted(story, batch, sides, meaning)), *told_twice(story, batch, sides)]
    out = [c for d in told_once((*found, *quoted)) for c in rows(story, d)]
    return sorted(out, key=lambda c: (c.claim, c.kind, c.group, c.side, c.article, c.start, c.end))


def substantial(v: ClaimSide) -> bool:
    """Whether a version says something besides names and dates: a byline, a dateline and the time of an update are no accounts."""
    spans = sorted([(n.start, n.end) for n in v.names] + [(d.start, d.end) for d in v.dates])
    rest, at = "", v.start
    for start, end in spans:
        rest += f"{v.text[at : max(at, start)]} "
        at = max(at, end)
    words = re.findall(r"[^\W\d_]+", rest + v.text[at : v.end])
    return len(words) > 1 or (not lexicon(v.language).spaced and sum(map(len, words)) > 1)


def by_group(versions: Iterable[ClaimSide]) -> dict[str, list[ClaimSide]]:
    """Versions by claim, each in the order of articles and offsets."""
    out: dict[str, list[ClaimSide]] = {}
    for v in sorted(versions, key=lambda v: (v.group, v.article, v.start, v.end, v.id)):
        out.setdefault(v.group, []).append(v)
    return out


def differences(pair: Pair, rules: Iterable[Rule] = RULES) -> list[Difference]:
    """All that two versions disagree about; less surely so where they name different people and things."""
    found = [d for rule in rules if (d := rule(pair)) is not None]
    if any(d.kind == "status" and d.score >= STATED for d in found):
        found = [d for d in found if d.kind != "actor"]  # who questions somebody and by whom somebody is arrested differ in what is done
    if not strangers(pair):
        return found
    return [d if d.kind in OF_NAMES else replace(d, score=confidence(log_odds(d.score) - STRANGE)) for d in found]


def strangers(pair: Pair) -> bool:
    """Whether two versions of one language name people, bodies, places or things, none of which both name, and share few other words."""
    left, right = ({n.entity for n in side.names} for side in (pair.a, pair.b))
    apart = bool(left and right) and not left & right and pair.a.language == pair.b.language
    return apart and shared_words(pair.a, pair.b) < IN_COMMON


def meaning_of(versions: Sequence[ClaimSide], models: Models) -> Meaning:
    """The versions of a story as strings with languages, those of the languages taking turns."""
    turns: dict[str, int] = {}
    ranked = []
    for v in sorted(versions, key=lambda v: (v.article, v.start, v.id)):
        turns[v.language] = turns.get(v.language, 0) + 1
        ranked.append((turns[v.language], v.language, v.words))
    return Meaning(models, [(words, language) for _, language, words in sorted(ranked)])


def paired(a: ClaimSide, b: ClaimSide, meaning: Meaning, near: float | None = None) -> Pair:
    """Two versions with how near they are, and a comparison of any words of theirs."""
    languages = (a.language, b.language)
    compare = partial(meaning.near, languages=languages)
    return Pair(a=a, b=b, near=compare(a.words, b.words) if near is None else near, compare=compare)


def compared(members: Sequence[ClaimSide], meaning: Meaning) -> dict[str, list[Edge]]:
    """All differences between versions of different articles, by kind."""
    out: dict[str, list[Edge]] = {}
    for a, b in combinations(members, 2):
        if a.article == b.article:
            continue
        pair = paired(a, b, meaning)
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


def swapped(versions: Sequence[ClaimSide], meaning: Meaning, labels: Mapping[str, str]) -> list[Dispute]:
    """Who told whom turned round, anywhere in the story: what is attributed to different people, compared without its sentences.

    Only versions that are each other's nearest between two articles, among all that are attributed, open a disagreement; other
    versions of the same two people that are about as near join it.
    """
    spoken = [replace(v, start=v.core[0], end=v.core[1]) for v in versions if v.source and v.attribution is not None and v.core != NOWHERE]
    edges: dict[tuple[str, str], list[Edge]] = {}
    for pair in rivals(spoken, meaning):
        one, other = sorted((pair.a.source, pair.b.source))
        edges.setdefault((one, other), []).extend(turned(pair))
    out = []
    for (one, other), opened in edges.items():
        best = max((e.difference.score for e in opened), default=0.0)
        if best < LEAST:
            continue
        theirs = [v for v in spoken if v.source in (one, other)]
        pairs = [(a, b) for a, b in combinations(theirs, 2) if a.article != b.article and a.source != b.source]
        found = [e for a, b in pairs for e in turned(paired(a, b, meaning)) if e.difference.score >= best - ABOUT] or opened
        found_one = dispute(found[0].a.group, "actor", found, [v for e in found for v in (e.a, e.b)])
        names = [f"“{labels.get(source, source)}”" for source in found_one.stands]
        out.append(replace(found_one, why=f"one account has {names[0]} say so, another {names[-1]}"))
    return out


def turned(pair: Pair) -> list[Edge]:
    """The edge of a pair in which who told whom is turned round; none where it is not."""
    found = credit(pair)
    return [Edge(a=pair.a, b=pair.b, difference=found)] if found is not None and found.kind == "actor" else []


def rivals(members: Sequence[ClaimSide], meaning: Meaning) -> list[Pair]:
    """Pairs of versions of different articles and claims that are each other's nearest of that kind, and near enough."""
    return [paired(a, b, meaning, near) for a, b, near in nearest_pairs(members, meaning, NEAR)]


def travelled(versions: Sequence[ClaimSide], meaning: Meaning) -> list[Dispute]:
    """Rival counts of one thing, slips of the hand, and one count of several things, anywhere in the story."""
    out = []
    rules = ((rival_figures, RIVAL), (slipped_figures, SLIPPED), (relabelled_figures, RELABELLED), (other_money, MONEY))
    for things, base in ((rule(versions, meaning.near), base) for rule, base in rules):
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
