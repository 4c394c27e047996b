"""How a word of a name sounds, roughly, whatever script and spelling it is in: its consonants, comparable at a cost.

Nothing here knows the language of the word: a name keeps the spelling of its home wherever it is printed. Letters that
languages read differently (ch, j, c, w) are symbols of their own, close to each of their readings.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from retold.base.hanzi import simplified
from retold.base.kana import romanised
from retold.lexicons.names import fold

# Symbols: the consonants p b t d k g f v s z m n l r h w y, and x (kh) c (ts) C (ch) S (sh) Z (zh) J (dzh),
# Q (Latin ch), j (Latin j), q (Latin c before e, i).
LATIN = (
    ("x", "ks"), ("schtsch", "S"), ("shch", "S"), ("szcz", "S"), ("tsch", "C"), ("tch", "C"), ("tsh", "C"), ("tzsch", "C"), ("cz", "C"),
    ("dsch", "J"), ("dzh", "J"), ("dj", "J"), ("sch", "S"), ("sh", "S"), ("sz", "S"), ("zh", "Z"), ("kh", "x"), ("gh", "g"),
    ("dz", "z"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "k"), ("ch", "Q"), ("ts", "c"), ("tz", "c"), ("q", "k"),
)
SOFT_C = re.compile(r"c(?=[eiy])")
CARONS = str.maketrans({"č": "C", "ć": "C", "ç": "C", "š": "S", "ś": "S", "ş": "S", "ș": "S", "ž": "Z", "ż": "Z", "ź": "Z",
                        "ğ": "g", "ø": "o", "æ": "e", "œ": "e", "ı": "i", "ł": "l", "ñ": "n", "ń": "n", "ň": "n", "ř": "r",
                        "ß": "s", "đ": "d", "ð": "d", "þ": "t"})
CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "ж": "Z", "з": "z", "и": "i", "і": "i", "ї": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "x", "ц": "c", "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a", "є": "e", "ў": "u",
}
ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "ت": "t", "ث": "s", "ج": "J", "ح": "h", "خ": "x", "د": "d", "ذ": "z", "ر": "r",
    "ز": "z", "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i", "ى": "a", "ة": "a", "ء": "", "ئ": "", "ؤ": "u", "پ": "p", "چ": "C", "ژ": "Z",
    "گ": "g", "ڤ": "v",
}
PINYIN = {"b": "b", "p": "p", "m": "m", "f": "f", "d": "d", "t": "t", "n": "n", "l": "l", "g": "g", "k": "k", "h": "x", "j": "J", "q": "C",
          "x": "S", "zh": "J", "ch": "C", "sh": "S", "r": "r", "z": "z", "c": "c", "s": "s", "y": "y", "w": "w"}
SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?([aeiouv]+)(ng|n|r)?")
VOWELS = frozenset("aeiou")
OTHERWISE = ((re.compile(r"(?<=[kpt])rz"), "sh"), (re.compile(r"rz"), "zh"), (re.compile(r"c(?=[aouı])"), "dj"), (re.compile(r"ğ"), ""),
             (re.compile(r"x"), "sh"), (re.compile(r"^q"), "ch"),
             (re.compile(r"(?<=\w{4}[aeiouyrn])[dtsxp]$"), ""), (re.compile(r"(?<=[aeiou])ng(?![aeiou])"), "n"))
# spellings of single languages, and how others hear them: Polish rz, Turkish c and ğ, Portuguese x, Pinyin x, q and ng, French last letters
SYLLABLES = re.compile(r"(?:(?:дз|[бвгдзйкмнпрстфхцшч])?[аиуэоеяюё]+й?|н)+")  # of a Japanese name in Cyrillic letters
POLIVANOV = ((re.compile(r"с(?=[июяё])"), "ш"), (re.compile(r"т(?=[июяё])"), "ч"), (re.compile(r"дз(?=[июяё])"), "дж"))
FRENCH = (("eau", "o"), ("au", "o"), ("ou", "u"), ("ai", "e"), ("oi", "ua"))  # vowels of two letters
SCRIPTS = (("cyrillic", re.compile(r"[\u0400-\u04ff]")), ("arabic", re.compile(r"[\u0600-\u06ff]")),
           ("kana", re.compile(r"[\u3040-\u30ff]")), ("han", re.compile(r"[\u3400-\u9fff]")))
# Costs of reading one symbol for another; what is not listed costs 1.
CLOSE: dict[frozenset[str], float] = {
    frozenset(pair): cost for cost, pairs in {
        0.05: ("Qx", "QC", "QS", "jy", "jJ", "jx", "qs", "qc", "qC", "vw", "gh", "xh"),
        0.1: ("sz", "SC", "ZJ", "jZ", "Qh"),
        0.2: ("zc", "cs", "fv", "SZ", "qS", "Qk", "zZ", "fw"),
        0.3: ("cC", "sS", "gJ", "gj", "qk", "xk", "Jy", "gZ", "zJ", "zj"),
        0.5: ("bv", "bp", "td", "gk", "mn", "ts", "Ck", "gx", "kc", "SJ", "CJ", "bw", "sc"),
    }.items() for pair in pairs
}
ARABIC_CLOSE = {frozenset(pair): cost for cost, pairs in {
    0.05: ("pb", "vf", "gJ", "gk", "gx", "CS", "jJ", "gj", "kx", "sz", "ts", "CJ", "QS", "gC"), 0.2: ("td", "cs", "cz", "zZ", "Zs", "JZ"),
}.items() for pair in pairs} | {
    frozenset(pair): 0.2 for pair in ("td", "cs", "cz")}
EASTERN_CLOSE = {frozenset(pair): cost for cost, pairs in {
    0.05: ("rl", "bv", "fh", "SC", "fx", "wv", "wb", "ts", "zJ", "jJ", "QS", "QC", "xh", "sS", "sc", "fv", "zs", "Jz"),
    0.2: ("pb", "td", "gk", "gJ", "kJ", "kC", "vf", "tC", "dJ", "nm", "cC", "zc", "Zr", "wf", "Qk", "Qx", "qs", "SZ", "ZJ", "gx", "sJ",
          "zC", "sC"),
}.items() for pair in pairs}
GAP = {"h": 0.2, "w": 0.2, "y": 0.2, "j": 0.3}
EASTERN_GAP = {**GAP, "r": 0.2, "l": 0.4}
UNSTEADY = ("h", "g", "x", "j", "J", "y", "Z")  # first consonants that other languages may drop or soften
COARSE = {**dict.fromkeys("pbfvw", "p"), **dict.fromkeys("td", "t"), **dict.fromkeys("kgxszcCSZJQjq", "k"), **dict.fromkeys("mn", "m")}


@lru_cache(maxsize=100_000)
def script_of(word: str) -> str:
    """latin, cyrillic, arabic, kana or han."""
    return next((name for name, pattern in SCRIPTS if pattern.search(word)), "latin")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A word as symbols for consonants and small vowels, doubled symbols once.

    >>> sound("Schröder"), sound("Шрёдер"), sound("Путін")
    ('Sroder', 'Sreder', 'putin')
    """
    script = script_of(word)
    if script == "cyrillic":
        low = word.lower().replace("чж", "дж").replace("цз", "дж").replace("дж", "джж").replace("дз", "з")
        plain = "".join(CYRILLIC.get(c, "") for c in low).replace("dZZ", "J")
    elif script == "arabic":
        plain = "".join(ARABIC.get(c, "") for c in bare_arabic(word).replace("تش", "چ"))
    elif script == "han":
        plain = pinyin_sound(simplified(word))
    else:
        plain = latin_sound(romanised(word) if script == "kana" else word)
    return re.sub(r"(.)\1+", r"\1", plain)


