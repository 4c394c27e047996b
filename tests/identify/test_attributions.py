"""Who is said to have said what: golden sentences of all languages, kinds of sources, chains, credits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from identify.reading import read_marked
from retold.base.records import Attribution
from retold.identify.cues import speech_words
from retold.identify.speech import read_speech
from retold.lexicons import LANGUAGES

GOLDEN = Path(__file__).parents[1] / "golden" / "speech.txt"


def golden_cases() -> list[tuple[str, str, list[str]]]:
    """(language, marked sentence, lines expected) of the golden file."""
    cases: list[tuple[str, str, list[str]]] = []
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("    "):
            cases[-1][2].append(line.strip())
        elif line and not line.startswith("#"):
            language, _, sentence = line.partition(" ")
            cases.append((language, sentence, []))
    return cases


def shown(text: str, found: Attribution) -> str:
    """An attribution as the golden file writes it."""
    parts = (" … ".join(text[s:e] for s, e in spans) for spans in (found.source, found.cue, found.content, found.addressee))
    return " | ".join((found.kind, *parts)).strip()


@pytest.mark.parametrize(("language", "sentence", "expected"), golden_cases())
def test_golden_sentences(language: str, sentence: str, expected: list[str]) -> None:
    reading = read_marked(language, sentence, headline=" - [t" in sentence)
    assert [shown(reading.text, a) for a in read_speech(reading)[1]] == expected


@pytest.mark.parametrize(("language", "line", "sources"), [
    ("de", "[Ole Brandt] wird verdächtigt, den Bericht versteckt zu haben.", []),
    ("de", "Minister [Ole Brandt] ist im Mai gewarnt worden, dass der Kai absinkt.", []),
    ("de", "Minister [Ole Brandt] wurde am Montag von der Polizei informiert, dass der Kai gesperrt ist.", ["der Polizei"]),
    ("de", "In dem Bericht wird behauptet, der Kai sei seit Mai gesperrt.", ["dem Bericht"]),
    ("de", "[Ole Brandt] wird mit den Worten zitiert: „Der Kai bleibt gesperrt.“", ["Ole Brandt"]),
    ("de", "Der Kai wurde gesperrt, sagt [Ole Brandt].", ["Ole Brandt"]),
    ("de", "[Ole Brandt] wurde Minister und sagt, der Kai bleibe gesperrt.", ["Ole Brandt"]),
    ("nl", "[Jan Mulder] werd gewaarschuwd dat de kade wegzakt.", []),
    ("nl", "[Jan Mulder] werd maandag door de politie geïnformeerd dat de kade gesloten is.", ["de politie"]),
    ("nl", "De kade wordt gesloten, zegt [Jan Mulder].", ["Jan Mulder"]),
    ("pl", "[Jana Nowaka] oskarżono o ukrycie raportu.", []),
    ("pl", "W urzędzie potwierdzono, że nabrzeże jest zamknięte.", ["urzędzie"]),
    ("pl", "[Jan Nowak] został w maju ostrzeżony, że nabrzeże się zapada.", []),
    ("cs", "[Jan Novák] byl přesvědčen, že nábřeží klesá.", ["Jan Novák"]),
    ("ru", "[Иван Петров] был проинформирован, что причал закрыт.", []),
    ("ru", "[Иван Петров] был уверен, что причал останется закрытым.", ["Иван Петров"]),
    ("ru", "[Ивана Петрова] обвиняют в сокрытии отчёта.", []),
    ("ru", "Адвокаты [Ивана Петрова] утверждают, что он невиновен.", ["Адвокаты Ивана Петрова"]),
    ("ru", "Министра [Петрова] предупредили, что мост закроют.", []),
    ("ru", "Директора завода [Ивана Петрова] обвинили в том, что он скрыл утечку.", []),
    ("ru", "Мэру [Сергею Лукину] сообщили, что отчёт готов.", []),
    ("ru", "[Родственники Петрова] рассказали, что он уехал.", ["Родственники Петрова"]),
    ("ru", "Мэр и министр [Петров] сообщили, что отчёт готов.", ["министр Петров"]),
    ("uk", "Директора заводу [Івана Петренка] звинуватили в тому, що він приховав витік.", []),
    ("uk", "[Рідні Івана Петренка] розповіли, що він поїхав.", ["Рідні Івана Петренка"]),
    ("cs", "Ředitele závodu [Jana Dvořáka] obvinili, že únik zatajil.", []),
    ("cs", "Ministrovi [Novákovi] oznámili, že zpráva je hotová.", []),
    ("cs", "[Příbuzní Nováka] oznámili, že zpráva je hotová.", ["Příbuzní Nováka"]),
    ("pl", "[Rodzice Kowalskiego] powiedzieli, że wyjechał.", ["Rodzice Kowalskiego"]),
    ("pl", "Ministra [Kowalskiego] ostrzegli, że most zostanie zamknięty.", []),
    ("ru", "[Иван Петров] и [Анна Лунд] сообщили, что причал закрыт.", ["Иван Петров и Анна Лунд"]),
    ("cs", "[Jana Nováka] obvinili z ukrytí zprávy.", []),
    ("uk", "[Івана Петренка] попередили, що причал осідає.", []),
    ("uk", "[Іван Петренко] був поінформований, що причал закрито.", []),
    ("pt", "O atleta [Rui Alves] acusou positivo num controlo feito em março.", []),
    ("pt", "[Rui Alves] acusou o ministro de esconder o relatório.", ["Rui Alves"]),
    ("es", "[Luis Vega] acusó el golpe tras la derrota.", []),
])
def test_who_is_told_or_accused_is_no_source_of_it(language: str, line: str, sources: list[str]) -> None:
    reading = read_marked(language, line)
    assert [reading.text[s:e] for a in read_speech(reading)[1] for s, e in a.source] == sources


@pytest.mark.parametrize(("language", "word"), [("fr", "Pour"), ("it", "Per"), ("es", "Para"), ("pt", "Para")])
def test_a_word_for_a_standpoint_that_nobody_follows_names_nobody(language: str, word: str) -> None:
    assert word.casefold() in speech_words(language)["standpoint"]
    assert read_speech(read_marked(language, word)) == ([], [])


@pytest.mark.parametrize(("language", "line"), [
    ("en", "The bridge will reopen in May, [Anna Sol] hopes"), ("pt", "A ponte deve reabrir em maio, [Ana Sol] espera"),
    ("es", "El puente reabrirá en mayo, [Ana Sol] espera"), ("fr", "Le pont rouvrira en mai, [Anne Sol] espère"),
])
def test_a_cue_may_be_the_last_word(language: str, line: str) -> None:
    text, found = attributions(language, line, headline=True)
    assert [text[slice(*a.cue[0])] for a in found] == [line.rsplit(" ", 1)[1]]


@pytest.mark.parametrize(("language", "line"), [
    ("it", "Secondo due persone che conoscono il fascicolo, il ponte riaprirà a maggio."),
    ("es", "Según dos personas que conocen el expediente, el puente reabrirá en mayo."),
    ("pt", "Segundo duas pessoas que conhecem o relatório, a ponte reabre em maio."),
    ("fr", "Selon deux personnes qui connaissent le rapport, le pont rouvrira en mai."),
    ("en", "The bridge will reopen in May, according to two people with direct knowledge of the report."),
])
def test_people_who_know_a_paper_are_nobody_by_name_and_no_paper(language: str, line: str) -> None:
    _, found = attributions(language, line)
    assert [(a.source_kind, a.anonymous, a.number) for a in found] == [("anonymous", True, 2)]


@pytest.mark.parametrize(("language", "line"), [
    ("it", "Secondo il rapporto, il ponte riaprirà a maggio."), ("en", "According to a report that the paper has seen, the bridge will reopen in May."),
])
def test_a_paper_that_somebody_knows_stays_a_paper(language: str, line: str) -> None:
    _, found = attributions(language, line)
    assert "document" in {a.source_kind for a in found}


def test_every_language_has_four_golden_sentences() -> None:
    counts = [language for language, _, _ in golden_cases()]
    assert all(counts.count(language) >= 4 for language in LANGUAGES)


def attributions(language: str, *lines: str, headline: bool = False) -> tuple[str, list[Attribution]]:
    reading = read_marked(language, *lines, headline=headline)
    return reading.text, read_speech(reading)[1]


def test_a_chain_of_sources_is_nested() -> None:
    sentence = "The firm, citing two people familiar with the plan, will close the mine, [t:The Salt Post] reported."
    text, found = attributions("en", sentence)
    citing, reported = found
    assert (citing.anonymous, citing.number, citing.source_kind) == (True, 2, "anonymous")
    assert (reported.source_kind, reported.outlet, reported.anonymous) == ("outlet", "The Salt Post", False)
    assert citing.parent == reported.id
    assert reported.parent == ""
    assert text[slice(*reported.content[0])].startswith("The firm, citing")


def test_the_paper_cited_people_for_the_sentence_before() -> None:
    lines = "[t:The Salt Post] said the mine would close. The newspaper cited three people familiar with the plan."
    text, found = attributions("en", lines)
    last = found[-1]
    assert (last.source_kind, last.number) == ("anonymous", 3)
    assert [text[s:e] for s, e in last.addressee] == ["The newspaper"]
    assert [text[s:e] for s, e in last.content] == ["The Salt Post said the mine would close"]


@pytest.mark.parametrize(("language", "lines", "outlet"), [
    ("en", ["[t:The Salt Post] broke the news.", "The newspaper said the mine would close."], "The Salt Post"),
    ("en", ["[t:The Salt Post] broke the news.", "The mine will close, the report said."], "The Salt Post"),
    ("de", ["Das Bergwerk schließe, berichtet die Zeitung „Salzbote“."], "Salzbote"),
    ("de", ["[t:Der Salzbote] meldete es zuerst.", "Dem Blatt zufolge schließt das Bergwerk."], "Der Salzbote"),
    ("uk", ["Шахту закриють, повідомила газета «Сіль»."], "Сіль"),
])
def test_outlets(language: str, lines: list[str], outlet: str) -> None:
    assert attributions(language, *lines)[1][-1].outlet == outlet


@pytest.mark.parametrize(("sentence", "certainty", "strength"), [
    ("[Ana Roth] confirmed that the mine was shut.", "confirmed", 1.0),
    ("[Ana Roth] said that the mine was shut.", "said", 0.9),
    ("[t:The Salt Post] reported that the mine was shut.", "reported", 0.8),
    ("[Ana Roth] argued that the mine was shut.", "claimed", 0.6),
    ("[Ana Roth] alleged that the mine was shut.", "alleged", 0.4),
    ("[Ana Roth] denied that the mine was shut.", "denied", 0.1),
    ("Reportedly the mine was shut.", "reported", 0.5),
])
def test_certainty(sentence: str, certainty: str, strength: float) -> None:
    found = attributions("en", sentence)[1]
    assert [(a.certainty, a.strength) for a in found] == [(certainty, strength)]


@pytest.mark.parametrize(("language", "sentence", "told"), [
    ("en", "“It is shut,” [Ana Roth] told [t:The Salt Post].", "The Salt Post"),
    ("en", "“It is shut,” [Ana Roth] told this newspaper.", "this newspaper"),
    ("de", "„Sie ist zu“, sagte [Ana Roth] gegenüber der Zeitung „Salzbote“.", "der Zeitung „Salzbote“"),
])
def test_addressees(language: str, sentence: str, told: str) -> None:
    text, found = attributions(language, sentence)
    assert [text[s:e] for s, e in found[0].addressee] == [told]


def test_the_conditional_goes_on_with_what_was_said() -> None:
    text, found = attributions("de", "[Ana Roth] sagte, die Grube sei zu. Niemand habe es gewusst.")
    assert [a.kind for a in found] == ["indirect", "free"]
    assert text[slice(*found[1].content[0])] == "Niemand habe es gewusst"
    assert found[1].source == found[0].source


def test_that_is_what_the_paper_reported() -> None:
    text, found = attributions("de", "Die Grube schließt im Mai. Das berichtet die Zeitung „Salzbote“.")
    assert [text[s:e] for s, e in found[-1].content] == ["Die Grube schließt im Mai"]
    assert found[-1].outlet == "Salzbote"


def test_cues_that_share_a_source() -> None:
    text, found = attributions("en", "[Ana Roth] said the mine was shut and added that nobody knew why.")
    assert [(text[slice(*a.source[0])], text[slice(*a.content[0])]) for a in found] == [
        ("Ana Roth", "the mine was shut"), ("Ana Roth", "that nobody knew why")]


def test_what_the_writer_did_is_no_attribution() -> None:
    assert attributions("en", "I wrote to the office. I spoke to the mayor.")[1] == []


@pytest.mark.parametrize(("language", "lines", "credits"), [
    ("en", ["Ferry afloat", "PARIS, June 3 (AFP) – The ferry is afloat."], ["AFP"]),
    ("de", ["Fähre frei", "Hamburg (dpa/lno) - Die Fähre ist frei."], ["dpa/lno"]),
    ("nl", ["Veer los", "UTRECHT (XYZ) - Het veer is los."], ["XYZ"]),
    ("en", ["Ferry afloat", "It floats.", "Sources: The Salt Post, Reuters"], ["The Salt Post", "Reuters"]),
    ("en", ["Ferry afloat", "It floats.", "With files from The Salt Post"], ["The Salt Post"]),
    ("en", ["Ferry afloat", "It floats (we think) - or so they say."], []),
])
def test_credits(language: str, lines: list[str], credits: list[str]) -> None:  # noqa: A002
    text, found = attributions(language, *lines, headline=True)
    marked = [a for a in found if a.kind == "credit"]
    assert [text[slice(*a.source[0])] for a in marked] == credits
    assert all(a.content == () and a.outlet for a in marked)


def test_nouns_are_no_cues() -> None:
    assert attributions("en", "The United States sent a report. Its claim stood.")[1] == []


def test_one_long_line_takes_linear_time() -> None:
    def seconds(times: int) -> float:
        reading = read_marked("en", "The mayor, said to be late, said “no” to the plan, according to people, " * times)
        begin = time.process_time()
        read_speech(reading)
        return time.process_time() - begin

    seconds(10)  # lexicons and patterns are made once
    short, long = min(seconds(100) for _ in range(3)), min(seconds(800) for _ in range(2))
    assert long < 3 * 8 * short  # eight times the text; the square would be sixty-four times


def test_a_cue_at_the_very_end_of_a_headline_is_read() -> None:
    assert attributions("en", "How to follow the summit in the capital, no ticket required", headline=True)[1] == []


@pytest.mark.parametrize(("line", "outlet"), [
    ("By Jo Ward and Ida Lund Associated Press July 3", "Associated Press"),
    ("By Jo Ward and Ida Lund -   Associated Press   - Monday, July 3", "Associated Press"),
    ("By Reuters", "Reuters"),
    ("By The Associated Press", "Associated Press"),
    ("By Reuters alone it was told that the mine was shut", None),
    ("By then Ida Lund had told Associated Press everything", None),
    ("By Jo Ward July 3", None),
    ("Jo Ward, Ida Lund and Bo Berg, The Associated Press •", "Associated Press"),
    ("Ferry Afloat Again After Storm, Reuters reports", None),
])
def test_a_line_that_opens_as_bylines_do_credits_the_listed_outlet_in_it(line: str, outlet: str | None) -> None:
    found = attributions("en", line, "The mine was shut.", headline=True)[1]
    assert [a.outlet for a in found if a.kind == "credit"] == ([outlet] if outlet else [])


def test_an_outlet_below_the_author_is_the_photographers() -> None:
    found = attributions("en", "By Jo Ward", "Bo Berg, Associated Press", "The mine was shut.", headline=True)[1]
    assert not [a for a in found if a.kind == "credit"]
