"""How well quotes, speakers and attributions are read in invented news passages of every language, names found as they are.

    python eval/measure_passages.py                          a row a language, and the mean
    python eval/measure_passages.py --misses [--only tr,ar]  and what was missed (-) and wrong (+)

Rules alone read them (no tagger), for the passages are there to see that no rule breaks. They lie in `tests/golden/passages`; the head of
`en.txt` says how they are written. Other folders of such files may be named.

quotes         Marked words (kinds direct and mixed), their ends compared without marks and stops; F1.
speakers       Of the quotes that are found, the share whose speaker is right: equal, or one name within the other.
source, cue, content   F1 of the parts, one to one. A source is right when it is the same but for up to half of its words (or what follows
               its comma), a cue when they overlap, a content when both share three fifths of what either holds.
attributions   F1 of whole attributions: all three parts right.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retold.base.models import Models
from retold.base.records import Article
from retold.base.tables import Batch
from retold.pipeline import Settings, read
from retold.view.reading import reading_rows

GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "passages"
MARKS = " \t\n\"“”„‟«»‹›‘’‚',.;:!?…–—-，。、：；！？「」『』،؟"
SHARE = 0.6  # of the code points of two contents that both hold
COMMA = re.compile("[,،、，]")
PARTS = ("source", "cue", "content")
Row = dict[str, Any]
Spans = list[list[int]]


@dataclass(slots=True)
class Passage:
    """One text, whether it opens with a headline, whether something of it is known not to be read, and what is to be found."""

    name: str
    language: str
    text: str
    headline: bool = False
    falls_short: bool = False
    attributions: list[tuple[str, str, str]] = field(default_factory=list)
    quotes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """Asked for, found and right, of one thing."""

    asked: int = 0
    found: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        """Twice what is right of what was asked for and found."""
        return 2 * self.right / (self.asked + self.found) if self.asked + self.found else 1.0

    def add(self, asked: int, found: int, right: int) -> None:
        """Count further ones."""
        self.asked, self.found, self.right = self.asked + asked, self.found + found, self.right + right


NAMES = ("quotes", "speakers", *PARTS, "attributions")


@dataclass(slots=True)
class Outcome:
    """What was counted in a passage, and in words what was missed and wrong."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in NAMES})
    notes: list[str] = field(default_factory=list)


def load(path: Path) -> Iterator[Passage]:
    """The passages of one file."""
    passage: Passage | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("    ") and passage is not None:
            parts = [part.strip() for part in line.split("|")]
            if parts[0].startswith("="):
                passage.quotes.append((parts[0][1:].strip(), parts[1]))
            elif parts[0] != "-":
                passage.attributions.append((parts[0], parts[1], parts[2]))
        elif line.strip() and not line.startswith("#"):
            if passage is not None:
                yield passage
            marks, words = re.fullmatch(r"([~^ ]*)(.*)", line.strip()).groups()  # type: ignore[union-attr]
            text = "\n\n".join(part.strip() for part in words.split("¶"))
            passage = Passage(f"{path.stem}:{number}", path.stem, text, headline="^" in marks, falls_short="~" in marks)
    if passage is not None:
        yield passage


def read_passages(passages: Sequence[Passage]) -> list[Row]:
    """What is read in each passage, as `retold read` prints it."""
    articles = [
        Article(id=f"{n:04}", text=p.text, language=p.language, title=p.text.partition("\n")[0] if p.headline else "")
        for n, p in enumerate(passages)
    ]
    return list(reading_rows(read(Batch(articles), models=Models(tagger=""), settings=Settings(workers=1))))


def place(text: str, words: str) -> set[int]:
    """The code points of words in a text: parts divided by " … ", "[..]" between the first and the last ones of a part."""
    out: set[int] = set()
    for part in words.split(" … ") if words else ():
        head, _, tail = (x.strip() for x in part.partition("[..]"))
        start = text.find(head)
        stop = text.find(tail, start) if start >= 0 else -1
        if start < 0 or stop < 0:
            raise ValueError(f"the text has no {part!r}: {text!r}")
        out.update(range(start, stop + len(tail) if tail else start + len(head)))
    return out


def bare(words: str) -> str:
    """Words without marks and stops at their ends, and with single spaces."""
    return re.sub(r"\s+", " ", words).strip(MARKS)


def same_speaker(asked: str, found: str) -> bool:
    """Whether two names of a speaker are the same, or one is within the other."""
    a, b = bare(asked).casefold(), bare(found).casefold()
    return bool(a and b and (a in b or b in a)) or asked == "?"


def same_source(asked: str, found: str) -> bool:
    """Whether two sources are the same but for up to half of the words of the longer one, or for what stands behind a comma."""
    a, b = sorted((bare(asked).casefold(), bare(found).casefold()), key=len)
    return a == b or bool(a and a in b and (2 * len(a) >= len(b) or a == bare(COMMA.split(b)[0])))


def same_cue(asked: str, found: Sequence[str]) -> bool:
    """Whether a cue has a part in common with one that was asked for; none asked for is any."""
    wanted = [bare(part) or part.strip() for part in asked.split("…")]
    got = [bare(part) or part.strip() for part in found]
    return not asked or any(a and b and (a in b or b in a) for a in wanted for b in got)


def same_content(asked: set[int], found: set[int]) -> bool:
    """Whether two contents share most of what either holds."""
    return asked == found or len(asked & found) >= SHARE * len(asked | found)


