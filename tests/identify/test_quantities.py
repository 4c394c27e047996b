from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.base.records import Article, Quantity, Sentence
from retold.identify.quantities import find_quantities, read_text
from retold.identify.reading import Reading
from retold.lexicons import LANGUAGES


def quantities(text: str, language: str) -> list[Quantity]:
    return read_text(text, language)[0]


def shown(text: str, language: str) -> list[tuple[str, float, str]]:
    return [(text[q.start : q.end], round(q.value, 6), q.unit) for q in quantities(text, language)]


FOUND = [
    ("en", "The mill employs 14,200 people.", [("14,200", 14200, "")]),
    ("en", "It cost 1.40 euros ($1.64) apiece.", [("1.40 euros", 1.4, "EUR"), ("$1.64", 1.64, "USD")]),
    ("en", "Thirteen sheep and 3.4 million bees were lost.", [("Thirteen", 13, ""), ("3.4 million", 3.4e6, "")]),
    ("en", "The 66-year-old baker waited five minutes.", [("66-year-old", 66, "age"), ("five minutes", 5, "minute")]),
    (
        "en",
        "Two hundred and thirty-five thousand votes; two dozen ballots.",
        [("Two hundred and thirty-five thousand", 235000, ""), ("two dozen", 24, "")],
    ),
    (
        "en",
        "Ada Brook (44) paid £3.5bn, or 4 per cent.",
        [("44", 44, "age"), ("£3.5bn", 3.5e9, "GBP"), ("4 per cent", 4, "percent")],
    ),
    ("de", "Rund 14.200 Stühle kosteten 60 000 Euro.", [("14.200", 14200, ""), ("60 000 Euro", 60000, "EUR")]),
    ("de", "Einunddreißig Boote fuhren anderthalb Stunden.", [("Einunddreißig", 31, ""), ("anderthalb Stunden", 1.5, "hour")]),
    (
        "de",
        "Der 44-Jährige und ein 61 Jahre alter Mann (67) warteten.",
        [("44-Jährige", 44, "age"), ("61 Jahre alter", 61, "age"), ("67", 67, "age")],
    ),
    (
        "de",
        "1,2 Mio. Bäume, vier Prozent, zweihundertfünfzig Rehe.",
        [("1,2 Mio.", 1.2e6, ""), ("vier Prozent", 4, "percent"), ("zweihundertfünfzig", 250, "")],
    ),
    ("fr", "Quatorze moutons et quatre-vingt-dix chèvres.", [("Quatorze", 14, ""), ("quatre-vingt-dix", 90, "")]),
    (
        "fr",
        "Quelque 14\u202f200 chaises pour 1,5 milliard d’euros.",
        [("14\u202f200", 14200, ""), ("1,5 milliard d’euros", 1.5e9, "EUR")],
    ),
    (
        "fr",
        "Une femme âgée de 44 ans a marché vingt et un kilomètres.",
        [("44 ans", 44, "age"), ("vingt et un kilomètres", 21, "kilometre")],
    ),
    ("fr", "Il a fallu deux heures et demie.", [("deux heures et demie", 2.5, "hour")]),
    ("es", "Tardaron una hora y media.", [("una hora y media", 1.5, "hour")]),
    ("pt", "Demorou uma hora e meia.", [("uma hora e meia", 1.5, "hour")]),
    ("ja", "救出に1時間半かかった。", [("1時間半", 1.5, "hour")]),
    ("zh", "用了两年半时间。", [("两年半", 2.5, "year")]),
    ("es", "Hay 14.200 sillas y treinta y un barcos.", [("14.200", 14200, ""), ("treinta y un", 31, "")]),
    (
        "es",
        "Perdió 3,4 millones de euros en cinco minutos.",
        [("3,4 millones de euros", 3.4e6, "EUR"), ("cinco minutos", 5, "minute")],
    ),
    ("es", "Subió un 4 % y pagó 20 dólares.", [("4 %", 4, "percent"), ("20 dólares", 20, "USD")]),
    ("it", "Sono 14.200 sedie e trentuno barche.", [("14.200", 14200, ""), ("trentuno", 31, "")]),
    (
        "it",
        "Ha speso 3,4 milioni di euro in cinque minuti.",
        [("3,4 milioni di euro", 3.4e6, "EUR"), ("cinque minuti", 5, "minute")],
    ),
    ("it", "Il 44enne ha corso dodici chilometri.", [("44enne", 44, "age"), ("dodici chilometri", 12, "kilometre")]),
    ("pt", "São 14.200 cadeiras e trinta e um barcos.", [("14.200", 14200, ""), ("trinta e um", 31, "")]),
    (
        "pt",
        "Gastou 3,4 milhões de euros em cinco minutos.",
        [("3,4 milhões de euros", 3.4e6, "EUR"), ("cinco minutos", 5, "minute")],
    ),
    ("pt", "Caiu 4% em doze anos.", [("4%", 4, "percent"), ("doze anos", 12, "year")]),
    ("nl", "Er zijn 14.200 stoelen en eenendertig boten.", [("14.200", 14200, ""), ("eenendertig", 31, "")]),
    ("nl", "Het kostte 3,4 miljoen euro in vijf minuten.", [("3,4 miljoen euro", 3.4e6, "EUR"), ("vijf minuten", 5, "minute")]),
    ("nl", "De 44-jarige bakker verloor vier procent.", [("44-jarige", 44, "age"), ("vier procent", 4, "percent")]),
    ("pl", "Jest 14 200 krzeseł i trzydzieści jeden łodzi.", [("14 200", 14200, ""), ("trzydzieści jeden", 31, "")]),
    ("pl", "Wydał 3,4 mln złotych w pięć minut.", [("3,4 mln złotych", 3.4e6, "PLN"), ("pięć minut", 5, "minute")]),
    ("pl", "Wzrost o 4 procent w dwanaście lat.", [("4 procent", 4, "percent"), ("dwanaście lat", 12, "year")]),
    ("cs", "Je tu 14 200 židlí a třicet jedna lodí.", [("14 200", 14200, ""), ("třicet jedna", 31, "")]),
    ("cs", "Stálo to 3,4 milionu korun za pět minut.", [("3,4 milionu korun", 3.4e6, "CZK"), ("pět minut", 5, "minute")]),
    ("cs", "Růst o 4 procenta za dvanáct let.", [("4 procenta", 4, "percent"), ("dvanáct let", 12, "year")]),
    ("ru", "Там 14 200 стульев и тридцать одна лодка.", [("14 200", 14200, ""), ("тридцать одна", 31, "")]),
    ("ru", "Он потратил 3,4 млн рублей за пять минут.", [("3,4 млн рублей", 3.4e6, "RUB"), ("пять минут", 5, "minute")]),
    ("ru", "66-летний пекарь ждал полтора часа.", [("66-летний", 66, "age"), ("полтора часа", 1.5, "hour")]),
    ("uk", "Там 14,2 тисячі стільців і тридцять один човен.", [("14,2 тисячі", 14200, ""), ("тридцять один", 31, "")]),
    ("uk", "Він витратив 3,4 млн гривень за п’ять хвилин.", [("3,4 млн гривень", 3.4e6, "UAH"), ("п’ять хвилин", 5, "minute")]),
    ("uk", "66-річний пекар отримав 4 відсотки.", [("66-річний", 66, "age"), ("4 відсотки", 4, "percent")]),
    ("tr", "Orada 14.200 sandalye ve otuz bir tekne var.", [("14.200", 14200, ""), ("otuz bir", 31, "")]),
    ("tr", "Beş dakikada 3,4 milyon lira harcadı.", [("Beş dakikada", 5, "minute"), ("3,4 milyon lira", 3.4e6, "TRY")]),
    ("tr", "Enflasyon yüzde 4 arttı, on iki yıl sürdü.", [("yüzde 4", 4, "percent"), ("on iki yıl", 12, "year")]),
    ("ar", "هناك ٣٫٤ مليون شجرة و14 قاربا.", [("٣٫٤ مليون", 3.4e6, ""), ("14", 14, "")]),
    ("ar", "أنفق 20 دولارا خلال خمس دقائق.", [("20 دولارا", 20, "USD"), ("خمس دقائق", 5, "minute")]),
    ("zh", "约1.5億人和3万4000把椅子。", [("1.5億", 1.5e8, ""), ("3万4000", 34000, "")]),
    ("zh", "三名儿童等了5分钟，花了二十万美元。", [("三", 3, ""), ("5分钟", 5, "minute"), ("二十万美元", 200000, "USD")]),
    ("zh", "增长百分之四，66岁的面包师说。", [("百分之四", 4, "percent"), ("66岁", 66, "age")]),
    ("ja", "約1.5億円と3万4000脚の椅子。", [("1.5億円", 1.5e8, "JPY"), ("3万4000", 34000, "")]),
    ("ja", "三人が5分待ち、4パーセント増えた。", [("三", 3, ""), ("5分", 5, "minute"), ("4パーセント", 4, "percent")]),
    ("ja", "66歳の男性が12キロ歩いた。", [("66歳", 66, "age"), ("12キロ", 12, "kilometre")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND)
def test_numbers_with_their_units(language: str, text: str, expected: list[tuple[str, float, str]]) -> None:
    assert shown(text, language) == expected


def test_every_language_has_four_quantities() -> None:
    counts = {code: sum(len(e) for language, _, e in FOUND if language == code) for code in LANGUAGES}
    assert min(counts.values()) >= 4


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On 12 March 2023 at 8:30 the M25 was shut."),
        ("en", "A Falcon 9 flew in 2019."),
        ("en", "Call 020 7946 0123."),
        ("en", "One of them, the second, took flight A320."),
        ("de", "Die B 417 und die L 417 am 3. Tag um 17.40 Uhr."),
        ("de", "Ein Kleinbus vom Modell „Kiebitz 150“."),
        ("fr", "La Route 66, le 3 octobre 2024."),
        ("zh", "第3条，2024年10月7日。"),
        ("ja", "第3回は10月7日。"),
        ("ru", "Третий дом, 12 марта 2023 года."),
        ("en", "Room 12, version 3, No. 5"),
        ("de", "In Zimmer 12."),
    ],
)
def test_what_counts_nothing(language: str, text: str) -> None:
    assert shown(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("en", "about 14,200 chairs", 14150, 14250),
        ("en", "more than 40 chairs", 40, 44),
        ("en", "nearly 40 chairs", 36, 40),
        ("en", "13 to 15 chairs", 13, 15),
        ("en", "between 5 and 7 chairs", 5, 7),
        ("de", "rund 60.000 Stühle", 55000, 65000),
        ("de", "13 bis 15 Stühle", 13, 15),
        ("fr", "plus de 40 chaises", 40, 44),
        ("uk", "понад 40 стільців", 40, 44),
        ("en", "about 15 chairs", 14.25, 15.75),
        ("zh", "超过1400把椅子", 1400, 1540),
        ("en", "about 100 chairs", 90, 110),
    ],
)
def test_approximations_are_intervals(language: str, text: str, low: float, high: float) -> None:
    (found,) = quantities(text, language)
    assert (round(found.low, 6), round(found.high, 6), found.approximate) == (low, high, True)


