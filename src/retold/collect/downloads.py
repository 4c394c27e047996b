"""Pages fetched from the web: politely, within limits, and from public addresses only."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Self
from urllib.parse import SplitResult, unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore
import httpx

from retold.base.errors import FetchError, MalformedError, RefusedError
from retold.collect.addresses import Deadline, GuardedBackend
from retold.collect.answers import SAVE, Answer, Known, check_answer, read_body
from retold.collect.drafts import Source
from retold.collect.pacing import Pace
from retold.collect.places import shown
from retold.collect.settings import CollectSettings

ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB must be read; more is no robots.txt
FORBIDDEN = "User-agent: *\nDisallow: /"
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_HEADER = 500  # characters of a header that is remembered


class Guarded(httpx.BaseTransport):
    """httpx over a connection pool that keeps to public addresses."""

    def __init__(self, backend: GuardedBackend) -> None:
        self.pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend, max_keepalive_connections=0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and hand back the response, not yet read."""
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        sent = httpcore.Request(
            request.method, target, headers=request.headers.raw, content=request.read(), extensions=request.extensions
        )
        answer = self.pool.handle_request(sent)
        return httpx.Response(answer.status, headers=answer.headers, stream=Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        self.pool.close()


class Body(httpx.SyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self.answer.iter_stream()

    def close(self) -> None:
        """Give the connection back."""
        self.answer.close()


class Downloader:
    """Fetches pages, keeping each host's robots.txt for as long as it lives.

    Args:
        settings: limits, times and what is allowed.
    """

    def __init__(self, settings: CollectSettings) -> None:
        self.settings = settings
        self.backend = GuardedBackend(allow_private=settings.allow_private, deadline=Deadline(settings.total_timeout))
        self.transport = Guarded(self.backend)
        self.timeout = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout).as_dict()
        self.headers = {
            "User-Agent": settings.agent,
            "Accept": "text/html, text/plain;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        self.rules: dict[str, RobotFileParser] = {}
        self.pace = Pace(settings.host_delay)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.transport.close()

    def fetch(self, url: str) -> Source:
        """The page at a URL, after all redirects.

        Raises:
            EmptyError: the server sent nothing.
            FetchError: the network, the server or the time limit.
            MalformedError: it is not text.
            NotFoundError: the server has no such page.
            RefusedError: we may not, or will not.
            TooLargeError: it is longer than `max_page_bytes`.
        """
        found, _ = self.fetch_if_changed(url, Known())
        if found is None:
            raise FetchError(expected="a page", found="status 304", where=shown(url), advice="try again later")
        return found

    def fetch_if_changed(self, url: str, known: Known, *, limit: int = 0) -> tuple[Source | None, Known]:
        """The page at a URL and what is to be remembered of it; None where it has not changed. Waits its turn at the host.

        Args:
            url: the address.
            known: what was remembered of it the last time.
            limit: the most bytes; `max_page_bytes` where not given.

        Raises:
            The same as `fetch`.
        """
        place = shown(url)
        self.pace.wait(url, place, self.crawl_delay(url))
        self.backend.deadline = Deadline(self.settings.total_timeout)
        with faults(place, self.settings):
            final, answer = self.follow(url, place, known, limit or self.settings.max_page_bytes)
            self.pace.rest(url, answer.status, answer.wait)
            if answer.status == 304 and known.headers:
                return None, known
            check_answer(answer, place)
        found = Source(
            place=place, name=name_of(final), data=answer.data, url=final, media_type=answer.media_type, charset=answer.charset
        )
        return found, Known(etag=answer.etag, modified=answer.modified)

    def crawl_delay(self, url: str) -> float:
        """The seconds between two requests that a site's robots.txt asks for, as far as it was read already."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return 0.0
        rules = self.rules.get(f"{parts.scheme}://{parts.netloc}")
        return float(rules.crawl_delay(self.settings.agent) or 0) if rules and not self.settings.ignore_robots else 0.0

    def follow(self, url: str, place: str, known: Known, limit: int) -> tuple[str, Answer]:
        """The last URL of a chain of redirects and what it answered; each is checked as the first was.

        Raises:
            RefusedError: one of them may not be fetched, or they are too many.
        """
        for _ in range(self.settings.max_redirects + 1):
            parts = checked(url, place)
            self.ask_robots(parts, url, place)
            answer = self.get(url, place, limit, known)
            if answer.status not in REDIRECTS or not answer.location:
                return url, answer
            url = joined(url, answer.location, place)
        raise RefusedError(expected=f"at most {self.settings.max_redirects} redirects", found="more", where=place, advice=SAVE)

    def get(self, url: str, place: str, limit: int, known: Known | None = None) -> Answer:
        """One request, without cookies. The body of a redirect or an error is not read.

        Straight over the transport: a client would look at where a redirect leads before we have checked it.

        Raises:
            TooLargeError: the body is longer than `limit`.
        """
        headers = self.headers | (known.headers if known else {})
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": self.timeout})
        with closing(self.transport.handle_request(request)) as response:
            response.request = request
            data = b"" if response.status_code != 200 else read_body(response, limit, place)
            media_type, _, rest = response.headers.get("Content-Type", "").partition(";")
            charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
            return Answer(
                status=response.status_code,
                location=response.headers.get("Location", ""),
                data=data,
                media_type=media_type.strip().lower(),
                charset=charset.group(1) if charset else "",
                etag=response.headers.get("ETag", "")[:LONGEST_HEADER],
                modified=response.headers.get("Last-Modified", "")[:LONGEST_HEADER],
                wait=response.headers.get("Retry-After", "")[:LONGEST_HEADER],
            )

    def ask_robots(self, parts: SplitResult, url: str, place: str) -> None:
        """See that the site's robots.txt lets us.

        Raises:
            RefusedError: it does not.
        """
        if self.settings.ignore_robots:
            return
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.rules:
            self.rules[site] = self.robots_of(site, place)
        if not self.rules[site].can_fetch(self.settings.agent, url):
            raise RefusedError(
                expected="a page that its site lets programs read",
                found="one that its robots.txt forbids",
                where=place,
                advice=SAVE,
            )

    def robots_of(self, site: str, place: str) -> RobotFileParser:
        """A site's rules. Source: RFC 9309, 2.3.1: no file allows all, a server that fails forbids all."""
        url, answer = f"{site}/robots.txt", None
        for _ in range(self.settings.max_redirects + 1):
            checked(url, place)
            answer = self.get(url, place, ROBOTS_BYTES)
            if answer.status not in REDIRECTS or not answer.location:
                break
            url = joined(url, answer.location, place)
        rules = RobotFileParser()
        rules.modified()
        failed = answer is None or answer.status >= 500
        body = FORBIDDEN if failed or answer is None else answer.data.decode("utf-8", "replace").removeprefix("\ufeff")
        rules.parse(body.splitlines())
        return rules


def checked(url: str, place: str) -> SplitResult:
    """The parts of a URL that may be fetched.

    Raises:
        RefusedError: another scheme than http and https, or credentials in it.
        MalformedError: it is no URL.
    """
    nonsense = MalformedError(expected="a URL", found="something else", where=place, advice="check it")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise nonsense from error
    if parts.scheme not in ("http", "https"):
        advice = "hand over a path for a file on this computer"
        raise RefusedError(expected="http or https", found=parts.scheme, where=place, advice=advice)
    if "@" in parts.netloc:
        raise RefusedError(expected="a URL without a user name or password", found="one with", where=place, advice=SAVE)
    try:
        usable = bool(parts.hostname and httpx.URL(url).host and (parts.port is None or parts.port))
    except (ValueError, httpx.InvalidURL) as error:
        raise nonsense from error
    if not usable:
        raise nonsense
    return parts


def joined(url: str, location: str, place: str) -> str:
    """Where a redirect leads.

    Raises:
        MalformedError: nowhere.
    """
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise MalformedError(expected="a redirect to a URL", found="something else", where=place, advice=SAVE) from error


@contextmanager
def faults(place: str, settings: CollectSettings) -> Iterator[None]:
    """Turn what goes wrong on the network into our errors.

    Raises:
        FetchError: it went wrong.
        RefusedError: the address is private; said of the URL that was handed over.
    """
    again = "check the network connection and try again, or save the page and hand over the file"
    try:
        yield
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        found = f"none in time (limits: {settings.total_timeout:g} s in all, {settings.read_timeout:g} s between pieces)"
        raise FetchError(expected="an answer", found=found, where=place, advice="try again later") from error
    except FetchError as error:
        if error.where == place:
            raise
        raise type(error)(
            expected=error.expected, found=f"{error.found} ({error.where})", where=place, advice=error.advice
        ) from error
    except (httpcore.ConnectError, httpx.ConnectError) as error:
        found = "one whose certificate is not trusted" if "certificate" in str(error).lower() else "none"
        raise FetchError(expected="a host that answers", found=found, where=place, advice=again) from error
    except (
        httpcore.ProtocolError,
        httpx.ProtocolError,
        httpcore.NetworkError,
        httpx.HTTPError,
        httpx.InvalidURL,
        zlib.error,
        OSError,
        ValueError,
    ) as error:
        raise FetchError(
            expected="a page",
            found=f"an answer that broke off or makes no sense ({type(error).__name__})",
            where=place,
            advice=again,
        ) from error


def name_of(url: str) -> str:
    """A name for what lies at a URL: the last part of its path, else its host.

    >>> name_of("https://a.example/news/ferry.html?x=1"), name_of("https://www.a.example/")
    ('ferry.html', 'a.example')
    """
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return last or (parts.hostname or "page").removeprefix("www.")
