"""Disagreements between accounts: what is one, and what is none."""

from dataclasses import replace

import pytest

from factories import article, attribution, batch, claim, claim_version, language, name, quantity, quote, quote_version, sentence
from retold.base.models import Models
from retold.base.records import Article, Claim, ClaimVersion
from retold.base.tables import Batch
from retold.identify.quantities import read_text
from retold.relate.conflicts import find_conflicts
from retold.relate.sides import Sides, company_of

MODELS = Models()


def story(*told, more=()):
    """Articles of one sentence each, (language, text), all of them versions of one claim."""
    found = batch()
    for i, (code, text) in enumerate(told):
        a = article(text, id=f"{i}", language=code)
        quantities, dates = read_text(text, code)
        own = [type(r)(**{f: getattr(r, f) for f in r.__slots__} | {"article": a.id, "id": f"{a.id}{r.start}{type(r).table}"})
               for r in (*quantities, *dates)]
        found.add([a, language(a, code), sentence(a), claim(a, text), claim_version(a, text), *own])
        for build in more:
            found.add(build(a))
    return found


def disagreements(*told, more=(), least=0.5):
    """Kind and sides (sets of article numbers) of what is surely a disagreement."""
    out = {}
    for c in find_conflicts("s", story(*told, more=more), MODELS):
        if c.score >= least:
            out.setdefault((c.group, c.kind), {}).setdefault(c.side, set()).add(int(c.article))
    return sorted((kind, sorted(map(sorted, sides.values()))) for (_, kind), sides in out.items())


@pytest.mark.parametrize(("told", "kind", "sides"), [
    ([("en", "Thirteen of 120 kettles leaked in the trial."), ("de", "Im Test leckten 31 von 120 Kesseln."),
      ("fr", "Lors de l'essai, 31 sur 120 bouilloires fuyaient.")], "number", [[0], [1, 2]]),
    ([("en", "Two climbers were trapped in the cave."), ("en", "Three climbers were trapped in the cave.")], "number", [[0], [1]]),
    ([("en", "The library was notified on 6 October."), ("nl", "De bibliotheek kreeg de melding op 8 oktober.")], "date", [[0], [1]]),
    ([("en", "The barge sank in the canal on Tuesday night."), ("en", "The barge sank in the canal on Wednesday night.")], "date", [[0], [1]]),
    ([("de", "Der Damm hielt dem Hochwasser stand und wurde nicht beschädigt."), ("de", "Der Damm wurde vom Hochwasser beschädigt.")],
     "negation", [[0], [1]]),
    ([("en", "The vicar has not spoken about the theft."), ("en", "The vicar has spoken about the theft.")], "negation", [[0], [1]]),
    ([("fr", "Le directeur du musée a été limogé en mai."), ("en", "The museum director resigned in May.")], "status", [[0], [1]]),
    ([("en", "The lamp may catch fire when it is wet."), ("de", "Die Lampe kann bei Nässe Feuer fangen."),
      ("en", "The lamp could catch fire in the rain."), ("en", "The lamp catches fire when it is wet.")], "certainty", [[0, 1, 2], [3]]),
    ([("en", "The crash on the B 12 near Holm closed the road."), ("de", "Nach dem Unfall auf der L 12 bei Holm war die Straße gesperrt.")],
     "place", [[0], [1]]),
    ([("fr", "Une compagnie bretonne retire 600 gilets de sauvetage défectueux."),
      ("en", "A British company withdraws 600 defective life jackets.")], "place", [[0], [1]]),
    ([("en", "At Holm 312.4 millimetres of rain came down on 3 May."), ("de", "Es war der 5. Mai, und 312,4 Millimeter fielen in Holm.")],
     "date", [[0], [1]]),
    ([("en", "The ferry line was sold for about 310 million euros in March."),
      ("en", "The ferry line was sold for 310 million dollars in March.")], "number", [[0], [1]]),
])
def test_real_disagreements(told, kind, sides):
    assert (kind, sides) in disagreements(*told)


