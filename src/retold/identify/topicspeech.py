"""Speech where the verb closes its clause, words are not spaced and a particle marks who speaks: Xは…と述べた."""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import NAMED, Range, likeness
from retold.identify.quotatives import SO, THUS, inflected, quotative
from retold.identify.sources import At, Found, past_cited, topic_of
from retold.identify.units import Unit

MIN_BEHIND, MAX_BEHIND = 5, 24  # characters before a verb with its subject right before it
MOST_REST = 4  # characters behind a verb that still closes its clause
LEAST_TOLD = 5  # characters of what is said without marks: fewer are an object ("批判に反論した")
LEAST_OBJECT = 3  # the same behind verbs of denying and claiming ("無罪を主張した")
OBJECT = "を"
LED_BY = "のにとで"  # particles behind whom somebody told
OBJECTS = ("deny", "claim")
PUBLISHING = ("announce", "report")
TOLD = ("say", "report", "announce", "confirm")  # keys of cues that may stand for what the sentence before says


def verb_final(unit: Unit, found: Found, at: At, _book: Phrasebook) -> bool:
    """Xは…と述べた。 The cue ends its clause and the source opens it."""
    _, i, after, _ = at
    leads = unit.tokens[after - 1].low in "、，" or (unit.tokens[after - 1].low == "て" and unit.tokens[i].low in unit.book.quoting)
    if (sum(t.word for t in unit.tokens[after:]) > MOST_REST and not leads) or i < LEAST_OBJECT:
        return False
    source = subject_behind(unit, i) or topic_of(unit, i)
    if unit.has(i, "loose") and likeness(unit, source) < NAMED:
        return False
    pointing = "".join(t.low for t in unit.tokens[i : i + 2])
    if pointing in (SO, THUS):
        found.source, found.before, found.after = source, True, pointing == THUS
        return likeness(unit, source) >= NAMED
    if source is None:
        begin = past_addressee(unit, past_clause(unit, i), i)
        found.content, found.left = [(begin, i)], True
        return i - begin >= LEAST_TOLD
    if source[1] >= i - 1 and source[0] > 1:  # “…” と警察が明らかにした
        stop = source[0] - 1 - (unit.tokens[source[0] - 1].low in "、，")
        found.source, found.content, found.left = source, [(past_clause(unit, source[0]), stop)], True
        return True
    begin = past_addressee(unit, max(past_origin(unit, source[1], i), past_clause(unit, i)), i)
    while begin < i and (unit.tokens[begin].low in ",、，" or unit.has(begin, "topic")):
        begin += 1
    cited = next((t for t in range(begin, i) if t + unit.tags[t].get("postpositions", 0) == i), i)  # "…の話として伝えた"
    if begin >= i or (cited < i and likeness(unit, (begin, cited)) >= NAMED):
        found.source, found.before = source, True  # "関係者が明らかにした": what the sentence before says
        return found.key in TOLD and likeness(unit, source) >= NAMED and not leads
    found.source, found.content, found.left = source, [said_before(unit, begin, i)], True
    return tells_of(unit, found, begin, i)


def said_before(unit: Unit, begin: int, i: int) -> Range:
    """What is said before a verb: a quote or marked words right before it, or all from a token on."""
    q = i - 1
    while q > begin and unit.has(q, "that", "as"):
        q -= 1
    start = next((r[0] for r in unit.marked if r[1] == q + 1 and r[0] >= begin), q if unit.tokens[q].quote >= 0 else -1)
    return (begin, i) if start < 0 or (start > begin and unit.has(start - 1, "topic")) else (start, q + 1)


def tells_of(unit: Unit, found: Found, begin: int, i: int) -> bool:
    """Whether words before a verb are what is told: no short object, and no thing that is brought out ("新型車を発表した")."""
    led = unit.tokens[i - 1].low in OBJECT
    quoted = found.content[0] != (begin, i) or unit.tokens[begin].quote >= 0
    if not quoted and i - begin < (LEAST_OBJECT if found.key in OBJECTS and led else LEAST_TOLD):
        return False
    if found.key not in PUBLISHING or OBJECT not in (unit.tokens[i].low, unit.tokens[i - 1].low):
        return True
    return "".join(t.low for t in unit.tokens[begin:i]).removesuffix(OBJECT).endswith(unit.book.told_things)


def told_before_verb(unit: Unit, begin: int, i: int) -> Range | None:
    """Whom somebody told, who stands before the verb with the words that say so ("本紙の取材に", "記者団に対し")."""
    for t in range(begin, i):
        if not unit.has(t, "told_to"):
            continue
        if unit.tokens[t].low in LED_BY:
            a = next((k + 1 for k in range(t - 1, begin - 1, -1) if unit.has(k, "topic") or unit.tokens[k].low in "、，"), begin)
            return (a, t) if a < t else None
        stop = next((k for k in range(t + 1, t + unit.tags[t]["told_to"]) if unit.tokens[k].low in LED_BY), t + unit.tags[t]["told_to"])
        name = unit.mentions[t - 1] if t else None
        if name is None and not any(unit.has(k, "outlet", "own_outlet", "roles", "anonymous") for k in range(t, stop)):
            continue
        a = next((k for k in range(t) if name is not None and unit.mentions[k] is name), t)
        return max(a, begin), stop
    return None


def subject_behind(unit: Unit, i: int) -> Range | None:
    """The subject between what is said and its verb ("…と警察が明らかにした"), particle left out."""
    if i < MIN_BEHIND or not unit.has(i - 1, "topic"):
        return None
    for t in range(i - 2, max(0, i - MAX_BEHIND), -1):
        if unit.tokens[t].quote >= 0 or (unit.tokens[t].low in "、，" and not unit.has(t - 1, "that")):
            return None
        begin = t + 1 + (unit.tokens[t + 1].low in "、，")
        if unit.has(t, "that") and unit.mentions[t] is None and likeness(unit, (begin, i - 1)) >= NAMED:
            return begin, i - 1
    return None


def past_origin(unit: Unit, begin: int, i: int) -> int:
    """The first token behind the particles of a source from whom words come ("住民からは")."""
    words = "".join(t.low for t in unit.tokens[begin:i])
    return begin + next((len(origin) for origin in unit.book.origins if words.startswith(origin)), 0)


def past_clause(unit: Unit, i: int) -> int:
    """Where the clause before token i begins: behind the last verb of saying that leads over with a comma ("…と述べ、")."""
    for t in range(i - 1, -1, -1):
        tags = unit.tags[t]
        length = max([tags.get(key, 0) for key in (*CLASSES, "attitude")]) if tags else 0
        led = quotative(unit, t) if unit.tokens[t].low in unit.book.quoting else None
        end = led[0] + led[1] if led is not None else inflected(unit, t + length) if length > 1 else 0
        if 0 < end <= i and unit.tokens[end - 1].low in "、，":
            return end
    return past_cited(unit, i)


def past_addressee(unit: Unit, begin: int, i: int) -> int:
    """The first token behind whom was told, where what is said opens with it ("共同通信に対し、…")."""
    for t in range(begin, min(i, begin + MAX_BEHIND)):
        if unit.tokens[t].quote >= 0:
            return begin
        if unit.has(t, "told_to"):
            after = t + unit.tags[t]["told_to"]
            if after == i or (after < i and unit.tokens[after].low in "、，"):
                return after
    return begin
