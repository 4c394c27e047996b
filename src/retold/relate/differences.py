"""Numbers, dates, polarity and state: one rule a kind, read top to bottom; certainty is in `certainties`.

A rule is given two versions and how near they are in meaning, and says what differs, in which words, and with what confidence
that this is a disagreement between accounts. Rounding, conversion, a part and its whole, and one version saying less are no
disagreements. Confidence is a logistic formula; its weights are set by hand on the development stories and written next to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retold.base.records import Date, Quantity
from retold.lexicons import lexicon, phrases_pattern
from retold.relate.marks import COMPLEMENTS, JOINT, NEGATION_REACH, Mark, everywhere, marks_of, opposite_words, roles
from retold.relate.pairs import Difference, Pair, confidence, lean, shown
from retold.relate.quantities import (
    CLOCK,
    UNITS,
    agree,
    beyond,
    commensurable,
    compare_dates,
    decimal_slip,
    far,
    in_base,
    is_part,
    minutes,
    other_thing,
    transposed,
)
from retold.relate.sides import ClaimSide

SHARED_PAIRS = {"status": 19, "negation": 7}  # so many opposites stand in the same order in every lexicon
WORDY = 0.05  # what each further word takes from the log odds
OPEN = 0.3  # up to here a version leaves the matter open ("whether", "unclear")
BEYOND = 2.5  # what it takes from the log odds that one number is more than `MANY` times the other
FAR = 1.5  # … more than twice, of what is not known to be one thing
UPDATED = 1.5  # what it takes from the log odds that a figure may have been brought up to date
SAME_NOUN = 0.6  # cosine of two counted nouns from which they are taken for one thing
OTHER_NOUN = 0.35  # … and below which for two
PASSING = frozenset((4,))  # pairs without a third whose states follow each other
FOREIGN_STATE = 0.1  # what is added to the nearness of linked versions of two languages in which two states are opposed
BESIDES = 0.2  # cosine by which the clauses around two opposed words may be farther from each other than the versions
ONE_STATE = 0.6  # what it says at least of two counts that both versions tell of the same state ("died", "dead")


# ---- numbers ------------------------------------------------------------------------------------------------------


def number(pair: Pair) -> Difference | None:
    """Quantities of one kind that do not agree while the rest does."""
    a, b, near = pair.a, pair.b, pair.near
    left, right, matched = unmatched(a.quantities, b.quantities)
    best: Difference | None = None
    for q in left:
        for r in right:
            found = number_pair(pair, q, r, near + 0.1 * min(matched, 2), lonely=len(left) == 1 == len(right))
            if found is not None and (best is None or found.score > best.score):
                best = found
    return best


def unmatched(a: Sequence[Quantity], b: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity], int]:
    """The quantities of each side that agree with none of the other, and how many did agree."""
    rest = list(b)
    left: list[Quantity] = []
    for q in a:
        twin = next((r for r in rest if commensurable(q, r) and agree(q, r)), None)
        if twin is None:
            left.append(q)
        else:
            rest.remove(twin)
    agreeing = [q for q in a if q not in left]
    rest = [r for r in rest if not any(commensurable(q, r) and agree(q, r) for q in agreeing)]
    return left, rest, len(agreeing)


def number_pair(pair: Pair, q: Quantity, r: Quantity, near: float, *, lonely: bool) -> Difference | None:
    """Two quantities that do not agree, as a difference where they are about the same thing."""
    a, b = pair.a, pair.b
    if not commensurable(q, r) or is_part(q.what) != is_part(r.what) or unsaid(q) or unsaid(r):
        return None
    logit = -0.6 + lean(near, 0.5)
    if q.unit == r.unit == "":
        logit += max(noun_weight(pair, q.what, r.what), ONE_STATE if states(a, q) & states(b, r) else -9.0)
    elif q.unit == "age":
        logit -= 1.0
    slip = q.unit == r.unit and (transposed(q.value, r.value) or decimal_slip(q.value, r.value))
    big, small = in_base(q), in_base(r)
    logit += 1.5 if slip else 0.0
    logit += 1.5 if is_part(q.what) and same_whole(q.what, r.what) else 0.0
    logit -= 0.0 if lonely else (1.0 if q.what and r.what else 2.0)
    if not slip:
        logit -= BEYOND if beyond(big, small) else FAR if far(big, small) and not alike(pair, q.what, r.what) else 0.0
    logit -= UPDATED if updated(pair) or risen(pair, q, r) else 0.0
    logit -= 0.5 if q.approximate and r.approximate else 0.0
    left, right = Mark(value=key(q), start=q.start, end=q.end), Mark(value=key(r), start=r.start, end=r.end)
    return Difference(kind="number", left=left, right=right, score=confidence(logit),
                      why=f"one account says {shown(a, left)}, another {shown(b, right)}")


def updated(pair: Pair) -> bool:
    """Whether the two accounts are of different days and one of them says that it is a figure of the moment ("so far", "rose to")."""
    days = {side.published[:10] for side in (pair.a, pair.b)}
    return len(days) > 1 and "" not in days and any(moving(s.words, s.language) or counted_until(s) for s in (pair.a, pair.b))


def counted_until(side: ClaimSide) -> bool:
    """Whether a version tells up to which day a figure was counted ("by Wednesday")."""
    for d in side.dates:
        before = side.text[max(side.start, d.start - SHORT) : d.start].rstrip()
        after = side.text[d.end : min(side.end, d.end + SHORT)].lstrip()
        last = max((m.end() for m in everywhere("until", side.language).finditer(before)), default=-1)
        if last == len(before) or everywhere("until_after", side.language).match(after):
            return True
    return False


def risen(pair: Pair, q: Quantity, r: Quantity) -> bool:
    """Whether the account with the higher figure says that it rose, and is not the earlier of the two: the other had the figure before."""
    high, low = (pair.a, pair.b) if q.value > r.value else (pair.b, pair.a)
    later = not (high.published and low.published) or high.published[:10] >= low.published[:10]
    return later and phrases_pattern(tuple(sorted(roles("rising"))), spaced=lexicon(high.language).spaced).search(high.words) is not None


def moving(words: str, language: str) -> bool:
    """Whether a version says that its figure moves."""
    return phrases_pattern(tuple(sorted(roles("moving"))), spaced=lexicon(language).spaced).search(words) is not None


def unsaid(q: Quantity) -> bool:
    """Whether a quantity is an ordinary part of speech rather than a figure of the account."""
    return q.value in (0.0, 1.0) and q.unit == ""


def alike(pair: Pair, a: str, b: str) -> bool:
    """Whether two counted nouns are known to name one thing."""
    return bool(a and b) and noun_weight(pair, a, b) > 0


def noun_weight(pair: Pair, a: str, b: str) -> float:
    """What two counted nouns say about counting the same thing; across languages by meaning, which is less sure."""
    if not a or not b:
        return 0.0
    if pair.a.language == pair.b.language and not other_thing(a, b):
        return 1.2
    near = pair.compare(a, b)
    return 0.6 if near >= SAME_NOUN else (-2.5 if near < OTHER_NOUN else -1.5)


def states(side: ClaimSide, q: Quantity) -> set[str]:
    """The states beside a count, in its clause: "12 people died" and "14 dead" count the same, whatever their nouns."""
    gaps = [(m.value, side.text[min(m.end, q.end) : max(m.start, q.start)]) for m in side.opposites if m.value.startswith("status")]
    return {value for value, gap in gaps if len(gap) <= NEGATION_REACH and not JOINT.search(gap)}


def same_whole(a: str, b: str) -> bool:
    """Whether two parts are of the same whole: the same digits stand in their nouns."""
    return re.findall(r"\d+", a) == re.findall(r"\d+", b)


def key(q: Quantity) -> str:
    """The value of a quantity in the base unit of what it measures: quantities that agree are joined later."""
    dimension, factor = UNITS.get(q.unit, (q.unit, 1.0))
    return f"{dimension} {q.value * factor:.6g}"


# ---- dates --------------------------------------------------------------------------------------------------------


def when(pair: Pair) -> Difference | None:
    """Days, or times of day, of which none agrees with any of the other version."""
    for grains, clock in SCALES:
        left = [d for d in pair.a.dates if is_clock(d) == clock and d.grain in grains]
        right = [d for d in pair.b.dates if is_clock(d) == clock and d.grain in grains]
        if left and right and apart(left, pair.b.dates) and apart(right, pair.a.dates) and not one_number(pair, left, right):
            d, e = left[0], right[0]
            long_ago = LONG_AGO + lean(event(pair, d, e), 0.6) + slipped(d, e)
            logit = long_ago if grains in LONG else 0.1 + lean(pair.near, 0.6) - 0.5 * clock
            logit -= LATER * (later_event(pair, d, e) or later_event(pair, e, d, back=True))
            logit -= 0.7 * (len(left) * len(right) > 1) + (ZONES if clock and other_clock(pair, d, e) else 0.0)
            one, other = Mark(value=moment(d), start=d.start, end=d.end), Mark(value=moment(e), start=e.start, end=e.end)
            return Difference(kind="date", left=one, right=other, score=confidence(logit),
                              why=f"one account says {shown(pair.a, one)}, another {shown(pair.b, other)}")
    return None


BARE_DAY = re.compile(r"\D{0,4}\d{1,2}(\.|er|º)?\s?[日号號일]?")
DAYS = ("day", "part", "weekday", "minute", "hour")
LONG = (("month",), ("year",))  # compared with their like only: a month and a day in it are mostly of two events
SCALES = ((DAYS, False), (DAYS, True), (LONG[0], False), (LONG[1], False))
LATER = 3.0  # what it takes that one account tells of a day after the other had appeared
ZONES = 2.5  # what it takes from the log odds that two times may be one moment by two clocks
LONG_AGO = 0.2  # log odds that two months or years of versions that are near without them are a disagreement


def apart(some: Sequence[Date], others: Sequence[Date]) -> bool:
    """Whether none of some dates agrees with any of the other version's, of whatever grain."""
    return not any(compare_dates(d, e) in ("same", "compatible") or same_month(d, e)
                   for d in some for e in others if is_clock(d) == is_clock(e))


