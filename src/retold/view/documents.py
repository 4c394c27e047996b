"""The articles of a report: what is known about each, what was cut off, and who is said to have said what in it."""

from __future__ import annotations

from retold.base import records as r
from retold.view.articles import Attribution, Cut, Document, Fact
from retold.view.index import Index, grouped, instant, place_of

SPEAKERS = ("person", "organisation", "outlet")  # kinds of names that can say something
MAX_CHAIN = 8  # sources inside sources; deeper than three was never seen, a loop must end


def build_documents(index: Index) -> tuple[Document, ...]:
    """All articles, those of one story together, stories by size, articles by date; numbered in that order."""
    known = [m for m in index.batch.get(r.Metadata) if m.field != "repeated"]
    facts = grouped(sorted(known, key=lambda m: (m.field, -m.score, m.id)), "article")
    passages = grouped(sorted(index.batch.get(r.Passage), key=place_of), "article")
    attributions = grouped(sorted(index.batch.get(r.Attribution), key=first_place), "article")
    return tuple(
        build_document(index, index.articles[id_], number, facts.get(id_, []), passages.get(id_, []), attributions.get(id_, []))
        for number, id_ in enumerate(ordered(index), 1)
    )


def ordered(index: Index) -> list[str]:
    """The ids of all articles: by story (larger first, then earlier), then by date; articles without a story last."""
    members: dict[str, list[str]] = {}
    for id_ in index.articles:
        members.setdefault(index.homes.get(id_, ""), []).append(id_)

    def when(id_: str) -> tuple[str, str]:
        return instant(index.articles[id_].published), id_

    def rank(story: str) -> tuple[bool, int, tuple[str, str], str]:
        return story == "", -len(members[story]), min(map(when, members[story])), story

    return [id_ for story in sorted(members, key=rank) for id_ in sorted(members[story], key=when)]


def build_document(
    index: Index, article: r.Article, number: int, facts: list[r.Metadata], passages: list[r.Passage],
    attributions: list[r.Attribution],
) -> Document:
    """One article with what was found in it."""
    language, score = index.language(article.id)
    return Document(
        id=article.id, number=number, title=article.title, outlet=article.outlet, author=article.author,
        published=article.published, url=article.url, place=article.place, language=language, language_score=score,
        story=index.homes.get(article.id), text=article.text,
        facts=tuple(Fact(field=f.field, value=f.value, method=f.method, score=f.score,
                         excerpt=index.excerpt(article.id, f.start, f.end)) for f in facts),
        boilerplate=build_cuts(index, passages),
        attributions=tuple(build_attribution(index, a) for a in attributions),
    )


def build_cuts(index: Index, passages: list[r.Passage]) -> tuple[Cut, ...]:
    """What was cut off as boilerplate."""
    found = ((p, index.excerpt(p.article, p.start, p.end)) for p in passages if p.kind == "boilerplate")
    return tuple(Cut(excerpt=e, reason=p.reason, method=p.method, score=p.score) for p, e in found if e)


def first_place(record: r.Attribution) -> tuple[str, tuple[r.Span, ...], str]:
    """The key that brings attributions into the order of the text."""
    return record.article, min(record.source, record.cue, record.content, key=lambda s: s or ((1 << 60, 0),)), record.id


def build_attribution(index: Index, a: r.Attribution) -> Attribution:
    """One attribution with the names of all that stand in its chain."""
    return Attribution(
        id=a.id, speaker=speaker_of(index, a), chain=chain_of(index, a.id), source=index.excerpts(a.article, a.source),
        cue=index.excerpts(a.article, a.cue), content=index.excerpts(a.article, a.content), kind=a.kind,
        source_kind=a.source_kind, outlet=a.outlet, anonymous=a.anonymous, number=a.number, certainty=a.certainty,
        strength=a.strength, method=a.method, score=a.score,
    )


def speaker_of(index: Index, a: r.Attribution) -> str:
    """The best name for a source: the outlet, who the quote in it is by, the entity named there, else the words themselves."""
    if a.outlet:
        return a.outlet
    if speaker := index.speakers.get(a.id):
        return speaker
    named = [n for s, e in a.source for n in index.names.touching(a.article, s, e) if n.kind in SPEAKERS]
    if named:
        return named[0].label
    return " ".join(e.text for e in index.excerpts(a.article, a.source))


def chain_of(index: Index, id_: str) -> tuple[str, ...]:
    """The names of the sources from the innermost attribution outwards, each once; nameless ones are left out."""
    chain: list[str] = []
    seen: set[str] = set()
    while id_ in index.attributions and id_ not in seen and len(seen) < MAX_CHAIN:
        seen.add(id_)
        attribution = index.attributions[id_]
        name = speaker_of(index, attribution)
        if name and name not in chain:
            chain.append(name)
        id_ = attribution.parent
    return tuple(chain)
