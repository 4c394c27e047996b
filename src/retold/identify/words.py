"""The words of a sentence with what their shape tells: capitals, initials, figures, elided articles, possessives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from retold.base.cutting import cut
from retold.base.letters import LATIN_CAPITALS
from retold.base.remembered import Remembered
from retold.lexicons.names import fold, name_words

ACCENTED = r"(?:[\u0300-\u036f]+[^\W_]*)*"  # accents written apart, and letters behind them: a run of letters alone is read at once
APOSTROPHES = "'’ʼ‘"
PLAIN = rf"[^\W_]+{ACCENTED}(?:[{APOSTROPHES}\-‐‑](?:[^\W_]+|[\u0300-\u036f]+[^\W_]*){ACCENTED})*"
# In brackets: to split a text by them takes less time than to find one token after the other.
TOKEN = re.compile(
    rf"((?:[^\W\d_]\.){{2,}}|[^\W\d_]\.(?=[\s\]])"  # an abbreviation, an initial
    rf"|[A-Za-z0-9][A-Za-z0-9-]*\.(?:[a-z0-9-]+\.)?[a-z]{{2,6}}(?![\w@])"  # a domain
    rf"|{PLAIN})"
)
UNDOTTED = re.compile(f"({PLAIN})")  # the same for sentences whose only full stop, if any, ends them: most, in half the time
JOINING = re.compile(r"[ \u00a0\u202f\u2009]{1,2}(?:& )?\[?|_|\.? ?\] ")
# what may stand between two words of one name; the bracket is for a surname that an editor put in
STOPPED = (". ", ".\u00a0", ".")  # behind a word that is cut short
OPENERS = frozenset("\"“”„«»‘’'‹›「『(–—-:•*[|/>.!?…")
ARTICLED = re.compile(rf"(?:[ae][lrsztdn]|as|az|ash|аль|ар|ас|аш|эль|аз)[-‐‑](?=[{LATIN_CAPITALS}А-ЯІЇЄҐ])")
# "al-Khatib": the article counts as a capital
CAPITALS = frozenset({"cap", "caps", "camel", "initial", "domain"})  # shapes of names
LETTERED = range(3, 6)  # letters of an abbreviation that ends small ("PbD", "ASu")
DOTTED = "i\u0307"  # what "İ" is in small letters to Python
LONGEST_INITIAL = 2  # code points, its stop included
Part = tuple[int, int, str, str, str, str, bool, str]
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@dataclass(slots=True)
class Word:
    """A word of a sentence: `gap` is the text before it, `joined` says that it is nothing but a space.

    `opens` says that its capital may be due to its place, `possessive` is the ending behind an apostrophe ("s", in Turkish "de"; "" for
    none), `capital` whether its shape is that of a name, `folded` is what it is compared by (see `retold.lexicons.names.fold`).
    """

    start: int
    end: int
    text: str
    low: str
    shape: str
    gap: str
    opens: bool
    possessive: str
    capital: bool
    folded: str
    joined: bool = True

    def lower(self) -> None:
        """Take its capitals for nothing."""
        self.shape, self.capital = "lower", False


def split_words(text: str, start: int, end: int, language: str) -> list[Word]:
    """The words of a span of text, in order.

    >>> [w.text for w in split_words("J. Doe's L'Oiseau", 0, 17, "fr")]
    ['J.', 'Doe', "L'Oiseau"]
    """
    words: list[Word] = []
    known = anatomies(language, opens=True)
    inner = anatomies(language, opens=False)
    gaps, tokens, offsets = cut(UNDOTTED if text.find(".", start, end - 1) < 0 else TOKEN, text, start, end)
    for between, token, begin in zip(gaps, tokens, offsets[::2], strict=False):  # the last gap stands behind the last word
        gap, opens, joined = between, not words, True
        if between != " ":
            if words:
                gap, opens = after_mark(words[-1], between, opens=not OPENERS.isdisjoint(between) or "\n" in between)
                if gap in STOPPED and words[-1].low in shortened(language):
                    gap, opens = " ", False
            joined = gap in ("", " ") or JOINING.fullmatch(gap) is not None
        for a, b, own, low, shape, possessive, capital, folded in known[token] if opens else inner[token]:
            words.append(Word(begin + a, begin + b, own, low, shape, gap, opens, possessive, capital, folded, joined))
            gap, joined = "", True
    return words


def after_mark(before: Word, gap: str, *, opens: bool) -> tuple[str, bool]:
    """What stands between two words, and whether the second opens: a bracket closed in a name stays with the first."""
    if gap.startswith("]") and "[" in before.gap:
        before.end += 1
        before.text += "]"
        before.folded += "]"
        gap = gap[1:]
    return gap, opens and not (before.shape == "initial" and gap.isspace())


@cache
def shortened(language: str) -> frozenset[str]:
    """What is written short before a name, its stop left out ("ul. Polna"): no sentence opens behind it."""
    return frozenset((*name_words(language, "short_before"), *name_words(language, "short_places")))


@cache
def anatomies(language: str, *, opens: bool) -> Remembered[str, tuple[Part, ...]]:
    """The anatomy of the tokens of a language, of those that open or of the others."""
    return Remembered(lambda token: anatomy(token, language, opens))


def anatomy(text: str, language: str, opens: bool) -> tuple[Part, ...]:
    """One token as one or two words: an elided article and a possessive ending are cut off.

    Returns:
        for each word: start and end in the token, text, small letters, shape, its possessive or case ending, whether it has a capital,
        and what it is compared by.
    """
    kind = kind_of(text)
    cut, stop = apostrophe_cuts(text, language) if kind == "word" else (0, len(text))
    if cut and text[0].isupper() and not opens:
        cut = 0
    found: list[Part] = []
    if cut:
        article = text[:cut]
        found.append((0, cut, article, article.lower().replace("’", "'"), "lower", "", False, fold(article)))
    body = text[cut:stop]
    if body:
        shape = kind if kind in ("domain", "initial") and (body[0].isupper() or kind == "domain") else shape_of(body)
        found.append((cut, stop, body, body.lower().replace(DOTTED, "i"), shape, text[stop + 1:], shape in CAPITALS, fold(body)))
    return tuple(found)


def kind_of(token: str) -> str:
    """Which part of `TOKEN` a token is.

    >>> [kind_of(t) for t in ("U.S.", "J.", "example.org", "al-Khatib")]
    ['abbreviation', 'initial', 'domain', 'word']
    """
    if "." not in token:
        return "word"
    return "domain" if token[-1] != "." else "initial" if len(token) == LONGEST_INITIAL else "abbreviation"


@lru_cache(maxsize=50_000)
def shape_of(text: str) -> str:
    """cap, caps, camel, number or lower.

    >>> [shape_of(t) for t in ("Ada", "NATO", "eBay", "150", "dog", "A320", "al-Khatib")]
    ['cap', 'caps', 'camel', 'number', 'lower', 'caps', 'cap']
    """
    if ARTICLED.match(text):
        return "cap"
    if text[0].isupper():
        if len(text) > 1 and text.upper() == text:
            return "caps"
        return "camel" if len(text) in LETTERED and text[:2].isupper() and text.isalpha() else "cap"
    if text[0].isdigit():
        return "caps" if any(c.isupper() for c in text) and text[-1].isupper() and len(text) < 4 else "number"
    return "camel" if any(c.isupper() for c in text[1:]) and "-" not in text else "lower"


@lru_cache(maxsize=50_000)
def apostrophe_cuts(text: str, language: str) -> tuple[int, int]:
    """Where an elided article ends and where a possessive or case ending begins; (0, length) when there are none."""
    if text.isalnum():
        return 0, len(text)
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
