"""Small stories with a known lineage, built from findings."""

from factories import (
    article,
    attribution,
    batch,
    claim,
    claim_version,
    conflict,
    date,
    language,
    membership,
    name,
    passage,
    quote_version,
    reuse,
    sentences,
)
from retold.base.models import Models
from retold.base.records import Alteration, Attribution, Citation, ClaimOrigin, Derivation, Evidence, Origin
from retold.trace.publishers import same_publisher
from retold.trace.stage import run

FACTS = ("The weir broke at Tarnow", "Eleven barns were flooded", "The gate had rusted through", "Repairs cost 3 million", "Sirens failed twice")

GROWING = (
    "The weir at Tarnow broke at noon on the first day of the fair, the Tarnow Courier reported.",
    "Eleven barns were flooded and two bridges had to be closed for the night.",
    "The gate had rusted through at the lower hinge, an engineer found.",
    "Repairs will cost three million crowns and take until the autumn.",
)


def story(*articles, extra=(), claims=None):
    """A batch: every article with its passage, sentences and a claim for each fact that stands in it, with the attribution that says it."""
    found = batch(list(extra))
    texts = {a.id: a.text for a in articles}
    told = {(row.article, texts[row.article][s:e]): row.id for row in extra if isinstance(row, Attribution) for s, e in row.content}
    for a in articles:
        found.add([a, membership(a), language(a), passage(a), *sentences(a, *[p + "." for p in a.text.rstrip(".").split(". ")])])
        for n, fact in enumerate(FACTS):
            if fact in a.text and (claims is None or n in claims):
                found.add([claim(a, fact, attribution=told.get((a.id, fact), "")), claim_version(a, fact, group=f"claim-{n}")])
    return run(found, Models())


def edges(done):
    return {(d.source, d.target): d for d in done.get(Derivation) if d.probability >= 0.5}


def text(*facts):
    return ". ".join(facts) + "."


def test_the_copy_comes_from_the_earlier_article():
    a = article(text(*FACTS), id="a", published="2026-03-01T08:00+00:00")
    b = article(text(*FACTS[:3]), id="b", published="2026-03-01T12:00+00:00")
    done = story(a, b, extra=[reuse(a, text(*FACTS[:3]))] if False else [reuse(a, FACTS[0], b), reuse(a, FACTS[1], b), reuse(a, FACTS[2], b)])
    assert list(edges(done)) == [("a", "b")]
    assert edges(done)["a", "b"].kind == "copies"


def test_a_later_article_is_never_a_source():
    a = article(text(*FACTS), id="a", published="2026-03-05")
    b = article(text(*FACTS[:3]), id="b", published="2026-03-01")
    assert ("a", "b") not in edges(story(a, b, extra=[reuse(a, FACTS[0], b)]))


def test_without_dates_the_one_that_knows_less_is_the_retelling():
    a, b = article(text(*FACTS), id="b", outlet="The Tarnow Courier"), article(text(*FACTS[:2]), id="a", outlet="The Weir Gazette")
    third = article(text(FACTS[2], FACTS[3], FACTS[4]), id="c")
    done = story(a, b, third, extra=[reuse(a, FACTS[0], b), reuse(a, FACTS[1], b)])
    assert ("b", "a") in edges(done)
    assert ("a", "b") not in edges(done)


def test_a_shared_mistake_ties_more_than_a_shared_truth():
    posts = [article(text(*FACTS[:5]).replace("Eleven", word), id=i, published=f"2026-03-0{n}") for n, (i, word) in
             enumerate((("first", "Eleven"), ("wire", "Seven"), ("paper", "Seven"), ("radio", "Eleven")), 1)]
    rows = []
    for p in posts:
        words = next(w for w in ("Eleven barns were flooded", "Seven barns were flooded") if w in p.text)
        rows += [claim(p, words), claim_version(p, words, group="claim-1"), conflict(p, words, words.split()[0], side=int("Seven" in words), score=0.9)]
    done = story(*posts, extra=rows, claims={0, 2, 3, 4})
    best = max((d for d in done.get(Derivation) if d.target == "paper"), key=lambda d: d.probability)
    assert best.source == "wire"
    kinds = {e.kind for e in done.get(Evidence) if e.subject == best.id}
    assert {"innovations", "earlier"} <= kinds
    changes = [(c.source, c.target, c.kind) for c in done.get(Alteration)]
    assert ("wire", "paper", "number") not in changes


