"""Patterns of quoted speech: the cue behind a quote, before it, or in its middle."""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import END, MAX_SOURCE, Range, content_end, participle
from retold.identify.sources import At, Found, choose_right, set_source, told_to, topic_of
from retold.identify.units import Unit
from retold.identify.unlisted import quoted_behind

LEAST_CLAUSE = 4  # tokens of a clause before ", said X," with its comma
MAX_SCENE = 16  # characters of a clause between a quote and who says it

def quote_before(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """“…,” said X. / “…,” X said, “…”"""
    a, i, after, b = at
    if not book.spaced and not book.verb_final:
        a = past_scene(unit, a)
    else:
        a = back_to_quote(unit, a)
        at = (a, i, after, b)
    q = a - 1
    while q >= 1 and a - q <= 2 and unit.tokens[q].low in ",–—-、，،":
        q -= 1
    if q < 0 or unit.tokens[q].quote < 0:
        return False
    if (unit.has(a, "joins") and i > a) or any(unit.has(j, "that") for j in range(after, min(b, after + 8))):
        return False
    if leads_on(unit, b):
        return False
    if any(unit.has(j, *CLASSES) and unit.mentions[j] is None and not unit.has(j, "statement_nouns", "roles") for j in range(a, i - 1)):
        return False
    ended = q + 1 < a or not book.spaced or q in unit.finals or unit.has(a, "that") or (q == 0 and i == a)
    if not ended or unit.tokens[after - 1].low.endswith(unit.book.participles):
        return False
    found.content = [(clause_start(unit, q), q + 1)]
    follow = b + 1 if b < len(unit.tokens) and unit.tokens[b].low in ",–—-" else b
    found.content += rest_of_quote(unit, follow) or told_on(unit, i, b)
    found.left = True
    if unit.has(i, "quotes_of"):
        found.source = quoted_behind(unit, after, b)
        if found.source is not None:
            return True
    set_teller(unit, found, at, q)
    return True


def set_teller(unit: Unit, found: Found, at: At, q: int) -> None:
    """Choose who said the quote at token q: the topic before it, or the noun phrase beside the cue."""
    a, i, _, _ = at
    topic = topic_of(unit, q) if unit.book.verb_final and q else None
    if "," in (t.low for t in unit.tokens[a:i]):
        found.source = (a, i - 1 if unit.tokens[i - 1].low == "," else i)
    elif topic is not None and topic[1] < q:
        begin = topic[1] + 1 if topic[1] == q - 1 or unit.has(q - 1, "topic") else q
        found.source, found.content[0] = topic, (begin, q + 1)
    else:
        set_source(unit, found, at, unit.book, prefer_right=True)


def leads_on(unit: Unit, b: int) -> bool:
    """Whether a colon or a clause with "that" follows a cue: the quote is not its content ("„…“, die Stadt beharrt darauf, dass")."""
    if b < len(unit.tokens) and unit.tokens[b].low in ":：":
        return True
    return unit.book.comma_clauses and b + 1 < len(unit.tokens) and unit.tokens[b].low == "," and unit.has(b + 1, "that")


def rest_of_quote(unit: Unit, follow: int) -> list[Range]:
    """The second half of a quote that "said X" parts: a quote, or marked words that close the sentence behind a comma."""
    if follow < len(unit.tokens) and unit.tokens[follow].quote >= 0:
        return [(follow, follow + 1)]
    marked = next((r for r in unit.marked if r[0] == follow), None)
    closes = marked is not None and unit.tokens[follow - 1].low in ",–—-" and marked[1] >= content_end(unit, marked[0])
    return [marked] if marked is not None and closes else []


def told_on(unit: Unit, i: int, b: int) -> list[Range]:
    """The clause that goes on behind whom somebody told, where words are not spaced (“…。”老李告诉记者，桥修好了)."""
    told = not unit.book.spaced and not unit.book.verb_final and unit.has(i, "told_to", "passes_on", "addressed")
    led = b < len(unit.tokens) - LEAST_CLAUSE and unit.tokens[b].low in "，,"
    return [(b + 1, content_end(unit, b + 1))] if told and led else []


def back_to_quote(unit: Unit, a: int) -> int:
    """Where the attribution of a quote begins: “…,” X, a plumber from Y, said: over up to two short noun phrases."""
    begin = a
    for _ in range(2):
        if begin < 2 or unit.tokens[begin - 1].low != "," or unit.tokens[begin - 2].quote >= 0:
            break
        n = unit.segment_of[begin - 2]
        if n < 0 or unit.segments[n][1] - unit.segments[n][0] > MAX_SOURCE or any(unit.has(j, *CLASSES) for j in range(*unit.segments[n])):
            return a
        begin = unit.segments[n][0]
    opened = begin >= 1 and (
        unit.tokens[begin - 1].quote >= 0 or (begin >= 2 and unit.tokens[begin - 1].low in ",–—-" and unit.tokens[begin - 2].quote >= 0)
    )
    return begin if begin < a and opened else a


def past_scene(unit: Unit, a: int) -> int:
    """Where the clause of a quote begins: over one short clause that sets the scene, where words are not spaced (“…”坐在茶馆里，周明说)."""
    if a < 2 or unit.tokens[a - 1].low not in "，,":
        return a
    n = unit.segment_of[a - 2]
    begin, stop = unit.segments[n] if n >= 0 else (0, 0)
    opens = begin > 0 and unit.tokens[begin - 1].quote >= 0 and begin - 1 in unit.finals
    said = any(unit.has(j, *CLASSES) and not unit.has(j, "statement_nouns") for j in range(begin, stop))
    return begin if opens and stop - begin <= MAX_SCENE and not said else a


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


def quote_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X said, “…” / X called it “…” / zei X "…"."""
    a, i, after, b = at
    q = b
    if book.verb_final and unit.tokens[after - 1].low in "、，":
        return False
    if q < len(unit.tokens) and unit.tokens[q].low in ",،，、" and q + 1 < len(unit.tokens):
        q += 1
    if q >= len(unit.tokens) or unit.tokens[q].quote < 0 or b - after > MAX_SOURCE:
        return False
    if q > after and any(unit.has(j, "joins") and unit.has(j + 1, *CLASSES) for j in range(after, q - 1)):
        return False
    behind = choose_right(unit, (a, i, after, b), book, found_left=book.inverts)
    found.addressee = told_to(unit, found, after, b)
    begin = q if b != q or behind or b == after or (found.addressee and found.addressee[1] >= b) else after
    found.content = [(begin, max(q + 1, content_end(unit, q + 1) if q + 1 < len(unit.tokens) and begin < q else q + 1))]
    set_source(unit, found, at, book, prefer_right=behind)
    if begin == q and found.source and a <= found.source[0] and says_before(unit, a):
        found.content.insert(0, (0, a - 1))  # "There was no panic, X said, “but no joy”"
    return True


def says_before(unit: Unit, a: int) -> bool:
    """Whether what stands before a cue and its comma is a clause that goes on behind it, and does not only lead over."""
    if a < LEAST_CLAUSE or unit.tokens[a - 1].low not in ",–—" or any(t.quote >= 0 or t.low in ":;" for t in unit.tokens[:a]):
        return False
    leads = unit.has(0, "breaks", "prepositions", "joins", "as", "relative", "told_to") and not unit.has(0, "articles", "pronouns_person")
    told = any(unit.has(t, *CLASSES) and unit.mentions[t] is None and not unit.has(t, "roles", "statement_nouns") for t in range(a))
    leads = leads or participle(unit, 0)  # "Lamenting their luck, they say, “…”"
    return not leads and not told and unit.segment_of[0] == unit.segment_of[a - 2]
