"""The language files: same shape as the reference, clean entries, and the words that the news of each language lives on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from retold.lexicons import LANGUAGES, lexicon

FOLDER = files("retold.lexicons")
WRITTEN = tuple(code for code in LANGUAGES if (FOLDER / f"{code}.toml").is_file())
OPEN = ("certainty.words", "quantities.numbers", "quantities.scales", "quantities.units", "dates.relative", "dates.day_part",
        "words.demonyms")  # tables whose keys are words or countries, different in each language
LISTS = ("attribution", "sources", "negation", "boilerplate", "opposites", "words")


def read(code: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))


def paths(table: dict[str, Any], lead: str = "") -> set[str]:
    """The dotted names of all sections and keys; the words of open tables are left out."""
    found = set()
    for key, value in table.items():
        found.add(lead + key)
        if isinstance(value, dict) and lead + key not in OPEN:
            found |= paths(value, f"{lead}{key}.")
    return found


def lists(value: Any, lead: str) -> Iterator[tuple[str, list[str]]]:
    """All lists of strings below a value with where they stand."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, f"{lead}.{key}")
    elif value and all(isinstance(item, str) for item in value):
        yield lead, value
    else:
        for number, inner in enumerate(value):
            yield from lists(inner, f"{lead}[{number}]")


def stands_in(words: list[str], word: str) -> bool:
    """Whether a word is among words and stems."""
    return any(word == w or (w.endswith("*") and word.startswith(w[:-1])) for w in words)


def all_lists(code: str) -> list[tuple[str, list[str]]]:
    table = read(code)
    return [found for section in LISTS for found in lists(table[section], section)]


def test_every_language_has_a_file() -> None:
    assert WRITTEN == LANGUAGES


@pytest.mark.parametrize("code", WRITTEN)
def test_same_sections_and_keys(code: str) -> None:
    assert paths(read(code)) ^ paths(read("en")) == set()


@pytest.mark.parametrize("code", WRITTEN)
def test_entries_are_lower_case_trimmed_and_once_each(code: str) -> None:
    for where, words in all_lists(code):
        assert [w for w in words if w != w.lower() or w != w.strip() or "  " in w or not w.strip("*")] == [], where
        assert sorted({w for w in words if words.count(w) > 1}) == [], where


@pytest.mark.parametrize("code", WRITTEN)
def test_stems_are_long_enough_and_end_the_entry(code: str) -> None:
    shortest = 3 if lexicon(code).cased else 2
    for where, words in all_lists(code):
        stems = [w for w in words if w.endswith("*")]
        assert [w for w in stems if len(w) - 1 < shortest] == [], where
        if not where.startswith("boilerplate"):  # there a star within the line stands for some words
            assert [w for w in words if "*" in w[:-1]] == [], where


@pytest.mark.parametrize("code", WRITTEN)
def test_tables_hold_what_they_should(code: str) -> None:
    table = read(code)
    certainty = table["certainty"]["words"]
    assert {word: s for word, s in certainty.items() if not 0 <= s <= 1} == {}
    quantities = table["quantities"]
    assert all(isinstance(v, int | float) and v >= 0 for v in quantities["numbers"].values())
    assert all(v >= 100 or code in ("ja", "zh") for v in quantities["scales"].values())
    assert {u for u in quantities["units"].values() if not re.fullmatch(r"[A-Z]{3}|[a-z_]+", u)} == set()
    assert {"percent", "EUR", "metre", "hour", "day", "year"} <= set(quantities["units"].values())
    assert all(-7 <= days <= 7 for days in table["dates"]["relative"].values())
    assert all(0 <= start < end <= 36 for start, end in table["dates"]["day_part"].values())
    assert quantities["decimal"] and quantities["group"] and quantities["decimal"][0] not in quantities["group"]
    keys = [*certainty, *quantities["numbers"], *quantities["scales"], *quantities["units"], *table["dates"]["relative"]]
    assert [k for k in keys if k != k.lower() or "*" in k] == []  # they are looked up as they stand


@pytest.mark.parametrize("code", WRITTEN)
def test_demonyms_are_by_country(code: str) -> None:
    demonyms = read(code)["words"]["demonyms"]
    assert set(read("en")["words"]["demonyms"]) - set(demonyms) == set()
    assert [key for key in demonyms if not re.fullmatch("[A-Z]{2}", key)] == []


