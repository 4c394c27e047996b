"""Sentences divided into checkable propositions, in every language: what stands between the bars is one claim."""

from dataclasses import replace

import pytest

from factories import article, sentence
from identify.reading import read_marked
from retold.identify.claims import find_claims, look_at, make_claim, pieces
from retold.identify.reading import Reading
from retold.identify.speech import read_speech
from retold.lexicons import LANGUAGES

GOLDEN = [
    ("en", "The ferry struck a rock on Tuesday; | all 112 passengers were taken off by lifeboat."),
    ("en", "The mayor signed the contract in May | and the council approved it two weeks later."),
    ("de", "Die Fähre lief am Dienstag auf einen Felsen; | alle 112 Passagiere wurden in Sicherheit gebracht."),
    ("de", "Der Stadtrat hat den Haushalt am Montag beschlossen, | weil das Land die Mittel freigab."),
    ("en", "He warned the council that the sale would drive both Marnish United and Holm Rovers out of the county league."),
    ("de", "Roth machte deutlich, dass sie den Verkauf der Mühle für einen Fehler hält | "
           "und keine Bereitschaft zeigt, ihn zu billigen."),
    ("fr", "Le ferry a heurté un rocher mardi soir ; | les 112 passagers ont été évacués par un canot."),
    ("es", "El transbordador chocó el martes con una roca; | los 112 pasajeros fueron evacuados en una lancha."),
    ("it", "Il traghetto ha urtato uno scoglio martedì sera; | i 112 passeggeri sono stati portati a terra."),
    ("pt", "O barco bateu numa rocha na terça-feira; | os 112 passageiros foram levados para terra."),
    ("nl", "De veerboot voer dinsdag op een rots; | alle 112 passagiers werden van boord gehaald."),
    ("pl", "Prom uderzył we wtorek w skałę; | wszystkich 112 pasażerów ewakuowano łodzią ratunkową."),
    ("cs", "Trajekt v úterý narazil na skálu; | všech 112 cestujících bylo evakuováno záchranným člunem."),
    ("ru", "Паром во вторник налетел на скалу; | все 112 пассажиров были эвакуированы на шлюпке."),
    ("uk", "Пором у вівторок налетів на скелю; | усіх 112 пасажирів евакуювали рятувальним човном."),
    ("tr", "Feribot salı günü bir kayaya çarptı; | 112 yolcunun tamamı botla tahliye edildi."),
    ("ar", "اصطدمت العبارة بصخرة يوم الثلاثاء؛ وأجلي جميع الركاب بقارب نجاة."),
    ("zh", "火灾发生于11日晚8时许， | 事发时厂房内有86名员工。"),
    ("zh", "火灾造成3人死亡， | 17人受伤， | 明火于12日凌晨2时扑灭。"),
    ("zh", "他和妻子、儿子、女儿住在云州市高新区。"),
    ("zh", "一艘渡轮周二晚间触礁, | 全部112名乘客被救生艇接走。"),
    ("ja", "工場で火災が発生し、 | 3人が死亡、 | 17人が負傷した。"),
    ("ja", "地元紙の雲州日報が12日、消防当局の発表として伝えた。"),
    ("ja", "中国・雲州の電池工場で火災、 | 3人死亡"),
]


def reading_of(language, text):
    home = article(text, language=language)
    whole = sentence(home, text, language=language)
    return Reading(article=home, language=language, passages=(), sentences=(whole,)), whole


@pytest.mark.parametrize(("language", "marked"), GOLDEN)
def test_a_sentence_is_divided_into_its_propositions(language, marked):
    parts = marked.split(" | ")
    text = "".join(parts) if language in ("zh", "ja") else " ".join(parts)
    reading, whole = reading_of(language, text)
    assert [text[s:e] for s, e in pieces(reading, look_at(reading, whole, []))] == [p.rstrip(";,，、 ") for p in parts]


def test_every_language_has_a_sentence():
    assert {language for language, _ in GOLDEN} == set(LANGUAGES)


@pytest.mark.parametrize(("language", "text", "polarity", "hedged"), [
    ("en", "The dam did not break.", -1, False), ("de", "Der Damm könnte brechen.", 1, True), ("fr", "Le barrage n'a pas cédé.", -1, False),
    ("es", "La presa podría ceder.", 1, True), ("it", "La diga non ha ceduto.", -1, False), ("pt", "A barragem não cedeu.", -1, False),
    ("nl", "De dam is niet gebroken.", -1, False), ("pl", "Tama nie pękła.", -1, False), ("cs", "Hráz možná praskne.", 1, True),
    ("ru", "Плотина не прорвалась.", -1, False), ("uk", "Гребля, можливо, прорветься.", 1, True), ("tr", "Baraj belki yıkılacak.", 1, True),
    ("ar", "لم ينهر السد.", -1, False), ("zh", "大坝可能决堤。", 1, True), ("ja", "ダムは決壊しなかった。", -1, False),
])
def test_polarity_and_certainty_in_every_language(language, text, polarity, hedged):
    reading, whole = reading_of(language, text)
    made = make_claim(reading, look_at(reading, whole, []), 0, len(text))
    assert (made.polarity, made.certainty < 0.8) == (polarity, hedged)


@pytest.mark.parametrize(("language", "line", "claims"), [
    ("en", "“The old quay stays shut all this spring”, said the mayor of Fell, [Ana Roth].", ["The old quay stays shut all this spring"]),
    ("en", "The old quay stays shut all this spring, [Ana Roth] told [t:The Salt Post].", ["The old quay stays shut all this spring"]),
    ("de", "„Der alte Kai bleibt bis Mai gesperrt“, sagte die Hafenmeisterin [Ana Roth].", ["Der alte Kai bleibt bis Mai gesperrt"]),
    ("fr", "« Le vieux quai reste fermé jusqu'en mai », a déclaré [Ana Roth].", ["Le vieux quai reste fermé jusqu'en mai"]),
    ("ru", "«Старый причал закрыт до конца мая», — сказала начальница порта [Ана Рот].", ["Старый причал закрыт до конца мая"]),
    ("en", "“The old quay stays shut all this spring”, said the mayor of Fell, [Ana Roth], who lost two boats in the storm.",
     ["The old quay stays shut all this spring", "who lost two boats in the storm"]),
])
def test_who_says_a_thing_is_no_claim_of_its_own(language, line, claims):
    reading = read_marked(language, line)
    quotes, attributions = read_speech(reading)
    found = find_claims(replace(reading, quotes=tuple(quotes), attributions=tuple(attributions)))
    assert [reading.text[c.start:c.end].strip("“”„«»,. ") for c in found] == claims


@pytest.mark.parametrize(("language", "line", "claims"), [
    ("en", "[Ada Lund], Rhode Island", []), ("en", "[u:Salt Post] 12", []), ("de", "[Ada Lund], [Jo Marsch], [l:Fell]", []),
    ("en", "[Ada Lund] resigned", ["Ada Lund resigned"]), ("en", "Nobody came", ["Nobody came"]),
    ("de", "[Ada Lund] Ende der Krise", ["Ada Lund Ende der Krise"]),
])
def test_names_alone_claim_nothing(language, line, claims):
    reading = read_marked(language, line)
    assert [reading.text[c.start:c.end] for c in find_claims(reading)] == claims