@pytest.mark.parametrize("told", [
    [("en", "About 14,000 kettles were sold."), ("de", "Verkauft wurden 14.200 Kessel.")],
    [("en", "The barge was doing about eight knots."), ("en", "The barge was doing about 15 km/h.")],
    [("en", "Seven pupils and a driver were hurt in the crash."), ("en", "The driver was hurt in the crash.")],
    [("en", "Nearly 40 cars stood in the garage."), ("en", "There were 38 cars in the garage.")],
    [("en", "The dam was not damaged."), ("en", "The dam held.")],
    [("en", "The vicar has not spoken about the theft."), ("fr", "Le curé n'a pas parlé du vol.")],
    [("en", "The lamp may catch fire."), ("fr", "La lampe peut prendre feu.")],
    [("en", "The fair opens at 6 p.m. on Friday."), ("en", "The fair opens at 18:00.")],
    [("en", "Three anglers were rescued from the lake."), ("uk", "З озера врятували трьох рибалок.")],
    [("es", "La empresa niega haber recibido nunca una queja."), ("pt", "A empresa nega ter recebido uma queixa.")],
    [("pl", "Przyczyna pożaru młyna nie została ustalona."), ("pl", "Przyczyny pożaru młyna nie ustalono.")],
    [("ru", "Баржа затонула на реке у моста в 3:22."), ("uk", "Баржа затонула на річці біля мосту о 4:22.")],
    [("pl", "Holm, 8.07.2025 (PAK) - W młynie w Holm spłonęły dwie łodzie w poniedziałek."), ("en", "Two boats burnt at the mill in Holm on Monday, 7 July.")],
    [("zh", "锅盖或在带压时松脱"), ("zh", "锅盖可能在带压时松脱")],
    [("en", "A Polish newspaper said that the barge sank in the canal."), ("en", "A Dutch barge sank in the canal, the newspaper said.")],
    [("en", "The ferry line was sold for 310 million dollars."), ("en", "The ferry line was sold for C$310 million.")],
    [("en", "The library is closed until Friday, the town said."), ("en", "The library is open again on Monday, the town said.")],
    [("en", "The barge was stopped off Holm at 23.50 and searched."), ("en", "The barge was stopped off Holm at 2350 and searched.")],
    [("en", "The town showed a preliminary plan for the mill."), ("en", "The town showed a formal plan for the mill.")],
    [("es", "La multa del molino no pasa de 12 millones."), ("pt", "A multa do moinho é de 12 milhões, no máximo.")],
    [("nl", "De rechtbank wees de eis van 38 vissers af."), ("es", "Los 38 pescadores se quedan sin nada, según el tribunal.")],
    [("en", "The choir sent two singers aged 34 and 47 to the fair."), ("nl", "Het koor stuurde twee zangers, 34 en 47 jaar oud, naar de kermis.")],
    [("en", "The fleet will have 83 barges, 51 of them from Holm and 32 from Velm."), ("en", "The fleet will have 83 barges, 51 of them from Holm.")],
    [("en", "This was a gate left open, not a broken one."), ("de", "Das war ein offen gelassenes Tor.")],
    [("en", "The cough was found in 3% of those who had the jab and in 8% of those who did not have it."),
     ("de", "Der Husten fand sich bei 3 % der Geimpften und bei 8 % der Ungeimpften.")],
    [("en", "She first wrote to the brewery on 12 May."), ("en", "She wrote to the brewery again on 19 May.")],
    [("de", "Dem Rat wurde bis heute nichts von dem Fund gesagt."), ("en", "The council was told nothing of the find on 28 January.")],
    [("fr", "Le retour de tous les bateaux ne peut être garanti."), ("en", "The return of all boats cannot be guaranteed.")],
    [("nl", "Het concert begint op 4 mei om 20.00 uur."), ("zh", "音乐会于北京时间5月5日凌晨2点开始。")],
    [("de", "Der Tunnel wird nicht vor Ende Mai 2026 geöffnet."), ("de", "Der Tunnel wird Ende Mai 2026 geöffnet.")],
    [("fr", "La veille, une grange s’était écroulée à Holm."), ("en", "A barn had collapsed in Holm on Sunday, 8 March 2026.")],
])
def test_rounding_conversion_and_saying_less_are_none(told):
    assert disagreements(*told) == []


