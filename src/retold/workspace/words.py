"""Words as they are sought: one function for what is indexed and what is asked, in all scripts.

Case is folded, marks over and under letters are taken off, Arabic letters that are written in several ways are written in one; a word
is cut to its first letters, which takes most endings off in languages that inflect; text without spaces is cut into pairs of
characters. Nothing here asks which language a text is in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

WORD = re.compile(r"[^\W_]+", re.UNICODE)
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")
STEM = 6  # letters of a word that count: the shortest at which "Hochwassers" and "наводнения" meet their other forms
ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "", "ک": "ك", "ی": "ي"})
ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ё": "е", "’": "'"})


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text with their spans, in code points.

    >>> [word for word, _, _ in words("Die Hochwässer: 340 Häuser")]
    ['die', 'hochwa', '340', 'hauser']
    >>> [word for word, _, _ in words("地震警報")]
    ['地震', '震警', '警報']
    """
    for match in WORD.finditer(text):
        start, end = match.span()
        found = match.group()
        run = UNSPACED.search(found)
        if run is None:
            yield stem(found), start, end
            continue
        yield from parts(found, start)


def parts(found: str, start: int) -> Iterator[tuple[str, int, int]]:
    """A run of letters of which some are of a script without spaces: these in pairs, the others as words."""
    place = 0
    for run in UNSPACED.finditer(found):
        if run.start() > place:
            yield stem(found[place:run.start()]), start + place, start + run.start()
        length = run.end() - run.start()
        for i in range(run.start(), run.end() - 1 if length > 1 else run.end()):
            yield unicodedata.normalize("NFKC", found[i:i + 2 if length > 1 else i + 1]), start + i, start + i + min(2, length)
        place = run.end()
    if place < len(found):
        yield stem(found[place:]), start + place, start + len(found)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word as it is sought.

    >>> stem("Überschwemmungen"), stem("الحكومة") == stem("حكومه"), stem("İSTANBUL")
    ('ubersc', True, 'istanb')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    plain = ARTICLE.sub("", plain.translate(ARABIC).translate(LETTERS))
    return plain[:STEM] or word[:STEM].lower()
