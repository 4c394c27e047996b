"""Names in scripts without spaces and capitals: transliterations, characters of surnames, and what follows or precedes a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from retold.base.hanzi import simplified_each
from retold.base.letters import LATIN_CAPITALS
from retold.base.segment import is_word, segments
from retold.identify.morphemes import MORPHEMES, find_in_morphemes, nouns_of
from retold.identify.segmented import SAYS, found_words, walls, words_in
from retold.lexicons import lexicon
from retold.lexicons.japanese import family_at, given_at, openings
from retold.lexicons.names import name_words
from retold.lexicons.territories import cities, territories

HAN = r"\u3400-\u9fff々〇"
KATAKANA = r"ァ-ヴーヷ-ヺｦ-ﾟ"
WIDE = r"Ａ-Ｚａ-ｚ"  # full-width Latin letters
LATIN = re.compile(rf"[{LATIN_CAPITALS}Ａ-Ｚ][A-Za-zÀ-ɏ{WIDE}0-9.&'’\-]*(?:[ \u00a0][{LATIN_CAPITALS}0-9][A-Za-zÀ-ɏ0-9.&'’\-]*){{0,5}}")
DOTTED_KATAKANA = re.compile(rf"[{KATAKANA}]{{2,}}(?:[・＝=][{KATAKANA}]+)+")
KANA = re.compile(rf"[{KATAKANA}]")
SHORT = 2  # characters of the shortest name of a person
JIEBA = "jieba"  # the segmenter whose dictionary tells words from names
SHORT_KANA = 3  # characters of a place that the beginning of another word may look like
LONE_KATAKANA = re.compile(rf"(?<![{KATAKANA}])[{KATAKANA}]{{3,}}(?![{KATAKANA}])")
SHORT_CODE = re.compile(r"[A-ZＡ-Ｚ]\d{0,2}")  # a league, class or measure ("J2")
DOTS = "·・‧•"
BOOK_TITLE = re.compile(r"[《『〈]([^《》『』〈〉\n]{2,24})[》』〉]")
QUOTED = r"[“「『﹁\"]([^“”「」『』﹁﹂\"、，。！？\n]{2,16})[”」』﹂\"]"
NUMBERED = re.compile(r"[“「『﹁\"](\w{1,12}?(?:\d{0,3}[号號丸](?=[”」』﹂\"])|[”」』﹂\"]\d{1,3}[号號]|(?=[”」』﹂\"][号號])))")
# 「翼3號」, “第五矶风丸”, “翼”3号, “翼”号
COMPANY = re.compile("有限公司|股份公司|公司|集团|集團|株式会社")
SEAT = re.compile("[市区區县縣省镇鎮]")
OFFICE = 9  # characters after a name among which an office stands ("国土交通相")
OFFICES = (2, 3, 4)  # characters of an office before a family name ("廠長佐伯")
HEADS = frozenset("小大新元旧東西南北")  # characters that make another word of a family name: "小中村", "大山口"
LEFT_REACH = 8  # characters before an ending of bodies that may belong to the name


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncased:
    """A name found without capitals."""

    start: int
    end: int
    kind: str
    score: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """The patterns of a language that is written without spaces."""

    roles: re.Pattern[str]
    after_person: re.Pattern[str]
    bodies: re.Pattern[str]
    places: re.Pattern[str]
    spots: re.Pattern[str]
    outlets: tuple[str, ...]
    common: frozenset[str]
    person_after_role: re.Pattern[str]
    person_before_cue: re.Pattern[str]
    transliterated: frozenset[str]
    stops: re.Pattern[str]
    address: re.Pattern[str]
    introduced: re.Pattern[str]
    vessels: tuple[str, ...]
    named: re.Pattern[str]
    unit_offices: frozenset[str]
    weak: frozenset[str]


def either(words: tuple[str, ...] | list[str]) -> str:
    """A pattern of any of the words, as they are and in simplified characters, longest first; it matches nothing without words."""
    ordered = sorted({form for w in words if w for form in (w, simplified_each(w))}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else "(?!)"


@cache
def characters_of(language: str) -> Characters:
    """The patterns of a language, compiled once."""
    book = lexicon(language)
    roles = [*book.union("sources", ("roles", "titles")), *name_words(language, "people")]
    cues = book.union("attribution", ("say", "report", "announce", "confirm", "deny", "claim", "warn"))
    surnames = name_words(language, "surnames")
    names = "".join(surnames)
    doubled = name_words(language, "double_surnames")
    weak = frozenset("".join(name_words(language, "weak_surnames")))
    family = either([*doubled, *names]) if names else "(?!)"
    sure = either([*doubled, *(c for c in names if c not in weak)]) if names else "(?!)"
    letters = frozenset("".join(name_words(language, "transliteration")))
    sound = f"[{re.escape(''.join(sorted(letters)))}]" if letters else "(?!)"
    after = either(name_words(language, "person_suffixes"))
    words = (*book.words("words", "stop"), *book.words("words", "conjunctions"), *cues)
    stop = either([w for w in words if len(w) > 1] + list("".join(name_words(language, "left_stop"))))
    cue = either(cues)
    common = (*name_words(language, "katakana_common"), *name_words(language, "not_names"), *book.words("words", "stop"))
    return Characters(
        roles=re.compile(either([*roles, *name_words(language, "left_nouns")])),
        after_person=re.compile(rf"([{HAN}]{{2,5}}|[{KATAKANA}]{{2,}})({after})"),
        bodies=re.compile(either(name_words(language, "org_suffixes")) + "(?![长長員员])"),
        places=re.compile(either([n for n in (*countries(language), *name_words(language, "places")) if len(n) > 1])),
        spots=re.compile(either(name_words(language, "place_suffixes"))), outlets=tuple(book.words("sources", "outlet")),
        common=frozenset(common),
        person_after_role=re.compile(rf"{either(roles)}((?:{sound}{{3,6}})|{family}[{HAN}]{{1,2}})"),
        person_before_cue=re.compile(rf"((?:{sound}{{3,6}})|{sure}[{HAN}]{{1,2}})(?={cue}|{either(roles)})"),
        transliterated=letters, stops=re.compile(stop), address=re.compile(either([*roles, *name_words(language, "person_suffixes")])),
        introduced=re.compile(either([*name_words(language, "introducing"), *name_words(language, "vessels")]) + QUOTED),
        vessels=name_words(language, "vessels"),
        unit_offices=frozenset(name_words(language, "unit_offices")), weak=weak,
        named=re.compile(either([*name_words(language, "place_suffixes"), *name_words(language, "org_suffixes")])),
    )


@cache
def countries(language: str) -> tuple[str, ...]:
    """All names of countries and cities of a language, from CLDR."""
    return tuple(sorted({*territories(language), *cities(language)}))


def find_unspaced(text: str, start: int, end: int, language: str) -> Iterator[Uncased]:
    """All candidates in a span; they may overlap."""
    book = characters_of(language)
    if nouns_of(language).segmenter == MORPHEMES:
        yield from by_morphemes(text, start, end, language)
        yield from titles(text, start, end, book)
        return
    yield from latin_names(text, start, end)
    yield from japanese_persons(text, start, end, book)
    text = plainly(text)
    for match in book.places.finditer(text, start, end):
        if in_katakana(text, match.start(), match.end()):
            continue
        yield Uncased(start=match.start(), end=match.end(), kind="place", score=0.9, rule="gazetteer")
    yield from persons(text, start, end, book)
    words = words_in(text, start, end, language)
    for first, last, kind, score, rule in found_words(words, language):
        yield Uncased(start=start + first, end=start + last, kind=kind, score=score, rule=rule)
    yield from bodies(text, start, end, book, [start + wall for wall in walls(words, language)],
                      frozenset(start + word.end for word in words))
    yield from titles(text, start, end, book)


@lru_cache(maxsize=4)
def plainly(text: str) -> str:
    """A whole text in simplified characters, one for one, so that the patterns need but one form of each word."""
    return simplified_each(text)


def by_morphemes(text: str, start: int, end: int, language: str) -> Iterator[Uncased]:
    """The names among the words of a morphological dictionary, and those in Latin letters that are no words of it ("MF", "CEO")."""
    segmenter = nouns_of(language).segmenter
    for latin in latin_names(text, start, end):
        words = segments(text[latin.start:latin.end], segmenter)
        if not SHORT_CODE.fullmatch(text[latin.start:latin.end]) and (len(words) > 1 or not (words[0].known and words[0].tag == "noun")):
            yield latin
    for first, last, kind, score, rule in find_in_morphemes(text, start, end, language):
        yield Uncased(start=first, end=last, kind=kind, score=score, rule=rule)


def in_katakana(text: str, start: int, end: int) -> bool:
    """Whether a span in katakana is the end or a short beginning of a longer word ("クチン" in "ワクチン")."""
    before = start > 0 and KANA.match(text[start]) and KANA.match(text[start - 1])
    after = end - start <= SHORT_KANA and end < len(text) and KANA.match(text[end - 1]) and KANA.match(text[end])
    return bool(before or after)


def latin_names(text: str, start: int, end: int) -> Iterator[Uncased]:
    """Names in Latin letters among others."""
    for match in LATIN.finditer(text, start, end):
        name = match.group().rstrip(".-'’&")
        if len(name) > 1:
            yield Uncased(start=match.start(), end=match.start() + len(name), kind=latin_kind(name), score=0.7, rule="latin")


def latin_kind(word: str) -> str:
    """A guess at the kind of a Latin name among other characters."""
    return "person" if word.count(" ") == 1 and word.replace(" ", "").isalpha() and not word.isupper() else "organisation"


def persons(text: str, start: int, end: int, book: Characters) -> Iterator[Uncased]:
    """Names of persons: dotted transliterations, katakana, names beside roles and cues."""
    for match in DOTTED_KATAKANA.finditer(text, start, end):
        yield Uncased(start=match.start(), end=match.end(), kind="person", score=0.85, rule="dotted")
    for match in LONE_KATAKANA.finditer(text, start, end):
        if match.group() not in book.common:
            known = book.after_person.match(text, match.start(), min(end, match.end() + 8))
            yield Uncased(start=match.start(), end=match.end(), kind="person" if known else "thing", score=0.6, rule="katakana")
    for match in book.after_person.finditer(text, start, end):
        if plausible_before(match.group(1)) and not names_unit(text, match, book):
            yield Uncased(start=match.start(1), end=match.end(1), kind="person", score=0.75, rule="suffix")
    yield from dotted_characters(text, start, end, book)
    for pattern in (book.person_after_role, book.person_before_cue):
        for match in pattern.finditer(text, start, end):
            a, b = cut_name(text, match.start(1), match.end(1), book)
            verb = pattern is book.person_before_cue and b - a == SHORT and is_word(text[a:b], JIEBA)  # "鞠躬道歉" is nobody
            verb = verb or (b > a + 1 and text[a] in book.weak and segments(text[a + 1:b], JIEBA)[0].tag == "v")  # nor "太太来敲门"
            if b - a >= SHORT and text[a:b] not in book.common and not verb:
                yield Uncased(start=a, end=b, kind="person", score=0.65, rule="role")


def japanese_persons(text: str, start: int, end: int, book: Characters) -> Iterator[Uncased]:
    """Japanese persons by their family name: with a given name after it, or an office or form of address."""
    firsts, at = openings(), start
    while at < end:
        family = family_at(text, at) if text[at] in firsts else 0
        length = family and full_length(text, at, family, end, book)
        if length:
            yield Uncased(start=at, end=at + length, kind="person", score=0.8 if length > family else 0.75, rule="family name")
        at += max(1, length)


def full_length(text: str, at: int, family: int, end: int, book: Characters) -> int:
    """How many characters of a person's name stand at a family name; 0 where it is none: a place or body, or the middle of a word."""
    stop = at + family
    if stop >= end or (at and text[at - 1] in HEADS):
        return 0
    given = given_at(text[:end], stop)
    for length in (given, 2, 1) if given else ():
        if length <= given and closes(text, stop, stop + length, end, book):
            return family + length
    titled = any(book.roles.fullmatch(plainly(text), at - size, at) for size in OFFICES if at >= size)
    addressed = titled or book.address.match(text, stop, min(end, stop + OFFICE))
    return family if addressed and not book.named.match(text, stop, min(end, stop + 3)) else 0


