"""Lines: an article's text cut at its line ends, each line with the plain form that rules compare.

Nothing here is about news: it is where lines end, what counts as white space, and how two spellings of a phrase are made equal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from retold.base.hanzi import HAN_KANA
from retold.base.lazy import lazy

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = frozenset("\u200b\u2060\ufeff\u200e\u200f\x00")  # stripped from the ends of lines like white space
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
LETTERS = re.compile(r"\w")
CLOSERS = "\"'”’»“«›‹)]}」』】〉》）］\u200f\u200e"
FINAL = ".!?…。！？؟۔｡．"
# "… was hurt. (ABC)": agencies and initials behind a sentence
SIGNED = re.compile(r"[.!?…。！？؟][\"”»]?\s*[(（](?=[^()（）]*[^\W\d_])[^()（）:：=＝©\d]{2,16}[)）]\s*$")
DECORATION = " \t-–—•*·►▶→»›>#[【〔〖（(▪■●◆★☆✉📷📸⚡❗"
WIDEST_WRAP = 100  # code points; plain text is wrapped at 60 to 80 columns, some mailers use up to 99
NARROWEST_WRAP = 50
WRAP_SHARE = 0.8  # of the longest line: in wrapped text a line that is not the last of its block is nearly full
MOST_PLAIN = 4000  # code points of a line that rules look at: no headline, menu or note is longer
ALIKE = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "ı": "i", "ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي",
    **dict.fromkeys("\u0307\u0640\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff", ""),
    **{chr(c): "" for c in range(0x064B, 0x0653)},
}
UNLIKE = re.compile(f"[{''.join(ALIKE)}]")  # searched in a sixth of the time in which every letter is looked up


def fold(text: str) -> str:
    """A text as phrases are compared: lower case, one space for all white space, full-width forms and apostrophes made equal.

    Marks that writers leave out at will go too (Arabic vowels, the dots of the Russian ё and of the Turkish ı).

    >>> fold("ＬＩＶＥ：  Don’t miss"), fold("İlan"), fold("Ещё")
    ("live: don't miss", 'ilan', 'еще')
    """
    if not text.isascii():
        text = UNLIKE.sub(as_compared, unicodedata.normalize("NFKC", text).lower())
    return " ".join(text.lower().split())


def as_compared(found: re.Match[str]) -> str:
    """A letter or mark as phrases are compared."""
    return ALIKE[found[0]]


@dataclass(kw_only=True)
class Line:
    """A line, or a part of one, without the white space around it.

    `start` and `end` are offsets into the article's text; `gap` says that a blank line stands before it.
    """

    start: int
    end: int
    text: str
    gap: bool = False

    @lazy
    def plain(self) -> str:
        """The folded text (of its first `MOST_PLAIN` code points)."""
        return fold(self.text[:MOST_PLAIN])

    @lazy
    def bare(self) -> str:
        """The folded text without bullets, arrows and brackets before it."""
        return self.plain.lstrip(DECORATION)

    @lazy
    def words(self) -> tuple[str, ...]:
        """The words as written."""
        return tuple(WORD.findall(self.text[:MOST_PLAIN]))

    @lazy
    def size(self) -> int:
        """How many words; where words are not spaced, two characters count as one."""
        letters = sum(map(len, self.words))
        return max(len(self.words), letters // 2 if self.words and unspaced(self.text[:MOST_PLAIN]) else 0)

    @lazy
    def stopped(self) -> bool:
        """Whether it ends as a sentence does, closing quotes, brackets and whoever signed it aside."""
        if self.text.rstrip(CLOSERS).endswith(tuple(FINAL)):
            return True
        return self.text[-1:] in ")）" and SIGNED.search(self.text[-40:]) is not None

    @lazy
    def prose(self) -> bool:
        """Whether it reads like a paragraph: a dozen words and a final stop, or very many words."""
        broken = self.text.endswith(("...", "…")) and self.size < 30
        return (self.size >= 12 and self.stopped and not broken) or self.size >= 35


def unspaced(text: str) -> bool:
    """Whether most letters are of a script that puts no spaces between words (Han, kana).

    >>> unspaced("船が沈んだ"), unspaced("The 船 sank")
    (True, False)
    """
    if text.isascii():
        return False
    unspaced_letters = len(HAN_KANA.findall(text))
    return unspaced_letters > 0 and 2 * unspaced_letters > len(LETTERS.findall(text))


def cut(text: str) -> tuple[Line, ...]:
    """The lines of a text, blank ones left out, in order; lines of hard-wrapped text are joined to paragraphs.

    >>> [(line.text, line.gap) for line in cut("Dam breaks\\r\\n\\r\\nIt broke at noon.")]
    [('Dam breaks', False), ('It broke at noon.', True)]
    """
    lines: list[Line] = []
    start, gap = 0, False
    for stop, after in [(m.start(), m.end()) for m in LINE_END.finditer(text)] + [(len(text), len(text))]:
        line = trim(text, start, stop, gap=gap)
        gap = line is None
        if line:
            lines.append(line)
        start = after
    return unwrap(text, tuple(lines))


def trim(text: str, start: int, end: int, *, gap: bool = False) -> Line | None:
    """The part of [start, end) that is not white space, as a line; None when there is nothing else."""
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return Line(start=start, end=end, text=text[start:end], gap=gap) if start < end else None


def unwrap(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Join the lines of each block where a text was wrapped at a fixed width; else leave them as they are.

    A text counts as wrapped when no line is longer than `WIDEST_WRAP` and nearly every line that another follows in its block is
    nearly full and breaks inside a sentence.
    """
    followed = [a for a, b in pairwise(lines) if not b.gap]
    widest = max((line.end - line.start for line in lines), default=0)
    if len(followed) < 4 or not NARROWEST_WRAP <= widest <= WIDEST_WRAP:
        return lines
    full = [line for line in followed if line.end - line.start >= WRAP_SHARE * widest and not line.stopped]
    if len(full) < 0.6 * len(followed):
        return lines
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and not line.gap and nearly_full(blocks[-1][-1], widest):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return tuple(joined(text, block) for block in blocks)


def nearly_full(line: Line, widest: int) -> bool:
    """Whether a line reaches nearly to the margin."""
    return line.end - line.start >= 0.7 * widest


def joined(text: str, block: list[Line]) -> Line:
    """The lines of a block as one."""
    start, end = block[0].start, block[-1].end
    return Line(start=start, end=end, text=text[start:end], gap=block[0].gap)
