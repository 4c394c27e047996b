"""Names among words that a segmenter has found: what its dictionary does not have, beside what makes it a person, firm or place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from retold.base.hanzi import simplified_each
from retold.base.segment import Segment, segments
from retold.lexicons import lexicon
from retold.lexicons.names import name_words
from retold.lexicons.territories import territories

HAN = re.compile(r"[\u3400-\u9fff]{2,}")
GRAMMAR = frozenset({"p", "d", "c", "r", "u", "uj", "ul", "ud", "ug", "uv", "uz", "y", "v"})  # words of grammar, verbs
DOTS = frozenset("·・‧•")
LONGEST = 8  # characters of one part of a foreign name
TRADE = 2  # characters of most trades
PERSON = range(2, 4)  # characters of a person's name
GIVEN = 2  # characters of a given name
PARTS = 2  # words that a name falls into which the dictionary does not have
FULL_NAME = range(3, 6)  # characters of a full name, Chinese or Japanese
MOST_HAN = 3  # characters of a Chinese person's name with its surname of one
AGED = re.compile(r"[（(]\d{1,2}岁?")
AREAS = frozenset("区县镇村省市州")  # characters that end no person's name
WORKERS = frozenset("员长师者手官匠")  # last characters of nouns of people
CALLED = frozenset({"先生", "女士", "小姐", "太太", "同志", "夫妇", "某", "某某"})
SAYS = frozenset("称说")  # verbs that end no name, after one of two characters ("黄丽称")
SPOKEN = frozenset("说称道指对将已被在与和于再又也都就还则曾并仍正获以向为是有")  # verbs and adverbs of one character
ACTS = frozenset({"v", "vn", "p", "d", "x", "c", "uj", "t"})
NAMED = frozenset({"nz", "ns", "nr", "nrt", "nrfg"})  # what the dictionary knows as names
UNNAMED = frozenset({"m", "q", "t", "f", "x", "eng"})  # figures, measures, times, directions, marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a language that a segmenter's words are compared with, in simplified characters."""

    segmenter: str
    surnames: frozenset[str]
    trades: frozenset[str]
    endings: frozenset[str]
    left: frozenset[str]
    apposed: frozenset[str]
    called_after: frozenset[str]
    open_places: frozenset[str]
    vague: frozenset[str]
    sounds: frozenset[str]
    spots: frozenset[str]
    whither: frozenset[str]
    people: tuple[str, ...]
    countries: frozenset[str]
    places: frozenset[str]
    named_by: frozenset[str]
    weak: frozenset[str]


@cache
def words_of(language: str) -> Words:
    """The words of a language; without a segmenter they are not used."""
    def plain(*keys: str) -> frozenset[str]:
        return frozenset(simplified_each(w) for key in keys for w in name_words(language, key))

    return Words(
        segmenter=str(lexicon(language).table("script").get("segmenter", "")),
        surnames=frozenset("".join(plain("surnames"))) | plain("double_surnames"), trades=plain("trades"), endings=plain("org_suffixes"),
        left=plain("left_words"), apposed=plain("apposed"),
        called_after=plain("open_places", "houses"), open_places=plain("open_places"),
        vague=plain("vague_places", "not_names", "place_suffixes"),
        sounds=frozenset("".join(plain("transliteration"))), spots=plain("spot_characters"), whither=plain("whither"),
        people=tuple(sorted(plain("people"))), countries=frozenset(simplified_each(name) for name in territories(language)),
        places=plain("places"), named_by=plain("named_by"),
        weak=frozenset("".join(plain("weak_surnames"))),
    )


def words_in(text: str, start: int, end: int, language: str) -> tuple[Segment, ...]:
    """The words of a span, their places counted from its start; none for languages without a segmenter."""
    book = words_of(language)
    return segments(text[start:end], book.segmenter) if book.segmenter else ()


def walls(words: Sequence[Segment], language: str) -> list[int]:
    """Ends of the words of a span over which no name of a body goes: verbs, grammar, and a larger place before what has a name itself."""
    book = words_of(language)
    out = [w.end for w in words if w.tag in GRAMMAR or w.word in book.left]
    out += [a.end for a, b in pairwise(words) if a.word in book.apposed and (not b.known or b.tag in NAMED)]
    return out + [a.end for a, b in pairwise(words) if a.tag == "ns" and names_itself(a, b, book)]


