"""The evaluation's modules, and the example story traced once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))

from gate import Traced, trace_example


@pytest.fixture(scope="session")
def traced() -> Traced:
    return trace_example()
