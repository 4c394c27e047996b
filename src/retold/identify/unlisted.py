"""Verbs that no list has, between a quote and who speaks: «…», — сокрушается фермер; whose words an outlet gives: «…», цитирует ТАСС …"""

from __future__ import annotations

from collections.abc import Sequence

from retold.identify.cues import CLASSES
from retold.identify.nounphrases import NAMED, Range, likeness, noun_right
from retold.identify.sources import Found, with_name
from retold.identify.units import Unit

MOST_ADVERBS = 2  # words between such a verb and whoever speaks
LEAST_VERB = 4  # letters of it
SMALL = ("joins", "breaks", "that", "relative", "as", "helpers", "articles", "pronouns_person", "possessives", "roles", *CLASSES)


def unlisted(unit: Unit, found: Sequence[Found]) -> Found | None:
    """The first quote that nothing else holds, with a verb behind its comma and a person behind that; only where endings tell verbs."""
    if not unit.book.finite:
        return None
    for q, token in enumerate(unit.tokens):
        if token.quote < 0 or any(a <= q < b for f in found for a, b in f.content):
            continue
        i = q + 1
        while i < len(unit.tokens) and i - q <= 2 and unit.tokens[i].low in ",–—-":
            i += 1
        source = teller(unit, i) if i > q + 1 or q in unit.finals else None
        if source is not None:
            return Found(cue=((i, i + 1),), key="say", source=with_name(unit, source), content=[(q, q + 1)], left=True)
    return None


def teller(unit: Unit, i: int) -> Range | None:
    """Who speaks behind an unlisted verb at token i; None where no verb stands there, or nobody."""
    if i + 1 >= len(unit.tokens) or unit.segment_of[i] < 0 or not verbal(unit, i):
        return None
    b = unit.segments[unit.segment_of[i]][1]
    if unit.has(i, "quotes_of"):
        return quoted_behind(unit, i + 1, b)
    for j in range(i + 1, min(b, i + 2 + MOST_ADVERBS)):
        mention = unit.mentions[j]
        if unit.has(j, "roles", "anonymous") or (mention is not None and mention.kind == "person"):
            return noun_right(unit, j, b)
        if mention is not None or unit.has(j, "breaks", "joins"):
            return None
    return None


def verbal(unit: Unit, i: int) -> bool:
    """Whether a word looks like a finite verb that no list has: small, with an ending of verbs, and nothing else."""
    token = unit.tokens[i]
    if unit.mentions[i] is not None or token.capital or not token.word or len(token.low) < LEAST_VERB:
        return False
    finite = token.low.removesuffix("ся").removesuffix("сь").endswith(unit.book.finite)
    return unit.has(i, "quotes_of") or (finite and not unit.has(i, *SMALL))


def quoted_behind(unit: Unit, i: int, b: int) -> Range | None:
    """Whose words an outlet gives: behind its name and the noun for them ("цитирует «Интерфакс» министра", "приводит ТАСС слова мэра")."""
    while i < b and unit.tokens[i].low in "«„“\"":
        i = next((t + 1 for t in range(i + 1, b) if unit.tokens[t].low in "»“”\""), b)
    while i < b and not unit.has(i, "words_of", "roles") and names_outlet(unit, i):
        i += 1
    i += unit.tags[i].get("words_of", 0) if i < b else 0
    source = noun_right(unit, i, b) if i < b else None
    return source if source is not None and likeness(unit, source) >= NAMED else None


def names_outlet(unit: Unit, i: int) -> bool:
    """Whether an outlet's name or a noun for outlets stands at a token."""
    mention = unit.mentions[i]
    return unit.has(i, "outlet") or (mention is not None and mention.kind == "outlet")


def citing_outlet(unit: Unit, found: Sequence[Found]) -> Found | None:
    """The outlet that gives another's words behind these, as an attribution of its own ("«…», цитирует «Интерфакс» министра")."""
    for item in found:
        i, after = item.cue[0] if item.cue else (0, 0)
        if item.source is None or not item.content or item.source[0] <= after or not unit.has(i, "quotes_of"):
            continue
        stop = item.source[0] - (unit.has(item.source[0] - 1, "words_of"))
        outlet = any(m is not None and m.kind == "outlet" for m in unit.mentions[after:stop]) or unit.tokens[after].low in "«„“\""
        if outlet and stop > after:
            return Found(cue=item.cue, key="report", source=(after, stop), content=list(item.content), left=True)
    return None


def passed_on(unit: Unit, found: Sequence[Found]) -> Found | None:
    """From whom an outlet has what it tells, as an attribution of its own ("نقلت الوكالة عن مصدرين أن …")."""
    for item in found:
        if item.source is None or not item.content or not item.cue or not unit.has(item.cue[0][0], "passes_on"):
            continue
        t, stop = item.source[1], item.content[0][0]
        if t + 1 < stop and unit.has(t, "from_whom") and unit.mentions[t] is None:
            end = next((j for j in range(t + 1, stop) if unit.has(j, "words_of")), stop)
            source = noun_right(unit, t + 1, end)
            return Found(cue=((t, t + 1),), key="according_to", source=source, content=list(item.content)) if source is not None else None
    return None
