"""Marks: the phrases by which a page shows what is not the article, and how a line bears one.

The phrases are data: the section [boilerplate] of each lexicon, with `marks.toml` of this folder added.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from retold.divide.lines import Line, fold, unspaced
from retold.lexicons import lexicon, phrases_pattern

Form = Literal["whole", "label", "heading", "opening"]
HEAD = 3  # letters by which the phrases are found that may open a line
RUN = re.compile(r"[^\W_]+")  # letters and digits
LABEL = re.compile(r"[^\w.,;!?…]*[:|>»›/→\]】）)］=]|\s[-–—]\s")  # what stands between a label and what it announces
HEADING_SIZE = 48  # code points: "MORE FROM THE MERCURY", never a sentence
HEADING_WORDS = 6
NUMBER = re.compile(r"\d[\d.,]*")
ARROW = re.compile(r"\d\s?%?\s?[▲▼△▽↑↓⬆⬇]|[▲▼△▽↑↓⬆⬇]\s?[+-]?\d")
LONGEST_TICKER = 20  # words
JUST_DIGITS = re.compile(r"[\W\d_]*")
SAID = re.compile(r"«[^«»]{6,}»|“[^“”]{6,}”|„[^„“”]{6,}[“”]|\"[^\"]{6,}\"|「[^「」]{4,}」|(?<!\w)'[^']{6,}'(?!\w)")
QUOTES = frozenset("«“„\"「'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """How a line bears a phrase: as a `whole`, as the `label` before other words, in a short `heading`, or as its `opening`."""

    phrase: str
    form: Form

    @property
    def long(self) -> bool:
        """Whether the phrase is more than one common word."""
        return " " in self.phrase.strip(" :") or (len(self.phrase) >= 4 and unspaced(self.phrase))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The phrases of one kind in one language, folded; `stems` go on after their last letter."""

    exact: tuple[str, ...]
    inner: tuple[str, ...]
    stems: tuple[str, ...]
    wild: re.Pattern[str] | None
    spaced: bool
    heads: dict[str, tuple[str, ...]]
    stem_heads: dict[str, tuple[str, ...]]
    telling: dict[str, tuple[str, ...]]

    def opening(self, line: Line) -> Bearing | None:
        """The longest phrase with which the line opens, and in which form; None when there is none."""
        bare, plain = line.bare, line.plain
        for text in (bare, plain) if bare != plain else (bare,):
            for phrase in beginning(text, self.heads):
                if text.startswith(phrase) and self.bounded(text, len(phrase)):
                    return Bearing(phrase=phrase, form=form_of(text, len(phrase)))
            for phrase in beginning(text, self.stem_heads) if self.stem_heads else ():
                if text.startswith(phrase):
                    end = len(phrase) + len(re.match(r"\w*", text[len(phrase):]).group())  # type: ignore[union-attr]
                    return Bearing(phrase=phrase, form=form_of(text, end))
        found = self.wild.match(bare) if self.wild else None
        return Bearing(phrase=found.group(), form=form_of(bare, found.end())) if found else None

    def inside(self, plain: str) -> bool:
        """Whether a phrase of several words (where words are not spaced: four characters) stands anywhere in a folded text."""
        return self.count_inside(plain, most=1) > 0

    def count_inside(self, plain: str, most: int = 3) -> int:
        """How many such phrases stand in a folded text, `most` at most; one that is part of another counts once."""
        ends: set[int] = set()
        for phrase in self.perhaps_inside(plain):
            at = plain.find(phrase)
            if at >= 0 and self.bounded(plain, at + len(phrase)) and self.begins(plain, at):
                ends.add(at + len(phrase))
                if len(ends) >= most:
                    break
        return len(ends)

    def perhaps_inside(self, plain: str) -> Iterable[str]:
        """The phrases that may stand in a folded text: of several words, those whose longest word stands there."""
        if not self.spaced:
            return self.inner
        return (phrase for word in self.telling.keys() & runs(plain) for phrase in self.telling[word])

    def bounded(self, text: str, end: int) -> bool:
        """Whether no word is cut at `end`."""
        return not self.spaced or not (text[end - 1:end].isalnum() and text[end:end + 1].isalnum())

    def begins(self, text: str, at: int) -> bool:
        """Whether no word is cut at `at`."""
        return not self.spaced or at == 0 or not (text[at].isalnum() and text[at - 1].isalnum())


