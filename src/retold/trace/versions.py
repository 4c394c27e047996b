"""Articles that are versions of one text, put in the order in which they were written, though nobody dated them.

A text that is worked on keeps most of its words from one version to the next, and grows: what is put in outweighs what is taken out,
and what is put in tells of later years. So the order is the chain through all versions with the likest neighbours, read in the direction
in which more, and of later years, is put in. It is asked for only where nothing else tells: no dates, no outlets that differ, no source
that is named. Reprints by others are no versions; they shrink.

Source: seriation by the best Hamiltonian path, Robinson 1951, "A Method for Chronologically Ordering Archaeological Deposits";
solved exactly for a few versions by dynamic programming (Held and Karp 1962). What tells the direction is measured by
`eval/measure_versions.py`.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"[\u2e80-\u9fff\u3040-\u30ff]|[^\W_\u2e80-\u9fff\u3040-\u30ff]+")
YEAR = re.compile(r"(?:19|20)\d\d")
GRAM = 5  # words in a row that are compared; between 2 and 5 the figures hardly differ
FAMILY = 3  # and in whether two are versions of one text at all
ALIKE = 0.1  # likeness from which two texts are versions of one
FLOOR = 0.01  # added to a likeness before its logarithm: one pair that shares nothing must not decide the whole order
EXACT = 9  # versions up to which the best chain is searched exactly
HALF = 0.01  # how much worse in log likeness a chain must be without a link for the link to be half certain
SURE = 0.75  # probability from which one version is said to follow another; .945 of such links are adjacent
NEVER = 9.0  # how much worse a chain is without a link that no other can stand for, at most

# fitted by eval/measure_versions.py, in log odds
ORDER: Mapping[str, float] = {"bias": -0.97, "certain": 3.4, "alike": 1.2}  # of two neighbours in the chain being adjacent versions
WAY: Mapping[str, float] = {"bias": -0.14, "whole": 2.46, "own": 1.33}  # of the direction in which a chain is read being right
GROWS: dict[str, float] = {"words": 0.53, "years": 0.65}  # of one text being the version after another


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One version after another.

    `certain`: how much worse the chain is without this link, in log likeness, 0 to 1; `alike`: likeness of the two, 0 to 1; `whole`,
    `own`: how clearly the whole chain and the two themselves grow in this direction, -1 to 1.
    """

    source: str
    target: str
    certain: float
    alike: float
    whole: float
    own: float

    @property
    def signals(self) -> dict[str, float]:
        """What speaks for it, in log odds by signal: that the two are neighbours, and what doubt of the direction takes from that."""
        values = {"bias": 1.0, "certain": self.certain, "alike": self.alike}
        order = {name: ORDER[name] * value for name, value in values.items()}
        way = WAY["bias"] + WAY["whole"] * self.whole + WAY["own"] * self.own
        both = chance(math.fsum(order.values())) * chance(way)
        return order | {"grows": math.log(both / (1 - both)) - math.fsum(order.values())}

    @property
    def probability(self) -> float:
        """How likely it is that the source is the version right before."""
        return chance(math.fsum(self.signals.values()))


def chance(odds: float) -> float:
    """A probability from log odds."""
    return 1 / (1 + math.exp(-odds))


def successions(texts: Mapping[str, str], *, least: int = 2) -> list[Succession]:
    """The links of the chains through texts that are versions of each other, `least` at least, in the order of each chain."""
    words = {key: TOKEN.findall(text.casefold()) for key, text in sorted(texts.items())}
    bags = {key: Counter(found) for key, found in words.items()}
    runs = {key: grams(found, GRAM) for key, found in words.items()}
    out = []
    for members in (found for found in families({key: grams(w, FAMILY) for key, w in words.items()}) if len(found) >= least):
        chain, losses = best_chain([[closeness(runs[a], runs[b]) for b in members] for a in members])
        keys = [members[i] for i in chain]
        steps = [grown(bags[a], bags[b]) for a, b in itertools.pairwise(keys)]
        growth = math.fsum(steps)
        if growth < 0 or (growth == 0 and keys[0] > keys[-1]):
            keys, losses, steps, growth = keys[::-1], losses[::-1], [-step for step in steps[::-1]], -growth
        whole = math.tanh(growth / math.sqrt(len(steps)) / 2)
        out += [Succession(source=a, target=b, certain=loss / (loss + HALF), alike=likeness(runs[a], runs[b]), whole=whole,
                           own=math.tanh(step / 2)) for a, b, loss, step in zip(keys, keys[1:], losses, steps, strict=False)]
    return out


