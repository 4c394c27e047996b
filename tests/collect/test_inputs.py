import gzip
import json
import os
import sys
from io import BytesIO
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.base.errors import SettingsError
from retold.base.models import Models
from retold.base.records import Article, Failure, Metadata
from retold.base.tables import Batch
from retold.collect.inputs import CollectSettings, collect, collect_records
from retold.collect.places import printable

TRICKY = "Łódź 🚢\r\n\r\nشاطئ\u200f – c\u0301afe\u0301\u00a0«да»\u2028年\t\x85 end \n"
SPLIT = "; split it into its articles, or raise the limit in the settings"
HTML = (
    "<!DOCTYPE html><html lang='pl'><head><title>Prom na mieliźnie | Gazeta Portowa</title></head>"
    "<body><article><h1>Prom na mieliźnie</h1>"
    + "<p>Prom ze stu dwudziestoma osobami na pokładzie osiadł w sobotę na mieliźnie, podała straż przybrzeżna.</p>" * 3
    + "</article></body></html>"
)


def run(*inputs: str | Path, limits: CollectSettings = CollectSettings(), stdin: bytes = b"") -> Batch:  # noqa: B008
    return collect([str(i) for i in inputs], models=Models(), settings=limits, stdin=BytesIO(stdin))


def ids(batch: Batch) -> list[str]:
    return [article.id for article in batch.get(Article)]


def failures(batch: Batch, folder: Path | str = "") -> list[str]:
    assert {f.stage for f in batch.get(Failure)} <= {"collect"}
    return [f"{f.error} {f.message}".replace(f"{folder}/", "") for f in batch.get(Failure)]


def test_a_mix_of_inputs_becomes_articles_in_the_order_of_their_ids(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "b.txt").write_text("Rain fell.")
    (tmp_path / "folder" / "page.html").write_text(HTML)
    (tmp_path / "folder" / "rows.jsonl").write_text('{"text": "One."}\n{"text": "Two.", "id": "a"}')
    (tmp_path / "rows.csv.gz").write_bytes(gzip.compress(b"id;text\nz;Three.\n"))
    batch = run(tmp_path / "rows.csv.gz", "-", tmp_path / "folder", tmp_path / "b.txt", stdin=b"Snow fell.")
    assert [(a.id, a.method) for a in batch.get(Article)] == [
        ("a", "given"),
        ("b", "text: utf-8"),
        ("page", "page: trafilatura"),
        ("rows:1", "given"),
        ("stdin", "text: utf-8"),
        ("z", "given"),
    ]
    assert failures(batch) == []
    assert [a.place.replace(str(tmp_path), "") for a in batch.get(Article)] == [
        "/folder/rows.jsonl:2",
        "/b.txt",
        "/folder/page.html",
        "/folder/rows.jsonl:1",
        "-",
        "/rows.csv.gz:2",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_the_text_of_a_file_is_exactly_what_it_says(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TRICKY.encode(encoding))
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "b", "text": TRICKY}))
    assert [a.text for a in run(tmp_path).get(Article)] == [TRICKY, TRICKY]


def test_the_order_of_the_inputs_makes_no_difference(tmp_path: Path) -> None:
    for name, text in {
        "x/a.txt": "One.",
        "y/a.txt": "Two.",
        "z.jsonl": '{"id": "a", "text": "3"}\n{"id": "a", "text": "4"}\n{',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    inputs = [tmp_path / "x", tmp_path / "y" / "a.txt", tmp_path / "z.jsonl", tmp_path / "none", tmp_path / "x" / "a.txt"]
    first, *others = [run(*order).tables() for order in list(permutations(inputs))[::17]]
    assert all(other == first for other in others)
    assert [a["id"] for a in first["articles"].to_pylist()] == ["a", "a#2", "a-2", "a-3"]


def test_one_broken_file_among_good_ones(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "c.txt").write_text("Snow fell.")
    batch = run(tmp_path)
    assert ids(batch) == ["a", "c"]
    assert failures(batch, tmp_path) == [
        "MalformedError b.txt: expected text, a web page or a table, found a PNG image; save the article as plain text or HTML"
    ]
    assert batch.get(Failure)[0].place == str(tmp_path / "b.txt")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("empty.txt", b"", "EmptyError empty.txt: expected an article, found 0 bytes; leave it out"),
        ("blank.txt", b" \r\n\t", "EmptyError blank.txt: expected an article, found only white space; leave it out"),
        ("space.txt", "\u00a0\u2003".encode(), "EmptyError space.txt: expected an article, found no text; leave it out"),
        (
            "x.bin",
            b"\x00\x01\x02\x03" * 99,
            "EncodingError x.bin: expected text, found bytes that are no text in any encoding we know; "
            "save it as plain text in UTF-8, or leave it out",
        ),
        (
            "x.pdf",
            b"%PDF-1.4",
            "MalformedError x.pdf: expected text, a web page or a table, found a PDF; save the article as plain text or HTML",
        ),
        ("x.gz", b"\x1f\x8b\x08broken", "MalformedError x.gz: expected a gzip file, found a broken one "),
        (
            "style.css",
            b"p { color: red }",
            "MalformedError style.css: expected text, a web page or a table, found a file for programs; leave it out",
        ),
        (
            "menu.html",
            b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
            "EmptyError menu.html: expected an article, found a page without one; ",
        ),
        (
            "rows.jsonl",
            b'{"headline": "x"}',
            "MalformedError rows.jsonl: expected a column named text, content, body, article or html, found only headline; ",
        ),
        (
            "rows.csv",
            b"id,headline\n1,x",
            "MalformedError rows.csv: expected a column named text, content, body, article or html, found only id, headline; ",
        ),
    ],
)
def test_bad_files_are_one_failure_each_with_advice(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(data)
    batch = run(tmp_path / name)
    assert ids(batch) == []
    [found] = failures(batch, tmp_path)
    assert found.startswith(expected)


def test_fifty_megabytes_of_text_are_too_large(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_000)
    (tmp_path / "b").write_bytes(b"Rain fell. " * 2_000_000)
    assert failures(run(tmp_path), tmp_path) == [
        "TooLargeError a.txt: expected at most 20,000,000 bytes, found 50,000,000" + SPLIT,
        "TooLargeError b: expected at most 20,000,000 bytes, found more" + SPLIT,
    ]


def test_one_article_of_more_than_two_million_characters_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 2_000_001)
    assert failures(run(tmp_path), tmp_path)[0].startswith(
        "TooLargeError a.txt: expected an article of at most 2,000,000 characters, found 2,000,001"
    )


