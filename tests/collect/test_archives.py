import gzip
import io
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import page, record, wacz, warc
from retold.base.errors import InputError, MalformedError, RetoldError, TooLargeError
from retold.collect.archives import members, package, warc_pages
from retold.collect.drafts import Source
from retold.collect.settings import CollectSettings
from retold.collect.streams import BOMB_FROM, Stream, lines, reading

PAGE = page("Ferry", "A ferry ran aground. Nobody was hurt.")
A, B = "https://a.example/ferry", "https://b.example/ferry"


def read(data, after=0, **limits):
    return [(n, when, found) for n, when, found in warc_pages(Stream(io.BytesIO(data), "x.warc"), settings=CollectSettings(**limits), after=after)]


def pages(data, **limits):
    return [found for _, _, found in read(data, **limits) if isinstance(found, Source)]


def errors(data, **limits):
    return [found for _, _, found in read(data, **limits) if isinstance(found, RetoldError)]


@pytest.mark.parametrize("ending", ["warc", "warc.gz"])
def test_pages_are_read_and_everything_else_passed_over(tmp_path, ending):
    path = warc(
        tmp_path / f"x.{ending}", record("https://a.example/warcinfo", b"software: x", kind="warcinfo"), record(A, PAGE),
        record("https://a.example/p.png", b"\x89PNG", media_type="image/png"), record("https://a.example/gone", PAGE, status=404),
        record("https://a.example/robots.txt", b"User-agent: *", media_type="text/plain"), record(B, PAGE, kind="resource", media_type="text/html"),
    )
    with reading(path) as stream:
        found = list(warc_pages(stream, settings=CollectSettings()))
    assert [(n, when[:19], s.url, s.data) for n, when, s in found] == [
        (1, "2026-03-01T10:00:00", A, PAGE), (5, "2026-03-01T10:00:00", B, PAGE)]


def test_reading_goes_on_after_a_record():
    data = record(A, PAGE) + record(B, PAGE)
    assert [(n, s.url) for n, _, s in read(data, after=1)] == [(2, B)]


@pytest.mark.parametrize(
    ("packing", "body"), [("gzip", gzip.compress(PAGE)), ("deflate", zlib.compress(PAGE)), ("", PAGE), ("br", None)],
)
def test_what_servers_packed_is_unpacked(packing, body):
    import brotli

    assert [s.data for s in pages(record(A, body or brotli.compress(PAGE), Content_Encoding=packing))] == [PAGE]


def test_chunks_are_put_together_and_left_alone_where_they_are_none():
    chunked = b"5\r\n" + PAGE[:5] + b"\r\n" + f"{len(PAGE) - 5:x};x=y\r\n".encode() + PAGE[5:] + b"\r\n0\r\n\r\n"
    data = record(A, chunked, Transfer_Encoding="chunked") + record(B, PAGE, Transfer_Encoding="chunked")
    assert [s.data for s in pages(data)] == [PAGE, PAGE]


@pytest.mark.parametrize("packing", ["gzip", "br"])
def test_a_bomb_in_a_page_is_refused_in_bounded_memory_and_the_next_page_is_read(packing):
    import brotli

    body = gzip.compress(bytes(100_000_000)) if packing == "gzip" else brotli.compress(bytes(100_000_000), quality=2)
    data = record(A, body, Content_Encoding=packing) + record(B, PAGE)
    tracemalloc.start()
    found = [found for _, _, found in read(data, max_page_bytes=1_000_000)]
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    assert isinstance(found[0], TooLargeError) and found[1].data == PAGE


def test_a_page_too_long_is_refused_and_the_next_page_is_read():
    data = record(A, PAGE + b"x" * 2_000_000) + record(B, PAGE)
    assert [type(found) for _, _, found in read(data, max_page_bytes=1_000_000)] == [TooLargeError, Source]


def test_an_endless_record_and_a_broken_one_are_told_with_a_reason():
    endless = record(A, PAGE) + record(B, PAGE, length=10**15)
    assert [s.url for s in pages(endless)] == [A]
    assert "cut short" in errors(endless)[0].found
    broken = record(A, PAGE) + b"nonsense\r\n\r\n" + record(B, PAGE)
    [error] = errors(broken)
    assert isinstance(error, MalformedError) and error.where == "x.warc:2"
    assert [s.url for s in pages(broken)] == [A, B]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "", "http://"])
