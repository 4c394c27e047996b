"""Who speaks though no verb says so, where words are not spaced: somebody behind a quote, in brackets, or what a survey found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.identify.cues import CLASSES
from retold.identify.nounphrases import NAMED, Range, content_end, likeness
from retold.identify.sources import Found
from retold.identify.units import Unit

OPENING, CLOSING = "(（", ")）"
MOST_NAMED = 20  # characters of a name in brackets
MOST_TELLER = 16  # characters from where a clause begins to the end of whoever said the quote before it
MOST_SCENE = 12  # characters of a clause between a quote and who said it
SOMEBODY = ("roles", "anonymous", "organisation", "outlet", "pronouns_person")
PARTICLES = "はがのもに"  # what follows whoever speaks where a particle marks it
LEAST_FOUND = 6  # characters of what was found out
OF = "的"
STOPS = "，,。、；;"
MOST_POINTED = 30  # characters from where a sentence begins to the word that points to the quote before


def without_verb(unit: Unit, found: Sequence[Found]) -> Iterator[Found]:
    """The attributions of a unit that no verb of saying makes."""
    if unit.book.spaced:
        return
    for rule in (in_brackets, found_out, published, behind_quote, pointing_back):
        item = rule(unit, found)
        if item is not None:
            yield item
            return


def in_brackets(unit: Unit, found: Sequence[Found]) -> Found | None:
    """「割高だ」（証券会社）との声: whoever stands in brackets between a quote and its particle said it."""
    for q, token in enumerate(unit.tokens[:-2]):
        end = q + 1 if token.quote >= 0 else next((b for a, b in unit.marked if a == q), 0)
        if not end or end >= len(unit.tokens) or unit.tokens[end].low not in OPENING:
            continue
        close = next((t for t in range(end + 1, min(len(unit.tokens), end + MOST_NAMED)) if unit.tokens[t].low in CLOSING), 0)
        led = close and close + 1 < len(unit.tokens) and unit.tokens[close + 1].low in unit.book.quoting
        if led and close > end + 2 and not unit.tokens[end + 1].low.isdigit():
            return Found(cue=((close + 1, close + 2),), key="say", source=(end + 1, close), content=[(q, end)], left=True)
    return None


def found_out(unit: Unit, found: Sequence[Found]) -> Found | None:
    """調査で、…ことが分かった: the paper or survey by which it was found out, with who made it, is the source."""
    stop = content_end(unit, 0)
    cue = next((t for t in range(stop - 1, 0, -1) if unit.tags[t].get("found_out", 0)), 0)
    if not cue or any(f.source is not None and f.content for f in found) or any(t.quote >= 0 for t in unit.tokens[:cue]):
        return None
    for t in range(1, cue):
        size = unit.tags[t].get("found_by", 0)
        held = size and any(unit.tags[k].get("statement_nouns", 0) == t - k for k in range(max(0, t - 6), t))
        if held and not unit.has(t, "topic"):
            begin = t + size + (unit.tokens[t + size].low in STOPS)
            content = (begin, cue)
            return Found(cue=((cue, stop),), key="report", source=(0, t), content=[content]) if cue - begin >= LEAST_FOUND else None
    return None


def published(unit: Unit, found: Sequence[Found]) -> Found | None:
    """総務省が28日発表した指数は…上昇した: who brought out the figures of which the sentence tells."""
    if found or not unit.book.verb_final:
        return None
    cue = next((t for t in range(2, min(len(unit.tokens), MOST_POINTED)) if unit.has(t, "brought_out")), 0)
    subject = next((t for t in range(1, cue) if unit.tokens[t].low == "が"), 0)
    after = cue + unit.tags[cue].get("brought_out", 0)
    stop = content_end(unit, 0)
    topic = any(unit.has(t, "topic") for t in range(after, stop))
    if not subject or not topic or likeness(unit, (0, subject)) < NAMED or stop - after < 2 * LEAST_FOUND:
        return None
    return Found(cue=((cue, after),), key="announce", source=(0, subject), content=[(after, stop)])


def behind_quote(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“明天就修。”队长拍着胸脯: an uttered quote that opens the sentence, and somebody right behind it who does something else."""
    if unit.book.verb_final or unit.tokens[0].quote < 0 or 0 not in unit.finals or any(a <= 0 < b for f in found for a, b in f.content):
        return None
    begin = 1
    while begin < len(unit.tokens) and not unit.tokens[begin].word:
        begin += 1
    if begin < len(unit.tokens) and unit.has(begin, "joins"):
        return None
    for _ in range(2):
        teller = opening_teller(unit, begin)
        if teller is not None:
            return Found(cue=(), key="say", source=teller, content=[(0, 1)], left=True)
        comma = next((t for t in range(begin, min(len(unit.tokens), begin + MOST_SCENE)) if unit.tokens[t].low in "，,："), 0)
        if not comma or any(unit.has(t, *CLASSES) for t in range(begin, comma)):
            return None
        begin = comma + 1
    return None


def opening_teller(unit: Unit, begin: int) -> Range | None:
    """The noun phrase of somebody with which the clause at a token opens; None where anything else does."""
    end = -1
    for t in range(begin, min(len(unit.tokens), begin + MOST_TELLER)):
        if unit.tokens[t].quote >= 0 or unit.tokens[t].low in STOPS:
            break
        length = max(int(unit.mentions[t] is not None), *(unit.tags[t].get(key, 0) for key in SOMEBODY))
        if length and (end < 0 or t <= end + 1):
            end = max(end, t + length)
        elif 0 <= end < t and not any(unit.tokens[k].low in OF for k in range(end, t + 1)):
            break
    return (begin, end) if end > begin and likeness(unit, (begin, end)) >= NAMED else None


def pointing_back(unit: Unit, found: Sequence[Found]) -> Found | None:
    """「…」。隣人からそんな声が上がる: whoever is behind the word that points to what the sentence before says."""
    if found or not unit.book.verb_final:
        return None
    t = next((t for t in range(1, min(len(unit.tokens), MOST_POINTED)) if unit.has(t, "such") and unit.mentions[t] is None), 0)
    if not t or not any(unit.has(k, "statement_nouns", "taken", "speech_nouns", *CLASSES) for k in range(t + 1, len(unit.tokens))):
        return None
    after = t + unit.tags[t]["such"]
    of = next((k for k in range(after + 1, min(len(unit.tokens), after + MOST_NAMED)) if unit.tokens[k].low == "の"), 0)
    if of and likeness(unit, (after, of)) >= NAMED and unit.has(of + 1, "statement_nouns", "taken", "speech_nouns"):
        return Found(cue=((t, after),), key="say", source=(after, of), before=True)
    stop = t
    while stop > 1 and (unit.tokens[stop - 1].low in "、，" or unit.has(stop - 1, "topic") or unit.tokens[stop - 1].low in PARTICLES):
        stop -= 1
    words = "".join(k.low for k in unit.tokens[:stop])
    stop -= next((len(end) for end in unit.book.origins if words.endswith(end)), 0)
    begin = next((k + 1 for k in range(stop - 1, -1, -1) if unit.tokens[k].low in STOPS), 0)
    source = (begin, stop)
    if stop <= begin or likeness(unit, source) < NAMED:
        return None
    return Found(cue=((t, t + unit.tags[t]["such"]),), key="say", source=source, before=True)
