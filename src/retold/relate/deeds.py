"""What one voice says was done and another says was not, over the whole story: who was warned, whether the alarm went off, whether anything
was paid, agreed or leaked.

Whoever denies such a thing says it in words of her own ("nobody told us", "no message ever came"), which are near nothing in the account
that asserts it. What people deny of each other is of few sorts, though, and its words are known (`deeds.toml`); so versions are set against
each other that have a word of one deed, the one negated and the other not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from retold.base.meaning import Meaning
from retold.base.records import NOWHERE
from retold.lexicons import FALLBACK, LANGUAGES, lexicon, phrases_pattern
from retold.relate.certainties import HEDGED
from retold.relate.differences import open_matter, turns
from retold.relate.disputes import Dispute
from retold.relate.marks import Mark, disowned, turning
from retold.relate.pairs import confidence, lean, shown
from retold.relate.sides import ClaimSide

CENTRE = 0.2  # cosine of two versions at which nearness says nothing of their disagreeing
SLOPE = 3.0  # what a cosine above it adds
OTHER_TONGUE = 0.8  # what it takes that the two are of two languages: a word has other senses in each
TWO_VOICES = 0.5  # what it adds that both are somebody's, and of two
ADDRESSED = 1.2  # … that somebody is told something: the one may have been told, the other not
VOICELESS = 0.8  # … that neither is anybody's: who denies says so
ANSWERED = 0.6  # log odds where one voice answers another in one article: thirteen of thirteen in 48 small stories
BESIDE = 400  # code points between the two there, some three sentences
CLOSE = 6  # signs between a negation and the word that it turns round, where words are not spaced

Voice = tuple[ClaimSide, Mark]
Told = dict[str, list[Voice]]


def disputed_deeds(versions: Sequence[ClaimSide], meaning: Meaning) -> list[Dispute]:
    """The disagreements over what was done, one a deed."""
    told: dict[str, Told] = {}
    for v in versions:
        for deed, mark in deeds_of(v):
            told.setdefault(deed, {}).setdefault(mark.value, []).append((v, mark))
    found = (over(deed, own, meaning) for deed, own in sorted(told.items()) if len(own) > 1)
    return [d for d in found if d is not None]


def over(deed: str, told: Told, meaning: Meaning) -> Dispute | None:
    """The disagreement over one deed, by the two versions for which most speaks and all for which as much speaks as against them; None
    where no two versions are set against each other.
    """
    both = {v.article for v, _ in told["yes"]} & {v.article for v, _ in told["no"]}
    doubt = ADDRESSED if deed in tables()["tells"] else 0.0
    pairs = [(weight(a[0], b[0], meaning, doubt), a[0].id, b[0].id, a, b) for a, b in product(told["yes"], told["no"])
             if comparable(a[0], b[0], both)]
    if not pairs:
        return None
    best = max(pairs, key=lambda p: p[:3])
    joined = [best, *(p for p in pairs if p[0] >= 0)]
    stands = {"yes": {a[0].id: a for *_, a, _ in joined}, "no": {b[0].id: b for *_, b in joined}}
    why = f"one account denies with {shown(*best[4])} what another asserts"
    answered = any(a[0].article == b[0].article for *_, a, b in joined)
    return Dispute(claim=min(best[3][0].group, best[4][0].group), kind="negation", stands=stands, score=confidence(best[0]), why=why,
                   answered=answered)


def weight(a: ClaimSide, b: ClaimSide, meaning: Meaning, doubt: float = 0.0) -> float:
    """The log odds that two versions disagree; `doubt` counts where they are of two articles."""
    if a.article == b.article:
        return ANSWERED
    near = meaning.near(a.words, b.words, (a.language, b.language))
    voices = voiced(a) + voiced(b) - (a.source == b.source != "")
    told = TWO_VOICES if voices > 1 else 0.0 if voices else -VOICELESS
    return lean(near, CENTRE, SLOPE) + told - doubt - OTHER_TONGUE * (a.language != b.language)


def comparable(a: ClaimSide, b: ClaimSide, both: set[str]) -> bool:
    """Whether two versions are of two articles that do not both tell either side, or one answers the other in an article: two voices, close
    to each other.
    """
    if a.article != b.article:
        return not {a.article, b.article} <= both
    apart = max(b.core[0] - a.core[1], a.core[0] - b.core[1])
    return bool(a.source and b.source) and a.source != b.source and apart <= BESIDE


def voiced(v: ClaimSide) -> bool:
    """Whether a version is somebody's."""
    return bool(v.source) or v.quoted


# ---- words of deeds -----------------------------------------------------------------------------------------------


