"""Files as earlier versions of Retold wrote them."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from pathlib import Path

from retold.base.engines.sqlite import MARK, statements
from retold.workspace.schema import MIGRATIONS

TEXT = "The dam at Orlen cracked on Monday, the river authority said. Nobody was hurt."


def make_version_1(folder: Path) -> Path:
    """A workspace of the first version, with one article in one story, and a decision. Written with plain SQL on purpose."""
    (folder / "originals" / "rows").mkdir(parents=True)
    line = json.dumps({"id": "isle", "text": TEXT}).encode()
    (folder / "originals/rows/00001.jsonl").write_bytes(line + b"\n")
    plain = sqlite3.connect(folder / "desk.sqlite", isolation_level=None)
    plain.execute(f"PRAGMA application_id={MARK}")
    plain.execute("PRAGMA journal_mode=WAL")
    for statement in statements(MIGRATIONS[0]):
        plain.execute(statement)
    when = "2026-03-01T08:00:00Z"
    plain.execute("INSERT INTO originals VALUES (1, ?, 'rows/00001.jsonl', 0, ?, ?)", (sha256(line).hexdigest(), len(line), when))
    plain.execute("INSERT INTO articles VALUES (1, 'isle', 'id:a:isle', 'Dam', 'The Isle', 'en', NULL, ?, 1, 1, 's-1', 1.0)", (when,))
    plain.execute("INSERT INTO versions VALUES (1, 1, ?, 'Dam', 'The Isle', NULL, NULL, NULL, 'en', 'a.jsonl:1', 'given', '[]', 'm', ?, ?, 1)", (TEXT, when, when))
    plain.execute("INSERT INTO stories VALUES ('s-1', 'Dam', ?, ?, 1, '[\"The Isle\"]', '[\"en\"]', NULL, NULL)", (when, when))
    plain.execute("INSERT INTO decisions VALUES (1, 'dc-1', 'leave_out', 'outlet', 'The Post', ?, '')", (when,))
    plain.execute("PRAGMA user_version=1")
    plain.close()
    return folder
