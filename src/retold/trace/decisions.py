"""What people decided, applied to the findings that a story is traced from.

Articles that are left out go with everything found in them. Claim links, conflicts and names change before the story is traced
again; edges are decided while it is (`Rulings`). Whatever a person changed carries the method `human`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from retold.base.decisions import Place, edge_of, halves, places_of
from retold.base.records import Article, ClaimVersion, Conflict, Decision, Evidence, Name, Record, make_id
from retold.base.tables import Batch

HUMAN = "human"
POINTERS = ("article", "a", "b", "id")  # fields that may hold an article's id


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """What people decided about edges, as (source, target), and outlets that they joined or kept apart, as pairs of names."""

    confirmed: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[tuple[str, str]] = frozenset()
    joined: frozenset[tuple[str, str]] = frozenset()
    parted: frozenset[tuple[str, str]] = frozenset()


NO_RULINGS = Rulings()


def rulings_of(batch: Batch) -> Rulings:
    """The rulings that hold in a story."""
    articles = {a.id for a in batch.get(Article)}
    edges: dict[str, set[tuple[str, str]]] = {"confirm": set(), "reject": set()}
    outlets: dict[str, set[tuple[str, str]]] = {"merge": set(), "split": set()}
    for d in batch.get(Decision):
        if d.subject == "edge":
            found = edge_of(d.key, articles)
            if found:
                edges["confirm" if d.kind == "confirm" else "reject"].add(found)
        elif d.subject == "outlet" and d.kind in outlets:
            one, other = sorted(half.casefold() for half in halves(d.key))
            outlets[d.kind].add((one, other))
    return Rulings(confirmed=frozenset(edges["confirm"]), rejected=frozenset(edges["reject"]), joined=frozenset(outlets["merge"]),
                   parted=frozenset(outlets["split"]))


def concerned(batch: Batch, decision: Decision) -> frozenset[str]:
    """The articles of a collection that a decision is about; none where nothing fits it."""
    articles = batch.get(Article)
    if decision.subject == "edge":
        known = {a.id for a in articles}
        return frozenset(n for n in edge_of(decision.key, known) or () if n in known)
    if decision.subject in ("claim_link", "conflict"):
        places = {article for article, _, _ in places_of(decision.key)}
        return frozenset(a.id for a in articles if a.id in places) if places else frozenset()
    if decision.subject == "name":
        forms = {half.casefold() for half in halves(decision.key)}
        return frozenset(n.article for n in batch.get(Name) if {n.text.casefold(), n.label.casefold()} & forms)
    return left_out(articles, (decision,)) if decision.kind == "leave_out" else of_outlets(articles, halves(decision.key))


def of_outlets(articles: Iterable[Article], outlets: Iterable[str]) -> frozenset[str]:
    """The articles of some outlets."""
    names = {o.casefold() for o in outlets}
    return frozenset(a.id for a in articles if a.outlet and a.outlet.casefold() in names)


def left_out(articles: Sequence[Article], decisions: Iterable[Decision]) -> frozenset[str]:
    """The articles that are left out, themselves or with their outlet."""
    gone = [d for d in decisions if d.kind == "leave_out"]
    ids = {d.key for d in gone if d.subject == "article"}
    return frozenset(a.id for a in articles if a.id in ids) | of_outlets(articles, [d.key for d in gone if d.subject == "outlet"])


def apply_decisions(batch: Batch, decisions: Sequence[Decision]) -> Batch:
    """A story's findings as they are with what people decided: the input of the stage that traces it.

    The decisions that found something to act on stand in it too.
    """
    gone = left_out(batch.get(Article), decisions)
    out = Batch(row for kind in batch.kinds() for row in batch.get(kind) if not belongs(row, gone))
    fitting = [d for d in decisions if concerned(batch, d)]
    for subject, (kind, change) in CHANGES.items():
        chosen = [d for d in fitting if d.subject == subject]
        if chosen:
            out = swap(out, kind, change(out, chosen))
    out.add(fitting)
    return out


def belongs(row: Any, articles: frozenset[str]) -> bool:
    """Whether a row is of one of some articles."""
    return bool(articles) and any(getattr(row, field, None) in articles for field in POINTERS)


def swap(batch: Batch, kind: type[Record], rows: Iterable[Record]) -> Batch:
    """A batch with other rows of one kind."""
    return Batch([row for k in batch.kinds() if k is not kind for row in batch.get(k)] + list(rows))


def link_claims(batch: Batch, decisions: Sequence[Decision]) -> list[Record]:
    """The versions of claims with the links that people confirmed or rejected.

    Two places that make one claim bring their groups together; of two that do not, the second gets a group of its own.
    """
    rows = list(batch.get(ClaimVersion))
    for d in decisions:
        one, other = (nearest(rows, place) for place in places_of(d.key))
        if one is None or other is None or (one.group == other.group) == (d.kind == "confirm"):
            continue
        if d.kind == "confirm":
            rows = [replace(r, group=one.group, label=one.label, method=HUMAN) if r.group == other.group else r for r in rows]
        else:
            alone = make_id("cg", HUMAN, other.id)
            rows = [replace(r, group=alone, label=spoken(batch, r), method=HUMAN) if r.id == other.id else r for r in rows]
    return list(rows)


def spoken(batch: Batch, row: ClaimVersion) -> str:
    """The words of a version."""
    text = next((a.text for a in batch.get(Article) if a.id == row.article), "")
    return text[row.start:row.end]


def nearest(rows: Iterable[Any], place: Place) -> Any:
    """The row that shares most of a place; None where none touches it."""
    article, start, end = place
    touching = [r for r in rows if r.article == article and r.start < end and r.end > start]
    return max(touching, key=lambda r: (min(r.end, end) - max(r.start, start), -(r.end - r.start), r.id), default=None)


def join_names(batch: Batch, decisions: Sequence[Decision]) -> list[Record]:
    """The names with the entities that people merged or split."""
    rows = list(batch.get(Name))
    for d in decisions:
        one, other = (half.casefold() for half in halves(d.key))
        if d.kind == "merge":
            target = next((r for r in rows if one in forms(r)), None)
            away = {r.entity for r in rows if other in forms(r)}
            if target and away:
                rows = [replace(r, entity=target.entity, label=target.label, method=HUMAN) if r.entity in away else r for r in rows]
        else:
            both = {r.entity for r in rows if one in forms(r)} & {r.entity for r in rows if other in forms(r)}
            rows = [part(r, other) if r.entity in both and r.text.casefold() == other else r for r in rows]
    return list(rows)


def forms(row: Name) -> tuple[str, str]:
    """What a name may be called in a key."""
    return row.text.casefold(), row.label.casefold()


def part(row: Name, form: str) -> Name:
    """A form of a name as an entity of its own."""
    return replace(row, entity=make_id("en", HUMAN, row.entity, form), label=row.text, method=HUMAN)


def rule_conflicts(batch: Batch, decisions: Sequence[Decision]) -> list[Record]:
    """The conflicts with what people say of them: certain where confirmed, not counted where rejected."""
    scores: dict[str, float] = {}
    for d in decisions:
        for group, sides in sides_of(batch.get(Conflict)).items():
            touched = [{s for s, rows in sides.items() if nearest(rows, place)} for place in places_of(d.key)]
            if len(touched) == 2 and all(touched) and len(touched[0] | touched[1]) > 1:
                scores[group] = 1.0 if d.kind == "confirm" else 0.0
    return [replace(c, score=scores[c.group], method=HUMAN) if c.group in scores else c for c in batch.get(Conflict)]


def sides_of(conflicts: Iterable[Conflict]) -> Mapping[str, Mapping[int, list[Conflict]]]:
    """The rows of every conflict by side."""
    out: dict[str, dict[int, list[Conflict]]] = {}
    for c in conflicts:
        out.setdefault(c.group, {}).setdefault(c.side, []).append(c)
    return out


def applied(story: str, decisions: Iterable[Decision]) -> Iterator[Evidence]:
    """A row for every decision that found something to act on, so that a report can say which did not."""
    for d in decisions:
        yield Evidence(id=make_id("e", story, d.id), story=story, subject=d.id, kind=HUMAN, words=d.note or "decided by a person",
                       weight=0.0, article="", start=-1, end=-1, other="", other_start=-1, other_end=-1)


CHANGES: Mapping[str, tuple[type[Record], Callable[[Batch, Sequence[Decision]], list[Record]]]] = {
    "claim_link": (ClaimVersion, link_claims), "name": (Name, join_names), "conflict": (Conflict, rule_conflicts),
}
