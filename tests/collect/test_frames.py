"""Where records begin and end: a broken one costs no other."""

import gzip
import io
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archives import page, record
from retold.base.errors import RetoldError
from retold.collect import frames, streams
from retold.collect.archives import warc_pages
from retold.collect.drafts import Source
from retold.collect.settings import CollectSettings
from retold.collect.streams import Stream

PAGES = {f"https://{name}.example/": page(name, f"The ferry {name} ran aground. Nobody was hurt.") for name in "abc"}
A, B, C = (record(url, body) for url, body in PAGES.items())


def read(data, *, sized=True, **limits):
    stream = Stream(io.BytesIO(data), "x.warc", len(data) if sized else None)
    return [(number, found) for number, _, found in warc_pages(stream, settings=CollectSettings(**limits))]


def told(data, **options):
    return ["error" if isinstance(found, RetoldError) else found.url[8] for _, found in read(data, **options)]


def longer(data, size):
    return data.replace(b"Content-Length: ", b"Content-Length: " + str(size).encode(), 1)


@pytest.mark.parametrize("broken", [
    b"nonsense\r\n\r\n", b"WARC/1.1\r\nWARC-Type: response\r\n\r\n", B.replace(b"Content-Length", b"Content-Width", 1),
    B.replace(b"WARC-Type", b"WARC-Tope"), longer(B, "-"), b"WARC/1.1\r\n" + b"x" * 200_000 + b"\r\n\r\n", longer(B, 9), longer(B, 10**9),
    longer(B, 10**30),
])
@pytest.mark.parametrize("sized", [True, False])
def test_after_a_broken_record_the_next_is_read(broken, sized):
    assert told(A + broken + C, sized=sized) == ["a", "error", "c"]
    assert told(gzip.compress(A) + gzip.compress(broken) + gzip.compress(C)) == ["a", "error", "c"]


def test_a_record_that_claims_more_than_can_be_held_ends_with_its_member():
    endless = longer(record("https://b.example/", b"x" * 3_000_000), 10**9)
    assert told(gzip.compress(A) + gzip.compress(endless) + gzip.compress(C), max_page_bytes=100_000) == ["a", "error", "c"]
    assert told(A + endless + C, max_page_bytes=100_000) == ["a", "error", "c"]


@pytest.mark.parametrize("more", range(1, 60, 3))
def test_a_record_that_claims_a_little_more_takes_nothing_of_the_next(more):
    length = len(B) - B.index(b"HTTP/1.1") - 4
    wrong = B.replace(f"Content-Length: {length}".encode(), f"Content-Length: {length + more}".encode(), 1)
    assert wrong != B and [t for t in told(A + wrong + C) if t != "error"] in (["a", "c"], ["a", "b", "c"])


@pytest.mark.parametrize("cut", [12, 40, 200, -9, -3])
def test_after_a_member_that_breaks_off_the_next_is_read(cut):
    assert told(gzip.compress(A) + gzip.compress(B)[:cut] + gzip.compress(C)) == ["a", "error", "c"]
    assert told(gzip.compress(A) + gzip.compress(C)[:cut]) == ["a", *(["c"] if cut < 0 else []), "error"]  # all of it was there


def test_reading_goes_on_after_a_broken_member_many_pieces_long():
    noise = zlib.compress(bytes(range(256)) * 4000, 0)[11:]
    assert told(gzip.compress(A) + gzip.compress(B)[:60] + noise + gzip.compress(C)) == ["a", "error", "c"]


def test_old_versions_and_bare_line_feeds_are_read():
    assert told(A.replace(b"WARC/1.1", b"WARC/0.18") + B.replace(b"\r\n", b"\n", 8) + C) == ["a", "b", "c"]


def test_numbers_count_what_is_broken_so_that_reading_can_go_on_there():
    data = A + b"nonsense\r\n\r\n" + B + C
    assert [number for number, _ in read(data)] == [1, 2, 3, 4]
    stream = Stream(io.BytesIO(data), "x.warc")
    assert [number for number, _, _ in warc_pages(stream, settings=CollectSettings(), after=2)] == [3, 4]


def test_an_archive_inside_a_page_is_the_page():
    assert told(record("https://n.example/", b"<p>see:\r\n\r\n" + A + b"</p>") + C) == ["n", "c"]


def test_a_file_of_broken_records_is_left_with_a_reason():
    found = read(b"WARC/1.1\r\nno: header\r\n\r\n" * 5_000)
    assert len(found) == frames.MOST_BROKEN + 1 and "at most" in found[-1][1].expected


def test_a_file_of_false_beginnings_takes_bounded_work():
    stream = Stream(io.BytesIO(gzip.compress(A)[:-9] + streams.MEMBER * 300_000 + gzip.compress(C)), "x.warc")
    assert "c" not in [found.url[8] for _, _, found in warc_pages(stream, settings=CollectSettings()) if isinstance(found, Source)]
    assert stream.probed == streams.MOST_PROBED


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(B) - 5), st.binary(min_size=1, max_size=12))
@example(0, b"\n\nWARC/1.1")
def test_damage_to_a_record_costs_no_other(place, damage):
    end = min(len(B) - 4, place + len(damage))
    for whole in (A + B[:place] + damage[:end - place] + B[end:] + C, gzip.compress(A) + damaged(B, place, damage) + gzip.compress(C)):
        found = [found.url[8] for _, found in read(whole) if isinstance(found, Source)]
        assert {"a", "c"} <= set(found), found


def damaged(data, place, damage):
    packed = gzip.compress(data)
    place %= len(packed)
    return packed[:place] + damage[:len(packed) - place] + packed[place + len(damage):]
