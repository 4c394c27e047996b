"""Bodies that are told by what they are: "the police", "die Zollsprecherin", 警方. In one story there is mostly one of a kind.

What is said of police, customs or the fire service has a source as firm as any that has a name, in whatever language it is called:
descriptions of one office are one source, and the body of that kind where just one has a name. Of two such bodies neither is meant.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from retold.base.hanzi import HAN_KANA
from retold.base.records import Name
from retold.base.skeletons import skeleton
from retold.lexicons import lexicon
from retold.lexicons.bodies import QUALIFIERS, body_of, proper_part
from retold.lexicons.names import demonym_code, fold, name_words
from retold.trace.roles import roles
from retold.trace.statement import Statement

if TYPE_CHECKING:
    from retold.trace.register import Register

SINGLE = frozenset({"police", "fire_service", "coast_guard", "prosecutor", "court", "union"})  # heads that a story mostly has one of
SUBJECT = frozenset({"ministry", "authority", "office", "headquarters"})  # and those that it has one of for each subject
ITSELF = frozenset({"prosecutor"})  # who holds the office is called what it is called
REACH = 60  # code points before or behind a name in which the office stands that somebody speaks for
FEW = 5  # signs of a description where words are not spaced: a longer one holds a name
FEW_WORDS = 2  # words of a description without capitals: the same
APART = 2  # words between the word for an office and a name from which the name is not that of the office
LINKED = re.compile(r"\s*[,(（]\s*")  # what stands between a name and who that is
PHRASE = re.compile(r"[.;:!?…。！？、，\"”“„«»「」『』()（）\n]|,\s")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
VOICE = re.compile(r"\w(?:sprecher|woordvoer|kommandant|commandant|chef|leiter|direktor|präsident)")  # in a compound
PREFIX = "office:"  # before the key of an office that takes the place of an entity


@cache
def table() -> Mapping[str, Sequence[str]]:
    """The words for every office, folded, by its key."""
    read = tomllib.loads((files(__package__) / "offices.toml").read_text("utf-8"))["offices"]
    return {key: [fold(word).replace("ı", "i") for word in words] for key, words in read.items()}


@cache
def stems() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What finds the words for every office, by its key."""
    return tuple((key, re.compile("|".join(re.escape(w) if HAN_KANA.match(w) else rf"(?<!\w){re.escape(w)}" for w in words)))
                 for key, words in table().items())


@lru_cache(maxsize=50_000)
def office(words: str, language: str) -> str:
    """What office some words name or describe, as a key that is the same in all languages; "" where it is none of which there is one.

    >>> office("the customs service", "en"), office("der Zoll", "de"), office("la police", "fr"), office("警方", "zh")
    ('customs', 'customs', 'police', 'police')
    >>> office("Başsavcılık", "tr"), office("die Rettungsleitstelle", "de")
    ('prosecutor', 'control_centre')
    >>> office("the company", "en"), office("Ministry of Agriculture", "en"), office("Landwirtschaftsministerium", "de")
    ('', 'agriculture', 'agriculture')
    """
    folded = fold(words).replace("ı", "i")
    listed = next((key for key, pattern in stems() if pattern.search(folded)), "")
    if listed:
        return listed
    body = body_of(words, language)
    if body.head in SINGLE:
        return body.head if "european" not in body.fields else ""  # the European Union is no trade union
    subjects = sorted(body.fields - QUALIFIERS)
    return subjects[0] if body.head in SUBJECT and len(subjects) == 1 else ""


