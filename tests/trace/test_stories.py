"""Small invented stories whose lineage was decided first: who had it from whom, how many origins, which verdicts."""

from dataclasses import replace

from factories import (
    article,
    attribution,
    batch,
    claim,
    claim_version,
    decision,
    language,
    membership,
    name,
    passage,
    quote,
    quote_version,
    reuse,
    sentences,
)
from retold.base.models import Models
from retold.base.records import Alteration, Attribution, ClaimOrigin, Derivation, Evidence, Origin, Original, OriginalClaim
from retold.trace.origins import called
from retold.trace.register import make_register
from retold.trace.stage import run

A, B, C, D, E, F = FACTS = (
    "The weir broke at Tarnow", "Eleven barns were flooded", "The gate had rusted through", "Repairs cost 3 million",
    "Sirens failed twice", "The dam keeper was on leave")
MORNING, NOON, EVENING = "2026-03-01T08:00+00:00", "2026-03-01T12:00+00:00", "2026-03-01T20:00+00:00"


def post(id, *lines, at=None, outlet=None, author=None, language="en"):  # noqa: A002
    return article(" ".join(line.rstrip(".") + "." for line in lines), id=id, published=at, outlet=outlet, author=author, language=language)


def trace(*posts, extra=(), claims=()):
    """Trace articles: a sentence for each of its lines, a claim for each fact in it, and what `extra` holds."""
    found, told = batch(list(extra)), {}
    for row in extra:
        if isinstance(row, Attribution):
            told |= {(row.article, n): row.id for n in range(len(FACTS)) for s, e in row.content
                     if FACTS[n] in next(p.text for p in posts if p.id == row.article)[s:e]}
    for a in posts:
        lines = [line + "." for line in a.text.rstrip(".").split(". ")]
        found.add([a, membership(a), language(a, a.language), passage(a), *sentences(a, *lines)])
        for n, fact in enumerate(FACTS):
            if fact in a.text:
                found.add([claim(a, fact, attribution=told.get((a.id, n), "")), claim_version(a, fact, group=f"claim-{n}")])
    found.add(list(claims))
    return run(found, Models())


def edges(done):
    return {(d.source, d.target): d for d in done.get(Derivation) if d.probability >= 0.5}


def counted(done):
    return {o.node for o in done.get(Origin) if o.independent}


def verdicts(done):
    return {o.claim: o.verdict for o in done.get(ClaimOrigin)}


def copied(a, b, *facts):
    return [reuse(a, fact, b) for fact in facts]


def cites(a, outlet, fact, cue="reported"):
    return [name(a, outlet, kind="outlet"), attribution(a, outlet, cue, fact, source_kind="outlet", outlet=outlet)]


def says(a, who, fact, kind="organisation", **more):
    return [name(a, who, kind=kind), attribution(a, who, "said", fact, source_kind=kind, **more)]


def test_a_wire_and_its_reprints():
    wire = post("wire", A, B, C + ", the river board said", at=MORNING, outlet="Vale Wire")
    first = post("first", A, B, C, at=NOON, outlet="Tarnow Post")
    second = post("second", A, B, at=EVENING, outlet="Hill Echo")
    extra = copied(wire, first, A, B, C) + copied(wire, second, A, B) + copied(first, second, A, B) + says(wire, "river board", C)
    done = trace(wire, first, second, extra=[*extra])
    found = edges(done)
    assert ("wire", "first") in found
    assert {s for s, t in found if t == "second"} & {"wire", "first"}
    assert not [e for e in found if e[1] == "wire" and not e[0].startswith("external:")]
    assert counted(done) == {"external:river board"}
    assert verdicts(done)["claim-0"] == "dependent"


