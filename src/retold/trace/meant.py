"""Which article of an outlet is meant, where the collection has several of it and a text names the outlet only; and whose a text is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from retold.base.records import Attribution
from retold.trace.publishers import nameless, same_publisher
from retold.trace.register import OWN_VOICE, Register, named
from retold.trace.statement import Statement
from retold.trace.ties import Fabric
from retold.trace.times import order
from retold.trace.tongues import in_language


def meant(stated: Mapping[str, Sequence[Statement]], fabric: Fabric, register: Register) -> dict[str, list[Statement]]:
    """The statements, those that name an outlet leading to that article of it from which the text has most words.

    Without words from any of them they lead where they did, to the earliest. A later article is never meant.
    """
    of_publisher: dict[str, list[str]] = {}
    for article, publisher in sorted(register.publishers.items()):
        of_publisher.setdefault(publisher, []).append(article)
    own = {article: of_publisher[publisher] for article, publisher in register.publishers.items()}
    return {
        article: [replace(s, node=likeliest(s.node, article, own.get(s.node, []), fabric)) for s in rows]
        for article, rows in stated.items()
    }


def spoken_before(stated: Mapping[str, Sequence[Statement]], fabric: Fabric, register: Register) -> dict[str, list[Statement]]:
    """The statements, people and bodies whose own article is surely later than the text that names them standing for themselves there.

    Nobody has anything from what is not out yet: they spoke before they wrote.
    """
    def away(s: Statement) -> Statement:
        itself = s.node in register.releases or register.voices.get(s.node, 0) >= OWN_VOICE
        later = itself and s.kind in ("person", "organisation") and (
            order(fabric.published.get(s.node), fabric.published.get(s.article)) < 0)
        of_body = s.kind == "organisation" or s.node in register.releases
        name = register.publishers.get(s.node, s.label) if of_body else s.label
        return replace(s, node=f"external:{name}") if later else s

    return {article: [away(s) for s in rows] for article, rows in stated.items()}


def likeliest(node: str, article: str, others: Sequence[str], fabric: Fabric) -> str:
    """The article of one outlet from which another has most words; the one given where it has none from any."""
    def copied(other: str) -> int:
        return fabric.shared_words.get((article, other), 0)

    fitting = [o for o in others if o != article and order(fabric.published.get(o), fabric.published.get(article)) >= 0]
    best = max(fitting, key=lambda o: (copied(o), o == node), default=node)
    return best if copied(best) > copied(node) else node


def own_outlets(
    attributions: Mapping[str, Sequence[Attribution]], stated: Mapping[str, Sequence[Statement]], register: Register,
) -> dict[str, str]:
    """Whose a text is that comes without an outlet: the outlet that its sources spoke to ("he told the Courier").

    Only where there is one such outlet, which no other article has for its own; only what is known to be an outlet, for people speak to
    committees, too; and not where the text names it as one that reports. The agency in a dateline may as well be that of a reprint.
    """
    outlets = {s.label for rows in stated.values() for s in rows if s.kind in ("outlet", "agency")}
    found: dict[str, str] = {}
    for article in sorted(set(register.articles) - set(register.publishers)):
        labels = told(attributions.get(article, ()), stated[article], outlets, register)
        if len(labels) == 1 and not nameless(label := labels.pop()) and may_be(label, article, register):
            found[article] = label
    taken = [*register.publishers.values(), *found.values()]
    return {article: label for article, label in found.items() if sum(same_publisher(label, outlet) for outlet in taken) == 1}


def may_be(label: str, article: str, register: Register) -> bool:
    """Whether the name of an outlet is in no other language of the story rather than in that of a text."""
    tongues = {code: in_language([label], code) for code in sorted(set(register.languages.values()))}
    return tongues.get(register.languages.get(article, ""), 0.0) >= max([0.0, *tongues.values()])


def told(rows: Sequence[Attribution], statements: Sequence[Statement], outlets: set[str], register: Register) -> set[str]:
    """The outlets that an article's sources spoke to and that it does not name as its sources."""
    spans = [(row.article, span) for row in rows for span in row.addressee]
    names = [n for article, span in spans if (n := named(span, register, article))]
    labels = {n.label for n in names if n.kind == "outlet" or n.entity in register.called or n.label in outlets}
    labels |= outlets & {register.articles[article].text[start:end] for article, (start, end) in spans}
    places = {span for _, span in spans}
    return labels - {s.label for s in statements if s.kind in ("outlet", "agency") and s.content and s.span not in places}
