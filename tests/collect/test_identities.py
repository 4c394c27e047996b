from itertools import permutations

from retold.collect.drafts import Draft
from retold.collect.identities import DuplicateInput, identified


def draft(place: str, *, given: str = "", text: str = "Rain fell.", line: int = 0) -> Draft:
    stem = place.rpartition("/")[2].partition(".")[0]
    return Draft(text=text, place=f"{place}:{line}" if line else place, stem=stem, line=line, given=given)


def ids(*drafts: Draft) -> dict[str, str]:
    return {found[1].place: found[0] for found in identified(drafts) if isinstance(found, tuple)}


def duplicates(*drafts: Draft) -> list[str]:
    return [found.message for found in identified(drafts) if isinstance(found, DuplicateInput)]


def test_stems_are_ids_and_clashes_are_counted_in_the_order_of_paths() -> None:
    drafts = (draft("z/a.txt"), draft("b/a.txt"), draft("b/c.txt"))
    for order in permutations(drafts):
        assert ids(*order) == {"b/a.txt": "a", "z/a.txt": "a-2", "b/c.txt": "c"}


def test_rows_are_called_by_their_lines_in_the_order_of_numbers() -> None:
    assert ids(draft("x/r.jsonl", line=2), draft("y/r.jsonl", line=2)) == {"x/r.jsonl:2": "r:2", "y/r.jsonl:2": "r-2:2"}


def test_a_given_id_is_kept_and_a_made_one_gives_way() -> None:
    assert ids(draft("a.txt"), draft("z.jsonl", given="a", line=1)) == {"z.jsonl:1": "a", "a.txt": "a-2"}


def test_the_same_id_with_the_same_text_is_one_article() -> None:
    both = (draft("r.jsonl", given="a", line=2), draft("r.jsonl", given="a", line=10))
    assert ids(*both) == ids(*reversed(both)) == {"r.jsonl:2": "a"}
    assert duplicates(*both) == [
        "r.jsonl:10: expected each article once, found 'a' again, with the same text as in r.jsonl:2; it was counted once"
    ]


def test_the_same_id_with_another_text_is_renamed_and_said() -> None:
    three = (
        draft("r.jsonl", given="a", line=1),
        draft("r.jsonl", given="a", line=2, text="Snow."),
        draft("r.jsonl", given="a#2", line=3),
    )
    assert ids(*three) == {"r.jsonl:1": "a", "r.jsonl:2": "a#3", "r.jsonl:3": "a#2"}
    assert duplicates(*three) == [
        "r.jsonl:2: expected an id of its own, found 'a' again, with another text; it is called 'a#3' here"
    ]


def test_a_verbatim_copy_under_another_id_stays() -> None:
    assert len(ids(draft("a.txt"), draft("b.txt"))) == 2


def test_many_clashes_take_no_longer() -> None:
    rows = [draft("r.jsonl", given="a", text=str(n), line=n + 1) for n in range(20_000)]
    assert ids(*rows)["r.jsonl:20000"] == "a#20000"
