"""A unit of text for attribution: a sentence, or the sentences that one quote holds together, as tagged tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from retold.base.records import Mention
from retold.identify.cues import Phrasebook, Token, tokenize
from retold.identify.glances import glance
from retold.identify.quotes import FINAL, Piece
from retold.identify.reading import Reading

SEPARATORS = frozenset(",;:–—()[]、，；：（）")
FINAL_OUTSIDE = (",", "，", "、", "،")
NAMED = ("person", "organisation", "outlet", "thing")
MIN_VEIL = 2  # words of a phrase that keeps a name back; single ones ("anonymous") are adjectives
STOPS = ".!?…。！？:：;”\"»」』’)"  # what a title does not end in
LONGEST_BACK = 40  # code points of what opens a sentence that tells who said the quote before
MAX_UNIT = 1500  # code points; the longest of 9,900 sentences with their quotes had 1,400


@dataclass(slots=True)
class Unit:
    """Tokens of [start, end) with the keys of the lexicon, the mention at each token and its segment.

    `segments` are the token ranges between separators and quotes; `segment_of` gives each token's index there (-1 for the
    separators themselves). `dated` tells the tokens of dates, `veiled` those of phrases that keep a name back ("who asked
    not to be named"), `marked` are
    the token ranges of short marked words, `finals` the quote tokens whose words end like an utterance. `kind` is that of the
    passage.
    """

    start: int
    end: int
    kind: str
    passage: str
    tokens: list[Token]
    tags: list[dict[str, int]]
    mentions: list[Mention | None]
    book: Phrasebook
    segments: list[tuple[int, int]] = field(default_factory=list)
    segment_of: list[int] = field(default_factory=list)
    finals: frozenset[int] = frozenset()
    marked: list[tuple[int, int]] = field(default_factory=list)
    dated: list[bool] = field(default_factory=list)
    veiled: list[bool] = field(default_factory=list)

    def has(self, i: int, *keys: str) -> bool:
        """Whether a phrase under one of the keys begins at token i."""
        tags = self.tags[i]
        if tags:
            for key in keys:
                if key in tags:
                    return True
        return False

    def separates(self, i: int) -> bool:
        """Whether token i is a mark that divides segments, or a quote."""
        token = self.tokens[i]
        if token.low == "-" and 0 < i < len(self.tokens) - 1:
            return self.tokens[i - 1].end < token.start and token.end < self.tokens[i + 1].start
        stop = token.low in ".!?…" and i + 1 < len(self.tokens) and self.tokens[i + 1].quote >= 0
        return token.quote >= 0 or token.low in SEPARATORS or stop

    def span(self, a: int, b: int) -> tuple[int, int]:
        """The span of tokens a to b (not included)."""
        return self.tokens[a].start, self.tokens[b - 1].end


def divide_units(reading: Reading, pieces: Sequence[Piece], spoken: Sequence[int]) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, kind, passage) of each unit: sentences joined where a quote runs over their border.

    spoken: the indices of the pieces that count as speech.
    """
    spans = [(pieces[i].outer_start, pieces[i].outer_end) for i in spoken]
    at = 0
    current: list[tuple[int, int, str, str]] = []
    for row in rows_of(reading):
        while at < len(spans) and spans[at][1] <= row[0]:
            at += 1
        inside = at < len(spans) and spans[at][0] < row[0] < spans[at][1]
        goes_on = bool(current) and current[-1][3] == row[3] and small_start(reading, current[0][0], current[-1][1], row[0])
        if current and current[-1][3] == row[3] and (inside or goes_on) and row[1] - current[0][0] < MAX_UNIT:
            current.append(row)
            continue
        if current:
            yield current[0][0], current[-1][1], current[0][2], current[0][3]
        current = [row]
    if current:
        yield current[0][0], current[-1][1], current[0][2], current[0][3]


def rows_of(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, kind, passage) of each sentence; what is too long for prose comes in pieces, cut at white space."""
    for sentence in reading.sentences:
        start = sentence.start
        while sentence.end - start > MAX_UNIT:
            cut = reading.text.rfind(" ", start + MAX_UNIT // 2, start + MAX_UNIT)
            cut = cut + 1 if cut > 0 else start + MAX_UNIT
            yield start, cut, sentence.kind, sentence.passage
            start = cut
        yield start, sentence.end, sentence.kind, sentence.passage


def small_start(reading: Reading, begin: int, end: int, start: int) -> bool:
    """Whether a sentence only goes on ("…?” he asked"): small after a closing mark, or right behind one without a space.

    begin: where what it would go on with begins. Where words are not spaced a quote that words led to (他说：“…。”) ends its sentence.
    """
    text = reading.text
    head = text[start : start + 1]
    unspaced = end == start and head >= "\u2e80" and head not in "“「『‘（(" and text[end - 1 : end] in "”」』’"
    if unspaced and text[end - 2 : end - 1] in "。！？":
        unspaced = max(text.rfind(mark, begin, end) for mark in "“「『‘") <= begin
    return unspaced or (head.islower() and text[end - 1 : end] in "\"”“»«’‘'›‹") or head in ",;"


@dataclass(slots=True)
class Part:
    """A part of the text that is a unit: its span, kind and passage, and its quotes as (start, end, index).

    `firsts` are the first mention, date and short piece that do not end before it.
    """

    start: int
    end: int
    kind: str
    passage: str
    blocks: list[tuple[int, int, int]]
    firsts: tuple[int, int, int]


class Units(Sequence[Unit]):
    """All units of an article, in the order of its text.

    Each is made when it is first asked for: in every other one nobody can be said to say anything, and it never is.
    """

    def __init__(
        self, reading: Reading, pieces: Sequence[Piece], spoken: Sequence[int], short: Sequence[Piece], book: Phrasebook
    ) -> None:
        """short: marked words that are neither speech of their own nor names."""
        self.text, self.pieces, self.short, self.book = reading.text, pieces, short, book
        self.mentions = sorted((m for m in reading.mentions if m.kind in NAMED), key=lambda m: (m.start, -m.end))
        self.dates = sorted((d.start, d.end) for d in reading.dates)
        self.parts = list(self.divide(reading, spoken))
        self.made: dict[int, Unit] = {}

    def divide(self, reading: Reading, spoken: Sequence[int]) -> Iterator[Part]:
        """The parts of the text that are units."""
        first = m_first = d_first = s_first = 0
        for start, end, kind, passage in divide_units(reading, self.pieces, spoken):
            while first < len(spoken) and self.pieces[spoken[first]].outer_end <= start:
                first += 1
            blocks, n = [], first
            while n < len(spoken) and self.pieces[spoken[n]].outer_start < end:
                piece = self.pieces[spoken[n]]
                blocks.append((max(start, piece.outer_start), min(end, piece.outer_end), spoken[n]))
                n += 1
            if not blocks and not self.text[start:end].strip():
                continue
            while m_first < len(self.mentions) and self.mentions[m_first].end <= start:
                m_first += 1
            while d_first < len(self.dates) and self.dates[d_first][1] <= start:
                d_first += 1
            while s_first < len(self.short) and self.short[s_first].outer_end <= start:
                s_first += 1
            titled = kind == "paragraph" and not self.text[:start].strip() and self.titles(start, end)
            yield Part(start, end, "headline" if titled else kind, passage, blocks, (m_first, d_first, s_first))

    def titles(self, start: int, end: int) -> bool:
        """Whether the first sentence of a text stands in a line of its own and has no full stop: it is a title."""
        words = self.text[start:end].rstrip()
        return bool(words) and words[-1] not in STOPS and self.text[end : end + 2].lstrip(" ")[:1] in ("", "\n")

    def __len__(self) -> int:
        """How many there are."""
        return len(self.parts)

    @overload
    def __getitem__(self, index: int) -> Unit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Unit]: ...
    def __getitem__(self, index: int | slice) -> Unit | list[Unit]:
        """The unit at a place."""
        if isinstance(index, slice):
            return [self[n] for n in range(len(self.parts))[index]]
        unit = self.made.get(index)
        if unit is None:
            unit = self.made[index] = self.make(self.parts[index])
        return unit

    def silent(self, index: int) -> bool:
        """Whether nothing in a unit can say that anybody says something: no mark of speech, and no word that may be part of a cue."""
        part = self.parts[index]
        if part.blocks or part.kind in ("headline", "subheading") or not self.book.spaced:
            return False
        begins = self.text[part.start] in self.book.back_heads
        if begins and self.text[part.start : part.start + LONGEST_BACK].lower().startswith(self.book.back):
            return False
        colon = self.text.find(":", part.start, part.end) >= 0 or self.text.find("：", part.start, part.end) >= 0
        return not colon and self.book.speaking.missing(glance(self.text, part.start, part.end))

    def make(self, part: Part) -> Unit:
        """The unit of a part of the text."""
        book, text = self.book, self.text
        tokens = tokenize(text, part.start, part.end, part.blocks, spaced=book.spaced)
        at_mention, at_date, at_short = part.firsts
        unit = Unit(
            part.start, part.end, part.kind, part.passage, tokens, book.tags(tokens), mention_at(tokens, self.mentions, at_mention), book)
        if part.blocks:
            unit.finals = frozenset(i for i, t in enumerate(tokens) if t.quote >= 0 and ends_utterance(text, self.pieces[t.quote]))
        cut_segments(unit)
        unit.dated = dated_tokens(tokens, self.dates, at_date)
        unit.veiled = veiled_tokens(unit)
        unit.marked = marked_ranges(tokens, self.short, at_short)
        return unit


def mention_at(tokens: Sequence[Token], mentions: Sequence[Mention], first: int) -> list[Mention | None]:
    """The mention that covers each token, from the sorted mentions beginning with index `first`."""
    out: list[Mention | None] = [None] * len(tokens)
    n = first
    if n >= len(mentions) or mentions[n].start >= tokens[-1].end:
        return out
    mention = mentions[n]
    for i, token in enumerate(tokens):
        while mention.end <= token.start:
            n += 1
            if n == len(mentions):
                return out
            mention = mentions[n]
        if mention.start < token.end and token.quote < 0:
            out[i] = mention
    return out


def cut_segments(unit: Unit) -> None:
    """Fill in the segments: what stands between commas, colons, dashes, brackets and quotes."""
    begin = 0
    for i in [*(i for i, token in enumerate(unit.tokens) if not token.word and unit.separates(i)), len(unit.tokens)]:
        unit.segment_of += [len(unit.segments)] * (i - begin)
        unit.segment_of += [-1] * (i < len(unit.tokens))
        if i > begin:
            unit.segments.append((begin, i))
        begin = i + 1


def ends_utterance(text: str, piece: Piece) -> bool:
    """Whether quoted words end like an utterance: with a mark inside, or a comma or dash after."""
    return text[piece.end - 1 : piece.end] in FINAL or text[piece.outer_end : piece.outer_end + 1] in FINAL_OUTSIDE


def veiled_tokens(unit: Unit) -> list[bool]:
    """For each token whether it belongs to a phrase of several words that keeps a name back, with the "who" before it."""
    out = [False] * len(unit.tokens)
    for i, length in [(i, tags["anonymous_marks"]) for i, tags in enumerate(unit.tags) if "anonymous_marks" in tags]:
        if length >= MIN_VEIL:
            begin = i - 1 if i and unit.has(i - 1, "relative") else i
            out[begin : i + length] = [True] * (i + length - begin)
    return out


def marked_ranges(tokens: Sequence[Token], short: Sequence[Piece], first: int) -> list[tuple[int, int]]:
    """The token ranges of the marked words that stand in a unit, marks included."""
    out = []
    for piece in short[first:]:
        if piece.outer_start >= tokens[-1].end:
            break
        inside = [i for i, t in enumerate(tokens) if piece.outer_start <= t.start and t.end <= piece.outer_end]
        if inside:
            out.append((inside[0], inside[-1] + 1))
    return out


def dated_tokens(tokens: Sequence[Token], dates: Sequence[tuple[int, int]], first: int) -> list[bool]:
    """For each token whether it belongs to a date."""
    out = [False] * len(tokens)
    n = first
    if n >= len(dates) or dates[n][0] > tokens[-1].start:
        return out
    for i, token in enumerate(tokens):
        while n < len(dates) and dates[n][1] <= token.start:
            n += 1
        out[i] = n < len(dates) and dates[n][0] <= token.start and token.quote < 0
    return out
