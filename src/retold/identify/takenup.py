"""Sentences and clauses that say whose finding, view or figure stands before them: "Zu diesem Schluss kommt X", "…: è l'ipotesi di X"."""

from __future__ import annotations

from collections.abc import Iterator

from retold.identify.nounphrases import NAMED, Range, content_end, likeness, noun_right
from retold.identify.sources import Found, with_name
from retold.identify.units import Unit

MAX_NOUN = 2  # words between "this" or "such" and the noun for what somebody holds ("zu diesem brisanten Ergebnis")
MAX_AWAY = 9  # tokens from that noun to whose it is
MAX_OPENING = 2  # words of a noun phrase before the noun that tells that it is somebody
SOMEBODY = ("roles", "anonymous", "organisation", "outlet", "statement_nouns", "whoever")
OF = "的之の"
LEADING = ":–—-;,：，、،"  # marks behind which such a clause may stand


def taken_up(unit: Unit) -> Iterator[Found]:
    """The attributions of a unit in which a noun with a pronoun, or a phrase that holds both, takes up what stands before."""
    if not unit.book.takes_up:
        return
    if not unit.book.spaced:
        yield from unspaced(unit)
        return
    for a, b in unit.segments:
        if a and unit.tokens[a - 1].low not in LEADING:
            continue
        begin, behind = opening(unit, a, b)
        source = somebody_behind(unit, behind, b) if behind else None
        if source is None or (a and sum(t.word or t.quote >= 0 for t in unit.tokens[: a - 1]) < MAX_NOUN):
            continue
        content = [(0, a - 1)] if a else after_colon(unit, b)
        before = not content
        yield Found(cue=((begin, behind),), key="attitude", source=source, content=content, left=a > 0 or before, before=before)
        return


def after_colon(unit: Unit, b: int) -> list[Range]:
    """What follows the colon behind such a clause ("L'information a été révélée par X : le maire part"); nothing without one."""
    led = b < len(unit.tokens) - MAX_NOUN and unit.tokens[b].low in ":："
    return [(b + 1, content_end(unit, b + 1))] if led else []


def unspaced(unit: Unit) -> Iterator[Found]:
    """“…，这是专家得出的结论。”, "これは調査会社の報告による": the same where words are not spaced, whoever it is between the two."""
    for a, b in unit.segments:
        size = unit.tags[a].get("such", 0)
        stop = b - (unit.tokens[b - 1].low in "。.")
        if not size or (a and unit.tokens[a - 1].low not in LEADING):
            continue
        noun = next((t for t in range(a + size, stop) if t + unit.tags[t].get("taken", 0) == stop), 0)
        end = noun - 1 if noun and unit.tokens[noun - 1].low in OF else 0
        verb = next((t for t in range(a + size, end) if unit.has(t, "drawn")), end)
        source = (a + size, verb) if verb > a + size else None
        if source is not None and likeness(unit, source) >= NAMED:
            content = [(0, a - 1)] if a else []
            yield Found(cue=((a, a + size),), key="attitude", source=source, content=content, left=True, before=not content)
            return


def opening(unit: Unit, a: int, b: int) -> Range:
    """(first token, end) of the words that take up what stands before, at token a or behind a word that joins; (a, 0) without any."""
    for begin in (a, a + 1):
        if begin >= b or (begin > a and not unit.has(a, "joins", "helpers")):
            break
        whole = unit.tags[begin].get("taken_up", 0)
        if whole:
            return begin, begin + whole
        k = begin + unit.tags[begin].get("such", 0)
        for t in range(k, min(b, k + MAX_NOUN)) if k > begin else ():
            if unit.has(t, "taken", "speech_nouns") and unit.mentions[t] is None:
                return t, t + max(unit.tags[t].get("taken", 0), unit.tags[t].get("speech_nouns", 0))
    return a, 0


def somebody_behind(unit: Unit, j: int, b: int) -> Range | None:
    """The noun phrase of the first that is somebody, or a document, behind token j; None where a clause with "that" comes first."""
    for t in range(j, min(b, j + MAX_AWAY)):
        mention = unit.mentions[t]
        small = unit.has(t, "articles", "relative", "possessives", "of", "breaks")
        if unit.has(t, "pronouns_person", "that") and mention is None and not small:
            return None
        if (mention is not None and mention.kind in ("person", "organisation", "outlet")) or (mention is None and unit.has(t, *SOMEBODY)):
            begin = t
            while begin > j and t - begin < MAX_OPENING and opens(unit, begin - 1, t) and not within_of(unit, begin - 1):
                begin -= 1
            source = noun_right(unit, begin, b) or (begin, t + 1)
            return with_name(unit, source) if likeness(unit, source) >= NAMED else None
    return None


def within_of(unit: Unit, t: int) -> bool:
    """Whether a token is the article in a phrase of owning ("de la")."""
    return t > 0 and unit.tags[t - 1].get("of", 0) > 1


def opens(unit: Unit, t: int, head: int) -> bool:
    """Whether a token belongs to the noun phrase whose noun stands at `head`: its article or owner, or a small word behind one."""
    if unit.mentions[t] is not None or unit.has(t, "of", "agents", "breaks", "helpers", "relative", "that"):
        return unit.mentions[t] is None and unit.has(t, "articles") and not unit.has(t, "of", "agents", "breaks")
    return unit.has(t, "articles", "possessives") or (t == head - 1 and t > 0 and unit.has(t - 1, "articles"))
