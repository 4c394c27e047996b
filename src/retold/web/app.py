"""The desk as an application: its addresses, and what answers them. Read this first.

    /                               stories, with filters and search
    /story/ID[/TAB]                 a story: claims, conflicts, quotes, changes, timeline, names, unknown, articles
    /story/ID/link/E, claim/C       one link with its evidence, one claim
    /story/ID/source?node=          what hangs on a source
    /story/ID/compare?id=&id=       articles side by side
    /story/ID/export/FILE           report.html, report.json, report.md, graph.svg, links.csv, claims.csv …
    /article/ID                     a text with every finding
    /decisions, /decide, /undo      what people decided
    /add, /jobs/ID, /failures       articles on their way in

Pages end in `.json`, or are asked for as `application/json`, to give their JSON twin.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
from anyio import to_thread
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from retold.base.errors import NotFoundError, RetoldError
from retold.web import add, article, compare, decide, export, stories, story
from retold.web.desk import STATIC, Desk, missing, packed, static_path, template, warm
from retold.web.guard import Access, Guard
from retold.web.jobs import Jobs
from retold.web.library import Library, NotReadyError
from retold.workspace import Workspace

THREADS = 8  # pages made at once: more only take turns, and each thread holds a connection with its own cache
FOREVER = "private, max-age=31536000, immutable"

LIMITS = {"max_files": 500, "max_fields": 2000, "max_part_size": 16 * 1024 * 1024}  # of one form; bytes of one field

Read = Callable[[Desk, Request], Response]
Change = Callable[[Desk, Request, FormData], Response]


def make_app(workspace: Workspace, *, access: Access | None = None, apart: bool = True) -> Starlette:
    """The application over a workspace that was opened for writing.

    Args:
        workspace: stays open as long as the application runs; the caller closes it.
        access: who may ask; this machine only unless told otherwise.
        apart: whether reports are worked out in a process of their own.
    """
    jobs = Jobs(workspace.file)
    desk = Desk(library=Library(workspace, apart=apart, busy=jobs.busy), jobs=jobs)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        desk.library.warm()
        await to_thread.run_sync(warm)
        try:
            yield
        finally:
            desk.jobs.close()
            await anyio.to_thread.run_sync(desk.library.close)

    app = Starlette(routes=routes(desk), lifespan=life, middleware=[Middleware(Guard, access=access or Access())],
                    exception_handlers={NotFoundError: on_missing(desk), RetoldError: on_error(desk), 404: on_nothing(desk)})
    app.state.desk = desk
    return app


def routes(desk: Desk) -> list[Route]:
    """Every address."""
    reads: list[tuple[str, Read]] = [
        ("/", stories.front), ("/stories.json", stories.front), ("/decisions", decide.log), ("/decisions.json", decide.log),
        ("/add", add.form), ("/failures", add.failures), ("/failures.json", add.failures), ("/jobs/{job}", add.job),
        ("/article/{article:path}", article.article),
        ("/story/{story}/link/{link}", story.link), ("/story/{story}/claim/{claim}", story.claim),
        ("/story/{story}/source", story.source), ("/story/{story}/source.json", story.source),
        ("/story/{story}/compare", compare.compare), ("/story/{story}/compare.json", compare.compare),
        ("/story/{story}/export/{file}", export.export), ("/story/{story}/{tab}", story.story), ("/story/{story}", story.story),
        ("/static/{mark}/{file}", static),
    ]
    changes = [("/decide", changing(desk, decide.decide)), ("/undo", changing(desk, decide.undo)),
               ("/jobs/{job}/stop", changing(desk, add.stop)), ("/add", adding(desk))]
    return [*(Route(path, endpoint, methods=["POST"]) for path, endpoint in changes),
            *(Route(path, reading(desk, answer), methods=["GET"]) for path, answer in reads)]


def reading(desk: Desk, answer: Read) -> Callable[[Request], Response]:
    """An endpoint that only reads; it runs in a thread."""
    def endpoint(request: Request) -> Response:
        return answer(desk, request)

    return endpoint


def changing(desk: Desk, answer: Change) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that changes something: the form is checked before anything else."""
    async def endpoint(request: Request) -> Response:
        async with request.form(**LIMITS) as form:
            refusal = decide.refusal(desk, form)
            return refusal if refusal is not None else await to_thread.run_sync(answer, desk, request, form)

    return endpoint


def adding(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that takes articles in."""
    async def endpoint(request: Request) -> Response:
        async with request.form(**LIMITS) as form:
            refusal = decide.refusal(desk, form)
            return refusal if refusal is not None else await add.begin(desk, request, form)

    return endpoint


def static(desk: Desk, request: Request) -> Response:
    """One of our own files. Its address changes with its content, so a browser may keep it for good."""
    name = request.path_params["file"]
    if name not in STATIC or request.url.path != static_path(name):
        raise NotFoundError(expected="one of " + ", ".join(STATIC), found=name[:100], where="static")
    answer = packed(request, template(name).encode(), f"{STATIC[name]}; charset=utf-8")
    answer.headers["Cache-Control"] = FOREVER
    return answer


def on_missing(desk: Desk) -> Callable[[Request, Exception], Response]:
    """What answers where something is not there."""
    def answer(request: Request, error: Exception) -> Response:
        return missing(desk, request, error if isinstance(error, NotFoundError) else nothing_at(request))

    return answer


def on_nothing(desk: Desk) -> Callable[[Request, Exception], Response]:
    """What answers an address that there is not."""
    return lambda request, error: missing(desk, request, nothing_at(request))


def on_error(desk: Desk) -> Callable[[Request, Exception], Response]:
    """What answers where a request cannot be meant, or the store refuses."""
    def answer(request: Request, error: Exception) -> Response:
        if isinstance(error, NotReadyError):
            return desk.page(request, "wait.html", status=503)
        words = error.message if isinstance(error, RetoldError) else type(error).__name__
        return desk.page(request, "problem.html", status=400, title="That could not be done", words=words)

    return answer


def nothing_at(request: Request) -> NotFoundError:
    """What to say of an address that there is not."""
    return NotFoundError(expected="a page of the desk", found="none", where=request.url.path[:200], advice="begin at /")
