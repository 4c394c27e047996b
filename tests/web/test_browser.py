"""The desk in a real browser: the whole way from adding to undoing, and hostile text that does not run."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the browser tests are skipped (apt-get install chromium)")

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: the browser tests are skipped")
PATIENCE = 120_000  # ms that anything may take: the machine may be busy with other tests
RETOLD = """Le ferry Ormsund s'est échoué lundi soir au large de Kaldvik avec 212 personnes à bord, a révélé Harbour Wire.
« Nous avons entendu un long grincement », a raconté Tove Brandal, une passagère."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as engine:
        playwright.expect.set_options(timeout=PATIENCE)
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if re.match(r"(http://127\.0\.0\.1:|file:|data:|blob:|about:)", request.url) else page.problems.append(request.url))
    page.on("dialog", lambda dialog: page.problems.append("a dialog opened"))
    yield page
    context.close()
    assert page.problems == []


@contextlib.contextmanager
def serving(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "retold", "serve", "--desk", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "PYTHONWARNINGS": ""})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), urllib.request.urlopen(address + "/add"):
                break
            time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def desk(collected, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "desk"
    shutil.copytree(collected, folder)
    with serving(folder) as address:
        wait_until_read(address)
        yield address


def wait_until_read(address):
    name = story_of(address)
    for _ in range(240):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/story/{name}.json") as answer:
            return json.load(answer)
        time.sleep(1)
    raise AssertionError("the story was never read")


def story_of(address):
    with urllib.request.urlopen(address + "/stories.json?sort=retold") as answer:
        return json.load(answer)["stories"][0]["id"]


def test_from_adding_to_undoing(page, desk, tmp_path):  # noqa: PLR0915 (one long way, as a reader goes it)
    """Add articles, open the story, follow a link to its evidence and the exact words, reject it, see the count change, undo, export."""
    page.goto(desk + "/add")
    note = tmp_path / "blank.txt"
    note.write_text("  ")
    page.set_input_files("#files", [str(note)])
    page.fill("#text", RETOLD)
    page.get_by_label("Outlet").fill("La Voix du Port")
    page.get_by_label("Published").fill("2026-03-03")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/jobs/*")
    page.get_by_text("1 new").wait_for(timeout=3 * PATIENCE)
    playwright.expect(page.locator(".failures-list")).to_contain_text("blank.txt")

    page.goto(desk)
    page.get_by_role("searchbox", name="Words").press_sequentially("aground", delay=30)
    card = page.locator(".story-card")
    playwright.expect(card).to_have_count(1)
    card.click()
    playwright.expect(page.locator(".answer")).to_contain_text("4 articles", timeout=3 * PATIENCE)
    links = int(re.search(r"joined by (\d+) link", page.locator(".canvas svg desc").text_content())[1])

    edge = page.locator(".canvas a:has(.edge)").first
    edge.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".panel")
    playwright.expect(panel).to_be_visible()
    words = panel.locator(".waterfall .cite").first
    quoted = words.text_content()
    words.click()
    page.wait_for_url("**/article/*#w-*")
    assert page.locator("mark.lit").first.is_visible()
    lit = "".join("".join(page.locator("mark.lit").all_text_contents()).split())
    assert lit.startswith("".join(quoted.rstrip("…").split())[:40])
    page.go_back()

    page.locator(".canvas a:has(.edge)").first.focus()
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="Reject").click()
    notice = page.locator(".notice")
    playwright.expect(notice).to_contain_text("Edge rejected. Now")
    playwright.expect(notice).to_contain_text(f"(before: {links})")
    assert int(re.search(r"joined by (\d+) link", page.locator(".canvas svg desc").text_content())[1]) != links
    notice.get_by_role("button", name="Undo").click()
    playwright.expect(notice).to_contain_text("Taken back.")
    assert int(re.search(r"joined by (\d+) link", page.locator(".canvas svg desc").text_content())[1]) == links

    with page.expect_download() as download:
        page.get_by_role("link", name="Report (HTML)").click()
    report = tmp_path / "report.html"
    download.value.save_as(report)
    page.goto(report.as_uri())
    playwright.expect(page.locator(".answer")).to_contain_text("4 articles")


def test_nothing_hostile_runs(page):
    import threading

    import uvicorn
    from stand_in import STORY, StandIn
    from test_pages import hostile

    from retold.web.app import make_app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(StandIn(hostile()), apart=False), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    base = f"http://127.0.0.1:{port}"
    page.goto(f"{base}/story/{STORY}/articles")
    paths = page.locator("a.who").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    for path in [f"/story/{STORY}", f"/story/{STORY}/claims", f"/story/{STORY}/compare", *paths[:2]]:
        page.goto(base + path)
        page.wait_for_timeout(150)
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
    server.should_exit = True
    thread.join(10)
