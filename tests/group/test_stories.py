"""Which articles tell the same story, through the stage."""

import pytest

from factories import article
from retold.base.models import Models
from retold.base.records import Language, Membership, Sentence, Tie
from retold.base.tables import Batch
from retold.divide.stage import run as divide
from retold.group import stories as stage
from retold.group.stories import run

DAM = {
    "dam-en": ("en", "The Orlava dam cracked on Tuesday, engineer Mira Tolvanen said. Some 340 families left the village of Sarnik below it."),
    "dam-de": ("de", "Der Orlava-Damm ist am Dienstag gerissen, sagte die Ingenieurin Mira Tolvanen. 340 Familien verließen das Dorf Sarnik."),
    "dam-uk": ("uk", "Гребля Орлава тріснула у вівторок, повідомила інженерка Міра Толванен. 340 родин залишили село Сарнік під нею."),
}
CHESS = {
    "chess-en": ("en", "Grandmaster Pavel Drummond won the chess final in Lisbon after 71 moves. His rival Ana Reis had offered a draw."),
    "chess-es": ("es", "El gran maestro Pavel Drummond ganó la final de ajedrez en Lisboa en 71 jugadas. Su rival Ana Reis ofreció tablas."),
}
TOLVANEN_ELSEWHERE = {
    "prize": ("en", "Mira Tolvanen received the bridge builders' prize in Oslo on Friday. The jury praised her 1,200 drawings of arches."),
}
DAM_ELSEWHERE = {
    "other-dam": ("en", "A crack opened in the Belmira dam in Portugal, mayor Rui Sequeira said. No one had to leave the 15 houses at Fonte."),
}


def stories(*parts):
    found = {name: value for part in parts for name, value in part.items()}
    articles = [article(text, id=name, language=code) for name, (code, text) in found.items()]
    batch = Batch(articles)
    batch.add(record for divided in [divide(Batch(articles), Models())] for kind in (Language, Sentence) for record in divided.get(kind))
    groups = {}
    for member in run(batch, Models()).get(Membership):
        groups.setdefault(member.story, set()).add(member.article)
    return sorted(map(sorted, groups.values()))


def test_two_stories_in_four_languages_stay_two():
    assert stories(DAM, CHESS) == [["chess-en", "chess-es"], ["dam-de", "dam-en", "dam-uk"]]


@pytest.mark.parametrize("other", [
    pytest.param(TOLVANEN_ELSEWHERE, id="same person, other event"),
    pytest.param(DAM_ELSEWHERE, id="same kind of event, other place"),
])
def test_a_look_alike_stays_out(other):
    assert sorted(other) in stories(DAM, CHESS, other)


def test_a_single_article_is_a_story():
    assert stories({"dam-en": DAM["dam-en"]}) == [["dam-en"]]


def test_an_article_without_a_word_is_a_story_of_its_own():
    found = run(Batch([article("...", id="empty")]), Models()).get(Membership)
    assert [(m.article, m.score) for m in found] == [("empty", 1.0)]


@pytest.mark.parametrize("few", [60, 3])
def test_ties_beyond_a_few_articles_are_those_of_the_formula_for_few(few, monkeypatch):
    """With `EVERYTHING` at 3 the same five articles are no longer few; beyond `FEW` nothing is noted."""
    monkeypatch.setattr(stage, "EVERYTHING", few)
    told = {**DAM, **CHESS}
    articles = [article(text, id=name, language=code) for name, (code, text) in told.items()]
    batch = Batch([*articles, *(record for record in divide(Batch(articles), Models()).get(Language))])
    ties = {(t.article, t.other): t.score for t in run(batch, Models()).get(Tie)}
    assert ties["dam-de", "dam-en"] > 0.5
    assert ties.get(("chess-en", "dam-en"), 0.0) < 0.1
    monkeypatch.setattr(stage, "FEW", 4)
    assert run(batch, Models()).get(Tie) == []


def test_the_id_of_a_story_does_not_depend_on_the_order_of_the_articles():
    assert stories(DAM, CHESS) == stories(CHESS, DAM)
