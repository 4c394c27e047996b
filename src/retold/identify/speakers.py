"""Who a source is: its fullest name in the article, what kind of source, which outlet, how many unnamed people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cached_property

from retold.base.records import NOWHERE, Mention, Span
from retold.identify.cues import Phrasebook, tokenize
from retold.identify.quotes import Piece
from retold.identify.reading import Reading

YEARS_OLD = re.compile(r"\b\d{2}[-\s]?(?:\w{1,8}[-\s]?){1,2}", re.UNICODE)
POSSESSED = re.compile("^[”\"»“』」》]?(?:['’]s?)?\\s*")
NEAR = 350  # code points back to the name that a description may stand for
APPOSED = 40  # code points between a name and the role of its bearer
BESIDE = 60  # code points between an outlet's name and the noun for what it printed
MOST_DESCRIBED = 4  # tokens of a description that opens a sentence
CLOSE = 3  # code points from the end of that sentence to the quote or pronoun behind it
MAX_GAP = 1200  # code points back to the name that a pronoun may stand for


def is_clause(words: Sequence[dict[str, int]]) -> bool:
    """Whether words are a clause and nobody ("An account has emerged of …"): an auxiliary stands among them, in no relative clause."""
    if any(key in tags for tags in words for key in ("relative", "anonymous", "anonymous_marks")):
        return False
    small = ("breaks", "articles", "joins", "possessives", "pronouns_person", "roles", "that", "titles", "organisation", "outlet")
    return any("helpers" in tags and not any(key in tags for key in small) for tags in words[2:-1])


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
        if self.stands_for_another(start, end, words):
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
        described = self.text[start:end].strip(" ,"), (start, end)
        if is_clause(words):
            return "", NOWHERE
        if any(k in tags for tags in words for k in ("roles", "anonymous")):
            self.last = described
        return described

    def stands_for_another(self, start: int, end: int, words: Sequence[dict[str, int]]) -> bool:
        """Whether a source is a pronoun, alone or with a small word beside it ("zij zelf"), and no "her deputy"."""
        if not 0 < len(words) <= 2 or not any(key in tags for tags in words for key in ("pronouns_person", "own", "possessives")):
            return False
        last = self.text[start:end].split()[-1].casefold()
        return len(words) == 1 or not self.book.spaced or last in self.small or not last.isalpha() or "pronouns_person" in words[-1]

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
        described = self.subject_before(before)
        if described is not None and described[1][0] > span[0]:
            return described
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
        holder = self.holder(role, start, others)
        if holder is not None:
            return self.full(holder), (holder.start, holder.end)
        if any("possessives" in tags for tags in words[: roles[-1]]):
            return None  # "her deputy": somebody else than who was named last
        name, span = self.recent(start)
        if not self.inside(span, "person"):
            return None
        article = any("articles" in tags for tags in words[:1]) and tokens[0].low not in self.book.indefinite
        definite = article or not self.book.articled
        near = bool(name) and start - span[1] < NEAR and definite
        return (name, span) if near else None

    def holder(self, role: str, before: int, others: Collection[str]) -> Mention | None:
        """The person beside whom a role stands before an offset, the nearest to it first ("Roth warned Falk, the director": Falk)."""
        found = []
        for n, m in enumerate(self.mentions):
            if m.kind != "person" or m.start >= before or self.full(m) in others:
                continue
            left = self.text[max(0, m.start - APPOSED) : m.start].casefold()
            right = self.text[m.end : min(m.end + APPOSED, before)].casefold()
            gaps = [len(left) - left.rfind(role) - len(role) if role in left else APPOSED, right.find(role) if role in right else APPOSED]
            if min(gaps) < APPOSED:
                found.append((min(gaps), n))
        return self.mentions[min(found)[1]] if found else None

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
        return self.subject_before(piece.outer_start) or ("", NOWHERE)

    def subject_before(self, before: int) -> tuple[str, Span] | None:
        """The description that opens the sentence before an offset ("Her deputy was blunter."); None where a name stands in it."""
        n = bisect_left(self.opens, before) - 1
        while n >= 0 and self.reading.sentences[n].end > before:
            n -= 1
        if n < 0 or before - self.reading.sentences[n].end > CLOSE or self.reading.sentences[n].kind != "paragraph":
            return None
        start, end = self.reading.sentences[n].start, self.reading.sentences[n].end
        if self.inside((start, end), "person"):
            return None
        tokens = tokenize(self.text, start, min(end, start + NEAR), (), spaced=self.book.spaced)[:MOST_DESCRIBED]
        tags = self.book.tags(tokens)
        role = next((i for i, found in enumerate(tags) if "roles" in found), -1)
        opened = tags and any(key in tags[0] for key in ("articles", "possessives", "roles"))
        if role < 0 or not opened or tokens[0].low in self.book.indefinite:
            return None
        stop = tokens[min(role + tags[role]["roles"], len(tokens)) - 1].end
        return self.text[start:stop], (start, stop)

    @cached_property
    def opens(self) -> list[int]:
        """Where the sentences begin."""
        return [s.start for s in self.reading.sentences]

    def colon_he(self, start: int, stop: int) -> bool:
        """Whether a colon and a pronoun stand in between ("Insider defies Roth: He was “ready to go”"): the subject before it speaks."""
        after = self.text[start:stop].partition(":")[2]
        return bool(after) and any("pronouns_person" in tags for tags in self.words(stop - len(after), stop))
