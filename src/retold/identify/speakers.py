"""Who a source is: its fullest name in the article, what kind of source, which outlet, how many unnamed people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from retold.base.records import NOWHERE, Mention, Span
from retold.identify.cues import CLASSES, Phrasebook, Token, tokenize
from retold.identify.quotes import Piece
from retold.identify.reading import Reading

YEARS_OLD = re.compile(r"\b\d{2}[-\s]?(?:\w{1,8}[-\s]?){1,2}", re.UNICODE)
QUOTED_NAME = re.compile('[“„"«»‹‘‚「『《]\\s?([^“”„"«»‹›‘’‚「」『』《》]{2,60}?)\\s?[”“"»«›’‘」』》]')
POSSESSED = re.compile("^[”\"»“』」》]?(?:['’]s?)?\\s*")
NEAR = 350  # code points back to the name that a description may stand for
MAX_BEFORE_HEAD = 4  # words before an outlet's name in its source ("the influential French daily Le Monde")
MADE = ("outlet", "broad", "organisation")  # tags of what an outlet has or makes ("the Post's editorial board")
BESIDE = 60  # code points between an outlet's name and the noun for what it printed
MAX_DESCRIBED = 2  # words between a noun for an outlet and its name
MAX_GAP = 1200  # code points back to the name that a pronoun may stand for


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What kind of source it is; `outlet` its canonical name where it is one."""

    kind: str = "unknown"
    outlet: str | None = None
    anonymous: bool = False
    number: int = 0


