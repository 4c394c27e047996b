"""Where source, cue and content of one attribution stand: the patterns, as functions over one unit.

No parser: cues come from the lexicon, and commas, quotes and small words tell on which side of a cue its source and its content
are. Source: Krestel, Bergler and Witte, "Minding the Source" (LREC 2008), section 3, for the pattern inventory of reported
speech; Pareti, "PARC 3.0" (LREC 2016), section 2, for source, cue and content as spans. Ours differs in that it does without
parse trees and shares one set of patterns among all languages.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.units import Unit

MAX_SOURCE = 14  # tokens; longer noun phrases before a cue are clauses
MAX_TAIL = 7  # tokens of time and place after ", X said"; longer ones are what X said
MIN_LEFT = 3  # words that must stand before ", X said." to be its content
FINAL_INSIDE = ".!?…,。！？，"
END = ".!?…。！？"
HEADS = "据據"  # a preposition of source of one character, before a name without a space
Range = tuple[int, int]


@dataclass(slots=True)
class Found:
    """An attribution in token ranges of its unit, half open, None where absent.

    `shares`: it has its source from the cue before; `left`: its content stands before it; `before`: in the unit before; `after`: it is the quote that follows
    in the next unit.
    """

    cue: tuple[Range, ...]
    key: str
    source: Range | None = None
    content: list[Range] = field(default_factory=list)
    addressee: Range | None = None
    shares: bool = False
    left: bool = False
    before: bool = False
    after: bool = False


def find_cues(unit: Unit, book: Phrasebook) -> list[tuple[int, int, str]]:
    """(first token, length, key) of each cue of the unit, longest at each place, none inside another."""
    out: list[tuple[int, int, str]] = []
    taken = 0
    for i, tags in enumerate(unit.tags):
        separate = separable_class(unit, i, book)
        if separate and i >= taken:
            out.append((i, 1, separate))
            taken = i + 1
            continue
        if i < taken or not tags:
            continue
        if statement_preposition(unit, i, book):
            out.append((i, 1, "according_to"))
            continue
        best = max(((tags[k], -n, k) for n, k in enumerate(("postpositions", "according_to", *CLASSES, "attitude")) if k in tags), default=None)
        if best is None or is_noun(unit, i, best[0], book) or not plausible(unit, i, best[0], best[2]):
            continue
        out.append((i, best[0], best[2]))
        taken = i + best[0]
    return out


def separable_class(unit: Unit, i: int, book: Phrasebook) -> str:
    """The class of a separable verb at token i whose particle stands behind it in its segment; "" when there is none."""
    particles = book.separable.get(unit.tokens[i].low)
    if not particles or unit.segment_of[i] < 0:
        return ""
    end = particle_end(unit, i, i + 1, unit.segments[unit.segment_of[i]][1], book)
    return book.classes.get(f"{unit.tokens[i].low} {unit.tokens[end - 1].low}", "") if end > i + 1 else ""


def statement_preposition(unit: Unit, i: int, book: Phrasebook) -> bool:
    """Whether a preposition at i leads to a noun for a statement within three words ("nach einer neuen Studie")."""
    if not unit.has(i, "statement_prepositions"):
        return False
    for j in range(i + 1, min(i + 5, len(unit.tokens))):
        if not unit.tokens[j].word:
            return False
        if unit.tokens[j].low.endswith(book.statements):
            return True
    return False


def plausible(unit: Unit, i: int, length: int, key: str) -> bool:
    """Whether a preposition of source may be one here: the shortest ("so", "nach") only where punctuation sets them off."""
    if key not in ("according_to", "postpositions") or length > 1 or len(unit.tokens[i].low) > 4 or not unit.tokens[i].word:
        return True
    if key == "postpositions":
        ends = i + 1 == len(unit.tokens) or not unit.tokens[i + 1].word
        return ends or unit.tokens[i].low != "nach"
    before = unit.tokens[i - 1] if i else None
    if len(unit.tokens[i].low) <= 2:
        return before is not None and (before.low in ",–—" or before.quote >= 0) and i + 1 < len(unit.tokens) and (
            any(unit.mentions[j] is not None or unit.tokens[j].capital or unit.has(j, "articles", "roles", "organisation", "outlet")
                for j in range(i + 1, min(i + 3, len(unit.tokens)))))
    return True


def is_noun(unit: Unit, i: int, length: int, book: Phrasebook) -> bool:
    """Whether a cue word is a noun here ("the report", "a claim")."""
    if length > 1 or not book.spaced:
        return False
    if book.cased and unit.tokens[i].capital and unit.kind not in ("headline", "subheading") and i and (
            unit.tokens[i - 1].word or unit.mentions[i] is not None):
        return True
    if book.nouns_capital:
        return False
    if i == 0:
        return not book.inverts and not unit.tokens[0].low.endswith(unit.participles) and book.cased
    before = unit.tokens[i - 1]
    if unit.has(i, "ambiguous") and not clear_verb(unit, i):
        return True
    if unit.has(i - 1, "articles") and not unit.has(i - 1, "pronouns_person"):
        return not (i + 1 < len(unit.tokens) and unit.has(i + 1, "that"))
    return before.low == "s" and i > 1 and unit.tokens[i - 2].low == "'" and unit.has(i, "statement_nouns")


def clear_verb(unit: Unit, i: int) -> bool:
    """Whether a word that may be a noun or another verb is a cue here: a subject right before it, or a complement after."""
    after = i + 1
    if after >= len(unit.tokens) or unit.tokens[after].low in ".":
        return i > 0 and unit.has(i - 1, "pronouns_person", "pronouns_first") or unit.mentions[i - 1] is not None
    if unit.has(after, "that") or unit.tokens[after].low in ":" or unit.tokens[after].quote >= 0:
        return True
    if unit.tokens[after].low == "," and after + 1 < len(unit.tokens) and unit.tokens[after + 1].quote >= 0:
        return True
    j = i - 1
    while j > 0 and unit.has(j, "helpers") and not unit.has(j, "pronouns_person"):
        j -= 1
    if unit.has(i, "told_to"):
        return j >= 0 and unit.tokens[j].word and not unit.has(i - 1, "joins")
    subject = j >= 0 and unit.has(j, "pronouns_person", "pronouns_first", "anonymous", "roles", "statement_nouns", "relative", "organisation")
    return subject or (j >= 0 and unit.mentions[j] is not None and unit.mentions[j].kind in ("person", "outlet", "organisation"))  # type: ignore[union-attr]


def resolve(unit: Unit, cue: tuple[int, int, str], book: Phrasebook, earlier: list[Found]) -> Found | None:
    """The attribution of one cue, or None where the words around it make none."""
    i, n, key = cue
    if key in ("according_to", "postpositions"):
        return by_preposition(unit, i, n, key, nouns=book.nouns_capital, spaced=book.spaced)
    found = Found(cue=((i, i + n),), key=key)
    a, b = unit.segments[unit.segment_of[i]]
    end = particle_end(unit, i, i + n, b, book)
    if end > i + n:
        found.cue = ((i, i + n), (end - 1, end))
    elif book.separable.get(unit.tokens[i].low) and n == 1 and not unit.has(i, "attitude") and not (b < len(unit.tokens) and (unit.tokens[b].low == ":" or unit.tokens[b].quote >= 0)):
        return None
    for rule in (as_clause, passive, citing, quote_before, colon_after, that_after, quote_after, verb_final, clause_final, clause_after, that_is, marked_after):
        if rule(unit, found, (a, i, i + n, b), book):
            break
    else:
        return None
    if found.source is None:
        found.shares = True
    return found


def particle_end(unit: Unit, i: int, after: int, b: int, book: Phrasebook) -> int:
    """The end of the particle of a separable verb ("teilte … mit") at the end of the segment, or `after`."""
    particles = book.separable.get(unit.tokens[i].low)
    if particles:
        for j in range(b - 1, after - 1, -1):
            if unit.tokens[j].low in particles:
                return j + 1
    return after


# ---- rules: each fills in content and source and says whether it applied ------------------------------------------

At = tuple[int, int, int, int]


def as_clause(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """Wie die Polizei mitteilte, … / …, as the paper reported, …"""
    a, i, after, b = at
    if not unit.has(a, "as") or any(unit.has(j, "that") for j in range(after, b)) or i == a:
        return False
    length = max(unit.tags[a].get("as", 1), 1)
    source = noun_left(unit, a + length, i) or noun_right(unit, after, b)
    if source is None or likeness(unit, source) < 1:
        return False
    parts = [(0, max(0, a - 1)), (min(b + 1, len(unit.tokens)), content_end(unit, min(b + 1, len(unit.tokens))))]
    found.content = [p for p in parts if p[1] - p[0] >= 2]
    found.source, found.left = source, a > 0
    return bool(found.content)


def citing(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """The paper cited three people: they are its source for what the sentence before says."""
    a, i, after, b = at
    if not unit.has(i, "citing") or b < len(unit.tokens) and (unit.tokens[b].quote >= 0 or unit.tokens[b].low == ":"):
        return False
    after = max(after, i + unit.tags[i]["citing"])
    subject, source = noun_left(unit, a, i), noun_right(unit, after, b)
    if subject is None or source is None or likeness(unit, source) < 2 or any(unit.has(j, "that") for j in range(*source)):
        return False
    found.cue, found.key = ((i, after),), "according_to"
    found.source, found.addressee, found.before = source, subject, True
    return True


def passive(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """…, as was first reported by X / … wurde von X gemeldet: the source behind its preposition, the content before."""
    a, i, after, b = at
    agent = next((j for j in range(after, min(b, after + 3)) if unit.has(j, "agents")), None)
    if agent is None or not any(unit.has(j, "passives") for j in range(max(a, i - 4), i)):
        return False
    source = noun_right(unit, agent + 1, b)
    content = noun_left(unit, a, i)
    if source is None or content is None or likeness(unit, source) < 1:
        return False
    found.source, found.content, found.left = source, [content], True
    return True


def quote_before(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """“…,” said X. / “…,” X said, “…”"""
    a, i, after, b = at
    apposed_from = back_to_quote(unit, a)
    at = (apposed_from, i, after, b)
    a = apposed_from
    q = a - 1
    while q >= 1 and a - q <= 2 and unit.tokens[q].low in ",–—-、，،":
        q -= 1
    if q < 0 or unit.tokens[q].quote < 0:
        return False
    if unit.has(a, "joins") and i > a or any(unit.has(j, "that") for j in range(after, min(b, after + 8))):
        return False
    if b < len(unit.tokens) and unit.tokens[b].low in ":：":
        return False
    ended = q + 1 < a or not book.spaced or q in unit.finals or unit.has(a, "that") or q == 0 and i == a
    if not ended or unit.tokens[after - 1].low.endswith(unit.participles):
        return False
    found.content = [(clause_start(unit, q), q + 1)]
    follow = b + 1 if b < len(unit.tokens) and unit.tokens[b].low in ",–—" else b
    if follow < len(unit.tokens) and unit.tokens[follow].quote >= 0:
        found.content.append((follow, follow + 1))
    found.left = True
    topic = topic_of(unit, q) if book.verb_final and q else None
    if "," in (t.low for t in unit.tokens[a:i]):
        found.source = (a, i - 1 if unit.tokens[i - 1].low == "," else i)
    elif topic is not None and topic[1] < q:
        found.source, found.content[0] = topic, (topic[1] + 1, q + 1)
    else:
        set_source(unit, found, at, book, prefer_right=True)
    return True


def back_to_quote(unit: Unit, a: int) -> int:
    """Where the attribution of a quote begins: “…,” X, a plumber from Y, said: over up to two short noun phrases."""
    begin = a
    for _ in range(2):
        if begin < 2 or unit.tokens[begin - 1].low != "," or unit.tokens[begin - 2].quote >= 0:
            break
        n = unit.segment_of[begin - 2]
        if n < 0 or unit.segments[n][1] - unit.segments[n][0] > 8 or any(unit.has(j, *CLASSES, "joins") for j in range(*unit.segments[n])):
            return a
        begin = unit.segments[n][0]
    opened = begin >= 1 and (unit.tokens[begin - 1].quote >= 0 or begin >= 2 and unit.tokens[begin - 1].low in ",–—" and unit.tokens[begin - 2].quote >= 0)
    return begin if begin < a and opened else a


def clause_start(unit: Unit, q: int) -> int:
    """Where the content that ends with quote q begins: at the quote, or before where words lead into it ('The “…”')."""
    start = q
    while start > 0 and (unit.tokens[start - 1].quote >= 0):
        start -= 1
    j = start
    while j > 0 and not unit.separates(j - 1) and unit.tokens[j - 1].low not in END:
        if unit.has(j - 1, *CLASSES, "attitude"):
            return start
        j -= 1
    return j if start - j <= MAX_SOURCE else start


def colon_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X said: “…” / X teilte mit: …"""
    b = at[3]
    if b >= len(unit.tokens) or unit.tokens[b].low not in ":：":
        return False
    if b == len(unit.tokens) - 1:
        found.after = True
        set_source(unit, found, at, book)
        return found.source is not None
    found.content = [(b + 1, content_end(unit, b + 1))]
    set_source(unit, found, at, book)
    return True


