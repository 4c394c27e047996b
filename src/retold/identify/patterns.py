"""Where source, cue and content of one attribution stand: the patterns, as functions over one unit.

No parser: cues come from the lexicon, and commas, quotes and small words tell on which side of a cue its source and its content
are. Source: Krestel, Bergler and Witte, "Minding the Source" (LREC 2008), for the pattern inventory of reported
speech; Pareti, "PARC 3.0" (LREC 2016), for source, cue and content as spans. Ours differs in that it does without
parse trees and shares one set of patterns among all languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retold.identify.anaphora import that_is, that_said, that_was_said
from retold.identify.antecedents import settle_source, within_body
from retold.identify.asides import as_clause, bare_participle, by_agent, citing, passive, talked_of
from retold.identify.cues import CLASSES, Phrasebook
from retold.identify.cuewords import particle_end
from retold.identify.nouncues import by_noun
from retold.identify.nounphrases import END, MAX_SOURCE, NAMED, Range, content_end, first_word, likeness, noun_left, noun_right, participle
from retold.identify.objects import about_after, about_before, infinitive_after, object_after
from retold.identify.prepositions import by_preposition, by_pronoun
from retold.identify.quotepatterns import quote_after, quote_before, says_before
from retold.identify.sources import (
    At,
    Found,
    addresses,
    apart,
    choose_right,
    explains,
    has_object,
    named_before,
    part_body,
    past_outlet,
    set_source,
    told_to,
    towards_somebody,
    turned_teller,
    with_name,
)
from retold.identify.topicspeech import told_before_verb, verb_final
from retold.identify.uninflected import learned_from, says_nothing, told_between
from retold.identify.units import Unit
from retold.identify.verbfinal import head_final

MAX_LEAD = 12  # tokens between a cue and the colon that leads to what is said
MOST_LEADING = 2  # tokens from a preposition to the source that it leads to ("W komunikacie spółki")
MOST_CALLED = 3  # words that one person is called by before their name ("директора завода")
MIN_LEFT = 2  # words that must stand before ", X said." to be its content
MAX_LEADING = 4  # words before ", X said," that only lead over
MAX_INSERT = 6  # tokens of ", X said," in the middle of what X said
MAX_CIRCUMSTANCE = 3  # words behind a cue that a preposition opens and nothing follows ("replied to his critics")
MOST_ADVERBS = 2  # words before an inverted cue that are no subject
LED_TO = 3  # tokens from a preposition to whom somebody tells, article and apostrophe between
MAX_TAIL = 7  # tokens of time and place after ", X said"; longer ones are what X said


def resolve(unit: Unit, cue: tuple[int, int, str], book: Phrasebook) -> Found | None:
    """The attribution of one cue, or None where the words around it make none."""
    if cue[2] == "by_pronoun":
        return by_pronoun(unit, cue)
    if cue[2] in ("according_to", "postpositions"):
        return by_preposition(unit, cue, book)
    if cue[2] == "noun":
        return by_noun(unit, cue, book)
    after = cue[0] + cue[1]
    empty = book.spaced and after < len(unit.tokens) and "idioms" in unit.tags[after] and only_spoke(unit, after)
    return None if empty else by_verb(unit, cue, book)


def by_verb(unit: Unit, cue: tuple[int, int, str], book: Phrasebook) -> Found | None:
    """The attribution of a verb: the first rule that fits."""
    i, n, key = cue
    found = Found(cue=((i, i + n),), key=key)
    a, b = unit.segments[unit.segment_of[i]]
    end = particle_end(unit, i, i + n, b, book)
    if end > i + n:
        found.cue = ((i, i + n), (end - 1, end))
    elif (
        book.separable.get(unit.tokens[i].low)
        and n == 1
        and not unit.has(i, "attitude")
        and not (b < len(unit.tokens) and (unit.tokens[b].low == ":" or unit.tokens[b].quote >= 0))
    ):
        return None
    if unit.has(i, "citing") and a + 1 < i and unit.has(a, "breaks", "prepositions") and unit.has(a + 1, "relative"):
        return None  # "…, на которую ссылается ТАСС": who cites the subject
    if beside_relative(unit, cue, a):
        return None
    for rule in BARE_RULES if book.inserts and bare_participle(unit, a, i) else rules_of(book):
        if rule(unit, found, (a, i, i + n, b), book):
            break
    else:
        return None
    part_body(unit, found, b)
    if not found.left and done_to(unit, found.source, a, i) and is_subject(unit, found, i):
        drop_source(unit, found, a)
        agent = agent_before(unit, a, i)
        found.source, found.passive = agent, agent is None
        return found
    if not book.spaced and not book.verb_final and says_nothing(unit, found, i, i + n):
        return None
    finish(unit, found, (a, i, i + n, b), end)
    return found


def beside_relative(unit: Unit, cue: tuple[int, int, str], a: int) -> bool:
    """Whether a verb only tells of what its relative clause belongs to: that an outlet has seen the paper ("um relatório a que o jornal
    teve acesso"), and, where verbs come first, what that brings out ("الجائزة التي تعلن نتيجتها")."""
    i, n, key = cue
    if "accessed" in unit.tags[i]:
        return any(unit.has(t, "relative") and not unit.has(t, "articles") for t in range(max(0, a), i))
    if not unit.book.verb_first or not i or not unit.has(i - 1, "relative") or key not in ("announce", "report", "attitude"):
        return False
    behind = range(i + n, min(len(unit.tokens), i + n + MAX_INSERT))
    return not any(unit.has(t, "that", "told_of") or unit.tokens[t].quote >= 0 or unit.tokens[t].low == ":" for t in behind)


def finish(unit: Unit, found: Found, at: At, end: int) -> None:
    """Settle who is the source in the end, or that the cue has it from the one before; end: that of the verb's particle."""
    i, after = at[1], at[2]
    settle_ends(unit, found, at)
    if unit.book.inserts and found.source is not None:
        settle_source(unit, found, at)
    if found.source is None:
        found.shares = True
    elif end > after and found.source[0] > i and found.source[1] == end:
        found.source = (found.source[0], end - 1)


def settle_ends(unit: Unit, found: Found, at: At) -> None:
    """Find whom a source told, and leave out a source that a joined verb only shares, or a reporter who learned it from somebody."""
    if found.addressee is None:
        found.addressee = addressee_of(unit, found, at)
    if not unit.book.spaced and not unit.book.verb_final and found.source is not None:
        found.source = None if joined_on(unit, at[1]) else learned_from(unit, found.source)


def addressee_of(unit: Unit, found: Found, at: At) -> Range | None:
    """Whom a source told: behind the cue, or before it where the verb closes its clause and words are not spaced."""
    _, i, after, b = at
    if unit.book.verb_final and not unit.book.spaced:
        return told_before_verb(unit, found.source[1] if found.source and found.source[1] < i else 0, i)
    if not unit.book.spaced:
        return told_between(unit, found.source, i) or apart(told_to(unit, found, after, b), found.source)
    return apart(told_to(unit, found, after, b), found.source)


def rules_of(book: Phrasebook) -> tuple[Callable[[Unit, Found, At, Phrasebook], bool], ...]:
    """The rules by which verbs of a language are read."""
    return RULES if not book.verb_final else FINAL_RULES if book.spaced else UNSPACED_FINAL_RULES


def only_spoke(unit: Unit, after: int) -> bool:
    """Whether behind a verb stands only that somebody spoke ("said goodbye", "ha detto due parole alla madre"), and not what he said."""
    behind = after + unit.tags[after]["idioms"]
    if unit.mentions[after] is not None:
        return False
    return behind >= len(unit.tokens) or not (unit.has(behind, "that") or unit.tokens[behind].low == ":" or unit.tokens[behind].quote >= 0)


def joined_on(unit: Unit, i: int) -> bool:
    """Whether a verb is joined on to the one before, whose subject it shares, where words are not spaced ("，并强调", "，称")."""
    j = i
    while j > 0 and unit.mentions[j - 1] is None and unit.has(j - 1, "helpers", "joins"):
        j -= 1
    return j > 0 and unit.tokens[j - 1].low in ",，、" and (j == i or any(unit.has(t, "joins") for t in range(j, i)))


def suffers(unit: Unit, a: int, i: int) -> bool:
    """Whether the cue is a past participle in the passive: its subject is whom it is said of or to, not who says it."""
    if undergoes(unit, a, i):
        return True
    if not unit.tokens[i].low.endswith(unit.book.past) or unit.has(i, "citing"):
        return False
    j = i - 1
    while j > a and (unit.has(j, "helpers") or unit.tokens[j].low.endswith(unit.book.adverbs)) and not unit.has(j, "passives"):
        j -= 1
    return j > a and unit.has(j, "passives") and unit.mentions[j] is None


def undergoes(unit: Unit, a: int, i: int) -> bool:
    """Whether the cue is a passive that stands anywhere in its clause behind its auxiliary, or right before it ("wurde am Montag gewarnt").

    Who is quoted in the passive ("wird zitiert") speaks all the same.
    """
    if not unit.tokens[i].low.endswith(unit.book.undergone) or unit.has(i, "cited"):
        return False
    return (i + 1 < len(unit.tokens) and unit.has(i + 1, "suffered")) or helper_before(unit, a, i) >= 0


def nobodys(unit: Unit, i: int) -> bool:
    """Whether a verb has no subject by its form ("oskarżono"): whoever stands before it is whom it is done to."""
    return unit.tokens[i].low.endswith(unit.book.impersonal)


def done_to(unit: Unit, source: Range | None, a: int, i: int) -> bool:
    """Whether the cue is done to whoever stands before it: in the passive, or by nobody in particular.

    One person is no subject of a verb in the plural ("Ивана Петрова предупредили"): `plurals`, endings of the third person.
    """
    if suffers(unit, a, i) or nobodys(unit, i):
        return True
    if source is None or source[1] > i or not unit.tokens[i].low.endswith(unit.book.plurals):
        return False
    start = next((t for t in range(a, source[1]) if not unit.has(t, "helpers")), source[0])
    return one_person(unit, [t for t in range(start, source[1]) if not unit.has(t, "helpers") or unit.has(t, "joins")])


def one_person(unit: Unit, part: Sequence[int]) -> bool:
    """Whether tokens are one person, by name, with no more before it than what one person is called by.

    "Министра Петрова", not "юристы Петрова" (`plural_heads`, endings of words for several) or "мэр и министр Петров".
    """
    named = [unit.mentions[t] for t in part]
    person = named[-1] if named else None
    if person is None or person.kind != "person" or any(m is not None and m is not person for m in named):
        return False
    called = [t for t, m in zip(part, named, strict=True) if m is None]
    if len(called) > MOST_CALLED or not all(unit.tokens[t].word and not unit.has(t, "joins", "prepositions") for t in called):
        return False
    head = unit.tokens[part[0]].low
    return len(part) == 1 or head.endswith(unit.book.datives) or not head.endswith(unit.book.plural_heads)


def is_subject(unit: Unit, found: Found, i: int) -> bool:
    """Whether the source, or nobody, stands before a passive as its subject; not behind a preposition ("im Bericht wird gewarnt")."""
    late = not unit.tokens[i].low.endswith(unit.book.past)  # no language has both `past` and `undergone`
    if found.source is None:
        return not late
    start = found.source[0]
    led = any(unit.has(t, "prepositions", "breaks", "agents", "statement_prepositions", "according_to")
              for t in range(max(0, start - MOST_LEADING), start))
    return start < i and not (led and late)


def helper_before(unit: Unit, a: int, i: int) -> int:
    """The auxiliary of the passive that token i closes, in the same clause; -1 for none."""
    for j in range(i - 1, a - 1, -1):
        if not unit.tokens[j].word or unit.has(j, "joins"):
            return -1
        if unit.has(j, "suffered") and unit.mentions[j] is None:
            return j
    return -1


def agent_before(unit: Unit, a: int, i: int) -> Range | None:
    """By whom something is said to somebody, between the auxiliary and a participle that closes its clause ("wurde von X gewarnt")."""
    helper = helper_before(unit, a, i) if undergoes(unit, a, i) else -1
    agent = next((j for j in range(helper + 1, i) if unit.has(j, "agents")), None) if helper >= 0 else None
    source = noun_right(unit, agent + 1, i) if agent is not None else None
    return source if source is not None and likeness(unit, source) >= 1 else None


def drop_source(unit: Unit, found: Found, a: int) -> None:
    """Make the subject of a passive a part of the content: “X … to close” of “X is expected to close”."""
    subject = found.source
    found.source, found.passive, found.addressee = None, True, None
    if subject is not None and found.content and subject[1] <= found.content[0][0] and subject[0] >= a:
        found.content = [subject, *found.content]


def colon_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X said: “…” / X teilte mit: …"""
    after, b = at[2:]
    if b >= len(unit.tokens) or unit.tokens[b].low not in ":：":
        return False
    if b - after > MAX_LEAD or any(unit.has(j, "that") for j in range(after, b)):
        return False
    if after < b and unit.has(after, "infinitive") and found.key == "attitude":
        return False
    if b == len(unit.tokens) - 1:
        found.after = True
        set_source(unit, found, at, book)
        return found.source is not None
    found.content = [(b + 1, content_end(unit, b + 1))]
    set_source(unit, found, at, book)
    return True


def that_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X said that … / X teilte mit, dass … / disse X que …"""
    _, _, after, b = at
    reach = min(len(unit.tokens), max(b + 2, after + MAX_SOURCE))
    for j in range(after, reach):
        if unit.tokens[j].quote >= 0 or unit.tokens[j].low in ";:":
            return False
        if not unit.tags[j] or (book.comma_clauses and j > after and unit.tokens[j - 1].low not in ",–—-"):
            continue  # where a clause has a comma before it, "as" and "how" elsewhere open none
        if unit.has(j, "that") and (j <= b + 1 or j - after <= 2):
            if not book.inverts and j - after > 1 and not leads_to_that(unit, found, after) and not addresses(unit, at[1], after, j):
                return False
            stop = content_end(unit, j)
            if stop - j < MIN_LEFT:
                return False
            found.content = split_colon(unit, j, stop)
            set_source(unit, found, (at[0], at[1], after, min(j, b)), book)
            if at[0] == at[1] and found.source and found.source[0] >= after and j - after > 1 and says_before(unit, at[0]):
                found.content.insert(0, (0, at[0] - 1))
            return True
        noun = unit.has(j, "roles") or (unit.has(j, "statement_nouns") and unit.has(j - 1, "articles"))
        if after < j < b and unit.has(j, *CLASSES) and not noun and unit.tags[j].get("according_to", 0) < 2:
            return False
    return False


def leads_to_that(unit: Unit, found: Found, after: int) -> bool:
    """Whether words between a cue and its "that" are time, place or whom was told, and no subject that a clause explains."""
    return unit.has(found.cue[0][0], "told_to") or unit.dated[after] or unit.has(after, "breaks", "helpers")


def clause_final(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """…, X said on Monday. / …, sagte X. / …, X said, …."""
    a, i, after, b = at
    if a < 2 or unit.tokens[a - 1].low not in ",–—-،" or unit.tokens[after - 1].low.endswith(unit.book.participles):
        return False
    few = sum(t.word for t in unit.tokens[: a - 1]) < MIN_LEFT and not unit.has(0, "short")
    if few or (unit.tokens[a - 1].low == "-" and unit.mentions[i] is not None):
        return False
    left, right = noun_left(unit, a, i), turned_teller(unit, found, at) or noun_right(unit, after, b)
    left = None if right and right[0] == after and likeness(unit, right) >= NAMED and only_adverbs(unit, left) else left
    unnamed = left is None and (right is None or unit.has(right[0], "pronouns_first"))
    right = (within_body(unit, at) if unnamed else None) or right
    if (left is None and has_object(unit, a, i)) or suffers(unit, a, i) or ("standpoint" in unit.tags[0] and only_source(unit, a)):
        return False
    if left and any(after <= r[0] <= b + 1 for r in unit.marked):
        return False
    apposed_left = named_before(unit, a, i) if left is None else None
    if apposed_left and (likeness(unit, right) < NAMED or not book.inverts or explains(unit, a)):
        return False
    if not (closed_by_left(unit, at, left, book) if left else closed_by_right(unit, found, at, right, book)):
        return False
    found.left = True
    found.content = [(past_other(unit, a - 1), a - 1)]
    inserted = left is None and right is not None and right[1] == b and goes_on_behind(unit, a, b)
    if inserted or (left and goes_on_after(unit, a, b, spoken=unit.has(left[0], "pronouns_person"))):
        found.content.append((b + 1, content_end(unit, b + 1)))
        if only_leads(unit, a - 1):
            del found.content[0]
    if left is None and right is not None:
        found.addressee, right = past_outlet(unit, *right)
    found.source = left or (with_name(unit, right) if right else None)
    return True


def only_adverbs(unit: Unit, at: Range | None) -> bool:
    """Whether a word or two before an inverted cue are nobody ("– wstępnie ocenili biegli"): small, no name, article or pronoun."""
    if at is None or at[1] - at[0] > MOST_ADVERBS:
        return False
    return unit.book.inverts and likeness(unit, at) < 1 and not any(
        unit.tokens[t].capital or unit.has(t, "articles", "relative", "joins", "that", "possessives") for t in range(*at))


def past_other(unit: Unit, stop: int) -> int:
    """Where content before a cue begins: behind the semicolon that ends what another says ("…, affirme X ; un sabotage, rétorque Y")."""
    marks = (t for t in range(stop - 1, 0, -1) if unit.tokens[t].low == ";")
    return next((t + 1 for t in marks if any(unit.has(k, *CLASSES) for k in range(t))), 0)


def only_source(unit: Unit, a: int) -> bool:
    """Whether nothing but whose view follows stands before the comma at the head of token a's segment ("Pour X, le projet …")."""
    return unit.segments[0][1] == a - 1


def closed_by_left(unit: Unit, at: At, left: Range, book: Phrasebook) -> bool:
    """Whether “…, X said” ends here: nothing follows its cue but time, place or whom was told."""
    a, i, after, b = at
    if book.second or unit.has(a, "relative", "that", "joins"):
        return False
    if told_outlet(unit, i, after, b):
        return True
    if after < b and unit.has(after, "towards") and unit.has(i, "claim"):
        return False  # "aponta o dedo aos especuladores"
    if b - after > MAX_TAIL:
        return False
    if after < b and (unit.has(after, "that") or (unit.has(after, "infinitive") and unit.has(i, "attitude", "loose"))):
        return False
    return after == b or is_aside(unit, after) or particle_end(unit, i, after, b, book) > after


def told_outlet(unit: Unit, i: int, after: int, b: int) -> bool:
    """Whether an outlet that was told follows a verb of telling, and then nothing but time and place (", the firm told the Post")."""
    if not unit.has(i, "told_to") or b - after > MAX_SOURCE + MAX_TAIL:
        return False
    if not any(unit.has(t, "outlet", "own_outlet") or unit.mentions[t] is not None for t in range(after, b)):
        return False
    end = after
    while end < b and not (end > after and unit.has(end, "breaks", "helpers", "told_to") and unit.mentions[end] is None):
        if unit.has(end, "that", *CLASSES) and unit.mentions[end] is None:
            return False
        end += 1
    return not any(unit.has(t, "that", *CLASSES) and unit.mentions[t] is None for t in range(end, b)) and end - after <= MAX_SOURCE


def closed_by_right(unit: Unit, found: Found, at: At, right: Range | None, book: Phrasebook) -> bool:
    """Whether “…, said X” ends here: a source follows its cue, and what follows the source is no content."""
    _, i, after, b = at
    if right is None or not (book.inverts or inverted(unit, i, right, b) or (book.inserts and inserted(unit, at, right))):
        return False
    if found.key == "attitude" and not holds_inverted(unit, at, right):
        return False
    if (b < len(unit.tokens) - 2 or found.key in ("deny", "claim")) and likeness(unit, right) < 1:
        return False
    if right[1] == b or particle_end(unit, i, after, b, book) > after:
        return True
    if likeness(unit, right) >= 2 and not any(unit.has(j, "that") for j in range(right[1], b)):
        return True
    return is_aside(unit, right[1])


def holds_inverted(unit: Unit, at: At, right: Range) -> bool:
    """Whether “…, vindt X” is nothing but what X holds, and no clause goes on ("…, findet das Konzert im Saal statt")."""
    a, i, _, b = at
    closed = all(not t.word and t.quote < 0 for t in unit.tokens[right[1] : b])
    named = any(right[1] <= r[0] for r in unit.marked)  # "…, nennt X „frei erfunden“"
    verb = any(unit.has(t, *CLASSES, "helpers", "passives") for t in range(right[1], b))
    closed = closed or (unit.has(right[1], "breaks") and not verb)
    turned = (unit.book.inverts or unit.book.inserts) and i == a and closed and not named
    return turned and likeness(unit, right) >= NAMED and not named_before(unit, a, i)


def inserted(unit: Unit, at: At, right: Range) -> bool:
    """Whether “…, says X” has its source behind the cue where such inserts alone turn their order ("…, affirme son cabinet")."""
    a, i, _, b = at
    closes = right[1] == b or (unit.has(right[1], "breaks") and not any(unit.has(t, "helpers", "passives") for t in range(right[1], b)))
    return i == first_word(unit, a, i) and closes and unit.has(right[0], "articles", "possessives")


def inverted(unit: Unit, i: int, right: Range, b: int) -> bool:
    """Whether “…, said X” has its source behind the cue though its language seldom has: a name, and no clause goes on from it."""
    if likeness(unit, right) < NAMED or unit.has(i, "told_to") or unit.has(right[0], "pronouns_person"):
        return False
    return right[1] >= b or not unit.tokens[right[1]].word or (unit.has(right[1], "breaks") and not unit.has(right[1], "helpers"))


def is_aside(unit: Unit, j: int) -> bool:
    """Whether a token opens an aside of time, place or person behind a cue, or closes the sentence."""
    token = unit.tokens[j]
    return unit.has(j, "breaks", "helpers", "told_to") or not token.word or token.low in END


def only_leads(unit: Unit, stop: int) -> bool:
    """Whether what stands before “, X said,” only leads over to the content ("In the end, …"): a few words, no name among them."""
    return sum(t.word for t in unit.tokens[:stop]) <= MAX_LEADING and unit.has(0, "breaks", "joins") and not any(unit.mentions[:stop])


def goes_on_after(unit: Unit, a: int, b: int, *, spoken: bool) -> bool:
    """Whether content goes on behind a short “, X said,”; spoken: X is a pronoun, which no apposition follows."""
    if b >= len(unit.tokens) - 2 or unit.tokens[b].low != "," or b - a > MAX_INSERT:
        return False
    if participle(unit, b + 1) and unit.has(b + 1, *CLASSES, "attitude"):
        return False
    return spoken or (not unit.has(b + 1, "relative", "joins", "articles") and not apposed(unit, b))


def goes_on_behind(unit: Unit, a: int, b: int) -> bool:
    """Whether content goes on behind an inserted “, says X,”: too little stands before it to be a clause, and no apposition follows."""
    if b >= len(unit.tokens) - 2 or unit.tokens[b].low != "," or not (
        sum(t.word for t in unit.tokens[: a - 1]) <= MAX_LEADING or only_subject(unit, a)):
        return False
    return not unit.has(b + 1, "relative", "joins", "articles", "that") and not participle(unit, b + 1) and not apposed(unit, b)


def only_subject(unit: Unit, a: int) -> bool:
    """Whether a noun phrase alone stands between a colon and an inserted “, says X,” ("…: i prezzi, comunica l'Istat, sono saliti")."""
    n = unit.segment_of[a - 2] if a > 1 else -1
    begin, stop = unit.segments[n] if n > 0 else (0, 0)
    if not begin or unit.tokens[begin - 1].low != ":" or stop - begin > MAX_LEADING or not unit.has(begin, "articles", "possessives"):
        return False
    return not any(unit.has(t, "helpers", "passives", *CLASSES) and not unit.has(t, "articles") for t in range(begin, stop))


def apposed(unit: Unit, comma: int) -> bool:
    """Whether what follows a comma explains the source (", spokeswoman for …")."""
    return unit.has(comma + 1, "roles", "articles", "relative", "organisation") or unit.mentions[comma + 1] is not None


def clause_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X said the road was shut. / Sie sagte, das Haus sei leer."""
    a, i, after, b = at
    if b - after < 1 and not (b < len(unit.tokens) - 2 and unit.tokens[b].low in ",，"):
        return False
    if any(after <= r[0] <= after + 4 and r[1] >= b - 1 for r in unit.marked):
        return False
    while after < b and unit.has(after, "aspect") and unit.mentions[after] is None:
        after += 1
    at = (a, i, after, b)
    right = noun_right(unit, after, b) if choose_right(unit, at, book) else None
    begin = clause_behind_comma(unit, at, right) if book.comma_clauses else clause_behind(unit, found, at, right)
    if begin is None or (begin < len(unit.tokens) and no_content(unit, begin, found.key)):
        return False
    begin = after_date(unit, begin, b)
    if begin < len(unit.tokens) and no_content(unit, begin, found.key):
        return False
    while begin < len(unit.tokens) and unit.tokens[begin].low in ",،，、":
        begin += 1
    stop = content_end(unit, begin)
    if sum(t.word or t.quote >= 0 for t in unit.tokens[begin:stop]) < (2 if book.spaced else 3):
        return False
    found.content = split_colon(unit, begin, stop)
    set_source(unit, found, at, book, prefer_right=right is not None)
    return True


def clause_behind(unit: Unit, found: Found, at: At, right: Range | None) -> int | None:
    """Where content without a mark of its own begins: behind the cue, the source or whom was told."""
    _, _, after, b = at
    begin = right[1] if right else after
    while begin < b - MIN_LEFT and unit.has(begin, "breaks") and unit.has(begin, "helpers") and unit.has(begin + 1, "helpers"):
        begin += 1  # "a affirmé jeudi avoir abattu"
    if unit.book.towards and towards_somebody(unit, begin, min(begin + 1, b)) is not None:
        addressee = told_to(unit, found, begin, b)
        if addressee is not None and object_follows(unit, addressee[1], b):
            found.addressee = addressee
            return addressee[1]
    following = b + 1 < len(unit.tokens)
    skipped = begin < b and unit.has(begin, "breaks") and not unit.has(begin, "infinitive", "that", "articles")
    skipped = skipped and found.key != "attitude" and not (found.key == "claim" and unit.has(begin, "towards"))
    if following and (begin >= b or (skipped and unit.tokens[b].low in ",，")):
        begin = b + 1
    addressee = told_to(unit, found, after, b)
    led = addressee is not None and unit.book.towards
    led = led and any(unit.has(t, "towards") for t in range(max(after, addressee[0] - LED_TO), addressee[0]))  # type: ignore[index]
    if addressee is not None and not led and not (begin < len(unit.tokens) and no_content(unit, begin, found.key)):
        found.addressee = addressee
        return addressee[1]
    return begin


def object_follows(unit: Unit, t: int, b: int) -> bool:
    """Whether what is told stands behind whom it is told, as a noun ("a confirmé à l'AFP la mort de …")."""
    if t + 1 >= b:
        return False
    having = unit.has(t, "of") and unit.has(t + 1, "helpers")  # "ha raccontato ai giudici di aver visto"
    return having or unit.has(t, "articles", "possessives") or unit.mentions[t] is not None


def clause_behind_comma(unit: Unit, at: At, right: Range | None) -> int | None:
    """Where a content clause begins in a language that puts a comma before it; None where the comma opens something else."""
    _, _, after, b = at
    nouns = unit.book.nouns_capital
    said = any(unit.has(j, *CLASSES) and not (nouns and unit.tokens[j].capital) for j in range(after, b))
    if b >= len(unit.tokens) - 2 or unit.tokens[b].low not in ",–—-" or said:
        return None
    begin = b + 1
    if unit.has(begin, "relative") and not unit.has(begin, "articles"):
        return None
    bare = not unit.book.articled and not unit.has(begin, "that")
    if unit.has(begin, "according_to") or (bare and (unit.has(at[0], "relative") or tells_itself(unit, begin))):
        return None
    relative = unit.has(begin, "relative") and b > after and unit.tokens[b - 1].capital and right is None
    if relative and not (unit.has(begin, "articles") and unit.tokens[begin + 1].capital and unit.tokens[begin + 2].word):
        return None
    return None if unit.has(begin, "joins") and not unit.has(begin, "that") else begin


def tells_itself(unit: Unit, begin: int) -> bool:
    """Whether a clause without "that" has a verb of saying and somebody before it: it is another's, and not what was said."""
    a, b = unit.segments[unit.segment_of[begin]] if unit.segment_of[begin] >= 0 else (begin, begin)
    said = next((t for t in range(a, b) if unit.has(t, *CLASSES, "assess") and unit.mentions[t] is None and not unit.has(t, "roles")), a)
    return said > a and likeness(unit, (a, said)) >= NAMED


def marked_after(unit: Unit, found: Found, at: At, book: Phrasebook) -> bool:
    """X nannte das „fahrlässig“: marked words in the clause of a cue that governs no clause."""
    a, i, _, b = at
    begin = i if has_object(unit, a, i) else a
    inside = [r for r in unit.marked if begin <= r[0] and r[1] <= b + 1]
    if not inside:
        return False
    found.content = inside
    set_source(unit, found, at, book, prefer_right=book.inverts)
    return found.source is not None and not any(s <= found.source[0] < e for s, e in inside)




def after_date(unit: Unit, begin: int, b: int) -> int:
    """The token after a date that stands between cue and content ("said on Monday the road was shut")."""
    j = begin
    while j < b and j - begin < 3 and unit.has(j, "breaks", "helpers") and not unit.dated[j]:
        j += 1
    if j >= b or not unit.dated[j]:
        return begin
    while j < b and unit.dated[j]:
        j += 1
    return j if j < b else begin


def no_content(unit: Unit, begin: int, key: str) -> bool:
    """Whether what follows a cue of saying only tells to whom or when ("wrote to the office", "spoke at the port")."""
    if unit.has(begin, "idioms"):
        return True
    if key == "claim" and unit.has(begin, "towards"):
        return False  # "acusa a la empresa de ocultar los datos"
    if key == "attitude" or not unit.has(begin, "breaks") or unit.has(begin, "that", "articles", "relative") or unit.dated[begin]:
        return False
    after = begin + 1
    rest = unit.tokens[begin : content_end(unit, begin)]
    circumstance = key in ("say", "report", "announce") and len(rest) <= MAX_CIRCUMSTANCE and not unit.has(begin, "infinitive")
    if circumstance and all(t.word and t.quote < 0 for t in rest):
        return True
    return after < len(unit.tokens) and (
        unit.has(after, "articles", "pronouns_person", "pronouns_first", "roles") or unit.mentions[after] is not None
    )


def split_colon(unit: Unit, a: int, b: int) -> list[Range]:
    """A content range, cut where a colon leads over to a quote."""
    for j in range(a + 1, b - 1):
        if unit.tokens[j].low in ":：" and unit.tokens[j].quote < 0 and unit.tokens[j + 1].quote >= 0:
            return [(a, j), (j + 1, b)]
    return [(a, b)]


RULES = (
    that_was_said,
    as_clause,
    talked_of,
    passive,
    citing,
    that_said,
    quote_before,
    colon_after,
    that_after,
    quote_after,
    about_before,
    clause_final,
    clause_after,
    infinitive_after,
    about_after,
    object_after,
    that_is,
    marked_after,
)
# where a participle stands behind its noun
BARE_RULES = (passive, by_agent)
# where the verb closes a clause of spaced words
FINAL_RULES = (citing, head_final, quote_before, colon_after, that_after, quote_after, clause_final)
# where it does so and words are not spaced
UNSPACED_FINAL_RULES = (quote_before, colon_after, verb_final)
