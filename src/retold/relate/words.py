"""Texts as numbers: every word a hash of 64 bits with its place, made with numpy for many texts at once.

A word is a run of letters and digits, or one sign of a script that sets no spaces (Han, kana, Thai and their neighbours), so that
nobody needs to be told the language. Words are compared without case; marks that join to a letter, soft hyphens and other signs
of no width are passed over. The hashes are polynomials over fixed random numbers: the same on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from retold.base.records import Span

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

POINTS = 0x110000
ALL_SIGNS = 0x30000  # from here on everything is taken for a sign of a script without spaces
PAGE = 256  # code points that are looked up at once
BLANK, LETTER, SIGN, PASSED, UNREAD = 0, 1, 2, 3, 4
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it has an inverse modulo 2**64
INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
            (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
WEIGHTS = (0, 5, 3)  # of nothing, a word, a sign: two words of Chinese are about three signs, and some words are one
GAPS = 1  # numbers that match nothing, before and after every span


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of texts one after the other.

    Args:
        hashes: (n,) uint64; between spans stands a hash that nothing else has.
        starts: (n,) int32, where a word starts in its own text; -1 between spans.
        ends: (n,) int32.
        weights: (n,) int8, 5 a word, 3 a sign of a script without spaces, 0 between spans.
        owners: (n,) int32, the number of the text.
    """

    hashes: Hashes
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    weights: npt.NDArray[np.int8]
    owners: npt.NDArray[np.int32]


def mixed(values: Hashes) -> Hashes:
    """Numbers scattered over 64 bits.

    Source: Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators", section 3 (the finaliser).
    """
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def powers(count: int, base: int) -> Hashes:
    """(count,) uint64: the powers of a number modulo 2**64, from 0."""
    found = np.full(count, base, np.uint64)
    found[:1] = 1
    return np.cumprod(found, out=found)


def powers_to(count: int, base: np.uint64 = BASE) -> Hashes:
    """At least `count` powers of a number; computed for the next power of two, so that few tables are kept."""
    return powers(1 << max(10, int(count).bit_length()), int(base))


