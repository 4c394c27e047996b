"""How well names are found and joined: in marked stories, and as spans by language.

    python eval/measure_names.py tests/golden/names            stories with marked names: pairs that belong together, F1
    python eval/measure_names.py ../shared/data/names_uner_train.jsonl.gz [--limit 300]    spans by language, F1

A marked story is a text file: articles, each after a line `== LANGUAGE [OUTLET]`; names stand in braces with what they name,
`{Ada Berg|ada}`; an empty name, `{the fund|}`, is not judged; `⟦a:…⟧` marks a mention of the claim a.
Lines before the first article are remarks. Two marked names belong
together when they name the same. A found name stands for a marked one when it shares half of the shorter of both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from retold.base.records import Article, Mention, Name
from retold.base.tables import Batch
from retold.link.names import link_names
from retold.pipeline import Settings, run

MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
CLAIM = re.compile(r"⟦([a-z]+):|⟧")
HEAD = re.compile(r"^== (\w\w)(?: (.*))?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Marked:
    """A name in an article and what it names ("" is not judged)."""

    article: str
    start: int
    end: int
    text: str
    entity: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of marked names: joined rightly, joined wrongly, and not joined though they belong together."""

    right: int
    wrong: tuple[tuple[Marked, Marked], ...]
    missed: tuple[tuple[Marked, Marked], ...]

    @property
    def precision(self) -> float:
        """The share of joined pairs that belong together."""
        return self.right / (self.right + len(self.wrong)) if self.right or self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of pairs that belong together which are joined."""
        return self.right / (self.right + len(self.missed)) if self.right or self.missed else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0


def read_story(path: Path) -> tuple[list[Article], list[Marked]]:
    """The articles of a marked story without their marks, and the names that are marked."""
    articles, marks, _ = read_marks(path)
    return articles, marks


def read_marks(path: Path) -> tuple[list[Article], list[Marked], list[Marked]]:
    """The articles of a marked story without their marks, the marked names, and the marked claims."""
    articles, marks, claims = [], [], []
    parts = HEAD.split(path.read_text("utf-8"))[1:]
    for number, (language, outlet, marked) in enumerate(zip(parts[::3], parts[1::3], parts[2::3], strict=True)):
        article, text, found = f"{number}-{language}", "", []
        opened: list[tuple[str, int]] = []
        for piece in re.split(r"(\{[^{}]*\}|⟦[a-z]+:|⟧)", marked.strip("\n")):
            if match := MARK.fullmatch(piece):
                found.append((len(text), len(text) + len(match[1]), match[2]))
                text += match[1]
            elif match := CLAIM.fullmatch(piece):
                if match[1]:
                    opened.append((match[1], len(text)))
                else:
                    claim, start = opened.pop()
                    claims.append(Marked(article, start, len(text), text[start:], claim))
            else:
                text += piece
        marks += [Marked(article, start, end, text[start:end], entity) for start, end, entity in found]
        articles.append(Article(id=article, text=text, language=language, outlet=outlet))
    return articles, marks, claims


def join_names(articles: list[Article]) -> list[Name]:
    """The names of articles that are one story."""
    done = run(Batch(articles), settings=Settings(workers=1), only=("divide", "identify"))
    return link_names("story", done)


def compare(marks: list[Marked], names: list[Name]) -> Pairs:
    """Pairs of marks that the names join or part."""
    entities = [{n.entity for n in names if touches(n, mark)} for mark in marks]
    right, wrong, missed = 0, [], []
    for (a, x), (b, y) in combinations(list(zip(marks, entities, strict=True)), 2):
        if not (a.entity and b.entity):
            continue
        if x & y and a.entity == b.entity:
            right += 1
        elif x & y:
            wrong.append((a, b))
        elif a.entity == b.entity:
            missed.append((a, b))
    return Pairs(right, tuple(wrong), tuple(missed))


def touches(name: Name, mark: Marked) -> bool:
    """Whether a found name shares half of the shorter of both."""
    if name.article != mark.article:
        return False
    common = min(name.end, mark.end) - max(name.start, mark.start)
    return common * 2 >= min(name.end - name.start, mark.end - mark.start)


def measure_stories(folder: Path, *, misses: bool) -> None:
    """Print the figures of every marked story."""
    total, found = [], []
    for path in sorted(folder.glob("*.txt")):
        articles, marks = read_story(path)
        names = join_names(articles)
        pairs = compare(marks, names)
        total.append(pairs)
        found += [(m.article.partition("-")[2], any(touches(n, m) for n in names)) for m in marks if m.entity]
        print(f"{path.stem:14} F1 {pairs.f1:.3f}  precision {pairs.precision:.3f}  recall {pairs.recall:.3f}")
        if misses:
            tell(pairs, marks, names)
    print(f"{'mean':14} F1 {sum(p.f1 for p in total) / len(total):.3f}  precision {sum(p.precision for p in total) / len(total):.3f}  "
          f"recall {sum(p.recall for p in total) / len(total):.3f}")
    languages = defaultdict(list)
    for language, hit in found:
        languages[language].append(hit)
    print("found, by language: " + "  ".join(f"{k} {sum(v) / len(v):.2f} of {len(v)}" for k, v in sorted(languages.items())))


def tell(pairs: Pairs, marks: list[Marked], names: list[Name]) -> None:
    """Print what is wrong in a story, one line a kind."""
    for a, b in pairs.wrong:
        print(f"    wrongly joined: {a.text} ({a.article}) ~ {b.text} ({b.article})")
    for entity in sorted({m.entity for pair in pairs.missed for m in pair}):
        groups = defaultdict(set)
        for mark in (m for m in marks if m.entity == entity):
            labels = sorted({f"{n.label} [{n.kind}] {n.entity[-3:]}" for n in names if touches(n, mark)}) or ["not found"]
            groups[" + ".join(labels)].add(f"{mark.text} ({mark.article})")
        print(f"    apart: {entity}: " + "; ".join(f"{k}: {', '.join(sorted(v))}" for k, v in sorted(groups.items())))


def measure_spans(path: Path, limit: int) -> None:
    """Print exact and overlapping span figures by language; persons, places and organisations alike."""
    rows = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if len(rows[row["language"]]) < limit:
                rows[row["language"]].append(row)
    for language, some in sorted(rows.items()):
        print(language, span_figures(some, language))


def span_figures(rows: list[dict], language: str) -> str:
    """Exact F1, and F1 by overlap, of the spans in sentences that are read as articles of their own."""
    articles = [Article(id=f"{i:06}", text=row["text"], language=language) for i, row in enumerate(rows) if row["text"].strip()]
    done = run(Batch(articles), settings=Settings(workers=1), only=("divide", "identify"))
    predicted = defaultdict(set)
    for m in done.get(Mention):
        if m.score >= 0.5 and not m.method.endswith(":description"):
            predicted[m.article].add((m.start, m.end))
    exact = loose_p = loose_r = n_gold = n_found = 0
    for i, row in enumerate(rows):
        gold, found = {(s, e) for s, e, _ in row["names"]}, predicted[f"{i:06}"]
        exact += len(gold & found)
        loose_p += sum(any(s < y and x < e for x, y in gold) for s, e in found)
        loose_r += sum(any(s < y and x < e for x, y in found) for s, e in gold)
        n_gold, n_found = n_gold + len(gold), n_found + len(found)
    p, r = loose_p / max(n_found, 1), loose_r / max(n_gold, 1)
    f1, loose = 2 * exact / max(n_gold + n_found, 1), 2 * p * r / max(p + r, 1e-9)
    exactly = f"exact F1 {f1:.3f} (precision {exact / max(n_found, 1):.3f}, recall {exact / max(n_gold, 1):.3f})"
    return f"{exactly}, overlap F1 {loose:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="sentences a language")
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    if chosen.path.is_dir():
        measure_stories(chosen.path, misses=chosen.misses)
    else:
        measure_spans(chosen.path, chosen.limit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
