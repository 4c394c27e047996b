"""What the lexicons know in the words of a version: negations, hedges, opposites, roads and peoples, and which word turns which round."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from retold.base.letters import LATIN_CAPITALS
from retold.base.skeletons import skeleton
from retold.lexicons import lexicon, phrases_pattern

FLAT = 0.85  # certainty from which a version asserts flatly: "will" (.9) does, "set to" (.8) does not
NEGATION_REACH = 40  # code points between a negation and the word that it turns round, no comma between them
TURNED_WORDS = 4  # words at most between the two ("nobody was hurt", "niemand wurde bei dem Unfall verletzt"), where words are spaced
TURNED_SIGNS = 12  # … and signs, where they are not
# pairs of states with no third: not approved is rejected, but not resigned is not dismissed
COMPLEMENTS = frozenset((4, 5, 8, 9, 12, 15, 16, 17, 27, 35))
POSSIBLE = 0.6  # certainty of what can be
UNKNOWN = 0.2  # certainty of what is not known
DENIALS = {"negation": 2}  # the pair of opposites whose words confirm and deny
ADJACENT = 2  # code points between a word of denial and a negation behind it that turns it round, where the language puts it there
DENIED_REACH = 80  # code points between a word of denial and what it denies
STOP = re.compile(r"[.!?…;:]\s|[。！？；]")
JOINT = re.compile(r"[,;:.!?–—…]\s|[。！？、，；]")
MARKS = re.compile(r"[,;:.!?–—…，、；：。！？]")
ONLY_WORDS = 5  # words between a negation and "only"
GROUP_WORDS = 3  # words between "those who" and a negation that describes them
NUMERO = re.compile(r"no\. ?\d", re.IGNORECASE)  # "No. 8"
NEXT_WORD = re.compile(r"\s+(\d{1,3}(?![\d.,:])|[^\W\d_]+)")
HAVING_NONE = "没沒"  # "没有受伤的人": nobody was hurt
# a person told by what she does not do, where words are not spaced
DESCRIBED = re.compile(r"(?<=[いた])(?:人|者|方(?!針)|客|住民|社員|患者|選手|子|男|女)|[\u4e00-\u9fff]{0,4}的人")
COMPARING = 60  # code points between a comparison and a word for "ever"
ACRONYM = 3  # letters up to which a word for a people is an acronym ("US")
ROAD = re.compile(rf"(?<![\w-])([{LATIN_CAPITALS}А-Я]{{1,2}})[ \u00a0-]?(\d{{1,4}})(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something found in a version: its value and the words that say so."""

    value: str
    start: int
    end: int


def word_marks(text: str, start: int, end: int, language: str) -> dict[str, Any]:
    """What the lexicon knows in a span: negations, hedges, opposites, roads and peoples."""
    negations = in_order([*marks_of(text, start, end, language, ("words",)), *inside_marks(text, start, end, language)])
    lexical = marks_of(text, start, end, language, ("lexical",))
    opposites = tuple(opposite_marks(text, start, end, language, negations))
    disputed = tuple(m for m in opposites if disowned(text, start, end, m, language, negations))
    return {
        "negations": negations,
        "lexical": lexical,
        "hedges": hedge_marks(text, start, end, language, negations),
        "opposites": tuple(m for m in opposites if m not in disputed),
        "denied": (*denied_marks(text, start, end, language, negations), *disputed),
        "roads": tuple(Mark(value=f"{skeleton(m[1]).upper()} {m[2]}", start=m.start(), end=m.end())
                       for m in ROAD.finditer(text, start, end)),
        "peoples": people_marks(text, start, end, language),
    }


def marks_of(text: str, start: int, end: int, language: str, keys: tuple[str, ...]) -> tuple[Mark, ...]:
    """Where the words of the negation section stand in a span."""
    pattern = lexicon(language).pattern("negation", *keys)
    found = tuple(Mark(value=m.group().casefold(), start=m.start(), end=m.end()) for m in pattern.finditer(text, start, end))
    return tuple(m for m in turning_words(text, start, end, language, found) if m.value not in roles("no_lexical"))


def turning_words(text: str, start: int, end: int, language: str, found: Sequence[Mark]) -> tuple[Mark, ...]:
    """The negations of a span without those in a phrase that turns nothing round ("not only", "sin embargo"), and without words for
    "ever" and "any" behind a comparison ("el mayor proyecto jamás emprendido").
    """
    set_phrases = [m.span() for m in everywhere("no_negations", language).finditer(text, start, end)] if found else []
    groups = [m.end() for m in everywhere("those_who", language).finditer(text, start, end)] if found else []
    kept = (m for m in found if not any(s <= m.start and m.end <= e for s, e in set_phrases))
    kept = (m for m in kept if not any(of_group(text, group, m) for group in groups))
    kept = (m for m in kept if not limiting(text, end, m, language))
    kept = (m for m in kept if not describing(text, end, m, language) and not counting(text, m, language))
    kept = (m for m in kept if NUMERO.match(text, m.start) is None)
    return tuple(m for m in kept if m.value not in roles("ever") or not compared_before(text, start, m, language))


