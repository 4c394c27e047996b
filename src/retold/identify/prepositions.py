"""Sources behind or before a preposition: "according to X", "laut X", "der Polizei zufolge", "Polise göre"."""

from __future__ import annotations

from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.nounphrases import (
    END,
    MAX_SMALL,
    MAX_SOURCE,
    MAX_SOURCE_UNSPACED,
    NAMED,
    Range,
    content_end,
    likeness,
    noun_left,
    noun_right,
)
from retold.identify.sources import Found, with_name
from retold.identify.units import Unit

HEADS = "据據"  # a preposition of source of one character, before a name without a space
DAY = frozenset("日月年")
MAX_DAY = 4  # digits of a day, month or year
CLOSING = ",;:–—،؛，、："
LIKELY = 2  # likeness to a source below which what is cited is a reason and no source
MIN_VIEW = 4  # words of what somebody holds behind "for X, …"
MOST_OPENING = 3  # tokens of a preposition that opens a sentence
MIN_CONTENT = 2  # words of content on one side of a preposition
QUOTE_WEIGHT = 3  # what a quote counts among them
MAX_TITLE = 4  # tokens from a role to the name of who has it ("ministryně dopravy Heleny Marešové")
MAX_CHAIN = 4  # tokens from one postposition to the next ("dayandırdığı haberine göre")
MAX_RELATIVE = 14  # tokens of a relative clause in a source
MAX_GLUED = 3  # characters of a preposition that has swallowed the first ones of a name ("据新华")
OPENING = ("articles", "pronouns_person", "roles", "anonymous", "organisation")
OPENING_MARKS, CLOSING_MARKS = "«„“\"", "»”“\""  # marks round a name
MAX_MARKED = 8  # tokens of such a name with its marks
HEADS_OF = ("roles", "organisation", "anonymous", "outlet", "statement_nouns")
MAX_BACK = 8  # tokens that a postposition's noun phrase may reach back


def by_preposition(unit: Unit, cue: tuple[int, int, str], book: Phrasebook) -> Found | None:
    """According to X, … / …, laut X, … / der Polizei zufolge …"""
    i, after, key = cut_phrase(unit, cue, book)
    found = Found(cue=((i, after),), key="according_to")
    begin, stop = set_cited(unit, found, (i, after, key), book)
    if found.source is None:
        return None
    after = found.cue[0][1]
    found.source = undated(unit, found.source)
    if key != "postpositions" and found.source[1] == stop:
        found.source = apposed(unit, found.source)
        stop = found.source[1]
    if unit.tokens[i].low.endswith(book.participles) and unit.has(i, "report") and likeness(unit, found.source) < LIKELY:
        found.content, found.source, found.key = [found.source], None, "report"
        return found
    if not book.spaced and unit.has(i, "citing"):
        found.content = [(0, i)]
        return found
    behind = stop
    if not book.spaced and not book.verb_final and behind < len(unit.tokens) and speaks(unit, behind):
        behind += max(unit.tags[behind].get("report", 0), unit.tags[behind].get("say", 0))
        found.cue = (*found.cue, (stop, behind))
    before = begin - 1 if begin and unit.tokens[begin - 1].low in ",–—-،，" else begin
    taken_up = taken_up_before(unit, (i, after), before)
    found.content = [] if taken_up else cited_parts(unit, i, (begin, before), (stop, behind))
    found.left = begin > MIN_CONTENT
    leads = taken_up or all(unit.has(t, "anaphora", "helpers") for t in range(i))
    found.before = not found.content and leads and key != "postpositions" and likeness(unit, found.source) >= LIKELY
    return found if found.content or found.before else None


