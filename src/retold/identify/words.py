"""The words of a sentence with what their shape tells: capitals, initials, figures, elided articles, possessives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from retold.lexicons.names import name_words

LETTER = r"[^\W_]"
MARKED = r"(?:[^\W_]|[\u0300-\u036f])"
APOSTROPHES = "'’ʼ‘"
TOKEN = re.compile(
    rf"(?P<abbreviation>(?:[^\W\d_]\.){{2,}})|(?P<initial>[^\W\d_]\.(?=[\s\]]))"
    rf"|(?P<domain>[A-Za-z0-9][A-Za-z0-9-]*\.(?:[a-z0-9-]+\.)?[a-z]{{2,6}}(?![\w@]))"
    rf"|(?P<word>{LETTER}{MARKED}*(?:[{APOSTROPHES}\-‐‑]{MARKED}+)*)"
)
JOINING = re.compile(r"[ \u00a0\u202f\u2009]{1,2}(?:& )?\[?|_|\.? ?\] ")
# what may stand between two words of one name; the bracket is for a surname that an editor put in
OPENERS = frozenset("\"“”„«»‘’'‹›「『(–—-:•*[|/>.!?…")
ARTICLED = re.compile(r"(?:[ae][lrsztdn]|as|az|ash|аль|ар|ас|аш|эль|аз)[-‐‑](?=[A-ZÀ-ÞА-ЯІЇЄҐ])")
# "al-Khatib": the article counts as a capital
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@dataclass(slots=True)
class Word:
    """A word of a sentence: `gap` is the text before it, `opens` says that its capital may be due to its place."""

    start: int
    end: int
    text: str
    low: str
    shape: str
    gap: str
    opens: bool
    possessive: bool = False

    @property
    def capital(self) -> bool:
        """Whether its shape is that of a name."""
        return self.shape in ("cap", "caps", "camel", "initial", "domain")


def split_words(text: str, start: int, end: int, language: str) -> list[Word]:
    """The words of a span of text, in order.

    >>> [w.text for w in split_words("J. Doe's L'Oiseau", 0, 17, "fr")]
    ['J.', 'Doe', "L'Oiseau"]
    """
    words: list[Word] = []
    last = start
    for match in TOKEN.finditer(text, start, end):
        gap = text[last:match.start()]
        opens = not words or any(c in OPENERS for c in gap) or "\n" in gap
        if words and gap.startswith("]") and "[" in words[-1].gap:
            words[-1].end += 1
            words[-1].text += "]"
            gap = gap[1:]
        if words and words[-1].shape == "initial" and gap.isspace():
            opens = False
        last = match.end()
        kind = match.lastgroup or "word"
        add_word(words, match.group(), match.start(), kind=kind, gap=gap, opens=opens, language=language)
    return words


def add_word(words: list[Word], text: str, start: int, *, kind: str, gap: str, opens: bool, language: str) -> None:
    """One token as one or two words: an elided article and a possessive ending are cut off."""
    cut, stop = apostrophe_cuts(text, language) if kind == "word" else (0, len(text))
    if cut and text[0].isupper() and not opens:
        cut = 0
    if cut:
        words.append(Word(start, start + cut, text[:cut], text[:cut].lower().replace("’", "'"), "lower", gap, opens))
        gap = ""
    body = text[cut:stop]
    if body:
        shape = kind if kind in ("domain", "initial") and (body[0].isupper() or kind == "domain") else shape_of(body)
        words.append(Word(start + cut, start + stop, body, body.lower(), shape, gap, opens, stop < len(text)))


@lru_cache(maxsize=50_000)
def shape_of(text: str) -> str:
    """cap, caps, camel, number or lower.

    >>> [shape_of(t) for t in ("Ada", "NATO", "eBay", "150", "dog", "A320", "al-Khatib")]
    ['cap', 'caps', 'camel', 'number', 'lower', 'caps', 'cap']
    """
    if ARTICLED.match(text):
        return "cap"
    if text[0].isupper():
        return "caps" if len(text) > 1 and text.upper() == text else "cap"
    if text[0].isdigit():
        return "caps" if any(c.isupper() for c in text) and text[-1].isupper() and len(text) < 4 else "number"
    return "camel" if any(c.isupper() for c in text[1:]) and "-" not in text else "lower"


@lru_cache(maxsize=50_000)
def apostrophe_cuts(text: str, language: str) -> tuple[int, int]:
    """Where an elided article ends and where a possessive or case ending begins; (0, length) when there are none."""
    marks = [i for i, c in enumerate(text) if c in APOSTROPHES]
    if not marks or CYRILLIC.search(text):
        return 0, len(text)
    cut = marks[0] + 1 if text[: marks[0]].lower() + "'" in elided(language) else 0
    last = marks[-1]
    tail = text[last + 1:]
    stop = last if tail.islower() and len(tail) <= 6 and last >= cut and text[cut:cut + 1].isupper() else len(text)
    return cut, stop


@cache
def elided(language: str) -> frozenset[str]:
    """What stands before an apostrophe in place of an article or preposition."""
    own = frozenset(w for key in ("determiners", "of") for w in name_words(language, key) if w.endswith("'"))
    return own | {"qu'", "j'", "n'", "s'", "c'", "m'", "t'", "jusqu'", "lorsqu'", "sull'", "all'", "quell'", "com'"} if own else own