def limiting(text: str, end: int, word: Mark, language: str) -> bool:
    """Whether a word for "only" follows a negation in its clause ("non ha colpito solo …"): it was so, and of others too."""
    after = MARKS.split(text[word.end : end], maxsplit=1)[0]
    found = everywhere("only", language).search(after)
    if found is None or not lexicon(language).spaced:
        return found is not None and found.start() <= TURNED_SIGNS
    return len(after[: found.start()].split()) <= ONLY_WORDS


def of_group(text: str, group: int, word: Mark) -> bool:
    """Whether a negation is of the words that tell who is meant, which end at `group` ("those who drank none")."""
    between = text[group : word.start]
    return group <= word.start and len(between.split()) <= GROUP_WORDS and not JOINT.search(between)


def counting(text: str, word: Mark, language: str) -> bool:
    """Whether a negation only says that a number was not reached ("ni tres meses después", "keine drei Tage")."""
    after = NEXT_WORD.match(text, word.end)
    if after is None or not lexicon(language).spaced:
        return False
    numbers = lexicon(language).table("quantities").get("numbers", {})
    value = float(after[1]) if after[1].isdigit() else numbers.get(after[1].casefold(), 0)
    return isinstance(value, int | float) and value > 1


def describing(text: str, end: int, word: Mark, language: str) -> bool:
    """Whether a negation only tells which people or things are meant, by standing before their noun ("不喝的人", "飲まない人")."""
    if lexicon(language).spaced or word.value[0] in HAVING_NONE:
        return False
    return DESCRIBED.match(text, word.end, end) is not None


def compared_before(text: str, start: int, word: Mark, language: str) -> bool:
    """Whether a comparison stands before a word in its clause."""
    before = text[max(start, word.start - COMPARING) : word.start]
    last = max((m.end() for m in everywhere("comparing", language).finditer(before)), default=-1)
    return last >= 0 and not JOINT.search(before[last:])


@cache
def inside_pattern(language: str) -> re.Pattern[str]:
    """Words that are negated by a prefix or ending, where the language does so."""
    known = "|".join(lexicon(language).words("negation", "inside"))
    whole = rf"(?<!\w)(?:{known})(?!\w)" if lexicon(language).spaced else known
    return re.compile(whole if known else r"(?!)", re.IGNORECASE)


def inside_marks(text: str, start: int, end: int, language: str) -> tuple[Mark, ...]:
    """Where words are negated inside."""
    found = inside_pattern(language).finditer(text, start, end)
    marks = [Mark(value=m.group().casefold(), start=m.start(), end=m.end()) for m in found]
    return turning_words(text, start, end, language, marks)


