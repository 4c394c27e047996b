"""Names as a small network reads them, set beside those that rules found: what is none, what kind each is, and names that they missed.

Rules know capitals, titles and gazetteers; the network has learned how names of each kind look and where they stand. Pure functions.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retold.base.records import Mention, Span, make_id
from retold.base.tagging import NAMES, Tagged
from retold.identify.reading import Reading
from retold.identify.tagged import Tagging, meets, widened

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

METHOD = "names-1:tagger"
NONE = 0.05  # mean probability of the sub-words to be part of a name, below which a find of the rules is none
SURE = 0.9  # the same of the least likely sub-word, from which a name that they lack is one
OWN = 1.5  # log odds that the rules give to the kind that they tell
LEAST = 1e-3  # of each kind
KEPT = (":description", ":signature")  # rules whose finds are no names as the network knows them
OUTLETS = ":outlets"  # the rule that goes by the list of outlets
BEGINS = tuple(range(1, 2 * len(NAMES), 2))  # columns of a sub-word that begins a name, by kind
FOLLOWS = np.zeros((1 + 2 * len(NAMES),) * 2, dtype=np.float32)  # what is added where one label follows another
for _begins in BEGINS:
    FOLLOWS[:, _begins + 1] = -np.inf
    FOLLOWS[[_begins, _begins + 1], _begins + 1] = 0


def settled_names(mentions: Sequence[Mention], tagging: Tagging, reading: Reading) -> list[Mention]:
    """The names of the rules with what the network makes of them, and those that they lack, in the order of the text.

    All places of one article that have the same words are of one kind: that of their mean probabilities and of the rules.
    """
    out: list[Mention] = []
    read: list[int] = []  # which of these the network tells something of
    likely: dict[str, list[Floats]] = defaultdict(list)
    for m in mentions:
        own = None if m.method.endswith(KEPT) else rows_of(tagging, (m.start, m.end))
        if own is not None:
            if not m.method.endswith(OUTLETS) and float((1 - own[:, 0]).mean()) < NONE:
                continue
            read.append(len(out))
            likely[m.text].append(kinds_of(own))
        out.append(m)
    means = {text: np.mean(found, axis=0) for text, found in likely.items()}
    for n in read:
        if not out[n].method.endswith(OUTLETS):
            out[n] = replace(out[n], kind=kind_of(out[n].kind, means[out[n].text]))
    taken = [(m.start, m.end) for m in out]
    article = reading.article.id
    for (start, end), kind, score in sure_names(tagging, reading.text, spaced=reading.lexicon.spaced):
        if not meets((start, end), taken):
            taken.append((start, end))
            out.append(Mention(id=make_id("m", article, start, end), article=article, start=start, end=end,
                               text=reading.text[start:end], kind=kind, method=METHOD, score=score))
    return sorted(out, key=lambda m: m.start)


def rows_of(tagging: Tagging, span: Span) -> Floats | None:
    """The probabilities of the sub-words that stand in a span; None where nothing of it was read."""
    found = [tagged.names[i] for tagged, i in tagging.inside(span) if tagged.names is not None]
    return np.stack(found) if found else None


def kinds_of(rows: Floats) -> Floats:
    """How likely each kind is for a name, by the mean of its sub-words: 5 float32 that sum to 1."""
    both = rows[:, 1:].mean(axis=0).reshape(len(NAMES), 2).sum(axis=1)
    return np.asarray(both / max(float(both.sum()), LEAST), dtype=np.float32)


def kind_of(told: str, likely: Floats) -> str:
    """The kind of a name that the network, by these probabilities, and the rules hold most likely together; told: that of the rules."""
    odds = {kind: math.log(p + LEAST) for kind, p in zip(NAMES, likely.tolist(), strict=True)}
    odds[told] = odds.get(told, 0.0) + OWN
    return max(odds, key=odds.__getitem__)


def sure_names(tagging: Tagging, text: str, *, spaced: bool) -> Iterator[tuple[Span, str, float]]:
    """The names of which the network is sure, as spans of the article, with kind and score."""
    for at, tagged in tagging.windows:
        for a, b, kind in read_names(tagged):
            score = float(1 - tagged.names[a:b, 0].max()) if tagged.names is not None else 0.0
            if score >= SURE:
                yield widened(text, (at + tagged.places[a][0], at + tagged.places[b - 1][1]), spaced=spaced), kind, round(score, 2)


def read_names(tagged: Tagged) -> Iterator[tuple[int, int, str]]:
    """The likeliest names of a text: first sub-word, the one behind the last, kind.

    Source: Viterbi 1967, over labels of which one that goes on follows only its like (Ramshaw and Marcus 1995, section 4).
    """
    if tagged.names is None or not len(tagged.names):
        return
    labels = likeliest(np.log(tagged.names + LEAST * LEAST))
    at = 0
    while at < len(labels):
        end = at + 1
        if labels[at] in BEGINS:
            while end < len(labels) and labels[end] == labels[at] + 1:
                end += 1
            yield at, end, NAMES[labels[at] // 2]
        at = end


def likeliest(odds: Floats) -> list[int]:
    """The likeliest row of labels: (n, 11) log probabilities -> n."""
    score = odds[0] + FOLLOWS[0]
    back = []
    for row in odds[1:]:
        steps = score[:, None] + FOLLOWS
        best = steps.argmax(axis=0)
        back.append(best)
        score = steps[best, np.arange(len(best))] + row
    labels = [int(score.argmax())]
    for best in reversed(back):
        labels.append(int(best[labels[-1]]))
    return labels[::-1]
