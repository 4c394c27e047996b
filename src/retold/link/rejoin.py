"""Groups of a collection that is not large that tell one story after all.

What was read in the articles decides what their first sentences left open.

Articles are grouped before they are read (`retold.group`), by their first sentences, names and numbers. A company's
statement, a paper of the trade and a translation of it may have little of these in common with the reports of the day, and yet make the
same claims and quote the same people; an article about the same firm and another event does not. Whoever hands over a few articles loses
most by a story that lies in pieces, so each smaller group is compared once more with each larger one.

Source: after Barzilay and Elhadad 2003, "Sentence Alignment for Monolingual Comparable Corpora", section 3, which tells whether texts are
comparable before it aligns them; here the aligned claims tell it. The formula is ours (`eval/fit_rejoin.py`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from retold.base.models import Models, Stage
from retold.base.records import (
    Article,
    Attribution,
    Claim,
    Date,
    Language,
    Membership,
    Mention,
    Passage,
    Quantity,
    Quote,
    Record,
    Sentence,
    Tie,
)
from retold.base.tables import Batch
from retold.link.claims import link_claims
from retold.link.names import link_names
from retold.link.quotes import link_quotes

METHOD = "rejoined by claims and quotes"
READS: tuple[type[Record], ...] = (
    Article, Language, Membership, Tie, Passage, Sentence, Mention, Quantity, Date, Quote, Attribution, Claim)
NEAREST = 3  # ties of an article to a group that count
FARTHEST = 4.0  # log of the odds that a tie counts at most, for or against
WORTH = -2.5  # mean log of the odds of the nearest ties from which it is worth reading on
TOGETHER = 60  # articles of a collection in which all groups that are in doubt are read on together; in a larger one two at a time
WORTH_APART = -1.5  # the same as `WORTH` there: of annotated stories one of 65 pairs that belong together lies below
SURE_APART = 1.0  # log of the odds from which two are joined there, since one wrong join makes two stories one
MOST_PAIRS = 400  # pairs of groups that are read on there, the nearest: half a second each
HANDFUL = 5  # articles of a collection up to which all that lie apart are read on: whoever hands over so few means one story
MAIN = 0.2  # of the articles of a small collection that one of its main stories has
FEWEST = 5  # claims that an article is held to have at least
MOST_QUOTES = 3  # shared quotes that count
UNTELLING = (0.0, 1.0)  # figures that two articles have in common by chance
DAY = 5  # code points of a date from which on it tells a year, or a month and a day
MOST_DAYS = 3  # days that an article shares with a few others
MOST_FACTS = 2  # figures, and days, of two single articles that count
# fitted by eval/fit_rejoin.py, the bias then put midway between the articles that belong (1.3 and more) and those that do not (.2 at most)
WEIGHTS = {"bias": -1.7, "ties": 1.07, "claims": 7.48, "quotes": 2.56, "size": -3.01}
# two single articles, fitted on 269 invented pairs of one event, 259 of two, and 680 of three public sets (docs/methods/group.md)
TWO = {"bias": -1.47, "ties": 0.54, "claims": 6.05, "quotes": 0.34, "figures": 0.39, "days": 2.7}
# an article and some others of a handful, fitted on 235 collections of three to five (docs/methods/group.md), the bias then lowered by .5
FEW = {"bias": -1.67, "ties": 0.6, "claims": 4.22, "quotes": 0.79, "days": 1.39, "size": -0.53}


@dataclass(slots=True, kw_only=True)
class Common:
    """What the articles of a collection have in common.

    ties: log of the odds that two tell one story, before they were read; claims: the articles of each, with the strength of the strongest
    link; quotes: the articles of each; made: how many claims an article makes; figures, days: those of each article;
    spoken: the language of each; size: how many articles the collection has.
    """

    ties: Mapping[tuple[str, str], float]
    claims: Sequence[Mapping[str, float]] = ()
    quotes: Sequence[frozenset[str]] = ()
    made: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, frozenset[tuple[str, float]]] = field(default_factory=dict)
    days: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)
    size: int = 0

    def tie(self, article: str, group: Sequence[str]) -> float:
        """The mean of an article's nearest ties to a group."""
        odds = sorted((self.ties.get((min(article, a), max(article, a)), -FARTHEST) for a in group), reverse=True)[:NEAREST]
        return sum(max(-FARTHEST, min(FARTHEST, o)) for o in odds) / len(odds)

    def nearest(self, some: Sequence[str], group: Sequence[str]) -> float:
        """The tie to a group of that one of some articles which is tied to it most."""
        return max(self.tie(article, group) for article in some)

    def tongues(self, group: Sequence[str]) -> set[str]:
        """The languages of a group."""
        return {self.spoken.get(article, "") for article in group}

    def features(self, article: str, group: Sequence[str]) -> dict[str, float]:
        """By name as in `WEIGHTS`: nearest ties; share of the article's claims that the group makes, too; quotes that both have; the log of
        how many articles the group has, for the more there are, the more is common by chance."""
        there = set(group)
        shared = sum(strengths[article] for strengths in self.claims if article in strengths and not there.isdisjoint(strengths))
        quotes = sum(article in having and not there.isdisjoint(having) for having in self.quotes)
        return {"bias": 1.0, "ties": self.tie(article, group), "claims": shared / max(FEWEST, self.made.get(article, 0)),
                "quotes": min(quotes, MOST_QUOTES), "size": math.log(len(group))}

    def odds(self, some: Sequence[str], group: Sequence[str]) -> float:
        """The log of the odds that some articles tell the story of a group. Where one of them does, so do the others."""
        if len(some) == len(group) == 1:
            return sum(TWO[name] * value for name, value in self.alike(some[0], group[0]).items())
        if self.handed:
            return max(sum(FEW[name] * value for name, value in self.handful(article, group).items()) for article in some)
        return max(sum(WEIGHTS[name] * value for name, value in self.features(article, group).items()) for article in some)

    @property
    def handed(self) -> bool:
        """Whether the collection is a handful, and something is known of how near its articles are."""
        return 1 < self.size <= HANDFUL and bool(self.ties)

    def handful(self, article: str, group: Sequence[str]) -> dict[str, float]:
        """By name as in `FEW`: `features` in a handful of articles, with the one nearest tie, and the days that both tell."""
        days = frozenset[str]().union(*(self.days.get(other, ()) for other in group))
        return self.features(article, group) | {
            "ties": max(self.tie(article, [other]) for other in group),
            "days": min(MOST_DAYS, len(days & self.days.get(article, frozenset())))}

    def alike(self, one: str, other: str) -> dict[str, float]:
        """The same of two single articles, by name as in `TWO`: figures and days tell more there, since nothing is common by chance."""
        shared = sum(min(strengths[one], strengths[other]) for strengths in self.claims if one in strengths and other in strengths)
        return {"bias": 1.0, "ties": self.tie(one, [other]), "quotes": min(sum({one, other} <= q for q in self.quotes), MOST_QUOTES),
                "claims": shared / max(FEWEST, min(self.made.get(one, 0), self.made.get(other, 0))),
                "figures": min(MOST_FACTS, len(self.figures.get(one, frozenset()) & self.figures.get(other, frozenset()))),
                "days": min(MOST_FACTS, len(self.days.get(one, frozenset()) & self.days.get(other, frozenset())))}


