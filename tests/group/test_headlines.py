"""Headlines without the names of outlets around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import article
from retold.base.models import Models
from retold.group.headlines import headline
from retold.group.items import NAME, lead, make_items, terms


@pytest.mark.parametrize(("title", "told"), [
    ("Ferry runs onto a ledge off Quillon - The Marnish Post", "Ferry runs onto a ledge off Quillon"),
    ("Ferry runs onto a ledge off Quillon | marnish.example", "Ferry runs onto a ledge off Quillon"),
    ("Le bac heurte un récif près de Quillon – Le Courrier de la Côte", "Le bac heurte un récif près de Quillon"),
    ("Паром сел на мель у Квиллона | Происшествия | Вести Марниша", "Паром сел на мель у Квиллона"),
    ("اصطدمت العبارة بصخرة قرب الميناء - جريدة الساحل", "اصطدمت العبارة بصخرة قرب الميناء"),
    ("渡轮在奎隆附近海面触礁一百余人获救 | 海岸日报", "渡轮在奎隆附近海面触礁一百余人获救"),
    ("Panorama | Ferry runs onto a ledge off Quillon", "Ferry runs onto a ledge off Quillon"),
    ("Local | Ferry runs onto a ledge off Quillon - The Post - Marnish", "Ferry runs onto a ledge off Quillon"),
])
def test_the_name_of_an_outlet_or_section_is_no_part_of_a_headline(title: str, told: str) -> None:
    assert headline(title) == told


@pytest.mark.parametrize("title", [
    "Ferry hits a ledge - all of them came ashore", "Ledge - The Marnish Post", "Twelve-hour rescue off Quillon", "|", "- ", "",
    "Ferry hits a ledge - the master of the harbour says", "What we know | how it went on in the night",
    "Ferry hits a ledge off Quillon - Harbour Master Blames Old Charts Again Today",
])
def test_what_tells_something_stays(title: str) -> None:
    assert headline(title) == " ".join(title.split())


def test_outlets_are_no_terms_of_their_headlines() -> None:
    title = "Ferry runs onto a ledge off Quillon - The Marnish Post"
    given = article(title, title=title)
    assert lead(given) == ["Ferry runs onto a ledge off Quillon"]
    assert "marnis" in {key for key, kind in terms(title) if kind == NAME}
    assert "marnis" not in make_items([given], ["en"], Models().get("encoder"))[0].keys


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(["|", "-", "–", "Ferry", "ledge", "of", "Post", "a.b", "渡轮", "7"]), max_size=14).map(" ".join))
def test_a_headline_is_a_part_of_its_title_and_final(title: str) -> None:
    told = headline(title)
    assert told in title and headline(told) == told