@pytest.mark.parametrize(
    ("language", "text", "part", "whole"),
    [
        ("en", "31 of 120 kettles leaked", "of 120 kettles", "kettles"),
        ("de", "31 von 120 Kesseln", "von 120 Kesseln", "Kesseln"),
        ("fr", "31 sur 120 bouilloires", "sur 120 bouilloires", "bouilloires"),
        ("ru", "31 из 120 чайников", "из 120 чайников", "чайников"),
        ("uk", "31 чайник зі 120", "чайник зі 120", ""),
        ("zh", "120件中31件漏水", "120件中漏水", "中"),
    ],
)
def test_a_part_tells_its_whole(language: str, text: str, part: str, whole: str) -> None:
    found = {q.value: q.what for q in quantities(text, language)}
    assert found[31].split(" leaked")[0] == part
    assert found[120].split(" leaked")[0] == whole


@pytest.mark.parametrize(
    ("language", "text", "what"),
    [
        ("en", "The 14 young gardeners", "young gardeners"),
        ("de", "Acht junge Gärtnerinnen gruben.", "Gärtnerinnen"),
        ("fr", "12 jardiniers, tous jeunes", "jardiniers"),
        ("ja", "椅子3万4000脚", "脚"),
        ("en", "14 Kestrel 9 gliders", "gliders"),
    ],
)
def test_what_is_counted(language: str, text: str, what: str) -> None:
    assert [q.what for q in quantities(text, language)] == [what]


