"""The list of stories, with filters, and the search."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from retold.base.errors import SettingsError
from retold.web.desk import Desk, accepts_json, json_answer
from retold.workspace.claims import ClaimHit
from retold.workspace.search import Hit

A_PAGE = 30
MOST_HITS = 12  # articles found
MOST_CLAIMS = 8  # claims found
LISTED = 200  # stories whose outlets and languages are offered to choose from
FILTERS = ("text", "language", "outlet", "since", "until")
SORTS = {"newest": "Newest", "retold": "Most retold", "origins": "Most origins", "conflicts": "Most conflicts"}
LONGEST = 200  # code points of anything that a filter may hold


def wanted(request: Request) -> dict[str, str]:
    """The filters in an address; what cannot be meant is left out."""
    given = request.query_params
    filters = {name: given.get(name, "").strip()[:LONGEST] for name in FILTERS}
    return {name: value for name, value in filters.items() if value}


def front(desk: Desk, request: Request) -> Response:
    """The list of stories."""
    filters, sort = wanted(request), request.query_params.get("sort", "newest")
    sort = sort if sort in SORTS else "newest"
    page = whole(request.query_params.get("page", ""))
    asked: dict[str, Any] = {**filters, **until_end(filters)}
    found = desk.library.workspace.stories(**asked, sort=sort, limit=A_PAGE + 1, offset=page * A_PAGE)  # type: ignore[arg-type]
    meaning = request.query_params.get("meaning", "") == "1"
    hits, claims = hits_of(desk, filters, meaning=meaning), claims_of(desk, filters, meaning=meaning)
    if accepts_json(request) or request.url.path.endswith(".json"):
        return json_answer(request, {"stories": [asdict(s) for s in found[:A_PAGE]], "more": len(found) > A_PAGE,
                                     "articles": [asdict(h) for h in hits], "claims": [asdict(c) for c in claims]})
    languages, outlets = choices(desk)
    context: dict[str, Any] = {
        "stories": found[:A_PAGE], "more": len(found) > A_PAGE, "page": page, "sort": sort, "sorts": SORTS,
        "filters": {name: filters.get(name, "") for name in FILTERS}, "hits": hits, "claims": claims, "meaning": meaning,
        "languages": languages, "outlets": outlets,
    }
    name = "stories_list.html" if request.query_params.get("part") else "stories.html"
    return desk.page(request, name, **context)


def until_end(filters: dict[str, str]) -> dict[str, str]:
    """A last day holds the whole of it."""
    return {"until": filters["until"] + "T23:59:59+00:00"} if len(filters.get("until", "")) == len("2026-03-02") else {}


def whole(text: str) -> int:
    """A number of a page, 0 for anything else."""
    return min(int(text), 100_000) if text.isascii() and text.isdigit() else 0


def choices(desk: Desk) -> tuple[list[str], list[str]]:
    """The languages and the outlets of the newest stories."""
    newest = desk.library.workspace.stories(limit=LISTED)
    return sorted({code for s in newest for code in s.languages if code}), sorted({name for s in newest for name in s.outlets if name})


def hits_of(desk: Desk, filters: dict[str, str], *, meaning: bool) -> list[Hit]:
    """Articles with the words in their text, title or names, beside stories with the words in their title.

    meaning: also those that mean the like, in any language.
    """
    if not filters.get("text"):
        return []
    asked: dict[str, Any] = {k: v for k, v in {**filters, **until_end(filters)}.items() if k != "text"}
    try:
        return desk.library.workspace.search(filters["text"], semantic=meaning, limit=MOST_HITS, **asked)
    except SettingsError:
        return []  # half a query, as it is while it is being typed


def claims_of(desk: Desk, filters: dict[str, str], *, meaning: bool) -> list[ClaimHit]:
    """Claims of traced stories with the words in any of their wordings; meaning: also those that mean the like."""
    if not filters.get("text"):
        return []
    asked: dict[str, Any] = {k: v for k, v in {**filters, **until_end(filters)}.items() if k != "text"}
    return desk.library.workspace.claims(filters["text"], semantic=meaning, limit=MOST_CLAIMS, **asked)
