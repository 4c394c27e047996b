"""Judges: the shipped one by typed comparison, and a user's own model."""

import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from retold.base.errors import OptionalError, SettingsError
from retold.base.models import Judge
from retold.relate.entailment import TransformersJudge, TypedJudge, changed_kinds, label_order, probabilities


@pytest.fixture(scope="module")
def judge():
    return TypedJudge()


def test_rows_are_probabilities(judge):
    found = judge.judge([("Two boats sank.", "Three boats sank."), ("", "Nothing."), ("Solo.", "")])
    assert found.shape == (3, 3) and found.dtype == np.float32
    assert np.allclose(found.sum(axis=1), 1.0, atol=1e-6) and (found >= 0).all()
    assert judge.judge([]).shape == (0, 3)
    assert isinstance(judge, Judge)


@pytest.mark.parametrize(("premise", "hypothesis", "kinds"), [
    ("Two people were trapped in the car.", "Three people were trapped in the car.", ["number"]),
    ("The council was told on 6 October.", "The council was told on 8 October.", ["date"]),
    ("The vicar has spoken about the theft.", "The vicar has not spoken about the theft.", ["negation"]),
    ("The museum director was fired in May.", "The museum director resigned in May.", ["status"]),
    ("Zwei Menschen waren im Auto eingeklemmt.", "Drei Menschen waren im Auto eingeklemmt.", ["number"]),
    ("The weather was fine. Two people were trapped in the car.", "Two people were trapped in the car.", []),
])
def test_what_was_changed(judge, premise, hypothesis, kinds):
    assert judge.changed_kinds(premise, hypothesis) == kinds


def test_the_function_is_the_judge():
    assert changed_kinds("Two people were trapped in the car.", "Three people were trapped in the car.") == ["number"]


@pytest.mark.parametrize(("premise", "same", "turned"), [
    ("Two people were trapped in the car.", "Two people were trapped in the car.", "Three people were trapped in the car."),
    ("The vicar has spoken about the theft.", "The vicar has spoken about the theft.", "The vicar has never spoken about the theft."),
    ("Der Damm hielt dem Hochwasser stand.", "Der Damm hielt dem Hochwasser stand.", "Der Damm hielt dem Hochwasser nicht stand."),
    ("Le barrage a tenu.", "Le barrage a tenu.", "Le barrage n'a pas tenu."),
])
def test_a_change_contradicts_more_and_entails_less(judge, premise, same, turned):
    kept, changed = judge.judge([(premise, same), (premise, turned)])
    assert changed[2] > kept[2] and changed[0] < kept[0]


def test_the_formula_is_a_softmax_against_neutral():
    assert probabilities({"x": 1.0}, {"x": (0.0, 0.0)}) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    entails, neutral, contradicts = probabilities({"x": 2.0}, {"x": (1.0, -1.0)})
    assert entails > neutral > contradicts


# ---- a user's own model -------------------------------------------------------------------------------------------


class Tensor(np.ndarray):
    """As much of a tensor as the judge touches."""


def fake(monkeypatch, labels):
    torch, transformers = ModuleType("torch"), ModuleType("transformers")

    class NoGrad:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    torch.no_grad = NoGrad
    torch.softmax = lambda logits, dim: np.exp(logits) / np.exp(logits).sum(axis=dim, keepdims=True)
    model = SimpleNamespace(config=SimpleNamespace(id2label=labels))
    model.eval = lambda: fake_model
    fake_model = type("Model", (), {"config": model.config, "eval": lambda self: self,
                                    "__call__": lambda self, **inputs: SimpleNamespace(logits=np.log(inputs["rows"]))})()
    rows = np.array([[0.7, 0.2, 0.1]])
    transformers.AutoTokenizer = SimpleNamespace(
        from_pretrained=lambda name: lambda premises, hypotheses, **_: {"rows": np.repeat(rows, len(premises), axis=0)})
    transformers.AutoModelForSequenceClassification = SimpleNamespace(from_pretrained=lambda name: fake_model)
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "transformers", transformers)


def test_a_models_labels_are_put_in_order(monkeypatch):
    fake(monkeypatch, {0: "contradiction", 1: "neutral", 2: "entailment"})
    own = TransformersJudge("some/model")
    assert own.judge([("a", "b"), ("c", "d")]).tolist() == [pytest.approx([0.1, 0.2, 0.7])] * 2
    assert own.judge([]).shape == (0, 3) and own.name == "transformers:some/model"


def test_a_model_with_other_labels_is_refused(monkeypatch):
    fake(monkeypatch, {0: "positive", 1: "negative"})
    with pytest.raises(SettingsError, match="entailment, neutral, contradiction"):
        TransformersJudge("some/model")
    assert label_order({0: "ENTAILMENT", 1: "Neutral", 2: "contradiction"}) == [0, 1, 2]


def test_without_the_package_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(OptionalError, match=r"retold\[transformers\]"):
        TransformersJudge("some/model")


def test_without_a_name_it_says_what_to_set(monkeypatch):
    monkeypatch.delenv("RETOLD_JUDGE_MODEL", raising=False)
    with pytest.raises(SettingsError, match="RETOLD_JUDGE_MODEL"):
        TransformersJudge()


@pytest.mark.parametrize(("premise", "same", "changed"), [
    ("Bo Berg accused Ada Lund of lying on Monday.", "Bo Berg accused Ada Lund of lying.", "Ada Lund accused Bo Berg of lying on Monday."),
    ("Суд у Лідсі виніс вирок: Марта Зорич засуджена.", "Суд виніс вирок: Марта Зорич засуджена.", "Суд у Лідсі виніс вирок: Олена Кравец засуджена."),
    ("警方周一在汉堡逮捕了12人。", "警方在汉堡逮捕了12人。", "警方周一在汉堡逮捕了14人。"),
    ("فاز فارس عمران على طارق حسان في النهائي.", "فاز فارس عمران على طارق حسان.", "فاز طارق حسان على فارس عمران في النهائي."),
])
def test_exchanged_names_numbers_and_roles_contradict_more_than_what_was_left_out(judge, premise, same, changed):
    kept, other = judge.judge([(premise, same), (premise, changed)])
    assert other[2] > kept[2] and other[0] < kept[0]
