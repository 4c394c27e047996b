"""Polarity and state: what one version says and the other denies, and states that exclude each other.

A rule is given two versions and how near they are in meaning, and says what differs, in which words, and with what confidence that this is
a disagreement between accounts; numbers are in `counts`, dates in `days`, certainty in `certainties`. Confidence is a logistic formula; its
weights are set by hand on the development stories and written next to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from retold.lexicons import lexicon
from retold.relate.counts import states, unsaid
from retold.relate.marks import COMPLEMENTS, DENIALS, JOINT, Mark, any_opposite, ends_in, everywhere, marks_of, opposite_words, roles
from retold.relate.pairs import SHORT, Difference, Pair, confidence, lean, shown
from retold.relate.quantities import agree, commensurable, decimal_slip, transposed
from retold.relate.sides import ClaimSide, phrase_in, turning

SHARED_PAIRS = {"status": 36, "negation": 7}  # so many opposites stand in the same order in every lexicon
WORDY = 0.05  # what each further word takes from the log odds
DISPUTED = 0.7  # what it adds that a version says that somebody denies it: what is denied others assert
OPEN = 0.3  # up to here a version leaves the matter open ("whether", "unclear")
PASSING = frozenset((4,))  # pairs without a third whose states follow each other
FOREIGN_STATE = 0.1  # what is added to the nearness of linked versions of two languages in which two states are opposed
DEATHS = "2"  # the pair of states of the dead and of those who live
UNTIL = 12  # code points before a day in which the word for "until" stands
LACKED_WORDS = 3  # words before a state among which one of lacking turns it round
DEGREE_WORDS = 2  # words behind a negation among which one says by how much
BESIDES = 0.2  # cosine by which the clauses around two opposed words may be farther from each other than the versions


def denial(pair: Pair) -> Difference | None:
    """One version says that it is so, the other that it is not: by opposite words, or by a negation on one side only."""
    a, b, near = pair.a, pair.b, pair.near
    opposed = opposite(a, b, "negation") or refuted(a, b)
    if opposed is None and {m.value for m in a.opposites} & {m.value for m in b.opposites}:
        return None  # "held" and "not breached" agree
    if opposed is not None and (other_counts(a, b) or partly_told(a, b, opposed)):
        return None
    if opposed is not None and opposed[0].value.startswith(DENYING) and (both_told(a, opposed[0]) or both_told(b, opposed[1])):
        return None  # "admits …, but denies …"
    if opposed is not None:
        if opposed[0].value.startswith(DENYING):
            near = min(near, around(pair, opposed) + BESIDES)  # "acknowledged a few faults", "denied that there was a crisis"
        logit = 0.9 + lean(near, 0.5, 4.0)
        return Difference(kind="negation", left=opposed[0], right=opposed[1], score=confidence(logit),
                          why=f"one account says {shown(a, opposed[0])}, another {shown(b, opposed[1])}")
    if bool(turns(a)) == bool(turns(b)) or (a.negated and b.negated) or open_matter(a) or open_matter(b):
        return None
    negative, positive = (a, b) if turns(a) else (b, a)
    word = turns(negative)[0]
    if turned_outside(positive) or lacking(positive) or compounded(positive) or up_to_then(negative, word):
        return None
    if (a.language != b.language and (sidelong(positive) or attributive(negative, word))) or measuring(negative, word, positive):
        return None
    if beside(pair, negative, word) or (word in negative.lexical and a.language != b.language):
        return None  # "refuse", "prevent", "fail": what one language has such a verb for the other may say by any
    near = min(max(near, bare(pair, negative, word)), nameless(pair) + BESIDES)
    logit = -1.1 + lean(near, 0.6, 7.0)
    logit += DISPUTED if disputing(negative, word) else -0.8 if word in negative.lexical else 0.0
    logit -= WORDY * max(0, len(negative.words.split()) - 12)
    flat = Mark(value="yes", start=positive.start, end=positive.end)
    mark = Mark(value="no", start=word.start, end=word.end)
    left, right = (mark, flat) if negative is a else (flat, mark)
    return Difference(kind="negation", left=left, right=right, score=confidence(logit),
                      why=f"one account denies with {shown(negative, mark)} what another asserts")


def disputing(side: ClaimSide, word: Mark) -> bool:
    """Whether the word that turns a version round is one of denial ("denies"), not of failing or refusing."""
    return any(m.value == f"{DENYING}1" and m.start <= word.start and word.end <= m.end for m in side.opposites)


def nameless(pair: Pair) -> float:
    """How near two versions are without the first name that both have; 1 where they have none in common or nothing else."""
    there = {n.entity: n for n in pair.b.names}
    for n in pair.a.names:
        if n.entity in there:
            return pair.without((n.start, n.end), (there[n.entity].start, there[n.entity].end))
    return 1.0


def lacking(side: ClaimSide) -> bool:
    """Whether a version says without a negation that something is missing, too little or hard ("too weak", "lose", "hardly"): what another
    version denies may be the same.
    """
    return everywhere("lacking", side.language).search(side.text, side.start, side.end) is not None


def compounded(side: ClaimSide) -> bool:
    """Whether a version has a negation in a compound word ("a no-bid contract"), which another language tells with one of its own."""
    return any(COMPOUND.match(side.text, m.end) or HYPHEN in side.text[m.start : m.end] for m in side.negations)


def sidelong(side: ClaimSide) -> bool:
    """Whether a version says without turning anything round what another language says with a negation: "less", "unless", "before",
    "unsecured", or a set phrase ("not only").
    """
    told = any(everywhere(table, side.language).search(side.text, side.start, side.end) for table in ("sidelong", "no_negations"))
    return told or (lexicon(side.language).spaced and prefixed().search(side.text, side.start, side.end) is not None)


def attributive(side: ClaimSide, word: Mark) -> bool:
    """Whether a negation stands right before a participle, of which it makes an attribute ("obbligazionisti non garantiti")."""
    pattern = re.compile(rf"\s+(?:{'|'.join(sorted(roles('participles')))})(?!\w)", re.IGNORECASE)
    return side.text[word.start : word.end].casefold() in roles("attributive") and pattern.match(side.text, word.end, side.end) is not None


@cache
def prefixed() -> re.Pattern[str]:
    """Adjectives that are negated by a prefix."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(roles('prefixed')))})(?!\w)", re.IGNORECASE)


