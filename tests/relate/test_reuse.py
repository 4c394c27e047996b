"""Passages that two articles share."""

import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import article, sentence
from retold.relate.copies import find_copies
from retold.relate.reuse import find_reuse, make_body, shared_passages
from retold.relate.words import read_words

REPORT = ("The harbour board voted late on Thursday to close the old fish market for good, after three years of quarrels over who should pay "
          "for a new roof. Traders said they had learned of it from a notice on the gate.")
OTHER = "Snow is expected in the hills at the weekend, and the pass may be shut to lorries from Saturday noon until Monday morning."


def reuse(*texts, spans=None):
    bodies = [make_body(name, text, spans=spans[i] if spans else None) for i, (name, text) in enumerate(zip("abcdefgh", texts, strict=False))]
    return find_reuse("s", bodies)


def shared(*texts):
    return [(r.a, r.b, r.kind) for r in reuse(*texts)]


def test_a_copied_passage_is_found_with_its_very_words():
    a, b = f"{OTHER} {REPORT}", f"{REPORT} Nothing else is known."
    [row] = reuse(a, b)
    assert row.kind == "verbatim"
    assert a[row.a_start:row.a_end] == b[row.b_start:row.b_end] == REPORT


def test_three_sentences_in_a_long_article_are_found():
    filler = " ".join(f"Paragraph {i} tells of matter number {i * 7} in the town of T{i}." for i in range(300))
    [row] = reuse(filler + " " + REPORT, REPORT)
    assert row.score > 0.95


def test_an_edited_passage_is_edited_and_found_whole():
    edited = REPORT.replace("late on Thursday", "on Thursday night").replace("learned", "heard").replace("old fish market", "market")
    [row] = reuse(REPORT, edited)
    assert row.kind == "edited" and (row.a_start, row.b_start) == (0, 0)
    assert row.a_end == len(REPORT) and row.b_end == len(edited)


def test_a_quarter_of_the_words_changed_is_still_one_passage():
    chance = random.Random(4)
    words = [f"word{chance.randrange(9000)}" for _ in range(400)]
    changed = [w if chance.random() > 0.25 else f"other{n}" for n, w in enumerate(words)]
    found = reuse(" ".join(words), " ".join(changed))
    assert sum(r.a_end - r.a_start for r in found) > 0.85 * len(" ".join(words))


def test_passages_that_were_moved_are_passages_of_their_own():
    first, second = REPORT.split(". ")[0] + ".", OTHER
    found = reuse(f"{first} {second}", f"{second} {first}")
    assert sorted((r.a_start, r.b_start) for r in found) == [(0, len(second) + 1), (len(first) + 1, 0)]


def test_a_set_phrase_is_no_reuse():
    assert shared("He said on Monday that the talks would go on. " + OTHER, "She said on Monday that the roof had gone.") == []
    assert shared("They spoke on condition of anonymity as they were not", "They spoke on condition of anonymity as they were asked") == []


@pytest.mark.parametrize(("one", "two"), [
    ("In the council, “{}” was heard.", "“{}”: that is what the board promised to us all."),
    ("Im Rat hieß es: „{}“, und dabei blieb es.", "»{}«, sagte sie gestern am Telefon."),
    ("Il a dit : « {} » hier soir.", "Selon lui, “{}” vaut pour tous."),
    ("A plain sentence says {} and goes on about the weather.", 'Later the mayor said: "{}".'),
])
def test_a_shared_quote_of_eleven_words_is_a_quote(one, two):
    said = "we will mend the roof before the autumn rains come again"
    assert shared(one.format(said), two.format(said)) == [("a", "b", "quote")]
    assert shared(one.format(said).replace(said, "nothing at all"), two.format(said)) == []


