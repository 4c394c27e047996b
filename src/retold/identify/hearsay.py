"""Sentences that no cue attributes but their mood does: free indirect speech, the conditional of report, words of hearsay."""

from __future__ import annotations

from collections.abc import Sequence

from retold.identify.cues import CLASSES
from retold.identify.drafts import Draft, strip_edges, whole
from retold.identify.nounphrases import NAMED, content_end, likeness, noun_right
from retold.identify.sources import with_name
from retold.identify.subjects import opening_subject
from retold.identify.units import LONGEST_BACK, Unit, Units


def go_on(unit: Unit, index: int, units: Sequence[Unit], drafts: Sequence[Draft]) -> Draft | None:
    """A sentence in the conditional goes on with what the source before it said (free indirect speech)."""
    conditional = any("conditional" in tags for tags in unit.tags if tags)
    if not conditional and not (unit.book.verb_final and goes_on(unit)):
        return None
    before = next((n for n in range(len(drafts) - 1, -1, -1) if drafts[n].source or drafts[n].kind == "free"), -1)
    near = before >= 0 and index - drafts[before].unit <= 1
    if not conditional and not (near and drafts[before].source and units[index - 1].passage == unit.passage):
        return None
    if not near:
        return from_subject(unit, index, units) or orphan(unit, index)
    root = drafts[before].source_from if drafts[before].kind == "free" else before
    a, b = strip_edges(unit, 0, content_end(unit, 0))
    pieces = [t.quote for t in unit.tokens if t.quote >= 0]
    return Draft(
        unit=index,
        key=drafts[before].key,
        kind="free",
        source=drafts[before].source,
        content=[unit.span(a, b)] if b > a else [],
        pieces=pieces,
        source_from=root,
        whole=(unit.start, unit.end),
        score=0.6,
    )


def goes_on(unit: Unit) -> bool:
    """Whether a sentence closes with a word of hearsay by which its language goes on with what somebody told ("…という。")."""
    stop = content_end(unit, 0)
    near = [i for i, tags in enumerate(unit.tags[:stop]) if tags and "goes_on" in tags]
    return bool(near) and near[-1] + unit.tags[near[-1]]["goes_on"] >= stop - 1


def told_back(unit: Unit, index: int, units: Units) -> Draft | None:
    """A sentence without a verb of saying that tells whose words the quote before it was: "«…». Così Ornella Bressan, titolare del bar"."""
    if not index or not unit.book.spaced:
        return None
    last = units[index - 1]
    if last.passage != unit.passage:
        return None
    quotes = [t for t in last.tokens if t.quote >= 0]
    opening = next((b for b in unit.book.back if units.text[unit.start : unit.start + LONGEST_BACK].lower().startswith(b)), "")
    begin = next((i for i, t in enumerate(unit.tokens) if t.start >= unit.start + len(opening)), 0)
    source = noun_right(unit, begin, len(unit.tokens)) if opening and (quotes or last.marked) else None
    if source is None or likeness(unit, source) < NAMED:
        return None
    source = with_name(unit, source)
    content = [last.span(*last.marked[-1])] if not quotes else [(t.start, t.end) for t in quotes]
    return Draft(
        unit=index, key="say", kind="direct", source=(unit.span(*source),), cue=(unit.span(0, max(1, begin)),), content=content,
        pieces=[t.quote for t in quotes], whole=(unit.start, unit.end), score=0.7,
    )


def from_subject(unit: Unit, index: int, units: Sequence[Unit]) -> Draft | None:
    """A sentence in the conditional behind one whose subject does something by words ("Roth criticised the plan.")."""
    last = units[index - 1] if index else None
    if last is None or last.passage != unit.passage:
        return None
    verb = next((i for i in range(1, len(last.tokens)) if last.has(i, *CLASSES, "attitude")), 0)
    source = opening_subject(last, verb) if verb else None
    if source is None:
        return None
    return Draft(
        unit=index, key="say", kind="free", source=(last.span(*source),), content=[whole(unit)],
        pieces=[t.quote for t in unit.tokens if t.quote >= 0], whole=(unit.start, unit.end), score=0.5,
    )


def orphan(unit: Unit, index: int) -> Draft | None:
    """A sentence in the conditional that says whose words it reports nowhere near."""
    i = next(i for i, tags in enumerate(unit.tags) if "conditional" in tags)
    if not any(t.word for t in unit.tokens[:i]):
        return None
    return Draft(
        unit=index,
        key="reportive",
        kind="free",
        cue=(unit.span(i, i + 1),),
        content=[whole(unit)],
        pieces=[t.quote for t in unit.tokens if t.quote >= 0],
        whole=(unit.start, unit.end),
        score=0.4,
    )


def reportive(unit: Unit, index: int) -> Draft | None:
    """A sentence that its language marks as hearsay, with nobody named ("reportedly", "soll")."""
    i = next((i for i, tags in enumerate(unit.tags) if "reportive" in tags and "conditional" not in tags and not names(unit, i)), None)
    if i is None or unit.kind == "boilerplate":
        return None
    a, b = strip_edges(unit, 0, content_end(unit, 0))
    if b - a < 3:
        return None
    return Draft(
        unit=index,
        key="reportive",
        kind="reportive",
        cue=(unit.span(i, i + unit.tags[i]["reportive"]),),
        content=[unit.span(a, b)],
        whole=(unit.start, unit.end),
        score=0.5,
    )


def names(unit: Unit, i: int) -> bool:
    """Whether a word of hearsay only keeps a distance from a name or marked words right behind it ("the so-called ‘repair’")."""
    after = i + unit.tags[i]["reportive"]
    return any(
        t < len(unit.tokens) and (unit.tokens[t].quote >= 0 or any(r[0] == t for r in unit.marked)) for t in range(after, after + 2)
    )
