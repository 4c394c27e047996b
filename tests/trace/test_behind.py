"""What stands behind each claim: mentions followed to whom they name, through wires and copies, and what that establishes."""

import pytest

from factories import (
    STORY,
    article,
    attribution,
    batch,
    claim,
    claim_version,
    conflict,
    derivation,
    name,
    origin,
    passage,
    quote_version,
    reuse,
    sentences,
)
from retold.trace.behind import find_claim_origins
from retold.trace.origins import Roots
from retold.trace.statement import Statement

FACT = "Eleven barns were flooded"
LUND, FIRM, HERALD = "external:Ada Lund", "external:Weir AG", "external:Fen Herald"


class Story:
    """Articles with what they say of one claim, whom they name for it, and where each has it from."""

    def __init__(self, *, first_hand=()):
        self.batch, self.stated, self.edges = batch(), {}, {}
        self.first_hand = frozenset(first_hand)
        self.origins = []

    def tells(self, id, text=FACT, *, by=(), names=(), sources=(), words=FACT, score=0.9, polarity=1):  # noqa: A002
        """`by`: nodes that the mention is attributed to, the innermost first; `names`: nodes that the text names elsewhere, by their words."""
        of = article(text, id=id)
        rows, parent = [], ""
        for node in reversed(by):
            rows.append(attribution(of, None, None, words, id=f"at-{id}-{node}", parent=parent))
            parent = rows[-1].id
        self.batch.add([of, *sentences(of), *rows, claim(of, words, attribution=parent, polarity=polarity),
                        claim_version(of, words, score=score)])
        spans = [(node, text.index(found), found) for node, found in names]
        self.stated[id] = [statement(id, node, f"at-{id}-{node}") for node in by]
        self.stated[id] += [statement(id, node, f"at-{id}-{start}", (start, start + len(found))) for node, start, found in spans]
        self.batch.add([name(of, found, label=node) for node, _, found in spans])
        self.edges[id] = tuple(derivation(source, of) for source in sources)
        return of

    def verdict(self, *, kinds=(), dependent=()):
        """The verdict, and the nodes behind the claim."""
        behind = {}
        for id_ in self.edges:
            self.behind(id_, behind)
        nodes = sorted(set().union(*behind.values()))
        origins = [origin(article(FACT, id=n) if n in self.edges else n, independent=n not in dependent, kind=dict(kinds).get(n, "person")) for n in nodes]
        found = find_claim_origins(STORY, self.batch, Roots(edges=self.edges, behind=behind), origins, self.stated, self.first_hand)
        return found[0].verdict, [o.node for o in found]

    def behind(self, id_, known):
        if id_ not in known:
            known[id_] = frozenset({id_} if id_ in self.first_hand else ())
            for e in self.edges[id_]:
                known[id_] |= {e.source} if e.source.startswith("external:") else self.behind(e.source, known)
        return known[id_]


def statement(article_, node, key, span=(0, 1)):
    return Statement(article=article_, node=node, label=node, kind="person", own=False, credited=False, entity=name_entity(node), span=span,
                     content=(), attribution=key)


def name_entity(node):
    return name(article(node, id="x"), node, label=node).entity


def test_a_copy_of_a_wire_goes_back_to_whom_the_wire_names_and_to_nobody_else():
    s = Story()
    s.tells("wire", by=[LUND], sources=[LUND, FIRM])
    s.tells("paper", sources=["wire"])
    s.tells("copy", sources=["paper"])
    assert s.verdict() == ("dependent", [LUND])


def test_two_who_say_so_themselves_establish_a_claim():
    s = Story()
    s.tells("wire", by=[LUND], sources=[LUND])
    s.tells("paper", by=[FIRM], sources=[FIRM])
    assert s.verdict() == ("established", [LUND, FIRM])
    assert s.verdict(dependent=[FIRM])[0] == "dependent"