@pytest.mark.parametrize("code", WRITTEN)
def test_opposites_have_two_sides_that_share_no_word(code: str) -> None:
    opposites, reference = read(code)["opposites"], read("en")["opposites"]
    for kind in ("status", "negation"):
        assert len(opposites[kind]) >= len(reference[kind])  # the reference's pairs come first, in its order
        for pair in opposites[kind]:
            assert len(pair) == 2
            assert all(side for side in pair)
            assert set(pair[0]) & set(pair[1]) == set()


@pytest.mark.parametrize("code", WRITTEN)
def test_quotes_come_in_pairs(code: str) -> None:
    assert all(len(pair) == 2 and all(pair) for pair in read(code)["quotes"]["pairs"])


@pytest.mark.parametrize("code", WRITTEN)
def test_patterns_compile_and_match_their_own_entries(code: str) -> None:
    book = lexicon(code)
    for section in ("attribution", "sources", "negation", "boilerplate", "words"):
        for key, words in book.table(section).items():
            if isinstance(words, list):
                pattern = book.pattern(section, key)
                assert [w for w in words[:3] if "*" not in w and pattern.fullmatch(w) is None] == [], (section, key)


# Invented sentences: section, key, sentence, what must be found in it.
FOUND = {
    "en": [
        ("attribution", "say", "The mayor, she added, knew.", "added"),
        ("boilerplate", "also_read", "Read more: the dam", "Read more"),
    ],
    "de": [
        ("attribution", "say", "Wie das Wasserwerk mitteilte, tropft es.", "mitteilte"),
        ("attribution", "say", "Der Chor habe dreimal gesungen, sagte die Kantorin.", "sagte"),
        ("attribution", "announce", "Die Sternwarte hat das bekannt gegeben.", "bekannt gegeben"),
        ("attribution", "confirm", "Der Förster räumte einen Irrtum ein.", "räumte"),
        ("attribution", "deny", "Die Brauerei dementierte den Bericht.", "dementierte"),
        ("attribution", "according_to", "Nach  Angaben der Leitstelle brannte es.", "Nach  Angaben"),
        ("attribution", "according_to", "Den Nachbarn zufolge bellte der Hund.", "zufolge"),
        ("attribution", "reportive", "Die Fähre soll leer gewesen sein.", "soll"),
        ("attribution", "reportive", "Der mutmaßliche Dieb schwieg.", "mutmaßliche"),
        ("sources", "anonymous", "Aus Branchenkreisen verlautete nichts.", "Branchenkreisen"),
        ("sources", "anonymous", "Mit der Sache vertraute Personen winkten ab.", "Mit der Sache vertraute"),
        ("sources", "outlet", "Das berichteten zwei Nachrichtenagenturen.", "Nachrichtenagenturen"),
        ("sources", "agency_credit", "Mit Material von Wellenfunk", "Mit Material von"),
        ("sources", "roles", "Eine Polizeisprecherin winkte.", "Polizeisprecherin"),
        ("sources", "roles", "Mit Regierungssprechern ist nicht zu spaßen.", "Regierungssprechern"),
        ("sources", "roles", "Es war der Rat des Vorstandsvorsitzenden.", "Vorstandsvorsitzenden"),
        ("sources", "roles", "Die Kreisbrandmeisterinnen kamen.", "Kreisbrandmeisterinnen"),
        ("sources", "organisation", "Im Umweltministerium brennt Licht.", "Umweltministerium"),
        ("sources", "place", "Die Landesstraße ist frei.", "Landesstraße"),
        ("negation", "words", "Es gab keinerlei Schäden.", "keinerlei"),
        ("boilerplate", "also_read", "Das könnte Sie auch interessieren: Moos", "Das könnte Sie auch interessieren"),
        ("boilerplate", "also_read", "Lesen Sie auch", "Lesen Sie auch"),
        ("boilerplate", "correction", "In einer früheren Version hieß es Dienstag.", "In einer früheren Version"),
        ("boilerplate", "credit", "Symbolbild: eine Ente", "Symbolbild"),
    ],
    "fr": [
        ("attribution", "say", "« Il pleut », a fait savoir le gardien.", "a fait savoir"),
        ("attribution", "say", "La bergère, précise-t-il, dormait.", "précise"),
        ("attribution", "announce", "La criée annonçait un retard.", "annonçait"),
        ("attribution", "deny", "Le fromager dément tout.", "dément"),
        ("attribution", "according_to", "D’après le meunier, le blé manque.", "D’après"),
        ("attribution", "reportive", "Le bac aurait dérivé.", "aurait"),
        ("sources", "anonymous", "De sources concordantes, on rit.", "sources concordantes"),
        ("sources", "anonymous_marks", "Un élu, sous couvert d'anonymat, sourit.", "sous couvert d'anonymat"),
        ("sources", "outlet", "L'hebdomadaire a fermé.", "hebdomadaire"),
        ("sources", "agency_credit", "Avec l'AFP", "Avec l'AFP"),
        ("negation", "words", "Il n’y a aucune trace.", "aucune"),
        ("boilerplate", "also_read", "À lire aussi : les ruches", "À lire aussi"),
        ("boilerplate", "consent", "Continuer sans accepter", "Continuer sans accepter"),
        ("boilerplate", "subscribe", "Article réservé aux abonnés", "Article réservé aux abonnés"),
    ],
    "es": [
        ("attribution", "say", "«Llueve», ha dicho la farera.", "ha dicho"),
        ("attribution", "say", "El lechero señaló la puerta.", "señaló"),
        ("attribution", "confirm", "La cofradía aseguró que vendría.", "aseguró"),
        ("attribution", "deny", "El molinero desmintió la riña.", "desmintió"),
        ("attribution", "according_to", "Según la panadera, faltó harina.", "Según"),
        ("attribution", "reportive", "El perro habría mordido dos veces.", "habría"),
        ("sources", "anonymous", "Fuentes cercanas a la cofradía callan.", "Fuentes cercanas"),
        ("sources", "anonymous_marks", "Habló bajo condición de anonimato.", "bajo condición de anonimato"),
        ("sources", "outlet", "El rotativo cerró.", "rotativo"),
        ("sources", "agency_credit", "Con información de la costa", "Con información de"),
        ("sources", "roles", "La vocera del gremio rió.", "vocera"),
        ("boilerplate", "also_read", "Te puede interesar: los faros", "Te puede interesar:"),
        ("boilerplate", "correction", "Fe de errores", "Fe de errores"),
    ],
    "it": [
        ("attribution", "say", "«Piove», ha detto il fornaio.", "ha detto"),
        ("attribution", "say", "Il coro, fa sapere la maestra, canta.", "fa sapere"),
        ("attribution", "announce", "La latteria ha reso noto il prezzo.", "ha reso noto"),
        ("attribution", "deny", "Il bagnino smentisce.", "smentisce"),
        ("attribution", "according_to", "A detta dei vicini, russava.", "A detta dei"),
        ("attribution", "reportive", "La barca sarebbe affondata.", "sarebbe"),
        ("sources", "anonymous", "Fonti vicine alla curia tacciono.", "Fonti vicine"),
        ("sources", "outlet", "Il quotidiano chiude.", "quotidiano"),
        ("sources", "roles", "La consigliera sorrise.", "consigliera"),
        ("sources", "agency_credit", "Riproduzione da Onda, traduzione di Ugo", "Riproduzione da"),
        ("negation", "words", "Non c’è nessun’altra strada.", "Non"),
        ("boilerplate", "also_read", "Leggi anche: i mulini", "Leggi anche:"),
        ("boilerplate", "legal", "Riproduzione riservata", "Riproduzione riservata"),
    ],
    "pt": [
        ("attribution", "say", "«Chove», afirmou a padeira.", "afirmou"),
        ("attribution", "say", "O farol, acrescenta ele, fechou.", "acrescenta"),
        ("attribution", "report", "O semanário noticiou a festa.", "noticiou"),
        ("attribution", "deny", "A lota desmentiu o boato.", "desmentiu"),
        ("attribution", "according_to", "De acordo com o moleiro, falta trigo.", "De acordo com"),
        ("attribution", "reportive", "O barco terá sido vendido.", "terá sido"),
        ("sources", "anonymous_marks", "Falou sob condição de anonimato.", "sob condição de anonimato"),
        ("sources", "outlet", "A emissora calou-se.", "emissora"),
        ("sources", "roles", "A porta-voz da lota riu.", "porta-voz"),
        ("sources", "agency_credit", "Com informações da Onda", "Com informações da"),
        ("boilerplate", "also_read", "Leia também: os faróis", "Leia também:"),
        ("boilerplate", "advert", "Continua após a publicidade", "Continua após a publicidade"),
        ("boilerplate", "follow", "Partilhar", "Partilhar"),
    ],
    "nl": [
        ("attribution", "say", "Het regent, laat weten de molenaar.", "laat weten"),
        ("attribution", "say", "De bakker vertelde een mop.", "vertelde"),
        ("attribution", "announce", "De manege heeft dat bekendgemaakt.", "bekendgemaakt"),
        ("attribution", "deny", "De visser ontkende alles.", "ontkende"),
        ("attribution", "according_to", "Naar eigen zeggen sliep hij.", "Naar eigen zeggen"),
        ("attribution", "reportive", "De pont zou leeg zijn.", "zou"),
        ("sources", "anonymous", "Haagse bronnen zwijgen.", "Haagse bronnen"),
        ("sources", "outlet", "Het persbureau sloot.", "persbureau"),
        ("sources", "roles", "Twee politiewoordvoerders lachten.", "politiewoordvoerders"),
        ("sources", "place", "De gracht ligt droog.", "gracht"),
        ("negation", "words", "Er is geen enkele schade.", "geen enkele"),
        ("boilerplate", "also_read", "Lees ook: de molens", "Lees ook:"),
        ("boilerplate", "contact", "Noot voor de redactie", "Noot voor de redactie"),
    ],
    "pl": [
        ("attribution", "say", "– Pada – powiedziała młynarka.", "powiedziała"),
        ("attribution", "report", "O pożarze poinformowano rano.", "poinformowano"),
        ("attribution", "announce", "Mleczarnia ogłosiła konkurs.", "ogłosiła"),
        ("attribution", "deny", "Rybak zaprzeczył wszystkiemu.", "zaprzeczył"),
        ("attribution", "according_to", "Jak podaje latarnik, wieje.", "Jak podaje"),
        ("attribution", "according_to", "Zdaniem piekarza brakuje mąki.", "Zdaniem"),
        ("attribution", "reportive", "Pies miał ugryźć, rzekomo dwa razy.", "rzekomo"),
        ("sources", "anonymous_marks", "Urzędnik chce zachować anonimowość.", "chce zachować anonimowość"),
        ("sources", "outlet", "Dziennikowi brak papieru.", "Dziennikowi"),
        ("sources", "roles", "Z rzeczniczką nikt nie mówił.", "rzeczniczką"),
        ("sources", "roles", "Zdanie ministra jest inne.", "ministra"),
        ("sources", "place", "Na ulicy Lipowej cicho.", "ulicy"),
        ("boilerplate", "also_read", "Czytaj także: wiatraki", "Czytaj także:"),
        ("boilerplate", "legal", "Wszelkie prawa zastrzeżone", "Wszelkie prawa zastrzeżone"),
    ],
}

