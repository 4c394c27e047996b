"""A second source whose verb is left out: "His lawyer speaks of a slip, the prosecution of intent"."""

from __future__ import annotations

from collections.abc import Sequence

from retold.identify.cues import CLASSES
from retold.identify.nounphrases import NAMED, Range, content_end, likeness
from retold.identify.sources import Found
from retold.identify.units import Unit

MOST_SUBJECT = 6  # tokens of the second source
MOST_SEGMENTS = 3  # segments behind that word among which the second source may begin
MAX_APART = 2  # tokens between it and the preposition that both have: a dash


def gapped(unit: Unit, found: Sequence[Found]) -> Found | None:
    """The attribution of a clause that has a source, the preposition of the cue before and an object, and no verb."""
    for item in found:
        if (words := second_words(unit, item)) is not None:
            return words
        p = preposition(unit, item)
        first = unit.segment_of[p] if p >= 0 else -1
        for begin, _ in unit.segments[first + 1 : first + 1 + MOST_SEGMENTS] if first >= 0 else ():
            item_found = second_source(unit, begin, p)
            if item_found is not None and not any(a <= item_found[0][0] < b for f in found for a, b in f.cue):
                source, content = item_found
                return Found(cue=item.cue, key=item.key, source=source, content=[content], bare=True)
    return None


def second_words(unit: Unit, item: Found) -> Found | None:
    """The source and the marked words of a clause without a verb ("X called it “wise”, Y “treason”")."""
    if item.left or not (unit.marked or unit.finals):
        return None
    told = [*unit.marked, *((t, t + 1) for t, k in enumerate(unit.tokens) if k.quote >= 0)]
    stop = max((b for a, b in told if any(s <= a < e for s, e in item.content)), default=-1)
    if not 0 < stop < len(unit.tokens) - 1 or unit.tokens[stop].low not in ",;":
        return None
    begin = stop + 1 + unit.has(stop + 1, "joins")
    words = next((r for r in told if begin < r[0] <= begin + MOST_SUBJECT), None)
    if words is None or likeness(unit, (begin, words[0])) < NAMED:
        return None
    if any(not unit.tokens[t].word or unit.has(t, *CLASSES, "helpers", "that", "relative") for t in range(begin, words[0])):
        return None
    return Found(cue=item.cue, key=item.key, source=(begin, words[0]), content=[words])


def second_source(unit: Unit, begin: int, p: int) -> tuple[Range, Range] | None:
    """(source, content) where a noun phrase begins at a token and the word at p stands again right behind it."""
    begin += unit.has(begin, "joins") and not unit.has(begin, "articles")
    reach = range(begin + 1, min(len(unit.tokens), begin + MOST_SUBJECT + MAX_APART))
    again = next((t for t in reach if unit.tokens[t].low == unit.tokens[p].low and unit.mentions[t] is None), -1)
    stop = next((t for t in range(again, begin, -1) if unit.tokens[t - 1].word and not unit.has(t - 1, "helpers")), begin)
    if again < 0 or likeness(unit, (begin, stop)) < NAMED or again + 1 >= content_end(unit, again):
        return None
    if any(unit.has(t, *CLASSES, "helpers", "relative") and not unit.has(t, "roles", "articles") for t in range(begin, stop)):
        return None
    rest = unit.segments[unit.segment_of[again]][1] if unit.segment_of[again] >= 0 else again + 1
    return (begin, stop), (again, max(rest, again + 1))


def preposition(unit: Unit, item: Found) -> int:
    """What leads from a verb to what is said: "that", the last word of its cue, or the first of its content; -1 for none."""
    if item.content and not item.left and unit.has(item.content[0][0], "that") and not unit.has(item.content[0][0], "articles"):
        return item.content[0][0]
    last = item.cue[-1][1] - 1 if item.cue else -1
    first = item.content[0][0] if item.content and not item.left else -1
    for t, keys in ((last, ("breaks", "prepositions", "of")), (first, ("of",)), (first - 1, ("of",))):
        other = t < 0 or unit.mentions[t] is not None or unit.has(t, "articles", "that", "infinitive", "relative", "joins")
        if not other and unit.has(t, *keys):
            return t
    return -1
