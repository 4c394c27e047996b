"""Names that stand for each other where one article translates the other: "Börsenbote", 《灯塔》 and what their originals are called.

A sentence and the sentence of another language that is nearest to it, from either side, mostly tell the same. A name in one of them
that the other article has nowhere, and a name in the other that this article has nowhere, may be one: the more often they meet, the
fewer others stand there, and the more alike they are in sound, in meaning and in the kind of body they name. A logistic formula makes
this one probability. Pairs are joined from the surest on; names that one article has side by side never are.

Source: mutual nearest sentences as in Artetxe and Schwenk 2019, "Margin-based Parallel Corpus Mining", section 3.1, without margin;
names found by their place in aligned sentences as in Moore 2003, "Learning Translations of Named-Entity Phrases from Parallel Corpora".
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from retold.base.meaning import Floats, Meaning
from retold.lexicons.territories import place_code
from retold.link.entities import Entities, Unit
from retold.link.forms import Form, generic
from retold.link.transliteration import consonants, distance
from retold.link.units import Units

NEAR = 0.35  # cosine of two sentences that may tell the same
JOIN = 0.4  # probability from which two names are one: 4 of 5 such pairs of stories left out are, F1 of names .821 at .5, .825 here
FORMS = 5  # spellings of a name that are compared
DEAF = 0.4  # distance of sounds beyond which they say nothing
APART = 0.3  # cosine of two names below which it says nothing
HEARD = 2  # consonants of a word that can be heard
RIVAL = 0.1  # by how much nearer in sound a person must be than those who stand beside
ALIKE = 0.15  # distance of sounds up to which a single word may be a word of a longer name

# fitted by eval/fit_counterparts.py; figures in docs/methods/identify-names.md
WEIGHTS: dict[str, float] = {
    "bias": -3.94, "meetings": 1.29, "least": 1.23, "sentence": 0.58, "meaning": 3.27, "sound": 3.33, "kind": 0.88, "head": 1.55,
}

Pair = tuple[Unit, Unit]


@dataclass(slots=True)
class Named:
    """An entity as it is so far: its units, its spellings (the most frequent first), the articles it stands in, its kind."""

    units: list[Unit]
    forms: list[Form]
    articles: set[str]
    kind: str


@dataclass(slots=True)
class Meetings:
    """Where entities meet in nearest sentences: how much and at best by pair, and how much each is left over in whole articles."""

    weight: defaultdict[Pair, float] = field(default_factory=partial(defaultdict, float))
    best: dict[Pair, float] = field(default_factory=dict)
    left: defaultdict[tuple[Unit, str], float] = field(default_factory=partial(defaultdict, float))


def join_counterparts(entities: Entities, kept: Iterable[Unit], units: Units, sentences: Mapping[str, tuple[int, int]]) -> None:
    """Join entities of different languages that stand for each other in nearest sentences.

    Args:
        entities: the entities of a story, joined by all that their names say themselves.
        kept: the units that count.
        units: the claims of the story, by whose sentences the articles are compared.
        sentences: start and end of every sentence by its id.
    """
    named = {root: name_of(entities, found) for root, found in entities.sets(kept).items()}
    ranked = sorted((-round(probability(found), 6), pair) for pair, found in compared(named, entities, units, sentences).items())
    told = dict(named)
    for minus, (a, b) in ranked:
        x, y = entities.find(a), entities.find(b)
        if -minus < JOIN or x == y or named[x].articles & named[y].articles or relative(told[a], told[b], (a, b), told):
            continue
        small, large = sorted((x, y), key=lambda root: (len(named[root].units), root))
        for unit in named[small].units:
            entities.translate(unit, large, score=round(0.5 + 0.3 * -minus, 2))
        named[entities.find(x)] = merged(named[large], named[small])


def compared(
    named: Mapping[Unit, Named], entities: Entities, units: Units, sentences: Mapping[str, tuple[int, int]],
) -> dict[Pair, dict[str, float]]:
    """The features of all entities that meet and may be one."""
    seen = meet(named, entities, units, sentences)
    pairs = [pair for pair in sorted(seen.weight) if not refused(named[pair[0]], named[pair[1]])]
    texts = dict.fromkeys(form.text for pair in pairs for root in pair for form in named[root].forms)
    units.meaning.encode(text for text in texts if text.strip())
    return {pair: features(named[pair[0]], named[pair[1]], pair, seen, units) for pair in pairs}


def merged(large: Named, small: Named) -> Named:
    """Two entities as one."""
    return Named(large.units + small.units, large.forms + small.forms, large.articles | small.articles, large.kind)


def name_of(entities: Entities, units: Sequence[Unit]) -> Named:
    """What is known of an entity."""
    forms, kinds = Counter[int](), Counter[str]()
    for number, article in units:
        own = [m for m in entities.forms[number].mentions if m.article == article]
        forms[number] += len(own)
        kinds.update(m.kind for m in own)
    ranked = sorted(forms, key=lambda n: (-forms[n], n))
    spelled, articles = [entities.forms[n] for n in ranked[:FORMS]], {article for _, article in units}
    return Named(list(units), spelled, articles, max(sorted(kinds), key=lambda k: kinds[k]))


def meet(named: Mapping[Unit, Named], entities: Entities, units: Units, sentences: Mapping[str, tuple[int, int]]) -> Meetings:
    """Where entities of two articles in different languages meet."""
    rows = {article: sentence_rows(article, units, sentences) for article in sorted(units.rows)}
    homes = {article: standing(article, found, named, entities) for article, found in rows.items()}
    out = Meetings()
    articles = list(rows)
    known: dict[tuple[str, int], Floats] = {}
    for i, a in enumerate(articles):
        for b in articles[i + 1:]:
            if units.languages.get(a) != units.languages.get(b):
                for p, q, near in nearest(a, b, rows, units, known):
                    note(homes[a].get(p, set()), homes[b].get(q, set()), (a, b), near, named, out)
    return out


def sentence_rows(article: str, units: Units, sentences: Mapping[str, tuple[int, int]]) -> list[tuple[int, int, int]]:
    """(start, end, row) of the sentences of an article that hold claims, in order; the row is that of their first claim."""
    found: dict[tuple[int, int], int] = {}
    for row, i in enumerate(units.rows[article]):
        found.setdefault(sentences[units.claims[i].sentence], row)
    return sorted((start, end, row) for (start, end), row in found.items())


def standing(article: str, rows: Sequence[tuple[int, int, int]], named: Mapping[Unit, Named], entities: Entities) -> dict[int, set[Unit]]:
    """The entities in each sentence of an article, by its number."""
    out: dict[int, set[Unit]] = {}
    starts = [start for start, _, _ in rows]
    for form in entities.forms:
        unit = (form.number, article)
        root = entities.find(unit) if article in form.articles else None
        if root is None or root not in named:
            continue
        for m in form.mentions:
            at = bisect_right(starts, m.start) - 1
            if m.article == article and at >= 0 and m.start < rows[at][1]:
                out.setdefault(at, set()).add(root)
    return out


def nearest(
    a: str, b: str, rows: Mapping[str, Sequence[tuple[int, int, int]]], units: Units, known: dict[tuple[str, int], Floats],
) -> Iterator[tuple[int, int, float]]:
    """Sentences of two articles that are each other's nearest, by their numbers, with their cosine; `known` keeps vectors by article."""
    space = units.space(a, b)
    for article in (a, b):
        if (article, space) not in known:
            known[article, space] = around(article, rows[article], units, space)
    one, two = known[a, space], known[b, space]
    if not len(one) or not len(two):
        return
    cosines = one @ two.T
    back = cosines.argmax(axis=0)
    for p, q in enumerate(cosines.argmax(axis=1)):
        if int(back[q]) == p and cosines[p, q] >= NEAR:
            yield p, int(q), round(float(cosines[p, q]), 4)