def test_a_missing_scoop_of_which_a_retelling_is_copied():
    scoop = "Tarnow Courier"
    one = post("one", A + ", the Tarnow Courier reported", B, C, D, at=MORNING, outlet="Radio Vale")
    two = post("two", A + ", the Tarnow Courier reported", B, C, at=NOON, outlet="Hill Echo")
    other = post("other", A + ", the Tarnow Courier reported", E, at=NOON, outlet="Weser Bote")
    extra = [x for a in (one, two, other) for x in cites(a, scoop, A)] + copied(one, two, A + ", the Tarnow Courier reported", B, C)
    done = trace(one, two, other, extra=extra)
    found = edges(done)
    assert found["one", "two"].kind == "copies" and not found["one", "two"].stated  # what it follows …
    assert found["external:Tarnow Courier", "two"].stated  # … and what it credits
    assert counted(done) == {"external:Tarnow Courier"}
    [original] = done.get(Original)
    assert (original.node, original.inferred, original.latest) == ("external:Tarnow Courier", False, "2026-03-01")
    support = {c.claim: (c.support, len(c.articles)) for c in done.get(OriginalClaim)}
    assert support == {"claim-0": (2, 3)}  # the copy is no further witness, and what one alone adds may be its own
    assert original.retellings == ("one", "other")
    assert original.title and "Tarnow Courier" not in original.title


def test_a_company_a_regulator_and_a_researcher():
    company = post("company", "We closed the gate at noon", "Our divers found no rust", A, outlet="Vale Water", at=MORNING)
    blog = post("blog", "I saw the rust myself", "I warned my readers", C, outlet="Loose Rivets", at=MORNING)
    paper = post("paper", A + ", Vale Water said", C + ", Loose Rivets wrote", "The Water Board said " + B, at=EVENING, outlet="Radio Vale")
    extra = says(paper, "Vale Water", A) + says(paper, "Loose Rivets", C, kind="organisation") + says(paper, "Water Board", B)
    retold = post("retold", B, A, C, at="2026-03-02T08:00+00:00", outlet="Hill Echo")
    extra += copied(paper, retold, A, B, C)
    done = trace(company, blog, paper, retold, extra=extra)
    assert {("company", "paper"), ("blog", "paper"), ("external:Water Board", "paper")} <= set(edges(done))
    assert {"company", "blog"} <= counted(done)


def test_police_and_fire_brigade_and_an_eyewitness():
    police = post("police", "We ask for witnesses", "Our officers closed the road", A, B, outlet="Polizei Tarnow", at=MORNING)
    fire = post("fire", "We were called at noon", "Our crews pumped", B, C, outlet="Feuerwehr Tarnow", at=MORNING)
    paper = post("paper", A + ", said the Polizei", C + ", said the Feuerwehr", "Gerda Mund told our paper " + E, at=EVENING, outlet="Bote")
    extra = [*says(paper, "Polizei", A), *says(paper, "Feuerwehr", C), name(paper, "Gerda Mund"),
             attribution(paper, "Gerda Mund", "told", E, addressee="our paper")]
    blog = post("blog", E, A, at="2026-03-02T09:00+00:00", outlet="Valley Blog")
    done = trace(police, fire, paper, blog, extra=[*extra, *copied(paper, blog, E, A)])
    assert {("police", "paper"), ("fire", "paper"), ("external:Gerda Mund", "paper")} <= set(edges(done))
    assert {"police", "fire"} <= counted(done)


def test_a_chain_of_translations_with_a_mistake_that_is_carried_on():
    en = post("en", A, B, C, D, at=MORNING, outlet="Vale Wire")
    de = post("de", "Das Wehr brach bei Tarnow", "Sieben Scheunen standen im Wasser", "Das Tor war durchgerostet", at=NOON, outlet="Bote",
              language="de")
    fr = post("fr", "Le barrage a cédé à Tarnow", "Sept granges ont été inondées", "La porte avait rouillé", at=EVENING, outlet="Courrier",
              language="fr")
    pairs = [("Das Wehr brach bei Tarnow", "Le barrage a cédé à Tarnow", 0), ("Sieben Scheunen standen im Wasser", "Sept granges ont été inondées", 1),
             ("Das Tor war durchgerostet", "La porte avait rouillé", 2)]
    claims = [row for d, f, n in pairs for a, words in ((de, d), (fr, f)) for row in (claim(a, words), claim_version(a, words, group=f"claim-{n}"))]
    from factories import conflict

    sides = [conflict(en, B, "Eleven", side=0, claim="claim-1", score=0.9), conflict(de, pairs[1][0], "Sieben", side=1, claim="claim-1", score=0.9),
             conflict(fr, pairs[1][1], "Sept", side=1, claim="claim-1", score=0.9)]
    runs = [reuse(en, fact + ".", de, words + ".", kind="translated") for fact, (words, _, _) in zip((A, B, C), pairs, strict=True)]
    runs += [reuse(de, d + ".", fr, f + ".", kind="translated") for d, f, _ in pairs]
    done = trace(en, de, fr, extra=[*sides, *runs], claims=claims)
    assert set(edges(done)) == {("en", "de"), ("de", "fr")}
    [change] = [a for a in done.get(Alteration) if a.kind == "number"]
    assert (change.source, change.target, change.carried) == ("en", "de", ("fr",))
    assert "“Eleven” became “Sieben”" in change.words