def set_cited(unit: Unit, found: Found, cue: tuple[int, int, str], book: Phrasebook) -> Range:
    """Set the source of a preposition or postposition at (first token, end, key), and its cue; returns where both begin and end."""
    i, after, key = cue
    chained = chain(unit, i, book) if key == "postpositions" else None
    if chained:
        found.source = chained
        begin, stop = (0 if unit.segment_of[i] < 0 else unit.segments[unit.segment_of[i]][0]), last_of_chain(unit, i, after)
    elif key == "postpositions" or after >= len(unit.tokens) or unit.tokens[after].low in ",.":
        found.source = noun_left(unit, max(0, i - (MAX_BACK if book.spaced else MAX_SOURCE_UNSPACED)), i, back=True)
        begin, stop = (found.source[0] if found.source else i), after
        if found.source and unit.tokens[found.source[0]].low in book.heads_behind and found.source[1] - found.source[0] > 1:
            found.source = found.source[0] + 1, found.source[1]  # "在…看来"
    else:
        after = past_verb(unit, after, book)
        if after - i > 1 and after + 1 < len(unit.tokens) and unit.has(after, "agents") and not unit.has(after, "articles"):
            after += 1  # "secondo quanto si apprende da fonti del club"
        found.cue = ((i, after),)
        source = preposed(unit, after, book)
        found.source = (source[0], past_mark(unit, *source)) if source else None
        begin, stop = i, (found.source[1] if found.source else after)
    if found.source is not None and key == "postpositions" and (heard := hearsay_begins(unit, i)) >= 0:
        found.source = learned_from(unit, found.source[0], heard)
    return begin, stop


def cited_parts(unit: Unit, i: int, left: Range, right: Range) -> list[Range]:
    """What stands before and behind a phrase at token i that names a source: (where it begins, and the comma before that), (where it ends,
    and a verb behind)."""
    begin, before = left
    stop, behind = right
    least = 1 if begin > MIN_CONTENT and before == begin and behind == stop else MIN_CONTENT  # "je podle ředitele předražený"
    behind = past_citation(unit, behind, stop)
    while behind < len(unit.tokens) and unit.tokens[behind].low in ",:،，、：":
        behind += 1
    least = least if unit.tokens[min(stop, len(unit.tokens) - 1)].word else MIN_CONTENT
    parts = among_others(unit, (i, behind), [(0, before), (behind, content_end(unit, behind))])
    return [p for p in parts if sum(QUOTE_WEIGHT if t.quote >= 0 else t.word for t in unit.tokens[p[0] : p[1]]) >= least]


def past_mark(unit: Unit, a: int, b: int) -> int:
    """Behind the mark that closes a name which opens with one ("«Kurier»")."""
    opens = unit.tokens[a].low in OPENING_MARKS and b < len(unit.tokens) and unit.tokens[b].low in CLOSING_MARKS
    return b + 1 if opens and b > a + 1 else b


def past_citation(unit: Unit, behind: int, stop: int) -> int:
    """Behind the phrase that says whom a source cites, up to its comma ("Как пишет «Ъ» со ссылкой на источники, …")."""
    if behind != stop or behind >= len(unit.tokens) or not cites_on(unit, behind):
        return behind
    return next((t for t in range(behind, len(unit.tokens) - MIN_CONTENT) if unit.tokens[t].low in ",،"), behind)


def among_others(unit: Unit, at: Range, parts: list[Range]) -> list[Range]:
    """The parts of what a source holds without what another holds whom the same preposition names ("Podle vlády …, podle opozice …")."""
    i, behind = at
    if not unit.book.spaced or not unit.has(i, "according_to"):
        return parts
    twins = [t for t in range(len(unit.tokens)) if t != i and unit.tokens[t].low == unit.tokens[i].low and unit.has(t, "according_to")]
    twins = [t for t in twins if t == 0 or not unit.tokens[t - 1].word or unit.has(t - 1, "joins")]
    later = next((t for t in twins if t >= behind), 0)
    out = [(a, min(b, later)) if later and a >= behind else (a, b) for a, b in parts]
    return [p for p in out if not any(t < i and p[0] <= t < p[1] for t in twins)]


def taken_up_before(unit: Unit, cue: Range, before: int) -> bool:
    """Whether what a phrase says stands in the sentence before, for which it has a pronoun ("Vyplývá to z dopisu, který …")."""
    opens = cue[0] == 0 and cue[1] - cue[0] > 1 and not any(t.low in ":：" for t in unit.tokens)
    pointing = range(cue[0] + (not opens), cue[1])
    inside = any(unit.has(t, "anaphora") and not unit.has(t, "as") for t in pointing) and unit.book.inverts
    return inside or (unit.tags[0].get("anaphora", 0) >= before > 0 and unit.book.inserts)  # "È quanto emerge dal rapporto"


def past_verb(unit: Unit, after: int, book: Phrasebook) -> int:
    """Behind the verb that a phrase goes on with before its source ("as has been said by"); where it ended for none."""
    verb = unit.tags[after] if book.spaced and not unit.has(after, "statement_nouns", "roles", "articles") else {}
    length = max((verb.get(k, 0) for k in CLASSES), default=0)
    return after + length if length and unit.mentions[after] is None and after + length < len(unit.tokens) - 1 else after