def test_everybody_who_says_the_same_takes_a_side():
    told = [("en", "The vicar has not spoken publicly about the theft."), ("en", "The vicar spoke publicly about the theft."),
            ("de", "Der Pfarrer hat sich zu dem Diebstahl nicht öffentlich geäußert."), ("en", "He has not publicly spoken about the theft.")]
    assert ("negation", [[0, 2, 3], [1]]) in disagreements(*told)


def test_a_clause_takes_the_side_that_its_sentence_leaves_open():
    german = "Sie ist die einzige Ministerin im Land, die den Krieg offen ablehnt, allerdings ohne dies öffentlich zu sagen."
    told = story(
        ("en", "She has not spoken publicly about her opposition to war"),
        ("en", "She has spoken publicly about her opposition to war"), ("de", german),
    )
    a = next(a for a in told.get(Article) if a.text == german)
    rows = [row for kind in told.kinds() for row in told.get(kind)]
    parted = Batch(r for r in rows if not (isinstance(r, Claim | ClaimVersion) and r.article == a.id))
    for words in ("die den Krieg offen ablehnt", "allerdings ohne dies öffentlich zu sagen"):
        parted.add([claim(a, words), claim_version(a, words, group=words)])
    texts = {a.id: a.text for a in parted.get(Article)}
    conflicts = find_conflicts("s", parted, MODELS)
    found = {c.article: (c.side, texts[c.article][c.mark_start : c.mark_end]) for c in conflicts if c.kind == "negation"}
    assert found["2"] == (found["0"][0], "ohne dies öffentlich") and found["0"][0] != found["1"][0]


def test_towns_of_two_languages_are_others_where_something_happens_there_and_their_names_cannot_be_one():
    def places(*known):
        return lambda a: [name(a, w, kind="place") for w in known if w in a.text]

    told = [("nl", "De houten boot werd gebouwd in een loods in Velm."), ("de", "Gebaut wurde das Holzboot in einer Halle in Ostrau.")]
    assert ("place", [[0], [1]]) in disagreements(*told, more=[places("Velm", "Ostrau")])
    spelled = [told[0], ("de", "Gebaut wurde das Holzboot in einer Halle in Velma.")]
    assert not disagreements(*spelled, more=[places("Velm", "Velma")])
    named = [("nl", "De Velmse houten boot werd gebouwd door Velm."), told[1]]
    assert not disagreements(*named, more=[places("Velm", "Ostrau")])


def test_a_town_of_another_country_is_another_place():
    def places(*known):
        return lambda a: [name(a, w, kind="place") for w in known if w in a.text]

    told = [("en", "The singer broke her leg in May at a hotel in Prague."), ("de", "Die Sängerin brach sich im Mai das Bein in einem Hotel in Österreich.")]
    assert ("place", [[0], [1]]) in disagreements(*told, more=[places("Prague", "Österreich")])
    home = [("en", "The singer broke her leg in May at a hotel in Vienna."), told[1]]
    assert not disagreements(*home, more=[places("Vienna", "Österreich")])


def test_a_state_and_its_denial_are_one_disagreement():
    told = [("en", "The siren of the mill was working that night."), ("en", "The siren of the mill was not working that night.")]
    assert disagreements(*told) == [("negation", [[0], [1]])]


