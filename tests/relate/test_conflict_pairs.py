"""Pairs of accounts in fifteen languages, true disagreements and traps (`conflict_pairs.txt`), read and compared as articles are."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import retold.relate.conflicts as conflicts
from factories import article, claim, claim_version, name
from retold.base.meaning import Meaning
from retold.base.models import Models
from retold.base.records import Article, Attribution, Date, Language, Quantity, Sentence
from retold.base.tables import Batch
from retold.lexicons import LANGUAGES
from retold.pipeline import Settings, run

MODELS = Models()
LEAST = 0.5
NAMED = re.compile(r"\[([^\]=]+)(?:=([^\]]+))?\]")  # a name as it stands, and what it is called
KINDS = ("number", "date", "negation", "status", "certainty", "place", "actor")
RECALL = {"number": 0.88, "date": 0.9, "negation": 0.85, "status": 0.9, "certainty": 0.7, "place": 0.9, "actor": 0.75}


def read_pairs():
    """(kind, (language, text), (language, text)) of every line."""
    lines = (Path(__file__).parent / "conflict_pairs.txt").read_text("utf-8").splitlines()
    rows = [[part.strip() for part in line.split(" | ")] for line in lines if line.strip() and not line.startswith("#")]
    return [(kind, (la, a), (lb, b)) for kind, la, a, lb, b in rows]


PAIRS = read_pairs()


@cache
def found_in_pairs():
    """For every pair the kinds of the disagreements found in it, sure ones only."""
    told = [article(NAMED.sub(r"\1", text), id=f"{i}-{side}", language=code, published="2025-06-30")
            for i, pair in enumerate(PAIRS) for side, (code, text) in enumerate(pair[1:])]
    read = run(Batch(told), settings=Settings(workers=1), only=("divide", "identify"))
    records = {kind: read.by_article(kind) for kind in (Language, Sentence, Quantity, Date, Attribution)}
    means = Meaning(MODELS, [(a.text, records[Language][a.id][0].code) for a in read.get(Article)])  # as in a story of many sentences
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conflicts, "meaning_of", lambda versions, models: means)
        return [kinds_of(read, records, i) for i in range(len(PAIRS))]


def kinds_of(read, records, i):
    """The kinds of the sure disagreements of one pair."""
    story = Batch()
    for side in (0, 1):
        home = next(a for a in read.get(Article) if a.id == f"{i}-{side}")
        whole = home.text
        names = [name(home, words, label or words, kind="person") for words, label in NAMED.findall(PAIRS[i][1 + side][1])]
        rows = [row for kind in records for row in records[kind].get(home.id, ())]
        story.add([home, *rows, claim(home, whole), claim_version(home, whole), *names])
    return Counter({c.kind: 1 for c in conflicts.find_conflicts("s", story, MODELS) if c.score >= LEAST})


def test_there_are_enough_pairs():
    counted = Counter(kind for kind, *_ in PAIRS)
    assert all(counted[kind] >= 8 for kind in KINDS) and counted["none"] >= 40
    assert {code for _, *sides in PAIRS for code, _ in sides} == set(LANGUAGES)


@pytest.mark.parametrize("kind", KINDS)
def test_true_disagreements_are_found(kind):
    told = {kind, "negation"} if kind == "status" else {kind}  # a state that a negation turns round is told as its denial
    judged = [(bool(told & set(found)), pair) for pair, found in zip(PAIRS, found_in_pairs(), strict=True) if pair[0] == kind]
    missed = [pair[1:] for right, pair in judged if not right]
    assert len(missed) <= (1 - RECALL[kind]) * len(judged), missed


def test_traps_are_no_disagreements():
    wrong = [(pair[1:], sorted(found)) for pair, found in zip(PAIRS, found_in_pairs(), strict=True) if pair[0] == "none" and found]
    assert len(wrong) <= 0.05 * sum(pair[0] == "none" for pair in PAIRS), wrong


def test_a_disagreement_is_rarely_given_two_kinds():
    both = [(pair, sorted(found)) for pair, found in zip(PAIRS, found_in_pairs(), strict=True) if pair[0] != "none" and len(found) > 1]
    assert len(both) <= 0.1 * len(PAIRS), both
