"""The stories of a workspace: their members, their summaries, the list of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retold.base.engines.sqlite import Database
from retold.base.errors import NotFoundError, SettingsError
from retold.base.models import Models
from retold.base.tables import Batch
from retold.workspace.grouping import Assignment
from retold.workspace.times import now

Sort = Literal["newest", "retold", "origins", "conflicts"]
ORDERS = {
    "newest": "s.last DESC, s.id",
    "retold": "s.articles DESC, s.last DESC, s.id",
    "origins": "s.origins DESC NULLS LAST, s.articles DESC, s.last DESC, s.id",
    "conflicts": "s.conflicts DESC NULLS LAST, s.articles DESC, s.last DESC, s.id",
}
DATED_STORY = "EXISTS (SELECT 1 FROM articles a WHERE a.story = s.id AND a.published IS NOT NULL)"
BEGINNING = 6000  # code points of a text in which its first words are sought
DATED = "a.published IS NOT NULL"  # else `time` is when it was collected, and says nothing of when the story was told


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """A story in a list: `origins` (independent ones) and `conflicts` are None until it is traced.

    `dated`: an article says when it came out; without that `first` and `last` are when they were collected.
    """

    id: str
    title: str
    first: str
    last: str
    articles: int
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    origins: int | None
    conflicts: int | None
    dated: bool = True


def members_of(database: Database, story: str) -> list[tuple[int, str, float]]:
    """The articles of a story: number, id, strength of the tie.

    Raises:
        NotFoundError: there is no such story.
    """
    found = database.rows("SELECT n, id, score FROM articles WHERE story = ? ORDER BY id", (current_name(database, story),))
    if not found:
        raise NotFoundError(expected="a story of the workspace", found="none with that id", where=story, advice="see: retold stories")
    return [(int(n), str(name), float(score)) for n, name, score in found]


def current_name(database: Database, story: str) -> str:
    """The id that a story has now: merged stories keep the id of the older, and their former ids lead there."""
    seen = {story}
    while (new := database.value("SELECT new FROM story_names WHERE old = ?", (story,))) and new not in seen:
        story = new
        seen.add(story)
    return story


def settle(database: Database, homes: Sequence[Assignment], changed: Sequence[str]) -> set[str]:
    """Put new articles into their stories and bring the stories of changed ones up to date; returns the stories touched.

    Part of the caller's transaction.
    """
    moved = {name for home in homes if home.former for name in (home.story, home.former)}
    for home in homes:
        database.run("UPDATE articles SET story = ?, score = ? WHERE id = ?", (home.story, home.score, home.article))
        if home.story not in moved:
            extend(database, home.story, home.article)
    touched = {home.story for home in homes}
    touched |= moved
    refresh_stories(database, sorted(moved))
    leave_names(database, homes)
    again = {str(s) for name in changed if (s := database.value("SELECT story FROM articles WHERE id = ?", (name,)))}
    refresh_stories(database, sorted(again))
    return touched | again


def leave_names(database: Database, homes: Sequence[Assignment]) -> None:
    """Let the ids of stories that have gone into others lead there. Part of the caller's transaction."""
    for home in homes:
        if home.former and database.value("SELECT 1 FROM stories WHERE id = ?", (home.former,)) is None:
            database.run("INSERT OR IGNORE INTO story_names (old, new, why, made) VALUES (?, ?, 'merged', ?)",
                         (home.former, home.story, now()))
        database.run("DELETE FROM story_names WHERE old = ?", (home.story,))


def extend(database: Database, story: str, name: str) -> None:
    """Count a new article in the row of its story. Part of the caller's transaction."""
    row = database.row(f"SELECT a.time, a.outlet, a.language, s.first, s.last, s.outlets, s.languages, {DATED} FROM articles a"
                       " LEFT JOIN stories s ON s.id = ? WHERE a.id = ?", (story, name))
    if row is None:
        return
    time, outlet, language, first, last, outlets, languages, dated = row
    time = time if dated else last or time
    if first is None or time < first:  # the earliest article gives the title
        refresh_stories(database, [story])
        return
    database.run("UPDATE stories SET articles = articles + 1, last = ?, outlets = ?, languages = ?, origins = NULL, conflicts = NULL"
                 " WHERE id = ?", (max(last, time), with_one(outlets, outlet), with_one(languages, language), story))


def with_one(packed: str, value: str | None) -> str:
    """A list of names with one more, in order."""
    names = json.loads(packed)
    return json.dumps(sorted({*names, value}), ensure_ascii=False) if value and value not in names else packed


