"""Attributions: who is said to have said what, as source, cue and content spans, through a whole article.

`patterns` reads one cue in one unit; here the cues of a unit are settled among each other, and what one unit leaves open the
next one goes on with: quotes without a speaker of their own, sentences in the conditional, sources understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from retold.base.records import Span
from retold.identify.cues import CLASSES
from retold.identify.cuewords import find_cues
from retold.identify.nounphrases import MAX_SOURCE, NAMED, Range, content_end, likeness, noun_left
from retold.identify.patterns import resolve
from retold.identify.sources import Found
from retold.identify.units import Unit

MAX_SUFFIX = 5  # tokens of an outlet at the end of a headline ("… - NYT")
MAX_OWNED = 5  # tokens from a name to whom or what it owns ("Roth’s two closest aides")
MAX_HEAD = 4  # tokens of a speaker at the head of a headline ("Ferry chief: …")


@dataclass(slots=True)
class Draft:
    """An attribution in spans of the text, before speakers and outlets are resolved.

    `unit` is the index of its unit, `source_from` the draft whose source it shares (-1: none), `parent` the draft inside whose
    content it stands (-1: none), `pieces` the quotes in its content; `open` says that the next unit brings them,
    `thought` that its cue is one of thinking.
    """

    unit: int
    key: str
    kind: str
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: list[Span] = field(default_factory=list)
    addressee: tuple[Span, ...] = ()
    pieces: list[int] = field(default_factory=list)
    source_from: int = -1
    parent: int = -1
    whole: Span = (0, 0)
    score: float = 0.8
    open: bool = False
    thought: bool = False


def find_attributions(units: Sequence[Unit]) -> list[Draft]:
    """The drafts of all attributions of an article, in the order of its units."""
    drafts: list[Draft] = []
    for index, unit in enumerate(units):
        found = read_unit(unit)
        base = len(drafts)
        for item in found:
            drafts.append(make_draft(unit, index, item))
            if item.before and index and units[index - 1].passage == unit.passage:
                drafts[-1].content = [whole(units[index - 1])]
        settle(drafts, base, found)
        attach_loose(unit, index, drafts, base)
        if len(drafts) == base:
            draft = go_on(unit, index, units, drafts) or reportive(unit, index)
            if draft is not None:
                drafts.append(draft)
    nest(drafts)
    return drafts


def whole(unit: Unit) -> Span:
    """The span of a unit without the marks at its ends."""
    a, b = strip_edges(unit, 0, content_end(unit, 0))
    return unit.span(a, b) if b > a else (unit.start, unit.end)


def read_unit(unit: Unit) -> list[Found]:
    """What the cues of one unit say, settled among each other, then what a bare colon or a headline's tail says."""
    found: list[Found] = []
    for cue in find_cues(unit, unit.book):
        item = resolve(unit, cue, unit.book)
        if item is not None:
            behind_preposition(item, found)
        if item is not None and not claimed(item, found) and not first_person(unit, item) and not too_loose(unit, item):
            found.append(item)
    share_sources(unit, found)
    trim(unit, found)
    extra = [rule(unit, found) for rule in (bare_colon, headline_suffix)]
    return [*found, *(item for item in extra if item is not None)]


def behind_preposition(item: Found, found: Sequence[Found]) -> None:
    """A source begins behind the one of a preposition before it ("citing three engineers the Post writes")."""
    for other in found:
        if other.key == "according_to" and other.source and item.source and item.source[0] < other.source[1] < item.source[1]:
            item.source = other.source[1], item.source[1]


def first_person(unit: Unit, item: Found) -> bool:
    """Whether the writer only tells what he did: "I wrote to the office" says nothing that anybody said."""
    if item.source is None or item.source[1] - item.source[0] > 2 or says_something(unit, item):
        return False
    return any(unit.has(j, "pronouns_first") and not unit.has(j, "articles", "pronouns_person") for j in range(*item.source))


def too_loose(unit: Unit, item: Found) -> bool:
    """Whether a verb that only sometimes tells what somebody holds lacks the company that makes it a cue.

    Those of attitude ("want", "support") are none as an infinitive ("to support a bill") or part of a compound; the loose ones
    ("praise", "reject") need besides a named source, a pronoun or a role, and a complement right behind them.
    """
    i, after = item.cue[0][0], item.cue[-1][1]
    if item.key != "attitude" or (after < len(unit.tokens) and (unit.has(after, "that") or unit.tokens[after].quote >= 0)):
        return False
    if i > 1 and unit.has(i - 2, "catenative"):
        return False
    if i and (unit.has(i - 1, "infinitive") or unit.tokens[i - 1].low in "-–"):
        return True
    if not unit.has(i, "loose") or unit.has(i, "attitude", *CLASSES):
        return False
    named = after < len(unit.tokens) and (unit.mentions[after] is not None or unit.has(after, "articles", "pronouns_person"))
    return not named or likeness(unit, item.source) < NAMED


