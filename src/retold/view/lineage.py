"""Who had it from whom: the nodes, edges and origins of a story, and the numbers that stand at the top of every view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from retold.base import records as r
from retold.view.articles import Document
from retold.view.findings import Claim, Edge, Node, Numbers, Origin, Original, OriginalClaim
from retold.view.index import Index, Spans
from retold.view.matrix import Wordings
from retold.view.naming import EXTERNAL, called, names, source_name
from retold.view.reasons import plainer

FIRST_HAND = ("person", "organisation", "document", "anonymous")  # who knows something themselves; outlets and agencies retell
COPY = 0.8  # share of an article's own text found in another from which it is that article over again, by definition
VERDICTS = get_args(r.Verdict)


def build_edges(index: Index, story: str, documents: Sequence[Document]) -> tuple[Edge, ...]:
    """The edges of a story: by target in the order of the documents, the likeliest first."""
    order = {d.id: d.number for d in documents}
    rows = sorted(index.rows(r.Derivation, story), key=lambda d: (order.get(d.target, 0), -d.probability, d.source, d.kind, d.id))
    return tuple(
        Edge(id=d.id, source=d.source, target=d.target, kind=d.kind, probability=d.probability, stated=d.stated,
             inferred=d.inferred, method=d.method, evidence=index.reasons(d.id))
        for d in rows
    )


def build_nodes(index: Index, story: str, documents: Sequence[Document], edges: Sequence[Edge]) -> tuple[Node, ...]:
    """The articles of a story and every source of theirs that is not in the collection."""
    here = [Node(id=d.id, label=d.label, kind="article", missing=False, inferred=False, language=d.language, day=d.day)
            for d in documents]
    known = {d.id for d in documents}
    named = [id_ for e in edges for id_ in (e.source, e.target)] + [o.node for o in index.rows(r.Origin, story)]
    kinds = external_kinds(index, story)
    outside = sorted(set(named) - known - {""})
    return (*here, *(
        Node(id=id_, label=label, kind=kinds.get(id_) or index.outlets.get(label, "unknown"), missing=id_ not in index.articles,
             inferred=only_inferred(id_, edges), language="", day="")
        for id_, label in ((id_, label_of(index, id_)) for id_ in outside)
    ))


def label_of(index: Index, node: str) -> str:
    """What a reader knows a node by.

    An external node is named by what follows "external:"; an article by its outlet, title or id.
    """
    if node in index.articles:
        article = index.articles[node]
        return called(article.outlet, article.title, article.id)
    return source_name(node)


def only_inferred(node: str, edges: Iterable[Edge]) -> bool:
    """Whether everything that is had from a node is deduced and nothing is stated."""
    out = [e for e in edges if e.source == node]
    return bool(out) and all(e.inferred and not e.stated for e in out)


def external_kinds(index: Index, story: str) -> dict[str, str]:
    """What kind of source each external node is: as the origin says, else the citations, else the names."""
    kinds: dict[str, str] = {}
    allowed = get_args(r.SourceKind)
    for origin in index.rows(r.Origin, story):
        kinds.setdefault(origin.node, origin.kind)
    for citation in index.rows(r.Citation, story):
        if citation.kind in allowed:
            kinds.setdefault(citation.node, citation.kind)
    for name in index.rows(r.Name, story):
        kinds.setdefault(EXTERNAL + name.label, name.kind)
    return kinds


def build_origins(index: Index, story: str, edges: Sequence[Edge]) -> tuple[Origin, ...]:
    """The roots of a story, independent ones first, the surest first."""
    rows = sorted(index.rows(r.Origin, story), key=lambda o: (not o.independent, -o.score, o.node, o.id))
    return tuple(
        Origin(id=o.node, label=label_of(index, o.node), kind=o.kind, independent=o.independent,
               missing=o.node not in index.articles, inferred=only_inferred(o.node, edges), why=plainer(o.why), method=o.method,
               score=o.score, evidence=index.reasons(o.id, o.node))
        for o in rows
    )


def build_originals(index: Index, story: str, claims: Sequence[Claim], wordings: Wordings) -> tuple[Original, ...]:
    """The reports that are not here, those retold most first; cited ones before inferred ones. What one is likely to have said is told
    in the words of the articles that have it from there; what does not stand for itself, or is about the report, comes last."""
    known = {c.id: c for c in claims}
    retelling = {o.node: o.retellings for o in index.rows(r.Original, story)}
    said: dict[str, list[tuple[bool, OriginalClaim]]] = {}
    for row in sorted(index.rows(r.OriginalClaim, story), key=lambda c: (-c.support, -len(c.articles), c.claim)):
        if row.claim in known:
            text, stands = wordings.of(known[row.claim], retelling.get(row.node))
            found = OriginalClaim(claim=row.claim, text=text, support=row.support, articles=row.articles)
            said.setdefault(row.node, []).append((not stands or names(text, label_of(index, row.node)), found))
    told = {node: tuple(c for _, c in sorted(rows, key=lambda row: row[0])) for node, rows in said.items()}
    rows = sorted(index.rows(r.Original, story), key=lambda o: (o.inferred, -len(o.retellings), o.node))
    return tuple(
        Original(id=o.node, label=label_of(index, o.node), inferred=o.inferred, title=o.title, earliest=o.earliest, latest=o.latest,
                 retellings=o.retellings, claims=told.get(o.node, ()), method=o.method, score=o.score)
        for o in rows
    )


# ---- the numbers ----------------------------------------------------------------------------------------------------


def build_numbers(
    index: Index, story: str, documents: Sequence[Document], *, nodes: Sequence[Node], edges: Sequence[Edge],
    origins: Sequence[Origin], claims: Sequence[Claim], counts: dict[str, int],
) -> Numbers:
    """Every number about a story; `counts` are those that need no thought (conflicts, quotes, names, alterations)."""
    versions = own_versions(index, story, documents, edges)
    first_hand = {node.id for node in nodes if node.kind in FIRST_HAND}
    reporting = {e.target for e in edges if e.counts and e.source in first_hand} | {o.id for o in origins}
    led_to = {e.target for e in edges if e.counts} | reporting
    verdicts = Counter(c.verdict for c in claims)
    return Numbers(
        articles=len(documents), versions=len(versions), own_reporting=sum(v in reporting for v in versions),
        untraced=sum(d.id not in led_to for d in documents), origins=sum(o.independent for o in origins),
        outlets=len({d.outlet.casefold() for d in documents if d.outlet}),
        languages=len({d.language for d in documents if d.language}), claims=len(claims),
        shared_claims=sum(c.documents > 1 for c in claims),
        contested=sum(c.verdict == "established" and bool(c.conflicts) for c in claims),
        verdicts=tuple((v, verdicts[v]) for v in VERDICTS), **counts,
    )


def own_versions(index: Index, story: str, documents: Sequence[Document], edges: Sequence[Edge]) -> list[str]:
    """The articles that are more than a copy of another one.

    An article is not a version of its own when it copies an article of the story and shares `COPY` of its text with it, or when
    it and an earlier version copy the same missing source and share that much.
    """
    shares = Shares(index, story, documents)
    copied: dict[str, list[str]] = {}
    for edge in edges:
        if edge.counts and edge.kind == "copies":
            copied.setdefault(edge.target, []).append(edge.source)
    versions: list[str] = []
    for document in documents:
        sources = copied.get(document.id, [])
        twins = [v for v in versions if any(s.startswith(EXTERNAL) and s in copied.get(v, []) for s in sources)]
        if not any(shares.of(document.id, other) >= COPY for other in (*sources, *twins)):
            versions.append(document.id)
    return versions


class Shares:
    """How much of an article's own text stands in another, by the passages that they share. Boilerplate and spaces do not count."""

    def __init__(self, index: Index, story: str, documents: Sequence[Document]) -> None:
        self._documents = {d.id: d for d in documents}
        self._spans: dict[tuple[str, str], list[r.Span]] = {}
        for row in index.rows(r.Reuse, story):
            if row.kind in ("verbatim", "edited"):
                self._spans.setdefault((row.a, row.b), []).append((row.a_start, row.a_end))
                self._spans.setdefault((row.b, row.a), []).append((row.b_start, row.b_end))

    def of(self, article: str, other: str) -> float:
        """The share of `article` that stands in `other`, in [0, 1]."""
        spans = self._spans.get((article, other))
        document = self._documents.get(article)
        if not spans or document is None:
            return 0.0
        cut = [(c.excerpt.start, c.excerpt.end) for c in document.boilerplate]
        body = letters(document.text, [(0, len(document.text))]) - letters(document.text, cut)
        cuts = Spans(("", s, e, (s, e)) for s, e in cut)
        shared = letters(document.text, spans) - letters(document.text, [
            (max(s, cs), min(e, ce)) for s, e in union(spans) for cs, ce in cuts.touching("", s, e)
        ])
        return shared / body if body else 0.0


def union(spans: Iterable[r.Span]) -> list[r.Span]:
    """The same code points as spans that do not overlap.

    >>> union([(5, 9), (0, 3), (2, 4)])
    [(0, 4), (5, 9)]
    """
    out: list[r.Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def letters(text: str, spans: Iterable[r.Span]) -> int:
    """How many code points in the spans, each counted once, are no white space."""
    return sum(len("".join(text[s:e].split())) for s, e in union(spans))
