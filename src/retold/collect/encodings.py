"""Bytes to text, in whatever encoding: the text is exactly what the bytes say, nothing is normalised."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from retold.base.errors import EncodingError
from retold.lexicons import LANGUAGES, lexicon

BYTE_ORDER_MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LEGACY = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1254",
    "cp1256",
    "iso8859_2",
    "iso8859_9",
    "koi8_r",
    "koi8_u",
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "iso2022_jp",
]  # what text in our languages was written in before UTF-8
SAMPLE = 20_000  # bytes that legacy encodings are judged by: enough for every letter, and 1 MB takes no longer
MENDABLE = 0.1  # broken bytes to whole multi-byte characters up to which UTF-8 was damaged; in 24 legacy samples 2.6 and more
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
MOST_CONTROLS = 0.01  # of all characters; text holds hardly any, random bytes a quarter
WORD = re.compile(r"[^\W\d_]+")
MULTIBYTE = re.compile(r"[^\x00-\x7f\ufffd]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, the encoding that it was in, and how many bytes could not be read (each now U+FFFD)."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, *, place: str, declared: str = "") -> Decoded:
    """Bytes as text: by byte order mark, as UTF-16 without one, as UTF-8, as declared, as UTF-8 with damage, or by guessing.

    A byte order mark is not part of the text. A text that is UTF-8 but for a few bytes keeps all the rest.

    Args:
        data: the bytes of the whole text.
        place: where they come from, for the error.
        declared: the encoding that a server or page claims; used only where the bytes are not UTF-8.

    Raises:
        EncodingError: the bytes are no text in any encoding that we can tell.

    >>> decode("Łódź".encode("cp1250"), place="a.txt", declared="windows-1250").text
    'Łódź'
    """
    exact = marked(data) or unmarked_utf16(data) or strict(data, "utf-8") or strict(data, known(declared))
    found = exact or mended(data) or guessed(data)
    if found is None or too_many_controls(found.text):
        raise EncodingError(
            expected="text",
            found="bytes that are no text in any encoding we know",
            where=place,
            advice="save it as plain text in UTF-8, or leave it out",
        )
    return found


def strict(data: bytes, encoding: str) -> Decoded | None:
    """The text, when every byte fits the encoding."""
    if not encoding:
        return None
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding)
    except (UnicodeError, ValueError):
        return None


def known(name: str) -> str:
    """The codec of a declared encoding; "" where Python has none or it does not make text.

    Latin-1 and ASCII are read as windows-1252, as browsers do.
    """
    try:
        codec = codecs.lookup(name.strip().strip("\"'"))
        b"a".decode(codec.name)
    except UnicodeError:
        pass  # a text codec that wants more than one byte
    except (LookupError, ValueError):
        return ""
    name = codec.name
    if name in ("utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "mbcs", "oem", "undefined"):
        return ""
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def marked(data: bytes) -> Decoded | None:
    """The text after a byte order mark; a broken unit becomes U+FFFD."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return Decoded(text=text, encoding=encoding, broken=text.count("\ufffd"))
    return None


def unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark, told by zero bytes in every other place (all of an English text, the spaces of a Russian one: 8 %)."""
    sample = data[:SAMPLE]
    if not sample or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(4, len(sample) * 0.05) or min(even, odd) > max(even, odd) * 0.05:
        return None
    found = strict(data, "utf-16-be" if even > odd else "utf-16-le")
    return found if found and "\x00" not in found.text else None


def mended(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes; None where they are too many to be damage."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    whole = sum(1 for _ in MULTIBYTE.finditer(text))
    return Decoded(text=text, encoding="utf-8", broken=broken) if broken <= max(whole * MENDABLE, whole > 0) else None


def guessed(data: bytes) -> Decoded | None:
    """The likeliest legacy encoding: of those that make sense, the one whose letters are those of one of our languages.

    charset-normalizer rules out what makes no sense; alone it takes Spanish, Portuguese and Dutch in windows-1252 for
    windows-1250 (19 of 24 samples in 15 languages right; 24 with our alphabets).
    """
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:SAMPLE], cp_isolation=LEGACY)
    ranked = sorted(likelihood(str(match), order, match.encoding) for order, match in enumerate(matches))
    for _, _, encoding in ranked:
        found = strict(data, encoding)
        if found:
            return found
    text = data.decode(ranked[0][2], "replace") if ranked else ""
    broken = text.count("\ufffd")
    return Decoded(text=text, encoding=ranked[0][2], broken=broken) if text and broken <= len(text) * MENDABLE else None


def likelihood(text: str, order: int, encoding: str) -> tuple[float, int, str]:
    """What encodings are sorted by: familiar letters, then the commoner one; without letters charset-normalizer's order."""
    familiar = familiarity(text)
    return -familiar, LEGACY.index(encoding) if familiar else order, encoding


def familiarity(text: str) -> float:
    """The share of the words beyond ASCII that the best fitting of our languages could spell, 0..1; 1 when there are none.

    >>> familiarity("el señor de Cádiz"), familiarity("el seńor de Cádiz")
    (1.0, 0.5)
    """
    words = [word for word in WORD.findall(text) if not word.isascii()]
    if not words:
        return 1.0
    return max(sum(could_spell(language, word) for word in words) for language in LANGUAGES) / len(words)


def could_spell(language: str, word: str) -> bool:
    """Whether a word has only the letters of a language, and capitals only where a word may have them."""
    letters = {letter for letter in word.casefold() if letter > "\x7f"}
    mixed = len(letters) < len(set(word.casefold()))
    usual_case = word[1:] == word[1:].lower() or word == word.upper()
    latin = lexicon(language).table("script").get("name") == "Latin"
    return usual_case and letters <= alphabet(language) and (latin or not mixed)


@cache
def alphabets() -> dict[str, str]:
    """The letters beyond ASCII of each language that has few enough to list."""
    return tomllib.loads((files(__package__) / "alphabets.toml").read_text("utf-8"))


@cache
def alphabet(language: str) -> frozenset[str]:
    """The letters beyond ASCII of a language; those in its lexicon where they are too many to list."""
    if language in alphabets():
        return frozenset(alphabets()[language])
    found: set[str] = set()
    waiting: list[object] = [lexicon(language).sections]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend([*item, *item.values()])
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, str):
            found.update(letter for letter in item if letter > "\x7f" and letter.isalpha())
    return frozenset(found)


def too_many_controls(text: str) -> bool:
    """Whether control characters are too common for text. A single stray one, NUL included, is kept."""
    return sum(1 for _ in CONTROL.finditer(text)) > max(1, len(text) * MOST_CONTROLS)