def test_another_place_in_an_article_that_names_the_first_nowhere_is_a_disagreement():
    def places(*known):
        return lambda a: [name(a, w, kind="place") for w in known if w in a.text]

    told = [("en", "The sample was taken on 21 September at Ostrau."), ("en", "The sample was taken on 21 September at Velm.")]
    assert ("place", [[0], [1]]) in disagreements(*told, more=[places("Ostrau", "Velm")])
    known = [told[0], ("en", "The sample was taken on 21 September at Velm, not at Ostrau.")]
    assert "place" not in [kind for kind, _ in disagreements(*known, more=[places("Velm", "Ostrau")])]


def test_what_happened_after_an_account_had_appeared_is_no_other_day():
    told = story(("en", "The barge sank in the canal on 6 May 2025."), ("en", "The barge sank in the canal on 9 May 2025."))
    rows = {kind: told.get(kind) for kind in told.kinds()}
    days = {"0": "2025-05-07", "1": "2025-05-10"}
    rows[Article] = [replace(a, published=days[a.id]) for a in rows[Article]]
    later = Batch(row for some in rows.values() for row in some)
    assert [c.kind for c in find_conflicts("s", told, MODELS) if c.score >= 0.5] == ["date", "date"]
    assert [c.kind for c in find_conflicts("s", later, MODELS) if c.score >= 0.5] == []


def test_marks_are_the_words_that_differ_and_rows_are_sorted():
    told = story(("en", "Two climbers were trapped in the cave."), ("en", "Three climbers were trapped in the cave."))
    found = find_conflicts("s", told, MODELS)
    texts = {a.id: a.text for a in told.get(type(article()))}
    assert [texts[c.article][c.mark_start : c.mark_end] for c in found if c.kind == "number"] == ["Two", "Three"]
    assert found == find_conflicts("s", told, MODELS) == sorted(found, key=lambda c: (c.claim, c.kind, c.group, c.side, c.article))
    assert all(0 <= c.score <= 1 and c.start <= c.mark_start < c.mark_end <= c.end and c.why for c in found)
    assert len({c.id for c in found}) == len(found)


def test_the_order_of_the_records_does_not_matter():
    told = [("en", "Two climbers were trapped in the cave."), ("de", "Drei Kletterer waren in der Höhle eingeschlossen.")]
    forwards = find_conflicts("s", story(*told), MODELS)
    turned = story(*told)
    turned._rows = {kind: list(reversed(rows)) for kind, rows in turned._rows.items()}
    assert find_conflicts("s", turned, MODELS) == forwards


def test_versions_of_one_article_are_not_set_against_each_other():
    a = article("Two climbers were trapped in the cave. Three climbers were trapped in the cave.", id="0")
    parts = a.text.split(". ")
    told = batch(a, language(a), *(claim_version(a, p.rstrip(".")) for p in parts))
    assert find_conflicts("s", told, MODELS) == []


def test_who_acts_may_be_turned_round():
    def names(a):
        return [name(a, w, label) for w, label in (("Ida Holm", "Ida Holm"), ("Otto Weir", "Otto Weir")) if w in a.text]

    told = [("en", "Ida Holm answered Otto Weir by letter on Monday."), ("en", "Otto Weir wrote a letter on Monday to Ida Holm.")]
    found = disagreements(*told, more=(names,), least=0.2)
    assert ("actor", [[0], [1]]) in found


def test_whoever_wins_what_is_given_to_him_is_not_turned_round():
    def names(a):
        return [name(a, w, kind="organisation") for w in ("Norvik Walls",) if w in a.text]

    told = [("en", "Norvik Walls won the contract for the dyke."), ("en", "The contract for the dyke was given to Norvik Walls.")]
    assert all(kind != "actor" for kind, _ in disagreements(*told, more=(names,), least=0.2))


