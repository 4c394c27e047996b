"""A story and its tabs, and the pages of what is in it: a link, a claim, a source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from retold.base.errors import NotFoundError
from retold.view import contract
from retold.view.falling import without
from retold.view.findings import Claim, Story
from retold.view.wording import TRAITS, traits
from retold.web.desk import HTML, Desk, accepts_json, as_json, json_answer, packed, plain, tools
from retold.web.library import Loaded
from retold.web.links import TABS, story_path
from retold.web.stories import whole

A_PAGE = 40  # claims on a page
Made = tuple[bytes, str]
PARTS: dict[str, Callable[[Story], Any]] = {
    "claims": lambda s: [contract.claim_value(c) for c in s.claims],
    "conflicts": lambda s: [contract.conflict_value(c) for c in s.conflicts],
    "quotes": lambda s: [contract.quote_value(q) for q in s.quotes],
    "names": lambda s: [contract.name_value(n) for n in s.names],
    "changes": lambda s: contract.story_value(s)["ledger"],
    "unknown": lambda s: contract.story_value(s)["unknown"],
    "timeline": lambda s: [{"id": d.id, "published": d.published, "outlet": d.outlet, "title": d.title} for d in s.documents],
    "articles": lambda s: [contract.document_value(d) for d in s.documents],
}


def story(desk: Desk, request: Request) -> Response:
    """A story, or one of its tabs."""
    name, tab = request.path_params["story"], request.path_params.get("tab", "")
    twin = accepts_json(request)
    if not tab and name.endswith(".json"):
        name, twin = name.removesuffix(".json"), True
    if tab.endswith(".json"):
        tab, twin = tab.removesuffix(".json"), True
    if tab not in TABS:
        raise NotFoundError(expected="one of " + ", ".join(TABS), found=tab, where="the address")
    loaded, updating = desk.library.loaded(name)
    if loaded.story.id != name:  # merged into another
        return RedirectResponse(story_path(loaded.story.id, tab), 301)

    def make() -> Made:
        if twin:
            return as_json({tab: PARTS[tab](loaded.story)} if tab else contract.report_value(loaded.report))
        page = desk.page(plain(request), "tab.html", **view(loaded, request, tab), updating=updating)
        return bytes(page.body), HTML

    return desk.kept(request, f"{loaded.stamp} {updating}", make)


def view(loaded: Loaded, request: Request, tab: str) -> dict[str, Any]:
    """What the template of a tab needs."""
    found, page = loaded.story, whole(request.query_params.get("page", ""))
    show = request.query_params.get("show", "all")
    show = show if show in TRAITS else "all"
    rows, total = claims_of(found, show, page) if tab == "claims" else (list(found.claims), 0)
    return {**tools(loaded), "story": found, "n": found.numbers, "tab": tab, "rows": rows, "total": total, "page": page,
            "show": show, "pages": -(-total // A_PAGE)}


def claims_of(story: Story, show: str, page: int) -> tuple[list[Claim], int]:
    """A page of the claims that pass a filter, and how many do."""
    found = [c for c in story.claims if f"is-{show}" in traits(c).split()]
    return found[page * A_PAGE:(page + 1) * A_PAGE], len(found)


def open_story(desk: Desk, request: Request) -> Loaded:
    """The story that an address names."""
    return desk.library.loaded(request.path_params["story"])[0]


def link(desk: Desk, request: Request) -> Response:
    """One link: its evidence, and what to do about it."""
    loaded = open_story(desk, request)
    name, twin = twin_of(request, "link")
    edge = next((e for e in loaded.story.edges if e.id == name), None)
    if edge is None:
        raise NotFoundError(expected="a link of the story", found="none; it may have gone with a decision", where=name)
    if twin:
        return json_answer(request, contract.link_value(edge))
    inside = bool(request.query_params.get("part"))  # beside the graph: whoever decides there stays there
    template, back = ("link_part.html", story_path(loaded.story.id)) if inside else ("link.html", "")
    return desk.page(request, template, back=back, **tools(loaded), story=loaded.story, n=loaded.story.numbers, edge=edge, tab="")


def claim(desk: Desk, request: Request) -> Response:
    """One claim: who makes it, whom they have it from, and what speaks against it."""
    loaded = open_story(desk, request)
    name, twin = twin_of(request, "claim")
    found = next((c for c in loaded.story.claims if c.id == name), None)
    if found is None:
        raise NotFoundError(expected="a claim of the story", found="none; it may have gone with a decision", where=name)
    if twin:
        return json_answer(request, contract.claim_value(found))
    disputes = [x for x in loaded.story.conflicts if x.claim == name or x.id in found.conflicts]
    changes = {i for m in found.mentions for i in m.changes}
    return desk.page(request, "claim.html", **tools(loaded), story=loaded.story, n=loaded.story.numbers, claim=found, tab="claims",
                     disputes=disputes, changes=[a for a in loaded.story.alterations if a.id in changes])


def source(desk: Desk, request: Request) -> Response:
    """One source: what hangs on it, and what is left if it falls away."""
    loaded = open_story(desk, request)
    name = request.query_params.get("node", "")
    node = next((n for n in loaded.story.nodes if n.id == name), None)
    if node is None:
        raise NotFoundError(expected="a source of the story", found="none", where=name[:200])
    fall = without(loaded.story, name)
    if accepts_json(request) or request.url.path.endswith(".json"):
        return json_answer(request, {
            "node": name, "articles": list(fall.articles), "lost": [c.id for c in fall.lost], "weakened": [c.id for c in fall.weakened],
            "origins": fall.origins})
    origin = next((o for o in loaded.story.origins if o.id == name), None)
    given = [e for e in loaded.story.edges if e.source == name]
    taken = [e for e in loaded.story.edges if e.target == name]
    return desk.page(request, "source.html", **tools(loaded), story=loaded.story, n=loaded.story.numbers, node=node, origin=origin,
                     fall=fall, given=given, taken=taken, tab="")


def twin_of(request: Request, name: str) -> tuple[str, bool]:
    """A part of the address without the ending of its JSON twin, and whether that is wanted."""
    value = request.path_params[name]
    ends = value.endswith(".json")
    return value.removesuffix(".json") if ends else value, ends or accepts_json(request)


__all__ = ["claim", "link", "packed", "source", "story"]
