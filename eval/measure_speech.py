"""Measure what `retold read` finds of speech on annotated articles that lie beside the repository.

    python eval/measure_speech.py                     both development sets
    python eval/measure_speech.py FILE... --part 2/5  other files (.jsonl or .jsonl.gz), a fifth of their articles
    python eval/measure_speech.py --misses            and the words that were missed or wrong

Articles with `attributions` (source, cue, content as lists of spans) and articles with `quotations` (type, quote, speaker) are told
apart by their keys. Articles are read by `retold.pipeline.read` and judged by the rows that `retold read --format json` prints.

How it counts:

overlapping   A part (source, cue, content) of an annotated attribution is matched with the same part of a found one when they share
              a code point; pairs are made one to one, those that share most first. Attributions need not be the same: a right
              source counts where the cue is wrong. Found attributions of kind `credit` (lines that no annotator marked) are left out,
              and so is a part that an attribution has not (a source that is understood).
exact         The same, but all spans of the part must be equal, quotation marks, commas and stops at their ends left aside
              (`exact with marks`: nothing left aside).
outlets       Annotated sources that are an outlet by the outlet list. Found are the sources whose attribution has an `outlet`;
              those on an annotated source that only mentions an outlet ("the Post's Ana Roth", "the paper") are neither
              asked for nor wrong. A source of several attributions counts once. Matched by overlap.
direct        Annotated quotations of type Direct, each span once though it is annotated for two speakers;
              found are `quotes` of kind direct or mixed.
indirect      Annotated quotations of type Indirect; found are `quotes` of kind indirect. Those that overlap an annotated
              quotation of a type that lies between (free indirect, reported) are neither asked for nor wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from retold.base.records import Article
from retold.base.tables import Batch
from retold.lexicons.outlets import outlets_named
from retold.pipeline import Settings, read
from retold.view.reading import reading_rows

SHARED = Path(__file__).parents[2] / "shared" / "data"
DEFAULT = (SHARED / "attributions_en_dev.jsonl.gz", SHARED / "quotations_de_dev.jsonl.gz")
EDGES = " \t\n\"“”„‟«»‹›‘’‚',.;:!?–—-()[]"
PARTS = ("source", "cue", "content")
ARTICLE_WORDS = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?$")
OUTLET_NOUNS = re.compile(r"\b(?:newspaper|paper|magazine|journal|agency|network|outlet|site|station)\b", re.IGNORECASE)
MAX_WORDS = 5  # of an outlet's name

Spans = Sequence[Sequence[int]]
Row = dict[str, Any]


class Count:
    """Hits, found and asked for, summed over articles; the words of what was missed and wrong."""

    def __init__(self) -> None:
        self.hits = self.found = self.asked = 0
        self.missed: list[str] = []
        self.wrong: list[str] = []

    def add(
        self, asked: Sequence[Spans], found: Sequence[Spans], text: str, *, exact: str | None = None, free: Sequence[Spans] = (),
    ) -> None:
        """Match the spans of one article: by overlap, or exactly but for the characters of `exact` at their ends."""
        pairs = match(asked, found, text, exact)
        held, used = {i for i, _ in pairs}, {j for _, j in pairs}
        wrong = [f for j, f in enumerate(found) if j not in used and not any(shared(f, g) for g in free)]
        self.hits += len(pairs)
        self.asked += len(asked)
        self.found += len(pairs) + len(wrong)
        self.missed += [words(text, a) for i, a in enumerate(asked) if i not in held]
        self.wrong += [words(text, f) for f in wrong]

    def figures(self) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        p, r = self.hits / max(1, self.found), self.hits / max(1, self.asked)
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def match(asked: Sequence[Spans], found: Sequence[Spans], text: str, exact: str | None) -> list[tuple[int, int]]:
    """Pairs (asked, found), one to one, those that share most first."""
    ranked = []
    for i, a in enumerate(asked):
        for j, f in enumerate(found):
            common = shared(a, f)
            if common and (exact is None or bare(text, a, exact) == bare(text, f, exact)):
                ranked.append((-common, i, j))
    out: dict[int, int] = {}
    for _, i, j in sorted(ranked):
        if i not in out and j not in out.values():
            out[i] = j
    return sorted(out.items())


def shared(a: Spans, b: Spans) -> int:
    """How many code points two lists of spans share."""
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)


def bare(text: str, spans: Spans, edges: str) -> list[tuple[int, int]]:
    """Spans without these characters at their ends, parts with nothing between them but such characters joined."""
    out: list[tuple[int, int]] = []
    for first, last in sorted(map(tuple, spans)):
        inner = text[first:last]
        start = first + (len(inner) - len(inner.lstrip(edges)) if edges else 0)
        end = last - (len(inner) - len(inner.rstrip(edges)) if edges else 0)
        if start < end:
            joined = edges and out and not text[out[-1][1] : start].strip(edges)
            out = [*out[:-1], (out[-1][0], end)] if joined else [*out, (start, end)]
    return out


def words(text: str, spans: Spans) -> str:
    """The words of spans, with a little of what stands about them."""
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    inside = " … ".join(text[s:e] for s, e in sorted(map(tuple, spans)))
    return " ".join(f"{text[max(0, start - 60) : start]}[[{inside}]]{text[end : end + 60]}".split())


def is_outlet(source: str) -> bool:
    """Whether a source is an outlet by the outlet list: its name with a capital ("the ad" is no "AD"), with or without an article."""
    whole = POSSESSIVE.sub("", ARTICLE_WORDS.sub("", source.strip(EDGES)))
    return len(whole) > 1 and whole[0].isupper() and bool(outlets_named(whole) or outlets_named(source.strip(EDGES)))


def mentions_outlet(source: str) -> bool:
    """Whether an outlet or an outlet noun stands somewhere in a source ("Ana Roth of the Post", "the paper")."""
    parts = re.findall(r"[\w.&'’]+", source)
    forms = (POSSESSIVE.sub("", " ".join(parts[i : i + n]).strip(",.")) for i in range(len(parts)) for n in range(1, MAX_WORDS + 1))
    return any(form[:1].isupper() and outlets_named(form) for form in forms) or bool(OUTLET_NOUNS.search(source))


def attributed(rows: Iterable[tuple[Row, Row]]) -> Iterator[tuple[str, Count]]:
    """The figures on attributions, by name."""
    names = [*(f"{part} overlapping" for part in PARTS), "content exact", "content exact with marks", "outlets"]
    counts = {name: Count() for name in names}
    for gold, row in rows:
        text, wanted = gold["text"], gold["attributions"]
        found = [a for a in row["attributions"] if a["kind"] != "credit"]
        for part in PARTS:
            counts[f"{part} overlapping"].add(parts(wanted, part), parts(found, part), text)
        counts["content exact"].add(parts(wanted, "content"), parts(found, "content"), text, exact=EDGES)
        counts["content exact with marks"].add(parts(wanted, "content"), parts(found, "content"), text, exact="")
        outlets = [a["source"] for a in wanted if a["source"] and is_outlet(joined(text, a["source"]))]
        near = [a["source"] for a in wanted if a["source"] and mentions_outlet(joined(text, a["source"]))]
        counts["outlets"].add(distinct(outlets), distinct(a["source"] for a in found if a["outlet"] and a["source"]), text, free=near)
    yield from counts.items()


def distinct(sources: Iterable[Spans]) -> list[Spans]:
    """Each source once, though several attributions have it."""
    return [list(map(list, spans)) for spans in dict.fromkeys(tuple(map(tuple, spans)) for spans in sources)]


def joined(text: str, spans: Spans) -> str:
    """The words of spans."""
    return " ".join(text[s:e] for s, e in spans)


def parts(attributions: Iterable[Row], part: str) -> list[Spans]:
    """One part of each attribution that has it."""
    return [a[part] for a in attributions if a[part]]


def quoted(rows: Iterable[tuple[Row, Row]]) -> Iterator[tuple[str, Count]]:
    """The figures on quotations, by name."""
    counts = {name: Count() for name in ("direct overlapping", "direct exact", "indirect overlapping", "indirect exact")}
    for gold, row in rows:
        text = gold["text"]
        between = [q["quote"] for q in gold["quotations"] if q["type"] not in ("Direct", "Indirect")]
        for name, kinds, free in (("direct", ("direct", "mixed"), []), ("indirect", ("indirect",), between)):
            asked = distinct(q["quote"] for q in gold["quotations"] if q["type"] == name.title())
            found = [[[q["start"], q["end"]]] for q in row["quotes"] if q["kind"] in kinds]
            counts[f"{name} overlapping"].add(asked, found, text, free=free)
            counts[f"{name} exact"].add(asked, found, text, exact=EDGES, free=free)
    yield from counts.items()


def load(path: Path, part: str) -> list[Row]:
    """The articles of a file, or the k-th of n parts of them ("k/n")."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]
    k, n = map(int, part.split("/"))
    return rows[k - 1 :: n]


