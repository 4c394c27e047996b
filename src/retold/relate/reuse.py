"""Passages that articles share: copied, trimmed, edited, moved, a single quote, or translated.

Words become numbers (`words`), runs of six of them seeds in a sorted index (`seeds`), seeds aligned stretches (`alignment`), and
what outlets print everywhere is set aside (`copies`). So three reused sentences in a long article are found, which a hash over whole
documents misses, and ten thousand articles take seconds. Across languages sentences are compared by their vectors (`translations`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from retold.base.models import Models
from retold.base.records import Reuse, Sentence, Span, make_id
from retold.relate.alignment import Texts, equal
from retold.relate.copies import Copies, find_copies, only_in_quotes
from retold.relate.quotation import inside_marks
from retold.relate.seeds import sampled
from retold.relate.tongues import languages_of
from retold.relate.translations import translated
from retold.relate.words import Hashes, Places, Words, read_words

Floats = npt.NDArray[np.float32]

METHOD = "shared seeds, aligned"
COLUMNS = {"hashes": "<u8", "starts": "<i4", "ends": "<i4", "weights": "<i1", "owners": "<i4", "seeds": "<u8", "places": "<i8"}
READ = pa.schema([("texts", pa.int64()), ("languages", pa.string()), *((name, pa.binary()) for name in COLUMNS)])
TEXTS = pa.schema([("article", pa.string()), ("text", pa.string())])


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An article as reuse sees it: what of its text counts, its sentences and their vectors.

    `spans` are the spans of the text that are compared (no boilerplate); `vectors`: (n_sentences, n_dims) float32, unit length.
    """

    article: str
    text: str
    language: str
    spans: tuple[Span, ...]
    sentences: tuple[Sentence, ...] = ()
    vectors: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A passage that two texts share, by the numbers of the texts. `agreed` words of it are equal."""

    a: int
    b: int
    a_span: Span
    b_span: Span
    kind: str
    agreed: int
    score: float


def make_body(
    article: str, text: str, *, language: str = "", spans: Sequence[Span] | None = None, sentences: Sequence[Sentence] = (),
    vectors: Mapping[str, Floats] | None = None,
) -> Body:
    """The body of an article; all of its text counts unless spans are given. Sentences without a vector are left out."""
    known = vectors or {}
    own = tuple(s for s in sentences if s.id in known)
    stacked = np.stack([known[s.id] for s in own]) if own else None
    return Body(article=article, text=text, language=language, spans=((0, len(text)),) if spans is None else tuple(spans), sentences=own,
                vectors=stacked)


def find_reuse(story: str, bodies: Sequence[Body]) -> list[Reuse]:
    """The passages that any two articles of one story share, in the order of the articles and their text."""
    ordered = sorted(bodies, key=lambda b: b.article)
    texts = [b.text for b in ordered]
    words = read_words(texts, [b.spans for b in ordered], names=[b.article for b in ordered])
    out = [recorded(story, found, ordered[found.a].article, ordered[found.b].article)
           for found in shared_passages(find_copies(words, [None] * len(ordered)), texts)]
    return out + find_translations(story, ordered)


def find_translations(story: str, bodies: Sequence[Body]) -> list[Reuse]:
    """The translated passages of any two articles that differ in language."""
    out: list[Reuse] = []
    usable = [b for b in sorted(bodies, key=lambda b: b.article) if b.vectors is not None]
    for x, a in enumerate(usable):
        for b in usable[x + 1:]:
            if a.language != b.language and a.vectors is not None and b.vectors is not None:
                out.extend(translated(story, (a.article, b.article), (a.sentences, b.sentences), (a.vectors, b.vectors)))
    return out


def recorded(story: str, found: Shared, a: str, b: str) -> Reuse:
    """A passage as a record."""
    return Reuse(id=make_id("r", a, b, *found.a_span, *found.b_span), story=story, a=a, b=b, a_start=found.a_span[0], a_end=found.a_span[1],
                 b_start=found.b_span[0], b_end=found.b_span[1], kind=found.kind, method=METHOD, score=found.score)


def shared_passages(copies: Copies, texts: Sequence[str]) -> Iterator[Shared]:
    """What was found, as spans of the texts with their kinds, in the order of the texts."""
    found, words = copies.stretches, copies.words
    same = equal_throughout(copies.texts, found.first, found.first_end, found.second, found.second_end)
    quoted_only = only_in_quotes(copies.texts, found)
    length = np.maximum(found.first_end - found.first, found.second_end - found.second)
    columns = (words.owners[found.first], words.starts[found.first], words.ends[found.first_end - 1], words.owners[found.second],
               words.starts[found.second], words.ends[found.second_end - 1], same, quoted_only, found.agreed,
               found.agreed / np.maximum(1, length))
    for a, a_start, a_end, b, b_start, b_end, verbatim, doubtful, agreed, share in zip(*(c.tolist() for c in columns), strict=True):
        quoted = inside_marks(texts[a], a_start, a_end) or inside_marks(texts[b], b_start, b_end)
        if doubtful and not quoted:
            continue
        a_span, b_span = with_marks(texts[a], (a_start, a_end), texts[b], (b_start, b_end))
        kind = "quote" if quoted else "verbatim" if verbatim else "edited"
        yield Shared(a=a, b=b, a_span=a_span, b_span=b_span, kind=kind, agreed=agreed, score=round(min(1.0, share), 4))


def equal_throughout(texts: Texts, first: Places, first_end: Places, second: Places, second_end: Places) -> npt.NDArray[np.bool_]:
    """Which stretches are the same words from end to end."""
    out = first_end - first == second_end - second
    at = np.flatnonzero(out)
    out[at] = equal(texts, first[at], second[at], first_end[at] - first[at])
    return np.asarray(out)


def with_marks(a: str, a_span: Span, b: str, b_span: Span) -> tuple[Span, Span]:
    """Two spans with the stops and marks beside them that both texts have.

    >>> with_marks("It broke. He left.", (0, 8), "It broke. I left.", (0, 8))
    ((0, 9), (0, 9))
    """
    (s, e), (t, f) = a_span, b_span
    while e < len(a) and f < len(b) and a[e] == b[f] and not a[e].isalnum() and not a[e].isspace():
        e, f = e + 1, f + 1
    while s and t and a[s - 1] == b[t - 1] and not a[s - 1].isalnum() and not a[s - 1].isspace():
        s, t = s - 1, t - 1
    return (s, e), (t, f)


# ---- whole collections ---------------------------------------------------------------------------------------------


def read_batch(models: Models, source: pa.Table) -> pa.Table:
    """Articles as words and seeds, all of a batch in one row: what `Engine.map_batches` is given, in any process."""
    texts = source["text"].to_pylist()
    words = read_words(texts, names=source["article"].to_pylist())
    seeds, places = sampled(words)
    codes = languages_of(words, texts, models.get("identifier"))
    arrays: dict[str, npt.NDArray[Any]] = {
        "hashes": words.hashes, "starts": words.starts, "ends": words.ends, "weights": words.weights, "owners": words.owners,
        "seeds": seeds, "places": places}
    told = [pa.array([len(texts)], pa.int64()), pa.array([" ".join(c or "-" for c in codes)], pa.string())]
    return pa.Table.from_arrays([*told, *(cell(arrays[name], COLUMNS[name]) for name in COLUMNS)], schema=READ)


def cell(numbers: npt.NDArray[Any], kind: str) -> pa.Array:
    """Numbers as one binary value, not copied where they are of the kind already."""
    data = np.ascontiguousarray(numbers.astype(kind, copy=False))
    edges = np.array([0, data.nbytes], np.int32)
    return pa.Array.from_buffers(pa.binary(), 1, [None, pa.py_buffer(edges), pa.py_buffer(data)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A collection as numbers: the words of all articles as one sequence, their seeds, and the languages of the articles."""

    words: Words
    seeds: Hashes
    places: Places
    languages: list[str]


def joined_batches(tables: Iterable[pa.Table]) -> Read:
    """All batches of all tables in their order as one. A table is let go when its rows are taken, so that nothing is held twice."""
    whole: dict[str, npt.NDArray[Any]] = {name: np.zeros(0, kind) for name, kind in COLUMNS.items()}
    texts, languages = 0, list[str]()
    for table in tables:
        for row in table.to_batches(max_chunksize=1):
            before = {"owners": texts, "places": len(whole["hashes"])}
            for name, kind in COLUMNS.items():
                extend(whole[name], np.frombuffer(row[name][0].as_buffer(), kind), before.get(name, 0))
            texts += row["texts"][0].as_py()
            languages.extend("" if code == "-" else code for code in row["languages"][0].as_py().split(" ") if code)
    return Read(words=Words(**{name: whole[name] for name in Words.__slots__}), seeds=whole["seeds"], places=whole["places"],
                languages=languages)


def extend(numbers: npt.NDArray[Any], more: npt.NDArray[Any], shift: int) -> None:
    """Append to an array in its place, each number moved by `shift`."""
    at = len(numbers)
    numbers.resize(at + len(more), refcheck=False)
    np.add(more, numbers.dtype.type(shift), out=numbers[at:])
