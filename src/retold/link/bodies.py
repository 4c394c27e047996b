"""Descriptions of bodies ("the coast guard", "die Polizei"): joined to the one body they can mean, or to each other."""

from __future__ import annotations

from retold.lexicons.bodies import QUALIFIERS, Body
from retold.link.entities import Entities, Unit
from retold.link.forms import Form

REGULATORS = frozenset({"authority", "council", "commission", "board"})  # heads that languages use for the same body
SPECIFIC = frozenset({"police", "coast_guard", "fire_service", "prosecutor", "army", "navy"})  # of which a story mostly has one


def join_descriptions(entities: Entities) -> set[Unit]:
    """Join what can be joined, and return the units that are kept: all names, and descriptions that mean something definite."""
    named = [f for f in entities.forms if not f.described and f.kind != "person" and not f.place]
    described = [f for f in entities.forms if f.described]
    kept = {u for f in entities.forms if not f.described for u in entities.units(f)}
    open_units: list[tuple[Form, Unit]] = []
    for form in described:
        for unit in entities.units(form):
            if entities.reason[unit] == "apposition" or resolve(entities, form, unit, named):
                kept.add(unit)
            elif definite(form.body):
                open_units.append((form, unit))
                kept.add(unit)
    join_open(entities, open_units)
    return kept


def definite(body: Body) -> bool:
    """Whether a description tells its body from others: by country, field, or because there is mostly one."""
    return bool(body.head and (body.country or body.fields - QUALIFIERS)) or body.head in SPECIFIC


def resolve(entities: Entities, form: Form, unit: Unit, named: list[Form]) -> bool:
    """Join a description to the one body that it fits: in its article, or in the story if it is definite."""
    here = [f for f in named if unit[1] in f.articles]
    for among, score in ((here, 0.7), (named, 0.6)) if definite(form.body) else ((here, 0.6),):
        for rank in (0, 1, 2):
            roots = {entities.find((f.number, unit[1]) if unit[1] in f.articles else entities.units(f)[0])
                     for f in among if (form.kind == "place") == (f.kind == "place") and fitness(form, f) == rank}
            if len(roots) == 1:
                entities.join(unit, roots.pop(), score=score - 0.05 * rank, reason="description")
                return True
            if roots:
                break
    return False


def fitness(described: Form, name: Form) -> int:
    """How a description fits a name: 0 its words end the name, 1 its noun is in the name, 2 it says the same; 9 not at all."""
    words = described.words
    if len(words) < len(name.words) and name.words[-len(words):] == words:
        return 0
    compatible = agree(described.body, name.body)
    if described.kind == "place":
        return 1 if words[-1] in name.words else 9
    if words[-1] in name.words and (compatible or not described.body.head):
        return 1
    return 2 if compatible else 9


def agree(a: Body, b: Body) -> bool:
    """Whether two descriptions can mean one body."""
    if not a.head or not b.head or (a.country and b.country and a.country != b.country):
        return False
    if a.country and a.country == b.country and not (a.fields and b.fields) and {a.head, b.head} <= REGULATORS:
        return True
    nested = a.fields <= b.fields or b.fields <= a.fields
    if a.head == b.head:
        return nested and (a.head in SPECIFIC or bool(a.fields & b.fields) or not (a.fields or b.fields))
    return a.head in REGULATORS and b.head in REGULATORS and nested and bool(a.fields & b.fields)


def join_open(entities: Entities, units: list[tuple[Form, Unit]]) -> None:
    """Join descriptions that name no known body to each other, where each agrees with one group only."""
    groups: list[tuple[Body, Unit]] = []
    for form, unit in sorted(units, key=lambda fu: (-detail(fu[0].body), fu[1][1], fu[1][0])):
        fitting = {entities.find(home): home for body, home in groups if agree(form.body, body)}
        if len(fitting) == 1:
            entities.join(unit, next(iter(fitting.values())), score=0.6, reason="description")
        groups.append((form.body, unit))


def detail(body: Body) -> int:
    """How much a description says."""
    return 2 * len(body.fields) + 2 * bool(body.country)