def closes(text: str, first: int, stop: int, end: int, book: Characters) -> bool:
    """Whether a given name [first, stop) can end there: before a mark, a small word or an office, and it begins no name of a body."""
    if any(book.named.match(text, k, min(end, stop + 4)) for k in range(first, stop)):
        return False
    if stop >= end or not re.match(rf"[{HAN}]", text[stop]):
        return True
    if book.stops.match(text, stop, min(end, stop + 4)):
        return True
    ahead = re.match(rf"[{HAN}{KATAKANA}]{{0,{OFFICE}}}", text[stop:min(end, stop + OFFICE)])
    return bool(ahead and book.address.search(ahead.group()))


def names_unit(text: str, match: re.Match[str], book: Characters) -> bool:
    """Whether characters before an office are what it is the head of and no name: no family name begins them ("港湾局長")."""
    return not KANA.match(text[match.start(1)]) and match.group(2) in book.unit_offices and not family_at(text, match.start(1))


def plausible_before(name: str) -> bool:
    """Whether characters before a form of address can be a name: no mere prefix of an office."""
    return name[0] not in "同両各前元副現新某当" or len(name) > 3


def dotted_characters(text: str, start: int, end: int, book: Characters) -> Iterator[Uncased]:
    """Transliterated names with a dot between their parts."""
    at = start
    while at < end:
        if text[at] in DOTS and book.transliterated:
            first, last = at, at + 1
            while first > start and at - first < 14 and (text[first - 1] in book.transliterated or text[first - 1] in DOTS):
                first -= 1
            while last < end and last - at < 14 and (text[last] in book.transliterated or text[last] in DOTS or last == at + 1):
                last += 1
            if first < at and last > at + 1:
                yield Uncased(start=first, end=last, kind="person", score=0.85, rule="dotted")
                at = last
        at += 1