def test_who_may_speak_for_the_other_is_no_second_origin():
    s = Story()
    s.tells("wire", by=[LUND], sources=[LUND], text=f"{FACT}, said Ada Lund of Weir AG.", names=[(LUND, "Ada Lund"), (FIRM, "Weir AG")])
    s.tells("paper", by=[FIRM], sources=[FIRM])
    assert s.verdict() == ("dependent", [LUND, FIRM])


def test_a_missing_report_is_no_second_origin_beside_somebody_from_whom_it_may_have_it():
    s = Story()
    s.tells("wire", by=[HERALD], sources=[HERALD])
    s.tells("paper", by=[FIRM], sources=[FIRM])
    assert s.verdict(kinds={HERALD: "outlet"}.items()) == ("dependent", [HERALD, FIRM])


def test_of_several_who_are_named_for_it_the_outermost_is_where_it_comes_from():
    s = Story()
    s.tells("wire", by=[LUND, HERALD], sources=[HERALD, LUND])
    assert s.verdict() == ("possible", [HERALD])


def test_whom_a_retelling_names_counts_where_its_source_names_nobody():
    s = Story()
    paper = s.tells("paper", sources=[LUND, FIRM])
    s.tells("radio", by=[LUND, "paper"], sources=[paper])
    assert s.verdict() == ("dependent", [LUND])
    told = Story()
    paper = told.tells("paper", by=[FIRM], sources=[LUND, FIRM])
    told.tells("radio", by=[LUND, "paper"], sources=[paper])
    assert told.verdict() == ("dependent", [FIRM])


def test_who_told_an_outlet_is_behind_what_the_outlet_tells_in_its_own_words():
    s = Story()
    paper = s.tells("paper", sources=[LUND, FIRM])
    s.tells("radio", by=[LUND], sources=[paper])
    s.stated["radio"].append(statement("radio", "paper", f"at-radio-{LUND}"))
    assert s.verdict() == ("dependent", [LUND])


def test_what_an_article_tells_first_hand_is_its_own_and_not_its_speakers():
    s = Story(first_hand=["release"])
    s.tells("release", by=[LUND])
    s.tells("paper", by=[LUND], sources=[LUND])
    assert s.verdict() == ("dependent", ["release"])


def test_two_articles_with_one_passage_are_no_two_origins():
    s = Story(first_hand=["one", "other"])
    one, other = s.tells("one"), s.tells("other")
    assert s.verdict() == ("established", ["one", "other"])
    s.batch.add([reuse(one, FACT, other)])
    assert s.verdict() == ("dependent", ["one", "other"])


def test_words_of_nobody_are_of_the_missing_report_that_an_article_retells():
    s = Story()
    s.tells("paper", text=f"Ada Lund waited. {FACT}.", names=[(LUND, "Ada Lund")], sources=[HERALD, LUND])
    s.tells("radio", sources=[HERALD])
    assert s.verdict(kinds={HERALD: "outlet"}.items()) == ("dependent", [HERALD])


def test_words_of_nobody_are_of_whom_their_paragraph_names_and_prove_nothing():
    s = Story()
    paragraphs = "Ada Lund came. Weir AG was asked.", f"Ada Lund waited. {FACT}.", "Weir AG left."
    of = s.tells("paper", text="\n\n".join(paragraphs), names=[(FIRM, "Weir AG was"), (LUND, "Ada Lund waited")], sources=[FIRM, LUND])
    s.batch.add(passage(of, words) for words in paragraphs)
    assert s.verdict() == ("possible", [LUND])
    s.tells("wire", by=[FIRM], sources=[FIRM])
    assert s.verdict() == ("dependent", [FIRM])


