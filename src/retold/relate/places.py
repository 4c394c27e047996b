"""Where: versions that name another people for the same thing, or another place for the same event.

That two versions name different places mostly means that they tell of different things. Peoples are compared only where they are said of
one noun ("a Breton company", "a British company"); places only where neither article names the other's anywhere, countries against
countries and other places against other places, since a town and its region are no disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retold.base.records import Name
from retold.base.skeletons import skeleton
from retold.lexicons import lexicon
from retold.lexicons.territories import home_place
from retold.relate.counts import unmatched
from retold.relate.days import apart
from retold.relate.marks import Mark, roles
from retold.relate.pairs import Difference, Pair, confidence, lean, shown
from retold.relate.quantities import stems
from retold.relate.sides import ClaimSide

SAME_BEARER = 0.7  # cosine of two words from which they are one noun: "compagnie" and "company" .9, "post" and "colleagues" .3
COUNTRY = 2  # letters of the code of a country; cities have the names of their time zones
DATELINE = 60  # code points from the beginning of a paragraph in which a place before a dash or bracket is where it was written
WRITTEN = re.compile(r"[^\n.]{0,40}?\s?[(（–—=＝】-]")
ALIKE = 4  # letters of the skeletons that two place names begin with, which one slip of the pen may tell apart ("-feld", "-tal")


def place(pair: Pair) -> Difference | None:
    """Another people or another place. Roads are compared over the whole story."""
    return another_people(pair) or another_place(pair)


def another_people(pair: Pair) -> Difference | None:
    """Something of one people in one version and of another in the other."""
    a, b = pair.a, pair.b
    here, there = {m.value for m in a.peoples}, {m.value for m in b.peoples}
    if len(here) != 1 or len(there) != 1 or here == there:
        return None
    m, n = a.peoples[0], b.peoples[0]
    if not any(pair.compare(x, y) >= SAME_BEARER for x in bearers(a, m) for y in bearers(b, n)):
        return None
    return Difference(kind="place", left=m, right=n, score=confidence(lean(pair.near, 0.6)),
                      why=f"one account says {shown(a, m)}, another {shown(b, n)}")


def bearers(side: ClaimSide, mark: Mark) -> Iterator[str]:
    """The words beside an adjective of a people that it may be said of: the one before and the one after, in its clause."""
    stop = lexicon(side.language).words("words", "stop")
    before = re.search(r"([^\W\d_]+)[\s-]*$", side.text[side.start : mark.start])
    after = re.match(r"[\s-]*([^\W\d_]+)", side.text[mark.end : side.end])
    yield from (m[1] for m in (before, after) if m is not None and m[1].casefold() not in stop)


def another_place(pair: Pair) -> Difference | None:
    """An event in one place in one version and in another in the other, neither of which the other article names; across languages
    countries only, since towns have names in other languages that nothing tells to be theirs.
    """
    a, b = pair.a, pair.b
    for country in (True, False) if a.language == b.language else (True,):
        here, there = ([n for n in strange(x, y) if (len(x_code(n, x)) == COUNTRY) == country] for x, y in ((a, b), (b, a)))
        if len({n.entity for n in here}) == 1 == len({n.entity for n in there}):
            x, y = here[0], there[0]
            if stems(x.text) & stems(y.text):
                continue  # "Team Noordzee", "Wielerploeg Noordzee"
            logit = -0.6 + lean(pair.near, 0.5) + 0.8 * at_one_time(a, b) + spelled_alike(x, y)
            left, right = Mark(value=x.entity, start=x.start, end=x.end), Mark(value=y.entity, start=y.start, end=y.end)
            return Difference(kind="place", left=left, right=right, score=confidence(logit),
                              why=f"one account says {shown(a, left)}, another {shown(b, right)}")
    return None


def strange(side: ClaimSide, other: ClaimSide) -> Iterator[Name]:
    """The places that a version names and the other article does not."""
    for n in side.names:
        if n.kind == "place" and not {n.entity, x_code(n, side)} & other.elsewhere and not written_there(side, n) and located(side, n):
            yield n


def located(side: ClaimSide, name: Name) -> bool:
    """Whether a place tells where something happens rather than whose it is ("オランダの海運会社", "日本网站"): where words are not
    spaced, a sign before it or a particle behind it says so.
    """
    if lexicon(side.language).spaced:
        return True
    before, after = side.text[max(0, name.start - 1) : name.start], side.text[name.end : name.end + 3]
    return before in roles("located_before") or after.startswith(tuple(sorted(roles("located_after"))))


def x_code(name: Name, side: ClaimSide) -> str:
    """The code of the country or city that a name means; "?" for none that is known."""
    return home_place(name.text, side.language) or home_place(name.label, side.language) or "?"


def written_there(side: ClaimSide, name: Name) -> bool:
    """Whether a place stands in a dateline."""
    begin = side.text.rfind("\n", 0, name.start) + 1
    return name.text.isupper() or (name.start - begin < DATELINE and not side.text[begin : name.start].strip(" \u3000【[［（(")
                                   and WRITTEN.match(side.text, name.end) is not None)


def at_one_time(a: ClaimSide, b: ClaimSide) -> bool:
    """Whether two versions tell of the same day or the same figure."""
    figures = len(unmatched(a.quantities, b.quantities)[0]) < len(a.quantities)
    return figures or bool(a.dates and b.dates and not apart(a.dates, b.dates))


def spelled_alike(x: Name, y: Name) -> bool:
    """Whether two names of places begin alike, as where one was mistaken for the other."""
    one, other = skeleton(x.label), skeleton(y.label)
    return one[:ALIKE] == other[:ALIKE] and min(len(one), len(other)) > ALIKE