def run(batch: Batch, models: Models) -> Batch:
    """All memberships, those of groups that were joined changed."""
    return Batch(rejoin(batch, models))


def rejoin(batch: Batch, models: Models) -> list[Membership]:
    """The memberships of a collection after a second look; as they were where there are no ties, as in a large collection."""
    members = batch.get(Membership)
    groups: dict[str, list[str]] = defaultdict(list)
    for membership in members:
        groups[membership.story].append(membership.article)
    spoken = {language.article: language.code for language in batch.get(Language)}
    common = Common(ties=ties_of(batch), spoken=spoken, size=len(members))
    homes = {m.article: m.story for m in members}
    read = by_article(batch)
    if len(members) > TOGETHER:
        homes |= joined_abroad(read, models, groups, common)
    else:
        for stories in clusters([pair for pair in pairs(groups) if worth(common, *(groups[story] for story in pair))]):
            some = {story: groups[story] for story in stories}
            found = in_common(read, models, {a for articles in some.values() for a in articles}, common.ties)
            homes |= joined(replace(found, spoken=spoken, size=len(members)), some)
    strongest = {a: max((o for pair, o in common.ties.items() if a in pair), default=0.0) for a in homes}
    return [m if homes[m.article] == m.story else
            replace(m, story=homes[m.article], method=METHOD, score=round(probability(strongest[m.article]), 6)) for m in members]


