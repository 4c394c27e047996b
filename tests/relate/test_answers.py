"""What one voice answers another in the same article: denials, figures beside each other, figures that are set right."""

import pytest

from factories import article, batch, claim, claim_version, language, sentence
from retold.base.models import Models
from retold.identify.quantities import read_text
from retold.relate.conflicts import find_conflicts

MODELS = Models()


def disagreements(*told):
    """Kind and sides (sets of article numbers) of what is surely a disagreement; (language, sentence, sentence …), each its own claim."""
    found, out = batch(), {}
    for i, (code, *texts) in enumerate(told):
        a = article(" ".join(texts), id=f"{i}", language=code)
        quantities, dates = read_text(a.text, code)
        own = [type(r)(**{f: getattr(r, f) for f in r.__slots__} | {"article": a.id, "id": f"{a.id}{r.start}{type(r).table}"})
               for r in (*quantities, *dates)]
        found.add([a, language(a, code), *own])
        for n, text in enumerate(texts):
            found.add([sentence(a, text), claim(a, text), claim_version(a, text, group=f"claim {n}")])
    for c in find_conflicts("s", found, MODELS):
        if c.score >= 0.5:
            out.setdefault((c.group, c.kind), {}).setdefault(c.side, set()).add(int(c.article))
    return sorted((kind, sorted(map(sorted, sides.values()))) for (_, kind), sides in out.items())


@pytest.mark.parametrize("told", [
    ("en", "Some 700 visitors crossed the pier that day, the ferrymen say.", "The harbour office, however, says there were 450 visitors."),
    ("de", "Nach Angaben der Fährleute kamen 700 Besucher.", "Das Hafenamt dagegen spricht von 450 Besuchern, sagte ein Sprecher."),
    ("fr", "Selon les passeurs, 700 visiteurs sont venus.", "Le port affirme en revanche avoir compté 450 visiteurs."),
    ("es", "Según los barqueros llegaron 700 visitantes.", "El puerto, en cambio, afirma que fueron 450 visitantes."),
    ("en", "The ferrymen's league says that 700 ferrymen marched.", "The harbour office put the figure at 450."),
    ("fr", "Le syndicat des passeurs dit que 700 passeurs ont défilé.", "La préfecture chiffre le cortège à 450."),
    ("de", "Der Verband der Fährleute sagt, 700 Kollegen seien gekommen.", "Die Reederei spricht von 450 Beschäftigten."),
    ("it", "I barcaioli dicono di aver tolto nove tonnellate di alghe.", "Il porto invece parla di quattro tonnellate."),
])
def test_two_voices_with_a_figure_each(told):
    assert ("number", [[0], [0]]) in disagreements(told, ("en", "The pier was built of oak."))


@pytest.mark.parametrize("told", [
    ("en", "The ferrymen say that 700 visitors came.", "Of them 450 visitors, however, stayed overnight, says the harbour office."),
    ("en", "By Tuesday 700 visitors had come, says the office.", "On Wednesday, however, 450 visitors came, says the office."),
    ("en", "The ferrymen say that 700 visitors came.", "The harbour office, however, says that 450 boats lay at the pier."),
    ("en", "Some 700 visitors came that day.", "Another 450 visitors came in the evening."),
    ("nl", "Van Dale telde 700 regels in het bestand.", "Het aantal gasten schat ze op 450."),
    ("de", "Der Verband sagt, 700 Kollegen seien gekommen.", "Die Reederei spricht von 450 Booten."),
])
def test_parts_other_days_other_things_and_one_voice(told):
    assert disagreements(told, ("en", "The pier was built of oak.")) == []


def test_a_denial_without_content_of_its_own_in_two_articles():
    told = [("en", "The ferry line had hidden the cracks in the hull, the ferrymen say.", "The company denies this."),
            ("de", "Die Reederei habe die Risse im Rumpf verschwiegen, sagen die Fährleute.", "Das Unternehmen bestreitet das.")]
    assert ("negation", [[0, 1], [0, 1]]) in disagreements(*told)


@pytest.mark.parametrize("told", [
    [("en", "The ferry line had hidden the cracks in the hull, the ferrymen say.", "The company denies this.")],
    [("en", "The ferry line has eleven ships.", "The company was denied a grant for a new pier by the county council.")] * 2,
])
def test_a_lone_denial_and_one_of_something_else(told):
    assert ("negation", [[0], [0]]) not in disagreements(*told, ("en", "The pier was built of oak."))


@pytest.mark.parametrize(("right", "wrong"), [
    (("en", "The minister spent nine nights on the island, not eleven nights."), ("en", "The minister spent eleven nights on the island.")),
    (("pt", "O ministro passou nove noites na ilha, e não onze noites."), ("es", "El ministro pasó once noches en la isla.")),
])
def test_a_figure_that_is_set_right(right, wrong):
    assert ("number", [[0], [1]]) in disagreements(right, wrong)


@pytest.mark.parametrize("denial", [
    "The company denied that saving money on paint was a factor.", "The company denied a “cover-up of the rust” on Monday.",
])
def test_a_denial_with_content_of_its_own_denies_nothing_told_before(denial):
    told = ("en", "The ferry line had hidden the cracks in the hull, the ferrymen say.", denial)
    assert all(kind != "negation" for kind, _ in disagreements(told, told))
