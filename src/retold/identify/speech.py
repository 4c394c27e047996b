"""Speech in an article: its quotes and its attributions, each pointing to the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold.base.records import NOWHERE, Attribution, Quote, Span, make_id
from retold.identify.alone import told_alone
from retold.identify.attributions import find_attributions
from retold.identify.credits import find_credits
from retold.identify.cues import CERTAINTY, STRENGTH, Phrasebook, phrasebook
from retold.identify.drafts import Draft
from retold.identify.holders import holders, inside_sources
from retold.identify.inserts import amid, dialogue, split_inserts
from retold.identify.quotes import (
    Piece,
    find_pieces,
    follows_noun,
    is_address,
    is_phrase,
    is_short,
    is_title,
    is_uttered,
    listed,
    opens_sentence,
)
from retold.identify.reading import Reading
from retold.identify.sourcekinds import SourceKinds
from retold.identify.speakers import Speakers
from retold.identify.tagged import Tagging
from retold.identify.units import Units

METHOD = "speech-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The quoted pieces of an article, sorted out: `titles` look like titles, `short` like marked words, `spoken` are speech."""

    pieces: tuple[Piece, ...]
    titles: frozenset[int]
    short: frozenset[int]
    spoken: tuple[int, ...]


def read_speech(reading: Reading, tagging: Tagging | None = None) -> tuple[list[Quote], list[Attribution]]:
    """The quotes and attributions of an article, each in the order of its text.

    tagging: how the tagger reads the article; without it rules alone decide.

    Reads passages, sentences, mentions and dates. Quotes of kind `indirect` are the contents of indirect speech that has both a
    cue and a source; `scare` are marked words that nobody is said to have uttered. Titles and names in marks are no quotes.
    """
    book = phrasebook(reading.language)
    marked = sort_pieces(reading, book)
    units = Units(reading, marked.pieces, marked.spoken, distant_words(reading, marked, book), book)
    drafts = find_attributions(units, tagging)
    speakers = Speakers(reading, book, [(q.outer_start, q.outer_end) for q in marked.pieces])
    names = name_all(drafts, speakers)
    outlets = {n for n, d in enumerate(drafts) if d.source and speakers.inside(d.source[0], "outlet")}
    by = holders(drafts, marked.pieces, lambda piece: so_called(reading, piece, book.conditional), outlets)
    named = inside_sources(drafts, marked.pieces)
    kinds = [
        "" if i in named else kind_of(reading, marked, i, drafts[by[i]] if i in by else None, book) for i in range(len(marked.pieces))
    ]
    kinds = names_listed(reading.text, marked.pieces, kinds, by)
    attributions = make_attributions(reading, drafts, speakers)
    quotes = [
        *make_quotes(reading, marked.pieces, kinds, by, names, attributions, speakers, told_last(drafts, names)),
        *indirect_quotes(reading, drafts, attributions, names, {(q.outer_start, q.outer_end) for q in marked.pieces}),
    ]
    quotes, more = told_alone(reading, quotes, SourceKinds(speakers), method=METHOD)
    attributions = [*attributions, *more]
    credited = find_credits(reading, book, speakers)
    inside = [cue for credit in credited for cue in credit.cue]
    found = [*(a for a in attributions if not any(s < f and e > t for s, e in a.cue for t, f in inside)), *credited]
    return sorted(quotes, key=lambda q: (q.start, q.end, q.kind)), sorted(found, key=place)


def sort_pieces(reading: Reading, book: Phrasebook) -> Marked:
    """The quoted pieces of an article that are no names, and what each looks like on its own."""
    text = reading.text
    names = {(m.start, m.end) for m in reading.mentions}
    found = find_pieces(text, reading.passages, dash=bool(reading.lexicon.table("quotes").get("dash", False)))
    found = split_inserts(text, found, book)
    if book.inserts and reading.lexicon.table("quotes").get("dash", False):
        starts = sorted([q.start for q in found] + [len(text)])
        bare = [p for p in reading.passages if p.kind == "paragraph" and starts[bisect_left(starts, p.start)] >= p.end]
        found += [q for p in bare for q in dialogue(text, p.start, p.end, book)]
        if reading.lexicon.table("quotes").get("dash_inside", False):
            found += amid(text, ((p.start, p.end) for p in reading.passages if p.kind == "paragraph"), found, book)
        found.sort(key=lambda q: (q.outer_start, -q.outer_end))
    pieces = tuple(
        q for q in found if q.continues or quoted_on(text, q, book) or not {(q.start, q.end), (q.outer_start, q.outer_end)} & names
    )
    nouns = book.nouns_capital
    titles = frozenset(i for i, q in enumerate(pieces) if not q.continues and is_title(text, q, cased=book.cased, nouns_capital=nouns))
    short = frozenset(i for i, q in enumerate(pieces) if is_short(text, q, spaced=book.spaced))

    def speaks(i: int) -> bool:
        piece = pieces[i]
        return opens_sentence(text, piece) or (piece.depth == 0 and i not in titles and (is_uttered(text, piece) or i not in short))

    return Marked(pieces=pieces, titles=titles, short=short, spoken=tuple(filter(speaks, range(len(pieces)))))