def says_something(unit: Unit, item: Found) -> bool:
    """Whether the content is a quote or a clause: it opens with "that", a name, an article or a pronoun."""
    opening = item.content[0][0] if item.content else -1
    if opening < 0:
        return False
    return unit.tokens[opening].quote >= 0 or item.left or not unit.has(opening, "breaks") or unit.has(opening, "that", "articles")


def claimed(item: Found, found: Sequence[Found]) -> bool:
    """Whether a cue is part of another's source or cue already."""
    at = item.cue[0][0]
    for other in found:
        if other.source and other.source[0] <= at < other.source[1] and not other.shares:
            return True
        if any(a <= at < b for a, b in other.cue) or (other.addressee and other.addressee[0] <= at < other.addressee[1]):
            return True
    return False


def share_sources(unit: Unit, found: list[Found]) -> None:
    """A cue without a source of its own takes that of the cue before, or the subject that opens the unit."""
    for n, item in enumerate(found):
        if item.source is not None or item.passive:
            continue
        before = next((f for f in reversed(found[:n]) if f.source is not None), None)
        if before is not None:
            item.source = before.source
        else:
            item.source = opening_subject(unit, item.cue[0][0])
        item.shares = item.source is not None


def opening_subject(unit: Unit, cue: int) -> Range | None:
    """The noun phrase with the first name or pronoun before a cue, where the unit opens with it or nearly so."""
    for j in range(min(cue, 2 * MAX_SOURCE)):
        mention = unit.mentions[j]
        if j and (unit.tokens[j - 1].low in "([" or governed(unit, j)):
            continue
        pronoun = unit.has(j, "pronouns_person") and not unit.has(j, "articles")
        if (mention is not None and mention.kind in ("person", "organisation", "outlet")) or pronoun:
            stop = j + 1
            while stop < cue and mention is not None and unit.mentions[stop] is mention:
                stop += 1
            head = owned_head(unit, stop, cue) if mention is not None else stop
            if head is None:
                continue
            left = noun_left(unit, 0, stop)
            return (left[0], head) if left else (j, head)
    return None


def owned_head(unit: Unit, stop: int, cue: int) -> int | None:
    """The end of what a name before it only describes ("Roth’s closest aides", "a Roth ally"), `stop` where it describes nothing.

    None where it owns something that is nobody: the subject is another then.
    """
    possessed = stop < cue and unit.tokens[stop].low in "'’" and stop + 1 < cue
    reach = min(cue, stop + MAX_OWNED) if possessed else min(cue, stop + 1)
    for t in range(stop, reach):
        if unit.has(t, "roles", "anonymous", "organisation"):
            return t + 1
    return None if possessed else stop


def governed(unit: Unit, j: int) -> bool:
    """Whether a preposition stands before a name, with or without an article between ("in an interview with the Post")."""
    t = j - 1 - unit.has(j - 1, "articles")
    return t >= 0 and unit.mentions[t] is None and unit.has(t, "breaks", "absolutes", "agents") and not unit.has(t, "joins", "articles")


def trim(unit: Unit, found: list[Found]) -> None:
    """Content to the right ends before a later cue of the same source, and before a cue that closes the sentence."""
    for n, item in enumerate(found):
        for later in found[n + 1 :]:
            start = edge(unit, later)
            if later.left and later.source and not later.shares:
                start = min(start, later.source[0])
            elif later.key == "according_to" and later.left:
                start = later.cue[0][0]
            elif not later.shares:
                continue
            item.content = [(a, min(b, start) if a <= start else b) for a, b in item.content]
        item.content = [strip_edges(unit, a, b) for a, b in item.content]
        item.content = [(a, b) for a, b in item.content if b > a]


def edge(unit: Unit, item: Found) -> int:
    """Where an attribution that shares its source begins: at its cue, with the join and helpers before it."""
    j = item.cue[0][0]
    while j > 0 and unit.has(j - 1, "helpers") and not unit.separates(j - 1):
        j -= 1
    while j > 0 and (unit.has(j - 1, "joins") or unit.tokens[j - 1].low in ",،，、"):
        j -= 1
    return j


def strip_edges(unit: Unit, a: int, b: int) -> Range:
    """A range without commas and stops at its ends."""
    while b > a and unit.tokens[b - 1].quote < 0 and not unit.tokens[b - 1].word and unit.tokens[b - 1].low in ",;:–—.،，、。":
        b -= 1
    while a < b and unit.tokens[a].quote < 0 and not unit.tokens[a].word and unit.tokens[a].low in ",;:–—،，、":
        a += 1
    return a, b


