"""People whom an article only describes: "a worker at the plant", 60代の男性. Who is named in a description is not who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.base.hanzi import HAN_KANA
from retold.base.records import Attribution, Name, Span
from retold.lexicons import lexicon
from retold.lexicons.bodies import concept_of
from retold.lexicons.documents import document_nouns
from retold.lexicons.names import fold
from retold.trace.offices import leading
from retold.trace.roles import roles, whole

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*")
AGED = re.compile(r"\d{2}\s?(?:[-–]\s?(?:year|jährig|jarig|let|річн|летн)|代の|岁|歲|歳|yaşında)")  # "the 34-year-old", 60代の
LED = re.compile(r"(?:^|[\s'’])(\w+['’]?)\s*[«„“\"‘'《「]?$")  # the word right before a name
LONGEST = 90  # code points of a description by which somebody is called
TITLED = 6  # signs behind a name of a person or place in which a title ends, where words are not spaced: 小沢真理委員長


def describes_somebody(row: Attribution, span: Span, text: str, names: Sequence[Name], language: str) -> bool:
    """Whether a source is somebody whom its words only describe, though they may name where that person works or lives.

    Who speaks for or leads a body is that body's, whoever is named without a word between is named.
    """
    words = text[span[0]:span[1]]
    if row.source_kind not in ("person", "anonymous", "organisation") or not row.content or len(words.split(",")[0]) > LONGEST:
        return False
    if leading().search(words) or any(not hangs(n, span, text, language) for n in names):
        return False
    known = lexicon(language)
    if not known.spaced:
        return bool(whole("persons").search(words[-TITLED:])) and bool(AGED.search(words) or whole("somebody").match(words) or (
            roles("witnesses").search(words)))
    first = whole("somebody").match(words)
    if not first and not AGED.search(words) and not roles("witnesses").match(words.casefold()):
        return False
    if row.source_kind == "organisation":
        head = WORD.findall(words)[1:2] if first else []
        return row.kind == "direct" and bool(head) and not concept_of(fold(head[0]), "heads") and (
            head[0].casefold() not in document_nouns(language))
    return row.source_kind == "person" or bool(names)


def hangs(name: Name, span: Span, text: str, language: str) -> bool:
    """Whether a name inside a source only tells of where somebody is: it hangs on a preposition, or stands before the last noun."""
    if not lexicon(language).spaced:
        rest = text[name.end:span[1]]
        return len(rest) > TITLED or "の" in rest or "的" in rest
    first = name.text.split()[0].casefold()
    led = LED.search(text, span[0], name.start)
    if name.start > span[0] and roles("belonging").fullmatch(first):
        return True  # "a keeper du Musée", the article being read as part of the name
    return led is not None and bool(whole("governing").fullmatch(led[1]) or roles("belonging").fullmatch(led[1].casefold()))


def description(words: str) -> str:
    """What to call somebody who is only described: the description up to a comma.

    >>> description("A worker at the plant, reached by phone")
    'A worker at the plant'
    """
    if HAN_KANA.search(words):
        aged = AGED.search(words)
        return words[aged.start():] if aged else words
    return words.split(",")[0].strip()
