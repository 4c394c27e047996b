"""Whom a role or a description stands for, who opens a sentence, and who was spoken of last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from retold.base.records import NOWHERE, Mention, Sentence, Span
from retold.identify.bearers import CLOSING
from retold.identify.cues import Token, tokenize
from retold.identify.naming import Naming

YEARS_OLD = re.compile(r"\b\d{2}[-\s]?(?:\w{1,8}[-\s]?){1,2}", re.UNICODE)
SOMEBODY = {"organisation", "outlet", "statement_nouns", "pronouns_person", "pronouns_first", "own_outlet", "printed", "possessives"}
NEAR = 350  # code points back to the name that a description may stand for
APPOSED = 60  # code points behind a description within which its bearer may be named
APPOSING_MARKS = (",", "،", "、", "(")
LONGEST_RANK = 30  # code points of a comma and a rank between a description and a name
BARE = 2  # words of a role and its article
MOST_BEFORE = 3  # words that may stand before the name that a sentence opens with ("Le négociant Bastien Caradoc")
MOST_WORDS = 6  # of a description that stands for a person
MOST_DESCRIBED = 6  # tokens of a description that opens a sentence
LONG = 9  # letters of a compound
MAX_TOLD = 700  # code points back in a paragraph to the one person that it tells of
MAX_GAP = 1200  # code points back to the name that a pronoun may stand for


def size(tags: dict[str, int]) -> int:
    """How many tokens a role or a noun for people who are not named takes."""
    return max(tags.get("roles", 1), tags.get("anonymous", 1))


class StandIns(Naming):
    """Resolves roles, descriptions and openings of sentences in one article."""

    def recent(self, before: int, *, somebody: bool = False) -> tuple[str, Span]:
        """The person last named before an offset, the last speaker first; somebody: a person is meant, and no body."""
        name, span = self.last
        described = self.subject_before(before, somebody=somebody)
        if described is not None and described[1][0] > span[0]:
            return described
        told = self.told_of(before, span)
        if told is not None:
            return self.full(told), (told.start, told.end)
        at = bisect_left(self.starts, before)
        for n in range(at - 1, max(-1, at - 30), -1):
            m = self.mentions[n]
            if before - m.start > MAX_GAP:
                break
            if m.kind == "person" and not self.signs(m):
                if name and span[0] < before and m.start <= span[0] + 250:
                    break
                return self.full(m), (m.start, m.end)
        return (name, span) if name and before - span[0] < MAX_GAP * 2 else ("", NOWHERE)

    def told_of(self, before: int, last: Span) -> Mention | None:
        """The one person whom the narrator's words in a paragraph name before an offset, where who spoke last is not named there.

        "At the quay Jan Mulder, for 31 years on the ferries, shakes his head. “…”, he says." Several people: None.
        """
        floor = max(0, before - MAX_TOLD)
        line = max(floor, self.text.rfind("\n", floor, before) + 1)
        if last[0] >= line:
            return None
        named = [m for m in self.named((line, before)) if not self.signs(m)]
        return named[0] if named and len({self.full(m) for m in named}) == 1 and not self.governed(named[0]) else None

    def by_role(self, start: int, end: int, words: Sequence[dict[str, int]]) -> tuple[str, Span] | None:
        """The person whom a description stands for: "the 66-year-old", or a role that stands beside a name elsewhere."""
        described = self.text[start:end]
        years = YEARS_OLD.search(described)
        if years and len(described.split()) <= 5 and not self.inside((start, end)):
            aged = self.aged(years.group()[:2], start)
            name, span = (self.full(aged), (aged.start, aged.end)) if aged else self.recent(start)
            return (name, span) if name else None
        tokens = tokenize(self.text, start, end, (), spaced=self.book.spaced)
        role = self.head(tokens, words)
        if role < 0 or len(words) > MOST_WORDS or (any("anonymous" in tags for tags in words) and not self.is_general(tokens, words, role)):
            return None
        last = tokens[min(role + words[role]["roles"], len(tokens)) - 1]
        others = {self.full(m) for m in self.inside((start, end), "person")}
        holder = self.bearers.find((start, end), (tokens[role].start, last.end), others)
        if holder is not None:
            return self.full(holder), (holder.start, holder.end)
        own = self.bearers.beside(tokens[role].start, last.end)
        if own is not None and own.start >= last.end and own.start < end + APPOSED:
            return self.full(own), (own.start, own.end)
        if any("possessives" in tags for tags in words[:role]) or self.bearers.speaks_of((tokens[role].start, last.end), self.headline):
            return None  # "her deputy": somebody else than who was named last
        if not self.is_general(tokens, words, role) and not self.alone_with((start, end), tokens):
            return None
        name, span = self.recent(start)
        return (name, span) if name and start - span[1] < NEAR else None

    def is_general(self, tokens: Sequence[Token], words: Sequence[dict[str, int]], role: int) -> bool:
        """Whether a description stands for whoever was spoken of: "the politician", "the retired driver", and no "two politicians"."""
        if self.book.articled and not (any("articles" in tags for tags in words[:1]) and tokens[0].low not in self.book.indefinite):
            return False
        last = tokens[min(role + words[role].get("roles", 1), len(tokens)) - 1]
        alone = all("articles" in tags or tags.get("roles", 0) > 1 for tags in words[:role]) and last is tokens[-1]
        general = alone and self.text[tokens[role].start : last.end].lower() in self.book.general
        return general or any(t.low in self.book.former for t in tokens)

    def alone_with(self, span: Span, tokens: Sequence[Token]) -> bool:
        """Whether a bare role behind a quote says what the one person is of whom its paragraph tells ("„…” – opowiada rolnik.")."""
        sentence = self.sentence_of(span[0])
        if sentence is None or not self.quotes_in(sentence) or self.text[span[1] : span[1] + 1] != ".":
            return False
        if len(tokens) > BARE or tokens[0].low in self.book.indefinite:
            return False
        line = self.text.rfind("\n", 0, span[0]) + 1
        return len({self.full(m) for m in self.inside((line, span[0]), "person")}) == 1

    def set_beside(self, end: int, words: Sequence[dict[str, int]]) -> tuple[str, Span] | None:
        """The name right behind a description that a source ends with ("According to the county vet, Maud Sella, …")."""
        at = bisect_left(self.starts, end)
        m = self.mentions[at] if at < len(self.mentions) else None
        if m is None or m.kind != "person" or m.start > end + LONGEST_RANK:
            return None
        gap = self.text[end : m.start].strip()
        apposed = gap in APPOSING_MARKS or (gap[:1] in APPOSING_MARKS and self.is_rank(end, m.start))
        if apposed and self.text[m.end : m.end + 1] in CLOSING and (any("roles" in tags for tags in words) or self.owned(words)):
            return self.full(m), (m.start, m.end)
        beside = not gap or (gap == "." and self.is_rank(self.text.rfind(" ", 0, end) + 1, m.start))  # "ředitel Ing. Karel Zach"
        return (self.full(m), (m.start, m.end)) if beside and self.book.spaced and any("roles" in tags for tags in words) else None

    def is_rank(self, start: int, stop: int) -> bool:
        """Whether nothing but a rank or title stands in a gap behind its comma (", capitano", ", el contralmirante", ", Dr.")."""
        tokens = tokenize(self.text, start, stop, (), spaced=self.book.spaced)
        tags = [found for t, found in zip(tokens, self.book.tags(tokens), strict=True) if t.word]
        return bool(tags) and all(found.keys() & {"titles", "roles", "articles"} for found in tags)

    def owned(self, words: Sequence[dict[str, int]]) -> bool:
        """Whether a description of two words is somebody's ("su gerenta"): a noun that no list has may be a person's, too."""
        return len(words) == 2 and "possessives" in words[0] and not words[1].keys() & SOMEBODY

    def aged(self, age: str, before: int) -> Mention | None:
        """The person whose age an article gives as this ("Ward, 66, …", "Ward (66)")."""
        at = bisect_left(self.starts, before)
        return next((m for m in reversed(self.mentions[:at]) if age in self.text[m.end : m.end + 6]), None)

    def first_in(self, start: int, stop: int) -> tuple[str, Span] | None:
        """The person named first in a clause, or whom a description stands for that comes before."""
        person = next(iter(self.named((start, stop))), None)
        limit = person.start if person else stop
        tokens = tokenize(self.text, start, min(limit, start + NEAR), (), spaced=self.book.spaced)[: MOST_DESCRIBED + 2]
        tags = self.book.tags(tokens)
        role = next((i for i, found in enumerate(tags) if found.keys() & {"roles", "anonymous"}), -1)
        if role < 0 or (person and self.names_bearer(tokens[role], tags[role], tokens, person)):
            return (self.full(person), (person.start, person.end)) if person else self.body_in(start, stop)
        opens = max((i for i in range(role + 1) if tags[i].keys() & {"articles", "possessives"}), default=role)
        a, b = tokens[opens].start, tokens[min(role + size(tags[role]), len(tokens)) - 1].end
        return self.by_role(a, b, self.words(a, b)) or (self.text[a:b], (a, b))

    def body_in(self, start: int, stop: int) -> tuple[str, Span] | None:
        """The body or outlet that a clause opens with ("L'Unité de contrôle (UIC) n'a ni confirmé ni démenti : …")."""
        body = next(iter(self.inside((start, stop), "organisation", "outlet")), None)
        if body is not None and not self.text[body.end : stop].strip(" .—–-:"):
            return None  # "PADOVA."
        start = max(start, self.text.rfind(",", start, body.start) + 1) if body else start
        before = tokenize(self.text, start, body.start, (), spaced=self.book.spaced) if body and body.start > start else []
        opens = body is not None and len(before) < MOST_BEFORE and not any("breaks" in tags for tags in self.book.tags(before))
        return (body.text, (body.start, body.end)) if body is not None and opens else None

    def names_bearer(self, token: Token, tags: dict[str, int], tokens: Sequence[Token], person: Mention) -> bool:
        """Whether a person is named as the bearer of the role that stands at a token."""
        n = tokens.index(token)
        return self.bearers.beside(token.start, tokens[min(n + size(tags), len(tokens)) - 1].end) is person

    def subject_before(self, before: int, *, somebody: bool = False) -> tuple[str, Span] | None:
        """Whom the narrator's sentence before that of an offset opens with ("Her deputy was blunter. “…”, he said"); None for nobody.

        somebody: a person is asked for, and no body ("The ministry denied it. “…”").
        """
        told = self.reading.sentences
        n = bisect_left(self.opens, before + 1) - 1
        while n >= 0 and (told[n].end > before or self.quotes_in(told[n])):
            n -= 1
        if n < 0 or "\n" in self.text[told[n].end : before] or told[n].kind != "paragraph":
            return None
        found = self.opening(told[n])
        return found if found or somebody else self.opening_body(told[n])

    def opening_body(self, sentence: Sentence) -> tuple[str, Span] | None:
        """The body that a sentence opens with, named or described ("Le ministère de l'Énergie a réagi mardi.")."""
        start, end = sentence.start, sentence.end
        named = self.body_in(start, end)
        tokens = tokenize(self.text, start, min(end, named[1][0] if named else end, start + NEAR), (), spaced=self.book.spaced)
        tokens = tokens[:MOST_BEFORE]
        tags = self.book.tags(tokens)
        n = next((n for n, found in enumerate(tags) if self.is_body(tokens[n], found)), -1)
        led = tokens[:n] if n > 0 else []
        if n < 0 or any(t.low in self.small and not tags[k].keys() & {"articles", "possessives"} for k, t in enumerate(led)):
            return named
        if tokens[0].low in self.book.indefinite or not (n or not self.book.articled or self.book.nouns_capital):
            return named
        stop = tokens[min(n + tags[n].get("organisation", 1), len(tokens)) - 1].end
        return self.text[start:stop], (start, stop)

    def is_body(self, token: Token, tags: dict[str, int]) -> bool:
        """Whether a noun is one for bodies, or ends like one where nouns are written together ("Nationalbank")."""
        compound = bool(self.book.compounds) and token.capital == self.book.nouns_capital and len(token.low) >= LONG
        return "organisation" in tags or (compound and token.low.endswith(self.book.bodies))

    def opening(self, sentence: Sentence) -> tuple[str, Span] | None:
        """The person whom a sentence opens with, or the description, or the bearer who is named with it."""
        start, end = sentence.start, sentence.end
        tokens = tokenize(self.text, start, min(end, start + NEAR), (), spaced=self.book.spaced)[:MOST_DESCRIBED]
        tags = self.book.tags(tokens)
        role = self.head(tokens, tags)
        opened = tags and any(key in tags[0] for key in ("articles", "possessives", "roles"))
        if role < 0 or not opened or tokens[0].low in self.book.indefinite:
            return self.opening_person(sentence, tokens)
        stop = tokens[min(role + tags[role]["roles"], len(tokens)) - 1].end
        bearer = self.bearers.beside(tokens[role].start, stop)
        if bearer is not None and bearer.start < end:
            return self.full(bearer), (bearer.start, bearer.end)
        if any(m.start < stop for m in self.inside((start, end), "person")):
            return self.opening_person(sentence, tokens)
        return self.by_role(start, stop, tags[: role + 1]) or (self.text[start:stop], (start, stop))

    def opening_person(self, sentence: Sentence, tokens: Sequence[Token]) -> tuple[str, Span] | None:
        """The person named among the first words of a sentence: its subject or topic ("A Eusebio Gordillo, la noticia le pilló …")."""
        named = self.named((sentence.start, sentence.end))
        person = next((m for m in named if not self.governed(m)), named[0] if named else None)
        before = [t for t in tokens if person and t.end <= person.start]
        return (self.full(person), (person.start, person.end)) if person and len(before) < MOST_BEFORE and before != list(tokens) else None
