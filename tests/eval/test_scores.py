"""The figures on a story of three articles, small enough to reckon by hand."""

import math
from typing import Any

import pytest
from annotations import Annotation, faults, same_name
from scores import Score, score

TEXTS = {
    "a": "Eight cows fell into the well. “It was dark,” said Ida Moor. Read also: Hens at large",
    "b": "Nine cows fell into the well. “It was dark,” said Ms Moor, quoting the Fen Herald.",
    "c": "The fair opens on Monday.",
    "d": "Cows in the well, says the Fen Herald.",
}
HERALD = "external:Fen Herald"


def excerpt(doc: str, words: str, **more: str) -> dict[str, str]:
    return {"doc": doc, "excerpt": words} | more


def span(doc: str, words: str, **more: Any) -> dict[str, Any]:
    start = TEXTS[doc].index(words)
    return {"doc": doc, "start": start, "end": start + len(words)} | more


def annotation(**more: Any) -> Annotation:
    data = {
        "documents": [{"id": name} for name in TEXTS], "unrelated": ["c"],
        "derivations": [{"source": HERALD, "target": "a", "kind": "cites"}, {"source": "a", "target": "b", "kind": "copies"}],
        "also_accepted": [{"source": HERALD, "target": "d", "kind": "cites"}],
        "origins": [{"id": HERALD, "kind": "outlet", "independent": True, "aliases": ["the county paper"]}], "independent_origins": 1,
        "claims": [{"id": "c1", "mentions": [excerpt("a", "Eight cows fell into the well."), excerpt("b", "Nine cows fell into the well."),
                                             excerpt("d", "Cows in the well")], "origins": [HERALD]}],
        "conflicts": [{"claim": "c1", "kind": "number", "sides": [[excerpt("a", "Eight cows")], [excerpt("b", "Nine cows")]]}],
        "quotes": [{"id": "q1", "speaker": "Ida Moor", "variants": [excerpt("a", "It was dark,", change="verbatim"),
                                                                    excerpt("b", "It was dark,", change="verbatim")]}],
        "boilerplate": [excerpt("a", "Read also: Hens at large")],
        "names": [{"entity": "Ida Moor", "forms": [excerpt("a", "Ida Moor"), excerpt("b", "Ms Moor")]},
                  {"entity": "Fen Herald", "forms": [excerpt("b", "Fen Herald"), excerpt("d", "Fen Herald")]}],
    }
    return Annotation(data | more, TEXTS)


def report(documents: tuple[str, ...] = ("a", "b", "d"), **parts: Any) -> dict[str, Any]:
    boilerplate = parts.pop("boilerplate", {})
    return {"documents": [{"id": name, "boilerplate": boilerplate.get(name, [])} for name in TEXTS],
            "stories": [{"documents": ["c"]}, {"documents": list(documents), **parts}]}


def figures(given: dict[str, Any], **more: Any) -> dict[str, float]:
    return score(annotation(**more), given).figures


def perfect() -> dict[str, Any]:
    said = TEXTS["a"].index("Read also")
    return report(
        boilerplate={"a": [[said, len(TEXTS["a"])]]},
        links=[{"source": HERALD, "target": "a", "kind": "cites"}, {"source": "a", "target": "b", "kind": "copies"}],
        origins=[{"id": "external:the county paper", "independent": True}],
        claims=[{"mentions": [span("a", "Eight cows fell into the well"), span("b", "cows fell into"), span("d", "Cows in the well")],
                 "origins": ["external:the county paper"], "verdict": "dependent"}],
        conflicts=[{"kind": "number", "sides": [[span("b", "Nine cows fell")], [span("a", "Eight cows fell")]]}],
        quotes=[{"speaker": "Moor", "variants": [span(doc, "It was dark", change="verbatim") for doc in "ab"]}],
        names=[{"forms": [span("a", "Ida Moor"), span("b", "Moor")]}, {"forms": [span("b", "the Fen Herald"), span("d", "Fen Herald")]}],
    )


def test_a_report_that_says_it_all_is_perfect() -> None:
    assert faults(annotation()) == []
    found = score(annotation(), perfect())
    assert found.notes == []
    assert found.figures.pop("origins.count_error") == 0
    assert set(found.figures.values()) == {1.0}


def test_an_empty_report_has_nothing() -> None:
    found = figures({"documents": [], "stories": []})
    assert found.pop("origins.count_error") == 1
    assert set(found.values()) == {0.0}


def test_nothing_found_is_perfect_where_nothing_is_there() -> None:
    found = figures(report(), claims=[], names=[], boilerplate=[], quotes=[], conflicts=[])
    assert [found[name] for name in ("claims", "claims.coverage", "names", "boilerplate", "quotes", "conflicts")] == [1.0] * 6


