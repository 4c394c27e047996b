import json
from collections.abc import Iterator

import pytest

from retold.base.errors import RetoldError
from retold.base.models import Models
from retold.collect.drafts import Draft, Source
from retold.collect.formats import format_of
from retold.collect.rows import read_rows
from retold.collect.settings import CollectSettings


def read(name: str, content: str | bytes, settings: CollectSettings = CollectSettings()) -> Iterator[Draft | RetoldError]:  # noqa: B008
    data = content.encode() if isinstance(content, str) else content
    source = Source(place=name, name=name, data=data)
    try:
        yield from read_rows(source, name.partition(".")[0], format_of(data, name), models=Models(), settings=settings)
    except RetoldError as error:
        yield error


def drafts(name: str, content: str | bytes, **limits: int) -> list[Draft]:
    return [found for found in read(name, content, CollectSettings(**limits)) if isinstance(found, Draft)]


def errors(name: str, content: str | bytes, **limits: int) -> list[str]:
    return [f"{type(e).__name__} {e.message}" for e in read(name, content, CollectSettings(**limits)) if isinstance(e, RetoldError)]


def test_a_line_of_json_is_an_article_with_what_it_says() -> None:
    row = {
        "ID": 7,
        "Content": "Rain\r\nfell.\u00a0",
        "HEADLINE": "Wet",
        "publisher": {"name": "The Isle"},
        "published_at": "11.05.2024",
        "link": "https://isle.example/a#x",
        "lang": "en-GB",
        "byline": ["Ana Ruiz", {"name": "Li Wei"}],
        "more": [1],
    }
    [found] = drafts("a.jsonl", json.dumps(row))
    assert found == Draft(
        text="Rain\r\nfell.\u00a0",
        place="a.jsonl:1",
        stem="a",
        line=1,
        given="7",
        title="Wet",
        outlet="The Isle",
        author="Ana Ruiz, Li Wei",
        published="2024-05-11",
        url="https://isle.example/a",
        language="en",
        witnesses=found.witnesses,
    )
    assert {(w.method, w.score) for w in found.witnesses} == {("given", 1.0)}


def test_a_broken_line_is_one_error_and_the_rest_goes_on() -> None:
    lines = (
        '{"text": "One."}\n{"text": "Tw\n\n[1]\n{"text": 3}\n{"text": " "}\n{"title": "x"}\n{"text": "\\ud800"}\n{"text": "Last."}'
    )
    assert [d.text for d in drafts("a.jsonl", lines)] == ["One.", "Last."]
    assert [d.line for d in drafts("a.jsonl", lines)] == [1, 9]
    assert errors("a.jsonl", lines) == [
        "MalformedError a.jsonl:2: expected JSON, found a fault at column 10; mend it",
        "MalformedError a.jsonl:4: expected an object with a text, found a value of type list; mend the line",
        "MalformedError a.jsonl:5: expected a string of text, found a value of type int; put the text in as one string",
        "EmptyError a.jsonl:6: expected an article, found no text; leave it out",
        "MalformedError a.jsonl:7: expected a column named text, content, body, article or html, found only title; "
        "rename the column that holds the text",
        "MalformedError a.jsonl:8: expected characters, found half a surrogate pair (U+D800); "
        "export the text again; its characters beyond U+FFFF were cut in two",
    ]


def test_a_line_in_another_encoding_spoils_only_itself() -> None:
    data = '{"text": "Łódź"}\n'.encode() + '{"text": "Łódź"}\n'.encode("cp1250")
    assert [d.text for d in drafts("a.jsonl", data)] == ["Łódź"]
    assert errors("a.jsonl", data) == ["EncodingError a.jsonl:2: expected JSON in UTF-8, found other bytes; save the file in UTF-8"]


def test_a_file_without_a_text_column_is_one_error_that_names_what_was_found() -> None:
    expected = [
        "MalformedError {}: expected a column named text, content, body, article or html, found only id, words; "
        "rename the column that holds the text"
    ]
    assert errors("a.jsonl", '{"id": 1, "words": "x"}\n' * 5) == [expected[0].format("a.jsonl")]
    assert errors("a.csv", "id,words\n1,x\n2,y\n") == [expected[0].format("a.csv")]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_lines_with_a_byte_order_mark(mark: str) -> None:
    assert [d.text for d in drafts("a.jsonl", '{"text": "Łódź"}\n{"text": "年"}'.encode(mark))] == ["Łódź", "年"]


def test_json_may_be_a_list_an_object_a_list_within_or_lines() -> None:
    assert [(d.text, d.line) for d in drafts("a.json", '[{"text": "One."}, 2, {"text": "Three."}]')] == [("One.", 1), ("Three.", 3)]
    assert [(d.text, d.line) for d in drafts("a.json", '{"text": "One."}')] == [("One.", 0)]
    assert [d.text for d in drafts("a.json", '{"status": "ok", "articles": [{"content": "One."}, {"content": "Two."}]}')] == [
        "One.",
        "Two.",
    ]
    assert [d.text for d in drafts("a.json", '{"text": "One."}\n{"text": "Two."}\n')] == ["One.", "Two."]


