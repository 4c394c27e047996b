"""The assigner: which story each arriving article belongs to, with ids that stay.

The same assigner serves `retold group`, the group stage of `retold trace` and the workspace. Up to `WHOLE` articles every call
settles all of them afresh, in the canonical order of time and id: the stories are then a function of the set of articles, whatever
the order of arrival. Beyond, an article is compared with its neighbours only, and just the small stories that it has a tie to are
settled again with it; `settle` brings about what one call with all articles would have given.

A story keeps its id: the stories found now are matched with those known before by the articles that they share, the most first.
A new one is named after its first article.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from retold.base.records import make_id
from retold.group.groups import Turn, turn_of
from retold.group.items import FEW, Item
from retold.group.neighbours import FAR, RECENT, Index, Neighbourhood, Ties
from retold.group.settle import settle
from retold.group.shelf import Floats, Shelf

WHOLE = FEW  # articles up to which every call settles all of them
SMALL = 60  # articles of a story up to which it is settled again when an article has a tie to it; larger ones only grow and merge
TOUCH = 0.1  # probability of a tie that makes a story worth settling again
CHUNK = 256  # articles that are taken in at once beyond `WHOLE`
TURN = 1_000  # new articles after which it is told afresh how accounts of one event differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignments:
    """What a call changed. stories: story by article, for all articles whose story is new or other than before;
    scores: the strongest tie of each of these within its story (1 for one alone); merged: former id to the id that it is in now;
    split: id to the new ids that left it."""

    stories: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Assigner:
    """Assigns items to stories. `known` are items with their stories from an earlier run, in any order.

    >>> Assigner().assign([]).stories
    {}
    """

    def __init__(self, known: Iterable[tuple[Item, str]] = ()) -> None:
        given = sorted(known, key=lambda pair: canonical(pair[0]))
        self.home: dict[str, str] = {item.article: story for item, story in given}
        self.stories: dict[str, list[int]] = {}
        self._restore([item for item, _ in given])

    def __len__(self) -> int:
        return len(self.home)

    def assign(self, items: Iterable[Item], *, whole: bool = False) -> Assignments:
        """Put items into stories; an article that is there already keeps its place unless its item differs.

        whole: settle all articles afresh however many there are.
        """
        new = {item.article: item for item in items}
        changed = [a for a, item in new.items() if a in self.number and not same(self.shelf.items[self.number[a]], item)]
        fresh = sorted((item for a, item in new.items() if a not in self.number), key=canonical)
        if not fresh and not changed:
            return Assignments()
        if changed or whole or len(self.shelf) + len(fresh) <= WHOLE:
            kept = [new.get(item.article, item) for item in self.shelf.items]
            return self._whole([*kept, *fresh])
        return joined([self._add(fresh[i:i + CHUNK]) for i in range(0, len(fresh), CHUNK)])

    def forget(self, articles: Iterable[str]) -> Assignments:
        """Take articles out; their stories go on without them."""
        gone = set(articles) & self.number.keys()
        for article in gone:
            self.home.pop(article, None)
        kept = [item for item in self.shelf.items if item.article not in gone]
        if len(kept) <= WHOLE:
            return self._whole(kept)
        self._restore(sorted(kept, key=canonical))
        return Assignments()

    def settle(self, taken: Iterable[str] = ()) -> Assignments:
        """Settle all articles afresh, as one call with all of them would. taken: ids of stories elsewhere, that no new story may have."""
        return self._whole(self.shelf.items, taken)

    def _restore(self, items: Sequence[Item]) -> None:
        """Items on an empty shelf in the stories that are known; their ties are found when a new article touches their story."""
        self._begin(items)
        self.stories = {}
        for number, item in enumerate(self.shelf.items):
            self.stories.setdefault(self.home[item.article], []).append(number)
        self.untied.update(range(len(items)))
        if items:
            around = Neighbourhood(self.shelf, self.index)
            self._place(around, range(len(items)))
            for number in self.untied:
                around.note(number)

    def _tie_again(self, around: Neighbourhood, numbers: Sequence[int]) -> None:
        """Find the ties among articles that were restored without."""
        for i in [n for n in numbers if n in self.untied]:
            others = [j for j in numbers if j != i and j not in self.near[i]]
            for j, p in zip(others, around.probabilities(i, others), strict=True):
                if p >= FAR:
                    self.near[i][j] = self.near[j][i] = float(p)
            self.untied.discard(i)

    def _begin(self, items: Sequence[Item]) -> None:
        """An empty shelf, and the items on it."""
        self.shelf = Shelf(1)
        self.index = Index()
        self.near: list[dict[int, float]] = []
        self.centres: Floats = np.zeros((0, 1), dtype=np.float32)
        self.number: dict[str, int] = {}
        self.untied: set[int] = set()  # restored without their ties
        self.turn: Turn | None = None
        self.turned = 0  # articles there were when it was made
        self._shelve(items)

    def _shelve(self, items: Sequence[Item]) -> list[int]:
        if not len(self.shelf):
            self.shelf = Shelf(next((item.vectors.shape[1] for item in items if len(item.vectors)), 1))
            self.centres = np.zeros((0, self.shelf.leads.shape[2]), dtype=np.float32)
        numbers = list(self.shelf.put(items))
        self.number.update((self.shelf.items[n].article, n) for n in numbers)
        self.near.extend({} for _ in numbers)
        return numbers

    def _tie(self, around: Neighbourhood, numbers: Sequence[int], *, ahead: bool) -> Ties:
        """Compare articles with their neighbours and keep the ties."""
        self._place(around, numbers)
        ties = around.ties(numbers, self.centres[:len(self.shelf)], ahead=ahead)
        for (i, j), p in ties.items():
            self.near[i][j] = self.near[j][i] = p
        return ties

    def _place(self, around: Neighbourhood, numbers: Sequence[int]) -> None:
        """Note the centres of articles, as the means of the languages are now."""
        have, n = len(self.centres), len(self.shelf)
        if n > have:
            grown = np.zeros((max(n, 2 * have), self.shelf.leads.shape[2]), dtype=np.float32)
            grown[:have] = self.centres
            self.centres = grown
        for start in range(0, len(numbers), CHUNK):
            rows = np.array(numbers[start:start + CHUNK], dtype=np.int64)
            self.centres[rows] = self.shelf.centres(rows, around.usual)

    def _whole(self, items: Sequence[Item], taken: Iterable[str] = ()) -> Assignments:
        """Settle all articles afresh in the canonical order."""
        before = dict(self.home)
        self._begin(sorted(items, key=canonical))
        everyone = list(range(len(self.shelf)))
        around = Neighbourhood(self.shelf, self.index)
        ties = self._tie(around, everyone, ahead=True)
        self.stories = {}
        return self._name(settle(around, everyone, (), ties), before, taken)

    def _add(self, items: Sequence[Item]) -> Assignments:
        """Put a few articles where they belong, and settle the small stories again that they have ties to."""
        numbers = self._shelve(items)
        around = Neighbourhood(self.shelf, self.index)
        ties = self._tie(around, numbers, ahead=False)
        known = {k for pair, p in ties.items() if p >= TOUCH for k in pair if k < numbers[0]}
        touched = sorted({self.home[self.shelf.items[k].article] for k in known})
        small = [self.stories[story] for story in touched if len(self.stories[story]) <= SMALL]
        fixed = [self.stories[story] for story in touched if len(self.stories[story]) > SMALL]
        free = sorted([*numbers, *(n for members in small for n in members)])
        self._tie_again(around, [n for members in small for n in members])
        within = {*free, *(n for members in fixed for n in members)}
        inner = {(min(i, j), max(i, j)): p for i in free for j, p in self.near[i].items() if j in within}
        before = {a: self.home[a] for n in within if (a := self.shelf.items[n].article) in self.home}
        turn = self._turn(around)
        for story in touched:
            del self.stories[story]
        return self._name(settle(around, free, fixed, inner, turn), before)

    def _turn(self, around: Neighbourhood) -> Turn:
        """What vectors are turned by, made again of the latest stories whenever there are enough new articles."""
        first_headline = self.turn is not None and len(self.turn.second) != self.shelf.seconds.shape[1]
        if self.turn is None or first_headline or len(self.shelf) - self.turned >= TURN:
            latest = [members for members in self.stories.values() if members[-1] >= len(self.shelf) - RECENT]
            self.turn, self.turned = turn_of(around, latest), len(self.shelf)
        return self.turn

    def _name(self, found: Sequence[Sequence[int]], before: Mapping[str, str], taken: Iterable[str] = ()) -> Assignments:
        """Give stories their ids and note what changed. before: the former story of the articles in question that had one."""
        articles = [[self.shelf.items[n].article for n in members] for members in found]
        names = names_kept(articles, before, taken=(*self.stories, *taken))
        stories: dict[str, str] = {}
        scores: dict[str, float] = {}
        for name, members, own in zip(names, found, articles, strict=True):
            self.stories[name] = list(members)
            inside = set(members)
            for n, article in zip(members, own, strict=True):
                if before.get(article) != name:
                    near = self.near[n]
                    strongest = max(map(near.__getitem__, near.keys() & inside), default=1.0 if len(members) == 1 else 0.0)
                    stories[article], scores[article] = name, strongest
                self.home[article] = name
        merged, split = moves(before, self.home)
        return Assignments(stories=stories, scores=scores, merged=merged, split=split)


def canonical(item: Item) -> tuple[float, str]:
    """The order in which articles are taken: by time, those without one first, then by id."""
    return (-1.0 if item.day is None else item.day), item.article


def same(a: Item, b: Item) -> bool:
    """Whether two items say the same of an article."""
    return a.keys == b.keys and a.day == b.day and a.language == b.language and all(
        np.array_equal(getattr(a, name), getattr(b, name)) for name in ("vectors", "second", "event", "counts", "kinds", "titled"))


def names_kept(groups: Sequence[Sequence[str]], before: Mapping[str, str], taken: Iterable[str]) -> list[str]:
    """The id of each group: the former one that it shares most articles with, unless a larger share went elsewhere; else a new one
    made of its first article. taken: ids of stories that are not in question."""
    shares = Counter((before[article], i) for i, members in enumerate(groups) for article in members if article in before)
    names: dict[int, str] = {}
    used = set(taken)
    for (old, i), _ in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        if old not in used and i not in names:
            names[i] = old
            used.add(old)
    for i, members in enumerate(groups):
        if i not in names:
            names[i] = next(name for name in new_names(members) if name not in used)
            used.add(names[i])
    return [names[i] for i in range(len(groups))]


def new_names(members: Sequence[str]) -> Iterator[str]:
    """Ids that a new story of these articles may have, the likeliest first: all may have left stories that keep theirs."""
    yield from (make_id("s", article) for article in members)
    yield from (make_id("s", members[0], turn) for turn in itertools.count(2))


def moves(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Which former stories are in another one now, and which were split, with the ids of the parts that left."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for article, old in before.items():
        if article in now:
            parts[old][now[article]] += 1
    merged, split = {}, {}
    for old, homes in sorted(parts.items()):
        if old not in homes:
            merged[old] = min(homes, key=lambda name: (-homes[name], name))
        if len(homes) > 1:
            split[old] = tuple(sorted(homes.keys() - {old, merged.get(old, old)}))
    return merged, split


def joined(parts: Sequence[Assignments]) -> Assignments:
    """Several changes, one after the other, as one: a story that was merged twice is told under the id that it has in the end.

    >>> joined([Assignments(merged={"a": "b"}), Assignments(merged={"b": "c"})]).merged
    {'a': 'c', 'b': 'c'}
    """
    stories: dict[str, str] = {}
    scores: dict[str, float] = {}
    merged: dict[str, str] = {}
    split: dict[str, tuple[str, ...]] = {}
    for part in parts:
        stories.update(part.stories)
        scores.update(part.scores)
        back = set(part.stories.values())
        earlier = {old: part.merged.get(now, now) for old, now in merged.items() if old not in back}
        merged = {**earlier, **part.merged}
        left: dict[str, set[str]] = {old: {part.merged.get(name, name) for name in names} for old, names in split.items()}
        for old, names in part.split.items():
            left.setdefault(old, set()).update(names)
        split = {old: tuple(sorted(names - {old, merged.get(old, old)})) for old, names in left.items()}
    return Assignments(stories=stories, scores=scores, merged=merged, split=split)
