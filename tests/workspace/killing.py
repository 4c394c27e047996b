"""Kills a process that adds and watches, again and again at random moments, and sees that nothing acknowledged is lost.

    python tests/workspace/killing.py FOLDER KILLS

A process is forked off that writes; whatever a call has acknowledged it says through a pipe. Prints what was found as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from plain import PLAIN
from retold.collect.answers import Known
from retold.collect.drafts import Draft, Source
from retold.workspace import Workspace
from retold.workspace.watching import Watcher

FEED = "https://isle.example/feed"
ROWS = 300
ITEMS = 6


class Web:
    """A feed that announces more pages at every look, and the pages."""

    def __init__(self, start: int) -> None:
        self.start = start

    def fetch_if_changed(self, url: str, known: Known, *, limit: int = 0) -> tuple[Source, Known]:
        if url == FEED:
            links = "".join(f"<item><link>https://isle.example/{self.start + n}</link></item>" for n in range(ITEMS))
            return Source(place=url, name="feed", data=f"<rss><channel>{links}</channel></rss>".encode(), url=url), Known(etag=str(self.start))
        number = url.rpartition("/")[2]
        return Source(place=url, name=f"{number}.txt", data=words(f"page {number}").encode(), url=url), Known()


def words(name: str) -> str:
    return f"The mayor of Orlen spoke about {name} on Monday. The dam is {len(name)} metres high, she said to the council of the town."


def add_drafts(desk: Workspace, say: int, turn: int) -> None:
    """Add articles handed over in Python, three at a time."""
    for n in range(10_000):
        names = [f"draft-{turn}-{n}-{i}" for i in range(3)]
        desk.add([Draft(text=words(name), place=name, stem=name, given=name, raw=name.encode()) for name in names])
        os.write(say, "".join(f"id {name}\n" for name in names).encode())


def add_file(desk: Workspace, say: int, turn: int) -> None:
    """Add a table, over and over; what an earlier process wrote is gone on from."""
    while True:
        added = desk.add(desk.file.parent.parent / "rows.jsonl")
        os.write(say, f"rows {added.articles + added.unchanged}\n".encode())


def watch(desk: Workspace, say: int, turn: int) -> None:
    """Watch a feed."""
    for n in range(10_000):
        watcher = Watcher(desk.database, PLAIN, desk_settings(), every=0.0, progress=lambda words: None)
        watcher.intake._downloader = Web((turn * 1000 + n) * ITEMS)
        added = desk.look(watcher)
        os.write(say, "".join(f"id {name}\n" for name in added.ids).encode())
        desk.database.run("UPDATE feeds SET due = ''")


def desk_settings():
    from retold.collect.settings import CollectSettings

    return CollectSettings()


WORK = (add_drafts, add_file, watch)


def kill_one(folder: Path, turn: int, chance: random.Random) -> list[str]:
    """Fork, let it work for a moment, kill it; returns what it acknowledged."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            with Workspace.open(folder, write=True, models=PLAIN) as desk:
                os.write(say, b"ready\n")
                WORK[turn % len(WORK)](desk, say, turn)
        finally:
            os._exit(1)  # it never comes to an end by itself
    os.close(say)
    said = os.read(hear, 65536)
    time.sleep(chance.uniform(0.0, 0.25))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while piece := os.read(hear, 65536):
        said += piece
    os.close(hear)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"turn {turn}: the writer ended by itself ({status}) after {said[-200:]!r}")
    return [line for line in said.decode().split("\n")[:-1] if line != "ready"]


def warm_up(folder: Path) -> None:
    """Load everything before forking, so that a child works from its first moment on."""
    with Workspace.init(folder, models=PLAIN) as desk:
        desk.add([Draft(text=words("warm"), place="warm", stem="warm")])


def main(root: Path, kills: int) -> None:
    (root / "rows.jsonl").write_text("".join(json.dumps({"id": f"row-{n}", "text": words(f"row {n}")}) + "\n" for n in range(ROWS)), "utf-8")
    with Workspace.init(root / "desk", models=PLAIN) as desk:
        desk.database.run("INSERT INTO feeds (url) VALUES (?)", (FEED,))
    warm_up(root / "warm")
    chance, said = random.Random(7), []
    for turn in range(kills):
        said += kill_one(root / "desk", turn, chance)
    acknowledged = [line.removeprefix("id ") for line in said if line.startswith("id ")]
    with Workspace.open(root / "desk", write=True, models=PLAIN) as desk:
        final = desk.add(root / "rows.jsonl")
        ids = [name for (name,) in desk.database.rows("SELECT id FROM articles")]
        rows = [name for name in ids if name.startswith("row-")]
        health = desk.check()
        waiting = desk.database.value("SELECT count(*) FROM entries WHERE due <> '' AND visits = 0")
        pages = desk.database.value("SELECT count(*) FROM entries WHERE visits > 0")
        homeless = desk.database.value("SELECT count(*) FROM articles WHERE story = ''")
        unvisited = desk.database.value("SELECT count(*) FROM entries e WHERE visits > 0 AND NOT EXISTS (SELECT 1 FROM articles WHERE page = 'url:' || e.page)")
    print(json.dumps({
        "kills": kills, "acknowledged": len(acknowledged), "lost": sorted(set(acknowledged) - set(ids))[:5], "articles": len(ids),
        "twice": len(acknowledged) - len(set(acknowledged)), "doubled": len(ids) - len(set(ids)), "rows": len(rows), "faults": health.faults[:5],
        "homeless": homeless, "final": final.articles + final.unchanged, "seen_without_article": unvisited, "pages": pages, "waiting": waiting,
    }))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
