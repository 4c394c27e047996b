"""Plant reuse in articles that share nothing, and measure what `retold reuse` finds of it.

    python eval/plant_reuse.py BASE.jsonl.gz [--articles 10000] [--pairs 400] [--write FILE.jsonl]

BASE holds articles (`id`, `text`, `outlet`). It is repeated until there are enough of them. In every article every word but the
commonest is exchanged for another of about the same frequency, by a permutation of its own: so no two articles have more in common
than set phrases of function words, also where they were copies of each other, and the words stay words. Every outlet prints its own
cookie note, share bar and newsletter line into all its articles. Then pairs are planted, each article in at most one of them:

    verbatim         the whole article under a new first paragraph
    edited           the whole article, a quarter of its words exchanged, left out or put in
    three sentences  three sentences in a row, put into an article about something else
    quote            one quotation of 12 to 25 words in quotation marks, put into an article about something else

Printed: recall by kind, how much of what was planted the spans cover, precision over pairs, kinds told, seconds and memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

COMMON = 30  # short words that every article keeps: with 150 and with names, copies of one report still shared a skeleton
BAND = 400  # words of about the same frequency, within which they are exchanged
WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
KINDS = ("verbatim", "edited", "three sentences", "quote")
NOTES = (
    "We and our partners use cookies on this site to show you {0} and to measure how many readers came from {1} before you go on.",
    "Share this story with your friends from {0} | Tweet it to {1} | Print | Save for later reading at home",
    "Sign up for the morning newsletter of {1} and find the best of {0} in your inbox at seven every day of the week.",
)


class Vocabulary:
    """The words of a collection by frequency, and how each article exchanges them."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = Counter(word.lower() for text in texts for word in WORD.findall(text))
        ordered = sorted(counts, key=lambda w: (-counts[w], w))
        small = Counter(word for text in texts for word in WORD.findall(text) if word.islower() and len(word) <= 4)
        self.kept = {word for word, _ in small.most_common(COMMON)}
        self.words = [word for word in ordered if word not in self.kept]
        self.bands = [self.words[i:i + BAND] for i in range(0, len(self.words), BAND)]

    def exchange(self, text: str, chance: random.Random) -> str:
        """The text with every word but the commonest exchanged by one permutation."""
        mapping: dict[str, str] = {}
        for band in self.bands:
            shuffled = band[:]
            chance.shuffle(shuffled)
            mapping.update(zip(band, shuffled, strict=True))
        return WORD.sub(lambda m: dressed(m.group(), mapping), text)

    def any_word(self, chance: random.Random) -> str:
        """A word as text has them: the frequent more often."""
        return self.words[int(len(self.words) * chance.random() ** 3)]


def dressed(word: str, mapping: dict[str, str]) -> str:
    """The word that stands for another, with its capitals."""
    found = mapping.get(word.lower(), word)
    return found.capitalize() if word[:1].isupper() and found != word else found


def articles(base: Sequence[dict], count: int, chance: random.Random) -> list[dict]:
    """`count` articles that share nothing but their outlets' boilerplate."""
    vocabulary = Vocabulary([row["text"] for row in base])
    notes = {o: [n.format(*(vocabulary.any_word(chance).title() for _ in range(2))) for n in NOTES]
             for o in sorted({row["outlet"] for row in base})}
    out = []
    for n in range(count):
        row = base[n % len(base)]
        text = vocabulary.exchange(row["text"], chance)
        head, share, foot = notes[row["outlet"]]
        out.append({"id": f"{n:06}", "outlet": row["outlet"], "text": f"{head}\n{share}\n{text}\n{foot}", "core": text})
    return out


def edited(text: str, chance: random.Random, vocabulary: Sequence[str], share: float = 0.25) -> str:
    """A quarter of the words exchanged, left out, or given a neighbour."""
    out = []
    for word in text.split(" "):
        if chance.random() >= share or not WORD.search(word):
            out.append(word)
            continue
        way = chance.random()
        new = vocabulary[chance.randrange(len(vocabulary))]
        out.extend([new] if way < 0.6 else [] if way < 0.8 else [word, new])
    return " ".join(out)


def sentences(text: str) -> list[str]:
    """Sentences of a text, roughly."""
    return [s for line in text.split("\n") for s in SENTENCE.split(line.strip()) if 8 <= len(s.split()) <= 40]


def insert(text: str, words: str, chance: random.Random) -> str:
    """A text with words put between two of its lines."""
    lines = text.split("\n")
    at = chance.randrange(1, len(lines) + 1)
    return "\n".join([*lines[:at], words, *lines[at:]])


