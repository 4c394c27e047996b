"""Who speaks in a quote that several articles tell of: one vote for each version, people before bodies before outlets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retold.base.records import Name
from retold.link.transliteration import distance, script_of
from retold.link.utterances import ANONYMOUS, Utterance

PERSON = "person"  # whose words are his own
HEARD = 0.2  # distance of two whole names in two scripts up to which they are one speaker's; those of two persons lay .52 apart or more
FULL = 2  # words of a name, or characters where they are not spaced, that can be heard as one
PASSED_ON = "outlet"  # who only passes words on: a version that names the outlet tells where it read them
BODY = "organisation"  # whose words are those of whoever spoke for it


def group_entity(members: Sequence[Utterance], origin: Utterance | None = None) -> str:
    """The entity that most versions name as the speaker; the origin's where several lead, else "".

    Words in marks are asked before reported ones, people before bodies that they speak for.
    """
    if origin is not None and origin.speaker == ANONYMOUS:
        return ""
    for pool in ([u for u in members if u.level in ("quoted", "part")], members):
        votes = Counter(u.entity for u in pool if u.entity and u.entity_kind not in (PASSED_ON, BODY))
        votes = votes or Counter(u.entity for u in pool if u.entity and u.entity_kind == BODY)
        if votes:
            return leading(votes, origin)
    return ""


def leading(votes: Counter[str], origin: Utterance | None) -> str:
    """The entity with most votes; where several have as many, the origin's if it is among them, else ""."""
    most = max(votes.values())
    first = sorted(entity for entity, n in votes.items() if n == most)
    if len(first) == 1:
        return first[0]
    return origin.entity if origin is not None and origin.entity in first else ""


def group_speaker(members: Sequence[Utterance], origin: Utterance | None = None) -> str:
    """The speaker's best name: that of the leading entity, else the name that most quoted versions give, the fullest first."""
    entity = group_entity(members, origin)
    if origin is not None and origin.speaker == ANONYMOUS:
        return ANONYMOUS
    if entity:
        return min((u for u in members if u.entity == entity), key=lambda u: u.place).speaker
    named = [u for u in members if u.speaker]
    told = [u for u in named if u.entity_kind != PASSED_ON] or named
    pool = [u for u in told if u.level == "quoted"] or told
    last = Counter(u.speaker.split()[-1].casefold() for u in pool)
    ranked = sorted(pool, key=lambda u: (not u.entity, -last[u.speaker.split()[-1].casefold()], -len(u.speaker.split()), u.place))
    return ranked[0].speaker if ranked else ""


def heard_as_one(utterances: Sequence[Utterance], named: Sequence[Name]) -> dict[str, str]:
    """Speakers whom the story also names in another script, sounding the same, though nothing joined them: by the entity that is kept.

    Never two whom one article names; of several that sound like one name the nearest.
    """
    labels = {n.entity: n.label for n in named if n.kind == PERSON and is_full(n.label)}
    homes: dict[str, set[str]] = {}
    for n in named:
        homes.setdefault(n.entity, set()).add(n.article)
    counts = Counter(u.entity for u in utterances)
    close: list[tuple[float, str, str]] = []
    for a in sorted(entity for entity in counts if entity in labels):
        for b in sorted(labels):
            if script_of(labels[a]) != script_of(labels[b]) and not homes[a] & homes[b]:
                apart = heard_apart(labels[a], labels[b])
                if apart <= HEARD:
                    first, other = sorted((a, b), key=lambda e: (-counts[e], e))
                    close.append((apart, first, other))
    same: dict[str, str] = {}
    for _, first, other in sorted(set(close)):
        kept = same.get(first, first)
        if other not in same and other not in same.values() and kept != other and not homes[kept] & homes[other]:
            same[other] = kept
            homes[kept] = homes[kept] | homes[other]
    return same


def is_full(name: str) -> bool:
    """Whether a name has a given and a family name."""
    return len(name.split()) >= FULL or (script_of(name) == "han" and len(name) > FULL)


def heard_apart(a: str, b: str) -> float:
    """How far two whole names are apart as they sound, the family name first or last."""
    first, other = a.split(), b.split()
    return round(min(distance("".join(first), "".join(words)) for words in (other, other[::-1])), 4)


def united(utterances: Sequence[Utterance], same: Mapping[str, str]) -> list[Utterance]:
    """The utterances with one entity for each person of several."""
    if not same:
        return list(utterances)
    return [
        replace(u, entity=same.get(u.entity, u.entity), names=frozenset(same.get(name, name) for name in u.names)) for u in utterances
    ]
