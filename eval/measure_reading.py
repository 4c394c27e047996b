"""How fast articles are read: divide, identify and the joining of names, on one core, by stage and language.

    python eval/measure_reading.py                        the default texts
    python eval/measure_reading.py FILE... --limit 50     other files (.jsonl, .jsonl.gz), so many of their articles each
    python eval/measure_reading.py --profile 30           and the thirty functions that take most of the time
    python eval/measure_reading.py --again 4              each article five times; the least counts (all its words are known then)

The default texts are the articles of `examples`, `eval/stories` and `tests/golden/names`, by language, and where they lie beside
the repository American political news, German and Spanish, Italian and Dutch news. kB are 1,000 bytes of UTF-8; seconds are CPU
seconds of this process, which uses one thread and no encoder (the time to encode the same texts is told apart with --encode).
The time before the first article (imports, lexicons, patterns) is told apart as `start`: an article of each language is read first.

`found` is a digest of all that was found: a change that only makes reading faster leaves it as it is.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import math
import pstats
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from retold.base.collecting import seldom_collecting
from retold.base.models import Models
from retold.base.records import Article, Sentence, make_id
from retold.base.tables import Batch
from retold.link.names import link_names
from retold.pipeline import by_article

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared" / "data"
DEFAULT = {"attributions_en_dev.jsonl.gz": 40, "quotations_de_dev.jsonl.gz": 80, "stories_wikinews_4lang_dev.jsonl.gz": 240}
MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
HEAD = re.compile(r"^== (\w\w)(?: (.*))?$", re.MULTILINE)
AT_ONCE = 20  # articles
LANGUAGE = {"attributions_en_dev.jsonl.gz": "en", "quotations_de_dev.jsonl.gz": "de"}

Row = dict[str, Any]


def rows_of(path: Path, limit: int) -> list[Row]:
    """The first articles of a file, taken evenly over it."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    step = max(1, len(rows) // limit) if limit else 1
    return [r | {"language": r.get("language") or LANGUAGE.get(path.name)} for r in rows[::step]]


def story_rows(folder: Path) -> list[Row]:
    """The articles of an annotated story."""
    found = next(p for p in (folder / "story.json", folder / "gold.json") if p.exists())
    documents = json.loads(found.read_text("utf-8"))["documents"]
    paths = ((d, next(folder.rglob(d["file"]), None)) for d in documents)
    return [{"id": f"{folder.name}-{d['id']}", "text": p.read_text("utf-8"), "language": d["language"], "outlet": d.get("outlet")}
            for d, p in paths if p and p.suffix == ".txt"]


def marked_rows(path: Path) -> list[Row]:
    """The articles of a story with marked names, without the marks."""
    parts = HEAD.split(path.read_text("utf-8"))[1:]
    return [{"id": f"{path.stem}-{i}", "text": MARK.sub(r"\1", parts[i + 2]).strip(), "language": parts[i], "outlet": parts[i + 1]}
            for i in range(0, len(parts), 3)]


def default_sets() -> dict[str, list[Row]]:
    """The default texts by name of the set."""
    sets = {name.split(".")[0]: rows_of(SHARED / name, limit) for name, limit in DEFAULT.items() if (SHARED / name).exists()}
    own = [r for folder in sorted((HERE / "stories").iterdir()) for r in story_rows(folder)]
    own += story_rows(HERE.parent / "examples" / "varnholm")
    own += [r for path in sorted((HERE.parent / "tests" / "golden" / "names").glob("*.txt")) for r in marked_rows(path)]
    return sets | {"our own stories": own}


def articles_of(rows: Iterable[Row]) -> list[Article]:
    """Rows as articles."""
    return [Article(id=str(r["id"]), text=r["text"], language=r.get("language"), outlet=r.get("outlet") or None,
                    title=r.get("title") or "", author=r.get("author")) for r in rows]


