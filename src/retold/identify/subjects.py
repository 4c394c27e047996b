"""The subject of a cue that has no noun phrase beside it: that of the cue before, or the one that opens the sentence."""

from __future__ import annotations

from retold.identify.cues import CLASSES
from retold.identify.nounphrases import MAX_SOURCE, NAMED, Range, governed, likeness, noun_left
from retold.identify.sources import Found
from retold.identify.uninflected import clause_begin, clause_subject
from retold.identify.units import Unit

MOST_OPENING = 6  # tokens of a description that opens a unit, its comma behind it ("The player's agent, reached by phone, denied …")
MAX_OWNED = 5  # tokens from a name to whom or what it owns ("Roth’s two closest aides")


def share_sources(unit: Unit, found: list[Found]) -> None:
    """A cue without a source of its own takes that of the cue before, or the subject that opens the unit."""
    for n, item in enumerate(found):
        if item.source is not None or item.passive:
            continue
        before = next((f for f in reversed(found[:n]) if f.source is not None), None)
        own = None if unit.book.spaced or unit.book.verb_final else clause_subject(unit, item.cue[0][0])
        if own is not None and (before is None or before.cue[0][0] < clause_begin(unit, item.cue[0][0])):
            item.source = own
        elif before is not None:
            item.source = before.source
        else:
            item.source = opening_subject(unit, item.cue[0][0])
        item.shares = item.source is not None


def opening_subject(unit: Unit, cue: int) -> Range | None:
    """The noun phrase with the first name or pronoun before a cue, where the unit opens with it or nearly so."""
    for j in range(min(cue, 2 * MAX_SOURCE)):
        mention = unit.mentions[j]
        if j and (unit.tokens[j - 1].low in "([" or governed(unit, j)):
            continue
        pronoun = unit.has(j, "pronouns_person") and not unit.has(j, "articles", "helpers") and not (j and named_later(unit, j, cue))
        if (mention is not None and mention.kind in ("person", "organisation", "outlet")) or pronoun:
            stop = j + 1
            while stop < cue and mention is not None and unit.mentions[stop] is mention:
                stop += 1
            head = owned_head(unit, stop, cue) if mention is not None else stop
            if head is None:
                continue
            left = noun_left(unit, 0, stop)
            return (left[0], head) if left else (j, head)
    a, b = unit.segments[0] if unit.segments else (0, 0)
    plain = not any(unit.has(t, *CLASSES, "helpers", "attitude") and not unit.has(t, "roles", "articles") for t in range(a, b))
    left = subject_of_first(unit, a, min(b, cue)) if (unit.book.inserts or unit.book.drops) and not plain else None
    if left is not None:
        return left
    return (a, b) if plain and 0 < b - a <= MOST_OPENING and b < cue and likeness(unit, (a, b)) >= NAMED else None


def subject_of_first(unit: Unit, a: int, b: int) -> Range | None:
    """The subject of the first verb of saying in [a, b), before its auxiliary ("il sindaco ha prima negato, poi ammesso che …")."""
    verb = next((t for t in range(a, b) if unit.has(t, *CLASSES) and not unit.has(t, "roles", "statement_nouns", "articles")), a)
    auxiliary = next((t for t in range(a, verb) if unit.has(t, "helpers") and not unit.has(t, "articles")), verb)
    left = noun_left(unit, a, auxiliary) if auxiliary > a else None
    return left if likeness(unit, left) >= NAMED else None


def owned_head(unit: Unit, stop: int, cue: int) -> int | None:
    """The end of what a name before it only describes ("Roth’s closest aides", "a Roth ally"), `stop` where it describes nothing.

    None where it owns something that is nobody: the subject is another then.
    """
    possessed = stop < cue and unit.tokens[stop].low in "'’" and stop + 1 < cue
    reach = min(cue, stop + MAX_OWNED) if possessed else min(cue, stop + 1)
    for t in range(stop, reach):
        if unit.has(t, "roles", "anonymous", "organisation"):
            return t + 1
    return None if possessed else stop


def named_later(unit: Unit, j: int, cue: int) -> bool:
    """Whether a person is named in the clause behind a pronoun, which is an object then ("Bránil ho bratr Petr")."""
    if unit.book.articled:
        return False
    stop = unit.segments[unit.segment_of[j]][1] if unit.segment_of[j] >= 0 else j
    later = range(j + 1, min(stop, cue))
    return any((m := unit.mentions[t]) is not None and m.kind == "person" and not governed(unit, t) for t in later)