def plant(kind: str, source: dict, target: dict, chance: random.Random, vocabulary: Sequence[str]) -> str:
    """Plant reuse of a kind; returns what was planted, as it stands in the target ("" where the source has nothing fit)."""
    if kind == "verbatim":
        target["text"] = f"{target['core'][:300]}\n{source['core']}"
        return source["core"]
    if kind == "edited":
        words = edited(source["core"], chance, vocabulary)
        target["text"] = words
        return words
    own = sentences(source["core"])
    if len(own) < 6:
        return ""
    at = chance.randrange(len(own) - 3)
    if kind == "three sentences":
        words = " ".join(own[at:at + 3])
        source["text"] = insert(source["text"], words, chance)  # in the source they stand together too
        target["text"] = insert(target["text"], words, chance)
        return words
    found = [s for s in own if 12 <= len(WORD.findall(s)) <= 25 and not re.search(r"[{}=<>_]", s)]
    if not found:
        return ""
    whole = chance.choice(found)
    said = re.sub(r"[\"“”]", "", whole).strip(".!? ")
    speaker = vocabulary[chance.randrange(len(vocabulary))].title()
    source["text"] = source["text"].replace(whole, f"“{said},” said {speaker} on the phone.")
    target["text"] = insert(target["text"], f"Asked again, {speaker} told us: “{said}.”", chance)
    return said


def build(base: Sequence[dict], count: int, pairs: int, seed: int = 1) -> tuple[list[dict], dict[tuple[str, str], tuple[str, str]]]:
    """Articles and the planted pairs: (id, id) -> (kind, words)."""
    chance = random.Random(seed)
    rows = articles(base, count, chance)
    vocabulary = sorted({w for row in base for w in WORD.findall(row["text"]) if len(w) > 3})
    order = [i for i in range(count) if len(rows[i]["core"].split()) >= 120]
    chance.shuffle(order)
    planted: dict[tuple[str, str], tuple[str, str]] = {}
    for n in range(min(pairs * len(KINDS), len(order) // 2)):
        source, target = rows[order[2 * n]], rows[order[2 * n + 1]]
        kind = KINDS[n % len(KINDS)]
        words = plant(kind, source, target, chance, vocabulary)
        if words:
            a, b = sorted((source["id"], target["id"]))
            planted[a, b] = (kind, words)
    for row in rows:
        del row["core"]
    return rows, planted


def shares(rows: dict[str, dict], found: dict, words: str) -> float:
    """How much of the planted words the spans of either side hold; the better side counts."""
    best = 0.0
    for side in ("a", "b"):
        text = rows[found[side]]["text"]
        at = text.find(words)
        if at >= 0:
            held = sum(max(0, min(at + len(words), e) - max(at, s)) for s, e in (p[side] for p in found["passages"]))
            best = max(best, held / len(words))
    return best


def report(rows: Sequence[dict], planted: dict, found: Sequence[dict]) -> Iterator[str]:
    """The figures, a line each."""
    by_id = {row["id"]: row for row in rows}
    pairs = {(f["a"], f["b"]): f for f in found}
    held, covered, kinds, total = Counter(), defaultdict(list), defaultdict(Counter), Counter()
    for pair, (kind, words) in planted.items():
        total[kind] += 1
        if pair in pairs:
            held[kind] += 1
            covered[kind].append(shares(by_id, pairs[pair], words))
            kinds[kind].update(p["kind"] for p in pairs[pair]["passages"])
    for kind in KINDS:
        if total[kind]:
            mean = sum(covered[kind]) / max(1, len(covered[kind]))
            yield f"{kind:16} recall {held[kind] / total[kind]:.4f} of {total[kind]}, words covered {mean:.3f}, told as {dict(kinds[kind])}"
    wrong = [p for p in pairs if p not in planted]
    yield f"precision {1 - len(wrong) / max(1, len(pairs)):.4f} of {len(pairs)} pairs"
    for a, b in wrong[:10]:
        passage = pairs[a, b]["passages"][0]
        yield f"  not planted: {a} {b} {passage['kind']}: {by_id[a]['text'][slice(*passage['a'])]!r}"


def main() -> int:
    """Build, run, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--pairs", type=int, default=400, help="planted pairs of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--write", help="write the articles there as JSON Lines and stop")
    args = parser.parse_args()
    with gzip.open(args.base, "rt", encoding="utf-8") as lines:
        base = [json.loads(line) for line in lines]
    rows, planted = build(base, args.articles, args.pairs, args.seed)
    if args.write:
        with open(args.write, "w", encoding="utf-8") as out:  # noqa: PTH123
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        with open(args.write + ".planted", "w", encoding="utf-8") as out:  # noqa: PTH123
            out.write(json.dumps([[*pair, *what] for pair, what in planted.items()], ensure_ascii=False))
        return 0
    from retold.base.models import Models
    from retold.pipeline import Settings, gather
    from retold.sharing import reuse

    batch = gather(rows, models=Models(), settings=Settings())
    started, cpu = time.time(), time.process_time()
    found = list(reuse(batch, settings=Settings(workers=args.workers)).rows)
    print(f"{len(rows)} articles, {sum(len(r['text'].split()) for r in rows)} words: {time.time() - started:.1f} s, "
          f"{time.process_time() - cpu:.1f} CPU-s here, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB with the articles")
    print("\n".join(report(rows, planted, found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
