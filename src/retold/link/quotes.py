"""Versions of one quote in several articles and languages: the same words, fewer, translated, reworded, changed.

Quoted words are joined first, by shared words in their order within a language and by meaning across languages; then each
group looks for its paraphrases among what other articles report or state. Source: alignment of words in order as in
Smith, Cordell and Dillon, "Infectious Texts" (2013); meaning by sentence vectors as in Artetxe and Schwenk (2019),
section 3.1, with mutual nearest neighbours. Ours differs in that speaker and rare words count too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from retold.base.linkage import average_linkage
from retold.base.models import Models
from retold.base.records import ClaimVersion, Name, QuoteVersion, make_id
from retold.base.tables import Batch
from retold.link.closeness import Closeness
from retold.link.quotechanges import Judge
from retold.link.quotepairs import MIN_WORDS, SAME_WORDS, Pairs, foreign, share, two_persons
from retold.link.quotespeakers import group_entity, group_speaker, heard_as_one, united
from retold.link.transliteration import distance
from retold.link.utterances import Gatherer, Utterance, nearness, rarity

METHOD = "quotes-1"
JOIN = 0.36  # mean probability at which two clusters are one quote: F1 .939 at .34 and .36, .924 at .38 with stories left out
PART = 0.7  # mean probability with the versions at which one sentence of a longer quote is one, too
REPEATED = 0.58  # likeness at which a quote in a headline is one of its text, shortened or reworded
SOFT = 0.58  # score of a reported or plain clause at which it retells a quote
SOFT_STRANGER = 0.66  # the same where nothing says that it has the same speaker
SOFT_ACROSS = 0.52  # the same where what the same speaker is reported to have said is in another language than all versions
ALIKE = 0.15  # distance of two family names up to which one is the other in another spelling
SURELY = 0.7  # score at which a headline retells a quote of its own text, and a clause what its article quotes of another
SOFT_ALONE = 0.86  # score at which two reported contents are versions of one utterance that nobody quotes
OVERLAP = 0.35  # what sharing all words of content adds within a language
CLAIMED = 0.25  # what it adds that a clause makes the claim that a version makes
CLAIMED_BY_OTHERS = 0.15  # … that a plain clause does of which nothing says that the same speaker says it
SPEAKER = 0.15  # what the same speaker adds, and another speaker takes away
STEM = 5  # letters by which two forms of a word are the same


def link_quotes(story: str, batch: Batch, models: Models) -> list[QuoteVersion]:
    """The quotes of a story, each with all its versions; a quote that one article alone has is a group of one.

    `change` is told against the origin: the first-hand version, or the fullest and earliest.
    """
    gathered = Gatherer(batch, models).gather()
    same = heard_as_one(gathered, batch.get(Name))
    utterances = claiming(united(gathered, same), batch.by_article(ClaimVersion))
    pairs = Pairs(utterances)
    groups = join_quoted(pairs)
    attach_headlines(pairs, groups)
    attach_parts(pairs, groups)
    attach_soft(utterances, groups)
    groups += join_reported(utterances, groups)
    judge = Judge(batch, utterances, groups, same)
    out: list[QuoteVersion] = []
    for group in groups:
        members = [utterances[i] for i in sorted(group)]
        key = make_id("qg", story, *(f"{u.article}:{u.start}:{u.end}" for u in members))
        speaker = judge.speaker(members)
        for u, change in zip(members, judge.changes(members), strict=True):
            out.append(
                QuoteVersion(
                    id=make_id("qv", key, u.article, u.start, u.end),
                    story=story,
                    group=key,
                    speaker=speaker,
                    article=u.article,
                    start=u.start,
                    end=u.end,
                    change=change,
                    method=METHOD,
                    score=0.9 if u.level == "quoted" else 0.7,
                )
            )
    return sorted(out, key=lambda v: (v.group, v.article, v.start))


def claiming(utterances: Sequence[Utterance], versions: Mapping[str, Sequence[ClaimVersion]]) -> list[Utterance]:
    """The utterances with the claims that they make: those of which half or more lies in them, or they in it; `versions` by article."""
    return [replace(u, claims=frozenset(v.group for v in versions.get(u.article, ()) if half_in(u, v))) for u in utterances]


def half_in(u: Utterance, version: ClaimVersion) -> bool:
    """Whether an utterance and a claim share half or more of the shorter."""
    return 2 * (min(u.end, version.end) - max(u.start, version.start)) >= min(u.end - u.start, version.end - version.start)


# ---- pairs --------------------------------------------------------------------------------------------------------


def stems(u: Utterance) -> frozenset[str]:
    """The content words of an utterance, each cut to its stem."""
    return frozenset(w[:STEM] for w in u.content)


def join_quoted(pairs: Pairs) -> list[list[int]]:
    """Groups of quoted utterances that are versions of one quote, by average linkage over how likely each pair is."""
    groups = average_linkage(len(pairs.quoted), pairs.ties(), join=JOIN, absent=0.0)
    found = [sorted(pairs.quoted[n] for n in group) for group in groups]
    return sorted(g for g in found if any(pairs.utterances[i].kind != "scare" for i in g))


# ---- paraphrases --------------------------------------------------------------------------------------------------


def soft_score(
    u: Utterance, versions: Sequence[Utterance], who: int, roots: Mapping[int, frozenset[str]], cosines: Sequence[float],
) -> float:
    """How surely a reported or plain clause retells a quote with these versions.

    roots: the stems of each utterance, by `id`, without those that every article has; cosines: of the clause with each version.
    """
    scores: dict[str, float] = {}  # of each article the best: its headline may have but half a quote
    mine = roots[id(u)]
    for v, close in zip(versions, cosines, strict=True):
        other = roots[id(v)]
        overlap = len(mine & other) / max(3, min(len(mine), len(other))) if u.language == v.language else 0.0
        same = len(u.content & v.content) >= 2 and share(u, v) >= SAME_WORDS
        told = (CLAIMED if who > 0 or u.level == "reported" else CLAIMED_BY_OTHERS) * bool(u.claims & v.claims)
        scores[v.article] = max(scores.get(v.article, 0.0), 1.0 if same else close + OVERLAP * overlap + told)
    best = sorted(scores.values(), reverse=True)[:2]
    return sum(best) / len(best) + SPEAKER * who


def bar(u: Utterance, versions: Sequence[Utterance], who: int) -> float:
    """The score from which a clause retells a quote."""
    if who <= 0:
        return SOFT_STRANGER
    return SOFT_ACROSS if u.level == "reported" and all(v.language != u.language for v in versions) else SOFT


def told_by(u: Utterance, entity: str, speaker: str) -> int:
    """1 where a clause is said by the speaker of a quote, or names him, -1 where somebody else says it, 0 where nobody knows.

    Where somebody else says it and names the speaker, neither is known.
    A body, an outlet or a description that says it may stand for the speaker.
    """
    last = speaker.split()[-1].casefold() if speaker else ""
    if (entity and u.entity == entity) or (last and any(heard(word, last) for word in u.speaker.casefold().split())):
        return 1
    other = bool(entity) and u.entity_kind == "person" and not foreign(u.speaker, speaker)
    if (entity and entity in u.names) or (last and last in u.words):
        return 0 if other else 1  # "Roth warned Falk that …"
    return -1 if other else 0


def heard(word: str, name: str) -> bool:
    """Whether a word of what a source is called is a family name as another language or script spells it.

    >>> heard("скленарж", "sklenář"), heard("rzecznik", "sklenář")
    (True, False)
    """
    return word == name or (min(len(word), len(name)) >= STEM and distance(word, name) <= ALIKE)


def attach_headlines(pairs: Pairs, groups: list[list[int]]) -> None:
    """Move each quote of a headline that is in no group with a quote of its text to that of the quote there which it repeats best."""
    of = {i: n for n, group in enumerate(groups) for i in group}
    for i in pairs.quoted:
        u = pairs.utterances[i]
        body = [k for k in pairs.quoted if pairs.utterances[k].article == u.article and not pairs.utterances[k].headline and k in of]
        if not u.headline or not body or (i in of and any(of[k] == of[i] for k in body)):
            continue
        best = max(body, key=lambda k: (pairs.repeats(i, k), -k))
        if pairs.repeats(i, best) < REPEATED:
            continue
        if i in of:
            groups[of[i]].remove(i)
        groups[of[best]] = sorted([*groups[of[best]], i])
        of[i] = of[best]
    groups[:] = [group for group in groups if group]


def attach_parts(pairs: Pairs, groups: list[list[int]]) -> None:
    """Add to each group the sentence of a longer quote elsewhere that is the same quote."""
    found: list[tuple[float, int, int]] = []
    for n, group in enumerate(groups):
        have = {pairs.utterances[k].article for k in group}
        for i in pairs.parts:
            if pairs.utterances[i].article not in have and not any(two_persons(pairs.utterances[i], pairs.utterances[k]) for k in group):
                likely = [pairs.probability(i, k) for k in group]
                if sum(likely) >= PART * len(likely):
                    found.append((-sum(likely) / len(likely), n, i))
    filled: set[tuple[int, str]] = set()
    used: set[int] = set()
    for _, n, i in sorted(found):
        place = (n, pairs.utterances[i].article)
        if i not in used and place not in filled:
            used.add(i)
            filled.add(place)
            groups[n].append(i)


class Retellings:
    """Finds the clauses that retell a quote."""

    def __init__(self, utterances: Sequence[Utterance]) -> None:
        self.utterances = utterances
        articles = len({u.article for u in utterances})
        common = frozenset(w[:STEM] for w, n in rarity(utterances).items() if n > max(2, 0.7 * articles))
        self._roots = {id(u): stems(u) - common for u in utterances}
        self._closeness = Closeness(utterances)

    def of(self, group: Sequence[int]) -> Iterator[tuple[float, int, int]]:
        """(score above its bar, number, whether the same speaker says it) of each clause that may retell a quote with these versions."""
        chosen = [k for k in group if len(self.utterances[k].words) >= MIN_WORDS] or list(group)
        versions, cosines = [self.utterances[k] for k in chosen], self._closeness.to(chosen).tolist()
        entity, speaker = group_entity(versions), group_speaker(versions)
        for i, u in enumerate(self.utterances):
            if u.level not in ("quoted", "part"):
                who = told_by(u, entity, speaker)
                score = soft_score(u, versions, who, self._roots, cosines[i])
                if score >= bar(u, versions, who):
                    yield score, i, who


def unseat(retellings: Retellings, groups: list[list[int]]) -> None:
    """Take a quote of another person out of a group where its article tells what the group's own speaker said: it is no version."""
    utterances = retellings.utterances
    for group in list(groups):
        for m in list(group):
            rest = [k for k in group if utterances[k].article != utterances[m].article]
            if not rest or not all(two_persons(utterances[m], utterances[k]) for k in rest if utterances[k].entity):
                continue
            told = (u for score, i, who in retellings.of(rest) if who > 0 and score >= SURELY and (u := utterances[i]).level == "reported")
            if any(utterances[k].entity for k in rest) and any(u.article == utterances[m].article for u in told):
                group.remove(m)
                groups.append([m])


