"""Noun phrases beside a cue: where they begin and end, and how much they look like a source."""

from __future__ import annotations

from retold.identify.cues import CLASSES
from retold.identify.units import Unit

MAX_SOURCE = 14  # tokens; longer noun phrases before a cue are clauses
END = ".!?…。！？"
MIN_ADVERB = 4  # letters that an adverb has more than its ending at least ("only", "ally" are none)
MAX_SOURCE_UNSPACED = 36  # the same in characters
MAX_SMALL = 4  # characters of a small word between source and cue
MAX_FIELD = 7  # tokens between the preposition of an office's field and its holder's name
MAX_LED = 6  # tokens of a phrase that leads to an infinitive ("s'est borné à")
MAX_CLITIC = 2  # letters of a pronoun written before its verb
NAMED = 2.0  # likeness from which a noun phrase is taken for a source though another one stands nearer
Range = tuple[int, int]
SEP_LEFT = frozenset(",;:–—()[]、，；：（）،؛.!?…|｜丨")


def likeness(unit: Unit, at: Range | None) -> float:
    """How much a noun phrase looks like a source: 3 a named person or body, 2 a role or pronoun, 0 nothing of the kind."""
    best = 0.0
    for j in range(*at) if at else ():
        mention = unit.mentions[j]
        if mention is not None and mention.kind in ("person", "organisation", "outlet"):
            best = max(best, 3.0)
        elif unit.tags[j] and unit.has(j, "pronouns_person", "pronouns_first") and not unit.has(j, "articles"):
            best = max(best, 2.5)
        elif unit.tags[j] and unit.has(j, "roles", "anonymous", "outlet", "organisation", "statement_nouns", "whoever"):
            best = max(best, 2.2)
        elif mention is not None:
            best = max(best, 1.0)
    return best


def noun_left(unit: Unit, a: int, i: int, *, back: bool = False) -> Range | None:
    """The noun phrase that ends before token i, within [a, i), helpers at its edge left out.

    back: from the end only to the nearest article or beginning of a name, for postpositions.
    """
    b = i
    while b > a and unit.mentions[b - 1] is None and (
        size := small_word(unit, a, b) or (unit.book.inserts and b < i and b - 1 > a and clitic(unit, b - 1))
    ):
        b -= size
    j = b
    while j > a and b - j < (MAX_SOURCE if unit.book.spaced else MAX_SOURCE_UNSPACED) and not ends_noun(unit, j - 1, b):
        j -= 1
        if back and opens_noun(unit, j) and not owned(unit, a, j):
            break
    if j >= b or turns_to(unit, j, b):
        return None
    if "towards" in unit.tags[j] and unit.mentions[j] is None and not unit.has(j, "articles"):
        return next(((t, b) for t in range(j + 2, b) if begins_subject(unit, t, b)), None)
    if participle(unit, i):
        if b - 1 > a and unit.has(b - 1, "as"):
            return quoted_person(unit, a, b - 1)
        cut = next((t + 1 for t in range(b - 1, j, -1) if unit.mentions[t] is None and unit.has(t, "joins", "helpers", "absolutes")), j)
        own = cut == a or unit.has(cut - 1, "absolutes")
        return (cut, b) if own and cut < b and likeness(unit, (cut, b)) >= NAMED else None
    if unit.has(b - 1, "pronouns_person") and unit.mentions[b - 1] is None and not unit.has(b - 1, "articles", "roles"):
        return b - 1, b
    led = past_preposition(unit, j, b)
    if led > j and unit.book.inserts and not unit.book.comma_clauses:  # "Sul suo profilo la cantante ha annunciato"
        led = next((t for t in range(j + 2, b) if begins_subject(unit, t, b)), led)
    return before_verb(unit, led, b) if unit.book.spaced else before_adjunct(unit, j, b)


def begins_subject(unit: Unit, t: int, b: int) -> bool:
    """Whether behind whom something is told ("alla stampa il ministro ha detto") a subject begins at token t."""
    return opens_noun(unit, t) and not unit.has(t - 1, "of", "breaks", "articles") and likeness(unit, (t, b)) >= NAMED


