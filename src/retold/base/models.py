"""What a stage may be given from outside: models behind protocols, and the stage itself.

A model is named by an import path (`"package.module:attribute"`), so that every worker of every engine can load its own,
or handed over as an object where one process does all the work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from retold.base.errors import OptionalError, SettingsError
from retold.base.records import Record
from retold.base.tables import Batch

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


AUTO = "auto"  # a model that is taken or left by how much there is to read
ModelName = Literal["encoder", "second", "events", "reader", "tagger", "judge", "identifier", "extractor"]


@runtime_checkable
class Encoder(Protocol):
    """Sentences to vectors that are close where the meaning is, across languages.

    An encoder may have `languages`, a set of ISO 639-1 codes that it was trained on; without it, it is taken to know all.
    """

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """texts: n strings, none empty -> (n, dimensions) float32, unit length."""
        ...


@runtime_checkable
class Judge(Protocol):
    """Whether a premise entails or contradicts a hypothesis."""

    name: str

    def judge(self, pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
        """pairs: n (premise, hypothesis) -> (n, 3) float32: entailment, neutral, contradiction; rows sum to 1."""
        ...


@runtime_checkable
class Identifier(Protocol):
    """The language of a text."""

    name: str

    def identify(self, text: str) -> tuple[str, float]:
        """An ISO 639-1 code and a probability; ("", 0.0) when there is nothing to go by."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an extractor makes of a web page: its main text and metadata, "" or None where it found nothing."""

    text: str
    title: str = ""
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


@runtime_checkable
class Extractor(Protocol):
    """The article in a web page."""

    name: str

    def extract(self, html: str, url: str | None) -> Page:
        """The main text and metadata of a page; an empty text when there is no article in it."""
        ...


@cache
def load(path: str) -> Any:
    """The object at an import path "package.module:attribute"; called without arguments when it is a class or function.

    Raises:
        SettingsError: nothing importable is there.
    """
    module, _, attribute = path.partition(":")
    try:
        found = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(
            expected="an import path package.module:attribute", found=f"{path!r} ({error})", where="a model setting",
            advice="install the package, or name a shipped model",
        ) from error
    return found() if callable(found) else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The models of a run, each an import path or an object. Nothing is loaded until a stage asks.

    `second` is the encoder for pairs of languages of which `encoder` does not know one; `events` tells whether the beginnings of two
    articles are about one event; `reader` reads claims in doubt once more;
    `tagger` labels who said what; "": rules alone read it, `AUTO`: so do they where there are many articles (`retold.pipeline`).
    """

    encoder: Any = "retold.embed.models:SentenceEncoder"
    second: Any = "retold.embed.e5:SmallE5Encoder"
    events: Any = "retold.embed.events:EventEncoder"
    reader: Any = "retold.embed.sentences:SentenceReader"
    tagger: Any = AUTO
    judge: Any = "retold.relate.trained:best_judge"
    identifier: Any = "retold.divide.languages:LanguageIdentifier"
    extractor: Any = "retold.collect.pages:ArticleExtractor"

    def get(self, name: ModelName) -> Any:
        """The loaded model."""
        model = getattr(self, name)
        return load(model) if isinstance(model, str) else model

    def find(self, name: ModelName) -> Any:
        """The loaded model, None where what it needs is not installed."""
        try:
            return self.get(name)
        except OptionalError:
            return None

    def label(self, name: ModelName) -> str:
        """What identifies a model in fingerprints, without loading it."""
        model = getattr(self, name)
        return model if isinstance(model, str) else f"{type(model).__module__}:{type(model).__qualname__}:{model.name}"


Run = Callable[[Batch, Models], Batch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A pure function over batches, with what it reads and writes.

    `by` says what a batch holds: all records of some articles, of one story, or of the whole collection.
    `models` names the models it asks for: they are part of its fingerprint. `replaces`: what it writes of these stands for what was there.
    """

    name: str
    run: Run
    reads: tuple[type[Record], ...]
    writes: tuple[type[Record], ...]
    by: Literal["article", "story", "collection"]
    models: tuple[ModelName, ...] = ()
    replaces: tuple[type[Record], ...] = ()
    version: int = 1
    doc: str = field(default="")
