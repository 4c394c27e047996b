"""Speech told by a noun with its owner: "Roth's claim that …", "his fear that …"."""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import END, MAX_SOURCE, NAMED, Range, content_end, likeness, noun_right
from retold.identify.sources import Found
from retold.identify.units import Unit

MAX_BETWEEN = 2  # words between an owner and the noun ("his latest sharp criticism of")
TAKING_UP = ("anaphora", "passives", "articles", "helpers", "pronouns_person", "breaks")  # words that take up what was told before
MIN_TAKING_UP = 2  # of them
MAX_OWNER = 4  # tokens from "of" within which somebody must stand who said a quote
ENDS_OWNER = ",;.()[]!?…"
MAX_CONTENT = 30  # tokens of content behind a noun that no mark ends


def noun_cue(unit: Unit, i: int) -> bool:
    """Whether the token is a noun of speech with an owner before it and a content clause behind it."""
    if "speech_nouns" not in unit.tags[i] and "printed" not in unit.tags[i]:
        return False
    named = unit.has(i, "speech_nouns") or (unit.has(i, "printed") and outlet_before(unit, i))
    owned = named and complement(unit, i) > 0 and owner(unit, i) is not None
    if unit.book.verb_final and unit.book.spaced:
        return owned or quote_owned(unit, i) is not None
    behind = unmarked_owner(unit, i) is not None or owner_behind(unit, i) is not None
    return owned or behind or quote_left(unit, i) > 0 or predicate_of(unit, i) is not None


def predicate_of(unit: Unit, i: int) -> Range | None:
    """Whose a noun of speech is that takes up what was told before ("C'est la conviction des enquêteurs", "Es la tesis de la defensa")."""
    of = i + unit.tags[i].get("speech_nouns", len(unit.tokens))
    if of + 1 >= len(unit.tokens) or not unit.has(of, "of") or unit.segment_of[i] < 0:
        return None
    a, b = unit.segments[unit.segment_of[i]]
    small = all(unit.has(t, *TAKING_UP) or not unit.tokens[t].word for t in range(a, i))
    if i - a < MIN_TAKING_UP or not small or not any(unit.has(t, "passives") for t in range(a, i)):
        return None
    begin = of + unit.tags[of]["of"]
    owner = noun_right(unit, begin, b) if begin < b else None
    ends = owner is not None and (owner[1] >= b or unit.tokens[owner[1]].low in END)
    return owner if ends and likeness(unit, owner) >= NAMED else None


def quote_owned(unit: Unit, i: int) -> tuple[Range, Range] | None:
    """The owner of a noun of speech and the quote between them, where the noun closes its phrase (“muhalefetin “…” eleştirisi”)."""
    if not i or not unit.has(i, "speech_nouns"):
        return None
    quote = (i - 1, i) if unit.tokens[i - 1].quote >= 0 else next((r for r in unit.marked if r[1] == i), None)
    if quote is None or not quote[0] or not unit.tokens[quote[0] - 1].word or unit.segment_of[quote[0] - 1] < 0:
        return None
    begin = max(unit.segments[unit.segment_of[quote[0] - 1]][0], quote[0] - MAX_SOURCE)
    owns = unit.tokens[quote[0] - 1].low.endswith(tuple(unit.book.owning - {""}))
    return ((begin, quote[0]), quote) if owns and likeness(unit, (begin, quote[0])) >= NAMED else None


