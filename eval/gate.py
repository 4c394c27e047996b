"""Retold's quality gate: no figure falls below its floor in silence.

    python eval/gate.py             trace annotated stories, compare every figure with its floor; exit 1 when one is under it
    python eval/gate.py --whole     the same with all of our own stories, where the above takes a third of them
    python eval/gate.py --figures   only show the figures, of all stories
    python eval/gate.py --misses    also say what was missed and what was wrong
    python eval/gate.py --raise     lift floors to the present figures less 0.02; no floor is ever lowered
    python eval/gate.py --pin       note that the stories have changed; the floors stay
    python eval/gate.py --kept      only show the figures of the stories that are kept back, without a word of what was missed

The example story and every third of our own annotated stories (`OWN`) are always traced. Further stories (`SHARED`) are traced
where they lie beside the repository. How floors are kept, and how one is lowered, is in `eval/README.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from annotations import Annotation, faults, read_annotation
from scores import Score, score

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded: 5 s instead of 35 s for the example on a busy machine
ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "eval" / "floors.json"
EXAMPLE = ROOT / "examples" / "varnholm"
OWN = ROOT / "eval" / "stories"
KEPT = ROOT / "eval" / "kept"
SHARED = ROOT.parent / "shared" / "gold"
SLACK = 0.02  # how far below a figure `--raise` puts its floor: about one pair or edge of the example story
LESS_IS_BETTER = frozenset({"origins.count_error"})
HALVES = (".precision", ".recall")
PROCESSES = 4  # at most: each holds half a gigabyte
GRAIN = 0.0005  # figures are compared as they are shown, to three decimals
GIVEN = ("outlet", "published", "url")
OWN_STEP = 3  # of our own stories one in so many is traced by the tests: all take three minutes more on two cores
BARE_STEP = 6  # and one in so many also as texts alone

Figures = dict[str, float]
Floor = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Annotated stories that are judged together: by the mean of their figures.

    `owned`: they are part of this repository, so a change of them must be noted in the floors.
    """

    key: str
    title: str
    folder: Path
    stories: Mapping[str, Callable[[], Traced]]
    owned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A story that was traced: the annotation with the texts as they were read, and the report."""

    annotation: Annotation
    report: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The figures of every story of a corpus and their mean, what was missed, and what is amiss with the stories themselves."""

    columns: dict[str, Figures]
    mean: Figures
    notes: dict[str, list[str]]
    troubles: list[str] = field(default_factory=list)
    seconds: float = 0.0


# ---- stories ------------------------------------------------------------------------------------------------------


def example_corpus() -> Corpus:
    """The story that ships with the project."""
    title = f"The example story, examples/{EXAMPLE.name}"
    return Corpus(key="example", title=title, folder=EXAMPLE, stories={EXAMPLE.name: trace_example}, owned=True)


def own_corpus(*, whole: bool = False) -> Corpus:
    """Every third of the annotated stories in `eval/stories`; `whole`: all of them, with floors of their own."""
    title = "Our own stories, eval/stories" if whole else "Every third of our own stories, eval/stories"
    stories = dict(list(folders_of(OWN).items())[:: 1 if whole else OWN_STEP])
    return Corpus(key="own_whole" if whole else "own", title=title, folder=OWN, stories=stories, owned=True)


def shared_corpus() -> Corpus | None:
    """The stories beside the repository; None where there are none."""
    stories = folders_of(SHARED)
    return Corpus(key="shared", title="Further stories, ../shared/gold", folder=SHARED, stories=stories, owned=False) if stories else None


def bare_corpora(*, whole: bool = False) -> Iterator[Corpus]:
    """The same stories as texts alone, as somebody hands them over who pasted them: without outlet, date or address.

    Of our own every sixth, which is enough for floors and saves the tests some minutes; `whole`: all of them, with floors of their own.
    """
    some = ("own_bare", "Every sixth of our own stories, texts alone", OWN, BARE_STEP)
    own = ("own_bare_whole", "Our own stories, texts alone", OWN, 1) if whole else some
    for key, title, place, every in (own, ("shared_bare", "Further stories, texts alone", SHARED, 1)):
        stories = dict(list(folders_of(place, bare=True).items())[::every])
        if stories:
            yield Corpus(key=key, title=title, folder=place, stories=stories, owned=False)


