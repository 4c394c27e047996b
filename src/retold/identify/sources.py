"""Noun phrases beside a cue: which of them is the source, and whom the source told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import (
    END,
    MAX_SOURCE,
    NAMED,
    Range,
    adverbial,
    clitic,
    first_word,
    governed,
    likeness,
    noun_left,
    noun_right,
    participle,
)
from retold.identify.units import Unit

MOST_SUBJECT = 4  # words before an inverted "wrote she" that can still be its subject
PRONOUN = 2.5  # likeness of a pronoun to a source
MAX_FAR = 20  # tokens from a cue to the end of the description of who said it, time, place and whom was told in between
MAX_SUBJECT = 9  # tokens of a noun phrase that an apposition follows
MAX_APPOSED = 5  # segments between a name and the verb that its appositions part it from
MAX_ASIDE = 2  # tokens of an aside between a name and its verb that may be anything ("however", "for example")
OPENING_MARKS, CLOSING_MARKS = "«„“\"»", "»“”\"«"  # marks round a name, as a language has them
MARKS = 2  # how many of them there are
OPENING_TITLE, CLOSING_TITLE = "《『〈", "》』〉"  # marks round the name of an outlet
LEADING_OFF = "でにてりし"  # characters in which a theme or an occasion before a topic ends
MOST_TOPIC = 64  # tokens from where a sentence begins to the particle of its topic
MAX_APPOSED_TOPIC = 18  # characters of a name with its form of address and age between a comma and its topic particle
MAX_TITLED = 30  # characters of it
MAX_TOLD = 10  # tokens from a preposition before an outlet that was told to who told it
MOST_TOLD = 4  # tokens of a phrase such as "in an interview with" that may stand before a noun phrase
MAX_ANSWERED = 10  # characters of whom somebody answered, between their topic particle and the quote
At = tuple[int, int, int, int]


@dataclass(slots=True)
class Found:
    """An attribution in token ranges of its unit, half open, None where absent.

    `shares`: it has its source from the cue before; `left`: its content stands before it; `before`: in the unit
    before; `after`: it is the quote that follows in the next unit; `passive`: its subject is no source ("X is expected to");
    `inside`: the one that cites it, where its words do not stand in the content of that; `bare`: its content is an object, not a clause.
    """

    cue: tuple[Range, ...]
    key: str
    source: Range | None = None
    content: list[Range] = field(default_factory=list)
    addressee: Range | None = None
    shares: bool = False
    left: bool = False
    before: bool = False
    passive: bool = False
    after: bool = False
    inside: Found | None = None
    bare: bool = False


def set_source(unit: Unit, found: Found, at: At, book: Phrasebook, *, prefer_right: bool = False) -> None:
    """Choose the source beside the cue: the noun phrase before it, or after it where that looks more like a source."""
    a, i, after, b = at
    left, right = noun_left(unit, a, i), None if has_object(unit, a, i) else noun_right(unit, after, b)
    left = cited_by(unit, a, left) or left
    left, i = past_told_noun(unit, found, a, left) or (left, i)
    turned = turned_teller(unit, found, at)
    if turned:
        found.source = turned
        settle_addressee(unit, found, after, b)
        return
    told = told_before(unit, a, left)
    if left and told is None and book.inverts and adverbial(unit, a, left) and no_source(unit, i, left):
        left = subject_behind_phrase(unit, left)
    if left and told is not None:
        subject = first_word(unit, a, i)
        left = (left[0], told) if told > left[0] else named_before(unit, a, subject) or left
    if right and ((left and unit.has(right[0], "dative")) or towards(unit, right[0])):
        right = None  # "wies den Bericht zurück", "llamó al servicio": an object, or whom it is said to
    opens = unit.book.verb_first and i == first_word(unit, a, i)  # what stands before its comma is time, place or another clause
    apposed = named_before(unit, a, i) if left is None and not participle(unit, i) else None
    if apposed and likeness(unit, right) < likeness(unit, apposed):
        found.source = apposed
    elif left and right and in_marks(unit, right) and unit.has(left[0], "anonymous"):
        found.source, found.addressee = left, right  # "a source at the club told «Sport Reporter»"
    elif left and right:
        found.source = right if choose_right(unit, at, book, found_left=prefer_right) else left
    else:
        found.source = left or (right if prefer_right or choose_right(unit, at, book, found_left=prefer_right) else None)
    if found.source is None and i == first_word(unit, a, i) and not found.left and not participle(unit, i) and not opens:
        found.source = apposition_left(unit, a)
    if found.left:
        look_behind(unit, found, after, b)
    settle_addressee(unit, found, after, b)


def subject_behind_phrase(unit: Unit, left: Range) -> Range | None:
    """The subject between an opening phrase and its verb, where no article tells ("W notatce służbowej policjant odnotował, że")."""
    if unit.book.articled:
        return None
    keys = ("roles", "anonymous", "organisation", "outlet")
    begin = next((t for t in range(left[0] + 1, left[1]) if unit.has(t, *keys) or person_begins(unit, t)), None)
    return None if begin is None else (begin, left[1])


def person_begins(unit: Unit, t: int) -> bool:
    """Whether the name of a person begins at a token."""
    mention = unit.mentions[t]
    return mention is not None and mention.kind == "person" and unit.mentions[t - 1] is not mention


def no_source(unit: Unit, i: int, left: Range) -> bool:
    """Whether what stands behind an opening preposition says nothing: neither a body nor a paper, or one in which somebody writes."""
    if unit.book.drops and unit.has(left[0] - 1, "breaks") and not unit.has(i, "shows", "told_in"):
        return unit.mentions[left[0]] is None and not unit.has(left[0], "organisation")
    return likeness(unit, left) < 1


def past_told_noun(unit: Unit, found: Found, a: int, left: Range | None) -> tuple[Range | None, int] | None:
    """(subject, where its verb group begins) before the case of an outlet that was told ("Svědek serveru X řekl, že"); None without one."""
    if left is None or unit.book.articled or not unit.book.comma_clauses or unit.tags[left[0]].get("told_to", 0) != 1:
        return None
    if unit.has(left[0], *CLASSES, "breaks", "prepositions") or not unit.has(left[0], "outlet", "roles"):
        return None
    found.addressee = left
    return noun_left(unit, a, left[0]), left[0]


def told_before(unit: Unit, a: int, left: Range | None) -> int | None:
    """Where a phrase of several words for whom is told begins before or in a noun phrase ("w rozmowie z PAP stwierdził")."""
    if left is None or unit.book.verb_first or unit.book.verb_final or not unit.book.spaced:
        return None
    for t in range(max(a, left[0] - MOST_TOLD), left[1]):
        size = unit.tags[t].get("told_to", 0)
        if size > 1 and left[0] < t + size < left[1] and not unit.has(t, *CLASSES):
            return t
    return None


def look_behind(unit: Unit, found: Found, after: int, b: int) -> None:
    """Look for the source of a quote before its cue farther behind the cue, where nothing or the noun of a preposition stands there."""
    if found.source is None:
        found.source = teller_behind(unit, found, after, b) or person_behind(unit, after) or described_behind(unit, after, named=False)
    elif found.source[0] > after and governed(unit, found.source[0]):
        found.source = described_behind(unit, found.source[0]) or found.source


def settle_addressee(unit: Unit, found: Found, after: int, b: int) -> None:
    """Part who was told from a source behind its cue, and put the name to its description."""
    if found.source and found.source[0] >= after:
        found.addressee, found.source = past_outlet(unit, *found.source)
        further = past_told(unit, found.source, b)
        if further is not None:
            found.addressee, found.source = found.source, further
        found.source = with_name(unit, found.source) if found.source else None
    if found.addressee is None:
        found.addressee = told_to(unit, found, after, b)
    found.addressee = apart(found.addressee, found.source)


def part_body(unit: Unit, found: Found, b: int) -> None:
    """Make the body the source in which somebody was told, who was taken for it ("сообщили нам в пресс-службе завода «Луч»")."""
    told = found.source
    if told is None or unit.book.articled or not unit.book.spaced or not is_told(unit, told):
        return
    t = told[1]
    if t + 1 < b and unit.has(t, "breaks") and unit.has(t, "helpers"):
        body = noun_right(unit, t + 1, b)
        if body and likeness(unit, body) >= NAMED and not unit.has(body[0], "statement_nouns", "told_to"):
            found.addressee, found.source = told, body


def is_told(unit: Unit, at: Range) -> bool:
    """Whether a noun phrase right behind its verb may be whom somebody told: this newspaper, an outlet, people in the case for it."""
    if unit.tags[at[0]].get("own_outlet", 0) >= at[1] - at[0]:
        return True
    outlet = all(m is not None and m.kind == "outlet" for m in unit.mentions[slice(*at)])
    return outlet or in_marks(unit, at) or (at[1] - at[0] == 1 and unit.tokens[at[0]].low.endswith(unit.book.told_endings))


def cited_by(unit: Unit, a: int, left: Range | None) -> Range | None:
    """Whom an outlet cites that stands before a cue as agent ("One source cited by the paper said …"); None where it is none."""
    t = left[0] - 1 if left else -1
    if t - 1 <= a or not unit.has(t, "agents") or unit.mentions[t] is not None:
        return None
    source = noun_left(unit, a, t - 1)
    return source if source and likeness(unit, source) >= NAMED else None


def towards(unit: Unit, t: int) -> bool:
    """Whether a preposition with its article written onto it opens a noun phrase ("al", "ao", "zum"): no subject does."""
    if not unit.book.articled or not unit.has(t, "breaks") or unit.tokens[t].capital:
        return False
    return not unit.has(t, "articles", "helpers", "that", "relative", "pronouns_person", "joins", "as")


def in_marks(unit: Unit, at: Range) -> bool:
    """Whether a noun phrase is a name in quotation marks and nothing else."""
    first, last = unit.tokens[at[0]].low, unit.tokens[at[1] - 1].low
    return at[1] - at[0] > MARKS and first in OPENING_MARKS and last in CLOSING_MARKS


def past_outlet(unit: Unit, a: int, b: int) -> tuple[Range | None, Range | None]:
    """A noun phrase behind its cue, divided into the outlet that was told and who told it ("powiedziała AIW rzeczniczka Ewa Roth")."""
    marked = next((r for r in unit.marked if r[0] == a), None)
    if marked is not None:
        return marked, ((marked[1], b) if marked[1] < b else None)
    if in_marks(unit, (a, b)) and unit.tokens[b - 2].low.endswith(unit.book.told_names):
        return (a, b), None  # "mówi „Kurierowi”": the case of an outlet that was told
    teller = behind_told(unit, a, b)
    if teller is not None:
        return (a, teller), (teller, b)
    role = next((t for t in range(a + 1, b) if unit.has(t, "roles")), None)
    if role is None and unit.has(a, "told_to") and a + 1 < b and unit.mentions[a + 1] is None:
        return (a, a + 1), (a + 1, b)  # "заявил изданию человек, близкий к …"
    if role is None or any(unit.has(t, "roles", "articles", "joins") for t in range(a, role)):
        return None, (a, b)
    role -= role - 1 > a and unit.has(role - 1, "possessives") and unit.mentions[role - 1] is None  # "řekl serveru X jeho agent"
    told = [m for m in unit.mentions[a:role] if m is not None]
    noun = unit.has(a, "outlet") or (bool(told) and told[0].kind == "outlet") or (len(told) == 1 == role - a and told[0].text.isupper())
    return ((a, role), (role, b)) if noun and all(m.kind != "person" for m in told) else (None, (a, b))


def behind_told(unit: Unit, a: int, b: int) -> int | None:
    """Where he begins who tells it, behind an outlet that was told ("disse a O Correio o diretor", "der Agentur mdp die Chefin")."""
    told = unit.has(a, "breaks") or (unit.has(a, "articles") and a + 1 < b and unit.has(a + 1, "outlet"))
    if not unit.book.articled or not told:
        return None
    for t in range(a + 2, b - 1):
        if unit.has(t, "articles") and not unit.has(t, "dative") and unit.mentions[t] is None and unit.has(t + 1, "roles"):
            named = unit.mentions[t - 1] is not None or unit.has(t - 1, "outlet")
            return t if named else None
    return None


def past_told(unit: Unit, at: Range | None, b: int) -> Range | None:
    """Who tells it behind a noun for an outlet that was told ("sagte der Agentur mdp die Sprecherin des Werks"); None where nobody does."""
    if at is None or at[1] >= b or not unit.has(at[0], "articles") or at[0] + 1 >= at[1] or not unit.has(at[0] + 1, "outlet"):
        return None
    further = noun_right(unit, at[1], b) if unit.has(at[1], "articles") and unit.has(at[1] + 1, "roles") else None
    return further if further and likeness(unit, further) >= NAMED else None


def apart(addressee: Range | None, source: Range | None) -> Range | None:
    """The addressee, unless it overlaps the source: then it was a part of that."""
    if addressee and source and addressee[0] < source[1] and source[0] < addressee[1]:
        return None
    return addressee


def teller_behind(unit: Unit, found: Found, after: int, b: int) -> Range | None:
    """The source behind whom was told ("disse ao jornal a diretora, Ana Roth")."""
    told = told_to(unit, found, after, b)
    right = noun_right(unit, told[1], b) if told else None
    return right if right and likeness(unit, right) >= NAMED and unit.has(right[0], "articles", "roles", "anonymous") else None


def turned_teller(unit: Unit, found: Found, at: At) -> Range | None:
    """The source behind whom was told where nothing but a small pronoun stands before its verb ("…, disse ao jornal a diretora")."""
    a, i, after, b = at
    first = first_word(unit, a, i)
    if not all(clitic(unit, t) or unit.has(t, "helpers") or not unit.tokens[t].word for t in range(first, i)):
        return None
    bare = participle(unit, i) and not unit.has(i - 1, "helpers")
    if unit.book.verb_first or unit.book.verb_final or bare:
        return None
    b = min(b, after + MAX_FAR)
    return teller_behind(unit, found, after, b) or outlet_told(unit, after, b)


def outlet_told(unit: Unit, after: int, b: int) -> Range | None:
    """The source behind an outlet that a preposition says was told, whatever the verb ("explicou ao Correio fonte da empresa")."""
    t = next((j for j in range(after, b) if not unit.dated[j]), b)
    if not unit.book.articled or t + 2 >= b or not unit.has(t, "breaks") or unit.mentions[t] is not None:
        return None
    outlet = False
    for j in range(t + 1, min(b, t + MAX_TOLD)):
        mention = unit.mentions[j]
        opens = unit.has(j, "articles", "roles", "anonymous", "organisation") or (mention is not None and mention.kind == "person")
        if outlet and opens and (mention is None or mention is not unit.mentions[j - 1]):
            right = noun_right(unit, j, b)
            return right if right and likeness(unit, right) >= NAMED else None
        outlet = outlet or unit.has(j, "outlet", "own_outlet") or (mention is not None and mention.kind == "outlet")
        if unit.has(j, "that", "relative", *CLASSES) and not unit.has(j, "articles", "roles") and mention is None:
            return None
    return None


def person_behind(unit: Unit, after: int) -> Range | None:
    """The person named behind a cue and whom was told ("indique au journal son directeur, Jean Morel")."""
    for j in clause_behind_cue(unit, after, MAX_SOURCE):
        mention = unit.mentions[j]
        if mention is not None and mention.kind == "person":
            return j, next((k for k in range(j, len(unit.tokens)) if unit.mentions[k] is not mention), len(unit.tokens))
    return None


def described_behind(unit: Unit, after: int, *, named: bool = True) -> Range | None:
    """The description far behind a cue ("vzkázal v odpovědi na naše dotazy mluvčí Severních dolů Tomáš Beran"); named: one with a name."""
    for j in clause_behind_cue(unit, after, MAX_FAR):
        if unit.mentions[j] is None and unit.has(j, "that", *CLASSES) and not unit.has(j, "roles", "statement_nouns"):
            return None
        if unit.has(j, "roles") and unit.segment_of[j] >= 0 and not governed(unit, j):
            found = noun_right(unit, j, unit.segments[unit.segment_of[j]][1])
            if found is None or not named:
                return found
            return found if any(m is not None and m.kind == "person" for m in unit.mentions[slice(*with_name(unit, found))]) else None
    return None


def clause_behind_cue(unit: Unit, after: int, most: int) -> Iterator[int]:
    """The tokens behind a cue up to the end of the sentence or a quote; the full stop of a day or an hour ends none."""
    for j in range(after, min(len(unit.tokens), after + most)):
        if unit.tokens[j].quote >= 0 or (unit.tokens[j].low in END and not (j and (unit.dated[j] or unit.tokens[j - 1].low.isdigit()))):
            return
        yield j


def with_name(unit: Unit, source: Range) -> Range:
    """A description behind its cue together with the name that follows its comma ("said the mayor, Ana Roth")."""
    a, b = source
    if b + 1 >= len(unit.tokens) or unit.tokens[b].low not in ",،，":
        return source
    mention = unit.mentions[b + 1]
    held = mention is not None and mention.kind == "person" and any(unit.has(j, "roles") for j in range(a, min(b, a + 3)))
    if not held and any(m is not None and m.kind == "person" for m in unit.mentions[a:b]):
        return a, described(unit, b)
    if mention is None or mention.kind != "person" or not any(unit.has(j, "roles") for j in range(a, b)):
        return source
    return a, next((k for k in range(b + 1, len(unit.tokens)) if unit.mentions[k] is not mention), len(unit.tokens))


def described(unit: Unit, comma: int) -> int:
    """The end of a name with the description behind its comma ("said Ana Roth, the mayor"), or the comma where there is none."""
    begin, stop = unit.segments[unit.segment_of[comma + 1]] if unit.segment_of[comma + 1] >= 0 else (0, 0)
    if not begin or not unit.has(begin, "articles", "roles") or unit.has(begin, "pronouns_person") or stop - begin > MAX_SOURCE:
        return comma
    closed = stop >= len(unit.tokens) or unit.tokens[stop].low in ",،，." or unit.tokens[stop].quote >= 0
    verb = any(unit.has(t, *CLASSES, "helpers") and not unit.has(t, "roles", "articles") for t in range(begin, stop))
    return stop - (unit.tokens[stop - 1].low in END) if closed and not verb else comma


def choose_right(unit: Unit, at: At, book: Phrasebook, *, found_left: bool = False) -> bool:
    """Whether the source stands behind the cue ("said X", "am Montag sagte X")."""
    a, i, after, b = at
    left, right = noun_left(unit, a, i), noun_right(unit, after, b)
    if right is not None and towards(unit, right[0]):
        return False
    if right is None or has_object(unit, a, i) or (left is not None and unit.has(right[0], "dative")):
        return False
    if book.verb_first and left is None:
        return True
    if left is None and explains(unit, a) and named_before(unit, a, i):
        return False  # "la plataforma, por su parte, reclama un estudio"
    if not book.inverts and not found_left:
        return False
    opens = left is None and i == first_word(unit, a, i) and right[1] - right[0] <= 4
    if opens and (found_left or opens_subject(unit, at, right)):
        return True
    if unit.has(i, "told_to"):
        return left is None and i == a and a > 0
    so = left is not None and unit.has(left[0], "anaphora") and not unit.has(left[0], "articles", "relative")  # "– tak to skwitowała X"
    if book.inverts and (so or adverbial(unit, a, left)) and likeness(unit, right) >= NAMED:
        return True
    within = left is not None and left[1] - left[0] > MOST_SUBJECT and likeness(unit, (left[0], left[0] + 2)) < PRONOUN
    if within and right == (after, after + 1) and unit.has(after, "pronouns_person"):
        return True  # "In einem Brief an die Behörde schrieb sie: …"
    return not opens_alone(unit, left, i) and likeness(unit, right) > (likeness(unit, left) if left else 0.5)


def opens_alone(unit: Unit, left: Range | None, i: int) -> bool:
    """Whether one capital word that no list has opens the sentence right before its verb: it is the subject ("Israel diz ter matado …")."""
    alone = left == (0, 1) and i == 1 and unit.book.cased and unit.tokens[0].capital
    return alone and not unit.tags[0] and not unit.dated[0]


def opens_subject(unit: Unit, at: At, right: Range) -> bool:
    """Whether the subject stands behind a verb that is second, with a small word before it ("Unterdessen verlangen die Grünen, dass")."""
    a, i, after, b = at
    led = i > a and unit.book.second and unit.book.articled and right[0] == after and right[1] == b
    return led and (unit.has(after, "articles") or unit.tokens[after].capital)


def explains(unit: Unit, a: int) -> bool:
    """Whether the segment before token a tells of the subject of the verb behind it: a relative clause, "por su parte"."""
    n = unit.segment_of[a - 2] if a > 1 else -1
    return n > 0 and (is_who(unit, unit.segments[n][0]) or turns(unit, unit.segments[n]))


def has_object(unit: Unit, a: int, i: int) -> bool:
    """Whether a verb that takes an object stands right behind an "and": whom it names next is accused, not who accuses."""
    if i == 0 or unit.book.verb_first:
        return i > 0 and participle(unit, i)
    if not unit.has(i, "claim", "attitude", "deny", "loose") and not nobody_behind(unit, i):
        return False
    j = i - 1
    while j > 0 and unit.has(j, "helpers") and not unit.has(j, "joins"):
        j -= 1
    return unit.has(j, "joins") and j >= a - 1


def nobody_behind(unit: Unit, i: int) -> bool:
    """Whether what stands right behind a verb looks like no source at all ("and admits delays")."""
    right = noun_right(unit, i + 1, unit.segments[unit.segment_of[i]][1]) if unit.segment_of[i] >= 0 else None
    return right is not None and likeness(unit, right) < 1


def named_before(unit: Unit, a: int, i: int) -> Range | None:
    """The name with its apposition before a cue that opens its segment ("X, the minister, said"), where it looks like a source."""
    if i != first_word(unit, a, i) or a < 2 or unit.tokens[a - 1].low not in ",،，–—-)":
        return None
    last = max((k for k, s in enumerate(unit.segments) if s[1] <= a - 1), default=-1)
    for k in range(last, max(-1, last - MAX_APPOSED), -1):  # "Bloomberg со ссылкой на людей, знакомых с планами, пишет, что"
        begin, stop = unit.segments[k]
        cited = next((t for t in range(begin + 1, stop) if unit.tags[t].get("according_to", 0) > 1 and unit.mentions[t] is None), 0)
        if cited and is_subject(unit, begin, cited):
            return subject_start(unit, begin), cited
    for k in range(last - 1, max(-1, last - MAX_APPOSED), -1):
        begin, stop = unit.segments[k]
        behind = unit.segments[k + 1][0]
        least = 0 if is_who(unit, behind) and unit.has(begin, "articles") else NAMED
        if apposes(unit, behind) and is_subject(unit, begin, stop, least=least):
            return subject_start(unit, begin), a - 1
    return None


def apposes(unit: Unit, t: int) -> bool:
    """Whether a segment that begins at token t explains the name before it: an article, "who", a role, a name, an age; "for example"."""
    segment = unit.segments[unit.segment_of[t]]
    named = unit.mentions[t] is not None and unit.mentions[t].kind == "person"  # type: ignore[union-attr]
    told = named or segment[1] - segment[0] <= MAX_ASIDE or turns(unit, segment)
    if told or unit.tokens[t].low.isdigit() or unit.tokens[t].low.endswith(unit.book.past):
        return True
    if t + 1 < segment[1] and unit.has(t + 1, "relative") and unit.has(t, "breaks", "prepositions", "statement_prepositions"):
        return True  # "Pacienti, s nimiž jsme mluvili, popisují …"
    return unit.has(t, "articles", "relative", "roles", "organisation", "anonymous") or is_who(unit, t)


def turns(unit: Unit, segment: Range) -> bool:
    """Whether a segment is a phrase that only turns to whoever speaks ("por su parte", "de son côté")."""
    return segment[1] - segment[0] > 1 and unit.tags[segment[0]].get("helpers", 0) == segment[1] - segment[0]


def is_who(unit: Unit, t: int) -> bool:
    """Whether a relative clause opens at a token ("who", "al que"), and no article that looks like one."""
    led = t + 1 < len(unit.tokens) and unit.has(t, "towards", "of", "breaks") and not unit.has(t, "articles", "relative", "that")
    return unit.has(t + led, "relative") and not unit.has(t + led, "articles")


def is_subject(unit: Unit, begin: int, stop: int, *, least: float = NAMED) -> bool:
    """Whether a segment is nothing but a noun phrase that looks like a source: short, with a name or role, without a helper.

    least: how much it must look like one; nothing before a relative clause, which tells of somebody whatever he is called.
    """
    begin = subject_start(unit, begin)
    if not 0 < stop - begin <= MAX_SUBJECT or likeness(unit, (begin, stop)) < least:
        return False
    first = next(t for t in range(begin, stop) if unit.mentions[t] is not None or unit.has(t, "roles", "anonymous") or t == stop - 1)
    if any(unit.has(t, "breaks") and not unit.has(t, "articles", "pronouns_person") for t in range(begin, first)):
        return False
    return not any(
        unit.mentions[t] is None and (unit.has(t, *CLASSES) or (unit.has(t, "helpers", "joins") and not unit.has(t, "articles")))
        and not unit.has(t, "roles", "statement_nouns") for t in range(begin, stop)
    )


def subject_start(unit: Unit, begin: int) -> int:
    """The first token of a segment that is no "but" or "that" before its subject."""
    while begin < len(unit.tokens) - 1 and unit.has(begin, "joins", "that") and not unit.has(begin, "articles"):
        begin += 1
    return begin


def apposition_left(unit: Unit, a: int) -> Range | None:
    """“X, the minister, said”: the noun phrase before the comma and the one before that."""
    if a < 2 or unit.tokens[a - 1].low not in ",،，–—)":
        return None
    n = max((k for k, s in enumerate(unit.segments) if s[1] <= a - 1), default=-1)
    for k in range(n, max(-1, n - 3), -1):
        begin, stop = unit.segments[k]
        if stop - begin > MAX_SOURCE or tells(unit, begin, stop) or did_tell(unit, begin, stop):
            return None
        if (k < n and any(unit.mentions[j] is not None for j in range(begin, stop))) or k == 0:
            return noun_left(unit, begin, stop) and (noun_left(unit, begin, stop)[0], a - 1)  # type: ignore[index]
    return None


def did_tell(unit: Unit, begin: int, stop: int) -> bool:
    """Whether a segment ends with a verb of saying and its auxiliary, from which the next one goes on ("ha prima negato, poi …")."""
    past = unit.tokens[stop - 1].low.endswith(unit.book.past) and unit.has(stop - 1, *CLASSES)
    return past and unit.book.inserts and (stop - 1 == begin or any(unit.has(t, "helpers") for t in range(begin, stop - 1)))


def tells(unit: Unit, begin: int, stop: int) -> bool:
    """Whether a segment opens with a verb of saying whose subject follows: it is a clause, and no apposition."""
    return unit.book.verb_first and unit.mentions[begin] is None and unit.has(begin, *CLASSES) and stop - begin > 1


def told_to(unit: Unit, found: Found, after: int, b: int) -> Range | None:
    """Whom the source told: the noun phrase after "told", "gegenüber", "in an interview with"."""
    i, tags = found.cue[0][0], unit.tags
    hit = next((j for j in range(after, b) if "told_to" in tags[j]), None)
    led = hit is None and unit.book.towards and not unit.has(i, "told_to")
    hit = towards_somebody(unit, after, b) if led else hit
    of = after < len(unit.tokens) and unit.has(after, "told_of")  # "заявил о нехватке врачей"
    if hit is None and (of or not unit.has(i, "told_to")) and not addresses(unit, i, after, b):
        return None
    start = after if hit is None else hit + max(unit.tags[hit].get("told_to", 0), unit.tags[hit].get("towards", 0))
    while start < b - 1 and unit.dated[start]:
        start += 1  # "dijo ayer a este diario"
    for own in (start, start + (start + 1 < len(unit.tokens) and unit.has(start, "breaks"))):
        if own < len(unit.tokens) and unit.has(own, "own_outlet"):
            return (start, own + unit.tags[own]["own_outlet"])
    if start < len(unit.tokens) and unit.tokens[start].low in OPENING_TITLE:
        closing = next((j for j in range(start, min(len(unit.tokens), start + MAX_TITLED)) if unit.tokens[j].low in CLOSING_TITLE), None)
        if closing is not None:
            return (start, closing + 1)
    j = start
    while j < len(unit.tokens) and j - start < 8 and not unit.separates(j) and unit.tokens[j].low not in END:
        if (
            j > start
            and unit.mentions[j] is None
            and (unit.has(j, "that", "helpers", "breaks", "joins", "pronouns_person", "articles") or unit.mentions[j - 1] is not None
                 or (unit.has(j, "of") and j + 1 < len(unit.tokens) and unit.has(j + 1, "helpers")))
        ):
            break
        j += 1
        if j - start == 1 and unit.has(start, "pronouns_person", "pronouns_first") and not unit.has(start, "articles"):
            break
    return (start, j) if j > start else None


def towards_somebody(unit: Unit, after: int, b: int) -> int | None:
    """The preposition behind a cue that leads to whom somebody told, a person, a body or an outlet ("a confirmé à l'AFP la mort")."""
    stop = unit.segments[unit.segment_of[after]][1] if after < len(unit.tokens) and unit.segment_of[after] >= 0 else b
    for j in range(after, b):
        if unit.has(j, "that") or unit.tokens[j].quote >= 0:
            return None
        if not unit.has(j, "towards") or unit.mentions[j] is not None:
            continue
        t = j + unit.tags[j]["towards"]
        t += t + 1 < stop and unit.has(t, "articles", "possessives")
        t += t + 1 < stop and unit.tokens[t].low == "'"
        mention = unit.mentions[t] if t < stop else None
        told = mention is not None and mention.kind in ("person", "outlet", "organisation")
        if unit.has(j, "articles") and not (mention is not None and mention.kind == "outlet"):
            continue  # "confirmou a diretora"
        return j if t < stop and (told or unit.has(t, "outlet", "own_outlet", "roles", "anonymous", "newsdesk")) else None
    return None


def addresses(unit: Unit, i: int, after: int, b: int) -> bool:
    """Whether a verb is one that may name whom it is said to, and somebody stands right behind it, with "that" after them."""
    if not unit.has(i, "addressed") or after >= b or not any(unit.has(j, "that") for j in range(after + 1, b + 1) if j < len(unit.tokens)):
        return False
    return unit.mentions[after] is not None or unit.has(after, "articles", "pronouns_person", "possessives", "roles", "anonymous")


def topic_of(unit: Unit, stop: int) -> Range | None:
    """The source that opens a unit: up to its topic particle or first comma, without what leads up to it where words are not spaced."""
    topic = opening_topic(unit, stop)
    return bare_topic(unit, *topic) if topic is not None and not unit.book.spaced else topic


def bare_topic(unit: Unit, a: int, b: int) -> Range:
    """A topic without the theme or occasion before it ("原因について市は", "会見で社長は")."""
    words = "".join(t.low for t in unit.tokens[a:b])
    b -= next((len(end) for end in unit.book.origins if words.endswith(end) and len(end) < b - a), 0)
    for t in range(b - 1, a, -1):
        if unit.tokens[t].low in "、，":
            leads = likeness(unit, (a, t)) < NAMED or any(unit.has(k, "told_to") for k in range(a, t))
            if leads and likeness(unit, (t + 1, b)) >= NAMED:
                return t + 1, b
        if unit.tokens[t - 1].low not in LEADING_OFF:
            continue
        themed = is_theme(unit, a, t) and unit.tokens[t].low not in "のもは"
        if themed or (occasion_ends(unit, a, t) and likeness(unit, (t, b)) >= NAMED):
            return t + (unit.tokens[t].low in "、，"), b
    return a, b


def occasion_ends(unit: Unit, a: int, t: int) -> bool:
    """Whether the occasion on which somebody speaks ends before a token, with its particle ("会見で")."""
    led = unit.tokens[t - 1].low in "でに" and unit.tokens[t].low not in "対関応つよ当基乗立" and unit.mentions[t - 1] is None
    return led and any(unit.has(k, "statement_nouns", "told_to") or unit.dated[k] for k in range(a, t - 1))


def opening_topic(unit: Unit, stop: int) -> Range | None:
    """The topic that opens a unit, with all that stands before its particle."""
    begin = max(past_quote(unit, stop), past_cited(unit, stop))
    nearest = topic_before_quote(unit, begin, stop)
    if nearest is not None:
        return nearest
    for j in range(begin + 1, min(stop, begin + MOST_TOPIC)):
        if unit.marked and any(r[0] <= j < r[1] for r in unit.marked):
            continue
        if unit.has(j, "topic") and not unit.has(j - 1, "topic"):
            if unit.has(j, "nominative") and led_on(unit, j, stop):
                continue
            return None if is_theme(unit, begin, j) else (begin, j)
        if unit.tokens[j].low in ",、，،" and j - begin <= MAX_SOURCE:
            topic = topic_behind(unit, begin, j, stop)
            if topic is not None or unit.book.spaced or likeness(unit, (begin, j)) >= NAMED:
                return topic or (begin, j)
    first = unit.mentions[0]
    if first is None:
        return None
    end = next((j for j in range(1, stop) if unit.mentions[j] is not first), stop)
    return (0, end)


def led_on(unit: Unit, j: int, stop: int) -> bool:
    """Whether a subject only tells of the topic that stands right before a quote ("落下解析が専門の早川教授は「…」")."""
    for t in range(j + 1, min(stop, j + MAX_APPOSED_TOPIC)):
        if unit.tokens[t].low in "、，。" or unit.tokens[t].quote >= 0:
            return False
        if unit.has(t, "topic") and not unit.has(t, "nominative"):
            return t + 1 < len(unit.tokens) and (unit.tokens[t + 1].quote >= 0 or unit.tokens[t + 1].low in "「『")
    return False


def is_theme(unit: Unit, begin: int, stop: int) -> bool:
    """Whether a topic is what somebody speaks about ("データについては")."""
    return bool(unit.book.themes) and "".join(t.low for t in unit.tokens[begin:stop]).endswith(unit.book.themes)


def topic_before_quote(unit: Unit, begin: int, stop: int) -> Range | None:
    """The person or body whose topic particle stands right before a quote, behind a clause ("…が異なることについて、早川委員長は「…」").

    Whom they answer may stand between ("…と説明するが、検査課は取材に「…」"): who answers is somebody, whatever the name looks like.
    """
    t = stop - 1
    while t > begin and unit.tokens[t].low in "、，":
        t -= 1
    told = answered(unit, begin, next((r[0] - 1 for r in unit.marked if r[1] in (t, t + 1) and r[0] > begin), t))
    t = told if told >= 0 else t
    if not unit.book.topics or t <= begin or not unit.has(t, "topic") or unit.mentions[t] is not None:
        return None
    a = next((j + 1 for j in range(t - 1, begin - 1, -1) if unit.tokens[j].low in "、，" or unit.tokens[j].quote >= 0), begin)
    earlier = any(unit.has(j, "topic") for j in range(begin, a))
    return (a, t) if earlier and a < t and (told >= 0 or likeness(unit, (a, t)) >= NAMED) else None


def answered(unit: Unit, begin: int, t: int) -> int:
    """The topic particle before words for whom somebody told something that end at token t ("は本紙の取材に"); -1 for none."""
    for j in range(t, max(begin, t - MAX_ANSWERED), -1):
        if unit.tokens[j].quote >= 0 or unit.tokens[j].low in "、，":
            return -1
        if unit.has(j, "topic") and unit.mentions[j] is None:
            return j if j < t and any(unit.has(k, "told_to") and k + unit.tags[k]["told_to"] > t for k in range(j + 1, t + 1)) else -1
    return -1


def topic_behind(unit: Unit, begin: int, comma: int, stop: int) -> Range | None:
    """A source with its topic particle soon behind a comma: what is before it is a description of it, or only leads over."""
    if not unit.book.topics:
        return None
    for j in range(comma + 1, min(stop, comma + MAX_APPOSED_TOPIC)):
        if unit.tokens[j].quote >= 0 or unit.tokens[j].low in ",、，" or (unit.marked and any(r[0] == j for r in unit.marked)):
            return None
        if unit.has(j, "topic") and j > comma + 1 and not unit.has(j - 1, "topic"):
            leads = unit.tags[begin].get("joins", 0) == comma - begin or unit.dated[begin] or unit.has(comma - 1, "breaks")
            return (comma + 1 if leads else begin), j
    return None


def past_cited(unit: Unit, stop: int) -> int:
    """Where a sentence goes on behind whom it cites ("警察によると、"), where words are not spaced; 0 where it does not begin so."""
    for t in range(0 if unit.book.spaced else stop):
        if unit.has(t, "topic") and unit.mentions[t] is None:
            return 0
        end = t + unit.tags[t].get("postpositions", 0)
        if end > t:
            return end + 1 if end < stop and unit.tokens[end].low in "、，" else 0
    return 0


def past_quote(unit: Unit, stop: int) -> int:
    """Where a source begins that a quote and its verb stand before (“…” diyen Roth, …): behind them; 0 otherwise."""
    if unit.tokens[0].quote < 0:
        return 0
    j = 1
    while j < stop and (unit.has(j, *CLASSES, "that", "helpers") or unit.tokens[j].quote >= 0):
        j += 1
    return j if 1 < j < stop - 1 else 0
