"""What binds two articles of a story: shared words, shared claims, shared changes, stated sources, time.

A retelling cannot know more than its source unless it has another; an innovation that two share ties them together more than
any number of things that all have.

Source: the common-error method of textual criticism, Maas 1958, "Textual Criticism", sections 24 to 30 (an innovation shared by
two witnesses against the rest is evidence of descent).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from retold.base.records import (
    Article,
    Claim,
    ClaimVersion,
    Conflict,
    Language,
    Name,
    Passage,
    Quantity,
    Quote,
    QuoteVersion,
    Reuse,
    Sentence,
)
from retold.base.tables import Batch
from retold.trace.statement import Statement
from retold.trace.times import lead, order, publication

COPY = 0.9  # share of the words of both at which two articles are one text
NEAREST = 40  # possible sources of one article that are weighed: keeps a story of 200 articles under a second
LEAST_PROSE = 0.25  # share of its words that count as an article's own at least, however much it quotes
WHOLE = 10.0  # rare claims that a text taken over whole is worth
SMALL = 10  # whole numbers up to this stand in every text
PAIRS = 3  # pairs of claims whose order is imagined not to agree
FEW = 1.0  # claims that a share is imagined to miss: one shared claim of one is no proof
LIKELY = 0.5  # score from which a conflict or a source is held to be one
MADE = 0.8  # score from which an article is held to make a claim, where that ties it to others


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How an article (target) stands to another (source). Shares are of the target, 0..1.

    copied: its words outside quotes found in the source, for the same words of a third party show nothing; translated: its
    sentences in translated runs; claims: its claims of at least two articles that the source has too; exclusive: the same, each
    claim weighed by how few articles have it; kept: the other way round, the source's claims that the target has; innovations:
    minority sides of conflicts that both take; splits: conflicts in which they take different sides; order: 1 the source is
    earlier, -1 it is later, 0 unknown; lead: how far it is earlier, as a share of an hour; wording: quotes that both give in the
    very same words, each weighed by how few articles do; abroad: whether they are known to be in different languages.
    """

    source: str
    target: str
    copied: float
    translated: float
    claims: float
    exclusive: float
    kept: float
    details: float
    sequence: float
    innovations: int
    splits: int
    order: int
    wording: float
    lead: float = 1.0
    abroad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fabric:
    """A story as trace sees it: claims, conflicts and quotes by article, and how much each pair shares."""

    articles: tuple[Article, ...]
    published: Mapping[str, str]
    words: Mapping[str, int]
    sentences: Mapping[str, int]
    claims: Mapping[str, frozenset[str]]
    tellers: Mapping[str, frozenset[str]]
    common: Mapping[str, frozenset[str]]
    said: Mapping[str, frozenset[str]]
    places: Mapping[str, Mapping[str, int]]
    details: Mapping[str, frozenset[str]]
    holders: Mapping[str, frozenset[str]]
    sides: Mapping[str, Mapping[int, frozenset[str]]]
    wordings: Mapping[str, frozenset[str]]
    givers: Mapping[str, frozenset[str]]
    shared_words: Mapping[tuple[str, str], int]
    shared_prose: Mapping[tuple[str, str], float]
    shared_sentences: Mapping[tuple[str, str], int]
    twins: Mapping[str, frozenset[str]]
    spoken: Mapping[str, str] = field(default_factory=dict)


def weave(batch: Batch) -> Fabric:
    """The fabric of a story."""
    articles = tuple(sorted(batch.get(Article), key=lambda a: a.id))
    claims: dict[str, set[str]] = defaultdict(set)
    tellers: dict[str, set[str]] = defaultdict(set)
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for version in sorted(batch.get(ClaimVersion), key=lambda v: (v.article, v.start, v.id)):
        if version.score >= MADE:
            claims[version.article].add(version.group)
            tellers[version.group].add(version.article)
            places[version.article].setdefault(version.group, version.start)
    details = telling_details(batch)
    sentences, passages = batch.by_article(Sentence), batch.by_article(Passage)
    shared_words, shared_sentences = shares(batch.get(Reuse), sentences, {a.id: a.text for a in articles})
    worded = wordings(batch)
    words = {a.id: word_count(a, passages.get(a.id, [])) for a in articles}
    return Fabric(
        articles=articles, published=publication(batch), words=words, twins=copies(shared_words, words),
        sentences={a.id: len(sentences.get(a.id, [])) for a in articles},
        claims={a.id: frozenset(claims[a.id]) for a in articles}, tellers={k: frozenset(v) for k, v in tellers.items()},
        said=said_by(batch), common={a.id: frozenset(g for g in claims[a.id] if len(tellers[g]) > 1) for a in articles}, places=places,
        details={a.id: details.get(a.id, frozenset()) for a in articles}, holders=inverted(details),
        sides=conflict_sides(batch.get(Conflict)), wordings=worded, givers=inverted(worded), shared_words=shared_words,
        shared_prose=shared_prose(batch, articles, words), shared_sentences=shared_sentences,
        spoken={language.article: language.code for language in batch.get(Language)},
    )