def test_an_article_may_be_one() -> None:
    assert shown("a little over a mile, half an hour", "en") == [("a mile", 1, "mile"), ("half an hour", 0.5, "hour")]


def test_only_sentences_are_read_and_offsets_are_the_articles() -> None:
    text = "Menu 12\nNine geese flew."
    sentence = Sentence(id="s", article="a", passage="p", start=8, end=len(text), order=0, language="en", kind="paragraph")
    found = find_quantities(Reading(article=Article(id="a", text=text), language="en", passages=(), sentences=(sentence,)))
    assert [(q.start, text[q.start : q.end], q.article) for q in found] == [(8, "Nine", "a")]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(LANGUAGES),
    st.text(alphabet="0123456789 .,:-/%€$()ab\u00a0\u202f\u200f٣٫百万億三twoундdreißig’\n'", max_size=60),
)
def test_offsets_are_evidence(language: str, text: str) -> None:
    found = quantities(text, language)
    assert all(0 <= q.start < q.end <= len(text) and q.low <= q.value <= q.high for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "1 " * 10_000, "one hundred " * 3_000, "a\u00a0" * 50_000, "$" * 30_000, "13 to " * 4_000]
)
def test_long_lines_take_no_longer_than_they_must(text: str) -> None:
    assert all(q.end <= len(text) for q in quantities(text, "en"))


