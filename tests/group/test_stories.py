"""Which articles tell the same story."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from factories import article, batch, sentence
from retold.base.models import Models
from retold.base.records import Membership, Vector
from retold.base.tables import Batch
from retold.embed.vectors import run as embed
from retold.group.neighbours import details, features, profile, rarity, same_story
from retold.group.stories import run

DAM = [
    ("en", "The Orlava dam cracked on Tuesday, engineer Mira Tolvanen said. Some 340 families left the village of Sarnik."),
    ("de", "Der Orlava-Damm ist am Dienstag gerissen, sagte die Ingenieurin Mira Tolvanen. 340 Familien verließen das Dorf Sarnik."),
    ("uk", "Гребля Орлава тріснула у вівторок, повідомила інженерка Міра Толванен. 340 родин залишили село Сарнік."),
]
CHESS = [
    ("en", "Grandmaster Pavel Drummond won the chess final in Lisbon after 71 moves. His rival Ana Reis offered a draw."),
    ("es", "El gran maestro Pavel Drummond ganó la final de ajedrez en Lisboa en 71 jugadas. Su rival Ana Reis ofreció tablas."),
]


def stories(*texts):
    articles = [article(text, id=f"{n}-{code}") for n, (code, text) in enumerate(texts)]
    found = batch(*articles, *(sentence(a, part) for a in articles for part in a.text.split(". ") if part))
    found.add(embed(found, Models()).get(Vector))
    groups = {}
    for m in run(found, Models()).get(Membership):
        groups.setdefault(m.story, set()).add(m.article)
    return sorted(map(sorted, groups.values()))


def test_two_stories_in_four_languages_stay_two():
    assert stories(*DAM, *CHESS) == [["0-en", "1-de", "2-uk"], ["3-en", "4-es"]]


def test_a_single_article_is_a_story():
    assert stories(DAM[0]) == [["0-en"]]


def test_an_article_without_a_sentence_is_a_story_of_its_own():
    found = run(Batch([article("...", id="empty")]), Models()).get(Membership)
    assert [(m.article, m.score) for m in found] == [("empty", 1.0)]


def test_names_and_numbers_weigh_most():
    found = details("The Orlava dam held 340 people in December")
    assert found["340"] == 0.7
    assert found["orlava"] == 1.0
    assert "held" not in found


def test_time_between_articles_speaks_against_one_story():
    near, far = ("2026-03-01", "2026-03-02"), ("2026-03-01", "2026-04-15")
    odds = []
    for one, other in (near, far):
        a, b = (profile(str(i), DAM[i][1], np.ones((1, 2), dtype=np.float32) / 2**0.5, day) for i, day in enumerate((one, other)))
        odds.append(same_story(features(a, b, rarity([a, b])), 2))
    assert odds[0] > 0.9 > 0.5 > odds[1]


@given(st.text(max_size=200))
def test_any_text_has_details_with_weights(text):
    assert all(0 <= w <= 1 for w in details(text).values())