def test_the_story_with_most_articles_is_judged() -> None:
    found = figures(report(documents=("a", "b", "c")))
    assert found["membership.precision"] == pytest.approx(2 / 3)
    assert found["membership.recall"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("link", "precision"),
    [
        ({"source": "external:Fen Herald newspaper", "target": "b", "kind": "cites"}, 1.0),  # true, but further up: not judged
        ({"source": "external:Fen Herald", "target": "b", "kind": "copies"}, 0.5),
        ({"source": "external:Fen Herald", "target": "d", "kind": "copies"}, 1.0),  # accepted
        ({"source": "b", "target": "a", "kind": "copies"}, 0.5),
        ({"source": "b", "target": "a", "kind": "copies", "probability": 0.49}, 1.0),
        ({"source": "external:a", "target": "b", "kind": "copies"}, 0.5),  # a name is no document
    ],
)
def test_what_a_link_costs(link: dict[str, Any], precision: float) -> None:
    found = figures(report(links=[{"source": "a", "target": "b", "kind": "copies"}, link]))
    assert found["links.precision"] == precision
    assert found["links.recall"] == 0.5


def test_origins_count_only_when_independent() -> None:
    told = [{"id": HERALD}, {"id": "external:Ida Moor", "independent": True}, {"id": "b", "independent": False}]
    found = figures(report(origins=told))
    assert (found["origins.precision"], found["origins.recall"], found["origins.count_error"]) == (0.5, 1.0, 1)


@pytest.mark.parametrize(
    ("claim", "precision", "recall", "verdict"),
    [
        ({"origins": [HERALD], "verdict": "dependent"}, 1.0, 1.0, 1.0),
        ({"origins": [HERALD, "b"], "verdict": "established"}, 0.5, 1.0, 0.0),
        ({"origins": ["external:the county paper", HERALD], "verdict": "dependent"}, 1.0, 1.0, 1.0),  # two names of one
        ({"origins": [], "verdict": "lineage unknown"}, 0.0, 0.0, 0.0),
    ],
)
def test_what_stands_behind_a_claim(claim: dict[str, Any], precision: float, recall: float, verdict: float) -> None:
    mentions = [span("a", "Eight cows fell into the well."), span("b", "Nine cows fell into the well.")]
    other = {"mentions": [span("d", "Cows in the well")], "origins": ["d"], "verdict": "possible"}  # has fewer of its mentions
    found = figures(report(claims=[other, {"mentions": mentions} | claim]))
    assert (found["behind.precision"], found["behind.recall"], found["behind.verdict"]) == (precision, recall, verdict)


def test_a_claim_is_established_by_two_origins_that_are_independent() -> None:
    origins = [{"id": HERALD, "kind": "outlet", "independent": True}, {"id": "b", "kind": "outlet", "independent": False}]
    claims = [annotation().data["claims"][0] | {"origins": [HERALD, "b"]}]
    told = [{"mentions": [span("a", "Eight cows fell into the well.")], "origins": [HERALD, "b"], "verdict": "established"}]
    assert figures(report(claims=told), origins=origins, claims=claims)["behind.verdict"] == 0.0
    origins[1]["independent"] = True
    assert figures(report(claims=told), origins=origins, claims=claims)["behind.verdict"] == 1.0


def test_claims_are_judged_by_pairs_across_articles() -> None:
    mentions = [span("a", "Eight cows fell into the well."), span("b", "Nine cows fell into the well."), span("a", "cows fell into")]
    found = figures(report(claims=[{"mentions": [*mentions, span("b", "said Ms Moor")]}]))
    assert found["claims.precision"] == 1.0  # words that no annotated mention has are not judged
    assert found["claims.recall"] == pytest.approx(1 / 3)
    assert found["claims.coverage"] == pytest.approx(2 / 3)


def test_claims_wrongly_joined_are_told() -> None:
    claims = [*annotation().data["claims"], {"id": "c2", "mentions": [excerpt("b", "quoting the Fen Herald")], "origins": []}]
    mentions = [span("a", "Eight cows fell into the well."), span("b", "quoting the Fen Herald")]
    found = score(annotation(claims=claims), report(claims=[{"mentions": mentions}]))
    assert found.figures["claims"] == 0.0
    assert found.notes.count("claim wrongly joined: 'Eight cows fell into the well.' ~ 'quoting the Fen Herald'") == 1


