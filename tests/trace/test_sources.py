"""Sources beyond the first, sources under two names, whose voice an article has, and pairs of which nobody knows the earlier."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from factories import article, attribution, batch, name, passage, quote, quote_version, sentences
from retold.trace.affiliations import affiliations
from retold.trace.candidates import Candidate, one_way, with_gaps
from retold.trace.centrality import Part
from retold.trace.citations import at_edge, is_topic, names_of_source, own_places, who
from retold.trace.commons import Common, joined
from retold.trace.derivations import brings_words, from_article, of_one_source, takes_words
from retold.trace.homes import solid
from retold.trace.meant import own_outlets
from retold.trace.namings import told_below
from retold.trace.outside import had_by_one, is_first_hand
from retold.trace.publishers import same_publisher
from retold.trace.register import MARK, OWN_VOICE, wrote
from retold.trace.statement import Statement
from retold.trace.ties import Tie
from retold.trace.voices import Surroundings, chance, one_voice, signals, surroundings


def tie(**values):
    zero = dict.fromkeys(("copied", "translated", "claims", "exclusive", "kept", "details", "sequence"), 0.0)
    return Tie(**({"source": "a", "target": "b"} | zero | {"innovations": 0, "splits": 0, "order": 0, "wording": 0} | values))


def candidate(probability=0.9, weights=None, **values):
    return Candidate(tie=tie(**values), weights=weights or {"bias": 2.0}, cited=False, probability=probability)


def statement(node, kind="organisation", at="b", entity=""):
    return Statement(article=at, node=node, label=node.removeprefix("external:"), kind=kind, own=False, credited=False, entity=entity,
                     span=(0, 1), content=(), attribution="")


def register(**values):
    return SimpleNamespace(**{"voices": {}, "languages": {}, "publishers": {}, "reporters": frozenset(), "releases": frozenset(),
                              "reportage": frozenset()} | values)


def test_a_further_source_brings_words_that_the_first_does_not_have():
    taken = [candidate(copied=0.05)]
    assert brings_words(candidate(copied=0.2), taken)
    assert not brings_words(candidate(copied=0.1), taken)
    assert brings_words(candidate(translated=0.5), taken)


@pytest.mark.parametrize(("person", "body", "same"), [("Ada Perlin", "Perlin mill", True), ("Ada Perlin", "Lower mill", False)])
def test_a_body_and_somebody_who_bears_its_name_are_one_source(person, body, same):
    assert one_voice(statement(f"external:{person}", "person"), statement(f"external:{body}")) is same


def test_who_is_called_an_outlet_and_names_sources_does_not_tell_first_hand():
    silent = register(voices={})
    called = {"a": [statement("external:Ada Lund", at="a")], "b": [statement("a", "organisation"), statement("a", "outlet")]}
    assert not is_first_hand("a", called, silent)
    assert is_first_hand("a", {"a": [], "b": called["b"]}, silent)
    assert not is_first_hand("a", {"a": [], "b": [statement("a", "unknown")]}, silent)
    assert is_first_hand("a", called, register(voices={"a": 3}))
    assert not is_first_hand("a", called, register(voices={"a": 3}, publishers={"a": "Lower Agency"}, reporters={"Lower Agency"}))
    several = [statement(f"external:{name}", "person", at="a") for name in ("Ada Lund", "Bo Ek", "Cy Dahl")]
    assert not is_first_hand("a", {"a": several, "b": []}, register(voices={"a": 3}))
    retells = [statement("external:Fen Herald", "outlet", at="a")]
    assert not is_first_hand("a", {"a": retells, "b": []}, register(voices={"a": 3})), "a column about what a paper says"
    assert is_first_hand("a", {"a": retells, "b": called["b"]}, register(voices={"a": 3}))


def test_of_two_ways_that_nobody_can_tell_apart_one_is_likely_at_most():
    there, back = candidate(0.99, {"bias": 4.6}), candidate(0.98, {"bias": 3.9}, source="b", target="a")
    found = one_way(there, back)
    assert 0.5 < found.probability < 0.7 and "either" in found.weights
    assert one_way(candidate(0.99, {"bias": 4.6}, order=1), back).probability == 0.99
    assert one_way(there, None) is there


def test_a_likely_source_that_is_not_named_loses_half_its_log_odds_to_the_gaps_of_a_collection():
    found = with_gaps(candidate(0.88, {"bias": 2.0}))
    assert found.weights["gaps"] == -1.0 and found.probability == pytest.approx(1 / (1 + 2.718281828**-1), abs=1e-4)
    named = Candidate(tie=tie(), weights={"bias": 2.0}, cited=True, probability=0.88, sole=True)
    unlikely = candidate(0.27, {"bias": -1.0})
    assert with_gaps(named) is named and with_gaps(unlikely) is unlikely


def test_outlets_are_one_though_kindred_languages_spell_them_otherwise():
    assert same_publisher("Галицкий перегон", "Галицький перегін")
    assert not same_publisher("Галицкий перегон", "Галицький вісник")


def test_outlets_are_one_though_arabic_letters_name_them():
    assert same_publisher("وكالة ياكاموز للأنباء", "Yakamoz Haber Ajansı")
    assert not same_publisher("صحيفة المرفأ", "Yakamoz Haber Ajansı")
    assert same_publisher("ENW", "Eastern Newswire")


def test_a_name_of_four_signs_is_firm_where_words_are_not_spaced():
    nowhere = SimpleNamespace(names={}, languages={}, forms={"k": frozenset({"小野", "小野真紀"})})
    assert solid("海港市应急管理局", "organisation", "", False, nowhere)
    assert not solid("公司", "organisation", "", False, nowhere)
    assert not solid("Harbour", "organisation", "", False, nowhere)
    assert solid("林浩", "person", "", False, nowhere) and solid("小野", "person", "k", False, nowhere)
    assert not solid("陈", "person", "", False, nowhere)


@pytest.mark.parametrize(("behind", "mark"), [(") - Two", True), (").- Dos", True), (") said", False)])
def test_how_datelines_mark_an_agency(behind, mark):
    assert bool(MARK.match(behind)) is mark


@pytest.mark.parametrize(("label", "site", "same"), [
    ("Washington", "washingtontimes.com", False),
    ("The Washington Times", "washingtontimes.com", True),
    ("The New York Times", "nytimes.com", True),
    ("Weser Bote", "https://www.weserbote.de", True),
    ("Weser", "weserbote.de", False),
    ("BBC", "bbc.co.uk", True),
    ("weserbote.de", "www.weserbote.de/news", True),
])
def test_an_outlet_that_is_called_by_its_site_is_known_by_its_whole_name(label, site, same):
    assert same_publisher(label, site) is same
    assert same_publisher(site, label) is same


@pytest.mark.parametrize(("text", "signs"), [
    ("By Ada Lund, head of the mill\nWe shut the mill. We are sorry.", True),
    ("We shut the mill. We are sorry.\nAda Lund", True),
    ("Ada Lund shut the mill. We asked why. Lund said no word. Lund left. We asked Lund again.", False),
])
def test_who_is_told_of_does_not_sign(text, signs):
    assert wrote("Ada Lund", article(text), SimpleNamespace(voices={"a": OWN_VOICE}, passages={}, names={})) is signs


@pytest.mark.parametrize(("words", "source_kind", "anonymous", "entity", "kind"), [
    ("an official of the Harbour Board", "anonymous", True, "", "anonymous"),
    ("a spokeswoman of the Harbour Board", "anonymous", True, "board", "organisation"),
    ("the Harbour Board", "organisation", False, "board", "organisation"),
])
def test_somebody_unnamed_of_a_body_is_not_the_body(words, source_kind, anonymous, entity, kind):
    told = article(f"{words} said that the quay sank.")
    row = attribution(told, words, "said", "the quay sank", source_kind=source_kind, anonymous=anonymous)
    board = name(told, "Harbour Board", kind="organisation", entity="board")
    assert who(row, board, None, register(articles={"a": told}, bodies={})) == (entity, kind)


def test_what_says_something_is_no_thing():
    told = article("Minato said that the pots come back.")
    row = attribution(told, "Minato", "said", "the pots come back", source_kind="unknown")
    assert who(row, name(told, "Minato", kind="thing", entity="m"), None, register(articles={"a": told}, bodies={})) == ("m", "organisation")


@pytest.mark.parametrize(("text", "speaks"), [
    ('The Harbour Board is shut, said its manager Ada Lund.', True),
    ('"It stays while the Harbour Board is shut", said manager Ada Lund.', False),
])
def test_nobody_speaks_for_a_body_inside_the_quote(text, speaks):
    told = article(text)
    rows = {"a": (name(told, "Harbour Board", kind="organisation", entity="board"), name(told, "Ada Lund", entity="ada"))}
    assert affiliations({"a": told}, rows, frozenset()) == ({"ada": "board"} if speaks else {})


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({}, ""), ({"named": 4, "often": 2}, "4 of 8 articles name it"), ({"named": 3, "often": 1}, ""), ({"alone": True, "share": 1.0}, "nothing from anybody"),
        ({"retold": True, "often": 1, "share": 0.3}, "tell it on"),
        ({"charge": True, "often": 1, "share": 0.3}, "deals with such matters"), ({"often": 1, "share": 0.3}, ""), ({"charge": True, "own": True, "abroad": True}, ""),
        ({"retold": True, "expert": True, "often": 1, "share": 0.3}, ""), ({"retold": True, "place": 0.9, "often": 1, "share": 0.3}, ""), ({"often": 4, "volume": 0.3}, "much of what"),
    ],
)
def test_what_shows_that_a_source_has_a_part_in_the_matter(part, why):
    found = Part(**({"articles": 8} | part)).why
    assert (why in found) if why else not found


def test_a_body_may_name_an_article_without_having_it_from_there():
    named = replace(candidate(copied=0.05), cited=True)
    assert not takes_words(named) and takes_words(replace(named, tie=tie(copied=0.3)))
    assert not takes_words(candidate(translated=0.5))


def test_two_that_have_one_common_source_have_it_from_there_though_it_was_found_with_others():
    found = of_one_source([Common(node="x", members=m, credited=frozenset()) for m in (("a", "b"), ("c", "a", "b"), ("d", "a", "b"))])
    assert {("c", "d"), ("d", "c")} <= found


def test_one_of_several_articles_that_name_somebody_had_it_from_them():
    says, silent, told = ({"named": 1.0, "outlets": 0.0, "silent": 0.0} | more for more in ({}, {"silent": 1.0}, {"outlets": 1.0}))
    found = had_by_one({"a": (0.4, says), "b": (0.1, says)})
    assert found["a"] == pytest.approx(0.4 / (0.46 + 0.25 * 0.54)) and found["b"] == 0.1
    assert had_by_one({"a": (0.4, says)}) == {"a": 0.4}  # nobody else to compare it with
    for values in (silent, told):
        assert had_by_one({"a": (0.4, values), "b": (0.1, says)})["a"] == 0.4


def test_a_text_without_an_outlet_is_that_of_the_outlet_that_its_sources_told():
    here = article("“No,” Ada Lund told the Perlin Eye. The Echo reports nothing.", id="a")
    there = article("Ada Lund told the Perlin Eye that she knew.", id="b", outlet="Radio Vale")
    known = register(articles={"a": here, "b": there}, publishers={"b": "Radio Vale"}, called={"e-eye"},
                     names={a.id: (name(a, "Perlin Eye", kind="organisation", entity="e-eye"),) for a in (here, there)})
    told = {"a": [attribution(here, "Ada Lund", "told", "“No,”", addressee="Perlin Eye")]}
    assert own_outlets(told, {"a": [], "b": []}, known) == {"a": "Perlin Eye"}
    reports = statement("external:Perlin Eye", "outlet", at="a")
    assert own_outlets(told, {"a": [replace(reports, content=((0, 4),))], "b": []}, known) == {}  # it says that the Perlin Eye reports: a retelling
    known.publishers["b"] = "Perlin Eye"
    assert own_outlets(told, {"a": [], "b": []}, known) == {}


def test_unnamed_sources_of_one_article_are_one():
    def common(node, *members, credited=()):
        return Common(node=node, members=members, credited=frozenset(credited))

    found = joined([common("x", "a", "b", "c"), common("y", "c", "d"), common("z", "e", "f"), common("AP", "a", "g", credited="g")])
    assert [c.node for c in found] == ["x", "x", "z", "AP"]


@pytest.mark.parametrize(("line", "mark", "credited"), [
    ("The bridge of Tarn before it was closed      (AP)", "AP", False),
    ("Das Rathaus von Tarn im Jahr 2019 (dpa)", "dpa", False),
    ("Die Brücke bleibt bis Mai gesperrt. (dpa)", "dpa", True),
    ("Le pont restera fermé jusqu'en mai (AFP).", "AFP", True),
    ("TARN (AP) - The bridge stays closed", "AP", True),
    ("橋は五月まで通行止めが続く。（共同）", "共同", True),
])
def test_a_mark_behind_words_without_a_stop_is_that_of_a_picture_unless_it_ends_the_text(line, mark, credited):
    def stands(text):
        one = article(text, id="one")
        lines = register(articles={"one": one}, passages={"one": [passage(one, words) for words in text.split("\n")]})
        return at_edge(attribution(one, mark, mark, kind="credit", source_kind="agency"), lines)

    assert stands(f"{line}\nThe mayor was told on Monday.") is credited
    assert stands(f"The mayor was told on Monday.\n{line}")


def test_who_speaks_to_an_agency_or_is_named_often_was_more_likely_spoken_to_than_somebody_unnamed_in_a_retelling():
    here = SimpleNamespace(published={}, articles=[article(id="b")], claims={"b": frozenset()})
    known = Surroundings(fabric=here, stated={"b": []}, held={}, quotes={}, givers={}, sentences={"b": ()}, paragraphs={"b": ()})
    rows = [statement("external:Ada Lund", "person", entity="e")]
    alone = chance(signals(rows, {}, known))
    assert chance(signals(rows, {}, replace(known, agencies=frozenset("b")))) > alone
    assert chance(signals(rows * 4, {}, known)) > alone
    somebody = [statement("external:an official", "anonymous")]
    assert chance(signals(somebody, {"a": 0.9}, replace(known, stated={"a": [], "b": []}, fabric=SimpleNamespace(**vars(here) | {
        "claims": {"a": frozenset(), "b": frozenset()}})))) < chance(signals(somebody, {}, known))


def test_words_in_marks_were_not_had_from_an_article_that_tells_them_in_its_own():
    early, late = article("The pump was old, Ada Lund said.", id="early"), article("“The pump was old,” Ada Lund said.", id="late")
    marked = quote(late, "The pump was old", kind="direct", attribution="t")
    versions = [quote_version(early, "The pump was old"), quote_version(late, "The pump was old")]
    fabric = SimpleNamespace(articles=[early, late])
    assert surroundings(batch(early, late, marked, *versions), fabric, {}).givers == {"quote-1": {"late"}}
    again = quote(early, "The pump was old", kind="mixed")
    assert surroundings(batch(early, late, marked, again, *versions), fabric, {}).givers == {"quote-1": {"early", "late"}}


@pytest.mark.parametrize(("text", "source", "cue", "topic"), [
    ("Las ayudas, añadió, «las paga la región».", "Las ayudas", "añadió", True),
    ("La directora añadió que las paga la región.", "La directora", "añadió", False),
    ("Las paga la región, añadió la directora.", "la directora", "añadió", False),
])
def test_what_only_a_comma_parts_from_a_verb_without_a_speaker_is_what_is_spoken_of(text, source, cue, topic):
    told = article(text)
    assert is_topic(attribution(told, source, cue), register(articles={"a": told})) is topic


def test_told_to_this_newspaper_holds_up_to_what_another_outlet_told():
    lines = ("The dam held, the mayor told this newspaper.", "She was glad.", "The mill is shut, according to the Fen Wire.", "It is old.")
    told = article(" ".join(lines))
    known = register(articles={"a": told}, languages={"a": "en"}, names={"a": ()})
    own = attribution(told, "the mayor", "told", "The dam held", addressee="this newspaper")
    other = attribution(told, "the Fen Wire", "according to", "The mill is shut", source_kind="agency")
    places = sentences(told, *lines)
    assert own_places([own], known, "a", places) == [(0, told.text.index("It is old") - 1)]
    assert own_places([own, other], known, "a", places) == [(0, told.text.index("The mill") - 1)]


def test_a_source_of_which_nobody_is_sure_takes_less_from_who_was_spoken_to():
    here = SimpleNamespace(published={}, articles=[article(id="b")], claims={"a": frozenset(), "b": frozenset()})
    rows = [statement("external:Ada Lund", "person", entity="e")]
    known = Surroundings(fabric=here, stated={"a": [replace(rows[0], article="a")], "b": []}, held={}, quotes={}, givers={},
                         sentences={"b": ()}, paragraphs={"b": ()})
    sure, perhaps, other = (chance(signals(rows, taken, known)) for taken in ({"a": 0.99}, {"a": 0.55}, {}))
    assert sure < perhaps < other


@pytest.mark.parametrize(("text", "below"), [
    ("BAD WATER: Owners knew\n\nThe mill was shut on Monday.", False), ("The mill: Owners knew\n\nOn Monday the mill was shut.", True),
])
def test_no_headline_has_a_source_of_its_own(text, below):
    a = article(text, id="a")
    head, rest = text.split("\n\n")
    source = head.partition(":")[0].removeprefix("The ")
    names = tuple(replace(name(a, source, kind="organisation"), start=m, end=m + len(source), entity="e")
                  for m in range(len(text)) if text.startswith(source, m))
    known = SimpleNamespace(passages={"a": [passage(a, head, kind="headline"), passage(a, rest)]}, names={"a": names}, articles={"a": a})
    assert told_below((names[0].start, names[0].end), "e", known, "a") is below


@pytest.mark.parametrize(("line", "below"), [("ELM, 3 May – The bridge was shut.", False), ("On Monday Elm was shut.", True)])
def test_the_place_before_a_colon_in_a_headline_is_no_source(line, below):
    text = f"Elm: Bridge shut\n\n{line}"
    a = article(text, id="a")
    spot = text.casefold().index("elm", 5)
    names = tuple(replace(name(a, "Elm", kind="organisation"), start=m, end=m + 3, entity="e") for m in (0, spot))
    known = SimpleNamespace(articles={"a": a}, names={"a": names},
                            passages={"a": [passage(a, "Elm: Bridge shut", kind="headline"), passage(a, line)]})
    assert told_below((0, 3), "e", known, "a") is below


def test_what_lists_tell_of_is_not_their_name():
    a = article("By trade lists, Elin was built in 2004.", id="a")
    row = attribution(a, "trade lists", "By", "Elin was built in 2004", source_kind="unknown")
    known = SimpleNamespace(articles={"a": a}, names={"a": (name(a, "Elin", kind="organisation"),)}, spoken={})
    assert names_of_source(row, row.source[0], known) == []
    said = article("The owner, Elin, was told.", id="a")
    row = replace(row, source=((0, 9),), content=())
    known = SimpleNamespace(articles={"a": said}, names={"a": (name(said, "Elin", kind="organisation"),)}, spoken={})
    assert [n.text for n in names_of_source(row, (0, 9), known)] == ["Elin"]


@pytest.mark.parametrize(("values", "kind"), [
    ({"copied": 0.5}, "copies"), ({"copied": 0.02, "abroad": True}, "translates"), ({"translated": 0.1}, "translates"), ({}, "copies"),
])
def test_nothing_is_copied_from_another_language(values, kind):
    assert from_article("s", candidate(**values), indirect=False).kind == kind