def folders_of(place: Path, *, bare: bool = False) -> dict[str, Callable[[], Traced]]:
    """How to trace each annotated story that lies in a folder of its own."""
    folders = sorted(path.parent for path in place.glob("*/story.json"))
    return {folder.name: partial(trace_folder, folder, bare=bare) for folder in folders}


def trace_example() -> Traced:
    """Trace the example story as `make demo` does: from its folder of pages and texts."""
    texts, report = trace([EXAMPLE / "articles"])
    return Traced(annotation=read_annotation(EXAMPLE / "gold.json", texts), report=report)


def trace_folder(folder: Path, *, bare: bool = False) -> Traced:
    """Trace a folder of texts with the outlet, date and URL that its annotation gives them, or without them (`bare`)."""
    annotation = folder / "story.json"
    rows = [
        {"id": d["id"], "text": (folder / d["file"]).read_text("utf-8")} | {key: d[key] for key in (() if bare else GIVEN) if d.get(key)}
        for d in json.loads(annotation.read_text("utf-8"))["documents"]
    ]
    texts, report = trace(rows)
    return Traced(annotation=read_annotation(annotation, texts), report=report)


def trace(inputs: list[Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """The texts of the articles by id, and the report as its JSON says it."""
    from retold.base.models import Models
    from retold.base.records import Article
    from retold.pipeline import Settings, gather, run
    from retold.view.report import build_report

    settings = Settings(workers=1)
    collected = gather(inputs, models=Models(), settings=settings)
    report = build_report(run(collected, settings=settings))
    return {article.id: article.text for article in collected.get(Article)}, json.loads(report.to_json())


def kept_corpora() -> list[Corpus]:
    """The stories that nobody looks at while rules are made, with outlet and date and as texts alone."""
    given = (("kept", "Kept back, eval/kept", False), ("kept_bare", "Kept back, texts alone", True))
    return [Corpus(key=key, title=title, folder=KEPT, stories=folders_of(KEPT, bare=bare), owned=False) for key, title, bare in given]


def corpus_hash(folder: Path) -> str:
    """A hash of the articles and annotations in a folder and its folders: names and bytes."""
    digest = blake2b(digest_size=16)
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".html", ".json"}):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def measure(corpus: Corpus, tell: Callable[[str], None], pool: Executor | None = None) -> Outcome:
    """Trace the stories of a corpus, in the processes of a pool where there is one, and compare each with its annotation."""
    start = time.perf_counter()
    scores: dict[str, Score] = {}
    troubles: list[str] = []
    done = (pool.map if pool else map)(judged, corpus.stories.values())
    for name, (reached, amiss) in zip(corpus.stories, done, strict=True):
        tell(f"traced {name}")
        scores[name] = reached
        troubles += [f"{name}: {words}" for words in amiss]
    columns = {name: s.figures for name, s in scores.items()}
    return Outcome(
        columns=columns, mean=mean(columns.values()), notes={name: s.notes for name, s in scores.items()}, troubles=troubles,
        seconds=time.perf_counter() - start,
    )


def judged(trace_story: Callable[[], Traced]) -> tuple[Score, list[str]]:
    """How near a story comes to its annotation, and what is amiss with the annotation or the run."""
    traced = trace_story()
    amiss = [f"the annotation is wrong: {fault}" for fault in faults(traced.annotation)]
    return score(traced.annotation, traced.report), amiss + [failure["message"] for failure in traced.report["failures"]]


def mean(columns: Iterable[Figures]) -> Figures:
    """The mean of every figure."""
    rows = list(columns)
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}


