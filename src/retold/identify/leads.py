"""Clauses whose colon leads to what their subject says, whatever their verb: "Die Bewohner haben eine andere Version: …"."""

from __future__ import annotations

from collections.abc import Sequence

from retold.identify.cues import CLASSES
from retold.identify.drafts import strip_edges
from retold.identify.nounphrases import NAMED, Range, content_end, likeness
from retold.identify.sources import Found
from retold.identify.units import Unit

LONGEST_LEAD = 22  # tokens before the colon
LONGEST_UNSPACED = 24  # the same in characters where words are not spaced
MAX_HEAD = 6  # tokens from where a subject begins to the noun or name that tells that it is somebody
MAX_TAIL = 5  # tokens of what describes it behind that
LEAST_CLAUSE = 3  # words of what is said
LEAST_UNSPACED = 5  # the same in characters
LEAST_VERB = 1  # words between the subject and the colon
SOMEBODY = ("roles", "anonymous", "organisation", "outlet")
NO_SUBJECT = ("breaks", "prepositions", "statement_prepositions", "according_to", "that", "relative", "as", "joins", "absolutes")


def led_by_colon(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“The residents have another version: they heard four shots.” Somebody, a clause that opens nothing but a colon, and a clause.

    Refused where the colon opens a list or names what the clause before announces, and where anything else is said there.
    """
    colon = next((i for i, token in enumerate(unit.tokens[:-1]) if token.low in (":", "：")), 0)
    if not colon or colon > (LONGEST_LEAD if unit.book.spaced else LONGEST_UNSPACED) or between_figures(unit, colon):
        return None
    if any(a <= colon + 1 < b for f in found for a, b in f.content) or any(a > colon for f in found for a, _ in f.cue):
        return None
    content = strip_edges(unit, colon + 1, content_end(unit, colon + 1))
    source = None if content[1] <= content[0] or lists(unit, colon) else subject_before(unit, colon)
    if source is None or unit.tokens[-1].low in "?？":
        return None
    speaks = any(unit.has(t, "attitude", "loose", *CLASSES) and unit.mentions[t] is None for t in range(source[1], colon))
    if not (speaks and content[1] - content[0] >= LEAST_CLAUSE) and not is_clause(unit, content):
        return None
    said = any(unit.tokens[t].quote >= 0 for t in range(*content)) or any("conditional" in tags for tags in unit.tags[slice(*content)])
    return Found(cue=((colon, colon + 1),), key="attitude", source=source, content=[content], bare=not said)


def between_figures(unit: Unit, colon: int) -> bool:
    """Whether a colon stands in a time or a result ("10:30")."""
    return unit.tokens[colon - 1].low.isdigit() and unit.tokens[colon + 1].low.isdigit()


def is_clause(unit: Unit, content: Range) -> bool:
    """Whether what follows the colon is long enough to be a clause, and something in it is a verb or stands beside one."""
    words = [t for t in range(*content) if unit.tokens[t].word or unit.tokens[t].quote >= 0]
    if len(words) < (LEAST_CLAUSE if unit.book.spaced else LEAST_UNSPACED):
        return False
    if not unit.book.spaced or any(clausal(unit, t) for t in words):
        return True
    listed = unit.has(words[0], "articles", "breaks", "of") or any(unit.tokens[t].low in ",;" for t in range(*content))
    return not listed and not all(unit.mentions[t] is not None for t in words)


def clausal(unit: Unit, t: int) -> bool:
    """Whether a token is a quote, or a word of the lexicon that only clauses have: an auxiliary, a negation, a pronoun, a verb."""
    if unit.tokens[t].quote >= 0 or any(r[0] == t for r in unit.marked):
        return True
    if unit.mentions[t] is not None or unit.tokens[t].capital:
        return False
    small = unit.has(t, "helpers", "passives", "conditional", "pronouns_person", "pronouns_first") and not unit.has(t, "articles", "breaks")
    verb = unit.has(t, "attitude", "catenative", "thoughts", *CLASSES) and not unit.has(t, "statement_nouns", "speech_nouns", "roles")
    low = unit.tokens[t].low
    return small or verb or (bool(unit.book.finite) and len(low) > LEAST_CLAUSE and low.endswith(unit.book.finite))


def lists(unit: Unit, colon: int) -> bool:
    """Whether the words before a colon announce a list, a name or a thing: a number, "the following", a name that is no subject."""
    near = range(max(0, colon - 4), colon)
    if any(unit.tokens[t].low.isdigit() or unit.has(t, "listing") or unit.dated[t] for t in near):
        return True
    if unit.tokens[colon + 1].low in unit.book.indefinite or unit.has(colon + 1, "infinitive"):
        return True
    if unit.book.cased and all(t.capital or len(t.low) <= LEAST_CLAUSE or not t.word for t in unit.tokens[:colon]):
        return True  # "Little Relief for Refugees: …"
    return unit.has(colon - 1, "that", "joins") or unit.tokens[colon - 1].quote >= 0


def subject_before(unit: Unit, colon: int) -> Range | None:
    """Who opens one of the segments before a colon as its subject, with a verb or at least a word between; the first of them."""
    for a, b in unit.segments:
        if a >= colon:
            break
        source = opening_noun(unit, a, min(b, colon))
        owns = source is not None and source[1] < colon and unit.tokens[source[1]].low in "'’"
        if source is not None and not owns and colon - source[1] >= LEAST_VERB:
            return source
    return None


def opening_noun(unit: Unit, a: int, b: int) -> Range | None:
    """The noun phrase of somebody with which [a, b) opens; None where a preposition or conjunction does."""
    while a < b and unit.has(a, "joins", "helpers") and unit.mentions[a] is None and not unit.has(a, "articles", "pronouns_person"):
        a += 1
    if a >= b or (unit.mentions[a] is None and unit.has(a, *NO_SUBJECT) and not unit.has(a, "articles", "pronouns_person")):
        return None
    if unit.has(a, "pronouns_person") and not unit.has(a, "articles", "possessives"):
        return a, a + 1
    for t in range(a, min(b, a + MAX_HEAD)):
        mention = unit.mentions[t]
        if (mention is not None and mention.kind in ("person", "organisation", "outlet")) or unit.has(t, *SOMEBODY):
            return a, end_of(unit, t, b)
        if mention is None and (unit.has(t, *NO_SUBJECT, "helpers", *CLASSES) and not unit.has(t, "articles", "of")):
            return None
    return None


def end_of(unit: Unit, t: int, b: int) -> int:
    """The end of the subject that has its noun or name at token t: over the rest of the name and what belongs to it."""
    stop = t + 1
    while stop < b and stop - t <= MAX_TAIL:
        mention = unit.mentions[stop]
        of = unit.has(stop, "of") and stop + 1 < b and (unit.mentions[stop + 1] is not None or unit.has(stop + 1, "articles"))
        owned = unit.has(stop - 1, "of", "articles") and unit.mentions[stop - 1] is None
        if not (mention is not None or of or owned or unit.has(stop, *SOMEBODY)):
            break
        stop += 1
    return stop if likeness(unit, (t, stop)) >= NAMED else t + 1
