"""The language of an article, in its letters and by what the input claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from retold.divide.languages import LanguageIdentifier, decide, reads_as, tell_by_letters
from retold.lexicons import LANGUAGES

TEXTS = {
    "en": "The county will drain the dam this month.", "de": "Der Kreis lässt die Talsperre in diesem Monat ab.",
    "fr": "Le département videra le barrage ce mois-ci.", "es": "El condado vaciará la presa este mes.",
    "it": "La provincia svuoterà la diga questo mese.", "pt": "O distrito vai esvaziar a barragem este mês.",
    "nl": "De provincie laat de stuwdam deze maand leeglopen.", "pl": "Powiat opróżni zaporę w tym miesiącu.",
    "cs": "Okres přehradu tento měsíc vypustí.", "ru": "Район осушит плотину в этом месяце, сообщили власти.",
    "uk": "Район осушить греблю цього місяця, повідомили в раді.", "tr": "İlçe barajı bu ay boşaltacak.",
    "ar": "ستفرغ المقاطعة السد هذا الشهر.", "zh": "该县将于本月排空水库。", "ja": "郡は今月、ダムの水を抜く。",
}


def test_every_language() -> None:
    identifier = LanguageIdentifier()
    assert {code: identifier.identify(text)[0] for code, text in TEXTS.items()} == {code: code for code in LANGUAGES}


@pytest.mark.parametrize("text", ["", "12:30 – 14,5 %", "😀", "홍수로 다리가 폐쇄되었다고 시가 밝혔다.", "Η γέφυρα έκλεισε."])
def test_nothing_to_go_by(text: str) -> None:
    assert LanguageIdentifier().identify(text) == ("", 0.0)


OTHERS = {
    "sl": "Policija je v torek prijela dva osumljenca, ki naj bi vlomila v več trgovin v središču mesta.",
    "sk": "Polícia v utorok zadržala dvoch podozrivých, ktorí sa mali vlámať do niekoľkých obchodov.",
    "hu": "A rendőrség kedden őrizetbe vett két gyanúsítottat, akik több üzletbe is betörtek.",
    "ro": "Poliția a reținut marți doi suspecți care ar fi spart mai multe magazine din centru.",
    "sv": "Polisen grep på tisdagen två misstänkta som ska ha gjort inbrott i flera butiker.",
    "bg": "Полицията задържа във вторник двама заподозрени, които са разбили няколко магазина.",
    "fa": "پلیس روز سه‌شنبه دو مظنون را که به چند مغازه دستبرد زده بودند دستگیر کرد.",
}


def test_a_text_in_another_language_is_not_taken_for_the_nearest_of_ours() -> None:
    identifier = LanguageIdentifier()
    assert {code: identifier.identify(text)[0] for code, text in OTHERS.items()} == {code: code for code in OTHERS}


def test_letters_decide_between_neighbours() -> None:
    assert tell_by_letters("Він приїхав її зустріти") == "uk"
    assert tell_by_letters("Это был он, и мы рады") == "ru"
    assert tell_by_letters("Рада") == ""
    assert tell_by_letters("記者の山田さん") == "ja"
    assert tell_by_letters("记者山田の报道说水库已经排空，县政府周一宣布了这一消息") == "zh"


@pytest.mark.parametrize(("claimed", "text", "code", "method"), [
    ("de-AT", TEXTS["de"], "de", "given"),
    ("PT_br", TEXTS["pt"], "pt", "given"),
    ("deu", TEXTS["de"], "de", "given"),
    ("dut-BE", TEXTS["nl"], "nl", "given"),
    ("slv", "Barragem vazia", "sl", "given"),
    ("rus", TEXTS["en"] + " " + TEXTS["en"], "en", "letters-words-py3langid-2"),
    ("es", "Barragem vazia", "es", "given"),
    ("ko", "홍수로 다리가 폐쇄되었다고 시가 밝혔다.", "ko", "given"),
    ("en", TEXTS["ru"] + " " + TEXTS["ru"], "ru", "letters-words-py3langid-2"),
    ("german", TEXTS["de"], "de", "letters-words-py3langid-2"),
    (None, TEXTS["nl"], "nl", "letters-words-py3langid-2"),
])
def test_what_the_input_claims(claimed: str | None, text: str, code: str, method: str) -> None:
    assert decide(text, claimed, LanguageIdentifier())[:2] == (code, method)


@pytest.mark.parametrize("language", LANGUAGES)
def test_function_words_accept_no_claim_that_the_model_contradicts(language: str) -> None:
    stories = [p for p in (Path(__file__).parents[2] / "eval" / "stories").rglob("*.txt") if p.stat().st_size > 400]
    texts = [p.read_text("utf-8") for p in sorted(stories)]
    accepted = [text for text in texts if reads_as(text, language)]
    assert {LanguageIdentifier().identify(text)[0] for text in accepted} <= {language}


def test_where_function_words_leave_no_doubt_no_model_is_asked() -> None:
    class Unasked:
        name = "unasked"

        def identify(self, text: str) -> tuple[str, float]:
            raise AssertionError(text)

    text = "It was the first of the two that they had seen, and they did not know what it was for or who had left it there."
    assert decide(text, "en-GB", Unasked()) == ("en", "given", 1.0)


@pytest.mark.parametrize(("text", "code"), [
    ("Vlada je danas potvrdila prijedlog zakona koji bi trebao promijeniti način financiranja škola u državi. ", "hr"),
    ("El Govern ha aprovat avui el projecte de llei que ha de canviar la manera com es financen les escoles del país. ", "ca"),
])
def test_function_words_of_a_near_language_decide_nothing(text: str, code: str) -> None:
    assert LanguageIdentifier().identify(text * 4)[0] == code


@pytest.mark.parametrize(("text", "claimed"), [
    (
        "El govern de la ciutat ha anunciat aquest dilluns que les obres del pont vell començaran al mes de març i que el "
        "trànsit quedarà tallat durant sis setmanes. Segons el regidor de mobilitat, la decisió es va prendre després d'un "
        "informe dels tècnics, que havien trobat esquerdes en dos dels pilars. Els veïns del barri, en canvi, es queixen "
        "que ningú no els va avisar i demanen una reunió amb l'alcaldessa abans que comencin els treballs.",
        "es",
    ),
    (
        "O goberno da cidade anunciou este luns que as obras da ponte vella comezarán no mes de marzo e que o tráfico "
        "quedará cortado durante seis semanas. Segundo o concelleiro de mobilidade, a decisión tomouse despois dun informe "
        "dos técnicos, que atoparan fendas en dous dos piares. Os veciños do barrio, pola contra, quéixanse de que ninguén "
        "os avisou e piden unha reunión coa alcaldesa antes de que comecen os traballos.",
        "pt",
    ),
    (
        "Die stadsraad het Maandag aangekondig dat die werk aan die ou brug in Maart sal begin en dat die verkeer vir ses "
        "weke gesluit sal wees. Volgens die raadslid vir vervoer is die besluit geneem ná 'n verslag van die ingenieurs "
        "wat krake in twee van die pilare gevind het. Die inwoners van die buurt kla egter dat niemand hulle in kennis "
        "gestel het nie en vra vir 'n vergadering met die burgemeester voor die werk begin.",
        "nl",
    ),
    (
        "Vedenie mesta v pondelok oznámilo, že práce na starom moste sa začnú v marci a že doprava bude na šesť týždňov "
        "prerušená. Podľa poslanca pre dopravu padlo rozhodnutie po správe technikov, ktorí našli trhliny v dvoch "
        "pilieroch. Obyvatelia štvrte sa naopak sťažujú, že ich nikto neupozornil, a žiadajú stretnutie s primátorkou "
        "skôr, ako sa práce začnú.",
        "cs",
    ),
    (
        "Ръководството на града съобщи в понеделник, че работата по стария мост ще започне през март и че движението ще "
        "бъде спряно за шест седмици. Според съветника по транспорта решението е взето след доклад на техниците, които са "
        "открили пукнатини в два от стълбовете. Жителите на квартала обаче се оплакват, че никой не ги е предупредил, и "
        "искат среща с кмета, преди да започне работата.",
        "ru",
    ),
])
def test_a_neighbour_of_one_of_ours_does_not_pass_for_it_by_function_words(text: str, claimed: str) -> None:
    assert not any(reads_as(text, code) for code in LANGUAGES)
    assert decide(text, claimed, LanguageIdentifier())[0] != claimed
