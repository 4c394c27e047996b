"""Sentences in which capitals mean nothing: ALL CAPITALS, Title Case Headlines, SHOUTED openings."""

from __future__ import annotations

from retold.identify.books import Book
from retold.identify.words import Word

SHOUTED = 0.6  # share of the words in capitals from which a sentence is shouted
TITLED = 0.75  # share of the longer words with a capital from which a heading is in title case
DATELINE = frozenset(",(—–-:")


def quieten(words: list[Word], kind: str, book: Book) -> bool:
    """Whether a whole sentence is shouted; a shouted opening is made to look like small letters.

    Args:
        kind: the kind of its passage: only headings are in title case.
    """
    letters = [w for w in words if w.text[0].isalpha()]
    loud = [w for w in letters if w.shape == "caps" or (len(w.text) == 1 and w.text.isupper())]
    if len(letters) >= 3 and len(loud) >= SHOUTED * len(letters):
        return kind in ("headline", "subheading") or not is_dateline(words, loud)
    if kind in ("headline", "subheading") and not book.nouns_capital and titled(letters):
        return True
    lower_opening(words)
    return False


def titled(letters: list[Word]) -> bool:
    """Whether nearly all longer words have a capital."""
    longer = [w for w in letters if len(w.text) >= 4]
    return len(longer) >= 4 and sum(w.capital for w in longer) >= TITLED * len(longer)


def is_dateline(words: list[Word], loud: list[Word]) -> bool:
    """Whether the capitals are a place before a dateline's dash."""
    return len(loud) <= 3 and len(words) <= 5 and any(c in DATELINE for w in words[1:] for c in w.gap)


def lower_opening(words: list[Word]) -> None:
    """Take the capitals off the words that a paragraph opens with in capitals ("A SINGLE sailor")."""
    count = 0
    while count < len(words) and (words[count].shape == "caps" or (len(words[count].text) == 1 and words[count].text.isupper())):
        count += 1
    if 2 <= count < len(words) and not any(c in DATELINE for w in words[1:count + 1] for c in w.gap):
        for word in words[:count]:
            word.lower()
