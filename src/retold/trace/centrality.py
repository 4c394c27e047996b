"""Which people and bodies have a part in the matter itself, and which only react or add.

Witnesses, parties and authorities know it at first hand; rivals, politicians elsewhere and experts comment on it. What tells them apart is
how an article treats them: near its head and at length or near its end and in passing; whether those who have it from there tell it on;
figures in what they say; what they are called. Each weighs in a logistic formula.

Source: the order of news is that of Van Dijk 1988, "News as Discourse", chapter 2 (main event first, verbal reactions and comments last);
the formula is ours (`eval/fit_origins.py`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from retold.base.records import Derivation, Quantity
from retold.base.skeletons import skeleton
from retold.lexicons.bodies import QUALIFIERS, body_of
from retold.trace.offices import PHRASE, beside, office
from retold.trace.publishers import telling
from retold.trace.register import Register
from retold.trace.roles import roles, whole
from retold.trace.statement import Statement
from retold.trace.ties import Fabric

# fitted by eval/fit_origins.py on all annotated stories; figures of stories left out in docs/methods/trace.md
WEIGHTS: dict[str, float] = {
    "bias": -1.21, "alone": 0.72, "half": 0.77, "retold": 0.81, "there": 0.94, "charge": 0.87, "expert": -0.92, "place": -0.94,
    "share": 1.07, "often": 1.5, "volume": 1.66, "figures": 0.2, "own": -0.12, "abroad": -0.74,
}
LIKELY = 0.5  # probability from which a source is held to have a part in the matter
LIKELY_LONG = 0.6  # the same in a story of much text: the more there is, the more is misread that looks like a source
LONG = 6000  # code points of a story's articles together from which it is one
MOST = 0.5  # share of the articles that name a source
SEVERAL = 2  # articles that must name it at least
OFTEN = 4  # times that an article names a source from which it does not tell more
FIGURES = 2  # figures in what it says, the same
VOLUME = 1 / 3  # share of an article's text that it says, the same
IN_CHARGE = frozenset({  # bodies that deal with what happened, by what they are
    "police", "coast_guard", "fire_service", "prosecutor", "court", "army", "navy", "authority", "hospital", "union", "office",
    "headquarters", "prison", "railway"})
OVERSEERS = frozenset({"council", "commission", "board"})  # the same, where they are for one subject: a data council
WORDS = {
    "half": "tells first hand, and {named} of {articles} articles name it",
    "retold": "tells first hand, and those who have it from there tell it on",
    "there": "tells first hand, and was there: a witness, a resident or somebody who works there",
    "alone": "tells first hand, and an article that has nothing from anybody else rests on it",
    "charge": "tells first hand: a body that deals with such matters",
}


class Behind(Protocol):
    """The edges into every article and the roots that stand behind it."""

    @property
    def edges(self) -> Mapping[str, Sequence[Derivation]]:
        """The edges into each article."""
        ...

    @property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """The roots of each article."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What shows that a source has a part in the matter.

    alone: an article that has nothing from anybody else rests on it; named: how many articles name it, of `articles`; retold: an article
    that has something from there tells what it says; there: it is somebody who is called a witness, or works there; charge: a body that
    deals with such matters; expert: somebody who only comments, by what they are called; place: how far down an article names it first;
    share: of the sources that an article names; often: how often; volume: how much of an article it says; figures: how many in that;
    own: it spoke to the outlet itself; abroad: in a language of fewer articles than the commonest; long: the story has much text.
    """

    articles: int
    named: int = 0
    alone: bool = False
    retold: bool = False
    there: bool = False
    charge: bool = False
    expert: bool = False
    place: float = 0.0
    share: float = 0.0
    often: int = 0
    volume: float = 0.0
    figures: int = 0
    own: bool = False
    abroad: bool = False
    long: bool = False

    @property
    def signals(self) -> dict[str, float]:
        """What speaks for and against it, before it is weighed."""
        return {
            "bias": 1.0, "alone": float(self.alone), "half": float(self.named >= max(SEVERAL, MOST * self.articles)),
            "retold": float(self.retold), "there": float(self.there), "charge": float(self.charge), "expert": float(self.expert),
            "place": self.place, "share": self.share, "often": min(OFTEN, self.often) / OFTEN, "volume": min(1.0, self.volume / VOLUME),
            "figures": min(FIGURES, self.figures) / FIGURES, "own": float(self.own), "abroad": float(self.abroad),
        }

    @property
    def chance(self) -> float:
        """The probability that it has one."""
        return 1 / (1 + math.exp(-math.fsum(WEIGHTS[name] * value for name, value in self.signals.items())))

    @property
    def why(self) -> str:
        """Why it has one, in words: what weighs most; "" where it is likelier to have none."""
        if self.chance < (LIKELY_LONG if self.long else LIKELY):
            return ""
        signals = self.signals
        best = max(WORDS, key=lambda name: WEIGHTS[name] * signals[name])
        words = WORDS[best] if signals[best] else "tells first hand, and much of what an article tells"
        return words.format(named=self.named, articles=self.articles)


def part_of(
    node: str, fabric: Fabric, roots: Behind, stated: Mapping[str, Sequence[Statement]], register: Register,
    figures: Mapping[str, Sequence[Quantity]],
) -> Part:
    """What shows that a root has a part in the matter; `figures`: those of each article."""
    users = [a for a, rows in roots.edges.items() if any(r.source == node for r in rows)]
    rows = [s for a in users for s in stated[a] if s.node == node]
    everywhere = [s for found in stated.values() for s in found if s.node == node]
    if everywhere and all(s.content and not s.attribution for s in everywhere):  # told of by what it did, and quoted by nobody
        return Part(articles=len(fabric.articles), there=any(was_there(s, register) for s in rows))
    lone = any(not other_roots(a, node, roots) and (len(fabric.articles) == 1 or shares_anything(a, fabric))
               and not (len(roots.edges[a]) > 1 and comments(node, a, rows, register)) for a in users)
    lengths, spoken = {a: len(register.articles[a].text) for a in users}, Counter(register.languages.get(a, "") for a in register.articles)
    return Part(
        alone=lone, named=len(naming(rows, register)), articles=len(fabric.articles), retold=told_on(rows, users, fabric, roots),
        there=any(was_there(s, register) for s in rows), charge=any(in_charge(s, register) for s in rows),
        expert=any(roles("experts").search(words) for s in rows for words in called(s, register, apart=True)),
        place=min((s.span[0] / lengths[s.article] for s in rows), default=1.0), often=len(rows), own=any(s.own for s in rows),
        share=max((sum(s.article == a for s in rows) / len(stated[a]) for a in users if stated[a]), default=0.0),
        volume=max((sum(end - start for s in rows if s.article == a for start, end in s.content) / lengths[a] for a in users), default=0.0),
        figures=len({(s.article, q.start) for s in rows for q in figures.get(s.article, ()) if any(
            start <= q.start < end for start, end in s.content)}),
        long=sum(len(article.text) for article in register.articles.values()) >= LONG,
        abroad=bool(users) and all(spoken[register.languages.get(a, "")] < max(spoken.values()) for a in users),
    )


def told_on(rows: Sequence[Statement], users: Sequence[str], fabric: Fabric, roots: Behind) -> bool:
    """Whether an article that has something from those that name a source tells what it says there."""
    said = {g for s in rows for g in fabric.said.get(s.attribution, frozenset())}
    down = set[str]().union(*(descendants(a, roots) for a in users)) - set(users)
    return any(down & fabric.tellers.get(g, frozenset()) for g in said)


def in_charge(s: Statement, register: Register) -> bool:
    """Whether a source is called, or called to be of, a body that deals with what happened: police, court, authority, hospital, union."""
    language = register.languages.get(s.article, "")
    phrases = [s.label, *called(s, register, apart=True)]
    bodies = [body_of(words, language) for words in phrases]
    return any(office(words, language) for words in phrases) or any(
        body.head in IN_CHARGE or (body.head in OVERSEERS and body.fields - QUALIFIERS) for body in bodies)


def comments(node: str, article: str, rows: Sequence[Statement], register: Register) -> bool:
    """Whether a person only comments in an article, by what they are called there: an analyst, a critic, who took no part in a study; or
    somebody who is only described and was not there ("a team-mate")."""
    mine = [s for s in rows if s.article == article and s.kind == "person"]
    if mine and all(whole("somebody").match(s.label) and not (s.own or was_there(s, register)) for s in mine):
        return True
    return bool(mine) and any(roles("experts").search(words) for s in mine for words in called(s, register, apart=True))


def called(s: Statement, register: Register, *, apart: bool = False) -> list[str]:
    """What a person is called in the words for the source, and right beside the name; `apart`: with what follows behind a comma."""
    text, start, end = register.articles[s.article].text, *s.span
    near = next((n for n in register.names.get(s.article, ()) if n.entity == s.entity and start <= n.start < end), None)
    words = text[start:end] if apart else PHRASE.split(text[start:end])[0]
    return [words, *(beside(near, text) if near else ())]


def was_there(s: Statement, register: Register) -> bool:
    """Whether a person is called a witness, a resident or somebody who works there, in the words for the source or beside the name; or
    saw or heard something and has no office.
    """
    if s.kind not in ("person", "anonymous"):
        return False
    text, phrases = register.articles[s.article].text, called(s, register)
    if any(roles("witnesses", "responders").search(words) for words in phrases):
        return True
    seen = any(whole("perceived").search(text, *place) for place in s.content)
    return seen and not any(roles("spokespeople", "officers", "experts").search(words) for words in phrases)


def naming(rows: Sequence[Statement], register: Register) -> set[str]:
    """The articles that name a source, the body that it speaks for, or a body that bears its name."""
    entities = {s.entity for s in rows if s.entity}
    entities |= {person for person, body in register.bodies.items() if body in entities} | {register.bodies.get(e, e) for e in entities}
    named = (s.label for s in rows if s.kind == "person" and not whole("somebody").match(s.label))
    surnames = {words[-1] for label in named if (words := [skeleton(w) for w in label.split()]) and len(words[-1]) > 3}
    return {a for a, names in register.names.items()
            if any(n.entity in entities or (n.kind != "person" and surnames & telling(n.text)) for n in names)}


def shares_anything(article: str, fabric: Fabric) -> bool:
    """Whether an article makes a claim that another one makes too, or shares words with one."""
    return any(len(fabric.tellers[g]) > 1 for g in fabric.claims[article]) or any(
        article == a for a, _ in (*fabric.shared_words, *fabric.shared_sentences))


def descendants(article: str, roots: Behind) -> set[str]:
    """An article and all that have something from it, however far down."""
    out = {article}
    while True:
        more = {t for t, rows in roots.edges.items() if t not in out and any(r.source in out for r in rows)}
        if not more:
            return out
        out |= more


def other_roots(article: str, node: str, roots: Behind) -> bool:
    """Whether an article also stands on a report or a first-hand article, beside the people it names."""
    return any(n != node and not n.startswith("external:") for n in roots.behind[article]) or any(
        row.kind == "cites" or not row.source.startswith("external:") for row in roots.edges[article])
