"""Reading articles for their stories, ahead of the writer and in several processes where there are many."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import fields
from functools import partial
from multiprocessing import get_context
from typing import Self

from retold.base.models import Models
from retold.base.records import Article
from retold.group.items import depth_of
from retold.workspace.grouping import Prepared, prepare

POOL_FROM = 256  # articles from which other processes are worth their start (1 to 2 s each)
AHEAD = 2  # chunks a process that are read before they are written
WATCH = 1.0  # seconds between two looks at whether the writer is still there


class Preparer:
    """Hands articles to `prepare`, here or in a pool. A model that is an object cannot be sent: then everything is done here.

    Args:
        models: what `prepare` is given.
        held: articles that the workspace holds already; the first are read more deeply.
        workers: processes; 0 means one a core.
    """

    def __init__(self, models: Models, *, held: int = 0, workers: int = 0) -> None:
        self.models = models
        self.held = held
        portable = all(isinstance(getattr(models, f.name), str) for f in fields(models))
        self.workers = (workers or os.cpu_count() or 1) if portable else 1
        self.seen = 0
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool:
            self.pool.shutdown(wait=False, cancel_futures=True)

    @property
    def depth(self) -> int:
        """How many chunks may wait."""
        return AHEAD * self.workers if self.pool else 0

    def submit(self, articles: Sequence[Article], times: Sequence[str]) -> Future[list[Prepared]]:
        """Have articles read."""
        self.seen += len(articles)
        depth = depth_of(self.held + self.seen)
        if self.pool is None and self.workers > 1 and self.seen > POOL_FROM:
            self.pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=end_with, initargs=(os.getpid(),))
        if self.pool is not None:
            return self.pool.submit(partial(prepare, depth=depth), articles, times, self.models)
        done: Future[list[Prepared]] = Future()
        try:
            done.set_result(prepare(articles, times, self.models, depth=depth))
        except Exception as error:
            done.set_exception(error)
        return done


def end_with(parent: int) -> None:
    """End this process when its parent has ended, however that came about."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
