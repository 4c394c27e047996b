"""Where two texts differ word by word."""

import pytest

from retold.relate.wordmatch import differences


@pytest.mark.parametrize(("one", "two", "replaced"), [
    ("Nine boats sank on Monday.", "Seven boats sank on Monday.", (("Nine", "Seven"),)),
    ("Поліція затримала 12 людей у Львові.", "Поліція допитала 14 людей у Львові.", (("затримала 12", "допитала 14"),)),
    ("警方在汉堡逮捕了12人。", "警方在汉堡询问了12人。", (("逮捕", "询问"),)),
    ("The dam held.", "The dam held, the mayor said.", ()),
])
def test_what_stands_in_the_place_of_what(one, two, replaced):
    assert differences(one, two).replaced == replaced


@pytest.mark.parametrize(("one", "two", "swapped"), [
    ("Ada Lund accused Bo Berg of lying.", "Bo Berg accused Ada Lund of lying.", True),
    ("Karel Dvir acusó a Ida Marsan de mentir.", "Ida Marsan acusó a Karel Dvir de mentir.", True),
    ("王立新指责陈玉兰撒谎。", "陈玉兰指责王立新撒谎。", True),
    ("On Monday Ada Lund left the council.", "Ada Lund left the council on Monday.", False),
    ("Ada Lund accused Bo Berg of lying.", "Ada Lund accused Bo Berg of lying on Monday.", False),
])
def test_who_changed_places(one, two, swapped):
    assert bool(differences(one, two).swapped) is swapped


def test_what_was_added_and_left_out():
    found = differences("Ada Lund has not signed the contract with the yard.", "In brief: Ada Lund has signed the contract.")
    assert found.left_out == ("not",) and found.added == ("In brief",) and 0.5 < found.kept < 1


def test_empty_and_long_texts():
    assert differences("", "").kept == 0.0
    assert differences("a " * 5000, "b " * 5000).replaced == ()
