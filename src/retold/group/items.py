"""Items: what an article is compared by, made from its title and its first part, so that a hundred thousand fit into memory.

An item holds the vectors of the title and the first sentences, and the terms of the title and the first part of the text: words
with a romanised skeleton as their key (so that Зеленський, Selenskyj and Zelensky are one, and most endings are cut off), numbers,
and two and three Chinese characters at a time, simplified and read as in Mandarin (so that 天河, 天河電池 and Tianhe meet).
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from retold.base.hanzi import simplified
from retold.base.models import Encoder, Models
from retold.base.records import Article
from retold.base.skeletons import skeleton
from retold.group.headlines import headline
from retold.group.places import CALENDAR, inside, places
from retold.group.sounds import sounding, sounds

Halfs = npt.NDArray[np.float16]
Bytes = npt.NDArray[np.uint8]

LEAD = 3  # strings encoded an article: a fourth and fifth sentence gave .003 BCubed and cost as much as all the rest of an assignment
DEEP = 16  # and in a small collection, where the nearest sentences may stand further down; 40 found no more, 8 lost .03 of the pairs
FEW = 600  # articles of a collection that is small: an hour's work on two cores at `DEEP` would be 100,000
LONGEST = 200  # code points of a string that is encoded; long ones blur and cost
READ = 3000  # code points of the text whose terms count: what a story is about stands in its beginning
LEAST_LINE = 30  # code points of a sentence below which it says little
LONG_LINE = 90  # code points of a line that is prose even without a full stop
LEAST_WORDS = 4  # words of a heading
MENU = re.compile(r"(?:\s[|›•·>]\s.*){2}")  # two separators: breadcrumbs and bars of links; » stands in French quotes
ENDED = re.compile(r"[.!?…؟。！？][\"'”’“»«)\]」』]*$")
WORD = re.compile(r"\d[\d.,  ]*\d|\d|[^\W\d_]+")
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
CHARACTERS = re.compile(r"[\u3400-\u9fff]{2,}|[\u30a1-\u30ff]{2,}|[\u0e00-\u0e7f]{2,}")  # runs of Chinese characters, katakana, Thai
GRAMS = (2, 3)  # Chinese characters of a term: most names of people, places and firms are this long
LEAST_GRAM = 4  # letters of such a term as it is read
RUNS = 5  # runs of such characters from which a text is held to be written without spaces
CROWDED = 3  # by which less of such a text is read: a character says as much as three letters
STOP = re.compile(r"(?<=[.!?…؟])[\"'”’»)\]]*\s+|(?<=[。！？])[」』”]*")
KEY = 7  # letters of a skeleton that count: the rest is ending
LEAST_KEY = 3

HEADLINE = 24  # terms up to which an article is no more than a headline
NOTHING: Halfs = np.zeros(0, dtype=np.float16)

NAME, NUMBER, COMMON = 2, 1, 0  # kinds of terms: capitalised or uncased somewhere, a number, always lower case


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What an article is compared by.

    vectors: (up to `DEEP`, n_dims) float16, unit length, the title first. keys: the terms in alphabetical order; counts: how often
    each occurs (at most 255); kinds: `NAME`, `NUMBER` or `COMMON`; titled: 1 where the title (or first sentence) has it.
    day: days since the epoch, or None. spaced: whether there are spaces between the words of its script. sounds: its names by their
    consonants, only where it is read deeply; script: the one it is in, if that writes names by sound only. second: (n,) the vector of a
    headline by the second encoder, empty for others. event: (m,) that of its beginning by the encoder of events, only where it is read
    deeply and that is installed.
    """

    article: str
    day: float | None
    language: str
    spaced: bool = True
    sounds: tuple[str, ...] = ()
    script: str = ""
    vectors: Halfs
    keys: tuple[str, ...]
    counts: Bytes
    kinds: Bytes
    titled: Bytes
    second: Halfs = field(default_factory=NOTHING.copy)
    event: Halfs = field(default_factory=NOTHING.copy)


def make_items(
    articles: Sequence[Article], languages: Sequence[str], encoder: Encoder, *, depth: int = LEAD, models: Models | None = None,
) -> list[Item]:
    """The items of articles. languages: the code of each, "" where unknown; depth: strings that are encoded of each; models: hold the
    encoder of events, which reads the beginnings of few articles, and the second encoder, which reads what is no more than a headline in
    a large collection."""
    leads = [lead(article, depth) for article in articles]
    wanted = sorted({part for parts in leads for part in parts})
    rows = dict(zip(wanted, encoder.encode(wanted), strict=True)) if wanted else {}
    width = next((len(row) for row in rows.values()), 1)
    items = [
        make_item(article, code, np.array([rows[p] for p in parts], dtype=np.float16).reshape(len(parts), width), parts, deep=depth > LEAD)
        for article, code, parts in zip(articles, languages, leads, strict=True)
    ]
    if models is None:
        return items
    if depth > LEAD:
        return with_events(items, [beginning(parts) for parts in leads], models)
    return [read_again(item, parts[0], models) if parts and len(item.keys) <= HEADLINE else item
            for item, parts in zip(items, leads, strict=True)]


