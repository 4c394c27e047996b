"""Attributions: who is said to have said what, as source, cue and content spans, through a whole article.

`patterns` reads one cue in one unit; here the cues of a unit are settled among each other, and what one unit leaves open the
next one goes on with: quotes without a speaker of their own, sentences in the conditional, sources understood.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.base.records import Span
from retold.identify.colons import TITLES, bare_colon, bare_quote, headline_speaker, headline_suffix, quote_then_verb, topic_colon
from retold.identify.cues import CLASSES
from retold.identify.cuewords import find_cues
from retold.identify.drafts import Draft, make_draft, strip_edges, whole
from retold.identify.gaps import gapped
from retold.identify.hearsay import go_on, reportive, told_back
from retold.identify.leads import led_by_colon
from retold.identify.nounphrases import NAMED, Range, first_word, likeness, noun_left, participle
from retold.identify.patterns import resolve
from retold.identify.relatives import settle_relative
from retold.identify.sources import Found, topic_of
from retold.identify.subjects import share_sources
from retold.identify.tagged import Tagging, settled
from retold.identify.takenup import taken_up
from retold.identify.units import Unit, Units
from retold.identify.unlisted import citing_outlet, passed_on, unlisted
from retold.identify.verbless import without_verb

# rules that look at a unit as a whole: of a title, and of another
WHOLE = (bare_colon, bare_quote, quote_then_verb, headline_suffix, headline_speaker, unlisted, gapped)
PLAIN = (bare_colon, bare_quote, quote_then_verb, unlisted, gapped)
MAX_CITED = 2  # tokens from a source to the phrase that says whom it cites: a comma and "who"
MAX_LEAD = 10  # tokens from a verb to the participle of saying that it leads to
HELD_ON = (*CLASSES, "attitude")  # keys of cues whose subject may be left out where the sentence before names it


def find_attributions(units: Units, tagging: Tagging | None = None) -> list[Draft]:
    """The drafts of all attributions of an article, in the order of its units; weighed against the tagger's reading where there is one."""
    drafts: list[Draft] = []
    for index in range(len(units)):
        if units.silent(index):
            continue
        unit = units[index]
        found = read_unit(unit)
        base = len(drafts)
        for item in found:
            drafts.append(make_draft(unit, index, item))
            leads = item.after and index + 1 < len(units) and any(t.quote >= 0 for t in units[index + 1].tokens)
            if item.before and not leads and (told := told_elsewhere(units, index, item)) is not None:
                drafts[-1].content = [whole(told)]
        settle(drafts, base, found)
        understand(drafts, base, found, units)
        attach_loose(unit, index, drafts, base)
        if len(drafts) == base:
            back = units.text[unit.start] in unit.book.back_heads
            draft = (told_back(unit, index, units) if back else None) or go_on(unit, index, units, drafts) or reportive(unit, index)
            if draft is not None:
                drafts.append(draft)
    if tagging is not None:
        drafts = settled(drafts, units, tagging)
    nest(drafts)
    return drafts


def cite_before(unit: Unit, found: Sequence[Found]) -> None:
    """Whom somebody cites for what the sentence before says ("Das berichtet die Zeitung unter Berufung auf zwei Beamte") said that, too."""
    for item in found:
        if item.key != "according_to" or not item.content or item.before:
            continue
        teller = next((f for f in found if f.before and f is not item and not f.content), None)
        at = teller.cue[0][0] if teller is not None and teller.cue else len(unit.tokens)
        if at < item.cue[0][0] and any(a <= at < b for a, b in item.content):
            item.content, item.before = [], True


def told_elsewhere(units: Units, index: int, item: Found) -> Unit | None:
    """The sentence that another takes up: the one before, or the one behind where it opens the text and a phrase says who told the
    story ("The story was first reported by X."); None where neither is near."""
    if index:
        return units[index - 1] if units[index - 1].passage == units[index].passage else None
    told = len(units) > 1 and bool(item.cue) and units[0].has(item.cue[0][0], "taken_up")
    return units[1] if told and units[1].passage == units[0].passage else None


