"""Forms of names."""

from __future__ import annotations

from retold.link.forms import generic


def test_nouns_with_accents_say_what_a_name_is_of() -> None:
    assert all(generic(word, language) for word, language in (("dul", "cs"), ("hopital", "fr"), ("puente", "es"), ("шахта", "uk")))
    assert not generic("ludmila", "cs")
