"""Named bodies that say the same in different words: "Sandvika Port Authority", "Autorité portuaire de Sandvika", "Управління порту".

A name of a body is read as a description (head, fields, country; `retold.lexicons.bodies`) and what is proper to it: the words that
are none of these. Two names are one body when their descriptions agree and what is proper to them matches, or one has nothing
proper and no other body of the story would do.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from retold.lexicons.bodies import QUALIFIERS, Body, concept_of, proper_part
from retold.lexicons.names import demonym_code, name_phrases, name_words, phrases
from retold.lexicons.territories import place_code
from retold.link.entities import Entities
from retold.link.forms import Form, generic
from retold.link.likeness import Likeness, same_word

REGULATORS = frozenset({"authority", "council", "commission", "board", "office", "committee", "headquarters", "company"})
KIN = (frozenset({"institute", "centre", "academy"}), frozenset({"fund", "foundation"}), frozenset({"railway", "company"}),
       frozenset({"federation", "union", "league"}), frozenset({"commission", "committee", "council"}))
LEAST = 3  # letters of a word that is proper to a name


def join_named(entities: Entities, table: Likeness) -> None:
    """Join named bodies across languages, the best agreement first; what fits two bodies equally well is left alone."""
    forms = [f for f in entities.forms if speaks(f)]
    pairs = [(sameness(a, b, table), a, b) for i, a in enumerate(forms) for b in forms[i + 1:] if a.language != b.language]
    for score, a, b in sorted((p for p in pairs if p[0]), key=lambda p: (-p[0], p[1].number, p[2].number)):
        if entities.find(entities.units(a)[0]) == entities.find(entities.units(b)[0]) or clash(entities, a, b, forms, table, score):
            continue
        home = entities.units(b)[0]
        for unit in entities.units(a):
            entities.join(unit, home, score=min(0.85, 0.6 + 0.05 * score), reason="description")
        for unit in entities.units(b)[1:]:
            entities.join(unit, home, score=min(0.85, 0.6 + 0.05 * score), reason="description")


def speaks(form: Form) -> bool:
    """Whether a form is a named body whose words say what it is."""
    if form.described or form.place or form.kind in ("person", "place", "outlet"):
        return False
    return bool(form.body.head and (form.body.fields or form.body.country or core_of(form))) or bool(form.body.country and form.body.fields)


def sameness(a: Form, b: Form, table: Likeness) -> int:
    """Points for two named bodies being one; 0 where anything speaks against it, or nothing for it."""
    one, two = a.body, b.body
    if not heads_agree(one, two) or (one.country and two.country and one.country != two.country):
        return 0
    common, nested = one.fields & two.fields, one.fields <= two.fields or two.fields <= one.fields
    if not nested and (one.fields ^ two.fields) - QUALIFIERS:
        return 0
    mine, theirs = core_of(a), core_of(b)
    proper = core_likeness(mine, theirs, table)
    if proper < 0:
        return 0
    points = 4 * proper + 2 * len(common - QUALIFIERS) + len(common & QUALIFIERS) + 2 * bool(one.country and one.country == two.country)
    points -= len(one.fields ^ two.fields)
    plain = bool(one.fields) and one.fields == two.fields and one.head == two.head and not mine and not theirs
    known = plain or proper or common - QUALIFIERS or (one.country and one.country == two.country) or len(common) > 1
    return max(0, points) if known and (one.head or (common and one.country == two.country)) else 0


def heads_agree(a: Body, b: Body) -> bool:
    """Whether two descriptions name kinds of body that languages use for the same."""
    if a.head == b.head:
        return True
    return {a.head, b.head} <= REGULATORS or any({a.head, b.head} <= kin for kin in KIN)


def core_likeness(a: tuple[str, ...], b: tuple[str, ...], table: Likeness) -> int:
    """1 where what is proper to two names matches, 0 where one has nothing proper, -1 where they differ."""
    if not a or not b:
        return 0
    small, large = sorted((a, b), key=len)
    return 1 if all(any(alike(x, y, table) for y in large) for x in small) else -1


def alike(x: str, y: str, table: Likeness) -> bool:
    """Whether two proper words may be one: equal, alike by sound or ending, or one a long beginning of the other."""
    if same_word(x, y, table) >= 0.7:
        return True
    shorter, longer = sorted((x, y), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 3


def clash(entities: Entities, a: Form, b: Form, forms: Iterable[Form], table: Likeness, score: int) -> bool:
    """Whether another body agrees as well with either, or an article of one names both apart."""
    one, two = entities.find(entities.units(a)[0]), entities.find(entities.units(b)[0])
    for other in forms:
        root = entities.find(entities.units(other)[0])
        if root in (one, two):
            continue
        rival_a = other.language == b.language and sameness(a, other, table) >= score
        rival_b = other.language == a.language and sameness(b, other, table) >= score
        if (rival_a and root != two) or (rival_b and root != one):
            return True
    return False


def core_of(form: Form) -> tuple[str, ...]:
    """The folded words that are proper to a name: neither its kind, field or country, nor a small connecting word."""
    return proper_words(form.words, form.language)


@lru_cache(maxsize=20_000)
def proper_words(words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """See `core_of`; of compounds what stands before their noun ("lucasziekenhuis": "lucas")."""
    compound = language in name_words("common", "compounding")
    small = name_phrases(language, "of", "connectors", "determiners", "definite", "body_words", "place_prepositions")
    stop = phrases(language, "words", "stop")
    out = []
    for word in words:
        rest = proper_part(word, compound=compound)
        if len(rest) < LEAST or rest in small or rest in stop or rest in name_phrases("common", "firm_suffixes"):
            continue
        if rest == word and (generic(word, language) or demonym_code(language, word) or len(place_code(word, language)) == 2):
            continue
        if not concept_of(rest, "fields", compound=compound) and not concept_of(rest, "heads"):
            out.append(rest)
    return tuple(out)

