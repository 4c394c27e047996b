"""Sentences to claims: checkable propositions, each with its attribution, polarity and certainty.

A sentence is divided where one proposition ends and another begins: at semicolons, dashes and brackets, around quoted words, and
at a comma or conjunction with enough words on both sides. Without a parser the divisions are made by shape and lexicon; a piece
that is too short to say anything stays with its neighbour.

Source: the unit is the "elementary proposition" of the content-based evaluation of summaries, Nenkova and Passonneau 2004,
"Evaluating Content Selection in Summarization: The Pyramid Method", section 2; they divide by hand, we by shape.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter

from retold.base.records import Attribution, Claim, Sentence, Span, make_id
from retold.identify.books import book_of
from retold.identify.colons import TITLES
from retold.identify.cues import speech_words
from retold.identify.glances import Gate, gate, glance
from retold.identify.reading import Reading
from retold.lexicons import Lexicon, lexicon, phrases_pattern, stop_words

LONGEST = 400  # code points of a claim: the report contract's limit
LEAST_WORDS = 4  # words of a piece that stands alone; three-word pieces were mostly names and adverbials
LEAST_CHARACTERS = 8  # the same for languages that write no spaces
SOFT = 1.25  # how much must stand on both sides of a conjunction without a comma, against `LEAST_WORDS`: "A and B" is no boundary
LEAST_BESIDE = math.ceil(SOFT * LEAST_WORDS)  # the same in words
METHOD = "clauses by shape"
DESCRIBED = "description"  # how a mention was found that names nobody
SPEAKERS = ("person", "organisation", "unknown")
ANSWERS = ("denied", "confirmed")  # what an attribution is that says more than that something is said
DIGITS_WORTH = 4  # characters that a number is worth where words are not spaced: "3人死亡" stands alone
HARD = re.compile(  # its first class lets the search skip what is neither a mark nor white space
    r"[;；。\s—:：,，、](?:(?<=[;；。：，])|(?<=\s)[–—-]\s|(?<=—)—|(?<=:)\s|(?<=\s)►\s|(?<=[^\d\s],)(?=\s)|(?<=[\u3040-\u9fff],)"
    r"|(?<=、)(?<!\d、)(?=\d))"
)
WORDS = re.compile(r"\w+")
DIGIT = re.compile(r"\s*\d")


@dataclass(slots=True)
class Told:
    """A sentence as claims are read from it: where its words begin, and what holds it.

    `hedged` and `negated` say whether a hedge or a negation may stand in it, `held` are the spans of the attributions'
    contents that reach into it: (length, whether it lies in no other, place, start, end, attribution).
    """

    sentence: Sentence
    starts: list[int]
    hedged: bool
    negated: bool
    held: list[tuple[int, bool, int, int, int, Attribution]]


def find_claims(reading: Reading) -> list[Claim]:
    """The claims of an article in the order of the text, at most `LONGEST` code points each.

    Headings are claims too: a headline often says more than its article. Questions, pieces without a word and those that only name
    who says something ("said the mayor, Ada Berg"), or only name ("Sen. Ada Berg, Oregon"), are left out.
    """
    found = []
    names = [(m.start, m.end) for m in reading.mentions if not m.method.endswith(DESCRIBED)]
    contents = sorted((s, e, n) for n, a in enumerate(reading.attributions) for s, e in a.content)
    tags = sorted({span for a in reading.attributions if a.content and told_only(a) for spans in (a.source, a.cue, a.addressee)
                   for span in spans})
    for sentence in reading.sentences:
        if sentence.kind in ("byline", "dateline", "credit"):
            continue
        told = look_at(reading, sentence, contents)
        for start, end in pieces(reading, told):
            if not (tags and is_tag(reading, sentence, (start, end), tags)) and not only_names(reading, sentence, (start, end), names):
                found.append(make_claim(reading, told, start, end))
    return found


def told_only(attribution: Attribution) -> bool:
    """Whether it adds nothing to a thing that a source says it: a denial does, and so does whom a report has it from."""
    return attribution.source_kind in SPEAKERS and attribution.certainty not in ANSWERS


def is_tag(reading: Reading, sentence: Sentence, piece: Span, tags: Sequence[Span]) -> bool:
    """Whether a part of a sentence holds nothing but who says the rest of it, to whom, and that it is said.

    A clause that goes on telling of whom the sentence names ("who was never warned") is none.
    tags: the spans of sources, cues and addressees, in order.
    """
    start, end = piece
    within = tags[bisect_left(tags, (sentence.start,)):bisect_left(tags, (end,))]
    here = [(max(s, start), min(e, end)) for s, e in within if e > start]
    if not here or not (WORDS.search(reading.text, sentence.start, start) or WORDS.search(reading.text, end, sentence.end)):
        return False
    first = WORDS.search(reading.text, start, end)
    if start > sentence.start and first and first.group().casefold() in relatives(reading.language):
        return False
    left = list(reading.text[start:end])
    for s, e in here:
        left[s - start:e - start] = " " * (e - s)
    return all(m.group().casefold() in stop_words(reading.language) for m in WORDS.finditer("".join(left)))


def only_names(reading: Reading, sentence: Sentence, piece: Span, names: Sequence[Span]) -> bool:
    """Whether a part of a sentence holds nothing but names and figures ("Ada Berg, Oregon"), where words are spaced.

    Within a sentence a word with a capital counts as a name, too, where a language gives none to its nouns and names hold most words.
    names: the spans of names, descriptions aside, in order.
    """
    start, end = piece
    here = [(s, e) for s, e in names[bisect_left(names, (sentence.start,)):bisect_left(names, (end,))] if e > start]
    if not here or not reading.lexicon.spaced:
        return False
    capitals = reading.lexicon.cased and not book_of(reading.language).nouns_capital and sentence.kind not in TITLES
    named = others = 0
    for m in WORDS.finditer(reading.text, start, end):
        if any(s < m.end() and m.start() < e for s, e in here):
            named += 1
        elif capitals and m.group()[0].isupper() and m.start() > sentence.start:
            others += 1
        elif not m.group().isdigit():
            return False
    return named >= others


def look_at(reading: Reading, sentence: Sentence, contents: list[tuple[int, int, int]]) -> Told:
    """A sentence with what is asked of each of its pieces; contents: (start, end, place of the attribution), in order."""
    start, end = sentence.start, sentence.end
    seen = glance(reading.text, start, end)
    within = contents[:bisect_left(contents, (end,))]
    return Told(
        sentence=sentence, starts=[m.start() for m in WORDS.finditer(reading.text, start, end)],
        hedged=hedge_gate(reading.language).passes(seen), negated=negation_gate(reading.language).passes(seen),
        held=[(e - s, not reading.attributions[n].parent, n, s, e, reading.attributions[n]) for s, e, n in within if e > start],
    )


def pieces(reading: Reading, told: Told) -> list[Span]:
    """The spans of a sentence that stand for propositions, trimmed of white space and joining punctuation."""
    text, sentence, spaced = reading.text, told.sentence, reading.lexicon.spaced
    cuts = [sentence.start, *boundaries(text, told, reading.lexicon), sentence.end]
    spans = [trim(text, a, b) for a, b in pairwise(cuts)]
    joined = join_short(text, [s for s in spans if s[0] < s[1]], told.starts, spaced=spaced)
    return [(s, min(e, s + LONGEST)) for s, e in joined if WORDS.search(text, s, e)]


def boundaries(text: str, told: Told, words: Lexicon) -> list[int]:
    """Offsets at which a sentence may be divided: after joining punctuation, before conjunctions; never inside a number.

    Where words are not spaced a conjunction counts only with the comma that it ends in, and the cut is after it: "时" is as often part
    of a time of day, and "、" mostly joins nouns.
    """
    sentence = told.sentence
    hard = [m.end() for m in HARD.finditer(text, sentence.start, sentence.end)]
    found = set(hard)
    if not words.spaced:
        found.update(m.end() for m in conjunctions(text, sentence, words) if m.group()[-1] in "、，")
    elif len(told.starts) >= 2 * LEAST_BESIDE:  # else there is too little on one side of any
        found.update(softly(text, told, hard, words.language))
    return sorted([o for o in found if sentence.start < o < sentence.end])


def softly(text: str, told: Told, hard: list[int], language: str) -> list[int]:
    """Where the conjunctions of a sentence begin that have enough words on both sides, as far as the cuts before and those that stand."""
    sentence, starts, edges = told.sentence, told.starts, [told.sentence.start, *hard]
    firm: list[int] = []
    for n, m in enumerate(joining(language).finditer(text, sentence.start, sentence.end)):
        firm = firm if n else [*standing(text, told, hard), sentence.end]
        at = m.start()
        place, here = bisect_right(edges, at), bisect_left(starts, at)
        enough = here - bisect_left(starts, edges[place - 1]) >= LEAST_BESIDE
        if enough and bisect_left(starts, firm[bisect_right(firm, at, hi=len(firm) - 1)]) - here >= LEAST_BESIDE and opens_clause(text, m):
            edges.insert(place, at)
    return edges


def conjunctions(text: str, sentence: Sentence, words: Lexicon) -> Iterator[re.Match[str]]:
    """The conjunctions in a sentence that may open a proposition."""
    for m in joining(words.language).finditer(text, sentence.start, sentence.end):
        if opens_clause(text, m):
            yield m


def opens_clause(text: str, m: re.Match[str]) -> bool:
    """Whether a conjunction joins neither figures nor names."""
    return not DIGIT.match(text, m.end()) and not between_names(text, m)


def standing(text: str, told: Told, cuts: list[int]) -> list[int]:
    """The cuts that still stand when pieces too short to say anything have joined the one before: ", to give it up" ends nothing."""
    edges = [told.sentence.start, *cuts, told.sentence.end]
    joined = join_short(text, [s for s in pairwise(edges) if s[0] < s[1]], told.starts, spaced=True)
    return [start for start, _ in joined[1:]]


def between_names(text: str, m: re.Match[str]) -> bool:
    """Whether a conjunction joins two words with capitals ("Sweden and Finland"): parts of one phrase far more often than clauses."""
    after = WORDS.match(text, m.end() + 1)
    return after is not None and after[0][0].isupper() and last_word(text[max(0, m.start() - 40):m.start()])[:1].isupper()


def last_word(text: str) -> str:
    """The word in which a text ends, white space aside; "" for a mark.

    >>> last_word("from Sweden "), last_word("Sweden, ")
    ('Sweden', '')
    """
    text = text.rstrip()
    start = len(text)
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:]


@cache
def joining(language: str) -> re.Pattern[str]:
    """The conjunctions of a language that may open a proposition."""
    return lexicon(language).pattern("words", "conjunctions")


TRIM_LEFT = " \t\r\n\u00a0,;:–—-►•，；：、"
TRIM_RIGHT = " \t\r\n\u00a0,;:–—-，；：、"


def trim(text: str, start: int, end: int) -> Span:
    """A span without white space and joining punctuation at its ends."""
    while start < end and text[start] in TRIM_LEFT:
        start += 1
    while end > start and text[end - 1] in TRIM_RIGHT:
        end -= 1
    return start, end


def join_short(text: str, spans: list[Span], starts: list[int], *, spaced: bool) -> list[Span]:
    """Spans with those that are too short to say anything joined to the one before (the first: to the one after)."""
    out = spans[:1]
    if len(spans) < 2:
        return out
    full = size(text, out[0], starts, spaced=spaced) >= 1
    for span in spans[1:]:
        own = size(text, span, starts, spaced=spaced) >= 1
        if own and full:
            out.append(span)
        else:
            out[-1] = (out[-1][0], span[1])
            full = size(text, out[-1], starts, spaced=spaced) >= 1
    return out


def size(text: str, span: Span, starts: list[int], *, spaced: bool) -> float:
    """How much a span holds, 1 being just enough to stand alone; starts: where the words of its sentence begin."""
    if not spaced:
        digits = any(c.isdigit() for c in text[span[0] : span[1]])
        return (span[1] - span[0] + DIGITS_WORTH * digits) / LEAST_CHARACTERS
    return (bisect_left(starts, span[1]) - bisect_left(starts, span[0])) / LEAST_WORDS


def make_claim(reading: Reading, told: Told, start: int, end: int) -> Claim:
    """A claim with what is known of it."""
    holder = innermost(told, start, end)
    hedged = hedging(reading, start, end) if told.hedged else 1.0
    negated = told.negated and polarity(reading, start, end) < 0
    certainty = min(hedged, holder.strength if holder and not holder.source else 1.0)
    return Claim(
        id=make_id("c", reading.article.id, start, end), article=reading.article.id, sentence=told.sentence.id, start=start, end=end,
        attribution=holder.id if holder else "", polarity=-1 if negated else 1, certainty=certainty, method=METHOD, score=0.8,
    )


def innermost(told: Told, start: int, end: int) -> Attribution | None:
    """The attribution with the shortest content that covers at least half of a span, of equals one that lies in another; or None."""
    covering = [row for row in told.held if 2 * (min(row[4], end) - max(row[3], start)) >= end - start]
    return min(covering, key=itemgetter(0, 1, 2))[5] if covering else None


def polarity(reading: Reading, start: int, end: int) -> int:
    """-1 where a negation stands in a span, else 1. Negations that agree ("no hay ningún") make one."""
    return -1 if reading.lexicon.pattern("negation", "words").search(reading.text, start, end) else 1


def hedging(reading: Reading, start: int, end: int) -> float:
    """The strength of the weakest hedge in a span, 1 where there is none."""
    strengths = hedges(reading.language)
    pattern = hedge_pattern(reading.language)
    found = [strengths.get(" ".join(m.group().casefold().split()), 0.6) for m in pattern.finditer(reading.text, start, end)]
    return min(found, default=1.0)


@cache
def relatives(language: str) -> frozenset[str]:
    """The words that open a relative clause in a language."""
    return frozenset(speech_words(language).get("relative", ()))


@cache
def negation_gate(language: str) -> Gate:
    """What a sentence with a negation has."""
    words = lexicon(language)
    return gate(words.words("negation", "words"), spaced=words.spaced, whole=True)


@cache
def hedge_gate(language: str) -> Gate:
    """What a sentence with a hedge has."""
    return gate(hedges(language), spaced=lexicon(language).spaced, whole=True)


@cache
def hedges(language: str) -> dict[str, float]:
    """The hedges of a language with their strengths."""
    table = lexicon(language).table("certainty").get("words", {})
    return {str(k).casefold(): float(v) for k, v in table.items()}


@cache
def hedge_pattern(language: str) -> re.Pattern[str]:
    """The hedges of a language as one pattern."""
    return phrases_pattern(tuple(hedges(language)), spaced=lexicon(language).spaced)
