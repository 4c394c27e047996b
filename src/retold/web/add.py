"""Adding articles: the form, the job that it starts, and its progress."""

from __future__ import annotations

import re

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from retold.base.errors import NotFoundError
from retold.web.desk import Desk, accepts_json, json_answer
from retold.web.jobs import Job

URL_LINE = re.compile(r"https?://\S+", re.IGNORECASE)
FIELDS = ("title", "outlet", "published", "url", "language")
MOST_URLS = 500  # of one form
LONGEST = 2000  # code points of a field
LONGEST_TEXT = 2_000_000  # code points of a pasted text


def form(desk: Desk, request: Request) -> Response:
    """The page to add from, with the jobs so far."""
    return desk.page(request, "add.html", jobs=list(reversed(desk.jobs.all.values())), problem="")


async def begin(desk: Desk, request: Request, sent: FormData) -> Response:
    """Start adding what a form brings."""
    uploads = [(str(u.filename or "upload"), await u.read()) for u in sent.getlist("files") if isinstance(u, UploadFile) and u.size]
    urls, texts = pasted(str(sent.get("urls", "")), str(sent.get("text", "")), sent)
    if not (urls or texts or uploads):
        problem = "There is nothing to add yet: paste addresses that begin with http:// or https://, paste a text, or choose files."
        return desk.page(request, "add.html", status=400, jobs=list(reversed(desk.jobs.all.values())), problem=problem)
    job = desk.jobs.begin(urls, texts, uploads, refused=no_addresses(str(sent.get("urls", ""))))
    return RedirectResponse(f"/jobs/{job.id}", 303)


def pasted(lines: str, text: str, sent: FormData) -> tuple[list[str], list[dict[str, str]]]:
    """The addresses among lines, and the text with what is known about it."""
    urls = [line.strip() for line in lines.splitlines() if URL_LINE.fullmatch(line.strip())]
    row = {name: str(sent.get(name, "")).strip()[:LONGEST] for name in FIELDS}
    texts = [{"text": text[:LONGEST_TEXT], **{k: v for k, v in row.items() if v}}] if text.strip() else []
    return list(dict.fromkeys(urls))[:MOST_URLS], texts


def no_addresses(lines: str) -> list[dict[str, str]]:
    """The lines among addresses that are none, as failures.

    >>> [f["place"] for f in no_addresses("https://a.example/x\\n\\n/etc/passwd")]
    ['/etc/passwd']
    """
    words = "expected an address that begins with http:// or https://, found other words; paste texts into the field for texts"
    found = (line.strip() for line in lines.splitlines() if line.strip() and not URL_LINE.fullmatch(line.strip()))
    return [{"place": line[:LONGEST], "error": "InputError", "message": words} for line in dict.fromkeys(found)][:MOST_URLS]


def job_of(desk: Desk, request: Request) -> Job:
    """The job that an address names.

    Raises:
        NotFoundError: there is none.
    """
    name = request.path_params["job"].removesuffix(".json")
    found = desk.jobs.get(name)
    if found is None:
        raise NotFoundError(expected="a job", found="none; the desk may have been started anew", where=name[:100])
    return found


def job(desk: Desk, request: Request) -> Response:
    """The progress of a job; its JSON twin is what the page asks for again and again."""
    found = job_of(desk, request)
    if accepts_json(request) or request.url.path.endswith(".json"):
        return json_answer(request, found.value())
    return desk.page(request, "job.html", job=found)


def stop(desk: Desk, request: Request, sent: FormData) -> Response:
    """End a job."""
    desk.jobs.stop(job_of(desk, request))
    return RedirectResponse(request.url.path.removesuffix("/stop"), 303)


def failures(desk: Desk, request: Request) -> Response:
    """Everything that could not be used, with the reasons."""
    found = desk.library.workspace.failures()
    if accepts_json(request) or request.url.path.endswith(".json"):
        return json_answer(request, {"failures": [
            {"place": f.place, "stage": f.stage, "error": f.error, "message": f.message} for f in found]})
    return desk.page(request, "failures.html", failures=found)
