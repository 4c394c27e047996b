"""Who a small network says spoke, set beside what the rules of language found: sources that they missed, and those that are none.

Rules know constructions; the network has learned from passages how sources look, in any construction. A source of the rules that it
holds for none is dropped, or replaced by the one that it reads in the same content; a source that the rules have not is taken over
where it is sure. Pure functions but for the reading itself (`tag`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from retold.base.records import Span
from retold.base.tagging import LABELS, LONGEST, Tagged
from retold.identify.cues import CLASSES
from retold.identify.drafts import Draft
from retold.identify.patterns import done_to
from retold.identify.reading import Reading
from retold.identify.units import MAX_UNIT, Unit, Units

AT_ONCE = 160  # sub-words of the sentences that are read together
FAR = 30_000  # code points of an article that are read: long reads have 20,000
SOURCE = LABELS.index("source")
FROM = 0.5  # probability from which a sub-word is part of a source, a content, a cue
GAP = 1  # sub-words within one of these that may be less likely
SURE = 0.9  # from which the likeliest sub-word of a source lets it be taken over
SURE_OUTLET = 0.995  # the same where it names an outlet: whether one is credited the list and the constructions know best
DOUBT = 0.02  # below which all sub-words of a source of the rules lie where it is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A source with its cue and content, all as spans of the article, and the greatest probability of its sub-words."""

    source: Span
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging:
    """An article as the tagger reads it, in windows of a few sentences."""

    windows: tuple[tuple[int, Tagged], ...]

    def inside(self, span: Span) -> Iterator[tuple[Tagged, int]]:
        """The sub-words that stand in a span: their window, and their number in it."""
        for at, tagged in self.windows:
            if tagged.places and at + tagged.places[0][0] < span[1] and span[0] < at + tagged.places[-1][1]:
                yield from ((tagged, i) for i in within(tagged.places, span, at))

    def likely(self, span: Span) -> float | None:
        """The greatest probability of what stands in a span to be part of a source; None where nothing of it was read."""
        return max((float(tagged.labels[i, SOURCE]) for tagged, i in self.inside(span)), default=None)

    def said(self, text: str, *, spaced: bool) -> Iterator[Said]:
        """All sources that are sure, in the order of the text, with what is theirs."""
        for at, tagged in self.windows:
            sources = tagged.labels[:, SOURCE]
            for a, b in runs(sources):
                score = float(sources[a:b].max())
                if score < SURE:
                    continue
                content, cue = (tuple(span_of(run, at, tagged, text, spaced=spaced) for run in runs(likely))
                                for likely in tagged.related(range(a, b)))
                yield Said(source=span_of((a, b), at, tagged, text, spaced=spaced), cue=cue, content=content, score=score)


def within(places: Sequence[Span], span: Span, at: int) -> Iterator[int]:
    """The sub-words that stand in a span, of a text that begins at `at`."""
    start, end = span[0] - at, span[1] - at
    return (i for i, (s, e) in enumerate(places) if s < end and e > start)


def runs(likely: Any) -> list[tuple[int, int]]:
    """The sub-words in a row that are likely, gaps of `GAP` included."""
    out: list[tuple[int, int]] = []
    for i in (likely >= FROM).nonzero()[0].tolist():
        if out and i - out[-1][1] <= GAP:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out


def span_of(run: tuple[int, int], at: int, tagged: Tagged, text: str, *, spaced: bool) -> Span:
    """Sub-words in a row, of a window that begins at `at`, as a span of the article."""
    return widened(text, (at + tagged.places[run[0]][0], at + tagged.places[run[1] - 1][1]), spaced=spaced)


