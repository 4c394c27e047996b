"""Train the tagger of speech: adapters and heads for multilingual-e5-small, on passages of ours in which it is marked who said what.

    pip install --group train            # torch, for training only; nothing that is shipped needs it
    python eval/train_tagger.py --to FIRST --sets attribution,everyday,taught --epochs 6     # about 12 CPU-minutes with bfloat16 products
    python eval/train_tagger.py --begin FIRST --to src/retold/embed/tagger.npz --epochs 2    # with `articles`, from where the first ended
    python eval/train_tagger.py --to FILE --share 2          # every second passage alone: what the others would bring

Sets (`eval/short`): `attribution`, `everyday`, `taught`, `articles`; `later` is for judging alone (`measure_short.py later --odd`).
A passage gives each of its sub-words four labels (source, cue, content, addressee; cues only where the set marks them), and each source a
label of every sub-word: is it of its content, of its cue.

Source: Hu et al. 2022, "LoRA", section 4.1; Dozat and Manning 2017, "Deep Biaffine Attention for Neural Dependency Parsing", section 3.2.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from adapters import adapted_layers, passed, steps, write_arrays

from retold.base.tagging import LABELS, LONGEST, RELATION
from retold.embed.e5 import PREFIX, weights_path
from retold.embed.packed import Packed
from retold.embed.together import SCALE
from retold.lexicons import lexicon

PLACE = Path(__file__).parent / "short"
SETS = ("attribution", "everyday", "taught", "articles")
KEYS = ("source", "cue", "content", "to")  # of a passage, in the order of `LABELS`
RANK, INNER, ASKED = 32, 128, 64  # of adapters; of the head's inner layer; of what is multiplied for a relation
BATCH, DROPPED = 16, 0.2
RATES = (5e-4, 1e-3, 200)  # of adapters and heads, and steps until they are reached: 1e-3 throughout does not learn at all in some runs
MEAN_FROM = 0.75  # of the steps, from which on the mean of the weights is taken
WEIGHTS = (4.0, 2.0)  # of the labels, and of the relations, in the loss
NAMES = {
    "head.1.weight": "head.inner.w", "head.1.bias": "head.inner.b", "head.4.weight": "head.outer.w", "head.4.bias": "head.outer.b",
    "head_source.weight": "head.source.w", "head_source.bias": "head.source.b", "head_content.weight": "head.content.w",
    "head_content.bias": "head.content.b", "head_cue.weight": "head.cue.w", "head_cue.bias": "head.cue.b",
    "head_relation": "head.relation.b"}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A passage to learn from.

    numbers: n sub-words. labels: (n, 4). known: which labels the passage tells, (4,). related: of k sources the sub-words of source,
    content and cue, (k, 3, n). cued: whether the cue of each is told, (k,).
    """

    numbers: Sequence[int]
    labels: np.ndarray
    known: np.ndarray
    related: np.ndarray
    cued: np.ndarray


# ---- passages -------------------------------------------------------------------------------------------------------


def examples(packed: Packed, sets: Sequence[str], share: int) -> list[Example]:
    """The passages of some sets, each `share`-th."""
    found = [(path.stem, passage) for name in sets for path in sorted((PLACE / name).glob("*.toml"))
             for passage in tomllib.loads(path.read_text("utf-8"))["passage"]]
    return [example(packed, language, passage) for language, passage in found[::share]]


def example(packed: Packed, language: str, passage: Mapping[str, Any]) -> Example:
    """A passage as sub-words with their labels."""
    numbers, places = packed.subwords.place(passage["text"])
    numbers, places = numbers[:LONGEST], places[:LONGEST]
    said = passage.get("said", [])
    placed = [place(passage["text"], s, spaced=lexicon(language).spaced) for s in said]
    rows = np.array([[marked(places, spans[key]) for key in KEYS] for spans in placed], np.float32)
    rows = rows.reshape(len(said), len(KEYS), len(numbers))
    own: dict[Span | None, list[int]] = {}  # what one source says in two places is all its own
    for i, spans in enumerate(placed):
        if rows[i, 0].any():
            own.setdefault(spans["source"], []).append(i)
    related = [rows[of].max(axis=0)[[0, 2, 1]] for of in own.values()]
    return Example(
        numbers=numbers, labels=rows.max(axis=0, initial=0).T, known=np.array([1, all("cue" in s for s in said), 1, 1], np.float32),
        related=np.array(related, np.float32).reshape(len(own), 3, len(numbers)),
        cued=np.array([all(placed[i]["cue"] for i in of) for of in own.values()], np.float32))


def place(text: str, said: Mapping[str, str], *, spaced: bool) -> dict[str, Span | None]:
    """Where the parts of an attribution stand: of several places of a short part ("he", ":") the nearest to its cue or content."""
    content = nearest(places_of(text, said.get("content", ""), spaced=spaced), None)
    cue = nearest(places_of(text, said.get("cue", ""), spaced=spaced), content)
    sources = list(places_of(text, said.get("source", ""), spaced=spaced))
    if cue is None and content is not None:
        sources = [s for s in sources if not content[0] <= s[0] < content[1]] or sources
    return {"content": content, "cue": cue, "source": nearest(sources, cue or content),
            "to": nearest(places_of(text, said.get("to", ""), spaced=spaced), cue or content)}


