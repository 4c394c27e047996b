"""Bodies by what is proper to their names, whatever noun says what they are: "Helvetra AG", "der Zulieferer Helvetra", "شركة هلفيترا".

What is left of a name without kind, field, country and firm's ending is compared by letters and by sound, across scripts. Names whose
nouns say different kinds of body are left apart ("Port of Varnholm", "Hospital of Varnholm"), and so is what a place of the story is
called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from retold.lexicons.bodies import proper_part
from retold.lexicons.territories import place_code
from retold.link.characters import core_of as han_core
from retold.link.characters import key_of
from retold.link.entities import Entities
from retold.link.forms import Form
from retold.link.likeness import EASTERN, SAME_SCRIPT
from retold.link.namedbodies import core_of, heads_agree
from retold.link.transliteration import block_keys, consonants, distance, script_of, vowels_agree

BODIES = frozenset({"organisation", "outlet", "thing"})
CODE = 2  # letters of the code of a country
LEAST = 3  # consonants of what is proper to a name
LETTERS = 5  # letters of it in scripts that write vowels
ACROSS = 0.11  # distance up to which two scripts write one name
KATAKANA = re.compile(r"[ァ-ヴー]{3,}")

Core = tuple[str, ...]


def join_cores(entities: Entities) -> None:
    """Join bodies whose proper words are one, if nothing else in the story is called so."""
    places = [w for f in entities.forms if f.kind == "place" and not f.described for w in (han_core(key_of(f.text)), *f.words) if w]
    found = [(f, core) for f in entities.forms if not f.described and not f.place and f.kind in BODIES for core in [proper(f)] if core]
    for group in (same_country(group) for group in alike_groups(found)):
        heads = sorted({f.body.head for f, _ in group if f.body.head})
        core = group[0][1] if group else ()
        if len(group) < 2 or any(same_core((p,), core) for p in places) or len({own_fields(f) for f, _ in group}) > 1:
            continue
        if any(not heads_agree_by_name(a, b) for a in heads for b in heads):
            continue
        home = entities.units(group[0][0])[0]
        for form, _ in group:
            for unit in entities.units(form):
                entities.join(unit, home, score=0.8, reason="alike")


def same_country(group: list[tuple[Form, Core]]) -> list[tuple[Form, Core]]:
    """Those of a group whose names have no country in them, if some have and some do not: "Anafor Ukraine" is a daughter of Anafor."""
    free = [(form, core) for form, core in group if not any(len(place_code(word, form.language)) == CODE for word in form.words)]
    return free or group


def own_fields(form: Form) -> bool:
    """Whether a name is that of an outlet: outlets are joined to outlets only."""
    return form.kind == "outlet"


def heads_agree_by_name(a: str, b: str) -> bool:
    """Whether two kinds of body may be one, a firm being called by what it makes as well."""
    from retold.lexicons.bodies import Body

    return a == b or heads_agree(Body(a, frozenset(), ""), Body(b, frozenset(), ""))


def proper(form: Form) -> Core:
    """The proper words of a name; none where they say too little."""
    script = script_of(form.text)
    if script in ("han", "kana"):
        kana = KATAKANA.search(form.text)
        words: Core = (kana.group(),) if kana else (han_core(key_of(form.text)),)
    else:
        words = tuple(w for w in core_of(form) if proper_part(w))
    letters = sum(map(len, words))
    enough = all(len(consonants(w)) >= LEAST for w in words) and (script not in ("latin", "cyrillic") or letters >= LETTERS)
    return words if words and enough else ()


def alike_groups(found: list[tuple[Form, Core]]) -> list[list[tuple[Form, Core]]]:
    """Names in groups of one core each, compared within blocks of like sound; the first name stands for its group."""
    groups: list[list[tuple[Form, Core]]] = []
    by_key: dict[tuple[int, str], list[int]] = {}
    for form, core in found:
        keys = [(len(core), key) for key in block_keys(core[0])]
        near = dict.fromkeys(n for key in keys for n in by_key.get(key, ()))
        home = next((n for n in near if any(same_core(other, core) for _, other in groups[n])), -1)
        if home < 0:
            home = len(groups)
            groups.append([])
        groups[home].append((form, core))
        for key in keys:
            if home not in by_key.setdefault(key, []):
                by_key[key].append(home)
    return groups


def same_core(a: Iterable[str], b: Iterable[str]) -> bool:
    """Whether the proper words of two names are one by one the same."""
    pairs = list(zip(a, b, strict=False))
    return len(list(a)) == len(list(b)) and all(same_proper(x, y) for x, y in pairs)


def same_proper(x: str, y: str) -> bool:
    """Whether two proper words are the same, or sound so in two scripts."""
    if x == y:
        return True
    scripts = {script_of(x), script_of(y)}
    if len(scripts) == 1:
        return scripts <= {"latin", "cyrillic"} and x[0] == y[0] and distance(x, y) <= SAME_SCRIPT / 2 and vowels_agree(x, y)
    return distance(x, y) <= (EASTERN / 2 if scripts & {"han", "kana"} else ACROSS) and vowels_agree(x, y)
