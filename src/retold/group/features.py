"""Features: what the formulas see of two articles, or of two groups of articles.

All three formulas are logistic: explainable, and the same for every collection. `weights.toml` holds what `eval/fit_group.py` fitted for
a stream of articles, `close.toml` the weights for few articles that are read more deeply (docs/methods/group.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tomllib import loads

import numpy as np

from retold.group.items import LEAD
from retold.group.shelf import Doubles, Floats, Ints, Terms, Weights

DAYS = (0.75, 1.5, 2.5, 3.5, 7.5, 15.0, 40.0)  # steps of the time between two articles
SHORT = 3.2  # log of the terms at which an article is half as short as a headline
ENCODED = frozenset(("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"))  # languages of the
# shipped encoder: the formula learns to lean on names in the others
CLOSE = ("nearest", "names", "numbers", "days", "nearest across languages", "names across languages", "numbers across languages",
         "across languages")
READ = (*CLOSE, "event", "event across languages")  # and where the encoder of events has read both
UNSPACED_SHARE = 1.5  # by which shared names count more in a script without spaces, since most of its terms are no names: two accounts of
# one event share .12 to .58 of them, articles about something else .04 on average and .15 at most (three stories and our pages)
UNDATED = 1.0  # days that are assumed between two articles of which one has no date: the median within stories
BEST = 5  # strings of each side whose nearest count: a story is shared when a handful of sentences are, however long the rest

FIRST = ("best", "top", "centre", "raw", "words", "anchors", "shared", "heading")  # similarities of two articles
PAIR = (*FIRST, "second")  # and that of two headlines by the second encoder
MEANS = ("raw", "centre", "turned", "words", "anchors", "heading")  # mean similarities of the articles of two groups
GROUP = (*MEANS, "second", "second turned")
INNER = ("centre", "turned", "words", "second turned")  # of which those within each group tell how near its own articles are


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A logistic formula over features that were expanded: bias and a weight each."""

    bias: float
    weights: Doubles

    def __call__(self, features: Doubles) -> Doubles:
        """The probability of each row of features."""
        return probability(self.odds(features))

    def odds(self, features: Doubles) -> Doubles:
        """The logarithm of the odds of each row of features."""
        return np.asarray(features @ self.weights + self.bias, dtype=np.float64)


def probability(odds: Doubles) -> Doubles:
    """What logarithms of odds are as probabilities."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


@cache
def close_formula(*, read: bool = False) -> Formula:
    """The formula for two articles of few, over `CLOSE`; read: over `READ`."""
    table = loads((Path(__file__).parent / "close.toml").read_text("utf-8"))["read" if read else "close"]
    return Formula(bias=float(table["bias"]), weights=np.array([float(table[name]) for name in (READ if read else CLOSE)]))


@cache
def formulas() -> tuple[Formula, Formula]:
    """The formula for two articles and that for two groups."""
    table = loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))
    pair, group = ({name: float(value) for name, value in table[part].items()} for part in ("pair", "group"))
    return (Formula(bias=pair["bias"], weights=np.array([pair[name] for name in pair_names()])),
            Formula(bias=group["bias"], weights=np.array([group[name] for name in group_names()])))


def pair_names() -> tuple[str, ...]:
    """The names of the expanded features of two articles."""
    return (*PAIR, *(f"{a} in one language" for a in PAIR), *(f"{a} of headlines" for a in FIRST),
            *(f"{a} read twice" for a in FIRST), *(f"{a} unknown to the encoder" for a in ("best", "anchors")), "best with anchors",
            "best with words", *context_names())


def context_names() -> tuple[str, ...]:
    """The names of the features of time, length and language, which both formulas have."""
    steps = [f"later by {d:g} days" for d in DAYS]
    return (*steps, "days", "days of headlines", "dated", "one language", "headlines", "unknown to the encoder", "read twice")


def group_names() -> tuple[str, ...]:
    """The names of the expanded features of two groups."""
    return (*GROUP, *(f"{a} in one language" for a in GROUP), *(f"{a} of headlines" for a in MEANS), *(f"{a} read twice" for a in MEANS),
            *(f"{a} within the larger" for a in INNER), *(f"{a} within the smaller" for a in INNER), "turned unknown to the encoder",
            "one language", "headlines", "unknown to the encoder", "read twice", "dated", "apart", "a day apart", "four days apart", "pace",
            "pace within")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What two sides have in common beside their likeness, one row a pair. days: between them, nan where one has no date; same: share of
    one language; short: 0..1 how near to a headline; poor: whether a language is unknown to the encoder; twice: whether both are headlines
    that the second encoder read."""

    days: Doubles
    same: Doubles
    short: Doubles
    poor: Doubles
    twice: Doubles

    def columns(self) -> list[Doubles]:
        """The features of `context_names`."""
        dated = ~np.isnan(self.days)
        days = np.where(dated, self.days, 0.0)
        steps = [np.clip((days - d) / max(d * 0.2, 0.25) + 0.5, 0.0, 1.0) for d in DAYS]
        log = np.log1p(days)
        return [*steps, log, log * self.short, dated * 1.0, self.same, self.short, self.poor, self.twice]