def measuring(negative: ClaimSide, word: Mark, positive: ClaimSide) -> bool:
    """Whether a negation is that of a comparison ("no bigger than a button"), and the other version compares nothing ("as big as"): it says
    how much, not that something is not so.
    """
    after = JOINT.split(negative.text[word.end : negative.end], maxsplit=1)[0].split()[:DEGREE_WORDS]
    degree = everywhere("degree", negative.language)
    told = any(degree.fullmatch(w) for w in (*negative.text[word.start : word.end].split()[2:], *after))
    compared = (everywhere(table, positive.language) for table in ("than", "degree"))
    return told and not any(pattern.search(positive.text, positive.start, positive.end) for pattern in compared)


def other_counts(a: ClaimSide, b: ClaimSide) -> bool:
    """Whether two versions tell of measured things of one kind, and not of as much: 9,200 tonnes that are safe, 40 that leaked."""
    pairs = [(q, r) for q in a.quantities for r in b.quantities if commensurable(q, r) and q.unit and q.unit != "percent"]
    return bool(pairs) and not any(agree(q, r) or transposed(q.value, r.value) or decimal_slip(q.value, r.value) for q, r in pairs)


def partly_told(a: ClaimSide, b: ClaimSide, opposed: tuple[Mark, Mark]) -> bool:
    """Whether one version turns a word round and the other has it in a part of a sentence that is negated in another part."""
    turned = [bool(turning(side, m)) for side, m in zip((a, b), opposed, strict=True)]
    return turned[0] != turned[1] and turned_outside(b if turned[0] else a)