def said_by(batch: Batch) -> dict[str, frozenset[str]]:
    """The claims that each attribution holds, as groups."""
    groups = {v.claim: v.group for v in batch.get(ClaimVersion) if v.score >= MADE}
    found: dict[str, set[str]] = defaultdict(set)
    for claim in batch.get(Claim):
        if claim.attribution and claim.id in groups:
            found[claim.attribution].add(groups[claim.id])
    return {attribution: frozenset(rows) for attribution, rows in found.items()}


def telling_details(batch: Batch) -> dict[str, frozenset[str]]:
    """The entities and exact figures of every article; small whole numbers tell nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in batch.get(Name):
        found[name.article].add(name.entity)
    for q in batch.get(Quantity):
        if q.value > SMALL or q.value != int(q.value):
            found[q.article].add(f"{q.value:.6g} {q.unit}")
    return {article: frozenset(rows) for article, rows in found.items()}


def inverted(rows: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Who has what, the other way round."""
    out: dict[str, set[str]] = defaultdict(set)
    for key, values in rows.items():
        for value in values:
            out[value].add(key)
    return {value: frozenset(keys) for value, keys in out.items()}


def partners(fabric: Fabric, stated: Mapping[str, Sequence[Statement]]) -> dict[str, set[str]]:
    """For every article those that it names, and of those that it shares claims, words or sentences with the `NEAREST`."""
    known = {a.id for a in fabric.articles}
    near: dict[str, dict[str, float]] = {a: defaultdict(float) for a in known}
    for found in fabric.tellers.values():
        if len(found) > 1:
            weight = rareness(found)
            for a in found:
                row = near[a]
                for b in found:
                    row[b] += weight
    for (a, b), count in fabric.shared_words.items():
        near[a][b] += WHOLE * count / fabric.words[a]
    for (a, b), count in fabric.shared_sentences.items():
        near[a][b] += WHOLE * count / max(1, fabric.sentences[a])
    out = {}
    for a, row in near.items():
        row.pop(a, None)
        best = set(row) if len(row) <= NEAREST else set(sorted(row, key=lambda b: (-row[b], b))[:NEAREST])
        out[a] = best | {s.node for s in stated[a] if s.node in known and s.node != a}
    return out


def copies(shared: Mapping[tuple[str, str], int], words: Mapping[str, int]) -> dict[str, frozenset[str]]:
    """For every article those that are the same text: nearly all words of either stand in the other."""
    found: dict[str, set[str]] = defaultdict(set)
    for (a, b), count in shared.items():
        if count >= COPY * words[a] and shared.get((b, a), 0) >= COPY * words[b]:
            found[a].add(b)
    return {a: frozenset(others) for a, others in found.items()}


def mutual(fabric: Fabric, a: str, b: str) -> float:
    """The share of words that two articles have in common, of the one that has the smaller share."""
    return min(1.0, fabric.shared_words.get((a, b), 0) / fabric.words[a], fabric.shared_words.get((b, a), 0) / fabric.words[b])


def word_count(article: Article, passages: Sequence[Passage]) -> int:
    """The words (or characters, where words are not spaced) of an article without boilerplate."""
    kept = sum(measure(article.text[p.start:p.end]) for p in passages if p.kind != "boilerplate")
    return max(1, kept)


