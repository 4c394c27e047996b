"""Invented phrases that the lexicons of Russian, Ukrainian, Chinese, Arabic, Turkish, Czech and Japanese must know."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import pytest

from retold.lexicons import lexicon

EAST = ("ru", "uk", "zh", "ar", "tr", "cs", "ja")

# language: (text, section, key, the very words that must be found)
FOUND: dict[str, list[tuple[str, str, str, str]]] = {
    "ru": [
        ("По словам смотрителя, маяк погас.", "attribution", "according_to", "По словам"),
        ("Плотину закроют, со ссылкой на «Вечерний Брод».", "attribution", "according_to", "со ссылкой на"),
        ("Капитан заявила, что груз цел.", "attribution", "say", "заявила"),
        ("«Нас не спросили», — рассказали рыбаки.", "attribution", "say", "рассказали"),
        ("Порт опроверг слухи.", "attribution", "deny", "опроверг"),
        ("Мэр якобы знал о трещине.", "attribution", "reportive", "якобы"),
        ("Об этом сообщает источник в порту.", "sources", "anonymous", "источник"),
        ("Собеседник на условиях анонимности добавил", "sources", "anonymous_marks", "на условиях анонимности"),
        ("Читайте также: маяк снова горит", "boilerplate", "also_read", "Читайте также"),
        ("Подписывайтесь на наш канал", "boilerplate", "follow", "Подписывайтесь на наш"),
        ("Нашли ошибку? Нажмите Ctrl", "boilerplate", "comments", "Нашли ошибку"),
        ("Паром не вышел в море.", "negation", "words", "не"),
        ("В порту отрицают течь.", "negation", "lexical", "отрицают"),
        ("погибли не менее трёх", "quantities", "more_than", "не менее"),
    ],
    "uk": [
        ("За словами доглядачки, маяк згас.", "attribution", "according_to", "За словами"),
        ("Греблю закриють, з посиланням на «Вечірній Брід».", "attribution", "according_to", "з посиланням на"),
        ("Про це повідомили рибалки.", "attribution", "according_to", "Про це повідомили"),
        ("Капітанка заявила, що вантаж цілий.", "attribution", "say", "заявила"),
        ("Порт спростував чутки.", "attribution", "deny", "спростував"),
        ("Мер нібито знав про тріщину.", "attribution", "reportive", "нібито"),
        ("Дамба, буцімто, тріснула", "attribution", "reportive", "буцімто"),
        ("Про це каже джерело в порту.", "sources", "anonymous", "джерело"),
        ("на умовах анонімності", "sources", "anonymous_marks", "на умовах анонімності"),
        ("Читайте також: маяк знову горить", "boilerplate", "also_read", "Читайте також"),
        ("Підписуйтеся на наш телеграм", "boilerplate", "follow", "Підписуйтеся на наш"),
        ("Фото: архів порту", "boilerplate", "credit", "Фото:"),
        ("Пором не вийшов у море.", "negation", "words", "не"),
        ("загинули щонайменше троє", "quantities", "more_than", "щонайменше"),
        ("В інтерв’ю радіо вона додала", "attribution", "told_to", "В інтерв’ю"),
    ],
    "zh": [
        ("据报道，灯塔昨晚熄灭。", "attribution", "according_to", "据报道"),
        ("據報導，燈塔昨晚熄滅。", "attribution", "according_to", "據報導"),
        ("港务局长表示，货物完好。", "attribution", "say", "表示"),
        ("港務局長指出，貨物完好。", "attribution", "say", "指出"),
        ("船东称，他没有接到通知。", "attribution", "say", "称"),
        ("港务局否认漏水。", "attribution", "deny", "否认"),
        ("港務局證實漏水。", "attribution", "confirm", "證實"),
        ("市长据称早已知情。", "attribution", "reportive", "据称"),
        ("一名知情人士说", "sources", "anonymous", "知情人士"),
        ("不願透露姓名的船員", "sources", "anonymous_marks", "不願透露姓名"),
        ("相关阅读：灯塔重新点亮", "boilerplate", "also_read", "相关阅读"),
        ("延伸閱讀：燈塔重新點亮", "boilerplate", "also_read", "延伸閱讀"),
        ("渡轮并未出海。", "negation", "words", "并未"),
        ("渡輪沒有出海。", "negation", "words", "沒有"),
        ("至少三人", "quantities", "more_than", "至少"),
    ],
    "ar": [
        ("وقال حارس المنارة إن الضوء انطفأ", "attribution", "say", "وقال"),
        ("وأضافت القبطانة أن الحمولة سليمة", "attribution", "say", "وأضافت"),
        ("بحسب حارس المنارة", "attribution", "according_to", "بحسب"),
        ("وفقا لصحيفة المساء", "attribution", "according_to", "وفقا"),
        ("نقلا عن شاهد", "attribution", "according_to", "نقلا عن"),
        ("أعلنت سلطة الميناء إغلاق السد", "attribution", "announce", "أعلنت"),
        ("اعلنت سلطة الميناء إغلاق السد", "attribution", "announce", "اعلنت"),
        ("نفى الميناء وجود تسرب", "attribution", "deny", "نفى"),
        ("زعم التاجر أنه لم يعلم", "attribution", "claim", "زعم"),
        ("طلب عدم الكشف عن هويته", "sources", "anonymous_marks", "طلب عدم الكشف"),
        ("مصادر مطلعة في الميناء", "sources", "anonymous", "مصادر مطلعة"),
        ("اقرأ أيضا: المنارة تضيء من جديد", "boilerplate", "also_read", "اقرأ أيضا"),
        ("جميع الحقوق محفوظة", "boilerplate", "legal", "جميع الحقوق محفوظة"),
        ("لم تبحر العبارة", "negation", "words", "لم"),
        ("ليس في البيت أحد", "negation", "words", "ليس"),
        ("ما لا يقل عن ثلاثة", "quantities", "more_than", "ما لا يقل عن"),
    ],
    "tr": [
        ("Fener bekçisine göre ışık söndü.", "attribution", "according_to", "göre"),
        ("Kaptan, yükün sağlam olduğunu söyledi.", "attribution", "say", "söyledi"),
        ("“Kimse sormadı” dedi.", "attribution", "say", "dedi"),
        ("Liman idaresi köprünün kapandığını açıkladı.", "attribution", "announce", "açıkladı"),
        ("Tüccar haberi olmadığını iddia etti.", "attribution", "claim", "iddia etti"),
        ("Liman sızıntıyı yalanladı.", "attribution", "deny", "yalanladı"),
        ("Başkanın çatlağı bildiği öğrenildi.", "attribution", "reportive", "öğrenildi"),
        ("limandan bir kaynak", "sources", "anonymous", "kaynak"),
        ("İsminin açıklanmasını istemeyen bir denizci", "sources", "anonymous_marks", "İsminin açıklanmasını istemeyen"),
        ("İlgili haberler: fener yeniden yandı", "boilerplate", "also_read", "İlgili haberler:"),
        ("İLGİLİ HABER", "boilerplate", "also_read", "İLGİLİ HABER"),
        ("Yorum yapmak için giriş yapın", "boilerplate", "comments", "Yorum yapmak için"),
        ("Feribot denize açılmadı, kimse yaralanmadı.", "negation", "words", "yaralanmadı"),
        ("Bu doğru değil.", "negation", "words", "değil"),
        ("Bölgede hasar bulunmuyor.", "negation", "words", "bulunmuyor"),
        ("en az üç kişi", "quantities", "more_than", "en az"),
    ],
    "cs": [
        ("Podle strážce maják zhasl.", "attribution", "according_to", "Podle"),
        ("Kapitánka uvedla, že náklad je celý.", "attribution", "say", "uvedla"),
        ("„Nikdo se neptal,“ řekli rybáři.", "attribution", "say", "řekli"),
        ("O závadě informoval přístav.", "attribution", "report", "informoval"),
        ("Přístav únik popřel.", "attribution", "deny", "popřel"),
        ("Starosta údajně o trhlině věděl.", "attribution", "reportive", "údajně"),
        ("Hráz prý praskla.", "attribution", "reportive", "prý"),
        ("zdroj z přístavu", "sources", "anonymous", "zdroj"),
        ("která si nepřála být jmenována", "sources", "anonymous_marks", "která si nepřála"),
        ("Čtěte také: maják zase svítí", "boilerplate", "also_read", "Čtěte také:"),
        ("Všechna práva vyhrazena.", "boilerplate", "legal", "Všechna práva vyhrazena"),
        ("Trajekt nevyplul, nikdo nezemřel.", "negation", "words", "nezemřel"),
        ("To není pravda.", "negation", "words", "není"),
        ("nejméně tři lidé", "quantities", "more_than", "nejméně"),
    ],
    "ja": [
        ("灯台守によると、明かりは昨夜消えた。", "attribution", "according_to", "によると"),
        ("船長は積み荷は無事だと述べた。", "attribution", "say", "と述べた"),
        ("漁師は「誰も来なかった」と語った。", "attribution", "say", "と語った"),
        ("夕刊ミナトが報じた。", "attribution", "report", "報じた"),
        ("港湾局は橋の閉鎖を発表した。", "attribution", "announce", "を発表した"),
        ("港湾局は水漏れを否定した。", "attribution", "deny", "否定した"),
        ("市長は亀裂を知っていたとみられる。", "attribution", "reportive", "とみられる"),
        ("堤防に穴があったという。", "attribution", "reportive", "たという"),
        ("港の関係者が話した", "sources", "anonymous", "関係者"),
        ("匿名を条件に", "sources", "anonymous_marks", "匿名を条件"),
        ("関連記事：灯台に再び明かり", "boilerplate", "also_read", "関連記事："),
        ("あわせて読みたい", "boilerplate", "also_read", "あわせて読みたい"),
        ("渡し船は出港しなかった。", "negation", "words", "しなかった"),
        ("けが人はいなかった。", "negation", "words", "はいなかった"),
        ("少なくとも三人", "quantities", "more_than", "少なくとも"),
    ],
}

# language: (text, section, key) in which nothing may be found
NOT_FOUND: dict[str, list[tuple[str, str, str]]] = {
    "ru": [("Сообщество рыбаков и его сообщник", "attribution", "report"), ("Никто и никогда", "negation", "words")],
    "uk": [("Спільнота рибалок", "attribution", "report"), ("Ніхто і ніколи", "negation", "words")],
    "zh": [("未来的非洲，不仅如此，无人机特别多", "negation", "words"),
           ("数据传输与数据报告", "attribution", "reportive")],
    "ar": [("وصل القالب إلى المصنع", "attribution", "say")],
    "tr": [("Hastalığın belirtileri", "attribution", "say"), ("Köprünün kapanması gerekiyor", "negation", "words")],
    "cs": [("německá nemocnice po nehodě", "negation", "words"), ("na náměstí", "sources", "roles"),
           ("řekla pravdu", "sources", "place")],
    "ja": [("かもしれない。間違いない。少なくない者は必ずまず行くはずだ", "negation", "words")],
}

# by language: section, table, word and value
VALUES: dict[str, list[tuple[str, str, str, Any]]] = {
    "ru": [("quantities", "numbers", "двести", 200), ("quantities", "numbers", "двух", 2),
           ("quantities", "numbers", "трёх", 3),
           ("quantities", "scales", "тыс.", 1000), ("quantities", "scales", "млрд", 10**9),
           ("quantities", "units", "рублей", "RUB"),
           ("dates", "relative", "накануне", -1), ("certainty", "words", "вероятно", 0.7),
           ("quantities", "numbers", "трех", 3)],
    "uk": [("quantities", "numbers", "п'ять", 5), ("quantities", "numbers", "п’ять", 5),
           ("quantities", "numbers", "двоє", 2),
           ("quantities", "scales", "млн", 10**6), ("quantities", "units", "гривень", "UAH"),
           ("dates", "relative", "учора", -1)],
    "zh": [("quantities", "scales", "万", 10**4), ("quantities", "scales", "萬", 10**4), ("quantities", "scales", "億", 10**8),
           ("quantities", "numbers", "两", 2), ("quantities", "units", "公里", "kilometre"), ("dates", "relative", "昨日", -1)],
    "ar": [("quantities", "numbers", "ثلاث", 3), ("quantities", "numbers", "ثلاثة", 3),
           ("quantities", "scales", "ألف", 1000),
           ("quantities", "scales", "مليون", 10**6), ("quantities", "units", "بالمئة", "percent"),
           ("dates", "relative", "أمس", -1)],
    "tr": [("quantities", "numbers", "üç", 3), ("quantities", "scales", "bin", 1000),
           ("quantities", "scales", "milyon", 10**6),
           ("quantities", "units", "yüzde", "percent"), ("dates", "relative", "dün", -1),
           ("certainty", "words", "olabilir", 0.5)],
    "cs": [("quantities", "numbers", "dvou", 2), ("quantities", "numbers", "dvaadvacet", 22),
           ("quantities", "scales", "tis.", 1000),
           ("quantities", "units", "korun", "CZK"), ("dates", "relative", "včera", -1), ("certainty", "words", "prý", 0.4)],
    "ja": [("quantities", "scales", "億", 10**8), ("quantities", "numbers", "三", 3), ("quantities", "numbers", "十二", 12),
           ("quantities", "units", "円", "JPY"), ("dates", "relative", "きのう", -1), ("certainty", "words", "かもしれない", 0.5)],
}


def cases_of(table: Mapping[str, Sequence[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    return [(code, *case) for code, cases in table.items() for case in cases]


@pytest.mark.parametrize(("language", "text", "section", "key", "words"), cases_of(FOUND))
def test_phrase_is_found(language: str, text: str, section: str, key: str, words: str) -> None:
    assert words in [m.group() for m in lexicon(language).pattern(section, key).finditer(text)]


@pytest.mark.parametrize(("language", "text", "section", "key"), cases_of(NOT_FOUND))
def test_lookalike_is_not_found(language: str, text: str, section: str, key: str) -> None:
    assert lexicon(language).pattern(section, key).findall(text) == []


@pytest.mark.parametrize(("language", "section", "table", "word", "value"), cases_of(VALUES))
def test_word_has_its_value(language: str, section: str, table: str, word: str, value: Any) -> None:
    assert lexicon(language).table(section)[table][word] == value


@pytest.mark.parametrize("language", EAST)
def test_own_file_is_read(language: str) -> None:
    own = tomllib.loads((files("retold.lexicons") / f"{language}.toml").read_text("utf-8"))
    assert lexicon(language).sections == own


@pytest.mark.parametrize("language", EAST)
def test_first_pairs_of_opposites_stand_in_the_order_of_english(language: str) -> None:
    """The n-th pair means the same in every language, so that articles in two languages can be compared."""
    for kind in ("status", "negation"):
        pairs, english = lexicon(language).table("opposites")[kind], lexicon("en").table("opposites")[kind]
        assert len(pairs) >= len(english)
        assert all(len(pair) == 2 and all(pair) for pair in pairs)


@pytest.mark.parametrize("language", EAST)
def test_sides_of_an_opposite_share_no_word(language: str) -> None:
    for pairs in lexicon(language).table("opposites").values():
        assert [set(a) & set(b) for a, b in pairs] == [set() for _ in pairs]


def test_scripts() -> None:
    flags = {code: (lexicon(code).sections["script"]["name"], lexicon(code).spaced, lexicon(code).cased) for code in EAST}
    assert flags == {
        "ru": ("Cyrillic", True, True), "uk": ("Cyrillic", True, True), "zh": ("Han", False, False), "ar": ("Arabic", True, False),
        "tr": ("Latin", True, True), "cs": ("Latin", True, True), "ja": ("Japanese", False, False),
    }
