"""Search: full text in all languages, names across scripts, and meaning; ranked, with the words found.

The index is a table of SQLite's FTS5 without content of its own: title, body and names of the current version of each article, cut
into words by `words`, so that a query never reaches the index but as words in quotation marks.

Source: BM25 after Robertson and Zaragoza 2009; reciprocal rank fusion after Cormack, Clarke and Büttcher 2009 (k = 60).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from retold.base.engines.sqlite import Database
from retold.base.errors import SettingsError
from retold.base.models import Models
from retold.base.skeletons import skeleton
from retold.group.items import KEY, LEAST_KEY, NAME, Item, terms
from retold.workspace.stories import DATED
from retold.workspace.words import UNSPACED, words

Kind = Literal["all", "title", "name"]
KINDS: dict[str, str] = {"all": "{title body names}", "title": "title", "name": "names"}
LONGEST = 400  # code points of a query; the rest is not looked at
MOST_WORDS = 16
INDEXED = 20_000  # code points of a text that are indexed
SHOWN = 3_000  # code points of a text that a snippet is taken from
SNIPPET = 220  # code points of a snippet
DEPTH = 200  # hits of each ranking that are fused
FUSION = 60.0
TITLE_WEIGHT, BODY_WEIGHT, NAME_WEIGHT = 4.0, 1.0, 1.5
LEAST_LIKE = 0.25  # cosine below which an article has nothing to do with a query
PHRASE = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that fits a query. marks: the words found, [start, end) in the snippet; start: where the snippet begins in the text.

    dated: `time` is when it came out; else it is when it was collected.
    """

    article: str
    story: str
    score: float
    title: str
    outlet: str
    time: str
    language: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    start: int
    dated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which articles may be found; None: all."""

    language: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None

    def sql(self) -> tuple[str, list[str]]:
        """Conditions on `articles a`, each with a leading AND, and their values."""
        forms = (("a.language = ?", self.language), ("a.outlet = ? COLLATE NOCASE", self.outlet), ("a.time >= ?", self.since),
                 ("a.time <= ?", self.until))
        chosen = [(form, value) for form, value in forms if value]
        return "".join(f" AND {form}" for form, _ in chosen), [value for _, value in chosen]

    def claims_sql(self) -> tuple[str, list[str]]:
        """The same on `claims c` of `stories s`: told in a language, by an outlet, while its story was told."""
        forms = (("EXISTS (SELECT 1 FROM json_each(c.languages) WHERE value = ?)", self.language),
                 ("EXISTS (SELECT 1 FROM json_each(c.outlets) WHERE value = ? COLLATE NOCASE)", self.outlet), ("s.last >= ?", self.since),
                 ("s.first <= ?", self.until))
        chosen = [(form, value) for form, value in forms if value]
        return "".join(f" AND {form}" for form, _ in chosen), [value for _, value in chosen]


# ---- indexing -----------------------------------------------------------------------------------------------------------


def index(database: Database, items: Iterable[Item]) -> None:
    """Index the current version of articles, and keep their mean vector. Part of the caller's transaction."""
    for item in items:
        row = database.row("SELECT a.n, a.current, v.title, v.text FROM articles a JOIN versions v ON v.n = a.current WHERE a.id = ?",
                           (item.article,))
        if row is None:
            continue
        number, version, title, text = row
        if database.value("SELECT 1 FROM words_docsize WHERE id = ?", (version,)) is None:
            database.run("INSERT INTO words (rowid, title, body, names) VALUES (?, ?, ?, ?)", (version, *columns(title, text)))
        database.run("INSERT OR REPLACE INTO vectors (article, vector) VALUES (?, ?)", (number, quantised(item)))


def unindex(database: Database, articles: Sequence[int]) -> None:
    """Take all versions of articles out of the index. Part of the caller's transaction, before they are taken out themselves."""
    for number in articles:
        for version, title, text in database.rows("SELECT n, title, text FROM versions WHERE article = ?", (number,)):
            if database.value("SELECT 1 FROM words_docsize WHERE id = ?", (version,)) is not None:
                database.run("INSERT INTO words (words, rowid, title, body, names) VALUES ('delete', ?, ?, ?, ?)",
                             (version, *columns(title, text)))
        database.run("DELETE FROM vectors WHERE article = ?", (number,))


def columns(title: str, text: str) -> tuple[str, str, str]:
    """The words of the title, of the body, and the names in both as romanised skeletons."""
    body = text[:INDEXED]
    names = dict.fromkeys(key for key, kind in terms(f"{title}\n{body}") if kind == NAME and key.isascii())
    return joined(title), joined(body), " ".join(names)