def test_words_of_nobody_are_of_whom_what_stands_beside_them_goes_back_to():
    s = Story()
    text = f"Two roads were shut. {FACT}."
    of = s.tells("paper", text=text, names=[(FIRM, "roads"), (LUND, "shut")], sources=[FIRM, LUND])
    said = attribution(of, None, None, "Two roads were shut", id="at-said")
    s.stated["paper"].append(statement("paper", FIRM, "at-said"))
    s.batch.add([passage(of, text), said, claim(of, "Two roads were shut", attribution="at-said"),
                 claim_version(of, "Two roads were shut", group="roads")])
    assert s.verdict() == ("possible", [FIRM, FIRM])  # of either claim


def test_who_is_named_for_it_comes_before_the_missing_report_that_the_article_retells():
    s = Story()
    s.tells("paper", by=[FIRM], sources=[HERALD])
    s.tells("wire", sources=[FIRM])
    assert s.verdict(kinds={HERALD: "outlet", FIRM: "organisation"}.items()) == ("dependent", [FIRM])


def test_an_article_that_contradicts_another_tells_of_the_claim_all_the_same():
    s = Story()
    s.tells("wire", by=[LUND], sources=[LUND])
    s.tells("paper", text=f"It is not true that {FACT}.", polarity=-1, sources=["wire"])
    assert s.verdict()[0] == "dependent"


def test_what_a_retelling_puts_into_another_mouth_is_not_from_two():
    s = Story()
    s.tells("wire", by=[LUND], sources=[LUND, FIRM])
    s.tells("paper", by=[FIRM], sources=["wire"])
    assert s.verdict() == ("dependent", [LUND])
    s.tells("radio", by=[FIRM], sources=["wire", FIRM])
    assert s.verdict() == ("established", [LUND, FIRM])


def test_who_is_named_for_it_is_the_likeliest_though_nobodys_source():
    s = Story()
    s.tells("paper", by=[LUND], sources=[FIRM])
    assert s.verdict() == ("possible", [LUND])
    s.tells("wire", by=[LUND], sources=[LUND, FIRM], words="barns were flooded", score=0.5)
    assert s.verdict() == ("possible", [LUND])


def test_who_denies_a_claim_does_not_establish_it():
    s = Story()
    for id_ in ("wire", "daily"):
        s.tells(id_, by=[LUND], sources=[LUND])
    s.tells("paper", text="No barns were flooded", words="No barns were flooded", by=[FIRM], sources=[FIRM], polarity=-1)
    assert s.verdict() == ("dependent", [LUND])


def test_the_other_side_of_a_conflict_does_not_establish_it():
    s = Story()
    rows = [s.tells(id_, by=[node], sources=[node]) for id_, node in (("wire", LUND), ("daily", LUND), ("paper", FIRM))]
    s.batch.add([conflict(of, FACT, "Eleven", side=int(of.id == "paper"), score=0.9) for of in rows])
    assert s.verdict() == ("dependent", [LUND])


@pytest.mark.parametrize(("score", "verdict"), [(0.9, "established"), (0.5, "dependent")])
def test_a_doubtful_mention_does_not_establish_it(score, verdict):
    s = Story()
    s.tells("wire", by=[LUND], sources=[LUND])
    s.tells("daily", sources=["wire"])
    s.tells("paper", by=[FIRM], sources=[FIRM], score=score)
    assert s.verdict()[0] == verdict


def test_a_circle_leads_nowhere():
    s = Story()
    a, b = (s.tells(id_) for id_ in "ab")
    s.edges = {"a": (derivation(b, a),), "b": (derivation(a, b),)}
    assert s.verdict() == ("lineage unknown", [""])


def test_words_put_into_another_mouth_are_no_second_witness():
    s = Story()
    one, two = s.tells("a", by=[LUND], sources=[LUND]), s.tells("b", by=[FIRM], sources=[FIRM])
    assert s.verdict() == ("established", [LUND, FIRM])
    s.batch.add([quote_version(one, FACT, change="verbatim"), quote_version(two, FACT, change="misattributed")])
    assert s.verdict() == ("dependent", [LUND])
