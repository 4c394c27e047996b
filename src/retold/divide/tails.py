"""Tails: the last paragraphs of a page that tell another story.

Sites append the first paragraphs of other articles without a heading. Such a tail never names the one whom the article is about,
brings names of its own, and opens like news: with a name, no pronoun, no quotation. All of this must hold, for a false cut loses
claims. In 1,992 English, Spanish, Italian and Dutch articles the rule marks 7 paragraphs: 4 notes of the house, and 3 paragraphs
of background in 2 articles that belonged there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from retold.divide.lines import WORD, fold
from retold.divide.passages import calendar
from retold.divide.subjects import STEM, stop_words
from retold.lexicons import LANGUAGES, Lexicon, lexicon

LONGEST = 3  # paragraphs of a tail
LEAST_BODY = 4  # paragraphs before it
CENTRAL = 0.4  # of the paragraphs before it that name the protagonist
NEW_NAMES = 3  # stems of names that stand nowhere before
NEW_NAMES_ALONE = 5  # for a tail of one paragraph, which may as well be background
KNOWN = 0.35  # at most of its other content words may stand before
KNOWN_ALONE = 0.2
KNOWN_WITHOUT_NAMES = 0.12  # at most of all content words, where names cannot be told by capitals
LEAST_WORDS = 8  # content words, where names cannot be told by capitals
NAME = re.compile(r"(?<=[\w,;:)»”’'-]\s)[^\W\d_][\w'’-]{3,}")
QUOTED = re.compile(r"[\"“”„«»「」『』]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph with the stems of its content words."""

    text: str
    bag: frozenset[str]


def count_tail(body: Sequence[Paragraph], language: str) -> int:
    """How many paragraphs at the end tell another story: 0 to 3. `body`: the paragraphs of the article, in order."""
    words = lexicon(language)
    if not words.spaced:
        return 0  # pairs of characters say too little: seven paragraphs cut in annotated stories, seven wrongly
    for size in range(min(LONGEST, len(body) - LEAST_BODY), 0, -1):
        head, tail = body[:-size], body[-size:]
        if not all(opens_like_news(paragraph.text, words) for paragraph in tail):
            continue
        by_names = words.cased and not words.sections.get("script", {}).get("nouns_capital", False)
        if strays_by_names(head, tail, language) if by_names else strays_by_words(head, tail, language):
            return size
    return 0


def opens_like_news(text: str, words: Lexicon) -> bool:
    """Whether a paragraph starts anew: no function word first, nobody who is "he" or "she", nothing quoted.

    >>> opens_like_news("Rangers found a bear.", lexicon("en")), opens_like_news("It was a bear.", lexicon("en"))
    (True, False)
    """
    found = WORD.findall(text)
    if QUOTED.search(text) or not found:
        return False
    if not words.spaced:
        return True
    if (words.cased and not text[:1].isupper()) or fold(found[0]) in stop_words(words.language):
        return False
    return pronouns(words.language).isdisjoint(map(fold, found))


@cache
def pronouns(language: str) -> frozenset[str]:
    """The pronouns of persons of a language, folded."""
    return frozenset(fold(word) for word in lexicon(language).words("sources", "pronouns_person"))


def strays_by_names(head: Sequence[Paragraph], tail: Sequence[Paragraph], language: str) -> bool:
    """Whether a tail brings names of its own, leaves the protagonist unnamed and shares few other words."""
    names = [name_stems(paragraph.text, language) for paragraph in (*head, *tail)]
    every = frozenset().union(*names)
    counts = Counter(stem for paragraph in head for stem in paragraph.bag & every)
    if not leads(counts - Counter(dict.fromkeys(places(language), len(head))), head, tail):
        return False
    before = frozenset().union(*(paragraph.bag for paragraph in head))
    new = frozenset().union(*names[len(head):]) - before
    known = sum(share_known(paragraph.bag - every, before) for paragraph in tail) / len(tail)
    if len(tail) == 1:
        return len(new) >= NEW_NAMES_ALONE and known <= KNOWN_ALONE and names_first(tail[0], every)
    return len(new) >= NEW_NAMES and known <= KNOWN and all(names_first(paragraph, every) for paragraph in tail)


def names_first(paragraph: Paragraph, names: frozenset[str]) -> bool:
    """Whether the first word is a name: the second has a capital too, or it stands among the names."""
    words = WORD.findall(paragraph.text[:200])
    return fold(words[0])[:STEM] in names or (words[1:2] != [] and words[1][0].isupper())


def strays_by_words(head: Sequence[Paragraph], tail: Sequence[Paragraph], language: str) -> bool:
    """The same where capitals tell nothing: nearly no content word of the tail stands before."""
    counts = Counter(stem for paragraph in head for stem in paragraph.bag)
    before = frozenset().union(*(paragraph.bag for paragraph in head))
    far = all(len(p.bag) >= LEAST_WORDS and share_known(p.bag, before) <= KNOWN_WITHOUT_NAMES for p in tail)
    return far and leads(counts, head, tail)


def leads(counts: Counter[str], head: Sequence[Paragraph], tail: Sequence[Paragraph]) -> bool:
    """Whether the head has a protagonist, a stem in enough of its paragraphs, whom the tail never names."""
    if not counts:
        return False
    stem, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return count >= CENTRAL * len(head) and not any(stem in paragraph.bag for paragraph in tail)


def share_known(bag: frozenset[str], before: frozenset[str]) -> float:
    """Which part of some stems stands among others; 0 for none."""
    return len(bag & before) / len(bag) if bag else 0.0


@lru_cache(maxsize=256)
def name_stems(text: str, language: str) -> frozenset[str]:
    """The stems of words with a capital inside sentences, months and weekdays left out; asked up to three times of each paragraph."""
    return frozenset([fold(name)[:STEM] for name in NAME.findall(text) if name[0].isupper()]) - days(language)


@cache
def days(language: str) -> frozenset[str]:
    """The stems of the names of months and weekdays."""
    return frozenset(name[:STEM] for name in calendar(language))


@cache
def places(language: str) -> frozenset[str]:
    """The stems of countries and peoples: a story about one person in Russia and its tail may both be Russian."""
    from babel import Locale

    code = language if language in LANGUAGES else "en"
    demonyms = lexicon(language).table("words").get("demonyms", {})
    names = [*Locale.parse(code).territories.values(), *(word for words in demonyms.values() for word in words)]
    return frozenset(fold(part)[:STEM] for name in names for part in name.split() if len(part) >= 4)