def apposed(unit: Unit, source: Range) -> Range:
    """A description with the name behind its comma ("Selon l'avocate de la famille, Sarah Lind, …"), where a comma ends that."""
    named = with_name(unit, source)
    return named if named[1] < len(unit.tokens) and unit.tokens[named[1]].low in CLOSING else source


def is_standpoint(unit: Unit, i: int, book: Phrasebook) -> bool:
    """Whether "for" tells whose view it is, and not whom something is for: it opens the sentence, or stands behind a quote, with somebody
    behind it who may hold views, and then a comma or a new subject ("Pour la CGT, …", "Per la procura i due …", "«…», para el juez")."""
    before = i - 2 if i > 1 and unit.tokens[i - 1].low == "," else -1
    quoted = before >= 0 and (unit.tokens[before].quote >= 0 or any(r[1] == before + 1 for r in unit.marked))
    source = preposed(unit, i + 1, book) if i == 0 or quoted else None
    if source is None or likeness(unit, source) < NAMED:
        return False
    stop = source[1]
    ends = stop >= len(unit.tokens) or unit.tokens[stop].low in END
    if quoted or ends:
        return quoted
    subject = unit.tokens[stop].low == "," or unit.has(stop, "articles", "conditional", "reportive") or unit.mentions[stop] is not None
    return subject and sum(t.word for t in unit.tokens[stop:]) >= MIN_VIEW


def is_thus(unit: Unit, i: int) -> bool:
    """Whether "thus" tells whose words stand before it, without a verb ("…, così il ministro", "– assim os autores do estudo")."""
    quoted = i > 0 and (unit.tokens[i - 1].quote >= 0 or any(r[1] == i for r in unit.marked))
    led = quoted or (i >= MIN_VIEW and unit.tokens[i - 1].low in ",–—-")
    if not led or i + 1 >= len(unit.tokens) or unit.segment_of[i + 1] < 0:
        return False
    stop = unit.segments[unit.segment_of[i + 1]][1]
    verbs = (t for t in range(i + 1, stop) if unit.has(t, "helpers", "that", *CLASSES))
    if any(not unit.has(t, "roles", "articles", "statement_nouns") for t in verbs):
        return False
    return stop - i <= MAX_SOURCE and likeness(unit, (i + 1, min(stop, i + MAX_BACK))) >= NAMED


def hearsay_begins(unit: Unit, i: int) -> int:
    """Where the phrase of hearsay begins that ends with the postposition at token i ("iddiaya göre"), which has no source; -1 for none."""
    return next((t for t in range(max(0, i - MAX_CHAIN), i) if unit.tags[t].get("reportive", 0) == i + 1 - t), -1)


def learned_from(unit: Unit, begin: int, stop: int) -> Range | None:
    """From whom hearsay was learned, in the case for it right before ("İtfaiyeden alınan bilgiye göre"); None where nobody stands there."""
    source = (begin, stop) if stop > begin else None
    led = source is not None and unit.tokens[stop - 1].low.endswith(unit.book.origins or ("\0",))
    return source if led and (likeness(unit, source) >= 1 or unit.tokens[begin].capital) else None


def chain(unit: Unit, i: int, book: Phrasebook) -> Range | None:
    """The source of a postposition where the verb closes its clause ("Reuters'ın iki kaynağa dayandırdığı haberine göre …").

    What stands between an outlet and its report is another source, with a postposition of its own.
    """
    if not (book.verb_final and book.spaced) or unit.segment_of[i] < 0:
        return None
    a = unit.segments[unit.segment_of[i]][0]
    told = (t for t in range(a, i) if unit.has(t, "told_to", *CLASSES) and ends_told(unit, t, i))
    a = max((t + longest(unit, t) for t in told), default=a)  # "… dikkat çeken Hamza Kırca'ya göre"
    mention = unit.mentions[a]
    named = mention is not None and mention.kind in ("person", "organisation", "outlet")
    stop = next((t for t in range(a, i) if unit.mentions[t] is not mention), i) if named else a
    inner = [t for t in range(a, i) if unit.has(t, "postpositions")]
    outer = any(unit.has(t, "postpositions", "according_to") for t in range(i + 1, min(i + MAX_CHAIN, len(unit.tokens))))
    if inner:
        return (a, stop) if named else (inner[-1] + 1, i) if inner[-1] + 1 < i else None
    if outer and named:
        stop += 2 if stop + 2 < i and unit.tokens[stop].low == "'" else 0
        return (stop, i) if stop < i else None
    return (a, i) if 0 < i - a <= MAX_SOURCE else None