def with_events(items: Sequence[Item], texts: Sequence[str], models: Models) -> list[Item]:
    """Items with the vectors of their beginnings by the encoder of events, where that is installed; "": none."""
    events: Encoder | None = models.find("events")
    if events is None:
        return list(items)
    there = sorted({text for text in texts if text})
    rows = dict(zip(there, events.encode(there), strict=True)) if there else {}
    return [replace(item, event=rows[text].astype(np.float16)) if text else item for item, text in zip(items, texts, strict=True)]


def beginning(parts: Sequence[str]) -> str:
    """The first strings of an article as one: what the encoder of events has learned from are headlines with the sentences behind them."""
    return " ".join(part if ENDED.search(part) else f"{part}." for part in parts[:LEAD])


def read_again(item: Item, headline: str, models: Models) -> Item:
    """An item with the vector of its headline by the second encoder, where that is installed."""
    second: Encoder | None = models.find("second")
    if second is None:
        return item
    return replace(item, second=second.encode([headline])[0].astype(np.float16))


def make_item(article: Article, language: str, vectors: Halfs, parts: Sequence[str], *, deep: bool = False) -> Item:
    """The item of an article whose lead was encoded."""
    heading, lines = heading_and_prose(article.text[:READ], article.title)
    title = headline(article.title) or heading or (parts[0] if parts else "")
    body = "\n".join([title, *lines])
    spaced = len(CHARACTERS.findall(body)) < RUNS
    if not spaced:
        body = body[:READ // CROWDED]
    counts: dict[str, int] = {}
    kinds: dict[str, int] = {}
    known = "" if deep else language
    for key, kind in terms(body, known):
        counts[key] = counts.get(key, 0) + 1
        kinds[key] = max(kind, kinds.get(key, 0))
    titled = {key for key, _ in terms(title, known)}
    keys = tuple(sorted(counts))
    return Item(
        article=article.id, day=day_number(article.published), language=language, spaced=spaced, vectors=vectors, keys=keys,
        sounds=sounds(body) if deep else (), script=sounding(body) if deep else "",
        counts=np.array([min(counts[k], 255) for k in keys], dtype=np.uint8),
        kinds=np.array([kinds[k] for k in keys], dtype=np.uint8), titled=np.array([k in titled for k in keys], dtype=np.uint8),
    )


def depth_of(articles: int) -> int:
    """How many strings of each article are encoded in a collection of so many."""
    return DEEP if articles <= FEW else LEAD


def lead(article: Article, depth: int = LEAD) -> list[str]:
    """The strings that stand for an article: its title and its first sentences, at most `depth`, each once."""
    heading, lines = heading_and_prose(article.text[:READ], article.title)
    found: dict[str, None] = {}
    for part in (headline(article.title) or heading, *first_sentences(lines)):
        if part:
            found.setdefault(part[:LONGEST])
        if len(found) == depth:
            break
    return list(found)


def first_sentences(lines: Sequence[str]) -> Iterable[str]:
    """The first sentences of lines of prose, roughly: only what they are about matters here."""
    for line in lines:
        for sentence in STOP.split(line):
            folded = " ".join(sentence.split())
            if len(folded) >= LEAST_LINE or UNSPACED.search(folded) or len(lines) == 1:
                yield folded


def heading_and_prose(text: str, title: str = "") -> tuple[str, list[str]]:
    """The line above the prose of a text that has most words, and the lines of prose; all lines that are no menu where none is prose.

    Headlines, of which a line may be the title again, are without the names of outlets around them.

    >>> heading_and_prose("The Mercury\\nHome | News | Sport\\nFerry hits ledge in thick fog\\nA ferry hit a ledge. All were saved.")
    ('Ferry hits ledge in thick fog', ['A ferry hit a ledge. All were saved.'])
    """
    again = " ".join(title.split())
    folded = (" ".join(part.split()) for part in text.splitlines())
    lines = [headline(line) if line == again else line for line in folded if line and (line == again or not MENU.search(line))]
    prose = [i for i, line in enumerate(lines) if ENDED.search(line) or len(line) >= LONG_LINE or UNSPACED.search(line)]
    if not prose:
        return "", lines
    above = [line for line in lines[:prose[0]] if line.count(" ") >= LEAST_WORDS - 1]
    return headline(max(above, key=lambda line: line.count(" "), default="")), [lines[i] for i in prose]


def terms(text: str, language: str = "") -> Iterable[tuple[str, int]]:
    """The terms of a text in its order, with their kind. language: by which places and days are known.

    >>> list(terms("Am 7. Mai kamen 340 Helfer nach Kleve."))
    [('mai', 2), ('kamin', 0), ('340', 1), ('hilfir', 2), ('nac', 0), ('klivi', 2)]
    >>> {key for key, _ in terms("云州的天河电池")} >= {key for key, _ in terms("Yunzhou Tianhe")}
    True
    """
    words = WORD.findall(text)
    known = {at: (code, end) for code, at, end in places(words, language)}
    past = 0
    for at, word in enumerate(words):
        if at < past:
            continue
        if at in known:
            code, past = known[at]
            yield placed(code)
        elif UNSPACED.search(word):
            yield from ((key, NAME) for key in grams(word))
            yield from (placed(code) for code in inside(word, language, digits(words[at - 1]) if at else ""))
        elif (found := term(word))[0]:
            yield found


def placed(code: str) -> tuple[str, int]:
    """The term of a place, day or month, with its kind."""
    return code, COMMON if code.startswith(CALENDAR) else NAME


def digits(word: str) -> str:
    """A number in ASCII digits without zeros in front; "" for a word."""
    return "".join(str(unicodedata.digit(c)) for c in word if c.isdigit()).lstrip("0") if word[0].isdigit() else ""


def grams(run: str) -> Iterable[str]:
    """The terms of a run of characters without spaces: Chinese ones two and three at a time, as they are read; katakana and Thai whole.

    Which of them are names is not known, so many are no terms to tell a story by; they are rarely shared by chance.
    """
    for match in CHARACTERS.finditer(run):
        piece = match.group()
        if "\u3400" <= piece[0] <= "\u9fff":
            piece = simplified(piece)
            yield from (key for n in GRAMS for i in range(len(piece) - n + 1) if len(key := reading(piece[i:i + n])) >= LEAST_GRAM)
        elif len(key := reading(piece)) >= LEAST_GRAM:
            yield key


@lru_cache(maxsize=100_000)
def reading(gram: str) -> str:
    """The first letters of a piece of a script without spaces as it is read."""
    return skeleton(gram)[:KEY]


@lru_cache(maxsize=200_000)
def term(word: str) -> tuple[str, int]:
    """A word or number as a term; "" for one that says too little."""
    if word[0].isdigit():
        number = digits(word)
        return (number if len(number) > 1 else "", NUMBER)
    key = skeleton(word)[:KEY]
    return (key if len(key) >= LEAST_KEY else ""), COMMON if word[0].islower() else NAME


def day_number(published: str | None) -> float | None:
    """Days since the epoch, or None where there is no date that can be read."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        moment = moment.replace(tzinfo=None) - (moment.utcoffset() or moment - moment)
    return moment.toordinal() + (moment.hour + moment.minute / 60) / 24


def packed(item: Item) -> bytes:
    """An item as bytes, without its article."""
    said = [item.day, item.language, item.keys, item.vectors.shape, item.spaced, item.sounds, item.script, len(item.second),
            len(item.event)]
    head = json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
    halfs = (array.astype("<f2") for array in (item.vectors, item.second, item.event))
    arrays = (*halfs, item.counts, item.kinds, item.titled)
    return len(head).to_bytes(4, "little") + head + b"".join(a.tobytes() for a in arrays)


def unpacked(article: str, data: bytes) -> Item:
    """An item from its bytes."""
    size = 4 + int.from_bytes(data[:4], "little")
    day, language, keys, shape, *later = json.loads(data[4:size].decode("utf-8", "surrogatepass"))
    spaced = all(later[:1])  # items of an early workspace lack what came later
    heard, script = later[1:3] or ((), "")
    cuts = list(itertools.accumulate((size, 2 * shape[0] * shape[1], *(2 * n for n in (*later[3:5], 0, 0)[:2]))))
    vectors, second, event = (np.frombuffer(data[start:end], dtype="<f2") for start, end in itertools.pairwise(cuts))
    counts, kinds, titled = np.frombuffer(data[cuts[-1]:], dtype=np.uint8).reshape(3, len(keys))
    return Item(article=article, day=day, language=language, spaced=spaced, vectors=vectors.reshape(shape), keys=tuple(keys), counts=counts,
                kinds=kinds, titled=titled, sounds=tuple(heard), script=script, second=second, event=event)
