"""Which person bears a role: "the health minister" is whom the article names with it ("the health minister, Rosalind Tay, …")."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence

from retold.base.records import Mention, Span
from retold.identify.cues import CLASSES, Phrasebook, Token, tokenize

BEHIND = 60  # code points from a role to the name of its bearer behind it
BEFORE = 35  # code points from a name to the role of its bearer behind it
MOST_BETWEEN = 5  # words between a role and the name of its bearer ("the mayor of Thorley by the Sea Ana Roth")
MOST_NAMES = 3  # names behind a role among which its bearer may be ("the president of Thorley Town, Marc Duhem")
MOST_OWNED = 2  # the same where nouns own by their ending alone ("minister zdrowia Alina Borek")
MOST_BORNE = 100  # places before a role at which it is named with a person that are looked at
STEM = 5  # letters by which two words that tell roles apart are the same
LEAST_STEM = 3  # letters of a role without the ending of its case
STOPS = re.compile("[.;:!?\\n\"“”„«»…()（）。！？；：「」『』]")
APPOSING = ",，、("  # marks that lead from a name to its bearer's role, or back
NAMED = re.compile("[«„“\"「『《][^«»„“”\"「」『』《》.!?\n]{1,40}[»“”\"」』》]")  # the name of a body in marks, which parts nothing
CLOSING = ",.;:!?)–—，。、）"
DASHES = "–—-"


class Bearers:
    """Finds the bearers of roles in one article; `full` gives the fullest form of a name."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], book: Phrasebook, small: Collection[str], full: Callable[[Mention], str],
    ) -> None:
        self.text = text
        lowered = text.lower()
        self.low = lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        self.mentions = mentions
        self.starts = [m.start for m in mentions]
        self.ends = sorted((m.end, n) for n, m in enumerate(mentions))
        self.book = book
        self.small = small
        self.full = full
        self._borne: dict[str, list[tuple[int, int, Mention]]] = {}

    def find(self, span: Span, role: Span, others: Collection[str]) -> Mention | None:
        """The person who bears a role, by what stands before the description; others: names that are meant by none."""
        told = self.qualifiers(span[0], role, span[1])
        for pattern in self.patterns(self.low[slice(*role)]):
            found = []
            for start, end, person in self.borne(pattern, span[0]):
                if self.full(person) in others:
                    continue
                shared = alike(told, self.qualifiers(max(0, start - BEFORE), (start, end), min(person.start, end + BEHIND)))
                if shared >= 0:
                    found.append((shared, start, person.start, person))
            if found:
                return max(found, key=lambda item: item[:3])[3]
        return None

    def borne(self, pattern: re.Pattern[str], stop: int) -> list[tuple[int, int, Mention]]:
        """Where the text up to a place names a role with a person, the last `MOST_BORNE` times; each role is looked for once an article."""
        rows = self._borne.get(pattern.pattern)
        if rows is None:
            spans = (m.span() for m in pattern.finditer(self.low))
            rows = self._borne[pattern.pattern] = [(*s, person) for s in spans if (person := self.beside(*s)) is not None]
        last = bisect_right(rows, stop, key=lambda row: row[1])
        return rows[max(0, last - MOST_BORNE) : last]

    def speaks_of(self, role: Span, floor: int) -> bool:
        """Whether the text from `floor` to a role speaks of it already without naming anybody: then it is somebody of its own."""
        pattern = next(self.patterns(self.low[slice(*role)]))
        return any(self.beside(*m.span()) is None for m in pattern.finditer(self.low, max(0, floor), role[0]))

    def patterns(self, role: str) -> Iterator[re.Pattern[str]]:
        """A role as it is written (small words may be written onto it), then in its other cases and as the end of a compound."""
        words = [w.removeprefix(self.book.article) for w in role.split()]
        if not self.book.spaced:
            yield re.compile(re.escape(role))
            return
        onto = f"[{''.join(self.book.proclitics)}]?(?:{self.book.article})?" if self.book.proclitics else ""
        *lead, last = (onto + re.escape(w) for w in words)
        yield re.compile(rf"(?<!\w){' '.join([*lead, last])}(?!\w)")
        ending = next((e for e in self.book.case_endings if e and words[-1].endswith(e) and len(words[-1]) - len(e) >= LEAST_STEM), "")
        stem = words[-1].removesuffix(ending)
        compound = r"\w*" if self.book.compounds else ""
        if self.book.case_endings or compound:
            endings = "|".join(map(re.escape, self.book.case_endings)) or ""
            yield re.compile(rf"(?<!\w){compound}{' '.join([*lead, onto + re.escape(stem)])}(?:{endings})(?!\w)")

    def beside(self, start: int, end: int) -> Mention | None:
        """The person named with the role at [start, end): right behind it, before it with a comma, or behind what the role is of."""
        at = bisect_left(self.starts, end)
        following = self.mentions[at : at + MOST_NAMES]
        behind = next((m for m in following if m.kind == "person" and m.start - end <= BEHIND), None)
        if behind is not None and (self.adjacent(end, behind.start) or self.doubled(end, behind)):
            return behind
        at = bisect_left(self.ends, (start + 1, -1)) - 1
        before = self.mentions[self.ends[at][1]] if at >= 0 else None
        if before is not None and before.kind == "person" and start - before.end <= BEFORE and self.described(before.end, start):
            return before
        return behind if behind is not None and self.leads(end, behind) else None

    def between(self, start: int, stop: int) -> tuple[list[Token], list[dict[str, int]]] | None:
        """The words of a gap with their tags; None where a sentence ends in it or something is said, done by others or joined on."""
        if STOPS.search(NAMED.sub("", self.text[start:stop])):
            return None
        at = bisect_left(self.starts, start)
        names = [(m.start, m.end) for m in self.mentions[at : at + MOST_NAMES] if m.end <= stop]
        tokens = tokenize(self.text, start, stop, (), spaced=self.book.spaced)
        tokens = [t for t in tokens if not any(a < t.end and t.start < b for a, b in names)]
        tags = self.book.tags(tokens)
        if any(k in found for found in tags for k in ("joins", "roles", "relative", *CLASSES)) or any(t.low == "'" for t in tokens[:1]):
            return None
        return tokens, tags

    def adjacent(self, start: int, stop: int) -> bool:
        """Whether nothing but titles, or a particle that puts a name beside a role, stands in between."""
        gap = self.text[start:stop].strip()
        words = self.words(start, stop)
        titled = words and not STOPS.search(gap.replace(".", "")) and all("titles" in tags for tags in words)
        return not gap or gap in self.book.apposing or bool(titled)

    def words(self, start: int, stop: int) -> list[dict[str, int]]:
        """The tags of the words in a gap."""
        return self.book.tags([t for t in tokenize(self.text, start, stop, (), spaced=self.book.spaced) if t.word])

    def roles_in(self, start: int, stop: int) -> bool:
        """Whether a gap speaks of somebody else; a word of a body's name does not ("diretora-geral de Veterinária")."""
        tokens = [t for t in tokenize(self.text, start, stop, (), spaced=self.book.spaced) if t.word]
        named = self.book.cased and not self.book.nouns_capital
        return any("roles" in tags and not (named and t.capital) for t, tags in zip(tokens, self.book.tags(tokens), strict=True))

    def described(self, start: int, stop: int) -> bool:
        """Whether a name leads to its bearer's role: over a comma and small words, over "is the", or directly where nothing is spaced."""
        gap = self.text[start:stop].strip()
        if not gap:
            return not self.book.spaced
        found = self.between(start, stop)
        if found is None:
            return False
        tokens, tags = found
        words = [(t, k) for t, k in zip(tokens, tags, strict=True) if t.word]
        if gap[0] in APPOSING or gap[0] in DASHES:
            return len(words) <= MOST_OWNED + 1 and not any("helpers" in k and "articles" not in k for _, k in words)
        return any("articles" in k for _, k in words) and all(k.keys() & {"articles", "helpers"} or t.low in self.small for t, k in words)

    def leads(self, start: int, person: Mention) -> bool:
        """Whether a role leads to a name over what it is a role of: "of Thorley", "zdrowia", "for health," with a comma around the name."""
        found = self.between(start, person.start)
        if found is None:
            return self.set_off(start, person)
        words = [(t, k) for t, k in zip(*found, strict=True) if t.word]
        if any(t.low in APPOSING or t.low in DASHES for t in found[0]):
            return self.set_off(start, person)
        does = {"attitude", "helpers", "breaks"} if self.book.articled else {"attitude"}
        if not words or any(k.keys() & does and t.low not in self.small for t, k in words):
            return not words and not self.book.articled
        if words[0][0].low in self.small:
            return len(words) <= MOST_BETWEEN and words[-1][0].low not in self.small
        owned = not self.book.articled and len(words) <= MOST_BETWEEN - 1
        return owned and not any(t.low.endswith(self.book.verbal) for t, _ in words)

    def set_off(self, start: int, person: Mention) -> bool:
        """Whether commas set a name off behind a role and what is told of it ("The ranger who found the calf, Ines Calloway, …")."""
        gap = self.text[start : person.start].rstrip()
        if not gap or gap[-1] not in APPOSING or STOPS.search(NAMED.sub("", gap.rstrip("("))):
            return False
        return self.text[person.end : person.end + 1] in CLOSING and not self.roles_in(start, person.start)

    def doubled(self, start: int, person: Mention) -> bool:
        """Whether a comma leads to a second role beside the name ("Her neighbour, the nurse Zoe Lyle, …")."""
        gap = self.text[start : person.start]
        if gap[:1] not in APPOSING or STOPS.search(gap):
            return False
        tags = self.words(start, person.start)
        role = next((n for n, found in enumerate(tags) if "roles" in found), -1)
        return 0 <= role <= 1 and role + tags[role]["roles"] == len(tags)

    def qualifiers(self, start: int, role: Span, stop: int) -> tuple[str, str]:
        """The words of content right before and behind a role, "" where there is none ("the health minister", "ministro de Sanidad")."""
        if not self.book.spaced:
            return "", ""
        before = re.findall(r"[\w-]+", self.low[start : role[0]])[-1:]
        rest = re.split(r"[,.;:(]", self.low[role[1] : max(role[1], stop)], maxsplit=1)[0]
        behind = [w for w in re.findall(r"[\w-]+", rest) if w not in self.small][:1]
        return "".join(w for w in before if w not in self.small and w not in self.book.former and len(w) > 1), "".join(behind)


def alike(a: tuple[str, str], b: tuple[str, str]) -> int:
    """How many words that tell roles apart two descriptions share; -1 where one says "health" and the other "finance".

    >>> alike(("health", ""), ("health", "")), alike(("", "sanidad"), ("", "justicia")), alike(("", ""), ("health", ""))
    (1, -1, 0)
    """
    pairs = [(x[:STEM], y[:STEM]) for x, y in zip(a, b, strict=True) if x and y]
    return sum(x == y for x, y in pairs) if all(x == y for x, y in pairs) else -1
