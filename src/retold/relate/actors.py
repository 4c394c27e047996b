"""Who: versions that differ in the one who acts or in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from retold.base.records import NOWHERE, Name
from retold.lexicons import lexicon, phrases_pattern
from retold.relate.counts import unmatched, unsaid
from retold.relate.marks import JOINT, Mark, everywhere, roles
from retold.relate.pairs import Difference, Pair, confidence, content, lean, shown
from retold.relate.quantities import agree, commensurable, compare_dates, stems
from retold.relate.sides import ClaimSide

TURNED = 1.2  # log odds that are added where the source of one version is whom the other tells it to
RECIPIENT_WORDS = 6  # words between a preposition and the name that it governs, at most (a title stands between)
OFFICES = 3  # words of office between "according to" and a name, at most
OF = 5  # code points between two names that make one ("the breeders of Cerval")
SAID_ALIKE = 0.6  # share of the content words that two versions of one language have in common, of whom two are given as the source
FOREIGN = 2.5  # what it takes that who acts is turned round in two languages, whose ways of telling it differ
COPIED = 0.95  # cosine from which what two say is told in the same words
BUT_FOR_NAMES = 0.65  # cosine of two versions without the one name in which they differ from which they tell of the same
NEARER = 0.08  # … and by how much they are nearer without it
RENAMED = 0.4  # log odds that two such versions are a disagreement
ROOT = 3  # letters that two cases of a name share
ROOT_OF_OFFICE = 5  # … and of an office


def role(side: ClaimSide, name: Name) -> str:
    """Whether a name is the subject of its version ("agent"), the one to whom it is done or said ("object"), or unknown ("").

    A subject opens its version; only a title or office, capitalised words and one article may stand before it, and a verb where the
    language puts it first. Told in the passive, the one who acts is behind the preposition, and whoever opens the version is acted on.
    """
    by = by_whom(side)
    if by is not None:
        return "agent" if by.entity == name.entity else "object" if begins(side, name) else ""
    if informing(side, name):
        return ""
    if inflected(name, side.language):
        return "object" if verbal(side, name) else ""
    if received_after(side.text, name.end, side.language):
        return "object"
    if not lexicon(side.language).spaced:
        return "agent" if begins(side, name) else ""
    lead = side.text[max(side.start, name.start - 60) : name.start]
    told = lexicon(side.language).pattern("attribution", "told_to")
    if any(m.start() > 0 and m.end() >= len(lead.rstrip()) for m in told.finditer(lead)):
        return "object"
    if about(side, name):
        return ""
    if governed([w.lower() for w in re.findall(r"[\w'’]+", lead)[-RECIPIENT_WORDS:][1:]], side):
        return "object"
    return "agent" if begins(side, name) else ""


def informing(side: ClaimSide, name: Name) -> bool:
    """Whether a name stands behind "according to": who says so neither acts nor is acted on."""
    lead = side.text[max(side.start, name.start - 60) : name.start]
    told = lexicon(side.language).pattern("attribution", "according_to")
    return any(len(lead[m.end() :].split()) <= OFFICES for m in told.finditer(lead))


def about(side: ClaimSide, name: Name) -> bool:
    """Whether a name stands behind "as for": what is told of it may be anything."""
    lead = side.text[max(side.start, name.start - 60) : name.start]
    return any(len(lead[m.end() :].split()) <= OFFICES for m in everywhere("as_for", side.language).finditer(lead))


def begins(side: ClaimSide, name: Name) -> bool:
    """Whether a name opens its version, as a subject does; what is somebody's is not that person ("Moss's post")."""
    if side.text.startswith(("'s ", "’s "), name.end):
        return False
    lead = side.text[max(side.start, name.start - 60) : name.start]
    words = lexicon(side.language)
    if not words.spaced:
        offices = (*words.words("sources", "roles"), *words.words("sources", "titles"), *words.words("sources", "organisation"))
        return not lead.strip(" 　「『“《") or lead.strip() in offices
    return opens(re.findall(r"[\w'’]+", lead)[-RECIPIENT_WORDS:], side)