def places_of(text: str, words: str, *, spaced: bool) -> list[Span]:
    """Where some words stand, as whole words if they do anywhere."""
    starts = [i for i in range(len(text)) if words and text.startswith(words, i)]
    spans = [(start, start + len(words)) for start in starts]
    return [span for span in spans if not spaced or not (joins(text, span[0]) or joins(text, span[1]))] or spans


def joins(text: str, at: int) -> bool:
    """Whether an offset lies inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def nearest(spans: Sequence[Span], to: Span | None) -> Span | None:
    """The span nearest to another, the first without another; None of none."""
    return min(spans, key=lambda s: (max(0, s[0] - to[1], to[0] - s[1]) if to else 0, s[0]), default=None)


def marked(places: Sequence[Span], span: Span | None) -> list[bool]:
    """Which sub-words have a code point in a span."""
    return [span is not None and max(span[0], start) < min(span[1], end) for start, end in places]


# ---- the network ----------------------------------------------------------------------------------------------------


def network(packed: Packed) -> Any:
    """The tagger as a torch module: adapters at 0, heads at random."""
    import torch
    from torch import nn

    width = packed.shape.width
    before = packed.subwords.place(PREFIX)[0]
    layer = adapted_layers(packed, RANK, 0)

    class Tagger(nn.Module):
        """Labels of sub-words, and of what is a source's own."""

        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleList([layer(i) for i in range(packed.shape.layers)])
            parts = nn.Linear(width, INNER), nn.Tanh(), nn.Dropout(DROPPED), nn.Linear(INNER, len(LABELS))
            self.head = nn.Sequential(nn.Dropout(DROPPED), *parts)
            self.head_source, self.head_content, self.head_cue = (nn.Linear(width, ASKED) for _ in range(3))
            self.head_relation = nn.Parameter(torch.zeros(2))

        def forward(self, rows: Sequence[Example]) -> torch.Tensor:
            """The states of the sub-words: (n, longest, width)."""
            texts = [[packed.subwords.begin, *before, *row.numbers, packed.subwords.end] for row in rows]
            return passed(packed, self.layers, texts)[0][:, 1 + len(before):] * float(SCALE)

        def related(self, states: torch.Tensor, sources: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            """Log odds of each sub-word to be of the content, and of the cue, of each source: (k, n) each."""
            asked = self.head_source((sources / sources.sum(1, keepdim=True)) @ states)
            content, cue = (asked @ head(states).T / float(RELATION) for head in (self.head_content, self.head_cue))
            return content + self.head_relation[0], cue + self.head_relation[1]

    return Tagger()


def loss_of(net: Any, rows: Sequence[Example]) -> Any:
    """The mean cross entropy of labels, and of relations, weighted."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as entropy

    states = net(rows)
    labelled = related = torch.zeros(())
    labels = relations = 0.0
    for own, row in zip(states, rows, strict=True):
        own = own[:len(row.numbers)]  # noqa: PLW2901 - without what fills up the batch
        known = torch.from_numpy(row.known)
        labelled = labelled + (entropy(net.head(own), torch.from_numpy(row.labels), reduction="none") * known).sum()
        labels += float(known.sum()) * len(own)
        if len(row.related):
            source, content, cue = torch.from_numpy(row.related).unbind(1)
            cued = torch.from_numpy(row.cued)[:, None]
            of_content, of_cue = net.related(own, source)
            related = related + entropy(of_content, content, reduction="sum") + (entropy(of_cue, cue, reduction="none") * cued).sum()
            relations += content.numel() + float(cued.sum()) * len(own)
    return labelled / labels * WEIGHTS[0] + related / max(relations, 1.0) * WEIGHTS[1]


def batches(rows: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """All passages, those of about one length together, in random order."""
    shuffled = chance.sample(rows, len(rows))
    parts = [sorted(shuffled[k:k + 20 * BATCH], key=lambda r: len(r.numbers)) for k in range(0, len(rows), 20 * BATCH)]
    found = [part[k:k + BATCH] for part in parts for k in range(0, len(part), BATCH)]
    yield from chance.sample(found, len(found))


def begun(file: Path) -> dict[str, Any]:
    """What was learnt before, as a state of the module."""
    import torch

    back = {short: name for name, short in NAMES.items()}
    with np.load(file, allow_pickle=False) as arrays:
        return {back.get(name, re.sub(r"^l(?=\d)", "layers.", name)): torch.from_numpy(arrays[name].astype(np.float32))
                for name in arrays.files}


def learn(args: argparse.Namespace) -> None:
    """Learn from the passages, and write adapters and heads."""
    import torch

    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    packed, chance = Packed(weights_path()), random.Random(args.seed)
    rows = examples(packed, [name for name in args.sets.split(",") if name], args.share)
    print(f"{len(rows)} passages, {sum(len(r.related) for r in rows)} sources", file=sys.stderr)
    net = network(packed)
    if args.begin:
        net.load_state_dict(begun(args.begin))
    plan = [batch for _ in range(args.epochs) for batch in batches(rows, chance)]
    steps(net, plan, RATES, MEAN_FROM, lambda batch: loss_of(net, batch))
    write_arrays(net.state_dict(), NAMES, args.to)


def main() -> int:
    """Learn what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--begin", type=Path, help="weights to begin with")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--share", type=int, default=1, help="learn from every so many-th passage")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    learn(parser.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