def one_number(pair: Pair, left: Sequence[Date], right: Sequence[Date]) -> bool:
    """Whether two days have one number and one account does not tell the month ("27日"): then it was a guess."""
    return any(d.grain == e.grain == "day" and d.earliest[8:10] == e.earliest[8:10] and (bare_day(pair.a, d) or bare_day(pair.b, e))
               for d in left for e in right)


def bare_day(side: ClaimSide, d: Date) -> bool:
    """Whether a date is nothing but the number of a day."""
    return BARE_DAY.fullmatch(side.text, d.start, d.end) is not None


def same_month(d: Date, e: Date) -> bool:
    """Whether two dates are the same month of perhaps different years: the year is often a guess."""
    return d.grain == e.grain == "month" and d.earliest[5:7] == e.earliest[5:7]


def event(pair: Pair, d: Date, e: Date) -> float:
    """How near two versions are without their dates; not at all where they tell of the beginning and the end of a thing."""
    if opposite(pair.a, pair.b, "status") or opposite(pair.a, pair.b, "negation"):
        return 0.0
    return min(pair.near, pair.without((d.start, d.end), (e.start, e.end)))


def slipped(d: Date, e: Date) -> float:
    """What it says that two years are a slip of the hand apart (1935, 1953): one digit, or two that changed places."""
    years = d.earliest[:4], e.earliest[:4]
    return 0.8 if d.grain == e.grain == "year" and (sum(x != y for x, y in zip(*years, strict=False)) == 1
                                                    or sorted(years[0]) == sorted(years[1])) else 0.0


