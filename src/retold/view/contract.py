"""The report as JSON: the report contract, and more keys beside it.

The contract's keys are documents (id, language, story, boilerplate) and stories (id, documents, links, origins, claims, conflicts,
quotes, names) with spans as `start` and `end`, in code points of the text as it was handed over. Scripts rely on them: they stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from retold.view.articles import Attribution, Document, Excerpt
from retold.view.findings import Claim, ClaimMention, Conflict, ConflictVersion, Edge, Name, Origin, Original, Quote, Reason, Story
from retold.view.report import Report
from retold.view.sides import repeats

SURROGATE = re.compile("[\ud800-\udfff]")


def report_json(report: Report) -> str:
    """The report as JSON: keys in a fixed order, one space of indent, half surrogate pairs escaped, one line feed at the end."""
    text = json.dumps(report_value(report), ensure_ascii=False, indent=1, allow_nan=False)
    return SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def report_value(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "retold": report.version,
        "documents": [document_value(d) for d in report.documents],
        "stories": [story_value(s) for s in report.stories],
        "failures": [{"place": f.place, "stage": f.stage, "error": f.error, "message": f.message} for f in report.failures],
        "decisions": [
            {"id": d.id, "kind": d.kind, "subject": d.subject, "key": d.key, "made": d.made, "note": d.note, "applied": d.applied}
            for d in report.decisions
        ],
    }


def number(value: float) -> float:
    """A score as it is written: four decimals, so that engines agree.

    >>> number(0.123456)
    0.1235
    """
    return round(value, 4)


def known(method: str, score: float) -> dict[str, Any]:
    """How something is known."""
    return {"method": method, "score": number(score)}


def span(excerpt: Excerpt) -> dict[str, Any]:
    """An excerpt in the form of the contract."""
    return {"doc": excerpt.document, "start": excerpt.start, "end": excerpt.end, "text": excerpt.text}


def maybe(excerpt: Excerpt | None) -> dict[str, Any] | None:
    """The same where there may be none."""
    return span(excerpt) if excerpt else None


def pairs(excerpts: Iterable[Excerpt]) -> list[list[int]]:
    """Spans as [start, end]."""
    return [[e.start, e.end] for e in excerpts]


def document_value(d: Document) -> dict[str, Any]:
    """One article."""
    return {
        "id": d.id, "language": d.language, "story": d.story, "boilerplate": pairs(c.excerpt for c in d.boilerplate),
        "title": d.title, "outlet": d.outlet, "author": d.author, "published": d.published, "url": d.url, "place": d.place,
        "language_score": number(d.language_score),
        "known_by": [{"field": f.field, "value": f.value, **known(f.method, f.score)} for f in d.facts],
        "cut": [{**span(c.excerpt), "reason": c.reason, "known_by": known(c.method, c.score)} for c in d.boilerplate],
        "attributions": [attribution_value(a) for a in d.attributions],
    }


def attribution_value(a: Attribution) -> dict[str, Any]:
    """Who is said to have said what."""
    return {
        "source": pairs(a.source), "cue": pairs(a.cue), "content": pairs(a.content), "kind": a.kind, "speaker": a.speaker,
        "chain": list(a.chain), "source_kind": a.source_kind, "outlet": a.outlet, "anonymous": a.anonymous, "number": a.number,
        "certainty": a.certainty, "strength": number(a.strength), "known_by": known(a.method, a.score),
    }


def story_value(s: Story) -> dict[str, Any]:
    """One story."""
    n = s.numbers
    return {
        "id": s.id, "title": s.title, "documents": [d.id for d in s.documents],
        "independent_origins": n.origins,
        "counts": {"articles": n.articles, "outlets": n.outlets, "languages": n.languages, "claims": n.claims,
                   "shared_claims": n.shared_claims, "contested_claims": n.contested, "conflicts": n.conflicts,
                   "quotes": n.quotes, "names": n.names, "alterations": n.alterations},
        "funnel": [{"step": step, "count": count} for step, count in n.funnel],
        "verdicts": dict(n.verdicts),
        "nodes": [{"id": x.id, "label": x.label, "kind": x.kind, "missing": x.missing, "inferred": x.inferred} for x in s.nodes],
        "links": [link_value(e) for e in s.edges],
        "origins": [origin_value(o) for o in s.origins],
        "originals": [original_value(o) for o in s.originals],
        "claims": [claim_value(c) for c in s.claims],
        "conflicts": [conflict_value(c) | {"number": i} for i, c in enumerate(s.conflicts, 1)],
        "quotes": [quote_value(q) for q in s.quotes],
        "names": [name_value(x) for x in s.names],
        "ledger": [
            {"id": a.id, "source": a.source, "target": a.target, "kind": a.kind, "words": a.words, "speakers": list(a.speakers),
             "before": maybe(a.before), "after": maybe(a.after), "carried_by": list(a.carried),
             "known_by": known(a.method, a.score)} for a in s.alterations
        ],
        "unknown": [{"kind": u.kind, "words": u.words, "places": [span(p) for p in u.places]} for u in s.unknowns],
    }


def reason_value(reason: Reason) -> dict[str, Any]:
    """One piece of evidence."""
    return {"kind": reason.kind, "words": reason.words, "weight": number(reason.weight), "at": maybe(reason.excerpt),
            "other": maybe(reason.other)}


def link_value(e: Edge) -> dict[str, Any]:
    """One edge; those below one half are not counted anywhere."""
    return {
        "id": e.id, "source": e.source, "target": e.target, "kind": e.kind, "probability": number(e.probability), "stated": e.stated,
        "inferred": e.inferred, "method": e.method, "key": e.key, "evidence": [reason_value(x) for x in e.evidence],
    }


def origin_value(o: Origin) -> dict[str, Any]:
    """One origin."""
    return {
        "id": o.id, "kind": o.kind, "independent": o.independent, "label": o.label, "missing": o.missing, "inferred": o.inferred,
        "why": o.why, "known_by": known(o.method, o.score), "evidence": [reason_value(x) for x in o.evidence],
    }


def original_value(o: Original) -> dict[str, Any]:
    """One report that is not here."""
    return {
        "id": o.id, "label": o.label, "inferred": o.inferred, "title_guess": o.title, "earliest": o.earliest, "latest": o.latest,
        "retellings": list(o.retellings), "known_by": known(o.method, o.score),
        "claims": [{"claim": c.claim, "text": c.text, "support": c.support, "articles": list(c.articles)} for c in o.claims],
    }


def mention_value(m: ClaimMention) -> dict[str, Any]:
    """A claim where it stands."""
    return {
        **span(m.excerpt), "stance": m.stance, "attributed_to": list(m.attributed_to), "anonymous": m.anonymous,
        "certainty": number(m.certainty), "polarity": m.polarity, "changes": list(m.changes), "known_by": known(m.method, m.score),
    }


def claim_value(c: Claim) -> dict[str, Any]:
    """One claim."""
    return {
        "id": c.id, "text": c.text, "mentions": [mention_value(m) for m in c.mentions], "origins": list(c.origins),
        "verdict": c.verdict, "why": c.why,
        "stances": {cell.document: {"stance": cell.stance, "attributed_to": list(cell.attributed_to)} for cell in c.cells},
        "conflicts": list(c.conflicts), "evidence": [reason_value(x) for x in c.evidence], "known_by": known(c.method, c.score),
    }


def side_value(side: Sequence[ConflictVersion]) -> list[dict[str, Any]]:
    """One side of a conflict; what other passages of its articles say already is `repeated`: reports for people leave it out."""
    again = repeats(side)
    return [
        {**span(v.excerpt), "mark": [v.mark.start, v.mark.end] if v.mark else None, "repeated": any(v is x for x in again)} for v in side
    ]


def conflict_value(c: Conflict) -> dict[str, Any]:
    """One conflict."""
    return {
        "id": c.id, "claim": c.claim, "kind": c.kind, "confidence": number(c.confidence),
        "sides": [side_value(side) for side in c.sides],
        "why": c.why, "method": c.method, "key": c.key,
    }


def quote_value(q: Quote) -> dict[str, Any]:
    """One quote."""
    return {
        "id": q.id, "speaker": q.speaker,
        "variants": [{**span(v.excerpt), "change": v.change, "speaker": v.speaker, "language": v.language,
                      "known_by": known(v.method, v.score)} for v in q.versions],
        "fullest": span(q.fullest.excerpt),
    }


def name_value(n: Name) -> dict[str, Any]:
    """One entity; a form that stands in an article outside of the story says so."""
    return {
        "entity": n.label, "id": n.id, "kind": n.kind,
        "forms": [*(span(p) for s in n.spellings for p in s.places), *({**span(p), "outside": True} for p in n.elsewhere)],
        "spellings": [s.text for s in n.spellings], "score": number(n.score),
    }
