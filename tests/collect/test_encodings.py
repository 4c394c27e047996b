import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.base.errors import EncodingError
from retold.collect.encodings import decode

LEGACY = [
    ("cp1252", "El alcalde señaló que la reparación costará tres millones. «No habrá más retrasos», añadió el miércoles."),
    ("cp1252", "La préfète a déclaré mardi que l’école fermée depuis février resterait inaccessible."),
    ("cp1252", "Der Bürgermeister erklärte, die Brücke werde frühestens im März geöffnet. „Wir müssen prüfen“, sagte er."),
    ("cp1252", "O ministro disse que a inundação não causará atrasos nas estações. “Não há razão”, afirmou."),
    ("cp1250", "Burmistrz powiedział we wtorek, że most zostanie zamknięty na dłużej. „Nie możemy ryzykować życia ludzi”."),
    ("iso8859_2", "Starosta v úterý řekl, že most bude uzavřen. Žádné peníze zatím nepřišly, dodal hejtman."),
    ("cp1251", "Мэр города заявил во вторник, что мост закроют до марта. «Мы не можем рисковать», — добавил он."),
    ("koi8_r", "Мэр города заявил во вторник, что мост закроют до марта. Мы не можем рисковать, добавил он."),
    ("cp1251", "Міський голова заявив у вівторок, що міст зачинять до березня. «Ми не можемо ризикувати», — додав він."),
    (
        "cp1254",
        "Belediye başkanı salı günü köprünün mart ayına kadar kapalı kalacağını söyledi. İşçiler için üzgün olduğunu açıkladı.",
    ),
    ("cp1256", "قال رئيس البلدية يوم الثلاثاء إن الجسر سيبقى مغلقا حتى شهر مارس."),
    ("gb18030", "市长星期二表示，大桥将关闭至三月。他补充说，不能拿人们的生命冒险。"),
    ("big5", "市長星期二表示，大橋將關閉至三月。他補充說，不能拿人們的生命冒險。"),
    ("cp932", "市長は火曜日、橋を三月まで閉鎖すると述べた。「人々の命を危険にさらすことはできない」と付け加えた。"),
    ("euc_jp", "市長は火曜日、橋を三月まで閉鎖すると述べた。「人々の命を危険にさらすことはできない」と付け加えた。"),
]


@pytest.mark.parametrize(("encoding", "text"), LEGACY)
def test_old_encodings_of_our_languages_are_told_apart(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), place="a.txt").text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    found = decode(mark + "Łódź 🚢 年".encode(encoding), place="a.txt")
    assert (found.text, found.encoding, found.broken) == ("Łódź 🚢 年", encoding, 0)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told(encoding: str) -> None:
    text = "The harbour was closed on Tuesday, said the coast guard – nobody was hurt."
    assert decode(text.encode(encoding), place="a.txt").text == text


def test_a_broken_byte_does_not_spoil_a_utf_8_text() -> None:
    data = "Łódź, żółw i gęś – źdźbło trawy nad Wisłą. ".encode() * 5
    found = decode(data[:-3], place="a.txt")
    assert found.encoding == "utf-8"
    assert found.broken == 1
    assert found.text.startswith("Łódź, żółw")


def test_a_declared_encoding_yields_to_valid_utf_8() -> None:
    assert decode("Łódź".encode(), place="a", declared="iso-8859-2").text == "Łódź"
    assert decode("Łódź".encode("iso8859_2"), place="a", declared="iso-8859-2").text == "Łódź"
    assert decode("café’s".encode("cp1252"), place="a", declared="latin-1").text == "café’s"


@pytest.mark.parametrize("declared", ["no-such", "rot13", "hex", "zip", "idna", "utf-7", "x\x00y", "undefined"])
def test_a_declared_encoding_that_is_none_is_passed_over(declared: str) -> None:
    assert decode("naïve Ärzte".encode("cp1252"), place="a", declared=declared).text == "naïve Ärzte"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 100, bytes(range(128, 160)) * 30])
def test_bytes_that_are_no_text_are_refused_with_advice(data: bytes) -> None:
    with pytest.raises(EncodingError, match=r"b\.bin: expected text.*UTF-8"):
        decode(data, place="b.bin")


def test_a_single_nul_in_a_text_is_kept() -> None:
    assert decode(b"The harbour\x00 was closed.", place="a").text == "The harbour\x00 was closed."


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(lambda t: not t.startswith("\ufeff")))
def test_utf_8_comes_back_exactly(text: str) -> None:
    assert decode(text.encode(), place="a").text == text


def test_nothing_is_normalised() -> None:
    text = "a\r\nb\xa0c\u0301\u200f\u202e👩‍👩‍👧\u2028ﬁ\t \n"
    assert decode(text.encode(), place="a").text == text


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        found = decode(data, place="a")
    except EncodingError:
        return
    found.text.encode("utf-8")