def turns_to(unit: Unit, j: int, b: int) -> bool:
    """Whether words only turn to whoever speaks next ("من جانبه،", for his part): a phrase of small words, with a comma behind it."""
    size = unit.tags[j].get("helpers", 0)
    return size > 1 and unit.book.spaced and all(not unit.tokens[t].word for t in range(j + size, b))


def small_word(unit: Unit, a: int, b: int) -> int:
    """The tokens of the small word that ends at b and belongs to neither cue nor source; 0 where none does."""
    if unit.book.leads:
        led = next((n for n in range(min(MAX_LED, b - a), 1, -1) if unit.tags[b - n].get("catenative", 0) == n), 0)
        if led:
            return led
    if between(unit, b - 1):
        return 2 if b - 1 > a and unit.has(b - 1, "infinitive") else 1
    if unit.book.spaced and unit.tokens[b - 1].low not in unit.book.helper_ends:
        return 0
    sizes = range(min(MAX_SMALL, b - a - unit.book.spaced), 1, -1)  # where words are spaced a source is left before them
    return next((n for n in sizes if unit.tags[b - n].get("helpers", 0) == n and unit.mentions[b - n] is None), 0)


def before_adjunct(unit: Unit, j: int, b: int) -> Range:
    """A source without time, place and whom was told, which stand between it and its verb where words are not spaced ("她在电话中说")."""
    head = next((t + 1 for t in range(b - 2, j, -1) if unit.tokens[t].low in unit.book.head_after and begins_name(unit, t + 1)), j)
    j = head if any(unit.has(t, "breaks") for t in range(j + 1, head)) else j  # "总部位于江城的盛海生物", but "现年34岁的唐立军"
    for t in range(j + 1, b):
        opens = unit.has(t, "breaks", "told_to") or unit.tags[t].get("helpers", 0) > 1
        told = t - j > 1 and unit.has(t, "breaks", "told_to") and likeness(unit, (t + 1, b)) >= NAMED
        if opens and (unit.mentions[t] is None or unit.has(t, "told_to")) and (told or likeness(unit, (j, t)) >= NAMED):
            return j, t
    return j, b


def begins_name(unit: Unit, t: int) -> bool:
    """Whether the name of a person, body or outlet begins at a token."""
    mention = unit.mentions[t]
    return mention is not None and mention.kind in ("person", "organisation", "outlet") and unit.mentions[t - 1] is not mention


def past_preposition(unit: Unit, j: int, b: int) -> int:
    """The first token of a noun phrase behind the preposition that opens it ("aus dem Bericht geht hervor")."""
    opens = unit.has(j, "breaks", "statement_prepositions") and not unit.has(j, "articles", "pronouns_person", "relative", "that", "roles")
    return j + 1 if j + 1 < b and opens and unit.mentions[j] is None and not unit.dated[j + 1] else j


def quoted_person(unit: Unit, a: int, stop: int) -> Range | None:
    """Whom somebody quotes "as saying": the noun phrase behind the verb of quoting, before "as"."""
    begin = next((t + 1 for t in range(stop - 1, a - 1, -1) if unit.has(t, *CLASSES, "citing") and unit.mentions[t] is None), a)
    return (begin, stop) if begin < stop else None


def between(unit: Unit, t: int) -> bool:
    """Whether a token before a cue belongs to neither it nor its source: a helper, an adverb, a date with its preposition."""
    if unit.veiled[t]:
        return False
    if unit.has(t, "helpers", "topic") or unit.tokens[t].low in "'’" or unit.dated[t]:
        return True
    if unit.has(t, "catenative") or (unit.has(t, "infinitive") and t and unit.has(t - 1, "catenative")):
        return True
    if unit.has(t, "breaks") and t + 1 < len(unit.tokens) and unit.dated[t + 1] and not unit.has(t, "articles"):
        return True
    return unit.tokens[t].low.endswith(unit.book.adverbs) and len(unit.tokens[t].low) > MIN_ADVERB and not unit.has(t, "roles", "anonymous")


def participle(unit: Unit, i: int) -> bool:
    """Whether a token is a present participle: its subject is that of the clause before."""
    return i < len(unit.tokens) and unit.tokens[i].low.endswith(unit.book.participles)


