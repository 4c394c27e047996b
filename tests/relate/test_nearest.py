"""Versions near each other over whole matrices: what is found is what every pair by itself would say."""

from itertools import combinations, product

from factories import article, batch, claim, claim_version, language, sentence
from retold.base.meaning import Meaning
from retold.base.models import Models
from retold.base.records import ClaimVersion
from retold.relate.nearest import FAINT, OVERLAP, Neighbourhood, nearest_pairs
from retold.relate.pairs import content
from retold.relate.sides import Sides

LEAST = 0.35
ACCOUNTS = (
    ("en", "The ferry ran aground near the old lighthouse.", "Nobody on board was hurt.", "The captain had sailed the route for years."),
    ("en", "A ferry had grounded near the lighthouse.", "No passengers were injured.", "Divers looked for damage to the hull."),
    ("de", "Die Fähre lief nahe dem alten Leuchtturm auf Grund.", "An Bord wurde niemand verletzt.", "Taucher suchten den Rumpf ab."),
    ("en", "Divers examined the hull.", "The lighthouse keeper raised the alarm.", "Passengers waited on the ferry for years."),
)


def versions_and_meaning():
    """Every sentence as a version of a claim of its own, but for the first of the first two, which make one claim."""
    found = batch()
    for n, (code, *lines) in enumerate(ACCOUNTS):
        a = article(" ".join(lines), id=f"{n}", language=code)
        found.add([a, language(a, code)])
        for i, line in enumerate(lines):
            group = "one" if i == 0 and n < 2 else f"{n}-{i}"
            found.add([sentence(a, line), claim(a, line), claim_version(a, line, group=group)])
    sides = Sides(found)
    versions = [sides.of_version(v) for v in found.get(ClaimVersion)]
    return versions, Meaning(Models(), [(v.words, v.language) for v in versions])


def shared_words(a, b):
    """The share of the content words of the shorter version that the longer one has, counted one by one."""
    if a.language != b.language:
        return 0.0
    few, many = sorted((content(a.words, a.language), content(b.words, b.language)), key=len)
    found = sum(any(word & other for other in many) for word in few)
    return found / len(few) if found > 1 else 0.0


def one_by_one(versions, meaning):
    """The nearest pairs, by comparing every pair by itself."""
    near = {}
    for a, b in product(versions, versions):
        cosine = meaning.near(a.words, b.words, (a.language, b.language))
        worth = max(cosine, round(OVERLAP[0] + OVERLAP[1] * shared_words(a, b), 4))
        if a.article != b.article and a.group != b.group and cosine >= FAINT and worth >= LEAST:
            near[a.id, b.id] = (worth, b.id)
    article_of = {v.id: v.article for v in versions}
    best = {}
    for (a, b), found in near.items():
        best[a, article_of[b]] = max(best.get((a, article_of[b]), (0.0, "")), found)
    return {(a, b): worth for (a, b), (worth, _) in near.items()
            if article_of[a] < article_of[b] and best[a, article_of[b]][1] == b and best[b, article_of[a]][1] == a}


def test_the_nearest_pairs_are_those_of_comparing_one_by_one():
    versions, meaning = versions_and_meaning()
    found = {(a.id, b.id): near for a, b, near in nearest_pairs(versions, meaning, LEAST)}
    assert len(found) >= 4
    assert found == one_by_one(versions, meaning)


def test_versions_of_one_claim_or_article_are_no_pair():
    versions, meaning = versions_and_meaning()
    pairs = nearest_pairs(versions, meaning, 0.0)
    assert not any(a.group == b.group or a.article >= b.article for a, b, _ in pairs)


def test_who_is_around_is_who_is_near_or_of_the_same_claim():
    versions, meaning = versions_and_meaning()
    around = Neighbourhood(versions, meaning)
    for members in combinations(versions, 2):
        wanted = {v.id for v in versions if any(
            v.group == u.group or meaning.near(v.words, u.words, (v.language, u.language)) >= LEAST for u in members)}
        found = [v.id for v in around.around(members, LEAST)]
        assert wanted <= set(found)
        assert found == [v.id for v in versions if v.id in set(found)]
        assert len(found) < len(versions)