def test_a_circle_of_citations_is_found_and_broken():
    one = post("one", A + ", Hill Echo reported", B, outlet="Radio Vale")
    two = post("two", A + ", Radio Vale reported", B, outlet="Hill Echo")
    done = trace(one, two, extra=[*cites(one, "Hill Echo", A), *cites(two, "Radio Vale", A)])
    assert {e.subject for e in done.get(Evidence) if e.kind == "circular"} == {"one", "two"}
    assert len(edges(done)) == 1
    assert set(verdicts(done).values()) == {"lineage unknown"}


def test_a_source_that_came_out_later_is_an_impossible_date():
    one = post("one", A, B, C, at=EVENING, outlet="Radio Vale")
    two = post("two", A + ", Radio Vale reported", at=MORNING, outlet="Hill Echo")
    done = trace(one, two, extra=cites(two, "Radio Vale", A))
    assert [(e.subject, e.other) for e in done.get(Evidence) if e.kind == "impossible date"] == [("two", "one")]


def test_two_outlets_that_a_person_says_are_one_publisher_count_once():
    one = post("one", A + ", Tarnow Courier reported", at=MORNING, outlet="Radio Vale")
    two = post("two", A + ", Evening Courant reported", at=MORNING, outlet="Hill Echo")
    extra = [*cites(one, "Tarnow Courier", A), *cites(two, "Evening Courant", A)]
    assert len(counted(trace(one, two, extra=extra))) == 2
    done = trace(one, two, extra=[*extra, decision("merge", "outlet", "Evening Courant ~ Tarnow Courier")])
    assert len(counted(done)) == 1
    [gone] = [o for o in done.get(Origin) if not o.independent]
    assert gone.method == "human" and "counted once" in gone.why


def test_outlets_of_one_owner_count_once():
    one = post("one", A + ", The Sun reported", at=MORNING, outlet="Radio Vale")
    two = post("two", A + ", The Times reported", at=MORNING, outlet="Hill Echo")
    done = trace(one, two, extra=[*cites(one, "The Sun", A), *cites(two, "The Times", A)])
    assert len(counted(done)) == 1
    assert [o.method for o in done.get(Origin) if not o.independent] == ["owner in the list of outlets"]


def test_one_statement_under_two_names_counts_once():
    said = "we never knew of any rust in the gate"
    one = post("one", f"Ada Lund said {said}", A, at=MORNING, outlet="Radio Vale")
    two = post("two", f"Vale Water said {said}", A, at=MORNING, outlet="Hill Echo")
    extra = []
    for a, who, kind in ((one, "Ada Lund", "person"), (two, "Vale Water", "organisation")):
        told = attribution(a, who, "said", said, source_kind=kind)
        extra += [name(a, who, kind=kind), told, quote(a, said, attribution=told.id), quote_version(a, said), claim(a, said, attribution=told.id),
                  claim_version(a, said, group="claim-9")]
    done = trace(one, two, extra=extra)
    assert len(counted(done)) == 1
    assert "the very same statement" in next(o.why for o in done.get(Origin) if not o.independent)


