"""Speech told by a noun with its owner: "Roth's claim that …", "his fear that …"."""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import END, MAX_SOURCE, Range, content_end
from retold.identify.sources import Found
from retold.identify.units import Unit

MAX_BETWEEN = 2  # words between an owner and the noun ("his latest sharp criticism of")
MAX_OWNER = 5  # tokens of an owner behind the noun
MAX_CONTENT = 30  # tokens of content behind a noun that no mark ends


def noun_cue(unit: Unit, i: int) -> bool:
    """Whether the token is a noun of speech with an owner before it and a content clause behind it."""
    named = unit.has(i, "speech_nouns") or (unit.has(i, "printed") and outlet_before(unit, i))
    return named and ((complement(unit, i) > 0 and owner(unit, i) is not None) or owned_behind(unit, i) is not None)


def outlet_before(unit: Unit, i: int) -> bool:
    """Whether the name of an outlet stands right before a noun for what it printed ("a New York Times report that …")."""
    mention = unit.mentions[i - 1] if i else None
    return mention is not None and mention.kind == "outlet"


def complement(unit: Unit, i: int) -> int:
    """Where the content behind a noun of speech begins, at its "that"; 0 when no clause follows."""
    after = i + unit.tags[i].get("speech_nouns", 1)
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


def owned_behind(unit: Unit, i: int) -> tuple[Range, int] | None:
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
    behind = owned_behind(unit, i)
    begin = behind[1] if behind else complement(unit, i)
    stop = begin + 1
    end = content_end(unit, begin)
    if behind and stop < end and unit.tokens[stop].low == "," and unit.has(stop + 1, "that"):
        stop += 1  # "заявление министра о том, что …"
    while stop < end and stop - begin < MAX_CONTENT and unit.tokens[stop].low not in ",;:–—":
        stop += 1
    return Found(cue=((i, i + n),), key="attitude", source=behind[0] if behind else owner(unit, i), content=[(begin, stop)])
