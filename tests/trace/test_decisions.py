"""What if: the same story with articles, edges, claims, names and conflicts as people decided."""

from factories import (
    article,
    attribution,
    batch,
    claim,
    claim_version,
    conflict,
    decision,
    language,
    membership,
    name,
    passage,
    reuse,
    sentences,
)
from retold.base.decisions import edge_key, pair_key
from retold.base.models import Models
from retold.base.records import Article, ClaimOrigin, ClaimVersion, Conflict, Derivation, Membership, Name, Origin
from retold.pipeline import retrace
from retold.trace.stage import run
from retold.view.formats import render
from retold.view.report import build_report

FACTS = ("The weir broke at Tarnow", "Eleven barns were flooded", "The gate had rusted through", "Repairs cost 3 million")
TEXT = ". ".join(FACTS) + "."


def told():
    """A wire, a paper that copied it, a radio that cites a report that is not here, and an article of another story."""
    wire = article(TEXT, id="wire", outlet="Vale Wire", published="2026-03-01T08:00+00:00")
    paper = article(TEXT, id="paper", outlet="Vale Post", published="2026-03-01T12:00+00:00")
    radio = article("The weir broke at Tarnow, the Tarnow Courier reported. Eleven barns were flooded.", id="radio", outlet="Radio Vale")
    found = batch([reuse(wire, fact, paper) for fact in FACTS])
    for a in (wire, paper, radio):
        found.add([a, membership(a), language(a), passage(a), *sentences(a, *[p + "." for p in a.text.rstrip(".").split(". ")])])
        for n, fact in enumerate(f for f in FACTS if f in a.text):
            found.add([claim(a, fact), claim_version(a, fact, group=f"claim-{n}")])
    found.add([name(radio, "Tarnow Courier", kind="outlet"), name(paper, "Tarnow"), name(wire, "Tarnow"),
               attribution(radio, "the Tarnow Courier", "reported", FACTS[0], source_kind="outlet", outlet="Tarnow Courier"),
               conflict(wire, FACTS[1], "Eleven", side=0, score=0.9), conflict(radio, FACTS[1], "Eleven", side=1, score=0.9)])
    found.add([article("Snow fell.", id="other"), membership(article("Snow fell.", id="other"), story="t")])
    story = batch([row for kind in found.kinds() for row in found.get(kind) if "other" not in (row.id, getattr(row, "article", ""))])
    traced = run(story, Models())
    found.add(row for kind in traced.kinds() for row in traced.get(kind))
    return found


def edges(done):
    return {(d.source, d.target): (d.probability, d.method) for d in done.get(Derivation) if d.probability >= 0.5}


def test_without_decisions_nothing_changes():
    found = told()
    same = retrace(found, [])
    assert sorted(map(repr, same.get(Derivation))) == sorted(map(repr, found.get(Derivation)))
    assert ("wire", "paper") in edges(same)


def test_a_rejected_edge_is_kept_at_nothing_and_a_confirmed_one_is_certain():
    done = retrace(told(), [decision("reject", "edge", "wire -> paper"), decision("confirm", "edge", edge_key("external:Eva Lind", "paper"))])
    assert [(d.probability, d.method) for d in done.get(Derivation) if (d.source, d.target) == ("wire", "paper")] == [(0.0, "human")]
    assert edges(done)["external:Eva Lind", "paper"] == (1.0, "human")
    assert "external:Eva Lind" in {o.node for o in done.get(Origin)}


def test_confirming_an_edge_turns_a_copy_round():
    done = retrace(told(), [decision("confirm", "edge", "paper -> wire")])
    assert edges(done)["paper", "wire"] == (1.0, "human")
    assert ("wire", "paper") not in edges(done)


def test_an_article_or_outlet_that_is_left_out_takes_everything_with_it():
    for chosen in (decision("leave_out", "article", "radio"), decision("leave_out", "outlet", "radio vale")):
        done = retrace(told(), [chosen])
        assert {a.id for a in done.get(Article)} == {"wire", "paper", "radio", "other"}
        assert {m.article for m in done.get(Membership)} == {"wire", "paper", "other"}
        assert not [o for o in done.get(Origin) if o.node == "external:Tarnow Courier"]
        report = build_report(done)
        assert [d.applied for d in report.decisions] == [True]
        assert "radio" not in {d.id for s in report.stories for d in s.documents}


def test_claims_are_joined_and_parted():
    found = told()
    at = {v.article: (v.article, v.start, v.end) for v in found.get(ClaimVersion) if v.group == "claim-0"}
    parted = retrace(found, [decision("reject", "claim_link", pair_key(at["wire"], at["radio"]))])
    groups = {v.article: v.group for v in parted.get(ClaimVersion) if (v.article, v.start, v.end) in at.values()}
    assert groups["wire"] != groups["radio"] or groups["paper"] != groups["radio"]
    barns = next((v.article, v.start, v.end) for v in found.get(ClaimVersion) if v.article == "radio" and v.group == "claim-1")
    joined = retrace(found, [decision("confirm", "claim_link", pair_key(at["wire"], barns))])
    assert len({v.group for v in joined.get(ClaimVersion)}) == len({v.group for v in found.get(ClaimVersion)}) - 1
    assert {o.claim for o in joined.get(ClaimOrigin)} == {v.group for v in joined.get(ClaimVersion)}


def test_conflicts_are_ruled_and_stay_visible():
    found = told()
    key = build_report(found).stories[0].conflicts[0].key
    for kind, score in (("confirm", 1.0), ("reject", 0.0)):
        assert {(c.score, c.method) for c in retrace(found, [decision(kind, "conflict", key)]).get(Conflict)} == {(score, "human")}


def test_names_are_merged_and_split():
    found = told()
    merged = retrace(found, [decision("merge", "name", "Tarnow ~ Tarnow Courier")])
    assert len({n.entity for n in merged.get(Name)}) == 1
    split = retrace(merged, [decision("split", "name", "Tarnow ~ Tarnow Courier")])
    assert len({n.entity for n in split.get(Name)}) == 2


def test_a_decision_that_nothing_fits_is_said_to_fit_nothing():
    report = build_report(retrace(told(), [decision("reject", "edge", "nobody -> paper")]))
    assert [d.applied for d in report.decisions] == [False]
    for kind in ("terminal", "markdown", "html"):
        assert "fits it" in render(report, kind)


def test_every_view_says_that_a_person_decided():
    report = build_report(retrace(told(), [decision("confirm", "edge", "paper -> wire", note="seen in print")]))
    for kind in ("terminal", "markdown", "html"):
        text = render(report, kind)
        assert "decided by a person" in text and "seen in print" in text
    assert '"method": "human"' in render(report, "json")
