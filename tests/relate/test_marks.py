"""What turns a version round, and what only looks as if it did."""

import pytest

from retold.relate.actors import received_after
from retold.relate.marks import word_marks


def negations(language, text):
    return [text[m.start : m.end] for m in word_marks(text, 0, len(text), language)["negations"]]


@pytest.mark.parametrize(("language", "text", "word"), [
    ("ja", "防火扉は閉まらなかった。", "らなかった"), ("ja", "所長は謝ってくれない。", "れない"), ("ja", "係員は来ません。", "来ません"),
    ("ja", "水は濁らず、魚も死ななかった。", "らず"), ("zh", "铁路公司不退票。", "不退"), ("zh", "两家公司未达成协议。", "未达"), ("zh", "没有受伤的人。", "没有"),
    ("tr", "Siren çalmadı.", "çalmadı"), ("tr", "Belediye köprüyü onarmıyor.", "onarmıyor"), ("cs", "Úřad stížnosti neeviduje.", "neeviduje"),
])
def test_negations_inside_words(language, text, word):
    assert word[-2:] in "".join(negations(language, text))


@pytest.mark.parametrize(("language", "text", "word"), [
    ("fr", "Depuis mai, le bac n'accepte plus de camions.", "n'accepte plus"), ("fr", "Le maire ne répond plus aux lettres.", "ne répond plus"),
    ("fr", "La mairie n’a donné ni date ni prix.", "n’a donné ni"),
])
def test_negations_of_two_words(language, text, word):
    assert word in negations(language, text)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "We don't yet know where the fire began."), ("it", "Da dove sia partito il fuoco non lo sappiamo."), ("de", "Wir wissen nicht, wo es begann."),
    ("pl", "Nie wiemy, gdzie zaczął się pożar."), ("cs", "Nevíme, kde oheň vznikl."), ("es", "No sabemos dónde empezó."), ("ru", "Мы не знаем, где начался пожар."),
])
def test_who_does_not_know_leaves_the_matter_open(language, text):
    assert any(m.value == "0.2" for m in word_marks(text, 0, len(text), language)["hedges"])


@pytest.mark.parametrize(("language", "text"), [
    ("en", "There is no sign that the mill was set alight deliberately."), ("de", "Es gibt keine Hinweise darauf, dass jemand das absichtlich tat."),
    ("fr", "Rien n'indique que ce soit un sabotage."),
])
def test_what_nothing_points_to_is_a_state_denied(language, text):
    found = word_marks(text, 0, len(text), language)
    assert [m.value for m in found["denied"]] == ["status 7 1"]
    assert not [m for m in found["opposites"] if m.value.startswith("status 7")]


def test_a_negation_that_runs_into_a_word_turns_it_round():
    found = word_marks("议会不反对这项计划。", 0, 10, "zh")
    assert [m.value for m in found["opposites"]] == ["status 5 0"]


@pytest.mark.parametrize(("language", "text"), [
    ("ja", "市は橋を直さなければならない。"), ("ja", "橋は落ちたかもしれない。"), ("ja", "まず、わずかに揺れ、相変わらず、続いた。"), ("ja", "少なくとも三人が来た。"),
    ("ja", "酒を飲まない人は2%だった。"), ("zh", "不喝的人为2.1%。"), ("zh", "不久前价格不断上涨，不仅如此。"),
    ("tr", "Komedi filmi temmuzda gösterildi."), ("cs", "Nemocnice leží nedaleko."),
    ("es", "Ni tres meses después firmó el contrato."), ("de", "Keine drei Tage später kam sie."), ("en", "Not two weeks later the mill burned."),
    ("pt", "As perdas não passam de 12 milhões."), ("ru", "Убытки не превышают 12 миллионов."), ("en", "Losses did not exceed 12 million."),
])
def test_words_that_turn_nothing_round(language, text):
    assert not negations(language, text)


@pytest.mark.parametrize(("text", "received"), [
    ("Ayşe'ye sordu", True), ("Ayşe'nin sorusu", False), ("Demir'i suçladı", True), ("Demir'in suçu", False)])
def test_the_ending_of_a_turkish_name_tells_whose_or_to_whom(text, received):
    assert received_after(text, text.index("'"), "tr") is received
