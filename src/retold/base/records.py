"""The records that stages hand to each other: one frozen dataclass a table.

Offsets are Unicode code points into `Article.text`, half open; `text[start:end]` is the evidence. A span that is not there
is `NOWHERE`. Every derived record has an `id` that is a hash of what it was derived from (so that every engine gives the
same), the `method` that found it, a `score` in [0, 1], and pointers to its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any, ClassVar, Literal

Span = tuple[int, int]
NOWHERE: Span = (-1, -1)

PassageKind = Literal["headline", "subheading", "byline", "dateline", "credit", "paragraph", "boilerplate"]
QuoteKind = Literal["direct", "indirect", "mixed", "scare"]
SourceKind = Literal["outlet", "agency", "person", "organisation", "document", "anonymous", "unknown"]
MentionKind = Literal["person", "organisation", "place", "outlet", "thing"]
Change = Literal["verbatim", "truncated", "translated", "paraphrased", "altered", "misattributed"]
ConflictKind = Literal["number", "date", "actor", "place", "negation", "status", "certainty", "attribution"]
DerivationKind = Literal["cites", "copies", "translates", "quotes"]
DecisionKind = Literal["confirm", "reject", "leave_out", "merge", "split"]
DecisionSubject = Literal["edge", "article", "outlet", "claim_link", "conflict", "name"]
Verdict = Literal["established", "possible", "dependent", "lineage unknown"]


def make_id(prefix: str, *parts: object) -> str:
    """A short id from what a record was derived from; the same on every machine, engine and run.

    >>> make_id("q", "article-1", 10, 20) == make_id("q", "article-1", 10, 20)
    True
    """
    digest = blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{prefix}-{digest}"


class Record:
    """What all records share: the name of their table and the column by which a stage gathers them."""

    __slots__ = ()
    table: ClassVar[str]
    by: ClassVar[str] = "article"


# ---- collect ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Record):
    """One version of one article as it was collected. Its text never changes afterwards.

    `published` is ISO 8601 with a zone where one was given; `language` is what the input claimed (a guess is in `languages`).
    `place` says where it came from: a path, a path with a line number, or a URL.
    """

    table: ClassVar[str] = "articles"
    by: ClassVar[str] = "id"
    id: str
    text: str
    title: str = ""
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    place: str = ""
    method: str = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata(Record):
    """One piece of metadata with how it is known: field is title, outlet, author, published, url or language.

    The field `repeated` marks a line that stands on other pages of the same outlet; `value` is on how many.
    """

    table: ClassVar[str] = "metadata"
    id: str
    article: str
    field: str
    value: str
    method: str
    score: float
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Record):
    """Something that could not be used; the rest went on."""

    table: ClassVar[str] = "failures"
    by: ClassVar[str] = "place"
    id: str
    place: str
    stage: str
    error: str
    message: str


# ---- divide -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Record):
    """The language of an article (`code`: ISO 639-1), with how sure."""

    table: ClassVar[str] = "languages"
    id: str
    article: str
    code: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Record):
    """A block of an article's text (usually a line or paragraph). `reason` says in words why it is what it is.

    Passages of kind `boilerplate` are not part of the article. Bylines, datelines and agency credits are: they are evidence.
    `score` is the confidence in `kind`. Passages do not overlap and come in the order of the text.
    """

    table: ClassVar[str] = "passages"
    id: str
    article: str
    start: int
    end: int
    kind: str
    reason: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Record):
    """A sentence of a passage that is not boilerplate. `order` counts from 0 in the article."""

    table: ClassVar[str] = "sentences"
    id: str
    article: str
    passage: str
    start: int
    end: int
    order: int
    language: str
    kind: str


# ---- embed --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector(Record):
    """The vector of a sentence or claim: `of` is its id, `values` float32 little-endian, unit length."""

    table: ClassVar[str] = "vectors"
    id: str
    article: str
    of: str
    values: bytes
    method: str


# ---- group --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Record):
    """An article's place in a story. `score` is the strength of its strongest tie in the story."""

    table: ClassVar[str] = "memberships"
    by: ClassVar[str] = "story"
    id: str
    story: str
    article: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie(Record):
    """How probable it is (`score`) that two articles of a small collection tell one story, before they are read."""

    table: ClassVar[str] = "ties"
    id: str
    article: str
    other: str
    method: str
    score: float


