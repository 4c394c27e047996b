"""Two names of one thing that an article itself puts side by side, and acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from retold.base.records import Mention
from retold.lexicons.names import name_phrases
from retold.link.entities import Entities, Unit
from retold.link.forms import Form, words_of
from retold.link.likeness import Likeness, same_name
from retold.link.transliteration import script_of

OPENED = re.compile(r"\s?[(\[（]\s*[„«“\"'「]?")
CLOSED = re.compile(r"[”“\"»'」]?\s*[)\]）]")
COMMA = re.compile(r"[”“\"»]?,\s+(?:[^\W\d_]+['’]?\s?)?")
ENDED = re.compile(r"[”“\"»]?[,.;)–]")
BODIES = frozenset({"organisation", "outlet", "thing"})
SPOKEN, LONGEST_SPOKEN = 4, 8  # letters of an acronym that is said as a word
SMALL = 3  # letters that a word left out has at most
SHORTEST = 3  # letters of an acronym that is believed without brackets


def join_appositions(entities: Entities, mentions: list[Mention], texts: dict[str, str], table: Likeness) -> None:
    """Join what stands in brackets after a name, and a description of a body beside its name."""
    units: dict[str, Unit] = {m.id: (f.number, m.article) for f in entities.forms for m in f.mentions}
    for a, b in pairwise(mentions):
        if a.article != b.article or a.article not in texts or a.id not in units or b.id not in units:
            continue
        gap, tail = texts[a.article][a.end:b.start], texts[a.article][b.end:b.end + 3]
        one, two = entities.forms[units[a.id][0]], entities.forms[units[b.id][0]]
        if (OPENED.fullmatch(gap) and CLOSED.match(tail) and bracket_alias(one, two, table)) or (
                COMMA.fullmatch(gap) and ENDED.match(tail) and comma_alias(one, two, gap)) or (
                gap == " " and one.described and not two.described and two.kind in BODIES and not two.place):
            if one.described:
                entities.join(units[a.id], units[b.id], score=0.9, reason="apposition")
            for unit in () if one.described else alias_units(entities, two, units[b.id]):
                entities.join(unit, units[a.id], score=0.9, reason="apposition")


def alias_units(entities: Entities, form: Form, unit: Unit) -> Iterator[Unit]:
    """The units that an apposition ties: a description only where it stands, another name wherever it stands."""
    yield unit
    if not form.described:
        yield from entities.units(form)


def bracket_alias(one: Form, two: Form, table: Likeness) -> bool:
    """Whether a name in brackets is another name of what stands before."""
    if one.place or two.place:
        return False
    if len(one.words) == len(two.words) and script_of(one.text) != script_of(two.text):
        return True
    if one.kind in BODIES and two.kind in BODIES:
        return fits_acronym(two.text, one.words) or one.described or (len(two.words) == 1 and len(one.words) > 1)
    return one.kind == two.kind == "person" and same_name(one, two, table) > 0


def comma_alias(one: Form, two: Form, gap: str) -> bool:
    """Whether a name and a description beside it, between commas, are one body."""
    if one.described == two.described or not {one.kind, two.kind} <= BODIES:
        return False
    name = two if one.described else one
    described = one if one.described else two
    if name.place or (described.body.country == "" and not described.body.fields and described.body.head != name.body.head):
        return False
    article = re.sub(r"[^\w'’]", "", gap).lower()
    return not article or article in name_phrases(two.language, "determiners", "definite")


def fits_acronym(acronym: str, words: tuple[str, ...]) -> bool:
    """Whether the letters of an acronym begin the words of a name, in order; further letters may come from within a word.

    >>> fits_acronym("NYT", ("new", "york", "times")), fits_acronym("NNW", ("northern", "newswire")), fits_acronym("BBC", ("big", "ben"))
    (True, True, False)
    """
    letters = [c.lower() for c in acronym if c.isalpha()]
    return len(letters) >= 2 and bool(words) and covers(letters, list(words))


def covers(letters: list[str], words: list[str]) -> bool:
    """Whether letters spell the beginnings of all words; small words may be left out."""
    if not words:
        return not letters
    if not letters:
        return all(len(w) <= 3 for w in words)
    word = words[0]
    if word[0] == letters[0]:
        rest = word[1:]
        taken = 1
        while True:
            if covers(letters[taken:], words[1:]):
                return True
            at = rest.find(letters[taken]) if taken < len(letters) else -1
            if at < 0:
                break
            rest, taken = rest[at + 1:], taken + 1
    return len(word) <= 3 and covers(letters, words[1:])


def join_acronyms(entities: Entities) -> None:
    """Acronyms to the one name of several words that they abbreviate: in the article, else in the story."""
    full = [f for f in entities.forms if f.full and not f.place]
    for form in entities.forms:
        spoken = not form.acronym and form.kind != "person" and is_spoken(form)
        if not (form.acronym or spoken) or form.described or form.place or len(form.text) < SHORTEST:
            continue
        fitting = [f for f in full if f.kind != "person" and not spoken and fits_acronym(form.text, words_of(f.text, f.language))]
        near = [f for f in full if len(f.words) >= SHORTEST and f.words[0][0] == form.words[0][0]] if not fitting else []
        fitting = fitting or [f for f in near if begins_words(form.text, words_of(f.text, f.language))]
        for unit in entities.units(form):
            here = {entities.find((f.number, unit[1])) for f in fitting if unit[1] in f.articles}
            roots = here or {entities.find(entities.units(f)[0]) for f in fitting}
            if len(roots) == 1:
                entities.join(unit, roots.pop(), score=0.85, reason="acronym")


def is_spoken(form: Form) -> bool:
    """Whether a name may be an acronym that is said as a word ("Acic", "Unesco")."""
    text = form.text
    return SPOKEN <= len(text) <= LONGEST_SPOKEN and text.istitle() and text.isalpha()


def begins_words(acronym: str, words: tuple[str, ...]) -> bool:
    """Whether an acronym is the first letters of all words of a name, or of all but the small ones.

    >>> begins_words("Acim", ("associacao", "comercial", "e", "industrial", "de", "moura")), begins_words("ADL", ("aires", "del", "lago"))
    (True, True)
    """
    letters = acronym.lower()
    large = "".join(word[0] for word in words if len(word) > SMALL)
    return len(words) >= SHORTEST and letters in ("".join(word[0] for word in words), large)
