"""The layers of multilingual-e5-small as torch modules, with adapters that learn: what the scripts `train_*.py` share.

Products are in bfloat16, which modern processors multiply ten times as fast; the adapters are kept in float32.

Source: Hu et al. 2022, "LoRA: Low-Rank Adaptation of Large Language Models", section 4.1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retold.embed.transformer import PARTS


def adapted_layers(packed: Any, rank: int, frozen: int) -> Callable[[int], Any]:
    """A maker of layers by number, from packed weights; the first `frozen` have no adapters, the others some of rank `rank`, at 0."""
    import torch
    from torch import nn
    from torch.nn import functional

    half, width, heads = torch.bfloat16, packed.shape.width, packed.shape.heads

    class Adapted(nn.Module):
        """A product with what is added to its matrix."""

        def __init__(self, name: str, key: str, rank: int) -> None:
            super().__init__()
            columns = packed.shape.inner if key == "fo" else width
            weight = np.concatenate([packed.matrix(f"{name}.{part}.w", columns) for part in PARTS[key]])
            self.weight = torch.from_numpy(weight).to(half)
            self.bias = torch.from_numpy(np.concatenate([packed.vector(f"{name}.{part}.b") for part in PARTS[key]])).to(half)
            if rank:
                self.a = nn.Parameter(torch.randn(rank, columns) / math.sqrt(columns))
                self.b = nn.Parameter(torch.zeros(len(weight), rank))
            self.rank = rank

        def forward(self, x: Any) -> Any:
            """(n, s, in) -> (n, s, out)."""
            weight = self.weight + self.b.to(half) @ self.a.to(half) if self.rank else self.weight
            return functional.linear(x, weight, self.bias)

    class Layer(nn.Module):
        """Attention and two products, each with what came in added and made normal."""

        def __init__(self, number: int) -> None:
            super().__init__()
            name, own = f"l{number}", 0 if number < frozen else rank
            self.qkv, self.ao, self.fi, self.fo = (Adapted(name, key, own) for key in PARTS)
            self.norms = [torch.from_numpy(packed.vector(f"{name}.{key}").copy()).to(half) for key in ("aln.w", "aln.b", "oln.w", "oln.b")]

        def forward(self, x: Any, mask: Any) -> Any:
            """(n, s, width) and what is added to the scores of attention -> (n, s, width)."""
            count, size, _ = x.shape
            q, k, v = (y.reshape(count * heads, size, -1) for y in self.qkv(x).view(count, size, 3, heads, -1).permute(2, 0, 3, 1, 4))
            scores = (torch.bmm(q, k.transpose(1, 2)) / math.sqrt(width / heads)).view(count, heads, size, size) + mask
            taken = torch.bmm(torch.softmax(scores, -1).view(count * heads, size, size), v)
            taken = taken.view(count, heads, size, -1).transpose(1, 2).reshape(count, size, width)
            x = functional.layer_norm(x + self.ao(taken), (width,), self.norms[0], self.norms[1], packed.shape.epsilon)
            inner = functional.gelu(self.fi(x), approximate="tanh")
            return functional.layer_norm(x + self.fo(inner), (width,), self.norms[2], self.norms[3], packed.shape.epsilon)

    return Layer


def enters(packed: Any, texts: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """What enters the first layer for texts as numbers of sub-words, (n, longest, width), and the mask of what is no text, (n, longest)."""
    width, size = packed.shape.width, max(map(len, texts))
    x = np.zeros((len(texts), size, width), np.float32)
    mask = np.full((len(texts), size), -1e4, np.float32)
    places = packed.vector("emb.pos").reshape(-1, width) + packed.vector("emb.type")[:width]
    for i, numbers in enumerate(texts):
        x[i, :len(numbers)] = packed.rows("emb.word", width, list(numbers)) + places[:len(numbers)]
        mask[i, :len(numbers)] = 0
    x -= x.mean(-1, keepdims=True)
    x /= np.sqrt((x * x).mean(-1, keepdims=True) + packed.shape.epsilon)
    return x * packed.vector("emb.ln.w") + packed.vector("emb.ln.b"), mask


def stack(packed: Any, rank: int) -> Any:
    """All layers as one torch module, adapters at 0: numbers of sub-words -> (n, longest, width), and where there is text."""
    import torch
    from torch import nn

    layer = adapted_layers(packed, rank, 0)

    class Stack(nn.Module):
        """Texts to the last states of their sub-words."""

        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleList([layer(i) for i in range(packed.shape.layers)])

        def forward(self, texts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
            """n texts -> their states, and (n, longest) whether there is one."""
            return passed(packed, self.layers, texts)

    return Stack()


def passed(packed: Any, layers: Any, texts: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """The states of texts behind some layers: (n, longest, width) float32, and (n, longest) whether there is one."""
    import torch

    entered, mask = enters(packed, texts)
    x, hidden = torch.from_numpy(entered).to(torch.bfloat16), torch.from_numpy(mask)[:, None, None, :].to(torch.bfloat16)
    for layer in layers:
        x = layer(x, hidden)
    return x.float(), torch.from_numpy(mask == 0)


def steps(net: Any, plan: Sequence[Any], rates: tuple[float, float, int], begin: float, loss_of: Callable[[Any], Any]) -> None:
    """Take one step a batch of the plan: rates of adapters and head rise for so many steps, then fall to nothing.

    What is left in the net is the mean of its weights from `begin` (a share of the steps) on.

    Source: Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima", section 3.1.
    """
    import sys

    import torch

    named = dict(net.named_parameters())
    groups = [[p for name, p in named.items() if name.startswith("head") == head] for head in (False, True)]
    optimizer = torch.optim.AdamW([{"params": g} for g in groups], weight_decay=0.01, betas=(0.9, 0.98))
    mean: dict[str, Any] = {}
    taken, losses = 0, []
    net.train()
    for step, rows in enumerate(plan):
        for group, rate in zip(optimizer.param_groups, rates[:2], strict=True):
            group["lr"] = rate * max(0.02, min(1, (step + 1) / rates[2]) * (1 - step / len(plan)))
        loss = loss_of(rows)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in groups for p in g], 1.0)
        optimizer.step()
        losses.append(loss.item())
        if step % 50 == 49:
            print(f"{step + 1}/{len(plan)} loss {np.mean(losses[-50:]):.3f}", file=sys.stderr, flush=True)
        if step >= min(len(plan) - 1, begin * len(plan)):
            taken += 1
            mean = {k: v.detach().clone() if taken == 1 else mean[k] + (v.detach() - mean[k]) / taken for k, v in named.items()}
    with torch.no_grad():
        for name, value in mean.items():
            named[name].copy_(value)


def write_arrays(state: Mapping[str, Any], names: Mapping[str, str], to: Path) -> None:
    """Adapters and head as float16, named as the readers in `retold.embed` read them."""
    arrays = {names.get(name, name.replace("layers.", "l")): value.float().numpy().astype(np.float16) for name, value in state.items()}
    np.savez_compressed(to, **arrays)
    print(f"{to}: {to.stat().st_size / 1e6:.1f} MB, {sum(a.size for a in arrays.values()):,} numbers")
