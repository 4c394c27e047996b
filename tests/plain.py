"""Models that need no time to load, for tests of what is kept rather than of what is found."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from retold.base.models import Models


class PlainEncoder:
    """The same words have the same vector; that is all."""

    name = "plain"
    dimensions = 16

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.stack([np.frombuffer(blake2b(text.encode(), digest_size=16).digest(), dtype=np.uint8) for text in texts]).astype(np.float32)
        rows -= 128
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class PlainIdentifier:
    """Everything is English."""

    name = "plain"

    def identify(self, text: str) -> tuple[str, float]:
        return "en", 1.0


PLAIN = Models(encoder=PlainEncoder(), identifier=PlainIdentifier())
