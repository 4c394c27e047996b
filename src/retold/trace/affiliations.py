"""For which body people speak, by what stands beside their names, and of which body they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from retold.base.hanzi import HAN_KANA
from retold.base.records import Article, Name
from retold.lexicons.bodies import body_of
from retold.trace.offices import WORD, office_beside
from retold.trace.ownmarks import written_at
from retold.trace.publishers import acronym, same_publisher
from retold.trace.roles import roles, whole

NO_LANGUAGES: Mapping[str, str] = {}
NEAR = 45  # code points between a name and the body it speaks for: the longest "X, who is spokesman for the Y"
ROLE = 30  # code points on either side of a name in which a word for a role counts
BACK = 400  # code points back in which a spokeswoman's body was named
SOON = 4  # words behind a name among which the word for its role stands; further on another one's is told ("X has dismissed his minister")
CUT = re.compile(r"\.|\n|(?<=\S)\s.*[\"”“»’」』]|\w[\"”“»」』]")  # the end of a sentence, line or quote parts who speaks from a body in it
STOP = re.compile(r"[.;!?…。！？؟\n]")  # what parts a description from a name that does not belong to it
OF_NAME = re.compile(r"\b[^\W\d_a-z][\w-]*\s+(?:[^\W\d_A-Z]{4,}\s+)?(\w{1,5})\s+$")  # "Mills of", "Soccorso alpino di"
PHRASE = re.compile(r"[,.;:!?\"”“»\n]")  # where a phrase ends
BEFORE = re.compile(r"(?:^|[\s(（])(\w+['’]?)\s*[«„“\"‘'《「]?$")  # the word right before a name
PARTICLES = frozenset("にをでへ")  # of Japanese, behind what is no subject
MODEL = re.compile(r"[A-Z]{1,4}[- ]?\d+\w*")  # the number of a model, which nobody speaks for
RANK = re.compile(r"\s+(?:[^\W\d_]{1,10}\.?\s+)?")  # between a body and who speaks for it: nothing, or a rank ("podinsp.")
BESIDE = re.compile(r"\s?[\"”“»’」』]?(?:,\s+|\s*)")  # the same, the person after a comma or a quotation mark


def affiliations(
    articles: Mapping[str, Article], names: Mapping[str, Sequence[Name]], reporters: frozenset[str], releases: frozenset[str] = frozenset(),
    languages: Mapping[str, str] = NO_LANGUAGES,
) -> dict[str, str]:
    """The body that a person speaks for, entity by entity: the one that most often stands next to them with a word for a role.

    A spokeswoman whose body does not stand next to her speaks for the body named last before her; nobody speaks for an agency or paper
    that reports ("told the agency"). An office that is said beside her name (`retold.trace.offices`) is another body. Where two bodies
    have as much for them she speaks for herself.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    outlets_of = {a: row.outlet for a, row in articles.items() if row.outlet and a not in releases}
    outlets = {n.entity for rows in names.values() for n in rows
               if n.kind == "outlet" or (n.text.isupper() and any(acronym(n.text, outlet) for outlet in outlets_of.values()))}
    officials = {n.entity for a, rows in names.items() for n in rows
                 if n.kind == "person" and office_beside(n, articles[a].text, languages.get(a, ""))}
    for article, rows in names.items():
        text, language = articles[article].text, languages.get(article, "")
        for one, other in pairwise(rows):
            person, body = (one, other) if one.kind == "person" else (other, one)
            if any(publishes(body, publisher) for publisher in reporters) or next(written_at(text, body.start, outlets_of), ""):
                continue
            if person.kind != "person" or body.kind != "organisation" or body.entity in outlets or not is_body(body, language):
                continue
            if not belongs(body, text) and beside(one, other, text):
                votes[person.entity][body.entity] += 1.0
        silent = {articles[article].outlet if article not in releases else "", *reporters}
        told = [n for n in rows if n.entity not in outlets and not any(publishes(n, publisher) for publisher in silent)
                and not next(written_at(text, n.start, outlets_of), "")]
        for row, body in spokespeople(text, told, language):
            if row.entity not in officials:
                votes[row.entity][body.entity] += 0.5
    return {person: chosen for person, found in votes.items() if (chosen := most(found))}


