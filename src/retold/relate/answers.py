"""What one voice answers another in the same article: an article that sets two accounts against each other says itself that they differ.

Three forms are known in every language: a denial that has no content of its own, so that it denies what was told just before ("The company
denies this"); two voices beside each other with a figure each ("60 according to the union, 45 according to the port"); and a figure that
is set right ("nine nights, not eleven").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from retold.base.meaning import Meaning
from retold.base.records import NOWHERE, Quantity, Span
from retold.lexicons import lexicon
from retold.relate.counts import TWO_DIGITS, some_of, unsaid
from retold.relate.disputes import Dispute, Stands, support
from retold.relate.marks import DENIALS, JOINT, Mark, everywhere, opposite_words
from retold.relate.pairs import confidence, content, shown
from retold.relate.quantities import agree, beyond, commensurable, in_base, is_part, other_thing
from retold.relate.sides import NOTHING, ClaimSide, Sides

DENIED = -0.2  # log odds that a denial without content of its own, in one article alone, disagrees with what was told before it
BACK = 2  # sentences before it in which stands what it denies
VOICES = 0.1  # … that two voices with a figure each do
RIGHTED = 0.8  # … that a figure that is set right was told by others
EMPTY = 2  # content words that the clause of a denial may have besides names
EMPTY_BEHIND = 1  # … and of these behind the word
EMPTY_SIGNS = 12  # … and signs, where words are not spaced
SET_RIGHT = 3  # words between a negation and the figure that it takes back
SAME = 0.35  # cosine from which a version with the figure that is taken back tells of the same
CLAUSE = re.compile(r"[,;:–—]\s|[.!?…]+\s|[。！？、，；：「」『』“”«»\"„]")
OPENING = tuple("「『“«\"„")
SAYING = ("say", "announce", "claim", "confirm", "deny", "warn", "according_to")

PERSONS = ("sources", "pronouns_person")
Homes = Mapping[str, Sequence[ClaimSide]]
Stand = dict[str, tuple[ClaimSide, Mark]]


def answered(homes: Homes, sides: Sides, meaning: Meaning) -> list[Dispute]:
    """The disagreements that single articles tell as such.

    Args:
        homes: the versions by article.
        sides: the records of the story.
        meaning: what tells how near two versions are.
    """
    told = [(article, sorted(own, key=lambda v: (v.core, v.id))) for article, own in sorted(homes.items())]
    return [*gathered([d for article, own in told for d in denials(article, own, sides)]),
            *gathered([d for _, own in told for d in voices(own)]),
            *(d for _, own in told for d in righted(own, homes, meaning))]


def gathered(found: Sequence[Dispute]) -> list[Dispute]:
    """Disputes with those of other articles that are over the same claims: on each of two sides they have a claim in common."""
    out: list[dict[str, Stand]] = []
    first: list[Dispute] = []
    for d in found:
        home = next((i for i, stands in enumerate(out) if same_claims(stands, d.stands)), None)
        if home is None:
            out.append({k: dict(stand) for k, stand in d.stands.items()})
            first.append(d)
        else:
            for k, stand in d.stands.items():
                out[home][k] |= stand
    return [replace(d, stands=stands, score=confidence(d.score + support(d.kind, stands)), answered=True)
            for d, stands in zip(first, out, strict=True)]


def same_claims(a: Mapping[str, Stand], b: Stands) -> bool:
    """Whether two disputes have the same sides, and on each of them a claim in common."""
    return a.keys() == b.keys() and all(claims(a[k]) & claims(b[k]) for k in a)


def claims(stand: Mapping[str, tuple[ClaimSide, Mark]]) -> set[str]:
    """The claims of a side."""
    return {v.group for v, _ in stand.values()}


# ---- denials without content of their own -------------------------------------------------------------------------


def denials(article: str, own: Sequence[ClaimSide], sides: Sides) -> Iterator[Dispute]:
    """Denials of what somebody else says in the sentences before; `score` is in log odds."""
    sentences = [(s.start, s.end) for s in sides.sentences.get(article, ())]
    for i, here in enumerate(sentences[1:], start=1):
        denying = within(own, here)
        word = denial_in(here, denying[0], sides) if denying else None
        if word is None:
            continue
        deniers = {n.entity for v in denying for n in v.names} | {v.source for v in denying if v.source}
        told = [v for before in sentences[max(0, i - BACK) : i] for v in within(own, before)]
        asserted = [v for v in told if v.source not in deniers and not v.negated and vouched(v)]
        if asserted:
            denying += [v for v in within(own, sentences[i + 1]) if v.quoted] if i + 1 < len(sentences) else []
            yes: Stand = {v.id: (v, Mark(value="yes", start=v.start, end=v.end)) for v in asserted}
            no: Stand = {v.id: (v, word if v.core[0] < here[1] else Mark(value="no", start=v.core[0], end=v.core[1])) for v in denying}
            why = f"one account denies with {shown(denying[0], word)} what another asserts"
            yield Dispute(claim=asserted[0].group, kind="negation", stands={"yes": yes, "no": no}, score=DENIED, why=why)


def vouched(v: ClaimSide) -> bool:
    """Whether a version is somebody's: attributed, quoted, or told as hearsay."""
    return bool(v.source) or v.quoted or voiced(v) or any(m.value[0] == "~" for m in v.hedges)