def inflected(name: Name, language: str) -> bool:
    """Whether a name stands in another case than its entity's name, in a language that declines names: then it is no subject."""
    form, label = name.text.casefold().split(), name.label.casefold().split()
    return language in roles("declining") and len(form) == len(label) and any(
        x != y and x[:ROOT] == y[:ROOT] and min(len(x), len(y)) >= ROOT for x, y in zip(form, label, strict=True))


def verbal(side: ClaimSide, name: Name) -> bool:
    """Whether a name in another case stands behind a verb, with nothing but its offices between: behind a noun it only tells whose
    something is ("the trial of …"), and behind a preposition it may be anything.
    """
    for word in reversed(re.findall(r"[^\W\d_]+|[,;:.]", side.text[side.start : name.start])[-RECIPIENT_WORDS:]):
        if ends_verbal(word, side.language):
            return True
        if not word[0].isupper() and word[:ROOT_OF_OFFICE] not in roots_of_offices(side.language):
            return False
    return False


@cache
def roots_of_offices(language: str) -> frozenset[str]:
    """What the words for roles, titles and bodies begin with."""
    words = lexicon(language)
    return frozenset(w.casefold()[:ROOT_OF_OFFICE] for key in ("roles", "titles", "organisation") for w in words.words("sources", key))


def ends_verbal(word: str, language: str) -> bool:
    """Whether a word has the ending of a verb that may govern a name: the past, the infinitive, the impersonal."""
    return word.islower() and word.endswith(lexicon(language).words("words", "verb_endings"))


def received_after(text: str, end: int, language: str) -> bool:
    """Whether a particle or ending of receiving stands at the end of a name; in "Ayşe'nin" is none, though it begins like one."""
    for ending in roles("recipient_after"):
        if text.startswith(ending, end) and not (lexicon(language).spaced and text[end + len(ending) : end + len(ending) + 1].isalpha()):
            return True
    return False


def by_whom(side: ClaimSide) -> Name | None:
    """The one by whom it was done, in a version told in the passive: behind a preposition of agency, or before a word or ending of it."""
    told = [m.end() for m in passive(side.language).finditer(side.text, side.start, side.end)]
    for name in people(side) if told else ():
        before = without_article(side.text[max(side.start, name.start - 30) : name.start].rstrip().casefold(), side.language)
        after = side.text[name.end : name.end + 12].lstrip()
        verbs = [side.text[at : name.start] for at in told if at <= name.start]
        if lexicon(side.language).spaced and verbs and all(JOINT.search(between) for between in verbs):
            continue  # "sales rose …, compared with units sold by GM"
        if ends_with(before, roles("agency"), side.language) or after.startswith(tuple(sorted(roles("agency_after")))):
            return name
    return None


def whence(side: ClaimSide, name: Name) -> bool:
    """Whether something comes from the one who is named."""
    before = without_article(side.text[max(side.start, name.start - 30) : name.start].rstrip().casefold(), side.language)
    return ends_with(before, roles("whence"), side.language)


def without_article(before: str, language: str) -> str:
    """The words before a name without the article that belongs to it."""
    head, _, last = before.rpartition(" ")
    known = lexicon(language)
    return head if head and last in known.words("words", "stop") and last not in roles("agency") else before


def ends_with(before: str, words: frozenset[str], language: str) -> bool:
    """Whether a text ends with one of some words."""
    return any(before.endswith(w) and (not lexicon(language).spaced or not before[: -len(w)][-1:].isalnum()) for w in words)


@cache
def passive(language: str) -> re.Pattern[str]:
    """Words of any language that go with a verb in the passive."""
    return phrases_pattern(tuple(sorted(roles("passive"))), spaced=lexicon(language).spaced)


