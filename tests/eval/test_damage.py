"""Stories whose articles were damaged at random are traced to the end, and told in every format."""

from __future__ import annotations

import random
import sys
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))
from damage import MOST, ODD, PIECE, broken, damaged, damaged_stories

STORIES = 4


def test_damaged_stories_are_traced_to_the_end() -> None:
    whole = list(islice(damaged_stories(7), STORIES))
    assert [broken(rows) for rows in whole] == [[]] * STORIES


def test_damage_is_the_same_every_time_and_none_leaves_a_text_as_it_was() -> None:
    text, others = "The quay is shut. " * 20, ["Der Kai ist gesperrt. " * 30]
    found = [damaged(text, others, random.Random(seed)) for seed in range(40)]
    assert found == [damaged(text, others, random.Random(seed)) for seed in range(40)]
    assert text not in found and "" not in found
    assert max(map(len, found)) <= len(text) + MOST * max(PIECE, 3 * max(map(len, ODD)))
