"""Sources that are only a relative pronoun: whom it stands for ("Roth, according to whom …", "It was Roth who said that …")."""

from __future__ import annotations

from retold.identify.cues import CLASSES
from retold.identify.nounphrases import NAMED, Range, likeness, noun_left
from retold.identify.sources import Found, is_who
from retold.identify.units import Unit

OPENING = ("articles", "possessives", "roles", "anonymous", "organisation", "outlet", "statement_nouns")


def settle_relative(unit: Unit, item: Found) -> None:
    """Put whom a relative pronoun stands for in its place; behind "according to" what is said is the rest of its clause."""
    pronoun = relative_of(unit, item)
    if pronoun is None:
        return
    preposed = item.key == "according_to" and item.cue[0][1] == pronoun[0]
    begin = item.cue[0][0] if preposed else pronoun[0]
    source = antecedent(unit, begin)
    if source is None:
        return
    item.source = source
    if item.key == "according_to":
        n = unit.segment_of[pronoun[1]] if pronoun[1] < len(unit.tokens) else -1
        stop = unit.segments[n][1] if n >= 0 else len(unit.tokens)
        start = pronoun[1] if preposed else item.cue[-1][1]
        item.content = [(start, stop)] if stop > start else item.content


def relative_of(unit: Unit, item: Found) -> Range | None:
    """The relative pronoun with which a source begins, which is all of it except behind "according to"; None without one."""
    if item.source is None or not unit.book.spaced:
        return None
    a, b = item.source
    t = a + (unit.has(a, "articles") and a + 1 < b and unit.has(a + 1, "relative"))
    if unit.mentions[t] is not None or not unit.has(t, "relative") or (unit.has(t, "that") and t == a and not unit.book.comma_clauses):
        return None
    preposed = item.key == "according_to" and item.cue[0][1] == a
    if not preposed and unit.book.clefts and not unit.has(max(0, unit.segments[unit.segment_of[a]][0]), "clefts"):
        return None
    noun = preposed and unit.book.nouns_capital and t + 1 < b and unit.tokens[t + 1].capital and unit.has(t, "articles")
    return (a, t + 1) if (preposed or b - a == 1 or item.key == "according_to") and not noun else None


def antecedent(unit: Unit, begin: int) -> Range | None:
    """The noun phrase before a relative clause that begins at a token, with somebody in it; None where nobody stands there."""
    stop = begin - (begin > 0 and unit.tokens[begin - 1].low in ",،–—")
    n = unit.segment_of[stop - 1] if stop else -1
    left = noun_left(unit, unit.segments[n][0], stop) if n >= 0 else None
    person = is_who(unit, begin) and not unit.has(begin, "that")
    if left is None or (likeness(unit, left) < NAMED and not (person and any(unit.has(t, "articles") for t in range(*left)))):
        return None
    verb = max((t for t in range(*left) if unit.mentions[t] is None and unit.has(t, "helpers", "passives", *CLASSES)
                and not unit.has(t, "articles", "roles", "statement_nouns")), default=left[0] - 1)
    a = next((t for t in range(verb + 1, left[1]) if unit.mentions[t] is not None or unit.has(t, *OPENING)), left[0])
    return a, left[1]
