"""Measure Retold on many very short texts, written to show constructions rather than stories.

    python eval/measure_short.py                      every set but `later`
    python eval/measure_short.py conflicts lineage    some of them
    python eval/measure_short.py attribution --languages de,pl --misses
    python eval/measure_short.py later stories --odd      what decides
    python eval/measure_short.py later --odd --rules-alone    without the trained tagger

Whole stories hold few attributions each, and the same ones again; these texts hold one construction each, in fifteen languages. They are
written by people who do not know the rules. Of `stories`, `accounts` and `disagreements` every second one, from the first, may be looked
at; the others, and all of `later`, are only counted, and `--misses` does not show them, so that they tell whether a rule was about the
language. The other sets were halved in the same way and have been looked at whole since, and the tagger has learned from `attribution` and
`everyday` (as from `taught` and `articles`, which are not measured here), so that only rules alone are judged by them. All are in
`eval/short`, invented by us:

attribution   fifty passages a language: who said what. `found`: source and content both overlap the marked ones; `source`, `content`:
              one does; `wrong`: sources that overlap no marked one, as a share of all found.
everyday      forty more, with constructions as frequent as they are in papers, where `attribution` has each but once.
conflicts     pairs of articles on one event, half of which disagree in one point and half only seem to. `kind`: right, of those found.
accounts      420 pairs of short accounts in the same way, told to be one story: every second one may be looked at.
disagreements 960 such pairs, in which all sentences are marked that disagree (none in a third of the pairs, several in a third), only seem
              to, or say the same. `seem`: conflicts shown between two sentences that only seem to disagree, as a share of all.
later         twenty-four further passages a language: odd ones as they are in papers every day, even ones of one construction each.
lineage       one to three short articles with their direct sources and origins (figures as in `scores.py`).
stories       three to five short articles in one to three languages with their direct sources, origins and conflicts, told to be one
              story, for by themselves most of them are taken for several (`docs/methods/group.md`).
pages         two articles as they are copied from a page: names, and what is no part of the article (figures as in `scores.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
from annotations import Annotation
from gate import GIVEN
from measure_group import f1
from measure_speech import shared as overlap
from scores import LIKELY, score

from retold.base.models import Models
from retold.base.records import Article
from retold.lexicons import lexicon
from retold.pipeline import Settings, gather, one_story, read, run
from retold.view.reading import reading_rows
from retold.view.report import build_report

PLACE = Path(__file__).parent / "short"
PASSAGES = ("attribution", "everyday", "later")
KEPT = ("later",)  # sets that are only counted
FIGURES = {"lineage": ("links", "origins", "origins.count_error"), "pages": ("names", "boilerplate"),
           "stories": ("links", "origins", "origins.count_error", "conflicts", "conflicts.precision", "conflicts.kind")}
PAIRS = ("conflicts", "accounts")
SENTENCES = ("disagreements",)
ONE = ("stories", "accounts", "disagreements")  # sets whose articles are told to be one story
SETTINGS = Settings(workers=1)
RULES_ALONE = Models(tagger="")
MARKED = {"denial": "negation"} | {kind: kind for kind in ("number", "date", "place", "actor", "status", "certainty", "attribution")}
Item = Mapping[str, Any]
Spans = list[tuple[int, int]]


@dataclass(slots=True)
class Tally:
    """Counts by name, and in words what was missed and what was wrong."""

    counts: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, **counts: float) -> None:
        """Add to the counts."""
        for name, count in counts.items():
            self.counts[name] = self.counts.get(name, 0) + count

    def share(self, part: str, whole: str) -> float:
        """One count as a share of another; 0 of nothing."""
        return self.counts.get(part, 0) / (self.counts.get(whole, 0) or 1)


def half(items: Sequence[Any], odd: bool) -> list[tuple[int, Any]]:
    """The items with even or odd numbers, from 0, with their numbers."""
    return [(number, item) for number, item in enumerate(items) if number % 2 == odd]


def packed(name: str) -> list[Item]:
    """A set of one JSON object a line."""
    return [json.loads(line) for line in (PLACE / f"{name}.jsonl").read_text("utf-8").splitlines()]


# ---- who said what ------------------------------------------------------------------------------------------------


def passages(path: Path, odd: bool, models: Models | None = None) -> Tally:
    """The attributions of the passages of one language."""
    out, models = Tally(), models or Models()
    everything = tomllib.loads(path.read_text("utf-8"))["passage"]
    chosen = list(enumerate(everything)) if path.parent.name in KEPT else half(everything, odd)
    rows = [{"id": f"{path.stem}{number:03}", "text": passage["text"], "language": path.stem} for number, passage in chosen]
    batch = read(gather(rows, models=models, settings=SETTINGS), models=models, settings=SETTINGS)
    texts = {article.id: article.text for article in batch.get(Article)}
    found = {row["id"]: [a for a in row["attributions"] if a["source"]] for row in reading_rows(batch)}
    for row, (_, passage) in zip(rows, chosen, strict=True):
        out.notes += list(compared(row["id"], texts[row["id"]], passage.get("said", []), found[row["id"]], out))
    return out


def compared(name: str, text: str, wanted: Sequence[Item], found: Sequence[Item], out: Tally) -> Iterator[str]:
    """Count the attributions of one passage; what was missed and what was wrong."""
    marked = [(spans(text, said["source"]), spans(text, said["content"]), spans(text, said.get("to", ""))) for said in wanted]
    faults = []
    for said, (source, content, _) in zip(wanted, marked, strict=True):
        both = [(overlap(source, a["source"]) > 0, overlap(content, a["content"]) > 0) for a in found]
        hit = (True, True) in both
        out.add(wanted=1, hit=hit, source=any(s for s, _ in both), content=any(c for _, c in both))
        if not hit:
            faults.append(f"  missed: {said['source']} | {said['content']}")
    for attribution in found:
        known = any(overlap(place, attribution["source"]) for source, _, to in marked for place in (source, to))
        out.add(told=1, wrong=not known)
        if not known:
            faults.append("  wrong: " + " | ".join(" … ".join(text[s:e] for s, e in attribution[part]) for part in ("source", "content")))
    if faults:
        yield f"{name}: {' '.join(text.split())}"
        yield from faults


def spans(text: str, words: str) -> Spans:
    """Where words stand first; nowhere for no words."""
    start = text.find(words) if words else -1
    return [(start, start + len(words))] if start >= 0 else []


# ---- what disagrees -----------------------------------------------------------------------------------------------


def conflicts(name: str, odd: bool) -> Tally:
    """The conflicts of pairs of articles."""
    out, models = Tally(), Models()
    for number, pair in half(packed(name), odd):
        given = [{"id": key} | {k: v for k, v in pair[key].items() if k in (*GIVEN, "text")} for key in "ab"]
        texts, report = traced(given, models, together=name in ONE)
        shown = likely(report)
        marked = {key: spans(texts[key], pair[key].get("words", "")) for key in "ab"}
        wanted = pair["kind"] != "none"
        right = [c for c in shown if wanted and all(touched(c, key, marked[key]) for key in "ab")]
        same = any(c["kind"] == pair["kind"] for c in right)
        out.add(wanted=wanted, shown=len(shown), hit=bool(right), kind=same, apart=len(report["stories"]) != 1)
        if bool(right) != wanted or len(shown) != len(right):
            out.notes.append(f"{number:03} {pair['kind']}: {pair['why']}")
            out.notes += [f"  shown, {c['kind']}: {words_of(c, texts)}" for c in shown]
    return out


def disagreements(name: str, odd: bool) -> Tally:
    """The conflicts of pairs of articles all of whose sentences are marked."""
    out, models = Tally(), Models()
    for number, pair in half(packed(name), odd):
        texts = {key: joined(pair[key]) for key in "ab"}
        given = [{"id": key, "language": pair[key]["language"], "text": texts[key]} for key in "ab"]
        texts, report = traced(given, models, together=name in ONE)
        shown = likely(report)
        marked = {key: [spans(texts[key], words) for words in pair[key]["sentences"]] for key in "ab"}

        def of(c: Item, row: Sequence[Any], marked: Mapping[str, list[Spans]] = marked) -> bool:
            """Whether a conflict is between the two sentences of a row."""
            return all(touched(c, key, marked[key][row[place]]) for place, key in enumerate("ab"))

        right = [[row for row in pair["disagree"] if of(c, row)] for c in shown]
        found = [row for row in pair["disagree"] if any(of(c, row) for c in shown)]
        seem = [c for c, rows in zip(shown, right, strict=True) if not rows and any(of(c, row) for row in pair["seem"])]
        out.add(wanted=len(pair["disagree"]), shown=len(shown), right=sum(map(bool, right)), hit=len(found), seem=len(seem),
                known=sum(bool(rows) and any(row[2] in MARKED for row in rows) for rows in right),
                kind=sum(any(MARKED.get(row[2]) == c["kind"] for row in rows) for c, rows in zip(shown, right, strict=True)))
        notes = [f"  missed, {row[2]}: " + " | ".join(pair[key]["sentences"][row[place]] for place, key in enumerate("ab"))
                 for row in pair["disagree"] if row not in found]
        notes += [f"  wrong, {c['kind']}: {words_of(c, texts)}" for c, rows in zip(shown, right, strict=True) if not rows]
        out.notes += [f"{number:03}", *notes] if notes else []
    return out


def joined(article: Item) -> str:
    """The sentences of an article as one text."""
    return (" " if lexicon(article["language"]).spaced else "").join(article["sentences"])


def likely(report: Item) -> list[Item]:
    """The conflicts that a report shows."""
    return [c for story in report["stories"] for c in story["conflicts"] if c["confidence"] >= LIKELY]


def words_of(conflict: Item, texts: Mapping[str, str]) -> str:
    """The words of a conflict, side after side."""
    return " | ".join(texts[m["doc"]][m["start"]:m["end"]] for m in mentions(conflict))


def touched(conflict: Item, article: str, marked: Spans) -> bool:
    """Whether a conflict holds some of the marked words of an article."""
    return any(m["doc"] == article and overlap(marked, [(m["start"], m["end"])]) for m in mentions(conflict))


def mentions(conflict: Item) -> list[Item]:
    """The spans of a conflict, side after side."""
    return [mention for side in conflict["sides"] for mention in side]


# ---- who had it from whom, and what a page leaves -----------------------------------------------------------------


def stories(name: str, odd: bool) -> tuple[dict[str, float], list[str]]:
    """The means of the figures of very small annotated stories, and what was missed and wrong."""
    models, rows, notes = Models(), [], []
    for _, story in half(packed(name), odd):
        given = [{"id": d["id"], "text": d["text"]} | {k: d[k] for k in GIVEN if d.get(k)} for d in story["documents"]]
        texts, report = traced(given, models, together=name in ONE)
        found = score(Annotation(story, texts), report)
        rows.append(found.figures)
        notes += [f"{story['name']}", *(f"  {note}" for note in found.notes)] if found.notes else []
    return {figure: mean([row[figure] for row in rows if figure in row]) for figure in FIGURES[name]}, notes


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / (len(values) or 1)


def traced(rows: Sequence[Item], models: Models, *, together: bool = False) -> tuple[dict[str, str], Any]:
    """The texts of articles as Retold has them, and its report; `together`: they are told to be one story."""
    batch = gather(list(rows), models=models, settings=SETTINGS)
    done = run(one_story(batch) if together else batch, models=models, settings=SETTINGS)
    return {a.id: a.text for a in done.get(Article)}, json.loads(build_report(done).to_json())


# ---- what is printed ----------------------------------------------------------------------------------------------


def tell_attribution(name: str, odd: bool, languages: Sequence[str], models: Models) -> Tally:
    """Print a line a language of a set of passages; all counts together."""
    out = Tally()
    print(f"{name:13} asked  found source content  wrong")
    for path in sorted((PLACE / name).glob("*.toml")):
        if not languages or path.stem in languages:
            tally = passages(path, odd, models)
            print(f"  {path.stem:10} {line(tally)}", flush=True)
            out.add(**tally.counts)
            out.notes += tally.notes
    print(f"  {'all':10} {line(out)}")
    return out


def line(tally: Tally) -> str:
    """The figures of attributions."""
    shares = (tally.share("hit", "wanted"), tally.share("source", "wanted"), tally.share("content", "wanted"), tally.share("wrong", "told"))
    return f"{tally.counts.get('wanted', 0):7.0f} " + " ".join(f"{s:6.3f}" for s in shares)


def tell_conflicts(name: str, odd: bool) -> Tally:
    """Print the figures of conflicts."""
    out = conflicts(name, odd)
    precision, recall = out.share("hit", "shown"), out.share("hit", "wanted")
    print(f"{name:13} F1 {f1(precision, recall):.3f} precision {precision:.3f} recall {recall:.3f} "
          f"kind {out.share('kind', 'hit'):.3f}; pairs not taken for one story: {out.counts['apart']:.0f}")
    return out


def tell_disagreements(name: str, odd: bool) -> Tally:
    """Print the figures of disagreements."""
    out = disagreements(name, odd)
    precision, recall = out.share("right", "shown"), out.share("hit", "wanted")
    print(f"{name:13} F1 {f1(precision, recall):.3f} precision {precision:.3f} recall {recall:.3f} "
          f"seem {out.share('seem', 'shown'):.3f} kind {out.share('kind', 'known'):.3f}; "
          f"{out.counts['wanted']:.0f} wanted, {out.counts['shown']:.0f} shown")
    return out


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="*", default=[name for name in (*PASSAGES, *PAIRS, *SENTENCES, *FIGURES) if name not in KEPT])
    parser.add_argument("--languages", default="", help="of the passages, by code, with commas")
    parser.add_argument("--odd", action="store_true", help="the half that is not looked at")
    parser.add_argument("--rules-alone", action="store_true", help="passages without the trained tagger")
    parser.add_argument("--misses", action="store_true", help="what was missed and wrong; of the even half alone")
    asked = parser.parse_args()
    if asked.odd and asked.misses:
        sys.exit("--misses shows the even half alone: the odd one decides only as long as nobody has looked at it")
    if set(asked.sets) & set(KEPT) and not asked.odd:
        sys.exit(f"{', '.join(KEPT)}: kept back and only counted; ask for it with --odd")
    for name in asked.sets:
        if name in PASSAGES:
            codes = [code for code in asked.languages.split(",") if code]
            notes = tell_attribution(name, asked.odd, codes, RULES_ALONE if asked.rules_alone else Models()).notes
        elif name in PAIRS:
            notes = tell_conflicts(name, asked.odd).notes
        elif name in SENTENCES:
            notes = tell_disagreements(name, asked.odd).notes
        elif name in FIGURES:
            figures, notes = stories(name, asked.odd)
            print(f"{name:13} " + " ".join(f"{figure} {value:.3f}" for figure, value in figures.items()))
        else:
            sys.exit(f"{name!r} is no set: expected some of {', '.join([*PASSAGES, *PAIRS, *SENTENCES, *FIGURES])}")
        if asked.misses:
            print("\n".join(notes), flush=True)


if __name__ == "__main__":
    main()
