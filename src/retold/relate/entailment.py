"""Whether one text entails or contradicts another: judges that the run may be given.

`TypedJudge` compares by type what the rules of conflicts compare (numbers, dates, polarity, opposites, names) and how much of the
hypothesis the premise covers, and makes three probabilities of it by a small logistic formula. It ranks; it is no verdict.
With it `retold.relate.trained` adds up what a trained reader says; that is the judge of `retold judge`.
`TransformersJudge` runs a user's own model.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from retold.base.errors import OptionalError, SettingsError
from retold.base.models import Models, load
from retold.base.records import Article, Date, Language, Quantity
from retold.base.tables import Batch
from retold.lexicons import LANGUAGES, lexicon
from retold.relate.certainties import certainty
from retold.relate.counts import number, unmatched
from retold.relate.days import when
from retold.relate.differences import denial, status, turns
from retold.relate.pairs import Pair, pieces
from retold.relate.places import place
from retold.relate.sides import ClaimSide, Sides
from retold.relate.wordmatch import differences

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FINDER = "retold.identify.quantities:text_finder"  # named, not imported: stages do not know each other
UNSURE = 0.1  # difference of certainty from which one text leaves open what the other asserts
CHANGED = 0.3  # confidence from which a kind of difference is told
SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")
LABELS = ("entailment", "neutral", "contradiction")
LONGEST = 4000  # code points of a premise that are read
RULES = (("number", number), ("date", when), ("negation", denial), ("status", status), ("certainty", certainty), ("place", place))

# Weights of each feature for entailment and contradiction against neutral, fitted by eval/fit_judge.py on SNLI and RTE-3 only.
# Those of the typed differences are set by hand: they are rare there, and a changed number must count. Those of words in the place of
# others and of exchanged roles are fitted, the rest held, on RTE-3 and pairs of our own in fifteen languages (eval/changes.toml, "train");
# fitted on our own alone they were four times as large and cost .18 of entailment AUC on RTE-3.
TYPED: dict[str, tuple[float, float]] = {
    "number": (-2.0, 2.5), "date": (-2.0, 2.5), "opposed": (-2.0, 2.5), "polarity_covered": (-1.0, 1.5),
}
CHANGES: dict[str, tuple[float, float]] = {
    "replaced": (0.05, 0.83), "replaced_sure": (-0.08, 0.63), "swapped": (-0.76, 0.92), "turned": (0.35, -0.06), "unsure": (0.0, 0.80),
}
WEIGHTS: dict[str, tuple[float, float]] = TYPED | CHANGES | {
    "bias": (-0.62, -0.33), "near": (0.31, -0.55), "whole": (0.29, 0.20), "covered": (2.06, 0.68), "near_covered": (0.88, 1.01),
    "names_missing": (-1.17, -0.56), "polarity": (0.78, -0.47), "denies": (-0.50, 0.62), "lost_numbers": (-0.14, -0.11),
    "hedged": (-0.11, -0.07), "length": (-1.39, -0.30),
}


class TypedJudge:
    """Entailment, neutral and contradiction from typed comparison and the encoder's nearness.

    Args:
        models: where encoder and language identifier come from; the shipped ones by default.
    """

    name = "typed-comparison-1"
    notice = ""  # what whoever asked for a judge should be told

    def __init__(self, models: Models | None = None) -> None:
        self._models = models or Models()
        self._find: Callable[[str, str], tuple[list[Quantity], list[Date]]] = load(FINDER)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
        """pairs: n (premise, hypothesis) -> (n, 3) float32: entailment, neutral, contradiction; rows sum to 1."""
        import numpy as np

        rows = [probabilities(self.features(premise, hypothesis)) for premise, hypothesis in pairs]
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), len(LABELS))

    def changed_kinds(self, premise: str, hypothesis: str) -> list[str]:
        """The kinds in which the hypothesis changes what the premise says (number, date, negation, …), in a fixed order."""
        scores = self.differing(*self.sides(premise, hypothesis))
        return [kind for kind, score in scores.items() if score >= CHANGED]

    def sides(self, premise: str, hypothesis: str) -> tuple[ClaimSide, ClaimSide]:
        """The passage of the premise that is nearest to the hypothesis, and the hypothesis, ready to be compared."""
        language = self.language(hypothesis if len(hypothesis) > len(premise) else f"{premise[:LONGEST]} {hypothesis}")
        sentences = [s for s in SENTENCE.split(premise[:LONGEST]) if s.strip()] or [premise[:LONGEST] or "."]
        best = max(range(len(sentences)), key=lambda i: (self.near(sentences[i], hypothesis), -i))
        return self.side(sentences[best], language, "p"), self.side(hypothesis or ".", language, "h")

    def language(self, text: str) -> str:
        """The language of a text; "" for none that the lexicons know."""
        code, _ = self._models.get("identifier").identify(text)
        return code if code in LANGUAGES else ""

    def side(self, text: str, language: str, name: str) -> ClaimSide:
        """A text as one side."""
        quantities, dates = self._find(text, language)
        spoken = Language(id="", article="", code=language, method="", score=1.0)
        batch = Batch([Article(id="", text=text), spoken, *quantities, *dates])
        return Sides(batch).of_span("", 0, len(text), row=name, group="", attribution=None)

    def near(self, a: str, b: str) -> float:
        """The cosine of two texts."""
        if not a.strip() or not b.strip():
            return 0.0
        vectors = self._models.get("encoder").encode([a, b])
        return round(float(vectors[0] @ vectors[1]), 4)

    def differing(self, a: ClaimSide, b: ClaimSide) -> dict[str, float]:
        """The confidence of each kind of difference, 0 where there is none."""
        pair = Pair(a=a, b=b, near=self.near(a.words, b.words), compare=self.near)
        found = {kind: rule(pair) for kind, rule in RULES}
        return {kind: d.score if d is not None else 0.0 for kind, d in found.items()}

    def features(self, premise: str, hypothesis: str) -> dict[str, float]:
        """What the formula is given, by name."""
        a, b = self.sides(premise, hypothesis)
        near, whole = self.near(a.words, b.words), self.near(premise[:LONGEST], hypothesis)
        covered, missing = coverage(premise[:LONGEST], hypothesis, b.language)
        apart = self.differing(a, b)
        lost = unmatched(b.quantities, self.side(premise[:LONGEST], b.language, "w").quantities)[0]
        turned = float(bool(turns(a)) != bool(turns(b)))
        apart_words = differences(a.words, b.words)
        kept = apart_words.kept
        return {
            "bias": 1.0, "near": near, "whole": whole, "covered": covered, "near_covered": near * covered,
            "names_missing": missing, "polarity": turned, "polarity_covered": turned * covered, "denies": float(bool(turns(b))),
            "opposed": max(apart["status"], apart["negation"]), "number": apart["number"], "date": apart["date"],
            "lost_numbers": float(min(2, len(lost))), "hedged": float(a.certainty < b.certainty),
            "length": math.log(1 + len(hypothesis)) / 5, "replaced": min(2, len(apart_words.replaced)) * kept,
            "replaced_sure": kept * any(telling(x, y) for x, y in apart_words.replaced), "swapped": min(1, apart_words.swapped) * kept,
            "turned": turned * kept, "unsure": kept * (bool(a.hedges) != bool(b.hedges) or abs(a.certainty - b.certainty) > UNSURE),
        }


def telling(one: str, other: str) -> bool:
    """Whether two stretches that stand in each other's place are numbers, or names that do not begin alike.

    >>> telling("Jon Amsel", "Ida Lund"), telling("Amsel", "Jon Amsel"), telling("6 October", "8 October"), telling("big", "large")
    (True, False, True, False)
    """
    digits = [set(re.findall(r"\d+", text)) for text in (one, other)]
    if digits[0] or digits[1]:
        return digits[0] != digits[1]
    words = [text.split() for text in (one, other)]
    if not all(word[0].isupper() for own in words for word in own[:1]):
        return False
    return not any(x[:4] == y[:4] for x in words[0] for y in words[1])


def coverage(premise: str, hypothesis: str, language: str) -> tuple[float, float]:
    """The share of the hypothesis's content words that stand in the premise, and the share of its names that do not."""
    stop = set(lexicon(language or "en").words("words", "stop"))
    there = pieces(premise)
    words = [w for w in re.findall(r"[^\W\d_]+", hypothesis) if w.lower() not in stop]
    if not words:
        return 0.0, 0.0
    found = [bool(pieces(w) & there) for w in words]
    names = [ok for w, ok in zip(words, found, strict=True) if w[0].isupper()][1:]
    return sum(found) / len(found), (len(names) - sum(names)) / len(names) if names else 0.0