def test_a_mention_that_is_too_long_matches_nothing() -> None:
    texts = {name: text + " word" * 100 for name, text in TEXTS.items()}
    whole = [{"doc": doc, "start": 0, "end": 401} for doc in "ab"]
    at_most = [{"doc": doc, "start": 0, "end": 400} for doc in "ab"]
    story = Annotation(annotation().data, texts)
    assert score(story, report(claims=[{"mentions": whole}])).figures["claims.coverage"] == 0.0
    assert score(story, report(claims=[{"mentions": at_most}])).figures["claims.coverage"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("conflict", "precision", "kind"),
    [
        ({"kind": "number", "confidence": 0.5}, 1.0, 1.0),
        ({"kind": "date"}, 1.0, 0.0),
        ({"kind": "number", "confidence": 0.4}, 0.0, 0.0),  # not taken at its word; nothing given is not perfect
    ],
)
def test_conflicts_need_two_of_their_sides(conflict: dict[str, Any], precision: float, kind: float) -> None:
    sides = [[span("a", "Eight cows")], [span("b", "Nine cows fell into the well")]]
    found = figures(report(conflicts=[conflict | {"sides": sides}]))
    assert (found["conflicts.precision"], found["conflicts.kind"]) == (precision, kind)


def test_two_spans_on_one_side_are_no_conflict() -> None:
    sides = [[span("a", "Eight cows")], [span("a", "Eight")]]
    assert figures(report(conflicts=[{"kind": "number", "sides": sides}]))["conflicts"] == 0.0


def test_an_optional_conflict_is_neither_asked_for_nor_wrong() -> None:
    optional = [annotation().data["conflicts"][0] | {"optional": True}]
    sides = [[span("a", "Eight cows")], [span("b", "Nine cows")]]
    found = figures(report(conflicts=[{"kind": "number", "sides": sides}]), conflicts=optional)
    assert (found["conflicts"], found["conflicts.recall"]) == (1.0, 1.0)


def test_quotes_have_a_change_and_a_speaker() -> None:
    variants = [span("a", "It was dark", change="verbatim"), span("b", "It was dark", change="altered")]
    found = figures(report(quotes=[{"speaker": "Ida Moore", "variants": variants}]))
    assert (found["quotes"], found["quotes.change"], found["quotes.speaker"]) == (1.0, 0.5, 1.0)
    assert figures(report(quotes=[{"speaker": None, "variants": variants}]))["quotes.speaker"] == 0.0


def test_names_are_judged_within_an_article_too() -> None:
    found = figures(report(names=[{"forms": [span("b", "Ms Moor"), span("b", "Fen Herald"), span("b", "Moor")]}]))
    assert found["names.precision"] == 0.0  # Moor ~ Moor is one and the same place, which says nothing
    assert found["names.recall"] == 0.0


def test_boilerplate_is_counted_in_characters_without_white_space() -> None:
    start = TEXTS["a"].index("Read also")
    found = figures(report(boilerplate={"a": [[start, start + len("Read also: ")]], "c": [[0, 4]]}))
    right, wanted = len("Readalso:"), len("Readalso:Hensatlarge")
    assert found["boilerplate.precision"] == pytest.approx(right / (right + len("The")))  # the blank after it does not count
    assert found["boilerplate.recall"] == pytest.approx(right / wanted)


def test_an_f1_is_the_harmonic_mean() -> None:
    found = Score()
    found.add("links", right=1, given=2, found=3, wanted=4)
    assert math.isclose(found.figures["links"], 2 * 0.5 * 0.75 / 1.25)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("external:The Fen Herald", "Fen Herald", True),
        ("Ida Moor", "Moor", True),
        ("Zdeněk Mára", "Zdenek Mara", True),
        ("Генрік Ольсен", "Генрик Ольсен", True),
        ("Ida Moor", "Ida Muir", False),
        ("The", "The", False),  # no word is left
    ],
)
def test_names_that_may_be_the_same(a: str, b: str, *, same: bool) -> None:
    assert same_name(a, b) is same
    assert same_name(b, a) is same


def test_faults_of_an_annotation() -> None:
    wrong = annotation(
        boilerplate=[excerpt("a", "Read this")], unrelated=["z"], independent_origins=2,
        derivations=[{"source": "y", "target": "a", "kind": "steals"}],
        claims=[{"id": "c1", "mentions": [], "origins": ["external:Nobody"]}],
        quotes=[{"id": "q", "variants": [excerpt("a", "dark", change="")]}],
    )
    assert set(faults(wrong)) == {
        "a does not say 'Read this'", "no document z", "no document y", "derivations: unknown kind steals", "changes: unknown kind ",
        "no origin external:Nobody", "independent_origins is not the number of independent origins",
    }
