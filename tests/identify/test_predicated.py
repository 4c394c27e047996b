"""Nouns of saying that a verb leads to their quote: whose it is ends before the verb."""

from __future__ import annotations

import pytest

from retold.base.models import Models
from retold.base.records import Article, Attribution
from retold.pipeline import Settings, gather, read


def told(text: str, language: str) -> list[tuple[str, str]]:
    """Source and content of each attribution."""
    settings = Settings(workers=1)
    done = read(gather([{"id": "a", "text": text, "language": language}], models=Models(), settings=settings), settings=settings)
    whole = {a.id: a.text for a in done.get(Article)}["a"]
    return [tuple("".join(whole[s:e] for s, e in spans) for spans in (a.source, a.content)) for a in done.get(Attribution)]


@pytest.mark.parametrize(("language", "text", "source", "quote"), [
    ("es", "La reacción de la alcaldesa llegó por la noche: «No pagaremos ni un euro más».", "alcaldesa", "No pagaremos"),
    ("fr", "La réponse du maire tient en trois mots : « Nous paierons demain ».", "maire", "Nous paierons"),
    ("de", "Die Reaktion der Bürgermeisterin fiel knapp aus: „Wir zahlen keinen Cent mehr.“", "Bürgermeisterin", "Wir zahlen"),
    ("it", "La replica della sindaca è arrivata in serata: «Non pagheremo un euro di più».", "sindaca", "Non pagheremo"),
    ("pt", "A resposta do presidente da câmara chegou à noite: «Não pagamos nem mais um euro».", "presidente da câmara", "Não pagamos"),
    ("nl", "De reactie van de burgemeester luidt: ‘Wij betalen geen cent meer.’", "burgemeester", "Wij betalen"),
    ("pl", "Odpowiedź burmistrza przyszła wieczorem: „Nie zapłacimy ani grosza więcej”.", "burmistrza", "Nie zapłacimy"),
    ("ru", "Ответ мэра пришёл вечером: «Мы больше не заплатим ни рубля».", "мэра", "Мы больше"),
])
def test_whose_word_it_is_ends_before_the_verb(language: str, text: str, source: str, quote: str) -> None:
    found = [(s, c) for s, c in told(text, language) if quote in c]
    assert found, told(text, language)
    assert [s.endswith(source) for s, _ in found] == [True]


def test_a_verb_without_a_quote_behind_a_colon_leads_nowhere() -> None:
    assert not [c for s, c in told("La respuesta del alcalde llegó tarde: nadie esperaba ya nada.", "es") if "llegó" in s]
