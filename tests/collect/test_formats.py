import gzip

import pytest

from retold.base.errors import MalformedError, TooLargeError
from retold.collect.formats import format_of, refuse_binary, unpacked


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"Rain fell.", "a.txt", "text"),
        (b"Rain fell.", "a", "text"),
        (b"# Rain", "a.MD", "text"),
        (b"  <!-- saved --><!DOCTYPE html>", "a", "page"),
        (b'<?xml version="1.0"?><html>', "a.txt", "page"),
        (b"\xef\xbb\xbf<html lang='de'>", "stdin", "page"),
        (b"Rain <html> fell", "a", "text"),
        (b"x", "a.HTM", "page"),
        (b'{"text": "x"}\n{"text": "y"}', "stdin", "lines"),
        (b'{\n "text": "x"}', "stdin", "json"),
        (b'[{"text": "x"}]', "stdin", "json"),
        (b"[1] a footnote", "a", "text"),
        (b"x", "a.jsonl.gz", "lines"),
        (b"x", "a.json", "json"),
        (b"x", "a.TSV", "csv"),
        (b"x", "a.css", "other"),
        (b"{broken}", "a", "text"),
    ],
)
def test_name_and_content_tell_the_format(data: bytes, name: str, expected: str) -> None:
    assert format_of(data, name) == expected


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("story", "text/html", "page"),
        ("story.html", "text/plain", "page"),
        ("api", "application/json", "json"),
        ("rows", "text/csv", "csv"),
    ],
)
def test_what_the_server_says_counts(name: str, media_type: str, expected: str) -> None:
    assert format_of(b"x", name, media_type) == expected


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"PK\x03\x04xx", "ZIP"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"From: <Saved by Blink>\nContent-Type: multipart/related;", "MHTML"),
    ],
)
def test_other_programs_formats_are_named(data: bytes, words: str) -> None:
    with pytest.raises(MalformedError, match=words):
        refuse_binary(data, "x")


def test_an_article_that_begins_with_from_is_no_archive() -> None:
    refuse_binary(b"From: our correspondent\n\nRain fell.", "x")


def test_gzip_is_unpacked_within_the_limit() -> None:
    assert unpacked(gzip.compress(b"Rain fell."), 10, "a.gz") == b"Rain fell."
    with pytest.raises(TooLargeError, match=r"a\.gz: expected at most 9 bytes"):
        unpacked(gzip.compress(b"Rain fell."), 9, "a.gz")
    with pytest.raises(MalformedError, match="broken"):
        unpacked(gzip.compress(b"Rain fell." * 50)[:-9], 10_000, "a.gz")


def test_a_bomb_is_not_unpacked_whole() -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    with pytest.raises(TooLargeError):
        unpacked(bomb, 1000, "bomb.gz")
