"""How well names, quotes and versions of quotes are read in invented news of ten kinds in every language.

    python eval/measure_news.py [--misses] [--only ar,ja]      names and quotes, article by article: tests/golden/news
    python eval/measure_news.py --folder tests/golden/reports      the same in a second set, written later
    python eval/measure_news.py --versions [--misses]          versions of quotes in several languages: tests/golden/versions

The articles were written before anything was run on them; the figures of that first run stand in `docs/methods`. Their form is at the head
of `ar.txt` and `tunnel.txt`. The rules must not know their words: a word goes into a lexicon only with the class that it belongs to.

names      Spans that are found just as they are marked, F1, precision and recall; `overlap`: the share of marked ones that are touched.
kind       The share of touched ones with the right kind.
joined     Pairs of forms of one name within an article, F1.
quotes, speakers   As `measure_passages.py` counts them.
versions   Pairs of versions of a quote in two articles, F1; change, speaker: shares of the versions that are found.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotations import Annotation
from measure_passages import Outcome, Passage, Tally, judge_quotes
from scores import Score, score_quotes

from retold.base.models import Models
from retold.base.records import Article, Membership, Mention, Name, QuoteVersion
from retold.base.tables import Batch
from retold.link.stage import run as link_story
from retold.pipeline import Settings, read, run
from retold.view.reading import reading_rows

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
NEWS, REPORTS, VERSIONS = GOLDEN / "news", GOLDEN / "reports", GOLDEN / "versions"
MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|(\w?)\}")
VERSION = re.compile(r"⟦(\w+):(\w+):|⟧")
KINDS = {"p": ("person",), "o": ("organisation", "outlet"), "l": ("place",), "u": ("outlet", "organisation")}
SURE = 0.5  # score of a mention from which it counts
COLUMNS = ("names", "overlap", "kind", "joined", "quotes", "speakers")
Span = tuple[int, int]


@dataclass(slots=True)
class News:
    """An article without its marks: the spans that are marked as (start, end, entity, kind), and its quotes."""

    name: str
    passage: Passage
    marks: list[tuple[int, int, str, str]] = field(default_factory=list)


def load_news(path: Path) -> Iterator[News]:
    """The articles of one file."""
    for block in re.split(r"^== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        kind, _, body = block.partition("\n")
        lines = body.strip().splitlines()
        quotes = [tuple(part.strip() for part in line[1:].split("|")) for line in lines if line.startswith("=")]
        marked = "\n".join(line for line in lines if not line.startswith("="))
        text, marks, last = "", [], 0
        for match in MARK.finditer(marked):
            text += marked[last : match.start()]
            marks.append((len(text), len(text) + len(match[1]), match[2], match[3]))
            text, last = text + match[1], match.end()
        passage = Passage(f"{path.stem}:{kind.strip()}", path.stem, text + marked[last:], headline=True, quotes=[(a, b) for a, b in quotes])
        yield News(passage.name, passage, marks)


def read_news(news: Sequence[News]) -> list[tuple[dict[str, Any], list[Mention], list[Name]]]:
    """What is read in each article: the row of `retold read`, its mentions, and its names as they are joined in it alone."""
    articles = [
        Article(id=f"{n:04}", text=a.passage.text, language=a.passage.language, title=a.passage.text.partition("\n")[0])
        for n, a in enumerate(news)
    ]
    done = read(Batch(articles), settings=Settings(workers=1))
    rows = list(reading_rows(done))
    mentions, names = done.by_article(Mention), done.by_article(Name)
    return [(row, mentions.get(a.id, []), names.get(a.id, [])) for row, a in zip(rows, articles, strict=True)]


def judge_names(news: News, mentions: Sequence[Mention], names: Sequence[Name], tallies: dict[str, Tally]) -> list[str]:
    """Count names; what was missed, wrong, of another kind, or wrongly joined, in words."""
    text = news.passage.text
    free = [(s, e) for s, e, entity, _ in news.marks if not entity]
    asked = {(s, e): (entity, kind) for s, e, entity, kind in news.marks if entity}
    found = {(m.start, m.end): m.kind for m in mentions if m.score >= SURE and not m.method.endswith(":description")}
    found = {span: kind for span, kind in found.items() if not any(meet(span, other) for other in free)}
    tallies["names"].add(len(asked), len(found), len(asked.keys() & found.keys()))
    touched = {span: kinds for span in asked if (kinds := [kind for other, kind in found.items() if meet(span, other)])}
    tallies["overlap"].add(len(asked), len(asked), len(touched))
    right = [span for span, kinds in touched.items() if any(kind in KINDS[asked[span][1]] for kind in kinds)]
    tallies["kind"].add(len(touched), len(touched), len(right))
    notes = [f"- {text[s:e]}" for s, e in sorted(asked.keys() - found.keys())]
    notes += [f"+ {text[s:e]} [{found[s, e]}]" for s, e in sorted(found.keys() - asked.keys())]
    notes += [f"kind {text[s:e]} {touched[s, e]}" for s, e in touched if (s, e) not in right]
    return notes + judge_joined(news, asked, names, tallies["joined"])


def judge_joined(news: News, asked: dict[Span, tuple[str, str]], names: Sequence[Name], tally: Tally) -> list[str]:
    """Count pairs of marked names that are joined."""
    text, notes = news.passage.text, []
    of = {span: {n.entity for n in names if meet(span, (n.start, n.end))} for span in asked}
    spans = sorted(asked)
    for n, a in enumerate(spans):
        for b in spans[n + 1 :]:
            same, joined = asked[a][0] == asked[b][0], bool(of[a] & of[b])
            tally.add(int(same), int(joined), int(same and joined))
            if same != joined:
                notes.append(f"{'apart' if same else 'one'}: {text[a[0] : a[1]]} ~ {text[b[0] : b[1]]}")
    return notes


def meet(a: Span, b: Span) -> bool:
    """Whether two spans share half of the shorter of both."""
    return 2 * (min(a[1], b[1]) - max(a[0], b[0])) >= min(a[1] - a[0], b[1] - b[0])


def tally_news(folder: Path, only: Sequence[str], *, misses: bool) -> dict[str, dict[str, Tally]]:
    """What was counted, by language and column; `misses` are printed."""
    table: dict[str, dict[str, Tally]] = {}
    for path in sorted(folder.glob("*.txt")):
        if only and path.stem not in only:
            continue
        news = list(load_news(path))
        tallies = table.setdefault(path.stem, {name: Tally() for name in COLUMNS})
        for article, (row, mentions, names) in zip(news, read_news(news), strict=True):
            notes = judge_names(article, mentions, names, tallies)
            outcome = Outcome()
            judge_quotes(article.passage, row, outcome)
            for name in ("quotes", "speakers"):
                t = outcome.tallies[name]
                tallies[name].add(t.asked, t.found, t.right)
            if misses and (notes or outcome.notes):
                print(article.name, *(f"    {note}" for note in (*notes, *outcome.notes)), sep="\n")
    return table


def measure_news(folder: Path, only: Sequence[str], *, misses: bool) -> None:
    """Print a row a language and the mean over languages."""
    table = tally_news(folder, only, misses=misses)
    print(f"{'':6}{'precision':>11}{'recall':>11}{''.join(f'{name:>11}' for name in COLUMNS)}")
    for language, tallies in table.items():
        names = tallies["names"]
        halves = f"{names.right / max(names.found, 1):11.2f}{names.right / max(names.asked, 1):11.2f}"
        print(f"{language:6}{halves}{''.join(f'{tallies[name].f1:11.2f}' for name in COLUMNS)}")
    means = "".join(f"{sum(t[name].f1 for t in table.values()) / len(table):11.3f}" for name in COLUMNS)
    print(f"{'mean':6}{'':22}{means}")


def load_versions(path: Path) -> tuple[list[Article], Annotation]:
    """The articles of a story without their marks, and its quotes as an annotation."""
    head, *blocks = re.split(r"^== ", path.read_text("utf-8"), flags=re.MULTILINE)
    speakers = dict(line.split(" = ") for line in head.splitlines() if " = " in line and not line.startswith("#"))
    variants: dict[str, list[dict[str, str]]] = {key: [] for key in speakers}
    articles = []
    for number, block in enumerate(blocks):
        first, _, body = block.partition("\n")
        language, _, outlet = first.partition(" ")
        key, text, last = f"{number}-{language}", "", 0
        opened = ("", "", 0)
        for match in VERSION.finditer(body.strip()):
            text, last = text + body.strip()[last : match.start()], match.end()
            if match[1]:
                opened = (match[1], match[2], len(text))
            else:
                variants[opened[0]].append({"doc": key, "excerpt": text[opened[2] :], "change": opened[1]})
        text += body.strip()[last:]
        published = f"2026-03-02T{8 + number:02}:00:00Z"
        articles.append(Article(id=key, text=text, language=language, outlet=outlet, title=text.partition("\n")[0], published=published))
    quotes = [{"id": key, "speaker": speakers[key], "variants": found} for key, found in variants.items()]
    return articles, Annotation({"quotes": quotes}, {a.id: a.text for a in articles})


def judge_versions(path: Path) -> tuple[Annotation, dict[str, dict[str, Any]], Score]:
    """The quotes of a story as they are marked, the groups that were found, and how these compare."""
    articles, annotation = load_versions(path)
    done = run(Batch(articles), settings=Settings(workers=1), only=("divide", "identify"))
    done.add([Membership(id=f"m{a.id}", story="s", article=a.id, method="given", score=1.0) for a in articles])
    groups: dict[str, dict[str, Any]] = {}
    for v in link_story(done, Models()).get(QuoteVersion):
        group = groups.setdefault(v.group, {"speaker": v.speaker, "variants": []})
        group["variants"].append({"doc": v.article, "start": v.start, "end": v.end, "change": v.change})
    out = Score()
    score_quotes(annotation, {"quotes": list(groups.values())}, out)
    return annotation, groups, out


def measure_versions(folder: Path, *, misses: bool) -> None:
    """Print a row a story and the mean over stories."""
    figures = []
    for path in sorted(folder.glob("*.txt")):
        annotation, groups, out = judge_versions(path)
        figures.append([out.figures[key] for key in ("quotes", "quotes.precision", "quotes.recall", "quotes.change", "quotes.speaker")])
        print(f"{path.stem:14}{''.join(f'{x:11.3f}' for x in figures[-1])}")
        if misses:
            tell_versions(annotation, groups, out)
    print(f"{'mean':14}{''.join(f'{sum(column) / len(figures):11.3f}' for column in zip(*figures, strict=True))}")


def tell_versions(annotation: Annotation, groups: dict[str, dict[str, Any]], out: Score) -> None:
    """Print what was missed, and each version with a wrong change or speaker."""
    print(*(f"    {note}" for note in out.notes), sep="\n")
    for quote in annotation.data["quotes"]:
        for item in quote["variants"]:
            for group in groups.values():
                for v in group["variants"]:
                    if any(d == v["doc"] and meet((s, e), (v["start"], v["end"])) for d, s, e in annotation.places(item)):
                        print(f"    {quote['id']} {v['doc']}: {item['change']} as {v['change']}; {quote['speaker']} as {group['speaker']}"
                              f" | {annotation.words(v)}")


def main() -> int:
    """Measure the invented news."""
    parser = argparse.ArgumentParser(description="Measure names, quotes and versions of quotes in invented news of every language.")
    parser.add_argument("--versions", action="store_true", help="versions of quotes in several languages")
    parser.add_argument("--folder", type=Path, default=NEWS, help="the folder of the articles, a file a language")
    parser.add_argument("--only", default="", help="languages, with commas between them")
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was wrong")
    asked = parser.parse_args()
    if asked.versions:
        print(f"{'':14}{'versions':>11}{'precision':>11}{'recall':>11}{'change':>11}{'speaker':>11}")
        measure_versions(VERSIONS, misses=asked.misses)
    else:
        measure_news(asked.folder, [code for code in asked.only.split(",") if code], misses=asked.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
