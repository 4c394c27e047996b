"""Japanese names: where a family name stands, and how names of persons and places are read."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from anyascii import anyascii

from retold.base.hanzi import simplified, traditional
from retold.base.segment import readings as readings_of

LONG = re.compile(r"(?<=[oO])[hu](?![aeiouy])|(?<=u)u")  # how some spell a long vowel: Satoh, Itou, Yuuko
ASSIMILATED = re.compile(r"(?:ku|ki|tsu|chi)$")
DOUBLED = re.compile(r"([kstp])(?=\1)|t(?=ch)|s(?=sh)")
POLIVANOV = (  # how Japanese is written in Cyrillic letters, where it differs from how the letters are mostly put into Latin ones
    ("дзи", "ji"), ("дзя", "ja"), ("дзю", "ju"), ("дзё", "jo"), ("дз", "z"), ("си", "shi"), ("ся", "sha"), ("сю", "shu"), ("сё", "sho"),
    ("ти", "chi"), ("тя", "cha"), ("тю", "chu"), ("тё", "cho"), ("цу", "tsu"), ("фу", "fu"), ("х", "h"), ("э", "e"), ("й", "i"),
)
SMALL = {"ャ": "a", "ュ": "u", "ョ": "o"}
SIBILANT = ("sh", "ch", "j")  # consonants before which no y is written
MOST_FAMILY = 3  # characters of a family name
MOST_GIVEN = 3  # characters of a given name
VOICELESS = str.maketrans("gzdbj", "kstps")
LEAST_READ = 6  # letters of a name that a dictionary's reading of its characters may bear out
MOST_READINGS = 24  # readings of a given name that are tried
FINAL_GIVEN = frozenset("子郎美代太介助朗乃香")  # characters that end a given name of three characters

Table = dict[str, tuple[str, ...]]


@cache
def table(key: str) -> Table:
    """Family names, characters of given names or places, in simplified characters, each with its readings."""
    raw = tomllib.loads((files(__package__) / "japanese_names.toml").read_text("utf-8"))[key]
    entries = [entry.split() for entry in raw.replace("\n", " ").split(",")]
    return {simplified(entry[0]): tuple(entry[1:]) for entry in entries if len(entry) > 1}


@cache
def spellings(key: str) -> frozenset[str]:
    """The names or characters of a table as Japanese, and as Chinese in either form writes them."""
    raw = tomllib.loads((files(__package__) / "japanese_names.toml").read_text("utf-8"))[key]
    own = [entry.split()[0] for entry in raw.replace("\n", " ").split(",") if entry.split()]
    return frozenset(form for name in own for form in (name, simplified(name), traditional(simplified(name))))


@cache
def openings() -> frozenset[str]:
    """The first characters of family names of two and more characters."""
    return frozenset(name[0] for name in spellings("surnames") if len(name) > 1)


@cache
def given_characters() -> frozenset[str]:
    """The characters that given names are written with."""
    return frozenset("".join(spellings("given")))


def family_at(text: str, at: int) -> int:
    """How many characters from `at` on are a family name of two and more characters; 0 for none.

    >>> family_at("高橋恵子氏", 0), family_at("高桥惠子说", 0), family_at("国土交通相", 0)
    (2, 2, 0)
    """
    if text[at] not in openings():
        return 0
    return next((n for n in range(MOST_FAMILY, 1, -1) if text[at:at + n] in spellings("surnames")), 0)


def given_at(text: str, at: int) -> int:
    """How many characters from `at` on can be a given name: two, three with a fitting end, one before no such character.

    >>> given_at("恵子国土交通相", 0), given_at("慎太郎市長", 0)
    (2, 3)
    """
    letters, run = given_characters(), 0
    while run < MOST_GIVEN and at + run < len(text) and text[at + run] in letters:
        run += 1
    if run == MOST_GIVEN and (text[at + 2] not in FINAL_GIVEN or text[at + 1] in FINAL_GIVEN - {"太", "美"}):
        return 2
    return run


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A Japanese word in Latin letters as the lists spell it: long vowels short, n before b, m, p."""
    word = LONG.sub("", word.lower()).replace("oo", "o")
    return word.replace("mb", "nb").replace("mp", "np").replace("mm", "nm").replace("'", "").replace("-", "")


@lru_cache(maxsize=20_000)
def reads_as(characters: str, words: tuple[str, ...]) -> bool:
    """Whether a person's name in simplified characters may be read in Japanese as words in Latin letters, in either order.

    >>> reads_as("高桥惠子", ("keiko", "takahashi")), reads_as("高桥惠子", ("kenichi", "takahashi")), reads_as("高桥", ("takahashi",))
    (True, False, True)
    """
    words = tuple(plain(w) for w in words)
    for n in range(1, min(MOST_FAMILY, len(characters)) + 1):
        for reading in table("surnames").get(characters[:n], ()):
            rest = characters[n:]
            if not rest and words == (reading,):
                return True
            if rest and len(words) == 2 and reading in words and spells(rest, words[1] if words[0] == reading else words[0]):
                return True
    return False


