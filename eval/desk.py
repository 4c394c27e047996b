"""How fast the desk is: `python eval/desk.py`, about a minute.

A story of 200 articles (made by `tests/web/stand_in.py`) is served on loopback. Measured are the time that the server spends on the
very first page after its start and on the first view of every other (nothing kept, in CPU time), how much is transferred with style
and script and without fonts, and how long 50 readers wait who open page after page with a second's thought in between, while a process
adds articles to a workspace.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "web")]

READERS, SECONDS = 50, 25
TABS = ("", "/claims", "/conflicts", "/timeline", "/articles", "/quotes", "/names")


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
        return
    for tab, spent, size in first_views():
        print(f"{tab or '/':12} {spent * 1000:6.0f} ms  {size / 1000:6.1f} kB")
    with tempfile.TemporaryDirectory() as folder:
        adding = add(Path(folder))
        waits, spent = readers()
        adding.terminate()
    waits = sorted(wait * 1000 for wait in waits)
    print(f"{READERS} readers, {len(waits)} pages: p50 {waits[len(waits) // 2]:.0f} ms, p95 {waits[int(len(waits) * 0.95)]:.0f} ms;"
          f" the server used {spent:.1f} s of CPU; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def serve(port: int) -> None:
    """The desk over the made-up story."""
    import uvicorn
    from stand_in import StandIn, large

    from retold.web.app import make_app

    uvicorn.run(make_app(StandIn(large()), apart=False), host="127.0.0.1", port=port, log_level="error")


def first_views():
    """(tab, CPU seconds, bytes) of pages that nobody has asked for yet, the first of them just after the start."""
    from browserless import TestClient
    from stand_in import STORY, StandIn, large

    from retold.web.app import make_app

    packed = {"Accept-Encoding": "gzip"}
    with TestClient(make_app(StandIn(large()), apart=False), base_url="http://localhost") as client:
        client.app.state.desk.library.loaded(STORY)
        for tab in TABS:
            start = time.process_time()
            answer = client.get(f"/story/{STORY}{tab}", headers=packed)
            spent = time.process_time() - start
            files = re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.text)
            sizes = [int(client.get(f, headers=packed).headers["content-length"]) for f in files]
            yield tab, spent, int(answer.headers["content-length"]) + sum(sizes)


def add(folder: Path) -> subprocess.Popen:
    """A process that adds articles as the desk has it done."""
    from retold.workspace import Workspace

    Workspace.init(folder / "desk").close()
    texts = [{"text": f"The mayor of town {i} said on Monday that bridge {i} would be closed for {i + 2} days.", "outlet": f"Outlet {i}"}
             for i in range(400)]
    (folder / "order.json").write_text(json.dumps({"urls": [], "texts": texts, "uploads": []}), "utf-8")
    return subprocess.Popen([sys.executable, "-m", "retold.web.adding", str(folder / "desk"), str(folder)], stdout=subprocess.DEVNULL)


def readers() -> tuple[list[float], float]:
    """How long each page took to come, for all readers, and the CPU seconds of the server."""
    import httpx

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, __file__, "serve", str(port)])
    base, waits = f"http://127.0.0.1:{port}/story/s", []
    try:
        for _ in range(600):
            try:
                httpx.get(base, timeout=60)
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        end = time.monotonic() + SECONDS
        threads = [threading.Thread(target=read, args=(base, n, end, waits)) for n in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        server.terminate()
        server.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return waits, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def read(base: str, number: int, end: float, waits: list[float]) -> None:
    """One reader."""
    import httpx

    chance = random.Random(number)
    with httpx.Client(timeout=60) as client:
        time.sleep(chance.random())
        while time.monotonic() < end:
            start = time.monotonic()
            client.get(base + chance.choice(TABS)).raise_for_status()
            waits.append(time.monotonic() - start)
            time.sleep(chance.uniform(0.5, 1.5))


if __name__ == "__main__":
    main()
