"""Speech told by a noun with its owner: "Roth's claim that …", "his fear that …"."""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import END, MAX_SOURCE, NAMED, Range, content_end, likeness
from retold.identify.sources import Found
from retold.identify.units import Unit

MAX_BETWEEN = 2  # words between an owner and the noun ("his latest sharp criticism of")
MAX_OWNER = 9  # tokens of an owner behind the noun ("the claim by two former players that")
MAX_CONTENT = 30  # tokens of content behind a noun that no mark ends


def noun_cue(unit: Unit, i: int) -> bool:
    """Whether the token is a noun of speech with an owner before it and a content clause behind it."""
    named = unit.has(i, "speech_nouns") or (unit.has(i, "printed") and outlet_before(unit, i))
    owned = complement(unit, i) > 0 and owner(unit, i) is not None
    return named and (owned or unmarked_owner(unit, i) is not None or owner_behind(unit, i) is not None)


def outlet_before(unit: Unit, i: int) -> bool:
    """Whether the name of an outlet stands right before a noun for what it printed ("a New York Times report that …")."""
    mention = unit.mentions[i - 1] if i else None
    return mention is not None and mention.kind == "outlet"


def complement(unit: Unit, i: int) -> int:
    """Where the content behind a noun of speech begins, at its "that"; 0 when no clause follows."""
    after = i + unit.tags[i].get("speech_nouns", 1)
    if after < len(unit.tokens) - 1 and unit.tokens[after].low == ":" and owner(unit, i) is not None:
        return after + 1  # "Sein Fazit: …"
    after += unit.book.comma_clauses and after < len(unit.tokens) and unit.tokens[after].low == ","
    following = after + 1 < len(unit.tokens) and (unit.tokens[after + 1].word or unit.tokens[after + 1].quote >= 0)
    return after if following and unit.has(after, "that") else 0


def owner(unit: Unit, i: int) -> Range | None:
    """The owner of the noun at token i: a possessive pronoun, or the noun phrase before "'s"."""
    if outlet_before(unit, i):
        return phrase_left(unit, i)
    for j in range(i - 1, max(-1, i - MAX_BETWEEN - 2), -1):
        if unit.has(j, "possessives") and unit.mentions[j] is None:
            return j, j + 1
        if unit.tokens[j].low == "s" and j > 1 and unit.tokens[j - 1].low == "'":
            return phrase_left(unit, j - 1)
        if not unit.tokens[j].word or unit.has(j, "articles", "joins", "that", "breaks", *CLASSES):
            return None
    return None


def owner_behind(unit: Unit, i: int) -> tuple[Range, int] | None:
    """(owner, where the clause begins) of a noun whose owner stands behind it ("the claim by X that", "der Vorwurf der Anwohner, dass")."""
    if not unit.has(i, "speech_nouns") or unit.mentions[i] is not None:
        return None
    a = i + unit.tags[i]["speech_nouns"]
    if a < len(unit.tokens) and unit.has(a, "owned_by"):
        a += not unit.has(a, "articles")
    elif not unit.book.genitives:
        return None
    for t in range(a + 1, min(len(unit.tokens) - 1, a + MAX_OWNER)):
        begin = t + (unit.book.comma_clauses and unit.tokens[t].low == ",")
        if begin > t and not unit.has(begin, "that") and not conditional(unit, begin):
            return None
        if begin > t or (unit.has(t, "that") and unit.mentions[t] is None and not unit.has(t, "articles")):
            return ((a, t), begin) if likeness(unit, (a, t)) >= NAMED else None
        verb = unit.has(t, *CLASSES, "helpers", "passives") and not unit.has(t, "roles", "anonymous", "articles", "statement_nouns")
        if not unit.tokens[t].word or (unit.mentions[t] is None and verb):
            return None
    return None


def conditional(unit: Unit, begin: int) -> bool:
    """Whether the clause that begins at a token is in the conditional of report ("die Behauptung des Chefs, alles sei sicher")."""
    n = unit.segment_of[begin]
    return n >= 0 and any(unit.has(t, "conditional") for t in range(begin, unit.segments[n][1]))


def phrase_left(unit: Unit, stop: int) -> Range | None:
    """The noun phrase that ends before token `stop`: back to its article, or over its name."""
    j = stop
    while j > 0 and stop - j < MAX_SOURCE and not unit.separates(j - 1) and unit.tokens[j - 1].low not in END:
        verb = unit.has(j - 1, "joins", "that", "breaks", "helpers", *CLASSES) and not unit.has(j - 1, "roles")
        if verb and unit.mentions[j - 1] is None:
            break
        j -= 1
        if unit.has(j, "articles") and unit.mentions[j] is None:
            break
        begins = unit.mentions[j] is not None and (j == 0 or unit.mentions[j - 1] is not unit.mentions[j])
        if begins and not unit.has(max(0, j - 1), "roles", "titles"):
            break
    return (j, stop) if j < stop else None


def unmarked_owner(unit: Unit, i: int) -> tuple[Range, int] | None:
    """The owner right behind a noun of speech, and where the clause behind him begins ("утверждение оппозиции, что …"); None without."""
    if unit.book.articled or not unit.has(i, "speech_nouns"):
        return None
    begin = j = i + unit.tags[i]["speech_nouns"]
    while j < len(unit.tokens) and j - begin < MAX_OWNER and unit.tokens[j].word and not opens_clause(unit, j):
        j += 1
    that = j + (j < len(unit.tokens) and unit.tokens[j].low in ",،")
    clause = j > begin and that + 1 < len(unit.tokens) and unit.has(that, "that") and not unit.has(begin, "relative")
    return ((begin, j), that) if clause else None


def opens_clause(unit: Unit, j: int) -> bool:
    """Whether a token ends the owner of a noun of speech: a small word that joins or leads on, or a verb of saying."""
    return unit.mentions[j] is None and unit.has(j, "that", "joins", "breaks", "helpers", *CLASSES) and not unit.has(j, "roles")


def by_noun(unit: Unit, cue: tuple[int, int, str], book: Phrasebook) -> Found | None:
    """X's claim that …: the owner is the source, the clause the content."""
    i, n, _ = cue
    behind = unmarked_owner(unit, i)
    begin, source = complement(unit, i), owner(unit, i)
    if behind is None and (not begin or source is None):
        behind = owner_behind(unit, i)
    if behind is not None:
        source, begin = behind
    if source is None or not begin:
        return None
    stop = begin + 1
    end = content_end(unit, begin)
    if behind and stop < end and unit.tokens[stop].low == "," and unit.has(stop + 1, "that"):
        stop += 1  # "заявление министра о том, что …"
    while stop < end and stop - begin < MAX_CONTENT and unit.tokens[stop].low not in ",;:–—":
        stop += 1
    return Found(cue=((i, i + n),), key="attitude", source=source, content=[(begin, stop)])
