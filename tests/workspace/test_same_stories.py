"""The workspace and `retold group` put the same articles into the same stories."""

import json
from pathlib import Path

import pytest

from retold.base.models import Models
from retold.base.records import Article, Membership
from retold.pipeline import Settings, gather, run
from retold.workspace import Workspace

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "varnholm" / "articles"


def inputs(folder, *names):
    """The pages of the example and the texts of annotated stories, as files."""
    rows = []
    for name in names:
        place = ROOT / "eval" / "stories" / name
        for document in json.loads((place / "story.json").read_text("utf-8"))["documents"]:
            given = {key: document[key] for key in ("outlet", "published") if document.get(key)}  # one address is one article there
            rows.append({"id": f"{name}-{document['id']}", "text": (place / document["file"]).read_text("utf-8"), **given})
    lines = folder / "articles.jsonl"
    lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return [str(lines), str(EXAMPLE)]


def parts(homes):
    stories = {}
    for text, story in homes:
        stories.setdefault(story, set()).add(text)
    return sorted(map(sorted, stories.values()))


@pytest.mark.parametrize("names", [(), ("tianhe",), ("fresco", "heyu")], ids=["the example", "and one more", "and two more"])
def test_a_workspace_finds_the_stories_that_the_command_finds(tmp_path, names):
    given = inputs(tmp_path, *names)
    done = run(gather(given, models=Models(), settings=Settings(workers=1)), only=("divide", "group"))
    texts = {article.id: article.text for article in done.get(Article)}
    found = parts((texts[m.article], m.story) for m in done.get(Membership))
    with Workspace.init(tmp_path / "desk") as desk:
        desk.add(given)
        kept = desk.database.rows("SELECT v.text, a.story FROM articles a JOIN versions v ON v.n = a.current")
        assert parts(kept) == found
    assert len(found) > len(names)