@pytest.mark.parametrize(
    "content", ["{", "", "[[[", "[" * 200_000, "3", '{"a": ' * 20_000, '{"text": "x", "n": ' + "9" * 5_000 + "}"]
)
def test_json_that_is_none_is_an_error(content: str) -> None:
    assert len(errors("a.json", content)) == 1
    assert not drafts("a.json", content)


def test_a_row_with_html_is_read_as_a_page_and_what_the_row_says_goes_first() -> None:
    body = "".join(
        f"<p>The ferry ran aground off Sandwick on Saturday, said witness number {n} of the coast guard.</p>" for n in range(4)
    )
    html = f"<html lang='de'><body><article><h1>Ferry aground</h1>{body}</article></body></html>"
    [found] = drafts("a.jsonl", json.dumps({"html": html, "outlet": "The Isle", "language": "en"}))
    assert found.text.startswith("Ferry aground\nThe ferry ran aground")
    assert (found.outlet, found.language, found.title, found.line) == ("The Isle", "en", "Ferry aground", 1)


def test_what_cannot_be_read_is_kept_as_unparsed() -> None:
    [found] = drafts("a.jsonl", '{"text": "x", "date": "04/05/2024", "language": "Klingon", "url": "isle", "title": ""}')
    assert (found.published, found.language, found.url, found.title) == (None, None, None, "")
    assert [(w.field, w.value, w.method, w.score) for w in found.witnesses] == [
        ("published", "04/05/2024", "unparsed", 0.0),
        ("url", "isle", "unparsed", 0.0),
        ("language", "Klingon", "unparsed", 0.0),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_with_the_delimiter_that_fits(delimiter: str) -> None:
    rows = [["id", "Text", "source"], ["a", '"Rain, snow; hail | fell.\r\nSo ""they"" say.\t"', "The Isle"]]
    [found] = drafts("a.csv", "\r\n".join(delimiter.join(row) for row in rows))
    assert (found.given, found.text, found.outlet, found.line) == (
        "a",
        'Rain, snow; hail | fell.\r\nSo "they" say.\t',
        "The Isle",
        2,
    )


def test_broken_rows_of_a_table_are_errors_of_their_own() -> None:
    table = 'id,text\na,One.\nb,Two, three.\n\nc,"Four\nd,Five.\ne,"Six ""6""."\nf\n'
    assert [d.text for d in drafts("a.csv", table)] == ["One.", "Five.", 'Six "6".']
    assert errors("a.csv", table) == [
        "MalformedError a.csv:3: expected 2 columns, found 3; put quotes round values that hold the delimiter",
        "MalformedError a.csv:5: expected a row, found ',' expected after '\"'; mend its quotes",
        "MalformedError a.csv:8: expected a column named text, content, body, article or html, found only id; "
        "rename the column that holds the text",
    ]


def test_a_quote_that_never_closes_does_not_swallow_the_rest() -> None:
    table = 'id,text\na,"One.\nb,Two.\nc,Three.\n'
    assert [d.text for d in drafts("a.csv", table)] == ["Two.", "Three."]
    assert errors("a.csv", table) == ["MalformedError a.csv:2: expected a row, found unexpected end of data; mend its quotes"]


def test_reading_does_not_start_again_for_ever() -> None:
    found = errors("a.csv", "id,text\n" + 'a,"b"c\n' * 5_000)
    assert len(found) == 101
    assert (
        found[-1]
        == "MalformedError a.csv:102: expected a row, found too many broken rows before it; the rest was left out; mend its quotes"
    )


def test_a_table_in_an_old_encoding_is_read() -> None:
    [found] = drafts("a.csv", "id;text\n1;Burmistrz powiedział, że most zostanie zamknięty. Żółw śpi.\n".encode("cp1250"))
    assert found.text == "Burmistrz powiedział, że most zostanie zamknięty. Żółw śpi."


def test_a_text_beyond_the_limit_is_one_error() -> None:
    assert errors("a.jsonl", '{"text": "12345678901"}\n{"text": "x"}', max_article_characters=10) == [
        "TooLargeError a.jsonl:1: expected an article of at most 10 characters, found 11; "
        "split it into its articles, or raise max_article_characters"
    ]
    assert len(errors("a.csv", "text\n" + "x" * 30 + "\n1\n", max_article_characters=10)) == 1
    assert [d.text for d in drafts("a.csv", "text\n" + "x" * 30 + "\n1\n", max_article_characters=10)] == ["1"]
