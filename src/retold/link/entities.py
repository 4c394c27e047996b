"""Entities in the making: which mentions of a story are joined, and how surely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from retold.link.forms import Form

Unit = tuple[int, str]  # a form's number and an article: all its mentions there are taken to be one


@dataclass(frozen=True, slots=True)
class Entity:
    """The units that are joined under one root."""

    root: Unit
    units: tuple[Unit, ...]


class Entities:
    """Disjoint sets of units. The root of a set is its smallest unit, so that no order of joining shows.

    Source: Tarjan 1975, disjoint sets with path compression; without ranks, because roots are chosen by order.
    """

    def __init__(self, forms: list[Form]) -> None:
        self.forms = forms
        self.parent: dict[Unit, Unit] = {}
        self.score: dict[Unit, float] = {}
        self.reason: dict[Unit, str] = {}
        for form in forms:
            for article in sorted(form.articles):
                unit = (form.number, article)
                self.parent[unit] = unit
                self.score[unit], self.reason[unit] = 1.0, "alone"

    def find(self, unit: Unit) -> Unit:
        """The root of a unit's set."""
        root = unit
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[unit] != root:
            self.parent[unit], unit = root, self.parent[unit]
        return root

    def join(self, a: Unit, b: Unit, *, score: float, reason: str) -> None:
        """Join `a` to the set of `b`; the score and reason are those of `a`'s place in it."""
        x, y = self.find(a), self.find(b)
        if x != y:
            self.parent[max(x, y)] = min(x, y)
        if self.reason[a] == "alone" or score > self.score[a]:
            self.score[a], self.reason[a] = score, reason

    def translate(self, unit: Unit, home: Unit, *, score: float) -> None:
        """Join a unit to a set whose name it translates: it is no surer of its place than that, whatever was known of it before."""
        self.join(unit, home, score=score, reason="translation")
        self.score[unit], self.reason[unit] = min(score, self.score[unit]), "translation"

    def join_form(self, form: Form, *, reason: str) -> None:
        """Join all units of a form."""
        units = [(form.number, article) for article in sorted(form.articles)]
        for unit in units:
            self.join(unit, units[0], score=1.0, reason=reason)

    def units(self, form: Form) -> list[Unit]:
        """The units of a form, by article."""
        return [(form.number, article) for article in sorted(form.articles)]

    def sets(self, units: Iterable[Unit]) -> dict[Unit, list[Unit]]:
        """Root to the units of its set, among those given."""
        out: dict[Unit, list[Unit]] = {}
        for unit in sorted(units):
            out.setdefault(self.find(unit), []).append(unit)
        return out
