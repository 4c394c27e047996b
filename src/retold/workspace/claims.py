"""Claims that can be sought: those of every story that was traced, with who says them, their origins and their verdict.

A claim is found by the words of any of its wordings, in whatever language it was told, and by its meaning. What is said of it is what
the last tracing of its story found; a story that was never traced has none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retold.base.engines.sqlite import Database
from retold.base.models import Models
from retold.group.items import NAME, terms
from retold.workspace.search import (
    DEPTH,
    LONGEST,
    Filter,
    Held,
    conditions,
    found_in,
    fused,
    joined,
    quantised_vector,
)
from retold.workspace.stories import DATED_STORY
from retold.workspace.words import words

if TYPE_CHECKING:
    from retold.view.findings import Claim, Story

SHOWN = 400  # code points of a claim that are shown
MOST_NAMED = 12  # sources, origins, outlets of a claim that are kept
ANY_OF = 6  # words of a query, the longest, of which any will do where no claim has all: short ones stand in most claims
MOST_HELD = 100_000  # claims whose meaning is compared, those traced last: 2 kB each
COLUMNS = ("c.claim, c.text, c.article, c.verdict, c.origins, c.attributed, c.disputed, c.articles, c.languages, c.story, s.title, s.last,"
           f" {DATED_STORY}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHit:
    """A claim that fits a query. attributed_to: who is named for it, anywhere; origins: the labels of what it goes back to, none where
    that is not known; article: one that has this wording; articles: how many make it; marks: the words found, [start, end) in the text;
    dated: `time` is when its story was last told; else it is when its articles were collected."""

    claim: str
    text: str
    article: str
    verdict: str
    origins: tuple[str, ...]
    attributed_to: tuple[str, ...]
    disputed: bool
    articles: int
    languages: tuple[str, ...]
    story: str
    story_title: str
    time: str
    score: float
    marks: tuple[tuple[int, int], ...]
    dated: bool = True

    @property
    def snippet(self) -> str:
        """What the marks are in."""
        return self.text


# ---- keeping ------------------------------------------------------------------------------------------------------------


def index_claims(database: Database, story: Story, models: Models) -> None:
    """Keep the claims of a story that was traced, in place of those kept before. Part of the caller's transaction."""
    database.run("DELETE FROM claims WHERE story = ?", (story.id,))
    if not story.claims:
        return
    vectors = models.get("encoder").encode([claim.text for claim in story.claims])
    labels = {node.id: node.label for node in story.nodes}
    told = {d.id: (d.label, d.language) for d in story.documents}
    for claim, vector in zip(story.claims, vectors, strict=True):
        keep_claim(database, story.id, claim, quantised_vector(vector), labels, told)


def keep_claim(
    database: Database, story: str, claim: Claim, vector: bytes, labels: dict[str, str], told: dict[str, tuple[str, str]],
) -> None:
    """Keep a claim with all its wordings."""
    where = list(dict.fromkeys(m.excerpt.document for m in claim.mentions))
    attributed = dict.fromkeys(name for m in claim.mentions for name in m.attributed_to[-1:])
    lists: list[list[str]] = [
        [labels.get(o, o) for o in claim.origins], list(attributed), sorted({told[d][0] for d in where if d in told}),
        sorted({told[d][1] for d in where if d in told} - {""}),
    ]
    origins, named, outlets, languages = (json.dumps(some[:MOST_NAMED], ensure_ascii=False) for some in lists)
    database.run(
        "INSERT INTO claims (story, claim, text, article, verdict, origins, attributed, disputed, articles, outlets, languages, vector)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (story, claim.id, claim.text, where[0] if where else "", claim.verdict, origins, named, bool(claim.conflicts), claim.documents,
         outlets, languages, vector))
    wordings = "\n".join(dict.fromkeys([claim.text, *(m.excerpt.text for m in claim.mentions)]))
    names = dict.fromkeys(key for key, kind in terms(wordings) if kind == NAME and key.isascii())
    database.run("INSERT INTO claim_words (rowid, body, names) VALUES (last_insert_rowid(), ?, ?)", (joined(wordings), " ".join(names)))


