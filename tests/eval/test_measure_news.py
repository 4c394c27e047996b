"""Invented news of many kinds: names, quotes and versions of quotes are read about as well as when the figures in the docs were taken."""

import pytest
from measure_news import NEWS, REPORTS, VERSIONS, judge_versions, tally_news

from retold.lexicons import LANGUAGES


def test_names_and_quotes_of_news_never_seen() -> None:
    table = tally_news(NEWS, (), misses=False)

    assert set(table) == set(LANGUAGES)
    names = {language: tallies["names"].f1 for language, tallies in table.items()}
    quotes = {language: tallies["quotes"].f1 for language, tallies in table.items()}
    assert min(names.values()) >= 0.75 and sum(names.values()) / len(names) >= 0.89, names
    assert min(quotes.values()) >= 0.8 and sum(quotes.values()) / len(quotes) >= 0.93, quotes


def test_names_and_their_kinds_in_reports_never_seen() -> None:
    table = tally_news(REPORTS, (), misses=False)

    assert set(table) == set(LANGUAGES)
    names = {language: tallies["names"].f1 for language, tallies in table.items()}
    kinds = {language: tallies["kind"].f1 for language, tallies in table.items()}
    assert min(names.values()) >= 0.72 and sum(names.values()) / len(names) >= 0.81, names
    assert min(kinds.values()) >= 0.65 and sum(kinds.values()) / len(kinds) >= 0.83, kinds


@pytest.fixture(scope="module")
def versions() -> list[dict[str, float]]:
    """The figures of every story."""
    return [judge_versions(path)[2].figures for path in sorted(VERSIONS.glob("*.txt"))]


@pytest.mark.parametrize(("figure", "least"), [("quotes", 0.88), ("quotes.precision", 0.97), ("quotes.change", 0.82), ("quotes.speaker", 0.83)])
def test_versions_of_quotes_never_seen(versions: list[dict[str, float]], figure: str, least: float) -> None:
    assert sum(row[figure] for row in versions) / len(versions) >= least
