"""Articles that only share names with our annotated stories stay out of them, and the stories stay whole."""

import json

import pytest
from gate import OWN
from lookalikes import LOOKALIKES

from retold.base.models import Models
from retold.base.records import Membership
from retold.pipeline import Settings, gather, run

STORIES = ("fresco", "tianhe", "heyu", "rudzianka")  # odrawa loses one of its own articles, see docs/methods/group.md


@pytest.mark.parametrize("name", STORIES)
def test_what_shares_only_names_stays_out(name):
    annotation = json.loads((OWN / name / "story.json").read_text("utf-8"))
    rows = [{"id": d["id"], "text": (OWN / name / d["file"]).read_text("utf-8")}
            | {key: d[key] for key in ("outlet", "published") if d.get(key)} for d in annotation["documents"]]
    rows += [{"id": f"other-{i}", "text": other.text, "language": other.language} | ({"published": other.published} if other.published else {})
             for i, other in enumerate(LOOKALIKES) if other.story == name]
    done = run(gather(rows, models=Models(), settings=Settings(workers=1)), only=("divide", "group"))
    homes = {m.article: m.story for m in done.get(Membership)}
    own = {d["id"] for d in annotation["documents"]} - set(annotation["unrelated"])
    assert len({homes[article] for article in own}) == 1
    assert not {homes[article] for article in own} & {homes[row["id"]] for row in rows if row["id"] not in own}
