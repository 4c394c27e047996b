"""Whether two quantities or dates say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import article, date, quantity, sentence
from retold.identify.dates import find_dates
from retold.identify.quantities import read_text
from retold.identify.reading import Reading
from retold.relate.quantities import compare_dates, compare_quantities, step, transposed


def one(text, language="en"):
    (found,) = read_text(text, language)[0]
    return found


def when(text, language="en", published=None):
    a = article(text, language=language, published=published)
    (found,) = find_dates(Reading(article=a, language=language, passages=(), sentences=(sentence(a),)))
    return found


@pytest.mark.parametrize(("a", "b", "relation"), [
    ("38 sheds", "38 sheds", "same"), ("nearly 40 sheds", "38 sheds", "compatible"), ("31 sheds", "13 sheds", "different"),
    ("about 15 km/h", "eight knots", "compatible"), ("a little over a mile", "about two kilometres", "compatible"),
    ("five miles", "two kilometres", "different"), ("30 years", "three decades", "compatible"), ("60 sheds", "58 sheds", "compatible"),
    ("20 sheds", "24 sheds", "different"), ("seven sheds", "eight sheds", "different"), ("14,200 sheds", "about 14,000 sheds", "compatible"),
    ("8 °C", "46 °F", "compatible"), ("8 °C", "60 °F", "different"), ("5 euros", "5 dollars", "incomparable"),
    ("12 sheds", "12 minutes", "incomparable"), ("12 sheds", "14 barns", "incomparable"), ("more than half an hour", "35 minutes", "compatible"),
    ("13 to 15 sheds", "14 sheds", "compatible"), ("4 per cent", "6 per cent", "different"), ("3.4 million sheds", "3,400,000 sheds", "same"),
])
def test_two_quantities(a, b, relation):
    assert compare_quantities(one(a), one(b)) == relation
    assert compare_quantities(one(b), one(a)) == relation


def test_a_part_is_not_compared_with_a_whole():
    part, whole = read_text("31 of 120 kettles", "en")[0]
    assert compare_quantities(part, whole) == "incomparable"
    assert compare_quantities(part, read_text("13 of 120 kettles", "en")[0][0]) == "different"


def test_across_languages_the_caller_says_what_is_counted():
    assert compare_quantities(one("31 Schuppen", "de"), one("13 sheds"), same_thing=True) == "different"
    assert compare_quantities(one("31 Schuppen", "de"), one("13 sheds")) == "incomparable"


@given(st.floats(1, 1e9), st.floats(1, 1e9), st.sampled_from(["", "kilometre", "mile", "EUR", "degree_c", "degree_f"]),
       st.sampled_from(["", "kilometre", "mile", "EUR", "degree_c", "degree_f"]))
def test_the_relation_has_no_direction(x, y, unit, other):
    a = article("x")
    q, r = quantity(a, "x", x, unit=unit), quantity(a, "x", y, unit=other)
    assert compare_quantities(q, r) == compare_quantities(r, q)


def test_last_places_and_slips_of_the_hand():
    assert [step(v) for v in (14200.0, 1.5, 31.0, 0.0, float("inf"))] == [100.0, 0.1, 1.0, 1.0, 1.0]
    assert [transposed(*p) for p in ((31.0, 13.0), (31.0, 31.0), (2.0, 3.0), (120.0, 210.0))] == [True, False, False, True]


@pytest.mark.parametrize(("a", "b", "relation"), [
    ("on 12 March 2023", "on March 12, 2023", "same"), ("on 12 March 2023", "in March 2023", "compatible"),
    ("on 6 October 2025", "on 8 October 2025", "different"), ("on 6 October", "on 6 October 2025", "same"),
    ("on 6 October", "on 8 October 2025", "different"), ("at 17:40", "at 5:40 p.m.", "same"), ("at 8:30", "at 20:30", "compatible"),
    ("at 8:30", "at 10:10", "different"), ("at 10:05 p.m.", "at 10 p.m.", "compatible"), ("on Tuesday", "on Wednesday", "different"),
    ("on Tuesday", "on Tuesday night", "compatible"), ("at 8:30", "on Tuesday", "incomparable"), ("in the 1990s", "in 1994", "compatible"),
    ("on 6 October", "in 1994", "incomparable"), ("on Tuesday", "on 7 October 2025", "compatible"),
])
def test_two_dates(a, b, relation):
    assert compare_dates(when(a), when(b)) == relation
    assert compare_dates(when(b), when(a)) == relation


def test_weekdays_are_resolved_by_publication():
    tuesday = when("last night", published="2025-10-15T05:10:00-03:00")
    wednesday = when("on Wednesday night", published="2025-10-16T07:00:00-03:00")
    assert compare_dates(tuesday, wednesday) == "different"
    assert compare_dates(tuesday, when("on Tuesday evening", published="2025-10-14T22:00:00-03:00")) == "compatible"


def test_which_wednesday_is_meant_is_often_a_guess():
    early, late = when("on Wednesday", published="2025-10-14"), when("on Wednesday", published="2025-10-15")
    assert (early.earliest, late.earliest) == ("2025-10-08", "2025-10-15")
    assert compare_dates(early, late) == "compatible"


def test_dates_given_by_hand():
    a = article("then")
    assert compare_dates(date(a, "then", "2026-03-02"), date(a, "then", "2026-03-03")) == "different"
