"""Search: all scripts, names across scripts, meaning, hostile queries."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.base.errors import SettingsError
from retold.workspace import Workspace
from retold.workspace.search import SNIPPET, conditions
from retold.workspace.words import words

TEXTS = {
    "en": "The river authority closed the dam above Orlen. Engineer Mira Tolvanen found a crack of 14 metres in its wall.",
    "de": "Die Überschwemmungen am Unterlauf haben Häuser beschädigt, sagte Bürgermeister Jörg Straßner in Altweiler.",
    "fr": "L'élection du maire de Bréval est annulée, a décidé le tribunal après une plainte d'électeurs.",
    "es": "Los médicos de la clínica de Montalbán piden más camas para los niños enfermos.",
    "it": "La società ha ritirato dal mercato le biciclette elettriche con freni difettosi.",
    "pt": "As eleições municipais em Vilarinho foram adiadas por causa das inundações.",
    "nl": "De gemeente sluit het zwembad omdat de reparaties te duur zijn geworden.",
    "pl": "Powodzie zniszczyły mosty w gminie, a mieszkańcy Łężyc czekają na pomoc.",
    "cs": "Povodně zničily mosty v obci a obyvatelé čekají na pomoc kraje.",
    "ru": "Наводнение разрушило мосты в посёлке, сообщил губернатор Андрей Козырёв.",
    "uk": "Президент Зеленський відвідав затоплені села і пообіцяв допомогу мешканцям.",
    "tr": "Belediyenin kararı iptal edildi; İzmirli esnaf mahkemeye başvurmuştu.",
    "ar": "أعلنت الحكومة إغلاق المدارس بعد الأمطار الغزيرة في المدينة القديمة.",
    "zh": "地震发生后，当地政府宣布关闭三所学校，没有人员受伤。",
    "ja": "地震の後、市は三つの学校を休校にすると発表した。けが人はいない。",
}
ASKED = {  # another form of a word of the text
    "en": "engineers CRACKED", "de": "ueberall überschwemmung", "fr": "elections", "es": "medico nino", "it": "bicicletta difettoso",
    "pt": "inundação eleição", "nl": "reparatie zwembaden", "pl": "powódź lezyce", "cs": "povodní zničeny", "ru": "наводнения козырев",
    "uk": "президента затоплених", "tr": "belediye izmir", "ar": "حكومه المدينه", "zh": "关闭学校", "ja": "休校",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    rows = [{"id": code, "text": text, "language": code, "outlet": f"Paper {code}", "published": f"2026-03-{n + 1:02}"}
            for n, (code, text) in enumerate(TEXTS.items())]
    file = folder / "all.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with Workspace.init(folder / "desk") as made:
        made.add(file)
        yield made


def ids(hits):
    return [hit.article for hit in hits]


@pytest.mark.parametrize("code", TEXTS)
def test_other_forms_of_a_word_are_found_and_marked(desk, code):
    found = desk.search(ASKED[code], language=code)
    assert ids(found) == [code]
    hit = found[0]
    assert TEXTS[code][hit.start:hit.start + len(hit.snippet)] == hit.snippet
    assert hit.marks and all(0 <= start < end <= len(hit.snippet) <= SNIPPET for start, end in hit.marks)


@pytest.mark.parametrize("query", ["Zelensky", "Selenskyj", "Zelenskyy"])
def test_a_name_is_found_in_another_script(desk, query):
    hit = desk.search(query, kind="name")[0]
    assert hit.article == "uk"
    assert [hit.snippet[s:e] for s, e in hit.marks] == ["Зеленський"]


def test_meaning_is_found_in_other_languages(desk):
    found = ids(desk.search("an earthquake closed the schools", semantic=True))
    assert {"zh", "ja"} <= set(found[:3])


def test_filters_narrow(desk):
    assert ids(desk.search("Orlen", outlet="paper EN")) == ["en"]
    assert desk.search("Orlen", outlet="Paper de") == []
    assert desk.search("Orlen", until="2026-02-01") == []
    assert ids(desk.search("Orlen", since="2026-03-01")) == ["en"]


def test_words_in_quotation_marks_stand_together(desk):
    assert ids(desk.search('"dam above Orlen"')) == ["en"]
    assert desk.search('"Orlen above dam"') == []


def test_all_words_go_before_any(desk):
    assert ids(desk.search("dam crack")) == ["en"]
    assert set(ids(desk.search("dam школы наводнение"))) == {"en", "ru"}


def test_an_unknown_kind_is_refused(desk):
    with pytest.raises(SettingsError, match="all, title, name"):
        desk.search("x", kind="everything")


@pytest.mark.parametrize("query", ["", " ", '"', '""', "NEAR(", "a AND", "OR NOT *", "title:", "{body} : x", "\0", "'; DROP TABLE words; --",
                                   "x" * 100_000, '"unclosed', "^a*", "-", "(((", "日", "\ud800", "names : \"a\" OR"])
def test_hostile_queries_are_only_words(desk, query):
    for semantic in (False, True) if "\ud800" not in query else (False,):
        assert len(desk.search(query, semantic=semantic, limit=5)) <= 5


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_query_is_safe(desk, query):
    desk.search(query)
    assert all(c.count('"') % 2 == 0 for c in conditions(query))


@given(st.text(max_size=120))
def test_spans_of_words_lie_in_the_text(text):
    for word, start, end in words(text):
        assert 0 <= start < end <= len(text)
        assert word and not any(c.isspace() or c == '"' for c in word)


def test_a_forgotten_article_is_not_found_and_a_changed_one_by_its_new_words(tmp_path):
    def lines(text):
        file = tmp_path / "a.jsonl"
        file.write_text(json.dumps({"id": "a", "text": text, "url": "https://isle.example/one"}) + "\n", "utf-8")
        return file

    with Workspace.init(tmp_path / "desk") as made:
        made.add(lines("The ferry to Quillon sank in the harbour, the coast guard said."))
        assert ids(made.search("sank")) == ["a"]
        made.add(lines("The ferry to Quillon was repaired in the harbour, the coast guard said."))
        assert made.search("sank") == []
        assert ids(made.search("repaired")) == ["a"]
        made.forget(["a"])
        assert made.search("repaired") == []
        assert made.database.value("SELECT count(*) FROM words_docsize") == 0


def test_what_fits_a_filter_is_found_behind_many_that_do_not(tmp_path, monkeypatch):
    monkeypatch.setattr("retold.workspace.search.DEPTH", 3)
    rows = [{"id": f"a{n:02}", "text": f"The dam of Orlen. {'Tea. ' * n}", "outlet": "Isle" if n % 10 == 9 else "Post",
             "published": "2026-03-01"} for n in range(40)]
    (tmp_path / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with Workspace.init(tmp_path / "desk") as made:
        made.add(tmp_path / "all.jsonl")
        assert ids(made.search("dam")) == ["a00", "a01", "a02"]
        assert ids(made.search("dam", outlet="Isle")) == ["a09", "a19", "a29"]


def test_former_versions_of_an_article_are_not_found(tmp_path):
    file = tmp_path / "page.jsonl"
    with Workspace.init(tmp_path / "desk") as made:
        for word in ("granite", "basalt"):
            row = {"id": "a", "url": "https://post.example/dam", "text": f"The dam of Orlen is made of {word}.", "outlet": "Post"}
            file.write_text(json.dumps(row) + "\n", "utf-8")
            made.add(file)
        assert ids(made.search("granite")) == [] and ids(made.search("basalt")) == ["a"]
