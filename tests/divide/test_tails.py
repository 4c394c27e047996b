"""Tails that tell another story, and background that does not."""

from __future__ import annotations

import pytest

from retold.base.records import Article
from retold.divide.stage import label_lines

BODY = {
    "en": (
        "Councillor Maud Thirkell has refused to sign the contract for the new quarry at Grindle, the council said on Tuesday.",
        "Thirkell told the council that the quarry would ruin the road on which her own voters drive to work every morning.",
        "The contract was drawn up in secret, according to Thirkell, and nobody had shown her the pages about the road.",
        "She has sat on the council since the spring of last year and has never before refused to sign a contract.",
        "Thirkell said that she would rather lose her seat than see forty lorries an hour go through the village of Grindle.",
        "The quarry company says that the road will be widened and that Thirkell was told about it at a meeting in June.",
    ),
    "ru": (
        "Советник Мавра Тёркина отказалась подписать договор о новом карьере в Гриднево, сообщил во вторник городской совет.",
        "Тёркина заявила совету, что карьер погубит дорогу, по которой её избиратели каждое утро ездят на работу.",
        "Договор составили втайне, по словам Тёркиной, и никто не показал ей страницы о дороге.",
        "Она заседает в совете с весны прошлого года и никогда прежде не отказывалась подписывать договор.",
        "Тёркина сказала, что скорее потеряет место, чем пустит через Гриднево сорок грузовиков в час.",
        "Компания утверждает, что дорогу расширят и что Тёркиной рассказали об этом на встрече в июне.",
    ),
}
OTHER = {
    "en": (
        "Skipper Jory Pascoe landed a shark at Porthmellin harbour, and tourists from Bristol queued along Fore Street to see it.",
        "Violinist Ingeborg Sandvik opens the season at Castle Drogheda with sonatas by Biber and Walther on Saturday.",
    ),
    "ru": (
        "Шкипер Егор Паскин выловил синюю акулу близ Порхова, и туристы из Бреста толпились на Передней улице ради фотографии.",
        "Скрипачка Ингеборга Сандвик открывает сезон в замке Дрогеда сонатами Бибера, Вестхофа и Вальтера.",
    ),
}


def tails(language: str, *paragraphs: str) -> list[str]:
    article = Article(id="a", text="\n\n".join(paragraphs))
    return [line.text for line, label in label_lines(article, language) if label.reason == "tail about another story"]


@pytest.mark.parametrize("language", sorted(BODY))
def test_two_paragraphs_of_other_stories(language: str) -> None:
    assert tails(language, *BODY[language], *OTHER[language]) == list(OTHER[language])


@pytest.mark.parametrize("last", [
    "It was the third time this year that Pascoe Brothers of Bristol had offered Ingeborg Sandvik a contract in Norway.",
    "“Tourists from Bristol, Cardiff and Porthmellin will stay away,” said Jory Pascoe, who owns the Fore Street Hotel.",
    "Thirkell was born in Porthmellin, studied in Bristol and worked for Jory Pascoe at the Fore Street Hotel in Drogheda.",
])
def test_background_stays(last: str) -> None:
    assert tails("en", *BODY["en"], last) == []


def test_a_short_article_has_no_tail() -> None:
    assert tails("en", *BODY["en"][:2], *OTHER["en"]) == []


def test_a_last_paragraph_in_other_characters_stays_where_words_are_not_spaced() -> None:
    body = ("グリンドルの新しい採石場をめぐり、モード議員は火曜日、契約への署名を拒んだ。", "モード議員は採石場が有権者の通勤の道を壊すことになると議会で述べた。",
            "契約は密室で作られ、道に関する頁は見せられなかったとモード議員は訴えている。", "モード議員は昨年の春から議席にあり、これまで署名を拒んだことは一度もなかった。",
            "採石場の会社は、道を広げる計画であり、モード議員にも説明していたとしている。")
    assert tails("ja", *body, "売上高は前年度比で二割減り、株価は大幅に下落、市場では先行きを懸念する見方が広がった。") == []