# ---- asking -------------------------------------------------------------------------------------------------------------


class ClaimSearcher:
    """Answers queries for claims; holds their vectors once meaning was asked for."""

    def __init__(self, database: Database, models: Models) -> None:
        self.database = database
        self.held = Held(database, models)

    def search(self, query: str, wanted: Filter, *, semantic: bool = False, limit: int = 20) -> list[ClaimHit]:
        """The claims that fit a query best, the best first: all words of it, else any of the longest."""
        asked = query.replace("\0", " ")[:LONGEST]
        rankings = [self.by_words(asked, wanted)]
        if semantic:
            rankings.append(self.by_meaning(asked, wanted))
        sought, keys = {word for word, _, _ in words(asked)}, {key for key, _ in terms(asked)}
        best = fused(rankings)[:max(0, min(limit, DEPTH))]
        return [hit for number, score in best if (hit := self.hit(number, score, sought, keys)) is not None]

    def by_words(self, query: str, wanted: Filter) -> list[int]:
        """Claims by BM25, the best first; of equals the one that most articles make."""
        groups = conditions(query)
        found = self.ranked(f"{{body names}} : ({' AND '.join(groups)})", wanted) if groups else []
        if found or len(groups) < 2:
            return found
        telling = sorted(groups, key=len, reverse=True)[:ANY_OF]
        return self.ranked(f"{{body names}} : ({' OR '.join(telling)})", wanted)

    def ranked(self, match: str, wanted: Filter) -> list[int]:
        """The claims that an expression of FTS5 matches; only the best are looked up, and more where too few of them fit the filter."""
        where, values = wanted.claims_sql()
        sql = (f"SELECT c.n FROM (SELECT rowid AS n, rank AS far FROM claim_words WHERE claim_words MATCH ? ORDER BY rank LIMIT ?) w"
               f" CROSS JOIN claims c ON c.n = w.n CROSS JOIN stories s ON s.id = c.story{where}"
               f" ORDER BY far, c.articles DESC, c.n LIMIT {DEPTH}")
        looked = 2 * DEPTH
        while True:
            found = self.database.rows(sql, (match, looked, *values))
            if len(found) >= DEPTH or not where:
                return [int(n) for (n,) in found]
            if looked >= int(self.database.value("SELECT count(*) FROM claim_words WHERE claim_words MATCH ?", (match,)) or 0):
                return [int(n) for (n,) in found]
            looked *= 8

    def by_meaning(self, query: str, wanted: Filter) -> list[int]:
        """Claims by their cosine with the query, the nearest first."""
        mark = self.database.row("SELECT max(n), count(*) FROM claims")
        self.held.refresh(mark, f"SELECT n, vector FROM claims ORDER BY n DESC LIMIT {MOST_HELD}")
        where, values = wanted.claims_sql()
        return self.held.like(query, f"SELECT c.n FROM claims c JOIN stories s ON s.id = c.story WHERE 1{where}" if where else "", values)

    def hit(self, number: int, score: float, sought: set[str], keys: set[str]) -> ClaimHit | None:
        """A claim as a hit."""
        row = self.database.row(f"SELECT {COLUMNS} FROM claims c JOIN stories s ON s.id = c.story WHERE c.n = ?", (number,))
        if row is None:
            return None
        claim, text, article, verdict, origins, attributed, disputed, articles, languages, story, title, time, dated = row
        shown = text[:SHOWN]
        return ClaimHit(
            claim=claim, text=shown, article=article, verdict=verdict, origins=tuple(json.loads(origins)), attributed_to=tuple(
                json.loads(attributed)), disputed=bool(disputed), articles=articles, languages=tuple(json.loads(languages)), story=story,
            story_title=title, time=time, score=round(score, 6), marks=tuple(found_in(shown, sought, keys)), dated=bool(dated))
