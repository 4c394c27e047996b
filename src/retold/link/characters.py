"""Names in Chinese characters: joined by their characters, simplified, and with Latin names by how they are read.

赵建国 is 趙建国, and Zhao Jianguo letter by letter; 天河公司 is 天河电池公司 by what is proper to it, and Tianhe by its reading.
Readings are those of Mandarin: Japanese names are not read so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from anyascii import anyascii

from retold.base.hanzi import simplified, simplified_each
from retold.base.segment import is_word
from retold.lexicons import lexicon
from retold.lexicons.japanese import place_read, plain, readings, reads_as, spoken, unvoiced
from retold.lexicons.names import name_words
from retold.link.entities import Entities
from retold.link.forms import Form, generic
from retold.link.transliteration import distance, script_of

HAN = re.compile(r"[\u3400-\u9fff々〇]+")
LEAST_READ = 5  # letters of a name in Latin letters that is compared with readings
LEAST_WHOLE = 6  # the same, where all of a name is read
LEAST_UNKNOWN = 4  # the same, beside characters that are no word of the language
LEAST_CORE = 2  # characters of what is proper to a body or place
LONGEST_NAME = 4  # characters of a person's name
LONGEST_FULL = 6  # characters of a Japanese person's full name ("八木沢正太郎")
PERSON = frozenset({"person", "thing"})
SOUNDING = frozenset({"latin", "cyrillic", "arabic"})  # scripts that readings are compared with
HEARD = 0.13  # distance up to which a word sounds like a reading
SEGMENTER = "jieba"  # whose dictionary tells names from words
BODIES = frozenset({"organisation", "outlet", "thing", "place"})


def join_characters(entities: Entities) -> None:
    """Join forms in Chinese characters to each other, then forms in Latin letters to those that are read like them."""
    forms = [f for f in entities.forms if HAN.search(f.text) and not f.described]
    by_key: dict[str, Form] = {}
    for form in forms:
        tie(entities, form, by_key.setdefault(key_of(form.text), form), score=0.95, reason="alike")
    towns = frozenset(core_of(key_of(f.text)) for f in forms if f.kind == "place")
    for form in sorted(forms, key=lambda f: (-len(key_of(f.text)), f.number)):
        join_abbreviated(entities, form, forms)
        if form.kind in PERSON or core_of(key_of(form.text)) not in towns:  # what is named after a town is not one with all that is
            join_shortened(entities, form, forms)
    for form in entities.forms:
        if script_of(form.text) in SOUNDING and not form.described and sum(map(len, form.words)) >= LEAST_UNKNOWN:
            join_read(entities, form, forms)


def tie(entities: Entities, form: Form, home: Form, *, score: float, reason: str) -> None:
    """Join all units of both forms."""
    if form is not home:
        for unit in (*entities.units(form), *entities.units(home)):
            entities.join(unit, entities.units(home)[0], score=score, reason=reason)


def join_abbreviated(entities: Entities, form: Form, forms: Iterable[Form]) -> None:
    """Join a body to those whose names it is short for, and these to each other: none where an article has two of them apart."""
    key = key_of(form.text)
    cuts = [(key[:-len(cut)], noun) for cut, noun in short_nouns() if key.endswith(cut) and len(key) - len(cut) >= LEAST_CORE]
    ends = len(key) > LEAST_CORE and bool(form.body.head)
    longer = [other for other in forms if abbreviates(form, other, cuts, ends=ends)] if cuts or ends else []
    roots = {entities.find(unit): unit for other in (form, *longer) for unit in entities.units(other)} if longer else {}
    homes = [{article for f in (form, *longer) for number, article in entities.units(f) if entities.find((number, article)) == root}
             for root in sorted(roots)]
    if len(roots) > 1 and not any(a & b for a, b in combinations(homes, 2) if form.articles.isdisjoint(a & b)):
        for unit in roots.values():
            entities.join(unit, entities.units(longer[0])[0], score=0.85, reason="part of a name")


def join_shortened(entities: Entities, form: Form, forms: Iterable[Form]) -> None:
    """Join a surname to the one full name that begins with it, and a body to the one whose proper part begins with its own.

    First what stands in the same article: a surname there is that person's, whoever else bears it in other articles.
    """
    longer = [other for other in forms if other is not form and shortens(form, other)]
    open_units = []
    for unit in entities.units(form):
        here = {entities.find((other.number, unit[1])) for other in longer if unit[1] in other.articles}
        if len(here) == 1:
            entities.join(unit, next(iter(here)), score=0.85, reason="part of a name")
        elif not here:
            open_units.append(unit)
    roots = {entities.find(unit) for other in longer for unit in entities.units(other)}
    if len(roots) == 1:
        for unit in open_units:
            entities.join(unit, next(iter(roots)), score=0.85, reason="part of a name")


def shortens(short: Form, long: Form) -> bool:
    """Whether one form may be the other made short."""
    a, b = key_of(short.text), key_of(long.text)
    if short.kind in PERSON and long.kind == "person":
        return LEAST_CORE <= len(a) < len(b) <= LONGEST_FULL and b.startswith(a)
    x, y = core_of(a), core_of(b)
    if not {short.kind, long.kind} <= BODIES or len(a) >= len(b) or len(x) < LEAST_CORE or short.place or long.place:
        return False
    if x == y:
        return short.kind == long.kind and (not short.body.head or not long.body.head or short.body.head == long.body.head)
    return not {"place", "outlet"} & {short.kind, long.kind} and len(y) > len(x) and (y.startswith(x) or y.endswith(x))


def abbreviates(short: Form, long: Form, cuts: Iterable[tuple[str, str]], *, ends: bool) -> bool:
    """Whether a body's name keeps the beginning of another and the short form of its noun, or its end ("浜名研" is 浜名海洋研究所).

    cuts: what the short name may begin with and end in when it is spelled out; ends: whether it may be the end of a longer one.
    """
    a, b = key_of(short.text), key_of(long.text)
    if long.kind not in ("organisation", "outlet") or len(a) >= len(b):
        return False
    if ends and short.kind == long.kind and b.endswith(a):
        return True
    return any(b.startswith(start) and b.endswith(noun) for start, noun in cuts)


def join_read(entities: Entities, form: Form, forms: Iterable[Form]) -> None:
    """Join a form in letters to the one entity in characters that is read like it."""
    fitting = [other for other in forms if read_alike(form, other) and not shared(entities, other)]
    roots = {entities.find(entities.units(other)[0]) for other in fitting}
    if len(roots) == 1:
        for unit in (*entities.units(form), *(u for other in fitting for u in entities.units(other))):
            entities.join(unit, entities.units(form)[0], score=0.85, reason="alike")


def shared(entities: Entities, form: Form) -> bool:
    """Whether a surname is that of different persons in different articles."""
    homes = {entities.find(unit) for unit in entities.units(form) if entities.reason[unit] == "part of a name"}
    return len(homes) > 1


def read_alike(latin: Form, han: Form) -> bool:
    """Whether a form in characters is read as a form in Latin letters: whole, or by what is proper to a body or place."""
    persons = "person" in (latin.kind, han.kind)
    if sum(map(len, latin.words)) < LEAST_READ and (persons or is_word(core_of(key_of(han.text)), SEGMENTER)):
        return False
    if read_in_japanese(latin, han):
        return True
    if script_of(latin.text) != "latin":
        return False
    if latin.kind in ("place", "outlet") and han.kind == "person":
        return False
    key = key_of(han.text)
    letters = [re.sub(r"[^a-z]", "", w) for w in latin.words]
    if reading(key) in {"".join(letters), "".join(letters[1:] + letters[:1])}:
        return len(key) >= LEAST_CORE
    if persons or not {latin.kind, han.kind} <= BODIES or not of_a_kind(latin, han):
        return False
    own = "".join(w for w, word in zip(letters, latin.words, strict=True) if not generic(word, latin.language))
    core = core_of(key)
    least = LEAST_READ if is_word(core, SEGMENTER) else LEAST_UNKNOWN
    return len(own) >= least and len(core) >= LEAST_CORE and own in {reading(core[:n]) for n in range(LEAST_CORE, len(core) + 1)}


def read_in_japanese(form: Form, han: Form) -> bool:
    """Whether characters are read in Japanese like the words of a name: a person, family and given name, or a place."""
    key = key_of(han.text)
    said = spoken(han.text, str(lexicon(han.language).table("script").get("segmenter", "")))
    if han.kind == "person" and form.kind in PERSON:
        if script_of(form.text) == "latin":
            return len(form.words) <= 2 and (reads_as(key, form.words) or sorted(map(plain, form.words)) == sorted(said))
        if len(form.words) != 2:
            return False
        pairs = (*readings(key), *([(said[0], said[1])] if len(said) == 2 else []))
        return any(heard(form.words[1], family) and heard(form.words[0], given) for family, given in pairs if given)
    if script_of(form.text) == "latin" and han.kind != "person" and read_whole(form, han.text, said):
        return True
    placed = han.kind == "place" and form.kind in ("place", "organisation", "thing")
    place = (place_read(core_of(key)) or (said[0] if said else "")) if placed else ""
    return bool(place) and any(plain(w) == place if script_of(w) == "latin" else heard(w, place) for w in form.words)


def read_whole(form: Form, text: str, said: tuple[str, ...]) -> bool:
    """Whether the words of a body, place or thing in Latin letters are how all of its characters are read ("Hamanakan" is 浜名館).

    What is proper to it may be read and its noun translated ("Hamana Foods" is 浜名食品).
    """
    own = "".join(map(plain, form.words))
    if len(own) >= LEAST_WHOLE and unvoiced(own) == unvoiced("".join(said)):
        return True
    head = plain(form.words[0])
    rest = form.words[1:]
    if form.kind == "person" or not rest or len(head) < LEAST_READ or not all(generic(w, form.language) for w in rest):
        return False
    return any(unvoiced(head) == unvoiced("".join(said[:n])) and text.endswith(japanese_ends()) for n in range(1, len(said)))


def heard(word: str, read: str) -> bool:
    """Whether a word of another script than Latin sounds like a reading."""
    return distance(word, read) <= HEARD


def of_a_kind(latin: Form, han: Form) -> bool:
    """Whether neither is an outlet or place where the other is none; a single word of unknown kind may be a place."""
    if "outlet" in (latin.kind, han.kind):
        return latin.kind == han.kind
    return (latin.kind == "place") == (han.kind == "place") or len(latin.words) == 1


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """The characters of a name, simplified, without marks.

    >>> key_of("《趙建国》")
    '赵建国'
    """
    return simplified_each("".join(HAN.findall(text)))


@lru_cache(maxsize=20_000)
def core_of(key: str) -> str:
    """What is proper to the name of a body or place: its characters without the endings that say what it is.

    >>> core_of("天河电池公司"), core_of("云州市"), core_of("云州日报")
    ('天河电池', '云州', '云州')
    """
    for ending in endings():
        if key.endswith(ending) and len(key) - len(ending) >= LEAST_CORE:
            return core_of(key[:-len(ending)])
    for trade in trades():
        if key.endswith(trade) and len(key) - len(trade) >= LEAST_CORE and not is_word(key[:-len(trade)], SEGMENTER):
            return key[:-len(trade)]
    return key


@lru_cache(maxsize=1)
def trades() -> tuple[str, ...]:
    """What firms are named after, longest first: left out where what is left is no word ("禾屿电器", not "中国石油")."""
    return tuple(sorted({key_of(w) for w in name_words("zh", "trades")}, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def short_nouns() -> tuple[tuple[str, str], ...]:
    """Short forms of nouns of bodies and the nouns, in simplified characters."""
    found = {(key_of(cut), key_of(noun)) for language in ("zh", "ja") for cut, _, noun in
             (entry.partition(" ") for entry in name_words(language, "short_nouns"))}
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def japanese_ends() -> tuple[str, ...]:
    """Nouns of bodies and trades that the names of Japanese firms and institutes end in."""
    return tuple(sorted({w for key in ("org_suffixes", "trades", "body_ends") for w in name_words("ja", key)}))


@lru_cache(maxsize=1)
def endings() -> tuple[str, ...]:
    """Endings of bodies and places in simplified characters, longest first."""
    words = {key_of(w) for language in ("zh", "ja") for key in ("org_suffixes", "place_suffixes") for w in name_words(language, key)}
    return tuple(sorted((w for w in words if w), key=lambda w: (-len(w), w)))


@lru_cache(maxsize=20_000)
def reading(key: str) -> str:
    """How characters are read in Mandarin, without tones and spaces.

    >>> reading("赵建国")
    'zhaojianguo'
    """
    return re.sub(r"[^a-z]", "", anyascii(key).lower())


def find_read(text: str, spans: Iterable[tuple[int, int]], names: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[tuple[int, int, str]]:
    """Places where characters are read like names in Latin letters: three characters and more, or two that stand there twice."""
    targets = {"".join(words): kind for words, kind in names if LEAST_READ <= len("".join(words)) <= 24 and "".join(words).isascii()}
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for start, end in spans if targets else ():
        for match in HAN.finditer(text, start, end):
            syllables = [reading(simplified(c)) for c in match.group()]
            for at in range(len(syllables)):
                for length in range(2, min(LONGEST_NAME, len(syllables) - at) + 1):
                    kind = targets.get("".join(syllables[at:at + length]))
                    if kind:
                        place = (match.start() + at, match.start() + at + length, kind)
                        found[match.group()[at:at + length]].append(place)
    for name, places in sorted(found.items()):
        if len(name) > 2 or len(places) > 1:
            yield from places
