"""Appeals: lines in which a page speaks to whoever reads it, or of itself as a page.

News tells of others; a page says "you", "our" and "please", and "article", "comments", "inbox". Either alone is common in news, both
in one short line are the page: "Please keep to our house rules", "To go on reading, open an account". The words are data (`reader`
and `medium` of `marks.toml`).
"""

from __future__ import annotations

import re
from functools import cache

from retold.divide.lines import fold
from retold.divide.marks import QUOTES, names_staff, own_words, unquoted
from retold.divide.pages import Page
from retold.lexicons import lexicon, phrases_pattern

LONGEST = 30  # words
OPENING = "\"“„«'‘「『—–"  # of speech
SHARED = 0.4  # of its stems that the article may have: a paper's own affairs are news, too
BYLINE = 6  # words of a line that only says which desk wrote
SHORT, SHORTER = 14, 10  # words of a line for which two such words are enough; which two of one kind suffice
AROUND, INSIDE, ITSELF, ASKED = 4.1, 3.6, 3.2, 2.9  # around the article, inside it; two words for the page alone, for its reader alone


def appealing(page: Page, at: int) -> tuple[float, str]:
    """A short line that speaks to its reader about the page, or of the page alone."""
    line = page.lines[at]
    if line.size > LONGEST or line.text[:1] in OPENING or at == page.first:
        return 0.0, ""
    edge = page.head(at) or page.tail(at)
    if (line.prose and (not edge or not QUOTES.isdisjoint(line.text))) or page.shared(at) > SHARED:
        return 0.0, ""
    own = unquoted(line.plain)
    if line.size <= BYLINE and not line.stopped and names_staff(line, page.language):
        return 0.0, ""  # "From our business desk"
    medium = len(set(said(page.language, "medium").findall(own)))
    if not medium and (line.size > SHORTER or not edge):
        return 0.0, ""
    reader = len(set(said(page.language, "reader").findall(own)))
    if medium and reader:
        return (0.0 if line.size > SHORT and medium + reader < 3 else AROUND if edge else INSIDE), "appeal to the reader"
    if not edge or line.size > SHORTER:
        return 0.0, ""
    return (ITSELF if medium > 1 else ASKED if reader > 1 else 0.0), "appeal to the reader"


@cache
def said(language: str, key: str) -> re.Pattern[str]:
    """Words by which pages speak, folded, in a language."""
    return phrases_pattern(tuple(map(fold, own_words(language, key))), spaced=lexicon(language).spaced)
