from __future__ import annotations

import pytest

from factories import make
from retold.base.records import Name
from retold.link.labels import nominative, plain_labels


def labels(text: str, name: str, language: str = "de", kind: str = "organisation") -> list[str]:
    """The labels of a name at all its places in a text."""
    at = [i for i in range(len(text)) if text.startswith(name, i)]
    rows = [make(Name, id=f"n{i}", entity="e", label=name, kind=kind, article="a", start=i, end=i + len(name), text=name) for i in at]
    assert rows
    return [n.label for n in plain_labels(rows, {"a": text}, {"a": language})]


@pytest.mark.parametrize(("text", "name", "label"), [
    ("Das sagte ein Sprecher des Deichverbands Elm.", "Deichverbands Elm", "Deichverband Elm"),
    ("Die Proben des Gesundheitsamtes Elm und der Chef des Gesundheitsamtes Elm.", "Gesundheitsamtes Elm", "Gesundheitsamt Elm"),
    ("Das Urteil des\nAmtsgerichts Elm.", "Amtsgerichts Elm", "Amtsgericht Elm"),
])
def test_a_body_in_the_genitive_is_called_in_the_nominative(text: str, name: str, label: str) -> None:
    assert set(labels(text, name)) == {label}


@pytest.mark.parametrize(("text", "name"), [
    ("Die Kassen des Klubs sind leer. Die Tennisklubs Elm klagen.", "Tennisklubs Elm"),  # several, not one in the genitive
    ("Der Bau des Vereins Elm. Vereins Elm heißt er so.", "Vereins Elm"),  # written so without an article too
    ("Der Arzt des Krankenhaus Elm.", "Krankenhaus Elm"),  # no genitive
    ("Ein Sprecher des Landkreis Elm.", "Landkreis Elm"),
])
def test_what_may_be_no_genitive_stays(text: str, name: str) -> None:
    assert set(labels(text, name)) == {name}


def test_people_and_other_languages_keep_their_names() -> None:
    assert labels("Der Hof des Verbands Elm.", "Verbands Elm", kind="person") == ["Verbands Elm"]
    assert labels("The head of des Clubs Elm.", "Clubs Elm", language="en") == ["Clubs Elm"]


def test_an_e_that_is_the_word_s_own_stays() -> None:
    assert nominative("Komitees Elm", "de") == "Komitee Elm"
