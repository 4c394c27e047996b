"""States of which accounts that are neither linked nor near take one side each."""

import pytest

from factories import article, batch, claim, claim_version, language, sentence
from retold.base.models import Models
from retold.relate.conflicts import find_conflicts

MODELS = Models()


def disagreements(*told):
    """Kind and sides (sets of article numbers) of what is surely a disagreement between accounts of one sentence each, none of them linked."""
    found, out = batch(), {}
    for i, (code, *texts) in enumerate(told):
        a = article(" ".join(texts), id=f"{i}", language=code)
        found.add([a, language(a, code)])
        for text in texts:
            found.add([sentence(a, text), claim(a, text), claim_version(a, text, group=f"{i} {text}")])
    for c in find_conflicts("s", found, MODELS):
        if c.score >= 0.5:
            out.setdefault((c.group, c.kind), {}).setdefault(c.side, set()).add(int(c.article))
    return sorted((kind, sorted(map(sorted, sides.values()))) for (_, kind), sides in out.items())


@pytest.mark.parametrize(("told", "kind"), [
    ([("de", "In Lebensgefahr schwebe aber keiner, sagte die Ärztin."), ("en", "Two of the sailors were fighting for their lives on Sunday.")], "status"),
    ([("it", "Nessuno dei marinai è in pericolo di vita, dice l'ospedale."), ("fr", "Deux marins luttent contre la mort après le choc.")], "status"),
    ([("nl", "De kustwacht is een verkennend onderzoek begonnen."), ("es", "La guardia costera ha abierto una investigación formal.")], "status"),
    ([("de", "Das Ergebnis der Wahl im Dorf bleibe gültig, hieß es."), ("de", "Damit ist die Wahl ungültig.")], "status"),
    ([("de", "Der Fährmann erhielt acht Monate auf Bewährung."), ("fr", "Le passeur part huit mois en prison ferme.")], "status"),
    ([("pl", "Przewoźnika skazano na osiem miesięcy w zawieszeniu."), ("es", "El barquero irá a la cárcel ocho meses.")], "status"),
    ([("nl", "De veerman is als getuige gehoord, zegt de politie."), ("en", "The ferryman was arrested by the police on Sunday.")], "status"),
    ([("it", "Il nostromo lascia la compagnia di comune accordo."), ("it", "Il nostromo è stato cacciato dalla compagnia.")], "status"),
    ([("en", "The owners of the two ferry lines have not signed an accord."), ("fr", "Les propriétaires des deux lignes de bacs ont signé un accord.")], "negation"),
])
def test_accounts_that_take_one_side_each(told, kind):
    assert (kind, [[0], [1]]) in disagreements(*told)


@pytest.mark.parametrize("told", [
    [("en", "Three were badly hurt but are not in mortal danger.", "A fourth is fighting for his life."), ("en", "Two sailors are fighting for their lives.")],
    [("fr", "Trois marins sont grièvement blessés."), ("de", "In Lebensgefahr schwebt niemand.")],
    [("en", "The market for ferries is stable."), ("en", "The harbour is in a critical condition.")],
    [("en", "The siren was working that night."), ("de", "Am Sonntag blieb der defekte Bus in der Garage.")],
])
def test_both_sides_in_one_account_other_things_and_words_that_are_no_rivals(told):
    assert disagreements(*told) == []