def expand_pairs(alike: Doubles, context: Context) -> Doubles:
    """alike: (n, len(PAIR)) -> (n, len(pair_names()))."""
    named, first = dict(zip(PAIR, alike.T, strict=True)), alike[:, :len(FIRST)]
    return np.column_stack([
        alike, alike * context.same[:, None], first * context.short[:, None], first * context.twice[:, None],
        named["best"] * context.poor, named["anchors"] * context.poor,
        named["best"] * named["anchors"], named["best"] * named["words"], *context.columns(),
    ])


def expand_close(near: Doubles, shares: Doubles, context: Context) -> Doubles:
    """near: (n,) of `nearest`; shares: (n, 2) of `Comparer.shares` -> (n, len(CLOSE))."""
    apart = np.log1p(np.maximum(0.0, np.where(np.isnan(context.days), UNDATED, context.days) - 1.0))
    across = 1.0 - context.same
    return np.column_stack([near, shares, apart, near * across, shares * across[:, None], across])


def expand_read(features: Doubles, events: Doubles, context: Context) -> Doubles:
    """features: of `expand_close`; events: (n,) cosines of beginnings -> (n, len(READ))."""
    return np.column_stack([features, events, events * (1.0 - context.same)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What two groups have in common beside their likeness, one row a pair. same, short, poor, twice: as in `Context`; dated: whether both
    have dates; apart: days between the end of one and the beginning of the other; pace: the mean of the kernel of time over the pairs of
    their articles; steady: its geometric mean within them."""

    same: Doubles
    short: Doubles
    poor: Doubles
    twice: Doubles
    dated: Doubles
    apart: Doubles
    pace: Doubles
    steady: Doubles


def expand_groups(alike: Doubles, inner: Doubles, meeting: Meeting) -> Doubles:
    """alike: (n, len(GROUP)); inner: (n, 2 * len(INNER)), of the larger first -> (n, len(group_names()))."""
    m, means = meeting, alike[:, :len(MEANS)]
    return np.column_stack([
        alike, alike * m.same[:, None], means * m.short[:, None], means * m.twice[:, None], inner,
        alike[:, GROUP.index("turned")] * m.poor, m.same, m.short, m.poor, m.twice, m.dated, np.log1p(m.apart),
        m.apart > 1.0, m.apart > 4.0, m.pace, m.steady,
    ])


def short(terms: Sequence[int] | Ints) -> Doubles:
    """How near an article of so many terms is to a headline, 0..1."""
    return np.asarray(1 / (1 + np.exp(2 * (np.log1p(np.asarray(terms, dtype=np.float64)) - SHORT))), dtype=np.float64)


class Comparer:
    """Compares terms of one with those of several, by the rarity of terms."""

    def __init__(self, rarity: Doubles) -> None:
        self.rarity = rarity
        self.most = float(rarity.max(initial=0.0))
        self._place = np.full(len(rarity), -1, dtype=np.int64)

    def shares(self, one: Terms, others: Sequence[Terms]) -> Doubles:
        """(n, 2): the weight of the shared names against that of the side that has fewer, and of the shared numbers, as if each side had
        one more that is not shared: of two names, two shared ones say little."""
        if not len(others):
            return np.zeros((0, 2))
        owner = np.repeat(np.arange(len(others)), [len(t.ids) for t in others])
        ids = np.concatenate([t.ids for t in others])
        rare = self.rarity[ids]
        self._place[one.ids] = np.arange(len(one.ids))
        hit = self._place[ids] >= 0
        own = self._place[ids][hit]
        self._place[one.ids] = -1
        columns = []
        for kind in ("names", "numbers"):
            mine = getattr(one, kind)
            theirs = np.concatenate([getattr(t, kind) for t in others])
            shared = np.bincount(owner[hit], weights=(rare[hit] * (theirs[hit] & mine[own])), minlength=len(others))
            totals = np.bincount(owner, weights=rare * theirs, minlength=len(others))
            columns.append(shared / np.maximum(np.minimum(totals, float(self.rarity[one.ids] @ mine)) + self.most, 1e-9))
        return np.column_stack(columns)

    def compare(self, one: Terms, others: Sequence[Terms]) -> Doubles:
        """(n, 4): cosine of the words, cosine of the names and numbers, weight of the shared names and numbers against that of the
        side that has fewer, cosine of the titles."""
        lengths = np.array([len(t.ids) for t in others])
        if not len(others):
            return np.zeros((0, 4))
        owner = np.repeat(np.arange(len(others)), lengths)
        ids = np.concatenate([t.ids for t in others])
        rare = self.rarity[ids]
        self._place[one.ids] = np.arange(len(one.ids))
        place = self._place[ids]
        self._place[one.ids] = -1
        hit = np.flatnonzero(place >= 0)
        place, whose = place[hit], owner[hit]
        own = self.rarity[one.ids]
        columns: list[Doubles] = []
        for name in ("words", "anchors", "heading"):
            mine = getattr(one, name) * own
            theirs = np.concatenate([getattr(t, name) for t in others]) * rare
            shared, here = theirs[hit], mine[place]
            products = np.bincount(whose, weights=shared * here, minlength=len(others))
            norms = np.sqrt(np.bincount(owner, weights=theirs * theirs, minlength=len(others)) * float(mine @ mine))
            columns.append(products / np.maximum(norms, 1e-9))
            if name == "anchors":
                least = np.bincount(whose, weights=np.minimum(shared, here), minlength=len(others))
                total = np.minimum(np.bincount(owner, weights=theirs, minlength=len(others)), float(mine.sum()))
                columns.append(least / np.maximum(total, 1e-9))
        return np.column_stack(columns)

    def products(self, one: Weights, others: Sequence[Weights]) -> Doubles:
        """(n, columns): the sums of the products of the weights of shared terms."""
        if not len(others):
            return np.zeros((0, len(one.columns)))
        owner = np.repeat(np.arange(len(others)), [len(t.ids) for t in others])
        self._place[one.ids] = np.arange(len(one.ids))
        place = self._place[np.concatenate([t.ids for t in others])]
        self._place[one.ids] = -1
        hit = np.flatnonzero(place >= 0)
        shared = np.concatenate([t.columns for t in others], axis=1)[:, hit] * one.columns[:, place[hit]]
        return np.column_stack([np.bincount(owner[hit], weights=column, minlength=len(others)) for column in shared])


def nearest(one: Floats, others: Sequence[Floats]) -> Doubles:
    """one: (k, d), others: (k_i, d) each -> (n,): the mean cosine of the best `BEST` strings of each side with their nearest there."""
    lengths = np.array([len(rows) for rows in others])
    out = np.zeros(len(others))
    there = np.flatnonzero(lengths)
    if not len(one) or not len(there):
        return out
    cosines = (one @ np.concatenate([rows for rows in others if len(rows)]).T).astype(np.float64)
    starts = np.concatenate([[0], np.cumsum(lengths[there])[:-1]])
    ahead = np.maximum.reduceat(cosines, starts, axis=1)
    mine = -np.sort(-ahead, axis=0)[:BEST].mean(axis=0)
    back = cosines.max(axis=0)
    ends = [*starts[1:], len(back)]
    theirs = np.array([-np.sort(-back[begin:end])[:BEST].mean() for begin, end in zip(starts, ends, strict=True)])
    out[there] = (mine + theirs) / 2
    return out


def best_matches(one: Floats, others: Floats) -> Doubles:
    """one: (LEAD, d), others: (n, LEAD, d), missing rows 0 -> (n, 2): the mean over both sides of how near each row has its nearest on the
    other, and the nearest of all."""
    cosines = np.einsum("id,njd->nij", one, others, optimize=False).astype(np.float64) if len(others) else np.zeros((0, LEAD, LEAD))
    mine, theirs = np.abs(one).sum(axis=1) > 0, np.abs(others).sum(axis=2) > 0
    cosines = np.where(mine[None, :, None] & theirs[:, None, :], cosines, -2.0)
    ahead, back = cosines.max(axis=2), cosines.max(axis=1)
    a = np.where(ahead > -2, ahead, 0).sum(axis=1) / np.maximum((ahead > -2).sum(axis=1), 1)
    b = np.where(back > -2, back, 0).sum(axis=1) / np.maximum((back > -2).sum(axis=1), 1)
    top = np.maximum(cosines.max(axis=(1, 2)), 0.0) if len(others) else np.zeros(0)
    return np.column_stack([(a + b) / 2, top])