def names_itself(place: Segment, after: Segment, book: Words) -> bool:
    """Whether the word after a place begins a name of its own: a place with its noun, or a proper name after a country ("德国基尔大学")."""
    if after.tag == "ns":
        return place.word[-1] in book.spots or place.word in book.countries
    return place.word in book.countries and (after.tag in ("nz", "nr", "nrt") or (not after.known and after.tag == "n"))


def found_words(words: Sequence[Segment], language: str) -> Iterator[tuple[int, int, str, float, str]]:
    """Start and end in the span, kind, score and rule of names."""
    book = words_of(language)
    yield from dotted(words, book)
    for at, word in enumerate(words):
        if is_person(word, book) and not goes_on(words, at, book):
            yield word.start, word.end - (word.word[-1] in SAYS), "person", 0.62, "unknown word"
        elif stop := person_end(words, at, book) or introduced_end(words, at, book):
            yield word.start, words[stop - 1].end, "person", 0.7, "surname"
        if is_place(words, at, book):
            yield word.start, word.end, "place", 0.6, "dictionary"
        if heads_firm(words, at, book):
            last = at
            while last + 1 < len(words) and (words[last + 1].word in book.trades or words[last + 1].word in book.endings):
                last += 1
            yield word.start, words[last].end, "organisation", 0.72, "trade"


def dotted(words: Sequence[Segment], book: Words) -> Iterator[tuple[int, int, str, float, str]]:
    """Foreign names with a dot between their parts, as far as words write sounds and are none of the dictionary's others."""
    at = 0
    while at < len(words):
        if words[at].word in DOTS:
            first, last = at, at + 1
            while first > 0 and sounds(words[first - 1], book) and words[at].start - words[first - 1].start <= LONGEST:
                first -= 1
            stop = words[at].end
            while last < len(words) and (sounds(words[last], book) or words[last].word in DOTS) and words[last].end - stop <= LONGEST:
                stop = words[last].end if words[last].word in DOTS else stop
                last += 1
            if first < at and words[last - 1].word not in DOTS:
                called = last < len(words) and words[last].word in book.called_after
                kind = "person" if not called else "place" if words[last].word in book.open_places else "organisation"
                yield words[first].start, words[last - 1 + called].end, kind, 0.87, "dotted words"
                at = last
        at += 1


def sounds(word: Segment, book: Words) -> bool:
    """Whether a word can be part of a foreign name: a name to the dictionary or unknown to it, or a character that writes sounds."""
    if not re.fullmatch(r"[\u3400-\u9fff]+", word.word):
        return False
    if word.word in book.left or (word.tag in GRAMMAR and len(word.word) > 1):
        return False
    foreign = all(c in book.sounds for c in word.word)
    return foreign if len(word.word) == 1 else word.tag[:2] in ("nr", "ns", "nz") or (not word.known and word.tag == "n") or foreign


def goes_on(words: Sequence[Segment], at: int, book: Words) -> bool:
    """Whether what looks like a person's name is the beginning of a foreign one that goes on ("莫尔 拉赫")."""
    after = words[at + 1] if at + 1 < len(words) else None
    foreign = after is not None and HAN.fullmatch(after.word * 2) is not None and all(c in book.sounds for c in words[at].word + after.word)
    return foreign and after is not None and after.tag not in GRAMMAR and not (after.known and len(after.word) > 1 and after.tag[:1] != "n")


def is_person(word: Segment, book: Words) -> bool:
    """Whether an unknown word is made like a person's name: a surname and one or two characters more."""
    surname = word.word[:2] in book.surnames or word.word[:1] in book.surnames
    return word.tag.startswith("nr") and not word.known and len(word.word) in PERSON and surname and word.word[-1] not in AREAS


