"""Who may ask, and what an answer lets a browser do.

Other sites' pages run in the same browser and can send requests here. So: only our own names in the Host header (a name of theirs
that suddenly means this machine is refused), nothing is changed by a request that another site made, a token where the server can be
reached from outside, and a content security policy under which nothing but our own files runs or loads.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LOCAL = ("localhost", "127.0.0.1", "::1")
COOKIE = "retold"
SAFE = ("GET", "HEAD", "OPTIONS")
MOST = 64 * 1024 * 1024  # bytes of one request: a bundle of saved pages fits, a film does not


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may ask.

    Args:
        host: the address that the server listens on.
        token: what a visitor must show; empty on this machine only.
        names: further names under which the server may be called.
    """

    host: str = "127.0.0.1"
    token: str = ""
    names: tuple[str, ...] = ()

    @property
    def local(self) -> bool:
        """Whether it can be reached from this machine only."""
        return self.host in LOCAL

    def knows(self, host: str) -> bool:
        """Whether a Host header names us.

        >>> Access().knows("localhost:8765"), Access().knows("evil.example"), Access(host="0.0.0.0", token="t").knows("192.0.2.7:80")
        (True, False, True)
        """
        name = host_name(host)
        if name in (*LOCAL, self.host, *(n.lower() for n in self.names)):
            return True
        return not self.local and is_address(name)


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets.

    >>> host_name("[::1]:80"), host_name("LOCALHOST:1"), host_name("a b")
    ('::1', 'localhost', '')
    """
    try:
        return urlsplit(f"//{host}").hostname or "" if host and not any(c.isspace() or c in "/@?#\\" for c in host) else ""
    except ValueError:
        return ""


def is_address(name: str) -> bool:
    """Whether a name is an IP address: nobody else's name can lead to it."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; every answer gets our headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        request = Request(scope)
        refusal = self.refusal(request) or self.admission(request)
        await (refusal or self.app)(scope, receive, dressed)

    def refusal(self, request: Request) -> PlainTextResponse | None:
        """Why a request is not answered at all; None where nothing speaks against it."""
        headers = request.headers
        if not self.access.knows(headers.get("host", "")):
            return no(421, "This is not the host that you asked for.")
        if request.method in SAFE:
            return None
        if request.method != "POST":
            return no(405, "Only GET and POST are answered.")
        if not same_site(headers):
            return no(403, "Only a page of this desk may change anything.")
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST:
            return no(413, f"At most {MOST // 1024 // 1024} megabytes at once, and a length that is told beforehand.")
        return None

    def admission(self, request: Request) -> PlainTextResponse | RedirectResponse | None:
        """See the visitor's token, where one is needed; one in the address is taken out of it and kept in a cookie."""
        token = self.access.token
        if not token:
            return None
        shown = request.headers.get("authorization", "").removeprefix("Bearer ").strip() or request.cookies.get(COOKIE, "")
        if same(shown, token):
            return None
        if request.method == "GET" and same(request.query_params.get("token", ""), token):
            rest = urlencode([(k, v) for k, v in parse_qsl(request.url.query) if k != "token"])
            answer = RedirectResponse("/" + request.url.path.lstrip("/") + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/")
            return answer
        return no(401, "This desk asks for its token: open the address that `retold serve` printed.")


def same_site(headers: Headers) -> bool:
    """Whether a request that would change something comes from one of our own pages, or from no browser at all.

    Browsers say so in Sec-Fetch-Site or Origin, which no page can forge.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def same(shown: str, secret: str) -> bool:
    """Whether two secrets are the same, in the same time whether or not they are."""
    return hmac.compare_digest(shown.encode("utf-8", "surrogatepass"), secret.encode())


def no(status: int, words: str) -> PlainTextResponse:
    """A refusal."""
    return PlainTextResponse(words + "\n", status)