def joined(text: str) -> str:
    """The words of a text with spaces between."""
    return " ".join(word for word, _, _ in words(text))


def quantised(item: Item) -> bytes:
    """The mean vector of an item as 8-bit integers."""
    return quantised_vector(item.vectors.astype(np.float32).sum(axis=0))


def quantised_vector(vector: npt.NDArray[np.float32]) -> bytes:
    """A vector as 8-bit integers, the largest 127."""
    found: bytes = np.rint(vector * (127.0 / max(float(np.abs(vector).max(initial=0.0)), 1e-9))).astype(np.int8).tobytes()
    return found


def unit_rows(packed: Sequence[bytes]) -> npt.NDArray[np.float32]:
    """Vectors of 8-bit integers as rows of unit length: (n, n_dims)."""
    held = np.frombuffer(b"".join(packed), dtype=np.int8).reshape(len(packed), -1 if packed else 1).astype(np.float32)
    return np.asarray(held / np.maximum(np.linalg.norm(held, axis=1, keepdims=True), 1e-9), dtype=np.float32)


# ---- asking -------------------------------------------------------------------------------------------------------------


class Held:
    """The vectors of rows by their number, held once meaning was asked for."""

    def __init__(self, database: Database, models: Models) -> None:
        self.database = database
        self.models = models
        self.numbers: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.vectors: npt.NDArray[np.float32] = np.zeros((0, 1), dtype=np.float32)
        self.mark: Any = None

    def refresh(self, mark: Any, sql: str) -> None:
        """Hold the numbers and vectors that `sql` selects, unless they were read under the same mark."""
        if mark == self.mark:
            return
        rows = self.database.rows(sql)
        self.numbers, self.vectors, self.mark = np.array([n for n, _ in rows], dtype=np.int64), unit_rows([v for _, v in rows]), mark

    def like(self, query: str, fitting: str, values: Sequence[Any]) -> list[int]:
        """Numbers by the cosine of their vector with the query, the nearest first; `fitting` selects those that may be found, "" all."""
        if not len(self.numbers) or not query.strip():
            return []
        cosines = self.vectors @ self.models.get("encoder").encode([query])[0]
        if fitting:
            fit = np.array([n for (n,) in self.database.rows(fitting, values)], dtype=np.int64)
            cosines = np.where(np.isin(self.numbers, fit), cosines, -1.0)
        return [int(self.numbers[i]) for i in nearest(cosines) if cosines[i] >= LEAST_LIKE]


class Searcher:
    """Answers queries over a workspace; holds the vectors of its articles once meaning was asked for."""

    def __init__(self, database: Database, models: Models) -> None:
        self.database = database
        self.held = Held(database, models)

    def search(self, query: str, wanted: Filter, *, semantic: bool = False, kind: Kind = "all", limit: int = 20) -> list[Hit]:
        """The articles that fit a query best, the best first.

        Words must all occur; where no article has all, any of them. Words in quotation marks must stand together.

        Raises:
            SettingsError: there is no such kind.
        """
        if kind not in KINDS:
            raise SettingsError(expected="one of " + ", ".join(KINDS), found=repr(kind), where="kind")
        asked = query.replace("\0", " ")[:LONGEST]
        rankings = [self.by_words(asked, wanted, kind)]
        if semantic:
            rankings.append(self.by_meaning(asked, wanted))
        best = fused(rankings)[:max(0, min(limit, DEPTH))]
        sought = {word for word, _, _ in words(asked)}
        keys = {key for key, _ in terms(asked)}
        return [hit for number, score in best if (hit := self.hit(number, score, sought, keys)) is not None]

    def by_words(self, query: str, wanted: Filter, kind: Kind) -> list[int]:
        """Articles by BM25, the best first; of equals the latest."""
        groups = conditions(query)
        if not groups:
            return []
        found: list[int] = []
        for glue in (" AND ", " OR "):
            found = self.ranked(f"{KINDS[kind]} : ({glue.join(groups)})", wanted)
            if found or len(groups) == 1:
                break
        return found

    def ranked(self, match: str, wanted: Filter) -> list[int]:
        """The articles that an expression of FTS5 matches, by BM25; of equals the latest.

        The index is asked for the best versions, and only these are looked up: a common word stands in half of a large workspace. Where
        too many of them are no article's current version, or do not fit the filter, more are asked for.
        """
        where, values = wanted.sql()
        sql = (f"SELECT a.n FROM (SELECT rowid AS version, bm25(words, {TITLE_WEIGHT}, {BODY_WEIGHT}, {NAME_WEIGHT}) AS far FROM words"
               " WHERE words MATCH ? ORDER BY far, rowid DESC LIMIT ?) AS w CROSS JOIN versions v ON v.n = w.version CROSS JOIN articles a"
               f" ON a.n = v.article AND a.current = v.n{where} ORDER BY far, a.time DESC, a.n LIMIT {DEPTH}")
        looked, matching = 2 * DEPTH, 0
        while True:
            found = self.database.rows(sql, (match, looked, *values))
            matching = matching or int(self.database.value("SELECT count(*) FROM words WHERE words MATCH ?", (match,)) or 0)
            if len(found) >= DEPTH or looked >= matching:
                return [int(n) for (n,) in found]
            looked *= 8

    def by_meaning(self, query: str, wanted: Filter) -> list[int]:
        """Articles by the cosine of their beginning with the query, the nearest first."""
        mark = self.database.value("SELECT max(n) FROM versions")  # what was forgotten since is left out when its row is not found
        self.held.refresh(mark, "SELECT article, vector FROM vectors ORDER BY article")
        where, values = wanted.sql()
        return self.held.like(query, f"SELECT a.n FROM articles a WHERE 1{where}" if where else "", values)

    def hit(self, number: int, score: float, sought: set[str], keys: set[str]) -> Hit | None:
        """An article as a hit, with the part of its text that has most of the words."""
        row = self.database.row(f"SELECT a.id, a.story, a.title, a.outlet, a.time, a.language, substr(v.text, 1, {SHOWN}), {DATED}"
                                " FROM articles a JOIN versions v ON v.n = a.current WHERE a.n = ?", (number,))
        if row is None:
            return None
        name, story, title, outlet, time, language, text, dated = row
        start, end, marks = best_window(text, found_in(text, sought, keys))
        return Hit(article=name, story=story, score=round(score, 6), title=title, outlet=outlet or "", time=time, language=language,
                   snippet=text[start:end], marks=tuple((s - start, e - start) for s, e in marks), start=start, dated=bool(dated))


