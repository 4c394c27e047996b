"""The invented story as a report, built once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from retold.view.report import Report, build_report


@pytest.fixture(scope="session")
def report() -> Report:
    from salt_mine import mine

    return build_report(mine())
