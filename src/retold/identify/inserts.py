"""A narrator's words inside the marks: « Le pont est fermé, a dit X, et le reste. » / «Мост закрыт, — сказала X, — и всё»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from retold.identify.cues import CLASSES, Phrasebook, Token, tokenize
from retold.identify.quotes import DASH, INNER_DASH, Piece

OPENING = re.compile(r"[,.!?…][ \u00a0]*(?:[—–-][ \u00a0]*)?(?=\w)|[ \u00a0][—–][ \u00a0](?=\w)")
CLOSING = re.compile(r"[ \u00a0]*[,.][ \u00a0]*(?:[—–-][ \u00a0]*)?|[ \u00a0]*$")
DASHED = re.compile(r"[ \u00a0]*[,.]?[ \u00a0]*[—–][ \u00a0]*[.,]?[ \u00a0]*")
AMID = re.compile(r"(?<=[.!?:…])[ \u00a0][—–-][ \u00a0](?=[^\W\d_]|[«„…\d])")  # a dash that opens speech amid a paragraph
SHUT = re.compile(r"[ \u00a0]?[,.!?…]?[ \u00a0][—–-][ \u00a0](?=\w)")
DASHES = re.compile(r"[ \u00a0][—–-][ \u00a0]")
SENTENCE = re.compile(r"[.!?…][ \u00a0]+\w")
MAX_SAID, MAX_CUE = 700, 60  # code points of speech between dashes, and of the narrator's words behind it that are looked at
MAX_DASHED = 200  # code points of an insertion between dashes, with what it tells of who speaks
MAX_WORDS = 8  # of an inserted "X said"; longer ones are what the quoted person tells
MAX_TITLE = 8  # code points of a title that is written short
MIN_SAID = 2  # words of the quote before an insertion
HELPERS = 2  # words before the verb of an insertion ("a-t-", "lui a")


def split_inserts(text: str, pieces: Iterable[Piece], book: Phrasebook) -> list[Piece]:
    """The pieces, those with an inserted "X said" cut into what stands before and behind it."""
    if not book.inserts:
        return list(pieces)
    return [part for piece in pieces for part in split_piece(text, piece, book)]


def split_piece(text: str, piece: Piece, book: Phrasebook) -> Iterator[Piece]:
    """One piece, or the two that an insertion parts it into."""
    cut = find_insert(text, piece, book) if piece.depth == 0 and piece.mark != "—" else None
    if cut is None:
        yield piece
        return
    yield from parts(piece, cut)


def parts(piece: Piece, cut: tuple[int, int]) -> Iterator[Piece]:
    """What stands before and behind an insertion."""
    begin, end = cut
    yield replace(piece, end=begin, outer_end=begin)
    if end < piece.end:
        yield replace(piece, start=end, outer_start=end, continues=False)


def find_insert(text: str, piece: Piece, book: Phrasebook) -> tuple[int, int] | None:
    """Where the words before an insertion end, comma included, and where those behind it begin; None without one."""
    for opening in OPENING.finditer(text, piece.start, piece.end):
        dashed = opening.group().strip(" \u00a0,.!?…") != ""
        if len(text[piece.start : opening.start()].split()) < (1 if dashed else MIN_SAID):
            continue
        closing = DASHED.search(text, opening.end(), min(piece.end, opening.end() + MAX_DASHED)) if dashed else None
        if closing is not None and opens_insert(text, opening.end(), closing.start(), book):
            stop = opening.start() + (text[opening.start()] in ",.!?…")
            return stop, min(closing.end(), piece.end)
        end = piece.end
        for closing in CLOSING.finditer(text, opening.end(), piece.end):
            if shortens(text, closing, book):
                continue
            end = closing.end()
            inserted = (opening.end(), closing.start())
            break
        else:
            continue
        if is_insert(text, *inserted, book):
            return opening.start() + 1, min(end, piece.end)
    return None


def shortens(text: str, closing: re.Match[str], book: Phrasebook) -> bool:
    """Whether a stop belongs to a title and ends no insertion ("a répondu M. Roth")."""
    word = text[max(0, closing.start() - MAX_TITLE) : closing.start()].rpartition(" ")[2]
    named = text[closing.end() : closing.end() + 1].isupper()
    return "." in closing.group() and named and word[:1].isupper() and f"{word}.".casefold() in book.short_titles


def opens_insert(text: str, start: int, end: int, book: Phrasebook) -> bool:
    """Whether words between two dashes begin with an inserted "said X", whatever they go on to tell of X."""
    stop = text.find(",", start, end)
    return is_insert(text, start, end if stop < 0 else stop, book)


def dialogue(text: str, start: int, end: int, book: Phrasebook) -> list[Piece]:
    """A paragraph that a dash opens as speech, cut at the narrator's words between commas ("— On verra, dit-il. Demain."); else nothing."""
    head = start + len(text[start:end]) - len(text[start:end].lstrip())
    opening = DASH.match(text, head, end)
    if opening is None or INNER_DASH.search(text, opening.end(), end):
        return []
    at = opening.end()
    piece = Piece(start=at, end=end, outer_start=at, outer_end=end, depth=0, closed=True, mark="—")
    cut = find_insert(text, piece, book)
    return list(parts(piece, cut)) if cut else []


