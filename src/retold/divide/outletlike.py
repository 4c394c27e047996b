"""Words that may be the name of an outlet: what such names have, what they cannot have, and where they stand in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from retold.base.hanzi import HAN_KANA
from retold.divide.lines import fold
from retold.divide.marks import international, marks, own_words
from retold.lexicons import LANGUAGES, lexicon, section
from retold.lexicons.functionwords import function_words
from retold.lexicons.outlets import outlets_named

LONGEST_NAME = 6  # words
LONGEST_UNSPACED = 14  # characters, where words are not spaced
LONGEST_ARTICLE = 3  # letters of a function word that may open a name
SHORTEST_PART = 4  # letters of a word for papers that may end a compound
RUN = re.compile(r"[^\W\d_][\w'’&+-]*(?:\s(?:[^\W\d_][\w'’&+-]*|&))*")
WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"[,:;?!。、，！？；：]|\.\s")  # marks that no name of an outlet has
SUFFIX = re.compile(r"(?<=\w)['’][^\W\d_A-Z]{1,4}$")  # an ending set off by an apostrophe: the Packet's, Postası'nı
UNSPACED_NAME = re.compile(r"[\u3400-\u9fff\u30a0-\u30ffー々]{2,12}")


def squeeze(name: str) -> str:
    """The letters and digits of a name, folded, without function words unless it has no other."""
    words = WORD.findall(fold(name))
    return "".join([w for w in words if w not in function_words()] or words)


def is_listed(name: str) -> bool:
    """Whether an outlet of the list bears the name and the name is no everyday word."""
    return any(not one.doubts(name) for one in outlets_named(name))


@cache
def outlet_nouns() -> tuple[frozenset[str], tuple[str, ...]]:
    """Words for papers, channels and agencies and what they call themselves, in all languages, folded; and those that may end a name
    that is a compound or not spaced."""
    words = {fold(w.rstrip("*")) for code in LANGUAGES for w in section(code, "sources").get("outlet", ()) if " " not in w}
    words |= {fold(w) for code in LANGUAGES for w in own_words(code, "titles")}
    return frozenset(words), tuple(sorted(w for w in words if len(w) >= SHORTEST_PART or (len(w) >= 2 and HAN_KANA.search(w))))


def has_outlet_noun(name: str) -> bool:
    """Whether a name has a word for papers beside another word, or ends or opens with one where it is one word.

    >>> has_outlet_noun("The Fell Gazette"), has_outlet_noun("Gazette"), has_outlet_noun("东湾晚报")
    (True, False, True)
    """
    words = WORD.findall(fold(name))
    whole, parts = outlet_nouns()
    if len(words) > 1 and any(w in whole for w in words):
        return True
    return any(word.endswith(parts) and word not in whole for word in words)


def may_name(name: str, language: str) -> bool:
    """Whether some words may be the name of an outlet: few, no sentence, not all of them words of pages."""
    words = WORD.findall(name)
    if not words or len(squeeze(name)) < 2 or SENTENCE.search(name) or not any(c.isalpha() for c in name):
        return False
    if not lexicon(language).spaced and HAN_KANA.search(name):
        return len(name) <= LONGEST_UNSPACED and not re.search(r"[\s\d]", name) and fold(name) not in furniture(language)
    if len(words) > LONGEST_NAME or all(fold(w) in function_words() for w in words):
        return False
    return not all(is_furniture(w, language) and not names_outlet(w) for w in words)


def runs(text: str, language: str) -> Iterator[str]:
    """Capitalised words that follow each other, small function words between them allowed; none where there are no capitals.

    >>> list(runs("Follow the Fell Gazette on WhatsApp", "en"))
    ['Fell Gazette']
    """
    if not lexicon(language).spaced:
        yield from unspaced_names(text, language)
    if not lexicon(language).cased:
        return
    for match in RUN.finditer(text):
        words = match.group().split(" ")
        held: list[str] = []
        for at, word in enumerate([*words, ""]):
            if part_of_name(words, at, held, opens=match.start() == 0):
                held.append(word)
                continue
            name = " ".join(trimmed(held, language, opens=match.start() == 0 and at == len(held)))
            if name and may_name(name, language):
                yield name
            held = []


def part_of_name(words: Sequence[str], at: int, held: Sequence[str], *, opens: bool) -> bool:
    """Whether a word goes on with the name that the words `held` began: a capital, or a function word before one."""
    word = words[at] if at < len(words) else ""
    if word[:1].isupper():
        return not (opens and at == 0 and len(word) > LONGEST_ARTICLE and fold(word) in function_words())
    return bool(held) and fold(word) in function_words() and at + 1 < len(words) and words[at + 1][:1].isupper()


def unspaced_names(text: str, language: str) -> Iterator[str]:
    """Names that end in a word for papers in a line of a script without spaces; the page's own phrases before them are left out.

    >>> list(unspaced_names("扫码关注东湾晚报微信公众号", "zh")), list(unspaced_names("声明：本文为北岭商报原创", "zh"))
    (['东湾晚报'], ['北岭商报'])
    """
    ends = [w for w in outlet_nouns()[1] if HAN_KANA.search(w)]
    phrases = sorted((p for p in furniture(language) if HAN_KANA.search(p)), key=len, reverse=True)
    for match in UNSPACED_NAME.finditer(text):
        run = match.group()
        stop = max((at + len(w) for w in ends if (at := run.rfind(w)) > 0), default=0)
        name = run[:stop]
        for phrase in phrases:
            if phrase in name and not phrase.endswith(tuple(ends)):
                name = name[name.rfind(phrase) + len(phrase):]
        if len(name) > 2 and may_name(name, language) and has_outlet_noun(name):
            yield name


def trimmed(words: list[str], language: str, *, opens: bool) -> list[str]:
    """A run without what the sentence, not the name, begins or ends with: words of the page's own phrases, names of platforms."""
    words = list(words)
    while words and not names_outlet(words[-1]) and is_furniture(words[-1], language):
        words.pop()
    while words and not names_outlet(words[0]) and (is_furniture(words[0], language) or (opens and len(words) == 1)):
        words.pop(0)
    return [*words[:-1], SUFFIX.sub("", words[-1])] if words else []


def names_outlet(word: str) -> bool:
    """Whether a word is one for papers, not for a page's own channel on a platform."""
    plain = fold(word)
    return plain in outlet_nouns()[0] and not any(platform in plain for platform in international("follow"))


@cache
def furniture(language: str) -> frozenset[str]:
    """The words of all phrases that pages in a language bear around articles, and of the names of platforms."""
    kinds = ("also_read", "subscribe", "consent", "follow", "legal", "comments", "navigation", "contact", "help", "offer", "advert")
    return frozenset(word for kind in kinds for phrase in marks(language, kind).exact for word in phrase.split())


def is_furniture(word: str, language: str) -> bool:
    """Whether a word, or the first part of a compound with a stroke, belongs to what a page says of itself."""
    plain = fold(word)
    return plain in furniture(language) or ("-" in plain and plain.split("-")[0] in furniture(language))
