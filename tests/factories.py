"""Builders with defaults for every record, so that a test case is one line.

Builders for findings take the article (its offsets come from the words) and the words themselves:

    a = article("Mayor Ada Lund resigned.", id="a", outlet="Fjordposten")
    name = mention(a, "Ada Lund")            # start, end and text from the words
    said = quote(a, "we knew", speaker="Ada Lund")

`words` that stand more than once are told apart by `nth`, counting from 0. Any field can be given by keyword; whatever is not
given gets a default that is right for most tests. Ids are derived from the record's place, so two calls alike give equal records.
`make(Kind, **fields)` builds any record at all.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from functools import cache
from typing import Any, TypeVar, get_type_hints

from retold.base.decisions import make_decision
from retold.base.records import (
    NOWHERE,
    Alteration,
    Article,
    Attribution,
    Citation,
    Claim,
    ClaimOrigin,
    ClaimVersion,
    Conflict,
    Date,
    Decision,
    Derivation,
    Evidence,
    Failure,
    Language,
    Membership,
    Mention,
    Metadata,
    Name,
    Origin,
    Passage,
    Quantity,
    Quote,
    QuoteVersion,
    Record,
    Reuse,
    Sentence,
    Span,
    Vector,
    make_id,
)
from retold.base.tables import Batch

R = TypeVar("R", bound=Record)

BLANKS: dict[Any, Any] = {str: "", int: 0, float: 1.0, bool: False, bytes: b"", Span: NOWHERE}
STORY = "s"


@cache
def blanks(kind: type[Record]) -> dict[str, Any]:
    """A neutral value for every field that has no default."""
    hints = get_type_hints(kind)
    required = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]  # type: ignore[arg-type]
    return {name: BLANKS.get(hints[name], None if "None" in str(hints[name]) else ()) for name in required}


def make(record: type[R], /, **given: Any) -> R:
    """Any record: blanks where nothing is given, `method` "test", an id from what it is made of."""
    values = blanks(record) | ({"method": "test"} if "method" in blanks(record) else {}) | given
    if not values.get("id"):
        values["id"] = make_id(record.table[:2], *(f"{k}={v}" for k, v in sorted(values.items()) if k != "id"))
    return record(**values)


def span(article: Article, words: str, nth: int = 0) -> Span:
    """Where the words stand in the article; a clear error where they do not."""
    start = -1
    for _ in range(nth + 1):
        start = article.text.find(words, start + 1)
        if start < 0:
            raise ValueError(f"{words!r} (number {nth}) is not in article {article.id}")
    return start, start + len(words)


def spans(article: Article, words: str | None) -> tuple[Span, ...]:
    """The same as the tuple of spans that attributions hold; empty for None or ""."""
    return (span(article, words),) if words else ()


def at(article: Article, words: str, nth: int = 0) -> dict[str, Any]:
    """The fields `article`, `start` and `end` for the words."""
    start, end = span(article, words, nth)
    return {"article": article.id, "start": start, "end": end}


# ---- collect and divide ---------------------------------------------------------------------------------------------


def article(text: str = "The mayor of Lund resigned on Monday.", *, id: str = "a", **more: Any) -> Article:  # noqa: A002
    """An article; give `language` and the others by keyword."""
    return make(Article, id=id, text=text, **({"place": f"{id}.txt", "method": "given"} | more))


def metadata(of: Article, field: str = "title", value: str = "A title", **more: Any) -> Metadata:
    """One piece of metadata."""
    return make(Metadata, **({"article": of.id, "field": field, "value": value} | more))


def failure(place: str = "broken.txt", message: str = "broken.txt: expected an article, found 0 bytes", **more: Any) -> Failure:
    """Something that could not be used."""
    return make(Failure, **({"place": place, "message": message, "stage": "collect", "error": "EmptyError"} | more))


def language(of: Article, code: str = "en", **more: Any) -> Language:
    """The language of an article."""
    return make(Language, **({"article": of.id, "code": code} | more))


def passage(of: Article, words: str = "", nth: int = 0, **more: Any) -> Passage:
    """A passage (the whole text unless words are given), of kind "paragraph"."""
    return make(Passage, **(at(of, words or of.text, nth) | {"kind": "paragraph", "reason": "a test says so"} | more))


def sentence(of: Article, words: str = "", nth: int = 0, **more: Any) -> Sentence:
    """A sentence (the whole text unless words are given)."""
    base = at(of, words or of.text, nth) | {"kind": "paragraph", "language": of.language or "en", "passage": "p"}
    return make(Sentence, **(base | more))


def sentences(of: Article, *words: str, **more: Any) -> list[Sentence]:
    """Sentences in the order of the text, numbered from 0; without words, one a line."""
    texts = words or tuple(line for line in of.text.splitlines() if line.strip())
    return [sentence(of, text, order=i, **more) for i, text in enumerate(texts)]


def vector(of: Sentence | Claim, values: bytes = b"", **more: Any) -> Vector:
    """The vector of a sentence or claim; values are float32 little-endian."""
    return make(Vector, **({"article": of.article, "of": of.id, "values": values} | more))


# ---- group and identify ---------------------------------------------------------------------------------------------


def membership(of: Article, story: str = STORY, **more: Any) -> Membership:
    """An article's place in a story."""
    return make(Membership, **({"article": of.id, "story": story} | more))


