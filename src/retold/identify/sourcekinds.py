"""What kind of source a span names: which outlet, how many unnamed people, a person, a body, a document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from retold.base.records import Mention, Span
from retold.identify.cues import CLASSES, Token, tokenize
from retold.identify.speakers import POSSESSED, Speakers
from retold.identify.standins import MAX_GAP

QUOTED_NAME = re.compile('[“„"«»‹‘‚「『《]\\s?([^“”„"«»‹›‘’‚「」『』《》]{2,60}?)\\s?[”“"»«›’‘」』》]')
MAX_BEFORE_HEAD = 4  # words before an outlet's name in its source ("the influential French daily Le Monde")
MADE = ("outlet", "broad", "organisation")  # tags of what an outlet has or makes ("the Post's editorial board")
MAX_DESCRIBED = 2  # words between a noun for an outlet and its name


@dataclass(slots=True, kw_only=True)
class Source:
    """What kind of source it is; `outlet` its canonical name where it is one."""

    kind: str = "unknown"
    outlet: str | None = None
    anonymous: bool = False
    number: int = 0


class SourceKinds:
    """Tells the kinds of the sources of one article."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers = speakers
        self.text = speakers.text
        self.book = speakers.book
        self.numbers = dict(speakers.reading.lexicon.table("quantities").get("numbers", {}))

    def describe(self, source: Sequence[Span]) -> Source:
        """What kind of source a span names."""
        if not source:
            return Source()
        start, end = source[0]
        tokens = tokenize(self.text, start, end, (), spaced=self.book.spaced)
        tags = self.book.tags(tokens)
        keys = {key for t in tags for key in t}
        printed = self.speakers.printed(start, end, tags)
        outlet = (outlet_named(printed.text) or (printed.text, "outlet")) if printed else self.outlet_in(start, end, tokens, tags)
        unnamed = not self.speakers.inside((start, end), "person")
        if unnamed and keys & {"anonymous", "anonymous_marks"} and not outlet:
            return Source(kind="anonymous", anonymous=True, number=self.count(tokens))
        if outlet:
            return Source(kind=outlet[1], outlet=outlet[0], anonymous=False)
        if not unnamed or "roles" in keys or (len(tags) == 1 and "pronouns_person" in keys):
            return Source(kind="person")
        if self.speakers.inside((start, end), "organisation") or "organisation" in keys:
            return Source(kind="organisation")
        relative = next((n for n, found in enumerate(tags) if "relative" in found), len(tags))
        return Source(kind="document" if any("statement_nouns" in found for found in tags[:relative]) else "unknown")

    def count(self, tokens: Sequence[Token]) -> int:
        """How many unnamed sources; 1 for one, 0 where the text gives no number."""
        for token in tokens:
            if token.low.isdecimal() and len(token.low) < 4:
                return int(token.low)
            value = self.numbers.get(token.low, self.book.counts.get(token.low))
            if isinstance(value, int | float) and float(value).is_integer() and value > 0:
                return int(value)
        return 0

    def outlet_in(self, start: int, end: int, tokens: Sequence[Token], tags: Sequence[dict[str, int]]) -> tuple[str, str] | None:
        """(canonical name, kind) of the outlet that a source is: its name, or a noun for an outlet with its name.

        A person of an outlet ("the Post's Ana Roth"), its spokeswoman, or a poll among its readers is another source.
        """
        if self.speakers.inside((start, end), "person") and not self.opens_with_outlet(start, end):
            return None
        for m in self.speakers.inside((start, end)):
            known = outlet_named(m.text)
            if (known or self.is_printed(m)) and self.is_head(m, start, end):
                return known or (m.text, "outlet")
        return self.outlet_by_noun(start, end, tokens, tags)

    def is_printed(self, m: Mention) -> bool:
        """Whether a name that the outlet list does not know is an outlet's all the same, and no "White House press office"."""
        return m.kind == "outlet" and m.text not in self.beside_broad

    @cached_property
    def beside_broad(self) -> frozenset[str]:
        """The names behind which a noun for media in general stands somewhere ("White House press secretary")."""
        out = set()
        for m in self.speakers.mentions:
            word = self.text[m.end : m.end + 40].lstrip("'’s ").split()[:1] if m.kind == "outlet" else []
            if word and any("broad" in tags for tags in self.book.tags(tokenize(word[0], 0, len(word[0]), (), spaced=self.book.spaced))):
                out.add(m.text)
        return frozenset(out)

    def opens_with_outlet(self, start: int, end: int) -> bool:
        """Whether a source opens with an outlet that is not the possessor of what follows ("the Post, owned by Roth")."""
        first = next(iter(self.speakers.inside((start, end))), None)
        return first is not None and first.kind == "outlet" and self.text[first.end : first.end + 1] in (",", "")

    def is_head(self, m: Mention, start: int, end: int) -> bool:
        """Whether a name is what its source is: nothing but small words before it, and after it nothing that it only describes."""
        before = self.speakers.words(start, m.start) if m.start > start else []
        if any(k in tags for tags in before for k in ("that", "roles", "anonymous", *CLASSES)) or len(before) > MAX_BEFORE_HEAD:
            return False
        if self.governed(start, m.start, before):
            return False
        rest = POSSESSED.sub("", self.text[m.end : end])
        owns = self.text[m.end : end].startswith(("'s ", "’s "))
        if owns and not any(k in tags for tags in self.speakers.words(end - len(rest), end) for k in ("printed", "statement_nouns", *MADE)):
            return False  # "the Post's management"
        if not rest or rest[0] in ",(，、;–—-":
            return True
        after = self.speakers.words(end - len(rest), end)
        return bool(after) and not any(k in tags for tags in after for k in ("roles", "anonymous", "that", "helpers"))

    def governed(self, start: int, stop: int, before: Sequence[dict[str, int]]) -> bool:
        """Whether a preposition behind another word leads to a name ("the wake of the Post"); a report in the Post is the Post's."""
        if any(k in tags for tags in before for k in ("printed", "statement_nouns")):
            return False
        tokens = tokenize(self.text, start, stop, (), spaced=self.book.spaced) if before else []
        return any(t.low in self.speakers.small and "articles" not in tags for t, tags in zip(tokens[1:], before[1:], strict=True))

    def outlet_by_noun(self, start: int, end: int, tokens: Sequence[Token], tags: Sequence[dict[str, int]]) -> tuple[str, str] | None:
        """The outlet that a noun for one names (“the newspaper ‘Star’”) or stands for ("the paper"): the one named last."""
        nouns = [n for n, found in enumerate(tags) if "outlet" in found and "broad" not in found]
        if not nouns or any(k in found for found in tags for k in ("roles", "anonymous", "that")):
            return None
        quoted = QUOTED_NAME.search(self.text, start, min(len(self.text), end + 2))
        if quoted and quoted.start() < end:
            return outlet_named(quoted.group(1)) or (quoted.group(1), "outlet")
        behind = nouns[0] + tags[nouns[0]]["outlet"]
        names = [m for m in self.speakers.inside((start, end)) if m.kind != "person" and self.described(m, behind, tokens)]
        if names:
            return outlet_named(names[-1].text) or (names[-1].text, "outlet")
        rest = tokens[nouns[-1] + 1 :]
        if rest and self.book.spaced and (rest[0].word or (rest[0].low in "'’" and len(rest) > 1)):
            return None
        at = bisect_left(self.speakers.starts, start)
        for n in range(at - 1, -1, -1):
            if start - self.speakers.mentions[n].start > MAX_GAP:
                return None
            known = outlet_named(self.speakers.mentions[n].text)
            if known or self.speakers.mentions[n].kind == "outlet":
                return known or (self.speakers.mentions[n].text, "outlet")
        return None

    def described(self, m: Mention, behind: int, tokens: Sequence[Token]) -> bool:
        """Whether a name follows a noun for an outlet, with nothing but a word or two that describe it between ("la agencia danesa X")."""
        between = [t for t in tokens[behind:] if t.word and t.end <= m.start]
        known = behind < len(tokens) and m.start >= tokens[behind].start
        return known and len(between) <= MAX_DESCRIBED and not any(t.low in self.speakers.small for t in between)

    def alleged(self, cue: Sequence[Span]) -> str:
        """ "alleged" where the language's certainty list puts the cue that low, else ""."""
        for start, end in cue:
            if self.book.certainty.get(self.text[start:end].casefold(), 1.0) <= 0.4:
                return "alleged"
        return ""


def outlet_named(name: str) -> tuple[str, str] | None:
    """(canonical name, "outlet" or "agency") of a known outlet."""
    finder = outlet_finder()
    outlet = finder(name) if finder else None
    if outlet is None or str(getattr(outlet, "kind", "")) == "official":
        return None
    kind = "agency" if str(getattr(outlet, "kind", "")) == "agency" else "outlet"
    return str(getattr(outlet, "name", name)), kind


def outlet_finder() -> Any:
    """The look-up of the outlet directory."""
    if find_spec("retold.lexicons.outlets") is None:
        return None
    return import_module("retold.lexicons.outlets").outlet_by_name