def widened(text: str, span: Span, *, spaced: bool) -> Span:
    """A span that begins and ends where words do."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while spaced and 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while spaced and 0 < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def tag(reading: Reading, tagger: Any) -> Tagging:
    """An article read by the tagger: sentences that follow each other in windows of at most `AT_ONCE` sub-words."""
    starts: list[int] = []
    placed: list[tuple[list[int], list[Span]]] = []
    for start, end in windows(reading, tagger):
        numbers, places = tagger.place(reading.text[start:end])
        starts.append(start)
        placed.append((numbers[:LONGEST], places[:LONGEST]))
    return Tagging(windows=tuple(zip(starts, tagger.read(placed), strict=True)))


def windows(reading: Reading, tagger: Any) -> Iterator[Span]:
    """The sentences of an article in groups, each group in one piece: nothing that is not the article lies inside.

    Left out is what no sentence is so long as, and what lies far down: rules alone read it.
    """
    held: Span | None = None
    size = 0
    for sentence in reading.sentences:
        if sentence.end > FAR or sentence.end - sentence.start > MAX_UNIT:
            continue
        more = len(tagger.place(reading.text[sentence.start:sentence.end])[0])
        if held is not None and (size + more > AT_ONCE or reading.text[held[1]:sentence.start].strip()):
            yield held
            held = None
        held, size = ((held[0], sentence.end), size + more) if held is not None else ((sentence.start, sentence.end), more)
    if held is not None:
        yield held


def settled(drafts: Sequence[Draft], units: Units, tagging: Tagging) -> list[Draft]:
    """The drafts of the rules with what the tagger makes of them: doubted ones gone or given to another, and those that they lack."""
    outlets = [(m.start, m.end) for m in units.mentions if m.kind == "outlet"]
    said = [s for s in tagging.said(units.text, spaced=units.book.spaced)
            if s.content and (s.score >= SURE_OUTLET or not meets(s.source, outlets))]
    said = [s for s in said if not any(nearer(other, s, units) for other in said) and not is_told(s, units)]
    doubts = [doubted(draft, units[draft.unit], tagging, outlets) for draft in drafts]
    held = [span for draft, doubt in zip(drafts, doubts, strict=True) if not doubt for span in draft.source]
    kept: list[Draft] = []
    places: dict[int, int] = {}
    for n, (draft, doubt) in enumerate(zip(drafts, doubts, strict=True)):
        other = next((s for s in said if same_words(draft, s)), None) if doubt else None
        if doubt and (other is None or meets(other.source, held)):
            continue
        places[n] = len(kept)
        kept.append(replace(draft, source=(other.source,), score=other.score) if other is not None else draft)
        held += [other.source] if other is not None else []
    for draft in kept:
        draft.source_from, draft.parent = places.get(draft.source_from, -1), places.get(draft.parent, -1)
    for each in said:
        if not any(meets(each.source, draft.source) for draft in kept):
            take_over(kept, each, units)
        elif not any(meets(span, draft.content) for draft in kept if draft.source for span in each.content):
            take_over(kept, each, units)  # a source of the rules has words that they gave to nobody
    return ordered(kept)


def ordered(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in the order of their units, with what they say of each other."""
    order = sorted(range(len(drafts)), key=lambda n: (drafts[n].unit, n))
    places = {old: new for new, old in enumerate(order)}
    return [replace(drafts[n], source_from=places.get(drafts[n].source_from, -1), parent=places.get(drafts[n].parent, -1)) for n in order]


def doubted(draft: Draft, unit: Unit, tagging: Tagging, outlets: Sequence[Span]) -> bool:
    """Whether the tagger holds that whom a draft names, in its own unit, is no source; what names an outlet is not doubted."""
    if not draft.source or not unit.start <= draft.source[0][0] < unit.end or meets(draft.source[0], outlets):
        return False
    likely = tagging.likely(draft.source[0])
    return likely is not None and likely < DOUBT and not unnamed(draft.source[0], unit)


def unnamed(source: Span, unit: Unit) -> bool:
    """Whether somebody is called by what he is, and by phrases of sources that keep their names back ("two people familiar with it")."""
    return any(meet((t.start, t.end), source) and unit.has(i, "anonymous") for i, t in enumerate(unit.tokens))


def same_words(draft: Draft, said: Said) -> bool:
    """Whether a draft and what the tagger read have one cue, or most of either's content in common."""
    if any(meets(span, said.cue) for span in draft.cue):
        return True
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in draft.content for b in said.content)
    return 2 * common > max(sum(e - s for s, e in spans) for spans in (draft.content, said.content))


