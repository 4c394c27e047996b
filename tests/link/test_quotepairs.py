"""How likely two utterances in marks are versions of one quote."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from retold.link.quotepairs import Pairs
from retold.link.quotes import join_quoted
from retold.link.utterances import ANONYMOUS, Utterance

CALM = "we counted every lamp in the mine and two are missing"
COLD = "the water was so cold that nobody went in before noon"


def toward(*parts: float) -> npt.NDArray[np.float32]:
    found = np.array([parts], dtype=np.float32)
    return found / np.linalg.norm(found)


def said(
    article: str, words: str, meaning: npt.NDArray[np.float32], *, language: str = "en", speaker: str = "", start: int = 0, level: str = "quoted",
) -> Utterance:
    return Utterance(
        article=article, start=start, end=start + len(words), level=level, kind="direct", language=language, speaker=speaker, entity=speaker,
        words=tuple(words.split()), content=frozenset(w for w in words.split() if len(w) > 3), vectors=meaning, told_here=False,
        entity_kind="person" if speaker else "",
    )


def test_translations_rather_than_two_quotes_of_one_speaker() -> None:
    told = [
        said("a", CALM, toward(1, 0.1), speaker="Roth"), said("a", COLD, toward(0.1, 1), speaker="Roth", start=200),
        said("b", "wir haben jede lampe gezählt und zwei fehlen", toward(0.9, 0.2), language="de", speaker="Roth"),
        said("b", "das wasser war so kalt dass niemand hineinging", toward(0.2, 0.9), language="de", speaker="Roth", start=200),
    ]
    pairs = Pairs(told)
    assert pairs.probability(0, 2) > 0.9 > 0.1 > pairs.probability(0, 3)
    assert join_quoted(pairs) == [[0, 2], [1, 3]]


def test_one_weak_tie_joins_no_groups() -> None:
    """Two groups of which only one pair is close stay apart."""
    told = [said(key, CALM, toward(1, 0, 0)) for key in "ab"] + [said(key, COLD, toward(0, 1, 0)) for key in "cd"]
    told.append(said("e", "zwei lampen im kalten wasser", toward(1, 1, 0), language="de"))
    assert all(not ({0, 1} & set(group) and {2, 3} & set(group)) for group in join_quoted(Pairs(told)))


def test_a_repetition_in_one_article_is_one_quote_and_two_quotes_are_two() -> None:
    told = [said("a", CALM, toward(1, 0)), said("a", CALM[:24], toward(1, 0.1), start=100), said("a", COLD, toward(0, 1), start=200)]
    assert join_quoted(Pairs(told)) == [[0, 1], [2]]


def test_two_pieces_of_a_longer_version() -> None:
    told = [said("a", f"{CALM} {COLD}", toward(1, 1)), said("b", CALM, toward(1, 0.4)), said("b", COLD, toward(0.4, 1), start=100)]
    assert join_quoted(Pairs(told)) == [[0, 1, 2]]


def test_order_does_not_matter() -> None:
    told = [said(key, CALM if key in "ab" else COLD, toward(1, n / 9)) for n, key in enumerate("abcd")]
    groups = [{told[i].article for i in g} for g in join_quoted(Pairs(told))]
    turned = told[::-1]
    again = [{turned[i].article for i in g} for g in join_quoted(Pairs(turned))]
    assert sorted(map(sorted, groups)) == sorted(map(sorted, again))


def test_sources_that_both_articles_keep_unnamed_may_be_one() -> None:
    def likely(speaker: str) -> float:
        told = [said("a", CALM, toward(1, 0.1)), said("b", "iki lamba eksik", toward(0.62, 0.78), language="tr")]
        return Pairs([replace(u, speaker=speaker) for u in told]).probability(0, 1)

    assert likely(ANONYMOUS) > likely("")
