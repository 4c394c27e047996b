"""Where two texts differ word by word: what stands in the place of what, and what changed places.

The words of both are hashes (`retold.relate.words`), so the rules are the same in every script. Equal stretches are found, longest
first; where a short stretch of one stands between the same words as a short stretch of the other, the one was put in the place of the
other. Two stretches that changed places around a third are roles exchanged; a list that was turned round is not.

Source: equal stretches as in Ratcliff and Metzener 1988, "Pattern Matching: The Gestalt Approach" (`difflib`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from retold.relate.words import WEIGHTS, read_words

LONGEST = 5  # words in the place of others; longer stretches were told differently, not changed
SIGNS = 12  # the same in signs of a script without spaces
FEW = 400  # words of a text that are compared
MIDDLE = 6  # words between two that changed places, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How the second text differs from the first.

    Args:
        replaced: pairs of stretches, the first text's and the second's, that stand in each other's place.
        swapped: how many pairs of stretches changed places.
        added: stretches that only the second text has.
        left_out: stretches between equal words that only the first text has.
        kept: share of the second text's words that stand in the first, in order.
    """

    replaced: tuple[tuple[str, str], ...]
    swapped: int
    added: tuple[str, ...]
    left_out: tuple[str, ...]
    kept: float


Run = tuple[int, int, int]  # where it starts in the first and in the second text, and how many words it has


def differences(first: str, second: str) -> Differences:
    """How a text differs from another.

    >>> differences("Two of nine boats sank.", "Two of seven boats sank.").replaced
    (('nine', 'seven'),)
    >>> differences("Ada Lund beat Bo Berg.", "Bo Berg beat Ada Lund.").swapped
    1
    """
    words = read_words([first, second])
    sides = [[(int(h), int(s), int(e), int(w)) for h, s, e, w, o in zip(words.hashes, words.starts, words.ends, words.weights, words.owners,
                                                                        strict=True) if o == n and s >= 0][:FEW] for n in (0, 1)]
    one, two = ([word[0] for word in side] for side in sides)
    runs = [(b.a, b.b, b.size) for b in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks() if b.size]
    replaced, added, left_out = [], [], []
    apart: tuple[list[list[int]], list[list[int]]] = ([], [])
    for (a, b, size), (c, d, _) in pairwise([(-1, -1, 1), *runs, (len(one), len(two), 1)]):
        here, there = sides[0][a + size:c], sides[1][b + size:d]
        if here and there and short(here) and short(there):
            replaced.append((cut(first, here), cut(second, there)))
        elif there:
            added.append(cut(second, there))
            apart[1].append([word[0] for word in there])
        elif here and a >= 0 and c < len(one):
            left_out.append(cut(first, here))
        if here and not there:
            apart[0].append([word[0] for word in here])
    return Differences(
        replaced=tuple(replaced), swapped=swaps(one, two, runs) or turned_round(apart), added=tuple(added), left_out=tuple(left_out),
        kept=sum(size for _, _, size in runs) / max(1, len(two)))


def short(stretch: Sequence[tuple[int, int, int, int]]) -> bool:
    """Whether a stretch is short enough to be a word put in the place of another."""
    return len(stretch) <= (SIGNS if stretch[0][3] == WEIGHTS[2] else LONGEST)


def cut(text: str, stretch: Sequence[tuple[int, int, int, int]]) -> str:
    """The words of a stretch as they stand."""
    return text[stretch[0][1]:stretch[-1][2]]


def turned_round(apart: tuple[list[list[int]], list[list[int]]]) -> int:
    """How many stretches were taken out in one place and put in at another in another order: "A accused B" for "B accused A"."""
    found = 0
    for gone in apart[0]:
        for come in apart[1]:
            both = set(gone) & set(come)
            one, two = [w for w in gone if w in both], [w for w in come if w in both]
            found += len(both) >= 2 and len(both) >= 0.75 * len(set(gone)) and one != two
    return found


def swaps(one: Sequence[int], two: Sequence[int], runs: Sequence[Run]) -> int:
    """How many stretches of the first text stand in the second on the other side of a run that both have."""
    found = 0
    for a, b, size in runs:
        left, right = set(one[:a]) - set(one[a:]), set(one[a + size:]) - set(one[:a + size])
        before, after = two[max(0, b - MIDDLE):b], two[b + size:b + size + MIDDLE]
        came = [w for w in before if w in right]
        went = [w for w in after if w in left]
        found += bool(came and went)
    return found
