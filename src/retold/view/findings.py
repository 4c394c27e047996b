"""What a report is made of: the tree of typed results under a story.

Every class is frozen; every finding leads to the exact words (`Excerpt`) and says by which method and how surely it is known.
Records (see `retold.base.records`) are rows of tables; these are the same findings put together for a reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from retold.base.decisions import edge_key, pair_key
from retold.view.articles import Document, Excerpt

Stance = Literal["stated", "attributed", "altered", "unsure", "absent"]

HUMAN = "human"  # the method of what people decided
COUNTED = 0.5  # edges and conflicts count from this probability on: more likely than not


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason for an edge, an origin or a verdict, in words and spans; `weight` in log odds."""

    kind: str
    words: str
    weight: float
    excerpt: Excerpt | None
    other: Excerpt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node of the derivation graph: an article, or a source that is not in the collection (`missing`).

    `inferred`: nobody names it; it is deduced from what its retellings share.
    """

    id: str
    label: str
    kind: str
    missing: bool
    inferred: bool
    language: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """`target` has something from `source`. It counts where `probability` is at least `COUNTED`."""

    id: str
    source: str
    target: str
    kind: str
    probability: float
    stated: bool
    inferred: bool
    method: str
    evidence: tuple[Reason, ...]

    @property
    def counts(self) -> bool:
        """Whether it is more likely than not."""
        return self.probability >= COUNTED

    @property
    def human(self) -> bool:
        """Whether a person decided on it."""
        return self.method == HUMAN

    @property
    def key(self) -> str:
        """How a decision names it."""
        return edge_key(self.source, self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A root of the story. `missing`: it is not in the collection."""

    id: str
    label: str
    kind: str
    independent: bool
    missing: bool
    inferred: bool
    why: str
    method: str
    score: float
    evidence: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMention:
    """A claim where it stands in one article, and how the article stands to it. `attributed_to`: innermost source first."""

    excerpt: Excerpt
    stance: Stance
    attributed_to: tuple[str, ...]
    anonymous: bool
    certainty: float
    polarity: int
    changes: tuple[str, ...]
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One article's stance to one claim: altered wins over attributed, attributed over stated; absent without a mention.

    Unsure: its words are as likely as not to tell something else.
    """

    document: str
    stance: Stance
    attributed_to: tuple[str, ...]
    mentions: tuple[ClaimMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim with all its mentions, its row of the matrix (`cells`, in the order of the story's documents) and its verdict.

    `origins` are nodes; empty where the lineage is unknown.
    """

    id: str
    text: str
    mentions: tuple[ClaimMention, ...]
    cells: tuple[Cell, ...]
    verdict: str
    why: str
    origins: tuple[str, ...]
    conflicts: tuple[str, ...]
    evidence: tuple[Reason, ...]
    method: str
    score: float

    @property
    def documents(self) -> int:
        """In how many articles it stands."""
        return sum(cell.stance != "absent" for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictVersion:
    """One wording on one side; `mark` are the very words that differ, None where they could not be singled out."""

    excerpt: Excerpt
    mark: Excerpt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A disagreement: the sides with their wordings, what kind it is and why it is thought to be one."""

    id: str
    claim: str
    kind: str
    confidence: float
    why: str
    sides: tuple[tuple[ConflictVersion, ...], ...]
    method: str

    @property
    def counts(self) -> bool:
        """Whether it is more likely than not a real one."""
        return self.confidence >= COUNTED

    @property
    def human(self) -> bool:
        """Whether a person decided on it."""
        return self.method == HUMAN

    @property
    def key(self) -> str:
        """How a decision names it, by the first wording of its first two sides; "" where it has only one."""
        first = [(s[0].excerpt.document, s[0].excerpt.start, s[0].excerpt.end) for s in self.sides if s]
        return pair_key(first[0], first[1]) if len(first) > 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteVersion:
    """One version of a quote and what was changed against the fullest and earliest one.

    `speaker`: whom its own article gives it to, "" where it names nobody. `reported`: it stands in no quotation marks.
    """

    excerpt: Excerpt
    speaker: str
    reported: bool
    language: str
    change: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quote in all its versions; `fullest` is the one that the others are compared with."""

    id: str
    speaker: str
    versions: tuple[QuoteVersion, ...]
    fullest: QuoteVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way in which a name is written, and where."""

    text: str
    places: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One entity with all the ways its name is written, the commonest first; `elsewhere` are places in articles outside of the story."""

    id: str
    label: str
    kind: str
    spellings: tuple[Spelling, ...]
    score: float
    elsewhere: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """An entry of the ledger: what `target` made of what `source` says. Either excerpt may be missing.

    `carried`: the articles further down that took it over. `speakers`: whom either article gives a quote to that changed its speaker,
    "" where it names nobody.
    """

    id: str
    source: str
    target: str
    kind: str
    words: str
    before: Excerpt | None
    after: Excerpt | None
    method: str
    score: float
    carried: tuple[str, ...] = ()
    speakers: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalClaim:
    """A claim that a missing report is likely to have made: `support` articles have it from there at first hand, `articles` make it."""

    claim: str
    text: str
    support: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A report that is not in the collection: how to find it, and what it is likely to have said. `title` is a guess."""

    id: str
    label: str
    inferred: bool
    title: str
    earliest: str
    latest: str
    retellings: tuple[str, ...]
    claims: tuple[OriginalClaim, ...]
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Something that could not be known, with the reason in words and, where there are any, the words it is about."""

    kind: str
    words: str
    places: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided. `applied`: whether there was anything in the report that it is about."""

    id: str
    kind: str
    subject: str
    key: str
    made: str
    note: str
    applied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Every number that any view shows about a story. They are counted here and nowhere else.

    articles: in the story. versions: articles but for copies of another one. own_reporting: versions that heard from a person
    or body themselves, or are origins. untraced: articles that neither did nor have it from anybody by a link that counts.
    origins: independent ones. outlets, languages: different ones among the articles. contested: established claims that a conflict
    is about.
    conflicts: those that are more likely than not.
    """

    articles: int
    versions: int
    own_reporting: int
    untraced: int
    origins: int
    outlets: int
    languages: int
    claims: int
    shared_claims: int
    conflicts: int
    quotes: int
    names: int
    alterations: int
    contested: int
    verdicts: tuple[tuple[str, int], ...]

    @property
    def funnel(self) -> tuple[tuple[str, int], ...]:
        """From articles to origins, as (what, how many)."""
        return (
            ("articles", self.articles), ("versions", self.versions), ("with own reporting", self.own_reporting),
            ("independent origins", self.origins),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything found about one story. `documents` in the order of publication, unknown dates last."""

    id: str
    title: str
    numbers: Numbers
    documents: tuple[Document, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    origins: tuple[Origin, ...]
    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
    quotes: tuple[Quote, ...]
    names: tuple[Name, ...]
    alterations: tuple[Alteration, ...]
    unknowns: tuple[Unknown, ...]
    originals: tuple[Original, ...] = ()

    @property
    def links(self) -> tuple[Edge, ...]:
        """The edges that count."""
        return tuple(edge for edge in self.edges if edge.counts)

    @property
    def independent(self) -> tuple[Origin, ...]:
        """The origins that count."""
        return tuple(origin for origin in self.origins if origin.independent)

    def node(self, id: str) -> Node:  # noqa: A002
        """The node of that id.

        Raises:
            KeyError: there is none.
        """
        found = next((node for node in self.nodes if node.id == id), None)
        if found is None:
            raise KeyError(id)
        return found

    def document(self, id: str) -> Document:  # noqa: A002
        """The document of that id.

        Raises:
            KeyError: there is none.
        """
        found = next((document for document in self.documents if document.id == id), None)
        if found is None:
            raise KeyError(id)
        return found

    def __str__(self) -> str:
        from retold.view.wording import story_lines

        return "\n".join(story_lines(self))