@lru_cache(maxsize=20_000)
def spells(characters: str, word: str, key: str = "given") -> bool:
    """Whether characters, one after the other, can be read as a word, by the readings of a table: that of given names unless told.

    A reading may lose its end before the same consonant twice ("hoku" and "kai": "hokkai"; "nichi" and "ho": "nippo").

    >>> spells("北海", "hokkai", "outlets"), spells("北海", "hokai", "outlets")
    (True, False)
    """
    if not characters:
        return not word
    for n in range(min(MOST_GIVEN, len(characters)), 0, -1):
        for reading in table(key).get(characters[:n], ()):
            for heard in (reading, voiced(reading), hardened(reading, word)):
                if heard and word.startswith(heard) and spells(characters[n:], word[len(heard):], key):
                    return True
            cut = ASSIMILATED.sub("", reading)
            if cut != reading and word.startswith(cut) and DOUBLED.match(word, len(cut)) and spells(
                    characters[n:], word[len(cut) + 1:], key):
                return True
    return False


def hardened(reading: str, word: str) -> str:
    """A reading that begins with h or f with a p instead, where the word does so: "ho" behind "nichi" is "po" ("nippo")."""
    return "p" + reading[1:] if reading[:1] in "hf" and word[:1] == "p" else ""


@lru_cache(maxsize=20_000)
def outlet_reads_as(characters: str, name: str) -> bool:
    """Whether the name of a paper, agency or broadcaster in Chinese characters is read in Japanese as one in Latin letters.

    It may begin with a place. Cyrillic letters are read as Japanese is written in them ("Хокуто симпо").

    >>> outlet_reads_as("静岡日報", "Shizuoka Nippō"), outlet_reads_as("毎日新聞", "Asahi Shimbun")
    (True, False)
    >>> outlet_reads_as("羽倉新報", "Hakura Shimpo")
    True
    """
    key = simplified("".join(c for c in characters if not c.isspace()))
    spelled = name.casefold()
    for letters, latin in POLIVANOV:
        spelled = spelled.replace(letters, latin)
    word = "".join(plain(w) for w in anyascii(spelled).split())
    places = [(n, place_read(key[:n])) for n in range(1, len(key) + 1)]
    return spells(key, word, "outlets") or any(
        read and word.startswith(read) and spells(key[n:], word[len(read):], "outlets") for n, read in places) or (
            len(word) >= LEAST_READ and unvoiced(word) == unvoiced("".join(spoken(characters, "sudachi"))))


def unvoiced(word: str) -> str:
    """A Japanese word with its consonants unvoiced: inside a name nobody can tell from the characters ("Hakura" or "Hagura")."""
    return word.translate(VOICELESS)


def voiced(reading: str) -> str:
    """A reading with its first consonant voiced, as inside a word ("ko": "go"); "" where there is nothing to voice."""
    for own, other in (("sh", "j"), ("ch", "j"), ("ts", "z"), ("k", "g"), ("s", "z"), ("t", "d"), ("h", "b"), ("f", "b")):
        if reading.startswith(own):
            return other + reading[len(own):]
    return ""


@lru_cache(maxsize=20_000)
def readings(characters: str) -> tuple[tuple[str, str], ...]:
    """How a person's name in simplified characters may be read: pairs of family and given name ("" for none).

    >>> readings("高桥惠子")[:2]
    (('takahashi', 'keiko'), ('takahashi', 'eko'))
    """
    out: list[tuple[str, str]] = []
    for n in range(1, min(MOST_FAMILY, len(characters)) + 1):
        families, rest = table("surnames").get(characters[:n], ()), characters[n:]
        options = [table("given").get(sign, ()) for sign in rest]
        if families and len(rest) <= MOST_GIVEN and all(options):
            out += [(family, "".join(parts)) for family in families for parts in product(*options)]
    return tuple(out[:MOST_READINGS])


def place_read(characters: str) -> str:
    """How a Japanese place in simplified characters is read; "" where it is not known.

    >>> place_read("静冈")
    'shizuoka'
    """
    return table("places").get(characters, ("",))[0]


@lru_cache(maxsize=20_000)
def spoken(text: str, segmenter: str) -> tuple[str, ...]:
    """How the words of a Japanese name are read, as the lists spell it; () where the segmenter of its language knows no readings.

    >>> spoken("倉持修司", "sudachi"), spoken("大沢恭子", "sudachi"), spoken("赵建国", "jieba")
    (('kuramochi', 'shuji'), ('osawa', 'kyoko'), ())
    """
    return tuple(plain(romanised(kana)) for kana in readings_of(text, segmenter))


def romanised(kana: str) -> str:
    """Katakana in Latin letters, after Hepburn.

    >>> romanised("シュウジ"), romanised("ハッカク"), romanised("キョウコ")
    ('shuuji', 'hakkaku', 'kyouko')
    """
    out = ""
    for sign in kana:
        letters = anyascii(sign).lower()
        if sign in SMALL and out.endswith("i"):
            out = out[:-1] + ("" if out[:-1].endswith(SIBILANT) else "y") + SMALL[sign]
        elif sign == "ッ":
            out += "*"
        else:
            out += "" if sign == "ー" else letters
    return re.sub(r"\*([a-z])", r"\1\1", out).replace("cch", "tch").strip("*")
