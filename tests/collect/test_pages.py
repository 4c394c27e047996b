import time

import pytest

from retold.base.errors import EmptyError, MalformedError, RetoldError, TooLargeError
from retold.base.models import Models, Page
from retold.collect.drafts import Source
from retold.collect.markup import declared_charset
from retold.collect.pages import ArticleExtractor, page_draft, read_page
from retold.collect.settings import CollectSettings

PARAGRAPHS = (
    "A ferry with 120 people on board ran aground off Sandwick on Saturday morning, the coast guard said.",
    "Nobody was hurt, a spokeswoman told the Harbour Gazette. “We were lucky,” she added.",
    "The vessel is expected to be towed to the yard on Sunday, once the tide allows it.",
)
JSON_LD = """{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Front"}, {"@type": ["NewsArticle"],
 "headline": "Ferry runs aground off Sandwick", "datePublished": "2024-05-11T10:00:00+02:00", "inLanguage": "en-GB",
 "author": [{"@type": "Person", "name": "Ana Ruiz"}, "Li Wei"],
 "publisher": {"@type": "Organization", "name": "Sandwick News"}}]}"""


def page(head: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS, heading: str = "Ferry runs aground off Sandwick") -> str:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head><body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav>'
        f"<article><h1>{heading}</h1>{body}</article><footer>© Sandwick News. All rights reserved.</footer></body></html>"
    )


def witnesses(html: str, url: str | None = None) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for witness in ArticleExtractor().read(html, url).witnesses:
        found.setdefault(witness.field, (witness.value, witness.method))
    return found


def draft_of(html: str, extractor: object = "retold.collect.pages:ArticleExtractor", settings: CollectSettings = CollectSettings()):  # noqa: B008
    return page_draft(html, place="a.html", stem="a", url=None, models=Models(extractor=extractor), settings=settings)


def test_the_text_is_the_headline_and_the_paragraphs_one_a_line() -> None:
    found = draft_of(page())
    assert found.text.split("\n") == ["Ferry runs aground off Sandwick", *PARAGRAPHS]
    assert found.title == "Ferry runs aground off Sandwick"
    assert found.method == "page: trafilatura"


def test_a_headline_that_the_text_lacks_is_put_on_its_first_line() -> None:
    class Bare:
        name = "bare"

        def extract(self, html: str, url: str | None) -> Page:
            return Page(text="Rain fell.", title="Wet day", outlet="The Isle")

    found = draft_of("<html>", Bare())
    assert found.text == "Wet day\n\nRain fell."
    assert [(w.field, w.value, w.method, w.score) for w in found.witnesses] == [
        ("title", "Wet day", "bare", 0.7),
        ("outlet", "The Isle", "bare", 0.7),
    ]


def test_structured_data_speaks_first() -> None:
    head = f'<script type="application/ld+json">{JSON_LD}</script><link rel="canonical" href="/news/ferry#top">'
    read = ArticleExtractor().read(page(head), "https://www.sandwick.example/a?x=1")
    assert read.page == Page(
        text=read.page.text,
        title="Ferry runs aground off Sandwick",
        outlet="Sandwick News",
        author="Ana Ruiz, Li Wei",
        published="2024-05-11T10:00:00+02:00",
        language="en",
        url="https://www.sandwick.example/news/ferry",
    )
    sure = {w.field: w.score for w in reversed(read.witnesses)}
    assert sure["published"] > 0.95
    assert ("outlet", "sandwick.example", "host", 0.3) in [(w.field, w.value, w.method, w.score) for w in read.witnesses]


def test_meta_elements_speak_where_there_is_no_structured_data() -> None:
    head = """<title>Ferry runs aground off Sandwick | Sandwick News</title>
    <meta property="og:title" content="Ferry runs aground off Sandwick">
    <meta name="author" content="Ana Ruiz"><meta name="author" content="https://social.example/ana">
    <meta property="article:published_time" content="2024-05-11T08:00:00Z">"""
    found = witnesses(page(head))
    assert found["title"] == ("Ferry runs aground off Sandwick", "meta og:title + h1 + title element")
    assert found["outlet"] == ("Sandwick News", "title suffix")
    assert found["author"] == ("Ana Ruiz", "meta author")
    assert found["published"][0] == "2024-05-11T08:00:00+00:00"
    assert found["language"] == ("en", "html lang")


def test_a_title_loses_the_outlet_behind_it() -> None:
    head = (
        '<meta property="og:title" content="Ferry aground – Sandwick News"><meta property="og:site_name" content="Sandwick News">'
    )
    assert ArticleExtractor().extract(page(head, heading="Ferry aground – Sandwick News"), None).title == "Ferry aground"


def test_a_hyphen_in_a_headline_is_no_outlet() -> None:
    found = witnesses(page("<title>Ferry - an old one - aground off Sandwick harbour wall near the pier</title>", heading=""))
    assert "outlet" not in found