def read_unit(unit: Unit) -> list[Found]:
    """What the cues of one unit say, settled among each other, then what a bare colon or a headline's tail says."""
    found: list[Found] = [*taken_up(unit)]
    for cue in find_cues(unit, unit.book):
        if (unit.book.verb_first and named_act(unit, cue[0])) or cites_teller(unit, cue):
            continue
        item = resolve(unit, cue, unit.book)
        if item is not None:
            settle_relative(unit, item)
            behind_preposition(unit, item, found)
            before_citation(unit, item, found)
        if item is not None and not (claimed(item, found) or first_person(unit, item) or too_loose(unit, item) or by_nobody(unit, item)):
            found.append(item)
    share_sources(unit, found)
    cite_before(unit, found)
    found = [item for n, item in enumerate(found) if not goes_into_saying(unit, found, n)]
    trim(unit, found)
    if unit.kind in TITLES:
        about = topic_colon(unit, found)
        found += [about] if about is not None else []
    found += [item for item in [rule(unit, found) for rule in (WHOLE if unit.kind in TITLES else PLAIN)] if item is not None]
    led = None if unit.kind in TITLES else led_by_colon(unit, found)
    found += [led] if led is not None else []
    found += without_verb(unit, found)
    others = [citing_outlet(unit, found), passed_on(unit, found)] if found else []
    return [*found, *(item for item in others if item is not None)]


def cites_teller(unit: Unit, cue: tuple[int, int, str]) -> bool:
    """Whether "cited by X" only tells who quotes the subject of the verb behind it ("One source cited by the paper said …")."""
    i, n, key = cue
    if key != "according_to" or not unit.has(i + n - 1, "agents") or unit.segment_of[i] < 0:
        return False
    n_th = unit.segment_of[i]
    a, b = unit.segments[n_th]
    if i == a and n_th and n_th + 1 < len(unit.segments):  # "Wojewoda, cytowany przez PAP, ocenił, że"
        opens, subject = unit.segments[n_th + 1][0], unit.segments[n_th - 1]
        if unit.has(opens, *CLASSES) and unit.mentions[opens] is None and likeness(unit, subject) >= NAMED:
            return True
    said = any(unit.has(t, *CLASSES) and unit.mentions[t] is None and not unit.has(t, "statement_nouns") for t in range(i + n + 1, b))
    return said and likeness(unit, noun_left(unit, a, i)) >= NAMED


def named_act(unit: Unit, i: int) -> bool:
    """Whether a word that looks like a verb of saying is a noun behind its preposition ("امتنع عن ذكر السعر")."""
    led = i > 0 and unit.has(i - 1, "breaks") and not unit.has(i - 1, "joins", "that", "as", "helpers", "relative")
    return led and unit.mentions[i] is None


def behind_preposition(unit: Unit, item: Found, found: Sequence[Found]) -> None:
    """A source begins behind the one of a preposition before it ("citing three engineers the Post writes"), or ends before the relative
    clause that names whom it cites ("Reuters, que cita a tres personas, …")."""
    for other in found:
        if other.key == "according_to" and other.source and item.source and item.source[0] < other.source[1] < item.source[1]:
            cited = other.cue[0][0]
            led = next((t for t in range(item.source[0] + 1, min(cited, item.source[1])) if not unit.tokens[t].word), 0)
            item.source = (item.source[0], led) if led else (other.source[1], item.source[1])


def goes_into_saying(unit: Unit, found: Sequence[Found], n: int) -> bool:
    """Whether a cue only leads to the participle that brings the quote ("told what had happened, saying: “…”"): that is the cue then."""
    item, later = found[n], found[n + 1] if n + 1 < len(found) else None
    if later is None or not later.shares or item.left or not participle(unit, later.cue[0][0]) or not later.content:
        return False
    between = range(item.cue[-1][1], later.cue[0][0])
    quoted = unit.tokens[later.content[0][0]].quote >= 0
    return quoted and 0 < len(between) <= MAX_LEAD and not any(unit.has(t, "that") or unit.tokens[t].quote >= 0 for t in between)


def before_citation(unit: Unit, item: Found, found: Sequence[Found]) -> None:
    """A source ends before the phrase that says whom it cites ("Reuters, citing two people"): that has a source of its own."""
    if item.source is None:
        return
    a, b = item.source
    if not unit.book.spaced:
        for other in found:
            at = other.cue[0][0]
            if other.key == "according_to" and other.source and unit.has(at, "citing") and at < b <= other.source[1]:
                item.source = noun_left(unit, 0, at)
        return
    for t in range(a + 1, b):
        if unit.mentions[t] is None and (unit.tags[t].get("according_to", 0) > 1 or (participle(unit, t) and unit.has(t, "according_to"))):
            item.source = strip_edges(unit, a, t)
            return


