"""Quotes in two mouths: the same words, of which accounts differ who said them, or to which outlet."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from retold.base.meaning import Meaning
from retold.base.records import Name, QuoteVersion
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.lexicons.names import fold
from retold.relate.actors import ends_with, received_after
from retold.relate.disputes import Dispute, support
from retold.relate.marks import Mark, roles
from retold.relate.namesakes import namesakes
from retold.relate.pairs import confidence, content
from retold.relate.quantities import stems
from retold.relate.sides import ClaimSide, Sides
from retold.relate.sounds import in_signs, two_people

MISQUOTED = 0.2  # log odds that a quote with two speakers is a disagreement
SAID_IN_WORDS = 0.6  # share of the words of the shorter quote that a longer one of its language has
UNNAMED = 0.6  # … less where no sentence of either side names its speaker: whom a pronoun stands for is often a guess
SAME_WORDS = 0.3  # cosine of two quotes of two languages from which they are the same words
TOLD = 0.2  # log odds that a quote that was given to two outlets is a disagreement
ADDRESSED = 6  # words before a name among which a preposition may stand that governs it
QUOTED = re.compile(r"[\"“”„«»」』]")

Stand = dict[str, tuple[ClaimSide, Mark]]


def versions_by_quote(story: str, batch: Batch, sides: Sides) -> dict[str, list[QuoteVersion]]:
    """The versions of each quote of a story in the articles that are compared."""
    groups: dict[str, list[QuoteVersion]] = {}
    for v in batch.get(QuoteVersion):
        if v.story == story and v.article in sides.articles:
            groups.setdefault(v.group, []).append(v)
    return groups


def misquoted(story: str, batch: Batch, sides: Sides, meaning: Meaning) -> list[Dispute]:
    """The same quote in the mouths of different speakers. A speaker who is not told by name takes no side."""
    groups, two = versions_by_quote(story, batch, sides), {frozenset(pair) for pair in namesakes(sides)}
    out: list[Dispute] = []
    for group in sorted(groups):
        stands = shared_quotes(acquainted(uncontradicted(speakers(groups[group], sides)), sides, two, meaning))
        if len(stands) > 1 and len({v.article for st in stands.values() for v, _ in st.values()}) > 1:
            names = ", another from ".join(f"“{sides.labels.get(s, s)}”" for s in sorted(stands))
            told = any(n.entity == s for s, stand in stands.items() for v, _ in stand.values() for n in v.names)
            score = confidence(MISQUOTED + support("attribution", stands) - (0.0 if told else UNNAMED))
            why = f"one account has the same words from {names}"
            kind = "actor" if exchanged(stands) else "attribution"
            out.append(Dispute(claim=group, kind=kind, stands=stands, score=score, why=why))
    return out


def exchanged(stands: Mapping[str, Stand]) -> bool:
    """Whether who told whom was turned round: the words of one speaker are said to another of them."""
    told = [(s, v) for s, stand in stands.items() for v, _ in stand.values()]
    return any(n.entity in stands and n.entity != s and addressed(v, n) for s, v in told for n in v.names)


def told_twice(story: str, batch: Batch, sides: Sides) -> list[Dispute]:
    """The same quote given to different outlets ("told the Courier", "declares to the Gazette"), each named as the one it was said to."""
    groups = versions_by_quote(story, batch, sides)
    out: list[Dispute] = []
    for group in sorted(groups):
        if any(stated(v, sides) for v in groups[group]):
            continue
        stands: dict[str, Stand] = {}
        for v in sorted(groups[group], key=lambda v: (v.article, v.start, v.id)):
            side = whole_sentence(v, sides)
            for name in side.names:
                if name.kind == "outlet" and not v.start <= name.start < v.end and told_to(side, name, sides):
                    stands.setdefault(name.entity, {})[v.id] = (side, Mark(value=name.entity, start=name.start, end=name.end))
        words = {s: stems(fold(sides.labels.get(s, s))) for s in stands}
        kept = {s: stand for s, stand in stands.items() if not any(words[s] & words[other] for other in stands if other != s)}
        kept = {s: stand for s, stand in kept.items() if any(other_outlet(s, other, kept, sides) for other in kept if other != s)}
        if len(kept) > 1 and len({v.article for st in kept.values() for v, _ in st.values()}) > 1:
            names = " and to ".join(f"“{sides.labels.get(s, s)}”" for s in sorted(kept))
            score = confidence(TOLD + support("attribution", kept))
            out.append(Dispute(claim=group, kind="attribution", stands=kept, score=score, why=f"the same words are said to {names}"))
    return out


def other_outlet(s: str, other: str, stands: Mapping[str, Stand], sides: Sides) -> bool:
    """Whether two outlets are known to be two: some version of each is of one language, or an article names both. Across languages an
    outlet may be called by what its name means.
    """
    left, right = ({v.language for v, _ in stands[x].values()} for x in (s, other))
    return bool(left & right) or other in sides.company.get(s, frozenset())


def stated(v: QuoteVersion, sides: Sides) -> bool:
    """Whether a quote is told as that of a body, which gives everybody the same answer."""
    return any(a.source_kind not in ("person", "anonymous", "unknown") and any(s < v.end and v.start < e for s, e in a.content)
               for a in sides.said.get(v.article, ()))


def told_to(side: ClaimSide, outlet: Name, sides: Sides) -> bool:
    """Whether something is told to an outlet: an attribution says so, or a preposition or particle of receiving stands at its name."""
    for a in sides.said.get(side.article, ()):
        if any(start < outlet.end and outlet.start < end for start, end in a.addressee):
            return True
    before = side.text[max(side.start, outlet.start - 30) : outlet.start].casefold()
    return received(before, side.language) or received_after(side.text, outlet.end, side.language)


def received(before: str, language: str) -> bool:
    """Whether the last word of a text, articles and quotation marks left out, is a preposition of receiving."""
    words = re.findall(r"[\w'’]+", before)
    if not lexicon(language).spaced:
        return ends_with(before.rstrip(), roles("recipient"), language)
    if len(words) > 1 and words[-1] not in roles("recipient") and words[-1] in lexicon(language).words("words", "stop"):
        words.pop()
    return bool(words) and words[-1] in roles("recipient")


def uncontradicted(stands: Mapping[str, Stand]) -> dict[str, Stand]:
    """Speakers with the versions whose sentences do not name another of them instead, but for one whom it is said to: there a pronoun was
    resolved wrongly ("the answer of Weir").
    """
    out: dict[str, Stand] = {}
    for s, stand in stands.items():
        others = stands.keys() - {s}
        kept = {k: (v, m) for k, (v, m) in stand.items() if any(n.entity == s for n in v.names)
                or not any(n.entity in others and not addressed(v, n) for n in v.names)}
        out |= {s: kept} if kept else {}
    return out


def addressed(side: ClaimSide, name: Name) -> bool:
    """Whether a preposition or particle of receiving stands at a name or a few words before it, outside of what is quoted."""
    before = QUOTED.split(side.text[max(side.start, name.start - 60) : name.start].casefold())[-1]
    words = re.findall(r"[\w'’]+", before)[-ADDRESSED:]
    return bool(set(words) & roles("recipient") and not set(words) & roles("beside")) or received_after(side.text, name.end, side.language)


def shared_quotes(stands: Mapping[str, Stand]) -> dict[str, Stand]:
    """Those speakers who have words that another of them is given: a group of quotes may hold what two said on one matter."""
    said = {s: [(v.language, v.text[m.start : m.end]) for v, m in stand.values()] for s, stand in stands.items()}
    others = {s: [y for other, theirs in said.items() if other != s for y in theirs] for s in said}
    return {s: stand for s, stand in stands.items() if any(one_quote(x, y) for x in said[s] for y in others[s])}


def one_quote(x: tuple[str, str], y: tuple[str, str]) -> bool:
    """Whether two quotes, each with its language, are one; within a language most words of the shorter one have to be in the other."""
    if x[0] != y[0]:
        return True
    words = sorted((content(x[1], x[0]), content(y[1], y[0])), key=len)
    there = frozenset().union(*words[1])
    return sum(bool(word & there) for word in words[0]) >= SAID_IN_WORDS * max(2, len(words[0]))


def acquainted(stands: Mapping[str, Stand], sides: Sides, two: Collection[frozenset[str]], meaning: Meaning) -> dict[str, Stand]:
    """Those speakers whom an article names beside another of them, or of whom full names of other sound stand beside the same words: two
    whom none names both may else be one, spelled otherwise, and so may two whose names share a word, unless it is a surname beside two
    given names (`two`), by which the versions tell them.
    """
    words = {s: stems(fold(sides.labels.get(s, s))) for s in stands}
    named = {s for s, stand in stands.items() if any(n.entity == s for v, _ in stand.values() for n in v.names)}

    def known(s: str, other: str) -> bool:
        if other in sides.company.get(s, frozenset()):
            if not same_words(stands[s], stands[other], meaning):
                return False
            return not words[s] & words[other] or ({s, other} <= named and frozenset((s, other)) in two)
        if any(in_signs(text) for text, entity in sides.forms if entity in (s, other)):
            return False  # what one reads as Yanyuan another reads as Iwabuchi
        full = {s, other} <= named and two_people(sides.labels.get(s, s), sides.labels.get(other, other))
        return full and same_words(stands[s], stands[other], meaning)

    return {s: stand for s, stand in stands.items() if any(known(s, other) for other in stands if other != s)}


def same_words(left: Stand, right: Stand, meaning: Meaning) -> bool:
    """Whether two speakers say the same by their very quotes, which were linked for that; across languages by their meaning."""
    return any(x.language == y.language or meaning.near(
        x.text[m.start : m.end], y.text[n.start : n.end], (x.language, y.language)) >= SAME_WORDS
        for x, m in left.values() for y, n in right.values())


def speakers(versions: Sequence[QuoteVersion], sides: Sides) -> dict[str, Stand]:
    """The versions of a quote by who is named as having said it, each with the sentence that names the speaker."""
    stands: dict[str, Stand] = {}
    for v in sorted(versions, key=lambda v: (v.article, v.start, v.id)):
        speaker = sides.speaker_at(v.article, v.start, v.end)
        if speaker:
            stands.setdefault(speaker, {})[v.id] = (whole_sentence(v, sides), Mark(value=speaker, start=v.start, end=v.end))
    return stands


def whole_sentence(v: QuoteVersion, sides: Sides) -> ClaimSide:
    """A version of a quote with its sentence."""
    start, end = sides.rounded(v.article, v.start, v.end, always=True)
    return sides.of_span(v.article, start, end, row=v.id, group=v.group, attribution=None)