def test_a_broken_byte_is_said_and_the_rest_is_used(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Żółta łódź płynie powoli. ".encode() * 5 + b"\xff")
    batch = run(tmp_path)
    assert batch.get(Article)[0].text.endswith("płynie powoli. \ufffd")
    assert failures(batch, tmp_path) == [
        "MalformedError a.txt: expected text in utf-8, found 1 broken bytes, shown as \ufffd; "
        "get the file again; the rest of it was used"
    ]


def test_the_same_article_twice_is_counted_once(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"id": "a", "text": "Rain."}\n{"id": "a", "text": "Rain."}')
    (tmp_path / "b.txt").write_text("Snow.")
    batch = run(tmp_path, tmp_path / "b.txt", "-", "-", stdin=b"Hail.")
    assert ids(batch) == ["a", "b", "stdin"]
    assert [f.partition(" ")[0] for f in failures(batch)] == ["DuplicateInput"] * 3


def test_a_verbatim_copy_stays_two_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    (tmp_path / "b.txt").write_text("Rain.")
    assert ids(run(tmp_path)) == ["a", "b"]


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    batch = run(tmp_path / "none.txt", "", "a\x00b", "x" * 5000, tmp_path / "empty")
    assert sorted(f.partition(" ")[0] for f in failures(batch)) == [
        "EmptyError",
        "InputError",
        "NotFoundError",
        "NotFoundError",
        "NotFoundError",
    ]


def test_a_lone_string_or_path_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    assert ids(collect(str(tmp_path), models=Models())) == ["a"]
    assert ids(collect([tmp_path / "a.txt"], models=Models())) == ["a"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"text": "One."}\n{"text": "Two."}', ["stdin:1", "stdin:2"]),
        (HTML.encode(), ["stdin"]),
        (b"Rain.", ["stdin"]),
        (b'[{"text": "One."}]', ["stdin:1"]),
    ],
)
def test_standard_input_is_told_by_its_content(data: bytes, expected: list[str]) -> None:
    assert ids(run("-", stdin=data)) == expected


def test_metadata_says_how_it_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML)
    batch = run(tmp_path)
    [article] = batch.get(Article)
    rows = {m.field: m for m in reversed(batch.get(Metadata))}
    assert (article.title, article.outlet, article.language) == ("Prom na mieliźnie", "Gazeta Portowa", "pl")
    assert article.text[rows["title"].start : rows["title"].end] == "Prom na mieliźnie"
    assert (rows["outlet"].method, rows["outlet"].score, rows["outlet"].start) == ("title suffix", 0.6, -1)
    assert rows["language"].method == "html lang"


def test_rows_and_strings_in_python() -> None:
    rows = [
        {"id": "b", "text": "Rain.", "published": "soon"},
        "Snow.",
        {"title": "x"},
        3,
        {"text": "a\ud800"},
        {"text": "x", "title": 10**5000},
    ]
    batch = collect_records(rows, models=Models())  # type: ignore[list-item]
    assert ids(batch) == ["b", "row:2", "row:6"]
    assert [(m.field, m.value, m.method, m.score) for m in batch.get(Metadata)] == [("published", "soon", "unparsed", 0.0)]
    assert [(f.place, f.error) for f in batch.get(Failure)][:3] == [
        ("row:3", "MalformedError"),
        ("row:4", "MalformedError"),
        ("row:5", "MalformedError"),
    ]
    assert len(batch.get(Failure)) == 3