def first_person(unit: Unit, item: Found) -> bool:
    """Whether the writer only tells what he did: "I wrote to the office" says nothing that anybody said."""
    if item.source is None or item.source[1] - item.source[0] > 2 or says_something(unit, item):
        return False
    return any(unit.has(j, "pronouns_first") and not unit.has(j, "articles", "pronouns_person") for j in range(*item.source))


def by_nobody(unit: Unit, item: Found) -> bool:
    """Whether it is only denied that anybody says it ("nobody wants to talk about it")."""
    if item.content and unit.has(item.content[0][0], "that"):
        return False
    return item.source is not None and unit.tags[item.source[0]].get("nobody", 0) == item.source[1] - item.source[0]


def too_loose(unit: Unit, item: Found) -> bool:
    """Whether a verb that only sometimes tells what somebody holds lacks the company that makes it a cue.

    Those of attitude ("want", "support") are none as an infinitive ("to support a bill") or part of a compound; the loose ones
    ("praise", "reject") need besides a named source, a pronoun or a role, and a complement right behind them.
    """
    i, after = item.cue[0][0], item.cue[-1][1]
    told = after < len(unit.tokens) and (unit.has(after, "that") or unit.tokens[after].quote >= 0 or unit.tokens[after].low == ":")
    if item.key != "attitude" or told or any(r[0] == after for r in unit.marked):
        return False
    if i > 1 and unit.has(i - 2, "catenative"):
        return False
    if i and (unit.has(i - 1, "infinitive") or unit.tokens[i - 1].low in "-–"):
        return True
    if not unit.has(i, "loose") or unit.has(i, "attitude", *CLASSES):
        return False
    named = after < len(unit.tokens) and (unit.mentions[after] is not None or unit.has(after, "articles", "pronouns_person"))
    return not named or likeness(unit, item.source) < NAMED


def says_something(unit: Unit, item: Found) -> bool:
    """Whether the content is a quote or a clause: it opens with "that", a name, an article or a pronoun."""
    opening = item.content[0][0] if item.content else -1
    if opening < 0:
        return False
    return unit.tokens[opening].quote >= 0 or item.left or not unit.has(opening, "breaks") or unit.has(opening, "that", "articles")


def claimed(item: Found, found: Sequence[Found]) -> bool:
    """Whether a cue is part of another's source or cue already."""
    at = item.cue[0][0]
    for other in found:
        if other.source and other.source[0] <= at < other.source[1] and not other.shares:
            return True
        if any(a <= at < b for a, b in other.cue) or (other.addressee and other.addressee[0] <= at < other.addressee[1]):
            return True
    return False


def trim(unit: Unit, found: list[Found]) -> None:
    """Content to the right ends before a later cue of the same source, and before a cue that closes the sentence."""
    share_content(unit, found)
    for n, item in enumerate(found):
        for later in found[n + 1 :]:
            start = edge(unit, later)
            if later.left and later.source and not later.shares:
                start = min(start, later.source[0])
            elif later.key == "according_to" and later.left:
                start = later.cue[0][0]
            elif not later.shares:
                continue
            item.content = [(a, min(b, start) if a < start + later.shares else b) for a, b in item.content]
            if later.shares and len(item.content) > 1:
                item.content = [part for part in item.content if part not in later.content] or item.content
        item.content = [strip_edges(unit, a, b) for a, b in item.content]
        item.content = [(a, b) for a, b in item.content if b > a]


def share_content(unit: Unit, found: Sequence[Found]) -> None:
    """What somebody tells who cites another right behind his name, that other has told him ("…, Reuters says, citing two people")."""
    for item in found:
        at = item.cue[0][0]
        told = next((f for f in found if f.source and f is not item and f.content and near_source(f, at)), None)
        behind = unit.has(at, "postpositions")  # "… dikkat çeken X'e göre": what X holds follows
        if item.key != "according_to" or behind or told is None or told.content[0][0] <= at < told.content[0][1]:
            continue
        if told.left:
            told.content = [part for part in told.content if part[0] < at]
        item.content, item.inside = list(told.content), told


def near_source(told: Found, at: int) -> bool:
    """Whether a phrase that cites somebody stands right behind the source of another attribution."""
    return told.source is not None and 0 <= at - told.source[1] <= MAX_CITED


