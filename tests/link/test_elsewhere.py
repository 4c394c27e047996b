"""Names of a story in articles that are not of the story."""

from __future__ import annotations

import pytest

from factories import make
from retold.base.models import Models
from retold.base.records import Article, Language, Membership, Mention, NameElsewhere
from retold.base.tables import Batch
from retold.link.elsewhere import MOST, STAGE
from retold.link.names import link_names

Text = tuple[str, str, str]  # story, language, the names in it as "kind:name", with "; " between


def found(*texts: Text) -> list[tuple[str, str, str]]:
    """Article, words and label of the entity for every name that is known elsewhere."""
    batch = Batch()
    for number, (story, language, names) in enumerate(texts):
        article, place = f"a{number}", 0
        batch.add([make(Article, id=article, text=names), make(Language, article=article, code=language),
                   make(Membership, id=f"m{number}", story=story, article=article)])
        for piece in names.split("; "):
            kind, _, words = piece.partition(":")
            start = place + len(kind) + 1
            batch.add([make(Mention, id=f"{article}{start}", article=article, start=start, end=start + len(words), text=words, kind=kind)])
            place += len(piece) + 2
    labels: dict[str, str] = {}
    for story in sorted({t[0] for t in texts}):
        inside = {f"a{n}" for n, text in enumerate(texts) if text[0] == story}
        names = link_names(story, Batch(r for kind in (Article, Language, Mention) for r in batch.get(kind) if getattr(r, kind.by) in inside))
        labels |= {n.entity: n.label for n in names}
        batch.add(names)
    return [(row.article, row.text, labels[row.entity]) for row in STAGE.run(batch, Models()).get(NameElsewhere)]


STORY: tuple[Text, ...] = (("s", "en", "person:Ada Berg; place:Lunow; person:Berg"), ("s", "de", "person:Ada Berg; place:Lunow"))


@pytest.mark.parametrize(("language", "words"), [("en", "Ada Berg"), ("ru", "Ада Берг"), ("de", "Lunow")])
def test_one_name_is_one_entity_in_all_articles(language: str, words: str) -> None:
    kind = "place" if words == "Lunow" else "person"
    assert found(*STORY, ("t", language, f"{kind}:{words}")) == [("a2", words, words if words == "Lunow" else "Ada Berg")]


def test_another_person_of_the_surname_stays_another() -> None:
    assert found(*STORY, ("t", "en", "person:Karl Berg; person:Berg")) == []


def test_an_article_that_names_nobody_of_the_story_has_none() -> None:
    assert found(*STORY, ("t", "en", "person:Mira Sund; place:Olme")) == []


def test_single_articles_have_no_names_elsewhere() -> None:
    assert found(("s", "en", "person:Ada Berg"), ("t", "en", "person:Ada Berg")) == []


def test_two_stories_show_each_others_names() -> None:
    assert found(*STORY, ("t", "en", "place:Lunow"), ("t", "fr", "place:Lunow")) == [
        ("a2", "Lunow", "Lunow"), ("a3", "Lunow", "Lunow"), ("a0", "Lunow", "Lunow"), ("a1", "Lunow", "Lunow")]


def test_a_large_collection_is_not_looked_at_as_one() -> None:
    alone: tuple[Text, ...] = tuple((f"t{n}", "en", "person:Ada Berg") for n in range(MOST))
    assert len(found(*STORY, *alone[: MOST - 2])) == MOST - 2
    assert found(*STORY, *alone) == []
