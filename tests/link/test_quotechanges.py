"""Which piece of its origin a version of a quote goes back to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from factories import make
from retold.base.records import Article, Name
from retold.base.tables import Batch
from retold.link.quotechanges import Judge, nearest_piece, pieces_of
from retold.link.utterances import Utterance


def said(article: str, words: str, meaning: list[float], *, start: int = 0, headline: bool = False) -> Utterance:
    vectors = np.array([meaning], dtype=np.float32) / np.linalg.norm(meaning)
    return Utterance(
        article=article, start=start, end=start + len(words), level="quoted", kind="direct", language="en", speaker="Roth", entity="Roth",
        words=tuple(words.split()), content=frozenset(w for w in words.split() if len(w) > 3), vectors=vectors.astype(np.float32),
        told_here=False, entity_kind="person", headline=headline,
    )


SIGN = said("a", "it is a sign and no proof", [1, 0.1], start=40)
CUP = said("a", "nobody has to be afraid of one cup of it a day", [0.1, 1], start=90)


def test_a_version_of_one_piece_is_measured_by_that_piece() -> None:
    elsewhere = said("b", "this is a sign not a proof", [0.9, 0.2])
    pieces = pieces_of(CUP, [SIGN, CUP, elsewhere])
    assert pieces == [SIGN, CUP]
    assert nearest_piece(elsewhere, pieces) is SIGN
    assert nearest_piece(SIGN, pieces) is SIGN


def test_a_headline_and_what_is_told_twice_are_no_pieces() -> None:
    head = said("a", "a sign and no proof", [1, 0.1], headline=True)
    again = said("a", "no proof", [1, 0.1], start=300)
    assert pieces_of(SIGN, [head, SIGN, again]) == []
    assert pieces_of(None, [head, SIGN, CUP]) == []
    assert nearest_piece(SIGN, []) is None


def test_a_speaker_has_the_marks_that_one_article_writes_and_latin_letters_beside_others() -> None:
    def name(text: str, article: str) -> Name:
        return make(Name, article=article, entity="Roth", label=text, text=text, kind="person")

    def speaker(*names: str) -> str:
        told = [replace(SIGN, article=chr(97 + n), speaker=text, called=text) for n, text in enumerate(names)]
        batch = Batch([*(Article(id=u.article, text="") for u in told), *(name(u.speaker, u.article) for u in told)])
        return Judge(batch, told, [list(range(len(told)))]).speaker(told)

    assert speaker("Levent Saribey", "Levent Sarıbey") == "Levent Sarıbey"
    assert set(speaker("高雁", "ガオ・イエン", "ガオ・イエン", "Gao Yan").strip(")").split(" (")) == {"高雁", "Gao Yan"}