def beginning(text: str, heads: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The phrases that may open a text, by its first letters, longest first."""
    return heads.get(text[:HEAD], ()) + heads.get(text[:2], ()) + heads.get(text[:1], ())


def by_head(folded: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by their first letters, in the order given."""
    found: dict[str, list[str]] = {}
    for phrase in folded:
        found.setdefault(phrase[:HEAD], []).append(phrase)
    return {head: tuple(group) for head, group in found.items()}


@lru_cache(maxsize=512)
def runs(plain: str) -> frozenset[str]:
    """The words of a folded text, and "" for phrases of marks only."""
    return frozenset(("", *RUN.findall(plain)))


def by_longest(inner: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases of several words by the longest of them, which few lines have; the first words of phrases are everywhere."""
    found: dict[str, list[str]] = {}
    for phrase in inner:
        found.setdefault(max(RUN.findall(phrase), key=len, default=""), []).append(phrase)
    return {word: tuple(group) for word, group in found.items()}


def form_of(text: str, end: int) -> Form:
    """The form in which a phrase that ends at `end` opens a folded line.

    >>> form_of("more from the mercury", 9), form_of("watch: the dam", 5), form_of("watch the dam break as people look on.", 5)
    ('heading', 'label', 'opening')
    """
    rest = text[end:]
    if JUST_DIGITS.fullmatch(rest):
        return "whole"
    if not text[end - 1].isalnum() or LABEL.match(rest):
        return "label"
    if len(text) <= HEADING_SIZE and len(rest.split()) <= HEADING_WORDS - 2 and not text.endswith((".", "。", "?", ",")):
        return "heading"
    return "opening"


def phrases(words: tuple[str, ...], *, spaced: bool) -> Phrases:
    """Phrases made ready: folded, longest first; `*` at the end is any continuation, elsewhere any one to three words."""
    folded = sorted({fold(word) for word in words if word.strip(" *")}, key=lambda w: (-len(w), w))
    wild = [w for w in folded if "*" in w[:-1]]
    body = "|".join(r"\S+(?:\s\S+){0,2}".join(map(re.escape, w.split("*"))) for w in wild)
    exact = tuple(w for w in folded if "*" not in w)
    stems = tuple(w[:-1] for w in folded if w.endswith("*") and "*" not in w[:-1])
    inner = tuple(w for w in exact if (" " in w if spaced else len(w) >= 4))
    return Phrases(exact=exact, inner=inner, stems=stems, wild=re.compile(body) if body else None, spaced=spaced,
                   heads=by_head(exact), stem_heads=by_head(stems), telling=by_longest(inner) if spaced else {})


@cache
def tables() -> dict[str, dict[str, Any]]:
    """`marks.toml`: language to key to words."""
    return tomllib.loads((files(__package__) / "marks.toml").read_text("utf-8"))


@cache
def marks(language: str, key: str) -> Phrases:
    """All phrases of a kind that a page in the language may bear: its own and international ones.

    >>> marks("en", "advert").opening(Line(start=0, end=13, text="ADVERTISEMENT"))
    Bearing(phrase='advertisement', form='whole')
    """
    words = lexicon(language)
    own = tables().get(language, {})
    return phrases((*words.words("boilerplate", key), *own.get(key, ()), *tables()["any"].get(key, ())), spaced=words.spaced)


@cache
def international(key: str) -> frozenset[str]:
    """The phrases of a kind that pages in all languages bear, folded."""
    return frozenset(fold(word) for word in tables()["any"].get(key, ()))


@cache
def source_marks(language: str, key: str) -> Phrases:
    """The phrases of the lexicon's section [sources] under a key (byline, newsdesk, agency_credit)."""
    words = lexicon(language)
    return phrases(words.words("sources", key), spaced=words.spaced)


@cache
def abbreviations(language: str, key: str) -> frozenset[str]:
    """Abbreviations of the language without their final stop: key is always, number or small."""
    return frozenset(fold(word) for word in tables().get(language, {}).get("abbreviations", {}).get(key, ()))


@cache
def own_words(language: str, key: str) -> tuple[str, ...]:
    """The words of `marks.toml` under a key, in its order."""
    return tuple(tables().get(language, {}).get(key, ()))


@cache
def agencies() -> frozenset[str]:
    """Names and abbreviations of news agencies, folded."""
    return frozenset(fold(word) for word in tables()["any"]["agencies"])


@cache
def ticker_words(language: str) -> re.Pattern[str]:
    """What tickers quote in a language: currencies, indices, oil, the weather."""
    return phrases_pattern((*own_words("any", "ticker"), *own_words(language, "ticker")), spaced=lexicon(language).spaced)


def is_ticker(line: Line, language: str) -> bool:
    """Whether a line quotes rates or the weather: "Dollar 41.20  Gold 3310", "17 °C, light clouds".

    >>> is_ticker(Line(start=0, end=0, text="Oil 71.2 ▲ Gold 3310 ▼"), "en"), is_ticker(Line(start=0, end=0, text="3 May 2026"), "en")
    (True, False)
    """
    if line.stopped or line.size > LONGEST_TICKER or not NUMBER.search(line.text):
        return False
    numbers = len(NUMBER.findall(line.text))
    quoted = len(ticker_words(language).findall(line.text))
    return bool(ARROW.search(line.text)) or (quoted >= 1 and "°" in line.text) or (quoted >= 2 and numbers >= 2)


def is_forecast(line: Line, language: str) -> bool:
    """Whether a line tells the weather to come: "Today: showers, 14 degrees. Tomorrow: sunny spells."

    >>> text = "Today: showers, 14 degrees. Tomorrow: sunny spells."
    >>> is_forecast(Line(start=0, end=0, text=text), "en"), is_forecast(Line(start=0, end=0, text="Rain stopped play."), "en")
    (True, False)
    """
    if line.size > LONGEST_TICKER or not NUMBER.search(line.text):
        return False
    return len(set(weather_words(language).findall(line.plain))) >= 2


@cache
def weather_words(language: str) -> re.Pattern[str]:
    """What forecasts say in a language, folded."""
    return phrases_pattern(tuple(map(fold, own_words(language, "weather"))), spaced=lexicon(language).spaced)


def unquoted(plain: str) -> str:
    """A folded text without what is said between marks: "'Follow us, sails!' stood on a banner".

    >>> unquoted('a banner said "follow us, sails!" in red')
    'a banner said   in red'
    """
    return SAID.sub(" ", plain) if not QUOTES.isdisjoint(plain) else plain


def names_staff(line: Line, language: str) -> bool:
    """Whether a line names a desk of the newsroom: it tells whose the article is."""
    desks = set(source_marks(language, "newsdesk").exact)
    return any(word in desks or word.strip(".,") in desks for word in line.plain.split())
