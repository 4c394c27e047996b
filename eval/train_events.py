"""Train the encoder of events: adapters for multilingual-e5-small, on invented events as many outlets tell them.

    pip install --group train            # torch, for training only; nothing that is shipped needs it
    python eval/train_events.py --to src/retold/embed/events.npz          # about 26 CPU-minutes with bfloat16 products
    python eval/train_events.py --to FILE --held 7          # without every seventh group, which is judged before and after

`eval/short/events.jsonl`: one event a line, with its tellings in several languages; three events of one `group` are easily mixed up. A
telling is read by its headline, its beginning or both. In each step the tellings of some groups are set against each other: those of one
event are to be nearest.

Source: Khosla et al. 2020, "Supervised Contrastive Learning", section 3.2.2 (the sum outside the logarithm); adapters: Hu et al. 2022,
"LoRA", section 4.1.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from adapters import stack, steps, write_arrays

from retold.embed.e5 import PREFIX, weights_path
from retold.embed.packed import Packed

EVENTS = Path(__file__).parent / "short" / "events.jsonl"
RANK = 32
LONGEST = 96  # sub-words of a telling
GROUPS, TELLINGS = 10, 3  # of a step; of an event in it
AT_ONCE = 24  # tellings that go through the layers together, of like length
TEMPERATURE = 0.05
RATES = (5e-4, 5e-4, 70)
MEAN_FROM = 0.75  # of the steps, from which on the mean of the weights is taken
READ_AS = "tttbbl"  # headline, both, beginning: how often each
Event = Mapping[str, Any]


def words(telling: Mapping[str, str], how: str) -> str:
    """What is read of a telling."""
    title, lead = telling["title"], telling["lead"]
    return title if how == "t" or not lead else lead if how == "l" else f"{title}. {lead}"


def encoded(net: Any, packed: Packed, texts: Sequence[str]) -> Any:
    """The vectors of texts, the mean of the states of each: (n, width), unit length. Those of like length are read together."""
    import torch

    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
    rows = []
    for at in range(0, len(order), AT_ONCE):
        states, there = net([packed.subwords.encode(PREFIX + texts[i], at_most=LONGEST) for i in order[at:at + AT_ONCE]])
        rows.append((states * there[:, :, None]).sum(1) / there.sum(1, keepdim=True))
    return torch.nn.functional.normalize(torch.cat(rows), dim=1)[torch.tensor(np.argsort(order))]


def apart(near: Any, labels: Sequence[object]) -> Any:
    """How far those of one label are from being each other's nearest. near: (n, n) likenesses, divided by a temperature.

    Source: Khosla et al. 2020, "Supervised Contrastive Learning", section 3.2.2 (the sum outside the logarithm).
    """
    import torch

    n = len(labels)
    same = torch.tensor([[i != j and labels[i] == labels[j] for j in range(n)] for i in range(n)])
    others = near.masked_fill(torch.eye(n, dtype=torch.bool), -1e9)
    odds = others - torch.logsumexp(others, 1, keepdim=True)
    found = same.any(1)
    return -((odds * same).sum(1)[found] / same.sum(1)[found]).mean()


def train(net: Any, packed: Packed, groups: Mapping[str, Sequence[Event]], epochs: int, chance: random.Random) -> None:
    """Go through the groups so many times."""
    plan: list[list[str]] = []
    for _ in range(epochs):
        names = chance.sample(sorted(groups), len(groups))
        plan += [names[i:i + GROUPS] for i in range(0, len(names) - GROUPS // 2, GROUPS)]

    def loss_of(names: Sequence[str]) -> Any:
        read = [(words(telling, chance.choice(READ_AS)), event["id"]) for name in names for event in groups[name]
                for telling in chance.sample(event["tellings"], min(TELLINGS, len(event["tellings"])))]
        vectors = encoded(net, packed, [text for text, _ in read])
        return apart(vectors @ vectors.T / TEMPERATURE, [event for _, event in read])

    steps(net, plan, RATES, MEAN_FROM, loss_of)
    net.eval()


def judge(net: Any, packed: Packed, events: Sequence[Event], title: str) -> None:
    """Print the average precision of pairs of tellings that are of one event, among all pairs of the events."""
    import torch

    tellings = [(telling, event["id"]) for event in events for telling in event["tellings"]]
    of, spoken = np.array([e for _, e in tellings]), np.array([t["lang"] for t, _ in tellings])
    upper = np.triu_indices(len(of), 1)
    same, across = (of[:, None] == of[None])[upper], (spoken[:, None] != spoken[None])[upper]
    for how, named in (("t", "headlines"), ("b", "with beginnings")):
        with torch.no_grad():
            vectors = encoded(net, packed, [words(telling, how) for telling, _ in tellings]).numpy()
        near = (vectors @ vectors.T)[upper]
        print(f"{title} {named}: across languages {average_precision(near[across], same[across]):.3f}, "
              f"in one {average_precision(near[~across], same[~across]):.3f}", flush=True)


def average_precision(scores: np.ndarray, right: np.ndarray) -> float:
    """The mean precision at each right one, the highest score first."""
    ordered = right[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ordered) / np.arange(1, len(ordered) + 1))[ordered].mean())


def main() -> None:
    """Train and write."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--held", type=int, default=0, help="leave every so-manieth group out, and judge it before and after")
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    torch.set_num_threads(1)
    groups: dict[str, list[Event]] = defaultdict(list)
    for line in EVENTS.read_text("utf-8").splitlines():
        event = json.loads(line)
        groups[event["group"]].append(event)
    held = sorted(groups)[::chosen.held] if chosen.held else []
    left_out = [event for name in held for event in groups.pop(name)]
    packed = Packed(weights_path())
    net = stack(packed, RANK)
    if left_out:
        judge(net, packed, left_out, "before,")
    train(net, packed, groups, chosen.epochs, random.Random(chosen.seed))
    if left_out:
        judge(net, packed, left_out, "after,")
    write_arrays(net.state_dict(), {}, chosen.to)


if __name__ == "__main__":
    main()