def in_order(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks by place, those that overlap with an earlier one left out."""
    out: list[Mark] = []
    for m in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not out or out[-1].end <= m.start:
            out.append(m)
    return tuple(out)


@cache
def hedge_words(language: str) -> tuple[re.Pattern[str], dict[str, float]]:
    """The hedges of a language: pattern and strengths."""
    table = {**dict.fromkeys(roles("possible"), POSSIBLE), **dict.fromkeys(roles("uncertain"), UNKNOWN)}
    table |= {str(k).casefold(): float(v) for k, v in lexicon(language).table("certainty").get("words", {}).items()}
    weak = {k: v for k, v in table.items() if v < FLAT and k not in roles("no_hedges")}
    return phrases_pattern(tuple(weak), spaced=lexicon(language).spaced), weak


@cache
def roles(table: str) -> frozenset[str]:
    """The words of a table of `roles.toml`."""
    tables = tomllib.loads((files(__package__) / "roles.toml").read_text("utf-8"))
    return frozenset(tables[table]["words"])


@cache
def possible_inside(language: str) -> re.Pattern[str]:
    """Words that have the word for what can be inside, where the language builds them so."""
    known = lexicon(language).words("certainty", "inside")
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)" if known else r"(?!)", re.IGNORECASE)


@cache
def reportive_words(language: str) -> re.Pattern[str]:
    """Hedges that say whose word it is rather than how sure it is."""
    return lexicon(language).pattern("attribution", "reportive", "according_to", "claim")


def hedge_marks(text: str, start: int, end: int, language: str, negations: Sequence[Mark] = ()) -> tuple[Mark, ...]:
    """The hedges in a span; the value is the strength. A reportive one is marked by a "~" before its value.

    A word for finding out or knowing that is negated is a hedge too: the matter is open.
    """
    pattern, strengths = hedge_words(language)
    told = reportive_words(language)
    found = [Mark(value=f"{POSSIBLE:g}", start=m.start(), end=m.end()) for m in possible_inside(language).finditer(text, start, end)
             if not any(n.start <= m.start() and m.end() <= n.end for n in negations)]
    for m in pattern.finditer(text, start, end):
        strength = strengths.get(" ".join(m.group().casefold().replace("’", "'").split()), 0.6)
        if any(n.start <= m.start() and m.end() <= n.end for n in negations):
            continue  # "can't"
        if m.group().casefold() in roles("ability") and any(beside(n, m) for n in negations):
            continue  # "no puede", "kann nicht"
        merely = told.fullmatch(m.group()) and m.group().casefold() not in roles("modal")
        found.append(Mark(value=f"{'~' if merely else ''}{strength:g}", start=m.start(), end=m.end()))
    return (*found, *open_marks(text, start, end, language, negations))


def beside(negation: Mark, m: re.Match[str]) -> bool:
    """Whether a negation stands directly before or behind a word."""
    return 0 <= m.start() - negation.end <= 1 or 0 <= negation.start - m.end() <= 1


def open_marks(text: str, start: int, end: int, language: str, negations: Sequence[Mark]) -> Iterator[Mark]:
    """Words for finding out or knowing, each with the negation beside or inside it ("has not yet been established")."""
    for m in everywhere("open", language).finditer(text, start, end) if negations else ():
        turn = next((n for n in negations if m.start() <= n.start and n.end <= m.end()), None) or turning(text, m, negations, language)
        if turn is not None:
            yield Mark(value=f"{UNKNOWN:g}", start=min(m.start(), turn.start), end=max(m.end(), turn.end))


@cache
def everywhere(table: str, language: str) -> re.Pattern[str]:
    """The words of a table of `roles.toml` as they stand in texts of a language."""
    return phrases_pattern(tuple(sorted(roles(table))), spaced=lexicon(language).spaced)


def ends_in(table: str, before: str, language: str) -> bool:
    """Whether a text ends in words of a table of `roles.toml`."""
    return any(m.end() == len(before) for m in everywhere(table, language).finditer(before))


@cache
def opposite_words(language: str) -> dict[tuple[str, int, int], re.Pattern[str]]:
    """The sides of the lexicon's opposites: kind, index of the pair, side -> pattern of its words."""
    words = lexicon(language)
    return {
        (kind, i, s): phrases_pattern(tuple(side), spaced=words.spaced)
        for kind in ("status", "negation")
        for i, sides in enumerate(words.table("opposites").get(kind, ()))
        for s, side in enumerate(sides)
    }


@cache
def any_opposite(language: str) -> re.Pattern[str]:
    """All words of the lexicon's opposites as one pattern: most spans have none."""
    words = lexicon(language)
    sides = (side for kind in ("status", "negation") for pair in words.table("opposites").get(kind, ()) for side in pair)
    return phrases_pattern(tuple(dict.fromkeys(word for side in sides for word in side)), spaced=words.spaced)


def opposite_marks(text: str, start: int, end: int, language: str, negations: Sequence[Mark]) -> list[Mark]:
    """The sides that a span takes, as "kind pair side"; a negation near the word turns the side round.

    A state that is negated takes the other side only where there is no third (`COMPLEMENTS`). Where both sides of a pair stand in the
    span it takes neither.
    """
    found: dict[tuple[str, int], dict[int, Mark]] = {}
    if any_opposite(language).search(text, start, end) is None:
        return []
    for (kind, index, side), pattern in opposite_words(language).items():
        for m in pattern.finditer(text, start, end):
            turn = turning(text, m, negations, language)
            if turn is not None and index == DENIALS.get(kind) and not turns_denial(m, turn, language):
                turn = None
            if turn is not None and kind == "status" and index not in COMPLEMENTS:
                continue
            first, last = (m.start(), m.end()) if turn is None else (min(m.start(), turn.start), max(m.end(), turn.end))
            taken = side if turn is None else 1 - side
            found.setdefault((kind, index), {}).setdefault(taken, Mark(value=f"{kind} {index} {taken}", start=first, end=last))
    return [next(iter(sides.values())) for sides in found.values() if len(sides) == 1]


def turns_denial(m: re.Match[str], turn: Mark, language: str) -> bool:
    """Whether a negation turns a word of denial itself round: one behind it has to be beside it ("denies ever having" is in many languages
    "denies never having"), where words are not spaced on either side ("「していない」と否定した" denies).
    """
    behind, before = turn.start - m.end(), m.start() - turn.end
    return behind <= ADJACENT if lexicon(language).spaced else max(behind, before) < ADJACENT


def denied_marks(text: str, start: int, end: int, language: str, negations: Sequence[Mark]) -> Iterator[Mark]:
    """The states of the lexicon that a span denies, each word with the negation that turns it round, as "kind pair side"."""
    if not negations or any_opposite(language).search(text, start, end) is None:
        return
    for (kind, index, side), pattern in opposite_words(language).items():
        for m in pattern.finditer(text, start, end) if kind == "status" and index not in COMPLEMENTS else ():
            turn = turning(text, m, negations, language)
            if turn is not None:
                yield Mark(value=f"{kind} {index} {side}", start=min(m.start(), turn.start), end=max(m.end(), turn.end))
                break


def disowned(text: str, start: int, end: int, state: Mark, language: str, negations: Sequence[Mark]) -> bool:
    """Whether a state is what somebody denies ("denies that it was switched off"): the word of denial is before it in the sentence, or
    behind it in the clause.
    """
    if not state.value.startswith("status"):
        return False
    for m in everywhere("evident", language).finditer(text, start, state.start) if negations else ():
        found = next((n for n in negations if m.start() <= n.start and n.end <= m.end()), None) or turning(text, m, negations, language)
        if found is not None and state.start - m.end() <= DENIED_REACH and not STOP.search(text[m.end() : state.start]):
            return True  # "there is no sign that it was arson"
    for m in opposite_words(language)["negation", DENIALS["negation"], 1].finditer(text, start, end):
        before, after = text[m.end() : state.start], text[state.end : m.start()]
        ahead = m.end() <= state.start and len(before) <= DENIED_REACH and not STOP.search(before)
        behind = state.end <= m.start() and len(after) <= NEGATION_REACH and not JOINT.search(after)
        if (ahead or behind) and turning(text, m, negations, language) is None:
            return True
    return False


@cache
def behind_too() -> re.Pattern[str]:
    """Negations that stand behind what there is not, in languages that else put them before it."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(roles('behind_too'))))})(?!\w)", re.IGNORECASE)


def turning(text: str, m: re.Match[str], negations: Sequence[Mark], language: str) -> Mark | None:
    """The negation that turns a word round: the nearest within `NEGATION_REACH`, in the same clause; None for a word that has it inside."""
    if any(n.start >= m.start() and n.end <= m.end() for n in negations):
        return None
    if not lexicon(language).spaced and (over := next((n for n in negations if n.start < m.start() < n.end), None)) is not None:
        return over  # "不反" turns "反对" round
    if language in roles("negated_before"):
        negations = [n for n in negations if n.end <= m.start() or behind_too().match(text, n.start)]
    gaps = [(m.start() - n.end, n, text[n.end : m.start()]) if n.end <= m.start() else (n.start - m.end(), n, text[m.end() : n.start])
            for n in negations]
    near = [(gap, n.start, n) for gap, n, between in gaps if 0 <= gap <= NEGATION_REACH and not divided(between, language)]
    return min(near, key=lambda g: g[:2])[2] if near else None


def divided(between: str, language: str) -> bool:
    """Whether a clause ends among the words between two others, at a mark or a word that begins one ("not said what she admitted")."""
    if JOINT.search(between):
        return True
    if not lexicon(language).spaced:
        return len(between) > TURNED_SIGNS
    words = between.casefold().split()
    return len(words) > TURNED_WORDS or any(w in clause_words(language) for w in words)


@cache
def clause_words(language: str) -> frozenset[str]:
    """Words of a language that begin a clause, those left out that as often join two words ("and", "as")."""
    known = lexicon(language)
    return frozenset(known.words("words", "conjunctions")) - roles("joining")


@cache
def people_words(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Adjectives and nouns of peoples: pattern, and word to country."""
    table = lexicon(language).table("words").get("demonyms", {})
    known = {w.casefold(): code for code, words in table.items() for w in words}
    return phrases_pattern(tuple(known), spaced=lexicon(language).spaced), known


def people_marks(text: str, start: int, end: int, language: str) -> tuple[Mark, ...]:
    """The peoples named in a span; the value is the code of the country."""
    pattern, known = people_words(language)
    out = []
    for m in pattern.finditer(text, start, end):
        word = m.group().casefold()
        if len(word) <= ACRONYM and (m.group().islower() or text[m.end() : m.end() + 2].lstrip().startswith("$")):
            continue  # "us" is no country, "US$" is money
        code = known.get(word) or next((c for w, c in known.items() if w.endswith("*") and word.startswith(w[:-1])), "")
        out.append(Mark(value=code, start=m.start(), end=m.end()))
    return tuple(out)
