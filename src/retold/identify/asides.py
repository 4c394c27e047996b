"""Attributions told in passing: "as the paper reported", "was first reported by X", "the paper cited three people"."""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import (
    MAX_CLITIC,
    NAMED,
    Range,
    adverbial,
    clitic,
    content_end,
    first_word,
    likeness,
    noun_left,
    noun_right,
    participle,
)
from retold.identify.sources import At, Found, described_behind, person_behind
from retold.identify.units import Unit


def as_clause(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """Wie die Polizei mitteilte, … / …, as the paper reported, …"""
    a, i, after, b = at
    if not unit.has(a, "as") or any(unit.has(j, "that") for j in range(after, b)) or i == a:
        return False
    length = max(unit.tags[a].get("as", 1), 1)
    agent = next((j for j in range(after, min(b, after + 2)) if unit.has(j, "agents")), None)
    left = noun_left(unit, a + length, i)
    left = None if left and left[1] - left[0] == 1 and clitic(unit, left[0]) else left
    paper, left = left, None if adverbial(unit, a + length, left) else left  # "wie aus einem Vermerk hervorgeht"
    source = noun_right(unit, agent + 1, b) if agent is not None else left or noun_right(unit, after, b)
    if source is None and agent is None and book.inverts:  # "jak wspomina po latach kierownik Jan Lis"
        source = person_behind(unit, after) or described_behind(unit, after)
    source = source or paper
    described = source is not None and unit.has(source[0], "articles") and found.key != "attitude"  # "wie das Statistikamt mitteilte"
    if source is None or (likeness(unit, source) < 1 and not described):
        return False
    cited = next((t for t in range(a + length, i) if unit.tags[t].get("according_to", 0) > 1 and unit.mentions[t] is None), 0)
    if cited and (before := noun_left(unit, a + length, cited)):  # "wie Reuters unter Berufung auf zwei Beamte berichtet"
        source = before
    parts = [(0, max(0, a - 1)), (min(b + 1, len(unit.tokens)), content_end(unit, min(b + 1, len(unit.tokens))))]
    if a and parts[1][0] < parts[1][1] and unit.has(parts[1][0], "relative"):
        parts = parts[:1]  # "…, as Reuters says, which cites two people"
    found.content = [p for p in parts if p[1] - p[0] >= 2]
    found.source, found.left = source, a > 0
    return bool(found.content)


def citing(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """The paper cited three people: they are its source for what the sentence before says."""
    a, i, after, b = at
    if not unit.has(i, "citing") or (b < len(unit.tokens) and (unit.tokens[b].quote >= 0 or unit.tokens[b].low == ":")):
        return False
    after = max(after, i + unit.tags[i]["citing"])
    if any(unit.has(j, "as") and participle(unit, j + 1) for j in range(after, b - 1)):
        return False  # "X quoted Y as saying …": two attributions, one in the other
    subject, source = noun_left(unit, a, i), noun_right(unit, after, b)
    if unit.has(a, "relative") and i - a <= MAX_CLITIC and source is not None:
        found.cue, found.key, found.source = ((i, after),), "according_to", source
        return True
    if subject is None or source is None or likeness(unit, source) < 2 or any(unit.has(j, "that") for j in range(*source)):
        return False
    found.cue, found.key = ((i, after),), "according_to"
    found.source, found.addressee, found.before = source, subject, True
    return True


def talked_of(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """In der Anklageschrift ist von 61 Fällen die Rede. / In het rapport is sprake van tekorten."""
    a, i, after, b = at
    if not unit.has(i, "talked_of"):
        return False
    opens = a if unit.has(a, "breaks", "prepositions") else -1
    helper = next((t for t in range(a, i) if unit.has(t, "helpers", "passives") and unit.mentions[t] is None), i)
    source = noun_right(unit, opens + 1, min(helper, i)) if opens >= 0 else None
    told = (after, b) if after < b and sum(t.word for t in unit.tokens[after:b]) else (helper + 1, i)
    if source is None or likeness(unit, source) < NAMED or told[0] >= told[1]:
        return False
    found.source, found.content = source, [told]
    return True


def passive(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """…, as was first reported by X / … wurde von X gemeldet: the source behind its preposition, the content before."""
    a, i, after, b = at
    agent = next((j for j in range(after, min(b, after + 4)) if unit.has(j, "agents")), None)
    if agent is None or not (i == first_word(unit, a, i) or any(unit.has(j, "passives") for j in range(max(a, i - 4), i))):
        return False
    source = noun_right(unit, agent + 1, b)
    content = noun_left(unit, a, i) or segment_before(unit, a)
    while content is not None and content[1] - content[0] > 1 and unit.has(content[1] - 1, "passives", "helpers"):
        content = content[0], content[1] - 1
    if source is None or content is None or likeness(unit, source) < 1:
        return False
    if likeness(unit, content) >= NAMED and any(unit.has(t, *CLASSES) and unit.mentions[t] is None for t in range(source[0] + 1, b)):
        return False  # "One source cited by the paper said …": the source of what follows
    if "that" in unit.tags[min(source[1], len(unit.tokens) - 1)]:  # "Farmers were warned by the service that frost was coming"
        found.source, found.content, found.addressee = source, [(source[1], content_end(unit, source[1]))], content
        return True
    found.source, found.content, found.left = source, [content], True
    return True


def bare_participle(unit: Unit, a: int, i: int) -> bool:
    """Whether a past participle stands behind its noun without an auxiliary ("un lot rappelé"): it tells of that noun, and nobody says it.

    Only where no finite verb looks like a participle, and so verbs with "X said" inside the marks turn their order.
    """
    if not unit.book.inserts or i == a or not unit.tokens[i].low.endswith(unit.book.past) or unit.mentions[i] is not None:
        return False
    for t in range(i - 1, a - 1, -1):
        if unit.has(t, "articles") and not (t == i - 1 and clitic(unit, t)):
            return True
        if unit.has(t, "helpers", "passives", "joins", "catenative", "as") or unit.tokens[t].low.endswith(unit.book.participles):
            return unit.has(t, "joins")
    return False


def by_agent(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """Un message posté sur Facebook par X : “…”: whose words they are stands behind the participle, what they are behind the colon."""
    _, _, after, b = at
    agent = next((j for j in range(after, b) if unit.has(j, "agents")), None)
    source = noun_right(unit, agent + 1, b) if agent is not None and b + 1 < len(unit.tokens) and unit.tokens[b].low == ":" else None
    if source is None or likeness(unit, source) < 1:
        return False
    found.source, found.content = source, [(b + 1, content_end(unit, b + 1))]
    return True


def segment_before(unit: Unit, a: int) -> Range | None:
    """What the segment before token a says, for “The plan, first reported by X, …”."""
    n = unit.segment_of[a - 2] if a > 1 else -1
    return unit.segments[n] if n >= 0 and unit.segments[n][1] == a - 1 else None
