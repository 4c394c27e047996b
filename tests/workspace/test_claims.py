"""Claims are sought: those of traced stories, in any of their wordings, with who says them, their origins and their verdict."""

import json

import pytest

from retold.cli import main
from retold.workspace import Workspace
from retold.workspace.claims import SHOWN

ARTICLES = [
    ("wire", "North Wire", "en", "2026-03-01T08:00:00Z", "The dam above Orlen was closed on Sunday. A crack of 14 metres was found in the "
     "wall of the dam, said Mira Tolvanen, an engineer of the river authority. About 3,000 people were told to leave their homes."),
    ("courier", "Daily Courier", "en", "2026-03-01T11:00:00Z", "The dam above Orlen was closed on Sunday. A crack of 14 metres was found in "
     "the wall of the dam, said Mira Tolvanen, an engineer of the river authority, North Wire reported."),
    ("bote", "Talbote", "de", "2026-03-01T12:00:00Z", "Der Damm oberhalb von Orlen wurde am Sonntag geschlossen. In der Mauer des Damms "
     "sei ein Riss von 14 Metern gefunden worden, sagte die Ingenieurin Mira Tolvanen, wie North Wire berichtete."),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("claims")
    rows = [{"id": i, "outlet": outlet, "language": code, "published": when, "text": text} for i, outlet, code, when, text in ARTICLES]
    (folder / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with Workspace.init(folder / "desk") as made:
        made.add(folder / "all.jsonl")
        yield made


@pytest.fixture(scope="module")
def story(desk):
    [found] = desk.stories()
    assert desk.claims("crack") == []  # not traced yet
    desk.batch(found.id)
    return found.id


def crack(hits):
    return next(hit for hit in hits if "14" in hit.text)


def test_a_claim_is_found_with_its_story_who_says_it_its_origins_and_verdict(desk, story):
    hit = crack(desk.claims("crack wall"))
    [told] = [s for s in desk.report(story).stories if s.id == story]
    [claim] = [c for c in told.claims if c.id == hit.claim]
    assert (hit.story, hit.verdict, hit.articles) == (story, claim.verdict, claim.documents)
    assert len(hit.origins) == len(claim.origins) and set(hit.attributed_to) == {m.attributed_to[-1] for m in claim.mentions if m.attributed_to}
    assert hit.text == claim.text[:SHOWN] and {hit.text[a:b].lower() for a, b in hit.marks} <= {"crack", "wall", "walls"}
    assert hit.marks and hit.article in dict.fromkeys(m.excerpt.document for m in claim.mentions)


def test_a_claim_is_found_by_a_wording_in_another_language_and_by_meaning(desk, story):
    assert "de" in crack(desk.claims("riss mauer")).languages
    assert desk.claims("fissure barrage") == []
    assert crack(desk.claims("une fissure dans le barrage", semantic=True)).story == story


def test_claims_are_narrowed_by_language_outlet_and_time(desk, story):
    for some, none in (({"language": "de"}, {"language": "fr"}), ({"outlet": "talbote"}, {"outlet": "Nobody"}),
                       ({"since": "2026-03-01"}, {"since": "2026-03-02"}), ({"until": "2026-03-02"}, {"until": "2026-02-28"})):
        assert desk.claims("crack", **some) and not desk.claims("crack", **none)
        assert desk.claims("crack", semantic=True, **some) and not desk.claims("crack", semantic=True, **none)
    assert len(desk.claims("dam", limit=1)) == 1


@pytest.mark.parametrize("query", ["", " ", '"', "AND NOT (", "*", "'; DROP TABLE claims; --", "\0", "x" * 5000])
def test_a_hostile_query_is_just_words(desk, story, query):
    assert isinstance(desk.claims(query, semantic=True), list)


def test_the_command_shows_them(desk, story, capsys):
    assert main(["search", "--desk", str(desk.file.parent), "--in", "claim", "crack"]) == 0
    said = capsys.readouterr().out
    assert "according to" in said and story in said and crack(desk.claims("crack")).verdict in said
    assert main(["search", "--desk", str(desk.file.parent), "--in", "claim", "crack", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"][0]["story"] == story


def test_tracing_again_keeps_each_claim_once_and_what_is_forgotten_is_gone(desk, story):
    rows = "SELECT count(*) FROM claims", "SELECT count(*) FROM claim_words"
    before = [desk.database.value(sql) for sql in rows]
    desk.database.run("UPDATE traced SET mark = ''")
    desk.batch(story)
    assert [desk.database.value(sql) for sql in rows] == before and before[0] == before[1] > 0
    desk.forget(["bote"])
    assert [desk.database.value(sql) for sql in rows] == [0, 0] and desk.claims("riss") == []
    desk.batch(desk.stories()[0].id)
    assert desk.claims("crack") and not desk.claims("riss mauer")