def quoted_on(text: str, piece: Piece, book: Phrasebook) -> bool:
    """Whether a particle of quoting stands right behind marks inside a quote ("『伏せろ』と叫び"): words, and no name."""
    return not book.spaced and book.verb_final and piece.depth > 0 and text[piece.outer_end : piece.outer_end + 1] in book.quoting


def quoted_by_particle(text: str, piece: Piece, book: Phrasebook) -> bool:
    """Whether a particle of quoting leads from marks to any verb ("「後半は良かった」と前を向いた"), and not to what is called so."""
    behind = text[piece.outer_end : piece.outer_end + 2]
    led = not book.spaced and book.verb_final and piece.depth == 0 and behind[:1] in book.quoting and behind not in book.calling
    return led and not text.startswith(book.not_quoting, piece.outer_end + 1)


def distant_words(reading: Reading, marked: Marked, book: Phrasebook) -> list[Piece]:
    """The marked words that are neither speech of their own nor names."""
    held = set(marked.spoken)
    return [
        q
        for i, q in enumerate(marked.pieces)
        if i not in held
        and q.depth == 0
        and not names_something(reading.text, q, book, title=i in marked.titles, short=True)
    ]


def so_called(reading: Reading, piece: Piece, conditional: frozenset[str]) -> bool:
    """Whether a hedge stands right before the marks ("the so-called “…”"); a verb in the conditional is none."""
    hedge = reading.lexicon.pattern("attribution", "reportive")
    at = piece.outer_start
    found = hedge.finditer(reading.text, max(0, at - 25), at)
    return any(m.end() > at - 3 and m.group().casefold().strip() not in conditional for m in found)


def place(attribution: Attribution) -> tuple[Span, tuple[Span, ...], str]:
    """Where an attribution stands: its first span of any kind."""
    return min([*attribution.cue, *attribution.source, *attribution.content], default=NOWHERE), attribution.source, attribution.id


def make_attributions(reading: Reading, drafts: Sequence[Draft], speakers: Speakers) -> list[Attribution]:
    """The drafts as records, one each, in their order."""
    ids = [make_id("at", reading.article.id, d.key, d.kind, d.cue, d.source, d.content) for d in drafts]
    out = []
    kinds = SourceKinds(speakers)
    for draft, key in zip(drafts, ids, strict=True):
        source = kinds.describe(draft.source)
        certainty = kinds.alleged(draft.cue) or draft.key
        out.append(
            Attribution(
                id=key,
                article=reading.article.id,
                source=draft.source,
                cue=draft.cue,
                content=tuple(sorted(draft.content)),
                kind=draft.kind,
                source_kind=source.kind,
                outlet=source.outlet,
                anonymous=source.anonymous,
                number=source.number,
                certainty=CERTAINTY[certainty],
                strength=STRENGTH[certainty],
                addressee=draft.addressee,
                parent=ids[draft.parent] if draft.parent >= 0 else "",
                method=METHOD,
                score=draft.score,
            )
        )
    return out


def name_all(drafts: Sequence[Draft], speakers: Speakers) -> list[tuple[str, Span]]:
    """(name, where it stands) of each draft's source, resolved in the order of the text: pronouns look back."""
    out: list[tuple[str, Span]] = [("", NOWHERE)] * len(drafts)
    for n in sorted(range(len(drafts)), key=lambda n: (drafts[n].source or ((drafts[n].whole[0], 0),))[0]):
        out[n] = speakers.name(drafts[n].source, drafts[n].whole[0])
        told = min((s for s, _ in drafts[n].content if drafts[n].source and s >= drafts[n].source[0][1]), default=-1)
        if drafts[n].source and speakers.passes_on(drafts[n].source[0]):
            start, end = drafts[n].source[0]
            cited = speakers.cited(start, told) if told >= 0 else speakers.cited_behind(drafts[n].cue, end)
            out[n] = cited or out[n]
    return out