def test_rows_beside_inputs_share_their_ids(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    assert ids(collect([str(tmp_path)], rows=[{"id": "a", "text": "Snow."}], models=Models())) == ["a", "a-2"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_no_text_can_still_be_stored(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text("Rain.")
    (tmp_path / "a\nb\x1b[31m.txt").write_bytes(b"")
    batch = run(tmp_path)
    tables = batch.tables()
    assert tables["articles"].to_pylist()[0]["id"] == "\\udcff\\udcfe"
    assert "\n" not in batch.get(Failure)[0].message
    assert "\x1b" not in batch.get(Failure)[0].message


def test_progress_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    told: list[str] = []
    collect(["-", str(tmp_path), "http://user:pw@10.0.0.1/"], models=Models(), stdin=BytesIO(b"x"), progress=told.append)
    assert told == ["reading standard input", f"reading {tmp_path}/a.txt", "fetching http://10.0.0.1/"]


def test_urls_that_fail_are_failures_without_credentials() -> None:
    batch = run("http://10.0.0.1/a", "ftp://a.example/", "http://u:secret@a.example/", "http://10.0.0.1/a")
    assert [(f.place, f.error) for f in batch.get(Failure)] == [
        ("ftp://a.example/", "RefusedError"),
        ("http://10.0.0.1/a", "DuplicateInput"),
        ("http://10.0.0.1/a", "RefusedError"),
        ("http://a.example/", "RefusedError"),
    ]
    assert "secret" not in "".join(failures(batch))


def test_an_extractor_that_is_none_is_told_before_work_starts() -> None:
    with pytest.raises(SettingsError):
        collect([], models=Models(extractor="retold.none:Extractor"))


def test_nothing_is_an_empty_batch() -> None:
    assert run().tables() == {}


@given(
    name=st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.gz", "a", "a.csv.gz"]),
    head=st.sampled_from(
        [
            b"",
            b"<html><body><p>",
            b'{"text": "',
            b'[{"text": "',
            b"id,text\n",
            b"\x1f\x8b\x08\x00",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b'text\n"',
        ]
    ),
    body=st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_collect_fail(tmp_path_factory: pytest.TempPathFactory, name: str, head: bytes, body: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(head + body)
    batch = run(path, "-", stdin=head + body)
    assert batch.get(Article) or batch.get(Failure)
    batch.tables()
    assert len({a.id for a in batch.get(Article)}) == len(batch.get(Article))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
        lambda s: st.lists(s, max_size=3) | st.dictionaries(st.text(max_size=5), s, max_size=3),
    ),
    st.sampled_from(["text", "title", "published", "url", "source", "language", "id", "author", "html"]),
)
@settings(max_examples=100, deadline=None)
def test_no_value_makes_a_row_fail(value: object, column: str) -> None:
    batch = collect_records([{"text": "Rain.", column: value}], models=Models())
    batch.tables()
    assert batch.get(Article) or batch.get(Failure)


@given(st.text())
def test_what_is_printable_is_one_line_that_can_be_stored(text: str) -> None:
    shown = printable(text)
    shown.encode()
    assert shown.isprintable()


@pytest.mark.parametrize(("text", "found"), [
    ('<?xml version="1.0"?><rss version="2.0"><channel><title>A</title></channel></rss>', "a feed"),
    ('\ufeff\n<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title></feed>', "a feed"),
    ('<?xml version="1.0"?><opml version="2.0"><body/></opml>', "a list of feeds (OPML)"),
    ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "a sitemap"),
])
def test_a_feed_is_no_article_and_is_shown_where_it_belongs(tmp_path: Path, text: str, found: str) -> None:
    (tmp_path / "news.xml").write_text(text, "utf-8")
    batch = run(tmp_path / "news.xml")
    assert not batch.get(Article)
    assert failures(batch, tmp_path) == [
        f"MalformedError news.xml: expected text, a web page or a table, found {found}; add it to a workspace: retold add"]


def test_a_text_that_speaks_of_a_feed_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("How feeds work\n\nEvery feed begins with <rss> and ends with </rss>, the engineer said.", "utf-8")
    assert ids(run(tmp_path / "a.txt")) == ["a"]


def test_the_columns_of_other_tools_are_known(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Headline,Full text,Newspaper,Day\nDam breaks,The dam broke on Monday.,Fell Gazette,2026-05-04\n", "utf-8")
    [found] = run(tmp_path / "t.csv").get(Article)
    assert (found.title, found.outlet, found.published) == ("Dam breaks", "Fell Gazette", "2026-05-04")


def test_an_emoji_of_several_people_stays_whole() -> None:
    assert printable("fire 👩‍🚒.txt") == "fire 👩‍🚒.txt"