def cut_name(text: str, start: int, end: int, book: Characters) -> tuple[int, int]:
    """A name without a word that begins inside it ("王强说" is 王强)."""
    if end - start > SHORT and text[end - 1] in SAYS:
        return start, end - 1
    for at in range(start + 1, end):
        found = book.stops.match(text, at, min(len(text), at + 6))
        if found and found.end() >= end:
            return start, at
    return start, end


def bodies(text: str, start: int, end: int, book: Characters, barred: list[int], ends: frozenset[int]) -> Iterator[Uncased]:
    """Names of bodies and places by their endings: what stands before the ending up to a boundary, or the end of a `barred` word.

    A place ends where a word does, where words are known by their `ends`.
    """
    for pattern, kind in ((book.bodies, "organisation"), (book.spots, "place")):
        for match in pattern.finditer(text, start, end):
            left = left_edge(text, start, match.start(), book, barred)
            length = match.start() - left
            least = 0 if len(match.group()) > 2 else 2 if len(match.group()) == 1 or kind == "place" else 1
            if text[left:match.end()] in book.common or (kind == "place" and ends and match.end() not in ends):
                continue
            if length >= least and (kind == "organisation" or length <= 4):
                named = "outlet" if match.group().endswith(book.outlets) else kind
                yield Uncased(start=left, end=match.end(), kind=named, score=0.6 if kind == "organisation" else 0.4, rule="ending")