def opens(before: Sequence[str], side: ClaimSide) -> bool:
    """Whether the words before a name leave it the subject: offices, capitalised words, an article in front; where a script has no
    capitals, one verb."""
    words = lexicon(side.language)
    offices = {*words.words("sources", "roles"), *words.words("sources", "titles"), *words.words("sources", "organisation")}
    stop = set(words.words("words", "stop"))
    rest = before[1:] if before and (before[0].lower() in stop or not words.cased) else before
    return len(before) <= 4 and all(w.lower() not in stop and (w[0].isupper() or w.lower() in offices) for w in rest)


def governed(words: Sequence[str], side: ClaimSide) -> bool:
    """Whether a preposition of receiving stands before a name, with at most a title between; one that opens the version tells nothing."""
    before = roles("recipient")
    stop = set(lexicon(side.language).words("words", "stop"))
    near = words[-3:]
    return any(word in before and not any(w in stop and w not in before for w in near[i + 2 :]) for i, word in enumerate(near))


def actor(pair: Pair) -> Difference | None:
    """Another person or body does it: who acts in one version is acted on in the other, or is somebody else altogether."""
    return turned_round(pair) or another_actor(pair) or renamed(pair)


def renamed(pair: Pair) -> Difference | None:
    """Nothing but a name differs: each version has one that the other lacks, both of one kind and known to be two, and without them they
    are nearer; a figure or a day in both says that they tell of one thing. Who says it is left to `credit`.
    """
    a, b = pair.a, pair.b
    here, there = odd_names(a, b), odd_names(b, a)
    if len({n.entity for n in here}) != 1 or len({n.entity for n in there}) != 1:
        return None
    x, y = here[0], there[0]
    known = y.entity in a.companies.get(x.entity, ()) and not stems(f"{x.text} {x.label}") & stems(f"{y.text} {y.label}")
    if x.kind != y.kind or not known or not anchored(a, b):
        return None
    rest = pair.without((x.start, x.end), (y.start, y.end))
    if rest < BUT_FOR_NAMES or rest - pair.near < NEARER:
        return None
    return actor_difference(pair, x, y, RENAMED + lean(rest, 0.6), turned=False)


def odd_names(side: ClaimSide, other: ClaimSide) -> list[Name]:
    """The persons and bodies that a version names and the other does not, but for its source."""
    there = {n.entity for n in other.names}
    return [n for n in people(side) if n.entity not in there and n.entity != side.source and not informing(side, n)]


def anchored(a: ClaimSide, b: ClaimSide) -> bool:
    """Whether two versions have a figure or a day in common."""
    figures = any(commensurable(q, r) and agree(q, r) for q in a.quantities for r in b.quantities if not unsaid(q))
    return figures or any(compare_dates(d, e) == "same" for d in a.dates for e in b.dates)


def turned_round(pair: Pair) -> Difference | None:
    """Who acts in one version is acted on in the other. Who says it is the business of `credit`."""
    a, b = pair.a, pair.b
    for x in people(a):
        for y in people(b):
            one_person = x.entity == y.entity and x.entity not in (a.source, b.source)
            if one_person and {role(a, x), role(b, y)} == {"agent", "object"} and not steady(pair, x):
                less = FOREIGN if a.language != b.language else 0.0
                return actor_difference(pair, x, y, -0.5 - less + lean(pair.near, 0.55), turned=True)
    return None


def another_actor(pair: Pair) -> Difference | None:
    """Somebody else acts, who is no source of either version."""
    a, b = pair.a, pair.b
    one, other = subject(a), subject(b)
    if one is None or other is None or one.entity == other.entity or {one.entity, other.entity} & {a.source, b.source}:
        return None
    if one.kind != other.kind or stems(one.text) & stems(other.text):
        return None
    again = [(a, n) for n in a.names if n.entity == other.entity] + [(b, n) for n in b.names if n.entity == one.entity]
    if again:
        return None if agreeing(a, b, one, other, again) else actor_difference(pair, one, other, -0.4 + lean(pair.near, 0.6), turned=False)
    if one.kind == "organisation" and a.language != b.language:
        return None
    rest = pair.without((one.start, one.end), (other.start, other.end))
    shared = len(unmatched(a.quantities, b.quantities)[0]) < len(a.quantities)
    return actor_difference(pair, one, other, -0.9 + lean(rest, 0.7) + 0.8 * shared, turned=False)


