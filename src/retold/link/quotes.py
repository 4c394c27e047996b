"""Versions of one quote in several articles and languages: the same words, fewer, translated, reworded, changed.

Quoted words are joined first, by shared words in their order within a language and by meaning across languages; then each
group looks for its paraphrases among what other articles report or state. Source: alignment of words in order as in
Smith, Cordell and Dillon, "Infectious Texts" (2013); meaning by sentence vectors as in Artetxe and Schwenk (2019),
section 3.1, with mutual nearest neighbours. Ours differs in that speaker and rare words count too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from retold.base.models import Models
from retold.base.records import QuoteVersion, make_id
from retold.base.tables import Batch
from retold.link.closeness import Closeness
from retold.link.quotechanges import Judge
from retold.link.quotespeakers import group_entity, group_speaker
from retold.link.transliteration import script_of
from retold.link.utterances import ANONYMOUS, Gatherer, Utterance, rarity

METHOD = "quotes-1"
SAME_WORDS = 0.75  # share of the shorter quote's words found in order in the longer at which both are one quote
MIN_WORDS = 3  # shared words in order below which two quotes in one language are not joined by words alone
ACROSS = 0.50  # cosine of two quotes in two languages at which both are one: 40 translations median .61, 174 others at most .41
ACROSS_SPEAKER = 0.40  # the same where the speaker is the same: only the quotes of one person compete then; 90 % of translations
ONLY = 0.16  # the same where each is by far the other's nearest: in a language that the encoder does not know translations are .17-.37
FAINT = 0.53  # score up to which a pair rests on the speaker alone: it counts only where no other quote of hers comes into question
ALIKE_LENGTH = 2.5  # how many times longer one of two such quotes may be
WITHIN = 0.62  # cosine of two quotes in one language that share too few words; 207 unrelated pairs at most .48
SURE = 0.56  # likeness at which one sentence of a longer quote is a version; one sentence alone has more lookalikes
SOFT = 0.58  # score of a reported or plain clause at which it retells a quote
SOFT_STRANGER = 0.66  # the same where nothing says that it has the same speaker
SOFT_ACROSS = 0.52  # the same where what the same speaker is reported to have said is in another language than all versions
SOFT_ALONE = 0.86  # score at which two reported contents are versions of one utterance that nobody quotes
OVERLAP = 0.35  # what sharing all words of content adds within a language
SPEAKER = 0.15  # what the same speaker adds, and another speaker takes away
STEM = 5  # letters by which two forms of a word are the same
TELLING = 2  # words of content, one of them rare, that make two quotes of one speaker versions of each other


def link_quotes(story: str, batch: Batch, models: Models) -> list[QuoteVersion]:
    """The quotes of a story, each with all its versions; a quote that one article alone has is a group of one.

    `change` is told against the origin: the first-hand version, or the fullest and earliest.
    """
    utterances = Gatherer(batch, models).gather()
    groups = join_quoted(utterances)
    attach_parts(utterances, groups)
    attach_soft(utterances, groups)
    groups += join_reported(utterances, groups)
    judge = Judge(batch, utterances, groups)
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


# ---- pairs --------------------------------------------------------------------------------------------------------


def cosine(a: Utterance, b: Utterance) -> float:
    """The greatest cosine of any part of one with the whole of the other, or of both wholes."""
    one, other = a.vectors, b.vectors
    if not (a.known and b.known) and a.second is not None and b.second is not None:
        one, other = a.second, b.second
    whole = max(float((one @ other[0]).max()), float((other @ one[0]).max()))
    return max(0.0, whole)


def in_order(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words both have in the same order, in runs of two or more (or all of the shorter)."""
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(m.size for m in blocks if m.size > 1 or m.size == min(len(a), len(b)))


def share(a: Utterance, b: Utterance) -> float:
    """The share of the shorter's words that the longer has in order; 0 where they are too few to tell."""
    if a.language != b.language or not a.content & b.content:
        return 0.0
    n = in_order(a.words, b.words)
    shortest = min(len(a.words), len(b.words))
    return n / shortest if n >= min(MIN_WORDS, shortest) else 0.0


def same_speaker(a: Utterance, b: Utterance) -> int:
    """1 for the same speaker, -1 for another, 0 where one is unknown or is written in another script, unheard as the same."""
    if a.entity and b.entity:
        return 1 if a.entity == b.entity else 0 if foreign(a.speaker, b.speaker) else -1
    if not a.speaker or not b.speaker or ANONYMOUS in (a.speaker, b.speaker):
        return 0
    return 1 if set(a.speaker.casefold().split()) & set(b.speaker.casefold().split()) else -1