def later_event(pair: Pair, d: Date, e: Date, *, back: bool = False) -> bool:
    """Whether the second account tells of something that happened only after the first had appeared: it is news, no correction."""
    early, late = (pair.b, pair.a) if back else (pair.a, pair.b)
    first, last = early.published[:10], late.published[:10]
    return bool(first and last and d.latest[:10] <= first < e.earliest[:10] <= last)


def other_clock(pair: Pair, d: Date, e: Date) -> bool:
    """Whether two times of day may be one moment by two clocks: whole hours apart, told in two languages or with a word for the clock."""
    a, b = CLOCK.match(d.earliest), CLOCK.match(e.earliest)
    if a is None or b is None or abs(minutes(a) - minutes(b)) % 60:
        return False
    told = any(everywhere("clocks", s.language).search(s.text, s.start, s.end) for s in (pair.a, pair.b))
    return told or pair.a.language != pair.b.language


def is_clock(d: Date) -> bool:
    """Whether a date is a time of day."""
    return CLOCK.match(d.earliest) is not None


def moment(d: Date) -> str:
    """What a date is called as a side."""
    return d.earliest[:10] or d.method.rpartition(" ")[2]


# ---- polarity -----------------------------------------------------------------------------------------------------


def denial(pair: Pair) -> Difference | None:
    """One version says that it is so, the other that it is not: by opposite words, or by a negation on one side only."""
    a, b, near = pair.a, pair.b, pair.near
    opposed = opposite(a, b, "negation") or refuted(a, b)
    if opposed is None and {m.value for m in a.opposites} & {m.value for m in b.opposites}:
        return None  # "held" and "not breached" agree
    if opposed is not None:
        logit = 0.9 + lean(near, 0.5, 4.0)
        return Difference(kind="negation", left=opposed[0], right=opposed[1], score=confidence(logit),
                          why=f"one account says {shown(a, opposed[0])}, another {shown(b, opposed[1])}")
    if bool(turns(a)) == bool(turns(b)) or (a.negated and b.negated) or open_matter(a) or open_matter(b):
        return None
    negative, positive = (a, b) if turns(a) else (b, a)
    word = turns(negative)[0]
    if turned_outside(positive) or lacking(positive):
        return None
    if beside(pair, negative, word) or (word in negative.lexical and a.language != b.language):
        return None  # "refuse", "prevent", "fail": what one language has such a verb for the other may say by any
    near = max(near, bare(pair, negative, word))
    logit = -1.1 + lean(near, 0.6, 7.0) - (0.8 if word in negative.lexical else 0.0)
    logit -= WORDY * max(0, len(negative.words.split()) - 12)
    flat = Mark(value="yes", start=positive.start, end=positive.end)
    mark = Mark(value="no", start=word.start, end=word.end)
    left, right = (mark, flat) if negative is a else (flat, mark)
    return Difference(kind="negation", left=left, right=right, score=confidence(logit),
                      why=f"one account denies with {shown(negative, mark)} what another asserts")


