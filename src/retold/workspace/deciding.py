"""What people decided, kept with the workspace: the latest decision about a thing holds, and each can be taken back."""

from __future__ import annotations

from retold.base.engines.sqlite import Database
from retold.base.errors import NotFoundError
from retold.base.records import Decision


def write_decision(database: Database, decision: Decision) -> None:
    """Keep a decision; one about the same thing is replaced."""
    with database.transaction():
        database.run("DELETE FROM decisions WHERE id = ?", (decision.id,))
        database.run("INSERT INTO decisions (id, kind, subject, key, made, note) VALUES (?, ?, ?, ?, ?, ?)",
                     (decision.id, decision.kind, decision.subject, decision.key, decision.made, decision.note))


def take_back(database: Database, name: str) -> None:
    """Forget a decision.

    Raises:
        NotFoundError: there is none with that id.
    """
    if not database.run("DELETE FROM decisions WHERE id = ?", (name,)):
        raise NotFoundError(expected="a decision", found="none with that id", where=name)


def read_decisions(database: Database) -> list[Decision]:
    """The decisions that hold, in the order in which they were made."""
    rows = database.rows("SELECT id, kind, subject, key, made, note FROM decisions ORDER BY made, n")
    return [Decision(id=i, kind=k, subject=s, key=key, made=m, note=note) for i, k, s, key, m, note in rows]


def stamp_of(database: Database, story: str) -> str:
    """A mark that changes whenever the articles of a story or the decisions do; cheap, for who keeps reports in memory."""
    parts = database.row("SELECT count(*), coalesce(sum(current), 0), coalesce(max(current), 0) FROM articles WHERE story = ?", (story,))
    decided = database.row("SELECT count(*), coalesce(max(n), 0), coalesce(max(made), '') FROM decisions")
    return "-".join(map(str, (*(parts or ()), *(decided or ()))))