def in_turn(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles of one language, `AT_ONCE` at a time: a look at the clock may take half a millisecond."""
    waiting: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        held = waiting[article.language or "?"]
        held.append(article)
        if len(held) == AT_ONCE:
            yield waiting.pop(article.language or "?")
    yield from waiting.values()


class Clock:
    """CPU seconds by stage and language, and a digest of what was found."""

    def __init__(self) -> None:
        self.seconds: dict[tuple[str, str], float] = defaultdict(float)
        self.sizes: dict[str, int] = defaultdict(int)
        self.articles: dict[str, int] = defaultdict(int)
        self.digest = blake2b(digest_size=8)

    def timed(self, stage: str, work: Callable[[], Any]) -> Any:
        """What the work gives; its time is noted where it is the least that the stage took for these articles."""
        began = time.process_time()
        done = work()
        self.least[stage] = min(self.least.get(stage, math.inf), time.process_time() - began)
        return done

    def read(self, articles: Sequence[Article], again: int = 0) -> None:
        """Read articles of one language by every stage, once and `again` times more."""
        self.least: dict[str, float] = {}
        with seldom_collecting():  # as the pipeline does
            found, *_ = [self._read(articles) for _ in range(1 + again)]
        language = articles[0].language or "?"
        self.sizes[language] += sum(len(a.text.encode()) for a in articles)
        self.articles[language] += len(articles)
        for stage, seconds in self.least.items():
            self.seconds[stage, language] += seconds
        for kind in found.kinds():
            self.digest.update(repr(found.get(kind)).encode())

    def _read(self, articles: Sequence[Article]) -> Batch:
        from retold.divide import stage as divide
        from retold.identify import stage as identify

        models, batch = Models(), Batch(articles)
        for name, stage in (("divide", divide), ("identify", identify)):
            found = self.timed(name, lambda stage=stage: stage.run(batch, models))
            for kind in found.kinds():
                batch.add(found.get(kind))
        alone = list(by_article(batch))
        for names in self.timed("names", lambda: [link_names("", one) for one in alone]):
            batch.add(names)
        return batch

    def table(self) -> str:
        """Time by language, in kB a second, and the share of each stage."""
        stages = ("divide", "identify", "names")
        lines = [f"{'':10} {'articles':>8} {'kB':>7} {'kB/s':>7}   " + "  ".join(f"{s:>8}" for s in stages)]
        for language in [*sorted(self.sizes), "all"]:
            own = [language] if language != "all" else list(self.sizes)
            size, each = sum(self.sizes[x] for x in own) / 1000, [sum(self.seconds[s, x] for x in own) for s in stages]
            lines.append(f"{language:10} {sum(self.articles[x] for x in own):8} {size:7.0f} {size / sum(each):7.0f}   "
                         + "  ".join(f"{t:6.2f} s" for t in each))
        return "\n".join(lines)


def encode_seconds(articles: list[Article]) -> float:
    """CPU seconds to encode all sentences of the articles, which reading does not count."""
    from retold.divide.stage import run

    encoder = Models().get("encoder")
    texts = {a.id: a.text for a in articles}
    sentences = run(Batch(articles), Models()).get(Sentence)
    encoder.encode(["warm"])
    began = time.process_time()
    encoder.encode([texts[s.article][s.start:s.end] for s in sentences])
    return time.process_time() - began


def warm(articles: Iterable[Article]) -> float:
    """Read the beginning of one article of each language; the CPU seconds until that is done, imports included."""
    seen: set[str | None] = set()
    for article in articles:
        if article.language not in seen:
            seen.add(article.language)
            Clock().read([Article(id=make_id("w", article.id), text=article.text[:1500], language=article.language)])
    return time.process_time()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="articles of each file")
    parser.add_argument("--profile", type=int, default=0, metavar="N", help="the N functions that take most of the time")
    parser.add_argument("--again", type=int, default=0, metavar="N", help="read each article N times more; the least time counts")
    parser.add_argument("--encode", action="store_true", help="time the encoder as well")
    chosen = parser.parse_args()
    sets = {p.name: rows_of(p, chosen.limit) for p in chosen.files} if chosen.files else default_sets()
    start = warm(a for rows in sets.values() for a in articles_of(rows))
    print(f"start {start:.1f} s (imports, lexicons and patterns of all languages)")
    for name, rows in sets.items():
        clock, articles, profile = Clock(), articles_of(rows), cProfile.Profile()
        if chosen.profile:
            profile.enable()
        for some in in_turn(articles):
            clock.read(some, chosen.again)
        profile.disable()
        print(f"\n{name}\n{clock.table()}\nfound {clock.digest.hexdigest()}")
        if chosen.encode:
            print(f"encoder {encode_seconds(articles):.2f} s, not counted above")
        if chosen.profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(chosen.profile)


if __name__ == "__main__":
    main()
