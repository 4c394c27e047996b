import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import page, record, wacz, warc
from retold.base.models import Models
from retold.collect.settings import CollectSettings
from retold.workspace import FetchSettings
from retold.workspace.intake import Intake

FERRY = "A ferry ran aground off Sandwick on Monday, the coast guard said. All 41 passengers were taken to the harbour by boat.\nThe captain, Ona Reed, said the engine had failed."
DAM = "The dam at Orlen cracked on Monday, the river authority said. Engineers found a crack of 14 metres in the lower wall.\nNobody was hurt."
NEAR = FetchSettings(allow_private=True, host_delay=0)


def rows(path, *found):
    data = "".join(json.dumps(row) + "\n" for row in found).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("ending", ["warc", "warc.gz"])
def test_a_web_archive_is_added_page_by_page_dated_by_its_capture(desk, tmp_path, ending):
    path = warc(tmp_path / f"x.{ending}", record("https://a.example/ferry", page("Ferry", FERRY)),
                record("https://b.example/dam", page("Dam", DAM)), record("https://b.example/empty", b"<html></html>"))
    added = desk.add(path)
    assert (added.articles, added.failures) == (2, 1)
    [version] = desk.versions(added.ids[0])
    assert (version.article.url, version.captured) == ("https://a.example/ferry", "2026-03-01T10:00:00Z")
    assert desk.original(added.ids[0]) == page("Ferry", FERRY)
    assert desk.add(path).unchanged == 2


def test_captures_of_one_page_are_versions_in_the_order_of_their_dates(desk, tmp_path):
    url = "https://a.example/ferry"
    texts = {day: FERRY.replace("41", str(40 + day)) for day in (1, 2, 3)}
    captures = [record(url, page("Ferry", texts[day]), date=f"2026-03-0{day}T10:00:00Z") for day in (2, 3, 1)]
    added = desk.add(warc(tmp_path / "x.warc", *captures))
    assert (added.articles, added.versions) == (1, 2)
    assert [v.captured[:10] for v in desk.versions(added.ids[0])] == ["2026-03-01", "2026-03-02", "2026-03-03"]
    assert "All 43 passengers" in desk.article(added.ids[0]).text


def test_a_package_is_added(desk, tmp_path):
    data = gzip.compress(record("https://a.example/ferry", page("Ferry", FERRY)))
    added = desk.add(wacz(tmp_path / "x.wacz", {"archive/data.warc.gz": data, "archive/../../y.warc": b""}))
    assert (added.articles, added.failures) == (1, 1)
    assert "leads out" in added.failed[0].message


def test_tables_are_added_row_by_row_with_the_very_bytes(desk, tmp_path):
    added = desk.add(rows(tmp_path / "x.jsonl.gz", {"id": "a", "text": FERRY}, {"text": ""}, {"id": "b", "text": DAM}))
    assert (added.ids, added.failures) == (["a", "b"], 1)
    assert desk.original("a") == json.dumps({"id": "a", "text": FERRY}).encode()
    pq.write_table(pa.table({"id": ["c"], "text": [FERRY + " Again."], "embedding": [[1.0, 2.0]]}), tmp_path / "y.parquet")
    assert desk.add(tmp_path / "y.parquet").ids == ["c"]


def test_a_table_without_a_text_is_one_failure(desk, tmp_path):
    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "y.parquet")
    added = desk.add([tmp_path / "y.parquet", rows(tmp_path / "x.jsonl", *({"a": n} for n in range(200)))])
    assert added.articles == 0
    assert "a column named text" in added.failed[0].message
    assert added.failures <= 102


def test_reading_goes_on_where_it_broke_off(desk, tmp_path, monkeypatch):
    path = rows(tmp_path / "x.jsonl", *({"id": f"a{n}", "text": f"{FERRY} {n}"} for n in range(50)))
    seen = []
    real = Intake.numbered

    def stop(self, found, cursor):
        for item in real(self, found, cursor):
            seen.append(item[1].number)
            if len(seen) == 40:
                raise KeyboardInterrupt
            yield item

    monkeypatch.setattr(Intake, "numbered", stop)
    monkeypatch.setattr("retold.workspace.chunks.AT_ONCE", 16)
    with pytest.raises(KeyboardInterrupt):
        desk.add(path)
    added = desk.add(path)
    assert seen[40] == 33  # two transactions of 16 were written
    assert (added.articles, added.unchanged) == (18, 0)
    assert desk.check().articles == 50