def most(votes: Mapping[str, float]) -> str:
    """The body with most votes; "" where two have as many."""
    best = max(votes.values())
    first = [body for body, count in votes.items() if count == best]
    return first[0] if len(first) == 1 else ""


def publishes(name: Name, publisher: str | None) -> bool:
    """Whether a name is that of an article's own publisher (a place in the publisher's name is not)."""
    return name.kind != "place" and (same_publisher(name.label, publisher) or same_publisher(name.text, publisher))


def is_body(name: Name, language: str) -> bool:
    """Whether a name is that of a body somebody may speak for: no number of a model, no more than what a minister is for ("Energy")."""
    if MODEL.fullmatch(name.label) or MODEL.fullmatch(name.text):
        return False
    words = WORD.findall(name.text)
    known = body_of(name.text, language)
    return not (len(words) == 1 and known.fields and not known.head and not HAN_KANA.search(name.text))


def beside(one: Name, other: Name, text: str) -> bool:
    """Whether a word for a role stands between two names, or before the body that stands right before a person."""
    between = text[one.end:other.start]
    role = roles().search(between) if len(between) <= NEAR and not CUT.search(between) else None
    if role and one.kind == "person" and len(WORD.findall(between[:role.start()])) >= SOON:
        role = None
    behind = other.kind == "person" and RANK.fullmatch(between) and roles().search(text, max(0, one.start - ROLE), one.start)
    return bool(role or behind)


def members_of(rows: Sequence[Name], text: str) -> Iterator[tuple[str, str]]:
    """People and the bodies that stand beside them as theirs: "the head of the museum, Ada Roth", "Ada Roth of the fire brigade"."""
    for one, other in pairwise(rows):
        between = text[one.end:other.start]
        if (one.kind, other.kind) == ("organisation", "person"):
            leads = roles().search(PHRASE.split(text[max(0, one.start - ROLE):one.start])[-1])
            if leads and BESIDE.fullmatch(between):
                yield other.entity, one.entity
        of = " ".join(between.split()).strip(" ,«„“\"'‘「『")
        if (one.kind, other.kind) == ("person", "organisation") and roles("belonging").fullmatch(of):
            yield one.entity, other.entity


def spokespeople(text: str, rows: Sequence[Name], language: str) -> Iterator[tuple[Name, Name]]:
    """People who are called somebody's voice, each with the body that was named last before, if it is told what that does or says."""
    for i, row in enumerate(rows):
        if row.kind == "person" and speaks_for_named(text, row):
            bodies = [n for n in rows[:i] if n.kind == "organisation" and row.start - n.end <= BACK and not belongs(n, text)
                      and is_body(n, language)]
            if bodies and not governed(bodies[-1], text):
                yield row, bodies[-1]


def governed(name: Name, text: str) -> bool:
    """Whether a name hangs on a preposition right before it or a particle behind it: "debts with the tax office", 消費者庁に."""
    before = BEFORE.search(text, max(0, name.start - ROLE), name.start)
    return text[name.end:name.end + 1] in PARTICLES or (before is not None and bool(whole("governing").fullmatch(before[1])))


def belongs(name: Name, text: str) -> bool:
    """Whether a name only tells of where a body is that is named before it ("Karsten Mills of Brook")."""
    before = OF_NAME.search(text, max(0, name.start - ROLE), name.start)
    return before is not None and bool(roles("belonging").fullmatch(before[1]))


def speaks_for_named(text: str, name: Name) -> bool:
    """Whether somebody is called a voice of a body that is not said beside the word for it ("spokeswoman of the border guard Ada Roth")."""
    pattern = roles("spokespeople")
    before = list(pattern.finditer(text, max(0, name.start - ROLE), name.start))
    if before:
        return not re.search(r"\s\w{4,}|\n", text[before[-1].end():name.start])
    behind = pattern.search(STOP.split(text[name.end:name.end + ROLE])[0])
    behind = behind and pattern.match(text, name.end + behind.start())
    return behind is not None and not re.search(r"\s\w{4,}", PHRASE.split(text[behind.end():behind.end() + ROLE])[0])
