"""Quotes that know their speaker, and names that lead to an article by the forms that they have elsewhere in the story."""

from types import SimpleNamespace

import pytest

from factories import article, attribution, batch, claim, name, passage, quote
from retold.base.records import Attribution, Claim, Quote
from retold.trace.affiliations import members_of
from retold.trace.decisions import NO_RULINGS
from retold.trace.merges import Merges, shortened, why
from retold.trace.register import names_at, signed
from retold.trace.speaking import METHOD, with_speakers

SIGHS = "« Le quai coule », soupire la pilote Ada Lund."


def spoken(text=SIGHS, words="Le quai coule", speaker="Ada Lund", kind="paragraph", **more):
    told = article(text)
    start = text.index(speaker)
    said = quote(told, words, speaker=speaker, speaker_span=(start, start + len(speaker)), **more)
    return told, said, passage(told, kind=kind), claim(told, words), name(told, speaker)


def test_a_quote_with_a_speaker_and_no_attribution_gets_one_with_the_claims_in_it():
    found = with_speakers(batch(*spoken()))
    (made,) = found.get(Attribution)
    assert made.method == METHOD and SIGHS[slice(*made.source[0])] == "Ada Lund"
    assert [row.attribution for row in (*found.get(Quote), *found.get(Claim))] == [made.id, made.id]


def test_a_cue_without_a_source_gets_the_speaker_and_one_with_a_source_keeps_it():
    told, said, *rest = spoken("“El muelle se hunde”, dice. Lo sabe Ada Lund.", "El muelle se hunde")
    bare = attribution(told, None, "dice", "El muelle se hunde")
    (made,) = with_speakers(batch(told, bare, quote(told, "El muelle se hunde", speaker="Ada Lund", speaker_span=said.speaker_span,
                                                    attribution=bare.id), *rest)).get(Attribution)
    assert made.id == bare.id and told.text[slice(*made.source[0])] == "Ada Lund"
    sure = attribution(told, "Lo sabe Ada Lund", "dice", "El muelle se hunde")
    kept = with_speakers(batch(told, sure, quote(told, "El muelle se hunde", speaker="Ada Lund", speaker_span=said.speaker_span,
                                                 attribution=sure.id), *rest))
    assert kept.get(Attribution) == [sure]


@pytest.mark.parametrize("more", [{"kind": "headline"}, {"speaker": ""}])
def test_a_quote_in_a_headline_or_of_nobody_stays_as_it_is(more):
    told, said, place, *rest = spoken(kind=more.get("kind", "paragraph"))
    said = quote(told, "Le quai coule", speaker=more.get("speaker", "Ada Lund"), speaker_span=said.speaker_span)
    assert not with_speakers(batch(told, said, place, *rest)).get(Attribution)


@pytest.mark.parametrize(("text", "found"), [
    ("A pilot, Ada Lund, said so.", ["Ada Lund"]), ("said one of the two pilots. Lund asked for more.", []),
])
def test_a_name_behind_a_full_stop_is_not_that_of_the_source_before_it(text, found):
    told = article(text)
    who = "Ada Lund" if found else "Lund"
    end = text.index(who) - 2
    register = SimpleNamespace(articles={"a": told}, names={"a": (name(told, who),)})
    assert [n.text for n in names_at((0, end), register, "a")] == found


@pytest.mark.parametrize(("text", "person", "body", "of"), [
    ("The head of the Harbour Museum, Ada Roth, was there.", "Ada Roth", "Harbour Museum", True),
    ("Le patron de « Navalis », Ada Roth, était là.", "Ada Roth", "Navalis", True),
    ("powiedziała Ada Roth ze Straży Portowej.", "Ada Roth", "Straży Portowej", True),
    ("sagte Ada Roth vom Verband der Lotsen.", "Ada Roth", "Verband der Lotsen", True),
    ("сказала Ада Рот из «Навалиса».", "Ада Рот", "Навалиса", True),
    ("Ada Roth sued the Harbour Museum.", "Ada Roth", "Harbour Museum", False),
    ("In front of the Harbour Museum, Ada Roth sold fish.", "Ada Roth", "Harbour Museum", False),
])
def test_people_stand_beside_the_body_that_they_are_of(text, person, body, of):
    told = article(text)
    rows = sorted((name(told, person), name(told, body, kind="organisation")), key=lambda n: n.start)
    assert bool(list(members_of(rows, text))) is of


def origin(node, kind):
    return SimpleNamespace(node=f"external:{node}", kind=kind, independent=True)


def test_a_person_and_the_body_that_they_are_of_count_once():
    def stated(node, entity, kind):
        return SimpleNamespace(node=f"external:{node}", entity=entity, kind=kind, attribution="")

    rows = {"a": [stated("Ada Roth", "ada", "person")], "b": [stated("Harbour Museum", "museum", "organisation")]}
    register = SimpleNamespace(publishers={}, members=frozenset({("ada", "museum")}))
    known = Merges(batch=batch(), stated=rows, roots=SimpleNamespace(behind={}), register=register, rulings=NO_RULINGS)
    one, other = origin("Ada Roth", "person"), origin("Harbour Museum", "organisation")
    assert why(one, other, {}, known) == ("speaks for the same body as", "named beside each other")
    register.members = frozenset()
    assert why(one, other, {}, known) is None
    assert why(origin("Perlin Works", "organisation"), origin("the Perlin Works of Lund", "organisation"), {}, known)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("港务局", "海宁市港务管理局", True), ("港务局", "海宁市消防支队", False), ("海大", "海宁大学", False),
])
def test_names_of_bodies_are_cut_short_in_chinese(one, other, same):
    assert shortened(one, other) is same


@pytest.mark.parametrize(("text", "signs"), [
    ("港の日記　浜田薫\n\n今朝、港で船が沈んだ。", True), ("今朝、浜田薫さんの船が港で沈んだ。\n\n港の日記", False),
])
def test_who_signs_in_a_line_of_its_own_wrote_the_text(text, signs):
    register = SimpleNamespace(passages={}, names={})
    assert signed(article(text), {"浜田薫", "Kaoru Hamada"}, register) is signs


@pytest.mark.parametrize(("line", "signs"), [
    ("Statement of Fen Rovers about Ada Lund", False), ("Ada Lund, historian", True), ("Ada Lund", True),
])
def test_a_headline_about_somebody_is_not_signed_by_them(line, signs):
    text = f"{line}\n\nWe have taken note of the news."
    row = article(text, id="a")
    register = SimpleNamespace(passages={"a": [passage(row, line, kind="headline")]}, names={"a": [name(row, "Ada Lund")]})
    assert signed(row, {"ada lund"}, register) is signs