def meet(a: Span, b: Span) -> bool:
    """Whether two spans share a code point."""
    return max(a[0], b[0]) < min(a[1], b[1])


def meets(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a code point with one of others."""
    return any(meet(span, other) for other in others)


def nearer(one: Said, other: Said, units: Units) -> bool:
    """Whether two sources are read with one cue, and the first stands in its sentence, the second does not."""
    if not any(meets(span, other.cue) for span in one.cue):
        return False
    index = unit_of(one.cue, units)
    home = units.parts[index] if index is not None else None
    return home is not None and home.start <= one.source[0] < home.end and not home.start <= other.source[0] < home.end


def unit_of(spans: Sequence[Span], units: Units) -> int | None:
    """The first unit that shares a code point with one of some spans; None where there is none."""
    return next((i for i, part in enumerate(units.parts) if meets((part.start, part.end), spans)), None)


def is_told(said: Said, units: Units) -> bool:
    """Whether the cue is a passive behind who is read as its source: somebody told or accused him ("Roth was warned that …")."""
    index = unit_of(said.cue, units)
    if index is None or said.source[1] > said.cue[0][0]:
        return False
    unit = units[index]
    cue = max(i for i, t in enumerate(unit.tokens) if meets((t.start, t.end), said.cue))
    first = next((i for i, t in enumerate(unit.tokens) if unit.start <= said.source[0] < t.end), 0)
    led = first > 0 and unit.has(first - 1, "prepositions", "breaks", "agents", "according_to")
    last = next((i for i, t in enumerate(unit.tokens) if t.start >= said.source[1]), cue)
    return not led and done_to(unit, (first, min(last, cue)), first, cue)


def take_over(drafts: list[Draft], said: Said, units: Units) -> None:
    """Give a source to the draft that has its words and nobody for them, or make a draft of it.

    Of whom hearsay tells ("the minister is said to have known"), or a passive ("was warned"), he is no source of it.
    """
    for n, draft in enumerate(drafts):
        if not draft.source and same_words(draft, said):
            if meets(said.source, draft.content) and (draft.kind == "reportive" or is_part(said.source, draft.content)):
                return
            drafts[n] = replace(draft, source=(said.source,), score=said.score)
            return
    index = next((i for i, part in enumerate(units.parts) if part.start <= said.source[0] < part.end), None)
    if index is not None:
        drafts.append(drafted(said, index, units))


def is_part(source: Span, content: Sequence[Span]) -> bool:
    """Whether a source is most of one of several parts of what is said: the subject of a passive."""
    return len(content) > 1 and any(2 * (min(source[1], end) - max(source[0], start)) > end - start for start, end in content)


def drafted(said: Said, index: int, units: Units) -> Draft:
    """A draft of what the tagger read."""
    unit = units[index]
    return Draft(unit=index, key=key_of(said, unit), source=(said.source,), cue=said.cue, whole=(unit.start, unit.end), score=said.score,
                 **worded(said, units))


def worded(said: Said, units: Units) -> dict[str, Any]:
    """The content, its quotes and the kind of an attribution, by what the tagger read: a quote is its content as a whole."""
    content: list[Span] = []
    pieces: list[int] = []
    for index, part in enumerate(units.parts):
        if meets((part.start, part.end), said.content):
            marked = [t for t in units[index].tokens if t.quote >= 0 and meets((t.start, t.end), said.content)]
            content += [(t.start, t.end) for t in marked]
            pieces += [t.quote for t in marked]
    plain = [span for span in said.content if not meets(span, content)]
    kind = "indirect" if not pieces else ("mixed" if plain else "direct")
    return {"content": sorted([*content, *plain]), "pieces": pieces, "kind": kind}


def key_of(said: Said, unit: Unit) -> str:
    """The class of the words that say that something is said, by the lexicon; "say" where it has none of them."""
    for i, token in enumerate(unit.tokens):
        if meets((token.start, token.end), said.cue):
            found = next((key for key in CLASSES if unit.has(i, key)), "")
            if found:
                return found
    return "say"
