"""Figures that travel through a story: rival counts of the same thing, slips of the hand, and one count of which the thing was changed.

They are found over the whole story rather than within a linked claim: a changed figure drives its sentences apart. Only figures are
looked at that hardly come up twice by chance: at least `SPECIFIC`, with two digits that are no noughts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from retold.base.records import Quantity
from retold.relate.marks import roles
from retold.relate.pairs import pieces
from retold.relate.quantities import agree, decimal_slip, is_part, step, transposed
from retold.relate.sides import ClaimSide

SPECIFIC = 1000  # a count from here on is hardly met twice by chance
DIGITS = 10  # … when its last digit that is no nought is at most so small a part of it: 3.4 million, not 3 million
RIVALS = 4.0  # rival counts of one thing differ by this factor at most
SAME_THING = 0.5  # cosine of the nouns from which two counts are of one thing: "users" and "people" .64, "rows" and "patients" .28
OTHER_THING = 0.4  # cosine below which two groups of nouns name different things; "rows" and "Datensätze" .41

TELLING = 100  # a count without a unit from here on is hardly met with its digits in another order by chance
AROUND = 0.15  # cosine of two versions from which a slip between them is believed
CODE = 3  # letters of the code of a currency
DOLLAR = "D"  # … in which those of dollars end
MONEY_ALIKE = 0.4  # cosine of two versions from which one sum in two currencies is of one thing
FEW = 4  # versions of either figure that are compared

Compare = Callable[[str, str, tuple[str, str]], float]
Noun = tuple[str, str]  # with its language


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count with the version that it stands in."""

    side: ClaimSide
    quantity: Quantity


def figures(sides: Iterable[ClaimSide]) -> list[Figure]:
    """The specific counts of a story, each place once, in the order of articles and offsets."""
    found: dict[tuple[str, int], Figure] = {}
    for side in sides:
        for q in side.quantities:
            if q.unit == "" and q.value >= SPECIFIC and step(q.value) * DIGITS <= q.value and not is_part(q.what):
                found.setdefault((side.article, q.start), Figure(side=side, quantity=q))
    return [found[k] for k in sorted(found)]


def by_value(found: Sequence[Figure]) -> list[list[Figure]]:
    """Figures with the same value together; those that merely agree ("about 14,000") stay with the first that they agree with."""
    out: list[list[Figure]] = []
    for f in sorted(found, key=lambda f: (f.quantity.approximate, f.side.article, f.quantity.start)):
        home = next((g for g in out if agree(g[0].quantity, f.quantity)), None)
        if home is None:
            out.append([f])
        else:
            home.append(f)
    return out


def rival_figures(sides: Sequence[ClaimSide], compare: Compare) -> list[list[list[Figure]]]:
    """Counts of the same thing that do not agree, as sides.

    Two counts are rivals when an article has both while others have but one each, and their nouns are near. Where every article
    that has the one has the other they are a part and a whole.
    """
    groups = by_value(figures(sides))
    out = []
    for a, b in combinations(groups, 2):
        ratio = a[0].quantity.value / b[0].quantity.value
        if 1 / RIVALS <= ratio <= RIVALS and contrasted(a, b) and alike(a, b, compare):
            out.append([a, b])
    return out


def slipped_figures(sides: Sequence[ClaimSide], compare: Compare) -> list[list[list[Figure]]]:
    """Figures that are one another's slip of the hand, as sides: digits in another order, or noughts too many before one unit.

    No article may have both, and the versions must be faintly alike: what was copied wrongly stands in much the same words.
    """
    held: dict[tuple[str, str], dict[float, list[Figure]]] = {}
    for side in sides:
        for q in side.quantities:
            digits = "".join(sorted(f"{abs(q.value):.6g}".replace("0", "").replace(".", "")))
            if len(set(digits)) > 1 and "e" not in digits and not is_part(q.what) and (q.unit or q.value >= TELLING):
                held.setdefault((q.unit, digits), {}).setdefault(q.value, []).append(Figure(side=side, quantity=q))
    out = []
    for (unit, _), values in sorted(held.items()):
        for a, b in combinations(sorted(values), 2):
            slip = transposed(a, b) or (bool(unit) and decimal_slip(a, b))
            if slip and not articles_of(values[a]) & articles_of(values[b]) and around(values[a], values[b], compare):
                out.append(sorted((values[a], values[b]), key=lambda fs: -len(articles_of(fs))))
    return out