def up_to_then(side: ClaimSide, word: Mark) -> bool:
    """Whether a negation says only from when on something is so ("not due until October", "nicht vor Mai"): others say it without."""
    for d in side.dates:
        between = side.text[word.end : d.start]
        while between.split() and between.split()[-1].casefold() in roles("part_of_month"):
            if ends_in("not_until", between.rstrip(), side.language):
                break
            between = between.rstrip()[: -len(between.split()[-1])]
        if word.end < d.start and not JOINT.search(between) and ends_in("not_until", between.rstrip(), side.language):
            return True
    return False


def turned_outside(side: ClaimSide) -> bool:
    """Whether a version is part of a sentence that has a negation or a word of denial in another part ("no sign | that they came back")."""
    start, end = side.sentence
    if (start, end) == (side.start, side.end):
        return False
    denies = opposite_words(side.language)["negation", DENIALS["negation"], 1].search(side.text, start, end)
    return denies is not None or bool(marks_of(side.text, start, end, side.language, ("words",)))


def refuted(a: ClaimSide, b: ClaimSide) -> tuple[Mark, Mark] | None:
    """The words for a state that one version denies ("nobody was hurt") and the other asserts ("three were injured")."""
    sides = [(m, n) for m in a.denied if not in_words(a, m) for n in b.opposites if not b.negated]
    sides += [(m, n) for m in a.opposites for n in b.denied if not in_words(b, n) and not a.negated]
    for m, n in sides:
        of, index, _ = m.value.split()
        if m.value == n.value and (a.language == b.language or int(index) < SHARED_PAIRS[of]):
            denied = m in a.denied
            return replace(m, value=f"{'not ' if denied else ''}{m.value}"), replace(n, value=f"{'' if denied else 'not '}{n.value}")
    return None


def in_words(side: ClaimSide, denied: Mark) -> bool:
    """Whether a state that a version denies is part of words that are its opposite by themselves ("nie żyje", is dead)."""
    pair = denied.value.rsplit(" ", 1)[0]
    return any(m.value.startswith(f"{pair} ") and m.start <= denied.start and denied.end <= m.end for m in side.opposites)


def bare(pair: Pair, turned: ClaimSide, word: Mark) -> float:
    """How near two versions are when the word that turns or weakens one of them is left out: it alone may drive them apart."""
    return nearness(pair, turned, left_out(turned, word))


def left_out(side: ClaimSide, word: Mark) -> str:
    """A version without the word that turns or weakens it."""
    return f"{side.text[side.start : word.start]}{side.text[word.end : side.end]}"


def turned_words(members: Sequence[ClaimSide]) -> list[tuple[str, str]]:
    """What `denial` may compare of the versions of one claim, with its language: those that are turned round, without what does that."""
    plain = {v.article for v in members if not turns(v)}
    return [(left_out(v, found[0]), v.language) for v in members if plain - {v.article} and (found := turns(v))]


def nearness(pair: Pair, side: ClaimSide, words: str) -> float:
    """How near words in the place of one version are to the other one."""
    return pair.compare(words, pair.b.words) if side is pair.a else pair.compare(pair.a.words, words)


def open_matter(side: ClaimSide) -> bool:
    """Whether a version says that something is not known or not ruled out: it denies nothing."""
    return side.certainty < OPEN


def beside(pair: Pair, negative: ClaimSide, word: Mark) -> bool:
    """Whether the negation or hedge stands in a part of its version that the other lacks: without that part the two are nearer."""
    head, tail = negative.text[negative.start : word.start], negative.text[word.end : negative.end]
    breaks = CLAUSE if lexicon(negative.language).spaced else UNSPACED_CLAUSE
    before = max((m.end() for m in breaks.finditer(head)), default=0)
    after = next((m.start() for m in breaks.finditer(tail)), len(tail))
    lone = SENTENCE.search(head[:before]) is not None  # a sentence of its own is more than a word thrown in
    least = PARENTHESIS - (word in negative.negations)  # "a door left open, not a forced one" is no word thrown in
    if not lone and count_words(f"{head[before:]} {tail[:after]}", negative.language) < least and (before or after < len(tail)):
        return False
    rest = f"{head[:before]} {tail[after:]}".strip(" .,;:!?–—-\"“”„«»")
    return len(rest) > SHORT and nearness(pair, negative, rest) > pair.near - SLACK