def make_quotes(
    reading: Reading,
    pieces: Sequence[Piece],
    kinds: Sequence[str],
    by: dict[int, int],
    names: Sequence[tuple[str, Span]],
    attributions: Sequence[Attribution],
    speakers: Speakers,
    told: Sequence[tuple[int, str, Span]],
) -> Iterator[Quote]:
    """The quoted pieces as records, with their speakers; pieces whose kind is "" are names and give none.

    told: where each attribution ends, and who speaks in it, in the order of the text.
    """
    before = (0, "", NOWHERE)
    for i, piece in enumerate(pieces):
        n, kind = by.get(i, -1), kinds[i]
        if not kind:
            continue
        name, span = "", NOWHERE
        if kind != "scare":
            on = n < 0 and before[1] and (piece.continues or not ENDED.search(reading.text, before[0], piece.outer_start))
            name, span = names[n] if n >= 0 else before[1:] if on else speakers.guess(piece, goes_on(speakers, piece, told))
            before = (piece.outer_end, name, span)
        yield Quote(
            id=make_id("q", reading.article.id, piece.start, piece.end, kind),
            article=reading.article.id,
            start=piece.start,
            end=piece.end,
            outer_start=piece.outer_start,
            outer_end=piece.outer_end,
            kind=kind,
            speaker=name,
            speaker_span=span,
            attribution=attributions[n].id if n >= 0 else "",
            method=METHOD,
            score=0.9 if piece.closed else 0.6,
        )


def told_last(drafts: Sequence[Draft], names: Sequence[tuple[str, Span]]) -> list[tuple[int, str, Span]]:
    """Where each attribution with a source ends, and who speaks in it, in the order of the text."""
    return sorted((max(e for _, e in (*d.source, *d.cue, *d.content)), *names[n]) for n, d in enumerate(drafts) if d.source and names[n][0])


def goes_on(speakers: Speakers, piece: Piece, told: Sequence[tuple[int, str, Span]]) -> tuple[str, Span] | None:
    """Who tells what the sentence right before a quote tells ("Stocks would last a week, an insider said. “…”"): he goes on."""
    sentence = speakers.sentence_before(piece.outer_start)
    n = bisect_left(told, (piece.outer_start + 1, "", NOWHERE)) - 1
    if n < 0 or sentence is None or not sentence.start < told[n][0] <= sentence.end:
        return None
    return told[n][1:]


WORDS = re.compile(r"\w+")
ENDED = re.compile(r"[.!?…:。！？：\n]")  # what parts two quotes of one sentence, so that they need not have one speaker
CLAUSE = re.compile(r"[.,:;!?»”“\"]")
MIN_FREE = 9  # words: a quote that nothing attributes and no punctuation sets off is a title or a motto when shorter


def in_words(text: str, piece: Piece, book: Phrasebook) -> bool:
    """Whether the noun before the marks stands for words and names nothing ("mit den Worten „…“")."""
    before = text[max(0, piece.outer_start - 30) : piece.outer_start].split()
    return bool(before) and before[-1].casefold() in book.worded


def names_something(text: str, piece: Piece, book: Phrasebook, *, title: bool, short: bool) -> bool:
    """Whether marked words are the name of the noun before them, or a title."""
    if called_by_verb(text, piece, book):
        return False
    naming = follows_noun(text, piece, nouns_capital=book.nouns_capital) and not is_uttered(text, piece) and not in_words(text, piece, book)
    return (title and not book.nouns_capital) or (naming and (title or (short and names_begin(text, piece))))


def called_by_verb(text: str, piece: Piece, book: Phrasebook) -> bool:
    """Whether a verb of calling in the same clause says that somebody uses the marked words ("nannte den Plan „Unsinn“")."""
    before = CLAUSE.split(text[max(0, piece.outer_start - 60) : piece.outer_start])[-1].casefold().split()
    return not book.callings.isdisjoint(before)


def in_italics(text: str, piece: Piece) -> bool:
    """Whether two apostrophes stand for a mark: where nobody is said to say the words, they only set them off."""
    return text.startswith("''", piece.outer_start)


def names_begin(text: str, piece: Piece) -> bool:
    """Whether marked words begin as a name does: with a capital or a figure."""
    return text[piece.start : piece.start + 1].isupper() or text[piece.start : piece.start + 1].isdigit()


def kind_of(reading: Reading, marked: Marked, i: int, draft: Draft | None, book: Phrasebook) -> str:
    """The kind of the i-th quoted piece, given the attribution that holds it; "" for a title or name."""
    text, nouns = reading.text, book.nouns_capital
    piece, title, short = marked.pieces[i], i in marked.titles, i in marked.short
    uttered = is_uttered(text, piece)
    if (called_so(text, piece, book) and not uttered) or is_address(text, piece) or titled(text, piece, book):
        return ""
    if draft is None:
        if title:
            return ""
        if piece.continues or speaks_alone(text, piece, uttered=uttered, short=short) or quoted_by_particle(text, piece, book):
            return "direct"
        cited = is_phrase(text, piece, spaced=book.spaced, nouns_capital=nouns) and not in_italics(text, piece)
        cited = cited and not so_called(reading, piece, book.conditional)
        return "mixed" if cited and not names_something(text, piece, book, title=title, short=piece_named(piece, text)) else "scare"
    if draft.kind == "direct" and opens_sentence(text, piece):
        return "direct"
    whole = (piece.outer_start, piece.outer_end) in draft.content
    if title and nouns and not whole and not uttered and not one_of_a_kind(text, piece, book):
        return ""
    if names_something(text, piece, book, title=title, short=short):
        return ""
    return "direct" if draft.kind == "direct" or (whole and not short) else "mixed"


