"""Which language the name of an outlet is in: by its word for a paper or agency, its function words, its letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from anyascii import anyascii

from retold.base.hanzi import HAN_KANA, simplified
from retold.base.skeletons import KANA, skeleton
from retold.lexicons import lexicon, lexicon_text, section
from retold.lexicons.japanese import outlet_reads_as
from retold.trace.publishers import WORD

SCRIPTS = re.compile("([\u0400-\u04ff])|([\u0600-\u06ff])|([\u3040-\u30ff\u3400-\u9fff])")
NOUN, FUNCTION_WORD, LETTERS, FOREIGN_SCRIPT = 1.0, 0.6, 0.5, -0.5  # what each tells; a noun is borrowed less often than "de" or "la"
ELIDED = re.compile(r"[^\W\d_]+'?")
LONG = 4  # letters of a noun that tells a language; shorter ones are words of others


def in_language(forms: Iterable[str], language: str) -> float:
    """How much the forms of an outlet's name look like names in a language: 0 and less where nothing tells.

    >>> in_language(["Il Corriere del Porto"], "it") > in_language(["Il Corriere del Porto"], "es")
    True
    >>> in_language(["Tageszeitung"], "de") > 0, in_language(["AMW"], "de"), in_language(["Hakura Shimpo"], "ja") > 0
    (True, 0.0, True)
    """
    return max((looks_like(name, language) for name in forms), default=0.0)


def looks_like(name: str, language: str) -> float:
    """The same for one name; a letter that the language does not have speaks against it."""
    if script_of(name) != script_of_language(language):
        return FOREIGN_SCRIPT + sum(NOUN * spelled_noun(w, language) for w in WORD.findall(name)) if name.isascii() else -1.0
    if HAN_KANA.search(name):
        return NOUN * any(name.endswith(noun) for noun in section(language, "sources").get("outlet", ()))
    own = {c for c in name.casefold() if c.isalpha() and not c.isascii()}
    if not own <= alphabet(language):
        return -1.0
    words = [w.casefold() for w in ELIDED.findall(name.replace("’", "'"))]
    told = sum(NOUN if len(w) >= LONG and skeleton(w) in outlet_words(language) else FUNCTION_WORD if w in stops(language) else 0.0
               for w in words)
    return told + LETTERS * bool(own and not script_of(name))


def script_of(text: str) -> int:
    """The script of a name: 1 Cyrillic, 2 Arabic, 3 Chinese characters and kana, 0 any other."""
    m = SCRIPTS.search(text)
    return m.lastindex or 0 if m else 0


@cache
def script_of_language(language: str) -> int:
    """The script that a language is written in."""
    return script_of("".join(section(language, "words").get("stop", ())))


@cache
def alphabet(language: str) -> frozenset[str]:
    """The letters beyond a to z that a lexicon has."""
    return frozenset(c for c in lexicon_text(language).casefold() if c.isalpha() and not c.isascii())


@cache
def outlet_words(language: str) -> frozenset[str]:
    """The longer words of a language for papers and agencies, as skeletons."""
    words = (w.rstrip("*") for phrase in section(language, "sources").get("outlet", ()) for w in phrase.split())
    return frozenset(skeleton(w) for w in words if len(w) >= LONG)


@cache
def stops(language: str) -> frozenset[str]:
    """The function words of a language, single letters left out."""
    return frozenset(w.casefold() for w in section(language, "words").get("stop", ()) if len(w) > 1)


@cache
def spelled_noun(word: str, language: str) -> bool:
    """Whether a word in Latin letters spells a word for a paper or agency of a language in another script.

    >>> spelled_noun("Visnyk", "uk"), spelled_noun("Shimbun", "ja"), spelled_noun("Ribao", "zh"), spelled_noun("Post", "zh")
    (True, True, True, False)
    """
    if len(word) < LONG:
        return False
    if lexicon(language).spaced:
        return skeleton(word) in outlet_words(language)
    nouns = [n for n in section(language, "sources").get("outlet", ()) if HAN_KANA.match(n)]
    if KANA.search("".join(section(language, "words").get("stop", ()))):
        return any(outlet_reads_as(n, word) for n in nouns)
    return any(word.casefold().endswith(anyascii(simplified(n)).casefold().replace(" ", "")) for n in nouns)
