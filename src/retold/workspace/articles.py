"""Articles and their versions in the file: what a draft is (new, changed, the same), writing it, reading it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from retold.base.engines.sqlite import Database
from retold.base.errors import NotFoundError
from retold.base.records import Article, Failure, Metadata, make_id
from retold.collect.drafts import Draft
from retold.collect.inputs import metadata_of
from retold.collect.places import printable
from retold.divide.heads import Said, filled, row_of
from retold.workspace.originals import Originals
from retold.workspace.pages import address_of, content_mark, own_id, page_key
from retold.workspace.times import in_utc, now, told

State = Literal["new", "changed", "same"]
LONGEST_ID = 200  # code points of an id that came with an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A draft with its place in the workspace: `n` is the number of the article that it is a version of, 0 for a new one.

    `told` is what its text gives where the draft came without an outlet or a date.
    """

    draft: Draft
    key: str
    id: str
    mark: str
    state: State
    n: int
    captured: str
    told: tuple[Said, ...] = ()

    @property
    def time(self) -> str:
        """When it was told."""
        return told(self.article.published, self.captured)

    @property
    def grouped(self) -> tuple[Article, str]:
        """The record as it came and the time by which it is grouped: a day that is read off its text is left out."""
        return self.given, told(self.draft.published, self.captured)

    @property
    def article(self) -> Article:
        """The draft as a record, with what its text gives."""
        return filled(self.given, self.told)

    @property
    def given(self) -> Article:
        """The draft as a record."""
        d = self.draft
        return Article(id=self.id, text=d.text, title=d.title, outlet=d.outlet, author=d.author, published=d.published,
                       url=address_of(d), language=d.language, place=printable(d.place), method=d.method)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article: `number` counts from 1 by the time of capture; `seen` is when it was last found unchanged."""

    number: int
    article: Article
    captured: str
    seen: str
    sha256: str


def place_of(database: Database, draft: Draft, captured: str = "") -> Entry:
    """What a draft is to the workspace; `captured` is the time of collection, now where it is not given."""
    key, mark = page_key(draft), content_mark(draft)
    captured = captured or in_utc(draft.captured) or now()
    name = draft.given if draft.given and len(draft.given) <= LONGEST_ID else ""
    entry = Entry(draft=draft, key=key, id=name or own_id(draft, key), mark=mark, state="new", n=0, captured=captured)
    known = database.row("SELECT n, id FROM articles WHERE page = ?", (key,))
    if known is None:
        taken = database.value("SELECT n FROM articles WHERE id = ?", (entry.id,))
        if taken is None:
            return entry
        if key.startswith("place:"):  # the same content in another place
            return replace(entry, state="same", n=int(taken))
        return replace(entry, id=own_id(draft, key))
    same = database.value("SELECT n FROM versions WHERE article = ? AND mark = ?", (known[0], mark))
    return replace(entry, n=known[0], id=known[1], state="changed" if same is None else "same")


def write(database: Database, originals: Originals, entries: Sequence[Entry], languages: dict[str, str]) -> None:
    """Write new articles and versions, and note that the others were seen. Part of the caller's transaction."""
    fresh = [entry for entry in entries if entry.state != "same"]
    raw = [(e.draft.raw or e.draft.text.encode("utf-8", "surrogatepass"), bool(e.draft.line)) for e in fresh]
    kept = originals.keep(raw, now())
    for entry, original in zip(fresh, kept, strict=True):
        number = entry.n or insert_article(database, entry)
        insert_version(database, number, entry, original)
        refresh(database, number, languages.get(entry.id, ""))
    for entry in entries:
        if entry.state == "same":
            database.run("UPDATE versions SET seen = max(seen, ?) WHERE article = ? AND mark = ?", (entry.captured, entry.n, entry.mark))
            back = database.value("SELECT mark FROM versions WHERE article = ? ORDER BY seen DESC, n DESC LIMIT 1", (entry.n,))
            if back == entry.mark:
                refresh(database, entry.n, "")


def insert_article(database: Database, entry: Entry) -> int:
    """A new article without its version; returns its number."""
    database.run("INSERT INTO articles (id, page, time) VALUES (?, ?, ?)", (entry.id, entry.key, entry.time))
    return int(database.value("SELECT n FROM articles WHERE id = ?", (entry.id,)))