# ---- identify -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Record):
    """A name where it stands in the text: of a person, organisation, place, outlet or thing."""

    table: ClassVar[str] = "mentions"
    id: str
    article: str
    start: int
    end: int
    text: str
    kind: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution(Record):
    """Who is said to have said what: source, cue and content as spans of the text.

    `source_kind` is a `SourceKind`; `outlet` the canonical name where the source is an outlet or agency; `number` how many
    anonymous sources; `certainty` a word (reported, alleged, confirmed, denied, said, ...) with `strength` in [0, 1], 1 for
    flat assertion; `parent` the id of the attribution that this one stands inside ("the company, citing two people, Reuters
    reported" is three); `addressee` whom the source told it to ("told Reuters").
    """

    table: ClassVar[str] = "attributions"
    id: str
    article: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: str
    source_kind: str
    outlet: str | None
    anonymous: bool
    number: int
    certainty: str
    strength: float
    addressee: tuple[Span, ...]
    parent: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """Quoted words: [start, end) lies inside the marks, [outer_start, outer_end) includes them.

    `kind` is a `QuoteKind`; `speaker` the best name for who said it ("" when unknown), `speaker_span` where that stands;
    `attribution` the id of the attribution whose content this is ("" when none).
    """

    table: ClassVar[str] = "quotes"
    id: str
    article: str
    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: str
    speaker: str
    speaker_span: Span
    attribution: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Record):
    """A number in the text: `value` in `unit`, true within [low, high]; `what` is the head noun that it counts, as written."""

    table: ClassVar[str] = "quantities"
    id: str
    article: str
    start: int
    end: int
    value: float
    low: float
    high: float
    unit: str
    what: str
    approximate: bool
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Record):
    """A date or time of day in the text, as the interval [earliest, latest] in ISO 8601; `grain` is year … minute."""

    table: ClassVar[str] = "dates"
    id: str
    article: str
    start: int
    end: int
    earliest: str
    latest: str
    grain: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """A checkable proposition where it stands in one article (at most 400 code points).

    `polarity` is 1 or -1; `certainty` in [0, 1] from the hedges and cues over it; `attribution` the innermost one that holds it.
    """

    table: ClassVar[str] = "claims"
    id: str
    article: str
    sentence: str
    start: int
    end: int
    attribution: str
    polarity: int
    certainty: float
    method: str
    score: float


# ---- link ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Record):
    """One form of one entity in one place: `entity` is the id shared by all forms, `label` the entity's best name."""

    table: ClassVar[str] = "names"
    by: ClassVar[str] = "story"
    id: str
    story: str
    entity: str
    label: str
    kind: str
    article: str
    start: int
    end: int
    text: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NameElsewhere(Record):
    """A place where an `entity` of a story stands in an article of the collection that is not of the story."""

    table: ClassVar[str] = "names_elsewhere"
    by: ClassVar[str] = "story"
    id: str
    story: str
    entity: str
    article: str
    start: int
    end: int
    text: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteVersion(Record):
    """One version of one quote: `group` is shared by all versions; `change` against the fullest and earliest version."""

    table: ClassVar[str] = "quote_versions"
    by: ClassVar[str] = "story"
    id: str
    story: str
    group: str
    speaker: str
    article: str
    start: int
    end: int
    change: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimVersion(Record):
    """One mention of a claim that several articles may make: `group` is shared by all; `claim` the id in `claims`.

    `label` is the text of the version that stands for the group.
    """

    table: ClassVar[str] = "claim_versions"
    by: ClassVar[str] = "story"
    id: str
    story: str
    group: str
    label: str
    claim: str
    article: str
    start: int
    end: int
    method: str
    score: float


# ---- relate -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse(Record):
    """A passage that two articles share. `kind` is verbatim, edited, translated or quote."""

    table: ClassVar[str] = "reuse"
    by: ClassVar[str] = "story"
    id: str
    story: str
    a: str
    b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    kind: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Record):
    """One version on one side of a disagreement; rows of one disagreement share `group` and differ in `side`.

    `claim` is the claim group at issue; [mark_start, mark_end) are the very words that differ.
    """

    table: ClassVar[str] = "conflicts"
    by: ClassVar[str] = "story"
    id: str
    story: str
    group: str
    claim: str
    kind: str
    side: int
    article: str
    start: int
    end: int
    mark_start: int
    mark_end: int
    why: str
    method: str
    score: float


