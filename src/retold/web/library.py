"""The workspace as the desk reads it: reports kept in memory, worked out by another process, and never waited for without need.

Rendering a page must not stand still while a story is traced. So all heavy work happens in a process of its own, and a page of a
story that has changed is shown as it was, saying so, until the new report is there.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from retold.base import records as r
from retold.base.errors import NotFoundError, RetoldError
from retold.view.articles import Document
from retold.view.findings import Story
from retold.view.report import Report, build_report
from retold.workspace import Workspace

PATIENCE = 12.0  # seconds that a reader waits for a story that nobody has asked for yet, before being told so
KEPT = 24  # reports held in memory; one of 200 articles takes about 15 MB


T = TypeVar("T")


class NotReadyError(RetoldError):
    """A story that is still being traced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A story with what its pages need: the report, the passages that its articles share, and the state of the store it is of."""

    report: Report
    reuse: tuple[r.Reuse, ...]
    stamp: str
    name: str
    made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What pages of this state of the story share, worked out for the first that asks."""
        if name not in self.made:
            self.made[name] = make()
        found: T = self.made[name]
        return found

    @property
    def story(self) -> Story:
        """The story.

        Raises:
            NotFoundError: all its articles are left out.
        """
        found = next((s for s in self.report.stories if s.id == self.name), None) or next(iter(self.report.stories), None)
        if found is None:
            raise NotFoundError(expected="a story with an article in it", found="one of which all articles are left out", where=self.name,
                                advice="undo that under Decisions")
        return found

    def document(self, id: str) -> Document | None:  # noqa: A002
        """The article of that id."""
        return next((d for d in self.report.documents if d.id == id), None)


class Library:
    """Stories of a workspace by id.

    Args:
        workspace: opened for writing where decisions are to be made.
        apart: whether reports are worked out in another process; else in a thread of this one.
        busy: whether articles are being added: who adds them traces what they change, and nobody needs to do it twice.
    """

    def __init__(self, workspace: Workspace, *, apart: bool = True, busy: Callable[[], bool] = lambda: False) -> None:
        self.workspace = workspace
        self.apart = apart
        self.busy = busy
        self.guard = threading.Lock()
        self.held: OrderedDict[str, Loaded] = OrderedDict()
        self.coming: dict[str, Future[Loaded]] = {}
        self.pool = self.new_pool()

    def new_pool(self) -> ProcessPoolExecutor | ThreadPoolExecutor:
        """The worker."""
        if not self.apart:
            return ThreadPoolExecutor(1)
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(1, mp_context=spawn, initializer=settle, initargs=(self.workspace.file,))

    def close(self) -> None:
        """Let the worker end."""
        self.pool.shutdown(cancel_futures=True)

    def warm(self) -> None:
        """Start the worker, so that the first reader does not wait for it."""
        self.pool.submit(ready)

    def loaded(self, story: str, *, fresh: bool = False) -> tuple[Loaded, bool]:
        """A story, and whether a newer state of it is being worked out.

        Args:
            story: its id.
            fresh: wait for the newest state.

        Raises:
            NotFoundError: there is no such story.
            NotReadyError: it takes longer than a reader should wait without a word.
        """
        stamp = self.workspace.stamp(story)
        with self.guard:
            held = self.held.get(story)
            if held:
                self.held.move_to_end(story)
                if held.stamp == stamp:
                    return held, False
                if not fresh and self.busy():
                    return held, True
            work = self.coming.get(story) or self.begin(story)
        if held and not fresh:
            return held, True
        try:
            found = work.result(None if fresh else PATIENCE)
        except TimeoutError as error:
            raise NotReadyError(expected="a story that is traced", found="one that is being traced", where=story) from error
        if fresh and found.stamp != stamp:  # it was begun before the change that the caller waits for
            with self.guard:
                work = self.coming.get(story) or self.begin(story)
            found = work.result()
        return found, False

    def begin(self, story: str) -> Future[Loaded]:
        """Have a story worked out. The caller holds the guard."""
        try:
            work = self.submit(story)
        except BrokenProcessPool:
            self.pool = self.new_pool()
            work = self.submit(story)
        self.coming[story] = work
        work.add_done_callback(lambda done: self.arrived(story, done))
        return work

    def submit(self, story: str) -> Future[Loaded]:
        """Hand the work over."""
        task: Callable[..., Loaded] = load_apart if self.apart else load
        return self.pool.submit(task, *(() if self.apart else (self.workspace,)), story)

    def arrived(self, story: str, work: Future[Loaded]) -> None:
        """Keep what was worked out."""
        with self.guard:
            self.coming.pop(story, None)
            if not work.cancelled() and work.exception() is None:
                self.held[story] = work.result()
                self.held.move_to_end(story)
                while len(self.held) > KEPT:
                    self.held.popitem(last=False)


# ---- in the worker ---------------------------------------------------------------------------------------------------

DESK: dict[str, Workspace] = {}


def settle(file: Path) -> None:
    """Open the workspace in the worker; what it traces is kept."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends it
    DESK["here"] = Workspace.open(file, write=True)


def ready() -> bool:
    """Nothing but being there."""
    return True


def load_apart(story: str) -> Loaded:
    """A story, in the worker."""
    return load(DESK["here"], story)


def load(workspace: Workspace, story: str) -> Loaded:
    """A story as it is now."""
    stamp = workspace.stamp(story)
    batch = workspace.decided(story)
    report = build_report(batch)
    return Loaded(report=report, reuse=tuple(batch.get(r.Reuse)), stamp=stamp, name=story)
