"""Sentences in fifteen languages: what ends one and what does not."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.divide.sentences import split_sentences
from retold.lexicons import LANGUAGES

CASES = [
    ("en", "Dr. Weir met J. K. Marsh at 8 p.m. on Nov. 12.|The U.S. Army had left.|No. 7 was shut."),
    ("en", "“Why?” she asked.|He said “No.”|Then he left.|(Nobody saw him.)|It rained."),
    ("en", "The dam broke.|Nobody was hurt.|iPads were lost… but few.|See www.example.com for more."),
    ("de", "Am 3. Oktober kam Dr. Abel, z. B. aus St. Veit.|„Er ging.“|Dann war Schluss."),
    ("de", "Das war das Ende der Debatte.|Doch so einfach war es nicht.|Das Lager St.Pauli schloss."),
    ("fr", "M. Bazin, cf. p. 3, est parti.|« Nous avons gagné. »|Mme Roche l'a suivi."),
    ("es", "El Sr. Peral vino.|¿Quién?|¡Nadie!|Dijo «sí».|La Dra. Coll calló."),
    ("it", "Il sig. Bassi arrivò.|«Sì.»|L'art. 5 vale.|Fine."),
    ("pt", "O Sr. Silva e a Dra. Costa saíram.|«Sim», disse Prata.|Ninguém respondeu."),
    ("nl", "Dhr. Abbink kwam, o.a. met dr. Smit.|'Ja.'|Dat was het."),
    ("pl", "– Filar stoi – powiedział inż. Kurek.|Ok. 5 tys. osób czekało przy ul. Długiej.|Koniec."),
    ("cs", "Dne 14. září přišel Ing. Hora.|„Ano.“|J. K. Tichý mlčel."),
    ("ru", "А. Б. Ветров приехал в г. Киров.|«Да!» — сказал он.|Это было в 2020 г., т. е. давно."),
    ("uk", "А. Б. Вітер приїхав у м. Київ.|«Так!» — сказав він.|Це було на вул. Довгій."),
    ("tr", "Dr. Akın geldi.|“Evet” dedi.|İlk gün bitti."),
    ("ar", "قال د. أحمد إن الأمر انتهى.|«نعم.»|هل ذهب؟|لا."),
    ("zh", "他说：“走吧。快点！”|然后他走了。|真的？|2025年结束。"),
    ("ja", "彼は「行くぞ。来い。」と言った。|次に進む。|3日後に終わる。"),
]


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_sentences(language: str, marked: str) -> None:
    wanted = marked.split("|")
    text = ("" if language in {"zh", "ja"} else " ").join(wanted)
    assert [text[s:e] for s, e in split_sentences(text, language)] == wanted


def test_all_languages_have_a_case() -> None:
    assert {language for language, _ in CASES} == set(LANGUAGES)


def test_a_stop_without_a_space() -> None:
    text = "Es war das Ende der Debatte.Doch so einfach war es nicht."
    assert [text[s:e] for s, e in split_sentences(text, "de")] == ["Es war das Ende der Debatte.", "Doch so einfach war es nicht."]


ALPHABET = st.sampled_from("aB1. .!?…\"“”„«»'’()[]。！「」， \n\t\xa0é船д😀\u0301\u200f-—")


@settings(deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=120), st.sampled_from(LANGUAGES))
def test_every_character_once_and_in_order(text: str, language: str) -> None:
    spans = split_sentences(text, language)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())
    assert all(start < end and not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)


@pytest.mark.parametrize("text", ["“\"" * 50_000, "A." * 50_000, "aa.Bb" * 10_000, "(" * 100_000, "word " * 20_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    split_sentences(text, "en")
    assert time.process_time() - start < 3


def test_wide_blanks_and_a_splitter_that_breaks_are_survived(monkeypatch):
    text = "Talks between Washington and Moscow on T\xa0.\xa0.\xa0. went on. Nobody left."
    assert split_sentences(text, "en")[-1] == (len(text) - 12, len(text))

    class PanicException(BaseException):
        pass

    def breaks(*_):
        raise PanicException("end byte index 121 is not a char boundary")

    monkeypatch.setattr("sentencex.get_sentence_boundaries", breaks)
    assert split_sentences("It rained all day. Nobody left.", "en")[-1][1] == 31
