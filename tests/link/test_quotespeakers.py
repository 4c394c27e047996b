"""Who speaks in a quote that several articles tell of."""

from __future__ import annotations

import numpy as np
import pytest

from retold.link.quotespeakers import group_entity, group_speaker
from retold.link.utterances import Utterance


def version(article: str, speaker: str, kind: str = "", level: str = "quoted") -> Utterance:
    return Utterance(
        article=article, start=0, end=9, level=level, kind="direct", language="en", speaker=speaker, entity=speaker if kind else "", words=("no",),
        content=frozenset(), vectors=np.ones((1, 2), dtype=np.float32), told_here=False, entity_kind=kind,
    )


@pytest.mark.parametrize(("told", "speaker"), [
    ([("Salt Post", "outlet"), ("Salt Post", "outlet"), ("Ana Roth", "person")], "Ana Roth"),
    ([("Coast Guard", "organisation"), ("Coast Guard", "organisation"), ("Ana Roth", "person")], "Ana Roth"),
    ([("Salt Post", "outlet"), ("a naval officer", "")], "a naval officer"),
    ([("Ana Roth", "person"), ("Ana Roth", "person"), ("Bo Lind", "person")], "Ana Roth"),
    ([("Salt Post", "outlet")], "Salt Post"),
    ([("", "")], ""),
])
def test_people_before_bodies_before_outlets(told: list[tuple[str, str]], speaker: str) -> None:
    assert group_speaker([version(f"a{n}", who, kind) for n, (who, kind) in enumerate(told)]) == speaker


def test_words_in_marks_are_asked_first() -> None:
    told = [version("a", "Ana Roth", "person"), version("b", "Bo Lind", "person", "reported"), version("c", "Bo Lind", "person", "reported")]
    assert group_entity(told) == "Ana Roth"


def test_where_two_lead_the_origin_decides() -> None:
    told = [version("a", "Ana Roth", "person"), version("b", "Bo Lind", "person")]
    assert group_entity(told) == ""
    assert group_entity(told, told[1]) == "Bo Lind"
