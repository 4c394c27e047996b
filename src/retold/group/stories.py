"""Articles to stories: the stage, through the assigner that the workspace has too."""

from __future__ import annotations

from collections.abc import Mapping

from retold.base.models import Models, Stage
from retold.base.records import Article, Language, Membership, Tie, make_id
from retold.base.tables import Batch
from retold.group.items import FEW, depth_of, make_items
from retold.group.neighbours import EVERYTHING, FAR, Neighbourhood
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
    """What ties the articles of a collection that is not large, by the formula for few, for a second look once they are read."""
    names = sorted(assigner.number)
    if len(names) > FEW:
        return []
    near = assigner.near if len(names) <= EVERYTHING else closely_tied(assigner)
    return [Tie(id=make_id("t", a, b), article=a, other=b, method=METHOD, score=round(p, DIGITS))
            for i, a in enumerate(names) for b in names[i + 1:] if (p := near[assigner.number[a]].get(assigner.number[b], 0.0))]


def closely_tied(assigner: Assigner) -> list[dict[int, float]]:
    """The probability of every two articles within the window of time by the formula for few alone, where it is worth noting."""
    around = Neighbourhood(assigner.shelf, assigner.index)
    near: list[dict[int, float]] = [{} for _ in assigner.number]
    for number in range(len(near)):
        others = [other for other in range(number) if around.within(number, other)]
        for other, p in zip(others, around.close_probabilities(number, others) if others else (), strict=True):
            if p >= FAR:
                near[number][other] = near[other][number] = float(p)
    return near


def memberships(homes: Mapping[str, str], scores: Mapping[str, float], method: str) -> list[Membership]:
    """The records of articles in their stories."""
    return [Membership(id=make_id("m", story, article), story=story, article=article, method=method, score=scores[article])
            for article, story in sorted(homes.items())]


STAGE = Stage(
    name="group", run=run, reads=(Article, Language), writes=(Membership, Tie), by="collection", models=("encoder", "second", "events"),
)
