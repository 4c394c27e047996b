"""The stages alone: what `retold read`, `group` and `reuse` print. The keys are a contract with scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retold.base.records import Article, Attribution, Claim, Language, Membership, Name, Passage, Quote
from retold.base.tables import Batch

LEAST_TEXT = 40  # characters: what is shorter before a mark is the place and day of a dateline
EDGES = " \t\n.-–—:"


def reading_rows(batch: Batch) -> Iterator[dict[str, Any]]:
    """One row an article: what was found in it, with offsets into its text."""
    languages = {x.article: x.code for x in batch.get(Language)}
    passages, names, quotes = batch.by_article(Passage), batch.by_article(Name), batch.by_article(Quote)
    attributions, claims = batch.by_article(Attribution), batch.by_article(Claim)
    for article in sorted(batch.get(Article), key=lambda a: a.id):
        sources = sorted(attributions.get(article.id, []), key=lambda a: ((*a.source, *a.cue, *a.content, (0, 0))[0], a.id))
        places = {a.id: i for i, a in enumerate(sources)}
        yield {
            "id": article.id,
            "language": languages.get(article.id, ""),
            "boilerplate": [[p.start, p.end] for p in passages.get(article.id, []) if p.kind == "boilerplate"],
            "names": [{"entity": n.label, "kind": n.kind, "start": n.start, "end": n.end}
                      for n in sorted(names.get(article.id, []), key=lambda n: (n.start, n.end))],
            "quotes": [quote_row(q) for q in sorted(quotes.get(article.id, []), key=lambda q: (q.start, q.end)) if q.kind != "scare"],
            "attributions": [attribution_row(a, places) | stamped_text(a, article.text, passages.get(article.id, [])) for a in sources],
            "claims": [{"start": c.start, "end": c.end, "attribution": places.get(c.attribution)}
                       for c in sorted(claims.get(article.id, []), key=lambda c: (c.start, c.end))],
        }


def quote_row(q: Quote) -> dict[str, Any]:
    """A quote as it is printed."""
    return {"start": q.start, "end": q.end, "speaker": q.speaker, "speaker_span": list(q.speaker_span) if q.speaker_span[0] >= 0 else None,
            "kind": q.kind}


def attribution_row(a: Attribution, places: dict[str, int]) -> dict[str, Any]:
    """An attribution as it is printed; `parent` is the position of the one that it stands inside."""
    return {
        "source": spans(a.source), "cue": spans(a.cue), "content": spans(a.content), "kind": a.kind, "outlet": a.outlet,
        "anonymous": a.anonymous, "certainty": a.certainty, "strength": a.strength, "source_kind": a.source_kind,
        "addressee": spans(a.addressee), "parent": places.get(a.parent),
    }


def stamped_text(a: Attribution, text: str, passages: list[Passage]) -> dict[str, Any]:
    """What an agency's mark in brackets at the head or foot of a text is the source of: the paragraphs before and behind it.

    The record of a credit has no content, for it speaks for the whole article; other credits may be those of a picture.
    """
    if a.kind != "credit" or not a.cue or text[a.cue[0][0]] not in "([（【[/":
        return {}
    begin, stop = a.cue[0]
    paragraphs = [p for p in passages if p.kind in ("paragraph", "dateline")]
    if not any(p.start <= begin < p.end for p in paragraphs):
        return {}
    parts = ((min(p.start for p in paragraphs), begin), (stop, max(p.end for p in paragraphs)))
    return {"content": [[s, e] for s, e in (trim(text, *part) for part in parts) if e - s >= LEAST_TEXT]}


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the spaces and dashes at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip(EDGES)), end - len(part) + len(part.rstrip(EDGES))


def spans(found: tuple[tuple[int, int], ...]) -> list[list[int]]:
    """Spans as lists."""
    return [list(span) for span in found]


def group_rows(batch: Batch) -> dict[str, Any]:
    """The stories with their articles."""
    stories: dict[str, list[str]] = {}
    for m in sorted(batch.get(Membership), key=lambda m: (m.story, m.article)):
        stories.setdefault(m.story, []).append(m.article)
    return {"stories": [{"id": story, "documents": members} for story, members in stories.items()]}
