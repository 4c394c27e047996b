"""The desk and the report in a real browser: the whole way from adding to undoing, keyboard only, accessibility, hostile text, every width."""

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
from pathlib import Path

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the browser tests are skipped (apt-get install chromium)")

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: the browser tests are skipped")
PATIENCE = 120_000  # ms that anything may take: the machine may be busy with other tests
RETOLD = """Le ferry Ormsund s'est échoué lundi soir au large de Kaldvik avec 212 personnes à bord, a révélé Harbour Wire.
« Nous avons entendu un long grincement », a raconté Tove Brandal, une passagère."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


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


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for v in found for node in v["nodes"][:3]]


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


DROP = """async box => {
    const files = new DataTransfer();
    files.items.add(new File(["Le ferry Ormsund a été remis à flot mercredi, a indiqué Harbour Wire."], "flot.txt", { type: "text/plain" }));
    files.items.add(new File([new Uint8Array([0, 1, 2, 3, 0, 0, 0, 9])], "broken<b>.bin"));
    box.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }));
}"""


def test_files_are_dropped_and_addresses_pasted(page, desk):
    """The names of dropped files are told; progress comes by itself; what could not be used stands there with its reason."""
    page.goto(desk + "/add")
    page.locator(".drop").evaluate(DROP)
    playwright.expect(page.locator("[data-dropped]")).to_have_text("flot.txt, broken<b>.bin")
    page.get_by_label(re.compile("One a line")).fill("http://127.0.0.1:9/private\nno address")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/jobs/*")
    playwright.expect(page.locator("[data-words]")).to_have_text("Done", timeout=3 * PATIENCE)
    playwright.expect(page.locator("[data-job] > p").last).to_contain_text("3 failed")
    failures = page.locator(".failures-list li")
    playwright.expect(failures).to_have_count(3)
    assert all(len(text) > 40 for text in failures.all_text_contents())
    for place in ("broken<b>.bin", "no address"):
        playwright.expect(page.locator(".failures-list")).to_contain_text(place)
    playwright.expect(page.locator(".failures-list")).to_contain_text("http://127.0.0.1:9/private")


def test_the_graph_as_a_picture(page, desk):
    page.goto(f"{desk}/story/{story_of(desk)}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Graph (PNG)").click()
    assert Path(download.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


PAGES = ["/", "/add", "/decisions", "/failures", "/story/{s}", "/story/{s}/claims", "/story/{s}/conflicts", "/story/{s}/quotes", "/story/{s}/changes",
         "/story/{s}/timeline", "/story/{s}/names", "/story/{s}/unknown", "/story/{s}/articles", "/story/{s}/compare", "{article}", "{link}", "{claim}", "{source}"]


def addresses(desk):
    name = story_of(desk)
    with urllib.request.urlopen(f"{desk}/story/{name}.json") as answer:
        report = json.load(answer)
    with urllib.request.urlopen(f"{desk}/story/{name}") as answer:
        overview = answer.read().decode()
    found = {"article": f"/article/{report['documents'][0]['id']}", "link": re.search(r'href="(/story/[^"]+/link/[^"]+)"', overview)[1],
             "claim": f"/story/{name}/claim/{report['stories'][0]['claims'][0]['id']}", "source": re.search(r'href="(/story/[^"]+/source[^"]+)"', overview)[1]}
    return [desk + path.format(s=name, **found).replace("&amp;", "&") for path in PAGES]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser, desk, scheme):
    """Every page in the light; in the dark, where only colours differ, those that show most of them."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for address in addresses(desk)[4 if scheme == "dark" else 0::3 if scheme == "dark" else 1]:
        page.goto(address)
        if bad := violations(page):
            found[address] = bad
    context.close()
    assert found == {}


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_page_is_wider_than_the_screen(browser, desk, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    wide = {}
    for address in addresses(desk):
        page.goto(address)
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            wide[address] = found
    context.close()
    assert wide == {}


def test_on_a_phone_notes_are_folded_and_no_word_breaks_in_a_table(browser, desk):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(addresses(desk)[14])
    notes = page.locator(".notes")
    assert notes.locator("details").get_attribute("open") is None
    notes.locator("summary").click()
    assert notes.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    rows = page.locator(".facts tbody th")
    assert rows.count() >= 2 and all(rows.nth(i).evaluate("e => e.getClientRects().length === 1 && e.clientHeight < 40") for i in range(rows.count()))
    context.close()


def test_print_leaves_out_what_paper_cannot_do(page, desk):
    name = story_of(desk)
    page.emulate_media(media="print")
    for path in ("", "/claims", "/articles", "/names"):
        page.goto(f"{desk}/story/{name}{path}")
        assert page.locator("main form:visible, main button:visible, .tabs:visible, .main-nav:visible").count() == 0, path
        playwright.expect(page.locator(".answer")).to_be_visible()
    page.goto(f"{desk}/story/{name}")
    playwright.expect(page.locator(".canvas svg")).to_be_visible()


def test_names_are_joined_and_parted_again(page, desk):
    page.goto(f"{desk}/story/{story_of(desk)}/names")
    page.get_by_role("button", name="Join").click()
    notice = page.locator(".notice")
    playwright.expect(notice).to_contain_text("Name taken as one.")
    page.goto(desk + "/decisions")
    log = page.locator(".log li")
    playwright.expect(log.first).to_contain_text("taken as one")
    before = log.count()
    log.first.get_by_role("button", name="Undo").click()
    playwright.expect(log).to_have_count(before - 1)


def test_keyboard_only(page, desk):
    """From the first page to the evidence and back without a pointer; the focus is always to be seen."""
    page.goto(desk + "/?sort=retold")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "story-card":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/story/*")
    canvas = page.locator(".canvas")
    canvas.focus()
    before = canvas.get_attribute("data-view")
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert canvas.get_attribute("data-view") != before
    page.keyboard.press("0")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName.toLowerCase()") == "a"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".panel")).to_be_visible()
    page.keyboard.press("Escape")
    playwright.expect(page.locator(".panel")).to_be_hidden()
    assert page.evaluate("!!document.activeElement.closest('.canvas')")


def test_marked_words_explain_themselves(page, desk):
    page.goto(addresses(desk)[14])
    page.locator(".reader mark[data-to]").first.click()
    playwright.expect(page.locator(".bubble")).to_be_visible()
    assert page.locator(".bubble a").count() >= 1
    page.keyboard.press("Escape")
    playwright.expect(page.locator(".bubble")).to_have_count(0)


def test_passages_are_threaded_side_by_side(page, desk):
    page.goto(f"{desk}/story/{story_of(desk)}/compare")
    page.locator(".threads path").first.wait_for(state="attached")
    page.locator(".columns mark.join").first.hover()
    assert page.locator(".columns .lit").count() >= 2


def test_it_works_without_script(browser, desk):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(desk + "/?text=aground")
    page.locator(".story-card").click()
    page.locator(".canvas a:has(.edge)").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/link/*")
    playwright.expect(page.get_by_role("button", name="Reject")).to_be_visible()
    context.close()


def test_a_graph_of_two_hundred_pans_without_stutter(page, tmp_path):
    """What a step of panning costs the page itself, drawing aside: the picture is only shifted. Under 8 ms, half a frame.

    By the clock, so the quarter of the steps counts in which nothing else on the machine came between.
    """
    from stand_in import large

    from retold.view.html import render_html
    from retold.view.report import build_report

    target = tmp_path / "large.html"
    target.write_text(render_html(build_report(large(200, 20))), "utf-8")
    page.goto(target.as_uri())
    canvas = page.locator(".canvas")
    canvas.scroll_into_view_if_needed()
    spent = canvas.evaluate("""box => new Promise(done => {
        const key = name => box.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
        const times = []; let n = 0;
        requestAnimationFrame(function step() {
            const start = performance.now();
            key(n % 20 < 10 ? "ArrowRight" : "ArrowLeft");
            times.push(performance.now() - start);
            if (++n < 60) { requestAnimationFrame(step); } else { done(times); }
        });
    })""")
    assert sorted(spent)[15] < 8, spent
    svg = canvas.locator("svg")
    assert "translate" in svg.get_attribute("style")
    assert svg.evaluate("e => getComputedStyle(e).willChange") == "transform"


SCRIPTS = {"ar": "قال رئيس البلدية إن الميناء مغلق حتى مايو.", "zh": "市长说，港口将关闭到五月。", "uk": "Мер сказав, що порт закритий до травня."}


def test_every_script_reads_in_its_own_direction(page, tmp_path):
    from factories import article, batch, claim_version, derivation, language, membership
    from retold.view.html import render_html
    from retold.view.report import build_report

    articles = [article(text, id=code, outlet=f"Outlet {code}", title=text, language=code) for code, text in SCRIPTS.items()]
    rows = [r for a in articles for r in (a, membership(a), language(a, a.language), claim_version(a, a.text))]
    target = tmp_path / "scripts.html"
    target.write_text(render_html(build_report(batch(*rows, *(derivation("Wire", a) for a in articles)))), "utf-8")
    page.goto(target.as_uri())
    for code, text in SCRIPTS.items():
        line = page.locator(f".text[lang={code}] p").first
        assert "".join(line.text_content().split()) == "".join(text.split())
        assert line.evaluate("e => getComputedStyle(e).direction") == ("rtl" if code == "ar" else "ltr")
    assert violations(page) == []


def test_the_report_is_accessible(page, tmp_path):
    from stand_in import large

    from retold.view.html import render_html
    from retold.view.report import build_report

    target = tmp_path / "report.html"
    target.write_text(render_html(build_report(large(12, 8))), "utf-8")
    page.goto(target.as_uri())
    assert violations(page) == []
    page.locator(".canvas a:has(.edge)").first.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".panel")).to_be_visible()


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
