"""A second source whose verb is left out: "His lawyer speaks of a slip, the prosecution of intent"."""

from __future__ import annotations

from collections.abc import Sequence

from retold.identify.cues import CLASSES
from retold.identify.nounphrases import NAMED, content_end, likeness
from retold.identify.sources import Found
from retold.identify.units import Unit

MOST_SUBJECT = 6  # tokens of the second source
MAX_APART = 2  # tokens between it and the preposition that both have: a dash


def gapped(unit: Unit, found: Sequence[Found]) -> Found | None:
    """The attribution of a clause that has a source, the preposition of the cue before and an object, and no verb."""
    for item in found:
        p = preposition(unit, item)
        n = unit.segment_of[p] + 1 if p >= 0 and unit.segment_of[p] >= 0 else 0
        if not 0 < n < len(unit.segments):
            continue
        begin = unit.segments[n][0]
        begin += unit.has(begin, "joins") and not unit.has(begin, "articles")
        reach = range(begin + 1, min(len(unit.tokens), begin + MOST_SUBJECT + MAX_APART))
        again = next((t for t in reach if unit.tokens[t].low == unit.tokens[p].low and unit.mentions[t] is None), -1)
        stop = next((t for t in range(again, begin, -1) if unit.tokens[t - 1].word), begin)
        if again < 0 or likeness(unit, (begin, stop)) < NAMED or again + 1 >= content_end(unit, again):
            continue
        rest = unit.segments[unit.segment_of[again]][1] if unit.segment_of[again] >= 0 else content_end(unit, again)
        verb = any(unit.has(t, *CLASSES, "helpers", "relative") and not unit.has(t, "roles", "articles") for t in range(begin, stop))
        if not verb and not any(a <= begin < b for f in found for a, b in f.cue):
            return Found(cue=item.cue, key=item.key, source=(begin, stop), content=[(again, max(rest, again + 1))], bare=True)
    return None


def preposition(unit: Unit, item: Found) -> int:
    """The preposition that leads from a verb to what is said: the last word of its cue, or the first of its content; -1 for none."""
    last = item.cue[-1][1] - 1 if item.cue else -1
    first = item.content[0][0] if item.content and not item.left else -1
    for t, keys in ((last, ("breaks", "prepositions", "owned_by")), (first, ("owned_by",)), (first - 1, ("owned_by",))):
        other = t < 0 or unit.mentions[t] is not None or unit.has(t, "articles", "that", "infinitive", "relative", "joins")
        if not other and unit.has(t, *keys):
            return t
    return -1