class Speakers:
    """Resolves sources of one article."""

    def __init__(self, reading: Reading, book: Phrasebook) -> None:
        self.reading = reading
        self.text = reading.text
        self.book = book
        self.mentions = sorted(reading.mentions, key=lambda m: (m.start, -m.end))
        self.starts = [m.start for m in self.mentions]
        self.last = ("", NOWHERE)
        self.headline = max((p.end for p in reading.passages if p.kind == "headline"), default=-1)
        self.numbers = dict(reading.lexicon.table("quantities").get("numbers", {}))

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

    def name(self, source: Sequence[Span], before: int) -> tuple[str, Span]:
        """(name, where it stands) of a source: a person in it, what a pronoun or description stands for, or its own words."""
        if not source:
            return self.recent(before)
        start, end = source[0]
        if end <= self.headline:
            persons = self.inside((start, end), "person")
            return (
                (self.full(persons[-1]), (persons[-1].start, persons[-1].end))
                if persons and end - start < 60
                else (self.text[start:end], (start, end))
            )
        words = self.words(start, end)
        persons = self.inside((start, end), "person")
        heads = [m for m in persons if self.speaks(m, start, end)]
        if heads:
            self.last = (self.full(heads[0]), (heads[0].start, heads[0].end))
            return self.last
        if words and len(words) <= 2 and any(key in tags for tags in words for key in ("pronouns_person", "own", "possessives")):
            return self.recent(start)
        named = self.by_role(start, end, words)
        if named:
            return named
        printed = self.printed(start, end, words)
        if printed:
            return printed.text, (printed.start, printed.end)
        others = self.inside((start, end), "organisation", "outlet")
        if others and not any(k in tags for tags in words for k in ("anonymous", "roles")):
            return others[0].text, (others[0].start, others[0].end)
        return self.text[start:end].strip(" ,"), (start, end)

    def speaks(self, m: Mention, start: int, end: int) -> bool:
        """Whether a person named in a source is who speaks, and not whom the speaker belongs to ("Roth's aides", "a Roth ally")."""
        after = self.text[m.end : end]
        owner = POSSESSED.match(after)
        rest = after[owner.end() :] if owner else after
        if owner and owner.group().strip() and rest[:1].isalpha():
            return False
        following = self.words(m.end, end) if rest[:1].isalpha() else []
        closing = len(following) == 1 and rest[0].islower() and rest.strip().casefold() not in self.small
        if following and ("roles" in following[0] or closing):
            return False
        return self.book.verb_final or not self.of_another(start, m.start)

    def of_another(self, start: int, stop: int) -> bool:
        """Whether the words before a name are somebody with a preposition that leads to it ("a spokesman for President …")."""
        tokens = tokenize(self.text, start, stop, (), spaced=self.book.spaced) if start < stop else []
        tags = self.book.tags(tokens)
        n = len(tokens)
        while n and any(k in tags[n - 1] for k in ("roles", "titles", "articles")) and n > 1:
            n -= 1
        leads = n > 1 and tokens[n - 1].low in self.small and not any(k in tags[n - 1] for k in ("articles", "joins", "pronouns_person"))
        return leads and any(k in found for found in tags[: n - 1] for k in ("roles", "anonymous"))

    @cached_property
    def small(self) -> frozenset[str]:
        """The small words of the language."""
        return frozenset(self.reading.lexicon.words("words", "stop"))

    def printed(self, start: int, end: int, words: Sequence[dict[str, int]]) -> Mention | None:
        """The outlet that "the report" or "the paper" stands for: the one named last."""
        if not 0 < len(words) <= 2 or not any(k in tags for tags in words[-1:] for k in ("printed", "outlet")):
            return None
        if "broad" in words[-1]:
            return None
        if len(words) == 2 and "articles" not in words[0]:
            return None
        at = bisect_left(self.starts, start)
        last = next((m for m in reversed(self.mentions[max(0, at - 40) : at]) if m.kind == "outlet" and start - m.start < MAX_GAP), None)
        return last if last and ("outlet" in words[-1] or self.its_report(start, end)) else None

    def its_report(self, start: int, end: int) -> bool:
        """Whether "the report" is the one that an outlet brought: where it was first spoken of, the name of an outlet stands beside it."""
        words = self.text[start:end].casefold().split()
        floor = max(0, start - MAX_GAP)
        for match in reversed(list(re.finditer(rf"(\w+)\s+{re.escape(words[-1])}(?!\w)", self.text[floor:start].casefold()))):
            if match[1] != words[0]:  # "the report" before it stands for the same
                begin, stop = floor + match.start() - BESIDE, floor + match.end() + BESIDE
                return any(m.kind == "outlet" for m in self.inside((begin, stop)))
        return True

    def words(self, start: int, end: int) -> list[dict[str, int]]:
        """The lexicon's keys at each token of a span."""
        return self.book.tags(tokenize(self.text, start, end, (), spaced=self.book.spaced))

    def recent(self, before: int) -> tuple[str, Span]:
        """The person last named before an offset, the last speaker first."""
        name, span = self.last
        at = bisect_left(self.starts, before)
        for n in range(at - 1, max(-1, at - 30), -1):
            m = self.mentions[n]
            if before - m.start > MAX_GAP:
                break
            if m.kind == "person":
                if name and span[0] < before and m.start <= span[0] + 250:
                    break
                return self.full(m), (m.start, m.end)
        return (name, span) if name and before - span[0] < MAX_GAP * 2 else ("", NOWHERE)

    def by_role(self, start: int, end: int, words: Sequence[dict[str, int]]) -> tuple[str, Span] | None:
        """The person whom a description stands for: "the 66-year-old", or a role that stands beside a name elsewhere."""
        described = self.text[start:end]
        years = YEARS_OLD.search(described)
        if years and len(described.split()) <= 5 and not self.inside((start, end)):
            aged = self.aged(years.group()[:2], start)
            name, span = (self.full(aged), (aged.start, aged.end)) if aged else self.recent(start)
            return (name, span) if name else None
        roles = [n for n, tags in enumerate(words) if "roles" in tags]
        if not roles or len(words) > 6 or any("anonymous" in tags for tags in words):
            return None
        tokens = tokenize(self.text, start, end, (), spaced=self.book.spaced)
        role, others = tokens[roles[-1]].low, {self.full(m) for m in self.inside((start, end), "person")}
        for m in self.mentions:
            beside = self.text[max(0, m.start - 40) : m.end + 40].casefold()
            if m.kind == "person" and m.start < start and self.full(m) not in others and role in beside:
                return self.full(m), (m.start, m.end)
        name, span = self.recent(start)
        article = any("articles" in tags for tags in words[:1]) and tokens[0].low not in self.book.indefinite
        definite = article or not self.book.articled
        near = bool(name) and start - span[1] < NEAR and definite
        return (name, span) if near else None

    def aged(self, age: str, before: int) -> Mention | None:
        """The person whose age an article gives as this ("Ward, 66, …", "Ward (66)")."""
        at = bisect_left(self.starts, before)
        return next((m for m in reversed(self.mentions[:at]) if age in self.text[m.end : m.end + 6]), None)

    def guess(self, piece: Piece) -> tuple[str, Span]:
        """Who may have said a quote that nothing attributes: whom it goes on from, or the person named just before it."""
        if piece.continues:
            return self.last
        line = self.text.rfind("\n", max(0, piece.outer_start - NEAR), piece.outer_start)
        at = bisect_left(self.starts, piece.outer_start)
        for m in reversed(self.mentions[max(0, at - 6) : at]):
            if m.kind == "person" and m.start > line and piece.outer_start - m.end < NEAR and not self.colon_he(m.end, piece.outer_start):
                return self.full(m), (m.start, m.end)
        return "", NOWHERE

    def colon_he(self, start: int, stop: int) -> bool:
        """Whether a colon and a pronoun stand in between ("Insider defies Roth: He was “ready to go”"): the subject before it speaks."""
        after = self.text[start:stop].partition(":")[2]
        return bool(after) and any("pronouns_person" in tags for tags in self.words(stop - len(after), stop))

    # ---- kinds ----------------------------------------------------------------------------------------------------

    def describe(self, source: Sequence[Span]) -> Source:
        """What kind of source a span names."""
        if not source:
            return Source()
        start, end = source[0]
        tokens = tokenize(self.text, start, end, (), spaced=self.book.spaced)
        tags = self.book.tags(tokens)
        keys = {key for t in tags for key in t}
        printed = self.printed(start, end, tags)
        outlet = (outlet_named(printed.text) or (printed.text, "outlet")) if printed else self.outlet_in(start, end, tokens, tags)
        unnamed = not self.inside((start, end), "person")
        if unnamed and keys & {"anonymous", "anonymous_marks"} and not outlet:
            return Source(kind="anonymous", anonymous=True, number=self.count(tokens))
        if outlet:
            return Source(kind=outlet[1], outlet=outlet[0], anonymous=False)
        if not unnamed or "roles" in keys or (len(tags) == 1 and "pronouns_person" in keys):
            return Source(kind="person")
        if self.inside((start, end), "organisation") or "organisation" in keys:
            return Source(kind="organisation")
        return Source(kind="document" if "statement_nouns" in keys else "unknown")

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
        if self.inside((start, end), "person") and not self.opens_with_outlet(start, end):
            return None
        for m in self.inside((start, end)):
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
        for m in self.mentions:
            word = self.text[m.end : m.end + 40].lstrip("'’s ").split()[:1] if m.kind == "outlet" else []
            if word and any("broad" in tags for tags in self.book.tags(tokenize(word[0], 0, len(word[0]), (), spaced=self.book.spaced))):
                out.add(m.text)
        return frozenset(out)

    def opens_with_outlet(self, start: int, end: int) -> bool:
        """Whether a source opens with an outlet that is not the possessor of what follows ("the Post, owned by Roth")."""
        first = next(iter(self.inside((start, end))), None)
        return first is not None and first.kind == "outlet" and self.text[first.end : first.end + 1] in (",", "")

    def is_head(self, m: Mention, start: int, end: int) -> bool:
        """Whether a name is what its source is: nothing but small words before it, and after it nothing that it only describes."""
        before = self.words(start, m.start) if m.start > start else []
        if any(k in tags for tags in before for k in ("that", "roles", "anonymous", *CLASSES)) or len(before) > MAX_BEFORE_HEAD:
            return False
        if self.governed(start, m.start, before):
            return False
        rest = POSSESSED.sub("", self.text[m.end : end])
        owns = self.text[m.end : end].startswith(("'s ", "’s "))
        if owns and not any(k in tags for tags in self.words(end - len(rest), end) for k in ("printed", "statement_nouns", *MADE)):
            return False  # "the Post's management"
        if not rest or rest[0] in ",(，、;–—-":
            return True
        after = self.words(end - len(rest), end)
        return bool(after) and not any(k in tags for tags in after for k in ("roles", "anonymous", "that", "helpers"))

    def governed(self, start: int, stop: int, before: Sequence[dict[str, int]]) -> bool:
        """Whether a preposition behind another word leads to a name ("the wake of the Post"); a report in the Post is the Post's."""
        if any(k in tags for tags in before for k in ("printed", "statement_nouns")):
            return False
        tokens = tokenize(self.text, start, stop, (), spaced=self.book.spaced) if before else []
        return any(t.low in self.small and "articles" not in tags for t, tags in zip(tokens[1:], before[1:], strict=True))

    def outlet_by_noun(self, start: int, end: int, tokens: Sequence[Token], tags: Sequence[dict[str, int]]) -> tuple[str, str] | None:
        """The outlet that a noun for one names (“the newspaper ‘Star’”) or stands for ("the paper"): the one named last."""
        nouns = [n for n, found in enumerate(tags) if "outlet" in found and "broad" not in found]
        if not nouns or any(k in found for found in tags for k in ("roles", "anonymous", "that")):
            return None
        quoted = QUOTED_NAME.search(self.text, start, min(len(self.text), end + 2))
        if quoted and quoted.start() < end:
            return outlet_named(quoted.group(1)) or (quoted.group(1), "outlet")
        behind = nouns[0] + tags[nouns[0]]["outlet"]
        names = [m for m in self.inside((start, end)) if m.kind != "person" and self.described(m, behind, tokens)]
        if names:
            return outlet_named(names[-1].text) or (names[-1].text, "outlet")
        rest = tokens[nouns[-1] + 1 :]
        if rest and self.book.spaced and (rest[0].word or (rest[0].low in "'’" and len(rest) > 1)):
            return None
        at = bisect_left(self.starts, start)
        for n in range(at - 1, -1, -1):
            if start - self.mentions[n].start > MAX_GAP:
                return None
            known = outlet_named(self.mentions[n].text)
            if known or self.mentions[n].kind == "outlet":
                return known or (self.mentions[n].text, "outlet")
        return None

    def described(self, m: Mention, behind: int, tokens: Sequence[Token]) -> bool:
        """Whether a name follows a noun for an outlet, with nothing but a word or two that describe it between ("la agencia danesa X")."""
        between = [t for t in tokens[behind:] if t.word and t.end <= m.start]
        known = behind < len(tokens) and m.start >= tokens[behind].start
        return known and len(between) <= MAX_DESCRIBED and not any(t.low in self.small for t in between)

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