LANGUAGES = {
    "en": "The ferry to the islands will not sail before Sunday because a storm has torn away part of the landing stage.",
    "de": "Die Fähre zu den Inseln fährt nicht vor Sonntag, weil ein Sturm einen Teil des Anlegers weggerissen hat und Taucher noch suchen.",
    "fr": "Le bac pour les îles ne partira pas avant dimanche, parce qu'une tempête a emporté une partie de l'embarcadère jeudi.",
    "es": "El transbordador a las islas no saldrá antes del domingo porque un temporal arrancó ayer una parte del embarcadero viejo.",
    "it": "Il traghetto per le isole non partirà prima di domenica perché una burrasca ha strappato via una parte del pontile.",
    "pt": "A barca para as ilhas não sai antes de domingo porque um temporal arrancou ontem à noite uma parte do cais.",
    "nl": "De veerboot naar de eilanden vaart niet voor zondag omdat een storm een deel van de steiger heeft weggeslagen, zegt de rederij.",
    "pl": "Prom na wyspy nie wypłynie przed niedzielą, ponieważ sztorm zerwał wczoraj wieczorem część starej przystani, a nurkowie jej szukają.",
    "cs": "Trajekt na ostrovy nevypluje dřív než v neděli, protože bouře včera večer utrhla část starého přístaviště a potápěči ji hledají.",
    "ru": "Паром на острова не выйдет раньше воскресенья, потому что шторм вчера вечером сорвал часть старого причала и её ищут водолазы.",
    "uk": "Пором на острови не вийде раніше неділі, бо шторм учора ввечері зірвав частину старого причалу і її шукають водолази.",
    "tr": "Adalara giden feribot pazardan önce kalkmayacak, çünkü dün akşamki fırtına eski iskelenin bir bölümünü koparıp götürdü ve dalgıçlar arıyor.",
    "ar": "لن تبحر العبارة إلى الجزر قبل يوم الأحد لأن عاصفة اقتلعت مساء أمس جزءا من الرصيف القديم ولا يزال الغواصون يبحثون عنه.",
    "zh": "由于昨晚的风暴冲走了旧码头的一部分,开往群岛的渡轮在星期日之前不会起航,潜水员仍在寻找。",
    "ja": "昨夜の嵐で古い桟橋の一部が流されたため、島へ渡るフェリーは日曜日まで出航しない見込みだ。",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sentence_is_found_in_every_script(language):
    text, others = LANGUAGES[language], [v for k, v in LANGUAGES.items() if k != language]
    a, b = f"{others[0]}\n{others[1]} {text}", f"{text} {others[2]}"
    found = [r for r in reuse(a, b) if r.kind == "verbatim"]
    assert [a[r.a_start:r.a_end] for r in found] == [text] == [b[r.b_start:r.b_end] for r in found]


def test_case_soft_hyphens_and_vowel_signs_make_no_difference():
    a = LANGUAGES["en"]
    assert shared(a, a.upper().replace("ISLANDS", "IS\u00adLANDS")) == [("a", "b", "verbatim")]
    assert shared(LANGUAGES["ar"], LANGUAGES["ar"].replace("ل", "ل\u064e")) == [("a", "b", "verbatim")]


def test_boilerplate_is_left_out():
    a, b = f"{REPORT}\n{OTHER}", f"{REPORT}\nUnrelated words follow here."
    assert reuse(a, b, spans=[[(len(REPORT), len(a))], [(0, len(b))]]) == []
    assert reuse("", REPORT) == []


def test_what_an_outlet_prints_everywhere_is_not_shared():
    note = "We and our friends put small files on your machine to learn which of our pages you like to read before breakfast."
    chance = random.Random(1)
    texts = [f"{note}\n" + " ".join(f"w{chance.randrange(10**6)}" for _ in range(200)) for _ in range(8)]
    texts[7] += "\n" + " ".join(texts[2].split()[60:90])
    outlets = ["Post"] * 6 + ["Isle"] * 2
    found = list(shared_passages(find_copies(read_words(texts), outlets), texts))
    assert {(s.a, s.b) for s in found if s.a < 6 and s.b < 6} == set()
    assert [(s.a, s.b) for s in found if s.agreed == 30] == [(2, 7)]
    versions = [f"{REPORT} Version {n} adds that {w}." for n, w in enumerate(("it rained", "snow fell", "wind rose", "fog came", "sun shone"))]
    assert len(list(shared_passages(find_copies(read_words(versions), ["Post"] * 5), versions))) == 10


def test_a_crowd_is_linked_by_a_star_and_counted():
    chance = random.Random(2)
    texts = [" ".join(f"w{chance.randrange(10**6)}" for _ in range(30)) + " " + REPORT for _ in range(130)]
    copies = find_copies(read_words(texts), [None] * 130)
    assert copies.crowded > 5
    found = [(s.a, s.b) for s in shared_passages(copies, texts)]
    assert {(0, n) for n in range(1, 130)} <= set(found)
    assert len(found) < 130 * 129 / 2 / 5


def test_the_order_of_articles_makes_no_difference():
    bodies = [make_body(name, text) for name, text in (("a", REPORT), ("b", f"{OTHER} {REPORT}"), ("c", f"{REPORT} {OTHER}"))]
    assert find_reuse("s", bodies) == find_reuse("s", bodies[::-1])


def test_a_translated_run_needs_two_sentences_in_the_same_order():
    a, b = article("One two. Three four. Five.", id="a"), article("Eins zwei. Drei vier. Fünf.", id="b")
    rows = {"a": [sentence(a, w) for w in ("One two.", "Three four.", "Five.")], "b": [sentence(b, w) for w in ("Eins zwei.", "Drei vier.", "Fünf.")]}
    space = np.eye(4, dtype=np.float32)
    near = {s.id: space[i] for found in rows.values() for i, s in enumerate(found[:2])} | {rows["a"][2].id: space[2], rows["b"][2].id: space[3]}
    bodies = [make_body(x.id, x.text, language=code, sentences=rows[x.id], vectors=near) for x, code in ((a, "en"), (b, "de"))]
    [row] = find_reuse("s", bodies)
    assert (row.kind, a.text[row.a_start:row.a_end], b.text[row.b_start:row.b_end]) == ("translated", "One two. Three four.", "Eins zwei. Drei vier.")


WORDS = st.lists(st.sampled_from(["ada", "bo", "cy", "dee", "日", "本", ".", "\n", "“", "”"]), max_size=120).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS)
def test_spans_lie_in_both_texts_and_verbatim_ones_are_equal(one, two):
    for r in reuse(one, two):
        assert 0 <= r.a_start < r.a_end <= len(one)
        assert 0 <= r.b_start < r.b_end <= len(two)
        if r.kind == "verbatim":
            strip = str.maketrans("", "", " .\n“”")
            assert one[r.a_start:r.a_end].translate(strip) == two[r.b_start:r.b_end].translate(strip)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(12, 60), st.integers(0, 80), st.integers(0, 80))
def test_twelve_words_in_a_row_are_always_found(seed, length, before, after):
    chance = random.Random(seed)
    words = [[f"{side}{chance.randrange(10**9)}" for _ in range(before + after)] for side in "xy"]
    planted = [f"p{chance.randrange(10**9)}" for _ in range(length)]
    a, b = (" ".join([*w[:before], *planted, *w[before:]]) for w in words)
    [row] = reuse(a, b)
    assert a[row.a_start:row.a_end] == b[row.b_start:row.b_end] == " ".join(planted)


@pytest.mark.parametrize("text", ["no " * 3000, "a b " * 2000, "日" * 3000, "“" * 5000, "ab cd ef gh ij kl mn op " * 300])
def test_a_repeated_word_does_not_blow_up(text):
    started = time.process_time()
    reuse(text, text, text + " and more")
    assert time.process_time() - started < 10