# ---- floors -------------------------------------------------------------------------------------------------------


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """The floors by corpus; empty where there is no file yet."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def write_floors(floors: Mapping[str, Any], path: Path = FLOORS) -> None:
    """Write the floors, one figure a line, so that a change of one is one line of a diff."""
    parts = []
    for key, kept in floors.items():
        lines = [f'   "{name}": {json.dumps(floor, ensure_ascii=False)}' for name, floor in kept["floors"].items()]
        inner = "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
        parts.append(f' "{key}": {{\n  "corpus": "{kept["corpus"]}",\n  "floors": {inner}\n }}')
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


def holds(name: str, figure: float, floor: Floor) -> bool:
    """Whether a figure is as good as its floor."""
    limit = float(floor["floor"])
    return figure <= limit + GRAIN if name in LESS_IS_BETTER else figure >= limit - GRAIN


def lowered(name: str, floor: Floor) -> bool:
    """Whether a floor is worse than it was at its best and nobody has said why."""
    best = float(floor["best"]) if "best" in floor else float(floor["floor"])
    return better(name, best, float(floor["floor"])) and not str(floor.get("why", "")).strip()


def breaches(figures: Figures, floors: Mapping[str, Floor]) -> Iterator[str]:
    """Every floor that a figure is under, that no figure meets, or that was lowered without a reason."""
    for name, floor in floors.items():
        if lowered(name, floor):
            yield f"{name}: the floor was lowered from {floor['best']} to {floor['floor']}; say why in its \"why\""
        if name not in figures:
            yield f"{name}: has a floor but no figure"
        elif not holds(name, figures[name], floor):
            yield f"{name}: {figures[name]:.3f} is under its floor of {floor['floor']:.3f}"


def changed(corpus: Corpus, kept: Mapping[str, Any]) -> str:
    """What to say where the stories are not those that the floors were measured on; "" where they are."""
    if kept.get("corpus") == corpus_hash(corpus.folder):
        return ""
    advice = ": look at the figures, then run with --pin" if corpus.owned else ""
    return f"the stories have changed since the floors were set{advice}"


def raised(figures: Figures, floors: Mapping[str, Floor]) -> dict[str, Floor]:
    """The floors lifted to the figures less `SLACK` where that is better; the others as they are.

    Precision and recall get none of their own: one may be had for the other, and F1 weighs both.
    """
    out = {}
    for name, figure in figures.items():
        if name.endswith(HALVES):
            continue
        old = floors.get(name)
        new = round(figure + SLACK, 3) if name in LESS_IS_BETTER else round(max(figure - SLACK, 0.0), 3)
        out[name] = {"floor": new, "best": new} if old is None or better(name, new, old["floor"]) else dict(old)
    return {**{name: dict(floor) for name, floor in floors.items()}, **out}


def better(name: str, new: float, old: float) -> bool:
    """Whether a floor asks for more than another."""
    return new < old if name in LESS_IS_BETTER else new > old


# ---- what a person reads ------------------------------------------------------------------------------------------


def table(outcome: Outcome, floors: Mapping[str, Floor]) -> Iterator[str]:
    """The figures, one a line: every story, the mean where there are several, precision and recall, the floor, does it hold."""
    several = len(outcome.columns) > 1
    heads = [*outcome.columns, *(["mean"] if several else []), "precision", "recall", "floor"]
    widths = [max(9, len(head) + 2) for head in heads]
    yield " " * 14 + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))
    for name, figure in outcome.mean.items():
        if name.endswith(HALVES):
            continue
        own = [column[name] for column in outcome.columns.values()] + ([figure] if several else [])
        beside = [outcome.mean.get(f"{name}.{part}") for part in ("precision", "recall")]
        floor = floors.get(name)
        cells = [*(f"{value:.3f}" for value in own), *("" if v is None else f"{v:.3f}" for v in beside), bound(name, floor)]
        label = name if "." not in name else "  " + name.partition(".")[2].replace("_", " ")
        line = f"{label:14}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        yield line + ("" if floor is None else "   ok" if holds(name, figure, floor) else "   UNDER ITS FLOOR")


def bound(name: str, floor: Floor | None) -> str:
    """A floor as it stands in the table."""
    return "" if floor is None else f"{'≤ ' if name in LESS_IS_BETTER else ''}{floor['floor']:.3f}"


def tell_corpus(corpus: Corpus, outcome: Outcome, floors: Mapping[str, Floor], *, misses: bool) -> None:
    """Print a corpus: its table, what is amiss with it, and on demand what was missed."""
    stories = "1 story" if len(corpus.stories) == 1 else f"{len(corpus.stories)} stories"
    print(f"\n{corpus.title} ({stories}, {outcome.seconds:.1f} s)\n")
    print("\n".join(table(outcome, floors)))
    for trouble in outcome.troubles:
        print(f"! {trouble}")
    if misses:
        for name, notes in outcome.notes.items():
            print(f"\n{name}:", *folded(notes), sep="\n  ")


def folded(notes: Iterable[str]) -> Iterator[str]:
    """Notes in their order, those alike once with their number."""
    for note, times in Counter(notes).items():
        yield note if times == 1 else f"{note} ({times} times)"


def main(arguments: list[str] | None = None) -> int:
    """Measure, compare, say so; 0 when every floor holds or nothing was to be compared, 1 otherwise."""
    asked = read_arguments(arguments)
    with ProcessPoolExecutor(min(os.cpu_count() or 1, PROCESSES), mp_context=get_context("spawn")) as pool:
        return told(asked, partial(measure, tell=lambda words: print(words, file=sys.stderr), pool=pool))


def told(asked: argparse.Namespace, measured: Callable[[Corpus], Outcome]) -> int:
    """The same, by a way to measure."""
    if asked.kept:
        for corpus in kept_corpora():
            tell_corpus(corpus, measured(corpus), {}, misses=False)
        return 0
    every = read_floors(asked.floors)
    problems: list[str] = []
    shared = None if asked.example else shared_corpus()
    whole = asked.whole or asked.figures
    corpora = [example_corpus()] if asked.example else [example_corpus(), own_corpus(whole=whole), *([shared] if shared else []),
                                                               *bare_corpora(whole=whole)]
    for corpus in corpora:
        kept = every.setdefault(corpus.key, {"corpus": "", "floors": {}})
        outcome = measured(corpus)
        problems += judge(corpus, outcome, kept)
        if asked.lift:
            kept["floors"] = raised(outcome.mean, kept["floors"])
        if asked.pin or not kept["corpus"]:
            kept["corpus"] = corpus_hash(corpus.folder)
        tell_corpus(corpus, outcome, {} if asked.figures else kept["floors"], misses=asked.misses)
    if shared is None and not asked.example:
        print("\nFurther stories, ../shared/gold: none there, so only our own stories were measured.")
    if asked.lift or asked.pin:
        write_floors(every, asked.floors)
        print(f"\nWritten: {asked.floors}")
    return 0 if asked.figures or asked.lift or asked.pin else verdict(problems)


def judge(corpus: Corpus, outcome: Outcome, kept: Mapping[str, Any]) -> list[str]:
    """All that speaks against a corpus's figures. A change of stories that are not ours is said, and held against nobody."""
    change = changed(corpus, kept)
    if change and not corpus.owned:
        print(f"{corpus.title}: {change}", file=sys.stderr)
    found = [*([change] if change and corpus.owned else []), *outcome.troubles, *breaches(outcome.mean, kept["floors"])]
    return [f"{corpus.key}: {words}" for words in found]


def verdict(problems: list[str]) -> int:
    """Say how it ended."""
    if problems:
        print("\nThe gate is shut:", *problems, sep="\n  ")
    else:
        print("\nThe gate is open: every figure is at or above its floor.")
    return 1 if problems else 0


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wish = parser.add_mutually_exclusive_group()
    wish.add_argument("--figures", action="store_true", help="only show the figures")
    wish.add_argument("--raise", dest="lift", action="store_true", help="lift floors to the present figures less 0.02")
    wish.add_argument("--pin", action="store_true", help="note that the stories have changed")
    wish.add_argument("--kept", action="store_true", help="only show the figures of the stories that are kept back")
    parser.add_argument("--whole", action="store_true", help="all of our own stories, not a third of them")
    parser.add_argument("--misses", action="store_true", help="also say what was missed and what was wrong")
    parser.add_argument("--example", action="store_true", help="only the example story")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="another file of floors")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
