"""Which version of a quote the others go back to."""

from __future__ import annotations

import numpy as np
import pytest

from factories import article
from retold.link.quoteorigins import Origins
from retold.link.utterances import Utterance

WORDS = "we counted every lamp in the mine and two are missing"


def version(article_id: str, *, language: str = "en", told_here: bool = False, words: str = WORDS, entity: str = "roth", start: int = 0) -> Utterance:
    return Utterance(
        article=article_id, start=start, end=start + len(words), level="quoted", kind="direct", language=language, speaker="Ana Roth",
        entity=entity, words=tuple(words.split()), content=frozenset(words.split()), vectors=np.ones((1, 2), dtype=np.float32),
        told_here=told_here, entity_kind="person",
    )


def chosen(told: list[Utterance], *more: list[Utterance], dates: str = "", second: str = "") -> str | None:
    """The article of the origin of the first quote. `dates`: the articles in the order in which they came out."""
    rows = [*told, *(u for group in more for u in group)]
    articles = {u.article: article(id=u.article, published=f"2026-03-0{dates.index(u.article) + 1}" if u.article in dates else None) for u in rows}
    groups, at = [], 0
    for group in (told, *more):
        groups.append(list(range(at, at + len(group))))
        at += len(group)
    found = Origins(articles, rows, groups, own=dict.fromkeys(articles, False), second={key: key in second for key in articles}).choose(told)
    return found.article if found else None


def test_the_first_to_come_out() -> None:
    assert chosen([version("a"), version("b", language="de"), version("c", language="de")], dates="bca") == "b"


def test_who_was_told_rather_than_who_has_more_words() -> None:
    assert chosen([version("a", told_here=True), version("b", language="de", words=WORDS + " tonight")], dates="ab") == "a"


def test_the_language_in_which_the_speaker_is_quoted_elsewhere() -> None:
    pair = [version("a"), version("b", language="de")]
    other = [version("b", language="de", start=200), version("c", language="de")]
    assert chosen(pair, other) == "b"
    assert chosen(pair, [version("a", start=200), version("c")]) == "a"


@pytest.mark.parametrize(("articles", "origin"), [("ab", "a"), ("abcdef", None)])
def test_none_of_many_that_all_cite_others(articles: str, origin: str | None) -> None:
    told = [version(key, language="en" if n % 2 else "de") for n, key in enumerate(articles)]
    assert chosen(told, dates=articles, second=articles) == origin


def test_a_quote_of_one_article_is_its_own_origin() -> None:
    assert chosen([version("a")], second="a") == "a"
