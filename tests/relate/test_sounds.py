"""Whether two names can be one by what is heard of them."""

import pytest

from retold.relate.sounds import alike, apart, two_people


@pytest.mark.parametrize(("one", "other"), [
    ("Wien", "Vienna"), ("Praag", "Praha"), ("Köln", "Кельн"), ("Genève", "Ginevra"), ("張", "张"), ("بوتين", "Putin"), ("サクラ", "Sakura"),
])
def test_one_name_in_two_spellings_is_alike(one, other):
    assert alike(one, other)
    assert alike(other, one)
    assert not apart(one, other)


@pytest.mark.parametrize(("one", "other"), [("Tilburg", "Trier"), ("Leeds", "Hull"), ("Porto", "Pamplona"), ("Харків", "Valencia")])
def test_other_names_are_apart(one, other):
    assert apart(one, other)


@pytest.mark.parametrize(("one", "other", "two"), [
    ("Ada Roth", "Jan Weir", True),
    ("Ada Roth", "Roth", False),  # one of them by the surname only
    ("Ada Roth", "Ada Weir", False),
    ("Roth Ada", "Ada Roth", False),
    ("Олена Рот", "Olena Roth", False),
    ("王小明", "李建国", True),
    ("王小明", "Wang Xiaoming", False),
    ("岩本太郎", "Jan Weir", False),  # nobody knows how the signs sound elsewhere
])
def test_two_people_by_their_full_names(one, other, two):
    assert two_people(one, other) == two
    assert two_people(other, one) == two