@pytest.mark.parametrize(
    "block",
    [
        "{",
        "[]",
        "null",
        '"x"',
        '{"@type": 3}',
        '{"@type": "NewsArticle", "headline": {"a": []}, "author": [[["x"]]], "publisher": 7}',
        "[" * 50_000,
        '{"@type": "NewsArticle", "datePublished": "soon", "inLanguage": ["xx-klingon", 3], "url": "javascript:alert(1)"}',
        '{"@graph": ' * 5_000 + "1" + "}" * 5_000,
        '{"@type": "NewsArticle", "headline": "' + "x" * 5_000 + '"}',
    ],
)
def test_broken_structured_data_is_passed_over(block: str) -> None:
    found = witnesses(page(f'<script type="application/ld+json">{block}</script>'))
    assert found["title"] == ("Ferry runs aground off Sandwick", "h1")
    assert "author" not in found
    assert "url" not in found


def test_the_date_does_not_depend_on_today() -> None:
    head = '<meta property="article:published_time" content="2031-02-03T04:05:06Z">'
    assert ArticleExtractor().extract(page(head), None).published == "2031-02-03T04:05:06+00:00"


def test_chinese_and_arabic_pages_are_read() -> None:
    chinese = (
        "市长星期二表示，大桥将关闭至三月，因为工程师发现桥墩有裂缝。",
        "他补充说，不能拿人们的生命冒险，维修费用由省政府承担。",
    ) * 2
    arabic = (
        "قال رئيس البلدية يوم الثلاثاء إن الجسر سيبقى مغلقا حتى شهر مارس.",
        "وأضاف أنه لا يمكن المخاطرة بحياة الناس في هذه المدينة.",
    )
    assert draft_of(page(paragraphs=chinese, heading="大桥关闭")).text.startswith("大桥关闭\n市长星期二表示")
    assert arabic[1] in draft_of(page(paragraphs=arabic, heading="إغلاق الجسر")).text


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a><a href='/s'>Sport</a></nav></body></html>",
        "<p>Accept cookies?</p>",
    ],
)
def test_a_page_without_an_article_is_empty(html: str) -> None:
    with pytest.raises((EmptyError, MalformedError), match=r"a\.html: expected"):
        draft_of(html)


def test_a_page_of_links_is_told_so() -> None:
    with pytest.raises(EmptyError, match="found a page without one"):
        draft_of("<html><body>" + "<a href='/x'>More</a> " * 40 + "</body></html>")


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
HOSTILE = {
    "deep": "<html><body>" + "<div>" * 90_000 + "text",
    "very deep": "<b>" * 300_000,
    "wide tag": '<html><body><p class="' + "a" * 3_000_000 + '">text</p>',
    "many attributes": "<html><body><p " + " ".join(f'a{i}="<"' for i in range(200_000)) + ">text</p>",
    "many small tags of attributes": ("<p " + " ".join(f"a{i}" for i in range(1_000)) + ">") * 300,
    "laughs": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><html><body><p>&l9;</p></body></html>',
    "file entity": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>&f;</p></body></html>',
    "open tags": "<a " * 500_000,
    "open quotes": '<a href="' * 300_000,
    "signs": "<" * 300_000,
    "comments": "<!--" * 300_000,
    "scripts": "<script>" * 100_000,
    "tables": "<table><tr><td>" * 10_000,
    "nul": "\x00" * 10_000 + "<p>",
    "encoding": '<?xml version="1.0" encoding="x"?><p>x',
    "surrogate": "<html><body><p>\ud800" + "text " * 50,
    "frameset": "<frameset>" * 1000,
    "character references": "<p>" + "&#xD800;&#0;&#x110000;" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_neither_crashes_nor_hangs(name: str) -> None:
    start = time.process_time()
    try:
        text = draft_of(HOSTILE[name]).text
    except RetoldError as error:
        assert error.where == "a.html"
    else:
        assert "root:" not in text
        assert len(text) < 2_000_000
    assert time.process_time() - start < 5


def test_too_many_tags_and_too_much_text_are_too_large() -> None:
    with pytest.raises(TooLargeError, match="100,000 tags"):
        draft_of("<br>" * 100_001)
    with pytest.raises(TooLargeError, match="at most 100 characters"):
        draft_of(page(), settings=CollectSettings(max_article_characters=100))


def test_an_extractor_that_fails_fails_one_page() -> None:
    class Broken:
        name = "broken"

        def extract(self, html: str, url: str | None) -> Page:
            raise RuntimeError("oops")

    with pytest.raises(MalformedError, match=r"a\.html: expected a web page, found one that broken cannot read \(RuntimeError\)"):
        draft_of("<p>", Broken())


def test_a_page_in_an_old_encoding_is_read_as_it_declares() -> None:
    text = (
        "Мэр города заявил во вторник, что мост закроют до марта, пока не починят опоры.",
        "Мы не можем рисковать людьми, добавил он.",
    )
    html = page('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', text, "Мост закрыт")
    source = Source(place="a.html", name="a.html", data=html.encode("cp1251"))
    [found] = read_page(source, "a", models=Models(), settings=CollectSettings())
    assert found.text == "Мост закрыт\n" + "\n".join(text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<meta charset=utf-8>", "utf-8"),
        (b"<?xml version='1.0' encoding='koi8-r'?>", "koi8-r"),
        (b"<p>", ""),
        (b"<meta charset='nonsense'>", ""),
    ],
)
def test_the_declared_encoding(data: bytes, expected: str) -> None:
    assert declared_charset(data) == expected