def edge(unit: Unit, item: Found) -> int:
    """Where an attribution that shares its source begins: at its cue, with the join and helpers before it."""
    j = item.cue[0][0]
    while j > 0 and unit.has(j - 1, "helpers") and not unit.separates(j - 1):
        j -= 1
    while j > 0 and (unit.has(j - 1, "joins") or unit.tokens[j - 1].low in ",،，、"):
        j -= 1
    return j


def settle(drafts: list[Draft], base: int, found: Sequence[Found]) -> None:
    """Note whose source a draft shares, and keep each quote with the innermost draft that holds it."""
    for n, item in enumerate(found):
        if item.inside is not None:
            drafts[base + n].parent = base + next(m for m, other in enumerate(found) if other is item.inside)
        if item.shares:
            same = [m for m in range(n) if found[m].source == item.source]
            drafts[base + n].source_from = base + same[0] if same else -1


def understand(drafts: list[Draft], base: int, found: Sequence[Found], units: Sequence[Unit]) -> None:
    """Where a language leaves the subject out, a cue without one has that of the unit before ("Dodala, že …")."""
    if base == len(drafts) or not units[drafts[base].unit].book.drops:
        return
    last = drafts[base - 1] if base else None
    known = last is not None and bool(last.source) and drafts[base].unit - last.unit <= 1 and last.kind != "reportive"
    for draft, item in zip(drafts[base : base + len(found)], found, strict=True):
        if draft.source or item.passive or draft.key not in HELD_ON:
            continue
        if known and last is not None:
            draft.source, draft.source_from, draft.score = last.source, base - 1, 0.6
        elif (subject := told_of_before(draft, item, units)) is not None:
            draft.source, draft.score = (subject,), 0.5


def told_of_before(draft: Draft, item: Found, units: Sequence[Unit]) -> Span | None:
    """Whom the sentence before opens with, where a verb of saying opens its own without a subject ("The nurse is calm. Says it was …")."""
    index = draft.unit
    if not index or units[index].passage != units[index - 1].passage or not item.content:
        return None
    unit, before = units[index], units[index - 1]
    if unit.book.spaced and (not before.tokens or item.cue[0][0] != first_word(unit, 0, item.cue[0][0])):
        return None
    subject = person_first(before) if unit.book.spaced else topic_of(before, len(before.tokens))
    return before.span(*subject) if subject is not None and likeness(before, subject) >= NAMED else None


def person_first(unit: Unit) -> Range | None:
    """The person, body or description that opens a sentence, with the name beside it; None where something else does."""
    mention = unit.mentions[0]
    if mention is not None and mention.kind in ("person", "organisation"):
        return 0, next((t for t in range(1, len(unit.tokens)) if unit.mentions[t] is not mention), len(unit.tokens))
    length = max(unit.tags[0].get("roles", 0), unit.tags[0].get("anonymous", 0))
    if not length or length >= len(unit.tokens):
        return None
    name = unit.mentions[length]
    named = name is not None and name.kind == "person"
    return 0, next((t for t in range(length, len(unit.tokens)) if unit.mentions[t] is not name), len(unit.tokens)) if named else length


def attach_loose(unit: Unit, index: int, drafts: list[Draft], base: int) -> None:
    """Quotes of a unit that no cue of it holds go on with the attribution before them, in this unit or the last."""
    quotes = [t for t in unit.tokens if t.quote >= 0]
    if not quotes:
        return
    held = {p for d in drafts[base:] for p in d.pieces}
    loose = [t for t in quotes if t.quote not in held]
    words = any(t.word for t in unit.tokens)
    for token in loose:
        before = next((d for d in reversed(drafts) if d.unit >= index - 1 and (d.pieces or d.open) and d.cue), None)
        if before is None or (before.unit != index and words and base == len(drafts)):
            continue
        before.pieces.append(token.quote)
        before.content.append((token.start, token.end))
        before.kind = "direct" if before.open else before.kind
        if before.unit != index:
            before.unit = index


def nest(drafts: list[Draft]) -> None:
    """Set the parent of each draft that stands inside the content of another of the same unit: the smallest such content."""
    by_unit: dict[Span, list[int]] = {}
    for n, draft in enumerate(drafts):
        by_unit.setdefault(draft.whole, []).append(n)
    for group in by_unit.values():
        for n in group:
            at = drafts[n].cue[0][0] if drafts[n].cue else -1
            holders = [
                (sum(e - s for s, e in drafts[m].content), m) for m in group if m != n and any(s <= at < e for s, e in drafts[m].content)
            ]
            if holders and drafts[n].parent < 0:
                drafts[n].parent = min(holders)[1]
