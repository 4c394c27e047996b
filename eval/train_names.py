"""Train the head of names over the tagger of speech: which sub-words begin a name of which kind, or go on with one.

    pip install --group train            # torch, for training only; nothing that is shipped needs it
    python eval/train_names.py --to src/retold/embed/names.npz                   # all that is marked: 13 CPU-minutes
    python eval/train_names.py --to FILE --without reports                       # and what it reads in what was left out

The adapters of the tagger stay as they are; the head is given the states of three middle layers (`retold.embed.tagger.LAYERS`).

Learned from: `names_uner_train` (Universal NER, CC BY-SA 4.0; persons, places and bodies, papers among these) as far as it is there; the
news and reports of `tests/golden`, which mark no things; passages of `eval/short` whose names `eval/short/names.jsonl` lists with
their kinds. A passage of `later` is never learned from. A mark that leaves a kind open allows several labels.

Source: labels of names, Ramshaw and Marcus 1995, "Text Chunking using Transformation-Based Learning", section 4.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from measure_news import NEWS, REPORTS, load_news
from measure_speech import SHARED
from train_tagger import PLACE, places_of

from retold.base.tagging import LONGEST, NAMES, Tagged
from retold.embed.tagger import SpeechTagger, headed, shares
from retold.identify.tagged import widened, within
from retold.identify.taggednames import BEGINS, read_names
from retold.lexicons import lexicon

UNER = SHARED / "names_uner_train.jsonl.gz"
LISTED = PLACE / "names.jsonl"
MARKED = {"p": ("person",), "o": ("organisation",), "l": ("place",), "u": ("outlet",)}
FOREIGN = {"PER": ("person",), "ORG": ("organisation", "outlet"), "LOC": ("place",), "OTH": ("thing",)}
MOST = 2_000  # sentences of a language of Universal NER
LEAST = 40  # code points of such a sentence, where words are spaced
REPEATED = 3  # times that an article of `tests/golden` is learned, of which there are few
INNER, DROPPED, BATCH, EPOCHS, RATE = 128, 0.2, 32, 8, 2e-3
CLASSES = 1 + 2 * len(NAMES)
Mark = tuple[int, int, tuple[str, ...]]  # a span and the kinds that it may be; of none nothing is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text whose names are marked: its set, its language, and spans with the kinds that each may be."""

    part: str
    language: str
    text: str
    marks: Sequence[Mark]


# ---- what is marked -------------------------------------------------------------------------------------------------