def test_who_says_something_else_too_is_somebody_else_though_a_quote_changes_hands():
    said = "we never knew of any rust in the gate"
    one = post("one", f"Ada Lund said {said}", "Ada Lund said " + B, at=MORNING, outlet="Radio Vale")
    two = post("two", f"Vale Water said {said}", "Vale Water said " + A, at=MORNING, outlet="Hill Echo")
    extra = [*says(one, "Ada Lund", B, kind="person"), *says(two, "Vale Water", A)]
    for a, who, kind in ((one, "Ada Lund", "person"), (two, "Vale Water", "organisation")):
        told = attribution(a, who, "said", said, source_kind=kind)
        extra += [told, quote(a, said, attribution=told.id), quote_version(a, said), claim(a, said, attribution=told.id),
                  claim_version(a, said, group="claim-9")]
    done = trace(one, two, extra=[*extra, name(one, "Ada Lund", kind="person"), name(two, "Vale Water", kind="organisation")])
    assert not [o for o in done.get(Origin) if "the very same statement" in o.why]


def test_two_that_an_article_names_beside_each_other_are_two_though_a_quote_changes_hands():
    said = "we never knew of any rust in the gate"
    one = post("one", f"Ada Lund said {said}", "Vale Water said " + A, at=MORNING, outlet="Radio Vale")
    two = post("two", f"Vale Water said {said}", A, at=MORNING, outlet="Hill Echo")
    extra = says(one, "Vale Water", A)
    for a, who, kind in ((one, "Ada Lund", "person"), (two, "Vale Water", "organisation")):
        told = attribution(a, who, "said", said, source_kind=kind)
        extra += [told, quote(a, said, attribution=told.id), quote_version(a, said), claim(a, said, attribution=told.id),
                  claim_version(a, said, group="claim-9")]
    done = trace(one, two, extra=[*extra, name(one, "Ada Lund"), name(two, "Vale Water", kind="organisation")])
    assert not [o for o in done.get(Origin) if "the very same statement" in o.why]


def test_a_composite_article_has_both_its_sources():
    one = post("one", A, B, C, at=MORNING, outlet="Vale Wire")
    two = post("two", D, E, F, at=MORNING, outlet="Radio Vale")
    both = post("both", A, B, D, E, at=EVENING, outlet="Hill Echo")
    done = trace(one, two, both, extra=copied(one, both, A, B) + copied(two, both, D, E))
    assert set(edges(done)) == {("one", "both"), ("two", "both")}
    places = {e.other: both.text[e.start:e.end] for e in done.get(Evidence) if e.kind == "copied" and e.start >= 0}
    assert places["one"] in (A, B) and places["two"] in (D, E)


def test_an_interview_of_its_own_on_top_of_wire_copy():
    wire = post("wire", A, B, C, at=MORNING, outlet="Vale Wire")
    paper = post("paper", A, B, "Ira Moss told this newspaper " + E, at=EVENING, outlet="Hill Echo")
    extra = [*copied(wire, paper, A, B), name(paper, "Ira Moss"), attribution(paper, "Ira Moss", "told", E, addressee="this newspaper")]
    assert set(edges(trace(wire, paper, extra=extra))) == {("wire", "paper"), ("external:Ira Moss", "paper")}


def test_copies_on_one_day_have_a_source_that_nobody_names():
    posts = [post(i, A, B, C, at="2026-03-01", outlet=o) for i, o in (("a", "Hill Echo"), ("b", "Radio Vale"), ("c", "Weser Bote"))]
    shared = ". ".join((A, B, C)) + "."
    runs = [reuse(x, shared, y) for n, x in enumerate(posts) for y in posts[n + 1:]]
    done = trace(*posts, extra=runs)
    found = edges(done)
    assert {s for s, _ in found} == {"external:unnamed source of Hill Echo, Radio Vale and 1 more"}
    assert all(d.inferred and not d.stated for d in found.values())
    assert [o.inferred for o in done.get(Original)] == [True]
    assert set(verdicts(done).values()) == {"dependent"}


def test_nothing_shows_where_it_came_from():
    done = trace(post("one", A, B, outlet="Radio Vale"), post("two", "Snow fell on the hills", outlet="Hill Echo"))
    assert not edges(done) and not counted(done)
    assert set(verdicts(done).values()) == {"lineage unknown"}


