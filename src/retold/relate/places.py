"""Where: versions that name another people for the same thing, or another place for the same event.

That two versions name different places mostly means that they tell of different things. Peoples are compared only where they are said of
one noun ("a Breton company", "a British company"); places only where neither article names the other's anywhere, countries against
countries and other places against other places, since a town and its region are no disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel.core import get_global

from retold.base.records import Name
from retold.base.skeletons import skeleton
from retold.lexicons import lexicon
from retold.lexicons.territories import home_place, territories
from retold.relate import sounds
from retold.relate.actors import ends_with, without_article
from retold.relate.counts import unmatched
from retold.relate.days import apart
from retold.relate.marks import Mark, roles
from retold.relate.pairs import Difference, Pair, confidence, lean, shown
from retold.relate.quantities import stems
from retold.relate.sides import ClaimSide

SAME_BEARER = 0.7  # cosine of two words from which they are one noun: "compagnie" and "company" .9, "post" and "colleagues" .3
THERE = 0.5  # what it adds across languages that something happens in both places by a word of place at their names
LINKED = 0.5  # … and that such versions were linked
COUNTRY = 2  # letters of the code of a country; cities have the names of their time zones
DATELINE = 60  # code points from the beginning of a paragraph in which a place before a dash or bracket is where it was written
WRITTEN = re.compile(r"[^\n.]{0,40}?\s?[(（–—=＝】-]")
LEAST = 4  # letters of the name of a country that another name may hold by chance
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
    """An event in one place in one version and in another in the other, neither of which the other article names: countries, places of one
    language, places of two whose names cannot be one in sound, and a town of a known country against another country.
    """
    a, b = pair.a, pair.b
    here, there = list(strange(a, b)), list(strange(b, a))
    abroad = a.language != b.language
    for one, other in ((True, True), (False, False), (True, False), (False, True)):
        left, right = ([n for n in found if is_country(n, side) == country] for found, side, country in ((here, a, one), (there, b, other)))
        if len({n.entity for n in left}) == 1 == len({n.entity for n in right}):
            x, y = left[0], right[0]
            if stems(x.text) & stems(y.text) or (not one and not other and abroad and not sounds.apart(x.label, y.label)):
                continue  # "Team Noordzee", "Wielerploeg Noordzee"
            placed = happens(a, x) and happens(b, y)
            if (one != other and not (placed and elsewhere(pair, x, y))) or (abroad and not (one and other) and not fixed(pair, x, y)):
                continue
            near = max(pair.near, pair.without((x.start, x.end), (y.start, y.end))) if placed else pair.near
            logit = -0.6 + lean(near, 0.5) + 0.8 * at_one_time(a, b) + spelled_alike(x, y)
            if placed:
                logit += THERE * abroad + LINKED * (a.group == b.group)
            marks = Mark(value=x.entity, start=x.start, end=x.end), Mark(value=y.entity, start=y.start, end=y.end)
            return Difference(kind="place", left=marks[0], right=marks[1], score=confidence(logit),
                              why=f"one account says {shown(a, marks[0])}, another {shown(b, marks[1])}")
    return None


def fixed(pair: Pair, x: Name, y: Name) -> bool:
    """Whether something happens in two places by the words at them, in two linked versions that name no other, and neither is part of a
    country by its name ("Norditalien"): across languages a place is mostly told of for something else, or by another name.
    """
    part = any(within_country(n, side) for n, side in ((x, pair.a), (y, pair.b)))
    several = any(n.kind == "place" and n.entity not in (x.entity, y.entity) for side in (pair.a, pair.b) for n in side.names)
    if part or several:
        return False
    return pair.a.group == pair.b.group and happens(pair.a, x) and happens(pair.b, y)


def within_country(name: Name, side: ClaimSide) -> bool:
    """Whether the name of a country is a part of the name of a place."""
    folded = name.text.casefold()
    return len(x_code(name, side)) != COUNTRY and any(len(c) > LEAST and c in folded for c in territories(side.language))


def is_country(name: Name, side: ClaimSide) -> bool:
    """Whether a place is a country."""
    return len(x_code(name, side)) == COUNTRY


def elsewhere(pair: Pair, x: Name, y: Name) -> bool:
    """Whether one of two places is a country and the other a town that is known to be of another one."""
    one, other = x_code(x, pair.a), x_code(y, pair.b)
    country, town = (one, other) if len(one) == COUNTRY else (other, one)
    return bool(home := of_zone(town)) and home != country


@cache
def of_zone(zone: str) -> str:
    """The country of a time zone, which is what known towns are called by; "" for none."""
    return str(get_global("zone_territories").get(zone, ""))


def happens(side: ClaimSide, name: Name) -> bool:
    """Whether a word or ending of place at a name says that something happens there."""
    if not lexicon(side.language).spaced:
        return located(side, name)
    before = side.text[max(side.start, name.start - 30) : name.start].rstrip().casefold()
    led = any(ends_with(words, roles("at_place"), side.language) for words in (before, without_article(before, side.language)))
    return led or side.text.startswith(tuple(sorted(roles("at_place_after"))), name.end)


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
