"""People and bodies that an article names as sources: whom it spoke to itself, and whom it has from another report.

Every person or body that is no article of the collection gets log odds from what is said of it here and who else has it: told to this
outlet, claims and quotes that no earlier article has, or the same words in one of its sources; whether another report is named beside it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retold.base.records import Claim, ClaimVersion, Quote, QuoteVersion, Sentence, Span
from retold.base.tables import Batch
from retold.trace.publishers import telling
from retold.trace.statement import Statement
from retold.trace.ties import Fabric
from retold.trace.times import order

# three fifths of what eval/fit_voices.py fits on development stories, two fifths of what was before; "lone", of which these have no
# case, is set by hand; figures in docs/methods/trace.md
WEIGHTS: dict[str, float] = {
    "bias": -1.07, "own": 1.79, "said_taken": -1.72, "said_before": -0.33, "outlets": -0.58, "beside": -0.69, "under": -0.61,
    "silent": -1.17, "stale": -1.78, "quoted": 1.01, "requoted": -2.06, "named": 1.11, "body": -0.16, "via": -0.84, "agency": 1.08,
    "often": 1.98, "unnamed": -0.94, "wired": -0.05, "lone": 1.0, "elsewhere": -2.14,
}
FEW = 3  # articles of a story up to which a body without a name has none elsewhere
OFTEN = 4  # times that an article names a source from which it does not tell more


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is asked about the sources that articles state: claims and quotes by attribution, claims by place, who gives a quote, what is
    named where; `agencies`: the articles of news agencies."""

    fabric: Fabric
    stated: Mapping[str, Sequence[Statement]]
    held: Mapping[str, tuple[str, ...]]
    quotes: Mapping[str, tuple[str, ...]]
    givers: Mapping[str, frozenset[str]]
    sentences: Mapping[str, tuple[Span, ...]]
    paragraphs: Mapping[str, tuple[Span, ...]]
    agencies: frozenset[str] = frozenset()
    placed: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)


def surroundings(
    batch: Batch, fabric: Fabric, stated: Mapping[str, Sequence[Statement]], agencies: frozenset[str] = frozenset(),
) -> Surroundings:
    """The surroundings of a story."""
    groups = {v.claim: v.group for v in batch.get(ClaimVersion)}
    held: dict[str, list[str]] = defaultdict(list)
    placed: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for claim in batch.get(Claim):
        placed[claim.article].append((claim.start, groups.get(claim.id, "")))
        if claim.attribution:
            held[claim.attribution].append(groups.get(claim.id, ""))
    versions = {(v.article, v.start): v.group for v in batch.get(QuoteVersion)}
    givers: dict[str, set[str]] = defaultdict(set)
    quotes: dict[str, list[str]] = defaultdict(list)
    for q in batch.get(Quote):
        if q.kind not in ("direct", "mixed"):
            continue  # nobody has words in marks from an article that tells them in its own
        group = versions.get((q.article, q.start), "")
        if group:
            givers[group].add(q.article)
        if q.attribution:
            quotes[q.attribution].append(group)
    return Surroundings(
        fabric=fabric, stated=stated, held={k: tuple(v) for k, v in held.items()}, quotes={k: tuple(v) for k, v in quotes.items()},
        placed={k: tuple(v) for k, v in placed.items()}, givers={k: frozenset(v) for k, v in givers.items()},
        sentences={a: tuple((s.start, s.end) for s in rows) for a, rows in batch.by_article(Sentence).items()},
        paragraphs={a.id: lines(a.text) for a in fabric.articles}, agencies=agencies,
    )


def lines(text: str) -> tuple[Span, ...]:
    """The lines of a text."""
    out, at = [], 0
    for line in text.split("\n"):
        out.append((at, at + len(line)))
        at += len(line) + 1
    return tuple(out)


def one_voice(one: Statement, other: Statement) -> bool:
    """Whether two statements name one source: the same, or a body and somebody who bears its name ("the Perl mill", "Ada Perl")."""
    if one.node == other.node or (one.entity and one.entity == other.entity):
        return True
    if {one.kind, other.kind} != {"person", "organisation"}:
        return False
    person, body = (one, other) if one.kind == "person" else (other, one)
    surname = person.label.split()[-1:]
    return bool(telling(" ".join(surname)) & telling(body.label))


