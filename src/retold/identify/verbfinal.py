"""Speech where the verb closes its clause: participles before their noun, converbs, the subject at the head or before its particle.

“…” diyen Roth, … / Reuters'a konuşan Roth, … / Roth, tünelin güvenli olduğunu belirterek “…” ifadelerini kullandı.
"""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import NAMED, Range, likeness, noun_right
from retold.identify.sources import At, Found
from retold.identify.units import Unit

MAX_SUBJECT = 12  # tokens of a subject that a comma ends
MAX_HEAD = 7  # tokens of a subject that nothing but its own noun ends
MIN_SAID = 2  # words that say something though they are no clause
COMMAS = ",،;"
MOST_JOINED = 9  # tokens of a second participle and what belongs to it behind "and"
LEAST_PARTICIPLE = 5  # letters of it


def head_final(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """The attribution of a verb that closes its clause, in a language with spaces between words."""
    _, i, after, b = at
    if not (book.verb_final and book.spaced) or (b < len(unit.tokens) and unit.tokens[b].low == ":"):
        return False
    if attributive(unit, after - 1):
        return before_its_noun(unit, found, at)
    quote = quote_left(unit, i)
    source = subject_before(unit, i)
    if source is None and quote is not None and not converb(unit, after - 1) and likeness(unit, noun_right(unit, after, b)) >= NAMED:
        return False  # “…” dedi Roth
    last = unit.tokens[after - 1].low
    if last.endswith(book.passive) and last not in book.reflexive:
        source = agent_before(unit, i) or document(unit, i)
        if source is None:
            return False
    source = source or document(unit, i)  # "Raporda … çıktığı yazıyor"
    if source is not None and source[0] and unit.has(source[1], "agents"):
        found.source, found.content, found.left = source, [(0, source[0])], True
        return True
    earlier = last_cue(unit, i)
    begin = past_marks(unit, max(source[1] if source else 0, earlier), i)
    if quote is not None and quote[0] >= begin:
        found.content = [quote]
    elif begin < i and tells_something(unit, begin, i, after, sure=source is not None and not earlier):
        found.content = [(begin, i)]
    else:
        return False
    found.source, found.left = source, True
    return True


def tells_something(unit: Unit, begin: int, i: int, after: int, *, sure: bool) -> bool:
    """Whether words before a verb are what is said: a clause made into a noun ("kapalı olduğunu"); sure: any two words with a subject."""
    clause = unit.tokens[i - 1].low.endswith(unit.book.clauses)
    object_ = unit.has(i, "deny", "claim", "attitude", "confirm", "warn") and unit.tokens[after - 1].quote < 0
    return clause or ((sure or object_) and sum(t.word or t.quote >= 0 for t in unit.tokens[begin:i]) >= MIN_SAID)


def attributive(unit: Unit, t: int) -> bool:
    """Whether a verb is a participle before the noun that it tells of ("diyen Roth", "konuşan bir diplomat")."""
    following = t + 1 < len(unit.tokens) and unit.tokens[t + 1].word
    if converb(unit, t):
        return False  # "kaydederken"
    return following and unit.tokens[t].low.endswith(unit.book.attributives) and not unit.has(t + 1, "joins")


def converb(unit: Unit, t: int) -> bool:
    """Whether a verb only leads over to the next one, whose subject it shares ("belirterek")."""
    return unit.tokens[t].low.endswith(unit.book.converbs)


def before_its_noun(unit: Unit, found: Found, at: At) -> bool:
    """“…” diyen X, … / … bildiren X, …: the source is the noun behind, the content what stands before."""
    _, i, after, _ = at
    source = subject_from(unit, after, len(unit.tokens))
    quote = quote_left(unit, i)
    begin = past_marks(unit, last_cue(unit, i), i)
    if source is None or (quote is None and begin >= i):
        return False
    found.source, found.left = source, True
    found.content = [quote] if quote is not None and quote[0] >= begin else [(begin, i)]
    return True


def quote_left(unit: Unit, i: int) -> Range | None:
    """The quote or marked words right before a cue, small words such as "diye" or "olarak" in between."""
    q = i - 1
    while q > 0 and unit.has(q, "that", "helpers") and unit.tokens[q].quote < 0:
        q -= 1
    if q >= 0 and unit.tokens[q].low in COMMAS:
        q -= 1
    if q < 0:
        return None
    return (q, q + 1) if unit.tokens[q].quote >= 0 else next((r for r in unit.marked if r[1] == q + 1), None)


def last_cue(unit: Unit, i: int) -> int:
    """Where the clause of a cue begins: behind the last verb of saying before it, participles and all."""
    for t in range(i - 1, -1, -1):
        tags = unit.tags[t]
        length = max([tags.get(key, 0) for key in (*CLASSES, "attitude")]) if tags else 0
        if length and t + length <= i and unit.mentions[t] is None and not unit.has(t, "statement_nouns", "reportive"):
            return t + length
    return 0


def past_marks(unit: Unit, begin: int, i: int) -> int:
    """The first word at or behind a token: commas, joins and helpers left out."""
    while begin < i and unit.tokens[begin].quote < 0 and (not unit.tokens[begin].word or unit.has(begin, "joins", "helpers")):
        if any(r[0] == begin for r in unit.marked):
            break
        begin += 1
    return begin


def subject_before(unit: Unit, i: int) -> Range | None:
    """The subject of a verb at token i: behind the last participle that tells of it, or at the head of the unit."""
    begin = 0
    for t in range(i):
        length = max((unit.tags[t].get(key, 0) for key in ("told_to", *CLASSES)), default=0) if unit.tags[t] else 0
        last = t + max(length, 1) - 1
        told = length > 0 and last < i and unit.tokens[last].low.endswith(unit.book.attributives)
        if told and attributive(unit, last):
            begin = last + 1
        elif told and t + 1 < i and unit.has(t + 1, "joins"):  # "konuşan ve adının saklanmasını isteyen bir müfettiş"
            begin = next((k + 1 for k in range(t + 2, min(i, t + MOST_JOINED)) if attributive(unit, k) and long_enough(unit, k)), begin)
    quoted = next((t for t in range(begin, i) if unit.tokens[t].quote >= 0), i)
    return subject_from(unit, begin, quoted)


def long_enough(unit: Unit, t: int) -> bool:
    """Whether a word that ends as participles do may be one: "ben" and "an" are none, nor is a role or name."""
    return len(unit.tokens[t].low) >= LEAST_PARTICIPLE and unit.mentions[t] is None and not unit.has(t, "roles", "anonymous")


def subject_from(unit: Unit, begin: int, stop: int) -> Range | None:
    """The noun phrase that begins at a token: up to its comma or its last name or role; None where it looks like nobody."""
    begin = past_marks(unit, begin, stop)
    comma = next((t for t in range(begin, min(stop, begin + MAX_SUBJECT)) if unit.tokens[t].low in COMMAS), None)
    end = comma if comma is not None else min(stop, begin + MAX_HEAD)
    last = -1
    for t in range(begin, end):
        if t > begin and unit.mentions[t] is None and unit.has(t, "topic"):
            return begin, t
        if t == (comma or 0) - 1 and unit.mentions[t] is None and unit.has(t, "statement_nouns"):
            return begin, t + 1  # "Bilirkişi raporu, …"
        ends = unit.dated[t] or unit.has(t, *CLASSES, "told_to", "that", "statement_nouns", "helpers", "postpositions")
        if t > begin and unit.mentions[t] is None and ends:
            end = t
            break
        mention = unit.mentions[t]
        named = mention is not None and mention.kind in ("person", "organisation", "outlet")
        if named or unit.has(t, "roles", "anonymous", "organisation", "outlet", "pronouns_person"):
            last = max(last, t + max(1, *(unit.tags[t].get(k, 1) for k in ("roles", "anonymous", "organisation", "outlet"))) - 1)
    if comma is not None and end == comma and end > begin:
        return (begin, end) if last >= 0 or end - begin <= MAX_HEAD // 2 else None
    return (begin, min(last + 1, stop)) if last >= begin else None


def agent_before(unit: Unit, i: int) -> Range | None:
    """Who does what a passive tells, behind its subject ("olay, emniyet tarafından doğrulandı"); None where nobody is named."""
    agent = next((t for t in range(i - 1, 0, -1) if unit.has(t, "agents")), 0)
    begin = next((t + 1 for t in range(agent - 1, 0, -1) if unit.tokens[t].low in COMMAS), 0)
    return (begin, agent) if 0 < begin < agent else None


def document(unit: Unit, i: int) -> Range | None:
    """The noun for a statement that a passive says it stands in ("yapılan açıklamada … belirtildi"), with what leads to it."""
    for t in range(min(i, MAX_SUBJECT)):
        if unit.tokens[t].low in COMMAS or unit.tokens[t].quote >= 0:
            return None
        if unit.has(t, "statement_nouns") and unit.tokens[t].low.endswith(unit.book.locative):
            return 0, t + 1
    return None