def insert_version(database: Database, number: int, entry: Entry, original: int) -> None:
    """A version of an article."""
    a = entry.article
    rows = [*metadata_of(a.id, entry.draft), *(row_of(a.id, said) for said in entry.told)]
    metadata = json.dumps([[m.field, m.value, m.method, m.score, m.start, m.end] for m in rows], ensure_ascii=False)
    database.run(
        "INSERT INTO versions (article, text, title, outlet, author, published, url, language, place, method, metadata, mark, captured,"
        " seen, original) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, a.text, a.title, a.outlet, a.author, a.published, a.url, a.language, a.place, a.method, metadata, entry.mark,
         entry.captured, entry.captured, original),
    )


def refresh(database: Database, number: int, language: str) -> None:
    """Bring the row of an article in line with its versions: the last seen is current, the earliest date counts."""
    database.run(
        "UPDATE articles SET current = v.n, title = v.title, outlet = v.outlet, versions = (SELECT count(*) FROM versions WHERE article"
        " = articles.n) FROM (SELECT * FROM versions WHERE article = ? ORDER BY seen DESC, n DESC LIMIT 1) AS v WHERE articles.n = ?",
        (number, number),
    )
    dates = database.rows("SELECT published, captured FROM versions WHERE article = ?", (number,))
    published = min((p for p, _ in dates if p), key=in_utc, default=None)
    time = min(told(p, c) for p, c in dates)
    database.run("UPDATE articles SET published = ?, time = ? WHERE n = ?", (published, time, number))
    if language:
        database.run("UPDATE articles SET language = ? WHERE n = ?", (language, number))


def write_failures(database: Database, failures: Iterable[Failure]) -> None:
    """Note what could not be used; the same thing again is noted once, with its last time. Part of the caller's transaction."""
    database.run_many(
        "INSERT INTO failures (id, place, stage, error, message, time) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET time = excluded.time",
        [(f.id, f.place, f.stage, f.error, f.message, now()) for f in failures],
    )


def read_failures(database: Database, limit: int) -> list[Failure]:
    """What could not be used, the latest first."""
    found = database.rows("SELECT id, place, stage, error, message FROM failures ORDER BY time DESC, n DESC LIMIT ?", (limit,))
    return [Failure(id=i, place=p, stage=s, error=e, message=m) for i, p, s, e, m in found]


COLUMNS = "v.text, v.title, v.outlet, v.author, {published}, v.url, v.language, v.place, v.method"
CURRENT = (
    f"SELECT a.id, {COLUMNS.format(published='a.published')}, v.metadata, a.n, v.mark FROM articles a"
    " JOIN versions v ON v.n = a.current"
)


def record(row: Sequence[Any]) -> Article:
    """An article from the first ten columns of a row."""
    names = ("id", "text", "title", "outlet", "author", "published", "url", "language", "place", "method")
    return Article(**dict(zip(names, row, strict=False)))


def metadata(of: str, packed: str) -> list[Metadata]:
    """The metadata of an article."""
    return [Metadata(id=make_id("m", of, f, v, m), article=of, field=f, value=v, method=m, score=s, start=start, end=end)
            for f, v, m, s, start, end in json.loads(packed)]


def read_article(database: Database, name: str) -> Article:
    """The current version of an article, dated by its earliest.

    Raises:
        NotFoundError: there is none.
    """
    row = database.row(f"{CURRENT} WHERE a.id = ?", (name,))
    if row is None:
        raise missing(name)
    return record(row)


def missing(name: str) -> NotFoundError:
    """What to say where no article has an id."""
    return NotFoundError(expected="an article of the workspace", found="none with that id", where=name, advice="see: retold stories")


def read_versions(database: Database, name: str) -> list[Version]:
    """All versions of an article, in the order in which they were captured.

    Raises:
        NotFoundError: there is no such article.
    """
    rows = database.rows(
        f"SELECT a.id, {COLUMNS.format(published='v.published')}, v.captured, v.seen, o.sha256 FROM articles a JOIN versions v"
        " ON v.article = a.n LEFT JOIN originals o ON o.n = v.original WHERE a.id = ? ORDER BY v.captured, v.n", (name,))
    if not rows:
        raise missing(name)
    return [Version(number=i, article=record(row), captured=row[10], seen=row[11], sha256=row[12] or "") for i, row in enumerate(rows, 1)]