def conditions(query: str) -> list[str]:
    """What an article must have, each as an expression of FTS5 made of quoted words only."""
    out = [phrase for match in PHRASE.finditer(query) if (phrase := together(match.group(1)))]
    for part in PHRASE.sub(" ", query).split():
        plain = together(part)
        if UNSPACED.fullmatch(part) and len(part) > 2:  # words that may stand apart: pairs that do not overlap, and the last
            pairs = [word for word, _, _ in words(part)]
            out += [f'"{pair}"' for pair in (*pairs[::2], pairs[-1])]
        elif plain:
            key = skeleton(part)[:KEY]
            out.append(f'({plain} OR names : "{key}")' if len(key) >= LEAST_KEY else plain)
    return list(dict.fromkeys(out))[:MOST_WORDS]


def together(text: str) -> str:
    """The words of a text as one phrase; "" when it has none."""
    found = joined(text)
    return f'"{found}"' if found else ""


def nearest(cosines: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """The places of the `DEPTH` largest cosines, the largest first; of equals the first."""
    if len(cosines) > DEPTH:
        places = np.flatnonzero(cosines >= np.partition(cosines, len(cosines) - DEPTH)[len(cosines) - DEPTH])
    else:
        places = np.arange(len(cosines))
    return places[np.argsort(-cosines[places], kind="stable")][:DEPTH]


def fused(rankings: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    """Several rankings as one: the sum of 1 / (60 + rank)."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking, 1):
            scores[number] = scores.get(number, 0.0) + 1 / (FUSION + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])) if len(rankings) > 1 else list(scores.items())


def found_in(text: str, sought: set[str], keys: set[str]) -> list[tuple[int, int]]:
    """The words of a text that were sought, by themselves or as a name in another script."""
    return [(start, end) for word, start, end in words(text) if word in sought or named(text[start:end], keys)]


def named(word: str, keys: set[str]) -> bool:
    """Whether a word is one of the names that were sought."""
    return not word[0].islower() and skeleton(word)[:KEY] in keys


def best_window(text: str, marks: Sequence[tuple[int, int]]) -> tuple[int, int, list[tuple[int, int]]]:
    """The stretch of a text that has most of the marks, and these."""
    best = max(range(len(marks)), key=lambda i: (sum(marks[i][0] <= s < marks[i][0] + SNIPPET - 40 for s, _ in marks), -i), default=None)
    start = max(0, marks[best][0] - 40) if best is not None else 0
    if start:
        start = text.find(" ", start, start + 40) + 1 or start
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", start + SNIPPET - 40, end), start + SNIPPET - 40)
    return start, end, [(s, e) for s, e in marks if start <= s and e <= end]
