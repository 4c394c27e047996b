"""From what the user names to drafts, one at a time, so that inputs of any size take bounded memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from retold.base.errors import RetoldError
from retold.base.models import Models
from retold.collect.drafts import Draft, Source
from retold.collect.inputs import Found, readable, sources
from retold.collect.settings import CollectSettings

Progress = Callable[[str], None]


def drafts(inputs: Sequence[Any], *, models: Models, settings: CollectSettings, progress: Progress) -> Iterator[Found]:
    """The drafts behind each input, and an error for whatever cannot be used."""
    yield from (item for item in inputs if isinstance(item, Draft))
    names = [str(Path(item).absolute()) if isinstance(item, Path) else str(item) for item in inputs if not isinstance(item, Draft)]
    for source in sources(names, settings=settings, stdin=None, progress=progress):
        if isinstance(source, RetoldError):
            yield source
            continue
        for found in readable(source, models, settings):
            yield found if isinstance(found, RetoldError) else with_raw(found, source)


def with_raw(draft: Draft, source: Source) -> Draft:
    """A draft with the bytes that it was made from: those of the source, or of its row."""
    if draft.raw:
        return draft
    if not draft.line:
        return replace(draft, raw=source.data)
    said = {name: getattr(draft, name) for name in ("given", "title", "outlet", "author", "published", "url", "language", "text")}
    return replace(draft, raw=json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass"))
