"""Pages: the lines of an article with what can be known of each from all the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from retold.base.lazy import lazy
from retold.divide.lines import Line
from retold.divide.passages import Label
from retold.divide.subjects import frequencies, share, stems

NEAR = 0.12  # of a paragraph's content words that stand in others too, for it to end the body of the article


@dataclass(frozen=True, kw_only=True)
class Page:
    """The lines of an article with what is known of them before their signals are weighed.

    `labels` holds what `passages.label_evidence` found; such lines stay.
    """

    lines: tuple[Line, ...]
    labels: tuple[Label | None, ...]
    language: str
    title: str = ""
    outlet: str = ""
    again: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @lazy
    def body(self) -> tuple[int, int]:
        """The first line that reads like a paragraph and the last one that does so and shares words with others.

        (0, number of lines) when none does.
        """
        prose = [at for at, line in enumerate(self.lines) if line.prose]
        if not prose:
            return 0, len(self.lines)
        near = [at for at in prose if share(self.bags[at], self.paragraphs) >= NEAR]
        return prose[0], (near or prose)[-1]

    @lazy
    def paragraphs(self) -> Counter[str]:
        """In how many paragraphs each stem stands."""
        return frequencies(bag for line, bag in zip(self.lines, self.bags, strict=True) if line.prose)

    @lazy
    def bags(self) -> tuple[frozenset[str], ...]:
        """The stems of each line."""
        return tuple(stems(line, self.language) for line in self.lines)

    @lazy
    def counts(self) -> Counter[str]:
        """The same with the headline and the title as given counted as paragraphs."""
        heads = [self.bags[self.first]] if self.first >= 0 else []
        counts = self.paragraphs.copy()
        counts.update(frequencies([*heads, stems(Line(start=0, end=0, text=self.title), self.language)]))
        return counts

    @lazy
    def first(self) -> int:
        """The line that is most likely the headline: at the head, four words at least, the most of them in the paragraphs."""
        def near(at: int) -> tuple[float, int]:
            return (round(share(self.bags[at], self.paragraphs, own=False), 1) if self.bags[at] else 0.0, -at)

        heads = [at for at in range(self.body[0]) if self.lines[at].size >= 4 and self.labels[at] is None]
        return max(heads, key=near, default=-1)

    @lazy
    def repeated(self) -> Counter[str]:
        """How often each line stands on the page."""
        return Counter(line.plain for line in self.lines)

    def head(self, at: int) -> bool:
        """Whether a line stands before the first paragraph."""
        return at < self.body[0]

    def tail(self, at: int) -> bool:
        """Whether a line stands after the last paragraph, or is one of the last three and not before the second paragraph."""
        first, last = self.body
        return at > last or (at >= len(self.lines) - 3 and at > first)

    def shared(self, at: int) -> float:
        """Which part of a line's stems stands in other paragraphs."""
        return share(self.bags[at], self.counts, own=self.lines[at].prose or at == self.first)