def read_rows(rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    """(annotated article, what is read in it)."""
    batch = Batch(Article(id=f"{i:05}", text=row["text"], outlet=row.get("outlet", "")) for i, row in enumerate(rows))
    return list(zip(rows, reading_rows(read(batch, settings=Settings(workers=1))), strict=True))


def measure(path: Path, asked: argparse.Namespace) -> None:
    """Print the figures of one file."""
    rows = load(path, asked.part)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    pairs = read_rows(rows)
    spent = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    size = sum(len(row["text"].encode()) for row in rows) / 1000
    print(f"{path.name}, part {asked.part}: {len(rows)} articles, {size:.0f} kB, {size / max(spent, 1e-9):.0f} kB a CPU-second")
    for name, count in (attributed if "attributions" in rows[0] else quoted)(pairs):
        p, r, f1 = count.figures()
        print(f"  {name:26} F1 {f1:.3f}  precision {p:.3f}  recall {r:.3f}  asked {count.asked}  found {count.found}")
        for mark, lines in (("- ", count.missed), ("+ ", count.wrong)) if asked.misses else ():
            print(*(f"    {mark}{line}" for line in lines), sep="\n")


def main() -> int:
    """Measure the files that are named, or the development sets."""
    parser = argparse.ArgumentParser(description="Measure quotes and attributions on annotated articles.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--part", default="1/1", help="k/n: only the k-th of n parts of the articles")
    parser.add_argument("--misses", action="store_true", help="list what was missed (-) and what was wrong (+)")
    asked = parser.parse_args()
    for path in asked.files or DEFAULT:
        if path.is_file():
            measure(path, asked)
        else:
            print(f"{path}: not there, skipped", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