def mention(of: Article, words: str, nth: int = 0, **more: Any) -> Mention:
    """A name where it stands, a person's unless `kind` says otherwise."""
    return make(Mention, **(at(of, words, nth) | {"text": words, "kind": "person"} | more))


def attribution(
    of: Article, source: str | None = None, cue: str | None = None, content: str | None = None, *,
    addressee: str | None = None, **more: Any,
) -> Attribution:
    """Who is said to have said what, by the words of its parts."""
    base = {
        "article": of.id, "source": spans(of, source), "cue": spans(of, cue), "content": spans(of, content),
        "addressee": spans(of, addressee), "kind": "say", "source_kind": "person" if source else "unknown", "number": 1,
        "certainty": "said", "strength": 0.8,
    }
    return make(Attribution, **(base | more))


def quote(of: Article, words: str, nth: int = 0, **more: Any) -> Quote:
    """Quoted words without their marks; the marks are taken to be one character each side."""
    start, end = span(of, words, nth)
    base = {
        "article": of.id, "start": start, "end": end, "outer_start": max(0, start - 1), "outer_end": min(len(of.text), end + 1),
        "kind": "direct", "speaker_span": NOWHERE,
    }
    return make(Quote, **(base | more))


def quantity(of: Article, words: str, value: float = 0.0, nth: int = 0, **more: Any) -> Quantity:
    """A number in the text, exact unless `low` and `high` are given."""
    return make(Quantity, **(at(of, words, nth) | {"value": value, "low": value, "high": value} | more))


def date(of: Article, words: str, earliest: str = "2026-03-02", nth: int = 0, **more: Any) -> Date:
    """A date in the text, a day unless `grain` says otherwise."""
    return make(Date, **(at(of, words, nth) | {"earliest": earliest, "latest": earliest, "grain": "day"} | more))


def claim(of: Article, words: str, nth: int = 0, **more: Any) -> Claim:
    """A proposition where it stands, flatly stated and positive."""
    place = at(of, words, nth)
    return make(Claim, **(place | {"id": make_id("c", *place.values()), "polarity": 1, "certainty": 1.0, "sentence": ""} | more))


# ---- link and relate ------------------------------------------------------------------------------------------------


def name(of: Article, words: str, label: str = "", nth: int = 0, **more: Any) -> Name:
    """One form of an entity; `entity` is derived from the label (the words themselves unless given)."""
    label = label or words
    base = {"story": STORY, "entity": make_id("e", label), "label": label, "kind": "person", "text": words}
    return make(Name, **(at(of, words, nth) | base | more))


def quote_version(of: Article, words: str, group: str = "quote-1", nth: int = 0, **more: Any) -> QuoteVersion:
    """One version of a quote, verbatim unless `change` says otherwise."""
    return make(QuoteVersion, **(at(of, words, nth) | {"story": STORY, "group": group, "change": "verbatim"} | more))


def claim_version(of: Article, words: str, group: str = "claim-1", nth: int = 0, **more: Any) -> ClaimVersion:
    """One mention of a claim; `claim` is the id that `claim(of, words)` gets."""
    base = {"story": STORY, "group": group, "label": words, "claim": claim(of, words, nth).id}
    return make(ClaimVersion, **(at(of, words, nth) | base | more))


