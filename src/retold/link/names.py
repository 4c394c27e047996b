"""The names of one story, joined across articles, spellings, scripts and languages.

In this order: countries by CLDR, outlets by the list; names of several words; what an article itself puts side by side;
acronyms; single words by the full names round them; descriptions of bodies; what stands for each other in sentences that translate
each other. Whatever fits two entities is joined to neither.
See docs/methods/identify-names.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from retold.base.records import Article, Language, Mention, Name, Sentence, make_id
from retold.base.tables import Batch
from retold.link.again import find_again
from retold.link.aliases import join_acronyms, join_appositions
from retold.link.backreferences import refer_back
from retold.link.bodies import join_descriptions
from retold.link.characters import join_characters
from retold.link.cores import join_cores
from retold.link.counterparts import join_counterparts
from retold.link.entities import Entities, Unit
from retold.link.forms import Form, gather_forms, words_of
from retold.link.full import join_full, join_known, join_parts
from retold.link.labels import plain_labels
from retold.link.likeness import compare_words
from retold.link.namedbodies import join_named
from retold.link.places import join_places
from retold.link.singles import join_singles
from retold.link.trimming import trim_mentions
from retold.link.units import Units

METHOD = "link-names-1"
PLACE = attrgetter("article", "start", "end")  # in the order of articles and text


def link_names(story: str, batch: Batch, units: Units | None = None) -> list[Name]:
    """One row a form and place; `entity` is shared by all forms of one name, `label` is the entity's best name.

    Descriptions that cannot be tied to a body, and say nothing definite themselves, are left out. `score` is how sure the form
    belongs to the entity: 1 where it is spelled like the label, 0.95 declined, 0.9 a surname beside its full name, 0.7 to 0.85 other
    spellings and scripts, 0.5 to 0.7 descriptions. With the claims of the story (`units`) names are joined by aligned sentences too.

    >>> from retold.base.records import Mention
    >>> def mention(article, start, text):
    ...     return Mention(id=f"{article}{start}", article=article, start=start, end=start + len(text), text=text,
    ...                    kind="person", method="m:x", score=1.0)
    >>> rows = link_names("s", Batch([mention("a", 0, "Ada Berg"), mention("a", 20, "Berg"), mention("b", 0, "Ада Берг")]))
    >>> [(r.text, r.label) for r in rows], len({r.entity for r in rows})
    ([('Ada Berg', 'Ada Berg'), ('Berg', 'Ada Berg'), ('Ада Берг', 'Ada Berg')], 1)
    """
    languages = {language.article: language.code for language in batch.get(Language)}
    entities, kept = join_spelled(batch, languages)
    if units is not None:
        join_counterparts(entities, kept, units, {s.id: (s.start, s.end) for s in batch.get(Sentence)})
    outlets = frozenset(words_of(a.outlet, languages.get(a.id, "en")) for a in batch.get(Article) if a.outlet)
    found = plain_labels(list(rows(story, entities, kept, outlets)), {a.id: a.text for a in batch.get(Article)}, languages)
    return sorted((*found, *refer_back(found, batch.get(Article), languages)), key=PLACE)


def join_spelled(batch: Batch, languages: dict[str, str]) -> tuple[Entities, set[Unit]]:
    """The entities of a story by all that their names say themselves, and the units that count."""
    mentions = sorted(batch.get(Mention), key=PLACE)
    mentions = trim_mentions(batch, mentions, languages)
    mentions = sorted((*mentions, *find_again(batch, mentions, languages)), key=PLACE)
    forms = gather_forms(mentions, languages)
    table = compare_words(forms)
    entities = Entities(forms)
    join_known(entities)
    join_full(entities, table)
    join_characters(entities)
    join_parts(entities)
    join_appositions(entities, mentions, {a.id: a.text for a in batch.get(Article)}, table)
    join_acronyms(entities)
    join_places(entities, table)
    join_cores(entities)
    join_singles(entities, table)
    join_named(entities, table)
    return entities, join_descriptions(entities)


def rows(story: str, entities: Entities, kept: set[Unit], outlets: frozenset[tuple[str, ...]]) -> Iterator[Name]:
    """The rows of all entities, in the order of articles and text; `outlets` are the words of the articles' own outlets."""
    named: list[Name] = []
    for root, units in sorted(entities.sets(kept).items()):
        forms = [entities.forms[number] for number, _ in units]
        label, kind = best_label(entities, units), "outlet" if any(f.words in outlets for f in forms) else best_kind(forms)
        entity = make_id("e", story, *sorted({f"{f.language}:{' '.join(f.words)}" for f in forms}), root[1])
        for unit in units:
            named += unit_rows(story, entities, unit, label=label, kind=kind, entity=entity)
    yield from sorted(named, key=PLACE)


def unit_rows(story: str, entities: Entities, unit: Unit, *, label: str, kind: str, entity: str) -> Iterator[Name]:
    """The rows of one form in one article."""
    for m in entities.forms[unit[0]].mentions:
        if m.article == unit[1]:
            yield Name(
                id=make_id("n", story, m.article, m.start, m.end), story=story, entity=entity, label=label, kind=kind,
                article=m.article, start=m.start, end=m.end, text=m.text, method=f"{METHOD}:{entities.reason[unit]}",
                score=round(entities.score[unit], 2),
            )


def best_label(entities: Entities, units: list[Unit]) -> str:
    """The name that stands for an entity: no description, spelled out, in most articles, then the shortest and first."""
    spread: dict[tuple[str, ...], set[str]] = {}
    for number, article in units:
        if not entities.forms[number].described:
            spread.setdefault(entities.forms[number].words, set()).add(article)

    def rank(form: Form) -> tuple[object, ...]:
        places = len(spread.get(form.words, ()))
        spelled = form.full or form.place != ""
        return (form.described, not spelled, form.initialled or form.acronym, -places, -len(form.mentions), len(form.text), form.text)

    best = min((entities.forms[number] for number, _ in units), key=rank)
    texts = sorted({m.text for m in best.mentions})
    return max(texts, key=lambda t: (not t[:1].islower(), sum(m.text == t for m in best.mentions), t)).strip("[]() ").replace(" [", " ")


def best_kind(forms: list[Form]) -> str:
    """The kind that most mentions of an entity have, those of spelled-out names counting double."""
    votes: dict[str, int] = {}
    for form in {f.number: f for f in forms}.values():
        for m in form.mentions:
            votes[m.kind] = votes.get(m.kind, 0) + (2 if form.full else 1)
    return max(sorted(votes), key=lambda kind: votes[kind])