def test_evidence_adds_up_to_the_log_odds():
    wire = post("wire", A, B, C, D, at=MORNING, outlet="Vale Wire")
    rest = [post(i, A, B, C, at=NOON, outlet=i) for i in ("p", "q")]
    done = trace(wire, *rest, extra=[row for p in rest for row in copied(wire, p, A, B)])
    import math

    for row in done.get(Derivation):
        if not row.source.startswith("external:"):
            total = sum(e.weight for e in done.get(Evidence) if e.subject == row.id)
            assert abs(1 / (1 + math.exp(-total)) - row.probability) < 0.01


def test_who_takes_an_agencys_text_has_it_from_the_agency_and_not_from_another_customer():
    one = post("one", "PORT (AP) - " + A, B, C, D, at=MORNING, outlet="Hill Echo")
    two = post("two", "PORT (AP) - " + A, B, C, E, at=NOON, outlet="Radio Vale")
    credits_ = [attribution(p, "AP", "(AP)", kind="credit", source_kind="agency", outlet="Associated Press") for p in (one, two)]
    assert ("one", "two") in edges(trace(one, two, extra=copied(one, two, A, B, C)))
    found = edges(trace(one, two, extra=[*copied(one, two, A, B, C), *credits_]))
    assert set(found) == {("external:AP", "one"), ("external:AP", "two")}


def test_undated_copies_that_credit_an_agency_have_it_from_there():
    posts = [post(i, "PORT (AP) - " + A, B, C, outlet=o) for i, o in (("a", "Hill Echo"), ("b", "Radio Vale"))]
    extra = [reuse(posts[0], posts[0].text, posts[1]),
             attribution(posts[0], "AP", "(AP)", kind="credit", source_kind="agency", outlet="Associated Press")]
    assert {s for s, _ in edges(trace(*posts, extra=extra))} == {"external:AP"}


def test_who_credits_nobody_and_has_an_agencys_text_has_it_from_the_agency():
    one = post("one", "PORT (AP) - " + A, B, C, D, at=MORNING, outlet="Hill Echo")
    two = post("two", A, B, C, D, at=NOON, outlet="Radio Vale")
    credit = attribution(one, "AP", "(AP)", kind="credit", source_kind="agency", outlet="Associated Press")
    shared = ". ".join((B, C, D)) + "."
    found = edges(trace(one, two, extra=[reuse(one, shared, two), credit]))
    assert set(found) == {("external:AP", "one"), ("external:AP", "two")}
    assert found["external:AP", "two"].inferred and not found["external:AP", "two"].stated


def test_undated_copies_of_three_outlets_have_a_common_source_and_so_has_who_has_nothing_of_one_of_them():
    posts = [post(i, A, B, C, D, outlet=o) for i, o in (("a", "Hill Echo"), ("b", "Radio Vale"), ("c", "Weser Bote"))]
    short = post("d", B, C, F, outlet="Lower Post")
    runs = [reuse(x, ". ".join((A, B, C, D)), y) for n, x in enumerate(posts) for y in posts[n + 1:]]
    runs += [reuse(x, f"{B}. {C}", short) for x in posts]
    found = edges(trace(*posts, short, extra=runs))
    assert {s for s, _ in found} == {"external:unnamed source of Hill Echo, Radio Vale and 1 more"} and {t for _, t in found} == set("abcd")


def test_who_made_the_picture_is_not_the_source_of_the_text():
    one = article(f"The weir, seen from above.\n(AP Photo/Ada Lund)\n{A}. {B}.", id="one", published=MORNING, outlet="Hill Echo")
    credit = attribution(one, "AP", "(AP", kind="credit", source_kind="agency", outlet="Associated Press")
    other = post("two", "PORT (AP) - " + A, B, at=MORNING, outlet="Radio Vale")
    real = attribution(other, "AP", "(AP)", kind="credit", source_kind="agency", outlet="Associated Press")
    found = edges(trace(one, other, extra=[credit, real]))
    assert ("external:AP", "two") in found and ("external:AP", "one") not in found


