"""Speech where words are neither spaced nor inflected: which verbs are nouns, whose clause a verb goes on with, whom somebody told."""

from __future__ import annotations

from retold.identify.cues import CLASSES
from retold.identify.nounphrases import NAMED, Range, likeness
from retold.identify.sources import Found
from retold.identify.units import Unit

NOUNS = ("statement_nouns", "roles", "anonymous", "organisation", "outlet")  # keys of nouns that may begin as a verb does
PEOPLE = ("roles", "anonymous", "organisation", "outlet", "pronouns_person")
OF = "的之"  # what makes a noun of the verb behind it
BY = "由"  # what stands before whoever does it: nothing is said there
PASSIVE = "被遭"  # what stands before a verb whose subject is told or asked
FROM = "从從"
TOWARDS = "向对對"
ASKED, INTERVIEWS = "接受", ("采访", "採訪", "专访", "專訪", "访问", "訪問")  # an outlet stands between these
MOST_SUBJECT = 16  # characters from where a clause begins to the end of whoever is its subject


def is_name_of(unit: Unit, i: int, length: int) -> bool:
    """Whether a word that begins as a verb of saying is a noun: a longer one begins there ("分析师"), or it is owned ("的建议")."""
    tags = unit.tags[i]
    if any(tags.get(key, 0) > length for key in NOUNS):
        return True
    return i > 0 and unit.tokens[i - 1].low in OF and unit.mentions[i - 1] is None


def says_nothing(unit: Unit, found: Found, i: int, after: int) -> bool:
    """Whether a verb only brings something out, tells what is expected of a thing, or has whoever does it behind "by"."""
    if i and unit.tokens[i - 1].low in PASSIVE and unit.mentions[i - 1] is None:
        return True
    if unit.has(i, "loose") and likeness(unit, found.source) < NAMED and found.source is not None:
        return True
    led = after < len(unit.tokens) and (unit.tokens[after].low in "，：,:" or unit.tokens[after].quote >= 0 or unit.has(after, *CLASSES))
    if unit.has(i, "published") and not led:
        return True
    return found.source is not None and any(unit.tokens[t].low in BY and unit.mentions[t] is None for t in range(*found.source))


def learned_from(unit: Unit, source: Range) -> Range:
    """From whom the reporter learned it ("记者从应急管理局获悉"); the source as it is where he does not say so."""
    t = next((t for t in range(source[0], source[1] - 1) if unit.tokens[t].low in FROM and unit.mentions[t] is None), -1)
    reporter = t > source[0] and unit.has(source[0], "own_outlet", "byline", "newsdesk")
    return (t + 1, source[1]) if reporter and likeness(unit, (t + 1, source[1])) >= NAMED else source


def clause_begin(unit: Unit, i: int) -> int:
    """Where the clause of a token begins: behind the last semicolon before it."""
    return next((t + 1 for t in range(i - 1, -1, -1) if unit.tokens[t].low in "；;"), 0)


def clause_subject(unit: Unit, i: int) -> Range | None:
    """Whoever opens the clause that a verb goes on with behind a comma ("市方却不同意，称…"); None where nobody does."""
    begin = clause_begin(unit, i)
    while begin < i and (unit.has(begin, "joins") or unit.dated[begin] or unit.tokens[begin].low in "，,、"):
        begin += 1
    end = -1
    for t in range(begin, min(i, begin + MOST_SUBJECT)):
        if unit.tokens[t].quote >= 0 or not unit.tokens[t].word or (unit.mentions[t] is None and unit.has(t, *CLASSES, "breaks")):
            break
        mention = unit.mentions[t]
        named = mention is not None and mention.kind in ("person", "organisation", "outlet")
        length = max(int(named), *(unit.tags[t].get(key, 0) for key in PEOPLE))
        if length and (end < 0 or t <= end):
            end = max(end, t + length)
        elif 0 <= end < t:
            break
    return (begin, end) if end > begin else None


def told_between(unit: Unit, source: Range | None, i: int) -> Range | None:
    """Whom somebody told, between him and the verb ("向《晚报》透露", "接受周刊访问时坦言")."""
    begin = source[1] if source is not None and source[1] <= i else 0
    words = [t.low for t in unit.tokens[begin:i]]
    for n, word in enumerate(words):
        if word in TOWARDS and unit.mentions[begin + n] is None and n + 1 < len(words):
            return begin + n + 1, i
        if "".join(words[n : n + 2]) == ASKED:
            stop = next((k for k in range(n + 2, len(words)) if "".join(words[k : k + 2]) in INTERVIEWS), 0)
            return (begin + n + 2, begin + stop) if stop > n + 2 else None
    return None
