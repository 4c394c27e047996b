"""The evaluation's modules, and the example story traced once."""

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded: on a busy machine its threads get in each other's way
sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))

from gate import Traced, trace_example


@pytest.fixture(scope="session")
def traced() -> Traced:
    return trace_example()