def test_a_link_out_of_the_folder_is_refused(desk, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text(DAM, "utf-8")
    (tmp_path / "in/a.txt").write_text(FERRY, "utf-8")
    (tmp_path / "in/b.txt").symlink_to(tmp_path / "secret.txt")
    added = desk.add(tmp_path / "in")
    assert (added.articles, added.failures) == (1, 1)
    assert "a link that leads out of it" in added.failed[0].message


def test_the_same_file_elsewhere_is_the_same_article_and_a_copy_under_another_name_is_not(desk, tmp_path):
    for folder, name in (("one", "a.txt"), ("two", "a.txt"), ("two", "b.txt")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(FERRY, "utf-8")
    assert desk.add(tmp_path / "one").articles == 1
    added = desk.add(tmp_path / "two")
    assert (added.articles, added.unchanged) == (1, 1)


def feed(site, *paths):
    items = "".join(f"<item><title>T</title><link>{site.base}{path}</link><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>" for path in paths)
    return f"<rss version='2.0'><channel><title>The Isle</title>{items}</channel></rss>"


def test_a_feed_a_list_of_feeds_and_a_sitemap_lead_to_their_pages(desk, site, tmp_path):
    for path, text in (("/ferry", FERRY), ("/dam", DAM), ("/fair", FERRY.replace("ferry", "tram"))):
        site.says(path, page(path, text))
    site.says("/feed.xml", feed(site, "/ferry", "/gone"), Content_Type="application/rss+xml")
    site.says("/map.xml", f"<urlset><url><loc>{site.base}/fair</loc></url></urlset>", Content_Type="application/xml")
    index = f"<sitemapindex><sitemap><loc>{site.base}/map.xml</loc></sitemap></sitemapindex>"
    (tmp_path / "feeds.opml").write_text(f"<opml><body><outline xmlUrl='{site.base}/feed.xml'/></body></opml>", "utf-8")
    (tmp_path / "sitemap.xml").write_text(index, "utf-8")
    (tmp_path / "feed.xml").write_text(feed(site, "/dam"), "utf-8")
    added = desk.add([tmp_path / "feeds.opml", tmp_path / "sitemap.xml", tmp_path / "feed.xml"], fetch=NEAR)
    assert (added.articles, added.failures) == (3, 1)
    assert {desk.article(i).published for i in added.ids} == {"2026-03-02T09:00:00+00:00", None}
    assert [row[0] for row in desk.database.rows("SELECT url FROM feeds ORDER BY url")] == [f"{site.base}/feed.xml", f"{site.base}/map.xml"]


def test_what_a_feed_says_stands_in_for_a_page_that_cannot_be_had(desk, site):
    item = f"<item><title>Ferry</title><link>{site.base}/wall</link><description><![CDATA[<p>{FERRY}</p><p>{DAM}</p><p>{FERRY}</p>]]></description></item>"
    url = site.says("/feed", f"<rss><channel>{item}</channel></rss>", Content_Type="text/xml")
    site.says("/wall", "pay", status=402)
    added = desk.add(url, fetch=NEAR)
    assert (added.articles, added.failures) == (1, 1)
    assert desk.article(added.ids[0]).method == "feed"


def test_a_page_cannot_pass_for_a_version_of_another_sites(desk, site):
    html = page("Ferry", FERRY).replace(b"<head>", b'<head><link rel="canonical" href="https://wire.example/ferry">')
    added = desk.add(site.says("/ferry", html), fetch=NEAR)
    assert desk.article(added.ids[0]).url == f"{site.base}/ferry"


def test_private_addresses_are_refused_in_feeds_too(desk, site, tmp_path):
    site.says("/ferry", page("Ferry", FERRY))
    (tmp_path / "feed.xml").write_text(feed(site, "/ferry"), "utf-8")
    added = desk.add(tmp_path / "feed.xml")
    assert (added.articles, added.failures, site.asked) == (0, 1, [])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["x.jsonl", "x.jsonl.gz", "x.csv", "x.json", "x.parquet", "x.warc", "x.wacz", "x.xml", "x.opml", "x.html", "x.txt", "x"]), st.binary(max_size=200), st.booleans())
def test_no_bytes_under_any_name_make_a_reader_crash(tmp_path_factory, name, data, packed):
    path = tmp_path_factory.mktemp("f") / name
    path.write_bytes(gzip.compress(data) if packed else data)
    intake = Intake(Models(), CollectSettings(), lambda words: None, lambda place, mark: 0)
    for thing, _ in intake.items([path]):
        assert thing is None or hasattr(thing, "place") or hasattr(thing, "message")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["jsonl", "json", "csv", "parquet"]), st.data())
def test_no_damage_to_a_table_makes_its_reader_crash_or_hang(tmp_path_factory, kind, data):
    path = tmp_path_factory.mktemp("t") / f"x.{kind}"
    if kind == "parquet":
        pq.write_table(pa.table({"id": ["a", "b"], "text": [FERRY, DAM]}), path)
    elif kind == "csv":
        path.write_text(f'id,text\na,"{FERRY}"\nb,"{DAM}"\n', "utf-8")
    else:
        found = [{"id": "a", "text": FERRY}, {"id": "b", "text": DAM}]
        path.write_text(json.dumps(found) if kind == "json" else "".join(json.dumps(row) + "\n" for row in found), "utf-8")
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place:place + data.draw(st.integers(0, 20))] = data.draw(st.sampled_from([b"", b"\0", b'"', b"\n", b"\xff\xfe", b"[" * 2000, b"{", b"\x1f\x8b", b"9" * 5000]))
        whole = whole or bytearray(b"x")
    path.write_bytes(whole)
    intake = Intake(Models(), CollectSettings(), lambda words: None, lambda place, mark: 0)
    for thing, _ in intake.items([path]):
        assert thing is None or hasattr(thing, "place") or hasattr(thing, "message")
