"""A reading from one marked line: names in brackets ([Ana Roth], [o:Fenwick Gas], [t:The Salt Post]) become mentions."""

from __future__ import annotations

import re
from dataclasses import replace

from factories import article, make
from retold.base.records import Mention, Passage, Sentence
from retold.identify.dates import find_dates
from retold.identify.reading import Reading

NAME = re.compile(r"\[(?:([otp]):)?([^\]]+)\]")
KINDS = {None: "person", "o": "organisation", "t": "outlet", "p": "place"}


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without brackets, and (start, end, kind) of the names."""
    text, names, at = "", [], 0
    for match in NAME.finditer(marked):
        text += marked[at:match.start()]
        names.append((len(text), len(text) + len(match[2]), KINDS[match[1]]))
        text += match[2]
        at = match.end()
    return text + marked[at:], names


def read_marked(language: str, *lines: str, headline: bool = False) -> Reading:
    """A reading whose passages are the lines; sentences end at a full stop that a space follows."""
    text, names = unmark("\n".join(lines))
    of = article(text, language=language)
    passages, sentences, at = [], [], 0
    for line in text.split("\n"):
        kind = "headline" if headline and at == 0 else "paragraph"
        passage = make(Passage, article=of.id, start=at, end=at + len(line), kind=kind)
        passages.append(passage)
        cut = at
        for piece in re.split(r"(?<=[.!?。][”\"»“」])\s|(?<=[.!?])\s|(?<=。)(?=[^”」])", line):
            start = text.index(piece, cut)
            cut = start + len(piece)
            if piece.strip():
                sentences.append(make(
                    Sentence, article=of.id, passage=passage.id, start=start, end=cut, kind=kind, language=language, order=len(sentences),
                ))
        at += len(line) + 1
    mentions = tuple(make(Mention, article=of.id, start=s, end=e, text=text[s:e], kind=k) for s, e, k in names)
    reading = Reading(article=of, language=language, passages=tuple(passages), sentences=tuple(sentences), mentions=mentions)
    return replace(reading, dates=tuple(find_dates(reading)))