NOT_FOUND = [
    ("de", "attribution", "say", "Meine Tante strickt, wie schön, so schön."),
    ("de", "sources", "roles", "Die Premiere im Ministerium war ein Pilotprojekt."),
    ("de", "negation", "words", "Und unsere Uhr unter dem Turm."),
    ("fr", "negation", "words", "Plus une personne arrive, plus on rit."),
    ("fr", "attribution", "according_to", "Un cadeau pour le jour suivant."),
    ("nl", "certainty", "words", "Thee of koffie, water of melk."),
    ("pl", "attribution", "say", "Mielenie mąki trwa."),
]

NUMBERS = [
    ("de", "einundzwanzig", 21), ("de", "neunundneunzig", 99), ("de", "sechsunddreißig", 36), ("de", "dreieinhalb", 3.5),
    ("de", "anderthalb", 1.5), ("de", "dutzend", 12), ("de", "dritten", 3), ("de", "fünfhundert", 500),
    ("fr", "vingt et un", 21), ("fr", "quatre-vingt-dix-neuf", 99), ("fr", "septante", 70), ("fr", "première", 1),
    ("es", "veintidós", 22), ("es", "treinta y una", 31), ("es", "quinientas", 500), ("es", "tercer", 3),
    ("it", "ventuno", 21), ("it", "quarantotto", 48), ("it", "novantatré", 93), ("it", "duecento", 200),
    ("pt", "dezasseis", 16), ("pt", "dezesseis", 16), ("pt", "vinte e duas", 22), ("pt", "duzentas", 200),
    ("nl", "tweeëntwintig", 22), ("nl", "negenennegentig", 99), ("nl", "anderhalve", 1.5), ("nl", "achtste", 8),
    ("pl", "dwiema", 2), ("pl", "pięciorga", 5), ("pl", "półtorej", 1.5), ("pl", "dwustu", 200), ("pl", "trzeciej", 3),
]