def that_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X said that … / X teilte mit, dass … / disse X que …"""
    _, _, after, b = at
    stop = min(len(unit.tokens), max(b + 2, after + MAX_SOURCE))
    for j in range(after, stop):
        if unit.tokens[j].quote >= 0 or unit.tokens[j].low in ";:":
            return False
        if unit.has(j, "that") and (j <= b + 1 or j - after <= 2):
            found.content = split_colon(unit, j, content_end(unit, j))
            set_source(unit, found, (at[0], at[1], after, min(j, b)), book)
            return True
        if j > after and unit.has(j, *CLASSES) and j < b:
            return False
    return False


def quote_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X said, “…” / X called it “…” / zei X "…"."""
    a, i, after, b = at
    q = b
    if q < len(unit.tokens) and unit.tokens[q].low in ",，、" and q + 1 < len(unit.tokens):
        q += 1
    if q >= len(unit.tokens) or unit.tokens[q].quote < 0 or b - after > MAX_SOURCE:
        return False
    inverted = choose_right(unit, (a, i, after, b), book, found_left=book.inverts)
    found.addressee = told_to(unit, found, after, b)
    begin = q if b != q or inverted or b == after or found.addressee and found.addressee[1] >= b else after
    found.content = [(begin, max(q + 1, content_end(unit, q + 1) if q + 1 < len(unit.tokens) and begin < q else q + 1))]
    set_source(unit, found, at, book, prefer_right=inverted)
    return True