def within(own: Sequence[ClaimSide], sentence: Span) -> list[ClaimSide]:
    """The versions that lie in a sentence."""
    return [v for v in own if v.core != NOWHERE and sentence[0] <= v.core[0] and v.core[1] <= sentence[1]]


def denial_in(sentence: Span, side: ClaimSide, sides: Sides) -> Mark | None:
    """The word of denial in a sentence whose clause has no content of its own; none inside of quotation marks."""
    for m in denying(side.language).finditer(side.text, *sentence):
        if not sides.in_quote(side.article, m.start(), m.end()) and empty(sentence, m, side, sides):
            return Mark(value="no", start=m.start(), end=m.end())
    return None


@cache
def denying(language: str) -> re.Pattern[str]:
    """Words by which somebody denies, contradicts, or calls untrue."""
    known = [opposite_words(language).get(("negation", DENIALS["negation"], 1)), everywhere("untrue", language)]
    return re.compile("|".join(f"(?:{p.pattern})" for p in known if p is not None and p.pattern), re.IGNORECASE)


def empty(sentence: Span, word: re.Match[str], side: ClaimSide, sides: Sides) -> bool:
    """Whether the clause of a word has hardly any content besides it and names."""
    text = side.text
    start = max((m.end() for m in CLAUSE.finditer(text, sentence[0], word.start())), default=sentence[0])
    end = next((m.start() for m in CLAUSE.finditer(text, word.end(), sentence[1])), sentence[1])
    if text[end : end + 1] in OPENING:
        return False  # "denies an 'Antennagate'": what stands between the marks is denied
    before, behind = text[start : word.start()], text[word.end() : end]
    for name in sides.names.get(side.article, NOTHING).within(start, end):
        before, behind = before.replace(name.text, " "), behind.replace(name.text, " ")
    if not lexicon(side.language).spaced:
        return len((before + behind).strip()) <= EMPTY_SIGNS
    owned = len(content(behind, side.language))  # "denies that creating jobs was a factor" has content of its own
    return owned <= EMPTY_BEHIND and len(content(before, side.language)) + owned <= EMPTY


# ---- two voices ---------------------------------------------------------------------------------------------------


def voices(own: Sequence[ClaimSide]) -> Iterator[Dispute]:
    """Two voices beside each other with a figure of one thing each; `score` is in log odds."""
    for a, b in combinations(own, 2):
        if NOWHERE in (a.core, b.core) or a.core[1] > b.core[0] or not beside(a, b) or not two_voices(a, b):
            continue
        rivals = [(q, r) for q in inside(a) for r in inside(b) if rival(a, q, b, r)]
        if len(rivals) == 1 and not any(has(a, r) or has(b, q) for q, r in rivals):
            q, r = rivals[0]
            left, right = mark(q), mark(r)
            stands = {left.value: {a.id: (a, left)}, right.value: {b.id: (b, right)}}
            why = f"one account says {shown(a, left)}, another {shown(b, right)}"
            yield Dispute(claim=min(a.group, b.group), kind="number", stands=stands, score=VOICES, why=why)


def beside(a: ClaimSide, b: ClaimSide) -> bool:
    """Whether a version stands in the sentence of another or in the one behind it, in the same paragraph."""
    between = a.text[a.core[1] : b.core[0]]
    return b.sentence[0] <= a.sentence[1] + 2 and "\n" not in between


def two_voices(a: ClaimSide, b: ClaimSide) -> bool:
    """Whether two versions are told by two voices that are set against each other."""
    told = tellers(a, b)
    start, end = (b.sentence[0] if b.sentence != a.sentence else a.core[1]), b.core[1]
    contrast = everywhere("contrasting", a.language).search(a.text, start, end) is not None
    here, there = ({n.entity for n in v.names if v.core[0] <= n.start and n.end <= v.core[1] and n.kind != "place"} for v in (a, b))
    others = bool(here and there and not here & there)
    return told + contrast + others > 1 and told > 0 and not (a.source == b.source != "" and not others)


def tellers(a: ClaimSide, b: ClaimSide) -> int:
    """How many of two versions somebody is told to say, or tells a figure of her own; the latter not where "she" may be the same."""
    personal = any(lexicon(v.language).pattern(*PERSONS).search(v.text, *v.core) is not None for v in (a, b))
    return sum(voiced(v) or (reckoned(v) and not personal) for v in (a, b))


def voiced(v: ClaimSide) -> bool:
    """Whether somebody is told to say a version."""
    return bool(v.source) or lexicon(v.language).pattern("attribution", *SAYING).search(v.text, *v.core) is not None


def reckoned(v: ClaimSide) -> bool:
    """Whether a version tells a figure as somebody's by a word of reckoning ("the trust put it at 1,340")."""
    return everywhere("reckoning", v.language).search(v.text, *v.core) is not None


