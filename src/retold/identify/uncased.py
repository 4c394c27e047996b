"""Names in scripts without capitals: with spaces (found by the words round them) and without (`unspaced`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from retold.identify.unspaced import Uncased, find_unspaced, latin_names
from retold.lexicons import lexicon
from retold.lexicons.names import Phrases, fold, given_names, name_phrases, name_words, phrases
from retold.lexicons.territories import place_code

TOKEN = re.compile(r"[^\W\d_][\w\u064b-\u0652\u0670]*")
MARKED = re.compile(r"[«“\"]([^«»“”\"\n.،؛]{2,40})[»”\"]")
VERBAL = re.compile(r"ي\w{3}$|[يت]\w+ون$|ت\w\wي\w[اة]?$|است\w+|\w+ية$")  # verbs, verbal nouns, adjectives: no person's name
MOST_QUOTED = 4  # words of a quoted name
MOST_NAMES = 4  # words of a person's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The word lists of a spaced language without capitals."""

    roles: Phrases
    organisation: Phrases
    outlet: Phrases
    demonyms: Phrases
    place: Phrases
    stops: frozenset[str]
    prefixes: tuple[str, ...]
    articles: tuple[str, ...]
    contracted: tuple[str, ...]
    particles: Phrases
    spots: frozenset[str]
    plain: Phrases
    vessels: frozenset[str]
    denials: frozenset[str]
    towns: Phrases
    likely_towns: Phrases
    patrons: frozenset[str]
    plural_roles: frozenset[str]
    whither: frozenset[str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word with the word without a joined preposition or conjunction."""

    start: int
    end: int
    text: str
    gap: str


@cache
def script_of(language: str) -> Script:
    """The word lists of a language."""
    book = lexicon(language)
    cues = book.union("attribution", ("say", "report", "announce", "confirm", "deny", "claim", "warn"))
    single = [w for phrase in (*cues, *book.words("words", "stop"), *book.words("words", "conjunctions")) for w in phrase.split()]
    demonyms = [w for words in book.table("words").get("demonyms", {}).values() for w in words]
    return Script(
        roles=Phrases((*book.union("sources", ("roles", "titles")), *name_words(language, "people"))),
        organisation=Phrases((*book.words("sources", "organisation"), *name_words(language, "bodies"))),

        outlet=phrases(language, "sources", "outlet"), demonyms=Phrases(demonyms), place=phrases(language, "sources", "place"),
        stops=frozenset((*single, *name_words(language, "stop_after"), *book.words("sources", "pronouns_person"))),
        prefixes=name_words(language, "prefixes"), articles=name_words(language, "definite"), contracted=name_words(language, "contracted"),
        particles=phrases(language, "sources", "particles"), spots=frozenset(name_words(language, "places")),
        plain=name_phrases(language, "plain"), denials=frozenset(book.words("negation", "words")),
        vessels=frozenset(name_words(language, "vessels")),
        towns=name_phrases(language, "towns"),
        likely_towns=name_phrases(language, "likely_towns"),
        patrons=frozenset(name_words(language, "patrons")), plural_roles=frozenset(name_words(language, "plural_roles")),
        whither=frozenset(name_words(language, "place_prepositions")),
    )


def find_uncased(text: str, start: int, end: int, language: str) -> Iterator[Uncased]:
    """All candidates in a span of text; they may overlap."""
    if lexicon(language).spaced:
        yield from find_spaced(text, start, end, language)
    else:
        yield from find_unspaced(text, start, end, language)


def find_spaced(text: str, start: int, end: int, language: str) -> Iterator[Uncased]:
    """Names that follow roles, titles, nouns of bodies and outlets; given names; countries; Latin words."""
    script = script_of(language)
    tokens = tokenise(text, start, end)
    yield from latin_names(text, start, end)
    words = [t.text for t in tokens]
    yield from quoted(text, tokens, script)
    for at, token in enumerate(tokens):
        yield from place_at(tokens, words, at, script, language)
        yield from spot_at(tokens, words, at, script, language)
        for table, kind in ((script.outlet, "outlet"), (script.organisation, "organisation")):
            length = table.longest(words, at) or table.longest([strip_prefix(token.text, script)], 0)
            if length:
                yield from body_from(tokens, at, at + length, kind, script, language)
        yield from person_at(tokens, words, at, script, language)


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The words of a span."""
    out: list[Token] = []
    last = start
    for match in TOKEN.finditer(text, start, end):
        out.append(Token(match.start(), match.end(), match.group(), text[last:match.start()]))
        last = match.end()
    return out


def strip_prefix(word: str, script: Script) -> str:
    """A word without one joined preposition or conjunction."""
    if len(word) > 2 and word[0] in script.prefixes:
        return word[1:]
    return word


def place_at(tokens: list[Token], words: list[str], at: int, script: Script, language: str) -> Iterator[Uncased]:
    """A country or town of up to three words; a town that is an everyday word too only after a preposition or noun of places."""
    for length in (3, 2, 1):
        if at + length > len(words) or not adjacent(tokens, at + 1, at + length):
            continue
        name = " ".join(words[at:at + length])
        for skip in (0, 1):
            if len(name) > 2 + skip and (not skip or name[0] in script.prefixes) and is_place(name[skip:], words, at, script, language):
                yield Uncased(start=tokens[at].start + skip, end=tokens[at + length - 1].end, kind="place", score=0.9, rule="gazetteer")
                return


def is_place(name: str, words: list[str], at: int, script: Script, language: str) -> bool:
    """Whether a name is that of a country or town here."""
    parts = name.split()
    if place_code(name, language) or script.towns.longest(parts, 0) == len(parts):
        return True
    before = words[at - 1] if at else ""
    announced = before in script.spots or strip_prefix(before, script) in script.spots or before in script.whither
    return announced and script.likely_towns.longest(parts, 0) == len(parts)


def spot_at(tokens: list[Token], words: list[str], at: int, script: Script, language: str) -> Iterator[Uncased]:
    """The name after a noun of places ("ميناء كاراديري"): one word that is neither an adjective nor a word of grammar."""
    noun = words[at] if words[at] in script.spots else strip_prefix(words[at], script)
    if noun not in script.spots or at + 1 >= len(tokens) or not adjacent(tokens, at + 1, at + 2):
        return
    word = words[at + 1]
    if fits_person(word, 0, script, language) and word not in script.plain and word not in script.place and not word.endswith("ية"):
        yield Uncased(start=tokens[at + 1].start, end=tokens[at + 1].end, kind="place", score=0.7, rule="noun of places")


def quoted(text: str, tokens: list[Token], script: Script) -> Iterator[Uncased]:
    """Short quoted names after a noun of outlets, bodies or ships, with at most two words between that complete the noun."""
    for match in MARKED.finditer(text, tokens[0].start, tokens[-1].end + 1) if tokens else ():
        first = bisect_left(tokens, match.start(), key=lambda t: t.start)
        if not 0 < first <= len(tokens) or text[tokens[first - 1].end:match.start()].strip() or len(match.group(1).split()) > MOST_QUOTED:
            continue
        clause = match.group(1).split()[0] in script.denials  # "the company “will not close the plant”"
        kind = "" if clause else announced_before(tokens, first, script)
        if kind:
            yield Uncased(start=match.start(1), end=match.end(1), kind=kind, score=0.75, rule="quoted")


def announced_before(tokens: list[Token], first: int, script: Script) -> str:
    """The kind that one of the three words before a quoted name announces; "" where a small word or verb parts them."""
    for k in range(first - 1, max(-1, first - 4), -1):
        kind = announced(tokens[k].text, script)
        if kind or tokens[k].text in script.stops or strip_prefix(tokens[k].text, script) in script.stops:
            return kind
    return ""


def announced(word: str, script: Script) -> str:
    """The kind of what is called by a quoted name after a noun; "" where the noun announces none."""
    for form in (word, strip_prefix(word, script)):
        if form in script.outlet:
            return "outlet"
        if form in script.organisation:
            return "organisation"
        if form in script.vessels:
            return "thing"
    return ""


def adjacent(tokens: list[Token], first: int, stop: int) -> bool:
    """Whether only spaces stand before each of the tokens [first, stop)."""
    return all(tokens[i].gap.strip() == "" and "\n" not in tokens[i].gap for i in range(first, min(stop, len(tokens))))


def body_from(tokens: list[Token], at: int, after: int, kind: str, script: Script, language: str) -> Iterator[Uncased]:
    """A body or outlet that begins with its noun: the noun, one word, and the adjectives that agree."""
    stop = after
    definite = is_definite(tokens[at].text, script)
    while stop < len(tokens) and stop - after < 4 and adjacent(tokens, stop, stop + 1):
        if not fits_body([t.text for t in tokens[after:stop + 1]], kind, script, definite=definite):
            break
        if definite and parts_gender(tokens[stop - 1].text, tokens[stop].text, script):
            break
        stop += 1
    if kind == "organisation" and not definite:
        stop = construct_end(tokens, after, stop, script)
    whole = tokens[at].text in script.outlet or tokens[at].text in script.organisation
    skip = int(len(strip_prefix(tokens[at].text, script)) < len(tokens[at].text) and not definite and not whole)
    if (stop == after and not definite) or (kind == "organisation" and (
            generic_only(tokens, after, stop, script) or (not definite and names_place(tokens, at, after, script)))):
        return
    first = after if kind == "outlet" and stop > after and not definite else at
    begin = tokens[first].start + (skip if first == at else 0)
    yield Uncased(start=begin, end=tokens[stop - 1].end, kind=kind, score=0.7 if stop > after or after - at > 1 else 0.3, rule="body")


def names_place(tokens: list[Token], at: int, after: int, script: Script) -> bool:
    """Whether a noun that is a body and a place is followed by what it is the place of ("بلدية صيدا")."""
    return after - at == 1 and (tokens[at].text in script.spots or strip_prefix(tokens[at].text, script) in script.spots)


def generic_only(tokens: list[Token], after: int, stop: int, script: Script) -> bool:
    """Whether only nouns of bodies and places follow a noun of bodies: what is named follows them ("مجلس بلدية صيدا")."""
    return stop > after and all(t.text in script.spots or t.text in script.organisation for t in tokens[after:stop])


def parts_gender(noun: str, word: str, script: Script) -> bool:
    """Whether a definite word agrees with no feminine noun before it, and so begins another phrase ("البلدية الأعمال")."""
    bare = strip_prefix(noun, script) if not noun.startswith(script.articles) else noun
    return bare.startswith(script.articles) and noun.endswith("ة") and not word.endswith("ة") and word not in script.demonyms


def is_definite(word: str, script: Script) -> bool:
    """Whether a word has the article, after a joined preposition too ("للشركة")."""
    articled = word.startswith(script.articles) or strip_prefix(word, script).startswith(script.articles)
    return bool(script.articles) and (articled or word.startswith(script.contracted))


def construct_end(tokens: list[Token], after: int, stop: int, script: Script) -> int:
    """Where the name of a body ends: after one word and "for the …" ("بوغاز للطاقة"), or over plain nouns up to the definite one that
    closes them ("هيئة سلامة النقل"), with a second one after "and" ("وزارة الصحة والبيئة").
    """
    if stop != after + 1 or tokens[after].text in script.patrons:
        return stop
    closed = is_definite(tokens[after].text, script)
    for more in (1, 2):
        at = stop + more - 1
        if at >= len(tokens) or not adjacent(tokens, stop, at + 1):
            return stop
        word = tokens[at].text
        if given(word) or (closed and more == 1 and not is_definite(word, script)):
            return stop
        if word in script.stops or word in script.roles or word in script.plain or word.isascii():
            return stop
        bound = is_definite(word, script) and (not word.startswith(tuple(script.prefixes)) or word[1:2] == word[:1] or at == stop)
        if bound and word not in script.demonyms:
            return at + 1
    return stop


def fits_body(words: list[str], kind: str, script: Script, *, definite: bool) -> bool:
    """Whether the last of the words continues the name of a body: one foreign word, or definite ones one after another."""
    word = words[-1]
    patron = len(words) == 1 and word in script.patrons
    if word in script.stops or (word in script.roles and not patron) or word.isascii() or strip_prefix(word, script) in script.stops:
        return False
    if definite and not word.startswith(script.articles):
        return False
    if kind == "outlet" and word.startswith("لت"):
        return False
    named = given(words[0]) or words[0] in script.patrons  # "مؤسسة سلطان العويس", "جامعة الملك سعود"
    if len(words) == 1 or word in script.demonyms or (named and len(words) == 2):
        return True
    foreign = not words[0].startswith(script.articles)
    return foreign and kind == "outlet" and len(words) == 2 if foreign else word.startswith(script.articles)


def given(word: str) -> bool:
    """Whether a word is a common given name, its hamza written or not."""
    return fold(word) in given_names()


def person_at(tokens: list[Token], words: list[str], at: int, script: Script, language: str) -> Iterator[Uncased]:
    """A person after a role, its complements skipped, or one that begins with a given name."""
    begin = at
    length = script.roles.longest(words, at) or int(strip_prefix(words[at], script) in script.roles)
    role = bool(length) and words[at] not in script.plural_roles
    if role:
        begin = at + length
        while begin < len(tokens) and adjacent(tokens, begin, begin + 1) and (
                complements(words[begin], script, language) or script.roles.longest(words, begin)):
            if given(words[begin]) and script.roles.longest(words, begin) < 2:
                break  # "أمين" is a secretary and a given name
            begin += max(1, script.roles.longest(words, begin))
    elif not begins_person(tokens, words, at, script):
        return
    stop = name_stop(tokens, words, begin, script, language, role=role)
    begin = given_inside(words, begin, stop) if role else begin
    stop = name_stop(tokens, words, begin, script, language, role=role) if role else stop
    if stop > begin and (stop - begin > 1 or role):
        known = given(words[begin])
        skip = int(not role and not known)
        score = 0.85 if known else 0.7 if stop - begin > 1 else 0.5
        rule = "role" if role else "given"
        yield Uncased(start=tokens[begin].start + skip, end=tokens[stop - 1].end, kind="person", score=score, rule=rule)


def begins_person(tokens: list[Token], words: list[str], at: int, script: Script) -> bool:
    """Whether a given name stands at a word, and none right before it."""
    if not given(strip_prefix(words[at], script)) and not given(words[at]):
        return False
    return not (at and adjacent(tokens, at, at + 1) and given(words[at - 1]))


def name_stop(tokens: list[Token], words: list[str], begin: int, script: Script, language: str, *, role: bool) -> int:
    """The token after a person's name that begins at `begin`: two words, more only over particles and compounds ("نور الدين …")."""
    stop, parts = begin, 0
    while stop < len(tokens) and stop - begin < MOST_NAMES and ((stop == begin and not role) or adjacent(tokens, stop, stop + 1)):
        if not fits_person(words[stop], stop - begin, script, language):
            break
        if parts >= 2 and not (words[stop] in script.particles or words[stop - 1] in script.particles):
            break
        stop += 1
        compound = stop - begin > 1 and words[stop - 1] in ("الدين", "الله", "الرحمن", "الفتاح", "العزيز", "الكريم", "الناصر", "الحميد")
        parts += not (compound or words[stop - 1] in script.particles)
    return stop


def given_inside(words: list[str], begin: int, stop: int) -> int:
    """Where a name after a role begins: at a given name, if one stands later ("رئيس بلدية غوكسون نور الدين …")."""
    if words[begin:begin + 1] and given(words[begin]):
        return begin
    return next((at for at in range(begin + 1, min(stop + 1, len(words))) if given(words[at])), begin)


def complements(word: str, script: Script, language: str) -> bool:
    """Whether a word after a role belongs to the role: an adjective, a body, a country."""
    bare = strip_prefix(word, script)
    if word.startswith(script.articles) or word in script.demonyms or bare in script.organisation or bare in script.place:
        return True
    return word in script.roles or word in name_words(language, "role_links") or word in script.towns or bool(place_code(word, language))


def fits_person(word: str, position: int, script: Script, language: str) -> bool:
    """Whether a word may be part of a person's name at a position."""
    if word in script.stops or word in script.organisation or word in script.outlet or word in script.roles:
        return False
    if (len(word) > 2 and strip_prefix(word, script) in script.stops) or (not given(word) and VERBAL.match(word)):
        return False
    if word.startswith(script.articles) and len(word) > 3:
        return position > 0 and not (word in script.demonyms or word in script.place)
    return position < 3 and len(word) > 1 and not word.isascii()
