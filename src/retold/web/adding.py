"""The process that adds articles for the desk: `python -m retold.web.adding WORKSPACE FOLDER`.

FOLDER holds `order.json` (urls, texts, names of uploads) and the uploads, named by their numbers. Says what it does on standard
output, one JSON object a line. What people hand over in a browser is never taken for a path of this machine: URLs are http or https,
and everything else is text or the content of an upload. Private addresses are never fetched.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from retold.base.errors import RetoldError

WEB = re.compile(r"https?://", re.IGNORECASE)
LISTED = 500  # stories among which those that gained an article are looked for, for their titles
FIELDS = ("title", "outlet", "published", "url", "language", "author")


def main(arguments: Sequence[str]) -> int:
    """Add what the order asks for; returns the exit status."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    lower_priority()
    workspace, folder = map(Path, arguments)
    try:
        add(workspace, folder)
    except RetoldError as error:
        say(error=error.message)
        return 1
    return 0


def lower_priority() -> None:
    """Let readers go first."""
    if hasattr(os, "nice"):
        os.nice(10)


def add(path: Path, folder: Path) -> None:
    """Add, then trace what has changed, so that readers find it ready.

    Raises:
        RetoldError: the workspace cannot be written to.
    """
    from retold.workspace import Workspace

    order = json.loads((folder / "order.json").read_text("utf-8"))
    with Workspace.open(path, write=True) as workspace:
        added = workspace.add([*urls_of(order), *sources_of(order, folder)], progress=lambda words: say(progress=words))
        for failure in added.failed:
            say(failure={"place": failure.place, "error": failure.error, "message": failure.message})
        for number, story in enumerate(sorted(added.stories), 1):
            say(progress=f"tracing story {number} of {len(added.stories)}")
            trace(workspace, story)
        say(result={"articles": added.articles, "versions": added.versions, "unchanged": added.unchanged, "failures": added.failures,
                    "stories": sorted(added.stories), "titles": titles_of(workspace, added.stories)})


def titles_of(workspace: Any, stories: Collection[str]) -> dict[str, str]:
    """What the stories are called, those that stand in the list of the newest."""
    return {s.id: s.title for s in workspace.stories(limit=LISTED) if s.id in stories}


def trace(workspace: Any, story: str) -> None:
    """Trace a story; one that has gone meanwhile is no failure."""
    from retold.base.errors import NotFoundError

    try:
        workspace.batch(story)
    except NotFoundError:
        return


def urls_of(order: dict[str, Any]) -> list[str]:
    """The pages to fetch."""
    return [url for url in order["urls"] if WEB.match(url)]


def sources_of(order: dict[str, Any], folder: Path) -> Iterator[Any]:
    """Texts and uploads as sources: bytes with a name, whose place is what the reader called them."""
    from retold.collect.drafts import Source
    from retold.collect.places import printable

    rows = [{k: row[k] for k in ("text", *FIELDS) if row.get(k)} for row in order["texts"]]
    for row in rows:
        data = (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
        yield Source(place=f"pasted text {mark(data)}", name=f"pasted-{mark(data)}.jsonl", data=data)
    for number, name in enumerate(order["uploads"]):
        plain = printable(re.split(r"[/\\]", name)[-1])[-120:] or "upload"
        data = (folder / str(number)).read_bytes()
        yield Source(place=f"{plain} ({mark(data)})", name=plain, data=data)


def mark(data: bytes) -> str:
    """What tells two things of one name apart: two pages saved as index.html are no versions of each other."""
    return blake2b(data, digest_size=4).hexdigest()


def say(**words: Any) -> None:
    """One line to the desk."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
