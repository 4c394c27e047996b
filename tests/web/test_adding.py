"""Adding: what is pasted is text, never a path; the local network is out of reach; failures have reasons."""

import gzip
import http.server
import json
import threading
import time
from pathlib import Path

import pytest
from markupsafe import escape

from retold.web.add import pasted
from retold.web.adding import sources_of, urls_of
from retold.web.jobs import Jobs

OURS = {"Origin": "http://localhost:8765"}
TEXT = "The lighthouse keeper of Oldersiel, Ada Lund, said on Monday that the lamp had failed twice in March."


def finished(job, seconds=900):
    end = time.monotonic() + seconds
    while not job.over and time.monotonic() < end:
        time.sleep(0.05)
    assert job.over, job.value()
    return job


@pytest.fixture
def jobs(workspace):
    jobs = Jobs(workspace.file)
    yield jobs
    jobs.close()


HITS: list[str] = []


class Inner(http.server.BaseHTTPRequestHandler):
    """A server of the local network, which notes who asks."""

    def do_GET(self):
        HITS.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        return


BOMB = gzip.compress(b"0" * 400_000_000, 9)  # 390 kB that unpack to 400 MB
EVIL = "<img src=x onerror=alert(1)>\u202etxt.html"


def test_one_form_brings_texts_files_and_addresses(client, csrf, workspace):
    """Pasted text and a file become articles; broken files, bombs and private addresses are failures with reasons; the page tells all of it."""
    with http.server.HTTPServer(("127.0.0.1", 0), Inner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_port
        private = [f"http://127.0.0.1:{port}/secret", f"http://localhost:{port}/", f"http://[::ffff:127.0.0.1]:{port}/", f"http://2130706433:{port}/",
                   "http://169.254.169.254/latest", "http://0.0.0.0/"]
        files = [("files", (name, data, "text/plain")) for name, data in
                 (("../../etc/passwd", TEXT.upper().encode()), ("bad.txt", b"\x00\x01\x02" * 50), ("blank.txt", b"  \n"), ("bomb.txt.gz", BOMB),
                  (EVIL, b"<html></html>"))]
        data = {"csrf": csrf, "urls": "\n".join(private), "text": TEXT, "outlet": "The Isle", "published": "2026-03-03"}
        answer = client.post("/add", data=data, files=files, headers=OURS)
        assert answer.status_code == 303
        path = answer.headers["location"]
        job = finished(client.app.state.desk.jobs.get(path.rsplit("/", 1)[1]))
        server.shutdown()
    assert HITS == []
    assert not job.folder.exists()
    value = client.get(path + ".json").json()
    assert client.get(path, headers={"Accept": "application/json"}).json() == value
    assert (value["state"], value["result"]["articles"], value["result"]["failures"]) == ("done", 2, 10), value
    assert {f["place"].split(" (")[0] for f in job.failures} >= {"bad.txt", "blank.txt", "bomb.txt.gz", *private[:2]} and all(f["message"] for f in job.failures)
    page = client.get(path).text
    assert "2</b> new" in page and "bad.txt" in page
    titles = value["result"]["titles"]
    assert set(titles) == set(value["result"]["stories"]) and all(titles.values())
    assert all(str(escape(title[:20])) in page for title in titles.values()) and page.count(">Open “") == len(titles)
    assert "12 items" in client.get("/add").text
    for place in (path, "/failures"):
        text = client.get(place).text
        assert "<img" not in text and "\u202e" not in text and "&lt;img src=x" in text
    articles = [workspace.article(d.id) for s in job.result["stories"] for d in workspace.report(s).documents]
    assert "The Isle" in {a.outlet for a in articles}
    assert all("etc" not in a.place for a in articles)


def test_a_form_with_nothing_in_it_says_so(client, csrf):
    answer = client.post("/add", data={"csrf": csrf, "urls": "/etc/passwd"}, headers=OURS)
    assert answer.status_code == 400 and "There is nothing to add yet" in answer.text


def test_nothing_that_is_pasted_is_a_path(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("private")
    order = {"urls": [str(secret), "file:///etc/passwd", "ftp://a.example/x", "https://a.example/x"], "texts": [{"text": str(secret), "place": "x"}], "uploads": []}
    assert urls_of(order) == ["https://a.example/x"]
    (source,) = sources_of(order, tmp_path)
    assert json.loads(source.data) == {"text": str(secret)}
    urls, texts = pasted(f"{secret}\nfile:///etc/passwd\n https://a.example/x \nhttps://a b", str(secret), {})
    assert urls == ["https://a.example/x"] and texts == [{"text": str(secret)}]


def test_two_uploads_of_one_name_are_two_articles(tmp_path):
    for i in range(2):
        (tmp_path / str(i)).write_bytes(f"text {i}".encode())
    places = [s.place for s in sources_of({"urls": [], "texts": [], "uploads": ["C:\\x\\index.html", "/y/index.html"]}, tmp_path)]
    assert len(set(places)) == 2 and all(p.startswith("index.html (") for p in places)


def test_a_job_is_stopped(jobs):
    job = jobs.begin([], [{"text": TEXT}], [])
    jobs.stop(job)
    finished(job)
    assert job.state == "stopped"


def test_a_workspace_that_is_gone_is_a_failed_job(tmp_path):
    jobs = Jobs(Path(tmp_path / "none"))
    job = finished(jobs.begin([], [{"text": TEXT}], []))
    assert job.state == "failed" and any("expected a workspace" in line for line in job.lines)
