"""What a particle of quoting leads to where verbs close their clauses and words are not spaced: “…”と前を向いた, any verb at all.

Which verbs tell that somebody speaks is an open list ("とつぶやく", "と胸を張る"); the particle behind words in marks is the surer sign.
"""

from __future__ import annotations

import re

from retold.identify.cues import CLASSES
from retold.identify.nounphrases import NAMED, likeness
from retold.identify.sources import topic_of
from retold.identify.units import Unit

STOPS = "、。，．！？!?「」『』（）"
MOST_SAID = 24  # characters of the verb with what belongs to it
MOST_TAIL = 14  # characters of endings behind a verb
MOST_TELLER = 20  # characters of whoever speaks between the particle and the verb
FINITE = "るたうくすつぬむぶぐだ"  # what a verb before its noun ends in
BY_NOUN = re.compile(
    r"(?:の|いう|いった|する)(?:趣旨の|内容の)?([\u3400-\u9fffァ-ヴー]{1,8})(を|が|も)(?!得|入手|つか|受け|聞い|知っ|持っ)"
)
VOICES = frozenset((  # what is heard from somebody
    "声", "意見", "指摘", "批判", "不満", "疑問", "懸念", "訴え", "苦情", "反応", "感想", "見方", "観測", "期待", "警戒感", "憶測", "分析",
    "予想", "推測", "慎重論", "異論", "不安",
))
STATING = "して、"  # behind a clause and the particle: for which reason somebody does something
LEAST_SEEN = 3  # characters of the particle with that verb
SEEN = ("みて", "見て")  # behind a clause and the particle: as what somebody sees it ("放火とみて調べている")
NOUN_ENDS = "火件故人者因罪い婦男女性的"  # in what nouns before it end
SO, THUS = "そう", "こう"  # what stands for the sentence before, and for the one after
PASSIVES = ("れる", "れた", "れて", "れ", "れている", "れていた", "れます", "れました")


def quotative(unit: Unit, i: int) -> tuple[int, int, str] | None:
    """The cue that a particle of quoting at token i leads to: right behind marks, or behind a clause and before whoever speaks."""
    if i == 0 or within_marks(unit, i):
        return None
    if unit.tokens[i].low not in unit.book.quoting:
        return points_to(unit, i)
    comma = i + 1 < len(unit.tokens) and unit.tokens[i + 1].low in "、，"
    if not behind_marks(unit, i):
        return behind_clause(unit, i, comma=comma)
    if comma:
        return told_by(unit, i + 2, clause_end(unit, i + 2))
    return behind_quote(unit, i, clause_end(unit, i + 1))


def behind_clause(unit: Unit, i: int, *, comma: bool) -> tuple[int, int, str] | None:
    """The cue behind a clause without marks and its particle: what is heard from somebody, a reason, or whoever speaks behind a comma."""
    before = unit.tokens[i - 1].low
    if heard_from(unit, i):
        return i, clause_end(unit, i) - i, "report"
    if "".join(t.low for t in unit.tokens[i + 1 : i + 4]) == STATING and before in FINITE + "い":
        return i, len(STATING) + 1, "attitude"
    known = max(unit.tags[i].get(key, 0) for key in (*CLASSES, "attitude"))
    if known <= LEAST_SEEN and "".join(t.low for t in unit.tokens[i + 1 : i + 3]) in SEEN and before in FINITE + "い" + NOUN_ENDS:
        return i, 3, "attitude"
    return told_by(unit, i + 2, clause_end(unit, i + 2)) if comma and before.endswith(unit.book.quotes_surely) else None


def behind_quote(unit: Unit, i: int, stop: int) -> tuple[int, int, str] | None:
    """The cue behind words in marks and their particle, up to where its clause ends; None where the particle quotes nothing."""
    if says_by_noun(unit, i, stop):
        return i, with_comma(unit, stop) - i, kind(unit, i, stop)
    if "".join(t.low for t in unit.tokens[i + 1 : i + 4]).startswith(unit.book.not_quoting):
        return None
    told = told_by(unit, i + 1, stop)
    if told is not None:
        return told
    words = "".join(t.low for t in unit.tokens[i + 1 : stop])
    known = max(unit.tags[i].get(key, 0) for key in CLASSES)
    if known and describes(unit, inflected(unit, i + known), stop):
        return None
    if not 1 < stop - i <= MOST_SAID or words.endswith(PASSIVES) or not closes(unit, stop):
        return None
    return i, with_comma(unit, stop) - i, kind(unit, i, stop)