def grams(words: Sequence[str], length: int) -> Counter[tuple[str, ...]]:
    """The runs of words of a text; all of them as one run where there are fewer."""
    return Counter(zip(*(words[i:] for i in range(length)), strict=False)) or Counter([tuple(words)])


def likeness(a: Counter[tuple[str, ...]], b: Counter[tuple[str, ...]]) -> float:
    """The share of the runs of both that are in both.

    >>> likeness(grams("the weir broke at noon".split(), 3), grams("the weir broke at noon today".split(), 3))
    0.75
    """
    common = sum((a & b).values())
    return common / max(1, sum(a.values()) + sum(b.values()) - common)


def closeness(a: Counter[tuple[str, ...]], b: Counter[tuple[str, ...]]) -> float:
    """The logarithm of the likeness, so that a chain is as good as the product of its links."""
    return math.log(likeness(a, b) + FLOOR)


def grown(a: Counter[str], b: Counter[str]) -> float:
    """Log odds that the second text is the version after the first: it puts in more words than it leaves out, and tells of later years."""
    new, gone = b - a, a - b
    later, earlier = latest(new), latest(gone)
    return GROWS["words"] * put_in(new, gone) + GROWS["years"] * ((later > earlier) - (later < earlier))


def put_in(new: Counter[str], gone: Counter[str]) -> float:
    """How much more is put in than left out, as a logarithm."""
    return math.log((1 + new.total()) / (1 + gone.total()))


def latest(words: Counter[str]) -> int:
    """The latest year among some words; 0 without any."""
    return max((int(w) for w in words if YEAR.fullmatch(w)), default=0)


def families(runs: Mapping[str, Counter[tuple[str, ...]]]) -> list[list[str]]:
    """Texts that are versions of one: each is like another one of them."""
    keys = list(runs)
    home = {key: key for key in keys}
    for i, a in enumerate(keys):
        for b in keys[i + 1:]:
            if home[a] != home[b] and likeness(runs[a], runs[b]) >= ALIKE:
                home = {key: home[a] if home[key] == home[b] else home[key] for key in keys}
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(home[key], []).append(key)
    return [members for members in groups.values() if len(members) > 1]


def best_chain(close: Sequence[Sequence[float]]) -> tuple[list[int], list[float]]:
    """The chain through all with the closest neighbours, and for each link how much worse the best chain without it is."""
    search = exact_chain if len(close) <= EXACT else greedy_chain
    total, chain = search(close)
    losses = []
    for a, b in itertools.pairwise(chain):
        without = [list(row) for row in close]
        without[a][b] = without[b][a] = -NEVER * len(close)
        losses.append(min(NEVER, total - search(without)[0]) if len(close) <= EXACT else margin(close, a, b))
    return chain, losses


def margin(close: Sequence[Sequence[float]], a: int, b: int) -> float:
    """How much closer two are than either is to its next best: a stand-in where chains are too long to be searched twice."""
    rivals = [close[x][y] for x, other in ((a, b), (b, a)) for y in range(len(close)) if y not in (x, other)]
    return max(0.0, close[a][b] - max(rivals, default=-NEVER))


def exact_chain(close: Sequence[Sequence[float]]) -> tuple[float, list[int]]:
    """The best chain, by dynamic programming over sets of members: n² · 2ⁿ steps."""
    n = len(close)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(1 << i, i): (0.0, [i]) for i in range(n)}
    for members in range(1, 1 << n):
        for last in range(n):
            if (members, last) not in best:
                continue
            total, chain = best[members, last]
            for following in range(n):
                if not members >> following & 1:
                    key, value = (members | 1 << following, following), total + close[last][following]
                    if key not in best or best[key][0] < value:
                        best[key] = (value, [*chain, following])
    return max((best[(1 << n) - 1, i] for i in range(n)), key=lambda found: found[0])


def greedy_chain(close: Sequence[Sequence[float]]) -> tuple[float, list[int]]:
    """A good chain for many: from both ends of the closest pair, always to the closest that is left."""
    n = len(close)
    a, b = max(((i, j) for i in range(n) for j in range(i + 1, n)), key=lambda pair: close[pair[0]][pair[1]])
    chain, left = [a, b], set(range(n)) - {a, b}
    while left:
        end, new = max(((e, x) for e in (0, -1) for x in sorted(left)), key=lambda pair: close[chain[pair[0]]][pair[1]])
        chain.insert(0 if end == 0 else len(chain), new)
        left.discard(new)
    return sum(close[x][y] for x, y in itertools.pairwise(chain)), chain