def quote_left(unit: Unit, i: int) -> int:
    """The end of the quote before a noun that tells whose it is: “«…», la replica dell'azienda”; 0 where none stands there."""
    begin = i - unit.has(i - 1, "articles") if i else 0
    of = i + unit.tags[i].get("speech_nouns", len(unit.tokens))
    if begin == i or begin < 2 or unit.tokens[begin - 1].low not in ",–—-" or of + 1 >= len(unit.tokens) or not unit.has(of, "of"):
        return 0
    quoted = unit.tokens[begin - 2].quote >= 0 or any(r[1] == begin - 1 for r in unit.marked)
    return begin - 1 if quoted and likeness(unit, (of + 1, min(len(unit.tokens), of + 1 + MAX_OWNER))) >= NAMED else 0


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
    """Who owns a noun of speech, and where what they say begins: "la version de la défense – que …", "a alegação de vizinhos de que …",
    "the claim by the minister that …", "der Vorwurf der Anwohner, dass …", "l'ipotesi è che …", "La thèse du parquet : …"."""
    a = owner_begin(unit, i)
    for t in range(a + 1, min(len(unit.tokens) - 1, a + MAX_SOURCE) if a else 0):
        if unit.mentions[t] is not None and unit.mentions[t] is unit.mentions[t - 1]:
            continue
        begin = clause_of(unit, t) or predicated(unit, t)
        if begin:
            return ((a, t), begin) if likeness(unit, (a, t)) >= NAMED else None
        if ends_owner(unit, t):
            return None
    return None


def owner_begin(unit: Unit, i: int) -> int:
    """Where an owner behind a noun of speech would begin: behind its preposition, or with his article in the genitive; 0 for nowhere."""
    if not unit.has(i, "speech_nouns") or unit.mentions[i] is not None:
        return 0
    a = i + unit.tags[i]["speech_nouns"]
    if a + 2 >= len(unit.tokens) or not (unit.has(a, "of") or unit.book.genitives):
        return 0
    return a if unit.book.comma_clauses and unit.has(a, "articles") else a + unit.tags[a].get("of", 0)


def ends_owner(unit: Unit, t: int) -> bool:
    """Whether an owner behind a noun of speech cannot reach over a token: a mark, a verb, a relative clause."""
    if unit.tokens[t].quote >= 0 or unit.tokens[t].low in ENDS_OWNER:
        return True
    small = unit.mentions[t] is None and not unit.has(t, "roles", "anonymous", "articles", "statement_nouns")
    return small and unit.has(t, *CLASSES, "helpers", "passives", "relative", "that", "joins", "predicates")


def clause_of(unit: Unit, j: int) -> int:
    """Where the clause begins that tells what a noun of speech says, if token j leads to it: "that", "according to which", a dash or "is"
    with "that" behind, a colon, a comma where one stands before each clause; 0 where it does not."""
    length = unit.tags[j].get("by_which", 0)
    if length:
        return j + length
    low = unit.tokens[j].low
    if low in ":：":
        return j + 1
    comma = low == "," and unit.book.comma_clauses
    if (comma or low in "–—" or unit.has(j, "passives")) and (unit.has(j + 1, "that") or (comma and conditional(unit, j + 1))):
        return j + 1
    that = unit.has(j, "that") and unit.mentions[j] is None and not unit.has(j, "articles")
    return j if that and not (unit.has(j, "relative") and unit.book.inserts) else 0


def predicated(unit: Unit, j: int) -> int:
    """Where the quote begins to which a verb at token j leads a noun of speech ("cabe en una frase: «…»"); 0 where it is no such verb."""
    if not unit.has(j, "predicates") or unit.mentions[j] is not None:
        return 0
    for t in range(j + 1, min(j + MAX_SOURCE, len(unit.tokens) - 1)):
        if unit.tokens[t].low in ":：":
            return t + 1 if unit.tokens[t + 1].quote >= 0 else 0
        if not unit.tokens[t].word:
            return 0
    return 0


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
    held = quote_owned(unit, i) if unit.book.verb_final else None
    if held is not None:
        return Found(cue=((i, i + n),), key="say", source=held[0], content=[held[1]], left=True)
    taken_up = predicate_of(unit, i)
    if taken_up is not None and owner_behind(unit, i) is None:
        a = unit.segments[unit.segment_of[i]][0]
        content = [(0, a - 1)] if a > 1 else []
        return Found(cue=((i, i + n),), key="attitude", source=taken_up, content=content, left=True, before=not content)
    quote = quote_left(unit, i)
    if quote:
        begin = next((r[0] for r in unit.marked if r[1] == quote), quote - 1)
        source = noun_right(unit, i + n + unit.tags[i + n]["of"], len(unit.tokens))
        return Found(cue=((i, i + n),), key="say", source=source, content=[(begin, quote)], left=True)
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
