"""Who speaks in a quote that several articles tell of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factories import make
from retold.base.records import Name
from retold.link.quotespeakers import group_entity, group_speaker, heard_as_one
from retold.link.utterances import ANONYMOUS, Utterance


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


def test_an_anonymous_origin_keeps_its_words_though_others_name_somebody() -> None:
    told = [version("a", ANONYMOUS), version("b", "Ana Roth", "person"), version("c", "Ana Roth", "person")]
    assert (group_entity(told, told[0]), group_speaker(told, told[0])) == ("", ANONYMOUS)


def spelt(label: str, entity: str, home: str) -> Name:
    return make(Name, entity=entity, label=label, kind="person", article=home, text=label)


def test_a_speaker_is_heard_as_one_across_scripts() -> None:
    named = [spelt("Serdar Akıncı", "e1", "a"), spelt("سردار أكينجي", "e2", "b"), spelt("Мирон Левицкий", "e3", "c")]
    assert heard_as_one([version("a", "Serdar Akıncı", "person")], named) == {}  # nobody of that entity speaks
    spoken = replace(version("a", "Serdar Akıncı", "person"), entity="e1")
    assert heard_as_one([spoken], named) == {"e2": "e1"}


def test_two_whom_one_article_names_are_never_one() -> None:
    named = [spelt("Serdar Akıncı", "e1", "a"), spelt("سردار أكينجي", "e2", "a")]
    assert heard_as_one([replace(version("a", "Serdar Akıncı", "person"), entity="e1")], named) == {}