def reuse(a: Article, a_words: str, b: Article, b_words: str = "", **more: Any) -> Reuse:
    """A passage that two articles share, the same words unless others are given for the second."""
    (a_start, a_end), (b_start, b_end) = span(a, a_words), span(b, b_words or a_words)
    base = {"story": STORY, "a": a.id, "b": b.id, "a_start": a_start, "a_end": a_end, "b_start": b_start, "b_end": b_end}
    return make(Reuse, **(base | {"kind": "verbatim"} | more))


def conflict(
    of: Article, words: str, mark: str = "", *, side: int = 0, group: str = "conflict-1", nth: int = 0, **more: Any,
) -> Conflict:
    """One version on one side of a disagreement; `mark` are the very words that differ."""
    base = at(of, words, nth)
    inner = words.index(mark) if mark else 0
    marks = {"mark_start": base["start"] + inner, "mark_end": base["start"] + inner + len(mark)} if mark else {}
    rest = {"story": STORY, "group": group, "claim": "claim-1", "kind": "number", "side": side, "mark_start": -1, "mark_end": -1}
    return make(Conflict, **(base | rest | marks | more))


# ---- trace ----------------------------------------------------------------------------------------------------------


def node(of: Article | str) -> str:
    """The node of an article, or of a source that is not in the collection ("external:NAME")."""
    return of.id if isinstance(of, Article) else of if of.startswith("external:") else f"external:{of}"


def citation(of: Article, source: Article | str, words: str = "", nth: int = 0, **more: Any) -> Citation:
    """An article names where it has something from."""
    place = at(of, words, nth) if words else {"article": of.id, "start": -1, "end": -1}
    return make(Citation, **(place | {"story": STORY, "node": node(source), "kind": "outlet"} | more))


def derivation(source: Article | str, target: Article, **more: Any) -> Derivation:
    """`target` has something from `source`, for sure and as it says itself, unless told otherwise."""
    base = {"story": STORY, "source": node(source), "target": target.id, "kind": "cites", "probability": 1.0, "stated": True}
    return make(Derivation, **(base | more))


def evidence(
    subject: Record | str, of: Article | None = None, quoted: str = "", /, *,
    other: Article | None = None, other_words: str = "", **more: Any,
) -> Evidence:
    """One reason for a derivation, origin or verdict (said in `words`), resting on words of one article or of two."""
    here = at(of, quoted) if of and quoted else {"article": of.id if of else "", "start": -1, "end": -1}
    start, end = span(other, other_words) if other and other_words else NOWHERE
    there = {"other": other.id if other else "", "other_start": start, "other_end": end}
    base = {"story": STORY, "subject": subject if isinstance(subject, str) else subject.id, "kind": "citation"}  # type: ignore[attr-defined]
    return make(Evidence, **(base | here | there | {"words": "it says so", "weight": 1.0} | more))


def origin(of: Article | str, **more: Any) -> Origin:
    """A root of the story, independent unless told otherwise."""
    base = {"story": STORY, "node": node(of), "kind": "outlet", "independent": True, "why": "nobody is named before it"}
    return make(Origin, **(base | more))


def claim_origin(of: Article | str | None = None, claim: str = "claim-1", **more: Any) -> ClaimOrigin:
    """An origin of a claim group; None where the lineage is unknown."""
    verdict = "dependent" if of is not None else "lineage unknown"
    base = {"story": STORY, "claim": claim, "node": node(of) if of is not None else "", "verdict": verdict, "why": "a test says so"}
    return make(ClaimOrigin, **(base | more))


def alteration(source: Article, source_words: str, target: Article, target_words: str, **more: Any) -> Alteration:
    """A change along a derivation."""
    (s, e), (ts, te) = span(source, source_words), span(target, target_words)
    base = {
        "story": STORY, "source": source.id, "target": target.id, "kind": "number", "words": "a number changed",
        "source_start": s, "source_end": e, "target_start": ts, "target_end": te,
    }
    return make(Alteration, **(base | more))


def decision(kind: str, subject: str, key: str, **more: Any) -> Decision:
    """What a person decided."""
    return replace(make_decision(kind, subject, key), **more)


def batch(*records: Record | list[Any] | tuple[Any, ...]) -> Batch:
    """A batch of records and lists of records."""
    flat: list[Record] = []
    for record in records:
        flat.extend(record if isinstance(record, list | tuple) else [record])
    return Batch(flat)
