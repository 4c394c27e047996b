"""What only looks like a disagreement: the same said in other words, two steps of one thing, a slip that chance makes as often."""

import pytest

from factories import article, attribution, batch, claim, claim_version, language, name, sentence
from retold.base.models import Models
from retold.identify.quantities import read_text
from retold.relate.conflicts import find_conflicts

MODELS = Models()


def disagreements(*told, more=()):
    """The kinds of what is surely a disagreement of articles of one sentence each, (language, text), all of them versions of one claim."""
    found = batch()
    for i, (code, text) in enumerate(told):
        a = article(text, id=f"{i}", language=code)
        own = [type(r)(**{f: getattr(r, f) for f in r.__slots__} | {"article": a.id, "id": f"{a.id}{r.start}{type(r).table}"})
               for rows in read_text(text, code) for r in rows]
        found.add([a, language(a, code), sentence(a), claim(a, text), claim_version(a, text), *own])
        for build in more:
            found.add(build(a))
    return sorted({c.kind for c in find_conflicts("s", found, MODELS) if c.score >= 0.5})


@pytest.mark.parametrize("told", [
    # what one language says with a negation another says without
    [("en", "The barge did not sink before the tug came."), ("de", "Der Kahn sank, erst als der Schlepper kam.")],
    [("it", "La piena non ha colpito solo il mulino di Holm."), ("es", "La crecida alcanzó el molino de Holm.")],
    [("fr", "La lampe n'est pas plus grande qu'un bouton."), ("en", "The lamp is as small as a button.")],
    [("en", "The new barge did not do so well in the trial."), ("nl", "De nieuwe schuit deed het in de proef minder goed.")],
    [("en", "The mill will close if it does not get new sluices."), ("es", "El molino cerrará a menos que reciba esclusas nuevas.")],
    [("es", "Seis tenedores de bonos no garantizados apoyan el plan del molino."), ("en", "Six holders of bonds support the plan for the mill.")],
    [("it", "Il debito non garantito del mulino è di sei milioni."), ("en", "The unsecured debt of the mill is six million.")],
    [("zh", "警方说，磨坊大火一案目前无人被捕。"), ("zh", "警方说，磨坊大火一案目前没有人被捕。")],
    # a denial in other words, and one name in two alphabets
    [("de", "Die Anwältin weist die Vorwürfe gegen die Mühle zurück."), ("de", "Die Anwältin bestreitet die Vorwürfe gegen die Mühle.")],
    [("ru", "Катер Л-17 вошёл в воды Холма."), ("en", "The patrol boat L-17 entered the waters of Holm.")],
    # a negation behind a word turns the next one round, in languages in which it stands before
    [("ru", "Упал не мост, а крыша мельницы."), ("uk", "Дах млина впав.")],
    # states that are lacking, that follow each other, or are those of other amounts
    [("es", "El plan del molino no fue aprobado por el consejo."), ("it", "La mancata approvazione del piano del mulino da parte del consiglio.")],
    [("en", "The museum in Holm is closed for now."), ("en", "The museum in Holm is open again on Monday.")],
    [("pl", "Oddział w Holmie pozostanie zamknięty do 23 marca."), ("uk", "Відділення в Гольмі знову відкрито 23 березня.")],
    [("pl", "Po wybuchu w młynie nie żyje palacz."), ("uk", "Кухар вижив після вибуху в млині.")],
    # days of one night, of two events, and of closing and coming back
    [("cs", "Mlýn v Holmu vyhořel 20. května večer."), ("cs", "Mlýn v Holmu vyhořel v noci na 21. května.")],
    [("es", "La escuela de Holm cierra el martes."), ("es", "Los alumnos volvieron el jueves a la escuela de Holm.")],
    # what would be, and what may be done
    [("en", "The mill may get a loan of six million if the town agrees."), ("nl", "De molen zou een lening van zes miljoen krijgen als de stad instemt.")],
    [("es", "El programa se puede descargar gratis."), ("it", "Il programma si scarica gratis.")],
])
def test_what_only_looks_like_a_disagreement(told):
    assert disagreements(*told) == []


@pytest.mark.parametrize(("told", "kind"), [
    ([("en", "The barge sank in the canal on Tuesday evening."), ("en", "The barge sank in the canal on Wednesday night.")], "date"),
    ([("de", "Der Vertrag wurde am 3. Mai 2024 unterzeichnet."), ("fr", "Le contrat a été signé le 13 mai 2024.")], "date"),
    ([("ru", "Мост через канал в Холме упал."), ("ru", "Мост через канал в Холме не упал.")], "negation"),
    ([("en", "The old road to Holm is closed."), ("en", "The old road to Holm has reopened.")], "status"),
])
def test_what_is_one_all_the_same(told, kind):
    assert kind in disagreements(*told)


def test_whose_sentence_names_the_source_of_the_other_has_no_other_source():
    words = "Two hours more and we would have counted the dead"
    told = [("en", f"{words}, Ada Roth said."), ("en", f"{words}, Ada Roth was quoted as saying, Jan Weir reported.")]
    other = [told[0], ("en", f"{words}, the rescuer said as night fell, Jan Weir reported.")]

    def named(a):
        return [name(a, who) for who in ("Ada Roth", "Jan Weir") if who in a.text]

    def said(a):
        return [attribution(a, "Jan Weir" if "Weir" in a.text else "Ada Roth", content=words)]

    def known(a):
        return [name(a, who) for who in ("Ada Roth", "Jan Weir") if who in a.text]

    assert disagreements(*told, more=(named, said)) == []
    assert disagreements(*other, more=(known, said)) == []  # no article names both