def around(a: Sequence[Figure], b: Sequence[Figure], compare: Compare, least: float = AROUND) -> bool:
    """Whether two figures stand in versions that are faintly alike."""
    return any(compare(f.side.words, g.side.words, (f.side.language, g.side.language)) >= least for f, g in product(a[:FEW], b[:FEW]))


def articles_of(found: Iterable[Figure]) -> set[str]:
    """The articles that have a figure."""
    return {f.side.article for f in found}


def contrasted(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether some article has both figures, and others have but one or the other."""
    return apart(a, b) and bool(articles_of(a) & articles_of(b))


def alike(a: Sequence[Figure], b: Sequence[Figure], compare: Compare) -> bool:
    """Whether the nouns of two groups of figures name the same thing."""
    return any(compare(x, y, (of_x, of_y)) >= SAME_THING for x, of_x in nouns(a) for y, of_y in nouns(b))


def nouns(found: Iterable[Figure]) -> list[Noun]:
    """What figures count, each noun once; words that count anything are left out."""
    words = dict.fromkeys((f.quantity.what, f.side.language) for f in found if f.quantity.what)
    return [noun for noun in words if noun[0].lower() not in roles("counters")]


def relabelled_figures(sides: Sequence[ClaimSide], compare: Compare) -> list[list[list[Figure]]]:
    """The same figure said of different things in different articles ("3.4 million rows", "3.4 million patients"), as sides.

    The nouns are grouped by nearness, single link, so that one thing under several names is not taken for two; and two groups
    differ only where both have a noun of one language, since nearness across languages is too unsure to tell things apart.
    """
    out = []
    for group in by_value(figures(sides)):
        things = [g for g in by_thing(group, compare) if g]
        if len(things) > 1 and all(apart(a, b) and one_language(a, b) for a, b in combinations(things, 2)):
            out.append(things)
    return out


def by_thing(group: Sequence[Figure], compare: Compare) -> list[list[Figure]]:
    """Figures of one value by what they count; figures without a noun are left out."""
    clusters: list[set[Noun]] = []
    for noun in nouns(group):
        near = [c for c in clusters if any(one_thing(noun, other, compare) for other in c)]
        clusters = [c for c in clusters if c not in near] + [{noun}.union(*near)]
    return [[f for f in group if (f.quantity.what, f.side.language) in c] for c in clusters]


def one_thing(a: Noun, b: Noun, compare: Compare) -> bool:
    """Whether two nouns may name the same thing."""
    return bool(pieces(a[0]) & pieces(b[0])) or compare(a[0], b[0], (a[1], b[1])) >= OTHER_THING


def one_language(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether two groups have figures of the same language."""
    return bool({f.side.language for f in a} & {f.side.language for f in b})


def apart(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether each of two groups has an article that the other has not."""
    left, right = articles_of(a), articles_of(b)
    return bool(left - right) and bool(right - left)


def other_money(sides: Sequence[ClaimSide], compare: Compare) -> list[list[list[Figure]]]:
    """One sum in two currencies, in articles of which none has both and whose versions are alike ("310 million euros", "310 million
    dollars"), as sides.

    Two kinds of dollars are no two currencies: which is meant is mostly left out.
    """
    held: dict[float, dict[str, list[Figure]]] = {}
    for side in sides:
        for q in side.quantities:
            if len(q.unit) == CODE and q.unit.isupper() and q.value >= SPECIFIC and step(q.value) * DIGITS <= q.value:
                held.setdefault(q.value, {}).setdefault(q.unit, []).append(Figure(side=side, quantity=q))
    out = []
    for _, units in sorted(held.items()):
        for one, other in combinations(sorted(units), 2):
            a, b = units[one], units[other]
            dollars = one.endswith(DOLLAR) and other.endswith(DOLLAR)
            if not dollars and not articles_of(a) & articles_of(b) and around(a, b, compare, MONEY_ALIKE):
                out.append(sorted((a, b), key=lambda fs: -len(articles_of(fs))))
    return out
