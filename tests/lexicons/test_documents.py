"""The words for documents in all languages."""

import pytest

from retold.lexicons import LANGUAGES
from retold.lexicons.documents import alike, document_nouns, documents_file, find_documents, uncertain, uses


def test_every_language_has_every_kind():
    assert set(documents_file()) == set(LANGUAGES)
    assert len({frozenset(table) for table in documents_file().values()}) == 1
    assert all(len(document_nouns(code)) > 80 and uses(code, "shows") for code in LANGUAGES)


@pytest.mark.parametrize(("text", "code", "kinds"), [
    ("The ruling quotes the minutes.", "en", ["judgment", "record"]), ("Laut Anklageschrift und Prüfgutachten", "de", ["indictment", "report"]),
    ("une note interne et un procès-verbal", "fr", ["memo", "record"]), ("la sentencia y el atestado", "es", ["judgment", "record"]),
    ("dalla perizia e dalla lettera", "it", ["report", "letter"]), ("o acórdão e o parecer", "pt", ["judgment", "report"]),
    ("de tenlastelegging en het inspectierapport", "nl", ["indictment", "report"]), ("z aktu oskarżenia i z protokołu", "pl", ["indictment", "record"]),
    ("v obžalobě a v dopise", "cs", ["indictment", "letter"]), ("в приговоре и в письме", "ru", ["judgment", "letter"]),
    ("у вироку та в листі", "uk", ["judgment", "letter"]), ("iddianamede ve tutanakta", "tr", ["indictment", "record"]),
    ("في لائحة الاتهام", "ar", ["indictment"]), ("起诉书和会议纪要", "zh", ["indictment", "record"]), ("起訴状と議事録", "ja", ["indictment", "record"]),
])
def test_what_kinds_of_documents_are_named(text, code, kinds):
    assert [kind for _, _, kind in find_documents(text, code)] == kinds


def test_what_may_be_anybodys_or_another_is_uncertain():
    assert uncertain("en").search("the data") and not uncertain("en").search("the memo")
    assert uncertain("fr").search("un autre rapport") and not uncertain("fr").search("le rapport")


def test_only_papers_may_be_of_any_kind():
    assert alike("papers", "judgment") and not alike("report", "judgment") and not alike("papers", "notice")


def test_what_media_bring_is_no_document():
    assert not list(find_documents("Laut Medienbericht und Zeitungsartikel", "de"))
    assert not list(find_documents("in an article and an interview", "en"))