def test_a_page_without_a_web_address_is_refused(url):
    assert [type(found) for found in errors(record(url, PAGE))] == [MalformedError] or url == "http://"


def test_a_gzip_bomb_is_refused_early():
    bomb = gzip.compress(bytes(100_000_000))
    stream = Stream(io.BytesIO(bomb * 1000), "x.warc.gz")
    [error] = [found for _, _, found in warc_pages(stream, settings=CollectSettings())]
    assert isinstance(error, TooLargeError) or "WARC" in error.found
    with pytest.raises(TooLargeError, match="bomb"):
        while stream.read():
            pass
    assert stream.given < 2 * BOMB_FROM


def test_a_stream_gives_what_was_packed_in_any_number_of_members_and_tells_what_is_cut_short():
    whole = Stream(io.BytesIO(gzip.compress(b"abc") + gzip.compress(b"") + gzip.compress(b"def") + b"\0\0"), "x")
    assert b"".join(iter(lambda: whole.read(2), b"")) == b"abcdef"
    cut = Stream(io.BytesIO(gzip.compress(b"abc" * 1000)[:-9]), "x")
    with pytest.raises(MalformedError, match="cut short"):
        while cut.read(10):
            pass


@given(st.binary(max_size=300), st.integers(1, 20))
def test_lines_are_those_of_split(data, most):
    want = data.split(b"\n")
    want = want if want[-1] else want[:-1]
    assert [line for _, line in lines(Stream(io.BytesIO(data if not data.startswith(b"\x1f\x8b") else b""), "x"), most)] == [
        line if len(line) <= most else None for line in (want if not data.startswith(b"\x1f\x8b") else [])]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_an_archive_makes_its_reader_crash_or_hang(data):
    whole = bytearray(record(A, PAGE) + record(B, gzip.compress(PAGE), Content_Encoding="gzip"))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(whole) - 1))
        what = data.draw(st.sampled_from([b"", b"\0", b"\r\n", b"\xff", b"Content-Length: 99999999999999999999\r\n", b"WARC/1.0\r\n", b"-1"]))
        whole[place:place + data.draw(st.integers(0, 30))] = what
        whole = whole or bytearray(b"x")
    packed = data.draw(st.sampled_from([bytes(whole), gzip.compress(bytes(whole)), gzip.compress(bytes(whole))[:-20]]))
    for _, _, found in read(packed):
        assert isinstance(found, Source | RetoldError)


# ---- packages -----------------------------------------------------------------------------------------------------


def listed(path):
    with package(path) as found:
        return [i if isinstance(i, InputError) else i.filename for i in members(found, str(path))]


def test_the_archives_in_a_package_are_found(tmp_path):
    assert listed(wacz(tmp_path / "x.wacz", {"archive/data.warc.gz": b"", "pages/pages.jsonl": b"{}"})) == ["archive/data.warc.gz"]


@pytest.mark.parametrize("name", ["../x.warc", "/etc/x.warc", "a/../../x.warc", "C:\\x.warc", "..\\x.warc"])
def test_paths_that_lead_out_of_a_package_are_refused(tmp_path, name):
    [error, fine] = listed(wacz(tmp_path / "x.wacz", {name: b"", "archive/data.warc": b""}))
    assert "leads out" in error.found and fine == "archive/data.warc"


def test_links_and_bombs_in_a_package_are_refused(tmp_path):
    path = wacz(tmp_path / "x.wacz", {"archive/bomb.warc": bytes(100_000_000)})
    with zipfile.ZipFile(path, "a") as found:
        link = zipfile.ZipInfo("archive/link.warc")
        link.external_attr = 0o120777 << 16
        found.writestr(link, "/etc/passwd")
    assert [error.found for error in listed(path)] == ["a decompression bomb", "a link"]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_damage_to_a_package_makes_its_reader_crash_or_hang(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("w") / "x.wacz"
    whole = bytearray(wacz(path, {"archive/data.warc.gz": gzip.compress(record(A, PAGE))}).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place:place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        whole = whole or bytearray(b"x")
    path.write_bytes(whole)
    try:
        for name in listed(path):
            assert isinstance(name, str | InputError)
    except InputError:
        pass