def bare_colon(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“Ferry chief: nobody was told”, "The mayor, near tears: “…”": a speaker, a colon and what is said, without a verb."""
    headline = unit.kind in ("headline", "subheading")
    for i, token in enumerate(unit.tokens[:-1]):
        if token.low not in (":", "："):
            continue
        quoted = unit.tokens[i + 1].quote >= 0 or any("conditional" in tags for tags in unit.tags[i + 1 :])
        if any(a <= i + 1 < b for f in found for a, b in f.content) or not (quoted or headline):
            return None
        source = noun_left(unit, 0, i) or (None if not quoted else opening_subject(unit, i))
        if quoted and source is not None and likeness(unit, source) < 2:
            source = opening_subject(unit, i) or source
        if source is None or (not quoted and (likeness(unit, source) < 2 or i > MAX_HEAD)):
            return None
        if source[1] - source[0] > MAX_HEAD and unit.has(i + 1, "pronouns_person") and not unit.has(i + 1, "articles"):
            return None  # "Insider openly defies Roth: He was “ready to go”": a clause, and its subject speaks
        person = any(m is not None and m.kind == "person" for m in unit.mentions[slice(*source)]) or likeness(unit, source) > 2.3
        if likeness(unit, source) < 1 or (source[1] - source[0] > MAX_HEAD and not person):
            return None
        return Found(cue=((i, i + 1),), key="say", source=source, content=[strip_edges(unit, i + 1, content_end(unit, i + 1))])
    return None


def headline_suffix(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“… - NYT”: an outlet or speaker after the last dash of a headline."""
    if unit.kind not in ("headline", "subheading"):
        return None
    dash = max((i for i, t in enumerate(unit.tokens) if t.low in "-–—|" and t.quote < 0), default=-1)
    n = len(unit.tokens) - dash - 1
    if dash < 3 or not 0 < n <= MAX_SUFFIX or unit.tokens[dash].start == unit.tokens[dash - 1].end:
        return None
    tail = (dash + 1, len(unit.tokens))
    short = n == 1 and unit.tokens[-1].word and 2 <= len(unit.tokens[-1].low) <= 6
    if likeness(unit, tail) < 2.1 and not (short and unit.mentions[-1] is not None):
        return None
    return Found(cue=((dash, dash + 1),), key="report", source=tail, content=[strip_edges(unit, 0, dash)], left=True)


def make_draft(unit: Unit, index: int, item: Found) -> Draft:
    """A found attribution in spans."""
    pieces = [t.quote for a, b in item.content for t in unit.tokens[a:b] if t.quote >= 0]
    words = any(t.word and t.quote < 0 for a, b in item.content for t in unit.tokens[a:b])
    kind = "indirect" if not pieces else ("mixed" if words else "direct")
    if item.content and all(r in unit.marked for r in item.content):
        kind = "direct"
    spans = [unit.span(a, b) for a, b in item.content]
    return Draft(
        unit=index,
        key=item.key,
        kind=kind,
        source=(unit.span(*item.source),) if item.source else (),
        cue=tuple(unit.span(a, b) for a, b in item.cue),
        content=spans,
        pieces=pieces,
        addressee=(unit.span(*item.addressee),) if item.addressee else (),
        whole=(unit.start, unit.end),
        score=0.6 if item.shares or item.key == "attitude" else 0.8,
        open=item.after,
        thought=unit.has(item.cue[0][0], "thoughts"),
    )


def settle(drafts: list[Draft], base: int, found: Sequence[Found]) -> None:
    """Note whose source a draft shares, and keep each quote with the innermost draft that holds it."""
    for n, item in enumerate(found):
        if item.shares:
            same = [m for m in range(n) if found[m].source == item.source]
            drafts[base + n].source_from = base + same[0] if same else -1


def attach_loose(unit: Unit, index: int, drafts: list[Draft], base: int) -> None:
    """Quotes of a unit that no cue of it holds go on with the attribution before them, in this unit or the last."""
    held = {p for d in drafts[base:] for p in d.pieces}
    loose = [t for t in unit.tokens if t.quote >= 0 and t.quote not in held]
    words = sum(t.word for t in unit.tokens)
    for token in loose:
        before = next((d for d in reversed(drafts) if d.unit >= index - 1 and (d.pieces or d.open) and d.cue), None)
        if before is None or (before.unit != index and words and base == len(drafts)):
            continue
        before.pieces.append(token.quote)
        before.content.append((token.start, token.end))
        before.kind = "direct" if before.open else before.kind
        if before.unit != index:
            before.unit = index


def go_on(unit: Unit, index: int, units: Sequence[Unit], drafts: Sequence[Draft]) -> Draft | None:
    """A sentence in the conditional goes on with what the source before it said (free indirect speech)."""
    if not any("conditional" in tags for tags in unit.tags):
        return None
    before = next((n for n in range(len(drafts) - 1, -1, -1) if drafts[n].source or drafts[n].kind == "free"), -1)
    if before < 0 or index - drafts[before].unit > 1:
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


def nest(drafts: list[Draft]) -> None:
    """Set the parent of each draft that stands inside the content of another of the same unit: the smallest such content."""
    by_unit: dict[Span, list[int]] = {}
    for n, draft in enumerate(drafts):
        by_unit.setdefault(draft.whole, []).append(n)
    for group in by_unit.values():
        for n in group:
            at = drafts[n].cue[0][0] if drafts[n].cue else -1
            holders = [
                (sum(e - s for s, e in drafts[m].content), m) for m in group if m != n and any(s <= at < e for s, e in drafts[m].content)
            ]
            if holders:
                drafts[n].parent = min(holders)[1]