def ends_noun(unit: Unit, t: int, b: int) -> bool:
    """Whether a noun phrase that ends at b cannot reach back over token t: a mark, a join, or another verb of saying."""
    token = unit.tokens[t]
    if token.low == "." and inner_stop(unit, t):
        return False
    if token.quote >= 0 or token.low in SEP_LEFT or (unit.marked and any(r[1] == t + 1 for r in unit.marked)):
        return True
    if token.low == "-" and t + 1 < len(unit.tokens) and unit.tokens[t + 1].start > token.end:
        return True
    if not unit.tags[t] or unit.mentions[t] is not None or unit.veiled[t] or describes_next(unit, t, b):
        return False
    if unit.has(t, "joins", "that") and not coordinated(unit, t, b):
        return True
    if t and unit.book.spaced and unit.mentions[t - 1] is None and unit.has(t - 1, "statement_nouns"):
        return False  # "a study published in X concludes that"
    return t + 1 < b and unit.has(t, *CLASSES) and not unit.has(t, "statement_nouns", "roles")


def describes_next(unit: Unit, t: int, b: int) -> bool:
    """Whether a verb of saying only tells of the noun behind its particle, where words are not spaced ("统计局发布的数据")."""
    if not unit.book.head_after:
        return False
    behind = t + max((unit.tags[t].get(key, 0) for key in CLASSES), default=0)
    return t < behind < b and unit.tokens[behind].low in unit.book.head_after


def inner_stop(unit: Unit, t: int) -> bool:
    """Whether a stop stands inside a number or inside the name of an outlet in marks ("0.1", "«Lenta.ru»")."""
    if t + 2 >= len(unit.tokens) or not t or unit.tokens[t + 1].start != unit.tokens[t].end:
        return False
    numbers = unit.tokens[t - 1].low.isdigit() and unit.tokens[t + 1].low.isdigit()
    return numbers or (unit.tokens[t + 1].word and unit.tokens[t + 2].low in "»”“\"")


def owned(unit: Unit, a: int, j: int) -> bool:
    """Whether a noun phrase that opens at token j only owns the one right before it ("dem Bericht der Zeitung zufolge")."""
    before = j - 1 > a and unit.tokens[j - 1].word and unit.tokens[j - 1].capital and unit.mentions[j - 1] is None
    return unit.book.nouns_capital and unit.has(j, "articles") and before and unit.has(j - 2, "articles")


def opens_noun(unit: Unit, t: int) -> bool:
    """Whether a noun phrase opens at token t: at its article, or at a name without one."""
    name = unit.mentions[t] is not None and (t == 0 or unit.mentions[t - 1] is not unit.mentions[t])
    return (unit.has(t, "articles") or name) and not (t > 0 and unit.has(t - 1, "articles"))


def before_verb(unit: Unit, j: int, b: int) -> Range:
    """A noun phrase without the auxiliary and what stands between that and the verb ("X hatte vor Gericht erklärt").

    Where a language puts the auxiliary second and the verb last, the subject stands before it or, when something else opens the
    sentence, right behind it ("2022 hatte X vor Gericht erklärt").
    """
    for t in range(j, b):
        helper = "helpers" in unit.tags[t] and unit.mentions[t] is None and not unit.has(t, "articles", "joins") and not unit.veiled[t]
        if helper and likeness(unit, (j, t)) >= NAMED:
            return (j, t)
        behind = noun_right(unit, t + 1, b) if helper and unit.book.inverts else None
        if behind is not None and likeness(unit, behind) >= NAMED:
            return behind
    return (j, b)


def coordinated(unit: Unit, t: int, b: int) -> bool:
    """Whether a join at t coordinates two names or roles of one source ("X and Y said")."""
    beside = t > 0 and t + 1 < b and unit.mentions[t - 1] is not None and unit.mentions[t + 1] is not None
    return beside and not unit.has(t, "that")


