"""Articles to stories: the stage, through the assigner that the workspace has too."""

from __future__ import annotations

from collections.abc import Mapping

from retold.base.models import Models, Stage
from retold.base.records import Article, Language, Membership, Tie, make_id
from retold.base.tables import Batch
from retold.group.items import depth_of, make_items
from retold.group.neighbours import EVERYTHING
from retold.group.online import Assigner
from retold.group.settle import DIGITS

METHOD = "ties, average linkage, groups joined"


def run(batch: Batch, models: Models) -> Batch:
    """Assign every article to a story; an article that shares none is a story of its own, with a score of 1."""
    articles = sorted(batch.get(Article), key=lambda a: a.id)
    codes = {language.article: language.code for language in batch.get(Language)}
    encoder = models.get("encoder") if articles else None
    told = [codes.get(a.id, "") for a in articles]
    items = make_items(articles, told, encoder, depth=depth_of(len(articles)), models=models) if encoder else []
    assigner = Assigner()
    found = assigner.assign(items, whole=True)
    return Batch([*memberships(found.stories, found.scores, METHOD), *ties(assigner)])


def ties(assigner: Assigner) -> list[Tie]:
    """What ties the articles of a small collection, for a second look once they are read; nothing in a large one."""
    names = sorted(assigner.number)
    if len(names) > EVERYTHING:
        return []
    return [Tie(id=make_id("t", a, b), article=a, other=b, method=METHOD, score=round(p, DIGITS))
            for i, a in enumerate(names) for b in names[i + 1:] if (p := assigner.near[assigner.number[a]].get(assigner.number[b], 0.0))]


def memberships(homes: Mapping[str, str], scores: Mapping[str, float], method: str) -> list[Membership]:
    """The records of articles in their stories."""
    return [Membership(id=make_id("m", story, article), story=story, article=article, method=method, score=scores[article])
            for article, story in sorted(homes.items())]


STAGE = Stage(
    name="group", run=run, reads=(Article, Language), writes=(Membership, Tie), by="collection", models=("encoder", "second"),
)