def clusters(doubtful: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The stories that hang together by pairs that are in doubt; only these are read on together, since a second encoder may be slow."""
    found: list[set[str]] = []
    for pair in doubtful:
        apart = [part for part in found if part.isdisjoint(pair)]
        found = [*apart, set(pair).union(*(part for part in found if part not in apart))]
    return sorted(sorted(part) for part in found)


def pairs(groups: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Every two groups, the smaller first."""
    ordered = sorted(groups, key=lambda story: (len(groups[story]), story))
    return [(small, large) for i, small in enumerate(ordered) for large in ordered[i + 1:]]


def worth(common: Common, small: Sequence[str], large: Sequence[str]) -> bool:
    """Whether the claims of two groups may decide."""
    if common.handed:
        return True
    return len(large) > 1 and may_join(common, small, large) and common.nearest(small, large) >= WORTH


def may_join(common: Common, small: Sequence[str], large: Sequence[str]) -> bool:
    """Whether claims and quotes may join two groups: those without a common language, and what is left over from the main stories."""
    return len(large) >= MAIN * common.size or common.tongues(small).isdisjoint(common.tongues(large))


def ties_of(batch: Batch) -> dict[tuple[str, str], float]:
    """The log of the odds that two articles tell one story, by both in alphabetical order."""
    ties = [t for t in batch.get(Tie) if 0 < t.score < 1]
    return {(min(t.article, t.other), max(t.article, t.other)): math.log(t.score / (1 - t.score)) for t in ties}


def by_article(batch: Batch) -> dict[str, list[Record]]:
    """What was read in each article, kind by kind."""
    read: dict[str, list[Record]] = defaultdict(list)
    for kind in READS:
        for record in batch.get(kind) if kind not in (Membership, Tie) else ():
            read[getattr(record, kind.by)].append(record)
    return read


def in_common(read: Mapping[str, Sequence[Record]], models: Models, articles: set[str], ties: Mapping[tuple[str, str], float]) -> Common:
    """What some articles have in common, linked as if they told one story."""
    some = Batch(record for article in sorted(articles) for record in read.get(article, ()))
    some.add(link_names("", some))
    claims: dict[str, dict[str, float]] = defaultdict(dict)
    for version in link_claims("", some, models, again=False):
        claims[version.group][version.article] = max(version.score, claims[version.group].get(version.article, 0.0))
    quotes: dict[str, set[str]] = defaultdict(set)
    for quote in link_quotes("", some, models):
        quotes[quote.group].add(quote.article)
    made = Counter(claim.article for claim in some.get(Claim))
    figures = {a: frozenset((q.unit, q.value) for q in rows if q.value not in UNTELLING) for a, rows in some.by_article(Quantity).items()}
    days = {a: frozenset(d.earliest for d in rows if len(d.earliest) >= DAY) for a, rows in some.by_article(Date).items()}
    return Common(ties=ties, claims=[claims[k] for k in sorted(claims)], quotes=[frozenset(quotes[k]) for k in sorted(quotes)], made=made,
                  figures=figures, days=days)


def joined(common: Common, groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The story of each article: the two groups that most likely tell one story are joined, as long as that is likelier than not."""
    parts = {story: sorted(articles) for story, articles in groups.items()}
    while True:
        found = [(round(common.odds(parts[a], parts[b]), 6), a, b) for a, b in pairs(parts) if worth(common, parts[a], parts[b])]
        best = max(found, key=lambda f: (f[0], f[2], f[1]), default=(0.0, "", ""))
        if best[0] <= 0:
            return {article: story for story, articles in parts.items() for article in articles}
        parts[best[2]] = sorted([*parts[best[2]], *parts.pop(best[1])])


def joined_abroad(
    read: Mapping[str, Sequence[Record]], models: Models, groups: Mapping[str, Sequence[str]], common: Common,
) -> dict[str, str]:
    """The story of each article of a larger collection: groups without a common language are read on two at a time, those with the
    strongest ties first.

    All groups that are in doubt hang together there, so that they could not be read on at once. Within a language first sentences tell
    the stories of a month apart, and claims and quotes do not, since all reports on a running matter repeat them.
    """
    nearest = {(a, b): common.nearest(groups[a], groups[b]) for a, b in pairs(groups) if len(groups[b]) > 1}
    doubtful = sorted((pair for pair, tie in nearest.items() if tie >= WORTH_APART), key=lambda pair: (-nearest[pair], pair))
    homes = {story: story for story in groups}
    tongues = {story: common.tongues(articles) for story, articles in groups.items()}
    for small, large in doubtful[:MOST_PAIRS]:
        if not tongues[homes[small]].isdisjoint(tongues[homes[large]]):
            continue
        found = in_common(read, models, {*groups[small], *groups[large]}, common.ties)
        if found.odds(groups[small], groups[large]) > SURE_APART:
            tongues[homes[large]] |= tongues[homes[small]]
            homes = {story: homes[large] if home == homes[small] else home for story, home in homes.items()}
    return {article: homes[story] for story, articles in groups.items() for article in articles}


def probability(odds: float) -> float:
    """The probability that a log of odds stands for."""
    return 1 / (1 + math.exp(-odds))


STAGE = Stage(
    name="rejoin", run=run, by="collection", reads=READS, writes=(Membership,), replaces=(Membership,), models=("encoder", "second"),
)