def noun_right(unit: Unit, after: int, b: int) -> Range | None:
    """The noun phrase that begins after the cue, up to a break or the end of the segment."""
    a = after
    while a < b and unit.mentions[a] is None and (
        unit.dated[a] or points_to_date(unit, a, b) or object_pronoun(unit, a) or not unit.has(a, "articles", "pronouns_person")
    ):
        before_date = unit.has(a, "breaks") and a + 1 < b and unit.dated[a + 1]
        if before_date or unit.has(a, "helpers") or unit.tokens[a].low == "-" or unit.dated[a] or points_to_date(unit, a, b):
            a += 1
            continue
        if unit.has(a, "breaks"):
            return None
        break
    if a < b and "of" in unit.tags[a] and unit.mentions[a] is None and not unit.has(a, "articles"):
        return None
    if a + 1 < b and unit.dated[a + 1] and unit.has(a, "articles"):
        return noun_right(unit, a + 2, b)
    if a + 1 < b and unit.has(a, "pronouns_first") and not unit.has(a, "articles") and teller_follows(unit, a + 1, b):
        return noun_right(unit, a + 1, b)  # "potwierdziła nam jej rzeczniczka"
    if a < b and "whoever" in unit.tags[a] and unit.mentions[a] is None and b - a <= MAX_SOURCE:
        return a, b  # "dizem os que o conhecem"
    owner = a + 1 < b and unit.has(a, "possessives") and teller_follows(unit, a + 1, b)
    if a < b and unit.has(a, "pronouns_person") and not unit.has(a, "articles") and not owner:
        return (a, a + 1)
    j = a
    while j < b and j - a < MAX_SOURCE and not breaks_off(unit, j, a, b) and not next_name(unit, j, a):
        j += 1
    return (a, j) if j > a else None


def object_pronoun(unit: Unit, t: int) -> bool:
    """Whether a token is a pronoun that is no subject, and owns nothing ("nazwał go kłamcą")."""
    return unit.has(t, "helpers") and unit.has(t, "pronouns_person", "pronouns_first") and not unit.has(t, "possessives", "articles")


def teller_follows(unit: Unit, a: int, b: int) -> bool:
    """Whether somebody stands at a token: a name, or a role behind its article or owner."""
    if unit.mentions[a] is not None or unit.has(a, "roles", "anonymous"):
        return True
    led = a + 1 < b and unit.has(a, "articles", "possessives")
    return led and (unit.has(a + 1, "roles", "anonymous") or unit.mentions[a + 1] is not None)


def points_to_date(unit: Unit, a: int, b: int) -> bool:
    """Whether a word before a date only points to it ("esta quinta-feira")."""
    return a + 1 < b and unit.dated[a + 1] and unit.has(a, "pronouns_person")


def next_name(unit: Unit, j: int, a: int) -> bool:
    """Whether token j, right behind a person's name, begins another phrase: another name, or anything where verbs come first."""
    before = unit.mentions[j - 1] if j > a else None
    if before is None or before.kind != "person" or unit.mentions[j] is before or not unit.tokens[j].word:
        return False
    return unit.mentions[j] is not None or (unit.book.verb_first and not unit.has(j, "joins")) or unit.has(j, "dative")


def breaks_off(unit: Unit, j: int, a: int, b: int) -> bool:
    """Whether a noun phrase that began at a ends before token j: marked words, a full stop, a break or a join."""
    if unit.marked and any(r[0] == j for r in unit.marked):
        return True
    if unit.tokens[j].low in END:
        return j + 1 >= b or (unit.mentions[j] is None and not shortened(unit, j))
    if unit.book.verb_first and j > a and ends_construct(unit, j, a):
        return True
    if not unit.tags[j]:
        return False  # a word without any of the keys that are asked for below
    if unit.mentions[j] is not None or unit.has(j, "roles") or unit.veiled[j]:
        return False
    if unit.has(j, "that", "joins") or (j > a and unit.has(j, *CLASSES) and not unit.has(j, "statement_nouns", "articles", "anonymous")):
        return True
    if unit.has(j, "office") and in_office(unit, j, a):
        return False
    if unit.book.verb_first and j > a and unit.has(j - 1, "anonymous", "roles") and unit.has(j, "breaks") and j + 1 < b:
        return unit.has(j, "that", "told_to", "told_of") or unit.dated[j + 1]
    genitive = j > a and unit.has(j, "articles") and unit.has(j - 1, "roles", "organisation", "outlet", "anonymous")
    return j > a and unit.has(j, "breaks", "helpers") and not genitive


