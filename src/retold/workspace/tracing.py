"""From the articles of a story to everything that is known about it, doing again only what has changed.

What was found in an article is kept with a fingerprint of its text, of the stage and of Retold's own code; what was found in a
story with a fingerprint of its articles and of theirs. A new article is read once, and its own story traced again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import pyarrow as pa

from retold.base.engines.sqlite import Database
from retold.base.models import Models
from retold.base.records import Article, Membership, Metadata, Record, make_id
from retold.base.tables import Batch, from_table
from retold.pipeline import KINDS, by_article, from_stream, join, run, source_mark, stages, to_stream
from retold.workspace.articles import CURRENT, metadata, record
from retold.workspace.stories import members_of, summarise

READ = ("divide", "embed", "identify")  # stages that look at one article
STORY = ("link", "relate", "trace")  # stages that look at a story
AT_ONCE = 500  # articles in one question to the store
CODEC = "zstd"


def pack_rows(batch: Batch) -> bytes:
    """Records as one packed byte string."""
    plain = join({name: to_stream(table) for name, table in batch.tables().items()})
    return len(plain).to_bytes(8, "little") + bytes(pa.compress(plain, codec=CODEC, asbytes=True))


def unpack_rows(data: bytes) -> list[Record]:
    """The records in a packed byte string."""
    plain = pa.decompress(data[8:], decompressed_size=int.from_bytes(data[:8], "little"), codec=CODEC, asbytes=True)
    rows = from_stream(plain).to_pylist()
    return [found for row in rows for found in from_table(KINDS[row["table"]], from_stream(row["rows"]))]


def stage_mark(names: Iterable[str], models: Models) -> str:
    """What the result of stages depends on beside their input."""
    digest = blake2b(source_mark().encode(), digest_size=16)
    for stage in stages():
        if stage.name in names:
            digest.update(f"{stage.name} {stage.version} {' '.join(models.label(m) for m in stage.models)}".encode())
    return digest.hexdigest()


class Tracer:
    """Reads articles and traces stories; `write` says whether results are kept."""

    def __init__(self, database: Database, models: Models) -> None:
        self.database = database
        self.models = models

    def batch(self, story: str) -> Batch:
        """All records of a story, traced.

        Raises:
            NotFoundError: there is no such story.
        """
        with self.database.snapshot():
            members = members_of(self.database, story)
            collected, marks = self.collected([n for n, _, _ in members])
            mark = self.mark_of(story, [marks[name] for _, name, _ in members])
            kept = self.database.row("SELECT mark, rows FROM traced WHERE story = ?", (story,))
            known = self.known(members, marks)
        if kept and kept[0] == mark:
            return Batch([*records_of(collected), *unpack_rows(kept[1])])
        read = self.read(collected, members, marks, known)
        joined = [Membership(id=make_id("m", story, name), story=story, article=name, method="workspace", score=score)
                  for _, name, score in members]
        done = run(Batch([*records_of(collected), *read, *joined]), models=self.models, only=STORY)
        found = [r for r in records_of(done) if type(r).table not in ("articles", "metadata")]
        self.keep_story(story, mark, found, done)
        return Batch([*records_of(collected), *found])

    def mark_of(self, story: str, marks: Sequence[str]) -> str:
        """The fingerprint of a story."""
        parts = json.dumps([story, sorted(marks), stage_mark((*READ, *STORY), self.models)])
        return blake2b(parts.encode(), digest_size=16).hexdigest()

    def collected(self, numbers: Sequence[int]) -> tuple[Batch, dict[str, str]]:
        """The articles with their metadata, and the fingerprint of each."""
        batch, marks = Batch(), {}
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start:start + AT_ONCE]
            for row in self.database.rows(f"{CURRENT} WHERE a.n IN ({', '.join('?' * len(some))}) ORDER BY a.id", some):
                article = record(row)
                batch.add([article, *metadata(article.id, row[10]), *self.dates(article.id, row[11])])
                marks[article.id] = mark_of_article(article)
        return batch, marks

    def dates(self, name: str, number: int) -> list[Metadata]:
        """When each version of an article that has several was published: what it says now may be younger than what it first said."""
        rows = self.database.rows("SELECT coalesce(published, captured) FROM versions WHERE article = ? ORDER BY captured, n", (number,))
        methods = [f"version {i} of {len(rows)}" for i in range(1, len(rows) + 1)] if len(rows) > 1 else []
        return [Metadata(id=make_id("m", name, "published", value, method), article=name, field="published", value=value, method=method,
                         score=1.0) for (value,), method in zip(rows, methods, strict=False)]

    def known(self, members: Sequence[tuple[int, str, float]], marks: dict[str, str]) -> dict[str, list[Record]]:
        """What was found in each article before, where neither it nor the stage has changed."""
        found = {}
        wanted = stage_mark(READ, self.models)
        for number, name, _ in members:
            row = self.database.row("SELECT mark, rows FROM derived WHERE article = ? AND stage = 'read'", (number,))
            if row and row[0] == f"{marks[name]} {wanted}":
                found[name] = unpack_rows(row[1])
        return found

    def read(
        self, collected: Batch, members: Sequence[tuple[int, str, float]], marks: dict[str, str], known: dict[str, list[Record]],
    ) -> list[Record]:
        """What is found in the articles, reading those that are not known."""
        numbers = {name: number for number, name, _ in members}
        new = Batch(a for a in collected.get(Article) if a.id not in known)
        found = [record for name in sorted(known) for record in known[name]]
        if not new.get(Article):
            return found
        done = run(new, models=self.models, only=READ)
        parts = {next(iter(alone.get(Article))).id: alone for alone in by_article(done) if alone.get(Article)}
        for name in sorted(parts):
            rows = [r for r in records_of(parts[name]) if not isinstance(r, Article)]
            found.extend(rows)
            if self.database.write:
                mark = f"{marks[name]} {stage_mark(READ, self.models)}"
                self.database.run("INSERT OR REPLACE INTO derived (article, stage, mark, rows) SELECT n, 'read', ?, ? FROM articles"
                                  " WHERE n = ?", (mark, pack_rows(Batch(rows)), numbers[name]))
        return found + [r for r in records_of(done) if type(r).table == "failures"]

    def keep_story(self, story: str, mark: str, found: Sequence[Record], done: Batch) -> None:
        """Keep what was found in a story, with its numbers for the list of stories."""
        if not self.database.write:
            return
        with self.database.transaction():
            self.database.run("INSERT OR REPLACE INTO traced (story, mark, rows) VALUES (?, ?, ?)", (story, mark, pack_rows(Batch(found))))
            summarise(self.database, story, done, self.models)


def mark_of_article(article: Article) -> str:
    """A fingerprint of all that a reading of an article depends on."""
    parts = (article.id, article.text, article.title, article.outlet, article.author, article.published, article.url, article.language)
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def records_of(batch: Batch) -> list[Record]:
    """All records of a batch."""
    return [record for kind in batch.kinds() for record in batch.get(kind)]
