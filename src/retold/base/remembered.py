"""What a function says of words, remembered: a text has few words that differ, and most questions are asked of the same ones again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
MOST = 200_000  # keys that are remembered; further ones are asked anew each time


class Remembered(dict[K, V]):
    """The answers of a function by its argument, each found out when it is first asked for.

    To look up an answer that is known takes no step of Python's, also for many words at once: `map(answers.__getitem__, words)`.

    >>> sizes = Remembered(len)
    >>> sizes["dam"], list(map(sizes.__getitem__, ("dam", "broke"))), dict(sizes)
    (3, [3, 5], {'dam': 3, 'broke': 5})
    """

    def __init__(self, tell: Callable[[K], V]) -> None:
        super().__init__()
        self.tell = tell

    def __missing__(self, key: K) -> V:
        """The answer of a new key."""
        found = self.tell(key)
        if len(self) < MOST:
            self[key] = found
        return found