def foreign(a: str, b: str) -> bool:
    """Whether two names are written in two scripts: that nothing joined them says little then."""
    return script_of(a) != script_of(b)


def stems(u: Utterance) -> frozenset[str]:
    """The content words of an utterance, each cut to its stem."""
    return frozenset(w[:STEM] for w in u.content)


def alike(a: Utterance, b: Utterance, rare: Mapping[str, int]) -> float:
    """How surely two quoted utterances are one quote, above 0.5 for yes."""
    words = share(a, b)
    if words >= SAME_WORDS:
        return 0.6 + 0.4 * words * min(1.0, len(a.content & b.content) / 3)
    close, who = cosine(a, b), same_speaker(a, b)
    if a.language == b.language:
        cut = WITHIN if who < 1 else WITHIN - 0.1
        if words >= 0.4 or close >= cut:
            return 0.5 + (close - cut)
        common = a.content & b.content
        telling = who == 1 and len(common) >= TELLING and any(rare.get(w, 0) <= 2 for w in common)
        return 0.51 if telling else 0.0
    cut = ACROSS_SPEAKER if who == 1 else ACROSS
    if close < cut and who == 1 and close >= ONLY and near_length(a, b):
        return 0.5 + close / 10
    return 0.5 + (close - cut) / 2 + 0.05 * (close >= cut)


def near_length(a: Utterance, b: Utterance) -> bool:
    """Whether neither of two quotes is many times longer than the other."""
    first, second = sorted((a.end - a.start, b.end - b.start))
    return second <= ALIKE_LENGTH * first


def join_quoted(utterances: Sequence[Utterance]) -> list[list[int]]:
    """Groups of quoted utterances that are versions of one quote, strongest pairs first."""
    quoted = [i for i, u in enumerate(utterances) if u.level == "quoted"]
    pairs = []
    rare = rarity(utterances)
    for i, j in combinations(quoted, 2):
        a, b = utterances[i], utterances[j]
        score = alike(a, b, rare) if a.article != b.article else (share(a, b) >= 0.9) * 0.9
        if score > 0.5:
            pairs.append((-score, i, j))
    member = {i: [i] for i in quoted}
    best = best_scores(pairs)
    for score, i, j in sorted(pairs):
        if member[i] is member[j] or not mutual(utterances, best, -score, i, j) or clash(utterances, member[i], member[j]):
            continue
        if -score < FAINT and (torn(best, member, i, j) or torn(best, member, j, i)):
            continue
        joined = sorted(member[i] + member[j])
        for k in joined:
            member[k] = joined
    groups = {id(g): g for g in member.values()}
    return sorted(g for g in groups.values() if any(utterances[i].kind != "scare" for i in g))


def best_scores(pairs: Sequence[tuple[float, int, int]]) -> dict[int, dict[int, float]]:
    """For each utterance its partners with their scores."""
    out: dict[int, dict[int, float]] = {}
    for score, i, j in pairs:
        out.setdefault(i, {})[j] = -score
        out.setdefault(j, {})[i] = -score
    return out


def mutual(utterances: Sequence[Utterance], best: Mapping[int, Mapping[int, float]], score: float, i: int, j: int) -> bool:
    """Whether neither has a clearly better partner in the other's article."""
    for one, other in ((i, j), (j, i)):
        rivals = [s for y, s in best[one].items() if utterances[y].article == utterances[other].article and y != other]
        if rivals and max(rivals) > score + 0.03:
            return share(utterances[i], utterances[j]) >= SAME_WORDS
    return True


def torn(best: Mapping[int, Mapping[int, float]], member: Mapping[int, list[int]], i: int, j: int) -> bool:
    """Whether a quote may as well be a version of another quote than the one that `j` is a version of."""
    return any(k not in member[j] and k not in member[i] for k in best[i])


