"""Figures by language: characters of boilerplate, shares of what is annotated, dashes where nothing is."""

from annotations import Annotation
from measure_languages import COLUMNS, Language, Share, count_boilerplate, shown

TEXT = "Home | News\n\nThe bridge is shut."


def test_boilerplate_is_counted_in_characters_without_white_space() -> None:
    data = {"boilerplate": [{"doc": "d", "excerpt": "Home | News"}]}
    share = Share()
    count_boilerplate(Annotation(data, {"d": TEXT}), {"id": "d", "boilerplate": [[0, 4]]}, share)
    assert (share.right, share.asked, share.given) == (4, 9, 4)
    assert share.figure == 8 / 13


def test_what_nobody_annotated_has_no_figure() -> None:
    language = Language(articles=2)
    language.shares["claims"].add(3, 4, 4)
    assert [shown(language, column) for column in COLUMNS] == ["2", "–", "–", "–", ".75", "–", "–", "–"]