def lacking(side: ClaimSide) -> bool:
    """Whether a version says without a negation that something is missing, too little or hard ("too weak", "lose", "hardly"): what another
    version denies may be the same.
    """
    return everywhere("lacking", side.language).search(side.text, side.start, side.end) is not None


def turned_outside(side: ClaimSide) -> bool:
    """Whether a version is part of a sentence that has a negation in another part ("no sign | that they came back")."""
    start, end = side.sentence
    return bool((start, end) != (side.start, side.end) and marks_of(side.text, start, end, side.language, ("words",)))


def refuted(a: ClaimSide, b: ClaimSide) -> tuple[Mark, Mark] | None:
    """The words for a state that one version denies ("nobody was hurt") and the other asserts ("three were injured")."""
    sides = [(m, n) for m in a.denied for n in b.opposites if not b.negated]
    sides += [(m, n) for m in a.opposites for n in b.denied if not a.negated]
    for m, n in sides:
        of, index, _ = m.value.split()
        if m.value == n.value and (a.language == b.language or int(index) < SHARED_PAIRS[of]):
            denied = m in a.denied
            return replace(m, value=f"{'not ' if denied else ''}{m.value}"), replace(n, value=f"{'' if denied else 'not '}{n.value}")
    return None


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
    if not lone and count_words(f"{head[before:]} {tail[:after]}", negative.language) < PARENTHESIS and (before or after < len(tail)):
        return False
    rest = f"{head[:before]} {tail[after:]}".strip(" .,;:!?–—-\"“”„«»")
    return len(rest) > SHORT and nearness(pair, negative, rest) > pair.near - SLACK


