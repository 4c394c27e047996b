"""Passages that two articles share: copied, trimmed, edited, a single quote, or translated.

Seeds are word n-grams that both hold (so three reused sentences in a long article are found, which a hash over whole documents
misses); seeds on about the same diagonal are chained into passages, and a passage is kept when enough of its words agree.
Across languages there are no shared words: there, runs of sentences that are each other's nearest in the same order.

Source: seed, extend, chain as in Basic Local Alignment Search, Altschul et al. 1990; for reprinted news Smith, Cordell and
Mullen 2015, "Computational Methods for Uncovering Reprinted Texts", section 3, without their clustering of documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from retold.base.records import Passage, Quote, Reuse, Sentence, make_id

Floats = npt.NDArray[np.float32]

SEED = 5  # words of a seed; 4 found nothing more in reprints and chained set phrases
SEED_UNSPACED = 8  # characters, where words are not spaced
LEAST = 8  # words of a passage that is kept: shorter ones were set phrases, titles and names
GAP = 12  # words between two seeds of one passage on either side
COMMON = 60  # articles that hold a seed beyond which it is a set phrase
AGREE = 0.55  # share of a passage's words that agree, at which it is kept
TRANSLATED = 0.5  # cosine of two sentences in a translated run; translations in the wild have .55 to .9, same-topic .2 to .4
MARGIN = 0.06  # by which they beat the next best
RUN = 2  # sentences of a translated run
SPACED = re.compile(r"\w+", re.UNICODE)
UNSPACED = re.compile(r"[a-zA-Z0-9]+|\w", re.UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An article as reuse sees it: its words with their spans, without boilerplate; its sentences and their vectors."""

    article: str
    language: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    seed: int
    sentences: tuple[Sentence, ...]
    vectors: Floats
    quotes: tuple[Quote, ...]


def make_body(
    article: str, text: str, *, language: str, spaced: bool, passages: Sequence[Passage], sentences: Sequence[Sentence],
    vectors: Mapping[str, Floats], quotes: Sequence[Quote] = (),
) -> Body:
    """The body of an article. Words are compared without case; passages of boilerplate are left out."""
    pattern = SPACED if spaced else UNSPACED
    found = [m for p in passages if p.kind != "boilerplate" for m in pattern.finditer(text, p.start, p.end)]
    own = tuple(s for s in sentences if s.id in vectors)
    width = len(next(iter(vectors.values()))) if vectors else 1
    stacked = np.stack([vectors[s.id] for s in own]) if own else np.zeros((0, width), dtype=np.float32)
    return Body(
        article=article, language=language, words=tuple(m.group().casefold() for m in found), starts=tuple(m.start() for m in found),
        ends=tuple(m.end() for m in found), seed=SEED if spaced else SEED_UNSPACED, sentences=own, vectors=stacked,
        quotes=tuple(quotes))


def find_reuse(story: str, bodies: Sequence[Body]) -> list[Reuse]:
    """The passages that any two of the articles share, in the order of the articles and their text."""
    ordered = sorted(bodies, key=lambda b: b.article)
    out = []
    for (x, y), seeds in sorted(shared_seeds(ordered).items()):
        out.extend(copied(story, ordered[x], ordered[y], seeds))
    for x, a in enumerate(ordered):
        for b in ordered[x + 1:]:
            if a.language != b.language:
                out.extend(translated(story, a, b))
    return out


