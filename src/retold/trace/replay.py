"""A finished run with what people decided: the stories that their decisions are about, traced again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from retold.base.decisions import latest
from retold.base.records import Article, Decision, Membership, Record
from retold.base.tables import Batch
from retold.trace.decisions import apply_decisions, concerned, left_out
from retold.trace.stage import STAGE, Prepared, prepare, trace_story


def replay(batch: Batch, decisions: Sequence[Decision]) -> Batch:
    """The records of a full run with decisions followed, and the decisions that hold. Stories that none is about stay as they are."""
    held = latest(decisions)
    homes = {m.article: m.story for m in batch.get(Membership)}
    touched = {homes[a] for d in held for a in concerned(batch, d) if a in homes}
    out, stories = Batch(held), {story: Batch() for story in touched}
    for kind in batch.kinds():
        for record in batch.get(kind):
            home = stories.get(story_of(record, homes))
            if home is None:
                out.add([record])
            elif kind not in STAGE.writes:
                home.add([record])
    for story in sorted(stories):
        out.add(retraced(stories[story], held))
    return out


def story_of(record: Any, homes: Mapping[str, str]) -> str:
    """The story that a record belongs to, "" for none."""
    story = getattr(record, "story", None)
    return story if story is not None else homes.get(getattr(record, type(record).by, ""), "")


def retraced(story: Batch, decisions: Sequence[Decision]) -> Iterator[Record]:
    """A story's records with decisions: what is known of articles that are left out, and everything traced anew."""
    inputs = apply_decisions(story, decisions)
    gone = left_out(story.get(Article), decisions)
    yield from (r for kind in story.kinds() if kind.by in ("id", "article") for r in story.get(kind) if getattr(r, kind.by) in gone)
    for kind in inputs.kinds():
        yield from (record for record in inputs.get(kind) if kind is not Decision)
    traced = trace_story(inputs, prepared(inputs))
    yield from (record for kind in traced.kinds() for record in traced.get(kind))


LAST: list[tuple[list[Record], Prepared]] = []  # the stories traced again last, each with the very records it was prepared from
KEPT = 2


def prepared(inputs: Batch) -> Prepared:
    """What a story is traced from, kept from the last time where it is the very same records: decisions about edges leave them alone."""
    rows: list[Record] = [row for kind in inputs.kinds() if kind is not Decision for row in inputs.get(kind)]
    for known, found in LAST:
        if len(known) == len(rows) and all(a is b for a, b in zip(known, rows, strict=True)):
            return found
    made = prepare(inputs)
    LAST.insert(0, (rows, made))
    del LAST[KEPT:]
    return made
