"""Quotation marks in every style, and the quotes with their kinds and speakers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import article, make
from identify.reading import read_marked
from retold.base.records import NOWHERE, Passage
from retold.identify.quotes import find_pieces
from retold.identify.speech import read_speech


def pieces(*lines: str, dash: bool = False) -> list[str]:
    text, at, passages = "\n".join(lines), 0, []
    for line in lines:
        passages.append(make(Passage, article="a", start=at, end=at + len(line), kind="paragraph"))
        at += len(line) + 1
    return [text[q.start:q.end] for q in find_pieces(text, passages, dash=dash)]


def quotes(language: str, *lines: str, headline: bool = False) -> list[tuple[str, str, str]]:
    reading = read_marked(language, *lines, headline=headline)
    return [(q.kind, reading.text[q.start:q.end], q.speaker) for q in read_speech(reading)[0] if q.kind != "indirect"]


@pytest.mark.parametrize(("text", "found"), [
    ("“We went down,” he said. ‘Twice.’", ["We went down,", "Twice."]),
    ("„Wir gingen ‚ganz‘ hinunter“, sagte er.", ["Wir gingen ‚ganz‘ hinunter", "ganz"]),
    ("»Wir gehen«, sagte sie, »jetzt«.", ["Wir gehen", "jetzt"]),
    ("«\u00a0Nous partons\u00a0», dit-il, « “vite” ».", ["Nous partons", "“vite”", "vite"]),
    ("‹Wir› und «wir»", ["Wir", "wir"]),
    ("'We don't mind the workers' hours,' she said in the '90s.", ["We don't mind the workers' hours,"]),
    ("\"We go,\" he said, \"now.\"", ["We go,", "now."]),
    ("彼は「はい、『いいえ』だ」と言った。", ["はい、『いいえ』だ", "いいえ"]),
    ("他说：“我们走吧。”", ["我们走吧。"]),
    ("A 6\" pipe and a 5' 4\" shelf.", []),
    ("„Nicht zu\" und “so\" gemischt", ["Nicht zu", "so"]),
    ("L’homme d’hier n’a rien dit.", []),
    ("Zo ging 't in '98 's avonds.", []),
])
def test_marks_of_all_styles(text: str, found: list[str]) -> None:
    assert pieces(text) == found


def test_dash_dialogue_leaves_the_teller_out() -> None:
    assert pieces("— Мы пойдём, — сказал он. — Завтра.", dash=True) == ["Мы пойдём,", "Завтра."]
    assert pieces("—No sé —dijo Juan—. Veremos.", dash=True) == ["No sé", "Veremos."]
    assert pieces("— item of a list", dash=True) == []


def test_a_quote_runs_over_paragraphs_that_repeat_its_mark() -> None:
    lines = ["“First we sang.", "“Then we ran.", "“Then it was over.” He left."]
    assert pieces(*lines) == ["First we sang.", "Then we ran.", "Then it was over."]


def test_a_quote_that_only_closes_in_the_next_paragraph() -> None:
    assert pieces("Er sagte: „Zuerst sangen wir.", "Dann liefen wir.“ So war es.") == ["Zuerst sangen wir.", "Dann liefen wir."]


def test_an_unbalanced_mark_costs_one_paragraph() -> None:
    lines = ["He said “it is over.", "She said “no”.", "They said \"yes. \"Fine,\" he said."]
    assert pieces(*lines) == ["it is over.", "no", "yes.", "Fine,"]


@pytest.mark.parametrize("unit", ["\"a 'b “c „d ", "“", "'a ", "s' t", "— a "])
def test_hostile_marks_take_linear_time(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    begin = time.process_time()
    find_pieces(text, [make(Passage, article="a", start=0, end=len(text), kind="paragraph")])
    assert time.process_time() - begin < 5


MARKED = st.text(alphabet="ab .,“”„\"«»‹›‘’‚'「」—\n\u00a0é😀\u0301\r", max_size=60)


@given(MARKED)
@settings(max_examples=150, deadline=None)
def test_pieces_lie_inside_their_marks(text: str) -> None:
    passage = make(Passage, article="a", start=0, end=len(text), kind="paragraph")
    for q in find_pieces(text, [passage], dash=True):
        assert 0 <= q.outer_start <= q.start < q.end <= q.outer_end <= len(text)
        assert text[q.start:q.end] == text[q.start:q.end].strip()


@given(MARKED, st.sampled_from(["en", "de", "fr", "ja", "ar", "uk"]))
@settings(max_examples=60, deadline=None)
def test_reading_any_text_keeps_offsets(text: str, language: str) -> None:
    reading = read_marked(language, text.replace("[", "("))
    found, attributions = read_speech(reading)
    for q in found:
        assert 0 <= q.outer_start <= q.start < q.end <= q.outer_end <= len(reading.text)
        assert q.speaker_span == NOWHERE or 0 <= q.speaker_span[0] < q.speaker_span[1] <= len(reading.text)
    for a in attributions:
        for start, end in (*a.source, *a.cue, *a.content, *a.addressee):
            assert 0 <= start < end <= len(reading.text)


# ---- kinds --------------------------------------------------------------------------------------------------------


def test_marked_words_that_nobody_utters_are_scare_quotes() -> None:
    assert quotes("en", "The “smart” lamps went out at noon.") == [("scare", "smart", "")]


def test_titles_and_names_are_no_quotes() -> None:
    assert quotes("en", "The ship “Alba Maris” sank.") == []
    assert quotes("de", "Das berichtet die Zeitung „Salzbote“.") == []


@pytest.mark.parametrize(("language", "text", "source", "clauses"), [
    ("de", "Die Polizei geht von Brandstiftung aus.", "Die Polizei", []),
    ("de", "Die Polizei geht davon aus, dass jemand den Brand gelegt hat.", "Die Polizei", ["dass jemand den Brand gelegt hat"]),
    ("pl", "Prokuratura wyklucza sabotaż.", "Prokuratura", []),
])
def test_an_object_that_somebody_judges_is_attributed_and_no_quote(language: str, text: str, source: str, clauses: list[str]) -> None:
    reading = read_marked(language, text)
    found, attributions = read_speech(reading)[:2]
    assert [reading.text[slice(*a.source[0])] for a in attributions] == [source]
    assert [reading.text[q.start:q.end] for q in found] == clauses


def test_quoted_words_inside_indirect_speech_are_mixed() -> None:
    assert quotes("en", "[Ana Roth] said the plan was “a waste of good lamps and money” this year.") == [
        ("mixed", "a waste of good lamps and money", "Ana Roth")]


def test_headline_quotes() -> None:
    assert quotes("en", "Mayor: ‘We will not pay for this’", "The mayor, [Ana Roth], spoke on Monday.", headline=True) == [
        ("direct", "We will not pay for this", "Mayor")]


def test_a_split_quote_has_one_speaker() -> None:
    assert quotes("en", "“We counted,” said [Ana Roth], “and two were gone.” “Gone.”") == [
        ("direct", "We counted,", "Ana Roth"), ("direct", "and two were gone.", "Ana Roth"), ("direct", "Gone.", "Ana Roth")]


# ---- speakers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "lines", "speaker"), [
    ("en", ["[Ana Roth] came late.", "“We counted every lamp,” she said."], "Ana Roth"),
    ("en", ["[Ana Roth], 66, came late. [Ben Hale] did not.", "“We counted every lamp,” the 66-year-old said."], "Ana Roth"),
    ("en", ["Mayor [Ana Roth] came late.", "[Ben Hale] left.", "“We counted every lamp,” the mayor said."], "Ana Roth"),
    ("en", ["[Ana Roth] came.", "“We counted every lamp,” [Roth] said."], "Ana Roth"),
    ("en", ["“We counted every lamp,” one source said."], "one source"),
    ("en", ["“We counted every lamp.”"], ""),
    ("de", ["[Ana Roth] kam spät.", "„Wir haben jede Lampe gezählt“, sagte sie."], "Ana Roth"),
    ("de", ["[Ana Roth] (66) kam spät.", "„Wir haben jede Lampe gezählt“, sagte die 66-Jährige."], "Ana Roth"),
    ("uk", ["[Анна Рот] прийшла пізно.", "«Ми порахували всі лампи», – сказала вона."], "Анна Рот"),
    ("fr", ["« Nous avons compté chaque lampe », indique au [t:Courrier] son directeur, [Jean Morel]."], "Jean Morel"),
    ("es", ["¿Contaron las lámparas? [Ana Roth] se ríe. «Contamos todas las lámparas»."], "Ana Roth"),
    ("en", ["The engineer [Signe Holm] warned [Anders Falk], the director of the harbour.", "The director said: “We shall see.”"], "Anders Falk"),
    ("fr", ["L'ingénieure [Signe Holm] avertissait [Anders Falk], le directeur du port.", "Le directeur a répondu : « On verra. »"], "Anders Falk"),
])
def test_speakers(language: str, lines: list[str], speaker: str) -> None:
    assert [name for kind, _, name in quotes(language, *lines)] == [speaker]


def test_the_last_speaker_goes_on_in_the_next_quoted_paragraph() -> None:
    found = quotes("en", "“First we sang,” said [Ana Roth].", "“Then we ran down to the shore.”")
    assert [name for _, _, name in found] == ["Ana Roth", "Ana Roth"]


def test_a_thought_that_somebody_tells_of_is_quoted_from_the_teller() -> None:
    found = quotes("en", "One source said that [Ben Hale] believed he was “serving the whole town and not the mayor”.")
    assert found == [("mixed", "serving the whole town and not the mayor", "One source")]


def test_output_is_in_the_order_of_the_text() -> None:
    reading = read_marked("en", "“B,” said [Ana Roth]. [Ben Hale] said the mine was shut. “C.”")
    found = read_speech(reading)[0]
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert article().id == "a"
