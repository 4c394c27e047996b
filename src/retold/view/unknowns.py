"""What could not be known about a story, and why: said as plainly as what could."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.view.articles import Document, Excerpt
from retold.view.findings import Claim, Edge, Name, Origin, Reason, Unknown
from retold.view.index import LAST, instant
from retold.view.naming import source_name
from retold.view.visible import shorten
from retold.view.wording import percent

SURE_LANGUAGE = 0.8  # below this the language itself is a guess and everything read by its lexicon with it
UNPARSED = "unparsed"  # the method of metadata that were given and cannot be read
MAX_PLACES = 12  # places listed for one unknown; the rest is counted in words


def build_unknowns(
    documents: Sequence[Document], *, edges: Sequence[Edge], origins: Sequence[Origin], claims: Sequence[Claim],
    names: Sequence[Name], oddities: Sequence[tuple[str, Reason]] = (),
) -> tuple[Unknown, ...]:
    """Everything that a reader might take for known and that is not."""
    rules = (
        without_source(documents, edges, origins), weak_links(documents, edges), without_lineage(claims),
        anonymous_sources(documents), without_date(documents), without_outlet(documents), unsure_language(documents),
        ambiguous_names(names), contradictory(documents, oddities),
    )
    return tuple(unknown for rule in rules for unknown in rule)


def labels(documents: Sequence[Document]) -> str:
    """The articles by name, in their order; the first dozen where there are more."""
    names = [shorten(d.label, 60) for d in documents[:MAX_PLACES]]
    return ", ".join(names) + (f" and {len(documents) - MAX_PLACES} more" if len(documents) > MAX_PLACES else "")


def without_source(documents: Sequence[Document], edges: Sequence[Edge], origins: Sequence[Origin]) -> Iterator[Unknown]:
    """Articles that are no origin and for which no source was found."""
    known = {e.target for e in edges if e.counts} | {o.id for o in origins}
    lost = [d for d in documents if d.id not in known]
    if lost and len(documents) > 1:
        words = f"Where {labels(lost)} had it from: nothing in the texts shows it with more than even odds."
        yield Unknown(kind="source", words=words)


def weak_links(documents: Sequence[Document], edges: Sequence[Edge]) -> Iterator[Unknown]:
    """Edges that are less likely than not: drawn faintly, never counted."""
    names = {d.id: d.label for d in documents}
    for edge in edges:
        if not edge.counts:
            source = names.get(edge.source, source_name(edge.source))
            places = tuple(r.excerpt for r in edge.evidence if r.excerpt)[:MAX_PLACES]
            target = names.get(edge.target, edge.target)
            words = f"Whether {target} had anything from {source}: {percent(edge.probability)} likely, not counted."
            yield Unknown(kind="link", words=words, places=places)


def without_lineage(claims: Sequence[Claim]) -> Iterator[Unknown]:
    """Claims of which nobody can say where they come from."""
    lost = [c for c in claims if c.verdict == "lineage unknown"]
    if lost:
        noun = "claim" if len(lost) == 1 else "claims"
        places = tuple(c.mentions[0].excerpt for c in lost if c.mentions)[:MAX_PLACES]
        yield Unknown(kind="lineage", words=f"Where {len(lost)} {noun} came from: {reasons(lost)}", places=places)


def reasons(claims: Sequence[Claim]) -> str:
    """The reasons that the claims give, each once, at most three."""
    found = [f"{why}." for why in dict.fromkeys(c.why.rstrip(".") for c in claims if c.why)]
    return " ".join(found[:3]) or "nobody is named, and no earlier version is at hand."


def anonymous_sources(documents: Sequence[Document]) -> Iterator[Unknown]:
    """Sources without a name: who they are, and whether two of them are the same person, cannot be known."""
    places: list[Excerpt] = [a.source[0] for d in documents for a in d.attributions if a.anonymous and a.source]
    if places:
        yield Unknown(
            kind="anonymous", places=tuple(places[:MAX_PLACES]),
            words="Who the unnamed sources are, and whether several of them are the same person.",
        )


def without_date(documents: Sequence[Document]) -> Iterator[Unknown]:
    """Articles of which nobody can say whether they came before or after the others."""
    lost = [d for d in documents if instant(d.published) == LAST]
    given = {d.id: fact.value for d in lost for fact in d.facts if fact.field == "published" and fact.method == UNPARSED}
    for d in [d for d in lost if d.id in given][:MAX_PLACES]:
        value = shorten(given[d.id], 40)
        words = f"When {shorten(d.label, 60)} came out: “{value}”, the date given, is not surely one day (2026-05-04 is)."
        yield Unknown(kind="date", words=words)
    if bare := [d for d in lost if d.id not in given]:
        words = f"When {labels(bare)} came out: no date was found, so dates do not tell who was first."
        yield Unknown(kind="date", words=words)


def without_outlet(documents: Sequence[Document]) -> Iterator[Unknown]:
    """Articles of which the publisher is not known: they are not counted among the outlets."""
    lost = [d for d in documents if not d.outlet]
    if lost:
        yield Unknown(kind="outlet", words=f"Who published {labels(lost)}: no outlet was found; not counted among the outlets.")


def unsure_language(documents: Sequence[Document]) -> Iterator[Unknown]:
    """Articles that were read in a language that is only a guess."""
    lost = [d for d in documents if not d.language or 0 < d.language_score < SURE_LANGUAGE]
    if lost:
        yield Unknown(kind="language", words=f"In what language {labels(lost)} is written: read as the likeliest one.")


def contradictory(documents: Sequence[Document], oddities: Sequence[tuple[str, Reason]]) -> Iterator[Unknown]:
    """Sources that name each other in a circle, and sources that are later than what names them."""
    names = {d.id: d.label for d in documents}
    for article, reason in oddities:
        places = (reason.excerpt,) if reason.excerpt else ()
        yield Unknown(kind=reason.kind, words=f"{shorten(names.get(article, article), 60)} {reason.words}.", places=places)


def same_words(texts: Sequence[str], names: Sequence[Name]) -> str:
    """What cannot be told of several that share spellings."""
    called = " and ".join(f"“{shorten(text, 60)}”" for text in texts[:2])
    labels_ = list(dict.fromkeys(shorten(n.label, 60) for n in names))
    if len(labels_) > 1:
        head, last = ", ".join(labels_[:-1]), labels_[-1]
        return f"Whom or what the articles mean where they write {called}: it may be {head} or {last}."
    kinds = list(dict.fromkeys(n.kind for n in names))
    which = f" ({', '.join(kinds)})" if len(kinds) > 1 else ""
    return f"Whom or what the articles mean where they write {called}: {len(names)} different ones{which} seem to be called so."


def ambiguous_names(names: Sequence[Name]) -> Iterator[Unknown]:
    """The same words for two entities, all that two of them share at once, or an entity whose forms were joined on weak grounds."""
    owners: dict[str, list[tuple[str, Name]]] = {}
    for name in names:
        forms: dict[str, str] = {}
        for spelling in name.spellings:
            forms.setdefault(spelling.text.casefold(), spelling.text)
        for text, form in forms.items():
            owners.setdefault(text, []).append((form, name))
    shared: dict[tuple[str, ...], tuple[list[str], list[Name]]] = {}
    for several in owners.values():
        if len(several) > 1:
            texts, _ = shared.setdefault(tuple(n.id for _, n in several), ([], [n for _, n in several]))
            texts.append(several[0][0])
    told: dict[str, tuple[Excerpt, ...]] = {}
    for texts, several_names in shared.values():
        places = tuple(s.places[0] for n in several_names for s in n.spellings if s.places)[:MAX_PLACES]
        told.setdefault(same_words(texts, several_names), places)
    yield from (Unknown(kind="name", words=words, places=places) for words, places in told.items())
    for name in names:
        if name.score < 0.5 and len(name.spellings) > 1:
            places = tuple(s.places[0] for s in name.spellings)[:MAX_PLACES]
            yield Unknown(kind="name", words=f"Whether all spellings of {name.label} mean the same.", places=places)