def chance(values: Mapping[str, float]) -> float:
    """The probability that an article had a person's or body's words itself, from the signals of its statements."""
    return 1 / (1 + math.exp(-math.fsum(WEIGHTS[name] * value for name, value in values.items())))


def signals(rows: Sequence[Statement], taken: Mapping[str, float], known: Surroundings) -> dict[str, float]:
    """What speaks for and against an article's having a source's words itself, before it is weighed.

    Args:
        rows: the statements of the article that name one source, at least one.
        taken: the sources of the article in the collection, each with its probability.
        known: the surroundings.
    """
    article = rows[0].article
    before = earlier(article, known)
    claims = [g for s in rows for g in (known.held.get(s.attribution, ()) if s.attribution else told_in(s, known))]
    quotes = [g for s in rows for g in known.quotes.get(s.attribution, ())]
    others = [s for s in known.stated[article] if s.kind in ("outlet", "agency")]
    said_taken = max((p for a, p in taken.items() if any(one_voice(s, t) for s in rows for t in known.stated[a])), default=0.0)
    said_before = any(one_voice(s, t) for s in rows for a in before for t in known.stated[a])
    return {
        "bias": 1.0, "own": float(any(s.own for s in rows)), "said_taken": said_taken,
        "said_before": float(said_before and not said_taken), "outlets": float(any(s.node.startswith("external:") for s in others)),
        "beside": float(any(near(s, t, known.sentences[article]) for s in rows for t in others)),
        "under": float(any(near(s, t, known.paragraphs[article]) for s in rows for t in others)),
        "silent": float(not claims), "stale": share(claims, [*taken], known), "quoted": float(bool(quotes)),
        "requoted": sum(bool(known.givers.get(g, frozenset()) & set(before)) for g in quotes) / max(1, len(quotes)),
        "named": float(any(s.entity for s in rows)), "body": float(rows[0].kind == "organisation"),
        "via": float(through_report(rows, known)), "agency": float(article in known.agencies),
        "often": min(len(rows), OFTEN) / OFTEN, "unnamed": float(bool(taken) and not any(s.entity for s in rows)),
        "wired": float(any(s.sole for s in others) and not any(s.own for s in rows)),
        "lone": float(len(known.fabric.articles) <= FEW and not taken and not others and bool(claims) and rows[0].kind == "organisation"
                      and not any(s.entity for s in rows)),
        "elsewhere": float(any(s.elsewhere for s in rows) and not any(s.own for s in rows)),
    }


def told_in(s: Statement, known: Surroundings) -> list[str]:
    """The claims in the sentence of a statement that nothing is attributed by: a body acts there."""
    return [g for at, g in known.placed.get(s.article, ()) if any(start <= at < end for start, end in s.content)]


def through_report(rows: Sequence[Statement], known: Surroundings) -> bool:
    """Whether another article has the same source and names the same report outside the collection: then both may have it from there."""
    article = rows[0].article
    reports = {s.node for s in known.stated[article] if s.kind in ("outlet", "agency") and s.node.startswith("external:")}
    others = (theirs for a, theirs in known.stated.items() if a != article and any(t.node in reports for t in theirs))
    return any(one_voice(s, t) for theirs in others for t in theirs for s in rows)


def earlier(article: str, known: Surroundings) -> list[str]:
    """The articles that are not surely later than one, nor of the same minute, without those that name it."""
    published = known.fabric.published
    mine = published.get(article, "")
    timely = [a.id for a in known.fabric.articles if a.id != article and (
        (when := order(published.get(a.id), mine)) > 0 or (when == 0 and not ("T" in mine and "T" in published.get(a.id, ""))))]
    return [a for a in timely if not any(s.node == article for s in known.stated[a])]


def share(claims: Sequence[str], articles: Sequence[str], known: Surroundings) -> float:
    """The share of some claims that any of some articles makes."""
    return sum(any(g in known.fabric.claims[a] for a in articles) for g in claims) / max(1, len(claims))


def near(one: Statement, other: Statement, places: Sequence[Span]) -> bool:
    """Whether two statements stand in one sentence or line."""
    return one.node != other.node and any(start <= one.span[0] < end and start <= other.span[0] < end for start, end in places)