def around(article: str, rows: Sequence[tuple[int, int, int]], units: Units, space: int) -> Floats:
    """The vectors of the sentences of an article: (n, n_dims) float32, unit length."""
    return units.vectors(article, space)[1][[row for _, _, row in rows]]


def note(one: set[Unit], two: set[Unit], articles: tuple[str, str], near: float, named: Mapping[Unit, Named], out: Meetings) -> None:
    """Note who meets whom in two sentences: only what the other article has nowhere."""
    left = sorted(root for root in one if articles[1] not in named[root].articles)
    right = sorted(root for root in two if articles[0] not in named[root].articles)
    for mine, other in ((left, articles[1]), (right, articles[0])):
        for root in mine:
            out.left[root, other] += near
    for a in left:
        for b in right:
            pair = (min(a, b), max(a, b))
            out.weight[pair] += near / max(len(left), len(right))
            out.best[pair] = max(out.best.get(pair, 0.0), near)


def features(one: Named, two: Named, pair: Pair, seen: Meetings, units: Units) -> dict[str, float]:
    """What the formula sees of two entities, all about 0 to 1 and the more the likelier."""
    weight = seen.weight[pair]
    shares = [weight / max(sum(seen.left[root, article] for article in sorted(other.articles)), 1e-9)
              for root, other in zip(pair, (two, one), strict=True)]
    couples = [(a, b) for a in one.forms for b in two.forms if a.language != b.language]
    meaning = max((cosine(a, b, units.meaning) for a, b in couples), default=0.0)
    heads = [{f.body.head for f in named.forms} - {""} for named in (one, two)]
    return {
        "meetings": math.log1p(weight), "least": min(shares), "sentence": seen.best[pair] - NEAR,
        "meaning": max(0.0, meaning - APART), "sound": max(0.0, DEAF - sounding(one, two)) / DEAF, "kind": float(one.kind == two.kind),
        "head": float(bool(heads[0] & heads[1])),
    }


