"""Who a source is: its fullest name in the article, what kind of source, which outlet, how many unnamed people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from retold.base.records import NOWHERE, Mention, Span
from retold.identify.bearers import CLOSING
from retold.identify.cues import Phrasebook, tokenize
from retold.identify.quotes import Piece
from retold.identify.reading import Reading
from retold.identify.standins import MAX_GAP, MOST_DESCRIBED, NEAR, SOMEBODY, StandIns
from retold.lexicons.backreferences import find_references, meant

NEVER = ("\0",)  # no ending of a case
POSSESSED = re.compile("^[”\"»“』」》]?(?:['’]s?)?\\s*")
BESIDE = 60  # code points between an outlet's name and the noun for what it printed
LONGEST_BACK = 40  # code points of what opens a sentence that tells who said the quote before
CLOSE = 3  # code points from the end of that sentence to the quote or pronoun behind it
NEAR_BEHIND = 60  # code points behind a quote within which the person is named who said it, behind a verb that no list has
MOST_VERB = 3  # words of such a verb ("s'agace", "wirft … ein")
VERB_BEHIND = re.compile(r" \w*[^\W\dA-Z]\w*[.,;\n]")  # "…," Lucy Marsh fumed.
DATELINE = " .–—-("  # marks behind the place that opens an article
LEADING = " ,.;–—-»”“\"’'"
MARKS_BESIDE = " ,，、"
STOPPED = re.compile(r"[.,:;!?()\n«»„“”]|\s[–—-]\s")


def is_clause(words: Sequence[dict[str, int]]) -> bool:
    """Whether words are a clause and nobody ("An account has emerged of …"): an auxiliary stands among them, in no relative clause."""
    if any(key in tags for tags in words for key in ("relative", "anonymous", "anonymous_marks")):
        return False
    small = ("breaks", "articles", "joins", "possessives", "pronouns_person", "roles", "that", "titles", "organisation", "outlet")
    return any("helpers" in tags and not any(key in tags for key in small) for tags in words[2:-1])


def is_own_outlet(words: Sequence[dict[str, int]]) -> bool:
    """Whether words are nothing but the outlet itself ("našemu listu"): it was told, and says nothing."""
    return bool(words) and words[0].get("own_outlet", 0) >= len(words) and not any("pronouns_person" in tags for tags in words)


def tells_back(sentence: str, book: Phrasebook) -> bool:
    """Whether a sentence tells who said the quote before it ("Così Ornella Bressan, …", "元教諭の男性はそう振り返る")."""
    return sentence[:LONGEST_BACK].lower().startswith(book.back) or any(words in sentence for words in book.back_inside)


class Speakers(StandIns):
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
            told = (self.full(heads[0]), (heads[0].start, heads[0].end))
            self.last = self.last if self.signs(heads[0]) else told  # "she" in the text is not who wrote it
            return told
        if self.stands_for_another(start, end, words):
            return self.recent(start, somebody=self.text[start:end].casefold() in self.book.persons_only)
        if is_own_outlet(words) or self.is_told(start, end):
            return self.recent(start)
        named = self.set_beside(end, words) or self.by_role(start, end, words)
        if named:
            return named
        printed = self.printed(start, end, words) or self.referred(start, end)
        if printed:
            return printed.text, (printed.start, printed.end)
        others = self.inside((start, end), "organisation", "outlet")
        if others and not any(k in tags for tags in words for k in ("anonymous", "roles")):
            return others[0].text, (others[0].start, others[0].end)
        return self.unnamed(start, end, words)

    def unnamed(self, start: int, end: int, words: Sequence[dict[str, int]]) -> tuple[str, Span]:
        """Whom a source without a name stands for, or its own words."""
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
        telling = {*SOMEBODY, "anonymous", "roles", *(["articles"] if len(words) > 1 else [])}
        if not self.book.spaced or any(tags.keys() & telling for tags in words) or self.text[start:end].casefold() in self.book.indefinite:
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

    def referred(self, start: int, end: int) -> Mention | None:
        """The body that a source refers back to by its noun ("同社", "该公司")."""
        source = self.text[start:end].strip(MARKS_BESIDE)
        noun = next((n for s, e, n in find_references(source, self.reading.lexicon.language) if (s, e) == (0, len(source))), "")
        before = self.mentions[: bisect_left(self.starts, start)] if noun else []
        at = meant(noun, [(m.text, m.kind) for m in before], self.reading.lexicon.language) if before else -1
        return before[at] if at >= 0 else None

    def its_report(self, start: int, end: int) -> bool:
        """Whether "the report" is the one that an outlet brought: where it was first spoken of, the name of an outlet stands beside it."""
        words = self.text[start:end].casefold().split()
        floor = max(0, start - MAX_GAP)
        for match in reversed(list(re.finditer(rf"(\w+)\s+{re.escape(words[-1])}(?!\w)", self.text[floor:start].casefold()))):
            if match[1] != words[0]:  # "the report" before it stands for the same
                begin, stop = floor + match.start() - BESIDE, floor + match.end() + BESIDE
                return any(m.kind == "outlet" for m in self.inside((begin, stop)))
        return True

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