CLAUSE = re.compile(r"[,;:.!?–—…]+\s|[。！？、，；]")
UNSPACED_CLAUSE = re.compile(r"[。！？、，；：\s]+")
SENTENCE = re.compile(r"[.!?…。！？][\W_]*$")
SLACK = 0.05  # cosine that punctuation alone may cost
PARENTHESIS = 2  # words beside the negation or hedge, less than which its part is no proposition (", possibly,")
SHORT = 10  # code points: less than this is no proposition


def count_words(text: str, language: str) -> int:
    """How many words a text has; where words are not spaced, two signs count for one."""
    return len(text.split()) if lexicon(language).spaced else len(text.strip()) // 2


def turns(side: ClaimSide) -> list[Mark]:
    """The words that turn a version round; those inside a hedge ("not yet known") are none."""
    return [m for m in (*side.negations, *side.lexical) if not any(h.start <= m.start and m.end <= h.end for h in side.hedges)]


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
    if both_told(a, opposed[0]) or both_told(b, opposed[1]):
        return None
    near = min(near, around(pair, opposed) + BESIDES)
    near += FOREIGN_STATE if a.language != b.language and a.group == b.group and steadfast(opposed[0]) else 0.0
    return Difference(kind="status", left=opposed[0], right=opposed[1], score=confidence(0.2 + lean(near, 0.55, 5.0)),
                      why=f"one account says {shown(a, opposed[0])}, another {shown(b, opposed[1])}")


def unlikely(a: ClaimSide, b: ClaimSide, opposed: tuple[Mark, Mark]) -> bool:
    """Whether a state is negated in one version, and the other says in other words that it is lacking ("unlikely to be approved")."""
    pairs = ((a, opposed[0], b), (b, opposed[1], a))
    return any(lacking(other) and any(m.start <= n.start and n.end <= m.end for n in side.negations) for side, m, other in pairs)


def steadfast(word: Mark) -> bool:
    """Whether a state has no third and does not pass into the other as things go on, as "missing" into "found" and "closed" into "open"."""
    return int(word.value.split()[1]) in COMPLEMENTS - PASSING


def others(a: ClaimSide, b: ClaimSide, opposed: tuple[Mark, Mark]) -> bool:
    """Whether two states are said of other people or things: of so many each, and not of as many ("two died", "nine were hurt")."""
    left, right = ([q for q in side.quantities if m.value in states(side, q) and not unsaid(q)]
                   for side, m in zip((a, b), opposed, strict=True))
    return bool(left and right) and not any(agree(q, r) for q in left for r in right)


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
    return left in right or right in left


def both_told(side: ClaimSide, taken: Mark) -> bool:
    """Whether the sentence of a version also has a word for the other side of a pair of states: it tells of two things ("sales rose,
    profits fell"), and nothing tells which of them the other version means."""
    kind, index, of = taken.value.split()
    pattern = opposite_words(side.language)[kind, int(index), 1 - int(of)]
    return any(m.end() <= taken.start or taken.end <= m.start() for m in pattern.finditer(side.text, *side.sentence))