@pytest.mark.parametrize(("language", "text", "value"), [
    ("es", "Ardieron siete graneros.", 7), ("es", "Ardieron veinte graneros.", 20), ("es", "Ardieron cincuenta graneros.", 50),
    ("it", "Bruciarono diciassette fienili.", 17), ("pt", "Arderam sete celeiros.", 7), ("fr", "Soixante granges ont brûlé.", 60),
])
def test_a_cardinal_that_ends_like_an_ordinal_of_another_language_counts(language, text, value):
    assert [q.value for q in quantities(text, language)] == [value]


@pytest.mark.parametrize(("language", "text"), [("de", "Die vierte Scheune brannte."), ("tr", "Beşinci ambar yandı.")])
def test_ordinals_count_nothing(language, text):
    assert quantities(text, language) == []


@pytest.mark.parametrize(("text", "language"), [
    ("避難所には1万2千人以上が身を寄せた。", "ja"), ("避難者は1万2千人を超えた。", "ja"), ("一万二千名以上居民避难。", "zh"), ("死者は40人余りに上った。", "ja"),
])
def test_a_bound_behind_the_counted_makes_a_number_rough(text: str, language: str) -> None:
    found = quantities(text, language)
    assert [(q.approximate, q.low == q.value, q.high > q.value) for q in found] == [(True, True, True)]
    assert not found[0].what.startswith(("以上", "を", "余"))
