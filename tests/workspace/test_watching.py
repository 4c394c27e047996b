import pytest

from archives import page
from plain import PLAIN
from retold.cli import main
from retold.workspace import FetchSettings, Workspace

TEXT = "A ferry ran aground off {} on Monday, the coast guard said. All 41 passengers were taken to the harbour by boat.\nThe captain, Ona Reed, said the engine had failed."
NEAR = FetchSettings(allow_private=True, host_delay=0)


@pytest.fixture
def desk(tmp_path):
    with Workspace.init(tmp_path / "desk", models=PLAIN) as found:
        yield found


def feed(site, *items):
    rows = "".join(f"<item><link>{site.base}{path}</link><pubDate>Mon, 0{day} Mar 2026 09:00:00 GMT</pubDate></item>" for path, day in items)
    return site.says("/feed", f"<rss><channel><title>The Isle</title>{rows}</channel></rss>", Content_Type="text/xml", ETag=f'"{len(rows)}"')


def look(desk, every=600.0):
    return desk.look(desk.watcher(every=every, fetch=NEAR))


def due(desk, table="feeds"):
    desk.database.run(f"UPDATE {table} SET due = '2020-01-01T00:00:00Z'")


def test_what_is_new_in_a_feed_is_added_and_nothing_is_fetched_twice(desk, site):
    site.says("/a", page("A", TEXT.format("Sandwick")))
    site.says("/b", page("B", TEXT.format("Orlen")))
    desk.database.run("INSERT INTO feeds (url) VALUES (?)", (feed(site, ("/a", 2)),))
    first = look(desk)
    assert (first.articles, first.failures) == (1, 0)
    assert look(desk).articles == 0
    feed(site, ("/a", 2), ("/b", 3))
    due(desk)
    second = look(desk)
    assert (second.articles, second.unchanged) == (1, 0)
    assert [site.asked.count(path) for path in ("/feed", "/a", "/b")] == [2, 1, 1]


def test_a_feed_that_has_not_changed_is_not_sent_again(desk, site):
    site.says("/a", page("A", TEXT.format("Sandwick")))
    desk.database.run("INSERT INTO feeds (url) VALUES (?)", (feed(site, ("/a", 2)),))
    look(desk)
    due(desk)
    look(desk)
    assert site.headers["/feed"]["If-None-Match"].startswith('"')
    assert site.asked.count("/feed") == 2


def test_a_page_is_visited_again_and_what_was_changed_in_silence_is_a_version(desk, site):
    site.says("/a", page("A", TEXT.format("Sandwick")), ETag='"one"')
    desk.database.run("INSERT INTO feeds (url) VALUES (?)", (feed(site, ("/a", 2)),))
    [name] = look(desk).ids
    due(desk, "entries")
    assert look(desk).unchanged == 0  # status 304: not even read
    site.says("/a", page("A", TEXT.format("Sandwick").replace("41", "43")), ETag='"two"')
    due(desk, "entries")
    assert look(desk).versions == 1
    assert [("41" in v.article.text, "43" in v.article.text) for v in desk.versions(name)] == [(True, False), (False, True)]


def test_a_page_that_fails_is_tried_again_and_a_feed_that_fails_is_left_for_longer_each_time(desk, site):
    desk.database.run("INSERT INTO feeds (url) VALUES (?)", (feed(site, ("/a", 2)),))
    assert look(desk).failures == 1
    site.says("/a", page("A", TEXT.format("Sandwick")))
    due(desk, "entries")
    assert look(desk).articles == 1
    pauses = []
    site.says("/feed", "no feed")
    for _ in range(3):
        due(desk)
        assert look(desk).failures == 1
        pauses.append(desk.database.value("SELECT (julianday(due) - julianday(checked)) * 86400 FROM feeds"))
    assert pauses[0] < pauses[1] < pauses[2]


def test_robots_are_heeded(desk, site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /a", Content_Type="text/plain")
    desk.database.run("INSERT INTO feeds (url) VALUES (?)", (feed(site, ("/a", 2)),))
    found = look(desk)
    assert (found.articles, found.failures) == (0, 1)
    assert "robots.txt" in found.failed[0].message
    assert "/a" not in site.asked


def test_what_was_forgotten_does_not_come_back(desk, site):
    site.says("/a", page("A", TEXT.format("Sandwick")))
    desk.database.run("INSERT INTO feeds (url) VALUES (?)", (feed(site, ("/a", 2)),))
    desk.forget(look(desk).ids)
    feed(site, ("/a", 3))
    due(desk)
    assert look(desk).articles == 0


def test_of_a_sitemap_what_was_changed_of_late_is_fetched(desk, site):
    from retold.workspace.times import now

    rows = f"<url><loc>{site.base}/a</loc><lastmod>{now()}</lastmod></url><url><loc>{site.base}/old</loc><lastmod>2020-01-01</lastmod></url>"
    site.says("/a", page("A", TEXT.format("Sandwick")))
    index = site.says("/index", f"<sitemapindex><sitemap><loc>{site.base}/map</loc></sitemap></sitemapindex>", Content_Type="text/xml")
    site.says("/map", f"<urlset>{rows}</urlset>", Content_Type="text/xml")
    desk.database.run("INSERT INTO feeds (url) VALUES (?)", (index,))
    assert look(desk).articles == 1
    assert "/old" not in site.asked


def test_the_command_looks_once(desk, site, tmp_path, capsys):
    assert main(["watch", "--once", "-q", "--desk", str(tmp_path / "desk")]) == 0
    assert "nothing to watch yet" in capsys.readouterr().err
    site.says("/a", page("A", TEXT.format("Sandwick")))
    desk.database.run("INSERT INTO feeds (url) VALUES (?)", (feed(site, ("/a", 2)),))
    assert main(["watch", "--once", "-q", "--desk", str(tmp_path / "desk"), "--allow-private"]) == 0
    assert "1 new" in capsys.readouterr().err


def test_the_command_stops_cleanly(desk, site, tmp_path, monkeypatch, capsys):
    def stop(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", stop)
    assert main(["watch", "-q", "--desk", str(tmp_path / "desk"), "--every", "30s"]) == 0
    assert "stopped; everything that was added is kept" in capsys.readouterr().err
