"""Sentences: a passage cut into sentences, all of it, in order.

A splitter for many languages proposes boundaries; rules mend what news text needs: closing marks stay with their sentence,
initials, titles and abbreviations do not end one, and a stop with no space after it does.
Measured in `docs/decisions/0005-sentence-splitter.md`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from retold.base.lazy import lazy
from retold.base.records import Span
from retold.divide.lines import fold
from retold.divide.marks import abbreviations, own_words
from retold.divide.passages import calendar
from retold.lexicons import lexicon

CLOSING = "”’»›)]}」』】》〉）］"
LEADING_CLOSERS = re.compile(r"[”’»›)\]}」』】》〉）］\"']+")
LAST_WORD = re.compile(r"(\S+)\s*$")
# These patterns begin with the stop, for which a text is searched ten times as fast as for a letter and a stop.
GLUED = re.compile(r"[.!?…](?<=[^\W\d_].)[\"”’»“)]{0,2}(?=[\"“„«]?[^\W\d_])")
INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*")
ORDINAL = re.compile(r"\d{1,4}\.")
ADDRESSES = ("://", "www.", "@")
LONGEST_QUOTE = 600
WIDE = "。！？｡"
PLAIN_END = re.compile(
    r"[.!?…。！？｡](?:(?:(?<=[^\W\d_A-Z]{4}[.!?…])|(?<=[^\W\d_]{5}[.!?…]))[”’»)]{0,2}\s+"  # a full word, a stop, closing marks
    r"|(?<=[^\W\d_A-Z]{2}[.!?])\)\s+"  # the stop of a sentence in brackets
    r"|(?<=[。！？｡])\s*(?=[0-9A-Za-z０-９]))"
)
WINDOW = 5000  # code points: 1 MB of quotation marks takes 1.3 s; at once it takes 82 s
LOOK = 80  # code points before a boundary in which its last words stand
BLANK = re.compile(r"[^\S\n ]")  # the splitter takes a wide blank for part of a word
OPENERS = "\"'“„«‹»›‘‚(「『【《〈（"
AHEAD = OPENERS + "—–- \t\n\r\xa0\u202f\u3000"
NEXT_WORD = re.compile(r"[\w'’.-]+")
WHOLE_WORD = 3  # letters that must stand before a stop without a space: "St.Gallen" is one name


@dataclass(kw_only=True)
class Cut:
    """A place where a sentence may end: `at` is the offset at which the next would begin."""

    text: str
    at: int
    language: str

    @lazy
    def last(self) -> str:
        """The last word before the cut, with its marks."""
        found = LAST_WORD.search(self.text[max(0, self.at - LOOK):self.at])
        return found.group(1) if found else ""

    @lazy
    def before_last(self) -> str:
        """The word before the last."""
        head = self.text[max(0, self.at - LOOK):self.at].rstrip()
        words = head[:len(head) - len(self.last)].split()
        return words[-1] if words else ""

    @lazy
    def ahead(self) -> str:
        """What follows, opening marks left out."""
        return self.text[self.at:self.at + LOOK].lstrip(AHEAD)

    @lazy
    def next_word(self) -> str:
        """The first word after the cut."""
        found = NEXT_WORD.match(self.ahead)
        return found.group() if found else ""

    @property
    def stem(self) -> str:
        """The last word as abbreviations are listed: folded, without opening marks and its final stop."""
        return fold(self.last.lstrip(OPENERS)).rstrip(".").rpartition("'")[2]

    @property
    def abbreviated(self) -> bool:
        """Whether the last word ends in a plain stop."""
        return self.last.endswith(".") and not self.last.endswith("..")


Rule = Callable[[Cut], bool]


def after_initial(cut: Cut) -> bool:
    """An initial: "A. B. Weber"; not a letter that ends a sentence after a small word ("plan b.")."""
    bare = cut.last.lstrip(OPENERS)
    return bool(INITIAL.fullmatch(bare)) and bare[0].isupper() and cut.next_word[:1].isupper()


def after_title(cut: Cut) -> bool:
    """A title or an abbreviation that never ends a sentence: "Dr.", "z. B.", "ул."."""
    if not cut.abbreviated:
        return False
    stem = cut.stem
    return stem in never_last(cut.language) or fold(f"{cut.before_last} {stem}").lstrip(OPENERS) in never_last(cut.language)


def before_number(cut: Cut) -> bool:
    """"No. 7", "Art. 12", "Nov. 12", and months after an ordinal: "3. Oktober"."""
    if not cut.abbreviated:
        return False
    if cut.ahead[:1].isdigit():
        return cut.stem in abbreviations(cut.language, "number") or cut.stem in calendar(cut.language)
    if not ORDINAL.fullmatch(cut.last.lstrip(OPENERS)):
        return False
    return fold(cut.next_word).strip(".") in calendar(cut.language) or cut.ahead[:1].islower()


def before_small(cut: Cut) -> bool:
    """The next word begins small: no sentence does, save with a name like "iPhone"; nor after a closed quote ("…!” he said)."""
    word = cut.next_word
    return word[:1].islower() and word == word.lower() and not cut.text[cut.at:cut.at + 1].isspace()


def before_capital(cut: Cut) -> bool:
    """An abbreviation that ends a sentence only after a number and before a capital: "в 2020 г. Он", not "в г. Киев"."""
    if not cut.abbreviated or cut.stem not in abbreviations(cut.language, "small"):
        return False
    single = len(cut.stem) <= 2 and cut.stem.isalpha() and not lexicon_is_latin(cut.language)
    return single and not cut.before_last[-1:].isdigit()


def before_continuation(cut: Cut) -> bool:
    """A particle that goes on with the sentence after a closed quote: 「行く。」と述べた."""
    last = cut.text[max(0, cut.at - LOOK):cut.at].rstrip()[-1:]
    return last in tuple(CLOSING) and cut.text.startswith(own_words(cut.language, "continues"), cut.at)


def before_mark(cut: Cut) -> bool:
    """A comma or another mark inside sentences follows."""
    return cut.text[cut.at:cut.at + 1] in tuple(",;:，、；：")


JOINS: tuple[Rule, ...] = (
    before_mark, before_small, before_continuation, after_initial, after_title, before_number, before_capital,
)


def joins(cut: Cut) -> bool:
    """Whether the sentence goes on over a cut."""
    return any(rule(cut) for rule in JOINS)


@cache
def never_last(language: str) -> frozenset[str]:
    """Titles of the lexicon and abbreviations after which a sentence always goes on, folded, without the final stop."""
    titles = {fold(title).rstrip(".") for title in lexicon(language).words("sources", "titles") if title.endswith(".")}
    return frozenset(titles | abbreviations(language, "always"))


@cache
def lexicon_is_latin(language: str) -> bool:
    """Whether a language is written in Latin letters."""
    return str(lexicon(language).sections.get("script", {}).get("name", "Latin")) == "Latin"


def split_sentences(text: str, language: str) -> list[Span]:
    """The sentences of a passage as spans [start, end) into it, without the white space between them.

    Every character that is not white space is in exactly one span. Never fails; a text without any stop is one sentence.

    >>> text = 'Dr. Weber left. "Why?" she asked.Nobody knew.'
    >>> [text[s:e] for s, e in split_sentences(text, "en")]
    ['Dr. Weber left.', '"Why?" she asked.', 'Nobody knew.']
    """
    cuts = sorted({*proposed(text, language), *glued(text), *plain_ends(text, language)})
    cuts = closed(text, cuts)
    kept = [at for at in cuts if not joins(Cut(text=text, at=at, language=language))]
    edges = [0, *kept, len(text)]
    spans = (strip_span(text, a, b) for a, b in pairwise(edges))
    return [span for span in spans if span[0] < span[1]]


def proposed(text: str, language: str) -> list[int]:
    """The splitter's boundaries inside the text, window by window: its time grows with the square of the length."""
    found: list[int] = []
    start = 0
    while start < len(text):
        window = BLANK.sub(" ", text[start:start + WINDOW])
        ends = [start + b["end_index"] for b in boundaries(window, language)]
        last = start + len(window) >= len(text)
        ends = ends if last else ends[:-1]  # the last sentence of a window may go on after it
        found.extend(end for end in ends if end < len(text) and not (text[end - 1] in ".…" and not text[end].isspace()))
        start = len(text) if last else (ends[-1] if ends else start + WINDOW)
    return found


def boundaries(window: str, language: str) -> list[dict[str, Any]]:
    """The splitter's boundaries; the end of the window alone where it breaks (it slices bytes: "Mr. J" and a wide character)."""
    import sentencex

    try:
        return list(sentencex.get_sentence_boundaries(language or "en", window))
    except BaseException as error:  # a panic of Rust is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return [{"end_index": len(window)}]


def glued(text: str) -> list[int]:
    """Boundaries at stops with no space after them: a small letter before, a capital and a small letter after."""
    found = []
    for match in GLUED.finditer(text):
        at, stop = match.end(), match.start() - 1
        after = text[at:at + 3].lstrip(OPENERS)
        if not (text[stop].islower() and after[:1].isupper() and after[1:2].islower()):
            continue
        left = max(text.rfind(" ", max(0, stop - LOOK), stop) + 1, stop - LOOK)
        right = text.find(" ", at, at + LOOK)
        token = text[left:right if right > 0 else at + LOOK]
        if stop + 1 - left >= WHOLE_WORD and not any(mark in token for mark in ADDRESSES):
            found.append(at)
    return found


def plain_ends(text: str, language: str) -> list[int]:
    """Boundaries that no reader doubts and the splitter misses, mostly after a quotation: a full small word, a stop, a capital.

    Also a wide stop before a digit or a Latin letter. Inside quotation marks none is added.
    """
    ends = [m.end() for m in PLAIN_END.finditer(text) if m.group()[0] in WIDE or starts_large(text, m.end())]
    if not ends:
        return []
    quoted = [(m.start(), m.end()) for m in quotation(language).finditer(text)]
    starts = [start for start, _ in quoted]
    found = []
    for at in ends:
        near = bisect_right(starts, at - 1) - 1
        if near < 0 or quoted[near][1] <= at:
            found.append(at)
    return found


def starts_large(text: str, at: int) -> bool:
    """Whether a capital follows, opening marks aside."""
    return text[at:at + 2].lstrip(OPENERS)[:1].isupper()


@cache
def quotation(language: str) -> re.Pattern[str]:
    """A quotation of at most `LONGEST_QUOTE` code points between the double marks of a language."""
    pairs = lexicon(language).sections.get("quotes", {}).get("pairs", [])
    pairs = [(a, b) for a, b in pairs if len(a) == len(b) == 1 and a not in "'‘‚‹›"]
    found = (f"{re.escape(a)}[^{re.escape(a + b)}]{{0,{LONGEST_QUOTE}}}{re.escape(b)}" for a, b in pairs)
    return re.compile("|".join(found) or r"(?!)")


def closed(text: str, cuts: list[int]) -> list[int]:
    """The boundaries moved behind closing marks that open the next sentence."""
    out = []
    straight = 0
    before = 0
    for at in cuts:
        straight += text.count('"', before, at)
        before = at
        found = LEADING_CLOSERS.match(text, at)
        out.append(behind_closers(text, found, straight) if found else at)
    return sorted({at for at in out if 0 < at < len(text)})


def behind_closers(text: str, found: re.Match[str], straight: int) -> int:
    """The end of a run of closing marks; a straight quote closes only where one is open, » and ’ only before white space."""
    end = found.start()
    for c in found.group():
        following = text[end + 1:end + 2]
        loose = not following or following.isspace() or following in ".,;:" + CLOSING
        if (c == '"' and straight % 2 == 0) or (c in "»›’'\"" and not loose):
            break
        end += 1
    while end < len(text) and text[end].isspace() and end > found.start():
        end += 1
    return end


def strip_span(text: str, start: int, end: int) -> Span:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