def clash(utterances: Sequence[Utterance], first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether joining two groups would put two different quotes of one article together."""
    for i in first:
        for j in second:
            a, b = utterances[i], utterances[j]
            if a.article == b.article and share(a, b) < SAME_WORDS and not both_inside(utterances, i, j, [*first, *second]):
                return True
    return False


def both_inside(utterances: Sequence[Utterance], i: int, j: int, group: Sequence[int]) -> bool:
    """Whether two pieces of one article are both part of a longer version elsewhere."""
    return any(
        utterances[k].article != utterances[i].article
        and len(utterances[k].words) >= len(utterances[i].words) + len(utterances[j].words) - 2
        and share(utterances[k], utterances[i]) >= SAME_WORDS
        and share(utterances[k], utterances[j]) >= SAME_WORDS
        for k in group
    )


# ---- paraphrases --------------------------------------------------------------------------------------------------


def soft_score(
    u: Utterance, versions: Sequence[Utterance], who: int, roots: Mapping[int, frozenset[str]], cosines: Sequence[float],
) -> float:
    """How surely a reported or plain clause retells a quote with these versions.

    roots: the stems of each utterance, by `id`, without those that every article has; cosines: of the clause with each version.
    """
    scores = []
    mine = roots[id(u)]
    for v, close in zip(versions, cosines, strict=True):
        if len(u.content & v.content) >= 2 and share(u, v) >= SAME_WORDS:
            scores.append(1.0)
            continue
        other = roots[id(v)]
        overlap = len(mine & other) / max(3, min(len(mine), len(other))) if u.language == v.language else 0.0
        scores.append(close + OVERLAP * overlap)
    best = sorted(scores, reverse=True)[:2]
    return sum(best) / len(best) + SPEAKER * who


def bar(u: Utterance, versions: Sequence[Utterance], who: int) -> float:
    """The score from which a clause retells a quote."""
    if who <= 0:
        return SOFT_STRANGER
    return SOFT_ACROSS if u.level == "reported" and all(v.language != u.language for v in versions) else SOFT


def told_by(u: Utterance, entity: str, speaker: str) -> int:
    """1 where a clause is said by, or names, the speaker of a quote, -1 where somebody else says it, 0 where nobody knows."""
    if entity and u.entity:
        return 1 if u.entity == entity else 0 if foreign(u.speaker, speaker) else -1
    last = speaker.split()[-1].casefold() if speaker else ""
    if last and last in u.words:
        return 1
    if not u.speaker or not speaker:
        return 0
    return 1 if last in u.speaker.casefold().split() else -1


def attach_parts(utterances: Sequence[Utterance], groups: list[list[int]]) -> None:
    """Add to each group the sentence of a longer quote elsewhere that is the same quote."""
    rare = rarity(utterances)
    parts = [i for i, u in enumerate(utterances) if u.level == "part"]
    found: list[tuple[float, int, int]] = []
    for n, group in enumerate(groups):
        versions = [utterances[k] for k in group if utterances[k].level == "quoted"]
        have = {v.article for v in versions}
        for i in parts:
            u = utterances[i]
            if u.article not in have:
                score = max(alike(u, v, rare) for v in versions)
                if score > SURE:
                    found.append((-score, n, i))
    filled: set[tuple[int, str]] = set()
    used: set[int] = set()
    for _, n, i in sorted(found):
        if i not in used and (n, utterances[i].article) not in filled:
            used.add(i)
            filled.add((n, utterances[i].article))
            groups[n].append(i)


def attach_soft(utterances: Sequence[Utterance], groups: list[list[int]]) -> None:
    """Add to each group the clause of each further article that retells it best, if it does."""
    counts = rarity(utterances)
    articles = len({u.article for u in utterances})
    common = frozenset(w[:STEM] for w, n in counts.items() if n > max(2, 0.7 * articles))
    roots = {id(u): stems(u) - common for u in utterances}
    closeness = Closeness(utterances)
    found: list[tuple[float, int, int]] = []
    for n, group in enumerate(groups):
        have = {utterances[k].article for k in group}
        chosen = [k for k in group if len(utterances[k].words) >= MIN_WORDS] or group
        versions, cosines = [utterances[k] for k in chosen], closeness.to(chosen).tolist()
        entity, speaker = group_entity(versions), group_speaker(versions)
        for i, u in enumerate(utterances):
            if u.level in ("quoted", "part") or u.article in have:
                continue
            who = told_by(u, entity, speaker)
            score = soft_score(u, versions, who, roots, cosines[i])
            if score >= bar(u, versions, who):
                found.append((-score - 0.02 * (u.level == "reported"), n, i))
    used: set[int] = set()
    filled: set[tuple[int, str]] = set()
    for _, n, i in sorted(found):
        if i in used or (n, utterances[i].article) in filled or overlaps(utterances, i, used):
            continue
        used.add(i)
        filled.add((n, utterances[i].article))
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
            score = max(cosine(a, b), share(a, b) if len(a.content & b.content) >= 2 else 0.0)
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