def left_edge(text: str, start: int, at: int, book: Characters, barred: list[int]) -> int:
    """Where the name before an ending begins."""
    edge = at
    while edge > start and at - edge < LEFT_REACH and belongs(text[edge - 1], text[edge]):
        edge -= 1
    for match in book.places.finditer(text, edge, at):  # a place at the front is part of the name, whatever is before it is not
        if match.start() <= at - 1:
            edge = match.start()
            break
    if COMPANY.match(text, at) and (seats := list(SEAT.finditer(text, edge, at))) and at - seats[-1].end() >= 2:
        edge = seats[-1].end()  # a firm is named after what follows the town or quarter where it sits
    inside = [m.end() for m in book.stops.finditer(text, edge, at)]
    inside += [m.end() for m in book.roles.finditer(text, edge, at)]
    inside += [wall for wall in barred if edge < wall <= at]
    return max([edge, *inside])


def belongs(before: str, after: str) -> bool:
    """Whether a character continues the word to its left: same script, no kana of grammar, no mark."""
    if re.match(rf"[{HAN}{KATAKANA}]", before):
        if before == "日" and after == "本":
            return True
        return before not in "的在从從和与與及对對向是由將将被把据據日月年时時"
    return before.isascii() and before.isalnum() and (after.isascii() or after not in " ")


def titles(text: str, start: int, end: int, book: Characters) -> Iterator[Uncased]:
    """What stands in title marks, an outlet where it ends as outlets do; and what is quoted after a noun that announces a name."""
    for match in BOOK_TITLE.finditer(text, start, end):
        inside = match.group(1)
        named = inside.endswith(book.outlets) or text[max(start, match.start() - 4):match.start()].endswith(book.outlets)
        if named or len(inside) <= 12:
            yield Uncased(start=match.start(1), end=match.end(1), kind="outlet" if named else "thing",
                          score=0.8 if named else 0.4, rule="title marks")
    for match in NUMBERED.finditer(text, start, end):
        yield Uncased(start=match.start(1), end=match.end(1), kind="thing", score=0.75, rule="quoted")
    for match in book.introduced.finditer(text, start, end):
        vessel = text[start:match.start(1) - 1].endswith(book.vessels)
        yield Uncased(start=match.start(1), end=match.end(1), kind="thing" if vessel else "organisation", score=0.75, rule="quoted")
