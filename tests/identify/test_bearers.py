"""Which person bears a role, and who a description stands for."""

import pytest

from factories import article
from retold.base.models import Models
from retold.base.records import Quote
from retold.base.tables import Batch
from retold.pipeline import Settings, read


def quotes(text: str, language: str) -> list[Quote]:
    """The quotes in marks of a text, in order, names found as they are."""
    found = read(Batch([article(text, language=language)]), models=Models(tagger=""), settings=Settings(workers=1)).get(Quote)
    return sorted((q for q in found if q.kind in ("direct", "mixed")), key=lambda q: q.start)


def speakers(text: str, language: str) -> list[str]:
    """Their speakers."""
    return [q.speaker for q in quotes(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Ruth Falk, the health minister, met Owen Prade. “We agreed on nothing at all,” the minister said.", "Ruth Falk"),
        ("en", "The health minister, Ruth Falk, met Owen Prade. “We agreed on nothing at all,” said the finance minister.", "the finance minister"),
        ("en", "The lifeguard who saw the boat, Ruth Falk, met Owen Prade. “It was empty when I got there,” the lifeguard said.", "Ruth Falk"),
        ("pt", "A ministra da Saúde, Rita Falcão, e o ministro da Defesa, Rui Prado, falaram. “Não houve acordo nenhum”, disse a ministra.",
         "Rita Falcão"),
        ("pl", "Leśniczy Jan Bąk spotkał Piotra Lisa. „Nie ma o czym mówić” – powiedział leśniczy.", "Jan Bąk"),
        ("ru", "Лесничий Пётр Лосев встретил Ивана Ершова. «Говорить тут не о чем», — сказал лесничий.", "Пётр Лосев"),
    ],
)
def test_a_role_is_that_of_the_person_named_with_it(language: str, text: str, speaker: str) -> None:
    assert speakers(text, language) == [speaker]


def test_a_role_that_is_nobody_s_stays_a_description() -> None:
    assert speakers("Ruth Falk left. “Nobody asked me about it,” the porter said.", "en") == ["the porter"]


def test_a_noun_for_anybody_stands_for_whoever_was_spoken_of() -> None:
    assert speakers("Ruth Falk has resigned. “Nobody asked me about it,” the politician said.", "en") == ["Ruth Falk"]


def test_somebody_new_is_nobody_who_was_named() -> None:
    assert speakers("Ruth Falk has resigned. “Nobody asked me about it,” a politician said.", "en") == ["a politician"]


def test_whom_an_outlet_cites_speaks() -> None:
    text = "The Evening Post quoted a judge as saying that the case was “not closed by any means”."
    assert speakers(text, "en") == ["a judge"]


def test_the_sentence_before_says_who_speaks() -> None:
    assert speakers("Ruth Falk was there. Her brother was not. “Somebody had to stay at home,” he said.", "en") == ["Her brother"]


def test_the_sentence_behind_says_who_spoke() -> None:
    assert speakers("«Non ci hanno avvisati di niente». Così Ornella Bressan, titolare del bar.", "it") == ["Ornella Bressan"]


def test_what_was_told_to_the_outlet_itself_is_not_said_by_it() -> None:
    assert speakers("Ruth Falk denied it. “Somebody had to stay at home,” our newspaper was told.", "en") != ["our newspaper"]


def test_dashes_set_off_speech_amid_a_paragraph() -> None:
    text = "Ewa Lis była przy tym. – Spadło prosto na wóz – relacjonuje sąsiadka Ewa Lis. Nikt nie zginął."
    assert [text[q.start : q.end] for q in quotes(text, "pl")] == ["Spadło prosto na wóz"]


def test_a_dash_amid_a_paragraph_is_no_speech_without_a_verb_of_saying() -> None:
    assert quotes("Wóz stał na drodze. – To był środek nocy – nikt go nie widział.", "pl") == []