def bare_arabic(word: str) -> str:
    """A word without the article that other scripts mostly leave out ("الطرابلسي", Trabelsi)."""
    return word[2:] if word.startswith("ال") and len(word) > 5 else word


def latin_sound(word: str) -> str:
    """A word in Latin letters as symbols."""
    plain = fold_keeping_carons(word)
    for spelling, symbol in LATIN:
        plain = plain.replace(spelling, symbol)
    plain = SOFT_C.sub("q", plain).replace("c'", "k").replace("y", "i")
    out = re.sub(r"c", "k", plain) if "c" in plain and not re.search(r"ts|tz", word.lower()) else plain
    return "".join(c for c in out if c.isalpha())


def fold_keeping_carons(word: str) -> str:
    """Lower case; accents that change a consonant become its symbol, all others go."""
    return fold(word.lower().translate(CARONS).replace("C", "\ue000").replace("S", "\ue001").replace("Z", "\ue002")).translate(
        {0xE000: "C", 0xE001: "S", 0xE002: "Z"})


def pinyin_sound(word: str) -> str:
    """Chinese characters as symbols, syllable by syllable."""
    out = []
    for syllable in re.findall(r"[A-Z][a-z]*", anyascii(word)):
        match = SYLLABLE.fullmatch(syllable.lower())
        if match:
            initial, vowels, final = match.groups()
            out.append(PINYIN.get(initial or "", "") + vowels[:1] + ("l" if final == "r" else "n" if final else ""))
    return "".join(out)


@lru_cache(maxsize=100_000)
def consonants(word: str) -> str:
    """The consonants of a word as symbols; an initial y is kept as one.

    >>> consonants("Zelensky"), consonants("Зеленський"), consonants("泽连斯基")
    ('zlnsk', 'zlnsk', 'zlnsJ')
    """
    plain = sound(word)
    first = word[:1].lower()
    glide = "y" if first in ("y", "я", "ю", "є", "ї", "й") else ""
    return glide + re.sub(r"(.)\1+", r"\1", "".join(c for c in plain if c not in VOWELS))