def deeds_of(v: ClaimSide) -> Iterator[tuple[str, Mark]]:
    """The deeds of which a version says that they were done ("yes") or not ("no"); none of which it says both, that it only
    supposes, asks or leaves open.
    """
    start, end = v.core if v.core != NOWHERE else (v.start, v.end)
    asked = v.text[start:end].rstrip("”\"»'’)」 ").endswith(("?", "？"))
    if asked or open_matter(v) or any_deed(v.language).search(v.text, start, end) is None:
        return
    flat = not turns(v) and v.certainty > HEDGED
    only_if = supposed(v.language).search(v.text, start, end)
    for deed in deeds():
        told = [m for m in told_of(v, deed, start, end) if only_if is None or m.start < only_if.start()]
        found = {m.value: m for m in reversed(told)}
        if len(found) == 1 and ("no" in found or flat):
            yield deed, next(iter(found.values()))


def told_of(v: ClaimSide, deed: str, start: int, end: int) -> Iterator[Mark]:
    """The words of a deed in a span, each with what it says of it: "yes", or "no" with the negation."""
    done, undone = deed_words(deed, v.language)
    for m in done.finditer(v.text, start, end):
        if of_thing(v, deed, m):
            turn = turned(v, deed, m)
            first, last = (m.start(), m.end()) if turn is None else (min(m.start(), turn.start), max(m.end(), turn.end))
            yield Mark(value="yes" if turn is None else "no", start=first, end=last)
    for m in undone.finditer(v.text, start, end):
        if of_thing(v, deed, m) and turning(v.text, m, v.negations, v.language) is None:
            yield Mark(value="no", start=m.start(), end=m.end())


def turned(v: ClaimSide, deed: str, m: re.Match[str]) -> Mark | None:
    """What turns the word of a deed round: a negation in or near it, or a denial of it."""
    inside = next((n for n in v.negations if n.start < m.end() and m.start() < n.end), None)
    if inside is not None:
        return inside
    found = turning(v.text, m, in_reach(v, deed, m), v.language)
    if found is not None:
        return found if lexicon(v.language).spaced or max(found.start - m.end(), m.start() - found.end) <= CLOSE else None
    word = Mark(value="status", start=m.start(), end=m.end())
    return word if disowned(v.text, v.start, v.end, word, v.language, v.negations) else None


def in_reach(v: ClaimSide, deed: str, m: re.Match[str]) -> list[Mark]:
    """The negations that may turn a word round: none of what somebody is told ("told to say nothing"), none of another word ("without")."""
    known = [n for n in v.negations if n.value not in tables()["without"] or 0 <= m.start() - n.end <= 1]
    if deed not in tables()["tells"]:
        return known
    behind = v.language in tables()["behind"]
    return [n for n in known if (n.start >= m.end() if behind else n.end <= m.start())]


def of_thing(v: ClaimSide, deed: str, m: re.Match[str]) -> bool:
    """Whether the sentence of a word names what the deed is done to, where the word alone tells too little ("worked", "forced")."""
    thing, alone = things(deed, v.language)
    return thing is None or alone.match(v.text, m.start()) is not None or thing.search(v.text, *v.sentence) is not None


@cache
def deed_words(deed: str, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words of a deed: by which it is done, and by which it is not."""
    done, undone = (phrases_pattern(words, spaced=lexicon(language).spaced) for words in listed(deed, language))
    return done, undone


@cache
def listed(deed: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a deed as they stand in the file, those that a prefix negates with those by which it is not done."""
    code = language if language in LANGUAGES else FALLBACK
    done, undone = tables()[deed][code]
    prefix = tables()["prefixes"].get(code, "")
    return tuple(done), (*undone, *(prefix + word for word in done if prefix))


@cache
def things(deed: str, language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """Words for what a deed is done to, None where any will do; and words of the deed that tell enough without."""
    known, alone = (tuple(tables()[deed].get(key, ())) for key in ("things", "alone"))
    spaced = lexicon(language).spaced
    return phrases_pattern(known, spaced=spaced) if known else None, phrases_pattern(alone, spaced=spaced)


@cache
def any_deed(language: str) -> re.Pattern[str]:
    """All words of deeds as one pattern: most versions have none."""
    words = (word for deed in deeds() for side in listed(deed, language) for word in side)
    return phrases_pattern(tuple(dict.fromkeys(words)), spaced=lexicon(language).spaced)


@cache
def supposed(language: str) -> re.Pattern[str]:
    """Words for what is only supposed."""
    return phrases_pattern(tuple(tables()["supposed"]), spaced=lexicon(language).spaced)


@cache
def deeds() -> tuple[str, ...]:
    """The names of the deeds, as in the file."""
    return tuple(key for key, told in tables().items() if isinstance(told, dict) and key != "prefixes")


@cache
def tables() -> dict[str, Any]:
    """`deeds.toml`."""
    return tomllib.loads((files(__package__) / "deeds.toml").read_text("utf-8"))
