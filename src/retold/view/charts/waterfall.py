"""How evidence adds up to a probability: every reason as a bar that starts where the one before it ended."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

SCALE = 100.0  # bars are placed on [0, SCALE]
CERTAIN = 0.999  # log odds of 1 are infinite; this is as sure as a bar can show
REST = 0.05  # log odds below which what is left over is not worth a row


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: `weight` in log odds, drawn from `start` to `end` on [0, SCALE]; `zero` is where even odds stand."""

    weight: float
    start: float
    end: float
    zero: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars of the reasons, and `rest`: what they do not account for (how likely it is beforehand, and calibration)."""

    bars: tuple[Bar, ...]
    rest: Bar | None


def add_up(weights: Sequence[float], probability: float) -> Waterfall:
    """Bars for reasons that lead from even odds to a probability.

    >>> [(bar.start, bar.end) for bar in add_up([2.0, -1.0], 0.731).bars]
    [(0.0, 100.0), (100.0, 50.0)]
    """
    bounded = min(max(probability, 1 - CERTAIN), CERTAIN)
    left = math.log(bounded / (1 - bounded)) - sum(weights)
    steps = [*weights, left] if abs(left) > REST else list(weights)
    levels = [0.0]
    for step in steps:
        levels.append(levels[-1] + step)
    low, high = min(levels), max(levels)
    scale = SCALE / (high - low) if high > low else 0.0

    def place(level: float) -> float:
        return round((level - low) * scale, 1)

    bars = [Bar(s, place(a), place(b), place(0.0)) for s, a, b in zip(steps, levels, levels[1:], strict=False)]
    return Waterfall(tuple(bars[: len(weights)]), bars[-1] if len(steps) > len(weights) else None)
