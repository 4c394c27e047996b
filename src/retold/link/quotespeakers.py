"""Who speaks in a quote that several articles tell of: one vote for each version, people before bodies before outlets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retold.link.utterances import ANONYMOUS, Utterance

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
