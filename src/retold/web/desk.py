"""What every page of the desk is made with: the library, the templates, the token of its forms, and pages kept ready to send."""

from __future__ import annotations

import gzip
import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from retold.base.decisions import name_key, pair_key
from retold.base.errors import NotFoundError
from retold.view.anchors import Anchors
from retold.view.differences import Part
from retold.view.document import shown
from retold.view.html import common, equip, show
from retold.view.html import template as shared
from retold.view.palette import family_of
from retold.view.visible import visible
from retold.view.wording import language
from retold.web.jobs import Jobs
from retold.web.library import Library, Loaded
from retold.web.links import TABS, DeskLinks, part, story_path

KEPT_BYTES = 48 * 1024 * 1024  # of pages ready to send
SMALL = 1000  # bytes below which packing costs more than it saves
HTML = "text/html; charset=utf-8"
STATIC = {"style.css": "text/css", "desk.css": "text/css", "desk.js": "text/javascript", "graph.js": "text/javascript",
          "icon.svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Notice:
    """What the next page says at its top: words, and the decision that can be undone."""

    words: str
    undo: str = ""


@dataclass(slots=True)
class Desk:
    """The application's state. Nothing of it outlives the process: what lasts is in the workspace."""

    library: Library
    jobs: Jobs
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    notices: OrderedDict[str, Notice] = field(default_factory=OrderedDict)
    pages: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    held: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def notify(self, words: str, undo: str = "") -> str:
        """Leave a notice for the next page; returns its key."""
        key = secrets.token_urlsafe(6)
        with self.guard:
            self.notices[key] = Notice(words, undo)
            while len(self.notices) > 100:
                self.notices.popitem(last=False)
        return key

    def page(self, request: Request, name: str, *, status: int = 200, **context: Any) -> Response:
        """A page from its template."""
        path = str(context.pop("back", "")) or here(request)
        deciding: Any = environment().get_template("deciding.html").make_module({"csrf": self.csrf, "here": path})
        text = environment().get_template(name).render({
            **context, "csrf": self.csrf, "here": path, "notice": self.notices.get(request.query_params.get("notice", "")),
            "decide": deciding.offer, "join_names": deciding.join_names})
        return packed(request, text.encode("utf-8", "replace"), HTML, status=status)

    def kept(self, request: Request, stamp: str, make: Any) -> Response:
        """An answer made once for every state of the store; `make()` gives the bytes and their type.

        Pages with a notice are made anew: they are for one reader and one moment.
        """
        if "notice" in request.query_params:
            data, kind = make()
            return packed(request, data, kind)
        key = f"{request.url.path}?{request.url.query} {accepts_json(request)} {stamp} {self.csrf}"  # forms of a desk before are refused
        tag = f'"{blake2b(key.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        with self.guard:
            found = self.pages.get(key)
            if found is not None:
                self.pages.move_to_end(key)
        if found is None:
            data, kind = make()
            found = kind.encode() + b"\n" + gzip.compress(data, 6, mtime=0)
            self.keep(key, found)
        kind, _, data = found.partition(b"\n")
        return sent(request, data, kind.decode(), headers={"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept"})

    def keep(self, key: str, found: bytes) -> None:
        """Keep a page; the one unasked for longest makes room."""
        with self.guard:
            self.held += len(found) - len(self.pages.pop(key, b""))
            self.pages[key] = found
            while self.held > KEPT_BYTES:
                self.held -= len(self.pages.popitem(last=False)[1])


def plain(request: Request) -> Request:
    """The same request from a browser that does not unpack: what is kept is packed later."""
    scope = dict(request.scope)
    scope["headers"] = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
    return Request(scope)


def here(request: Request) -> str:
    """The address of a page without its host and without what is for one moment only."""
    rest = urlencode([(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k not in ("notice", "token")])
    return request.url.path + (f"?{rest}" if rest else "")


def accepts_json(request: Request) -> bool:
    """Whether the JSON twin of a page is wanted: by its Accept header; addresses that end in .json ask for themselves."""
    return request.headers.get("accept", "").partition(",")[0].strip() == "application/json"


def as_json(value: Any) -> tuple[bytes, str]:
    """A value as JSON, half surrogate pairs escaped."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8", "backslashreplace"), "application/json"


def json_answer(request: Request, value: Any, status: int = 200) -> Response:
    """A JSON answer."""
    data, kind = as_json(value)
    return packed(request, data, kind, status=status)


def packed(request: Request, data: bytes, kind: str, *, status: int = 200) -> Response:
    """An answer for one moment, packed where that is worth it."""
    headers = {"Cache-Control": "no-store"}
    if len(data) < SMALL or not takes_gzip(request):
        return Response(data, status, media_type=kind, headers=headers)
    return Response(gzip.compress(data, 4, mtime=0), status, media_type=kind, headers={"Content-Encoding": "gzip", **headers})


def sent(request: Request, data: bytes, kind: str, *, headers: dict[str, str]) -> Response:
    """Packed bytes as they are, or unpacked for who cannot."""
    if takes_gzip(request):
        return Response(data, media_type=kind, headers={"Content-Encoding": "gzip", **headers})
    return Response(gzip.decompress(data), media_type=kind, headers=headers)


def takes_gzip(request: Request) -> bool:
    """Whether the browser unpacks gzip."""
    return "gzip" in request.headers.get("accept-encoding", "")


# ---- templates --------------------------------------------------------------------------------------------------------


@cache
def template(name: str) -> str:
    """A template of the desk, else of the report, which shares its parts with the desk."""
    own = files("retold.web").joinpath("templates", name)
    return own.read_text("utf-8") if own.is_file() else shared(name)


@cache
def environment() -> Environment:
    """The templates, with escaping always on."""
    made = Environment(autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(template), trim_blocks=True,
                       lstrip_blocks=True)
    equip(made)
    made.globals.update(tabs=TABS, part=part, story_path=story_path, static=static_path, in_desk=True, snippet=snippet, query=query,
                        spell=spell, pair_key=pair_key, name_key=name_key)
    return made


def snippet(hit: Any) -> Markup:
    """A find with the words that were looked for set apart."""
    words, out, at = str(hit.snippet), [], 0
    for start, end in sorted(hit.marks):
        if at <= start < end <= len(words):
            out += [shown(words[at:start]), Markup("<strong>{}</strong>").format(shown(words[start:end]))]
            at = end
    return Markup("<bdi>{}</bdi>").format(Markup("").join([*out, shown(words[at:])]))


def query(filters: Mapping[str, str], sort: str, page: int, meaning: bool) -> str:
    """The filters of a list as they stand in an address."""
    asked = {**filters, "sort": "" if sort == "newest" else sort, "page": str(page or ""), "meaning": "1" if meaning else ""}
    return urlencode({name: value for name, value in asked.items() if value})


def spell(parts: Iterable[Part]) -> Markup:
    """What differs between two texts, with what went struck and what came underlined."""
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return Markup("").join(Markup(tags[p.turn]).format(shown(visible(p.text, lines=False))) for p in parts)


@cache
def static_path(name: str) -> str:
    """The address of one of our own files, which changes with its content."""
    return f"/static/{blake2b(template(name).encode(), digest_size=6).hexdigest()}/{name}"


def tools(loaded: Loaded) -> dict[str, Any]:
    """What templates of a story need beside the story."""
    def make() -> dict[str, Any]:
        anchors = Anchors(loaded.report)
        links = DeskLinks(anchors)
        return {**common(loaded.report, links, anchors), "links": links, "report": loaded.report, "in_desk": True}

    return loaded.once("tools", make)


def warm() -> None:
    """Have everything at hand that the first page would else wait for: templates, our own files, names of languages, known outlets.

    A fifth of a second of the first view of a story otherwise.
    """
    folders = [files(package).joinpath("templates") for package in ("retold.web", "retold.view")]
    for name in sorted({entry.name for folder in folders for entry in folder.iterdir() if entry.name.endswith(".html")}):
        environment().get_template(name)
    for name in STATIC:
        static_path(name)
    language("en")
    family_of("an outlet")


def missing(desk: Desk, request: Request, error: NotFoundError) -> Response:
    """The page for what is not there."""
    if accepts_json(request) or request.url.path.endswith(".json"):
        return json_answer(request, {"error": error.message}, 404)
    return desk.page(request, "problem.html", status=404, title="Not found", words=error.message)


__all__ = ["Desk", "json_answer", "missing", "show"]
