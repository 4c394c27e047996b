"""The ledger on planted changes, in every language: what `eval/measure_ledger.py` counts must not become less."""

import json

import measure_ledger
import pytest

from retold.lexicons import LANGUAGES

PLANTED = {row["language"]: row for row in map(json.loads, measure_ledger.PLANTED.read_text("utf-8").splitlines())}
MISSED = {("ar", "attribution"), ("ja", "attribution"), ("tr", "attribution")}  # that a source was dropped is not seen there yet


def test_changes_are_planted_in_every_language():
    assert set(PLANTED) == set(LANGUAGES)
    assert all(set(row["changes"]) == set(measure_ledger.KINDS) for row in PLANTED.values())


@pytest.mark.parametrize("language", sorted(PLANTED))
def test_planted_changes_are_found(language):
    found, idle = measure_ledger.measured(language, PLANTED[language]["report"], PLANTED[language]["changes"])
    assert {kind for kind, entries in found.items() if not entries.hit} <= {kind for code, kind in MISSED if code == language}
    assert not idle
