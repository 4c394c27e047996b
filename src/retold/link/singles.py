"""Single words and initials: surnames, first words of firms, given names; joined to the one entity that they can mean."""

from __future__ import annotations

from retold.lexicons import lexicon
from retold.lexicons.names import name_phrases
from retold.link.entities import Entities, Unit
from retold.link.forms import Form, generic, given_groups, is_given, same_given
from retold.link.full import APART
from retold.link.likeness import Likeness, same_word
from retold.link.transliteration import script_of

Index = dict[str, list[tuple[Form, int]]]
SURE = 0.7  # likeness of words from which a single word can stand for a name
CASES = 0.95  # likeness of two case forms of one word


def join_singles(entities: Entities, table: Likeness) -> None:
    """First by the full names of the same article, then by those of the story; then single words among themselves."""
    index = word_index(entities)
    near = neighbours(table)
    places = place_words(entities, near)
    loose: list[Form] = []
    for form in entities.forms:
        if form.kind in ("organisation", "thing") and form.words[0] in places and not form.full:
            entities.join_form(form, reason="same spelling")
            if not join_landmark(entities, form, index):
                loose.append(form)
            continue
        if form.described or form.full or form.place:
            continue
        open_units = [u for u in entities.units(form)
                      if not family_resolved(entities, form, u) and not resolve(entities, form, u, index, near, table)]
        if open_units and not ambiguous(entities, form, index, near, table):
            for unit in open_units:
                entities.join(unit, open_units[0], score=1.0, reason="same spelling")
            loose.append(form)
    join_loose(entities, loose, near, table)


def join_landmark(entities: Entities, form: Form, index: Index) -> bool:
    """Join a word to the one tunnel, mine or mountain that is called so; False where there is none, or more than one."""
    named = [full for full, at in index.get(form.words[0], ()) if at == 0 and landmark(full)]
    roots = {entities.find(unit) for full in named for unit in entities.units(full)}
    if len(roots) != 1:
        return False
    for unit in entities.units(form):
        entities.join(unit, next(iter(roots)), score=0.85, reason="part of a name")
    return True


def landmark(form: Form) -> bool:
    """Whether a name of several words is that of a tunnel, mine, mountain or the like: what is proper to it stands for it."""
    return form.kind == "place" and any(word in name_phrases("common", "landmarks") for word in form.words)


def family_resolved(entities: Entities, form: Form, unit: Unit) -> bool:
    """Whether a family name in characters is already that of a person of the same article (`characters.join_shortened`)."""
    return not lexicon(form.language).spaced and form.kind == "person" and entities.reason[unit] == "part of a name"


def place_words(entities: Entities, near: dict[str, list[str]]) -> set[str]:
    """Single words that stand for a place somewhere in the story, with those that are alike: nobody's short name."""
    single = [f for f in entities.forms if f.kind == "place" and not f.full and not f.described]
    return {w for f in single for w in (f.words[0], *near.get(f.words[0], ()))}


def word_index(entities: Entities) -> Index:
    """Word to the full names that have it, with its position from the end (0 the last)."""
    index: Index = {}
    for form in entities.forms:
        if form.full and not form.place:
            for at, word in enumerate(reversed(form.words)):
                if at or form.kind == "person" or not complement(form):
                    index.setdefault(word, []).append((form, at))
    return index


def complement(form: Form) -> bool:
    """Whether the last word of a body's name says where or for what it is ("University of Nairobi"): it never stands for the body."""
    if len(form.words) < 3 or landmark(form):  # "Tunnel du Garmont" is the Garmont
        return False
    return form.words[-2] in name_phrases(form.language, "of", "place_prepositions") or form.words[-2] in name_phrases(
        "common", "foreign_particles")


def neighbours(table: Likeness) -> dict[str, list[str]]:
    """Word to the words that are alike."""
    near: dict[str, list[str]] = {}
    for a, b in sorted(table):
        near.setdefault(a, []).append(b)
    return near


def resolve(entities: Entities, form: Form, unit: Unit, index: Index, near: dict[str, list[str]], table: Likeness) -> bool:
    """Join a unit to the one entity that its word can mean; False where there is none, or more than one."""
    fits = meanings(form, index, near, table)
    exact = [fit for fit in fits if fit[1] == 1.0 and fit[2] == 0] or fits  # "Novák" is not Nováková where there are both
    here = [fit for fit in exact if unit[1] in fit[0].articles] or [fit for fit in fits if unit[1] in fit[0].articles]
    for chosen, factor in ((here, 0.95), (exact, 0.85)):
        for rank in (0, 1, 2):
            roots: dict[Unit, float] = {}
            for other, score, strength in chosen:
                if strength == rank:
                    home = (other.number, unit[1]) if unit[1] in other.articles else entities.units(other)[0]
                    root = entities.find(home)
                    roots[root] = max(roots.get(root, 0.0), score)
            if len(roots) > 1 or (rank == 2 and roots and form.kind != "person" and not here):
                return False
            for root, score in roots.items():
                entities.join(unit, root, score=score * factor * (0.6 if rank == 2 else 1.0), reason="part of a name")
                return True
    return False


