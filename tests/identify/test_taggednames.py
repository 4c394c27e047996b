"""Names as a tagger reads them beside the rules: which go, which change their kind, and which are added."""

import re

import numpy as np
import pytest

from factories import make
from identify.reading import read_marked
from retold.base.records import Mention
from retold.base.tagging import LABELS, NAMES, Tagged
from retold.identify.tagged import Tagging
from retold.identify.taggednames import BEGINS, read_names, settled_names

TEXT = "Lund met the Tarn board in Fell on Monday"


def tagging(text, likely, at=0):
    """A tagging of a text by words; likely: {words: (kind, probability)}."""
    places = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    names = np.zeros((len(places), 1 + 2 * len(NAMES)), np.float32)
    names[:, 0] = 1
    for words, (kind, probability) in likely.items():
        start = text.index(words)
        inside = [i for i, (s, e) in enumerate(places) if s < start + len(words) and e > start]
        for n, i in enumerate(inside):
            names[i, 0] = 1 - probability
            names[i, BEGINS[NAMES.index(kind)] + (n > 0)] = probability
    zeros = np.zeros((len(places), len(LABELS)), np.float32)
    return Tagging(windows=((at, Tagged(places=places, labels=zeros, states=zeros, head={}, names=names)),))


def settled(line, likely, method="names-1:capitals"):
    reading = read_marked("en", line)
    mentions = [make(Mention, id=m.id, article=m.article, start=m.start, end=m.end, text=m.text, kind=m.kind, method=method, score=0.7)
                for m in reading.mentions]
    return [(m.text, m.kind) for m in settled_names(mentions, tagging(reading.text, likely), reading)]


def test_a_name_is_of_the_kind_that_is_read_where_it_is_much_likelier():
    line = "[Lund] met the board in [o:Fell] on Monday"
    assert settled(line, {"Lund": ("person", 0.9), "Fell": ("place", 0.9)}) == [("Lund", "person"), ("Fell", "place")]
    assert settled(line, {"Lund": ("organisation", 0.3), "Fell": ("thing", 0.06)})[0] == ("Lund", "organisation")


def test_the_rules_win_where_nothing_is_much_likelier():
    reading = tagging(TEXT, {"Lund": ("person", 0.5)})
    rows = reading.windows[0][1].names
    rows[0, BEGINS[NAMES.index("organisation")]] = 0.3
    rows[0, 0] = 0.2
    marked = read_marked("en", "[o:Lund] met the Tarn board in Fell on Monday")
    assert [m.kind for m in settled_names(marked.mentions, reading, marked)] == ["organisation"]


def test_what_is_read_as_no_name_goes_but_not_descriptions_or_listed_outlets():
    line = "[Lund] met the board in [o:Fell] on Monday"
    assert settled(line, {"Lund": ("person", 0.9)}) == [("Lund", "person")]
    assert len(settled(line, {}, "names-1:description")) == len(settled(line, {}, "names-1:outlets")) == 2
    assert settled(line, {"Fell": ("place", 1.0)}, "names-1:outlets")[1] == ("Fell", "organisation")


def test_names_that_rules_lack_are_added_whole_where_they_are_sure():
    line = "[Lund] met the Tarn board in Fell on Monday"
    likely = {"Lund": ("person", 0.9), "Tarn board": ("organisation", 0.95), "Fell": ("place", 0.6)}
    assert settled(line, likely) == [("Lund", "person"), ("Tarn board", "organisation")]


def test_all_places_of_a_name_are_of_one_kind():
    reading = read_marked("en", "[o:Lund] spoke, [o:Lund] sat and [o:Lund] left")
    places = tagging(reading.text, {"Lund": ("person", 0.99)})
    rows = places.windows[0][1].names
    rows[3] = rows[0]
    rows[6, [0, BEGINS[NAMES.index("person")], BEGINS[NAMES.index("organisation")]]] = 0.8, 0.1, 0.1  # hardly told
    assert [m.kind for m in settled_names(reading.mentions, places, reading)] == ["person"] * 3
    rows[[0, 3]] = rows[6]
    assert [m.kind for m in settled_names(reading.mentions, places, reading)] == ["organisation"] * 3


def test_what_was_not_read_stays_and_a_tagger_without_names_changes_nothing():
    reading = read_marked("en", "[Lund] met [o:Fell]")
    far = tagging("elsewhere", {}, at=500)
    assert settled_names(reading.mentions, far, reading) == list(reading.mentions)
    zeros = np.zeros((2, len(LABELS)), np.float32)
    nothing = Tagging(windows=((0, Tagged(places=[(0, 4), (5, 8)], labels=zeros, states=zeros, head={})),))
    assert settled_names(reading.mentions, nothing, reading) == list(reading.mentions)
    assert list(read_names(nothing.windows[0][1])) == []


@pytest.mark.parametrize(("likely", "wanted"), [
    ({"Lund": ("person", 0.9)}, [("Lund", "person")]),
    ({"the Tarn board": ("organisation", 0.6)}, [("the Tarn board", "organisation")]),
    ({"Lund": ("person", 0.4)}, []),
])
def test_the_likeliest_row_of_labels_is_taken(likely, wanted):
    tagged = tagging(TEXT, likely).windows[0][1]
    assert [(TEXT[tagged.places[a][0]:tagged.places[b - 1][1]], kind) for a, b, kind in read_names(tagged)] == wanted


def test_what_goes_on_follows_only_its_like():
    tagged = tagging("Ada Lund", {"Ada Lund": ("person", 0.9)}).windows[0][1]
    tagged.names[1] = 0
    tagged.names[1, BEGINS[NAMES.index("place")] + 1] = 0.6  # goes on with a place that none began
    tagged.names[1, BEGINS[NAMES.index("person")] + 1] = 0.4
    assert list(read_names(tagged)) == [(0, 2, "person")]
