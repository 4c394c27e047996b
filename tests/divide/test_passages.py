"""What a line is when it is part of the article."""

from __future__ import annotations

import pytest

from retold.base.records import Article
from retold.divide.lines import Line
from retold.divide.passages import read_dateline
from retold.divide.stage import label_lines

BODY = (
    "The county will drain the dam at Low Fell this month after cracks were found in its wall, it said on Monday.",
    "The cracks run along forty metres of the wall and were found by a walker, the county engineer told councillors.",
)


def kinds(*lines: str, language: str = "en", **fields: str) -> list[str]:
    article = Article(id="a", text="\n\n".join(lines), **fields)
    return [label.kind for _, label in label_lines(article, language)]


def kind_of(line: str, language: str = "en", **fields: str) -> str:
    return kinds("Dam at Low Fell drained", line, *BODY, language=language, **fields)[1]


def test_the_parts_of_an_article() -> None:
    assert kinds(
        "Dam at Low Fell drained", "By Ned Ashworth", "4 February 2026, 09:15", *BODY, "What happens next", BODY[0],
        "(Reporting by Pat Lowe)",
    ) == ["headline", "byline", "dateline", "paragraph", "paragraph", "subheading", "paragraph", "credit"]


@pytest.mark.parametrize(("line", "language"), [
    ("By Ned Ashworth and Pat Lowe", "en"), ("Von Friederike Ansorge", "de"), ("Par Solène Gourvil", "fr"),
    ("Por Nuria Calatrava", "es"), ("di Ginevra Salmoiraghi", "it"), ("Por Leonor Bragança", "pt"), ("Door Fenna Bruggink", "nl"),
    ("Автор: Аглая Ветрова", "ru"), ("Автор: Соломія Вербицька", "uk"), ("Gazette Staff", "en"),
    ("Eigener Bericht der Redaktion", "de"),
    ("Von unserem Korrespondenten Jan Roth", "de"), ("By our correspondent Ada Roth", "en"), ("Van onze correspondent Jan de Boer", "nl"),
    ("Od našeho zpravodaje Jana Nováka", "cs"), ("От нашего корреспондента Ивана Петрова", "ru"),
])
def test_bylines(line: str, language: str) -> None:
    assert kind_of(line, language) in {"byline", "credit"}


def test_the_author_as_given() -> None:
    assert kind_of("Ned Ashworth, Low Fell", author="Ned Ashworth") == "byline"


@pytest.mark.parametrize(("line", "language"), [
    ("Published 4 February 2026 at 09:15", "en"), ("04.02.2026", "de"), ("Stand: 04.02.2026, 09:15 Uhr", "de"),
    ("Publié le 4 février 2026 à 9 h 15", "fr"), ("4 de febrero de 2026", "es"), ("4 febbraio 2026", "it"),
    ("4 de fevereiro de 2026", "pt"),
    ("4 februari 2026, 09.15 uur", "nl"), ("4 lutego 2026", "pl"), ("4. února 2026", "cs"), ("4 февраля 2026, 09:15", "ru"),
    ("4 лютого 2026, 09:15", "uk"), ("4 Şubat 2026", "tr"), ("2026年2月4日 09:15", "zh"), ("2026年2月4日 9時15分", "ja"),
    ("Low Fell Gazette, 4 February 2026", "en"),
])
def test_datelines(line: str, language: str) -> None:
    assert kind_of(line, language) == "dateline"


def test_a_paragraph_that_opens_with_a_dateline_stays_a_paragraph() -> None:
    lead = "LOW FELL, Feb. 4 (NNA) — The county will drain the dam this month after cracks were found in its wall."
    assert kind_of(lead) == "paragraph"


@pytest.mark.parametrize(("line", "language"), [
    ("(Reporting by Pat Lowe; Editing by Ned Ashworth)", "en"), ("Source: Low Fell Gazette", "en"), ("(dpa/abc)", "de"),
    ("(AFP)", "fr"),
    ("Quelle: Talbote", "de"), ("Źródło: PAP", "pl"), ("Zdroj: ČTK", "cs"), ("Источник: ТАСС", "ru"), ("Джерело: Укрінформ", "uk"),
    ("Kaynak: AA", "tr"), ("المصدر: رويترز", "ar"), ("来源:新华社", "zh"), ("出典:共同通信", "ja"),
    ("Pat Lowe in Low Fell contributed to this report.", "en"),
])
def test_credits(line: str, language: str) -> None:
    assert kinds("Dam at Low Fell drained", *BODY, line, language=language)[-1] == "credit"


def test_sentences_about_sources_are_no_credits() -> None:
    said = "Sources close to the county said that the wall had been leaking for years."
    assert kinds("Dam at Low Fell drained", *BODY, said)[-1] == "paragraph"
    assert kinds("Плотину осушат", *BODY, "По данным округа, трещины нашёл прохожий.", language="ru")[-1] == "paragraph"


def test_a_correction_is_a_paragraph() -> None:
    article = Article(id="a", text="\n".join([*BODY, "Correction: An earlier version gave the wrong length of the cracks."]))
    assert [label.reason for _, label in label_lines(article, "en")][-1] == "correction notice"


def test_the_title_as_given_and_with_the_outlet_after_it() -> None:
    title = "Dam at Low Fell drained"
    article = Article(id="a", text="\n".join([title, f"{title} - Fell Gazette", *BODY]), title=title)
    assert [label.kind for _, label in label_lines(article, "en")] == ["headline", "headline", "paragraph", "paragraph"]


def test_an_article_of_paragraphs_only_has_no_headline() -> None:
    assert kinds(*BODY) == ["paragraph", "paragraph"]


def test_lists_and_speakers_are_no_subheadings() -> None:
    assert kinds("Dam drained", BODY[0], "- forty metres of cracks", "THE ENGINEER:", BODY[1])[2:4] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(("text", "language", "dateline"), [
    ("The dam broke on 3 March 2026.", "en", False), ("La diga ha ceduto il 3 marzo 2026.", "it", False),
    ("Set 3 Mart 2026'da çöktü.", "tr", False), ("堤防は2026年3月3日に崩れた。", "ja", False), ("河堤于2026年3月3日垮塌。", "zh", False),
    ("2026年3月3日 14時20分 更新。", "ja", True), ("发布时间：2026年3月3日。", "zh", True), ("Yayın tarihi: 3 Mart 2026.", "tr", True),
    ("Der Damm brach am 3. März 2026.", "de", False), ("Published on 3 March 2026, 14:20 CET.", "en", True), ("3. März 2026, 14.20 Uhr", "de", True),
])
def test_a_short_sentence_with_a_day_is_no_date_line(text: str, language: str, dateline: bool) -> None:
    assert bool(read_dateline(Line(start=0, end=len(text), text=text), language)) is dateline
