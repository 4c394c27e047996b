"""Who a source is: its fullest name in the article, what kind of source, which outlet, how many unnamed people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from retold.base.records import NOWHERE, Mention, Sentence, Span
from retold.identify.bearers import CLOSING
from retold.identify.cues import Phrasebook, Token, tokenize
from retold.identify.naming import Naming
from retold.identify.quotes import Piece
from retold.identify.reading import Reading

NEVER = ("\0",)  # no ending of a case
YEARS_OLD = re.compile(r"\b\d{2}[-\s]?(?:\w{1,8}[-\s]?){1,2}", re.UNICODE)
POSSESSED = re.compile("^[”\"»“』」》]?(?:['’]s?)?\\s*")
SOMEBODY = {"organisation", "outlet", "statement_nouns", "pronouns_person", "pronouns_first", "own_outlet", "printed", "possessives"}
NEAR = 350  # code points back to the name that a description may stand for
BESIDE = 60  # code points between an outlet's name and the noun for what it printed
LONGEST_BACK = 40  # code points of what opens a sentence that tells who said the quote before
APPOSED = 60  # code points behind a description within which its bearer may be named
APPOSING_MARKS = (",", "،", "、", "(")
LONGEST_RANK = 30  # code points of a comma and a rank between a description and a name
BARE = 2  # words of a role and its article
MOST_BEFORE = 3  # words that may stand before the name that a sentence opens with ("Le négociant Bastien Caradoc")
MOST_WORDS = 6  # of a description that stands for a person
MOST_DESCRIBED = 6  # tokens of a description that opens a sentence
CLOSE = 3  # code points from the end of that sentence to the quote or pronoun behind it
LONG = 9  # letters of a compound
NEAR_BEHIND = 60  # code points behind a quote within which the person is named who said it, behind a verb that no list has
MOST_VERB = 3  # words of such a verb ("s'agace", "wirft … ein")
VERB_BEHIND = re.compile(r" \w*[^\W\dA-Z]\w*[.,;\n]")  # "…," Lucy Marsh fumed.
DATELINE = " .–—-("  # marks behind the place that opens an article
LEADING = " ,.;–—-»”“\"’'"
STOPPED = re.compile(r"[.,:;!?()\n«»„“”]|\s[–—-]\s")
MAX_GAP = 1200  # code points back to the name that a pronoun may stand for


def is_clause(words: Sequence[dict[str, int]]) -> bool:
    """Whether words are a clause and nobody ("An account has emerged of …"): an auxiliary stands among them, in no relative clause."""
    if any(key in tags for tags in words for key in ("relative", "anonymous", "anonymous_marks")):
        return False
    small = ("breaks", "articles", "joins", "possessives", "pronouns_person", "roles", "that", "titles", "organisation", "outlet")
    return any("helpers" in tags and not any(key in tags for key in small) for tags in words[2:-1])


def is_own_outlet(words: Sequence[dict[str, int]]) -> bool:
    """Whether words are nothing but the outlet itself ("našemu listu"): it was told, and says nothing."""
    return bool(words) and words[0].get("own_outlet", 0) >= len(words) and not any("pronouns_person" in tags for tags in words)


def size(tags: dict[str, int]) -> int:
    """How many tokens a role or a noun for people who are not named takes."""
    return max(tags.get("roles", 1), tags.get("anonymous", 1))


def tells_back(sentence: str, book: Phrasebook) -> bool:
    """Whether a sentence tells who said the quote before it ("Così Ornella Bressan, …", "元教諭の男性はそう振り返る")."""
    return sentence[:LONGEST_BACK].lower().startswith(book.back) or any(words in sentence for words in book.back_inside)


class Speakers(Naming):
    """Resolves sources of one article; `described` are those that nobody names, as they were called."""

    def __init__(self, reading: Reading, book: Phrasebook, quoted: Sequence[Span] = ()) -> None:
        super().__init__(reading, book, quoted)
        self.described: list[tuple[str, Span]] = []

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
            return self.recent(start, somebody=self.text[start:end].casefold() in self.book.persons_only)
        if is_own_outlet(words) or self.is_told(start, end):
            return self.recent(start)
        named = self.set_beside(end, words) or self.by_role(start, end, words)
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
            return self.first_in(start, end) or ("", NOWHERE)
        if self.only_small(start, end, words):
            return self.opener(start, end, words) or self.recent(start)
        if len(words) == 1 and "statement_nouns" in words[0] and "printed" not in words[0]:
            return self.subject_before(start) or described  # "… , uvedl v prohlášení": of whom the sentence before tells
        if any(k in tags for tags in words for k in ("roles", "anonymous")):
            self.last = self.first_described(described)
            return self.last
        opener = self.opener(start, end, words)
        nobody = self.book.cased and len(words) == 1 and not words[0] and described[0].islower()  # an adverb or a thing
        return opener or (self.recent(start) if nobody else self.first_described(described))

    def first_described(self, described: tuple[str, Span]) -> tuple[str, Span]:
        """What a source that nobody names was first called, in full: "the person" is "a person familiar with the matter"."""
        text = described[0].casefold()
        told = text.split() if self.book.spaced else [text]
        short = len(told) == 1 + (self.book.articled and self.book.spaced) and told[0] not in self.book.indefinite
        head = told[-1]
        for earlier, span in reversed(self.described if short else []):
            before = earlier.casefold()
            known = before.endswith(head) if not self.book.spaced else head in before.split()[: len(told) + 1]
            if known and len(before) > len(text):
                return earlier, span
        self.described.append(described)
        return described

    def opener(self, start: int, end: int, words: Sequence[dict[str, int]]) -> tuple[str, Span] | None:
        """Who opens the sentence of a source that seems to be nobody ("Sürücünün ağabeyi ise bariyeri suçladı: …")."""
        sentence = self.sentence_of(start)
        if sentence is None or self.inside((start, end)) or any(tags.keys() & SOMEBODY for tags in words):
            return None
        return self.first_in(sentence.start, start) if sentence.start < start and not self.quotes_in(sentence) else None

    def only_small(self, start: int, end: int, words: Sequence[dict[str, int]]) -> bool:
        """Whether a source has no word but small ones, and none for somebody ("ni"): it is nobody."""
        if not self.book.spaced or any(tags.keys() & {*SOMEBODY, "articles", "anonymous", "roles"} for tags in words):
            return False
        return all(word.strip(",.") in self.small for word in self.text[start:end].casefold().split())

    def stands_for_another(self, start: int, end: int, words: Sequence[dict[str, int]]) -> bool:
        """Whether a source is a pronoun, alone or with a small word beside it ("zij zelf"), and no "her deputy"."""
        if not 0 < len(words) <= 2 or not any(key in tags for tags in words for key in ("pronouns_person", "own", "possessives")):
            return False
        last = self.text[start:end].split()[-1].casefold()
        return len(words) == 1 or not self.book.spaced or last in self.small or not last.isalpha() or "pronouns_person" in words[-1]

    def is_told(self, start: int, end: int) -> bool:
        """Whether a source is one noun in the case of whom something is told ("napsal zaměstnancům"): it says nothing."""
        word = self.text[start:end].strip(" ,.").lower()
        if word.isalpha() and self.book.told_endings != NEVER and "told_to" in self.words(start, end)[0]:
            return True
        return word.isalpha() and (word.endswith(self.book.told_endings) or word.startswith(self.book.told_beginnings))

    def speaks(self, m: Mention, start: int, end: int) -> bool:
        """Whether a person named in a source is who speaks, and not whom the speaker belongs to ("Roth's aides", "a Roth ally")."""
        after = self.text[m.end : end]
        if self.owns_role(m, end):
            return False
        owner = POSSESSED.match(after)
        rest = after[owner.end() :] if owner else after
        if owner and owner.group().strip() and rest[:1].isalpha():
            return False
        following = self.words(m.end, end) if rest[:1].isalpha() else []
        closing = len(following) == 1 and rest[0].islower() and rest.strip().casefold() not in self.small
        if following and ("roles" in following[0] or closing):
            return False
        return self.book.verb_final or not self.of_another(start, m.start)

    def owns_role(self, m: Mention, end: int) -> bool:
        """Whether a name of one word is the body whose officer is named right behind it ("Rzecznik Lewicy Adrian Kołacz")."""
        at = bisect_left(self.starts, m.end)
        following = self.mentions[at] if at < len(self.mentions) else None
        beside = following is not None and following.kind == "person" and following.start == m.end + 1 and following.end <= end
        return beside and self.book.spaced and " " not in m.text

    def of_another(self, start: int, stop: int) -> bool:
        """Whether the words before a name are somebody with a preposition that leads to it ("a spokesman for President …")."""
        tokens = tokenize(self.text, start, stop, (), spaced=self.book.spaced) if start < stop else []
        tags = self.book.tags(tokens)
        n = len(tokens)
        while n and any(k in tags[n - 1] for k in ("roles", "titles", "articles")) and n > 1:
            n -= 1
        leads = n > 1 and tokens[n - 1].low in self.small and not any(k in tags[n - 1] for k in ("articles", "joins", "pronouns_person"))
        return leads and any(k in found for found in tags[: n - 1] for k in ("roles", "anonymous"))

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

    def recent(self, before: int, *, somebody: bool = False) -> tuple[str, Span]:
        """The person last named before an offset, the last speaker first; somebody: a person is meant, and no body."""
        name, span = self.last
        described = self.subject_before(before, somebody=somebody)
        if described is not None and described[1][0] > span[0]:
            return described
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

    def passes_on(self, source: Span) -> bool:
        """Whether a source is an outlet or a body, named or as a noun for outlets, which may cite somebody."""
        return bool(self.inside(source, "outlet", "organisation")) or any("outlet" in tags for tags in self.words(*source))

    def cited_behind(self, cue: Sequence[Span], end: int) -> tuple[str, Span] | None:
        """Whom an outlet cites that stands between the verb of citing and him ("«…», cita el diario al oficial Carlos Melo")."""
        sentence = self.sentence_of(end)
        if sentence is None or not any(self.book.citings.search(self.text, s, e) and e <= end for s, e in cue):
            return None
        return self.first_in(end, sentence.end)

    def cited(self, start: int, stop: int) -> tuple[str, Span] | None:
        """Whom an outlet cites between its name and what it tells ("The Post quoted a judge as saying that …")."""
        for phrase in self.book.citings.finditer(self.text, start, stop):
            return self.first_in(phrase.end(), stop)
        return None

    def aged(self, age: str, before: int) -> Mention | None:
        """The person whose age an article gives as this ("Ward, 66, …", "Ward (66)")."""
        at = bisect_left(self.starts, before)
        return next((m for m in reversed(self.mentions[:at]) if age in self.text[m.end : m.end + 6]), None)

    def guess(self, piece: Piece, before: tuple[str, Span] | None = None) -> tuple[str, Span]:
        """Who may have said a quote that nothing attributes: whom its sentence opens with, or the person named just before it.

        before: who told what the sentence before the quote tells, if anybody did.
        """
        told = self.named_behind(piece.outer_end) or self.told_behind(piece.outer_end)
        told = told or self.before_colon(piece.outer_start) or self.own_subject(piece)
        if told or before:
            return told or before or ("", NOWHERE)
        behind = self.introduced(piece)
        if behind:
            return behind
        line = self.text.rfind("\n", max(0, piece.outer_start - NEAR), piece.outer_start)
        at = bisect_left(self.starts, piece.outer_start)
        for m in reversed(self.mentions[max(0, at - 6) : at]):
            near = m.start > line and piece.outer_start - m.end < NEAR
            if m.kind == "person" and near and not self.signs(m) and not self.colon_he(m.end, piece.outer_start):
                return self.full(m), (m.start, m.end)
        return self.subject_before(piece.outer_start) or ("", NOWHERE)

    def named_behind(self, after: int) -> tuple[str, Span] | None:
        """The person named behind a quote and a verb that no list has ("«…», s'agace l'économiste Hatem Roth."); None for other words."""
        if not self.book.cased:
            return None
        person = next(iter(self.inside((after, after + NEAR_BEHIND), "person")), None)
        gap = self.text[after : person.start] if person else "\n"
        if person is None or STOPPED.search(gap.lstrip(LEADING)):
            return None
        if not gap.strip(LEADING) and VERB_BEHIND.match(self.text, person.end):
            return self.full(person), (person.start, person.end)
        if self.text[person.end : person.end + 1] not in CLOSING + "\n":
            return None
        tokens = [t for t in tokenize(self.text, after, person.start, (), spaced=self.book.spaced) if t.word]
        tags = self.book.tags(tokens)
        named = next((n for n, found in enumerate(tags) if found.keys() & {"roles", "titles", "articles"}), len(tokens))
        verb = 0 < named <= MOST_VERB and tokens[0].low.islower() and not tokens[0].capital
        small = any("breaks" in found for found in tags[:named]) or not tokens or tokens[named - 1].low in self.small
        return (self.full(person), (person.start, person.end)) if verb and not small else None

    def introduced(self, piece: Piece) -> tuple[str, Span] | None:
        """Whom the sentence behind a quote that opens its paragraph introduces ("„…“ Anna Kern, Chefin des Werks, lacht dabei.")."""
        line = self.text.rfind("\n", 0, piece.outer_start) + 1
        n = bisect_left(self.opens, piece.outer_end)
        if self.named((line, piece.outer_start)) or n >= len(self.opens) or self.opens[n] - piece.outer_end > CLOSE:
            return None
        sentence = self.reading.sentences[n]
        if sentence.kind != "paragraph" or self.quotes_in(sentence) or self.text[line : piece.outer_start].strip(DATELINE).count(" ") > 1:
            return None
        tokens = tokenize(self.text, sentence.start, min(sentence.end, sentence.start + NEAR), (), spaced=self.book.spaced)[:MOST_DESCRIBED]
        return self.opening_person(sentence, tokens)

    def before_colon(self, before: int) -> tuple[str, Span] | None:
        """The person or description that the sentence opens with whose colon leads to a quote ("The ranger disagreed: “…”")."""
        colon = before - 1 - (len(self.text[:before]) - len(self.text[:before].rstrip()))
        if self.text[colon : colon + 1] not in (":", "："):
            return None
        sentence = self.sentence_of(colon)
        return self.first_in(sentence.start, colon) if sentence else None

    def own_subject(self, piece: Piece) -> tuple[str, Span] | None:
        """The person or description that the sentence of a quote opens with ("Le procureur, lui, parle d’« un dossier solide »")."""
        sentence = self.sentence_of(piece.outer_start)
        return self.first_in(sentence.start, piece.outer_start) if sentence and sentence.start < piece.outer_start else None

    def told_behind(self, after: int) -> tuple[str, Span] | None:
        """Who is named in the sentence behind a quote that tells whose words it was ("«…». Così Ornella Bressan, titolare del bar")."""
        n = bisect_left(self.opens, after)
        if n >= len(self.opens) or self.opens[n] - after > CLOSE:
            return None
        sentence = self.reading.sentences[n]
        if not tells_back(self.text[sentence.start : sentence.end], self.book):
            return None
        persons = self.inside((sentence.start, sentence.end), "person")
        if persons:
            return self.full(persons[0]), (persons[0].start, persons[0].end)
        return self.first_in(sentence.start, sentence.end)

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
        if n < 0 or any(t.low in self.small and not found.keys() & {"articles", "possessives"} for t, found in zip(led, tags, strict=False)):
            return named
        if tokens[0].low in self.book.indefinite or not (n or not self.book.articled or self.book.nouns_capital):
            return named
        stop = tokens[min(n + tags[n].get("organisation", 1), len(tokens)) - 1].end
        return self.text[start:stop], (start, stop)

    def is_body(self, token: Token, tags: dict[str, int]) -> bool:
        """Whether a noun is one for bodies, or ends like one where nouns are written together ("Nationalbank")."""
        compound = self.book.compounds and token.capital == self.book.nouns_capital and len(token.low) >= LONG
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

