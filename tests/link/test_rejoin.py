"""Groups of a collection that are joined after reading."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from factories import make
from retold.base.models import Models
from retold.base.records import Article, Membership, Tie
from retold.base.tables import Batch
from retold.link import rejoin
from retold.link.rejoin import Common, joined, ties_of, worth

GROUPS = {"main": ["a", "b", "c", "d"], "statement": ["x"]}


def common(tie: float = -1.0, claims: int = 0, quotes: int = 0) -> Common:
    """Four reports and a statement of ten claims, some of which, and some quotes, are in the reports, too."""
    return Common(
        ties={(a, "x"): tie for a in "abcd"}, made={"x": 10},
        claims=[*({"a": 0.9, "b": 0.9} for _ in range(4)), *({"abcd"[n % 4]: 0.9, "x": 0.9} for n in range(claims)), *({"x": 1.0} for _ in range(10 - claims))],
        quotes=[frozenset("ab"), *(frozenset({"c", "x"}) for _ in range(quotes))],
    )


@pytest.mark.parametrize(("tie", "claims", "quotes", "together"), [
    (-1.0, 6, 2, True),  # says what the reports say
    (-1.0, 3, 0, False),  # the same firm, another event
    (3.5, 5, 1, True),
    (-3.5, 9, 3, False),  # nothing in the beginnings: not worth reading on
])
def test_claims_and_quotes_decide(tie: float, claims: int, quotes: int, together: bool) -> None:
    homes = joined(common(tie, claims, quotes), GROUPS)
    assert [homes[a] for a in "abcd"] == ["main"] * 4
    assert homes["x"] == ("main" if together else "statement")


def test_of_a_handful_less_decides() -> None:
    """Whoever hands over five articles means one story; of a larger collection an article with as little in common stays outside."""
    some = Common(ties={("a", "x"): -2.6}, made={"x": 10}, claims=[{"a": 0.9, "x": 0.9} for _ in range(4)], quotes=[frozenset("ax")],
                  days={"a": frozenset({"2026-03-04"}), "x": frozenset({"2026-03-04"})})
    groups = {"main": ["a", "b"], "one": ["x"]}
    assert joined(replace(some, size=5), groups)["x"] == "main"
    assert joined(replace(some, size=6), groups)["x"] == "one"
    assert joined(replace(some, size=5, days={}, claims=[]), groups)["x"] == "one"


def test_more_in_common_never_speaks_against() -> None:
    odds = [[common(0.0, claims, quotes).odds(["x"], GROUPS["main"]) for quotes in range(5)] for claims in range(10)]
    assert all(b >= a for row in odds for a, b in itertools.pairwise(row))
    assert all(b > a for a, b in itertools.pairwise(odds) for a, b in zip(a, b, strict=True))
    assert odds[0][3] == odds[0][4]


def test_a_translation_takes_its_source_along() -> None:
    """Of two articles in a group one has much in common with the reports; the other one comes with it."""
    found = common(-1.0, 6, 2)
    found.ties = {**found.ties, ("x", "y"): 4.0}
    assert set(joined(found, {"main": ["a", "b", "c", "d"], "trade": ["x", "y"]}).values()) == {"main"}


def test_two_single_articles_are_left_alone_in_a_larger_collection() -> None:
    assert not worth(common(9.0), ["x"], ["a"])
    assert joined(common(9.0, 9, 3), {"one": ["a"], "two": ["x"]}) == {"a": "one", "x": "two"}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_groups_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    articles = [f"a{i}" for i in range(9)]
    found = Common(
        ties={(a, b): chance.uniform(-4, 4) for i, a in enumerate(articles) for b in articles[i + 1:]}, made=dict.fromkeys(articles, 8),
        claims=[dict.fromkeys(chance.sample(articles, 3), 0.8) for _ in range(20)], quotes=[frozenset(chance.sample(articles, 2)) for _ in range(6)])
    groups = {"p": articles[:4], "q": articles[4:6], "r": articles[6:8], "s": articles[8:]}
    back = {story: groups[story][::-1] for story in reversed(groups)}
    assert joined(found, groups) == joined(found, back)
    assert set(joined(found, groups)) == set(articles)


def test_only_what_is_in_doubt_is_read_together() -> None:
    assert rejoin.clusters([("a", "b"), ("d", "e"), ("b", "c"), ("f", "d")]) == [["a", "b", "c"], ["d", "e", "f"]]
    assert rejoin.clusters([]) == []


def test_ties_are_odds_by_both_articles() -> None:
    ties = ties_of(Batch([make(Tie, article="b", other="a", score=0.5), make(Tie, id="t", article="b", other="c", score=0.9)]))
    assert ties == pytest.approx({("a", "b"): 0.0, ("b", "c"): 2.1972246})


def test_a_collection_without_ties_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejoin, "link_claims", lambda *_: pytest.fail("read again"))
    rows = [make(Article, id=a) for a in "abc"] + [make(Membership, id=f"m{a}", story="s" if a < "c" else "t", article=a) for a in "abc"]
    assert rejoin.run(Batch(rows), Models()).get(Membership) == Batch(rows).get(Membership)


SPOKEN = {"a": "en", "b": "en", "c": "de", "d": "de", "e": "fr", "f": "fr"}


@pytest.mark.parametrize(("language", "size", "together"), [
    ("en", 5, True),  # the main story of few articles
    ("en", 50, False),  # one of many: within a language all that runs on has claims in common
    ("de", 50, True),
])
def test_one_story_of_many_takes_in_nothing_more_of_its_language(language: str, size: int, together: bool) -> None:
    found = common(-1.0, 6, 2)
    found.spoken, found.size = {**dict.fromkeys("abcd", "en"), "x": language}, size
    assert (joined(found, GROUPS)["x"] == "main") == together


def test_in_a_larger_collection_nothing_is_joined_within_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Pairs({"abcd": 3.0, "abef": 3.0})
    monkeypatch.setattr(rejoin, "in_common", reading)
    ties = {(a, b): 3.0 for a in "abcdef" for b in "abcdef" if a < b}
    groups, spoken = {"p": ["a", "b"], "q": ["c", "d"], "r": ["e", "f"]}, dict(SPOKEN, c="en", f="de")
    homes = rejoin.joined_abroad({}, Models(), groups, Common(ties=ties, spoken=spoken))
    assert homes["a"] == homes["f"] != homes["c"]
    assert reading.read == ["abef"]


class Given(Common):
    """What two groups have in common, with odds that are given."""

    def odds(self, some: object, group: object) -> float:
        return self.made["odds"]


class Pairs:
    """Stands in for reading on: which pairs were read, in their order, and the odds that each is given."""

    def __init__(self, odds: dict[str, float]) -> None:
        self.given, self.read = odds, []

    def __call__(self, _read: object, _models: object, articles: set[str], ties: object) -> Common:
        self.read.append("".join(sorted(articles)))
        return Given(ties=ties, made={"odds": self.given[self.read[-1]]})


@pytest.mark.parametrize(("odds", "stories"), [
    ({"abcd": 3.0, "abef": 2.0}, ["abcdef"]),  # the third pair, of two that are one by then, is not read
    ({"abcd": 3.0, "abef": 0.9, "cdef": 0.5}, ["abcd", "ef"]),  # likelier than not is not enough
    ({"abcd": -3.0, "abef": -1.0, "cdef": 1.5}, ["ab", "cdef"]),
])
def test_in_a_larger_collection_groups_are_read_on_two_at_a_time(
    odds: dict[str, float], stories: list[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading = Pairs(odds)
    monkeypatch.setattr(rejoin, "in_common", reading)
    ties = {("a", "c"): 3.0, ("a", "d"): 3.0, ("a", "e"): 1.0, ("a", "f"): 1.0, ("c", "e"): 0.5, ("c", "f"): -2.0}
    groups = {"p": ["a", "b"], "q": ["c", "d"], "r": ["e", "f"]}
    homes = rejoin.joined_abroad({}, Models(), groups, Common(ties=ties, spoken=SPOKEN))
    assert sorted("".join(sorted(a for a, h in homes.items() if h == home)) for home in set(homes.values())) == stories
    assert reading.read == list(odds)


def test_only_so_many_pairs_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Pairs({"abcd": -1.0})
    monkeypatch.setattr(rejoin, "in_common", reading)
    monkeypatch.setattr(rejoin, "MOST_PAIRS", 1)
    groups = {"p": ["a", "b"], "q": ["c", "d"], "r": ["e", "f"]}
    ties = {("a", "c"): 3.0, ("b", "c"): 3.0, ("a", "e"): 1.0, ("a", "f"): 1.0, ("a", "d"): 2.0}
    assert rejoin.joined_abroad({}, Models(), groups, Common(ties=ties, spoken=SPOKEN)) == {"a": "p", "b": "p", "c": "q", "d": "q", "e": "r", "f": "r"}
    assert reading.read == ["abcd"]


@pytest.mark.parametrize(("size", "figures", "days", "together"), [
    (2, 0, 0, False),  # the same people, nothing else
    (2, 2, 1, True),  # the same figures on the same day
    (5, 1, 1, True),
    (30, 2, 1, False),  # in a larger collection figures and days are common by chance
])
def test_two_single_articles_are_one_story_by_figures_and_days(size: int, figures: int, days: int, together: bool) -> None:
    told = {a: frozenset([*(("", 40.0 + n) for n in range(figures)), ("", float(len(a)))]) for a in ("a", "bb")}
    found = Common(ties={("a", "bb"): -1.5}, made={"a": 8, "bb": 7}, claims=[{"a": 0.8, "bb": 0.6}], size=size, figures=told,
                   days=dict.fromkeys(("a", "bb"), frozenset(f"2025-03-0{n + 1}" for n in range(days))))
    assert worth(found, ["a"], ["bb"]) == (size <= 5)
    groups = {"one": ["a"], "other": ["bb"]}
    assert (len(set(joined(found, groups).values())) == 1) == together


def test_two_single_articles_of_other_days_and_figures_stay_two() -> None:
    found = Common(ties={("a", "b"): -0.5}, made={"a": 8, "b": 7}, claims=[{"a": 0.8, "b": 0.6}], size=2,
                   figures={"a": frozenset({("", 3.0)}), "b": frozenset({("", 4.0)})})
    assert set(joined(found, {"one": ["a"], "other": ["b"]}).values()) == {"one", "other"}