def pair(asked: int, found: int, fits: Any) -> list[tuple[int, int]]:
    """One to one pairs that fit, in order."""
    out: list[tuple[int, int]] = []
    for i in range(asked):
        j = next((j for j in range(found) if j not in {x for _, x in out} and fits(i, j)), None)
        if j is not None:
            out.append((i, j))
    return out


def judge(passage: Passage, row: Row) -> Outcome:
    """What is right, missed and wrong in one passage."""
    out = Outcome()
    judge_quotes(passage, row, out)
    judge_attributions(passage, row, out)
    return out


def judge_quotes(passage: Passage, row: Row, out: Outcome) -> None:
    """Count quotes and their speakers."""
    text = passage.text
    found = [(bare(text[q["start"] : q["end"]]), q["speaker"] or "") for q in row["quotes"] if q["kind"] in ("direct", "mixed")]
    pairs = pair(len(passage.quotes), len(found), lambda i, j: bare(passage.quotes[i][0]) == found[j][0])
    out.tallies["quotes"].add(len(passage.quotes), len(found), len(pairs))
    right = [(i, j) for i, j in pairs if same_speaker(passage.quotes[i][1], found[j][1])]
    out.tallies["speakers"].add(len(pairs), len(pairs), len(right))
    held, used = {i for i, _ in pairs}, {j for _, j in pairs}
    out.notes += [f"- = {w} | {s}" for i, (w, s) in enumerate(passage.quotes) if i not in held]
    out.notes += [f"+ = {w} | {s}" for j, (w, s) in enumerate(found) if j not in used]
    out.notes += [f"! = {found[j][0]} | {found[j][1]} for {passage.quotes[i][1]}" for i, j in pairs if (i, j) not in right]


def judge_attributions(passage: Passage, row: Row, out: Outcome) -> None:
    """Count attributions, part by part and whole."""
    text, asked = passage.text, passage.attributions
    found = [a for a in row["attributions"] if a["kind"] != "credit"]
    sources = [" … ".join(text[s:e] for s, e in a["source"]) for a in found]
    cues = [[text[s:e] for s, e in a["cue"]] for a in found]
    held = [{x for s, e in a["content"] for x in range(s, e) if text[x] not in MARKS} for a in found]
    wanted = [{x for x in place(text, content) if text[x] not in MARKS} for _, _, content in asked]
    fits = {
        "source": lambda i, j: same_source(asked[i][0], sources[j]),
        "cue": lambda i, j: same_cue(asked[i][1], cues[j]),
        "content": lambda i, j: same_content(wanted[i], held[j]),
    }
    for name, test in fits.items():
        out.tallies[name].add(len(asked), len(found), len(pair(len(asked), len(found), test)))
    pairs = pair(len(asked), len(found), lambda i, j: all(test(i, j) for test in fits.values()))
    out.tallies["attributions"].add(len(asked), len(found), len(pairs))
    used = {j for _, j in pairs}
    out.notes += [f"- {' | '.join(a)}" for i, a in enumerate(asked) if i not in {x for x, _ in pairs}]
    for j, a in enumerate(found):
        if j not in used:
            out.notes.append(f"+ {sources[j]} | {' … '.join(cues[j])} | {' … '.join(text[s:e] for s, e in a['content'])}")


def measure(folder: Path, only: Sequence[str], *, misses: bool) -> None:
    """Print a row a language and the mean over languages."""
    rows: dict[str, dict[str, Tally]] = {}
    whole: dict[str, tuple[int, int]] = {}
    for path in sorted(folder.glob("*.txt")):
        if only and path.stem not in only:
            continue
        passages = list(load(path))
        judged = [judge(p, row) for p, row in zip(passages, read_passages(passages), strict=True)]
        rows[path.stem] = {name: Tally() for name in NAMES}
        for outcome in judged:
            for name in NAMES:
                t = outcome.tallies[name]
                rows[path.stem][name].add(t.asked, t.found, t.right)
        whole[path.stem] = (sum(not o.notes for o in judged), len(judged))
        for p, o in zip(passages, judged, strict=True) if misses else ():
            print(*([f"{p.name} {p.text[:300]!r}", *(f"    {note}" for note in o.notes)] if o.notes else ()), sep="\n")
    print(f"{'':6}{''.join(f'{name:>14}' for name in NAMES)}{'whole':>9}")
    for language, tallies in rows.items():
        print(f"{language:6}{''.join(f'{tallies[name].f1:14.2f}' for name in NAMES)}{'{}/{}'.format(*whole[language]):>9}")
    if len(rows) > 1:
        print(f"{'mean':6}{''.join(f'{sum(t[name].f1 for t in rows.values()) / len(rows):14.2f}' for name in NAMES)}")


def main() -> int:
    """Measure a folder of passages."""
    parser = argparse.ArgumentParser(description="Measure quotes, speakers and attributions in invented passages of every language.")
    parser.add_argument("folder", nargs="?", type=Path, default=GOLDEN)
    parser.add_argument("--only", default="", help="languages, with commas between them")
    parser.add_argument("--misses", action="store_true", help="list what was missed (-), wrong (+) and given to the wrong speaker (!)")
    asked = parser.parse_args()
    measure(asked.folder, [code for code in asked.only.split(",") if code], misses=asked.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