def test_a_cited_report_that_is_not_there_is_a_missing_origin():
    a = article("The weir broke at Tarnow, the Tarnow Courier reported. Eleven barns were flooded.", id="a")
    extra = [name(a, "Tarnow Courier", kind="outlet"),
             attribution(a, "the Tarnow Courier", "reported", FACTS[0], source_kind="outlet", outlet="Tarnow Courier")]
    done = story(a, extra=extra)
    assert [(d.source, d.target, d.kind, d.stated) for d in done.get(Derivation)] == [("external:Tarnow Courier", "a", "cites", True)]
    assert [(o.node, o.kind, o.independent) for o in done.get(Origin)] == [("external:Tarnow Courier", "outlet", True)]
    [cited] = [c for c in done.get(Citation) if c.node == "external:Tarnow Courier"]
    assert a.text[cited.start:cited.end] == "the Tarnow Courier"
    assert {v.verdict for v in done.get(ClaimOrigin)} == {"possible"}


def test_a_cited_outlet_of_the_collection_is_that_article():
    a = article(text(*FACTS), id="a", outlet="The Tarnow Courier", published="2026-03-01")
    b = article("The weir broke at Tarnow, the Courier reported.", id="b", outlet="Radio Vale", published="2026-03-02")
    extra = [name(b, "Courier", label="Tarnow Courier", kind="outlet"),
             attribution(b, "the Courier", "reported", FACTS[0], source_kind="outlet", outlet="Tarnow Courier")]
    done = story(a, b, extra=extra)
    assert ("a", "b") in edges(done)
    assert edges(done)["a", "b"].stated
    assert not [d for d in done.get(Derivation) if d.source.startswith("external:")]


def test_initials_of_an_outlet_of_the_collection_lead_to_its_article():
    wire = article(text(*FACTS), id="wire", outlet="Vale News Agency", published="2026-03-01T08:00+00:00")
    paper = article(text("The mayor gave no more details to VNA", *FACTS[:2]), id="paper", outlet="Hill Echo", published="2026-03-01T12:00+00:00")
    done = story(wire, paper, extra=[name(paper, "VNA", kind="organisation")])
    assert edges(done)["wire", "paper"].stated


def test_a_spokeswoman_stands_for_her_body():
    a = article("Eleven barns were flooded, Vale Water spokeswoman Ira Moss said.", id="a")
    extra = [name(a, "Vale Water", kind="organisation"), name(a, "Ira Moss"), attribution(a, "Vale Water spokeswoman Ira Moss", "said", FACTS[1])]
    assert [d.source for d in story(a, extra=extra).get(Derivation)] == ["external:Vale Water"]


def test_told_to_this_newspaper_is_own_reporting_beside_a_missing_report():
    a = article("The weir broke at Tarnow, the Courier reported. Eleven barns were flooded, Ira Moss told this newspaper. "
                "The gate had rusted through, Max Orr said.", id="a", outlet="Vale Post")
    extra = [name(a, "Courier", kind="outlet"), name(a, "Ira Moss"), name(a, "Max Orr"),
             attribution(a, "the Courier", "reported", FACTS[0], source_kind="outlet", outlet="Courier"),
             attribution(a, "Ira Moss", "told", FACTS[1], addressee="this newspaper")]
    assert {d.source for d in story(a, extra=extra).get(Derivation)} == {"external:Courier", "external:Ira Moss"}


def test_a_statement_in_the_first_person_is_an_origin_itself():
    a = article("We closed the gate at noon. Our divers found no rust. The weir broke at Tarnow.", id="a", outlet="Vale Water")
    b = article("The weir broke at Tarnow, Vale Water said.", id="b", outlet="Radio Vale")
    extra = [name(b, "Vale Water", kind="organisation"), attribution(b, "Vale Water", "said", FACTS[0], source_kind="organisation")]
    done = story(a, b, extra=extra)
    assert [(o.node, o.independent) for o in done.get(Origin)] == [("a", True)]
    assert {(v.node, v.verdict) for v in done.get(ClaimOrigin)} == {("a", "dependent")}


def test_two_origins_establish_a_claim():
    outlets = {"a": "Tarnow Courier", "b": "Radio Vale"}
    posts, extra = [], []
    for i, outlet in outlets.items():
        a = article(f"The weir broke at Tarnow, {outlet} reported.", id=i)
        posts.append(a)
        extra += [name(a, outlet, kind="outlet"), attribution(a, outlet, "reported", FACTS[0], source_kind="outlet", outlet=outlet)]
    done = story(*posts, extra=extra)
    assert {v.verdict for v in done.get(ClaimOrigin)} == {"established"}


