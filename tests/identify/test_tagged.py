"""What a tagger reads beside the rules: which of their sources go, which change, and which are added."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from identify.reading import read_marked
from retold.base.models import Models
from retold.base.tagging import LABELS, Tagged
from retold.identify import stage
from retold.identify.speech import read_speech
from retold.identify.tagged import Said, Tagging, nearer, tag

MINE, HELD = np.eye(4, 8, dtype=np.float32), np.eye(4, 8, 4, dtype=np.float32)
HEAD = {  # a state tells in its first half which source it is, in its second which it belongs to
    "source.w": MINE, "source.b": np.zeros(4, np.float32), "content.w": HELD * 160, "content.b": np.zeros(4, np.float32),
    "cue.w": HELD * 0, "cue.b": np.zeros(4, np.float32), "relation.b": np.array([-8, -8], np.float32),
}


def tagging(text, sources, contents):
    """A tagging of a text by words; sources: {words: probability}; contents: {words: the source's number}."""
    places = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    labels, states = np.zeros((len(places), len(LABELS)), np.float32), np.zeros((len(places), 8), np.float32)
    for number, (words, likely) in enumerate(sources.items()):
        for i in inside(text, places, words):
            labels[i, 0] = likely
            states[i, number] = 1
    for words, number in contents.items():
        for i in inside(text, places, words):
            states[i, 4 + number] = 1
    return Tagging(windows=((0, Tagged(places=places, labels=labels, states=states, head=HEAD)),))


def inside(text, places, words):
    start = text.index(words)
    return [i for i, (s, e) in enumerate(places) if s < start + len(words) and e > start]


def found(reading, tags):
    return [(reading.text[a.source[0][0]:a.source[0][1]], [reading.text[s:e] for s, e in a.content])
            for a in read_speech(reading, tags)[1] if a.source]


def test_a_source_that_no_rule_knows_is_taken_over_with_its_content():
    reading = read_marked("en", "The quay sinks by the hour, went the harbour master.")
    tags = tagging(reading.text, {"the harbour master": 0.95}, {"The quay sinks by the hour": 0})
    assert found(reading, None) == []
    assert found(reading, tags) == [("the harbour master", ["The quay sinks by the hour"])]


@pytest.mark.parametrize(("likely", "kept"), [(0.9, True), (0.3, True), (0.0, False)])
def test_a_source_of_the_rules_goes_where_the_tagger_holds_it_for_none(likely, kept):
    reading = read_marked("en", "[Ana Roth] said the quay was shut.")
    names = [source for source, _ in found(reading, tagging(reading.text, {"Ana Roth": likely}, {"the quay was shut": 0}))]
    assert names == (["Ana Roth"] if kept else [])


def test_content_goes_to_the_source_that_the_tagger_reads_in_it():
    reading = read_marked("en", "“The quay is shut,” said [Ana Roth] as [Ben Hale] listened.")
    tags = tagging(reading.text, {"Ben Hale": 0.95}, {"quay is": 0})
    assert [source for source, _ in found(reading, tags)] == ["Ben Hale"]


def test_what_rules_leave_to_nobody_is_added_to_their_source():
    reading = read_marked("en", "[Ana Roth] said the quay was shut. Two cranes had to go first.")
    tags = tagging(reading.text, {"Ana Roth": 0.95}, {"Two cranes had to go first": 0})
    assert found(reading, tags) == [("Ana Roth", ["the quay was shut"]), ("Ana Roth", ["Two cranes had to go first"])]


def test_of_whom_hearsay_tells_is_no_source_of_it():
    reading = read_marked("de", "Der Vizeminister [Ole Brandt] soll von den Rissen im alten Damm gewusst haben.")
    tags = tagging(reading.text, {"Vizeminister Ole Brandt": 0.95}, {"soll von den Rissen im alten Damm gewusst haben": 0})
    assert found(reading, tags) == []
    assert [a.kind for a in read_speech(reading, tags)[1]] == ["reportive"]


@pytest.mark.parametrize(("line", "left"), [
    ("[Ana Roth] was warned that the quay was sinking.", []), ("[Ana Roth] warned that the quay was sinking.", ["Ana Roth"]),
])
def test_who_is_told_by_the_words_is_no_source_for_the_tagger(line, left):
    reading = read_marked("en", line)
    tags = tagging(reading.text, {"Ana Roth": 0.97}, {"that the quay was sinking": 0})
    assert [source for source, _ in found(reading, tags)] == left


def test_of_two_sources_with_one_cue_the_nearer_is_kept():
    units = SimpleNamespace(parts=[SimpleNamespace(start=0, end=20), SimpleNamespace(start=21, end=60)])
    far, near, elsewhere = (Said(source=source, cue=(cue,), content=((30, 40),), score=0.9)
                            for source, cue in (((0, 8), (41, 45)), ((46, 54), (41, 45)), ((46, 54), (56, 58))))
    assert nearer(near, far, units) and not nearer(far, near, units)
    assert not nearer(elsewhere, far, units)


def test_an_outlet_is_credited_by_the_rules_and_dropped_by_nobody():
    reading = read_marked("en", "[t:The Salt Post] reported that the quay was shut.", "The quay sinks by the hour, went [t:The Salt Post].")
    assert [s for s, _ in found(reading, tagging(reading.text, {"The Salt Post": 0.0}, {}))] == ["The Salt Post"]
    doubtful = read_marked("en", "The quay sinks by the hour, went [t:The Salt Post].")
    tags = tagging(doubtful.text, {"The Salt Post": 0.97}, {"The quay sinks by the hour": 0})
    assert found(doubtful, tags) == []


def test_what_is_not_sure_is_not_taken_over():
    reading = read_marked("en", "The quay sinks by the hour, went the harbour master.")
    assert found(reading, tagging(reading.text, {"the harbour master": 0.8}, {"The quay sinks by the hour": 0})) == []


class Counting:
    """A tagger of one sub-word a word that notes what it is given."""

    def __init__(self):
        self.given = []

    def place(self, text):
        places = [(i, i + 1) for i, c in enumerate(text) if not c.isspace()]
        return [0] * len(places), places

    def read(self, placed):
        self.given = [len(numbers) for numbers, _ in placed]
        return [Tagged(places=places, labels=np.zeros((len(places), len(LABELS)), np.float32),
                       states=np.zeros((len(places), 8), np.float32), head=HEAD) for _, places in placed]


def test_sentences_are_read_together_up_to_a_number_of_sub_words_and_none_is_lost():
    reading = read_marked("en", *[f"Sentence {n} is of a length of its own, as the others are." for n in range(20)])
    tagger = Counting()
    windows = tag(reading, tagger).windows
    assert max(tagger.given) <= 160 and len(windows) < 20
    read = [at + s for at, tagged in windows for s, _ in tagged.places]
    assert read == sorted(read) and len(read) == sum(not c.isspace() for c in reading.text)


@pytest.mark.parametrize("name", ["", "auto"])
def test_rules_alone_read_where_no_tagger_is_named(name):
    assert stage.tagger_of(Models(tagger=name)) is None
