"""Sentences and clauses that only say who said what stands before them: "That is what X said", "To oznámil X", "davon ist X überzeugt"."""

from __future__ import annotations

from retold.identify.cues import Phrasebook
from retold.identify.nounphrases import NAMED, Range, adverbial, clitic, likeness, noun_left, noun_right
from retold.identify.sources import At, Found, described_behind, past_outlet, with_name
from retold.identify.units import Unit

MOST_SHORT = 2  # tokens of "yes" or "no" with its comma


def that_is(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """“That is what X said.” The content is the sentence before: left open here, filled in by `attributions`."""
    a, i, after, b = at
    if i > 4 or not any(unit.has(j, "anaphora") for j in range(min(i + 1, 3))):
        return False
    source = noun_right(unit, after, b) or noun_left(unit, a, i)
    length = max(n for j in range(min(i + 1, 3)) for n in [unit.tags[j].get("anaphora", 0)])
    if source is not None and source[0] < length:
        source = (length, source[1]) if source[1] > length else noun_right(unit, after, b)
    if source is None or (likeness(unit, source) < NAMED and not (source[0] >= after and unit.has(source[0], "articles"))):
        return False
    found.source, found.before = source, True
    return True


def that_was_said(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """“Lo ha detto X.” “C'est ce qu'a déclaré X.”: the same where the sentence opens with it and nothing else stands before the verb."""
    a, i, after, b = at
    begin = unit.tags[0].get("anaphora", 0)
    if a or not begin or begin > i or not (book.inverts or book.inserts) or unit.mentions[0] is not None:
        return False
    if not all(unit.has(t, "helpers") or clitic(unit, t) or not unit.tokens[t].word for t in range(begin, i)):
        return False
    if b < len(unit.tokens) and (unit.tokens[b].low == ":" or unit.tokens[b].quote >= 0):
        return False
    source = None if any(unit.has(t, "that") for t in range(after, min(after + 1, b))) else noun_right(unit, after, b)
    if source is None or likeness(unit, source) < NAMED:
        return False
    found.addressee, source = past_outlet(unit, *source)
    found.source, found.before = with_name(unit, source) if source else None, True
    return found.source is not None


def that_said(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """Po jednání to oznámil X. / Poinformował o tym w piątek X.: the pronoun for what stands before is right beside its cue."""
    a, i, after, b = at
    if not book.inverts or unit.marked or (unit.has(0, "short") and a == MOST_SHORT):
        return False
    clause = a > 1 and unit.tokens[a - 1].low in ",–—" and unit.has(a, "anaphora") and not unit.has(a, "articles", "relative", "that")
    before, behind = (a if clause else pronoun_before(unit, at)), pronoun_behind(unit, at)
    if (before < 0 and behind < 0) or any(t.quote >= 0 or t.low in ":：" for t in unit.tokens):
        return False
    emerges = emerges_from(unit, found, after) if before >= 0 else None
    if emerges is not None:
        found.source, found.before, found.left = emerges, not clause, clause
        found.content = [(0, a - 1)] if clause else []
        return True
    if before >= 0:
        source = noun_right(unit, after, b) if not clause else None
        source = source or noun_left(unit, before + unit.tags[before]["anaphora"], i)
    else:
        after = behind + unit.tags[behind]["anaphora"]
        source = noun_right(unit, after, b)
    if any(unit.has(t, "that") for t in range(after, min(b + 2, len(unit.tokens)))):
        return False
    plain = source is not None and (source[1] == b or unit.has(source[0], "articles"))  # "Shodují se na tom pěstitelé"
    source = source if plain or likeness(unit, source) >= NAMED else described_behind(unit, after, named=False)
    if source is None and (before >= 0 or after >= b):
        left = noun_left(unit, a, before if before >= 0 else i)
        source = left if likeness(unit, left) >= NAMED and not adverbial(unit, a, left) else None
    if source is None or (clause and likeness(unit, source) < NAMED):
        return False
    found.source, found.before, found.left = source, not clause, clause
    found.content = [(0, a - 1)] if clause else []
    return True


def emerges_from(unit: Unit, found: Found, after: int) -> Range | None:
    """The paper from which it emerges, between a verb and its particle ("Das geht aus einer Umfrage hervor"); None where none does."""
    if len(found.cue) == 1 or found.cue[1][0] <= after + 1 or not unit.has(after, "breaks", "prepositions"):
        return None
    source = noun_right(unit, after + 1, found.cue[1][0])
    return source if source and any(unit.has(t, "statement_nouns") for t in range(*source)) else None


def pronoun_before(unit: Unit, at: At) -> int:
    """The pronoun for the sentence before that stands right before a cue, small words in between; -1 for none."""
    a, i, _, _ = at
    j = i - 1
    while j > 0 and unit.has(j, "helpers") and not unit.has(j, "anaphora"):
        j -= 1
    found = next((t for t in (j, j - 1) if t >= 0 and t + unit.tags[t].get("anaphora", 0) == j + 1), -1)
    return found if found == a == 0 or (found >= 0 and not unit.has(found, "articles", "relative")) else -1


def pronoun_behind(unit: Unit, at: At) -> int:
    """The pronoun for the sentence before that stands right behind a cue, one small word in between; -1 for none."""
    _, i, after, b = at
    found = next((t for t in range(i + 1, min(b, after + 2)) if unit.has(t, "anaphora")), -1)
    apart = found > after and not unit.has(after, "helpers")
    return -1 if found < 0 or apart or unit.has(found, "articles", "relative", "that") else found