def test_who_told_whom_may_be_turned_round():
    def said(a):
        speaker, other = ("Ida Holm", "Per Dahl") if a.id == "0" else ("Per Dahl", "Ida Holm")
        cue = "told" if a.id == "0" else "made clear to"
        content = a.text[a.text.index("that"):-1]
        spoken = attribution(a, speaker, cue, content, id=f"at{a.id}")
        return [name(a, speaker), name(a, other), spoken, claim(a, a.text, attribution=spoken.id)]

    told = [("en", "Ida Holm told Per Dahl again and again that the sale of the old mill to the baker was a mistake."),
            ("en", "Per Dahl made clear to Ida Holm that the sale of the old mill to the baker was a mistake.")]
    assert ("actor", [[0], [1]]) in disagreements(*told, more=(said,))
    same = [told[0], ("en", "Per Dahl heard from Ida Holm that the sale of the old mill to the baker was a mistake.")]
    assert not disagreements(*same)


def test_a_quote_in_two_mouths_is_a_disagreement_about_its_source():
    def build(a):
        speaker = "Ida Holm" if "Holm" in a.text else "Per Dahl"
        words = a.text.split("“")[1].split("”")[0]
        return [name(a, speaker, kind="person"), quote(a, words, speaker=speaker), quote_version(a, words)]

    def meet(a):
        return [name(a, "Ida Holm" if "Holm" in a.text else "Per Dahl"), *([name(a, "Per Dahl")] if "Holm" in a.text and "Dahl" in a.text else [])]

    told = [("en", "“The gate was never locked,” said Ida Holm."), ("de", "Per Dahl sagte: “Das Tor war nie verschlossen.”")]
    assert ("attribution", [[0], [1]]) in disagreements(*told, more=(build,))  # two full names that cannot be one in sound
    both = [("en", "“The gate was never locked,” said Ida Holm, the deputy of Per Dahl."), told[1]]
    assert ("attribution", [[0], [1]]) in disagreements(*both, more=(build, meet))


def test_speakers_of_whom_a_name_may_be_the_same_take_no_sides():
    def build(a):
        speaker = "Ida Holm" if "Ida" in a.text else "Dahl" if "Dahl" in a.text else "Ira Holmová"
        words = a.text.split("“")[1].split("”")[0]
        return [name(a, speaker, kind="person"), quote(a, words, speaker=speaker), quote_version(a, words)]

    told = ("en", "“The gate was never locked,” said Ida Holm.")
    assert not disagreements(told, ("de", "Ira Holmová sagte: “Das Tor war nie verschlossen.”"), more=(build,))
    assert not disagreements(told, ("de", "Dahl sagte: “Das Tor war nie verschlossen.”"), more=(build,))


def test_a_quote_that_was_said_to_two_outlets_is_a_disagreement():
    def build(a):
        outlet = "the Vale Wire" if "Vale" in a.text else "the Hill Echo"
        words = a.text.split("“")[1].split("”")[0]
        return [name(a, outlet.removeprefix("the "), kind="outlet"), quote(a, words, speaker="a nurse"), quote_version(a, words)]

    told = [("en", "“The ward has been empty since May,” a nurse said to the Vale Wire."),
            ("en", "“The ward has been empty since May,” a nurse said to the Hill Echo.")]
    assert ("attribution", [[0], [1]]) in disagreements(*told, more=(build,))
    other = ("en", "“The ward has been empty since May,” a nurse said, as the Hill Echo has it.")
    assert not disagreements(told[0], other, more=(build,))


def test_two_versions_in_which_nothing_but_a_name_differs():
    bodies = ("Harbour Board", "Coast Guard")

    def named(a):
        return [name(a, w, kind="organisation") for w in bodies if w in a.text]

    told = [("en", "On Monday the Harbour Board sent two inspectors to the quay."), ("en", "On Monday the Coast Guard sent two inspectors to the quay.")]
    known = ("en", "The Harbour Board and the Coast Guard share an office by the old customs house.")
    assert any(kind == "actor" for kind, _ in disagreements(*told, known, more=(named,)))
    rest = ("en", "On Monday the Coast Guard closed its school for divers.")
    assert not any(kind == "actor" for kind, _ in disagreements(told[0], rest, known, more=(named,)))