def ends_construct(unit: Unit, j: int, a: int) -> bool:
    """Whether a subject behind its verb ends before token j: whom it told follows, or a noun without the article of those before."""
    if unit.veiled[j] or not unit.tokens[j].word or unit.has(j, "joins"):
        return False
    article = unit.book.article
    if unit.mentions[j] is not None:
        defined = unit.tokens[j - 1].low.startswith(article) and unit.tokens[j].low.startswith(article)
        another = defined and unit.has(j - 1, "organisation") and unit.has(j, "organisation")
        return (another or unit.has(j, "breaks", "told_to")) and unit.mentions[j - 1] is not unit.mentions[j]
    held = any(unit.has(t, "roles", "titles") for t in range(a, j))  # a name that nobody found may follow ("رئيس النقابة فادي منصور")
    closed = unit.tokens[j - 1].low.startswith(article) and not held
    complete = j - 2 > a and unit.has(j - 2, "breaks")  # "from the player" belongs to those close to him, what follows does not
    opens = not unit.tokens[j].low.startswith(article)
    opens = opens or unit.has(j, "organisation", "roles", "anonymous", "outlet")  # "اتهم الحزب الحكومة": whom he accuses
    if held and complete and opens and unit.tokens[j - 1].low.startswith(article) and not unit.has(j, "breaks", "joins", "roles"):
        return True  # "رجح خبير في المناخ هطول الثلوج"
    return closed and (opens or complete) and not (unit.has(j, "breaks") and unit.has(j - 1, "anonymous", "roles"))


def shortened(unit: Unit, stop: int) -> bool:
    """Whether a full stop ends a rank or title and no sentence: a name stands behind ("podinsp. Ewa Roth", "M. Roth")."""
    before = not unit.tokens[stop - 1].capital or unit.has(stop - 1, "titles")
    return unit.tokens[stop].low == "." and before and unit.mentions[stop + 1] is not None


def in_office(unit: Unit, j: int, a: int) -> bool:
    """Whether a preposition tells the field of an office whose holder is named behind it ("the secretary for trade Ana Roth")."""
    if j <= a or not unit.has(j - 1, "roles"):
        return False
    for t in range(j + 1, min(len(unit.tokens), j + MAX_FIELD)):
        mention = unit.mentions[t]
        if mention is not None and mention.kind == "person":
            return True
        if unit.tokens[t].quote >= 0 or not unit.tokens[t].word or unit.has(t, "that", *CLASSES):
            return False
    return False


def first_word(unit: Unit, a: int, i: int) -> int:
    """The first token of the segment that is no helper."""
    j = a
    while j < i and unit.has(j, "helpers"):
        j += 1
    return j


def clitic(unit: Unit, t: int) -> bool:
    """Whether a token is a small pronoun before its verb that stands for what is said ("comme l'a révélé X", "como lo informó X")."""
    return len(unit.tokens[t].low) <= MAX_CLITIC and unit.mentions[t] is None and unit.has(t, "articles")


def content_end(unit: Unit, begin: int) -> int:
    """The end of content that begins at a token: the end of the unit without its full stop."""
    stop = next(
        (j for j in range(begin + 1, len(unit.tokens) - 1) if unit.tokens[j].low == "." and unit.tokens[j + 1].quote >= 0),
        len(unit.tokens),
    )
    while stop > begin and unit.tokens[stop - 1].low in END and unit.tokens[stop - 1].quote < 0:
        stop -= 1
    return stop


def governed(unit: Unit, j: int) -> bool:
    """Whether a preposition stands before a name, with or without an article between ("in an interview with the Post")."""
    t = j - 1 - unit.has(j - 1, "articles")
    return t >= 0 and unit.mentions[t] is None and unit.has(t, "breaks", "absolutes", "agents") and not unit.has(t, "joins", "articles")


def adverbial(unit: Unit, a: int, at: Range | None) -> bool:
    """Whether a noun phrase that opens its segment stands behind a preposition: it is no subject ("In a letter to parents wrote …")."""
    if at is None or unit.book.verb_first or unit.book.verb_final or not unit.book.spaced:
        return False
    t = at[0] - 1 if at[0] > a else at[0]
    led = unit.mentions[t] is None and unit.has(t, "breaks", "prepositions", "statement_prepositions", "told_to")
    return led and all(not unit.tokens[k].word or unit.has(k, "helpers", "joins") for k in range(a, t)) and not unit.has(
        t, "articles", "relative", "that", "pronouns_person", "roles")