def longest(unit: Unit, t: int) -> int:
    """The tokens of the longest phrase of telling that begins at a token."""
    return max(unit.tags[t].get(key, 0) for key in ("told_to", *CLASSES))


def ends_told(unit: Unit, t: int, i: int) -> bool:
    """Whether a phrase of telling is a participle, and who tells stands behind it, before token i."""
    last = t + longest(unit, t) - 1
    return last + 1 < i and unit.tokens[last].low.endswith(unit.book.attributives)


def last_of_chain(unit: Unit, i: int, after: int) -> int:
    """Where the last postposition of a chain ends."""
    last = max((t for t in range(i, min(i + MAX_CHAIN, len(unit.tokens))) if unit.has(t, "postpositions")), default=i)
    return max(after, last + 1)


def by_pronoun(unit: Unit, cue: tuple[int, int, str]) -> Found | None:
    """По его словам, … / …, على حد قوله: a phrase that holds its source as a pronoun; what is said stands before and behind."""
    i, n, _ = cue
    source = next((j for j in range(i, i + n) if unit.has(j, "own", "possessives", "pronouns_person")), i + n - 1)
    himself = subject_of_own(unit, i, n) if any(unit.has(j, "reflexive_own") for j in range(i, i + n)) else None
    begin, behind = i, i + n
    while behind < len(unit.tokens) and unit.tokens[behind].low in ",:،，、：":
        behind += 1
    while begin and unit.tokens[begin - 1].low in ",–—،，":
        begin -= 1
    parts = [(0, begin), (behind, content_end(unit, behind))]
    content = [p for p in parts if sum(QUOTE_WEIGHT if t.quote >= 0 else t.word for t in unit.tokens[p[0] : p[1]]) >= MIN_CONTENT]
    if himself is not None:
        content = [(a if a > himself[1] or b <= himself[0] else himself[1], b) for a, b in content]
        content = [(a, b) for a, b in content if b > a]
    held = himself or (source, source + 1)
    found = Found(cue=((i, i + n),), key="according_to", source=held, content=content, left=i > MIN_CONTENT)
    return found if content else None


def subject_of_own(unit: Unit, i: int, n: int) -> Range | None:
    """Who does by their own account what a sentence tells: its subject, before the phrase ("De vrouw heeft naar eigen zeggen …") or
    behind it, where the sentence opens with that."""
    a, b = unit.segments[unit.segment_of[i]]
    left = noun_left(unit, a, i) if i > a else None
    if left is None:
        begin = next((t for t in range(i + n, b) if unit.mentions[t] is not None or unit.has(t, *OPENING)), -1)
        right = noun_right(unit, begin, b) if begin > i else None
        return None if right is None else (begin, shortest(unit, *right))
    if left is not None:
        stop = next((t for t in range(*left) if unit.has(t, "helpers", "passives", *CLASSES) and unit.mentions[t] is None), left[1])
        left = (left[0], stop) if stop > left[0] else None
    return left if likeness(unit, left) >= 1 or (left and unit.has(left[0], "articles")) else None


def undated(unit: Unit, source: Range) -> Range:
    """A source without the date that stands between it and its verb ("据消防14日通报")."""
    a, b = source
    while b - a > 1 and unit.mentions[b - 1] is None and (unit.dated[b - 1] or (not unit.book.spaced and is_day(unit.tokens[b - 1].low))):
        b -= 1
    return a, b


def is_day(word: str) -> bool:
    """Whether a word is a figure or a sign of a date, where words are not spaced."""
    return word in DAY or (word.isdigit() and len(word) <= MAX_DAY)


def cut_phrase(unit: Unit, cue: tuple[int, int, str], book: Phrasebook) -> tuple[int, int, str]:
    """(first token, end, key) of a cue without the words in its phrase that belong to the source."""
    i, n, key = cue
    if n > 1 and book.spaced and unit.has(i + n - 1, "anonymous", "organisation", "outlet", "roles"):
        n -= 1
    elif n > 1 and not book.spaced and n <= MAX_GLUED and unit.tokens[i].low in HEADS:
        n = 1
    if key != "postpositions" and n > 1 and unit.has(i + n - 1, "postpositions"):
        return i + n - 1, i + n, "postpositions"
    return i, i + n, key


