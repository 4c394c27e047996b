"""Numbers told in several words, added up from left to right: digits, number words and scale words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Atom:
    """A part of a number: value to add, or scale to multiply by."""

    start: int
    end: int
    value: float
    kind: str
    step: float = 1.0


def step_of(value: float) -> float:
    """The largest power of ten that divides a whole number; 1 for zero and fractions.

    >>> step_of(14200), step_of(31)
    (100.0, 1.0)
    """
    whole, step = round(value), 1.0
    while whole and whole % 10 == 0:
        whole, step = whole // 10, step * 10
    return step


class Sum:
    """Adds up atoms from left to right as long as they make one number.

    Digits and tens gather in `part`, hundreds in `section`, thousands and more in `total`.
    """

    def __init__(self, *, spaced: bool) -> None:
        self.spaced = spaced
        self.total = 0.0
        self.section = 0.0
        self.part: float | None = None
        self.ceiling = float("inf")
        self.step = 1.0
        self.fraction = False

    @property
    def value(self) -> float:
        """What has been added up so far."""
        return self.total + self.section + (self.part or 0.0)

    def take(self, atom: Atom, *, joined: bool = False) -> bool:
        """Add an atom; False, and nothing changed, where it cannot belong to the number. `joined`: a connector stands before."""
        if atom.kind == "scale":
            return self._scale(atom.value)
        if atom.value == 0.5 and joined and self.part is not None:
            self.part += 0.5
            self.step = 0.1
            return True
        return self._add(atom, joined=joined)

    def _add(self, atom: Atom, *, joined: bool) -> bool:
        if self.part is None:
            if atom.value >= self.ceiling or (self.section and atom.value >= step_of(self.section)):
                return False
            if atom.kind == "digits" and self.spaced and (self.section or self.total):
                return False
            self.part, self.step = atom.value, atom.step
            return True
        if atom.value == 12 and 1 < self.part < 10 and atom.kind == "word":  # two dozen
            self.part *= 12
            return True
        if atom.kind == "digits" or not self._fits(atom.value, joined=joined):
            return False
        self.part += atom.value
        return True

    def _fits(self, value: float, *, joined: bool) -> bool:
        """Whether tens or units may follow what is there: twenty + one, soixante + dix, ein + und + dreißig, zweihundert + elf."""
        part = self.part or 0.0
        if part % 1 or value % 1 or value <= 0:
            return False
        tail = part % 100
        if part >= 100 and tail == 0:
            return value < 100
        if tail >= 20 and tail % 10 == 0:
            return value < 20 if tail in (60, 80) else value < 10
        return joined and 0 < part < 10 and 20 <= value < 100 and value % 10 == 0

    def _scale(self, scale: float) -> bool:
        small = scale < (1000 if self.spaced else 10000)
        if small:
            if self.section and scale >= step_of(self.section):
                return False
            self.section += (1.0 if self.part is None else self.part) * scale
            self.step = 1.0
        else:
            if scale >= self.ceiling:
                return False
            amount = self.section + (self.part or 0.0)
            self.total += (amount or 1.0) * scale
            self.step = scale * self.step if self.part is not None else scale
            self.section, self.ceiling = 0.0, scale
        self.part = None
        return True
