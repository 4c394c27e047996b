"""Two people of one surname: who is one, who is not, and who was taken for the other."""

import pytest

from factories import article, batch, claim, claim_version, language, name, sentence
from retold.base.models import Models
from retold.relate.conflicts import find_conflicts
from retold.relate.namesakes import one_surname, other_given

MODELS = Models()
PEOPLE = ("Ilse Brandt", "Rudolf Brandt")


def disagreements(*texts):
    """The kinds of the sure disagreements of some articles, each of whose sentences is a claim of its own."""
    found = batch()
    for i, text in enumerate(texts):
        a = article(text, id=f"{i}")
        found.add([a, language(a, "en")])
        for n, line in enumerate(text.split("\n")):
            found.add([sentence(a, line), claim(a, line), claim_version(a, line, group=f"c{i}{n}")])
        found.add([name(a, full) for full in PEOPLE if full in text])
    return sorted({c.kind for c in find_conflicts("s", found, MODELS) if c.score >= 0.5})


BOTH = "Rudolf Brandt won the lottery of the rowing club on Sunday.\nIlse Brandt, the sister of the rower, keeps the boats of the club."


def test_who_is_told_of_instead_of_a_namesake_was_mistaken():
    assert "actor" in disagreements(BOTH, "Ilse Brandt won the lottery of the rowing club on Sunday.")


@pytest.mark.parametrize("other", [
    "Rudolf Brandt won the lottery of the rowing club on Sunday.",
    "Ilse Brandt opened a shop for ropes and paint in the old harbour.",
    "Ilse Brandt says that her brother Rudolf Brandt won the lottery of the rowing club on Sunday.",
])
def test_who_is_told_of_otherwise_was_not(other):
    assert "actor" not in disagreements(BOTH, other)


@pytest.mark.parametrize(("left", "right", "two"), [
    ("Ilse Brandt", "Rudolf Brandt", True), ("Аскар Жумабаев", "Yermek Zhumabayev", True), ("Rudolf Brandt", "R. Brandt", False),
    ("Rudolf Brandt", "Rudi Brandt", False), ("Ilse Brandt", "Ilse Moss", False), ("Jan Novák", "Petr Nováka", True),
])
def test_namesakes_have_one_surname_and_two_given_names(left, right, two):
    assert (one_surname(left.split(), right.split()) and other_given(left.split(), right.split())) is two