def test_who_comments_late_on_what_others_tell_is_shown_and_not_counted():
    wire = post("wire", "The Water Board said " + A, "Ira Moss told the agency " + B, C, at=MORNING, outlet="Vale Wire")
    late = post("late", A, C, F, E, "Nothing else is known", "Repairs will take all of the spring", "The fair goes on", "Gerda Mund told our paper " + D,
                at=EVENING, outlet="Bote")
    extra = [*says(wire, "Water Board", A), name(wire, "Ira Moss"), attribution(wire, "Ira Moss", "told", B), name(late, "Gerda Mund"),
             attribution(late, "Gerda Mund", "told", D, addressee="our paper"), *copied(wire, late, A, C)]
    done = trace(wire, late, extra=extra)
    assert ("external:Gerda Mund", "late") in edges(done)
    assert "external:Water Board" in counted(done) and "external:Gerda Mund" not in counted(done)


def test_of_two_undated_outlets_with_one_text_neither_is_called_the_source():
    one, two = post("one", A, B, C, outlet="Hill Echo"), post("two", A, B, C, outlet="Radio Vale")
    assert not edges(trace(one, two, extra=[reuse(one, one.text, two)]))


def test_a_town_is_no_outlet_that_its_entity_is_called():
    times = post("times", A, B, C, at=MORNING, outlet="washingtontimes.com")
    other = post("other", D, E, at=NOON, outlet="Hill Echo")
    said = post("said", "Washington says that " + A, B, at=EVENING, outlet="Radio Vale")
    label = "The Washington Times"
    extra = [name(said, "Washington", label, kind="organisation"), *copied(times, said, A),
             attribution(said, "Washington", "says", A, source_kind="organisation")]
    calls = [name(other, D[:8], label, kind="outlet", text=label)]
    stated = {pair for pair, d in edges(trace(times, other, said, extra=[*extra, *calls])).items() if d.stated}
    assert ("times", "other") in stated and ("times", "said") not in stated


def test_a_place_in_brackets_is_no_agency():
    one = post("one", "(LUND) - " + A, B, at=MORNING, outlet="Hill Echo")
    credit = attribution(one, "LUND", "(LUND)", kind="credit", source_kind="agency", outlet="LUND")
    assert ("external:LUND", "one") in edges(trace(one, extra=[credit]))
    assert not edges(trace(one, extra=[credit, name(one, "LUND", kind="place")]))


def test_of_several_articles_of_an_outlet_the_one_that_was_copied_is_meant():
    early = post("early", D, E, at=MORNING, outlet="Hill Echo")
    late = post("late", A, B, C, at=NOON, outlet="Hill Echo")
    paper = post("paper", A, B, C, at=EVENING, outlet="Radio Vale")
    named = [name(paper, A[:8], "Hill Echo", kind="outlet"),
             attribution(paper, A[:8], "broke", B, source_kind="outlet", outlet="Hill Echo")]
    found = edges(trace(early, late, paper, extra=[*copied(late, paper, A, B, C), *named]))
    assert {pair for pair, d in found.items() if d.stated} == {("late", "paper")}


def test_why_a_source_does_not_count_names_the_article_as_a_reader_knows_it():
    union = post("d7", "We saw the rust", "Our members closed the gate", A, outlet="Vale Union", at=MORNING)
    paper = post("d9", A + ", Vale Union said", C, outlet="Radio Vale", at=NOON)
    other = post("d8", A + ", the Vale Union said", E, outlet="Hill Echo", at=EVENING)
    done = trace(union, paper, other, extra=[*says(paper, "Vale Union", A, kind="organisation"), *says(other, "Union", A, kind="organisation")])
    assert not any("d7" in o.why for o in done.get(Origin))
    register = make_register(batch(union, paper, other))
    assert called("d7", register) == "Vale Union" and called("gone", register) == "gone"


def test_of_two_texts_in_the_same_words_that_of_an_agency_is_the_source():
    agency = post("a", A, B, C, D, outlet="Lowland News Agency")
    paper = post("b", A, B, C, E, outlet="Weir Gazette", at=NOON)
    shared = reuse(agency, " ".join(f"{x}." for x in (A, B, C)), paper, " ".join(f"{x}." for x in (A, B, C)))
    assert set(edges(trace(agency, paper, extra=[shared]))) == {("a", "b")}
    assert set(edges(trace(replace(agency, outlet="Lowland Post"), paper, extra=[shared]))) == set()
