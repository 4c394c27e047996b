"""Origins that look like several and are one: outlets of one publisher, one statement under two names, one unnamed source.

The second of two that belong together is kept and shown, and no longer counted; its `why` says what it was merged with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol

from retold.base.hanzi import HAN_KANA
from retold.base.records import Attribution, Origin, Quote, QuoteVersion
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.lexicons.names import fold
from retold.lexicons.outlets import outlet_by_name
from retold.trace.decisions import HUMAN, Rulings
from retold.trace.offices import beside, is_bare
from retold.trace.publishers import same_publisher, telling
from retold.trace.register import Register
from retold.trace.roles import roles
from retold.trace.statement import Statement

SIGNS = 3  # signs from which a shortened name tells a body from others


class Behind(Protocol):
    """The roots behind every article."""

    @property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """Nodes by article."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Merges:
    """What is needed to see that two origins are one."""

    batch: Batch
    stated: Mapping[str, Sequence[Statement]]
    roots: Behind
    register: Register
    rulings: Rulings


def merged(origins: Sequence[Origin], known: Merges) -> list[Origin]:
    """The origins, of several that are one only the one with most articles counted."""
    users = {o.node: sum(o.node in found for found in known.roots.behind.values()) for o in origins}
    held = {o.node: o for o in origins}
    counted = sorted((o for o in origins if o.independent), key=lambda o: (o.node.startswith("external:"), -users[o.node], o.node))
    said = quotes_of(known)
    for one, other in combinations(counted, 2):
        if not held[one.node].independent or not held[other.node].independent:
            continue
        found = why(one, other, said, known)
        if found:
            words, method = found
            held[other.node] = replace(other, independent=False, why=f"{words} {label(one, known.register)}: counted once", method=method)
    return [held[o.node] for o in origins]


def label(origin: Origin, register: Register) -> str:
    """What to call an origin."""
    return register.publishers.get(origin.node) or origin.node.removeprefix("external:")


def why(one: Origin, other: Origin, said: Mapping[str, frozenset[str]], known: Merges) -> tuple[str, str] | None:
    """Why two origins are one, and how that is known; None where they are two."""
    names = label(one, known.register).casefold(), label(other, known.register).casefold()
    pair = (min(names), max(names))
    if pair in known.rulings.joined:
        return "a person says that it belongs to", HUMAN
    if pair in known.rulings.parted:
        return None
    if owner(names[0]) and owner(names[0]) == owner(names[1]):
        return f"of the same publisher ({owner(names[0])}) as", "owner in the list of outlets"
    if {one.kind, other.kind} == {"person", "organisation"} and one_statement(one.node, other.node, said, known.stated):
        return "gives the very same statement as", "one quote under two names"
    if one.kind == other.kind == "organisation" and (same_publisher(*names) or shortened(*names)):
        return "bears the same name as", "the words of the two names"
    if {one.kind, other.kind} == {"person", "organisation"} and of_one_body(one.node, other.node, known):
        return "speaks for the same body as", "named beside each other"
    if one.kind == other.kind == "person" and called_alike(one.node, other.node, known):
        return "speaks for the same body as", "called so in one article"
    if one.kind == other.kind == "anonymous" and telling(names[0]) == telling(names[1]):
        return "may be the same unnamed source as", "the same description"
    return None


def one_statement(one: str, other: str, said: Mapping[str, frozenset[str]], stated: Mapping[str, Sequence[Statement]]) -> bool:
    """Whether all that one of two sources says, some quotes, is quoted of the other, too: a body's words in the mouth of who speaks for it.

    Who says something else besides is somebody else; that some article puts one of his quotes into another mouth is a mistake.
    """
    common = len(said.get(one, frozenset()) & said.get(other, frozenset()))
    outside = [node for node in (one, other) if node.startswith("external:")]
    parts = (sum(s.node == node for rows in stated.values() for s in rows) for node in outside)
    wholes = (max(len(said.get(node, ())), part) for node, part in zip(outside, parts, strict=True))
    return 0 < common >= min(wholes, default=common + 1) and not told_apart(one, other, stated)


def shortened(one: str, other: str) -> bool:
    """Whether a name in Chinese characters has only signs of another, in their order: names of bodies are cut short so.

    >>> shortened("消防支队", "云州市消防救援支队"), shortened("云州大学", "云州市消防救援支队")
    (True, False)
    """
    few, many = sorted((one, other), key=len)
    if len(few) < SIGNS or not all(HAN_KANA.fullmatch(sign) for sign in one + other):
        return False
    rest = iter(many)
    return all(sign in rest for sign in few)


def of_one_body(one: str, other: str, known: Merges) -> bool:
    """Whether one of two sources outside the collection is somewhere said to be of the other."""
    if not all(node.startswith("external:") for node in (one, other)):
        return False
    ours, theirs = ({s.entity for rows in known.stated.values() for s in rows if s.node == node and s.entity} for node in (one, other))
    members = known.register.members
    return any((a, b) in members or (b, a) in members for a in ours for b in theirs)


def called_alike(one: str, other: str, known: Merges) -> bool:
    """Whether an article calls two people heads or voices of a body without a name, by the same word ("the group's director, Jo Ek")."""
    return bool(posts(one, known) & posts(other, known))


def posts(node: str, known: Merges) -> set[tuple[str, str]]:
    """The bodies without a name that a person is said to lead or to speak for right beside their name, each with the article."""
    out = set()
    for article, rows in known.stated.items():
        text, language = known.register.articles[article].text, known.register.languages.get(article, "")
        entities = {s.entity for s in rows if s.node == node and s.entity}
        for name in (n for n in known.register.names.get(article, ()) if n.entity in entities):
            for words in beside(name, text):
                found = lexicon(language).pattern("sources", "organisation").search(words)
                if found and roles().search(words) and is_bare(words, language):
                    out.add((article, fold(found[0])))
    return out


def told_apart(one: str, other: str, stated: Mapping[str, Sequence[Statement]]) -> bool:
    """Whether an article names two sources beside each other, or one of them is an article that names the other: then they are two.

    That a quote is one's here and the other's there is a mistake of a retelling, or of the reading of it.
    """
    named = [{s.node for s in rows} | {article} for article, rows in stated.items()]
    return any(one in nodes and other in nodes for nodes in named)


def owner(name: str) -> str:
    """Who owns an outlet, by the list of outlets; "" where that is not known."""
    found = outlet_by_name(name)
    return (found.owner or "") if found else ""


def quotes_of(known: Merges) -> dict[str, frozenset[str]]:
    """The groups of quotes that each source outside the collection, or first-hand article in it, gives."""
    groups = {(v.article, v.start): v.group for v in known.batch.get(QuoteVersion)}
    held: dict[str, set[str]] = defaultdict(set)
    for q in known.batch.get(Quote):
        group = groups.get((q.article, q.start))
        if group and q.attribution:
            held[q.attribution].add(group)
    out: dict[str, set[str]] = defaultdict(set)
    for node, attribution in spoken(known):
        out[node] |= held.get(attribution, set())
    for v in known.batch.get(QuoteVersion):
        out[v.article].add(v.group)
    return {node: frozenset(found) for node, found in out.items()}


def spoken(known: Merges) -> Iterator[tuple[str, str]]:
    """Every person or body outside the collection with each attribution to it."""
    here = {a.id for a in known.batch.get(Attribution)}
    for rows in known.stated.values():
        for s in rows:
            if s.node.startswith("external:") and s.kind not in ("outlet", "agency") and s.attribution in here:
                yield s.node, s.attribution
