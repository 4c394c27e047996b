"""Names of outlets and firms in Chinese characters or kana beside the same names in letters: by the parts that each script has."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from retold.base.skeletons import outlines
from retold.lexicons.japanese import outlet_reads_as

FIRM = re.compile(r"(?:株式|有限|合同)会社|[(（]株[)）]|㈱")
PARTS = re.compile(r"[\u3400-\u9fff々]+|[\u30a0-\u30ff]+")
KATAKANA = re.compile(r"[\u30a0-\u30ff]")
LEAST_SOUNDS = 2  # consonants that a word written in kana must have to be known by them
LEAST_INITIALS = 3  # consonants of a Chinese name's spelling that must agree; two are chance
PINYIN = (("zh", "Z"), ("ch", "C"), ("sh", "S"), ("ng", "n"), ("j", "T"), ("z", "T"), ("q", "c"), ("x", "s"), ("r", "J"))
PALLADIUS = (("дж", "Z"), ("чж", "Z"), ("цз", "T"), ("ч", "C"), ("ш", "S"), ("ж", "J"), ("ц", "c"), ("с", "s"), ("х", "h"), ("нь", "n"),
             ("б", "b"), ("п", "p"), ("м", "m"), ("ф", "f"), ("д", "d"), ("т", "t"), ("н", "n"), ("л", "l"), ("г", "g"), ("к", "k"))
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@lru_cache(maxsize=20_000)
def read_in_parts(signs: str, words: tuple[str, ...]) -> bool:
    """Whether a Japanese name of Chinese characters and katakana is read as words, part by part: a firm's legal form tells nothing.

    The first part alone will do, as the first word of any name does.

    >>> read_in_parts("北斗ロケット株式会社", ("Hokuto", "Rocket")), read_in_parts("北斗ロケット株式会社", ("Hokuto",))
    (True, True)
    >>> read_in_parts("北斗ロケット株式会社", ("Asahi", "Rocket")), read_in_parts("東京", ("Tokyo",))
    (False, False)
    """
    parts = PARTS.findall(FIRM.sub("", signs))
    if not words or len(words) > len(parts) or len(parts) < 2:
        return False
    return all(part_reads(part, word) for part, word in zip(parts, words, strict=False))


def part_reads(part: str, word: str) -> bool:
    """Whether a part of a name, all characters or all katakana, is read as a word."""
    if not KATAKANA.match(part):
        return len(part) > 1 and outlet_reads_as(part, word)
    shared = set(outlines(part)) & set(outlines(word))
    return any(len(sounds) >= LEAST_SOUNDS for sounds in shared)


@lru_cache(maxsize=20_000)
def spelled_in_letters(signs: str, name: str) -> bool:
    """Whether a Chinese name is spelled in Pinyin, or in Cyrillic letters by the system of Palladius: by the consonants, in their order.

    >>> spelled_in_letters("丝路财经", "Silu Caijing"), spelled_in_letters("丝路财经", "Сылу цайцзин")
    (True, True)
    >>> spelled_in_letters("丝路财经", "Нью-Йорк таймс"), spelled_in_letters("北京", "Beijing")
    (False, False)
    """
    own = initials(anyascii(signs).casefold(), PINYIN)
    other = initials(name.casefold(), PALLADIUS) if CYRILLIC.search(name) else initials(anyascii(name).casefold(), PINYIN)
    return own == other and len(own) > LEAST_INITIALS


def initials(name: str, table: tuple[tuple[str, str], ...]) -> str:
    """The consonants of a spelled Chinese name, one sign each; w and y, which spellings drop, are none.

    >>> initials("silu caijing", PINYIN), initials("сылу цайцзин", PALLADIUS)
    ('slcTn', 'slcTn')
    """
    for letters, sign in table:
        name = name.replace(letters, sign)
    return re.sub(r"[^A-Zbpmfdtnlgkhcs]", "", name)
