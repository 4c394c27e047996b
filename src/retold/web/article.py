"""An article: its text with every finding explained, what was cut off, its versions, and how its metadata are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from retold.base.errors import NotFoundError
from retold.view import contract
from retold.view.anchors import Anchors
from retold.view.articles import Document, Excerpt
from retold.view.differences import compare
from retold.view.document import Place, annotate, find_places
from retold.view.findings import Story
from retold.view.visible import shorten
from retold.view.wording import about, count, stands, turned
from retold.web.desk import HTML, Desk, accepts_json, json_answer, plain, tools
from retold.web.library import Loaded
from retold.web.links import DeskLinks
from retold.workspace import Version

ANCHOR = "w"
LONG = 100_000  # code points beyond which versions are compared no further: the rest is shown as it is


@dataclass(slots=True)
class Note:
    """A place in the text with all that is said about it: (kind, words, address)."""

    start: int
    end: int
    text: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)


def article(desk: Desk, request: Request) -> Response:
    """The page of an article."""
    name, twin = found_name(desk, request)
    home = desk.library.workspace.story_of(name)
    loaded, updating = desk.library.loaded(home)
    document = loaded.document(name)
    if document is None:
        raise NotFoundError(expected="an article of the workspace", found="one that its story no longer holds", where=name,
                            advice="undo that under Decisions")
    if twin:
        return json_answer(request, {**contract.document_value(document), "text": document.text})
    versions = desk.library.workspace.versions(name)

    def make() -> tuple[bytes, str]:
        return bytes(desk.page(plain(request), "article.html", **view(loaded, document, versions), updating=updating).body), HTML

    return desk.kept(request, f"{loaded.stamp} {updating} {len(versions)}", make)


def view(loaded: Loaded, document: Document, versions: list[Version]) -> dict[str, Any]:
    """What the template needs."""
    context = tools(loaded)
    notes = notes_of(loaded.story, document, context["links"])
    return {
        **context, "story": loaded.story, "n": loaded.story.numbers, "document": document, "versions": changes(versions), "tab": "articles",
        "notes": sorted(notes.values(), key=lambda n: (n.start, n.end)),
        "text": annotate(document, places_of(loaded, document, context["anchors"], notes), ANCHOR),
        "taken": [e for e in loaded.story.edges if e.target == document.id],
        "given": [e for e in loaded.story.links if e.source == document.id],
    }


def found_name(desk: Desk, request: Request) -> tuple[str, bool]:
    """The id in an address and whether the JSON twin is wanted; an id that itself ends in .json is an id first."""
    name, twin = request.path_params["article"], accepts_json(request)
    if name.endswith(".json"):
        try:
            desk.library.workspace.article(name)
        except NotFoundError:
            return name.removesuffix(".json"), True
    return name, twin


def places_of(loaded: Loaded, document: Document, anchors: Anchors, notes: Mapping[tuple[int, int], Note]) -> list[Place]:
    """The places in one text; those with a note lead to it."""
    places = loaded.once("places", lambda: find_places(loaded.report, anchors, ())).get(document.id, {})
    return [replace(place, entry=f"n-{span[0]}-{span[1]}" if span in notes else None) for span, place in places.items()]


def notes_of(story: Story, document: Document, links: DeskLinks) -> dict[tuple[int, int], Note]:
    """What is said about every place in one article."""
    notes: dict[tuple[int, int], Note] = {}
    for excerpt, kind, words, href in said(story, document, links):
        if excerpt is not None and excerpt.document == document.id:
            note = notes.setdefault((excerpt.start, excerpt.end), Note(excerpt.start, excerpt.end, excerpt.text))
            if (kind, words, href) not in note.lines:
                note.lines.append((kind, words, href))
    return notes


Said = tuple[Excerpt | None, str, str, str]


def said(story: Story, document: Document, links: DeskLinks) -> Iterator[Said]:
    """Everything that a story says about places in an article."""
    yield from disputes(story, links)
    yield from claims(story, links)
    yield from quotes(story, links)
    yield from evidence(story, document, links)
    for name in story.names:
        for spelling in name.spellings:
            for place in spelling.places:
                known = f"{name.label} ({name.kind})" + (f", also spelt {listed(name.spellings)}" if len(name.spellings) > 1 else "")
                yield place, "name", known, links.thing(story, "n", name.id) or ""
    for attribution in document.attributions:
        who = " › ".join(attribution.chain) or "somebody who is not named"
        for place in (*attribution.source, *attribution.cue):
            yield place, "source", f"{who}: {attribution.certainty}", ""
    for cut in document.boilerplate:
        yield cut.excerpt, "cut", f"{cut.reason} (cut off)", ""


def listed(spellings: Any) -> str:
    """The first spellings of a name."""
    return ", ".join(s.text for s in spellings[:4])


def disputes(story: Story, links: DeskLinks) -> Iterator[Said]:
    """Conflicts and changes."""
    for conflict in story.conflicts:
        for version in (v for side in conflict.sides for v in side):
            words = f"{about(conflict)}: {conflict.why}"
            yield version.excerpt, "conflict", words, links.thing(story, "x", conflict.id) or ""
    for change in story.alterations:
        href = links.thing(story, "a", change.id) or ""
        yield change.after, "change", f"here: {turned(change)}", href
        yield change.before, "change", f"by others: {turned(change)}", href


def claims(story: Story, links: DeskLinks) -> Iterator[Said]:
    """Claims with their verdicts."""
    for claim in story.claims:
        words = f"in {count('article', claim.documents)} · {claim.verdict}: {claim.why}"
        for mention in claim.mentions:
            yield mention.excerpt, "claim", words, links.thing(story, "c", claim.id) or ""


def quotes(story: Story, links: DeskLinks) -> Iterator[Said]:
    """Quotes with what became of them."""
    for quote in story.quotes:
        for version in quote.versions:
            words = f"{quote.speaker or 'somebody who is not named'}: {stands(version, quote)}, {count('version', len(quote.versions))}"
            yield version.excerpt, "quote", words, links.thing(story, "q", quote.id) or ""


def evidence(story: Story, document: Document, links: DeskLinks) -> Iterator[Said]:
    """What links of this article rest on."""
    named = {n.id: n.label for n in story.nodes}
    for edge in story.edges:
        if document.id in (edge.source, edge.target):
            for reason in edge.evidence:
                words = f"{named.get(edge.target, '')} {edge.kind} {named.get(edge.source, '')}: {reason.words}"
                for place in (reason.excerpt, reason.other):
                    yield place, "evidence", shorten(words, 300), links.thing(story, "e", edge.id) or ""


def changes(versions: list[Version]) -> list[dict[str, Any]]:
    """The versions of an article, each with what it changed against the one before."""
    rows: list[dict[str, Any]] = []
    for i, version in enumerate(versions):
        before = versions[i - 1].article.text if i else ""
        parts = hunks(before[:LONG], version.article.text[:LONG]) if i else []
        rows.append({"version": version, "parts": parts})
    return rows


def hunks(before: str, after: str) -> list[Any]:
    """What differs line by line, the lines that stayed left out; lines that changed are compared word by word."""
    from difflib import SequenceMatcher

    old, new = before.splitlines(), after.splitlines()
    out: list[Any] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            out.append(compare("\n".join(old[i:j]), "\n".join(new[k:m])))
    return out
