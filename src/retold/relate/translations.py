"""Passages that one text has from a text of another language: runs of sentences that are each other's nearest in the same order.

Source: mutual nearest sentences with a margin, as in Artetxe and Schwenk 2019, "Margin-based Parallel Corpus Mining with
Multilingual Sentence Embeddings", section 3; here the margin is a difference and the sentences must follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retold.base.records import Reuse, Sentence, make_id

Floats = npt.NDArray[np.float32]
Pairs = Sequence[tuple[int, int]]

TRANSLATED = 0.5  # cosine of two sentences in a translated run; translations in the wild have .55 to .9, same-topic .2 to .4
MARGIN = 0.06  # by which they beat the next best
RUN = 2  # sentences of a translated run
METHOD = "runs of nearest sentences"


def translated(
    story: str, articles: tuple[str, str], sentences: tuple[Sequence[Sentence], Sequence[Sentence]], vectors: tuple[Floats, Floats],
) -> list[Reuse]:
    """The passages of two articles of different languages.

    Args:
        story: the story of the records.
        articles: the two ids.
        sentences: of each article, in order.
        vectors: of each article, (n_sentences, n_dims) float32, unit length.
    """
    one, other = vectors
    if not len(one) or not len(other):
        return []
    cosines = one @ other.T
    nearest = cosines.argmax(axis=0)
    steps = [(p, int(q)) for p, q in enumerate(cosines.argmax(axis=1))]
    mutual = [(p, q) for p, q in steps if int(nearest[q]) == p and close(cosines, p, q)]
    out = []
    for run in runs(mutual):
        score = float(np.mean([cosines[p, q] for p, q in run]))
        (p, q), (r, s) = run[0], run[-1]
        span = (sentences[0][p].start, sentences[0][r].end, sentences[1][q].start, sentences[1][s].end)
        out.append(Reuse(id=make_id("r", *articles, *span), story=story, a=articles[0], b=articles[1], a_start=span[0], a_end=span[1],
                         b_start=span[2], b_end=span[3], kind="translated", method=METHOD, score=round(score, 4)))
    return out


def close(cosines: Floats, p: int, q: int) -> bool:
    """Whether a pair of sentences is near, and nearer than the next best of either."""
    here = float(cosines[p, q])
    if here < TRANSLATED:
        return False
    others = np.concatenate([np.delete(cosines[p], q), np.delete(cosines[:, q], p), [0.0]])
    return here - float(others.max()) >= MARGIN


def runs(pairs: Pairs) -> list[list[tuple[int, int]]]:
    """Pairs in the same order on both sides with at most one sentence left out between them, at least `RUN` of them."""
    out: list[list[tuple[int, int]]] = []
    for p, q in pairs:
        if out and 0 < p - out[-1][-1][0] <= 2 and 0 < q - out[-1][-1][1] <= 2:
            out[-1].append((p, q))
        else:
            out.append([(p, q)])
    return [run for run in out if len(run) >= RUN]