def cosine(a: Form, b: Form, meaning: Meaning) -> float:
    """How near two names are in meaning, to the first encoder."""
    left, right = meaning.vectors([a.text, b.text], "", 0)
    return round(float(left @ right), 4)


def unlike(a: Form, b: Form) -> float:
    """How far apart two names sound: the words of the shorter one by the nearest of the longer, their mean and their worst, halved."""
    short, long = sorted((a.words, b.words), key=len)
    far = [min(distance(x, y) for y in long) for x in short if len(consonants(x)) >= HEARD]
    return (sum(far) / len(far) + max(far)) / 2 if far else 1.0


def probability(found: Mapping[str, float]) -> float:
    """How likely two entities are one, from their features."""
    return 1 / (1 + math.exp(-WEIGHTS["bias"] - sum(WEIGHTS[name] * value for name, value in found.items())))


def refused(one: Named, two: Named) -> bool:
    """Whether two entities must stay two, however often they meet.

    They stand in one article, one is a country, or one is a single word that is a part of the other's longer name (a town and its court).
    """
    if one.articles & two.articles or any(country(n) for n in (one, two)):
        return True
    short, long = sorted((one, two), key=lambda n: max(len(f.words) for f in n.forms))
    alone = all(len(f.words) == 1 for f in short.forms)
    return alone and any(len(f.words) > 1 and part(short, f) and says_kind(f) for f in long.forms)


def relative(one: Named, two: Named, pair: Pair, named: Mapping[Unit, Named]) -> bool:
    """Whether two are persons, and somebody who stands beside one of them is called like the other as well: two of one family."""
    if one.kind != "person" or two.kind != "person":
        return False
    far = sounding(one, two)
    return any(n.articles & beside.articles and sounding(n, other) <= far + RIVAL for root, n in named.items() if root not in pair
               for beside, other in ((one, two), (two, one)) if n.kind == "person")


def sounding(one: Named, two: Named) -> float:
    """How far apart two entities sound at best; 1 where either has only spellings of the other's languages."""
    return min((unlike(a, b) for a in one.forms for b in two.forms if a.language != b.language), default=1.0)


def country(named: Named) -> bool:
    """Whether an entity is a country or a known place."""
    return any(f.place or place_code(f.text, f.language) for f in named.forms)


def part(short: Named, long: Form) -> bool:
    """Whether a single word sounds like a word of a name."""
    return any(distance(f.words[0], word) <= ALIKE for f in short.forms for word in long.words if len(consonants(word)) >= HEARD)


def says_kind(form: Form) -> bool:
    """Whether a name says what kind of body or place it is."""
    return bool(form.body.head) or any(generic(word, form.language) for word in form.words)
