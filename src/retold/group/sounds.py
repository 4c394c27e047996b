"""Names by their sound: how articles in scripts that write names by sound only are compared with others.

Arabic leaves short vowels out and katakana writes foreign names by ear, so that a name has the same consonants there and in other
scripts, and little else in common. Between Arabic and others two accounts of one event share .21 to .57 of their names so read (tenth and
ninetieth of a hundred), articles about something else .09 at the ninetieth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from retold.base.hanzi import simplified
from retold.base.skeletons import outlines
from retold.lexicons.japanese import family_at, table

RUNS = 5  # runs of a script from which a text is held to be written in it
SCRIPTS = (("arabic", re.compile(r"[\u0600-\u06ff]{2,}")), ("kana", re.compile(r"[\u30a1-\u30ff]{2,}")))
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
CHARACTERS = re.compile(r"[\u3400-\u9fff]{2,}|[\u30a1-\u30ff]{2,}")
KATAKANA = re.compile(r"[\u30a1-\u30ff]{3,}")
LEAST = 3  # consonants of a name that is compared by them
FEWEST = 5.0  # names that a side is held to have at least: of two names, two shared ones say little
PRIOR_ARTICLES = 30  # articles that a collection is imagined to be larger by, so that its own names stay rare


def sounding(text: str) -> str:
    """The script of a text that writes names by their sound only; "" for others.

    >>> sounding("Mark"), sounding("قال مارك ويبر إن الشركة بخير")
    ('', 'arabic')
    """
    return next((name for name, pattern in SCRIPTS if len(pattern.findall(text)) >= RUNS), "")


def sounds(text: str) -> tuple[str, ...]:
    """The names of a text by their consonants, in alphabetical order: all words of Arabic, katakana, Japanese family names, other capitals.

    >>> set(sounds("بميناء كاراديري")) & set(sounds("in the port of Karadere"))
    {'krtr'}
    """
    words = (m.group() for m in WORD.finditer(text))
    return tuple(sorted({key for w in words if not w[0].islower() for part in spoken(w) for key in outlines(part) if len(key) >= LEAST}))


def spoken(word: str) -> list[str]:
    """What of a word tells how names in it sound: itself; of characters the katakana and the readings of Japanese family names."""
    if not CHARACTERS.search(word):
        return [word]
    families = [word[at:at + length] for at in range(len(word)) if (length := family_at(word, at))]
    return [*KATAKANA.findall(word), *(reading for name in families for reading in table("surnames").get(simplified(name), ()))]


def shared(one: Sequence[str], other: Sequence[str], counts: Mapping[str, int], articles: int) -> float:
    """The weight of the sounds that two articles share against that of the side that has fewer, by their rarity among so many articles."""
    total = articles + PRIOR_ARTICLES

    def weigh(keys: set[str]) -> float:
        return sum(sorted(math.log(total / max(1, counts.get(key, 1))) / math.log(total) for key in keys))

    a, b = set(one), set(other)
    return weigh(a & b) / max(FEWEST, min(weigh(a), weigh(b)))
