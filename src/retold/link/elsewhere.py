"""Names of a story in the other articles of the collection: one person or body has one entity in all articles that were handed over.

Whoever hands over eight articles of which one tells another event sees in it the same minister, and wants to know that it is she.
Nothing else of a story is read off the articles outside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from retold.base.models import Models, Stage
from retold.base.records import Article, Language, Membership, Mention, Name, NameElsewhere, make_id
from retold.base.tables import Batch
from retold.link.names import link_names

METHOD = "link-elsewhere-1"
MOST = 60  # articles of a collection up to which it is looked at as one; a stream has its search by name
AGREE = 0.8  # share of an entity's places in a story that must be one entity there, too
Place = tuple[str, int, int]


def run(batch: Batch, _: Models) -> Batch:
    """One row a place in an article outside of the story."""
    return Batch(names_elsewhere(batch))


def names_elsewhere(batch: Batch) -> list[NameElsewhere]:
    """The places where names of the stories stand in articles of other stories; none in a collection of more than `MOST` articles.

    The names of all articles are joined once more as if they told one story. What is one there and one entity of a story is that entity
    wherever it stands. Descriptions are left out: "the police" of another event are most often others.
    """
    homes = {m.article: m.story for m in batch.get(Membership)}
    if len(homes) > MOST or len(set(homes.values())) < 2:
        return []
    known: dict[Place, Name] = {(n.article, n.start, n.end): n for n in batch.get(Name)}
    sets: dict[str, list[Name]] = {}
    for name in link_names("", Batch(r for kind in (Article, Language, Mention) for r in batch.get(kind))):
        sets.setdefault(name.entity, []).append(name)
    found = [row for _, names in sorted(sets.items()) for row in outside(names, known, homes)]
    return sorted(found, key=lambda n: (n.story, n.article, n.start, n.end))


def outside(names: list[Name], known: dict[Place, Name], homes: dict[str, str]) -> Iterator[NameElsewhere]:
    """The rows of one entity of the collection, for every story of several articles that has it as one entity."""
    stories = sorted({homes[n.article] for n in names if n.article in homes})
    if len(stories) < 2:
        return
    sizes = Counter(homes.values())
    for story in (s for s in stories if sizes[s] > 1):
        entity = entity_of([n for n in names if homes.get(n.article) == story], known)
        for name in names:
            if entity and homes.get(name.article) != story and not name.method.endswith("description"):
                yield NameElsewhere(
                    id=make_id("w", story, name.article, name.start, name.end), story=story, entity=entity, article=name.article,
                    start=name.start, end=name.end, text=name.text, method=f"{METHOD}:{name.method.rpartition(':')[2]}",
                    score=name.score,
                )


def entity_of(names: list[Name], known: dict[Place, Name]) -> str:
    """The entity that these places of a story are, "" where they are several."""
    votes = Counter(known[place].entity for n in names if (place := (n.article, n.start, n.end)) in known)
    best, most = max(votes.items(), key=lambda v: (v[1], v[0]), default=("", 0))
    return best if most >= AGREE * len(names) else ""


STAGE = Stage(name="elsewhere", run=run, by="collection", reads=(Article, Language, Membership, Mention, Name), writes=(NameElsewhere,))