class Classes:
    """For every code point its class and the random number of its letter; large and small letters have the same.

    What is known of a code point is looked up for `PAGE` of them at once, when a text first has one of these: for all of them it
    takes a quarter of a second, in every process.
    """

    def __init__(self) -> None:
        self.kinds, self.values = np.full(POINTS, UNREAD, np.uint8), np.zeros(POINTS, np.uint64)

    def of(self, points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
        """The classes of code points; `values` holds their numbers from then on."""
        kinds = self.kinds[points]
        unread = kinds == UNREAD
        if not unread.any():
            return np.asarray(kinds)
        for page in np.unique(points[unread] // PAGE).tolist():
            self._read(range(page * PAGE, (page + 1) * PAGE))
        return np.asarray(self.kinds[points])

    def _read(self, page: range) -> None:
        """Look up the code points of a page."""
        for point in page:
            self.kinds[point], self.values[point] = class_of(point)
        self.values[page.start:page.stop] = mixed(self.values[page.start:page.stop] + np.uint64(0x51ED270B))


def class_of(point: int) -> tuple[int, int]:
    """The class of a code point, and the code point of its small letter.

    >>> class_of(ord("A")), class_of(ord("船"))
    ((1, 97), (2, 33337))
    """
    sign = chr(point)
    unspaced = any(first <= point <= last for first, last in UNSPACED)
    if sign.isalnum():
        folded = sign.casefold()
        return (SIGN if unspaced else LETTER), ord(folded) if len(folded) == 1 else point
    if point >= ALL_SIGNS:
        return SIGN, point
    passed = unicodedata.category(sign) in ("Mn", "Me", "Cf") or sign == "ـ"
    return (PASSED if passed else BLANK), point


@cache
def classes() -> Classes:
    """What is known of code points, once a process."""
    return Classes()


def read_words(texts: Sequence[str], spans: Sequence[Sequence[Span]] = (), *, names: Sequence[str] = ()) -> Words:
    """The words of texts, or of spans of them.

    Args:
        texts: any strings.
        spans: for each text what of it is read; all of it where this is left out.
        names: of the texts, from which the hashes between spans are made; their numbers where left out.

    >>> words = read_words(["The dam.", "THE DAM"])
    >>> words.starts.tolist(), bool((words.hashes[1:3] == words.hashes[5:7]).all())
    ([-1, 0, 4, -1, -1, 0, 4, -1], True)
    """
    parts, owners, offsets = pieces(texts, spans)
    points = np.frombuffer("\n".join(parts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    known = classes()
    kind = known.of(points)
    passed = kind == PASSED
    places = np.flatnonzero(~passed) if passed.any() else None  # most texts have no such marks: nothing need be moved then
    if places is not None:
        kind, points = kind[places], points[places]
    begins, stops = bounded(kind)
    hashes = ranged(known.values[points], begins, stops)
    first, last = (begins, stops - 1) if places is None else (places[begins], places[stops - 1])
    lengths = np.array([len(p) + 1 for p in parts], dtype=np.int64)
    bounds = np.concatenate([[0], lengths.cumsum()])
    part = np.searchsorted(bounds, first, side="right") - 1
    shift = np.asarray(offsets, dtype=np.int64)[part] - bounds[part]
    found = Words(hashes=hashes, starts=(first + shift).astype(np.int32), ends=(last + 1 + shift).astype(np.int32),
                  weights=np.asarray(WEIGHTS, dtype=np.int8)[kind[begins]], owners=np.asarray(owners, dtype=np.int32)[part])
    return with_gaps(found, part, owners, list(names))


def bounded(kind: npt.NDArray[np.uint8]) -> tuple[Places, Places]:
    """Where the words of code points of these classes begin, and where they stop.

    >>> begins, stops = bounded(np.array([LETTER, LETTER, BLANK, SIGN, SIGN, LETTER], np.uint8))
    >>> begins.tolist(), stops.tolist()
    ([0, 3, 4, 5], [2, 4, 5, 6])
    """
    inside, sign = np.zeros(len(kind) + 2, bool), kind == SIGN
    np.equal(kind, LETTER, out=inside[1:-1])
    begins = np.flatnonzero(sign | (inside[1:-1] & ~inside[:-2]))
    stops = np.flatnonzero(sign | (inside[1:-1] & ~inside[2:])) + 1
    return begins, stops


def pieces(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> tuple[list[str], list[int], list[int]]:
    """What is read, the number of its text, and where it stands there."""
    if not spans:
        return list(texts), list(range(len(texts))), [0] * len(texts)
    cut = [(text[s:e], i, s) for i, (text, own) in enumerate(zip(texts, spans, strict=True)) for s, e in own]
    return [c[0] for c in cut], [c[1] for c in cut], [c[2] for c in cut]


def ranged(values: Hashes, begins: Places, stops: Places) -> Hashes:
    """A hash of each range [begin, stop) of the values, the same wherever it stands."""
    sums = np.concatenate([np.zeros(1, np.uint64), (values * powers_to(len(values))[:len(values)]).cumsum(dtype=np.uint64)])
    return mixed((sums[stops] - sums[begins]) * powers_to(len(values), INVERSE)[begins])


def with_gaps(words: Words, part: Places, owners: Sequence[int], names: Sequence[str]) -> Words:
    """The words with a gap before and after each span; a gap's hash is made of the text's name, so that it matches nothing."""
    counts = np.bincount(part, minlength=len(owners)) if len(owners) else np.zeros(0, np.int64)
    before = np.repeat(np.concatenate([[0], counts.cumsum()])[:-1], 2 * GAPS)
    after = np.repeat(counts.cumsum(), 2 * GAPS)
    where = np.where(np.arange(len(before)) % 2 == 0, before, after)
    owner = np.repeat(np.asarray(owners, dtype=np.int32), 2 * GAPS)
    seeds = np.array([name_hash(names[i] if names else str(i)) for i in owners], dtype=np.uint64).repeat(2 * GAPS)
    gaps = mixed(seeds + np.arange(len(seeds), dtype=np.uint64) * BASE)
    return Words(hashes=np.insert(words.hashes, where, gaps), starts=np.insert(words.starts, where, -1),
                 ends=np.insert(words.ends, where, -1), weights=np.insert(words.weights, where, 0),
                 owners=np.insert(words.owners, where, owner))


def name_hash(name: str) -> int:
    """A number of 64 bits for a name."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
