"""Which version of a quote is the one that the others go back to, or whether that one is missing.

A choice among the versions and "none of them", each with a score that is linear in what speaks for it: who was told, who cites
nobody, which is full and early, and in which language the speaker is quoted elsewhere in the story: nobody changes language from
one quote to the next. Source: the conditional logit of McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior"
(1974). Ours differs in that any of several equal versions counts as right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from retold.base.records import Article
from retold.lexicons import lexicon
from retold.link.quotespeakers import group_entity
from retold.link.utterances import Utterance

# Fitted by eval/fit_quotes.py on 119 quotes with two versions or more of 32 annotated stories; with each story left out 103 are right.
WEIGHTS: dict[str, float] = {
    "told": 1.6, "own": 0.8, "full": 1.6, "early": 2.6, "speaker": 1.1, "home": 1.3, "missing": 1.5, "second": 1.3, "languages": 1.0,
}
PAIR = 2  # articles that cite others: these may well have it from each other
UNDATED = "9"  # sorts behind every date


class Origins:
    """Chooses origins in one story.

    Args:
        articles: the story's articles by id.
        utterances: all that may be versions, and `groups` of their numbers, one a quote.
        own: whether each article is somebody's own text; `second`: whether it cites another outlet.
    """

    def __init__(
        self, articles: Mapping[str, Article], utterances: Sequence[Utterance], groups: Sequence[Sequence[int]],
        *, own: Mapping[str, bool], second: Mapping[str, bool],
    ) -> None:
        self.own, self.second = own, second
        self.published = {key: article.published or UNDATED for key, article in articles.items()}
        languages = {u.article: u.language for u in utterances}
        counts = Counter(languages.values())
        self.home = {code: n / len(languages) for code, n in counts.items()}
        self.spoken: dict[str, list[frozenset[str]]] = {}
        for group in groups:
            members = [utterances[i] for i in group]
            self.spoken.setdefault(group_entity(members), []).append(quoted_in(members))

    def choose(self, members: Sequence[Utterance]) -> Utterance | None:
        """The version that the others go back to; None where all seem to go back to one that is missing, or nothing is quoted."""
        pool = self.versions(members)
        if len(pool) < 2:
            return pool[0] if pool else None
        found = self.features(pool, members)
        scored = {u.place: weigh(row) for u, row in zip(pool, found, strict=True)}
        best = max(pool, key=lambda u: (scored[u.place], size_of(u), u.place))
        return best if scored[best.place] > weigh(self.missing(pool)) else None

    def versions(self, members: Sequence[Utterance]) -> list[Utterance]:
        """The versions that may be the origin: words in marks, and what an article says in its own name."""
        return [u for u in members if u.level == "quoted" or self.own[u.article]]

    def features(self, pool: Sequence[Utterance], members: Sequence[Utterance]) -> list[dict[str, float]]:
        """What speaks for each version: whether the outlet was told and the text is somebody's own; its length against the longest; 1
        for the first to come out and 0 for the last; the shares of the speaker's other quotes and of the story that its language has."""
        longest = max(size_of(u) for u in pool)
        dates = sorted({self.published[u.article] for u in pool})
        early = {date: 1 - n / (len(dates) - 1) if len(dates) > 1 else 0.5 for n, date in enumerate(dates)}
        own = quoted_in(members)
        others = list(self.spoken.get(group_entity(members), []))
        if own in others:
            others.remove(own)
        return [
            {
                "told": float(u.told_here),
                "own": float(self.own[u.article]),
                "full": size_of(u) / longest,
                "early": early[self.published[u.article]],
                "speaker": share_of(u.language, others),
                "home": self.home[u.language],
            }
            for u in pool
        ]

    def missing(self, pool: Sequence[Utterance]) -> dict[str, float]:
        """What speaks for an origin that is none of these versions: several languages, many articles that all cite other outlets."""
        second = all(self.second[u.article] and not u.told_here for u in pool)
        beyond = max(0, len({u.article for u in pool}) - PAIR)
        return {"missing": 1.0, "second": float(second * beyond), "languages": float(len({u.language for u in pool}) > 1)}


def weigh(found: Mapping[str, float]) -> float:
    """The score of a choice; rounded so that equal ones are equal."""
    return round(sum(WEIGHTS[name] * value for name, value in found.items()), 6)


def quoted_in(members: Sequence[Utterance]) -> frozenset[str]:
    """The languages that have a quote in marks."""
    return frozenset(u.language for u in members if u.level == "quoted")


def share_of(language: str, quotes: Sequence[frozenset[str]]) -> float:
    """The share of some quotes that a language has; a half where there are none."""
    return sum(language in found for found in quotes) / len(quotes) if quotes else 0.5


def size_of(u: Utterance) -> float:
    """The length of an utterance as an English text of the same content would have it, in code points."""
    return (u.end - u.start) / float(lexicon(u.language).table("script").get("density", 1.0))