def names_listed(text: str, pieces: Sequence[Piece], kinds: Sequence[str], by: dict[int, int]) -> list[str]:
    """The kinds of pieces: those of a list that nobody says are names where the first is none's words, or where they are many."""
    out = list(kinds)
    start = 0
    for i in range(1, len(pieces) + 1):
        if i < len(pieces) and i not in by and i - 1 not in by and listed(text, pieces[i - 1], pieces[i]):
            continue
        if i - start >= LEAST_LIST or (i - start > 1 and out[start] in ("", "scare")):
            out[start:i] = [""] * (i - start)
        start = i
    return out


def called_so(text: str, piece: Piece, book: Phrasebook) -> bool:
    """Whether a definite article leads to a noun in marks: “the ‘Star’”, a name rather than anybody's words."""
    if not book.definite or piece.depth or not names_begin(text, piece):
        return False
    before = text[max(0, piece.outer_start - 20) : piece.outer_start].split()
    return bool(before) and before[-1].casefold() in book.definite


def titled(text: str, piece: Piece, book: Phrasebook) -> bool:
    """Whether a noun for a title, motto or work leads over a colon to marked words that are no sentence ("ihr Roman: „…“")."""
    before = text[max(0, piece.outer_start - 40) : piece.outer_start].rstrip()
    noun = WORDS.findall(before[:-1])[-1:] if before.endswith(":") else []
    ends = text[piece.end - 1 : piece.end] in ".!?…" or text[piece.outer_end : piece.outer_end + 1] == ","
    return bool(noun) and noun[0].casefold().endswith(book.titled) and not ends


def one_of_a_kind(text: str, piece: Piece, book: Phrasebook) -> bool:
    """Whether an indefinite article leads to marked words ("turned into a “bunker”"): a name takes none."""
    before = text[max(0, piece.outer_start - 20) : piece.outer_start].split()
    return bool(before) and before[-1].casefold() in book.indefinite


LEAST_LIST = 3  # marked phrases in a row, nothing but commas between them, that are titles rather than anybody's words
MAX_NAME = 60  # code points of a title in marks behind its noun


def piece_named(piece: Piece, text: str) -> bool:
    """Whether marked words are short enough to be the title of what the noun before them means."""
    return piece.end - piece.start <= MAX_NAME and text[piece.end - 1 : piece.end] not in ".!?"


def speaks_alone(text: str, piece: Piece, *, uttered: bool, short: bool) -> bool:
    """Whether a piece that nothing attributes is speech all the same: an utterance, or long and a sentence of its own."""
    if uttered and not short:
        return True
    before = text[max(0, piece.outer_start - 2) : piece.outer_start].strip(" \n")[-1:]
    return before in ("", ".", ":", "!", "?") and text[piece.start : piece.end].count(" ") >= MIN_FREE


def indirect_quotes(
    reading: Reading,
    drafts: Sequence[Draft],
    attributions: Sequence[Attribution],
    names: Sequence[tuple[str, Span]],
    quoted: set[Span],
) -> Iterator[Quote]:
    """The contents of indirect, mixed and free indirect speech with a source, as quotes; not what is no clause ("rules out sabotage")."""
    for draft, attribution, (name, span) in zip(drafts, attributions, names, strict=True):
        if draft.kind not in ("indirect", "mixed", "free") or not draft.source or draft.bare:
            continue
        for start, end in worthy(reading.text, draft.content):
            if (start, end) in quoted:
                continue
            yield Quote(
                id=make_id("q", reading.article.id, start, end, "indirect"),
                article=reading.article.id,
                start=start,
                end=end,
                outer_start=start,
                outer_end=end,
                kind="indirect",
                speaker=name,
                speaker_span=span,
                attribution=attribution.id,
                method=METHOD,
                score=draft.score,
            )


MIN_PART = 14  # code points: shorter parts of divided content ("The company, … said, will close") say nothing alone


def worthy(text: str, content: Sequence[Span]) -> list[Span]:
    """The parts of a content that say something of their own; the longest at least."""
    longest = max(content, key=lambda s: s[1] - s[0], default=None)
    return sorted(s for s in content if s == longest or (len(text[slice(*s)].split()) > 3 and s[1] - s[0] >= MIN_PART))
