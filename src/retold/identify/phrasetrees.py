"""Trees of phrases, by one word after the other, and whether a phrase of some kind may stand in a sentence at all."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from retold.identify.glances import Glance

MOST_KNOWN = 100_000  # words whose stems and openings are remembered


@dataclass(slots=True)
class Node:
    """A step in the tree of phrases: the keys that end here, the stems that begin here, and the next words."""

    keys: dict[str, bool] = field(default_factory=dict)
    stems: dict[str, dict[tuple[str, str], bool]] = field(default_factory=dict)
    next: dict[str, Node] = field(default_factory=dict)
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def stemmed(self, low: str) -> tuple[str, ...]:
        """The keys of the stems that a word begins with, in the order of the lexicon."""
        found = self.known.get(low)
        if found is None:
            found = tuple(key for head, key in self.stems.get(low[:2], ()) if low.startswith(head))
            if len(self.known) < MOST_KNOWN:
                self.known[low] = found
        return found


class Openings:
    """The phrases of a tree under some keys, asked whether a sentence has all words of one.

    Words with which none begins are remembered. A sentence may be held to have a phrase in vain; one that has is never missed.
    """

    def __init__(self, root: Node, keys: frozenset[str], *, alone: Container[str] = (), glued: bool = False) -> None:
        """alone: words that are of the kind by themselves; glued: letters of other words may be written onto the first or last."""
        self.root, self.keys, self.alone, self.glued = root, keys, alone, glued
        self.mute: set[str] = set()
        self.known: dict[str, tuple[frozenset[str], ...]] = {}

    def missing(self, seen: Glance) -> bool:
        """Whether some word of each of the phrases is missing in a sentence."""
        if self.glued or not seen.plain:
            return False
        words = seen.words
        for word in words - self.mute:
            if word not in self.known:
                if len(self.known) + len(self.mute) >= MOST_KNOWN:
                    return False
                self.known[word] = tuple(self.beginning(word))
                if not self.known[word]:
                    self.mute.add(word)
            for rest in self.known[word]:
                if rest <= words:
                    return False
        return True

    def beginning(self, word: str) -> Iterator[frozenset[str]]:
        """For each phrase that may begin with a word what other words it has."""
        if word in self.alone or not self.keys.isdisjoint(self.root.stemmed(word)):
            yield frozenset()
        if word in self.root.next:
            yield from self.rests(self.root.next[word], frozenset())

    def rests(self, node: Node, before: frozenset[str]) -> Iterator[frozenset[str]]:
        """The words on all ways from a step of the tree to the ends of phrases; stems and marks left out."""
        stems = (key for found in node.stems.values() for _, key in found)
        if not self.keys.isdisjoint(node.keys) or not self.keys.isdisjoint(stems):
            yield before
            return
        for word, following in node.next.items():
            yield from self.rests(following, before | {word} if word.isalnum() else before)
