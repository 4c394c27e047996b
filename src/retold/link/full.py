"""Names of several words, and countries: joined across articles and languages."""

from __future__ import annotations

from collections.abc import Iterator

from retold.lexicons.names import given_names, name_phrases, phrases
from retold.lexicons.outlets import Outlet, outlet_by_domain, outlet_by_name
from retold.link.entities import Entities, Unit
from retold.link.forms import Form, generic
from retold.link.likeness import Likeness, same_name

PARTICLES = frozenset({"ben", "al", "bin", "ibn", "mac", "san", "st", "бен", "аль"})  # given names that also begin surnames
JOIN = 0.65  # likeness from which two names are one
LONGEST_TRADE = 3  # words of a firm's trade with its legal form
SURROUNDED = 2  # words: a given name before, a second surname behind
CERTAIN = 0.95  # likeness from which the kinds need not agree
CROWD = 200  # forms that share a word beyond which the word says too little to compare them all
APART = {frozenset(pair) for pair in (("person", "place"), ("person", "outlet"), ("person", "organisation"), ("place", "outlet"))}


def join_known(entities: Entities) -> None:
    """Countries and cities by their code, outlets by the list, whatever the language."""
    homes: dict[str, Unit] = {}
    for form in entities.forms:
        outlet = known_outlet(form) if form.kind in ("outlet", "organisation") else None
        key = f"outlet:{outlet.name}" if outlet else form.place if form.kind != "person" else ""
        if key and not form.described:
            for unit in entities.units(form):
                entities.join(unit, homes.setdefault(key, unit), score=1.0, reason="gazetteer")


def known_outlet(form: Form) -> Outlet | None:
    """The outlet of the list that a form names: as it stands, without the noun before it, or by its domain."""
    text = form.text.strip("()[]«»„“”\"' ")
    found = outlet_by_name(text)
    if found is None and "." in text and " " not in text:
        found = outlet_by_domain(text)
    if found is None and len(form.words) > 1 and form.words[0] in phrases(form.language, "sources", "outlet"):
        found = outlet_by_name(text.partition(" ")[2])
    return found


def join_full(entities: Entities, table: Likeness) -> None:
    """Names of several words that are alike word by word."""
    full = [f for f in entities.forms if len(f.words) > 1 and not f.described and not f.initialled]
    for form in full:
        entities.join_form(form, reason="same spelling")
    for a, b in candidates(full, table):
        score = same_name(a, b, table)
        if score >= JOIN:
            first, second = entities.units(a)[0], entities.units(b)[0]
            for unit in entities.units(b):
                entities.join(unit, first, score=score, reason="same spelling" if a.words == b.words else "alike")
            entities.join(first, second, score=score, reason="alike")


def candidates(forms: list[Form], table: Likeness) -> Iterator[tuple[Form, Form]]:
    """Pairs of forms that share a word, or a word that is alike; words of crowds only where nothing else is shared."""
    by_word: dict[str, list[Form]] = {}
    for form in forms:
        for word in dict.fromkeys(form.words):
            by_word.setdefault(word, []).append(form)
    near: dict[str, list[str]] = {}
    for a, b in sorted(table):
        near.setdefault(a, []).append(b)
    seen: set[tuple[int, int]] = set()
    for form in forms:
        for word in dict.fromkeys(form.words):
            for other in (word, *near.get(word, ())):
                bucket = by_word.get(other, [])
                for partner in bucket if len(bucket) <= CROWD else ():
                    pair = (form.number, partner.number)
                    if pair[0] < pair[1] and pair not in seen:
                        seen.add(pair)
                        yield form, partner


def join_parts(entities: Entities) -> None:
    """A shorter name of a body to the one longer name that contains it ("Coast Guard", "Canadian Coast Guard")."""
    full = [f for f in entities.forms if f.full]
    by_word: dict[str, list[Form]] = {}
    for form in full:
        for word in dict.fromkeys(form.words):
            by_word.setdefault(word, []).append(form)
    for form in full:
        if form.place:
            continue
        person = form.kind == "person"
        longer = [f for f in by_word[form.words[-1]] if legally(f, form)
                  or (surname_of(f, form) or shortened(f, form) if person else contains(f, form))]
        for unit in entities.units(form):
            here = {entities.find((f.number, unit[1])) for f in longer if unit[1] in f.articles}
            roots = here or {entities.find(entities.units(f)[0]) for f in longer}
            if len(roots) == 1:
                entities.join(unit, roots.pop(), score=0.85, reason="part of a name")


def surname_of(longer: Form, shorter: Form) -> bool:
    """Whether a name of several words is the surname of a longer one, or the first of two ("Ben Youssef", "de la Fuente" of Ana de la
    Fuente Marín)."""
    extra = len(longer.words) - len(shorter.words)
    if longer.kind != "person" or extra <= 0 or is_given(shorter.words[0], shorter.words):
        return False
    first_of_two = extra == SURROUNDED and longer.words[1:-1] == shorter.words and is_given(longer.words[0], longer.words)
    return longer.words[extra:] == shorter.words or first_of_two


def shortened(longer: Form, shorter: Form) -> bool:
    """Whether a person is called without the second surname or the middle names ("Marta Soler", "Marta Soler Iriarte")."""
    own, other = shorter.words, longer.words
    if longer.kind != "person" or not 1 < len(own) < len(other) or not is_given(own[0], own):
        return False
    rest = other[len(own):]
    second = other[:len(own)] == own and len(rest) <= 2 and all(len(word) > 2 for word in rest)  # not "Tomáš Novák z Brna"
    return second or (len(own) == 2 and (other[0], other[-1]) == own)


def is_given(word: str, words: tuple[str, ...]) -> bool:
    """Whether a name begins with a given name that is no particle of a surname."""
    return word in given_names() and word not in PARTICLES and len(words) > 1


def contains(longer: Form, shorter: Form) -> bool:
    """Whether the shorter name ends the longer one, or begins it before a complement or firm's ending ("Board of Canada")."""
    extra = len(longer.words) - len(shorter.words)
    if extra <= 0 or longer.kind == "person" or longer.place or (shorter.kind == "place") != (longer.kind == "place"):
        return False
    if longer.words[extra:] == shorter.words:
        return True
    rest = longer.words[len(shorter.words):]
    tied = rest[0] in name_phrases(longer.language, "of") or all(generic(word, longer.language) for word in rest)
    return longer.words[: len(shorter.words)] == shorter.words and tied


def legally(longer: Form, shorter: Form) -> bool:
    """Whether a name is the other one, with its trade and legal form behind it ("Mavi Hat", "Mavi Hat Denizcilik A.Ş.")."""
    extra = len(longer.words) - len(shorter.words)
    begun = longer.words[: len(shorter.words)] == shorter.words and shorter.kind != "place" and longer.kind != "person"
    return begun and 0 < extra <= LONGEST_TRADE and longer.words[-1] in name_phrases("common", "firm_suffixes")
