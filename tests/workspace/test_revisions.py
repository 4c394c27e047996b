import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.workspace.revisions import changes, is_notice

BEFORE = "The dam at Orlen cracked on Monday.\nEngineers found a crack of 14 metres. Nobody was hurt."


@pytest.mark.parametrize(
    ("after", "want"),
    [
        (BEFORE, []),
        (BEFORE.replace("\n", "\n\n").replace(". ", ".  "), []),
        (BEFORE.replace("14", "40"), [("changed", "Engineers found a crack of 14 metres.", "Engineers found a crack of 40 metres.")]),
        (BEFORE + " The mayor asked for calm.", [("added", "", "The mayor asked for calm.")]),
        (BEFORE.replace(" Nobody was hurt.", ""), [("removed", "Nobody was hurt.", "")]),
        ("", [("removed", s, "") for s in ("The dam at Orlen cracked on Monday.", "Engineers found a crack of 14 metres.", "Nobody was hurt.")]),
    ],
)
def test_sentences_that_were_changed_are_told(after, want):
    assert [(c.turn, c.old, c.new) for c in changes(BEFORE, after, "en")] == want


@given(st.text("ab. \n", max_size=60), st.text("ab. \n", max_size=60))
def test_places_lead_to_the_words(before, after):
    for change in changes(before, after, "en"):
        assert change.old == (before[slice(*change.before)] if change.before != (-1, -1) else "")
        assert change.new == (after[slice(*change.after)] if change.after != (-1, -1) else "")


@pytest.mark.parametrize(("language", "sentence"), [("en", "Correction: the crack is 14 metres long."), ("de", "Korrektur: Der Riss ist 14 Meter lang."), ("", "Correction: an earlier version gave the wrong length of the crack.")])
def test_notices_of_correction_are_known(language, sentence):
    assert is_notice(sentence, language)
    assert not is_notice("Engineers found a crack of 14 metres.", language)