def is_bare(words: str, language: str) -> bool:
    """Whether words say no more than what office it is, and of what country.

    >>> is_bare("the Dutch customs service", "en"), is_bare("Millbrook police", "en"), is_bare("der Zoll", "de")
    (True, False, True)
    >>> is_bare("警方", "zh"), is_bare("云州市消防救援支队", "zh")
    (True, False)
    """
    if HAN_KANA.search(words):
        return len(words) <= FEW
    found = [w for w in WORD.findall(words) if w.casefold() not in stop_words(language) and not demonym_code(language, w.lower())]
    if not any(c.lower() != c.upper() for c in words):
        return len(found) <= FEW_WORDS
    compound = language in name_words("common", "compounding")
    names = (w for w in found if w[0].isupper() and fold(w) not in parts() and not office(w, language))
    return not any(proper_part(fold(w), compound=compound) for w in names)


@cache
def parts() -> frozenset[str]:
    """The single words of the words for offices."""
    return frozenset(w for words in table().values() for phrase in words for w in WORD.findall(phrase))


@cache
def stop_words(language: str) -> frozenset[str]:
    """The function words of a language."""
    return frozenset(w.casefold() for w in lexicon(language).words("words", "stop"))


def office_beside(name: Name, text: str, language: str) -> str:
    """The office that somebody is said to speak for or to lead right beside their name: "customs spokeswoman Ada Lund"; "" for none.

    A prosecutor is called what the office is called.
    """
    for words in beside(name, text):
        key = office(words, language)
        if key and (key in ITSELF or leading().search(words) or VOICE.search(words.casefold())):
            return key
    return ""


def leading() -> re.Pattern[str]:
    """The words for who speaks for an office, or leads it."""
    return roles("spokespeople", "officers", "leaders")


def beside(name: Name, text: str) -> Iterator[str]:
    """The phrases right before and behind a name that may say who that is."""
    yield PHRASE.split(text[max(0, name.start - REACH):name.start].rstrip(" ,(（"))[-1]
    if m := LINKED.match(text, name.end):
        yield PHRASE.split(text[m.end():m.end() + REACH])[0]


def with_offices(stated: Mapping[str, Sequence[Statement]], register: Register) -> dict[str, list[Statement]]:
    """The same statements, those that name an office by what it is, or somebody who speaks for it, leading to one source.

    It is the one body of its kind that has a name or brought out an article; where several have one, each description stays what it is.
    """
    keys = {(s.node, s.span, s.article): office_of(s, register) for rows in stated.values() for s in rows}
    named: dict[str, Counter[str]] = defaultdict(Counter)
    described: dict[str, Counter[str]] = defaultdict(Counter)
    for rows in stated.values():
        for s in rows:
            key, plain = keys[s.node, s.span, s.article]
            if key and s.kind == "organisation":
                (described if plain else named)[key][s.node] += 1
    for article in register.releases:
        if key := office(register.publishers.get(article, ""), register.languages.get(article, "")):
            named[key][article] += 1
    speaking, countries = speakers(register), countries_of(register)
    twins = {node: first for found in named.values() for node, first in of_one_place(found, register).items()}
    named.update({key: joined(found, twins) for key, found in named.items()})
    heads = {key: next(iter(named[key])) for key in {*described, *speaking.values()} if len(named[key]) == 1}
    heads |= {key: min(found, key=lambda n: (-found[n], n)) for key, found in described.items() if not named[key]}

    def led(s: Statement) -> Statement:
        key, plain = keys[s.node, s.span, s.article]
        if s.node in twins:
            return replace(s, node=twins[s.node], kind="organisation")
        if s.kind == "person" and s.node.startswith("external:"):
            key, plain = speaking.get(s.entity, ""), True
            plain = plain and not abroad(countries.get(s.entity, ()), heads.get(key, ""), key, register)
        if heads.get(key, s.article) == s.article or not plain or s.kind not in ("organisation", "person"):
            return s
        return replace(s, node=heads[key], kind="organisation", entity=s.entity or PREFIX + key)

    return {article: [led(s) for s in rows] for article, rows in stated.items()}


def joined(nodes: Counter[str], twins: Mapping[str, str]) -> Counter[str]:
    """How often bodies are named, those that are one taken together."""
    out: Counter[str] = Counter()
    for node, count in nodes.items():
        out[twins.get(node, node)] += count
    return out


