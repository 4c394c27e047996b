"""The marked stories of `tests/golden/names`: invented, several languages each; what belongs together is joined, and nothing else."""

from pathlib import Path

import pytest
from measure_names import compare, join_names, read_story

STORIES = sorted((Path(__file__).parents[1] / "golden" / "names").glob("*.txt"))
LEAST = 0.8  # F1 over pairs of marked names; precision must be higher
HARDER = {"merger": 0.6, "vaccine": 0.7, "orbit": 0.75}  # firms and agencies that only a dictionary would join


@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.stem)
def test_names_of_a_story_are_joined_and_no_others(path: Path) -> None:
    articles, marks = read_story(path)
    pairs = compare(marks, join_names(articles))
    assert pairs.precision >= 0.95, [(a.text, a.article, b.text, b.article) for a, b in pairs.wrong]
    assert pairs.f1 >= HARDER.get(path.stem, LEAST), [(a.text, a.article, b.text, b.article) for a, b in pairs.missed]


def test_every_language_has_marked_names() -> None:
    languages = {article.language for path in STORIES for article in read_story(path)[0]}
    assert languages >= {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ru", "uk", "tr", "ar", "zh", "ja"}