def test_two_names_side_by_side_are_parts_of_one():
    a = article("Sardar Aslan Oglu spoke. Per Dahl listened.")
    found = company_of([name(a, "Sardar Aslan"), name(a, "Oglu"), name(a, "Per Dahl")])
    entities = {n.label: n.entity for n in (name(a, "Sardar Aslan"), name(a, "Oglu"), name(a, "Per Dahl"))}
    assert entities["Oglu"] not in found[entities["Sardar Aslan"]]
    assert entities["Per Dahl"] in found[entities["Oglu"]]


def test_a_day_with_which_something_is_compared_is_no_other_day():
    told = ("en", "The dollar cost 541 tenge on 10 March.")
    assert ("date", [[0], [1]]) in disagreements(told, ("en", "The dollar cost 541 tenge on 9 March."))
    assert not disagreements(told, ("de", "Der Dollar kostete 541 Tenge, sechs mehr als 9. März."))


def test_two_days_that_both_accounts_tell_are_two_events():
    told = [("en", "The barge left Holm on 6 May."), ("en", "The barge left Holm on 9 May.")]

    def split(*more):
        found = batch()
        for i, (first, second) in enumerate(zip([text for _, text in told], more, strict=True)):
            a = article(f"{first} {second}", id=f"{i}", language="en")
            quantities, dates = read_text(a.text, "en")
            own = [type(r)(**{f: getattr(r, f) for f in r.__slots__} | {"article": a.id, "id": f"{a.id}{r.start}"}) for r in (*quantities, *dates)]
            found.add([a, language(a, "en"), sentence(a, first), sentence(a, second), claim(a, first), claim_version(a, first), *own])
        return {c.kind for c in find_conflicts("s", found, MODELS) if c.score >= 0.5}

    assert split("It came to Velm on 9 May.", "It had been loaded on 6 May.") == set()
    assert split("It came to Velm on 10 May.", "It had been loaded on 5 May.") == {"date"}


def test_what_somebody_denies_others_assert():
    plain = ("en", "The baker sold the old mill to the brewery.")
    scores = [max((c.score for c in find_conflicts("s", story(plain, ("en", text)), MODELS) if c.kind == "negation"), default=0.0)
              for text in ("The baker denied the sale of the old mill to the brewery.", "The baker refused the sale of the old mill to the brewery.")]
    assert scores[0] > scores[1] + 0.1


def test_a_speaker_with_a_word_behind_the_full_name():
    a = article("Per Dahl listened.", id="0")
    sides = Sides(batch(a, language(a), sentence(a), name(a, "Per Dahl")))
    assert sides.person_called("harbour boss Per Dahl proudly") == sides.person_called("Per Dahl") != ""
    assert sides.person_called("Per Dahl’s aides") == sides.person_called("an aide of Per Dahl who left") == ""


def test_two_speakers_of_one_matter_are_not_one_quote_in_two_mouths():
    def build(a):
        speaker = "Ida Holm" if a.id == "0" else "Per Dahl"
        return [name(a, w) for w in ("Ida Holm", "Per Dahl") if w in a.text] + [
            quote(a, words(a), speaker=speaker), quote_version(a, words(a))]

    def words(a):
        return a.text.split("“")[1].split("”")[0]

    mine = ("en", "“The northern gate was never locked at night,” said Ida Holm, the deputy of Per Dahl.")
    assert not disagreements(mine, ("en", "“Every keeper had a bunch of keys,” said Per Dahl."), more=(build,))
    assert disagreements(mine, ("en", "“The northern gate was never locked,” said Per Dahl."), more=(build,))


@pytest.mark.parametrize(("alone", "more"), [
    (("nl", "De brouwerij betaalt haar leveranciers al een maand niet."), ("de", "Die Brauerei bezahlt ihre Lieferanten seit einem Monat nicht.")),
])
def test_a_denial_that_one_article_of_another_language_alone_has_is_less_sure(alone, more):
    asserting = [("en", "The brewery has been paying its suppliers for a month."), ("en", "The brewery has paid its suppliers for a month.")]
    scores = [max((c.score for c in find_conflicts("s", story(*told), MODELS) if c.kind == "negation"), default=0.0)
              for told in ([alone, *asserting], [alone, more, *asserting])]
    assert scores[0] < scores[1] - 0.1


