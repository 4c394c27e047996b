"""Adding articles while the desk goes on: one process a job, its progress as lines, its failures with their reasons."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

State = Literal["waiting", "running", "done", "failed", "stopped"]
KEPT = 50  # jobs remembered
LINES = 200  # of progress kept a job
FAILURES = 1000  # shown a job


@dataclass(slots=True, kw_only=True)
class Job:
    """One batch of articles on its way in."""

    id: str
    folder: Path
    items: int
    state: State = "waiting"
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=LINES))
    failures: list[dict[str, str]] = field(default_factory=list)
    result: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    number: int = 0
    refused: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "failed", "stopped")

    def value(self) -> dict[str, Any]:
        """The job as plain values."""
        return {"id": self.id, "state": self.state, "items": self.items, "progress": list(self.lines)[-12:], "failures": self.failures,
                "result": self.result, "number": self.number}


class Jobs:
    """The jobs of a workspace, one after the other: there is one writer.

    Args:
        workspace: its folder.
    """

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.guard = threading.Lock()
        self.turn = threading.Lock()
        self.all: OrderedDict[str, Job] = OrderedDict()

    def begin(
        self, urls: Sequence[str], texts: Sequence[dict[str, str]], uploads: Sequence[tuple[str, bytes]], *,
        refused: Sequence[dict[str, str]] = (),
    ) -> Job:
        """Start adding; returns at once.

        Args:
            urls: pages to fetch.
            texts: articles as rows with `text` and, where known, `title`, `outlet`, `published`, `url`.
            uploads: (name, content) of files.
            refused: failures before anything was tried: place, error, message.
        """
        folder = Path(tempfile.mkdtemp(prefix="retold-"))
        job = Job(id=secrets.token_urlsafe(9), folder=folder, items=len(urls) + len(texts) + len(uploads) + len(refused),
                  failures=list(refused), refused=len(refused))
        for number, (_, content) in enumerate(uploads):
            (folder / f"{number}").write_bytes(content)
        order = {"urls": list(urls), "texts": list(texts), "uploads": [name for name, _ in uploads]}
        (folder / "order.json").write_text(json.dumps(order), "utf-8")
        with self.guard:
            self.all[job.id] = job
            while len(self.all) > KEPT and next(iter(self.all.values())).over:
                self.all.popitem(last=False)
        threading.Thread(target=self.work, args=(job,), daemon=True).start()
        return job

    def get(self, id: str) -> Job | None:  # noqa: A002
        """The job of that id."""
        return self.all.get(id)

    def busy(self) -> bool:
        """Whether articles are on their way in."""
        return any(not job.over for job in list(self.all.values()))

    def stop(self, job: Job) -> None:
        """End a job; what it has added stays."""
        job.state = job.state if job.over else "stopped"
        if job.process and job.process.poll() is None:
            job.process.terminate()

    def close(self) -> None:
        """End all jobs."""
        for job in list(self.all.values()):
            self.stop(job)

    def work(self, job: Job) -> None:
        """Carry a job out, when its turn comes."""
        try:
            with self.turn:
                if not job.over:
                    self.run(job)
        finally:
            shutil.rmtree(job.folder, ignore_errors=True)

    def run(self, job: Job) -> None:
        """Run the process of a job to its end."""
        job.state = "running"
        command = [sys.executable, "-m", "retold.web.adding", str(self.workspace), str(job.folder)]
        job.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                       encoding="utf-8", errors="replace")
        with job.process as process:
            for line in process.stdout or ():
                self.hear(job, line)
            words = (process.stderr.read() if process.stderr else "").strip().splitlines()
        if job.state == "running":
            job.state = "done" if process.returncode == 0 and job.result else "failed"
            if job.state == "failed":
                job.lines.append(words[-1][:500] if words else f"the work ended with status {process.returncode}")
        job.number += 1

    def hear(self, job: Job, line: str) -> None:
        """Take in what the process says."""
        try:
            said = json.loads(line)
        except ValueError:
            return
        job.number += 1
        if said.get("progress"):
            job.lines.append(str(said["progress"])[:500])
        if said.get("failure") and len(job.failures) < FAILURES:
            job.failures.append({k: str(v)[:2000] for k, v in said["failure"].items()})
        if said.get("error"):
            job.lines.append(str(said["error"])[:2000])
            job.state = "failed"
        if said.get("result"):
            job.result = {**said["result"], "failures": said["result"]["failures"] + job.refused}