# ---- trace --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Record):
    """An article names where it has something from. `node` is an article id or `external:NAME`."""

    table: ClassVar[str] = "citations"
    by: ClassVar[str] = "story"
    id: str
    story: str
    article: str
    node: str
    start: int
    end: int
    kind: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation(Record):
    """`target` has something from `source` (an article id or `external:NAME`). `probability` is calibrated on development data.

    `stated`: the article says so itself. `inferred`: nobody names the source; it is deduced from what its retellings share.
    """

    table: ClassVar[str] = "derivations"
    by: ClassVar[str] = "story"
    id: str
    story: str
    source: str
    target: str
    kind: str
    probability: float
    stated: bool
    inferred: bool
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """One reason for a derivation, origin or verdict (`subject`: its id), in words and spans; `weight` in log odds."""

    table: ClassVar[str] = "evidence"
    by: ClassVar[str] = "story"
    id: str
    story: str
    subject: str
    kind: str
    words: str
    weight: float
    article: str
    start: int
    end: int
    other: str
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin(Record):
    """A root of the story. `independent`: first-hand knowledge of the central matter, not had from another origin."""

    table: ClassVar[str] = "origins"
    by: ClassVar[str] = "story"
    id: str
    story: str
    node: str
    kind: str
    independent: bool
    why: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOrigin(Record):
    """An origin of a claim group; rows of one claim share `verdict` and `why`. `node` is "" where the lineage is unknown."""

    table: ClassVar[str] = "claim_origins"
    by: ClassVar[str] = "story"
    id: str
    story: str
    claim: str
    node: str
    verdict: str
    why: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Original(Record):
    """A report that is not in the collection. `inferred`: nobody names it, only its copies show it.

    `title` is a guess; it came out between the days `earliest` ("" where none is named) and `latest`; `retellings` have it at first
    hand.
    """

    table: ClassVar[str] = "originals"
    by: ClassVar[str] = "story"
    id: str
    story: str
    node: str
    inferred: bool
    title: str
    earliest: str
    latest: str
    retellings: tuple[str, ...]
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalClaim(Record):
    """A claim that a missing report is likely to have made: in `articles`, of which `support` have it from there at first hand."""

    table: ClassVar[str] = "original_claims"
    by: ClassVar[str] = "story"
    id: str
    story: str
    node: str
    claim: str
    support: int
    articles: tuple[str, ...]
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration(Record):
    """A change along a derivation: what the target made of what the source says (the ledger of changes).

    `carried`: the articles further down that have it from there; an `added` claim has no place in the source.
    """

    table: ClassVar[str] = "alterations"
    by: ClassVar[str] = "story"
    id: str
    story: str
    source: str
    target: str
    kind: str
    words: str
    source_start: int
    source_end: int
    target_start: int
    target_end: int
    carried: tuple[str, ...]
    method: str
    score: float


# ---- what people decide -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """What a person decided about a finding; it outlives runs and is replayed on the next (`retold.pipeline.retrace`).

    `kind` is a `DecisionKind`, `subject` a `DecisionSubject`; `key` names the finding by what is in the texts, so that it is
    the same on every run (see `retold.base.decisions`); `made` is when, ISO 8601 ("" where it was not noted).
    """

    table: ClassVar[str] = "decisions"
    by: ClassVar[str] = "id"
    id: str
    kind: str
    subject: str
    key: str
    made: str
    note: str


RECORDS: tuple[type[Record], ...] = (
    Article, Metadata, Failure, Language, Passage, Sentence, Vector, Membership, Tie, Mention, Attribution, Quote, Quantity, Date,
    Claim, Name, NameElsewhere, QuoteVersion, ClaimVersion, Reuse, Conflict, Citation, Derivation, Evidence, Origin, ClaimOrigin,
    Original, OriginalClaim, Alteration, Decision,
)


def quicken(kind: type[Record]) -> None:
    """Give a record a constructor that fills its slots directly: half the time of the one that frozen dataclasses have.

    >>> Language(id="l", article="a", code="en", method="given", score=1.0).code
    'en'
    """
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    known = kind.__init__.__kwdefaults__
    told: dict[str, Any] = {f"set_{name}": getattr(kind, name).__set__ for name in names}
    exec(f"def __init__(self, *, {', '.join(names)}):\n" + "".join(f" set_{name}(self, {name})\n" for name in names), told)
    told["__init__"].__kwdefaults__, told["__init__"].__annotations__ = known, kind.__init__.__annotations__
    told["__init__"].__qualname__ = kind.__init__.__qualname__
    kind.__init__ = told["__init__"]  # type: ignore[method-assign]


for record in RECORDS:
    quicken(record)
