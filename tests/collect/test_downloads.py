import gzip
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from retold.base.errors import EmptyError, FetchError, MalformedError, NotFoundError, RefusedError, RetoldError, TooLargeError
from retold.base.models import Models
from retold.base.records import Article, Failure
from retold.collect import addresses
from retold.collect.downloads import Downloader
from retold.collect.inputs import collect
from retold.collect.places import is_url, shown
from retold.collect.settings import CollectSettings

HOSTLESS = "http://no-such-host.invalid/"
Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server on this machine: what it answers by path, and what it was asked."""

    base: str
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.replies[path] = reply
        return self.base + path


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    found = Site(base="")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.headers = dict(self.headers)
            try:
                found.replies[self.path](self) if self.path in found.replies else self.send_error(404)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    found.base = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")  # the first hop alone is allowed
    yield found
    server.shutdown()
    server.server_close()
    thread.join(2)


def fetch(url: str, **limits: object):
    with Downloader(CollectSettings(**{"read_timeout": 0.3, "connect_timeout": 1, "total_timeout": 2, **limits})) as downloader:
        return downloader.fetch(url)


def refusal(kind: type[RetoldError], url: str, **limits: object) -> str:
    with pytest.raises(kind) as caught:
        fetch(url, **limits)
    assert type(caught.value) is kind
    assert caught.value.where == shown(url)
    return f"{caught.value.expected} / {caught.value.found}"


def test_a_page_comes_with_its_type_and_encoding(site: Site) -> None:
    found = fetch(site.says("/news/ferry.html?x=1", "Łódź".encode("iso8859_2"), Content_Type="text/html; charset=ISO-8859-2"))
    assert (found.name, found.media_type, found.charset, found.url) == (
        "ferry.html",
        "text/html",
        "ISO-8859-2",
        f"{site.base}/news/ferry.html?x=1",
    )
    assert found.data.decode("iso8859_2") == "Łódź"
    assert site.headers["User-Agent"].startswith("Retold/")
    assert site.headers["Accept-Encoding"] == "gzip, deflate"
    assert "Cookie" not in site.headers
    assert site.asked == ["/robots.txt", "/news/ferry.html?x=1"]


@pytest.mark.parametrize(
    ("packing", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compressobj(wbits=-15).compress(data) or b""),
    ],
)
def test_packed_pages_are_unpacked(site: Site, packing: str, pack: Callable[[bytes], bytes]) -> None:
    body = b"Rain fell. " * 1000
    packed = pack(body) or deflated(body)
    assert fetch(site.says("/a", packed, Content_Encoding=packing)).data == body


def deflated(body: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(body) + engine.flush()


def test_a_bomb_is_not_unpacked_whole(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    assert (
        refusal(TooLargeError, site.says("/a", bomb, Content_Encoding="gzip"), max_page_bytes=100_000)
        == "at most 100,000 bytes / more"
    )


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "compress"])
def test_a_packing_that_we_did_not_ask_for_is_refused(site: Site, packing: str) -> None:
    assert packing in refusal(MalformedError, site.says("/a", b"x", Content_Encoding=packing))


def test_broken_packing_and_broken_answers_are_fetch_errors(site: Site) -> None:
    assert "makes no sense" in refusal(FetchError, site.says("/a", b"no gzip", Content_Encoding="gzip"))
    assert "makes no sense" in refusal(FetchError, site.says("/b", b"short", Content_Length="500"))
    site.replies["/c"] = lambda handler: handler.wfile.write(b"nonsense\r\n\r\n") and None
    assert "makes no sense" in refusal(FetchError, site.base + "/c")


def test_redirects_are_followed_and_each_is_checked(site: Site) -> None:
    site.says("/b?y=2", b"Rain fell.")
    assert fetch(site.says("/a", status=302, Location="/b?y=2")).url == f"{site.base}/b?y=2"
    private = site.says("/c", status=301, Location=site.base.replace("127.0.0.1", "127.0.0.2") + "/secret")
    asked = len(site.asked)
    assert refusal(RefusedError, private) == "a public address / 127.0.0.2, which is not (127.0.0.2)"
    assert site.asked[asked:] == ["/robots.txt", "/c"]


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "http://[::1]/", "http://localhost6.localdomain6.invalid/", "http://169.254.169.254/latest/meta-data"],
)
def test_a_redirect_to_a_private_address_is_refused_or_not_found(site: Site, target: str) -> None:
    with pytest.raises(FetchError):
        fetch(site.says("/a", status=307, Location=target))


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("file:///etc/passwd", "http or https / file"),
        ("ftp://h.example/", "http or https / ftp"),
        ("javascript:alert(1)", "http or https"),
        ("http://user:secret@127.0.0.1/", "one with"),
    ],
)
def test_a_redirect_elsewhere_is_refused(site: Site, target: str, words: str) -> None:
    found = refusal(RefusedError, site.says("/a", status=302, Location=target))
    assert words in found
    assert "secret" not in found


def test_redirects_in_a_circle_end(site: Site) -> None:
    assert refusal(RefusedError, site.says("/a", status=302, Location="/a")) == "at most 5 redirects / more"
    assert site.asked.count("/a") == 6


def test_a_robots_file_is_obeyed_and_asked_for_once(site: Site) -> None:
    site.says("/robots.txt", b"User-agent: *\nDisallow: /no\n\nUser-agent: retold\nDisallow: /retold\n")
    site.says("/no", b"Rain fell.")
    with Downloader(CollectSettings()) as downloader:
        assert downloader.fetch(site.base + "/no").data == b"Rain fell."
        with pytest.raises(RefusedError, match=r"one that its robots\.txt forbids"):
            downloader.fetch(site.says("/retold/x", b"Rain."))
    assert site.asked == ["/robots.txt", "/no"]
    assert fetch(site.base + "/retold/x", ignore_robots=True).data == b"Rain."


def test_a_robots_file_that_fails_forbids_all_and_one_that_is_missing_nothing(site: Site) -> None:
    site.says("/a", b"Rain fell.")
    assert fetch(site.base + "/a").data == b"Rain fell."
    site.says("/robots.txt", status=503)
    refusal(RefusedError, site.base + "/a")
    site.says("/robots.txt", status=403)
    assert fetch(site.base + "/a").data == b"Rain fell."


def test_a_robots_file_may_not_lead_us_to_a_private_address(site: Site) -> None:
    site.says("/robots.txt", status=302, Location="http://127.0.0.3/robots.txt")
    refusal(RefusedError, site.says("/a", b"Rain fell."))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, NotFoundError),
        (410, NotFoundError),
        (403, FetchError),
        (429, FetchError),
        (500, FetchError),
        (204, FetchError),
        (304, FetchError),
    ],
)
def test_a_server_that_says_no(site: Site, status: int, kind: type[RetoldError]) -> None:
    assert str(status) in refusal(kind, site.says("/a", status=status))


def test_what_is_not_text_is_not_taken(site: Site) -> None:
    assert (
        refusal(MalformedError, site.says("/a", b"%PDF", Content_Type="application/pdf")) == "a web page or text / application/pdf"
    )
    assert fetch(site.says("/b", b"{}", Content_Type="application/ld+json")).media_type == "application/ld+json"
    refusal(EmptyError, site.says("/c"))


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>more and more</p>" * 1000)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def dripping_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(100):
        handler.wfile.write(b"X-%d: y\r\n" % n)
        handler.wfile.flush()
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.7)


def test_an_endless_answer_is_cut_off(site: Site) -> None:
    site.replies["/a"] = endless
    assert refusal(TooLargeError, site.base + "/a", max_page_bytes=1_000_000) == "at most 1,000,000 bytes / more"


@pytest.mark.parametrize("reply", [dripping, dripping_head, silent])
def test_a_slow_answer_is_given_up(site: Site, reply: Reply) -> None:
    site.replies["/a"] = reply
    start = time.monotonic()
    assert "none in time" in refusal(FetchError, site.base + "/a", total_timeout=0.5, read_timeout=0.3)
    assert time.monotonic() - start < 1.5


def test_a_host_that_does_not_answer_is_a_fetch_error(site: Site) -> None:
    assert refusal(FetchError, "http://127.0.0.1:1/") == "a host that answers / none"
    assert refusal(FetchError, "http://no-such-host.invalid/").startswith("a host that can be found")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("ftp://a.example/x", RefusedError),
        ("file:///etc/passwd", RefusedError),
        ("gopher://a.example", RefusedError),
        ("http://user:secret@a.example/", RefusedError),
        ("http://", MalformedError),
        ("http://a.example:99999/", MalformedError),
        ("http://[::1", MalformedError),
        ("http://a.example\x00/", MalformedError),
        ("http://127.0.0.2/", RefusedError),
        ("http://2130706434/", RefusedError),
        ("http://0x7f.2/", RefusedError),
        ("http://" + "a" * 300 + ".example/", FetchError),
    ],
)
def test_urls_that_are_not_fetched(site: Site, url: str, kind: type[RetoldError]) -> None:
    assert "secret" not in refusal(kind, url)
    assert site.asked == []


def test_urls_are_told_from_paths() -> None:
    assert is_url("HTTPS://a.example")
    assert not is_url("news/https.txt")
    assert shown("http://user:pw@a.example/x@y") == "http://a.example/x@y"


def test_urls_that_fail_are_failures_and_the_rest_is_collected(site: Site) -> None:
    site.replies["/endless"] = endless
    site.says("/good", b"Rain fell.", Content_Type="text/plain")
    site.says("/private", status=302, Location=site.base.replace("127.0.0.1", "127.0.0.2") + "/")
    urls = [site.base + path for path in ("/endless", "/good", "/private", "/none")] + [HOSTLESS]
    batch = collect(urls, models=Models(), settings=CollectSettings(max_page_bytes=100_000))
    assert [(a.id, a.text, a.url) for a in batch.get(Article)] == [("good", "Rain fell.", site.base + "/good")]
    assert {f.place.removeprefix(site.base): f.error for f in batch.get(Failure)} == {
        "/endless": "TooLargeError",
        "/private": "RefusedError",
        "/none": "NotFoundError",
        "http://no-such-host.invalid/": "FetchError",
    }