def foreign() -> Iterator[Marked]:
    """Sentences of Universal NER, the same number of each language."""
    if not UNER.exists():
        print(f"without {UNER.name}, which is not there", file=sys.stderr)
        return
    with gzip.open(UNER, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(1).shuffle(rows)
    taken: dict[str, int] = {}
    for row in rows:
        language = row["language"]
        if (len(row["text"]) >= LEAST or language == "zh") and taken.get(language, 0) < MOST:
            taken[language] = taken.get(language, 0) + 1
            yield Marked(part="uner", language=language, text=row["text"], marks=[(s, e, FOREIGN[kind]) for s, e, kind in row["names"]])


def golden() -> Iterator[Marked]:
    """The lines of the news and reports."""
    for part, folder in (("news", NEWS), ("reports", REPORTS)):
        for path in sorted(folder.glob("*.txt")):
            for news in load_news(path):
                at = 0
                for line in news.passage.text.split("\n"):
                    marks = [(s - at, e - at, MARKED.get(kind, ())) for s, e, _, kind in news.marks if at <= s < at + len(line)]
                    if line.strip():
                        yield Marked(part=part, language=path.stem, text=line, marks=marks)
                    at += len(line) + 1


def listed() -> Iterator[Marked]:
    """The passages of `eval/short` whose names are listed."""
    for line in LISTED.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = passages(row["set"], row["language"])[row["passage"]]["text"]
        marks = list(spans_of(text, row["names"], spaced=lexicon(row["language"]).spaced))
        yield Marked(part=row["set"], language=row["language"], text=text, marks=marks)


@cache
def passages(part: str, language: str) -> list[dict[str, Any]]:
    """The passages of a set in a language."""
    return tomllib.loads((PLACE / part / f"{language}.toml").read_text("utf-8"))["passage"]


def spans_of(text: str, names: Sequence[tuple[str, str]], *, spaced: bool) -> Iterator[Mark]:
    """Where listed names stand, the longest first, whole words if any is; none within another."""
    taken = np.zeros(len(text) + 1, dtype=bool)
    for words, kind in sorted(names, key=lambda n: -len(n[0])):
        for start, end in places_of(text, words, spaced=spaced):
            if not taken[start:end].any():
                taken[start:end] = True
                yield start, end, (kind,)


def allowed(places: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> np.ndarray:
    """Which labels each sub-word may have: (n, 11) bool."""
    out = np.zeros((len(places), CLASSES), dtype=bool)
    out[:, 0] = True
    for start, end, kinds in marks:
        inside = list(within(places, (start, end), 0))
        out[inside] = not kinds
        for kind in kinds:
            for n, i in enumerate(inside):
                out[i, BEGINS[NAMES.index(kind)] + (n > 0)] = True
    return out


# ---- the head -------------------------------------------------------------------------------------------------------


def given(tagger: SpeechTagger, text: str) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """What the head is given: the states of a text behind the middle layers, (n, 1152), and the places of its sub-words."""
    numbers, places = tagger.place(text)
    return tagger.middle(numbers[:LONGEST]), places[:LONGEST]


def learn(rows: Sequence[tuple[np.ndarray, np.ndarray]], seed: int) -> dict[str, np.ndarray]:
    """The head that makes what is allowed likeliest: arrays as `SpeechTagger` reads them."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    chance = random.Random(seed)
    parts = nn.Linear(rows[0][0].shape[1], INNER), nn.Tanh(), nn.Dropout(DROPPED), nn.Linear(INNER, CLASSES)
    head = nn.Sequential(nn.Dropout(DROPPED), *parts)
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    plan = [order[k:k + BATCH] for _ in range(EPOCHS) for order in [chance.sample(range(len(rows)), len(rows))]
            for k in range(0, len(rows), BATCH)]
    for step, batch in enumerate(plan):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / len(plan))
        states = torch.cat([torch.from_numpy(rows[i][0]) for i in batch])
        mask = torch.cat([torch.from_numpy(rows[i][1]) for i in batch])
        odds = torch.log_softmax(head(states), -1)
        loss = -torch.logsumexp(odds.masked_fill(~mask, -1e4), -1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    named = {"1.weight": "head.inner.w", "1.bias": "head.inner.b", "4.weight": "head.outer.w", "4.bias": "head.outer.b"}
    return {named[key]: value.numpy().astype(np.float16) for key, value in head.state_dict().items()}


def judge(head: dict[str, np.ndarray], rows: Sequence[tuple[Marked, np.ndarray, list[tuple[int, int]]]]) -> None:
    """Print by language how many marked names are read as they are marked, and how many of these of their kind."""
    weights = {key.removeprefix("head."): value.astype(np.float32) for key, value in head.items()}
    counts: dict[str, list[int]] = {}
    for marked, states, places in rows:
        tagged = Tagged(places=places, labels=states, states=states, head={}, names=shares(headed(states, weights)))
        found = {widened(marked.text, (places[a][0], places[b - 1][1]), spaced=False): kind for a, b, kind in read_names(tagged)}
        true = {(s, e): kinds for s, e, kinds in marked.marks if kinds}
        unknown = [(s, e) for s, e, kinds in marked.marks if not kinds]
        found = {span: kind for span, kind in found.items() if not any(span[0] < e and s < span[1] for s, e in unknown)}
        both = true.keys() & found.keys()
        own = counts.setdefault(marked.language, [0, 0, 0, 0])
        for n, value in enumerate((len(both), len(found), len(true), sum(alike(found[s], true[s]) for s in both))):
            own[n] += value
    for language, (both, found, true, kinds) in sorted(counts.items()):
        print(f"{language} F1 {2 * both / max(1, found + true):.3f}  kind {kinds / max(1, both):.3f}  of {true}")
    total = np.mean([(2 * b / max(1, f + t), k / max(1, b)) for b, f, t, k in counts.values()], axis=0)
    print(f"mean F1 {total[0]:.3f}  kind {total[1]:.3f}")


def alike(kind: str, kinds: Sequence[str]) -> bool:
    """Whether a kind is among some; a paper is a body, too."""
    return kind in kinds or (kind in FOREIGN["ORG"] and any(k in FOREIGN["ORG"] for k in kinds))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--without", default="later", help="sets that are only judged, with commas")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    left = {"later", *args.without.split(",")}
    tagger = SpeechTagger()
    rows, judged = [], []
    for marked in (*foreign(), *golden(), *listed()):
        states, places = given(tagger, marked.text)
        if marked.part in left:
            judged.append((marked, states, places))
        else:
            rows += [(states, allowed(places, marked.marks))] * (REPEATED if marked.part in ("news", "reports") else 1)
    print(f"{len(rows)} texts", file=sys.stderr)
    head = learn(rows, args.seed)
    np.savez_compressed(args.to, **head)
    for part in sorted({marked.part for marked, _, _ in judged}):
        print(part)
        judge(head, [row for row in judged if row[0].part == part])
    return 0


if __name__ == "__main__":
    sys.exit(main())
