"""What somebody tells that is no clause: an object, what it is about, or what he promises; where a clause has a comma before it."""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import NAMED, Range, adverbial, content_end, likeness, noun_left, noun_right, participle
from retold.identify.sources import At, Found, has_object, named_before, set_source
from retold.identify.units import Unit

HELD = ("announce", "confirm", "deny", "claim", "warn")  # keys of cues whose object is what is said, though it is no clause
MOST_TOLD = 3  # tokens of whom somebody told between a verb and what he told of ("рассказал журналистам о планах")
MOST_ASKED = 5  # tokens between such a verb and the infinitive


def object_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X schätzt den Schaden auf zwei Millionen. / Sabotaż wyklucza prokuratura.: what is held or denied is no clause, but an object.

    Only where clauses have a comma before them (elsewhere `clause_after` reads it), behind verbs of judging, and of somebody.
    """
    a, i, after, b = at
    b = found.cue[1][0] if len(found.cue) > 1 else b
    shown = unit.has(i, "shows") and found.key == "attitude" and not unit.has(i, "assess")
    held = shown or unit.has(i, "assess") or found.key in HELD
    if not book.comma_clauses or not held or unit.has(i, "reportive") or participle(unit, i):
        return False
    if any(a <= r[0] <= b for r in unit.marked):
        return False
    left, right = noun_left(unit, a, i) or named_before(unit, a, i), noun_right(unit, after, b)
    if left and not shown and unit.mentions[left[0]] is None and unit.tokens[left[0]].low.endswith(book.datives):
        return False  # "Начальнику вокзала приказали …"
    if shown and not (left and any(unit.has(t, "statement_nouns") for t in range(*left))):
        return False
    if book.inverts and right is not None and adverbial(unit, a, left) and likeness(unit, right) >= NAMED:
        role = next((t + 1 for t in range(*right) if unit.has(t, "roles", "organisation")), right[1])
        if right[1] == b and unit.mentions[role - 1] is None and not any(unit.mentions[role : right[1]]):
            right = right[0], role  # "In einem Brief räumt der Schulleiter Fehler ein"
        found.source, found.content = right, [(right[1], b)]
    elif left is not None and (likeness(unit, left) >= NAMED or opens_alone(unit, found, left)):
        found.source, found.content = left, [(after, b)]
    elif left is not None and right is not None and likeness(unit, right) >= NAMED and not unit.has(left[0], "anaphora"):
        found.source, found.content = right, [left, (right[1], b)]
    else:
        return False
    if len(found.cue) > 1 and found.cue[1][1] < at[3] and found.content:
        found.content[-1] = found.content[-1][0], at[3]  # "hält neun für belegbar": the particle stands amid what is held
    found.content = [(s, e) for s, e in found.content if any(t.word for t in unit.tokens[s:e])]
    found.left, found.bare = found.source == right, True
    return bool(found.content) and not unit.has(found.content[-1][0], "that", "infinitive")


def opens_alone(unit: Unit, found: Found, left: Range) -> bool:
    """Whether a subject is the one capital word that opens the sentence, before a verb of denying, claiming … ("Киев обвинил …")."""
    alone = left == (0, 1) and unit.tokens[0].capital and not unit.tags[0]
    return alone and found.key in HELD and unit.book.cased and not unit.dated[0]


def about_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """МЧС сообщило о пожаре. / Минздрав заявил о нехватке врачей.: what somebody tells of."""
    a, i, after, b = at
    t = next((j for j in range(after, min(b, after + MOST_TOLD)) if unit.has(j, "told_of") and unit.mentions[j] is None), -1)
    if t < 0 or t + 1 >= b or participle(unit, i) or has_object(unit, a, i) or any(unit.has(j, "that") for j in range(t, b)):
        return False
    if not unit.has(i, *CLASSES) or unit.has(i, "statement_nouns"):
        return False
    left = noun_left(unit, a, i)
    if left is not None and unit.has(left[0], "anaphora", "relative"):
        return False
    right = noun_right(unit, after, t) if left is None and t > after else None
    found.source, found.content, found.bare = left or right, [(t, b - (unit.tokens[b - 1].low in ".!?…"))], True
    return True


def about_before(unit: Unit, found: Found, at: At, _book: Phrasebook) -> bool:
    """О пожаре сообщило МЧС. / О том, что …, первым сообщил канал.: what somebody tells of opens the sentence."""
    a, i, after, b = at
    begin = next((j for j in (0, 1) if j < i and unit.has(j, "told_of") and (j == 0 or unit.has(0, "joins", "helpers"))), -1)
    if begin < 0 or unit.mentions[begin] is not None or not unit.has(i, *CLASSES) or unit.has(i, "statement_nouns"):
        return False
    if any(unit.tokens[j].quote >= 0 or unit.tokens[j].low in ":;" for j in range(begin, i)) or unit.has(begin + 1, "anaphora"):
        return False
    source = noun_right(unit, after, b)
    told = any(unit.has(j, *CLASSES) and unit.mentions[j] is None for j in range(max(begin, a), i - 1))
    if source is None or told or i - begin < MOST_TOLD:
        return False
    set_source(unit, found, (i, i, after, b), unit.book, prefer_right=True)
    stop = next((j for j in range(i, begin, -1) if not unit.has(j - 1, "helpers") and unit.tokens[j - 1].low != ","), i)
    found.content, found.left = [(begin, stop)], True
    return found.source is not None


def infinitive_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """Мэр пообещал построить мост.: what somebody promises, proposes or threatens to do; what he asks others to do is nobody's word."""
    a, i, after, b = at
    if not unit.has(i, "promises"):
        return False
    near = range(after, min(b, after + MOST_ASKED))
    t = next((j for j in near if unit.tokens[j].low.endswith(book.infinitive_endings) and unit.mentions[j] is None), -1)
    if t < 0 or participle(unit, i) or any(unit.has(j, "breaks", "joins", "that") and not unit.has(j, "helpers") for j in range(after, t)):
        return False
    right = noun_right(unit, after, t) if t > after else None
    found.source = noun_left(unit, a, i) or (right if likeness(unit, right) >= NAMED else None)
    found.content, found.bare = [(t, content_end(unit, t))], True
    return True
