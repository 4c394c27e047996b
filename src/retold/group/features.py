"""Features: what the formulas see of two articles, or of two groups of articles.

Both formulas are logistic: explainable, and the same for every collection. `weights.toml` holds what `eval/fit_group.py` fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tomllib import loads

import numpy as np

from retold.group.items import LEAD
from retold.group.shelf import Doubles, Floats, Ints, Terms

DAYS = (0.75, 1.5, 2.5, 3.5, 7.5, 15.0, 40.0)  # steps of the time between two articles
SHORT = 3.2  # log of the terms at which an article is half as short as a headline
POOR = frozenset({"uk", "cs"})  # languages that the shipped encoder was not trained on: the formula learns to lean on names there

PAIR = ("best", "top", "centre", "raw", "words", "anchors", "shared", "heading")  # similarities of two articles
GROUP = ("centre", "raw", "words", "anchors", "heading", "strongest", "mean")  # similarities of two groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A logistic formula over features that were expanded: bias and a weight each."""

    bias: float
    weights: Doubles

    def __call__(self, features: Doubles) -> Doubles:
        """The probability of each row of features."""
        return np.asarray(1 / (1 + np.exp(-(features @ self.weights + self.bias))), dtype=np.float64)


@cache
def formulas() -> tuple[Formula, Formula]:
    """The formula for two articles and that for two groups."""
    table = loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))
    pair, group = ({name: float(value) for name, value in table[part].items()} for part in ("pair", "group"))
    return (Formula(bias=pair["bias"], weights=np.array([pair[name] for name in pair_names()])),
            Formula(bias=group["bias"], weights=np.array([group[name] for name in group_names()])))


def pair_names() -> tuple[str, ...]:
    """The names of the expanded features of two articles."""
    alike = PAIR
    return (*alike, *(f"{a} in one language" for a in alike), *(f"{a} of headlines" for a in alike), *(f"{a} unknown to the encoder"
            for a in ("best", "anchors")), "best with anchors", "best with words", *context_names())


def context_names() -> tuple[str, ...]:
    """The names of the features of time, length and language, which both formulas have."""
    steps = [f"later by {d:g} days" for d in DAYS]
    return (*steps, "days", "days of headlines", "dated", "one language", "headlines", "unknown to the encoder")


def group_names() -> tuple[str, ...]:
    """The names of the expanded features of two groups."""
    alike = GROUP
    return (*alike, *(f"{a} in one language" for a in alike), *(f"{a} of headlines" for a in alike),
            *(f"{a} by smaller" for a in alike), *(f"{a} by larger" for a in alike), "smaller", "larger", "apart", "centre squared",
            "overlap", *context_names())


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What two sides have in common beside their likeness, one row a pair. days: between them, nan where one has no date;
    same: share of one language; short: 0..1 how near to a headline; poor: whether a language is unknown to the encoder."""

    days: Doubles
    same: Doubles
    short: Doubles
    poor: Doubles

    def columns(self) -> list[Doubles]:
        """The features of `context_names`."""
        dated = ~np.isnan(self.days)
        days = np.where(dated, self.days, 0.0)
        steps = [np.clip((days - d) / max(d * 0.2, 0.25) + 0.5, 0.0, 1.0) for d in DAYS]
        log = np.log1p(days)
        return [*steps, log, log * self.short, dated * 1.0, self.same, self.short, self.poor]


def expand_pairs(alike: Doubles, context: Context) -> Doubles:
    """alike: (n, len(PAIR)) -> (n, len(pair_names()))."""
    named = dict(zip(PAIR, alike.T, strict=True))
    return np.column_stack([
        alike, alike * context.same[:, None], alike * context.short[:, None], named["best"] * context.poor, named["anchors"] * context.poor,
        named["best"] * named["anchors"], named["best"] * named["words"], *context.columns(),
    ])


def expand_groups(alike: Doubles, sizes: Doubles, middles: Doubles, context: Context) -> Doubles:
    """alike: (n, len(GROUP)); sizes: (n, 2) log, the smaller first; middles: (n,) log1p of the days between the medians."""
    return np.column_stack([
        alike, alike * context.same[:, None], alike * context.short[:, None], alike * sizes[:, :1], alike * sizes[:, 1:], sizes,
        middles, alike[:, 0] ** 2, alike[:, 0] * alike[:, 3], *context.columns(),
    ])


def short(terms: Sequence[int] | Ints) -> Doubles:
    """How near an article of so many terms is to a headline, 0..1."""
    return np.asarray(1 / (1 + np.exp(2 * (np.log1p(np.asarray(terms, dtype=np.float64)) - SHORT))), dtype=np.float64)


class Comparer:
    """Compares terms of one with those of several, by the rarity of terms."""

    def __init__(self, rarity: Doubles) -> None:
        self.rarity = rarity
        self._place = np.full(len(rarity), -1, dtype=np.int64)

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
        hit = place >= 0
        own = self.rarity[one.ids]
        columns: list[Doubles] = []
        for name in ("words", "anchors", "heading"):
            mine = getattr(one, name) * own
            theirs = np.concatenate([getattr(t, name) for t in others]) * rare
            products = np.bincount(owner[hit], weights=theirs[hit] * mine[place[hit]], minlength=len(others))
            norms = np.sqrt(np.bincount(owner, weights=theirs * theirs, minlength=len(others)) * float(mine @ mine))
            columns.append(products / np.maximum(norms, 1e-9))
            if name == "anchors":
                least = np.bincount(owner[hit], weights=np.minimum(theirs[hit], mine[place[hit]]), minlength=len(others))
                total = np.minimum(np.bincount(owner, weights=theirs, minlength=len(others)), float(mine.sum()))
                columns.append(least / np.maximum(total, 1e-9))
        return np.column_stack(columns)


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