def meanings(form: Form, index: Index, near: dict[str, list[str]], table: Likeness) -> list[tuple[Form, float, int]]:
    """The full names that a form can stand for, with score and rank.

    The rank is 0 for its last word, 1 for another word of a body or the first of two surnames, 2 for a given name.
    """
    if form.initialled:
        return initials(form, index)
    word = form.words[0]
    if generic(word, form.language) and form.kind == "person":
        return []
    out: list[tuple[Form, float, int]] = []
    for other in (word, *near.get(word, ())):
        likeness = same_word(word, other, table)
        for full, at in index.get(other, ()) if likeness >= SURE else ():
            person = full.kind == "person"
            if form.kind == "place" and full.kind != "place":
                continue
            if at == 0 and (likeness >= CASES or not kinds_clash(form, full)):
                out.append((full, likeness, 0))
            elif likeness >= CASES and (first_surname(form, full, at) if person else begins_body(form, full, at, index, near)):
                out.append((full, likeness, 1))
            elif person and at == len(full.words) - 1:
                out.append((full, likeness, 2))
    return out or short_names(form, word, index)


def begins_body(form: Form, full: Form, at: int, index: Index, near: dict[str, list[str]]) -> bool:
    """Whether a word is alike the first of a body's name, `at` words from its end, and can be short for it."""
    return at == len(full.words) - 1 and stands_for_body(form.words[0], form, index, near)


def first_surname(form: Form, full: Form, at: int) -> bool:
    """Whether a word, `at` words from the end of a person's name, can be the first surname of two ("Soler", Marta Soler Iriarte).

    That stands behind a given name and is none. A lone word of which nothing shows that it is a person's counts beside the whole name only.
    """
    person = form.kind == "person" or (form.kind == "organisation" and not form.articles.isdisjoint(full.articles))
    return person and at == 1 and len(full.words) > 2 and is_given(full.words[0]) and not is_given(full.words[-2])


def short_names(form: Form, word: str, index: Index) -> list[tuple[Form, float, int]]:
    """The persons whose given name the word is a short or foreign form of ("Vlad", Vladimir Putin)."""
    if form.kind == "place" or not given_groups().get(word):
        return []
    siblings = [first for first in sorted(index) if same_given(word, first)]
    return [(full, 0.9, 2) for first in siblings for full, at in index[first] if at == len(full.words) - 1 and full.kind == "person"]


def stands_for_body(word: str, form: Form, index: Index, near: dict[str, list[str]]) -> bool:
    """Whether a word can be short for the body whose name it begins.

    Not a generic word, not a place, and not one that several names begin with, declined or not: that is where they are, not who.
    """
    if form.kind == "place" or generic(word, form.language):
        return False
    begun = {full.words for w in (word, *near.get(word, ())) for full, at in index.get(w, ()) if at == len(full.words) - 1}
    return len({words[1:] for words in begun}) == 1


def kinds_clash(form: Form, full: Form) -> bool:
    """Whether a word that is only alike is a different kind of thing."""
    return frozenset((form.kind, full.kind)) in APART and "organisation" not in (form.kind, full.kind)


def initials(form: Form, index: Index) -> list[tuple[Form, float, int]]:
    """The persons whose names begin with the initials of a form ("Ada B.", "A. B.", "A. Berg")."""
    seen: dict[int, Form] = {}
    for entries in index.values():
        for full, _ in entries:
            father = len(full.words) == 2 and [is_initial(word) for word in form.words] == [True, True, False]  # "А. П. Бессонов"
            if full.kind in ("person", "thing") and (father or len(full.words) >= len(form.words)):
                ends = (full.words[0], full.words[-1])
                if all(starts(mine, other) for mine, other in zip((form.words[0], form.words[-1]), ends, strict=True)):
                    seen[full.number] = full
    return [(full, 0.8, 0) for _, full in sorted(seen.items())]


def is_initial(word: str) -> bool:
    """Whether a word is a letter and its stop."""
    return len(word) == 2 and word.endswith(".")


def starts(mine: str, other: str) -> bool:
    """Whether a word or initial can be the other word."""
    return other.startswith(mine.rstrip(".")) if mine.endswith(".") else mine == other


def ambiguous(entities: Entities, form: Form, index: Index, near: dict[str, list[str]], table: Likeness) -> bool:
    """Whether a form can mean several entities of the story: its places then stay apart."""
    roots = {entities.find(entities.units(full)[0]) for full, _, rank in meanings(form, index, near, table) if rank == 0}
    return len(roots) > 1


def join_loose(entities: Entities, loose: list[Form], near: dict[str, list[str]], table: Likeness) -> None:
    """Single words that no full name explains: the same word, declined or in another script, is one entity."""
    by_word: dict[str, list[Form]] = {}
    for form in loose:
        by_word.setdefault(" ".join(form.words), []).append(form)
    for form in loose:
        word = " ".join(form.words)
        for other in (word, *near.get(word, ())):
            score = same_word(word, other, table)
            for partner in by_word.get(other, ()) if score >= 0.8 else ():
                heard = script_of(form.text) != script_of(partner.text)
                if heard and (form.acronym or partner.acronym):  # letters are spelled, not read
                    continue
                if partner.number < form.number and (score >= 0.95 or not kinds_clash(form, partner)):
                    for unit in entities.units(form):
                        if entities.reason[unit] in ("alone", "same spelling"):
                            entities.join(unit, entities.units(partner)[0], score=score, reason="alike")
