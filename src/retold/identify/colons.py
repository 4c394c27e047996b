"""Attributions without a verb: a bare colon ("Ferry chief: …") and an outlet at the tail of a headline ("… - NYT")."""

from __future__ import annotations

from collections.abc import Sequence

from retold.identify.cues import CLASSES
from retold.identify.drafts import strip_edges
from retold.identify.nounphrases import NAMED, content_end, governed, likeness, noun_left, noun_right
from retold.identify.sources import PRONOUN, Found, described_behind
from retold.identify.subjects import opening_subject
from retold.identify.units import Unit
from retold.identify.verbfinal import subject_from

TITLES = ("headline", "subheading")  # kinds of units that are titles
MAX_SUFFIX = 5  # tokens of an outlet at the end of a headline ("… - NYT")
MAX_BARE = 12  # characters of a speaker right before a quote
MAX_LINE = 20  # the same in a line that has nothing else
LONGEST_LINE = 20  # tokens of a line that is a headline though nothing marks it as one
MAX_VERB = 3  # tokens from a quote to the verb behind it: a comma or dash
MAX_TOPIC = 8  # tokens before the colon of a headline that tells whom or of what somebody spoke
LEAST_VERB = 3  # letters of that verb
VERBAL = frozenset({"ambiguous", "loose", "attitude", "assess", "idioms", "addressed", "thoughts"})  # keys that such a verb may have
MAX_HEAD = 4  # tokens of a speaker at the head of a headline ("Ferry chief: …")


