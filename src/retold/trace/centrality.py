"""Which people and bodies have a part in the matter itself, and which only react or add.

An article that has nothing from anybody else rests on the first; or half of the articles, and two at least, name them; or what they say is
told by a quarter, and two at least, that do not have it from there. Nothing here is fitted: leaving stories out, three such thresholds do
as well as any weights that so few stories carry, and can be said in words.

Source: Dawes 1979, "The Robust Beauty of Improper Linear Models in Decision Making" (where cases are few, signals of equal weight do as
well as fitted ones); ours are joined by "or" instead of being added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from retold.base.records import Derivation
from retold.base.skeletons import skeleton
from retold.trace.offices import PHRASE, beside
from retold.trace.publishers import telling
from retold.trace.register import Register
from retold.trace.roles import roles, whole
from retold.trace.statement import Statement
from retold.trace.ties import Fabric

MOST = 0.5  # share of the articles that name a source from which it has a part in the matter: between .4 and .6 nothing changes much
SOME = 0.25  # share of the articles that must tell what it says, where they are many: among a hundred, two say anything
SEVERAL = 2  # articles that must name it or tell what it says without having it from there: with 1 or 3 tellers F1 is .03 and .02 lower


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

    alone: an article that has nothing from anybody else rests on it; named: how many articles name it, of `articles`; told: how many
    tell what it says and do not have it from there; there: it is somebody who is called a witness, or works there.
    """

    alone: bool
    named: int
    told: int
    articles: int
    there: bool = False

    @property
    def why(self) -> str:
        """Why it has one, in words; "" where nothing shows it."""
        if self.told >= max(SEVERAL, SOME * self.articles):
            return f"tells first hand of what others tell too: {self.told} articles that do not have it from there"
        if self.named >= max(SEVERAL, MOST * self.articles):
            return f"tells first hand, and {self.named} of {self.articles} articles name it"
        if self.there:
            return "tells first hand, and was there: a witness, a resident or somebody who works there"
        return "tells first hand, and an article that has nothing from anybody else rests on it" if self.alone else ""


def part_of(node: str, fabric: Fabric, roots: Behind, stated: Mapping[str, Sequence[Statement]], register: Register) -> Part:
    """What shows that a root has a part in the matter."""
    users = [a for a, rows in roots.edges.items() if any(r.source == node for r in rows)]
    rows = [s for a in users for s in stated[a] if s.node == node]
    said = {g for s in rows for g in fabric.said.get(s.attribution, frozenset())}
    down = set[str]().union(*(descendants(a, roots) for a in users))
    lone = any(not other_roots(a, node, roots) and (len(fabric.articles) == 1 or shares_anything(a, fabric))
               and not (len(roots.edges[a]) > 1 and comments(node, a, rows, register)) for a in users)
    everywhere = [s for found in stated.values() for s in found if s.node == node]
    acting = bool(everywhere) and all(s.content and not s.attribution for s in everywhere)  # told of by what it did, and quoted by nobody
    told = sorted({a for g in said for a in fabric.tellers.get(g, frozenset())} - down)
    named = 0 if acting else len(naming(rows, register))
    return Part(alone=lone and not acting, named=named, articles=len(fabric.articles), told=len(accounts(told, fabric, register)),
                there=any(was_there(s, register) for s in rows))


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


def accounts(articles: Sequence[str], fabric: Fabric, register: Register) -> list[str]:
    """Articles without copies of one text and further articles of one outlet: each says it once."""
    out: list[str] = []
    for a in articles:
        outlets = {register.publishers.get(o, o) for o in out}
        if register.publishers.get(a, a) not in outlets and not any(o in fabric.twins.get(a, ()) for o in out):
            out.append(a)
    return out


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
