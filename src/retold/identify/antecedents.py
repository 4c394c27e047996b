"""Who stands behind a source that is nobody by itself: "who", "on", a plural without a subject."""

from __future__ import annotations

from retold.identify.nounphrases import END, NAMED, Range, first_word, likeness, noun_left, noun_right, participle
from retold.identify.sources import At, Found, is_who
from retold.identify.units import Unit


def settle_source(unit: Unit, found: Found, at: At) -> None:
    """Put somebody in the place of a pronoun that is nobody: whom "who" tells of; the body in which "on" assures it, or none."""
    found.source = antecedent(unit, found.source)
    if found.source is None or found.source[1] - found.source[0] != 1 or not unit.has(found.source[0], "impersonal"):
        return
    found.source = within_body(unit, at) or opening_body(unit, at[0])
    found.passive = found.source is None


def antecedent(unit: Unit, source: Range | None) -> Range | None:
    """Whom a relative clause tells of, where "who" alone is the source of its verb ("la famille, qui évoque"); else the source itself."""
    if source is None or not unit.book.inserts or source[1] - source[0] != 1:
        return source
    if not is_who(unit, source[0]) or unit.mentions[source[0]] is not None:
        return source
    stop = source[0] - (source[0] > 0 and unit.tokens[source[0] - 1].low in ",،")
    n = unit.segment_of[stop - 1] if stop else -1
    left = noun_left(unit, unit.segments[n][0], stop) if n >= 0 else None
    return left if left and likeness(unit, left) >= NAMED else source


def within_body(unit: Unit, at: At) -> Range | None:
    """The body in which somebody tells it whom nobody names (", deslizan en Moncloa", ", dit-on au ministère", ", spiegano dal Comune")."""
    a, i, after, b = at
    t = after
    while t < b and (unit.tokens[t].low == "-" or unit.has(t, "helpers", "pronouns_first")) and not unit.has(t, "within"):
        t += 1
    if i != first_word(unit, a, i) or participle(unit, i) or t + 1 >= b or not unit.has(t, "within") or unit.mentions[t] is not None:
        return None
    t += unit.tags[t]["within"]
    body = noun_right(unit, t, b) if t < b and not unit.dated[t] else None
    named = body is not None and (likeness(unit, body) >= NAMED or any(m is not None for m in unit.mentions[slice(*body)]))
    stated = body is not None and any(unit.has(j, "statement_nouns", "told_to") for j in range(*body))  # "asegura en un comunicado"
    return body if body and named and not stated and (body[1] >= b or unit.tokens[body[1]].low in END) else None


def opening_body(unit: Unit, a: int) -> Range | None:
    """The body that the segment before token a tells the place of ("Au ministère, on assure que …"); None where it is none."""
    n = unit.segment_of[a - 2] if a > 1 else -1
    begin, stop = unit.segments[n] if n == 0 else (0, 0)
    body = noun_right(unit, begin + unit.tags[begin]["within"], stop) if stop and unit.has(begin, "within") else None
    return body if body and body[1] == stop and likeness(unit, body) >= NAMED else None
