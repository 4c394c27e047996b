"""Passages that two articles share."""

import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import article, passage, quote, sentence
from retold.relate.reuse import chains, covered, find_reuse, make_body

REPORT = ("The harbour board voted late on Thursday to close the old fish market for good, after three years of quarrels over who should pay "
          "for a new roof. Traders said they had learned of it from a notice on the gate.")
OTHER = "Snow is expected in the hills at the weekend, and the pass may be shut to lorries from Saturday noon until Monday morning."


def body(text, name, *, spaced=True, language="en", quotes=(), vectors=None, sentences=()):
    a = article(text, id=name)
    return make_body(name, text, language=language, spaced=spaced, passages=[passage(a, text)] if text else [], sentences=list(sentences),
                     vectors=vectors or {}, quotes=list(quotes))


def shared(*bodies):
    return [(r.a, r.b, r.kind) for r in find_reuse("s", bodies)]


def test_a_copied_passage_is_found_with_its_very_words():
    a, b = f"{OTHER} {REPORT}", f"{REPORT} Nothing else is known."
    [row] = find_reuse("s", [body(a, "a"), body(b, "b")])
    assert row.kind == "verbatim"
    assert a[row.a_start:row.a_end] == b[row.b_start:row.b_end] == REPORT.rstrip(".")


def test_three_sentences_in_a_long_article_are_found():
    filler = " ".join(f"Paragraph {i} tells of matter number {i * 7} in the town of T{i}." for i in range(300))
    [row] = find_reuse("s", [body(filler + " " + REPORT, "a"), body(REPORT, "b")])
    assert row.score > 0.95


def test_an_edited_passage_is_edited():
    edited = REPORT.replace("late on Thursday", "on Thursday night").replace("learned", "heard")
    assert shared(body(REPORT, "a"), body(edited, "b")) == [("a", "b", "edited")]


def test_a_set_phrase_is_no_reuse():
    assert shared(body("He said on Monday that the talks would go on. " + OTHER, "a"), body("She said on Monday that the roof had gone.", "b")) == []


def test_a_shared_quote_is_a_quote():
    said = "“we will mend the roof before the autumn rains come, and not a day later than that”"
    one, two = f"In the council, {said} was heard.", f"{said}: that is what the board promised to us all."
    a, b = article(one, id="a"), article(two, id="b")
    inner = said.strip("“”")
    quotes = [quote(x, inner, outer_start=x.text.index(said), outer_end=x.text.index(said) + len(said)) for x in (a, b)]
    assert shared(body(one, "a", quotes=quotes[:1]), body(two, "b", quotes=quotes[1:])) == [("a", "b", "quote")]


def test_scripts_without_spaces_are_compared_by_character():
    text = "市政府周四宣布关闭旧鱼市场,此前各方就新屋顶的费用争论了三年,商户从门上的告示得知此事。"
    assert shared(body("天气预报说周末有雪。" + text, "a", spaced=False), body(text, "b", spaced=False)) == [("a", "b", "verbatim")]


def test_boilerplate_ties_nobody():
    a = article(REPORT, id="a")
    furniture = make_body("a", REPORT, language="en", spaced=True, passages=[passage(a, REPORT, kind="boilerplate")], sentences=[], vectors={})
    assert shared(furniture, body(REPORT, "b")) == []


def test_a_translated_run_needs_two_sentences_in_the_same_order():
    a, b = article("One two. Three four. Five.", id="a"), article("Eins zwei. Drei vier. Fünf.", id="b")
    rows = {x.id: [sentence(x, part, order=n) for n, part in enumerate(x.text.split(" ", 9)) if part] for x in (a, b)}
    rows = {"a": [sentence(a, w) for w in ("One two.", "Three four.", "Five.")], "b": [sentence(b, w) for w in ("Eins zwei.", "Drei vier.", "Fünf.")]}
    space = np.eye(4, dtype=np.float32)
    near = {s.id: space[i] for found in rows.values() for i, s in enumerate(found[:2])} | {rows["a"][2].id: space[2], rows["b"][2].id: space[3]}
    bodies = [body(x.text, x.id, language=code, sentences=rows[x.id], vectors=near) for x, code in ((a, "en"), (b, "de"))]
    [row] = find_reuse("s", bodies)
    assert (row.kind, a.text[row.a_start:row.a_end], b.text[row.b_start:row.b_end]) == ("translated", "One two. Three four.", "Eins zwei. Drei vier.")


def test_chains_run_forward_on_both_sides():
    assert chains([(0, 50), (1, 51), (10, 3)], 5) == [[(0, 50), (1, 51)], [(10, 3)]]
    assert covered([0, 1, 9], 5) == 11


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab cd.\n", max_size=300), st.text(alphabet="ab cd.\n", max_size=300))
def test_spans_lie_in_both_texts(one, two):
    for r in find_reuse("s", [body(one, "a"), body(two, "b")]):
        assert 0 <= r.a_start < r.a_end <= len(one)
        assert 0 <= r.b_start < r.b_end <= len(two)


def test_a_repeated_word_does_not_blow_up():
    started = time.process_time()
    find_reuse("s", [body("no " * 3000, "a"), body("no " * 3000, "b")])
    assert time.process_time() - started < 20