def said_inside(text: str, start: int, end: int, book: Phrasebook) -> Iterator[Piece]:
    """What a paragraph that no dash opens sets between dashes as speech ("… zginął strażak. – Drzewo spadło na wóz – relacjonuje Ewa")."""
    at = start
    while (opening := AMID.search(text, at, end)) is not None:
        at = opening.end()
        if tells(text, at, end, book):
            continue
        closing = next((m for m in SHUT.finditer(text, at, min(end, at + MAX_SAID)) if tells(text, m.end(), end, book)), None)
        if closing is None:
            continue
        yield dashed(at, closing.start())
        at = closing.end()
        more = AMID.search(text, at, end)
        if more and not DASHES.search(text, more.end(), end) and not SENTENCE.search(text[at : more.start() - 1]):
            yield dashed(more.end(), more.end() + len(text[more.end() : end].split("\n")[0].rstrip()))
            return


def amid(text: str, spans: Iterable[tuple[int, int]], found: Sequence[Piece], book: Phrasebook) -> list[Piece]:
    """The speech between dashes amid paragraphs, clear of what was found."""
    told = (q for span in spans for q in said_inside(text, *span, book))
    return [q for q in told if not any(q.start < f.outer_end and f.outer_start < q.end for f in found)]


def dashed(start: int, end: int) -> Piece:
    """Words that dashes set off."""
    return Piece(start=start, end=end, outer_start=start, outer_end=end, depth=0, closed=True, mark="—")


def tells(text: str, start: int, end: int, book: Phrasebook) -> bool:
    """Whether a narrator's verb of saying opens at an offset ("powiedział", "w rozmowie z nami mówi" does not)."""
    tokens = tokenize(text, start, min(end, start + MAX_CUE), (), spaced=book.spaced)[: HELPERS + 1]
    tags = book.tags(tokens)
    verb = next((i for i, found in enumerate(tags) if found.keys() & set(CLASSES)), -1)
    return verb >= 0 and not tokens[0].capital and all("helpers" in tags[i] for i in range(verb))


def is_insert(text: str, start: int, end: int, book: Phrasebook) -> bool:
    """Whether words are an inserted "said X": a verb of saying first, a name, a role or a pronoun behind it, and little else."""
    tokens = tokenize(text, start, end, (), spaced=book.spaced)
    if not 1 < len(tokens) <= MAX_WORDS + HELPERS:
        return False
    tags = book.tags(tokens)
    verb = next((i for i in range(min(HELPERS + 3, len(tokens))) if not tags[i].keys().isdisjoint(CLASSES)), -1)
    if verb < 0 or not all("helpers" in tags[i] or not tokens[i].word or len(tokens[i].low) < 2 for i in range(verb)):
        return False
    return any(is_source(tokens[i], tags[i]) for i in range(verb + 1, len(tokens)))


def is_source(token: Token, tags: dict[str, int]) -> bool:
    """Whether a word may name who speaks."""
    return token.capital or any(k in tags for k in ("pronouns_person", "roles", "anonymous", "organisation"))