def refresh_stories(database: Database, names: Sequence[str]) -> None:
    """Bring the rows of stories in line with their articles. Part of the caller's transaction."""
    for name in names:
        rows = database.rows(f"SELECT a.title, a.time, a.outlet, a.language, a.n, {DATED} FROM articles a WHERE a.story = ?"
                             " ORDER BY a.time, a.id", (name,))
        if not rows:
            database.run("DELETE FROM stories WHERE id = ?", (name,))
            database.run("DELETE FROM traced WHERE story = ?", (name,))
            continue
        title = next((row[0] for row in rows if row[0]), "") or beginning(database, rows[0][4])
        times = [row[1] for row in rows if row[5]] or [row[1] for row in rows]
        outlets, languages = (json.dumps(sorted({row[i] for row in rows if row[i]}), ensure_ascii=False) for i in (2, 3))
        database.run(
            "INSERT INTO stories (id, title, first, last, articles, outlets, languages) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO"
            " UPDATE SET title = excluded.title, first = excluded.first, last = excluded.last, articles = excluded.articles,"
            " outlets = excluded.outlets, languages = excluded.languages, origins = NULL, conflicts = NULL",
            (name, title, times[0], times[-1], len(rows), outlets, languages),
        )


def beginning(database: Database, number: int) -> str:
    """What an article without a title is called: its first words that are no menu."""
    from retold.view.naming import first_words

    start = str(database.value("SELECT substr(v.text, 1, ?) FROM articles a JOIN versions v ON v.n = a.current WHERE a.n = ?",
                               (BEGINNING, number)))
    return first_words(start) or " ".join(start.split())[:80]


def summarise(database: Database, story: str, traced: Batch, models: Models) -> None:
    """Note the numbers and the claims of a story that was traced. Part of the caller's transaction."""
    from retold.view.report import build_report
    from retold.workspace.claims import index_claims

    found = next((s for s in build_report(traced).stories if s.id == story), None)
    if found is not None:
        origins = sum(o.independent for o in found.origins)
        database.run("UPDATE stories SET origins = ?, conflicts = ?, title = ? WHERE id = ?",
                     (origins, found.numbers.conflicts, found.title or beginning(database, members_of(database, story)[0][0]), story))
        index_claims(database, found, models)


def list_stories(
    database: Database, wanted: dict[str, str | None], *, sort: Sort, limit: int, offset: int,
) -> list[StorySummary]:
    """The stories that fit, in the order that is asked for. The newest first are those whose day is known; those without a date follow, the
    last collected first: when they were collected says nothing of when they were told.

    Raises:
        SettingsError: there is no such order.
    """
    if sort not in ORDERS:
        raise SettingsError(expected="one of " + ", ".join(ORDERS), found=repr(sort), where="sort")
    where, values = conditions(wanted)
    limit, offset = max(0, limit), max(0, offset)

    def listed(condition: str, limit: int, offset: int) -> list[StorySummary]:
        both = " AND ".join(filter(None, (where, condition)))
        rows = database.rows(f"SELECT s.id, s.title, s.first, s.last, s.articles, s.outlets, s.languages, s.origins, s.conflicts,"
                             f" {DATED_STORY} FROM stories s {f'WHERE {both}' if both else ''} ORDER BY {ORDERS[sort]} LIMIT ? OFFSET ?",
                             (*values, limit, offset))
        return [summary(*row) for row in rows]

    if sort != "newest":
        return listed("", limit, offset)
    found = listed(DATED_STORY, limit, offset)  # in two steps, for the index by day serves each
    if len(found) < limit:
        known = " AND ".join(filter(None, (where, DATED_STORY)))
        before = int(database.value(f"SELECT COUNT(*) FROM stories s WHERE {known}", tuple(values))) if offset else len(found)
        found += listed(f"NOT {DATED_STORY}", limit - len(found), max(0, offset - before))
    return found


def untraced(database: Database, limit: int) -> list[str]:
    """The stories of several articles whose origins are not known yet, or no longer; the most retold first."""
    rows = database.rows("SELECT id FROM stories WHERE articles > 1 AND origins IS NULL ORDER BY articles DESC, last DESC, id LIMIT ?",
                         (limit,))
    return [str(name) for (name,) in rows]


def conditions(wanted: dict[str, str | None]) -> tuple[str, list[str]]:
    """The conditions on a story (since, until, language, outlet, text), and their values."""
    forms = {
        "since": "s.last >= ?",
        "until": "s.first <= ?",
        "language": "EXISTS (SELECT 1 FROM json_each(s.languages) WHERE value = ?)",
        "outlet": "EXISTS (SELECT 1 FROM json_each(s.outlets) WHERE value = ? COLLATE NOCASE)",
        "text": "s.title LIKE '%' || ? || '%'",
    }
    chosen = [(form, value) for name, form in forms.items() if (value := wanted.get(name))]
    return " AND ".join(form for form, _ in chosen), [value for _, value in chosen]


def summary(  # noqa: PLR0913  (a row of a table)
    name: str, title: str, first: str, last: str, articles: int, outlets: str, languages: str, origins: int | None,
    conflicts: int | None, dated: int,
) -> StorySummary:
    """A row of the table as a summary."""
    return StorySummary(id=name, title=title, first=first, last=last, articles=articles, outlets=tuple(json.loads(outlets)),
                        languages=tuple(json.loads(languages)), origins=origins, conflicts=conflicts, dated=bool(dated))