def probabilities(
    features: Mapping[str, float], weights: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[float, float, float]:
    """Entailment, neutral and contradiction: a softmax in which neutral has logit 0."""
    table = WEIGHTS if weights is None else weights
    entails = math.exp(sum(w[0] * features.get(k, 0.0) for k, w in table.items()))
    contradicts = math.exp(sum(w[1] * features.get(k, 0.0) for k, w in table.items()))
    total = entails + 1.0 + contradicts
    return entails / total, 1.0 / total, contradicts / total


def changed_kinds(premise: str, hypothesis: str, models: Models | None = None) -> list[str]:
    """The kinds in which a hypothesis changes what a premise says.

    >>> changed_kinds("Two people were trapped in the car.", "Three people were trapped in the car.")
    ['number']
    """
    return TypedJudge(models).changed_kinds(premise, hypothesis)


class TransformersJudge:
    """An inference model of the `transformers` package, by name or folder (environment variable RETOLD_JUDGE_MODEL).

    The labels of the model are told by their names; a model whose labels are not entailment, neutral and contradiction is refused.

    Raises:
        OptionalError: the package is not installed.
        SettingsError: no model is named, or its labels are others.
    """

    def __init__(self, model: str | None = None) -> None:
        chosen = model or os.environ.get("RETOLD_JUDGE_MODEL", "")
        if not chosen:
            raise SettingsError(expected="a model name or folder in RETOLD_JUDGE_MODEL", found="nothing", where="the judge",
                                advice="set it to a natural language inference model")
        try:
            import torch
            import transformers
        except ImportError as error:
            raise OptionalError(expected="the package transformers", found="it is not installed", where="the judge",
                                advice="pip install 'retold[transformers]'") from error
        self.name = f"transformers:{chosen}"
        self._torch: Any = torch
        self._tokenizer: Any = transformers.AutoTokenizer.from_pretrained(chosen)
        self._model: Any = transformers.AutoModelForSequenceClassification.from_pretrained(chosen).eval()
        self._order = label_order(self._model.config.id2label)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
        """pairs: n (premise, hypothesis) -> (n, 3) float32: entailment, neutral, contradiction; rows sum to 1."""
        import numpy as np

        if not pairs:
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        premises, hypotheses = zip(*pairs, strict=True)
        inputs = self._tokenizer(list(premises), list(hypotheses), truncation=True, padding=True, return_tensors="pt")
        with self._torch.no_grad():
            logits = self._model(**inputs).logits
        found = np.asarray(self._torch.softmax(logits, dim=-1), dtype=np.float32)
        return found[:, self._order]


def label_order(labels: Mapping[int, str]) -> list[int]:
    """Where entailment, neutral and contradiction stand among a model's labels.

    >>> label_order({0: "CONTRADICTION", 1: "NEUTRAL", 2: "ENTAILMENT"})
    [2, 1, 0]

    Raises:
        SettingsError: the model has other labels.
    """
    places = {name.lower(): int(index) for index, name in labels.items()}
    if not set(LABELS) <= set(places):
        raise SettingsError(expected="a model with the labels entailment, neutral, contradiction", found=", ".join(sorted(places)),
                            where="the judge", advice="name a natural language inference model")
    return [places[label] for label in LABELS]