DENYING = f"negation {DENIALS['negation']} "
HYPHEN = "-"
COMPOUND = re.compile(r"-[^\W\d_]")
CLAUSE = re.compile(r"[,;:.!?–—…]+\s|[。！？、，；]")
UNSPACED_CLAUSE = re.compile(r"[。！？、，；：\s]+")
SENTENCE = re.compile(r"[.!?…。！？][\W_]*$")
SLACK = 0.05  # cosine that punctuation alone may cost
PARENTHESIS = 2  # words beside the negation or hedge, less than which its part is no proposition (", possibly,")


def count_words(text: str, language: str) -> int:
    """How many words a text has; where words are not spaced, two signs count for one."""
    return len(text.split()) if lexicon(language).spaced else len(text.strip()) // 2


def turns(side: ClaimSide) -> list[Mark]:
    """The words that turn a version round; those inside a hedge ("not yet known"), a compound word ("non-stop") or a phrase that is a state
    by itself ("nie żyje") are none.
    """
    known = any_opposite(side.language)
    phrases = [o for o in side.opposites if o.value.startswith("status") and known.fullmatch(side.text, o.start, o.end)]
    marks = [m for m in side.negations if not any(o.start <= m.start and m.end < o.end for o in phrases)]
    marks = [m for m in (*marks, *side.lexical) if not any(h.start <= m.start and m.end <= h.end for h in side.hedges)]
    return [m for m in marks if COMPOUND.match(side.text, m.end) is None and (HYPHEN not in side.text[m.start : m.end])]


def opposite(a: ClaimSide, b: ClaimSide, kind: str) -> tuple[Mark, Mark] | None:
    """Words of the two versions that stand on the two sides of one pair of opposites."""
    for m in a.opposites:
        of, index, side = m.value.split()
        if of != kind or (a.language != b.language and int(index) >= SHARED_PAIRS[kind]):
            continue
        for n in b.opposites:
            if n.value == f"{of} {index} {1 - int(side)}":
                return m, n
    return None


def status(pair: Pair) -> Difference | None:
    """Two states that exclude each other: resigned and dismissed, a preliminary and a formal inquiry."""
    a, b, near = pair.a, pair.b, pair.near
    opposed = opposite(a, b, "status")
    if opposed is None or any(rule(a, b, opposed) for rule in (one_word, others, unlikely)):
        return None
    if any(lacked(side, m) for side, m in zip((a, b), opposed, strict=True)) or passing(a, b, opposed):
        return None
    if both_told(a, opposed[0]) or both_told(b, opposed[1]) or dated(a, opposed[0]) or dated(b, opposed[1]):
        return None
    near = min(near, around(pair, opposed) + BESIDES)
    near += FOREIGN_STATE if a.language != b.language and a.group == b.group and steadfast(opposed[0]) else 0.0
    return Difference(kind="status", left=opposed[0], right=opposed[1], score=confidence(0.2 + lean(near, 0.55, 5.0)),
                      why=f"one account says {shown(a, opposed[0])}, another {shown(b, opposed[1])}")


def lacked(side: ClaimSide, state: Mark) -> bool:
    """Whether the words before a state say that it is lacking ("la mancata approvazione", "the lack of approval")."""
    before = " ".join(side.text[side.start : state.start].split()[-LACKED_WORDS:])
    return everywhere("lacking", side.language).search(before) is not None


