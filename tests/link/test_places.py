"""Places by the noun and the name in them."""

from __future__ import annotations

import pytest

from factories import article, batch, make
from retold.base.records import Language, Mention, Name
from retold.link.names import link_names
from retold.link.places import noun_and_name


@pytest.mark.parametrize(("words", "language", "noun", "name"), [
    (("tunnel", "du", "garmont"), "fr", "tunnel", ("garmont",)),
    (("garmont", "tunnel"), "de", "tunnel", ("garmont",)),
    (("garmontbrug",), "nl", "bridge", ("garmont",)),
    (("вулиці", "гончарніи"), "uk", "street", ("гончарніи",)),
    (("風早の浜",), "ja", "beach", ("风早",)),
    (("garmont",), "fr", "", ()),
    (("berg",), "de", "", ()),
])
def test_a_name_of_a_place_is_a_noun_and_a_name(words: tuple[str, ...], language: str, noun: str, name: tuple[str, ...]) -> None:
    assert noun_and_name(words, language) == (noun, name)


def link(*told: tuple[str, str]) -> list[Name]:
    """The names of one article a pair of language and name."""
    texts = [article(f"{name}.", id=f"a{n}", language=language) for n, (language, name) in enumerate(told)]
    found = batch(*texts)
    found.add(make(Language, article=t.id, code=language) for t, (language, _) in zip(texts, told, strict=True))
    found.add(Mention(id=t.id, article=t.id, start=0, end=len(t.text) - 1, text=t.text[:-1], kind="place", method="names-1:capitals", score=0.8)
              for t in texts)
    return link_names("s", found)


def test_a_tunnel_is_one_in_four_languages() -> None:
    rows = link(("fr", "Tunnel du Garmont"), ("de", "Garmont-Tunnel"), ("es", "Túnel de Garmont"), ("en", "Garmont Tunnel"))
    assert len({row.entity for row in rows}) == 1


def test_two_things_in_one_town_stay_two() -> None:
    rows = link(("fr", "Pont de Garmont"), ("de", "Garmont-Tunnel"), ("en", "Garmont Airport"))
    assert len({row.entity for row in rows}) == 3
