"""Numbers as a language writes them: digits with its marks, number words, scale words, and compositions of these."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import log10
from typing import Any

from retold.base.cutting import cut
from retold.base.remembered import Remembered
from retold.identify.glances import FIGURE, Gate, Glance, gate
from retold.identify.lettercase import fold, looked_up
from retold.identify.sums import Atom, Sum, step_of
from retold.lexicons import Lexicon, lexicon

SPACES = "\u0020\u00a0\u2009\u202f\u2007"  # what stands between groups of three digits, besides a comma or point
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
WORDS = re.compile(f"({WORD.pattern})")  # in brackets, to cut by
LETTERS = re.compile(r"[^\W\d_]+")
LONGEST_DIGITS = 24  # code points: a longer run of digits is no number that news would print
LONGEST_COMPOUND = 48  # letters; the longest German number below a million has 45
MOST_DULL = 100_000  # words that are remembered to be no numbers
GAP = re.compile(r"[\s\u00a0-]{0,2}")


@dataclass(slots=True, kw_only=True)
class Number:
    """A number in a text: `step` is the place that it is rounded to at most, `word` whether it is written in words.

    `rank` marks ordinals ("third"), which count nothing; `bare` a scale word without a number before it ("million").
    """

    start: int
    end: int
    value: float
    step: float
    word: bool
    rank: bool = False
    bare: bool = False


@cache
def shared() -> dict[str, Any]:
    """The tables of `numerals.toml`."""
    return tomllib.loads((files(__package__) / "numerals.toml").read_text("utf-8"))


class Numerals:
    """The numbers of one language."""

    def __init__(self, words: Lexicon) -> None:
        self.lexicon = words
        self.spaced = words.spaced
        table = words.table("quantities")
        numbers = {fold(k): float(v) for k, v in table.get("numbers", {}).items()}
        scales = {fold(k): float(v) for k, v in table.get("scales", {}).items()}
        self.numbers = {k: v for k, v in numbers.items() if k not in scales}
        self.scales = scales if self.spaced else scales | {k: v for k, v in self.numbers.items() if v in (10, 100, 1000, 10000)}
        self.decimal = str(table.get("decimal", "."))
        self.group = str(table.get("group", ","))
        self.segment = Remembered(self._segment)
        self.dull: set[str] = set()

    @cached_property
    def connectors(self) -> frozenset[str]:
        """Words that may join the parts of a number."""
        return frozenset(shared()["numbers"]["connectors"])

    @cached_property
    def ordinals(self) -> re.Pattern[str]:
        """Number words that rank."""
        return re.compile("|".join(shared()["ordinals"]["words"]))

    @cached_property
    def phrases(self) -> re.Pattern[str]:
        """Number words of several words ("a couple of")."""
        many = [w for w in (*self.numbers, *self.scales) if " " in w or "-" in w or w.endswith(".")]
        if not many:
            return re.compile(r"(?!)")
        body = "|".join(re.escape(w).replace("\\ ", r"\s+").replace("'", "['’ʼ]") for w in sorted(many, key=lambda w: (-len(w), w)))
        return re.compile(rf"(?<!\w)(?:{body})(?:(?<=\.)|(?!\w))", re.IGNORECASE)

    @cached_property
    def digits(self) -> str:
        """The pattern of a number in digits."""
        group = "".join(dict.fromkeys(re.escape(c) for c in f"{self.group}٬’'{SPACES}" if c not in self.decimal[:1]))
        decimal = "".join(re.escape(c) for c in f"{self.decimal}٫")
        grouped = rf"\d{{1,3}}(?P<mark>[{group}])\d{{3}}(?:(?P=mark)\d{{3}})*(?!\d)"
        either = r"\d{1,3}(?P<other>[.,])\d{3}(?:(?P=other)\d{3})+(?!\d)"
        return rf"(?P<digits>(?:{grouped}|{either}|\d+)(?P<fraction>[{decimal}]\d+|[.,]\d{{1,2}}(?!\d|[.,]\d))?)"

    @cached_property
    def tokens(self) -> re.Pattern[str]:
        """One pattern for everything a number may be made of, but for words that stand between spaces."""
        if self.spaced:
            return re.compile(self.digits)
        signs = "".join(sorted(re.escape(k) for k in (*self.numbers, *self.scales) if len(k) == 1))
        return re.compile(rf"{self.digits}|(?P<sign>[{signs or '〇'}])")

    def find(self, text: str, start: int, end: int, *, told: bool = True) -> list[Number]:
        """The numbers in text[start:end], left to right, without overlap; only those in figures where none is `told` in words."""
        atoms = self.atoms(text, start, end) if told else self._figures(text, start, end)
        out: list[Number] = []
        at = 0
        while at < len(atoms):
            number, at = self.compose(text, atoms, at)
            if number is not None:
                out.append(number)
        return out

    def may_be_told(self, seen: Glance) -> bool:
        """Whether a sentence may hold a number in words, or a part of one."""
        if not self.spaced or self._marked.passes(seen):
            return True
        unknown = seen.words - self.dull
        if len(self.dull) < MOST_DULL:
            self.dull.update(word for word in unknown if not self._perhaps(word))
        return not unknown <= self.dull

    @cached_property
    def _marked(self) -> Gate:
        """What stands in a sentence with a number that is written with spaces or marks ("a couple of", "п'ять")."""
        return gate((w for w in (*self.numbers, *self.scales) if not w.isalpha()), whole=True)

    def _perhaps(self, word: str) -> bool:
        """Whether a word may be a number, or holds one between figures and marks."""
        return any(self.segment[part] for part in LETTERS.findall(word))

    def atoms(self, text: str, start: int, end: int) -> list[list[Atom]]:
        """Every word, sign or run of digits that may be part of a number, each as its parts."""
        found: list[list[Atom]] = []
        taken = start
        phrases = [m.span() for m in self.phrases.finditer(text, start, end)]
        for s, e in phrases:
            found += self._between(text, taken, s)
            found.append([self._known(text[s:e], s, e)])
            taken = e
        return found + self._between(text, taken, end)

    def _figures(self, text: str, start: int, end: int) -> list[list[Atom]]:
        """The runs of digits alone: a text is searched for figures several times as fast as for words."""
        out = []
        found = FIGURE.search(text, start, end)
        while found:
            m = self.tokens.match(text, found.start(), end)
            if m is not None and m.end() - m.start() <= LONGEST_DIGITS:
                out.append([self._digits(m)])
            found = FIGURE.search(text, m.end() if m else found.end(), end)
        return out

    def _between(self, text: str, start: int, end: int) -> list[list[Atom]]:
        if self.spaced:
            _, words, offsets = cut(WORDS, text, start, end)
            told = [[Atom(offsets[2 * i], offsets[2 * i + 1], value, kind) for value, kind in parts]
                    for i, parts in enumerate(map(self.segment.__getitem__, words)) if parts]
            figures = self._figures(text, start, end)
            return sorted([*told, *figures], key=lambda atoms: atoms[0].start) if told and figures else told or figures
        out = []
        for m in self.tokens.finditer(text, start, end):
            if m.lastgroup == "sign":
                out.append([self._known(m.group(), m.start(), m.end())])
            elif m.end() - m.start() <= LONGEST_DIGITS:
                out.append([self._digits(m)])
        return out

    def _known(self, word: str, start: int, end: int) -> Atom:
        scale = looked_up(self.scales, word)
        return Atom(start, end, looked_up(self.numbers, word) or 0.0, "word") if scale is None else Atom(start, end, scale, "scale")

    def _digits(self, match: re.Match[str]) -> Atom:
        whole, fraction = match.group("digits"), match.group("fraction") or ""
        whole = whole[: len(whole) - len(fraction)]
        number = whole if whole.isdigit() else "".join([c for c in whole if c.isdigit()]) or "0"
        places = len(fraction) - 1 if fraction else 0
        value = float(f"{number}.{fraction[1:]}" if fraction else number)
        step = 10.0**-places if fraction else step_of(value)
        return Atom(match.start(), match.end(), value, "digits", step)

    def _segment(self, word: str) -> tuple[tuple[float, str], ...]:
        """A word as the parts of a number; () where it is none. Compounds must be covered completely and add up."""
        word = fold(word)
        if word in self.scales:
            return ((self.scales[word], "scale"),)
        if word in self.numbers:
            return ((self.numbers[word], "word"),)
        if len(word) > LONGEST_COMPOUND or len(word) < 3:
            return ()
        parts = self._split(word, {})
        if not parts or len(parts) < 2:
            return ()
        total, joined = Sum(spaced=True), False
        for value, kind in parts:
            if kind == "joint":
                joined = True
            elif not total.take(Atom(0, 0, value, kind), joined=joined):
                return ()
            else:
                joined = False
        return parts

    def _split(self, word: str, memo: dict[str, tuple[tuple[float, str], ...]]) -> tuple[tuple[float, str], ...]:
        """The first way, longest parts first, to cut a word into number words; () where there is none."""
        if word in memo:
            return memo[word]
        memo[word] = ()
        pieces, longest = self._pieces
        for length in range(min(len(word), longest), 0, -1):
            part = self._part(word[:length]) if word[:length] in pieces else None
            if part is None:
                continue
            rest = self._split(word[length:], memo) if length < len(word) else ()
            if length == len(word) and part[1] == "joint":
                continue
            if length == len(word) or rest:
                memo[word] = (part, *rest)
                break
        return memo[word]

    def _part(self, piece: str) -> tuple[float, str] | None:
        if piece in self.scales:
            return (self.scales[piece], "scale")
        if piece in self.numbers and len(piece) > 1:
            return (self.numbers[piece], "word")
        if piece in self._halves:
            return (0.5, "half")
        return (0.0, "joint") if piece in self.connectors else None

    @cached_property
    def _pieces(self) -> tuple[frozenset[str], int]:
        """All parts of compounds, and the length of the longest."""
        pieces = frozenset((*self.numbers, *self.scales, *self._halves, *self.connectors))
        return pieces, max(map(len, pieces))

    @cached_property
    def _halves(self) -> frozenset[str]:
        return frozenset(shared()["numbers"]["halves"])

    def compose(self, text: str, atoms: list[list[Atom]], at: int) -> tuple[Number | None, int]:
        """The number that begins at an atom, and where to go on."""
        total = Sum(spaced=self.spaced)
        first, last, count = atoms[at][0], atoms[at][0], 0
        positional = ""
        while at + count < len(atoms):
            group = atoms[at + count]
            joined = False
            if count:
                gap = self._gap(text, last.end, group[0].start)
                if gap is None:
                    break
                joined = gap
            if self.spaced and last.kind == "digits" and group[0].end - group[0].start == 1 and group[0].start > last.end:
                break  # "5 m" are metres, "5m" millions
            if not self._take_all(total, group, joined=joined):
                digit = group[0].value
                if self.spaced or group[0].kind != "word" or digit > 9 or total.section or total.total:
                    break
                positional = positional or str(int(total.value))
                positional += str(int(digit))
            last = group[-1]
            count += 1
        if not count:
            return None, at + 1
        value = float(positional) if positional else total.value
        return self._number(text, first, last, value, total.step), at + count

    def _take_all(self, total: Sum, group: list[Atom], *, joined: bool) -> bool:
        """Add the parts of one word, all or none."""
        before = (total.total, total.section, total.part, total.ceiling, total.step)
        for atom in group:
            if atom.kind == "joint":
                joined = True
                continue
            half = atom.kind == "half"
            if not total.take(atom, joined=joined or half):
                total.total, total.section, total.part, total.ceiling, total.step = before
                return False
            joined = False
        return True

    def _gap(self, text: str, start: int, end: int) -> bool | None:
        """Whether a connector stands between two atoms; None where something else does."""
        between = text[start:end]
        if len(between) > 8:
            return None
        words = fold(between).strip(" \u00a0\u202f-")
        if not words:
            return False if "\n" not in between else None
        return True if self.spaced and words in self.connectors else None

    def _number(self, text: str, first: Atom, last: Atom, value: float, step: float) -> Number:
        surface = text[first.start : last.end]
        word = first.kind != "digits"
        if word or last is not first:
            step = max(step, step_of(value)) if value >= 10 and value == round(value) and first.kind != "digits" else step
        alone = first is last
        rank = word and alone and bool(self.ordinals.fullmatch(fold(surface)))
        bare = alone and first.kind == "scale"
        return Number(start=first.start, end=last.end, value=value, step=step, word=word, rank=rank, bare=bare)


@cache
def numerals(language: str) -> Numerals:
    """The numbers of a language.

    >>> [n.value for n in numerals("en").find("Thirteen of 120, 3.4 million", 0, 28)]
    [13.0, 120.0, 3400000.0]
    """
    return Numerals(lexicon(language))


def magnitude(value: float) -> int:
    """How many digits stand before the point.

    >>> magnitude(14200)
    5
    """
    return int(log10(abs(value))) + 1 if abs(value) >= 1 else 1
