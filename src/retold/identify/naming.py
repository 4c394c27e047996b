"""What is named where in one article: its persons with their fullest names, its sentences, the roles that people bear."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from retold.base.records import NOWHERE, Mention, Sentence, Span
from retold.identify.bearers import Bearers
from retold.identify.cues import Phrasebook, Token, tokenize
from retold.identify.reading import Reading

CLOSE = 3  # code points between a sentence and the quote behind it
OWNING = re.compile("['’](\\w{0,3})\\s+\\w")
BESIDE_NAME = 20  # code points before a name within which its preposition begins


class Naming:
    """Looks up names, sentences and roles; `last` is who spoke last.

    quoted: where the quotes of the article stand, their marks included.
    """

    def __init__(self, reading: Reading, book: Phrasebook, quoted: Sequence[Span] = ()) -> None:
        self.reading = reading
        self.quoted = sorted(quoted)
        self.text = reading.text
        self.book = book
        self.mentions = sorted(reading.mentions, key=lambda m: (m.start, -m.end))
        self.starts = [m.start for m in self.mentions]
        self.last = ("", NOWHERE)
        self.headline = max((p.end for p in reading.passages if p.kind == "headline"), default=-1)

    # ---- names ----------------------------------------------------------------------------------------------------

    @cached_property
    def fullest(self) -> dict[str, str]:
        """For the last word of a person's name the longest form of it in the article."""
        out: dict[str, str] = {}
        for m in self.mentions:
            if m.kind != "person":
                continue
            last = m.text.split()[-1].casefold() if m.text.split() else ""
            if len(m.text.split()) > len(out.get(last, "").split()) or last not in out:
                out[last] = m.text
        return out

    def inside(self, span: Span, *kinds: str) -> list[Mention]:
        """The mentions of these kinds within a span."""
        at = bisect_left(self.starts, span[0])
        out = []
        while at < len(self.mentions) and self.mentions[at].start < span[1]:
            if not kinds or self.mentions[at].kind in kinds:
                out.append(self.mentions[at])
            at += 1
        return out

    def full(self, mention: Mention) -> str:
        """The fullest form of a name in this article."""
        words = mention.text.split()
        if mention.kind != "person" or not words:
            return mention.text
        best = self.fullest.get(words[-1].casefold(), mention.text)
        return best if len(best.split()) > len(words) else mention.text

    @cached_property
    def bylines(self) -> list[Span]:
        """Where the article says who wrote it."""
        return [(p.start, p.end) for p in self.reading.passages if p.kind == "byline"]

    def signs(self, mention: Mention) -> bool:
        """Whether a name is that of who wrote the article."""
        return any(start <= mention.start < end for start, end in self.bylines)

    def named(self, span: Span) -> list[Mention]:
        """The persons named within a span, without those who own what is named next ("Roth’s aides")."""
        return [m for m in self.inside(span, "person") if not self.owns_next(m)]

    def owns_next(self, m: Mention) -> bool:
        """Whether a name owns what follows it ("Roth’s aides", "Rıza Turan'ın torunu")."""
        found = OWNING.match(self.text, m.end)
        return found is not None and found[1].lower() in self.book.owning

    def governed(self, m: Mention) -> bool:
        """Whether a preposition stands before a name, with or without an article in between: it is no subject."""
        before = tokenize(self.text, max(0, m.start - BESIDE_NAME), m.start, (), spaced=self.book.spaced)[-2:]
        tags = self.book.tags(before)
        while before and "articles" in tags[-1] and "breaks" not in tags[-1]:
            before, tags = before[:-1], tags[:-1]
        return bool(before) and "breaks" in tags[-1] and not tags[-1].keys() & {"joins", "that", "relative"}

    @cached_property
    def small(self) -> frozenset[str]:
        """The small words of the language."""
        return frozenset(self.reading.lexicon.words("words", "stop"))

    def words(self, start: int, end: int) -> list[dict[str, int]]:
        """The lexicon's keys at each token of a span."""
        return self.book.tags(tokenize(self.text, start, end, (), spaced=self.book.spaced))

    @cached_property
    def opens(self) -> list[int]:
        """Where the sentences begin."""
        return [s.start for s in self.reading.sentences]

    def sentence_of(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset."""
        n = bisect_left(self.opens, offset + 1) - 1
        return self.reading.sentences[n] if n >= 0 and offset < self.reading.sentences[n].end else None

    def sentence_before(self, offset: int) -> Sentence | None:
        """The sentence that ends right before an offset, in its line."""
        n = bisect_left(self.opens, offset) - 1
        found = self.reading.sentences[n] if n >= 0 else None
        if found is None or offset - found.end > CLOSE or found.end > offset + 1 or "\n" in self.text[found.end : offset]:
            return None
        return found

    def quotes_in(self, sentence: Sentence) -> bool:
        """Whether a quote holds a sentence, or opens it: its words are not the narrator's."""
        at = bisect_left(self.quoted, (sentence.start + 2, 0)) - 1
        return at >= 0 and self.quoted[at][1] > sentence.start

    def owns(self, tokens: Sequence[Token], n: int) -> bool:
        """Whether what stands before token n owns what follows ("the minister's office")."""
        return n + 1 < len(tokens) and tokens[n].low == "'" and tokens[n + 1].low == "s"

    def of_something(self, tokens: Sequence[Token], words: Sequence[dict[str, int]], role: int) -> bool:
        """Whether a role stands behind a preposition that a noun leads to ("o gabinete do primeiro-ministro")."""
        plain = [t.low not in self.small and t.word and "titles" not in tags for t, tags in zip(tokens[:role], words[:role], strict=True)]
        noun = plain.index(True) if True in plain else role
        return any(t.low in self.small and "articles" not in tags for t, tags in zip(tokens[noun:role], words[noun:role], strict=True))

    def head(self, tokens: Sequence[Token], words: Sequence[dict[str, int]]) -> int:
        """The role that a description is about: the first that owns nothing ("the minister's aide"), the last where verbs are; else -1."""
        told = self.book.told_endings
        roles = [
            n for n, tags in enumerate(words)
            if "roles" in tags and not self.owns(tokens, n + tags["roles"]) and not tokens[n].low.endswith(told)
        ]
        if not roles or (self.book.spaced and not self.book.verb_final and self.of_something(tokens, words, roles[0])):
            return -1
        return roles[-1] if self.book.verb_final or not self.book.spaced else roles[0]

    @cached_property
    def bearers(self) -> Bearers:
        """Who bears which role in this article."""
        return Bearers(self.text, self.mentions, self.book, self.small, self.full)

    def colon_he(self, start: int, stop: int) -> bool:
        """Whether a colon and a pronoun stand in between ("Insider defies Roth: He was “ready to go”"): the subject before it speaks."""
        after = self.text[start:stop].partition(":")[2]
        return bool(after) and any("pronouns_person" in tags for tags in self.words(stop - len(after), stop))