def agreeing(a: ClaimSide, b: ClaimSide, one: Name, other: Name, again: Sequence[tuple[ClaimSide, Name]]) -> bool:
    """Whether two versions agree though another acts in each, since one that acts in the other is named in it too."""
    if a.language != b.language:
        return True  # which name comes first is often a matter of the language ("EADS, the parent of Airbus", "Airbus parent EADS")
    if any(whence(side, n) for side, n in again):
        return True  # "B bought it from A" and "A sold it to B"
    if len({n.entity for _, n in again}) > 1 and in_one_order(a, b, one.entity, other.entity):
        return True  # nothing changed places
    # "the breeders of Cerval", "the Cerval breeders"
    return any(0 <= n.start - (one if side is a else other).end <= OF for side, n in again)


def in_one_order(a: ClaimSide, b: ClaimSide, one: str, other: str) -> bool:
    """Whether two names follow each other in the same order in two versions."""
    first = [min((n.start, n.entity) for n in side.names if n.entity in (one, other))[1] for side in (a, b)]
    return first[0] == first[1]


def steady(pair: Pair, turned: Name) -> bool:
    """Whether nothing was turned round: nobody else who is named in both versions acts in one and not in the other, or they are of two
    languages, whose ways of telling roles are too different for bodies ("owns", "belongs to"). Who wins what is given to him acts and is
    acted on.
    """
    here = {n.entity: role(pair.a, n) for n in people(pair.a) if n.entity != turned.entity}
    both = {n.entity: role(pair.b, n) for n in people(pair.b) if n.entity in here}
    told_of = [(here[entity], found) for entity, found in both.items()]
    foreign = pair.a.language != pair.b.language
    changed = any(x != y and "agent" in (x, y) for x, y in told_of)
    return not changed or any(x == y != "" for x, y in told_of) or (foreign and turned.kind != "person")


def actor_difference(pair: Pair, x: Name, y: Name, logit: float, *, turned: bool) -> Difference:
    """A difference in who acts; where one name has two roles the side is told by the role."""
    left = Mark(value=f"{x.entity} {role(pair.a, x)}" if turned else x.entity, start=x.start, end=x.end)
    right = Mark(value=f"{y.entity} {role(pair.b, y)}" if turned else y.entity, start=y.start, end=y.end)
    why = (f"{shown(pair.a, left)} acts in one account and is acted on in another" if turned
           else f"in one account {shown(pair.a, left)} acts, in another {shown(pair.b, right)}")
    return Difference(kind="actor", left=left, right=right, score=confidence(logit), why=why)


def people(side: ClaimSide) -> list[Name]:
    """The persons and bodies that a version names."""
    return [n for n in side.names if n.kind in ("person", "organisation")]


def subject(side: ClaimSide) -> Name | None:
    """The person or body that acts in a version: the first one, or by whom it was done."""
    first = by_whom(side) or next(iter(people(side)), None)
    return first if first is not None and role(side, first) == "agent" else None


def named_credit(pair: Pair) -> Difference | None:
    """What `credit` finds, but for a turned pair of people of whom one account tells by a pronoun: those are often resolved wrongly."""
    found = credit(pair)
    if found is None or found.kind != "actor":
        return found
    return None if any(vague(s.text[slice(*s.source_span)], s.language) for s in (pair.a, pair.b)) else found