def preposed(unit: Unit, a: int, book: Phrasebook) -> Range | None:
    """The noun phrase after a preposition of source: up to a comma, a sentence's end, or the verb after a name."""
    if a >= len(unit.tokens):
        return None
    if book.second and (verb := before_last_verb(unit, a)):
        return a, verb
    if (closed := marked_name(unit, a)) and not book.articled:
        return a, closed
    j, named = a, False
    while j < len(unit.tokens) and j - a < MAX_SOURCE + 4:
        if j > a and (stop := past_relative(unit, j)) and not cites_on(unit, j):
            return a, stop
        if ends_preposed(unit, a, j) or (j > a and cites_on(unit, j)):
            break
        if j > a and (unit.mentions[j] is None or not named) and verb_begins(unit, j, a, named=named, book=book):
            break
        head = book.second and book.articled and unit.has(j, "roles", "anonymous", "organisation", "outlet")
        named = named or unit.mentions[j] is not None or head
        j += 1
    if bare_case(unit, a, j):
        return a, shortest(unit, a, j)
    leads = sum(t.word or t.quote >= 0 for t in unit.tokens[:a]) <= MAX_BACK // 2
    if (leads and j - a > 2 and j >= len(unit.tokens) - 1) or j - a >= MAX_SOURCE:
        j = shortest(unit, a, j)
    return (a, j) if j > a else None


def marked_name(unit: Unit, a: int) -> int:
    """The end of a name in marks that opens at a token ("«Портовый вестник»"); 0 where none does."""
    if unit.tokens[a].low not in OPENING_MARKS:
        return 0
    stop = next((t + 1 for t in range(a + 2, min(len(unit.tokens), a + MAX_MARKED)) if unit.tokens[t].low in CLOSING_MARKS), 0)
    told = 0 < stop < len(unit.tokens) and unit.has(stop, "prepositions") and not cites_on(unit, stop)  # "стало відомо «Віснику» від …"
    return 0 if told else stop


def cites_on(unit: Unit, j: int) -> bool:
    """Whether another phrase that names a source begins at token j, behind a first one."""
    return unit.book.spaced and unit.mentions[j] is None and unit.tags[j].get("according_to", 0) > 1


def ends_preposed(unit: Unit, a: int, j: int) -> bool:
    """Whether a source behind its preposition ends before token j: a mark, small words in marks, or the subject of what is said."""
    token = unit.tokens[j]
    if token.quote >= 0 or token.low in CLOSING or token.low in END:
        return True
    if j > a and any(r[0] == j and not unit.tokens[j + 1].capital for r in unit.marked) and unit.book.cased:
        return True  # small words in marks are what the source says, and no name
    return j > a + 1 and next_subject(unit, a, j)


def bare_case(unit: Unit, a: int, j: int) -> bool:
    """Whether nothing but its case ends a noun phrase, where there are no articles ("podle prvních odhadů přesáhne …")."""
    inside = unit.book.comma_clauses and not unit.book.articled and j - a > 2
    named = j < len(unit.tokens) and unit.tokens[j].low == "," and unit.mentions[j - 1] is not None  # "за словами міністра Ади Лунд, …"
    goes_on = j < len(unit.tokens) and unit.tokens[j].word
    again = any(unit.tokens[t].low == unit.tokens[a - 1].low and unit.has(t, "according_to") for t in range(a - 1)) if a else False
    inside = inside and ((a <= MOST_OPENING and not named) or goes_on or again)
    return inside and not any(unit.has(t, "joins") for t in range(a, j))


def next_subject(unit: Unit, a: int, j: int) -> bool:
    """Whether the subject of what is said follows a source without a comma ("secondo la procura i due avrebbero …"), and no part of it."""
    if not unit.has(j, "articles") or unit.mentions[j] is not None or not unit.book.inserts:
        return False
    part = unit.has(j - 1, "of", "breaks", "joins", "as", "agents", "articles", "that") or not unit.tokens[j - 1].word
    return not part and likeness(unit, (a, j)) >= NAMED


def before_last_verb(unit: Unit, a: int) -> int:
    """The verb of saying that ends the clause of a source, where it opens with "as" ("wie X unter Berufung auf Y berichtet"); 0 without."""
    begin, stop = unit.segments[unit.segment_of[a]] if unit.segment_of[a] >= 0 else (0, 0)
    return stop - 1 if stop - 1 > a and unit.has(begin, "as") and unit.has(stop - 1, *CLASSES) else 0


