"""Glued pieces: links to other articles that whoever extracted a page left inside a paragraph.

"… said the mayor. Also read: Ten walks for a wet day The council meets on Tuesday." A title has no final stop, so that where it ends must
be told from what follows: a quotation mark, or a capital where no title of a language would have one.
"""

from __future__ import annotations

import re
from functools import cache

from retold.divide.lines import FINAL, Line, fold, trim
from retold.divide.marks import marks
from retold.lexicons import lexicon, phrases_pattern

SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»“)\]」』]*\s*")
TOKEN = re.compile(r"\S+")
QUOTE = frozenset("\"“„«‘'(")
ENDS = (*FINAL, *"\"”»“’'")
COLON = re.compile(r"[:：]\s*")
SHORTEST_TITLE = 3  # words
LEAST_AFTER = 4  # words of what goes on behind the link
LONGEST_ASIDE = 8  # words of a link or button between two sentences
SHORTEST_ADVERT = 6  # letters of a word that alone announces an advertisement
ASIDES = ("advert", "also_read", "tools", "subscribe", "follow")


def may_glue(line: Line, language: str) -> bool:
    """Whether a line may hold such a piece at all: it ends as a paragraph does, and has a colon or a word of advertisements."""
    if line.size < SHORTEST_TITLE + LEAST_AFTER or not line.text.endswith(ENDS):
        return False
    if ":" in line.text or remarks(language).search(line.text) is not None:
        return True
    return any(asides(language).match(line.text, found.end()) for found in SENTENCE_END.finditer(line.text))


@cache
def remarks(language: str) -> re.Pattern[str]:
    """Remarks of several words on advertisements."""
    return phrases_pattern(marks(language, "advert").inner, spaced=True)


@cache
def asides(language: str) -> re.Pattern[str]:
    """What a page puts between two sentences without a colon: an advertisement's label, a link or button of several words."""
    words = (word for key in ASIDES for word in marks(language, key).inner)
    return phrases_pattern((*words, *(word for word in marks(language, "advert").exact if len(word) >= SHORTEST_ADVERT)), spaced=True)


def find_glued(line: Line, language: str) -> tuple[int, int] | None:
    """Where a link or a remark stands in a paragraph that goes on behind it, as offsets into its text; None when there is none."""
    if not may_glue(line, language) or not lexicon(language).spaced:
        return None
    for at in (0, *(found.end() for found in SENTENCE_END.finditer(line.text))):
        rest = trim(line.text, at, len(line.text))
        end = piece_end(rest, language) if rest else 0
        if rest and end and len(rest.text[end:].split()) >= LEAST_AFTER:
            return rest.start, rest.start + end
    return None


def piece_end(rest: Line, language: str) -> int:
    """Where the link or remark ends with which a text opens; 0 when it opens with none, or its end does not show."""
    remark = marks(language, "advert").opening(rest)
    if remark and remark.long and remark.form == "opening" and len(rest.plain) == len(rest.text):
        end = len(rest.text) - len(rest.bare) + len(remark.phrase)
        return end if rest.text[end:].lstrip()[:1].isupper() else 0
    label = marks(language, "also_read").opening(rest)
    colon = COLON.search(rest.text, 0, 60) if label and label.form == "label" and label.long else None
    if not label or not colon or colon.start() > len(label.phrase) + 4:
        return aside_end(rest.text, language)
    return title_end(rest.text, colon.end(), language)


def aside_end(text: str, language: str) -> int:
    """Where a link or button ends that opens a text: before a quotation, or a word of grammar with a capital; 0 where none shows.

    >>> text = "Read more about the case The court meets on Tuesday."
    >>> text[:aside_end(text, "en")], aside_end("Read more about the case, she said.", "en")
    ('Read more about the case', 0)
    """
    opening = asides(language).match(text)
    if not opening or not text[0].isupper():
        return 0
    before = text[:opening.end()].split()[-1]
    for n, token in enumerate(TOKEN.finditer(text, opening.end())):
        word = token.group()
        new = word[0] in QUOTE or (word[0].isupper() and fold(word.strip(",")) in grammar(language))
        if new and before[-1].isalnum() and fold(before) not in grammar(language):
            return len(text[:token.start()].rstrip())
        if n >= LONGEST_ASIDE or not word[-1].isalnum() or " " not in opening.group():
            return 0  # a word alone announces an advertisement only right before the next sentence
        before = word
    return 0


def title_end(text: str, start: int, language: str) -> int:
    """Where the title ends that begins at `start`: before a quotation, or a capital behind a small word; 0 when that does not show.

    >>> text = "Ten walks for a wet day The council meets on Tuesday."
    >>> text[:title_end(text, 0, "en")]
    'Ten walks for a wet day'
    """
    before = ""
    for n, token in enumerate(TOKEN.finditer(text, start)):
        word = token.group()
        if n >= SHORTEST_TITLE and (word[0] in QUOTE or (starts_anew(word, language) and may_end(before, language))):
            return len(text[:token.start()].rstrip())
        if word.rstrip("\"”»").endswith(tuple(FINAL)):
            return token.end() if n >= SHORTEST_TITLE - 1 and word[-1] in "?!" else 0
        before = word
    return 0


def starts_anew(word: str, language: str) -> bool:
    """Whether a word with a capital opens a sentence; where all nouns have one, only a word of grammar shows it."""
    words = lexicon(language)
    if not word[0].isupper():
        return False
    return not words.sections.get("script", {}).get("nouns_capital", False) or fold(word) in grammar(language)


def may_end(word: str, language: str) -> bool:
    """Whether a title may end in a word: one in small letters or a number, no word of grammar and none before a comma."""
    nouns = lexicon(language).sections.get("script", {}).get("nouns_capital", False)
    return word[-1].isalnum() and (nouns or not word[0].isupper()) and fold(word) not in grammar(language) | lead_ins(language)


@cache
def grammar(language: str) -> frozenset[str]:
    """The function words of a language, folded."""
    return frozenset(fold(word) for word in lexicon(language).words("words", "stop"))


@cache
def lead_ins(language: str) -> frozenset[str]:
    """Words that lead to a name: roles and titles."""
    words = lexicon(language)
    return frozenset(fold(word) for key in ("roles", "titles") for word in words.words("sources", key))
