import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.lexicons.dates import to_iso


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-11", "2024-05-11"),
        ("20240511", "2024-05-11"),
        ("2024-05-11 10:05", "2024-05-11T10:05:00"),
        ("2024-05-11T10:05:00.000Z", "2024-05-11T10:05:00+00:00"),
        ("2024-05-11T10:05:00+0200", "2024-05-11T10:05:00+02:00"),
        ("Sat, 11 May 2024 10:05:00 GMT", "2024-05-11T10:05:00+00:00"),
        ("1715421600", "2024-05-11T10:00:00+00:00"),
        ("1715421600000", "2024-05-11T10:00:00+00:00"),
        ("11.05.2024", "2024-05-11"),
        ("3. 5. 2024 7:05", "2024-05-03T07:05:00"),
        ("2024/5/11", "2024-05-11"),
        ("31/05/2024", "2024-05-31"),
        ("05/31/2024", "2024-05-31"),
        ("11/11/2024", "2024-11-11"),
        ("May 11, 2024 10:05", "2024-05-11T10:05:00"),
        ("11th May 2024", "2024-05-11"),
        ("11. Mai 2024", "2024-05-11"),
        ("1er mai 2024", "2024-05-01"),
        ("11 de mayo de 2024", "2024-05-11"),
        ("11 maggio 2024", "2024-05-11"),
        ("11 de maio de 2024", "2024-05-11"),
        ("11 mei 2024", "2024-05-11"),
        ("11 maja 2024", "2024-05-11"),
        ("11. května 2024", "2024-05-11"),
        ("11 мая 2024 г.", "2024-05-11"),
        ("11 травня 2024 р.", "2024-05-11"),
        ("11 Mayıs 2024", "2024-05-11"),
        ("11 مايو 2024", "2024-05-11"),
        ("2024年5月11日", "2024-05-11"),
    ],
)
def test_dates_as_they_are_written_in_our_languages(written: str, expected: str) -> None:
    assert to_iso(written) == expected


@pytest.mark.parametrize(
    "written", ["", "04/05/2024", "last Tuesday", "2024", "2024-13-01", "31.02.2024", "11 Smarch 2024", "2024-05-11" * 50]
)
def test_what_cannot_be_told_for_certain_is_none(written: str) -> None:
    assert to_iso(written) is None


@given(st.text(max_size=60) | st.from_regex(r"[0-9./: -]{1,40}"))
def test_any_string_is_a_date_or_none(written: str) -> None:
    found = to_iso(written)
    assert found is None or to_iso(found) == found