def past_relative(unit: Unit, j: int) -> int:
    """The comma that ends the relative clause of a source, where one begins at token j ("laut einem Bericht, der …, ist"); 0 without."""
    comma = unit.tokens[j].low in ",،"
    t = j + comma
    t += comma and t + 1 < len(unit.tokens) and len(unit.tokens[t].low) <= MAX_SMALL and not unit.has(t, "relative")
    t += not comma and t + 1 < len(unit.tokens) and unit.has(t, "breaks", "towards") and unit.has(t + 1, "relative")  # "a que o jornal …"
    if t >= len(unit.tokens) or not unit.has(t, "relative") or unit.mentions[t] is not None:
        return 0
    if t == j and unit.has(t, "articles"):
        return 0
    stop = next((k for k in range(t + 1, min(len(unit.tokens), t + MAX_RELATIVE)) if unit.tokens[k].low in ",،"), 0)
    return stop if stop and stop < len(unit.tokens) - MIN_CONTENT else 0


def verb_begins(unit: Unit, j: int, a: int, *, named: bool, book: Phrasebook) -> bool:
    """Whether the clause goes on with its verb at token j, behind a noun phrase that began at a."""
    if unit.has(j, "that", "joins") and not unit.has(j, "articles"):
        return True
    if book.genitives and unit.mentions[j] is None and unit.has(j, *CLASSES) and not unit.has(j, "roles", "statement_nouns"):
        return True
    mention = unit.mentions[j]
    if mention is not None and mention is not unit.mentions[j - 1] and mention.kind in ("person", "outlet", "organisation"):
        behind = next((k for k in range(j, len(unit.tokens)) if unit.mentions[k] is not mention), len(unit.tokens))
        return behind < len(unit.tokens) and unit.has(behind, *CLASSES)
    if book.comma_clauses and unit.has(j, *CLASSES) and not unit.has(j, "statement_nouns", "roles", "anonymous", "articles"):
        return True
    told = named or book.nouns_capital or (book.inserts and not book.comma_clauses and likeness(unit, (a, j)) >= NAMED)
    if unit.has(j, "conditional") or (told and unit.has(j, "helpers", "passives")):
        return True
    if not book.spaced:
        return j > a + 1 and speaks(unit, j)
    token = unit.tokens[j]
    small = token.word and not token.capital and not unit.has(j, "articles", "breaks")
    return book.nouns_capital and unit.tokens[j - 1].capital and small


def speaks(unit: Unit, j: int) -> bool:
    """Whether a verb of saying begins at token j, and not a longer noun ("说法")."""
    verb = max(unit.tags[j].get("report", 0), unit.tags[j].get("say", 0))
    return verb > 0 and unit.tags[j].get("statement_nouns", 0) <= verb


def person(unit: Unit, t: int) -> bool:
    """Whether a person's name stands at token t."""
    mention = unit.mentions[t]
    return mention is not None and mention.kind == "person"


def shortest(unit: Unit, a: int, j: int) -> int:
    """Where a noun phrase ends that no comma ends: behind its first name, role or body, or its second word."""
    for t in range(a, min(j, a + 6)):
        mention = unit.mentions[t]
        if mention is not None:
            return next((k for k in range(t, j) if unit.mentions[k] is not mention), j)
        if unit.has(t, *HEADS_OF):
            held = next((k for k in range(t + 1, min(t + MAX_TITLE, j)) if person(unit, k)), None)
            if held is not None and not any(unit.has(k, "breaks", "helpers", "joins") for k in range(t + 1, held)):
                return next((k for k in range(held, j) if unit.mentions[k] is not unit.mentions[held]), j)
            if unit.has(t, "statement_nouns") and t + 1 < j and unit.mentions[t + 1] is None and unit.has(t + 1, "organisation"):
                return t + 2  # "oświadczenia szpitala"
            following = unit.mentions[t + 1] if t + 1 < j else None
            size = max(unit.tags[t].get(key, 0) for key in HEADS_OF)  # "пресс-служба"
            return next((k for k in range(t + 1, j) if unit.mentions[k] is not following), j) if following else min(j, t + size)
    return min(j, a + (2 if unit.has(a, "articles") or unit.book.genitives else 1))
