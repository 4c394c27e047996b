import pytest

from retold.workspace import Workspace
from sites import serving


@pytest.fixture
def desk(tmp_path):
    with Workspace.init(tmp_path / "desk") as found:
        yield found


@pytest.fixture
def site():
    with serving() as found:
        yield found