def credit(pair: Pair) -> Difference | None:
    """The same content put into the mouths of two different sources, both of them persons or bodies that are named.

    Where the source of one is whom the other tells it to, or is named there at least, who told whom was turned round.
    """
    a, b = pair.a, pair.b
    if a.attribution is None or b.attribution is None or not a.source or not b.source or a.source == b.source:
        return None
    if a.language != b.language and any(vague(s.text[slice(*s.source_span)], s.language) for s in (a, b)):
        return None  # for whom a pronoun stands is too often a mistake
    kinds = {a.attribution.source_kind, b.attribution.source_kind}
    if kinds & {"outlet", "agency", "anonymous", "unknown", "document"} or related(a, b) or b.source not in a.company:
        return None  # two that no article names both may be one person, spelled or described otherwise
    if "organisation" in kinds and a.language != b.language:
        return None  # bodies are called by what they are, in the words of the language: nothing tells that two are not one
    if a.language == b.language and content_shared(a, b) < SAID_ALIKE:
        return None
    left = Mark(value=a.source, start=a.source_span[0], end=a.source_span[1])
    right = Mark(value=b.source, start=b.source_span[0], end=b.source_span[1])
    if named_there(a, b) or named_there(b, a):
        return None
    near = max(pair.near, pair.compare(a.own_words, b.own_words))
    logit = -1.0 + lean(near, 0.65, 8.0) - 1.2 * (a.attribution.source_kind != b.attribution.source_kind)
    if a.source in told(b) or b.source in told(a):
        return Difference(kind="actor", left=left, right=right, score=confidence(logit + TURNED),
                          why=f"in one account {shown(a, left)} says so, in another {shown(b, right)}")
    if near >= COPIED and any(vague(s.text[slice(*s.source_span)], s.language) for s in (a, b)):
        return None  # whoever has the very words has them from the same speaker: the pronoun was taken for another
    return Difference(kind="attribution", left=left, right=right, score=confidence(logit),
                      why=f"one account has it from {shown(a, left)}, another from {shown(b, right)}")


def named_there(side: ClaimSide, source: ClaimSide) -> bool:
    """Whether the sentence of a version names the source of another one beside its own, outside of what is said: then its own was
    misread ("… says Remo Roth, quoted by the agency"). Whom it is told to is not meant.
    """
    content = side.attribution.content if side.attribution is not None else ()
    told_to = told(side)
    return any(n.entity == source.source and n.entity not in told_to and not any(s <= n.start and n.end <= e for s, e in content)
               for n in side.names)


def content_shared(a: ClaimSide, b: ClaimSide) -> float:
    """How many content words of the shorter of two versions, without their sentences, the other one has."""
    left, right = sorted((content(s.own_words, s.language) for s in (a, b)), key=len)
    there = frozenset().union(*right) if right else frozenset()
    return sum(bool(word & there) for word in left) / max(1, len(left))


def told(side: ClaimSide) -> set[str]:
    """The persons and bodies that a version names behind the one who says it."""
    start, end = side.core if side.core != NOWHERE else (side.start, side.end)
    return {n.entity for n in people(side) if start <= n.start and n.end <= end and n.start > side.source_span[1]}


def related(a: ClaimSide, b: ClaimSide) -> bool:
    """Whether two sources may be one: they share a word, or one of them is a pronoun or description of which nothing tells who it is."""
    one, other = a.text[slice(*a.source_span)], b.text[slice(*b.source_span)]
    return bool(stems(one) & stems(other)) or unknown(a) or unknown(b)


def unknown(side: ClaimSide) -> bool:
    """Whether a source is a pronoun or a description of a person that stands for nobody known, or only for somebody of a body."""
    words = side.text[slice(*side.source_span)]
    if side.described:
        return True
    described = side.attribution is not None and side.attribution.source_kind == "person"
    return side.source == words.lower() and (described or vague(words, side.language))


def vague(words: str, language: str) -> bool:
    """Whether a source is a pronoun."""
    known = lexicon(language)
    return words.strip().lower() in {*known.words("sources", "pronouns_person"), *known.words("words", "stop")}
