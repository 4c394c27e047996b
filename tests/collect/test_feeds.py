import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.base.errors import MalformedError, RetoldError, TooLargeError
from retold.collect.feeds import Feed, kind_of, read_list

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Isle</title>
<item><title>Ferry  aground</title><link>https://isle.example/ferry#top</link><pubDate>Sat, 02 May 2026 10:00:00 +0200</pubDate>
<description>A ferry ran aground.</description></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item><item><title>Local</title><link>file:///etc/passwd</link></item>
<item><guid isPermaLink="true">https://isle.example/dam</guid><title>Dam</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>Dam</title><link href="/dam"/>
<published>2026-05-02T10:00:00Z</published><updated>2026-05-03T10:00:00Z</updated><content type="html">&lt;p&gt;It broke.&lt;/p&gt;</content></entry></feed>"""
OPML = b"""<opml version="2.0"><body><outline text="News"><outline xmlUrl="https://isle.example/rss"/><outline xmlurl="https://post.example/atom"/>
<outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://isle.example/rss"/></outline></body></opml>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://isle.example/ferry</loc><lastmod>2026-05-03</lastmod><news:news><news:publication_date>2026-05-02</news:publication_date>
<news:title>Ferry aground</news:title></news:news></url><url><loc>data:text/html,x</loc></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://isle.example/a.xml.gz</loc></sitemap></sitemapindex>"
BILLION = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_a_feed_has_entries_with_web_addresses():
    found = read_list(RSS, "https://isle.example/rss")
    assert (found.title, [e.url for e in found.entries]) == ("The Isle", ["https://isle.example/ferry", "https://isle.example/dam"])
    assert (found.entries[0].title, found.entries[0].published) == ("Ferry aground", "2026-05-02T10:00:00+02:00")
    assert [type(e).__name__ for e in found.errors] == ["RefusedError", "RefusedError"]


def test_addresses_are_completed_and_updates_told_apart():
    [entry] = read_list(ATOM, "https://post.example/atom").entries
    assert (entry.url, entry.published[:10], entry.updated[:10]) == ("https://post.example/dam", "2026-05-02", "2026-05-03")
    assert "It broke." in entry.content


def test_a_list_of_feeds_names_each_once():
    found = read_list(OPML, "feeds.opml")
    assert (found.further, len(found.errors)) == (("https://isle.example/rss", "https://post.example/atom"), 1)


def test_a_sitemap_and_an_index_are_read():
    found = read_list(SITEMAP, "https://isle.example/sitemap.xml")
    assert [(e.url, e.title, e.published, e.updated) for e in found.entries] == [
        ("https://isle.example/ferry", "Ferry aground", "2026-05-02", "2026-05-03")]
    assert len(found.errors) == 1
    assert read_list(INDEX, "x").further == ("https://isle.example/a.xml.gz",)


@pytest.mark.parametrize("data", [RSS, ATOM, OPML, SITEMAP, INDEX], ids=["rss", "atom", "opml", "sitemap", "index"])
def test_entities_are_refused(data):
    with pytest.raises(MalformedError, match="entities"):
        read_list(BILLION + data.partition(b"?>")[2] if data.startswith(b"<?") else BILLION + data, "x")


def test_deep_nesting_is_refused():
    with pytest.raises(MalformedError, match=r"within each other|depth"):
        read_list(b"<opml>" + b"<outline>" * 100_000, "x")


def test_what_is_too_large_is_refused():
    with pytest.raises(TooLargeError):
        read_list(b"<rss>" + b" " * 11_000_000, "x")


@pytest.mark.parametrize("data", [b"", b"<html><rss>", b"hello", b"\xff\xfe\x00", b"<!-- <rss> --><p>"])
def test_what_is_no_list_is_told(data):
    assert kind_of(data) == ""
    with pytest.raises(MalformedError):
        read_list(data, "x")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([RSS, ATOM, OPML, SITEMAP, INDEX]), st.data())
def test_no_damage_makes_a_reader_crash_or_hang(whole, data):
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        what = data.draw(st.sampled_from([b"", b"<", b">", b"&#x0;", b"&nbsp;", b"<![CDATA[", b"]]>", b"<!--", b'"', b"\xff", b"<item>" * 50, b"\0"]))
        damaged[place:place + data.draw(st.integers(0, 20))] = what
        damaged = damaged or bytearray(b"x")
    try:
        found = read_list(bytes(damaged), "https://isle.example/rss")
        assert isinstance(found, Feed)
        assert all(e.url.startswith(("http://", "https://")) for e in found.entries)
        assert all(url.startswith(("http://", "https://")) for url in found.further)
    except RetoldError:
        pass


@pytest.mark.parametrize("junk", [b"<", b"<a ", b"&", b"<!--", b"<![CDATA[", b"<item><link>", b"<a b='"])
def test_long_junk_takes_no_longer_than_its_length(junk):
    started = time.process_time()
    with contextlib.suppress(RetoldError):
        read_list(b"<rss><channel>" + junk * (300_000 // len(junk)), "x")
    assert time.process_time() - started < 2  # 0.2 s on an idle machine