@lru_cache(maxsize=100_000)
def heard_as(word: str) -> tuple[str, ...]:
    """The consonants of a word as it is read anywhere, and as the language reads it whose spelling it seems to have.

    >>> heard_as("Krzysztof"), heard_as("Karaca")
    (('krzStf', 'kStf', 'kZStf'), ('krk', 'krJ'))
    """
    found = [consonants(word)]
    script, plain = script_of(word), word.lower()
    if script == "cyrillic" and SYLLABLES.fullmatch(plain):
        for pattern, sound_of in POLIVANOV:
            plain = pattern.sub(sound_of, plain)
        found.append(consonants(plain))
    if script == "latin":
        found += [consonants(pattern.sub(sound_of, plain)) for pattern, sound_of in OTHERWISE if pattern.search(plain)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=100_000)
def block_keys(word: str) -> tuple[str, ...]:
    """Coarse keys of which words must share one to be compared: the first two stable consonants, without an unsteady first one."""
    keys: dict[str, None] = {}
    for heard in heard_as(word):
        keys[coarse(heard)[:2]] = None
        if heard[:1] in UNSTEADY:
            keys[coarse(heard[1:])[:2]] = None
    return tuple(keys)


def coarse(symbols: str) -> str:
    """Symbols by the place where they are spoken; what comes and goes between languages is left out."""
    return re.sub(r"(.)\1+", r"\1", "".join(COARSE.get(c, "") for c in symbols))


@lru_cache(maxsize=200_000)
def distance(a: str, b: str) -> float:
    """How far the consonants of two words are apart: 0 for the same, 1 and more for nothing in common; per consonant.

    >>> distance("Macron", "Марков") > 0.3 > distance("Macron", "Макрон")
    True
    """
    scripts = {script_of(a), script_of(b)}
    eastern = bool(scripts & {"han", "kana"}) and len(scripts) > 1
    arabic = "arabic" in scripts and len(scripts) > 1
    gaps = EASTERN_GAP if eastern else GAP
    table = EASTERN_CLOSE if eastern else ARABIC_CLOSE if arabic else {}
    if len(scripts) == 1:
        return apart(consonants(a), consonants(b), gaps, table)
    return min(apart(x, y, gaps, table) for x in heard_as(a) for y in heard_as(b))


def apart(x: str, y: str, gaps: dict[str, float], table: dict[frozenset[str], float]) -> float:
    """How far two strings of symbols are apart, for each symbol of the longer."""
    if not x or not y:
        return 0.0 if x == y else 1.0
    return align(x, y, gaps, table) / max(len(x), len(y))


def align(x: str, y: str, gaps: dict[str, float], table: dict[frozenset[str], float]) -> float:
    """The cheapest alignment of two strings of symbols."""
    row = [0.0]
    for symbol in y:
        row.append(row[-1] + gaps.get(symbol, 0.9))
    for a in x:
        drop = gaps.get(a, 0.9)
        last, row[0] = row[0], row[0] + drop
        for j, b in enumerate(y, 1):
            if a == b:
                cost = last
            else:
                pair = frozenset((a, b))
                cost = last + min(CLOSE.get(pair, 1.0), table.get(pair, 1.0))
            last, row[j] = row[j], min(cost, row[j] + drop, row[j - 1] + gaps.get(b, 0.9))
    return row[-1]


def vowels_agree(a: str, b: str) -> bool:
    """Whether the vowels do not speak against two words in scripts that write vowels being the same."""
    scripts = script_of(a), script_of(b)
    if set(scripts) & {"han", "kana", "arabic"}:
        return True
    if same_vowels(a, b):
        return True
    return scripts[0] != scripts[1] and same_vowels(french(a), french(b)) and (a, b) != (french(a), french(b))


def french(word: str) -> str:
    """A word in Latin letters with the vowels that French writes with two letters as they are heard ("Maugard": "mogard")."""
    plain = word.lower()
    for spelling, heard in FRENCH if script_of(word) == "latin" else ():
        plain = plain.replace(spelling, heard)
    return plain


def same_vowels(a: str, b: str) -> bool:
    """Whether the vowels of two words are about the same."""
    x, y = ("".join(c for c in sound(w) if c in VOWELS).replace("i", "e") for w in (a, b))
    if max(len(x), len(y)) <= 1:
        return x == y or len(consonants(a)) >= 4
    return abs(len(x) - len(y)) <= 2 and (not x or not y or overlap(x, y) >= 0.5)


def overlap(x: str, y: str) -> float:
    """The share of the longer string that is a common subsequence of both."""
    row = [0] * (len(y) + 1)
    for a in x:
        last = 0
        for j, b in enumerate(y, 1):
            last, row[j] = row[j], last + 1 if a == b else max(row[j], row[j - 1])
    return row[-1] / max(len(x), len(y))
