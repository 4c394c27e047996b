"""The pipeline: stages fit together, order and processes make no difference, finished work is kept, one bad article harms nobody."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import retold
from factories import article
from retold import pipeline
from retold.base.errors import PipelineError, SettingsError
from retold.base.models import Models, Stage
from retold.base.records import Article, Failure, Language, Membership, Sentence
from retold.base.tables import Batch
from retold.pipeline import Settings, check, run, stages
from retold.view.report import build_report

EN = """Lighthouse keeper refuses to leave the Skarn rock

OLNA (Coast Press) - The last keeper of the Skarn lighthouse has refused to leave the rock, the Olna Gazette reported on Monday.

Keeper Runa Vell told the newspaper: "I was paid to keep the lamp, and I will keep it until somebody mends the roof."

The lighthouse was built in 1871 and has 212 steps. The port office said it would send a boat on Friday.
"""
DE = """Leuchtturmwärterin will den Skarn-Felsen nicht verlassen

Die letzte Wärterin des Leuchtturms Skarn weigert sich, den Felsen zu verlassen. Das berichtet die Zeitung „Olna Gazette“.

„Ich wurde bezahlt, um die Lampe zu hüten“, sagte Wärterin Runa Vell dem Blatt.

Der Leuchtturm wurde 1871 gebaut und hat 212 Stufen. Das Hafenamt will am Freitag ein Boot schicken.
"""
OTHER = """Chess club of Marrow Bay wins the northern cup

The chess club of Marrow Bay won the northern cup on Sunday after 44 games, captain Odo Brandt said.

It beat the team of Hill End, which had won the cup three times.
"""


@pytest.fixture(scope="module")
def collected():
    return [article(EN, id="en", outlet="Coast Press", published="2026-03-02T09:00:00Z"),
            article(DE, id="de", outlet="Küstenblick", published="2026-03-02T15:00:00Z"), article(OTHER, id="chess")]


@pytest.fixture(scope="module")
def report(collected):
    return build_report(run(Batch(collected)))


def test_every_stage_reads_what_is_there():
    check(stages())
    with pytest.raises(PipelineError, match="expected a stage before it that writes languages, sentences"):
        check([s for s in stages() if s.name == "identify"][:1] and [Stage(name="x", run=lambda b, m: b, reads=(Language, Sentence), writes=(), by="article")])


def test_stages_write_different_tables():
    written = [kind.table for stage in stages() for kind in stage.writes if kind not in stage.replaces]
    assert len(written) == len(set(written))


def test_two_stories_are_found_and_the_missing_report_is_the_origin(report):
    told = {frozenset(a.id for a in s.documents) for s in report.stories}
    assert told == {frozenset({"en", "de"}), frozenset({"chess"})}
    story = next(s for s in report.stories if len(s.documents) == 2)
    assert any("Olna Gazette" in o.label for o in story.origins if o.independent)


def test_the_order_of_articles_makes_no_difference(collected, report):
    assert build_report(run(Batch(reversed(collected)))).to_json() == report.to_json()


def test_a_pool_of_processes_gives_the_same_bytes(collected, report):
    assert build_report(run(Batch(collected), settings=Settings(workers=2))).to_json() == report.to_json()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_makes_no_difference(collected, report, tmp_path, seed):
    for a in collected:
        (tmp_path / f"{a.id}.txt").write_text(a.text, "utf-8")
    code = "import sys, retold; sys.stdout.write(retold.trace([sys.argv[1]]).to_json())"
    env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(retold.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, env=env, check=True)
    assert done.stdout == retold.trace([tmp_path]).to_json()


def test_tables_are_kept_and_finished_stages_are_not_run_again(collected, tmp_path, monkeypatch):
    first = run(Batch(collected), settings=Settings(tables=tmp_path))
    assert pq.read_table(tmp_path / "sentences.parquet").num_rows == len(first.get(Sentence))
    ran = []
    monkeypatch.setattr(pipeline, "apply", lambda stage, *rest: ran.append(stage.name) or pytest.fail(stage.name))
    again = run(Batch(collected), settings=Settings(tables=tmp_path))
    assert ran == []
    assert build_report(again).to_json() == build_report(first).to_json()


def test_a_changed_article_is_run_again(collected, tmp_path, monkeypatch):
    run(Batch(collected), settings=Settings(tables=tmp_path), until="divide")
    ran = []
    real = pipeline.apply
    monkeypatch.setattr(pipeline, "apply", lambda stage, *rest: ran.append(stage.name) or real(stage, *rest))
    run(Batch([*collected[1:], article(EN + "One more line.", id="en")]), settings=Settings(tables=tmp_path), until="divide")
    assert ran == ["divide"]


def test_an_article_on_which_a_stage_breaks_is_a_failure_and_the_rest_goes_on(collected):
    class Picky:
        name = "picky"

        def identify(self, text):
            if "chess" in text.casefold():
                raise ValueError("no chess")
            return "en", 1.0

    done = run(Batch(collected), models=Models(identifier=Picky()))
    [failure] = done.get(Failure)
    assert (failure.place, failure.stage, failure.error) == ("chess", "divide", "ValueError")
    assert {m.article for m in done.get(Membership)} >= {"en", "de"}
    assert "chess: expected the stage divide to finish, found ValueError: no chess" in failure.message


def test_nothing_at_all_is_an_empty_report():
    assert build_report(run(Batch())).stories == ()


def test_a_single_article_is_traced(collected):
    [story] = build_report(run(Batch(collected[:1]))).stories
    assert [a.id for a in story.documents] == ["en"]


def test_the_same_text_twice_is_two_articles_and_a_copy(collected):
    twin = article(EN, id="twin", outlet="Echo", published="2026-03-03T09:00:00Z")
    story = next(s for s in build_report(run(Batch([*collected, twin]))).stories if len(s.documents) == 3)
    assert any((e.source, e.target, e.kind) == ("en", "twin", "copies") for e in story.links)


def test_wrong_settings_fail_before_work_starts():
    with pytest.raises(SettingsError, match="workers: expected 0 or more, found -1"):
        Settings(workers=-1)
    with pytest.raises(PipelineError, match="the stages to run: expected one of divide"):
        run(Batch(), until="cook")


def test_a_model_that_is_not_there_is_named():
    with pytest.raises(SettingsError, match="no_such_package"):
        run(Batch([Article(id="a", text="The mayor resigned on Monday. The council met.")]), models=Models(encoder="no_such_package:Encoder"))


def test_an_encoder_of_ones_own_is_used(collected):
    import numpy as np

    class Flat:
        name = "flat"
        dimensions = 4
        asked = 0

        def encode(self, texts):
            self.asked += len(texts)
            return np.full((len(texts), 4), 0.5, dtype=np.float32)

    flat = Flat()
    run(Batch(collected[:1]), models=Models(encoder=flat), until="embed")
    assert flat.asked >= 4


def test_articles_that_are_told_to_belong_together_are_not_grouped():
    texts = ("Choir wins prize\n\nA choir from Lower Marl won first prize in Vienna on Sunday, its leader said.", "Bridge closed\n\nThe bridge at Dorn is closed until May, the council said.")
    rows = [{"id": str(n), "text": text} for n, text in enumerate(texts)]
    assert [len(retold.trace(rows, together=told).stories) for told in (False, True)] == [2, 1]