def clause_final(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """…, X said on Monday. / …, sagte X. / …, X said, …."""
    a, i, after, b = at
    if a < 2 or unit.tokens[a - 1].low not in ",–—，،":
        return False
    words_before = sum(t.word for t in unit.tokens[:a - 1])
    if words_before < MIN_LEFT or unit.tokens[after - 1].low.endswith(unit.participles):
        return False
    left, right = noun_left(unit, a, i), noun_right(unit, after, b)
    rest = after if left else (right[1] if right else after)
    tail = b - rest
    if book.second and left or unit.has(a, "relative", "that", "joins") and left:
        return False
    if not left and (found.key == "attitude" or not book.inverts and likeness(unit, right) < 2):
        return False
    likely = not left and right is not None and likeness(unit, right) >= 2 and not any(unit.has(j, "that") for j in range(right[1], b))
    if tail and not likely and not unit.has(rest, "breaks", "helpers", "told_to") and unit.tokens[rest].word and unit.tokens[rest].low not in END and particle_end(unit, i, after, b, book) == after:
        return False
    if left and tail > 0 and unit.has(after, "that"):
        return False
    if left and tail > MAX_TAIL or left is None and (right is None or b < len(unit.tokens) - 2 and likeness(unit, right) < 1):
        return False
    if left and left[0] > a and unit.has(a, "joins", "relative"):
        return False
    found.left = True
    found.content = [(0, a - 1)]
    if b < len(unit.tokens) - 2 and unit.tokens[b].low == "," and left and b - a <= 6 and not unit.has(b + 1, "relative", "joins", "articles") and not apposed(unit, b):
        found.content.append((b + 1, content_end(unit, b + 1)))
    found.source = left or (with_name(unit, right) if right else None)
    return True


def apposed(unit: Unit, comma: int) -> bool:
    """Whether what follows a comma explains the source (", spokeswoman for …")."""
    return unit.has(comma + 1, "roles", "articles", "relative", "organisation") or unit.mentions[comma + 1] is not None


def clause_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X said the road was shut. / Sie sagte, das Haus sei leer."""
    a, i, after, b = at
    if b - after < 1 and not (b < len(unit.tokens) - 2 and unit.tokens[b].low in ",，"):
        return False
    if any(after <= r[0] <= after + 4 and r[1] >= b - 1 for r in unit.marked):
        return False
    right = noun_right(unit, after, b) if choose_right(unit, at, book) else None
    begin = right[1] if right else after
    if begin >= b and b + 1 < len(unit.tokens):
        begin = b + 1
    if begin < b and unit.has(begin, "breaks") and b + 1 < len(unit.tokens) and unit.tokens[b].low in ",，":
        begin = b + 1
    if book.comma_clauses:
        if b >= len(unit.tokens) - 2 or unit.tokens[b].low not in ",–—" or any(unit.has(j, *CLASSES) for j in range(after, b)):
            return False
        begin = b + 1
        loose = unit.has(begin, "relative") and (b > after and unit.tokens[b - 1].capital and right is None or not unit.has(begin, "articles"))
        if loose or unit.has(begin, "joins") and not unit.has(begin, "that"):
            return False
    if begin < len(unit.tokens) and no_content(unit, begin, found.key):
        return False
    addressee = None if book.comma_clauses else told_to(unit, found, after, b)
    if addressee is not None:
        found.addressee = addressee
        begin = addressee[1]
    begin = after_date(unit, begin, b)
    while begin < len(unit.tokens) and unit.tokens[begin].low in ",，、":
        begin += 1
    stop = content_end(unit, begin)
    if sum(t.word or t.quote >= 0 for t in unit.tokens[begin:stop]) < (2 if book.spaced else 3):
        return False
    found.content = split_colon(unit, begin, stop)
    set_source(unit, found, at, book, prefer_right=right is not None)
    return True


def marked_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X nannte das „fahrlässig“: marked words in the clause of a cue that governs no clause."""
    a, i, after, b = at
    inside = [r for r in unit.marked if a <= r[0] and r[1] <= b + 1]
    if not inside:
        return False
    found.content = inside
    set_source(unit, found, at, book, prefer_right=book.inverts)
    return found.source is not None and not any(s <= found.source[0] < e for s, e in inside)


def that_is(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """“That is what X said.” The content is the sentence before: left open here, filled in by `attributions`."""
    a, i, after, b = at
    if i > 4 or not any(unit.has(j, "anaphora") for j in range(min(i + 1, 3))):
        return False
    source = noun_right(unit, after, b) or noun_left(unit, a, i)
    length = max(n for j in range(min(i + 1, 3)) for n in [unit.tags[j].get("anaphora", 0)])
    if source is not None and source[0] < length:
        source = (length, source[1]) if source[1] > length else noun_right(unit, after, b)
    if source is None or likeness(unit, source) < 2:
        return False
    found.source, found.before = source, True
    return True


def after_date(unit: Unit, begin: int, b: int) -> int:
    """The token after a date that stands between cue and content ("said on Monday the road was shut")."""
    j = begin
    while j < b and j - begin < 3 and unit.has(j, "breaks", "helpers") and not unit.dated[j]:
        j += 1
    if j >= b or not unit.dated[j]:
        return begin
    while j < b and unit.dated[j]:
        j += 1
    return j if j < b else begin


def no_content(unit: Unit, begin: int, key: str) -> bool:
    """Whether what follows a cue of saying only tells to whom or when ("wrote to the office", "spoke at the port")."""
    if key == "attitude" or not unit.has(begin, "breaks") or unit.has(begin, "that", "articles", "relative") or unit.dated[begin]:
        return False
    after = begin + 1
    return after < len(unit.tokens) and (unit.has(after, "articles", "pronouns_person", "pronouns_first") or unit.mentions[after] is not None)


def verb_final(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X, yolun kapandığını söyledi. / Xは…と述べた。 The cue ends the unit and the source opens it."""
    _, i, after, _ = at
    if not book.verb_final:
        return False
    rest = [t for t in unit.tokens[after:] if t.word]
    if len(rest) > (1 if book.spaced else 4) or i < 3:
        return False
    source = topic_of(unit, i)
    if source is None:
        return False
    begin = source[1]
    while begin < i and (unit.tokens[begin].low in ",、，" or unit.has(begin, "topic")):
        begin += 1
    if begin >= i:
        return False
    found.source, found.content, found.left = source, [(begin, i)], True
    return True


def topic_of(unit: Unit, stop: int) -> Range | None:
    """The source that opens a unit: up to its topic particle or first comma."""
    for j in range(1, min(stop, 40)):
        if unit.has(j, "topic") and not unit.has(j - 1, "topic"):
            return (0, j)
        if unit.tokens[j].low in ",、，" and j <= MAX_SOURCE:
            return (0, j)
    first = unit.mentions[0]
    if first is None:
        return None
    end = next((j for j in range(1, stop) if unit.mentions[j] is not first), stop)
    return (0, end)


def by_preposition(unit: Unit, i: int, n: int, key: str, *, nouns: bool, spaced: bool) -> Found | None:
    """According to X, … / …, laut X, … / der Polizei zufolge …"""
    if n > 1 and (unit.has(i + n - 1, "anonymous", "organisation", "outlet", "roles") or not spaced and n < 4 and unit.tokens[i].low in HEADS):
        n = n - 1 if spaced else 1
    found = Found(cue=((i, i + n),), key="according_to")
    after = i + n
    if key != "postpositions" and n > 1 and unit.has(after - 1, "postpositions"):
        found.cue, key = ((after - 1, after),), "postpositions"
        i = after - 1
    if key == "postpositions" or after >= len(unit.tokens) or unit.tokens[after].low in ",.":
        source = noun_left(unit, max(0, i - 8), i, back=True)
        begin, stop = (source[0] if source else i), after
    else:
        limit = next((j for j in range(after, len(unit.tokens)) if unit.tokens[j].low in ",;:–—，、：" or unit.tokens[j].quote >= 0), len(unit.tokens))
        source = preposed(unit, after, min(limit, len(unit.tokens)), nouns=nouns, spaced=spaced)
        begin, stop = i, (source[1] if source else after)
    if source is None:
        return None
    found.source = source
    before = begin - 1 if begin and unit.tokens[begin - 1].low in ",–—，" else begin
    behind = stop
    if not spaced and behind < len(unit.tokens) and unit.has(behind, "report", "say"):
        behind += max(unit.tags[behind].get("report", 0), unit.tags[behind].get("say", 0))
        found.cue = (*found.cue, (stop, behind))
    while behind < len(unit.tokens) and unit.tokens[behind].low in ",:，、：":
        behind += 1
    parts = [(0, before), (behind, content_end(unit, behind))]
    found.content = [p for p in parts if sum(3 if t.quote >= 0 else t.word for t in unit.tokens[p[0]:p[1]]) >= 2]
    found.left = begin > 2
    return found if found.content else None


def preposed(unit: Unit, a: int, limit: int, *, nouns: bool, spaced: bool) -> Range | None:
    """The noun phrase after a preposition of source: up to a comma, a sentence's end, or the verb after a name."""
    j = a
    named = False
    while j < limit and j - a < MAX_SOURCE + 4:
        if unit.tokens[j].low in END or j > a and unit.has(j, "that", "joins") and not unit.has(j, "articles"):
            break
        if j > a and unit.mentions[j] is None and (unit.has(j, "conditional") or (named or nouns) and unit.has(j, "helpers")):
            break
        if not spaced and j > a + 1 and unit.has(j, "report", "say") and unit.mentions[j] is None:
            break
        if nouns and j > a and unit.tokens[j - 1].capital and unit.tokens[j].word and not unit.tokens[j].capital and not unit.has(j, "articles", "breaks"):
            break
        named = named or unit.mentions[j] is not None
        j += 1
    if j - a > 2 and j >= len(unit.tokens) - 1 or j - a >= MAX_SOURCE:
        j = shortest(unit, a, j)
    return (a, j) if j > a else None


def shortest(unit: Unit, a: int, j: int) -> int:
    """Where a noun phrase ends that no comma ends: behind its first name, role or body, or its second word."""
    for t in range(a, min(j, a + 6)):
        mention = unit.mentions[t]
        if mention is not None:
            return next((k for k in range(t, j) if unit.mentions[k] is not mention), j)
        if unit.has(t, "roles", "organisation", "anonymous", "outlet", "statement_nouns"):
            following = unit.mentions[t + 1] if t + 1 < j else None
            return next((k for k in range(t + 1, j) if unit.mentions[k] is not following), j) if following else t + 1
    return min(j, a + (2 if unit.has(a, "articles") else 1))


# ---- sources ------------------------------------------------------------------------------------------------------


def set_source(unit: Unit, found: Found, at: At, book: Phrasebook, *, prefer_right: bool = False) -> None:
    """Choose the source beside the cue: the noun phrase before it, or after it where that looks more like a source."""
    a, i, after, b = at
    left, right = noun_left(unit, a, i), noun_right(unit, after, b)
    if left and right:
        found.source = right if choose_right(unit, at, book, found_left=prefer_right) else left
    else:
        found.source = left or (right if prefer_right or choose_right(unit, at, book, found_left=prefer_right) else None)
    if found.source is None and i == first_word(unit, a, i) and not found.left:
        found.source = apposition_left(unit, a)
    if found.source is None and found.left:
        found.source = person_behind(unit, after)
    if found.source and found.source[0] >= after:
        found.source = with_name(unit, found.source)
    if found.addressee is None:
        found.addressee = told_to(unit, found, after, b)
    if found.addressee and found.source and found.addressee[0] < found.source[1] and found.source[0] < found.addressee[1]:
        found.addressee = None


def person_behind(unit: Unit, after: int) -> Range | None:
    """The person named behind a cue and whom was told ("indique au journal son directeur, Jean Morel")."""
    for j in range(after, min(len(unit.tokens), after + MAX_SOURCE)):
        if unit.tokens[j].low in END or unit.tokens[j].quote >= 0:
            return None
        mention = unit.mentions[j]
        if mention is not None and mention.kind == "person":
            return j, next((k for k in range(j, len(unit.tokens)) if unit.mentions[k] is not mention), len(unit.tokens))
    return None


def with_name(unit: Unit, source: Range) -> Range:
    """A description behind its cue together with the name that follows its comma ("said the mayor, Ana Roth")."""
    a, b = source
    if b + 1 >= len(unit.tokens) or unit.tokens[b].low not in ",،，" or any(m is not None and m.kind == "person" for m in unit.mentions[a:b]):
        return source
    mention = unit.mentions[b + 1]
    if mention is None or mention.kind != "person" or not any(unit.has(j, "roles") for j in range(a, b)):
        return source
    return a, next((k for k in range(b + 1, len(unit.tokens)) if unit.mentions[k] is not mention), len(unit.tokens))


def choose_right(unit: Unit, at: At, book: Phrasebook, *, found_left: bool = False) -> bool:
    """Whether the source stands behind the cue ("said X", "am Montag sagte X")."""
    a, i, after, b = at
    left, right = noun_left(unit, a, i), noun_right(unit, after, b)
    if right is None:
        return False
    if not book.inverts and not found_left:
        return False
    if left is None and i == first_word(unit, a, i) and right[1] - right[0] <= 4 and found_left:
        return True
    if unit.has(i, "told_to"):
        return left is None and i == a and a > 0
    return likeness(unit, right) > (likeness(unit, left) if left else 0.5)


def likeness(unit: Unit, at: Range | None) -> float:
    """How much a noun phrase looks like a source: 3 a named person or body, 2 a role or pronoun, 0 nothing of the kind."""
    best = 0.0
    for j in range(*at) if at else ():
        mention = unit.mentions[j]
        if mention is not None and mention.kind in ("person", "organisation", "outlet"):
            best = max(best, 3.0)
        elif unit.has(j, "pronouns_person", "pronouns_first") and not unit.has(j, "articles"):
            best = max(best, 2.5)
        elif unit.has(j, "roles", "anonymous", "outlet", "organisation", "statement_nouns"):
            best = max(best, 2.2)
        elif mention is not None:
            best = max(best, 1.0)
    return best


def noun_left(unit: Unit, a: int, i: int, *, back: bool = False) -> Range | None:
    """The noun phrase that ends before token i, within [a, i), helpers at its edge left out."""
    b = i
    while b > a and (unit.has(b - 1, "helpers") or unit.tokens[b - 1].low in "'’" or unit.dated[b - 1]) and unit.mentions[b - 1] is None:
        b -= 1
    j = b
    while j > a and b - j < MAX_SOURCE:
        t = j - 1
        if unit.tokens[t].quote >= 0 or unit.tokens[t].low in SEP_LEFT or any(r[1] == j for r in unit.marked):
            break
        if unit.has(t, "joins", "that") and not inside_name(unit, t) and not coordinated(unit, t, b):
            break
        if b - j > 0 and unit.has(t, *CLASSES) and unit.mentions[t] is None and not unit.has(t, "statement_nouns", "roles"):
            break
        j -= 1
        if back and (unit.has(t, "articles") or unit.mentions[t] is not None and (t == 0 or unit.mentions[t - 1] is not unit.mentions[t])) and not (t > 0 and unit.has(t - 1, "articles")):
            break
    going_on = i < len(unit.tokens) and unit.tokens[i].low.endswith(unit.participles)
    for t in range(b - 1, j, -1):
        if going_on and unit.has(t, "joins", "helpers"):
            return (t + 1, b) if b > t + 1 else None
    for t in range(j + 1, b):
        if unit.has(t, "helpers") and unit.mentions[t] is None and not unit.has(t, "articles", "joins") and likeness(unit, (j, t)) >= 2 and not going_on:
            return (j, t)
    return (j, b) if b > j else None


SEP_LEFT = frozenset(",;:–—()[]、，；：（）.!?…")


def inside_name(unit: Unit, t: int) -> bool:
    """Whether token t stands within one mention."""
    return unit.mentions[t] is not None


def coordinated(unit: Unit, t: int, b: int) -> bool:
    """Whether a join at t coordinates two names or roles of one source ("X and Y said")."""
    return t > 0 and t + 1 < b and unit.mentions[t - 1] is not None and unit.mentions[t + 1] is not None


def noun_right(unit: Unit, after: int, b: int) -> Range | None:
    """The noun phrase that begins after the cue, up to a break or the end of the segment."""
    a = after
    while a < b and (unit.has(a, "helpers") or unit.tokens[a].low == "-" or unit.dated[a]) and not unit.has(a, "articles", "pronouns_person") and unit.mentions[a] is None:
        a += 1
    if a < b and unit.mentions[a] is None and unit.has(a, "breaks") and not unit.has(a, "articles", "pronouns_person"):
        return None
    j = a
    while j < b and j - a < MAX_SOURCE and not any(r[0] == j for r in unit.marked):
        if unit.tokens[j].low in END and not (j + 1 < b and unit.mentions[j] is not None):
            break
        if unit.mentions[j] is None and (j > a and unit.has(j, "breaks", "helpers") or unit.has(j, "that", "joins")) and not unit.has(j, "roles"):
            if not (unit.has(j, "articles") and j > a and unit.has(j - 1, "roles", "organisation", "outlet", "anonymous")):
                break
        if j == a and unit.has(j, "pronouns_person") and not unit.has(j, "articles"):
            return (a, a + 1)
        j += 1
    return (a, j) if j > a else None


def first_word(unit: Unit, a: int, i: int) -> int:
    """The first token of the segment that is no helper."""
    j = a
    while j < i and unit.has(j, "helpers"):
        j += 1
    return j


def apposition_left(unit: Unit, a: int) -> Range | None:
    """“X, the minister, said”: the noun phrase before the comma and the one before that."""
    if a < 2 or unit.tokens[a - 1].low not in ",，–—)":
        return None
    n = max((k for k, s in enumerate(unit.segments) if s[1] <= a - 1), default=-1)
    for k in range(n, max(-1, n - 3), -1):
        begin, stop = unit.segments[k]
        if stop - begin > MAX_SOURCE:
            return None
        if k < n and any(unit.mentions[j] is not None for j in range(begin, stop)) or k == 0:
            return noun_left(unit, begin, stop) and (noun_left(unit, begin, stop)[0], a - 1)  # type: ignore[index]
    return None


def told_to(unit: Unit, found: Found, after: int, b: int) -> Range | None:
    """Whom the source told: the noun phrase after "told", "gegenüber", "in an interview with"."""
    i = found.cue[0][0]
    if unit.has(i, "told_to"):
        start = after
    else:
        hit = next((j for j in range(after, b) if unit.has(j, "told_to")), None)
        if hit is None:
            return None
        start = hit + unit.tags[hit]["told_to"]
    if start < len(unit.tokens) and unit.has(start, "own_outlet"):
        return (start, start + unit.tags[start]["own_outlet"])
    j = start
    while j < len(unit.tokens) and j - start < 8 and not unit.separates(j) and unit.tokens[j].low not in END:
        if j > start and unit.mentions[j] is None and (unit.has(j, "that", "helpers", "breaks", "joins") or unit.has(j, "articles") or unit.mentions[j - 1] is not None):
            break
        j += 1
        if j - start == 1 and unit.has(start, "pronouns_person", "pronouns_first", "own_outlet"):
            break
    return (start, j) if j > start else None


def content_end(unit: Unit, begin: int) -> int:
    """The end of content that begins at a token: the end of the unit without its full stop."""
    stop = next((j for j in range(begin + 1, len(unit.tokens) - 1) if unit.tokens[j].low == "." and unit.tokens[j + 1].quote >= 0), len(unit.tokens))
    while stop > begin and unit.tokens[stop - 1].low in END and unit.tokens[stop - 1].quote < 0:
        stop -= 1
    return stop


def split_colon(unit: Unit, a: int, b: int) -> list[Range]:
    """A content range, cut where a colon leads over to a quote."""
    for j in range(a + 1, b - 1):
        if unit.tokens[j].low in ":：" and unit.tokens[j].quote < 0 and unit.tokens[j + 1].quote >= 0:
            return [(a, j), (j + 1, b)]
    return [(a, b)]