def measure(text: str) -> int:
    """How long a text is, in words; a script without spaces counts two characters a word."""
    return max(len(text.split()), sum(1 for c in text if ord(c) > 0x2E80) // 2)


def shares(
    reuse: Sequence[Reuse], sentences: Mapping[str, Sequence[Sentence]], texts: Mapping[str, str],
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    """Words copied and sentences translated, by (article, the other one): counted in the first."""
    words: dict[tuple[str, str], int] = defaultdict(int)
    translated: dict[tuple[str, str], int] = defaultdict(int)
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for r in reuse:
        for one, other, start, end in ((r.a, r.b, r.a_start, r.a_end), (r.b, r.a, r.b_start, r.b_end)):
            if r.kind == "translated":
                translated[one, other] += sum(1 for s in sentences.get(one, ()) if start <= s.start and s.end <= end)
            else:
                spans[one, other].append((start, end))
    for (one, other), found in spans.items():
        words[one, other] = sum(measure(texts[one][s:e]) for s, e in merged(found))
    return dict(words), dict(translated)


def shared_prose(batch: Batch, articles: Sequence[Article], words: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """The share of the words outside its quotes that an article has in common with another, by (article, the other one)."""
    texts = {a.id: a.text for a in articles}
    quotes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for q in batch.get(Quote):
        if q.kind != "indirect":
            quotes[q.article].append((q.outer_start, q.outer_end))
    quoted = {a: merged(spans) for a, spans in quotes.items()}
    own = {a: max(count - sum(measure(texts[a][s:e]) for s, e in quoted.get(a, ())), count * LEAST_PROSE) for a, count in words.items()}
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for r in batch.get(Reuse):
        if r.kind != "translated":
            spans[r.a, r.b] += outside((r.a_start, r.a_end), quoted.get(r.a, ()))
            spans[r.b, r.a] += outside((r.b_start, r.b_end), quoted.get(r.b, ()))
    return {(a, b): min(1.0, sum(measure(texts[a][s:e]) for s, e in merged(found)) / own[a]) for (a, b), found in spans.items()}


def outside(span: tuple[int, int], cut: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a span without others, which are in order and do not overlap.

    >>> outside((0, 10), [(2, 4), (8, 12)])
    [(0, 2), (4, 8)]
    """
    out, at = [], span[0]
    for start, end in cut:
        if end > at and start < span[1]:
            out += [(at, start)] if start > at else []
            at = end
    return [*out, (at, span[1])] if at < span[1] else out


def merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with overlapping ones made one.

    >>> merged([(5, 9), (0, 6)])
    [(0, 9)]
    """
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def conflict_sides(conflicts: Sequence[Conflict]) -> dict[str, dict[int, frozenset[str]]]:
    """The articles of every side of every conflict that is more likely real than not."""
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in conflicts:
        if row.score >= LIKELY:
            found[row.group][row.side].add(row.article)
    return {group: {side: frozenset(members) for side, members in sides.items()} for group, sides in found.items()}


def wordings(batch: Batch) -> dict[str, frozenset[str]]:
    """The folded words of every article's versions of shared quotes, with the group: equal strings are equal wording."""
    texts = {a.id: a.text for a in batch.get(Article)}
    found: dict[str, set[str]] = defaultdict(set)
    for v in batch.get(QuoteVersion):
        found[v.article].add(v.group + " " + " ".join(texts[v.article][v.start:v.end].casefold().split()))
    return {article: frozenset(rows) for article, rows in found.items()}


def tie(fabric: Fabric, source: Article, target: Article) -> Tie:
    """How the target stands to the source."""
    s, t = source.id, target.id
    shared = fabric.common[s] & fabric.common[t]
    weight = sum(rareness(fabric.tellers[g]) for g in fabric.common[t])
    details = [d for d in fabric.details[t] if len(fabric.holders[d]) > 1]
    innovations, splits = agreement(fabric, s, t)
    return Tie(
        source=s, target=t, copied=fabric.shared_prose.get((t, s), 0.0),
        translated=min(1.0, fabric.shared_sentences.get((t, s), 0) / max(1, fabric.sentences[t])),
        claims=len(shared) / (len(fabric.common[t]) + FEW),
        exclusive=math.fsum(rareness(fabric.tellers[g]) for g in shared) / (weight + FEW / 2),
        kept=len(shared) / (len(fabric.common[s]) + FEW),
        details=math.fsum(rareness(fabric.holders[d]) for d in details if s in fabric.holders[d]) / (
            math.fsum(rareness(fabric.holders[d]) for d in details) + FEW),
        sequence=sequence(fabric.places[s], fabric.places[t], shared), innovations=innovations, splits=splits,
        order=order(fabric.published.get(s), fabric.published.get(t)),
        lead=lead(fabric.published.get(s), fabric.published.get(t)), abroad=fabric.spoken.get(s, "") != fabric.spoken.get(t, ""),
        wording=math.fsum(rareness(fabric.givers[w]) for w in fabric.wordings.get(s, frozenset()) & fabric.wordings.get(t, frozenset())),
    )


def sequence(source: Mapping[str, int], target: Mapping[str, int], shared: frozenset[str]) -> float:
    """How far shared claims come in the same order: Kendall's tau, drawn towards 0 where they are few.

    Source: Kendall 1938, "A New Measure of Rank Correlation".

    >>> sequence({"a": 0, "b": 5}, {"a": 3, "b": 9}, frozenset("ab")), sequence({"a": 0}, {"a": 3}, frozenset("a"))
    (0.25, 0.0)
    """
    pairs = list(combinations(sorted(shared), 2))
    agree = sum(((source[x] < source[y]) == (target[x] < target[y])) * 2 - 1 for x, y in pairs)
    return agree / (len(pairs) + PAIRS)


def rareness(holders: frozenset[str]) -> float:
    """How telling it is that two share something: 1 when nobody else has it."""
    return 1 / max(1, len(holders) - 1)


def agreement(fabric: Fabric, s: str, t: str) -> tuple[int, int]:
    """Conflicts in which both take a side that fewer take than the other, and conflicts that divide them.

    A reading that the target alone has divides nobody: it is the target's own change, whatever its source. Nor does one that it has
    together with later articles only: they may have it from the target.
    """
    own = {x for x in fabric.published if order(fabric.published.get(t), fabric.published[x]) > 0} | {t}
    innovations = splits = 0
    for sides in fabric.sides.values():
        of_s = {side for side, members in sides.items() if s in members}
        of_t = {side for side, members in sides.items() if t in members}
        for side in of_s & of_t:
            most = max((len(m) for other, m in sides.items() if other != side), default=0)
            innovations += len(of_s) == 1 and len(of_t) == 1 and len(sides[side]) <= most + 1
        splits += bool(of_s and of_t and not of_s & of_t and any(sides[side] - own for side in of_t))
    return innovations, splits