def of_one_place(nodes: Mapping[str, int], register: Register) -> dict[str, str]:
    """Bodies of one kind that are called by one place and nothing else that tells, in whatever language, each with the one named most.

    "The prosecutors in Elm" are "le parquet d'Elm".
    """
    places: dict[frozenset[str], list[str]] = defaultdict(list)
    for node in sorted(nodes, key=lambda n: (-nodes[n], n)):
        label = node.removeprefix("external:") if node.startswith("external:") else register.publishers.get(node, "")
        own = {w for w in WORD.findall(label) if w[:1].isupper() and not any(
            office(w, language) or w.casefold() in stop_words(language) for language in set(register.languages.values()))}
        if len(own) == 1:
            places[frozenset(skeleton(w) for w in own)].append(node)
    return {node: found[0] for found in places.values() if len(found) > 1 for node in found}


def countries_of(register: Register) -> dict[str, set[str]]:
    """The countries whose officials people are said to be right beside their names ("Turkish energy minister Ada Roth"), by entity."""
    out: dict[str, set[str]] = defaultdict(set)
    for article, rows in register.names.items():
        language = register.languages.get(article, "")
        for n in (n for n in rows if n.kind == "person"):
            posts = (words for words in beside(n, register.articles[article].text) if leading().search(words))
            out[n.entity] |= {body_of(words, language).country for words in posts} - {""}
    return out


def abroad(countries: Collection[str], head: str, key: str, register: Register) -> bool:
    """Whether an office is of another country than those whose officials somebody is said to be; a ministry that names none may be."""
    name = register.publishers.get(head, "") or head.removeprefix("external:")
    theirs = {body_of(name, language).country for language in set(register.languages.values())} - {""}
    known = bool(theirs) or key not in SINGLE | table().keys()
    return bool(countries) and known and not theirs & set(countries)


def office_of(s: Statement, register: Register) -> tuple[str, bool]:
    """The office that a body outside the collection is by the words for it, and whether they say no more than that."""
    if s.kind != "organisation" or not s.node.startswith("external:"):
        return "", False
    text, language = register.articles[s.article].text, register.languages.get(s.article, "")
    words = PHRASE.split(text[s.span[0]:s.span[1]])[0]
    own = office(s.label, language)
    key = office(words, language) or own
    if key and not own and only_concerned(s.label, words, language):
        return "", False
    unnamed = not s.entity or lexicon(language).spaced  # where words are not spaced, a name may be as short as a description
    return key, unnamed and is_bare(words, language) and is_bare(s.label, language)


def only_concerned(label: str, words: str, language: str) -> bool:
    """Whether a name stands apart from the word for an office: "the ruling of the court in Arn against Weir" is not from Weir.

    >>> only_concerned("Weir AG", "the ruling of the court in Arn against Weir AG", "en"), only_concerned("Weir", "the union Weir", "en")
    (True, False)
    """
    before = words.partition(label.split()[-1])[0].split()
    return len(before) > APART and not any(office(word, language) for word in before[-APART:]) and bool(office(" ".join(before), language))


def speakers(register: Register) -> dict[str, str]:
    """The office that people speak for by what stands beside their names, by entity; nobody who speaks for a body that has a name.

    Nor who leads the fire brigade of a town: there may be another town.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    placed: Counter[str] = Counter()
    for article, rows in register.names.items():
        text, language = register.articles[article].text, register.languages.get(article, "")
        for n in (n for n in rows if n.kind == "person" and n.entity not in register.bodies):
            if key := office_beside(n, text, language):
                votes[n.entity][key] += 1
                posts = (leading().sub("", words) for words in beside(n, text) if office(words, language))
                placed[n.entity] += 1 if any(is_bare(words, language) for words in posts) else -1
    return {entity: min(found, key=lambda k: (-found[k], k)) for entity, found in votes.items() if placed[entity] > 0}