def shared_seeds(bodies: Sequence[Body]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Seeds by pair of articles: positions of words in the first and in the second."""
    index: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for x, body in enumerate(bodies):
        for i in range(len(body.words) - body.seed + 1):
            index[body.words[i:i + body.seed]].append((x, i))
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for places in index.values():
        if 1 < len(places) <= COMMON:
            for n, (x, i) in enumerate(places):
                for y, j in places[n + 1:]:
                    if x != y:
                        found[x, y].append((i, j))
    return found


def copied(story: str, a: Body, b: Body, seeds: list[tuple[int, int]]) -> list[Reuse]:
    """The passages that two articles of one language share."""
    out = []
    for chain in chains(sorted(seeds), max(a.seed, b.seed)):
        (i, j), (k, m) = chain[0], chain[-1]
        span_a, span_b = (i, k + a.seed), (j, m + b.seed)
        matched = covered([p for p, _ in chain], a.seed)
        longest = max(span_a[1] - span_a[0], span_b[1] - span_b[0])
        share = matched / longest
        if matched >= (LEAST if a.seed == SEED else 2 * LEAST) and share >= AGREE:
            out.append(make_reuse(story, a, b, span_a, span_b, share))
    return out


def chains(seeds: Sequence[tuple[int, int]], seed: int) -> list[list[tuple[int, int]]]:
    """Seeds that follow each other in both articles at no more than `GAP` words, greedily by the nearest open chain.

    A seed belongs to one chain, and chains run forward in both articles: a passage that was moved is a passage of its own.
    """
    out: list[list[tuple[int, int]]] = []
    active: list[list[tuple[int, int]]] = []
    for i, j in seeds:
        active = [c for c in active if i - c[-1][0] <= GAP + seed]
        fitting = [c for c in active if c[-1][0] < i and 0 < j - c[-1][1] <= GAP + seed]
        if fitting:
            min(fitting, key=lambda c: (abs((i - c[-1][0]) - (j - c[-1][1])), c[0])).append((i, j))
        else:
            active.append([(i, j)])
            out.append(active[-1])
    return out


def covered(positions: Sequence[int], seed: int) -> int:
    """How many words some seed covers."""
    return seed + sum(min(seed, after - before) for before, after in pairwise(positions))


def make_reuse(story: str, a: Body, b: Body, span_a: tuple[int, int], span_b: tuple[int, int], share: float) -> Reuse:
    """A passage with its kind: a quote when it lies inside quotation marks on both sides, else verbatim or edited."""
    a_start, a_end = a.starts[span_a[0]], a.ends[span_a[1] - 1]
    b_start, b_end = b.starts[span_b[0]], b.ends[span_b[1] - 1]
    same = a.words[slice(*span_a)] == b.words[slice(*span_b)]
    quoted = inside(a.quotes, a_start, a_end) and inside(b.quotes, b_start, b_end)
    return Reuse(
        id=make_id("r", a.article, b.article, a_start, a_end, b_start, b_end), story=story, a=a.article, b=b.article,
        a_start=a_start, a_end=a_end, b_start=b_start, b_end=b_end, kind="quote" if quoted else "verbatim" if same else "edited",
        method=f"{a.seed}-gram seeds, chained", score=round(share, 4))


def inside(quotes: Sequence[Quote], start: int, end: int) -> bool:
    """Whether quotation marks hold at least 90 % of a span."""
    held = sum(max(0, min(end, q.outer_end) - max(start, q.outer_start)) for q in quotes if q.kind in ("direct", "mixed"))
    return held >= 0.9 * (end - start)


def translated(story: str, a: Body, b: Body) -> list[Reuse]:
    """Runs of sentences of two languages that are each other's nearest, in the same order."""
    if not len(a.vectors) or not len(b.vectors):
        return []
    cosines = a.vectors @ b.vectors.T
    steps = [(p, int(cosines[p].argmax())) for p in range(len(cosines))]
    mutual = [(p, q) for p, q in steps if int(cosines[:, q].argmax()) == p and close(cosines, p, q)]
    out = []
    for run in runs(mutual):
        score = float(np.mean([cosines[p, q] for p, q in run]))
        first, last = run[0], run[-1]
        span = (a.sentences[first[0]].start, a.sentences[last[0]].end, b.sentences[first[1]].start, b.sentences[last[1]].end)
        out.append(Reuse(
            id=make_id("r", a.article, b.article, *span), story=story, a=a.article, b=b.article, a_start=span[0], a_end=span[1],
            b_start=span[2], b_end=span[3], kind="translated", method="runs of nearest sentences", score=round(score, 4)))
    return out


def close(cosines: Floats, p: int, q: int) -> bool:
    """Whether a pair of sentences is near, and nearer than the next best of either."""
    here = float(cosines[p, q])
    row, column = np.sort(cosines[p]), np.sort(cosines[:, q])
    others = max(float(row[-2]) if len(row) > 1 else 0.0, float(column[-2]) if len(column) > 1 else 0.0)
    return here >= TRANSLATED and here - others >= MARGIN


def runs(pairs: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs in the same order on both sides with at most one sentence left out between them, at least `RUN` of them."""
    out: list[list[tuple[int, int]]] = []
    for p, q in pairs:
        if out and 0 < p - out[-1][-1][0] <= 2 and 0 < q - out[-1][-1][1] <= 2:
            out[-1].append((p, q))
        else:
            out.append([(p, q)])
    return [run for run in out if len(run) >= RUN]