def bare_colon(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“Ferry chief: nobody was told”, "The mayor, near tears: “…”": a speaker, a colon and what is said, without a verb."""
    headline = unit.kind in TITLES or line_alone(unit)
    for i, token in enumerate(unit.tokens[:-1]):
        if token.low not in (":", "："):
            continue
        dashed = unit.book.inserts and unit.tokens[i + 1].low in "–—" and i + 2 < len(unit.tokens)
        conditional = any("conditional" in tags for tags in unit.tags[i + 1 :])
        quoted = unit.tokens[i + 1].quote >= 0 or dashed or conditional or marked_words(unit, i)
        opens = quoted or headline or outlet_alone(unit, i) or opens_text(unit, i)
        if not opens or any(a <= i + 1 < b for f in found for a, b in f.content):
            return None
        described = opening_description(unit, i, headline=headline) or before_last_verb(unit, i) if quoted else None
        source = described or noun_left(unit, 0, i) or (None if not quoted else opening_subject(unit, i))
        topic = before_topic(unit, i) if headline and not quoted else None
        source = topic or source
        told = source is not None and (unit.has(source[0], "told_to") or addressed(unit, source))  # "…, لـ«المدار»: «…»": whom he told
        if quoted and not described and source is not None and (likeness(unit, source) < 2 or told):
            source = opening_subject(unit, i) or source
        if source is None or (not quoted and (likeness(unit, source) < 2 or i > (MAX_TOPIC if topic else MAX_HEAD))):
            return None
        if source[1] - source[0] > MAX_HEAD and unit.has(i + 1, "pronouns_person") and not unit.has(i + 1, "articles"):
            return None  # "Insider openly defies Roth: He was “ready to go”": a clause, and its subject speaks
        if quoted and not described and likeness(unit, source) < PRONOUN and source[0] and not unit.separates(source[0] - 1):
            return None  # the end of a clause: whoever speaks is its subject
        if quoted and not described and source[1] < i and not somebody(unit, source):
            return None  # "An account has emerged of …: “…”": what is told of is no speaker
        person = any(m is not None and m.kind == "person" for m in unit.mentions[slice(*source)]) or likeness(unit, source) > 2.3
        nobody = likeness(unit, source) < 1 and not described and not (quoted and unknown_name(unit, i))
        if nobody or (source[1] - source[0] > MAX_HEAD and not person):
            return None
        return Found(cue=((i, i + 1),), key="say", source=source, content=[strip_edges(unit, i + 1, content_end(unit, i + 1))])
    return None


def topic_colon(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“Roth on the strike: no deal in sight”: a headline that tells who speaks about what before its colon."""
    colon = next((i for i, token in enumerate(unit.tokens[:-1]) if token.low in (":", "：")), 0)
    if not colon or found or unit.kind not in TITLES:
        return None
    source = speaks_about(unit, colon)
    content = [strip_edges(unit, colon + 1, content_end(unit, colon + 1))]
    return Found(cue=((colon, colon + 1),), key="say", source=source, content=content) if source is not None else None


def speaks_about(unit: Unit, colon: int) -> tuple[int, int] | None:
    """Who opens a headline and speaks about something before its colon ("Roth on the strike: no deal in sight")."""
    stop = next((t for t in range(1, min(colon, MAX_HEAD + 1)) if unit.has(t, "about") and unit.mentions[t] is None), 0)
    capital = unit.book.cased and all(t.capital or not t.word for t in unit.tokens[:stop])
    if not stop or stop + 1 >= colon or (likeness(unit, (0, stop)) < 1 and not capital):
        return None
    return None if unit.dated[0] or unit.has(0, "breaks", "joins", *CLASSES) else (0, stop)


def line_alone(unit: Unit) -> bool:
    """Whether a unit is a line that no full stop ends and whose colon stands near its head: a headline, whatever it is taken for."""
    if not unit.tokens[-1].word or len(unit.tokens) > LONGEST_LINE or not unit.book.spaced:
        return False
    return any(t.low in ":：" for t in unit.tokens[1 : MAX_TOPIC + 1])


def before_topic(unit: Unit, colon: int) -> tuple[int, int] | None:
    """Who speaks before a preposition and the colon of a headline ("Premier o budżecie: …", "Oud-premier in NRC: …"); None without one."""
    t = next((j for j in range(1, colon) if unit.has(j, "breaks", "prepositions", "told_to") and unit.mentions[j] is None), 0)
    return (0, t) if t and likeness(unit, (0, t)) >= NAMED and not unit.has(t, "articles", "that", "joins") else None


def addressed(unit: Unit, source: tuple[int, int]) -> bool:
    """Whether a preposition before the colon tells to whom it is said ("Star Ana Roth (51) zu BILD: „…“")."""
    return source[0] > 0 and governed(unit, source[0]) and unit.book.inverts


def marked_words(unit: Unit, colon: int) -> bool:
    """Whether short words in marks are all that follows a colon, and what is before it opens with a person ("Roth: “Never”")."""
    marked = next((r for r in unit.marked if r[0] == colon + 1), None)
    person = unit.mentions[0]
    named = (person is not None and person.kind == "person") or unknown_name(unit, colon)
    return marked is not None and marked[1] >= content_end(unit, marked[0]) and named


def unknown_name(unit: Unit, colon: int) -> bool:
    """Whether nothing but a word with a capital that no list has stands before a colon at the head of a text ("Roth: “Never”")."""
    first = unit.tokens[0]
    return colon == 1 and unit.start == 0 and first.capital and not first.low.isupper() and not unit.tags[0] and unit.book.cased


def somebody(unit: Unit, source: tuple[int, int]) -> bool:
    """Whether a name, a pronoun or a noun for people or bodies stands in a source."""
    keys = ("roles", "anonymous", "organisation", "outlet", "pronouns_person", "pronouns_first")
    return any(unit.mentions[t] is not None or unit.has(t, *keys) for t in range(*source))


def outlet_alone(unit: Unit, colon: int) -> bool:
    """Whether nothing but the name of an outlet stands before a colon ("Reuters: Airline to cut jobs")."""
    return colon > 0 and all(m is not None and m.kind == "outlet" for m in unit.mentions[:colon])


def opens_text(unit: Unit, colon: int) -> bool:
    """Whether nothing but somebody stands before a colon at the very beginning of a text ("Met office: heavy rain in the hills.")."""
    head = unit.start == 0 and 0 < colon < MAX_HEAD and not any(unit.dated[:colon])
    return head and somebody(unit, (0, colon)) and not any(unit.has(t, "statement_nouns") for t in range(colon))


def bare_quote(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“港湾局長「…」”: a speaker and a quote with nothing between them, in a headline or a line of its own where words are not spaced."""
    if unit.book.spaced or found or len(unit.tokens) < 2:
        return None
    if unit.kind not in TITLES and not alone_in_line(unit):
        return None
    i = next((n for n, t in enumerate(unit.tokens) if t.quote >= 0), next((r[0] for r in unit.marked), 0))
    if not 0 < i <= (MAX_BARE if unit.kind in TITLES else MAX_LINE) or likeness(unit, (0, i)) < 2:
        return None
    return Found(cue=(), key="say", source=(0, i), content=[(i, content_end(unit, i))])


def quote_then_verb(unit: Unit, found: Sequence[Found]) -> Found | None:
    """„…“, zürnt eine Nachbarin: a quote that is uttered, one small word that no list has, and somebody right behind it."""
    book = unit.book
    if found or not book.spaced or not book.inverts or book.verb_final:
        return None
    after = [t for t, token in enumerate(unit.tokens[:-1]) if token.quote >= 0 and unit.tokens[t + 1].low in "–—"]
    q = min([*unit.finals, *after], default=0)
    i = next((t for t in range(q + 1, min(len(unit.tokens), q + MAX_VERB)) if unit.tokens[t].word or unit.tokens[t].quote >= 0), 0)
    verb = i > 0 and unit.tokens[i].word and not unit.tokens[i].capital and unit.mentions[i] is None and not set(unit.tags[i]) - VERBAL
    if not verb or unit.tokens[q].quote < 0 or unit.segment_of[i] < 0:
        return None
    b = unit.segments[unit.segment_of[i]][1]
    source = noun_right(unit, i + 1, b)
    source = source if likeness(unit, source) >= NAMED else described_behind(unit, i + 1, named=False)
    if source is None or source[0] > b or len(unit.tokens[i].low) < LEAST_VERB:
        return None
    return Found(cue=((i, i + 1),), key="say", source=source, content=[(q, q + 1)], left=True)


def alone_in_line(unit: Unit) -> bool:
    """Whether a unit is a speaker, a quote and nothing else: no mark or particle stands between them, and no word behind."""
    i = next((n for n, t in enumerate(unit.tokens) if t.quote >= 0), 0)
    plain = all(t.word for t in unit.tokens[:i]) and not any(unit.has(t, "topic", *CLASSES) for t in range(i))
    return unit.book.verb_final and plain and i == len(unit.tokens) - 1


def opening_description(unit: Unit, colon: int, *, headline: bool) -> tuple[int, int] | None:
    """The description that opens a clause whose colon leads to a quote ("Her deputy was blunter: “…”"); None where a name is nearer."""
    a = next((j for j in range(colon) if not unit.has(j, "joins", "helpers") or unit.has(j, "articles", "possessives")), colon)
    owned = next((j for j in range(a, min(a + 2, colon)) if unit.has(j, "possessives")), -1)
    opens = owned >= 0 or (not headline and unit.has(a, "articles", "roles"))
    if not opens or any(m is not None and m.kind == "person" for m in unit.mentions[a:colon]):
        return None
    role = next((j for j in range(a, min(a + MAX_HEAD, colon)) if unit.has(j, "roles", "anonymous") and j >= owned), -1)
    if role < 0 or (role == owned and role + 1 == colon):
        return (a, owned + 2) if owned >= 0 and owned + 2 < colon else None
    stop = role + (1 if unit.book.spaced else max(unit.tags[role].get(key, 1) for key in ("roles", "anonymous")))
    return (a, stop) if stop < colon else None


def headline_speaker(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“«We will win» — the coach before the final”: who said the words with which a headline opens stands behind its dash."""
    if unit.kind not in TITLES or found or len(unit.tokens) < 3 or unit.tokens[1].low not in "–—-":
        return None
    source = noun_right(unit, 2, len(unit.tokens)) if unit.tokens[0].quote >= 0 else None
    if source is None or likeness(unit, (source[0], min(source[1], source[0] + MAX_HEAD))) < 1:
        return None
    return Found(cue=((1, 2),), key="say", source=source, content=[(0, 1)], left=True)


def before_last_verb(unit: Unit, colon: int) -> tuple[int, int] | None:
    """The subject that opens a clause whose colon leads to a quote, where the verb stands last ("Çevreciler alarm veriyor: “…”")."""
    if not (unit.book.verb_final and unit.book.spaced) or any(t.quote >= 0 for t in unit.tokens[:colon]):
        return None
    return subject_from(unit, 0, colon)


def headline_suffix(unit: Unit, found: Sequence[Found]) -> Found | None:
    """“… - NYT”: an outlet or speaker after the last dash of a headline."""
    if unit.kind not in TITLES:
        return None
    dash = max((i for i, t in enumerate(unit.tokens) if t.low in "-–—|" and t.quote < 0), default=-1)
    n = len(unit.tokens) - dash - 1
    if dash < 3 or not 0 < n <= MAX_SUFFIX or unit.tokens[dash].start == unit.tokens[dash - 1].end:
        return None
    tail = (dash + 1, len(unit.tokens))
    short = n == 1 and unit.tokens[-1].word and 2 <= len(unit.tokens[-1].low) <= 6
    if likeness(unit, tail) < 2.1 and not (short and unit.mentions[-1] is not None):
        return None
    return Found(cue=((dash, dash + 1),), key="report", source=tail, content=[strip_edges(unit, 0, dash)], left=True)
