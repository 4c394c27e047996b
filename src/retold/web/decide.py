"""Decisions: confirm, reject, leave out, merge, split; undo; the log."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from retold.base.decisions import make_decision, name_key
from retold.base.errors import NotFoundError, RetoldError
from retold.view.findings import Story
from retold.view.wording import DECIDED, count
from retold.web.desk import Desk, accepts_json, json_answer

LONGEST = 4000  # code points of a key or note


def refusal(desk: Desk, form: FormData) -> Response | None:
    """Why a form is not followed; None where it is: it must carry the token of this desk's own forms."""
    shown = str(form.get("csrf", ""))
    if hmac.compare_digest(shown.encode("utf-8", "surrogatepass"), desk.csrf.encode()):
        return None
    return PlainTextResponse("This form is not of this desk, or the desk was started anew: load the page again.\n", 403)


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Take a decision and work the story out again; the answer says how the numbers changed."""
    kind, subject, key, note, story = (str(form.get(n, ""))[:LONGEST] for n in ("kind", "subject", "key", "note", "story"))
    if subject == "name" and not key:
        key = name_key(*(str(form.get(n, ""))[:LONGEST] for n in ("one", "other")))
    back = inside(str(form.get("back", "")), story)
    made = datetime.now(UTC).isoformat(timespec="microseconds")
    try:
        decision = make_decision(kind, subject, key, made=made, note=note)
        before = desk.library.loaded(story, fresh=True)[0].story
        desk.library.workspace.decide(decision)
        after = desk.library.loaded(story, fresh=True)[0].story
    except RetoldError as error:
        return desk.page(request, "problem.html", status=400, title="That could not be decided", words=error.message)
    words = f"{subject.replace('_', ' ').capitalize()} {DECIDED.get(kind, kind)}. {change(before, after)}"
    if accepts_json(request):
        return json_answer(request, {"id": decision.id, "words": words})
    return RedirectResponse(with_notice(back, desk.notify(words, decision.id)), 303)


def undo(desk: Desk, request: Request, form: FormData) -> Response:
    """Take a decision back."""
    name, story = str(form.get("id", ""))[:LONGEST], str(form.get("story", ""))[:LONGEST]
    back = inside(str(form.get("back", "")), story)
    try:
        before = desk.library.loaded(story, fresh=True)[0].story if story else None
        desk.library.workspace.undo(name)
        after = desk.library.loaded(story, fresh=True)[0].story if story else None
    except NotFoundError as error:
        return desk.page(request, "problem.html", status=404, title="There is nothing to undo", words=error.message)
    words = "Taken back. " + (change(before, after) if before and after else "")
    return RedirectResponse(with_notice(back, desk.notify(words)), 303)


def change(before: Story, after: Story) -> str:
    """How the numbers of a story changed."""
    a, b = before.numbers, after.numbers
    pairs = (("independent origin", a.origins, b.origins), ("article", a.articles, b.articles),
             ("link", len(before.links), len(after.links)), ("conflict", a.conflicts, b.conflicts))
    moved = [f"{count(noun, new)} (before: {old})" for noun, old, new in pairs if old != new]
    return "Now " + ", ".join(moved) + "." if moved else "The numbers stay the same."


def inside(path: str, story: str) -> str:
    """A path within the desk, whatever a form says.

    >>> inside("//evil.example/x", "s"), inside("/story/s/claims?show=all", "s"), inside("javascript:x", "")
    ('/story/s', '/story/s/claims?show=all', '/decisions')
    """
    from retold.web.links import story_path

    parts = urlsplit(path)
    fine = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and path.isprintable() and "\\" not in path
    return path if fine else story_path(story) if story else "/decisions"


def with_notice(path: str, key: str) -> str:
    """A path with the notice that it is to show."""
    base, mark, anchor = path.partition("#")
    return f"{base}{'&' if '?' in base else '?'}notice={key}{mark}{anchor}"


def log(desk: Desk, request: Request) -> Response:
    """All decisions, the latest first."""
    found = list(reversed(desk.library.workspace.decisions()))
    if accepts_json(request) or request.url.path.endswith(".json"):
        return json_answer(request, {"decisions": [
            {"id": d.id, "kind": d.kind, "subject": d.subject, "key": d.key, "made": d.made, "note": d.note} for d in found]})
    return desk.page(request, "decisions.html", decisions=found)
