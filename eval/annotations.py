"""Annotated stories: what a careful reader finds in them.

An annotation is a JSON object with the parts

    documents            [{id, file, language, outlet, published, url}]      file: relative to the annotation
    unrelated            [document]          in the folder, but of another story
    derivations          [{source, target, kind}]   the direct source of a document: a document or "external:NAME"
    also_accepted        [{source, target, kind}]   neither asked for nor wrong; may be left out
    origins              [{id, kind, independent, aliases}]
    independent_origins  number
    claims               [{id, text, mentions: [excerpt], origins: [origin]}]
    conflicts            [{claim, kind, sides: [[excerpt]], optional}]
    quotes               [{id, speaker, variants: [excerpt with change]}]
    boilerplate          [excerpt]
    names                [{entity, forms: [excerpt]}]

It gives no offsets but excerpts, `{"doc", "excerpt"}`, which stand for every place where the document has these words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

KINDS = {
    "derivations": {"cites", "copies", "translates", "quotes"},
    "origins": {"outlet", "agency", "person", "organisation", "document", "anonymous"},
    "conflicts": {"number", "date", "actor", "place", "negation", "status", "certainty", "attribution"},
    "changes": {"verbatim", "truncated", "translated", "paraphrased", "altered", "misattributed"},
}
ALIKE = 0.85  # share of letters in the same order from which two names are taken for one: a letter or two of difference
LITTLE = frozenset({  # words that a name may have or lack: articles, "of" and "and"
    "the", "a", "an", "of", "s", "and", "der", "die", "das", "des", "und", "la", "le", "les", "de", "du", "el", "il", "lo", "di",
    "del", "della", "da", "do",
})

Item = Mapping[str, Any]
Place = tuple[str, int, int]  # document, start, end


@dataclass(frozen=True)
class Annotation:
    """What a story holds, with the texts of its documents as Retold has them."""

    data: Item
    texts: Mapping[str, str]

    @cached_property
    def members(self) -> frozenset[str]:
        """The documents that tell the story."""
        return frozenset(d["id"] for d in self.data["documents"]) - frozenset(self.data["unrelated"])

    @cached_property
    def aliases(self) -> dict[str, list[str]]:
        """By origin what it may be called."""
        return {o["id"]: [o["id"], *o.get("aliases", [])] for o in self.data["origins"]}

    def places(self, item: Item) -> list[Place]:
        """Every place where the words of an excerpt stand."""
        text = self.texts.get(item["doc"], "")
        return [(item["doc"], m.start(), m.end()) for m in re.finditer(re.escape(item["excerpt"]), text)]

    def same_source(self, found: str, true: str) -> bool:
        """Whether two names of a source (a document, or "external:" and a name) mean one source."""
        if found in self.texts or true in self.texts:
            return found == true
        return any(same_name(found, alias) for alias in self.aliases.get(true, [true]))

    def words(self, span: Item) -> str:
        """The words of a span, for a note."""
        return shorten(self.texts.get(span["doc"], "")[span["start"] : span["end"]])


def read_annotation(path: Path, texts: Mapping[str, str]) -> Annotation:
    """An annotation from its file."""
    return Annotation(json.loads(path.read_text("utf-8")), texts)


def same_name(a: str, b: str) -> bool:
    """Whether two names may mean the same: one has all words of the other, or they differ by a letter or two.

    >>> same_name("external:The Evening Post", "Evening Post"), same_name("Mårten Ekk", "Marten Eck"), same_name("", "Ekk")
    (True, True, False)
    """
    ours, theirs = name_words(a), name_words(b)
    if not ours or not theirs:
        return False
    if ours <= theirs or theirs <= ours:
        return True
    return SequenceMatcher(None, " ".join(sorted(ours)), " ".join(sorted(theirs))).ratio() >= ALIKE


def name_words(name: str) -> set[str]:
    """The words of a name, blind to case and accents, without the little ones."""
    plain = unicodedata.normalize("NFKD", name.removeprefix("external:").casefold())
    return set(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))) - LITTLE


def shorten(text: str, longest: int = 90) -> str:
    """Words for a note: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def faults(annotation: Annotation) -> list[str]:
    """What is wrong with an annotation: excerpts that are not in their document, names that nothing has, unknown kinds."""
    data = annotation.data
    out = [f"no text of document {d['id']}" for d in data["documents"] if d["id"] not in annotation.texts]
    out += [f"{item['doc']} does not say {shorten(item['excerpt'])!r}" for item in excerpts(data) if not annotation.places(item)]
    out += [f"no {what} {name}" for what, name, known in references(data) if name not in known]
    kinds = [(kind, item["kind"]) for kind in ("derivations", "origins", "conflicts") for item in data[kind]]
    kinds += [("changes", version["change"]) for quote in data["quotes"] for version in quote["variants"]]
    out += [f"{kind}: unknown kind {value}" for kind, value in kinds if value not in KINDS[kind]]
    if data["independent_origins"] != sum(o["independent"] for o in data["origins"]):
        out.append("independent_origins is not the number of independent origins")
    return out


def references(data: Item) -> Iterator[tuple[str, str, set[str]]]:
    """Every name that stands for something else in an annotation: what it names, the name, and all that there are."""
    documents = {d["id"] for d in data["documents"]}
    origins, claims = {o["id"] for o in data["origins"]}, {c["id"] for c in data["claims"]}
    sources = [*data["unrelated"], *sorted(origins), *(edge[end] for edge in data["derivations"] for end in ("source", "target"))]
    yield from (("document", name, documents) for name in sources if not name.startswith("external:"))
    yield from (("origin", name, origins) for claim in data["claims"] for name in claim["origins"])
    yield from (("claim", conflict["claim"], claims) for conflict in data["conflicts"] if conflict["claim"] is not None)


def excerpts(value: Any) -> Iterator[Item]:
    """All excerpts in an annotation, however deep."""
    if isinstance(value, Mapping) and "excerpt" in value:
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from excerpts(inner)