def passing(a: ClaimSide, b: ClaimSide, opposed: tuple[Mark, Mark]) -> bool:
    """Whether two states that follow each other are told of two days, of a day and of now ("closed for now", "opens on Monday"), or of the
    day up to which the one is so and from which the other is.
    """
    if int(opposed[0].value.split()[1]) not in PASSING:
        return False
    days = [{d.earliest[:10] for d in side.dates if d.grain in ("day", "part", "weekday")} for side in (a, b)]
    until = any(ends_in("until", s.text[max(s.start, d.start - UNTIL) : d.start].rstrip(), s.language) for s in (a, b) for d in s.dates)
    return until or (bool(days[0] | days[1]) and not days[0] & days[1])


def dated(side: ClaimSide, state: Mark) -> bool:
    """Whether a state is negated up to a day only ("will not be open before May")."""
    return any(up_to_then(side, n) for n in turning(side, state))


def unlikely(a: ClaimSide, b: ClaimSide, opposed: tuple[Mark, Mark]) -> bool:
    """Whether a state is negated in one version, and the other says in other words that it is lacking ("unlikely to be approved")."""
    pairs = ((a, opposed[0], b), (b, opposed[1], a))
    return any(lacking(other) and bool(turning(side, m)) for side, m, other in pairs)


def steadfast(word: Mark) -> bool:
    """Whether a state has no third and does not pass into the other as things go on, as "missing" into "found" and "closed" into "open"."""
    return int(word.value.split()[1]) in COMPLEMENTS - PASSING


def others(a: ClaimSide, b: ClaimSide, opposed: tuple[Mark, Mark]) -> bool:
    """Whether two states are said of other people or things: of so many each, and not of as many ("two died", "nine were hurt"). Who died
    and who was hurt or survived are others unless both versions count as many or name the same person.
    """
    left, right = ([q for q in side.quantities if m.value in states(side, q) and not unsaid(q)]
                   for side, m in zip((a, b), opposed, strict=True))
    if any(agree(q, r) for q in left for r in right):
        return False
    people = [{n.entity for n in side.names if n.kind == "person"} for side in (a, b)]
    return bool(left and right) or (opposed[0].value.split()[1] == DEATHS and not people[0] & people[1])


def around(pair: Pair, opposed: tuple[Mark, Mark]) -> float:
    """How near the clauses are that hold two opposed words, without these: they have to be said of one thing."""
    left, right = (clause_without(s, m) for s, m in zip((pair.a, pair.b), opposed, strict=True))
    return pair.compare(left, right) if min(len(left), len(right)) > SHORT else 1.0


def clause_without(side: ClaimSide, word: Mark) -> str:
    """The clause that holds a word, without it."""
    head, tail = side.text[side.start : word.start], side.text[word.end : side.end]
    breaks = CLAUSE if lexicon(side.language).spaced else UNSPACED_CLAUSE
    before = max((m.end() for m in breaks.finditer(head)), default=0)
    after = next((m.start() for m in breaks.finditer(tail)), len(tail))
    return f"{head[before:]} {tail[:after]}".strip()


def one_word(a: ClaimSide, b: ClaimSide, opposed: tuple[Mark, Mark]) -> bool:
    """Whether both versions use the same word, which one of them negates: then they differ in the negation, not in the state."""
    left, right = (s.text[m.start : m.end].casefold() for s, m in zip((a, b), opposed, strict=True))
    if lexicon(a.language).spaced and lexicon(b.language).spaced:
        return phrase_in(left, right) or phrase_in(right, left)  # "ungültig" is no negated "gültig", but a word of its own
    return left in right or right in left


def both_told(side: ClaimSide, taken: Mark) -> bool:
    """Whether the sentence of a version also has a word for the other side of a pair of states: it tells of two things ("sales rose,
    profits fell"), and nothing tells which of them the other version means."""
    kind, index, of = taken.value.split()
    pattern = opposite_words(side.language)[kind, int(index), 1 - int(of)]
    return any(m.end() <= taken.start or taken.end <= m.start() for m in pattern.finditer(side.text, *side.sentence))
