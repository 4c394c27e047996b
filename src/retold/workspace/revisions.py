"""What was changed between the versions of an article, sentence by sentence, and whether the outlet says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from retold.base.records import Span
from retold.divide.lines import cut
from retold.divide.passages import read_correction
from retold.divide.sentences import split_sentences
from retold.lexicons import LANGUAGES
from retold.workspace.articles import Version

Turn = Literal["added", "removed", "changed"]
LIKE = 0.5  # share of characters in common (Ratcliff and Obershelp) from which a sentence is another one, changed
MOST_SENTENCES = 3_000  # beyond, the rest of a text is compared as one
LONGEST = 2_000  # characters of a sentence that are compared for likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A sentence that was added, removed or changed: where it stands in the earlier and in the later text ((-1, -1) for nowhere)."""

    turn: Turn
    before: Span
    after: Span
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What was changed from a version to the next. `silent`: the later text does not say that it was corrected."""

    number: int
    captured: str
    title: tuple[str, str] | None
    changes: tuple[Change, ...]
    silent: bool


def revisions(versions: Sequence[Version], language: str) -> list[Revision]:
    """What was changed from each version to the next. language: of the article, "" where unknown."""
    return [revision(a, b, language) for a, b in pairwise(versions)]


def revision(before: Version, after: Version, language: str) -> Revision:
    """What was changed between two versions."""
    found = changes(before.article.text, after.article.text, language)
    titles = (before.article.title, after.article.title)
    said = any(change.turn != "removed" and is_notice(change.new, language) for change in found)
    return Revision(number=after.number, captured=after.captured, title=titles if titles[0] != titles[1] else None, changes=found,
                    silent=not said)


def changes(before: str, after: str, language: str) -> tuple[Change, ...]:
    """The sentences that were added, removed or changed, in the order of the later text.

    >>> [(c.turn, c.old, c.new) for c in changes("The dam broke. Four died.", "The dam broke. Five died. It rained.", "en")]
    [('changed', 'Four died.', 'Five died.'), ('added', '', 'It rained.')]
    """
    old, new = sentences(before, language), sentences(after, language)
    matcher = SequenceMatcher(None, [folded(before, s) for s in old], [folded(after, s) for s in new], autojunk=False)
    out: list[Change] = []
    for turn, i, j, k, m in matcher.get_opcodes():
        if turn != "equal":
            out.extend(paired(before, after, old[i:j], new[k:m]))
    return tuple(out)


def paired(before: str, after: str, old: Sequence[Span], new: Sequence[Span]) -> list[Change]:
    """Sentences that took each other's place: like ones are one that was changed, in order; the others were removed or added."""
    out, left = [], list(old)
    for span in new:
        words = after[slice(*span)]
        match = next((s for s in left if likeness(before[slice(*s)], words) >= LIKE), None)
        if match is None:
            out.append(Change(turn="added", before=(-1, -1), after=span, old="", new=words))
            continue
        out += [gone(before, s) for s in left[:left.index(match)]]
        left = left[left.index(match) + 1:]
        out.append(Change(turn="changed", before=match, after=span, old=before[slice(*match)], new=words))
    return out + [gone(before, span) for span in left]


def gone(before: str, span: Span) -> Change:
    """A sentence that was removed."""
    return Change(turn="removed", before=span, after=(-1, -1), old=before[slice(*span)], new="")


def likeness(a: str, b: str) -> float:
    """How much two sentences have in common, 0..1."""
    matcher = SequenceMatcher(None, a[:LONGEST], b[:LONGEST], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE else 0.0


def sentences(text: str, language: str) -> list[Span]:
    """The sentences of a text with their places; lines end sentences."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if len(found) >= MOST_SENTENCES:
            return [*found, (start, len(text))]
        found += [(start + a, start + b) for a, b in split_sentences(line, language or "en") if line[a:b].strip()]
        start += len(line) + 1
    return found


def folded(text: str, span: Span) -> str:
    """A sentence without differences of white space."""
    return " ".join(text[slice(*span)].split())


def is_notice(sentence: str, language: str) -> bool:
    """Whether a sentence is a notice of correction, in the language of the article or any where that is unknown.

    >>> is_notice("Correction: an earlier version gave the wrong date.", "en"), is_notice("Four died.", "en")
    (True, False)
    """
    codes = [language] if language in LANGUAGES else LANGUAGES
    return any(read_correction(line, code) for line in cut(sentence) for code in codes)
