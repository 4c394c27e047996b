"""An article's full text with every finding marked in it, so that a link can lead to the very words.

Findings nest and overlap. They become elements that nest properly: where one would cross the end of another or of a line, it is
split, and the pieces after the first point back to it by `data-of`. Each place has one element with one id, however many
findings rest on it.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from retold.view.anchors import Anchors
from retold.view.articles import Document, Excerpt
from retold.view.findings import Reason, Story
from retold.view.report import Report
from retold.view.visible import BREAKS, HOSTILE, picture

KINDS = ("conflict", "change", "quote", "claim", "source", "name", "evidence", "cut")  # in the order of classes
MAX_DEPTH = 24  # elements inside one another; deeper ones become empty anchors, as browsers give up at 512


@dataclass(slots=True)
class Place:
    """A stretch of an article that findings rest on: their kinds, and the id of the first one's entry in the report."""

    start: int
    end: int
    kinds: set[str] = field(default_factory=set)
    entry: str | None = None


Found = tuple[str, Excerpt, str | None]  # kind, words, id of the entry in the report
Places = dict[str, dict[tuple[int, int], Place]]


def find_places(report: Report, anchors: Anchors, shown_stories: Container[str]) -> Places:
    """Every place in every article that something rests on, by document id and span.

    Only places of the `shown_stories` know of an entry in the report: other stories have no section of their own.
    """
    places: Places = {}
    for story in report.stories:
        for kind, excerpt, entry in found_in(story, anchors):
            here = places.setdefault(excerpt.document, {})
            place = here.setdefault((excerpt.start, excerpt.end), Place(excerpt.start, excerpt.end))
            place.kinds.add(kind)
            place.entry = place.entry or (entry if story.id in shown_stories else None)
    for document in report.documents:
        for kind, excerpt in read_in(document):
            here = places.setdefault(document.id, {})
            here.setdefault((excerpt.start, excerpt.end), Place(excerpt.start, excerpt.end)).kinds.add(kind)
    return places


def found_in(story: Story, anchors: Anchors) -> Iterator[Found]:
    """Every finding of a story."""
    yield from differing(story, anchors)
    for quote in story.quotes:
        for version in quote.versions:
            yield "quote", version.excerpt, anchors.thing(story, "q", quote.id)
    for claim in story.claims:
        for mention in claim.mentions:
            yield "claim", mention.excerpt, anchors.thing(story, "c", claim.id)
    for name in story.names:
        for excerpt in (p for s in name.spellings for p in s.places):
            yield "name", excerpt, anchors.thing(story, "n", name.id)
    yield from supporting(story, anchors)


def differing(story: Story, anchors: Anchors) -> Iterator[Found]:
    """Conflicts and changes."""
    for conflict in story.conflicts:
        for version in (v for side in conflict.sides for v in side):
            for excerpt in filter(None, (version.excerpt, version.mark)):
                yield "conflict", excerpt, anchors.thing(story, "x", conflict.id)
    for alteration in story.alterations:
        for excerpt in filter(None, (alteration.before, alteration.after)):
            yield "change", excerpt, anchors.thing(story, "a", alteration.id)


def supporting(story: Story, anchors: Anchors) -> Iterator[Found]:
    """What edges, origins, verdicts and unknowns rest on."""
    for letter, things in (("e", story.edges), ("o", story.origins), ("c", story.claims)):
        for thing in things:
            yield from evidence(thing.evidence, anchors.thing(story, letter, thing.id))
    for unknown in story.unknowns:
        for excerpt in unknown.places:
            yield "evidence", excerpt, None


def evidence(reasons: Iterable[Reason], entry: str | None) -> Iterator[Found]:
    """The words that reasons rest on."""
    for reason in reasons:
        for excerpt in (reason.excerpt, reason.other):
            if excerpt:
                yield "evidence", excerpt, entry


def read_in(document: Document) -> Iterator[tuple[str, Excerpt]]:
    """(kind, words) for what was found in one article alone."""
    for cut in document.boilerplate:
        yield "cut", cut.excerpt
    for attribution in document.attributions:
        for excerpt in (*attribution.source, *attribution.cue):
            yield "source", excerpt
    for fact in document.facts:
        if fact.excerpt:
            yield "evidence", fact.excerpt


def annotate(document: Document, places: Iterable[Place], anchor: str) -> Markup:
    """The text as paragraphs with its places marked; `anchor` is the id of the document.

    A place of nothing but blank lines becomes an empty anchor at the end: every link must lead somewhere.
    """
    waiting = sorted(places, key=lambda p: (p.start, -p.end))
    done: set[str] = set()
    lines, first = [], 0
    opened: list[Place] = []
    for start, end in line_spans(document.text):
        while first < len(waiting) and waiting[first].start < end:
            opened.append(waiting[first])
            first += 1
        if document.text[start:end].strip():
            here = [p for p in opened if p.end > start]
            lines.append(Markup('<p dir="auto">{}</p>\n').format(annotate_line(document.text, (start, end), here, anchor, done)))
        opened = [p for p in opened if p.end > end]
    rest = [Markup('<span id="{}"></span>').format(id_) for p in waiting if (id_ := place_id(anchor, p)) not in done]
    return Markup("").join([*lines, *rest])


def place_id(anchor: str, place: Place) -> str:
    """The id of a place's element."""
    return f"{anchor}-{place.start}-{place.end}"


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text without what ends them."""
    start = 0
    for found in BREAKS.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def annotate_line(text: str, line: tuple[int, int], places: Sequence[Place], anchor: str, done: set[str]) -> Markup:
    """One line with its places as nested elements; ids given go into `done`."""
    queue = [(max(p.start, line[0]), -min(p.end, line[1]), i) for i, p in enumerate(places)]
    heapq.heapify(queue)
    out: list[Markup] = []
    stack: list[int] = []
    at = line[0]
    while queue:
        start, minus, i = heapq.heappop(queue)
        at = move(text, at, start, stack, out)
        end = min(-minus, stack[-1]) if stack else -minus
        if len(stack) >= MAX_DEPTH or end <= start:
            continue
        if end < -minus:
            heapq.heappush(queue, (end, minus, i))
        out.append(opening(places[i], anchor, done))
        stack.append(end)
    move(text, at, line[1], stack, out)
    return Markup("").join(out)


def move(text: str, at: int, to: int, stack: list[int], out: list[Markup]) -> int:
    """Write the text from `at` to `to`, closing the elements that end on the way; returns `to`."""
    while stack and stack[-1] <= to:
        out.append(shown(text[at : stack[-1]]))
        at = stack.pop()
        out.append(Markup("</mark>"))
    out.append(shown(text[at:to]))
    return max(at, to)


def opening(place: Place, anchor: str, done: set[str]) -> Markup:
    """The start of an element: with its id if it is the first piece, else with the id of the first piece."""
    kinds = [k for k in KINDS if k in place.kinds]
    id_ = place_id(anchor, place)
    where = Markup(' data-of="{}"' if id_ in done else ' id="{}"').format(id_)
    done.add(id_)
    to = Markup(' data-to="{}"').format(place.entry) if place.entry else ""
    return Markup('<mark class="{}"{}{} title="{}">').format(" ".join(kinds), where, to, ", ".join(kinds))


def shown(text: str) -> Markup:
    """Text escaped, its control characters visible and set apart."""
    if not HOSTILE.search(text):
        return escape(text)
    pieces = re.split(f"({HOSTILE.pattern})", text)
    return Markup("").join(
        Markup('<span class="control" title="a control character in the text">{}</span>').format(picture(p)) if i % 2 else escape(p)
        for i, p in enumerate(pieces)
    )