def person_end(words: Sequence[Segment], at: int, book: Words) -> int:
    """Where a person's name of several words ends that begins with a surname: after a noun of people, or before a verb; 0 for none.

    The dictionary divides names whose characters are words too ("阎 青石", "李 成功", "孙超 岷").
    """
    word = words[at]
    surname = 2 if word.word[:2] in book.surnames else int(word.word[:1] in book.surnames)
    if word.word in book.weak and word.tag in ACTS:
        return 0  # "来 敲门" is nobody
    stop, size = at + 1, len(word.word)
    while surname and stop < len(words) and size < surname + GIVEN and continues(words[stop], book):
        if size + len(words[stop].word) > surname + GIVEN:
            break
        size, stop = size + len(words[stop].word), stop + 1
    if not surname or stop == at + 1 or not surname < size <= surname + GIVEN or (len(word.word) > surname and word.known):
        return 0
    titled = follows_title(words, at, book)
    called = stop < len(words) and (words[stop].word.endswith(book.people) or words[stop].word in CALLED)
    acts = word.tag.startswith("nr") and (stop >= len(words) or words[stop].tag in ACTS)
    return stop if titled or called or acts else 0


def follows_title(words: Sequence[Segment], at: int, book: Words) -> bool:
    """Whether a noun of people stands right before a word."""
    before = words[at - 1] if at else None
    return before is not None and (before.word.endswith(book.people) or (before.tag[:1] == "n" and before.word[-1] in WORKERS))


def introduced_end(words: Sequence[Segment], at: int, book: Words) -> int:
    """Where a person's name ends that its place shows to be one, whatever it is made of; 0 for none.

    What the segmenter takes for a person, or two words that it does not know, behind a noun of people or "named"; a person known to its
    dictionary there, too, and before an age ("次长 岩渊俊介 说", "教授 仓持 修司", "游客 林佳蓉", "林佳蓉（41岁）").
    """
    word, stop = words[at], at
    if word.known and word.tag[:2] != "nr":
        return 0
    while stop < len(words) and stop - at < PARTS and not words[stop].known and HAN.fullmatch(words[stop].word):
        stop += 1
    size = words[stop - 1].end - word.start if stop > at else 0
    person = word.tag.startswith("nr") and HAN.fullmatch(word.word) is not None and word.word not in book.places
    told = follows_title(words, at, book) or (at > 0 and words[at - 1].word in book.named_by)
    if told and size in FULL_NAME and (stop > at + 1 or person or words[at - 1].word in book.named_by):
        return stop if words[stop - 1].word[-1] not in AREAS | SAYS else 0
    aged = "".join(w.word for w in words[at + 1:at + 4])
    if person and len(word.word) == MOST_HAN and word.word[:1] in book.surnames and (told or AGED.match(aged)):
        return at + 1
    return 0


def continues(word: Segment, book: Words) -> bool:
    """Whether a word can be a part of a given name: one or two characters, no word of grammar or speech, no place with its noun."""
    if len(word.word) > GIVEN or not HAN.fullmatch(word.word * 2) or word.tag in UNNAMED:
        return False
    if word.word.endswith(book.people) or word.word in CALLED or word.word in book.left or word.word in book.endings:
        return False
    return word.tag not in GRAMMAR - {"v", "d"} and (word.tag not in ("v", "d") or word.word not in SPOKEN)


def is_place(words: Sequence[Segment], at: int, book: Words) -> bool:
    """Whether a word is tagged as a place, and says so itself ("省") or a preposition of place does ("在")."""
    word = words[at]
    if word.tag != "ns" or len(word.word) < 2 or word.word in book.vague or names_firm(words, at + 1, book):
        return False
    if word.word[-1] in book.spots or (word.known and at > 0 and words[at - 1].word in book.whither):
        return True
    beside = (words[k] for k in (at - 1, at + 1) if 0 <= k < len(words))
    return word.known and any(other.word in book.places or (other.tag == "ns" and other.word[-1] in book.spots) for other in beside)


def heads_firm(words: Sequence[Segment], at: int, book: Words) -> bool:
    """Whether a word begins the name of a firm: it is unknown, and a trade or an ending of bodies follows."""
    word = words[at]
    proper = not word.known and word.tag not in UNNAMED and bool(HAN.fullmatch(word.word)) and word.word not in book.left
    return proper and names_firm(words, at + 1, book)


def names_firm(words: Sequence[Segment], at: int, book: Words) -> bool:
    """Whether a word is a trade or an ending of bodies: what stands before it is the name of a firm, not of a place."""
    if at >= len(words):
        return False
    word = words[at].word
    return word in book.trades or word in book.endings or (len(word) == TRADE + 1 and word[:TRADE] in book.trades)  # "电池厂"
