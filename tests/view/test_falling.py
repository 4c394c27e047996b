"""What goes with a source when it falls away."""

from factories import article, batch, claim_origin, claim_version, derivation, membership, origin
from retold.view.falling import without
from retold.view.report import build_report


def story():
    a, b, c = (article(f"Rain fell in {i}.", id=i) for i in "abc")
    rows = [a, b, c, *map(membership, (a, b, c)), derivation("Wire", a), derivation(a, b), derivation("Wire", c), derivation("Mayor", c)]
    rows += [claim_version(a, "Rain fell", group="one"), claim_version(c, "Rain fell", group="two"), origin("Wire"), origin("Mayor")]
    rows += [claim_origin("Wire", "one"), claim_origin("Wire", "two"), claim_origin("Mayor", "two")]
    return build_report(batch(*rows)).stories[0]


def test_what_rests_on_it_alone_falls_and_the_rest_stands():
    fall = without(story(), "external:Wire")
    assert fall.articles == ("a", "b")
    assert [c.id for c in fall.lost] == ["one"] and [c.id for c in fall.weakened] == ["two"]
    assert fall.origins == 1


def test_a_leaf_takes_nothing_with_it():
    fall = without(story(), "b")
    assert (fall.articles, fall.lost, fall.origins) == ((), (), 2)
