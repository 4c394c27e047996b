"""What an article is compared by."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import article
from retold.base.errors import OptionalError
from retold.base.models import Models
from retold.group.features import close_formula
from retold.group.items import DEEP, LEAD, NAME, NUMBER, day_number, heading_and_prose, lead, make_items, packed, terms, unpacked
from retold.group.neighbours import Index, Neighbourhood
from retold.group.shelf import Shelf

PAGE = """The Marnish Post
Home | News | Sport | Weather | Tides
Ferry runs onto a ledge off Quillon
By Ada Brook
A ferry with 112 people aboard ran onto a ledge on Tuesday. All of them came ashore."""


def one(text, **fields):
    return make_items([article(text, id="a", **fields)], ["en"], Models().get("encoder"))[0]


def test_menus_are_left_out_and_the_longest_line_above_the_prose_is_the_heading():
    assert heading_and_prose(PAGE)[0] == "Ferry runs onto a ledge off Quillon"
    assert lead(article(PAGE)) == ["Ferry runs onto a ledge off Quillon", "A ferry with 112 people aboard ran onto a ledge on Tuesday.",
                                   "All of them came ashore."]


def test_french_quotes_make_no_menu():
    line = "Il a dit « non » , puis « oui » au conseil de la ville."
    assert heading_and_prose(line)[1] == [line]


def test_a_headline_alone_is_its_own_lead():
    assert lead(article("Ferry hits ledge", title="Ferry hits ledge")) == ["Ferry hits ledge"]


class Second:
    """An encoder that notes what it was given."""

    name, dimensions = "second", 4

    def __init__(self):
        self.given = []

    def encode(self, texts):
        self.given += texts
        return np.full((len(texts), 4), 0.5, dtype=np.float32)


def absent():
    raise OptionalError(expected="a package", found="nothing", where="here", advice="install it")


def test_the_second_encoder_reads_what_is_no_more_than_a_headline_in_a_large_collection():
    more = " Divers searched the hull until nightfall and found no leak, the harbour master told reporters; tugs pulled her free at dawn."
    articles = [article("Ferry hits ledge", id="a"), article(PAGE + more, id="b")]
    second = Second()
    models = Models(second=second)
    few = make_items(articles, ["en"] * 2, models.get("encoder"), depth=DEEP, models=models)
    assert not second.given and not any(len(item.second) for item in few)
    headline, long = make_items(articles, ["en"] * 2, models.get("encoder"), models=models)
    assert second.given == ["Ferry hits ledge"] and headline.second.tolist() == [0.5] * 4 and not len(long.second)


def test_the_encoder_of_events_reads_the_beginnings_of_few_articles():
    articles = [article("", id="empty"), article(PAGE, id="b")]
    events = Second()
    models = Models(events=events)
    empty, few = make_items(articles, ["en"] * 2, models.get("encoder"), depth=DEEP, models=models)
    assert events.given == ["Ferry runs onto a ledge off Quillon. A ferry with 112 people aboard ran onto a ledge on Tuesday. All of them came ashore."]
    assert few.event.tolist() == [0.5] * 4 and not len(empty.event)
    assert not any(len(item.event) for item in make_items(articles, ["en"] * 2, models.get("encoder"), models=models))


def test_without_the_encoder_of_events_few_articles_are_compared_without():
    models = Models(events=f"{__name__}:absent")
    assert not len(make_items([article(PAGE, id="a")], ["en"], models.get("encoder"), depth=DEEP, models=models)[0].event)


def test_without_the_second_encoder_a_headline_is_read_once():
    models = Models(second=f"{__name__}:absent")
    assert not len(make_items([article("Ferry hits ledge", id="a")], ["en"], models.get("encoder"), models=models)[0].second)


def test_places_are_one_term_in_a_large_collection_only():
    texts = [article("Germany", id="a")]
    large, few = (make_items(texts, ["en"], Models().get("encoder"), depth=depth)[0].keys for depth in (LEAD, DEEP))
    assert large == ("@DE",) and "@DE" not in few


def test_names_in_three_scripts_have_one_key():
    keys = [next(key for key, kind in terms(word) if kind == NAME) for word in ("Зеленський", "Selenskyj", "Zelensky")]
    assert keys == ["silinsk"] * 3


def test_numbers_lose_their_separators():
    assert [key for key, kind in terms("12.500 and 12,500") if kind == NUMBER] == ["12500"] * 2


def test_times_with_zones_are_compared_in_one():
    assert day_number("2026-03-01T02:00:00+02:00") == day_number("2026-03-01T00:00:00")
    assert day_number("someday") is None


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300), st.text(max_size=80))
def test_any_article_has_an_item_that_survives_packing(text, title):
    item = one(text, title=title, published="2026-03-01")
    again = unpacked("a", packed(item))
    assert (again.keys, again.day, again.language) == (item.keys, item.day, item.language)
    for name in ("vectors", "counts", "kinds", "titled"):
        assert np.array_equal(getattr(again, name), getattr(item, name))
    assert len(item.vectors) <= LEAD
    assert list(item.keys) == sorted(set(item.keys))


def test_vectors_of_events_and_headlines_survive_packing():
    item = replace(one(PAGE), second=np.full(3, 0.25, np.float16), event=np.arange(5, dtype=np.float16))
    again = unpacked("a", packed(item))
    assert again.second.tolist() == [0.25] * 3 and again.event.tolist() == [0, 1, 2, 3, 4]
    assert np.array_equal(again.vectors, item.vectors) and np.array_equal(again.titled, item.titled)


@pytest.mark.parametrize("known", [4, 5, 7, 8])
def test_items_of_early_workspaces_are_unpacked(known):
    item = replace(one(PAGE), second=np.full(3 if known == 8 else 0, 0.25, np.float16))
    data = packed(item)
    size = 4 + int.from_bytes(data[:4], "little")
    head = json.dumps(json.loads(data[4:size])[:known]).encode()
    again = unpacked("a", len(head).to_bytes(4, "little") + head + data[size:])
    assert not len(again.event) and len(again.second) == len(item.second)
    assert np.array_equal(again.counts, item.counts) and np.array_equal(again.vectors, item.vectors)


def test_articles_that_one_encoder_has_not_read_are_compared_without_events():
    read, unread, other = (replace(one(PAGE), article=name, event=vector) for name, vector in (
        ("a", np.array([0.6, 0.8], np.float16)), ("b", np.zeros(0, np.float16)), ("c", np.array([1.0, 0.0], np.float16))))
    shelf = Shelf(read.vectors.shape[1])
    shelf.put([read, unread, other])
    around = Neighbourhood(shelf, Index())
    assert np.isnan(around.events(0, [1])[0]) and around.events(0, [2])[0] == pytest.approx(0.6, abs=0.001)
    context = around.context(0, [1, 2])
    features = around.close_features(0, [1, 2], context)
    odds = around.close_odds(0, [1, 2], context)
    assert odds[0] == close_formula().odds(features)[0]
    assert odds[1] == pytest.approx(close_formula(read=True).odds(np.column_stack([features, [0.0, 0.6], [0.0, 0.0]]))[1], abs=0.01)