@pytest.mark.parametrize("told", [
    [("ja", "会議は27日に開かれる。"), ("nl", "De vergadering wordt op 27 mei gehouden.")],
    [("ja", "事故の原因は確認されなかった。"), ("ja", "事故の原因は確認されていない。")],
])
def test_a_day_without_its_month_and_a_hedge_in_another_form_are_no_disagreement(told):
    assert not disagreements(*told)


@pytest.mark.parametrize(("there", "sides"), [("780", [[[0], [1]]]), ("900", [])])
def test_digits_in_another_order_are_a_slip_though_nothing_links_the_sentences(there, sides):
    told = [("en", "The miners were 870 metres under ground when the roof came down."), ("pl", f"Górnicy byli {there} metrów pod ziemią, gdy runął strop.")]

    def apart(a):
        return [quantity(a, "870 metres" if a.id == "0" else f"{there} metrów", 870.0 if a.id == "0" else float(there), unit="metre")]

    assert [found for kind, found in disagreements(*told, more=(apart,)) if kind == "number"] == sides


def test_one_figure_said_of_two_things():
    told = [("en", "The list held 3.4 million rows."), ("en", "The thieves took the files of 3.4 million patients."),
            ("en", "In all, 3.4 million patients are hit.")]
    assert ("number", [[0], [1, 2]]) in disagreements(*told)


def test_rival_counts_that_one_article_sets_against_each_other():
    told = [("en", "The firm says 1.2 million users are hit."), ("en", "The researcher counts 1.9 million users."),
            ("en", "The firm says 1.2 million users are hit, the researcher 1.9 million users.")]
    assert any(kind == "number" for kind, _ in disagreements(*told))


def test_nothing_to_compare():
    assert find_conflicts("s", batch(), MODELS) == []
    assert find_conflicts("s", story(("en", "Two climbers were trapped.")), MODELS) == []
    assert find_conflicts("other", story(("en", "Two dogs."), ("en", "Three dogs.")), MODELS) == []


def test_hostile_text_does_no_harm():
    told = story(("en", "\u202e“((31 of" * 30), ("ar", "\x00لا لا " * 30), ("xx", "–" * 50))
    assert all(c.start >= 0 for c in find_conflicts("s", told, MODELS))


def test_a_fragment_is_taken_with_its_sentence():
    a = article("No accident, the clerk said, has been reported.", id="0")
    told = batch(a, language(a), sentence(a))
    side = Sides(told).of_version(claim_version(a, "has been reported"))
    assert side.words == a.text and [a.text[m.start : m.end] for m in side.negations] == ["No"]


def test_a_measure_is_no_road():
    a = article("Hala o rozměrech 60 × 40 metrů, hala o rozměrech 20 × 15 metrů.", id="0")
    side = Sides(batch(a, language(a, "cs"), sentence(a))).of_span(a.id, 0, len(a.text), row="v", group="g", attribution=None)
    assert side.roads == ()


def test_what_a_version_says():
    a = article("The mayor said it may not be safe on the B 12, a Danish road.", id="0")
    told = batch(a, language(a), sentence(a), attribution(a, "The mayor", "said", "it may not be safe on the B 12, a Danish road"))
    side = Sides(told).of_span(a.id, 0, len(a.text), row="v", group="g", attribution=told.get(type(attribution(a)))[0])
    assert side.negated and side.certainty == 0.5 and not side.flat
    assert [m.value for m in side.roads] == ["B 12"] and [m.value for m in side.peoples] == ["DK"]
    assert side.source == "the mayor" and isinstance(claim_version(a, "safe"), ClaimVersion)