def test_a_report_that_one_article_names_in_passing_is_no_origin_that_counts():
    a = article("The weir broke at Tarnow, the Tarnow Courier reported. Cats are rare, Hill Echo reported.", id="a")
    b = article("The weir broke at Tarnow, the Tarnow Courier reported.", id="b")
    extra = [attribution(x, "Tarnow Courier", "reported", FACTS[0], source_kind="outlet", outlet="Tarnow Courier") for x in (a, b)]
    aside = attribution(a, "Hill Echo", None, "Cats are rare", source_kind="outlet", outlet="Hill Echo")
    names = [name(x, "Tarnow Courier", kind="outlet") for x in (a, b)]
    done = story(a, b, extra=[*extra, *names, aside, name(a, "Hill Echo", kind="outlet")])
    assert [(o.node, o.independent) for o in done.get(Origin)] == [("external:Hill Echo", False), ("external:Tarnow Courier", True)]


def test_nothing_stated_and_nothing_shared_is_lineage_unknown():
    a = article("The weir broke at Tarnow.", id="a")
    done = story(a)
    assert [(v.node, v.verdict) for v in done.get(ClaimOrigin)] == [("", "lineage unknown")]
    assert done.get(Derivation) == []


def test_a_dateline_dates_an_undated_article():
    a = article("TARNOW, March 3 - The weir broke at Tarnow. Eleven barns were flooded. The gate had rusted through.", id="a")
    b = article(text(*FACTS[:3]), id="b", published="2026-03-01")
    found = story(a, b, extra=[date(a, "March 3", "--03-03"), reuse(a, FACTS[1], b), reuse(a, FACTS[2], b)])
    assert ("b", "a") in edges(found)
    assert ("a", "b") not in edges(found)


def test_a_shortened_quote_stands_in_the_ledger():
    a = article(text(*FACTS), id="a", published="2026-03-01")
    b = article(text(*FACTS[:3]), id="b", published="2026-03-02")
    extra = [reuse(a, FACTS[0], b), reuse(a, FACTS[1], b), quote_version(a, FACTS[2]), quote_version(b, "The gate had rusted", change="truncated")]
    assert [(c.kind, c.words) for c in story(a, b, extra=extra).get(Alteration)] == [("truncated", "quote cut short")]


def test_nobody_says_which_of_two_undated_texts_that_share_words_came_first():
    long, short = article(text(*FACTS), id="b"), article(text(*FACTS[:2]), id="a")
    done = story(long, short, extra=[reuse(long, FACTS[0], short), reuse(long, FACTS[1], short)])
    assert not {pair for pair in edges(done) if "external" not in pair[0]}


def test_no_circles():
    posts = [article(text(*FACTS), id=i) for i in "abc"]
    extra = [reuse(x, f, y) for i, x in enumerate(posts) for y in posts[i + 1:] for f in FACTS]
    found = edges(story(*posts, extra=extra))
    seen = {t: {s for s, x in found if x == t} for t in "abc"}
    order = []
    while len(order) < 3:
        free = [t for t in seen if t not in order and seen[t] <= set(order)]
        assert free, f"a circle in {sorted(found)}"
        order += free


def test_publishers_are_matched_by_telling_words():
    assert same_publisher("die Polizei", "Polizeiinspektion Vechtal")
    assert same_publisher("the Courier", "The Tarnow Courier")
    assert not same_publisher("The Morning Post", "The Evening Post")
    assert not same_publisher("", "The Evening Post")
    assert not same_publisher("the", "The Evening Post")


def test_versions_that_name_a_missing_report_are_put_in_order_all_the_same():
    versions = [article(" ".join(GROWING[:n]), id=key) for n, key in ((2, "x"), (3, "k"), (4, "c"))]
    extra = [row for v in versions for row in (
        name(v, "Tarnow Courier", kind="outlet"),
        attribution(v, "the Tarnow Courier", "reported", GROWING[0][:40], source_kind="outlet", outlet="Tarnow Courier"))]
    extra += [r for a, b in ((versions[0], versions[1]), (versions[1], versions[2]), (versions[0], versions[2]))
              for r in [reuse(a, GROWING[1], b)]]
    done = story(*versions, extra=extra, claims={})
    found = {pair for pair in edges(done) if "external" not in pair[0]}
    assert found == {("x", "k"), ("k", "c")}
    assert {"grows", "certain"} <= {e.kind for e in done.get(Evidence)}
