import json
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from plain import PLAIN
from retold.base.engines.locks import only_writer
from retold.base.errors import BusyError, DamagedError, FullError, NewerError, NotFoundError, StoreError
from retold.collect.drafts import Draft
from retold.workspace import Workspace
from retold.workspace.schema import MIGRATIONS

HERE = Path(__file__).parent
SOURCE = Path(__file__).parents[2] / "src"


def draft(name, size=200):
    return Draft(text=f"The mayor of Orlen spoke about {name} on Monday. " + "The dam is high. " * (size // 17), place=name, stem=name, given=name)


def contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix not in (".lock", ".sqlite-shm")}


def test_whoever_kills_the_writer_whenever_nothing_acknowledged_is_lost(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, HERE / "killing.py", tmp_path, "200"], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["kills"] == 200
    assert (found["lost"], found["twice"], found["doubled"], found["faults"], found["homeless"]) == ([], 0, 0, [], 0)
    assert found["rows"] == 300
    assert found["seen_without_article"] == 0
    assert found["acknowledged"] > 0


def run_limited(folder, code, *, limit=None):
    """Run Python with a limit on the size of files."""
    def settle():
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    head = f"import sys, signal; sys.path[:0] = [{str(HERE.parent)!r}, {str(SOURCE)!r}]\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" \
           "from plain import PLAIN\nfrom retold.workspace import Workspace\nfrom retold.collect.drafts import Draft\n"
    return subprocess.run([sys.executable, "-c", head + code], capture_output=True, text=True, preexec_fn=settle, cwd=folder, check=False)


def test_a_full_disk_is_told_and_does_no_damage(tmp_path):
    with Workspace.init(tmp_path / "desk", models=PLAIN) as desk:
        desk.add([draft("before")])
    code = """
from retold.base.errors import FullError
desk = Workspace.open("desk", write=True, models=PLAIN)
done = 0
try:
    for n in range(1000):
        desk.add([Draft(text=f"Article {n}. " + "The dam is high. " * 500, place=str(n), stem="x", given=f"n{n}")])
        done = n + 1
except FullError as error:
    print(done, error.message)
"""
    found = run_limited(tmp_path, code, limit=600_000)
    done = int(found.stdout.split()[0])
    assert 0 < done < 1000
    assert "room" in found.stdout or "disk" in found.stdout, found.stderr
    with Workspace.open(tmp_path / "desk", write=True, models=PLAIN) as desk:
        assert desk.check().faults == ()
        assert desk.check().articles == done + 1
        assert desk.add([draft("after")]).articles == 1


def test_a_full_file_is_told_and_does_no_damage(tmp_path):
    with Workspace.init(tmp_path / "desk", models=PLAIN) as desk:
        desk.add([draft("before")])
        desk.database.run(f"PRAGMA max_page_count={desk.database.value('PRAGMA page_count') + 2}")
        with pytest.raises(FullError, match="make room"):
            desk.add([draft("large", 100_000)])
        assert desk.check().faults == ()
        assert [a for (a,) in desk.database.rows("SELECT id FROM articles")] == ["before"]
        desk.database.run("PRAGMA max_page_count=1000000")
        assert desk.add([draft("large", 100_000)]).articles == 1
        assert sum(story.articles for story in desk.stories()) == 2


def as_nobody(work):
    """What work gives in a process that may do nothing, or the name and message of what it raises."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgid(65534)
            os.setuid(65534)
            words = str(work())
        except BaseException as error:
            words = f"{type(error).__name__}: {error}"
        os.write(say, words.encode())
        os._exit(0)
    os.close(say)
    os.waitpid(child, 0)
    with os.fdopen(hear) as said:
        return said.read()


@pytest.mark.skipif(os.getuid() != 0, reason="needs the right to become another user")
def test_a_folder_that_may_not_be_written_to_can_be_read_and_says_so(tmp_path):
    root = Path("/tmp") / f"retold-read-only-{os.getpid()}"  # one that others may enter
    try:
        with Workspace.init(root / "desk", models=PLAIN) as desk:
            desk.add([draft("before")])
        for path in (root, *root.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = contents(root)
        assert as_nobody(lambda: len(Workspace.open(root / "desk").stories())) == "1"
        assert as_nobody(lambda: Workspace.open(root / "desk").article("before").id) == "before"
        assert as_nobody(lambda: Workspace.open(root / "desk", write=True, models=PLAIN).add([])).startswith("ReadOnlyError")
        assert as_nobody(lambda: Workspace.init(root / "new")).startswith("ReadOnlyError")
        assert contents(root) == before
    finally:
        subprocess.run(["rm", "-rf", root], check=True)


def test_a_second_writer_is_refused_with_a_word_on_who_writes(tmp_path):
    with Workspace.init(tmp_path / "desk", models=PLAIN) as desk, Workspace.open(tmp_path / "desk", write=True, models=PLAIN) as second:
        with only_writer(tmp_path / "desk/desk.lock"), pytest.raises(BusyError, match=f"process {os.getpid()}"):
            second.add([draft("x")])
        assert second.add([draft("x")]).articles == 1
        assert desk.add([draft("x")]).unchanged == 1


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path):
    with Workspace.init(tmp_path / "desk", models=PLAIN) as desk:
        code = "import os\nfrom retold.base.engines.locks import only_writer\nfrom pathlib import Path\nwith only_writer(Path('desk/desk.lock')):\n    os.kill(os.getpid(), 9)"
        assert run_limited(tmp_path, code).returncode == -9
        assert desk.add([draft("x")]).articles == 1


def test_a_newer_file_is_left_alone(tmp_path):
    Workspace.init(tmp_path / "desk", models=PLAIN).close()
    file = tmp_path / "desk/desk.sqlite"
    with sqlite3.connect(file) as plain:
        plain.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    plain.close()
    before = file.read_bytes()
    for write in (False, True):
        with pytest.raises(NewerError, match="install a newer Retold"):
            Workspace.open(tmp_path / "desk", write=write)
    assert file.read_bytes() == before


def test_what_is_no_workspace_is_told(tmp_path):
    with pytest.raises(NotFoundError):
        Workspace.open(tmp_path)
    (tmp_path / "desk.sqlite").write_bytes(b"not a database at all, whatever its name" * 100)
    with pytest.raises(DamagedError):
        Workspace.open(tmp_path)
    (tmp_path / "desk.sqlite").unlink()
    with sqlite3.connect(tmp_path / "desk.sqlite") as plain:
        plain.execute("CREATE TABLE mine (x)")
    plain.close()
    with pytest.raises(StoreError, match="another program"):
        Workspace.open(tmp_path, write=True)


def test_damage_is_found(tmp_path):
    with Workspace.init(tmp_path / "desk", models=PLAIN) as desk:
        desk.add([draft(f"n{n}", 2000) for n in range(20)])
        desk.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    file = tmp_path / "desk/desk.sqlite"
    data = bytearray(file.read_bytes())
    place = data.find(b"The dam is high. " * 20)
    data[place:place + 9] = b"The house"
    data[8192 * 3:8192 * 3 + 8192] = b"\xa5" * 8192
    file.write_bytes(data)
    with Workspace.open(tmp_path / "desk") as desk:
        assert desk.check().faults


def test_readers_read_while_a_writer_writes(tmp_path):
    Workspace.init(tmp_path / "desk", models=PLAIN).close()
    stop, seen, errors = threading.Event(), [], []

    def read():
        with Workspace.open(tmp_path / "desk") as desk:
            while not stop.is_set():
                try:
                    found = sum(story.articles for story in desk.stories(limit=1000))
                    seen.append(found)
                except Exception as error:
                    errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with Workspace.open(tmp_path / "desk", write=True, models=PLAIN) as desk:
        for n in range(15):
            desk.add([draft(f"n{n}-{i}") for i in range(3)])
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert all(n % 3 == 0 for n in seen)
    assert max(seen) > 0
