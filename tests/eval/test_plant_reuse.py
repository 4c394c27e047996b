"""The planter of reuse: what it says it planted is there, and nothing else."""


import plant_reuse as planting
import pytest

from retold.base.models import Models
from retold.pipeline import Settings, gather
from retold.sharing import reuse

NOUNS = ["harbour", "bridge", "market", "council", "roof", "engine", "river", "school", "ferry", "garden", "winter", "doctor", "letter", "window", "island", "forest", "train", "baker", "judge"]


def base():
    import random

    chance = random.Random(3)
    sentences = [f"The {chance.choice(NOUNS)} of the {chance.choice(NOUNS)}{i} was {chance.choice(NOUNS)}{j} before a {chance.choice(NOUNS)} "
                 f"could bring {chance.choice(NOUNS)} and {chance.choice(NOUNS)} to the {chance.choice(NOUNS)}." for i in range(12) for j in range(12)]
    return [{"id": str(n), "outlet": f"outlet {n % 3}", "text": "\n".join(chance.sample(sentences, 12))} for n in range(24)]


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_pairs_are_found_and_no_others(seed):
    rows, planted = planting.build(base(), 48, 5, seed)
    assert {kind for kind, _ in planted.values()} == set(planting.KINDS)
    texts = {row["id"]: row["text"] for row in rows}
    assert all(words in texts[a] or words in texts[b] for (a, b), (_, words) in planted.items())
    batch = gather(rows, models=Models(), settings=Settings())
    found = list(reuse(batch, settings=Settings(workers=1)).rows)
    pairs = {(row["a"], row["b"]) for row in found}
    assert set(planted) <= pairs
    assert len(pairs - set(planted)) <= 0.1 * len(pairs)
    assert any("precision" in line for line in planting.report(rows, planted, found))
