"""How well articles are read, language by language: boilerplate, names, quotes, speakers, attributions, claims.

    python eval/measure_languages.py [--markdown]

Read are the annotated stories (`examples`, `eval/stories` and, where they lie beside the repository, `../shared/gold`), every article
alone as `retold read` reads it, and the invented passages of `tests/golden/passages`.

articles, boilerplate, names, versions, claims   From the stories. Boilerplate: F1 of characters. Names, versions of quotes and claims:
    the share of annotated ones that something found touches (half of the shorter one); stories annotate no more than what several
    articles share, so that there is no precision to tell.
quotes, speakers, attributions   From the passages, as `measure_passages.py` counts them: F1, share, F1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotations import Annotation, Place, read_annotation
from gate import EXAMPLE, GIVEN, OWN, SHARED
from measure_passages import GOLDEN, judge, load, read_passages
from scores import touches

from retold.base.models import Models
from retold.base.records import Article
from retold.pipeline import Settings, gather, read
from retold.view.reading import reading_rows

FOUND = (("names", "names", "entity", "forms"), ("quotes", "versions", "id", "variants"), ("claims", "claims", "id", "mentions"))
COLUMNS = ("articles", "boilerplate", "names", "versions", "claims", "quotes", "speakers", "attributions")
Row = dict[str, Any]


@dataclass(slots=True)
class Share:
    """How many were found of how many, and how many were given."""

    right: int = 0
    asked: int = 0
    given: int = 0

    def add(self, right: int, asked: int, given: int) -> None:
        """Count further ones."""
        self.right, self.asked, self.given = self.right + right, self.asked + asked, self.given + given

    @property
    def figure(self) -> float | None:
        """F1; the share of what was asked for where nothing is said of what was given; None of nothing."""
        return 2 * self.right / (self.asked + self.given) if self.asked else None


@dataclass(slots=True)
class Language:
    """The figures of one language."""

    articles: int = 0
    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))


def read_story(inputs: Sequence[Any], annotation: Path) -> tuple[Annotation, list[Row]]:
    """A story's annotation and what is read in each of its articles."""
    settings = Settings(workers=1)
    collected = gather(list(inputs), models=Models(), settings=settings)
    rows = list(reading_rows(read(collected, settings=settings)))
    return read_annotation(annotation, {a.id: a.text for a in collected.get(Article)}), rows


def stories() -> Iterator[tuple[Annotation, list[Row]]]:
    """All annotated stories that are there."""
    yield read_story([EXAMPLE / "articles"], EXAMPLE / "gold.json")
    for path in sorted([*OWN.glob("*/story.json"), *SHARED.glob("*/story.json")]):
        documents = json.loads(path.read_text("utf-8"))["documents"]
        yield read_story(
            [
                {"id": d["id"], "text": (path.parent / d["file"]).read_text("utf-8")} | {k: d[k] for k in GIVEN if d.get(k)}
                for d in documents
            ],
            path,
        )


def count_story(annotation: Annotation, rows: Iterable[Row], out: Mapping[str, Language]) -> None:
    """Count what is found in the articles of a story, by their languages."""
    known = {row["id"]: row for row in rows}
    for row in known.values():
        language = out[row["language"]]
        language.articles += 1
        count_boilerplate(annotation, row, language.shares["boilerplate"])
    for rows_key, name, _, items in FOUND:
        for group in annotation.data[rows_key]:
            for item in group[items]:
                row = known.get(item["doc"])
                if row is not None:
                    hit = any(met(row, span, annotation.places(item)) for span in row[rows_key])
                    out[row["language"]].shares[name].add(int(hit), 1, 1)


def met(row: Row, span: Row, places: Iterable[Place]) -> bool:
    """Whether something found touches an annotated place."""
    return touches({"doc": row["id"], "start": span["start"], "end": span["end"]}, places)


def count_boilerplate(annotation: Annotation, row: Row, out: Share) -> None:
    """Count the characters of one article that are cut and that are to be cut, white space left out."""
    text = annotation.texts[row["id"]]
    places = [p for item in annotation.data["boilerplate"] if item["doc"] == row["id"] for p in annotation.places(item)]
    true = {n for _, start, end in places for n in range(start, end) if not text[n].isspace()}
    told = {n for start, end in row["boilerplate"] for n in range(start, end) if not text[n].isspace()}
    out.add(len(true & told), len(true), len(told))


def count_passages(out: Mapping[str, Language]) -> None:
    """Count what is found in the invented passages."""
    for path in sorted(GOLDEN.glob("*.txt")):
        passages = list(load(path))
        for passage, row in zip(passages, read_passages(passages), strict=True):
            tallies = judge(passage, row).tallies
            for name in ("quotes", "speakers", "attributions"):
                t = tallies[name]
                out[path.stem].shares[name].add(t.right, t.asked, t.found)


def shown(language: Language, column: str) -> str:
    """A figure as it is printed; a dash where nothing was annotated."""
    if column == "articles":
        return str(language.articles)
    share = language.shares[column]
    return "–" if share.figure is None else f"{share.figure:.2f}".removeprefix("0")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure how well articles are read, language by language.")
    parser.add_argument("--markdown", action="store_true", help="as a table of Markdown")
    asked = parser.parse_args()
    languages: dict[str, Language] = defaultdict(Language)
    for annotation, rows in stories():
        count_story(annotation, rows, languages)
    count_passages(languages)
    if asked.markdown:
        print(f"| | {' | '.join(COLUMNS)} |\n|{'---|' * (len(COLUMNS) + 1)}")
    else:
        print(f"{'':4}{''.join(f'{column:>13}' for column in COLUMNS)}")
    for code, language in sorted(languages.items()):
        figures = [shown(language, column) for column in COLUMNS]
        print(f"| {code} | {' | '.join(figures)} |" if asked.markdown else f"{code:4}{''.join(f'{x:>13}' for x in figures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
