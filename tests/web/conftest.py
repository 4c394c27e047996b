"""A small workspace with a real story in it, read once, and the desk over it."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browserless import TestClient

from retold.collect.drafts import Draft
from retold.web.app import make_app
from retold.workspace import Workspace

WIRE = """KALDVIK (Harbour Wire) - The ferry Ormsund ran aground off Kaldvik on Monday night with 212 people on board, the coast guard said.
"We heard a long grinding noise and then everything went still," said Tove Brandal, a passenger.
Repairs could cost 4.6 million euros, port director Leif Aune told Harbour Wire."""
COPY = """The ferry Ormsund ran aground off Kaldvik on Monday night with 221 people on board, the coast guard said, according to Harbour Wire.
"We heard a long grinding noise," said Tove Brandal, a passenger.
Repairs will cost 4.6 million euros, port director Leif Aune told Harbour Wire."""
RETOLD = """Wie Harbour Wire berichtet, lief die Fähre Ormsund am Montagabend vor Kaldvik mit 212 Menschen an Bord auf Grund.
„Wir hörten ein langes Knirschen“, sagte Tove Brandal, ein Fahrgast.
Die Reparatur könnte 4,6 Millionen Euro kosten, sagte Hafendirektor Leif Aune."""
DRAFTS = [
    Draft(text=text, place=f"{name}.txt", stem=name, title=title, outlet=outlet, published=when, url=f"https://{name}.example/ferry")
    for name, outlet, when, title, text in (
        ("harbour-wire", "Harbour Wire", "2026-03-02T08:00:00+00:00", "Ferry runs aground off Kaldvik", WIRE),
        ("daily-courier", "Daily Courier", "2026-03-02T10:00:00+00:00", "Ferry Ormsund on the rocks", COPY),
        ("kuestenbote", "Küstenbote", "2026-03-03T07:00:00+00:00", "Fähre läuft vor Kaldvik auf Grund", RETOLD),
    )
]


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """The folder of a workspace with three short articles of one story, traced."""
    folder = tmp_path_factory.mktemp("desk")
    with Workspace.init(folder) as workspace:
        added = workspace.add(DRAFTS)
        assert (added.articles, added.failures, len(added.stories)) == (3, 0, 1)
        for story in added.stories:
            workspace.batch(story)
    return folder


@pytest.fixture
def workspace(collected, tmp_path):
    """A copy of it, to be changed."""
    folder = tmp_path / "desk"
    shutil.copytree(collected, folder)
    with Workspace.open(folder, write=True) as workspace:
        yield workspace


@pytest.fixture
def client(workspace):
    """The desk over it, in this process."""
    with TestClient(make_app(workspace, apart=False), base_url="http://localhost:8765", follow_redirects=False) as client:
        yield client


@pytest.fixture
def story(workspace):
    """The id of its story."""
    return workspace.stories()[0].id


@pytest.fixture
def csrf(client):
    """The token of the desk's own forms."""
    return client.app.state.desk.csrf
