"""Encoders: the shipped one, and the optional ones against a module and a server made on the spot."""

import json
import sys
import threading
import types
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from retold.base.errors import OptionalError, SettingsError
from retold.base.models import Encoder
from retold.embed.models import EndpointEncoder, SentenceEncoder, SentenceTransformersEncoder, prepare

PAIRS = [
    ("The barrier may not close in a storm.", "Das Sperrwerk schließt bei Sturm möglicherweise nicht."),
    ("The mayor resigned on Monday.", "Мер подав у відставку в понеділок."),
    ("Three people were hurt.", "三人受伤。"),
]


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


def test_it_is_an_encoder(encoder):
    assert isinstance(encoder, Encoder)
    assert encoder.encode([]).shape == (0, 512)


@pytest.mark.parametrize("pair", PAIRS[::2])
def test_a_translation_is_nearer_than_another_sentence(encoder, pair):
    others = [b for a, b in PAIRS if a != pair[0]]
    here, there, *rest = encoder.encode([*pair, *others])
    assert here @ there > max(here @ r for r in rest) + 0.2


def test_vectors_do_not_depend_on_their_neighbours(encoder):
    alone = encoder.encode(["The ferry sank."])[0]
    assert np.array_equal(alone, SentenceEncoder().encode(["Rain.", "The ferry sank.", "Snow fell in the north."])[1])
    assert abs(float(alone @ alone) - 1) < 1e-5


def test_traditional_chinese_is_encoded_as_simplified(encoder):
    assert prepare("臺灣  總統") == prepare("台湾 总统")


def test_blank_strings_do_not_break_it(encoder):
    assert np.isfinite(encoder.encode([" \n"])).all()


def test_sentence_transformers_is_asked_for_unit_vectors(monkeypatch):
    class Model:
        def __init__(self, name):
            self.name = name

        def get_sentence_embedding_dimension(self):
            return 3

        def encode(self, texts, *, normalize_embeddings, show_progress_bar):
            assert normalize_embeddings and not show_progress_bar
            return [[1.0, 0.0, 0.0] for _ in texts]

    monkeypatch.setitem(sys.modules, "sentence_transformers", types.SimpleNamespace(SentenceTransformer=Model))
    found = SentenceTransformersEncoder("a-model")
    assert found.encode(["x", "y"]).tolist() == [[1, 0, 0], [1, 0, 0]]
    assert found.name == "sentence-transformers:a-model"


def test_a_missing_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(OptionalError, match=r"pip install 'retold\[sentence-transformers\]'"):
        SentenceTransformersEncoder("a-model")


@pytest.fixture
def endpoint():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            rows = [{"index": i, "embedding": [float(len(t)), 0.0]} for i, t in enumerate(asked["input"])]
            body = json.dumps({"data": rows[::-1]} if asked["model"] == "good" else {"oops": 1}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/embeddings"
    server.shutdown()
    server.server_close()


def test_an_endpoint_is_read_in_the_order_of_its_indexes(endpoint):
    found = EndpointEncoder(endpoint, "good").encode(["a" * 3, "b"])
    assert found.tolist() == [[1.0, 0.0], [1.0, 0.0]]


def test_an_endpoint_that_answers_something_else_is_named(endpoint):
    with pytest.raises(SettingsError, match="expected a list of embeddings"):
        EndpointEncoder(endpoint, "bad")


def test_an_endpoint_needs_a_model():
    with pytest.raises(SettingsError, match="RETOLD_ENCODER_URL"):
        EndpointEncoder("http://127.0.0.1/", "")
