"""Names among the words of a morphological dictionary, which knows places, family names and given names (Japanese).

A sentence falls into runs of nouns. In a run, a person is a family name with what may be a given name, or any noun before a form of
address; a body is what ends in a noun of bodies and has something proper before it; a place is a name of places with the noun after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from retold.base.segment import Segment, segments
from retold.lexicons import lexicon
from retold.lexicons.japanese import given_characters
from retold.lexicons.names import name_words
from retold.lexicons.territories import territories

NOMINAL = frozenset({"place", "family", "given", "person", "proper", "noun", "suffix", "prefix", "counter"})
PROPER = frozenset({"place", "family", "given", "person", "proper"})
PIECES = frozenset({"noun", "suffix", "counter", "given"})  # what the dictionary takes the parts of a foreign given name for
KANA_NAME = re.compile(r"[ァ-ヴーヷ-ヺ]{3,}")
KANA = re.compile(r"[ァ-ヴーヷ-ヺ]+")
HAN = re.compile(r"[\u3400-\u9fff々〇ヶケ]+")
LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
DOTS = frozenset("・＝=")
FOREIGN_GIVEN = 2  # characters of a given name that is not Japanese
LONGEST_GIVEN = 3  # characters of a given name
TOWNS = frozenset("市県省州町村島")  # nouns of places that make a name of any characters before them
LAID_OUT = frozenset("市県町村")  # those that are the end of no family name's neighbour
SPELLED = 4  # characters of a noun of bodies that is the name of one ("国土交通省")
UNLISTED = 3  # characters of a town or quarter that the dictionary does not have
MORPHEMES = "sudachi"  # the segmenter that tells kinds of names apart
SURE, LIKELY, FAIR = 0.85, 0.75, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """The nouns that tell what a name is of, as a language's lexicon has them."""

    segmenter: str
    address: frozenset[str]
    offices: tuple[str, ...]
    bodies: frozenset[str]
    plain_bodies: tuple[str, ...]
    whole: frozenset[str]
    firm_words: frozenset[str]
    sole: frozenset[str]
    trades: frozenset[str]
    outlets: tuple[str, ...]
    spots: frozenset[str]
    spot_ends: tuple[str, ...]
    peoples: frozenset[str]
    left: frozenset[str]
    common: frozenset[str]
    givens: frozenset[str]
    places: frozenset[str]
    firm_offices: frozenset[str]
    clubs: frozenset[str]
    houses: frozenset[str]


@cache
def nouns_of(language: str) -> Nouns:
    """The nouns of a language."""
    book = lexicon(language)

    def words(*keys: str) -> frozenset[str]:
        return frozenset(w for key in keys for w in name_words(language, key))

    return Nouns(
        segmenter=str(book.table("script").get("segmenter", "")),
        address=words("person_suffixes") | frozenset(book.words("sources", "titles")),
        offices=(*name_words(language, "office_ends"), *book.words("sources", "roles")),
        bodies=words("org_suffixes", "trades", "body_ends"), plain_bodies=name_words(language, "plain_bodies"),
        whole=words("org_suffixes") - words("plain_bodies", "trades"),
        firm_words=words("firm_words"), sole=words("sole_bodies"), trades=words("trades"), outlets=tuple(book.words("sources", "outlet")),
        spots=words("place_suffixes", "facilities"), spot_ends=name_words(language, "facilities"), peoples=words("people_suffixes"),
        left=words("left_words"), common=words("not_names", "katakana_common"), givens=given_characters(),
        places=words("places") | frozenset(territories(language)), firm_offices=words("firm_offices"), clubs=words("clubs"),
        houses=words("houses"),
    )


Found = tuple[int, int, str, float, str]


def find_in_morphemes(text: str, start: int, end: int, language: str) -> Iterator[Found]:
    """Start, end, kind, score and rule of the names of a span; they may overlap."""
    book = nouns_of(language)
    words = segments(text[start:end], book.segmenter)
    at = 0
    while at < len(words):
        stop = run_end(words, at)
        if stop == at:
            at += 1
            continue
        for first, last, kind, score, rule in read_run(words, at, stop, book):
            yield start + words[first].start, start + words[last - 1].end, kind, score, rule
        at = stop


def run_end(words: Sequence[Segment], at: int) -> int:
    """Where a run of nouns that begins at a word ends; dots hold words in katakana together."""
    stop = at
    while stop < len(words):
        beside = words[max(stop - 1, at)], words[min(stop + 1, len(words) - 1)]
        dotted = words[stop].word in DOTS and all(KANA.fullmatch(word.word) for word in beside)
        if words[stop].tag not in NOMINAL and not dotted:
            break
        stop += 1
    return stop