def attach_soft(utterances: Sequence[Utterance], groups: list[list[int]]) -> None:
    """Add to each group the clause of each further article that retells it best, if it does, and the headline that does so surely."""
    retellings = Retellings(utterances)
    unseat(retellings, groups)
    found: list[tuple[float, int, int]] = []
    for n, group in enumerate(groups):
        have = {utterances[k].article for k in group}
        heads = {utterances[k].article for k in group if utterances[k].headline}
        for score, i, who in retellings.of(group):
            u = utterances[i]
            again = u.headline and u.article not in heads and score >= SURELY and who >= 0
            if u.article not in have or again:
                found.append((-score - 0.02 * (u.level == "reported"), n, i))
    used: set[int] = set()
    filled: set[tuple[int, str, bool]] = set()
    for _, n, i in sorted(found):
        place = (n, utterances[i].article, utterances[i].headline)
        if i in used or place in filled or overlaps(utterances, i, used):
            continue
        used.add(i)
        filled.add(place)
        groups[n].append(i)


def overlaps(utterances: Sequence[Utterance], i: int, used: set[int]) -> bool:
    """Whether a clause overlaps one that is a version already."""
    u = utterances[i]
    return any(utterances[k].article == u.article and utterances[k].start < u.end and u.start < utterances[k].end for k in used)


def join_reported(utterances: Sequence[Utterance], groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups of reported contents that are versions of one utterance which nobody quotes."""
    used = {i for g in groups for i in g}
    free = [
        i
        for i, u in enumerate(utterances)
        if u.level == "reported" and i not in used and len(u.content) >= 2 and not overlaps(utterances, i, used)
    ]
    pairs = []
    for i, j in combinations(free, 2):
        a, b = utterances[i], utterances[j]
        if a.article != b.article:
            score = max(nearness(a, b), share(a, b) if len(a.content & b.content) >= 2 else 0.0)
            if score >= SOFT_ALONE:
                pairs.append((-score, i, j))
    member = {i: [i] for i in free}
    for _, i, j in sorted(pairs):
        if {utterances[k].article for k in member[i]} & {utterances[k].article for k in member[j]}:
            continue
        joined = sorted(member[i] + member[j])
        for k in joined:
            member[k] = joined
    return sorted({id(g): g for g in member.values() if len(g) > 1}.values())