UNITS = [
    ("de", "stundenkilometer", "kmh"), ("fr", "points de pourcentage", "percentage_point"), ("es", "toneladas", "tonne"),
    ("it", "chilometri orari", "kmh"), ("pt", "quilômetros", "kilometre"), ("pt", "quilómetros", "kilometre"),
    ("nl", "kilometer per uur", "kmh"), ("pl", "złotych", "PLN"), ("pl", "hektarów", "hectare"),
]

SCALES = [
    ("de", "mrd.", 10**9), ("de", "billionen", 10**12), ("fr", "milliards", 10**9), ("es", "mil millones", 10**9),
    ("es", "billones", 10**12), ("it", "mila", 1000), ("pt", "bilhões", 10**9), ("nl", "mln", 10**6), ("pl", "tys.", 1000),
]

DAYS = [
    ("de", "vorgestern", -2), ("fr", "la veille", -1), ("es", "anteayer", -2), ("es", "mañana", 1), ("it", "dopodomani", 2),
    ("pt", "anteontem", -2), ("nl", "gisteravond", -1), ("pl", "pojutrze", 2),
]


CASES = [(code, *case) for code, many in FOUND.items() for case in many]


@pytest.mark.parametrize(("code", "section", "key", "sentence", "found"), CASES)
def test_finds(code: str, section: str, key: str, sentence: str, found: str) -> None:
    assert found in [m.group() for m in lexicon(code).pattern(section, key).finditer(sentence)]