def read_run(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> Iterator[Found]:
    """The names of a run [at, stop), from left to right."""
    while at < stop:
        found = next((f for rule in (dotted, club, person, body, place, lone) for f in rule(words, at, stop, book)), None)
        if found is None:
            at += 1
        else:
            yield found
            at = found[1]


def dotted(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> Iterator[Found]:
    """Foreign names with a dot between their parts: persons, outlets and bodies where they end so."""
    last = at
    while last + 2 < stop and KANA.fullmatch(words[last].word) and words[last + 1].word in DOTS:
        last += 2
    if last > at:
        more = 1 + (last + 1 < stop and words[last + 1].word in book.trades)
        ending = words[last + more - 1].word
        kind = "outlet" if ending in book.outlets else "organisation" if ending in book.trades or ending in book.bodies else "person"
        yield at, last + more, kind, SURE, "dotted"


def club(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> Iterator[Found]:
    """A club or firm that is named by a word and its town ("FC徳島", "JR九州", "ヴェルデ松江")."""
    word, last = words[at], at + 1
    if last >= stop or words[last].tag not in ("place", "family") or (last + 1 < stop and words[last + 1].tag != "counter"):
        return
    foreign = KANA_NAME.fullmatch(word.word) and word.tag in ("proper", "person", "noun") and word.word not in book.common
    if word.word in book.clubs or (foreign and (word.tag != "noun" or not word.known)):
        yield at, last + 1, "organisation", LIKELY, "club"


def person(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> Iterator[Found]:
    """A person: a family name with a given name or before an office, or any noun before a form of address."""
    word = words[at]
    if word.tag == "prefix" or word.word in book.left or word.word in book.common:
        return
    if word.tag in ("family", "place", "person"):
        last = given_end(words, at, stop, book)
        if last > at + 1 and (word.tag == "family" or addressed(words, last, stop, book)):
            yield at, last, "person", SURE, "family name"
            return
    last = foreign_end(words, at, stop, book) if len(word.word) == 1 else 0
    if last:
        yield at, last, "person", LIKELY, "addressed"
        return
    if not LATIN.match(word.word) and addressed(words, at + 1, stop, book) and nameable(words, at, stop, book):
        yield at, at + 1, "person", LIKELY, "addressed"


def foreign_end(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> int:
    """Where a Chinese or Korean name before a form of address ends that the dictionary divides: one character for the family, one or two
    more ("趙 建国 氏", "連 伯 謙 教授"); 0 for none."""
    word, last, size = words[at], at + 1, 0
    if not HAN.fullmatch(word.word) or word.tag == "prefix" or (at and words[at - 1].end == word.start and words[
            at - 1].tag in NOMINAL):
        return 0
    while last < stop and size < FOREIGN_GIVEN and HAN.fullmatch(words[last].word) and words[last].tag in PIECES:
        if words[last].word in book.address or words[last].word in book.spots or is_office(words, last, stop, book):
            break
        size, last = size + len(words[last].word), last + 1
    named = word.tag == "family" or last - at == FOREIGN_GIVEN + 1
    return last if named and 0 < size <= FOREIGN_GIVEN and addressed(words, last, stop, book) else 0


def given_end(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> int:
    """Where the given name after a family name ends; `at` + 1 where none follows."""
    last, size = at + 1, 0
    while last < stop and size < LONGEST_GIVEN and last - at <= LONGEST_GIVEN:
        own = words[last]
        if own.tag == "family" or own.word in book.left or (
                not before_office(words, last, stop, book) and (own.word in book.address or is_office(words, last, stop, book))):
            break
        fits = own.tag == "given" or (own.tag == "person" and len(own.word) <= LONGEST_GIVEN + 1)
        spelled = HAN.fullmatch(own.word) and all(c in book.givens or c == "卿" for c in own.word) and own.word not in book.trades
        if not fits and not (spelled and own.word not in book.spots and body_end(words, last, stop, book) == last):
            break
        last, size = last + 1, size + len(own.word)
        if own.tag == "given" and not (size == 1 and last < stop and len(words[last].word) == 1 and addressed(words, last + 1, stop, book)):
            break
    return last


def before_office(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> bool:
    """Whether one character of a name stands right before an office ("林雪卿報道官")."""
    own = words[at].word
    return len(own) == 1 and (own in book.givens or own == "卿") and at + 1 < stop and addressed(words, at + 1, stop, book)


def addressed(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> bool:
    """Whether a form of address or an office stands at a word."""
    return at < stop and (words[at].word in book.address or is_office(words, at, stop, book))


def is_office(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> bool:
    """Whether words from `at` on are an office: up to five words that end as offices do, and none of them a proper name."""
    joined = ""
    for k in range(at, min(stop, at + 6)):
        if words[k].tag in PROPER:
            return False
        joined += words[k].word
        if joined in book.address or (len(joined) > 1 and joined.endswith(book.offices)):
            return True
    return False


def nameable(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> bool:
    """Whether a lone noun before an office is a person and not what the office is of ("港湾局長", "大阪市長", "フランス大統領")."""
    word, after = words[at], words[at + 1]
    before = words[at - 1] if at else None
    if after.word in book.spots or names_follow(words, at + 1, stop):
        return False
    if word.tag in ("family", "person", "given"):
        return True
    if before is not None and before.end == word.start and before.tag in ("noun", "suffix"):
        return False
    if word.tag == "place":
        return HAN.fullmatch(word.word) is not None and word.word not in book.places
    foreign = KANA_NAME.fullmatch(word.word) and not (word.known and word.tag == "noun")
    if foreign:
        return after.word in book.address and after.word not in book.firm_offices
    return after.tag == "suffix" and after.word in book.address and word.tag == "noun" and not common_noun(word, book)


def names_follow(words: Sequence[Segment], at: int, stop: int) -> bool:
    """Whether a person's name stands later in the run: what comes before it is what the office is of."""
    return any(words[k].tag in ("family", "given", "person") for k in range(at, stop))


def common_noun(word: Segment, book: Nouns) -> bool:
    """Whether a noun is no name: most of those that the dictionary has, before a form of address ("お客さん")."""
    return word.known and not (HAN.fullmatch(word.word) and len(word.word) > 1 and all(c in book.givens for c in word.word))


def body(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> Iterator[Found]:
    """A body: something proper, or a field, and the noun of bodies that ends the name."""
    if (words[at].word in book.left or words[at].tag == "suffix") and not heads_sole(words, at, stop, book):
        return
    last = body_end(words, at, stop, book)
    if last > at:
        text = "".join(w.word for w in words[at:last])
        kind = "outlet" if text.endswith(book.outlets) and any(w.tag in PROPER for w in words[at:last - 1]) else "organisation"
        yield at, last, kind, LIKELY, "body"


def body_end(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> int:
    """Where the name of a body that begins at a word ends; `at` where none does."""
    best, joined = at, ""
    for k in range(at, stop):
        word = words[k]
        if k > at and (word.word in book.address or (word.tag in PROPER and best > at) or word.word in book.left):
            break
        joined += word.word
        if stands_alone(joined, book) or (ends_body(joined, words[at:k + 1], book) and is_named(words[at:k + 1], joined, book)):
            best = k + 1
    return at if best > at and best < stop and heads_office(words, best, stop, book) else best


def stands_alone(joined: str, book: Nouns) -> bool:
    """Whether words are the whole name of a body ("県警", "国土交通省")."""
    return joined in book.sole or (len(joined) >= SPELLED and joined in book.whole)


def heads_office(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> bool:
    """Whether what was taken for a body goes on as an office or a people ("中央署長", "国会議員")."""
    return words[at].tag == "suffix" and words[at].word[:1] in ("長", "員")


def heads_sole(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> bool:
    """Whether one or two words from `at` on are a body that needs no other name ("首相官邸", "県警")."""
    return any("".join(w.word for w in words[at:k]) in book.sole for k in range(at + 1, min(stop, at + 2) + 1))


def ends_body(joined: str, words: Sequence[Segment], book: Nouns) -> bool:
    """Whether joined words end in a noun of bodies that begins with one of the words and leaves something before it."""
    size = 0
    for word in reversed(words):
        size += len(word.word)
        if size < len(joined) and joined[-size:] in book.bodies:
            return True
    return False


def is_named(words: Sequence[Segment], joined: str, book: Nouns) -> bool:
    """Whether a body has a name: something proper in it, or it is of a field and no plain noun ("第三者委員会", "保険会社")."""
    if joined in book.common:
        return False
    before = words[:-1]
    if any(w.tag in PROPER or not w.known or LATIN.match(w.word) or w.word in book.firm_words for w in before) or shattered(before):
        return True
    if KANA_NAME.fullmatch(before[0].word) and before[0].word not in book.common and HAN.fullmatch(words[-1].word):
        return not joined.endswith(book.plain_bodies)  # "ミナト家電"
    return not joined.endswith(book.plain_bodies) and words[-1].word not in book.trades and words[0].tag == "noun"


def shattered(words: Sequence[Segment]) -> bool:
    """Whether words fall into single characters: so does a name that the dictionary does not have ("文潮社")."""
    return any(len(a.word) == len(b.word) == 1 and HAN.fullmatch(a.word + b.word) and {a.tag, b.tag} <= {"noun", "suffix", "counter"}
               for a, b in pairwise(words))


def place(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> Iterator[Found]:
    """A place: a name of places with the noun of places after it, or what ends as towns do behind a larger place."""
    word = words[at]
    if word.tag == "place" or (word.tag in ("family", "person", "proper", "noun") and follows_place(words, at, book)):
        last = at + 1
        while last < stop and word.tag != "place" and words[last].word not in book.spots and last - at < UNLISTED:
            last += 1
        named = last < stop and words[last].word in book.spots
        if named:
            last += 1
            while last < stop and words[last].word in book.spot_ends:
                last += 1
        if word.tag == "place" and last < stop and words[last].word in book.peoples:
            return
        if word.tag == "place" or (named and sum(len(w.word) for w in words[at:last - 1]) <= UNLISTED):
            yield at, last if named else at + 1, "place", SURE if named else LIKELY, "place"
    elif word.tag == "family" and at + 1 < stop and ends_unknown(words[at + 1].word, book) and closes_town(words, at + 1, stop, book):
        yield at, at + 2, "place", FAIR, "place"
    elif obscure := unknown_town(words, at, stop, book):
        yield at, obscure, "place", FAIR, "place"
    elif whole_place(word, book):
        yield at, at + 1, "place", FAIR, "place"


def closes_town(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> bool:
    """Whether a noun of towns behind a family name ends the name of one: nothing, or a small word, stands behind it ("皆野市で")."""
    return words[at].word not in TOWNS or (words[at].word in LAID_OUT and (at + 1 == stop or words[at + 1].word in book.left))


def follows_place(words: Sequence[Segment], at: int, book: Nouns) -> bool:
    """Whether the word before is the noun of a larger place ("熊本県芦北町")."""
    return at > 1 and words[at - 1].word in ("県", "都", "府", "郡", "市") and words[at - 1].end == words[at].start


def unknown_town(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> int:
    """Where a town, spa or inn ends that the dictionary does not have: two or three characters that are words by themselves, and its noun;
    else 0."""
    last = at
    while last < stop and len(words[last].word) == 1 and not (words[last].word in TOWNS or words[last].word in book.houses | book.left):
        last += 1
    alone = not at or words[at - 1].end < words[at].start or words[at - 1].tag not in NOMINAL
    return last + 1 if alone and 2 <= last - at <= UNLISTED and last < stop and ends_unknown(words[last].word, book) else 0


def ends_unknown(word: str, book: Nouns) -> bool:
    """Whether a word ends the name of a place or house whatever stands before it: of one character only some do so."""
    return word in TOWNS or word in book.houses or (len(word) > 1 and word in book.spot_ends)


def whole_place(word: Segment, book: Nouns) -> bool:
    """Whether one word of the dictionary is a place with its noun ("港区", "北海道")."""
    return word.tag == "noun" and len(word.word) > 1 and word.word[-1] in ("区", "郡") and word.word[:-1] not in book.common


def lone(words: Sequence[Segment], at: int, stop: int, book: Nouns) -> Iterator[Found]:
    """What the dictionary has as a proper name, or does not have at all."""
    word = words[at]
    if word.word in book.common or word.word in book.left or (at + 1 < stop and words[at + 1].word in book.peoples):
        return
    if word.tag in ("proper", "person") and len(word.word) > 1:
        trade = at + 1 < stop and words[at + 1].word in book.trades
        kind = "person" if word.tag == "person" else "organisation"
        yield at, at + 1 + trade, "organisation" if trade else kind, FAIR, "dictionary"
    elif not word.known and KANA_NAME.fullmatch(word.word):
        yield at, at + 1, "thing", FAIR, "katakana"


def family_of(name: str, language: str) -> str:
    """The family name of a person's full name, if the words of the language tell it; "" for none.

    >>> family_of("八木沢正彦", "ja"), family_of("八木沢", "ja"), family_of("赵建国", "zh")
    ('八木沢', '', '')
    """
    book = nouns_of(language)
    words = segments(name, book.segmenter) if book.segmenter == MORPHEMES else ()
    return words[0].word if len(words) > 1 and words[0].tag in ("family", "place") and len(words[0].word) > 1 else ""