def inside(v: ClaimSide) -> list[Quantity]:
    """The figures of a version itself that count or measure something."""
    own = [q for q in v.quantities if v.core[0] <= q.start and q.end <= v.core[1] and q.unit != "age"]
    return [q for q in own if not unsaid(q) and not some_of(v, q)]


def rival(a: ClaimSide, q: Quantity, b: ClaimSide, r: Quantity) -> bool:
    """Whether two figures of one article may be of one thing, and do not agree."""
    if not commensurable(q, r) or agree(q, r) or is_part(q.what) or is_part(r.what) or beyond(in_base(q), in_base(r)):
        return False
    if within_dates(a) and within_dates(b):
        return False  # "4.5 tonnes by Wednesday, 3 on Tuesday"
    if q.what and r.what:
        many = q.value >= TWO_DIGITS and r.value >= TWO_DIGITS and tellers(a, b) > 1
        return not other_thing(q.what, r.what) or (many and taking_part(q.what, a.language) and taking_part(r.what, b.language))
    if not (q.what or r.what or q.unit):
        return False  # nothing tells what they count
    close = a.sentence == b.sentence or q.approximate or r.approximate
    measured = bool(q.unit) and everywhere("contrasting", b.language).search(b.text, *b.core) is not None
    return close or measured or (bool(q.what or q.unit) and r.value >= TWO_DIGITS)


def taking_part(noun: str, language: str) -> bool:
    """Whether a noun counts those who take part in something."""
    return everywhere("participants", language).match(noun) is not None


def has(v: ClaimSide, other: Quantity) -> bool:
    """Whether a version also has the figure of another: then it tells of a part and a whole."""
    return any(commensurable(q, other) and agree(q, other) for q in v.quantities)


def within_dates(v: ClaimSide) -> bool:
    """Whether a version itself tells a day or time."""
    return any(v.core[0] <= d.start and d.end <= v.core[1] for d in v.dates)


def mark(q: Quantity) -> Mark:
    """The words of a figure."""
    return Mark(value=f"{q.unit} {q.value:g}", start=q.start, end=q.end)


# ---- figures set right --------------------------------------------------------------------------------------------


def righted(own: Sequence[ClaimSide], homes: Homes, meaning: Meaning) -> Iterator[Dispute]:
    """Figures that an article sets right, with the versions of others that have the wrong one."""
    for v in own:
        for q, r in combinations(v.quantities, 2):
            for kept, taken in ((q, r), (r, q)):
                if one_thing(q, r) and not agree(q, r) and taken_back(v, kept, taken):
                    others = [(u, x) for article, rows in sorted(homes.items()) if article != v.article
                              for u in rows for x in u.quantities if told_so(v, kept, taken, u, x, meaning)]
                    if others:
                        yield set_right(v, kept, others)


def one_thing(q: Quantity, r: Quantity) -> bool:
    """Whether two figures of a version may count one thing."""
    return commensurable(q, r) and not is_part(q.what) and not is_part(r.what) and not (q.what and r.what and other_thing(q.what, r.what))


def taken_back(v: ClaimSide, kept: Quantity, taken: Quantity) -> bool:
    """Whether a negation stands right before a figure, close to the one that is told instead ("nine, and not eleven")."""
    for m in lexicon(v.language).pattern("negation", "words").finditer(v.text, v.start, taken.start):
        between = v.text[m.end() : taken.start]
        if len(between.split()) <= SET_RIGHT and not JOINT.search(between) and not content(between, v.language):
            gap = v.text[kept.end : m.start()] if kept.end <= m.start() else v.text[taken.end : kept.start]
            return 0 <= len(gap.split()) <= 2 * SET_RIGHT and not re.search(r"[.!?;:]\s", gap)
    return False


def told_so(v: ClaimSide, kept: Quantity, taken: Quantity, u: ClaimSide, x: Quantity, meaning: Meaning) -> bool:
    """Whether a version of another article has the figure that is taken back, of the same thing."""
    if not commensurable(taken, x) or not agree(taken, x) or unsaid(x):
        return False
    if any(commensurable(kept, y) and agree(kept, y) for y in u.quantities):
        return False
    return u.group == v.group or meaning.near(v.words, u.words, (v.language, u.language)) >= SAME


def set_right(v: ClaimSide, kept: Quantity, others: Sequence[tuple[ClaimSide, Quantity]]) -> Dispute:
    """The disagreement between who sets a figure right and those who have it wrong."""
    right = mark(kept)
    wrong = {u.id: (u, Mark(value="taken back", start=x.start, end=x.end)) for u, x in others}
    stands: dict[str, Stand] = {right.value: {v.id: (v, right)}, "taken back": wrong}
    why = f"one account says {shown(v, right)}, another {shown(others[0][0], mark(others[0][1]))}"
    score = confidence(RIGHTED + support("number", stands))
    return Dispute(claim=v.group, kind="number", stands=stands, score=score, why=why, answered=True)