@pytest.mark.parametrize(("code", "section", "key", "sentence"), NOT_FOUND)
def test_leaves_alone(code: str, section: str, key: str, sentence: str) -> None:
    assert [m.group() for m in lexicon(code).pattern(section, key).finditer(sentence)] == []


@pytest.mark.parametrize(("code", "word", "value"), NUMBERS)
def test_numbers(code: str, word: str, value: float) -> None:
    assert lexicon(code).table("quantities")["numbers"][word] == value


@pytest.mark.parametrize("code", ["de", "nl", "it", "fr", "es", "pt"])
def test_every_number_up_to_a_hundred_has_a_word(code: str) -> None:
    assert set(range(100)) - set(lexicon(code).table("quantities")["numbers"].values()) == set()


@pytest.mark.parametrize(("code", "unit", "canonical"), UNITS)
def test_units(code: str, unit: str, canonical: str) -> None:
    assert lexicon(code).table("quantities")["units"][unit] == canonical


@pytest.mark.parametrize(("code", "scale", "value"), SCALES)
def test_scales(code: str, scale: str, value: int) -> None:
    assert lexicon(code).table("quantities")["scales"][scale] == value


@pytest.mark.parametrize(("code", "day", "offset"), DAYS)
def test_relative_days(code: str, day: str, offset: int) -> None:
    assert lexicon(code).table("dates")["relative"][day] == offset


@pytest.mark.parametrize(("code", "word", "country"), [
    ("de", "ukrainischen", "UA"), ("de", "bretonische", "FR"), ("de", "bayerischer", "DE"), ("fr", "bretonne", "FR"),
    ("fr", "polonaises", "PL"), ("es", "gallegas", "ES"), ("it", "siciliane", "IT"), ("pt", "paulistas", "BR"),
    ("nl", "oekraïense", "UA"), ("pl", "francuskiego", "FR"),
])
def test_demonyms(code: str, word: str, country: str) -> None:
    book = lexicon(code).table("words")["demonyms"]
    assert [key for key, forms in book.items() if stands_in(forms, word)] == [country]


@pytest.mark.parametrize(("code", "first", "second"), [
    ("de", "zurückgetreten", "entlassen"), ("fr", "décédé", "blessée"), ("es", "voluntaria", "forzada"),
    ("it", "arrestato", "rilasciato"), ("pt", "aprovado", "rejeitado"), ("nl", "hervat", "opgeschort"), ("pl", "zmarła", "ranni"),
])
def test_status_words_stand_on_opposite_sides(code: str, first: str, second: str) -> None:
    pairs = lexicon(code).table("opposites")["status"]
    sides = [(one, other) for pair in pairs for one, other in (pair, pair[::-1])]
    assert any(stands_in(one, first) and stands_in(other, second) for one, other in sides)
