"""Encoders: sentences to vectors. The shipped one runs offline from a package; others are optional upgrades."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from retold.base.errors import OptionalError, SettingsError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CACHE_SIZE = 50_000  # strings; 2 kB a vector, so at most 100 MB
HAN = range(0x4E00, 0xA000)
ENDPOINT_BATCH = 64  # strings a request


class SentenceEncoder:
    """Universal Sentence Encoder, multilingual, large vocabulary, version 3, in numpy (512 dimensions).

    The same text gives the same bytes in every partition of every engine (`retold.embed.use`; in the package's own batches the last
    bits of a vector depend on its neighbours). Chinese is converted to simplified characters first (retrieval .98 to .998,
    `docs/decisions/0001-encoder.md`).

    Source: Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval", section 3.
    """

    name = "use-multilingual-3"
    dimensions = 512
    languages = frozenset(("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"))

    def __init__(self) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from retold.embed.use import UniversalEncoder

        self._model = UniversalEncoder()
        self._cache: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """texts: n strings, none blank -> (n, 512) float32, unit length.

        >>> SentenceEncoder().encode(["The dam broke.", "Der Damm brach."]).shape
        (2, 512)
        """
        import numpy as np

        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        rows: dict[str, list[int]] = {}
        for row, text in enumerate(texts):
            rows.setdefault(text, []).append(row)
        new = [text for text in rows if text not in self._cache]
        self._cache.update(zip(new, self._model.encode([prepare(text) for text in new]) if new else (), strict=True))
        for text, places in rows.items():
            out[places] = self._cache[text]
        for _ in range(len(self._cache) - CACHE_SIZE):
            self._cache.popitem(last=False)
        return out


def prepare(text: str) -> str:
    """What the encoder is given: white space folded, Chinese simplified, a full stop for a blank string."""
    folded = " ".join(text.split()) or "."
    if any(ord(c) in HAN for c in folded):
        return simplified(folded)
    return folded


def simplified(text: str) -> str:
    """Chinese in simplified characters; other text as it is."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the package leaves its dictionary to be closed by the collector
        import zhconv

        return str(zhconv.convert(text, "zh-cn"))


class SentenceTransformersEncoder:
    """Any model of the `sentence-transformers` package, by name or folder (environment variable RETOLD_ENCODER_MODEL).

    Raises:
        OptionalError: the package is not installed.
        SettingsError: no model is named.
    """

    def __init__(self, model: str | None = None) -> None:
        chosen = model or os.environ.get("RETOLD_ENCODER_MODEL")
        if not chosen:
            raise SettingsError(expected="the name of a model", found="none", where="RETOLD_ENCODER_MODEL",
                                advice="set it to a name or a folder that sentence-transformers can load")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise OptionalError(expected="the package sentence-transformers", found="nothing", where="the encoder",
                                advice="pip install 'retold[sentence-transformers]'") from error
        self._model: Any = SentenceTransformer(chosen)
        self.name = f"sentence-transformers:{chosen}"
        self.dimensions = int(self._model.get_sentence_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """texts: n strings -> (n, dimensions) float32, unit length."""
        import numpy as np

        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimensions)


class EndpointEncoder:
    """An OpenAI-compatible embeddings endpoint: RETOLD_ENCODER_URL, RETOLD_ENCODER_MODEL and, where needed, RETOLD_ENCODER_KEY.

    Raises:
        SettingsError: no URL or model is set.
    """

    def __init__(self, url: str | None = None, model: str | None = None) -> None:
        self._url = url or os.environ.get("RETOLD_ENCODER_URL", "")
        self._model = model or os.environ.get("RETOLD_ENCODER_MODEL", "")
        if not (self._url and self._model):
            raise SettingsError(expected="a URL and a model", found=f"url {self._url!r}, model {self._model!r}",
                                where="RETOLD_ENCODER_URL, RETOLD_ENCODER_MODEL", advice="set both")
        self.name = f"endpoint:{self._model}"
        self.dimensions = self.encode(["a"]).shape[1]

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """texts: n strings -> (n, dimensions) float32, unit length.

        Raises:
            SettingsError: the endpoint's answer is no list of embeddings.
        """
        import numpy as np

        rows = [row for i in range(0, len(texts), ENDPOINT_BATCH) for row in self._request(texts[i:i + ENDPOINT_BATCH])]
        vectors = np.asarray(rows, dtype=np.float32)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def _request(self, texts: Sequence[str]) -> list[list[float]]:
        import httpx

        key = os.environ.get("RETOLD_ENCODER_KEY")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        body = {"model": self._model, "input": list(texts)}
        try:
            answer = httpx.post(self._url, json=body, headers=headers, timeout=60).raise_for_status().json()
            return [item["embedding"] for item in sorted(answer["data"], key=lambda item: item["index"])]
        except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise SettingsError(expected="a list of embeddings", found=str(error), where=self._url,
                                advice="check the URL, the model and the key") from error