def says_by_noun(unit: Unit, i: int, stop: int) -> bool:
    """Whether the particle leads to a noun for what is said and its verb ("「…」との考えを示した", "「…」という声が上がる")."""
    words = "".join(t.low for t in unit.tokens[i + 1 : stop])
    match = BY_NOUN.match(words)
    if match is None or not closes(unit, stop):
        return False
    begin = i + 1 + match.start(1)
    said = match.group(2) != "を" or any(unit.has(t, *CLASSES) for t in range(begin, stop)) or unit.has(begin, "statement_nouns")
    return said and (match.group(2) == "を" or match.group(1) in VOICES)


def heard_from(unit: Unit, i: int) -> bool:
    """Whether a clause before the particle is what is heard from somebody who opens the sentence ("市場では…との見方が広がる")."""
    if unit.tokens[min(i + 1, len(unit.tokens) - 1)].low not in "のい" or not says_by_noun(unit, i, clause_end(unit, i + 1)):
        return False
    source = topic_of(unit, i)
    return source is not None and likeness(unit, source) >= NAMED


def describes(unit: Unit, end: int, stop: int) -> bool:
    """Whether a verb that ends at a token belongs to the noun behind it ("「…」と話す男性を訪ねた")."""
    return end < stop and unit.tokens[end - 1].low in FINITE and not "\u3041" <= unit.tokens[end].low <= "\u3096"


def points_to(unit: Unit, i: int) -> tuple[int, int, str] | None:
    """A verb of saying behind the word that stands for what is said in the sentence before or after ("花子さんはそう話した")."""
    if i + 2 >= len(unit.tokens) or unit.tokens[i].low + unit.tokens[i + 1].low not in (SO, THUS) or unit.mentions[i] is not None:
        return None
    if not unit.has(i - 1, "topic") and unit.tokens[i - 1].low not in STOPS + "にでを":
        return None
    tags = unit.book.walk(unit.tokens, i + 1, next(iter(unit.book.quoting & {"と"}), ""))
    key = max(CLASSES, key=lambda k: tags.get(k, 0))
    return (i, inflected(unit, i + 1 + tags[key]) - i, key) if tags.get(key) else None


def told_by(unit: Unit, begin: int, stop: int) -> tuple[int, int, str] | None:
    """The verb behind whoever speaks, who stands between the particle and it ("「…」と農家の男性は肩を落とす")."""
    last = next((t for t in range(min(stop - 2, begin + MOST_TELLER), begin, -1) if unit.has(t, "topic") and unit.mentions[t] is None), 0)
    if not last or likeness(unit, (begin, last)) < NAMED or not closes(unit, stop) or stop - last > MOST_SAID:
        return None
    return last + 1, with_comma(unit, stop) - last - 1, kind(unit, last + 1, stop)


def closes(unit: Unit, stop: int) -> bool:
    """Whether a clause ends before a token with a verb, or with the noun of one and a full stop ("と断言。")."""
    last = unit.tokens[stop - 1].low
    return "\u3041" <= last <= "\u3096" or stop >= len(unit.tokens) or unit.tokens[stop].low in "。、"


def kind(unit: Unit, begin: int, stop: int) -> str:
    """The class of the verb: that of a cue of the lexicon in it, else of saying."""
    return next((key for t in range(begin, stop) for key in CLASSES if unit.has(t, key)), "say")


def clause_end(unit: Unit, begin: int) -> int:
    """The token before which the clause of a particle ends."""
    stop = begin
    while stop < len(unit.tokens) and unit.tokens[stop].quote < 0 and unit.tokens[stop].low not in STOPS:
        stop += 1
    return stop


def with_comma(unit: Unit, stop: int) -> int:
    """The end of a cue, with the comma by which it leads over to the next clause."""
    return stop + (stop < len(unit.tokens) - 1 and unit.tokens[stop].low in "、，")


def behind_marks(unit: Unit, i: int) -> bool:
    """Whether words in marks end right before a token, a quote or marked words."""
    return unit.tokens[i - 1].quote >= 0 or any(r[1] == i for r in unit.marked)


def within_marks(unit: Unit, i: int) -> bool:
    """Whether a token stands in marked words."""
    return bool(unit.marked) and any(a <= i < b for a, b in unit.marked)


def inflected(unit: Unit, stop: int) -> int:
    """The end of a cue of the lexicon with its endings and the comma behind them ("と述べ|ています")."""
    words = "".join(t.low if len(t.low) == 1 and t.quote < 0 else "\0" for t in unit.tokens[stop : stop + MOST_TAIL])
    found = unit.book.tails.match(words)
    return with_comma(unit, stop + (found.end() if found else 0))
